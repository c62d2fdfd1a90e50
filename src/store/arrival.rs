//! Bringing in much at once: in short writes that make one change, and hidden until all is there.
//!
//! No write lasts long, so that a screen can save meanwhile. What has arrived stands in its tables
//! with a `deleted` below zero, which every reader passes over; when the last record is in, that
//! mark is taken off. An arrival whose process ended early goes again, a bit at each start.

use std::collections::HashSet;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::door::{Action, Door};
use super::exchange::{Archive, Imported};
use super::kind::{Entity, Kind, record};
use super::{Error, Refused, Result, Store, Writing as Busy, index, purge, schema};
use crate::domain::{Id, Layer, Record, Session, Stamp, Writing};

/// How many records one write holds, and how much of their text.
const RECORDS: usize = 250;
const BYTES: usize = 256 * 1024;

/// How long the journal is left alone between two writes: some times as long as who waits for a
/// turn waits before looking again.
const PAUSE: Duration = Duration::from_millis(25);

/// How often a write that others stand in the way of is tried again; each try waits two seconds.
const TRIES: usize = 15;

/// How many records become visible, or go, in one write.
const AT_ONCE: usize = 1_000;

/// Up to how many records an arrival is shown as one write, which nobody sees half done.
const SHOWN_WHOLE: usize = 2_000;

