//! Writing under what terminals do: pastes, windows that are dragged, a second screen.

use std::fmt::Write as _;

use super::screen::{CTRL_A, CTRL_C, CTRL_Z, ENTER, ESC};
use super::{assert_settled, in_the_notes, journal, notes, type_seen};

const LEFT: &str = "\x1b[D";

#[test]
fn a_megabyte_is_pasted_whole_and_taken_back_in_one_step() {
    let (journal, session) = journal("before");
    let path = journal.path();
    let mut pasted = String::new();
    for line in 0..34_000 {
        writeln!(pasted, "line {line:05} of what was pasted ∙").expect("written");
    }
    pasted.push_str("the last of it");
    assert!(pasted.len() > 1_000_000);
    let mut screen = in_the_notes(&path);
    screen.paste(&pasted.replace('\n', "\r"));
    screen.wait_for("the last of it");
    screen.press(CTRL_Z);
    screen.wait_gone("the last of it");
    screen.wait_for("before");
    assert!(!screen.shows("of what was pasted"));
    screen.paste(&pasted.replace('\n', "\r"));
    screen.wait_for("the last of it");
    screen.press(ESC);
    screen.wait_for("saved 12:00");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    // Compared by hand: a failure would print two megabytes.
    assert!(notes(&path, session) == format!("{pasted}before"), "something was lost or added");
}

#[test]
fn a_paste_while_looking_is_no_command() {
    let (journal, session) = journal("before");
    let path = journal.path();
    let mut screen = super::screen::Screen::start(&path);
    screen.wait_for("[1 Today]");
    screen.press("3");
    screen.wait_for("before");
    screen.paste("d\rq:u n\r");
    screen.wait_for("nothing was pasted");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    assert_eq!(notes(&path, session), "before");
    let (mut store, stamp) = journal.another();
    store.undo(stamp).expect("the session itself was the last change");
    assert!(store.session(session).is_err());
}

#[test]
fn a_dragged_window_loses_neither_text_nor_caret() {
    let (journal, session) = journal("");
    let path = journal.path();
    let mut screen = in_the_notes(&path);
    type_seen(&mut screen, "alpha delta");
    screen.press(&LEFT.repeat("delta".len()));
    for (columns, rows) in [(120, 40), (20, 5), (0, 0), (1, 1), (39, 9), (65_535, 1)] {
        screen.resize(columns, rows);
        if columns < 40 && columns > 10 {
            screen.wait_for("Too small");
        }
    }
    // Keys are not lost on a screen that shows nothing of them.
    screen.press("beta ");
    screen.resize(80, 24);
    screen.wait_for("alpha beta delta");
    assert!(!screen.shows("Too small"));
    screen.press("gamma ");
    screen.wait_for("alpha beta gamma delta");
    for step in 0..200_u16 {
        screen.resize(30 + step % 91, 8 + step % 33);
        if step % 50 == 0 {
            screen.press(".");
        }
    }
    screen.resize(80, 24);
    screen.wait_for("alpha beta gamma ....delta");
    screen.press(ESC);
    screen.wait_for("saved 12:00");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    assert_eq!(notes(&path, session), "alpha beta gamma ....delta");
}

#[test]
fn what_is_copied_reaches_the_clipboard_of_the_terminal() {
    let (journal, _) = journal("Hello Ben");
    let mut screen = in_the_notes(&journal.path());
    screen.press(CTRL_A);
    screen.press(CTRL_C);
    screen.wait_for("Copied");
    let bytes = String::from_utf8_lossy(screen.bytes()).into_owned();
    assert!(bytes.contains("\x1b]52;c;SGVsbG8gQmVu"), "{bytes:?}");
}

#[test]
fn what_one_screen_saves_the_other_shows() {
    let (journal, session) = journal("");
    let path = journal.path();
    let mut one = in_the_notes(&path);
    let mut other = super::screen::Screen::start(&path);
    other.wait_for("[1 Today]");
    other.press("3");
    other.wait_for("[3 Sessions]");
    type_seen(&mut one, "from the first screen");
    one.press(ESC);
    one.wait_for("saved 12:00");
    other.wait_for("from the first screen");

    // Now both write the same notes.
    one.press("e");
    one.wait_for("Writing notes");
    other.press("e");
    other.wait_for("Writing notes");
    type_seen(&mut one, "ONE ");
    type_seen(&mut other, "OTHER ");
    one.press(ESC);
    one.wait_for("saved 12:00");
    other.press(ESC);
    other.wait_for("keep both");
    other.press(ENTER);
    other.wait_for("Kept.");
    one.wait_for("OTHER");
    assert!(one.shows("ONE") && other.shows("ONE"));
    for screen in [&mut one, &mut other] {
        screen.press("q");
        assert_eq!(screen.wait_exit().code, 0);
    }
    let both = notes(&path, session);
    assert!(both.contains("ONE") && both.contains("OTHER"), "{both:?}");
    assert_eq!(both.matches("from the first screen").count(), 2, "{both:?}");
    assert_settled(&path);
}

#[test]
fn two_screens_that_leave_at_once_keep_both_texts() {
    let (journal, session) = journal("");
    let path = journal.path();
    let mut one = in_the_notes(&path);
    let mut other = in_the_notes(&path);
    type_seen(&mut one, "ONE");
    type_seen(&mut other, "OTHER");
    let term = rustix::process::Signal::TERM;
    one.kill(term);
    other.kill(term);
    assert_eq!((one.wait_exit().code, other.wait_exit().code), (0, 0));
    // One of them saved; what the other wrote is a draft that the next start asks about.
    let saved = notes(&path, session);
    let mut again = super::screen::Screen::start(&path);
    again.wait_for("Recovered");
    again.press(ENTER);
    again.wait_for("Kept.");
    again.press("q");
    assert_eq!(again.wait_exit().code, 0);
    let kept = notes(&path, session);
    let mut texts = [saved, kept];
    texts.sort();
    assert_eq!(texts, ["ONE", "OTHER"]);
    assert_settled(&path);
}
