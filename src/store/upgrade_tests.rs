//! Bringing a file from one form to the next, with steps made up for the purpose: backed up and
//! read back before, whole or not at all, and nothing of what is there is lost on the way.

use std::path::Path;

use proptest::prelude::*;

use crate::domain::{
    Id, Layer, Origin, Owner, Person, Relationship, Role, Session, SessionState, Stamp, When,
};
use crate::store::schema::{MIGRATIONS, form_after};
use crate::store::{Draft, Error, Kept, Kind, Passphrase, Place, Protection, Secret, Store};

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

/// A journal as a program of this older form would have left it: what of `from` there was in it.
fn as_of_form(from: &Path, form: usize, path: &Path, key: Option<&super::key::Key>) {
    super::file::create_private(path).expect("a file");
    let mut db = super::connect(path, key).expect("opens");
    super::schema::lay_out(&mut db, &MIGRATIONS[..form]).expect("laid out");
    db.execute("ATTACH DATABASE ?1 AS new KEY ''", [from.to_str().expect("a name")])
        .expect("attached");
    for table in ["owner", "person", "relationship", "session", "writing", "change", "image"] {
        let columns: Vec<String> = db
            .prepare("SELECT name FROM main.pragma_table_info(?1)")
            .and_then(|mut names| names.query_map([table], |row| row.get(0))?.collect())
            .expect("columns");
        let columns = columns.join(", ");
        let sql = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}");
        db.execute(&sql, []).expect("copied");
    }
    db.execute_batch("DETACH DATABASE new").expect("detached");
    for kind in [Kind::Person, Kind::Relationship, Kind::Session, Kind::Writing] {
        let sql = format!("SELECT id FROM {}", kind.table());
        let ids: Vec<Id<()>> = db
            .prepare(&sql)
            .and_then(|mut ids| ids.query_map([], |row| row.get(0))?.collect())
            .expect("ids");
        let records: Vec<_> = ids.into_iter().map(|id| (kind, id)).collect();
        super::index::refresh(&db, &records).expect("indexed");
    }
}

#[test]
fn every_earlier_form_is_upgraded_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let now = folder.path().join("now.db");
    let id = journal(&now, None);
    let words = Passphrase::new("correct horse".into());
    let key = super::key::Key::for_new_file(&words).expect("a key");
    for form in 1..MIGRATIONS.len() {
        for (passphrase, key) in [(None, None), (Some(&words), Some(&key))] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("journal.db");
            as_of_form(&now, form, &path, key);
            let stamp = moment("2026-11-22T13:00:00+00:00");
            let mut store = Store::open(&path, passphrase, stamp).expect("upgraded");
            assert_eq!(notes(&store, id).as_deref(), Some("two"), "form {form}");
            assert_eq!(store.people().expect("people")[0].name, "Amina K.");
            let query = crate::store::Query { text: "two".into(), ..Default::default() };
            assert_eq!(store.search(&query, None, 9).expect("hits").hits.len(), 1, "form {form}");
            store.undo(stamp).expect("undone");
            assert_eq!(notes(&store, id).as_deref(), Some("one"), "form {form}");
            assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
            let kept = store.backups();
            let kinds: Vec<_> = kept.iter().map(|one| one.kind).collect();
            let form = i64::try_from(form).expect("a form");
            assert_eq!(kinds, [crate::store::BackupKind::BeforeUpgrade(form)]);
            drop(store);
            // The copy of the old form can be put back, and is brought forward again.
            Store::restore_backup(&path, &kept[0].path, passphrase.map(Secret::Passphrase), stamp)
                .expect("put back");
            let store = Store::open(&path, passphrase, stamp).expect("upgraded again");
            assert_eq!(notes(&store, id).as_deref(), Some("two"), "form {form}");
        }
    }
}

const UPGRADED: &str = "CONFIDANT_TEST_UPGRADED";
const WORDS: &str = "CONFIDANT_TEST_WORDS";

