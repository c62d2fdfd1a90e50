//! A file that is damaged in any of its parts: told, never written to, and a sound backup is found.

use std::fs;
use std::path::Path;

use confidant::domain::{Id, Layer, Session, SessionState, When};
use confidant::store::{Error, Passphrase, Query, Secret, Store};
use rusqlite::Connection;

use crate::journal::{Journal, stamp};

const PAGE: usize = 4096;

fn later() -> confidant::domain::Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

/// A journal with texts, with pages that became free, and with a backup.
fn journal(passphrase: Option<&Passphrase>) -> (Journal, Id<Session>) {
    let mut journal = Journal::begin(passphrase);
    let with = journal.mentee("Amina K.");
    let day = When::from_code("2026-11-12").expect("a day");
    let notes = "What a small no looks like. ".repeat(400);
    let session = Session::new(with, day, SessionState::Held);
    let texts = &[(Layer::Notes, notes.as_str())];
    let id = journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added");
    for _ in 0..10 {
        let gone = journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added");
        journal.store.delete_session(journal.stamp, gone).expect("deleted");
    }
    journal.store.empty_bin(i64::MAX).expect("emptied");
    journal.store.backup(journal.stamp, None, |_, _| {}).expect("a backup");
    (journal, id)
}

/// A bit in each part of the file: what the part is, and which byte. Both kinds of file have the
/// same pages in the same places.
fn places() -> Vec<(&'static str, usize)> {
    let (journal, _) = journal(None);
    let path = journal.path();
    drop(journal.store);
    let db = Connection::open(&path).expect("opens");
    let number = |sql: &str| -> usize {
        let number: i64 = db.query_row(sql, [], |row| row.get(0)).expect("a number");
        usize::try_from(number).expect("a place")
    };
    let root =
        |name: &str| number(&format!("SELECT rootpage FROM sqlite_schema WHERE name = '{name}'"));
    let free = number("PRAGMA freelist_count");
    assert!(free > 2, "no page is free");
    let bytes = fs::read(&path).expect("bytes");
    let trunk = u32::from_be_bytes(bytes[32..36].try_into().expect("four")) as usize;
    let start = |page: usize| (page - 1) * PAGE;
    // The second page that is free is named first on the page that lists them.
    let at = start(trunk) + 8;
    let leaf = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four")) as usize;
    vec![
        ("the first bytes", 3),
        ("the header", 17),
        ("the mark", 69),
        ("the schema", 2000),
        ("the end of the first page", PAGE - 9),
        ("a page of a table", start(root("session")) + 3),
        ("a row", start(root("writing")) + PAGE - 100),
        ("a page of an index", start(root("session_by_day")) + 4),
        ("the search index", start(root("search_data")) + 5),
        ("the list of free pages", start(trunk) + 6),
        ("a free page", start(leaf) + 300),
        ("the last page", bytes.len() - 30),
    ]
}

/// Everything that a screen would ask for.
fn read_all(store: &Store, id: Id<Session>) {
    let query = Query { text: "small".into(), ..Query::default() };
    let _ = (store.people(), store.search(&query, None, 10), store.bin(10), store.texts(id));
}

#[test]
fn one_flipped_bit_in_each_part_is_never_written_over() {
    let words = Passphrase::new("correct horse".into());
    for passphrase in [None, Some(&words)] {
        let (journal, id) = journal(passphrase);
        let path = journal.path();
        drop(journal.store);
        let good = fs::read(&path).expect("bytes");
        for (part, place) in places() {
            let mut bad = good.clone();
            bad[place] ^= 4;
            fs::write(&path, &bad).expect("written");
            let found = match Store::open(&path, passphrase, later()) {
                Ok(store) => {
                    read_all(&store, id);
                    let verdict = store.verify(|_| {}).expect("a verdict");
                    if verdict.problems.is_empty() { "nothing" } else { "by going through it" }
                }
                Err(Error::Damaged) => "at once",
                Err(Error::HeaderDamaged { .. }) => "by the backup",
                Err(Error::NotAJournal(_)) => "as no journal",
                Err(other) => panic!("{part}: {other}"),
            };
            // Every page of an encrypted file has a seal. A plain one has none: there, what reads
            // as another letter or as a page that nobody uses is not noticed.
            let may_pass = passphrase.is_none();
            assert!(found != "nothing" || may_pass, "{part}: nothing was noticed");
            assert_eq!(fs::read(&path).expect("bytes"), bad, "{part} was written over");
            let sound = Store::newest_good_backup(&path, passphrase).expect("a sound backup");
            assert!(Store::open(&sound.path, passphrase, later()).is_ok(), "{part}");
        }
        let names: Vec<_> = fs::read_dir(journal.folder.path()).expect("a folder").collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }
}

