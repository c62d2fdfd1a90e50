//! `confidant done`, `move` and `drop`: what became of a commitment, or of a line of the agenda.
//!
//! What was closed already is not closed again in silence: the command says how it stands.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use super::{promise, whom, words};
use crate::domain::dates::{self, Lean};
use crate::domain::{AgendaItem, AgendaState, Commitment, CommitmentState, Id, Record, text};
use crate::store::{Error, Kind, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant done a1b2c3d4
  confidant done a1b2c3d4 --on yesterday

Whether a commitment was kept in time is decided by that day. A line of the agenda was talked about.")]
pub struct Done {
    /// The id that a list or an echo printed.
    id: String,
    /// The day it was done; today without it.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant move a1b2c3d4 \"next thu\" --agreed
  confidant move a1b2c3d4 2026-12-03

The day it had is kept. With --agreed, said before the old day has passed, the new one counts.")]
pub struct Move {
    /// The id that a list or an echo printed.
    id: String,
    /// The new day.
    date: String,
    /// The other agreed.
    #[arg(long)]
    agreed: bool,
    /// The other was told, and has not agreed yet.
    #[arg(long)]
    told: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  confidant drop a1b2c3d4\n\nIt stays in the journal as withdrawn."
)]
pub struct Drop {
    /// The id that a list or an echo printed.
    id: String,
}

impl Done {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let today = shell.today();
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let on = self.on.as_ref().map_or(Ok(today), |typed| {
            dates::parse_date(typed, today, Lean::Past, habits)
                .map_err(|error| Failure::usage(error.to_string()))
        })?;
        if on > today {
            return Err(Failure::usage(
                "That day is still to come, so nothing can have been done on it. Leave --on out for today.",
            ));
        }
        match whom::thing(&store, &self.id)? {
            (Kind::Commitment, id) => {
                let standing = open(&store, id.cast(), "done")?;
                let kept = store.keep_commitment(shell.stamp, standing.id, on)?;
                closed(shell, &kept, standing.id)
            }
            (Kind::AgendaItem, id) => agenda(shell, &mut store, id.cast(), AgendaState::Discussed),
            _ => Err(Failure::nothing(
                "`done` is for commitments and lines of the agenda. That a session was held is said by `confidant log`.",
            )),
        }
    }
}

impl Move {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let to = promise::day(&self.date, shell.today(), store.settings().dates)?;
        let (Kind::Commitment, id) = whom::thing(&store, &self.id)? else {
            return Err(Failure::nothing(
                "Only the day of a commitment is moved here. The ids of commitments stand in `confidant search --kind commitments`.",
            ));
        };
        let standing = open(&store, id.cast(), "moved")?;
        store.move_commitment(shell.stamp, standing.id, to, self.agreed, self.told)?;
        let from = standing.value.due.filter(|from| *from != to);
        let from = from.map(|from| format!(", not {}", words::day(from))).unwrap_or_default();
        let how = match (self.agreed, self.told) {
            (true, _) => "; agreed",
            (false, true) => "; told",
            (false, false) => "",
        };
        let what = text::line(&standing.value.text);
        shell.out.row(&[
            Part::Plain(&format!("Moved: {what}, by ")),
            Part::Strong(&dates::in_words(to, shell.today())),
            Part::Plain(&format!("{from}{how}  ")),
            Part::Faint(&words::tag(&standing.id.short())),
        ])?;
        Ok(())
    }
}

impl Drop {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        match whom::thing(&store, &self.id)? {
            (Kind::Commitment, id) => {
                let standing = open(&store, id.cast(), "dropped")?;
                let (state, today) = (CommitmentState::Withdrawn, shell.today());
                let dropped = store.close_commitment(shell.stamp, standing.id, state, today)?;
                closed(shell, &dropped, standing.id)
            }
            (Kind::AgendaItem, id) => agenda(shell, &mut store, id.cast(), AgendaState::Dropped),
            _ => Err(Failure::nothing(
                "`drop` is for commitments and lines of the agenda, and that is neither.",
            )),
        }
    }
}

/// The commitment, if it is still open.
fn open(store: &Store, id: Id<Commitment>, wanted: &str) -> Result<Record<Commitment>> {
    let standing = store.commitment(id).map_err(in_bin)?;
    if !standing.value.is_open() {
        let (state, day) = (standing.value.state.words(), standing.value.closed);
        let on = day.map(|day| format!(" on {}", words::day(day))).unwrap_or_default();
        return Err(Failure::failed(format!(
            "That is not open: it was {state}{on}, so it was not {wanted}. `confidant undo` takes back the newest change."
        )));
    }
    Ok(standing)
}

fn in_bin(error: Error) -> anyhow::Error {
    match error {
        Error::Gone => Failure::nothing(
            "That is in the bin. `confidant bin` lists it and `confidant bin restore` takes it out.",
        ),
        other => other.into(),
    }
}

fn closed(shell: &mut Shell, commitment: &Commitment, id: Id<Commitment>) -> Result<()> {
    let state = commitment.state.words();
    let mut letters = state.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let today = shell.today();
    let day = commitment.closed.map(|day| dates::in_words(day, today)).unwrap_or_default();
    let due = commitment
        .due
        .map_or_else(|| "no day was named".to_owned(), |due| format!("due {}", words::day(due)));
    let what = text::line(&commitment.text);
    shell.out.row(&[
        Part::Plain(&format!("{first}{}: {what}, ", letters.as_str())),
        Part::Strong(&day),
        Part::Plain(&format!("; {due}  ")),
        Part::Faint(&words::tag(&id.short())),
    ])?;
    Ok(())
}

/// What became of a line of the agenda, in the last session that was held.
fn agenda(
    shell: &mut Shell,
    store: &mut Store,
    id: Id<AgendaItem>,
    state: AgendaState,
) -> Result<()> {
    let item = store.agenda_item(id).map_err(in_bin)?;
    let session = store.last_session(item.value.relationship, None)?.map(|session| session.id);
    store.mark_agenda_item(shell.stamp, id, state, session)?;
    let verb = if state == AgendaState::Discussed { "Talked about" } else { "Dropped" };
    shell.out.row(&[
        Part::Plain(&format!("{verb}: {}  ", text::line(&item.value.text))),
        Part::Faint(&words::tag(&id.short())),
    ])?;
    Ok(())
}
