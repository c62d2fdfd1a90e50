//! Commands at a terminal: long work says there how far it has come, and shells complete them.

use confidant::domain::{Layer, Session, SessionState, When};

use super::screen::{Screen, Start};
use crate::journal::Journal;

/// Takes away what is typed.
const CLEAR: &str = "\x15";

#[test]
fn a_long_export_says_how_far_it_has_come_and_a_short_one_does_not() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Ben");
    let export = |journal: &Journal, out: &str| {
        let path = journal.folder.path().join(out).display().to_string();
        let arguments: &[_] = &["export", "--format", "md", "--out", &path];
        let mut screen =
            Screen::start_with(&journal.path(), &Start { arguments, ..Start::default() });
        assert_eq!(screen.wait_exit().code, 0);
        screen.look();
        String::from_utf8_lossy(screen.bytes()).replace("\r\n", "\n")
    };
    let said = export(&journal, "short.md");
    assert!(!said.contains(" MB") && said.starts_with("Written: "), "{said}");
    let long = "word ".repeat(210_000);
    for day in ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"] {
        let when = When::from_code(day).expect("a day");
        let session = Session::new(with, when, SessionState::Held);
        journal
            .store
            .add_session(journal.stamp, &session, &[(Layer::Notes, &long)], &[])
            .expect("added");
    }
    for out in ["long.md", "folder/"] {
        let said = export(&journal, out);
        assert!(said.starts_with("\rWritten 4 MB. \nWritten: "), "{said}");
    }
}

/// Completion in zsh works only while somebody edits a line.
#[test]
fn zsh_completes_commands_and_their_words() {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&folders).map(|folder| folder.join("zsh"));
    let Some(zsh) = folders.find(|path| path.exists()) else {
        println!("No zsh here, so it was not asked.");
        return;
    };
    let journal = Journal::in_memory();
    let script = std::process::Command::new(env!("CARGO_BIN_EXE_confidant"))
        .args(["completions", "zsh"])
        .output()
        .expect("it runs");
    std::fs::write(journal.folder.path().join("_confidant"), script.stdout).expect("written");
    let start = Start { program: zsh.as_os_str(), arguments: &["-f", "-i"], ..Start::default() };
    let mut screen = Screen::start_with(&journal.path(), &start);
    let fpath = journal.folder.path().display();
    screen.press(&format!(
        "PS1='> '; fpath=({fpath} $fpath); autoload -Uz compinit; compinit -u -D\r"
    ));
    screen.press("print REA''DY\r");
    screen.wait_for("READY");
    for (typed, completed) in [
        ("confidant bri\t", "> confidant brief"),
        ("confidant report pro\t", "> confidant report progress"),
        ("confidant export --format h\t", "> confidant export --format html"),
    ] {
        screen.press(typed);
        screen.wait_for(completed);
        screen.press(CLEAR);
    }
    screen.press("exit\r");
    assert_eq!(screen.wait_exit().code, 0);
}
