//! The ten ways end to end: answers, evidence, focus, repairs, what goes out, and the screen as a
//! person uses it.

use std::fmt::Write as _;

use chrono::{NaiveDate, TimeDelta};
use confidant::domain::{
    Direction, Evidence, Focus, Id, Layer, Practice, Relationship, Repair, Session, SessionState,
    Stamp, Way, When,
};
use confidant::store::{Error, Found, Query, Scope};
use confidant::transfer::{Selection, json, markdown};

use crate::journal::Journal;
use crate::screens::{SIZES, Screen};
use crate::shell::{Home, ran};

use Practice::{Consistently, NoOccasion, NotReally, Sometimes};

fn day(code: &str) -> NaiveDate {
    code.parse().expect("a day")
}

fn seen(with: Id<Relationship>, way: &str, on: &str, text: &str) -> Evidence {
    Evidence {
        relationship: with,
        way: way.into(),
        direction: Direction::Practised,
        day: day(on),
        text: text.into(),
        session: None,
        commitment: None,
    }
}

/// Asha and Amina: four check-ins in three months, two practices, and something to mend.
fn ordinary() -> (Journal, Id<Relationship>) {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let stamp = journal.stamp;
    let store = &mut journal.store;
    for on in ["2026-06-04", "2026-09-03", "2026-10-08", "2026-11-12"] {
        let session = Session::new(with, When::day(day(on)), SessionState::Held);
        store.add_session(stamp, &session, &[], &[]).expect("a session");
    }

    for (weeks, answers) in [
        (20, &[("w02", NotReally), ("w03", Sometimes), ("w05", Sometimes), ("w06", NoOccasion)]),
        (12, &[("w02", Sometimes), ("w03", Sometimes), ("w05", Consistently), ("w06", NoOccasion)]),
        (6, &[("w02", Sometimes), ("w03", Sometimes), ("w05", Sometimes), ("w06", NoOccasion)]),
        (1, &[("w02", Consistently), ("w03", Sometimes), ("w05", NotReally), ("w06", NoOccasion)]),
    ] {
        let then = Stamp { now: stamp.now - TimeDelta::weeks(weeks), ..stamp };
        for (way, answer) in answers {
            store.answer(then, with, way, Some(*answer)).expect("answered");
        }
    }
    let short = Evidence {
        direction: Direction::FellShort,
        ..seen(with, "w05", "2026-11-12", "Talked for half of the hour before she had said why")
    };
    store.add_evidence(stamp, &short).expect("noted");
    store
        .add_evidence(stamp, &seen(with, "w03", "2026-11-06", "Sent the reading list on the day"))
        .expect("noted");
    let focus = Focus {
        relationship: with,
        way: "w05".into(),
        practice: "Each names one takeaway before leaving.".into(),
        since: day("2026-10-11"),
        until: None,
    };
    store.add_focus(stamp, &focus).expect("in focus");
    let repair = Repair {
        relationship: with,
        day: day("2026-11-14"),
        happened: "I told her manager about the offer".into(),
        part: "I thought he knew".into(),
        effect: String::new(),
        said: "Rang her the same evening".into(),
        change: "Ask before I repeat anything".into(),
        settled: None,
    };
    store.add_repair(stamp, &repair).expect("set down");
    (journal, with)
}

fn records(screen: &Screen) -> confidant::store::TrustRecords {
    let store = screen.store();
    let with = store.people().expect("people")[0].relationship;
    store.trust(with, day("2026-11-22")).expect("read")
}

