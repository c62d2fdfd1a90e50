//! What a row of Today says: no blame, no sums, days in plain words.

use chrono::{Datelike, NaiveDate};

use crate::domain::today::{Part, Shown, Unmet, What};
use crate::domain::{When, dates};
use crate::guide;

/// A row in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is.
    pub says: String,
    /// Its day, or how long ago it was.
    pub when: String,
    /// Whether its day is past and it is still to be done.
    pub late: bool,
}

/// The name of a part.
pub const fn part(part: Part) -> &'static str {
    match part {
        Part::Mine => "You promised",
        Part::Theirs => "You wait for",
        Part::Goals => "Goals",
        Part::Next => "Next sessions",
        Part::Happened => "Did it happen?",
        Part::Agreed => "Agreements and check-ins",
        Part::Unmet => "Nothing planned",
        Part::Remember => "Worth remembering, for you alone",
        Part::Unfinished => "Begun and not finished",
        Part::Memory => "On this day",
    }
}

/// How many rows a part left out: "12 more", "32+ more".
pub fn more(shown: &Shown) -> String {
    format!("{}{} more", shown.more, if shown.at_least { "+" } else { "" })
}

/// The name of a part, for other programs.
pub const fn key(part: Part) -> &'static str {
    match part {
        Part::Mine => "mine",
        Part::Theirs => "theirs",
        Part::Goals => "goals",
        Part::Next => "next",
        Part::Happened => "did-it-happen",
        Part::Agreed => "agreed",
        Part::Unmet => "not-planned",
        Part::Remember => "remembering",
        Part::Unfinished => "unfinished",
        Part::Memory => "memory",
    }
}

/// The name of a kind of row, for other programs.
pub const fn kind(what: &What) -> &'static str {
    match what {
        What::Commitment(_) => "commitment",
        What::Goal(_) => "goal",
        What::Milestone(..) => "milestone",
        What::Session(_) => "session",
        What::Happened(_) => "did-it-happen",
        What::Check(_) => "progress-check",
        What::RenewBy(_) => "renewal",
        What::Ends(_) => "end",
        What::KeepUntil(_) => "keep-until",
        What::Unsigned(_) => "unsigned",
        What::CheckIn(_) => "check-in",
        What::Unmet(_) => "not-planned",
        What::Remembering(_) => "remembering",
        What::Unfinished(_) => "unfinished",
        What::Memory(..) => "memory",
    }
}

/// A row.
pub fn row(what: &What, today: NaiveDate) -> Words {
    let (says, when, late) = match what {
        What::Commitment(one) => {
            let one = &one.value;
            (format!("[ ] {}", one.text), due(one.due, today), one.days_late(today).is_some())
        }
        What::Goal(goal) => {
            let goal = &goal.value;
            (goal.title.clone(), due(goal.due, today), goal.is_overdue(today))
        }
        What::Milestone(one, goal) => {
            let one = &one.value;
            (format!("{} ({goal})", one.title), due(one.due, today), one.is_overdue(today))
        }
        What::Session(session) | What::Happened(session) => {
            let about = session.value.about.as_str();
            let says = if about.is_empty() { "Session" } else { about };
            (says.to_owned(), moment(session.value.when, today), false)
        }
        What::Check(day) => ("Progress check".to_owned(), agreed(*day, today), false),
        What::RenewBy(day) => {
            ("Renew, change or end: decide".to_owned(), agreed(*day, today), false)
        }
        What::Ends(day) if *day < today => {
            ("It has ended: renew it, or close it".to_owned(), soon(*day, today), false)
        }
        What::Ends(day) => ("The agreed time ends".to_owned(), soon(*day, today), false),
        What::KeepUntil(day) => {
            ("The notes were to be kept until then".to_owned(), soon(*day, today), false)
        }
        What::Unsigned(state) => {
            (format!("The agreement: {}", state.waits().unwrap_or_default()), String::new(), false)
        }
        What::CheckIn(last) => {
            ("Trust check-in".to_owned(), format!("last {}", dates::day(*last, today)), false)
        }
        What::Unmet(unmet) => {
            let when = unmet.proposed.map(|(_, when)| format!("{}?", moment(when, today)));
            (not_planned(unmet, today), when.unwrap_or_default(), false)
        }
        What::Remembering(line) => {
            let day = line.value.on.map(|day| soon(day, today));
            (line.value.text.clone(), day.unwrap_or_default(), false)
        }
        What::Unfinished(one) => {
            (format!("{}, not finished", form(one.form())), dates::day(one.left, today), false)
        }
        What::Memory(session, opening) => {
            let says = guide::subject(&session.value.about, opening);
            (says.to_owned(), ago(session.value.when.date, today), false)
        }
    };
    Words { says, when, late }
}

fn not_planned(unmet: &Unmet, today: NaiveDate) -> String {
    let days = today.signed_duration_since(unmet.since).num_days();
    match (unmet.met, unmet.long) {
        (true, true) => format!("not met for {days} days"),
        (false, true) => format!("not met yet, {days} days after it began"),
        (_, false) => "no date yet".to_owned(),
    }
}

/// "2 d late", "today", "Thu 26 Nov".
fn due(due: Option<NaiveDate>, today: NaiveDate) -> String {
    match due.map(|due| (due, today.signed_duration_since(due).num_days())) {
        None => String::new(),
        Some((_, days)) if days > 0 => format!("{days} d late"),
        Some((due, _)) => soon(due, today),
    }
}

/// A day: those around this one by their names.
fn soon(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        -1..=1 => dates::distance(day, today),
        _ => dates::day(day, today),
    }
}

/// A day that was agreed on; how long ago it was, where it went by. It is nobody's lateness.
fn agreed(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        ..-1 => format!("{}, {}", dates::day(day, today), dates::distance(day, today)),
        _ => soon(day, today),
    }
}

/// A day and a time: "today 15:00", "Thu 26 Nov 15:00".
fn moment(when: When, today: NaiveDate) -> String {
    let day = soon(when.date, today);
    match when.time {
        Some(time) => format!("{day} {}", time.format("%H:%M")),
        None => day,
    }
}

/// "a year ago", "3 years ago", "half a year ago".
fn ago(day: NaiveDate, today: NaiveDate) -> String {
    match today.year() - day.year() {
        _ if day.month() != today.month() => "half a year ago".to_owned(),
        1 => "a year ago".to_owned(),
        years => format!("{years} years ago"),
    }
}

/// A text or a form that was left, by its name in the drafts.
fn form(field: &str) -> String {
    match field {
        "notes" => "The notes of a session",
        "summary" => "A summary",
        "reflection" => "A private reflection",
        "agenda" => "An agenda line",
        "commitment" | "promise" => "A commitment",
        "goal" => "A goal",
        "remembering" => "A line worth remembering",
        "contact" => "A way to reach them",
        "session" => "A session",
        "agreement" => "An agreement",
        "details" => "The details",
        _ => "A form",
    }
    .to_owned()
}
