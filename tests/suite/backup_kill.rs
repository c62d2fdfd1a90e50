//! `kill -9` while backups are made and put back, and another process writes: the journal opens,
//! every backup that has its name is whole, and every text that was acknowledged to either is in
//! one of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use confidant::domain::{Layer, Session, SessionState, Stamp, When};
use confidant::store::{Error, Kept, Query, Seen, Store};

use crate::journal::{Journal, Keys, stamp};
use crate::worker::{
    JOURNAL, Seeded, WORDS, Worker, kills, passphrase, passphrase_told, path_told, say,
};

/// The variable with the number that comes before the first text.
const FIRST: &str = "CONFIDANT_TEST_FIRST";

fn moment() -> Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

#[test]
fn backups_of_a_plain_journal_outlive_kills() {
    kill_and_look("", kills(8));
}

#[test]
fn backups_of_an_encrypted_journal_outlive_kills() {
    kill_and_look("correct horse", kills(4));
}

fn kill_and_look(words: &str, kills: u64) {
    let mut journal = Journal::begin(passphrase(words).as_ref());
    journal.mentee("Amina K.");
    let path = journal.path();
    // As it was at first, for the worker to put back in between.
    let first = journal.folder.path().join("first.db");
    journal.store.backup(moment(), Some(&first), |_, _| {}).expect("a backup");
    let Journal { folder, store, keys, .. } = journal;
    drop(store);
    let mut random = Seeded(5);
    let (mut acknowledged, mut in_backups) = (BTreeSet::new(), BTreeSet::new());
    let mut checked = BTreeSet::new();
    for n in 0..kills {
        acknowledged.extend(work_and_kill(&path, words, n, &mut random));
        let mut looking: BTreeSet<_> = acknowledged.difference(&in_backups).copied().collect();
        let (backups, in_journal) = look_through(&path, &keys, &looking);
        for backup in backups.iter().filter(|backup| checked.insert((*backup).clone())) {
            let (_, held) = look_through(backup, &keys, &looking);
            in_backups.extend(held);
        }
        looking.retain(|number| !in_backups.contains(number) && !in_journal.contains(number));
        assert!(looking.is_empty(), "after {n} kills, in no file: {looking:?}");
    }
    let replaced = checked.iter().filter(|path| path.to_string_lossy().contains("replaced"));
    println!(
        "{kills} kills, {} texts, {} backups, {} of them replaced journals: none lost",
        acknowledged.len(),
        checked.len(),
        replaced.count()
    );
    assert!(acknowledged.len() as u64 > kills, "it was killed before it did anything");
    drop(folder);
}

/// Opens a file by all that opens it and goes through it: the backups beside it, and which of these
/// texts stand in it.
fn look_through(
    path: &Path,
    keys: &Keys,
    looking: &BTreeSet<u64>,
) -> (Vec<std::path::PathBuf>, BTreeSet<u64>) {
    let store = keys.open(path, moment());
    let problems = store.verify(|_| {}).expect("a verdict").problems;
    assert_eq!(problems, Vec::<String>::new(), "{}", path.display());
    let is_there = |number: &u64| {
        let query = Query { text: format!("zq{number}q"), ..Query::default() };
        store.search(&query, None, 2).expect("hits").hits.len() == 1
    };
    let held = looking.iter().copied().filter(is_there).collect();
    (store.backups().into_iter().map(|backup| backup.path).collect(), held)
}

/// Runs a process that makes backups and puts one back, and one that only writes, and kills the one
/// and then the other; the texts that were acknowledged to them.
fn work_and_kill(path: &Path, words: &str, n: u64, random: &mut Seeded) -> Vec<u64> {
    let path = path.display().to_string();
    let start = |what: &str, first: u64| {
        let first = first.to_string();
        let variables = [(JOURNAL, path.as_str()), (WORDS, words), (FIRST, first.as_str())];
        Worker::start(&format!("backup_kill::{what}"), &variables)
    };
    let writer = start("writes_beside_it_until_it_is_killed", n * 20_000);
    let worker = start("works_until_it_is_killed", n * 20_000 + 10_000);
    let mut said = vec![writer.wait_for("kept")];
    // Past so many texts, and then somewhere in what comes next.
    said.extend((0..=random.below(4)).map(|_| worker.wait_for("kept")));
    std::thread::sleep(random.before(Duration::from_millis(60)));
    let mut rest = worker.kill();
    // The one that is left goes on with what the other left, for a moment.
    std::thread::sleep(random.before(Duration::from_millis(30)));
    rest.extend(writer.kill());
    said.extend(rest.iter().filter_map(|line| Some(line.strip_prefix("kept")?.trim().to_owned())));
    said.iter().map(|number| number.parse().expect("a number")).collect()
}

/// The two write to one file, so that either may find it busy, and the other may put it aside.
fn is_for_later(error: &Error) -> bool {
    matches!(error, Error::Busy | Error::Moved)
}

fn open_as_told() -> Store {
    loop {
        match Store::open(&path_told(), passphrase_told(WORDS).as_ref(), moment()) {
            Ok(store) => return store,
            Err(error) if is_for_later(&error) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// Writes one text more, and says so once it is kept.
fn write_one(store: &mut Store, number: u64) -> Result<(), Error> {
    let with = store.people()?[0].relationship;
    let session = Session::new(with, When::day(moment().now.date_naive()), SessionState::Held);
    let id = store.add_session(moment(), &session, &[], &[])?;
    let body = format!("zq{number}q {}", "What a small no looks like. ".repeat(60));
    let kept = store.save_text(moment(), id, Layer::Notes, None, &body)?;
    assert!(matches!(kept, Kept::Saved(Some(_))), "{kept:?}");
    say(&format!("kept {number}"));
    Ok(())
}

#[test]
#[ignore = "the worker that the tests above start and kill"]
fn works_until_it_is_killed() {
    work(|store, number| {
        write_one(store, number)?;
        if number.is_multiple_of(3) {
            // Everything of now becomes a backup, and the journal is as it was at first.
            let first = path_told().with_file_name("first.db");
            store.restore_over(&first, None, moment()).map(drop)
        } else {
            store.backup(moment(), None, |_, _| {}).map(drop)
        }
    });
}

#[test]
#[ignore = "what writes meanwhile"]
fn writes_beside_it_until_it_is_killed() {
    work(|store, number| {
        // Else nobody else would ever get the lock.
        std::thread::sleep(Duration::from_millis(5));
        write_one(store, number)
    });
}

fn work(mut step: impl FnMut(&mut Store, u64) -> Result<(), Error>) {
    let first: u64 = std::env::var(FIRST).expect("a number").parse().expect("a number");
    let mut store = open_as_told();
    for number in first + 1.. {
        match step(&mut store, number) {
            Ok(()) => {}
            Err(Error::Moved) => {
                drop(store);
                store = open_as_told();
            }
            // What only reads may say of a file that is gone what it would say of one it may not
            // write; the next look tells them apart, as it does on the screen.
            Err(Error::ReadOnly) if matches!(store.look(), Ok(Seen::Moved)) => {
                drop(store);
                store = open_as_told();
            }
            Err(error) if is_for_later(&error) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}