#[test]
fn a_box_is_ticked_on_sight_and_undo_takes_back_one_tick() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>").sees("[ ] Be honest").sees("Last check-in");
    screen
        .keys("<down><space>")
        .sees("[●] Be honest")
        .sees("7 days after the last; fortnightly will do.");
    assert_eq!(records(&screen).answer("w02", day("2026-11-22")), Some(Practice::Consistently));
    for sign in ["◐", "○", "-", " "] {
        screen.keys("<space>").sees(&format!("[{sign}] Be honest"));
    }
    assert_eq!(records(&screen).answer("w02", day("2026-11-22")), None, "blank is blank");
    // To the right more often; what had no occasion is no frequency, and lies left of blank.
    screen.keys("<right>").sees("[○] Be honest").keys("<right>").sees("[◐] Be honest");
    screen.keys("<left><left>").sees("[ ] Be honest").keys("<left>").sees("[-] Be honest");
    screen.keys("<left>").sees("[-] Be honest").keys("<right>").sees("[ ] Be honest");
    screen.keys("<right><right>").sees("[◐] Be honest").keys("<left>").sees("[○] Be honest");
    screen.keys("u").sees("[◐] Be honest").keys("U").sees("[○] Be honest");
    // Another way joins the same check-in.
    screen.keys("<down><space>");
    let records = records(&screen);
    assert_eq!(records.check_ins.len(), 5);
    assert_eq!(records.answers.last().expect("today's").len(), 2);
}

/// A check-in without an answer is none: it would stand as a column, and Today would ask for the
/// next one a fortnight later.
#[test]
fn a_check_in_is_kept_with_its_first_answer_and_goes_with_its_last() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>c").sees("fortnightly will do");
    screen.keys("<down>").sees("Today's check-in · blanks are fine");
    assert_eq!(records(&screen).check_ins.len(), 4);
    screen.keys("<space>").sees("[●] Be honest").sees("Consistently: Be honest.");
    screen.keys("c").sees("Today's check-in goes on");
    assert_eq!(records(&screen).check_ins.len(), 5, "one a day");
    screen.keys("d").sees("Today's check-in is in the bin.");
    assert_eq!(records(&screen).check_ins.len(), 4);
    screen.keys("u").sees("[●] Be honest");
    assert_eq!(records(&screen).check_ins.len(), 5);
    // Blank again, and nothing of it is left, and nothing to be taken out of the bin twice.
    screen.keys("<space><space><space><space>").sees("[ ] Be honest").sees("Left blank");
    assert_eq!(records(&screen).check_ins.len(), 4);
    screen.keys("u").sees("[-] Be honest").keys("U<space>").sees("[●] Be honest");
    assert_eq!(records(&screen).check_ins.len(), 5);
    assert!(screen.store().bin(10).expect("read").is_empty());
    assert!(screen.store().verify(|_| {}).expect("a verdict").problems.is_empty());
}

#[test]
fn a_blank_check_in_silences_nothing() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let stamp = journal.stamp;
    for days in [40, 1] {
        let then = Stamp { now: stamp.now - TimeDelta::days(days), ..stamp };
        journal.store.answer(then, with, "w02", Some(Sometimes)).expect("answered");
    }
    let asked = |store: &confidant::store::Store| {
        store.standings(Scope::One(with), day("2026-11-22")).expect("read")[0].checked_in
    };
    assert_eq!(asked(&journal.store), Some(day("2026-11-21")));
    let then = Stamp { now: stamp.now - TimeDelta::days(1), ..stamp };
    journal.store.answer(then, with, "w02", None).expect("blank");
    journal.store.answer(stamp, with, "w02", None).expect("blank already");
    assert_eq!(asked(&journal.store), Some(day("2026-10-13")));
    let told = markdown::trust(&journal.store, with, day("2026-11-22")).expect("told");
    assert!(!told.contains("2026-11-2"), "{told}");
}

#[test]
fn what_was_seen_is_noted_read_changed_and_deleted() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter><down><enter>Said that the plan would not work<ctrl-s>").sees("Noted");
    screen.resize((120, 40)).sees("22 Nov  Said that the plan would not work");
    screen.keys("<tab><enter><end>, warmly<ctrl-s>").sees("warmly");
    screen.keys("d").sees("in the bin").sees_no("warmly");
    screen.keys("u").sees("warmly").keys("<esc>");
    // It is found by search, marked as private.
    let hits = screen.store().search(
        &Query { text: "warmly".into(), only: Some(Found::Trust), ..Query::default() },
        None,
        10,
    );
    let hits = hits.expect("searched").hits;
    assert!(hits.len() == 1 && hits[0].is_private());
}

