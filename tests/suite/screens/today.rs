//! What is due and next, of everyone and of one person.

use std::fmt::Write as _;

use confidant::domain::{
    Agreement, Commitment, DayOrder, Goal, GoalOwner, Method, Party, Phase, Promise, Remembering,
    Session, SessionState, Signature,
};
use confidant::tui::theme::Look;

use super::{SIZES, Screen, journals, when, with_amina};
use crate::journal::Journal;

/// What an ordinary month leaves, and what the two promised.
fn ordinary() -> Journal {
    let mut journal = journals::ordinary();
    let people = journal.store.people().expect("people");
    let today = journal.stamp.now.date_naive();
    for (with, line) in [
        (0, "send the reading list by 20 nov"),
        (0, "them: say one small no by 26 nov"),
        (0, "some day"),
        (2, "read his chapter by tomorrow"),
    ] {
        let promise = Promise::read(line, "", today, DayOrder::default()).expect("a promise");
        let mut promise = Commitment::new(people[with].relationship, &promise, today);
        if line.starts_with("send") {
            promise.due = Some("2026-11-20".parse().expect("a day"));
        }
        journal.store.add_commitment(journal.stamp, &promise).expect("added");
    }
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let day = |code: &str| Some(code.parse().expect("a day"));
    let mut retro = Goal::new("Lead the retro", GoalOwner::Them, today);
    retro.due = day("2026-11-27");
    let retro = store.add_goal(stamp, &retro, &[people[0].relationship]).expect("added");
    store.add_milestone(stamp, retro, "Outline it", day("2026-11-21")).expect("added");
    let exam = Remembering::new(people[2].person, "Exam".into(), day("2026-11-26"));
    store.remember(stamp, &exam).expect("kept");
    let mut tom = store.relationship(people[2].relationship).expect("Tom").value;
    tom.cadence = Some("2w".parse().expect("a rhythm"));
    let person = store.person(people[2].person).expect("Tom");
    let mut relationship = store.relationship(people[2].relationship).expect("Tom");
    relationship.value = tom;
    store.update_details(stamp, &person, &relationship).expect("kept");
    let tom = people[2].relationship;
    let held = |code: &str| Session::new(tom, when(code), SessionState::Held);
    store.add_session(stamp, &held("2026-10-12T15:00"), &[], &[]).expect("added");
    let first = Session { about: "What he avoided".into(), ..held("2025-11-22T10:00") };
    store.add_session(stamp, &first, &[], &[]).expect("added");
    journal
}

fn opened(journal: Journal) -> Screen {
    Screen::opened(journal, &Look::new(true, false))
}

#[test]
fn a_form_that_was_left_is_opened_again_from_its_row() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3nsoonish<tab><tab>She said no.<esc>").sees("stands here when you come");
    screen.keys("0nagenda<enter>The talk").tick(1_000);
    let mut screen = screen.crash();
    screen.tick(11 * 60_000).keys("1").sees("Begun and not finished");
    screen.click("A session, not finished").keys("<enter>").sees("She said no.").keys("<esc>");
    screen.click("An agenda line, not").keys("<enter>").sees("The talk").keys("<esc>");
    screen.sees_no("An agenda line, not");
}

#[test]
fn the_program_opens_on_what_is_due_and_next() {
    let mut screen = opened(ordinary());
    screen.sees("[1 Today]").sees("You promised").sees("2 d late").sees("Next sessions");
    screen.sees("Did it happen?").sees("Wed 18 Nov").sees_no("some day");
    let order = ["send the reading", "read his chapter", "say one small", "26 Nov 15:00", "18 Nov"];
    let rows: Vec<_> = order.iter().map(|words| screen.find(words).1).collect();
    assert!(rows.is_sorted(), "mine first, each by its day: {rows:?}");
}

