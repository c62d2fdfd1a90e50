//! What the two promised each other: mine, theirs, and what was done lately.
//!
//! The list is a window of what is in the journal: it costs what it shows, however long it is.

use chrono::{Days, NaiveDate};
use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::{
    Commitment, CommitmentState, Id, Moment, Party, Record, Relationship, Session, dates,
};
use crate::store::{Error, Group, Mark, Near, Promised, Result, Scope, Wanted};
use crate::tui::commitment::{self, Beside};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::{self, Choice, Shown};
use crate::tui::paged::{Paged, Step, Stretch};
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::commitment::NewCommitment;
use crate::tui::theme::Look;
use crate::tui::{prose, text};

/// For how many days what was done is shown besides what is open.
const LATELY: Days = Days::new(30);

/// A line of the list.
pub enum Line {
    /// The name of a part.
    Heading(Group),
    /// A commitment.
    One(Box<Promised>),
}

/// What tells a line from the others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Heading(Group),
    One(Id<Commitment>),
}

impl Row for Line {
    type Key = Key;

    fn key(&self) -> Key {
        match self {
            Self::Heading(group) => Key::Heading(*group),
            Self::One(promised) => Key::One(promised.commitment.id),
        }
    }
}

/// The pane of commitments.
pub struct Commitments {
    scope: Scope,
    person: String,
    shown: Shown,
    window: Window<Line>,
    cursor: Cursor<Key>,
    /// How I kept what I promised lately, in words.
    record: (String, String),
    /// When that was worked out: on which day, and how far the journal had come.
    worked_out: Option<(NaiveDate, Mark)>,
    now: Moment,
}

impl Commitments {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            scope: Scope::Everyone,
            person: String::new(),
            shown: Shown::Open,
            window: Window::default(),
            cursor: Cursor::default(),
            record: (String::new(), String::new()),
            worked_out: None,
            now,
        }
    }

    fn promised(&self) -> Option<&Promised> {
        match self.cursor.row(&self.window) {
            Some(Line::One(promised)) => Some(promised),
            _ => None,
        }
    }

    fn wanted(&self) -> Wanted {
        let owner = match self.shown {
            Shown::Open | Shown::All => None,
            Shown::Mine => Some(Party::Me),
            Shown::Theirs => Some(Party::Them),
        };
        let lately = self.now.date_naive().checked_sub_days(LATELY);
        Wanted { owner, closed_since: lately.filter(|_| self.shown != Shown::All) }
    }

    /// Where the selected one is; where it is gone, where it was.
    fn around(&self, cx: &Cx<'_>) -> Result<Near> {
        let Some(Key::One(id)) = self.cursor.key().copied() else { return Ok(Near::First) };
        match cx.store.commitment(id) {
            Ok(commitment) => Ok(Near::Around(commitment)),
            // Deleted or undone: its neighbours are where it was.
            Err(Error::Gone) => Ok(match self.promised() {
                Some(gone) => Near::Around(gone.commitment.clone()),
                None => Near::First,
            }),
            Err(error) => Err(error),
        }
    }

    fn go(&mut self, step: Step, cx: &Cx<'_>) -> Result<()> {
        self.step(step, cx)?;
        self.leave_heading(step.leads_up());
        Ok(())
    }

    /// Headings are passed over, in the direction of the step.
    fn leave_heading(&mut self, up: bool) {
        let is_heading = |line: &Line| matches!(line, Line::Heading(_));
        self.cursor.pass_over(&self.window, up, is_heading);
        self.cursor.reveal_above(&self.window, is_heading);
    }

    fn new_commitment(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Scope::One(with) = self.scope else {
            let people = cx.store.people()?;
            let picker = overlays::people(&people, self.scope, Some(Action::New));
            return Ok(Outcome::Open(Box::new(picker)));
        };
        let person = cx.store.named(with)?.name;
        Ok(Outcome::Fill(Box::new(NewCommitment::new(with, &person, cx.now()))))
    }

    /// The session in which it was made.
    fn source(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(promised) = self.promised() else { return Ok(Outcome::Act(Action::New)) };
        let commitment = &promised.commitment.value;
        let Some(session) = commitment.session else {
            let says = "It was made in no session. `e` edits it.";
            return Ok(Outcome::Say(says.to_owned()));
        };
        Ok(match cx.store.session(session) {
            Ok(_) => Outcome::Go(Target::session(commitment.relationship, session, Then::Look)),
            Err(Error::Gone) => Outcome::Say("The session it came from is in the bin.".to_owned()),
            Err(error) => return Err(error),
        })
    }

    fn show_goal(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(promised) = self.promised() else { return Ok(Outcome::Ignored) };
        Ok(match cx.store.goal_of_commitment(promised.commitment.id)? {
            Some((goal, _)) => Outcome::Go(Target::goal(self.scope, goal)),
            None => Outcome::Say("It serves no goal yet. `m` says which one.".to_owned()),
        })
    }

    fn on_selected(
        &self,
        cx: &mut Cx<'_>,
        work: impl FnOnce(&Record<Commitment>, &mut Cx<'_>) -> Result<Outcome>,
    ) -> Result<Outcome> {
        match self.promised() {
            Some(promised) => work(&promised.commitment, cx),
            None => Ok(Outcome::Ignored),
        }
    }
}

