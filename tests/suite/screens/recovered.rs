//! What was being written when the program ended.

use std::fmt::Write as _;

use confidant::domain::{Layer, SessionState};

use super::{SIZES, Screen, session, with_amina};

/// Somebody typed, the draft was kept, and the program died.
fn left_behind() -> Screen {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>3e<ctrl-end> And more.").tick(1000);
    screen.crash()
}

#[test]
fn a_draft_that_was_left_is_offered_and_kept() {
    let mut screen = left_behind();
    screen.sees("Recovered").sees("notes of Thu 12 Nov with Amina K. · 3 words");
    screen.keys("<enter>").sees("Kept.").sees_no("Nothing is lost");
    assert_eq!(screen.text(Layer::Notes), "Before. And more.");
    screen.restart().sees_no("Recovered");
}

#[test]
fn it_can_be_compared_and_then_kept() {
    let mut screen = left_behind();
    screen
        .keys("v")
        .sees("Saved")
        .sees("Recovered, Sun 22 Nov")
        .sees("And more.")
        .sees_no("versions");
    screen.keys("<enter>").sees("Kept.");
    assert_eq!(screen.text(Layer::Notes), "Before. And more.");
}

#[test]
fn set_aside_it_stays_a_version() {
    let mut screen = left_behind();
    screen.keys("d").sees("Set aside");
    assert_eq!(screen.text(Layer::Notes), "Before.");
    let store = screen.store();
    let notes = store.texts(screen.sessions()[0].session.id).expect("texts").notes.expect("notes");
    let versions = store.versions(notes.id).expect("versions");
    assert!(versions.iter().any(|version| version.body == "Before. And more."));
    screen.restart().sees_no("Recovered");
}

#[test]
fn set_aside_where_nothing_was_saved_yet_it_is_not_thrown_away() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bNever saved.").tick(1000);
    let mut screen = screen.crash();
    screen.keys("d").sees("Set aside");
    let store = screen.store();
    let id = screen.sessions()[0].session.id;
    let notes = store.texts(id).expect("texts").notes;
    let kept = notes.is_some_and(|notes| {
        store.versions(notes.id).expect("versions").iter().any(|one| one.body == "Never saved.")
    });
    assert!(kept, "what was set aside is gone");
}

#[test]
fn later_it_is_offered_again() {
    let mut screen = left_behind();
    screen.keys("<esc>").sees("offered again").keys(":what was recov<enter>").sees("Recovered");
    screen.keys("<esc>");
    screen.restart().sees("Recovered");
}

#[test]
fn what_somebody_is_writing_right_now_is_not_offered() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bStill writing").tick(1000);
    let mut second = screen.beside();
    second.sees_no("Recovered");
    screen.keys("<esc>").sees("saved");
    assert_eq!(second.tick(1000).text(Layer::Notes), "Still writing");
}

#[test]
fn a_draft_that_says_nothing_new_goes_without_a_word() {
    let mut screen = left_behind();
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    let base = other.texts(id).expect("texts").notes.map(|notes| notes.rev);
    other.save_text(stamp, id, Layer::Notes, base, "Before. And more.").expect("saved");
    screen.keys("<esc>");
    screen.crash().sees_no("Recovered");
}

#[test]
fn a_draft_of_a_session_in_the_bin_can_be_kept() {
    let screen = left_behind();
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    other.delete_session(stamp, id).expect("deleted");
    let mut screen = screen.crash();
    screen.sees("a session that is in the bin").keys("<enter>");
    screen.keys("<esc>:open the bin<enter><enter><esc>");
    let notes = screen.text(Layer::Notes);
    let drafts = screen.store().drafts_of_others(screen.another().1).expect("drafts");
    let waits = drafts.iter().any(|left| left.draft.body == "Before. And more.");
    assert!(notes == "Before. And more." || waits, "{notes}");
}

#[test]
fn several_are_settled_one_after_the_other() {
    let mut screen = Screen::of(with_amina());
    screen.keys("bOne").click("Private").keys("Two").tick(1000);
    let mut screen = screen.crash();
    screen.sees("notes of").sees("reflection of");
    screen.keys("<enter>").sees("Recovered").keys("<enter>").sees_no("Nothing is lost");
    assert_eq!(screen.text(Layer::Notes), "One");
    assert_eq!(screen.text(Layer::Reflection), "Two");
}

