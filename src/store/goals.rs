//! Goals: lists in the order of the domain, one goal with all that belongs to it, and every change
//! to them. Milestones, standings and the people it is shared with go with their goal.

use rusqlite::{OptionalExtension, Row, params};

use super::door::{Action, Door};
use super::kind::{Columns, Kind, coded, coded_or_none, record};
use super::{Named, Result, Store};
use crate::domain::{
    Goal, GoalMove, GoalStatus, GoalWith, GoalWord, Id, Milestone, Moment, Record, Relationship,
    Session, Stamp, Standing, goal_moves, latest_standing, order, text,
};
use chrono::{DateTime, NaiveDate};

/// Whose goals are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoalsOf {
    /// All of them.
    #[default]
    Everyone,
    /// Those shared with one.
    One(Id<Relationship>),
    /// Those shared with nobody.
    Nobody,
}

/// Which goals are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoalFilter {
    /// All of them.
    #[default]
    All,
    /// Those still to be reached.
    Open,
    /// Those I want to reach, alone or with the other.
    Mine,
    /// Those the other wants to reach, alone or with me.
    Theirs,
}

impl GoalFilter {
    /// The same as a condition of a statement, for the goals `g`.
    const fn of_owner(self) -> &'static str {
        match self {
            Self::All | Self::Open => "",
            Self::Mine => "AND g.owner <> 'them'",
            Self::Theirs => "AND g.owner <> 'me'",
        }
    }

    /// The owners whose goals it shows, as they are stored.
    fn shows(self, goal: &Goal) -> bool {
        use crate::domain::GoalOwner::{Me, Them};
        match self {
            Self::All => true,
            Self::Open => goal.status.is_open(),
            Self::Mine => goal.owner != Them,
            Self::Theirs => goal.owner != Me,
        }
    }
}

/// One row of a list of goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedGoal {
    /// The goal.
    pub goal: Record<Goal>,
    /// The names of those it is shared with; may be empty.
    pub with: String,
    /// How it stood when that was last said.
    pub standing: Option<GoalWord>,
    /// How many of its milestones are done.
    pub done: u32,
    /// How many milestones it has.
    pub milestones: u32,
}

/// One goal with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalDetails {
    /// The goal.
    pub goal: Record<Goal>,
    /// Those it is shared with, by name.
    pub with: Vec<Named>,
    /// Its milestones in their order.
    pub milestones: Vec<Record<Milestone>>,
    /// What was said of it, the newest first.
    pub history: Vec<Record<Standing>>,
    /// The sessions in which that was said, and with whom each was.
    pub sessions: Vec<(Id<Session>, Id<Relationship>)>,
}

impl GoalDetails {
    /// How it stood when that was last said.
    pub fn standing(&self) -> Option<&Standing> {
        latest_standing(self.history.iter().rev().map(|said| &said.value))
    }

    /// The first milestone that is not done.
    pub fn next(&self) -> Option<&Record<Milestone>> {
        self.milestones.iter().find(|one| one.value.done.is_none())
    }
}

/// What a row of a list is made of, for the goals `g`.
const LISTED: &str = "g.*,
    ifnull((SELECT group_concat(p.name, ', ') FROM goal_with w
            JOIN relationship r ON r.id = w.relationship JOIN person p ON p.id = r.person
            WHERE w.goal = g.id AND w.deleted IS NULL), '') AS names,
    (SELECT word FROM standing WHERE goal = g.id AND deleted IS NULL
        AND word IN ('ahead', 'on-course', 'stuck', 'changed')
     ORDER BY day DESC, id DESC LIMIT 1) AS stands,
    (SELECT count(done) || ' ' || count(*) FROM milestone WHERE goal = g.id
        AND deleted IS NULL) AS steps";

impl Store {
    /// The goals of somebody, in the order in which lists show them: open, put aside, over.
    pub fn goals(&self, of: GoalsOf, filter: GoalFilter) -> Result<Vec<ListedGoal>> {
        Ok(self.first_goals(of, filter, u32::MAX)?.0)
    }

