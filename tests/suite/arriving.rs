//! Much at once: short writes under one change, hidden until all is there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Days, NaiveDate};
use confidant::domain::{Id, Layer, Relationship, Session, SessionState, When, Writing};
use confidant::store::{
    Anchor, Archive, Arrival, Arriving, Error, Filter, Imported, Query, Refused, Scope, Store,
    Tidying,
};
use confidant::transfer::{Selection, json};

use super::journal::{BringIn, Coming, Journal};

/// As many as two short writes hold.
const SEVERAL: u32 = 250;

fn day(n: u32) -> When {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
    When::day(first.checked_add_days(Days::new(u64::from(n))).expect("a day"))
}

/// What takes records.
trait Takes {
    fn session(&mut self, archive: &Archive<Session>) -> Result<Imported, Error>;
    fn text(&mut self, archive: &Archive<Writing>) -> Result<Imported, Error>;
}

macro_rules! takes {
    ($($what:ty),*) => {$(
        impl Takes for $what {
            fn session(&mut self, archive: &Archive<Session>) -> Result<Imported, Error> {
                self.take(archive)
            }

            fn text(&mut self, archive: &Archive<Writing>) -> Result<Imported, Error> {
                self.take(archive)
            }
        }
    )*};
}

takes!(Coming<'_>, Arriving<'_>);

/// Hands over sessions with one text each.
fn sessions(
    arrival: &mut impl Takes,
    with: Id<Relationship>,
    numbers: impl IntoIterator<Item = u32>,
) -> Result<usize, Error> {
    let mut added = 0;
    for n in numbers {
        let mut bytes = [7; 16];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        let session = Session::new(with, day(n), SessionState::Held);
        let session =
            Archive { id: Id::from_bytes(bytes), written: 1, deleted: None, value: session };
        added += usize::from(arrival.session(&session)? == Imported::Added);
        bytes[15] = 8;
        let body = format!("Arrived number {n}");
        let writing = Writing { session: session.id, layer: Layer::Notes, body };
        arrival.text(&Archive {
            id: Id::from_bytes(bytes),
            written: 1,
            deleted: None,
            value: writing,
        })?;
    }
    Ok(added)
}

fn listed(store: &Store) -> usize {
    store
        .sessions(Scope::Everyone, Filter::default(), Anchor::Newest, u16::MAX)
        .expect("sessions")
        .rows
        .len()
}

fn found(store: &Store, words: &str) -> u32 {
    let query = Query { text: words.to_owned(), ..Query::default() };
    let hits = store.search(&query, None, 50).expect("searched");
    assert_eq!(hits.hits.len(), usize::try_from(hits.count.min(50)).expect("few"));
    hits.count
}

fn exported(store: &Store) -> String {
    let mut out = Vec::new();
    let what = Selection { person: None, private: true };
    json::export(store, what, &mut out).expect("exported");
    String::from_utf8(out).expect("text")
}

fn verified(store: &Store) {
    let verdict = store.verify(|_| {}).expect("verified");
    assert_eq!(verdict.problems, Vec::<String>::new());
}

/// Nothing of an arrival is left.
#[track_caller]
fn is_empty(store: &Store) {
    assert_eq!((listed(store), found(store, "arrived")), (0, 0));
    assert!(!exported(store).contains("rrived"));
    verified(store);
}

/// How many records a change touched.
fn records(done: &confidant::store::Done) -> usize {
    done.tally.0.iter().map(|(_, count)| count).sum()
}

