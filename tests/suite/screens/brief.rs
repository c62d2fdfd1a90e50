//! One person on one screen, before a meeting.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use confidant::domain::{
    AgendaState, Commitment, Contact, Goal, GoalOwner, Party, Promise, Remembering, Session,
    SessionState, Weight, When,
};

use super::{Screen, journals, shown, when, with_amina};
use crate::journal::Journal;

const AMINA: &str = "gami<enter>";

#[test]
fn everything_for_the_next_meeting_stands_on_one_screen() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA);
    for words in [
        "Next         Thu 26 Nov 15:00, in 4 days",
        "Last         Thu 12 Nov 15:00, 10 days ago · Saying no",
        "[ ] How did the small no go? (since Thu 12 Nov)",
        "[ ] Amina: The job spec",
        "Visa interview",
        "amina@example.org · email · weekdays after 17:00 · preferred",
        "Programme: Ada fellowship",
        "since Wed 2 Sep",
    ] {
        screen.sees(words);
    }
    assert!(screen.cursor().1 > 0, "the terminal's cursor is on the selected line");
}

#[test]
fn a_past_session_nobody_answered_for_is_asked_about() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gosei<enter>").sees("happened? Wed 18 Nov");
    screen.keys("<home> ").sees("Marked held.");
    assert!(!screen.screen().contains("happened?"));
}

#[test]
fn a_line_for_the_agenda_is_mine_or_theirs() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>aThe review<enter>athem: The job spec<ctrl-s>aThey: Feedback<enter>");
    let open = screen.store().open_agenda(screen.with()).expect("agenda");
    let lines: Vec<_> = open.iter().map(|item| (item.value.by, item.value.text.as_str())).collect();
    let expected =
        [(Party::Me, "The review"), (Party::Them, "The job spec"), (Party::Them, "Feedback")];
    assert_eq!(lines, expected);
    screen.sees("[ ] Amina: The job spec");
}

#[test]
fn a_line_of_the_agenda_goes_up_and_down() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>aThe review<enter>aThe job spec<enter>aFeedback<enter>");
    let order = |screen: &mut Screen| {
        let with = screen.with();
        let open = screen.store().open_agenda(with).expect("agenda");
        open.into_iter().map(|item| item.value.text).collect::<Vec<_>>()
    };
    screen.keys("nremem<enter>Visa<ctrl-s>").click("Visa").keys("J");
    screen.sees("Select a line of the agenda that is open to move it.");
    screen.click("[ ] Feedback").keys("K<alt-up>").sees("On the agenda it is line 1 of 3 now.");
    assert_eq!(order(&mut screen), ["Feedback", "The review", "The job spec"]);
    screen.keys("mline down<enter>").sees("On the agenda it is line 2 of 3 now.").keys(" ");
    assert_eq!(order(&mut screen), ["The review", "The job spec"]);
    // Where not all of it is shown, no line goes out of sight.
    for number in 0..20 {
        screen.keys(&format!("aTopic {number}<enter>"));
    }
    let mut last = screen.screen();
    for _ in 0..30 {
        last = screen.keys("J").screen();
    }
    assert!(last.contains("More of the agenda is not shown: Tab shows it."), "{last}");
    screen.keys("<tab>J").sees("On the agenda it is line");
}

#[test]
fn a_line_is_ticked_edited_and_put_into_the_bin() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).click("How did the small").keys(" ").sees("Talked about.");
    screen.sees_no("How did the small");
    screen.keys("u").sees("Taken back").sees("[ ] How did the small");
    screen.click("Visa").click("The job spec").keys("<enter><end>, again<ctrl-s>");
    screen.sees("The job spec, again").keys("d").sees("in the bin").sees_no("The job spec, again");
    let open = screen.store().open_agenda(screen.with()).expect("agenda");
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].value.state, AgendaState::Open);
}

#[test]
fn every_kind_of_thing_can_be_added() {
    let mut screen = Screen::of(with_amina());
    screen
        .keys("<enter>nremem<enter>Visa interview<tab>14 dec<ctrl-s>")
        .sees("Visa interview · Mon 14 Dec");
    screen.keys("nway<enter>amina@example.org<ctrl-s>").sees("amina@example.org");
    screen.keys("nagenda<enter>The review<ctrl-s>").sees("[ ] The review");
    screen.keys("nsess<enter><ctrl-a>").keys("<end> 18:00<ctrl-s>").sees("Planned for");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Planned);
}