/// Steps enough for a kill to fall among them.
fn many_steps() -> Vec<&'static str> {
    let mut steps = steps(&[WEATHER, REBUILT]);
    steps.extend([
        "CREATE TABLE more (a TEXT); WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000) INSERT INTO more SELECT hex(randomblob(40)) FROM n;",
        "CREATE INDEX more_a ON more (a);",
    ]);
    steps
}

#[test]
fn a_kill_during_an_upgrade_leaves_the_old_form_or_the_new_one() {
    kill_and_look(None, 6);
}

#[test]
fn a_kill_during_an_upgrade_of_an_encrypted_journal_does_too() {
    kill_and_look(Some("correct horse"), 4);
}

fn kill_and_look(words: Option<&str>, few: u64) {
    let kills = std::env::var("CONFIDANT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(few);
    let passphrase = words.map(|words| Passphrase::new(words.into()));
    let folder = tempfile::tempdir().expect("a folder");
    let from = folder.path().join("from.db");
    let id = journal(&from, passphrase.as_ref());
    let bytes = std::fs::read(&from).expect("bytes");
    let recovery = Store::open(&from, passphrase.as_ref(), at_noon()).expect("opens");
    let recovery = recovery.key.as_ref().map(crate::store::RecoveryWords::of);
    // By the words too, where there are any.
    let open = |path: &Path, migrations: &[&str]| {
        let stamp = moment("2026-11-22T14:00:00+00:00");
        if let Some(words) = &recovery {
            Store::open_as(path, Some(Secret::Words(words)), migrations, stamp)?;
        }
        Store::open_as(path, passphrase.as_ref().map(Secret::Passphrase), migrations, stamp)
    };
    let (mut old, mut new) = (0, 0);
    for n in 0..kills {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        std::fs::write(&path, &bytes).expect("written");
        let mut child = std::process::Command::new(std::env::current_exe().expect("this program"))
            .args(["store::upgrade_tests::upgrades_until_it_is_killed", "--exact", "--ignored"])
            .env(UPGRADED, &path)
            .env(WORDS, words.unwrap_or_default())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("an upgrade");
        // Anywhere in what it does, or among the steps, once the backup before them is there.
        let is_copied = || backups(&path).iter().any(|one| one.extension() == Some("db".as_ref()));
        while n % 2 == 1 && !is_copied() && matches!(child.try_wait(), Ok(None)) {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::thread::sleep(std::time::Duration::from_micros(n * 7_919 % 200_000));
        child.kill().expect("killed");
        child.wait().expect("gone");
        // Whatever stands in the folder of backups under its name is whole.
        for backup in Store::backups_of(&path) {
            let kept = open(&backup.path, MIGRATIONS).expect("a whole backup");
            assert_eq!(notes(&kept, id).as_deref(), Some("two"));
        }
        match open(&path, MIGRATIONS) {
            Ok(store) => {
                old += 1;
                assert_eq!(notes(&store, id).as_deref(), Some("two"));
            }
            Err(Error::TooNew { .. }) => new += 1,
            Err(error) => panic!("{error}"),
        }
        let store = open(&path, &many_steps()).expect("upgraded");
        assert_eq!(notes(&store, id).as_deref(), Some("two"));
        assert_eq!(store.is_encrypted(), words.is_some());
        assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
    }
    println!("{kills} kills: {old} of the old form, {new} of the new one; none lost");
}

#[test]
#[ignore = "the upgrade that the test above starts and kills"]
fn upgrades_until_it_is_killed() {
    let path = std::env::var_os(UPGRADED).expect("started by the test above");
    let words = std::env::var(WORDS).ok().filter(|words| !words.is_empty()).map(Passphrase::new);
    let secret = words.as_ref().map(Secret::Passphrase);
    drop(Store::open_as(Path::new(&path), secret, &many_steps(), at_noon()));
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
