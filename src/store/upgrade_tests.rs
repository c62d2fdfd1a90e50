//! Bringing a file from one form to the next, with steps made up for the purpose: backed up and
//! read back before, whole or not at all, and nothing of what is there is lost on the way.

use std::path::Path;

use proptest::prelude::*;

use crate::domain::{
    Id, Layer, Origin, Owner, Person, Relationship, Role, Session, SessionState, Stamp, When,
};
use crate::store::schema::{MIGRATIONS, form_after};
use crate::store::{Draft, Error, Kept, Passphrase, Place, Protection, Secret, Store};

/// A step that adds a column, and one that rebuilds a table others point at.
const WEATHER: &str = "ALTER TABLE session ADD COLUMN weather TEXT NOT NULL DEFAULT '';";
const REBUILT: &str = "
    CREATE TABLE new_person (
        id BLOB PRIMARY KEY CHECK (length(id) = 16), rev INTEGER NOT NULL, written INTEGER NOT NULL,
        deleted INTEGER, name TEXT NOT NULL, alias TEXT NOT NULL, time_zone TEXT NOT NULL,
        pronouns TEXT NOT NULL DEFAULT ''
    ) STRICT;
    INSERT INTO new_person SELECT *, '' FROM person;
    DROP TABLE person;
    ALTER TABLE new_person RENAME TO person;";

fn moment(text: &str) -> Stamp {
    let now = text.parse().expect("a moment");
    Stamp { now, origin: Origin::new(now) }
}

fn at_noon() -> Stamp {
    moment("2026-11-22T12:00:00+00:00")
}

/// A journal with one session, whose notes were written twice.
fn journal(path: &Path, passphrase: Option<&Passphrase>) -> Id<Session> {
    let stamp = at_noon();
    let owner = Owner { name: "Asha".into() };
    let protection = passphrase.map(|words| Protection::new(words).expect("a key"));
    let mut store = Store::create(path, protection.as_ref(), &owner, stamp).expect("a journal");
    let person = Person { name: "Amina K.".into(), ..Person::default() };
    let with = store
        .add_person(stamp, &person, |person| Relationship::new(person, Role::Mentor))
        .expect("added");
    let day = When::from_code("2026-11-12").expect("a day");
    let session = Session::new(with, day, SessionState::Held);
    let id = store.add_session(stamp, &session, &[(Layer::Notes, "one")], &[]).expect("added");
    write(&mut store, stamp, id, "two");
    id
}

fn write(store: &mut Store, stamp: Stamp, id: Id<Session>, body: &str) {
    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let kept = store.save_text(stamp, id, Layer::Notes, base, body).expect("saved");
    assert!(matches!(kept, Kept::Saved(Some(_))));
}

fn notes(store: &Store, id: Id<Session>) -> Option<String> {
    store.texts(id).expect("texts").notes.map(|notes| notes.value.body)
}

