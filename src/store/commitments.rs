//! Commitments: lists by due day that cost what they show, and what becomes of each.
//!
//! Whether one was kept in time is asked of the domain with all its moves at hand; a day that is
//! moved leaves a record of the day it was before.

use chrono::NaiveDate;
use rusqlite::Row;

use super::door::{Action, Door};
use super::kind::{Columns, coded_or_none, record};
use super::{Page, Result, Scope, Store};
use crate::domain::{
    Commitment, CommitmentMove, CommitmentState, Goal, Id, Invalid, Party, Promise, Record,
    Relationship, Session, Stamp, When, text,
};

/// The most that is read of what belongs to one person or one session.
const OF_ONE: u16 = 500;

/// Which commitments are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only mine, or only theirs.
    pub owner: Option<Party>,
    /// Of those that are no longer open only what was closed since this day.
    pub closed_since: Option<NaiveDate>,
}

/// The parts of the list, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What I have open, the earliest day first, what has no day last.
    Mine,
    /// What they have open, in the same order.
    Theirs,
    /// What is no longer open, the latest first.
    Closed,
}

impl Group {
    const ALL: [Self; 3] = [Self::Mine, Self::Theirs, Self::Closed];

    /// The part in which a commitment stands.
    pub const fn of(commitment: &Commitment) -> Self {
        match (commitment.closed, commitment.owner) {
            (Some(_), _) => Self::Closed,
            (None, Party::Me) => Self::Mine,
            (None, Party::Them) => Self::Theirs,
        }
    }

    const fn is_of(self, owner: Option<Party>) -> bool {
        !matches!((self, owner), (Self::Mine, Some(Party::Them)) | (Self::Theirs, Some(Party::Me)))
    }
}

/// Where a part of the list lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Near {
    /// From the first on.
    First,
    /// Up to the last.
    Last,
    /// Around a commitment that need not be in the list itself.
    Around(Record<Commitment>),
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The commitment.
    pub commitment: Record<Commitment>,
    /// With whom.
    pub person: String,
    /// The day it was due before it was moved last.
    pub moved_from: Option<NaiveDate>,
    /// The day of the session in which it was made, unless that is in the bin.
    pub source: Option<When>,
    /// Whether the relationship rests; then it is not late.
    pub rests: bool,
    /// The goal it serves.
    pub goal: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

impl Store {
    /// A part of the list: up to `limit` rows before `near` and as many from it on.
    pub fn commitments(
        &self,
        scope: Scope,
        wanted: Wanted,
        near: &Near,
        limit: u16,
    ) -> Result<Page<Promised>> {
        let at = match near {
            Near::First | Near::Last => None,
            Near::Around(commitment) => Some(commitment),
        };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        if *near != Near::First {
            before = self.run_of_commitments(scope, wanted, at, Way::Up, limit)?;
        }
        if *near != Near::Last {
            after = self.run_of_commitments(scope, wanted, at, Way::Down, limit)?;
        }
        Ok(Page::joined(before, after, limit))
    }

    /// A run over the groups: downwards from `at` on (with it), or upwards before it, and one row
    /// more than `limit` to tell whether there are more.
    fn run_of_commitments(
        &self,
        scope: Scope,
        wanted: Wanted,
        at: Option<&Record<Commitment>>,
        way: Way,
        limit: u16,
    ) -> Result<Vec<Promised>> {
        let of = at.map(|at| Group::of(&at.value));
        let mut groups: Vec<Group> = Group::ALL
            .into_iter()
            .filter(|group| group.is_of(wanted.owner))
            .filter(|group| match way {
                Way::Down => of.is_none_or(|of| *group >= of),
                Way::Up => of.is_none_or(|of| *group <= of),
            })
            .collect();
        if way == Way::Up {
            groups.reverse();
        }
        let enough = usize::from(limit) + 1;
        let mut rows = Vec::new();
        for group in groups {
            let at = at.filter(|_| of == Some(group));
            let left = enough - rows.len();
            rows.append(&mut self.run_of_group(scope, wanted, group, at, way, left)?);
            if rows.len() == enough {
                break;
            }
        }
        Ok(rows)
    }

    /// The first ones of a group.
    pub(super) fn first_of_group(
        &self,
        scope: Scope,
        wanted: Wanted,
        group: Group,
        limit: usize,
    ) -> Result<Vec<Promised>> {
        self.run_of_group(scope, wanted, group, None, Way::Down, limit)
    }

