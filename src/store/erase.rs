//! Erasing a person for good: all that belongs to them, what it was before, its words in the
//! search index, and the same in the backups that can be opened.
//!
//! What was said about the person under somebody else's name stays: nobody but the writer can
//! tell. What stays in the journal is a line that something was erased, when, and how much.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::kind::Kind;
use super::purge::{self, pointing, purge};
use super::{BackupFile, Error, Result, Store, Writing, connect, schema};
use crate::domain::{GoalOwner, Id, Person, Stamp};

/// Up to this size the file is written anew without the room that became free. That is done in
/// memory; in a larger file the freed pages stay, filled with zeros.
const REWRITTEN: u64 = 256 << 20;

/// How many records of each kind something comprises, in the order of the kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(pub Vec<(Kind, usize)>);

impl Tally {
    fn of(records: &BTreeSet<(Kind, Id<()>)>) -> Self {
        let mut counts = BTreeMap::new();
        for (kind, _) in records {
            *counts.entry(*kind).or_insert(0) += 1;
        }
        Self(counts.into_iter().collect())
    }
}

/// That something was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// How much.
    pub tally: Tally,
}

/// What became of a person in the backups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InBackups {
    /// In how many the person was, and is no longer.
    pub erased: usize,
    /// Those that this journal's key does not open, or that an older Confidant wrote: they are as
    /// they were.
    pub left: Vec<PathBuf>,
}

impl Store {
    /// What would go with a person, in the bin or not.
    pub fn belongings(&self, person: Id<Person>) -> Result<Tally> {
        Ok(Tally::of(&belongings(&self.db, person)?))
    }

    /// Removes a person for good, with everything that belongs to them. Nothing brings it back.
    pub fn erase(&mut self, stamp: Stamp, person: Id<Person>) -> Result<Tally> {
        let tally = self.change(|tx| {
            let tally = erase(&tx, stamp, person)?;
            tx.commit()?;
            Ok(tally)
        })?;
        // That is not to be broken off by a key: the words are to be gone when this says so.
        let key_waits = self.key_waits.take();
        let forgotten = self.forget_words().and_then(|()| {
            let _writing = Writing::begin(&self.writing);
            rewrite(&self.db, &self.path)
        });
        self.key_waits = key_waits;
        forgotten.map(|()| tally)
    }

    /// That and when something was erased, the latest first.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        let mut statement =
            self.db.prepare_cached("SELECT at, counts FROM erasure ORDER BY at DESC, id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (at, counts) = row?;
            let counts: BTreeMap<String, usize> =
                serde_json::from_str(&counts).map_err(|_| Error::Damaged)?;
            let known =
                Kind::ALL.iter().filter_map(|kind| Some((*kind, *counts.get(kind.table())?)));
            Ok(Erasure { at, tally: Tally(known.collect()) })
        })
        .collect()
    }

    /// Removes a person for good from the backups beside the journal. `progress` hears how many
    /// were looked at, of how many.
    pub fn erase_in_backups(
        &self,
        stamp: Stamp,
        person: Id<Person>,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<InBackups> {
        let backups = self.backups();
        let mut found = InBackups::default();
        for (done, BackupFile { path, .. }) in backups.iter().enumerate() {
            progress(done, backups.len());
            match self.erase_in(path, stamp, person) {
                Ok(erased) => found.erased += usize::from(erased),
                Err(error @ (Error::Full | Error::ReadOnly)) => return Err(error),
                Err(_) => found.left.push(path.clone()),
            }
        }
        Ok(found)
    }

    fn erase_in(&self, backup: &Path, stamp: Stamp, person: Id<Person>) -> Result<bool> {
        let mut db = connect(backup, self.key.as_ref())?;
        if schema::form(&db)? != self.form {
            return Err(Error::TooNew { found: schema::form(&db)?, known: self.form });
        }
        let known = db.prepare("SELECT 1 FROM person WHERE id = ?1")?.exists([person])?;
        if known {
            let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            erase(&tx, stamp, person)?;
            tx.commit()?;
            db.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
            rewrite(&db, backup)?;
        }
        Ok(known)
    }
}

/// All records that belong to a person, and the goals that are theirs and shared with nobody else.
fn belongings(db: &Connection, person: Id<Person>) -> Result<BTreeSet<(Kind, Id<()>)>> {
    let mut found = BTreeSet::new();
    gather(db, Kind::Person, person.cast(), &mut found)?;
    for goal in goals(db, person)? {
        gather(db, Kind::Goal, goal, &mut found)?;
    }
    Ok(found)
}

