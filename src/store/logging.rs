//! Logging a session after it was held: the one that was planned for that day, else a new one.

use super::door::{Action, Door};
use super::{Result, Store};
use crate::domain::{
    AgendaItem, AgendaState, Id, Layer, Party, Promise, Session, SessionState, Stamp, text,
};

/// What is set down along with a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct Along<'a> {
    /// What was written about it.
    pub texts: &'a [(Layer, &'a str)],
    /// Lines to talk about next time, and who wants to.
    pub agenda: &'a [(Party, &'a str)],
    /// What was promised in it.
    pub promises: &'a [Promise],
}

/// What became of a session that was logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The session.
    pub id: Id<Session>,
    /// Whether it stood in the journal as planned already.
    pub was_planned: bool,
}

impl Store {
    /// Sets down a session with all that goes along with it, as one change. Where one was planned
    /// with the same person on that day and nobody has said yet what became of it, it is that one:
    /// it takes over the state, whatever else was given, and the texts after its own.
    pub fn log_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        along: &Along<'_>,
    ) -> Result<Logged> {
        let planned = self
            .sessions_on(session.relationship, session.when.date)?
            .into_iter()
            .find(|other| other.value.state == SessionState::Planned);
        self.write(stamp, Action::Add, |door| {
            let id = planned.as_ref().map_or_else(|| Id::new(stamp.now), |planned| planned.id);
            match &planned {
                None => door.insert(id, session).map(|_| ())?,
                Some(planned) => {
                    door.update(id, planned.rev, &held_as_planned(session, &planned.value))?;
                }
            }
            door.set_down(session, id, along)?;
            Ok(Logged { id, was_planned: planned.is_some() })
        })
    }

    /// Sets down a session of its own with all that goes along with it, as one change: one that is
    /// to come, or one more.
    pub fn plan_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        along: &Along<'_>,
    ) -> Result<Id<Session>> {
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, session)?;
            door.set_down(session, id, along)?;
            Ok(id)
        })
    }

    /// Adds to a session that is there already, as one change.
    pub fn add_to_session(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        texts: &[(Layer, &str)],
        promises: &[Promise],
    ) -> Result<()> {
        let with = self.session(session)?.value.relationship;
        self.write(stamp, Action::Write, |door| {
            for (layer, body) in texts {
                door.append(session, *layer, &text::prose(body))?;
            }
            door.promise(with, session, promises)
        })
    }
}

/// What was planned, now that it was held: what is said of it last counts, where anything is said.
fn held_as_planned(held: &Session, planned: &Session) -> Session {
    let or = |said: &String, before: &String| {
        if said.is_empty() { before.clone() } else { said.clone() }
    };
    Session {
        state: held.state,
        when: if held.when.time.is_some() { held.when } else { planned.when },
        minutes: held.minutes.or(planned.minutes),
        about: or(&held.about, &planned.about),
        mode: planned.mode.or(held.mode),
        place: or(&planned.place, &held.place),
        ..planned.clone()
    }
}

impl Door<'_> {
    /// Writes what goes along with a session.
    fn set_down(&mut self, session: &Session, id: Id<Session>, along: &Along<'_>) -> Result<()> {
        for (layer, body) in along.texts.iter().filter(|(_, body)| !body.trim().is_empty()) {
            self.append(id, *layer, &text::prose(body))?;
        }
        for (by, line) in along.agenda {
            let item = AgendaItem {
                relationship: session.relationship,
                by: *by,
                text: text::line(line),
                state: AgendaState::Open,
                added: self.stamp.now.date_naive(),
                session: None,
            };
            self.insert(Id::new(self.stamp.now), &item)?;
        }
        self.promise(session.relationship, id, along.promises)
    }
}
