//! A word noted from another terminal while the journal is open shows there by itself.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use confidant::domain::{Layer, Session, SessionState, When};

use super::screen::{ESC, NOW, Screen};
use super::{go_to_the_notes, type_seen};
use crate::journal::Journal;

/// Ben's session of today, with notes.
fn journal() -> Journal {
    let mut journal = Journal::new();
    let with = journal.mentee("Ben");
    let when = When::from_code("2026-11-22T10:00").expect("a moment");
    let session = Session::new(with, when, SessionState::Held);
    let texts = [(Layer::Notes, "As it began")];
    journal.store.add_session(journal.stamp, &session, &texts, &[]).expect("added");
    journal
}

pub fn note(path: &Path, words: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_confidant"))
        .args(["--journal".as_ref(), path.as_os_str()])
        .args(["note", "ben", "-"])
        .env("CONFIDANT_NOW", NOW)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("an input").write_all(words.as_bytes()).expect("read");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_note_from_another_terminal_shows_without_a_key() {
    let journal = journal();
    let mut screen = Screen::start(&journal.path());
    go_to_the_notes(&mut screen);
    screen.press(ESC);
    screen.wait_for("As it began");
    note(&journal.path(), "Heard in the corridor");
    screen.wait_for("Heard in the corridor");
    // The screen looks again at least once a second, so the second one is no luck either.
    note(&journal.path(), "And one more");
    screen.wait_for("And one more");
}

#[test]
fn what_is_being_written_and_what_is_noted_meanwhile_are_both_kept() {
    let journal = journal();
    let path = journal.path();
    let mut screen = Screen::start(&path);
    go_to_the_notes(&mut screen);
    type_seen(&mut screen, "Mine at the desk. ");
    note(&path, "Heard in the corridor");
    screen.press(ESC);
    screen.wait_for("Heard in the corridor");
    screen.wait_for("Mine at the desk");
}
