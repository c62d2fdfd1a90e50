//! A journal with a passphrase on the screen: locked at the start, by a key, after a while, after a
//! closed lid, and when the file is no longer the one that was opened.

use std::fmt::Write as _;

use chrono::TimeDelta;
use confidant::domain::{Layer, Origin, SessionState, Stamp};
use confidant::store::{Passphrase, Store};
use confidant::tui::app::App;
use confidant::tui::theme::Look;

use super::{SIZES, Screen, session, with_amina};
use crate::journal::Journal;

const WORDS: &str = "correct horse";

fn passphrase() -> Passphrase {
    Passphrase::new(WORDS.to_owned())
}

/// Amina, and one session with her, behind a passphrase.
fn journal() -> Journal {
    let mut journal = Journal::begin(Some(&passphrase()));
    let with = journal.mentee("Amina K.");
    session(&mut journal, with, "2026-11-19", SessionState::Held, "What a small no looks like");
    journal
}

fn notes(screen: &Screen) -> String {
    let now = screen.world.now;
    let stamp = Stamp { now, origin: Origin::new(now) };
    let store = Store::open(screen.path(), Some(&passphrase()), stamp).expect("opens");
    let newest = store
        .sessions(
            confidant::store::Scope::Everyone,
            confidant::store::Filter::default(),
            confidant::store::Anchor::Newest,
            1,
        )
        .expect("a page")
        .rows[0]
        .session
        .id;
    let texts = store.texts(newest).expect("texts");
    texts.of(Layer::Notes).map(|writing| writing.value.body.clone()).unwrap_or_default()
}

/// The program at its start, before the journal of `screen`.
fn restarted(screen: Screen) -> Screen {
    screen.again(|path, look, _| App::locked(path, &look))
}

#[test]
fn l_locks_and_one_comes_back_to_the_same_caret() {
    let mut screen = Screen::of(journal());
    screen.keys("<enter>3e<ctrl-home>Yes. ");
    let (before, caret) = (screen.screen(), screen.cursor());
    assert!(before.contains("Yes. What a small no"), "{before}");
    screen.keys("<ctrl-p>lock the<enter>");
    let locked = screen.sees("Locked").sees("Your draft is safe.").screen();
    assert!(!locked.contains("Amina") && !locked.contains("small no"), "{locked}");
    assert!(!locked.contains("Sessions"), "{locked}");
    assert_eq!(notes(&screen), "Yes. What a small no looks like", "saved before it was locked");
    screen.keys("wrong<enter>").sees("That is not the passphrase.");
    screen.keys("wrong again<enter>").sees("2 tries so far; no limit.");
    screen.keys(&format!("{WORDS}<enter>"));
    assert_eq!(screen.cursor(), caret);
    screen.keys("Indeed. ").sees("Yes. Indeed. What a small no");
    // Nothing was typed into the journal while it was locked.
    screen.keys("<esc>L").sees("Locked").keys("ndq<esc>").sees("Locked");
    screen.keys(&format!("{WORDS}<enter>")).sees("Yes. Indeed. What a small no");
    assert_eq!(notes(&screen), "Yes. Indeed. What a small no looks like");
}

#[test]
fn without_a_passphrase_l_hides_and_time_locks_nothing() {
    let mut screen = Screen::of(with_amina());
    screen.keys("L").sees("Hidden.").keys("L").sees("Amina");
    screen.world.now += TimeDelta::hours(9);
    screen.tick(900_000).sees("Amina");
}

#[test]
fn the_palette_pauses_to_the_shell_as_its_own_key_does() {
    let mut screen = Screen::of(journal());
    screen.keys("<enter>3e<ctrl-home>Yes. <esc>:ctrl-z<enter>");
    assert!(screen.world.pause, "it is asked for; whoever stops it locks it first");
    assert_eq!(notes(&screen), "Yes. What a small no looks like", "saved before it stops");
}

#[test]
fn ten_minutes_without_a_key_lock_it() {
    let mut screen = Screen::of(journal());
    screen.keys("<enter>").tick(590_000).sees("Amina").keys("<down>").tick(599_000).sees("Amina");
    screen.tick(2_000).sees("Locked after 10 minutes").sees_no("Amina");
    screen.keys(&format!("{WORDS}<enter>")).sees("Amina").tick(5_000).sees("Amina");
}

