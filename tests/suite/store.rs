//! The store against real SQLite, through the real migrations.

use confidant::domain::{Layer, Session, SessionState, When, Writing};
use confidant::store::{
    Action, Anchor, Archive, Draft, Error, Filter, Kept, Kind, Passphrase, Place, Query, Refused,
    Scope, Store,
};

use crate::journal::{BringIn, Journal, stamp};

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

/// Else a newcomer would first take back what somebody else did in between, which cannot be taken
/// back any more, and nothing before it either.
#[test]
fn what_was_done_again_is_taken_back_first() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (mut other, others) = journal.another();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let day = When::from_code("2026-11-12").expect("when");
    let session = Session::new(with, day, SessionState::Held);
    let id = s.add_session(stamp, &session, &[(Layer::Notes, "one")], &[]).expect("added");
    s.save_text(stamp, id, Layer::Summary, None, "two").expect("saved");
    s.undo(stamp).expect("undo");
    other.delete_session(others, id).expect("into the bin");
    other.restore(others, Kind::Session, id.cast()).expect("out of it");
    s.redo(stamp).expect("redo");
    let (mut newcomer, stamp) = journal.another();
    let summary = |s: &Store| s.texts(id).expect("texts").summary;
    assert!(summary(&newcomer).is_some());
    newcomer.undo(stamp).expect("the summary goes");
    assert!(newcomer.session(id).is_ok() && summary(&newcomer).is_none());
    newcomer.undo(stamp).expect("back into the bin");
    newcomer.undo(stamp).expect("and out of it");
    newcomer.undo(stamp).expect("the session goes");
    assert!(matches!(newcomer.session(id), Err(Error::Gone)));
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

/// A session with somebody, and nothing written about it.
fn empty_session(journal: &mut Journal) -> confidant::domain::Id<Session> {
    let with = journal.mentee("Amina K.");
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added")
}

fn body(store: &Store, id: confidant::domain::Id<Session>, layer: Layer) -> Option<String> {
    store.texts(id).expect("texts").of(layer).map(|text| text.value.body.clone())
}

#[test]
fn the_beginning_of_a_journal_is_not_undone() {
    let mut journal = Journal::new();
    let undone = journal.store.undo(journal.stamp);
    assert!(matches!(undone, Err(Error::Refused(Refused::NothingToUndo))));
    assert_eq!(journal.store.owner().expect("owner").value.name, "Asha");
    assert!(journal.store.recent_changes(10).expect("changes").is_empty());
}

#[test]
fn two_who_both_begin_the_notes_of_a_session_both_keep_their_text() {
    let mut journal = Journal::new();
    let id = empty_session(&mut journal);
    let stamp = journal.stamp;
    let (mut other, other_stamp) = journal.another();
    let mine = journal.store.save_text(stamp, id, Layer::Notes, None, "mine").expect("saved");
    assert!(matches!(mine, Kept::Saved(Some(_))));
    let draft = Draft {
        place: Place::Session,
        record: id.cast(),
        field: "notes".into(),
        base: None,
        body: "theirs".into(),
    };
    other.keep_draft(other_stamp, &draft, "other").expect("kept");
    let theirs = other.save_text(other_stamp, id, Layer::Notes, None, "theirs").expect("told");
    let Kept::Conflict(standing) = theirs else { panic!("overwritten") };
    assert_eq!(standing.value.body, "mine");
    assert_eq!(body(&other, id, Layer::Notes).as_deref(), Some("mine"));
    let drafts = journal.store.drafts_of_others(stamp).expect("drafts");
    assert_eq!(drafts[0].draft.body, "theirs");
    // The same words by chance are no conflict.
    let same = other.save_text(other_stamp, id, Layer::Notes, None, "mine").expect("saved");
    assert_eq!(same, Kept::Saved(Some(standing.rev)));

    // Mine undone, theirs written in its place: mine does not come back over it.
    journal.store.undo(stamp).expect("undone");
    let theirs = other.save_text(other_stamp, id, Layer::Notes, None, "theirs").expect("saved");
    assert!(matches!(theirs, Kept::Saved(Some(_))));
    let redone = journal.store.redo(stamp);
    assert!(matches!(redone, Err(Error::Refused(Refused::MovedOn))), "{redone:?}");
    assert_eq!(body(&other, id, Layer::Notes).as_deref(), Some("theirs"));
}

#[test]
fn typing_that_ends_where_it_began_leaves_no_change_and_no_draft() {
    let mut journal = Journal::new();
    let id = empty_session(&mut journal);
    let (s, stamp) = (&mut journal.store, journal.stamp);
    s.save_text(stamp, id, Layer::Notes, None, "one").expect("saved");
    let before = s.recent_changes(10).expect("changes");
    let draft = Draft {
        place: Place::Session,
        record: id.cast(),
        field: "notes".into(),
        base: None,
        body: "one and".into(),
    };
    s.keep_draft(stamp, &draft, "me").expect("kept");
    let base = s.texts(id).expect("texts").notes.map(|notes| notes.rev);
    s.save_text(stamp, id, Layer::Notes, base, "one").expect("saved");
    assert_eq!(s.recent_changes(10).expect("changes"), before);
    let (other, other_stamp) = journal.another();
    assert!(other.drafts_of_others(other_stamp).expect("drafts").is_empty());
}

