//! Everyone: one row a relationship, whoever is met next first.
//!
//! The list is a window of what is in the journal: it costs what it shows, however many they are.

use chrono::NaiveDate;
use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::{Clocks, Id, Moment, Relationship, Zone, dates};
use crate::store::{Enrolled, HeadCount, Result, RollNear, Scope};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays;
use crate::tui::overlays::erase::Erase;
use crate::tui::paged::{Paged, Step, Stretch};
use crate::tui::pane::{Cx, Outcome, Pane, Target};
use crate::tui::sheets::details::EditDetails;
use crate::tui::sheets::person::NewPerson;
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

impl Row for Enrolled {
    type Key = Id<Relationship>;

    fn key(&self) -> Self::Key {
        self.named.relationship
    }
}

/// The pane of people.
pub struct People {
    window: Window<Enrolled>,
    cursor: Cursor<Id<Relationship>>,
    archived: bool,
    count: HeadCount,
    today: NaiveDate,
    zone: Zone,
}

impl People {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            window: Window::default(),
            cursor: Cursor::default(),
            archived: false,
            count: HeadCount::default(),
            today: now.date_naive(),
            zone: Zone::Offset(*now.offset()),
        }
    }

    fn row(&self) -> Option<&Enrolled> {
        self.cursor.row(&self.window)
    }

    fn open(&self) -> Outcome {
        match self.row() {
            Some(row) => {
                Outcome::Go(Target::pane(Scope::One(row.named.relationship), Place::Brief))
            }
            None => Outcome::Act(Action::New),
        }
    }
}

impl Paged for People {
    type Line = Enrolled;

    fn list(&mut self) -> (&mut Cursor<Id<Relationship>>, &Window<Enrolled>) {
        (&mut self.cursor, &self.window)
    }

    fn fetch(&mut self, stretch: Stretch, cx: &Cx<'_>) -> Result<()> {
        let near = match (stretch, self.row()) {
            (Stretch::Around, Some(row)) => RollNear::Around(row.rank.clone()),
            (Stretch::First | Stretch::Around, _) => RollNear::First,
            (Stretch::Last, _) => RollNear::Last,
        };
        let roll = cx.store.roll(self.archived, &near, self.cursor.room(), self.today)?;
        let before = roll.before;
        self.window = Window::of(roll);
        self.cursor.settle_around(&self.window, before);
        Ok(())
    }
}

