//! The editor and the reading rows: what is typed, seen and taken back, on texts of all kinds.

use std::time::Duration;

use confidant::tui::editor::{Caret, Editor, Look, MAX_BYTES, MAX_PARAGRAPHS, Paste, Pressed};
use confidant::tui::prose;
use crossterm::event::{
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

const LOOK: Look = Look {
    text: Style::new(),
    selection: Style::new().add_modifier(Modifier::REVERSED),
    hit: Style::new().add_modifier(Modifier::UNDERLINED),
    placeholder: Style::new().add_modifier(Modifier::DIM),
    below: ("↓", Style::new()),
};

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;

/// Clusters that a naive editor takes apart or measures wrongly, and their cells.
const CLUSTERS: [(&str, u16); 10] = [
    ("👨\u{200d}👩\u{200d}👧\u{200d}👦", 2),
    ("🇳🇴", 2),
    ("👍🏽", 2),
    ("e\u{301}", 1),
    ("क्षि", 3),
    ("❤\u{fe0f}", 2),
    ("1\u{fe0f}\u{20e3}", 2),
    ("漢", 2),
    ("x", 1),
    ("ñ", 1),
];

/// An editor on a screen of its own.
struct Desk {
    editor: Editor,
    terminal: Terminal<TestBackend>,
    /// What was drawn last. The test terminal keeps what a wide cluster has covered.
    screen: Buffer,
}

impl Desk {
    fn new(text: &str, width: u16, height: u16) -> Self {
        let mut desk = Self {
            editor: Editor::new(text),
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            screen: Buffer::default(),
        };
        desk.draw();
        desk
    }

    fn draw(&mut self) {
        self.draw_in(Rect::new(0, 0, u16::MAX, u16::MAX), true);
    }

    fn draw_in(&mut self, area: Rect, focused: bool) {
        let editor = &mut self.editor;
        let drawn = self.terminal.draw(|frame| editor.render(frame, area, &LOOK, focused));
        self.screen = drawn.unwrap().buffer.clone();
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    fn press(&mut self, code: KeyCode, held: KeyModifiers) -> Pressed {
        let pressed = self.editor.press(KeyEvent::new(code, held));
        self.draw();
        pressed
    }

    fn keys(&mut self, codes: &[KeyCode]) {
        for &code in codes {
            self.press(code, NONE);
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.press(KeyCode::Char(c), NONE);
        }
    }

    fn undo(&mut self) -> String {
        self.press(KeyCode::Char('z'), CTRL);
        self.editor.text()
    }

    fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16, millis: u64) -> Pressed {
        let event = MouseEvent { kind, column, row, modifiers: NONE };
        let pressed = self.editor.mouse(event, Duration::from_millis(millis));
        self.draw();
        pressed
    }

    fn click(&mut self, column: u16, row: u16, millis: u64) {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row, millis);
        self.mouse(MouseEventKind::Up(MouseButton::Left), column, row, millis);
    }

    fn cursor(&mut self) -> Position {
        assert!(self.terminal.backend().cursor_visible(), "the caret is out of view");
        self.terminal.get_cursor_position().unwrap()
    }

    fn xy(&mut self) -> (u16, u16) {
        let Position { x, y } = self.cursor();
        (x, y)
    }

    /// The rows of the screen without the blanks at their ends.
    fn rows(&self) -> Vec<String> {
        let screen = &self.screen;
        (0..screen.area.height).map(|y| row_text(screen, y).trim_end().to_owned()).collect()
    }

    /// The symbols of the cells that are drawn with `modifier`.
    fn drawn(&self, modifier: Modifier) -> String {
        let cells = self.screen.content.iter();
        cells.filter(|cell| cell.modifier.contains(modifier)).map(Cell::symbol).collect()
    }
}

fn row_text(screen: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < screen.area.width {
        let symbol = screen[(x, y)].symbol();
        text.push_str(symbol);
        x += symbol.cell_width().max(1);
    }
    text
}

fn at(paragraph: usize, char: usize) -> Caret {
    Caret { paragraph, char }
}

// --- What looks like one character is one step. ---

#[test]
fn one_key_deletes_one_cluster_and_one_undo_brings_it_back() {
    for (cluster, _) in CLUSTERS {
        let text = format!("a{cluster}b");
        let after = 1 + cluster.chars().count();
        for (start, code) in [(after, KeyCode::Backspace), (1, KeyCode::Delete)] {
            let mut desk = Desk::new(&text, 20, 3);
            desk.editor.set_caret(at(0, start));
            assert_eq!(desk.press(code, NONE), Pressed::Changed);
            assert_eq!(desk.editor.text(), "ab", "{code} on {cluster}");
            assert_eq!(desk.editor.caret(), at(0, 1));
            assert_eq!(desk.undo(), text, "undo of {code} on {cluster}");
        }
    }
}

#[test]
fn left_and_right_go_over_whole_clusters_and_the_cursor_stands_at_their_edges() {
    for (cluster, wide) in CLUSTERS {
        let mut desk = Desk::new(&format!("a{cluster}b"), 20, 3);
        let after = at(0, 1 + cluster.chars().count());
        desk.keys(&[KeyCode::Right]);
        assert_eq!(desk.xy(), (1, 0));
        desk.keys(&[KeyCode::Right]);
        assert_eq!((desk.editor.caret(), desk.xy()), (after, (1 + wide, 0)), "after {cluster}");
        desk.keys(&[KeyCode::Right]);
        assert_eq!(desk.xy(), (2 + wide, 0), "at the end after {cluster}");
        desk.keys(&[KeyCode::Left, KeyCode::Left]);
        assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 1), (1, 0)), "before {cluster}");
    }
}

#[test]
fn a_row_full_of_wide_clusters_is_shown_whole() {
    for (cluster, wide) in CLUSTERS {
        let mut desk = Desk::new(&cluster.repeat(9), 9, 9);
        desk.press(KeyCode::End, CTRL);
        let shown: String = desk.rows().concat();
        assert_eq!(shown, cluster.repeat(9), "{cluster} of {wide} cells");
        assert!(desk.cursor().x < 9);
    }
}

