//! Erasing somebody on the screen: it shows what goes, wants the name, and asks of the backups.

use super::{Screen, journals};

const ASKED: &str = "gami<enter>merase<enter>";

#[test]
fn it_wants_the_name_and_enter_is_no() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(ASKED).sees("Erase Amina K.?").sees("session").sees("Type Amina K. to erase");
    screen.keys("<enter>").sees("Nothing was erased.");
    assert!(screen.store().people().expect("people").iter().any(|one| one.name == "Amina K."));
    screen.keys("merase<enter>").keys("Amina K.").sees("Ctrl-S erase");
    assert!(screen.store().people().expect("people").iter().any(|one| one.name == "Amina K."));
    screen.keys("<ctrl-s>").sees("Erased: ").sees_no("Amina K.");
    assert!(screen.header().contains("Everyone"));
    assert!(screen.store().people().expect("people").iter().all(|one| one.name != "Amina K."));
    screen.keys("u").keys("u").sees_no("Amina K.");
}

#[test]
fn the_backups_are_asked_about_by_themselves() {
    let mut screen = Screen::of(journals::ordinary());
    let (store, stamp) = screen.another();
    store.backup(stamp, None, |_, _| {}).expect("copied");
    drop(store);
    screen.keys(ASKED).keys("Amina K.<ctrl-s>").sees("And in the backups?").sees("Type erase");
    screen
        .keys("erase")
        .sees("Ctrl-S erase in the backups too")
        .keys("<ctrl-s>")
        .sees("Erased from 1 backup too.")
        .sees_no("Amina K.");
}