#[test]
fn a_closed_lid_locks_it_before_the_next_key_does_anything() {
    let mut screen = Screen::of(journal());
    screen.keys("<enter>").tick(2_000);
    screen.world.now += TimeDelta::minutes(3);
    screen.keys("b").sees("Locked while the machine slept").sees_no("Amina");
    screen.keys(&format!("{WORDS}<enter>")).sees("Amina").sees_no("Writing notes");
    // The clock that is set back is no closed lid.
    screen.world.now -= TimeDelta::hours(1);
    screen.tick(2_000).sees("Amina");
}

#[test]
fn while_hidden_l_locks_too() {
    let mut screen = Screen::of(journal());
    screen.keys("<ctrl-g>").sees("Hidden.").keys("L").sees("Locked");
    screen.keys(&format!("{WORDS}<enter>")).sees("Amina");
}

#[test]
fn a_file_that_was_replaced_closes_the_journal_and_keeps_the_text() {
    let mut screen = Screen::of(journal());
    screen.keys("<enter>3e<ctrl-home>Before. ").tick(2_000);
    let copy = screen.path().with_file_name("copy.db");
    std::fs::copy(screen.path(), &copy).expect("copied");
    screen.keys("After. ");
    std::fs::rename(&copy, screen.path()).expect("replaced");
    screen.tick(1_100).sees("Closed: the journal file was moved or replaced").sees("is still here");
    screen.sees_no("After.");
    assert_eq!(notes(&screen), "What a small no looks like");
    screen.keys("<ctrl-c>").sees("saved only when you unlock.");
    screen.world.ticks += std::time::Duration::from_secs(5);
    screen.keys(&format!("{WORDS}<enter>")).sees("Before. After. What a small no");
    screen.keys("<esc>");
    assert_eq!(notes(&screen), "Before. After. What a small no looks like");
}

#[test]
fn a_plain_file_that_was_replaced_opens_with_enter() {
    let mut screen = Screen::of(with_amina());
    let copy = screen.path().with_file_name("copy.db");
    std::fs::copy(screen.path(), &copy).expect("copied");
    std::fs::rename(&copy, screen.path()).expect("replaced");
    screen.tick(1_100).sees("it has no passphrase").sees_no("Amina");
    // Not while it is somewhere else.
    std::fs::rename(screen.path(), &copy).expect("away");
    screen.keys("<enter>").sees("There is no journal at");
    std::fs::rename(&copy, screen.path()).expect("back");
    screen.keys("<enter>").sees("Amina");
}

#[test]
fn what_was_written_into_an_open_file_closes_it_too() {
    let mut screen = Screen::of(journal());
    let length = std::fs::metadata(screen.path()).expect("a file").len();
    let nonsense = vec![7; usize::try_from(length).expect("small")];
    std::fs::write(screen.path(), nonsense).expect("written");
    screen.keys("<enter>3").tick(1_100).sees("Closed: the journal file was moved or replaced");
}

#[test]
fn at_the_start_it_asks_on_the_screen() {
    let mut screen = restarted(Screen::of(journal()));
    screen.sees("Locked").sees("Forgotten?").sees_no("Amina");
    screen.keys("<enter>").sees("Type the passphrase, then Enter.");
    screen.keys("correct").sees("•••••••").sees_no("correct").keys("<ctrl-r>").sees("[correct");
    screen
        .keys("<esc>")
        .sees_no("correct")
        .paste("correct")
        .keys(" horse<enter>")
        .sees("[1 Today]");

    let mut screen = restarted(Screen::of(journal()));
    screen.keys("q").keys("<ctrl-c>").sees("Ctrl-C once more leaves.");
    assert!(!screen.app.is_done());
    screen.keys("<ctrl-c>");
    assert!(screen.app.is_done());
    let mut screen = restarted(Screen::of(journal()));
    screen.keys("<f1>").sees("show or cover what is typed").keys("<esc>").sees("Locked");
    screen.click("Ctrl-R show").keys("x").sees("[x");
}

#[test]
fn the_locked_journal_at_every_size() {
    let mut all = String::new();
    for (name, script) in [("asked", "L"), ("wrong", "Lwrong<enter>cor"), ("shown", "L<ctrl-r>cor")]
    {
        for size in SIZES {
            let shown = Screen::of(journal()).resize(size).keys(script).screen();
            writeln!(all, "── {name}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    let plain = Screen::with_look(journal(), &Look::new(false, true)).keys("Lcor").screen();
    writeln!(all, "── ascii\n{plain}").expect("written");
    insta::assert_snapshot!(all);
}
