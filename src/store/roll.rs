//! The roll: everybody in the order in which they are listed, and what the list shows of each.
//!
//! The order is kept beside the outlook and worked out after each change, so that a list costs what
//! it shows, however many the people are.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::kind::{Columns, coded, coded_or_none};
use super::people::{Named, named};
use super::today::as_list;
use super::{Page, Result, Store};
use crate::domain::today::long_from;
use crate::domain::{Cadence, Id, Phase, Relationship, When, text};

/// What the list of people shows of one relationship besides its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    /// The next planned session, from today on.
    pub next: Option<When>,
    /// The last session that was held.
    pub last: Option<When>,
    /// The oldest planned session before today that nobody said anything about.
    pub unanswered: Option<When>,
    /// How many agenda items are open.
    pub open: u32,
    /// How many commitments of mine are open.
    pub promised: u32,
    /// How many of those are late; none while the relationship rests.
    pub late: u32,
    /// Since when the relationship rests, if it does.
    pub paused: Option<NaiveDate>,
    /// Where it stands.
    pub phase: Phase,
    /// The day it ends, or ended.
    pub ends: Option<NaiveDate>,
    /// Where the other's clock stands, where it is known.
    pub zone: Option<Tz>,
    /// How often the two mean to meet.
    pub cadence: Option<Cadence>,
}

impl Acquaintance {
    /// For how many days the two have not met, where that is long for how often they mean to and
    /// nothing is planned.
    pub fn not_met_for(&self, today: NaiveDate) -> Option<i64> {
        let waits = self.next.is_none() && self.unanswered.is_none() && self.paused.is_none();
        let over = matches!(self.phase, Phase::Closing | Phase::Closed);
        let last = self.last.filter(|_| waits && !over)?.date;
        let long = long_from(self.cadence, last).is_some_and(|from| from <= today);
        long.then(|| today.signed_duration_since(last).num_days())
    }
}

/// What stands for the day of those who have none: it sorts behind every day.
const WITHOUT_DATE: &str = "~";

/// A place in the roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The archived come last.
    archived: bool,
    /// The first session that is planned; what has none sorts behind every day.
    meets: String,
    /// The name as names are compared.
    sorts: String,
    relationship: Id<Relationship>,
}

/// Where a part of the roll lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollNear {
    /// From the first on.
    First,
    /// Up to the last.
    Last,
    /// Around where one is now, or was, if it is there no longer.
    Around(Rank),
}

/// One row of the roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Who it is.
    pub named: Named,
    /// What the list shows of them.
    pub facts: Acquaintance,
    /// Their place.
    pub rank: Rank,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadCount {
    /// Who is listed as a rule.
    pub listed: u32,
    /// Who was put away.
    pub archived: u32,
}

impl Store {
    /// A part of the roll as it is on `today`: up to `limit` rows before `near` and as many from it
    /// on. Whoever is met next comes first, then by name who has no date or rests; the archived,
    /// where they are wanted, come last.
    pub fn roll(
        &self,
        archived: bool,
        near: &RollNear,
        limit: u16,
        today: NaiveDate,
    ) -> Result<Page<Enrolled>> {
        let from = match near {
            RollNear::First | RollNear::Last => None,
            RollNear::Around(was) => {
                let now = self.rank(was.relationship)?;
                Some(now.filter(|rank| archived || !rank.archived).unwrap_or_else(|| was.clone()))
            }
        };
        let part = |way| self.ranked(archived, way, from.as_ref(), limit, today);
        let above = if *near == RollNear::First { Vec::new() } else { part(Way::Up)? };
        let below = if *near == RollNear::Last { Vec::new() } else { part(Way::Down)? };
        Ok(Page::joined(above, below, limit))
    }

    /// How many there are.
    pub fn head_count(&self) -> Result<HeadCount> {
        let mut statement = self.db.prepare_cached(
            "SELECT count(*) FILTER (WHERE archived = 0), count(*) FILTER (WHERE archived = 1)
             FROM outlook WHERE archived IS NOT NULL",
        )?;
        let counted = |row: &Row<'_>| Ok(HeadCount { listed: row.get(0)?, archived: row.get(1)? });
        Ok(statement.query_row([], counted)?)
    }

    /// Where one stands in the roll.
    fn rank(&self, of: Id<Relationship>) -> Result<Option<Rank>> {
        let mut statement = self.db.prepare_cached(
            "SELECT archived AS shelf, meets, sorts, relationship FROM outlook
             WHERE relationship = ?1 AND archived IS NOT NULL",
        )?;
        Ok(statement.query_row([of], |row| rank(&Columns::of(row))).optional()?)
    }