#[test]
fn the_selection_stays_on_its_line_when_others_come_and_go() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).click("Visa interview");
    let (mut other, stamp) = screen.another();
    let with = other.people().expect("people")[0].relationship;
    other.add_to_agenda(stamp, with, Party::Them, "From the shell").expect("added");
    screen.tick(1000).sees("From the shell");
    let at = screen.cursor().1;
    assert_eq!(at, screen.find("Visa interview").1, "d would delete another line");
    screen.keys("d").sees_no("Visa interview");
}

#[test]
fn ticking_the_last_line_of_the_agenda_stays_near_it() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).click("The job spec").keys(" ");
    let at = screen.cursor().1;
    assert_eq!(at, screen.find("How did the small").1);
}

#[test]
fn enter_opens_where_a_line_came_from() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys(AMINA)
        .click("Thu 12 Nov 15:00")
        .keys("<enter>")
        .sees("board review")
        .sees("[3 Sessions]");
    screen.keys("0").click("Programme").keys("<enter>").sees("Amina K.: details").keys("<esc>");
    screen.keys("<esc>");
    assert!(screen.header().contains("Everyone"));
}

#[test]
fn hours_say_how_one_met_or_what_it_was_about() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>3n<tab>Saying | no<tab>Her brother is ill.<ctrl-s>0mreport<enter>");
    screen.sees("what you choose below").keys("<tab><tab>").sees("nothing that you wrote is in it");
    screen.keys("<ctrl-s>").sees("nothing that you wrote is in it.");
    screen
        .keys("mreport<enter><tab><tab><right><tab><tab><tab><right><tab><ctrl-u>hours.md<ctrl-s>");
    screen.sees("no notes are in it.");
    let [(_, met), (_, about)] = screen.world.written.as_slice() else { panic!("two files") };
    assert!(met.contains("meeting") && !met.contains("Saying"), "{met}");
    assert!(about.contains(r"| Saying \| no ") && !about.contains("brother"), "{about}");
}

#[test]
fn a_report_is_widened_to_everyone_or_asked_for_of_everyone() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>mreport<enter>").sees("hours-amina-k--2026-11.html").keys("<tab><right>");
    screen
        .sees("hours-everyone-2026-11.html")
        .keys("<ctrl-s>")
        .sees("Left out: all that is private,");
    screen.keys("001mreport<enter>").sees("A report on whom?").keys("<enter>");
    screen.sees("A report on everyone").keys("<ctrl-s>");
    screen.keys("0mreport<enter>amina<enter>").sees("A report on Amina K.").keys("<esc>");
    screen.keys("5:report<enter>").sees("A report on whom?");
    let files: Vec<&str> = screen.world.written.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(files, ["hours-everyone-2026-11.html"; 2]);
}

#[test]
fn exporting_asks_where_and_says_what_stays() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("x").sees("Markdown, to read and edit").keys("<ctrl-s>");
    screen.sees("Written to amina-k-.md. Left out:");
    let (path, content) = screen.world.written.remove(0);
    assert_eq!(path, "amina-k-.md");
    assert!(content.contains("board review") && !content.contains("Watch that."));
    screen.world.refuses = Some("There is a file of this name already.".into());
    screen.keys("x<ctrl-s>").sees("There is a file of this name already.");
}

#[test]
fn an_export_offers_every_format_and_names_its_file_after_it() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA);
    for (keys, name, begins) in [
        ("x<right><ctrl-s>", "amina-k-.html", "<!doctype html>"),
        ("x<right><right><ctrl-s>", "amina-k-.json", "{\"format\":\"confidant\""),
        ("x<right><right><right><ctrl-s>", "amina-k-.ics", "BEGIN:VCALENDAR"),
    ] {
        screen.keys(keys).sees("Left out:");
        let (path, content) = screen.world.written.remove(0);
        assert_eq!(path, name);
        assert!(content.starts_with(begins) && !content.contains("Watch that."), "{content}");
    }
    screen.keys("x<tab><tab><space><ctrl-s>").sees("Nothing was left out.");
    assert!(screen.world.written.remove(0).1.contains("Watch that."));
    screen.keys("x<right><right><right><tab><tab><space><ctrl-s>").sees("Take the tick away.");
    assert!(screen.world.written.is_empty());
}

