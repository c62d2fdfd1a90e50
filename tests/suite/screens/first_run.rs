//! The first start: three choices, and nothing on disk before one of them is made.

use std::fmt::Write as _;

use confidant::domain::{Layer, Role, SessionState};
use confidant::store::{OlderBackups, Passphrase, Protection, Store};

use super::{SIZES, Screen};

#[test]
fn from_the_first_key_to_a_saved_session() {
    let mut screen = Screen::first();
    screen.sees("Welcome.").sees("nothing written to disk yet");
    screen.keys("<enter>Asha<tab>Amina K.<tab>");
    assert!(!screen.path().exists(), "nothing is on disk before the end");
    screen.keys("<ctrl-s>");
    assert!(screen.header().contains("Amina K."), "the brief of the first person is shown");
    screen.keys("bShe opened with the board review.<esc>");
    assert_eq!(screen.store().owner().expect("owner").value.name, "Asha");
    let sessions = screen.sessions();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].session.value.state, SessionState::Held);
    assert_eq!(screen.text(Layer::Notes), "She opened with the board review.");
    screen.sees("She opened with the board review.").sees("saved 12:00");
    let mut again = screen.restart();
    again.sees("[1 Today]").keys("0").sees("Amina K.").sees("Sun 22 Nov").sees_no("Recovered");
}

#[test]
fn the_role_is_what_was_chosen() {
    let mut screen = Screen::first();
    screen.keys("<enter>Tomas<tab>Dr. Osei<tab><right><ctrl-s>");
    assert_eq!(screen.store().people().expect("people")[0].role, Role::Mentee);
}

#[test]
fn the_first_person_can_wait() {
    let mut screen = Screen::first();
    screen.keys("<enter>Ruth<ctrl-s>");
    assert!(screen.store().people().expect("people").is_empty());
    screen.sees("stand here").keys("nAmina<ctrl-s>");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn leaving_writes_nothing_and_never_throws_answers_away() {
    let mut screen = Screen::first();
    screen.keys("<esc>");
    assert!(screen.app.is_done(), "Esc leaves while nothing was typed");

    let mut screen = Screen::first();
    screen.keys("<enter>Asha<esc>");
    assert!(!screen.app.is_done());
    screen.sees("Nothing is on disk yet.").sees("Asha");
    screen.keys("<ctrl-c>");
    assert!(!screen.app.is_done());
    screen.keys("<ctrl-c>");
    assert!(screen.app.is_done());
    assert!(!screen.path().exists());
}

#[test]
fn a_name_is_needed_and_said_so() {
    let mut screen = Screen::first();
    screen.keys("<enter><tab>Amina<ctrl-s>").sees("This is needed.");
    assert!(!screen.path().exists());
    screen.paste("Asha\n").keys("<ctrl-s>");
    assert_eq!(screen.store().owner().expect("owner").value.name, "Asha");
}

#[test]
fn a_place_that_cannot_be_written_keeps_the_answers() {
    let mut screen = Screen::first();
    let folder = screen.path().parent().expect("a folder").to_owned();
    std::fs::write(&folder, "in the way").expect("written");
    screen.keys("<enter>Asha<tab>Amina<ctrl-s>").sees("Asha").sees("Amina");
    assert!(!screen.app.is_done());
    std::fs::remove_file(&folder).expect("removed");
    screen.keys("<ctrl-s>");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn help_is_there_from_the_first_screen() {
    let mut screen = Screen::first();
    screen.sees("? help").keys("<enter>Asha<f1>").sees("go to the next field").keys("<esc>");
    screen.sees("Asha").sees_no("go to the next field");
    screen.click("F1 help").sees("go to the next field");
}

#[test]
fn esc_goes_back_to_the_choices_and_q_leaves() {
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").sees("an export as JSON").keys("<esc>");
    screen.sees("How would you like to begin?").keys("?").sees("go on with this").keys("<esc>q");
    assert!(screen.app.is_done() && !screen.path().exists());
}

#[test]
fn one_can_look_around_and_come_back_to_begin() {
    let mut screen = Screen::first();
    screen.keys("<down><enter>").sees("A made-up journal").sees("Noor Haddad");
    assert!(screen.header().contains("made-up journal") || screen.header().contains("made up"));
    assert!(!screen.path().exists(), "nothing of it is the writer's");
    // It is a journal like any other, and nothing of it can be taken back into nothing.
    screen
        .keys("u")
        .sees("There is nothing to undo.")
        .keys("gnoor<enter>")
        .sees("The second project");
    screen.keys("nrem<enter>Likes tea<ctrl-s>").keys("q");
    screen.sees("How would you like to begin?").sees("four short questions; only your name");
    screen.keys("<up><enter>").sees("Your name").sees("First person").sees("You are");
    screen.sees("Passphrase").keys("Asha<ctrl-s>");
    let store = screen.store();
    assert!(store.people().expect("people").is_empty(), "the two never mix");
    assert!(screen.header().contains("not encrypted"));
}

#[test]
fn a_journal_file_and_an_export_can_be_brought_in() {
    let journal = super::journals::ordinary();
    let mut bytes = Vec::new();
    let what = confidant::transfer::Selection { person: None, private: true };
    confidant::transfer::json::export(&journal.store, what, &mut bytes).expect("exported");
    let file = journal.path();
    let export = journal.folder.path().join("all.json");
    std::fs::write(&export, bytes).expect("written");
    let typed = |path: &std::path::Path| path.display().to_string();

    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&typed(&file)).keys("<ctrl-s>").sees("Amina K.");
    assert_eq!(screen.store().people().expect("people").len(), 3);
    assert!(file.exists(), "the file itself stays");

    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&typed(&export)).keys("<ctrl-s>");
    screen.sees("Write your name too").keys("<tab>Asha<ctrl-s>");
    // It can be broken off, and nothing else can be done meanwhile.
    screen.sees("Reading the export: 0 records so far. Esc breaks it off.").keys("x<esc>");
    screen.sees("Nothing was brought in.").tick(1_000);
    assert!(!screen.path().exists());
    screen.keys("<ctrl-s>").until("Amina K.");
    assert_eq!(screen.store().people().expect("people").len(), 3);

    let mut screen = Screen::first();
    screen.keys("<down><down><enter>/no/such/file<tab>Asha<ctrl-s>").sees("No such file");
    std::fs::write(&export, "{\"format\":\"confidant\"").expect("written");
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&typed(&export)).keys("<tab>Asha<ctrl-s>");
    screen.until("it ends too early");
    assert!(!screen.path().exists(), "a broken file leaves nothing");
}

