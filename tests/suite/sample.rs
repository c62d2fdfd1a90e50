//! The made-up journal: whole on any day, worth looking at, and gone when it is left.

use std::os::unix::fs::PermissionsExt;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use confidant::domain::today::{self, Known, Standing};
use confidant::domain::{AgreementState, CommitmentState, GoalStatus, Moment, Role};
use confidant::store::{
    Anchor, Enrolled, Filter, GoalFilter, GoalsOf, Named, Near, RollNear, Scope, Wanted,
};
use confidant::transfer::{Selection, json, sample};

use crate::journal::{Journal, stamp};
use crate::terminal::screen::{Screen, Start};

fn filled(now: &str) -> Journal {
    let mut journal = Journal::new();
    journal.stamp = stamp(now);
    sample::fill(&mut journal.store, journal.stamp).expect("filled");
    journal
}

/// Every weekday, the end of a year, a leap day.
const DAYS: [&str; 9] = [
    "2026-11-16T09:00:00+00:00",
    "2026-11-17T09:00:00+00:00",
    "2026-11-18T23:59:00+00:00",
    "2026-11-19T09:00:00+00:00",
    "2026-11-20T09:00:00+00:00",
    "2026-11-21T09:00:00+00:00",
    "2026-11-22T00:00:00+02:00",
    "2026-12-31T09:00:00+00:00",
    "2028-02-29T09:00:00+00:00",
];

/// Over everyone only those are read of whom there may be something to say.
#[test]
fn over_everyone_is_said_what_is_said_of_each() {
    let journal = filled(DAYS[0]);
    let store = &journal.store;
    let people = store.people().expect("people");
    let said = |standings: Vec<Standing>, now: Moment| -> usize {
        let known = Known { standings, ..Known::default() };
        today::parts(known, now).iter().map(|part| part.items.len() + part.more).sum()
    };
    let mut in_all = 0;
    for days in 0..200 {
        let now = journal.stamp.now + TimeDelta::days(days);
        let day = now.date_naive();
        let everyone = said(store.standings(Scope::Everyone, day).expect("standings"), now);
        let of = |named: &Named| store.standings(Scope::One(named.relationship), day);
        let each: usize = people.iter().map(|named| said(of(named).expect("standing"), now)).sum();
        assert_eq!(everyone, each, "{day}");
        in_all += everyone;
    }
    assert!(in_all > 100, "{in_all}");
}

#[test]
fn on_any_day_it_is_whole_and_alive() {
    for now in DAYS {
        let journal = filled(now);
        let (store, today) = (&journal.store, journal.stamp.now.date_naive());
        assert!(store.verify(|_| {}).expect("verified").problems.is_empty());
        let people = store.people().expect("people");
        let roles: Vec<_> = people.iter().map(|named| named.role).collect();
        assert_eq!(roles, [Role::Mentee, Role::Mentor, Role::Mentor], "{now}");
        let roll = store.roll(true, &RollNear::First, 9, today).expect("a roll").rows;
        assert_eq!(roll.len(), people.len());
        for Enrolled { named, facts, .. } in &roll {
            assert!(facts.next.is_some() && facts.unanswered.is_none(), "{now}: {}", named.name);
            let page = store
                .sessions(Scope::One(named.relationship), Filter::default(), Anchor::Newest, 100)
                .expect("sessions");
            let days: Vec<NaiveDate> =
                page.rows.iter().map(|row| row.session.value.when.date).collect();
            let at_work = named.name != "Emi 佐藤";
            for day in days.iter().filter(|_| at_work) {
                assert!(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun), "{now}: {day}");
            }
            assert!((days[0] - *days.last().expect("one")).num_days() > 200, "a year of it");
            let records = store.trust(named.relationship, today).expect("read");
            assert!(!records.check_ins.is_empty());
        }
        let noor = people.iter().find(|named| named.name == "Noor Haddad").expect("Noor");
        let versions = store.agreements(noor.relationship).expect("read");
        assert_eq!(versions.len(), 2);
        assert!(versions.iter().all(|one| matches!(one.state(), AgreementState::Agreed(_))));
        // There is nothing before it that could be taken back.
        assert_eq!(store.to_undo().expect("asked").map(|done| done.change), None);
    }
}