#[test]
fn leaving_the_export_writes_no_file() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("x<home>my-<esc>").sees_no("Export what is kept");
    assert!(screen.world.written.is_empty(), "Esc put a plain file on the disk");
}

#[test]
fn copying_gives_the_line_to_the_clipboard() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).click("amina@").keys("y").sees("Copied");
    assert_eq!(screen.world.copied, ["amina@example.org"]);
}

#[test]
fn details_changed_elsewhere_do_not_hold_the_writer_in_the_form() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>e<tab><tab>Ami");
    let (mut other, stamp) = screen.another();
    let details = other.details(screen.with()).expect("details");
    let mut person = details.person.clone();
    person.value.time_zone = "Europe/Lisbon".into();
    other.update_details(stamp, &person, &details.relationship).expect("kept");
    screen.keys("<ctrl-s>").sees("changed elsewhere").sees("Ami");
    screen.keys("<esc>").sees_no("Amina K.: details");
    // What was typed waits, and is saved over what stands there now.
    screen.keys("e").sees("Ami").keys("<ctrl-s>").sees("Kept the details");
    assert_eq!(screen.store().people().expect("people")[0].alias, "Ami");
}

#[test]
fn the_brief_at_every_size() {
    insta::assert_snapshot!(shown(&[("brief", "@")]));
}

/// Two hundred sessions, fifty goals, a hundred commitments, and far too much of all else.
fn very_full() -> Journal {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    Journal::from_bytes(MADE.get_or_init(|| fill_very_full().into_bytes()))
}

fn fill_very_full() -> Journal {
    let mut journal = with_amina();
    let now = journal.stamp.now;
    let today = now.date_naive();
    let named = journal.store.people().expect("people")[0].clone();
    let (with, person) = (named.relationship, named.person);
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let mut details = store.details(with).expect("details");
    let relationship = &mut details.relationship.value;
    relationship.started = Some("2020-09-02".parse().expect("a day"));
    relationship.cadence = Some("2w".parse().expect("a rhythm"));
    relationship.ends = Some("2027-03-02".parse().expect("a day"));
    relationship.programme = "A programme with a long name ".repeat(5);
    relationship.coordinator = "Coordinator".into();
    relationship.safeguarding = "Safeguarding".into();
    store.update_details(stamp, &details.person, &details.relationship).expect("kept");
    let promise = |number: u64, owner| Commitment {
        due: today.checked_add_days(chrono::Days::new(number)),
        ..Commitment::new(
            with,
            &Promise {
                owner,
                text: format!("Promise {number}: {}", "日本語 and more words of it ".repeat(4)),
                weight: Weight::Must,
                due: None,
            },
            today,
        )
    };
    for number in 0..50 {
        store.add_commitment(stamp, &promise(number, Party::Me)).expect("added");
        store.add_commitment(stamp, &promise(number, Party::Them)).expect("added");
        let goal = Goal::new(&format!("Goal {number}"), GoalOwner::Them, today);
        let goal = store.add_goal(stamp, &goal, &[with]).expect("added");
        store.add_milestone(stamp, goal, "The next step", Some(today)).expect("added");
        store.add_to_agenda(stamp, with, Party::Me, &format!("Topic {number}")).expect("added");
        let line = format!("Worth {number}: 👩‍👩‍👧‍👦 {}", "long ".repeat(30));
        store.remember(stamp, &Remembering::new(person, line, None)).expect("kept");
        let contact = Contact {
            party: Party::Them,
            person,
            label: "phone".into(),
            value: format!("+44 {number}"),
            preferred: number == 7,
            hours: String::new(),
        };
        store.add_contact(stamp, &contact).expect("added");
    }
    for number in 1..=200 {
        let day = today - chrono::Duration::days(number * 7);
        let session = Session {
            about: format!("About {number}"),
            ..Session::new(with, When::day(day), SessionState::Held)
        };
        store.add_session(stamp, &session, &[], &[]).expect("added");
    }
    for day in ["2026-11-01", "2026-11-15", "2026-11-29"] {
        let session = Session::new(with, when(day), SessionState::Planned);
        store.add_session(stamp, &session, &[], &[]).expect("added");
    }
    journal
}

