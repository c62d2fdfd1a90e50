//! A journal of another program, brought in from a person's brief.

use std::fmt::Write as _;

use super::{SIZES, Screen, journals, with_amina};
use crate::journal::Journal;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/peers");
/// From the brief to the sheet, by the palette.
const SHEET: &str = ":tui-journal<enter>";

fn peer(name: &str) -> String {
    format!("{PEERS}/{name}")
}

#[test]
fn it_comes_in_once_and_is_taken_back_as_one() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>").keys(SHEET).sees("Bring in sessions with Amina K.");
    screen.paste(&peer("jrnl.txt")).keys("<ctrl-s>");
    screen.sees("Brought in: 5 sessions.");
    assert_eq!(screen.sessions().len(), 5);
    screen.keys("3").sees("A title without full stop").keys("0");
    screen.keys(SHEET).paste(&peer("jrnl.json")).keys("<ctrl-s>");
    screen.sees("Brought in: nothing. 4 here already.");
    screen.keys("u");
    screen.keys("u").sees("Taken back");
    assert_eq!(screen.sessions().len(), 0);
}

#[test]
fn the_file_of_tui_journal_may_be_narrowed_to_a_tag() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>").keys(SHEET).paste(&peer("tui-journal.db"));
    screen.keys("<tab><right><tab>amina<ctrl-s>");
    screen.sees("Brought in: 2 sessions. 1 without the tag.");
    screen.keys(SHEET).paste(&peer("nb/2026-11-12-planned.md"));
    screen.keys("<tab><right><right><ctrl-s>");
    screen.sees("Brought in: 1 session.");
}

#[test]
fn what_cannot_be_read_is_said_and_changes_nothing() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>").keys(SHEET).paste("/nowhere").keys("<ctrl-s>").sees("No such file");
    screen.keys(SHEET).paste(&peer("tui-journal.db")).keys("<ctrl-s>");
    screen.sees("This is no text file");
    let long = screen.path().with_file_name("long.txt");
    std::fs::write(&long, "[2026-11-12 15:00] Words\n\n".repeat(200_000)).expect("written");
    screen.keys(SHEET).paste(&long.display().to_string()).keys("<ctrl-s>");
    screen.sees("That is a long journal.");
    assert!(screen.sessions().is_empty());
}

#[test]
fn the_sheet_at_every_size() {
    let mut all = String::new();
    for (kind, person, journal) in [
        ("ordinary", "gami<enter>", journals::ordinary as fn() -> Journal),
        ("full", "<enter>", journals::full),
    ] {
        let mut screen = Screen::of(journal());
        screen.keys(person).keys(SHEET);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {kind}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}
