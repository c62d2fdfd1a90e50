//! What was promised: kept in time or late, moved with the other or alone, and shown as it stands,
//! at every size and however much there is.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use confidant::domain::kept::KeptRecord;
use confidant::domain::{
    Commitment, CommitmentState, DayOrder, Id, Layer, Party, Promise, Relationship, Session,
    SessionState, Stamp, When,
};
use confidant::store::{
    Along, Archive, Error, Found, Group, Kind, Near, Promised, Query, RollNear, Scope, Store,
    Wanted,
};

use crate::journal::{Journal, stamp};
use crate::screens::{SIZES, Screen, with_amina};

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn promise(line: &str) -> Promise {
    Promise::read(line, "", day("2026-11-22"), DayOrder::default()).expect("a promise")
}

/// Adds what a line says.
fn add(
    store: &mut Store,
    stamp: Stamp,
    with: Id<Relationship>,
    session: Option<Id<Session>>,
    line: &str,
) -> Id<Commitment> {
    let commitment = Commitment::new(with, &promise(line), day("2026-11-12"));
    store.add_commitment(stamp, &Commitment { session, ..commitment }).expect("added")
}

/// What the mock-ups show: two of mine, two of theirs, one that was done, from one session.
fn ordinary() -> Journal {
    let mut journal = with_amina();
    let stamp = journal.stamp;
    let with = journal.store.people().expect("people")[0].relationship;
    let held = Session::new(with, When::day(day("2026-11-12")), SessionState::Held);
    let notes = "She opened with the board review.\n\nlend her the charter book by next thu";
    let store = &mut journal.store;
    let session = store.add_session(stamp, &held, &[(Layer::Notes, notes)], &[]).expect("added");
    let at = Some(session);
    add(store, stamp, with, at, "Send the reading list by 2026-11-20");
    add(store, stamp, with, at, "Ask Jo about shadowing by 30 nov (nice)");
    add(store, stamp, with, at, "them: Say one small no by 26 nov");
    add(store, stamp, with, None, "them: Book the room for the retro by 4 dec");
    let done = add(store, stamp, with, at, "Introduce Amina to Priya by 2026-11-05");
    store.keep_commitment(stamp, done, day("2026-11-03")).expect("kept");
    journal
}

/// Far too many, with names that break columns.
fn full() -> Journal {
    let mut journal = Journal::new();
    let names =
        ["Konstantinopoulou-Vanderbilt, Alexandra", "日本語の名前はとても長い", "שרה בת־אל"];
    let with = names.map(|name| journal.mentee(name));
    let (now, today) = (journal.stamp.now, journal.stamp.now.date_naive());
    let filled: Result<(), Error> = journal.store.begin_with(journal.stamp, |intake| {
        for number in 0..900_u16 {
            let at = usize::from(number);
            let owner = if number % 2 == 0 { Party::Me } else { Party::Them };
            let text = format!("Number {number}: {} and 👩‍👩‍👧‍👦", names[at % 3].repeat(1 + at % 3));
            let days = Days::new(u64::from(number / 4));
            let due = if number % 5 == 0 { None } else { Some(today - Days::new(9) + days) };
            let promise = Promise { owner, text, due, weight: promise("x (nice)").weight };
            let mut value = Commitment::new(with[at % 3], &promise, today);
            if number % 4 == 3 {
                let state = CommitmentState::ALL[1 + at % 4];
                value = value.closed_on(today - days, state);
            }
            // In the order of their numbers, so that every run draws the same.
            let mut id = [7; 16];
            id[14..].copy_from_slice(&number.to_be_bytes());
            let id = Id::from_bytes(id);
            let archive = Archive { id, written: now.timestamp_millis(), deleted: None, value };
            intake.take(&archive)?;
        }
        Ok(())
    });
    filled.expect("filled");
    journal
}

fn texts(rows: &[Promised]) -> Vec<&str> {
    rows.iter().map(|row| row.commitment.value.text.as_str()).collect()
}

fn all(store: &Store, scope: Scope, wanted: Wanted) -> Vec<Promised> {
    store.commitments(scope, wanted, &Near::First, 1000).expect("commitments").rows
}

// ---- the store

