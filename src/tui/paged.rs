//! Steps through a list of which only a window is in memory: where one leads beyond it, the rows
//! there are fetched, and the step is taken again.

use crossterm::event::{MouseEvent, MouseEventKind};

use super::keymap::Action;
use super::list::{Cursor, Moved, Row, Window};
use super::pane::Cx;
use crate::store::Result;

/// Which rows are to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// From the first on.
    First,
    /// Those around the selected one; where it is gone, around its place.
    Around,
    /// Up to the last.
    Last,
}

/// A step through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By a key that moves.
    Key(Action),
    /// By the wheel.
    Wheel {
        /// Whether it goes down.
        down: bool,
    },
}

impl Step {
    /// The step that a turn of the wheel takes.
    pub const fn of_wheel(event: MouseEvent) -> Option<Self> {
        match event.kind {
            MouseEventKind::ScrollDown => Some(Self::Wheel { down: true }),
            MouseEventKind::ScrollUp => Some(Self::Wheel { down: false }),
            _ => None,
        }
    }

    /// The way it leads.
    pub const fn leads_up(self) -> bool {
        match self {
            Self::Key(action) => action.leads_up(),
            Self::Wheel { down } => !down,
        }
    }
}

/// What has such a list.
pub trait Paged {
    /// A row of it.
    type Line: Row;

    /// The selection, and the rows that are in memory.
    fn list(&mut self) -> (&mut Cursor<<Self::Line as Row>::Key>, &Window<Self::Line>);

    /// Reads other rows into memory, and finds the selection in them.
    fn fetch(&mut self, stretch: Stretch, cx: &Cx<'_>) -> Result<()>;

    /// Takes a step, however far it leads.
    fn step(&mut self, step: Step, cx: &Cx<'_>) -> Result<()> {
        let take = |(cursor, window): (&mut Cursor<_>, &Window<Self::Line>)| match step {
            Step::Key(action) => cursor.go(window, action),
            Step::Wheel { down } => cursor.wheel(window, down),
        };
        let stretch = match (take(self.list()), step) {
            (Moved::NeedAbove, Step::Key(Action::First)) => Stretch::First,
            (Moved::NeedBelow, Step::Key(Action::Last)) => Stretch::Last,
            (Moved::NeedAbove | Moved::NeedBelow, _) => Stretch::Around,
            _ => return Ok(()),
        };
        self.fetch(stretch, cx)?;
        take(self.list());
        Ok(())
    }
}
