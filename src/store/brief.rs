//! What the brief of one person is chosen from: a few of each kind, and how many there are.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::commitments::{Group, Wanted};
use super::kind::record;
use super::sessions::{Anchor, Filter};
use super::{Details, GoalFilter, GoalsOf, Listed, ListedGoal, Promised, Result, Scope, Store};
use crate::domain::today::Standing;
use crate::domain::{
    AgendaItem, AgreementState, Focus, Goal, Id, Milestone, Moment, Party, Record, Relationship,
    Repair, Session, SessionState, When, brief,
};

/// The most that is fetched of one kind.
const FETCHED: usize = 24;
/// The last sessions that are told of.
const LAST: u16 = 3;

/// A goal with its next milestone.
pub type Aim = (ListedGoal, Option<Record<Milestone>>);

/// All that a brief is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Who they are, how to reach them, what is worth remembering (the most pressing first).
    pub details: Details,
    /// What was planned and nobody answered for, the latest first.
    pub unanswered: Vec<Record<Session>>,
    /// The next session.
    pub next: Option<Record<Session>>,
    /// When the rhythm has the next one, where none is planned.
    pub proposed: Option<When>,
    /// The last sessions, the newest first.
    pub last: Vec<Listed>,
    /// What I promised, the earliest day first.
    pub mine: Vec<Promised>,
    /// How many of those there are.
    pub mine_in_all: usize,
    /// What they promised.
    pub theirs: Vec<Promised>,
    /// How many of those there are.
    pub theirs_in_all: usize,
    /// What is to be talked about, in its order.
    pub agenda: Vec<Record<AgendaItem>>,
    /// Goals that are open, the most pressing first.
    pub goals: Vec<Aim>,
    /// How far the newest version of the agreement has come, where it waits to be signed.
    pub unsigned: Option<AgreementState>,
    /// What is still to mend between the two, the newest first.
    pub repairs: Vec<Record<Repair>>,
    /// What I practise with them.
    pub focus: Vec<Record<Focus>>,
    /// How it stands with them, unless it rests or was put away.
    pub standing: Option<Standing>,
}

impl Prepared {
    /// The next days that the agreement names, and what is then; the day up to which notes are kept
    /// too, where that was agreed.
    pub fn agreement_dates(&self, today: NaiveDate) -> Vec<(&'static str, NaiveDate)> {
        let kept = self.details.relationship.value.keep_until;
        let kept = kept.map(|day| ("Notes kept until", day));
        if self.details.relationship.value.phase.is_closed() {
            // What was agreed asks for nothing any more.
            return kept.into_iter().collect();
        }
        let agreement = self.standing.as_ref().and_then(|one| one.agreement.as_ref());
        let next = agreement.and_then(|agreement| agreement.next_date(today));
        let end = self.details.relationship.value.ends.map(|day| ("End", day));
        let overdue = self.standing.as_ref().and_then(|one| one.check_overdue(today));
        let overdue = overdue.map(|day| ("Progress check", day));
        overdue
            .into_iter()
            .chain(next)
            .chain(end.filter(|end| next != Some(*end)))
            .chain(kept)
            .collect()
    }

    /// Whether a line of the agenda was left over from the last session.
    pub fn is_left_over(&self, item: &AgendaItem) -> bool {
        let last = self.last.first().map(|last| last.session.value.when.date);
        last.is_some_and(|day| item.added <= day)
    }
}

impl Store {
    /// What the brief of one person is chosen from.
    pub fn brief(&self, with: Id<Relationship>, now: Moment) -> Result<Prepared> {
        let today = now.date_naive();
        let mut details = self.details(with)?;
        details
            .remembering
            .sort_by_key(|line| (brief::remembering_order(&line.value, today), Reverse(line.id)));
        let standing = self.standings(Scope::One(with), today)?.pop();
        let standing = standing.filter(|_| {
            let relationship = &details.relationship.value;
            relationship.paused.is_none() && !relationship.archived
        });
        let next = self.next_session(with, today)?;
        let planned = standing.as_ref().is_none_or(|one| one.planned.is_some());
        let filter = Filter { state: Some(SessionState::Held) };
        let last = self.sessions(Scope::One(with), filter, Anchor::Newest, LAST)?.rows;
        Ok(Prepared {
            unanswered: self.unanswered_sessions(with, today)?,
            proposed: standing.as_ref().filter(|_| !planned).and_then(|one| one.next(today)),
            next,
            last,
            mine: self.open_of(with, Group::Mine)?,
            mine_in_all: self.count_open(with, Party::Me)?,
            theirs: self.open_of(with, Group::Theirs)?,
            theirs_in_all: self.count_open(with, Party::Them)?,
            agenda: self.open_agenda(with)?,
            goals: self.aims(with, today)?,
            unsigned: standing.as_ref().and_then(Standing::waiting),
            repairs: self.open_repairs(with)?,
            focus: self.focus(with)?,
            standing,
            details,
        })
    }

    fn open_of(&self, with: Id<Relationship>, group: Group) -> Result<Vec<Promised>> {
        self.first_of_group(Scope::One(with), Wanted::default(), group, FETCHED)
    }

    fn count_open(&self, with: Id<Relationship>, party: Party) -> Result<usize> {
        let mut statement = self.db.prepare_cached(
            "SELECT count(*) FROM commitment WHERE relationship = ?1 AND party = ?2
                AND closed IS NULL AND deleted IS NULL",
        )?;
        let count: i64 = statement.query_row((with, party.code()), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The open goals shared with somebody, each with its next milestone, the most pressing first.
    fn aims(&self, with: Id<Relationship>, today: NaiveDate) -> Result<Vec<Aim>> {
        let goals = self.goals(GoalsOf::One(with), GoalFilter::Open)?;
        let ids: Vec<_> = goals.iter().map(|row| row.goal.id).collect();
        let mut next = self.next_milestones(&ids)?;
        let mut aims: Vec<Aim> = goals
            .into_iter()
            .map(|row| {
                let at = next.iter().position(|one| one.value.goal == row.goal.id);
                let next = at.map(|at| next.swap_remove(at));
                (row, next)
            })
            .collect();
        aims.sort_by_key(|(row, next)| {
            let next = next.as_ref().map(|next| &next.value);
            brief::goal_order(&row.goal.value, row.standing, next, today)
        });
        Ok(aims)
    }

    fn next_milestones(&self, goals: &[Id<Goal>]) -> Result<Vec<Record<Milestone>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT m.* FROM json_each(?1) j CROSS JOIN milestone m ON m.id =
                (SELECT id FROM milestone WHERE goal = unhex(j.value) AND deleted IS NULL
                    AND done IS NULL ORDER BY position, id LIMIT 1)",
        )?;
        let rows = statement.query_map([super::today::as_list(goals)], record)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
