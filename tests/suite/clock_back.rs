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
