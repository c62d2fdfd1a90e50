//! Puts one line of text on the screen, never a cell outside the place it was given.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::prose;

/// The columns a line of text takes.
pub fn width(text: &str) -> u16 {
    u16::try_from(prose::cells(text)).unwrap_or(u16::MAX)
}

/// The text on one line: line ends and tabs become blanks.
pub fn flat(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\t']) {
        Cow::Owned(text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Draws one line at (`x`, `y`) and never beyond `area`; says the column after it.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(*buffer.area());
    if !area.contains(Position { x, y }) {
        return x;
    }
    set(buffer, x, y, &flat(text), area.right() - x, style)
}

/// Draws at most `room` cells of one line that begins on the screen; says the column after it.
pub fn set(buffer: &mut Buffer, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
    if !text.bytes().all(prose::is_printed) {
        return buffer.set_stringn(x, y, text, usize::from(room), style).0;
    }
    let mut at = x;
    for cell in (0..text.len()).map_while(|byte| text.get(byte..=byte)).take(usize::from(room)) {
        let Some(shown) = buffer.cell_mut(Position { x: at, y }) else { break };
        shown.set_symbol(cell).set_style(style);
        at += 1;
    }
    at
}

/// Draws a few wrapped lines from row `y` on, and says which row comes after them, drawn or not.
pub fn put_rows(buffer: &mut Buffer, area: Rect, mut y: u16, words: &str, style: Style) -> u16 {
    for row in prose::rows(words, area.width) {
        if y < area.bottom() {
            put(buffer, area, area.x, y, &row, style);
        }
        y = y.saturating_add(1);
    }
    y
}

/// Draws one line so that it ends at the right edge of `area`; says the column where it begins.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let x = area.right().saturating_sub(width(text)).max(area.x);
    put(buffer, area, x, y, text, style);
    x
}
