//! The real program, driven in a pseudo-terminal: what a person at the keyboard goes through.

mod bringing;
mod capture;
mod clipboard;
mod commands;
mod ends;
mod fault;
mod first;
mod looks;
mod own_editor;
pub mod screen;
mod writing;

use std::path::Path;

use confidant::domain::{Id, Layer, Session, SessionState, When};
use confidant::store::Store;

use crate::journal::{Journal, stamp};
use screen::{NOW, Screen};

/// Asha's journal with one held session, whose notes begin with `notes`.
fn journal(notes: &str) -> (Journal, Id<Session>) {
    with_notes(Journal::new(), notes)
}

fn with_notes(mut journal: Journal, notes: &str) -> (Journal, Id<Session>) {
    let with = journal.mentee("Ben");
    let when = When::from_code("2026-11-19T15:00").expect("a moment");
    let session = Session::new(with, when, SessionState::Held);
    let texts: &[_] = if notes.is_empty() { &[] } else { &[(Layer::Notes, notes)] };
    let session = journal.store.add_session(journal.stamp, &session, texts, &[]).expect("added");
    (journal, session)
}

/// Starts the program and goes into the notes of the one session.
#[track_caller]
fn in_the_notes(path: &Path) -> Screen {
    let mut screen = Screen::start(path);
    go_to_the_notes(&mut screen);
    screen
}

#[track_caller]
fn go_to_the_notes(screen: &mut Screen) {
    screen.wait_for("[1 Today]");
    screen.press("3");
    screen.wait_for("[3 Sessions]");
    screen.press("e");
    screen.wait_for("Writing notes");
}

/// Types and waits until it can be read.
#[track_caller]
fn type_seen(screen: &mut Screen, words: &str) {
    screen.press(words);
    screen.wait_for(words.trim());
}

fn open(path: &Path) -> Store {
    Store::open(path, None, stamp(NOW)).expect("opens")
}

/// The notes as they stand in the journal.
fn notes(path: &Path, session: Id<Session>) -> String {
    notes_in(&open(path), session)
}

fn notes_in(store: &Store, session: Id<Session>) -> String {
    store.texts(session).expect("texts").notes.map_or_else(String::new, |text| text.value.body)
}

/// Nothing is damaged, and nothing was left for the next start to ask about.
#[track_caller]
fn assert_settled(path: &Path) {
    assert_settled_in(&open(path));
}

#[track_caller]
fn assert_settled_in(store: &Store) {
    let problems = store.verify(|_| {}).expect("a verdict").problems;
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(store.drafts_of_others(stamp(NOW)).expect("drafts"), []);
}
