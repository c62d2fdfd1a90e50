//! Where the clocks of two people stand, so that "Thursday at three" becomes a moment, and the time
//! that the other's clock shows then.
//!
//! A session is kept as the writer's clock shows it. When the clocks change it stays where it is:
//! three o'clock is three o'clock in winter and in summer. What moves is the other's time.

mod names;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::{Session, SessionState, When};

pub use names::{ZoneError, parse_zone};

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// One with rules, which knows of summer and winter.
    Named(Tz),
    /// So many hours from Greenwich, all year.
    Offset(FixedOffset),
}

/// What the clocks do with a local time on the day they are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// They leap over it; at that moment they show this.
    Skipped(NaiveDateTime),
    /// They show it twice.
    Twice,
}

impl Zone {
    /// The moment at which clocks here show `local`. Where they show it twice it is the first time;
    /// where they leap over it, it is as long after the leap.
    pub fn moment(self, local: NaiveDateTime) -> DateTime<Utc> {
        let read = match self {
            Self::Named(zone) => zone.from_local_datetime(&local).earliest().map(|at| at.to_utc()),
            Self::Offset(offset) => {
                offset.from_local_datetime(&local).earliest().map(|at| at.to_utc())
            }
        };
        read.unwrap_or_else(|| {
            // By the clock as it stood before: no leap is near another.
            let before = local.and_utc() - TimeDelta::hours(36);
            local.and_utc() - (self.shown(before) - before.naive_utc())
        })
    }

    /// What clocks here show at a moment.
    pub fn shown(self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Named(zone) => at.with_timezone(&zone).naive_local(),
            Self::Offset(offset) => at.with_timezone(&offset).naive_local(),
        }
    }

    /// What the clocks here do with a local time, where it is not one like every other.
    pub fn turn(self, local: NaiveDateTime) -> Option<Turn> {
        let Self::Named(zone) = self else { return None };
        let read = zone.from_local_datetime(&local);
        match (read.earliest(), read.latest()) {
            (None, _) => Some(Turn::Skipped(self.shown(self.moment(local)))),
            (first, last) if first != last => Some(Turn::Twice),
            _ => None,
        }
    }
}

/// The clocks of the two: mine, and the other's where their time zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// Where mine stands.
    pub mine: Zone,
    /// Where theirs does.
    pub theirs: Option<Tz>,
}

/// The time that the other's clock shows when mine shows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There {
    /// Their day and time.
    pub when: When,
    /// My day.
    here: NaiveDate,
}

impl There {
    /// Their time; with its weekday where it is another day than mine: "16:00", "Fri 01:00".
    pub fn clock(self) -> String {
        let form = if self.when.date == self.here { "%H:%M" } else { "%a %H:%M" };
        let time = self.when.time.unwrap_or_default();
        self.when.date.and_time(time).format(form).to_string()
    }

    /// "16:00 for them".
    pub fn words(self) -> String {
        format!("{} for them", self.clock())
    }
}

impl Clocks {
    /// The time that theirs shows at a time of mine, where that is another one.
    pub fn there(self, when: When) -> Option<There> {
        let theirs = Zone::Named(self.theirs?);
        let at = self.mine.moment(when.date.and_time(when.time?));
        let shown = theirs.shown(at);
        let there = When { date: shown.date(), time: Some(shown.time()) };
        (self.mine.shown(at) != shown).then_some(There { when: there, here: when.date })
    }

    /// A session in words: with what a field echoes while it is to come.
    pub fn of_session(self, session: &Session, today: NaiveDate) -> String {
        if session.state == SessionState::Planned && !session.is_unanswered(today) {
            self.in_words(session.when, today)
        } else {
            session.when.in_words(today)
        }
    }

