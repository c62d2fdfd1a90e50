//! The journal as a file among other files: what is no journal is refused and left as it is, what
//! is damaged is told and never made worse, and a full disk or another process costs no text.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use confidant::domain::{
    Contact, Id, Layer, Owner, Party, Person, Relationship, Remembering, Rev, Role, Session,
    SessionState, When,
};
use confidant::store::{
    Anchor, Draft, Error, Filter, Kept, Part, Passphrase, Place, Protection, Query, Scope, Seen,
    Store, Verifying,
};
use rusqlite::Connection;

use crate::journal::{Journal, stamp};

fn later() -> confidant::domain::Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

fn right() -> Passphrase {
    Passphrase::new("correct horse".into())
}

fn held(journal: &mut Journal, notes: &str) -> Id<Session> {
    let with = journal.mentee("Amina K.");
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    journal
        .store
        .add_session(journal.stamp, &session, &[(Layer::Notes, notes)], &[])
        .expect("added")
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_no_journal_is_refused_and_left_alone() {
    let mut journal = Journal::new();
    held(&mut journal, &"What a small no looks like. ".repeat(2000));
    let whole = fs::read(journal.path()).expect("bytes");
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other.db");
    Connection::open(&other).expect("opens").execute_batch("CREATE TABLE a (b)").expect("made");
    let mut cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("short", b"SQLite".to_vec()),
        ("text", "Dear diary, nobody shall read this.\n".repeat(300).into_bytes()),
        ("other", fs::read(&other).expect("bytes")),
        ("header", whole[..100].to_vec()),
    ];
    for pages in [1, 2, 7, whole.len() / 8192] {
        cases.push(("cut", whole[..pages * 4096].to_vec()));
    }
    fs::remove_file(&other).expect("removed");
    let path = folder.path().join("journal.db");
    for (name, bytes) in cases {
        fs::write(&path, &bytes).expect("written");
        let opened = Store::open(&path, None, later());
        let refused = match (name, &opened) {
            ("text", Err(Error::PassphraseNeeded))
            | ("empty" | "short" | "other" | "header", Err(Error::NotAJournal(_)))
            | ("header" | "cut", Err(Error::Damaged)) => true,
            // A cut journal may open; then whoever reads it is told.
            ("cut", Ok(store)) => !matches!(
                store.verify(|_| {}),
                Ok(verdict) if verdict.problems.is_empty()
            ),
            _ => false,
        };
        assert!(refused, "{name}, {} bytes: {:?}", bytes.len(), opened.err());
        drop(opened);
        assert_eq!(fs::read(&path).expect("bytes"), bytes, "{name} was changed");
        assert_eq!(names(folder.path()), ["journal.db"], "{name}");
    }
    let text = "Dear diary, nobody shall read this.\n".repeat(300);
    fs::write(&path, &text).expect("written");
    assert!(matches!(Store::open(&path, Some(&right()), later()), Err(Error::PassphraseWrong)));
    assert_eq!(fs::read(&path).expect("bytes"), text.as_bytes());
    let missing = folder.path().join("missing.db");
    assert!(matches!(Store::open(&missing, None, later()), Err(Error::NoJournal(_))));
    assert!(!missing.exists());
    assert!(matches!(Store::open(folder.path(), None, later()), Err(Error::NotAJournal(_))));
    let owner = Owner { name: "Asha".into() };
    assert!(matches!(Store::create(&path, None, &owner, later()), Err(Error::Exists(_))));
    assert_eq!(fs::read(&path).expect("bytes"), text.as_bytes());
}

#[test]
fn a_newer_form_is_refused_byte_for_byte() {
    let journal = Journal::new();
    let (path, stamp) = (journal.path(), journal.stamp);
    drop(journal.store);
    Connection::open(&path).expect("opens").execute_batch("PRAGMA user_version = 99").expect("set");
    let before = fs::read(&path).expect("bytes");
    let opened = Store::open(&path, None, stamp);
    assert!(matches!(opened, Err(Error::TooNew { found: 99, .. })));
    assert_eq!(fs::read(&path).expect("bytes"), before);
    assert_eq!(names(journal.folder.path()), ["journal.db"]);
}

