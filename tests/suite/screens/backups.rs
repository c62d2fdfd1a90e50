//! Backups on the screen: made, looked at, copied to a stick, and put back without losing what was
//! there; and the look through the whole file.

use std::fmt::Write as _;

use confidant::domain::{LastUse, Reach, Stamp};
use confidant::store::{BackupKind, OlderBackups, Opens, Passphrase, Protection, Store};
use confidant::tui::app::App;

use super::{SIZES, Screen, journals};
use crate::journal::{Journal, stamp};

const OPEN: &str = ":open the backups<enter>";

#[test]
fn a_backup_is_made_and_put_back_and_what_was_there_can_be_put_back_too() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(OPEN).sees("No backup yet.");
    screen.keys("n").sees("Copied and read back.").sees("made by you").sees("not encrypted  ");
    screen.keys("<esc>0").keys("n").keys("Ruth Adler<ctrl-s>").sees("Ruth Adler");
    screen.keys(OPEN).keys("<enter>").sees("Put back").sees("becomes a backup itself");
    screen.keys("<enter>").sees("Left as it is.");
    screen.keys("<enter>r").sees("Put back as of");
    screen.keys("0").sees("Amina K.").sees_no("Ruth Adler");
    screen.keys("n").keys("Tom Thumb<ctrl-s>").sees("Tom Thumb");
    screen.keys(OPEN).sees("replaced by a backup");
    let kinds: Vec<_> = screen.store().backups().iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&BackupKind::Replaced) && kinds.contains(&BackupKind::ByHand));
    // The newest is what was replaced: it brings her back.
    let at = kinds.iter().position(|kind| *kind == BackupKind::Replaced).expect("one");
    screen.keys("<home>").keys(&"<down>".repeat(at)).keys("<enter>r");
    screen.keys("0").sees("Ruth Adler").sees_no("Tom Thumb");
}

#[test]
fn what_is_being_written_is_in_the_file_that_is_kept() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(OPEN).keys("n<esc>");
    screen.keys("gami<enter>3<home>e").keys("Unsaved words ").keys("<esc>");
    screen.keys(OPEN).keys("<enter>r");
    let kept = screen.store().backups().into_iter().find(|one| one.kind == BackupKind::Replaced);
    let bytes = std::fs::read(kept.expect("kept").path).expect("bytes");
    assert!(bytes.windows(13).any(|bytes| bytes == b"Unsaved words"));
}

#[test]
fn a_backup_is_read_through() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(OPEN).keys("n").keys("m<enter>").sees("This backup is sound");
    let path = screen.store().backups()[0].path.clone();
    let mut bytes = std::fs::read(&path).expect("bytes");
    bytes[9000..20_000].fill(7);
    std::fs::write(&path, bytes).expect("spoilt");
    screen.keys("m<enter>").sees("is damaged");
    screen.keys("<enter>").sees("is damaged").sees_no("Put back Sun");
    screen.keys("<esc>0").sees("Amina K.");
}

#[test]
fn the_journal_goes_to_a_stick_by_its_name() {
    let mut screen = Screen::of(journals::ordinary());
    let stick = tempfile::tempdir().expect("a stick");
    screen.world.sticks = vec![("RUTHS STICK".to_owned(), stick.path().to_owned())];
    screen.keys(OPEN).keys("x").sees("RUTHS STICK").sees("Somewhere else");
    screen.keys("ruth<enter>").sees("Copied and read back");
    assert_eq!(std::fs::read_dir(stick.path()).expect("a folder").count(), 1);
    screen.keys("x").keys("some<enter>").sees("Copy the journal to");
    screen.keys("/nowhere/at/all<ctrl-s>").sees("There is no such folder");
    screen.keys("<esc>");
}

#[test]
fn the_whole_file_is_gone_through_while_keys_are_heard() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(":whole file<enter>").sees("Reading every page");
    screen.tick(2000).sees("The journal is sound");
    screen.keys("<enter>").sees_no("The journal is sound");
    screen.keys(":whole file<enter>").keys("<esc>").sees_no("Reading every page");
}

