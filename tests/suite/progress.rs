//! Looking back together: which day asks for a check, what one leaves behind, and that it comes out
//! and in again with its session.

use std::fmt::Write as _;

use chrono::NaiveDate;
use confidant::domain::{
    Agreement, CheckState, Commitment, DayOrder, Goal, GoalOwner, GoalWord, Id, Layer, Method,
    Minutes, Mode, Party, ProgressCheck, Promise, Relationship, Session, SessionState, Signature,
    Stamp,
};
use confidant::store::{Along, Kind, Scope, Store};
use confidant::transfer::{self, Selection};

use crate::journal::{Journal, stamp};
use crate::screens::{SIZES, Screen, when};

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn agree(store: &mut Store, stamp: Stamp, with: Id<Relationship>, number: u32, checks: &[&str]) {
    let checks = checks.iter().map(|code| day(code)).collect();
    let agreement = Agreement { number, checks, ..Agreement::first(with) };
    store.write_agreement(stamp, None, &agreement, &[]).expect("written");
}

fn sign(store: &mut Store, stamp: Stamp, with: Id<Relationship>) {
    let newest = store.agreements(with).expect("versions").remove(0).agreement.id;
    for party in [Party::Me, Party::Them] {
        let day = stamp.now.date_naive();
        let (name, method) = ("A".to_owned(), Method::Here);
        let signature = Signature { agreement: newest, party, name, day, method };
        store.sign(stamp, &signature).expect("signed");
    }
}

/// The day that a check held on this day would answer.
fn asks(store: &Store, with: Id<Relationship>, on: &str) -> Option<String> {
    let asks = store.check_day_answered(with, day(on)).expect("read");
    asks.map(|day| day.to_string())
}

/// The day up to which Today takes the checks with somebody for held.
fn looked_back(store: &Store, with: Id<Relationship>) -> Option<String> {
    let found = store.standings(Scope::One(with), day("2026-11-22")).expect("read");
    found[0].looked_back.map(|day| day.to_string())
}

fn held(with: Id<Relationship>) -> ProgressCheck {
    ProgressCheck {
        helped: "Small steps".into(),
        theirs: "I can bring the hard things.".into(),
        ..ProgressCheck::new(with, day("2026-11-22"), CheckState::Held)
    }
}

#[test]
fn the_days_of_the_version_in_force_ask() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    agree(store, now, with, 1, &["2026-06-14", "2026-11-14", "2026-12-14"]);
    assert_eq!(asks(store, with, "2026-11-22"), None, "nothing was agreed yet");
    sign(store, now, with);
    assert_eq!(asks(store, with, "2026-11-22").as_deref(), Some("2026-11-14"));
    // A draft after one that was signed says nothing yet.
    agree(store, now, with, 2, &["2026-11-20"]);
    assert_eq!(asks(store, with, "2026-11-22").as_deref(), Some("2026-11-14"));
    sign(store, now, with);
    assert_eq!(asks(store, with, "2026-11-22").as_deref(), Some("2026-11-20"));
}

#[test]
fn a_check_answers_its_day_and_is_part_of_its_session() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    agree(store, now, with, 1, &["2026-11-25", "2027-03-14"]);
    sign(store, now, with);
    assert_eq!(looked_back(store, with), None);
    let goal = Goal::new("Lead the retro", GoalOwner::Them, day("2026-09-01"));
    let goal = store.add_goal(now, &goal, &[with]).expect("a goal");
    let said = vec![(goal, Some(GoalWord::Stuck), "no time".to_owned())];
    let session = store.hold_check(now, &held(with), &said).expect("held");
    let at = store.session(session).expect("a session").value;
    assert_eq!((at.state, at.about.as_str()), (SessionState::Held, "Progress check"));
    let check = store.check_of_session(session).expect("read").expect("a check");
    assert_eq!(check.check.value.planned, Some(day("2026-11-25")), "held a little early");
    assert_eq!(check.goals.len(), 1);
    assert_eq!(looked_back(store, with).as_deref(), Some("2026-11-25"));
    assert_eq!(asks(store, with, "2026-11-26"), None);
    // How the goal stood then is a line of its history, and it leads back.
    let history = store.goal_details(goal).expect("a goal").history;
    assert_eq!((history[0].value.word, history[0].value.session), (GoalWord::Stuck, Some(session)));
    let again = vec![(goal, Some(GoalWord::OnCourse), "half of it".to_owned())];
    store.update_check(now, &check.check, &again).expect("updated");
    let history = store.goal_details(goal).expect("a goal").history;
    assert_eq!((history.len(), history[0].value.word), (1, GoalWord::OnCourse));
    // Into the bin and out of it again it goes with its session.
    store.delete_session(now, session).expect("deleted");
    assert_eq!(asks(store, with, "2026-11-26").as_deref(), Some("2026-11-25"));
    store.restore(now, Kind::Session, session.cast()).expect("restored");
    assert!(store.check_of_session(session).expect("read").is_some());
    store.undo(now).expect("undone");
    store.undo(now).expect("undone");
    store.undo(now).expect("undone");
    store.undo(now).expect("the check, its session and the line of the goal's history");
    assert_eq!(store.goal_details(goal).expect("a goal").history, []);
    assert!(store.session(session).is_err());
    store.skip_check(now, with, day("2026-11-25"), "she is away").expect("skipped");
    assert_eq!(asks(store, with, "2026-11-26"), None);
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

