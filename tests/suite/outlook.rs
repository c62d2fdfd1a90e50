//! The outlook that is kept of each relationship: whatever is done, and undone, Today over everyone
//! says what is said of each of them, now and on the days to come; and the roll that is kept beside
//! it has everybody in the order of the records.

use std::collections::HashMap;

use chrono::{Days, TimeDelta};
use confidant::domain::today::{self, Known, Part};
use confidant::domain::{
    Agreement, CheckState, Id, Method, Moment, Party, Phase, Practice, ProgressCheck, Relationship,
    Session, SessionState, Signature, When, text,
};
use confidant::store::{Anchor, Enrolled, Error, Filter, Page, RollNear, Scope, Store};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::journal::Journal;

const PEOPLE: [&str; 3] = ["Amina K.", "Dr. Osei", "Tom Baker"];

#[derive(Clone, Debug)]
enum Deed {
    /// A session so many days from now: planned, or held where it is past.
    Meet(i64),
    /// One of the sessions becomes something else, another day, or goes to the bin.
    Mark(Index),
    MoveBy(Index, i64),
    Delete(Index),
    TakeOut(Index),
    EmptyBin,
    /// A version of the agreement with dates so many days from now.
    Agree(Vec<i64>, i64, i64),
    /// One of the two signs the newest version, on a day so many days from now.
    Sign(bool, u64),
    Hold,
    Skip(i64),
    CheckIn,
    Pause,
    Phase(Index),
    Archive,
    Rename(char),
    /// The rhythm, the end, and how long notes are kept.
    Settle(Index, i64, i64),
    Erase,
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = (usize, Deed)> {
    let at = any::<Index>;
    let deed = prop_oneof![
        6 => (-120_i64..30).prop_map(Deed::Meet),
        2 => at().prop_map(Deed::Mark),
        2 => (at(), -60_i64..60).prop_map(|(at, days)| Deed::MoveBy(at, days)),
        2 => at().prop_map(Deed::Delete),
        1 => at().prop_map(Deed::TakeOut),
        1 => Just(Deed::EmptyBin),
        3 => (prop::collection::vec(-90_i64..200, 0..3), 0_i64..200, 200_i64..400)
            .prop_map(|(checks, renew_by, ends)| Deed::Agree(checks, renew_by, ends)),
        5 => (any::<bool>(), 0_u64..20).prop_map(|(mine, days)| Deed::Sign(mine, days)),
        1 => Just(Deed::Hold),
        1 => (-60_i64..60).prop_map(Deed::Skip),
        2 => Just(Deed::CheckIn),
        1 => Just(Deed::Pause),
        2 => at().prop_map(Deed::Phase),
        1 => Just(Deed::Archive),
        1 => prop_oneof![Just('É'), Just('a'), Just('Z')].prop_map(Deed::Rename),
        3 => (at(), -30_i64..300, 0_i64..500)
            .prop_map(|(rhythm, ends, keep)| Deed::Settle(rhythm, ends, keep)),
        1 => Just(Deed::Erase),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
    ];
    (0..PEOPLE.len(), deed)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("CONFIDANT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    })]

    #[test]
    fn over_everyone_is_said_what_is_said_of_each(
        deeds in prop::collection::vec(deed(), 1..25)
    ) {
        let mut journal = Journal::in_memory();
        let people: Vec<_> = PEOPLE.iter().map(|name| journal.mentee(name)).collect();
        for (who, deed) in deeds {
            // Time goes on, and what is known was worked out on another day.
            journal.stamp.now += TimeDelta::hours(31);
            let done = take(&mut journal, people[who], &deed);
            let refused = matches!(
                done,
                Ok(())
                    | Err(Error::Refused(_) | Error::Gone | Error::Invalid(_) | Error::Stale)
            );
            prop_assert!(refused, "{deed:?}: {done:?}");
            compare(&journal.store, journal.stamp.now, &deed)?;
        }
        // In the file as another reads it, and after an upgrade that knows nothing yet.
        let (path, stamp) = (journal.path(), journal.stamp);
        drop(journal.store);
        let db = rusqlite::Connection::open(&path).expect("opens");
        db.execute_batch("UPDATE outlook SET known = 0").expect("forgotten");
        drop(db);
        journal.store = Store::open(&path, None, stamp).expect("opens");
        compare(&journal.store, stamp.now, &Deed::Undo)?;
    }
}

/// Checks that were due long ago and never held say nothing any more; however many they are, what
/// has something to say is not crowded out, neither before the next change nor after it.
#[test]
fn what_is_silent_takes_no_place() {
    let mut journal = Journal::in_memory();
    let today = journal.stamp.now.date_naive();
    let mut agree = |name: String, checks: &[i64]| {
        let with = journal.mentee(&name);
        let deeds =
            [Deed::Agree(checks.to_vec(), 900, 1_000), Deed::Sign(true, 0), Deed::Sign(false, 0)];
        for deed in &deeds {
            take(&mut journal, with, deed).expect("done");
        }
        with
    };
    for number in 0..40 {
        agree(format!("Silent {number}"), &[20, 700]);
    }
    let spoken_of = agree("Amina K.".into(), &[205]);
    let later = journal.stamp.now + TimeDelta::days(200);
    let said = |journal: &Journal| {
        let standings = journal.store.standings(Scope::Everyone, later.date_naive());
        let known = Known { standings: standings.expect("read"), ..Known::default() };
        let parts = today::parts(known, later);
        let shown = parts.iter().find(|shown| shown.part == Part::Agreed).expect("something");
        let with: Vec<_> = shown.items.iter().map(|item| item.who.clone()).collect();
        (with.iter().flatten().map(|who| who.relationship).collect::<Vec<_>>(), shown.more)
    };
    assert_eq!(said(&journal), (vec![spoken_of], 0), "{today}");
    journal.stamp.now = later;
    journal.mentee("Another");
    assert_eq!(said(&journal), (vec![spoken_of], 0));
}

fn take(journal: &mut Journal, with: Id<Relationship>, deed: &Deed) -> Result<(), Error> {
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let today = stamp.now.date_naive();
    let day = |days: i64| today + TimeDelta::days(days);
    let Ok(mut relationship) = store.relationship(with) else { return Ok(()) };
    let sessions: Vec<_> = store.sessions_in_order(with)?.into_iter().map(|one| one.id).collect();
    let one = |at: &Index| (!sessions.is_empty()).then(|| sessions[at.index(sessions.len())]);
    match deed {
        Deed::Meet(days) => {
            let state = if *days < 0 { SessionState::Held } else { SessionState::Planned };
            let session = Session::new(with, When::day(day(*days)), state);
            store.add_session(stamp, &session, &[], &[])?;
        }
        Deed::Mark(at) => {
            let states = [SessionState::Held, SessionState::Planned, SessionState::MissedByMe];
            if let Some(id) = one(at) {
                store.mark_session(stamp, id, states[at.index(states.len())])?;
            }
        }
        Deed::MoveBy(at, days) => {
            if let Some(id) = one(at) {
                store.move_session(stamp, id, When::day(day(*days)))?;
            }
        }
        Deed::Delete(at) => {
            if let Some(id) = one(at) {
                store.delete_session(stamp, id)?;
            }
        }
        Deed::TakeOut(at) => {
            let bin = store.bin(20)?;
            if !bin.is_empty() {
                let one = &bin[at.index(bin.len())];
                store.restore(stamp, one.subject.kind, one.subject.id)?;
            }
        }
        Deed::EmptyBin => drop(store.empty_bin(i64::MAX)?),
        Deed::Agree(checks, renew_by, ends) => {
            let number =
                store.agreements(with)?.first().map_or(0, |one| one.agreement.value.number);
            let agreement = Agreement {
                number: number + 1,
                checks: checks.iter().map(|days| day(*days)).collect(),
                renew_by: Some(day(*renew_by)),
                ends: Some(day(*ends)),
                ..Agreement::first(with)
            };
            store.write_agreement(stamp, None, &agreement, &[])?;
        }
        Deed::Sign(mine, days) => {
            let Some(newest) = store.agreements(with)?.into_iter().next() else { return Ok(()) };
            let signature = Signature {
                agreement: newest.agreement.id,
                party: if *mine { Party::Me } else { Party::Them },
                name: "A".into(),
                day: today.checked_add_days(Days::new(*days)).expect("a day"),
                method: Method::Paper,
            };
            store.sign(stamp, &signature)?;
        }
        Deed::Hold => {
            store.hold_check(stamp, &ProgressCheck::new(with, today, CheckState::Held), &[])?;
        }
        Deed::Skip(days) => drop(store.skip_check(stamp, with, day(*days), "no time")?),
        Deed::CheckIn => store.answer(stamp, with, "w01", Some(Practice::Sometimes))?,
        Deed::Pause => {
            let paused = relationship.value.paused;
            relationship.value.paused = paused.is_none().then_some(today);
            update(store, stamp, &relationship)?;
        }
        Deed::Phase(at) => {
            let phases = [Phase::Working, Phase::Closing, Phase::Closed];
            relationship.value.phase = phases[at.index(phases.len())];
            update(store, stamp, &relationship)?;
        }
        Deed::Rename(first) => {
            let mut person = store.person(relationship.value.person)?;
            person.value.name = format!("{first}{}", person.value.name);
            store.update_details(stamp, &person, &relationship)?;
        }
        Deed::Archive => store.archive(stamp, with, !relationship.value.archived)?,
        Deed::Settle(rhythm, ends, keep) => {
            let rhythms = ["", "10d", "2w", "1m"];
            relationship.value.cadence = rhythms[rhythm.index(rhythms.len())].parse().ok();
            relationship.value.ends = (ends % 2 == 0).then(|| day(*ends));
            relationship.value.keep_until = (keep % 2 == 0).then(|| day(*keep));
            update(store, stamp, &relationship)?;
        }
        Deed::Erase => drop(store.erase(stamp, relationship.value.person)?),
        Deed::Undo => drop(store.undo(stamp)?),
        Deed::Redo => drop(store.redo(stamp)?),
    }
    Ok(())
}

fn update(
    store: &mut Store,
    stamp: confidant::domain::Stamp,
    relationship: &confidant::domain::Record<Relationship>,
) -> Result<(), Error> {
    let person = store.person(relationship.value.person)?;
    store.update_details(stamp, &person, relationship)
}

fn compare(store: &Store, now: Moment, deed: &Deed) -> Result<(), TestCaseError> {
    let people = store.people().expect("people");
    for days in [0, 3, 20, 45, 100, 300] {
        let now = now + TimeDelta::days(days);
        let everyone = said(store, Scope::Everyone, now);
        let mut each = [0, 0];
        for named in &people {
            let [agreed, unmet] = said(store, Scope::One(named.relationship), now);
            each = [each[0] + agreed, each[1] + unmet];
        }
        prop_assert_eq!(everyone, each, "{} after {:?}", now, deed);
    }
    roll(store, now, deed)
}

/// The roll, however it is read, is what the records make of it.
fn roll(store: &Store, now: Moment, deed: &Deed) -> Result<(), TestCaseError> {
    let (mut wanted, mut planned) = (Vec::new(), HashMap::new());
    let today = now.date_naive();
    for named in store.people().expect("people") {
        let relationship = store.relationship(named.relationship).expect("one").value;
        let sessions = store.sessions(
            Scope::One(named.relationship),
            Filter { state: Some(SessionState::Planned) },
            Anchor::Oldest,
            100,
        );
        let rows = sessions.expect("sessions").rows;
        let days: Vec<_> = rows.iter().rev().map(|row| row.session.value.when).collect();
        let asked = days.first().copied().filter(|_| relationship.paused.is_none());
        let next = days.iter().copied().find(|when| when.date >= today);
        planned.insert(named.relationship, (next, asked.filter(|when| when.date < today)));
        let meets = asked;
        let name = text::folded(&named.name);
        wanted.push((named.archived, meets.is_none(), meets, name, named.relationship));
    }
    wanted.sort();
    let read = |archived, near: &RollNear, limit| {
        store.roll(archived, near, limit, now.date_naive()).expect("a roll")
    };
    let of = |roll: &Page<Enrolled>| {
        roll.rows.iter().map(|row| row.named.relationship).collect::<Vec<_>>()
    };
    for archived in [false, true] {
        let all: Vec<_> = wanted.iter().filter(|one| archived || !one.0).map(|one| one.4).collect();
        let whole = read(archived, &RollNear::First, 9);
        prop_assert_eq!(of(&whole), all.clone(), "{} after {:?}", now, deed);
        prop_assert_eq!((whole.more_before, whole.more_after), (false, false));
        let end = read(archived, &RollNear::Last, 1);
        prop_assert_eq!(of(&end), all.iter().copied().rev().take(1).collect::<Vec<_>>());
        prop_assert_eq!(end.more_before, all.len() > 1);
        for row in &whole.rows {
            let facts = (row.facts.next, row.facts.unanswered);
            prop_assert_eq!(facts, planned[&row.named.relationship], "{} after {:?}", now, deed);
        }
        for (at, row) in whole.rows.iter().enumerate() {
            let near = read(archived, &RollNear::Around(row.rank.clone()), 1);
            prop_assert_eq!(of(&near), all[at.saturating_sub(1)..=at].to_vec());
            let more = (near.more_before, near.more_after);
            prop_assert_eq!(more, (at > 1, at + 1 < all.len()));
        }
    }
    let away = u32::try_from(wanted.iter().filter(|one| one.0).count()).expect("few");
    let counted = store.head_count().expect("counted");
    let listed = u32::try_from(wanted.len()).expect("few") - away;
    prop_assert_eq!((counted.listed, counted.archived), (listed, away));
    Ok(())
}

/// How many rows there are on what was agreed, and on who has nothing planned.
fn said(store: &Store, scope: Scope, now: Moment) -> [usize; 2] {
    let standings = store.standings(scope, now.date_naive()).expect("standings");
    let parts = today::parts(Known { standings, ..Known::default() }, now);
    [Part::Agreed, Part::Unmet].map(|part| {
        let shown = parts.iter().find(|shown| shown.part == part);
        shown.map_or(0, |shown| shown.items.len() + shown.more)
    })
}
