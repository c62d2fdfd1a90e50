//! However the program ends, the text is kept and the terminal is given back.

use confidant::domain::Layer;
use confidant::store::BackupKind;
use rustix::process::Signal;

use super::screen::{ENTER, ESC, Screen, Start};
use super::{
    assert_settled, assert_settled_in, go_to_the_notes, in_the_notes, journal, notes, notes_in,
    open, type_seen, with_notes,
};
use crate::journal::{Journal, stamp};
use crate::worker::{Seeded, kills, passphrase};

#[test]
fn a_signal_ends_the_program_with_the_text_saved() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let (journal, session) = journal("");
        let path = journal.path();
        let mut screen = in_the_notes(&path);
        type_seen(&mut screen, "What a small no looks like");
        screen.kill(signal);
        let exit = screen.wait_exit();
        assert_eq!((exit.code, exit.signal), (0, None), "{signal:?}");
        screen.assert_given_back();
        assert_eq!(notes(&path, session), "What a small no looks like");
        assert_settled(&path);
    }
}

#[test]
fn a_closed_window_ends_the_program_with_the_text_saved() {
    for controlling in [true, false] {
        let (journal, session) = journal("");
        let path = journal.path();
        let start = Start { controlling, ..Start::default() };
        let mut screen = Screen::start_with(&path, &start);
        go_to_the_notes(&mut screen);
        type_seen(&mut screen, "What a small no looks like");
        screen.hang_up();
        screen.wait_exit();
        // The terminal's last word is a line end, by the harness.
        assert_eq!(notes(&path, session).trim_end(), "What a small no looks like");
        assert_settled(&path);
    }
}

#[test]
fn a_connection_that_breaks_within_a_paste_does_not_hold_the_program() {
    for part in ["\x1b[200~half of a paste", "\x1b[", "\u{e9}"] {
        let (journal, session) = journal("");
        let path = journal.path();
        let mut screen = in_the_notes(&path);
        type_seen(&mut screen, "typed before");
        // Of a letter the first byte alone.
        let bytes = part.as_bytes();
        screen.press_bytes(if bytes.is_ascii() { bytes } else { &bytes[..1] });
        // Even now the draft is written,
        screen.wait_for("draft kept");
        // and who asks the program to end is heard.
        screen.kill(Signal::TERM);
        assert_eq!(screen.wait_exit().code, 0);
        screen.assert_given_back();
        assert_eq!(notes(&path, session), "typed before");
    }
}

/// Whoever leaves types on for the shell: that is no key for the program any more.
#[test]
fn what_is_typed_ahead_for_the_shell_breaks_off_no_backup() {
    let (mut journal, session) = journal("");
    let path = journal.path();
    let long = "What a small no looks like. ".repeat(20_000);
    let base = journal.store.texts(session).expect("texts").notes.map(|notes| notes.rev);
    journal.store.save_text(journal.stamp, session, Layer::Notes, base, &long).expect("saved");
    let mut screen = Screen::start(&path);
    screen.wait_for("m more");
    screen.press("qmake all\r");
    let exit = screen.wait_exit();
    assert_eq!((exit.code, exit.signal), (0, None));
    screen.assert_given_back();
    assert!(!screen.shows("could not be made"), "{}", screen.text());
    let kinds: Vec<_> = journal.store.backups().iter().map(|backup| backup.kind).collect();
    assert_eq!(kinds, [BackupKind::Daily]);
}

#[test]
fn a_pause_locks_and_gives_the_terminal_back_for_as_long_as_it_lasts() {
    let mut journal = Journal::begin(passphrase(WORDS).as_ref());
    journal.mentee("Ben");
    let path = journal.path();
    drop(journal.store);
    let variables =
        [("TERM", "xterm-256color"), ("CONFIDANT_PASSPHRASE_COMMAND", "echo correct horse")];
    let start = Start { variables: &variables, ..Start::default() };
    let mut screen = Screen::start_with(&path, &start);
    screen.wait_for("[1 Today]");
    screen.press("0");
    screen.wait_for("Ben");
    screen.kill(Signal::TSTP);
    screen.wait("the terminal back", |screen| {
        !screen.screen().alternate_screen() && !screen.is_raw()
    });
    // It may not have stopped yet; then it is continued again.
    screen.wait("the lock", |screen| {
        screen.kill(Signal::CONT);
        screen.shows("Locked")
    });
    assert!(!screen.shows("Ben") && screen.is_raw());
    screen.press("correct horse\r");
    screen.wait_for("Ben");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    screen.assert_given_back();
}

