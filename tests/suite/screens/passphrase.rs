//! A passphrase on the screen: set at the first start and later, changed, removed, and the recovery
//! words that come with it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use confidant::domain::{Origin, Stamp};
use confidant::host::clock::Clock;
use confidant::store::{Error, Passphrase, Store};
use confidant::tui::app::App;

use super::{SIZES, Screen, bringing, journals, with_amina};

/// The words on the screen, by their numbers.
fn words(screen: &mut Screen) -> BTreeMap<usize, String> {
    // "1 person" in the status line would be one of them.
    let shown = screen.screen();
    let frame: Vec<_> = shown.lines().collect();
    let inside = frame[2..frame.len() - 2].join("\n");
    let tokens: Vec<_> = inside.split_whitespace().collect();
    let pairs = tokens.windows(2).filter_map(|pair| {
        let is_word = pair[1].chars().all(char::is_alphabetic);
        let number = pair[0].parse().ok().filter(|n| is_word && (1..=24).contains(n));
        Some((number?, pair[1].to_owned()))
    });
    pairs.collect()
}

/// Types the two words that are asked for.
fn answer(screen: &mut Screen, words: &BTreeMap<usize, String>) {
    let shown = screen.screen();
    let places: Vec<usize> = shown
        .split("Word ")
        .skip(1)
        .filter_map(|rest| rest.split_whitespace().next()?.parse().ok())
        .collect();
    assert_eq!(places.len(), 2, "{shown}");
    screen.keys(&format!("{}<tab>{}<enter>", words[&places[0]], words[&places[1]]));
}

const REWRITING: &str = "The journal is written anew";

/// Waits until the journal is written anew, which is done by a thread of its own.
fn until_it_is_written(screen: &mut Screen) -> &mut Screen {
    let end = Clock::System.ticks() + Duration::from_mins(1);
    screen.sees(REWRITING);
    while screen.screen().contains(REWRITING) {
        assert!(Clock::System.ticks() < end, "it is never written");
        std::thread::sleep(Duration::from_millis(5));
        screen.tick(10);
    }
    screen
}

fn open(screen: &Screen, with: &str) -> Result<Store, Error> {
    let now = screen.world.now;
    let passphrase = (!with.is_empty()).then(|| Passphrase::new(with.to_owned()));
    let stamp = Stamp { now, origin: Origin::new(now) };
    Store::open(screen.path(), passphrase.as_ref(), stamp)
}

fn set(screen: &mut Screen, passphrase: &str) -> BTreeMap<usize, String> {
    screen.keys(":set the pass<enter>").sees("A new passphrase");
    screen.keys(&format!("{passphrase}<tab>{passphrase}<ctrl-s>")).sees("Your recovery words");
    let words = words(screen);
    assert_eq!(words.len(), 24, "{words:?}");
    screen.keys("<enter>").sees("Two of the words");
    answer(screen, &words);
    until_it_is_written(screen);
    words
}

#[test]
fn it_is_set_from_the_palette_and_the_backups_are_encrypted_too() {
    let mut screen = Screen::of(with_amina());
    let backup = screen.store().backup(screen.another().1, None, |_, _| {}).expect("a backup");
    screen.keys("<enter>:set the pass<enter>").sees("A new passphrase").sees("Backups too");
    screen.keys("one<tab>another<ctrl-s>").sees("The two differ.");
    screen.keys("<esc>").sees("The passphrase is as it was.");
    assert!(open(&screen, "").is_ok(), "nothing was changed");
    let old = set(&mut screen, "correct horse");
    screen.sees("1 earlier backup are encrypted").sees("Amina K.");
    assert!(!screen.header().contains("not encrypted"));
    assert!(matches!(open(&screen, ""), Err(Error::PassphraseNeeded)));
    assert!(!std::fs::read(backup).expect("bytes").starts_with(b"SQLite format 3"));
    // The screen goes on.
    screen.keys("nrem<enter>Likes tea<ctrl-s>").sees("Likes tea");

    screen.keys(":set the pass<enter>").sees("Change the passphrase");
    screen.keys("wrong<enter>").sees("That is not the passphrase that is set now.");
    screen.keys("<ctrl-w>correct horse<enter>").sees("A new passphrase").sees_no("Backups too");
    screen.keys("battery<tab>battery<ctrl-s>");
    let new = words(&mut screen);
    assert_ne!(old, new);
    // What is wrong leads back to the words.
    screen.keys("<enter>xyz<tab>xyz<enter>").sees("That is another word.");
    screen.keys("<esc>").sees("Your recovery words").keys("<enter>");
    answer(&mut screen, &new);
    until_it_is_written(&mut screen).sees("The passphrase is changed.");
    assert!(open(&screen, "battery").is_ok());
    screen.keys("L").sees("Locked").keys("battery<enter>").sees("Likes tea");
    // A passphrase that was being typed, and words that were shown, do not wait behind the lock.
    screen.keys(":set the pass<enter>battery<enter>new<tab>new<ctrl-s>").sees("recovery words");
    screen.tick(610_000).sees("Locked after").keys("battery<enter>").sees("Likes tea");
    screen.sees_no("recovery words");

    screen.keys(":remove the pass<enter>battery<enter>").sees("Remove the passphrase?");
    screen.keys("<enter>").sees("as it was");
    assert!(open(&screen, "battery").is_ok(), "Enter is never yes");
    screen.keys(":remove the pass<enter>battery<enter>remove<ctrl-s>");
    until_it_is_written(&mut screen).sees("not encrypted any more");
    assert!(open(&screen, "").is_ok());
    screen.sees("not encrypted").keys("L").sees("Hidden.");
}

