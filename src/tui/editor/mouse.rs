//! The mouse in the text: click, drag, double and triple click, wheel.
//!
//! The rule: a click means the cluster that is seen under it, and the wheel turns the page without
//! moving the caret.

use std::time::Duration;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::buffer::Spot;
use super::{Editor, Pressed, motion};

/// Two clicks on one cell within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Rows that one notch of the wheel turns.
const NOTCH: usize = 3;

/// What is known of the clicks before.
#[derive(Default)]
pub(super) struct Clicks {
    last: Option<(Duration, Position)>,
    count: u8,
    dragging: bool,
}

impl Clicks {
    /// How many times this cell has been clicked in a row: 1, 2 or 3.
    fn count(&mut self, at: Duration, cell: Position) -> u8 {
        let again = self.last.is_some_and(|(last, there)| {
            there == cell && at.checked_sub(last).is_some_and(|pause| pause <= DOUBLE)
        });
        self.count = if again { self.count % 3 + 1 } else { 1 };
        self.last = Some((at, cell));
        self.count
    }
}

impl Editor {
    /// Acts on the mouse, in cells of the screen. `at` is the time since any fixed moment; it
    /// tells a double click from two clicks.
    ///
    /// An event outside the area of the last drawing is not for the editor, unless it goes on
    /// with a drag that began inside.
    pub fn mouse(&mut self, event: MouseEvent, at: Duration) -> Pressed {
        let cell = Position::new(event.column, event.row);
        let inside = self.area.contains(cell);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) if inside => {
                self.clicks.dragging = true;
                let count = self.clicks.count(at, cell);
                self.click(cell, count, event.modifiers.contains(KeyModifiers::SHIFT));
            }
            MouseEventKind::Drag(MouseButton::Left) if self.clicks.dragging => {
                let (spot, late) = self.under(cell);
                self.go(spot, true);
                self.late = late;
            }
            MouseEventKind::Up(MouseButton::Left) if self.clicks.dragging => {
                self.clicks.dragging = false;
            }
            MouseEventKind::ScrollUp if inside => self.turn(self.top.saturating_sub(NOTCH)),
            MouseEventKind::ScrollDown if inside => self.turn(self.top + NOTCH),
            _ => return Pressed::Ignored,
        }
        Pressed::Moved
    }

    fn click(&mut self, cell: Position, count: u8, select: bool) {
        let (spot, late) = self.under(cell);
        match count {
            1 => {
                self.go(spot, select);
                self.late = late;
            }
            2 => {
                let (from, to) = motion::word_at(&self.buffer, spot);
                self.select(from, to);
            }
            _ => {
                let from = Spot { line: spot.line, byte: 0 };
                let to = Spot { line: spot.line, byte: self.buffer.line(spot.line).len() };
                self.select(from, to);
            }
        }
    }

    /// The place in the text under a cell; above and below the area it is a row further.
    fn under(&self, cell: Position) -> (Spot, bool) {
        let row = if cell.y < self.area.y {
            self.top.saturating_sub(1)
        } else {
            let down = usize::from(cell.y - self.area.y);
            self.top + down.min(usize::from(self.area.height))
        };
        let x = usize::from(cell.x.saturating_sub(self.area.x));
        self.layout.at(self.buffer.lines(), row, x)
    }

    fn turn(&mut self, top: usize) {
        self.top = top.min(self.last_top());
        self.follow = false;
    }
}