#[test]
fn line_ends_are_deleted_from_both_sides() {
    let mut desk = Desk::new("one\ntwo", 20, 3);
    desk.editor.set_caret(at(1, 0));
    desk.keys(&[KeyCode::Backspace]);
    assert_eq!((desk.editor.text().as_str(), desk.editor.caret()), ("onetwo", at(0, 3)));
    assert_eq!(desk.undo(), "one\ntwo");
    desk.editor.set_caret(at(0, 3));
    desk.keys(&[KeyCode::Delete]);
    assert_eq!(desk.editor.text(), "onetwo");
    let mut desk = Desk::new("", 20, 3);
    assert_eq!(desk.press(KeyCode::Backspace, NONE), Pressed::Moved);
    assert_eq!(desk.press(KeyCode::Delete, NONE), Pressed::Moved);
    assert_eq!(desk.editor.revision(), 0);
}

#[test]
fn a_letter_typed_inside_a_run_of_flags_stays_where_it_was_typed() {
    let mut desk = Desk::new("🇳🇴🇸🇪", 20, 3);
    desk.editor.set_caret(at(0, 2));
    desk.write("🇩🇰");
    assert_eq!(desk.editor.text(), "🇳🇴🇩🇰🇸🇪");
}

// --- Rows. ---

#[test]
fn words_wrap_without_blanks_at_the_start_of_a_row() {
    let desk = Desk::new("The quick brown fox jumps over the lazy dog, twice.", 12, 9);
    assert_eq!(
        desk.rows()[..6],
        ["The quick", "brown fox", "jumps over", "the lazy", "dog, twice.", ""]
    );
}

#[test]
fn the_blank_after_a_full_row_stands_in_the_cell_of_the_caret() {
    let mut desk = Desk::new("aaaa bbbb cccc", 10, 5);
    assert_eq!(desk.rows()[..2], ["aaaa bbbb", "cccc"]);
    desk.editor.set_caret(at(0, 9));
    desk.draw();
    assert_eq!(desk.xy(), (9, 0));
    // At the end of a paragraph the caret then waits where the next word will stand.
    desk.editor.set_text("aaaa bbbb ");
    desk.press(KeyCode::End, CTRL);
    assert_eq!((desk.xy(), desk.editor.height(10)), ((0, 1), 2));
    desk.write("c");
    assert_eq!((desk.xy(), desk.rows()[1].as_str()), ((1, 1), "c"));
}

#[test]
fn up_and_down_keep_the_column_through_a_short_row() {
    let mut desk = Desk::new("a long line\nhi\nanother line", 20, 5);
    desk.editor.set_caret(at(0, 9));
    let mut seen = Vec::new();
    for code in [KeyCode::Down, KeyCode::Down, KeyCode::Up, KeyCode::Up] {
        desk.keys(&[code]);
        seen.push(desk.editor.caret());
    }
    assert_eq!(seen, [at(1, 2), at(2, 9), at(1, 2), at(0, 9)]);
    // A step to the side makes a new column.
    desk.keys(&[KeyCode::Left, KeyCode::Down, KeyCode::Down]);
    assert_eq!(desk.editor.caret(), at(2, 8));
}

#[test]
fn up_and_down_go_by_the_rows_on_the_screen() {
    let mut desk = Desk::new("aaaa bbbb cccc dddd", 11, 5);
    assert_eq!(desk.rows()[..2], ["aaaa bbbb", "cccc dddd"]);
    desk.editor.set_caret(at(0, 2));
    desk.keys(&[KeyCode::Down]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 12), (2, 1)));
    desk.keys(&[KeyCode::Up]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 2), (2, 0)));
    // Past the first and the last row nothing moves.
    desk.keys(&[KeyCode::Up]);
    assert_eq!(desk.editor.caret(), at(0, 2));
}

#[test]
fn home_and_end_go_to_the_edges_of_the_row_on_the_screen() {
    let mut desk = Desk::new("aaaa bbbb cccc dddd eeee", 11, 5);
    desk.editor.set_caret(at(0, 12));
    desk.keys(&[KeyCode::End]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 19), (9, 1)));
    desk.keys(&[KeyCode::Home]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 10), (0, 1)));
    desk.press(KeyCode::End, CTRL);
    assert_eq!(desk.editor.caret(), at(0, 24));
    desk.press(KeyCode::Home, CTRL);
    assert_eq!(desk.editor.caret(), at(0, 0));
}

#[test]
fn end_goes_behind_the_last_ideograph_of_a_row() {
    let mut desk = Desk::new("漢字漢字漢字", 9, 5);
    assert_eq!(desk.rows()[..2], ["漢字漢字", "漢字"]);
    desk.keys(&[KeyCode::End]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 4), (8, 0)));
    // The same place reached from the other side belongs to the lower row.
    desk.keys(&[KeyCode::Right, KeyCode::Left]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 4), (0, 1)));
    // Down from the end of the upper row keeps to its column.
    desk.keys(&[KeyCode::Up, KeyCode::End, KeyCode::Down]);
    assert_eq!((desk.editor.caret(), desk.xy()), (at(0, 6), (4, 1)));
}

#[test]
fn a_japanese_full_stop_does_not_begin_a_row() {
    let desk = Desk::new("漢字漢字。「漢字」", 9, 5);
    assert_eq!(desk.rows()[..3], ["漢字漢", "字。「漢", "字」"]);
}

#[test]
fn the_caret_is_in_view_after_each_key_into_a_full_row() {
    let mut desk = Desk::new("", 10, 4);
    for c in "aaaaaaaaa bbbbbbbbb   cccccccccccccccc\tdd   ".chars() {
        desk.press(KeyCode::Char(c), NONE);
        assert!(desk.cursor().x < 10, "after {:?}", desk.editor.text());
    }
    assert_eq!(desk.editor.text(), "aaaaaaaaa bbbbbbbbb   cccccccccccccccc\tdd   ");
}