#[test]
fn an_undo_that_is_refused_leaves_nothing_half_done() {
    let mut journal = Journal::new();
    let id = empty_session(&mut journal);
    let stamp = journal.stamp;
    journal.store.save_text(stamp, id, Layer::Notes, None, "one").expect("saved");
    let (mut other, other_stamp) = journal.another();
    let base = other.texts(id).expect("texts").notes.map(|notes| notes.rev);
    other.save_text(other_stamp, id, Layer::Notes, base, "two").expect("saved");
    let before = std::fs::read(journal.path()).expect("bytes");
    let undone = journal.store.undo(stamp);
    assert!(matches!(undone, Err(Error::Refused(Refused::MovedOn))));
    assert_eq!(std::fs::read(journal.path()).expect("bytes"), before);
    assert_eq!(body(&other, id, Layer::Notes).as_deref(), Some("two"));
}

#[test]
fn what_is_moved_to_private_is_in_no_version_and_comes_back_by_undo() {
    let mut journal = Journal::new();
    let id = empty_session(&mut journal);
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let secret = "She cried when we spoke of her father.";
    let mut base = None;
    for text in [
        "Goals for spring.",
        "Goals for spring.\n\nShe cried when we spoke",
        &format!("Goals for spring.\n\n{secret}"),
        &format!("Goals for spring.\n\n{secret}\n\nNext time: the talk."),
    ] {
        let kept = s.save_text(stamp, id, Layer::Notes, base, text).expect("saved");
        let Kept::Saved(rev) = kept else { panic!("conflict") };
        base = rev;
    }
    let notes = s.texts(id).expect("texts").notes.expect("notes").id;
    s.move_to_private(stamp, id, base.expect("a revision"), secret).expect("moved");
    let shown = "Goals for spring.\n\nNext time: the talk.";
    assert_eq!(body(s, id, Layer::Notes).as_deref(), Some(shown));
    assert_eq!(body(s, id, Layer::Reflection).as_deref(), Some(secret));
    let hidden = |s: &Store| {
        s.versions(notes).expect("versions").iter().all(|version| !version.body.contains("cried"))
    };
    assert!(hidden(s), "{:?}", s.versions(notes));
    assert_eq!(s.to_undo().expect("to undo").map(|done| done.action), Some(Action::Seclude));
    s.undo(stamp).expect("undone");
    assert!(body(s, id, Layer::Notes).expect("notes").contains(secret));
    assert_eq!(body(s, id, Layer::Reflection), None);
    assert!(!hidden(s), "not private any more");
    s.redo(stamp).expect("done again");
    assert_eq!(body(s, id, Layer::Notes).as_deref(), Some(shown));
    assert!(hidden(s), "{:?}", s.versions(notes));
    for _ in 0..4 {
        s.undo(stamp).expect("undone");
    }
    assert_eq!(body(s, id, Layer::Notes).as_deref(), Some("Goals for spring."));
}

#[test]
fn an_import_is_undone_as_one_and_comes_back_as_one() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let day = When::from_code("2026-11-12").expect("a day");
    let sessions: Vec<_> = (0..20)
        .map(|_| Archive {
            id: confidant::domain::Id::new(stamp.now),
            written: 1,
            deleted: None,
            value: Session::new(with, day, SessionState::Held),
        })
        .collect();
    let bring = |s: &mut Store, fail: bool| {
        s.bring_in(stamp, "", |arrival| {
            for session in &sessions {
                let text = Writing { session: session.id, layer: Layer::Notes, body: "new".into() };
                arrival.take(session)?;
                let id = confidant::domain::Id::from_bytes(*session.id.bytes());
                let text = Archive { id, written: 2, deleted: None, value: text };
                arrival.take(&text)?;
                arrival.take_version(&text, 1, 1, "old")?;
            }
            if fail { Err(Error::Gone) } else { Ok(()) }
        })
    };
    assert!(matches!(bring(s, true), Err(Error::Gone)));
    let count = |s: &Store| {
        let page = s.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 50);
        page.expect("a page").rows.len()
    };
    assert_eq!(count(s), 0);
    bring(s, false).expect("imported");
    assert_eq!(count(s), 20);
    let text = s.texts(sessions[0].id).expect("texts").notes.expect("notes");
    let versions = |s: &Store| {
        let versions = s.versions(text.id).expect("versions").into_iter();
        versions.map(|version| version.body).collect::<Vec<_>>()
    };
    assert_eq!(versions(s), ["old"]);
    s.undo(stamp).expect("undone");
    assert_eq!(count(s), 0);
    s.redo(stamp).expect("done again");
    assert_eq!(count(s), 20);
    assert_eq!(versions(s), ["old"]);
    assert!(s.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn a_session_that_was_written_in_since_does_not_go_back_into_the_bin() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let day = When::from_code("2026-11-12").expect("when");
    let session = Session::new(with, day, SessionState::Held);
    let id = journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added");
    journal.store.delete_session(journal.stamp, id).expect("deleted");
    let (mut other, stamp) = journal.another();
    other.restore(stamp, confidant::store::Kind::Session, id.cast()).expect("restored");
    journal.store.save_text(journal.stamp, id, Layer::Notes, None, "words").expect("saved");
    assert!(matches!(other.undo(stamp), Err(Error::Refused(_))));
    let found = Query { text: "words".into(), ..Query::default() };
    assert_eq!(other.search(&found, None, 10).expect("found").count, 1);
}
