//! The rules of Today as tables over fixed days.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::domain::{Agreement, Phase, Promise, Rev, Role, SessionState, Weight};

const NOW: &str = "2026-11-22T12:00:00+00:00";

fn now() -> Moment {
    NOW.parse().expect("a moment")
}

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn record<T>(value: T) -> Record<T> {
    Record { id: Id::from_bytes([7; 16]), rev: Rev(1), written: 0, value }
}

fn who(name: &str) -> Who {
    Who {
        zone: None,
        relationship: Id::from_bytes([1; 16]),
        person: Id::from_bytes([2; 16]),
        name: name.into(),
    }
}

fn session(when: &str, state: SessionState) -> Session {
    Session::new(Id::from_bytes([1; 16]), When::from_code(when).expect("a when"), state)
}

fn standing(rhythm: &str, held: &[&str]) -> Standing {
    let mut relationship = Relationship::new(Id::from_bytes([2; 16]), Role::Mentor);
    relationship.cadence = rhythm.parse().ok();
    Standing {
        who: who("Amina"),
        relationship,
        planned: None,
        held: held.iter().map(|code| When::from_code(code).expect("a when")).collect(),
        looked_back: None,
        checked_in: None,
        agreement: None,
        signed_ahead: None,
        unsigned: None,
    }
}

fn shown(standing: Standing) -> Vec<What> {
    let known = Known { standings: vec![standing], ..Known::default() };
    parts(known, now()).into_iter().flat_map(|part| part.items).map(|item| item.what).collect()
}

#[test]
fn a_session_is_over_after_its_time() {
    let cases = [
        ("2026-11-21", None, true),
        ("2026-11-21T23:30", None, true),
        ("2026-11-22", None, false),
        ("2026-11-22T11:00", None, true),
        ("2026-11-22T11:01", None, false),
        ("2026-11-22T11:30", Some("30"), true),
        ("2026-11-22T11:30", Some("45"), false),
        ("2026-11-23T09:00", None, false),
    ];
    for (when, minutes, over) in cases {
        let mut one = session(when, SessionState::Planned);
        one.minutes = minutes.and_then(|minutes| minutes.parse().ok());
        assert_eq!(has_passed(&one, now()), over, "{when} {minutes:?}");
    }
}

#[test]
fn mine_comes_first_and_what_is_left_out_is_counted() {
    let one = |owner| {
        let promise = Promise { owner, text: "x".into(), weight: Weight::Must, due: None };
        let with = Id::from_bytes([1; 16]);
        (who("Amina"), record(Commitment::new(with, &promise, day("2026-11-01"))))
    };
    let theirs = (0..7).map(|_| one(Party::Them));
    let commitments = theirs.chain((0..Part::Mine.fetched()).map(|_| one(Party::Me))).collect();
    let parts = parts(Known { commitments, ..Known::default() }, now());
    let seen: Vec<_> = parts
        .iter()
        .map(|shown| (shown.part, shown.items.len(), shown.more, shown.at_least))
        .collect();
    let expected = [(Part::Mine, 8, Part::Mine.fetched() - 8, true), (Part::Theirs, 5, 2, false)];
    assert_eq!(seen, expected, "an empty part is not shown, and a cut count says so");
}

