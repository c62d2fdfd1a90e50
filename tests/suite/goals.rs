//! Goals end to end: what the store keeps of them, what goes out and comes back, and the screen as
//! a person uses it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use confidant::domain::{
    Goal, GoalOwner, GoalStatus, GoalWord, Id, Person, Relationship, Role, Stamp,
};
use confidant::store::{Error, Found, GoalFilter, GoalsOf, Kind, Query};
use confidant::transfer::{Selection, json, markdown};

use crate::journal::Journal;
use crate::screens::{SIZES, Screen};
use crate::shell::Home;

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn goal(title: &str, owner: GoalOwner, due: &str) -> Goal {
    Goal { due: (!due.is_empty()).then(|| day(due)), ..Goal::new(title, owner, day("2026-11-01")) }
}

/// Tomas as he might keep it: two mentors, a thesis, a certificate he tells nobody about.
fn ordinary() -> Journal {
    let mut journal = Journal::new();
    let lindqvist = mentor(&mut journal, "Prof. Lindqvist");
    let amina = journal.mentee("Amina K.");
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let chapter = Goal {
        why: "The committee meets in January, and the rest of the thesis waits for it.".into(),
        test: "Lindqvist has read it and wants small changes only.".into(),
        ..goal("Thesis chapter 2", GoalOwner::Me, "2026-12-18")
    };
    let chapter = s.add_goal(stamp, &chapter, &[lindqvist]).expect("added");
    for (title, due) in [
        ("Outline", Some("2026-11-12")),
        ("Data", Some("2026-11-20")),
        ("Draft", Some("2026-12-03")),
        ("Revision", None),
    ] {
        s.add_milestone(stamp, chapter, title, due.map(day)).expect("added");
    }
    let first = s.goal_details(chapter).expect("a goal").milestones[0].id;
    s.tick_milestone(stamp, first, true).expect("ticked");
    let before = Stamp { now: stamp.now - chrono::Duration::days(13), ..stamp };
    s.add_standing(before, chapter, GoalWord::OnCourse, "").expect("said");
    s.add_standing(stamp, chapter, GoalWord::Stuck, "The data is late").expect("said");
    s.add_goal(stamp, &goal("Conference abstract", GoalOwner::Me, "2026-11-15"), &[])
        .expect("added");
    s.add_goal(stamp, &goal("Lead the retro alone", GoalOwner::Them, "2027-01-31"), &[amina])
        .expect("added");
    let certificate =
        s.add_goal(stamp, &goal("Teaching certificate", GoalOwner::Me, ""), &[]).expect("added");
    s.mark_goal(stamp, certificate, GoalStatus::Paused, "After the thesis").expect("marked");
    let talk = s.add_goal(stamp, &goal("Give a first talk", GoalOwner::Both, ""), &[amina]);
    s.mark_goal(stamp, talk.expect("added"), GoalStatus::Achieved, "").expect("marked");
    journal
}

fn mentor(journal: &mut Journal, name: &str) -> Id<Relationship> {
    let person = Person { name: name.into(), ..Person::default() };
    journal
        .store
        .add_person(journal.stamp, &person, |person| Relationship::new(person, Role::Mentee))
        .expect("added")
}

/// Far more than anybody has, in words that break columns.
fn full() -> Journal {
    let mut journal = Journal::new();
    let with = journal.mentee("Konstantinopoulou-Vanderbilt, Alexandra Maria Theodora");
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let long = "日本語の目標はとても長いことがあります and a goal that goes on and on, far past any column";
    let first = Goal { why: "Because. ".repeat(60), ..goal(long, GoalOwner::Them, "2026-01-02") };
    let first = s.add_goal(stamp, &first, &[with]).expect("added");
    for number in 0..30 {
        s.add_milestone(stamp, first, &format!("{number}: {long}"), None).expect("added");
        s.add_standing(stamp, first, GoalWord::Stuck, long).expect("said");
    }
    for number in 0..60 {
        let goal = goal(&format!("Goal {number:02} 👩‍👩‍👧‍👦"), GoalOwner::Me, "2027-05-05");
        s.add_goal(stamp, &goal, &[with]).expect("added");
    }
    journal
}

fn titles(journal: &Journal, of: GoalsOf, filter: GoalFilter) -> Vec<String> {
    let goals = journal.store.goals(of, filter).expect("goals");
    goals.into_iter().map(|row| row.goal.value.title).collect()
}

// ---- the store

