//! Keys, pasted text and the mouse: to the box on top, else to the text that is being written, else
//! through the key table to the desk itself or to the pane.

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{Closing, Desk, Said};
use crate::store::Result;
use crate::tui::key::Key;
use crate::tui::keymap::{self, Action, Place};
use crate::tui::outside::Outside;
use crate::tui::overlays::choose::Choose;
use crate::tui::overlays::{Overlay, Step};
use crate::tui::pane::{Cx, Outcome};

/// Pressed twice within this time, Ctrl-C leaves.
const TWICE: Duration = Duration::from_secs(1);

impl Desk {
    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, outside: &mut dyn Outside) {
        let Some(key) = Key::from_event(event) else { return };
        self.beside.touch(outside.ticks());
        if self.hidden.is_some() {
            self.key_while_hidden(keymap::action(Place::Hidden, key), outside);
            return;
        }
        let action = keymap::action(self.place_of_keys(), key);
        if action != Some(Action::Undo) {
            self.to_undo = None;
        }
        self.said = Said::default();
        let outcome = match (action, self.overlays.pop()) {
            (Some(Action::Hide), overlay) => {
                self.overlays.extend(overlay);
                self.hide()
            }
            (Some(Action::Help), Some(overlay)) => {
                let help = Choose::help(overlay.place(), self.look().glyphs.ascii);
                self.overlays.push(overlay);
                Ok(Outcome::Open(Box::new(help)))
            }
            // A form may have something selected to copy; from any other box Ctrl-C is for leaving.
            (Some(Action::Interrupt), Some(overlay))
                if !matches!(
                    overlay.place(),
                    Place::Form | Place::FormText | Place::FormActing
                ) =>
            {
                self.overlays.push(overlay);
                Ok(Outcome::Ignored)
            }
            (action, Some(overlay)) => {
                self.over(overlay, outside, |box_, cx| box_.key(key, action, cx))
            }
            (None | Some(Action::Interrupt), None) => {
                self.pane(outside, |pane, cx| pane.type_key(event, cx))
            }
            (Some(action), None) => self.act(action, outside),
        };
        let outcome = match outcome {
            Ok(Outcome::Ignored) if action == Some(Action::Interrupt) => {
                Ok(self.interrupt(outside))
            }
            other => other,
        };
        self.follow(outcome, outside);
    }

    /// Lets a box that was taken off handle something, and puts it back where it stays.
    pub(super) fn over(
        &mut self,
        mut overlay: Box<dyn Overlay>,
        outside: &dyn Outside,
        work: impl FnOnce(&mut dyn Overlay, &mut Cx<'_>) -> Result<Step>,
    ) -> Result<Outcome> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        match work(overlay.as_mut(), &mut cx) {
            Ok(Step::Close(outcome)) => Ok(outcome),
            Ok(Step::Stay(outcome)) => {
                self.overlays.push(overlay);
                Ok(outcome)
            }
            Err(error) => {
                self.overlays.push(overlay);
                Err(error)
            }
        }
    }

    fn key_while_hidden(&mut self, action: Option<Action>, outside: &mut dyn Outside) {
        match action {
            Some(Action::Lock) if self.store.is_encrypted() => self.closing = Some(Closing::Asked),
            Some(Action::Hide | Action::Lock) => self.hidden = None,
            Some(Action::Quit) => self.leave(outside),
            Some(Action::Interrupt) => {
                if let Outcome::Say(words) = self.interrupt(outside) {
                    self.say_hidden(&words);
                }
            }
            _ => {}
        }
    }

    /// Ctrl-C with nothing selected says how to leave, and leaves at the second time.
    fn interrupt(&mut self, outside: &mut dyn Outside) -> Outcome {
        let now = outside.ticks();
        if self.interrupted.is_some_and(|before| now.saturating_sub(before) < TWICE) {
            self.leave(outside);
            return Outcome::Done;
        }
        self.interrupted = Some(now);
        Outcome::Say("Press q to quit, or Ctrl-C once more. Everything is kept.".to_owned())
    }

    /// Takes pasted text. Where nothing is being written it is not taken for commands.
    pub fn paste(&mut self, pasted: &str, outside: &mut dyn Outside) {
        if self.hidden.is_some() {
            return;
        }
        self.beside.touch(outside.ticks());
        self.said = Said::default();
        let outcome = self.put_in(pasted, outside);
        let outcome = match outcome {
            Ok(Outcome::Ignored) => Ok(Outcome::Say(
                "Nothing is being written here, so nothing was pasted. `e` writes notes."
                    .to_owned(),
            )),
            other => other,
        };
        self.follow(outcome, outside);
    }

    pub(super) fn put_in(&mut self, pasted: &str, outside: &dyn Outside) -> Result<Outcome> {
        match self.overlays.pop() {
            None => self.pane(outside, |pane, cx| pane.paste(pasted, cx)),
            Some(overlay) => self.over(overlay, outside, |box_, cx| box_.paste(pasted, cx)),
        }
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent, outside: &mut dyn Outside) {
        if self.hidden.is_some() {
            return;
        }
        self.beside.touch(outside.ticks());
        let at = Position { x: event.column, y: event.row };
        let mut hint = None;
        if event.kind == MouseEventKind::Down(MouseButton::Left) {
            self.said = Said::default();
            hint = self.drawn.at(at);
        }
        let outcome = match (hint, self.overlays.pop()) {
            (Some(action), None) => self.act(action, outside),
            (Some(action), Some(overlay)) => {
                let place = overlay.place();
                let row = keymap::rows(place).find(|row| row.action == action);
                // A click on a hint is its key.
                if let Some(key) = row.and_then(|row| row.keys.first()) {
                    self.over(overlay, outside, |box_, cx| box_.key(*key, Some(action), cx))
                } else {
                    self.overlays.push(overlay);
                    Ok(Outcome::Ignored)
                }
            }
            (None, None) => self.pane(outside, |pane, cx| pane.mouse(event, cx)),
            (None, Some(overlay)) => self.over(overlay, outside, |box_, cx| box_.mouse(event, cx)),
        };
        self.follow(outcome, outside);
    }
}