#[test]
fn an_older_copy_and_a_bad_place_are_told_of() {
    let journal = journals::ordinary();
    let id = journal.store.journal_id().expect("asked").expect("an id");
    let reach = journal.store.reach().expect("a reach");
    let mut screen = Screen::of(journal);
    let newer = Reach { change: reach.change + 3, at: reach.at + 86_400_000 };
    let last = LastUse { reach: Some(newer), ..LastUse::default() };
    screen = screen.again_knowing(|world| {
        world.uses.insert(id.clone(), last.clone());
        world.risk =
            Some(("Syncthing".to_owned(), "It lies where it may come to harm.".to_owned()));
    });
    screen.sees("This is not the copy of your journal that was last used");
    screen.keys("<enter>").sees("It lies where it may come to harm.");
    screen.keys("<enter>").sees_no("come to harm").sees("Today");
    screen.tick(61_000);
    let kept = screen.world.uses[&id].clone();
    assert_eq!(
        (kept.reach, kept.told, kept.place.as_deref()),
        (Some(newer), Some(reach), Some("Syncthing"))
    );
    // The place is told of once, the copy until somebody writes into it.
    let uses = screen.world.uses.clone();
    screen = screen.again_knowing(|world| {
        world.uses = uses;
        world.risk =
            Some(("Syncthing".to_owned(), "It lies where it may come to harm.".to_owned()));
    });
    screen.sees("This is not the copy").keys("<enter>").sees_no("come to harm");
    screen.keys("0n").keys("Ruth<ctrl-s>").tick(61_000);
    assert_eq!(screen.world.uses[&id].told, None);
}

#[test]
fn backups_at_every_size() {
    let mut all = String::new();
    let mut show = |screen: &mut Screen, name: &str| {
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {name}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    };
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(OPEN);
    show(&mut screen, "none");
    let folder = screen.path().with_file_name("backups");
    std::fs::create_dir_all(&folder).expect("a folder");
    let kinds = ["-daily", "-form3", "-passphrase", "-replaced", "", "-daily-2"];
    for day in 1..=30_u16 {
        let kind = kinds[usize::from(day) % kinds.len()];
        let path = folder.join(format!("journal-2026-10-{day:02}-180000{kind}.db"));
        std::fs::write(&path, vec![7; 40_000 * usize::from(day)]).expect("written");
    }
    screen.keys("<esc>").keys(OPEN);
    show(&mut screen, "thirty");
    screen.keys("<down><enter>");
    show(&mut screen, "a question");
    screen.keys("<esc><esc>:whole file<enter>").tick(2000);
    show(&mut screen, "gone through");
    insta::assert_snapshot!(all);
}

#[test]
fn a_damaged_journal_offers_its_newest_sound_backup_at_the_start() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(OPEN).keys("n<esc>");
    let mut bytes = std::fs::read(screen.path()).expect("bytes");
    for byte in bytes.iter_mut().skip(100) {
        *byte ^= 0x5a;
    }
    let damaged = bytes.clone();
    let mut screen = screen.again(|path, look, world| {
        std::fs::write(&path, &bytes).expect("damaged");
        let error = Store::open(&path, None, stamp(super::NOW)).err().expect("refused");
        App::damaged(path, &look, &error, world).expect("an offer")
    });
    screen.sees("The journal is damaged").sees("of Sun 22 Nov 12:00");
    let mut all = String::new();
    for size in SIZES {
        let shown = screen.resize(size).screen();
        writeln!(all, "── {}x{}\n{shown}", size.0, size.1).expect("written");
    }
    insta::assert_snapshot!(all);
    screen.resize((80, 24)).keys("x").sees("The journal is damaged").keys("<esc>");
    assert_eq!(std::fs::read(screen.path()).expect("bytes"), damaged, "Esc changes nothing");
    screen.keys("<enter>").sees("The journal is damaged");
    screen.keys("<enter>").sees("Put back as of").sees("what was there is a backup now.");
    screen.keys("0").sees("Amina K.");
    let kept = screen.store().backups().into_iter().find(|one| one.kind == BackupKind::Replaced);
    assert_eq!(std::fs::read(kept.expect("kept").path).expect("bytes"), damaged);
}