#[test]
fn pages_turn_by_the_height_and_keep_one_row() {
    let text: Vec<String> = (0..40).map(|line| format!("line {line}")).collect();
    let mut desk = Desk::new(&text.join("\n"), 20, 10);
    desk.keys(&[KeyCode::PageDown]);
    assert_eq!((desk.editor.caret(), desk.rows()[0].as_str()), (at(9, 0), "line 9"));
    desk.keys(&[KeyCode::PageDown, KeyCode::PageUp, KeyCode::PageUp]);
    assert_eq!((desk.editor.caret(), desk.rows()[0].as_str()), (at(0, 0), "line 0"));
    desk.keys(&[KeyCode::PageDown; 9]);
    assert_eq!((desk.editor.caret(), desk.rows()[9].as_str()), (at(39, 0), "line 39"));
}

#[test]
fn a_new_size_keeps_caret_selection_and_place() {
    let text = "word ".repeat(400);
    let mut desk = Desk::new(&text, 40, 10);
    desk.editor.set_caret(at(0, 1000));
    desk.press(KeyCode::Right, SHIFT | CTRL);
    let (caret, selection) = (desk.editor.caret(), desk.editor.selection());
    for (width, height) in [(10, 4), (0, 0), (1, 1), (70, 2), (3, 20), (40, 10)] {
        desk.resize(width, height);
        assert_eq!((desk.editor.caret(), desk.editor.selection()), (caret, selection.clone()));
        if width > 0 {
            desk.cursor();
        }
    }
}

#[test]
fn the_area_may_be_anywhere_and_nothing_is_drawn_outside_it() {
    let mut desk = Desk::new("", 20, 8);
    desk.editor.set_text(&"漢字 words and 👍🏽 more\n".repeat(5));
    for area in [Rect::new(3, 2, 7, 3), Rect::new(18, 6, 9, 9), Rect::new(30, 30, 5, 5)] {
        desk.draw_in(area, true);
        let inside = area.intersection(Rect::new(0, 0, 20, 8));
        for (index, cell) in desk.screen.content.iter().enumerate() {
            let index = u16::try_from(index).unwrap();
            let place = Position::new(index % 20, index / 20);
            assert!(cell.symbol() == " " || inside.contains(place), "{place} for {area}");
        }
    }
    desk.draw_in(Rect::new(3, 2, 7, 3), true);
    assert_eq!(desk.xy(), (3, 2));
    desk.draw_in(Rect::new(3, 2, 7, 3), false);
    assert!(!desk.terminal.backend().cursor_visible());
}

#[test]
fn the_height_is_that_of_the_rows() {
    let mut editor = Editor::new("aaaa bbbb cccc\n\nd");
    assert_eq!((editor.height(80), editor.height(11), editor.height(6)), (3, 4, 5));
    editor.paste(&"x\n".repeat(10));
    assert_eq!((editor.height(80), editor.height(0) >= 13), (13, true));
    assert_eq!(Editor::new("").height(10), 1);
}

#[test]
fn an_empty_text_shows_the_placeholder_wrapped() {
    let mut desk = Desk::new("", 12, 4);
    desk.editor.set_placeholder("What did you talk over?");
    desk.draw();
    assert_eq!(desk.rows()[..2], ["What did you", "talk over?"]);
    assert_eq!(desk.xy(), (0, 0));
    desk.write("x");
    assert_eq!(desk.rows()[..2], ["x", ""]);
}

// --- Words, selection, clipboard. ---

#[test]
fn words_are_passed_and_deleted_whole() {
    let text = "Don't wait: over_there, 漢字 🎉🎉 end";
    let mut desk = Desk::new(text, 60, 3);
    let mut forward = vec![0];
    while forward.last() != Some(&text.chars().count()) {
        desk.press(KeyCode::Right, CTRL);
        forward.push(desk.editor.caret().char);
    }
    assert_eq!(forward, [0, 6, 10, 12, 22, 24, 25, 27, 30, 33]);
    let mut left = Vec::new();
    for code in [KeyCode::Char('w'), KeyCode::Backspace, KeyCode::Char('w')] {
        let held = if code == KeyCode::Backspace { ALT } else { CTRL };
        assert_eq!(desk.press(code, held), Pressed::Changed);
        left.push(desk.editor.text());
    }
    assert_eq!(
        left,
        [
            "Don't wait: over_there, 漢字 🎉🎉 ",
            "Don't wait: over_there, 漢字 ",
            "Don't wait: over_there, 漢"
        ]
    );
    desk.press(KeyCode::Home, CTRL);
    desk.press(KeyCode::Delete, CTRL);
    desk.press(KeyCode::Delete, CTRL);
    assert_eq!(desk.editor.text(), ": over_there, 漢");
    for expected in [" wait: over_there, 漢", "Don't wait: over_there, 漢"] {
        assert_eq!(desk.undo(), expected);
    }
}

#[test]
fn shift_selects_and_typing_replaces_in_one_step() {
    let mut desk = Desk::new("one two three", 20, 3);
    desk.press(KeyCode::Right, CTRL);
    desk.press(KeyCode::Right, SHIFT | CTRL);
    assert_eq!(desk.editor.selection().as_deref(), Some("two "));
    assert_eq!(desk.drawn(Modifier::REVERSED), "two ");
    desk.write("2");
    desk.write("!");
    assert_eq!(desk.editor.text(), "one 2!three");
    assert_eq!(desk.undo(), "one two three");
    assert_eq!(desk.press(KeyCode::Char('y'), CTRL), Pressed::Changed);
    assert_eq!(desk.editor.text(), "one 2!three");
}