    /// The first `most` of them, and whether there are more.
    pub fn first_goals(
        &self,
        of: GoalsOf,
        filter: GoalFilter,
        most: u32,
    ) -> Result<(Vec<ListedGoal>, bool)> {
        let mut goals = Vec::new();
        if let GoalsOf::One(with) = of {
            let sql = format!(
                "SELECT {LISTED} FROM goal_with x JOIN goal g ON g.id = x.goal
                 WHERE x.relationship = ?1 AND x.deleted IS NULL AND g.deleted IS NULL LIMIT 2000"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            for row in statement.query_map([with], listed)? {
                goals.push(row?);
            }
            goals.retain(|row| filter.shows(&row.goal.value));
        } else {
            let shown = GoalStatus::ALL
                .iter()
                .filter(|status| filter != GoalFilter::Open || status.is_open());
            for status in shown {
                goals.append(&mut self.goals_that_are(*status, of, filter, most)?);
            }
        }
        goals.sort_by_cached_key(|row| (row.goal.value.order(), row.goal.id));
        // One person may stand in two links that came from two journals.
        goals.dedup_by_key(|row| row.goal.id);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = goals.len() > most;
        goals.truncate(most);
        Ok((goals, more))
    }

    /// Those of one status in their order, and one more than `most` to tell whether there are more.
    fn goals_that_are(
        &self,
        status: GoalStatus,
        of: GoalsOf,
        filter: GoalFilter,
        most: u32,
    ) -> Result<Vec<ListedGoal>> {
        let alone = match of {
            GoalsOf::Nobody => {
                "AND NOT EXISTS (SELECT 1 FROM goal_with w
                                 WHERE w.goal = g.id AND w.deleted IS NULL)"
            }
            _ => "",
        };
        let order = if status.is_open() || status == GoalStatus::Paused {
            "g.due IS NULL, g.due, g.title COLLATE NOCASE, g.id"
        } else {
            "g.since DESC, g.id DESC"
        };
        let sql = format!(
            "SELECT {LISTED} FROM goal g WHERE g.status = ?1 AND g.deleted IS NULL {alone} {}
             ORDER BY {order} LIMIT ?2",
            filter.of_owner()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params![status.code(), i64::from(most) + 1], listed)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One goal.
    pub fn goal(&self, id: Id<Goal>) -> Result<Record<Goal>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM goal WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// One goal with its milestones, its history and those it is shared with.
    pub fn goal_details(&self, id: Id<Goal>) -> Result<GoalDetails> {
        let goal = self.goal(id)?;
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM milestone WHERE goal = ?1 AND deleted IS NULL ORDER BY position, id
             LIMIT 500",
        )?;
        let milestones =
            statement.query_map([id], record)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM standing WHERE goal = ?1 AND deleted IS NULL
             ORDER BY day DESC, id DESC LIMIT 500",
        )?;
        let history = statement.query_map([id], record)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut statement = self.db.prepare_cached(
            "SELECT s.id, s.relationship FROM standing t
             CROSS JOIN session s ON s.id = t.session
             WHERE t.goal = ?1 AND t.deleted IS NULL AND s.deleted IS NULL LIMIT 500",
        )?;
        let sessions = statement
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(GoalDetails { goal, with: self.shared_with(id)?, milestones, history, sessions })
    }

    /// Those with whom a goal is shared, by name.
    pub fn shared_with(&self, goal: Id<Goal>) -> Result<Vec<Named>> {
        let mut statement = self.db.prepare_cached(
            "SELECT DISTINCT relationship FROM goal_with WHERE goal = ?1 AND deleted IS NULL",
        )?;
        let ids: Vec<Id<Relationship>> =
            statement.query_map([goal], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut with = ids.into_iter().map(|id| self.named(id)).collect::<Result<Vec<_>>>()?;
        with.sort_by_cached_key(|named| (text::folded(&named.name), named.relationship));
        Ok(with)
    }

    /// One milestone.
    pub fn milestone(&self, id: Id<Milestone>) -> Result<Record<Milestone>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM milestone WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// Adds a goal, shared with these.
    pub fn add_goal(
        &mut self,
        stamp: Stamp,
        goal: &Goal,
        with: &[Id<Relationship>],
    ) -> Result<Id<Goal>> {
        let goal = cleaned(goal);
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &goal)?;
            for relationship in with {
                let link = GoalWith { goal: id, relationship: *relationship };
                door.insert(Id::new(stamp.now), &link)?;
            }
            Ok(id)
        })
    }

    /// Changes what a goal says.
    pub fn update_goal(&mut self, stamp: Stamp, goal: &Record<Goal>) -> Result<()> {
        let value = cleaned(&goal.value);
        self.write(stamp, Action::Edit, |door| door.update(goal.id, goal.rev, &value))
    }

    /// Gives a goal another day, or none.
    pub fn move_goal(&mut self, stamp: Stamp, id: Id<Goal>, due: Option<NaiveDate>) -> Result<()> {
        let mut goal = self.goal(id)?;
        goal.value.due = due;
        self.write(stamp, Action::Move, |door| door.update(id, goal.rev, &goal.value))
    }

    /// When a goal was moved, the earliest first: its earlier contents are kept with the changes.
    pub fn goal_moves(&self, goal: &Record<Goal>, now: Moment) -> Result<Vec<GoalMove>> {
        let mut statement = self.db.prepare_cached(
            "SELECT c.at AS at, json_extract(i.before, '$.due') AS due
             FROM image i CROSS JOIN change c ON c.seq = i.change
             WHERE i.row = ?1 AND i.kind = 'goal' AND i.before IS NOT NULL ORDER BY i.change",
        )?;
        let rows = statement.query_map([goal.id], |row| {
            let row = &Columns::of(row);
            let at = DateTime::from_timestamp_millis(row.get("at")?).unwrap_or_default();
            let due = coded_or_none(row, "due", |day| day.parse().ok())?;
            Ok((at.with_timezone(now.offset()).date_naive(), due))
        })?;
        let had = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(goal_moves(had, goal.value.due))
    }

    /// Says what became of a goal, with a word why. Its history keeps both.
    pub fn mark_goal(
        &mut self,
        stamp: Stamp,
        id: Id<Goal>,
        status: GoalStatus,
        why: &str,
    ) -> Result<()> {
        let mut goal = self.goal(id)?;
        let today = stamp.now.date_naive();
        let said = Standing::new(id, today, status.into(), text::line(why));
        if goal.value.status == status && said.note.is_empty() {
            return Ok(());
        }
        goal.value.status = status;
        goal.value.since = today;
        self.write(stamp, Action::Mark, |door| {
            door.update(id, goal.rev, &goal.value)?;
            door.insert(Id::new(stamp.now), &said).map(|_| ())
        })
    }

    /// Says how a goal stands today, with a note.
    pub fn add_standing(
        &mut self,
        stamp: Stamp,
        goal: Id<Goal>,
        word: GoalWord,
        note: &str,
    ) -> Result<Id<Standing>> {
        let day = stamp.now.date_naive();
        let said = Standing::new(goal, day, word, text::line(note));
        self.write(stamp, Action::Add, |door| {
            door.live(Kind::Goal, goal.cast())?;
            let id = Id::new(stamp.now);
            door.insert(id, &said).map(|_| id)
        })
    }

    /// Puts what was said of a goal into the bin.
    pub fn delete_standing(&mut self, stamp: Stamp, id: Id<Standing>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Puts a goal into the bin, and with it all that belongs to it.
    pub fn delete_goal(&mut self, stamp: Stamp, id: Id<Goal>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Shares a goal with somebody, or no longer. Says whether it is shared now.
    pub fn share_goal(
        &mut self,
        stamp: Stamp,
        goal: Id<Goal>,
        with: Id<Relationship>,
        shared: bool,
    ) -> Result<()> {
        self.write(stamp, Action::Edit, |door| {
            door.live(Kind::Goal, goal.cast())?;
            let links = links(door, goal, with)?;
            let standing = links.iter().filter(|(_, binned)| !binned);
            match (shared, standing.clone().next().is_some()) {
                (true, true) | (false, false) => Ok(()),
                (false, true) => standing.clone().try_for_each(|(id, _)| door.delete(*id)),
                (true, false) => {
                    if let Some((id, _)) = links.first() {
                        return door.restore(Kind::GoalWith, id.cast());
                    }
                    let link = GoalWith { goal, relationship: with };
                    door.insert(Id::new(stamp.now), &link).map(|_| ())
                }
            }
        })
    }

    /// Adds a milestone behind the others of its goal.
    pub fn add_milestone(
        &mut self,
        stamp: Stamp,
        goal: Id<Goal>,
        title: &str,
        due: Option<NaiveDate>,
    ) -> Result<Id<Milestone>> {
        let title = text::line(title);
        self.write(stamp, Action::Add, |door| {
            door.live(Kind::Goal, goal.cast())?;
            let last: Option<u32> = door
                .tx
                .prepare_cached(
                    "SELECT position FROM milestone WHERE goal = ?1
                     ORDER BY position DESC LIMIT 1",
                )?
                .query_row([goal], |row| row.get(0))
                .optional()?;
            let position = last.map_or(0, |last| last.saturating_add(1));
            let id = Id::new(stamp.now);
            let milestone = Milestone { goal, title, due, done: None, position };
            door.insert(id, &milestone).map(|_| id)
        })
    }

    /// Changes what a milestone says, or its day.
    pub fn update_milestone(&mut self, stamp: Stamp, one: &Record<Milestone>) -> Result<()> {
        let value = Milestone { title: text::line(&one.value.title), ..one.value.clone() };
        self.write(stamp, Action::Edit, |door| door.update(one.id, one.rev, &value))
    }

    /// Gives a milestone another day, or none.
    pub fn move_milestone(
        &mut self,
        stamp: Stamp,
        id: Id<Milestone>,
        due: Option<NaiveDate>,
    ) -> Result<()> {
        let mut one = self.milestone(id)?;
        one.value.due = due;
        self.write(stamp, Action::Move, |door| door.update(id, one.rev, &one.value))
    }

    /// Puts a milestone into the place of another of its goal; what is between them makes room.
    pub fn order_milestones(
        &mut self,
        stamp: Stamp,
        one: Id<Milestone>,
        there: Id<Milestone>,
    ) -> Result<()> {
        let all = self.goal_details(self.milestone(one)?.value.goal)?.milestones;
        let places: Vec<_> = all.iter().map(|one| (one.id, Some(one.value.position))).collect();
        let given = order::put_in_place_of(&places, one, there);
        self.write(stamp, Action::Order, |door| {
            for one in &all {
                if let Some((_, position)) = given.iter().find(|(id, _)| *id == one.id) {
                    let moved = Milestone { position: *position, ..one.value.clone() };
                    door.update(one.id, one.rev, &moved)?;
                }
            }
            Ok(())
        })
    }

    /// Says that a milestone is done today, or that it is not done.
    pub fn tick_milestone(&mut self, stamp: Stamp, id: Id<Milestone>, done: bool) -> Result<()> {
        let mut one = self.milestone(id)?;
        if one.value.done.is_some() == done {
            return Ok(());
        }
        one.value.done = done.then(|| stamp.now.date_naive());
        self.write(stamp, Action::Mark, |door| door.update(id, one.rev, &one.value))
    }

    /// Puts a milestone into the bin.
    pub fn delete_milestone(&mut self, stamp: Stamp, id: Id<Milestone>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }
}

/// The links between a goal and somebody, and whether each is in the bin.
fn links(
    door: &Door<'_>,
    goal: Id<Goal>,
    with: Id<Relationship>,
) -> Result<Vec<(Id<GoalWith>, bool)>> {
    let mut statement = door.tx.prepare_cached(
        "SELECT id, deleted IS NOT NULL FROM goal_with WHERE goal = ?1 AND relationship = ?2",
    )?;
    let found = statement.query_map((goal, with), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn cleaned(goal: &Goal) -> Goal {
    Goal {
        title: text::line(&goal.title),
        why: text::prose(goal.why.trim_start()).into_owned(),
        test: text::prose(goal.test.trim_start()).into_owned(),
        ..goal.clone()
    }
}

fn listed(row: &Row<'_>) -> rusqlite::Result<ListedGoal> {
    let row = &Columns::of(row);
    let goal = row.record()?;
    let with = row.get("names")?;
    let standing = coded_or_none(row, "stands", GoalWord::from_code)?;
    let (done, milestones) = coded(row, "steps", |both| {
        let (done, all) = both.split_once(' ')?;
        Some((done.parse().ok()?, all.parse().ok()?))
    })?;
    Ok(ListedGoal { goal, with, standing, done, milestones })
}
