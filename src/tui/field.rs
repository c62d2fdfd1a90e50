//! A text of one line: typed, pasted, scrolled sideways, with the terminal's own cursor in it.
//!
//! What is in a field can always be drawn on one line: line ends become blanks, control characters
//! are dropped when they arrive.

use std::ops::{Deref, DerefMut};

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroize;

use super::key::Key;
use super::theme::Look;
use super::{prose, text};

/// What stands in a field. It is wiped from memory when it is dropped: it may be a passphrase.
#[derive(Debug, Default)]
struct Typed(Input);

impl Typed {
    fn new(value: String) -> Self {
        Self(Input::new(value))
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        String::from(std::mem::take(&mut self.0)).zeroize();
    }
}

impl Deref for Typed {
    type Target = Input;

    fn deref(&self) -> &Input {
        &self.0
    }
}

impl DerefMut for Typed {
    fn deref_mut(&mut self) -> &mut Input {
        &mut self.0
    }
}

/// One line of text being written.
#[derive(Debug, Default)]
pub struct Field {
    input: Typed,
    placeholder: String,
    secret: bool,
    /// Whether all of it is selected: what is typed next takes its place.
    selected: bool,
    /// The first column of the text that is shown.
    from: u16,
    shown: Rect,
}

impl Field {
    /// A field that holds this text, the cursor at its end.
    pub fn new(value: &str) -> Self {
        Self { input: Typed::new(clean(value)), ..Self::default() }
    }

    /// The same field with words that stand in it while it is empty.
    #[must_use]
    pub fn placeholder(self, words: impl Into<String>) -> Self {
        Self { placeholder: words.into(), ..self }
    }

    /// A field that shows a sign for each letter.
    pub fn secret() -> Self {
        Self { secret: true, ..Self::default() }
    }

    /// Shows or covers what is typed in a secret field.
    pub fn cover(&mut self, covered: bool) {
        self.secret = covered;
    }

    /// Whether what is typed is covered.
    pub const fn is_covered(&self) -> bool {
        self.secret
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Puts another text in its place, the cursor at its end.
    pub fn set(&mut self, value: &str) {
        self.input = Typed::new(clean(value));
        self.from = 0;
        self.selected = false;
    }

    /// Selects all of it, so that what is typed next takes its place; any key that moves keeps it.
    pub fn select_all(&mut self) {
        self.input.handle(InputRequest::GoToEnd);
        self.selected = !self.text().is_empty();
    }

    /// Takes out what is selected; says whether anything was.
    fn take_selected(&mut self) -> bool {
        let was = std::mem::take(&mut self.selected);
        if was {
            self.set("");
        }
        was
    }

    /// Takes a key that edits or moves; says whether the text changed.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(letter) = key.typed() {
            return self.insert(letter.encode_utf8(&mut [0; 4]));
        }
        let by_word = key.mods == KeyModifiers::CONTROL || key.mods == KeyModifiers::ALT;
        let request = match key.code {
            KeyCode::Char('a') if key.mods == KeyModifiers::CONTROL => {
                self.select_all();
                return false;
            }
            // Not left to the input, which would leave what was there in memory.
            KeyCode::Char('u') if key.mods == KeyModifiers::CONTROL => {
                let was = !self.text().is_empty();
                self.set("");
                return was;
            }
            KeyCode::Left if by_word => InputRequest::GoToPrevWord,
            KeyCode::Right if by_word => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            KeyCode::Backspace if by_word => InputRequest::DeletePrevWord,
            KeyCode::Char('w') if key.mods == KeyModifiers::CONTROL => InputRequest::DeletePrevWord,
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete if by_word => InputRequest::DeleteNextWord,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            _ => return false,
        };
        let deletes = matches!(key.code, KeyCode::Backspace | KeyCode::Delete | KeyCode::Char(_));
        if self.selected && deletes {
            return self.take_selected();
        }
        let was = std::mem::take(&mut self.selected);
        if was && key.code == KeyCode::Left {
            self.input.handle(InputRequest::GoToStart);
            return false;
        }
        let changed = self.input.handle(request).is_some_and(|done| done.value);
        self.snap();
        changed
    }

    /// Puts a pasted text in at the cursor, its lines joined with blanks; says whether anything
    /// was left of it.
    pub fn paste(&mut self, pasted: &str) -> bool {
        self.insert(pasted)
    }

    /// Puts the cursor where the mouse clicked; says whether that was in the field.
    pub fn click(&mut self, at: Position) -> bool {
        if !self.shown.contains(at) {
            return false;
        }
        self.selected = false;
        let wanted = self.from.saturating_add(at.x - self.shown.x);
        let mut column = 0_u16;
        let mut letters = 0;
        for cluster in self.input.value().graphemes(true) {
            column = column.saturating_add(self.columns(cluster));
            if column > wanted {
                break;
            }
            letters += cluster.chars().count();
        }
        self.input.handle(InputRequest::SetCursor(letters));
        true
    }

    /// Draws the field on the first line of `area`; a focused one shows the terminal's cursor.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look, focused: bool) {
        let area = Rect { height: area.height.min(1), ..area }.intersection(frame.area());
        self.shown = area;
        if area.is_empty() {
            return;
        }
        let cursor = self.scroll(area.width, focused);
        let buffer = frame.buffer_mut();
        if self.input.value().is_empty() {
            let words = prose::fit(&self.placeholder, area.width, look.glyphs.ellipsis);
            text::put(buffer, area, area.x, area.y, &words, look.theme.placeholder);
        }
        let mut column = 0_u16;
        let mut hidden_right = false;
        for cluster in self.input.value().graphemes(true) {
            let wide = self.columns(cluster);
            let (start, end) = (column, column.saturating_add(wide));
            column = end;
            if start < self.from || wide == 0 {
                continue;
            }
            if end - self.from > area.width {
                hidden_right = true;
                break;
            }
            let sign = if self.secret { look.glyphs.secret } else { cluster };
            let chosen = self.selected && focused;
            let style = if chosen { look.theme.selected } else { look.theme.text };
            text::put(buffer, area, area.x + start - self.from, area.y, sign, style);
        }
        // The marks take a column each, which very narrow fields need for the text.
        if area.width >= 8 {
            if self.from > 0 {
                text::put(buffer, area, area.x, area.y, look.glyphs.left, look.theme.quiet);
            }
            if hidden_right {
                let last = area.right() - 1;
                text::put(buffer, area, last, area.y, look.glyphs.right, look.theme.quiet);
            }
        }
        if focused {
            let x = (area.x + cursor.saturating_sub(self.from)).min(area.right() - 1);
            frame.set_cursor_position((x, area.y));
        }
    }

    fn insert(&mut self, added: &str) -> bool {
        let added = clean(added);
        if added.is_empty() {
            return false;
        }
        self.take_selected();
        let value = self.input.value();
        let at = value.char_indices().nth(self.input.cursor()).map_or(value.len(), |(at, _)| at);
        let cursor = self.input.cursor() + added.chars().count();
        // Room for all of it at once, so that no copy stays behind when it grows.
        let mut whole = String::with_capacity(value.len() + added.len());
        whole.extend([&value[..at], &added, &value[at..]]);
        self.input = Typed(Input::new(whole).with_cursor(cursor));
        self.snap();
        true
    }

    /// A mark that joined its neighbours may have left the cursor inside a cluster.
    fn snap(&mut self) {
        let mut letters = 0;
        for cluster in self.input.value().graphemes(true) {
            if letters >= self.input.cursor() {
                break;
            }
            letters += cluster.chars().count();
        }
        self.input.handle(InputRequest::SetCursor(letters));
    }

    /// Moves the shown part so that the cursor is in it; says the cursor's column in the text.
    fn scroll(&mut self, width: u16, focused: bool) -> u16 {
        let mut letters = 0;
        let (mut cursor, mut total) = (0_u16, 0_u16);
        let mut edges = vec![0_u16];
        for cluster in self.input.value().graphemes(true) {
            letters += cluster.chars().count();
            total = total.saturating_add(self.columns(cluster));
            edges.push(total);
            if letters <= self.input.cursor() {
                cursor = total;
            }
        }
        if !focused {
            self.from = 0;
            return cursor;
        }
        let context = width / 4;
        self.from = self.from.min(total.saturating_add(1).saturating_sub(width));
        if cursor <= self.from {
            self.from = cursor.saturating_sub(context);
        }
        // Where more text follows, one column behind the cursor is for the mark.
        let mark = if cursor == total { 1 } else { 2 };
        let room = width.saturating_sub(mark).max(1);
        if cursor - self.from > room {
            self.from = cursor - room;
        }
        self.from = edges.into_iter().find(|&edge| edge >= self.from).unwrap_or(cursor).min(cursor);
        cursor
    }

    fn columns(&self, cluster: &str) -> u16 {
        if self.secret { 1 } else { text::width(cluster) }
    }
}

