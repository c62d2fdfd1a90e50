//! A goal, the milestones on the way to it, and how it stood when it was looked at.
//!
//! A title is enough for a goal. How it stands is said in words; nothing here makes a percentage
//! or a grade of it. Milestones are counted, because they are done or not.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Commitment, Id, Invalid, Layer, Relationship, Role, Session, dates, text, words_for};

words_for! {
    /// Whose goal it is.
    pub enum GoalOwner {
        /// The one who writes.
        Me = "me" ("mine"),
        /// The other.
        Them = "them" ("theirs"),
        /// Both.
        Both = "both" ("ours"),
    }
}

impl GoalOwner {
    /// Whose a goal is likely to be, by what I am to those it is shared with: somebody whom I
    /// mentor has goals of their own; everybody else I tell mine.
    pub fn likely(roles: &[Role]) -> Self {
        let mentor = !roles.is_empty() && roles.iter().all(|role| *role == Role::Mentor);
        if mentor { Self::Them } else { Self::Me }
    }
}

words_for! {
    /// What became of a goal.
    pub enum GoalStatus {
        /// Not begun, perhaps never.
        Idea = "idea" ("idea"),
        /// Worked on.
        Active = "active" ("active"),
        /// Put aside for a while.
        Paused = "paused" ("paused"),
        /// Reached.
        Achieved = "achieved" ("achieved"),
        /// No longer wanted.
        Dropped = "dropped" ("dropped"),
        /// Somebody else's now.
        HandedOn = "handed-on" ("handed on"),
    }
}

impl GoalStatus {
    /// Whether it is still to be reached, and not put aside.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Idea | Self::Active)
    }
}

words_for! {
    /// How far ahead a goal lies.
    pub enum Horizon {
        /// Weeks.
        Short = "short" ("short term"),
        /// Months.
        Medium = "medium" ("medium term"),
        /// Years.
        Long = "long" ("long term"),
    }
}

words_for! {
    /// What was said of a goal on a day: how it stood, or what it became.
    pub enum GoalWord {
        /// Sooner than was thought.
        Ahead = "ahead" ("ahead"),
        /// As was thought.
        OnCourse = "on-course" ("on course"),
        /// It does not move.
        Stuck = "stuck" ("stuck"),
        /// It is no longer quite the same goal.
        Changed = "changed" ("changed"),
        /// It became an idea.
        Idea = "idea" ("idea"),
        /// It was taken up.
        Active = "active" ("active"),
        /// It was put aside.
        Paused = "paused" ("paused"),
        /// It was reached.
        Achieved = "achieved" ("achieved"),
        /// It was given up.
        Dropped = "dropped" ("dropped"),
        /// Somebody else took it.
        HandedOn = "handed-on" ("handed on"),
    }
}

impl GoalWord {
    /// The words for how a goal stands.
    pub const STANDINGS: [Self; 4] = [Self::Ahead, Self::OnCourse, Self::Stuck, Self::Changed];

    /// Whether it says how the goal stood, and not what it became.
    pub fn is_standing(self) -> bool {
        Self::STANDINGS.contains(&self)
    }

    /// What the goal became, if it says that.
    pub fn status(self) -> Option<GoalStatus> {
        GoalStatus::from_code(self.code())
    }
}

impl From<GoalStatus> for GoalWord {
    fn from(status: GoalStatus) -> Self {
        match status {
            GoalStatus::Idea => Self::Idea,
            GoalStatus::Active => Self::Active,
            GoalStatus::Paused => Self::Paused,
            GoalStatus::Achieved => Self::Achieved,
            GoalStatus::Dropped => Self::Dropped,
            GoalStatus::HandedOn => Self::HandedOn,
        }
    }
}

/// What somebody wants to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The goal in one line.
    pub title: String,
    /// Whose it is.
    pub owner: GoalOwner,
    /// Why it is wanted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How one will know that it is reached.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub test: String,
    /// How far ahead it lies, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<Horizon>,
    /// The day by which it is to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What became of it.
    pub status: GoalStatus,
    /// The day on which it became that.
    pub since: NaiveDate,
}