impl Pane for People {
    fn place(&self) -> Place {
        Place::People
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        (self.today, self.zone) = (cx.today(), cx.zone);
        self.count = cx.store.head_count()?;
        self.fetch(Stretch::Around, cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            action if action.is_move() => {
                self.step(Step::Key(action), cx)?;
                Ok(Outcome::Done)
            }
            Action::Open | Action::Right => Ok(self.open()),
            Action::New => Ok(Outcome::Fill(Box::new(NewPerson::new("")))),
            Action::Edit | Action::Details => {
                let Some(row) = self.row() else { return Ok(Outcome::Ignored) };
                let details = cx.store.details(row.named.relationship)?;
                Ok(Outcome::Fill(Box::new(EditDetails::new(details, cx.now()))))
            }
            Action::Archive => match self.row() {
                Some(row) => super::archive(&row.named, cx),
                None => Ok(Outcome::Ignored),
            },
            Action::Erase => match self.row() {
                Some(row) => Ok(Outcome::Open(Box::new(Erase::new(&row.named, cx)?))),
                None => Ok(Outcome::Ignored),
            },
            Action::ShowArchived => {
                self.archived = !self.archived;
                self.reload(cx)?;
                Ok(Outcome::Say(match (self.archived, self.count.archived) {
                    (true, 0) => "Nobody is archived.".to_owned(),
                    (true, _) => "The archived are shown too, at the end.".to_owned(),
                    (false, _) => "The archived are hidden.".to_owned(),
                }))
            }
            Action::Copy => {
                let Some(row) = self.row() else { return Ok(Outcome::Ignored) };
                Ok(Outcome::Copy(row.named.name.clone(), "the name"))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<crate::domain::Session>>) {
        (self.row().map(|row| row.named.relationship), None)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Some(step) = Step::of_wheel(event) {
            self.step(step, cx)?;
            return Ok(Outcome::Done);
        }
        Ok(match self.cursor.mouse(&self.window, event) {
            Click::Again => self.open(),
            Click::Selected => Outcome::Done,
            Click::Beside => Outcome::Ignored,
        })
    }

    fn status(&mut self) -> (String, String) {
        let hidden = self.count.archived;
        let count = self.count.listed + if self.archived { hidden } else { 0 };
        let people = if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
        let archived = match (self.archived, self.count.archived) {
            (_, 0) => String::new(),
            (true, _) => " · with the archived".to_owned(),
            (false, hidden) => format!(" · {hidden} archived"),
        };
        (format!("{people}{archived}"), String::new())
    }

    fn is_short(&self) -> bool {
        self.cursor.is_short(&self.window)
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.window.rows.is_empty() {
            let words = "The people you mentor, and those who mentor you, stand here. \
                `n` adds the first one: a name and what you are to them, nothing else is needed.";
            overlays::paragraph(frame, area, look, words);
            return;
        }
        let columns = Columns::of(area.width.saturating_sub(2));
        let heading = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(2),
            height: 1.min(area.height),
            ..area
        };
        columns.draw(
            frame.buffer_mut(),
            heading,
            look,
            ["Name", "", "Next", "Last", "Agenda", "You promised"],
            look.theme.quiet,
        );
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let (today, zone) = (self.today, self.zone);
        self.cursor.render(
            frame,
            list,
            look,
            &self.window,
            true,
            |buffer, place, row, selected| {
                draw_row(buffer, place, look, row, selected, (today, zone));
            },
        );
    }
}

fn draw_row(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    row: &Enrolled,
    selected: bool,
    (today, mine): (NaiveDate, Zone),
) {
    let facts = &row.facts;
    let mut name = row.named.name.clone();
    if row.named.archived {
        name.push_str(" (archived)");
    }
    let (next, late) = match (facts.unanswered, facts.next) {
        _ if facts.paused.is_some() => {
            let since = facts.paused.map(|day| wording::short_day(day, today));
            (format!("rests since {}", since.unwrap_or_default()), false)
        }
        (_, None) if facts.phase.is_closed() => {
            (facts.phase.beside_a_name(facts.ends, today).unwrap_or_default(), false)
        }
        (Some(day), _) => (format!("! {}: happened?", dates::day(day.date, today)), true),
        (None, Some(next)) => {
            let clocks = Clocks { mine, theirs: facts.zone };
            (wording::for_both(next, today, clocks), false)
        }
        (None, None) => match facts.not_met_for(today) {
            Some(days) => (format!("! not met for {days} days"), true),
            None => ("no date yet".to_owned(), false),
        },
    };
    let last = facts.last.map(|last| dates::day(last.date, today)).unwrap_or_default();
    let open = if facts.open == 0 { String::new() } else { format!("{} open", facts.open) };
    let promised = match (facts.promised, facts.late) {
        (0, _) => String::new(),
        (open, 0) => format!("{open} open"),
        (open, late) => format!("{open} open, {late} late"),
    };
    let style = if selected { look.theme.selected } else { look.theme.text };
    let columns = Columns::of(place.width);
    let cells = [
        name.as_str(),
        wording::role(row.named.role),
        next.as_str(),
        last.as_str(),
        open.as_str(),
        promised.as_str(),
    ];
    columns.draw(buffer, place, look, cells, style);
    if late {
        let x = place.x + columns.starts()[2];
        let cell = prose::fit(&next, columns.widths[2], look.glyphs.ellipsis);
        text::put(buffer, place, x, place.y, &cell, look.theme.due);
    }
}

/// How wide the columns are: name, role, next, last, agenda, what I promised. The last ones go
/// first.
struct Columns {
    widths: [u16; 6],
}

impl Columns {
    fn of(width: u16) -> Self {
        let mut widths = [0, 12, 24, 12, 8, 15];
        if width >= 114 {
            widths[2] = 34;
        }
        if width < 106 {
            widths = [0, 12, 24, 12, 8, 0];
        }
        if width < 90 {
            widths = [0, 12, 23, 11, 0, 0];
        }
        if width < 70 {
            widths = [0, 0, 23, 0, 0, 0];
        }
        let used: u16 = widths.iter().filter(|width| **width > 0).map(|width| width + 1).sum();
        widths[0] = width.saturating_sub(used).min(40);
        Self { widths }
    }

    fn starts(&self) -> [u16; 6] {
        let mut x = 0;
        self.widths.map(|width| {
            let start = x;
            x += if width > 0 { width + 1 } else { 0 };
            start
        })
    }

    fn draw(
        &self,
        buffer: &mut Buffer,
        place: Rect,
        look: &Look,
        cells: [&str; 6],
        style: ratatui::style::Style,
    ) {
        for ((cell, width), start) in cells.iter().zip(self.widths).zip(self.starts()) {
            let words = prose::fit(cell, width, look.glyphs.ellipsis);
            text::put(buffer, place, place.x + start, place.y, &words, style);
        }
    }
}
