//! One person on one screen, read before a meeting: what is next and was last, what the two
//! promised, what is to be talked about, goals, what is worth remembering.
//!
//! It does not scroll where there is room for a screen: what matters most is chosen, and each part
//! says what it left out. `Tab` shows all of it.

mod draw;
mod lines;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use self::lines::{Line, Name, Sheet, Shown};
use crate::domain::{
    AgendaItem, AgendaState, Clocks, Goal, GoalStatus, Id, Moment, Party, Relationship, Session,
    SessionState, Zone, dates,
};
use crate::store::{Details, Prepared, Result, Scope};
use crate::transfer;
use crate::transfer::private::{self, Asked, WaysInBrief};
use crate::tui::commitment;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Moved, Row, Window};
use crate::tui::overlays::Choice;
use crate::tui::overlays::erase::Erase;
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::agenda_line::AgendaLine;
use crate::tui::sheets::contact::EditContact;
use crate::tui::sheets::date::MoveSession;
use crate::tui::sheets::details::EditDetails;
use crate::tui::sheets::export::ExportPerson;
use crate::tui::sheets::remembering::EditRemembering;
use crate::tui::theme::Look;
use crate::tui::{next, order, prose, text};

/// From this width on there are two columns.
const WIDE: u16 = 110;
/// The rows that are shown even where they have to be scrolled.
const LEAST: usize = 12;
/// What the marker and the marks of more take of the width of a line.
const MARGIN: u16 = 4;
/// The rows above the list: the name, and how the two meet.
const ABOVE: u16 = 2;

/// The pane of one person.
pub struct Brief {
    prepared: Option<Prepared>,
    /// What is to be said of the ten ways.
    ways: WaysInBrief,
    columns: Vec<Column>,
    /// Which column has the keys.
    focus: usize,
    /// The size it was laid out for.
    size: (u16, u16),
    /// Whether all of it is shown, and not only what there is room for.
    whole: bool,
    now: Moment,
    zone: Zone,
}

/// A column of lines.
#[derive(Default)]
struct Column {
    window: Window<Shown>,
    cursor: Cursor<Name>,
}

