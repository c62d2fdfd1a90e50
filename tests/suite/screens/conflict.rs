//! Two programs on one journal: what the other writes is seen, and nothing is overwritten.

use std::fmt::Write as _;

use confidant::domain::Layer;

use super::{SIZES, Screen, with_amina};

/// Both wrote the same notes; here the writer has just stopped.
fn both_wrote() -> Screen {
    let mut screen = Screen::of(with_amina());
    screen.keys("bBefore.<esc>e<ctrl-end> Here.");
    write_elsewhere(&screen, "Before. There.");
    screen.keys("<esc>");
    screen
}

fn write_elsewhere(screen: &Screen, body: &str) {
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    let base = other.texts(id).expect("texts").notes.map(|notes| notes.rev);
    other.save_text(stamp, id, Layer::Notes, base, body).expect("saved");
}

fn versions(screen: &Screen) -> Vec<String> {
    let store = screen.store();
    let notes = store.texts(screen.sessions()[0].session.id).expect("texts").notes.expect("notes");
    store.versions(notes.id).expect("versions").into_iter().map(|one| one.body).collect()
}

#[test]
fn both_are_shown_and_both_can_be_kept() {
    let mut screen = both_wrote();
    screen
        .sees("Before. There.")
        .sees("Before. Here.")
        .sees("Written elsewhere")
        .sees("Written here");
    assert_eq!(screen.text(Layer::Notes), "Before. There.", "nothing was overwritten");
    screen.keys("<enter>").sees("Kept.");
    assert_eq!(screen.text(Layer::Notes), "Before. There.\n\nBefore. Here.");
    screen.sees("Before. There.").sees("Before. Here.");
    screen.restart().sees_no("Recovered");
}

#[test]
fn mine_can_be_kept_and_theirs_stays_a_version() {
    let mut screen = both_wrote();
    screen.keys("w");
    assert_eq!(screen.text(Layer::Notes), "Before. Here.");
    assert!(versions(&screen).contains(&"Before. There.".to_owned()));
    screen.restart().sees_no("Recovered");
}

#[test]
fn theirs_can_be_kept_and_mine_stays_a_version() {
    let mut screen = both_wrote();
    screen.keys("t");
    assert_eq!(screen.text(Layer::Notes), "Before. There.");
    assert!(versions(&screen).contains(&"Before. Here.".to_owned()));
    screen.sees("Before. There.");
    screen.restart().sees_no("Recovered");
}

#[test]
fn decided_later_nothing_is_lost_and_nobody_is_held() {
    let mut screen = both_wrote();
    screen.keys("<esc>").sees("Both are kept");
    screen.keys("<ctrl-c><ctrl-c>");
    assert!(screen.app.is_done() || screen.screen().contains("Two versions"));
    let mut again = screen.crash();
    again.sees("Recovered").keys("<enter>");
    assert_eq!(again.text(Layer::Notes), "Before. Here.");
    assert!(versions(&again).contains(&"Before. There.".to_owned()));
}

#[test]
fn a_question_that_is_open_can_be_left_with_ctrl_c() {
    let mut screen = both_wrote();
    screen.keys("<ctrl-c><ctrl-c>");
    assert!(screen.app.is_done());
    screen.crash().sees("Recovered");
}

#[test]
fn a_pause_finds_the_conflict_once() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bBefore.<esc>e<ctrl-end> Here.");
    write_elsewhere(&screen, "Before. There.");
    screen.tick(45_000).sees("Two versions").keys("<esc>").sees_no("Two versions");
    screen.tick(45_000).sees_no("Two versions");
    assert!(screen.app.patience(screen.world.ticks).as_millis() > 100, "the program sleeps");
}

#[test]
fn two_texts_in_conflict_are_both_asked_about() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bA.<tab>B.<esc><esc>e<ctrl-end> mine<tab>").keys("<ctrl-end> mine too");
    // Tab saved the notes; now both are written elsewhere and here.
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    for layer in [Layer::Notes, Layer::Reflection] {
        let base = other.texts(id).expect("texts").of(layer).map(|one| one.rev);
        other.save_text(stamp, id, layer, base, "theirs").expect("saved");
    }
    screen.click("Notes").keys("<ctrl-end> again<esc>").sees("Two versions").keys("<enter>");
    screen.keys("q");
    if !screen.app.is_done() {
        screen.keys("<enter>q");
    }
    assert!(screen.app.is_done());
    let texts = screen.store().texts(id).expect("texts");
    assert!(texts.notes.expect("notes").value.body.contains("again"));
    assert!(texts.reflection.expect("a reflection").value.body.contains("mine too"));
}

#[test]
fn what_is_appended_elsewhere_appears_without_a_key() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bBefore.<esc>");
    let (mut other, stamp) = screen.another();
    other
        .append_text(stamp, screen.sessions()[0].session.id, Layer::Notes, "From the shell.")
        .expect("appended");
    screen.sees_no("From the shell.").tick(1000).sees("From the shell.");
    // Also with the caret in the text, as long as nothing is unsaved.
    screen.keys("e");
    other
        .append_text(stamp, screen.sessions()[0].session.id, Layer::Notes, "And again.")
        .expect("appended");
    screen.tick(1000).sees("And again.").keys("<ctrl-end> Mine.<esc>");
    assert_eq!(screen.text(Layer::Notes), "Before.\n\nFrom the shell.\n\nAnd again. Mine.");
}

#[test]
fn two_screens_see_one_another() {
    let mut one = Screen::of(with_amina());
    let mut two = one.beside();
    two.keys("0");
    one.keys("nTom Baker<ctrl-s>");
    two.sees_no("Tom Baker").tick(1000).sees("Tom Baker");
    two.keys("gtom<enter>aThe thesis<ctrl-s>");
    one.tick(1000).sees("The thesis");
    // What the one undoes is not taken from under the other.
    one.keys("gtom<enter>3").tick(1000);
    one.keys("u").keys("u").tick(1000);
    two.tick(1000);
    assert!(two.store().verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn the_conflict_at_every_size() {
    let mut all = String::new();
    for size in SIZES {
        let shown = both_wrote().resize(size).screen();
        writeln!(all, "── {}x{}\n{shown}", size.0, size.1).expect("written");
    }
    insta::assert_snapshot!(all);
}
