//! What was done and to what, in words.

use chrono::{DateTime, NaiveDate};

use crate::domain::Moment;
use crate::store::{Action, Done, Kind, Subject};

/// "Thu 12 Nov 2026".
pub fn day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// The end of an id in its brackets, as lists print it.
pub fn tag(short: &str) -> String {
    format!("[{short}]")
}

/// A stored moment on the clock of the one who reads: "Sun 22 Nov 2026 at 14:00".
pub fn moment(millis: i64, now: Moment) -> String {
    DateTime::from_timestamp_millis(millis).map_or_else(String::new, |at| {
        at.with_timezone(now.offset()).format("%a %-d %b %Y at %H:%M").to_string()
    })
}

/// What a change did: "added the session with Amina K., Thu 12 Nov 2026".
pub fn done(done: &Done) -> String {
    let thing = done.subject.as_ref().map_or_else(|| "something that is gone".to_owned(), thing);
    let verb = match done.action {
        Action::Begin => return "started the journal".to_owned(),
        Action::Delete => return format!("put {thing} into the bin"),
        Action::Restore => return format!("took {thing} out of the bin"),
        Action::Add => "added",
        Action::Edit => "changed",
        Action::Write => "wrote",
        Action::Seclude => "made private",
        Action::Mark => "marked",
        Action::Move => "moved",
        Action::Undo => "took back",
        Action::Redo => "did again",
        Action::Import => {
            let records = if done.records == 1 { "record" } else { "records" };
            return format!("brought in {} {records}", done.records);
        }
    };
    format!("{verb} {thing}")
}

/// What something is: "the session with Amina K., Thu 12 Nov 2026". Never its private words.
pub fn thing(subject: &Subject) -> String {
    let person = &subject.person;
    let on = subject.when.map(|when| format!(", {}", day(when.date))).unwrap_or_default();
    match subject.kind {
        Kind::Owner => "your name".to_owned(),
        Kind::Person | Kind::Relationship => person.clone(),
        Kind::Contact => format!("a contact of {person}"),
        Kind::Remembering => format!("a line worth remembering about {person}"),
        Kind::Session => format!("the session with {person}{on}"),
        Kind::Writing => {
            let layer = subject.layer.map_or("text", crate::domain::Layer::words);
            format!("the {layer} of the session with {person}{on}")
        }
        Kind::AgendaItem => format!("the agenda line \"{}\" with {person}", subject.line),
    }
}
