//! A backup that is to take the place of the open journal.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::store::{BackupFile, Result};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::putting_back::{self, Here, Of, PuttingBack};
use crate::tui::theme::Look;

/// The question for what opens it, and whether it is to be done.
pub struct PutBack(PuttingBack);

impl PutBack {
    /// Begins with this backup.
    pub fn new(backup: &BackupFile, name: String, cx: &Cx<'_>) -> Result<Self> {
        let here = Here {
            written: Some(cx.store.reach()?.at),
            encrypted: cx.store.is_encrypted(),
            now: cx.now(),
        };
        Ok(Self(PuttingBack::new(backup, name, here, Of::Open(cx.store))?))
    }
}

impl Overlay for PutBack {
    fn place(&self) -> Place {
        self.0.place()
    }

    fn key(&mut self, key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        if action == Some(Action::Interrupt) {
            return Ok(Step::Stay(Outcome::Ignored));
        }
        Ok(match self.0.key(key, action, Of::Open(cx.store)) {
            putting_back::Step::Stay => Step::Stay(Outcome::Done),
            putting_back::Step::Left => Step::Close(Outcome::Say("Left as it is.".to_owned())),
            putting_back::Step::Agreed(agreed) => Step::Close(Outcome::Restore(agreed)),
        })
    }

    fn paste(&mut self, pasted: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        self.0.paste(pasted);
        Ok(Step::Stay(Outcome::Done))
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        self.0.mouse(event);
        Ok(Step::Stay(Outcome::Done))
    }

    fn is_question(&self) -> bool {
        true
    }

    fn ends_when_locked(&self) -> bool {
        true
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        self.0.render(frame, within, look);
    }
}
