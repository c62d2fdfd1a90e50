//! The first start: three answers, and nothing on disk before the last.

use std::fmt::Write as _;

use confidant::domain::{Layer, Role, SessionState};

use super::{SIZES, Screen};

#[test]
fn from_the_first_key_to_a_saved_session() {
    let mut screen = Screen::first();
    screen.sees("Welcome.").sees("nothing written to disk yet");
    screen.keys("Asha<tab>Amina K.<tab>");
    assert!(!screen.path().exists(), "nothing is on disk before the end");
    screen.keys("<ctrl-s>");
    assert!(screen.header().contains("Amina K."), "the brief of the first person is shown");
    screen.keys("bShe opened with the board review.<esc>");
    assert_eq!(screen.store().owner().expect("owner").value.name, "Asha");
    let sessions = screen.sessions();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].session.value.state, SessionState::Held);
    assert_eq!(screen.text(Layer::Notes), "She opened with the board review.");
    screen.sees("She opened with the board review.").sees("saved 12:00");
    let mut again = screen.restart();
    again.sees("Amina K.").sees("Sun 22 Nov").sees_no("Recovered");
}

#[test]
fn the_role_is_what_was_chosen() {
    let mut screen = Screen::first();
    screen.keys("Tomas<tab>Dr. Osei<tab><right><ctrl-s>");
    assert_eq!(screen.store().people().expect("people")[0].role, Role::Mentee);
}

#[test]
fn the_first_person_can_wait() {
    let mut screen = Screen::first();
    screen.keys("Ruth<ctrl-s>");
    assert!(screen.store().people().expect("people").is_empty());
    screen.sees("stand here").keys("nAmina<ctrl-s>");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn leaving_writes_nothing_and_never_throws_answers_away() {
    let mut screen = Screen::first();
    screen.keys("<esc>");
    assert!(screen.app.is_done(), "Esc leaves while nothing was typed");

    let mut screen = Screen::first();
    screen.keys("Asha<esc>");
    assert!(!screen.app.is_done());
    screen.sees("Nothing is on disk yet.").sees("Asha");
    screen.keys("<ctrl-c>");
    assert!(!screen.app.is_done());
    screen.keys("<ctrl-c>");
    assert!(screen.app.is_done());
    assert!(!screen.path().exists());
}

#[test]
fn a_name_is_needed_and_said_so() {
    let mut screen = Screen::first();
    screen.keys("<tab>Amina<ctrl-s>").sees("This is needed.");
    assert!(!screen.path().exists());
    screen.paste("Asha\n").keys("<ctrl-s>");
    assert_eq!(screen.store().owner().expect("owner").value.name, "Asha");
}

#[test]
fn a_place_that_cannot_be_written_keeps_the_answers() {
    let mut screen = Screen::first();
    let folder = screen.path().parent().expect("a folder").to_owned();
    std::fs::write(&folder, "in the way").expect("written");
    screen.keys("Asha<tab>Amina<ctrl-s>").sees("Asha").sees("Amina");
    assert!(!screen.app.is_done());
    std::fs::remove_file(&folder).expect("removed");
    screen.keys("<ctrl-s>");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn help_is_there_from_the_first_screen() {
    let mut screen = Screen::first();
    screen.sees("F1 help").keys("Asha<f1>").sees("go to the next field").keys("<esc>");
    screen.sees("Asha").sees_no("go to the next field");
    screen.click("F1 help").sees("go to the next field");
}

#[test]
fn the_first_start_at_every_size() {
    let mut all = String::new();
    for size in SIZES {
        let shown = Screen::first().resize(size).keys("Asha<tab>").screen();
        writeln!(all, "── {}x{}\n{shown}", size.0, size.1).expect("written");
    }
    insta::assert_snapshot!(all);
}
