//! Setting, changing and removing the passphrase of the open journal.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step, paragraph};
use crate::store::{
    Encrypted, Encrypting, Error, OlderBackups, Passphrase as Words, Replacing, Result,
};
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
    /// Nothing more is asked: it is done.
    Doing(Doing),
}

/// How far it has come with the journal, and then with the backups beside it.
enum Doing {
    Journal { replacing: Replacing, removes: bool },
    Backups(Encrypting),
    Done(Option<Result<Outcome>>),
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
        let replacing = cx.store.begin_to_protect(cx.stamp, protection, older)?;
        self.asks = Asks::Doing(Doing::Journal { replacing, removes: false });
        Ok(stay())
    }

    /// Goes on with what is done, as far as it is ready.
    fn go_on(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let Asks::Doing(doing) = &mut self.asks else { return Ok(()) };
        match doing {
            Doing::Journal { replacing, .. } if !replacing.is_done() => {}
            Doing::Journal { .. } => {
                let was = std::mem::replace(doing, Doing::Done(None));
                let Doing::Journal { replacing, removes } = was else { return Ok(()) };
                cx.store.take_over(replacing)?;
                *doing = if removes {
                    let says = "The journal is not encrypted any more. Earlier backups still are.";
                    Doing::Done(Some(Ok(Outcome::Changed(says.to_owned()))))
                } else {
                    Doing::Backups(cx.store.begin_to_encrypt_backups()?)
                };
            }
            Doing::Backups(encrypting) => {
                if !cx.store.encrypt_next_backup(encrypting)? {
                    let says = told(self.first, &std::mem::take(encrypting).found());
                    *doing = Doing::Done(Some(Ok(Outcome::Changed(says))));
                }
            }
            Doing::Done(_) => {}
        }
        Ok(())
    }

    /// Breaks off what is done.
    fn stop(&mut self) -> Step {
        let says = match &self.asks {
            Asks::Doing(Doing::Backups(_)) => {
                "The journal is encrypted. What is left of the earlier backups is encrypted at the next start."
            }
            _ => return left(),
        };
        Step::Close(Outcome::Changed(says.to_owned()))
    }
}

/// What is said when it is done.
fn told(first: bool, found: &Encrypted) -> String {
    match (first, found.done, found.left.len()) {
        (true, 0, 0) => "The journal is encrypted from now on. L locks it.".to_owned(),
        (true, done, 0) => format!(
            "The journal and {} are encrypted from now on. L locks it.",
            wording::counted(done, "earlier backup")
        ),
        (true, _, left) => format!(
            "The journal is encrypted. {} could not be read and stayed as it was.",
            wording::counted(left, "backup")
        ),
        (false, ..) => "The passphrase is changed. Earlier backups keep the one before.".to_owned(),
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
            Asks::Doing(_) => Place::Verify,
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
                    let replacing = cx.store.begin_to_open_up(cx.stamp)?;
                    self.asks = Asks::Doing(Doing::Journal { replacing, removes: true });
                    Ok(stay())
                }
            },
            Asks::Doing(_) if action == Some(Action::Back) => Ok(self.stop()),
            Asks::Doing(_) => Ok(Step::Stay(Outcome::Ignored)),
        }
    }

    fn paste(&mut self, pasted: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        match &mut self.asks {
            Asks::Current { form, .. } => {
                form.paste(pasted);
            }
            Asks::New(protecting) => protecting.paste(pasted),
            Asks::Remove(_) | Asks::Doing(_) => {}
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
            Asks::Remove(_) | Asks::Doing(_) => Ok(Step::Stay(Outcome::Ignored)),
        }
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        if let Err(error) = self.go_on(cx) {
            let goes_on = matches!(self.asks, Asks::Doing(Doing::Backups(_)))
                && matches!(error, Error::Busy | Error::Stopped);
            // Another process may be at it for a moment; then it goes on at the next tick.
            if !goes_on {
                self.asks = Asks::Doing(Doing::Done(Some(Err(error))));
            }
        }
        Ok(self.is_waiting())
    }

    fn ended(&mut self) -> Option<Result<Outcome>> {
        match &mut self.asks {
            Asks::Doing(Doing::Done(outcome)) => outcome.take(),
            _ => None,
        }
    }

    fn is_waiting(&mut self) -> bool {
        matches!(self.asks, Asks::Doing(_))
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
            Asks::Remove(_) | Asks::Doing(_) => (String::new(), 0),
        };
        if let Asks::Doing(doing) = &self.asks {
            let size = (within.width.saturating_sub(4).min(70), 10);
            let inner = boxed(frame, within, size, "The journal is written anew", look);
            paragraph(frame, inner, look, &doing.says());
            return;
        }
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
            Asks::Remove(_) | Asks::Doing(_) => {}
        }
    }
}

impl Doing {
    fn says(&self) -> String {
        match self {
            Self::Journal { replacing, .. } => {
                let at = wording::rewrite(replacing.at());
                format!("{at} Until it is done, everything is as it was, and Esc leaves it so.")
            }
            Self::Backups(encrypting) => {
                let (done, of) = encrypting.done();
                format!("The journal is encrypted. {done} of {of} earlier backups are so far.")
            }
            Self::Done(_) => String::new(),
        }
    }
}