#[test]
fn a_very_full_relationship_fits_one_screen_without_scrolling() {
    let mut screen = Screen::of(very_full());
    screen.keys(AMINA);
    for size in [(80, 24), (100, 24), (120, 40), (200, 60), (60, 20)] {
        let shown = screen.resize(size).screen();
        assert!(!shown.contains('↓') && !shown.contains('↑'), "{size:?} scrolls:\n{shown}");
        for part in ["Next", "Last", "You", "They", "Agenda", "Goals", "Remember", "Agreement"] {
            assert!(shown.contains(&format!("{part} ")), "{part} at {size:?}:\n{shown}");
        }
    }
    screen
        .resize((80, 24))
        .sees("47 more: 6")
        .sees("48 more: 5")
        .sees("48 more: Tab")
        .sees("Safeguarding");
    // From the first to the last line nothing moves but the marker.
    let first = screen.keys("<home>").find("Next").1;
    assert_eq!(screen.keys("<end>").find("Next").1, first);
    // All of it is a key away, and back.
    screen.keys("<tab><end>").sees("↑").sees("+44 49 · phone");
    screen.keys("<esc>").sees("48 more: Tab").sees_no("↑");
    insta::assert_snapshot!({
        let mut all = String::new();
        for size in super::SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {}x{}\n{shown}", size.0, size.1).expect("written");
        }
        all
    });
}

/// The words of a screen that are whole.
fn whole_words(screen: &str) -> BTreeSet<&str> {
    let cut = |word: &&str| {
        word.chars().any(char::is_alphabetic)
            && !word.contains('…')
            && !["Tab", "more:"].contains(word)
    };
    screen.lines().skip(2).flat_map(str::split_whitespace).filter(cut).collect()
}

/// A few lines of each kind, each longer than a column of two.
fn wordy() -> Journal {
    let mut journal = journals::ordinary();
    let people = journal.store.people().expect("people");
    let (with, person) = (people[0].relationship, people[0].person);
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let today = stamp.now.date_naive();
    for (number, word) in ["alpha", "bravo", "charlie"].into_iter().enumerate() {
        let long = |kind: &str| {
            format!("{kind} {word} with a tail of words that say {word}{kind} at last")
        };
        for owner in [Party::Me, Party::Them] {
            let text = long(if owner == Party::Me { "mine" } else { "theirs" });
            let promise = Promise { owner, text, weight: Weight::Nice, due: Some(today) };
            store.add_commitment(stamp, &Commitment::new(with, &promise, today)).expect("added");
        }
        let goal = Goal::new(&long("goal"), GoalOwner::Them, today);
        let goal = store.add_goal(stamp, &goal, &[with]).expect("added");
        store.add_milestone(stamp, goal, "The next step", Some(today)).expect("added");
        store.add_to_agenda(stamp, with, Party::Them, &long("topic")).expect("added");
        let line = Remembering::new(person, long("worth"), None);
        store.remember(stamp, &line).expect("kept");
        let session = Session {
            about: long("about"),
            ..Session::new(with, when(&format!("2026-11-1{number}")), SessionState::Held)
        };
        store.add_session(stamp, &session, &[], &[]).expect("added");
    }
    journal
}

#[test]
fn the_wider_screen_never_shows_less() {
    for (name, journal) in
        [("ordinary", journals::ordinary()), ("wordy", wordy()), ("very full", very_full())]
    {
        let mut screen = Screen::of(journal);
        screen.keys(AMINA);
        let small = screen.resize((80, 24)).screen();
        for size in [(120, 40), (110, 40), (160, 50)] {
            let wide = screen.resize(size).screen();
            let there = whole_words(&wide);
            let lost: Vec<_> = whole_words(&small).difference(&there).copied().collect();
            assert!(lost.is_empty(), "{name}, {size:?} lacks {lost:?}\n{small}\n{wide}");
        }
    }
}

