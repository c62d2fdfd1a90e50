//! The one reader of time. Everything else is given a [`Moment`] or a duration as a value.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use chrono::{DateTime, Local};

use crate::domain::{Moment, Zone};

/// Where the program has its time from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, in its own time zone.
    System,
    /// A moment that stands still, so that tests see the same screen every day.
    Fixed(Moment),
}

/// `CONFIDANT_NOW` holds something else than a time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "CONFIDANT_NOW is {0:?}, which is not a time. Write it like 2026-11-22T14:00:00+01:00, or unset it."
)]
pub struct ClockError(String);

impl Clock {
    /// The clock that the value of `CONFIDANT_NOW` (RFC 3339) asks for; the machine's when the
    /// variable is unset or empty.
    pub fn from_env_value(value: Option<&str>) -> Result<Self, ClockError> {
        match value {
            None | Some("") => Ok(Self::System),
            Some(text) => DateTime::parse_from_rfc3339(text)
                .map(Self::Fixed)
                .map_err(|_| ClockError(text.to_owned())),
        }
    }

    /// The present moment, with the offset that is in force here now.
    pub fn now(self) -> Moment {
        match self {
            Self::System => read_wall(),
            Self::Fixed(moment) => moment,
        }
    }

    /// The time zone of this machine; where the moment is fixed, only its offset is known.
    pub fn zone(self) -> Zone {
        let now = self.now();
        let named = match self {
            Self::System => iana_time_zone::get_timezone().ok(),
            Self::Fixed(_) => None,
        };
        let zone = named.and_then(|name| name.parse().ok());
        zone.map_or(Zone::Offset(*now.offset()), Zone::Named)
    }

    /// A reading that only grows, for measuring how long nobody has typed. It means nothing by
    /// itself. It goes on where the moment is fixed: what was typed is kept there as everywhere.
    ///
    /// It may stand still while the machine sleeps, so after a closed lid [`Clock::now`] has moved
    /// on by more than this has: whoever locks after idle time compares both.
    pub fn ticks(self) -> Duration {
        read_monotonic()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one reader of the wall clock")]
fn read_wall() -> Moment {
    Local::now().fixed_offset()
}

#[expect(clippy::disallowed_methods, reason = "the one reader of the monotonic clock")]
fn read_monotonic() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let now = Instant::now();
    now.saturating_duration_since(*FIRST.get_or_init(|| now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_moment_stands_still_and_time_goes_on() {
        let clock = Clock::from_env_value(Some("2026-11-22T14:00:00+01:00")).expect("a time");
        assert_eq!(clock.now().to_rfc3339(), "2026-11-22T14:00:00+01:00");
        assert_eq!(clock.now(), clock.now());
        let earlier = clock.ticks();
        while clock.ticks() == earlier {
            std::thread::yield_now();
        }
        assert!(clock.ticks() > earlier);
    }

    #[test]
    fn without_a_value_it_is_the_machines() {
        assert_eq!(Clock::from_env_value(None), Ok(Clock::System));
        assert_eq!(Clock::from_env_value(Some("")), Ok(Clock::System));
        let earlier = (Clock::System.now(), Clock::System.ticks());
        let later = (Clock::System.now(), Clock::System.ticks());
        assert!(earlier.1 <= later.1);
        assert_eq!(earlier.0.offset(), later.0.offset());
    }

    #[test]
    fn what_is_no_time_is_told_how_to_write_one() {
        let error = Clock::from_env_value(Some("noon")).expect_err("no time");
        assert_eq!(
            error.to_string(),
            "CONFIDANT_NOW is \"noon\", which is not a time. Write it like 2026-11-22T14:00:00+01:00, or unset it."
        );
    }
}
