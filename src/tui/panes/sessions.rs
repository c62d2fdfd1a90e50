//! The sessions with one person or with everyone, and the one that is open beside the list.
//!
//! The list is a window of what is in the journal: it costs what it shows, however long it is.

mod acts;
mod concern;
mod goals;
mod list;
mod page;
mod passage;
mod writing;

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use self::page::{Page, Part};
use crate::domain::{Id, Layer, Moment, Relationship, Session, SessionState, Zone};
use crate::store::{Error, Filter, Kept, Listed, Of, Result, Scope, Store};
use crate::tui::editor::Paste;
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Window};
use crate::tui::overlays::{self, Choice};
use crate::tui::paged::{Paged, Stretch};
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::agenda_line::AgendaLine;
use crate::tui::theme::Look;
use crate::tui::{text, wording};

/// From this width on list and session stand beside each other.
const WIDE: u16 = 100;
/// The width of the list there.
const LIST: u16 = 38;

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    List,
    Page(Part),
}

/// The pane of sessions.
pub struct Sessions {
    scope: Scope,
    filter: Filter,
    window: Window<Listed>,
    cursor: Cursor<Id<Session>>,
    page: Option<Page>,
    focus: Focus,
    writing: bool,
    finding: Option<Field>,
    /// The line that is to be linked to a goal, once that is chosen.
    to_link: Option<(Layer, String)>,
    hits: usize,
    /// That the session that was open is gone.
    left: Vec<Left>,
    wide: bool,
    list_area: Rect,
    now: Moment,
    zone: Zone,
    ticks: Duration,
}

/// A page that is no longer shown: what of it is unsaved is still to be kept as a draft.
struct Left {
    page: Page,
    is_gone: bool,
    was_writing: bool,
}

impl Sessions {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            scope: Scope::Everyone,
            filter: Filter::default(),
            window: Window::default(),
            cursor: Cursor::default(),
            page: None,
            focus: Focus::List,
            writing: false,
            finding: None,
            to_link: None,
            hits: 0,
            left: Vec::new(),
            wide: true,
            list_area: Rect::default(),
            now,
            zone: Zone::Offset(*now.offset()),
            ticks: Duration::ZERO,
        }
    }

    /// Shows the list alone; `is_gone` where that is because the session is no longer there.
    fn leave_page(&mut self, is_gone: bool) {
        let was_writing = std::mem::take(&mut self.writing);
        self.left.extend(self.page.take().map(|page| Left { page, is_gone, was_writing }));
        self.focus = Focus::List;
    }

    /// Where one who opens the session begins: with what is to be talked about in one that is to
    /// come, and else with its notes.
    fn first_part(&self) -> Part {
        let prepares = self.page.as_ref().is_some_and(|page| {
            page.session.value.state == SessionState::Planned && !page.agenda.rows.is_empty()
        });
        if prepares { Part::Agenda } else { Part::Text(Layer::Notes) }
    }

    /// The text that is being written, if one is.
    fn writing_layer(&self) -> Option<Layer> {
        match self.focus {
            Focus::Page(Part::Text(layer)) if self.writing => Some(layer),
            _ => None,
        }
    }

    /// Whether a commitment is selected on the page.
    fn has_promise(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.selected_promise().is_some())
    }

    /// Shows again what stands in the journal of a text: what was written here has been settled.
    pub fn forget_unsaved(&mut self, session: Id<Session>, layer: Layer) {
        self.writing = false;
        if let Some(page) = self.page.as_mut().filter(|page| page.session.id == session) {
            page.passage(layer).forget();
        }
    }

    /// Moves within the part of the page that has the focus.
    fn go_on_page(&mut self, part: Part, action: Action) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Done };
        match part {
            Part::Agenda => {
                page.cursor.go(&page.agenda, action);
            }
            Part::Check => page.said.step(action),
            Part::Promised => {
                page.promise.go(&page.promised, action);
            }
            Part::Text(layer) => {
                if let Some(key) = key_of(action) {
                    page.passage(layer).editor.press(key.to_event());
                }
            }
        }
        Outcome::Done
    }

    /// Goes on to the part below, or above. The list is left by it, and is come back to by Esc: there
    /// a key is about the whole session.
    fn next_part(&mut self, forward: bool) {
        let Some(page) = &self.page else { return };
        let notes = Part::Text(Layer::Notes);
        self.focus = Focus::Page(match self.focus {
            // The notes come first, because they are what one comes for.
            Focus::List if forward => notes,
            Focus::List => page.last_part(),
            Focus::Page(part) => page.part_after(part, forward),
        });
    }
}

