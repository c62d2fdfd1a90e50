//! Which part of the text stands on which row, for the caret, the mouse and the screen.
//!
//! The rule: rows are found once per change and only where the text has changed, so that drawing
//! and moving cost what is on the screen, and every place in the text has one cell for the caret.

use unicode_segmentation::UnicodeSegmentation;

use super::buffer::Spot;
use crate::tui::prose::{Edge, Wrapped, cells_at, clusters, ends_with_blank};

/// One paragraph: its first row on the screen, and the bytes at which its further rows begin.
struct Paragraph {
    first: usize,
    breaks: Vec<usize>,
}

/// A row of the text, counted from the top of the text.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) start: usize,
    /// Where the next row begins, or the paragraph ends.
    pub(super) end: usize,
    /// Whether the paragraph ends with this row.
    pub(super) last: bool,
}

pub(super) struct Layout {
    width: u16,
    paragraphs: Vec<Paragraph>,
    rows: usize,
}

impl Layout {
    /// Lays out `lines` for an area of `width` cells, of which the caret needs one.
    pub(super) fn new(lines: &[String], width: u16) -> Self {
        let mut layout = Self { width, paragraphs: Vec::new(), rows: 0 };
        layout.change(lines, 0, 0, lines.len());
        layout
    }

    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// How many rows the text has; at least one.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Lays out again after the `old` paragraphs from `at` on have become `new` paragraphs.
    pub(super) fn change(&mut self, lines: &[String], at: usize, old: usize, new: usize) {
        let room = room(self.width);
        let fresh = lines.iter().skip(at).take(new).map(|line| Paragraph {
            first: 0,
            breaks: Wrapped::new(line, room, Edge::Writing).skip(1).map(|row| row.start).collect(),
        });
        let until = (at + old).min(self.paragraphs.len());
        self.paragraphs.splice(at.min(until)..until, fresh);
        let mut first = match at.checked_sub(1).and_then(|above| self.paragraphs.get(above)) {
            Some(above) => above.first + above.breaks.len() + 1,
            None => 0,
        };
        for paragraph in self.paragraphs.iter_mut().skip(at) {
            paragraph.first = first;
            first += paragraph.breaks.len() + 1;
        }
        self.rows = first;
    }

    /// The row with this number; past the end there is none.
    pub(super) fn row(&self, lines: &[String], number: usize) -> Option<Row> {
        let line = self.paragraphs.partition_point(|paragraph| paragraph.first <= number);
        let line = line.checked_sub(1)?;
        let paragraph = self.paragraphs.get(line)?;
        let inner = number.checked_sub(paragraph.first)?;
        if inner > paragraph.breaks.len() {
            return None;
        }
        let start = inner.checked_sub(1).and_then(|above| paragraph.breaks.get(above));
        let next = paragraph.breaks.get(inner);
        let len = lines.get(line)?.len();
        let start = start.copied().unwrap_or(0);
        Some(Row { line, start, end: next.copied().unwrap_or(len), last: next.is_none() })
    }

    /// The row and the cell in it where the caret is shown.
    ///
    /// A place between two rows belongs to the lower one, or to the upper one if `late`.
    pub(super) fn locate(&self, lines: &[String], spot: Spot, late: bool) -> (usize, usize) {
        let (Some(paragraph), Some(text)) = (self.paragraphs.get(spot.line), lines.get(spot.line))
        else {
            return (0, 0);
        };
        let mut inner = paragraph.breaks.partition_point(|&start| start <= spot.byte);
        if late && inner > 0 && paragraph.breaks.get(inner - 1) == Some(&spot.byte) {
            inner -= 1;
        }
        let start = inner.checked_sub(1).and_then(|above| paragraph.breaks.get(above));
        let start = start.copied().unwrap_or(0);
        let before = text.get(start..).unwrap_or_default();
        let cell = self
            .clusters(before)
            .take_while(|(at, _, _)| start + at < spot.byte)
            .last()
            .map_or(0, |(_, cluster, cell)| cell + self.cells(cluster, cell));
        (paragraph.first + inner, cell)
    }

    /// The place in the text at a cell of a row, and whether it is late (see [`Self::locate`]).
    pub(super) fn at(&self, lines: &[String], number: usize, cell: usize) -> (Spot, bool) {
        let Some(row) = self.row(lines, number.min(self.rows.saturating_sub(1))) else {
            return (Spot::default(), false);
        };
        let text = lines.get(row.line).and_then(|line| line.get(row.start..row.end));
        let text = text.unwrap_or_default();
        let spot = |at: usize| Spot { line: row.line, byte: row.start + at };
        let under =
            self.clusters(text).find(|&(_, cluster, from)| from + self.cells(cluster, from) > cell);
        if let Some((at, _, _)) = under {
            return (spot(at), false);
        }
        if row.last || !ends_with_blank(text) {
            return (spot(text.len()), !row.last);
        }
        // The place after this blank is on the next row.
        let blank = text.grapheme_indices(true).next_back();
        (spot(blank.map_or(0, |(at, _)| at)), false)
    }

    /// The clusters of a row, each with its first byte and its first cell.
    pub(super) fn clusters<'a>(
        &self,
        row: &'a str,
    ) -> impl Iterator<Item = (usize, &'a str, usize)> + use<'a> {
        let room = room(self.width) + 1;
        let mut used = 0;
        clusters(row).map(move |(at, cluster)| {
            let cell = used;
            used += cells_at(cluster, used, room);
            (at, cluster, cell)
        })
    }

    /// How many cells a cluster takes that begins at `cell` of its row.
    pub(super) fn cells(&self, cluster: &str, cell: usize) -> usize {
        cells_at(cluster, cell, room(self.width) + 1)
    }
}

/// How many rows `lines` would take at another width.
pub(super) fn measure(lines: &[String], width: u16) -> usize {
    lines.iter().map(|line| Wrapped::new(line, room(width), Edge::Writing).count()).sum()
}

/// The cells for text: the last one of each row is kept for the caret.
fn room(width: u16) -> usize {
    usize::from(width.saturating_sub(1).max(1))
}
