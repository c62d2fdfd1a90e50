//! What holds everywhere: no letter falls through a box, nothing is pasted as commands, Ctrl-C,
//! hiding, the plain look, and a journal that goes away while it is open.

use std::fmt::Write as _;

use std::io::Write as _;

use confidant::domain::{Layer, SessionState};
use confidant::tui::theme::Look;

use super::{SIZES, Screen, journals, session, with_amina};
use crate::journal::Journal;

const SESSIONS: &str = "gami<enter>3<down><down>";

/// Every box that can lie over the screen: how it opens, what shows that it is open, and the
/// letters that are its own.
const BOXES: &[(&str, &str, &str)] = &[
    ("?", "Help", ""),
    (":", "All commands", ""),
    ("m", "More", ""),
    ("g", "Whose journal?", ""),
    ("/", "Search everyone", ""),
    ("f", "Show", ""),
    ("n", "A session with", ""),
    ("s", "Another date", ""),
    ("x", "Export this session", ""),
    ("a", "To talk about with", ""),
    ("moutcome<enter>", "What became of it?", ""),
    ("mtemplate<enter>", "Begin the notes from", ""),
    ("mtitle<enter>", "The session with", ""),
    ("0n", "Add", ""),
    ("0e", "details", ""),
    ("d:open the bin<enter>", "Bin: what was", "um?jkhl"),
    ("d:open the bin<enter>m<enter>", "Empty the bin?", ""),
    ("e<ctrl-end> More.<esc>v", "Earlier versions", "y?jkhl"),
];

#[test]
fn what_happened_is_said_before_a_long_name_and_a_path_shows_its_end() {
    let mut journal = Journal::new();
    let with = journal.mentee("Prof. Dr. Annemarie von Hohenlohe-Langenburg und zu Waldeck");
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Said.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3d").sees("In the bin: the session of Thu 12 Nov with Prof.");
    screen.keys("0mreport<enter><shift-tab><ctrl-u>");
    screen.paste("/home/asha/documents/mentoring/reports of the programme/2026/hours.html");
    screen.keys("<ctrl-s>").sees("Written to …/2026/hours.html;");
    screen.keys("0march<enter>").sees("Archived, kept and searchable");
}

#[test]
fn beneath_a_box_no_letter_acts() {
    for (open, title, own) in BOXES {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(SESSIONS).keys(open).sees(title);
        let before = fingerprint(&screen);
        for letter in (' '..='~').filter(|letter| *letter != '<' && !own.contains(*letter)) {
            screen.keys(&letter.to_string());
            assert!(screen.screen().contains(title), "{letter:?} closed {title}");
        }
        assert_eq!(fingerprint(&screen), before, "something was written beneath {title}");
        assert!(!screen.app.is_done());
        screen.keys("<esc>");
    }
}

/// What was written last and how much there is.
fn fingerprint(screen: &Screen) -> (i64, usize) {
    let store = screen.store();
    let newest = store.recent_changes(1).expect("changes").first().map_or(0, |done| done.change);
    (newest, screen.sessions().len())
}

#[test]
fn a_paste_while_looking_runs_nothing() {
    for at in ["", "gami<enter>", SESSIONS, "3", "gtom<enter>3", "d:open the bin<enter>"] {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(at);
        let before = fingerprint(&screen);
        screen.paste("dq u\nbnnx d<enter>\u{1b}q").sees("nothing was pasted");
        assert_eq!(fingerprint(&screen), before);
        assert!(!screen.app.is_done());
    }
}

#[test]
fn ctrl_c_says_how_to_leave_and_leaves_at_the_second_time() {
    for at in ["", SESSIONS, "?", ":", "n", "/", "gtom<enter>bWords", "gtom<enter>b<ctrl-f>x"] {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(at).keys("<ctrl-c>").sees("Press q to quit, or Ctrl-C once more");
        assert!(!screen.app.is_done(), "{at}");
        screen.tick(1500).keys("<ctrl-c>");
        assert!(!screen.app.is_done(), "{at}: slowly is not twice");
        screen.keys("<ctrl-c>");
        assert!(screen.app.is_done(), "{at}");
    }
    let mut screen = Screen::of(with_amina());
    screen.keys("bWords<ctrl-c><ctrl-c>");
    assert_eq!(screen.text(Layer::Notes), "Words", "what was written is saved");
}

#[test]
fn q_leaves_with_everything_saved() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bWords<esc>q");
    assert!(screen.app.is_done());
    assert_eq!(screen.text(Layer::Notes), "Words");
    let mut screen = Screen::of(with_amina());
    screen.resize((200, 40)).click("q quit");
    assert!(screen.app.is_done());
}

#[test]
fn hidden_nothing_of_the_journal_is_shown_or_changed() {
    for at in ["", SESSIONS, "gami<enter>bSecret", "?", "n", "/small", "d:open the bin<enter>"] {
        let mut screen = Screen::of(journals::ordinary());
        screen
            .keys(at)
            .keys("<ctrl-g>")
            .sees("Hidden.")
            .sees_no("Amina")
            .sees_no("Secret")
            .sees_no("small");
        let before = fingerprint(&screen);
        screen.keys("dnbxuaes<enter><tab> ").paste("Pasted").click("Hidden");
        assert_eq!(fingerprint(&screen), before, "{at}");
        screen.sees_no("Amina").keys("<ctrl-g>").sees_no("Hidden.").sees_no("Pasted");
        screen.keys("<ctrl-g>L").sees_no("Hidden.");
        screen.keys("<ctrl-g><ctrl-c><ctrl-c>");
        assert!(screen.app.is_done(), "{at}: hidden, it can be left");
    }
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>bSecret<ctrl-g>q");
    assert!(screen.app.is_done(), "q leaves, as its footer says");
}