#[test]
fn it_is_seen_whole_or_not_at_all_and_others_save_meanwhile() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let (mut other, theirs) = journal.another();
    let before = exported(&journal.store);
    let added = journal.store.bring_in(journal.stamp, "1 now", |arrival| {
        let mut added = sessions(arrival, with, 0..SEVERAL)?;
        // Some of it stands in the file by now.
        is_empty(&other);
        assert_eq!(exported(&other), before);
        assert!(other.bin(10)?.is_empty());
        assert_eq!(other.empty_bin(i64::MAX)?, 0);
        let again = other.bring_in(theirs, "2 now", |_| Ok::<_, Error>(()));
        assert!(matches!(again, Err(Error::Arriving)));
        added += sessions(arrival, with, SEVERAL..2 * SEVERAL)?;
        Ok::<_, Error>(added)
    });
    assert_eq!(added.expect("in"), 500);
    assert_eq!((listed(&other), found(&other, "arrived")), (500, 201));
    verified(&other);
    let session = Session::new(with, day(9000), SessionState::Held);
    other.add_session(theirs, &session, &[(Layer::Notes, "By hand")], &[]).expect("saved");
}

#[test]
fn another_saves_between_two_writes_and_keeps_its_own_undo() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let (mut other, theirs) = journal.another();
    let in_three = journal.store.bring_in(journal.stamp, "1 now", |arrival| {
        for part in 0..3 {
            // A write of 250 records ends exactly here, so the journal is free.
            sessions(arrival, with, part * 125..(part + 1) * 125)?;
            let session = Session::new(with, day(9000 + part), SessionState::Held);
            other.add_session(theirs, &session, &[(Layer::Notes, "By hand")], &[])?;
        }
        Ok::<_, Error>(())
    });
    in_three.expect("in");
    assert_eq!((listed(&other), found(&other, "hand")), (378, 3));
    other.undo(theirs).expect("undone");
    assert_eq!((listed(&other), found(&other, "hand")), (377, 2));
    let back = journal.store.undo(journal.stamp).expect("undone");
    assert_eq!(records(&back), 750);
    assert_eq!((listed(&other), found(&other, "arrived")), (2, 0));
    journal.store.redo(journal.stamp).expect("again");
    assert_eq!((listed(&other), found(&other, "arrived")), (377, 201));
    verified(&other);
}

#[test]
fn what_fails_leaves_nothing() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let before = exported(&journal.store);
    let failed = journal.store.bring_in(journal.stamp, "1 now", |arrival| {
        sessions(arrival, with, 0..SEVERAL)?;
        Err::<(), _>(Error::Stopped)
    });
    assert!(matches!(failed, Err(Error::Stopped)));
    is_empty(&journal.store);
    assert_eq!(exported(&journal.store), before);
    let to_undo = journal.store.to_undo().expect("asked").expect("a change");
    assert_eq!(records(&to_undo), 2, "the person, not the import");
    let (mut other, theirs) = journal.another();
    other.bring_in(theirs, "", |arrival| sessions(arrival, with, 0..3)).expect("in");
    assert_eq!(listed(&other), 3);
}

/// As after `kill -9`: nothing cleans up.
fn broken_off(journal: &mut Journal, with: Id<Relationship>, records: u32) {
    let killed = catch_unwind(AssertUnwindSafe(|| {
        journal.store.bring_in(journal.stamp, "1 now", |arrival| {
            sessions(arrival, with, 0..records)?;
            std::panic::resume_unwind(Box::new("killed"));
            #[expect(unreachable_code, reason = "says what this returns")]
            Ok::<_, Error>(())
        })
    }));
    assert!(killed.is_err());
}

#[test]
fn what_was_broken_off_is_never_seen_and_goes_at_the_next_start() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    broken_off(&mut journal, with, SEVERAL + 30);
    let (mut other, theirs) = journal.another();
    is_empty(&other);
    other.tidy_arrivals(|process| process == "1 now", Tidying::Whole).expect("tidied");
    let runs = other.bring_in(theirs, "", |_| Ok::<_, Error>(()));
    assert!(matches!(runs, Err(Error::Arriving)), "its process may still run");
    while !other.tidy_arrivals(|_| false, Tidying::Bit).expect("tidied") {
        is_empty(&other);
        let goes = other.bring_in(theirs, "", |_| Ok::<_, Error>(()));
        assert!(matches!(goes, Err(Error::Arriving)));
    }
    other.bring_in(theirs, "", |arrival| sessions(arrival, with, 0..SEVERAL)).expect("in");
    assert_eq!(listed(&other), 250);
    verified(&other);
}

