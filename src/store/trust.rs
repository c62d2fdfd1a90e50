//! The ten ways in one relationship: check-ins, evidence, what is in focus, repairs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::door::{Action, Door};
use super::kind::{Columns, Kind, coded, record};
use super::{Error, Result, Store};
use crate::domain::{
    Answer, CheckIn, Direction, Evidence, Focus, Id, Invalid, Practice, Record, Relationship,
    Repair, Stamp, Way, text, trust,
};

/// The check-ins that are looked back at.
const CHECK_INS: u16 = 24;
/// The evidence of one way that is shown, the newest of it.
const EVIDENCE: u16 = 100;
/// The repairs that are shown.
const REPAIRS: u16 = 50;

/// What was answered at one check-in, by way.
pub type Answers = BTreeMap<String, Practice>;

/// What was last seen of a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// The last day something was seen of it, in either direction.
    pub seen: Option<NaiveDate>,
    /// How often it was practised since the check-in before the last.
    pub practised: usize,
}

/// All that is shown of the ways in one relationship, but the evidence itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustRecords {
    /// The last check-ins, the oldest first.
    pub check_ins: Vec<Record<CheckIn>>,
    /// What was answered at each of them, by way.
    pub answers: Vec<Answers>,
    /// What was seen, by way.
    pub recent: BTreeMap<String, Recent>,
    /// What is worked on now, the oldest first.
    pub focus: Vec<Record<Focus>>,
    /// Those of them that were practised on the day all this is read for.
    pub ticked: Vec<Id<Focus>>,
    /// Repairs, those not settled first, then the newest.
    pub repairs: Vec<Record<Repair>>,
    /// The first day on which anything was said of any way.
    pub first: Option<NaiveDate>,
    /// Since when a way has to have been silent to be called quiet, if it can be said.
    pub quiet_since: Option<NaiveDate>,
}

impl TrustRecords {
    /// What was answered of a way on a day.
    pub fn answer(&self, way: &str, day: NaiveDate) -> Option<Practice> {
        let at = self.check_ins.iter().position(|one| one.value.day == day)?;
        self.answers.get(at)?.get(way).copied()
    }

    /// What was answered of a way, in the order of time.
    pub fn answers_of<'a>(&'a self, way: &'a str) -> impl Iterator<Item = Practice> + 'a {
        self.answers.iter().filter_map(move |answers| answers.get(way).copied())
    }

    /// The ways of these that have been quiet, those that matter most first.
    pub fn quiet<'a>(&self, ways: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let facts = ways.into_iter().map(|way| {
            let answers = self.check_ins.iter().zip(&self.answers);
            let above = answers
                .rev()
                .find(|(_, said)| said.get(way).is_some_and(|one| *one > Practice::NotReally))
                .map(|(check_in, _)| check_in.value.day);
            let seen = self.recent.get(way).and_then(|recent| recent.seen);
            // Only in the time that is looked at: what had no occasion years ago may have had one since.
            let no_occasion = self.check_ins.iter().zip(&self.answers).any(|(check_in, said)| {
                self.quiet_since.is_some_and(|since| check_in.value.day >= since)
                    && said.get(way) == Some(&Practice::NoOccasion)
            });
            (way, above.max(seen), no_occasion)
        });
        trust::quiet(facts.collect::<Vec<_>>(), self.first, self.quiet_since)
    }
}