#[test]
fn goals_are_listed_for_all_for_one_and_for_nobody() {
    let journal = ordinary();
    let people = journal.store.people().expect("people");
    let with = |name: &str| {
        let named = people.iter().find(|named| named.name == name).expect("somebody");
        GoalsOf::One(named.relationship)
    };
    let all = [
        "Conference abstract",
        "Thesis chapter 2",
        "Lead the retro alone",
        "Teaching certificate",
        "Give a first talk",
    ];
    assert_eq!(titles(&journal, GoalsOf::Everyone, GoalFilter::All), all);
    assert_eq!(titles(&journal, GoalsOf::Everyone, GoalFilter::Open), all[..3]);
    assert_eq!(titles(&journal, GoalsOf::Nobody, GoalFilter::All), [all[0], all[3]]);
    assert_eq!(titles(&journal, with("Amina K."), GoalFilter::All), [all[2], all[4]]);
    assert_eq!(titles(&journal, with("Amina K."), GoalFilter::Open), [all[2]]);
    assert_eq!(titles(&journal, with("Amina K."), GoalFilter::Mine), [all[4]]);
    assert_eq!(titles(&journal, with("Prof. Lindqvist"), GoalFilter::Theirs), [""; 0]);
    let rows = journal.store.goals(with("Prof. Lindqvist"), GoalFilter::All).expect("goals");
    let row = &rows[0];
    assert_eq!((row.done, row.milestones), (1, 4));
    assert_eq!(row.standing, Some(GoalWord::Stuck));
    assert_eq!(row.with, "Prof. Lindqvist");
}

#[test]
fn a_status_keeps_its_word_why_and_can_be_taken_back() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let id = s.goals(GoalsOf::Everyone, GoalFilter::Open).expect("goals")[0].goal.id;
    s.mark_goal(stamp, id, GoalStatus::HandedOn, "Jo writes it").expect("marked");
    let details = s.goal_details(id).expect("a goal");
    assert_eq!(details.goal.value.status, GoalStatus::HandedOn);
    assert_eq!(details.goal.value.since, day("2026-11-22"));
    assert_eq!(details.history[0].value.word, GoalWord::HandedOn);
    assert_eq!(details.history[0].value.note, "Jo writes it");
    let undone = s.undo(stamp).expect("undone");
    assert_eq!(undone.subject.expect("a subject").goal, Some(id));
    let details = s.goal_details(id).expect("a goal");
    assert_eq!(details.goal.value.status, GoalStatus::Active);
    assert!(details.history.is_empty());
}

