//! Bringing in much at once: in short writes that make one change, and hidden until all is there.
//!
//! No write lasts long, so that a screen can save between two of them, and none holds the journal
//! once it is over: an arrival can be put down after each and taken up again. What has arrived
//! stands in its tables with a `deleted` below zero, which every reader passes over; when the last
//! record is in, that mark is taken off. An arrival whose process ended early goes again, a bit at
//! each start.

use std::collections::HashSet;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::door::{Action, Door, Row};
use super::exchange::{Archive, Imported};
use super::kind::{Entity, Kind, record};
use super::{Error, Refused, Result, Store, Writing as Busy, index, purge, roll};
use crate::domain::{Id, Layer, Record, Session, Stamp, Writing};

/// How long the journal is to be left alone between two writes: some times as long as who waits
/// for a turn waits before looking again.
pub const BREATH: Duration = Duration::from_millis(25);

/// How often a write looks whether others are done with theirs. Then it is put off, so that nobody
/// at the screen waits for it.
const TRIES: i32 = 4;

/// How many records one write holds, and how many bytes of text each of them may have for that.
const RECORDS: usize = 250;
const BYTES: usize = 1024;

/// How many it holds while somebody types, who is not to notice it.
const FEW: usize = 40;

/// How many records become visible, or hidden, in one write.
const AT_ONCE: usize = 500;

/// How many records are looked at before what is to be done with them is written.
const LOOKED_AT: usize = 5_000;

/// Up to how many records an arrival is shown as one write, which nobody sees half done, and up to
/// how many it is taken back as one.
const SHOWN_WHOLE: usize = 2_000;
const HIDDEN_WHOLE: usize = 1_000;

/// How much is done of what earlier arrivals left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tidying {
    /// One short write.
    Bit,
    /// All that is seen half done, and one short write of each that is not seen.
    Seen,
    /// All of it.
    Whole,
}

/// What is to become of an arrival next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Records come in.
    Coming,
    /// All are in, and become visible.
    Showing,
    /// It was taken back, and is being hidden.
    Hiding,
    /// It is hidden, and its records go for good.
    Leaving,
}

impl Step {
    fn from_code(code: &str) -> Self {
        match code {
            "coming" => Self::Coming,
            "showing" => Self::Showing,
            "hiding" => Self::Hiding,
            _ => Self::Leaving,
        }
    }
}

impl Store {
    /// Begins to bring something in as one change: all of it or nothing. `process` says who is at
    /// work, as for drafts. Refused while anything else is on its way in or out.
    pub fn begin_arrival(&self, stamp: Stamp, process: &str) -> Result<Arrival> {
        if self.has_arrivals()? {
            return Err(Error::Arriving);
        }
        Ok(Arrival::new(stamp, process))
    }

