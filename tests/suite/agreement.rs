//! The agreement end to end: versions, signatures, what freezes, what goes out, and the screen as a
//! person uses it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use confidant::domain::{
    Agreement, AgreementState, Commitment, Id, Method, Party, Phase, Profile, Promise,
    Relationship, Session, SessionState, Signature, When,
};
use confidant::store::{AgreementVersion, Error, Found, Query, Store, Written};
use confidant::transfer::{Selection, json, markdown};

use crate::journal::Journal;
use crate::screens::{SIZES, Screen};
use crate::shell::{Home, ran};

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn clause(key: &str, heading: &str, text: &str) -> Written {
    Written { key: key.into(), heading: heading.into(), text: text.into() }
}

fn signature(agreement: Id<Agreement>, party: Party, name: &str, on: &str) -> Signature {
    Signature { agreement, party, name: name.into(), day: day(on), method: Method::Here }
}

/// Asha and Amina: a first version that both signed, and a draft of the second.
fn ordinary() -> (Journal, Id<Relationship>) {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let first = Agreement {
        cadence: "2w".parse().ok(),
        schedule: "Thursdays at 15:00, one hour, video".into(),
        checks: vec![day("2026-06-14"), day("2026-12-14")],
        renew_by: Some(day("2027-02-12")),
        ends: Some(day("2027-03-12")),
        ..Agreement::first(with)
    };
    let clauses = [
        clause("purpose", "Purpose", "Grow into leading a team without losing the work she loves."),
        clause(
            "mentee_goals",
            "Goals of the mentee",
            "Lead the retro by 31 jan\n- Give a first talk",
        ),
        clause("confidentiality", "What stays between us", "What is said here stays here."),
    ];
    let id = store.write_agreement(stamp, None, &first, &clauses).expect("written");
    store.sign(stamp, &signature(id, Party::Me, "Asha Rao", "2026-03-14")).expect("signed");
    let theirs =
        Signature { method: Method::Paper, ..signature(id, Party::Them, "Amina K.", "2026-03-16") };
    store.sign(stamp, &theirs).expect("signed");
    let clauses = [
        clauses[0].clone(),
        clauses[1].clone(),
        clause(
            "confidentiality",
            "What stays between us",
            "What is said here stays here, unless someone is in danger.",
        ),
    ];
    let second = Agreement { why: "After the talk in May".into(), ..first.next() };
    store.write_agreement(stamp, None, &second, &clauses).expect("written");
    (journal, with)
}

fn versions(screen: &Screen) -> Vec<AgreementVersion> {
    let store = screen.store();
    let with = store.people().expect("people")[0].relationship;
    store.agreements(with).expect("read")
}

#[test]
fn it_is_written_in_one_form_and_stays_a_draft_until_it_is_signed() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>").sees("How you work together stands here");
    screen.keys("e<tab>2w<tab>thursdays, video<tab>14 dec, 14 jun<tab>12 feb<tab>12 mar");
    screen.keys("<tab>Grow into leading<tab>Lead the retro<ctrl-s>").sees("is a draft");
    screen.sees("every 2 weeks; thursdays, video").sees("Grow into leading").sees("Still empty");
    // It is the agreement that is taken back, not the person.
    screen.keys("u").sees("added version 1 of the agreement with Amina K.").keys("U");
    let all = versions(&screen);
    assert_eq!(all[0].state(), AgreementState::Draft);
    assert_eq!(all[0].agreement.value.checks, [day("2026-12-14"), day("2027-06-14")]);
    screen.keys("e").sees("version 1").keys("<esc>");
    assert_eq!(versions(&screen).len(), 1, "the draft is gone on with");
}

#[test]
fn a_form_left_half_written_stands_there_again() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>e<tab><tab>fridays").tick(2000);
    let mut screen = screen.crash();
    screen.keys("2<enter>e").sees("fridays");
}

