//! A text in the writer's own editor, as the screen goes about it; the editor is made up.

use std::path::PathBuf;

use confidant::domain::{Layer, Origin, SessionState, Stamp};
use confidant::host::own_editor::{Edited, LeftText};
use confidant::store::{Passphrase, Store};
use confidant::tui::app::App;

use super::{SIZES, Screen, session, with_amina};
use crate::journal::Journal;

fn edited(text: String) -> Edited {
    Edited { text, file: PathBuf::from("a file"), trouble: None }
}

/// Adds a line.
fn adds(text: &str) -> Edited {
    edited(format!("{text}\nFrom outside."))
}

fn same(text: &str) -> Edited {
    edited(text.to_owned())
}

fn fails(text: &str) -> Edited {
    let trouble = Some("Your editor failed (signal: 9); what it saved is here.".to_owned());
    Edited { trouble, ..adds(text) }
}

/// A session with notes, and an editor.
fn with_editor(editor: fn(&str) -> Edited) -> Screen {
    let mut journal = with_amina();
    let with = journal.store.people().expect("people")[0].relationship;
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.world.editor = Some(editor);
    screen.keys("gami<enter>3");
    screen
}

#[test]
fn it_goes_out_and_comes_back_from_writing_and_from_looking() {
    for keys in ["<ctrl-e>", "<enter><ctrl-e>", "e<ctrl-e>", ":own editor<enter>"] {
        let mut screen = with_editor(adds);
        screen.keys(keys).sees("Taken back from your editor.");
        assert_eq!(screen.text(Layer::Notes), "Before.\nFrom outside.", "{keys}");
        assert_eq!(screen.world.given[0].1, "Before.");
        assert!(!screen.world.given[0].0.contains("Amina"), "names of files are seen by others");
        screen.keys("<esc>uu");
        assert_eq!(screen.text(Layer::Notes), "Before.", "{keys}: one change, taken back at once");
    }
}

#[test]
fn each_text_is_its_own_and_what_was_typed_before_is_saved() {
    let mut screen = with_editor(adds);
    screen.keys("mreflection<enter>Felt small.<ctrl-e>").sees("Taken back");
    assert_eq!(screen.text(Layer::Reflection), "Felt small.\nFrom outside.");
    assert_eq!(screen.text(Layer::Notes), "Before.");
    // One `Ctrl-Z` in the text takes out what came from outside.
    screen.keys("<ctrl-z><esc>");
    assert_eq!(screen.text(Layer::Reflection), "Felt small.");
}

#[test]
fn what_went_wrong_is_said_and_nothing_is_lost() {
    let mut screen = with_editor(fails);
    screen.keys("e<ctrl-e>").sees("Your editor failed (signal: 9)");
    assert_eq!(screen.text(Layer::Notes), "Before.\nFrom outside.");
    let mut screen = with_editor(same);
    screen.keys("e<ctrl-e>").sees("nothing was changed");
    screen.world.editor = None;
    screen.keys("<ctrl-e>").sees("No editor is named.").keys(" Still here.<esc>");
    assert!(screen.text(Layer::Notes).contains(" Still here."));
    let mut screen = Screen::of(with_amina());
    screen.keys("3<ctrl-e>").sees("There is no session here yet");
}

/// Every form in which a text of several lines is written: how it is opened, and where the text is
/// after Ctrl-S.
#[test]
fn it_goes_out_of_every_text_of_a_form_and_comes_back() {
    for open in [
        // A goal's why, of a new one and of one that stands.
        "5nLearn to lead<tab><tab>Said here.",
        "5nLearn to lead<ctrl-s>e<tab><tab><tab>Said here.",
        // A clause of the agreement.
        "2e<tab><tab><tab><tab><tab><tab>Said here.",
        // What I saw or did.
        "4nSaid here.",
        // A repair.
        "4:repair<enter>Said here.",
        // A session logged in one form.
        "3nlast thu<tab><tab><tab>Said here.",
        // A progress check.
        "3:hold a progress<enter><tab>Said here.",
    ] {
        let mut screen = with_editor(adds);
        screen.keys(open);
        let footer = screen.resize((120, 40)).screen();
        assert!(footer.contains("Ctrl-E own editor"), "{open}: {footer}");
        screen.keys("<ctrl-e>").sees("Taken back from your editor.");
        screen.sees("Said here.").sees("From outside.");
        let (name, text) = screen.world.given[0].clone();
        assert_eq!(text, "Said here.", "{open}");
        assert!(!name.contains("Amina") && !name.contains("lead"), "{name}");
        // It is a draft at once, and one undo in the field takes it back.
        let mut screen = screen.crash();
        let drafts = rusqlite::Connection::open(screen.path()).expect("opens");
        let body: String = drafts
            .query_row("SELECT body FROM draft WHERE place = 'form'", [], |row| row.get(0))
            .expect("a draft");
        assert!(body.contains("From outside."), "{open}: {body}");
        screen.sees_no("From outside.");
    }
}

#[test]
fn what_comes_back_to_a_form_is_saved_with_it_and_one_undo_takes_it_out() {
    let mut screen = with_editor(fails);
    screen.keys("4nSaid here.<ctrl-e>").sees("Your editor failed (signal: 9)");
    screen.sees("From outside.").keys("<ctrl-z>").sees_no("From outside.").sees("Said here.");
    screen.keys("<ctrl-e>").sees("From outside.").keys("<ctrl-s>").sees_no("What you saw or did");
    let evidence: String = rusqlite::Connection::open(screen.path())
        .expect("opens")
        .query_row("SELECT text FROM evidence", [], |row| row.get(0))
        .expect("evidence");
    assert_eq!(evidence, "Said here.\nFrom outside.");
    // Of one line there is nothing for an editor.
    screen.keys("5nLearn to lead<ctrl-e>").sees("Learn to lead");
    assert_eq!(screen.world.given.len(), 2);
}

