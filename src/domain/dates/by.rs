//! A day at the end of a line: "outline by 3 dec".

use chrono::NaiveDate;

use super::{Habits, Lean, parse_date};
use crate::domain::text;

/// A line that may end with the day by which: "outline by 3 dec" is "outline" and the third of
/// December. What follows the last "by" and is no day stays part of the line: "stand by me".
pub fn line_by(
    line: &str,
    today: NaiveDate,
    habits: impl Into<Habits>,
) -> (String, Option<NaiveDate>) {
    let line = text::line(line);
    let read = last_by(&line).and_then(|(before, after)| {
        let typed = after.trim_end_matches(['.', ',', ';', '!']);
        let day = parse_date(typed, today, Lean::Future, habits).ok()?;
        Some((before.to_owned(), Some(day)))
    });
    read.unwrap_or((line, None))
}

/// What stands before the last "by" of a line, and what after it; nothing where a side is empty.
fn last_by(line: &str) -> Option<(&str, &str)> {
    let mut at = line.len();
    for word in line.rsplit(' ') {
        at -= word.len();
        if word.eq_ignore_ascii_case("by") {
            let before = line.get(..at)?.trim_end().trim_end_matches([',', ';', ':']);
            let after = line.get(at + word.len()..)?.trim();
            return (!before.is_empty() && !after.is_empty()).then_some((before, after));
        }
        at = at.saturating_sub(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::DayOrder;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    #[test]
    fn a_line_may_end_with_its_day() {
        let today = day("2026-11-22");
        let cases = [
            ("outline by 3 dec", "outline", Some("2026-12-03")),
            ("outline, by thu", "outline", Some("2026-11-26")),
            ("outline: by thu.", "outline", Some("2026-11-26")),
            ("Learn by heart by 2026-12-03", "Learn by heart", Some("2026-12-03")),
            ("Learn by doing", "Learn by doing", None),
            ("outline BY tomorrow!", "outline", Some("2026-11-23")),
            ("by 3 dec", "by 3 dec", None),
            (", by 3 dec", ", by 3 dec", None),
            ("outline by", "outline by", None),
            ("outline by 31 feb", "outline by 31 feb", None),
            ("outline by 3/12", "outline", Some("2026-12-03")),
            ("読む by fri", "読む", Some("2026-11-27")),
            ("  outline\n by 3 dec ", "outline", Some("2026-12-03")),
            ("", "", None),
        ];
        for (line, title, due) in cases {
            let read = line_by(line, today, DayOrder::default());
            assert_eq!(read, (title.to_owned(), due.map(day)), "{line}");
        }
        let american = line_by("outline by 3/12", today, DayOrder::MonthDay);
        assert_eq!(american.1, Some(day("2027-03-12")));
    }

    proptest! {
        #[test]
        fn any_line_reads(line in ".{0,40}", by in "(by|BY| by )?.{0,20}") {
            let line = format!("{line}{by}");
            let (read, due) = line_by(&line, day("2026-11-22"), DayOrder::default());
            prop_assert_eq!(&text::line(&read), &read);
            prop_assert!(due.is_some() || read == text::line(&line));
        }
    }
}