/// A signature freezes the words, blanks and all, so the sheet names them before; and a day that
/// lies before the words is said to.
#[test]
fn what_is_still_blank_is_said_before_it_is_signed() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let blank = "We meet on ___.";
    let mut clauses = vec![
        clause("purpose", "Purpose", "Grow."),
        clause("place", "Where we meet", blank),
        clause("hours", "How long", blank),
    ];
    let id = store.write_agreement(stamp, None, &Agreement::first(with), &clauses);
    let id = id.expect("written");
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>msign<enter>").resize((80, 24));
    screen.sees("2 clauses still have blanks: Where we meet, How long.").sees("It is no signature");
    screen.keys("<tab><tab>16 nov").sees("before this version was written");
    screen.keys("<ctrl-u>22 nov").sees("today").sees_no("before this version");
    screen.keys("<ctrl-u>23 nov").sees("Sun 23 Nov 2025").sees("before this version was written");
    screen.keys("<ctrl-u>today<ctrl-s>").sees("Signed: Asha.");
    assert_eq!(versions(&screen)[0].signatures.len(), 1, "and still it is signed");
    // Many are counted.
    screen.keys("u");
    for number in 0..3 {
        clauses.push(clause(&format!("own{number}"), &format!("Our own {number}"), blank));
    }
    let (mut store, stamp) = screen.another();
    let before = store.agreements(with).expect("read").remove(0).agreement;
    assert_eq!(before.id, id);
    store.write_agreement(stamp, Some(&before), &before.value, &clauses).expect("written");
    drop(store);
    screen.tick(2000).keys("msign<enter>").sees("5 clauses still have blanks: Where we meet");
    screen.sees("2 more. It says that you agreed");
}

#[test]
fn undo_in_a_text_stops_at_what_the_form_was_opened_with() {
    let (journal, _) = ordinary();
    let mut screen = Screen::of(journal);
    let purpose = "Grow into leading a team without losing the work she loves.";
    screen.keys("2<enter>e<tab><tab><tab><tab><tab><tab><tab><ctrl-z>").sees("Grow into leading");
    screen.keys("<ctrl-end> Gladly.<ctrl-z><ctrl-z><ctrl-z>").sees("Grow into leading");
    screen.keys("<ctrl-y><ctrl-y><esc>");
    assert_eq!(versions(&screen)[0].text("purpose"), format!("{purpose} Gladly."));
    // What was left unfinished is what a form begins with when it is opened again.
    screen.keys("3nsoonish<tab><tab>She said no.<esc>").sees("stands here when you come back");
    screen.keys("n<tab><tab><ctrl-z>").sees("She said no.");
}

#[test]
fn the_form_opens_at_the_clause_that_is_selected() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>nown<enter>Holidays<ctrl-s>August is free\nas ever<ctrl-s>");
    screen.resize((80, 40)).click("What is said here stays here").keys("eTo us: <ctrl-s>");
    assert!(versions(&screen)[0].text("confidentiality").starts_with("To us: What is said"));
    // Also one of our own, and from a later line of it.
    screen.click("as ever").keys("<enter>In summer: <ctrl-s>");
    assert_eq!(versions(&screen)[0].text("own1"), "In summer: August is free\nas ever");
    screen.keys("<home>e").sees("Which clauses stand below");
}

#[test]
fn both_sign_and_the_text_is_frozen() {
    let (journal, with) = ordinary();
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>msign<enter>").sees("It is no signature").sees_no("save & close");
    // The name goes with the one who is chosen.
    screen.keys("<right>").sees("[Amina K.").keys("<left>").sees("[Asha").keys("<esc>");
    assert!(versions(&screen)[0].signatures.is_empty(), "leaving a form is no consent");
    screen.keys("msign<enter><ctrl-s>").sees("Signed: Asha.").sees("signed by you");
    screen.keys("msign<enter><ctrl-s>").sees("Signed: Amina K.").sees("agreed");
    assert!(matches!(versions(&screen)[0].state(), AgreementState::Agreed(_)));
    screen.keys("msign<enter>").sees("Both have signed it.");
    screen.keys("d").sees("A signed version stays.");
    // The next version begins with what was agreed.
    screen.keys("e").sees("version 3").keys("<ctrl-s>");
    assert_eq!(versions(&screen).len(), 3);
    assert_eq!(versions(&screen)[0].clauses.len(), 3);
    // A signature can be taken back; then it is a draft again.
    screen.keys("u");
    assert_eq!(versions(&screen).len(), 2);
    screen.keys("u").sees("signed by you, not by Amina K.");
    let frozen = screen.store().agreements(with).expect("read");
    assert_eq!(frozen[0].signatures.len(), 1);
}

