//! One field of a form: what kind it is, what stands in it, what is said beneath it.

use std::borrow::Cow;
use std::fmt;

use crossterm::event::KeyCode;
use ratatui::style::Style;

use super::{Step, choice};
use crate::domain::Habits;
use crate::tui::editor::Editor;
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::theme::Look;

/// How what was typed is read, as the writer means dates: what was understood, or how to write it.
pub type ReadDate = Box<dyn Fn(&str, Habits) -> Result<String, String>>;

/// One labelled field of a form.
pub struct Entry {
    pub(super) key: Cow<'static, str>,
    pub(super) label: String,
    pub(super) kind: Kind,
    /// How what is typed is read, where it means something.
    pub(super) read: Option<ReadDate>,
    /// Whether what stands in it is one value, whose place another one takes.
    is_one_value: bool,
    pub(super) habits: Habits,
    pub(super) needed: bool,
    pub(super) private: bool,
    about: String,
    pub(super) error: Option<String>,
    /// Its lines in the whole form, from the last drawing.
    pub(super) top: u16,
    pub(super) height: u16,
}

/// What kind of field it is, and what stands in it.
pub(super) enum Kind {
    Line(Field),
    Choice { answers: Vec<(String, String)>, at: usize },
    Tick(bool),
    Prose { editor: Box<Editor>, rows: u16 },
}

impl Entry {
    fn new(key: impl Into<Cow<'static, str>>, label: &str, kind: Kind) -> Self {
        Self {
            key: key.into(),
            label: label.to_owned(),
            kind,
            read: None,
            is_one_value: false,
            habits: Habits::default(),
            needed: false,
            private: false,
            about: String::new(),
            error: None,
            top: 0,
            height: 0,
        }
    }

    /// A text of one line.
    pub fn line(key: impl Into<Cow<'static, str>>, label: &str) -> Self {
        Self::new(key, label, Kind::Line(Field::default()))
    }

    /// A passphrase: each letter is covered until [`super::Form::reveal`].
    pub fn secret(key: &'static str, label: &str) -> Self {
        Self::new(key, label, Kind::Line(Field::secret()))
    }

    /// One of several answers, each the value that is kept and the words that are shown.
    pub fn choice(
        key: impl Into<Cow<'static, str>>,
        label: &str,
        answers: &[(&str, &str)],
    ) -> Self {
        let answers = answers.iter().map(|&(value, words)| (value.to_owned(), words.to_owned()));
        Self::new(key, label, Kind::Choice { answers: answers.collect(), at: 0 })
    }

    /// A box to tick; its value is `yes` or empty.
    pub fn tick(key: &'static str, label: &str) -> Self {
        Self::new(key, label, Kind::Tick(false))
    }

    /// A date as people write it; beneath it stands what `read` understood.
    pub fn date(key: &'static str, label: &str, read: ReadDate) -> Self {
        Self { read: Some(read), is_one_value: true, ..Self::line(key, label) }
    }

    /// The same field for several of them: what is typed is added to what stands there.
    #[must_use]
    pub fn several(self) -> Self {
        Self { is_one_value: false, ..self }
    }

    /// A text of several paragraphs, shown in at least this many rows.
    pub fn prose(key: &'static str, label: &str, rows: u16) -> Self {
        let editor = Box::new(Editor::new(""));
        Self::new(key, label, Kind::Prose { editor, rows: rows.max(1) })
    }

    /// The same text, each line of which is read; what was understood stands beneath, of several
    /// lines while they are written.
    #[must_use]
    pub fn read(self, read: ReadDate) -> Self {
        Self { read: Some(read), ..self }
    }

    /// The form is not complete without it.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// What is written here is for me alone; the margin says so.
    #[must_use]
    pub fn private(self) -> Self {
        Self { private: true, ..self }
    }

    /// What the field is for, shown beneath it while it has the focus.
    #[must_use]
    pub fn about(self, about: &str) -> Self {
        Self { about: about.to_owned(), ..self }
    }

