//! How one field of a form is drawn: its label, what stands in it, and what is said beneath.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choice;
use super::entry::{Entry, Kind};
use crate::tui::theme::Look;
use crate::tui::{prose, text};

/// The widest a line of text is drawn.
const LINE_COLUMNS: u16 = 60;
/// The most rows that stand beneath a field.
pub(super) const BENEATH: u16 = 3;
/// The widest a prose field is drawn, its two bars included.
const PROSE_COLUMNS: u16 = 82;

/// How many rows the field takes.
pub(super) fn height(entry: &Entry, focused: bool, columns: u16, most: u16, look: &Look) -> u16 {
    let body = match &entry.kind {
        Kind::Prose { editor, rows } => {
            let inner = columns.min(PROSE_COLUMNS).saturating_sub(2);
            editor.height(inner).clamp(*rows, rows.saturating_mul(3)).saturating_add(1)
        }
        _ => 1,
    };
    let beneath = entry.beneath(focused, look).map_or(0, |(words, _)| {
        u16::try_from(prose::rows(&words, columns).take(usize::from(BENEATH)).count())
            .unwrap_or(BENEATH)
    });
    body.saturating_add(beneath).min(most.max(1))
}

/// Draws what is to be read beneath the fields. What there is no room for is said to be left out.
pub(super) fn shown(lines: &[String], buffer: &mut Buffer, place: Rect, look: &Look) {
    let inner = Rect { x: place.x + 3, width: place.width.saturating_sub(4), ..place };
    let mut rows = lines.iter().flat_map(|line| prose::rows(line, inner.width));
    for y in inner.y..inner.bottom() {
        let Some(row) = rows.next() else { return };
        let is_last = y + 1 == inner.bottom();
        let left_out = if is_last { rows.by_ref().count() } else { 0 };
        if left_out > 0 {
            let more = format!("… and {} more lines", left_out + 1);
            text::put(buffer, inner, inner.x, y, &more, look.theme.quiet);
        } else {
            text::put(buffer, inner, inner.x, y, &row, look.theme.quiet);
        }
    }
}

/// Draws the field into its place, what stands in it into `value`.
pub(super) fn draw(
    (entry, label): (&mut Entry, &str),
    frame: &mut Frame<'_>,
    place: Rect,
    value: Rect,
    look: &Look,
    focused: bool,
) {
    let beneath = entry.beneath(focused, look);
    let value = Rect { y: place.y, height: place.height, ..value };
    let buffer = frame.buffer_mut();
    if focused {
        text::put(buffer, place, place.x + 1, place.y, look.glyphs.marker, look.theme.marker);
    }
    let style = if focused { look.theme.selected } else { look.theme.text };
    if entry.private {
        text::put(buffer, place, place.x + 2, place.y, look.glyphs.private, look.theme.private);
    }
    text::put(buffer, place, place.x + 3, place.y, label, style);
    if value.is_empty() {
        return;
    }
    let under: Vec<String> = beneath
        .iter()
        .flat_map(|(words, _)| prose::rows(words, value.width).take(usize::from(BENEATH)))
        .map(Cow::into_owned)
        .collect();
    let under_lines = u16::try_from(under.len()).unwrap_or(0).min(value.height.saturating_sub(1));
    let body = Rect { height: value.height - under_lines, ..value };
    let wanting = entry.needed && entry.is_empty();
    match &mut entry.kind {
        Kind::Line(field) => {
            // The room for "needed" stays free once the field is filled, so that it does not grow.
            let word = "needed";
            let kept = if entry.needed && value.width >= 24 { text::width(word) + 1 } else { 0 };
            let room = (value.width - kept).min(LINE_COLUMNS);
            let last = value.x + room.max(1) - 1;
            text::put(buffer, value, value.x, value.y, "[", look.theme.line);
            text::put(buffer, value, last, value.y, "]", look.theme.line);
            if wanting && kept > 0 {
                text::put(buffer, value, last + 2, value.y, word, look.theme.quiet);
            }
            let inner = Rect { x: value.x + 1, width: room.saturating_sub(2), height: 1, ..value };
            field.render(frame, inner, look, focused);
        }
        Kind::Tick(ticked) => {
            text::put(buffer, value, value.x, value.y, "[ ]", look.theme.text);
            if *ticked {
                text::put(buffer, value, value.x + 1, value.y, "x", look.theme.done);
            }
            if focused {
                let says = if *ticked { "Space unticks it" } else { "Space ticks it" };
                let says = prose::fit(says, value.width.saturating_sub(5), look.glyphs.ellipsis);
                text::put(buffer, value, value.x + 5, value.y, &says, look.theme.quiet);
                frame.set_cursor_position((value.x + u16::from(value.width > 1), value.y));
            }
        }
        Kind::Choice { answers, at } => choice::draw(frame, value, answers, *at, look, focused),
        Kind::Prose { editor, .. } => {
            let wide = body.width.min(PROSE_COLUMNS);
            let height = body.height.saturating_sub(u16::from(body.height > 1));
            let last = value.x + wide.max(1) - 1;
            for y in body.y..body.y + height {
                text::put(buffer, value, value.x, y, look.glyphs.bar, look.theme.line);
                text::put(buffer, value, last, y, look.glyphs.bar, look.theme.line);
            }
            let inner = Rect { x: value.x + 1, width: wide.saturating_sub(2), height, ..body };
            editor.render(frame, inner, &look.editor(), focused);
        }
    }
    if let Some((_, style)) = beneath {
        let first = if entry.is_prose() { body.bottom().saturating_sub(1) } else { body.bottom() };
        for (y, line) in (first..value.bottom()).zip(&under) {
            text::put(frame.buffer_mut(), value, value.x, y, line, style);
        }
    }
}

/// The names of the fields in so many columns.
pub(super) fn labels(entries: &[Entry], columns: u16, ellipsis: &str) -> Vec<String> {
    let cut = |entry: &Entry| prose::fit(&entry.label, columns, ellipsis).into_owned();
    let all: Vec<String> = entries.iter().map(cut).collect();
    let label = |(entry, cut): (&Entry, &String)| {
        let is_alike = |(other, same): (&Entry, &String)| same == cut && other.label != entry.label;
        let alike = entries.iter().zip(&all).any(is_alike);
        alike.then(|| with_end(&entry.label, columns, ellipsis)).flatten()
    };
    let ends: Vec<Option<String>> = entries.iter().zip(&all).map(label).collect();
    ends.into_iter().zip(all).map(|(end, cut)| end.unwrap_or(cut)).collect()
}

/// The beginning of a label and its last word, where there is room for both: what reads alike once it
/// is cut differs there.
fn with_end(label: &str, columns: u16, ellipsis: &str) -> Option<String> {
    let (mut begins, last) = label.rsplit_once(' ')?;
    let ends = format!(" {ellipsis} {last}");
    let room = columns.checked_sub(text::width(&ends))?;
    while text::width(begins) > room {
        begins = begins.rsplit_once(' ')?.0;
    }
    Some(format!("{begins}{ends}"))
}
