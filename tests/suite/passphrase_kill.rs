//! Killed at any moment while the passphrase is set, changed or removed, the journal opens as it
//! was before or as it is to be, with all that was in it.
//!
//! The one that is killed is this test program run again; it says when it begins. Meanwhile a
//! second process writes all the time, and what was acknowledged to it has to be there too.
//! `CONFIDANT_KILLS` sets how often.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use confidant::domain::{Id, Layer, Session, SessionState, When};
use confidant::host::clock::Clock;
use confidant::store::{
    Anchor, Error, Filter, Kept, OlderBackups, Passphrase, Protection, RecoveryWords, Scope,
    Secret, Store,
};

use crate::journal::{Journal, stamp};

const JOURNAL: &str = "CONFIDANT_TEST_JOURNAL";
const FROM: &str = "CONFIDANT_TEST_FROM";
const TO: &str = "CONFIDANT_TEST_TO";
const PLANTED: &str = "zq-planted-zq";

fn moment() -> confidant::domain::Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

fn passphrase(words: &str) -> Option<Passphrase> {
    (!words.is_empty()).then(|| Passphrase::new(words.to_owned()))
}

fn kills() -> u64 {
    std::env::var("CONFIDANT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

#[test]
fn killed_while_it_is_set_it_opens() {
    kill_and_look("", "battery staple");
}

#[test]
fn killed_while_it_is_changed_it_opens() {
    kill_and_look("correct horse", "battery staple");
}

#[test]
fn killed_while_it_is_removed_it_opens() {
    kill_and_look("correct horse", "");
}

/// A plain sequence of numbers that looks random and is the same in every run.
fn random(seed: &mut u64, below: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

fn kill_and_look(from: &str, to: &str) {
    let mut before = 0;
    let mut seed = 11;
    let mut journal = begin(from);
    let kept = tempfile::tempdir().expect("a folder");
    copy(journal.folder.path(), kept.path());
    // How long a whole one takes here, so that the kills fall into it.
    let began = Clock::System.ticks();
    replace(&mut journal.store, to);
    let whole = Clock::System.ticks().saturating_sub(began);
    let span = u64::try_from(whole.as_micros()).unwrap_or(u64::MAX).max(1) * 2;
    for kill in 0..kills() {
        let then = Duration::from_micros(random(&mut seed, span));
        let folder = tempfile::tempdir().expect("a folder");
        copy(kept.path(), folder.path());
        if killed_once(folder.path(), from, to, then, kill % 2 == 1) {
            before += 1;
        }
    }
    println!("{} kills, {before} of them before it was done", kills());
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&to).expect("made");
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), &to).expect("copied");
        }
    }
}

fn begin(from: &str) -> Journal {
    let mut journal = Journal::begin(passphrase(from).as_ref());
    let with = journal.mentee("Amina K.");
    for n in 0..40 {
        let session = Session::new(with, When::day(moment().now.date_naive()), SessionState::Held);
        let notes = format!("{PLANTED} {n} {}", "What a small no looks like. ".repeat(60));
        let texts = [(Layer::Notes, notes.as_str())];
        journal.store.add_session(journal.stamp, &session, &texts, &[]).expect("added");
    }
    if from.is_empty() {
        journal.store.backup(journal.stamp, None, |_, _| {}).expect("a backup");
    }
    journal
}

fn replace(store: &mut Store, to: &str) {
    match passphrase(to) {
        None => store.remove_passphrase(moment()).expect("removed"),
        Some(words) => {
            let protection = Protection::new(&words).expect("a key");
            let mut out = std::io::stdout().lock();
            let words = protection.words().list().join(" ");
            writeln!(out, "\nwords {words}").and_then(|()| out.flush()).expect("said");
            drop(out);
            store.set_passphrase(moment(), &protection, OlderBackups::Encrypt).expect("set");
            store.encrypt_backups(|_, _| {}).expect("encrypted");
        }
    }
}