#[test]
fn an_arrow_leaves_the_selection_on_its_side() {
    for (code, char) in [(KeyCode::Left, 0), (KeyCode::Right, 3)] {
        let mut desk = Desk::new("one two", 20, 3);
        desk.press(KeyCode::Right, SHIFT);
        desk.press(KeyCode::Right, SHIFT);
        desk.press(KeyCode::Right, SHIFT);
        desk.keys(&[code]);
        assert_eq!((desk.editor.selection(), desk.editor.caret()), (None, at(0, char)));
    }
}

#[test]
fn selected_line_ends_are_seen() {
    let mut desk = Desk::new("a\n\nb", 20, 4);
    assert_eq!(desk.press(KeyCode::Char('a'), CTRL), Pressed::Moved);
    assert_eq!(desk.drawn(Modifier::REVERSED), "a  b");
    assert_eq!(desk.editor.selection().as_deref(), Some("a\n\nb"));
}

#[test]
fn copy_and_cut_hand_the_text_over() {
    let mut desk = Desk::new("one\ntwo", 20, 3);
    assert_eq!(desk.press(KeyCode::Char('c'), CTRL), Pressed::Ignored);
    assert_eq!(desk.press(KeyCode::Char('x'), CTRL), Pressed::Moved);
    desk.press(KeyCode::End, SHIFT | CTRL);
    assert_eq!(desk.press(KeyCode::Char('c'), CTRL), Pressed::Copy("one\ntwo".into()));
    assert_eq!(desk.editor.selection().as_deref(), Some("one\ntwo"));
    assert_eq!(desk.press(KeyCode::Char('x'), CTRL), Pressed::Cut("one\ntwo".into()));
    assert!(desk.editor.is_empty());
    assert_eq!(desk.press(KeyCode::Char('v'), CTRL), Pressed::Paste);
    assert_eq!(desk.editor.paste("one\ntwo"), Paste::Inserted { chars: 7 });
    assert_eq!(desk.editor.text(), "one\ntwo");
}

// --- Undo. ---

#[test]
fn undo_goes_word_by_word() {
    let mut desk = Desk::new("", 40, 3);
    desk.write("Hello there my friend");
    assert_eq!(desk.undo(), "Hello there my ");
    assert_eq!(desk.undo(), "Hello there ");
    desk.press(KeyCode::Char('y'), CTRL);
    assert_eq!(desk.editor.text(), "Hello there my ");
    desk.write("dear");
    assert_eq!(desk.press(KeyCode::Char('y'), CTRL), Pressed::Moved);
    for expected in ["Hello there my ", "Hello there ", "Hello ", "", ""] {
        assert_eq!(desk.undo(), expected);
    }
}

#[test]
fn letters_taken_back_come_back_together() {
    let mut desk = Desk::new("friend", 40, 3);
    desk.press(KeyCode::End, NONE);
    desk.keys(&[KeyCode::Backspace; 4]);
    assert_eq!(desk.editor.text(), "fr");
    assert_eq!(desk.undo(), "friend");
    desk.press(KeyCode::Home, NONE);
    desk.keys(&[KeyCode::Delete; 4]);
    assert_eq!((desk.editor.text().as_str(), desk.undo().as_str()), ("nd", "friend"));
}

#[test]
fn moving_away_ends_the_step() {
    let mut desk = Desk::new("", 40, 3);
    desk.write("ab");
    desk.keys(&[KeyCode::Left, KeyCode::Right]);
    desk.write("cd");
    assert_eq!(desk.undo(), "ab");
}

#[test]
fn words_without_blanks_come_off_in_pieces() {
    let mut desk = Desk::new("", 40, 3);
    desk.write(&"漢".repeat(70));
    let left = desk.undo().chars().count();
    assert!((30..70).contains(&left), "{left} characters are left");
}

#[test]
fn a_whole_text_is_replaced_in_one_step_and_keeps_the_caret() {
    let mut desk = Desk::new("one\ntwo three", 40, 3);
    desk.editor.set_caret(at(1, 4));
    desk.editor.set_text("1\r\n2 3 4");
    assert_eq!((desk.editor.text().as_str(), desk.editor.caret()), ("1\n2 3 4", at(1, 4)));
    let revision = desk.editor.revision();
    desk.editor.set_text("1\n2 3 4");
    assert_eq!(desk.editor.revision(), revision, "the same text is no change");
    assert_eq!(desk.undo(), "one\ntwo three");
    desk.editor.set_text("");
    assert_eq!(desk.editor.caret(), at(0, 0));
}

// --- What comes in. ---

#[test]
fn pasted_text_is_cleaned() {
    for (dirty, clean) in [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\r\n\n", "\n\n\n"),
        ("\u{1b}[31mred\u{7}\u{0}", "[31mred"),
        ("tab\there\u{7f}\u{9b}", "tab\there"),
        ("one\u{2028}two\u{2029}three", "one\ntwo\nthree"),
        ("👨\u{200d}👩 e\u{301} עברית", "👨\u{200d}👩 e\u{301} עברית"),
    ] {
        assert_eq!(Editor::new(dirty).text(), clean);
        let mut editor = Editor::new("<>");
        editor.set_caret(at(0, 1));
        assert_eq!(editor.paste(dirty), Paste::Inserted { chars: clean.chars().count() });
        assert_eq!(editor.text(), format!("<{clean}>"));
        editor.press(KeyEvent::new(KeyCode::Char('z'), CTRL));
        assert_eq!(editor.text(), "<>");
    }
}

#[test]
fn a_megabyte_is_pasted_and_undone_in_one_step() {
    let mut desk = Desk::new("before after", 80, 24);
    desk.editor.set_caret(at(0, 7));
    let text = "A line of a long text, with 漢字 in it.\n".repeat(25_000);
    assert!(text.len() > 1_000_000);
    desk.press(KeyCode::End, SHIFT);
    assert_eq!(desk.editor.paste(&text), Paste::Inserted { chars: text.chars().count() });
    desk.draw();
    assert_eq!(desk.editor.text(), format!("before {text}"));
    assert_eq!(desk.editor.caret(), at(25_000, 0));
    assert_eq!(desk.undo(), "before after");
}

