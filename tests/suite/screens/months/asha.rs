//! Asha mentors six and has a mentor: a large terminal, and ten minutes between meetings.

use confidant::domain::{Layer, SessionState};
use confidant::tui::theme::Look;

use super::{begin, on};
use crate::screens::Screen;

const SIZE: (u16, u16) = (120, 40);

/// The first Monday: two people, a rhythm each, and a session each that was held long ago.
fn monday() -> Screen {
    let mut screen = begin("2026-11-02T08:30:00+00:00", SIZE, &Look::new(true, false));
    screen.keys("<enter>Asha<tab>Lena Roth<ctrl-s>").sees("Lena Roth · you are the mentor");
    screen.keys("e<tab><tab><tab><tab>2w<ctrl-s>").sees("every 2 weeks");
    screen.keys("3n21 sep<tab>Promotion<tab>Evidence before adjectives in the promotion packet.");
    screen
        .keys("<tab>introduce her to Ravi by 4 nov<enter>them: draft of the packet by fri<ctrl-s>");
    screen.sees("Logged for Mon 21 Sep");
    screen.keys("gnew<enter>Priya Nair<ctrl-s>").sees("Added Priya Nair.");
    screen
}

#[test]
fn she_sees_who_was_not_met_and_what_she_promised_and_plans_in_place() {
    let mut screen = on(monday(), "2026-11-02T09:00:00+00:00", SIZE);
    screen.sees("[1 Today]").sees("You promised").sees("introduce her to Ravi").sees("Wed 4 Nov");
    screen.sees("You wait for").sees("not met for 42 days").click("not met for");
    screen
        .keys("s")
        .sees("The next session with Lena Roth")
        .keys("<ctrl-s>")
        .sees("This is needed");
    screen.keys("tomorrow 15:00<ctrl-s>").sees("Planned for Tue 3 Nov 2026 at 15:00");
    screen.sees("[1 Today]").sees("Next sessions").sees("tomorrow 15:00").sees_no("not met for");
    // Sorted by the next meeting.
    screen.keys("0").sees("[0 People]");
    assert!(screen.find("Lena Roth").1 < screen.find("Priya Nair").1);
}

#[test]
fn before_in_and_after_a_meeting() {
    let mut screen = on(monday(), "2026-11-02T09:00:00+00:00", SIZE);
    // Before: the brief, and two lines for the agenda.
    screen.keys("glena<enter>").sees("Promotion").sees("introduce her to R");
    screen.keys("aAsk for the draft<ctrl-s>athem: how the review went<ctrl-s>");
    screen.sees("[ ] Ask for the draft").sees("[ ] Lena: how the review went");
    // In it: begun with the agenda filled in, key words typed, lines ticked one after the other.
    screen.keys("b").sees("Writing notes").sees("[ ] Ask for the draft");
    screen.keys("Evidence list next.<enter>me: read her draft by fri<ctrl-t><esc>");
    screen.sees("Promised: you · by Fri 6 Nov 2026").keys("<esc><shift-tab>  ");
    screen.sees("[x] Ask for the draft").sees("[x] Lena: how the review went");
    // After: only lines she chooses go into what Lena gets.
    screen.keys("mlines<enter><enter>").sees("In the summary: Evidence list next.");
    screen.keys("<esc>y").sees("Copied the summary as Markdown");
    let copied = screen.world.copied.last().expect("copied").clone();
    assert!(copied.contains("Evidence list next.") && copied.contains("- Asha: read her draft"));
    assert_eq!(screen.text(Layer::Summary), "Evidence list next.");
    // The next one by the rhythm, from where she is.
    screen.keys("p").sees("Planned for Mon 16 Nov 2026").sees("every 2 weeks");
}

#[test]
fn between_meetings_she_remembers_captures_and_clears() {
    let mut screen = on(monday(), "2026-11-03T09:00:00+00:00", SIZE);
    screen.keys("gpriya<enter>:remember<enter>worth<enter>Visa interview<tab>14 nov<ctrl-s>");
    screen.sees("Visa interview · Sat 14 Nov");
    screen.keys("aAsk how it went<ctrl-s>").sees("On the next agenda.");
    screen.keys("geveryone<enter>1").sees("▸   Lena Roth");
    screen.keys("sfri<tab><right><right><ctrl-s>").sees("Now by Fri 6 Nov").sees("both agreed");
    screen.keys(" ").sees("Kept: introduce her to Ravi.");
    // The day itself is brought up in its time.
    let mut screen = on(screen, "2026-11-13T09:00:00+00:00", SIZE);
    screen.sees("Worth remembering").sees("Visa interview").sees("▸ ! Lena Roth");
    // What the other is late with is reminded of from here.
    screen.keys("y").sees("Copied a reminder to send.");
    assert!(screen.world.copied.last().is_some_and(|text| text.contains("draft of the packet")));
}

#[test]
fn what_was_kept_in_time_and_ticked_later_was_kept_in_time() {
    let mut screen = on(monday(), "2026-11-06T09:00:00+00:00", SIZE);
    screen.keys(" ").sees("Kept late: introduce her to Ravi.").keys("glena<enter>6");
    screen.click("introduce her to Ravi").keys("e").sees("Kept on").sees("Fri 6 Nov 2026, today");
    screen
        .keys("<shift-tab><ctrl-w><ctrl-w><ctrl-w>wed<ctrl-s>")
        .sees("Wed 4 Nov")
        .sees_no("kept late");
    screen.keys("u").sees("kept late");
}

#[test]
fn an_agreement_from_a_template_is_changed_compared_and_signed() {
    let mut screen = on(monday(), "2026-11-04T09:00:00+00:00", SIZE);
    screen.keys("gnew<enter>Nadia<ctrl-s>2mour words<enter>work<enter>").sees("clauses begun");
    screen.sees("The manager").sees("Still to fill in");
    screen.keys("mpropose<enter>").sees("___ still stands in Purpose");
    // Two clauses come back changed: the next version, beside the one before.
    screen.keys("e<tab>2w<ctrl-s>v").sees("Version 1, proposed").sees("Version 2, a draft");
    screen.keys("<esc>msign<enter><ctrl-s>").sees("Signed: Asha.");
    screen.keys("msign<enter><ctrl-s>").sees("Signed: Nadia.");
}

#[test]
fn at_the_end_of_the_month_she_checks_herself_searches_hides_and_backs_up() {
    let mut screen = on(monday(), "2026-11-30T17:00:00+00:00", SIZE);
    screen.keys("glena<enter>4  ").sees("[◐] Value long").keys("<down><down><down><down>");
    screen.keys("mfocus<enter>listen before advising<ctrl-s>");
    screen.sees("In focus").sees("listen before advising");
    screen.keys("0").sees("In focus").sees("Communicate effectively: listen before");
    screen.keys("geveryone<enter>/promotion packet").sees("1 found").sees("Lena Roth");
    screen.keys("<esc><ctrl-g>").sees_no("Lena").sees("Hidden.").keys("<ctrl-g>").sees("Lena");
    screen.keys(":backups<enter>").sees("Backups").keys("n<esc>");
    // One that closes: a note by the template, what is kept of it, and until when.
    screen.keys("glena<enter>2mend it<enter>").sees("You owe no reason");
    screen.keys("b<esc>mtemplate<enter>closing<enter>").sees("What each of us learned");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Held);
    screen.keys("<esc>2mclose it<enter>").sees("Closed.");
    screen.sees("Nothing was settled in writing.").sees_no("begins it").keys("0").sees_no("End ");
    screen.keys("x<ctrl-s>").sees("Written to lena-roth.md");
}
