//! Setting, changing and removing the passphrase of the open journal.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::store::{Encrypted, OlderBackups, Passphrase as Words, Result};
use crate::tui::form::{self, Entry, Form};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::{Answer, Confirm, boxed};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::protecting::{self, Protecting};
use crate::tui::theme::Look;
use crate::wording;

/// What is asked, one thing after the other.
pub struct Passphrase {
    asks: Asks,
    /// Whether the journal had none before.
    first: bool,
}

enum Asks {
    /// The passphrase that is set now, before it is changed or removed.
    Current {
        form: Form,
        then: Then,
    },
    New(Protecting),
    Remove(Confirm),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Change,
    Remove,
}

impl Passphrase {
    /// Gives the journal a passphrase; where it has one, another.
    pub fn set(cx: &Cx<'_>) -> Self {
        let first = !cx.store.is_encrypted();
        let asks = if first {
            Asks::New(Protecting::new(cx.store.plain_backups()))
        } else {
            current(Then::Change)
        };
        Self { asks, first }
    }

    /// Takes the passphrase away.
    pub fn remove() -> Self {
        Self { asks: current(Then::Remove), first: false }
    }

    /// The journal was opened by its words: it gets another passphrase, whatever the old one is.
    pub fn recovered() -> Self {
        Self { asks: Asks::New(Protecting::new(0)), first: false }
    }

    fn current(&mut self, step: &form::Step, cx: &Cx<'_>) -> Result<Step> {
        let Asks::Current { form, then } = &mut self.asks else { return Ok(stay()) };
        match step {
            form::Step::Left { .. } => return Ok(left()),
            form::Step::Finished => {}
            _ => return Ok(stay()),
        }
        if !cx.store.is_passphrase(&Words::new(form.value("current")))? {
            form.refuse("current", "That is not the passphrase that is set now.");
            return Ok(stay());
        }
        self.asks = match then {
            Then::Change => Asks::New(Protecting::new(0)),
            Then::Remove => Asks::Remove(Confirm::word(
                "Remove the passphrase?",
                "Everybody who can read your files can read the journal then. Earlier backups still need the passphrase they were made with.",
                "remove",
                "remove it",
            )),
        };
        Ok(stay())
    }

    fn went(&mut self, step: protecting::Step, cx: &mut Cx<'_>) -> Result<Step> {
        let Asks::New(protecting) = &self.asks else { return Ok(stay()) };
        match step {
            protecting::Step::Stay => return Ok(stay()),
            protecting::Step::Left => return Ok(left()),
            protecting::Step::Given => {}
        }
        let Some(protection) = protecting.protection() else { return Ok(stay()) };
        let older =
            if protecting.backups_too() { OlderBackups::Encrypt } else { OlderBackups::Leave };
        cx.store.set_passphrase(cx.stamp, protection, older)?;
        let Encrypted { done, left } = cx.store.encrypt_backups(|_, _| {})?;
        let says = match (self.first, done, left.len()) {
            (true, 0, 0) => "The journal is encrypted from now on. L locks it.".to_owned(),
            (true, done, 0) => format!(
                "The journal and {} are encrypted from now on. L locks it.",
                wording::counted(done, "earlier backup")
            ),
            (true, _, left) => format!(
                "The journal is encrypted. {} could not be read and stayed as it was.",
                wording::counted(left, "backup")
            ),
            (false, ..) => {
                "The passphrase is changed. Earlier backups still open with the one before."
                    .to_owned()
            }
        };
        Ok(Step::Close(Outcome::Changed(says)))
    }
}

fn current(then: Then) -> Asks {
    let title = match then {
        Then::Change => "Change the passphrase",
        Then::Remove => "Remove the passphrase",
    };
    let entry = Entry::secret("current", "Passphrase now").needed().about(
        "The one that is set now. Forgotten? Lock with L: the recovery words open the journal there.",
    );
    Asks::Current { form: Form::new(title, vec![entry]), then }
}

const fn stay() -> Step {
    Step::Stay(Outcome::Done)
}

fn left() -> Step {
    Step::Close(Outcome::Say("The passphrase is as it was.".to_owned()))
}

impl Overlay for Passphrase {
    fn place(&self) -> Place {
        match &self.asks {
            Asks::Current { .. } => Place::Passphrase,
            Asks::New(protecting) => protecting.place(),
            Asks::Remove(_) => Place::Confirm,
        }
    }

    fn key(&mut self, key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        if action == Some(Action::Interrupt) {
            return Ok(Step::Stay(Outcome::Ignored));
        }
        match &mut self.asks {
            Asks::Current { form, .. } if action == Some(Action::Reveal) => {
                form.reveal(&["current"]);
                Ok(stay())
            }
            Asks::Current { form, .. } => {
                let step = form.key(key);
                self.current(&step, cx)
            }
            Asks::New(protecting) => {
                let step = protecting.key(key)?;
                self.went(step, cx)
            }
            Asks::Remove(confirm) => match confirm.key(key) {
                Answer::Open => Ok(stay()),
                Answer::No => Ok(left()),
                Answer::Yes => {
                    cx.store.remove_passphrase(cx.stamp)?;
                    let says = "The journal is not encrypted any more. Earlier backups still are.";
                    Ok(Step::Close(Outcome::Changed(says.to_owned())))
                }
            },
        }
    }

    fn paste(&mut self, pasted: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        match &mut self.asks {
            Asks::Current { form, .. } => {
                form.paste(pasted);
            }
            Asks::New(protecting) => protecting.paste(pasted),
            Asks::Remove(_) => {}
        }
        Ok(stay())
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Step> {
        match &mut self.asks {
            Asks::Current { form, .. } => {
                let step = form.mouse(event, cx.ticks);
                self.current(&step, cx)
            }
            Asks::New(protecting) => {
                let step = protecting.mouse(event, cx.ticks)?;
                self.went(step, cx)
            }
            Asks::Remove(_) => Ok(Step::Stay(Outcome::Ignored)),
        }
    }

    fn is_question(&self) -> bool {
        true
    }

    fn ends_when_locked(&self) -> bool {
        true
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let wide = within.width.min(76);
        let (title, rows) = match &self.asks {
            Asks::Current { form, .. } => (form.title().to_owned(), form.rows()),
            Asks::New(protecting) => {
                (protecting.title().to_owned(), protecting.height(wide.saturating_sub(4)))
            }
            Asks::Remove(_) => (String::new(), 0),
        };
        if let Asks::Remove(confirm) = &mut self.asks {
            confirm.render(frame, within, look);
            return;
        }
        let size = (wide, rows.saturating_add(2).min(within.height));
        let inner = boxed(frame, within, size, &title, look);
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        match &mut self.asks {
            Asks::Current { form, .. } => form.render(frame, body, look),
            Asks::New(protecting) => protecting.render(frame, body, look),
            Asks::Remove(_) => {}
        }
    }
}
