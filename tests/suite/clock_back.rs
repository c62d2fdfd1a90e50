//! The clock was set back by a year, and forward again: nothing breaks, and what was done stays in
//! the order in which it was done.

use confidant::domain::{Id, Layer, Session, SessionState, Stamp, When};
use confidant::store::{Draft, Kept, Place, Store};

use crate::journal::{Journal, stamp};

fn write(store: &mut Store, stamp: Stamp, id: Id<Session>, body: &str) {
    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let kept = store.save_text(stamp, id, Layer::Notes, base, body).expect("saved");
    assert!(matches!(kept, Kept::Saved(Some(_))));
}

fn notes(store: &Store, id: Id<Session>) -> String {
    store.texts(id).expect("texts").notes.expect("notes").value.body
}

#[test]
fn what_is_done_while_the_clock_is_wrong_stays_in_order() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let now = journal.stamp;
    let store = &mut journal.store;
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    let id = store.add_session(now, &session, &[(Layer::Notes, "one")], &[]).expect("added");
    store.back_up_daily(now).expect("made").expect("there is news");

    // A year back, by the same writer.
    let back = Stamp { now: stamp("2025-11-22T12:00:00+00:00").now, ..now };
    write(store, back, id, "two");
    let second = store.add_session(back, &session, &[(Layer::Notes, "other")], &[]).expect("added");
    let draft = Draft {
        place: Place::Session,
        record: id.cast(),
        field: "notes".into(),
        base: None,
        body: "being written".into(),
    };
    store.keep_draft(back, &draft, "gone").expect("kept");
    assert!(store.back_up_daily(back).expect("made").is_some(), "that day had none");

    // And right again.
    let again = Stamp { now: stamp("2026-11-22T13:00:00+00:00").now, ..now };
    write(store, again, id, "three");
    let writing = store.texts(id).expect("texts").notes.expect("notes").id;
    let versions: Vec<_> =
        store.versions(writing).expect("versions").into_iter().map(|one| one.body).collect();
    assert_eq!(versions, ["two", "one"], "by the order in which they were written");
    store.undo(again).expect("undone");
    assert_eq!(notes(store, id), "two");
    store.undo(again).expect("undone");
    assert!(store.session(second).is_err(), "what was added before that is taken back next");
    store.undo(again).expect("undone");
    assert_eq!(notes(store, id), "one");
    for _ in 0..3 {
        store.redo(again).expect("done again");
    }
    assert_eq!(notes(store, id), "three");
    let other = stamp("2026-11-22T13:00:00+00:00");
    // The draft went with the text that was saved after it, by the same writer.
    assert_eq!(store.drafts_of_others(other).expect("drafts"), []);
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
    // The newest backup is the one of the later day, and neither was taken for the other.
    let days: Vec<_> = store.backups().iter().filter_map(|one| one.made).collect();
    assert_eq!(
        days.iter().map(|day| day.date().to_string()).collect::<Vec<_>>(),
        ["2026-11-22", "2025-11-22"]
    );
}

#[test]
fn the_bin_keeps_what_was_deleted_while_the_clock_is_back() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let now = journal.stamp;
    let store = &mut journal.store;
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    let id = store.add_session(now, &session, &[(Layer::Notes, "one")], &[]).expect("added");
    store.delete_session(now, id).expect("deleted");
    // Thirty days before a moment that lies a year back.
    let cut = stamp("2025-10-23T12:00:00+00:00").now.timestamp_millis();
    assert_eq!(store.empty_bin(cut).expect("looked through"), 0);
    let back = Stamp { now: stamp("2025-11-22T12:00:00+00:00").now, ..now };
    let binned = store.bin(9).expect("the bin");
    assert_eq!(binned.len(), 1);
    store.restore(back, binned[0].subject.kind, binned[0].subject.id).expect("brought back");
    assert_eq!(notes(store, id), "one");
}

/// A journal with a session, and a stamp of its writer at any day.
fn with_session() -> (Journal, Id<Session>, impl Fn(&str) -> Stamp) {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let now = journal.stamp;
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    let texts = [(Layer::Notes, "one")];
    let id = journal.store.add_session(now, &session, &texts, &[]).expect("added");
    let at = move |day: &str| Stamp { now: stamp(&format!("{day}T12:00:00+00:00")).now, ..now };
    (journal, id, at)
}

/// The program is used on each of these days; says on which the bin was empty first.
fn empty_on(journal: &mut Journal, days: &[&str]) -> Option<String> {
    days.iter()
        .find(|day| {
            let now = stamp(&format!("{day}T18:00:00+00:00")).now;
            journal.store.tidy_bin(now).expect("tidied");
            journal.store.bin(9).expect("the bin").is_empty()
        })
        .map(ToString::to_string)
}

/// When something that was deleted on a day goes for good, by the days on which the program is used.
#[test]
fn the_bin_empties_itself_after_thirty_days_whatever_the_clock_said() {
    let every_week = [
        "2026-11-22",
        "2026-11-29",
        "2026-12-06",
        "2026-12-13",
        "2026-12-20",
        "2026-12-27",
        "2027-01-03",
        "2027-01-10",
    ];
    for (name, deleted_on, days, goes_on) in [
        ("an ordinary month", "2026-11-22", &every_week[..], Some("2026-12-27")),
        ("the clock was a year back", "2025-11-22", &every_week, Some("2026-12-27")),
        ("the clock was a year ahead", "2027-11-22", &every_week, Some("2026-12-27")),
        // A year of wrong clock for a day empties nothing.
        (
            "the clock is a year ahead now",
            "2026-11-22",
            &["2026-11-22", "2027-11-23", "2026-11-23", "2026-11-24"],
            None,
        ),
        // Who comes seldom is believed at the second time.
        (
            "once in two months",
            "2026-11-22",
            &["2026-11-22", "2027-01-22", "2027-03-22"],
            Some("2027-03-22"),
        ),
    ] {
        let (mut journal, id, at) = with_session();
        journal.store.tidy_bin(at("2026-11-21").now).expect("tidied");
        journal.store.delete_session(at(deleted_on), id).expect("deleted");
        // Life goes on under a right clock.
        journal.mentee("Ben");
        let first = empty_on(&mut journal, days);
        assert_eq!(first.as_deref(), goes_on, "{name}");
    }
}
