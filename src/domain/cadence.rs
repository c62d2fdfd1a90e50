//! How often two people mean to meet: "every 2 weeks".

use std::{fmt, str::FromStr};

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::dates::shortened;

/// A rhythm of whole days, weeks or months.
///
/// Typed as `2w`, `10d`, `1m`, `weekly`, `fortnightly`, `monthly`, `quarterly` or `every 2 weeks`;
/// shown in words by `Display`; stored and exchanged as [`Cadence::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cadence {
    every: u16,
    unit: Unit,
}

/// What a [`Cadence`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months: the same day of the month, or its last one where that day is missing.
    Month,
}

/// The text is no rhythm this program knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a rhythm I can read. Write 2w, 10d, 1m, weekly, monthly or \"every 2 weeks\"."
)]
pub struct CadenceError(String);

impl Cadence {
    /// The longest rhythm, in units of any kind.
    pub const MAX: u16 = 999;

    /// Every so many units; nothing for 0 or more than [`Cadence::MAX`].
    pub fn new(every: u16, unit: Unit) -> Option<Self> {
        (1..=Self::MAX).contains(&every).then_some(Self { every, unit })
    }

    /// The short form that is stored: `2w`, `10d`, `1m`.
    pub fn code(self) -> String {
        let unit = match self.unit {
            Unit::Day => 'd',
            Unit::Week => 'w',
            Unit::Month => 'm',
        };
        format!("{}{unit}", self.every)
    }

    /// The next date of this rhythm after `after`.
    ///
    /// For a whole series ask [`Cadence::nth`] from its first date: a step taken from 28 February
    /// cannot know that the series began on a 31st.
    pub fn next(self, after: NaiveDate) -> NaiveDate {
        self.nth(after, 1)
    }

    /// The first date of this rhythm from `today` on, and after the last of `held` (the newest
    /// first). The series is followed back as far as it was kept, so that one of months that had
    /// to be shortened in February is on its old day again in March.
    pub fn following(self, held: &[NaiveDate], today: NaiveDate) -> Option<NaiveDate> {
        let (last, before) = held.split_first()?;
        let (mut start, mut steps) = (*last, 0_u16);
        for (date, passed) in before.iter().zip(1..) {
            if self.nth(*date, passed) != *last {
                break;
            }
            (start, steps) = (*date, passed);
        }
        (1..=u16::MAX - steps).map(|n| self.nth(start, steps + n)).find(|date| *date >= today)
    }

    /// The date `n` steps after `start`. Months are counted from `start`, so that a series begun on
    /// 31 January is held on 28 February and on 31 March again. Past the end of the calendar it
    /// stays on the last day.
    pub fn nth(self, start: NaiveDate, n: u16) -> NaiveDate {
        let steps = u32::from(self.every) * u32::from(n);
        match self.unit {
            Unit::Day => start.checked_add_days(Days::new(steps.into())),
            Unit::Week => start.checked_add_days(Days::new(u64::from(steps) * 7)),
            Unit::Month => start.checked_add_months(Months::new(steps)),
        }
        .unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
        };
        match self.every {
            1 => write!(f, "every {unit}"),
            n => write!(f, "every {n} {unit}s"),
        }
    }
}

impl FromStr for Cadence {
    type Err = CadenceError;

    fn from_str(text: &str) -> Result<Self, CadenceError> {
        read(&text.trim().to_lowercase()).ok_or_else(|| CadenceError(shortened(text)))
    }
}

impl TryFrom<String> for Cadence {
    type Error = CadenceError;

    fn try_from(text: String) -> Result<Self, CadenceError> {
        text.parse()
    }
}

impl From<Cadence> for String {
    fn from(cadence: Cadence) -> Self {
        cadence.code()
    }
}

fn read(text: &str) -> Option<Cadence> {
    let (every, unit) = match text {
        "daily" => (1, Unit::Day),
        "weekly" => (1, Unit::Week),
        "fortnightly" | "every fortnight" | "every other week" => (2, Unit::Week),
        "monthly" => (1, Unit::Month),
        "quarterly" => (3, Unit::Month),
        _ => {
            let counted = text.strip_prefix("every ").map(str::trim_start);
            let rest = counted.unwrap_or(text);
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, unit) = rest.split_at(digits);
            let every = match number {
                "" if counted.is_some() => 1,
                number => number.parse().ok()?,
            };
            (every, unit_named(unit.trim_start())?)
        }
    };
    Cadence::new(every, unit)
}

