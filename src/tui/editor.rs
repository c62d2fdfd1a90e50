//! The prose editor: every text of more than a line is written here.
//!
//! The rule: what is on the screen is what is in the text. The caret stands at the edge of what
//! looks like one character, one key is one step, and no text is changed but by the writer.
//!
//! It wraps the text area crate, which keeps the text and its history, and adds what that crate
//! lacks: rows and cells by cluster, the goal column, clean pastes, undo by what a person did.

mod buffer;
mod find;
mod keys;
mod layout;
mod motion;
mod mouse;
mod paste;

use std::cell::Cell;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer as Screen;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use self::buffer::{Buffer, Kind, Spot};
use self::find::Find;
use self::keys::{Action, Motion};
use self::layout::{Layout, Row};
use self::mouse::Clicks;
pub use self::paste::{MAX_BYTES, MAX_PARAGRAPHS, Paste};
use super::{prose, text};

/// The width that rows are counted for until the first drawing says the real one.
const UNSEEN: u16 = 80;

/// A text that is being written, with its caret, selection, history and scroll place.
pub struct Editor {
    buffer: Buffer,
    layout: Layout,
    caret: Spot,
    /// Between two rows the caret is shown at the end of the upper one.
    late: bool,
    /// Where the selection began; it reaches to the caret.
    anchor: Option<Spot>,
    /// The cell that moving up and down keeps to, through shorter rows.
    goal: Option<usize>,
    /// The first row on the screen.
    top: usize,
    /// The next drawing brings the caret into view, or the beginning where nobody writes.
    follow: bool,
    /// Whether it had the keys when it was drawn last.
    focused: bool,
    /// Where the text was drawn last.
    area: Rect,
    placeholder: String,
    find: Option<Find>,
    clicks: Clicks,
    revision: u64,
    /// The number of words, and the revision it belongs to.
    counted: Cell<Option<(u64, usize)>>,
}

/// A place in the text that can be kept while the editor is gone: over a lock, or an undo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// The character (Unicode scalar value) in the paragraph, from 0.
    pub char: usize,
}

/// The looks of the editor's parts. All but `text` are laid over `text`.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Everything that is nothing else, and the empty part of the area.
    pub text: Style,
    /// The selection; must be told apart without colour.
    pub selection: Style,
    /// What a search has found.
    pub hit: Style,
    /// What stands there while there is no text.
    pub placeholder: Style,
    /// The sign at the end of a text that goes on, where nobody writes in it, and its look.
    pub below: (&'static str, Style),
}

/// What became of a key or of a mouse event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It means nothing here; somebody else may use it.
    Ignored,
    /// It has been used, and the text is as it was.
    Moved,
    /// The text has changed.
    Changed,
    /// This text was selected and is to be copied.
    Copy(String),
    /// This text was selected and is to be copied; it is no longer in the text.
    Cut(String),
    /// What was copied last is to be given to [`Editor::paste`].
    ///
    /// The editor keeps no clipboard of its own, so that a text can be carried from one field to
    /// another and is gone when the journal is locked.
    Paste,
    /// The text would be longer than [`MAX_BYTES`] or [`MAX_PARAGRAPHS`]. Nothing has changed.
    TooLong,
}

impl Editor {
    /// Begins with `text`, cleaned as a paste is, and the caret at its start.
    ///
    /// A text that is already too long is kept whole; it can only be made shorter.
    pub fn new(text: &str) -> Self {
        let buffer = Buffer::new(&paste::clean(text));
        let layout = Layout::new(buffer.lines(), UNSEEN);
        Self {
            buffer,
            layout,
            caret: Spot::default(),
            late: false,
            anchor: None,
            goal: None,
            top: 0,
            follow: true,
            focused: false,
            area: Rect::default(),
            placeholder: String::new(),
            find: None,
            clicks: Clicks::default(),
            revision: 0,
            counted: Cell::new(None),
        }
    }

