//! The three texts of a session: writing, leaving, finding, moving to the private one.

use confidant::domain::{Layer, SessionState};

use super::{Screen, journals, session, shown, with_amina};

const AMINA: &str = "gami<enter>3<down><down>";

#[test]
fn whom_to_turn_to_stands_above_a_concern() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>b<esc>mtemplate<enter>concern<enter>");
    screen.sees("No safeguarding contact and no coordinator is named.");
    screen.sees("Esc, `0` and `e` lead to where they are named.");
    let with = screen.with();
    let keep = |screen: &mut Screen, safeguarding: &str, coordinator: &str| {
        let (mut store, stamp) = screen.another();
        let mut details = store.details(with).expect("details");
        safeguarding.clone_into(&mut details.relationship.value.safeguarding);
        coordinator.clone_into(&mut details.relationship.value.coordinator);
        store.update_details(stamp, &details.person, &details.relationship).expect("kept");
        screen.tick(1_000);
    };
    keep(&mut screen, "", "Jo Marsh, 555 0142, Mon-Fri 9-17");
    screen
        .sees("Safeguarding: nobody is named")
        .sees("Coordinator: Jo Marsh, 555 0142, Mon-Fri 9-17");
    keep(&mut screen, "Mrs. Vale, 555 0199, day and night", "Jo Marsh, 555 0142, Mon-Fri 9-17");
    screen.sees("Safeguarding: Mrs. Vale, 555 0199, day and night").sees_no("nobody is named");
    // Whole at the smallest size too, while there is room to write.
    screen.resize((60, 20)).sees("Safeguarding: Mrs. Vale, 555 0199, day and night");
    screen.sees("Coordinator: Jo Marsh, 555 0142, Mon-Fri 9-17").sees("What I saw and heard");
    // It is of the reflection alone, and stands there whenever that has the keys.
    screen.keys("<tab>").sees_no("Mrs. Vale").keys("<shift-tab><esc>").sees("Mrs. Vale");
    screen.keys("<esc>").sees_no("Mrs. Vale");
    assert!(!screen.text(Layer::Reflection).contains("Mrs. Vale"), "it is no part of the text");
}

#[test]
fn tab_goes_through_the_three_texts_and_esc_keeps_them() {
    let mut screen = Screen::of(with_amina());
    screen.keys("b").sees("Writing notes · can be exported").keys("My record.");
    screen.keys("<tab>").sees("Writing PRIVATE · stays here").keys("For me.");
    screen.keys("<tab>").sees("Writing the summary · the other may see it").keys("For her.");
    screen.keys("<tab>").sees("Writing notes").keys("<shift-tab>").sees("Writing the summary");
    screen.keys("<esc>");
    assert_eq!(screen.text(Layer::Notes), "My record.");
    assert_eq!(screen.text(Layer::Reflection), "For me.");
    assert_eq!(screen.text(Layer::Summary), "For her.");
}

#[test]
fn while_writing_no_letter_is_a_command() {
    let mut screen = Screen::of(with_amina());
    let letters: String = (' '..='~').filter(|letter| *letter != '<').collect();
    screen.keys("b").keys(&letters).keys("<esc>");
    assert_eq!(screen.text(Layer::Notes), letters);
    assert_eq!(screen.sessions().len(), 1);
}

#[test]
fn ctrl_s_says_that_it_is_saved_and_the_status_line_says_when() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bA small no.").sees("3 words · writing").keys("<ctrl-s>").sees("Already saved.");
    assert_eq!(screen.text(Layer::Notes), "A small no.");
    screen.keys("<esc>").sees("3 words · saved 12:00");
}

#[test]
fn half_a_minute_of_quiet_makes_a_change_and_a_second_a_draft() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bA small no.").tick(1000).sees("draft kept");
    assert_eq!(screen.text(Layer::Notes), "");
    let left = screen.store().drafts_of_others(screen.another().1).expect("drafts");
    assert_eq!(left[0].draft.body, "A small no.");
    screen.tick(31_000).sees("saved 12:00").sees("Writing notes");
    assert_eq!(screen.text(Layer::Notes), "A small no.");
    assert!(screen.store().drafts_of_others(screen.another().1).expect("drafts").is_empty());
}

#[test]
fn who_never_pauses_has_a_draft_all_the_same() {
    let mut screen = Screen::of(with_amina());
    screen.keys("b");
    for letter in ["a", "b", "c", "d", "e", "f"] {
        screen.keys(letter).tick(300);
    }
    let left = screen.store().drafts_of_others(screen.another().1).expect("drafts");
    assert!(left[0].draft.body.len() >= 3, "{:?}", left[0].draft.body);
}

#[test]
fn a_click_into_another_text_loses_nothing_of_the_first() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("e<ctrl-end> And more.");
    screen.click("I said no").keys("<ctrl-end> And that.<esc><esc><up><down>");
    let with = screen.with();
    let last = screen.store().last_session(with, None).expect("last").expect("a session");
    let texts = screen.store().texts(last.id).expect("texts");
    assert!(texts.reflection.expect("a reflection").value.body.ends_with("And that."));
    assert!(texts.notes.expect("notes").value.body.ends_with("And more."));
}