#[test]
fn mine_come_first_each_by_its_day_and_what_was_done_last() {
    let mut journal = ordinary();
    let tomas = journal.mentee("Tomas");
    add(&mut journal.store, journal.stamp, tomas, None, "Read his draft by tomorrow");
    let amina = Scope::One(journal.store.people().expect("people")[0].relationship);
    let of = |scope, wanted| {
        let rows = all(&journal.store, scope, wanted);
        texts(&rows).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let wanted = Wanted::default();
    assert_eq!(
        of(Scope::Everyone, wanted),
        [
            "Send the reading list",
            "Read his draft",
            "Ask Jo about shadowing",
            "Say one small no",
            "Book the room for the retro",
            "Introduce Amina to Priya",
        ]
    );
    assert_eq!(of(amina, wanted).len(), 5);
    let theirs = Wanted { owner: Some(Party::Them), ..wanted };
    assert_eq!(of(amina, theirs), ["Say one small no", "Book the room for the retro"]);
    let lately = Wanted { closed_since: Some(day("2026-11-04")), ..wanted };
    assert_eq!(of(amina, lately).len(), 4);
}

#[test]
fn a_window_anywhere_joins_what_lies_around_it() {
    let journal = full();
    let store = &journal.store;
    for scope in [Scope::Everyone, Scope::One(store.people().expect("people")[0].relationship)] {
        for owner in [None, Some(Party::Me), Some(Party::Them)] {
            let wanted = Wanted { owner, closed_since: None };
            let rows = all(store, scope, wanted);
            let groups: Vec<Group> =
                rows.iter().map(|row| Group::of(&row.commitment.value)).collect();
            assert!(groups.is_sorted());
            for at in (0..rows.len()).step_by(37) {
                let near = Near::Around(rows[at].commitment.clone());
                let page = store.commitments(scope, wanted, &near, 20).expect("a page");
                let (from, to) = (at.saturating_sub(20), rows.len().min(at + 20));
                assert_eq!(page.rows, rows[from..to]);
                assert_eq!((page.more_before, page.more_after), (from > 0, to < rows.len()));
            }
            let last = store.commitments(scope, wanted, &Near::Last, 20).expect("a page");
            assert_eq!(last.rows, rows[rows.len() - 20..]);
            assert!(last.more_before && !last.more_after);
        }
    }
}

#[test]
fn a_day_moved_together_in_time_counts_and_every_step_is_taken_back() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let origin = journal.stamp.origin;
    let early = Stamp { origin, ..stamp("2026-11-18T09:00:00+00:00") };
    let store = &mut journal.store;
    let id = add(store, early, with, None, "Send the list by 2026-11-20");
    store.move_commitment(early, id, day("2026-11-27"), true, false).expect("moved");
    let standing = store.commitment(id).expect("there").value;
    assert_eq!((standing.due, standing.told), (Some(day("2026-11-27")), true));
    let moves = store.moves_of(id).expect("moves");
    assert_eq!((moves[0].from, moves[0].to), (day("2026-11-20"), day("2026-11-27")));
    assert!(moves[0].is_in_time());
    assert_eq!(
        all(store, Scope::Everyone, Wanted::default())[0].moved_from,
        Some(day("2026-11-20"))
    );
    let kept = store.keep_commitment(early, id, day("2026-11-26")).expect("kept");
    assert_eq!(kept.state, CommitmentState::Kept);
    let refused = store.move_commitment(early, id, day("2026-12-01"), true, false);
    assert!(matches!(refused, Err(Error::Invalid(_))));
    store.undo(early).expect("undone");
    store.undo(early).expect("undone");
    assert!(store.moves_of(id).expect("moves").is_empty());
    assert_eq!(store.commitment(id).expect("there").value.due, Some(day("2026-11-20")));
    store.redo(early).expect("redone");
    assert_eq!(store.moves_of(id).expect("moves").len(), 1);

    // Late, or by one alone, it stays what it was promised for.
    let late = Stamp { origin, ..stamp("2026-11-29T09:00:00+00:00") };
    store.move_commitment(late, id, day("2026-12-04"), true, false).expect("moved");
    let kept = store.keep_commitment(late, id, day("2026-12-02")).expect("kept");
    assert_eq!(kept.state, CommitmentState::KeptLate);
    // A day that was wrong is set right, and it is judged anew.
    let mut standing = store.commitment(id).expect("there");
    standing.value.due = Some(day("2026-12-03"));
    store.update_commitment(late, &standing).expect("updated");
    assert_eq!(store.commitment(id).expect("there").value.state, CommitmentState::Kept);
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn it_is_found_goes_into_the_bin_and_comes_back_and_goes_for_good() {
    let mut journal = ordinary();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let find = |store: &Store, only| {
        let query = Query { text: "reading list".into(), person: None, only };
        store.search(&query, None, 10).expect("hits").hits
    };
    let hits = find(store, Some(Found::Commitments));
    assert_eq!(hits.len(), 1);
    assert!(hits[0].session.is_some(), "the hit opens its session");
    assert_eq!((hits[0].kind, hits[0].by), (Kind::Commitment, Some(Party::Me)));
    assert!(find(store, Some(Found::Agenda)).is_empty());
    let id: Id<Commitment> = hits[0].id.cast();
    assert_eq!(store.by_short_id(&id.short()).expect("found"), (Kind::Commitment, id.cast()));
    store.move_commitment(stamp, id, day("2026-11-27"), true, false).expect("moved");
    store.delete_commitment(stamp, id).expect("deleted");
    assert!(find(store, None).is_empty());
    assert_eq!(store.bin(10).expect("the bin")[0].subject.line, "Send the reading list");
    store.restore(stamp, Kind::Commitment, id.cast()).expect("restored");
    assert_eq!(find(store, None).len(), 1);
    assert_eq!(store.moves_of(id).expect("moves").len(), 1);
    store.delete_commitment(stamp, id).expect("deleted");
    // What was promised in a session outlives it.
    let session = hits[0].session.expect("a session");
    assert_eq!(store.commitments_of(session).expect("commitments").len(), 3);
    store.delete_session(stamp, session).expect("deleted");
    store.empty_bin(i64::MAX).expect("emptied");
    assert!(matches!(store.commitment(id), Err(Error::Gone)));
    assert!(store.moves_of(id).expect("moves").is_empty());
    let left = all(store, Scope::Everyone, Wanted::default());
    assert_eq!(left.len(), 4);
    assert!(left.iter().all(|row| row.commitment.value.session.is_none()));
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn a_session_logged_with_promises_is_one_change() {
    let mut journal = with_amina();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let with = store.people().expect("people")[0].relationship;
    let held = Session::new(with, When::day(day("2026-11-22")), SessionState::Held);
    let promises = [promise("them: say no by fri"), promise("send the list")];
    let logged = store
        .log_session(stamp, &held, &Along { promises: &promises, ..Along::default() })
        .expect("logged");
    let of: Vec<_> = store.commitments_of(logged.id).expect("commitments");
    assert_eq!(of.iter().map(|one| one.value.owner).collect::<Vec<_>>(), [Party::Me, Party::Them]);
    let roll = store.roll(false, &RollNear::First, 1, day("2026-11-30")).expect("a roll");
    let facts = roll.rows[0].facts;
    assert_eq!((facts.promised, facts.late), (1, 0));
    store.undo(stamp).expect("undone");
    assert!(all(store, Scope::Everyone, Wanted::default()).is_empty());
    assert!(store.session(logged.id).is_err());
}

#[test]
fn my_record_stands_beside_what_is_mine_and_follows_what_is_written() {
    let mut journal = with_amina();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let with = store.people().expect("people")[0].relationship;
    let today = stamp.now.date_naive();
    let mut ids = Vec::new();
    for line in ["the book by tomorrow", "the list by tomorrow", "the letter by tomorrow"] {
        let one = Commitment::new(with, &promise(line), today);
        ids.push(store.add_commitment(stamp, &one).expect("promised"));
    }
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("<enter>6").sees_no("in 90 days");
    screen.keys(" ").sees("1 of 1 kept in 90 days").keys("16").sees("1 of 1 kept in 90 days");
    let (mut other, stamp) = screen.another();
    other.keep_commitment(stamp, ids[2], today).expect("kept");
    screen.tick(1000).sees("2 of 2 kept in 90 days").keys("u").sees("1 of 1 kept in 90 days");
}

#[test]
fn what_is_deleted_far_down_leaves_the_selection_to_its_neighbour() {
    let mut journal = with_amina();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let with = store.people().expect("people")[0].relationship;
    for number in 0..200_u64 {
        let due = day("2026-12-01") + chrono::Days::new(number);
        let what = promise(&format!("deed {number:03} by {due}"));
        let one = Commitment::new(with, &what, stamp.now.date_naive());
        store.add_commitment(stamp, &one).expect("promised");
    }
    let mut screen = Screen::of(journal);
    screen.keys("<enter>6");
    for _ in 0..120 {
        screen.keys("<down>");
    }
    let selected = |screen: &mut Screen| {
        let shown = screen.screen();
        let line = shown.lines().find(|line| line.contains('▸')).expect("a selection").to_owned();
        line[line.find("deed").expect("a promise")..][..8].to_owned()
    };
    assert_eq!(selected(&mut screen), "deed 120");
    screen.keys("d");
    assert_eq!(selected(&mut screen), "deed 121");
}

#[test]
fn the_record_that_is_read_is_that_of_everything() {
    let mut journal = with_amina();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let with = store.people().expect("people")[0].relationship;
    let today = day("2026-11-22");
    // Each by its day: the day it is moved to, on what day, whether both agreed; then what of it.
    let cases = [
        ("2026-11-10", None, None),
        ("2026-11-30", None, None),
        ("2026-11-20", Some(("2026-11-30", "2026-11-18", true)), None),
        ("2026-11-20", Some(("2026-11-30", "2026-11-18", false)), None),
        ("2026-11-20", Some(("2026-11-30", "2026-11-21", true)), None),
        ("2026-11-10", None, Some("2026-11-09")),
        ("2026-11-10", None, Some("2026-11-12")),
        ("2026-06-10", None, Some("2026-06-09")),
        ("2026-06-10", None, Some("2026-11-12")),
        ("2026-11-10", Some(("2026-11-14", "2026-11-09", true)), Some("2026-11-13")),
    ];
    for (due, moved, kept) in cases {
        let promise = Promise { due: Some(day(due)), ..promise("send the list") };
        let made = Commitment::new(with, &promise, day("2026-06-01"));
        let id = store.add_commitment(stamp, &made).expect("added");
        if let Some((to, on, agreed)) = moved {
            let on =
                Stamp { now: format!("{on}T09:00:00+00:00").parse().expect("a moment"), ..stamp };
            store.move_commitment(on, id, day(to), agreed, false).expect("moved");
        }
        if let Some(kept) = kept {
            store.keep_commitment(stamp, id, day(kept)).expect("kept");
        }
    }
    let rule: Vec<_> = all(store, Scope::Everyone, Wanted::default())
        .into_iter()
        .map(|row| {
            let moves = store.moves_of(row.commitment.id).expect("moves");
            (row.commitment.value, moves, false)
        })
        .collect();
    let rule = KeptRecord::of(&rule, today);
    assert!(rule.kept > 1 && rule.fell_due > rule.kept && rule.moved_in_time == 2, "{rule:?}");
    for scope in [Scope::Everyone, Scope::One(with)] {
        assert_eq!(store.kept_record(scope, today).expect("a record"), rule);
    }
}

// ---- the screen

const PANE: &str = "gami<enter>6";

fn open(screen: &Screen) -> Vec<(Party, String, Option<NaiveDate>)> {
    let rows = screen.store().open_commitments(screen.with()).expect("commitments");
    let row = |row: Promised| {
        let one = row.commitment.value;
        (one.owner, one.text, one.due)
    };
    rows.into_iter().map(row).collect()
}

#[test]
fn one_line_makes_a_commitment_and_says_the_day_it_understood() {
    let mut screen = Screen::of(with_amina());
    screen.keys(PANE).sees("What you promised each other").sees("[6 Commitments]");
    screen.keys("nlend her the charter book by next thu");
    screen.sees("you · by Thu 3 Dec 2026, in 11 days").keys("<enter>");
    screen.sees("Promised: you · by Thu 3 Dec 2026").sees("[ ] lend her the charter book");
    screen.keys("nthem: say one small no (nice)").sees("Amina K. · no day named · nice to have");
    // Leaving a form that says enough keeps it.
    screen.keys("<esc>").sees("say one small no (nice)");
    screen.keys("nthem:").sees("Write what is to be done.").keys("<esc>");
    assert_eq!(
        open(&screen),
        [
            (Party::Me, "lend her the charter book".into(), Some(day("2026-12-03"))),
            (Party::Them, "say one small no".into(), None),
        ]
    );
    screen.keys("u").sees("Taken back").sees_no("[ ] say one small no");
}

#[test]
fn space_keeps_it_and_opens_it_again() {
    let mut screen = Screen::of(ordinary());
    screen.keys(PANE).sees("2 d late").keys(" ").sees("Kept late: Send the reading list.");
    screen.sees("kept late").sees_no("2 d late");
    screen.keys(" ").sees("Open again").sees("2 d late");
    screen.keys("<down> ").sees("Kept: Ask Jo about shadowing.").keys("u").sees("Taken back");
    screen.keys("<home>mwithdraw<enter>").sees("Withdrawn: Send").sees("withdrawn").keys("u");
    screen.keys("<home>mmissed<enter>").sees("Missed: Send").sees("missed").keys("u");
    screen.keys("<home>mother was told<enter>").sees("You told Amina K.").sees("(told)");
    screen.keys("mhow much<enter>").sees("Nice to have.").sees("(nice, told)");
}

#[test]
fn another_day_asks_whether_both_agreed() {
    let mut screen = Screen::of(ordinary());
    screen.keys(PANE).keys("<down>s").sees("Now by Mon 30 Nov 2026").keys("4 dec");
    screen.sees("Fri 4 Dec 2026, in 12 days").keys("<tab>  ").keys("<ctrl-s>");
    screen.sees("Now by Fri 4 Dec 2026, in 12 days.").sees("moved");
    let rows = screen.store().open_commitments(screen.with()).expect("commitments");
    let row = rows.iter().find(|row| row.moved_from.is_some()).expect("moved");
    let moves = screen.store().moves_of(row.commitment.id).expect("moves");
    assert!(moves[0].is_in_time() && row.commitment.value.told);
    screen.keys("<end>s").sees("It is no longer open.");
}

#[test]
fn it_is_edited_filtered_deleted_and_leads_to_its_session() {
    let mut screen = Screen::of(ordinary());
    screen.keys(PANE).keys("e<end>, again<ctrl-s>").sees("Send the reading list, again");
    screen.keys("ftheirs<enter>").sees("Only theirs").sees_no("reading list").sees("Say one small");
    screen.keys("<esc>").sees("reading list").keys("fall<enter>").sees("All commitments");
    screen.keys("fopen<enter><home>d").sees("in the bin").sees_no("reading list");
    screen.keys("u").sees("reading list");
    screen.keys("<home><enter>").sees("[3 Sessions]").sees("board review");
    screen.keys("6").click("Book the room").keys("<enter>").sees("in no session");
}

#[test]
fn under_everyone_each_line_says_with_whom() {
    let mut screen = Screen::of(ordinary());
    screen.resize((120, 40)).keys("6").sees("Them").sees("Amina K.").sees("from Thu 12 Nov");
    screen.keys("nami<enter>").sees("A commitment between you and Amina K.");
    screen.keys("<esc><esc>");
    let mut screen = Screen::of(ordinary());
    screen.resize((120, 40)).sees("2 open, 1 late");
}

#[test]
fn the_brief_shows_what_is_open_and_ticks_it() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>").sees("They         [ ] Say one small no");
    screen.click("Send the reading").keys(" ").sees("Kept late").sees_no("2 d late");
    screen.keys("u").sees("Taken back").sees("2 d late");
    screen.keys("ncommit<enter>them: call Jo by fri<enter>").sees("[ ] call Jo");
    screen.click("Send the reading").keys("<enter>").sees("[3 Sessions]");
}

#[test]
fn a_line_of_the_notes_becomes_a_commitment_of_that_session() {
    let mut screen = Screen::of(ordinary());
    screen.resize((120, 40)).keys("gami<enter>3").sees("Promised").sees("4 open");
    screen.keys("e<ctrl-end><ctrl-t>").sees("you · by Thu 3 Dec 2026").keys("<enter>");
    screen.sees("Promised: you").sees("Ctrl-T commitment").keys(" Typed on.<esc>");
    screen.sees("[ ] lend her the charter book");
    let session = screen.sessions()[0].session.id;
    let of = screen.store().commitments_of(session).expect("commitments");
    assert!(of.iter().any(|one| one.value.text == "lend her the charter book"));
    assert!(screen.text(Layer::Notes).ends_with("by next thu Typed on."));
    // The part beneath the texts has the keys of a commitment.
    screen.keys("<tab><tab><tab>  ").sees("Open again");
    screen.keys("d").sees("in the bin").keys("madd a commitment<enter>them: rest<enter>");
    screen.sees("Amina: rest");
}

#[test]
fn the_parts_are_gone_through_as_they_stand_and_esc_leads_back_to_the_list() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>3aThe talk<enter><tab>").sees("▸ Notes");
    for part in ["▸ Agenda", "▸ Promised", "▸ Summary", "▸∙ Private", "▸ Notes"] {
        screen.keys("<shift-tab>").sees(part);
    }
    for part in ["▸∙ Private", "▸ Summary", "▸ Promised", "▸ Agenda", "▸ Notes"] {
        screen.keys("<tab>").sees(part);
    }
    screen.keys("<esc>").sees_no("▸ Notes").keys("<shift-tab>").sees("▸ Summary");
}