#[test]
fn what_is_frozen_is_refused_by_the_store() {
    let (mut journal, with) = ordinary();
    let stamp = journal.stamp;
    let first = journal.store.agreements(with).expect("read").remove(1);
    let base = &first.agreement;
    let refused = journal.store.write_agreement(stamp, Some(base), &base.value, &[]);
    assert!(matches!(refused, Err(Error::Invalid(_))));
    assert!(journal.store.propose(stamp, base).is_err());
    assert!(journal.store.delete_agreement(stamp, base.id).is_err());
    let again = journal.store.sign(stamp, &signature(base.id, Party::Me, "Asha", "2026-03-15"));
    assert!(again.is_err(), "once is enough");
    // Its end is the relationship's, once both had signed.
    let relationship = journal.store.relationship(with).expect("one").value;
    assert_eq!(relationship.ends, Some(day("2027-03-12")));
    // A draft that was proposed is frozen too.
    let draft = journal.store.agreements(with).expect("read").remove(0).agreement;
    journal.store.propose(stamp, &draft).expect("proposed");
    let draft = journal.store.agreements(with).expect("read").remove(0).agreement;
    assert!(journal.store.write_agreement(stamp, Some(&draft), &draft.value, &[]).is_err());
}

#[test]
fn what_another_signed_meanwhile_is_not_taken_back() {
    let (mut journal, with) = ordinary();
    let stamp = journal.stamp;
    let draft = journal.store.agreements(with).expect("read").remove(0);
    let changed = [clause("purpose", "Purpose", "Something else.")];
    let base = &draft.agreement;
    journal.store.write_agreement(stamp, Some(base), &base.value, &changed).expect("written");
    let (mut other, theirs) = journal.another();
    other.sign(theirs, &signature(base.id, Party::Them, "Amina K.", "2026-11-22")).expect("signed");
    assert!(matches!(journal.store.undo(stamp), Err(Error::Refused(_))));
    let kept = journal.store.agreements(with).expect("read").remove(0);
    assert_eq!(kept.text("purpose"), "Something else.");
    // Once the signature is taken back, so can the words be.
    other.undo(theirs).expect("taken back");
    journal.store.undo(stamp).expect("taken back");
}

/// A signed version says what was signed, whatever the next one settles.
#[test]
fn how_often_the_two_meet_belongs_to_the_version_and_holds_once_it_is_signed() {
    let (mut journal, with) = ordinary();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let versions = store.agreements(with).expect("read");
    let draft = &versions[0].agreement;
    let monthly = Agreement { cadence: "1m".parse().ok(), ..draft.value.clone() };
    store.write_agreement(stamp, Some(draft), &monthly, &[]).expect("written");
    let rhythm = |store: &Store| {
        let relationship = store.relationship(with).expect("there").value;
        relationship.cadence.map(|one| one.to_string()).unwrap_or_default()
    };
    assert_eq!(rhythm(store), "every 2 weeks", "the draft settles nothing yet");
    let told = |store: &Store, at: usize| {
        let versions = store.agreements(with).expect("read");
        markdown::agreement(store, with, &versions[at]).expect("told")
    };
    assert!(told(store, 0).contains("every month"));
    for party in [Party::Me, Party::Them] {
        store.sign(stamp, &signature(draft.id, party, "A", "2026-11-22")).expect("signed");
    }
    assert_eq!(rhythm(store), "every month");
    assert!(told(store, 1).contains("every 2 weeks"), "{}", told(store, 1));
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("<enter>2v").sees("How often").sees("every month");
    screen.sees("every 2 weeks");
}