/// Where a goal stands in a list; the smallest comes first.
pub type GoalOrder = (u8, (bool, Option<NaiveDate>), Reverse<Option<NaiveDate>>, String);

impl Goal {
    /// A goal that is worked on from `today` on. Only a title is needed.
    pub fn new(title: &str, owner: GoalOwner, today: NaiveDate) -> Self {
        Self {
            title: text::line(title),
            owner,
            why: String::new(),
            test: String::new(),
            horizon: None,
            due: None,
            status: GoalStatus::Active,
            since: today,
        }
    }

    /// Refuses a goal without a title.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("title", &self.title, "Write the goal in a few words.")
    }

    /// Whether its day is past and it is still to be reached. What is paused is not late.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Open goals first, by their day and then by title; then those put aside; then those that are
    /// over, the latest first.
    pub fn order(&self) -> GoalOrder {
        let title = text::folded(&self.title);
        let due = (self.due.is_none(), self.due);
        match self.status {
            GoalStatus::Idea | GoalStatus::Active => (0, due, Reverse(None), title),
            GoalStatus::Paused => (1, due, Reverse(None), title),
            _ => (2, (false, None), Reverse(Some(self.since)), title),
        }
    }
}

/// That a goal is shared with somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalWith {
    /// Which goal.
    pub goal: Id<Goal>,
    /// With whom.
    pub relationship: Id<Relationship>,
}

/// A step on the way to a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// To which goal.
    pub goal: Id<Goal>,
    /// What is to be done, in one line.
    pub title: String,
    /// The day by which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The day on which it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<NaiveDate>,
    /// Its place among the milestones of the goal.
    pub position: u32,
}

impl Milestone {
    /// Refuses a milestone without words.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("title", &self.title, "Write the milestone in a few words.")
    }

    /// Whether its day is past and it is not done.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.done.is_none() && self.due.is_some_and(|due| due < today)
    }
}

/// What was said of a goal on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Of which goal.
    pub goal: Id<Goal>,
    /// The day it was looked at.
    pub day: NaiveDate,
    /// How it stood, or what it became.
    pub word: GoalWord,
    /// A few words about that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The session in which it was said, if it was said in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
}

impl Standing {
    /// What is said of a goal on a day, in no session.
    pub const fn new(goal: Id<Goal>, day: NaiveDate, word: GoalWord, note: String) -> Self {
        Self { goal, day, word, note, session: None }
    }
}

/// That a session, a line of its texts or a commitment is about a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Which goal.
    pub goal: Id<Goal>,
    /// The session, where it is one or a line of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// The commitment, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Id<Commitment>>,
    /// The text in which the line stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// The line; nothing where the whole session is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The day it was said.
    pub day: NaiveDate,
}

impl Mention {
    /// Refuses one that leads nowhere.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.session.is_none() == self.commitment.is_none() {
            return Err(Invalid {
                field: "session",
                message: "It belongs to one session or to one commitment.".to_owned(),
            });
        }
        Ok(())
    }

    /// Whether it stays here unless it is asked for by name.
    pub fn is_private(&self) -> bool {
        self.layer.is_some_and(Layer::is_private)
    }
}

/// How many milestones are done, and how many there are.
pub fn milestones_done<'a>(milestones: impl IntoIterator<Item = &'a Milestone>) -> (usize, usize) {
    milestones
        .into_iter()
        .fold((0, 0), |(done, all), one| (done + usize::from(one.done.is_some()), all + 1))
}

/// How a goal stood when that was last said. Of two of one day the later one in the list counts.
pub fn latest_standing<'a>(
    history: impl IntoIterator<Item = &'a Standing>,
) -> Option<&'a Standing> {
    history.into_iter().filter(|one| one.word.is_standing()).max_by_key(|one| one.day)
}

/// That a goal got another day, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GoalMove {
    /// The day on which it did.
    pub on: NaiveDate,
    /// Its day before.
    pub from: Option<NaiveDate>,
    /// Its day since.
    pub to: Option<NaiveDate>,
}

