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
    let room = usize::from(area.right() - x);
    buffer.set_stringn(x, y, flat(text), room, style).0
}

/// Draws one line so that it ends at the right edge of `area`; says the column where it begins.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let x = area.right().saturating_sub(width(text)).max(area.x);
    put(buffer, area, x, y, text, style);
    x
}