    /// Begins anew with `text`: no undo brings back what stood here before.
    pub fn begin(&mut self, text: &str) {
        let placeholder = std::mem::take(&mut self.placeholder);
        *self = Self { placeholder, ..Self::new(text) };
    }

    /// What is shown while there is no text.
    pub fn set_placeholder(&mut self, placeholder: &str) {
        placeholder.clone_into(&mut self.placeholder);
    }

    /// The whole text, its paragraphs parted by `\n`.
    pub fn text(&self) -> String {
        self.buffer.lines().join("\n")
    }

    /// Its paragraphs.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.buffer.lines().iter().map(AsRef::as_ref)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.buffer.bytes() == 0
    }

    /// How many words the text has: what stands between blanks.
    pub fn words(&self) -> usize {
        if let Some((revision, words)) = self.counted.get()
            && revision == self.revision
        {
            return words;
        }
        let words = self.buffer.lines().iter().map(|line| line.split_whitespace().count()).sum();
        self.counted.set(Some((self.revision, words)));
        words
    }

    /// Grows with each change of the text, so that a draft knows when it is out of date.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where the caret is.
    pub fn caret(&self) -> Caret {
        let line = self.buffer.line(self.caret.line);
        Caret { paragraph: self.caret.line, char: buffer::char_of(line, self.caret.byte) }
    }

    /// Puts the caret there, or as near as the text allows; nothing is selected any more.
    pub fn set_caret(&mut self, caret: Caret) {
        self.go(self.nearest(caret), false);
    }

    /// Replaces the whole text, cleaned, in one step of undo; the caret stays where it can.
    ///
    /// This is for a text that comes back from elsewhere, so that no length is refused.
    pub fn set_text(&mut self, text: &str) {
        let caret = self.caret();
        let text = paste::clean(text);
        if text != self.text() {
            self.replace(Spot::default(), self.buffer.end(), &text, Kind::Whole);
        }
        self.set_caret(caret);
    }

    /// Puts `text`, cleaned, in the place of the selection or at the caret, in one step of undo.
    pub fn paste(&mut self, text: &str) -> Paste {
        let text = paste::clean(text);
        let (from, to) = self.selected().unwrap_or((self.caret, self.caret));
        if !paste::fits(&self.buffer, &self.buffer.between(from, to), &text) {
            return Paste::TooLong;
        }
        if !text.is_empty() {
            self.replace(from, to, &text, Kind::Whole);
        }
        Paste::Inserted { chars: text.chars().count() }
    }

    /// The selected text, if any is selected.
    pub fn selection(&self) -> Option<String> {
        self.selected().map(|(from, to)| self.buffer.between(from, to))
    }

    /// The paragraph in which the caret stands.
    pub fn current_line(&self) -> &str {
        self.buffer.line(self.caret.line)
    }

    /// How many rows the text takes in an area of `width` cells; at least one.
    pub fn height(&self, width: u16) -> u16 {
        let rows = if width == self.layout.width() {
            self.layout.rows()
        } else {
            layout::measure(self.buffer.lines(), width)
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Acts on a key, if it is one that means something while writing.
    pub fn press(&mut self, key: KeyEvent) -> Pressed {
        let Some(action) = Action::of(key) else { return Pressed::Ignored };
        self.follow = true;
        match action {
            Action::Move { to, select } => self.travel(to, select),
            Action::Type(c) => self.type_char(c),
            Action::Erase(to) => self.erase(to),
            Action::SelectAll => {
                self.select(Spot::default(), self.buffer.end());
                Pressed::Moved
            }
            Action::Copy => self.selection().map_or(Pressed::Ignored, Pressed::Copy),
            Action::Cut => match (self.selected(), self.selection()) {
                (Some((from, to)), Some(text)) => {
                    self.replace(from, to, "", Kind::Whole);
                    Pressed::Cut(text)
                }
                _ => Pressed::Moved,
            },
            Action::Paste => Pressed::Paste,
            Action::Undo => {
                let back = self.buffer.undo();
                self.arrive(back)
            }
            Action::Redo => {
                let again = self.buffer.redo();
                self.arrive(again)
            }
        }
    }

    /// Draws the text into `area` and, if `focused`, puts the terminal's cursor at the caret. Without
    /// the focus it is shown from its beginning, until the wheel turns it.
    pub fn render(&mut self, frame: &mut Frame, area: Rect, look: &Look, focused: bool) {
        self.follow |= std::mem::replace(&mut self.focused, focused) != focused;
        self.settle(area.intersection(frame.area()));
        if self.area.is_empty() {
            return;
        }
        self.refresh_find();
        let screen = frame.buffer_mut();
        screen.set_style(self.area, look.text);
        if self.is_empty() {
            self.draw_placeholder(screen, look);
        } else {
            self.draw_text(screen, look);
        }
        if focused && let Some(cell) = self.caret_cell() {
            frame.set_cursor_position(cell);
        }
        // The last column is the caret's, and nobody writes.
        if !focused && self.top < self.last_top() {
            let (last, (sign, style)) = (self.area.right() - 1, look.below);
            text::put(frame.buffer_mut(), self.area, last, self.area.bottom() - 1, sign, style);
        }
    }

    /// Fits rows and scroll place to the area.
    fn settle(&mut self, area: Rect) {
        let lines = self.buffer.lines();
        // Who sees the caret now is to see it at the new size too.
        let in_sight = if self.focused { self.caret_cell().is_some() } else { self.top == 0 };
        self.follow |= in_sight && area != self.area;
        if area.width != self.layout.width() && area.width > 0 {
            let first = self.layout.row(lines, self.top);
            self.layout = Layout::new(lines, area.width);
            let first = first.map(|row| Spot { line: row.line, byte: row.start });
            self.top = self.layout.locate(lines, first.unwrap_or_default(), false).0;
        }
        self.area = area;
        if self.follow && !area.is_empty() {
            let caret = if self.focused { self.caret } else { Spot::default() };
            let (row, _) = self.layout.locate(lines, caret, self.focused && self.late);
            let height = usize::from(area.height);
            self.top = self.top.clamp((row + 1).saturating_sub(height), row);
            self.follow = false;
        }
        self.top = self.top.min(self.last_top());
    }

    /// The first row at which the last page is shown.
    fn last_top(&self) -> usize {
        self.layout.rows().saturating_sub(usize::from(self.area.height.max(1)))
    }

    /// The cell of the screen at which the caret stands, if it is in view.
    fn caret_cell(&self) -> Option<Position> {
        let (row, cell) = self.layout.locate(self.buffer.lines(), self.caret, self.late);
        let down = u16::try_from(row.checked_sub(self.top)?).ok()?;
        if self.area.is_empty() || down >= self.area.height {
            return None;
        }
        // Blanks that hang over the edge, and a cluster wider than the area, leave no cell behind
        // them: the caret then stands at the beginning of what is under the last cell.
        let edge = usize::from(self.area.width - 1);
        let cell = if cell > edge {
            let (under, late) = self.layout.at(self.buffer.lines(), row, edge);
            self.layout.locate(self.buffer.lines(), under, late).1.min(edge)
        } else {
            cell
        };
        let right = u16::try_from(cell).unwrap_or(u16::MAX);
        Some(Position::new(self.area.x + right, self.area.y + down))
    }

    fn draw_placeholder(&self, screen: &mut Screen, look: &Look) {
        let style = look.text.patch(look.placeholder);
        let rows = prose::rows(&self.placeholder, self.area.width);
        for (y, row) in (self.area.top()..self.area.bottom()).zip(rows) {
            screen.set_stringn(self.area.x, y, row, usize::from(self.area.width), style);
        }
    }

    fn draw_text(&self, screen: &mut Screen, look: &Look) {
        for (y, number) in (self.area.top()..self.area.bottom()).zip(self.top..) {
            let Some(row) = self.layout.row(self.buffer.lines(), number) else { break };
            self.draw_row(screen, look, y, row);
        }
    }

    fn draw_row(&self, screen: &mut Screen, look: &Look, y: u16, row: Row) {
        let from = Spot { line: row.line, byte: row.start };
        let to = Spot { line: row.line, byte: row.end };
        let hits = self.find.as_ref().map_or(&[][..], |find| find.within(from, to));
        let selected = self.selected();
        let style_of = |spot: Spot| {
            let mut style = look.text;
            if hits.iter().any(|&(from, to)| from <= spot && spot < to) {
                style = style.patch(look.hit);
            }
            if selected.is_some_and(|(from, to)| from <= spot && spot < to) {
                style = style.patch(look.selection);
            }
            style
        };
        let text = self.buffer.line(row.line).get(row.start..row.end).unwrap_or_default();
        let mut used = 0;
        for (at, cluster, cell) in self.layout.clusters(text) {
            let wide = self.layout.cells(cluster, cell);
            used = cell + wide;
            let style = style_of(Spot { byte: row.start + at, ..from });
            // A tab has no look of its own.
            let blanks = if cluster == "\t" { wide } else { 0 };
            let shown = if blanks > 0 { &" ".repeat(blanks) } else { cluster };
            self.draw_cluster(screen, shown, cell, y, style);
        }
        // A selected line end shows as one selected blank, so that an empty line can be seen.
        let line_end = row.last && row.line + 1 < self.buffer.lines().len();
        if line_end && selected.is_some_and(|(from, until)| from <= to && to < until) {
            self.draw_cluster(screen, " ", used, y, look.text.patch(look.selection));
        }
    }

    fn draw_cluster(&self, screen: &mut Screen, cluster: &str, cell: usize, y: u16, style: Style) {
        if let Ok(right) = u16::try_from(cell)
            && let Some(room) = self.area.width.checked_sub(right).filter(|room| *room > 0)
        {
            text::set(screen, self.area.x + right, y, cluster, room, style);
        }
    }

    /// The selection in the order of the text; never an empty one.
    fn selected(&self) -> Option<(Spot, Spot)> {
        let anchor = self.anchor.filter(|&anchor| anchor != self.caret)?;
        Some((anchor.min(self.caret), anchor.max(self.caret)))
    }

    fn select(&mut self, from: Spot, to: Spot) {
        self.go(from, false);
        self.go(to, true);
    }

    /// Moves the caret; with `select` the selection goes along, else there is none any more.
    fn go(&mut self, to: Spot, select: bool) {
        self.anchor = select.then_some(self.anchor.unwrap_or(self.caret));
        self.caret = to;
        self.late = false;
        self.goal = None;
        self.follow = true;
        self.buffer.end_step();
    }

    fn travel(&mut self, motion: Motion, select: bool) -> Pressed {
        let rows = isize::try_from(self.area.height).unwrap_or(1).max(2) - 1;
        match motion {
            Motion::Up => self.climb(-1, select),
            Motion::Down => self.climb(1, select),
            Motion::PageUp => self.climb(-rows, select),
            Motion::PageDown => self.climb(rows, select),
            Motion::Back | Motion::Forward => match self.selected().filter(|_| !select) {
                // Without Shift the caret leaves the selection on the side it is sent to.
                Some((from, to)) => self.go(if motion == Motion::Back { from } else { to }, false),
                None => self.go(self.target(motion), select),
            },
            Motion::RowEnd => {
                let row = self.layout.locate(self.buffer.lines(), self.caret, self.late).0;
                let (spot, late) = self.layout.at(self.buffer.lines(), row, usize::MAX);
                self.go(spot, select);
                self.late = late;
            }
            _ => self.go(self.target(motion), select),
        }
        Pressed::Moved
    }

    /// Where a motion that does not go by rows leads.
    fn target(&self, motion: Motion) -> Spot {
        let found = match motion {
            Motion::Back => motion::back(&self.buffer, self.caret),
            Motion::Forward => motion::forward(&self.buffer, self.caret),
            Motion::WordBack => motion::word_back(&self.buffer, self.caret),
            Motion::WordForward => motion::word_forward(&self.buffer, self.caret),
            Motion::WordEnd => motion::word_end(&self.buffer, self.caret),
            Motion::Top => Some(Spot::default()),
            Motion::Bottom => Some(self.buffer.end()),
            Motion::RowStart => {
                let row = self.layout.locate(self.buffer.lines(), self.caret, self.late).0;
                let row = self.layout.row(self.buffer.lines(), row);
                row.map(|row| Spot { line: row.line, byte: row.start })
            }
            Motion::RowEnd | Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown => None,
        };
        found.unwrap_or(self.caret)
    }

    /// Moves the caret by rows; it stays in its cell where the row is long enough.
    fn climb(&mut self, rows: isize, select: bool) {
        let lines = self.buffer.lines();
        let (row, cell) = self.layout.locate(lines, self.caret, self.late);
        let goal = self.goal.unwrap_or(cell);
        let target = row.saturating_add_signed(rows).min(self.layout.rows().saturating_sub(1));
        let (spot, late) = if target == row {
            (self.caret, self.late)
        } else {
            self.layout.at(lines, target, goal)
        };
        if rows.unsigned_abs() > 1 {
            self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        }
        self.go(spot, select);
        self.late = late;
        self.goal = Some(goal);
    }

    fn type_char(&mut self, c: char) -> Pressed {
        let (from, to) = self.selected().unwrap_or((self.caret, self.caret));
        let mut utf8 = [0; 4];
        let text = c.encode_utf8(&mut utf8);
        if !paste::fits(&self.buffer, &self.buffer.between(from, to), text) {
            return Pressed::TooLong;
        }
        let kind = if c == '\n' { Kind::Whole } else { Kind::Typed(c) };
        self.replace(from, to, text, kind);
        Pressed::Changed
    }

    fn erase(&mut self, motion: Motion) -> Pressed {
        let (from, to, kind) = if let Some((from, to)) = self.selected() {
            (from, to, Kind::Whole)
        } else {
            let target = self.target(motion);
            let (from, to) = (target.min(self.caret), target.max(self.caret));
            let single = from.line == to.line
                && matches!(motion, Motion::Back | Motion::Forward)
                && self.buffer.between(from, to).chars().nth(1).is_none();
            (from, to, if single { Kind::Erased } else { Kind::Whole })
        };
        if from == to {
            return Pressed::Moved;
        }
        self.replace(from, to, "", kind);
        Pressed::Changed
    }

    fn replace(&mut self, from: Spot, to: Spot, with: &str, kind: Kind) {
        let end = self.buffer.replace(from, to, with, kind);
        let (old, new) = (to.line - from.line + 1, end.line - from.line + 1);
        self.layout.change(self.buffer.lines(), from.line, old, new);
        self.changed(end);
    }

    /// After a step was taken back or done again.
    fn arrive(&mut self, caret: Option<Spot>) -> Pressed {
        let Some(caret) = caret else { return Pressed::Moved };
        self.layout = Layout::new(self.buffer.lines(), self.layout.width());
        self.changed(caret);
        Pressed::Changed
    }

    fn changed(&mut self, caret: Spot) {
        self.caret = caret;
        self.late = false;
        self.anchor = None;
        self.goal = None;
        self.follow = true;
        self.revision += 1;
    }

    fn nearest(&self, caret: Caret) -> Spot {
        let line = caret.paragraph.min(self.buffer.end().line);
        let byte = if line == caret.paragraph {
            buffer::byte_of(self.buffer.line(line), caret.char)
        } else {
            usize::MAX
        };
        motion::snap(&self.buffer, Spot { line, byte })
    }
}
