//! Today: what is late or due, what is next, and what is to be asked about; of everyone or of one
//! person. Every row is done, moved and opened in its place.

use chrono::NaiveDate;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::today::{self, Item, Part, What};
use crate::domain::{
    CommitmentState, Id, Moment, Party, Relationship, Session, SessionState, dates,
};
use crate::store::{Result, Scope};
use crate::tui::commitment;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::date::MoveSession;
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

/// How wide a name is beside its row.
const NAME: u16 = 14;

/// A line of the list.
enum Line {
    /// The name of a part.
    Heading(Part),
    /// A row.
    Item(Box<Item>),
    /// How many more there are, and the key that shows them.
    More(Part, usize),
}

/// What tells a line from the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Heading(Part),
    Record(Id<()>),
    More(Part),
}

impl Row for Line {
    type Key = Key;

    fn key(&self) -> Key {
        match self {
            Self::Heading(part) => Key::Heading(*part),
            Self::More(part, _) => Key::More(*part),
            Self::Item(item) => Key::Record(match &item.what {
                What::Commitment(one) => one.id.cast(),
                What::Session(one) | What::Happened(one) => one.id.cast(),
            }),
        }
    }
}

/// The pane of what is due and next.
pub struct Today {
    scope: Scope,
    window: Window<Line>,
    cursor: Cursor<Key>,
    now: Moment,
}

impl Today {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self { scope: Scope::Everyone, window: Window::default(), cursor: Cursor::default(), now }
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

    /// The session of the selected row, if it is one.
    fn session(&self) -> Option<&crate::domain::Record<Session>> {
        match &self.item()?.what {
            What::Session(session) | What::Happened(session) => Some(session),
            What::Commitment(_) => None,
        }
    }

    fn go(&mut self, action: Action) {
        self.cursor.go(&self.window, action);
        self.leave_heading(action);
    }

    /// Headings are passed over, in the direction of the step.
    fn leave_heading(&mut self, action: Action) {
        let back = matches!(action, Action::Up | Action::PageUp);
        let ways = if back { [Action::Up, Action::Down] } else { [Action::Down, Action::Up] };
        for way in ways {
            if matches!(self.cursor.row(&self.window), Some(Line::Heading(_))) {
                self.cursor.go(&self.window, way);
            }
        }
        let rows = &self.window.rows;
        let at = rows.iter().position(|row| Some(&row.key()) == self.cursor.key());
        let above = at.and_then(|at| at.checked_sub(1));
        if let Some(above) = above.filter(|above| matches!(rows[*above], Line::Heading(_))) {
            self.cursor.reveal(above);
        }
    }

    fn open(&self) -> Outcome {
        let item = match self.cursor.row(&self.window) {
            None => return Outcome::Act(Action::New),
            Some(Line::Heading(_)) => return Outcome::Ignored,
            Some(Line::More(part, _)) => return Outcome::Act(Action::Go(all_of(*part))),
            Some(Line::Item(item)) => item,
        };
        let Some(with) = item.who.as_ref().map(|who| who.relationship) else {
            return Outcome::Ignored;
        };
        Outcome::Go(match &item.what {
            What::Session(_) => Target::pane(Scope::One(with), Place::Brief),
            What::Happened(session) => Target::session(with, session.id, Then::Look),
            What::Commitment(one) => match one.value.session {
                Some(session) => Target::session(with, session, Then::Look),
                None => Target::pane(Scope::One(with), Place::Commitments),
            },
        })
    }

    fn done(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        match self.item().map(|item| &item.what) {
            Some(What::Commitment(one)) => commitment::toggle(one, cx),
            Some(What::Session(_) | What::Happened(_)) => self.became(SessionState::Held, cx),
            None => Ok(Outcome::Ignored),
        }
    }

