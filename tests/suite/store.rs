//! The store against real SQLite, through the real migrations.

use confidant::domain::{Layer, Session, SessionState, When};
use confidant::store::{Error, Kept, Passphrase, Query, Store};

use crate::journal::{Journal, stamp};

#[test]
fn what_was_written_is_there_after_reopening() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let session =
        Session::new(with, When::from_code("2026-11-12T15:00").expect("when"), SessionState::Held);
    let id = journal
        .store
        .add_session(journal.stamp, &session, &[(Layer::Notes, "What a small no looks like")], &[])
        .expect("added");
    let (again, _) = journal.another();
    assert_eq!(again.session(id).expect("session").value, session);
    let found =
        again.search(&Query { text: "smal".into(), ..Query::default() }, None, 10).expect("found");
    assert_eq!(found.count, 1);
    assert_eq!(found.hits[0].person, "Amina K.");
}

#[test]
fn undo_and_redo_walk_back_and_forth() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let session =
        Session::new(with, When::from_code("2026-11-12").expect("when"), SessionState::Held);
    let id = s.add_session(stamp, &session, &[], &[]).expect("added");
    let Kept::Saved(rev) = s.save_text(stamp, id, Layer::Notes, None, "one").expect("saved") else {
        panic!("conflict")
    };
    s.save_text(stamp, id, Layer::Notes, rev, "two").expect("saved");
    let body = |s: &Store| s.texts(id).expect("texts").notes.map(|w| w.value.body);
    s.undo(stamp).expect("undo");
    assert_eq!(body(s).as_deref(), Some("one"));
    s.undo(stamp).expect("undo");
    assert_eq!(body(s), None);
    s.undo(stamp).expect("undo");
    assert!(matches!(s.session(id), Err(Error::Gone)));
    s.redo(stamp).expect("redo");
    s.redo(stamp).expect("redo");
    s.redo(stamp).expect("redo");
    assert_eq!(body(s).as_deref(), Some("two"));
    assert!(matches!(s.redo(stamp), Err(Error::Refused(_))));
}

#[test]
fn an_encrypted_journal_opens_by_its_own_salt_and_so_does_its_backup() {
    let right = || Passphrase::new("correct horse".into());
    let mut journal = Journal::begin(Some(&right()));
    journal.mentee("Amina K.");
    let copy = journal.store.backup(journal.stamp, None, |_, _| {}).expect("a backup");
    for path in [journal.path(), copy] {
        let now = stamp("2026-11-22T13:00:00+00:00");
        let bytes = std::fs::read(&path).expect("bytes");
        assert!(!bytes.starts_with(b"SQLite format 3"));
        assert!(matches!(Store::open(&path, None, now), Err(Error::PassphraseNeeded)));
        let wrong = Passphrase::new("wrong".into());
        assert!(matches!(Store::open(&path, Some(&wrong), now), Err(Error::PassphraseWrong)));
        let store = Store::open(&path, Some(&right()), now).expect("opens");
        assert_eq!(store.people().expect("people")[0].name, "Amina K.");
        assert!(store.verify(|_| {}).expect("verdict").problems.is_empty());
    }
}