#[test]
fn a_line_of_a_note_becomes_what_was_seen_with_its_session() {
    let (mut journal, with) = ordinary();
    let session = journal.store.begin_session(journal.stamp, with).expect("begun");
    let words = "Kept quiet until she had an answer herself";
    journal.store.save_text(journal.stamp, session, Layer::Notes, None, words).expect("saved");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>3<enter><enter><ctrl-r>").sees(words).sees("choose one");
    screen.keys("<right><right><right><right><right><ctrl-s>").sees("Noted");
    let all = screen.store().all_evidence(with).expect("read");
    assert_eq!((all[0].value.text.as_str(), all[0].value.session), (words, Some(session)));
    screen.keys("<esc>4").resize((120, 40)).click("Communicate").sees("(session of 22 Nov)");
}

#[test]
fn a_line_without_a_way_can_be_left_and_stands_there_again() {
    let (mut journal, with) = ordinary();
    let session = journal.store.begin_session(journal.stamp, with).expect("begun");
    journal.store.save_text(journal.stamp, session, Layer::Notes, None, "Asked").expect("saved");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>3<enter><enter><ctrl-r><tab><tab><tab><end> first<esc>");
    screen.sees("is kept, and stands here").sees_no("choose one");
    screen.keys("<ctrl-r>").sees("Asked first").keys("<ctrl-s>").sees("This is needed.");
    screen.keys("<tab>").keys("<esc>").sees_no("choose one");
}

#[test]
fn a_practice_is_ticked_and_two_are_enough() {
    let (mut journal, with) = ordinary();
    // Having fallen short of it today is no tick.
    let short = Evidence {
        direction: Direction::FellShort,
        ..seen(with, "w05", "2026-11-22", "Talked until the end")
    };
    journal.store.add_evidence(journal.stamp, &short).expect("noted");
    let mut screen = Screen::of(journal);
    screen.keys("4<enter>").click("[ ] Each names").keys("<space>").sees("[x] Each names");
    screen.click("Be vulnerable").keys("mfocus<enter>").sees("In focus: Be vulnerable");
    screen.keys("<ctrl-s>").sees("Bring one problem I have not solved");
    screen.click("Be honest").keys("mfocus<enter><ctrl-s>").sees("Two practices at once");
    screen.keys("<esc>").click("Each names one").keys("d").sees("No longer in focus");
    assert_eq!(records(&screen).focus.len(), 1);
    screen.keys("0").sees("In focus   ∙ Be vulnerable: Bring one problem");
}

#[test]
fn a_practice_begins_unticked_and_is_not_in_focus_twice() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>").click("Each names").keys("d");
    // What was seen of the way before is not what the practice asks for from now on.
    screen.click("Be vulnerable").keys("nTold her of my own slip<ctrl-s>");
    screen.keys("mfocus<enter><ctrl-s>").sees("[ ] Bring one problem I have not solved");
    // Another of the same way: the first is not offered once more, and each is ticked by itself.
    screen.keys("mfocus<enter>").sees("In focus: Be vulnerable").sees_no("‹ Bring one");
    screen
        .keys("bring one problem I have not solved, once a quarter<ctrl-s>")
        .sees("in focus already");
    screen.keys("<ctrl-u>Say what I do not know<ctrl-s>").sees("[ ] Say what I do not know");
    screen.click("[ ] Say what").keys("<space>").sees("[x] Say what I do not know");
    screen.sees("[ ] Bring one problem");
    screen.click("[ ] Bring one").keys("nBrought the budget<ctrl-s>").sees("[x] Bring one problem");
}

