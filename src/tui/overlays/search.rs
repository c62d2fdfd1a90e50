//! Search over everything written, as one types: newest first, the hit marked, Enter opens it.

use chrono::NaiveDate;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::domain::{Excerpt, Id, Moment, Person, dates};
use crate::store::{COUNTED, Error, Hit, Kind, Query, Result, Scope};
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Moved, Row, Window};
use crate::tui::overlay::boxed;
use crate::tui::overlays::{Overlay, Step};
use crate::tui::pane::{Cx, Outcome, Target, Then};
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// Hits fetched at a time: a little more than a large screen shows.
const PAGE: u16 = 40;

impl Row for Hit {
    type Key = i64;

    fn key(&self) -> i64 {
        self.place
    }
}

/// The search box.
pub struct Search {
    field: Field,
    /// The person whose things alone are searched, and their name.
    limit: Option<(Id<Person>, String)>,
    /// The person of the scope from which the search was opened.
    here: Option<(Id<Person>, String)>,
    window: Window<Hit>,
    cursor: Cursor<i64>,
    count: u32,
    /// What the hits answer; another query was typed while they were looked for.
    answered: String,
    now: Moment,
    area: Rect,
}

impl Search {
    /// Opens it over everyone.
    pub fn new(cx: &Cx<'_>) -> Result<Self> {
        let here = match cx.scope {
            Scope::Everyone => None,
            Scope::One(id) => {
                let named = cx.store.named(id)?;
                Some((named.person, named.name))
            }
        };
        Ok(Self {
            field: Field::default().placeholder("words, or \"exact words\""),
            limit: None,
            here,
            window: Window::default(),
            cursor: Cursor::default(),
            count: 0,
            answered: String::new(),
            now: cx.now(),
            area: Rect::default(),
        })
    }

    /// Whether keys were typed that the hits do not answer yet.
    fn is_behind(&self) -> bool {
        self.answered != self.asked()
    }

