//! Setting, changing and removing the passphrase of a journal, and opening it by its words.

use std::fs;
use std::path::Path;

use confidant::domain::{Id, Layer, Relationship, Session, SessionState, When};
use confidant::store::{
    Encrypted, Error, Kept, NoWords, OlderBackups, Passphrase, Protection, Query, RecoveryWords,
    Secret, Seen, Store,
};

use crate::journal::{Journal, stamp};

const NOTES: &str = "What a small no looks like, für Müller und 昇進";

fn later() -> confidant::domain::Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

fn words(words: &str) -> Passphrase {
    Passphrase::new(words.to_owned())
}

fn protection(of: &str) -> Protection {
    Protection::new(&words(of)).expect("a key")
}

/// Amina, a session with notes and a second version of them, and a draft.
fn fill(journal: &mut Journal) -> Id<Session> {
    let with: Id<Relationship> = journal.mentee("Amina K.");
    let when = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, when, SessionState::Held);
    let texts = [(Layer::Notes, "First.")];
    let id = journal.store.add_session(journal.stamp, &session, &texts, &[]).expect("added");
    let base = journal.store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let kept = journal.store.save_text(journal.stamp, id, Layer::Notes, base, NOTES);
    assert!(matches!(kept, Ok(Kept::Saved(_))));
    id
}

/// That all of it is there: the text, its version before, undo, search, and a sound file.
#[track_caller]
fn is_whole(store: &mut Store, session: Id<Session>) {
    let notes = store.texts(session).expect("texts").notes.expect("notes");
    assert_eq!(notes.value.body, NOTES);
    assert_eq!(store.versions(notes.id).expect("versions").len(), 1);
    for found in ["muller", "昇進", "smal"] {
        let query = Query { text: found.to_owned(), ..Query::default() };
        assert_eq!(store.search(&query, None, 10).expect("hits").hits.len(), 1, "{found}");
    }
    assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
}