#[test]
fn help_over_the_box_acts_on_the_box() {
    let mut screen = left_behind();
    screen.keys("<esc><enter>3:what was recov<enter>?set it<enter>");
    assert_eq!(screen.sessions().len(), 1, "the session beneath was deleted");
    assert!(screen.store().bin(10).expect("the bin").is_empty());
}

#[test]
fn recovered_at_every_size() {
    let mut all = String::new();
    for size in SIZES {
        let mut screen = left_behind();
        writeln!(all, "── {}x{}\n{}", size.0, size.1, screen.resize(size).screen())
            .expect("written");
        writeln!(all, "── compared\n{}", screen.keys("v").screen()).expect("written");
    }
    insta::assert_snapshot!(all);
}

/// Deletes or erases, from another process, the session that is being written in.
fn gone_while_written(erased: bool) -> Screen {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>3e<ctrl-end> And then.");
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    other.delete_session(stamp, id).expect("deleted");
    if erased {
        other.empty_bin(i64::MAX).expect("emptied");
    }
    drop(other);
    screen.tick(1100);
    screen
}

#[test]
fn a_session_deleted_elsewhere_while_it_is_written_says_so_and_keeps_the_text() {
    let mut screen = gone_while_written(false);
    screen.sees("Gone meanwhile").sees("put into the bin elsewhere").sees("kept as a draft");
    // What is typed on does nothing to what is shown now.
    screen.keys("dq").sees("Gone meanwhile").keys("<enter>").sees_no("Gone meanwhile");
    let mut screen = screen.restart();
    screen.sees("Recovered").sees("of a session that is in the bin");
    screen.keys("<enter>").sees("Bring that back first").keys("<esc>:open the bin<enter><enter>");
    screen.keys("<esc>:show what was recovered<enter><enter>").sees("Kept.");
    assert_eq!(screen.text(Layer::Notes), "Before. And then.");
}

/// Deletes the session that is being written in while nothing can be written, and lets go.
fn gone_while_another_writes() -> Screen {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>3e<ctrl-end> And then.");
    let (mut other, stamp) = screen.another();
    other.delete_session(stamp, screen.sessions()[0].session.id).expect("deleted");
    drop(other);
    let holder = rusqlite::Connection::open(screen.path()).expect("opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("held");
    screen.tick(0).sees_no("And then.");
    holder.execute_batch("ROLLBACK").expect("let go");
    drop(holder);
    screen
}

#[test]
fn what_cannot_be_kept_when_a_session_goes_is_kept_at_the_end() {
    let screen = gone_while_another_writes();
    screen.restart().sees("Recovered").sees("of a session that is in the bin");
}

#[test]
fn what_cannot_be_kept_when_a_session_goes_is_kept_once_it_can_be() {
    let mut screen = gone_while_another_writes();
    screen.tick(1000).sees("Gone meanwhile").sees("kept as a draft").keys("<enter>");
    screen.crash().sees("Recovered").sees("of a session that is in the bin");
}

#[test]
fn a_session_erased_elsewhere_leaves_the_text_to_be_read_and_let_go() {
    let mut screen = gone_while_written(true);
    screen.sees("erased elsewhere").keys("<enter>");
    let mut screen = screen.restart();
    screen.sees("of a session that was erased").keys("v").sees("Before. And then.").keys("<esc>");
    screen.keys("<enter>").sees("cannot stand there again");
    screen.keys("d").sees("d once more").keys("<down>d").sees("d once more").keys("d");
    screen.sees("Gone for good.").sees_no("Recovered");
    screen.restart().sees_no("Recovered");
}

#[test]
fn what_was_saved_before_a_session_went_is_no_draft() {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.keys("gami<enter>3e");
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    other.delete_session(stamp, id).expect("deleted");
    screen.tick(1100).sees("Gone meanwhile").sees("was saved in it").keys("<enter>");
    // One's own is no news.
    screen.keys("u").tick(1100);
    let mut screen = screen.restart();
    screen.sees_no("Recovered").sees_no("Gone meanwhile");
}
