//! Reports for others: hours for a programme, progress for a committee; over one relationship, over
//! several, or over everyone. Hours are days, lengths and how one met, or what it was about where
//! that is asked for; progress is goals, what was said of them, what sessions were about, and what
//! was kept. No text of a session is in either.

mod hours;
mod progress;

use chrono::NaiveDate;
use serde::Serialize;

use super::Error;
use super::markdown::safe;
use crate::domain::{Id, Relationship, Role, Session, SessionState, text};
use crate::store::{Named, Store};

pub use hours::{Activity, Hours, hours};
pub use progress::{Progress, progress};

/// From which day to which, both with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day; none from the beginning on.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
}

impl Span {
    fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }

    fn words(self) -> String {
        match self.from {
            Some(from) => format!("From {from} to {}", self.to),
            None => format!("Up to {}", self.to),
        }
    }
}

/// With whom a report is.
#[derive(Clone, Copy, Debug)]
pub enum Over<'a> {
    /// With these, whether there is anything to tell or not.
    These(&'a [Named]),
    /// With everyone of whom there is something to tell in that time, the archived as well.
    Everyone,
}

impl Over<'_> {
    fn people(self, store: &Store) -> Result<Vec<Named>, Error> {
        match self {
            Self::Everyone => Ok(store.people()?),
            Self::These(people) => Ok(people.to_vec()),
        }
    }

    /// Whether somebody stands in a report of which this is all there is to tell of them.
    const fn takes(self, has_something: bool) -> bool {
        has_something || matches!(self, Self::These(_))
    }
}

/// "Ben", "Ben and Noor", "Ben, Noor and Sam".
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With whom a report is, as its title says it: by name where there is room for the names.
fn title(what: &str, names: &[String]) -> String {
    match names.len() {
        0 => what.to_owned(),
        1..=3 => format!("{what} with {}", listed(names)),
        many => format!("{what} with {many} people"),
    }
}

/// The names of these, each told from the others: a person in two roles has two.
fn names(people: &[(&str, Role)]) -> Vec<String> {
    let one = |(name, role): &(&str, Role)| {
        let same = people.iter().filter(|(other, _)| other == name).count();
        if same > 1 { format!("{name} ({})", role.code()) } else { (*name).to_owned() }
    };
    people.iter().map(one).collect()
}

/// What a report ends by saying: what is in none of them, and of how many nothing is in this one.
fn left_out(also: &str, people: usize) -> String {
    let people = match people {
        0 => String::new(),
        1 => "; 1 person with nothing in that time".to_owned(),
        many => format!("; {many} people with nothing in that time"),
    };
    format!("Left out: all that is private, notes, summaries{also}{people}.")
}

/// The sessions with somebody that were held in that time, the oldest first.
fn held(
    store: &Store,
    with: Id<Relationship>,
    span: Span,
) -> Result<Vec<(Id<Session>, Session)>, Error> {
    let mut held = Vec::new();
    for one in store.sessions_in_order(with)? {
        if one.state == SessionState::Held && span.holds(one.when.date) {
            held.push((one.id, store.session(one.id)?.value));
        }
    }
    Ok(held)
}

/// The name of whoever keeps the journal.
fn me(store: &Store) -> Result<String, Error> {
    Ok(text::line(&store.owner()?.value.name))
}

/// The first lines of a report: its title, who wrote it and as what, and of when.
fn heading(title: &str, me: &str, as_what: &str, span: Span) -> String {
    let comma = if as_what.is_empty() { "" } else { ", " };
    format!("# {}\n\n{}{comma}{as_what}\n{}\n", safe::line(title), safe::line(me), span.words())
}
