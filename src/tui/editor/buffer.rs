//! The text, its edits and their undo: the one place that knows the text area crate.
//!
//! The rule: what a person would call one thing (a word typed, a paste, a word typed over a
//! selection) is one step of undo. The crate's own coalescing cannot promise that: it asks the
//! clock, and it makes two steps of a replacement. So each of its edits is counted into a [`Step`].
//!
//! The crate is used for text and history only. It adds up the widths of single characters, which
//! loses the end of a row that holds ❤️ or a keycap, so the rows come from [`super::layout`].

use std::collections::VecDeque;

use tui_textarea::{AtomicRange, CursorMove, TextArea};

/// How many edits can be undone. A typed character is one edit and takes about a hundred bytes.
const EDITS: usize = 50_000;

/// Typing without a blank ends a step after this many characters. Scripts that need no blanks
/// would otherwise lose a paragraph to one key.
const RUN: usize = 30;

/// A place in the text: the paragraph and the byte in it. Always a character's edge.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) byte: usize,
}

/// What an edit is, as far as undo cares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A typed character, which may join the word before it.
    Typed(char),
    /// A single character deleted, which may join those deleted before it.
    Erased,
    /// A step of its own.
    Whole,
}

/// A step of undo: how many edits of the crate are taken back together.
type Step = usize;

/// The last step, while it may still grow: where it would go on, and with what.
struct Open {
    kind: Kind,
    at: Spot,
    length: usize,
}

pub(super) struct Buffer {
    area: TextArea<'static>,
    done: VecDeque<Step>,
    undone: Vec<Step>,
    open: Option<Open>,
    bytes: usize,
}