#[test]
fn what_is_being_brought_in_goes_on_in_the_new_file() {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>");
    let path = bringing::long(&screen, 300, 4);
    bringing::begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    set(&mut screen, "correct horse");
    screen.until("Brought in: 300 sessions");
    let store = open(&screen, "correct horse").expect("opens");
    assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
}

#[test]
fn while_it_is_written_it_can_be_broken_off_and_nothing_is_left() {
    for size in SIZES {
        let mut screen = Screen::of(with_amina());
        let folder = screen.path().parent().expect("a folder").to_owned();
        screen.keys(":set the pass<enter>a<tab>a<ctrl-s>");
        let words = words(&mut screen);
        screen.keys("<enter>");
        answer(&mut screen, &words);
        screen.resize(size).sees(REWRITING).sees("Esc stop");
        // Whatever is pressed meanwhile is no command.
        screen.keys("nq:d<enter>").paste("text").sees(REWRITING);
        screen.keys("<esc>").resize((120, 40)).sees("The passphrase is as it was.");
        assert!(open(&screen, "").is_ok());
        let left = std::fs::read_dir(folder).expect("a folder").count();
        assert_eq!(left, 1, "nothing but the journal");
    }
}

#[test]
fn the_words_open_it_and_lead_to_a_new_passphrase() {
    let mut screen = Screen::of(with_amina());
    let old = set(&mut screen, "correct horse");
    screen.keys("nAmir<enter>");
    let mut screen = screen.again(|path, look, _| App::locked(path, &look));
    screen.keys("<tab>").sees("Recovery words").sees("four letters of each are enough");
    screen.keys("abandon xyzzy ").sees("Word 2 is not one of the words").keys("<enter>");
    screen.sees("and these are 2").keys("<esc>");
    let typed: Vec<_> = old.values().map(|word| word.chars().take(4).collect::<String>()).collect();
    screen.paste(&typed.join(" ")).sees("24 of 24 words").keys("<enter>");
    screen.sees("The words open it.").sees("A new passphrase");
    screen.keys("battery<tab>battery<ctrl-s>");
    let new = words(&mut screen);
    screen.keys("<enter>");
    answer(&mut screen, &new);
    until_it_is_written(&mut screen).sees("The passphrase is changed.").sees("Nothing is late");
    assert!(open(&screen, "battery").is_ok());
    // The old words are old.
    screen.keys("L<tab>").paste(&typed.join(" ")).keys("<enter>").sees("but one of the backups");
    screen.keys("<tab>battery<enter>").sees("Nothing is late");
}

#[test]
fn the_first_start_offers_it_and_nothing_is_written_before_the_words_are_asked_back() {
    let mut screen = Screen::first();
    screen.keys("<enter>Asha<tab>Amina K.<tab><tab>").sees("Recommended.").keys("<space><ctrl-s>");
    screen.sees("New passphrase").keys("correct<tab>correct<ctrl-s>");
    let shown = words(&mut screen);
    screen.keys("<enter>");
    assert!(!screen.path().exists(), "nothing is on disk before the end");
    // Back to the form, and forward again.
    screen.keys("<esc><esc><esc>").sees("Amina K.").sees("Passphrase").keys("<ctrl-s>");
    screen.sees("New passphrase").keys("correct<tab>correct<ctrl-s>");
    let again = words(&mut screen);
    assert_ne!(shown, again);
    screen.keys("<enter>");
    answer(&mut screen, &again);
    screen.sees("Amina K.");
    assert!(open(&screen, "correct").is_ok());
    assert!(!screen.header().contains("not encrypted"));
}

#[test]
fn what_is_made_up_needs_none() {
    let mut screen = Screen::first();
    screen.keys("<down><enter>:set the pass<enter>").sees("it needs none");
    let mut screen = Screen::of(with_amina());
    // What is not there is not offered for removal.
    screen.keys(":remove the pass").sees_no("remove the passphrase").keys("<esc>");
    screen.keys("mremove the pass").sees_no("remove the passphrase").keys("<esc>");
}

#[test]
fn a_journal_set_while_another_window_is_open_asks_there() {
    let mut screen = Screen::of(journals::ordinary());
    let mut other = screen.beside();
    other.keys("gami<enter>bHalf a sente");
    set(&mut screen, "correct horse");
    other.tick(1_500).sees("moved or replaced").sees_no("Amina");
    other.keys("correct horse<enter>").sees("Half a sente").keys("nce.<esc>").sees("sentence.");
    screen.tick(1_500).keys("/sentence").sees("Half a sentence.");
}

/// The words themselves are random; what they look like is in the test below.
#[test]
fn a_passphrase_at_every_size() {
    let mut all = String::new();
    for (name, script) in [
        ("typing", ":set the pass<enter>corr"),
        ("shown", ":set the pass<enter><ctrl-r>corr"),
        ("first start", ""),
    ] {
        for size in SIZES {
            let mut screen = if name == "first start" {
                let mut screen = Screen::first();
                screen.keys("<enter>Asha<tab><tab><tab><space><ctrl-s>");
                screen
            } else {
                Screen::of(with_amina())
            };
            let shown = screen.resize(size).keys(script).screen();
            writeln!(all, "── {name}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}

/// The words are random: what is held is that all of them can be read at every size.
#[test]
fn all_words_can_be_read_at_every_size() {
    for size in SIZES {
        let mut screen = Screen::of(with_amina());
        screen.resize(size).keys(":set the pass<enter>a<tab>a<ctrl-s>");
        let mut seen = words(&mut screen);
        for _ in 0..60 {
            screen.keys("<down>");
            seen.extend(words(&mut screen));
        }
        let numbers: Vec<_> = seen.keys().copied().collect();
        assert_eq!(numbers, (1..=24).collect::<Vec<_>>(), "{size:?}");
    }
}