impl Store {
    /// How the writer wants the ways: renamed, hidden, added.
    pub fn ways(&self) -> Result<Vec<Record<Way>>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM way WHERE deleted IS NULL ORDER BY id")?;
        Ok(statement.query_map([], record)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Says how one way is wanted.
    pub fn set_way(&mut self, stamp: Stamp, way: &Way) -> Result<()> {
        let way = Way { name: text::line(&way.name), line: text::line(&way.line), ..way.clone() };
        let before = self.ways()?.into_iter().find(|one| one.value.key == way.key);
        match before {
            Some(before) => {
                self.write(stamp, Action::Edit, |door| door.update(before.id, before.rev, &way))
            }
            None => self.write(stamp, Action::Add, |door| {
                door.insert(Id::new(stamp.now), &way).map(|_| ())
            }),
        }
    }

    /// All that is shown of the ways in one relationship on `today`.
    pub fn trust(&self, with: Id<Relationship>, today: NaiveDate) -> Result<TrustRecords> {
        let (check_ins, answers) = self.check_ins(with, Some(CHECK_INS))?.into_iter().unzip();
        let check_ins: Vec<Record<CheckIn>> = check_ins;
        // What an answer looks back on began with the check-in before it.
        let before = check_ins.iter().rev().nth(1).map(|one| one.value.day);
        let mut statement = self.db.prepare_cached(
            "SELECT way, max(day) AS seen,
                    sum(direction = 'practised' AND day > ?2) AS practised
             FROM evidence WHERE relationship = ?1 AND deleted IS NULL GROUP BY way",
        )?;
        let since = before.map(|day| day.to_string()).unwrap_or_default();
        let recent = statement
            .query_map(params![with, since], |row| {
                let row = &Columns::of(row);
                let seen = coded(row, "seen", |day| day.parse().ok())?;
                let practised = row.get::<i64>("practised")?;
                let practised = usize::try_from(practised).unwrap_or(0);
                Ok((row.get("way")?, Recent { seen: Some(seen), practised }))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut statement = self.db.prepare_cached(
            "SELECT min(day) FROM (
                SELECT min(day) AS day FROM check_in WHERE relationship = ?1 AND deleted IS NULL
                UNION ALL
                SELECT min(day) AS day FROM evidence WHERE relationship = ?1 AND deleted IS NULL)",
        )?;
        let first: Option<String> = statement.query_row([with], |row| row.get(0))?;
        Ok(TrustRecords {
            check_ins,
            answers,
            recent,
            focus: self.focus(with)?,
            ticked: self.ticked(with, today)?,
            repairs: self.repairs(with)?,
            first: first.and_then(|day| day.parse().ok()),
            // Nothing is quiet while the relationship rests.
            quiet_since: match self.relationship(with)?.value.paused {
                Some(_) => None,
                None => trust::quiet_since(&self.last_held(with)?, today),
            },
        })
    }

    /// The last check-ins that say anything, the oldest first, and what was answered at each, by way.
    /// Without a limit all of them.
    pub fn check_ins(
        &self,
        with: Id<Relationship>,
        limit: Option<u16>,
    ) -> Result<Vec<(Record<CheckIn>, Answers)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM check_in c WHERE relationship = ?1 AND deleted IS NULL
                AND EXISTS (SELECT 1 FROM answer WHERE check_in = c.id AND deleted IS NULL)
             ORDER BY day DESC, id DESC LIMIT ?2",
        )?;
        let check_ins = statement
            .query_map(params![with, limit.map_or(-1, i64::from)], record)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM answer WHERE check_in = ?1 AND deleted IS NULL ORDER BY id",
        )?;
        let mut all = Vec::with_capacity(check_ins.len());
        for check_in in check_ins.into_iter().rev() {
            let check_in: Record<CheckIn> = check_in;
            let answers: Vec<Record<Answer>> =
                statement.query_map([check_in.id], record)?.collect::<rusqlite::Result<_>>()?;
            let by_way = answers.into_iter().map(|one| (one.value.way, one.value.value));
            all.push((check_in, by_way.collect()));
        }
        Ok(all)
    }

    /// What is worked on now with somebody, the oldest first.
    pub(super) fn focus(&self, with: Id<Relationship>) -> Result<Vec<Record<Focus>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM focus WHERE relationship = ?1 AND until IS NULL AND deleted IS NULL
             ORDER BY since, id",
        )?;
        Ok(statement.query_map([with], record)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Those in focus of which it was noted on this day that they were practised. What was noted
    /// before one was in focus, or in the words of another, is not of it.
    fn ticked(&self, with: Id<Relationship>, day: NaiveDate) -> Result<Vec<Id<Focus>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT f.id FROM focus f
             WHERE f.relationship = ?1 AND f.until IS NULL AND f.deleted IS NULL AND EXISTS (
                 SELECT 1 FROM evidence e
                 WHERE e.relationship = f.relationship AND e.way = f.way AND e.day = ?2
                   AND e.direction = 'practised' AND e.deleted IS NULL AND e.id > f.id
                   AND NOT EXISTS (
                       SELECT 1 FROM focus other
                       WHERE other.relationship = f.relationship AND other.until IS NULL
                         AND other.deleted IS NULL AND other.id <> f.id
                         AND other.practice = e.text))",
        )?;
        let ticked = statement.query_map(params![with, day.to_string()], |row| row.get(0))?;
        Ok(ticked.collect::<rusqlite::Result<_>>()?)
    }

    /// The repairs that are not settled between the two.
    pub(super) fn open_repairs(&self, with: Id<Relationship>) -> Result<Vec<Record<Repair>>> {
        let mut repairs = self.repairs(with)?;
        repairs.retain(|one| one.value.settled.is_none());
        Ok(repairs)
    }

    fn repairs(&self, with: Id<Relationship>) -> Result<Vec<Record<Repair>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM repair WHERE relationship = ?1 AND deleted IS NULL
             ORDER BY day DESC, id DESC LIMIT ?2",
        )?;
        let mut repairs: Vec<Record<Repair>> = statement
            .query_map(params![with, REPAIRS], record)?
            .collect::<rusqlite::Result<_>>()?;
        repairs.sort_by_key(|one| one.value.settled.is_some());
        Ok(repairs)
    }

    /// The days of the last sessions that were held, the newest first.
    fn last_held(&self, with: Id<Relationship>) -> Result<Vec<NaiveDate>> {
        let mut statement = self.db.prepare_cached(
            "SELECT substr(starts, 1, 10) AS day FROM session
             WHERE relationship = ?1 AND state = 'held' AND deleted IS NULL
             ORDER BY starts DESC LIMIT 3",
        )?;
        let days = statement
            .query_map([with], |row| coded(&Columns::of(row), "day", |day| day.parse().ok()))?;
        Ok(days.collect::<rusqlite::Result<_>>()?)
    }

    /// What was last seen of one way, the newest first.
    pub fn evidence(&self, with: Id<Relationship>, way: &str) -> Result<Vec<Record<Evidence>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM evidence WHERE relationship = ?1 AND way = ?2 AND deleted IS NULL
             ORDER BY day DESC, id DESC LIMIT ?3",
        )?;
        Ok(statement
            .query_map(params![with, way, EVIDENCE], record)?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// All that was ever seen with somebody, the newest first.
    pub fn all_evidence(&self, with: Id<Relationship>) -> Result<Vec<Record<Evidence>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM evidence WHERE relationship = ?1 AND deleted IS NULL
             ORDER BY day DESC, id DESC",
        )?;
        Ok(statement.query_map([with], record)?.collect::<rusqlite::Result<_>>()?)
    }

    /// One piece of evidence.
    pub fn one_evidence(&self, id: Id<Evidence>) -> Result<Record<Evidence>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM evidence WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// One repair.
    pub fn repair(&self, id: Id<Repair>) -> Result<Record<Repair>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM repair WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// Says of one way how often it was practised, at today's check-in; nothing makes it blank. The
    /// check-in begins with the first answer and goes with the last: a blank one says nothing.
    pub fn answer(
        &mut self,
        stamp: Stamp,
        with: Id<Relationship>,
        way: &str,
        value: Option<Practice>,
    ) -> Result<()> {
        self.write(stamp, Action::Mark, |door| {
            door.live(Kind::Relationship, with.cast())?;
            let standing: Option<Record<Answer>> = door
                .tx
                .prepare_cached(
                    "SELECT a.* FROM answer a JOIN check_in c ON c.id = a.check_in
                     WHERE c.relationship = ?1 AND c.day = ?2 AND c.deleted IS NULL
                        AND a.way = ?3 AND a.deleted IS NULL LIMIT 1",
                )?
                .query_row(params![with, stamp.now.date_naive().to_string(), way], record)
                .optional()?;
            match (standing, value) {
                (None, None) => Ok(()),
                (None, Some(value)) => {
                    let check_in = check_in(door, with)?;
                    let answer = Answer { check_in, way: way.to_owned(), value };
                    door.insert(Id::new(stamp.now), &answer).map(|_| ())
                }
                (Some(before), None) => {
                    door.delete(before.id)?;
                    let check_in = before.value.check_in;
                    if is_blank(door, check_in)? { door.delete(check_in) } else { Ok(()) }
                }
                (Some(before), Some(value)) => {
                    door.update(before.id, before.rev, &Answer { value, ..before.value })
                }
            }
        })
    }

    /// Puts a check-in into the bin.
    pub fn delete_check_in(&mut self, stamp: Stamp, id: Id<CheckIn>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Notes what was seen.
    pub fn add_evidence(&mut self, stamp: Stamp, evidence: &Evidence) -> Result<Id<Evidence>> {
        let evidence = cleaned(evidence);
        self.write(stamp, Action::Add, |door| {
            door.live(Kind::Relationship, evidence.relationship.cast())?;
            let id = Id::new(stamp.now);
            door.insert(id, &evidence).map(|_| id)
        })
    }

    /// Changes what was noted.
    pub fn update_evidence(&mut self, stamp: Stamp, evidence: &Record<Evidence>) -> Result<()> {
        let value = cleaned(&evidence.value);
        self.write(stamp, Action::Edit, |door| door.update(evidence.id, evidence.rev, &value))
    }

    /// Puts what was noted into the bin.
    pub fn delete_evidence(&mut self, stamp: Stamp, id: Id<Evidence>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Puts a way in focus, with one practice. Two at once are enough.
    pub fn add_focus(&mut self, stamp: Stamp, focus: &Focus) -> Result<Id<Focus>> {
        let focus = Focus { practice: text::line(&focus.practice), ..focus.clone() };
        let now = self.focus(focus.relationship)?;
        let refused = |message: &str| {
            Err(Error::Invalid(Invalid { field: "practice", message: message.to_owned() }))
        };
        if now.iter().any(|one| one.value.is_the_same(&focus)) {
            return refused("That practice is in focus already. Space on its line notes it.");
        }
        if now.len() >= trust::FOCUSED {
            return refused(
                "Two practices at once are enough. End one of them first, with `d` on it.",
            );
        }
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &focus).map(|_| id)
        })
    }

    /// Ends what was worked on, today.
    pub fn end_focus(&mut self, stamp: Stamp, focus: &Record<Focus>) -> Result<()> {
        let ended = Focus { until: Some(stamp.now.date_naive()), ..focus.value.clone() };
        self.write(stamp, Action::Mark, |door| door.update(focus.id, focus.rev, &ended))
    }

    /// Sets down a repair.
    pub fn add_repair(&mut self, stamp: Stamp, repair: &Repair) -> Result<Id<Repair>> {
        let repair = cleaned_repair(repair);
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &repair).map(|_| id)
        })
    }

    /// Changes what a repair says.
    pub fn update_repair(&mut self, stamp: Stamp, repair: &Record<Repair>) -> Result<()> {
        let value = cleaned_repair(&repair.value);
        self.write(stamp, Action::Edit, |door| door.update(repair.id, repair.rev, &value))
    }

    /// Puts a repair into the bin.
    pub fn delete_repair(&mut self, stamp: Stamp, id: Id<Repair>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Notes today that what is in focus was practised.
    pub fn tick_focus(&mut self, stamp: Stamp, focus: &Focus) -> Result<Id<Evidence>> {
        self.add_evidence(
            stamp,
            &Evidence {
                relationship: focus.relationship,
                way: focus.way.clone(),
                direction: Direction::Practised,
                day: stamp.now.date_naive(),
                text: focus.practice.clone(),
                session: None,
                commitment: None,
            },
        )
    }
}

