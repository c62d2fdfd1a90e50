//! Logging a session after it was held: the one that was planned for that day, else a new one.

use super::door::Action;
use super::{Result, Store};
use crate::domain::{Id, Layer, Promise, Session, SessionState, Stamp, text};

/// What became of a session that was logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The session.
    pub id: Id<Session>,
    /// Whether it stood in the journal as planned already.
    pub was_planned: bool,
}

impl Store {
    /// Sets down a session with what was written about it and promised in it, as one change. Where one was planned
    /// with the same person on that day and nobody has said yet what became of it, it is that one:
    /// it takes over the state, the length where one is given, and the texts after its own.
    pub fn log_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        texts: &[(Layer, &str)],
        promises: &[Promise],
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
                    let held = Session {
                        state: session.state,
                        minutes: session.minutes.or(planned.value.minutes),
                        ..planned.value.clone()
                    };
                    door.update(id, planned.rev, &held)?;
                }
            }
            for (layer, body) in texts {
                let body = text::prose(body);
                let standing = door.text(id, *layer)?;
                let body = match &standing {
                    Some(before) if !before.value.body.is_empty() => {
                        format!("{}\n\n{body}", before.value.body)
                    }
                    _ => body.into_owned(),
                };
                door.set_text(id, *layer, standing, body)?;
            }
            door.promise(session.relationship, id, promises)?;
            Ok(Logged { id, was_planned: planned.is_some() })
        })
    }

    /// Sets down a session that is to come, with what was written and promised already.
    pub fn plan_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        texts: &[(Layer, &str)],
        promises: &[Promise],
    ) -> Result<Id<Session>> {
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, session)?;
            for (layer, body) in texts {
                door.set_text(id, *layer, None, text::prose(body).into_owned())?;
            }
            door.promise(session.relationship, id, promises)?;
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
