//! What an import brought, or would bring: the same summary for the screen and the shell.

use super::{counted, full_day as day};
use crate::store::{Error, Result, Store};
use crate::transfer::entries::Entered;
use crate::transfer::json::Incoming;

/// A summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// What came in, and what was here already.
    pub lines: Vec<String>,
    /// What was left out or not understood, and why.
    pub notes: Vec<String>,
    /// Whether nothing was changed, because it was a try.
    pub is_try: bool,
}

impl Brought {
    /// What is said of a try last.
    pub const UNCHANGED: &str = "Nothing was changed.";

    /// Of the entries of another program, with somebody of this name, and only those with this tag.
    pub fn entries(entered: &Entered, name: &str, tag: Option<&str>, is_try: bool) -> Self {
        let mut brought = Self { is_try, ..Self::default() };
        let what = match entered.days {
            None => "nothing".to_owned(),
            Some((first, last)) if first.date == last.date => {
                format!("{} with {name}, {}", counted(entered.added, "session"), day(first.date))
            }
            Some((first, last)) => {
                let (first, last) = (day(first.date), day(last.date));
                format!("{} with {name}, {first} to {last}", counted(entered.added, "session"))
            }
        };
        brought.begin(&what);
        if entered.known > 0 {
            let binned = match entered.binned {
                0 => String::new(),
                binned => format!(", {binned} of them in the bin"),
            };
            brought.known(&format!("{}{binned}", counted(entered.known, "session")));
        }
        if entered.untagged > 0 {
            let tag = tag.unwrap_or_default();
            let (count, verb) = match entered.untagged {
                1 => ("1 entry".to_owned(), "is"),
                count => (format!("{count} entries"), "are"),
            };
            brought.lines.push(format!("Left out: {count} that {verb} not tagged {tag}."));
        }
        for when in &entered.changed_on {
            brought.notes.push(format!(
                "Changed in the file since it was brought in: {}; the text here stays.",
                day(when.date)
            ));
        }
        brought.rest(entered.changed, entered.changed_on.len());
        for (place, why) in &entered.reasons {
            brought.notes.push(format!("Not understood: {place} {why}."));
        }
        brought.rest(entered.not_understood, entered.reasons.len());
        brought
    }

    /// Of what Confidant exported.
    pub fn document(incoming: &Incoming, store: &Store, is_try: bool) -> Result<Self> {
        let mut brought = Self { is_try, ..Self::default() };
        brought.begin(&incoming.added.to_string());
        if !incoming.known.is_empty() {
            brought.known(&incoming.known.to_string());
        }
        for (session, layer) in &incoming.other_texts {
            let with = match store.session(*session) {
                Ok(session) => {
                    let named = store.named(session.value.relationship)?;
                    format!("{}, {}", named.name, day(session.value.when.date))
                }
                Err(Error::Gone) => "somebody, in the bin".to_owned(),
                Err(error) => return Err(error),
            };
            brought.notes.push(format!(
                "Left out: the file has another {} of the session with {with}; the one here stays.",
                layer.words()
            ));
        }
        Ok(brought)
    }

    /// All of it, a paragraph a line.
    pub fn text(&self) -> String {
        let last = self.is_try.then(|| Self::UNCHANGED.to_owned());
        let all: Vec<_> = self.lines.iter().chain(&self.notes).chain(&last).cloned().collect();
        all.join("\n")
    }

    fn begin(&mut self, what: &str) {
        let verb = if self.is_try { "Would bring in" } else { "Brought in" };
        self.lines.push(format!("{verb}: {what}."));
    }

    fn known(&mut self, what: &str) {
        self.lines.push(format!("Here already, which stays as it is: {what}."));
    }

    fn rest(&mut self, all: usize, named: usize) {
        if all > named {
            self.notes.push(format!("And {} more.", all - named));
        }
    }
}