    /// The example that stands in the field while it is empty.
    #[must_use]
    pub fn placeholder(mut self, words: &str) -> Self {
        match &mut self.kind {
            Kind::Line(field) => {
                // In the same brackets as an answer, an example has to say that it is one.
                *field = std::mem::take(field).placeholder(format!("e.g. {words}"));
            }
            Kind::Prose { editor, .. } => editor.set_placeholder(words),
            Kind::Choice { .. } | Kind::Tick(_) => {}
        }
        self
    }

    /// The same field holding this value.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.begin(value);
        self
    }

    /// Puts a value here before anything is written: undo in the field stops at it.
    pub(super) fn begin(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Prose { editor, .. } => editor.begin(value),
            _ => self.set(value),
        }
    }

    pub(super) fn set(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Line(field) => field.set(value),
            Kind::Choice { answers, at } => {
                if let Some(found) = answers.iter().position(|(kept, _)| kept == value) {
                    *at = found;
                }
            }
            Kind::Tick(ticked) => *ticked = value == "yes",
            Kind::Prose { editor, .. } => editor.set_text(value),
        }
    }

    /// Selects a date that stands here, now that the caret comes to it: another one takes its place.
    /// One that is half written is gone on with.
    pub(super) fn entered(&mut self) {
        let reads = matches!(self.understood(), Some(Ok(_)));
        if let Kind::Line(field) = &mut self.kind
            && reads
            && self.is_one_value
        {
            field.select_all();
        }
    }

    pub(super) fn get(&self) -> String {
        match &self.kind {
            Kind::Line(field) => field.text().to_owned(),
            Kind::Choice { answers, at } => {
                answers.get(*at).map(|(kept, _)| kept.clone()).unwrap_or_default()
            }
            Kind::Tick(ticked) => if *ticked { "yes" } else { "" }.to_owned(),
            Kind::Prose { editor, .. } => editor.text(),
        }
    }

    pub(super) fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Prose { .. })
    }

    pub(super) fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Line(field) => field.text().trim().is_empty(),
            // An answer without a value only asks for one.
            Kind::Choice { answers, at } => {
                answers.get(*at).is_none_or(|(value, _)| value.is_empty())
            }
            Kind::Tick(ticked) => !ticked,
            Kind::Prose { editor, .. } => editor.is_empty(),
        }
    }

    /// What keeps the form from being complete.
    pub(super) fn missing(&self) -> Option<String> {
        if self.needed && self.is_empty() {
            return Some("This is needed.".to_owned());
        }
        self.understood().and_then(Result::err)
    }

    /// What was understood of what was typed, or how to write it; nothing for an empty field.
    fn understood(&self) -> Option<Result<String, String>> {
        let read = self.read.as_ref().filter(|_| !self.is_empty())?;
        Some(read(&self.get(), self.habits))
    }

    /// What stands beneath the field: an error, a date as understood, or what the field is for.
    pub(super) fn beneath(&self, focused: bool, look: &Look) -> Option<(String, Style)> {
        if let Some(error) = &self.error {
            return Some((format!("! {error}"), look.theme.error));
        }
        match self.understood() {
            // A text of several lines says it only while it is written: it stands in them.
            Some(Ok(understood)) if focused || !self.is_prose() => {
                return Some((understood, look.theme.notice));
            }
            Some(Err(how)) => return Some((how, look.theme.error)),
            _ => {}
        }
        (focused && !self.about.is_empty()).then(|| (self.about.clone(), look.theme.quiet))
    }

    pub(super) fn key(&mut self, key: Key) -> Step {
        let changed = match &mut self.kind {
            Kind::Line(field) => field.key(key),
            Kind::Choice { answers, at } => choice::choose(key, answers, at),
            Kind::Tick(ticked) => {
                let turned = match key.code {
                    KeyCode::Char(' ') => !*ticked,
                    KeyCode::Left => false,
                    KeyCode::Right => true,
                    _ => *ticked,
                };
                std::mem::replace(ticked, turned) != turned
            }
            Kind::Prose { editor, .. } => return Step::of(editor.press(key.to_event())),
        };
        if changed { Step::Changed } else { Step::Stay }
    }
}

impl fmt::Debug for Entry {
    /// Says nothing of what was written: it may be private.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entry").field("key", &self.key).finish_non_exhaustive()
    }
}
