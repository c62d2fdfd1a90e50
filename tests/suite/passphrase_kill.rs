//! Killed at any moment while the passphrase is set, changed or removed, the journal opens as it
//! was before or as it is to be, with all that was in it.
//!
//! The one that is killed says when it begins. Meanwhile a second process writes all the time, and
//! what was acknowledged to it has to be there too.

use std::path::Path;
use std::time::Duration;

use confidant::domain::{Id, Layer, Session, SessionState, When};
use confidant::host::clock::Clock;
use confidant::store::{
    Anchor, Error, Filter, Kept, OlderBackups, Protection, RecoveryWords, Scope, Store,
};

use crate::journal::{Journal, Keys, stamp};
use crate::worker::{
    JOURNAL, Seeded, WORDS, Worker, kills, passphrase, passphrase_told, path_told, say,
};

/// The variable with the passphrase that is to be.
const TO: &str = "CONFIDANT_TEST_TO";
const PLANTED: &str = "zq-planted-zq";

fn moment() -> confidant::domain::Stamp {
    stamp("2026-11-22T13:00:00+00:00")
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

fn kill_and_look(from: &str, to: &str) {
    let mut before = 0;
    let mut random = Seeded(11);
    let mut journal = begin(from);
    let kept = tempfile::tempdir().expect("a folder");
    copy(journal.folder.path(), kept.path());
    // How long a whole one takes here, so that the kills fall into it.
    let began = Clock::System.ticks();
    replace(&mut journal.store, to);
    let whole = Clock::System.ticks().saturating_sub(began);
    let kills = kills(4);
    for kill in 0..kills {
        let then = random.before(whole * 2);
        let folder = tempfile::tempdir().expect("a folder");
        copy(kept.path(), folder.path());
        if killed_once(folder.path(), &journal.keys, (from, to), then, kill % 2 == 1) {
            before += 1;
        }
    }
    println!("{kills} kills, {before} of them before it was done; none lost");
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
        None => store.remove_passphrase(moment(), |_| {}).expect("removed"),
        Some(words) => {
            let protection = Protection::new(&words).expect("a key");
            say(&format!("words {}", protection.words().list().join(" ")));
            store
                .set_passphrase(moment(), &protection, OlderBackups::Encrypt, |_| {})
                .expect("set");
            store.encrypt_backups(|_, _| {}).expect("encrypted");
        }
    }
}

/// Whether it opens as before, once it was killed at that moment.
fn killed_once(
    folder: &Path,
    old: &Keys,
    (from, to): (&str, &str),
    then: Duration,
    with_a_writer: bool,
) -> bool {
    let path = folder.join("journal.db");
    let at = path.display().to_string();
    let start = |what: &str| {
        let variables = [(JOURNAL, at.as_str()), (WORDS, from), (TO, to)];
        Worker::start(&format!("passphrase_kill::{what}"), &variables)
    };
    let writer = with_a_writer.then(|| {
        let writer = start("writes_to_one_text");
        writer.wait_for("kept");
        writer
    });
    let child = start("replaces_until_it_is_killed");
    let words = if to.is_empty() {
        child.wait_for("open");
        None
    } else {
        Some(RecoveryWords::read(&child.wait_for("words")).expect("words"))
    };
    std::thread::sleep(then);
    child.end();
    let mut kept = 0_u64;
    if let Some(writer) = writer {
        // It goes on a little, if it can.
        std::thread::sleep(Duration::from_millis(20));
        let said = writer.end();
        let number = |line: &String| line.strip_prefix("kept ")?.parse().ok();
        kept = said.iter().filter_map(number).max().unwrap_or(0);
    }

    let what = format!("{from:?} to {to:?}, killed after {then:?}");
    let new = Keys::new(passphrase(to), words);
    let is_new = match Store::open(&path, passphrase(to).as_ref(), moment()) {
        // A plain journal opens with any passphrase.
        Ok(store) => store.is_encrypted() != to.is_empty(),
        Err(Error::PassphraseNeeded | Error::PassphraseWrong | Error::OpensBackup { .. }) => false,
        Err(error) => panic!("{what}: {error}"),
    };
    let store = if is_new { &new } else { old }.open(&path, moment());
    assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new(), "{what}");
    let body = store.texts(newest(&store)).expect("texts").notes.expect("notes").value.body;
    let stands: u64 = body.strip_prefix("text ").and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(stands >= kept, "{what}: {kept} was acknowledged, {stands} stands there");
    // One that is made before the passphrase changes opens as the journal did until then.
    for backup in store.backups().iter().filter(|backup| backup.is_encrypted() && !from.is_empty())
    {
        old.open(&backup.path, moment());
    }
    drop(store);
    // The next open has removed what was left.
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        // The writer may have been killed, too.
        let known = ["journal.db", "backups", "journal.db-journal"];
        assert!(known.contains(&name.as_str()), "{what}: {name}");
    }
    if is_new && !to.is_empty() {
        let mut store = new.open(&path, moment());
        store.encrypt_backups(|_, _| {}).expect("encrypted");
        assert_eq!(store.plain_backups(), 0, "{what}");
        let backups = store.backups();
        drop(store);
        assert_eq!(crate::passphrase::holds(folder, PLANTED), Vec::<String>::new(), "{what}");
        for backup in backups.iter().filter(|_| from.is_empty()) {
            new.open(&backup.path, moment());
        }
    }
    !is_new
}

fn newest(store: &Store) -> Id<Session> {
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 1);
    page.expect("a page").rows[0].session.id
}

fn open_as_told() -> Store {
    Store::open(&path_told(), passphrase_told(WORDS).as_ref(), moment()).expect("opens")
}

#[test]
#[ignore = "what the tests above start and kill"]
fn replaces_until_it_is_killed() {
    let mut store = open_as_told();
    say("open");
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
        say(&format!("kept {number}"));
        // Else nobody else would ever get the lock.
        std::thread::sleep(Duration::from_millis(10));
    }
}
