//! Backups: made when there is something new, thinned out, and put back without losing what was
//! there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use confidant::domain::{Id, Layer, Owner, Session, SessionState, Stamp, When};
use confidant::store::{
    BackupKind, Error, Kept, Opens, Passphrase, Protection, Secret, Seen, Store,
};

use crate::journal::{Journal, stamp};

fn right() -> Passphrase {
    Passphrase::new("correct horse".into())
}

fn held(store: &mut Store, stamp: Stamp, notes: &str) -> Id<Session> {
    let with = store.people().expect("people")[0].relationship;
    let session = Session::new(with, When::day(stamp.now.date_naive()), SessionState::Held);
    store.add_session(stamp, &session, &[(Layer::Notes, notes)], &[]).expect("added")
}

fn notes(store: &Store, id: Id<Session>) -> String {
    store.texts(id).expect("texts").notes.map_or_else(String::new, |notes| notes.value.body)
}

fn at(day: &str) -> Stamp {
    stamp(&format!("{day}T18:00:00+00:00"))
}

/// A journal with one session.
fn journal(passphrase: Option<&Passphrase>) -> (Journal, Id<Session>) {
    let mut journal = Journal::begin(passphrase);
    journal.mentee("Amina K.");
    let id = held(&mut journal.store, journal.stamp, "first");
    (journal, id)
}

fn write(store: &mut Store, stamp: Stamp, id: Id<Session>, body: &str) {
    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let kept = store.save_text(stamp, id, Layer::Notes, base, body).expect("saved");
    assert!(matches!(kept, Kept::Saved(Some(_))));
}

#[test]
fn a_day_on_which_something_was_written_has_one_backup() {
    for passphrase in [None, Some(right())] {
        let (mut journal, id) = journal(passphrase.as_ref());
        let store = &mut journal.store;
        let made = store.back_up_daily(at("2026-11-22")).expect("made").expect("there is news");
        assert_eq!(store.back_up_daily(at("2026-11-22")).expect("asked"), None);
        // The day after, nothing is new.
        assert_eq!(store.back_up_daily(at("2026-11-23")).expect("asked"), None);
        write(store, at("2026-11-24"), id, "second");
        assert!(store.back_up_daily(at("2026-11-24")).expect("made").is_some());
        write(store, at("2026-11-24"), id, "third");
        assert_eq!(store.back_up_daily(at("2026-11-24")).expect("asked"), None);
        let backups = store.backups();
        let days: Vec<_> = backups.iter().map(|one| one.made.expect("a day").to_string()).collect();
        assert_eq!(days, ["2026-11-24 18:00:00", "2026-11-22 18:00:00"]);
        assert!(backups.iter().all(|one| one.kind == BackupKind::Daily));
        assert!(backups.iter().all(|one| one.is_encrypted() == passphrase.is_some()));
        let first = Store::open(&made, passphrase.as_ref(), at("2026-11-24")).expect("opens");
        assert_eq!(notes(&first, id), "first");
    }
}

#[test]
fn a_backup_by_hand_of_the_same_content_is_enough() {
    let (mut journal, id) = journal(None);
    journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    assert_eq!(journal.store.back_up_daily(at("2026-11-22")).expect("asked"), None);
    write(&mut journal.store, journal.stamp, id, "second");
    assert!(journal.store.back_up_daily(at("2026-11-22")).expect("made").is_some());
    // One that reads no longer does not count.
    for backup in journal.store.backups() {
        fs::write(&backup.path, b"SQLite format 3\0 and no more").expect("spoilt");
    }
    assert!(journal.store.back_up_daily(at("2026-11-23")).expect("made").is_some());
}

#[test]
fn a_year_of_days_is_thinned_out_and_what_was_asked_for_stays() {
    let (mut journal, id) = journal(None);
    let asked = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    let folder = asked.parent().expect("a folder").to_owned();
    let upgrade = folder.join("journal-2026-01-01-120000-form3.db");
    fs::copy(&asked, &upgrade).expect("copied");
    // As a year of days would have left them.
    let first: chrono::NaiveDate = "2025-11-01".parse().expect("a day");
    for n in 0..380 {
        let day = first + chrono::Days::new(n);
        fs::copy(&asked, folder.join(format!("journal-{day}-120000-daily.db"))).expect("copied");
    }
    let mine = folder.join("journal-of-my-own.db");
    fs::copy(&asked, &mine).expect("copied");
    write(&mut journal.store, journal.stamp, id, "second");
    journal.store.back_up_daily(at("2026-11-22")).expect("made").expect("there is news");
    let daily: Vec<_> = journal
        .store
        .backups()
        .into_iter()
        .filter(|one| one.kind == BackupKind::Daily)
        .map(|one| one.made.expect("a day").date())
        .collect();
    assert!((15..=23).contains(&daily.len()), "{daily:?}");
    assert_eq!(daily.iter().max().map(ToString::to_string).as_deref(), Some("2026-11-22"));
    assert!(daily.iter().filter(|day| day.to_string().starts_with("2026-11-")).count() >= 7);
    assert!(asked.exists() && upgrade.exists() && mine.exists());
}