fn steps(more: &[&'static str]) -> Vec<&'static str> {
    MIGRATIONS.iter().copied().chain(more.iter().copied()).collect()
}

fn backups(path: &Path) -> Vec<std::path::PathBuf> {
    let folder = path.with_file_name("backups");
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn an_upgrade_keeps_everything_and_a_backup_of_the_old_form() {
    for passphrase in [None, Some(Passphrase::new("correct horse".into()))] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        let id = journal(&path, passphrase.as_ref());
        let newer = steps(&[WEATHER, REBUILT]);
        let stamp = moment("2026-11-22T13:00:00+00:00");
        let mut store =
            Store::open_as(&path, passphrase.as_ref().map(Secret::Passphrase), &newer, stamp)
                .expect("upgraded");
        assert_eq!(notes(&store, id).as_deref(), Some("two"));
        assert_eq!(store.people().expect("people")[0].name, "Amina K.");
        // What was done before the upgrade can be undone after it, and done again.
        store.undo(stamp).expect("undone");
        assert_eq!(notes(&store, id).as_deref(), Some("one"));
        store.redo(stamp).expect("done again");
        write(&mut store, stamp, id, "three");
        assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
        let references: bool =
            store.db.query_row("PRAGMA foreign_keys", [], |row| row.get(0)).expect("a pragma");
        assert!(references, "references are watched again");
        drop(store);

        let before = std::fs::read(&path).expect("bytes");
        let opened = Store::open(&path, passphrase.as_ref(), stamp);
        let here = form_after(MIGRATIONS);
        let Err(Error::TooNew { found, known }) = opened else { panic!("opened") };
        assert_eq!((found, known), (here + 2, here));
        assert_eq!(std::fs::read(&path).expect("bytes"), before);

        let kept = backups(&path);
        assert_eq!(kept.len(), 1, "{kept:?}");
        let old = Store::open(&kept[0], passphrase.as_ref(), stamp).expect("the old form");
        assert_eq!(notes(&old, id).as_deref(), Some("two"));
        let again =
            Store::open_as(&path, passphrase.as_ref().map(Secret::Passphrase), &newer, stamp)
                .expect("opens");
        assert_eq!(notes(&again, id).as_deref(), Some("three"));
        assert_eq!(backups(&path).len(), 1, "there was nothing to upgrade");
    }
}

#[test]
fn a_step_that_fails_leaves_the_file_as_it_was() {
    let orphan = "PRAGMA recursive_triggers = 0; DELETE FROM person;";
    for bad in ["ALTER TABLE nothing ADD COLUMN a;", orphan] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        let id = journal(&path, None);
        let before = std::fs::read(&path).expect("bytes");
        let stamp = at_noon();
        let opened = Store::open_as(&path, None, &steps(&[WEATHER, bad]), stamp);
        let Err(Error::NotUpgraded { backup }) = opened else { panic!("{:?}", opened.err()) };
        assert!(Store::open(&backup, None, stamp).is_ok());
        assert_eq!(std::fs::read(&path).expect("bytes"), before);
        let store = Store::open(&path, None, stamp).expect("the program it belongs to opens it");
        assert_eq!(notes(&store, id).as_deref(), Some("two"));
    }
}

#[test]
fn an_upgrade_waits_for_nobody_who_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.db");
    let id = journal(&path, None);
    let newer = steps(&[WEATHER]);
    let stamp = at_noon();
    // Both saw the old form; the one who comes second finds the work done.
    let mut first = Store::open(&path, None, stamp).expect("opens");
    let _second = Store::open_as(&path, None, &newer, stamp).expect("upgraded");
    super::schema::advance(&mut first.db, &newer).expect("nothing left to do");
    // A program of the old form that still has it open writes no more.
    let saved = first.save_text(stamp, id, Layer::Notes, None, "late");
    assert!(matches!(saved, Err(Error::Moved)), "{saved:?}");
}

#[test]
fn a_full_disk_costs_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.db");
    let id = journal(&path, None);
    let stamp = at_noon();
    let mut store = Store::open(&path, None, stamp).expect("opens");
    let room = |store: &Store, pages: i64| {
        let size: i64 =
            store.db.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a count");
        store
            .db
            .query_row(&format!("PRAGMA max_page_count = {}", size + pages), [], |row| {
                row.get::<_, i64>(0)
            })
            .expect("set");
    };
    room(&store, 3);
    let long = "What a small no looks like. ".repeat(2000);
    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let saved = store.save_text(stamp, id, Layer::Notes, base, &long);
    assert!(matches!(saved, Err(Error::Full)), "{saved:?}");
    assert_eq!(notes(&store, id).as_deref(), Some("two"));
    let newest = store.to_undo().expect("to undo").map(|done| done.change);
    room(&store, 10_000);
    let saved = store.save_text(stamp, id, Layer::Notes, base, &long);
    assert!(matches!(saved, Ok(Kept::Saved(Some(_)))), "{saved:?}");
    assert_eq!(store.to_undo().expect("to undo").map(|done| done.change), newest.map(|n| n + 1));
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

