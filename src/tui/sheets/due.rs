//! Another day for a commitment, and whether the other knows. The day it had is kept.

use super::{Sheet, read_day};
use crate::domain::{Commitment, Id, Invalid, Lean, Moment, Party, Record, dates};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form that moves a commitment.
pub struct MoveCommitment {
    form: Form,
    standing: Record<Commitment>,
}

impl MoveCommitment {
    /// Opens it for a commitment that is open.
    pub fn new(standing: Record<Commitment>, person: &str, now: Moment) -> Self {
        let today = now.date_naive();
        let due = standing.value.due.map_or_else(
            || "No day was named yet.".to_owned(),
            |due| format!("Now by {}.", dates::in_words(due, today)),
        );
        let told = match standing.value.owner {
            Party::Me => format!("you told {person}"),
            Party::Them => format!("{person} told you"),
        };
        let answers = [("no", "not yet"), ("told", told.as_str()), ("agreed", "yes, both of you")];
        let entries = vec![
            Entry::date("when", "By", read_day(now, Lean::Future))
                .needed()
                .placeholder("fri, next thu, 2w, 2026-12-03")
                .about(&due),
            Entry::choice("agreed", "Agreed?", &answers)
                .about("A day that both agreed on before the old one has passed takes its place."),
        ];
        let title = format!("Another day, between you and {person}");
        Self { form: Form::new(&title, entries), standing }
    }
}

impl Sheet for MoveCommitment {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.standing.id.cast(), "due")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let typed = self.form.value("when");
        let to = dates::parse_date(typed.trim(), today, Lean::Future, cx.habits())
            .map_err(|error| Invalid { field: "when", message: error.to_string() })?;
        let answer = self.form.value("agreed");
        let (agreed, told) = (answer == "agreed", answer == "told");
        cx.store.move_commitment(cx.stamp, self.standing.id, to, agreed, told)?;
        Ok(Outcome::Changed(format!("Now by {}.", dates::in_words(to, today))))
    }
}