const WORDS: &str = "correct horse";

#[test]
fn whatever_was_kept_outlives_a_kill() {
    kill_and_look("", kills(6));
}

#[test]
fn whatever_was_kept_of_an_encrypted_journal_outlives_a_kill() {
    kill_and_look(WORDS, kills(4));
}

fn kill_and_look(words: &str, kills: u64) {
    let drafts = (0..kills).filter(|seed| killed(*seed, words)).count();
    println!("{kills} kills while typing, {drafts} of them with a draft; none lost");
}

/// Types at the pace of the screen, and is killed at a moment that the seed chooses. Whether a draft
/// was there then.
fn killed(seed: u64, words: &str) -> bool {
    let mut seeded = Seeded(seed);
    let (journal, session) = with_notes(Journal::begin(passphrase(words).as_ref()), "before");
    let path = journal.path();
    let Journal { folder, store, keys, .. } = journal;
    drop(store);
    let command = format!("echo '{words}'");
    let variables =
        [("TERM", "xterm-256color"), ("CONFIDANT_PASSPHRASE_COMMAND", command.as_str())];
    let start = Start { variables: &variables, ..Start::default() };
    let mut screen = Screen::start_with(&path, &start);
    go_to_the_notes(&mut screen);
    let (mut typed, mut shown, mut acknowledged) = (String::new(), String::new(), String::new());
    for word in 0..=seeded.below(12) {
        let word = format!("w{word}-{seed} ");
        screen.press(&word);
        typed.push_str(&word);
        screen.wait_for(word.trim());
        if seeded.below(3) == 0 {
            screen.wait("a draft", |screen| screen.shows("draft kept") || screen.shows("saved"));
        }
        // The newest word may have come in a frame whose status line is still on its way; the
        // words before it had theirs.
        if screen.shows("draft kept") || screen.shows("saved") {
            acknowledged.clone_from(&shown);
        }
        shown.clone_from(&typed);
    }
    // A last burst that nobody waits for, so that the end falls into the midst of the work.
    for word in 0..seeded.below(40) {
        let word = format!("burst{word} ");
        screen.press(&word);
        typed.push_str(&word);
    }
    screen.kill(Signal::KILL);
    assert!(screen.wait_exit().signal.is_some());

    let store = keys.open(&path, stamp(super::screen::NOW));
    let problems = store.verify(|_| {}).expect("a verdict").problems;
    assert!(problems.is_empty(), "{seed}: {problems:?}");
    let left = store.drafts_of_others(stamp(super::screen::NOW)).expect("drafts");
    let draft = left.first().map_or("", |left| left.draft.body.as_str()).to_owned();
    drop(store);
    let what = format!("{seed}: kept {draft:?}, acknowledged {acknowledged:?}, typed {typed:?}");
    assert!(acknowledged.is_empty() || draft.starts_with(&acknowledged), "{what}");
    let own = draft.strip_suffix("before").unwrap_or(&draft);
    assert!(typed.starts_with(own), "{what}");

    // The next start offers it, and takes it over.
    if !draft.is_empty() {
        let mut screen = Screen::start_with(&path, &start);
        screen.wait_for("Recovered");
        screen.press(ENTER);
        screen.wait_for("Kept.");
        screen.press("q");
        assert_eq!(screen.wait_exit().code, 0);
        let store = keys.open(&path, stamp(super::screen::NOW));
        assert_eq!(notes_in(&store, session), draft, "{seed}");
        assert_settled_in(&store);
    }
    drop(folder);
    !draft.is_empty()
}

#[test]
fn a_draft_that_is_put_off_is_offered_again() {
    let (journal, session) = journal("");
    let path = journal.path();
    let mut screen = in_the_notes(&path);
    type_seen(&mut screen, "What a small no looks like");
    screen.wait_for("draft kept");
    screen.kill(Signal::KILL);
    screen.wait_exit();
    for _ in 0..2 {
        let mut screen = Screen::start(&path);
        screen.wait_for("Recovered");
        screen.press(ESC);
        screen.wait_for("offered again");
        screen.press("q");
        assert_eq!(screen.wait_exit().code, 0);
    }
    assert_eq!(notes(&path, session), "");
    let left = open(&path).drafts_of_others(stamp(super::screen::NOW)).expect("drafts");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].draft.body, "What a small no looks like");
}
