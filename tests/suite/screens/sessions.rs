//! The sessions: planning and logging with one form, what became of them, and the list itself.

use confidant::domain::{Layer, Party, Remembering, Session, SessionState, When};
use crossterm::event::MouseEventKind;

use super::{Screen, journals, moment, session, shown, when, with_amina};
use crate::journal::Journal;

const AMINA: &str = "gami<enter>3";

#[test]
fn a_day_to_come_plans_and_any_other_logs() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<end>");
    for _ in 0..5 {
        screen.keys("<backspace>");
    }
    screen
        .keys("thu 15:00")
        .sees("plans a session")
        .keys("<ctrl-s>")
        .sees("Planned for Thu 26 Nov");
    let planned = screen.sessions().remove(0).session.value;
    assert_eq!((planned.state, planned.when), (SessionState::Planned, when("2026-11-26T15:00")));

    screen.keys("<esc>n<ctrl-w>12 nov").sees("logs what was held");
    screen.keys("<tab>Saying no<tab>A small no.<tab><tab>them: The job spec\nFeedback<ctrl-s>");
    screen.sees("Logged for Thu 12 Nov 2026").sees("A small no.");
    let held = screen.sessions().remove(1);
    assert_eq!(
        (held.session.value.state, held.session.value.when),
        (SessionState::Held, when("2026-11-12"))
    );
    assert_eq!(held.session.value.about, "Saying no");
    let agenda = screen.store().open_agenda(screen.with()).expect("agenda");
    let lines: Vec<_> =
        agenda.iter().map(|item| (item.value.by, item.value.text.as_str())).collect();
    assert_eq!(lines, [(Party::Them, "The job spec"), (Party::Me, "Feedback")]);
}

#[test]
fn the_agenda_goes_out_for_the_other_before_the_session() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-26T15:00", SessionState::Planned, "");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3x<ctrl-s>").sees("Written to session-2026-11-26.md");
    screen.keys("aThe review<ctrl-s>athem: The job spec<ctrl-s>");
    screen.keys("x").sees("agenda, for the other").sees("agenda-2026-11-26.md");
    // What goes out is seen before; of what there is none, what is missing.
    screen.sees("- Amina K.: The job spec").keys("<left>").sees("There is no summary yet.");
    screen.keys("<left>").sees_no("no summary yet").keys("<right><right>").sees("- The review");
    screen.keys("<ctrl-s>");
    screen.sees("only what the other may see");
    let (path, text) = screen.world.written.last().expect("written");
    assert_eq!(path, "agenda-2026-11-26.md");
    assert_eq!(text, "# Agenda of 2026-11-26 15:00\n\n- The review\n- Amina K.: The job spec\n");
    screen.keys("x<left><left>").sees("session-2026-11-26.md").keys("<ctrl-s>");
    let (_, text) = screen.world.written.last().expect("written");
    assert!(text.contains("- The review\n"), "what is open stands on the planned session: {text}");
}

#[test]
fn a_part_without_the_keys_shows_how_it_begins_and_that_there_is_more() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let notes: Vec<String> = (1..=9).map(|line| format!("Said {line}.")).collect();
    session(&mut journal, with, "2026-11-22", SessionState::Held, &notes.join("\n"));
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3e<ctrl-end><tab>");
    for line in 1..=9 {
        screen.keys(&format!("For me {line}.<enter>"));
    }
    // Where rows are left nothing is folded.
    screen.resize((80, 40)).sees("Said 1.").sees("Said 9.");
    screen.resize((60, 20)).sees("Said 1.").sees_no("Said 9.").sees("For me 9.");
    let (_, row) = screen.find("Said 1.");
    let sign = screen.screen().lines().skip(usize::from(row)).position(|line| line.ends_with('↓'));
    assert!(sign.is_some_and(|down| down < 5), "{}", screen.screen());
    screen.keys("<tab>").sees("Said 1.").sees("For me 1.").sees_no("For me 9.");
    // The part with the keys gets its room before the others unfold.
    screen.keys("<esc>");
    for line in 1..=6 {
        screen.keys(&format!("aTalk {line}<enter>"));
    }
    screen.keys("<tab>").resize((60, 20)).click("Talk 1").sees("Talk 6");
}

