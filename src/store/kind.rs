//! The kinds of records, their tables and columns, and how a row becomes a value and back.

use std::cell::Cell;

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};

use crate::domain::{Id, Invalid, Record, Rev};

/// One kind of record. Parents come before their children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The writer of the journal.
    Owner,
    /// Somebody in a relationship with the writer.
    Person,
    /// A way to reach a person.
    Contact,
    /// A person and the writer in given roles.
    Relationship,
    /// A planned or held conversation.
    Session,
    /// One of the texts of a session.
    Writing,
    /// A line worth remembering about a person.
    Remembering,
    /// Something to talk about.
    AgendaItem,
    /// Something one of the two said they would do.
    Commitment,
    /// A due day of a commitment that was moved.
    CommitmentMove,
    /// What somebody wants to reach.
    Goal,
    /// That a goal is shared with somebody.
    GoalWith,
    /// A step on the way to a goal.
    Milestone,
    /// How a goal stood, or what it became.
    Standing,
    /// That something said or promised is about a goal.
    Mention,
    /// How the writer wants one of the ten ways.
    Way,
    /// A day on which the ways were gone through.
    CheckIn,
    /// What was said of one way at a check-in.
    Answer,
    /// What I saw or did.
    Evidence,
    /// A way that is worked on.
    Focus,
    /// Mending something after a slip.
    Repair,
    /// A version of the agreement.
    Agreement,
    /// One part of a version.
    Clause,
    /// That one of the two agreed to a version.
    Signature,
    /// Looking back together.
    ProgressCheck,
}

