//! Today: what is late or due, what is next, and what is to be asked about; of everyone or of one
//! person. Every row is done, moved and opened in its place.

mod about;

use chrono::NaiveDate;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::about::About;
use crate::domain::today::{self, Item, Part, What};
use crate::domain::{
    CommitmentState, GoalStatus, Id, Moment, Record, Relationship, Session, SessionState, When,
    Zone, dates,
};
use crate::store::{Result, Scope};
use crate::tui::commitment;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::reading::Reading;
use crate::tui::sheets::date::MoveSession;
use crate::tui::sheets::goal_date::MoveGoal;
use crate::tui::sheets::remembering::EditRemembering;
use crate::tui::sheets::session::EditSession;
use crate::tui::theme::Look;
use crate::tui::{next, progress, prose, text, unfinished};
use crate::wording::today as wording;

/// From this width on the right column says what the selected row is about.
const WIDE: u16 = 100;
/// How wide the list is then, in hundredths.
const LIST: u32 = 58;
/// From this room beside the name on the other's time is said in words.
const ROOMY: u16 = 48;
/// How wide a name is beside its row.
const NAME: u16 = 14;

/// A line of the list.
enum Line {
    /// The name of a part.
    Heading(Part),
    /// A row.
    Item(Box<Item>),
    /// How many more there are, and the key that shows them.
    More(Part, String),
}

/// What tells a line from the others.
#[derive(Clone, PartialEq, Eq)]
enum Key {
    Heading(Part),
    /// A record, as what it stands there.
    Record(Part, Id<()>, String),
    More(Part),
}

/// The part in which a row stands: the same record may stand in two.
const fn part_of(what: &What) -> Part {
    match what {
        What::Commitment(_) => Part::Mine,
        What::Goal(_) | What::Milestone(..) => Part::Goals,
        What::Session(_) => Part::Next,
        What::Happened(_) => Part::Happened,
        What::Check(_)
        | What::RenewBy(_)
        | What::Ends(_)
        | What::KeepUntil(_)
        | What::Unsigned(_)
        | What::CheckIn(_) => Part::Agreed,
        What::Unmet(_) => Part::Unmet,
        What::Remembering(_) => Part::Remember,
        What::Unfinished(_) => Part::Unfinished,
        What::Memory(..) => Part::Memory,
    }
}

impl Row for Line {
    type Key = Key;

    fn key(&self) -> Key {
        match self {
            Self::Heading(part) => Key::Heading(*part),
            Self::More(part, _) => Key::More(*part),
            Self::Item(item) => {
                let with = item.who.as_ref().map(|who| who.relationship.cast());
                let (id, detail) = match &item.what {
                    What::Commitment(one) => (Some(one.id.cast()), String::new()),
                    What::Goal(goal) => (Some(goal.id.cast()), String::new()),
                    What::Milestone(one, _) => (Some(one.id.cast()), String::new()),
                    What::Session(one) | What::Happened(one) | What::Memory(one, _) => {
                        (Some(one.id.cast()), String::new())
                    }
                    What::Remembering(line) => (Some(line.id.cast()), String::new()),
                    What::Unfinished(one) => (Some(one.record), one.field.clone()),
                    // Of these there is one a relationship.
                    other => (with, wording::kind(other).to_owned()),
                };
                Key::Record(
                    part_of(&item.what),
                    id.unwrap_or_else(|| Id::from_bytes([0; 16])),
                    detail,
                )
            }
        }
    }
}

/// The pane of what is due and next.
pub struct Today {
    scope: Scope,
    window: Window<Line>,
    cursor: Cursor<Key>,
    about: About,
    page: Reading<()>,
    /// The next session, however far away.
    next: Option<When>,
    now: Moment,
    zone: Zone,
}

