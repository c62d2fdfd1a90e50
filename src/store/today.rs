//! What Today is chosen from: a few rows of each kind, each found by its day. What rests or was put
//! away is left out here, so that it takes no place from the others.

use chrono::{NaiveDate, TimeDelta};
use rusqlite::{ToSql, params_from_iter};

use super::kind::Columns;
use super::sessions::{OPENING, OPENING_LINE};
use super::{Entity, Result, Scope, Store};
use crate::domain::today::{self, Known, Memory, Part, Step, Unfinished, Who};
use crate::domain::{
    Goal, GoalStatus, Id, Moment, Party, Record, Relationship, Remembering, Session, When, text,
};

/// A draft that was written to a moment ago may still be under way in another process.
const LEFT: TimeDelta = TimeDelta::minutes(10);

/// So many sessions may be under way at once.
const UNDER_WAY: usize = 4;

/// With whom a row is, for the relationship `r` of the person `p`.
pub(super) const WITH: &str =
    "r.id AS with_relationship, r.person AS with_person, p.name AS with_name,
    p.time_zone AS with_zone";
/// Who rests or was put away is not spoken of.
pub(super) const SPOKEN_OF: &str = "r.paused IS NULL AND r.archived = 0 AND r.deleted IS NULL";

impl Store {
    /// All that Today is chosen from.
    pub fn today(&self, scope: Scope, now: Moment) -> Result<Known> {
        let today = now.date_naive();
        let until = today::horizon(today).to_string();
        let still = today::still_asked(today).to_string();
        let mut known = Known::default();
        for (party, part) in [(Party::Me, Part::Mine), (Party::Them, Part::Theirs)] {
            known.commitments.append(&mut self.dated(
                scope,
                "commitment",
                "x.party = ?2 AND x.closed IS NULL AND x.due_order <= ?3
                    AND (r.phase <> 'closed' OR x.due_order >= ?4)",
                "x.due_order, x.id",
                part.fetched(),
                &[&party.code(), &until, &still],
            )?);
        }
        known.sessions = self.planned_around(scope, now)?;
        known.goals = self.goals_due(scope, &until, &still)?;
        known.milestones = self.milestones_due(scope, &until, &still)?;
        known.standings = self.standings(scope, today)?;
        known.remembering = self.remembered(scope, today)?;
        known.unfinished = self.unfinished(scope, now)?;
        known.memories = self.memories(scope, today)?;
        Ok(known)
    }

    /// What is planned, by its day: what began before now and nobody said what became of, and what
    /// is to come as far as Today looks ahead; where that is nothing, the next one after it.
    fn planned_around(&self, scope: Scope, now: Moment) -> Result<Vec<(Who, Record<Session>)>> {
        let today = now.date_naive();
        let now = When { date: today, time: Some(now.time()) }.code();
        let planned = |side, order, most| {
            let wanted = format!("x.state = ?2 AND x.starts {side} ?3");
            self.dated(scope, "session", &wanted, order, most, &[&"planned", &now])
        };
        // Some that began are still under way, and stand with those to come.
        let most = Part::Happened.fetched() + UNDER_WAY;
        let mut sessions = planned("<", "x.starts DESC, x.id DESC", most)?;
        sessions.reverse();
        let mut to_come = planned(">=", "x.starts, x.id", Part::Next.fetched())?;
        let date = |(_, one): &(Who, Record<Session>)| one.value.when.date;
        let near = to_come.partition_point(|one| date(one) <= today::horizon(today));
        let none_near = near == 0 && sessions.last().is_none_or(|one| date(one) < today);
        to_come.truncate(near.max(usize::from(none_near)));
        sessions.append(&mut to_come);
        Ok(sessions)
    }

    /// The next session that is planned, however far away.
    pub fn next_of(
        &self,
        scope: Scope,
        today: NaiveDate,
    ) -> Result<Option<(Who, Record<Session>)>> {
        let wanted = "x.state = ?2 AND x.starts >= ?3";
        let from = today.to_string();
        let mut planned =
            self.dated(scope, "session", wanted, "x.starts, x.id", 1, &[&"planned", &from])?;
        Ok(planned.pop())
    }

    /// The rows of a table that are wanted, with whom each is.
    fn dated<T: Entity>(
        &self,
        scope: Scope,
        table: &str,
        wanted: &str,
        order: &str,
        most: usize,
        values: &[&dyn ToSql],
    ) -> Result<Vec<(Who, Record<T>)>> {
        let of = of(scope, "x.relationship = ?1");
        let sql = format!(
            "SELECT x.*, {WITH} FROM {table} x CROSS JOIN relationship r ON r.id = x.relationship
             CROSS JOIN person p ON p.id = r.person
             WHERE {of} AND {wanted} AND x.deleted IS NULL AND {SPOKEN_OF}
             ORDER BY {order} LIMIT {most}"
        );
        self.rows(&sql, scope, values, known)
    }

