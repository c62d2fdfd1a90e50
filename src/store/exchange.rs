//! Everything out and everything in, record by record, for exports and imports.
//!
//! Reading hands over one record after the other, so an export costs no memory however long the
//! journal is. An import is one change: it is there whole or not at all, and can be taken back.

use super::door::{Action, Door, Row};
use super::kind::{Entity, record};
use super::{Result, Store};
use crate::domain::{Id, Record, Stamp, Writing};

/// A record with what an archive keeps of it besides its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive<T> {
    /// Its name for life.
    pub id: Id<T>,
    /// When its content was written, in milliseconds since 1970.
    pub written: i64,
    /// When it was put into the bin, if it is there.
    pub deleted: Option<i64>,
    /// What it says.
    pub value: T,
}

impl<T: Entity> Archive<T> {
    /// The row it becomes under the change that brings it in.
    pub(super) fn row(&self, change: i64) -> Row {
        Row {
            rev: change,
            written: self.written,
            deleted: self.deleted,
            values: self.value.columns(),
        }
    }
}

impl Archive<Writing> {
    /// The row that the text once was. `number` tells versions apart; older ones have smaller ones.
    pub(super) fn version(&self, number: i64, written: i64, body: &str) -> Row {
        let values = Writing { body: body.to_owned(), ..self.value.clone() }.columns();
        Row { rev: -number, written, deleted: None, values }
    }
}

/// What became of a record that was brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is new here.
    Added,
    /// It was here already and stays as it is.
    Known,
}

impl Store {
    /// Hands every record of one kind to `each`, in the order of their ids.
    pub fn archive_of<T: Entity, E: From<super::Error>>(
        &self,
        mut each: impl FnMut(Archive<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = if self.has_arrivals()? {
            // What is still on its way in, or out again, is not in the journal.
            format!(
                "SELECT * FROM {} t WHERE NOT EXISTS
                    (SELECT 1 FROM image i JOIN arrival a ON a.change = i.change WHERE i.row = t.id)
                 ORDER BY id",
                T::KIND.table()
            )
        } else {
            format!("SELECT * FROM {} ORDER BY id", T::KIND.table())
        };
        let mut statement = self.db.prepare_cached(&sql).map_err(super::Error::from)?;
        let mut rows = statement.query([]).map_err(super::Error::from)?;
        while let Some(row) = rows.next().map_err(super::Error::from)? {
            let Record { id, written, value, .. } = record::<T>(row).map_err(super::Error::from)?;
            let deleted = row.get("deleted").map_err(super::Error::from)?;
            each(Archive { id, written, deleted, value })?;
        }
        Ok(())
    }

    /// Brings in what a new journal begins with, as one change; where `work` fails, nothing came in.
    /// That is not taken back: there is nothing before.
    pub fn begin_with<R, E: From<super::Error>>(
        &mut self,
        stamp: Stamp,
        work: impl FnOnce(&mut Intake<'_, '_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut failed = None;
        let done = self.write(stamp, Action::Begin, |door| {
            work(&mut Intake { door }).map_err(|error| {
                failed = Some(error);
                super::Error::Stopped
            })
        });
        match (done, failed) {
            (_, Some(error)) => Err(error),
            (done, None) => done.map_err(E::from),
        }
    }
}

/// The open end of what a new journal begins with.
pub struct Intake<'door, 'tx> {
    door: &'door mut Door<'tx>,
}

impl Intake<'_, '_> {
    /// Brings one record in, unless one of that id is here. Parents come before their children.
    pub fn take<T: Entity>(&mut self, archive: &Archive<T>) -> Result<Imported> {
        archive.value.check()?;
        let id = archive.id.cast();
        if self.door.row(T::KIND, id)?.is_some() {
            return Ok(Imported::Known);
        }
        let row = archive.row(self.door.change);
        self.door.put(T::KIND, id, Some(row))?;
        Ok(Imported::Added)
    }
}
