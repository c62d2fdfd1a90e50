//! The write door: whatever a user does becomes one change that remembers what was before.
//!
//! A change keeps, for each row it touches, the row as it was (or that there was none). Undo,
//! redo, earlier versions and the bin read that record. A row's revision is the number of the
//! change that gave it its content; undo gives the old number back with the old content, so one
//! number never stands for two contents, and a save that began from another revision is refused.

use std::fmt::Write as _;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Map, Value as Json, json};

use super::kind::{Entity, Kind};
use super::{Error, Result, index, standings};
use crate::domain::{Id, Rev, Stamp};

/// What kind of user action a change was. Its wording is made when it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The journal was started.
    Begin,
    /// Something new.
    Add,
    /// Something was put differently.
    Edit,
    /// Text was written.
    Write,
    /// A state was set: held, discussed, archived.
    Mark,
    /// A date was moved.
    Move,
    /// Lines were put in another order.
    Order,
    /// Put into the bin.
    Delete,
    /// Taken out of the bin.
    Restore,
    /// Moved from the notes to the private reflection.
    Seclude,
    /// Brought in from a file.
    Import,
    /// Taken back.
    Undo,
    /// Done again.
    Redo,
}

impl Action {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Begin, "begin"),
        (Self::Add, "add"),
        (Self::Edit, "edit"),
        (Self::Write, "write"),
        (Self::Mark, "mark"),
        (Self::Move, "move"),
        (Self::Order, "order"),
        (Self::Delete, "delete"),
        (Self::Restore, "restore"),
        (Self::Seclude, "seclude"),
        (Self::Import, "import"),
        (Self::Undo, "undo"),
        (Self::Redo, "redo"),
    ];

    pub(super) fn code(self) -> &'static str {
        Self::ALL.iter().find(|(action, _)| *action == self).map_or("edit", |(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == code).map_or(Self::Edit, |(action, _)| *action)
    }
}

/// Runs `work` in `tx` and records it as one change of `stamp`'s writer. Nothing is written where
/// `work` fails, and nothing is recorded where it changes nothing.
pub(super) fn write<R>(
    tx: Transaction<'_>,
    stamp: Stamp,
    action: Action,
    work: impl FnOnce(&mut Door<'_>) -> Result<R>,
) -> Result<R> {
    let mut door = Door::begin(&tx, stamp, action)?;
    let done = work(&mut door)?;
    if door.recorded {
        door.settle()?;
    }
    // Typing that ended where it began leaves no change, but its draft goes all the same.
    tx.commit()?;
    Ok(done)
}

/// One change under way.
pub(super) struct Door<'tx> {
    pub(super) tx: &'tx Transaction<'tx>,
    pub(super) stamp: Stamp,
    /// The number of this change, and so the revision of all it writes.
    pub(super) change: i64,
    action: Action,
    /// Whether the change stands in the journal yet; it does once it changes something.
    recorded: bool,
    stale_index: Vec<(Kind, Id<()>)>,
}

impl<'tx> Door<'tx> {
    pub(super) fn begin(tx: &'tx Transaction<'tx>, stamp: Stamp, action: Action) -> Result<Self> {
        let change = tx
            .prepare_cached(
                "SELECT ifnull(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'change'",
            )?
            .query_row([], |row| row.get(0))?;
        Ok(Self { tx, stamp, change, action, recorded: false, stale_index: Vec::new() })
    }

    /// Goes on with a change that stands in the journal, in another write.
    pub(super) fn go_on(
        tx: &'tx Transaction<'tx>,
        stamp: Stamp,
        action: Action,
        change: i64,
    ) -> Self {
        Self { tx, stamp, change, action, recorded: true, stale_index: Vec::new() }
    }

    /// The records whose entries in the search index are left to be brought up to date.
    pub(super) fn into_stale_index(self) -> Vec<(Kind, Id<()>)> {
        self.stale_index
    }

