//! Dates in words, both ways: what a person types becomes a date, a date becomes what is shown.
//! Pure: "today" is always a value. No text, however odd, makes reading panic.

mod by;
mod phrase;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};
use interim::{Dialect, parse_date_string};

use super::{Moment, WeekStart, When};
use phrase::{Day, Phrase};

pub use by::line_by;

/// Further ahead than this many days, a day said without a year is the one that was.
pub const HALF_A_YEAR: i64 = 183;

/// Which way a text is meant that could be either: "thu", "15 march", "3pm".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// The first such day from today on: a plan, a promise.
    Future,
    /// The latest such day up to today: a meeting that was held.
    Past,
}

/// How a date written in numbers is read. It decides nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// 3/12 is the third of December.
    #[default]
    DayMonth,
    /// 3/12 is the twelfth of March.
    MonthDay,
}

/// How the writer means dates: what the settings of the journal say of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// How a date written in numbers is read.
    pub order: DayOrder,
    /// The day on which a week begins, and so on which it ends.
    pub week: WeekStart,
}

/// A week that begins as most do.
impl From<DayOrder> for Habits {
    fn from(order: DayOrder) -> Self {
        Self { order, week: WeekStart::default() }
    }
}

/// Why a text is no date, and how to write one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not a shape this program knows.
    #[error(
        "{0:?} is not a date I can read. Write 2026-12-03, \"thu\", \"next thu\", \"15 march\" or \"in 2 weeks\"."
    )]
    Unreadable(String),
    /// A known shape, but the calendar has no such day, or it is centuries away.
    #[error("There is no day {0:?} between 1900 and 2199. Write it like 2026-12-03.")]
    NoSuchDay(String),
    /// The weekday and the date that were written disagree.
    #[error("{date} is a {is}, not a {said}. Write the date alone, or the weekday alone.",
        date = in_full(*.date), is = weekday_name(.date.weekday()), said = weekday_name(*.said))]
    OtherWeekday {
        /// The date as written.
        date: NaiveDate,
        /// The weekday written before it.
        said: Weekday,
    },
    /// A time where only a day counts.
    #[error("{0:?} names a time, but only the day counts here. Leave the time out.")]
    TimeGiven(String),
}

/// Reads a day: ISO (`2026-12-03`), or words such as `thu`, `next thu`, `15 march`, `in 2 weeks`,
/// `eow`, `eom`, `+3d`, `3 days ago`. A day without a year, and a bare weekday, go where `lean` points;
/// today counts for both. Months are clamped: a month after 31 January is the end of February.
pub fn parse_date(
    text: &str,
    today: NaiveDate,
    lean: Lean,
    habits: impl Into<Habits>,
) -> Result<NaiveDate, DateError> {
    let habits = habits.into();
    let phrase = read(text, habits.order)?;
    if phrase.time.is_some() {
        return Err(DateError::TimeGiven(shortened(text)));
    }
    resolve(&phrase, text, today, lean, habits.week)
}

/// Reads a day with or without a time: everything [`parse_date`] reads, and `tomorrow 3pm`,
/// `friday 15:00`, `noon tomorrow`, or a time alone. A time alone, and a weekday that is today,
/// move on by a day or a week when that time lies on the wrong side of `now`.
pub fn parse_when(
    text: &str,
    now: Moment,
    lean: Lean,
    habits: impl Into<Habits>,
) -> Result<When, DateError> {
    let habits = habits.into();
    let phrase = read(text, habits.order)?;
    let today = now.date_naive();
    let date = resolve(&phrase, text, today, lean, habits.week)?;
    let minute = NaiveTime::from_hms_opt(now.hour(), now.minute(), 0).unwrap_or_default();
    let missed = date == today
        && phrase.time.is_some_and(|time| match lean {
            Lean::Future => time < minute,
            Lean::Past => time > minute,
        });
    let days = match phrase.day {
        Day::Unsaid if missed => 1,
        Day::Weekday(_) if missed => 7,
        _ => 0,
    };
    let date = match lean {
        Lean::Future => date.checked_add_days(Days::new(days)),
        Lean::Past => date.checked_sub_days(Days::new(days)),
    };
    let date = date.ok_or_else(|| DateError::NoSuchDay(shortened(text)))?;
    Ok(When { date, time: phrase.time })
}

/// The date in full and how far it is: "Thu 3 Dec 2026, in 11 days". This is what a field echoes,
/// so that a misunderstanding is seen before it is kept.
pub fn in_words(date: NaiveDate, today: NaiveDate) -> String {
    format!("{}, {}", date.format("%a %-d %b %Y"), distance(date, today))
}