#[test]
fn a_draft_that_says_nothing_new_takes_back_no_rhythm() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let (store, stamp) = (&mut journal.store, journal.stamp);
    let draft = Agreement { cadence: "2w".parse().ok(), ..Agreement::first(with) };
    store.write_agreement(stamp, None, &draft, &[]).expect("written");
    let rhythm = |store: &Store| {
        let relationship = store.relationship(with).expect("there").value;
        relationship.cadence.map(|one| one.to_string()).unwrap_or_default()
    };
    assert_eq!(rhythm(store), "every 2 weeks", "nothing was agreed on before");
    let mut relationship = store.relationship(with).expect("there");
    relationship.value.cadence = "4w".parse().ok();
    let person = store.person(relationship.value.person).expect("there");
    store.update_details(stamp, &person, &relationship).expect("kept");
    let base = store.agreements(with).expect("read").remove(0).agreement;
    let words = [clause("purpose", "Purpose", "Grow")];
    store.write_agreement(stamp, Some(&base), &base.value, &words).expect("written");
    assert_eq!(rhythm(store), "every 4 weeks");
    let base = store.agreements(with).expect("read").remove(0).agreement;
    let monthly = Agreement { cadence: "1m".parse().ok(), ..base.value.clone() };
    store.write_agreement(stamp, Some(&base), &monthly, &words).expect("written");
    assert_eq!(rhythm(store), "every month");
}

#[test]
fn versions_are_compared_clause_by_clause() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>v").resize((120, 40)).sees("WHAT STAYS BETWEEN US");
    screen.sees("unless someone is in").sees("Version 1, agreed").sees("Version 2, a draft");
    // There is one earlier version, and an agreement is changed by the next one alone.
    screen.sees("y copy  Esc back").sees_no("bring back").sees_no("←→");
    screen.keys("<esc>").sees("Earlier versions");
}

/// Where one stands below the other, what stayed would push apart what differs.
#[test]
fn what_stayed_is_one_line_where_it_is_narrow() {
    let mut screen = Screen::of(ordinary().0);
    screen
        .keys("2<enter>")
        .resize((60, 20))
        .keys("v")
        .sees("PURPOSE, GOALS OF THE MENTEE: the same");
    screen.sees("KIND AND DATES").sees("6 lines are the same").sees("WHAT STAYS BETWEEN US");
    screen.sees_no("Thursdays").sees("f fold/unfold");
    screen.keys("f").sees("Thursdays").sees_no("the same").keys("f").sees("PURPOSE, GOALS");
    screen.keys("<esc>");
    // Beside each other both are whole, unless one asks.
    screen.resize((120, 40)).keys("v").sees("Grow into leading").sees_no("the same");
    screen.keys("f").sees("PURPOSE, GOALS OF THE MENTEE: the same").sees_no("Grow into leading");
}

