//! A long journal brought in from the screen, while one writes there and elsewhere; and a kill in
//! the midst of it.

use std::fmt::Write as _;
use std::fs;

use confidant::domain::Layer;
use confidant::store::{Anchor, Filter, Query, Scope};
use rustix::process::Signal;

use super::capture::note;
use super::screen::{ENTER, ESC, Screen};
use super::{assert_settled, journal, notes, open, type_seen};
use crate::journal::Journal;

/// A file of jrnl with so many entries, beside the journal.
fn long(journal: &Journal, entries: u32) -> String {
    let mut text = String::new();
    for n in 0..entries {
        let (day, month, year) = (1 + n % 28, 1 + n / 28 % 12, 1980 + n / 336);
        let words = "planting out of doors ".repeat(20);
        writeln!(text, "[{year}-{month:02}-{day:02} 09:00] Entry {n}\n{words}\n").expect("written");
    }
    let path = journal.path().with_file_name("long.txt");
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

/// Starts the program and begins to bring the file in.
fn begun(journal: &Journal, file: &str) -> Screen {
    let mut screen = Screen::start(&journal.path());
    screen.wait_for("[1 Today]");
    screen.press("0");
    screen.wait_for("[0 People]");
    screen.press("m");
    screen.wait_for("More");
    screen.press("another program");
    screen.press(ENTER);
    screen.wait_for("Bring in sessions with Ben");
    screen.paste(file);
    screen.wait_for("long.txt");
    screen.press("\x13");
    screen.wait_for("100 entries so far");
    screen
}

fn sessions(journal: &Journal) -> usize {
    let page = open(&journal.path()).sessions(
        Scope::Everyone,
        Filter::default(),
        Anchor::Newest,
        u16::MAX,
    );
    page.expect("sessions").rows.len()
}

#[test]
fn one_writes_on_the_screen_and_elsewhere_while_it_comes_in() {
    let (journal, session) = journal("");
    let file = long(&journal, 600);
    let mut screen = begun(&journal, &file);
    screen.press("3");
    screen.wait_for("[3 Sessions]");
    screen.press("e");
    screen.wait_for("Writing notes");
    for word in ["What ", "a ", "small ", "no ", "looks ", "like"] {
        type_seen(&mut screen, word);
    }
    note(&journal.path(), "Heard in the corridor");
    screen.press(ESC);
    screen.wait_for("Brought in: 600 sessions with Ben");
    assert_eq!(notes(&journal.path(), session), "What a small no looks like");
    assert_eq!(sessions(&journal), 602);
    let query = Query { text: "corridor".to_owned(), ..Query::default() };
    assert_eq!(open(&journal.path()).search(&query, None, 5).expect("searched").count, 1);
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    assert_settled(&journal.path());
}

#[test]
fn killed_in_the_midst_of_it_the_next_start_clears_it_away() {
    let (journal, session) = journal("Before");
    let file = long(&journal, 600);
    let mut screen = begun(&journal, &file);
    screen.kill(Signal::KILL);
    screen.wait_exit();
    assert_eq!(sessions(&journal), 1);
    assert_eq!(notes(&journal.path(), session), "Before");
    // It can be made again at once: that waits until the rest of the first is gone.
    let mut screen = begun(&journal, &file);
    screen.wait_for("Brought in: 600 sessions with Ben");
    assert_eq!(sessions(&journal), 601);
    let store = open(&journal.path());
    let found = Query { text: "planting".to_owned(), ..Query::default() };
    assert!(store.search(&found, None, 5).expect("searched").count > 200);
    let texts = store.texts(session).expect("texts");
    assert_eq!(texts.of(Layer::Notes).map(|notes| notes.value.body.as_str()), Some("Before"));
    assert_settled(&journal.path());
}