fn unit_named(word: &str) -> Option<Unit> {
    match word {
        "d" | "day" | "days" => Some(Unit::Day),
        "w" | "wk" | "wks" | "week" | "weeks" => Some(Unit::Week),
        "m" | "mo" | "month" | "months" => Some(Unit::Month),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date in a test")
    }

    fn cadence(text: &str) -> Cadence {
        text.parse().expect("a cadence in a test")
    }

    #[test]
    fn people_write_a_rhythm_in_many_ways() {
        for (typed, code, words) in [
            ("2w", "2w", "every 2 weeks"),
            ("10d", "10d", "every 10 days"),
            ("1m", "1m", "every month"),
            ("daily", "1d", "every day"),
            ("weekly", "1w", "every week"),
            ("Fortnightly", "2w", "every 2 weeks"),
            ("monthly", "1m", "every month"),
            ("quarterly", "3m", "every 3 months"),
            ("every 2 weeks", "2w", "every 2 weeks"),
            (" every week ", "1w", "every week"),
            ("every other week", "2w", "every 2 weeks"),
            ("every 3m", "3m", "every 3 months"),
            ("6 weeks", "6w", "every 6 weeks"),
        ] {
            let read = cadence(typed);
            assert_eq!((read.code().as_str(), read.to_string().as_str()), (code, words), "{typed}");
        }
    }

    #[test]
    fn what_is_no_rhythm_is_told_how_to_write_one() {
        for typed in ["", "0w", "1000w", "w", "2", "2y", "every", "every 2", "-2w", "2w 3d", "٢w"]
        {
            assert!(typed.parse::<Cadence>().is_err(), "{typed}");
        }
        let error = "soon".parse::<Cadence>().expect_err("no rhythm");
        assert_eq!(
            error.to_string(),
            "\"soon\" is not a rhythm I can read. Write 2w, 10d, 1m, weekly, monthly or \"every 2 weeks\"."
        );
    }

    #[test]
    fn months_are_clamped_and_never_skipped() {
        let monthly = cadence("monthly");
        let start = date("2027-01-31");
        assert_eq!(monthly.next(start), date("2027-02-28"));
        assert_eq!(monthly.nth(start, 2), date("2027-03-31"));
        assert_eq!(cadence("2w").next(date("2026-12-24")), date("2027-01-07"));
        assert_eq!(monthly.next(NaiveDate::MAX), NaiveDate::MAX);
    }

    /// A series of months from one day: where a month lacks it, it is held on the last one there is,
    /// and on its own day again as soon as there is one. None is left out.
    #[test]
    fn a_series_of_months_is_clamped_and_comes_back() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("1m", "2027-01-31", &["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
            ("1m", "2028-01-31", &["2028-02-29", "2028-03-31", "2028-04-30"]),
            ("1m", "2027-01-30", &["2027-02-28", "2027-03-30", "2027-04-30"]),
            ("1m", "2026-10-31", &["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
            ("3m", "2026-11-30", &["2027-02-28", "2027-05-30", "2027-08-30"]),
            ("12m", "2028-02-29", &["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ];
        for (rhythm, start, days) in cases {
            for (n, day) in (1..).zip(days) {
                assert_eq!(cadence(rhythm).nth(date(start), n), date(day), "{rhythm} {start} {n}");
            }
        }
    }

    /// Days and weeks are those of the calendar: a day on which the clocks are changed is one day.
    #[test]
    fn a_rhythm_goes_on_over_a_change_of_the_clocks() {
        // Berlin on 29 March and 25 October, New York on 8 March and 1 November, Lord Howe on
        // 5 April and 4 October.
        let cases: [(&str, &str, &str); 7] = [
            ("1d", "2026-03-28", "2026-03-29"),
            ("1d", "2026-10-25", "2026-10-26"),
            ("1w", "2026-03-26", "2026-04-02"),
            ("2w", "2026-10-22", "2026-11-05"),
            ("1w", "2026-03-05", "2026-03-12"),
            ("1m", "2026-10-01", "2026-11-01"),
            ("2w", "2026-03-29", "2026-04-12"),
        ];
        for (rhythm, last, next) in cases {
            assert_eq!(cadence(rhythm).next(date(last)), date(next), "{rhythm} {last}");
        }
    }

    #[test]
    fn the_next_one_follows_the_series_that_was_kept() {
        let cases: [(&str, &[&str], &str, Option<&str>); 10] = [
            ("2w", &[], "2026-11-22", None),
            ("2w", &["2026-11-12"], "2026-11-22", Some("2026-11-26")),
            ("2w", &["2026-11-22"], "2026-11-22", Some("2026-12-06")),
            ("2w", &["2026-11-12"], "2026-11-26", Some("2026-11-26")),
            ("2w", &["2026-10-12"], "2026-11-22", Some("2026-11-23")),
            // The clocks go back on 25 October; a week stays a week.
            ("1w", &["2026-10-22"], "2026-10-23", Some("2026-10-29")),
            ("1m", &["2027-01-31"], "2027-02-01", Some("2027-02-28")),
            ("1m", &["2027-02-28", "2027-01-31"], "2027-03-01", Some("2027-03-31")),
            ("1m", &["2027-03-31", "2027-02-28", "2027-01-31"], "2027-04-01", Some("2027-04-30")),
            // Somebody chose another day meanwhile.
            ("1m", &["2027-02-27", "2027-01-31"], "2027-03-01", Some("2027-03-27")),
        ];
        for (rhythm, held, today, next) in cases {
            let held: Vec<_> = held.iter().map(|code| date(code)).collect();
            let found = cadence(rhythm).following(&held, date(today));
            assert_eq!(found, next.map(date), "{rhythm} {held:?} {today}");
        }
    }

    #[test]
    fn it_is_stored_as_its_code() {
        assert_eq!(serde_json::to_string(&cadence("fortnightly")).expect("text"), "\"2w\"");
        assert!(serde_json::from_str::<Cadence>("\"0w\"").is_err());
    }

    proptest! {
        #[test]
        fn code_and_words_are_read_back(every in 1..=Cadence::MAX, unit in 0..3) {
            let unit = [Unit::Day, Unit::Week, Unit::Month][usize::try_from(unit).expect("small")];
            let cadence = Cadence::new(every, unit).expect("in range");
            prop_assert_eq!(cadence.code().parse(), Ok(cadence));
            prop_assert_eq!(cadence.to_string().parse(), Ok(cadence));
        }

        #[test]
        fn no_text_is_too_odd(text in ".*") {
            let _ = text.parse::<Cadence>();
        }
    }
}