#[test]
fn a_flipped_bit_is_noticed_and_never_written_over() {
    let mut journal = Journal::begin(Some(&right()));
    let id = held(&mut journal, &"What a small no looks like. ".repeat(400));
    let path = journal.path();
    drop(journal.store);
    let good = fs::read(&path).expect("bytes");
    let pages = good.len() / 4096;
    // The salt, the first page, its cipher's own bytes at its end, pages of tables and indexes.
    let places = [
        3,
        15,
        16,
        700,
        4090,
        4096 + 9,
        4096 * (pages / 3) + 50,
        4096 * (pages / 2) + 2000,
        good.len() - 5,
    ];
    for place in places {
        let mut bad = good.clone();
        bad[place] ^= 4;
        fs::write(&path, &bad).expect("written");
        match Store::open(&path, Some(&right()), later()) {
            // Nothing else is there to tell damage from another passphrase by.
            Err(Error::PassphraseWrong) => assert!(place < 4096, "at {place}"),
            Err(Error::Damaged) => assert!(place >= 4096, "at {place}"),
            Err(other) => panic!("at {place}: {other}"),
            Ok(store) => {
                // Whatever is read, is read right or not at all.
                let notes = store.texts(id).ok().and_then(|texts| texts.notes);
                assert!(notes.is_none_or(|notes| notes.value.body.starts_with("What a small no")));
                let query = Query { text: "small".into(), ..Query::default() };
                let _ = (store.people(), store.search(&query, None, 10), store.bin(10));
                let verdict = store.verify(|_| {});
                assert!(
                    verdict.is_err() || !verdict.expect("one").problems.is_empty(),
                    "at {place}"
                );
            }
        }
        assert_eq!(fs::read(&path).expect("bytes"), bad, "at {place}");
    }
}

#[test]
fn a_damaged_beginning_is_told_from_a_wrong_passphrase_by_a_backup() {
    let mut journal = Journal::begin(Some(&right()));
    held(&mut journal, "What a small no looks like");
    journal.store.backup(journal.stamp, None, |_, _| {}).expect("a backup");
    let path = journal.path();
    drop(journal.store);
    let good = fs::read(&path).expect("bytes");
    let wrong = Passphrase::new("wrong".into());
    for place in [3, 700] {
        let mut bad = good.clone();
        bad[place] ^= 4;
        fs::write(&path, &bad).expect("written");
        let opened = Store::open(&path, Some(&right()), later());
        assert!(
            matches!(opened, Err(Error::HeaderDamaged { .. })),
            "at {place}: {:?}",
            opened.err()
        );
        assert!(matches!(Store::open(&path, Some(&wrong), later()), Err(Error::PassphraseWrong)));
        assert_eq!(fs::read(&path).expect("bytes"), bad);
    }
    // Another journal in its place, whose passphrase is another: the old one opens old backups only.
    fs::remove_file(&path).expect("removed");
    let new = Passphrase::new("battery staple".into());
    let protection = Protection::new(&new).expect("a key");
    Store::create(&path, Some(&protection), &Owner { name: "Asha".into() }, later())
        .expect("a journal");
    let opened = Store::open(&path, Some(&right()), later());
    assert!(matches!(opened, Err(Error::OpensBackup { .. })), "{:?}", opened.err());
    assert!(Store::open(&path, Some(&new), later()).is_ok());
}

#[test]
fn files_are_for_their_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/confidant/journal.db");
    let owner = Owner { name: "Asha".into() };
    let store = Store::create(&path, None, &owner, later()).expect("a journal");
    let copy = store.backup(later(), None, |_, _| {}).expect("a backup");
    let mode = |path: &Path| fs::metadata(path).expect("data").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&copy), 0o600);
    assert_eq!(mode(&folder.path().join("data/confidant")), 0o700);
    assert_eq!(mode(copy.parent().expect("a folder")), 0o700);
    assert_eq!(names(&folder.path().join("data/confidant")), ["backups", "journal.db"]);
    assert_eq!(names(copy.parent().expect("a folder")).len(), 1);
}