/// A check that nobody met for beforehand says the day and nothing that was not said: the hours
/// bill none of it, and the day is that of the meeting once it is logged.
#[test]
fn a_check_without_a_session_has_the_day_only() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    let mut usual = store.relationship(with).expect("with");
    usual.value.cadence = "2w".parse().ok();
    usual.value.usual_minutes = Minutes::new(120);
    usual.value.usual_mode = Some(Mode::InPerson);
    "the allotment".clone_into(&mut usual.value.usual_place);
    let person = store.details(with).expect("details").person;
    store.update_details(now, &person, &usual).expect("kept");
    let session = store.hold_check(now, &held(with), &[]).expect("held");
    let of_the_day = Session {
        about: "Progress check".to_owned(),
        ..Session::new(with, when("2026-11-22"), SessionState::Held)
    };
    assert_eq!(store.session(session).expect("a session").value, of_the_day);
    let standing = store.standings(Scope::One(with), day("2026-11-22")).expect("read").remove(0);
    assert_eq!(standing.next(day("2026-11-22")), Some(when("2026-12-06")), "at no time of day");
    // What was done on that day is the session in which it was held.
    let outing = Session {
        minutes: Minutes::new(180),
        ..Session::new(with, when("2026-11-22T10:00"), SessionState::Held)
    };
    let logged = store.log_session(now, &outing, &Along::default()).expect("logged");
    assert_eq!((logged.id, logged.was_planned), (session, false));
    let at = store.session(session).expect("a session").value;
    assert_eq!((at.when, at.minutes), (when("2026-11-22T10:00"), Minutes::new(180)));
    // Another one of that day is one more, and so is a check beside what was written.
    let logged = store.log_session(now, &outing, &Along::default()).expect("logged");
    assert_ne!(logged.id, session);
    let later = stamp("2026-11-23T09:00:00+00:00");
    let next = store.hold_check(later, &held(with), &[]).expect("held");
    store.append_text(later, next, Layer::Notes, "We sat in the rain.").expect("written");
    let outing = Session { when: when("2026-11-23T10:00"), ..outing };
    let logged = store.log_session(later, &outing, &Along::default()).expect("logged");
    assert_ne!(logged.id, next);
}

#[test]
fn a_session_held_along_the_template_looked_back_too() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    agree(store, now, with, 1, &["2026-11-14", "2027-03-14"]);
    sign(store, now, with);
    let mut session = Session::new(with, when("2026-11-12"), SessionState::Planned);
    session.template = "progress-check".to_owned();
    let id = store.add_session(now, &session, &[], &[]).expect("planned");
    assert_eq!(asks(store, with, "2026-11-22").as_deref(), Some("2026-11-14"), "not held yet");
    store.mark_session(now, id, SessionState::Held).expect("held");
    assert_eq!(asks(store, with, "2026-11-22"), None);
    assert_eq!(looked_back(store, with).as_deref(), Some("2026-11-12"));
    // The next day is another one.
    assert_eq!(asks(store, with, "2027-03-10").as_deref(), Some("2027-03-14"));
}

