//! What Today is chosen from: a few rows of each kind, each found by its day. What rests or was put
//! away is left out here, so that it takes no place from the others.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::kind::record;
use super::{Entity, Result, Scope, Store};
use crate::domain::today::{Known, Who, horizon};
use crate::domain::{Id, Party, Record, Relationship};

/// The most that is fetched of one kind: more than is shown, so that the rest can be counted.
const FETCHED: u16 = 40;

/// What stands behind every list: with whom, and not with one who rests or was put away.
const WITH: &str = "p.name AS with_name, r.person AS with_person, r.id AS with_relationship";
const SPOKEN_OF: &str = "r.paused IS NULL AND r.archived = 0 AND r.deleted IS NULL";

impl Store {
    /// All that Today is chosen from.
    pub fn today(&self, scope: Scope, today: NaiveDate) -> Result<Known> {
        let until = horizon(today).to_string();
        let mut known = Known::default();
        for party in [Party::Me, Party::Them] {
            known.commitments.append(&mut self.dated(
                scope,
                "commitment",
                "x.party = ?2 AND x.closed IS NULL AND x.due_order <= ?3",
                "x.due_order, x.id",
                &[&party.code(), &until],
            )?);
        }
        known.sessions = self.dated(
            scope,
            "session",
            "x.state = ?2 AND x.starts <= ?3",
            "x.starts DESC, x.id DESC",
            &[&"planned", &format!("{until}~")],
        )?;
        known.sessions.reverse();
        Ok(known)
    }

    /// The rows of a table that are wanted, with whom each is.
    fn dated<T: Entity>(
        &self,
        scope: Scope,
        table: &str,
        wanted: &str,
        order: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<(Who, Record<T>)>> {
        let (of, with): (&str, Option<Id<Relationship>>) = match scope {
            Scope::Everyone => ("?1 IS NULL", None),
            Scope::One(id) => ("x.relationship = ?1", Some(id)),
        };
        let sql = format!(
            "SELECT x.*, {WITH} FROM {table} x CROSS JOIN relationship r ON r.id = x.relationship
             CROSS JOIN person p ON p.id = r.person
             WHERE {of} AND {wanted} AND x.deleted IS NULL AND {SPOKEN_OF}
             ORDER BY {order} LIMIT {FETCHED}"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut all: Vec<&dyn rusqlite::ToSql> = params![with].to_vec();
        all.extend_from_slice(values);
        let rows = statement.query_map(all.as_slice(), |row| Ok((who(row)?, record(row)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn who(row: &Row<'_>) -> rusqlite::Result<Who> {
    Ok(Who {
        relationship: row.get("with_relationship")?,
        person: row.get("with_person")?,
        name: row.get("with_name")?,
    })
}
