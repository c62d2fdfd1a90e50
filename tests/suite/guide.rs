//! The Guide: its cards on the screen and in the shell.

use std::fmt::Write as _;

use crate::screens::{SIZES, Screen, journals};
use crate::shell::Home;

#[test]
fn the_cards_that_help_here_come_first_and_one_leads_back_to_all() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys("gami<enter>4").keys(":open the guide<enter>").sees("helps here");
    screen.keys("tips<enter>").sees("Keep communication open").sees("Mentor: Help set hopes");
    screen.keys("<end>").sees("Stay positive °").sees("marks what is our completion");
    screen.keys("y").keys("<esc>").sees("Why trust comes first");
    assert!(screen.world.copied[0].contains("Offer support"));
    screen.keys("<esc>").sees("Value long-term");
}

#[test]
fn a_mentee_reads_their_side_first() {
    let mut screen = Screen::of(journals::ordinary());
    screen
        .keys("0nIlse<tab><right><ctrl-s>:open the guide<enter>tips<enter>")
        .sees("Mentee: Say early");
}

#[test]
fn the_guide_is_read_through_card_by_card() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(":open the guide<enter>why trust<enter>").sees("Closed topics cost growth");
    let cards = confidant::guide::cards::cards();
    for card in &cards[1..] {
        screen.keys("<enter>").sees(&card.title);
    }
    screen.keys("<enter>").sees("That was the last card.").sees("Before a progress check");
}

#[test]
fn the_ten_ways_are_a_card_and_the_last_two_are_marked() {
    let mut screen = Screen::of(journals::ordinary());
    screen.keys(":open the guide<enter>ten ways<enter>").sees("Value long-term");
    screen.keys("<end>").sees("Keep confidences °");
}

#[test]
fn the_shell_lists_the_cards_and_reads_one() {
    let home = Home::empty();
    let all = home.done(&["guide"]);
    assert!(all.contains("ten-tips") && all.lines().count() > 10, "{all}");
    insta::assert_snapshot!(home.done(&["guide", "what-trust-rests-on"]));
    home.fails(&["guide", "luck"], 4, "There is no card \"luck\". `confidant guide` lists them.\n");
}

#[test]
fn the_guide_at_every_size() {
    let mut all = String::new();
    for (name, script) in [("cards", ""), ("card", "tips<enter>")] {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(&format!(":open the guide<enter>{script}"));
        for size in SIZES {
            let shown = screen.resize(size).screen();
            writeln!(all, "── {name}, {}x{}\n{shown}", size.0, size.1).expect("written");
        }
    }
    insta::assert_snapshot!(all);
}
