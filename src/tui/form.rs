//! A form: labelled fields, one of them focused, always in sight.
//!
//! Nothing written in a form is lost by leaving it: Esc says whether the needed fields are filled,
//! and the owner saves it or keeps its values as a draft. It never asks "discard?".

mod choice;
mod drawing;
mod entry;

use std::collections::BTreeMap;
use std::time::Duration;

use crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::editor::{Editor, Paste, Pressed};
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::text;
use super::theme::Look;
use crate::domain::Habits;
use drawing::BENEATH;
use entry::Kind;

pub use entry::{Entry, ReadDate};

/// The widest the column of labels is drawn.
const LABEL_COLUMNS: u16 = 20;
/// The most rows for which a form grows to show what is read beneath its fields.
const SHOWN: u16 = 24;

/// What a key or a paste made of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing that is kept has changed.
    Stay,
    /// A value has changed: its draft is out of date.
    Changed,
    /// Every needed field is filled and the writer is done.
    Finished,
    /// The writer leaves: filled, it is saved; otherwise it stays as a draft.
    Left {
        /// Whether everything needed is there.
        filled: bool,
    },
    /// To be copied; with `cut` the text has changed too.
    Copy {
        /// What was selected.
        text: String,
        /// Whether it was taken out of the text.
        cut: bool,
    },
    /// What was copied last is wanted through [`Form::paste`].
    Paste,
    /// The text would be too long; nothing has changed.
    TooLong,
}

impl Step {
    fn of(pressed: Pressed) -> Self {
        match pressed {
            Pressed::Ignored | Pressed::Moved => Self::Stay,
            Pressed::Changed => Self::Changed,
            Pressed::Copy(text) => Self::Copy { text, cut: false },
            Pressed::Cut(text) => Self::Copy { text, cut: true },
            Pressed::Paste => Self::Paste,
            Pressed::TooLong => Self::TooLong,
        }
    }
}

/// Labelled fields, one of them focused.
#[derive(Debug)]
pub struct Form {
    title: String,
    entries: Vec<Entry>,
    focus: usize,
    scroll: u16,
    area: Rect,
    /// How many fields say from the beginning what was understood.
    echoes: u16,
    /// What stands beneath the fields to be read, as far as there is room.
    shown: Vec<String>,
}

impl Form {
    /// A form with its first field focused.
    pub fn new(title: &str, entries: Vec<Entry>) -> Self {
        let echoing =
            |entry: &&Entry| entry.read.is_some() && !entry.is_prose() && !entry.is_empty();
        let echoes = entries.iter().filter(echoing).count();
        let mut form = Self {
            echoes: u16::try_from(echoes).unwrap_or(u16::MAX),
            title: title.to_owned(),
            entries,
            focus: 0,
            scroll: 0,
            area: Rect::default(),
            shown: Vec::new(),
        };
        form.enter(0);
        form
    }

    /// Focuses a field.
    fn enter(&mut self, at: usize) {
        self.focus = at;
        if let Some(entry) = self.entries.get_mut(at) {
            entry.entered();
        }
    }

    /// What is being filled in.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The key of the focused field.
    pub fn focused(&self) -> Option<&str> {
        self.entries.get(self.focus).map(|entry| entry.key.as_ref())
    }

    /// Whether the focused field is a text of several paragraphs, where the editor's keys hold.
    pub fn in_prose(&self) -> bool {
        self.entries.get(self.focus).is_some_and(Entry::is_prose)
    }

    /// The key of the focused field and what stands in it, where it is such a text.
    pub fn prose(&self) -> Option<(&str, String)> {
        let entry = self.entries.get(self.focus).filter(|entry| entry.is_prose())?;
        Some((entry.key.as_ref(), entry.get()))
    }

