//! The one reader of time. Everything else is given a [`Moment`] or a duration as a value.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use chrono::{DateTime, Local, Offset, TimeZone};
use chrono_tz::Tz;

use crate::domain::{Moment, Zone};

/// Where the program has its time from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, in its own time zone.
    System,
    /// A moment that stands still, so that tests see the same screen every day; and where that is,
    /// if it was said.
    Fixed(Moment, Option<Tz>),
}

/// `CONFIDANT_NOW` holds something else than a time, or its time zone has another offset then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "CONFIDANT_NOW is {0:?}, which is not a time. Write it like 2026-11-22T14:00:00+01:00 or 2026-11-22T14:00:00+01:00[Europe/Berlin], or unset it."
)]
pub struct ClockError(String);

impl Clock {
    /// The clock that the value of `CONFIDANT_NOW` asks for: RFC 3339, and behind it the time zone
    /// in brackets where one is meant (RFC 9557). The machine's when the variable is unset or empty.
    pub fn from_env_value(value: Option<&str>) -> Result<Self, ClockError> {
        match value {
            None | Some("") => Ok(Self::System),
            Some(text) => read_fixed(text).ok_or_else(|| ClockError(text.to_owned())),
        }
    }

    /// The present moment, with the offset that is in force here now.
    pub fn now(self) -> Moment {
        match self {
            Self::System => read_wall(),
            Self::Fixed(moment, _) => moment,
        }
    }

    /// The time zone of whoever runs this; where only an offset is known, that.
    pub fn zone(self) -> Zone {
        let zone = match self {
            Self::System => named_zone(std::env::var("TZ").ok().as_deref()),
            Self::Fixed(_, zone) => zone,
        };
        zone.map_or(Zone::Offset(*self.now().offset()), Zone::Named)
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

/// `2026-11-22T14:00:00+01:00` or `2026-11-22T14:00:00+01:00[Europe/Berlin]`.
fn read_fixed(text: &str) -> Option<Clock> {
    let (moment, zone) = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((moment, zone)) => (moment, Some(zone.parse::<Tz>().ok()?)),
        None => (text, None),
    };
    let moment = DateTime::parse_from_rfc3339(moment).ok()?;
    let fits =
        |zone: Tz| zone.offset_from_utc_datetime(&moment.naive_utc()).fix() == *moment.offset();
    zone.is_none_or(fits).then_some(Clock::Fixed(moment, zone))
}

/// The zone that `TZ` names, as everything else on this machine understands it; the machine's where
/// it is unset. None where it says its rules and no name.
fn named_zone(tz: Option<&str>) -> Option<Tz> {
    match tz {
        None | Some("") => iana_time_zone::get_timezone().ok()?.parse().ok(),
        Some(name) => name.trim_start_matches(':').parse().ok(),
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
    fn a_fixed_moment_may_say_where_it_is() {
        let zone = |value| Clock::from_env_value(Some(value)).map(Clock::zone);
        let berlin = Zone::Named(Tz::Europe__Berlin);
        assert_eq!(zone("2026-11-22T14:00:00+01:00[Europe/Berlin]"), Ok(berlin));
        assert_eq!(zone("2026-07-22T14:00:00+02:00[Europe/Berlin]"), Ok(berlin));
        let hour = chrono::FixedOffset::east_opt(3600).expect("an hour");
        assert_eq!(zone("2026-11-22T14:00:00+01:00"), Ok(Zone::Offset(hour)));
        for wrong in ["2026-07-22T14:00:00+01:00[Europe/Berlin]", "2026-11-22T14:00:00+01:00[x]"] {
            assert_eq!(zone(wrong), Err(ClockError(wrong.to_owned())));
        }
    }

    #[test]
    fn the_zone_is_the_one_that_the_environment_names() {
        for (tz, zone) in [
            ("Europe/Berlin", Some(Tz::Europe__Berlin)),
            (":America/New_York", Some(Tz::America__New_York)),
            ("CET-1CEST,M3.5.0,M10.5.0/3", None),
        ] {
            assert_eq!(named_zone(Some(tz)), zone, "{tz}");
        }
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
            "CONFIDANT_NOW is \"noon\", which is not a time. Write it like 2026-11-22T14:00:00+01:00 or 2026-11-22T14:00:00+01:00[Europe/Berlin], or unset it."
        );
    }
}