    /// The rows from a place on, or before it and the nearest first, and one more than `limit` to
    /// tell whether there are more.
    fn ranked(
        &self,
        archived: bool,
        way: Way,
        from: Option<&Rank>,
        limit: u16,
        today: NaiveDate,
    ) -> Result<Vec<Enrolled>> {
        let (beyond, order) = match way {
            Way::Down => (">=", "ASC"),
            Way::Up => ("<", "DESC"),
        };
        let from_there = match from {
            Some(_) => {
                format!("(o.archived, o.meets, o.sorts, o.relationship) {beyond} (?4, ?5, ?6, ?7)")
            }
            None => "?4 IS NULL AND ?5 IS NULL AND ?6 IS NULL AND ?7 IS NULL".to_owned(),
        };
        let sql = format!(
            "SELECT r.id, r.person, p.name, p.alias, r.role, r.archived,
                o.archived AS shelf, o.meets, o.sorts, o.relationship,
                CASE WHEN r.paused IS NULL AND o.meets >= ?2 THEN nullif(o.meets, '{WITHOUT_DATE}')
                    ELSE (SELECT min(starts) FROM session WHERE relationship = r.id
                        AND state = 'planned' AND deleted IS NULL AND starts >= ?2) END AS next,
                (SELECT max(starts) FROM session WHERE relationship = r.id AND state = 'held'
                    AND deleted IS NULL) AS last,
                CASE WHEN o.meets < ?2 THEN o.meets END AS unanswered,
                (SELECT count(*) FROM agenda_item WHERE relationship = r.id AND state = 'open'
                    AND deleted IS NULL) AS open,
                (SELECT count(*) || ' ' || ifnull(sum(due_order < ?2), 0) FROM commitment
                    WHERE relationship = r.id AND party = 'me' AND closed IS NULL
                        AND deleted IS NULL) AS promised,
                r.paused, r.phase, r.ends, r.cadence, p.time_zone AS zone
             FROM outlook o CROSS JOIN relationship r ON r.id = o.relationship
                CROSS JOIN person p ON p.id = r.person
             WHERE o.archived <= ?1 AND {from_there}
             ORDER BY o.archived {order}, o.meets {order}, o.sorts {order}, o.relationship {order}
             LIMIT ?3"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let values = params![
            archived,
            today.to_string(),
            u32::from(limit) + 1,
            from.map(|rank| rank.archived),
            from.map(|rank| &rank.meets),
            from.map(|rank| &rank.sorts),
            from.map(|rank| rank.relationship),
        ];
        Ok(statement.query_map(values, enrolled)?.collect::<rusqlite::Result<_>>()?)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

fn enrolled(row: &Row<'_>) -> rusqlite::Result<Enrolled> {
    let row = &Columns::of(row);
    let (named, rank) = (named(row)?, rank(row)?);
    let next = coded_or_none(row, "next", When::from_code)?;
    let last = coded_or_none(row, "last", When::from_code)?;
    let unanswered = coded_or_none(row, "unanswered", When::from_code)?;
    let open = row.get("open")?;
    let (promised, late) = coded(row, "promised", |both| {
        let (all, late) = both.split_once(' ')?;
        Some((all.parse().ok()?, late.parse().ok()?))
    })?;
    let paused: Option<NaiveDate> = coded_or_none(row, "paused", |day| day.parse().ok())?;
    // Nothing is asked of a relationship that rests.
    let asked = paused.is_none();
    let facts = Acquaintance {
        next,
        last,
        unanswered: unanswered.filter(|_| asked),
        open,
        promised,
        late: if asked { late } else { 0 },
        paused,
        phase: coded(row, "phase", Phase::from_code)?,
        ends: coded_or_none(row, "ends", |day| day.parse().ok())?,
        cadence: coded_or_none(row, "cadence", |code| code.parse().ok())?,
        zone: row.get::<String>("zone")?.parse().ok(),
    };
    Ok(Enrolled { named, facts, rank })
}

fn rank(row: &Columns<'_>) -> rusqlite::Result<Rank> {
    Ok(Rank {
        archived: row.get("shelf")?,
        meets: row.get("meets")?,
        sorts: row.get("sorts")?,
        relationship: row.get("relationship")?,
    })
}

/// Gives each its place whose outlook is unknown: where what an import brought is shown or hidden,
/// which no day is needed for.
pub(super) fn line_up_unknown(db: &Connection) -> Result<()> {
    let mut unknown = db.prepare_cached("SELECT relationship FROM outlook WHERE known = 0")?;
    let ids = unknown.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    line_up(db, &ids)
}

/// Gives each of some relationships its place; what is in the bin has none.
pub(super) fn line_up(db: &Connection, ids: &[Id<Relationship>]) -> Result<()> {
    let mut ranks = ranks(db, ids)?;
    let mut keep = db.prepare_cached(
        "UPDATE outlook SET archived = ?2, meets = ?3, sorts = ?4 WHERE relationship = ?1",
    )?;
    for id in ids {
        let rank = ranks.remove(id);
        let (meets, sorts) =
            rank.as_ref().map_or((WITHOUT_DATE, ""), |one| (&one.meets, &one.sorts));
        keep.execute(params![id, rank.as_ref().map(|one| one.archived), meets, sorts])?;
    }
    Ok(())
}

fn ranks(db: &Connection, ids: &[Id<Relationship>]) -> Result<HashMap<Id<Relationship>, Rank>> {
    let mut statement = db.prepare_cached(
        "SELECT r.id AS relationship, r.archived AS shelf, p.name AS sorts,
            CASE WHEN r.paused IS NULL THEN (SELECT min(starts) FROM session
                WHERE relationship = r.id AND state = 'planned' AND deleted IS NULL) END AS meets
         FROM json_each(?1) j CROSS JOIN relationship r ON r.id = unhex(j.value)
            CROSS JOIN person p ON p.id = r.person
         WHERE r.deleted IS NULL AND p.deleted IS NULL",
    )?;
    let read = |row: &Row<'_>| {
        let meets: Option<String> = row.get("meets")?;
        let name: String = row.get("sorts")?;
        let relationship = row.get("relationship")?;
        let archived = row.get("shelf")?;
        let meets = meets.unwrap_or_else(|| WITHOUT_DATE.to_owned());
        Ok((relationship, Rank { archived, meets, sorts: text::folded(&name), relationship }))
    };
    Ok(statement.query_map([as_list(ids)], read)?.collect::<rusqlite::Result<_>>()?)
}