    /// What a field echoes of a session to come: "Thu 3 Dec 2026 at 15:00, in 11 days; 16:00 for
    /// them", and a word where the clocks are changed just then.
    pub fn in_words(self, when: When, today: NaiveDate) -> String {
        let mut words = when.in_words(today);
        let turn = when.time.and_then(|time| self.mine.turn(when.date.and_time(time)));
        match turn {
            Some(Turn::Skipped(shown)) => {
                words.push_str("; clocks leap over that time, to ");
                words.push_str(&shown.format("%H:%M").to_string());
            }
            Some(Turn::Twice) => {
                words.push_str("; clocks show that time twice, the first is meant");
            }
            None => {}
        }
        if let Some(there) = self.there(when) {
            words.push_str("; ");
            words.push_str(&there.words());
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days, and what the other's clock shows at three then.
    type Days = [(&'static str, &'static str); 5];

    const BERLIN: Zone = Zone::Named(Tz::Europe__Berlin);
    const LORD_HOWE: Zone = Zone::Named(Tz::Australia__Lord_Howe);
    const LISBON: Zone = Zone::Named(Tz::Europe__Lisbon);
    const NEW_YORK: Zone = Zone::Named(Tz::America__New_York);

    fn when(code: &str) -> When {
        When::from_code(code).expect("a when")
    }

    fn local(code: &str) -> NaiveDateTime {
        let when = when(code);
        when.date.and_time(when.time.expect("a time"))
    }

    #[test]
    fn a_local_time_is_one_moment() {
        let east = Zone::Offset(FixedOffset::east_opt(3 * 3600).expect("an offset"));
        let apia = Zone::Named(Tz::Pacific__Apia);
        for (zone, time, moment) in [
            (LISBON, "2026-11-12T15:00", "2026-11-12T15:00:00+00:00"),
            (LISBON, "2026-07-12T15:00", "2026-07-12T14:00:00+00:00"),
            // Leapt over on the last Sunday in March, and twice there on the last in October.
            (LISBON, "2026-03-29T01:30", "2026-03-29T01:30:00+00:00"),
            (LISBON, "2026-10-25T01:30", "2026-10-25T00:30:00+00:00"),
            (BERLIN, "2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
            (BERLIN, "2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
            (NEW_YORK, "2026-03-08T02:30", "2026-03-08T07:30:00+00:00"),
            (NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30:00+00:00"),
            // Half an hour only.
            (LORD_HOWE, "2026-10-04T02:15", "2026-10-03T15:45:00+00:00"),
            (LORD_HOWE, "2026-04-05T01:45", "2026-04-04T14:45:00+00:00"),
            // A whole day that never was.
            (apia, "2011-12-30T09:00", "2011-12-30T19:00:00+00:00"),
            (east, "2026-07-12T15:00", "2026-07-12T12:00:00+00:00"),
        ] {
            assert_eq!(zone.moment(local(time)).to_rfc3339(), moment, "{zone:?} {time}");
        }
    }

    #[test]
    fn a_time_on_the_day_the_clocks_change_is_told() {
        let kolkata = Zone::Named(Tz::Asia__Kolkata);
        for (zone, time, turn) in [
            (BERLIN, "2026-03-29T01:59", None),
            (BERLIN, "2026-03-29T02:00", Some(Turn::Skipped(local("2026-03-29T03:00")))),
            (BERLIN, "2026-03-29T02:59", Some(Turn::Skipped(local("2026-03-29T03:59")))),
            (BERLIN, "2026-03-29T03:00", None),
            (BERLIN, "2026-10-25T01:59", None),
            (BERLIN, "2026-10-25T02:00", Some(Turn::Twice)),
            (BERLIN, "2026-10-25T03:00", None),
            (LORD_HOWE, "2026-10-04T02:15", Some(Turn::Skipped(local("2026-10-04T02:45")))),
            (LORD_HOWE, "2026-10-04T02:30", None),
            (LORD_HOWE, "2026-04-05T01:29", None),
            (LORD_HOWE, "2026-04-05T01:30", Some(Turn::Twice)),
            (kolkata, "2026-03-29T02:30", None),
        ] {
            assert_eq!(zone.turn(local(time)), turn, "{zone:?} {time}");
        }
    }

    /// A session every Thursday at three where the writer is. It stays there; the other's clock is
    /// changed on another day, or never.
    #[test]
    fn a_session_stays_at_its_time_and_the_others_time_moves() {
        let at_three = |day: &str| when(&format!("{day}T15:00"));
        let series: [(Zone, Tz, Days); 5] = [
            (
                BERLIN,
                Tz::America__New_York,
                [
                    ("2026-03-05", "09:00"),
                    ("2026-03-12", "10:00"),
                    ("2026-04-02", "09:00"),
                    ("2026-10-29", "10:00"),
                    ("2026-11-05", "09:00"),
                ],
            ),
            (
                NEW_YORK,
                Tz::Europe__Berlin,
                [
                    ("2026-03-05", "21:00"),
                    ("2026-03-12", "20:00"),
                    ("2026-04-02", "21:00"),
                    ("2026-10-29", "20:00"),
                    ("2026-11-05", "21:00"),
                ],
            ),
            (
                BERLIN,
                Tz::Asia__Kolkata,
                [
                    ("2026-03-26", "19:30"),
                    ("2026-04-02", "18:30"),
                    ("2026-07-02", "18:30"),
                    ("2026-10-22", "18:30"),
                    ("2026-10-29", "19:30"),
                ],
            ),
            (
                BERLIN,
                Tz::Australia__Lord_Howe,
                [
                    ("2026-01-08", "Fri 01:00"),
                    ("2026-04-02", "Fri 00:00"),
                    ("2026-04-09", "23:30"),
                    ("2026-10-08", "Fri 00:00"),
                    ("2026-10-29", "Fri 01:00"),
                ],
            ),
            (
                Zone::Named(Tz::Asia__Kolkata),
                Tz::America__New_York,
                [
                    ("2026-03-05", "04:30"),
                    ("2026-03-12", "05:30"),
                    ("2026-07-02", "05:30"),
                    ("2026-10-29", "05:30"),
                    ("2026-11-05", "04:30"),
                ],
            ),
        ];
        for (mine, theirs, days) in series {
            let clocks = Clocks { mine, theirs: Some(theirs) };
            for (day, there) in days {
                let found = clocks.there(at_three(day)).expect("another time");
                assert_eq!(found.clock(), there, "{mine:?} {theirs} {day}");
                let shown = mine.shown(mine.moment(local(&format!("{day}T15:00"))));
                assert_eq!(shown, local(&format!("{day}T15:00")), "{mine:?} {day}");
            }
        }
    }

    #[test]
    fn the_same_time_is_not_said_twice() {
        let clocks = |theirs| Clocks { mine: LISBON, theirs };
        for (theirs, session, there) in [
            (None, "2026-11-26T15:00", None),
            (Some(Tz::Europe__Lisbon), "2026-11-26T15:00", None),
            (Some(Tz::Europe__London), "2026-11-26T15:00", None),
            // The same all winter, and no longer in summer.
            (Some(Tz::Africa__Abidjan), "2026-11-26T15:00", None),
            (Some(Tz::Africa__Abidjan), "2026-06-26T15:00", Some("2026-06-26T14:00")),
            (Some(Tz::Europe__Berlin), "2026-11-26", None),
            (Some(Tz::Pacific__Honolulu), "2026-11-26T05:00", Some("2026-11-25T19:00")),
        ] {
            let found = clocks(theirs).there(when(session)).map(|there| there.when.code());
            assert_eq!(found.as_deref(), there, "{theirs:?} {session}");
        }
    }

    #[test]
    fn it_is_told_in_words() {
        let today = "2026-03-22".parse().expect("a day");
        let berlin = Clocks { mine: BERLIN, theirs: Some(Tz::America__New_York) };
        let alone = Clocks { theirs: None, ..berlin };
        for (clocks, session, words) in [
            (alone, "2026-03-26", "Thu 26 Mar 2026, in 4 days"),
            (alone, "2026-03-26T15:00", "Thu 26 Mar 2026 at 15:00, in 4 days"),
            (berlin, "2026-03-26T15:00", "Thu 26 Mar 2026 at 15:00, in 4 days; 10:00 for them"),
            (
                alone,
                "2026-03-29T02:30",
                "Sun 29 Mar 2026 at 02:30, in 7 days; clocks leap over that time, to 03:30",
            ),
            (
                berlin,
                "2026-10-25T02:30",
                "Sun 25 Oct 2026 at 02:30, in 217 days; clocks show that time twice, the first is meant; Sat 20:30 for them",
            ),
        ] {
            assert_eq!(clocks.in_words(when(session), today), words);
        }
    }
}