#[test]
fn a_line_of_the_reflection_says_before_that_a_promise_can_be_exported() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>3e<tab>them: call me by fri<ctrl-t>");
    for size in [(80, 24), (40, 10)] {
        screen.resize(size).sees("A promise").sees("Amina K. · by Fri");
    }
    screen.resize((80, 24)).sees("the reflection stays here.").keys("<esc>").sees("Promised:");
    screen.keys("<shift-tab><ctrl-end><ctrl-t>").sees_no("A promise");
}

#[test]
fn the_line_that_is_asked_for_wins_over_what_was_typed_for_another() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>3e<ctrl-end><enter>one thing<enter>another thing");
    // A line that was only cleared leaves nothing behind.
    screen.keys("<ctrl-t><ctrl-u><esc>").sees_no("What you typed").keys("<ctrl-t>");
    screen.sees("[another thing").keys("<ctrl-u><esc><up><ctrl-t>").sees("[one thing");
    // What was added to one line stands there again with that line, and not with another.
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>3e<ctrl-end><enter>one thing<enter>another thing<ctrl-t><end>!");
    screen.tick(1000);
    let mut screen = screen.crash();
    screen.keys("<enter>0gami<enter>3e<ctrl-end><ctrl-t>").sees("[another thing!");
    let mut screen = screen.crash();
    screen.keys("<enter>0gami<enter>3e<ctrl-end><up><ctrl-t>").sees("[one thing");
}

