//! Ruth, a volunteer: 80x24, no colour, and nothing but what stands on the screen.

use confidant::domain::Layer;
use confidant::tui::theme::Look;

use super::{begin, on, written};
use crate::screens::Screen;

const SIZE: (u16, u16) = (80, 24);

/// The first outing, logged by the footer alone: Enter, Tab and Ctrl-S stand there.
fn logged() -> Screen {
    let mut screen = begin("2026-11-02T10:00:00+00:00", SIZE, &Look::new(false, false));
    screen.sees("You never need to remember a").sees("Enter go on").keys("<enter>");
    screen.keys("Ruth<enter>Jade Miller<enter><enter>").sees("Space ticks it");
    screen.sees("Ctrl-S finish").keys("<ctrl-s>").sees("n plans or logs one").keys("n");
    screen.sees("Session  held or planned").keys("<enter>").sees("Tab next");
    screen.keys("<tab>Walk by the river<tab>We fed the ducks. Exam on Thursday.<tab>");
    screen.keys("bus timetable by fri<enter>them: library form by 9 nov");
    screen.sees("you by Fri 6 Nov · Jade Miller by Mon 9 Nov");
    screen
        .keys("<tab><tab>1h30<tab><right><tab>River park<ctrl-s>")
        .sees("Logged for Mon 2 Nov 2026");
    screen.sees("held · 1 h 30 · in person · River park").sees("Promised · 2 open");
    screen.sees("Esc back to the list");
    screen
}

#[test]
fn the_first_outing_takes_few_keys_and_little_is_typed() {
    let screen = logged();
    assert_eq!(screen.text(Layer::Notes), "We fed the ducks. Exam on Thursday.");
    let promised = screen.store().open_commitments(screen.with()).expect("commitments");
    assert_eq!(promised.len(), 2);
}

#[test]
fn every_week_she_reads_what_matters_ticks_and_looks_up_a_number() {
    let mut screen = logged();
    screen.keys("0nway<enter>555 0134<tab>mother<tab>not after 20:00<ctrl-s>");
    screen.sees("555 0134 · mother · not after 20:00");
    screen.keys("nworth<enter>Does not like crowds<ctrl-s>nworth<enter>Exam<tab>5 nov<ctrl-s>");
    let mut screen = on(screen, "2026-11-04T10:00:00+00:00", SIZE);
    screen.sees("bus timetable").sees("Exam").keys(" ").sees("Kept: bus timetable.");
    screen.keys("gjade<enter>").sees("Does not like crowds").sees("Exam").sees("555 0134");
    screen.keys("2").sees("555 0134 · mother · not after 20:00");
}

#[test]
fn a_concern_is_written_down_in_private_with_the_contact_on_the_screen() {
    let mut screen = logged();
    screen.keys("0e<shift-tab><shift-tab>Mrs. Vale, 555 0199<ctrl-s>").sees("Mrs. Vale, 555 0199");
    screen.keys("b<esc>mtemplate<enter>concern<enter>").sees("Writing PRIVATE");
    screen.sees("Safeguarding: Mrs. Vale, 555 0199");
    screen.sees("Whom I told, and when").keys("<esc>0x<ctrl-s>");
    assert!(!written(&screen).1.contains("Whom I told"));
}

#[test]
fn the_hours_of_the_month_come_from_the_menu_with_nothing_private() {
    let mut screen = on(logged(), "2026-11-30T10:00:00+00:00", SIZE);
    screen.keys("gjade<enter>").sees("m more").keys("m").sees("write a report: hours, or progress");
    screen.keys("<enter>").sees("hours, for a programme").sees("Sun 1 Nov 2026");
    screen.sees("Mon 30 Nov 2026").sees("hours-jade-miller-2026-11.html").keys("<ctrl-s>");
    screen.sees("Written to hours-jade-miller-2026-11.html");
    let (_, page) = written(&screen);
    assert!(page.contains("2026-11-02") && page.contains("90"), "{page}");
    assert!(!page.contains("ducks") && !page.contains("river"), "{page}");
}

#[test]
fn a_goal_in_three_steps_and_a_slip_that_was_mended() {
    let mut screen = logged();
    screen.keys("5").sees("n").keys("nProvisional licence by 30 jan<tab><right><ctrl-s>");
    screen
        .keys("<enter>nOrder the form<ctrl-s>nPhoto<ctrl-s>nSend it<ctrl-s>")
        .sees("0 of 3 steps");
    screen.keys("<up><up> ").sees("Milestone done: Order the form.").sees("1 of 3 steps");
    screen.keys("<esc>4<down><down><down> ").sees("Admit when you're wrong");
    screen.keys("mrepair<enter>Forgot to call on Tuesday<ctrl-s>").sees("for you alone");
}

#[test]
fn the_match_is_renewed_or_ends_and_its_notes_go_when_the_charity_asks() {
    let mut screen = logged();
    screen.keys("2mour words<enter>community<enter>").sees("Guardian").keys("mrenew<enter>");
    screen.sees("It ends").keys("<ctrl-s>");
    screen.keys("mend it<enter>").sees("You owe no reason").sees("the template for closing");
    screen.keys("b<esc>mtemplate<enter>closing<enter>").sees("What each of us learned");
    screen.keys("<esc>0e<shift-tab>in 12 months<ctrl-s>").sees("Kept the details");
    // In a year it is brought up, and she alone erases.
    let mut screen = on(screen, "2027-11-02T10:00:00+00:00", SIZE);
    screen.sees("Jade").keys("gjade<enter>merase<enter>").sees("Jade Miller");
    screen.keys("Jade Miller<ctrl-s>").sees("Erased: ");
    assert!(screen.store().people().expect("people").is_empty());
}

#[test]
fn a_stick_is_offered_by_name_from_the_menu() {
    let mut screen = logged();
    let stick = tempfile::tempdir().expect("a folder");
    screen.world.sticks = vec![("RUTHS STICK".to_owned(), stick.path().to_owned())];
    screen.keys("mbackups<enter>").sees("x to a stick").keys("x").sees("RUTHS STICK");
    screen.keys("<enter>");
    assert_eq!(std::fs::read_dir(stick.path()).expect("the stick").count(), 1);
}
