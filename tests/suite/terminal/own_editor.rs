//! The writer's own editor on the real terminal: a script that does what editors do, and what they
//! should not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::process::Signal;

use super::screen::{ESC, Screen, Start};
use super::{assert_settled, go_to_the_notes, journal, notes, open, type_seen};

/// A runtime folder, and in it an editor that runs this script on the file `$1`.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let editor = folder.path().join("editor");
        fs::write(&editor, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("a program");
        fs::create_dir(folder.path().join("run")).expect("a folder");
        Self { folder }
    }

    /// Starts the program with it, in the notes of the one session.
    fn start(&self, journal: &Path) -> Screen {
        let editor = self.folder.path().join("editor").display().to_string();
        let run = self.run().display().to_string();
        let path = std::env::var("PATH").unwrap_or_default();
        let variables = [
            ("TERM", "xterm-256color"),
            ("EDITOR", &editor),
            ("XDG_RUNTIME_DIR", &run),
            ("PATH", &path),
        ];
        Screen::start_with(journal, &Start { variables: &variables, ..Start::default() })
    }

    fn run(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// What lies in the runtime folder.
    fn left(&self) -> Vec<PathBuf> {
        let mut left = Vec::new();
        let mut folders = vec![self.run()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    left.push(entry.path());
                }
            }
        }
        left
    }
}

#[test]
fn the_terminal_is_handed_over_and_taken_back_whatever_the_editor_does() {
    for (script, says, expected) in [
        // An ordinary editor: it has the terminal as a shell has it, on the ordinary screen.
        (
            "stty -a | grep -q ' icanon' && printf 'In the editor'; read -r line; echo \"$line\" >> \"$1\"",
            "Taken back",
            "Before.\ntyped there",
        ),
        // One that leaves the terminal in a mode of its own, and is killed.
        (
            "printf 'In the editor'; read -r line; echo \"$line\" >> \"$1\"; stty raw -echo; kill -9 $$",
            "Your editor failed",
            "Before.\ntyped there",
        ),
        ("printf 'In the editor'; read -r line", "nothing was changed", "Before."),
        ("printf 'In the editor'; read -r line; rm \"$1\"", "left no file", "Before."),
    ] {
        let desk = Desk::new(script);
        let (journal, session) = journal("Before.");
        let path = journal.path();
        let mut screen = desk.start(&path);
        go_to_the_notes(&mut screen);
        screen.press("\x05");
        screen.wait_for("In the editor");
        assert!(!screen.screen().alternate_screen() && !screen.screen().bracketed_paste());
        assert!(!screen.is_raw(), "{script}");
        // Longer than a second: an editor that ends at once has a window of its own.
        std::thread::park_timeout(std::time::Duration::from_millis(1100));
        screen.press("typed there\r");
        screen.wait_for(says);
        assert!(screen.screen().alternate_screen() && screen.screen().bracketed_paste());
        assert_eq!(desk.left(), [""; 0].map(PathBuf::from), "{script}");
        type_seen(&mut screen, " And on.");
        screen.wait_for("Writing notes");
        screen.press(ESC);
        screen.wait_gone("Writing notes");
        screen.press("q");
        assert_eq!(screen.wait_exit().code, 0);
        screen.assert_given_back();
        let kept = notes(&path, session);
        assert_eq!(kept.replace(" And on.", ""), expected, "{script}");
        assert!(kept.contains(" And on."));
        assert_settled(&path);
    }
}

#[test]
fn what_lies_with_the_editor_when_the_program_dies_is_offered_at_the_next_start() {
    let desk = Desk::new("echo 'Saved there.' >> \"$1\"; printf 'In the editor'; exec sleep 30");
    let (journal, session) = journal("Before.");
    let path = journal.path();
    let mut screen = desk.start(&path);
    go_to_the_notes(&mut screen);
    screen.press("\x05");
    screen.wait_for("In the editor");
    let left = desk.left();
    assert_eq!(left.len(), 1, "{left:?}");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&left[0]), 0o600);
    assert_eq!(left[0].parent().map(mode), Some(0o700));
    screen.kill(Signal::KILL);
    screen.wait_exit();
    let mut screen = desk.start(&path);
    screen.wait_for("Recovered");
    assert_eq!(desk.left(), [""; 0].map(PathBuf::from));
    screen.press("\r");
    screen.wait_for("Kept.");
    assert_eq!(notes(&path, session), "Before.\nSaved there.");
    drop(open(&path));
}

#[test]
fn who_asks_the_program_to_end_is_heard_and_the_editor_keeps_its_file() {
    let desk = Desk::new("printf 'In the editor'; exec sleep 30");
    let (journal, session) = journal("Before.");
    let path = journal.path();
    let mut screen = desk.start(&path);
    go_to_the_notes(&mut screen);
    type_seen(&mut screen, "And. ");
    screen.press("\x05");
    screen.wait_for("In the editor");
    screen.kill(Signal::TERM);
    assert_eq!(screen.wait_exit().code, 0);
    assert_eq!(desk.left().len(), 1);
    assert!(notes(&path, session).contains("And. "), "it was saved before it went out");
}
