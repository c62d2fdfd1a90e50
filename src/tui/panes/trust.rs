//! The ten ways to build trust with one person: a checklist that is ticked on sight.
//!
//! The boxes are those of today's check-in, which begins with the first answer and needs no end;
//! beside them stand the check-ins before. Nothing here is added up, and all of it is private.

mod draw;
mod page;

use std::collections::BTreeMap;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use self::page::Key;
use crate::domain::{
    Focus, Id, Moment, Practice, Record, Relationship, Repair, Role, Session, Way, dates,
};
use crate::guide::ways::{self, TrustWay};
use crate::store::{Result, Scope, TrustRecords};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::history::History;
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane};
use crate::tui::reading::Reading;
use crate::tui::sheets::evidence::EditEvidence;
use crate::tui::sheets::repair::EditRepair;
use crate::tui::sheets::way::{NameWay, NewFocus};
use crate::tui::theme::Look;
use crate::tui::{text, wording};

/// From this width on the checklist and the chosen way stand beside each other.
const WIDE: u16 = 110;
/// The width of the checklist there.
const LIST: u16 = 67;
/// From this height on the chosen way stands below the checklist.
const ROOMY: u16 = 17;
/// A check-in sooner than this after the last one is allowed, and said.
const FORTNIGHT: i64 = 14;

/// The heading of the repairs that were settled.
const MENDED: &str = "Mended";
/// The rows of them, with their heading, that stand above the chosen way at most.
const SETTLED: u16 = 3;

/// A row of the checklist.
#[derive(Clone, Debug)]
enum Item {
    /// One of the ways, by its place among them.
    Way { key: String, at: usize },
    /// The name of a part, or a blank line.
    Heading(&'static str),
    /// A practice in focus.
    Focus(Record<Focus>),
    /// A repair.
    Repair(Record<Repair>),
}

/// What tells a row from every other.
#[derive(Clone, Debug, PartialEq)]
enum Name {
    Way(String),
    Heading(&'static str),
    Record(Id<()>),
}

impl Row for Item {
    type Key = Name;

    fn key(&self) -> Name {
        match self {
            Self::Way { key, .. } => Name::Way(key.clone()),
            Self::Heading(words) => Name::Heading(words),
            Self::Focus(focus) => Name::Record(focus.id.cast()),
            Self::Repair(repair) => Name::Record(repair.id.cast()),
        }
    }
}

/// The pane of the ten ways.
pub struct Trust {
    with: Option<Id<Relationship>>,
    role: Role,
    /// All ways, the hidden ones too.
    ways: Vec<TrustWay>,
    records: TrustRecords,
    /// The ways that were quiet for long, by their keys.
    quiet: Vec<String>,
    rows: Window<Item>,
    cursor: Cursor<Name>,
    /// The chosen way, to be read.
    page: Reading<Key>,
    seen: Vec<Record<crate::domain::Evidence>>,
    /// The sessions that evidence came from, as days.
    sessions: BTreeMap<Id<Session>, chrono::NaiveDate>,
    inside: bool,
    /// The day of a check-in that was begun here and has no answer yet, so that none is kept.
    begun: Option<chrono::NaiveDate>,
    now: Moment,
}

impl Trust {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            with: None,
            role: Role::Peer,
            ways: Vec::new(),
            records: TrustRecords::default(),
            quiet: Vec::new(),
            rows: Window::default(),
            cursor: Cursor::default(),
            page: Reading::default(),
            seen: Vec::new(),
            sessions: BTreeMap::new(),
            inside: false,
            begun: None,
            now,
        }
    }

    /// Selects a repair. One that is gone leaves the list as it is.
    pub fn show_repair(&mut self, repair: Id<Repair>, cx: &Cx<'_>) -> Result<()> {
        self.inside = false;
        self.cursor.select(Name::Record(repair.cast()));
        self.read(cx)
    }

