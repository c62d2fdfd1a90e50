//! Going through the whole file: its pages, its cipher, its references, its search index.

use rusqlite::Connection;

use super::kind::Kind;
use super::{Result, Store, index};
use crate::domain::Id;

/// What a look through the whole file found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many records were looked at.
    pub records: u64,
    /// What is wrong, a line each; empty for a good file.
    pub problems: Vec<String>,
}

impl Store {
    /// Goes through the whole file. `progress` hears how many records were looked at.
    pub fn verify(&self, mut progress: impl FnMut(u64)) -> Result<Verdict> {
        let mut verdict = Verdict::default();
        // The check of the search index goes by what this connection last saw of it, unless it is
        // asked something first; another process may have rebuilt it since.
        let asked = self.db.prepare("SELECT 1 FROM search WHERE search MATCH 'a' LIMIT 1");
        // Whether that works is for the check itself to say.
        drop(asked.and_then(|mut asked| asked.exists([])));
        if !pages_are_good(&self.db, self.is_encrypted())? {
            // What else there is to look at may not even be readable.
            verdict.problems.push("Some pages of the file are damaged.".to_owned());
            return Ok(verdict);
        }
        let loose: i64 =
            self.db
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if loose > 0 {
            verdict
                .problems
                .push(format!("{loose} records belong to something that is not there."));
        }
        // An entry in one half of the index and not in the other, or of something that is gone.
        let stray: i64 = self.db.query_row(
            "SELECT (SELECT count(*) FROM search_docsize
                     WHERE NOT EXISTS (SELECT 1 FROM indexed WHERE rowid = search_docsize.id))
                  + (SELECT count(*) FROM indexed
                     WHERE NOT EXISTS (SELECT 1 FROM search_docsize WHERE id = indexed.rowid))",
            [],
            |row| row.get(0),
        )?;
        let mut stray = u64::try_from(stray).unwrap_or(0);
        let mut entries = self.db.prepare("SELECT kind, row FROM indexed")?;
        for entry in entries.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (kind, id): (Kind, Id<()>) = entry?;
            stray += u64::from(!index::is_right(&self.db, kind, id)?);
        }
        if stray > 0 {
            verdict
                .problems
                .push(format!("{stray} entries of the search index belong to nothing."));
        }
        let mut unindexed = 0_u64;
        for kind in Kind::ALL {
            let Some(sql) = index::every(*kind) else { continue };
            let mut statement = self.db.prepare(&sql)?;
            let ids = statement.query_map([], |row| row.get::<_, Id<()>>(0))?;
            for id in ids {
                if !index::is_right(&self.db, *kind, id?)? {
                    unindexed += 1;
                }
                verdict.records += 1;
                if verdict.records.is_multiple_of(1000) {
                    progress(verdict.records);
                }
            }
        }
        if unindexed > 0 {
            verdict
                .problems
                .push(format!("{unindexed} records are missing from the search index."));
        }
        Ok(verdict)
    }
}

/// Whether every page reads as it was written.
pub(super) fn pages_are_good(db: &Connection, encrypted: bool) -> Result<bool> {
    if encrypted {
        let mut statement = db.prepare("PRAGMA cipher_integrity_check")?;
        if statement.exists([])? {
            return Ok(false);
        }
    }
    let answer: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(answer == "ok")
}
