//! Commands at a terminal: long work says there how far it has come.

use confidant::domain::{Layer, Session, SessionState, When};

use super::screen::{Screen, Start};
use crate::journal::Journal;

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
