//! What is written to terminals of different kinds, and what is not.

use std::path::Path;

use rustix::process::Signal;

use super::screen::{CTRL_A, CTRL_L, ESC, Screen, Start};
use super::{go_to_the_notes, journal};
use crate::journal::Journal;

/// The numbers in the `CSI ... m` sequences of what was written: colours and attributes.
fn rendition(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ';' | ':'))?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let numbers: Vec<_> = sequences.collect();
    numbers
        .iter()
        .flat_map(|one| one.split([';', ':']))
        .filter_map(|one| one.parse().ok())
        .collect()
}

fn is_colour(number: u16) -> bool {
    matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

/// Selects all notes and shows a message, then ends. Gives what was written.
fn visit(path: &Path, variables: &[(&str, &str)]) -> (Vec<u8>, bool) {
    let mut screen = Screen::start_with(path, &Start { variables, ..Start::default() });
    go_to_the_notes(&mut screen);
    screen.press(CTRL_A);
    let is_selected = |screen: &Screen| {
        let cells = (0..24).flat_map(|row| (0..80).map(move |column| (row, column)));
        cells
            .filter_map(|(row, column)| screen.screen().cell(row, column))
            .any(vt100::Cell::inverse)
    };
    screen.wait("a selection", is_selected);
    let is_bold =
        (0..80).filter_map(|column| screen.screen().cell(23, column)).any(vt100::Cell::bold);
    screen.kill(Signal::TERM);
    assert_eq!(screen.wait_exit().code, 0);
    screen.assert_given_back();
    (screen.bytes().to_vec(), is_bold)
}

#[test]
fn no_color_takes_the_colours_and_nothing_else() {
    let (journal, _) = journal("some words");
    let (coloured, _) = visit(&journal.path(), &[("TERM", "xterm-256color")]);
    assert!(rendition(&coloured).into_iter().any(is_colour), "colours are looked for rightly");
    let plain = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
    let (plain, is_bold) = visit(&journal.path(), &plain);
    let colours: Vec<_> =
        rendition(&plain).into_iter().filter(|&number| is_colour(number)).collect();
    assert_eq!(colours, [] as [u16; 0]);
    assert!(is_bold, "the keys at the bottom are no longer bold");
}

#[test]
fn a_terminal_of_unknown_kind_is_used_as_it_is() {
    let (journal, _) = journal("some words");
    for variables in [&[][..], &[("TERM", "dumb")], &[("TERM", "")], &[("TERM", "no-such-thing")]] {
        visit(&journal.path(), variables);
    }
}

#[test]
fn plain_signs_are_all_ascii() {
    let journal = Journal::new();
    let start = Start { arguments: &["--ascii"], ..Start::default() };
    let mut screen = Screen::start_with(&journal.path(), &start);
    screen.wait_for("[1 Today]");
    for (key, seen) in [("?", "Help:"), (ESC, ""), ("3", "[3 Sessions]"), ("n", "New person")] {
        screen.press(key);
        match seen {
            "" => screen.wait_gone("Help:"),
            seen => screen.wait_for(seen),
        }
    }
    screen.kill(Signal::TERM);
    assert_eq!(screen.wait_exit().code, 0);
    let others: String =
        String::from_utf8_lossy(screen.bytes()).chars().filter(|sign| !sign.is_ascii()).collect();
    assert_eq!(others, "");
}

#[test]
fn a_garbled_screen_is_drawn_anew_when_asked() {
    let (journal, _) = journal("some words");
    let mut screen = Screen::start(&journal.path());
    go_to_the_notes(&mut screen);
    screen.garble("\x1b[2J\x1b[HThe system is going down at noon!");
    assert!(!screen.shows("some words"));
    screen.press(CTRL_L);
    screen.wait_for("some words");
    screen.wait_for("Esc done");
    assert!(!screen.shows("going down"));
}

/// How often the program has gone to sleep until now.
#[cfg(target_os = "linux")]
fn sleeps(screen: &Screen) -> u64 {
    let pid = screen.pid().as_raw_nonzero();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.and_then(|count| count.trim().parse().ok()).expect("a count")
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_screen_writes_nothing() {
    let (journal, _) = journal("some words");
    let mut screen = Screen::start(&journal.path());
    screen.wait_for("[1 Today]");
    // A first wake-up is allowed to draw: the end of the first frame may be on its way.
    let begun = sleeps(&screen);
    screen.wait("an idle wake-up", |screen| sleeps(screen) > begun + 1);
    let (slept, written) = (sleeps(&screen), screen.bytes().len());
    screen.wait("three idle wake-ups", |screen| sleeps(screen) >= slept + 3);
    screen.look();
    let more = String::from_utf8_lossy(&screen.bytes()[written..]);
    assert_eq!(more, "", "written while nothing happened");
    // It was idle and not dead.
    screen.press("?");
    screen.wait_for("Help:");
    assert!(screen.bytes().len() > written);
}