/// That a session went while it was written in, and what became of the text.
fn gone_elsewhere(session: Id<Session>, unsaved: bool, store: &Store) -> Result<String> {
    let erased = store.is_erased(session)?;
    let where_to = if erased {
        "This session was erased elsewhere while you had it open."
    } else {
        "This session was put into the bin elsewhere while you had it open."
    };
    let text = match (unsaved, erased) {
        (false, _) => "What you had written was saved in it.",
        (true, false) => {
            "What you were writing is not lost: it is kept as a draft. Bring the session back from the bin, and the draft is offered at the next start."
        }
        (true, true) => {
            "What you were writing is not lost: it is kept as a draft and offered at the next start, to be read once more and let go."
        }
    };
    Ok(format!("{where_to} {text}"))
}

impl Pane for Sessions {
    fn place(&self) -> Place {
        match (self.writing_layer(), &self.finding) {
            (Some(_), Some(_)) => Place::Find,
            (Some(_), None) => Place::Writing,
            (None, _) => match self.focus {
                Focus::Page(Part::Agenda) => Place::Agenda,
                Focus::Page(Part::Text(Layer::Summary)) => Place::Summary,
                Focus::Page(Part::Text(Layer::Reflection)) => Place::Reflection,
                Focus::Page(Part::Check) => Place::Checked,
                Focus::Page(Part::Promised) if self.has_promise() => Place::Promised,
                _ => Place::Sessions,
            },
        }
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        (self.now, self.zone) = (cx.now(), cx.zone);
        self.ticks = cx.ticks;
        if self.scope != cx.scope {
            self.leave_page(false);
            self.scope = cx.scope;
            self.filter = Filter::default();
            self.window = Window::default();
            self.cursor = Cursor::default();
        }
        if let Some(page) = &mut self.page {
            match page.reload(cx.store, cx.today()) {
                Ok(()) => {}
                // Deleted or undone: the list goes on.
                Err(Error::Gone) => self.leave_page(true),
                Err(error) => return Err(error),
            }
        }
        self.fetch(Stretch::Around, cx)
    }

