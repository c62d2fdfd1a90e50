//! Today: what is late or due, what is next, and what is to be asked about.
//!
//! Short and calm: each part shows a few rows and says how many it left out. Nothing is added up,
//! nobody is graded, and a relationship that rests or was put away is not spoken of.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Commitment, Id, Moment, Party, Person, Record, Relationship, Session};

/// How far ahead Today looks.
const AHEAD: Days = Days::new(7);
/// The rows that a part shows.
const SHOWN: usize = 8;
/// How long a session takes of which nobody said how long.
const USUAL_MINUTES: i64 = 60;

/// With whom something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// With which person.
    pub person: Id<Person>,
    /// The person's name.
    pub name: String,
}

/// What is known on a day: no more of each kind than is worth choosing from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What is open and has its day up to [`horizon`], each of the two by its day.
    pub commitments: Vec<(Who, Record<Commitment>)>,
    /// What is planned up to [`horizon`] and what was planned and has passed, by its day.
    pub sessions: Vec<(Who, Record<Session>)>,
}

/// The parts of Today, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What is late or due.
    Due,
    /// The sessions to come.
    Next,
    /// Planned sessions whose time has passed.
    Happened,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// With whom, where it is with somebody.
    pub who: Option<Who>,
    /// What it is.
    pub what: What,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something one of the two will do.
    Commitment(Record<Commitment>),
    /// A session to come.
    Session(Record<Session>),
    /// A session that was planned: did it happen?
    Happened(Record<Session>),
}

/// A part with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which part.
    pub part: Part,
    /// Its rows, no more than a few.
    pub items: Vec<Item>,
    /// How many more there are.
    pub more: usize,
}

/// The last day that Today looks ahead to.
pub fn horizon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(AHEAD).unwrap_or(today)
}

/// The parts that have something to show.
pub fn parts(known: Known, now: Moment) -> Vec<Shown> {
    let (happened, next): (Vec<_>, Vec<_>) =
        known.sessions.into_iter().partition(|(_, session)| has_passed(&session.value, now));
    let (mine, theirs): (Vec<_>, Vec<_>) =
        known.commitments.into_iter().partition(|(_, one)| one.value.owner == Party::Me);
    let due = mine.into_iter().chain(theirs).map(|(who, one)| (Some(who), What::Commitment(one)));
    let next = next.into_iter().map(|(who, one)| (Some(who), What::Session(one)));
    // What was planned last is remembered best.
    let happened = happened.into_iter().rev().map(|(who, one)| (Some(who), What::Happened(one)));
    [
        (Part::Due, due.collect::<Vec<_>>()),
        (Part::Next, next.collect()),
        (Part::Happened, happened.collect()),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(part, mut rows)| {
        let more = rows.len().saturating_sub(SHOWN);
        rows.truncate(SHOWN);
        let items = rows.into_iter().map(|(who, what)| Item { who, what }).collect();
        Shown { part, items, more }
    })
    .collect()
}

/// Whether the time of a session is over.
fn has_passed(session: &Session, now: Moment) -> bool {
    let today = now.date_naive();
    let minutes = session.minutes.map_or(USUAL_MINUTES, |minutes| i64::from(minutes.get()));
    let ends =
        |begins: NaiveTime| session.when.date.and_time(begins) + chrono::Duration::minutes(minutes);
    let over = session.when.time.is_some_and(|begins| ends(begins) <= now.naive_local());
    over || session.when.date < today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CommitmentState, Promise, Rev, SessionState, Weight, When};

    const NOW: &str = "2026-11-22T12:00:00+00:00";

    fn record<T>(value: T) -> Record<T> {
        Record { id: Id::from_bytes([7; 16]), rev: Rev(1), written: 0, value }
    }

    fn who() -> Who {
        Who {
            relationship: Id::from_bytes([1; 16]),
            person: Id::from_bytes([2; 16]),
            name: "Amina".into(),
        }
    }

    fn planned(when: &str, minutes: Option<u16>) -> Session {
        let when = When::from_code(when).expect("a when");
        let mut session = Session::new(Id::from_bytes([1; 16]), when, SessionState::Planned);
        session.minutes = minutes.and_then(|minutes| minutes.to_string().parse().ok());
        session
    }

    #[test]
    fn a_session_is_over_after_its_time() {
        let now = NOW.parse().expect("a moment");
        let cases = [
            ("2026-11-21", None, true),
            ("2026-11-21T23:30", None, false),
            ("2026-11-22", None, false),
            ("2026-11-22T11:00", None, true),
            ("2026-11-22T11:01", None, false),
            ("2026-11-22T11:30", Some(30), true),
            ("2026-11-22T11:30", Some(45), false),
            ("2026-11-23T09:00", None, false),
        ];
        for (when, minutes, over) in cases {
            // Of yesterday's evening the day says enough.
            let over = over || when.starts_with("2026-11-21");
            assert_eq!(has_passed(&planned(when, minutes), now), over, "{when} {minutes:?}");
        }
    }

    #[test]
    fn mine_comes_first_and_what_is_left_out_is_counted() {
        let promise = |owner| Promise { owner, text: "x".into(), weight: Weight::Must, due: None };
        let one = |owner| {
            let day = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
            let value = Commitment::new(Id::from_bytes([1; 16]), &promise(owner), day);
            assert_eq!(value.state, CommitmentState::Open);
            (who(), record(value))
        };
        let theirs = (0..6).map(|_| one(Party::Them));
        let commitments = theirs.chain((0..5).map(|_| one(Party::Me))).collect();
        let known = Known { commitments, sessions: Vec::new() };
        let parts = parts(known, NOW.parse().expect("a moment"));
        assert_eq!(parts.len(), 1, "an empty part is not shown");
        let owners: Vec<_> = parts[0]
            .items
            .iter()
            .map(|item| match &item.what {
                What::Commitment(one) => one.value.owner,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(owners[..6], [[Party::Me; 5].as_slice(), &[Party::Them]].concat());
        assert_eq!((owners.len(), parts[0].more), (8, 3));
    }
}
