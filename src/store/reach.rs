//! Which journal this is, and how far this copy of it goes.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::{Result, Store};
use crate::domain::Reach;

/// The setting that names the journal: at random, and the same in all its copies.
const ID: &str = "journal.id";

/// Gives a journal its name, if it has none.
pub(super) fn identify(db: &Connection) -> Result<()> {
    db.execute("INSERT OR IGNORE INTO setting VALUES (?1, lower(hex(randomblob(16))))", [ID])?;
    Ok(())
}

/// The name of a journal; none for one of an older Confidant that was not written to since.
pub(super) fn id(db: &Connection) -> Result<Option<String>> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    Ok(statement.query_row([ID], |row| row.get(0)).optional()?)
}

/// The newest change; its number never goes back, whatever is taken away.
pub(super) fn reach(db: &Connection) -> Result<Reach> {
    let mut statement = db.prepare_cached(
        "SELECT ifnull((SELECT max(seq) FROM sqlite_sequence WHERE name = 'change'), 0),
                ifnull((SELECT at FROM change WHERE seq = (SELECT max(seq) FROM change)), 0)",
    )?;
    Ok(statement.query_row([], |row| Ok(Reach { change: row.get(0)?, at: row.get(1)? }))?)
}

impl Store {
    /// The name of this journal and of all its copies, given at random; it is made where there is
    /// none yet.
    pub fn identify(&mut self) -> Result<()> {
        if self.journal_id()?.is_none() {
            self.change(|tx| {
                identify(&tx)?;
                Ok(tx.commit()?)
            })?;
        }
        Ok(())
    }

    /// That name, if there is one.
    pub fn journal_id(&self) -> Result<Option<String>> {
        id(&self.db)
    }

    /// How far this copy goes.
    pub fn reach(&self) -> Result<Reach> {
        reach(&self.db)
    }

    /// When the file at `path` was last written to, in milliseconds since 1970, where that can be
    /// told without opening it.
    pub fn written_at(path: &Path) -> Option<i64> {
        path.metadata().ok().map(|data| data.mtime().saturating_mul(1000))
    }

    /// When the change of this number was made in this copy.
    pub fn changed_at(&self, change: i64) -> Result<Option<i64>> {
        let mut statement = self.db.prepare_cached("SELECT at FROM change WHERE seq = ?1")?;
        Ok(statement.query_row([change], |row| row.get(0)).optional()?)
    }
}
