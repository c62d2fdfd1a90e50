//! Progress checks: the day that one answers, what was said, and how the goals stood then.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::door::{Action, Door};
use super::kind::{Columns, coded, record};
use super::{Result, Store};
use crate::domain::progress::{answers, held_early};
use crate::domain::{
    CheckState, Goal, GoalWord, Id, Layer, ProgressCheck, Record, Relationship, Session,
    SessionState, Stamp, Standing, When, text,
};

/// How a goal stood at a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoodThen {
    /// The goal.
    pub goal: Id<Goal>,
    /// What it is called.
    pub title: String,
    /// How it stood.
    pub word: GoalWord,
    /// A few words about that.
    pub note: String,
}

/// A check with how the goals stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCheck {
    /// The check.
    pub check: Record<ProgressCheck>,
    /// The goals that were looked at.
    pub goals: Vec<StoodThen>,
}

/// What is said of a goal at a check; nothing where it was not looked at.
pub type Said = (Id<Goal>, Option<GoalWord>, String);

impl Store {
    /// The day of the agreement with somebody that a check held on `on` answers.
    pub fn check_day_answered(
        &self,
        with: Id<Relationship>,
        on: NaiveDate,
    ) -> Result<Option<NaiveDate>> {
        let versions = self.agreements(with)?;
        let in_force = versions.iter().find(|one| one.state().is_in_force(on));
        let days = in_force.map_or(&[][..], |one| &one.agreement.value.checks);
        let answered: Option<String> = self
            .db
            .prepare_cached(
                "SELECT max(answered) FROM progress_check
                 WHERE relationship = ?1 AND deleted IS NULL",
            )?
            .query_row([with], |row| row.get(0))?;
        let answered = answered.and_then(|day| day.parse().ok());
        let asked = answers(days, answered, on);
        match asked {
            // Who held a session along the template looked back as well.
            Some(day) if self.held_along_template(with, held_early(day), on)? => {
                Ok(answers(days, Some(day), on))
            }
            asked => Ok(asked),
        }
    }

