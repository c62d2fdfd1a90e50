//! A list of which only a window is in memory, and a selection that follows the record.
//!
//! The selection is a key and never a row number: rows may come, go and change places beneath it.
//! Nothing here costs more in a long journal than in a short one.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::keymap::Action;
use super::text;
use super::theme::Look;
use crate::store::Page;

/// The rows that one step of the wheel goes over.
const WHEEL: usize = 3;

/// The rows that are fetched for a list of which nobody knows yet how much of it is shown.
const UNSHOWN: u16 = 64;
/// The least that is fetched beside the selected row: more than any step but a page goes over.
const LEAST: u16 = 8;

/// A record in a list.
pub trait Row {
    /// What tells it from every other record.
    type Key: Clone + PartialEq;

    /// Its key.
    fn key(&self) -> Self::Key;
}

/// Consecutive rows out of a list that may be far longer.
#[derive(Clone, Debug)]
pub struct Window<T> {
    /// The rows that were fetched.
    pub rows: Vec<T>,
    /// Whether the list goes on above them.
    pub more_above: bool,
    /// Whether the list goes on below them.
    pub more_below: bool,
}

impl<T> Default for Window<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more_above: false, more_below: false }
    }
}

impl<T> Window<T> {
    /// What was fetched.
    pub fn of(page: Page<T>) -> Self {
        Self { rows: page.rows, more_above: page.more_before, more_below: page.more_after }
    }
}

/// What came of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The selection moved.
    Moved,
    /// The rows above are not here: fetch them and move again. To go to the first row, fetch the
    /// list's first window.
    NeedAbove,
    /// The rows below are not here: fetch them and move again. To go to the last row, fetch the
    /// list's last window.
    NeedBelow,
    /// It is the first row already, or there is none.
    First,
    /// It is the last row already, or there is none.
    Last,
}

/// What a click on the list did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// It was beside the rows.
    Beside,
    /// It selected a row.
    Selected,
    /// It was on the selected row, as Enter would be.
    Again,
}

/// The selected record of a list and the part of the list that is shown.
#[derive(Clone, Debug)]
pub struct Cursor<K> {
    key: Option<K>,
    /// Where the record was last, for when it is gone.
    at: usize,
    top: usize,
    shown: Rect,
}

impl<K> Default for Cursor<K> {
    fn default() -> Self {
        Self { key: None, at: 0, top: 0, shown: Rect::default() }
    }
}