impl Store {
    /// Brings in what `work` hands over, as one change: all of it or nothing. `process` says who is
    /// at work, as for drafts.
    pub fn bring_in<R, E: From<Error>>(
        &mut self,
        stamp: Stamp,
        process: &str,
        work: impl FnOnce(&mut Arrival<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        if self.has_arrivals()? {
            return Err(Error::Arriving.into());
        }
        let busy = Busy::begin(&self.writing);
        let mut arrival = Arrival::new(self, stamp, process);
        let done = work(&mut arrival).and_then(|done| {
            let end = arrival.finish()?;
            Ok((done, end))
        });
        let (change, begun) = (arrival.change, arrival.begun);
        // What was written and not yet committed goes with it.
        drop(arrival);
        let done = match done {
            Ok((done, End::Whole)) => Ok(done),
            Ok((done, End::ToShow)) => self.show(change).map(|()| done).map_err(E::from),
            Err(error) => {
                if begun {
                    // Where this fails too, the next start goes on with it; what is told is why.
                    let left = self.leave(change).and_then(|()| self.take_away(change, usize::MAX));
                    drop(left);
                }
                Err(error)
            }
        };
        drop(busy);
        done
    }

    /// Says what [`Store::bring_in`] would do, and writes nothing.
    pub fn try_bring_in<R, E: From<Error>>(
        &self,
        stamp: Stamp,
        work: impl FnOnce(&mut Arrival<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut arrival = Arrival::new(self, stamp, "");
        arrival.said = Some(Said::default());
        work(&mut arrival)
    }

    /// Goes on with arrivals that nobody is at work on: what was complete becomes visible, what was
    /// broken off or taken back goes, in no more than `writes` short writes.
    pub fn tidy_arrivals(
        &mut self,
        is_running: impl Fn(&str) -> bool,
        writes: usize,
    ) -> Result<()> {
        let arrivals: Vec<(i64, String, String)> = self
            .db
            .prepare_cached("SELECT change, process, step FROM arrival")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (change, process, step) in arrivals {
            if !process.is_empty() && is_running(&process) {
                continue;
            }
            match step.as_str() {
                "showing" => self.show(change)?,
                "hiding" => self.hide(change)?,
                "coming" => self.leave(change)?,
                _ => self.take_away(change, writes)?,
            }
        }
        Ok(())
    }

    /// Whether anything is on its way in or out, so that readers of whole tables look twice.
    pub(super) fn has_arrivals(&self) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM arrival LIMIT 1")?.exists([])?)
    }

    /// Takes back an import that is too much for one write: it is hidden at once, and goes for good
    /// when the journal is tidied. That cannot be undone itself; the import can be made again.
    pub(super) fn take_back_arrival(&mut self, stamp: Stamp, change: i64) -> Result<()> {
        self.write(stamp, Action::Undo, |door| {
            refuse_moved_on(door.tx, change)?;
            door.record()?;
            door.tx.execute(
                "UPDATE change SET reverses = ?2, state = 'abandoned' WHERE seq = ?1",
                [door.change, change],
            )?;
            door.tx.execute("UPDATE change SET state = 'undone' WHERE seq = ?1", [change])?;
            door.tx.execute("INSERT INTO arrival VALUES (?1, '', 'hiding')", [change])?;
            Ok(())
        })?;
        self.hide(change)
    }

    /// Whether `change` brought in more than one write should take back.
    pub(super) fn is_large_arrival(&self, change: i64) -> Result<bool> {
        let mut large = self.db.prepare_cached(
            "SELECT 1 FROM change WHERE seq = ?1 AND action = 'import'
                AND EXISTS (SELECT 1 FROM image WHERE change = ?1 LIMIT 1 OFFSET ?2)
                AND NOT EXISTS (SELECT 1 FROM image WHERE change = ?1 AND before IS NOT NULL)",
        )?;
        Ok(large.exists((change, i64::try_from(AT_ONCE).unwrap_or(i64::MAX)))?)
    }

    fn leave(&mut self, change: i64) -> Result<()> {
        self.change(|tx| {
            tx.execute(
                "UPDATE arrival SET step = 'leaving', process = '' WHERE change = ?1",
                [change],
            )?;
            Ok(tx.commit()?)
        })
    }

    fn show(&mut self, change: i64) -> Result<()> {
        self.turn(change, Veil::Off)?;
        self.change(|tx| {
            let _ = stands(&tx, change)?;
            Ok(tx.commit()?)
        })
    }

    fn hide(&mut self, change: i64) -> Result<()> {
        self.turn(change, Veil::On)?;
        self.leave(change)
    }

    fn turn(&mut self, change: i64, veil: Veil) -> Result<()> {
        for kind in Kind::ALL {
            let mut after = Some(FIRST);
            while let Some(from) = after {
                let (to_turn, last) = to_turn(&self.db, change, *kind, from, veil)?;
                after = last;
                if to_turn.is_empty() {
                    continue;
                }
                self.change(|tx| {
                    turn(&tx, *kind, &to_turn, veil)?;
                    Ok(tx.commit()?)
                })?;
                std::thread::sleep(PAUSE);
            }
        }
        Ok(())
    }

    /// Removes for good what an arrival brought, children first. Once all is gone, the arrival is.
    fn take_away(&mut self, change: i64, writes: usize) -> Result<()> {
        for _ in 0..writes {
            let is_done = self.change(|tx| {
                let is_done = purge_some(&tx, change)?;
                tx.commit()?;
                Ok(is_done)
            })?;
            if is_done {
                break;
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

/// An import under way.
pub struct Arrival<'store> {
    store: &'store Store,
    stamp: Stamp,
    process: String,
    change: i64,
    /// Whether an earlier write of it stands in the file.
    begun: bool,
    /// What would have been added, where nothing is to be written.
    said: Option<Said>,
    portion: Option<Portion<'store>>,
    records: usize,
}

/// What a try would have brought.
#[derive(Default)]
struct Said {
    records: HashSet<(Kind, Id<()>)>,
    texts: HashSet<(Id<Session>, Layer)>,
}

/// What stands where a text is to come.
pub enum Standing {
    /// Nothing.
    Free,
    /// A text that was here before, in the bin or not.
    Here(Record<Writing>),
    /// A text that came in just now.
    Brought,
}

/// One short write.
struct Portion<'store> {
    tx: Transaction<'store>,
    stale_index: Vec<(Kind, Id<()>)>,
    records: usize,
    bytes: usize,
}

/// How the last write ended.
enum End {
    /// All there was to do.
    Whole,
    /// All is there and still hidden.
    ToShow,
}

impl<'store> Arrival<'store> {
    fn new(store: &'store Store, stamp: Stamp, process: &str) -> Self {
        Self {
            store,
            stamp,
            process: process.to_owned(),
            change: 0,
            begun: false,
            said: None,
            portion: None,
            records: 0,
        }
    }

    /// Brings one record in, unless one of that id is here. Parents come before their children.
    pub fn take<T: Entity>(&mut self, archive: &Archive<T>) -> Result<Imported> {
        archive.value.check()?;
        if self.is_there(archive.id)? {
            return Ok(Imported::Known);
        }
        let id = archive.id.cast();
        if let Some(said) = &mut self.said {
            said.records.insert((T::KIND, id));
            return Ok(Imported::Added);
        }
        self.write(|door| {
            let mut row = archive.row(door.change);
            let size = row.size();
            let is_behind = match row.first_id().filter(|_| T::KIND == Kind::Writing) {
                Some(session) => is_hidden(door.tx, session)?,
                None => false,
            };
            if !is_behind {
                row.deleted = Some(row.deleted.map_or(-1, |at| -1 - at.max(1)));
            }
            door.put(T::KIND, id, Some(row))?;
            Ok(size)
        })?;
        Ok(Imported::Added)
    }

    /// Brings in what a text once was. `number` tells versions apart; older ones have smaller ones.
    pub fn take_version(
        &mut self,
        writing: &Archive<Writing>,
        number: i64,
        written: i64,
        body: &str,
    ) -> Result<()> {
        if self.said.is_some() {
            return Ok(());
        }
        self.write(|door| {
            door.remember(
                Kind::Writing,
                writing.id.cast(),
                &writing.version(number, written, body),
            )?;
            Ok(body.len())
        })
    }

    /// Whether a record is here, in the bin, or came in just now.
    pub fn is_there<T: Entity>(&self, id: Id<T>) -> Result<bool> {
        if self.said.as_ref().is_some_and(|said| said.records.contains(&(T::KIND, id.cast()))) {
            return Ok(true);
        }
        let sql = format!("SELECT 1 FROM {} WHERE id = ?1", T::KIND.table());
        Ok(self.store.db.prepare_cached(&sql)?.exists([id])?)
    }

    /// What has the place of a text that is to come.
    pub fn standing(&mut self, session: Id<Session>, layer: Layer) -> Result<Standing> {
        let found = self
            .store
            .db
            .prepare_cached("SELECT * FROM writing WHERE session = ?1 AND layer = ?2")?
            .query_row((session, layer.code()), record::<Writing>)
            .optional()?;
        Ok(match found {
            Some(text) if self.begins_with(&text) => Standing::Brought,
            Some(text) => Standing::Here(text),
            None => {
                let is_free =
                    self.said.as_mut().is_none_or(|said| said.texts.insert((session, layer)));
                if is_free { Standing::Free } else { Standing::Brought }
            }
        })
    }

    /// The journal as it stands, with what has arrived.
    pub const fn store(&self) -> &Store {
        self.store
    }

    fn begins_with(&self, text: &Record<Writing>) -> bool {
        text.rev.0 == self.change
    }

    /// Runs `work`, which says how much it wrote, on the door of the write under way, and ends that
    /// write where it is full.
    fn write(&mut self, work: impl FnOnce(&mut Door<'_>) -> Result<usize>) -> Result<()> {
        let mut portion = match self.portion.take() {
            Some(portion) => portion,
            None => self.begin_portion()?,
        };
        let mut door = Door::go_on(&portion.tx, self.stamp, Action::Import, self.change);
        let bytes = work(&mut door)?;
        let mut stale = door.into_stale_index();
        portion.stale_index.append(&mut stale);
        portion.records += 1;
        portion.bytes += bytes;
        self.records += 1;
        if portion.records < RECORDS && portion.bytes < BYTES {
            self.portion = Some(portion);
            return Ok(());
        }
        index::refresh(&portion.tx, &portion.stale_index)?;
        commit(&portion.tx)?;
        self.begun = true;
        drop(portion);
        std::thread::sleep(PAUSE);
        Ok(())
    }

    fn begin_portion(&mut self) -> Result<Portion<'store>> {
        if self.store.is_moved() {
            return Err(Error::Moved);
        }
        let tx = patiently(|| {
            Ok(Transaction::new_unchecked(&self.store.db, TransactionBehavior::Immediate)?)
        })?;
        if schema::form(&tx)? != self.store.form {
            return Err(Error::Moved);
        }
        if self.begun {
            let mut standing = tx.prepare_cached("SELECT 1 FROM arrival WHERE change = ?1")?;
            if !standing.exists([self.change])? {
                // Whoever took it away could not see that this process still runs.
                return Err(Error::Gone);
            }
        } else {
            let mut door = Door::begin(&tx, self.stamp, Action::Import)?;
            door.record()?;
            self.change = door.change;
            tx.execute("UPDATE change SET state = 'abandoned' WHERE seq = ?1", [self.change])?;
            tx.execute(
                "INSERT INTO arrival VALUES (?1, ?2, 'coming')",
                params![self.change, self.process],
            )?;
        }
        Ok(Portion { tx, stale_index: Vec::new(), records: 0, bytes: 0 })
    }

    /// All is there: it becomes visible and can be taken back.
    fn finish(&mut self) -> Result<End> {
        let portion = match self.portion.take() {
            Some(portion) => portion,
            None if self.begun => self.begin_portion()?,
            // Nothing of it was new.
            None => return Ok(End::Whole),
        };
        index::refresh(&portion.tx, &portion.stale_index)?;
        let end = if self.records <= SHOWN_WHOLE {
            for kind in Kind::ALL {
                let mut after = Some(FIRST);
                while let Some(from) = after {
                    let (some, last) = to_turn(&portion.tx, self.change, *kind, from, Veil::Off)?;
                    turn(&portion.tx, *kind, &some, Veil::Off)?;
                    after = last;
                }
            }
            stands(&portion.tx, self.change)?
        } else {
            let sql = "UPDATE arrival SET step = 'showing' WHERE change = ?1";
            portion.tx.execute(sql, [self.change])?;
            End::ToShow
        };
        commit(&portion.tx)?;
        Ok(end)
    }
}

/// Whether what arrived is hidden or shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Veil {
    On,
    Off,
}

/// Before every id.
const FIRST: Id<()> = Id::from_bytes([0; 16]);

/// Which records are to be turned, and the last one that was looked at, where there may be more.
type Turning = (Vec<Id<()>>, Option<Id<()>>);

/// The next records of one kind whose veil is to be turned.
fn to_turn(db: &Connection, change: i64, kind: Kind, after: Id<()>, veil: Veil) -> Result<Turning> {
    let sql = format!(
        "SELECT i.row, ifnull(t.deleted, 0) FROM image i JOIN {} t ON t.id = i.row
         WHERE i.change = ?1 AND i.kind = ?2 AND i.row > ?3 ORDER BY i.row LIMIT ?4",
        kind.table()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let rows = statement
        .query_map(params![change, kind, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(Id<()>, i64)>>>()?;
    let last = rows.last().map(|(id, _)| *id);
    let turned = |deleted: i64| (deleted < 0) == (veil == Veil::On);
    let ids = rows.into_iter().filter(|(_, deleted)| !turned(*deleted)).map(|(id, _)| id);
    Ok((ids.collect(), last))
}

fn turn(db: &Connection, kind: Kind, ids: &[Id<()>], veil: Veil) -> Result<()> {
    let to = match veil {
        Veil::On => "CASE WHEN deleted IS NULL THEN -1 ELSE -1 - deleted END",
        Veil::Off => "CASE deleted WHEN -1 THEN NULL ELSE -1 - deleted END",
    };
    // The texts of a hidden session are hidden with it; to write each of them anew takes long.
    let behind = match kind {
        Kind::Writing => {
            "AND NOT EXISTS (SELECT 1 FROM session s WHERE s.id = writing.session AND s.deleted < 0)"
        }
        _ => "",
    };
    let sql = format!("UPDATE {} SET deleted = {to} WHERE id = ?1 {behind}", kind.table());
    let mut statement = db.prepare_cached(&sql)?;
    for id in ids {
        statement.execute([id])?;
    }
    Ok(())
}

fn is_hidden(db: &Connection, session: Id<()>) -> Result<bool> {
    let mut hidden = db.prepare_cached("SELECT 1 FROM session WHERE id = ?1 AND deleted < 0")?;
    Ok(hidden.exists([session])?)
}

/// The arrival is over: its change stands, and what could have been redone no longer can.
fn stands(db: &Connection, change: i64) -> Result<End> {
    db.execute("UPDATE change SET state = 'done' WHERE seq = ?1", [change])?;
    db.execute(
        "UPDATE change SET state = 'abandoned'
         WHERE origin = (SELECT origin FROM change WHERE seq = ?1) AND state = 'done'
           AND seq < ?1 AND action = 'undo'",
        [change],
    )?;
    db.execute("DELETE FROM arrival WHERE change = ?1", [change])?;
    Ok(End::Whole)
}

/// Removes some of what an arrival brought, or the arrival itself where that was all; says whether
/// it was.
fn purge_some(db: &Connection, change: i64) -> Result<bool> {
    for kind in Kind::ALL.iter().rev() {
        let some: Vec<Id<()>> = db
            .prepare_cached("SELECT row FROM image WHERE change = ?1 AND kind = ?2 LIMIT ?3")?
            .query_map(params![change, kind, i64::try_from(RECORDS).unwrap_or(i64::MAX)], |row| {
                row.get(0)
            })?
            .collect::<rusqlite::Result<_>>()?;
        if !some.is_empty() {
            for id in some {
                purge::purge(db, *kind, id)?;
            }
            return Ok(false);
        }
    }
    purge::leave_words_to_forget(db)?;
    db.execute("DELETE FROM arrival WHERE change = ?1", [change])?;
    Ok(true)
}

/// Refuses where something that came in was changed since, or something was added to it.
fn refuse_moved_on(db: &Connection, change: i64) -> Result<()> {
    for kind in Kind::ALL {
        let changed = format!(
            "SELECT 1 FROM image i LEFT JOIN {} t ON t.id = i.row
             WHERE i.change = ?1 AND i.kind = ?2 AND t.rev IS NOT ?1 LIMIT 1",
            kind.table()
        );
        if db.prepare_cached(&changed)?.exists(params![change, kind])? {
            return Err(Error::Refused(Refused::MovedOn));
        }
        for (child, column) in kind.children() {
            let added = format!(
                "SELECT 1 FROM image i JOIN {} c ON c.{column} = i.row
                 WHERE i.change = ?1 AND i.kind = ?2 AND c.rev <> ?1 LIMIT 1",
                child.table()
            );
            if db.prepare_cached(&added)?.exists(params![change, kind])? {
                return Err(Error::Refused(Refused::BuiltUpon));
            }
        }
    }
    Ok(())
}

/// Ends a write. A reader that is just at work makes it wait, and is waited for.
fn commit(tx: &Transaction<'_>) -> Result<()> {
    patiently(|| Ok(tx.execute_batch("COMMIT")?))
}

/// Tries again and again while others are at work: an import is not given up for a busy moment.
fn patiently<R>(mut work: impl FnMut() -> Result<R>) -> Result<R> {
    for _ in 1..TRIES {
        match work() {
            Err(Error::Busy) => {}
            done => return done,
        }
    }
    work()
}
