//! What is due and next, of everyone and of one person.

use std::fmt::Write as _;

use confidant::domain::{Commitment, DayOrder, Party, Promise, SessionState};
use confidant::tui::theme::Look;

use super::{SIZES, Screen, journals};
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
        let promise = Promise::read(line, today, DayOrder::default()).expect("a promise");
        let mut promise = Commitment::new(people[with].relationship, &promise, today);
        if line.starts_with("send") {
            promise.due = Some("2026-11-20".parse().expect("a day"));
        }
        journal.store.add_commitment(journal.stamp, &promise).expect("added");
    }
    journal
}

fn opened(journal: Journal) -> Screen {
    Screen::opened(journal, &Look::new(true, false))
}

#[test]
fn the_program_opens_on_what_is_due_and_next() {
    let mut screen = opened(ordinary());
    screen.sees("[1 Today]").sees("Late and due").sees("2 d late").sees("Next");
    screen.sees("Did it happen?").sees("Wed 18 Nov").sees_no("some day");
    let order = ["send the reading", "read his chapter", "them: say one", "26 Nov 15:00", "18 Nov"];
    let rows: Vec<_> = order.iter().map(|words| screen.find(words).1).collect();
    assert!(rows.is_sorted(), "mine first, each by its day: {rows:?}");
}

#[test]
fn every_row_is_done_and_moved_in_its_place() {
    let mut screen = opened(ordinary());
    screen.keys(" ").sees("Kept late: send the reading list.").sees_no("2 d late");
    screen.keys("u").sees("2 d late").keys("<home>sfri<tab><ctrl-s>").sees("Now by Fri 27 Nov");
    screen.click("Wed 18 Nov").keys(" ").sees("The session of Wed 18 Nov: held.");
    screen.sees_no("Did it happen?").keys("u").sees("Did it happen?").click("Wed 18 Nov");
    screen.keys("mwhat became<enter>missed by them<enter>").sees("missed by them.");
    let states: Vec<_> = screen.sessions().iter().map(|row| row.session.value.state).collect();
    assert!(!states[2..].contains(&SessionState::Planned), "{states:?}");
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
fn a_person_is_looked_up_in_the_brief_from_here() {
    let mut screen = opened(ordinary());
    screen.keys("gami<enter>");
    assert!(screen.header().contains("[0 Brief]"));
    screen.keys("1nremem<enter>Exam<ctrl-s>").sees("[1 Today]");
    let with = screen.with();
    let lines = screen.store().details(with).expect("details").remembering;
    assert!(lines.iter().any(|line| line.value.text == "Exam"));
    screen.keys("ncommit<enter>them: call Jo by fri<enter>").sees("them: call Jo");
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