#[test]
fn a_version_can_be_compared_and_brought_back_from_the_first_writing_on() {
    let mut screen = Screen::of(with_amina());
    screen
        .keys("bOne thing.<esc>e<ctrl-end> Another.<esc>v")
        .sees("Earlier versions")
        .sees("One thing.");
    screen.keys("<enter>").sees("Brought back");
    assert_eq!(screen.text(Layer::Notes), "One thing.");
    screen.keys("u");
    screen.keys("u");
    assert_eq!(screen.text(Layer::Notes), "One thing. Another.");
    screen.keys("v<ctrl-c><ctrl-c>");
    assert!(screen.app.is_done(), "Ctrl-C twice leaves while comparing, too");
}

#[test]
fn a_template_begins_the_notes_and_what_is_there_stays() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bBefore.<esc>mtemplate<enter>quick<enter>").sees("Writing notes");
    screen.keys("<esc>");
    let text = screen.text(Layer::Notes);
    assert!(text.starts_with("Before.\n\n") && text.contains("When we meet next"), "{text}");
}

#[test]
fn what_was_moved_to_private_is_in_no_version_of_the_notes() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bA small no.<esc>e<ctrl-end><enter><enter>She cried about it.<esc>e<ctrl-end>");
    screen.keys("<ctrl-p>move notes<enter>").sees("Moved to the private reflection");
    screen.keys("<esc>");
    let newest = screen.sessions()[0].session.id;
    let store = screen.store();
    let texts = store.texts(newest).expect("texts");
    let notes = texts.notes.expect("notes");
    assert_eq!(notes.value.body, "A small no.");
    assert_eq!(texts.reflection.expect("a reflection").value.body, "She cried about it.");
    for version in store.versions(notes.id).expect("versions") {
        assert!(!version.body.contains("cried"), "{}", version.body);
    }
    // Undo brings it back: nothing that was written is gone.
    screen.keys("u");
    screen.keys("u").sees("Taken back");
    assert_eq!(screen.text(Layer::Notes), "A small no.\n\nShe cried about it.");
    assert_eq!(screen.text(Layer::Reflection), "");
    screen.keys("U");
    assert_eq!(screen.text(Layer::Notes), "A small no.");
    assert_eq!(screen.text(Layer::Reflection), "She cried about it.");
}

#[test]
fn a_text_is_searched_for_words() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(AMINA).keys("e<ctrl-f>no").sees("Find: 2 places");
    screen
        .keys("<enter><esc>")
        .sees("Writing notes")
        .keys("<ctrl-f>")
        .paste("board")
        .sees("Find: 1 place");
    screen.keys("<esc>X<esc>");
    let with = screen.with();
    let last = screen.store().last_session(with, None).expect("last").expect("a session");
    let notes = screen.store().texts(last.id).expect("texts").notes.expect("notes").value.body;
    assert!(notes.contains("the Xboard review") || notes.contains("the boardX review"), "{notes}");
}

#[test]
fn copy_cut_and_paste_use_one_clipboard() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bOne<ctrl-a><ctrl-c>").sees("Copied the selected words.");
    assert_eq!(screen.world.copied, ["One"]);
    screen.keys("<end> <ctrl-v><ctrl-a><ctrl-x><ctrl-v><ctrl-v><esc>");
    assert_eq!(screen.text(Layer::Notes), "One OneOne One");
    screen.keys("y");
    assert_eq!(screen.world.copied.last().map(String::as_str), Some("One OneOne One"));
}

#[test]
fn a_paste_is_one_text_and_one_undo() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bA").paste("one\r\ntwo\u{1b}[31m\rthree\0").keys("<esc>");
    assert_eq!(screen.text(Layer::Notes), "Aone\ntwo[31m\nthree");
    screen.keys("e<ctrl-z>").keys("<esc>");
    let huge = "x".repeat(3_000_000);
    screen.keys("e").paste(&huge).sees("longer than 2 MB");
}

#[test]
fn a_click_sets_the_caret() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys(AMINA)
        .keys("e")
        .click("opened with")
        .keys("really ")
        .keys("<esc>")
        .sees("She really opened with");
}

#[test]
fn deleted_elsewhere_while_writing_the_words_are_kept() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    let id = session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3e<ctrl-end> And more.");
    let (mut other, stamp) = screen.another();
    other.delete_session(stamp, id).expect("deleted");
    screen.tick(100);
    let left = screen.store().drafts_of_others(screen.another().1).expect("drafts");
    assert_eq!(left.first().map(|left| left.draft.body.as_str()), Some("Before. And more."));
}

#[test]
fn writing_at_every_size() {
    insta::assert_snapshot!(shown(&[("writing", "@3<down>e<ctrl-end>Written now.")]));
}
