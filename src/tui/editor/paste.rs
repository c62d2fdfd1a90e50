//! What may come into the text from outside, and how much of it.
//!
//! The rule: nothing that would act on a terminal gets into a note, and nothing is cut to fit; a
//! text that is too long is refused whole.

use std::borrow::Cow;

use super::buffer::Buffer;

/// A text may grow to this many bytes.
pub const MAX_BYTES: usize = 2_000_000;

/// A text may grow to this many paragraphs.
pub const MAX_PARAGRAPHS: usize = 50_000;

/// What became of a text that was given to [`paste`](super::Editor::paste).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paste {
    /// It is in, as this many characters, and one step of undo takes it out.
    Inserted {
        /// Counted after cleaning.
        chars: usize,
    },
    /// The text would be longer than [`MAX_BYTES`] or [`MAX_PARAGRAPHS`]. Nothing has changed.
    TooLong,
}

/// Line ends of all systems become `\n`; other control characters but the tab are dropped.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_foreign) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ if is_foreign(c) => {}
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether `added` has room in the text once `removed` is gone from it.
pub(super) fn fits(buffer: &Buffer, removed: &str, added: &str) -> bool {
    let breaks = |text: &str| text.bytes().filter(|&byte| byte == b'\n').count();
    let bytes = buffer.bytes() + added.len() - removed.len();
    let paragraphs = buffer.lines().len() + breaks(added) - breaks(removed);
    // A text that was too long from the start may still be mended.
    (bytes <= MAX_BYTES || added.len() <= removed.len())
        && (paragraphs <= MAX_PARAGRAPHS || breaks(added) <= breaks(removed))
}

/// Whether a character has no place in a text as it is.
pub(super) fn is_foreign(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}')
}
