//! The parts every screen is made of: header, footer, forms, lists, choosers, questions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use confidant::domain::Habits;
use confidant::tui::chooser::{Choice, Chooser, Item, Stays};
use confidant::tui::field::Field;
use confidant::tui::form::{Entry, Form, Step};
use confidant::tui::frame::{self, Chrome, Drawn, Tone, Whose};
use confidant::tui::key::{Key, parse_script};
use confidant::tui::keymap::{self, Action, Place};
use confidant::tui::list::{Click, Cursor, Moved, Row, Window};
use confidant::tui::overlay::{Answer, Confirm};
use confidant::tui::text;
use confidant::tui::theme::Look;
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 10)];

fn look() -> Look {
    Look::new(true, false)
}

/// A screen, and what is drawn on it.
struct Screen(Terminal<TestBackend>);

impl Screen {
    fn new((width, height): (u16, u16)) -> Self {
        Self(Terminal::new(TestBackend::new(width, height)).unwrap())
    }

    fn draw(&mut self, mut part: impl FnMut(&mut ratatui::Frame<'_>)) -> &mut Self {
        self.0.draw(|frame| part(frame)).unwrap();
        self
    }

    /// The rows as text, `_` where the terminal's cursor stands before nothing.
    fn text(&mut self) -> String {
        let cursor = self.0.get_cursor_position().unwrap();
        let buffer = self.0.backend().buffer().clone();
        let mut rows: Vec<String> = Vec::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                let here = cursor == (Position { x, y }) && (x, y) != (0, 0);
                row.push_str(if here && symbol == " " { "_" } else { symbol });
                x += text::width(symbol).max(1);
            }
            rows.push(row.trim_end().to_owned());
        }
        rows.join("\n")
    }

    fn cursor(&mut self) -> (u16, u16) {
        self.0.get_cursor_position().unwrap().into()
    }
}

fn chrome(place: Place) -> Chrome<'static> {
    Chrome {
        whose: Whose::Person("Amina K."),
        pane: Place::Brief,
        place,
        encrypted: false,
        made_up: false,
        day: ("Sun 22 Nov", "22 Nov"),
        status: "",
        tone: Tone::Plain,
        saved: "",
    }
}

fn row(screen: &str, at: usize) -> &str {
    screen.lines().nth(at).unwrap_or_default()
}

fn around(size: (u16, u16), chrome: &Chrome<'_>, look: &Look) -> (String, Option<Drawn>) {
    let mut screen = Screen::new(size);
    let mut drawn = None;
    screen.draw(|frame| drawn = frame::render(frame, chrome, look));
    (screen.text(), drawn)
}