#[test]
fn every_row_is_done_and_moved_in_its_place() {
    let mut screen = opened(ordinary());
    screen.keys(" ").sees("Kept late: send the reading list.").sees_no("2 d late");
    screen.keys("u").sees("2 d late").keys("<home>sfri<tab><ctrl-s>").sees("Now by Fri 27 Nov");
    screen.click("Wed 18 Nov").keys(" ").sees("The session of Wed 18 Nov: held (Dr. Osei).");
    screen.sees_no("Did it happen?").keys("u").sees("Did it happen?").click("Wed 18 Nov");
    screen.keys("mwhat became<enter>missed by them<enter>").sees("missed by them (Dr. Osei).");
    let states: Vec<_> = screen.sessions().iter().map(|row| row.session.value.state).collect();
    assert!(!states[2..].contains(&SessionState::Planned), "{states:?}");
}

#[test]
fn what_has_no_date_is_planned_by_the_rhythm_with_one_key() {
    let mut screen = opened(ordinary());
    screen.keys("<end>").sees("not met for 41 days").sees("tomorrow 15:00?");
    screen.click("not met for").keys(" ").sees("Planned for Mon 23 Nov 2026 at 15:00, tomorrow");
    screen.sees("every 2 weeks").sees_no("not met for").keys("u").sees("not met for 41 days");
    // The same from anywhere, and offered where one was held.
    screen.keys("gtom<enter>p").sees("Planned for Mon 23 Nov").keys("p").sees("Already planned");
    screen.keys("3<home> ").sees("held. p plans Mon 7 Dec 15:00 (every 2 weeks).");
    screen.keys("p").sees("Planned for Mon 7 Dec 2026 at 15:00");
    // Who has no rhythm is asked when.
    screen.keys("gosei<enter>p").sees("The next session with Dr. Osei");
}

#[test]
fn goals_days_and_memories_stand_there_too() {
    let mut screen = opened(ordinary());
    screen.resize((120, 40)).sees("Outline it (Lead the retro)").sees("1 d late").sees("Exam");
    screen.sees("What he avoided").sees("a year ago");
    screen.click("Outline it").keys(" ").sees("Milestone done: Outline it.").keys("u");
    screen.click("Lead the retro  ").keys("<enter>").sees("[5 Goals]").keys("g");
    screen.keys("everyone<enter>1").click("Exam").keys(" ").sees("goes by itself").keys("s");
    screen.sees("Worth remembering about Tom").keys("<esc>").click("What he avoided");
    screen.keys("<enter>").sees("[3 Sessions]");
}

#[test]
fn what_is_late_with_somebody_is_not_asked_after_for_ever_once_it_is_closed() {
    let mut journal = ordinary();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let people = store.people().expect("people");
    let tom = people[2].relationship;
    let today = stamp.now.date_naive();
    for (line, due) in [("a letter", "2026-09-23"), ("a book", "2026-09-22")] {
        let promise = Promise::read(line, "", today, DayOrder::default()).expect("a promise");
        let mut promise = Commitment::new(tom, &promise, today);
        promise.due = Some(due.parse().expect("a day"));
        store.add_commitment(stamp, &promise).expect("added");
        let mut goal = Goal::new(&format!("Goal of {line}"), GoalOwner::Them, today);
        goal.due = promise.due;
        store.add_goal(stamp, &goal, &[tom]).expect("added");
    }
    let mut screen = opened(journal);
    screen.sees("a letter").sees("a book").sees("read his chapter");
    screen.sees("Goal of a letter").sees("Goal of a book");
    let (mut other, stamp) = screen.another();
    other.set_phase(stamp, tom, Phase::Closed, None).expect("closed");
    screen.tick(1000).sees("a letter").sees_no("a book").sees("read his chapter");
    screen.sees("Goal of a letter").sees_no("Goal of a book");
    screen.keys("gtom<enter>6").sees("a book");
}

#[test]
fn who_rests_or_was_put_away_is_not_spoken_of() {
    let mut screen = opened(ordinary());
    let tom = screen.store().people().expect("people")[2].relationship;
    let (mut other, stamp) = screen.another();
    other.pause(stamp, tom, Some(stamp.now.date_naive())).expect("rests");
    screen.tick(1000).sees("reading list").sees_no("Tom").resize((120, 40)).sees_no("Tom");
    other.pause(stamp, tom, None).expect("goes on");
    screen.tick(1000).sees("Tom");
    other.archive(stamp, tom, true).expect("put away");
    screen.tick(1000).sees_no("Tom");
}