#[test]
fn it_goes_out_and_comes_back_whole() {
    let journal = filled(DAYS[0]);
    let what = Selection { person: None, private: true };
    let mut all = Vec::new();
    json::export(&journal.store, what, &mut all).expect("exported");
    let mut other = Journal::new();
    other.bring(all.as_slice()).expect("imported");
    let mut again = Vec::new();
    json::export(&other.store, what, &mut again).expect("exported");
    assert_eq!(String::from_utf8(again), String::from_utf8(all));
}

#[test]
fn the_demo_lives_in_a_folder_of_its_own_and_is_gone_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("real/journal.db");
    let temporary = folder.path().join("temporary");
    std::fs::create_dir(&temporary).expect("made");
    for signal in [None, Some(rustix::process::Signal::TERM), Some(rustix::process::Signal::HUP)] {
        let variables =
            [("TERM", "xterm-256color"), ("TMPDIR", temporary.to_str().expect("a path"))];
        let start = Start { variables: &variables, arguments: &["demo"], ..Start::default() };
        let mut screen = Screen::start_with(&journal, &start);
        screen.wait_for("Noor Haddad");
        screen.wait_for("made-up journal");
        let made: Vec<_> =
            std::fs::read_dir(&temporary).expect("a folder").map(|one| one.expect("one")).collect();
        assert_eq!(made.len(), 1);
        let rights = made[0].metadata().expect("metadata").permissions().mode();
        assert_eq!(rights & 0o777, 0o700);
        match signal {
            None => screen.press("q"),
            Some(signal) => screen.kill(signal),
        }
        assert_eq!(screen.wait_exit().code, 0);
        assert_eq!(std::fs::read_dir(&temporary).expect("a folder").count(), 0, "{signal:?}");
    }
    assert!(!journal.exists(), "a real journal is not even looked for");
}

/// Worth looking around in: there is something of every kind, and every way a promise or a goal
/// can go.
#[test]
fn there_is_something_of_everything_in_it() {
    let journal = filled(DAYS[6]);
    let (store, today) = (&journal.store, journal.stamp.now.date_naive());
    let wanted = Wanted { closed_since: Some(NaiveDate::MIN), ..Wanted::default() };
    let page = store.commitments(Scope::Everyone, wanted, &Near::First, 1000).expect("read");
    for state in CommitmentState::ALL {
        let one = page.rows.iter().find(|row| row.commitment.value.state == *state);
        assert!(one.is_some(), "no commitment is {}", state.words());
    }
    for one in page.rows.iter().map(|row| &row.commitment.value) {
        let late = one.due.zip(one.closed).is_some_and(|(due, closed)| closed > due);
        assert!(one.state != CommitmentState::Kept || !late, "kept in time: {}", one.text);
    }
    assert!(page.rows.iter().filter(|row| row.source.is_some()).count() > 10, "made in sessions");
    assert!(page.rows.iter().any(|row| row.moved_from.is_some()));
    let goals = store.goals(GoalsOf::Everyone, GoalFilter::All).expect("read");
    for status in [GoalStatus::Active, GoalStatus::Achieved, GoalStatus::Dropped] {
        assert!(goals.iter().any(|row| row.goal.value.status == status), "{}", status.words());
    }
    let shared: Vec<usize> =
        goals.iter().map(|row| store.shared_with(row.goal.id).expect("read").len()).collect();
    for count in [0, 1, 2] {
        assert!(shared.contains(&count), "no goal is shared with {count}");
    }
    for named in store.people().expect("people") {
        let with = named.relationship;
        assert!(!store.agreements(with).expect("read").is_empty(), "{}", named.name);
        let records = store.trust(with, today).expect("read");
        assert!(records.check_ins.len() > 1, "{}", named.name);
        let seen = store.all_evidence(with).expect("read");
        assert!(seen.iter().any(|one| one.value.session.is_some()), "{}", named.name);
        // Met as often as was agreed, so that the made-up mentor does what they say.
        let page = store.sessions(Scope::One(with), Filter::default(), Anchor::Newest, 100);
        let days: Vec<NaiveDate> =
            page.expect("sessions").rows.iter().map(|row| row.session.value.when.date).collect();
        let gap = days.windows(2).map(|two| (two[0] - two[1]).num_days()).max();
        assert!(gap.is_some_and(|gap| gap < 45), "{}: {gap:?}", named.name);
    }
}