#[test]
fn what_is_put_down_after_a_session_stands_on_the_next_only() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Said.");
    let then = confidant::domain::Stamp { now: moment("2026-11-12T09:00:00Z"), ..journal.stamp };
    journal.store.add_to_agenda(then, with, Party::Me, "Left open").expect("added");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3<enter>aThe talk<enter>").sees("[ ] Left open").sees_no("[ ] The talk");
    screen.keys("p26 nov<ctrl-s><esc><up><enter>").sees("[ ] Left open").sees("[ ] The talk");
}

#[test]
fn lines_of_the_notes_become_the_summary_and_nothing_else_goes_out() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<tab><tab>She said no.<enter><enter>Her brother is ill.<tab>");
    screen.keys("send her the book by fri<ctrl-s>p10 dec<ctrl-s>");
    screen.keys("3<down>");
    screen.keys("mlines<enter>").sees("Into the summary").sees("Her brother is ill.");
    screen.keys("<enter>").sees("In the summary: She said no.").keys("<esc>");
    screen.sees("Summary for the other").keys("y").sees("Copied the summary as Markdown");
    let copied = screen.world.copied.last().expect("copied");
    let lines: Vec<_> = copied.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "# 2026-11-22",
            "She said no.",
            "## Who does what",
            "- Asha: send her the book, by 2026-11-27",
            "Next time: 2026-12-10",
        ]
    );
}

#[test]
fn nothing_is_copied_where_there_is_nothing() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<ctrl-s>y").sees("There is nothing to copy in the notes yet.");
    assert!(screen.world.copied.is_empty());
}

#[test]
fn ticking_the_agenda_goes_on_to_the_next_open_line() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    for line in ["The review", "The job spec", "The book"] {
        journal.store.add_to_agenda(journal.stamp, with, Party::Me, line).expect("added");
    }
    session(&mut journal, with, "2026-11-22", SessionState::Held, "");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3<tab><shift-tab>  ").sees("[x] The review").sees("[x] The job spec");
    screen.sees("[ ] The book").keys(" ").sees("[x] The book").keys(" ").sees("[ ] The book");
}

/// A planned session whose agenda has these lines, seen on its page.
fn with_agenda(lines: &[&str]) -> Screen {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    for line in lines {
        journal.store.add_to_agenda(journal.stamp, with, Party::Me, line).expect("added");
    }
    session(&mut journal, with, "2026-11-26", SessionState::Planned, "");
    Screen::of(journal)
}

fn order(screen: &mut Screen) -> Vec<String> {
    let with = screen.with();
    let open = screen.store().open_agenda(with).expect("agenda");
    open.into_iter().map(|item| item.value.text).collect()
}

#[test]
fn a_line_of_the_agenda_goes_up_and_down_and_the_selection_with_it() {
    let mut screen = with_agenda(&["Chapter 2", "The deadline", "Money"]);
    screen.keys("<enter>3<tab><shift-tab><end>K").sees("On the agenda it is line 2 of 3 now.");
    assert_eq!(order(&mut screen), ["Chapter 2", "Money", "The deadline"]);
    screen.keys("<alt-up>");
    assert_eq!(order(&mut screen), ["Money", "Chapter 2", "The deadline"]);
    screen.keys("K").sees("This is the first one already.");
    screen.keys("J").keys("<alt-down>J").sees("This is the last one already.");
    assert_eq!(order(&mut screen), ["Chapter 2", "The deadline", "Money"]);
    // Each move is taken back by itself.
    screen.keys("u").sees("Taken back: put the agenda with Amina K. in another order.");
    assert_eq!(order(&mut screen), ["Chapter 2", "Money", "The deadline"]);
    screen.keys("uu");
    assert_eq!(order(&mut screen), ["Chapter 2", "Money", "The deadline"]);
    screen.keys("u");
    assert_eq!(order(&mut screen), ["Chapter 2", "The deadline", "Money"]);
    screen.keys("UU");
    assert_eq!(order(&mut screen), ["Money", "Chapter 2", "The deadline"]);
    // What comes later goes last; in words the menu has it, too.
    screen.keys("aA new line<ctrl-s>").keys("<home>mline down<enter>");
    assert_eq!(order(&mut screen), ["Chapter 2", "Money", "The deadline", "A new line"]);
}

