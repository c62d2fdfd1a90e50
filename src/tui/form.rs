//! A form: labelled fields, one of them focused, always in sight.
//!
//! Nothing written in a form is lost by leaving it: Esc says whether the needed fields are filled,
//! and the owner saves it or keeps its values as a draft. It never asks "discard?".

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::editor::{Editor, Paste, Pressed};
use super::field::Field;
use super::key::Key;
use super::keymap::{self, Action, Place};
use super::theme::Look;
use super::{prose, text};
use crate::domain::Habits;

/// How what was typed is read, as the writer means dates: what was understood, or how to write it.
pub type ReadDate = Box<dyn Fn(&str, Habits) -> Result<String, String>>;

/// The widest a line of text is drawn.
const LINE_COLUMNS: u16 = 60;
/// The widest the column of labels is drawn.
const LABEL_COLUMNS: u16 = 20;
/// The most rows that stand beneath a field.
const BENEATH: u16 = 3;
/// The widest a prose field is drawn, its two bars included.
const PROSE_COLUMNS: u16 = 82;

/// One labelled field of a form.
pub struct Entry {
    key: Cow<'static, str>,
    label: String,
    kind: Kind,
    /// How what is typed is read, where it means something.
    read: Option<ReadDate>,
    habits: Habits,
    needed: bool,
    private: bool,
    about: String,
    error: Option<String>,
    /// Its lines in the whole form, from the last drawing.
    top: u16,
    height: u16,
}

enum Kind {
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