#[test]
fn what_differs_in_kind_and_dates_is_compared_too() {
    let (mut journal, with) = ordinary();
    let second = journal.store.agreements(with).expect("read").remove(0);
    let changed = Agreement {
        profile: Profile::Workplace,
        schedule: "Fridays at 9:00, in person".into(),
        checks: vec![day("2026-12-14"), day("2027-06-14")],
        renew_by: None,
        ends: Some(day("2028-03-12")),
        ..second.agreement.value.clone()
    };
    let written: Vec<Written> = second
        .clauses
        .iter()
        .filter(|one| one.value.key != "mentee_goals")
        .map(|one| clause(&one.value.key, &one.value.heading, &one.value.text))
        .collect();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    store.write_agreement(stamp, Some(&second.agreement), &changed, &written).expect("kept");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("2<enter>v").sees("* marks what differs");
    // Both sides say it, the old one first; what is gone says so instead of saying nothing.
    for (old, new) in [
        ("* Kind: plain", "* Kind: workplace"),
        ("* When and how: Thursdays", "* When and how: Fridays at 9:00"),
        ("* Progress checks: Sun 14 Jun, Mon 14 Dec", "* Progress checks: Mon 14 Dec, 14 Jun 2027"),
        ("* Decide to renew by: 12 Feb 2027", "* Decide to renew by: not said"),
        ("* It ends: 12 Mar 2027", "* It ends: 12 Mar 2028"),
        ("* Lead the retro by 31 jan", "* Not in this version."),
    ] {
        let both = screen.screen();
        let row = both.lines().find(|row| row.contains(new)).unwrap_or_else(|| panic!("{both}"));
        assert!(row.contains(old), "{row}");
    }
    // What stayed stands there without the sign.
    screen.sees("  Grow into leading a team").sees_no("* Grow");
    // The heads are whole where there are two columns, also with a long name.
    for size in [(80, 24), (100, 30)] {
        screen.resize(size).sees("Version 1, agreed Mon 16 Mar").sees("Version 2, a draft");
    }
}

#[test]
fn another_progress_check_is_added_to_those_that_stand_there() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>e<tab><tab><tab>, 14 jun<ctrl-s>").sees("14 Jun 2027");
    let newest = versions(&screen).remove(0).agreement.value;
    assert_eq!(newest.checks, [day("2026-06-14"), day("2026-12-14"), day("2027-06-14")]);
}

#[test]
fn clauses_and_ground_rules_are_added() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>nfeedback<enter>").keys("Ask each time what helps<ctrl-s>");
    screen.keys("nown<enter>Holidays<ctrl-s>").keys("August is free<ctrl-s>");
    // One after the other, until it is enough; what stands already is not offered again.
    screen.keys("mground<enter>start on time<enter>").sees("among the ground rules");
    screen.sees("Pick ground rules").keys("own notes<enter>").sees("Pick ground rules");
    screen.keys("<esc>").sees_no("Pick ground rules");
    let rules = versions(&screen).remove(0).text("ground_rules").to_owned();
    assert_eq!(rules.lines().count(), 2, "{rules}");
    let newest = versions(&screen).remove(0);
    assert_eq!(newest.text("feedback"), "Ask each time what helps");
    assert_eq!(newest.text("own1"), "August is free");
    assert!(newest.text("ground_rules").starts_with("We start on time"));
    screen.resize((120, 40)).sees("Holidays").sees("August is free");
}

#[test]
fn its_goals_become_goals_and_are_not_typed_twice() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>mmake goals<enter>").sees("2 goals made");
    screen.resize((120, 40)).sees("Goal: Lead the retro").sees("Goal: Give a first talk");
    screen.keys("mmake goals<enter>").sees("no line that is not a goal already");
    screen.keys("5").sees("Lead the retro").sees("31 Jan");
    screen.keys("2u").keys("u").sees_no("Goal: Lead");
}

#[test]
fn ways_to_reach_them_are_one_thing_with_the_brief() {
    let mut screen = Screen::of(ordinary().0);
    screen
        .keys("2<enter>")
        .click("Enter adds how")
        .keys("<enter>")
        .keys("amina@example.org<ctrl-s>");
    screen.sees("amina@example.org").keys("0").sees("amina@example.org");
    // How they reach me is the agreement's too; the brief is for reaching them.
    screen.keys("2").click("Enter adds how they reach you");
    screen.keys("asha@example.org<tab><tab>after 18:00<ctrl-s>");
    screen.sees("you: asha@example.org · after 18:00").sees_no("Enter adds how");
    screen.keys("0").sees("amina@example.org").sees_no("asha@example.org");
}

