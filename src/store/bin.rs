//! The bin: what was deleted stays for thirty days, can be taken out, and then goes for good.

use chrono::{NaiveDate, TimeDelta};
use rusqlite::Connection;

use super::door::{Action, Door};
use super::history::{Subject, subject};
use super::kind::Kind;
use super::{Error, Result, Store, purge};
use crate::domain::{Id, Moment, Stamp};

/// The kinds that can be put into the bin by themselves; the texts of a session go with it.
const KEPT: &[Kind] = &[
    Kind::Session,
    Kind::AgendaItem,
    Kind::Commitment,
    Kind::Remembering,
    Kind::Contact,
    Kind::Goal,
    Kind::Milestone,
    Kind::Standing,
    Kind::CheckIn,
    Kind::Evidence,
    Kind::Repair,
    Kind::Agreement,
    Kind::ProgressCheck,
];

/// How long what was deleted can be taken out again.
const IN_BIN: TimeDelta = TimeDelta::days(30);
/// A day that is farther from the last one is not believed at once.
const LEAP: TimeDelta = TimeDelta::days(7);
/// The setting that says on which day it was last looked through for what is too old.
const TIDIED: &str = "bin.tidied";

/// Something in the bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binned {
    /// When it was deleted, in milliseconds since 1970.
    pub at: i64,
    /// What it is and where it belongs.
    pub subject: Subject,
}

impl Store {
    /// What is in the bin, the latest first.
    pub fn bin(&self, limit: u16) -> Result<Vec<Binned>> {
        let mut found: Vec<(i64, Kind, Id<()>)> = Vec::new();
        for kind in KEPT {
            let sql = format!(
                "SELECT deleted, id FROM {} WHERE deleted > 0 ORDER BY deleted DESC LIMIT ?1",
                kind.table()
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            for row in statement.query_map([limit], |row| Ok((row.get(0)?, *kind, row.get(1)?)))? {
                found.push(row?);
            }
        }
        found.sort_by_key(|(at, _, id)| (std::cmp::Reverse(*at), *id));
        found.truncate(usize::from(limit));
        found
            .into_iter()
            .filter_map(|(at, kind, id)| {
                let subject = subject(&self.db, kind, id).transpose()?;
                Some(subject.map(|subject| Binned { at, subject }))
            })
            .collect()
    }

    /// Takes something out of the bin, a session with its texts, what belongs to a goal with the
    /// goal.
    pub fn restore(&mut self, stamp: Stamp, kind: Kind, id: Id<()>) -> Result<()> {
        self.write(stamp, Action::Restore, |door| {
            let binned = door.row(kind, id)?.ok_or(Error::Gone)?;
            if binned.deleted.is_none() {
                return Err(Error::Gone);
            }
            door.restore(kind, id)?;
            if let Some(goal) = binned.first_id().filter(|_| kind.is_of_goal())
                && door.row(Kind::Goal, goal)?.is_some_and(|goal| goal.deleted.is_some())
            {
                door.restore(Kind::Goal, goal)?;
            }
            for (kind, part) in parts_of(door, kind, id)? {
                if door.row(kind, part)?.is_some_and(|row| row.deleted == binned.deleted) {
                    door.restore(kind, part)?;
                }
            }
            Ok(())
        })
    }

    /// Once a day, what was put into the bin more than thirty days ago goes for good.
    ///
    /// The clock may be wrong, or have been. A day that is far from the last one on which this was
    /// done is not believed at once: then it is done as of that last day. A day before that one is
    /// only taken down.
    pub fn tidy_bin(&mut self, now: Moment) -> Result<()> {
        let today = now.date_naive();
        let last: Option<NaiveDate> = self.setting(TIDIED)?.and_then(|day| day.parse().ok());
        if last == Some(today) {
            // A key may have broken it off.
            return self.forget_words();
        }
        match last.map(|last| today - last) {
            Some(passed) if passed > LEAP => self.empty_old(now - passed)?,
            Some(passed) if passed > TimeDelta::zero() => self.empty_old(now)?,
            _ => {}
        }
        self.set_setting(TIDIED, &today.to_string())
    }

    /// Removes for good what was deleted thirty days before `now`. What the clock of that time says
    /// is not all: what was deleted after something that is younger is young itself, and what was
    /// deleted before something that is older is old, whatever stands on it.
    fn empty_old(&mut self, now: Moment) -> Result<()> {
        let cut = (now - IN_BIN).timestamp_millis();
        let now = now.timestamp_millis();
        if self.bin_holds(|deleted, _| deleted < cut || deleted > now)? {
            let (young, old): (i64, i64) = self.db.query_row(
                "SELECT (SELECT ifnull(min(seq), ?3) FROM change WHERE at >= ?1 AND at <= ?2),
                        (SELECT ifnull(max(seq), 0) FROM change WHERE at < ?1)",
                [cut, now, i64::MAX],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            self.let_go(|deleted, rev| {
                (deleted < cut && rev <= young) || (deleted > now && rev < old)
            })?;
        }
        self.forget_words()
    }

    /// Removes for good what was deleted before `before` (milliseconds since 1970), with all that
    /// is remembered of it. Says how many things went.
    pub fn empty_bin(&mut self, before: i64) -> Result<usize> {
        let gone = self.let_go(|deleted, _| deleted < before)?;
        self.forget_words()?;
        Ok(gone)
    }

    /// Whether there is something in the bin of which this is true: when it was deleted, and by
    /// which change.
    fn bin_holds(&self, is: impl Fn(i64, i64) -> bool) -> Result<bool> {
        for kind in KEPT {
            if !in_bin(&self.db, *kind, &is)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn let_go(&mut self, is: impl Fn(i64, i64) -> bool) -> Result<usize> {
        self.change(|tx| {
            let mut gone = 0;
            for kind in KEPT {
                for id in in_bin(&tx, *kind, &is)? {
                    purge::purge(&tx, *kind, id)?;
                    gone += 1;
                }
            }
            if gone > 0 {
                purge::leave_words_to_forget(&tx)?;
            }
            tx.commit()?;
            Ok(gone)
        })
    }
}

/// What of this kind lies in the bin, of which this is true.
fn in_bin(db: &Connection, kind: Kind, is: impl Fn(i64, i64) -> bool) -> Result<Vec<Id<()>>> {
    let sql = format!("SELECT id, deleted, rev FROM {} WHERE deleted > 0", kind.table());
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(Id<()>, i64, i64)>>>()?;
    Ok(rows.into_iter().filter(|(_, at, rev)| is(*at, *rev)).map(|(id, ..)| id).collect())
}

/// What goes into the bin with a session and comes out with it: its texts and its progress check.
pub(super) fn parts_of(door: &Door<'_>, kind: Kind, id: Id<()>) -> Result<Vec<(Kind, Id<()>)>> {
    if kind != Kind::Session {
        return Ok(Vec::new());
    }
    let mut statement = door.tx.prepare_cached(
        "SELECT 'writing', id FROM writing WHERE session = ?1
         UNION ALL SELECT 'progress_check', id FROM progress_check WHERE session = ?1",
    )?;
    let parts = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(parts.collect::<rusqlite::Result<_>>()?)
}
