//! One goal on the screen: what it is for, its milestones as lines to tick, and its history.
//!
//! Every line of it can be gone to, so that nothing is out of reach however small the screen is.

use std::cmp::Reverse;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::domain::{
    GoalMove, Id, Mention, Milestone, Party, Record, Relationship, Session, Standing, dates,
    milestones_done,
};
use crate::store::{GoalDetails, Mentioned};
use crate::tui::keymap::Action;
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// Prose is never drawn wider.
const PROSE: u16 = 80;

/// What tells a line from every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Milestone(Id<Milestone>),
    Said(Id<Standing>),
    Mention(Id<Mention>),
    /// A line that is no record, by its number.
    Line(usize),
}

/// A line of the page.
enum Line {
    /// The name of a part.
    Heading(String),
    /// Words.
    Text(String),
    /// What is less important, and what belongs to an empty part.
    Quiet(String),
    /// A milestone: its words, its day, whether it is late, whether it is done.
    Milestone { words: String, day: String, late: bool, done: bool },
    /// What was said of the goal.
    Said(String),
}

impl Row for (Key, Line) {
    type Key = Key;

    fn key(&self) -> Key {
        self.0
    }
}

/// The most that is shown of what was said elsewhere about one goal. More may be given, to tell that
/// there is more.
pub const SAID: u32 = 60;

/// What is told about a goal besides what stands with it.
pub struct Told {
    /// What was said of it elsewhere, the newest first.
    pub mentions: Vec<Mentioned>,
    /// When it was moved, the earliest first.
    pub moves: Vec<GoalMove>,
}

/// One goal, opened.
pub struct Page {
    /// The goal with all that belongs to it.
    pub details: GoalDetails,
    told: Told,
    today: NaiveDate,
    /// For which width the lines were made.
    width: u16,
    lines: Window<(Key, Line)>,
    cursor: Cursor<Key>,
    /// Where the lines were drawn.
    area: Rect,
}

impl Page {
    /// Opens a goal.
    pub fn new(details: GoalDetails, told: Told, today: NaiveDate) -> Self {
        let mut page = Self {
            details,
            told,
            today,
            width: PROSE,
            lines: Window::default(),
            cursor: Cursor::default(),
            area: Rect::default(),
        };
        page.lay_out(PROSE);
        page
    }

    /// The same goal, read again. A milestone that is new is selected: it is the next thing that
    /// somebody wants to tick, move or reword.
    pub fn refresh(&mut self, details: GoalDetails, told: Told, today: NaiveDate) {
        let known: Vec<_> = self.details.milestones.iter().map(|one| one.id).collect();
        let fresh = details.milestones.iter().map(|one| one.id).find(|id| !known.contains(id));
        self.details = details;
        self.told = told;
        self.today = today;
        self.lay_out(self.width);
        if let Some(id) = fresh {
            self.cursor.select(Key::Milestone(id));
            self.cursor.settle(&self.lines);
        }
    }

    /// The selected milestone.
    pub fn milestone(&self) -> Option<&Record<Milestone>> {
        let Some(Key::Milestone(id)) = self.cursor.key() else { return None };
        self.details.milestones.iter().find(|one| one.id == *id)
    }

    /// The selected line of the history.
    pub fn said(&self) -> Option<&Record<Standing>> {
        let Some(Key::Said(id)) = self.cursor.key() else { return None };
        self.details.history.iter().find(|said| said.id == *id)
    }

    /// The session in which the selected line of the history was said, and with whom.
    pub fn said_in(&self) -> Option<(Id<Session>, Id<Relationship>)> {
        let session = self.said()?.value.session?;
        self.details.sessions.iter().find(|(at, _)| *at == session).copied()
    }

    /// The selected line that was said elsewhere, or promised.
    pub fn mentioned(&self) -> Option<&Mentioned> {
        let Some(Key::Mention(id)) = self.cursor.key() else { return None };
        self.told.mentions.iter().find(|one| one.mention.id == *id)
    }