    /// Looks for what was typed. Stops as soon as another key waits, and goes on after it.
    fn look(&mut self, cx: &Cx<'_>) -> Result<()> {
        if !self.is_behind() {
            return Ok(());
        }
        match cx.store.search(&self.query(), None, PAGE) {
            Ok(hits) => {
                self.window = Window {
                    more_below: hits.hits.len() == usize::from(PAGE),
                    more_above: false,
                    rows: hits.hits,
                };
                self.count = hits.count;
                self.answered = self.asked();
                self.cursor = Cursor::default();
                self.cursor.settle(&self.window);
                Ok(())
            }
            Err(Error::Stopped) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn more(&mut self, cx: &Cx<'_>) -> Result<()> {
        let Some(last) = self.window.rows.last() else { return Ok(()) };
        match cx.store.search(&self.query(), Some(last.place), PAGE) {
            Ok(hits) => {
                self.window.more_below = hits.hits.len() == usize::from(PAGE);
                self.window.rows.extend(hits.hits);
                Ok(())
            }
            Err(Error::Stopped) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn query(&self) -> Query {
        Query {
            text: self.field.text().to_owned(),
            person: self.limit.as_ref().map(|(person, _)| *person),
            only: None,
        }
    }

    fn asked(&self) -> String {
        format!("{}\n{}", self.limit.is_some(), self.field.text())
    }

    fn chosen(&self) -> Option<Target> {
        let hit = self.cursor.row(&self.window)?;
        if hit.kind == Kind::Goal {
            let scope = hit.relationship.map_or(Scope::Everyone, Scope::One);
            return Some(Target::goal(scope, hit.id.cast()));
        }
        let with = hit.relationship?;
        Some(match (hit.kind, hit.session, hit.layer) {
            (Kind::Writing, Some(session), Some(layer)) => {
                // The editor looks for one thing; the first word that answered leads there.
                let cut = Excerpt::of(&hit.text, self.field.text(), 200);
                let word = cut
                    .hits
                    .first()
                    .and_then(|word| cut.text.get(word.clone()))
                    .unwrap_or_default();
                Target::session(with, session, Then::Find(layer, word.to_owned()))
            }
            (Kind::AgendaItem, Some(session), _) => Target::session(with, session, Then::Agenda),
            (_, Some(session), _) if hit.kind == Kind::ProgressCheck => {
                Target::session(with, session, Then::Check)
            }
            (_, Some(session), _) => Target::session(with, session, Then::Look),
            (Kind::Repair, ..) => Target::repair(with, hit.id.cast()),
            (Kind::Commitment, None, _) => Target::pane(Scope::One(with), Place::Commitments),
            _ => Target::pane(Scope::One(with), Place::Brief),
        })
    }

    fn open(&self) -> Step {
        match self.chosen() {
            Some(target) => Step::Close(Outcome::Go(target)),
            None => Step::Stay(Outcome::Done),
        }
    }
}

impl Overlay for Search {
    fn place(&self) -> Place {
        Place::Search
    }

    fn key(&mut self, key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        match action {
            Some(Action::Back) => return Ok(Step::Close(Outcome::Done)),
            Some(Action::Open) => {
                // A key that was typed while the search still ran has not been answered yet.
                self.look(cx)?;
                return Ok(self.open());
            }
            Some(Action::Limit) => {
                self.limit = if self.limit.is_none() { self.here.clone() } else { None };
                self.answered.clear();
            }
            Some(action @ (Action::Up | Action::Down | Action::PageUp | Action::PageDown)) => {
                if self.cursor.go(&self.window, action) == Moved::NeedBelow {
                    self.more(cx)?;
                    self.cursor.go(&self.window, action);
                }
                return Ok(Step::Stay(Outcome::Done));
            }
            _ => {
                self.field.key(key);
            }
        }
        self.look(cx)?;
        Ok(Step::Stay(Outcome::Done))
    }

    fn paste(&mut self, pasted: &str, cx: &mut Cx<'_>) -> Result<Step> {
        self.field.paste(pasted);
        self.look(cx)?;
        Ok(Step::Stay(Outcome::Done))
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        let at = Position { x: event.column, y: event.row };
        if event.kind == MouseEventKind::Down(MouseButton::Left) && !self.area.contains(at) {
            return Ok(Step::Close(Outcome::Done));
        }
        Ok(match self.cursor.mouse(&self.window, event) {
            Click::Again => self.open(),
            Click::Selected | Click::Beside => Step::Stay(Outcome::Done),
        })
    }

    fn reload(&mut self, _cx: &Cx<'_>) -> Result<()> {
        self.answered.clear();
        Ok(())
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        let behind = self.is_behind();
        self.look(cx)?;
        Ok(behind)
    }

    fn is_waiting(&mut self) -> bool {
        self.is_behind()
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let title = match &self.limit {
            None => "Search everyone".to_owned(),
            Some((_, name)) => format!("Search {name}"),
        };
        let size =
            (within.width.saturating_sub(4).min(110), within.height.saturating_sub(2).min(24));
        let inner = boxed(frame, within, size, &title, look);
        self.area = inner;
        if inner.is_empty() {
            return;
        }
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let count = match self.count {
            _ if self.field.text().trim().is_empty() => String::new(),
            0 => "nothing found".to_owned(),
            count if count > COUNTED => format!("{COUNTED}+ found"),
            count => format!("{count} found"),
        };
        text::put_right(frame.buffer_mut(), body, body.y, &count, look.theme.quiet);
        let x = text::put(frame.buffer_mut(), body, body.x, body.y, "> ", look.theme.marker);
        let width = body.right().saturating_sub(x + text::width(&count) + 1);
        self.field.render(frame, Rect { x, y: body.y, width, height: 1 }, look, true);
        let field_cursor =
            (x + text::width(self.field.text()).min(width.saturating_sub(1)), body.y);
        let list = Rect {
            y: (body.y + 2).min(body.bottom()),
            height: body.height.saturating_sub(4),
            ..body
        };
        let (today, query) = (self.now.date_naive(), self.field.text().to_owned());
        let names = self.window.rows.iter().map(|hit| text::width(&hit.person)).max();
        let names = names.unwrap_or_default().min(if list.width < 70 { 9 } else { 22 });
        self.cursor.render(
            frame,
            list,
            look,
            &self.window,
            false,
            |buffer, place, hit, selected| {
                draw_hit(buffer, place, look, hit, selected, (&query, names, today));
            },
        );
        let foot = match &self.here {
            Some((_, name)) if self.limit.is_none() => format!("Tab: only {name}"),
            Some(_) => "Tab: everyone".to_owned(),
            None => String::new(),
        };
        let marks = format!("{} private", look.glyphs.private);
        let bottom = body.bottom().saturating_sub(1);
        text::put(frame.buffer_mut(), body, body.x, bottom, &foot, look.theme.quiet);
        text::put_right(frame.buffer_mut(), body, bottom, &marks, look.theme.quiet);
        frame.set_cursor_position(field_cursor);
    }
}

fn draw_hit(
    buffer: &mut ratatui::buffer::Buffer,
    place: Rect,
    look: &Look,
    hit: &Hit,
    selected: bool,
    (query, names, today): (&str, u16, NaiveDate),
) {
    let ellipsis = look.glyphs.ellipsis;
    let style = if selected { look.theme.selected } else { look.theme.text };
    let mark = if hit.is_private() { look.glyphs.private } else { " " };
    let x = text::put(buffer, place, place.x, place.y, mark, look.theme.private) + 1;
    let name = prose::pad(&hit.person, names, ellipsis);
    let mut x = text::put(buffer, place, x, place.y, &name, style) + 1;
    let kind = prose::pad(wording::hit_kind(hit), 10, ellipsis);
    x = text::put(buffer, place, x, place.y, &kind, look.theme.quiet) + 1;
    let day = dates::day(hit.when.date, today);
    x = text::put(buffer, place, x, place.y, &prose::pad(&day, 11, ellipsis), look.theme.quiet) + 1;
    let room = place.right().saturating_sub(x);
    let cut = excerpt(&hit.text, query, room);
    let mut from = 0;
    for range in &cut.hits {
        let (Some(before), Some(word)) =
            (cut.text.get(from..range.start), cut.text.get(range.clone()))
        else {
            break;
        };
        x = text::put(buffer, place, x, place.y, before, style);
        x = text::put(buffer, place, x, place.y, word, look.theme.hit);
        from = range.end;
    }
    text::put(buffer, place, x, place.y, cut.text.get(from..).unwrap_or_default(), style);
}

/// The piece of a text that shows what was looked for in so many columns; where its signs are wide,
/// it has fewer of them.
fn excerpt(whole: &str, query: &str, room: u16) -> Excerpt {
    let mut length = usize::from(room);
    loop {
        let cut = Excerpt::of(whole, query, length);
        let shown = cut.hits.first().and_then(|hit| cut.text.get(..hit.end)).unwrap_or_default();
        if text::width(shown) <= room || length == 0 {
            return cut;
        }
        length /= 2;
    }
}
