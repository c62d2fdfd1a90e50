//! Any keys, pastes, clicks and sizes, anywhere: nothing panics, and the journal stays whole.
//!
//! `CONFIDANT_CASES` raises the number of cases for a long run.

use confidant::tui::key::Key;
use confidant::tui::keymap;
use crossterm::event::{Event, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::{Screen, journals};

/// Somewhere to begin from.
const PLACES: &[&str] = &[
    "",
    "gami<enter>",
    "gami<enter>3",
    "gami<enter>3<down><down><enter>",
    "3",
    "gami<enter>b",
    "gami<enter>3<down><down>e<ctrl-f>",
    "n",
    "gami<enter>3n",
    "gami<enter>e",
    "?",
    ":",
    "/no",
    "g",
    "gami<enter>3<down><down>d:open the bin<enter>",
    "gami<enter>3<down><down>e x<esc>v",
    "<ctrl-g>",
    "gami<enter>6na by fri<enter>nthem: b<enter>",
    "6",
    "5",
    "5nChapter 2 by fri<ctrl-s><enter>n",
    "gami<enter>5nChapter 2<ctrl-s><enter>noutline<ctrl-s>",
];

#[derive(Clone, Debug)]
enum Act {
    Key(Key),
    Paste(String),
    Mouse(MouseEventKind, u16, u16),
    Resize((u16, u16)),
    Tick(u64),
}

fn acts() -> impl Strategy<Value = Act> {
    let known: Vec<Key> =
        keymap::BINDINGS.iter().flat_map(|row| row.keys.iter().copied()).collect();
    let button = MouseButton::Left;
    let kinds = vec![
        MouseEventKind::Down(button),
        MouseEventKind::Up(button),
        MouseEventKind::Drag(button),
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
        MouseEventKind::Moved,
    ];
    prop_oneof![
        12 => prop::sample::select(known).prop_map(Act::Key),
        4 => letter().prop_map(|letter| Act::Key(confidant::tui::key::ch(letter))),
        2 => prop::collection::vec(letter(), 0..30).prop_map(|text| Act::Paste(text.into_iter().collect())),
        4 => (prop::sample::select(kinds), 0..130_u16, 0..45_u16)
            .prop_map(|(kind, x, y)| Act::Mouse(kind, x, y)),
        1 => prop_oneof![(0..130_u16, 0..45_u16), (0..12_u16, 0..8_u16), Just((80, 24))]
            .prop_map(Act::Resize),
        1 => prop_oneof![Just(100_u64), Just(1_000), Just(31_000)].prop_map(Act::Tick),
    ]
}

fn letter() -> impl Strategy<Value = char> {
    let hard = "é日👩\u{200d}👧\u{fe0f}\u{301}\u{200b}\u{202e}\u{1b}\0\r\n\t\u{ff9e}א🇩🇪ක්‍ෂ \"";
    prop_oneof![prop::sample::select(hard.chars().collect::<Vec<_>>()), any::<char>(), Just('e')]
}

fn cases() -> u32 {
    std::env::var("CONFIDANT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

fn play(screen: &mut Screen, acts: Vec<Act>) {
    for act in acts {
        match act {
            Act::Key(key) => screen.event(Event::Key(key.to_event())),
            Act::Paste(text) => screen.paste(&text),
            Act::Mouse(kind, x, y) => screen.mouse(kind, x, y),
            Act::Resize(size) => screen.resize(size),
            Act::Tick(millis) => screen.tick(millis),
        };
        if screen.app.is_done() {
            break;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_a_hand_can_do_breaks_the_screen_or_the_journal(
        place in prop::sample::select(PLACES),
        acts in prop::collection::vec(acts(), 1..60),
    ) {
        let mut screen = Screen::of(journals::ordinary());
        screen.keys(place);
        play(&mut screen, acts);
        screen.app.end(&mut screen.world).expect("ends");
        let verdict = screen.store().verify(|_| {}).expect("a verdict");
        prop_assert!(verdict.problems.is_empty(), "{:?}", verdict.problems);
        // It opens again as well.
        screen.crash();
    }

    #[test]
    fn nothing_breaks_the_first_start(acts in prop::collection::vec(acts(), 1..30)) {
        let mut screen = Screen::first();
        play(&mut screen, acts);
        screen.app.end(&mut screen.world).expect("ends");
    }
}
