//! The goals shared with one person, or all of them, and the one that is open beside or below.
//!
//! How a goal stands is said in words; milestones are counted, and nothing else is.

mod page;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::page::{Page, Told};
use crate::domain::{
    Goal, GoalStatus, Id, Milestone, Moment, Record, Relationship, Session, Standing,
};
use crate::store::{Error, GoalFilter, GoalsOf, ListedGoal, Mentioned, Result, Scope};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::{self, Choice};
use crate::tui::paged::{Paged, Step, Stretch};
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::commitment::NewCommitment;
use crate::tui::sheets::goal::{EditGoal, NewGoal};
use crate::tui::sheets::goal_date::MoveGoal;
use crate::tui::sheets::goal_standing::SayOfGoal;
use crate::tui::sheets::milestone::EditMilestone;
use crate::tui::theme::Look;
use crate::tui::{commitment, order, progress, prose, text, wording};

/// From this width on list and goal stand beside each other.
const WIDE: u16 = 100;
/// The width of the list there.
const LIST: u16 = 66;
/// From this size on the goal stands below the list.
const ROOMY: (u16, u16) = (70, 14);

impl Row for ListedGoal {
    type Key = Id<Goal>;

    fn key(&self) -> Self::Key {
        self.goal.id
    }
}

/// The pane of goals.
pub struct Goals {
    scope: Scope,
    filter: GoalFilter,
    window: Window<ListedGoal>,
    cursor: Cursor<Id<Goal>>,
    page: Option<Page>,
    /// Whether the keys are inside the goal, and not in the list.
    inside: bool,
    list_area: Rect,
    /// How many goals are read, where that is more than are shown.
    most: u32,
    now: Moment,
}