/// Who types at once writes one's own words, spaces and all; the practices stand below.
#[test]
fn what_is_typed_at_once_is_what_comes_into_focus() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>");
    let (_, row) = screen.find("Each names");
    let row = screen.screen().lines().nth(row.into()).expect("a row").to_owned();
    assert!(row.contains("Communicate effectively"), "what is in focus names its way: {row}");
    screen.click("Each names").keys("d").click("Be vulnerable");
    screen.keys("mfocus<enter>").sees("Left empty, it is the practice below.").sees("Bring one");
    screen.keys("Say so when I am tired<enter><enter>").sees("In focus. Space on its line");
    screen.sees("[ ] Say so when I am tired").sees_no("[ ] Bring one");
    screen.click("Be vulnerable").keys("mfocus<enter><tab><right><ctrl-s>");
    screen.sees_no("[ ] Bring one").keys("0").sees("Say so when I am tired");
    // A way of one's own comes with no practice.
    screen.keys("4<down>").click("Say so when").keys("d").keys("madd a way<enter>own<enter>");
    screen.keys("Laugh together<ctrl-s>").click("] Laugh together").keys("mfocus<enter><ctrl-s>");
    screen.sees("This is needed.").keys("Tell one joke<enter>").sees("[ ] Tell one joke");
    screen.resize((40, 10)).keys("<end>").sees("[ ] Tell one joke");
}

#[test]
fn a_way_is_renamed_hidden_added_and_brought_back() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter><down>mcall<enter><ctrl-u>Say it plainly<ctrl-s>").sees("Say it plainly");
    screen.keys("mhide this<enter>").sees("Hidden with everybody").sees_no("] Say it plainly");
    screen.keys("madd a way<enter>").sees("Stand up for what's right").sees("Say it plainly");
    screen.keys("plainly<enter>").sees("Say it plainly");
    screen.keys("madd a way<enter>own<enter>Laugh together<ctrl-s>").sees("] Laugh together");
}

#[test]
fn a_repair_is_an_entry_of_its_own_and_is_settled() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>").sees("To mend").click("I told her manager").sees("What happened");
    screen.keys("<space>").sees("Settled between you.").sees_no("To mend");
    screen.keys("mrepair<enter>Forgot to ring<ctrl-s>").sees("To mend").sees("Forgot to ring");
}

/// What was settled is still there: quiet, below what is open, and search leads to it.
#[test]
fn what_was_settled_stays_on_the_page_and_is_led_to() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>").click("I told her manager").keys("<space>");
    screen.sees("Mended").sees("[x] 14 Nov  I told her manager").sees("settled 22 Nov");
    screen.sees("Settled Sun 22 Nov").keys("u").sees("To mend").keys("U");
    // From wherever one searches, whether it is settled or open.
    screen.keys("0/manager<enter>");
    assert!(screen.header().contains("4 Trust"), "{}", screen.header());
    screen.sees("▸ [x] 14 Nov  I told her manager").sees("What happened");
    screen.keys("<space>").sees("Open between you again.").sees("To mend").sees_no("Mended");
    screen.keys("geveryone<enter>/manager<enter>").sees("▸ [ ] 14 Nov  I told her manager");
    screen.resize((60, 20)).sees("▸ [ ] 14 Nov  I told her manager");
}

#[test]
fn what_was_settled_takes_no_more_than_its_room() {
    let (mut journal, with) = ordinary();
    for n in 0..9 {
        let repair = Repair {
            relationship: with,
            day: day("2026-10-01"),
            happened: format!("Slip {n}"),
            part: String::new(),
            effect: String::new(),
            said: String::new(),
            change: String::new(),
            settled: Some(day("2026-10-02")),
        };
        journal.store.add_repair(journal.stamp, &repair).expect("set down");
    }
    let mut screen = Screen::of(journal);
    screen.resize((80, 30)).keys("4<enter>").sees("Slip 8").sees("Slip 7").sees_no("Slip 0");
    screen.sees("Value long-term relationships ─").keys("<end>").sees("▸ [x] 1 Oct  Slip 0");
}