impl Brief {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            prepared: None,
            ways: WaysInBrief::default(),
            columns: Vec::new(),
            focus: 0,
            size: (0, 0),
            whole: false,
            now,
            zone: Zone::Offset(*now.offset()),
        }
    }

    fn line(&self) -> Option<&Line> {
        let column = self.columns.get(self.focus)?;
        column.cursor.row(&column.window).map(|shown| &shown.line)
    }

    fn details(&self) -> Option<&Details> {
        self.prepared.as_ref().map(|prepared| &prepared.details)
    }

    fn with(&self) -> Option<Id<Relationship>> {
        self.details().map(|details| details.relationship.id)
    }

    /// Chooses the lines that there is room for, and keeps the selected one where it still stands.
    fn lay_out(&mut self) {
        let Some(prepared) = &self.prepared else {
            self.columns.clear();
            return;
        };
        let seen = usize::from(self.size.1.saturating_sub(ABOVE));
        let room = if self.whole { usize::MAX / 2 } else { seen.max(LEAST) };
        let columns: u16 = if self.size.0 >= WIDE { 2 } else { 1 };
        let sheet = Sheet {
            today: self.now.date_naive(),
            clocks: Clocks { mine: self.zone, theirs: prepared.details.person.value.zone() },
            rows: room,
            wraps: self.whole || seen >= LEAST,
            columns: usize::from(columns),
            width: (self.size.0 / columns).saturating_sub(MARGIN),
        };
        let windows = lines::lay_out(prepared, &self.ways, sheet);
        let selected = self.columns.get(self.focus).and_then(|column| column.cursor.key().copied());
        let found = selected.and_then(|key| {
            windows.iter().position(|window| window.rows.iter().any(|row| row.key() == key))
        });
        self.focus = found.unwrap_or(self.focus).min(windows.len().saturating_sub(1));
        self.columns.resize_with(windows.len(), Column::default);
        for (at, (column, window)) in self.columns.iter_mut().zip(windows).enumerate() {
            column.window = window;
            if at != self.focus {
                column.cursor = Cursor::default();
                continue;
            }
            // Where a line went, another of its part is the nearest, as far as there is one.
            let mut same =
                column.window.rows.iter().filter(|row| {
                    Some(row.part) == selected.map(Name::part) && !row.line.is_read()
                });
            let near = if found.is_some() { selected } else { same.next_back().map(Row::key) };
            if let Some(key) = near {
                column.cursor.select(key);
            }
            column.cursor.settle(&column.window);
        }
        self.pass_over(false);
    }

    /// Goes on from what is only read to a line.
    fn pass_over(&mut self, up: bool) {
        if let Some(Column { cursor, window, .. }) = self.columns.get_mut(self.focus) {
            cursor.pass_over(window, up, |row| row.line.is_read());
        }
    }

    fn step(&mut self, action: Action) {
        let Some(column) = self.columns.get_mut(self.focus) else { return };
        let before = column.cursor.key().copied();
        let moved = column.cursor.go(&column.window, action);
        self.pass_over(action.leads_up());
        let stayed = self.columns.get(self.focus).map(|column| column.cursor.key().copied());
        // From the last line of a column on to the other, and back.
        match (moved, action) {
            (_, Action::Down) if moved == Moved::Last || stayed == Some(before) => {
                self.go_to_column(self.focus + 1, Action::First);
            }
            (Moved::First, Action::Up) if stayed == Some(before) => {
                self.go_to_column(self.focus.wrapping_sub(1), Action::Last);
            }
            _ => {}
        }
    }

    /// Gives the keys to another column, if there is one.
    fn go_to_column(&mut self, to: usize, end: Action) {
        if to >= self.columns.len() || to == self.focus {
            return;
        }
        if let Some(column) = self.columns.get_mut(self.focus) {
            column.cursor = Cursor::default();
        }
        self.focus = to;
        if let Some(column) = self.columns.get_mut(to) {
            column.cursor.settle(&column.window);
            column.cursor.go(&column.window, end);
        }
        self.pass_over(end == Action::Last);
    }

    fn open(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(details), Some(line)) = (self.details(), self.line()) else {
            return Ok(Outcome::Ignored);
        };
        let name = &details.person.value.name;
        let person = details.person.id;
        let with = details.relationship.id;
        Ok(match line {
            Line::Session(session, _) => Outcome::Go(Target::session(with, session.id, Then::Look)),
            Line::Proposal(..) => Outcome::Act(Action::PlanNext),
            Line::Agenda(item, ..) => Outcome::Fill(Box::new(AgendaLine::edit(item.clone(), name))),
            Line::Goal(row, _) => Outcome::Go(Target::goal(Scope::One(with), row.goal.id)),
            Line::Commitment(promised) => {
                let session =
                    promised.commitment.value.session.filter(|_| promised.source.is_some());
                Outcome::Go(match session {
                    Some(session) => Target::session(with, session, Then::Look),
                    None => Target::pane(Scope::One(with), Place::Commitments),
                })
            }
            Line::Remembering(line) => match super::said(&line.value, cx)? {
                Some(there) => there,
                None => self.change(cx)?,
            },
            Line::Contact(contact) => {
                let sheet = EditContact::new(person, name, Party::Them, Some(contact.clone()));
                Outcome::Fill(Box::new(sheet))
            }
            Line::Repair(repair) => Outcome::Go(Target::repair(with, repair.id)),
            Line::Fact("In focus" | "Quiet for a while", _) => {
                Outcome::Act(Action::Go(Place::Trust))
            }
            Line::Fact("Agreement", _) => Outcome::Act(Action::Go(Place::Agreement)),
            Line::Fact(..) | Line::Hint(_) | Line::Rest { .. } => Outcome::Act(Action::Details),
        })
    }

    /// Opens the form in which the selected line gets another day.
    fn change(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(details), Some(line)) = (self.details(), self.line()) else {
            return Ok(Outcome::Ignored);
        };
        let (person, with) = (&details.person, details.relationship.id);
        Ok(match line {
            Line::Remembering(line) => {
                let (name, line) = (&person.value.name, Some(line.clone()));
                let sheet = EditRemembering::new(person.id, name, line, cx.now());
                Outcome::Fill(Box::new(sheet))
            }
            Line::Commitment(promised) => commitment::move_day(&promised.commitment, cx)?,
            Line::Session(session, _) => {
                let sheet = MoveSession::new(session.clone(), cx.now(), cx.clocks(with)?);
                Outcome::Fill(Box::new(sheet))
            }
            _ => Outcome::Say("This line has no date to move.".to_owned()),
        })
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let said = match self.line() {
            Some(Line::Agenda(item, ..)) => {
                cx.store.delete_agenda_item(cx.stamp, item.id)?;
                "The agenda line is in the bin."
            }
            Some(Line::Goal(row, _)) => {
                cx.store.delete_goal(cx.stamp, row.goal.id)?;
                "The goal is in the bin."
            }
            Some(Line::Commitment(promised)) => {
                return commitment::delete(&promised.commitment, cx);
            }
            Some(Line::Remembering(line)) => {
                cx.store.forget(cx.stamp, line.id)?;
                "The line is in the bin."
            }
            Some(Line::Contact(contact)) => {
                cx.store.delete_contact(cx.stamp, contact.id)?;
                "The way to reach them is in the bin."
            }
            Some(Line::Session(session, _)) => {
                cx.store.delete_session(cx.stamp, session.id)?;
                "The session is in the bin."
            }
            _ => return Ok(Outcome::Say("Select a line that can be deleted.".to_owned())),
        };
        Ok(Outcome::Changed(said.to_owned()))
    }

    /// Puts the selected line of the agenda above the one before it, or below the one after it.
    fn order(&self, up: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (line, prepared) = match (self.line(), &self.prepared) {
            (Some(Line::Agenda(item, ..)), Some(prepared)) => (Some(item.id), prepared),
            (_, Some(prepared)) => (None, prepared),
            _ => return Ok(Outcome::Ignored),
        };
        let open: Vec<_> = prepared.agenda.iter().map(|item| item.id).collect();
        let is_shown = |id: &Id<AgendaItem>| {
            let mut rows = self.columns.iter().flat_map(|column| &column.window.rows);
            rows.any(|shown| matches!(&shown.line, Line::Agenda(item, ..) if item.id == *id))
        };
        // Out of sight nobody can see where it went.
        if let Some(line) = line
            && order::step(line, &open, up).is_ok_and(|(_, there, _)| !is_shown(&there))
        {
            return Ok(Outcome::Say("More of the agenda is not shown: Tab shows it.".to_owned()));
        }
        order::agenda(line, &open, up, cx)
    }

    fn done(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        match self.line() {
            Some(Line::Agenda(item, ..)) => {
                let session = cx.store.last_session(item.value.relationship, None)?;
                let session = session.map(|session| session.id);
                cx.store.mark_agenda_item(cx.stamp, item.id, AgendaState::Discussed, session)?;
                Ok(Outcome::Changed("Talked about.".to_owned()))
            }
            Some(Line::Commitment(promised)) => commitment::toggle(&promised.commitment, cx),
            Some(Line::Proposal(..)) => Ok(Outcome::Act(Action::PlanNext)),
            Some(Line::Session(session, _)) => {
                cx.store.mark_session(cx.stamp, session.id, SessionState::Held)?;
                let offered = next::offered(session.value.relationship, cx)?;
                Ok(Outcome::Changed(format!("Marked held.{offered}")))
            }
            // What the line asks for next is what Space does: the milestone, else the goal.
            Some(Line::Goal(_, Some(next))) => {
                cx.store.tick_milestone(cx.stamp, next.id, true)?;
                Ok(Outcome::Changed(format!("Milestone done: {}.", next.value.title)))
            }
            Some(Line::Goal(row, None)) => {
                cx.store.mark_goal(cx.stamp, row.goal.id, GoalStatus::Achieved, "")?;
                Ok(Outcome::Changed(format!("Met: {}.", row.goal.value.title)))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    /// An address alone, else the whole brief as Markdown without what is private.
    fn copy(&self) -> Outcome {
        match (self.line(), &self.prepared) {
            (Some(Line::Contact(contact)), _) => {
                Outcome::Copy(contact.value.value.clone(), "the address")
            }
            (_, Some(prepared)) => {
                let words =
                    transfer::markdown::brief(prepared, None, self.now.date_naive(), self.zone);
                Outcome::Copy(words, "the brief as Markdown, without what is private")
            }
            _ => Outcome::Ignored,
        }
    }

    fn read(&mut self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<()> {
        let prepared = cx.store.brief(with, cx.now())?;
        self.ways = private::ways_in_brief(cx.store, &prepared, cx.today(), Asked::to_read())?;
        self.prepared = Some(prepared);
        self.lay_out();
        Ok(())
    }

    /// The line beneath the name: since when, how often, until when.
    fn how_we_meet(&self, details: &Details) -> String {
        let relationship = &details.relationship.value;
        let today = self.now.date_naive();
        let mut parts = Vec::new();
        parts.extend(
            relationship.paused.map(|day| format!("rests since {}", dates::day(day, today))),
        );
        parts.extend(relationship.phase.beside_a_name(relationship.ends, today));
        parts.extend(relationship.started.map(|day| format!("since {}", dates::day(day, today))));
        parts.extend(relationship.cadence.map(|cadence| cadence.to_string()));
        parts.extend(relationship.usual_minutes.map(|length| length.to_string()));
        parts.extend(relationship.usual_mode.map(|mode| mode.words().to_owned()));
        let ends = relationship.ends.filter(|_| !relationship.phase.is_closed());
        parts.extend(ends.map(|day| format!("ends {}", dates::day(day, today))));
        if relationship.archived {
            parts.push("archived".to_owned());
        }
        parts.join(" · ")
    }
}

impl Pane for Brief {
    fn place(&self) -> Place {
        Place::Brief
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        (self.now, self.zone) = (cx.now(), cx.zone);
        match cx.scope {
            Scope::One(with) => {
                if self.with() != Some(with) {
                    let size = self.size;
                    *self = Self { size, zone: cx.zone, ..Self::new(self.now) };
                }
                self.read(with, cx)
            }
            Scope::Everyone => {
                self.prepared = None;
                self.lay_out();
                Ok(())
            }
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            action if action.is_move() => {
                self.step(action);
                Ok(Outcome::Done)
            }
            Action::Left | Action::Right => {
                let to = usize::from(action == Action::Right);
                self.go_to_column(to, Action::First);
                Ok(Outcome::Done)
            }
            Action::NextPart | Action::PreviousPart => {
                self.whole = !self.whole;
                self.lay_out();
                Ok(Outcome::Say(if self.whole {
                    "All of it. Tab shows what matters again.".to_owned()
                } else {
                    String::new()
                }))
            }
            Action::Open => self.open(cx),
            Action::MoveDate => self.change(cx),
            Action::Done => self.done(cx),
            Action::LineUp | Action::LineDown => self.order(action == Action::LineUp, cx),
            Action::Delete => self.delete(cx),
            Action::New => super::pick_kind(self.with(), cx),
            Action::Edit | Action::Details => {
                let Some(details) = self.details().cloned() else { return Ok(Outcome::Ignored) };
                Ok(Outcome::Fill(Box::new(EditDetails::new(details, cx.now()))))
            }
            Action::Export => {
                let Some(details) = self.details() else { return Ok(Outcome::Ignored) };
                Ok(Outcome::Fill(Box::new(ExportPerson::new(details))))
            }
            Action::Archive => {
                let Some(with) = self.with() else { return Ok(Outcome::Ignored) };
                super::archive(&cx.store.named(with)?, cx)
            }
            Action::Erase => {
                let Some(with) = self.with() else { return Ok(Outcome::Ignored) };
                let question = Erase::new(&cx.store.named(with)?, cx)?;
                Ok(Outcome::Open(Box::new(question)))
            }
            Action::Copy => Ok(self.copy()),
            Action::Back if self.whole => {
                self.whole = false;
                self.lay_out();
                Ok(Outcome::Done)
            }
            Action::Back => Ok(Outcome::Go(Target::pane(Scope::Everyone, Place::People))),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        match (choice, self.with()) {
            (Choice::Kind(kind), Some(with)) => super::add(kind, with, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        let session = match self.line() {
            Some(Line::Session(session, _)) => Some(session.id),
            _ => None,
        };
        (self.with(), session)
    }

    fn shows_goal(&self, goal: Id<Goal>) -> bool {
        let mut rows = self.columns.iter().flat_map(|column| &column.window.rows);
        rows.any(|shown| matches!(&shown.line, Line::Goal(row, _) if row.goal.id == goal))
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                for number in 0..self.columns.len() {
                    let column = &mut self.columns[number];
                    let click = column.cursor.click(&column.window, at);
                    if click == Click::Beside {
                        continue;
                    }
                    if number != self.focus {
                        self.columns[self.focus].cursor = Cursor::default();
                        self.focus = number;
                    }
                    // How a line goes on belongs to it.
                    self.pass_over(true);
                    return match click {
                        Click::Again => self.open(cx),
                        _ => Ok(Outcome::Done),
                    };
                }
                Ok(Outcome::Ignored)
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                if let Some(column) = self.columns.get_mut(self.focus) {
                    column.cursor.wheel(&column.window, event.kind == MouseEventKind::ScrollDown);
                }
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.size != (area.width, area.height) {
            self.size = (area.width, area.height);
            self.lay_out();
        }
        let Some(details) = self.details() else { return };
        let ellipsis = look.glyphs.ellipsis;
        let role = details.relationship.value.role.words();
        let title = format!("{} · {role}", details.person.value.name);
        let title = prose::fit(&title, area.width, ellipsis);
        text::put(frame.buffer_mut(), area, area.x, area.y, &title, look.theme.title);
        let how = self.how_we_meet(details);
        let used = if how.is_empty() { 1 } else { ABOVE }.min(area.height);
        let how = prose::fit(&how, area.width, ellipsis);
        text::put(frame.buffer_mut(), area, area.x, area.y + 1, &how, look.theme.quiet);
        let list = Rect { y: area.y + used, height: area.height - used, ..area };
        let count = u16::try_from(self.columns.len()).unwrap_or(1).max(1);
        let width = list.width / count;
        let today = self.now.date_naive();
        let clocks = Clocks { mine: self.zone, theirs: details.person.value.zone() };
        let focus = self.focus;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let x = list.x + width * u16::try_from(at).unwrap_or(0);
            let place = Rect { x, width, ..list };
            if at > 0 {
                for y in place.y..place.bottom() {
                    let bar = look.glyphs.bar;
                    text::put(
                        frame.buffer_mut(),
                        area,
                        x.saturating_sub(1),
                        y,
                        bar,
                        look.theme.line,
                    );
                }
            }
            let Column { window, cursor } = column;
            cursor.render(
                frame,
                place,
                look,
                window,
                at == focus,
                |buffer, place, shown, chosen| {
                    draw::line(buffer, place, look, shown, chosen, (today, clocks));
                },
            );
        }
    }
}