#[test]
fn every_journal_that_was_replaced_on_one_day_stays() {
    let (mut journal, id) = journal(None);
    let first = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    let store = &mut journal.store;
    let mut kept = Vec::new();
    for text in ["second", "third", "fourth"] {
        write(store, at("2026-11-23"), id, text);
        let restored = store.restore_over(&first, None, at("2026-11-23")).expect("put back");
        kept.push((restored.kept.expect("kept"), text));
    }
    write(store, at("2026-11-24"), id, "fifth");
    store.back_up_daily(at("2026-11-24")).expect("made").expect("there is news");
    for (path, text) in kept {
        let replaced = Store::open(&path, None, at("2026-11-24")).expect("still there");
        assert_eq!(notes(&replaced, id), text);
    }
}

/// SQLite takes what another process is about to write for a write that broke off in the file it
/// has open, if that one stood at the same place: it takes it back there.
#[test]
fn who_still_has_the_old_file_open_spoils_nothing_that_is_kept() {
    let (mut journal, id) = journal(None);
    let first = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    let text = "What a small no looks like. ".repeat(3000).trim_end().to_owned();
    write(&mut journal.store, journal.stamp, id, &text);
    let (other, _) = journal.another();
    let restored = journal.store.restore_over(&first, None, at("2026-11-23")).expect("put back");
    let kept = restored.kept.expect("kept");
    let before = fs::read(&kept).expect("bytes");

    let third = rusqlite::Connection::open(journal.path()).expect("opens");
    let half = "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE owner SET name = 'Half';
                CREATE TABLE other (x); INSERT INTO other VALUES (randomblob(100000))";
    third.execute_batch(half).expect("half done");
    assert!(journal.folder.path().join("journal.db-journal").exists());
    // One who has not looked yet whether it was moved.
    let _ = other.people();
    drop(other);
    assert!(fs::read(&kept).expect("bytes") == before, "what was kept is another now");
    let replaced = Store::open(&kept, None, at("2026-11-24")).expect("still there");
    assert!(notes(&replaced, id) == text);
}

#[test]
fn what_a_killed_copy_left_goes_away() {
    let (journal, _) = journal(None);
    let store = &journal.store;
    let folder = journal.folder.path();
    let old = folder.join("backups/journal-2026-11-20-120000-daily.db.01234567.part");
    let beside = folder.join("journal.db.01234567.part");
    store.backup(journal.stamp, None, |_, _| {}).expect("made");
    fs::write(&old, b"half").expect("written");
    fs::write(&beside, b"half").expect("written");
    // The files are of this day; for the program it is much later.
    fs::remove_file(&store.backups()[0].path).expect("removed");
    store.back_up_daily(at("2036-11-22")).expect("made").expect("there is none");
    assert!(!old.exists() && !beside.exists());
}