#[test]
fn quiet_ways_trends_and_what_does_not_fit_are_said_in_words() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>").resize((120, 40));
    screen.click("Be honest").sees("Over the last check-ins: more.").sees("worth a look");
    screen.click("Communicate").sees("Over the last check-ins: less.");
    screen.click("Honor").sees("Over the last check-ins: steady.");
    screen.click("Be helpful").sees("Quiet: nothing was heard of it for a while.");
    screen.sees("[ ] Be helpful  quiet").sees("° our completion");
    // No occasion is not quiet, and says nothing of where it goes.
    screen.click("Be vulnerable").sees_no("Quiet:").sees_no("Over the last");
}

#[test]
fn a_way_that_went_quiet_is_named_before_those_that_were_never_heard_of() {
    let (mut journal, with) = ordinary();
    let (store, stamp) = (&mut journal.store, journal.stamp);
    store
        .add_evidence(stamp, &seen(with, "w08", "2026-06-10", "Stayed when it was hard"))
        .expect("noted");
    let path = journal.folder.path().join("journal.db").display().to_string();
    let name = "Show people that you care";
    let read = |more: &[&str]| {
        let args = [&["--journal", path.as_str(), "brief", "amina"], more].concat();
        Home::empty().done(&args)
    };
    let said = read(&[]);
    let quiet = said.split("Quiet for a while").nth(1).expect("a part");
    let lines: Vec<_> = quiet.lines().skip(2).take(4).collect();
    assert!(lines[0].contains(name) && lines[3] == "- and 3 more", "{said}");
    let json = read(&["--json"]);
    assert!(json.contains("\"quiet_in_all\": 6"), "{json}");
    let mut screen = Screen::of(journal);
    screen.keys("4<enter>").sees(&format!("[ ] {name}  quiet"));
    screen.resize((120, 40)).keys("0").sees(&format!("Quiet      ∙ {name} · "));
    screen.sees("3 more");
}

#[test]
fn a_check_in_of_another_year_says_its_year() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    for weeks in [60, 20, 1] {
        let then = Stamp { now: journal.stamp.now - TimeDelta::weeks(weeks), ..journal.stamp };
        journal.store.answer(then, with, "w02", Some(Sometimes)).expect("answered");
    }
    let mut screen = Screen::of(journal);
    screen.keys("4<enter>").sees("Sep '25 5 Jul   15 Nov");
    screen.resize((60, 20)).sees("15 Nov").sees_no("'25");
}

#[test]
fn the_check_ins_stand_beside_each_other_with_where_each_way_goes() {
    let mut screen = Screen::of(full());
    screen.keys("4<enter>v").sees("no grade for anyone").sees("27 Sep").sees("earlier ones");
    screen.keys("<left>").sees("13 Sep").keys("<home>").sees("4 Jan").sees_no("27 Sep");
    screen.sees_no("earlier ones").keys("<end>").sees("27 Sep").sees_no("13 Sep");
    screen.keys("y").sees("Copied the check-ins.").keys("<esc>").sees("Last check-in");
    // Where each way goes, once there is enough to say it.
    let mut screen = Screen::of(ordinary().0);
    screen.keys("4<enter>v").sees("more").sees("less").sees("steady").sees("● consistently");
    let mut screen = Screen::of({
        let mut journal = Journal::new();
        journal.mentee("Amina K.");
        journal
    });
    screen.keys("4<enter>v").sees("There is no check-in yet.");
}

#[test]
fn under_everyone_the_person_is_chosen_first() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("0").keys("4").sees("Amina K.").keys("<enter>").sees("Value long-term");
    screen.keys("geveryone<enter>");
    assert!(screen.header().contains("Everyone"));
    screen.keys("4<esc>").sees_no("Value long-term");
}