impl Today {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            scope: Scope::Everyone,
            window: Window::default(),
            cursor: Cursor::default(),
            about: About::default(),
            page: Reading::default(),
            next: None,
            now,
            zone: Zone::Offset(*now.offset()),
        }
    }

    fn item(&self) -> Option<&Item> {
        match self.cursor.row(&self.window) {
            Some(Line::Item(item)) => Some(item),
            _ => None,
        }
    }

    fn with(&self) -> Option<Id<Relationship>> {
        match self.scope {
            Scope::One(with) => Some(with),
            Scope::Everyone => self.item()?.who.as_ref().map(|who| who.relationship),
        }
    }

    /// The session of the selected row, if it is one to be held or that was.
    fn session(&self) -> Option<&Record<Session>> {
        match &self.item()?.what {
            What::Session(session) | What::Happened(session) => Some(session),
            _ => None,
        }
    }

    fn go(&mut self, action: Action, cx: &Cx<'_>) -> Result<()> {
        self.cursor.go(&self.window, action);
        self.settle(action, cx)
    }

    /// Passes over headings in the direction of the step, and reads about the row.
    fn settle(&mut self, action: Action, cx: &Cx<'_>) -> Result<()> {
        let is_heading = |line: &Line| matches!(line, Line::Heading(_));
        self.cursor.pass_over(&self.window, action.leads_up(), is_heading);
        self.cursor.reveal_above(&self.window, is_heading);
        self.about = match self.item() {
            Some(item) => About::read(item, cx.store)?,
            None => About::default(),
        };
        self.write();
        Ok(())
    }

    /// Writes the right column.
    fn write(&mut self) {
        let Self { window, cursor, about, page, now, zone, .. } = self;
        let row = cursor.row(window);
        page.write(|lines| {
            if let Some(Line::Item(item)) = row {
                about.write(item, now.date_naive(), *zone, lines);
            }
        });
    }

    fn open(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let item = match self.cursor.row(&self.window) {
            None => return Ok(Outcome::Act(Action::New)),
            Some(Line::Heading(_)) => return Ok(Outcome::Ignored),
            Some(Line::More(part, _)) => return Ok(Outcome::Act(Action::Go(all_of(*part).1))),
            Some(Line::Item(item)) => item,
        };
        let with = item.who.as_ref().map(|who| who.relationship);
        let scope = with.map_or(Scope::Everyone, Scope::One);
        let brief = Target::pane(scope, if with.is_some() { Place::Brief } else { Place::People });
        Ok(Outcome::Go(match (&item.what, with) {
            (What::Happened(session) | What::Memory(session, _), Some(with)) => {
                Target::session(with, session.id, Then::Look)
            }
            (What::Commitment(one), Some(with)) => match one.value.session {
                Some(session) => Target::session(with, session, Then::Look),
                None => Target::pane(scope, Place::Commitments),
            },
            (What::Goal(goal), _) => Target::goal(scope, goal.id),
            (What::Milestone(one, _), _) => Target::goal(scope, one.value.goal),
            (What::Check(_) | What::RenewBy(_) | What::Ends(_) | What::Unsigned(_), Some(_)) => {
                Target::pane(scope, Place::Agreement)
            }
            (What::CheckIn(_), Some(_)) => Target::pane(scope, Place::Trust),
            (What::Remembering(line), _) => {
                return Ok(super::said(&line.value, cx)?.unwrap_or(Outcome::Go(brief)));
            }
            (What::Unfinished(one), _) if one.is_text => {
                return Ok(Outcome::Act(Action::ShowRecovered));
            }
            (What::Unfinished(one), _) => {
                if let Some(sheet) = unfinished::form(one, cx)? {
                    return Ok(Outcome::Fill(sheet));
                }
                let says = "What you typed stands in that form when you open it again.";
                Target { say: Some(says.to_owned()), ..brief }
            }
            _ => brief,
        }))
    }

    fn done(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(item) = self.item() else { return Ok(Outcome::Ignored) };
        match &item.what {
            What::Commitment(one) => commitment::toggle(one, cx),
            What::Session(one) | What::Happened(one) => match next::not_yet(&one.value, cx) {
                Some(not_yet) => Ok(not_yet),
                None => self.became(SessionState::Held, cx),
            },
            What::Goal(goal) => {
                cx.store.mark_goal(cx.stamp, goal.id, GoalStatus::Achieved, "")?;
                Ok(Outcome::Changed(format!("Met: {}.", goal.value.title)))
            }
            What::Milestone(one, _) => {
                cx.store.tick_milestone(cx.stamp, one.id, true)?;
                Ok(Outcome::Changed(format!("Milestone done: {}.", one.value.title)))
            }
            What::Unmet(_) => match self.with() {
                Some(with) => next::plan(with, cx),
                None => Ok(Outcome::Ignored),
            },
            What::Check(_) => match self.with() {
                Some(with) => progress::hold(with, None, cx),
                None => Ok(Outcome::Ignored),
            },
            What::CheckIn(_) | What::RenewBy(_) | What::Ends(_) | What::Unsigned(_) => {
                self.open(cx)
            }
            What::Remembering(_) | What::Memory(..) | What::KeepUntil(_) | What::Unfinished(_) => {
                Ok(Outcome::Say("There is nothing to tick here; it goes by itself.".to_owned()))
            }
        }
    }

    /// Says what became of the selected session.
    fn became(&self, state: SessionState, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(session) = self.session() else { return Ok(Outcome::Ignored) };
        if state == SessionState::Moved {
            let clocks = cx.clocks(session.value.relationship)?;
            let sheet = MoveSession::outcome(session.clone(), cx.now(), clocks);
            return Ok(Outcome::Fill(Box::new(sheet)));
        }
        cx.store.mark_session(cx.stamp, session.id, state)?;
        let day = dates::day(session.value.when.date, cx.today());
        let (with, became) = (session.value.relationship, state.words());
        // Under everyone the keys go on to somebody else's row, and `p` with them.
        Ok(Outcome::Changed(if self.scope == Scope::Everyone {
            let name = cx.store.named(with)?.name;
            format!("The session of {day}: {became} ({name}).")
        } else {
            format!("The session of {day}: {became}.{}", next::offered(with, cx)?)
        }))
    }

    fn move_date(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(item) = self.item() else { return Ok(Outcome::Ignored) };
        let sheet: Box<dyn crate::tui::sheets::Sheet> = match (&item.what, &item.who) {
            (What::Commitment(one), _) => return commitment::move_day(one, cx),
            (What::Session(session) | What::Happened(session), _) => {
                let clocks = cx.clocks(session.value.relationship)?;
                Box::new(MoveSession::new(session.clone(), cx.now(), clocks))
            }
            (What::Goal(goal), _) => Box::new(MoveGoal::goal(goal, cx.now())),
            (What::Milestone(one, _), _) => Box::new(MoveGoal::milestone(one, cx.now())),
            (What::Unmet(_), Some(who)) => {
                let with = cx.store.relationship(who.relationship)?;
                Box::new(EditSession::next(with, &who.name, cx.now(), cx.clocks(who.relationship)?))
            }
            (What::Remembering(line), Some(who)) => {
                Box::new(EditRemembering::new(who.person, &who.name, Some(line.clone()), cx.now()))
            }
            (What::Check(_) | What::RenewBy(_) | What::Ends(_), _) => {
                let says = "The agreement's dates move with its next version: Enter goes there.";
                return Ok(Outcome::Say(says.to_owned()));
            }
            _ => return Ok(Outcome::Say("This row has no date to move.".to_owned())),
        };
        Ok(Outcome::Fill(sheet))
    }

    fn about_promise(&self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(What::Commitment(one)) = self.item().map(|item| &item.what) else {
            return Ok(Outcome::Ignored);
        };
        match action {
            Action::Missed => commitment::close(one, CommitmentState::Missed, cx),
            Action::Withdraw => commitment::close(one, CommitmentState::Withdrawn, cx),
            _ => commitment::tell(one, cx),
        }
    }

    fn copy(&self, cx: &Cx<'_>) -> Result<Outcome> {
        Ok(match self.item().map(|item| &item.what) {
            None => Outcome::Ignored,
            Some(What::Commitment(one)) => return commitment::copy(one, cx),
            Some(what) => {
                let row = wording::row(what, cx.today());
                let words = format!("{} {}", row.says, row.when);
                Outcome::Copy(words.trim_end().to_owned(), "the row")
            }
        })
    }
}