#[test]
fn an_encrypted_journal_asks_before_the_text_of_a_form_goes_out() {
    let passphrase = Passphrase::new("a passphrase".into());
    let mut journal = Journal::begin(Some(&passphrase));
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.world.editor = Some(adds);
    screen.keys("gami<enter>4nSaid here.<ctrl-e>").sees("Use your own editor?").keys("<enter>");
    assert!(screen.world.given.is_empty(), "Enter is no");
    screen.keys("<ctrl-e>E").sees("Taken back").sees("Said here.").sees("From outside.");
}

#[test]
fn what_a_crash_left_of_a_form_stands_in_it_again() {
    let mut screen = with_editor(adds);
    screen.keys("5nLearn to lead<tab><tab>Said here.<ctrl-e>");
    let name = screen.world.given[0].0.clone();
    let file = PathBuf::from(&name);
    let stranger = name.replacen("form.", "form.00", 1);
    let waiting = [(name, "Saved there.", file), (stranger, "Of another.", PathBuf::from("x"))];
    let left = waiting.into_iter().map(|(name, text, file)| LeftText {
        name,
        text: text.to_owned(),
        file,
    });
    screen.world.now += chrono::TimeDelta::minutes(1);
    let mut screen = started_with(screen, left.collect());
    screen.sees("and stands in its form again");
    assert_eq!(screen.world.left.borrow().len(), 1, "that of another journal waits");
    screen.keys("gami<enter>5n").sees("Learn to lead").sees("Saved there.").sees_no("Said here.");
}

#[test]
fn what_somebody_else_wrote_meanwhile_stands_beside_it() {
    let mut screen = with_editor(adds);
    screen.keys("e");
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    let base = other.texts(id).expect("texts").notes.map(|notes| notes.rev);
    other.save_text(stamp, id, Layer::Notes, base, "Elsewhere.").expect("saved");
    screen.keys("<ctrl-e>").sees("From outside.").sees("Elsewhere.");
    assert_eq!(screen.text(Layer::Notes), "Elsewhere.", "nothing is overwritten");
}

#[test]
fn an_encrypted_journal_asks_once_and_says_why() {
    let passphrase = Passphrase::new("a passphrase".into());
    let mut journal = Journal::begin(Some(&passphrase));
    let with = journal.mentee("Amina K.");
    session(&mut journal, with, "2026-11-12", SessionState::Held, "Before.");
    let mut screen = Screen::of(journal);
    screen.world.editor = Some(adds);
    screen.keys("gami<enter>3e<ctrl-e>").sees("Use your own editor?").sees("history files");
    let mut all = String::new();
    for size in SIZES {
        all.push_str(&screen.resize(size).screen());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
    screen.resize(SIZES[1]).keys("<enter>").sees_no("From outside.");
    assert!(screen.world.given.is_empty(), "Enter is no");
    screen.keys("<ctrl-e>E").sees("Taken back").sees("From outside.");
    // A quarter of an hour with the editor is no quarter of an hour without a key.
    screen.tick(1500).keys("<ctrl-e>").sees("Taken back");
    assert_eq!(screen.world.given.len(), 2, "it is asked once");
    screen.keys("<esc>msettings<enter>").sees("Own editor    [x]");
}

/// What a journal calls itself.
fn journal_of(screen: &Screen) -> String {
    screen.store().journal_id().expect("asked").expect("it was used")
}

/// The program is left and started again where these texts lie with editors.
fn started_with(mut screen: Screen, left: Vec<LeftText>) -> Screen {
    screen.app.end(&mut screen.world).expect("ends");
    screen.again(|path, look, world| {
        world.left.borrow_mut().extend(left);
        let stamp = Stamp { now: world.now, origin: Origin::new(world.now) };
        App::open(Store::open(&path, None, stamp).expect("opens"), look, world).expect("opens")
    })
}

#[test]
fn what_a_crash_left_with_an_editor_is_offered_like_a_draft() {
    let screen = with_editor(adds);
    let id = screen.sessions()[0].session.id;
    let mine = journal_of(&screen);
    let gone = id.to_string().replace(['1', '2', '3'], "9");
    let left = |name: String, text: &str| LeftText {
        name: name.clone(),
        text: text.to_owned(),
        file: PathBuf::from(name),
    };
    let waiting = vec![
        left(format!("{id}.notes.{mine}.1"), "Before.\nIn the editor."),
        left(format!("{id}.notes.0{mine}.1"), "Of another journal."),
        left("swap".to_owned(), "No text of ours."),
    ];
    let mut screen = started_with(screen, waiting);
    screen.sees("Recovered").sees("notes of Thu 12 Nov with Amina K.");
    assert_eq!(screen.world.left.borrow().len(), 2, "only what is kept is taken away");
    screen.keys("<enter>").sees("Kept.");
    assert_eq!(screen.text(Layer::Notes), "Before.\nIn the editor.");
    // What says nothing new goes without a word.
    let again = left(format!("{id}.notes.{mine}.2"), "Before.\nIn the editor.");
    let mut screen = started_with(screen, vec![again]);
    screen.sees_no("Recovered");
    assert!(screen.world.left.borrow().is_empty());
    // Whatever became of its session, nothing stays outside.
    let of_gone = left(format!("{gone}.notes.{mine}.1"), "Of a session that went for good.");
    let mut screen = started_with(screen, vec![of_gone]);
    screen.sees("Recovered").sees("erased");
    assert!(screen.world.left.borrow().is_empty());
}