impl Kind {
    pub(super) const ALL: &'static [Self] = &[
        Self::Owner,
        Self::Person,
        Self::Contact,
        Self::Relationship,
        Self::Session,
        Self::Writing,
        Self::Remembering,
        Self::AgendaItem,
        Self::Commitment,
        Self::CommitmentMove,
        Self::Goal,
        Self::GoalWith,
        Self::Milestone,
        Self::Standing,
        Self::Mention,
        Self::Way,
        Self::CheckIn,
        Self::Answer,
        Self::Evidence,
        Self::Focus,
        Self::Repair,
        Self::Agreement,
        Self::Clause,
        Self::Signature,
        Self::ProgressCheck,
    ];

    /// The name of its table; also what images and the index call it.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Person => "person",
            Self::Contact => "contact",
            Self::Remembering => "remembering",
            Self::Relationship => "relationship",
            Self::Session => "session",
            Self::Writing => "writing",
            Self::AgendaItem => "agenda_item",
            Self::Commitment => "commitment",
            Self::CommitmentMove => "commitment_move",
            Self::Goal => "goal",
            Self::GoalWith => "goal_with",
            Self::Milestone => "milestone",
            Self::Standing => "standing",
            Self::Mention => "mention",
            Self::Way => "way",
            Self::CheckIn => "check_in",
            Self::Answer => "answer",
            Self::Evidence => "evidence",
            Self::Focus => "focus",
            Self::Repair => "repair",
            Self::Agreement => "agreement",
            Self::Clause => "clause",
            Self::Signature => "signature",
            Self::ProgressCheck => "progress_check",
        }
    }

    /// Its columns after `id`, `rev`, `written` and `deleted`, in the order of [`Entity::columns`].
    pub(super) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Owner => &["name"],
            Self::Person => &["name", "alias", "time_zone"],
            Self::Contact => &["person", "party", "label", "value", "preferred", "hours"],
            Self::Remembering => &["person", "text", "day", "session", "layer"],
            Self::Relationship => &[
                "person",
                "role",
                "phase",
                "started",
                "ends",
                "cadence",
                "usual_minutes",
                "usual_mode",
                "usual_place",
                "programme",
                "coordinator",
                "safeguarding",
                "archived",
                "keep_until",
                "paused",
            ],
            Self::Session => &[
                "relationship",
                "starts",
                "state",
                "minutes",
                "mode",
                "place",
                "about",
                "template",
            ],
            Self::Writing => &["session", "layer", "body"],
            Self::AgendaItem => {
                &["relationship", "party", "text", "state", "added", "session", "place"]
            }
            Self::Commitment => &[
                "relationship",
                "session",
                "party",
                "text",
                "weight",
                "made",
                "due",
                "state",
                "closed",
                "told",
            ],
            Self::CommitmentMove => &["commitment", "from_day", "to_day", "moved", "agreed"],
            Self::Goal => &["title", "owner", "why", "test", "horizon", "due", "status", "since"],
            Self::GoalWith => &["goal", "relationship"],
            Self::Milestone => &["goal", "title", "due", "done", "position"],
            Self::Standing => &["goal", "day", "word", "note", "session"],
            Self::Mention => &["goal", "session", "commitment", "layer", "text", "day"],
            Self::Way => &["key", "name", "line", "hidden"],
            Self::CheckIn => &["relationship", "day"],
            Self::Answer => &["check_in", "way", "value"],
            Self::Evidence => {
                &["relationship", "way", "direction", "day", "text", "session", "commitment"]
            }
            Self::Focus => &["relationship", "way", "practice", "since", "until"],
            Self::Agreement => &[
                "relationship",
                "number",
                "profile",
                "why",
                "cadence",
                "schedule",
                "checks",
                "ends",
                "renew_by",
                "proposed",
            ],
            Self::Clause => &["agreement", "key", "heading", "text", "position"],
            Self::Signature => &["agreement", "party", "name", "day", "method"],
            Self::ProgressCheck => &[
                "relationship",
                "session",
                "planned",
                "day",
                "state",
                "note",
                "helped",
                "hindered",
                "mine",
                "theirs",
                "change",
            ],
            Self::Repair => {
                &["relationship", "day", "happened", "part", "effect", "said", "change", "settled"]
            }
        }
    }

    /// Which other rows point at a row of this kind: their kind and the column that points.
    pub(super) const fn children(self) -> &'static [(Self, &'static str)] {
        match self {
            Self::Person => &[
                (Self::Contact, "person"),
                (Self::Remembering, "person"),
                (Self::Relationship, "person"),
            ],
            Self::Relationship => &[
                (Self::Session, "relationship"),
                (Self::AgendaItem, "relationship"),
                (Self::Commitment, "relationship"),
                (Self::GoalWith, "relationship"),
                (Self::CheckIn, "relationship"),
                (Self::Evidence, "relationship"),
                (Self::Focus, "relationship"),
                (Self::Repair, "relationship"),
                (Self::Agreement, "relationship"),
                (Self::ProgressCheck, "relationship"),
            ],
            Self::Session => &[
                (Self::Writing, "session"),
                (Self::Remembering, "session"),
                (Self::AgendaItem, "session"),
                (Self::Commitment, "session"),
                (Self::Evidence, "session"),
                (Self::Standing, "session"),
                (Self::Mention, "session"),
                (Self::ProgressCheck, "session"),
            ],
            Self::Commitment => &[
                (Self::CommitmentMove, "commitment"),
                (Self::Evidence, "commitment"),
                (Self::Mention, "commitment"),
            ],
            Self::CheckIn => &[(Self::Answer, "check_in")],
            Self::Agreement => &[(Self::Clause, "agreement"), (Self::Signature, "agreement")],
            Self::Goal => &[
                (Self::GoalWith, "goal"),
                (Self::Milestone, "goal"),
                (Self::Standing, "goal"),
                (Self::Mention, "goal"),
            ],
            Self::Owner
            | Self::Contact
            | Self::Remembering
            | Self::Writing
            | Self::AgendaItem
            | Self::CommitmentMove
            | Self::GoalWith
            | Self::Milestone
            | Self::Standing
            | Self::Mention
            | Self::Way
            | Self::Answer
            | Self::Evidence
            | Self::Focus
            | Self::Repair
            | Self::Clause
            | Self::Signature
            | Self::ProgressCheck => &[],
        }
    }

    /// Whether a row of this kind stays when what its `column` points at goes for good: what was
    /// talked about, promised and seen in a session still was.
    pub(super) fn stays_without(self, column: &str) -> bool {
        match self {
            Self::Remembering | Self::AgendaItem | Self::Commitment | Self::Standing => {
                column == "session"
            }
            Self::Evidence => column == "session" || column == "commitment",
            _ => false,
        }
    }

    /// Whether its words stand in the search index with those of its goal. The goal is then the
    /// first of its columns.
    pub(super) const fn is_of_goal(self) -> bool {
        matches!(self, Self::GoalWith | Self::Milestone | Self::Standing)
    }

    /// Reads what [`Kind::table`] writes.
    pub(super) fn from_table(table: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.table() == table)
    }
}

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.table()))
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_table(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

/// A value that lives in a table of its own and passes through the write door. Public so that
/// functions can ask for it; its values are written through the door all the same.
pub trait Entity: Sized {
    /// Which kind of record it is.
    const KIND: Kind;

    /// Reads the value from a row that has its columns by name.
    fn read(row: &Columns<'_>) -> rusqlite::Result<Self>;

    /// Its columns, in the order in which its kind names them.
    fn columns(&self) -> Vec<Value>;

    /// The rules it has to keep.
    fn check(&self) -> Result<(), Invalid>;
}

/// The columns of a row by their names. Mostly they are asked for in their order, and each is looked
/// for first behind the one before: to go through all names every time costs more than the row.
pub struct Columns<'a> {
    row: &'a Row<'a>,
    next: Cell<usize>,
}

impl<'a> Columns<'a> {
    /// The columns of this row.
    pub(super) const fn of(row: &'a Row<'a>) -> Self {
        Self { row, next: Cell::new(0) }
    }

    /// What stands in the column of this name.
    pub(super) fn get<T: FromSql>(&self, column: &str) -> rusqlite::Result<T> {
        self.row.get(self.index(column)?)
    }

    /// The whole record that stands there: `id`, `rev`, `written` and the value.
    pub(super) fn record<T: Entity>(&self) -> rusqlite::Result<Record<T>> {
        Ok(Record {
            id: self.get("id")?,
            rev: self.get("rev")?,
            written: self.get("written")?,
            value: T::read(self)?,
        })
    }

    fn index(&self, column: &str) -> rusqlite::Result<usize> {
        let statement = self.row.as_ref();
        let (next, all) = (self.next.get(), statement.column_count());
        let index = (next..all)
            .chain(0..next.min(all))
            .find(|at| statement.column_name(*at).is_ok_and(|name| name == column))
            .ok_or_else(|| rusqlite::Error::InvalidColumnName(column.to_owned()))?;
        self.next.set(index + 1);
        Ok(index)
    }
}

/// Reads a row that is a record and nothing else.
pub(super) fn record<T: Entity>(row: &Row<'_>) -> rusqlite::Result<Record<T>> {
    Columns::of(row).record()
}

impl<T> ToSql for Id<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.bytes())))
    }
}