#[test]
fn what_is_private_goes_out_only_when_it_is_asked_for() {
    let (journal, with) = ordinary();
    let told = |private| {
        let (mut as_json, mut as_text) = (Vec::new(), Vec::new());
        let what = Selection { person: None, private };
        let left = json::export(&journal.store, what, &mut as_json).expect("exported");
        let read = markdown::export(&journal.store, what, &mut as_text).expect("exported");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(as_json), text(as_text), left.sentence(), read.sentence())
    };
    let (as_json, as_text, left, read) = told(false);
    for word in ["half of the hour", "reading list", "takeaway", "manager", "consistently"] {
        assert!(!as_json.contains(word) && !as_text.contains(word), "{word}");
    }
    let counted = "4 trust check-ins, 2 lines of what I saw or did, 1 practice, 1 repair";
    assert!(left.contains(counted), "{left}");
    assert!(read.contains(counted), "{read}");
    let (as_json, as_text, ..) = told(true);
    for word in ["half of the hour", "reading list", "takeaway", "manager", "consistently"] {
        assert!(as_json.contains(word) && as_text.contains(word), "{word}");
    }
    let person = journal.store.relationship(with).expect("one").value.person;
    let tally = journal.store.belongings(person).expect("counted");
    let parts = confidant::wording::tally(&tally).join(", ");
    assert!(parts.contains("4 trust check-ins"), "{parts}");
    insta::assert_snapshot!(
        markdown::trust(&journal.store, with, day("2026-11-22")).expect("told")
    );
}

#[test]
fn a_third_practice_and_an_empty_line_are_refused() {
    let (mut journal, with) = ordinary();
    let stamp = journal.stamp;
    let empty = journal.store.add_evidence(stamp, &seen(with, "w01", "2026-11-01", " \n"));
    assert!(matches!(empty, Err(Error::Invalid(invalid)) if invalid.field == "text"));
    let gone = journal.store.answer(stamp, Id::from_bytes([9; 16]), "w01", None);
    assert!(matches!(gone, Err(Error::Gone)));
}

#[test]
fn the_shell_reads_it_as_text() {
    let home = Home::with_amina();
    let nothing =
        "Nothing is kept of the ten ways with Amina K. yet. On the screen, `4` shows them.\n";
    assert_eq!(home.run(&["trust", "amina"]), ran(0, "", nothing));
    home.fails(
        &["trust", "jo"],
        4,
        "Nobody here is called \"jo\". `confidant people --all` lists everybody.\n",
    );
}

#[test]
fn without_a_check_in_one_blank_line_is_enough() {
    let mut journal = Journal::new();
    let with = journal.mentee("Amina K.");
    let one = seen(with, "w01", "2026-11-01", "Kept the date.");
    journal.store.add_evidence(journal.stamp, &one).expect("kept");
    let told = markdown::trust(&journal.store, with, journal.stamp.now.date_naive());
    let told = told.expect("told");
    assert!(told.contains("(private)\n\n"), "{told}");
    assert!(!told.contains("\n\n\n"), "{told}");
}

#[test]
fn what_a_search_of_the_shell_finds_is_shown() {
    let (journal, _) = ordinary();
    let mut bytes = Vec::new();
    let what = Selection { person: None, private: true };
    json::export(&journal.store, what, &mut bytes).expect("exported");
    let home = Home::new();
    let file = home.write("all.json", bytes);
    home.done(&["import", &file, "--from", "json"]);
    insta::assert_snapshot!(home.done(&["trust", "amina"]));
    for (word, shown) in [
        ("reading", "Amina K., private: Honor your commitments\nFri 6 Nov"),
        ("manager", "Amina K., private: a repair, Sat 14 Nov"),
    ] {
        let found = home.done(&["search", word, "--kind", "trust"]);
        let shows = home.done(&["show", &crate::shell::id_in(&found)]);
        assert!(shows.starts_with(shown), "{shows}");
    }
}