/// An encrypted backup of Asha's journal with Amina, and the recovery words.
fn encrypted() -> (crate::journal::Journal, std::path::PathBuf, String) {
    let passphrase = Passphrase::new("correct horse".into());
    let protection = Protection::new(&passphrase).expect("a key");
    let words = protection.words().list().join(" ");
    let mut journal = super::journals::ordinary();
    journal
        .store
        .set_passphrase(journal.stamp, &protection, OlderBackups::Leave, |_| {})
        .expect("set");
    let backup = journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    (journal, backup, words)
}

#[test]
fn an_encrypted_backup_asks_for_its_passphrase_and_is_brought_in() {
    let (_journal, backup, _) = encrypted();
    let bytes = std::fs::read(&backup).expect("bytes");
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&backup.display().to_string()).keys("<ctrl-s>");
    screen.sees("That file is encrypted.").keys("<enter>").sees("Type its passphrase");
    screen.keys("wrong").sees_no("wrong").keys("<enter>").sees("That does not open it.");
    assert!(!screen.path().exists(), "nothing is on disk before it opens");
    // Another file can be chosen instead.
    screen.keys("<esc>").sees("stays as it is").keys("<ctrl-s>").sees("That file is encrypted.");
    screen.keys("correct horse<enter>").sees("Amina K.").sees_no("not encrypted");
    assert_eq!(std::fs::read(&backup).expect("bytes"), bytes, "the file itself stays");
    let given = Passphrase::new("correct horse".into());
    let stamp = crate::journal::stamp(super::NOW);
    assert!(Store::open(screen.path(), Some(&given), stamp).is_ok());
    assert!(!std::fs::read(screen.path()).expect("bytes").starts_with(b"SQLite"));
}

#[test]
fn an_encrypted_backup_is_brought_in_by_its_words_which_lead_to_a_new_passphrase() {
    let (_journal, backup, words) = encrypted();
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&backup.display().to_string()).keys("<ctrl-s><tab>");
    screen.keys("one two<enter>").sees("these are 2").keys("<ctrl-w><ctrl-w>").paste(&words);
    screen.keys("<enter>").sees("A new passphrase").keys("<esc>").sees("Amina K.");
}