#[test]
fn a_goal_is_shared_and_no_longer_shared_and_shared_again() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let with = s.people().expect("people")[0].relationship;
    let id = s.goals(GoalsOf::Nobody, GoalFilter::Open).expect("goals")[0].goal.id;
    for shared in [true, true, false, false, true] {
        s.share_goal(stamp, id, with, shared).expect("shared");
        let now = s.shared_with(id).expect("people");
        assert_eq!(now.len(), usize::from(shared));
        // What is shared is found with the person.
        let person = s.named(with).expect("named").person;
        let query =
            Query { text: "abstract".into(), person: Some(person), only: Some(Found::Goals) };
        assert_eq!(s.search(&query, None, 10).expect("hits").count, u32::from(shared));
    }
    for _ in 0..3 {
        s.undo(stamp).expect("undone");
    }
    assert!(s.shared_with(id).expect("people").is_empty());
    assert!(s.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn every_word_about_a_goal_is_found_as_the_goal() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let found = |s: &confidant::store::Store, text: &str| {
        let query = Query { text: text.into(), ..Query::default() };
        s.search(&query, None, 10).expect("hits").hits
    };
    for word in ["chapter", "committee", "Lindqvist has read", "Revision", "late"] {
        let hits = found(s, word);
        assert!(
            hits.iter().any(|hit| hit.kind == Kind::Goal && hit.text.starts_with("Thesis")),
            "{word}"
        );
    }
    let id = found(s, "Revision")[0].id.cast::<Goal>();
    let last = s.goal_details(id).expect("a goal").milestones[3].id;
    s.delete_milestone(stamp, last).expect("deleted");
    assert!(found(s, "Revision").is_empty());
    s.undo(stamp).expect("undone");
    assert_eq!(found(s, "Revision").len(), 1);
    // A word that was only said in what is undone is gone with it.
    s.add_milestone(stamp, id, "Zebra", None).expect("added");
    assert_eq!(found(s, "Zebra").len(), 1);
    s.undo(stamp).expect("undone");
    assert!(found(s, "Zebra").is_empty());
    s.delete_goal(stamp, id).expect("deleted");
    assert!(found(s, "Revision").is_empty());
    assert!(s.verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn a_goal_comes_out_of_the_bin_with_its_milestones_and_goes_for_good_with_them() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let id = s.goals(GoalsOf::Everyone, GoalFilter::Open).expect("goals")[1].goal.id;
    let before = s.goal_details(id).expect("a goal");
    let milestone = before.milestones[1].id;
    s.delete_milestone(stamp, milestone).expect("deleted");
    s.delete_goal(stamp, id).expect("deleted");
    assert!(matches!(s.goal_details(id), Err(Error::Gone)));
    assert_eq!(s.bin(10).expect("the bin").len(), 2);
    // The milestone is nowhere without its goal, so it takes the goal along.
    s.restore(stamp, Kind::Milestone, milestone.cast()).expect("restored");
    let after = s.goal_details(id).expect("a goal");
    assert_eq!(after.milestones.len(), 4);
    assert_eq!(after.history, before.history);
    s.delete_goal(stamp, id).expect("deleted");
    s.empty_bin(i64::MAX).expect("emptied");
    assert!(matches!(s.milestone(milestone), Err(Error::Gone)));
    assert!(s.verify(|_| {}).expect("a verdict").problems.is_empty());
    assert!(s.add_milestone(stamp, id, "x", None).is_err());
}

#[test]
fn milestones_keep_their_order_and_their_day() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let id = s.goals(GoalsOf::Everyone, GoalFilter::Open).expect("goals")[1].goal.id;
    let mut one = s.goal_details(id).expect("a goal").milestones[3].clone();
    one.value.title = "Revision with\nLindqvist".into();
    s.update_milestone(stamp, &one).expect("updated");
    s.move_milestone(stamp, one.id, Some(day("2027-01-15"))).expect("moved");
    s.add_milestone(stamp, id, "Hand in", None).expect("added");
    let shown = |s: &confidant::store::Store| {
        let details = s.goal_details(id).expect("a goal");
        let all = details.milestones.iter();
        all.map(|one| one.value.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(shown(s), ["Outline", "Data", "Draft", "Revision with Lindqvist", "Hand in"]);
    assert_eq!(s.milestone(one.id).expect("one").value.due, Some(day("2027-01-15")));
    s.tick_milestone(stamp, one.id, true).expect("ticked");
    assert_eq!(s.milestone(one.id).expect("one").value.done, Some(day("2026-11-22")));
    s.tick_milestone(stamp, one.id, false).expect("not ticked");
    assert_eq!(s.milestone(one.id).expect("one").value.done, None);
    let all = s.goal_details(id).expect("a goal").milestones;
    s.order_milestones(stamp, all[4].id, all[3].id).expect("in order");
    assert_eq!(shown(s), ["Outline", "Data", "Draft", "Hand in", "Revision with Lindqvist"]);
    s.undo(stamp).expect("undone");
    assert_eq!(shown(s), ["Outline", "Data", "Draft", "Revision with Lindqvist", "Hand in"]);
    let empty = s.add_milestone(stamp, id, " ", None);
    assert!(matches!(empty, Err(Error::Invalid(_))));
}

// ---- out and in

fn out(journal: &Journal, what: Selection) -> String {
    let mut bytes = Vec::new();
    json::export(&journal.store, what, &mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn goals_go_out_and_come_back_as_they_were() {
    let mut journal = ordinary();
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let id = s.goals(GoalsOf::Nobody, GoalFilter::Open).expect("goals")[0].goal.id;
    s.add_milestone(stamp, id, "zqinthebin", None).expect("added");
    s.delete_goal(stamp, id).expect("deleted");
    let everything = Selection { person: None, private: true };
    for what in [everything, Selection::default()] {
        let all = out(&journal, what);
        assert_eq!(all.contains("zqinthebin"), what.private, "{all}");
        let mut other = Journal::new();
        let came = other.bring(all.as_bytes()).expect("imported");
        assert_eq!(came.added.goals, if what.private { 5 } else { 4 });
        assert_eq!(out(&other, what), all);
        assert!(other.store.verify(|_| {}).expect("a verdict").problems.is_empty());
        let again = other.bring(all.as_bytes()).expect("again");
        assert!(again.added.is_empty());
    }
}

#[test]
fn an_export_about_one_person_says_nothing_of_the_goals_of_others() {
    let journal = ordinary();
    let people = journal.store.people().expect("people");
    let amina = people.iter().find(|named| named.name == "Amina K.").expect("Amina").person;
    let what = Selection { person: Some(amina), private: false };
    let mut bytes = Vec::new();
    markdown::export(&journal.store, what, &mut bytes).expect("exported");
    let read = String::from_utf8(bytes).expect("text");
    for text in [out(&journal, what), read] {
        assert!(text.contains("Lead the retro alone"), "{text}");
        for other in ["Thesis", "certificate", "Lindqvist"] {
            assert!(!text.contains(other), "{other}: {text}");
        }
    }
}

#[test]
fn goals_are_told_with_each_person_and_those_of_my_own_apart() {
    let journal = ordinary();
    let mut bytes = Vec::new();
    markdown::export(&journal.store, Selection::default(), &mut bytes).expect("exported");
    let text = String::from_utf8(bytes).expect("text");
    let (_, goals) = text.split_once("# Prof. Lindqvist").expect("a part");
    insta::assert_snapshot!(goals);
}

// ---- the screen

#[test]
fn a_title_is_enough_and_the_day_is_echoed() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("5").sees("`n` adds the first goal");
    screen.keys("nChapter 2 by 18 dec").sees("Chapter 2: by Fri 18 Dec 2026, in 26 days");
    screen.keys("<ctrl-s>").sees("Added, by Fri 18 Dec 2026").sees("by 18 Dec");
    let goals = screen.store().goals(GoalsOf::Nobody, GoalFilter::All).expect("goals");
    assert_eq!(goals[0].goal.value.title, "Chapter 2");
    assert_eq!(goals[0].goal.value.owner, GoalOwner::Me);
    assert_eq!(goals[0].goal.value.due, Some(day("2026-12-18")));
    screen.keys("u").sees("`n` adds the first goal");
    screen.keys("U").sees("by 18 Dec");
}

#[test]
fn a_goal_of_somebody_i_mentor_is_theirs() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>5").sees("The goals you share stand here");
    screen.keys("nLead the retro<ctrl-s>").sees("theirs").sees("Shared with Amina K.");
    screen.keys("0").sees("Lead the retro");
}

#[test]
fn a_milestone_goes_up_and_down_and_the_selection_with_it() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("5nChapter 2<ctrl-s><enter>noutline<ctrl-s>ndata<ctrl-s>ndraft<ctrl-s>");
    screen.keys("K").sees("It is milestone 2 of 3 now.").keys("<alt-up>K");
    screen.sees("This is the first one already.");
    let order = |screen: &mut Screen| {
        let shown = screen.screen();
        let mut lines = ["outline", "data", "draft"];
        lines.sort_by_key(|line| shown.find(&format!("[ ] {line}")));
        lines
    };
    assert_eq!(order(&mut screen), ["draft", "outline", "data"]);
    screen.keys("mmilestone down<enter>");
    assert_eq!(order(&mut screen), ["outline", "draft", "data"]);
    screen.keys("u").sees("Taken back: put the milestones of a goal in another order.");
    assert_eq!(order(&mut screen), ["draft", "outline", "data"]);
    screen.keys("<esc>J").keys("<enter>").keys("<home>");
    assert_eq!(order(&mut screen), ["draft", "outline", "data"]);
}

#[test]
fn milestones_are_added_ticked_moved_edited_and_deleted_inside_a_goal() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("5nChapter 2<ctrl-s><enter>");
    screen.keys("noutline by 3 dec").sees("outline: by Thu 3 Dec 2026, in 11 days");
    screen.keys("<ctrl-s>ndata<ctrl-s>").sees("[ ] outline").sees("by 3 Dec");
    screen.sees("Milestones, 0 of 2 steps");
    // What was just added is selected.
    screen.keys(" ").sees("[x] data").keys(" ").sees("[ ] data");
    screen.keys("<home>").click("[ ] outline").keys(" ").sees("[x] outline").sees("done 22 Nov");
    screen.keys("<esc>").sees("1 of 2 steps").keys("<enter>").click("[x] outline").keys(" ");
    screen.sees("[ ] outline");
    screen.keys("snext fri<ctrl-s>").sees("Moved to").keys("snone<ctrl-s>").sees("no date any");
    screen.keys("e<end> of it<ctrl-s>").sees("[ ] outline of it");
    screen.keys("d").sees("The milestone is in the bin.").sees_no("outline of it");
    screen.keys("u").sees("[ ] outline of it");
}

