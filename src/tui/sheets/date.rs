//! Another date for a session: one field that echoes what it understood.

use super::Sheet;
use super::session::in_words;
use crate::domain::{
    Clocks, DateError, Habits, Id, Invalid, Lean, Moment, Record, Session, SessionState, When,
    dates,
};
use crate::store::Result;
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::pane::{Cx, Outcome};

/// The form that moves a session.
pub struct MoveSession {
    form: Form,
    session: Record<Session>,
    clocks: Clocks,
    /// Whether the old day stays as a session that was moved, and the new day becomes another.
    outcome: bool,
}

impl MoveSession {
    /// Opens it to give the session another day.
    pub fn new(session: Record<Session>, now: Moment, clocks: Clocks) -> Self {
        Self::open("Another date", session, false, now, clocks)
    }

    /// Opens it to say that the two agreed on another day: the old one stays as moved.
    pub fn outcome(session: Record<Session>, now: Moment, clocks: Clocks) -> Self {
        Self::open("Moved: to which day?", session, true, now, clocks)
    }

    fn open(
        title: &str,
        session: Record<Session>,
        outcome: bool,
        now: Moment,
        clocks: Clocks,
    ) -> Self {
        let stands = session.value.clone();
        let read: ReadDate = Box::new(move |typed, habits| {
            let when = moved(&stands, typed, now, habits);
            when.map(|when| in_words(when, now, clocks)).map_err(|error| error.to_string())
        });
        let entry = Entry::date("when", "When", read)
            .needed()
            .placeholder("thu 15:00, in 2 weeks, 2026-12-03")
            .about(&format!("Now {}.", in_words(session.value.when, now, clocks)));
        Self { form: Form::new(title, vec![entry]), session, clocks, outcome }
    }
}

/// Another day for a session: at the same time, unless another time was said.
fn moved(
    session: &Session,
    typed: &str,
    now: Moment,
    habits: Habits,
) -> std::result::Result<When, DateError> {
    let held = session.state == SessionState::Held;
    let lean = if held { Lean::Past } else { Lean::Future };
    let when = dates::parse_when(typed.trim(), now, lean, habits)?;
    Ok(When { time: when.time.or(session.when.time), ..when })
}

impl Sheet for MoveSession {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.session.id.cast(), "date")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let typed = self.form.value("when");
        let when = moved(&self.session.value, &typed, cx.now(), cx.habits())
            .map_err(|error| Invalid { field: "when", message: error.to_string() })?;
        if self.outcome {
            cx.store.replan_session(cx.stamp, self.session.id, when)?;
        } else {
            cx.store.move_session(cx.stamp, self.session.id, when)?;
        }
        Ok(Outcome::Changed(format!("Moved to {}.", in_words(when, cx.now(), self.clocks))))
    }
}