impl<T> FromSql for Id<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        bytes.try_into().map(Self::from_bytes).map_err(|_| FromSqlError::InvalidBlobSize {
            expected_size: 16,
            blob_size: bytes.len(),
        })
    }
}

impl ToSql for Rev {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl FromSql for Rev {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// The id as a column value.
pub(super) fn blob<T>(id: Id<T>) -> Value {
    Value::Blob(id.bytes().to_vec())
}

/// Something that has a text form as a column value, or NULL.
pub(super) fn optional(text: Option<impl ToString>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_string()))
}

/// Reads a closed set of words, a date or another text form by `parse`.
pub(super) fn coded<T>(
    row: &Columns<'_>,
    column: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    parsed(row, row.index(column)?, column, parse)
}

/// As [`coded`], where NULL is nothing.
pub(super) fn coded_or_none<T>(
    row: &Columns<'_>,
    column: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    let index = row.index(column)?;
    if matches!(row.row.get_ref(index)?, ValueRef::Null) {
        return Ok(None);
    }
    parsed(row, index, column, parse).map(Some)
}

fn parsed<T>(
    row: &Columns<'_>,
    index: usize,
    column: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text = row.row.get_ref(index)?;
    text.as_str().ok().and_then(parse).ok_or_else(|| {
        rusqlite::Error::InvalidColumnType(index, column.to_owned(), text.data_type())
    })
}