/// A goal of some years: the screen shows the newest of it and says so, an export leaves out nothing.
#[test]
fn of_what_was_said_for_years_the_newest_is_shown_and_all_is_exported() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    let today = day("2026-11-22");
    let goal = store.add_goal(now, &Goal::new("Retro", GoalOwner::Them, today), &[with]);
    let goal = goal.expect("a goal");
    let session = store.begin_session(now, with).expect("begun");
    let lines: Vec<String> = (1000..1250).map(|n| format!("Line {n}.")).collect();
    store.append_text(now, session, Layer::Summary, &lines.join("\n")).expect("written");
    let at = store.session(session).expect("a session");
    for line in &lines {
        store.mention(now, goal, &at, Some((Layer::Summary, line))).expect("linked");
    }
    let mut bytes = Vec::new();
    transfer::markdown::export(store, Selection::default(), &mut bytes).expect("Markdown");
    let told = String::from_utf8(bytes).expect("text");
    let missing = lines.iter().filter(|line| told.matches(line.as_str()).count() < 2).count();
    assert_eq!(missing, 0, "each stands in the summary and under its goal");
    let mut screen = Screen::of(journal);
    screen.resize((120, 200)).keys("<enter>5<enter>").sees("Line 1249.").sees_no("Line 1189.");
    screen.sees("What was said before is left out here");
}

#[test]
fn what_is_about_a_goal_is_found_from_both_sides() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, now) = (&mut journal.store, journal.stamp);
    let today = day("2026-11-22");
    let goal = store.add_goal(now, &Goal::new("Retro", GoalOwner::Them, today), &[with]);
    let goal = goal.expect("a goal");
    let session = store.begin_session(now, with).expect("begun");
    let notes = "She ran half of it.\n\nShe cried.";
    store.append_text(now, session, Layer::Notes, notes).expect("written");
    let at = store.session(session).expect("a session");
    let line = |words| Some((Layer::Notes, words));
    assert!(store.mention(now, goal, &at, line("She ran half of it.")).expect("linked"));
    assert!(!store.mention(now, goal, &at, line("She ran half of it.")).expect("known"));
    assert!(store.mention(now, goal, &at, line("She cried.")).expect("linked"));
    let promise =
        Promise::read("send the slides", "", today, DayOrder::default()).expect("a promise");
    let one = store.add_commitment(now, &Commitment::new(with, &promise, today)).expect("added");
    let one = store.commitment(one).expect("there");
    store.serve_goal(now, &one, Some(goal)).expect("linked");
    assert_eq!(store.mentions_of(goal, 100).expect("said").len(), 3);
    assert_eq!(store.goals_of_session(session).expect("goals"), [(goal, "Retro".to_owned())]);
    assert_eq!(store.goal_of_commitment(one.id).expect("read").map(|(id, _)| id), Some(goal));
    // What moves to the private reflection is private here, too.
    let rev = store.texts(session).expect("texts").notes.expect("notes").rev;
    store.move_to_private(now, session, rev, "She cried.").expect("moved");
    let private: Vec<_> = store
        .mentions_of(goal, 100)
        .expect("said")
        .into_iter()
        .filter(|one| one.mention.value.is_private())
        .map(|one| one.mention.value.text)
        .collect();
    assert_eq!(private, ["She cried."]);
    store.serve_goal(now, &one, None).expect("unlinked");
    assert_eq!(store.goal_of_commitment(one.id).expect("read"), None);
    // With the session in the bin, nothing leads there.
    store.delete_session(now, session).expect("deleted");
    assert_eq!(store.mentions_of(goal, 100).expect("said"), []);
    let later = stamp("2027-01-30T12:00:00+00:00").now.timestamp_millis();
    store.empty_bin(later).expect("emptied");
    assert!(store.verify(|_| {}).expect("a verdict").problems.is_empty());
}

// ---- the screen

/// A mentee with two goals, an agreement in force that asks for a check, and one held in June.
pub fn ordinary() -> Journal {
    let mut journal = Journal::new();
    let with = journal.mentee("Noor Haddad");
    let (store, now) = (&mut journal.store, journal.stamp);
    agree(store, now, with, 1, &["2026-06-14", "2026-11-20"]);
    sign(store, now, with);
    let june = stamp("2026-06-14T15:00:00+00:00");
    let mut said = Vec::new();
    for (title, word) in [("Lead the retro", GoalWord::Stuck), ("Say no", GoalWord::OnCourse)] {
        let goal = Goal::new(title, GoalOwner::Them, day("2026-03-01"));
        let goal = store.add_goal(june, &goal, &[with]).expect("a goal");
        said.push((goal, Some(word), "no time in spring".to_owned()));
    }
    let check = ProgressCheck { hindered: "Two meetings fell out.".into(), ..held(with) };
    store
        .hold_check(june, &ProgressCheck { day: day("2026-06-14"), ..check }, &said)
        .expect("held");
    journal
}

/// A mentee with whom nothing was agreed or aimed at yet.
fn empty() -> Journal {
    let mut journal = Journal::new();
    journal.mentee("Noor Haddad");
    journal
}