    fn way(&self) -> Option<&TrustWay> {
        match self.cursor.row(&self.rows)? {
            Item::Way { at, .. } => self.ways.get(*at),
            Item::Focus(focus) => self.ways.iter().find(|way| way.key == focus.value.way),
            Item::Heading(_) | Item::Repair(_) => None,
        }
    }

    fn is_quiet(&self, key: &str) -> bool {
        self.quiet.iter().any(|quiet| quiet == key)
    }

    /// Reads what was seen of the chosen way, and writes its page.
    fn open_selected(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.seen.clear();
        let Some(with) = self.with else { return Ok(()) };
        if let Some(key) = self.way().map(|way| way.key.clone()) {
            self.seen = cx.store.evidence(with, &key)?;
        }
        for one in &self.seen {
            if let Some(session) = one.value.session
                && !self.sessions.contains_key(&session)
                && let Ok(session) = cx.store.session(session)
            {
                self.sessions.insert(session.id, session.value.when.date);
            }
        }
        self.lay_out();
        Ok(())
    }

    fn lay_out(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        match self.cursor.row(&self.rows) {
            Some(Item::Repair(repair)) => {
                page.write(|lines| page::repair(lines, &repair.value, self.now.date_naive()));
            }
            _ => page.write(|lines| self.write_way(lines)),
        }
        self.page = page;
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let Some(with) = self.with else { return Ok(()) };
        self.role = cx.store.named(with)?.role;
        self.ways = ways::all(&cx.store.ways()?);
        self.records = cx.store.trust(with, cx.today())?;
        let shown = self.ways.iter().filter(|way| !way.hidden).map(|way| way.key.as_str());
        self.quiet = self.records.quiet(shown).into_iter().map(str::to_owned).collect();
        let shown = self.ways.iter().enumerate().filter(|(_, way)| !way.hidden);
        let mut rows: Vec<Item> =
            shown.map(|(at, way)| Item::Way { key: way.key.clone(), at }).collect();
        if !self.records.focus.is_empty() {
            rows.push(Item::Heading("In focus"));
            rows.extend(self.records.focus.iter().cloned().map(Item::Focus));
        }
        for (heading, settled) in [("To mend", false), (MENDED, true)] {
            let of = |one: &&Record<Repair>| one.value.settled.is_some() == settled;
            let repairs: Vec<_> = self.records.repairs.iter().filter(of).cloned().collect();
            if !repairs.is_empty() {
                rows.push(Item::Heading(heading));
                rows.extend(repairs.into_iter().map(Item::Repair));
            }
        }
        self.rows = Window { rows, more_above: false, more_below: false };
        self.cursor.settle(&self.rows);
        self.pass_headings(true);
        self.open_selected(cx)
    }

    fn step(&mut self, action: Action, cx: &Cx<'_>) -> Result<()> {
        self.cursor.go(&self.rows, action);
        self.pass_headings(action.leads_up());
        self.open_selected(cx)
    }

    fn pass_headings(&mut self, back: bool) {
        self.cursor.pass_over(&self.rows, back, |item| matches!(item, Item::Heading(_)));
    }

