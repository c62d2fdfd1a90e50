//! `confidant log`: a session that was held, in one line; with a future date it is planned.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::input;
use super::out::Part;
use super::shell::Shell;
use super::{promise, whom, words};
use crate::domain::dates::{self, Lean};
use crate::domain::{
    Commitment, Id, Layer, Minutes, MinutesError, Promise, Session, SessionState, When,
};
use crate::store::{Along, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant log amina --on thu --minutes 45 --notes \"What a small no looks like\"
  confidant log amina --promise \"me: lend her the book by fri\" --promise \"them: say one small no\"
  confidant log amina --private - < reflection.txt

A session that was planned for that day becomes the one that was held. A private reflection alone
goes to the session of that day.")]
pub struct Log {
    /// With whom.
    person: String,
    /// The day, with a time if you like; today without it.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// How long it was: 45, 1h, 1h30.
    #[arg(long, value_name = "N")]
    minutes: Option<String>,
    /// My record of it; - reads it from standard input.
    #[arg(long, value_name = "TEXT|-")]
    notes: Option<String>,
    /// A private reflection, read from standard input; only - is taken.
    #[arg(long, value_name = "-")]
    private: Option<String>,
    /// What was promised there, by me or them and by when; may be said several times.
    #[arg(long, value_name = "LINE")]
    promise: Vec<String>,
}

impl Log {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let minutes: Option<Minutes> =
            self.minutes
                .as_ref()
                .map(|text| text.parse())
                .transpose()
                .map_err(|error: MinutesError| Failure::usage(error.to_string()))?;
        if self.private.as_ref().is_some_and(|text| text != input::STDIN) {
            return Err(Failure::usage(
                "A private reflection is never an argument, where others could read it. Write --private - and give it on standard input.",
            ));
        }
        if self.private.is_some() && self.notes.as_deref() == Some(input::STDIN) {
            return Err(Failure::usage(
                "Only one text can be read from standard input. Log the notes first; then `confidant log` again with --private -.",
            ));
        }
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let when = match &self.on {
            None => When::day(shell.today()),
            Some(text) => dates::parse_when(text, shell.stamp.now, Lean::Past, habits)
                .map_err(|error| Failure::usage(error.to_string()))?,
        };
        let named = whom::relationship(&store, &self.person)?;
        let today = shell.today();
        let read = |line: &String| Promise::read_of(line, &named.name, when.date, today, habits);
        let promises = self.promise.iter().map(|line| read(line).ok_or_else(promise::nothing));
        let promises = promises.collect::<Result<Vec<Promise>>>()?;
        let mut texts = Vec::new();
        if let Some(notes) = &self.notes {
            texts.push((Layer::Notes, input::text(Some(notes.clone()), "your notes")?));
        }
        if self.private.is_some() {
            texts.push((Layer::Reflection, input::text(None, "your private reflection")?));
        }
        let is_future = when.is_to_come(shell.stamp.now);
        let usual = store.relationship(named.relationship)?.value;
        let state = if is_future { SessionState::Planned } else { SessionState::Held };
        let session = Session {
            minutes,
            mode: usual.usual_mode,
            place: usual.usual_place,
            ..Session::new(named.relationship, when, state)
        };
        let texts: Vec<(Layer, &str)> =
            texts.iter().map(|(layer, text)| (*layer, text.as_str())).collect();
        let along = Along { texts: &texts, promises: &promises, ..Along::default() };
        let reflected_on = self.reflected_on(&store, &session, &texts)?;
        let before = promised_on(&store, &session)?;
        let (id, verb) = if let Some(id) = reflected_on {
            store.add_to_session(shell.stamp, id, &texts, &promises)?;
            (id, "Added to the session")
        } else if is_future {
            (store.plan_session(shell.stamp, &session, &along)?, "Planned")
        } else {
            let logged = store.log_session(shell.stamp, &session, &along)?;
            (logged.id, if logged.was_planned { "Held as planned" } else { "Logged" })
        };
        let kept = store.session(id)?.value;
        let clocks = shell.clocks(&store, kept.relationship)?;
        let length = kept.minutes.map(|minutes| format!(", {minutes}")).unwrap_or_default();
        shell.out.row(&[
            Part::Plain(&format!("{verb}: {}, ", named.name)),
            Part::Strong(&clocks.of_session(&kept, shell.today())),
            Part::Plain(&format!("{length}  ")),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        // Those that this command set down, not what was promised there before.
        if !promises.is_empty() {
            let mut of = store.commitments_of(id)?;
            of.retain(|commitment| !before.contains(&commitment.id));
            for commitment in &of {
                promise::echo(shell, &named.name, commitment)?;
            }
        }
        Ok(())
    }

    /// The session of that day that was held already, where only a reflection on it is to be kept:
    /// it comes after the session, so it needs no session of its own.
    fn reflected_on(
        &self,
        store: &Store,
        session: &Session,
        texts: &[(Layer, &str)],
    ) -> Result<Option<Id<Session>>> {
        let is_alone = matches!(texts, [(Layer::Reflection, _)]) && self.minutes.is_none();
        if !is_alone {
            return Ok(None);
        }
        let day = store.sessions_on(session.relationship, session.when.date)?;
        let held = day.iter().rfind(|session| session.value.state == SessionState::Held);
        Ok(held.map(|session| session.id))
    }
}

/// What was promised already in the sessions of that day.
fn promised_on(store: &Store, session: &Session) -> Result<Vec<Id<Commitment>>> {
    let mut before = Vec::new();
    for other in store.sessions_on(session.relationship, session.when.date)? {
        before.extend(store.commitments_of(other.id)?.iter().map(|commitment| commitment.id));
    }
    Ok(before)
}