impl GoalMove {
    /// "moved from Fri 18 Dec to 15 Jan 2027".
    pub fn words(&self, today: NaiveDate) -> String {
        let day = |day| dates::day(day, today);
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("moved from {} to {}", day(from), day(to)),
            (None, Some(to)) => format!("given a day: {}", day(to)),
            (Some(from), None) => format!("its day, {}, taken away", day(from)),
            (None, None) => String::new(),
        }
    }
}

/// When a goal was moved, out of the days that it had, each up to a change of that day, and the one
/// it has now. What was taken back on the same day was no move.
pub fn goal_moves(
    had: impl IntoIterator<Item = (NaiveDate, Option<NaiveDate>)>,
    now: Option<NaiveDate>,
) -> Vec<GoalMove> {
    let mut moves: Vec<GoalMove> = Vec::new();
    let mut had = had.into_iter().peekable();
    while let Some((on, from)) = had.next() {
        let to = had.peek().map_or(now, |(_, next)| *next);
        match moves.last_mut() {
            Some(last) if last.on == on => last.to = to,
            _ => moves.push(GoalMove { on, from, to }),
        }
    }
    moves.retain(|one| one.from != one.to);
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    fn goal(title: &str, status: GoalStatus, due: &str, since: &str) -> Goal {
        Goal {
            status,
            due: (!due.is_empty()).then(|| day(due)),
            ..Goal::new(title, GoalOwner::Me, day(since))
        }
    }

    /// The days of changes with the dates before them, the date now, and what is told.
    type Moved = (&'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

    #[test]
    fn a_move_is_what_a_day_made_of_the_date() {
        let day = |code: &str| code.parse::<NaiveDate>().expect("a day");
        let date = |code: &str| (!code.is_empty()).then(|| day(code));
        let cases: [Moved; 6] = [
            (&[], "2026-12-18", &[]),
            (&[("2026-11-22", "2026-12-18")], "2026-12-18", &[]),
            (
                &[("2026-11-22", "2026-12-18")],
                "2027-01-15",
                &["moved from Fri 18 Dec to 15 Jan 2027"],
            ),
            (&[("2026-11-22", "")], "2026-12-18", &["given a day: Fri 18 Dec"]),
            (&[("2026-11-22", "2026-12-18")], "", &["its day, Fri 18 Dec, taken away"]),
            // Taken back, and moved again on another day; what else was changed says nothing.
            (
                &[
                    ("2026-11-20", "2026-12-18"),
                    ("2026-11-20", "2026-12-20"),
                    ("2026-11-21", "2026-12-18"),
                    ("2026-11-22", "2026-12-31"),
                ],
                "2026-12-31",
                &["moved from Fri 18 Dec to Thu 31 Dec"],
            ),
        ];
        for (had, now, expected) in cases {
            let had = had.iter().map(|(on, due)| (day(on), date(due)));
            let moves = goal_moves(had, date(now));
            let words: Vec<_> = moves.iter().map(|one| one.words(day("2026-11-22"))).collect();
            assert_eq!(words, expected);
        }
    }

    #[test]
    fn a_title_is_enough() {
        for (title, field) in [("Chapter 2", None), ("", Some("title")), (" \t", Some("title"))] {
            let goal = Goal::new(title, GoalOwner::Me, day("2026-11-22"));
            assert_eq!(goal.check().err().map(|error| error.field), field, "{title:?}");
        }
    }

    #[test]
    fn a_goal_told_to_a_mentor_is_mine() {
        let cases: [(&[Role], _); 5] = [
            (&[], GoalOwner::Me),
            (&[Role::Mentor], GoalOwner::Them),
            (&[Role::Mentee], GoalOwner::Me),
            (&[Role::Peer], GoalOwner::Me),
            (&[Role::Mentor, Role::Mentee], GoalOwner::Me),
        ];
        for (roles, owner) in cases {
            assert_eq!(GoalOwner::likely(roles), owner, "{roles:?}");
        }
    }

    #[test]
    fn only_what_is_open_is_late() {
        let today = day("2026-11-22");
        let cases = [
            (GoalStatus::Active, "2026-11-21", true),
            (GoalStatus::Active, "2026-11-22", false),
            (GoalStatus::Active, "", false),
            (GoalStatus::Idea, "2026-11-21", true),
            (GoalStatus::Paused, "2026-11-21", false),
            (GoalStatus::Achieved, "2026-11-21", false),
            (GoalStatus::Dropped, "2026-11-21", false),
            (GoalStatus::HandedOn, "2026-11-21", false),
        ];
        for (status, due, late) in cases {
            let goal = goal("x", status, due, "2026-11-01");
            assert_eq!(goal.is_overdue(today), late, "{status:?} {due}");
        }
    }

    #[test]
    fn open_goals_come_first_by_their_day_and_the_latest_ended_last() {
        let expected = [
            goal("Zebra", GoalStatus::Active, "2026-12-03", "2026-11-01"),
            goal("Abstract", GoalStatus::Idea, "2026-12-18", "2026-11-20"),
            goal("beta", GoalStatus::Active, "2026-12-18", "2026-11-01"),
            goal("Ábc", GoalStatus::Active, "", "2026-11-01"),
            goal("b", GoalStatus::Idea, "", "2026-11-01"),
            goal("Later", GoalStatus::Paused, "2026-01-01", "2026-11-01"),
            goal("Someday", GoalStatus::Paused, "", "2026-11-01"),
            goal("Met", GoalStatus::Achieved, "2026-01-01", "2026-11-02"),
            goal("Dropped", GoalStatus::Dropped, "", "2026-11-01"),
            goal("Given", GoalStatus::HandedOn, "", "2026-10-01"),
        ];
        let mut goals: Vec<Goal> = expected.iter().rev().cloned().collect();
        goals.sort_by_cached_key(Goal::order);
        assert_eq!(goals, expected);
    }

    #[test]
    fn milestones_are_counted_and_late_by_their_day() {
        let of = Id::from_bytes([0; 16]);
        let one = |due: Option<&str>, done: Option<&str>| Milestone {
            goal: of,
            title: "Outline".into(),
            due: due.map(day),
            done: done.map(day),
            position: 0,
        };
        let all = [
            one(Some("2026-11-21"), None),
            one(Some("2026-11-22"), None),
            one(Some("2026-11-01"), Some("2026-11-20")),
            one(None, None),
        ];
        assert_eq!(milestones_done(&all), (1, 4));
        assert_eq!(milestones_done(&[]), (0, 0));
        let late: Vec<bool> = all.iter().map(|one| one.is_overdue(day("2026-11-22"))).collect();
        assert_eq!(late, [true, false, false, false]);
        assert!(Milestone { title: " ".into(), ..one(None, None) }.check().is_err());
    }

    #[test]
    fn the_latest_word_on_how_it_stands_counts() {
        let of = Id::from_bytes([0; 16]);
        let said = |code: &str, word: GoalWord| Standing::new(of, day(code), word, String::new());
        let history = [
            said("2026-11-09", GoalWord::OnCourse),
            said("2026-11-12", GoalWord::Paused),
            said("2026-10-26", GoalWord::Stuck),
        ];
        assert_eq!(latest_standing(&history).map(|one| one.word), Some(GoalWord::OnCourse));
        assert_eq!(latest_standing(&history[1..2]), None);
        let twice = [said("2026-11-09", GoalWord::Stuck), said("2026-11-09", GoalWord::Ahead)];
        assert_eq!(latest_standing(&twice).map(|one| one.word), Some(GoalWord::Ahead));
        for status in GoalStatus::ALL {
            assert_eq!(GoalWord::from(*status).status(), Some(*status));
            assert_eq!(GoalWord::from(*status).words(), status.words());
        }
        assert_eq!(GoalWord::Ahead.status(), None);
    }
}