    /// Lets `work` hand over more of what is to come in.
    pub fn hand_over<R, E>(
        &self,
        arrival: &mut Arrival,
        work: impl FnOnce(&mut Arriving<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        // A key that waits is not to break off what is read for it.
        let _busy = Busy::begin(&self.writing);
        work(&mut Arriving { store: self, arrival })
    }

    /// Writes what was handed over. Where others are in the way it waits for the next time, which
    /// [`Error::Busy`] says.
    pub fn write_arrival(&mut self, arrival: &mut Arrival) -> Result<()> {
        if arrival.waiting.is_empty() {
            return Ok(());
        }
        self.db.busy_handler(Some(wait_briefly))?;
        let written = self.attempt(|tx| arrival.write(tx));
        self.db.busy_handler(Some(super::wait))?;
        arrival.change = written?;
        arrival.is_begun = true;
        arrival.records += arrival.waiting.len();
        arrival.waiting.clear();
        (arrival.bytes, arrival.new) = (0, New::default());
        Ok(())
    }

    /// Goes on to make visible what is all there. Says whether it is.
    pub fn end_arrival(&mut self, arrival: &mut Arrival) -> Result<bool> {
        let change = arrival.change;
        if !arrival.is_begun {
            // Nothing of it was new, or it was a try.
            return Ok(true);
        }
        if arrival.is_whole {
            return Ok(self.carry_on(change, Step::Showing)?.is_none());
        }
        if arrival.records > SHOWN_WHOLE {
            self.change(|tx| {
                let sql = "UPDATE arrival SET step = 'showing' WHERE change = ?1";
                tx.execute(sql, [change])?;
                Ok(tx.commit()?)
            })?;
            arrival.is_whole = true;
            return Ok(false);
        }
        self.change(|tx| {
            for kind in Kind::ALL {
                let mut after = Some(FIRST);
                while let Some(from) = after {
                    let (some, last) = to_turn(&tx, change, *kind, from, Veil::Off)?;
                    turn(&tx, *kind, &some, Veil::Off)?;
                    after = last;
                }
            }
            stands(&tx, change)?;
            Ok(tx.commit()?)
        })?;
        Ok(true)
    }

    /// Breaks an arrival off. Nothing of it was seen, and nothing will be; what of it stands in the
    /// file goes with [`Store::tidy_arrivals`]. One that is whole stays.
    pub fn break_off(&mut self, arrival: &Arrival) -> Result<()> {
        if arrival.is_begun && !arrival.is_whole { self.leave(arrival.change) } else { Ok(()) }
    }

    /// Goes on with arrivals that nobody is at work on: what was complete becomes visible, what was
    /// broken off or taken back goes. Says whether nothing of them is left.
    pub fn tidy_arrivals(
        &mut self,
        is_running: impl Fn(&str) -> bool,
        how_much: Tidying,
    ) -> Result<bool> {
        let mut arrivals: Vec<(i64, String, Step)> = self
            .db
            .prepare_cached("SELECT change, process, step FROM arrival")?
            .query_map([], |row| {
                let step: String = row.get(2)?;
                Ok((row.get(0)?, row.get(1)?, Step::from_code(&step)))
            })?
            .collect::<rusqlite::Result<_>>()?;
        // What is seen half done goes before what is seen no longer.
        arrivals.sort_by_key(|(change, _, step)| (*step == Step::Leaving, *change));
        let mut is_all = true;
        for (change, process, mut step) in arrivals {
            if !process.is_empty() && is_running(&process) {
                continue;
            }
            while let Some(next) = self.carry_on(change, step)? {
                match how_much {
                    Tidying::Bit => return Ok(false),
                    Tidying::Seen if step == Step::Leaving => {
                        is_all = false;
                        break;
                    }
                    Tidying::Seen | Tidying::Whole => std::thread::sleep(BREATH),
                }
                step = next;
            }
        }
        Ok(is_all)
    }

    /// Whether anything is on its way in or out, so that readers of whole tables look twice.
    pub(super) fn has_arrivals(&self) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM arrival LIMIT 1")?.exists([])?)
    }

