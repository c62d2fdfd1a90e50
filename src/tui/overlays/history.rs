//! The check-ins with one person beside each other: a row for each way, a column for each check-in,
//! and where a way goes, in a word. Nothing is added up, by row or by column.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use crossterm::event::{MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::domain::{Practice, Trend, trust};
use crate::guide::ways::TrustWay;
use crate::store::{Result, TrustRecords};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::{Glyphs, Look};
use crate::tui::{prose, text};

/// The width of a check-in: "12 Nov" and a blank.
const COLUMN: u16 = 7;
/// The width of the word for where a way goes.
const TREND: u16 = 7;
/// The widest that names get.
const NAME: u16 = 31;

/// One way through the check-ins.
struct Row {
    name: String,
    ours: bool,
    said: Vec<Option<Practice>>,
    trend: Option<Trend>,
}

/// The history on the screen.
pub struct History {
    title: String,
    days: Vec<NaiveDate>,
    rows: Vec<Row>,
    /// How many of the latest check-ins are left out on the right.
    back: usize,
    /// How many rows are left out above.
    down: usize,
    /// What fitted when it was last drawn: columns, and rows.
    fitted: (usize, usize),
}

impl History {
    /// Opens it at the latest check-ins. Hidden ways are left out.
    pub fn new(person: &str, ways: &[TrustWay], records: &TrustRecords) -> Self {
        let rows = ways.iter().filter(|way| !way.hidden).map(|way| Row {
            name: way.name.clone(),
            ours: way.ours,
            said: records.answers.iter().map(|said| said.get(&way.key).copied()).collect(),
            trend: trust::trend(records.answers_of(&way.key)),
        });
        Self {
            title: format!("Your check-ins with {person}: how you acted, no grade for anyone"),
            days: records.check_ins.iter().map(|one| one.value.day).collect(),
            rows: rows.collect(),
            back: 0,
            down: 0,
            fitted: (1, 1),
        }
    }

    fn step(&mut self, action: Action) {
        let rows = self.fitted.1;
        match action {
            Action::Left => self.back += 1,
            Action::Right => self.back = self.back.saturating_sub(1),
            Action::Up => self.down = self.down.saturating_sub(1),
            Action::Down => self.down += 1,
            Action::PageUp => self.down = self.down.saturating_sub(rows),
            Action::PageDown => self.down += rows,
            Action::First => self.back = self.days.len(),
            Action::Last => self.back = 0,
            _ => {}
        }
        self.clamp();
    }

    /// Goes no further than there is something to show.
    fn clamp(&mut self) {
        let (columns, rows) = self.fitted;
        self.back = self.back.min(self.days.len().saturating_sub(columns));
        self.down = self.down.min(self.rows.len().saturating_sub(rows));
    }

    /// All of it, as text: a line for each way, its answers in words.
    fn as_text(&self) -> String {
        let mut all = String::new();
        for row in &self.rows {
            let said = self.days.iter().zip(&row.said).filter_map(|(day, answer)| {
                answer.map(|answer| format!("{day} {}", answer.words()))
            });
            let said = said.collect::<Vec<_>>().join(", ");
            if !said.is_empty() {
                let _ = writeln!(all, "{}: {said}", row.name);
            }
        }
        all
    }

    /// Draws the check-ins from `from` to `to`, each under its day; a year stands where it changes.
    fn draw_days(&self, frame: &mut Frame<'_>, area: Rect, look: &Look, from: usize, to: usize) {
        let mut year = None;
        for (n, day) in self.days.iter().enumerate().take(to).skip(from) {
            let x = column(area, to - n);
            let words = day.format("%-d %b").to_string();
            text::put(frame.buffer_mut(), area, x, area.y + 1, &words, look.theme.quiet);
            if year.replace(day.year()) != Some(day.year()) {
                let words = day.format("%Y").to_string();
                text::put(frame.buffer_mut(), area, x, area.y, &words, look.theme.quiet);
            }
        }
    }
}

