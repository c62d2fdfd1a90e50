//! The settings: what they ask, what they change on the screen, and that they stay.

use std::fmt::Write as _;

use confidant::domain::{DayOrder, Habits, Settings, WeekStart};
use confidant::store::Passphrase;

use super::{SIZES, Screen, journals, with_amina};
use crate::journal::Journal;

const OPENED: &str = "msettings<enter>";

#[test]
fn at_every_size() {
    let mut all = String::new();
    let encrypted = Journal::begin(Some(&Passphrase::new("a passphrase".into())));
    for (name, journal) in [("plain", journals::ordinary()), ("encrypted", encrypted)] {
        let mut screen = Screen::of(journal);
        screen.keys(OPENED);
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {name}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_is_chosen_stays_and_leaving_without_a_change_says_nothing() {
    let mut screen = Screen::of(with_amina());
    screen.keys(OPENED).keys("<esc>").sees_no("Kept the settings");
    assert_eq!(screen.store().settings(), Settings::default());
    screen.keys(OPENED).keys("<right><tab><right><tab><right><esc>").sees("Kept the settings");
    let set = Settings {
        lock_minutes: Some(20),
        dates: Habits { order: DayOrder::MonthDay, week: WeekStart::Sunday },
        ..Settings::default()
    };
    assert_eq!(screen.store().settings(), set);
    let mut screen = screen.restart();
    screen.keys(OPENED).sees("20 minutes without a key");
    // Never is the last, and what it was before is still among the lengths.
    screen.keys("<right><right><right><right><ctrl-s>");
    assert_eq!(screen.store().settings().lock_minutes, None);
}

#[test]
fn a_date_in_numbers_is_read_in_the_order_that_was_set() {
    let mut screen = Screen::of(with_amina());
    let typed = "<enter>3n3/12/2026 15:00";
    screen.keys(typed).sees("Thu 3 Dec 2026").keys("<esc>");
    screen.keys(OPENED).keys("<tab><right><esc>");
    screen.keys("n12/4/2026 15:00").sees("Fri 4 Dec 2026 at 15:00").keys("<esc>");
    let days: Vec<_> = screen.sessions().iter().map(|one| one.session.value.when.date).collect();
    assert_eq!(
        days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2026-12-04", "2026-12-03"]
    );
    screen.keys("6nme: a small list by 12/5<enter>").sees("by Sat 5 Dec 2026");
    screen.keys("5nOutline by 12/6").sees("Sun 6 Dec 2026");
}

#[test]
fn a_week_ends_where_it_was_set_to() {
    // It is a Sunday.
    let mut screen = Screen::of(with_amina());
    screen.keys("gami<enter>6nme: a small list by eow").sees("by Sun 22 Nov 2026").keys("<esc>");
    screen.keys(OPENED).keys("<tab><tab><right>").sees("eow").keys("<esc>");
    screen.keys("nme: a longer one by eow").sees("by Sat 28 Nov 2026");
}

#[test]
fn ascii_signs_come_at_once_and_in_every_window() {
    let mut screen = Screen::of(with_amina());
    let mut beside = screen.beside();
    screen.sees("▸").keys(OPENED).keys("<tab><tab><tab><space><esc>").sees("> Amina K.");
    let ascii =
        |screen: &Screen| screen.buffer().content().iter().all(|cell| cell.symbol().is_ascii());
    assert!(ascii(&screen));
    assert!(!ascii(&beside));
    beside.tick(1500);
    assert!(ascii(&beside));
    screen.keys(OPENED).keys("<tab><tab><tab><space><esc>").sees("▸");
}

#[test]
fn a_name_that_was_mistyped_is_set_right() {
    let mut screen = Screen::of(with_amina());
    screen
        .keys(OPENED)
        .keys("<up>")
        .sees("As you sign")
        .keys("<end> K.<esc>")
        .sees("Kept the settings");
    assert_eq!(screen.store().owner().expect("an owner").value.name, "Asha K.");
    screen.keys("u").sees("your name");
    assert_eq!(screen.store().owner().expect("an owner").value.name, "Asha");
}
