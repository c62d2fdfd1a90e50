//! The shapes of a typed date, and nothing but them.
//!
//! interim knows the calendar behind "next thu" and "2 weeks ago", but it is too willing for a
//! field that keeps what it reads: it takes "dad" and "monster" for units of time, drops words it
//! did not expect after a month, makes 12pm the next midnight and panics at "3PM". So every word
//! has to be one of ours, in a shape of ours, and the time of day is read here.

use chrono::{NaiveTime, Weekday};

use super::DayOrder;

/// What was typed, taken apart but not yet placed in the calendar.
pub(super) struct Phrase {
    pub day: Day,
    /// The weekday written before a date, which has to agree with it.
    pub weekday: Option<Weekday>,
    pub time: Option<NaiveTime>,
}

/// The part of a phrase that says which day.
pub(super) enum Day {
    /// Only a time was said.
    Unsaid,
    Full {
        year: i32,
        month: u32,
        day: u32,
    },
    Yearless {
        month: u32,
        day: u32,
    },
    /// "the 15th".
    Monthless {
        day: u32,
    },
    EndOfWeek,
    EndOfMonth,
    Weekday(Weekday),
    LastWeekday(Weekday),
    /// Words that mean one day only, in a shape interim reads right.
    Spoken(String),
}

/// Takes a typed text apart; nothing if any of it is not understood.
pub(super) fn read(text: &str, order: DayOrder) -> Option<Phrase> {
    let mut tokens = tokens(text)?;
    let time = take_time(&mut tokens);
    let (weekday, day) = match tokens[..] {
        [] if time.is_some() => (None, Day::Unsaid),
        [Token::Weekday(weekday), _, ..] => (Some(weekday), dated(&tokens[1..], order)?),
        _ => (None, dated(&tokens, order).or_else(|| spoken(&tokens))?),
    };
    Some(Phrase { day, weekday, time })
}

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Number {
        value: u32,
        digits: usize,
    },
    Ordinal(u32),
    Mark(char),
    Weekday(Weekday),
    Month(u32),
    Unit(&'static str),
    Fortnight,
    Quarter,
    Half,
    Next,
    Last,
    This,
    Ago,
    End,
    EndOfMonth,
    EndOfWeek,
    Day(&'static str),
    At,
    Time(NaiveTime),
    Am,
    Pm,
    /// "in", "on", "the": said, but not needed.
    Filler,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.to_lowercase();
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if first.is_ascii_lowercase() {
            rest.find(|c: char| !c.is_ascii_lowercase())
        } else {
            Some(first.len_utf8())
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        match (piece, tokens.last().copied()) {
            ("st" | "nd" | "rd" | "th", Some(Token::Number { value, .. })) => {
                tokens.pop();
                tokens.push(Token::Ordinal(value));
            }
            _ => tokens.push(token(piece)?),
        }
        rest = after.trim_start();
    }
    tokens.retain(|token| *token != Token::Filler);
    Some(tokens)
}

fn token(piece: &str) -> Option<Token> {
    const SMALL: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if piece.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = piece.len();
        let value = piece.parse().ok().filter(|_| digits <= 4)?;
        return Some(Token::Number { value, digits });
    }
    if let Some(before) = SMALL.iter().position(|word| *word == piece) {
        return Some(Token::Number { value: u32::try_from(before).ok()? + 1, digits: 1 });
    }
    Some(match piece {
        "," | "in" | "on" | "by" | "the" | "of" => Token::Filler,
        "/" => Token::Mark('/'),
        "-" => Token::Mark('-'),
        "." => Token::Mark('.'),
        ":" => Token::Mark(':'),
        "+" => Token::Mark('+'),
        "a" | "an" => Token::Number { value: 1, digits: 1 },
        "today" => Token::Day("today"),
        "tomorrow" | "tmrw" => Token::Day("tomorrow"),
        "yesterday" => Token::Day("yesterday"),
        "next" => Token::Next,
        "last" => Token::Last,
        "this" => Token::This,
        "ago" => Token::Ago,
        "end" => Token::End,
        "eow" => Token::EndOfWeek,
        "eom" => Token::EndOfMonth,
        "fortnight" | "fortnights" => Token::Fortnight,
        "quarter" | "quarters" => Token::Quarter,
        "half" => Token::Half,
        "d" | "day" | "days" => Token::Unit("days"),
        "w" | "wk" | "wks" | "week" | "weeks" => Token::Unit("weeks"),
        // Not minutes, as interim has it: a date has none.
        "m" | "mo" | "month" | "months" => Token::Unit("months"),
        "y" | "yr" | "yrs" | "year" | "years" => Token::Unit("years"),
        // The t of 2026-12-03T15:00 stands where "at" would.
        "at" | "t" => Token::At,
        "am" => Token::Am,
        "pm" => Token::Pm,
        "noon" => Token::Time(NaiveTime::from_hms_opt(12, 0, 0)?),
        "midnight" => Token::Time(NaiveTime::MIN),
        name => weekday(name).map(Token::Weekday).or_else(|| month(name).map(Token::Month))?,
    })
}

fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    NAMES.iter().find(|(full, _)| begins(full, name)).map(|(_, weekday)| *weekday)
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let before = NAMES.iter().position(|full| begins(full, name))?;
    u32::try_from(before).ok().map(|before| before + 1)
}

fn begins(full: &str, name: &str) -> bool {
    name.len() >= 3 && full.starts_with(name)
}

