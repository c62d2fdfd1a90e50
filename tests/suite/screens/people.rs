//! Everyone: adding, naming again, putting away, and who stands where in the list.

use confidant::domain::{Phase, Role, SessionState};
use crossterm::event::MouseEventKind;

use super::{Screen, journals, session, shown, with_amina};
use crate::journal::Journal;
use crate::shell::Home;

#[test]
fn somebody_new_needs_a_name_and_a_role() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("nAmina K.<tab><right><right><ctrl-s>").sees("Added Amina K.");
    let people = screen.store().people().expect("people");
    assert_eq!((people[0].name.as_str(), people[0].role), ("Amina K.", Role::Peer));
    assert!(screen.header().contains("Amina K."));
}

#[test]
fn the_same_name_in_another_role_is_the_same_person() {
    let mut screen = Screen::of(with_amina());
    screen.keys("n amina  k. <tab><right><ctrl-s>").sees("second role");
    let people = screen.store().people().expect("people");
    assert_eq!(people.len(), 2);
    assert_eq!(people[0].person, people[1].person);
    screen.keys("<esc>nAmina K.<ctrl-s>").sees("Amina K. is here already.");
    assert_eq!(screen.store().people().expect("people").len(), 2);
}

#[test]
fn leaving_the_form_saves_what_is_filled_and_drops_what_is_empty() {
    let mut screen = Screen::of(Journal::new());
    screen.keys("n<esc>");
    assert!(screen.store().people().expect("people").is_empty());
    screen.keys("nAmina<esc>");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn an_unfinished_form_is_a_draft_and_stands_there_again() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>").keys("nlin<enter>");
    screen.keys("them: The job spec").keys("<esc>").sees("On the next agenda.");
    // Where something needed is missing, what was typed waits.
    screen.keys("e<ctrl-a><backspace>");
    for _ in 0..20 {
        screen.keys("<backspace>");
    }
    screen.keys("<tab><tab>Ami<esc>").sees("is kept, and stands here");
    screen.keys("e").sees("Ami").keys("Amina Khan<ctrl-s>");
    let store = screen.store();
    let named = store.people().expect("people").remove(0);
    assert_eq!((named.name.as_str(), named.alias.as_str()), ("Amina Khan", "Ami"));
    // Once it is finished the draft is gone.
    screen.keys("e").sees("Amina Khan").keys("<esc>");
    assert!(store.form_draft(named.relationship.cast(), "details").expect("a draft").is_none());
}

#[test]
fn a_form_left_unfinished_by_a_crash_stands_there_again() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>alend her the book").tick(400);
    let mut again = screen.crash();
    again.keys("0<enter>a").sees("lend her the book");
}

#[test]
fn whoever_is_met_next_stands_first() {
    let mut screen = Screen::of(journals::ordinary());
    let (_, osei) = screen.find("Dr. Osei");
    let (_, amina) = screen.find("Amina K.");
    let (_, tom) = screen.find("Tom Baker");
    assert!(osei < amina && amina < tom, "asked about, then met next, then by name");
    screen.sees("! Wed 18 Nov: happened?").sees("no date yet").sees("3 people");
}

#[test]
fn archiving_puts_away_and_brings_back() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("<down>march<enter>").sees("Archived, kept").sees_no("Amina K.  ");
    screen.keys("<down>").sees("2 people · 1 archived");
    screen.keys("mshow or<enter>").sees("Amina K. (archived)");
    screen.keys("<end>march<enter>").sees("Back in the lists: Amina K.");
    screen.keys("u").sees("Taken back");
    assert!(screen.store().people().expect("people").iter().any(|named| named.archived));
}

#[test]
fn a_name_is_changed_from_the_list() {
    let mut screen = Screen::of(with_amina());
    screen.keys("e<end>han<ctrl-s>").sees("Kept the details of Amina K.han.");
    screen.sees("Amina K.han");
}

#[test]
fn a_begun_session_from_the_list_is_with_the_selected_person() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("<down><down>bHello<esc>");
    let toms = screen.sessions().into_iter().find(|one| one.person == "Tom Baker");
    assert_eq!(toms.expect("his session").opening, "Hello");
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut screen = Screen::of(journals::ordinary());
    screen.click("Tom Baker");
    assert_eq!(screen.cursor().1, screen.find("Tom Baker").1, "the cursor is on the row");
    screen.click("Tom Baker");
    assert!(screen.header().contains("Tom Baker"), "the second click opens");
    screen.click("Tom Baker").sees("Whose journal?").keys("<esc>");
    screen.resize((120, 40)).click("3 Sessions").sees("Sessions stand here");
    let mut screen = Screen::of(journals::full());
    let before = screen.cursor().1;
    screen.mouse(MouseEventKind::ScrollDown, 10, 10);
    assert!(screen.cursor().1 > before);
}