#[test]
fn the_order_of_the_agenda_is_the_same_wherever_it_is_told() {
    let mut screen = with_agenda(&["Chapter 2", "The deadline", "Money"]);
    screen.keys("<enter>3<tab><shift-tab><end>KK").keys("y");
    let copied = screen.world.copied.clone();
    let of = |text: &str| {
        let lines = ["Money", "Chapter 2", "The deadline"].map(|line| text.find(line));
        assert!(lines.is_sorted() && lines[0].is_some(), "{text}");
    };
    of(copied.last().expect("copied"));
    of(&screen.keys("0").screen());
    of(&screen.resize((120, 40)).keys("1").screen());
    // What was talked about is told in it, and what is left carries over in it.
    screen.keys("3<home> ").sees("[x] Money");
    screen.keys("J").sees("On the agenda it is line 2 of 2 now.");
    screen.keys("<end>K").sees("Select a line of the agenda that is open to move it.");
    assert_eq!(order(&mut screen), ["The deadline", "Chapter 2"]);
}

/// The line worth remembering that was set down last.
fn remembered(screen: &Screen) -> Remembering {
    let with = screen.store().people().expect("people")[0].relationship;
    let details = screen.store().details(with).expect("details");
    details.remembering.last().expect("a line").value.clone()
}

#[test]
fn what_was_weighed_is_asked_about_again_on_a_day_and_leads_back() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let session = session(&mut journal, with, "2026-11-12", SessionState::Held, "Two advised.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3mtemplate<enter>advice<enter>");
    screen.sees("Writing PRIVATE · Esc m: ask again");
    screen.keys("<ctrl-end>\nI take the smaller grant, zqweighed.<esc>");
    screen.keys("mask me about<enter>").sees("Ask me about this again: Amina K.");
    screen.sees("in 4 weeks").sees("Sun 20 Dec 2026").keys("<ctrl-s>");
    screen.sees("Kept; Today asks on Sun 20 Dec.");
    let line = remembered(&screen);
    assert_eq!((line.session, line.layer), (Some(session), Some(Layer::Reflection)));
    assert_eq!(line.text, "I take the smaller grant, zqweighed.");
    assert_eq!(line.on, Some("2026-12-20".parse().expect("a day")));

    // On its day Today has it, for the writer alone, and Enter leads to where it was written.
    screen.world.now = moment("2026-12-20T12:00:00+00:00");
    screen.tick(1_000).keys("1").sees("zqweighed").sees("▸ ∙");
    screen.resize((120, 40)).sees("Written in the private reflection of Thu 12");
    screen.keys("<enter>").sees("[3 Sessions]").sees("▸∙ Private reflection");
    // From the brief, too; there `s` gives it another day, and it still leads back.
    screen.keys("0").click("zqweighed").keys("s").sees("Worth remembering about Amina K.");
    screen.keys("<tab><ctrl-u>+3d<ctrl-s>").keys("<enter>").sees("▸∙ Private reflection");
    assert_eq!(remembered(&screen).on, Some("2026-12-23".parse().expect("a day")));
    assert_eq!(remembered(&screen).session, Some(session));

    // While its session is in the bin the line stays, and says why it leads nowhere.
    screen.keys("<esc>d0").click("zqweighed").keys("<enter>");
    screen.sees("Its session is in the bin. Bring that back first.");
    screen.keys("uu30").click("zqweighed").keys("<enter>").sees("▸∙ Private reflection");
}