#[test]
fn long_is_measured_by_the_rhythm() {
    // Rhythm, last session; whether it is long, and what is proposed. Today is a Sunday.
    type Row = Option<(bool, Option<&'static str>)>;
    let cases: [(&str, &str, Row); 13] = [
        ("2w", "2026-11-21", None),
        ("2w", "2026-11-12T15:00", Some((false, Some("2026-11-26T15:00")))),
        ("2w", "2026-11-01", Some((false, Some("2026-11-29")))),
        ("2w", "2026-10-31", Some((true, Some("2026-11-28")))),
        ("2w", "2026-10-12", Some((true, Some("2026-11-23")))),
        ("1w", "2026-11-12", Some((false, Some("2026-11-26")))),
        ("1w", "2026-11-11", Some((true, Some("2026-11-25")))),
        ("1m", "2026-10-22", Some((false, Some("2026-11-22")))),
        ("1m", "2026-10-05", Some((true, Some("2026-11-23")))),
        // Its day went by: the two do not wait for the next one by the rhythm.
        ("4w", "2026-10-12", Some((false, Some("2026-11-23")))),
        ("3m", "2026-10-05", None),
        ("", "2026-10-12", None),
        ("", "2026-10-11", Some((true, None))),
    ];
    for (rhythm, last, expected) in cases {
        let seen = shown(standing(rhythm, &[last]));
        let seen = seen.first().map(|what| match what {
            What::Unmet(unmet) => (unmet.long, unmet.proposed.map(|(_, when)| when.code())),
            other => panic!("{rhythm} {last}: {other:?}"),
        });
        let expected = expected.map(|(long, when)| (long, when.map(str::to_owned)));
        assert_eq!(seen, expected, "{rhythm} {last}");
    }
}

#[test]
fn nobody_is_called_unmet_who_rests_or_is_planned_or_over() {
    type Change = fn(&mut Standing);
    let long = || standing("2w", &["2026-09-01"]);
    assert_eq!(shown(long()).len(), 1);
    let silent: [(&str, Change); 6] = [
        ("planned", |one| one.planned = Some(day("2026-11-25"))),
        ("rests", |one| one.relationship.paused = Some(day("2026-11-01"))),
        ("put away", |one| one.relationship.archived = true),
        ("closing", |one| one.relationship.phase = Phase::Closing),
        ("closed", |one| one.relationship.phase = Phase::Closed),
        ("just added", |one| {
            one.held.clear();
            one.who.relationship = Id::new(now());
        }),
    ];
    for (why, change) in silent {
        let mut one = long();
        change(&mut one);
        assert_eq!(shown(one), [], "{why}");
    }
    // Of whom nobody said when it began, the day counts on which they were set down.
    let (mut begun, mut set_down) = (standing("2w", &[]), standing("2w", &[]));
    begun.relationship.started = Some(day("2026-11-12"));
    set_down.who.relationship = Id::new(now() - TimeDelta::days(10));
    for one in [begun, set_down] {
        let [What::Unmet(unmet)] = shown(one)[..] else { panic!("not met yet is said") };
        assert_eq!((unmet.met, unmet.long, unmet.since), (false, false, day("2026-11-12")));
        let proposed = unmet.proposed.map(|(_, when)| when.date);
        assert_eq!(proposed, Some(day("2026-11-26")));
    }
}

#[test]
fn one_row_more_is_shown_and_not_counted() {
    for (rows, shown, more) in [(4, 4, 0), (5, 5, 0), (6, 6, 0), (7, 5, 2), (9, 5, 4)] {
        let promise =
            Promise { owner: Party::Them, text: "x".into(), weight: Weight::Must, due: None };
        let one = Commitment::new(Id::from_bytes([1; 16]), &promise, day("2026-11-01"));
        let commitments = vec![(who("Amina"), record(one)); rows];
        let parts = parts(Known { commitments, ..Known::default() }, now());
        assert_eq!((parts[0].items.len(), parts[0].more), (shown, more), "{rows}");
    }
}

#[test]
fn the_dates_of_an_agreement_are_spoken_of_in_their_time() {
    let agreement = |checks: &[&str], renew_by: Option<&str>, ends: Option<&str>| Agreement {
        checks: checks.iter().map(|code| day(code)).collect(),
        renew_by: renew_by.map(day),
        ends: ends.map(day),
        ..Agreement::first(Id::from_bytes([1; 16]))
    };
    let check = |code| What::Check(day(code));
    let none = || agreement(&[], None, None);
    let cases = [
        (none(), None, Vec::new()),
        (agreement(&["2026-12-07"], None, None), None, Vec::new()),
        (agreement(&["2026-12-06", "2027-03-06"], None, None), None, vec![check("2026-12-06")]),
        (agreement(&["2026-10-01"], None, None), None, vec![check("2026-10-01")]),
        (agreement(&["2026-09-01"], None, None), None, Vec::new()),
        // Held, or held a little early.
        (agreement(&["2026-11-20"], None, None), Some("2026-11-21"), Vec::new()),
        (agreement(&["2026-11-20"], None, None), Some("2026-11-06"), Vec::new()),
        (agreement(&["2026-11-20"], None, None), Some("2026-11-05"), vec![check("2026-11-20")]),
        (
            agreement(&[], Some("2026-12-01"), Some("2026-12-22")),
            None,
            vec![What::RenewBy(day("2026-12-01")), What::Ends(day("2026-12-22"))],
        ),
        (agreement(&[], Some("2026-12-23"), Some("2026-12-23")), None, Vec::new()),
        // Once it ended, there is nothing left to decide but what comes now.
        (
            agreement(&[], Some("2026-10-30"), Some("2026-11-20")),
            None,
            vec![What::Ends(day("2026-11-20"))],
        ),
    ];
    for (agreement, looked_back, expected) in cases {
        let mut one = standing("", &["2026-11-20"]);
        one.looked_back = looked_back.map(day);
        one.agreement = Some(agreement.clone());
        assert_eq!(shown(one), expected, "{agreement:?}");
    }
}

#[test]
fn a_check_is_overdue_until_it_is_held_or_nobody_asks_any_more() {
    let cases: [(&[&str], Option<&str>, Option<&str>); 5] = [
        (&["2026-10-31", "2027-01-29"], None, Some("2026-10-31")),
        (&["2026-10-31", "2027-01-29"], Some("2026-10-30"), None),
        (&["2026-09-01"], None, None),
        (&["2026-11-22"], None, None),
        (&["2026-12-01"], None, None),
    ];
    for (checks, looked_back, overdue) in cases {
        let mut one = standing("", &["2026-11-20"]);
        one.looked_back = looked_back.map(day);
        let checks = checks.iter().map(|code| day(code)).collect();
        one.agreement = Some(Agreement { checks, ..Agreement::first(Id::from_bytes([1; 16])) });
        assert_eq!(one.check_overdue(day("2026-11-22")), overdue.map(day), "{looked_back:?}");
    }
}

#[test]
fn how_long_notes_are_kept_is_said_also_of_who_was_put_away() {
    for (until, said) in [("2026-11-29", true), ("2026-11-30", false), ("2026-01-01", true)] {
        let mut one = standing("2w", &["2026-01-01"]);
        one.relationship.archived = true;
        one.relationship.phase = Phase::Closed;
        one.relationship.keep_until = Some(day(until));
        let expected = if said { vec![What::KeepUntil(day(until))] } else { Vec::new() };
        assert_eq!(shown(one), expected, "{until}");
    }
}

#[test]
fn a_check_in_is_offered_no_more_often_than_fortnightly_and_only_after_a_session() {
    let cases = [
        (None, "2026-11-20", false),
        (Some("2026-11-08"), "2026-11-20", true),
        (Some("2026-11-09"), "2026-11-20", false),
        (Some("2026-11-08"), "2026-11-08", false),
        (Some("2026-03-01"), "2026-11-20", true),
    ];
    for (last, held, offered) in cases {
        let mut one = standing("", &[held]);
        one.checked_in = last.map(day);
        let expected = last.filter(|_| offered).map(|last| What::CheckIn(day(last))).into_iter();
        assert_eq!(shown(one), expected.collect::<Vec<_>>(), "{last:?} {held}");
    }
}

#[test]
fn one_memory_is_shown_of_the_day_that_reminds_best() {
    let days = memory_days(day("2026-11-22"));
    assert_eq!(days[..2], [day("2025-11-22"), day("2024-11-22")]);
    assert_eq!(days.last(), Some(&day("2026-05-22")));
    let leap = memory_days(day("2028-02-29"));
    assert_eq!(leap[0], day("2024-02-29"), "28 February is not this day");

    let held = |when: &str, about: &str, opening: &str| {
        let mut one = session(when, SessionState::Held);
        one.about = about.into();
        (who("Tom"), record(one), opening.to_owned())
    };
    let memories = vec![
        held("2026-05-22", "Half a year", ""),
        held("2024-11-22", "Two years", ""),
        held("2025-11-22", "", ""),
        held("2025-11-22", "", "He asked what I was avoiding."),
    ];
    let parts = parts(Known { memories, ..Known::default() }, now());
    let [shown] = parts.as_slice() else { panic!("one part") };
    assert_eq!((shown.items.len(), shown.more), (1, 0));
    assert!(matches!(&shown.items[0].what, What::Memory(_, words) if words.starts_with("He")));
}

#[test]
fn what_is_proposed_is_at_the_time_of_the_last_one_that_had_one() {
    let cases: [(&[&str], &str); 3] = [
        (&["2026-11-12T15:00", "2026-10-29T09:00"], "2026-11-26T15:00"),
        (&["2026-11-12", "2026-10-29T09:00"], "2026-11-26T09:00"),
        (&["2026-11-12", "2026-10-29"], "2026-11-26"),
    ];
    for (held, expected) in cases {
        let next = standing("2w", held).next(day("2026-11-22")).expect("a next one");
        assert_eq!(next.code(), expected, "{held:?}");
    }
}

#[test]
fn what_was_closed_has_no_next_session() {
    let mut standing = standing("2w", &["2026-11-12"]);
    let today = "2026-11-22".parse().expect("a day");
    assert!(standing.next(today).is_some());
    standing.relationship.phase = Phase::Closed;
    assert_eq!(standing.next(today), None);
}

/// Whatever is known of a relationship, with dates from half a year before to a year after now.
fn any_standing() -> impl Strategy<Value = Standing> {
    let date = || (-180_i64..365).prop_map(|days| now().date_naive() + TimeDelta::days(days));
    let maybe = || prop::option::of(date());
    let rhythm = prop::sample::select(vec!["", "10d", "2w", "1m", "3m"]);
    let phase =
        prop::sample::select(vec![Phase::Working, Phase::Working, Phase::Closing, Phase::Closed]);
    let of_agreement = (prop::collection::vec(date(), 0..4), maybe(), maybe(), maybe());
    let of_relationship = (rhythm, phase, maybe(), maybe(), maybe(), 0..8_u8);
    let met = (prop::collection::vec(-180_i64..1, 0..3), prop::option::of(-90_i64..60));
    (of_agreement, of_relationship, met, (maybe(), maybe(), any::<bool>())).prop_map(
        |((checks, renew_by, ends, signed_ahead), of, (held, planned), others)| {
            let (rhythm, phase, started, ended, keep_until, rests) = of;
            let (looked_back, checked_in, unsigned) = others;
            let from_now = |days: &i64| now().date_naive() + TimeDelta::days(*days);
            let mut one = standing(rhythm, &[]);
            one.relationship.phase = phase;
            one.relationship.started = started;
            one.relationship.ends = ended;
            one.relationship.keep_until = keep_until;
            one.relationship.paused = started.filter(|_| rests == 0);
            one.relationship.archived = rests == 1;
            one.planned = planned.as_ref().map(from_now);
            one.held = held.iter().map(from_now).map(When::day).collect();
            one.held.sort_by_key(|when| std::cmp::Reverse(when.date));
            one.looked_back = looked_back;
            one.checked_in = checked_in;
            one.signed_ahead = signed_ahead.filter(|day| *day > now().date_naive());
            one.unsigned = unsigned.then_some(AgreementState::Draft);
            let first = Agreement::first(Id::from_bytes([1; 16]));
            one.agreement = Some(Agreement { checks, ends, renew_by, ..first });
            one
        },
    )
}

proptest! {
    /// What is kept of a relationship leads to it on the days on which there is something to say,
    /// and on no others, until the day on which it is to be looked at again.
    #[test]
    fn the_outlook_tells_the_days(one in any_standing()) {
        let today = now().date_naive();
        let outlook = one.outlook(today);
        prop_assert!(outlook.again.is_none_or(|again| today < again), "it comes to an end");
        for days in 0..500 {
            let later = now() + TimeDelta::days(days);
            let day = later.date_naive();
            let known = Known { standings: vec![one.clone()], ..Known::default() };
            let shown: Vec<Part> = parts(known, later).iter().map(|shown| shown.part).collect();
            if outlook.again.is_none_or(|again| day < again) {
                let agreed = outlook.agreed.is_some_and(|(from, until)| {
                    from <= day && until.is_none_or(|until| day <= until)
                });
                prop_assert_eq!(agreed, shown.contains(&Part::Agreed), "{} {:?}", day, outlook);
            }
            let unmet = outlook.unmet.is_some_and(|from| from <= day);
            prop_assert_eq!(unmet, shown.contains(&Part::Unmet), "{} {:?}", day, outlook);
        }
    }
}