    /// The rows of a statement whose first value is the relationship, or nothing for everyone.
    fn rows<T>(
        &self,
        sql: &str,
        scope: Scope,
        values: &[&dyn ToSql],
        mut read: impl FnMut(&Columns<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let with: Option<Id<Relationship>> = match scope {
            Scope::Everyone => None,
            Scope::One(id) => Some(id),
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let first: &dyn ToSql = &with;
        let all = [first].into_iter().chain(values.iter().copied());
        let rows = statement.query_map(params_from_iter(all), |row| read(&Columns::of(row)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn goals_due(
        &self,
        scope: Scope,
        until: &str,
        still: &str,
    ) -> Result<Vec<(Option<Who>, Record<Goal>)>> {
        let sql = format!(
            "SELECT g.*, {WITH} FROM goal g {}
             WHERE g.status = ?2 AND g.deleted IS NULL AND g.due IS NOT NULL AND g.due <= ?3
                AND (r.phase IS NOT 'closed' OR g.due >= ?4) AND {} ORDER BY g.due, g.id LIMIT {}",
            sharing(scope),
            shared(scope),
            Part::Goals.fetched()
        );
        let mut goals = Vec::new();
        for status in GoalStatus::ALL.iter().filter(|status| status.is_open()) {
            goals.append(&mut self.rows(
                &sql,
                scope,
                &[&status.code(), &until, &still],
                |row| {
                    let goal = row.record()?;
                    Ok((who_if_any(row)?, goal))
                },
            )?);
        }
        Ok(goals)
    }

    fn milestones_due(&self, scope: Scope, until: &str, still: &str) -> Result<Vec<Step>> {
        let sql = format!(
            "SELECT m.*, g.title AS goal_title, {WITH}
             FROM milestone m CROSS JOIN goal g ON g.id = m.goal {}
             WHERE m.deleted IS NULL AND m.due IS NOT NULL AND m.done IS NULL AND m.due <= ?2
                AND g.deleted IS NULL AND g.status IN ('idea', 'active')
                AND (r.phase IS NOT 'closed' OR m.due >= ?3) AND {}
             ORDER BY m.due, m.id LIMIT {}",
            sharing(scope),
            shared(scope),
            Part::Goals.fetched()
        );
        self.rows(&sql, scope, &[&until, &still], |row| {
            let step = row.record()?;
            let title = row.get("goal_title")?;
            Ok((who_if_any(row)?, step, title))
        })
    }

    fn remembered(
        &self,
        scope: Scope,
        today: NaiveDate,
    ) -> Result<Vec<(Who, Record<Remembering>)>> {
        let (from, until) = today::remembered(today);
        // One person may stand in several relationships; the line is shown once.
        let of = match scope {
            Scope::Everyone => {
                format!(
                    "?1 IS NULL AND r.id = (SELECT r.id FROM relationship r
                        WHERE r.person = x.person AND {SPOKEN_OF} ORDER BY r.id LIMIT 1)"
                )
            }
            Scope::One(_) => "r.id = ?1".to_owned(),
        };
        let sql = format!(
            "SELECT x.*, {WITH} FROM remembering x CROSS JOIN relationship r ON r.person = x.person
             CROSS JOIN person p ON p.id = r.person
             WHERE {of} AND {SPOKEN_OF} AND x.deleted IS NULL AND x.day IS NOT NULL
                AND x.day >= ?2 AND x.day <= ?3 ORDER BY x.day, x.id LIMIT {}",
            Part::Remember.fetched()
        );
        let (from, until) = (from.to_string(), until.to_string());
        self.rows(&sql, scope, &[&from, &until], known)
    }

    /// What was begun and left: texts that a crash left, forms that were not finished.
    fn unfinished(&self, scope: Scope, now: Moment) -> Result<Vec<Unfinished>> {
        let of = of(scope, "r.id = ?1");
        let sql = format!(
            "SELECT d.record, d.field, d.place, d.at, {WITH}
             FROM draft d LEFT JOIN relationship r ON r.id = coalesce(
                (SELECT id FROM relationship WHERE id = d.record),
                (SELECT id FROM relationship WHERE person = d.record LIMIT 1),
                (SELECT relationship FROM session WHERE id = d.record),
                (SELECT relationship FROM commitment WHERE id = d.record),
                (SELECT relationship FROM agreement WHERE id = d.record),
                (SELECT relationship FROM agenda_item WHERE id = d.record))
             LEFT JOIN person p ON p.id = r.person
             WHERE {of} AND d.at < ?2 AND (r.id IS NULL OR ({SPOKEN_OF})) LIMIT {}",
            Part::Unfinished.fetched()
        );
        let before = (now - LEFT).timestamp_millis();
        let mut all = self.rows(&sql, scope, &[&before], |row| {
            let at = chrono::DateTime::from_timestamp_millis(row.get("at")?).unwrap_or_default();
            let place: String = row.get("place")?;
            Ok(Unfinished {
                who: who_if_any(row)?,
                record: row.get("record")?,
                field: row.get("field")?,
                is_text: place == "session",
                left: at.with_timezone(now.offset()).date_naive(),
            })
        })?;
        all.sort_by_key(|one| std::cmp::Reverse(one.left));
        Ok(all)
    }

    /// The session with words that was held on the best of the days of which this one reminds.
    fn memories(&self, scope: Scope, today: NaiveDate) -> Result<Vec<Memory>> {
        let days: Vec<String> = today::memory_days(today).iter().map(ToString::to_string).collect();
        let days = serde_json::to_string(&days).unwrap_or_else(|_| "[]".to_owned());
        let of = of(scope, "x.relationship = ?1");
        // The days are looked at in their order, and no further than the first one that has it.
        let sql = format!(
            "SELECT x.*, {WITH}, ifnull((SELECT substr(body, 1, {OPENING}) FROM writing
                    WHERE session = x.id AND layer = 'notes' AND deleted IS NULL), '') AS opening
             FROM json_each(?2) j
             CROSS JOIN session x ON x.starts >= j.value AND x.starts < j.value || '~'
             CROSS JOIN relationship r ON r.id = x.relationship
             CROSS JOIN person p ON p.id = r.person
             WHERE {of} AND x.state = 'held' AND x.deleted IS NULL AND {SPOKEN_OF}
                AND (x.about <> '' OR opening <> '')
             LIMIT 1"
        );
        self.rows(&sql, scope, &[&days], |row| {
            let (who, session) = known(row)?;
            let opening: String = row.get("opening")?;
            Ok((who, session, text::beginning(&opening, OPENING, OPENING_LINE)))
        })
    }
}

/// What limits a list to the one whose it is; either way the first value is named.
const fn of(scope: Scope, one: &'static str) -> &'static str {
    match scope {
        Scope::Everyone => "?1 IS NULL",
        Scope::One(_) => one,
    }
}

/// Joins to a goal `g` one with whom it is shared and who is spoken of.
fn sharing(scope: Scope) -> String {
    let of = of(scope, "w.relationship = ?1");
    format!(
        "LEFT JOIN relationship r ON r.id = (SELECT w.relationship FROM goal_with w
            CROSS JOIN relationship r ON r.id = w.relationship
            WHERE w.goal = g.id AND w.deleted IS NULL AND {SPOKEN_OF} AND {of} LIMIT 1)
         LEFT JOIN person p ON p.id = r.person"
    )
}

/// Whether a goal is spoken of: it is shared with somebody who is, or with nobody.
const fn shared(scope: Scope) -> &'static str {
    match scope {
        Scope::Everyone => {
            "(r.id IS NOT NULL OR NOT EXISTS
                (SELECT 1 FROM goal_with w WHERE w.goal = g.id AND w.deleted IS NULL))"
        }
        Scope::One(_) => "r.id IS NOT NULL",
    }
}

/// Ids as one value of a statement, which `json_each` and `unhex` take apart again.
pub(super) fn as_list<T>(ids: &[Id<T>]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned())
}

/// A record, and with whom it is.
fn known<T: Entity>(row: &Columns<'_>) -> rusqlite::Result<(Who, Record<T>)> {
    let record = row.record()?;
    Ok((who(row)?, record))
}

pub(super) fn who(row: &Columns<'_>) -> rusqlite::Result<Who> {
    let relationship = row.get("with_relationship")?;
    who_in(relationship, row)
}

fn who_if_any(row: &Columns<'_>) -> rusqlite::Result<Option<Who>> {
    let with: Option<Id<Relationship>> = row.get("with_relationship")?;
    with.map(|relationship| who_in(relationship, row)).transpose()
}

fn who_in(relationship: Id<Relationship>, row: &Columns<'_>) -> rusqlite::Result<Who> {
    let person = row.get("with_person")?;
    let name = row.get("with_name")?;
    let zone: String = row.get("with_zone")?;
    Ok(Who { relationship, person, name, zone: zone.parse().ok() })
}
