//! Tomas, a doctoral student with two mentors: goals with days, and notes that must not slip out.

use confidant::tui::theme::Look;

use super::{begin, on, written};
use crate::screens::Screen;

const SIZE: (u16, u16) = (100, 30);

fn monday() -> Screen {
    let mut screen = begin("2026-11-02T08:30:00+00:00", SIZE, &Look::new(true, false));
    screen.keys("<enter>Tomas<tab>Prof. Brandt<tab><right><ctrl-s>").sees("you are the mentee");
    screen.keys("gnew<enter>Dr. Osei<tab><right><ctrl-s>").sees("Added Dr. Osei.");
    screen.keys("gbrandt<enter>");
    screen
}

/// The weekly session with the supervisor, prepared and held.
fn held() -> Screen {
    let mut screen = monday();
    screen.keys("aProgress: the second run<ctrl-s>aDecision: which corpus<ctrl-s>");
    screen.keys("pwed 10:00<ctrl-s>").sees("Planned for Wed 4 Nov 2026 at 10:00");
    let mut screen = on(screen, "2026-11-04T11:10:00+00:00", SIZE);
    screen.sees("Did it happen?").sees("today 10:00").click("today 10:00").keys("<enter>");
    screen.sees("[3 Sessions]").keys("<esc> ").sees("held").keys("e");
    screen.keys("Third corpus goes. He laughed at the draft.<tab>I felt small.<esc>");
    screen.keys("6nthem: comments on the draft by 12 nov<ctrl-s>nrerun it by 11 nov<ctrl-s>");
    screen
}

#[test]
fn the_agenda_goes_out_the_day_before() {
    let mut screen = monday();
    screen
        .keys("aProgress: the second run<ctrl-s>aDecision: which corpus<ctrl-s>pwed 10:00<ctrl-s>");
    screen.keys("3x").sees("agenda, for the other").keys("<ctrl-s>");
    let (path, text) = written(&screen);
    assert_eq!(path, "agenda-2026-11-04.md");
    assert_eq!(
        text,
        "# Agenda of 2026-11-04 10:00\n\n- Progress: the second run\n- Decision: which corpus\n"
    );
}

#[test]
fn decisions_go_to_the_supervisor_and_how_it_felt_stays() {
    let mut screen = held();
    screen.keys("3msummary<enter>We drop the third corpus.<esc>x").sees("summary, for the other");
    screen.keys("<ctrl-s>").sees("only what the other may see");
    let (_, text) = written(&screen);
    assert!(text.contains("We drop the third corpus."), "{text}");
    for private in ["laughed", "small"] {
        assert!(!text.contains(private), "{private} slipped out: {text}");
    }
    // The whole export keeps the reflection back as well, and says so.
    screen.keys("0x<ctrl-s>").sees("Written to prof--brandt.md");
    let (_, text) = written(&screen);
    assert!(text.contains("laughed") && !text.contains("I felt small"), "{text}");
}

#[test]
fn goals_have_steps_and_are_shared_with_one_mentor_and_not_the_other() {
    let mut screen = monday();
    screen.keys("5nChapter 2 by 18 dec<ctrl-s>").sees("Added, by Fri 18 Dec 2026");
    screen.keys("<enter>nOutline by 9 nov<ctrl-s>nDraft by 4 dec<ctrl-s>").sees("0 of 2 steps");
    screen.keys("<up> ").sees("Milestone done: Outline.").sees("1 of 2 steps");
    screen.keys("<esc>gosei<enter>").sees_no("Chapter 2");
    screen.keys("nA postdoc by 30 jun 2027<ctrl-s>").sees("Shared with Dr. Osei");
    screen.keys("gbrandt<enter>").sees("Chapter 2").sees_no("postdoc");
    // What was said of a goal stands with it.
    screen
        .keys("bThe outline holds.<ctrl-o>chapter<enter><esc>5<enter>")
        .sees("The outline holds.");
    screen.keys("geveryone<enter>").sees("Chapter 2").sees("A postdoc");
}

#[test]
fn what_the_supervisor_owes_is_reminded_of_with_the_words_at_hand() {
    let mut screen = on(held(), "2026-11-13T08:00:00+00:00", SIZE);
    screen.sees("You wait for").sees("comments on the draft").sees("1 d late");
    screen.click("comments on the draft").keys("y").sees("Copied a reminder to send.");
    let copied = screen.world.copied.last().expect("copied");
    assert!(copied.contains("comments on the draft") && copied.contains("12 Nov"), "{copied}");
}

#[test]
fn advice_of_two_mentors_is_weighed_in_private() {
    let mut screen = on(held(), "2026-11-13T08:00:00+00:00", SIZE);
    screen.keys("gosei<enter>b<esc>");
    screen.keys("mtemplate<enter>advice<enter>").sees("Writing PRIVATE").sees("Who said what");
    screen.keys("<esc>mtemplate<enter>full circle<enter>").sees("Writing PRIVATE");
    screen.sees("What do I take from it?");
}

#[test]
fn a_compact_signed_on_paper_is_compared_a_year_later() {
    let mut screen = monday();
    screen.keys("2mour words<enter>doctoral<enter>").sees("Authorship").sees("Drafts");
    screen.keys("msign<enter><tab><tab><tab><right><ctrl-s>").sees("Signed: Tomas.");
    screen.keys("msign<enter><right><tab><tab><tab><right><ctrl-s>").sees("Signed: Prof. Brandt.");
    screen.sees("Version 1, agreed Mon 2 Nov");
    let mut screen = on(screen, "2027-11-02T09:00:00+00:00", SIZE);
    screen.keys("gbrandt<enter>2e<tab>1w<ctrl-s>v").sees("Version 1, agreed").sees("Version 2");
}

#[test]
fn a_report_for_the_committee_holds_no_word_of_a_session() {
    let mut screen = on(held(), "2026-11-30T09:00:00+00:00", SIZE);
    screen
        .keys("gbrandt<enter>mreport<enter><right>")
        .sees("Sun 30 Aug 2026")
        .sees("progress-prof");
    screen.sees("in your words").keys("<ctrl-s>").sees("no notes are in it");
    let (path, page) = written(&screen);
    assert_eq!(path, "progress-prof--brandt-2026-08.html");
    assert!(page.contains("Progress with Prof. Brandt") && page.contains("2026-11-04"), "{page}");
    for private in ["laughed", "small", "corpus"] {
        assert!(!page.contains(private), "{private} slipped out");
    }
}