#[test]
fn a_text_over_the_limit_is_refused_whole() {
    let mut editor = Editor::new(&"x".repeat(MAX_BYTES - 1));
    let revision = editor.revision();
    assert_eq!(editor.paste("ab"), Paste::TooLong);
    assert_eq!((editor.text().len(), editor.revision()), (MAX_BYTES - 1, revision));
    assert_eq!(editor.paste("a"), Paste::Inserted { chars: 1 });
    assert_eq!(editor.press(KeyEvent::new(KeyCode::Char('b'), NONE)), Pressed::TooLong);
    assert_eq!(editor.press(KeyEvent::new(KeyCode::Backspace, NONE)), Pressed::Changed);

    let mut editor = Editor::new(&"\n".repeat(MAX_PARAGRAPHS - 1));
    assert_eq!(editor.press(KeyEvent::new(KeyCode::Enter, NONE)), Pressed::TooLong);
    assert_eq!(editor.press(KeyEvent::new(KeyCode::Char('b'), NONE)), Pressed::Changed);
}

#[test]
fn a_text_that_was_too_long_before_is_kept_and_can_be_mended() {
    let text = "line\n".repeat(70_000);
    let mut desk = Desk::new(&text, 20, 4);
    assert_eq!(desk.editor.text(), text);
    desk.editor.set_caret(at(69_998, 2));
    desk.keys(&[KeyCode::Backspace]);
    assert_eq!(
        desk.editor.text(),
        text.replacen("line\n", "", 2) + "lne\nline\n",
        "paragraph 69998"
    );
    assert_eq!(desk.press(KeyCode::Enter, NONE), Pressed::TooLong);
    assert_eq!(desk.undo(), text);

    let mut desk = Desk::new(&"x".repeat(MAX_BYTES + 9), 20, 4);
    assert_eq!(desk.press(KeyCode::Char('y'), NONE), Pressed::TooLong);
    desk.press(KeyCode::Right, SHIFT);
    assert_eq!(desk.press(KeyCode::Char('y'), NONE), Pressed::Changed);
    assert_eq!(desk.editor.paste("yy"), Paste::TooLong);
}

#[test]
fn paragraphs_longer_than_sixteen_bits_are_edited_in_place() {
    for letter in ["a", "漢", "\u{301}"] {
        let mut desk = Desk::new(&letter.repeat(100_000), 40, 5);
        desk.editor.set_caret(at(0, usize::MAX));
        desk.write("!");
        assert_eq!(desk.editor.caret(), at(0, 100_001));
        desk.editor.set_caret(at(0, 70_000));
        let start = desk.editor.caret().char;
        desk.write("?");
        let text = desk.editor.text();
        assert_eq!(text.chars().position(|c| c == '?'), Some(start));
        assert_eq!(text.chars().count(), 100_002);
        desk.undo();
        assert_eq!(desk.undo(), letter.repeat(100_000));
    }
}

// --- Keys. ---

#[test]
fn keys_of_the_program_are_left_alone() {
    let text = "one two\nthree";
    let mut desk = Desk::new(text, 20, 4);
    desk.editor.set_caret(at(0, 5));
    let plain = [KeyCode::Tab, KeyCode::BackTab, KeyCode::Esc, KeyCode::F(1), KeyCode::Insert];
    let control = "sbdefgijklmnopqrtu[]\\0123456789".chars().map(KeyCode::Char);
    let alt = "bdfhnpv<>[]".chars().map(KeyCode::Char);
    let keys = plain.map(|code| (code, NONE)).into_iter();
    let keys = keys.chain(control.map(|code| (code, CTRL))).chain(alt.map(|code| (code, ALT)));
    let keys = keys.chain([
        (KeyCode::Enter, CTRL),
        (KeyCode::Enter, ALT),
        (KeyCode::Up, CTRL),
        (KeyCode::Left, ALT),
        (KeyCode::Char('a'), CTRL | ALT),
        (KeyCode::Char('a'), KeyModifiers::SUPER),
    ]);
    for (code, held) in keys {
        assert_eq!(desk.press(code, held), Pressed::Ignored, "{held} {code}");
        assert_eq!((desk.editor.text().as_str(), desk.editor.caret()), (text, at(0, 5)));
    }
    assert_eq!(desk.editor.revision(), 0);
}

#[test]
fn a_key_that_is_let_go_does_nothing() {
    let mut editor = Editor::new("");
    for (kind, text) in
        [(KeyEventKind::Release, ""), (KeyEventKind::Press, "a"), (KeyEventKind::Repeat, "aa")]
    {
        editor.press(KeyEvent::new_with_kind(KeyCode::Char('a'), NONE, kind));
        assert_eq!(editor.text(), text);
    }
}

#[test]
fn signs_of_the_right_alt_key_are_text() {
    let mut desk = Desk::new("", 20, 3);
    for c in ['@', '€', '{', 'ą'] {
        assert_eq!(desk.press(KeyCode::Char(c), CTRL | ALT), Pressed::Changed);
    }
    assert_eq!(desk.press(KeyCode::Char('A'), SHIFT), Pressed::Changed);
    assert_eq!(desk.editor.text(), "@€{ąA");
}

#[test]
fn words_and_revision_follow_the_text() {
    let mut desk = Desk::new("one two", 20, 3);
    assert_eq!((desk.editor.words(), desk.editor.revision()), (2, 0));
    desk.write("a ");
    assert_eq!((desk.editor.words(), desk.editor.revision()), (3, 2));
    desk.keys(&[KeyCode::Right, KeyCode::Down]);
    assert_eq!(desk.editor.revision(), 2);
    desk.undo();
    assert_eq!((desk.editor.words(), desk.editor.revision()), (2, 3));
    assert_eq!(desk.editor.current_line(), "one two");
}

// --- The mouse. ---