#[test]
fn what_is_left_of_a_plain_journal_without_its_beginning_is_known() {
    let (journal, _) = journal(None);
    let path = journal.path();
    drop(journal.store);
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[..16].fill(0x5a);
    fs::write(&path, &bytes).expect("damaged");
    let words = Passphrase::new("correct horse".into());
    for passphrase in [None, Some(&words)] {
        let opened = Store::open(&path, passphrase, later());
        assert!(matches!(opened, Err(Error::Damaged)), "{:?}", opened.err());
    }
    assert!(!Store::asks_for_passphrase(&path).expect("asked"));
    assert_eq!(fs::read(&path).expect("bytes"), bytes);
}

#[test]
fn a_cut_file_is_never_written_over() {
    let words = Passphrase::new("correct horse".into());
    for passphrase in [None, Some(&words)] {
        let (journal, id) = journal(passphrase);
        let path = journal.path();
        drop(journal.store);
        let good = fs::read(&path).expect("bytes");
        for length in
            [0, 10, 100, PAGE, 5 * PAGE, good.len() / 2, good.len() - PAGE, good.len() - 7]
        {
            fs::write(&path, &good[..length]).expect("written");
            match Store::open(&path, passphrase, later()) {
                Ok(store) => {
                    read_all(&store, id);
                    let verdict = store.verify(|_| {}).expect("a verdict");
                    assert!(!verdict.problems.is_empty(), "{length} bytes pass for sound");
                }
                Err(
                    Error::Damaged
                    | Error::HeaderDamaged { .. }
                    | Error::NotAJournal(_)
                    | Error::PassphraseNeeded,
                ) => {}
                Err(other) => panic!("{length}: {other}"),
            }
            assert_eq!(fs::read(&path).expect("bytes").len(), length, "{length}");
            assert!(Store::newest_good_backup(&path, passphrase).is_some());
        }
    }
}

/// A stale `-journal` that a folder kept in step put beside another state of the file.
#[test]
fn a_stale_journal_beside_another_state_is_told_or_does_no_harm() {
    let words = Passphrase::new("correct horse".into());
    for passphrase in [None, Some(&words)] {
        let (mut journal, id) = journal(passphrase);
        let path = journal.path();
        let hot = path.with_extension("db-journal");
        let stale = stale_journal(&path, passphrase.is_some());
        journal
            .store
            .append_text(journal.stamp, id, Layer::Notes, &"And a small yes. ".repeat(2000))
            .expect("written");
        drop(journal.store);
        fs::write(&hot, &stale).expect("put beside");
        match Store::open(&path, passphrase, later()) {
            Ok(store) => {
                let verdict = store.verify(|_| {}).expect("a verdict");
                let whole = store.texts(id).ok().and_then(|texts| texts.notes);
                let is_whole = whole.is_some_and(|notes| notes.value.body.contains("small yes"));
                assert!(is_whole || !verdict.problems.is_empty(), "silently another state");
            }
            Err(Error::Damaged | Error::HeaderDamaged { .. } | Error::NotAJournal(_)) => {}
            Err(other) => panic!("{other}"),
        }
        let sound = Store::newest_good_backup(&path, passphrase).expect("a sound backup");
        Store::restore_backup(&path, &sound.path, passphrase.map(Secret::Passphrase), later())
            .expect("put back");
        let store = Store::open(&path, passphrase, later()).expect("opens");
        assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
    }
}

/// What SQLite would have left of a write that was broken off: the header says how long the file was
/// and which pages it changes; here of a file that was far shorter.
fn stale_journal(path: &Path, encrypted: bool) -> Vec<u8> {
    let page = fs::read(path).expect("bytes")[PAGE..2 * PAGE].to_vec();
    let mut stale = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    for number in [1_u32, 0x1234_5678, 40, 512, 4096] {
        stale.extend(number.to_be_bytes());
    }
    stale.resize(512, 0);
    stale.extend(2_u32.to_be_bytes());
    stale.extend(&page);
    // SQLite's sum over every two hundredth byte; with a wrong one the page is left out.
    let sum = (1..PAGE)
        .rev()
        .filter(|at| at % 200 == (PAGE - 200) % 200)
        .filter(|at| *at <= PAGE - 200)
        .fold(0x1234_5678_u32, |sum, at| sum.wrapping_add(u32::from(page[at])));
    stale.extend(sum.to_be_bytes());
    assert!(encrypted || stale.len() > PAGE);
    stale
}