/// The date for a list: "Thu 3 Dec", and "3 Dec 2025" in another year than today's.
/// [`parse_date`] reads both back.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    let form = if date.year() == today.year() { "%a %-d %b" } else { "%-d %b %Y" };
    date.format(form).to_string()
}

/// How far a date is from today: "today", "tomorrow", "yesterday", "in 11 days", "12 days ago".
pub fn distance(date: NaiveDate, today: NaiveDate) -> String {
    match date.signed_duration_since(today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days @ 2.. => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

impl When {
    /// What a field echoes: "Thu 3 Dec 2026 at 15:00, in 11 days".
    pub fn in_words(self, today: NaiveDate) -> String {
        let Some(time) = self.time else { return in_words(self.date, today) };
        let (date, distance) = (in_full(self.date), distance(self.date, today));
        format!("{} {date} at {}, {distance}", self.date.format("%a"), time.format("%H:%M"))
    }
}

/// What was typed, as far as an error message has room for it.
pub(super) fn shortened(text: &str) -> String {
    const ROOM: usize = 40;
    let text = text.trim();
    match text.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn in_full(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn read(text: &str, order: DayOrder) -> Result<Phrase, DateError> {
    phrase::read(text, order).ok_or_else(|| DateError::Unreadable(shortened(text)))
}

fn resolve(
    phrase: &Phrase,
    text: &str,
    today: NaiveDate,
    lean: Lean,
    week: WeekStart,
) -> Result<NaiveDate, DateError> {
    let date = date_of(phrase, today, lean, week)
        .filter(|date| (1900..=2199).contains(&date.year()))
        .ok_or_else(|| DateError::NoSuchDay(shortened(text)))?;
    match phrase.weekday {
        Some(said) if said != date.weekday() => Err(DateError::OtherWeekday { date, said }),
        _ => Ok(date),
    }
}

fn date_of(phrase: &Phrase, today: NaiveDate, lean: Lean, week: WeekStart) -> Option<NaiveDate> {
    match phrase.day {
        Day::Unsaid => Some(today),
        Day::Full { year, month, day } => NaiveDate::from_ymd_opt(year, month, day),
        Day::Yearless { month, day } => {
            let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
            // "Thu 5 Mar" in November: the weekday says that this year's is meant.
            let said = |date: &NaiveDate| Some(date.weekday()) == phrase.weekday;
            this_year.filter(said).or_else(|| {
                // A 29 February is at most eight years away.
                (0..=8).map(|years| today.year() + forward(lean) * years).find_map(|year| {
                    NaiveDate::from_ymd_opt(year, month, day)
                        .filter(|date| is_on_side(*date, today, lean))
                })
            })
        }
        Day::Monthless { day } => {
            let first = today.with_day(1)?;
            // No two months running lack the same day.
            (0..=2).find_map(|months| {
                shift_months(first, forward(lean) * months)?
                    .with_day(day)
                    .filter(|date| is_on_side(*date, today, lean))
            })
        }
        Day::EndOfWeek => Some(week.last_day(today)),
        Day::EndOfMonth => shift_months(today.with_day(1)?, 1)?.pred_opt(),
        Day::Weekday(weekday) => match lean {
            Lean::Future => spoken(&weekday.to_string(), today),
            Lean::Past => spoken(&format!("last {weekday}"), today),
        },
        Day::LastWeekday(weekday) => {
            // On a Friday, "last fri" is not today; interim would say so.
            let date = spoken(&format!("last {weekday}"), today)?;
            if date == today { date.checked_sub_days(Days::new(7)) } else { Some(date) }
        }
        Day::Spoken(ref words) => spoken(words, today),
    }
}

/// Hands interim a phrase of a shape that it is known to read right. In the British dialect always:
/// "next thu" must not change its meaning with the order of day and month.
fn spoken(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let midnight = today.and_time(NaiveTime::MIN).and_utc();
    parse_date_string(words, midnight, Dialect::Uk).ok().map(|date| date.date_naive())
}

fn forward(lean: Lean) -> i32 {
    match lean {
        Lean::Future => 1,
        Lean::Past => -1,
    }
}

fn is_on_side(date: NaiveDate, today: NaiveDate, lean: Lean) -> bool {
    match lean {
        Lean::Future => date >= today,
        Lean::Past => date <= today,
    }
}

fn shift_months(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = chrono::Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(by) } else { date.checked_add_months(by) }
}

#[cfg(test)]
mod tests;