    /// Says what became of the selected session.
    fn became(&self, state: SessionState, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(session) = self.session() else { return Ok(Outcome::Ignored) };
        if state == SessionState::Moved {
            let sheet = MoveSession::outcome(session.clone(), cx.now());
            return Ok(Outcome::Fill(Box::new(sheet)));
        }
        cx.store.mark_session(cx.stamp, session.id, state)?;
        let day = dates::day(session.value.when.date, cx.today());
        Ok(Outcome::Changed(format!("The session of {day}: {}.", state.words())))
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
}

impl Pane for Today {
    fn place(&self) -> Place {
        Place::Today
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.now = cx.now();
        if self.scope != cx.scope {
            *self = Self { scope: cx.scope, ..Self::new(self.now) };
        }
        let known = cx.store.today(self.scope, cx.today())?;
        let mut rows = Vec::new();
        for shown in today::parts(known, self.now) {
            rows.push(Line::Heading(shown.part));
            rows.extend(shown.items.into_iter().map(|item| Line::Item(Box::new(item))));
            if shown.more > 0 {
                rows.push(Line::More(shown.part, shown.more));
            }
        }
        self.window = Window { rows, more_above: false, more_below: false };
        self.cursor.settle(&self.window);
        self.leave_heading(Action::Down);
        Ok(())
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            action if action.is_move() => {
                self.go(action);
                Ok(Outcome::Done)
            }
            Action::Open => Ok(self.open()),
            Action::Done => self.done(cx),
            Action::MoveDate => match self.item().map(|item| &item.what) {
                Some(What::Commitment(one)) => commitment::move_day(one, cx),
                Some(What::Session(session) | What::Happened(session)) => {
                    Ok(Outcome::Fill(Box::new(MoveSession::new(session.clone(), cx.now()))))
                }
                None => Ok(Outcome::Ignored),
            },
            Action::Outcome => Ok(match self.session() {
                Some(session) => Outcome::Open(Box::new(overlays::outcomes(session.value.state))),
                None => Outcome::Ignored,
            }),
            Action::Missed | Action::Withdraw | Action::Told => self.about_promise(action, cx),
            Action::New => super::pick_kind(self.with(), cx),
            Action::Copy => Ok(match self.item().map(|item| &item.what) {
                Some(What::Commitment(one)) => {
                    Outcome::Copy(one.value.text.clone(), "the commitment")
                }
                _ => Outcome::Ignored,
            }),
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

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let click = self.cursor.click(&self.window, at);
                self.leave_heading(Action::Down);
                Ok(match click {
                    Click::Again => self.open(),
                    Click::Selected => Outcome::Done,
                    Click::Beside => Outcome::Ignored,
                })
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = event.kind == MouseEventKind::ScrollDown;
                self.cursor.wheel(&self.window, down);
                self.leave_heading(if down { Action::Down } else { Action::Up });
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.window.rows.is_empty() {
            let words = match self.scope {
                Scope::Everyone => {
                    "Nothing is late, and nothing is due in the next days. What you promise, plan \
                     and want to remember shows up here in its time. `0` shows the people, `n` \
                     adds something."
                }
                Scope::One(_) => {
                    "Nothing is late, and nothing is due in the next days. `0` shows the brief, \
                     `n` adds something, Esc shows everyone."
                }
            };
            overlays::paragraph(frame, area, look, words);
            return;
        }
        let today = self.now.date_naive();
        let everyone = self.scope == Scope::Everyone;
        let draw = |buffer: &mut Buffer, place: Rect, line: &Line, selected: bool| match line {
            Line::Heading(part) => {
                let name = prose::fit(heading(*part), place.width, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &name, look.theme.title);
            }
            Line::More(part, more) => {
                let style = if selected { look.theme.selected } else { look.theme.quiet };
                let words = format!("  and {more} more: {} shows all", digit_of(*part));
                let words = prose::fit(&words, place.width, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &words, style);
            }
            Line::Item(item) => draw_item(buffer, place, look, item, everyone, selected, today),
        };
        self.cursor.render(frame, area, look, &self.window, true, draw);
    }
}

const fn heading(part: Part) -> &'static str {
    match part {
        Part::Due => "Late and due",
        Part::Next => "Next",
        Part::Happened => "Did it happen?",
    }
}

/// The pane that shows all of a part.
const fn all_of(part: Part) -> Place {
    match part {
        Part::Due => Place::Commitments,
        Part::Next | Part::Happened => Place::Sessions,
    }
}

/// The key of that pane.
const fn digit_of(part: Part) -> char {
    match part {
        Part::Due => '6',
        Part::Next | Part::Happened => '3',
    }
}

fn draw_item(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    item: &Item,
    everyone: bool,
    selected: bool,
    today: NaiveDate,
) {
    let (words, day, late) = worded(item, today);
    let theme = &look.theme;
    let (plain, quiet) =
        if selected { (theme.selected, theme.selected) } else { (theme.text, theme.quiet) };
    let mark = if late { "! " } else { "  " };
    let mut x = text::put(buffer, place, place.x, place.y, mark, theme.late);
    if let Some(who) = item.who.as_ref().filter(|_| everyone) {
        let name = prose::pad(&who.name, NAME.min(place.width / 4), look.glyphs.ellipsis);
        x = text::put(buffer, place, x, place.y, &name, quiet) + 1;
    }
    let style = if late { theme.late } else { quiet };
    let begins = text::put_right(buffer, place, place.y, &day, style);
    let room = begins.saturating_sub(x + 1);
    let words = prose::fit(&words, room, look.glyphs.ellipsis);
    text::put(buffer, place, x, place.y, &words, plain);
}

/// What a row says, its day, and whether that is past.
fn worded(item: &Item, today: NaiveDate) -> (String, String, bool) {
    match &item.what {
        What::Commitment(one) => {
            let one = &one.value;
            let whose = if one.owner == Party::Them { "them: " } else { "" };
            let late = one.days_late(today);
            let day = one.due.map(|due| dates::day(due, today)).unwrap_or_default();
            let day = late.map_or(day, |days| format!("{days} d late"));
            (format!("[ ] {whose}{}", one.text), day, late.is_some())
        }
        What::Session(session) | What::Happened(session) => {
            let about = &session.value.about;
            let about = if about.is_empty() { "Session" } else { about };
            (about.to_owned(), wording::when(session.value.when, today), false)
        }
    }
}
