//! A new passphrase on the screen: typed twice, its recovery words shown, two of them asked back.
//!
//! Nothing is written before all of it is done, so Esc leaves everything as it was.

use crossterm::event::{MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::form::{self, Entry, Form};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::theme::Look;
use super::{prose, text};
use crate::store::{Passphrase, Protection, RECOVERY_WORDS, RecoveryWords, Result};

/// What is said above the words.
const ABOUT_WORDS: &str = "Write these 24 words down, on paper, and keep them apart from this machine. They are shown only now. Without the passphrase and without these words nothing opens the journal, and nobody can help. A new passphrase makes new words; backups made until then still need these.";
/// The columns a word takes with its number and the gap behind it.
const WORD_COLUMNS: u16 = 14;

/// A new passphrase that is being given.
pub struct Protecting {
    typed: Form,
    protection: Option<Protection>,
    at: At,
    /// The row of the words that is the first shown, and how many there are and fit.
    scroll: u16,
    rows: u16,
    fit: u16,
}

/// How far it has come.
enum At {
    Typing,
    Words,
    AskedBack { places: [usize; 2], form: Form },
}

/// What a key made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes on.
    Stay,
    /// It was given up; nothing has changed.
    Left,
    /// It is given: [`Protecting::protection`] is to be used now.
    Given,
}

impl Protecting {
    /// Begins to ask. So many backups could be encrypted too.
    pub fn new(plain_backups: usize) -> Self {
        let mut entries = vec![
            Entry::secret("passphrase", "New passphrase").needed().about(
                "A few words that only you would put together are best. Ctrl-R shows what you type.",
            ),
            Entry::secret("again", "Once more").needed(),
        ];
        if plain_backups > 0 {
            let about = format!(
                "{} beside the journal can be read by everybody who can read your files. Ticked, they are encrypted with this passphrase too.",
                crate::wording::counted(plain_backups, "earlier backup"),
            );
            entries.push(Entry::tick("backups", "Backups too").value("yes").about(&about));
        }
        Self {
            typed: Form::new("A new passphrase", entries),
            protection: None,
            at: At::Typing,
            scroll: 0,
            rows: 0,
            fit: 0,
        }
    }

    /// What was given, once it is.
    pub const fn protection(&self) -> Option<&Protection> {
        self.protection.as_ref()
    }

    /// Whether the earlier backups are to be encrypted too.
    pub fn backups_too(&self) -> bool {
        self.typed.ticked("backups")
    }