#[test]
fn a_restored_backup_takes_the_place_and_what_was_there_is_kept() {
    for passphrase in [None, Some(right())] {
        let (mut journal, id) = journal(passphrase.as_ref());
        let backup = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
        write(&mut journal.store, at("2026-11-23"), id, "second");
        let path = journal.path();
        let bytes = fs::read(&backup).expect("bytes");
        let restored = Store::restore_backup(
            &path,
            &backup,
            passphrase.as_ref().map(Secret::Passphrase),
            at("2026-11-24"),
        )
        .expect("restored");
        // Whoever has it open notices, and writes no more.
        assert_eq!(journal.store.look().expect("a look"), Seen::Moved);
        let base = journal.store.texts(id).expect("texts").notes.map(|notes| notes.rev);
        let saved = journal.store.save_text(journal.stamp, id, Layer::Notes, base, "late");
        assert!(matches!(saved, Err(Error::Moved)), "{saved:?}");
        drop(journal.store);

        assert_eq!(restored.reach.at, journal.stamp.now.timestamp_millis());
        let store = Store::open(&path, passphrase.as_ref(), at("2026-11-24")).expect("opens");
        assert_eq!(notes(&store, id), "first");
        let kept = restored.kept.expect("kept");
        let before = Store::open(&kept, passphrase.as_ref(), at("2026-11-24")).expect("opens");
        assert_eq!(notes(&before, id), "second");
        let kinds: Vec<_> = store.backups().into_iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&BackupKind::Replaced), "{kinds:?}");
        // The backup was only read, and no name of a half-done copy is left.
        assert_eq!(fs::read(&backup).expect("bytes"), bytes);
        let left = fs::read_dir(journal.folder.path()).expect("a folder").count();
        assert_eq!(left, 2);
        assert_eq!(fs::metadata(&path).expect("data").mode() & 0o777, 0o600);
    }
}

#[test]
fn an_open_journal_is_restored_over_and_open_again() {
    let words = right();
    let (mut journal, id) = journal(Some(&words));
    let backup = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    write(&mut journal.store, at("2026-11-23"), id, "second");
    let store = &mut journal.store;
    let later = at("2026-11-24");
    store.restore_over(&backup, None, later).expect("restored");
    assert_eq!(notes(store, id), "first");
    assert_eq!(store.look().expect("a look"), Seen::Same);
    // What cannot take its place leaves it open as it was.
    let other = journal.folder.path().join("other.db");
    let owner = Owner { name: "Asha".into() };
    let wrong = Passphrase::new("battery staple".into());
    let protection = Protection::new(&wrong).expect("a key");
    drop(Store::create(&other, Some(&protection), &owner, journal.stamp).expect("another"));
    let refused = store.restore_over(&other, None, later);
    assert!(matches!(refused, Err(Error::PassphraseNeeded)), "{refused:?}");
    let refused = store.restore_over(&other, Some(Secret::Passphrase(&words)), later);
    assert!(matches!(refused, Err(Error::NotOfBackup(_))), "{refused:?}");
    assert_eq!(notes(store, id), "first");
    write(store, later, id, "third");
    let given = Some(Secret::Passphrase(&wrong));
    drop(store.ready_to_restore(&other, given).expect("ready"));
    let parts = fs::read_dir(journal.folder.path()).expect("a folder").flatten();
    let parts = parts.filter(|one| one.path().extension().is_some_and(|end| end == "part"));
    assert_eq!(parts.count(), 0, "what is not put there leaves nothing behind");
    let restored = store.restore_over(&other, given, later).expect("restored");
    assert_eq!(restored.opens, Opens::ByAnother);
    assert!(store.people().expect("people").is_empty());
    // What was there has the passphrase it had; the list says which opens with which.
    let opens: Vec<_> = store.backups().iter().map(|one| one.opens).collect();
    assert_eq!(opens, [Opens::ByAnother; 3]);
    let kept = restored.kept.expect("kept");
    store.restore_over(&kept, Some(Secret::Passphrase(&words)), later).expect("restored");
    assert_eq!(notes(store, id), "third");
    let mut opens: Vec<_> = store.backups().iter().map(|one| one.opens).collect();
    opens.sort_by_key(|opens| *opens == Opens::ByAnother);
    assert_eq!(opens, [Opens::AsNow, Opens::AsNow, Opens::AsNow, Opens::ByAnother]);
}