#[test]
fn a_click_lands_on_the_cluster_that_is_seen() {
    for (cluster, wide) in CLUSTERS {
        let mut desk = Desk::new(&format!("one\n{cluster}{cluster}b"), 20, 4);
        let chars = cluster.chars().count();
        for (x, char) in [(0, 0), (wide, chars), (2 * wide, 2 * chars), (15, 2 * chars + 1)] {
            desk.click(x, 1, 0);
            assert_eq!(desk.editor.caret(), at(1, char), "cell {x} on {cluster}");
        }
        desk.click(wide - 1, 1, 0);
        assert_eq!(desk.editor.caret(), at(1, 0), "the right half of {cluster}");
    }
}

#[test]
fn dragging_selects_and_goes_on_outside() {
    let mut desk = Desk::new("one two\nthree four", 20, 4);
    desk.mouse(MouseEventKind::Down(MouseButton::Left), 4, 0, 0);
    assert_eq!(desk.editor.selection(), None);
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), 5, 1, 50);
    assert_eq!(desk.editor.selection().as_deref(), Some("two\nthree"));
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), 0, 0, 90);
    assert_eq!(desk.editor.selection().as_deref(), Some("one "));
    desk.mouse(MouseEventKind::Up(MouseButton::Left), 0, 0, 99);
    assert_eq!(
        desk.mouse(MouseEventKind::Drag(MouseButton::Left), 5, 1, 120),
        Pressed::Ignored,
        "the button is up"
    );
}

#[test]
fn two_clicks_select_a_word_and_three_a_paragraph() {
    let mut desk = Desk::new("first\none two-three", 20, 4);
    desk.click(5, 1, 1_000);
    desk.click(5, 1, 1_200);
    assert_eq!(desk.editor.selection().as_deref(), Some("two"));
    desk.click(5, 1, 1_300);
    assert_eq!(desk.editor.selection().as_deref(), Some("one two-three"));
    desk.click(5, 1, 5_000);
    assert_eq!((desk.editor.selection(), desk.editor.caret()), (None, at(1, 5)));
    // Two slow clicks, and two quick ones in two places, are single clicks.
    desk.click(5, 1, 7_000);
    desk.click(9, 1, 7_100);
    assert_eq!(desk.editor.selection(), None);
}

#[test]
fn the_wheel_turns_the_text_and_leaves_the_caret() {
    let text: Vec<String> = (0..40).map(|line| line.to_string()).collect();
    let mut desk = Desk::new(&text.join("\n"), 20, 10);
    assert_eq!(desk.mouse(MouseEventKind::ScrollDown, 5, 5, 0), Pressed::Moved);
    assert_eq!((desk.rows()[0].as_str(), desk.editor.caret()), ("3", at(0, 0)));
    assert!(!desk.terminal.backend().cursor_visible());
    for _ in 0..50 {
        desk.mouse(MouseEventKind::ScrollDown, 5, 5, 0);
    }
    assert_eq!(desk.rows()[9], "39");
    desk.write("x");
    assert_eq!((desk.rows()[0].as_str(), desk.xy()), ("x0", (1, 0)));
    assert_eq!(desk.mouse(MouseEventKind::ScrollDown, 50, 5, 0), Pressed::Ignored);
}

// --- Finding. ---

#[test]
fn find_marks_and_visits_every_hit() {
    let mut desk = Desk::new("Trust, trust (tr*st)\nno\nTRUST", 30, 4);
    desk.editor.set_caret(at(0, 3));
    assert_eq!(desk.editor.find("trust"), 3);
    desk.draw();
    assert_eq!(desk.drawn(Modifier::UNDERLINED), "TrusttrustTRUST");
    assert_eq!(desk.editor.caret(), at(0, 7));
    let visits: Vec<_> = (0..3).map(|_| (desk.editor.find_next(), desk.editor.caret())).collect();
    assert_eq!(visits, [(Some(3), at(2, 0)), (Some(1), at(0, 0)), (Some(2), at(0, 7))]);
    assert_eq!((desk.editor.find_prev(), desk.editor.caret()), (Some(1), at(0, 0)));
    assert_eq!((desk.editor.find_prev(), desk.editor.caret()), (Some(3), at(2, 0)));
    // The text is plain: signs mean themselves.
    assert_eq!((desk.editor.find("(tr*st)"), desk.editor.caret()), (1, at(0, 13)));
    assert_eq!((desk.editor.find("nowhere"), desk.editor.caret()), (0, at(0, 3)));
    assert_eq!((desk.editor.find_next(), desk.editor.find_prev()), (None, None));
    assert_eq!((desk.editor.find(""), desk.editor.caret()), (0, at(0, 3)));
    desk.editor.find("no");
    desk.editor.clear_find();
    desk.draw();
    assert_eq!((desk.drawn(Modifier::UNDERLINED), desk.editor.find_next()), (String::new(), None));
}

#[test]
fn hits_follow_the_text() {
    let mut desk = Desk::new("aXa", 30, 4);
    assert_eq!(desk.editor.find("a"), 2);
    desk.press(KeyCode::End, CTRL);
    desk.write("A");
    assert_eq!(desk.drawn(Modifier::UNDERLINED), "aaA");
    assert_eq!((desk.editor.find_prev(), desk.editor.find_prev()), (Some(3), Some(2)));
    desk.editor.set_text("b");
    desk.draw();
    assert_eq!((desk.editor.find("a"), desk.editor.find_next()), (0, None));
}

#[test]
fn a_hit_inside_a_cluster_marks_the_cluster() {
    let mut desk = Desk::new("xe\u{301}x", 30, 4);
    assert_eq!((desk.editor.find("\u{301}"), desk.editor.caret()), (1, at(0, 1)));
    desk.draw();
    assert_eq!(desk.drawn(Modifier::UNDERLINED), "e\u{301}");
    assert_eq!(desk.editor.find_next(), Some(1));
}

// --- Reading. ---