#[test]
fn a_large_one_is_shown_and_taken_back_bit_by_bit() {
    const MANY: u32 = 1_050;
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let many = |arrival: &mut Coming<'_>| sessions(arrival, with, 0..MANY);
    journal.store.bring_in(journal.stamp, "1 now", many).expect("in");
    assert_eq!((listed(&journal.store), found(&journal.store, "arrived")), (1_050, 201));
    let (mut other, theirs) = journal.another();

    // Somebody wrote in one of them since.
    let last = other
        .sessions(Scope::One(with), Filter::default(), Anchor::Newest, 1)
        .expect("sessions")
        .rows[0]
        .session
        .id;
    other.save_text(theirs, last, Layer::Summary, None, "Added").expect("saved");
    let refused = journal.store.undo(journal.stamp);
    assert!(matches!(refused, Err(Error::Refused(Refused::BuiltUpon))));
    assert_eq!(listed(&journal.store), 1_050);
    other.undo(theirs).expect("undone");

    let back = journal.store.undo(journal.stamp).expect("undone");
    assert_eq!(records(&back), 2_100);
    other.tidy_arrivals(|_| true, Tidying::Seen).expect("hidden");
    is_empty(&other);
    let redone = journal.store.redo(journal.stamp);
    assert!(matches!(redone, Err(Error::Refused(Refused::NothingToRedo))));
    // It goes for good, and can come again.
    other.tidy_arrivals(|_| true, Tidying::Bit).expect("tidied");
    is_empty(&other);
    other.tidy_arrivals(|_| true, Tidying::Whole).expect("tidied");
    other.bring_in(theirs, "", |arrival| sessions(arrival, with, 0..2)).expect("in");
    assert_eq!(listed(&journal.store), 2);
    verified(&other);
}

#[test]
fn of_several_that_are_taken_back_all_are_hidden_before_any_goes_for_good() {
    const MANY: u32 = 1_050;
    for how_much in [Tidying::Seen, Tidying::Bit] {
        let mut journal = Journal::in_memory();
        let with = journal.mentee("Amina K.");
        for n in 0..2 {
            let many = |arrival: &mut Coming<'_>| sessions(arrival, with, n * MANY..(n + 1) * MANY);
            journal.store.bring_in(journal.stamp, "1 now", many).expect("in");
        }
        assert_eq!(listed(&journal.store), 2_100);
        for _ in 0..2 {
            journal.store.undo(journal.stamp).expect("undone");
        }
        for _ in 0..if how_much == Tidying::Bit { 200 } else { 1 } {
            journal.store.tidy_arrivals(|_| true, how_much).expect("tidied");
            if listed(&journal.store) == 0 {
                break;
            }
        }
        assert_eq!(listed(&journal.store), 0, "{how_much:?}");
        let db = rusqlite::Connection::open(journal.path()).expect("opens");
        let left: u32 =
            db.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).expect("a count");
        assert!(left > 2 * MANY - 600, "{how_much:?}: {left} were left when the last was hidden");
    }
}

#[test]
fn a_try_says_the_same_and_writes_nothing() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    journal.store.bring_in(journal.stamp, "", |arrival| sessions(arrival, with, 0..3)).expect("in");
    let before = exported(&journal.store);
    let mut tried = Arrival::tried(journal.stamp);
    let would =
        journal.store.hand_over(&mut tried, |arriving| sessions(arriving, with, 0..SEVERAL));
    assert_eq!(would.expect("tried"), 247);
    journal.store.write_arrival(&mut tried).expect("nothing to write");
    assert!(journal.store.end_arrival(&mut tried).expect("nothing to show"));
    assert_eq!(exported(&journal.store), before);
}