#[test]
fn how_it_stands_what_became_of_it_and_with_whom() {
    let mut journal = Journal::new();
    mentor(&mut journal, "Prof. Lindqvist");
    let mut screen = Screen::of(journal);
    screen.keys("5nChapter 2<ctrl-s>");
    screen.keys("c<right><tab>The data is late<ctrl-s>").sees("22 Nov  stuck: The data is late");
    screen.keys("s18 dec<ctrl-s>").sees("by 18 Dec");
    // A date that stands in a field gives way to what is typed, and is gone on with after a move.
    screen.keys("e<tab><tab>15 jan").sees("15 Jan 2027").keys("<ctrl-u>2027-01-16<ctrl-s>");
    screen
        .sees("by 16 Jan 2027")
        .keys("e<tab><tab><end><backspace>8<ctrl-s>")
        .sees("by 18 Jan 2027");
    screen.keys("e<tab><tab>18 dec<ctrl-s>").sees("by 18 Dec");
    screen.keys("mbecame<enter>").sees("What became of it: Chapter 2");
    screen.keys("<right><tab>Exams<ctrl-s>").sees("paused: Exams");
    screen.keys("mwith whom<enter>").sees("Share this goal with").sees("[ ] Prof. Lindqvist");
    screen.keys("<enter>").sees("[x] Prof. Lindqvist").keys("<esc>");
    screen.sees("Shared with Prof. Lindqvist");
    screen.keys("mwith whom<enter>").sees("[x] Prof. Lindqvist").keys("<enter>");
    screen.sees("[ ] Prof. Lindqvist").keys("<esc>").sees("Shared with nobody");
    screen.keys(" ").sees("Met: Chapter 2.").sees("achieved");
    screen.keys(" ").sees("Worked on again: Chapter 2.");
    screen.keys("fopen<enter>").sees("Chapter 2").sees("Only open goals");
    screen.keys(" ").sees("No goal here is of this kind").keys("<esc>").sees("achieved");
    screen.keys("ewhy").keys("<ctrl-s>").sees("Kept the goal.");
    screen.keys("d").sees("In the bin, with its milestones: ").keys("u");
    screen.sees("Taken back").sees("achieved");
}

