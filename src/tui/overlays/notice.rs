//! Something its owner has to know before going on: read, and put away.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step, paragraph};
use crate::store::Result;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::prose;
use crate::tui::theme::Look;

/// A few sentences over the screen.
pub struct Notice {
    title: String,
    says: String,
}

impl Notice {
    /// Says this.
    pub fn new(title: &str, says: String) -> Self {
        Self { title: title.to_owned(), says }
    }
}

impl Overlay for Notice {
    fn place(&self) -> Place {
        Place::Notice
    }

    fn key(&mut self, _key: Key, action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Done),
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, _event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    fn is_question(&self) -> bool {
        true
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let width = within.width.saturating_sub(4).min(70);
        let rows = prose::rows(&self.says, width.saturating_sub(6).min(64)).count();
        let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(4);
        let inner = boxed(frame, within, (width, height), &self.title, look);
        paragraph(frame, inner, look, &self.says);
    }
}
