//! Search over everything, as one types.

use confidant::domain::SessionState;
use ratatui::style::Modifier;

use super::{Screen, journals, session, shown};
use crate::journal::Journal;

#[test]
fn hits_come_while_typing_with_what_was_found_marked() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("/").sees("Search everyone").keys("smal").sees("found");
    screen.sees("notes").sees("agenda").sees("reflection");
    let cell = screen.cell("small \"no\"");
    assert!(cell.modifier.contains(Modifier::UNDERLINED) || cell.modifier.contains(Modifier::BOLD));
    // What is private carries the mark in the margin.
    let (_, y) = screen.find("reflection");
    let line = screen.screen().lines().nth(usize::from(y)).unwrap_or_default().to_owned();
    assert!(line.contains('∙'), "{line}");
    let (_, y) = screen.find("notes  ");
    let line = screen.screen().lines().nth(usize::from(y)).unwrap_or_default().to_owned();
    assert!(!line.contains('∙'), "{line}");
    screen.keys("zzz").sees("nothing found").keys("<esc>").sees("[0 People]");
}

#[test]
fn enter_opens_at_what_was_found() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("/board review went<enter>");
    screen.sees("[3 Sessions]").sees("She opened with the board review");
    let (x, y) = screen.cursor();
    let at = screen.find("board review");
    assert_eq!(y, at.1, "the caret is at the hit");
    assert!(x >= at.0 && x <= at.0 + 14, "{x} beside {at:?}");
    // A line of the agenda leads to the brief, where it stands.
    screen.keys("/job spec<enter>").sees("[0 Brief]").sees("The job spec");
    screen.keys("/visa<enter>").sees("Visa interview").sees("[0 Brief]");
    screen.keys("/watch that<enter>").sees("Watch that.").sees("[3 Sessions]");
}

#[test]
fn tab_limits_to_the_person_in_view() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gtom<enter>/small").sees("Tab: only Tom Baker").sees("found");
    screen.keys("<tab>").sees("Search Tom Baker").sees("nothing found");
    screen.keys("<tab>").sees("Search everyone").sees_no("nothing found");
}

#[test]
fn quotes_want_the_very_words_and_nothing_breaks_the_query() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("/\"small no\"").sees("found").sees_no("nothing found").keys("<esc>");
    for hostile in ["\"", "a AND (", "* ^", "NEAR(", "-no", "col:x", "'; DROP TABLE session; --"] {
        screen.keys("/").paste(hostile).sees("Search everyone").keys("<esc>");
    }
    screen.keys("/").paste("日本語").keys("<esc>");
}

#[test]
fn a_long_answer_is_capped_and_can_be_walked() {
    let mut screen = Screen::of(journals::full());
    screen.keys("/number").sees("200+ found");
    for _ in 0..8 {
        screen.keys("<pgdn>");
    }
    screen.keys("<enter>").sees("[3 Sessions]");
}

#[test]
fn a_second_click_on_a_hit_opens_it_and_one_beside_closes() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("/promotion");
    let (x, y) = screen.find("The promotion");
    let down = crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left);
    screen.mouse(down, x, y).sees("who decides");
    screen.mouse(down, x, y).sees("[3 Sessions]");
    screen.keys("/x").mouse(down, 0, 20).sees_no("Search everyone");
}

#[test]
fn search_at_every_size() {
    insta::assert_snapshot!(shown(&[("search", "/no")]));
}

#[test]
fn what_was_searched_for_stands_in_every_row_and_a_name_is_whole_where_there_is_room() {
    let mut journal = Journal::new();
    let with = journal.mentee("Dr. Chidinma Okonkwo");
    let notes = "We went through the whole budget, and I was too transparent about it.";
    session(&mut journal, with, "2026-11-12", SessionState::Held, notes);
    let wide = "私たちは予算全体について長い時間をかけて一緒に検討し、最後に昇進の話をした。";
    session(&mut journal, with, "2026-11-05", SessionState::Held, wide);
    let mut screen = Screen::of(journal);
    screen.keys("/transparent").sees("Dr. Chidinma Okonkwo").sees("too transparent a");
    screen.resize((60, 20)).sees("…transparent");
    screen.keys("<ctrl-u>昇進").sees("昇進");
    screen.resize((80, 24)).sees("最後に昇進");
}
