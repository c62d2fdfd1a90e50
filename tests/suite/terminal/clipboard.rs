//! Copying: whoever keeps a history of the clipboard is asked not to, where there is a way to ask;
//! everywhere else the terminal is given the text.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::screen::{CTRL_A, CTRL_C, Screen, Start};
use super::{go_to_the_notes, journal, type_seen};

/// `A small no.` as terminals are told.
const TOLD: &str = "\x1b]52;c;QSBzbWFsbCBuby4=";

/// Copies `A small no.` with this `wl-copy` on the way, and says what it was given and whether the
/// terminal was told.
fn copied(script: &str, wayland: &str) -> (String, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("wl-copy");
    let given = folder.path().join("given");
    let script = script.replace("GIVEN", &given.display().to_string());
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let variables = [("TERM", "xterm-256color"), ("WAYLAND_DISPLAY", wayland), ("PATH", &path)];
    let (journal, _) = journal("");
    let start = Start { variables: &variables, ..Start::default() };
    let mut screen = Screen::start_with(&journal.path(), &start);
    go_to_the_notes(&mut screen);
    type_seen(&mut screen, "A small no.");
    screen.press(CTRL_A);
    screen.press(CTRL_C);
    screen.wait_for("Copied");
    let told = String::from_utf8_lossy(screen.bytes()).contains(TOLD);
    (fs::read_to_string(given).unwrap_or_default(), told)
}

#[test]
fn a_clipboard_that_can_be_asked_is_asked_not_to_keep_it() {
    let keeps = "{ echo \"$@\"; cat; } > GIVEN";
    assert_eq!(copied(keeps, "wayland-0"), ("--sensitive\nA small no.".to_owned(), false));
    // Without Wayland, and with one that does not know how to ask, it is the terminal's.
    assert_eq!(copied(keeps, ""), (String::new(), true));
    assert_eq!(copied("exit 1", "wayland-0"), (String::new(), true));
}
