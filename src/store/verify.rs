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
        if !pages_are_good(&self.db, self.is_encrypted())? {
            verdict.problems.push("Some pages of the file are damaged.".to_owned());
        }
        let loose: i64 =
            self.db
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if loose > 0 {
            verdict
                .problems
                .push(format!("{loose} records belong to something that is not there."));
        }
        if self.db.execute("INSERT INTO search (search) VALUES ('integrity-check')", []).is_err() {
            verdict.problems.push("The search index is damaged.".to_owned());
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