#[test]
fn a_file_that_was_moved_or_replaced_is_not_written_to() {
    let mut journal = Journal::new();
    let id = held(&mut journal, "one");
    let (path, stamp) = (journal.path(), journal.stamp);
    let away = path.with_extension("away");
    let base = journal.store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let draft = Draft {
        place: Place::Session,
        record: id.cast(),
        field: "notes".into(),
        base: None,
        body: "two".into(),
    };
    let refuses = |store: &mut Store| {
        assert_eq!(store.look().expect("a look"), Seen::Moved);
        let saved = store.save_text(stamp, id, Layer::Notes, base, "two");
        assert!(matches!(saved, Err(Error::Moved)));
        assert!(matches!(store.keep_draft(stamp, &draft, "me"), Err(Error::Moved)));
        assert!(matches!(store.set_setting("lock", "5"), Err(Error::Moved)));
        assert!(matches!(store.empty_bin(i64::MAX), Err(Error::Moved)));
        assert!(matches!(store.undo(stamp), Err(Error::Moved)));
    };
    assert_eq!(journal.store.look().expect("a look"), Seen::Same);
    fs::rename(&path, &away).expect("moved");
    refuses(&mut journal.store);
    fs::copy(&away, &path).expect("replaced");
    let replaced = fs::read(&path).expect("bytes");
    refuses(&mut journal.store);
    assert_eq!(fs::read(&path).expect("bytes"), replaced);
    fs::rename(&away, &path).expect("put back");
    assert_eq!(journal.store.look().expect("a look"), Seen::Same);
    let saved = journal.store.save_text(stamp, id, Layer::Notes, base, "two");
    assert!(matches!(saved, Ok(Kept::Saved(Some(_)))));

    let (mut other, other_stamp) = journal.another();
    other.set_setting("lock", "5").expect("set");
    assert_eq!(journal.store.look().expect("a look"), Seen::Written);
    assert_eq!(journal.store.look().expect("a look"), Seen::Same);
    drop((other, other_stamp));
    // A newer program brought the file to another form while it was open here.
    Connection::open(&path).expect("opens").execute_batch("PRAGMA user_version = 99").expect("set");
    refuses(&mut journal.store);
}

#[test]
fn another_writer_is_waited_for_and_then_told() {
    let mut journal = Journal::new();
    let id = held(&mut journal, "one");
    let stamp = journal.stamp;
    let other = Connection::open(journal.path()).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("begun");
    let base = journal.store.texts(id).expect("reading goes on").notes.map(|notes| notes.rev);
    let saved = journal.store.save_text(stamp, id, Layer::Notes, base, "two");
    assert!(matches!(saved, Err(Error::Busy)), "{saved:?}");
    other.execute_batch("COMMIT").expect("done");
    let saved = journal.store.save_text(stamp, id, Layer::Notes, base, "two");
    assert!(matches!(saved, Ok(Kept::Saved(Some(_)))), "{saved:?}");
}

#[test]
fn a_waiting_key_stops_reading_and_never_writing() {
    let mut journal = Journal::new();
    let id = held(&mut journal, "one");
    let stamp = journal.stamp;
    for _ in 0..40 {
        journal.mentee("Tom");
    }
    journal.store.stop_reading_when(Some(|| true)).expect("set");
    assert!(matches!(journal.store.verify(|_| {}), Err(Error::Stopped)));
    for n in 0..20 {
        let text = format!("a small no {n} ").repeat(500);
        journal.store.append_text(stamp, id, Layer::Notes, &text).expect("saved");
    }
    journal.store.undo(stamp).expect("undone");
    journal.store.delete_session(stamp, id).expect("deleted");
    assert_eq!(journal.store.empty_bin(i64::MAX).expect("emptied"), 1);
    journal.store.stop_reading_when(None).expect("no longer");
    assert!(journal.store.verify(|_| {}).expect("a verdict").problems.is_empty());
    // What was broken off by the key goes on at the next occasion.
    assert!(journal.store.setting("search.unmerged").expect("setting").is_some());
    journal.store.empty_bin(i64::MAX).expect("emptied");
    assert_eq!(journal.store.setting("search.unmerged").expect("setting"), None);
}

