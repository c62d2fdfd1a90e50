//! The few settings: what they are, how the journal keeps them, and what they begin as.
//!
//! They live in the journal and go where it goes. A name or a value that this program does not know
//! changes nothing: a newer one wrote it.

use chrono::{Days, NaiveDate, Weekday};

use super::{DayOrder, Habits};

/// What the owner of a journal set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// After how many minutes without a key the journal locks itself; none for never.
    pub lock_minutes: Option<u32>,
    /// How the owner means dates.
    pub dates: Habits,
    /// Whether the screen does without signs outside ASCII.
    pub ascii: bool,
    /// Whether texts of an encrypted journal may be handed to the owner's own editor.
    pub editor: bool,
}

/// The day on which a week begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// As in most of the world.
    #[default]
    Monday,
    /// As in the Americas and much of Asia.
    Sunday,
    /// As in much of the Middle East.
    Saturday,
}

impl WeekStart {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Monday, Self::Sunday, Self::Saturday];

    /// As the journal keeps it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Sunday => "sunday",
            Self::Saturday => "saturday",
        }
    }

    /// The start of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|start| start.code() == code)
    }

    const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Mon,
            Self::Sunday => Weekday::Sun,
            Self::Saturday => Weekday::Sat,
        }
    }

    /// The last day of the week in which `day` lies.
    pub fn last_day(self, day: NaiveDate) -> NaiveDate {
        let first = day.week(self.weekday()).first_day();
        first.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
    }
}

/// The minutes that are offered; any other number is kept too.
pub const LOCK_MINUTES: [u32; 6] = [1, 5, 10, 20, 30, 60];

impl Default for Settings {
    fn default() -> Self {
        Self { lock_minutes: Some(10), dates: Habits::default(), ascii: false, editor: false }
    }
}

impl Settings {
    /// The names under which the journal keeps them.
    pub const NAMES: [&str; 5] = ["lock", "date.order", "week", "ascii", "editor"];

    /// Takes what the journal keeps under a name.
    pub fn take(&mut self, name: &str, value: &str) {
        match name {
            "lock" if value == "never" => self.lock_minutes = None,
            "lock" => {
                let minutes = value.parse().ok().filter(|minutes| *minutes > 0);
                self.lock_minutes = minutes.or(self.lock_minutes);
            }
            "date.order" => {
                self.dates.order = match value {
                    "day" => DayOrder::DayMonth,
                    "month" => DayOrder::MonthDay,
                    _ => self.dates.order,
                }
            }
            "week" => self.dates.week = WeekStart::from_code(value).unwrap_or(self.dates.week),
            "ascii" => self.ascii = is_yes(value).unwrap_or(self.ascii),
            "editor" => self.editor = is_yes(value).unwrap_or(self.editor),
            _ => {}
        }
    }

    /// What the journal keeps under a name.
    pub fn kept(&self, name: &str) -> Option<String> {
        let yes = |set: bool| if set { "yes" } else { "no" }.to_owned();
        Some(match name {
            "lock" => self.lock_minutes.map_or_else(|| "never".to_owned(), |n| n.to_string()),
            "date.order" => match self.dates.order {
                DayOrder::DayMonth => "day",
                DayOrder::MonthDay => "month",
            }
            .to_owned(),
            "week" => self.dates.week.code().to_owned(),
            "ascii" => yes(self.ascii),
            "editor" => yes(self.editor),
            _ => return None,
        })
    }
}

fn is_yes(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_back() {
        let mut all = vec![Settings::default()];
        all.extend([None, Some(1), Some(45)].map(|lock_minutes| Settings {
            lock_minutes,
            dates: Habits { order: DayOrder::MonthDay, week: WeekStart::Saturday },
            ascii: true,
            editor: true,
        }));
        for settings in all {
            let mut read = Settings::default();
            for name in Settings::NAMES {
                read.take(name, &settings.kept(name).expect("a value"));
            }
            assert_eq!(read, settings);
        }
        assert_eq!(Settings::default().kept("colour"), None);
    }

    #[test]
    fn what_nobody_understands_changes_nothing() {
        let mut settings = Settings { ascii: true, ..Settings::default() };
        for name in Settings::NAMES.into_iter().chain(["colour"]) {
            for value in ["", "0", "-3", "perhaps", "10 minutes", "YES"] {
                settings.take(name, value);
            }
        }
        assert_eq!(settings, Settings { ascii: true, ..Settings::default() });
    }

    #[test]
    fn a_week_ends_before_its_first_day() {
        let day = |code: &str| code.parse::<NaiveDate>().expect("a day");
        // 22 November 2026 is a Sunday.
        for (start, today, last) in [
            (WeekStart::Monday, "2026-11-22", "2026-11-22"),
            (WeekStart::Monday, "2026-11-23", "2026-11-29"),
            (WeekStart::Sunday, "2026-11-22", "2026-11-28"),
            (WeekStart::Sunday, "2026-11-28", "2026-11-28"),
            (WeekStart::Saturday, "2026-11-22", "2026-11-27"),
            (WeekStart::Saturday, "2026-11-28", "2026-12-04"),
        ] {
            assert_eq!(start.last_day(day(today)), day(last), "{start:?} {today}");
        }
    }
}
