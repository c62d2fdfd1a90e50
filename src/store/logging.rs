//! Logging a session after it was held: the one that was planned for that day, else a new one.

use super::door::{Action, Door};
use super::{Result, Store};
use crate::domain::{
    AgendaItem, AgendaState, Id, Layer, Party, Promise, Record, Session, SessionState, Stamp, text,
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
    /// with the same person on that day and nobody has said yet what became of it, or a progress
    /// check was held on it and nothing else is known, it is that one: it takes over the state,
    /// whatever else was given, and the texts after its own.
    pub fn log_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        along: &Along<'_>,
    ) -> Result<Logged> {
        let standing = self.to_be_logged(session)?;
        let state = standing.as_ref().map(|standing| standing.value.state);
        self.write(stamp, Action::Add, |door| {
            let id = standing.as_ref().map_or_else(|| Id::new(stamp.now), |standing| standing.id);
            match &standing {
                None => door.insert(id, session).map(|_| ())?,
                Some(standing) => {
                    door.update(id, standing.rev, &held_as_known(session, &standing.value))?;
                }
            }
            door.set_down(session, id, along)?;
            Ok(Logged { id, was_planned: state == Some(SessionState::Planned) })
        })
    }

    /// The session of that day in the journal that is the one to be logged.
    fn to_be_logged(&self, session: &Session) -> Result<Option<Record<Session>>> {
        let that_day = self.sessions_on(session.relationship, session.when.date)?;
        let is_planned = |other: &&Record<Session>| other.value.state == SessionState::Planned;
        if let Some(planned) = that_day.iter().find(is_planned) {
            return Ok(Some(planned.clone()));
        }
        for other in that_day {
            if self.is_only_its_check(&other)? {
                return Ok(Some(other));
            }
        }
        Ok(None)
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

/// What was known already, now that it was held: what is said of it last counts, where anything is
/// said.
fn held_as_known(held: &Session, known: &Session) -> Session {
    let or = |said: &String, before: &String| {
        if said.is_empty() { before.clone() } else { said.clone() }
    };
    Session {
        state: held.state,
        when: if held.when.time.is_some() { held.when } else { known.when },
        minutes: held.minutes.or(known.minutes),
        about: or(&held.about, &known.about),
        mode: known.mode.or(held.mode),
        place: or(&known.place, &held.place),
        ..known.clone()
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
                place: None,
            };
            self.insert(Id::new(self.stamp.now), &item)?;
        }
        self.promise(session.relationship, id, along.promises)
    }
}