/// A look through the whole file stops for a key within each piece but one, and goes on with the
/// piece it was at; the seals of an encrypted file are looked at only once.
#[test]
fn a_look_through_the_file_is_broken_off_and_goes_on() {
    for passphrase in [None, Some(Passphrase::new("correct horse".into()))] {
        let mut journal = Journal::begin(passphrase.as_ref());
        for n in 0..40 {
            held(&mut journal, &format!("What a small no looks like, {n}"));
        }
        let store = &mut journal.store;
        let mut verifying = Verifying::default();
        let mut parts = Vec::new();
        while let Some(part) = verifying.part() {
            store.stop_reading_when(Some(|| true)).expect("set");
            let broken = store.verify_on(&mut verifying);
            if verifying.part() == Some(part) && matches!(broken, Err(Error::Stopped)) {
                parts.push((part, "stopped"));
                store.stop_reading_when(None).expect("no longer");
                store.verify_on(&mut verifying).expect("goes on");
            } else {
                broken.expect("done");
                parts.push((part, "done"));
            }
        }
        assert_eq!(verifying.verdict().problems, Vec::<String>::new());
        assert!(parts.contains(&(Part::Pages, "stopped")), "{parts:?}");
        let seals = parts.iter().filter(|(part, _)| *part == Part::Seals).count();
        assert_eq!(seals, usize::from(passphrase.is_some()), "{parts:?}");
    }
}

#[test]
fn words_of_what_is_gone_for_good_are_not_in_the_file() {
    let mut journal = Journal::new();
    for n in 0..30 {
        let id = held(&mut journal, &format!("zqsecretq and zqother{n}q"));
        if n % 3 == 0 {
            journal
                .store
                .save_text(journal.stamp, id, Layer::Reflection, None, "zqsecretq")
                .expect("saved");
        }
        journal.store.delete_session(journal.stamp, id).expect("deleted");
    }
    assert_eq!(journal.store.empty_bin(i64::MAX).expect("emptied"), 30);
    let bytes = fs::read(journal.path()).expect("bytes");
    for word in ["zqsecretq", "zqother7q", "secretq"] {
        let found = bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        assert!(!found, "{word} is still in the file");
    }
}

const PATH: &str = "CONFIDANT_TEST_PATH";

/// Runs one of the ignored tests below as a process of its own; not as root, who may do anything.
fn run_apart(test: &str, path: &Path) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([&format!("store_files::{test}"), "--exact", "--ignored", "--nocapture"]);
    command.env(PATH, path);
    if fs::metadata("/proc/self").map_or(0, |data| data.uid()) == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().expect("run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

const NOBODY: u32 = 65534;

fn give_away(path: &Path) {
    if fs::metadata("/proc/self").map_or(0, |data| data.uid()) == 0 {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("given");
    }
}

#[test]
fn a_read_only_journal_is_read_and_not_written() {
    let mut journal = Journal::new();
    held(&mut journal, "one");
    let (path, folder) = (journal.path(), journal.folder.path().to_owned());
    drop(journal.store);
    for (file, around) in [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)] {
        give_away(&path);
        give_away(&folder);
        fs::set_permissions(&path, fs::Permissions::from_mode(file)).expect("set");
        fs::set_permissions(&folder, fs::Permissions::from_mode(around)).expect("set");
        run_apart("reads_and_is_refused_to_write", &path);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("set");
    }
}

