//! The brief: one person on one screen, read in twenty seconds before a meeting.
//!
//! It never scrolls where there is room for a screen: what matters most is chosen, and what was
//! left out is counted beside it.

use chrono::{Days, NaiveDate};

use super::{Goal, GoalWord, Milestone, Remembering};

/// How long before its day a line worth remembering comes first.
const SOON: Days = Days::new(21);
/// How long after its day it still does: to be asked after.
const LATELY: Days = Days::new(7);

/// The parts of the brief, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What was planned and is not answered for, and the next session.
    Next,
    /// The last sessions.
    Last,
    /// What I promised.
    Mine,
    /// What they promised.
    Theirs,
    /// What is to be talked about.
    Agenda,
    /// Goals, each with its next milestone.
    Goals,
    /// What is worth remembering.
    Remembering,
    /// What is still to mend between the two.
    Repairs,
    /// What I practise with them.
    Focus,
    /// The ways that were quiet for long.
    Quiet,
    /// The next dates of the agreement.
    Agreement,
    /// How to reach them, and whom there is to turn to.
    Contact,
    /// Programme and the like.
    Facts,
}

impl Part {
    /// Every part in its order.
    pub const ALL: [Self; 13] = [
        Self::Next,
        Self::Last,
        Self::Mine,
        Self::Theirs,
        Self::Agenda,
        Self::Goals,
        Self::Remembering,
        Self::Repairs,
        Self::Focus,
        Self::Quiet,
        Self::Agreement,
        Self::Contact,
        Self::Facts,
    ];

    /// Whether it stands in the right column where there are two.
    pub const fn is_right(self) -> bool {
        matches!(
            self,
            Self::Goals
                | Self::Remembering
                | Self::Repairs
                | Self::Focus
                | Self::Quiet
                | Self::Agreement
                | Self::Contact
                | Self::Facts
        )
    }
}

/// Who is asked in turn for another row, the most needed first: a row for each, then second and
/// third ones, my own promises before all.
const TURNS: [Part; 26] = {
    use Part::{
        Agenda, Agreement, Contact, Facts, Focus, Goals, Last, Mine, Next, Quiet, Remembering,
        Repairs, Theirs,
    };
    [
        Next,
        Mine,
        Agenda,
        Last,
        Theirs,
        Goals,
        Remembering,
        Repairs,
        Agreement,
        Focus,
        Contact,
        Contact,
        Quiet,
        Next,
        Mine,
        Agenda,
        Theirs,
        Goals,
        Remembering,
        Mine,
        Agenda,
        Goals,
        Theirs,
        Last,
        Focus,
        Facts,
    ]
};

/// How many rows each part gets of `room`, in the order of the parts. `has` says how many it has.
/// Nothing gets more than it has, and what has nothing gets none.
pub fn share(room: usize, has: impl Fn(Part) -> usize) -> Vec<(Part, usize)> {
    let mut given = Part::ALL.map(|part| (part, 0));
    let mut left = room;
    loop {
        let before = left;
        for turn in TURNS {
            let row = given.iter_mut().find(|(part, _)| *part == turn);
            if let Some((_, rows)) = row.filter(|(part, rows)| left > 0 && *rows < has(*part)) {
                *rows += 1;
                left -= 1;
            }
        }
        if left == before || left == 0 {
            return given.into_iter().filter(|(_, rows)| *rows > 0).collect();
        }
    }
}

/// Where a goal stands among the others of a brief, the smallest first: what is late, what is
/// stuck, then by the day of the goal or of its next milestone.
pub fn goal_order(
    goal: &Goal,
    standing: Option<GoalWord>,
    next: Option<&Milestone>,
    today: NaiveDate,
) -> (bool, bool, bool, Option<NaiveDate>) {
    let due = [goal.due, next.and_then(|next| next.due)].into_iter().flatten().min();
    let late = goal.is_overdue(today) || next.is_some_and(|next| next.is_overdue(today));
    (!late, standing != Some(GoalWord::Stuck), due.is_none(), due)
}