/// The list of those who share a goal stays open, and stays that of the goal, whatever is selected
/// once the goal is not among those of this person any more.
#[test]
fn several_are_chosen_who_share_a_goal() {
    let mut journal = Journal::new();
    let amina = journal.mentee("Amina K.");
    journal.mentee("Ben O.");
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let goal = |title: &str| Goal::new(title, GoalOwner::Me, day("2026-11-01"));
    let first = store.add_goal(stamp, &goal("A first goal"), &[amina]).expect("a goal");
    let other = store.add_goal(stamp, &goal("Another goal"), &[amina]).expect("a goal");
    let mut screen = Screen::of(journal);
    screen.keys("gamina<enter>5").click("A first goal").keys("mwith whom<enter>");
    screen.sees("▸ [x] Amina K.").sees("[ ] Ben O.").keys("<down><enter>");
    screen.sees("[x] Amina K.").sees("▸ [x] Ben O.").keys("<up><enter>");
    screen.sees("▸ [ ] Amina K.").keys("<enter><enter>").sees("[ ] Amina K.").keys("<esc>");
    let names = |id| {
        let shared = screen.store().shared_with(id).expect("read");
        shared.into_iter().map(|named| named.name).collect::<Vec<_>>()
    };
    assert_eq!((names(first), names(other)), (vec!["Ben O.".into()], vec!["Amina K.".into()]));
}

#[test]
fn what_is_dropped_goes_down_and_the_keys_stay_with_what_is_open() {
    let mut screen = Screen::of(ordinary());
    screen.keys("5<home>s").sees("Conference abstract").sees("Now Sun 15 Nov").keys("<esc>");
    screen
        .keys("mbecame<enter><right><right><right><tab>No time<ctrl-s>")
        .sees("The goal: dropped.");
    screen.keys("s").sees("Now Fri 18 Dec").keys("<esc>");
    // Taken back it stands in its place again.
    screen.keys("u").keys("u").keys("<home>s").sees("Now Sun 15 Nov");
}