#[test]
fn it_rests_goes_on_ends_and_is_closed_without_a_reason() {
    let (journal, with) = ordinary();
    let mut screen = Screen::of(journal);
    let now = |screen: &Screen| screen.store().relationship(with).expect("one").value;
    screen.keys("2<enter>mpause<enter>").sees("It rests since Sun 22 Nov");
    screen.keys("0").sees("rests since Sun 22 Nov").keys("0").sees("rests since 22 Nov");
    screen.keys("<enter>2");
    assert_eq!(now(&screen).paused, Some(day("2026-11-22")));
    screen.keys("mresume<enter>").sees_no("It rests since");
    screen.keys("mend it<enter>").sees("comes to its end");
    assert_eq!((now(&screen).phase, now(&screen).ends), (Phase::Closing, Some(day("2026-11-22"))));
    screen.keys("mclose it<enter>").sees("It is closed since Sun 22 Nov.");
    screen.keys("u").sees("comes to its end");
    screen.keys("mrenew<enter>").sees("version 2").keys("<esc>");
}

#[test]
fn what_is_planned_after_a_closing_is_named_and_a_closed_one_stays_closed() {
    let (mut journal, with) = ordinary();
    let then = When::from_code("2026-11-26T15:00").expect("a day");
    let planned = Session::new(with, then, SessionState::Planned);
    journal.store.add_session(journal.stamp, &planned, &[], &[]).expect("planned");
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>mclose it<enter>");
    screen.sees("Closed, but Thu 26 Nov 15:00 is planned: `3`, `m` calls it off.");
    // It stands there until something became of it, and nothing of the future does.
    screen.keys("<down>").sees("Still planned: Thu 26 Nov 15:00.");
    screen.sees_no("It ends: ").sees_no("Progress check: ");
    screen.keys("mend it<enter>").sees("It is closed already. `0`, `e` says where it stands.");
    screen.keys("mpause<enter>").sees("It is closed already.");
    let phase = screen.store().relationship(with).expect("one").value.phase;
    assert_eq!(phase, Phase::Closed);
    screen.keys("3mbecame<enter>cancelled<enter>2").sees_no("Still planned");
    screen.sees("It is closed since Sun 22 Nov.");
}

#[test]
fn nothing_is_late_while_it_rests() {
    let (mut journal, with) = ordinary();
    let (stamp, today) = (journal.stamp, journal.stamp.now.date_naive());
    let order = confidant::domain::DayOrder::default();
    let promise = Promise::read("me: lend her the book by 2026-12-01", "", today, order);
    let mut late = Commitment::new(with, &promise.expect("read"), today);
    late.due = Some(day("2026-11-12"));
    journal.store.add_commitment(stamp, &late).expect("promised");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>6").sees("10 d late").keys("2mpause<enter>");
    screen.keys("6").sees("lend her the book").sees_no("d late");
    screen.keys("0").sees("lend her the book").sees_no("d late");
    screen.keys("2mresume<enter>6").sees("10 d late");
}

#[test]
fn it_goes_out_to_be_printed_and_signed_and_is_found() {
    let (journal, with) = ordinary();
    let versions = journal.store.agreements(with).expect("read");
    insta::assert_snapshot!(markdown::agreement(&journal.store, with, &versions[0]).expect("told"));
    insta::assert_snapshot!(markdown::agreement(&journal.store, with, &versions[1]).expect("told"));
    let mut bytes = Vec::new();
    json::export(&journal.store, Selection::default(), &mut bytes).expect("exported");
    let mut other = Journal::new();
    other.bring(bytes.as_slice()).expect("imported");
    let back = other.store.agreements(with).expect("read");
    let says = |all: &[AgreementVersion]| -> Vec<_> {
        all.iter().map(|one| (one.agreement.value.clone(), one.state())).collect()
    };
    assert_eq!(says(&back), says(&versions));
    assert_eq!(back[0].text("confidentiality"), versions[0].text("confidentiality"));
    let only = Some(Found::Agreements);
    let query = Query { text: "danger".into(), only, ..Query::default() };
    assert_eq!(journal.store.search(&query, None, 10).expect("searched").hits.len(), 1);
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>x<ctrl-s>").sees("Written to agreement-2.md");
    assert!(screen.world.written[0].1.contains("Amina K.: "));
    screen.keys("/danger").sees("agreement");
}