#[test]
#[ignore = "run by the test above as a process of its own"]
fn reads_and_is_refused_to_write() {
    let path = PathBuf::from(std::env::var_os(PATH).expect("run by the test above"));
    let before = fs::read(&path).expect("bytes");
    let mut store = Store::open(&path, None, later()).expect("opens");
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 10);
    let id = page.expect("a page").rows[0].session.id;
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
    let saved = store.append_text(later(), id, Layer::Notes, "two");
    assert!(matches!(saved, Err(Error::ReadOnly)), "{saved:?}");
    assert_eq!(fs::read(&path).expect("bytes"), before);
    if fs::metadata(path.parent().expect("a folder")).expect("data").permissions().mode() & 0o200
        == 0
    {
        let beside = path.with_extension("new");
        let made = Store::create(&beside, None, &Owner { name: "Asha".into() }, later());
        assert!(matches!(made, Err(Error::File { .. } | Error::ReadOnly)));
        let copied = store.backup(later(), None, |_, _| {});
        assert!(matches!(copied, Err(Error::File { .. } | Error::ReadOnly)));
    }
}

#[test]
fn a_limit_on_the_size_of_files_costs_no_text() {
    let mut journal = Journal::new();
    held(&mut journal, "one");
    let (path, folder) = (journal.path(), journal.folder.path().to_owned());
    drop(journal.store);
    give_away(&path);
    give_away(&folder);
    run_apart("writes_up_to_the_limit_and_on_when_it_is_raised", &path);
}

#[test]
#[ignore = "run by the test above as a process of its own"]
fn writes_up_to_the_limit_and_on_when_it_is_raised() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let path = PathBuf::from(std::env::var_os(PATH).expect("run by the test above"));
    // Without anybody who listens the signal would end the process.
    let heard = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard).expect("heard");
    let mut store = Store::open(&path, None, later()).expect("opens");
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 10);
    let id = page.expect("a page").rows[0].session.id;
    let size = fs::metadata(&path).expect("data").len();
    let maximum = getrlimit(Resource::Fsize).maximum;
    setrlimit(Resource::Fsize, Rlimit { current: Some(size + 100_000), maximum }).expect("set");
    let mut text = "one".to_owned();
    let full = loop {
        let longer = format!("{text}\n\n{}", "What a small no looks like. ".repeat(300));
        let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
        match store.save_text(later(), id, Layer::Notes, base, &longer) {
            Ok(_) => text = longer.trim_end().to_owned(),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, Error::Full), "{full:?}");
    let standing = store.texts(id).expect("texts").notes.expect("notes");
    assert_eq!(standing.value.body, text);
    setrlimit(Resource::Fsize, Rlimit { current: maximum, maximum }).expect("set");
    let longer = format!("{text}\n\n{}", "And a small yes. ".repeat(600).trim_end());
    let saved = store.save_text(later(), id, Layer::Notes, Some(standing.rev), &longer);
    assert!(matches!(saved, Ok(Kept::Saved(Some(_)))), "{saved:?}");
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn no_message_quotes_what_was_written() {
    const PLANTED: &str = "zqprivateq";
    let planted = || PLANTED.to_owned();
    let mut journal = Journal::new();
    let (path, stamp) = (journal.path(), journal.stamp);
    let s = &mut journal.store;
    let person = Person { name: planted(), alias: planted(), time_zone: String::new() };
    let with = s
        .add_person(stamp, &person, |person| Relationship {
            usual_place: planted(),
            programme: planted(),
            coordinator: planted(),
            safeguarding: planted(),
            ..Relationship::new(person, Role::Mentor)
        })
        .expect("added");
    let person = s.relationship(with).expect("it").value.person;
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session {
        place: planted(),
        about: planted(),
        template: planted(),
        ..Session::new(with, day, SessionState::Held)
    };
    let texts = Layer::ALL.iter().map(|layer| (*layer, PLANTED)).collect::<Vec<_>>();
    let id = s.add_session(stamp, &session, &texts, &[(Party::Me, PLANTED)]).expect("added");
    let contact = Contact {
        person,
        party: Party::Them,
        label: planted(),
        value: planted(),
        preferred: true,
        hours: planted(),
    };
    s.add_contact(stamp, &contact).expect("added");
    s.remember(stamp, &Remembering::new(person, planted(), None)).expect("added");

    let mut errors: Vec<Error> = Vec::new();
    let bad = Person { name: planted(), alias: planted(), time_zone: planted() };
    errors
        .extend(s.add_person(stamp, &bad, |person| Relationship::new(person, Role::Mentor)).err());
    errors.extend(
        s.update_session(stamp, &{
            let mut r = s.session(id).expect("it");
            r.rev = Rev(0);
            r.value.place = "x".into();
            r
        })
        .err(),
    );
    errors.extend(s.move_to_private(stamp, id, Rev(0), PLANTED).err());
    errors.extend(s.session(Id::from_bytes([9; 16])).err());
    errors.extend(s.save_text(stamp, Id::from_bytes([9; 16]), Layer::Notes, None, PLANTED).err());
    errors.extend(s.by_short_id(PLANTED).err());
    errors.extend(s.redo(stamp).err());
    let other = Connection::open(&path).expect("opens");
    other.execute("UPDATE session SET state = ?1", [PLANTED]).expect("spoilt");
    errors.extend(s.session(id).err());
    other.execute("UPDATE session SET state = 'held', starts = ?1", [PLANTED]).expect("spoilt");
    errors.extend(s.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, 9).err());
    errors.extend(s.move_session(stamp, id, day).err());
    other.execute("UPDATE image SET before = ?1", [PLANTED]).expect("spoilt");
    errors.extend(s.undo(stamp).err());
    other.execute_batch("DROP TABLE draft; CREATE TABLE draft (zqprivateq)").expect("spoilt");
    errors.extend(s.drafts_of_others(stamp).err());
    assert!(errors.len() >= 12, "{errors:?}");
    for error in errors {
        let mut said = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            said.push_str(&inner.to_string());
            source = inner.source();
        }
        assert!(!said.contains(PLANTED), "{said}");
    }
}