    /// A passphrase: each letter is covered until [`Form::reveal`].
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
        Self { read: Some(read), ..Self::line(key, label) }
    }

    /// A text of several paragraphs, shown in at least this many rows.
    pub fn prose(key: &'static str, label: &str, rows: u16) -> Self {
        let editor = Box::new(Editor::new(""));
        Self::new(key, label, Kind::Prose { editor, rows: rows.max(1) })
    }

    /// The same text, each line of which is read; what was understood stands beneath while it is
    /// written.
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
        self.set(value);
        self
    }

    fn set(&mut self, value: &str) {
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

    fn get(&self) -> String {
        match &self.kind {
            Kind::Line(field) => field.text().to_owned(),
            Kind::Choice { answers, at } => {
                answers.get(*at).map(|(kept, _)| kept.clone()).unwrap_or_default()
            }
            Kind::Tick(ticked) => if *ticked { "yes" } else { "" }.to_owned(),
            Kind::Prose { editor, .. } => editor.text(),
        }
    }

    fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Prose { .. })
    }

    fn is_empty(&self) -> bool {
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
    fn missing(&self) -> Option<String> {
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
    fn beneath(&self, focused: bool, look: &Look) -> Option<(String, Style)> {
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

    fn key(&mut self, key: Key) -> Step {
        let changed = match &mut self.kind {
            Kind::Line(field) => field.key(key),
            Kind::Choice { answers, at } => choose(key, answers, at),
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

/// Arrows and Space go through the answers. A letter means nothing: who types on after Enter would
/// change the answer without a word.
fn choose(key: Key, answers: &[(String, String)], at: &mut usize) -> bool {
    let before = *at;
    let count = answers.len();
    match key.code {
        _ if count == 0 => {}
        KeyCode::Left => *at = at.saturating_sub(1),
        KeyCode::Right => *at = (*at + 1).min(count - 1),
        KeyCode::Char(' ') => *at = (*at + 1) % count,
        _ => {}
    }
    *at != before
}

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
    /// Whether Enter finishes as soon as all that is needed is there.
    brisk: bool,
    /// How many fields say from the beginning what was understood.
    echoes: u16,
}

impl fmt::Debug for Entry {
    /// Says nothing of what was written: it may be private.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entry").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Form {
    /// A form with its first field focused.
    pub fn new(title: &str, entries: Vec<Entry>) -> Self {
        let echoing =
            |entry: &&Entry| entry.read.is_some() && !entry.is_prose() && !entry.is_empty();
        let echoes = entries.iter().filter(echoing).count();
        Self {
            echoes: u16::try_from(echoes).unwrap_or(u16::MAX),
            title: title.to_owned(),
            entries,
            focus: 0,
            scroll: 0,
            area: Rect::default(),
            brisk: false,
        }
    }

    /// The same form, finished by Enter as soon as all that is needed is there: for what is mostly
    /// one line.
    #[must_use]
    pub fn brisk(self) -> Self {
        Self { brisk: true, ..self }
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
            self.focus = at;
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

    /// Puts back the values of a draft; what it does not know stays.
    pub fn restore(&mut self, values: &BTreeMap<String, String>) {
        for entry in &mut self.entries {
            if let Some(value) = values.get(entry.key.as_ref()) {
                entry.set(value);
            }
        }
    }

    /// Puts these fields in the place of its own; what was typed and where the caret is stay,
    /// wherever a field of that name is still there.
    pub fn refit(&mut self, entries: Vec<Entry>) {
        let (values, focused) = (self.values(), self.focused().map(str::to_owned));
        self.entries = entries;
        self.focus = 0;
        self.restore(&values);
        if let Some(key) = focused {
            self.focus(&key);
        }
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
            Some(Action::Open) if self.brisk && self.is_filled() => self.finish(),
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
                let hit = spread(answers, value).and_then(|places| {
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

    /// How many rows show all of it, with room for what is said beneath the focused field; the
    /// same whichever field that is.
    pub fn rows(&self) -> u16 {
        let body = |entry: &Entry| match &entry.kind {
            Kind::Prose { rows, .. } => rows.saturating_add(1),
            _ => 1,
        };
        self.entries.iter().map(body).fold(BENEATH.saturating_add(self.echoes), u16::saturating_add)
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
            entry.height = height(entry, at == self.focus, value.width, area.height, look);
            top = top.saturating_add(entry.height);
        }
        if let Some(entry) = self.entries.get(self.focus) {
            let end = entry.top.saturating_add(entry.height);
            self.scroll = self.scroll.max(end.saturating_sub(area.height)).min(entry.top);
        }
        self.scroll = self.scroll.min(top.saturating_sub(area.height));
        let scroll = self.scroll;
        for (at, entry) in self.entries.iter_mut().enumerate() {
            if entry.top < scroll || entry.top - scroll >= area.height {
                continue;
            }
            let y = area.y + entry.top - scroll;
            let lines = entry.height.min(area.bottom() - y);
            let place = Rect { y, height: lines, ..area };
            draw(entry, frame, place, value, look, at == self.focus);
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
        self.focus = (self.focus + if forward { 1 } else { count - 1 }) % count;
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

fn height(entry: &Entry, focused: bool, columns: u16, most: u16, look: &Look) -> u16 {
    let body = match &entry.kind {
        Kind::Prose { editor, rows } => {
            let inner = columns.min(PROSE_COLUMNS).saturating_sub(2);
            editor.height(inner).clamp(*rows, rows.saturating_mul(3)).saturating_add(1)
        }
        _ => 1,
    };
    let beneath = entry.beneath(focused, look).map_or(0, |(words, _)| {
        u16::try_from(prose::rows(&words, columns).take(usize::from(BENEATH)).count())
            .unwrap_or(BENEATH)
    });
    body.saturating_add(beneath).min(most.max(1))
}

fn draw(
    entry: &mut Entry,
    frame: &mut Frame<'_>,
    place: Rect,
    value: Rect,
    look: &Look,
    focused: bool,
) {
    let beneath = entry.beneath(focused, look);
    let value = Rect { y: place.y, height: place.height, ..value };
    let buffer = frame.buffer_mut();
    if focused {
        text::put(buffer, place, place.x + 1, place.y, look.glyphs.marker, look.theme.marker);
    }
    let labels = value.x.saturating_sub(place.x + 4);
    let label = prose::fit(&entry.label, labels, look.glyphs.ellipsis);
    let style = if focused { look.theme.selected } else { look.theme.text };
    if entry.private {
        text::put(buffer, place, place.x + 2, place.y, look.glyphs.private, look.theme.private);
    }
    text::put(buffer, place, place.x + 3, place.y, &label, style);
    if value.is_empty() {
        return;
    }
    let under: Vec<String> = beneath
        .iter()
        .flat_map(|(words, _)| prose::rows(words, value.width).take(3))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let under_lines = u16::try_from(under.len()).unwrap_or(0).min(value.height.saturating_sub(1));
    let body = Rect { height: value.height - under_lines, ..value };
    let wanting = entry.needed && entry.is_empty();
    match &mut entry.kind {
        Kind::Line(field) => {
            // The room for "needed" stays free once the field is filled, so that it does not grow.
            let word = "needed";
            let kept = if entry.needed && value.width >= 24 { text::width(word) + 1 } else { 0 };
            let room = (value.width - kept).min(LINE_COLUMNS);
            let last = value.x + room.max(1) - 1;
            text::put(buffer, value, value.x, value.y, "[", look.theme.line);
            text::put(buffer, value, last, value.y, "]", look.theme.line);
            if wanting && kept > 0 {
                text::put(buffer, value, last + 2, value.y, word, look.theme.quiet);
            }
            let inner = Rect { x: value.x + 1, width: room.saturating_sub(2), height: 1, ..value };
            field.render(frame, inner, look, focused);
        }
        Kind::Tick(ticked) => {
            text::put(buffer, value, value.x, value.y, "[ ]", look.theme.text);
            if *ticked {
                text::put(buffer, value, value.x + 1, value.y, "x", look.theme.done);
            }
            if focused {
                let says = if *ticked { "Space unticks it" } else { "Space ticks it" };
                let says = prose::fit(says, value.width.saturating_sub(5), look.glyphs.ellipsis);
                text::put(buffer, value, value.x + 5, value.y, &says, look.theme.quiet);
                frame.set_cursor_position((value.x + u16::from(value.width > 1), value.y));
            }
        }
        Kind::Choice { answers, at } => choice(frame, value, answers, *at, look, focused),
        Kind::Prose { editor, .. } => {
            let wide = body.width.min(PROSE_COLUMNS);
            let height = body.height.saturating_sub(u16::from(body.height > 1));
            let last = value.x + wide.max(1) - 1;
            for y in body.y..body.y + height {
                text::put(buffer, value, value.x, y, look.glyphs.bar, look.theme.line);
                text::put(buffer, value, last, y, look.glyphs.bar, look.theme.line);
            }
            let inner = Rect { x: value.x + 1, width: wide.saturating_sub(2), height, ..body };
            editor.render(frame, inner, &look.editor(), focused);
        }
    }
    if let Some((_, style)) = beneath {
        let first = if entry.is_prose() { body.bottom().saturating_sub(1) } else { body.bottom() };
        for (y, line) in (first..value.bottom()).zip(&under) {
            text::put(frame.buffer_mut(), value, value.x, y, line, style);
        }
    }
}

fn choice(
    frame: &mut Frame<'_>,
    value: Rect,
    answers: &[(String, String)],
    at: usize,
    look: &Look,
    focused: bool,
) {
    let buffer = frame.buffer_mut();
    let mut cursor = value.x;
    if let Some(places) = spread(answers, value) {
        for (place, (&(x, _), (_, words))) in places.iter().zip(answers).enumerate() {
            let chosen = place == at;
            let sign = if chosen { look.glyphs.full } else { look.glyphs.empty };
            let style = if chosen { look.theme.selected } else { look.theme.text };
            text::put(buffer, value, x, value.y, sign, style);
            text::put(buffer, value, x + 2, value.y, words, style);
            cursor = if chosen { x } else { cursor };
        }
    } else if let Some((_, words)) = answers.get(at) {
        let place = format!("{} of {}", at + 1, answers.len());
        let room = value.width.saturating_sub(text::width(&place) + 6);
        let words = prose::fit(words, room, look.glyphs.ellipsis);
        let style = look.theme.quiet;
        let x = text::put(buffer, value, value.x, value.y, look.glyphs.left, style);
        let x = text::put(buffer, value, x + 1, value.y, &words, look.theme.selected);
        let x = text::put(buffer, value, x + 1, value.y, look.glyphs.right, style);
        text::put(buffer, value, x + 2, value.y, &place, style);
    }
    if focused {
        frame.set_cursor_position((cursor, value.y));
    }
}

/// Where each answer stands, if all fit side by side: its column and its width.
fn spread(answers: &[(String, String)], value: Rect) -> Option<Vec<(u16, u16)>> {
    let mut x = value.x;
    let mut places = Vec::with_capacity(answers.len());
    for (_, words) in answers {
        let wide = text::width(words).saturating_add(2);
        places.push((x, wide));
        x = x.saturating_add(wide).saturating_add(3);
    }
    (x.saturating_sub(3) <= value.right()).then_some(places)
}