/// Two years of it, with long names and long words.
fn full() -> Journal {
    let (mut journal, with) = ordinary();
    let stamp = journal.stamp;
    let store = &mut journal.store;
    let long = "Show people that you care, also where it is hard, 思いやり 🧑\u{200d}🤝\u{200d}🧑 and at length";
    let way = Way { key: "w08".into(), name: long.into(), line: long.repeat(3), hidden: false };
    store.set_way(stamp, &way).expect("named");
    for fortnights in 1..26 {
        let then = Stamp { now: stamp.now - TimeDelta::weeks(2 * fortnights), ..stamp };
        for n in 1..=10 {
            let answer = Practice::ALL[(n + usize::try_from(fortnights).expect("few")) % 4];
            store.answer(then, with, &format!("w{n:02}"), Some(answer)).expect("answered");
        }
        let text = format!("{} {long}", "A long line of what was seen. ".repeat(6));
        let day = then.now.date_naive().to_string();
        store.add_evidence(then, &seen(with, "w01", &day, &text)).expect("noted");
    }
    for n in 0..5 {
        let repair = Repair {
            relationship: with,
            day: day("2026-11-01"),
            happened: format!("{n} {long}\nand a second line"),
            part: long.repeat(4),
            effect: String::new(),
            said: String::new(),
            change: String::new(),
            settled: None,
        };
        store.add_repair(stamp, &repair).expect("set down");
    }
    journal
}

#[test]
fn the_ten_ways_at_every_size() {
    let mut all = String::new();
    let empty = || {
        let mut journal = Journal::new();
        journal.mentee("Amina K.");
        journal
    };
    for (kind, journal) in
        [("empty", empty as fn() -> Journal), ("ordinary", || ordinary().0), ("full", full)]
    {
        let mut screen = Screen::of(journal());
        for (name, script) in
            [("ways", "4<enter>"), ("history", "v"), ("inside", "<esc><down><down><tab>")]
        {
            screen.resize((80, 24)).keys(script);
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
fn no_occasion_excuses_a_way_only_in_the_time_that_is_looked_at() {
    // Looked at since 23 September; each case is a way answered "no occasion" so many weeks ago,
    // and then "not really" a week ago.
    let ways = ["w01", "w02", "w04"];
    for (weeks, quiet) in [(20, &ways[..2]), (9, &ways[..2]), (8, &ways[..1])] {
        let mut journal = Journal::new();
        let with = journal.mentee("Amina K.");
        let stamp = journal.stamp;
        let store = &mut journal.store;
        for on in ["2026-10-08", "2026-10-22", "2026-11-12"] {
            let session = Session::new(with, When::day(day(on)), SessionState::Held);
            store.add_session(stamp, &session, &[], &[]).expect("a session");
        }
        let mut say = |weeks, way, answer| {
            let then = Stamp { now: stamp.now - TimeDelta::weeks(weeks), ..stamp };
            store.answer(then, with, way, Some(answer)).expect("answered");
        };
        say(30, "w01", NotReally);
        say(weeks, "w02", NoOccasion);
        say(1, "w02", NotReally);
        say(1, "w04", Sometimes);
        let records = store.trust(with, day("2026-11-22")).expect("read");
        assert_eq!(records.quiet(ways), quiet, "{weeks} weeks");
    }
}

#[test]
fn the_brief_names_what_is_still_to_mend_and_the_way_of_what_is_in_focus() {
    let mut screen = Screen::of(ordinary().0);
    screen.keys("gami<enter>").sees("To mend").sees("I told her manager about the offer");
    screen.sees(": Each names one takeaway");
    screen.click("I told her manager").keys("<enter>");
    assert!(screen.header().contains("4 Trust"), "{}", screen.header());
    screen.keys("<space>").sees("Settled between you.").keys("0").sees_no("To mend");
}
