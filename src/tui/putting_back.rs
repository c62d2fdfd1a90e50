//! A backup on its way into the journal's place: opened by what it was made with, read through, and
//! agreed to. The same over the open journal and before a locked or damaged one.

use std::path::{Path, PathBuf};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::key::Key;
use super::keymap::{Action, Place};
use super::overlay::{Answer, Confirm, boxed};
use super::secret::{Given, SecretField};
use super::theme::Look;
use super::{text, wording};
use crate::domain::Moment;
use crate::store::{BackupFile, Error, Opens, Readied, Result, Secret, Store};

/// What the journal is whose place the backup is to take.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// When it was last written to, in milliseconds since 1970, where that can be told.
    pub written: Option<i64>,
    /// Whether it needs a passphrase.
    pub encrypted: bool,
    /// The moment it is.
    pub now: Moment,
}

/// The journal whose place a backup is to take.
#[derive(Clone, Copy)]
pub enum Of<'a> {
    /// It is open.
    Open(&'a Store),
    /// It is not: this is where it lies.
    Closed(&'a Path),
}

impl Of<'_> {
    /// Opens the backup at a path, if this opens it, and makes it ready.
    fn ready(self, backup: &Path, secret: Option<Secret<'_>>) -> Result<Readied> {
        match self {
            Self::Open(store) => store.ready_to_restore(backup, secret),
            Self::Closed(path) => Store::ready_backup(path, backup, secret),
        }
    }
}

/// A backup that was chosen.
pub struct PuttingBack {
    path: PathBuf,
    name: String,
    opens: Opens,
    here: Here,
    field: SecretField,
    said: String,
    /// What opened it, if anything had to.
    given: Option<Given>,
    /// The question, once it is open and sound.
    sure: Option<(Confirm, Readied)>,
}

/// A backup that is to take the journal's place.
pub struct Agreed {
    /// The backup.
    pub backup: Readied,
    /// What opened it, if anything had to.
    pub given: Option<Given>,
}

/// What a key made of it.
pub enum Step {
    /// It goes on.
    Stay,
    /// It was given up; nothing has changed.
    Left,
    /// It is to be done.
    Agreed(Box<Agreed>),
}

impl PuttingBack {
    /// Begins with a backup, called by this name: where nothing has to be given, with the question.
    pub fn new(backup: &BackupFile, name: String, here: Here, of: Of<'_>) -> Result<Self> {
        let mut putting = Self {
            path: backup.path.clone(),
            name,
            opens: backup.opens,
            here,
            field: SecretField::of_backup(),
            said: String::new(),
            given: None,
            sure: None,
        };
        match of.ready(&putting.path, None) {
            Ok(backup) => putting.ask(backup),
            Err(Error::PassphraseNeeded) => {}
            Err(error) => return Err(error),
        }
        Ok(putting)
    }

    /// Whose keys hold now.
    pub const fn place(&self) -> Place {
        if self.sure.is_some() { Place::Confirm } else { Place::BackupKey }
    }

    /// Takes a key, and what the table says it does here.
    pub fn key(&mut self, key: Key, action: Option<Action>, of: Of<'_>) -> Step {
        if let Some((confirm, _)) = &mut self.sure {
            return match confirm.key(key) {
                Answer::Open => Step::Stay,
                Answer::No => Step::Left,
                Answer::Yes => self.agreed(),
            };
        }
        match action {
            Some(Action::Back) => return Step::Left,
            Some(Action::Open) => self.open(of),
            _ => {
                self.said.clear();
                self.field.key(key, action);
            }
        }
        Step::Stay
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str) {
        if self.sure.is_none() {
            self.field.paste(pasted);
        }
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent) {
        if self.sure.is_none() && event.kind == MouseEventKind::Down(MouseButton::Left) {
            self.field.click(Position { x: event.column, y: event.row });
        }
    }

    fn open(&mut self, of: Of<'_>) {
        if self.field.is_empty() {
            "Type what it was made with, then Enter.".clone_into(&mut self.said);
            return;
        }
        let opened = self.field.give().and_then(|given| {
            let backup = of.ready(&self.path, Some(given.secret()))?;
            Ok((given, backup))
        });
        match opened {
            Ok((given, backup)) => {
                self.given = Some(given);
                self.ask(backup);
            }
            Err(Error::NotOfBackup(_)) => {
                "That does not open this backup. Try again; there is no limit, and nothing was changed."
                    .clone_into(&mut self.said);
            }
            Err(error) => self.said = error.to_string(),
        }
    }

    fn ask(&mut self, backup: Readied) {
        let at = |millis| wording::at(millis, self.here.now);
        let dates = match self.here.written {
            Some(here) => format!(
                "This backup was last written to on {}, the journal that is here on {}.",
                at(backup.reach().at),
                at(here)
            ),
            None => format!("This backup was last written to on {}.", at(backup.reach().at)),
        };
        let opens = match (self.opens, self.here.encrypted) {
            (Opens::Plainly, true) => {
                " It is not encrypted: the journal will not be either, until you set a passphrase."
            }
            (Opens::ByAnother, true) => {
                " From then on the journal opens with what this backup was made with, and no longer with the passphrase that is set now."
            }
            (Opens::ByAnother, false) => {
                " From then on the journal opens with what this backup was made with."
            }
            _ => "",
        };
        let says = format!(
            "{dates} What is here stays whole: it becomes a backup itself, so that it can be put back the same way.{opens} Whoever has the journal open elsewhere is told."
        );
        let title = format!("Put back {}?", self.name);
        self.sure = Some((Confirm::letter(&title, &says, 'r', "put it back"), backup));
    }

    fn agreed(&mut self) -> Step {
        let given = self.given.take();
        self.sure
            .take()
            .map_or(Step::Left, |(_, backup)| Step::Agreed(Box::new(Agreed { backup, given })))
    }

    /// Draws it over `within`.
    pub fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        if let Some((confirm, _)) = &mut self.sure {
            confirm.render(frame, within, look);
            return;
        }
        let says = match (self.opens, self.here.encrypted) {
            (Opens::AsNow, _) => "This backup opens with the passphrase that is set now.",
            (_, true) => {
                "This backup was made under another passphrase than the one that is set now. Give that one, or by Tab its recovery words."
            }
            (_, false) => {
                "This backup was made under a passphrase. Give it, or by Tab its recovery words."
            }
        };
        let wide = within.width.saturating_sub(4).min(64);
        let inside = wide.saturating_sub(4);
        let lines = |words: &str| {
            u16::try_from(super::prose::rows(words, inside).count()).unwrap_or(u16::MAX)
        };
        let said = if self.said.is_empty() { 0 } else { 1 + lines(&self.said) };
        let rows = lines(says)
            .saturating_add(1 + self.field.height(inside))
            .saturating_add(said)
            .saturating_add(2);
        let title = format!("Put back {}", self.name);
        let inner = boxed(frame, within, (wide, rows), &title, look);
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        // What is typed stays in sight where there is little room.
        let room = body.height.saturating_sub(self.field.height(inside).saturating_add(said));
        let above = Rect { height: room, ..body };
        let y = text::put_rows(frame.buffer_mut(), above, body.y, says, look.theme.text) + 1;
        let y = self.field.render(frame, body, y.min(above.bottom()), look);
        if !self.said.is_empty() {
            text::put_rows(frame.buffer_mut(), body, y + 1, &self.said, look.theme.error);
        }
    }
}