#[test]
fn people_at_every_size() {
    insta::assert_snapshot!(shown(&[("people", "")]));
}

#[test]
fn what_is_closed_says_so_and_how_long_its_notes_are_kept() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let mut details = journal.store.details(with).expect("details");
    details.relationship.value.keep_until = Some("2027-11-20".parse().expect("a day"));
    journal
        .store
        .update_details(journal.stamp, &details.person, &details.relationship)
        .expect("kept");
    let ended = Some("2026-11-20".parse().expect("a day"));
    journal.store.set_phase(journal.stamp, with, Phase::Closed, ended).expect("closed");
    let path = journal.folder.path().join("journal.db").display().to_string();
    let read = |args: &[&str]| Home::empty().done(&[&["--journal", &path], args].concat());
    let said = read(&["people"]);
    assert!(said.contains("closed Fri 20 Nov  not met yet"), "{said}");
    let json: serde_json::Value = serde_json::from_str(&read(&["people", "--json"])).expect("json");
    let first = (&json[0]["phase"], &json[0]["ends"]);
    assert_eq!(first, (&"closed".into(), &"2026-11-20".into()));
    crate::schemas::holds("people", &json);
    let said = read(&["brief", "amina"]);
    assert!(said.contains(", closed Fri 20 Nov."), "{said}");
    assert!(said.contains("- Notes kept until: Sat 20 Nov 2027, in 363 days"), "{said}");
    assert!(read(&["brief", "amina", "--markdown"]).contains("Notes kept until"));
    let json: serde_json::Value =
        serde_json::from_str(&read(&["brief", "amina", "--json"])).expect("json");
    assert_eq!((&json["phase"], &json["keep_until"]), (&"closed".into(), &"2027-11-20".into()));
    crate::schemas::holds("brief", &json);
    let mut screen = Screen::of(journal);
    screen.sees("closed Fri 20 Nov").keys("<enter>");
    screen.sees("closed Fri 20 Nov").sees_no("ends Fri").sees("Notes kept until 20 Nov 2027");
}

/// Two hundred people, by number.
fn two_hundred() -> Journal {
    let mut journal = Journal::new();
    for number in 0..200 {
        journal.mentee(&format!("Person {number:03}"));
    }
    journal
}

#[test]
fn a_long_list_is_read_piece_by_piece() {
    let mut screen = Screen::of(two_hundred());
    screen.keys("0").sees("200 people").sees("▸ Person 000");
    for _ in 0..150 {
        screen.keys("<down>");
    }
    screen.sees("▸ Person 150").keys("<end>").sees("▸ Person 199").keys("<up>");
    screen.sees("▸ Person 198").keys("<home>").sees("▸ Person 000");
    for _ in 0..30 {
        screen.mouse(MouseEventKind::ScrollDown, 10, 10);
    }
    screen.sees("▸ Person 090");
    // Whoever is gone leaves the selection to the neighbour, and whoever comes back has it again.
    screen.keys("mar<enter>").sees("out of the lists: Person 090").sees("▸ Person 091");
    screen.keys("<up>").sees("199 people · 1 archived").sees("▸ Person 089");
}

#[test]
fn who_was_not_met_for_long_says_so() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-10-11", SessionState::Held, "");
    let mut screen = Screen::of(journal);
    screen.keys("0").sees("! not met for 42 days");
    // The rhythm says what is long.
    let mut relationship = screen.store().relationship(with).expect("one");
    relationship.value.cadence = Some("2m".parse().expect("a rhythm"));
    let (mut other, stamp) = screen.another();
    let person = other.person(relationship.value.person).expect("Amina");
    other.update_details(stamp, &person, &relationship).expect("kept");
    screen.tick(1000).sees("no date yet").sees_no("not met");
}

#[test]
fn a_name_that_was_looked_for_and_not_found_stands_in_the_form() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gJade Ng<enter>").sees("Somebody new").sees("[Jade Ng").keys("<ctrl-s>");
    assert!(screen.header().contains("Jade Ng"), "{}", screen.header());
    // What leads to the line itself is no name.
    screen.keys("gnew<enter>").sees("Somebody new").sees_no("[new").keys("<esc>");
    screen.keys("gZora<enter><esc>").sees_no("Somebody new").keys("gNoel<enter>").sees("[Noel");
}

#[test]
fn a_list_that_grows_on_the_screen_is_filled() {
    let mut screen = Screen::of(two_hundred());
    // What was read for a small screen is too little for a large one.
    for place in ["<home>", "<pgdn><pgdn><pgdn><pgdn>", "<end>"] {
        screen.resize((80, 24)).keys("10").keys(place).keys("10");
        let shown = screen.resize((80, 80)).screen();
        assert_eq!(shown.matches("Person ").count(), 75, "{shown}");
    }
}
