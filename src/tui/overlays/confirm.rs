//! The question before what cannot be undone. Enter is never yes.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::store::{Error, Result};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::{Answer, Confirm};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;

/// A question, and what a yes does.
pub struct Ask {
    confirm: Confirm,
    yes: Action,
}

impl Ask {
    /// Before everything in the bin goes for good.
    pub fn empty_bin() -> Self {
        let confirm = Confirm::word(
            "Empty the bin?",
            "What is in it, and every version of it, goes for good. Nothing brings it back.",
            "empty",
            "empty it",
        );
        Self { confirm, yes: Action::EmptyBin }
    }
}

impl Ask {
    /// Before a text of an encrypted journal is given to the writer's own editor for the first time.
    pub fn own_editor() -> Self {
        let confirm = Confirm::letter(
            "Use your own editor?",
            "This journal is encrypted; what your editor gets is not. It is given a file that only \
             you can read, in memory where this system allows, and gone when you come back. But \
             editors keep swap, undo and history files of their own, which Confidant cannot clear.",
            'E',
            "yes, from now on (the settings take it back)",
        );
        Self { confirm, yes: Action::OwnEditor }
    }

    /// Before leaving breaks off what is being brought in.
    pub fn break_off(name: &str, so_far: &str) -> Self {
        let confirm = Confirm::letter(
            "Leave, and break it off?",
            &format!(
                "{name} is being brought in: {so_far} so far. If you leave now, nothing of it comes in. It can be brought in again."
            ),
            'B',
            "break it off and leave",
        );
        Self { confirm, yes: Action::BreakOff }
    }

    /// Before the program ends although what is on the screen cannot be saved.
    pub fn leave(error: &Error) -> Self {
        let confirm = Confirm::word(
            "Leave without saving?",
            &format!("{error} What stands on the screen and is not saved would be lost."),
            "leave",
            "leave all the same",
        );
        Self { confirm, yes: Action::Quit }
    }
}

impl Overlay for Ask {
    fn place(&self) -> Place {
        Place::Confirm
    }

    fn key(&mut self, key: Key, _action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match self.confirm.key(key) {
            Answer::Open => Step::Stay(Outcome::Done),
            Answer::No => Step::Close(Outcome::Say("Left as it is.".to_owned())),
            Answer::Yes => Step::Close(Outcome::Confirmed(self.yes)),
        })
    }

    fn mouse(&mut self, _event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        self.confirm.render(frame, within, look);
    }
}