/// Whether it opens as before, once it was killed at that moment.
fn killed_once(folder: &Path, from: &str, to: &str, then: Duration, with_a_writer: bool) -> bool {
    let path = folder.join("journal.db");
    let writer = with_a_writer.then(|| {
        let mut writer = start("writes_to_one_text", &path, from, to);
        let mut lines = BufReader::new(writer.stdout.take().expect("its output")).lines();
        wait_for(&mut lines, "kept");
        (writer, lines)
    });
    let mut child = start("replaces_until_it_is_killed", &path, from, to);
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let words = if to.is_empty() {
        wait_for(&mut lines, "open");
        None
    } else {
        Some(RecoveryWords::read(&wait_for(&mut lines, "words")).expect("words"))
    };
    std::thread::sleep(then);
    child.kill().expect("killed");
    child.wait().expect("gone");
    let mut kept = 0_u64;
    if let Some((mut writer, lines)) = writer {
        // It goes on a little, if it can.
        std::thread::sleep(Duration::from_millis(20));
        writer.kill().expect("killed");
        writer.wait().expect("gone");
        for line in lines.map_while(Result::ok) {
            if let Some(number) = line.strip_prefix("kept ").and_then(|n| n.parse().ok()) {
                kept = number;
            }
        }
    }

    let what = format!("{from:?} to {to:?}, killed after {then:?}");
    let (old, new) = (passphrase(from), passphrase(to));
    let opened = Store::open(&path, new.as_ref(), moment());
    let is_new = opened.is_ok();
    let store = match opened {
        Ok(store) => store,
        Err(Error::PassphraseNeeded | Error::PassphraseWrong | Error::OpensBackup { .. }) => {
            Store::open(&path, old.as_ref(), moment()).expect(&what)
        }
        // A plain journal opens with any passphrase.
        Err(error) => panic!("{what}: {error}"),
    };
    let is_new = is_new && store.is_encrypted() == new.is_some();
    assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new(), "{what}");
    let now = if is_new { to } else { from };
    assert_eq!(store.is_encrypted(), !now.is_empty(), "{what}");
    let body = store.texts(newest(&store)).expect("texts").notes.expect("notes").value.body;
    let stands: u64 = body.strip_prefix("text ").and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(stands >= kept, "{what}: {kept} was acknowledged, {stands} stands there");
    drop(store);
    if is_new && let Some(words) = &words {
        Store::open_by(&path, Some(Secret::Words(words)), moment()).expect(&what);
    }
    // The next open has removed what was left.
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        // The writer may have been killed, too.
        let known = ["journal.db", "backups", "journal.db-journal"];
        assert!(known.contains(&name.as_str()), "{what}: {name}");
    }
    if is_new && new.is_some() {
        let mut store = Store::open(&path, new.as_ref(), moment()).expect(&what);
        store.encrypt_backups(|_, _| {}).expect("encrypted");
        assert_eq!(store.plain_backups(), 0, "{what}");
        drop(store);
        assert_eq!(crate::passphrase::holds(folder, PLANTED), Vec::<String>::new(), "{what}");
    }
    !is_new
}

fn start(what: &str, path: &Path, from: &str, to: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args([&format!("passphrase_kill::{what}"), "--exact", "--ignored", "--nocapture"])
        .env(JOURNAL, path)
        .env(FROM, from)
        .env(TO, to)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process")
}

/// The rest of the first line that begins so.
fn wait_for(lines: &mut impl Iterator<Item = std::io::Result<String>>, begin: &str) -> String {
    lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix(begin).map(|rest| rest.trim().to_owned()))
        .unwrap_or_else(|| panic!("it never said {begin:?}"))
}

fn newest(store: &Store) -> Id<Session> {
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 1);
    page.expect("a page").rows[0].session.id
}

fn open_as_told() -> Store {
    let path = PathBuf::from(std::env::var_os(JOURNAL).expect("started by the tests above"));
    let from = passphrase(&std::env::var(FROM).unwrap_or_default());
    Store::open(&path, from.as_ref(), moment()).expect("opens")
}

#[test]
#[ignore = "what the tests above start and kill"]
fn replaces_until_it_is_killed() {
    let mut store = open_as_told();
    let mut out = std::io::stdout();
    writeln!(out, "\nopen").and_then(|()| out.flush()).expect("said");
    replace(&mut store, &std::env::var(TO).unwrap_or_default());
}

#[test]
#[ignore = "what writes meanwhile"]
fn writes_to_one_text() {
    let mut store = open_as_told();
    let session = newest(&store);
    let mut base = store.texts(session).expect("texts").notes.map(|notes| notes.rev);
    for number in 1_u64.. {
        let text = format!("text {number}");
        match store.save_text(moment(), session, Layer::Notes, base, &text) {
            Ok(Kept::Saved(rev)) => base = rev,
            Ok(Kept::Conflict(_)) => unreachable!("nobody else writes"),
            Err(Error::Busy) => continue,
            // It would ask to be unlocked now.
            Err(Error::Moved) => break,
            Err(error) => panic!("{error}"),
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nkept {number}").and_then(|()| out.flush()).expect("said");
        drop(out);
        // Else nobody else would ever get the lock.
        std::thread::sleep(Duration::from_millis(10));
    }
}
