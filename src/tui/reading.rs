//! A page to read: lines under headings, some of which stand for records that keys act on.
//!
//! Every line can be gone to, so that nothing is out of reach however small the screen is;
//! headings are passed over.

use crossterm::event::{MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::keymap::Action;
use super::list::{Click, Cursor, Row, Window};
use super::theme::Look;
use super::{prose, text};

/// Prose is never drawn wider.
pub const PROSE: u16 = 80;

/// What tells a line from every other.
#[derive(Clone, Debug, PartialEq)]
enum Name<K> {
    Thing(K),
    Line(usize),
}

/// How a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The name of a part.
    Heading,
    /// Words.
    Plain,
    /// What is less important.
    Quiet,
    /// What is over.
    Done,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
struct Line<K> {
    name: Name<K>,
    tone: Tone,
    words: String,
}

impl<K: Clone + PartialEq> Row for Line<K> {
    type Key = Name<K>;

    fn key(&self) -> Name<K> {
        self.name.clone()
    }
}

/// The lines of a page while they are written, for one width.
pub struct Lines<K> {
    rows: Vec<Line<K>>,
    width: u16,
}

impl<K> Lines<K> {
    /// The name of a part, a blank line before it where something stands above.
    pub fn heading(&mut self, words: &str) {
        if !self.rows.is_empty() {
            self.push(Tone::Heading, String::new());
        }
        self.words(words, Tone::Heading);
    }

    /// Words, wrapped.
    pub fn words(&mut self, words: &str, tone: Tone) {
        for paragraph in words.lines() {
            for row in prose::rows(paragraph, self.width) {
                self.push(tone, row.into_owned());
            }
        }
    }

    /// A line that stands for something, wrapped beneath its first row.
    pub fn thing(&mut self, key: K, words: &str, tone: Tone) {
        let mut rows = prose::rows(words, self.width.saturating_sub(2).max(1));
        let first = rows.next().unwrap_or_default().into_owned();
        self.rows.push(Line { name: Name::Thing(key), tone, words: first });
        for row in rows {
            self.push(tone, format!("  {row}"));
        }
    }

    /// A paragraph that stands for something, wrapped as all words are.
    pub fn paragraph(&mut self, key: K, words: &str, tone: Tone) {
        let mut rows = prose::rows(words, self.width);
        let first = rows.next().unwrap_or_default().into_owned();
        self.rows.push(Line { name: Name::Thing(key), tone, words: first });
        for row in rows {
            self.push(tone, row.into_owned());
        }
    }

    fn push(&mut self, tone: Tone, words: String) {
        let name = Name::Line(self.rows.len());
        self.rows.push(Line { name, tone, words });
    }
}

/// A page that is read.
pub struct Reading<K> {
    lines: Window<Line<K>>,
    cursor: Cursor<Name<K>>,
    width: u16,
    area: Rect,
}

impl<K> Default for Reading<K> {
    fn default() -> Self {
        Self {
            lines: Window { rows: Vec::new(), more_above: false, more_below: false },
            cursor: Cursor::default(),
            width: PROSE,
            area: Rect::default(),
        }
    }
}

impl<K: Clone + PartialEq> Reading<K> {
    /// Writes the page anew, for the width it was last drawn at.
    pub fn write(&mut self, write: impl FnOnce(&mut Lines<K>)) {
        let mut lines = Lines { rows: Vec::new(), width: self.width.max(1) };
        write(&mut lines);
        self.lines = Window { rows: lines.rows, more_above: false, more_below: false };
        if self.cursor.key().is_some() {
            self.cursor.settle(&self.lines);
            self.pass_headings(true);
        }
    }

    /// Whether the page was written for another width than this one; it then has to be again.
    pub fn fit(&mut self, width: u16) -> bool {
        // The list keeps two columns for its marker and two for the signs of more.
        let width = width.saturating_sub(4).clamp(1, PROSE);
        let differs = width != self.width;
        self.width = width;
        differs
    }

    /// How many lines it has.
    pub const fn height(&self) -> usize {
        self.lines.rows.len()
    }

    /// What the selected line stands for.
    pub fn selected(&self) -> Option<&K> {
        match self.cursor.key() {
            Some(Name::Thing(key)) => Some(key),
            _ => None,
        }
    }

    /// What the selected line stands for or belongs to: it may be a later row, or a later paragraph.
    pub fn within(&self) -> Option<&K> {
        let rows = &self.lines.rows;
        let at = rows.iter().position(|line| Some(&line.name) == self.cursor.key())?;
        let mut part = rows.get(..=at)?.iter().rev().take_while(|line| line.tone != Tone::Heading);
        part.find_map(|line| match &line.name {
            Name::Thing(key) => Some(key),
            Name::Line(_) => None,
        })
    }

    /// Whether a line is selected.
    pub fn is_begun(&self) -> bool {
        self.cursor.key().is_some()
    }

    /// Selects the first line that stands for something, or the first line of all.
    pub fn begin(&mut self) {
        let first = self.lines.rows.iter().find(|line| matches!(line.name, Name::Thing(_)));
        match first.map(Row::key) {
            Some(key) => {
                self.cursor.select(key);
                self.cursor.settle(&self.lines);
            }
            None => self.step(Action::First),
        }
    }

    /// Goes over the lines, past the headings.
    pub fn step(&mut self, action: Action) {
        self.cursor.go(&self.lines, action);
        self.pass_headings(action.leads_up());
    }

    fn pass_headings(&mut self, back: bool) {
        self.cursor.pass_over(&self.lines, back, |line| line.tone == Tone::Heading);
    }

    /// Selects the line under the mouse.
    pub fn click(&mut self, at: Position) -> Click {
        if !self.area.contains(at) {
            return Click::Beside;
        }
        let click = self.cursor.click(&self.lines, at);
        self.pass_headings(false);
        click
    }

    /// Moves with the wheel, where that is what the mouse did; says whether it was.
    pub fn scroll(&mut self, event: MouseEvent) -> bool {
        let turned = matches!(event.kind, MouseEventKind::ScrollDown | MouseEventKind::ScrollUp);
        if turned {
            self.wheel(event.kind == MouseEventKind::ScrollDown);
        }
        turned
    }

    /// Moves with the wheel.
    pub fn wheel(&mut self, down: bool) {
        self.cursor.wheel(&self.lines, down);
        self.pass_headings(!down);
    }

    /// It is not on the screen now, so no click is on it.
    pub fn forget_place(&mut self) {
        self.area = Rect::default();
    }

    /// All of it as text, to be copied.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.lines.rows.iter().map(|line| line.words.as_str()).collect();
        words.join("\n")
    }

    /// Draws it; the marker is shown where it has the keys.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look, focused: bool) {
        self.area = area;
        let mut unmarked = Cursor::default();
        let cursor = if focused { &mut self.cursor } else { &mut unmarked };
        cursor.render(frame, area, look, &self.lines, focused, |buffer, place, line, chosen| {
            let place = Rect { width: place.width.min(PROSE), ..place };
            let style = match line.tone {
                Tone::Heading => look.theme.title,
                _ if chosen => look.theme.selected,
                Tone::Plain => look.theme.text,
                Tone::Quiet => look.theme.quiet,
                Tone::Done => look.theme.done,
            };
            text::put(buffer, place, place.x, place.y, &line.words, style);
        });
    }
}

/// The rule above a part of the screen, with its name, and a marker where it has the keys.
pub fn rule(frame: &mut Frame<'_>, area: Rect, look: &Look, title: &str, focused: bool) {
    let glyphs = &look.glyphs;
    let line = glyphs.rule.repeat(usize::from(area.width));
    text::put(frame.buffer_mut(), area, area.x, area.y, &line, look.theme.line);
    let (lead, style) =
        if focused { (glyphs.marker, look.theme.marker) } else { (glyphs.rule, look.theme.line) };
    let x = text::put(frame.buffer_mut(), area, area.x, area.y, lead, style);
    let room = area.right().saturating_sub(x + 2);
    let title = format!(" {} ", prose::fit(title, room, glyphs.ellipsis));
    text::put(frame.buffer_mut(), area, x, area.y, &title, look.theme.title);
}