#[test]
fn each_line_keeps_what_was_begun_on_it_until_that_is_finished() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gami<enter>3e<ctrl-end><enter>one thing<enter>another thing");
    // Which way it is of is not said yet: both stay unfinished.
    screen.keys("<ctrl-r><shift-tab><ctrl-end>, again<esc>").sees("What you typed is kept");
    screen.keys("<up><ctrl-r><shift-tab><ctrl-end>, at last<esc>").sees("What you typed is kept");
    screen.tick(1000);
    let mut screen = screen.crash();
    screen.keys("<enter>0gami<enter>3e<ctrl-end><ctrl-r>").sees("another thing, again");
    screen.keys("<shift-tab><tab><right><ctrl-s>").sees("Noted, for you alone.");
    screen.keys("<ctrl-r>").sees("another thing").sees_no("again").keys("<esc>");
    screen.keys("<up><ctrl-r>").sees("one thing, at last").keys("<esc><esc>");
    // What is left over is opened from Today as it was begun.
    screen.tick(11 * 60_000).keys("1<end>").sees("not finished").keys("<enter>");
    screen.sees("one thing, at last").keys("<right><ctrl-s>").sees("Noted, for you alone.");
    screen.sees_no("not finished");
}

#[test]
fn found_words_lead_to_where_it_was_promised() {
    let mut screen = Screen::of(ordinary());
    screen.keys("/reading list").sees("commitment").keys("<enter>").sees("[3 Sessions]");
    screen.keys("/retro<enter>").sees("[6 Commitments]");
}

