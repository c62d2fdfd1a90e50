//! The bin: what was deleted stays for thirty days, can be taken out, and then goes for good.

use chrono::TimeDelta;

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
    pub fn tidy_bin(&mut self, now: Moment) -> Result<()> {
        let today = now.date_naive().to_string();
        if self.setting(TIDIED)?.as_ref() == Some(&today) {
            // A key may have broken it off.
            return self.forget_words();
        }
        self.empty_bin((now - IN_BIN).timestamp_millis())?;
        self.set_setting(TIDIED, &today)
    }

    /// Removes for good what was deleted before `before` (milliseconds since 1970), with all that
    /// is remembered of it. Says how many things went.
    pub fn empty_bin(&mut self, before: i64) -> Result<usize> {
        let gone = self.change(|tx| {
            let mut gone = 0;
            for kind in KEPT {
                let sql =
                    format!("SELECT id FROM {} WHERE deleted > 0 AND deleted < ?1", kind.table());
                let old: Vec<Id<()>> = tx
                    .prepare_cached(&sql)?
                    .query_map([before], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for id in old {
                    purge::purge(&tx, *kind, id)?;
                    gone += 1;
                }
            }
            if gone > 0 {
                purge::leave_words_to_forget(&tx)?;
            }
            tx.commit()?;
            Ok(gone)
        })?;
        self.forget_words()?;
        Ok(gone)
    }
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