#[test]
fn a_damaged_salt_offers_the_backup_and_a_wrong_passphrase_does_not() {
    let words = Passphrase::new("correct horse".into());
    let mut journal = Journal::begin(Some(&words));
    journal.mentee("Amina K.");
    journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    let screen = Screen::of(journal);
    let mut screen = screen.again(|path, look, _| {
        let mut bytes = std::fs::read(&path).expect("bytes");
        bytes[3] ^= 4;
        std::fs::write(&path, bytes).expect("damaged");
        App::locked(path, &look)
    });
    screen.keys("wrong<enter>").sees("That is not the passphrase.").sees_no("damaged");
    screen.keys("correct horse<enter>").sees("The journal is damaged");
    screen.keys("<enter>").sees("Put back as of").keys("0").sees("Amina K.");
}

/// Ruth's journal: a backup under her first passphrase, and another passphrase since. The words of
/// the first are given back.
fn two_passphrases() -> (Journal, String) {
    let mut journal = journals::ordinary();
    let first = Protection::new(&Passphrase::new(FIRST.into())).expect("a key");
    let words = first.words().list().join(" ");
    journal.store.set_passphrase(journal.stamp, &first, OlderBackups::Leave, |_| {}).expect("set");
    let earlier = Stamp { now: super::moment("2026-11-20T09:30:00+00:00"), ..journal.stamp };
    journal.store.backup(earlier, None, |_, _| {}).expect("made");
    journal.mentee("Ruth Adler");
    let second = Protection::new(&Passphrase::new(SECOND.into())).expect("a key");
    journal.store.set_passphrase(journal.stamp, &second, OlderBackups::Leave, |_| {}).expect("set");
    journal.store.backup(journal.stamp, None, |_, _| {}).expect("made");
    (journal, words)
}

const FIRST: &str = "correct horse";
const SECOND: &str = "battery staple";

/// Which of the two passphrases opens the journal of this screen now.
fn opens_with(screen: &Screen) -> &'static str {
    let opens = |words: &str| {
        Store::open(screen.path(), Some(&Passphrase::new(words.into())), stamp(super::NOW)).is_ok()
    };
    match (opens(FIRST), opens(SECOND)) {
        (true, false) => FIRST,
        (false, true) => SECOND,
        both => panic!("{both:?}"),
    }
}

#[test]
fn a_backup_of_another_passphrase_is_put_back_by_that_one() {
    let mut screen = Screen::of(two_passphrases().0);
    screen.keys(OPEN).sees("another passphrase").sees("opens as now");
    screen.keys("<end><enter>").sees("made under another passphrase");
    screen.keys("<enter>").sees("Type what it was made with");
    screen.keys("wrong").sees_no("wrong").keys("<enter>").sees("does not open this backup");
    screen.keys(SECOND).keys("<enter>").sees("does not open this backup");
    screen.keys(FIRST).keys("<enter>").sees("Put back Fri 20 Nov 09:30").sees("becomes a backup");
    screen.sees("last written to on").sees("journal that is here on").sees("no longer with");
    screen.keys("<enter>").sees("Left as it is.");
    assert_eq!(opens_with(&screen), SECOND, "nothing was done");
    screen.keys("<enter>").keys(FIRST).keys("<enter>r").sees("Another passphrase");
    screen.sees("opens with the passphrase of that").keys("<enter>").sees_no("you just typed");
    screen.keys("0").sees("Amina K.").sees_no("Ruth Adler");
    assert_eq!(opens_with(&screen), FIRST);
    // What was there is a backup of the other passphrase, and comes back the same way.
    screen.keys("L").keys(FIRST).keys("<enter>").sees("Amina K.").keys(OPEN);
    let backups = Store::backups_of(screen.path());
    let at = backups.iter().position(|one| one.kind == BackupKind::Replaced).expect("kept");
    assert_eq!(backups[at].opens, Opens::ByAnother);
    screen.keys("<home>").keys(&"<down>".repeat(at)).keys("<enter>").keys(SECOND);
    screen.keys("<enter>r<enter>").keys("0").sees("Ruth Adler");
    assert_eq!(opens_with(&screen), SECOND);
}