impl Goals {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            scope: Scope::Everyone,
            filter: GoalFilter::default(),
            window: Window::default(),
            cursor: Cursor::default(),
            page: None,
            inside: false,
            list_area: Rect::default(),
            most: 0,
            now,
        }
    }

    /// Selects a goal, whatever filter was on. One that is gone leaves the list as it is.
    pub fn show_goal(&mut self, goal: Id<Goal>, cx: &mut Cx<'_>) -> Result<()> {
        self.inside = false;
        if !self.window.rows.iter().any(|row| row.goal.id == goal) {
            self.filter = GoalFilter::All;
        }
        self.cursor.select(goal);
        self.read(cx)?;
        while self.window.more_below && self.cursor.key() != Some(&goal) {
            self.cursor.select(goal);
            self.fetch(Stretch::Around, cx)?;
        }
        Ok(())
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let of = match self.scope {
            Scope::Everyone => GoalsOf::Everyone,
            Scope::One(with) => GoalsOf::One(with),
        };
        let (rows, more) =
            cx.store.first_goals(of, self.filter, self.most.max(self.cursor.room().into()))?;
        let is_open = |rows: &[ListedGoal], id: Id<Goal>| {
            rows.iter().find(|row| row.goal.id == id).map(|row| row.goal.value.status.is_open())
        };
        // What was met or dropped went down to its like; the keys stay with what is still open.
        if let Some(id) = self.cursor.key().copied().filter(|_| !self.inside)
            && is_open(&self.window.rows, id) == Some(true)
            && is_open(&rows, id) == Some(false)
        {
            self.cursor.stay();
        }
        self.window = Window { rows, more_above: false, more_below: more };
        let before = self.cursor.key().copied();
        self.cursor.settle(&self.window);
        // Another goal than the one that was open took its place.
        self.inside &= self.cursor.key().copied() == before;
        self.open_selected(cx)
    }

    /// Reads the selected goal.
    fn open_selected(&mut self, cx: &Cx<'_>) -> Result<()> {
        let Some(goal) = self.cursor.key().copied() else {
            self.page = None;
            self.inside = false;
            return Ok(());
        };
        let details = match cx.store.goal_details(goal) {
            Ok(details) => details,
            Err(Error::Gone) => {
                self.page = None;
                self.inside = false;
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let told = Told {
            mentions: cx.store.mentions_of(goal, page::SAID + 1)?,
            moves: cx.store.goal_moves(&details.goal, cx.now())?,
        };
        match &mut self.page {
            Some(page) if page.details.goal.id == goal => page.refresh(details, told, cx.today()),
            _ => self.page = Some(Page::new(details, told, cx.today())),
        }
        Ok(())
    }

    fn enter(&mut self) {
        if let Some(page) = &mut self.page {
            self.inside = true;
            page.select_first();
        }
    }

    fn goal(&self) -> Option<&Record<Goal>> {
        self.page.as_ref().map(|page| &page.details.goal)
    }

    /// The milestone that is selected inside the goal.
    fn milestone(&self) -> Option<&Record<Milestone>> {
        self.page.as_ref().filter(|_| self.inside).and_then(Page::milestone)
    }

    /// What was said of the goal, selected inside it.
    fn said(&self) -> Option<&Record<Standing>> {
        self.page.as_ref().filter(|_| self.inside).and_then(Page::said)
    }

    /// The line that is selected inside the goal and was said elsewhere, or promised.
    fn mentioned(&self) -> Option<&Mentioned> {
        self.page.as_ref().filter(|_| self.inside).and_then(Page::mentioned)
    }

    /// Where the selected line was said.
    fn leads_to(&self) -> Option<Target> {
        if let Some(other) = self.mentioned() {
            let mention = &other.mention.value;
            let promised = other.commitment.as_ref().and_then(|one| one.value.session);
            let find = |layer| Then::Find(layer, mention.text.clone());
            let then = mention.layer.map_or(Then::Look, find);
            return Some(match mention.session.or(promised) {
                Some(session) => Target::session(other.with, session, then),
                None => Target::pane(Scope::One(other.with), Place::Commitments),
            });
        }
        let (session, with) = self.page.as_ref().filter(|_| self.inside)?.said_in()?;
        Some(Target::session(with, session, Then::Check))
    }

    /// Opens the form for a commitment that serves this goal.
    fn promise(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let (Some(goal), Some(with)) = (self.goal(), self.selected().0) else {
            let says = "Choose the person with `g` first: a commitment is between two.";
            return Ok(Outcome::Say(says.to_owned()));
        };
        let name = cx.store.named(with)?.name;
        let sheet = NewCommitment::new(with, &name, cx.now()).serving(goal.id);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Opens the talk of a progress check with the one person these goals are of.
    fn check_progress(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.selected().0 else {
            let says = "Choose the person with `g` first: you look back with one.";
            return Ok(Outcome::Say(says.to_owned()));
        };
        progress::hold(with, None, cx)
    }

    fn add(&self, cx: &Cx<'_>) -> Result<Outcome> {
        if self.inside
            && let Some(goal) = self.goal()
        {
            return Ok(Outcome::Fill(Box::new(EditMilestone::new(goal, cx.now()))));
        }
        let Scope::One(with) = self.scope else {
            return Ok(Outcome::Fill(Box::new(NewGoal::new(None, cx.now()))));
        };
        let (with, name) = (cx.store.relationship(with)?, cx.store.named(with)?.name);
        let sheet = NewGoal::new(Some((&with, &name)), cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    fn done(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Some(promised) = self.mentioned().and_then(|other| other.commitment.as_ref()) {
            return commitment::toggle(promised, cx);
        }
        if let Some(one) = self.milestone() {
            let done = one.value.done.is_none();
            cx.store.tick_milestone(cx.stamp, one.id, done)?;
            let said = if done { "Milestone done" } else { "Not done" };
            return Ok(Outcome::Changed(format!("{said}: {}.", one.value.title)));
        }
        if self.inside {
            let says = "Space ticks a milestone; `n` adds one. Esc and Space: the goal is met.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        let Some(goal) = self.goal() else { return Ok(Outcome::Ignored) };
        let title = &goal.value.title;
        let (status, said) = match goal.value.status {
            GoalStatus::Achieved => (GoalStatus::Active, format!("Worked on again: {title}.")),
            _ => (GoalStatus::Achieved, format!("Met: {title}.")),
        };
        cx.store.mark_goal(cx.stamp, goal.id, status, "")?;
        Ok(Outcome::Changed(said))
    }

    /// Puts the selected milestone above the one before it, or below the one after it.
    fn order(&self, up: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(page), Some(one)) = (&self.page, self.milestone()) else {
            return Ok(Outcome::Say("Select a milestone to move it.".to_owned()));
        };
        let all: Vec<_> = page.details.milestones.iter().map(|one| one.id).collect();
        match order::step(one.id, &all, up) {
            Ok((one, there, at)) => {
                cx.store.order_milestones(cx.stamp, one, there)?;
                Ok(Outcome::Changed(format!("It is milestone {at} of {} now.", all.len())))
            }
            Err(why) => Ok(Outcome::Say(why.to_owned())),
        }
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Some(one) = self.milestone() {
            cx.store.delete_milestone(cx.stamp, one.id)?;
            return Ok(Outcome::Changed("The milestone is in the bin.".to_owned()));
        }
        if let Some(said) = self.said() {
            cx.store.delete_standing(cx.stamp, said.id)?;
            return Ok(Outcome::Changed("That line of its history is in the bin.".to_owned()));
        }
        if let Some(other) = self.mentioned() {
            cx.store.unlink(cx.stamp, other.mention.id)?;
            return Ok(Outcome::Changed("It is no longer linked to this goal.".to_owned()));
        }
        if self.inside {
            let says = "Select a milestone or a line of the history. Esc and `d`: the whole goal.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        let Some(goal) = self.goal() else { return Ok(Outcome::Ignored) };
        cx.store.delete_goal(cx.stamp, goal.id)?;
        let title = &goal.value.title;
        Ok(Outcome::Changed(wording::sentence(&format!(
            "In the bin, with its milestones: {title}"
        ))))
    }

    /// The actions that open a box about the selected goal or milestone.
    fn ask(&self, action: Action, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else {
            return Ok(Outcome::Say("There is no goal here yet. `n` adds one.".to_owned()));
        };
        let (details, now) = (&page.details, cx.now());
        let goal = &details.goal;
        Ok(match (action, self.milestone()) {
            (Action::MoveDate, Some(one)) => Outcome::Fill(Box::new(MoveGoal::milestone(one, now))),
            (Action::MoveDate, None) => Outcome::Fill(Box::new(MoveGoal::goal(goal, now))),
            (Action::CheckIn, _) => {
                let last = details.standing().map(|said| said.word);
                Outcome::Fill(Box::new(SayOfGoal::standing(goal, last)))
            }
            (Action::Status, _) => Outcome::Fill(Box::new(SayOfGoal::status(goal))),
            (Action::Share, _) => {
                let people = cx.store.people()?;
                if people.is_empty() {
                    let says = "There is nobody to share it with yet. `g` adds somebody.";
                    return Ok(Outcome::Say(says.to_owned()));
                }
                Outcome::Open(Box::new(overlays::sharing(goal.id, &people, &details.with, None)))
            }
            (Action::Copy, Some(one)) => Outcome::Copy(one.value.title.clone(), "the milestone"),
            (Action::Copy, None) => match self.said() {
                Some(said) => Outcome::Copy(said.value.note.clone(), "the note"),
                None => Outcome::Copy(goal.value.title.clone(), "the goal"),
            },
            (_, Some(one)) => Outcome::Fill(Box::new(EditMilestone::edit(one.clone(), now))),
            (_, None) => Outcome::Fill(Box::new(EditGoal::new(goal.clone(), now))),
        })
    }

    fn go(&mut self, action: Action, cx: &Cx<'_>) -> Result<Outcome> {
        match &mut self.page {
            Some(page) if self.inside => page.step(action),
            _ => {
                self.step(Step::Key(action), cx)?;
                self.open_selected(cx)?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// The list begins with its first goal, and grows as one goes down.
impl Paged for Goals {
    type Line = ListedGoal;

    fn list(&mut self) -> (&mut Cursor<Id<Goal>>, &Window<ListedGoal>) {
        (&mut self.cursor, &self.window)
    }

    fn fetch(&mut self, stretch: Stretch, cx: &Cx<'_>) -> Result<()> {
        let read = u32::try_from(self.window.rows.len()).unwrap_or(u32::MAX);
        self.most = match stretch {
            Stretch::First => 0,
            Stretch::Around => read.max(self.cursor.room().into()).saturating_mul(2),
            Stretch::Last => u32::MAX,
        };
        self.read(cx)
    }
}

impl Pane for Goals {
    fn place(&self) -> Place {
        if self.inside { Place::Goal } else { Place::Goals }
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.now = cx.now();
        if self.scope != cx.scope {
            *self = Self { scope: cx.scope, ..Self::new(self.now) };
        }
        self.read(cx)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            action if action.is_move() => self.go(action, cx),
            Action::Open if self.leads_to().is_some() => {
                Ok(self.leads_to().map_or(Outcome::Ignored, Outcome::Go))
            }
            Action::Open if self.inside => self.ask(Action::Edit, cx),
            Action::Commitment => self.promise(cx),
            Action::CheckProgress => self.check_progress(cx),
            Action::Open if self.page.is_none() => Ok(Outcome::Act(Action::New)),
            Action::Open => {
                self.enter();
                Ok(Outcome::Done)
            }
            Action::Right if !self.inside => {
                self.enter();
                Ok(Outcome::Done)
            }
            Action::NextPart | Action::PreviousPart => {
                if self.inside {
                    self.inside = false;
                } else {
                    self.enter();
                }
                Ok(Outcome::Done)
            }
            Action::Left | Action::Back if self.inside => {
                self.inside = false;
                Ok(Outcome::Done)
            }
            Action::Back if self.filter != GoalFilter::All => {
                self.filter = GoalFilter::All;
                self.read(cx)?;
                Ok(Outcome::Say("All goals are shown again.".to_owned()))
            }
            Action::New => self.add(cx),
            Action::Done => self.done(cx),
            Action::LineUp | Action::LineDown if self.inside => {
                self.order(action == Action::LineUp, cx)
            }
            Action::Delete => self.delete(cx),
            Action::Filter => Ok(Outcome::Open(Box::new(overlays::goal_filters(self.filter)))),
            Action::MoveDate
            | Action::CheckIn
            | Action::Edit
            | Action::Details
            | Action::Status
            | Action::Share
            | Action::Copy => self.ask(action, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        match choice {
            Choice::Goals(filter) => {
                self.filter = filter;
                self.inside = false;
                self.read(cx)?;
                Ok(Outcome::Done)
            }
            Choice::Share { goal, with, shared } => {
                cx.store.share_goal(cx.stamp, goal, with, shared)?;
                let name = cx.store.named(with)?.name;
                let says = if shared {
                    format!("Shared with {name}.")
                } else {
                    let says = format!("It stands under Everyone, no longer shared with {name}");
                    wording::sentence(&says)
                };
                let (people, now) = (cx.store.people()?, cx.store.shared_with(goal)?);
                let next = overlays::sharing(goal, &people, &now, Some(with));
                Ok(Outcome::GoOn(says, Box::new(next)))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        let with = match (self.scope, &self.page) {
            (Scope::One(with), _) => Some(with),
            (Scope::Everyone, Some(page)) => match page.details.with.as_slice() {
                [only] => Some(only.relationship),
                _ => None,
            },
            (Scope::Everyone, None) => None,
        };
        (with, None)
    }

    fn shows_goal(&self, goal: Id<Goal>) -> bool {
        self.window.rows.iter().any(|row| row.goal.id == goal)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        let in_list = self.list_area.contains(at);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) if in_list => {
                let click = self.cursor.click(&self.window, at);
                let was_inside = std::mem::take(&mut self.inside);
                self.open_selected(cx)?;
                if click == Click::Again && !was_inside {
                    self.enter();
                }
                Ok(Outcome::Done)
            }
            MouseEventKind::Down(MouseButton::Left) => {
                let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
                let click = page.click(at);
                if click == Click::Beside {
                    return Ok(Outcome::Ignored);
                }
                let again = self.inside && click == Click::Again;
                self.inside = true;
                if again && self.milestone().is_some() { self.done(cx) } else { Ok(Outcome::Done) }
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = event.kind == MouseEventKind::ScrollDown;
                match &mut self.page {
                    Some(page) if !in_list => {
                        self.inside = true;
                        page.wheel(down);
                    }
                    _ => {
                        self.inside = false;
                        self.step(Step::Wheel { down }, cx)?;
                        self.open_selected(cx)?;
                    }
                }
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn status(&mut self) -> (String, String) {
        let only = match self.filter {
            GoalFilter::All => return (String::new(), String::new()),
            GoalFilter::Open => "open goals",
            GoalFilter::Mine => "mine and ours",
            GoalFilter::Theirs => "theirs and ours",
        };
        (format!("Only {only} · f shows others"), String::new())
    }

    fn is_short(&self) -> bool {
        self.cursor.is_short(&self.window)
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        self.list_area = Rect::default();
        let Some(page) = &mut self.page else {
            empty(frame, area, look, self.scope, self.filter);
            return;
        };
        if area.width >= WIDE {
            let list = Rect { width: LIST, ..area };
            let bar = Rect { x: area.x + LIST, width: 1, ..area };
            for y in bar.y..bar.bottom() {
                text::put(frame.buffer_mut(), bar, bar.x, y, look.glyphs.bar, look.theme.line);
            }
            let beside = Rect { x: area.x + LIST + 2, width: area.width - LIST - 2, ..area };
            page.render(frame, beside, look, self.inside);
            self.draw_list(frame, list, look);
            return;
        }
        if self.inside {
            page.render(frame, area, look, true);
            return;
        }
        if area.width < ROOMY.0 || area.height < ROOMY.1 {
            page.forget_place();
            self.draw_list(frame, area, look);
            return;
        }
        let rows = u16::try_from(self.window.rows.len()).unwrap_or(u16::MAX);
        let height = rows.clamp(3, area.height / 2);
        let below = Rect { y: area.y + height + 1, height: area.height - height - 1, ..area };
        page.render(frame, below, look, false);
        self.draw_list(frame, Rect { height, ..area }, look);
    }
}

impl Goals {
    fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        self.list_area = area;
        let everyone = self.scope == Scope::Everyone;
        let today = self.now.date_naive();
        let (cursor, window) = (&mut self.cursor, &self.window);
        cursor.render(frame, area, look, window, !self.inside, |buffer, place, row, selected| {
            draw_row(buffer, place, look, row, everyone, selected, today);
        });
    }
}

/// Title, with whom, where it stands, its day, its steps. The last ones go first.
fn draw_row(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    row: &ListedGoal,
    everyone: bool,
    selected: bool,
    today: chrono::NaiveDate,
) {
    let goal = &row.goal.value;
    let over = !goal.status.is_open() && goal.status != GoalStatus::Paused;
    let late = goal.is_overdue(today);
    let style = match (selected, over) {
        (true, _) => look.theme.selected,
        (false, true) => look.theme.quiet,
        (false, false) => look.theme.text,
    };
    let day = match goal.due {
        _ if over => wording::short_day(goal.since, today),
        Some(due) => wording::by(due, late, today),
        None => String::new(),
    };
    // The title needs the columns more than the word does.
    let (unit, wide) = if place.width < 100 { ("", 8) } else { (" steps", 13) };
    let steps = match row.milestones {
        0 => String::new(),
        all => format!("{} of {all}{unit}", row.done),
    };
    let mut cells = vec![(wording::stands(goal, row.standing).to_owned(), 10, style)];
    if place.width >= 40 {
        cells.push((day, 14, if late { look.theme.late } else { style }));
    }
    if place.width >= 58 {
        cells.push((steps, wide, style));
    }
    let used: u16 = cells.iter().map(|(_, width, _)| width + 1).sum();
    let mut room = place.width.saturating_sub(used);
    if everyone && room >= 34 {
        cells.insert(0, (row.with.clone(), 14, look.theme.quiet));
        room -= 15;
    }
    let ellipsis = look.glyphs.ellipsis;
    let title = prose::fit(&goal.title, room, ellipsis);
    text::put(buffer, place, place.x, place.y, &title, style);
    let mut x = place.x + room + 1;
    for (words, width, style) in cells {
        let words = prose::fit(&words, width, ellipsis);
        text::put(buffer, place, x, place.y, &words, style);
        x += width + 1;
    }
}

/// What belongs here, why, and the key that begins.
fn empty(frame: &mut Frame<'_>, area: Rect, look: &Look, scope: Scope, filter: GoalFilter) {
    let words = match (filter, scope) {
        (GoalFilter::All, Scope::Everyone) => {
            "What you want to reach stands here, and what those you mentor do, with the steps on the way. \
             `n` adds the first goal: a title is enough."
        }
        (GoalFilter::All, Scope::One(_)) => {
            "The goals you share stand here, yours or theirs, so that each talk can begin from where they stand. \
             `n` adds the first one: a title is enough."
        }
        _ => "No goal here is of this kind. Esc shows all of them.",
    };
    overlays::paragraph(frame, area, look, words);
}