impl Buffer {
    /// `text` has been cleaned.
    pub(super) fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_undo_coalescing(false);
        area.set_max_histories(EDITS);
        Self { area, done: VecDeque::new(), undone: Vec::new(), open: None, bytes: text.len() }
    }

    /// The paragraphs; at least one.
    pub(super) fn lines(&self) -> &[String] {
        self.area.lines()
    }

    pub(super) fn line(&self, line: usize) -> &str {
        self.lines().get(line).map_or("", String::as_str)
    }

    /// The length of the whole text in bytes, line ends included.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn end(&self) -> Spot {
        let line = self.lines().len().saturating_sub(1);
        Spot { line, byte: self.line(line).len() }
    }

    /// The text between two places, `from` not after `to`.
    pub(super) fn between(&self, from: Spot, to: Spot) -> String {
        let mut out = String::new();
        for line in from.line..=to.line {
            let text = self.line(line);
            let start = if line == from.line { from.byte } else { 0 };
            let end = if line == to.line { to.byte } else { text.len() };
            if line > from.line {
                out.push('\n');
            }
            out.push_str(text.get(start..end).unwrap_or_default());
        }
        out
    }

    /// Puts `with` in the place of what is between `from` and `to`; returns where it ends.
    ///
    /// `with` has been cleaned.
    pub(super) fn replace(&mut self, from: Spot, to: Spot, with: &str, kind: Kind) -> Spot {
        if !self.place(from) {
            return from;
        }
        let mut edits = 0;
        let doomed = self.chars_between(from, to);
        if doomed > 0 && self.area.delete_str(doomed) {
            edits += 1;
        }
        let mut chars = with.chars();
        edits += match (chars.next(), chars.next()) {
            (None, _) => 0,
            (Some('\n'), None) => {
                self.area.insert_newline();
                1
            }
            (Some(c), None) => {
                self.area.insert_char(c);
                1
            }
            _ => usize::from(self.area.insert_str(with)),
        };
        let end = self.spot();
        self.bytes = self.length();
        if edits > 0 {
            self.record(edits, from, to, end, kind);
        }
        end
    }

    /// Takes the last step back; returns where the caret was, or nothing if there is no step.
    pub(super) fn undo(&mut self) -> Option<Spot> {
        let step = self.done.pop_back()?;
        self.undone.push(step);
        Some(self.repeat(step, TextArea::undo))
    }

    /// Does the step again that was taken back last.
    pub(super) fn redo(&mut self) -> Option<Spot> {
        let step = self.undone.pop()?;
        self.done.push_back(step);
        Some(self.repeat(step, TextArea::redo))
    }

    /// What is typed next begins a new step.
    pub(super) fn end_step(&mut self) {
        self.open = None;
    }

    /// Looks for `text` as it stands, in capitals or not; the empty text ends the search.
    pub(super) fn search(&mut self, text: &str) {
        let mut pattern = String::with_capacity(text.len() + 4);
        if !text.is_empty() {
            pattern.push_str("(?i)");
        }
        for c in text.chars() {
            if c.is_ascii_punctuation() {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        if self.area.set_search_pattern(pattern).is_err() {
            // Far too long for the matcher, and so for any paragraph a person searches.
            let _ended = self.area.set_search_pattern("");
        }
    }

    /// Every place where the searched text begins and ends, from the first to the last.
    pub(super) fn hits(&self) -> Vec<(Spot, Spot)> {
        let Some(pattern) = self.area.search_pattern() else { return Vec::new() };
        let lines = self.lines().iter().enumerate();
        lines
            .flat_map(|(line, text)| {
                let found = pattern.find_iter(text).filter(|hit| !hit.is_empty());
                found.map(move |hit| {
                    (Spot { line, byte: hit.start() }, Spot { line, byte: hit.end() })
                })
            })
            .collect()
    }

    fn record(&mut self, edits: usize, from: Spot, to: Spot, end: Spot, kind: Kind) {
        self.undone.clear();
        let joined = self.open.as_ref().filter(|open| open.goes_on(kind, from, to));
        let length = joined.map_or(0, |open| open.length) + 1;
        match self.done.back_mut().filter(|_| length > 1) {
            Some(step) => *step += edits,
            None => self.done.push_back(edits),
        }
        if self.done.len() > EDITS {
            self.done.pop_front();
        }
        self.open = (kind != Kind::Whole).then_some(Open { kind, at: end, length });
    }

    fn repeat(&mut self, step: Step, once: fn(&mut TextArea<'static>) -> bool) -> Spot {
        self.open = None;
        for _ in 0..step {
            // The crate forgets the oldest edits by itself.
            if !once(&mut self.area) {
                break;
            }
        }
        self.bytes = self.length();
        self.spot()
    }

    fn length(&self) -> usize {
        self.lines().iter().map(|line| line.len() + 1).sum::<usize>().saturating_sub(1)
    }

    fn chars_between(&self, from: Spot, to: Spot) -> usize {
        (from.line..=to.line)
            .map(|line| {
                let text = self.line(line);
                let start = if line == from.line { from.byte } else { 0 };
                let end = if line == to.line { to.byte } else { text.len() };
                let inside = text.get(start..end).map_or(0, |part| part.chars().count());
                inside + usize::from(line < to.line)
            })
            .sum()
    }

    /// Where the crate's cursor is.
    fn spot(&self) -> Spot {
        let (line, column) = self.area.cursor();
        Spot { line, byte: byte_of(self.line(line), column) }
    }

    /// Moves the crate's cursor, for which lines and columns are 16 bits wide.
    ///
    /// Says whether it got there, since an edit in another place would be worse than none.
    fn place(&mut self, spot: Spot) -> bool {
        if self.spot() == spot {
            return true;
        }
        let column = char_of(self.line(spot.line), spot.byte);
        let nearest = u16::try_from(spot.line).unwrap_or(u16::MAX);
        let near = u16::try_from(column).unwrap_or(1);
        self.area.move_cursor(CursorMove::Jump(nearest, near));
        for _ in usize::from(nearest)..spot.line {
            self.area.move_cursor(CursorMove::Down);
        }
        if self.spot() != spot {
            // A cursor inside an atomic range is moved to its end, wherever that is in its line.
            let range = AtomicRange { row: spot.line, start_col: 0, end_col: column };
            let _moved = self.area.try_set_atomic_ranges([range]);
            self.area.clear_atomic_ranges();
        }
        self.spot() == spot
    }
}

impl Open {
    fn goes_on(&self, kind: Kind, from: Spot, to: Spot) -> bool {
        if self.length >= RUN {
            return false;
        }
        match (self.kind, kind) {
            // A blank belongs to the word it ends.
            (Kind::Typed(last), Kind::Typed(next)) => {
                self.at == from && from == to && (next.is_whitespace() || !last.is_whitespace())
            }
            // Backspace goes on before the step, Delete behind it.
            (Kind::Erased, Kind::Erased) => self.at == to || self.at == from,
            _ => false,
        }
    }
}

/// The byte at which character number `column` begins; the end of the line if there is none.
pub(super) fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

/// How many characters come before `byte`.
pub(super) fn char_of(line: &str, byte: usize) -> usize {
    line.get(..byte).map_or_else(|| line.chars().count(), |before| before.chars().count())
}
