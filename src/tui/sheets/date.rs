//! Another date for a session: one field that echoes what it understood.

use super::{Sheet, read_when};
use crate::domain::{Id, Invalid, Lean, Moment, Record, Session, SessionState, dates};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form that moves a session.
pub struct MoveSession {
    form: Form,
    session: Record<Session>,
    /// Whether the old day stays as a session that was moved, and the new day becomes another.
    outcome: bool,
}

impl MoveSession {
    /// Opens it to give the session another day.
    pub fn new(session: Record<Session>, now: Moment) -> Self {
        Self::open("Another date", session, false, now)
    }

    /// Opens it to say that the two agreed on another day: the old one stays as moved.
    pub fn outcome(session: Record<Session>, now: Moment) -> Self {
        Self::open("Moved: to which day?", session, true, now)
    }

    fn open(title: &str, session: Record<Session>, outcome: bool, now: Moment) -> Self {
        let lean =
            if session.value.state == SessionState::Held { Lean::Past } else { Lean::Future };
        let entry = Entry::date("when", "When", read_when(now, lean))
            .needed()
            .placeholder("thu 15:00, in 2 weeks, 2026-12-03")
            .about(&format!("Now {}.", session.value.when.in_words(now.date_naive())));
        Self { form: Form::new(title, vec![entry]), session, outcome }
    }
}

impl Sheet for MoveSession {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.session.id.cast(), "date")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let held = self.session.value.state == SessionState::Held;
        let lean = if held { Lean::Past } else { Lean::Future };
        let mut when =
            dates::parse_when(self.form.value("when").trim(), cx.now(), lean, cx.habits())
                .map_err(|error| Invalid { field: "when", message: error.to_string() })?;
        // Another day at the same time, unless another time was said.
        when.time = when.time.or(self.session.value.when.time);
        if self.outcome {
            cx.store.replan_session(cx.stamp, self.session.id, when)?;
        } else {
            cx.store.move_session(cx.stamp, self.session.id, when)?;
        }
        Ok(Outcome::Changed(format!("Moved to {}.", when.in_words(cx.today()))))
    }
}