#[test]
fn what_stands_around_a_screen() {
    let mut all = String::new();
    for size in SIZES {
        for (place, pane) in [
            (Place::People, Place::People),
            (Place::Brief, Place::Brief),
            (Place::Sessions, Place::Sessions),
            (Place::Writing, Place::Sessions),
            (Place::Form, Place::Sessions),
            (Place::Picker, Place::Brief),
            (Place::Bin, Place::Brief),
        ] {
            let writing = place == Place::Writing;
            let chrome = Chrome {
                whose: if pane == Place::People { Whose::Everyone } else { chrome(place).whose },
                pane,
                status: if writing { "Writing notes · can be exported" } else { "All saved" },
                saved: "saved 12:07",
                ..chrome(place)
            };
            let (screen, _) = around(size, &chrome, &look());
            let last = usize::from(size.1) - 1;
            writeln!(all, "── {place:?} {size:?}").unwrap();
            for at in [0, 1, last - 1, last] {
                all.push_str(row(&screen, at));
                all.push('\n');
            }
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_long_name_is_cut_and_the_warning_stays() {
    let mut all = String::new();
    for name in [
        "Konstantinopoulou-Vanderbilt, Alexandra",
        "日本語の名前はとても長いことがあります",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
    ] {
        for size in SIZES {
            let chrome = Chrome { whose: Whose::Person(name), ..chrome(Place::Brief) };
            let (screen, drawn) = around(size, &chrome, &look());
            let head = row(&screen, 0).to_owned();
            assert!(head.contains("not encrypted") || head.contains("plain file"), "{head}");
            let drawn = drawn.unwrap();
            assert!(drawn.clicks.iter().any(|hit| hit.1 == Action::Go(Place::Sessions)));
            all.push_str(&head);
            all.push('\n');
        }
    }
    let (screen, drawn) =
        around((80, 24), &Chrome { whose: Whose::Nobody, ..chrome(Place::FirstRun) }, &look());
    all.push_str(row(&screen, 0));
    assert!(!drawn.unwrap().clicks.iter().any(|hit| matches!(hit.1, Action::Go(_))));
    insta::assert_snapshot!(all);
}

#[test]
fn too_small_says_so_and_draws_nothing_else() {
    for (size, says) in [
        ((60, 9), "Too small: 60x9, needs 40x10. Your text is safe."),
        ((36, 8), "Too small: 36x8, needs 40x10. Your"),
    ] {
        let (screen, drawn) = around(size, &chrome(Place::Brief), &look());
        assert_eq!(row(&screen, 0), says);
        assert!(drawn.is_none());
    }
    let (screen, _) = around((36, 8), &chrome(Place::Brief), &look());
    assert_eq!(row(&screen, 1), "text is safe.");
}

#[test]
fn hints_and_tabs_can_be_clicked() {
    let (screen, drawn) = around((120, 24), &chrome(Place::Sessions), &look());
    let drawn = drawn.unwrap();
    let at = |words: &str, y: u16| {
        let line = row(&screen, usize::from(y));
        let x = text::width(&line[..line.find(words).unwrap()]);
        drawn.at(Position { x: x + 1, y })
    };
    assert_eq!(at("e notes", 23), Some(Action::Edit));
    assert_eq!(at("? help", 23), Some(Action::Help));
    assert_eq!(at("m more", 23), Some(Action::More));
    assert_eq!(at("Amina", 0), Some(Action::People));
    assert_eq!(at("3 Sessions", 0), Some(Action::Go(Place::Sessions)));
    assert_eq!(drawn.body, Rect::new(0, 2, 120, 20));
}

/// Colours say nothing alone, backgrounds are never painted, and the plain look has no colour.
#[test]
fn the_plain_look_has_attributes_only() {
    let cells = |look: Look| {
        let mut screen = Screen::new((80, 24));
        let mut help = Chooser::help(Place::Sessions, look.glyphs.ascii);
        let mut form = session_form();
        form.key(parse_script("<ctrl-s>")[0]);
        let status = Chrome { status: "No", tone: Tone::Error, ..chrome(Place::Form) };
        screen.draw(|frame| {
            let body = frame::render(frame, &status, &look).unwrap().body;
            form.render(frame, body, &look);
        });
        let mut cells = screen.0.backend().buffer().content().to_vec();
        for key in parse_script("the") {
            help.key(key);
        }
        screen.draw(|frame| help.render(frame, frame.area(), &look));
        cells.extend_from_slice(screen.0.backend().buffer().content());
        cells
    };
    let colour = cells(Look::new(true, false));
    let plain = cells(Look::new(false, false));
    assert!(colour.iter().any(|cell| cell.fg == Color::Cyan));
    assert!(colour.iter().any(|cell| cell.fg == Color::Red));
    assert!(colour.iter().all(|cell| cell.bg == Color::Reset), "backgrounds are never painted");
    let named = [Color::Black, Color::White, Color::Gray, Color::DarkGray];
    assert!(colour.iter().all(|cell| !named.contains(&cell.fg)));
    assert!(plain.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let hit = Modifier::BOLD | Modifier::UNDERLINED;
    assert!(plain.iter().any(|cell| cell.modifier.contains(hit)), "what was found is marked");
    let ascii = cells(Look::new(false, true));
    assert!(ascii.iter().all(|cell| cell.symbol().is_ascii()), "nothing outside ASCII");
}

fn session_form() -> Form {
    let read = |typed: &str, _: Habits| match typed {
        "next thu" => Ok("Thu 3 Dec 2026, in 11 days".to_owned()),
        _ => Err("Write a date like 3 dec, next thu or 2026-12-03.".to_owned()),
    };
    let roles = [("mentor", "mentor"), ("mentee", "mentee"), ("peer", "peer")];
    let rhythm = [
        ("1w", "every week"),
        ("2w", "every two weeks"),
        ("4w", "every four weeks"),
        ("none", "when one of us asks for it"),
        ("other", "another rhythm that we wrote into the agreement"),
    ];
    Form::new(
        "New session",
        vec![
            Entry::line("with", "With").needed().about("The person, as you call them."),
            Entry::choice("role", "I am the", &roles),
            Entry::choice("rhythm", "We meet", &rhythm),
            Entry::date("on", "When", Box::new(read)).placeholder("next thu, 3 dec, 2026-12-03"),
            Entry::line("title", "About").placeholder("what you want to talk over"),
            Entry::tick("private", "Keep for me"),
            Entry::prose("notes", "Notes", 4).about("What was said; can be exported."),
            Entry::prose("reflection", "Private reflection", 3).private(),
        ],
    )
}

fn play(form: &mut Form, script: &str) -> Vec<Step> {
    parse_script(script).into_iter().map(|key| form.key(key)).collect()
}

#[test]
fn a_form_at_every_size() {
    let mut all = String::new();
    for size in SIZES {
        let mut form = session_form();
        play(&mut form, "Amina<tab><right><tab><space><tab>next thu");
        let mut screen = Screen::new(size);
        let chrome = Chrome { pane: Place::Sessions, ..chrome(Place::Form) };
        screen.draw(|frame| {
            let Some(drawn) = frame::render(frame, &chrome, &look()) else { return };
            form.render(frame, drawn.body, &look());
        });
        writeln!(all, "── {size:?}\n{}", screen.text()).unwrap();
        play(&mut form, "<tab><tab><tab>She opened with the board review.<enter><enter>Then:");
        screen.draw(|frame| {
            let Some(drawn) = frame::render(frame, &chrome, &look()) else { return };
            form.render(frame, drawn.body, &look());
        });
        writeln!(all, "── in the notes\n{}", screen.text()).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn leaving_a_form_loses_nothing_and_asks_nothing() {
    let mut form = session_form();
    assert_eq!(play(&mut form, "<esc>"), [Step::Left { filled: false }]);
    assert_eq!(play(&mut form, "A<esc>").last(), Some(&Step::Left { filled: true }));
    play(&mut form, "<tab><tab><tab>tomorow");
    assert_eq!(play(&mut form, "<esc>"), [Step::Left { filled: false }], "not a date yet");
    assert_eq!(form.value("on"), "tomorow", "what was typed stays");

    let kept: BTreeMap<String, String> = form.values();
    let mut again = session_form();
    again.restore(&kept);
    assert_eq!(again.values(), kept);
    assert_eq!(again.value("with"), "A");
    assert_eq!(again.value("role"), "mentor");
}

#[test]
fn finishing_goes_to_what_is_missing() {
    let mut form = session_form();
    form.focus("title");
    assert_eq!(play(&mut form, "<ctrl-s>"), [Step::Stay]);
    assert_eq!(form.focused(), Some("with"));
    let mut screen = Screen::new((80, 24));
    screen.draw(|frame| form.render(frame, frame.area(), &look()));
    assert!(screen.text().contains("! This is needed."));
    assert_eq!(play(&mut form, "Jo<ctrl-s>").last(), Some(&Step::Finished));
    form.refuse("title", "Another session has this title.");
    assert_eq!(form.focused(), Some("title"));
}

#[test]
fn enter_goes_on_and_finishes_at_the_end_but_not_in_prose() {
    let fields = || vec![Entry::line("a", "A"), Entry::line("b", "B")];
    let mut form = Form::new("", fields());
    assert_eq!(play(&mut form, "x<enter>y<enter>").last(), Some(&Step::Finished));
    assert_eq!((form.value("a"), form.value("b")), ("x".into(), "y".into()));

    let mut form = Form::new("", vec![Entry::prose("notes", "Notes", 3)]);
    play(&mut form, "one<enter>two<up>X");
    assert_eq!(form.value("notes"), "oneX\ntwo");
    assert!(form.in_prose());
    assert_eq!(form.editor().map(|editor| editor.words()), Some(2));
    play(&mut form, "<tab><shift-tab>");
    assert_eq!(form.focused(), Some("notes"));
}

#[test]
fn choices_and_ticks_take_arrows_and_space_and_no_letter() {
    let mut form = session_form();
    form.focus("role");
    play(&mut form, "<right>");
    assert_eq!(form.value("role"), "mentee");
    play(&mut form, "p");
    assert_eq!(form.value("role"), "mentee");
    play(&mut form, "<space><space>");
    assert_eq!(form.value("role"), "mentor");
    form.focus("private");
    play(&mut form, "<space>");
    assert!(form.ticked("private"));
    play(&mut form, "<left>");
    assert!(!form.ticked("private"));
}

#[test]
fn a_paste_goes_where_the_caret_is() {
    let mut form = session_form();
    assert_eq!(form.paste("Amina\nK."), Step::Changed);
    assert_eq!(form.value("with"), "Amina K.");
    form.focus("notes");
    assert_eq!(form.paste("one\r\ntwo"), Step::Changed);
    assert_eq!(form.value("notes"), "one\ntwo");
    form.focus("role");
    assert_eq!(form.paste("x"), Step::Stay);
}

fn press(x: u16, y: u16) -> MouseEvent {
    let kind = MouseEventKind::Down(MouseButton::Left);
    MouseEvent { kind, column: x, row: y, modifiers: KeyModifiers::NONE }
}

#[test]
fn a_click_focuses_ticks_and_chooses() {
    let mut form = session_form();
    let mut screen = Screen::new((80, 24));
    screen.draw(|frame| form.render(frame, frame.area(), &look()));
    let find = |screen: &mut Screen, words: &str| {
        let shown = screen.text();
        let (y, line) = shown.lines().enumerate().find(|(_, line)| line.contains(words)).unwrap();
        let x = text::width(&line[..line.find(words).unwrap()]);
        (x, u16::try_from(y).unwrap())
    };
    let (x, y) = find(&mut screen, "mentee");
    assert_eq!(form.mouse(press(x, y), Duration::ZERO), Step::Changed);
    assert_eq!(form.value("role"), "mentee");
    let (x, y) = find(&mut screen, "[ ]");
    assert_eq!(form.mouse(press(x + 1, y), Duration::ZERO), Step::Changed);
    assert!(form.ticked("private"));
    let (x, y) = find(&mut screen, "About");
    form.mouse(press(x, y), Duration::ZERO);
    assert_eq!(form.focused(), Some("title"));
}

#[test]
fn a_field_scrolls_by_columns_and_shows_the_real_cursor() {
    let mut field = Field::default().placeholder("type here");
    let mut screen = Screen::new((10, 1));
    let mut show = |field: &mut Field| {
        screen.draw(|frame| field.render(frame, frame.area(), &look(), true));
        (screen.text(), screen.cursor().0)
    };
    assert_eq!(show(&mut field), ("type here".into(), 0));
    field.set("abcdefghijklmnop");
    assert_eq!(show(&mut field), ("‹ijklmnop_".into(), 9));
    field.key(parse_script("<home>")[0]);
    assert_eq!(show(&mut field), ("abcdefghi›".into(), 0));
    field.set("日本語の名前です");
    assert_eq!(show(&mut field), ("‹ 前です_".into(), 8));
    field.set("👩‍👩‍👧‍👦é");
    assert_eq!(show(&mut field).1, 3);
    assert!(field.click(Position { x: 1, y: 0 }));
    assert_eq!(show(&mut field).1, 0, "a click lands on a whole cluster");

    let mut secret = Field::secret();
    secret.paste("pass word");
    assert_eq!(show(&mut secret).0.matches('•').count(), 9);
    secret.cover(false);
    assert!(show(&mut secret).0.contains("word"));
}

#[test]
fn a_line_longer_than_a_screen_can_count_is_kept() {
    let mut field = Field::new(&"a".repeat(70_000));
    let mut screen = Screen::new((30, 1));
    for key in parse_script("b<left><backspace>") {
        field.key(key);
        screen.draw(|frame| field.render(frame, frame.area(), &look(), true));
        field.click(Position { x: 29, y: 0 });
    }
    assert_eq!(field.text().len(), 70_000);
}

#[derive(Clone)]
struct Meeting(u32);

impl Row for Meeting {
    type Key = u32;

    fn key(&self) -> u32 {
        self.0
    }
}

fn window(rows: std::ops::Range<u32>, more_above: bool, more_below: bool) -> Window<Meeting> {
    Window { rows: rows.map(Meeting).collect(), more_above, more_below }
}

fn show_list(screen: &mut Screen, cursor: &mut Cursor<u32>, window: &Window<Meeting>) -> String {
    screen.draw(|frame| {
        let area = frame.area();
        cursor.render(frame, area, &look(), window, true, |buffer, place, row, _| {
            let words = format!("session {}", row.0);
            text::put(buffer, place, place.x, place.y, &words, look().theme.text);
        });
    });
    screen.text()
}

#[test]
fn the_first_move_to_an_end_selects_the_row_there() {
    let rows = window(0..3, false, false);
    for action in [Action::First, Action::Up] {
        let mut cursor = Cursor::default();
        assert_eq!(cursor.go(&rows, action), Moved::First);
        assert_eq!(cursor.key(), Some(&0), "{action:?}");
    }
}

#[test]
fn a_selection_follows_its_record_and_asks_for_rows_that_are_not_here() {
    let mut screen = Screen::new((20, 4));
    let mut cursor = Cursor::default();
    let mut rows = window(10..20, true, true);
    cursor.settle(&rows);
    assert_eq!(cursor.key(), Some(&10));
    assert_eq!(cursor.go(&rows, Action::Up), Moved::NeedAbove);
    assert_eq!(cursor.go(&rows, Action::Last), Moved::NeedBelow);
    cursor.go(&rows, Action::Down);
    insta::assert_snapshot!(show_list(&mut screen, &mut cursor, &rows), @r"
      session 10       ↑
    ▸ session 11
      session 12
      session 13       ↓
    ");
    assert_eq!(screen.cursor(), (0, 1));

    // Rows arrive above: the record keeps its line.
    rows = window(5..20, true, true);
    cursor.settle(&rows);
    assert_eq!(cursor.key(), Some(&11));
    show_list(&mut screen, &mut cursor, &rows);
    assert_eq!(screen.cursor(), (0, 1));

    // The record goes: its neighbour is selected.
    rows.rows.retain(|row| row.0 != 11);
    cursor.settle(&rows);
    assert_eq!(cursor.key(), Some(&12));

    let whole = window(0..6, false, false);
    cursor.select(0);
    assert_eq!(cursor.go(&whole, Action::Up), Moved::First);
    assert_eq!(cursor.go(&whole, Action::PageDown), Moved::Moved);
    assert_eq!(cursor.key(), Some(&3), "a page is the screen less one row");
    assert_eq!(cursor.go(&whole, Action::Last), Moved::Moved);
    assert_eq!(cursor.go(&whole, Action::Down), Moved::Last);
    show_list(&mut screen, &mut cursor, &whole);
    assert_eq!(cursor.click(&whole, Position { x: 3, y: 0 }), Click::Selected);
    assert_eq!(cursor.key(), Some(&2));
    assert_eq!(cursor.click(&whole, Position { x: 3, y: 0 }), Click::Again);
    assert_eq!(cursor.wheel(&whole, true), Moved::Moved);
    assert_eq!(cursor.key(), Some(&5));

    let none = window(0..0, false, false);
    cursor.settle(&none);
    assert_eq!(cursor.key(), None);
    assert_eq!(cursor.go(&none, Action::Down), Moved::Last);
}

fn people() -> Chooser<u32> {
    let mut items = vec![Item::new(0, "Everyone").stays(Stays::First)];
    let names = ["Amina Khan", "Tom Baker", "Dr. Osei", "José Álvarez", "日本 花子", "Tomas Novák"];
    for (id, name) in (1..).zip(names) {
        items.push(Item::new(id, name).detail(if id % 2 == 0 { "mentee" } else { "mentor" }));
    }
    items.push(Item::new(99, "New person").stays(Stays::Last));
    Chooser::new(Place::Picker, "Whose journal?", items)
        .none("Nobody is called that. Enter adds a new person.")
}

fn type_into<I: Clone + PartialEq + std::fmt::Debug>(
    chooser: &mut Chooser<I>,
    script: &str,
) -> Choice<I> {
    parse_script(script).into_iter().fold(Choice::Open, |_, key| chooser.key(key))
}

#[test]
fn people_are_found_by_typing() {
    assert_eq!(type_into(&mut people(), "<enter>"), Choice::Chosen(0));
    assert_eq!(type_into(&mut people(), "ami<enter>"), Choice::Chosen(1));
    assert_eq!(type_into(&mut people(), "jose alv<enter>"), Choice::Chosen(4), "without accents");
    assert_eq!(type_into(&mut people(), "花<enter>"), Choice::Chosen(5));
    assert_eq!(type_into(&mut people(), "tom<down><enter>"), Choice::Chosen(6));
    assert_eq!(type_into(&mut people(), "q"), Choice::Open, "no letter acts");
    assert_eq!(type_into(&mut people(), "<esc>"), Choice::Closed);
    let mut chooser = people();
    assert_eq!(type_into(&mut chooser, "Ruth<enter>"), Choice::Chosen(99), "nobody yet: a new one");
    assert_eq!(chooser.query(), "Ruth");
}

#[test]
fn choosers_at_every_size() {
    let mut all = String::new();
    for size in SIZES {
        let mut show = |mut chooser: Chooser<Action>, script: &str| {
            type_into(&mut chooser, script);
            let mut screen = Screen::new(size);
            let chrome = Chrome { pane: Place::Sessions, ..chrome(chooser.place()) };
            screen.draw(|frame| {
                let Some(drawn) = frame::render(frame, &chrome, &look()) else { return };
                chooser.render(frame, drawn.body, &look());
            });
            writeln!(all, "── {size:?} {script}\n{}", screen.text()).unwrap();
        };
        show(Chooser::help(Place::Sessions, false), "");
        show(Chooser::palette(Place::Sessions, false), "sess");
        show(Chooser::menu(Place::Sessions, false).unwrap(), "");
    }
    let mut screen = Screen::new((60, 20));
    for script in ["", "ami", "zzz"] {
        let mut chooser = people();
        type_into(&mut chooser, script);
        screen.draw(|frame| chooser.render(frame, frame.area(), &look()));
        writeln!(all, "── people {script}\n{}", screen.text()).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_palette_finds_by_synonym_and_by_key() {
    let mut palette = Chooser::palette(Place::Sessions, false);
    assert_eq!(type_into(&mut palette, "trash<enter>"), Choice::Chosen(Action::Delete));
    let mut palette = Chooser::palette(Place::Sessions, false);
    assert_eq!(type_into(&mut palette, "ctrl-l<enter>"), Choice::Chosen(Action::Redraw));
    let mut palette = Chooser::palette(Place::People, false);
    assert_eq!(
        type_into(&mut palette, "confidential<enter>"),
        Choice::Chosen(Action::MoveToPrivate)
    );
    let mut palette = Chooser::palette(Place::People, false);
    assert_eq!(type_into(&mut palette, "xyzzy<enter>"), Choice::Open, "nothing to run");
    let mut screen = Screen::new((60, 20));
    screen.draw(|frame| palette.render(frame, frame.area(), &look()));
    assert!(screen.text().contains("Nothing is called that."));
}

#[test]
fn a_click_selects_a_second_one_chooses_and_beside_the_box_closes() {
    let mut chooser = people();
    let mut screen = Screen::new((80, 24));
    screen.draw(|frame| chooser.render(frame, frame.area(), &look()));
    let shown = screen.text();
    let y = shown.lines().position(|line| line.contains("Tom Baker")).unwrap();
    let at = Position { x: 20, y: u16::try_from(y).unwrap() };
    assert_eq!(chooser.click(at), Choice::Open);
    assert_eq!(chooser.selected().map(|item| item.id), Some(2));
    assert_eq!(chooser.click(at), Choice::Chosen(2));
    assert_eq!(chooser.click(Position { x: 0, y: 0 }), Choice::Closed);
}

#[test]
fn enter_never_means_yes() {
    let says = "Three sessions leave the bin. This cannot be undone.";
    let keys = |question: &mut Confirm, script: &str| {
        parse_script(script)
            .into_iter()
            .map(|key| question.key(key))
            .find(|answer| *answer != Answer::Open)
            .unwrap_or(Answer::Open)
    };
    let letter = || Confirm::letter("Empty the bin?", says, 'E', "empty it");
    assert_eq!(keys(&mut letter(), "<enter>"), Answer::No);
    assert_eq!(keys(&mut letter(), "<esc>"), Answer::No);
    assert_eq!(keys(&mut letter(), "yx "), Answer::Open);
    assert_eq!(keys(&mut letter(), "E"), Answer::Yes);
    let word = || Confirm::word("Erase Amina?", says, "erase", "erase her for good");
    assert_eq!(keys(&mut word(), "eras<enter>"), Answer::No);
    assert_eq!(keys(&mut word(), "erase"), Answer::Open, "no letter does it");
    assert_eq!(keys(&mut word(), "eras<ctrl-s>"), Answer::Open);
    assert_eq!(keys(&mut word(), "erase<enter>"), Answer::No);
    assert_eq!(keys(&mut word(), "erase<ctrl-s>"), Answer::Yes);
    let mut typed = word();
    keys(&mut typed, "erase");
    let mut all = String::new();
    for (size, mut question) in
        [((80, 12), letter()), ((60, 12), word()), ((60, 12), typed), ((40, 6), word())]
    {
        let mut screen = Screen::new(size);
        screen.draw(|frame| question.render(frame, frame.area(), &look()));
        all.push_str(&screen.text());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

fn any_key() -> impl Strategy<Value = Key> {
    let known: Vec<Key> =
        keymap::BINDINGS.iter().flat_map(|row| row.keys.iter().copied()).collect();
    prop_oneof![
        3 => prop::sample::select(known),
        1 => parse_keys("<backspace><delete><ctrl-left><ctrl-right><alt-backspace>"),
        2 => any_letter().prop_map(confidant::tui::key::ch),
    ]
}

fn parse_keys(script: &str) -> impl Strategy<Value = Key> + use<> {
    prop::sample::select(parse_script(script))
}

/// Letters that break programs: joiners, marks, wide ones, control characters, another direction.
fn any_letter() -> impl Strategy<Value = char> {
    let hard = "é日👩\u{200d}👧\u{fe0f}\u{301}\u{200b}\u{202e}\u{1b}\0\u{ff9e}א🇩🇪ක්‍ෂ ";
    prop_oneof![prop::sample::select(hard.chars().collect::<Vec<_>>()), any::<char>()]
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(any_letter(), 0..40).prop_map(String::from_iter)
}

fn any_size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(0..130_u16, 0..45_u16), (0..12_u16, 0..8_u16)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_text_or_size_stops_a_form(
        steps in prop::collection::vec((any_key(), any_size(), any_text()), 1..12),
        plain: bool,
        ascii: bool,
    ) {
        let look = Look::new(!plain, ascii);
        let mut form = session_form();
        for (key, size, text) in steps {
            form.key(key);
            form.paste(&text);
            let mut screen = Screen::new(size);
            screen.draw(|frame| form.render(frame, frame.area(), &look));
            screen.draw(|frame| form.render(frame, Rect::new(3, 1, 500, 3), &look));
            form.mouse(press(size.0 / 2, size.1 / 2), Duration::ZERO);
        }
        let kept = form.values();
        let mut again = session_form();
        again.restore(&kept);
        prop_assert_eq!(again.values(), kept);
    }

    #[test]
    fn no_key_text_or_size_stops_a_chooser(
        names in prop::collection::vec(any_text(), 0..20),
        steps in prop::collection::vec((any_key(), any_size(), any_text()), 1..8),
    ) {
        let items = names.iter().zip(0..).map(|(name, id)| Item::new(id, name).detail(name));
        let mut chooser = Chooser::new(Place::Picker, &names.concat(), items.collect());
        let mut help = Chooser::help(Place::Brief, true);
        for (key, size, text) in steps {
            chooser.key(key);
            help.key(key);
            chooser.paste(&text);
            let mut screen = Screen::new(size);
            screen.draw(|frame| chooser.render(frame, frame.area(), &look()));
            screen.draw(|frame| help.render(frame, frame.area(), &look()));
            chooser.click(Position { x: size.0 / 2, y: size.1 / 2 });
        }
    }

    #[test]
    fn no_text_or_size_stops_the_frame(
        name in any_text(), status in any_text(), saved in any_text(), size in any_size(),
        place in prop::sample::select(Place::ALL),
    ) {
        let chrome = Chrome {
            whose: Whose::Person(&name),
            status: &status,
            saved: &saved,
            ..chrome(place)
        };
        let (screen, drawn) = around(size, &chrome, &look());
        if drawn.is_some() {
            // While all is hidden only showing it, locking and leaving act.
            prop_assert!(place == Place::Hidden || screen.contains("help"), "{screen}");
            prop_assert!(screen.contains("not encrypted") || screen.contains("plain file"));
        }
        let mut question = Confirm::word(&name, &status, &saved, &name);
        let mut other = Confirm::letter(&name, &status, 'y', &saved);
        Screen::new(size).draw(|frame| {
            question.render(frame, frame.area(), &look());
            other.render(frame, frame.area(), &look());
        });
    }

    #[test]
    fn a_field_keeps_its_cursor_inside(
        keys in prop::collection::vec(any_key(), 0..30), text in any_text(), width in 0..20_u16,
    ) {
        let mut field = Field::new(&text);
        let mut screen = Screen::new((width, 1));
        for key in keys {
            field.key(key);
            screen.draw(|frame| field.render(frame, frame.area(), &look(), true));
            prop_assert!(width == 0 || screen.cursor().0 < width);
            prop_assert!(!field.text().contains(char::is_control));
        }
    }

    #[test]
    fn no_move_or_size_stops_a_list(
        moves in prop::collection::vec((0..8_usize, any_size(), 0..6_u32, 0..30_u32), 1..20),
    ) {
        let actions = [
            Action::Up, Action::Down, Action::PageUp, Action::PageDown, Action::First,
            Action::Last, Action::Open, Action::Left,
        ];
        let mut cursor = Cursor::default();
        for (action, size, from, rows) in moves {
            let window = window(from..from + rows, from % 2 == 0, rows % 2 == 0);
            cursor.settle(&window);
            prop_assert_eq!(cursor.key().is_none(), rows == 0);
            cursor.go(&window, actions[action]);
            show_list(&mut Screen::new(size), &mut cursor, &window);
            cursor.click(&window, Position { x: size.0 / 2, y: size.1 / 2 });
        }
    }
}