impl Paged for Commitments {
    type Line = Line;

    fn list(&mut self) -> (&mut Cursor<Key>, &Window<Line>) {
        (&mut self.cursor, &self.window)
    }

    fn fetch(&mut self, stretch: Stretch, cx: &Cx<'_>) -> Result<()> {
        let near = match stretch {
            Stretch::First => Near::First,
            Stretch::Around => self.around(cx)?,
            Stretch::Last => Near::Last,
        };
        let page = cx.store.commitments(self.scope, self.wanted(), &near, self.cursor.room())?;
        let mut rows = Vec::with_capacity(page.rows.len() + 3);
        // A list that goes on above begins in the middle of a part.
        let mut part = page
            .rows
            .first()
            .map(|first| Group::of(&first.commitment.value))
            .filter(|_| page.more_before);
        let mut place = None;
        for (at, promised) in page.rows.into_iter().enumerate() {
            let group = Group::of(&promised.commitment.value);
            if part != Some(group) {
                rows.push(Line::Heading(group));
                part = Some(group);
            }
            if at == page.before {
                place = Some(rows.len());
            }
            rows.push(Line::One(Box::new(promised)));
        }
        let place = place.unwrap_or(rows.len());
        self.window = Window { rows, more_above: page.more_before, more_below: page.more_after };
        self.cursor.settle_around(&self.window, place);
        self.leave_heading(false);
        Ok(())
    }
}