#[test]
fn a_long_list_is_walked_from_end_to_end() {
    let mut screen = Screen::of(full());
    screen.keys("6<end>").keys("fall<enter><end><pgup><home>");
    let top = screen.resize((80, 24)).screen();
    screen.keys(&"<down>".repeat(150)).keys(&"<up>".repeat(150));
    // Drawn anew: the terminal of the tests keeps what a wide sign stood over.
    assert_eq!(screen.resize((80, 24)).screen(), top);
    screen.keys(&"<pgdn>".repeat(60));
    let bottom = screen.resize((80, 24)).screen();
    assert_eq!(screen.keys("<end>").resize((80, 24)).screen(), bottom);
}

#[test]
fn the_commitments_at_every_size() {
    let mut shown = String::new();
    let journals =
        [("empty", with_amina as fn() -> Journal), ("ordinary", ordinary), ("full", full)];
    for (kind, journal) in journals {
        for (name, script) in [("one person", "<enter>6"), ("everyone", "6")] {
            let mut screen = Screen::of(journal());
            screen.keys(script);
            for size in SIZES {
                let drawn = screen.resize(size).screen();
                writeln!(shown, "── {kind}, {name}, {}x{}\n{drawn}", size.0, size.1)
                    .expect("written");
            }
        }
    }
    insta::assert_snapshot!(shown);
}
