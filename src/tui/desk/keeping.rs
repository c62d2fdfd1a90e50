//! Keeping what is being written: on leaving a pane, at a lock, and at the end.

use super::Desk;
use crate::store::{Error, Result};
use crate::tui::outside::Outside;
use crate::tui::overlays::confirm::Ask;
use crate::tui::pane::{Cx, Outcome, Pane};

impl Desk {
    /// Saves what is being written, and leaves it.
    pub(super) fn keep(&mut self, outside: &dyn Outside) -> Result<()> {
        self.keep_with(outside, |pane, cx| pane.keep(cx))
    }

    pub(super) fn keep_with(
        &mut self,
        outside: &dyn Outside,
        keep: impl Fn(&mut dyn Pane, &mut Cx<'_>) -> Result<Outcome>,
    ) -> Result<()> {
        match self.keep_once(outside, &keep) {
            // There is room now, for this one time.
            Err(Error::AlmostFull) => self.keep_once(outside, &keep),
            done => done,
        }
    }

    fn keep_once(
        &mut self,
        outside: &dyn Outside,
        keep: impl Fn(&mut dyn Pane, &mut Cx<'_>) -> Result<Outcome>,
    ) -> Result<()> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        for overlay in &mut self.overlays {
            overlay.keep(&mut cx)?;
        }
        if let Outcome::Open(question) = keep(self.panes.shown(), &mut cx)? {
            self.overlays.push(question);
        }
        Ok(())
    }

    /// Saves and ends. Where something has to be decided first, the program stays; where saving
    /// fails, leaving all the same wants a word.
    pub(super) fn leave(&mut self, outside: &dyn Outside) {
        let before = self.overlays.len();
        match self.keep(outside) {
            Ok(()) => {
                self.overlays.extend(self.ask_to_break_off().map(|ask| Box::new(ask) as Box<_>));
                self.done = self.overlays.len() == before;
            }
            Err(Error::Moved) => self.failed(&Error::Moved),
            Err(error) => self.overlays.push(Box::new(Ask::leave(&error))),
        }
        if !self.done {
            self.say_hidden("Something has to be decided before you leave: Ctrl-G shows it.");
        }
    }

    /// The program has to end now, whatever is on the screen: keeps what can be kept.
    pub fn end(&mut self, outside: &dyn Outside) -> Result<()> {
        self.keep(outside)
    }
}