impl Pane for Commitments {
    fn place(&self) -> Place {
        Place::Commitments
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.now = cx.now();
        if self.scope != cx.scope {
            *self = Self { scope: cx.scope, ..Self::new(self.now) };
        }
        self.person = match self.scope {
            Scope::Everyone => String::new(),
            Scope::One(with) => cx.store.named(with)?.name,
        };
        // It is made of all that fell due lately, and stays as it is until something is written.
        let here = Some((cx.today(), cx.store.mark()?));
        if self.worked_out != here {
            let record = cx.store.kept_record(self.scope, cx.today())?;
            self.record = (record.words(), record.oldest_words(cx.today()));
            self.worked_out = here;
        }
        self.fetch(Stretch::Around, cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last => {
                self.go(Step::Key(action), cx)?;
                Ok(Outcome::Done)
            }
            Action::Open => self.source(cx),
            Action::New => self.new_commitment(cx),
            Action::Done => self.on_selected(cx, commitment::toggle),
            Action::MoveDate => self.on_selected(cx, |one, cx| commitment::move_day(one, cx)),
            Action::Edit | Action::Details => {
                self.on_selected(cx, |one, cx| commitment::edit(one, cx))
            }
            Action::Delete => self.on_selected(cx, commitment::delete),
            Action::Withdraw => self
                .on_selected(cx, |one, cx| commitment::close(one, CommitmentState::Withdrawn, cx)),
            Action::Missed => {
                self.on_selected(cx, |one, cx| commitment::close(one, CommitmentState::Missed, cx))
            }
            Action::Told => self.on_selected(cx, commitment::tell),
            Action::Weight => self.on_selected(cx, commitment::weigh),
            Action::Copy => self.on_selected(cx, |one, cx| commitment::copy(one, cx)),
            Action::LinkGoal => self.on_selected(cx, |one, cx| commitment::ask_goal(one, cx)),
            Action::ShowGoal => self.show_goal(cx),
            Action::Filter => Ok(Outcome::Open(Box::new(overlays::which(self.shown)))),
            Action::Back if self.shown != Shown::Open => {
                self.shown = Shown::Open;
                self.fetch(Stretch::Around, cx)?;
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Choice::Goal(goal) = choice {
            return self.on_selected(cx, |one, cx| commitment::serve(one, goal, cx));
        }
        let Choice::Commitments(shown) = choice else { return Ok(Outcome::Ignored) };
        self.shown = shown;
        self.cursor = Cursor::default();
        self.fetch(Stretch::Around, cx)?;
        Ok(Outcome::Done)
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        let promised = self.promised().map(|promised| &promised.commitment.value);
        let with = match self.scope {
            Scope::One(with) => Some(with),
            Scope::Everyone => promised.map(|commitment| commitment.relationship),
        };
        (with, promised.and_then(|commitment| commitment.session))
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Some(step) = Step::of_wheel(event) {
            self.go(step, cx)?;
            return Ok(Outcome::Done);
        }
        let click = self.cursor.mouse(&self.window, event);
        self.leave_heading(false);
        match click {
            Click::Again => self.source(cx),
            Click::Selected => Ok(Outcome::Done),
            Click::Beside => Ok(Outcome::Ignored),
        }
    }

    fn status(&mut self) -> (String, String) {
        let left = match self.shown {
            Shown::Open => "",
            Shown::All => "All commitments · f shows others",
            Shown::Mine => "Only yours · f shows others",
            Shown::Theirs => "Only theirs · f shows others",
        };
        // Where it came from has a column of its own only on a wide screen.
        let today = self.now.date_naive();
        let source = self.promised().and_then(|promised| promised.source);
        let day = source.map(|when| dates::day(when.date, today));
        let goal = self.promised().and_then(|promised| promised.goal.as_deref());
        let goal = goal.map(|goal| format!("for the goal: {goal}"));
        match day {
            None => (left.to_owned(), goal.unwrap_or_default()),
            Some(day) if left.is_empty() => {
                let says = format!("From the session of {day}; Enter opens it");
                (says, goal.unwrap_or_default())
            }
            Some(day) => {
                (left.to_owned(), goal.unwrap_or_else(|| format!("from the session of {day}")))
            }
        }
    }

    fn is_short(&self) -> bool {
        self.cursor.is_short(&self.window)
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.window.rows.is_empty() {
            overlays::paragraph(frame, area, look, &self.empty());
            return;
        }
        let today = self.now.date_naive();
        let (scope, person, shown) = (self.scope, self.person.as_str(), self.shown);
        let (record, oldest) = &self.record;
        let draw = |buffer: &mut Buffer, place: Rect, line: &Line, selected: bool| match line {
            Line::Heading(group) => {
                let name = match (group, scope, shown) {
                    (Group::Mine, ..) => "You",
                    (Group::Theirs, Scope::One(_), _) => person,
                    (Group::Theirs, Scope::Everyone, _) => "Them",
                    (Group::Closed, _, Shown::All) => "Done",
                    (Group::Closed, ..) => "Done lately",
                };
                let name = prose::fit(name, place.width, look.glyphs.ellipsis);
                let x = text::put(buffer, place, place.x, place.y, &name, look.theme.title);
                if *group == Group::Mine {
                    let room = place.right().saturating_sub(x + 2);
                    let said = beside_mine(record, oldest, room, look.glyphs.ellipsis);
                    text::put_right(buffer, place, place.y, &said, look.theme.quiet);
                }
            }
            Line::One(promised) => {
                let one = &promised.commitment.value;
                let beside = Beside {
                    person: matches!(scope, Scope::Everyone).then_some(promised.person.as_str()),
                    whose: (!one.is_open()).then_some(promised.person.as_str()),
                    moved: promised.moved_from.is_some(),
                    source: promised.source,
                    rests: promised.rests,
                };
                commitment::draw(buffer, place, look, one, beside, selected, today);
            }
        };
        self.cursor.render(frame, area, look, &self.window, true, draw);
    }
}

/// My own record and what is open for the longest, as far as there is room.
fn beside_mine(record: &str, oldest: &str, room: u16, ellipsis: &str) -> String {
    let span =
        |words: &str| if words.is_empty() { String::new() } else { format!("{words} in 90 days") };
    let both = |one: &str, other: &str| [one, other].map(str::to_owned);
    let joined = |parts: [String; 2]| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    };
    let since = oldest.split_once(": ").map_or("", |(since, _)| since);
    let whole = joined(both(&span(record), oldest));
    // Its day has to stand there; a few words of it are worth more than none.
    let least = joined(both(&span(record), since));
    if text::width(&least) + 12 <= room {
        return prose::fit(&whole, room, ellipsis).into_owned();
    }
    let said = [least, joined(both(record, since)), span(record), record.to_owned()];
    said.into_iter().find(|said| text::width(said) <= room).unwrap_or_default()
}

impl Commitments {
    /// What belongs here, and the key that begins.
    fn empty(&self) -> String {
        let begins = match self.scope {
            Scope::One(_) => {
                "`n` adds one in a line: \"me: lend her the charter book by next thu\"."
            }
            Scope::Everyone => "`n` chooses a person and adds one in a line.",
        };
        match self.shown {
            Shown::Open | Shown::All => format!(
                "What you promised each other stands here, yours first, by the day it is due. {begins}"
            ),
            Shown::Mine => {
                "Nothing of yours is open or was done lately. Esc shows all that is.".to_owned()
            }
            Shown::Theirs => {
                "Nothing of theirs is open or was done lately. Esc shows all that is.".to_owned()
            }
        }
    }
}
