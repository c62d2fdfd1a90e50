//! Help, palette and menu say what can be done, and do it.

use confidant::domain::SessionState;

use super::{Screen, journals, shown};

#[test]
fn what_is_looked_for_by_another_word_is_found() {
    let mut screen = Screen::of(super::with_amina());
    screen.keys("<enter>6");
    for (typed, found) in [
        ("mremind", "a reminder to send them"),
        ("mnudge", "a reminder to send them"),
        ("mquit", "leave; everything is saved"),
        (":quit", "leave; everything is saved"),
    ] {
        screen.keys(typed).sees(found).keys("<esc>");
    }
    screen.keys("3b<esc>");
    for word in ["concern", "closing", "gibbs", "sbi"] {
        screen.keys(&format!("m{word}")).sees("begin the notes from a template").keys("<esc>");
        screen.keys(&format!(":{word}")).sees("begin the notes from a template").keys("<esc>");
    }
    screen.keys("mtemplate<enter>gibbs").sees("Private reflection, full circle").keys("<esc>");
    screen.keys("mtemplate<enter>sbi").sees("Feedback");
}

#[test]
fn help_says_the_keys_of_this_place_first_and_runs_a_line() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>3?").sees("write this session's notes").keys("mark the<enter>");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Held);
    screen.keys("?zzzz").sees("Nothing is called that.").keys("<esc>").sees("[3 Sessions]");
}

#[test]
fn the_palette_finds_by_other_words_and_the_menu_has_the_rarer_ones() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys(":mentee<enter>")
        .sees("Somebody new")
        .keys("<esc><ctrl-p>trash restore")
        .sees("open the bin");
    screen.keys("<enter>").sees("The bin is empty.").keys("<esc>");
    screen.keys("gami<enter>3m").sees("begin the notes from a template").keys("<enter>");
    screen.sees("What became of it?").keys("<esc>");
}

#[test]
fn a_line_of_another_pane_says_that_it_needs_that_pane() {
    let mut screen = Screen::of(journals::ordinary());
    let before = screen.screen();
    screen.keys(":begin the notes<enter>");
    assert_ne!(screen.screen(), before, "a command that is offered does something or says why not");
}

#[test]
fn f1_helps_while_writing_and_in_a_form() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gtom<enter>bWords<f1>").sees("stop writing; the text is kept").keys("<esc>X");
    screen.sees("WordsX").keys("<f1>stop wri<enter>").sees_no("Writing notes");
    screen
        .keys("n<tab>Name<f1>")
        .sees("finish this form")
        .keys("finish this<enter>")
        .sees("Logged for");
}

#[test]
fn from_search_help_runs_the_search_and_not_what_is_beneath() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("/promotion<f1>open what<enter>").sees("[3 Sessions]").sees("who decides");
}

#[test]
fn help_at_every_size() {
    insta::assert_snapshot!(shown(&[("help", "?"), ("commands", ":ses"), ("more", "@3m")]));
}