fn gather(
    db: &Connection,
    kind: Kind,
    id: Id<()>,
    found: &mut BTreeSet<(Kind, Id<()>)>,
) -> Result<()> {
    found.insert((kind, id));
    for (child, column) in kind.children() {
        if !child.stays_without(column) {
            for owned in pointing(db, *child, column, id)? {
                gather(db, *child, owned, found)?;
            }
        }
    }
    Ok(())
}

/// The goals of a person's, or of both, that no other person shares. A goal of mine stays mine.
fn goals(db: &Connection, person: Id<Person>) -> Result<Vec<Id<()>>> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM goal WHERE owner <> ?2
            AND id IN (SELECT w.goal FROM goal_with w JOIN relationship r ON r.id = w.relationship
                       WHERE r.person = ?1)
            AND id NOT IN (SELECT w.goal FROM goal_with w
                           JOIN relationship r ON r.id = w.relationship
                           WHERE r.person <> ?1)",
    )?;
    let found = statement
        .query_map(params![person, GoalOwner::Me.code()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

fn erase(db: &Connection, stamp: Stamp, person: Id<Person>) -> Result<Tally> {
    if !db.prepare_cached("SELECT 1 FROM person WHERE id = ?1")?.exists([person])? {
        return Err(Error::Gone);
    }
    let tally = Tally::of(&belongings(db, person)?);
    for goal in goals(db, person)? {
        purge(db, Kind::Goal, goal)?;
    }
    purge(db, Kind::Person, person.cast())?;
    purge::leave_words_to_forget(db)?;
    let counts: BTreeMap<_, _> = tally.0.iter().map(|(kind, n)| (kind.table(), n)).collect();
    let counts = serde_json::to_string(&counts).map_err(|_| Error::Damaged)?;
    db.execute(
        "INSERT INTO erasure (id, at, counts) VALUES (?1, ?2, ?3)",
        params![Id::<()>::new(stamp.now), stamp.now.timestamp_millis(), counts],
    )?;
    Ok(tally)
}

/// Writes the file anew, without the room that became free, unless that is too much for the
/// memory of a small machine.
fn rewrite(db: &Connection, path: &Path) -> Result<()> {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size <= REWRITTEN {
        db.execute_batch("VACUUM")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Layer, Moment, Origin, Owner, Party, Person, Relationship, Role, Session, SessionState,
        When,
    };
    use crate::store::Kept;

    /// A journal that is too large to be written anew keeps its size; the words go all the same.
    #[test]
    fn no_word_is_left_in_a_file_that_is_not_written_anew() {
        const PLANTED: &str = "Zanzibarplum";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        let now: Moment = "2026-11-22T12:00:00+00:00".parse().expect("a moment");
        let stamp = Stamp { now, origin: Origin::new(now) };
        let owner = Owner { name: "Asha".into() };
        let mut store = Store::create(&path, None, &owner, stamp).expect("a journal");
        let mut add = |name: &str| {
            let person = Person { name: name.into(), ..Person::default() };
            store.add_person(stamp, &person, |person| Relationship::new(person, Role::Mentor))
        };
        let (with, other) = (add(PLANTED).expect("added"), add("Tom").expect("added"));
        // Texts that take many pages, and versions between those of somebody else.
        for (number, with) in [with, other, with, other].into_iter().enumerate() {
            let session = Session::new(with, When::day(now.date_naive()), SessionState::Held);
            let session = store.add_session(stamp, &session, &[], &[]).expect("a session");
            let word = if number % 2 == 0 { PLANTED } else { "quince" };
            let mut base = None;
            for version in 0..6 {
                let text = format!("{word} {version} ").repeat(900);
                let kept = store.save_text(stamp, session, Layer::Notes, base, &text);
                let Ok(Kept::Saved(saved)) = kept else { panic!("nobody else writes") };
                base = saved;
            }
            store.add_to_agenda(stamp, with, Party::Me, &format!("Ask {word}")).expect("a line");
        }
        let holds = |word: &str| {
            let bytes = std::fs::read(&path).expect("the file").to_ascii_lowercase();
            let word = word.to_lowercase();
            bytes.windows(word.len()).any(|at| at == word.as_bytes())
        };
        assert!(holds(PLANTED) && holds("quince"));

        let person = store.relationship(with).expect("one").value.person;
        let gone = store.change(|tx| {
            let gone = erase(&tx, stamp, person)?;
            tx.commit()?;
            Ok(gone)
        });
        gone.expect("erased");
        store.forget_words().expect("forgotten");
        assert!(!holds(PLANTED), "the freed pages are empty");
        assert!(holds("quince"), "what is another's stays");
        let verdict = store.verify(|_| {}).expect("verified");
        assert!(verdict.problems.is_empty(), "{:?}", verdict.problems);
    }
}
