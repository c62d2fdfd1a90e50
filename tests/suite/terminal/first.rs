//! From nothing to a saved session, and back to it.

use super::assert_settled;
use super::screen::{ENTER, ESC, Screen};

#[test]
fn from_the_first_start_to_a_saved_session_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.db");
    let mut screen = Screen::start(&path);
    screen.wait_for("nothing written to disk yet");
    assert!(screen.is_raw() && screen.screen().alternate_screen());
    assert!(screen.screen().bracketed_paste());
    screen.press(ENTER);
    screen.wait_for("Your name");
    screen.press("Asha");
    screen.wait_for("[Asha");
    screen.press(ENTER);
    screen.press("Ben");
    screen.wait_for("[Ben");
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert!(files.is_empty(), "on disk before the end of the first start: {files:?}");
    screen.press(ENTER);
    screen.press(ENTER);
    screen.wait_for("Recommended.");
    screen.press(ENTER);
    screen.wait_for("you are the mentor");
    screen.press("b");
    screen.wait_for("Writing notes");
    screen.press("What a small no looks like");
    screen.wait_for("What a small no looks like");
    screen.press(ESC);
    screen.wait_for("saved 12:00");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    screen.assert_given_back();
    assert_settled(&path);

    let mut screen = Screen::start(&path);
    screen.wait_for("[1 Today]");
    screen.press("3");
    screen.wait_for("What a small no looks like");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    screen.assert_given_back();
}

#[test]
fn who_leaves_the_first_start_has_left_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = Screen::start(&folder.path().join("notes/journal.db"));
    screen.wait_for("nothing written to disk yet");
    screen.press(ESC);
    assert_eq!(screen.wait_exit().code, 0);
    screen.assert_given_back();
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