#[test]
fn a_line_is_asked_about_while_it_is_written_and_an_empty_one_is_not() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>bShe will ask her head of department.<ctrl-p>ask me about<enter>");
    screen.sees("Ask me about this again: Amina K.").keys("<ctrl-u>in 6 weeks<ctrl-s>");
    let line = remembered(&screen);
    assert_eq!(
        (line.text.as_str(), line.layer),
        ("She will ask her head of department.", Some(Layer::Notes))
    );
    assert_eq!(line.on, Some("2027-01-03".parse().expect("a day")));
    screen.keys("<tab><ctrl-p>ask me about<enter>");
    screen.sees("Put the caret on the line to ask about, or select words.");
    screen.keys("<esc><esc>mask me about<enter>");
    screen.sees("Go to a line of the notes or the reflection first.");
    // It is taken back like any other line worth remembering.
    screen.keys("uu").sees("Taken back: wrote the notes");
    screen
        .keys("u")
        .sees("u again takes back: added a line worth remembering about Amina K.")
        .keys("u");
    assert_eq!(screen.store().details(screen.with()).expect("details").remembering.len(), 0);
}

#[test]
fn a_session_with_two_lines_for_next_time_takes_few_keys() {
    let mut screen = Screen::of(with_amina());
    let (keys, words) = (
        ["<enter>", "3", "n", "<tab>", "<tab>", "<tab>", "<tab>", "<enter>", "<ctrl-s>"],
        ["She tried the small no. It held.", "them: send the job spec", "the charter book"],
    );
    let script =
        format!("<enter>3n<tab><tab>{}<tab><tab>{}<enter>{}<ctrl-s>", words[0], words[1], words[2]);
    screen.keys(&script).sees("Logged for");
    assert_eq!(screen.text(Layer::Notes), words[0]);
    assert_eq!(screen.store().open_agenda(screen.with()).expect("agenda").len(), 2);
    let typed: usize = words.iter().map(|words| words.len()).sum();
    // At an unhurried four keys a second this is half a minute; the bar is one.
    assert!(keys.len() + typed < 120, "{} keys", keys.len() + typed);
}

#[test]
fn a_session_with_two_commitments_is_one_form_and_one_change() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<tab><tab>The small no held.<tab>send her the book by fri");
    screen.sees("you by Fri 27 Nov");
    screen
        .keys("<enter>them: the job spec by 3 dec")
        .sees("you by Fri 27 Nov · Amina K. by Thu 3 Dec");
    screen.keys("<ctrl-s>").sees("Logged for Sun 22 Nov 2026, today").sees("Promised · 2 open");
    let session = screen.sessions().remove(0).session;
    let promised = screen.store().commitments_of(session.id).expect("commitments");
    let said: Vec<_> = promised.iter().map(|one| (one.value.owner, &*one.value.text)).collect();
    assert_eq!(said, [(Party::Me, "send her the book"), (Party::Them, "the job spec")]);
    screen.keys("u").sees("Taken back");
    assert!(screen.sessions().is_empty());
    assert!(screen.store().open_commitments(screen.with()).expect("commitments").is_empty());
}

#[test]
fn a_promise_without_words_is_refused_in_its_field() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<tab><tab><tab>them:<ctrl-s>").sees("Write what is to be done.");
    screen.sees("A session with Amina K.");
    screen.keys(" the spec<ctrl-s>").sees("Logged for");
}

#[test]
fn a_promise_of_a_session_of_long_ago_has_the_day_that_went_by() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n5 oct<tab><tab><tab>amina: the spec by 30 oct");
    screen.sees("Amina K. by Fri 30 Oct").keys("<ctrl-s>").sees("Logged for");
    let store = screen.store();
    let promised = store.open_commitments(screen.with()).expect("commitments").remove(0);
    let promised = promised.commitment.value;
    assert_eq!((promised.owner, promised.text.as_str()), (Party::Them, "the spec"));
    assert_eq!(promised.due, Some(when("2026-10-30").date));
}

#[test]
fn a_line_that_is_come_back_to_is_gone_on_with() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>6nlend her the book<tab> by fri<ctrl-s>").sees("Promised");
    let promised = screen.store().open_commitments(screen.with()).expect("commitments").remove(0);
    assert_eq!(promised.commitment.value.text, "lend her the book");
}

#[test]
fn what_was_planned_for_that_day_becomes_what_was_held() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-20T15:00", SessionState::Planned, "");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3n20 nov<tab>Saying no<tab>It held.<ctrl-s>").sees("Held as planned");
    let sessions = screen.sessions();
    assert_eq!(sessions.len(), 1, "no second one");
    let held = &sessions[0].session.value;
    assert_eq!((held.state, held.when), (SessionState::Held, when("2026-11-20T15:00")));
    assert_eq!((held.about.as_str(), sessions[0].opening.as_str()), ("Saying no", "It held."));
}