/// Long words everywhere, in scripts that break columns.
fn full() -> Journal {
    let mut journal = Journal::new();
    let with = journal.mentee("Konstantinopoulou-Vanderbilt, Alexandra 👩‍👩‍👧‍👦");
    let (store, now) = (&mut journal.store, journal.stamp);
    let long = "昇進の会議 and a very long answer that goes on and on 👩‍👩‍👧‍👦. ".repeat(12);
    let mut said = Vec::new();
    for number in 0..14 {
        let title = format!("Goal {number}: {}", long.chars().take(30).collect::<String>());
        let goal = Goal::new(&title, GoalOwner::Both, day("2026-03-01"));
        let goal = store.add_goal(now, &goal, &[with]).expect("a goal");
        said.push((goal, Some(GoalWord::Changed), long.clone()));
    }
    let check = ProgressCheck { mine: long.clone(), change: long, ..held(with) };
    store.hold_check(stamp("2026-06-14T15:00:00+00:00"), &check, &said).expect("held");
    store.hold_check(now, &check, &said).expect("held");
    journal
}

#[test]
fn a_check_is_held_along_its_questions_and_stands_on_its_session() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>3mhold a progress<enter>").sees("Progress check with Noor Haddad");
    screen.keys("<tab><tab><tab><tab><tab>");
    screen.sees("What helped");
    screen.keys("Short steps<ctrl-s>").sees("Kept the progress check.");
    screen.sees("Progress check").sees("Short steps");
    let with = screen.with();
    let store = screen.store();
    let newest = store.progress_checks(with, 1).expect("checks").remove(0);
    assert_eq!(newest.check.value.planned, Some(day("2026-11-20")));
    assert_eq!(asks(&store, with, "2026-11-22"), None);
    screen.keys("u").sees("Taken back");
    assert_eq!(asks(&screen.store(), with, "2026-11-22").as_deref(), Some("2026-11-20"));
}

#[test]
fn each_goal_is_looked_at_and_its_page_leads_back() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>3mhold a progress<enter><right><tab>ran half of it<ctrl-s>");
    screen.sees("Lead the retro: ahead: ran half of it");
    screen.keys("mopen the goal<enter>").sees("What was said").sees("ahead: ran half of it");
    screen.keys("<enter>").click("ahead: ran half of it");
    screen.keys("<enter>").sees("[3 Sessions]").sees("Lead the retro: ahead");
}

#[test]
fn what_is_to_change_begins_the_next_version() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>2mhold a progress<enter><ctrl-s>").sees("One answer is enough");
    screen
        .keys("<tab><tab><tab><tab>Meet every three weeks<ctrl-s>")
        .sees("begins the next version");
    screen.keys("e").sees("version 2").sees("Meet every three weeks");
}

#[test]
fn a_check_is_skipped_with_a_word_and_two_are_read_beside_each_other() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>3mskip<enter>").sees("Skip the check of Fri 20 Nov");
    screen.keys("exams<ctrl-s>").sees("The progress check of Fri 20 Nov is skipped.");
    screen.keys("mskip<enter>").sees("No progress check is due");
    screen.keys("mside by side<enter>").sees("There is only one progress check so far");
    screen.keys("mhold a progress<enter><tab><tab><tab><tab>Small steps<ctrl-s>");
    screen.keys("mside by side<enter>").sees("Progress check of Sun 14 Jun");
    screen.sees("Two meetings fell out.").sees("* Nothing was said.");
    screen.sees("y copy  Esc back").sees_no("bring back");
    screen.keys("<enter>").sees_no("Progress check of Sun 14 Jun");
    screen.keys("/fell out<enter>").sees("Two meetings fell out.");
}

#[test]
fn a_line_and_a_session_are_linked_to_a_goal_and_lead_back() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>bShe ran half of it.<ctrl-o>").sees("Which goal is it about?");
    screen.keys("retro<enter>").sees("This line of the notes is linked").keys("<esc>");
    screen.sees("About: Lead the retro");
    screen.keys("mopen the goal<enter>").sees("Noor Haddad, notes: She ran half of it.");
    screen.keys("<enter>").click("notes: She ran half").keys("<enter>").sees("[3 Sessions]");
    screen.keys("5d").sees("no longer linked");
    screen.keys("u").sees("notes: She ran half of it.");
}