thread_local! {
    /// Which file is to take the place of which as soon as the next write begins, and what then
    /// stands where SQLite looks for a write that broke off.
    static REPLACING: RefCell<Option<Replacing>> = const { RefCell::new(None) };
}

type Replacing = (PathBuf, PathBuf, fn(PathBuf));

/// Does what a restore by another process does, at the worst moment: the file was looked at, and is
/// not locked yet.
fn replace_it(statement: &str) {
    if !statement.starts_with("BEGIN") {
        return;
    }
    if let Some((other, path, leave)) = REPLACING.take() {
        fs::rename(other, &path).expect("another file in its place");
        let mut write = path.into_os_string();
        write.push("-journal");
        leave(write.into());
    }
}

#[test]
fn a_file_that_is_replaced_while_a_write_begins_is_told_as_moved() {
    // A write into the new file that cannot be opened, as when it ended just then, and one that
    // cannot be read.
    let cannot_be_opened: fn(PathBuf) = |path| drop(UnixListener::bind(path).expect("a socket"));
    let cannot_be_read: fn(PathBuf) = |path| fs::create_dir(path).expect("a folder");
    for leave in [cannot_be_opened, cannot_be_read] {
        let mut journal = Journal::new();
        let with = journal.mentee("Amina K.");
        let other = journal.folder.path().join("other.db");
        journal.store.backup(journal.stamp, Some(&other), |_, _| {}).expect("a copy");
        REPLACING.set(Some((other, journal.path(), leave)));
        journal.store.on_statement(Some(replace_it)).expect("heard");
        let day = When::from_code("2026-11-12").expect("a day");
        let session = Session::new(with, day, SessionState::Held);
        let saved = journal.store.add_session(journal.stamp, &session, &[], &[]);
        assert!(REPLACING.with_borrow(Option::is_none), "nothing was replaced");
        // And not that it is read-only, which would send them to look at its permissions.
        assert!(matches!(saved, Err(Error::Moved)), "{saved:?}");
    }
}