#[test]
fn a_day_that_is_not_understood_stays_and_says_how_to_write_one() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<ctrl-w>soonish<tab>About").keys("<ctrl-s>");
    screen.sees("soonish").sees("2026-12-03").sees("A session with Amina K.");
    assert!(screen.sessions().is_empty());
    screen.keys("<esc>").sees("is kept, and stands here");
    screen.keys("n").sees("soonish").sees("About");
    screen.keys("<ctrl-w>yesterday<ctrl-s>").sees("Logged for Sat 21 Nov 2026");
}

#[test]
fn b_begins_what_was_planned_today_or_something_new() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-22T15:00", SessionState::Planned, "");
    session(&mut journal, with, "2026-11-26T15:00", SessionState::Planned, "");
    let mut screen = Screen::of(journal);
    screen.keys("b").sees("Writing notes").keys("Hello<esc>");
    let sessions = screen.sessions();
    assert_eq!(sessions.len(), 2, "no new one");
    assert_eq!(sessions[1].session.value.state, SessionState::Held);
    assert_eq!(sessions[1].session.value.when, when("2026-11-22T15:00"), "as it was planned");
    assert_eq!(sessions[1].opening, "Hello");
    // The next b is another session, now.
    screen.keys("b").sees("Writing notes · Thu 26 Nov stays planned").keys("Again<esc>");
    assert!(screen.sessions().iter().any(|one| one.session.value.when == when("2026-11-22T12:00")));
}

#[test]
fn an_agenda_line_is_ticked_and_what_is_left_carries_over() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let stamp = crate::journal::stamp("2026-11-12T10:00:00+00:00");
    for line in ["The review", "The job spec"] {
        journal.store.add_to_agenda(stamp, with, Party::Me, line).expect("added");
    }
    session(&mut journal, with, "2026-11-12T15:00", SessionState::Held, "");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3<tab><shift-tab>").sees("[ ] The review").keys(" ").sees("[x] The review");
    screen.keys("<esc>b<esc>").sees("[ ] The job spec").sees("since Thu 12 Nov");
    screen.sees_no("The review");
    screen.keys("a The book<ctrl-s>").sees("[ ] The book");
    let (_, old) = screen.find("The job spec");
    let (_, new) = screen.find("The book");
    assert!(old < new, "what was left over comes first");
}

#[test]
fn with_two_planned_sessions_the_open_lines_stand_on_the_next() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    journal.store.add_to_agenda(journal.stamp, with, Party::Me, "The review").expect("added");
    session(&mut journal, with, "2026-11-26", SessionState::Planned, "");
    session(&mut journal, with, "2026-12-10", SessionState::Planned, "");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3").resize((120, 40));
    screen.sees("10 Dec").sees_no("[ ] The review");
    screen.keys("<down>").sees("[ ] The review");
}

#[test]
fn every_outcome_can_be_told() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("moutcome<enter>cancel<enter>").sees("cancelled");
    let state = |screen: &Screen, at: usize| {
        screen
            .sessions()
            .into_iter()
            .filter(|one| one.person == "Amina K.")
            .nth(at)
            .map(|one| one.session.value.state)
    };
    assert_eq!(state(&screen, 0), Some(SessionState::Cancelled));
    screen.keys("moutcome<enter>missed by me<enter>");
    assert_eq!(state(&screen, 0), Some(SessionState::MissedByMe));
    // Moved asks for the new day, keeps the old one, and plans another.
    screen.keys("moutcome<enter>moved<enter>").sees("to which day?").keys("3 dec<ctrl-s>");
    assert_eq!(state(&screen, 0), Some(SessionState::Planned));
    assert_eq!(state(&screen, 1), Some(SessionState::Moved));
    let moved = screen.sessions().remove(0);
    assert_eq!(moved.session.value.when, when("2026-12-03T15:00"), "at the same time");
    screen.keys("u").sees("Taken back");
    assert_eq!(state(&screen, 0), Some(SessionState::MissedByMe));
}

