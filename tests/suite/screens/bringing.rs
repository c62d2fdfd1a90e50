//! Journals of other programs, and exports, brought in while the screen goes on.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use confidant::domain::Layer;
use confidant::store::{Passphrase, Tidying};

use super::{SIZES, Screen, journals, with_amina};
use crate::journal::Journal;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/peers");
/// From the brief to the sheet, by the palette.
const SHEET: &str = ":tui-journal<enter>";

fn peer(name: &str) -> String {
    format!("{PEERS}/{name}")
}

/// A screen on Amina's brief.
fn brief() -> Screen {
    let mut screen = Screen::of(with_amina());
    screen.keys("<enter>");
    screen
}

/// Begins to bring in what lies there, by the sheet and the keys that follow the path.
pub fn begin<'a>(screen: &'a mut Screen, path: &str, keys: &str) -> &'a mut Screen {
    screen.keys(SHEET).paste(path).keys(keys)
}

/// A file of jrnl with so many entries, each of so many lines, of which the first has words: those
/// take long to be indexed.
pub fn long(screen: &Screen, entries: u32, lines: usize) -> String {
    let mut text = String::new();
    for n in 0..entries {
        let day = 1 + n / 24 % 28;
        let (month, year) = (1 + n / 672 % 12, 2000 + n / 8064);
        let moment = format!("{year}-{month:02}-{day:02} {:02}:00", n % 24);
        let lines = "- - - - - - - - - - - - -\n".repeat(lines);
        writeln!(text, "[{moment}] Entry number {n}\nplanting out of doors\n{lines}")
            .expect("written");
    }
    let path = screen.path().with_file_name("long.txt");
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

/// How much of an import stands in the file, seen or not.
fn in_file(screen: &Screen) -> i64 {
    let db = rusqlite::Connection::open(screen.path()).expect("opens");
    db.query_row("SELECT count(*) FROM session WHERE deleted < 0", [], |row| row.get(0))
        .expect("counted")
}

#[test]
fn it_comes_in_once_and_is_taken_back_as_one() {
    let mut screen = brief();
    screen.keys(SHEET).sees("Bring in sessions with Amina K.");
    screen.paste(&peer("jrnl.txt")).keys("<ctrl-s>");
    screen.until("Brought in: 5 sessions with Amina K., Thu 12 Nov 2026 to Sun 22 Nov 2026.");
    assert_eq!(screen.sessions().len(), 5);
    screen.keys("3").sees("A title without full stop").keys("0");
    begin(&mut screen, &peer("jrnl.json"), "<ctrl-s>").until("Brought in: nothing.");
    screen.sees("Here already, which stays as it is: 4 sessions.").keys("<enter>");
    screen.keys("u");
    screen.keys("u").sees("Taken back");
    assert_eq!(screen.sessions().len(), 0);
}

#[test]
fn the_file_of_tui_journal_may_be_narrowed_to_a_tag() {
    let mut screen = brief();
    begin(&mut screen, &peer("tui-journal.db"), "<tab><right><tab>amina<ctrl-s>");
    screen.until("Brought in: 2 sessions with Amina K.");
    screen.sees("Left out: 1 entry that is not tagged amina.").keys("<esc>");
    assert_eq!(screen.sessions().len(), 2);
}

#[test]
fn a_folder_is_looked_through_before_it_is_brought_in() {
    let mut screen = brief();
    begin(&mut screen, &peer("nb"), "<tab><right><right>").sees("Folder or file");
    screen.sees("Day it was saved").sees_no("Time format");
    screen.keys("<tab><tab><tab> ").keys("<ctrl-s>").until("What would come in");
    let mut all = String::new();
    for size in SIZES {
        writeln!(all, "── {}x{}\n{}", size.0, size.1, screen.resize(size).screen())
            .expect("written");
    }
    insta::assert_snapshot!(all);
    screen.resize((80, 24));
    assert!(screen.sessions().is_empty());
    screen.keys("y<enter>").until("Brought in: ");
    assert!(screen.world.copied[0].starts_with("Would bring in: "), "{}", screen.world.copied[0]);
    let came = screen.sessions().len();
    assert!(came > 1);
    screen.sees(&format!("Brought in: {came} sessions with Amina K."));
}

#[test]
fn what_cannot_be_read_is_said_and_stands_in_the_form_again() {
    let mut screen = brief();
    begin(&mut screen, "/nowhere", "<ctrl-s>").sees("No such file").keys("<enter>");
    screen.sees("/nowhere").keys("<esc>");
    begin(&mut screen, &peer("tui-journal.db"), "<ctrl-s>").until("This is no text file");
    screen.sees("Nothing was brought in").keys("<enter><tab><right>");
    screen.keys("<ctrl-s>").until("Brought in: 3 sessions");
    let own = screen.path().display().to_string();
    begin(&mut screen, &own, "<ctrl-s>").sees("That is this journal itself.");
    screen.keys("<enter><esc>");
    assert_eq!(screen.sessions().len(), 3);
    let dates = screen.path().with_file_name("dates.txt");
    fs::write(&dates, "[11/12/2026 15:00] Title\n").expect("written");
    begin(&mut screen, &dates.display().to_string(), "<ctrl-s>").until("two ways");
    screen.keys("<enter><tab><tab><tab>").paste("%d/%m/%Y %H:%M").keys("<ctrl-s>");
    screen.until("Brought in: 1 session with Amina K., Fri 11 Dec 2026.");
}

#[test]
fn an_export_comes_in_where_nobody_is_yet() {
    let mut from = journals::ordinary();
    let mut all = Vec::new();
    let what = confidant::transfer::Selection { person: None, private: true };
    confidant::transfer::json::export(&from.store, what, &mut all).expect("exported");
    from.stamp.now += chrono::Duration::days(1);
    let mut screen = Screen::of(Journal::new());
    let path = screen.path().with_file_name("all.json");
    fs::write(&path, &all).expect("written");
    screen.keys(":another program<enter>").sees("Bring in an export of Confidant");
    screen.paste(&path.display().to_string()).keys("<ctrl-s>").until("Brought in: 3 people");
    screen.keys("<enter>").sees("Amina K.").sees("Dr. Osei");
    let mut again = Vec::new();
    confidant::transfer::json::export(&screen.store(), what, &mut again).expect("exported");
    assert_eq!(again, all);
    screen.keys("uu").sees("Taken back").sees_no("Amina K.");
}

#[test]
fn the_screen_goes_on_meanwhile() {
    let mut screen = brief();
    let path = long(&screen, 500, 350);
    assert!(fs::metadata(&path).expect("there").len() > 4 << 20, "more than was once too long");
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    let mut all = String::new();
    let mut shown = |screen: &mut Screen, what: &str| {
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {what}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
        screen.resize((80, 24));
    };
    shown(&mut screen, "looking");
    screen.keys("b").until("200 entries read");
    screen.keys("Written meanwhile");
    shown(&mut screen, "writing");
    // A draft and a save go between two of its writes; nothing of it is seen by anybody.
    screen.keys("<esc>").until("300 entries so far");
    assert_eq!(screen.text(Layer::Notes), "Written meanwhile");
    assert_eq!(screen.sessions().len(), 1);
    assert!(in_file(&screen) >= 250);
    screen.keys("<enter>").keys(" and more").until("all brought in");
    shown(&mut screen, "all is there, and somebody writes");
    screen.keys("<esc>").until("Brought in: 500 sessions with Amina K.");
    assert_eq!(screen.text(Layer::Notes), "Written meanwhile and more");
    assert_eq!(screen.sessions().len(), 501);
    insta::assert_snapshot!(all);
    // What was written meanwhile goes back first, and then all of it at once.
    screen.keys("u").keys("u").sees("Taken back");
    assert_eq!(screen.sessions().len(), 501);
}

#[test]
fn broken_off_nothing_of_it_is_ever_seen() {
    let mut screen = brief();
    let path = long(&screen, 300, 4);
    screen.keys(":break off").sees_no("break off what is being brought in").keys("<esc>");
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    assert!(in_file(&screen) > 0);
    screen.keys("m").paste("break off").keys("<enter>");
    screen.sees("Broken off, and nothing came in: long.txt.");
    // It goes for good, and can be brought in at once; that begins as soon as it is gone.
    begin(&mut screen, &path, "<ctrl-s>").until("Brought in: 300 sessions");
    assert_eq!(screen.sessions().len(), 300);
    screen.keys("uu").tick(1_000);
    assert!(screen.sessions().is_empty());
    screen.keys("U").until("Did again");
    assert_eq!(screen.sessions().len(), 300);
}

#[test]
fn a_crash_in_the_middle_leaves_nothing() {
    let mut screen = brief();
    let path = long(&screen, 300, 4);
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    let mut screen = screen.crash();
    assert!(in_file(&screen) > 0 && screen.sessions().is_empty());
    screen.tick(1_500);
    assert_eq!(in_file(&screen), 0);
    screen.keys("0<enter>");
    begin(&mut screen, &path, "<ctrl-s>").until("Brought in: 300 sessions");
    assert_eq!(screen.sessions().len(), 300);
}

#[test]
fn leaving_asks_and_breaks_it_off() {
    let mut screen = brief();
    let path = long(&screen, 300, 4);
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    screen.keys("q").sees("Leave, and break it off?").keys("<enter>");
    assert!(!screen.app.is_done());
    screen.keys("<down>").until("200 entries so far").keys("qB");
    assert!(screen.app.is_done());
    assert!(screen.sessions().is_empty());
    let mut store = screen.store();
    store.tidy_arrivals(|_| true, Tidying::Whole).expect("nobody is at work on it");
    assert_eq!(in_file(&screen), 0);
}

#[test]
fn the_backup_of_the_day_waits_for_all_of_it() {
    let mut screen = brief();
    let path = long(&screen, 300, 4);
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    screen.world.ticks += Duration::from_secs(61);
    screen.world.now += Duration::from_secs(61);
    screen.tick(20);
    assert!(screen.store().backups().is_empty());
    screen.until("Brought in: 300 sessions").tick(20);
    assert_eq!(screen.store().backups().len(), 1);
}

#[test]
fn a_lock_puts_it_down_and_it_goes_on_afterwards() {
    let passphrase = Passphrase::new("correct horse".to_owned());
    let mut journal = Journal::begin(Some(&passphrase));
    journal.mentee("Amina K.");
    let mut screen = Screen::of(journal);
    screen.keys("<enter>");
    let path = long(&screen, 300, 4);
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    screen.keys("L").tick(5_000).sees("Locked");
    screen.keys("correct horse<enter>");
    screen.sees_no("Brought in").until("Brought in: 300 sessions");
}

#[test]
fn a_backup_that_is_put_back_meanwhile_ends_it() {
    let mut screen = brief();
    let path = long(&screen, 300, 4);
    let (store, stamp) = screen.another();
    store.backup(stamp, None, |_, _| {}).expect("a backup");
    begin(&mut screen, &path, "<ctrl-s>").until("100 entries so far");
    screen.keys(":open the backups<enter><enter>").sees("?").sees("put it back");
    screen.keys("r").until("Nothing was brought in").sees("Nothing of it came in.");
    screen.keys("<enter><esc>");
    assert!(screen.sessions().is_empty());
    assert_eq!(in_file(&screen), 0);
}

#[test]
fn a_large_one_is_taken_back_bit_by_bit() {
    let mut screen = brief();
    let path = long(&screen, 1_100, 0);
    begin(&mut screen, &path, "<ctrl-s>").until("Brought in: 1100 sessions");
    screen.keys("3").sees("Entry number");
    screen.keys("0").keys("u").keys("u").sees("Taken back");
    screen.keys("3").tick(3_000).sees_no("Entry number");
    assert!(screen.sessions().is_empty());
    assert_eq!(in_file(&screen), 0);
}

#[test]
fn the_sheet_at_every_size() {
    let mut all = String::new();
    for (kind, person, journal) in [
        ("ordinary", "gami<enter>", journals::ordinary as fn() -> Journal),
        ("full", "<enter>", journals::full),
    ] {
        let mut screen = Screen::of(journal());
        screen.keys(person).keys(SHEET);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {kind}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}