fn read(text: &str, width: u16) -> Vec<String> {
    prose::rows(text, width).map(std::borrow::Cow::into_owned).collect()
}

#[test]
fn rows_for_reading_use_the_whole_width() {
    assert_eq!(read("aaaa bbbb cccc\n\ndd", 9), ["aaaa bbbb", "cccc", "", "dd"]);
    assert_eq!(read("aaaa   \nb", 4), ["aaaa", "b"]);
    assert_eq!(read("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(read("give-and-take 2026-11-22", 9), ["give-and-", "take", "2026-11-2", "2"]);
    assert_eq!(read("a\tb\u{1b}[0m", 20), ["a   b[0m"]);
    assert_eq!(read("漢字", 1), ["漢", "字"]);
    assert_eq!(read("text", 0), Vec::<String>::new());
    assert_eq!(read("", 5), [""]);
}

#[test]
fn rows_are_made_only_as_asked_for() {
    let endless = "word ".repeat(10_000);
    let rows: Vec<_> = prose::rows(&endless, 24).skip(2).take(2).collect();
    assert_eq!(rows, ["word word word word word"; 2]);
    assert!(rows.iter().all(|row| matches!(row, std::borrow::Cow::Borrowed(_))));
}

#[test]
fn a_line_is_cut_to_a_width_by_clusters() {
    for (text, width, expected) in [
        ("short", 5, "short"),
        ("too long", 5, "too …"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
        ("❤\u{fe0f}❤\u{fe0f}❤\u{fe0f}", 5, "❤\u{fe0f}❤\u{fe0f}…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("", 0, ""),
        ("two\nlines", 20, "two lines"),
    ] {
        assert_eq!(prose::fit(text, width, "…"), expected, "{text:?} in {width}");
    }
    assert_eq!(prose::fit("too long", 4, "~"), "too~");
    assert_eq!(prose::fit("abcd", 2, "..."), "");
    assert_eq!(prose::pad("漢字漢字", 6, "…"), "漢字… ");
    assert_eq!(prose::pad("ab", 4, "…"), "ab  ");
    assert_eq!(prose::cells("a漢❤\u{fe0f}"), 5);
}

// --- Any text, any keys, any size. ---

/// Pieces of text that have broken terminal programs before.
fn piece() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "\u{200d}",
        "\u{301}",
        "\u{fe0f}",
        "\u{20e3}",
        "\u{200b}",
        "\u{feff}",
        "\u{202e}",
        "\u{ad}",
        "\u{a0}",
        "\u{3000}",
        "🇳",
        "\u{1f3fd}",
        "\u{ff9e}",
        "\u{600}",
        "\t",
        " ",
        "  ",
        "-",
        "。",
        "「",
        "שלום",
        "مرحبا",
        "한국어",
        "ไทย",
        "ﷺ",
        "\n",
        "\u{1100}\u{1161}",
        "க்ஷி",
    ]);
    prop_oneof![
        3 => "[a-z]{1,9} ".prop_map(String::from),
        2 => prop::sample::select(CLUSTERS.map(|(cluster, _)| cluster.to_owned()).to_vec()),
        2 => odd.prop_map(str::to_owned),
        1 => any::<char>().prop_filter("kept by cleaning", |c| !c.is_control()
            && !matches!(c, '\u{2028}' | '\u{2029}')).prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn key() -> impl Strategy<Value = (KeyCode, KeyModifiers)> {
    let codes = vec![
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Enter,
        KeyCode::Tab,
    ];
    let held = prop::sample::select(vec![NONE, NONE, NONE, SHIFT, CTRL, SHIFT | CTRL, ALT]);
    prop_oneof![
        (prop::sample::select(codes), held),
        "[acvwxyz]".prop_map(|letter| (KeyCode::Char(letter.chars().next().unwrap()), CTRL)),
        any::<char>().prop_map(|c| (KeyCode::Char(c), NONE)),
        "[a-c ]".prop_map(|letter| (KeyCode::Char(letter.chars().next().unwrap()), NONE)),
    ]
}

#[derive(Clone, Debug)]
enum Deed {
    Key(KeyCode, KeyModifiers),
    Paste(String),
    Click(u16, u16),
    Drag(u16, u16),
    Wheel(bool),
    Size(u16, u16),
    Find(String),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        12 => key().prop_map(|(code, held)| Deed::Key(code, held)),
        1 => text().prop_map(Deed::Paste),
        1 => (0..32_u16, 0..10_u16).prop_map(|(x, y)| Deed::Click(x, y)),
        1 => (0..32_u16, 0..10_u16).prop_map(|(x, y)| Deed::Drag(x, y)),
        1 => any::<bool>().prop_map(Deed::Wheel),
        1 => (0..31_u16, 0..9_u16).prop_map(|(width, height)| Deed::Size(width, height)),
        1 => piece().prop_map(Deed::Find),
    ]
}

/// Whether the cursor stands on the first cell of whatever is drawn there.
fn at_an_edge(screen: &Buffer, cursor: Position) -> bool {
    let mut x = 0;
    while x < cursor.x {
        x += screen[(x, cursor.y)].symbol().cell_width().max(1);
    }
    x == cursor.x
}

/// What a key may do to a text, said without the editor: what it adds, and that it adds it once.
fn is_one_edit(before: &str, after: &str, added: &str) -> bool {
    // Some part of `before`, possibly empty, has been replaced by `added`.
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let common = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    (0..=common).rev().any(|start| {
        let rest = after[start..].strip_prefix(added.as_bytes());
        rest.is_some_and(|rest| before[start..].ends_with(rest))
    })
}

#[test]
fn the_caret_stands_at_the_edge_of_a_wide_blank_that_hangs() {
    let mut desk = Desk::new("a a ːaaaaa\u{3000}\u{200b}", 11, 6);
    desk.press(KeyCode::End, CTRL);
    let cursor = desk.cursor();
    assert!(cursor.x < 11 && at_an_edge(&desk.screen, cursor), "{cursor}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_cursor_is_inside_and_at_an_edge(text in text(), width in 1..40_u16, back in any::<bool>()) {
        let mut desk = Desk::new(&text, width, 6);
        if back {
            desk.press(KeyCode::End, CTRL);
        }
        let mut stations = text.chars().count() + 2;
        loop {
            let cursor = desk.cursor();
            prop_assert!(cursor.x < width && cursor.y < 6, "{cursor} in {width}");
            // Where a cluster is wider than the area there is no edge to stand on.
            if width > 4 && !text.contains('ﷺ') {
                prop_assert!(at_an_edge(&desk.screen, cursor), "{cursor} is inside a cluster");
            }
            let caret = desk.editor.caret();
            desk.keys(&[if back { KeyCode::Left } else { KeyCode::Right }]);
            if desk.editor.caret() == caret {
                break;
            }
            stations -= 1;
            prop_assert!(stations > 0, "the caret does not get to the end");
        }
        let end = if back { 0 } else { desk.editor.current_line().chars().count() };
        prop_assert_eq!(desk.editor.caret().char, end);
    }

    #[test]
    fn every_cluster_is_on_the_screen(text in text(), width in 8..40_u16) {
        let desk = Desk::new(&text, width, 200);
        let visible = |text: &str| -> String {
            let clusters = text.graphemes(true).filter(|cluster| (1..8).contains(&prose::cells(cluster)));
            clusters.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
        };
        let shown = desk.rows().join("\n");
        prop_assert_eq!(visible(&shown), visible(&text));
    }

    #[test]
    fn any_keys_at_any_size_change_only_what_was_typed(
        text in text(),
        deeds in prop::collection::vec(deed(), 1..60),
    ) {
        let mut desk = Desk::new(&text, 20, 5);
        prop_assert_eq!(&desk.editor.text(), &text);
        // The wheel alone may turn the caret out of view.
        let mut seen = true;
        for deed in deeds {
            let before = desk.editor.text();
            let revision = desk.editor.revision();
            match deed {
                Deed::Key(code, held) => {
                    let undo = held == CTRL && matches!(code, KeyCode::Char('z' | 'y'));
                    let pressed = desk.press(code, held);
                    let added = match code {
                        KeyCode::Char(c) if held == NONE => c.to_string(),
                        KeyCode::Enter => "\n".to_owned(),
                        _ => String::new(),
                    };
                    let after = desk.editor.text();
                    match &pressed {
                        Pressed::Changed if undo => {}
                        Pressed::Changed => prop_assert!(
                            is_one_edit(&before, &after, &added),
                            "{code:?} made {after:?} of {before:?}"
                        ),
                        Pressed::Cut(cut) => {
                            prop_assert!(is_one_edit(&after, &before, cut));
                        }
                        _ => prop_assert_eq!(&after, &before),
                    }
                    seen |= pressed != Pressed::Ignored;
                }
                Deed::Paste(pasted) => {
                    seen |= !pasted.is_empty();
                    desk.editor.paste(&pasted);
                    desk.draw();
                    prop_assert!(is_one_edit(&before, &desk.editor.text(), &pasted));
                }
                Deed::Click(x, y) => desk.click(x, y, 0),
                Deed::Drag(x, y) => {
                    desk.mouse(MouseEventKind::Down(MouseButton::Left), y, x, 0);
                    desk.mouse(MouseEventKind::Drag(MouseButton::Left), x, y, 0);
                }
                Deed::Wheel(up) => {
                    let kind = if up { MouseEventKind::ScrollUp } else { MouseEventKind::ScrollDown };
                    desk.mouse(kind, 0, 0, 0);
                    seen = false;
                }
                Deed::Size(width, height) => desk.resize(width, height),
                Deed::Find(pattern) => {
                    seen = true;
                    desk.editor.find(&pattern);
                    desk.draw();
                }
            }
            let after = desk.editor.text();
            prop_assert!(after == before || desk.editor.revision() > revision);
            let caret = desk.editor.caret();
            let line = after.split('\n').nth(caret.paragraph).unwrap();
            prop_assert_eq!(line, desk.editor.current_line());
            prop_assert!(caret.char <= line.chars().count());
            let area = desk.screen.area;
            if seen && !area.is_empty() {
                let cursor = desk.cursor();
                prop_assert!(area.contains(cursor));
            }
        }
        // Every step can be taken back, and done again.
        let last = desk.editor.text();
        let mut steps = 0;
        while desk.press(KeyCode::Char('z'), CTRL) == Pressed::Changed {
            steps += 1;
        }
        prop_assert_eq!(desk.editor.text(), text);
        while desk.press(KeyCode::Char('y'), CTRL) == Pressed::Changed {
            steps -= 1;
        }
        // What the random keys had undone comes back as well.
        prop_assert!(steps < 0 || desk.editor.text() == last);
    }

    #[test]
    fn reading_rows_hold_every_word_and_keep_to_the_width(text in text(), width in 1..40_u16) {
        let rows = read(&text, width);
        for row in &rows {
            let first = row.graphemes(true).next().map_or(0, prose::cells);
            prop_assert!(prose::cells(row) <= usize::from(width).max(first), "{row:?} in {width}");
            prop_assert!(!row.contains(|c: char| c.is_control()));
        }
        let ink = |text: &str| -> String {
            let clusters = text.graphemes(true).filter(|cluster| prose::cells(cluster) > 0);
            clusters.filter(|cluster| !cluster.starts_with(char::is_whitespace)).collect()
        };
        prop_assert_eq!(ink(&rows.join("\n")), ink(&text));
    }

    #[test]
    fn a_line_fits_its_column(text in text(), width in 0..40_u16) {
        prop_assert!(prose::cells(&prose::fit(&text, width, "…")) <= usize::from(width));
        prop_assert_eq!(prose::cells(&prose::pad(&text, width, "…")), usize::from(width));
    }
}