    /// Puts the change into the journal, before the first thing that belongs to it.
    pub(super) fn record(&mut self) -> Result<()> {
        if !self.recorded {
            self.tx
                .prepare_cached(
                    "INSERT INTO change (seq, at, origin, action, state)
                     VALUES (?1, ?2, ?3, ?4, 'done')",
                )?
                .execute(params![
                    self.change,
                    self.stamp.now.timestamp_millis(),
                    self.stamp.origin.bytes().as_slice(),
                    self.action.code()
                ])?;
            self.recorded = true;
        }
        Ok(())
    }

    /// Adds a new record.
    pub(super) fn insert<T: Entity>(&mut self, id: Id<T>, value: &T) -> Result<Rev> {
        value.check()?;
        let row =
            Row { rev: self.change, written: self.now(), deleted: None, values: value.columns() };
        self.put(T::KIND, id.cast(), Some(row))?;
        Ok(Rev(self.change))
    }

    /// Gives a record new content, if it still has the content of `base` and is not in the bin.
    /// The same content again is no change.
    pub(super) fn update<T: Entity>(&mut self, id: Id<T>, base: Rev, value: &T) -> Result<()> {
        value.check()?;
        let before = self.live(T::KIND, id.cast())?;
        if before.rev != base.0 {
            return Err(Error::Stale);
        }
        let values = value.columns();
        if values == before.values {
            return Ok(());
        }
        let row = Row { rev: self.change, written: self.now(), deleted: None, values };
        self.put(T::KIND, id.cast(), Some(row))
    }

    /// Puts a record into the bin.
    pub(super) fn delete<T: Entity>(&mut self, id: Id<T>) -> Result<()> {
        self.put_away(T::KIND, id.cast())
    }

    /// Puts a record of this kind into the bin.
    pub(super) fn put_away(&mut self, kind: Kind, id: Id<()>) -> Result<()> {
        let row = self.live(kind, id)?;
        let now = self.now();
        self.put(kind, id, Some(Row { rev: self.change, deleted: Some(now), ..row }))
    }

    /// Takes a record out of the bin.
    pub(super) fn restore(&mut self, kind: Kind, id: Id<()>) -> Result<()> {
        let row = self.row(kind, id)?.ok_or(Error::Gone)?;
        self.put(kind, id, Some(Row { rev: self.change, deleted: None, ..row }))
    }

    /// Removes the draft this writer kept of one field, now that its text is saved.
    pub(super) fn clear_draft(&self, record: Id<()>, field: &str) -> Result<()> {
        self.tx
            .prepare_cached("DELETE FROM draft WHERE origin = ?1 AND record = ?2 AND field = ?3")?
            .execute(params![self.stamp.origin.bytes().as_slice(), record, field])?;
        Ok(())
    }