fn clean(value: &str) -> String {
    text::flat(value).chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::parse_script;

    fn typed(script: &str) -> Field {
        let mut field = Field::default();
        for key in parse_script(script) {
            field.key(key);
        }
        field
    }

    #[test]
    fn editing_goes_by_whole_clusters() {
        let mut field = Field::new("a👩‍👩‍👧‍👦é");
        for (left, key) in [("a👩‍👩‍👧‍👦", "<backspace>"), ("a", "<backspace>")] {
            field.key(parse_script(key)[0]);
            assert_eq!(field.text(), left);
        }
        assert_eq!(typed("one two<ctrl-w>x").text(), "one x");
        assert_eq!(typed("abc<home><delete>").text(), "bc");
        assert_eq!(typed("ac<left>b").text(), "abc");
    }

    #[test]
    fn all_of_it_is_selected_replaced_and_cleared() {
        let cases = [
            ("2026-12-18<ctrl-u>fri", "fri"),
            ("2026-12-18<home><ctrl-u>fri", "fri"),
            ("2026-12-18<ctrl-a>fri", "fri"),
            ("2026-12-18<ctrl-a><backspace>", ""),
            ("2026-12-18<ctrl-a><ctrl-w>x", "x"),
            ("2026-12-18<ctrl-a><end> 15:00", "2026-12-18 15:00"),
            ("12-18<ctrl-a><left>2026-", "2026-12-18"),
            ("<ctrl-a>fri", "fri"),
        ];
        for (script, left) in cases {
            assert_eq!(typed(script).text(), left, "{script}");
        }
        let mut field = Field::new("2026-12-18");
        field.select_all();
        field.paste("next fri");
        assert_eq!(field.text(), "next fri");
    }

    #[test]
    fn pasted_lines_are_joined_and_control_characters_dropped() {
        let mut field = Field::new("<");
        assert!(field.paste("one\r\ntwo\nthree\x1b[31m\u{7}\ttab"));
        assert_eq!(field.text(), "<one two three[31m tab");
        assert!(!field.paste("\x1b"));
    }
}