#[test]
fn space_says_that_it_was_held_and_s_gives_another_day() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys(AMINA)
        .keys("s")
        .sees("Now Thu 26 Nov 2026")
        .keys("fri 10:00<ctrl-s>")
        .sees("Moved to Fri 27 Nov 2026");
    assert_eq!(screen.sessions()[0].session.value.when, when("2026-11-27T10:00"));
    screen.keys(" ").sees("held");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Held);
}

#[test]
fn the_particulars_are_kept_as_the_form_understood_them() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("<down><down>mtitle<enter>").sees("The session with Amina K.");
    screen
        .keys(&format!("{}thu", "<backspace>".repeat(20)))
        .keys("<tab>")
        .sees("Thu 19 Nov 2026")
        .keys("<ctrl-s>");
    let days: Vec<_> =
        screen.sessions().iter().map(|one| one.session.value.when.date.to_string()).collect();
    assert!(!days.contains(&"2026-11-12".to_owned()), "{days:?}");
    assert_eq!(days.iter().filter(|day| *day == "2026-11-19").count(), 2, "{days:?}");
}

#[test]
fn the_list_is_narrowed_and_esc_shows_all_again() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("fheld<enter>").sees("Only held").sees_no("26 Nov").sees("12 Nov");
    screen.keys("<esc>").sees("All sessions are shown again.").sees("26 Nov");
    screen.keys("fmoved<enter>").sees("No session here is moved.").keys("<esc>").sees("26 Nov");
}

#[test]
fn deleting_goes_to_the_neighbour_and_is_undone() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("<down><down>d").sees("In the bin: ").sees_no("Saying no");
    let at = screen.cursor().1;
    assert_eq!(at, screen.find("Thu 29 Oct").1);
    screen.keys("u").sees("Saying no");
}

#[test]
fn the_list_shows_everyone_or_one() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("3").sees("Dr. Osei").sees("Amina K.").sees("happened?");
    screen.keys("<down>n").sees("A session with Amina K.");
}

#[test]
fn every_session_of_a_long_list_can_be_reached() {
    let mut screen = Screen::of(journals::full());
    screen.keys("<enter>3").resize((60, 20));
    let mut before = screen.sessions()[0].session.value.when;
    let all = screen.store();
    let with = all
        .people()
        .expect("people")
        .iter()
        .find(|one| one.name == journals::NAMES[0])
        .expect("she")
        .relationship;
    drop(all);
    let page = screen.store().sessions(
        confidant::store::Scope::One(with),
        confidant::store::Filter::default(),
        confidant::store::Anchor::Newest,
        1000,
    );
    let rows = page.expect("sessions").rows;
    assert_eq!(rows.len(), 500);
    for (at, row) in rows.iter().enumerate().skip(1) {
        screen.keys("<down>");
        assert!(row.session.value.when < before);
        before = row.session.value.when;
        if at % 50 == 7 || at > 490 {
            let day = confidant::domain::dates::day(before.date, when("2026-11-22").date);
            let (x, y) = screen.cursor();
            let line = screen.screen().lines().nth(usize::from(y)).unwrap_or_default().to_owned();
            assert!(line.contains(&day), "{at}: {day} at {x},{y} in {line}");
        }
    }
    screen.keys("<home>").sees("Mon 23 Nov").keys("<end>");
    let last = confidant::domain::dates::day(before.date, when("2026-11-22").date);
    screen.sees(&last).keys("<pgup><pgup><pgdn><pgdn>").sees(&last);
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).resize((120, 40)).click("Thu 29 Oct").sees("who decides");
    screen.click("Thu 29 Oct");
    let (x, y) = screen.find("The promotion case, and who decides.");
    let text = if y < 6 { screen.find("who decides.") } else { (x, y) };
    screen.mouse(MouseEventKind::ScrollDown, text.0, text.1);
    screen.click("e notes").sees("Writing notes");
    screen.click("Private reflection").keys("<esc>");
    screen.mouse(MouseEventKind::ScrollDown, 5, 5);
    screen.click("[3 Sessions]").click("? help").sees("write the private reflection").keys("<esc>");
    screen.click("m more").sees("begin the notes from a template");
}

