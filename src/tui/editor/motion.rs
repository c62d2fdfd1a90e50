//! Where the caret may go: edges of graphemes and of words.
//!
//! The rule: what looks like one character is one step, in either direction and for deleting.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::buffer::{Buffer, Spot};

/// One grapheme back; a line end counts as one.
pub(super) fn back(buffer: &Buffer, from: Spot) -> Option<Spot> {
    let line = buffer.line(from.line);
    if from.byte > 0 {
        let byte = GraphemeCursor::new(from.byte, line.len(), true).prev_boundary(line, 0);
        return Some(Spot { byte: byte.ok().flatten().unwrap_or(0), ..from });
    }
    let above = from.line.checked_sub(1)?;
    Some(Spot { line: above, byte: buffer.line(above).len() })
}

/// One grapheme forward; a line end counts as one.
pub(super) fn forward(buffer: &Buffer, from: Spot) -> Option<Spot> {
    let line = buffer.line(from.line);
    if from.byte < line.len() {
        let byte = GraphemeCursor::new(from.byte, line.len(), true).next_boundary(line, 0);
        return Some(Spot { byte: byte.ok().flatten().unwrap_or(line.len()), ..from });
    }
    let below = from.line + 1;
    (below < buffer.lines().len()).then_some(Spot { line: below, byte: 0 })
}

/// The edge of a grapheme at or before `spot`, which may be anywhere in an existing paragraph.
pub(super) fn snap(buffer: &Buffer, spot: Spot) -> Spot {
    let line = buffer.line(spot.line);
    let byte = line.floor_char_boundary(spot.byte);
    let mut cursor = GraphemeCursor::new(byte, line.len(), true);
    if cursor.is_boundary(line, 0).unwrap_or(true) {
        return Spot { byte, ..spot };
    }
    let byte = cursor.prev_boundary(line, 0).ok().flatten().unwrap_or(0);
    Spot { byte, ..spot }
}

/// To the beginning of the word before `from`, over a line end if there is no word before it.
pub(super) fn word_back(buffer: &Buffer, from: Spot) -> Option<Spot> {
    let before = buffer.line(from.line).get(..from.byte).unwrap_or_default();
    if before.is_empty() {
        return back(buffer, from);
    }
    let mut kind = None;
    let mut byte = 0;
    for (at, piece) in before.split_word_bound_indices().rev() {
        let next = Kind::of(piece);
        let goes_on = match kind {
            None | Some(Kind::Blank) => true,
            Some(kind) => kind == Kind::Sign && next == Kind::Sign,
        };
        if !goes_on {
            byte = at + piece.len();
            break;
        }
        kind = Some(next);
    }
    Some(snap(buffer, Spot { byte, ..from }))
}

/// To the beginning of the word after `from`; at the end of a paragraph to the next one.
pub(super) fn word_forward(buffer: &Buffer, from: Spot) -> Option<Spot> {
    let rest = buffer.line(from.line).get(from.byte..).unwrap_or_default();
    if rest.is_empty() {
        return forward(buffer, from);
    }
    let mut kind = None;
    for (at, piece) in rest.split_word_bound_indices() {
        let next = Kind::of(piece);
        let goes_on = match kind {
            None => true,
            Some(kind) => next == Kind::Blank || (kind == Kind::Sign && next == Kind::Sign),
        };
        if !goes_on {
            return Some(Spot { byte: from.byte + at, ..from });
        }
        kind = Some(next);
    }
    Some(Spot { byte: from.byte + rest.len(), ..from })
}

/// To the end of the word at or after `from`.
pub(super) fn word_end(buffer: &Buffer, from: Spot) -> Option<Spot> {
    let rest = buffer.line(from.line).get(from.byte..).unwrap_or_default();
    if rest.is_empty() {
        return forward(buffer, from);
    }
    let mut kind = None;
    for (at, piece) in rest.split_word_bound_indices() {
        let next = Kind::of(piece);
        let goes_on = match kind {
            None | Some(Kind::Blank) => true,
            Some(kind) => kind == Kind::Sign && next == Kind::Sign,
        };
        if !goes_on {
            return Some(Spot { byte: from.byte + at, ..from });
        }
        kind = Some(next);
    }
    Some(Spot { byte: from.byte + rest.len(), ..from })
}

/// The word, the run of blanks or the run of signs that a click on `spot` means.
pub(super) fn word_at(buffer: &Buffer, spot: Spot) -> (Spot, Spot) {
    let line = buffer.line(spot.line);
    for (at, piece) in line.split_word_bound_indices() {
        let end = at + piece.len();
        if spot.byte < end || end == line.len() {
            return (Spot { byte: at, ..spot }, Spot { byte: end, ..spot });
        }
    }
    (spot, spot)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Word,
    /// Neither: "..." and 🎉🎉 are gone over in one go.
    Sign,
}

impl Kind {
    fn of(piece: &str) -> Self {
        if piece.chars().all(char::is_whitespace) {
            Self::Blank
        } else if piece.contains(char::is_alphanumeric) {
            Self::Word
        } else {
            Self::Sign
        }
    }
}