    /// Keeps `row` as what a record once was, for a history that comes from elsewhere. It gets a
    /// change of its own that cannot be undone.
    pub(super) fn remember(&mut self, kind: Kind, id: Id<()>, row: &Row) -> Result<()> {
        self.record()?;
        self.tx
            .prepare_cached(
                "INSERT INTO change (at, origin, action, state) VALUES (?1, ?2, 'import', 'abandoned')",
            )?
            .execute(params![row.written, self.stamp.origin.bytes().as_slice()])?;
        let change = self.tx.last_insert_rowid();
        self.tx
            .prepare_cached(
                "INSERT INTO image (change, kind, row, before) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![change, kind, id, row.to_json(kind)?])?;
        Ok(())
    }

    /// Writes a row as it is, remembering what was there. `None` takes it away.
    pub(super) fn put(&mut self, kind: Kind, id: Id<()>, row: Option<Row>) -> Result<()> {
        self.record()?;
        let before = self.row(kind, id)?;
        let image = before.as_ref().map(|before| before.to_json(kind)).transpose()?;
        // Only the first state of a row within one change is what it was before that change.
        self.tx
            .prepare_cached(
                "INSERT OR IGNORE INTO image (change, kind, row, before) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![self.change, kind, id, image])?;
        // What is taken away can no longer say to which goal it belonged.
        if kind.is_of_goal()
            && let Some(goal) = row.as_ref().or(before.as_ref()).and_then(Row::first_id)
        {
            self.stale_index.push((Kind::Goal, goal));
        }
        match row {
            Some(row) => self.set(kind, id, row, before.is_some())?,
            None => self.take_away(kind, id)?,
        }
        self.stale_index.push((kind, id));
        Ok(())
    }

    /// The row as it stands, in the bin or not.
    pub(super) fn row(&self, kind: Kind, id: Id<()>) -> Result<Option<Row>> {
        stands(self.tx, kind, id)
    }

    /// The row as it stands; an error if it is in the bin or gone.
    pub(super) fn live(&self, kind: Kind, id: Id<()>) -> Result<Row> {
        self.row(kind, id)?.filter(|row| row.deleted.is_none()).ok_or(Error::Gone)
    }

    fn set(&self, kind: Kind, id: Id<()>, row: Row, exists: bool) -> Result<()> {
        let columns = kind.columns();
        let sql = if exists {
            let sets: Vec<_> = columns
                .iter()
                .enumerate()
                .map(|(n, column)| format!("{column} = ?{}", n + 5))
                .collect();
            format!(
                "UPDATE {} SET rev = ?2, written = ?3, deleted = ?4, {} WHERE id = ?1",
                kind.table(),
                sets.join(", ")
            )
        } else {
            let places: Vec<_> = (5..5 + columns.len()).map(|n| format!("?{n}")).collect();
            format!(
                "INSERT INTO {} (id, rev, written, deleted, {}) VALUES (?1, ?2, ?3, ?4, {})",
                kind.table(),
                columns.join(", "),
                places.join(", ")
            )
        };
        let head = [
            Value::Blob(id.bytes().to_vec()),
            row.rev.into(),
            row.written.into(),
            row.deleted.map_or(Value::Null, Into::into),
        ];
        self.tx
            .prepare_cached(&sql)?
            .execute(rusqlite::params_from_iter(head.into_iter().chain(row.values)))?;
        Ok(())
    }

    /// Removes a row that nothing points at. The cascade is for erasing a person, never for this.
    fn take_away(&self, kind: Kind, id: Id<()>) -> Result<()> {
        for (child, column) in kind.children() {
            let sql = format!("SELECT 1 FROM {} WHERE {column} = ?1", child.table());
            if self.tx.prepare_cached(&sql)?.exists([id])? {
                return Err(Error::Refused(super::Refused::BuiltUpon));
            }
        }
        let sql = format!("DELETE FROM {} WHERE id = ?1", kind.table());
        self.tx.prepare_cached(&sql)?.execute([id])?;
        Ok(())
    }

    /// Brings the search index up to date, and ends what could have been redone.
    fn settle(&mut self) -> Result<()> {
        index::refresh(self.tx, &std::mem::take(&mut self.stale_index))?;
        standings::look_ahead(self.tx, self.stamp.now.date_naive())?;
        self.tx
            .prepare_cached(
                "UPDATE change SET state = 'abandoned'
                 WHERE origin = ?1 AND state = 'done' AND seq < ?2 AND action = 'undo'
                   AND (SELECT reverses FROM change WHERE seq = ?2) IS NULL",
            )?
            .execute(params![self.stamp.origin.bytes().as_slice(), self.change])?;
        Ok(())
    }

    fn now(&self) -> i64 {
        self.stamp.now.timestamp_millis()
    }
}

/// A row as it stands, in the bin or not.
pub(super) fn stands(db: &Connection, kind: Kind, id: Id<()>) -> Result<Option<Row>> {
    let sql = format!(
        "SELECT rev, written, deleted, {} FROM {} WHERE id = ?1",
        kind.columns().join(", "),
        kind.table()
    );
    let row = db
        .prepare_cached(&sql)?
        .query_row([id], |row| {
            let values = (3..3 + kind.columns().len())
                .map(|column| row.get::<_, Value>(column))
                .collect::<rusqlite::Result<_>>()?;
            Ok(Row { rev: row.get(0)?, written: row.get(1)?, deleted: row.get(2)?, values })
        })
        .optional()?;
    Ok(row)
}

/// A row of any kind.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) rev: i64,
    pub(super) written: i64,
    pub(super) deleted: Option<i64>,
    /// In the order of [`Kind::columns`].
    pub(super) values: Vec<Value>,
}

impl Row {
    /// The record that the first column points at.
    pub(super) fn first_id(&self) -> Option<Id<()>> {
        match self.values.first() {
            Some(Value::Blob(bytes)) => bytes.as_slice().try_into().ok().map(Id::from_bytes),
            _ => None,
        }
    }

