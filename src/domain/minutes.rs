//! How long a session took.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::dates::shortened;

/// A length of 1 minute to 24 hours, in whole minutes.
///
/// Typed as `45`, `45m`, `1h`, `1h30`, `1.5h` or `1:30`; shown as "45 min", "1 h 30"; stored and
/// exchanged as the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

/// The text or the number is no length of a session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a length I can read. Write 45, 1h, 1h30 or 1:30, at most 24 h.")]
pub struct MinutesError(String);

impl Minutes {
    /// A day.
    pub const MAX: u16 = 24 * 60;

    /// So many minutes; nothing for 0 or more than a day.
    pub fn new(minutes: u16) -> Option<Self> {
        (1..=Self::MAX).contains(&minutes).then_some(Self(minutes))
    }

    /// The number of minutes.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes:02}"),
        }
    }
}

impl FromStr for Minutes {
    type Err = MinutesError;

    fn from_str(text: &str) -> Result<Self, MinutesError> {
        let lower = text.to_lowercase();
        let mut parts = parts(&lower);
        // "min" after the hours' minutes adds nothing: "1h30m" is "1h30".
        if let [.., Part::Hours, Part::Number(_), Part::Minutes] = parts[..] {
            parts.pop();
        }
        read(&parts).and_then(Self::new).ok_or_else(|| MinutesError(shortened(text)))
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesError;

    fn try_from(minutes: u16) -> Result<Self, MinutesError> {
        Self::new(minutes).ok_or_else(|| MinutesError(minutes.to_string()))
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Number(&'a str),
    Colon,
    Point,
    Hours,
    Minutes,
    Unknown,
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            c1 if c1.is_ascii_digit() => c.is_ascii_digit(),
            c1 if c1.is_alphabetic() => c.is_alphabetic(),
            _ => false,
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (part, after) = rest.split_at(end);
        parts.push(match part {
            ":" => Part::Colon,
            "." | "," => Part::Point,
            "h" | "hr" | "hrs" | "hour" | "hours" => Part::Hours,
            "m" | "min" | "mins" | "minute" | "minutes" => Part::Minutes,
            _ if first.is_ascii_digit() => Part::Number(part),
            _ => Part::Unknown,
        });
        rest = after.trim_start();
    }
    parts
}

fn read(parts: &[Part]) -> Option<u16> {
    match *parts {
        [Part::Number(minutes)] | [Part::Number(minutes), Part::Minutes] => minutes.parse().ok(),
        [Part::Number(hours), Part::Hours] => hours.parse::<u16>().ok()?.checked_mul(60),
        [Part::Number(hours), Part::Hours | Part::Colon, Part::Number(minutes)] => {
            let minutes = minutes.parse::<u16>().ok().filter(|minutes| *minutes < 60)?;
            hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes)
        }
        [Part::Number(hours), Part::Point, Part::Number(tenths), Part::Hours] => {
            // Two digits tell minutes apart; more would only pretend to.
            let of = 10_u16.checked_pow(tenths.len().try_into().ok().filter(|n| *n <= 2)?)?;
            let fraction = (tenths.parse::<u16>().ok()? * 60 + of / 2) / of;
            hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(fraction)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_write_a_length_in_many_ways() {
        for (typed, minutes, shown) in [
            ("45", 45, "45 min"),
            ("45m", 45, "45 min"),
            ("45 min", 45, "45 min"),
            ("90", 90, "1 h 30"),
            ("1h", 60, "1 h"),
            ("2 hours", 120, "2 h"),
            ("1h30", 90, "1 h 30"),
            ("1h30m", 90, "1 h 30"),
            ("1 h 05", 65, "1 h 05"),
            ("1H 5 min", 65, "1 h 05"),
            ("1.5h", 90, "1 h 30"),
            ("1,5 h", 90, "1 h 30"),
            ("0.75h", 45, "45 min"),
            ("1.33h", 80, "1 h 20"),
            ("1:30", 90, "1 h 30"),
            ("24h", 1440, "24 h"),
        ] {
            let read: Minutes = typed.parse().expect(typed);
            assert_eq!((read.get(), read.to_string().as_str()), (minutes, shown), "{typed}");
        }
    }

    #[test]
    fn what_is_no_length_is_told_how_to_write_one() {
        for typed in
            ["", "0", "0h", "1441", "25h", "1:75", "1h90", "1.5", "-5", "h", "1h h", "1.555h"]
        {
            assert!(typed.parse::<Minutes>().is_err(), "{typed}");
        }
        assert_eq!(
            "long".parse::<Minutes>().expect_err("no length").to_string(),
            "\"long\" is not a length I can read. Write 45, 1h, 1h30 or 1:30, at most 24 h."
        );
        assert!(serde_json::from_str::<Minutes>("0").is_err());
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(minutes in 1..=Minutes::MAX) {
            let minutes = Minutes::new(minutes).expect("in range");
            prop_assert_eq!(minutes.to_string().parse(), Ok(minutes));
        }

        #[test]
        fn no_text_is_too_odd(text in ".*", tidy in "[0-9hm:., ]{0,12}") {
            let _ = text.parse::<Minutes>();
            let _ = tidy.parse::<Minutes>();
        }
    }
}