    /// Puts a text in the place of what stands in this field; one undo in the field takes it back.
    pub fn put(&mut self, key: &str, text: &str) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) {
            entry.set(text);
            entry.error = None;
        }
    }

    /// The editor of the focused field, to find in it, count its words or copy from it.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        match self.entries.get_mut(self.focus).map(|entry| &mut entry.kind) {
            Some(Kind::Prose { editor, .. }) => Some(editor),
            _ => None,
        }
    }

    /// Whether what is being written in the focused field is for me alone.
    pub fn is_private(&self) -> bool {
        self.entries.get(self.focus).is_some_and(|entry| entry.private)
    }

    /// Shows what is typed as a passphrase, or covers it again.
    pub fn reveal(&mut self, secret: &[&str]) {
        for entry in self.entries.iter_mut().filter(|entry| secret.contains(&entry.key.as_ref())) {
            if let Kind::Line(field) = &mut entry.kind {
                field.cover(!field.is_covered());
            }
        }
    }

    /// Focuses this field.
    pub fn focus(&mut self, key: &str) {
        if let Some(at) = self.entries.iter().position(|entry| entry.key == key) {
            self.enter(at);
        }
    }

    /// The value of this field; empty where there is no such field.
    pub fn value(&self, key: &str) -> String {
        self.entries.iter().find(|entry| entry.key == key).map(Entry::get).unwrap_or_default()
    }

    /// Whether this box is ticked.
    pub fn ticked(&self, key: &str) -> bool {
        self.value(key) == "yes"
    }

    /// Every value by the key of its field, to be kept as a draft.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.entries.iter().map(|entry| (entry.key.clone().into_owned(), entry.get())).collect()
    }

    /// Reads every date of it as the writer means dates.
    pub fn read_dates_in(&mut self, by: Habits) {
        for entry in &mut self.entries {
            entry.habits = by;
        }
    }

    /// How the writer means dates.
    pub fn habits(&self) -> Habits {
        self.entries.first().map(|entry| entry.habits).unwrap_or_default()
    }

    /// Reads what is typed into this field another way from now on.
    pub fn read_as(&mut self, key: &str, read: ReadDate) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) {
            entry.read = Some(read);
        }
    }

    /// Puts back the values of a draft; what it does not know stays.
    pub fn restore(&mut self, values: &BTreeMap<String, String>) {
        for entry in &mut self.entries {
            if let Some(value) = values.get(entry.key.as_ref()) {
                entry.begin(value);
            }
        }
    }

    /// Puts these fields in the place of its own; what was typed and where the caret is stay,
    /// wherever a field of that name is still there.
    pub fn refit(&mut self, entries: Vec<Entry>) {
        let (values, focused) = (self.values(), self.focused().map(str::to_owned));
        self.entries = entries;
        self.restore(&values);
        let focused = focused.and_then(|key| self.entries.iter().position(|one| one.key == key));
        self.focus = focused.unwrap_or(0);
    }

    /// Shows this message at its field, which gets the focus; it goes with the next change there.
    pub fn refuse(&mut self, key: &str, message: &str) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) {
            entry.error = Some(message.to_owned());
        }
        self.focus(key);
    }

    /// Whether everything needed is there and every date is understood.
    pub fn is_filled(&self) -> bool {
        self.entries.iter().all(|entry| entry.missing().is_none())
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Step {
        // In prose, Enter and the arrows belong to the text.
        let own = self.in_prose()
            && matches!(key.code, KeyCode::Enter | KeyCode::Up | KeyCode::Down)
            && key.mods.is_empty();
        match keymap::action(Place::Form, key).filter(|_| !own) {
            Some(Action::NextPart) => self.step(true),
            Some(Action::PreviousPart) => self.step(false),
            Some(Action::Open) if self.focus + 1 < self.entries.len() => self.step(true),
            Some(Action::Open | Action::Finish) => self.finish(),
            Some(Action::Back) => Step::Left { filled: self.is_filled() },
            _ => {
                let Some(entry) = self.entries.get_mut(self.focus) else { return Step::Stay };
                let step = entry.key(key);
                if matches!(step, Step::Changed | Step::Copy { cut: true, .. }) {
                    entry.error = None;
                }
                step
            }
        }
    }

    /// Takes a pasted text into the focused field.
    pub fn paste(&mut self, pasted: &str) -> Step {
        let Some(entry) = self.entries.get_mut(self.focus) else { return Step::Stay };
        let changed = match &mut entry.kind {
            Kind::Line(field) => field.paste(pasted),
            Kind::Prose { editor, .. } => match editor.paste(pasted) {
                Paste::Inserted { chars } => chars > 0,
                Paste::TooLong => return Step::TooLong,
            },
            Kind::Choice { .. } | Kind::Tick(_) => false,
        };
        if changed {
            entry.error = None;
            Step::Changed
        } else {
            Step::Stay
        }
    }

    /// Acts on the mouse: a click focuses a field, ticks, chooses, or sets the cursor. `at` is the
    /// time since any fixed moment.
    pub fn mouse(&mut self, event: MouseEvent, at: Duration) -> Step {
        let cell = Position { x: event.column, y: event.row };
        let pressed = event.kind == MouseEventKind::Down(MouseButton::Left);
        if pressed {
            if !self.area.contains(cell) {
                return Step::Stay;
            }
            let line = (cell.y - self.area.y).saturating_add(self.scroll);
            let Some(hit) = self.entries.iter().position(|entry| {
                (entry.top..entry.top.saturating_add(entry.height)).contains(&line)
            }) else {
                return Step::Stay;
            };
            self.focus = hit;
        }
        let value = self.value_area();
        let Some(entry) = self.entries.get_mut(self.focus) else { return Step::Stay };
        match &mut entry.kind {
            Kind::Line(field) if pressed => {
                field.click(cell);
                Step::Stay
            }
            Kind::Tick(ticked) if pressed && cell.x >= value.x => {
                *ticked = !*ticked;
                Step::Changed
            }
            Kind::Choice { answers, at } if pressed => {
                let hit = choice::spread(answers, value).and_then(|places| {
                    places.iter().position(|&(x, wide)| (x..x + wide).contains(&cell.x))
                });
                match hit {
                    Some(hit) if hit != *at => {
                        *at = hit;
                        Step::Changed
                    }
                    _ => Step::Stay,
                }
            }
            Kind::Prose { editor, .. } => Step::of(editor.mouse(event, at)),
            _ => Step::Stay,
        }
    }

    /// Lets a text stand beneath the fields to be read, as far as there is room.
    pub fn show(&mut self, text: &str) {
        self.shown = text.trim_end().lines().map(str::to_owned).collect();
    }

    /// How many rows show all of it, with room for what is said beneath the focused field; the
    /// same whichever field that is.
    pub fn rows(&self) -> u16 {
        let body = |entry: &Entry| match &entry.kind {
            Kind::Prose { rows, .. } => rows.saturating_add(1),
            _ => 1,
        };
        let shown = u16::try_from(self.shown.len()).unwrap_or(u16::MAX).min(SHOWN);
        let around = BENEATH.saturating_add(self.echoes).saturating_add(shown);
        self.entries.iter().map(body).fold(around, u16::saturating_add)
    }

    /// Draws the form; the focused field is always in sight.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        let area = area.intersection(frame.area());
        self.area = area;
        if area.is_empty() {
            return;
        }
        let value = self.value_area();
        let mut top = 0_u16;
        for (at, entry) in self.entries.iter_mut().enumerate() {
            entry.top = top;
            entry.height = drawing::height(entry, at == self.focus, value.width, area.height, look);
            top = top.saturating_add(entry.height);
        }
        if let Some(entry) = self.entries.get(self.focus) {
            let end = entry.top.saturating_add(entry.height);
            self.scroll = self.scroll.max(end.saturating_sub(area.height)).min(entry.top);
        }
        self.scroll = self.scroll.min(top.saturating_sub(area.height));
        let scroll = self.scroll;
        let columns = value.x.saturating_sub(area.x + 4);
        let labels = drawing::labels(&self.entries, columns, look.glyphs.ellipsis);
        for ((at, entry), label) in self.entries.iter_mut().enumerate().zip(&labels) {
            if entry.top < scroll || entry.top - scroll >= area.height {
                continue;
            }
            let y = area.y + entry.top - scroll;
            let lines = entry.height.min(area.bottom() - y);
            let place = Rect { y, height: lines, ..area };
            drawing::draw((entry, label), frame, place, value, look, at == self.focus);
        }
        let beneath = top - scroll;
        if beneath < area.height {
            let y = area.y + beneath;
            drawing::shown(
                &self.shown,
                frame.buffer_mut(),
                Rect { y, height: area.bottom() - y, ..area },
                look,
            );
        }
        let edge = Rect { x: area.right() - 1, width: 1, ..area };
        let buffer = frame.buffer_mut();
        if scroll > 0 {
            text::put(buffer, edge, edge.x, edge.y, look.glyphs.above, look.theme.marker);
        }
        if top - scroll > area.height {
            text::put(
                buffer,
                edge,
                edge.x,
                edge.bottom() - 1,
                look.glyphs.below,
                look.theme.marker,
            );
        }
    }

    fn step(&mut self, forward: bool) -> Step {
        let count = self.entries.len().max(1);
        self.enter((self.focus + if forward { 1 } else { count - 1 }) % count);
        Step::Stay
    }

    fn finish(&mut self) -> Step {
        let mut first = None;
        for (at, entry) in self.entries.iter_mut().enumerate() {
            if let Some(missing) = entry.missing() {
                entry.error = Some(missing);
                first = first.or(Some(at));
            }
        }
        match first {
            Some(at) => {
                self.focus = at;
                Step::Stay
            }
            None => Step::Finished,
        }
    }

    /// The column of the values: the labels take what they need, but no more than a third.
    fn value_area(&self) -> Rect {
        let widest = self.entries.iter().map(|entry| text::width(&entry.label)).max().unwrap_or(0);
        let labels = widest.min(LABEL_COLUMNS).min(self.area.width / 3);
        let left = (labels + 4).min(self.area.width);
        // The last column is for the scroll marks.
        let width = (self.area.width - left).saturating_sub(1);
        Rect { x: self.area.x + left, width, ..self.area }
    }
}
