//! What a mark made of a record, read from how its row was before and after.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::Result;
use super::door::{Row, stands};
use super::kind::Kind;
use crate::domain::{AgendaState, CommitmentState, GoalStatus, Id, Phase, SessionState};

/// What became of something that was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// A session, by what came of it.
    Session(SessionState),
    /// A line of the agenda.
    Agenda(AgendaState),
    /// A commitment.
    Commitment(CommitmentState),
    /// Whether the one who waits for a commitment was told.
    Told(bool),
    /// A goal.
    Goal(GoalStatus),
    /// Whether a milestone is done.
    Milestone(bool),
    /// Whether a relationship is put away.
    Archived(bool),
    /// Whether it rests.
    Paused(bool),
    /// Where it stands.
    Phase(Phase),
    /// A version of an agreement was put before the other.
    Proposed,
    /// It was signed.
    Signed,
    /// A practice is no longer in focus.
    Unfocused,
    /// A progress check was let be.
    Skipped,
}

impl Became {
    /// What this change made of a row; nothing where its columns do not say.
    pub(super) fn of(db: &Connection, change: i64, kind: Kind, id: Id<()>) -> Result<Option<Self>> {
        let Some(after) = after(db, change, kind, id)? else { return Ok(None) };
        let before = before(db, change, kind, id)?;
        let text = |column| match after.value(kind, column) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let is = |column| {
            !matches!(after.value(kind, column), None | Some(Value::Null | Value::Integer(0)))
        };
        let differs = |column| {
            let was = before.as_ref().and_then(|before| before.value(kind, column));
            was != after.value(kind, column)
        };
        Ok(match kind {
            Kind::Session => text("state").and_then(SessionState::from_code).map(Self::Session),
            Kind::AgendaItem => text("state").and_then(AgendaState::from_code).map(Self::Agenda),
            Kind::Commitment if differs("told") && !differs("state") => {
                Some(Self::Told(is("told")))
            }
            Kind::Commitment => {
                text("state").and_then(CommitmentState::from_code).map(Self::Commitment)
            }
            Kind::Goal => text("status").and_then(GoalStatus::from_code).map(Self::Goal),
            Kind::Milestone => Some(Self::Milestone(is("done"))),
            Kind::Relationship if differs("archived") => Some(Self::Archived(is("archived"))),
            Kind::Relationship if differs("phase") => {
                text("phase").and_then(Phase::from_code).map(Self::Phase)
            }
            Kind::Relationship if differs("paused") => Some(Self::Paused(is("paused"))),
            Kind::Agreement => Some(Self::Proposed),
            Kind::Signature => Some(Self::Signed),
            Kind::Focus => Some(Self::Unfocused),
            Kind::ProgressCheck => Some(Self::Skipped),
            _ => None,
        })
    }
}

/// The row as it was before this change.
fn before(db: &Connection, change: i64, kind: Kind, id: Id<()>) -> Result<Option<Row>> {
    let image: Option<Option<String>> = db
        .prepare_cached("SELECT before FROM image WHERE row = ?1 AND change = ?2")?
        .query_row((id, change), |row| row.get(0))
        .optional()?;
    image.flatten().map(|image| Row::from_json(kind, &image)).transpose()
}

/// The row as this change left it: as it was before the next one, or as it stands.
fn after(db: &Connection, change: i64, kind: Kind, id: Id<()>) -> Result<Option<Row>> {
    let next: Option<Option<String>> = db
        .prepare_cached(
            "SELECT before FROM image WHERE row = ?1 AND change > ?2 ORDER BY change LIMIT 1",
        )?
        .query_row((id, change), |row| row.get(0))
        .optional()?;
    match next {
        Some(image) => image.map(|image| Row::from_json(kind, &image)).transpose(),
        None => stands(db, kind, id),
    }
}
