//! Going through the whole file, with how far it has come; a key is heard at any time.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step, paragraph};
use crate::store::{Error, Part, Result, Verifying};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::wording;

/// How many pieces are gone through before it is drawn.
const AT_ONCE: usize = 20;

/// The look through the file on the screen.
#[derive(Default)]
pub struct Verify {
    under_way: Option<Verifying>,
    says: String,
    is_damaged: bool,
}

impl Verify {
    /// Begins it.
    pub fn new() -> Self {
        Self { under_way: Some(Verifying::default()), ..Self::default() }
    }

    fn go_on(&mut self, cx: &Cx<'_>) -> Result<()> {
        let Some(verifying) = &mut self.under_way else { return Ok(()) };
        for _ in 0..AT_ONCE {
            if verifying.part().is_none() {
                break;
            }
            match cx.store.verify_on(verifying) {
                Ok(()) => {}
                // It goes on once the key has been handled.
                Err(Error::Stopped | Error::Busy) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        if verifying.part().is_none() {
            let verdict = self.under_way.take().map(Verifying::verdict).unwrap_or_default();
            self.is_damaged = !verdict.problems.is_empty();
            self.says = if self.is_damaged {
                format!(
                    "{} Nothing was changed. Enter shows the backups: the newest sound one can be put in its place, and this file is kept.",
                    verdict.problems.join(" ")
                )
            } else {
                let count = usize::try_from(verdict.records).unwrap_or(usize::MAX);
                format!(
                    "The journal is sound: every page, {}, and the search index are as they were written.",
                    wording::counted(count, "record")
                )
            };
        }
        Ok(())
    }
}

impl Overlay for Verify {
    fn place(&self) -> Place {
        Place::Verify
    }

    fn key(&mut self, _key: Key, action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Open) if self.is_damaged => Step::Close(Outcome::Act(Action::Backups)),
            Some(Action::Open) if self.under_way.is_some() => Step::Stay(Outcome::Done),
            Some(Action::Back | Action::Open) => Step::Close(Outcome::Done),
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, _event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        if self.under_way.is_none() {
            return Ok(false);
        }
        self.go_on(cx)?;
        Ok(true)
    }

    fn is_waiting(&mut self) -> bool {
        self.under_way.is_some()
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size = (within.width.saturating_sub(4).min(70), 10);
        let inner = boxed(frame, within, size, "Going through the whole file", look);
        let says = match self.under_way.as_ref().and_then(Verifying::part) {
            Some(Part::Pages) => "Reading every page.".to_owned(),
            Some(Part::Seals) => "Looking at the seal of every page.".to_owned(),
            Some(Part::References) => "Looking at what belongs to what.".to_owned(),
            Some(Part::Index) => "Looking through the search index.".to_owned(),
            Some(Part::Records(n)) => {
                let count = usize::try_from(n).unwrap_or(usize::MAX);
                format!("Looked at {} so far.", wording::counted(count, "record"))
            }
            None => self.says.clone(),
        };
        paragraph(frame, inner, look, &says);
    }
}