#[test]
fn a_line_that_goes_on_is_one_line_to_the_keys() {
    let mut screen = Screen::of(wordy());
    screen.keys(AMINA).resize((120, 40)).sees("bravomine");
    let first = screen.keys("<home>").click("mine alpha").cursor();
    let next = screen.keys("<down>").cursor();
    assert!(next.1 > first.1 + 1, "past the rows in which it goes on: {first:?} {next:?}");
    assert_eq!(screen.keys("<up>").cursor(), first);
    // A click on how it goes on is one on the line.
    assert_eq!(screen.click("alphamine").cursor(), first);
    screen.keys(" ").sees("Kept: mine alpha with a tail");
    // From the last line of a column on to the other one, however many rows it has.
    let mut screen = Screen::of(wordy());
    screen.keys(AMINA).resize((120, 40)).keys("<home><end>");
    let left = screen.cursor().0;
    assert!(screen.keys("<down>").cursor().0 > left + 40);
    insta::assert_snapshot!({
        let mut all = String::new();
        for size in super::SIZES {
            let shown = screen.keys("<home>").resize(size).screen();
            writeln!(all, "── {}x{}\n{shown}", size.0, size.1).expect("written");
        }
        all
    });
}

#[test]
fn two_columns_are_one_list_to_the_keys() {
    let mut screen = Screen::of(very_full());
    screen.keys(AMINA).resize((120, 40)).keys("<home>");
    let left = screen.cursor().0;
    let right = screen.keys("<right>").cursor().0;
    assert!(right > left + 40, "the second column has the keys");
    assert_eq!(screen.keys("<left>").cursor().0, left);
    assert_eq!(screen.keys("<end><down>").cursor().0, right, "down goes on to it");
    assert_eq!(screen.keys("<up>").cursor().0, left, "and up comes back");
    screen.click("Goal 0").keys("<enter>").sees("[5 Goals]");
}

#[test]
fn the_brief_is_copied_as_markdown_without_what_is_private() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("y").sees("Copied the brief as Markdown, without what is private.");
    let copied = screen.world.copied.remove(0);
    assert!(copied.starts_with("# Amina K.\n\nYou are the mentor"), "{copied}");
    assert!(copied.contains("## To talk about\n\n- [ ] How did the small no go?"), "{copied}");
    assert!(!copied.contains("Visa"), "{copied}");
    assert!(copied.ends_with("private: 2 lines worth remembering.\n"), "{copied}");
}

#[test]
fn the_rhythm_proposes_the_next_session_and_space_takes_it() {
    let mut journal = journals::ordinary();
    let amina = journal.store.people().expect("people")[0].relationship;
    let today = journal.stamp.now.date_naive();
    let next = journal.store.next_session(amina, today).expect("read").expect("planned");
    journal.store.delete_session(journal.stamp, next.id).expect("deleted");
    let mut screen = Screen::of(journal);
    screen.keys(AMINA).sees("every 2 weeks: Thu 26 Nov 15:00? p plans it.").keys("<home> ");
    screen.sees("Planned for Thu 26 Nov 2026 at 15:00, in 4 days").sees("Thu 26 Nov 15:00, in 4");
}

#[test]
fn what_is_open_stands_at_the_top_of_the_session_that_is_begun() {
    let mut screen = Screen::of(very_full());
    screen.keys(AMINA).keys("b").sees("Writing notes").sees("Promised").sees("100 open");
    let rows = ["Promised", "Promise 0", "Promise 1", "Agenda", "Topic 0", "Notes"];
    let rows = rows.map(|words| screen.find(words).1);
    assert!(rows.is_sorted(), "{rows:?}");
    // Tab goes through the parts as ever: reflection, summary, and on to what was promised.
    screen.keys("<esc><tab><tab><tab> ").sees("Kept: Promise 0").keys("u").sees("Taken back");
}

#[test]
fn after_the_notes_the_next_session_is_a_key_away() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gtom<enter>e<tab><tab><tab><tab>2w<ctrl-s>").sees("every 2 weeks");
    screen.keys("bHe came late.").sees_no("p plans").keys("<esc>");
    screen.sees("p plans Sun 6 Dec 12:00 (every 2 weeks).").keys("p");
    screen.sees("Planned for Sun 6 Dec 2026 at 12:00");
}