    /// Takes back an import that is too much for one write: it is hidden, and goes for good, when
    /// the journal is tidied. That cannot be undone itself; the import can be made again.
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
        })
    }

    /// Whether `change` brought in more than one write should take back.
    pub(super) fn is_large_arrival(&self, change: i64) -> Result<bool> {
        let mut large = self.db.prepare_cached(
            "SELECT 1 FROM change WHERE seq = ?1 AND action = 'import'
                AND EXISTS (SELECT 1 FROM image WHERE change = ?1 LIMIT 1 OFFSET ?2)
                AND NOT EXISTS (SELECT 1 FROM image WHERE change = ?1 AND before IS NOT NULL)",
        )?;
        Ok(large.exists((change, i64::try_from(HIDDEN_WHOLE).unwrap_or(i64::MAX)))?)
    }

    /// One short write of what is to be done for an arrival; says what is next, if anything.
    fn carry_on(&mut self, change: i64, step: Step) -> Result<Option<Step>> {
        match step {
            Step::Coming => self.leave(change).map(|()| Some(Step::Leaving)),
            Step::Showing if !self.turn_some(change, Veil::Off)? => Ok(Some(Step::Showing)),
            Step::Showing => self.change(|tx| {
                stands(&tx, change)?;
                tx.commit()?;
                Ok(None)
            }),
            Step::Hiding if !self.turn_some(change, Veil::On)? => Ok(Some(Step::Hiding)),
            Step::Hiding => self.leave(change).map(|()| Some(Step::Leaving)),
            Step::Leaving => self.change(|tx| {
                let is_done = purge_some(&tx, change)?;
                tx.commit()?;
                Ok((!is_done).then_some(Step::Leaving))
            }),
        }
    }

    fn leave(&mut self, change: i64) -> Result<()> {
        self.change(|tx| {
            tx.execute(
                "UPDATE arrival SET step = 'leaving', process = '' WHERE change = ?1",
                [change],
            )?;
            roll::line_up_unknown(&tx)?;
            Ok(tx.commit()?)
        })
    }

    /// Turns the veil of some records, in the order of their kinds and ids; says whether that was
    /// all.
    fn turn_some(&mut self, change: i64, veil: Veil) -> Result<bool> {
        let begin = Turned { change, veil, kind: 0, after: FIRST };
        let goes_on = |at: &Turned| (at.change, at.veil) == (change, veil);
        let mut at = self.turning.take().filter(goes_on).unwrap_or(begin);
        let mut looked_at = 0;
        while let Some(kind) = Kind::ALL.get(at.kind) {
            let (some, last) = to_turn(&self.db, change, *kind, at.after, veil)?;
            if !some.is_empty() {
                self.change(|tx| {
                    turn(&tx, *kind, &some, veil)?;
                    Ok(tx.commit()?)
                })?;
            }
            (at.kind, at.after) = match last {
                Some(last) => (at.kind, last),
                None => (at.kind + 1, FIRST),
            };
            looked_at += AT_ONCE;
            if !some.is_empty() || looked_at >= LOOKED_AT {
                self.turning = Some(at);
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// How far the records of an arrival were turned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turned {
    change: i64,
    veil: Veil,
    /// Which of all kinds, and the last record of it that was looked at.
    kind: usize,
    after: Id<()>,
}

/// Waits a moment for the writer of another process, `tries` times before.
fn wait_briefly(tries: i32) -> bool {
    super::wait(tries) && tries < TRIES
}

/// An import under way. Between two writes it holds nothing of the journal.
pub struct Arrival {
    stamp: Stamp,
    process: String,
    change: i64,
    /// Whether an earlier write of it stands in the file.
    is_begun: bool,
    /// Whether all of it is there, so that it stays whatever happens.
    is_whole: bool,
    /// Whether it only says what would come in.
    is_try: bool,
    /// What was handed over and does not stand in the file: all, where it is a try.
    new: New,
    waiting: Vec<Waiting>,
    bytes: usize,
    /// How many records one write holds.
    holds: usize,
    records: usize,
}

/// What was handed over, by which it is known again.
#[derive(Default)]
struct New {
    records: HashSet<(Kind, Id<()>)>,
    texts: HashSet<(Id<Session>, Layer)>,
}

/// What is to be written.
enum Waiting {
    /// A record.
    Record(Kind, Id<()>, Row),
    /// What a text once was.
    Version(Id<()>, Row),
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

impl Arrival {
    fn new(stamp: Stamp, process: &str) -> Self {
        Self {
            stamp,
            process: process.to_owned(),
            change: 0,
            is_begun: false,
            is_whole: false,
            is_try: false,
            new: New::default(),
            waiting: Vec::new(),
            bytes: 0,
            holds: RECORDS,
            records: 0,
        }
    }

    /// One that only says what would come in, and writes nothing.
    pub fn tried(stamp: Stamp) -> Self {
        Self { is_try: true, ..Self::new(stamp, "") }
    }

    /// Makes the writes so short that somebody who types does not notice them, or not.
    pub const fn write_little(&mut self, little: bool) {
        self.holds = if little { FEW } else { RECORDS };
    }

    /// Whether as much was handed over as one short write should hold.
    pub const fn is_full(&self) -> bool {
        self.waiting.len() >= self.holds || self.bytes >= self.holds * BYTES
    }

    /// Writes what waits, as a part of the one change, whose number it says.
    fn write(&self, tx: Transaction<'_>) -> Result<i64> {
        let change = self.change_in(&tx)?;
        let mut door = Door::go_on(&tx, self.stamp, Action::Import, change);
        for waiting in &self.waiting {
            waiting.put(&mut door)?;
        }
        let stale_index = door.into_stale_index();
        index::refresh(&tx, &stale_index)?;
        tx.commit()?;
        Ok(change)
    }

    /// The change that this arrival is, put into the journal with the first write of it.
    fn change_in(&self, tx: &Transaction<'_>) -> Result<i64> {
        if self.is_begun {
            let mut standing = tx.prepare_cached("SELECT 1 FROM arrival WHERE change = ?1")?;
            if standing.exists([self.change])? {
                return Ok(self.change);
            }
            // Whoever took it away could not see that this process still runs.
            return Err(Error::Gone);
        }
        if tx.prepare_cached("SELECT 1 FROM arrival LIMIT 1")?.exists([])? {
            return Err(Error::Arriving);
        }
        let mut door = Door::begin(tx, self.stamp, Action::Import)?;
        door.record()?;
        let change = door.change;
        tx.execute("UPDATE change SET state = 'abandoned' WHERE seq = ?1", [change])?;
        tx.execute("INSERT INTO arrival VALUES (?1, ?2, 'coming')", params![change, self.process])?;
        Ok(change)
    }
}

impl Waiting {
    fn put(&self, door: &mut Door<'_>) -> Result<()> {
        let (kind, id, row) = match self {
            Self::Version(id, row) => return door.remember(Kind::Writing, *id, row),
            Self::Record(kind, id, row) => (*kind, *id, row),
        };
        let mut row = Row { rev: door.change, ..row.clone() };
        let is_behind = match row.first_id().filter(|_| kind == Kind::Writing) {
            Some(session) => is_hidden(door.tx, session)?,
            None => false,
        };
        if !is_behind {
            row.deleted = Some(row.deleted.map_or(-1, |at| -1 - at.max(1)));
        }
        door.put(kind, id, Some(row))
    }
}

/// The open end of an arrival.
pub struct Arriving<'a> {
    store: &'a Store,
    arrival: &'a mut Arrival,
}

impl Arriving<'_> {
    /// Brings one record in, unless one of that id is here. Parents come before their children.
    pub fn take<T: Entity>(&mut self, archive: &Archive<T>) -> Result<Imported> {
        archive.value.check()?;
        if self.is_there(archive.id)? {
            return Ok(Imported::Known);
        }
        let id = archive.id.cast();
        self.arrival.new.records.insert((T::KIND, id));
        let row = archive.row(0);
        self.wait_with(row.size(), Waiting::Record(T::KIND, id, row));
        Ok(Imported::Added)
    }

    /// Brings in what a text once was. `number` tells versions apart; older ones have smaller ones.
    pub fn take_version(
        &mut self,
        writing: &Archive<Writing>,
        number: i64,
        written: i64,
        body: &str,
    ) {
        let row = writing.version(number, written, body);
        self.wait_with(row.size(), Waiting::Version(writing.id.cast(), row));
    }

    fn wait_with(&mut self, bytes: usize, waiting: Waiting) {
        if !self.arrival.is_try {
            self.arrival.bytes += bytes;
            self.arrival.waiting.push(waiting);
        }
    }

    /// Whether a record is here, in the bin, or came in just now.
    pub fn is_there<T: Entity>(&self, id: Id<T>) -> Result<bool> {
        if self.arrival.new.records.contains(&(T::KIND, id.cast())) {
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
            Some(text) if self.arrival.is_begun && text.rev.0 == self.arrival.change => {
                Standing::Brought
            }
            Some(text) => Standing::Here(text),
            None if self.arrival.new.texts.insert((session, layer)) => Standing::Free,
            None => Standing::Brought,
        })
    }

    /// Whether as much was handed over as one short write should hold.
    pub const fn is_full(&self) -> bool {
        self.arrival.is_full()
    }

    /// The journal as it stands.
    pub const fn store(&self) -> &Store {
        self.store
    }
}

/// Whether what arrived is hidden or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    if matches!(kind, Kind::Person | Kind::Relationship) {
        roll::line_up_unknown(db)?;
    }
    Ok(())
}

fn is_hidden(db: &Connection, session: Id<()>) -> Result<bool> {
    let mut hidden = db.prepare_cached("SELECT 1 FROM session WHERE id = ?1 AND deleted < 0")?;
    Ok(hidden.exists([session])?)
}

/// The arrival is over: its change stands, and what could have been redone no longer can.
fn stands(db: &Connection, change: i64) -> Result<()> {
    db.execute("UPDATE change SET state = 'done' WHERE seq = ?1", [change])?;
    db.execute(
        "UPDATE change SET state = 'abandoned'
         WHERE origin = (SELECT origin FROM change WHERE seq = ?1) AND state = 'done'
           AND seq < ?1 AND action = 'undo'",
        [change],
    )?;
    db.execute("DELETE FROM arrival WHERE change = ?1", [change])?;
    roll::line_up_unknown(db)
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