#[test]
fn enter_goes_where_a_row_came_from() {
    let mut screen = opened(ordinary());
    screen.click("26 Nov 15:00").keys("<enter>");
    assert!(screen.header().contains("[0 Brief]") && screen.header().contains("Amina"));
    screen.keys("g").keys("everyone<enter>1").click("read his").keys("<enter>");
    assert!(screen.header().contains("[6 Commitments]") && screen.header().contains("Tom"));
    screen.keys("1").sees("read his").sees_no("reading list").keys("<esc>").sees("reading list");
}

#[test]
fn an_agreement_that_waits_to_be_signed_stands_there_and_in_the_brief() {
    let mut journal = journals::ordinary();
    let people = journal.store.people().expect("people");
    let amina = people[0].relationship;
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let first = Agreement::first(amina);
    store.write_agreement(stamp, None, &first, &[]).expect("written");
    let mut screen = opened(journal);
    screen.sees("Agreements and check-ins").sees("The agreement: a draft, not signed yet");
    screen.click("The agreement:").keys("<enter>").sees("[2 Agreement]");
    let version = screen.store().agreements(amina).expect("versions").remove(0).agreement;
    let (mut other, stamp) = screen.another();
    other.propose(stamp, &version).expect("proposed");
    screen.keys("0").tick(1000).sees("Agreement    proposed, not signed yet");
    let sign = |party| Signature {
        agreement: version.id,
        party,
        name: "A".to_owned(),
        day: stamp.now.date_naive(),
        method: Method::Paper,
    };
    other.sign(stamp, &sign(Party::Me)).expect("signed");
    screen.keys("1").tick(1000).sees("The agreement: waits for their signature");
    other.sign(stamp, &sign(Party::Them)).expect("signed");
    screen.tick(1000).sees_no("The agreement:").keys("0").sees_no("signature");
}

#[test]
fn a_person_is_looked_up_in_the_brief_from_here() {
    let mut screen = opened(ordinary());
    screen.keys("gami<enter>");
    assert!(screen.header().contains("[0 Brief]"));
    screen.keys("1nremem<enter>Exam<ctrl-s>").sees("[1 Today]");
    let with = screen.with();
    let lines = screen.store().details(with).expect("details").remembering;
    assert!(lines.iter().any(|line| line.value.text == "Exam"));
    screen.keys("ncommit<enter>them: call Jo by fri<enter>").sees("[ ] call Jo");
    let open = screen.store().open_commitments(with).expect("open");
    assert_eq!(open.iter().filter(|one| one.commitment.value.owner == Party::Them).count(), 2);
}

#[test]
fn today_at_every_size() {
    let mut all = String::new();
    for (kind, journal) in
        [("empty", journals::empty()), ("ordinary", ordinary()), ("full", journals::full())]
    {
        let mut screen = opened(journal);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {kind}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}

/// However much is planned for the week, the nearest stands first, and what was planned last is
/// asked about first.
#[test]
fn a_full_week_begins_with_what_is_next() {
    let mut journal = Journal::new();
    for hour in 8..20 {
        for day in 20..=27 {
            let with = journal.mentee(&format!("At {day} {hour:02}"));
            let at = when(&format!("2026-11-{day}T{hour:02}:00"));
            let session = Session::new(with, at, SessionState::Planned);
            journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added");
        }
    }
    let mut screen = opened(journal);
    let shown = screen.screen();
    let order: Vec<_> = shown.lines().filter_map(|line| line.split("At ").nth(1)).collect();
    let order: Vec<_> = order.iter().map(|row| &row[..5]).collect();
    let next = ["22 12", "22 13", "22 14", "22 15", "22 16"];
    assert_eq!(order, [&next[..], &["22 11", "22 10", "22 09", "22 08"]].concat(), "{shown}");
}

#[test]
fn a_session_of_a_day_to_come_is_not_held_by_a_slip() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    super::session(&mut journal, with, "2026-11-26T15:00", SessionState::Planned, "");
    let mut screen = Screen::of(journal);
    screen.keys("1 ").sees("It is on Thu 26 Nov 2026, in 4 days.");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Planned);
}