    fn run_of_group(
        &self,
        scope: Scope,
        wanted: Wanted,
        group: Group,
        at: Option<&Record<Commitment>>,
        way: Way,
        limit: usize,
    ) -> Result<Vec<Promised>> {
        let order = if group == Group::Closed { "closed" } else { "due_order" };
        let mut conditions = vec!["c.deleted IS NULL".to_owned()];
        conditions.push(match group {
            Group::Closed => "c.closed IS NOT NULL".to_owned(),
            Group::Mine | Group::Theirs => "c.closed IS NULL".to_owned(),
        });
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut params: Vec<(&str, &dyn rusqlite::ToSql)> = vec![(":limit", &limit)];
        let relationship;
        if let Scope::One(id) = scope {
            relationship = id;
            conditions.push("c.relationship = :relationship".to_owned());
            params.push((":relationship", &relationship));
        }
        let owner = match group {
            Group::Mine => Some(Party::Me),
            Group::Theirs => Some(Party::Them),
            Group::Closed => wanted.owner,
        };
        let party;
        if let Some(owner) = owner {
            party = owner.code();
            conditions.push("c.party = :party".to_owned());
            params.push((":party", &party));
        }
        let since;
        if let Some(day) = wanted.closed_since.filter(|_| group == Group::Closed) {
            since = day.to_string();
            conditions.push("c.closed >= :since".to_owned());
            params.push((":since", &since));
        }
        // What is closed is listed from the latest on, what is open from the earliest on.
        let falling = (group == Group::Closed) == (way == Way::Down);
        let direction = if falling { "DESC" } else { "ASC" };
        let (key, id);
        if let Some(at) = at {
            let compared = match (way, falling) {
                (Way::Down, true) => "<=",
                (Way::Down, false) => ">=",
                (Way::Up, true) => "<",
                (Way::Up, false) => ">",
            };
            conditions.push(format!("(c.{order}, c.id) {compared} (:key, :id)"));
            let day = if group == Group::Closed { at.value.closed } else { at.value.due };
            key = day.map_or_else(|| "~".to_owned(), |day| day.to_string());
            id = at.id;
            params.push((":key", &key));
            params.push((":id", &id));
        }
        let sql = format!(
            "SELECT c.*, p.name AS person_name, r.paused IS NOT NULL AS rests,
                    (SELECT from_day FROM commitment_move WHERE commitment = c.id
                     ORDER BY moved DESC, id DESC LIMIT 1) AS moved_from,
                    (SELECT starts FROM session WHERE id = c.session AND deleted IS NULL) AS starts,
                    (SELECT g.title FROM mention m CROSS JOIN goal g ON g.id = m.goal
                     WHERE m.commitment = c.id AND m.deleted IS NULL AND g.deleted IS NULL
                     ORDER BY m.id LIMIT 1) AS goal_title
             FROM commitment c CROSS JOIN relationship r ON r.id = c.relationship
             CROSS JOIN person p ON p.id = r.person
             WHERE {} ORDER BY c.{order} {direction}, c.id {direction} LIMIT :limit",
            conditions.join(" AND ")
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params.as_slice(), promised)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What is open between me and somebody: mine first, each by its day.
    pub fn open_commitments(&self, with: Id<Relationship>) -> Result<Vec<Promised>> {
        let mut open = Vec::new();
        for group in [Group::Mine, Group::Theirs] {
            let (scope, limit) = (Scope::One(with), usize::from(OF_ONE));
            open.append(&mut self.first_of_group(scope, Wanted::default(), group, limit)?);
        }
        Ok(open)
    }

    /// What was promised in one session: what is open first, mine before theirs, each by its day.
    pub fn commitments_of(&self, session: Id<Session>) -> Result<Vec<Record<Commitment>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM commitment WHERE session = ?1 AND deleted IS NULL ORDER BY id LIMIT ?2",
        )?;
        let mut found: Vec<Record<Commitment>> =
            statement.query_map((session, OF_ONE), record)?.collect::<rusqlite::Result<_>>()?;
        found.sort_by_key(|one| {
            let due = one.value.due;
            (one.value.closed, one.value.owner, due.is_none(), due, one.id)
        });
        Ok(found)
    }

    /// One commitment.
    pub fn commitment(&self, id: Id<Commitment>) -> Result<Record<Commitment>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM commitment WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// The days it was moved from and to, the first one first.
    pub fn moves_of(&self, id: Id<Commitment>) -> Result<Vec<CommitmentMove>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM commitment_move WHERE commitment = ?1 ORDER BY moved, id",
        )?;
        let moves = statement.query_map([id], record::<CommitmentMove>)?;
        Ok(moves.map(|moved| moved.map(|moved| moved.value)).collect::<rusqlite::Result<_>>()?)
    }

    /// Sets down what was promised.
    pub fn add_commitment(
        &mut self,
        stamp: Stamp,
        commitment: &Commitment,
    ) -> Result<Id<Commitment>> {
        let commitment = cleaned(commitment);
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &commitment).map(|_| id)
        })
    }

    /// Sets a commitment right. One that was done is judged anew by the day it has now.
    pub fn update_commitment(&mut self, stamp: Stamp, standing: &Record<Commitment>) -> Result<()> {
        let mut value = cleaned(&standing.value);
        let is_done = matches!(value.state, CommitmentState::Kept | CommitmentState::KeptLate);
        if let Some(day) = value.closed.filter(|_| is_done) {
            value = value.done_on(day, &self.moves_of(standing.id)?);
        }
        self.write(stamp, Action::Edit, |door| door.update(standing.id, standing.rev, &value))
    }

    /// Says that a commitment was done on `day`; whether that was in time is told by what it
    /// becomes.
    pub fn keep_commitment(
        &mut self,
        stamp: Stamp,
        id: Id<Commitment>,
        day: NaiveDate,
    ) -> Result<Commitment> {
        let standing = self.commitment(id)?;
        let kept = standing.value.done_on(day, &self.moves_of(id)?);
        self.mark_commitment(stamp, &standing, kept)
    }

    /// Says that a commitment was missed or withdrawn, or that it is open again.
    pub fn close_commitment(
        &mut self,
        stamp: Stamp,
        id: Id<Commitment>,
        state: CommitmentState,
        day: NaiveDate,
    ) -> Result<Commitment> {
        let standing = self.commitment(id)?;
        let closed = standing.value.closed_on(day, state);
        self.mark_commitment(stamp, &standing, closed)
    }

    /// Says whether the one who waits for it was told.
    pub fn tell_commitment(&mut self, stamp: Stamp, id: Id<Commitment>, told: bool) -> Result<()> {
        let standing = self.commitment(id)?;
        let value = Commitment { told, ..standing.value.clone() };
        self.mark_commitment(stamp, &standing, value).map(|_| ())
    }

    fn mark_commitment(
        &mut self,
        stamp: Stamp,
        standing: &Record<Commitment>,
        value: Commitment,
    ) -> Result<Commitment> {
        self.write(stamp, Action::Mark, |door| door.update(standing.id, standing.rev, &value))?;
        Ok(value)
    }

    /// Gives an open commitment another day, and keeps the one it had. Where both agreed, or the
    /// other was told, that is kept too.
    pub fn move_commitment(
        &mut self,
        stamp: Stamp,
        id: Id<Commitment>,
        to: NaiveDate,
        agreed: bool,
        told: bool,
    ) -> Result<()> {
        let standing = self.commitment(id)?;
        if !standing.value.is_open() {
            let message = "It is no longer open, so its day was not moved. Open it again first.";
            return Err(Invalid { field: "when", message: message.to_owned() }.into());
        }
        let told = standing.value.told || agreed || told;
        let value = Commitment { due: Some(to), told, ..standing.value.clone() };
        self.write(stamp, Action::Move, |door| {
            door.update(id, standing.rev, &value)?;
            match standing.value.due {
                Some(from) if from != to => {
                    let on = stamp.now.date_naive();
                    let moved = CommitmentMove { commitment: id, from, to, on, agreed };
                    door.insert(Id::new(stamp.now), &moved).map(|_| ())
                }
                _ => Ok(()),
            }
        })
    }

    /// Sets down what was promised for a goal.
    pub fn add_commitment_for(
        &mut self,
        stamp: Stamp,
        commitment: &Commitment,
        goal: Id<Goal>,
    ) -> Result<Id<Commitment>> {
        let commitment = cleaned(commitment);
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &commitment)?;
            door.serve_goal(id, commitment.made, Some(goal))?;
            Ok(id)
        })
    }

    /// Puts a commitment into the bin.
    pub fn delete_commitment(&mut self, stamp: Stamp, id: Id<Commitment>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }
}

impl Door<'_> {
    /// Sets down what was promised in a session, as part of the change under way.
    pub(super) fn promise(
        &mut self,
        with: Id<Relationship>,
        session: Id<Session>,
        promises: &[Promise],
    ) -> Result<()> {
        for promise in promises {
            let today = self.stamp.now.date_naive();
            let mut commitment = cleaned(&Commitment::new(with, promise, today));
            commitment.session = Some(session);
            self.insert(Id::new(self.stamp.now), &commitment)?;
        }
        Ok(())
    }
}

fn cleaned(commitment: &Commitment) -> Commitment {
    Commitment { text: text::line(&commitment.text), ..commitment.clone() }
}

fn promised(row: &Row<'_>) -> rusqlite::Result<Promised> {
    let row = &Columns::of(row);
    Ok(Promised {
        commitment: row.record()?,
        person: row.get("person_name")?,
        moved_from: coded_or_none(row, "moved_from", |day| day.parse().ok())?,
        source: coded_or_none(row, "starts", When::from_code)?,
        rests: row.get("rests")?,
        goal: row.get("goal_title")?,
    })
}