    /// Selects what one most likely comes for: the next milestone, or the first line.
    pub fn select_first(&mut self) {
        match self.details.next().or_else(|| self.details.milestones.first()) {
            Some(next) => {
                self.cursor.select(Key::Milestone(next.id));
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
        self.cursor.pass_over(&self.lines, back, |(_, line)| matches!(line, Line::Heading(_)));
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

    /// Moves with the wheel.
    pub fn wheel(&mut self, down: bool) {
        self.cursor.wheel(&self.lines, down);
        self.pass_headings(!down);
    }

    /// It is not on the screen now, so no click is on it.
    pub fn forget_place(&mut self) {
        self.area = Rect::default();
    }

    /// Draws it.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look, focused: bool) {
        self.area = area;
        if area.is_empty() {
            return;
        }
        let glyphs = &look.glyphs;
        let rule = glyphs.rule.repeat(usize::from(area.width));
        text::put(frame.buffer_mut(), area, area.x, area.y, &rule, look.theme.line);
        let (lead, style) = if focused {
            (glyphs.marker, look.theme.marker)
        } else {
            (glyphs.rule, look.theme.line)
        };
        let x = text::put(frame.buffer_mut(), area, area.x, area.y, lead, style);
        let room = area.right().saturating_sub(x + 2);
        let title = prose::fit(&self.details.goal.value.title, room, glyphs.ellipsis);
        let title = format!(" {title} ");
        text::put(frame.buffer_mut(), area, x, area.y, &title, look.theme.title);
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        self.area = body;
        // The list keeps two columns for its marker and two for the signs of more.
        let width = body.width.saturating_sub(4).min(PROSE);
        if width != self.width {
            self.lay_out(width);
        }
        // The marker belongs to the part that has the keys.
        let mut unmarked = Cursor::default();
        let cursor = if focused { &mut self.cursor } else { &mut unmarked };
        cursor.render(
            frame,
            body,
            look,
            &self.lines,
            focused,
            |buffer, place, (_, line), chosen| {
                let plain = if chosen { look.theme.selected } else { look.theme.text };
                let place = Rect { width: place.width.min(PROSE), ..place };
                let (words, style) = match line {
                    Line::Heading(name) => (name.as_str(), look.theme.title),
                    Line::Text(words) | Line::Said(words) => (words.as_str(), plain),
                    Line::Quiet(words) if chosen => (words.as_str(), plain),
                    Line::Quiet(words) => (words.as_str(), look.theme.quiet),
                    Line::Milestone { words, day, late, done } => {
                        let style = match (chosen, *done) {
                            (false, true) => look.theme.done,
                            _ => plain,
                        };
                        let day_style = if *late { look.theme.late } else { look.theme.quiet };
                        text::put_right(buffer, place, place.y, day, day_style);
                        (words.as_str(), style)
                    }
                };
                text::put(buffer, place, place.x, place.y, words, style);
            },
        );
    }

    /// Makes the lines for a width.
    fn lay_out(&mut self, width: u16) {
        self.width = width;
        let width = width.max(1);
        let today = self.today;
        let mut lines = Lines { rows: Vec::new(), width };
        let goal = &self.details.goal.value;
        if text::width(&goal.title) + 3 > width {
            lines.words(&goal.title, Line::Text);
        }
        let mut facts = vec![goal.owner.words().to_owned()];
        facts.push(wording::stands(goal, self.details.standing().map(|said| said.word)).to_owned());
        facts.extend(goal.due.map(|due| {
            let late = if goal.is_overdue(today) { "! " } else { "" };
            format!("{late}by {}, {}", dates::day(due, today), dates::distance(due, today))
        }));
        facts.extend(goal.horizon.map(|horizon| horizon.words().to_owned()));
        facts.retain(|fact| !fact.is_empty());
        lines.words(&facts.join(" · "), Line::Quiet);
        let names: Vec<&str> = self.details.with.iter().map(|named| named.name.as_str()).collect();
        let shared = match names.as_slice() {
            [] => "Shared with nobody; m shares it.".to_owned(),
            names => format!("Shared with {}", names.join(", ")),
        };
        lines.words(&shared, Line::Quiet);
        for (name, words) in [("Why", &goal.why), ("Reached when", &goal.test)] {
            if !words.is_empty() {
                lines.heading(name);
                lines.words(words, Line::Text);
            }
        }
        let (done, all) = milestones_done(self.details.milestones.iter().map(|one| &one.value));
        if all == 0 {
            lines.heading("Milestones");
            lines.words("n inside the goal adds a step on the way: outline by 3 dec.", Line::Quiet);
        } else {
            lines.heading(&format!("Milestones, {done} of {all} steps"));
        }
        for one in &self.details.milestones {
            lines.milestone(one, today);
        }
        lines.all_said(&self.details.history, &self.told, today);
        self.lines = Window { rows: lines.rows, more_above: false, more_below: false };
        if self.cursor.key().is_some() {
            self.cursor.settle(&self.lines);
            self.pass_headings(true);
        }
    }
}

/// The lines while they are made.
struct Lines {
    rows: Vec<(Key, Line)>,
    width: u16,
}

impl Lines {
    fn push(&mut self, line: Line) {
        self.rows.push((Key::Line(self.rows.len()), line));
    }

    fn heading(&mut self, name: &str) {
        self.push(Line::Heading(name.to_owned()));
    }

    fn words(&mut self, words: &str, line: fn(String) -> Line) {
        for row in prose::rows(words, self.width) {
            self.push(line(row.into_owned()));
        }
    }

    fn milestone(&mut self, one: &Record<Milestone>, today: NaiveDate) {
        let milestone = &one.value;
        let late = milestone.is_overdue(today);
        let day = match (milestone.done, milestone.due) {
            (Some(done), _) => format!("done {}", wording::short_day(done, today)),
            (None, Some(due)) => wording::by(due, late, today),
            (None, None) => String::new(),
        };
        let done = milestone.done.is_some();
        let tick = if done { "[x]" } else { "[ ]" };
        let room = self.width.saturating_sub(5 + text::width(&day)).max(1);
        let mut rows = prose::rows(&milestone.title, room);
        let words = format!("{tick} {}", rows.next().unwrap_or_default());
        self.rows.push((Key::Milestone(one.id), Line::Milestone { words, day, late, done }));
        for row in rows {
            self.push(Line::Text(format!("    {row}")));
        }
    }

    /// What was said of the goal, when it was moved, and what was said elsewhere about it, the newest
    /// first.
    fn all_said(&mut self, history: &[Record<Standing>], told: &Told, today: NaiveDate) {
        enum One<'a> {
            Said(&'a Record<Standing>),
            Moved(&'a GoalMove),
            Mentioned(&'a Mentioned),
        }
        let room = usize::try_from(SAID).unwrap_or(usize::MAX);
        let said = history.iter().map(|one| (one.value.day, One::Said(one)));
        let moved = told.moves.iter().rev().map(|one| (one.on, One::Moved(one)));
        let others = told.mentions.iter().take(room);
        let others = others.map(|one| (one.mention.value.day, One::Mentioned(one)));
        let mut all: Vec<_> = said.chain(moved).chain(others).collect();
        all.sort_by_key(|(day, _)| Reverse(*day));
        if !all.is_empty() {
            self.heading("What was said");
        }
        for (_, one) in all {
            match one {
                One::Said(said) => self.said(said, today),
                One::Moved(moved) => {
                    let day = wording::short_day(moved.on, today);
                    let key = Key::Line(self.rows.len());
                    self.thing(key, &format!("{day}  {}", moved.words(today)));
                }
                One::Mentioned(other) => self.mentioned(other, today),
            }
        }
        if told.mentions.len() > room {
            self.words("What was said before is left out here: an export holds all.", Line::Text);
        }
    }

    /// "12 Nov  Noor Haddad, notes: She ran half of it."
    fn mentioned(&mut self, one: &Mentioned, today: NaiveDate) {
        let mention = &one.mention.value;
        let day = wording::short_day(mention.day, today);
        let words = match (&one.commitment, mention.layer) {
            (Some(promised), _) => {
                let promised = &promised.value;
                let whose = if promised.owner == Party::Me { "you" } else { &one.person };
                let due = promised.due.map(|due| wording::by(due, false, today));
                let stands = match due.filter(|_| promised.is_open()) {
                    Some(due) => due,
                    None => promised.state.words().to_owned(),
                };
                format!("promised by {whose}: {}, {stands}", promised.text)
            }
            (None, Some(layer)) => format!("{}, {}: {}", one.person, layer.words(), mention.text),
            (None, None) => format!("{}, a session", one.person),
        };
        self.thing(Key::Mention(one.mention.id), &format!("{day}  {words}"));
    }

    fn said(&mut self, said: &Record<Standing>, today: NaiveDate) {
        let day = wording::short_day(said.value.day, today);
        let colon = if said.value.note.is_empty() { "" } else { ": " };
        let words = format!("{day}  {}{colon}{}", said.value.word.words(), said.value.note);
        self.thing(Key::Said(said.id), &words);
    }

    /// A line that stands for a record, wrapped beneath its first row.
    fn thing(&mut self, key: Key, words: &str) {
        let mut rows = prose::rows(words, self.width.saturating_sub(2).max(1));
        let first = rows.next().unwrap_or_default().into_owned();
        self.rows.push((key, Line::Said(first)));
        for row in rows {
            self.push(Line::Text(format!("  {row}")));
        }
    }
}
