//! What opens a file, as it is typed: its passphrase, or its recovery words, which are long enough to
//! be looked at.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::field::Field;
use super::key::Key;
use super::keymap::Action;
use super::theme::Look;
use super::{prose, text};
use crate::store::{
    Passphrase, RECOVERY_WORDS, RecoveryWords, Result, Secret, recovery_words_typed,
};

/// A passphrase or the words in its place, being typed.
pub struct SecretField {
    passphrase: Field,
    words: Field,
    by_words: bool,
    /// What the words were shown for, and what the passphrase is called.
    about_words: &'static str,
    label: &'static str,
}

/// What was typed.
pub enum Given {
    /// A passphrase.
    Passphrase(Passphrase),
    /// The words.
    Words(RecoveryWords),
}

impl Given {
    /// As the store takes it.
    pub const fn secret(&self) -> Secret<'_> {
        match self {
            Self::Passphrase(passphrase) => Secret::Passphrase(passphrase),
            Self::Words(words) => Secret::Words(words),
        }
    }

    /// Whether it is the words: who has only those wants another passphrase next.
    pub const fn is_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }
}

impl SecretField {
    /// Asks for what opens the journal.
    pub fn of_journal() -> Self {
        Self::new(
            "Passphrase",
            "The 24 words you wrote down when the passphrase was set; four letters of each are enough.",
        )
    }

    /// Asks for what opens a backup.
    pub fn of_backup() -> Self {
        Self::new(
            "Its passphrase",
            "The 24 words of the passphrase it was made with; four letters of each are enough.",
        )
    }

    fn new(label: &'static str, about_words: &'static str) -> Self {
        Self {
            passphrase: Field::secret(),
            words: Field::default(),
            by_words: false,
            about_words,
            label,
        }
    }

    /// Takes a key, and what the table says it does here: shows or covers what is typed, goes over
    /// to the words, clears them; else it is typed.
    pub fn key(&mut self, key: Key, action: Option<Action>) {
        match action {
            Some(Action::Reveal) => {
                let covered = self.field().is_covered();
                self.field().cover(!covered);
            }
            Some(Action::NextPart) => self.by_words = !self.by_words,
            Some(Action::Back) => self.field().set(""),
            _ => {
                self.field().key(key);
            }
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str) {
        self.field().paste(pasted);
    }

    /// Takes a click.
    pub fn click(&mut self, at: Position) {
        self.field().click(at);
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        let field = if self.by_words { &self.words } else { &self.passphrase };
        field.text().is_empty()
    }

    /// What was typed. A passphrase is taken out of the field; words stay, because they are long.
    pub fn give(&mut self) -> Result<Given> {
        if self.by_words {
            return Ok(Given::Words(RecoveryWords::read(self.words.text())?));
        }
        let typed = std::mem::replace(&mut self.passphrase, Field::secret());
        Ok(Given::Passphrase(Passphrase::new(typed.text().to_owned())))
    }

    fn field(&mut self) -> &mut Field {
        if self.by_words { &mut self.words } else { &mut self.passphrase }
    }

    /// What is said of the words while they are typed.
    fn counts(&self) -> String {
        match recovery_words_typed(self.words.text()) {
            (0, _) => self.about_words.to_owned(),
            (_, Some(place)) => format!("Word {place} is not one of the words that are used."),
            (count, None) => format!("{count} of {RECOVERY_WORDS} words"),
        }
    }

    /// Draws it from this row on, and says which row comes after it.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, y: u16, look: &Look) -> u16 {
        let row = Rect { y, height: 1, ..area }.intersection(area);
        let buffer = frame.buffer_mut();
        let label = if self.by_words { "Recovery words" } else { self.label };
        let label = format!("{label}  [");
        let x = text::put(buffer, row, row.x, row.y, &label, look.theme.text);
        text::put_right(buffer, row, row.y, "]", look.theme.text);
        let room = row.right().saturating_sub(x + 1);
        self.field().render(frame, Rect { x, width: room, ..row }, look, true);
        if self.by_words {
            let says = self.counts();
            return text::put_rows(frame.buffer_mut(), area, y + 1, &says, look.theme.quiet);
        }
        y + 1
    }

    /// How many rows it takes at this width.
    pub fn height(&self, width: u16) -> u16 {
        let below = if self.by_words { prose::rows(&self.counts(), width).count() } else { 0 };
        1 + u16::try_from(below).unwrap_or(u16::MAX - 1)
    }
}