    fn settle(&mut self, cx: &mut Cx<'_>) -> Result<Option<String>> {
        let mut told = None;
        // One whose drafts cannot be kept now stays here for the next time.
        while let Some(left) = self.left.last_mut() {
            let unsaved = left.page.keep_drafts(cx)?;
            if left.is_gone && (unsaved || left.was_writing) {
                told = Some(gone_elsewhere(left.page.session.id, unsaved, cx.store)?);
            }
            self.left.pop();
        }
        Ok(told)
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        if self.finding.is_some() {
            return Ok(self.act_finding(action));
        }
        if let Some(layer) = self.writing_layer() {
            return self.act_writing(action, layer, cx);
        }
        match (action, self.focus) {
            (action, Focus::List) if action.is_move() => self.go(action, cx),
            (action, Focus::Page(part)) if action.is_move() => Ok(self.go_on_page(part, action)),
            (Action::Left | Action::Back, Focus::Page(_)) => {
                self.focus = Focus::List;
                Ok(Outcome::Done)
            }
            (Action::Right | Action::Open, Focus::List) if self.page.is_some() => {
                self.focus = Focus::Page(self.first_part());
                Ok(Outcome::Done)
            }
            (Action::Open, Focus::Page(Part::Agenda)) => {
                let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
                let Some(item) = page.selected() else {
                    return Ok(Outcome::Act(Action::AgendaLine));
                };
                let sheet = AgendaLine::edit(item.clone(), &page.person);
                Ok(Outcome::Fill(Box::new(sheet)))
            }
            (Action::Open | Action::Edit | Action::MoveDate, Focus::Page(Part::Promised)) => {
                self.about_promise(action, cx)
            }
            (Action::Evidence, focus) => {
                let layer = match focus {
                    Focus::Page(Part::Text(layer)) => Some(layer),
                    _ => None,
                };
                self.evidence(layer, cx)
            }
            (Action::AskAgain, Focus::Page(Part::Text(layer))) => self.ask_again(layer, cx),
            (Action::AskAgain, _) => {
                Ok(Outcome::Say("Go to a line of the notes or the reflection first.".to_owned()))
            }
            (Action::OwnEditor, Focus::Page(Part::Text(layer))) => self.hand_off(layer, cx),
            (Action::OwnEditor, _) => self.hand_off(Layer::Notes, cx),
            (Action::Open | Action::Edit, Focus::Page(Part::Check)) => self.edit_check(cx),
            (
                Action::CheckProgress
                | Action::SkipCheck
                | Action::CompareChecks
                | Action::LinkGoal
                | Action::ShowGoal,
                _,
            ) => self.about_goals(action, cx),
            (Action::Commitment, _) => Ok(self.promise((Layer::Notes, ""), cx)),
            (Action::Open | Action::Edit, Focus::Page(Part::Text(layer))) => Ok(self.write(layer)),
            (Action::Open, Focus::List) => Ok(Outcome::Act(Action::New)),
            (Action::Edit, _) => Ok(self.write(Layer::Notes)),
            (Action::Summary, _) => Ok(self.write(Layer::Summary)),
            (Action::PickLines, _) => Ok(self.pick_for_summary()),
            (Action::Reflection, _) => Ok(self.write(Layer::Reflection)),
            (Action::Back, Focus::List) if self.filter.state.is_some() => {
                self.filter = Filter::default();
                self.fetch(Stretch::Around, cx)?;
                Ok(Outcome::Say("All sessions are shown again.".to_owned()))
            }
            (Action::NextPart | Action::PreviousPart, _) if self.page.is_some() => {
                self.next_part(action == Action::NextPart);
                Ok(Outcome::Done)
            }
            (Action::New, _) => self.new_session(cx),
            (Action::Done, _) => self.done(cx),
            (Action::LineUp | Action::LineDown, Focus::Page(Part::Agenda)) => {
                self.order(action == Action::LineUp, cx)
            }
            (Action::Delete, _) => self.delete(cx),
            (Action::Versions, _) => self.versions(cx),
            (Action::Export, _) => self.export(cx),
            (Action::MoveToPrivate, _) => self.move_to_private(cx),
            (Action::Filter, _) => {
                Ok(Outcome::Open(Box::new(overlays::filters(self.filter.state))))
            }
            (
                Action::MoveDate
                | Action::Outcome
                | Action::Details
                | Action::Template
                | Action::Copy,
                _,
            ) => self.about_session(action, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn type_key(&mut self, key: KeyEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        if self.finding.is_some() {
            return Ok(self.find_key(key));
        }
        let Some(layer) = self.writing_layer() else { return Ok(Outcome::Ignored) };
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let pressed = page.passage(layer).editor.press(key);
        Ok(self.pressed(layer, pressed, cx))
    }

    fn paste(&mut self, pasted: &str, cx: &mut Cx<'_>) -> Result<Outcome> {
        if let Some(field) = &mut self.finding {
            field.paste(pasted);
            let pattern = field.text().to_owned();
            if let (Some(layer), Some(page)) = (self.writing_layer(), &mut self.page) {
                self.hits = page.passage(layer).editor.find(&pattern);
            }
            return Ok(Outcome::Done);
        }
        let Some(layer) = self.writing_layer() else { return Ok(Outcome::Ignored) };
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let passage = page.passage(layer);
        Ok(match passage.editor.paste(pasted) {
            Paste::TooLong => Outcome::Warn(writing::too_long()),
            Paste::Inserted { .. } => {
                passage.typed(cx.ticks);
                Outcome::Done
            }
        })
    }

    fn take_back(&mut self, given: &Of, text: &str, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(page), Of::Session { layer, .. }) = (&mut self.page, given) else {
            return Ok(Outcome::Ignored);
        };
        let passage = page.passage(*layer);
        passage.editor.set_text(text);
        passage.typed(cx.ticks);
        self.save(*layer, cx)
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        match choice {
            Choice::Only(state) => {
                let kept = self.save_all(true, cx)?;
                if matches!(kept, Outcome::Open(_)) {
                    return Ok(kept);
                }
                self.filter = Filter { state };
                self.cursor = Cursor::default();
                self.focus = Focus::List;
                self.fetch(Stretch::First, cx)?;
                Ok(Outcome::Done)
            }
            Choice::Became(state) => self.became(state, cx),
            Choice::Template(key) => Ok(self.template(key, cx)),
            Choice::ForSummary(at) => self.put_into_summary(at, cx),
            Choice::Goal(Some(goal)) => self.link(goal, cx),
            Choice::ShowGoal(goal) => Ok(Outcome::Go(Target::goal(self.scope, goal))),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn show(&mut self, session: Id<Session>, then: &Then, cx: &mut Cx<'_>) -> Result<Outcome> {
        self.filter = Filter::default();
        self.cursor.select(session);
        self.fetch(Stretch::Around, cx)?;
        self.writing = false;
        self.focus = Focus::Page(Part::Text(Layer::Notes));
        match then {
            Then::Look | Then::Goal(_) | Then::Repair(_) => Ok(Outcome::Done),
            Then::Write(layer) => Ok(self.write(*layer)),
            Then::Check => {
                if let Some(page) = self.page.as_mut().filter(|page| page.held.is_some()) {
                    page.said.begin();
                    self.focus = Focus::Page(Part::Check);
                }
                Ok(Outcome::Done)
            }
            Then::Agenda => {
                self.focus = Focus::Page(Part::Agenda);
                Ok(Outcome::Done)
            }
            Then::Find(layer, pattern) => {
                self.focus = Focus::Page(Part::Text(*layer));
                if let Some(page) = &mut self.page {
                    page.passage(*layer).editor.find(pattern);
                }
                Ok(Outcome::Done)
            }
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        let with = match (self.scope, &self.page) {
            (Scope::One(with), _) => Some(with),
            (Scope::Everyone, page) => page.as_ref().map(Page::with),
        };
        (with, self.page.as_ref().map(|page| page.session.id))
    }

    fn takes_up_promises(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.takes_up)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        if self.list_area.contains(at) && !self.writing {
            return self.mouse_on_list(event, at, cx);
        }
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let part = match (event.kind, self.focus) {
            // A drag goes on in the text in which it began.
            (MouseEventKind::Drag(_) | MouseEventKind::Up(_), Focus::Page(part)) => Some(part),
            _ => page.part_at(at),
        };
        match part {
            Some(Part::Text(layer)) => {
                if event.kind == MouseEventKind::Down(MouseButton::Left) {
                    self.focus = Focus::Page(Part::Text(layer));
                }
                let pressed = page.passage(layer).editor.mouse(event, cx.ticks);
                Ok(self.pressed(layer, pressed, cx))
            }
            Some(Part::Check) if !self.writing => {
                self.focus = Focus::Page(Part::Check);
                match event.kind {
                    MouseEventKind::Down(MouseButton::Left) => {
                        page.said.click(at);
                    }
                    MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                        page.said.wheel(event.kind == MouseEventKind::ScrollDown);
                    }
                    _ => {}
                }
                Ok(Outcome::Done)
            }
            Some(Part::Promised) if !self.writing => {
                self.focus = Focus::Page(Part::Promised);
                match event.kind {
                    MouseEventKind::Down(MouseButton::Left)
                        if page.promise.click(&page.promised, at) == Click::Again =>
                    {
                        return self.done(cx);
                    }
                    MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                        let down = event.kind == MouseEventKind::ScrollDown;
                        page.promise.wheel(&page.promised, down);
                    }
                    _ => {}
                }
                Ok(Outcome::Done)
            }
            Some(Part::Agenda) if !self.writing => {
                self.focus = Focus::Page(Part::Agenda);
                match event.kind {
                    MouseEventKind::Down(MouseButton::Left)
                        if page.cursor.click(&page.agenda, at) == Click::Again =>
                    {
                        return self.done(cx);
                    }
                    MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                        page.cursor.wheel(&page.agenda, event.kind == MouseEventKind::ScrollDown);
                    }
                    _ => {}
                }
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        self.settle(cx)?;
        // What was put off is a draft, and is offered at the next start.
        self.save_all(false, cx)
    }

    fn keep(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        // The next start offers what is kept here; nobody is left to be told of it now.
        self.settle(cx)?;
        let outcome = self.save_all(false, cx)?;
        self.writing = false;
        self.finding = None;
        Ok(outcome)
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        (self.now, self.zone) = (cx.now(), cx.zone);
        self.ticks = cx.ticks;
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let due =
            |passage: &&mut passage::Passage| passage.due().is_some_and(|due| due <= cx.ticks);
        let Some(passage) = page.passages.iter_mut().find(due) else { return Ok(Outcome::Ignored) };
        let layer = passage.layer;
        Ok(match passage.tick(cx)? {
            // A save of the clock's is no news to the one who writes.
            Kept::Saved(_) => Outcome::Done,
            Kept::Conflict(theirs) => self.conflict(layer, theirs),
        })
    }

    fn patience(&self, ticks: Duration) -> Option<Duration> {
        let page = self.page.as_ref()?;
        page.passages
            .iter()
            .filter_map(passage::Passage::due)
            .min()
            .map(|due| due.saturating_sub(ticks))
    }

    fn status(&mut self) -> (String, String) {
        let left = match (&self.finding, self.writing_layer()) {
            (Some(_), _) if self.hits == 0 => "Find: nothing yet".to_owned(),
            (Some(_), _) => format!("Find: {}", crate::wording::counted(self.hits, "place")),
            (None, Some(layer)) => wording::writing(layer).to_owned(),
            (None, None) => match self.filter.state {
                Some(state) => format!("Only {} · f shows others", state.words()),
                None => self.page.as_ref().map_or("", |page| page.offer.trim()).to_owned(),
            },
        };
        let part = match self.focus {
            Focus::Page(part) => part,
            Focus::List => return (left, String::new()),
        };
        let now = self.now;
        (left, self.page.as_mut().map(|page| page.when_saved(part, now)).unwrap_or_default())
    }

    fn is_short(&self) -> bool {
        self.cursor.is_short(&self.window)
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        self.wide = area.width >= WIDE;
        self.list_area = Rect::default();
        if self.window.rows.is_empty() {
            list::empty(frame, area, look, self.scope, self.filter);
            return;
        }
        let today = self.now.date_naive();
        let focus = match self.focus {
            Focus::List => None,
            Focus::Page(part) => Some(part),
        };
        let mut page_area = area;
        if self.wide {
            let list = Rect { width: LIST, ..area };
            let bar = Rect { x: area.x + LIST, width: 1, ..area };
            for y in bar.y..bar.bottom() {
                text::put(frame.buffer_mut(), bar, bar.x, y, look.glyphs.bar, look.theme.line);
            }
            page_area = Rect { x: area.x + LIST + 2, width: area.width - LIST - 2, ..area };
            self.draw_list(frame, list, look, focus.is_none());
        } else if focus.is_none() {
            self.draw_list(frame, area, look, true);
            return;
        }
        if self.finding.is_some() {
            page_area.height = page_area.height.saturating_sub(1);
        }
        if let Some(page) = &mut self.page {
            page.is_looked_at = focus.is_some() && !self.writing;
            page.render(frame, page_area, look, focus, today);
        }
        if let Some(field) = &mut self.finding {
            let line = Rect { y: page_area.bottom(), height: 1, ..page_area };
            let x = text::put(frame.buffer_mut(), line, line.x, line.y, "Find: ", look.theme.title);
            let rest = Rect { x, width: line.right().saturating_sub(x), ..line };
            field.render(frame, rest, look, true);
        }
    }
}

/// The key that moves the caret of a text as the action moves over rows.
fn key_of(action: Action) -> Option<Key> {
    use crossterm::event::KeyCode;
    let code = match action {
        Action::Up => KeyCode::Up,
        Action::Down => KeyCode::Down,
        Action::PageUp => KeyCode::PageUp,
        Action::PageDown => KeyCode::PageDown,
        Action::First => {
            return Some(
                crate::tui::key::plain(KeyCode::Home).with(crossterm::event::KeyModifiers::CONTROL),
            );
        }
        Action::Last => {
            return Some(
                crate::tui::key::plain(KeyCode::End).with(crossterm::event::KeyModifiers::CONTROL),
            );
        }
        _ => return None,
    };
    Some(crate::tui::key::plain(code))
}