#[test]
fn a_commitment_serves_a_goal() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>5madd a commitment<enter>send the slides by fri<ctrl-s>");
    screen.sees("promised by you: send the slides, by 27 Nov");
    screen.keys("6").sees("for the goal: Lead the retro");
    screen.keys("mwhich goal<enter>no goal<enter>").sees("It serves no goal.");
    screen.keys("mwhich goal<enter>say no<enter>").sees("It serves the goal \"Say no\"");
    screen.keys("mopen the goal<enter>").sees("promised by you: send the slides");
}

#[test]
fn progress_checks_at_every_size() {
    let mut all = String::new();
    for (kind, journal) in
        [("empty", empty as fn() -> Journal), ("ordinary", ordinary), ("full", full)]
    {
        for (name, script) in [
            ("the talk", "3mhold a progress<enter>"),
            ("the session", "3<enter><shift-tab>"),
            ("the goal", "5<enter>"),
            (
                "two side by side",
                "3mhold a progress<enter><shift-tab><shift-tab>More<ctrl-s>mside by side<enter>",
            ),
        ] {
            // With nothing there yet, these two open forms of their own.
            if kind == "empty" && matches!(name, "the session" | "the goal") {
                continue;
            }
            let mut screen = Screen::of(journal());
            screen.keys("g<down><enter>").keys(script);
            for size in SIZES {
                let shown = screen.resize(size).screen();
                writeln!(all, "── {kind}, {name}, {}x{}\n{shown}", size.0, size.1)
                    .expect("written");
            }
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn my_record_stands_beside_mine_and_a_reminder_is_copied_of_what_they_are_late_with() {
    let mut journal = Journal::new();
    let with = journal.mentee("Noor Haddad");
    let (store, now) = (&mut journal.store, journal.stamp);
    let mut add = |line: &str| {
        let promise = Promise::read(line, "", day("2026-11-05"), DayOrder::default());
        let one = Commitment::new(with, &promise.expect("a promise"), day("2026-11-05"));
        store.add_commitment(now, &one).expect("added")
    };
    let kept = add("send the list by 2026-11-20");
    let moved = add("ask Jo by 2026-11-25");
    add("them: comments on the draft by 2026-11-12");
    store.keep_commitment(now, kept, day("2026-11-18")).expect("kept");
    store.move_commitment(now, moved, day("2026-12-02"), true, true).expect("moved");
    let mut screen = Screen::of(journal);
    screen.keys("gnoor<enter>6").sees("1 of 1 kept, 1 moved in time in 90 days; oldest");
    screen.sees("oldest open since Thu 5 Nov").resize((120, 40));
    screen.sees("oldest open since Thu 5 Nov: ask Jo").resize((40, 10)).sees("1 of 1 kept");
    screen.resize((80, 24));
    screen.click("comments on the draft").keys("y").sees("a reminder to send");
    let copied = screen.world.copied.last().cloned().unwrap_or_default();
    assert!(copied.starts_with("Hello Noor Haddad, on Thursday 5 November you said"), "{copied}");
}

#[test]
fn it_is_held_where_one_looks_at_goals() {
    let mut screen = Screen::of(ordinary());
    screen.keys("gnoor<enter>5mhold a progress<enter>").sees("Progress check with Noor Haddad");
    screen.keys("<esc><enter>mhold a progress<enter>").sees("Progress check with Noor Haddad");
    screen.keys("<tab><tab><tab><tab>Short steps<ctrl-s>").sees("Kept the progress check.");
    // With more than one there is nobody to look back with.
    let mut screen = Screen::of(Journal::new());
    screen.keys("5nRest more<ctrl-s>mhold a progress<enter>").sees("Choose the person with `g`");
}

#[test]
fn what_is_due_is_held_from_today() {
    let mut screen = Screen::of(ordinary());
    screen.keys("1").sees("rogress check").keys(" ");
    screen.sees("Progress check with Noor Haddad").sees("What helped");
    screen.keys("<tab><tab><tab><tab>Short steps<ctrl-s>");
    screen.sees("It stands under Sessions, in that of Sun 22 Nov.").sees_no("12:00");
}

#[test]
fn a_check_goes_out_for_reading() {
    let journal = ordinary();
    let what = Selection { person: None, private: false };
    let (mut markdown, mut page) = (Vec::new(), Vec::new());
    transfer::markdown::export(&journal.store, what, &mut markdown).expect("Markdown");
    transfer::html::export(&journal.store, what, &mut page).expect("a page");
    for told in [markdown, page].map(|bytes| String::from_utf8(bytes).expect("text")) {
        for words in ["Two meetings fell out.", "Lead the retro", "no time in spring"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
}