#[test]
fn what_is_no_sound_backup_changes_nothing() {
    let (journal, _) = journal(None);
    let (path, stamp) = (journal.path(), journal.stamp);
    let backup = journal.store.backup(stamp, None, |_, _| {}).expect("made");
    drop(journal.store);
    let before = fs::read(&path).expect("bytes");
    let good = fs::read(&backup).expect("bytes");
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other.db");
    let mut cut = good.clone();
    cut.truncate(good.len() - 3 * 4096);
    for bytes in [b"Dear diary".to_vec(), Vec::new(), cut, vec![7; 9000]] {
        fs::write(&other, &bytes).expect("written");
        let refused = Store::restore_backup(&path, &other, None, stamp);
        assert!(
            matches!(
                refused,
                Err(Error::NotAJournal(_) | Error::BadBackup(_) | Error::PassphraseNeeded)
            ),
            "{refused:?}"
        );
        assert_eq!(fs::read(&other).expect("bytes"), bytes);
    }
    let newer = rusqlite::Connection::open(&backup).expect("opens");
    newer.execute_batch("PRAGMA user_version = 99").expect("set");
    drop(newer);
    let refused = Store::restore_backup(&path, &backup, None, stamp);
    assert!(matches!(refused, Err(Error::TooNew { found: 99, .. })), "{refused:?}");
    let refused = Store::restore_backup(&path, &path, None, stamp);
    assert!(matches!(refused, Err(Error::IsTheJournal(_))), "{refused:?}");
    let missing = Store::restore_backup(&path, &folder.path().join("none.db"), None, stamp);
    assert!(matches!(missing, Err(Error::NoBackup(_))), "{missing:?}");
    assert_eq!(fs::read(&path).expect("bytes"), before);
    assert_eq!(fs::read_dir(journal.folder.path()).expect("a folder").count(), 2);
}

#[test]
fn a_damaged_journal_is_kept_too_with_what_a_crash_left_beside_it() {
    for passphrase in [None, Some(right())] {
        let (mut journal, id) = journal(passphrase.as_ref());
        journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
        write(&mut journal.store, journal.stamp, id, &"second ".repeat(3000));
        let path = journal.path();
        drop(journal.store);
        let mut bytes = fs::read(&path).expect("bytes");
        bytes[40..400].fill(9);
        fs::write(&path, &bytes).expect("damaged");
        let hot = path.with_extension("db-journal");
        fs::write(&hot, b"what was there before a half-done write").expect("left");
        let newest = Store::newest_good_backup(&path, passphrase.as_ref()).expect("one");
        let restored = Store::restore_backup(
            &path,
            &newest.path,
            passphrase.as_ref().map(Secret::Passphrase),
            at("2026-11-24"),
        )
        .expect("restored");
        let kept = restored.kept.expect("kept");
        assert_eq!(fs::read(&kept).expect("bytes"), bytes);
        assert!(kept.with_extension("db-journal").exists() && !hot.exists());
        let store = Store::open(&path, passphrase.as_ref(), at("2026-11-24")).expect("opens");
        assert_eq!(notes(&store, id), "first");
        assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
        // The damaged one is among the backups now, and is not taken for a good one.
        let again = Store::newest_good_backup(&path, passphrase.as_ref()).expect("one");
        assert_eq!(again.path, newest.path);
    }
}

#[test]
fn a_restore_waits_for_whoever_writes() {
    let (journal, _) = journal(None);
    let path = journal.path();
    let backup = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    drop(journal.store);
    // Another process: within one, locks of two files are not seen.
    let mut writer = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["backups::holds_the_journal", "--exact", "--ignored", "--nocapture"])
        .env("CONFIDANT_TEST_PATH", &path)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a writer");
    let mut said = std::io::BufReader::new(writer.stdout.take().expect("output"));
    let mut line = String::new();
    while !line.contains("held") {
        line.clear();
        let read = std::io::BufRead::read_line(&mut said, &mut line).expect("a line");
        assert!(read > 0, "the writer ended");
    }
    let restoring = {
        let (path, backup) = (path.clone(), backup.clone());
        std::thread::spawn(move || {
            Store::restore_backup(&path, &backup, None, at("2026-11-24")).expect("restored")
        })
    };
    // The writer commits only when told to, so what it wrote is in the file that is kept.
    drop(writer.stdin.take());
    writer.wait().expect("ended");
    let kept = restoring.join().expect("done").kept.expect("kept");
    let names = |path: &Path| {
        let store = Store::open(path, None, at("2026-11-24")).expect("opens");
        store.owner().expect("an owner").value.name
    };
    assert_eq!((names(&kept), names(&path)), ("Asha the second".into(), "Asha".into()));
}

#[test]
#[ignore = "run by the test above as a process of its own"]
fn holds_the_journal() {
    let path = std::env::var_os("CONFIDANT_TEST_PATH").expect("run by the test above");
    let db = rusqlite::Connection::open(Path::new(&path)).expect("opens");
    db.execute_batch("BEGIN IMMEDIATE; UPDATE owner SET name = 'Asha the second'").expect("begun");
    println!("held");
    std::io::Read::read_to_end(&mut std::io::stdin(), &mut Vec::new()).expect("told to go on");
    db.execute_batch("COMMIT").expect("done");
}
