//! What a pair has besides its sessions: an agreement, goals, promises, progress checks.

use chrono::{Days, NaiveDate};
use confidant::domain::{
    Agreement, CheckState, Commitment, CommitmentMove, CommitmentState, Goal, GoalOwner, GoalWith,
    GoalWord, Id, Mention, Method, Milestone, Party, Profile, ProgressCheck, Relationship, Session,
    SessionState, Signature, Standing, Weight, When,
};
use confidant::store::{Entity, Error, Intake};

use super::words::Words;
use super::{archive, last_day, now};

/// One promise to so many sessions, in the whole and with each person.
pub const SESSIONS_TO_A_PROMISE: usize = 5;
/// So many promises of each person are still open; what is older was closed.
const OPEN: usize = 3;
/// One progress check to so many sessions.
const SESSIONS_TO_A_CHECK: usize = 60;
/// Every so many sessions are about a goal.
const SESSIONS_TO_A_LINK: usize = 10;
const GOALS: usize = 3;
const MILESTONES: u32 = 4;

/// One pair, with what later sessions refer to.
pub struct Pair {
    pub relationship: Id<Relationship>,
    goals: Vec<Id<Goal>>,
}

/// Signs an agreement with somebody, sets their goals, and plans the next session.
pub fn agree(
    intake: &mut Intake<'_, '_>,
    words: &mut Words,
    with: Id<Relationship>,
) -> Result<Pair, Error> {
    let began = back(300);
    let agreement = archive(Agreement {
        relationship: with,
        number: 1,
        profile: Profile::Plain,
        why: words.sentence(12),
        cadence: None,
        schedule: "Every second week".to_owned(),
        checks: vec![back(100), ahead(words.below(60) as u64)],
        ends: Some(ahead(90)),
        renew_by: None,
        proposed: None,
    });
    intake.take(&agreement)?;
    for party in [Party::Me, Party::Them] {
        let name = words.sentence(2);
        let agreement = agreement.id;
        put(intake, Signature { agreement, party, name, day: began, method: Method::Paper })?;
    }
    let mut goals = Vec::new();
    for n in 0..GOALS {
        let mut goal = Goal::new(&words.sentence(5), GoalOwner::Them, began);
        goal.due = Some(ahead(20 + 40 * n as u64));
        let goal = put(intake, goal)?;
        put(intake, GoalWith { goal, relationship: with })?;
        for position in 0..MILESTONES {
            let due = back(200).checked_add_days(Days::new(90 * u64::from(position)));
            let done = due.filter(|due| *due < last_day());
            let title = words.sentence(4);
            put(intake, Milestone { goal, title, due, done, position })?;
        }
        let word = GoalWord::OnCourse;
        put(intake, Standing::new(goal, back(30), word, words.sentence(8)))?;
        goals.push(goal);
    }
    let when = When { date: ahead(1 + words.below(14) as u64), time: Some(words.time()) };
    put(intake, Session::new(with, when, SessionState::Planned))?;
    Ok(Pair { relationship: with, goals })
}

/// What else the `n`th session of all led to. `left` sessions come after it among `pairs` pairs.
pub fn follow(
    intake: &mut Intake<'_, '_>,
    words: &mut Words,
    pair: &Pair,
    (session, day): (Id<Session>, NaiveDate),
    n: usize,
    (left, pairs): (usize, usize),
) -> Result<(), Error> {
    let goal = pair.goals[words.below(pair.goals.len())];
    if n.is_multiple_of(SESSIONS_TO_A_PROMISE) {
        let open = left < OPEN * pairs * SESSIONS_TO_A_PROMISE;
        let made = promise(words, pair.relationship, session, day, open);
        let (is_mine, due) = (made.owner == Party::Me, made.due);
        let commitment = put(intake, made)?;
        if let Some(to) = due.filter(|_| is_mine && n.is_multiple_of(SESSIONS_TO_A_PROMISE * 8)) {
            let from = to.checked_sub_days(Days::new(4)).unwrap_or(to);
            put(intake, CommitmentMove { commitment, from, to, on: day, agreed: true })?;
        }
        if n.is_multiple_of(SESSIONS_TO_A_PROMISE * 4) {
            put(intake, about(goal, None, Some(commitment), day))?;
        }
    }
    if n.is_multiple_of(SESSIONS_TO_A_LINK) {
        put(intake, about(goal, Some(session), None, day))?;
    }
    if n.is_multiple_of(SESSIONS_TO_A_CHECK) {
        let mut check = ProgressCheck::new(pair.relationship, day, CheckState::Held);
        check.session = Some(session);
        check.helped = words.sentence(12);
        check.mine = words.sentence(12);
        put(intake, check)?;
    }
    Ok(())
}

fn promise(
    words: &mut Words,
    relationship: Id<Relationship>,
    session: Id<Session>,
    day: NaiveDate,
    open: bool,
) -> Commitment {
    let due = if open {
        back(14).checked_add_days(Days::new(words.below(40) as u64))
    } else {
        day.checked_add_days(Days::new(10))
    };
    let state = match (open, words.below(10)) {
        (true, _) => CommitmentState::Open,
        (false, 0) => CommitmentState::Missed,
        (false, 1) => CommitmentState::KeptLate,
        (false, _) => CommitmentState::Kept,
    };
    Commitment {
        relationship,
        session: Some(session),
        owner: if words.below(2) == 0 { Party::Me } else { Party::Them },
        text: words.sentence(6),
        weight: Weight::Must,
        made: day,
        due,
        state,
        closed: due.filter(|_| !open),
        told: false,
    }
}

const fn about(
    goal: Id<Goal>,
    session: Option<Id<Session>>,
    commitment: Option<Id<Commitment>>,
    day: NaiveDate,
) -> Mention {
    Mention { goal, session, commitment, layer: None, text: String::new(), day }
}

fn put<T: Entity>(intake: &mut Intake<'_, '_>, value: T) -> Result<Id<T>, Error> {
    let archive = archive(value);
    intake.take(&archive)?;
    Ok(archive.id)
}

fn back(days: u64) -> NaiveDate {
    now().date_naive().checked_sub_days(Days::new(days)).expect("a day")
}

fn ahead(days: u64) -> NaiveDate {
    now().date_naive().checked_add_days(Days::new(days)).expect("a day")
}