    /// What stands in this column.
    pub(super) fn value(&self, kind: Kind, column: &str) -> Option<&Value> {
        let at = kind.columns().iter().position(|one| *one == column)?;
        self.values.get(at)
    }

    /// How many bytes of text it holds.
    pub(super) fn size(&self) -> usize {
        let text = |value: &Value| if let Value::Text(text) = value { text.len() } else { 0 };
        self.values.iter().map(text).sum()
    }

    /// As an image keeps it: an object by column name, so that a migration can rewrite it.
    pub(super) fn to_json(&self, kind: Kind) -> Result<String> {
        let mut object = Map::new();
        object.insert("rev".into(), self.rev.into());
        object.insert("written".into(), self.written.into());
        object.insert("deleted".into(), self.deleted.into());
        for (column, value) in kind.columns().iter().zip(&self.values) {
            let value = match ValueRef::from(value) {
                ValueRef::Null => Json::Null,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Real(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                ValueRef::Blob(bytes) => {
                    let mut hex = String::with_capacity(bytes.len() * 2);
                    for byte in bytes {
                        // Writing into a string cannot fail.
                        let _ = write!(hex, "{byte:02x}");
                    }
                    json!({ "hex": hex })
                }
            };
            object.insert((*column).to_owned(), value);
        }
        serde_json::to_string(&object).map_err(|_| Error::Damaged)
    }

    /// Reads what [`Row::to_json`] writes. A column the image does not know is NULL.
    pub(super) fn from_json(kind: Kind, image: &str) -> Result<Self> {
        let mut object: Map<String, Json> =
            serde_json::from_str(image).map_err(|_| Error::Damaged)?;
        let number = |value: Option<Json>| value.as_ref().and_then(Json::as_i64);
        let rev = number(object.remove("rev")).ok_or(Error::Damaged)?;
        let written = number(object.remove("written")).ok_or(Error::Damaged)?;
        let deleted = number(object.remove("deleted"));
        let values = kind
            .columns()
            .iter()
            .map(|column| match object.remove(*column) {
                None | Some(Json::Null) => Ok(Value::Null),
                Some(Json::String(text)) => Ok(Value::Text(text)),
                Some(Json::Number(number)) => number
                    .as_i64()
                    .map(Value::Integer)
                    .or_else(|| number.as_f64().map(Value::Real))
                    .ok_or(Error::Damaged),
                Some(Json::Object(object)) => object
                    .get("hex")
                    .and_then(Json::as_str)
                    .and_then(unhex)
                    .map(Value::Blob)
                    .ok_or(Error::Damaged),
                Some(_) => Err(Error::Damaged),
            })
            .collect::<Result<_>>()?;
        Ok(Self { rev, written, deleted, values })
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_gives_back_the_row_it_was_made_from() {
        let row = Row {
            rev: 7,
            written: 1_795_000_000_000,
            deleted: None,
            values: vec![
                Value::Blob(vec![0, 127, 255]),
                "2026-11-12".to_owned().into(),
                "held".to_owned().into(),
                Value::Null,
                Value::Null,
                "Straße \"7\"\n\u{1f9d1}\u{200d}\u{1f91d}\u{200d}\u{1f9d1}".to_owned().into(),
                55.into(),
                String::new().into(),
            ],
        };
        let image = row.to_json(Kind::Session).expect("image");
        assert_eq!(Row::from_json(Kind::Session, &image).expect("row"), row);
        assert!(Row::from_json(Kind::Session, "{}").is_err());
        assert!(Row::from_json(Kind::Session, "not json").is_err());
    }
}