/// Takes the time of day out, where one stands first or last.
fn take_time(tokens: &mut Vec<Token>) -> Option<NaiveTime> {
    let (start, length, time) = (0..tokens.len()).find_map(|start| {
        let (time, length) = time_at(&tokens[start..])?;
        (start == 0 || start + length == tokens.len() || tokens[start - 1] == Token::At)
            .then_some((start, length, time))
    })?;
    let at = usize::from(start > 0 && tokens[start - 1] == Token::At);
    tokens.drain(start - at..start + length);
    Some(time)
}

/// The time that these tokens begin with, and how many of them it takes.
fn time_at(tokens: &[Token]) -> Option<(NaiveTime, usize)> {
    use Token::{Am, Mark, Number, Pm, Time};
    let (hour, minute, half, length) = match *tokens {
        [Time(time), ..] => return Some((time, 1)),
        [
            Number { value, .. },
            Mark(':' | '.'),
            Number { value: minute, digits: 2 },
            half @ (Am | Pm),
            ..,
        ] => (value, minute, Some(half), 4),
        [Number { value, .. }, Mark(':'), Number { value: minute, digits: 2 }, ..] => {
            (value, minute, None, 3)
        }
        [Number { value, .. }, half @ (Am | Pm), ..] => (value, 0, Some(half), 2),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Pm) => hour % 12 + 12,
        Some(_) => hour % 12,
    };
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, length))
}

/// The shapes that name a day of the calendar.
fn dated(tokens: &[Token], order: DayOrder) -> Option<Day> {
    use Token::{Mark, Month, Number, Ordinal};
    Some(match *tokens {
        [Number { value: year, digits: 4 }, Mark('-'), month, Mark('-'), day] => {
            Day::Full { year: year.cast_signed(), month: short(month)?, day: short(day)? }
        }
        [first, Mark(a @ ('/' | '-' | '.')), second, Mark(b), year] if a == b => {
            let (day, month) = ordered(short(first)?, short(second)?, order);
            Day::Full { year: full_year(year)?, month, day }
        }
        [first, Mark('/'), second] => {
            let (day, month) = ordered(short(first)?, short(second)?, order);
            Day::Yearless { month, day }
        }
        [Month(month), Number { value: year, digits: 4 }] => {
            Day::Full { year: year.cast_signed(), month, day: 1 }
        }
        [Month(month)] => Day::Yearless { month, day: 1 },
        [Month(month), day] | [day, Month(month)] => Day::Yearless { month, day: short(day)? },
        [Month(month), day, year] | [day, Month(month), year] => {
            Day::Full { year: full_year(year)?, month, day: short(day)? }
        }
        [Ordinal(day)] => Day::Monthless { day },
        _ => return None,
    })
}

/// The shapes that count from today.
fn spoken(tokens: &[Token]) -> Option<Day> {
    use Token::{Ago, Fortnight, Half, Last, Mark, Next, Number, Quarter, This, Unit, Weekday};
    Some(match *tokens {
        [Token::Day(word)] => Day::Spoken(word.to_owned()),
        [Token::EndOfWeek] | [Token::End, Unit("weeks")] => Day::EndOfWeek,
        [Token::EndOfMonth] | [Token::End, Unit("months")] => Day::EndOfMonth,
        [Weekday(weekday)] | [This, Weekday(weekday)] => Day::Weekday(weekday),
        [Next, Weekday(weekday)] => Day::Spoken(format!("next {weekday}")),
        [Last, Weekday(weekday)] => Day::LastWeekday(weekday),
        [Next, Unit(unit)] => Day::Spoken(format!("1 {unit}")),
        [Last, Unit(unit)] => Day::Spoken(format!("1 {unit} ago")),
        [Number { value, .. }, Unit(unit)] | [Mark('+'), Number { value, .. }, Unit(unit)] => {
            Day::Spoken(format!("{value} {unit}"))
        }
        [Number { value, .. }, Unit(unit), Ago] | [Mark('-'), Number { value, .. }, Unit(unit)] => {
            Day::Spoken(format!("{value} {unit} ago"))
        }
        [Fortnight] => Day::Spoken("2 weeks".to_owned()),
        [Number { value, .. }, Fortnight] => Day::Spoken(format!("{} weeks", value * 2)),
        [Number { value, .. }, Fortnight, Ago] => Day::Spoken(format!("{} weeks ago", value * 2)),
        // Of anything but a year nobody says which day the half of it is.
        [Half, Number { value: 1, .. }, Unit("years")] | [Half, Unit("years")] => {
            Day::Spoken("6 months".to_owned())
        }
        [Half, Number { value: 1, .. }, Unit("years"), Ago] | [Half, Unit("years"), Ago] => {
            Day::Spoken("6 months ago".to_owned())
        }
        [Number { value, .. }, Quarter] => Day::Spoken(format!("{} months", value * 3)),
        [Number { value, .. }, Quarter, Ago] => Day::Spoken(format!("{} months ago", value * 3)),
        _ => return None,
    })
}

fn ordered(first: u32, second: u32, order: DayOrder) -> (u32, u32) {
    match order {
        DayOrder::DayMonth => (first, second),
        DayOrder::MonthDay => (second, first),
    }
}

/// A day or a month in numbers.
fn short(token: Token) -> Option<u32> {
    match token {
        Token::Number { value, digits: 1 | 2 } | Token::Ordinal(value) => Some(value),
        _ => None,
    }
}

/// A year; the 27 of 15/3/27 is in this century.
fn full_year(token: Token) -> Option<i32> {
    match token {
        Token::Number { value, digits: 4 } => Some(value.cast_signed()),
        Token::Number { value, digits: 2 } => Some(2000 + value.cast_signed()),
        _ => None,
    }
}