#[test]
fn the_shell_reads_it_as_text() {
    let home = Home::with_amina();
    let nothing = "There is no agreement with Amina K. yet. On the screen, `2` begins one.\n";
    assert_eq!(home.run(&["agreement", "amina"]), ran(0, "", nothing));
    let (journal, _) = ordinary();
    let mut bytes = Vec::new();
    json::export(&journal.store, Selection::default(), &mut bytes).expect("exported");
    let other = Home::new();
    let file = other.write("all.json", bytes);
    other.done(&["import", &file, "--from", "json"]);
    insta::assert_snapshot!(other.done(&["agreement", "amina"]));
    let in_force = other.done(&["agreement", "amina", "--on", "2026-03-16"]);
    assert!(in_force.starts_with("# Mentoring agreement, version 1, agreed 2026-03-16\n"));
    other.fails(
        &["agreement", "amina", "--on", "2026-03-15"],
        4,
        "No agreement with Amina K. was in force on that day.\n",
    );
    other.fails(
        &["agreement", "amina", "--version", "7"],
        4,
        "The agreement with Amina K. has no version 7. The newest is 2.\n",
    );
}

#[test]
fn every_profile_offers_its_clauses() {
    for (profile, heading) in
        [(Profile::Workplace, "The manager"), (Profile::Doctoral, "Authorship")]
    {
        let mut journal = Journal::new();
        let with = journal.mentee("Amina K.");
        let draft = Agreement { profile, ..Agreement::first(with) };
        let stamp = journal.stamp;
        journal.store.write_agreement(stamp, None, &draft, &[]).expect("written");
        let mut screen = Screen::of(journal);
        screen.keys("2<enter>").resize((120, 40)).sees(heading);
    }
}

/// Nine versions with every clause there is, at length.
fn full() -> Journal {
    let (mut journal, with) = ordinary();
    let stamp = journal.stamp;
    let words =
        "We agree on this, 約束 🤝, and on what follows from it for the two of us. ".repeat(9);
    let written: Vec<Written> = confidant::guide::clauses::clauses()
        .iter()
        .map(|one| clause(&one.key, &one.heading, &words))
        .collect();
    for number in 3..10 {
        let agreement = Agreement { number, why: words.clone(), ..Agreement::first(with) };
        journal.store.write_agreement(stamp, None, &agreement, &written).expect("written");
    }
    journal
}

