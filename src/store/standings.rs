//! How it stands with the people, and the outlook that is kept of each: from which days on Today has
//! something to say of them. By it a morning costs what there is to say, however many they are.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::kind::{Columns, coded_or_none, record};
use super::today::{SPOKEN_OF, WITH, as_list, who};
use super::{Result, Scope, Store, roll};
use crate::domain::today::{Part, SINCE, Standing};
use crate::domain::{Agreement, AgreementState, Id, Party, Record, Relationship, When};

/// The sessions that are looked back at to find the rhythm.
const HELD: u16 = 6;
/// So many outlooks are worked out at once.
const AT_ONCE: u16 = 500;

impl Store {
    /// How it stands with each person of whom there is something to say, those of whom it is to be
    /// said for longest where they are very many; with one person, however it stands.
    pub fn standings(&self, scope: Scope, today: NaiveDate) -> Result<Vec<Standing>> {
        let standings = match scope {
            Scope::Everyone => standings(&self.db, &self.to_speak_of(today)?, today)?,
            Scope::One(id) => standings(&self.db, &[id], today)?,
        };
        Ok(standings.into_iter().map(|(_, standing)| standing).collect())
    }

    /// Of whom there is something to say, or may be.
    fn to_speak_of(&self, today: NaiveDate) -> Result<Vec<Id<Relationship>>> {
        let (agreed, unmet) = (Part::Agreed.fetched(), Part::Unmet.fetched());
        let sql = format!(
            "SELECT relationship FROM outlook WHERE known = 0
             UNION ALL SELECT relationship FROM outlook WHERE again_from <= ?1
             UNION ALL SELECT * FROM (SELECT relationship FROM outlook
                WHERE agreed_from <= ?1 AND ifnull(agreed_until, ?1) >= ?1
                ORDER BY agreed_from LIMIT {agreed})
             UNION ALL SELECT * FROM (SELECT relationship FROM outlook
                WHERE unmet_from <= ?1 ORDER BY unmet_from LIMIT {unmet})"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([today.to_string()], |row| row.get(0))?;
        // Of one there may be several things to say.
        let ids: BTreeSet<_> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(ids.into_iter().collect())
    }
}

/// Works out the outlooks that a change left unknown or whose day has come, and the place of each in
/// the roll.
pub(super) fn look_ahead(db: &Connection, today: NaiveDate) -> Result<()> {
    db.prepare_cached("UPDATE outlook SET known = 0 WHERE again_from <= ?1")?
        .execute([today.to_string()])?;
    let mut unknown = db.prepare_cached(
        "SELECT relationship FROM outlook WHERE known = 0 ORDER BY relationship LIMIT ?1",
    )?;
    let mut keep = db.prepare_cached(
        "UPDATE outlook SET known = 1, agreed_from = ?2, agreed_until = ?3, again_from = ?4,
            unmet_from = ?5
         WHERE relationship = ?1",
    )?;
    loop {
        let ids = unknown
            .query_map([AT_ONCE], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<Id<Relationship>>>>()?;
        if ids.is_empty() {
            return Ok(());
        }
        roll::line_up(db, &ids)?;
        let mut of: HashMap<_, _> = standings(db, &ids, today)?.into_iter().collect();
        for id in ids {
            // Of one that lies in the bin there is nothing to say.
            let outlook = of.remove(&id).map(|standing| standing.outlook(today));
            let outlook = outlook.unwrap_or_default();
            let (from, until) = outlook.agreed.unzip();
            let code = |day: Option<NaiveDate>| day.map(|day| day.to_string());
            let until = until.flatten();
            let days = [from, until, outlook.again, outlook.unmet].map(code);
            keep.execute(params![id, days[0], days[1], days[2], days[3]])?;
        }
    }
}

/// How it stands in some relationships, in the order of `ids`.
fn standings(
    db: &Connection,
    ids: &[Id<Relationship>],
    today: NaiveDate,
) -> Result<Vec<(Id<Relationship>, Standing)>> {
    let since = today.checked_sub_days(SINCE).unwrap_or(today);
    let sql = format!(
        "SELECT r.*, {WITH},
            (SELECT max(substr(starts, 1, 10)) FROM session WHERE relationship = r.id
                AND state = 'planned' AND deleted IS NULL AND starts >= ?2) AS planned,
            (SELECT group_concat(starts, ' ') FROM (SELECT starts FROM session
                WHERE relationship = r.id AND state = 'held' AND deleted IS NULL
                ORDER BY starts DESC LIMIT {HELD})) AS held,
            CASE WHEN a.checks <> '' THEN nullif(max(
                ifnull((SELECT max(substr(starts, 1, 10)) FROM session
                        INDEXED BY session_looking_back
                    WHERE relationship = r.id AND state = 'held' AND deleted IS NULL
                        AND starts >= ?2 AND template = 'progress-check'), ''),
                ifnull((SELECT max(answered) FROM progress_check
                    WHERE relationship = r.id AND deleted IS NULL), '')), '')
                END AS looked_back,
            (SELECT max(day) FROM check_in WHERE relationship = r.id
                AND deleted IS NULL) AS checked_in,
            (SELECT min(s.day) FROM agreement v CROSS JOIN signature s ON s.agreement = v.id
                WHERE v.relationship = r.id AND v.deleted IS NULL AND s.deleted IS NULL
                    AND s.day > ?3) AS signed_ahead,
            n.proposed AS newest_proposed, n.id AS newest,
            (SELECT ifnull(group_concat(party, ' '), '') FROM signature
                WHERE agreement = n.id AND deleted IS NULL) AS newest_signed,
            a.id AS in_force
         FROM json_each(?1) j CROSS JOIN relationship r ON r.id = unhex(j.value)
         CROSS JOIN person p ON p.id = r.person
         LEFT JOIN agreement a ON a.id = (SELECT v.id FROM agreement v
            WHERE v.relationship = r.id AND v.deleted IS NULL
                AND 2 = (SELECT max(s.party = 'me') + max(s.party = 'them') FROM signature s
                    WHERE s.agreement = v.id AND s.deleted IS NULL AND s.day <= ?3)
            ORDER BY v.number DESC, v.id DESC LIMIT 1)
         LEFT JOIN agreement n ON n.id = (SELECT v.id FROM agreement v
            WHERE v.relationship = r.id AND v.deleted IS NULL
            ORDER BY v.number DESC, v.id DESC LIMIT 1)
         WHERE r.deleted IS NULL AND (({SPOKEN_OF}) OR r.keep_until IS NOT NULL)"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let values = params![as_list(ids), since.to_string(), today.to_string()];
    let found = statement
        .query_map(values, |row| {
            let row = &Columns::of(row);
            Ok((standing(row)?, row.get("in_force")?))
        })?
        .collect::<rusqlite::Result<Vec<(_, Option<Id<Agreement>>)>>>()?;
    // All versions that are in force at once: no statement a person.
    let wanted: Vec<_> = found.iter().filter_map(|(_, id)| *id).collect();
    let mut agreements: HashMap<_, _> =
        versions(db, &wanted)?.into_iter().map(|one| (one.id, one.value)).collect();
    let standings = found.into_iter().map(|(mut standing, id)| {
        standing.agreement = id.and_then(|id| agreements.remove(&id));
        (standing.who.relationship, standing)
    });
    Ok(standings.collect())
}

fn standing(row: &Columns<'_>) -> rusqlite::Result<Standing> {
    let relationship: Record<Relationship> = row.record()?;
    let day = |column| coded_or_none(row, column, |day| day.parse().ok());
    Ok(Standing {
        who: who(row)?,
        relationship: relationship.value,
        planned: day("planned")?,
        held: row
            .get::<Option<String>>("held")?
            .unwrap_or_default()
            .split(' ')
            .filter_map(When::from_code)
            .collect(),
        looked_back: day("looked_back")?,
        checked_in: day("checked_in")?,
        agreement: None,
        signed_ahead: day("signed_ahead")?,
        unsigned: unsigned(row)?,
    })
}

/// How far the newest version has come, where one of the two has not signed it.
fn unsigned(row: &Columns<'_>) -> rusqlite::Result<Option<AgreementState>> {
    let proposed: Option<String> = row.get("newest_proposed")?;
    let version: Option<Id<Agreement>> = row.get("newest")?;
    let signed: String = row.get("newest_signed")?;
    let has = |party: Party| signed.split(' ').any(|one| one == party.code());
    let state = match (has(Party::Me), has(Party::Them)) {
        (true, true) => None,
        (true, false) => Some(AgreementState::SignedBy(Party::Me)),
        (false, true) => Some(AgreementState::SignedBy(Party::Them)),
        (false, false) if proposed.is_some() => Some(AgreementState::Proposed),
        (false, false) => Some(AgreementState::Draft),
    };
    Ok(version.and(state))
}

fn versions(db: &Connection, ids: &[Id<Agreement>]) -> Result<Vec<Record<Agreement>>> {
    let mut statement = db.prepare_cached(
        "SELECT a.* FROM json_each(?1) j CROSS JOIN agreement a ON a.id = unhex(j.value)",
    )?;
    Ok(statement.query_map([as_list(ids)], record)?.collect::<rusqlite::Result<_>>()?)
}