    /// Whose keys hold now.
    pub const fn place(&self) -> Place {
        match self.at {
            At::Typing | At::AskedBack { .. } => Place::Passphrase,
            At::Words => Place::Words,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Result<Step> {
        let action = keymap::action(self.place(), key);
        match &mut self.at {
            At::Typing if action == Some(Action::Reveal) => {
                self.typed.reveal(&["passphrase", "again"]);
            }
            At::Typing => {
                let step = self.typed.key(key);
                return self.typed(&step);
            }
            At::Words => self.words_key(action),
            At::AskedBack { form, .. } => {
                let step = form.key(key);
                return Ok(self.asked_back(&step));
            }
        }
        Ok(Step::Stay)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str) {
        match &mut self.at {
            At::Typing => {
                self.typed.paste(pasted);
            }
            At::Words => {}
            At::AskedBack { form, .. } => {
                form.paste(pasted);
            }
        }
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent, ticks: std::time::Duration) -> Result<Step> {
        match &mut self.at {
            At::Typing => {
                let step = self.typed.mouse(event, ticks);
                self.typed(&step)
            }
            At::Words => {
                match event.kind {
                    MouseEventKind::ScrollUp => self.words_key(Some(Action::Up)),
                    MouseEventKind::ScrollDown => self.words_key(Some(Action::Down)),
                    _ => {}
                }
                Ok(Step::Stay)
            }
            At::AskedBack { form, .. } => {
                let step = form.mouse(event, ticks);
                Ok(self.asked_back(&step))
            }
        }
    }

    fn typed(&mut self, step: &form::Step) -> Result<Step> {
        match step {
            form::Step::Left { .. } => return Ok(Step::Left),
            form::Step::Finished => {}
            _ => return Ok(Step::Stay),
        }
        let passphrase = Passphrase::new(self.typed.value("passphrase"));
        let again = Passphrase::new(self.typed.value("again"));
        if !passphrase.is(&again) {
            self.typed.refuse("again", "The two differ. Type the second one again.");
            return Ok(Step::Stay);
        }
        self.protection = Some(Protection::new(&passphrase)?);
        (self.at, self.scroll) = (At::Words, 0);
        Ok(Step::Stay)
    }

    fn words_key(&mut self, action: Option<Action>) {
        let last = self.rows.saturating_sub(self.fit);
        let page = self.fit.saturating_sub(1).max(1);
        match action {
            Some(Action::Up) => self.scroll = self.scroll.saturating_sub(1),
            Some(Action::Down) => self.scroll = (self.scroll + 1).min(last),
            Some(Action::PageUp) => self.scroll = self.scroll.saturating_sub(page),
            Some(Action::PageDown) => self.scroll = (self.scroll + page).min(last),
            // Nobody goes on who has not seen all of them.
            Some(Action::Open) if self.scroll < last => {
                self.scroll = (self.scroll + page).min(last);
            }
            Some(Action::Open) => self.ask_back(),
            Some(Action::Back) => self.at = At::Typing,
            _ => {}
        }
    }

    fn ask_back(&mut self) {
        let Some(protection) = &self.protection else { return };
        let places = protection.words().two_places();
        let label = |place: usize| format!("Word {place}");
        let about = "As you wrote it down. Esc shows the words once more.";
        let entries = vec![
            Entry::line("first", &label(places[0])).needed().about(about),
            Entry::line("second", &label(places[1])).needed().about(about),
        ];
        self.at = At::AskedBack { places, form: Form::new("Two of the words", entries) };
    }

    fn asked_back(&mut self, step: &form::Step) -> Step {
        let (At::AskedBack { places, form }, Some(protection)) = (&mut self.at, &self.protection)
        else {
            return Step::Stay;
        };
        match step {
            form::Step::Left { .. } => (self.at, self.scroll) = (At::Words, 0),
            form::Step::Finished => {
                let words: RecoveryWords = protection.words();
                let right = |place: usize, key: &str| words.is_at(place, &form.value(key));
                let wrong = [(places[0], "first"), (places[1], "second")]
                    .into_iter()
                    .find(|(place, key)| !right(*place, key));
                match wrong {
                    Some((_, key)) => {
                        form.refuse(key, "That is another word. Esc shows the words once more.");
                    }
                    None => return Step::Given,
                }
            }
            _ => {}
        }
        Step::Stay
    }

    /// What it is about now, for the title of a box.
    pub fn title(&self) -> &str {
        match &self.at {
            At::Typing => self.typed.title(),
            At::Words => "Your recovery words",
            At::AskedBack { form, .. } => form.title(),
        }
    }

    /// How many rows it would fill at this width.
    pub fn height(&self, width: u16) -> u16 {
        match &self.at {
            At::Typing => self.typed.rows(),
            At::Words => {
                let columns = usize::from(columns(width));
                let lines =
                    prose::rows(ABOUT_WORDS, width).count() + 1 + RECOVERY_WORDS.div_ceil(columns);
                u16::try_from(lines).unwrap_or(u16::MAX)
            }
            At::AskedBack { form, .. } => form.rows(),
        }
    }

    /// Draws it.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        match &mut self.at {
            At::Typing => self.typed.render(frame, area, look),
            At::Words => self.render_words(frame, area, look),
            At::AskedBack { form, .. } => form.render(frame, area, look),
        }
    }

    fn render_words(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        let area = area.intersection(frame.area());
        let Some(protection) = &self.protection else { return };
        let words = protection.words().list();
        let about: Vec<_> = prose::rows(ABOUT_WORDS, area.width).collect();
        self.rows = self.height(area.width);
        self.fit = area.height;
        self.scroll = self.scroll.min(self.rows.saturating_sub(self.fit));
        let above = u16::try_from(about.len()).unwrap_or(u16::MAX);
        let across = columns(area.width);
        let buffer = frame.buffer_mut();
        for row in 0..area.height {
            let (line, y) = (row + self.scroll, area.y + row);
            if let Some(words) = about.get(usize::from(line)) {
                text::put(buffer, area, area.x, y, words, look.theme.text);
            }
            let Some(first) = line.checked_sub(above + 1) else { continue };
            for column in 0..across {
                let at = usize::from(first * across + column);
                let Some(word) = words.get(at) else { break };
                let x = area.x + column * WORD_COLUMNS;
                let number = format!("{:>2}", at + 1);
                let next = text::put(buffer, area, x, y, &number, look.theme.quiet);
                text::put(buffer, area, next + 1, y, word, look.theme.selected);
            }
        }
        let edge = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
        if self.scroll > 0 {
            text::put(buffer, edge, edge.x, edge.y, look.glyphs.above, look.theme.marker);
        }
        if self.scroll + self.fit < self.rows {
            let y = edge.bottom().saturating_sub(1);
            text::put(buffer, edge, edge.x, y, look.glyphs.below, look.theme.marker);
        }
        frame.set_cursor_position(Position { x: area.x, y: area.y });
    }
}

/// How many words stand in a row of this width.
fn columns(width: u16) -> u16 {
    match width / WORD_COLUMNS {
        0 | 1 => 1,
        2 => 2,
        3 => 3,
        _ => 4,
    }
}