impl<K: Clone + PartialEq> Cursor<K> {
    /// The key of the selected record.
    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }

    /// Selects this record. The rows given to [`Cursor::settle`] next must hold it, or their
    /// nearest row is selected in its place.
    pub fn select(&mut self, key: K) {
        self.key = Some(key);
    }

    /// How many rows are to be fetched on either side of the selected one: as many as are shown.
    pub fn room(&self) -> u16 {
        if self.shown.is_empty() { UNSHOWN } else { self.shown.height.max(LEAST) }
    }

    /// Whether more could be shown than was fetched: the list grew on the screen.
    pub fn is_short<T>(&self, window: &Window<T>) -> bool {
        let goes_on = window.more_above || window.more_below;
        goes_on && window.rows.len() < self.shown.height.into()
    }

    /// Begins what is shown no later than with this row of the window, as far as the selected one
    /// stays in sight: a row below a heading is shown with it.
    fn reveal(&mut self, row: usize) {
        self.top = self.top.min(row);
    }

    /// The selected record.
    pub fn row<'a, T: Row<Key = K>>(&self, window: &'a Window<T>) -> Option<&'a T> {
        let key = self.key.as_ref()?;
        window.rows.iter().find(|row| row.key() == *key)
    }

    /// Lets the selected row go: what takes its place in the rows fetched next is selected.
    pub fn stay(&mut self) {
        self.key = None;
    }

    /// Finds the selection in rows that were fetched anew. Where the record is gone, its neighbour
    /// is selected, so that one can delete several rows one after the other.
    pub fn settle<T: Row<Key = K>>(&mut self, window: &Window<T>) {
        let found = window.rows.iter().position(|row| Some(row.key()) == self.key);
        let at = found.unwrap_or(self.at).min(window.rows.len().saturating_sub(1));
        // The row keeps its line on the screen when rows were added above it.
        self.top = (self.top + at).saturating_sub(self.at);
        self.choose(window, at);
    }

    /// Finds the selection in rows that were fetched around its place, `before` of them ahead of it.
    /// Where the record is gone, what has its place now is selected.
    pub fn settle_around<T: Row<Key = K>>(&mut self, window: &Window<T>, before: usize) {
        if self.row(window).is_none() {
            self.top = (self.top + before).saturating_sub(self.at);
            self.at = before;
        }
        self.settle(window);
    }

    /// Moves as the action says; other actions move nothing and say `Moved`.
    pub fn go<T: Row<Key = K>>(&mut self, window: &Window<T>, action: Action) -> Moved {
        let page = usize::from(self.shown.height.max(2)) - 1;
        match action {
            Action::Up => self.by(window, 1, false),
            Action::Down => self.by(window, 1, true),
            Action::PageUp => self.by(window, page, false),
            Action::PageDown => self.by(window, page, true),
            Action::First => self.by(window, usize::MAX, false),
            Action::Last => self.by(window, usize::MAX, true),
            _ => Moved::Moved,
        }
    }

    /// Goes on from a row that is only read, as a heading is: first this way, then the other.
    pub fn pass_over<T: Row<Key = K>>(
        &mut self,
        window: &Window<T>,
        back: bool,
        is_read: impl Fn(&T) -> bool,
    ) {
        let ways = if back { [Action::Up, Action::Down] } else { [Action::Down, Action::Up] };
        for way in ways {
            let mut steps = window.rows.len();
            while steps > 0 && self.row(window).is_some_and(&is_read) {
                self.go(window, way);
                steps -= 1;
            }
        }
    }

    /// Shows the heading right above the selected row with it.
    pub fn reveal_above<T: Row<Key = K>>(
        &mut self,
        window: &Window<T>,
        is_heading: impl Fn(&T) -> bool,
    ) {
        let at = window.rows.iter().position(|row| Some(row.key()) == self.key);
        let above = at.and_then(|at| at.checked_sub(1));
        let heading = above.filter(|at| window.rows.get(*at).is_some_and(&is_heading));
        if let Some(heading) = heading {
            self.reveal(heading);
        }
    }

    /// Moves with the wheel, or selects the row that is clicked; says what a click did.
    pub fn mouse<T: Row<Key = K>>(&mut self, window: &Window<T>, event: MouseEvent) -> Click {
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.click(window, Position { x: event.column, y: event.row })
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                self.wheel(window, event.kind == MouseEventKind::ScrollDown);
                Click::Selected
            }
            _ => Click::Beside,
        }
    }

    /// Moves with the wheel.
    pub fn wheel<T: Row<Key = K>>(&mut self, window: &Window<T>, down: bool) -> Moved {
        self.by(window, WHEEL, down)
    }

    /// Selects the row under the mouse.
    pub fn click<T: Row<Key = K>>(&mut self, window: &Window<T>, at: Position) -> Click {
        if !self.shown.contains(at) {
            return Click::Beside;
        }
        let row = self.top + usize::from(at.y - self.shown.y);
        if row >= window.rows.len() {
            return Click::Beside;
        }
        let before = self.key.clone();
        self.choose(window, row);
        if self.key == before { Click::Again } else { Click::Selected }
    }

    /// Draws the visible rows, each one line, and puts the terminal's cursor on the selected one.
    /// `draw` is given the place behind the marker.
    pub fn render<T: Row<Key = K>>(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        look: &Look,
        window: &Window<T>,
        focused: bool,
        mut draw: impl FnMut(&mut Buffer, Rect, &T, bool),
    ) {
        let area = area.intersection(frame.area());
        self.shown = area;
        if area.is_empty() {
            return;
        }
        let height = usize::from(area.height);
        let selected = window.rows.iter().position(|row| Some(row.key()) == self.key);
        if let Some(at) = selected {
            self.top = self.top.min(at).max((at + 1).saturating_sub(height));
        }
        self.top = self.top.min(window.rows.len().saturating_sub(height));
        let rows = window.rows.iter().enumerate().skip(self.top).take(height);
        for (y, (at, row)) in (area.y..area.bottom()).zip(rows) {
            let chosen = selected == Some(at);
            // Two columns for the marker, two at the end for the marks of what is not shown.
            let line = Rect { x: area.x, y, width: area.width, height: 1 };
            let inner = Rect { x: line.x + 2, width: line.width.saturating_sub(4), ..line };
            if chosen {
                let style = if focused { look.theme.marker } else { look.theme.quiet };
                text::put(frame.buffer_mut(), line, line.x, y, look.glyphs.marker, style);
            }
            if area.width > 4 {
                draw(frame.buffer_mut(), inner, row, chosen);
            }
            if chosen && focused {
                frame.set_cursor_position((line.x, y));
            }
        }
        let buffer = frame.buffer_mut();
        let last = area.right() - 1;
        if window.more_above || self.top > 0 {
            text::put(buffer, area, last, area.y, look.glyphs.above, look.theme.marker);
        }
        if window.more_below || self.top + height < window.rows.len() {
            text::put(buffer, area, last, area.bottom() - 1, look.glyphs.below, look.theme.marker);
        }
    }

    fn by<T: Row<Key = K>>(&mut self, window: &Window<T>, rows: usize, down: bool) -> Moved {
        let last = window.rows.len().saturating_sub(1);
        let found = window.rows.iter().position(|row| Some(row.key()) == self.key);
        let at = found.unwrap_or(self.at).min(last);
        let wanted = if down { at.checked_add(rows) } else { at.checked_sub(rows) };
        match wanted.filter(|wanted| *wanted <= last) {
            Some(wanted) => {
                self.choose(window, wanted);
                Moved::Moved
            }
            None if down && window.more_below => Moved::NeedBelow,
            None if !down && window.more_above => Moved::NeedAbove,
            // Where nothing was selected yet, the row at the end is now.
            None if down && (at == last || window.rows.is_empty()) => {
                self.choose(window, at);
                Moved::Last
            }
            None if !down && at == 0 => {
                self.choose(window, at);
                Moved::First
            }
            None => {
                self.choose(window, if down { last } else { 0 });
                Moved::Moved
            }
        }
    }

    fn choose<T: Row<Key = K>>(&mut self, window: &Window<T>, at: usize) {
        self.at = at;
        self.key = window.rows.get(at).map(Row::key);
    }
}