/// The check-in of today, begun if there is none. One that went with its last answer is taken up.
fn check_in(door: &mut Door<'_>, with: Id<Relationship>) -> Result<Id<CheckIn>> {
    let day = door.stamp.now.date_naive();
    let begun: Option<(Id<CheckIn>, bool)> = door
        .tx
        .prepare_cached(
            "SELECT id, deleted IS NOT NULL FROM check_in c WHERE relationship = ?1 AND day = ?2
                AND (deleted IS NULL OR deleted > 0 AND NOT EXISTS (
                    SELECT 1 FROM answer WHERE check_in = c.id AND deleted IS NULL))
             ORDER BY deleted IS NOT NULL, id LIMIT 1",
        )?
        .query_row(params![with, day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((begun, is_away)) = begun {
        if is_away {
            door.restore(Kind::CheckIn, begun.cast())?;
        }
        return Ok(begun);
    }
    let id = Id::new(door.stamp.now);
    door.insert(id, &CheckIn { relationship: with, day }).map(|_| id)
}

/// Whether a check-in has no answer.
fn is_blank(door: &Door<'_>, check_in: Id<CheckIn>) -> Result<bool> {
    let mut statement = door.tx.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM answer WHERE check_in = ?1 AND deleted IS NULL)",
    )?;
    Ok(statement.query_row([check_in], |row| row.get(0))?)
}

fn cleaned(evidence: &Evidence) -> Evidence {
    Evidence { text: text::prose(&evidence.text).trim().to_owned(), ..evidence.clone() }
}

fn cleaned_repair(repair: &Repair) -> Repair {
    let prose = |words: &str| text::prose(words).trim().to_owned();
    Repair {
        happened: prose(&repair.happened),
        part: prose(&repair.part),
        effect: prose(&repair.effect),
        said: prose(&repair.said),
        change: prose(&repair.change),
        ..repair.clone()
    }
}
