//! Going through the whole file: its pages, its cipher, its references, its search index.
//!
//! It is done piece by piece, so that a screen can show how far it has come and hear keys between
//! two pieces.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::kind::Kind;
use super::{Error, Result, Store, index};
use crate::domain::Id;

/// How many entries or records are looked at in one piece.
const PIECE: usize = 500;

/// What a look through the whole file found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many records were looked at.
    pub records: u64,
    /// What is wrong, a line each; empty for a good file.
    pub problems: Vec<String>,
}

/// What is gone through now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The pages of the file.
    Pages,
    /// The seal on every page of an encrypted file. No key breaks this piece off: SQLCipher does it
    /// in one go and asks nobody, about a second for three hundred megabytes.
    Seals,
    /// What belongs to what.
    References,
    /// The entries of the search index.
    Index,
    /// The records, so many so far.
    Records(u64),
}

/// A look through the whole file under way.
#[derive(Debug, Default)]
pub struct Verifying {
    next: Next,
    /// The last entry, or record of the kind, that was looked at.
    after: After,
    stray: u64,
    unindexed: u64,
    verdict: Verdict,
}

#[derive(Clone, Copy, Debug, Default)]
enum Next {
    #[default]
    Pages,
    Seals,
    References,
    Halves,
    Entries,
    /// The records of the kind at this place in the list of kinds.
    Records(usize),
    Nothing,
}

#[derive(Debug, Default)]
struct After {
    entry: Option<i64>,
    record: Option<Id<()>>,
}

impl Verifying {
    /// What is gone through next; nothing once all is.
    pub const fn part(&self) -> Option<Part> {
        match self.next {
            Next::Pages => Some(Part::Pages),
            Next::Seals => Some(Part::Seals),
            Next::References => Some(Part::References),
            Next::Halves | Next::Entries => Some(Part::Index),
            Next::Records(_) => Some(Part::Records(self.verdict.records)),
            Next::Nothing => None,
        }
    }

    /// What was found.
    pub fn verdict(self) -> Verdict {
        self.verdict
    }

    fn go_on(&mut self, db: &Connection, encrypted: bool) -> Result<()> {
        self.next = match self.next {
            Next::Pages if is_sound(db)? => {
                if encrypted {
                    Next::Seals
                } else {
                    Next::References
                }
            }
            Next::Seals if seals_are_good(db)? => Next::References,
            Next::Pages | Next::Seals => {
                // What else there is to look at may not even be readable.
                self.verdict.problems.push("Some pages of the file are damaged.".to_owned());
                Next::Nothing
            }
            Next::References => {
                let sql = "SELECT count(*) FROM pragma_foreign_key_check";
                let loose: i64 = db.query_row(sql, [], |row| row.get(0))?;
                if loose > 0 {
                    let says = format!("{loose} records belong to something that is not there.");
                    self.verdict.problems.push(says);
                }
                Next::Halves
            }
            Next::Halves => {
                self.stray += stray_halves(db)?;
                Next::Entries
            }
            Next::Entries => self.entries(db)?,
            Next::Records(at) => match Kind::ALL.get(at) {
                Some(kind) => self.records(db, *kind, at)?,
                None => self.sum_up(),
            },
            Next::Nothing => Next::Nothing,
        };
        Ok(())
    }