    /// Answers the chosen way, or ticks the chosen practice.
    fn answer(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match self.cursor.row(&self.rows) {
            Some(Item::Focus(focus)) if action == Action::Done => {
                cx.store.tick_focus(cx.stamp, &focus.value)?;
                Ok(Outcome::Changed("Noted today, for you alone: you did it.".to_owned()))
            }
            Some(Item::Repair(repair)) if action == Action::Done => {
                let (settled, says) = match repair.value.settled {
                    None => (Some(cx.today()), "Settled between you."),
                    Some(_) => (None, "Open between you again."),
                };
                let value = Repair { settled, ..repair.value.clone() };
                cx.store.update_repair(cx.stamp, &Record { value, ..repair.clone() })?;
                Ok(Outcome::Changed(says.to_owned()))
            }
            Some(Item::Way { key, .. }) => {
                let standing = self.records.answer(key, cx.today());
                let next = match action {
                    Action::Done => after(standing),
                    Action::Right => more(standing),
                    _ => less(standing),
                };
                if next == standing {
                    return Ok(Outcome::Done);
                }
                let early = self.early(cx.today());
                let key = key.clone();
                cx.store.answer(cx.stamp, with, &key, next)?;
                let name = self.way().map(|way| way.name.clone()).unwrap_or_default();
                let words = overlays::capital(next.map_or("left blank", Practice::words));
                let says = || wording::sentence(&format!("{words}: {name}"));
                Ok(Outcome::Changed(early.unwrap_or_else(says)))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    /// Begins a check-in of today on the screen, and says so; its first answer is what is kept.
    fn begin(&mut self, today: chrono::NaiveDate) -> String {
        let is_kept = self.records.check_ins.last().is_some_and(|one| one.value.day == today);
        if is_kept || self.begun == Some(today) {
            return "Today's check-in goes on: Space answers, blanks are fine.".to_owned();
        }
        let early = self.early(today);
        self.begun = Some(today);
        early.unwrap_or_else(|| "A check-in of today: Space answers, blanks are fine.".to_owned())
    }

    /// What is said of a check-in that begins soon after the last one; said once.
    fn early(&self, today: chrono::NaiveDate) -> Option<String> {
        if self.begun == Some(today) {
            return None;
        }
        let last = self.records.check_ins.last()?.value.day;
        let days = (today - last).num_days();
        (1..FORTNIGHT).contains(&days).then(|| {
            let since = crate::wording::counted(usize::try_from(days).unwrap_or(0), "day");
            format!("A check-in of today, {since} after the last; fortnightly will do.")
        })
    }

    fn note(&self, cx: &Cx<'_>) -> Outcome {
        let Some(with) = self.with else { return Outcome::Ignored };
        if self.inside
            && let Some(one) = self.selected_evidence()
        {
            return Outcome::Fill(Box::new(EditEvidence::edit(one.clone(), &self.ways, cx.now())));
        }
        if let Some(Item::Repair(repair)) = self.cursor.row(&self.rows) {
            return Outcome::Fill(Box::new(EditRepair::edit(repair.clone(), cx.now())));
        }
        self.new_evidence(with, cx)
    }

    fn new_evidence(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Outcome {
        let way = self.way().map(|way| way.key.as_str());
        Outcome::Fill(Box::new(EditEvidence::new(with, &self.ways, way, cx.now())))
    }

    fn selected_evidence(&self) -> Option<&Record<crate::domain::Evidence>> {
        let Some(Key::Evidence(id)) = self.page.selected() else { return None };
        self.seen.iter().find(|one| one.id == *id)
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        if self.inside {
            let Some(one) = self.selected_evidence() else {
                let says = "Select a line of what you saw or did; `d` puts it into the bin.";
                return Ok(Outcome::Say(says.to_owned()));
            };
            cx.store.delete_evidence(cx.stamp, one.id)?;
            return Ok(Outcome::Changed("That line is in the bin.".to_owned()));
        }
        match self.cursor.row(&self.rows) {
            Some(Item::Focus(focus)) => {
                cx.store.end_focus(cx.stamp, focus)?;
                Ok(Outcome::Changed("No longer in focus; what you noted of it stays.".to_owned()))
            }
            Some(Item::Repair(repair)) => {
                cx.store.delete_repair(cx.stamp, repair.id)?;
                Ok(Outcome::Changed("The repair is in the bin.".to_owned()))
            }
            _ => {
                let Some(last) = self.records.check_ins.last() else { return Ok(Outcome::Ignored) };
                if last.value.day != cx.today() {
                    let says = "Only today's check-in goes from here. `m` hides a way.";
                    return Ok(Outcome::Say(says.to_owned()));
                }
                cx.store.delete_check_in(cx.stamp, last.id)?;
                Ok(Outcome::Changed("Today's check-in is in the bin.".to_owned()))
            }
        }
    }

    fn hide(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(way) = self.way() else { return Ok(Outcome::Ignored) };
        let own = cx.store.ways()?.into_iter().find(|one| one.value.key == way.key);
        let wanted = own.map(|one| one.value).unwrap_or(Way {
            key: way.key.clone(),
            name: String::new(),
            line: String::new(),
            hidden: false,
        });
        cx.store.set_way(cx.stamp, &Way { hidden: true, ..wanted })?;
        let says = format!("Hidden with everybody, `m` adds it back: {}", way.name);
        Ok(Outcome::Changed(wording::sentence(&says)))
    }
}

/// What Space makes of an answer: from the fullest down to blank, and round again.
const fn after(standing: Option<Practice>) -> Option<Practice> {
    match standing {
        None => Some(Practice::Consistently),
        Some(Practice::Consistently) => Some(Practice::Sometimes),
        Some(Practice::Sometimes) => Some(Practice::NotReally),
        Some(Practice::NotReally) => Some(Practice::NoOccasion),
        Some(Practice::NoOccasion) => None,
    }
}

/// One step more often, from blank on: not really, sometimes, consistently. What had no occasion
/// is blank again: it is no frequency, and lies on the other side of blank.
const fn more(standing: Option<Practice>) -> Option<Practice> {
    match standing {
        Some(Practice::NoOccasion) => None,
        None => Some(Practice::NotReally),
        Some(Practice::NotReally) => Some(Practice::Sometimes),
        Some(Practice::Sometimes | Practice::Consistently) => Some(Practice::Consistently),
    }
}

/// One step less often, past blank to no occasion.
const fn less(standing: Option<Practice>) -> Option<Practice> {
    match standing {
        None | Some(Practice::NoOccasion) => Some(Practice::NoOccasion),
        Some(Practice::NotReally) => None,
        Some(Practice::Sometimes) => Some(Practice::NotReally),
        Some(Practice::Consistently) => Some(Practice::Sometimes),
    }
}

impl Pane for Trust {
    fn place(&self) -> Place {
        if self.inside { Place::Way } else { Place::Trust }
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.now = cx.now();
        let with = match cx.scope {
            Scope::One(with) => Some(with),
            Scope::Everyone => None,
        };
        if self.with != with {
            *self = Self { with, ..Self::new(self.now) };
        }
        self.read(cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match action {
            action if action.is_move() && self.inside => {
                self.page.step(action);
                Ok(Outcome::Done)
            }
            action if action.is_move() => {
                self.step(action, cx)?;
                Ok(Outcome::Done)
            }
            Action::NextPart | Action::PreviousPart if !self.inside => {
                self.inside = true;
                self.page.begin();
                Ok(Outcome::Done)
            }
            Action::NextPart | Action::PreviousPart | Action::Back | Action::Left
                if self.inside =>
            {
                self.inside = false;
                Ok(Outcome::Done)
            }
            Action::Done | Action::Right | Action::Left if !self.inside => self.answer(action, cx),
            Action::Open | Action::Edit => Ok(self.note(cx)),
            Action::New => Ok(self.new_evidence(with, cx)),
            Action::CheckIn => Ok(Outcome::Say(self.begin(cx.today()))),
            Action::Versions if self.records.check_ins.is_empty() => {
                let says = "There is no check-in yet. Space on a way begins one.";
                Ok(Outcome::Say(says.to_owned()))
            }
            Action::Versions => {
                let person = cx.store.named(with)?.name;
                let history = History::new(&person, &self.ways, &self.records);
                Ok(Outcome::Open(Box::new(history)))
            }
            Action::Delete => self.delete(cx),
            Action::Focus => Ok(match self.way() {
                Some(way) => Outcome::Fill(Box::new(NewFocus::new(with, way, &self.records.focus))),
                None => Outcome::Ignored,
            }),
            Action::Rename => Ok(match self.way() {
                Some(way) => Outcome::Fill(Box::new(NameWay::rename(way))),
                None => Outcome::Ignored,
            }),
            Action::HideWay => self.hide(cx),
            Action::AddWay => Ok(Outcome::Open(Box::new(overlays::ways(&self.ways)))),
            Action::Repair => Ok(Outcome::Fill(Box::new(EditRepair::new(with, cx.now())))),
            Action::Copy => Ok(match self.selected_evidence().filter(|_| self.inside) {
                Some(one) => Outcome::Copy(one.value.text.clone(), "the line"),
                None => Outcome::Copy(self.page.text(), "what stands here of the way"),
            }),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        match choice {
            Choice::Way(None) => Ok(Outcome::Fill(Box::new(NameWay::add()))),
            Choice::Way(Some(key)) => {
                let own = cx.store.ways()?.into_iter().find(|one| one.value.key == key);
                let wanted = own.map_or_else(
                    || Way { key, name: String::new(), line: String::new(), hidden: false },
                    |one| one.value,
                );
                cx.store.set_way(cx.stamp, &Way { hidden: false, ..wanted })?;
                Ok(Outcome::Changed("It stands in the checklist, with everybody.".to_owned()))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        (self.with, None)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let click = self.cursor.click(&self.rows, at);
                if click == Click::Beside {
                    let inside = self.page.click(at);
                    self.inside |= inside != Click::Beside;
                    return Ok(if inside == Click::Again { self.note(cx) } else { Outcome::Done });
                }
                self.inside = false;
                self.pass_headings(false);
                self.open_selected(cx)?;
                if click == Click::Again {
                    self.answer(Action::Done, cx)
                } else {
                    Ok(Outcome::Done)
                }
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = event.kind == MouseEventKind::ScrollDown;
                if self.inside {
                    self.page.wheel(down);
                } else {
                    self.cursor.wheel(&self.rows, down);
                    self.pass_headings(!down);
                    self.open_selected(cx)?;
                }
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn status(&mut self) -> (String, String) {
        let today = self.now.date_naive();
        let says = match self.records.check_ins.last().map(|one| one.value.day) {
            _ if self.begun == Some(today) => "Today's check-in · blanks are fine".to_owned(),
            None => "No check-in yet · Space on a way begins one".to_owned(),
            Some(day) if day == today => "Today's check-in · blanks are fine".to_owned(),
            Some(day) => {
                format!("Last check-in {} · Space begins today's", dates::distance(day, today))
            }
        };
        (says, "private".to_owned())
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if area.width >= WIDE {
            let list = Rect { width: LIST, ..area };
            let bar = Rect { x: area.x + LIST, width: 1, ..area };
            for y in bar.y..bar.bottom() {
                text::put(frame.buffer_mut(), bar, bar.x, y, look.glyphs.bar, look.theme.line);
            }
            let beside = Rect { x: area.x + LIST + 2, width: area.width - LIST - 2, ..area };
            self.draw_page(frame, beside, look);
            self.draw_list(frame, list, look);
            return;
        }
        if self.inside {
            self.draw_page(frame, area, look);
            return;
        }
        // What was settled may be long: the page needs the room more, and the list can be gone over.
        let is_heading = |row: &Item| matches!(row, Item::Heading(words) if *words == MENDED);
        let (all, count) = (&self.rows.rows, |rows| u16::try_from(rows).unwrap_or(u16::MAX));
        let open = count(all.iter().position(is_heading).unwrap_or(all.len())).saturating_add(1);
        let settled = count(all.len()).saturating_add(1).saturating_sub(open);
        let rows = open.saturating_add(settled.min(SETTLED));
        if area.height < ROOMY || area.height < rows.saturating_add(4) {
            self.page.forget_place();
            self.draw_list(frame, area, look);
            return;
        }
        let below = Rect { y: area.y + rows, height: area.height.saturating_sub(rows), ..area };
        self.draw_page(frame, below, look);
        self.draw_list(frame, Rect { height: rows, ..area }, look);
    }
}