#[test]
fn the_agreement_at_every_size() {
    let mut all = String::new();
    let empty = || {
        let mut journal = Journal::new();
        journal.mentee("Amina K.");
        journal
    };
    for (kind, journal) in
        [("empty", empty as fn() -> Journal), ("ordinary", || ordinary().0), ("full", full)]
    {
        for (name, script) in
            [("read", "2<enter>"), ("write", "2<enter>e"), ("compare", "2<enter>v")]
        {
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
fn another_profile_brings_its_clauses_at_once_and_takes_no_word_away() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("2<enter>e").sees("Boundaries");
    screen.keys("<right><right>").sees("● doctoral").sees_no("Boundaries");
    // The last of them.
    screen.keys("<shift-tab>").sees("Authorship").sees("Drafts");
    screen.keys("At the outline, and again before it is sent<tab>").sees("● doctoral");
    screen.keys("<left><left>").sees("● plain").sees("Boundaries");
    screen.keys("<shift-tab>").sees("Authorship").sees("At the outline").sees_no("Drafts");
    screen.tick(2000);
    // What was typed comes back with its clause, after a crash too.
    let mut screen = screen.crash();
    screen.resize((120, 40)).keys("2<enter>e<shift-tab>").sees("Authorship").sees("At the outline");
    screen.keys("<ctrl-s>").sees("is a draft");
    let newest = versions(&screen).remove(0);
    assert_eq!(newest.agreement.value.profile, Profile::Plain);
    assert_eq!(newest.text("authorship"), "At the outline, and again before it is sent");
}

#[test]
fn an_added_clause_comes_back_after_a_crash() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.keys("2<enter>nfeedback<enter>Ask each time").tick(2000);
    let mut screen = screen.crash();
    screen.resize((120, 40)).keys("2<enter>e").sees("Ask each time").keys("<ctrl-s>");
    assert_eq!(versions(&screen).remove(0).text("feedback"), "Ask each time");
}

#[test]
fn an_agreement_can_begin_with_words_that_are_filled_in() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("2<enter>mour words<enter>").sees("a doctoral student");
    screen.keys("community<enter>").sees("8 clauses begun").sees("Still empty");
    screen.sees("Guardian: ___").sees("it says ___").sees("Goals of the mentee, Ground rules.");
    let begun = versions(&screen).remove(0);
    assert_eq!(begun.agreement.value.profile, Profile::Community);
    assert!(begun.text("ending").contains("no reasons owed"));
    // What was written stays, what says something is not begun again, and `u` takes all of it back.
    screen.keys("mour words<enter>").sees("says something");
    screen.keys("u").sees("How you work together stands here");
}

#[test]
fn words_to_begin_with_leave_what_is_written_alone() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("2<enter>mour words<enter>").sees("3 clauses begun");
    let newest = versions(&screen).remove(0);
    assert_eq!(newest.agreement.value.number, 2);
    assert!(newest.text("purpose").starts_with("Grow into leading"));
    assert!(newest.text("boundaries").contains("___"));
    assert!(newest.text("ground_rules").is_empty());
}

#[test]
fn a_form_that_was_left_takes_nothing_back_that_was_written_since() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("2<enter>e<tab><tab>fridays").tick(2000);
    let mut screen = screen.crash();
    screen.resize((120, 40)).keys("2<enter>mour words<enter>plain<enter>").sees("so that ___");
    screen.keys("e").sees("fridays").keys("<ctrl-s>");
    let newest = versions(&screen).remove(0);
    assert_eq!(newest.agreement.value.schedule, "fridays");
    assert_eq!(newest.text("purpose"), "We are doing this so that ___");
}

#[test]
fn goals_that_are_there_already_stand_in_its_goals_clause() {
    let mut journal = Journal::new();
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.resize((120, 40)).keys("2<enter>5nLead the retro by 31 jan<ctrl-s>nA talk<ctrl-s>2");
    screen.keys("mour words<enter>plain<enter>");
    let text = "Lead the retro by 31 Jan 2027\nA talk";
    assert_eq!(versions(&screen).remove(0).text("mentee_goals"), text);
    screen.keys("mmake goals<enter>").sees("no line that is not a goal already");
}

#[test]
fn a_programme_and_whom_to_tell_stand_in_it_and_go_out_with_it() {
    let (mut journal, with) = ordinary();
    let person = journal.store.details(with).expect("read").person;
    let mut standing = journal.store.details(with).expect("read").relationship;
    standing.value.programme = "Open Doors".into();
    standing.value.coordinator = "Birgit, 08-555 310".into();
    standing.value.safeguarding = "Birgit first".into();
    journal.store.update_details(journal.stamp, &person, &standing).expect("kept");
    let version = journal.store.agreements(with).expect("read").remove(0);
    let told = markdown::agreement(&journal.store, with, &version).expect("told");
    assert!(told.contains("- Coordinator: Birgit, 08-555 310\n- Safeguarding: Birgit"));
    let mut screen = Screen::of(journal);
    screen
        .resize((80, 24))
        .keys("2<enter>")
        .sees("Coordinator: Birgit")
        .sees("Safeguarding: Birgit first");
}
