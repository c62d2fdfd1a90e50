//! `kill -9` while backups are made and put back: the journal opens, every backup that has its name
//! is whole, and every text that was acknowledged is in one of them.
//!
//! The worker is this test program run again, with a second process on the same journal (the test
//! itself). `CONFIDANT_KILLS` sets how often it is killed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use confidant::domain::{Layer, Session, SessionState, Stamp, When};
use confidant::store::{Kept, Passphrase, Query, Store};

use crate::journal::{Journal, stamp};

const JOURNAL: &str = "CONFIDANT_TEST_JOURNAL";
const WORDS: &str = "CONFIDANT_TEST_WORDS";
const FIRST: &str = "CONFIDANT_TEST_FIRST";

fn moment() -> Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

#[test]
fn backups_of_a_plain_journal_outlive_kills() {
    kill_and_look(None, kills() * 2 / 3);
}

#[test]
fn backups_of_an_encrypted_journal_outlive_kills() {
    kill_and_look(Some("correct horse"), kills() / 3);
}

fn kills() -> u64 {
    std::env::var("CONFIDANT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

fn kill_and_look(words: Option<&str>, kills: u64) {
    let passphrase = words.map(|words| Passphrase::new(words.to_owned()));
    let mut journal = Journal::begin(passphrase.as_ref());
    journal.mentee("Amina K.");
    let path = journal.path();
    // As it was at first, for the worker to put back in between.
    let first = journal.folder.path().join("first.db");
    journal.store.backup(moment(), Some(&first), |_, _| {}).expect("a backup");
    let folder = journal.folder;
    drop(journal.store);
    let (mut acknowledged, mut found) = (BTreeSet::new(), BTreeSet::new());
    let mut checked = BTreeSet::new();
    for n in 0..kills {
        let mut beside = Store::open(&path, passphrase.as_ref(), moment()).expect("opens");
        acknowledged.extend(work_and_kill(&path, words, n));
        // The second process goes on with the same file, or notices that it is another.
        beside.look().expect("a look");
        drop(beside);
        let store = Store::open(&path, passphrase.as_ref(), moment()).expect("opens");
        found.extend(held(&store, &acknowledged));
        assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
        let backups = store.backups();
        drop(store);
        for backup in backups.iter().filter(|backup| checked.insert(backup.path.clone())) {
            let kept = Store::open(&backup.path, passphrase.as_ref(), moment());
            let kept = kept.unwrap_or_else(|error| panic!("{}: {error}", backup.path.display()));
            assert_eq!(kept.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
            found.extend(held(&kept, &acknowledged));
        }
        let lost: Vec<_> = acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "after {n} kills, in no file: {lost:?}");
    }
    let replaced = checked.iter().filter(|path| path.to_string_lossy().contains("replaced"));
    println!(
        "{kills} kills, {} texts, {} backups, {} of them replaced journals",
        acknowledged.len(),
        checked.len(),
        replaced.count()
    );
    assert!(!acknowledged.is_empty(), "it was always killed before it did anything");
    drop(folder);
}

/// Which of the acknowledged texts stand in a file.
fn held(store: &Store, acknowledged: &BTreeSet<u64>) -> Vec<u64> {
    let is_there = |number: &u64| {
        let query = Query { text: format!("zq{number}q"), ..Query::default() };
        store.search(&query, None, 2).expect("hits").hits.len() == 1
    };
    acknowledged.iter().copied().filter(is_there).collect()
}

/// Runs the worker for a while; the texts that it said it kept.
fn work_and_kill(path: &Path, words: Option<&str>, n: u64) -> Vec<u64> {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["backup_kill::works_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(JOURNAL, path)
        .env(FIRST, (n * 10_000).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(words) = words {
        command.env(WORDS, words);
    }
    let mut child = command.spawn().expect("a worker");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut kept = Vec::new();
    let number = |line: &str| {
        let mut parts = line.split_whitespace();
        let is_whole = parts.next() == Some("kept") && line.ends_with("whole");
        parts.next().filter(|_| is_whole)?.parse::<u64>().ok()
    };
    // Past so many texts, and then somewhere in what comes next.
    let wanted = usize::try_from(n % 4).expect("small") + 1;
    while kept.len() < wanted {
        let line = lines.next().expect("it goes on").expect("text");
        kept.extend(number(&line));
    }
    std::thread::sleep(Duration::from_micros(n * 7919 % 60_000));
    child.kill().expect("killed");
    child.wait().expect("gone");
    kept.extend(lines.map_while(Result::ok).filter_map(|line| number(&line)));
    kept
}

#[test]
#[ignore = "the worker that the tests above start and kill"]
fn works_until_it_is_killed() {
    let path = PathBuf::from(std::env::var_os(JOURNAL).expect("started by the tests above"));
    let passphrase = std::env::var(WORDS).ok().map(Passphrase::new);
    let mut number: u64 = std::env::var(FIRST).expect("a number").parse().expect("a number");
    let stamp = moment();
    let mut store = Store::open(&path, passphrase.as_ref(), stamp).expect("opens");
    loop {
        number += 1;
        let with = store.people().expect("people")[0].relationship;
        let day = When::day(stamp.now.date_naive());
        let session = Session::new(with, day, SessionState::Held);
        let id = store.add_session(stamp, &session, &[], &[]).expect("added");
        let body = format!("zq{number}q {}", "What a small no looks like. ".repeat(60));
        let kept = store.save_text(stamp, id, Layer::Notes, None, &body);
        assert!(matches!(kept, Ok(Kept::Saved(Some(_)))), "{kept:?}");
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nkept {number} whole").and_then(|()| out.flush()).expect("said");
        drop(out);
        if number.is_multiple_of(3) {
            // Everything of now becomes a backup, and the journal is as it was at first.
            let first = path.with_file_name("first.db");
            store.restore_over(&first, None, stamp).expect("put back");
        } else {
            store.backup(stamp, None, |_, _| {}).expect("a backup");
        }
    }
}