#[test]
fn exporting_leaves_the_private_text_here() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("<down><down>x").sees("session-2026-11-12.md").keys("<ctrl-s>");
    let (path, content) = screen.world.written.remove(0);
    assert_eq!(path, "session-2026-11-12.md");
    assert!(content.contains("board review") && !content.contains("Watch that."));
}

#[test]
fn without_anybody_b_and_a_offer_the_first_person() {
    let mut screen = Screen::of(Journal::new());
    screen
        .keys("3")
        .sees("stand here")
        .keys("b")
        .sees("New person")
        .keys("<enter>")
        .sees("Somebody new");
}

#[test]
fn sessions_at_every_size() {
    insta::assert_snapshot!(shown(&[("sessions", "@3<down><down>")]));
}

#[test]
fn what_is_deleted_far_down_leaves_the_selection_to_its_neighbour() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    for number in 0..200 {
        let day = when("2026-11-01").date - chrono::Days::new(number);
        let about = format!("talk {number:03}");
        let session = Session { about, ..Session::new(with, When::day(day), SessionState::Held) };
        journal.store.add_session(journal.stamp, &session, &[], &[]).expect("added");
    }
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3");
    for _ in 0..120 {
        screen.keys("<down>");
    }
    let selected = |screen: &mut Screen| {
        let shown = screen.screen();
        let line = shown.lines().find(|line| line.contains('▸')).expect("a selection").to_owned();
        line[line.find("talk").expect("a session")..][..8].to_owned()
    };
    assert_eq!(selected(&mut screen), "talk 120");
    screen.keys("d");
    assert_eq!(selected(&mut screen), "talk 121");
}

#[test]
fn a_line_of_the_agenda_is_one_field_and_says_whose_it_is() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>athem: The charter<enter>").sees("On the next agenda.");
    screen.sees("[ ] Amina: The charter").click("Amina: The charter").keys("<enter>");
    screen.sees("[Amina: The charter").keys("<home><del><del><del><del><del><del><del><enter>");
    screen.sees("[ ] The charter");
}

#[test]
fn one_who_opens_a_session_to_come_begins_with_its_agenda() {
    let mut screen = Screen::of(with_amina());
    screen
        .keys("gami<enter>3n2026-11-26<ctrl-s>")
        .sees("planned")
        .keys("<esc><enter>")
        .sees("▸ Notes");
    screen.keys("<esc>aThe charter<enter>aThe review<enter><enter>").sees("▸ Agenda");
    screen.keys("<down> ").sees("[ ] The charter").sees("[x] The review");
}

#[test]
fn the_footer_names_the_text_that_e_writes() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>3<down><down><enter>").sees("e notes");
    screen.keys("<tab>").sees("e reflection").keys("<tab>").sees("e summary");
    screen.keys("?").sees("write the summary the other may see").keys("<esc>");
    screen.keys("e").sees("Writing the summary").keys("<esc>");
}

#[test]
fn the_bottom_line_says_what_e_does_to_what_is_selected() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>3<down><down>e<ctrl-end><ctrl-t><enter><esc><esc>").sees("e notes");
    for _ in 0..8 {
        screen.keys("<tab>");
        let shown = screen.screen();
        let heading = shown.lines().find(|line| line.contains("▸ ")).unwrap_or_default();
        if heading.contains("Promised") {
            screen.sees("e edit").keys("e").sees("A commitment between you").keys("<esc>");
            return;
        }
    }
    panic!("no commitment was come to");
}

#[test]
fn a_template_that_is_asked_for_on_the_reflection_goes_into_it() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys("gami<enter>b<esc><tab>")
        .sees("e reflection")
        .keys("mtemplate<enter>hard talk<enter>");
    screen.sees("Writing PRIVATE").keys("<esc>");
    let session = screen.sessions()[0].session.id;
    let texts = screen.store().texts(session).expect("texts");
    assert!(texts.of(Layer::Notes).is_none(), "nothing of it can be exported");
    screen.keys("<shift-tab>").sees("e notes").keys("mtemplate<enter>hard talk<enter>");
    screen.sees("Writing notes");
}