#[test]
fn every_size_down_to_nothing_is_drawn() {
    for at in ["", "gami<enter>", SESSIONS, "?", "n", "/no", "gami<enter>bWords"] {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(at);
        for (width, height) in
            [(0, 0), (1, 1), (3, 2), (39, 30), (40, 9), (40, 10), (41, 11), (200, 60)]
        {
            screen.resize((width, height)).keys("<down>");
        }
        screen.resize((36, 8)).sees("Too small: 36x8");
        screen.resize((80, 24)).sees("help");
    }
}

#[test]
fn the_help_hint_is_always_there() {
    for at in [
        "",
        "gami<enter>",
        SESSIONS,
        "?",
        ":",
        "m",
        "g",
        "/",
        "n",
        "gami<enter>b",
        "gtom<enter>b<ctrl-f>",
    ] {
        for size in SIZES {
            let mut screen = Screen::of(journals::ordinary());
            screen.resize(size).keys(at);
            let footer = screen.screen().lines().last().unwrap_or_default().to_owned();
            assert!(footer.ends_with("help"), "{at} at {size:?}: {footer}");
        }
    }
}

#[test]
fn the_ascii_look_has_no_other_sign_of_its_own() {
    for at in [
        "",
        "gami<enter>",
        SESSIONS,
        "?",
        ":",
        "gami<enter>3m",
        "g",
        "/no",
        "n",
        "gami<enter>3n",
        "gami<enter>bWords<tab>",
        "gami<enter>3<down><down>d:open the bin<enter>",
        "gami<enter>e",
        "3",
        "gami<enter>3f",
        "gami<enter>3x",
    ] {
        for size in SIZES {
            let mut screen = Screen::with_look(journals::ordinary(), &Look::new(false, true));
            let shown = screen.resize(size).keys(at).screen();
            let other: String = shown.chars().filter(|sign| !sign.is_ascii()).collect();
            assert!(other.is_empty(), "{at:?} at {size:?}: {other}\n{shown}");
        }
    }
}

#[test]
fn the_ascii_look() {
    let mut all = String::new();
    for at in
        ["", "gami<enter>", SESSIONS, "?", "/no", "gami<enter>3n", "gami<enter>3<down><down>e<tab>"]
    {
        let mut screen = Screen::with_look(journals::ordinary(), &Look::new(false, true));
        writeln!(all, "── {at}\n{}", screen.keys(at).screen()).expect("written");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_journal_that_is_moved_away_is_closed_and_keeps_the_words() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bWords that matter");
    let away = screen.path().with_file_name("elsewhere.db");
    std::fs::rename(screen.path(), &away).expect("moved");
    screen.tick(2000).sees("moved or replaced").sees("is still here");
    screen.keys("<enter>").sees("There is no journal at");
    screen.keys("<esc>q").sees("moved or replaced");
    assert!(!screen.app.is_done(), "it stays, with the text in it");
    // Put back, everything goes on.
    std::fs::rename(&away, screen.path()).expect("moved back");
    screen.keys("<enter>").sees("Words that matter").keys("<esc>").tick(1000).keys("q");
    assert!(screen.app.is_done());
    assert_eq!(screen.text(Layer::Notes), "Words that matter");
}

#[test]
fn who_cannot_save_can_still_leave() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bWords that matter");
    let away = screen.path().with_file_name("elsewhere.db");
    std::fs::rename(screen.path(), &away).expect("moved");
    screen.keys("<esc>").sees("moved or replaced");
    // Not by the way: only when it was said what that means.
    screen.keys("q<ctrl-c>").sees("leaves without it");
    assert!(!screen.app.is_done());
    screen.keys("<ctrl-c>");
    assert!(screen.app.is_done());
}

#[test]
fn a_journal_that_cannot_be_written_keeps_the_words_on_the_screen() {
    let mut screen = Screen::of(journals::ordinary());
    screen.resize((120, 40)).keys(SESSIONS).keys("e<ctrl-end> Words that matter");
    // Another process holds the journal for good: nothing can be saved.
    let holder = rusqlite::Connection::open(screen.path()).expect("opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("held");
    screen.keys("<esc>").sees("in use by another Confidant");
    screen.keys("<esc><down><up>").sees("Words that matter");
    holder.execute_batch("ROLLBACK").expect("let go");
    screen.keys("<esc>").tick(31_000);
    let last = screen.store().last_session(screen.with(), None).expect("last").expect("a session");
    let notes = screen.store().texts(last.id).expect("texts").notes.expect("notes").value.body;
    assert!(notes.ends_with("Words that matter"));
}

#[test]
fn a_replaced_journal_is_not_written_to() {
    let mut screen = Screen::of(with_amina());
    let mut file = std::fs::File::create(screen.path().with_file_name("other")).expect("a file");
    file.write_all(b"another file").expect("written");
    std::fs::rename(screen.path().with_file_name("other"), screen.path()).expect("replaced");
    screen.tick(1000).sees("moved or replaced").keys("nTom<ctrl-s><enter>");
    screen.sees("is not a Confidant journal").sees("moved or replaced");
    assert_eq!(std::fs::read(screen.path()).expect("bytes"), b"another file");
}