    /// Whether a session was held along the template of a progress check between two days.
    fn held_along_template(
        &self,
        with: Id<Relationship>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<bool> {
        let mut statement = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM session
                WHERE relationship = ?1 AND state = 'held' AND deleted IS NULL
                    AND starts >= ?2 AND starts < ?3 || '~' AND template = 'progress-check')",
        )?;
        Ok(statement
            .query_row(params![with, from.to_string(), to.to_string()], |row| row.get(0))?)
    }

    /// The checks with somebody, the latest first.
    pub fn progress_checks(&self, with: Id<Relationship>, limit: u16) -> Result<Vec<HeldCheck>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM progress_check WHERE relationship = ?1 AND deleted IS NULL
             ORDER BY day DESC, id DESC LIMIT ?2",
        )?;
        let checks = statement.query_map(params![with, limit], record)?;
        let checks = checks.collect::<rusqlite::Result<Vec<_>>>()?;
        checks.into_iter().map(|check| self.with_goals(check)).collect()
    }

    /// The check that was held in a session, if one was.
    pub fn check_of_session(&self, session: Id<Session>) -> Result<Option<HeldCheck>> {
        let check = self
            .db
            .prepare_cached(
                "SELECT * FROM progress_check WHERE session = ?1 AND deleted IS NULL
                 ORDER BY id LIMIT 1",
            )?
            .query_row([session], record)
            .optional()?;
        check.map(|check| self.with_goals(check)).transpose()
    }

    /// One check.
    pub fn progress_check(&self, id: Id<ProgressCheck>) -> Result<HeldCheck> {
        let check = self
            .db
            .prepare_cached("SELECT * FROM progress_check WHERE id = ?1 AND deleted IS NULL")?
            .query_row([id], record)?;
        self.with_goals(check)
    }

    fn with_goals(&self, check: Record<ProgressCheck>) -> Result<HeldCheck> {
        let mut statement = self.db.prepare_cached(
            "SELECT g.id AS goal, g.title AS title, s.word AS word, s.note AS note
             FROM standing s CROSS JOIN goal g ON g.id = s.goal
             WHERE s.session = ?1 AND s.deleted IS NULL AND g.deleted IS NULL
             ORDER BY s.id LIMIT 100",
        )?;
        let Some(session) = check.value.session else {
            return Ok(HeldCheck { check, goals: Vec::new() });
        };
        let goals = statement.query_map([session], |row| {
            let row = &Columns::of(row);
            Ok(StoodThen {
                goal: row.get("goal")?,
                title: row.get("title")?,
                word: coded(row, "word", GoalWord::from_code)?,
                note: row.get("note")?,
            })
        })?;
        Ok(HeldCheck { check, goals: goals.collect::<rusqlite::Result<_>>()? })
    }

    /// Holds a check, as one change: in its session, or in one of today where it names none; where
    /// there is none today, in one that has the day only. Says in which. How the goals stand becomes
    /// a part of their history.
    pub fn hold_check(
        &mut self,
        stamp: Stamp,
        check: &ProgressCheck,
        goals: &[Said],
    ) -> Result<Id<Session>> {
        let mut check = cleaned(check);
        let session = match check.session {
            Some(session) => Some(self.session(session)?),
            None => self.begun_today(check.relationship, stamp)?,
        };
        let today = stamp.now.date_naive();
        let on = session.as_ref().map_or(today, |one| one.value.when.date);
        check.day = on;
        check.planned = self.check_day_answered(check.relationship, on)?;
        self.write(stamp, Action::Add, |door| {
            let session = if let Some(mut session) = session {
                session.value.state = SessionState::Held;
                named(&mut session.value);
                door.update(session.id, session.rev, &session.value)?;
                session.id
            } else {
                // When they met, for how long and how, nobody said.
                let (id, day) = (Id::new(stamp.now), When::day(today));
                let mut session = Session::new(check.relationship, day, SessionState::Held);
                named(&mut session);
                door.insert(id, &session)?;
                id
            };
            check.session = Some(session);
            door.insert(Id::new(stamp.now), &check)?;
            door.say_of_goals(session, check.day, goals)?;
            Ok(session)
        })
    }

    /// The session of today in which a check can be held: one that was planned or held, and in
    /// which none was.
    fn begun_today(&self, with: Id<Relationship>, stamp: Stamp) -> Result<Option<Record<Session>>> {
        for session in self.sessions_on(with, stamp.now.date_naive())? {
            let is_on = matches!(session.value.state, SessionState::Planned | SessionState::Held);
            if is_on && self.check_of_session(session.id)?.is_none() {
                return Ok(Some(session));
            }
        }
        Ok(None)
    }

    /// Whether a session says the day of its check and nothing else, so that what is logged for
    /// that day is this session.
    pub(super) fn is_only_its_check(&self, session: &Record<Session>) -> Result<bool> {
        let at = &session.value;
        let says_more = at.state != SessionState::Held
            || at.when.time.is_some()
            || at.minutes.is_some()
            || at.mode.is_some()
            || !at.place.is_empty();
        let texts = self.texts(session.id)?;
        let is_written = Layer::ALL.iter().any(|layer| texts.of(*layer).is_some());
        Ok(!says_more && !is_written && self.check_of_session(session.id)?.is_some())
    }

    /// Writes anew what was said at a check.
    pub fn update_check(
        &mut self,
        stamp: Stamp,
        check: &Record<ProgressCheck>,
        goals: &[Said],
    ) -> Result<()> {
        let value = cleaned(&check.value);
        self.write(stamp, Action::Edit, |door| {
            door.update(check.id, check.rev, &value)?;
            match value.session {
                Some(session) => door.say_of_goals(session, value.day, goals),
                None => Ok(()),
            }
        })
    }

    /// Lets a check be, with a word why: the day it was due asks no more.
    pub fn skip_check(
        &mut self,
        stamp: Stamp,
        with: Id<Relationship>,
        planned: NaiveDate,
        why: &str,
    ) -> Result<Id<ProgressCheck>> {
        let today = stamp.now.date_naive();
        let check = ProgressCheck {
            planned: Some(planned),
            note: text::line(why),
            ..ProgressCheck::new(with, today, CheckState::Skipped)
        };
        self.write(stamp, Action::Mark, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &check).map(|_| id)
        })
    }
}

impl Door<'_> {
    /// Makes what was said of goals in a session what is said now.
    fn say_of_goals(&mut self, session: Id<Session>, day: NaiveDate, goals: &[Said]) -> Result<()> {
        for (goal, word, note) in goals {
            let before: Option<Record<Standing>> = self
                .tx
                .prepare_cached(
                    "SELECT * FROM standing WHERE session = ?1 AND goal = ?2 AND deleted IS NULL
                     ORDER BY id LIMIT 1",
                )?
                .query_row((session, goal), record)
                .optional()?;
            match (before, word) {
                (None, None) => {}
                (Some(before), None) => self.delete(before.id)?,
                (before, Some(word)) => {
                    let said = Standing {
                        session: Some(session),
                        ..Standing::new(*goal, day, *word, text::line(note))
                    };
                    match before {
                        Some(before) => self.update(before.id, before.rev, &said)?,
                        None => self.insert(Id::new(self.stamp.now), &said).map(|_| ())?,
                    }
                }
            }
        }
        Ok(())
    }
}

/// A session that says not what it is about is about this.
fn named(session: &mut Session) {
    if session.about.is_empty() {
        "Progress check".clone_into(&mut session.about);
    }
}

fn cleaned(check: &ProgressCheck) -> ProgressCheck {
    let prose = |words: &str| text::prose(words).trim().to_owned();
    ProgressCheck {
        note: text::line(&check.note),
        helped: prose(&check.helped),
        hindered: prose(&check.hindered),
        mine: prose(&check.mine),
        theirs: prose(&check.theirs),
        change: prose(&check.change),
        ..check.clone()
    }
}