/// What one writer does to one text, with upgrades of the file in between.
#[derive(Clone, Debug)]
enum Step {
    Write(String),
    Draft(String),
    Undo,
    Redo,
    Restart,
    Upgrade,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => "[a-c]{1,3}".prop_map(Step::Write),
        1 => "[a-c]{1,3}".prop_map(Step::Draft),
        2 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => Just(Step::Restart),
        1 => Just(Step::Upgrade),
    ]
}

/// What the text should be, what can be done again, and the draft that waits.
struct Expected {
    done: Vec<String>,
    undone: Vec<String>,
    draft: Option<String>,
}

impl Expected {
    fn text(&self) -> Option<String> {
        self.done.last().cloned()
    }
}

/// Ends the writer, and opens the file with so many more steps, a second later.
fn again(store: Store, path: &Path, seconds: &mut u32, newer: &[&str]) -> (Store, Stamp) {
    drop(store);
    *seconds += 1;
    let stamp = moment(&format!("2026-11-22T12:{:02}:{:02}+00:00", *seconds / 60, *seconds % 60));
    (Store::open_as(path, None, newer, stamp).expect("opens"), stamp)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_redo_and_drafts_go_on_over_upgrades(taken in proptest::collection::vec(step(), 1..30)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        let id = journal(&path, None);
        let forms = [steps(&[]), steps(&[WEATHER]), steps(&[WEATHER, REBUILT])];
        let (mut form, mut seconds) = (0, 0);
        let mut stamp = at_noon();
        let mut store = Store::open(&path, None, stamp).expect("opens");
        let mut expected =
            Expected { done: vec!["two".into()], undone: Vec::new(), draft: None };
        for step in taken {
            match step {
                Step::Write(body) => {
                    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
                    store.save_text(stamp, id, Layer::Notes, base, &body).expect("saved");
                    expected.draft = None;
                    if expected.text().as_deref() != Some(&body) {
                        expected.done.push(body);
                        expected.undone.clear();
                    }
                }
                Step::Draft(body) => {
                    let base = store.texts(id).expect("texts").notes.map(|notes| notes.rev);
                    let draft = Draft {
                        place: Place::Session,
                        record: id.cast(),
                        field: Layer::Notes.code().to_owned(),
                        base,
                        body: body.clone(),
                    };
                    store.keep_draft(stamp, &draft, "gone").expect("kept");
                    expected.draft = Some(body);
                }
                // What was there before the test began is not taken back.
                Step::Undo if expected.done.len() == 1 => {}
                Step::Undo => {
                    store.undo(stamp).expect("undone");
                    expected.undone.extend(expected.done.pop());
                }
                Step::Redo => match expected.undone.pop() {
                    None => prop_assert!(store.redo(stamp).is_err()),
                    Some(body) => {
                        store.redo(stamp).expect("done again");
                        expected.done.push(body);
                    }
                },
                Step::Restart | Step::Upgrade => {
                    if matches!(step, Step::Upgrade) {
                        form = (form + 1).min(forms.len() - 1);
                    }
                    (store, stamp) = again(store, &path, &mut seconds, &forms[form]);
                    // Only who undid something can do it again.
                    expected.undone.clear();
                    let left = store.drafts_of_others(stamp).expect("drafts");
                    let bodies: Vec<_> = left.iter().map(|left| &left.draft.body).collect();
                    prop_assert_eq!(bodies, expected.draft.iter().collect::<Vec<_>>());
                    for left in left {
                        store.drop_left_behind(&left).expect("dropped");
                    }
                    expected.draft = None;
                }
            }
            prop_assert_eq!(notes(&store, id), expected.text());
        }
        (store, stamp) = again(store, &path, &mut seconds, &forms[2]);
        while expected.done.len() > 1 {
            store.undo(stamp).expect("undone");
            expected.done.pop();
            prop_assert_eq!(notes(&store, id), expected.text());
        }
        let verdict = store.verify(|_| {}).expect("a verdict");
        prop_assert!(verdict.problems.is_empty());
    }
}