    /// Entries of the search index that belong to nothing.
    fn entries(&mut self, db: &Connection) -> Result<Next> {
        let mut statement = db.prepare_cached(
            "SELECT rowid, kind, row FROM indexed WHERE rowid > ifnull(?1, -9223372036854775808)
             ORDER BY rowid LIMIT ?2",
        )?;
        let entries: Vec<(i64, Kind, Id<()>)> = statement
            .query_map(params![self.after.entry, limit()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut stray = 0;
        for (_, kind, id) in &entries {
            stray += u64::from(!index::is_right(db, *kind, *id)?);
        }
        self.stray += stray;
        self.after.entry = entries.last().map(|(rowid, ..)| *rowid).or(self.after.entry);
        Ok(if entries.len() < PIECE { Next::Records(0) } else { Next::Entries })
    }

    /// Records that the search index does not know.
    fn records(&mut self, db: &Connection, kind: Kind, at: usize) -> Result<Next> {
        let next_kind = Next::Records(at + 1);
        let Some(every) = index::every(kind) else { return Ok(next_kind) };
        let sql =
            format!("SELECT id FROM ({every}) WHERE id > ifnull(?1, x'') ORDER BY id LIMIT ?2");
        let ids: Vec<Id<()>> = db
            .prepare_cached(&sql)?
            .query_map(params![self.after.record, limit()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut unindexed = 0;
        for id in &ids {
            unindexed += u64::from(!index::is_right(db, kind, *id)?);
        }
        self.unindexed += unindexed;
        self.verdict.records += ids.len() as u64;
        if ids.len() < PIECE {
            self.after.record = None;
            return Ok(next_kind);
        }
        self.after.record = ids.last().copied();
        Ok(Next::Records(at))
    }

    fn sum_up(&mut self) -> Next {
        let problems = &mut self.verdict.problems;
        if self.stray > 0 {
            problems.push(format!("{} entries of the search index belong to nothing.", self.stray));
        }
        if self.unindexed > 0 {
            problems.push(format!("{} records are missing from the search index.", self.unindexed));
        }
        Next::Nothing
    }
}

impl Store {
    /// Goes through the whole file. `progress` hears what comes next.
    pub fn verify(&self, mut progress: impl FnMut(Part)) -> Result<Verdict> {
        let mut verifying = Verifying::default();
        while let Some(part) = verifying.part() {
            progress(part);
            self.verify_on(&mut verifying)?;
        }
        Ok(verifying.verdict())
    }

    /// Goes through the next piece of the file. Where a key breaks it off, the same piece is next.
    pub fn verify_on(&self, verifying: &mut Verifying) -> Result<()> {
        match verifying.go_on(&self.db, self.is_encrypted()) {
            // So much is damaged that it cannot even be gone through.
            Err(Error::Damaged) => {
                let says = "Some pages of the file are damaged.".to_owned();
                verifying.verdict.problems.push(says);
                verifying.next = Next::Nothing;
                Ok(())
            }
            done => done,
        }
    }
}

fn limit() -> i64 {
    i64::try_from(PIECE).unwrap_or(i64::MAX)
}

/// Entries that stand in one half of the index and not in the other.
fn stray_halves(db: &Connection) -> Result<u64> {
    let stray: i64 = db.query_row(
        "SELECT (SELECT count(*) FROM search_docsize
                 WHERE NOT EXISTS (SELECT 1 FROM indexed WHERE rowid = search_docsize.id))
              + (SELECT count(*) FROM indexed
                 WHERE NOT EXISTS (SELECT 1 FROM search_docsize WHERE id = indexed.rowid))",
        [],
        |row| row.get(0),
    )?;
    Ok(u64::try_from(stray).unwrap_or(0))
}

/// The same of a file that other processes write to. The check of the search index goes by what
/// this connection last saw of it, unless it is asked something first; another may have rebuilt it
/// since.
fn is_sound(db: &Connection) -> Result<bool> {
    let asked = db.prepare("SELECT 1 FROM search WHERE search MATCH 'a' LIMIT 1");
    // Whether that works is for the check itself to say.
    drop(asked.and_then(|mut asked| asked.exists([])));
    pages_are_whole(db)
}

/// Whether the file ends before its last page. Looked at twice: another process may have made it
/// shorter between the two questions.
fn is_cut(db: &Connection) -> Result<bool> {
    let once = || -> Result<bool> {
        let pages: i64 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        // Of an encrypted file the cipher answers, in letters.
        let size: Value = db.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let size = match size {
            Value::Integer(size) => size,
            Value::Text(size) => size.parse().unwrap_or(0),
            _ => 0,
        };
        let length = db.path().and_then(|path| std::fs::metadata(path).ok());
        Ok(length.is_some_and(|data| {
            data.len() < u64::try_from(pages.saturating_mul(size)).unwrap_or(0)
        }))
    };
    Ok(once()? && once()?)
}

/// Whether every page is there and reads as it was written.
pub(super) fn pages_are_good(db: &Connection, encrypted: bool) -> Result<bool> {
    Ok(pages_are_whole(db)? && (!encrypted || seals_are_good(db)?))
}

fn pages_are_whole(db: &Connection) -> Result<bool> {
    if is_cut(db)? {
        return Ok(false);
    }
    let answer: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(answer == "ok")
}

/// Whether every page of an encrypted file bears the seal it was written with, also those that are
/// free.
fn seals_are_good(db: &Connection) -> Result<bool> {
    Ok(!db.prepare("PRAGMA cipher_integrity_check")?.exists([])?)
}