fn begins_plain(path: &Path) -> bool {
    fs::read(path).expect("bytes").starts_with(b"SQLite format 3\0")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub fn holds(folder: &Path, planted: &str) -> Vec<String> {
    let wide: Vec<u8> = planted.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            found.extend(holds(&path, planted));
        } else {
            let bytes = fs::read(&path).expect("bytes");
            let has = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
            if has(planted.as_bytes()) || has(&wide) {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn set_changed_and_removed_it_is_the_same_journal() {
    let mut journal = Journal::new();
    let session = fill(&mut journal);
    let (path, folder) = (journal.path(), journal.folder.path().to_owned());
    let form = form_of(&path);

    let first = protection("correct horse");
    journal.store.set_passphrase(later(), &first, OlderBackups::Encrypt, |_| {}).expect("set");
    assert!(journal.store.is_encrypted() && !begins_plain(&path));
    is_whole(&mut journal.store, session);
    assert_eq!(holds(&folder, "small no"), Vec::<String>::new(), "nothing is left in clear");
    assert_eq!(names(&folder), ["journal.db"]);

    // The one that is open goes on, undo included.
    let done = journal.store.undo(journal.stamp).expect("undone");
    assert!(done.subject.is_some());
    journal.store.redo(journal.stamp).expect("done again");
    drop(journal.store);

    let wrong = Store::open(&path, Some(&words("battery staple")), later());
    assert!(matches!(wrong.err(), Some(Error::PassphraseWrong)));
    assert!(matches!(Store::open(&path, None, later()).err(), Some(Error::PassphraseNeeded)));
    let mut store = Store::open(&path, Some(&words("correct horse")), later()).expect("opens");
    is_whole(&mut store, session);
    assert!(store.is_passphrase(&words("correct horse")).expect("known"));
    assert!(!store.is_passphrase(&words("battery staple")).expect("known"));

    let salt = fs::read(&path).expect("bytes")[..16].to_vec();
    let second = protection("battery staple");
    store.set_passphrase(later(), &second, OlderBackups::Encrypt, |_| {}).expect("changed");
    is_whole(&mut store, session);
    drop(store);
    assert_ne!(fs::read(&path).expect("bytes")[..16], salt[..], "a salt of its own");
    let old = Store::open(&path, Some(&words("correct horse")), later());
    let Some(Error::OpensBackup { backup }) = old.err() else { panic!("the backup tells") };
    let mut before = Store::open(&backup, Some(&words("correct horse")), later()).expect("opens");
    is_whole(&mut before, session);
    drop(before);

    let mut store = Store::open(&path, Some(&words("battery staple")), later()).expect("opens");
    is_whole(&mut store, session);
    store.remove_passphrase(later(), |_| {}).expect("removed");
    assert!(!store.is_encrypted() && begins_plain(&path));
    is_whole(&mut store, session);
    drop(store);
    let mut store = Store::open(&path, None, later()).expect("opens");
    is_whole(&mut store, session);
    assert_eq!(form_of(&path), form, "it is of the form it was, and says that it is a journal");
    assert_eq!(names(&folder), ["backups", "journal.db"]);
    assert_eq!(store.plain_backups(), 0);
}

fn form_of(plain: &Path) -> (i64, i64) {
    let db = rusqlite::Connection::open(plain).expect("opens");
    let ask = |what| db.query_row(what, [], |row| row.get(0)).expect("a number");
    (ask("PRAGMA user_version"), ask("PRAGMA application_id"))
}

#[test]
fn the_words_open_it_until_the_passphrase_is_another() {
    let mut journal = Journal::new();
    let session = fill(&mut journal);
    let path = journal.path();
    let first = protection("correct horse");
    let old = first.words();
    journal.store.set_passphrase(later(), &first, OlderBackups::Encrypt, |_| {}).expect("set");
    drop(journal.store);

    let read = RecoveryWords::read(&old.list().join(" ")).expect("words");
    let by = |words| Store::open_by(&path, Some(Secret::Words(words)), later());
    let mut store = by(&read).expect("opens");
    is_whole(&mut store, session);
    // They lead to a new passphrase, whatever the old one was.
    let second = protection("battery staple");
    store.set_passphrase(later(), &second, OlderBackups::Encrypt, |_| {}).expect("changed");
    drop(store);
    let Some(Error::WordsOpenBackup { backup }) = by(&old).err() else { panic!("they are old") };
    let mut before = Store::open_by(&backup, Some(Secret::Words(&old)), later()).expect("opens");
    is_whole(&mut before, session);
    let other = protection("another journal's").words();
    assert!(matches!(by(&other).err(), Some(Error::WordsWrong)));
    let new = second.words();
    is_whole(&mut by(&new).expect("opens"), session);
    assert_eq!(RecoveryWords::read("some words").err(), Some(NoWords::Count(2)));
    // A damaged beginning is told from wrong words where a backup tells.
    drop(before);
    let store = Store::open(&path, Some(&words("battery staple")), later()).expect("opens");
    store.backup(later(), None, |_, _| {}).expect("a backup");
    drop(store);
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[3] ^= 1;
    fs::write(&path, bytes).expect("written");
    assert!(matches!(by(&new).err(), Some(Error::HeaderDamaged { .. })));
}

#[test]
fn backups_from_before_are_encrypted_too_unless_refused() {
    for older in [OlderBackups::Encrypt, OlderBackups::Leave] {
        let mut journal = Journal::new();
        let session = fill(&mut journal);
        let path = journal.path();
        let one = journal.store.backup(journal.stamp, None, |_, _| {}).expect("a backup");
        let two = journal.store.backup(later(), None, |_, _| {}).expect("a backup");
        let broken = one.with_file_name("journal-2026-01-01-000000.db");
        fs::write(&broken, b"SQLite format 3\0and then nothing").expect("written");
        let made = fs::metadata(&one).expect("data").modified().expect("a time");
        let first = protection("correct horse");
        assert_eq!(journal.store.plain_backups(), 3);
        journal.store.set_passphrase(later(), &first, older, |_| {}).expect("set");
        // Also where the program ended in between.
        drop(journal.store);
        let mut store = Store::open(&path, Some(&words("correct horse")), later()).expect("opens");
        let mut heard = 0;
        let found = store.encrypt_backups(|_, _| heard += 1).expect("encrypted");
        if older == OlderBackups::Leave {
            assert_eq!((found, heard), (Encrypted::default(), 0));
            assert!(begins_plain(&one) && begins_plain(&two));
            continue;
        }
        assert_eq!(found, Encrypted { done: 2, left: vec![broken.clone()] });
        assert_eq!(store.encrypt_backups(|_, _| {}).expect("done"), Encrypted::default());
        assert_eq!(holds(journal.folder.path(), "small no"), Vec::<String>::new());
        assert_eq!(fs::metadata(&one).expect("data").modified().expect("a time"), made);
        for backup in [one, two] {
            let mut read = Store::open(&backup, Some(&words("correct horse")), later());
            is_whole(read.as_mut().expect("opens"), session);
            let read = Store::open_by(&backup, Some(Secret::Words(&first.words())), later());
            is_whole(&mut read.expect("opens by words"), session);
        }
        // They are like any other backup now: a person is erased from them too.
        let person = store.people().expect("people")[0].person;
        assert_eq!(store.erase_in_backups(later(), person, |_, _| {}).expect("erased").erased, 2);
    }
}

#[test]
fn another_that_has_it_open_keeps_its_text_and_sees_that_it_was_moved() {
    let mut journal = Journal::new();
    let session = fill(&mut journal);
    let (mut other, other_stamp) = journal.another();
    let base = other.texts(session).expect("texts").notes.map(|notes| notes.rev);
    let first = protection("correct horse");
    journal.store.set_passphrase(later(), &first, OlderBackups::Encrypt, |_| {}).expect("set");
    let refused = other.save_text(other_stamp, session, Layer::Notes, base, "Theirs.");
    assert!(matches!(refused, Err(Error::Moved)), "{refused:?}");
    assert_eq!(other.look().expect("looked"), Seen::Moved);
    other.lock().expect("locked");
    assert!(!other.is_encrypted());
    let passphrase = words("correct horse");
    other.unlock(Some(Secret::Passphrase(&passphrase)), other_stamp).expect("unlocked");
    let saved = other.save_text(other_stamp, session, Layer::Notes, base, "Theirs.");
    assert!(matches!(saved, Ok(Kept::Saved(_))), "what it began from is the same");
    assert_eq!(journal.store.look().expect("looked"), Seen::Written);
}

#[test]
fn while_another_writes_it_waits_and_changes_nothing() {
    let mut journal = Journal::new();
    let session = fill(&mut journal);
    let path = journal.path();
    let holder = rusqlite::Connection::open(&path).expect("opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("held");
    let first = protection("correct horse");
    let busy = journal.store.set_passphrase(later(), &first, OlderBackups::Encrypt, |_| {});
    assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
    holder.execute_batch("ROLLBACK").expect("let go");
    assert!(begins_plain(&path));
    assert_eq!(names(journal.folder.path()), ["journal.db"]);
    is_whole(&mut journal.store, session);
    assert!(matches!(Protection::new(&words("")).err(), Some(Error::PassphraseEmpty)));
}

#[test]
fn what_a_broken_off_removal_left_in_clear_goes_at_the_next_open() {
    let journal = Journal::begin(Some(&words("correct horse")));
    let (path, folder) = (journal.path(), journal.folder);
    drop(journal.store);
    let left = folder.path().join("journal.db.new.part");
    fs::write(&left, "all of it in clear").expect("written");
    fs::write(folder.path().join("journal.db.new.part-journal"), "and more").expect("written");
    let first = Store::open(&path, Some(&words("correct horse")), later()).expect("opens");
    assert_eq!(names(folder.path()), ["journal.db"]);
    // Not while somebody is at it: who replaces the file holds the lock for writing.
    fs::write(&left, "somebody's").expect("written");
    drop(first);
    let holder = rusqlite::Connection::open(&path).expect("opens");
    drop(holder);
    let plain = Journal::new();
    let left = plain.folder.path().join("journal.db.new.part");
    fs::write(&left, "somebody's").expect("written");
    let holder = rusqlite::Connection::open(plain.path()).expect("opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("held");
    drop(plain.another());
    assert!(left.exists());
    holder.execute_batch("ROLLBACK").expect("let go");
    drop(plain.another());
    assert!(!left.exists());
}

#[test]
fn a_link_stays_a_link_and_the_file_it_leads_to_is_encrypted() {
    let mut journal = Journal::new();
    let session = fill(&mut journal);
    let real = journal.path();
    drop(journal.store);
    let link = journal.folder.path().join("link.db");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let mut store = Store::open(&link, None, later()).expect("opens");
    store
        .set_passphrase(later(), &protection("correct horse"), OlderBackups::Leave, |_| {})
        .expect("set");
    is_whole(&mut store, session);
    assert!(fs::symlink_metadata(&link).expect("data").is_symlink());
    assert!(!begins_plain(&real));
}
