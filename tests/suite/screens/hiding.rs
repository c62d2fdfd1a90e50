//! Hiding: whatever is on the screen, no private word and no name stays readable, and it all comes
//! back as it was.

use std::fmt::Write as _;

use confidant::domain::{Layer, Person};
use confidant::tui::theme::Look;

use super::{SIZES, Screen, journals};
use crate::journal::Journal;
use crate::planted::plant;

const WORD: &str = "Zanzibarplum";
/// The first person has an alias, the second has none.
const NAMES: [&str; 2] = ["Quorthun Vandermeer", "Wilhelmina Ostrovsky"];
const ALIAS: &str = "Mouse";

/// Everything that can be written about two people.
fn planted() -> Journal {
    let mut journal = Journal::new();
    for name in NAMES {
        let with = journal.mentee(name);
        plant(&mut journal.store, journal.stamp, with, WORD);
    }
    let people = journal.store.people().expect("people");
    let details = journal.store.details(people[0].relationship).expect("details");
    let person = Person { alias: ALIAS.into(), ..details.person.value.clone() };
    let person = confidant::domain::Record { value: person, ..details.person };
    journal.store.update_details(journal.stamp, &person, &details.relationship).expect("kept");
    journal
}

/// What must not be read: the beginnings of the words, since a long one may be cut.
fn secrets() -> impl Iterator<Item = String> {
    let words = NAMES.iter().flat_map(|name| name.split(' ')).chain([WORD]);
    words.map(|word| word[..4].to_lowercase())
}

#[track_caller]
fn is_hidden(screen: &mut Screen, at: &str) {
    let shown = screen.screen();
    let lower = shown.to_lowercase();
    for secret in secrets() {
        assert!(!lower.contains(&secret), "{secret} is readable at {at}:\n{shown}");
    }
}

/// Every pane, page, text, form and box; `@` opens the first person.
const PLACES: &[&str] = &[
    "",
    "0",
    "1",
    "@1",
    "@0",
    "@0<end>",
    "2",
    "@2",
    "@2e",
    "@2m",
    "@2msign<enter>",
    "3",
    "@3",
    "@3<enter>",
    "@3e",
    "@3e<ctrl-f>zan",
    "@3e<ctrl-a>",
    "@3msummary<enter>",
    "@3mreflection<enter>",
    "@3v",
    "@3n<tab>Zanzibarplum",
    "@3mtitle<enter>",
    "@4",
    "@4<enter>",
    "@4<tab>",
    "@4v",
    "@4nZanzibarplum",
    "@4mrepair<enter>",
    "5",
    "@5",
    "@5<enter>",
    "@5e",
    "@5c",
    "6",
    "@6",
    "@6e",
    "@6nme: Zanzibarplum by fri",
    "@0e",
    "@0n",
    "aZanzibarplum",
    "n",
    "nQuorthun V",
    "g",
    "gquor",
    "/zanz",
    "/wilh<down>",
    ":",
    "?",
    "mbin<enter>",
    "mguide<enter><enter>",
    "@0merase<enter>",
    "@0merase<enter>Quorthun",
    "@0x",
];

#[test]
fn nothing_private_is_readable_anywhere_and_all_of_it_comes_back() {
    let bytes = planted().into_bytes();
    for (number, at) in PLACES.iter().enumerate() {
        let mut screen = Screen::of(Journal::from_bytes(&bytes));
        screen.keys(&at.replace('@', "gquor<enter>"));
        // Each place at one size here, so that all of them together stay quick; every size below.
        screen.resize(SIZES[number % 3]);
        let before = screen.screen();
        screen.keys("<ctrl-g>").sees("Hidden.");
        is_hidden(&mut screen, at);
        screen.tick(1500);
        is_hidden(&mut screen, at);
        screen.keys("<ctrl-g>");
        assert_eq!(screen.screen(), before, "{at}");
    }
}

#[test]
fn at_every_size() {
    let bytes = planted().into_bytes();
    for at in ["", "@0", "@3e", "@4", "@0e", "/zanz", "@3v", "@0merase<enter>"] {
        let mut screen = Screen::of(Journal::from_bytes(&bytes));
        screen.keys(&at.replace('@', "gquor<enter>")).keys("<ctrl-g>");
        for (width, height) in SIZES.into_iter().chain([(41, 11), (53, 17), (200, 60), (36, 8)]) {
            screen.resize((width, height));
            is_hidden(&mut screen, at);
        }
    }
}

#[test]
fn names_are_aliases_and_the_shape_stays() {
    let mut all = String::new();
    for (at, look) in [
        ("0", Look::new(true, false)),
        ("gquor<enter>", Look::new(true, false)),
        ("gquor<enter>3", Look::new(true, false)),
        ("gquor<enter>4", Look::new(true, false)),
        ("gquor<enter>0e", Look::new(false, true)),
    ] {
        let mut screen = Screen::with_look(planted(), &look);
        screen.keys(at).keys("<ctrl-g>").sees(if at == "0" { "A." } else { ALIAS });
        writeln!(all, "── {at}\n{}", screen.screen()).expect("written");
    }
    insta::assert_snapshot!(all);
    // 200 people get a letter each; how often the alphabet goes round is not decided by the names.
    let mut screen = Screen::of(journals::full());
    screen.keys("<ctrl-g>");
    for name in journals::NAMES {
        screen.sees_no(name);
    }
}

#[test]
fn only_three_keys_act() {
    let mut screen = Screen::of(planted());
    screen.keys("gquor<enter>3e<ctrl-end> Yes").keys("<ctrl-g>");
    let hidden = screen.screen();
    let letters: String = ('!'..='~').filter(|letter| !"<Lq".contains(*letter)).collect();
    screen.keys(&letters).keys("<enter><esc><tab><up><pgdn><f1><ctrl-p><ctrl-s><ctrl-z><ctrl-l> ");
    screen.paste("pasted").click("Hidden");
    assert_eq!(screen.screen(), hidden);
    screen.keys("<ctrl-g>").sees(" Yes").sees_no("pasted").keys("!<ctrl-g>q");
    assert!(screen.app.is_done());
    let notes = |id| screen.store().texts(id).expect("texts").notes.map(|notes| notes.value.body);
    let written = screen.sessions().into_iter().filter_map(|one| notes(one.session.id));
    assert_eq!(written.filter(|notes| notes.ends_with(" Yes!")).count(), 1);
}

#[test]
fn what_has_to_be_decided_is_said_without_showing_it() {
    let mut screen = Screen::of(planted());
    screen.keys("gquor<enter>3e<ctrl-end> Here.");
    let (mut other, stamp) = screen.another();
    let id = screen.sessions()[0].session.id;
    for one in screen.sessions() {
        let base = other.texts(one.session.id).expect("texts").notes.map(|notes| notes.rev);
        other.save_text(stamp, one.session.id, Layer::Notes, base, "There.").expect("saved");
    }
    assert!(other.session(id).is_ok());
    screen.keys("<ctrl-g>q").sees("Ctrl-G shows it");
    assert!(!screen.app.is_done());
    is_hidden(&mut screen, "two texts");
    screen.keys("<ctrl-g>").sees("Written elsewhere").sees("There.");
}
