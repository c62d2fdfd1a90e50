//! The bin: what was deleted waits thirty days and comes back as it was.

use confidant::domain::Layer;

use super::{Screen, journals, shown};

const DELETED: &str = "gami<enter>3<down><down>d:open the bin<enter>";

#[test]
fn a_deleted_session_comes_back_with_its_texts() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(DELETED).sees("the session with Amina K., Thu 12 Nov: Saying no");
    screen
        .keys("<enter>")
        .sees("Brought back the session with Amina K., Thu 12 Nov")
        .sees("The bin is empty.");
    screen.keys("<esc>").sees("Saying no");
    let back = screen.sessions().into_iter().find(|one| one.session.value.about == "Saying no");
    let texts = screen.store().texts(back.expect("it is back").session.id).expect("texts");
    assert!(texts.of(Layer::Notes).is_some() && texts.of(Layer::Reflection).is_some());
}

#[test]
fn undo_in_the_bin_takes_back_the_deletion() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(DELETED).keys("u");
    screen.keys("u");
    assert_eq!(screen.sessions().len(), 6);
}

#[test]
fn emptying_it_wants_the_word() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(DELETED).keys("m<enter>").sees("Empty the bin?").sees("Type empty");
    screen.keys("<enter>").sees("Left as it is.");
    assert_eq!(screen.store().bin(10).expect("the bin").len(), 1);
    screen.keys("m<enter>empty<ctrl-s>").sees("The bin is empty: 1 thing gone for good.");
    assert!(screen.store().bin(10).expect("the bin").is_empty());
    screen.keys("<esc>u").keys("u").sees_no("Saying no");
    assert!(screen.store().bin(10).expect("the bin").is_empty());
}

#[test]
fn its_keys_are_in_its_help_and_run_from_there() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(DELETED).keys("?bring<enter>");
    assert!(screen.store().bin(10).expect("the bin").is_empty(), "the help runs the line");
}

#[test]
fn an_agenda_line_and_a_contact_come_back_too() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>").click("The job spec").keys("d").click("amina@").keys("d");
    screen.keys(":open the bin<enter>").sees("The job spec").sees("amina@example.org");
    screen.keys("<enter><enter><esc>").sees("The job spec").sees("amina@example.org");
}

#[test]
fn after_thirty_days_it_goes_by_itself() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(DELETED).keys("<esc>").tick(1000);
    screen.world.now += chrono::TimeDelta::days(29);
    screen.tick(1000);
    assert_eq!(screen.store().bin(10).expect("the bin").len(), 1);
    screen.world.now += chrono::TimeDelta::days(2);
    screen.tick(1000);
    assert!(screen.store().bin(10).expect("the bin").is_empty());
}

#[test]
fn the_bin_at_every_size() {
    insta::assert_snapshot!(shown(&[
        ("bin", ":open the bin<enter>"),
        ("one thing", "@3<down>d:open the bin<enter>")
    ]));
}
