//! Where the writer's clock stands, so that "Thursday at three" becomes a moment for others.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// One with rules, which knows of summer and winter.
    Named(Tz),
    /// So many hours from Greenwich, all year.
    Offset(FixedOffset),
}

impl Zone {
    /// The moment at which clocks here show `local`. Where they show it twice it is the first time;
    /// where they leap over it, it is as long after the leap.
    pub fn moment(self, local: NaiveDateTime) -> DateTime<Utc> {
        let hour = TimeDelta::hours(1);
        self.read(local)
            .or_else(|| Some(self.read(local.checked_sub_signed(hour)?)? + hour))
            .unwrap_or_else(|| local.and_utc())
    }

    fn read(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        match self {
            Self::Named(zone) => zone.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            Self::Offset(offset) => {
                offset.from_local_datetime(&local).earliest().map(|at| at.to_utc())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_is_one_moment() {
        let lisbon = Zone::Named(Tz::Europe__Lisbon);
        let east = Zone::Offset(FixedOffset::east_opt(3 * 3600).expect("an offset"));
        for (zone, local, moment) in [
            (lisbon, "2026-11-12T15:00:00", "2026-11-12T15:00:00+00:00"),
            (lisbon, "2026-07-12T15:00:00", "2026-07-12T14:00:00+00:00"),
            // Leapt over on the last Sunday in March, and twice there on the last in October.
            (lisbon, "2026-03-29T01:30:00", "2026-03-29T01:30:00+00:00"),
            (lisbon, "2026-10-25T01:30:00", "2026-10-25T00:30:00+00:00"),
            (east, "2026-07-12T15:00:00", "2026-07-12T12:00:00+00:00"),
        ] {
            let at = zone.moment(local.parse().expect("a time"));
            assert_eq!(at.to_rfc3339(), moment, "{local}");
        }
    }
}