#[test]
fn what_cannot_be_brought_in_says_why_and_leaves_nothing() {
    let (journal, backup, _) = encrypted();
    let folder = journal.folder.path();
    let mut bytes = std::fs::read(&backup).expect("bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    let damaged = folder.join("damaged.db");
    std::fs::write(&damaged, bytes).expect("written");
    let newer = folder.join("newer.db");
    let plain = super::journals::ordinary();
    let copy = plain.store.backup(plain.stamp, None, |_, _| {}).expect("made");
    std::fs::copy(copy, &newer).expect("copied");
    let db = rusqlite::Connection::open(&newer).expect("opens");
    db.execute_batch("PRAGMA user_version = 999").expect("made newer");
    drop(db);
    let noise = folder.join("holiday.jpg");
    std::fs::write(&noise, [7; 9000]).expect("written");
    for (file, keys, says) in [
        (&damaged, "correct horse<enter>", "is damaged"),
        (&newer, "", "newer Confidant"),
        (&noise, "correct horse<enter>", "That does not open it."),
    ] {
        let mut screen = Screen::first();
        screen.resize((120, 40)).keys("<down><down><enter>").paste(&file.display().to_string());
        screen.keys("<ctrl-s>").keys(keys);
        let shown = screen.screen();
        assert!(shown.contains(says), "{says}: {shown}");
        assert!(!screen.path().exists(), "{says}");
    }
}

#[test]
fn the_passphrase_of_what_is_brought_in_at_every_size() {
    let (_journal, backup, _) = encrypted();
    let mut all = String::new();
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&backup.display().to_string()).keys("<ctrl-s>");
    for (name, script) in [("asked", ""), ("wrong", "wrong<enter>"), ("words", "<tab>")] {
        screen.keys(script);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {name} {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}

/// A backup may be the last copy there is: bringing it forward is for the copy of it.
#[test]
fn an_older_file_is_brought_in_and_stays_byte_for_byte_as_it_is() {
    let journal = super::journals::ordinary();
    let (path, folder) = (journal.path(), journal.folder);
    drop(journal.store);
    let older = rusqlite::Connection::open(&path).expect("opens");
    older
        .execute_batch(
            "DROP TABLE mention; DROP TABLE progress_check;
             DROP INDEX remembering_of_session; ALTER TABLE remembering DROP COLUMN session;
             ALTER TABLE remembering DROP COLUMN layer;
             DROP INDEX agenda_open; ALTER TABLE agenda_item DROP COLUMN place;
             CREATE INDEX agenda_open ON agenda_item (relationship, state, added, id) WHERE deleted IS NULL;
             DROP INDEX standing_of_session; ALTER TABLE standing DROP COLUMN session;
             DROP INDEX goal_due; DROP INDEX goal_in_order; DROP INDEX milestone_due; DROP INDEX remembering_by_day;
             DROP TABLE arrival; DROP TABLE signature; DROP TABLE clause; DROP TABLE agreement;
             ALTER TABLE contact DROP COLUMN party;
             ALTER TABLE relationship DROP COLUMN paused;
             DROP TRIGGER outlook_of_new; DROP TRIGGER outlook_relationship;
             DROP TRIGGER outlook_session_new; DROP TRIGGER outlook_session;
             DROP TRIGGER outlook_session_gone; DROP TRIGGER outlook_check_in_new;
             DROP TRIGGER outlook_check_in; DROP TRIGGER outlook_check_in_gone;
             DROP TRIGGER outlook_person; DROP TABLE outlook; DROP INDEX session_looking_back; PRAGMA user_version = 5;",
        )
        .expect("made older");
    drop(older);
    let before = std::fs::read(&path).expect("bytes");
    let mut screen = Screen::first();
    screen.keys("<down><down><enter>").paste(&path.display().to_string()).keys("<ctrl-s>");
    screen.sees("Amina K.");
    assert_eq!(std::fs::read(&path).expect("bytes"), before);
    let beside = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is laid beside it");
    assert_eq!(screen.store().people().expect("people").len(), 3);
}

#[test]
fn the_first_start_at_every_size() {
    let mut all = String::new();
    for script in ["", "<enter>Asha<tab>", "<down><down><enter>", "<down><enter>"] {
        for size in SIZES {
            let shown = Screen::first().resize(size).keys(script).screen();
            writeln!(all, "── {script} {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}