#[test]
fn a_goal_tells_when_it_was_moved() {
    let mut journal = ordinary();
    let of = GoalsOf::Everyone;
    let goals = journal.store.goals(of, GoalFilter::Open).expect("goals");
    let chapter = goals.iter().find(|row| row.goal.value.title == "Thesis chapter 2").expect("one");
    let id = chapter.goal.id;
    let mut move_it = |days: i64, to: &str| {
        let then = Stamp { now: journal.stamp.now - chrono::Duration::days(days), ..journal.stamp };
        journal.store.move_goal(then, id, Some(day(to))).expect("moved");
    };
    move_it(3, "2027-01-15");
    move_it(1, "2027-02-01");
    let shown = Home::empty().done(&[
        "--journal",
        &journal.folder.path().join("journal.db").display().to_string(),
        "show",
        &id.short(),
    ]);
    let moves = "\nWhen it was moved\nThu 19 Nov  moved from Fri 18 Dec to 15 Jan 2027\nSat 21 Nov  moved from 15 Jan 2027 to 1 Feb 2027\n";
    assert!(shown.ends_with(moves), "{shown}");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("5").click("Thesis chapter 2");
    screen.sees("21 Nov  moved from 15 Jan 2027 to 1 Feb 2027");
    // What is taken back the same day was no move.
    screen.keys("s18 dec<ctrl-s>").sees("22 Nov  moved from 1 Feb 2027 to Fri 18 Dec");
    screen.keys("u").sees_no("22 Nov  moved");
}

#[test]
fn what_is_found_opens_the_goal() {
    let mut screen = Screen::of(ordinary());
    screen.keys("/committee<enter>").sees("The committee meets in January");
    screen.keys("0/retro<enter>").sees("Lead the retro alone").sees("Shared with Amina K.");
}

#[test]
fn the_brief_shows_open_goals_with_their_next_milestone() {
    let mut screen = Screen::of(ordinary());
    screen
        .keys("gprof<enter>")
        .sees("Thesis chapter 2 · stuck · by 18 Dec · next: Data ! by 20 Nov");
    screen.keys("<down><up> ").sees("Milestone done: Data.").sees("next: Draft");
    screen.keys("u").sees("next: Data").keys("<enter>").sees("[ ] Data");
    screen.sees_no("Lead the retro");
}

#[test]
fn a_second_process_changes_what_is_shown() {
    let mut screen = Screen::of(ordinary());
    screen.keys("5");
    let (mut other, stamp) = screen.another();
    other.add_goal(stamp, &goal("From the shell", GoalOwner::Me, ""), &[]).expect("added");
    screen.tick(1000).sees("From the shell");
}

#[test]
fn a_goal_without_steps_has_its_first_line_selected_and_gets_its_first_step() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("5nProvisional licence<ctrl-s><enter>").sees("▸ mine");
    screen.keys("nForm sent<ctrl-s>nMock test<ctrl-s><end><up><space>").sees("[x] Form sent");
}

#[test]
fn goals_at_every_size() {
    let mut all = String::new();
    for (kind, journal) in
        [("empty", Journal::new as fn() -> Journal), ("ordinary", ordinary), ("full", full)]
    {
        for (name, script) in [("list", "5"), ("inside", "5<down><enter>"), ("new", "5n")] {
            let mut screen = Screen::of(journal());
            screen.keys(script);
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
fn a_long_list_grows_as_one_goes_down() {
    let mut journal = Journal::new();
    let today = journal.stamp.now.date_naive();
    for number in 0..400_u64 {
        let mut goal = Goal::new(&format!("Goal {number:03}"), GoalOwner::Me, today);
        goal.due = (number < 300).then(|| today + chrono::Days::new(number));
        journal.store.add_goal(journal.stamp, &goal, &[]).expect("added");
    }
    let all = journal.store.goals(GoalsOf::Everyone, GoalFilter::All).expect("goals");
    for most in [1, 64, 299, 300, 301, 399, 400] {
        for filter in [GoalFilter::All, GoalFilter::Open, GoalFilter::Mine] {
            let first = journal.store.first_goals(GoalsOf::Everyone, filter, most).expect("goals");
            let wanted = &all[..usize::try_from(most).expect("few")];
            assert_eq!(first, (wanted.to_vec(), most < 400), "{most} {filter:?}");
        }
        let theirs = journal.store.first_goals(GoalsOf::Everyone, GoalFilter::Theirs, most);
        assert_eq!(theirs.expect("goals"), (Vec::new(), false));
    }
    let mut screen = Screen::of(journal);
    screen.keys("5").sees("Goal 000");
    for _ in 0..150 {
        screen.keys("<down>");
    }
    screen.sees("▸ Goal 150").keys("<end>").sees("▸ Goal 399").keys("<home>").sees("▸ Goal 000");
}