#[test]
fn older_words_put_a_backup_back_and_lead_to_a_new_passphrase() {
    let (journal, words) = two_passphrases();
    let mut screen = Screen::of(journal);
    screen.keys(OPEN).keys("<end><enter><tab>").sees("The 24 words of the passphrase it was made");
    screen.paste(&words).sees("24 of 24 words").keys("<enter>r").sees("A new passphrase");
    screen.sees("Its words open it").keys("<esc>0").sees("Amina K.").sees_no("Ruth Adler");
    assert_eq!(opens_with(&screen), FIRST);
}

#[test]
fn a_locked_journal_gives_way_to_a_backup_whose_passphrase_is_known() {
    let mut screen = Screen::of(two_passphrases().0);
    screen.keys("3e").keys("Not yet saved. ").keys("<esc>L").sees("F2 backups");
    screen.keys(FIRST).keys("<enter>").sees("backups opens with it");
    screen.keys("<f2>").sees("another passphrase").sees("opens as now").keys("<esc>");
    screen.sees("Locked").keys("<f2><end><enter>").keys(FIRST).keys("<enter>r");
    screen.sees("Another passphrase").keys("<enter>0").sees("Amina K.").sees_no("Ruth Adler");
    assert_eq!(opens_with(&screen), FIRST);
    // And from the start, before anything was opened.
    let mut screen = screen.again(|path, look, _| App::locked(path, &look));
    let backups = Store::backups_of(screen.path());
    let at = backups.iter().position(|one| one.kind == BackupKind::Replaced).expect("kept");
    screen.keys("<f2>").keys(&"<down>".repeat(at)).keys("<enter>").keys(SECOND).keys("<enter>r");
    screen.keys("<enter>0").sees("Ruth Adler");
    assert_eq!(opens_with(&screen), SECOND);
}

#[test]
fn a_damaged_journal_offers_backups_of_any_passphrase() {
    let (mut journal, _) = two_passphrases();
    journal.store.remove_passphrase(journal.stamp, |_| {}).expect("removed");
    let mut screen = Screen::of(journal).again(|path, look, world| {
        let mut bytes = std::fs::read(&path).expect("bytes");
        bytes[16..].fill(0x5a);
        std::fs::write(&path, &bytes).expect("damaged");
        let error = Store::open(&path, None, stamp(super::NOW)).err().expect("refused");
        App::damaged(path, &look, &error, world).expect("an offer")
    });
    screen.sees("The journal is damaged").sees("Enter shows its backups");
    screen.keys("<enter>").sees("another passphrase");
    screen.keys("<end><enter>").keys(FIRST).keys("<enter>").sees("was made with. Whoever");
    screen.keys("r").sees("Another passphrase").keys("<enter>0").sees("Amina K.");
    assert_eq!(opens_with(&screen), FIRST);
}

#[test]
fn what_opens_a_backup_at_every_size() {
    let mut all = String::new();
    let mut screen = Screen::of(two_passphrases().0);
    for (name, script) in [
        ("a list", OPEN),
        ("a wrong passphrase", "<end><enter>wrong<enter>"),
        ("words", "<tab>"),
        ("a question", "<tab>correct horse<enter>"),
        ("locked", "<enter><esc>L<f2>"),
    ] {
        screen.keys(script);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {name} {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn where_no_backup_is_sound_there_is_no_offer() {
    let screen = Screen::of(journals::ordinary());
    let world = &screen.world;
    let look = confidant::tui::theme::Look::new(true, false);
    let error = confidant::store::Error::Damaged;
    assert!(App::damaged(screen.path().to_owned(), &look, &error, world).is_none());
}
