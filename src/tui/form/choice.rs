//! One of several answers: side by side where all have room, else one at a time.

use crossterm::event::KeyCode;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::key::Key;
use crate::tui::theme::Look;
use crate::tui::{prose, text};

/// Arrows and Space go through the answers. A letter means nothing: who types on after Enter would
/// change the answer without a word.
pub(super) fn choose(key: Key, answers: &[(String, String)], at: &mut usize) -> bool {
    let before = *at;
    let count = answers.len();
    match key.code {
        _ if count == 0 => {}
        KeyCode::Left => *at = at.saturating_sub(1),
        KeyCode::Right => *at = (*at + 1).min(count - 1),
        KeyCode::Char(' ') => *at = (*at + 1) % count,
        _ => {}
    }
    *at != before
}

/// Draws the answers.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    value: Rect,
    answers: &[(String, String)],
    at: usize,
    look: &Look,
    focused: bool,
) {
    let buffer = frame.buffer_mut();
    let mut cursor = value.x;
    if let Some(places) = spread(answers, value) {
        for (place, (&(x, _), (_, words))) in places.iter().zip(answers).enumerate() {
            let chosen = place == at;
            let sign = if chosen { look.glyphs.full } else { look.glyphs.empty };
            let style = if chosen { look.theme.selected } else { look.theme.text };
            text::put(buffer, value, x, value.y, sign, style);
            text::put(buffer, value, x + 2, value.y, words, style);
            cursor = if chosen { x } else { cursor };
        }
    } else if let Some((_, words)) = answers.get(at) {
        let place = format!("{} of {}", at + 1, answers.len());
        let room = value.width.saturating_sub(text::width(&place) + 6);
        let words = prose::fit(words, room, look.glyphs.ellipsis);
        let style = look.theme.quiet;
        let x = text::put(buffer, value, value.x, value.y, look.glyphs.left, style);
        let x = text::put(buffer, value, x + 1, value.y, &words, look.theme.selected);
        let x = text::put(buffer, value, x + 1, value.y, look.glyphs.right, style);
        text::put(buffer, value, x + 2, value.y, &place, style);
    }
    if focused {
        frame.set_cursor_position((cursor, value.y));
    }
}

/// Where each answer stands, if all fit side by side: its column and its width.
pub(super) fn spread(answers: &[(String, String)], value: Rect) -> Option<Vec<(u16, u16)>> {
    let mut x = value.x;
    let mut places = Vec::with_capacity(answers.len());
    for (_, words) in answers {
        let wide = text::width(words).saturating_add(2);
        places.push((x, wide));
        x = x.saturating_add(wide).saturating_add(3);
    }
    (x.saturating_sub(3) <= value.right()).then_some(places)
}