impl Pane for Today {
    fn place(&self) -> Place {
        Place::Today
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        (self.now, self.zone) = (cx.now(), cx.zone);
        if self.scope != cx.scope {
            *self = Self { scope: cx.scope, zone: cx.zone, ..Self::new(self.now) };
        }
        let known = cx.store.today(self.scope, self.now)?;
        let parts = today::parts(known, self.now);
        let next = cx.store.next_of(self.scope, cx.today())?;
        self.next = next.map(|(_, session)| session.value.when);
        let mut rows = Vec::new();
        for shown in parts {
            rows.push(Line::Heading(shown.part));
            let (more, left_out) = (wording::more(&shown), shown.more > 0);
            rows.extend(shown.items.into_iter().map(|item| Line::Item(Box::new(item))));
            if left_out {
                rows.push(Line::More(shown.part, more));
            }
        }
        self.window = Window { rows, more_above: false, more_below: false };
        self.cursor.settle(&self.window);
        self.settle(Action::Down, cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            action if action.is_move() => {
                self.go(action, cx)?;
                Ok(Outcome::Done)
            }
            Action::Open => self.open(cx),
            Action::Done => self.done(cx),
            Action::MoveDate => self.move_date(cx),
            Action::Outcome => Ok(match self.session() {
                Some(session) => Outcome::Open(Box::new(overlays::outcomes(session.value.state))),
                None => Outcome::Ignored,
            }),
            Action::Missed | Action::Withdraw | Action::Told => self.about_promise(action, cx),
            Action::New => super::pick_kind(self.with(), cx),
            Action::Copy => self.copy(cx),
            Action::Back if self.scope != Scope::Everyone => {
                Ok(Outcome::Go(Target::pane(Scope::Everyone, Place::Today)))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        match (choice, self.with()) {
            (Choice::Became(state), _) => self.became(state, cx),
            (Choice::Kind(kind), Some(with)) => super::add(kind, with, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        (self.with(), self.session().map(|session| session.id))
    }

    fn shows_goal(&self, goal: Id<crate::domain::Goal>) -> bool {
        self.window.rows.iter().any(|line| match line {
            Line::Item(item) => match &item.what {
                What::Goal(one) => one.id == goal,
                What::Milestone(one, _) => one.value.goal == goal,
                _ => false,
            },
            _ => false,
        })
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let click = self.cursor.click(&self.window, at);
                self.settle(Action::Down, cx)?;
                Ok(match click {
                    Click::Again => self.open(cx)?,
                    Click::Selected => Outcome::Done,
                    Click::Beside => Outcome::Ignored,
                })
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = event.kind == MouseEventKind::ScrollDown;
                self.cursor.wheel(&self.window, down);
                self.settle(if down { Action::Down } else { Action::Up }, cx)?;
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.window.rows.is_empty() {
            overlays::paragraph(
                frame,
                area,
                look,
                &nothing(self.scope, self.next, self.now.date_naive()),
            );
            return;
        }
        let mut list = area;
        if area.width >= WIDE {
            let wide = u32::from(area.width) * LIST / 100;
            list.width = u16::try_from(wide).unwrap_or(area.width);
            let page = Rect { x: list.right() + 2, width: area.width - list.width - 2, ..area };
            if self.page.fit(page.width) {
                self.write();
            }
            for y in area.y..area.bottom() {
                let bar = look.glyphs.bar;
                text::put(frame.buffer_mut(), area, list.right(), y, bar, look.theme.line);
            }
            self.page.render(frame, page, look, false);
        }
        let (today, zone) = (self.now.date_naive(), self.zone);
        let everyone = self.scope == Scope::Everyone;
        let draw = |buffer: &mut Buffer, place: Rect, line: &Line, selected: bool| match line {
            Line::Heading(part) => {
                let name = prose::fit(wording::part(*part), place.width, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &name, look.theme.title);
            }
            Line::More(part, more) => {
                let style = if selected { look.theme.selected } else { look.theme.quiet };
                let words = format!("  and {more}: {} shows all", all_of(*part).0);
                let words = prose::fit(&words, place.width, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &words, style);
            }
            Line::Item(item) => {
                draw_item(buffer, place, look, item, everyone, selected, (today, zone));
            }
        };
        self.cursor.render(frame, list, look, &self.window, true, draw);
    }
}

/// What stands there while there is nothing to say. Names no one, for it is not hidden.
fn nothing(scope: Scope, next: Option<When>, today: NaiveDate) -> String {
    let next = next.map(|when| format!(" The next session is {}.", when.in_words(today)));
    let says = match scope {
        Scope::Everyone => {
            "What you promise, plan and want to remember shows up here in its time. `0` shows the \
             people, `n` adds something."
        }
        Scope::One(_) => "`0` shows the brief, `n` adds something, Esc shows everyone.",
    };
    format!(
        "Nothing is late, and nothing is due in the next days.{} {says}",
        next.unwrap_or_default()
    )
}

/// Where all of a part is shown, and the key that goes there.
const fn all_of(part: Part) -> (char, Place) {
    match part {
        Part::Mine | Part::Theirs => ('6', Place::Commitments),
        Part::Goals => ('5', Place::Goals),
        Part::Next | Part::Happened | Part::Memory => ('3', Place::Sessions),
        Part::Agreed | Part::Unmet | Part::Remember | Part::Unfinished => ('0', Place::Brief),
    }
}

fn draw_item(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    item: &Item,
    everyone: bool,
    selected: bool,
    (today, mine): (NaiveDate, Zone),
) {
    let row = wording::row(&item.what, today);
    let theme = &look.theme;
    let (plain, quiet) =
        if selected { (theme.selected, theme.selected) } else { (theme.text, theme.quiet) };
    let private = matches!(item.what, What::Remembering(_) | What::CheckIn(_));
    let (mark, style) = match row.late {
        true => ("!", theme.late),
        false if private => (look.glyphs.private, theme.private),
        false => (" ", plain),
    };
    let mut x = text::put(buffer, place, place.x, place.y, mark, style) + 1;
    if everyone {
        let name = item.who.as_ref().map_or("", |who| who.name.as_str());
        let name = prose::pad(name, NAME.min(place.width / 4), look.glyphs.ellipsis);
        x = text::put(buffer, place, x, place.y, &name, quiet) + 1;
    }
    let style = if row.late { theme.late } else { quiet };
    let room = place.right().saturating_sub(x);
    let when = match item.there(mine) {
        Some(other) if room >= ROOMY => format!("{}, {}", row.when, other.words()),
        Some(other) => format!("{} ({})", row.when, other.clock()),
        None => row.when,
    };
    let begins = text::put_right(buffer, place, place.y, &when, style);
    let room = begins.saturating_sub(x + 1);
    let words = prose::fit(&row.says, room, look.glyphs.ellipsis);
    text::put(buffer, place, x, place.y, &words, plain);
}
