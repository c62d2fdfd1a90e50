//! Taking records away for good: rows, what they were before, their drafts and their words.
//!
//! This serves the bin and the erasing of a person alone. What a record owns goes with it; what
//! only points at it stays, and points at nothing.

use rusqlite::Connection;

use super::kind::Kind;
use super::{Result, Store, index};
use crate::domain::Id;

/// The setting that says that the search index still holds words of what is gone.
const UNMERGED: &str = "search.unmerged";

/// How many pages of the index are merged in one write: a fraction of a second.
const MERGED_AT_ONCE: i64 = 500;

/// Removes one record and all that belongs to it.
pub(super) fn purge(db: &Connection, kind: Kind, id: Id<()>) -> Result<()> {
    for (child, column) in kind.children() {
        if child.stays_without(column) {
            let sql = format!("UPDATE {0} SET {column} = NULL WHERE {column} = ?1", child.table());
            db.prepare_cached(&sql)?.execute([id])?;
        } else {
            for owned in pointing(db, *child, column, id)? {
                purge(db, *child, owned)?;
            }
        }
    }
    index::forget(db, kind, id)?;
    db.prepare_cached("DELETE FROM draft WHERE record = ?1")?.execute([id])?;
    db.prepare_cached(
        "UPDATE change SET state = 'abandoned'
         WHERE seq IN (SELECT change FROM image WHERE row = ?1 AND kind = ?2)",
    )?
    .execute((id, kind))?;
    db.prepare_cached("DELETE FROM image WHERE row = ?1 AND kind = ?2")?.execute((id, kind))?;
    db.prepare_cached("DELETE FROM seclusion WHERE row = ?1")?.execute([id])?;
    db.prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", kind.table()))?.execute([id])?;
    Ok(())
}

/// The rows whose `column` points at `id`, in the bin or not.
pub(super) fn pointing(
    db: &Connection,
    kind: Kind,
    column: &str,
    id: Id<()>,
) -> Result<Vec<Id<()>>> {
    let sql = format!("SELECT id FROM {} WHERE {column} = ?1", kind.table());
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Remembers that the search index still holds words of what is gone, should their removal be
/// broken off.
pub(super) fn leave_words_to_forget(db: &Connection) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO setting VALUES (?1, '')", [UNMERGED])?;
    Ok(())
}

impl Store {
    /// Merges the parts of the search index into one, which leaves out the words of what is gone.
    /// It goes by short writes, so that others can write between them. A waiting key breaks it off;
    /// it goes on when the bin is emptied next.
    pub(super) fn forget_words(&mut self) -> Result<()> {
        if self.setting(UNMERGED)?.is_none() {
            return Ok(());
        }
        // A negative number begins a merge of everything, the same positive one goes on with it.
        let mut pages = -MERGED_AT_ONCE;
        loop {
            let done = self.change(|tx| {
                let before = tx.total_changes();
                tx.execute("INSERT INTO search (search, rank) VALUES ('merge', ?1)", [pages])?;
                // The statement counts as one change itself.
                let done = tx.total_changes() - before < 2;
                if done {
                    tx.execute("DELETE FROM setting WHERE name = ?1", [UNMERGED])?;
                }
                tx.commit()?;
                Ok(done)
            })?;
            if done || self.key_waits.is_some_and(|key_waits| key_waits()) {
                return Ok(());
            }
            pages = MERGED_AT_ONCE;
        }
    }
}
