//! Undo and redo: in sight at once, out of sight named first, and after a restart as well.

use confidant::domain::{Layer, SessionState};

use super::{Screen, journals, with_amina};

#[test]
fn what_is_in_sight_is_taken_back_at_once() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys("gami<enter>3 ")
        .sees("held")
        .keys("u")
        .sees("Taken back: marked as held the session with Amina K., Thu 26 Nov. U redoes it.");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Planned);
    screen.keys("U").sees("Did again: marked as held the session with Amina K., Thu 26 Nov");
    assert_eq!(screen.sessions()[0].session.value.state, SessionState::Held);
    screen.keys("U").sees("There is nothing to redo.");
}

#[test]
fn a_spell_of_writing_is_named_first() {
    let mut screen = Screen::of(with_amina());
    screen
        .keys("bA small no.<esc>u")
        .sees("u again takes back: wrote the notes of Sun 22 Nov with Amina K.");
    assert_eq!(screen.text(Layer::Notes), "A small no.");
    // Another key in between, and it is asked for anew.
    screen.keys("<up>u").sees("u again");
    screen.keys("u").sees("Taken back");
    assert_eq!(screen.text(Layer::Notes), "");
    screen.keys("U");
    assert_eq!(screen.text(Layer::Notes), "A small no.");
}

#[test]
fn what_is_out_of_sight_is_gone_to_first() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>3<down><down>s10 nov<ctrl-s>gtom<enter>u");
    screen.sees("u again takes back: moved the session").sees("Saying no");
    assert!(screen.header().contains("Amina K."));
    screen.keys("u").sees("Taken back");
    assert!(
        screen.sessions().iter().any(|one| one.session.value.when.code() == "2026-11-12T15:00")
    );
}

#[test]
fn from_the_people_a_session_is_out_of_sight_too() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>3<down><down>dgevery<enter>0u").sees("u again");
    assert_eq!(screen.sessions().len(), 5);
    screen.keys("u").sees("Taken back");
    assert_eq!(screen.sessions().len(), 6);
}

#[test]
fn after_a_restart_undo_goes_on() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>aThe review<ctrl-s>");
    let mut again = screen.restart();
    again.keys("u");
    again.keys("u").sees("Taken back");
    assert!(again.store().open_agenda(again.with()).expect("agenda").is_empty());
    again.keys("U");
    assert_eq!(again.store().open_agenda(again.with()).expect("agenda").len(), 1);
}

#[test]
fn undo_ends_at_an_empty_journal() {
    let mut screen = Screen::first();
    screen.keys("<enter>Asha<tab>Amina K.<tab><ctrl-s>");
    for _ in 0..6 {
        screen.keys("u");
    }
    screen.sees("There is nothing to undo.").sees("stand here");
    assert_eq!(screen.store().owner().expect("owner").value.name, "Asha");
    screen.keys("U");
    assert_eq!(screen.store().people().expect("people").len(), 1);
}

#[test]
fn what_another_process_changed_since_is_not_taken_back_over_it() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bMine.<esc>");
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    let base = other.texts(id).expect("texts").notes.map(|notes| notes.rev);
    other.save_text(stamp, id, Layer::Notes, base, "Mine. Theirs.").expect("saved");
    screen.tick(1000).sees("Theirs.").keys("u");
    screen.keys("u").sees("changed again since");
    assert_eq!(screen.text(Layer::Notes), "Mine. Theirs.");
}

#[test]
fn in_the_text_undo_is_of_typing() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bOne two<ctrl-z>").keys("<esc>");
    assert!(screen.text(Layer::Notes).len() < 7);
}

#[test]
fn what_is_taken_back_is_told_whole_where_there_is_little_room() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>aWhat the board said of the charter, and who is to tell the others");
    screen.keys("<ctrl-s>gtom<enter>");
    screen.keys("u").sees("Amina K. ▾");
    screen.sees("u again takes back: added the agenda line \"What the board sai…\" with Amina K.");
    screen
        .keys("u")
        .sees("Taken back: added the agenda line \"What the boar…\" with Amina K. U redoes it.");
    screen.resize((60, 20)).keys("U");
    screen.keys("u").sees("Taken back: added the agenda line \"What th…\" with Amina K");
}

#[test]
fn what_was_marked_is_told_in_the_words_of_the_field() {
    let mut screen = Screen::of(journals::ordinary());
    // Also where it became something else since.
    screen
        .keys("marchive<enter>gami<enter>3  ")
        .keys("2mpause<enter>mresume<enter>mclose it<enter>");
    let (store, _) = screen.another();
    let said: Vec<String> = store
        .recent_changes(6)
        .expect("changes")
        .iter()
        .map(|done| confidant::wording::done(done, |day| day.to_string()))
        .collect();
    let expected = [
        "closed it with Amina K.",
        "went on with Amina K.",
        "paused it with Amina K.",
        "marked as planned the session with Amina K., 2026-11-26",
        "marked as held the session with Amina K., 2026-11-26",
        "archived Dr. Osei",
    ];
    assert_eq!(said, expected);
}