/// Where the column begins that is this many from the right.
fn column(area: Rect, from_right: usize) -> u16 {
    let from_right = u16::try_from(from_right).unwrap_or(u16::MAX);
    area.right().saturating_sub(TREND).saturating_sub(from_right.saturating_mul(COLUMN))
}

/// The sign of an answer; a blank for none.
pub fn sign(answer: Option<Practice>, glyphs: &Glyphs) -> &'static str {
    match answer {
        None => " ",
        Some(Practice::NoOccasion) => "-",
        Some(Practice::NotReally) => glyphs.empty,
        Some(Practice::Sometimes) => glyphs.half,
        Some(Practice::Consistently) => glyphs.full,
    }
}

/// What the signs mean, in one line.
fn legend(glyphs: &Glyphs) -> String {
    let said =
        [Practice::Consistently, Practice::Sometimes, Practice::NotReally, Practice::NoOccasion];
    said.map(|one| format!("{} {}", sign(Some(one), glyphs), one.words())).join("   ")
}

impl Overlay for History {
    fn place(&self) -> Place {
        Place::History
    }

    fn key(&mut self, _key: Key, action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back | Action::Open) => Step::Close(Outcome::Done),
            Some(Action::Copy) => Step::Stay(Outcome::Copy(self.as_text(), "the check-ins")),
            Some(action) if action.is_move() || matches!(action, Action::Left | Action::Right) => {
                self.step(action);
                Step::Stay(Outcome::Done)
            }
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        match event.kind {
            MouseEventKind::ScrollDown => self.step(Action::Down),
            MouseEventKind::ScrollUp => self.step(Action::Up),
            _ => return Ok(Step::Stay(Outcome::Ignored)),
        }
        Ok(Step::Stay(Outcome::Done))
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let wanted = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_add(6);
        let size = (within.width.min(118), wanted.min(within.height));
        let inner = boxed(frame, within, size, &self.title, look);
        let area = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        frame.set_cursor_position((area.x, inner.y));
        // Two lines of days above; a blank and what the signs mean below, where there is room.
        let room = area.height.saturating_sub(if area.height > 8 { 4 } else { 2 });
        let name = NAME.min(area.width.saturating_sub(TREND) / 2);
        let columns = usize::from(area.width.saturating_sub(name + TREND) / COLUMN).max(1);
        self.fitted = (columns, usize::from(room).max(1));
        self.clamp();
        let to = self.days.len() - self.back;
        let from = to.saturating_sub(columns);
        let left = column(area, to - from);
        let style = look.theme.text;
        self.draw_days(frame, area, look, from, to);
        let ellipsis = look.glyphs.ellipsis;
        if from > 0 {
            let says = prose::fit("earlier ones: left", left.saturating_sub(area.x + 1), ellipsis);
            text::put(frame.buffer_mut(), area, area.x, area.y + 1, &says, look.theme.quiet);
        }
        for (n, row) in self.rows.iter().skip(self.down).take(usize::from(room)).enumerate() {
            let y = area.y + 2 + u16::try_from(n).unwrap_or(u16::MAX);
            let mark = if row.ours { look.glyphs.ours } else { "" };
            let wide = left.saturating_sub(area.x + 2 + text::width(mark));
            let words = format!("{} {mark}", prose::fit(&row.name, wide, ellipsis));
            text::put(frame.buffer_mut(), area, area.x, y, words.trim_end(), style);
            for (at, said) in row.said.iter().enumerate().take(to).skip(from) {
                let x = column(area, to - at) + 2;
                text::put(frame.buffer_mut(), area, x, y, sign(*said, &look.glyphs), style);
            }
            if let Some(trend) = row.trend {
                let x = area.right().saturating_sub(TREND);
                text::put(frame.buffer_mut(), area, x, y, trend.words(), look.theme.quiet);
            }
        }
        if area.height > 8 {
            let line = Rect { y: area.bottom() - 1, height: 1, ..area };
            let legend = legend(&look.glyphs);
            let says = prose::fit(&legend, line.width, ellipsis);
            text::put(frame.buffer_mut(), line, line.x, line.y, &says, look.theme.quiet);
        }
    }
}