/// Where a line worth remembering stands among the others of a brief, the smallest first: what has
/// its day soon or had it lately, by that day; what holds on any day; what has its day later; and
/// what is over.
pub fn remembering_order(line: &Remembering, today: NaiveDate) -> (u8, Option<NaiveDate>) {
    let from = today.checked_sub_days(LATELY).unwrap_or(today);
    let until = today.checked_add_days(SOON).unwrap_or(today);
    let rank = match line.on {
        Some(day) if (from..=until).contains(&day) => 0,
        None => 1,
        Some(day) if day > today => 2,
        Some(_) => 3,
    };
    (rank, line.on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{GoalOwner, Id};

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    fn shared(room: usize, has: &[(Part, usize)]) -> Vec<(Part, usize)> {
        share(room, |part| has.iter().find(|(one, _)| *one == part).map_or(0, |(_, rows)| *rows))
    }

    #[test]
    fn the_room_is_shared_by_what_matters() {
        use Part::*;
        type Rows = &'static [(Part, usize)];
        const FULL: [(Part, usize); 13] = {
            let mut full = [(Next, 50); 13];
            let mut at = 0;
            while at < full.len() {
                full[at].0 = Part::ALL[at];
                at += 1;
            }
            full
        };
        let cases: [(usize, Rows, Rows); 6] = [
            (18, &[], &[]),
            (18, &[(Last, 1), (Mine, 2)], &[(Last, 1), (Mine, 2)]),
            (2, &FULL, &[(Next, 1), (Mine, 1)]),
            // One row each but for the facts, then the second ones.
            (
                18,
                &FULL,
                &[
                    (Next, 2),
                    (Last, 1),
                    (Mine, 2),
                    (Theirs, 2),
                    (Agenda, 2),
                    (Goals, 2),
                    (Remembering, 1),
                    (Repairs, 1),
                    (Focus, 1),
                    (Quiet, 1),
                    (Agreement, 1),
                    (Contact, 2),
                ],
            ),
            // What the others do not need goes to who has much.
            (18, &[(Next, 1), (Mine, 100)], &[(Next, 1), (Mine, 17)]),
            (8, &[(Mine, 100), (Goals, 50), (Agenda, 1)], &[(Mine, 4), (Agenda, 1), (Goals, 3)]),
        ];
        for (room, has, expected) in cases {
            assert_eq!(shared(room, has), expected, "{room} {has:?}");
        }
    }

    #[test]
    fn goals_that_are_late_or_stuck_come_first_then_the_nearest_day() {
        let today = day("2026-11-22");
        let goal = |title: &str, due: Option<&str>| Goal {
            due: due.map(day),
            ..Goal::new(title, GoalOwner::Them, today)
        };
        let step = |due: &str| Milestone {
            goal: Id::from_bytes([1; 16]),
            title: "step".into(),
            due: Some(day(due)),
            done: None,
            position: 0,
        };
        let mut all = [
            (goal("no day", None), None, None),
            (goal("in spring", Some("2027-03-01")), None, None),
            (goal("in spring, a step soon", Some("2027-03-01")), None, Some(step("2026-11-30"))),
            (goal("stuck", Some("2027-06-01")), Some(GoalWord::Stuck), None),
            (goal("late", Some("2026-11-20")), None, None),
            (goal("a step late", None), Some(GoalWord::Ahead), Some(step("2026-11-21"))),
        ];
        all.sort_by_key(|(goal, word, next)| goal_order(goal, *word, next.as_ref(), today));
        let titles: Vec<_> = all.iter().map(|(goal, ..)| goal.title.as_str()).collect();
        assert_eq!(
            titles,
            ["late", "a step late", "stuck", "in spring, a step soon", "in spring", "no day"]
        );
    }

    #[test]
    fn a_day_that_is_near_comes_before_lines_without_one_and_what_is_over_last() {
        let cases = [
            (None, 1),
            (Some("2026-11-14"), 3),
            (Some("2026-11-15"), 0),
            (Some("2026-11-22"), 0),
            (Some("2026-12-13"), 0),
            (Some("2026-12-14"), 2),
        ];
        for (on, rank) in cases {
            let person = Id::from_bytes([1; 16]);
            let line = Remembering::new(person, "Exam".into(), on.map(day));
            let order = remembering_order(&line, day("2026-11-22"));
            assert_eq!(order, (rank, on.map(day)), "{on:?}");
        }
    }
}
