//! What my own record of commitments is made of: only what can count in it.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Row;

use super::kind::{Columns, record};
use super::today::as_list;
use super::{Result, Scope, Store};
use crate::domain::kept::{self, KeptRecord, Mine};
use crate::domain::{Commitment, CommitmentMove, Id, Record, Relationship};

/// The most of each part that the record is made of.
const MOST: u16 = 1_000;

impl Store {
    /// How I kept what I promised lately.
    pub fn kept_record(&self, scope: Scope, today: NaiveDate) -> Result<KeptRecord> {
        // What is open and not due yet counts only where its day was moved.
        let open = "c.closed IS NULL AND (c.due_order < ?2
            OR EXISTS (SELECT 1 FROM commitment_move WHERE commitment = c.id))";
        let mut mine = self.mine(scope, open, "c.due_order, c.id", today)?;
        let closed = "c.closed >= ?2";
        mine.append(&mut self.mine(
            scope,
            closed,
            "c.closed DESC, c.id DESC",
            kept::since(today),
        )?);
        let ids: Vec<_> = mine.iter().map(|(one, _)| one.id).collect();
        let mut moves = self.moves_of_all(&ids)?;
        let mine = mine.into_iter().map(|(one, rests)| {
            let its = moves.remove(&one.id).unwrap_or_default();
            (one.value, its, rests)
        });
        Ok(KeptRecord::of(&mine.collect::<Vec<Mine>>(), today))
    }

    /// Some of my commitments, and whether the relationship of each rests.
    fn mine(
        &self,
        scope: Scope,
        wanted: &str,
        order: &str,
        day: NaiveDate,
    ) -> Result<Vec<(Record<Commitment>, bool)>> {
        let (of, with): (_, Option<Id<Relationship>>) = match scope {
            Scope::Everyone => ("?1 IS NULL", None),
            Scope::One(id) => ("c.relationship = ?1", Some(id)),
        };
        let sql = format!(
            "SELECT c.*, r.paused IS NOT NULL AS rests
             FROM commitment c CROSS JOIN relationship r ON r.id = c.relationship
             WHERE {of} AND c.party = 'me' AND c.deleted IS NULL AND {wanted}
             ORDER BY {order} LIMIT {MOST}"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let read = |row: &Row<'_>| {
            let row = Columns::of(row);
            Ok((row.record()?, row.get("rests")?))
        };
        let rows = statement.query_map((with, day.to_string()), read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The days that some commitments were moved from and to, the first one of each first.
    fn moves_of_all(
        &self,
        ids: &[Id<Commitment>],
    ) -> Result<HashMap<Id<Commitment>, Vec<CommitmentMove>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT m.* FROM json_each(?1) j
             CROSS JOIN commitment_move m ON m.commitment = unhex(j.value)",
        )?;
        let moves = statement.query_map([as_list(ids)], record::<CommitmentMove>)?;
        let mut moves = moves.collect::<rusqlite::Result<Vec<_>>>()?;
        moves.sort_by_key(|moved| (moved.value.on, moved.id));
        let mut of = HashMap::<_, Vec<_>>::new();
        for moved in moves {
            of.entry(moved.value.commitment).or_default().push(moved.value);
        }
        Ok(of)
    }
}
