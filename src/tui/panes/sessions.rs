//! The sessions with one person or with everyone, and the one that is open beside the list.
//!
//! The list is a window of what is in the journal: it costs what it shows, however long it is.

mod page;
mod passage;

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::page::{Page, Part};
use crate::domain::{
    AgendaState, Id, Layer, Moment, Record, Relationship, Session, SessionState, Writing, dates,
};
use crate::store::{Anchor, Error, Filter, Kept, Listed, Result, Scope};
use crate::tui::commitment;
use crate::tui::editor::{Paste, Pressed};
use crate::tui::field::Field;
use crate::tui::key::{Key, ctrl};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Moved, Row, Window};
use crate::tui::overlays::compare::{Compare, Sides};
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane, Then};
use crate::tui::sheets::agenda_line::AgendaLine;
use crate::tui::sheets::commitment::NewCommitment;
use crate::tui::sheets::date::MoveSession;
use crate::tui::sheets::export::Export;
use crate::tui::sheets::export::exported;
use crate::tui::sheets::session::EditSession;
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};
use crate::{guide, transfer};

/// Rows fetched on either side of the selected one: more than any screen shows.
const WINDOW: u16 = 64;
/// From this width on list and session stand beside each other.
const WIDE: u16 = 100;
/// The width of the list there.
const LIST: u16 = 38;

impl Row for Listed {
    type Key = Id<Session>;

    fn key(&self) -> Self::Key {
        self.session.id
    }
}

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
    hits: usize,
    wide: bool,
    list_area: Rect,
    now: Moment,
    ticks: Duration,
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
            hits: 0,
            wide: true,
            list_area: Rect::default(),
            now,
            ticks: Duration::ZERO,
        }
    }

    /// The text that is being written, if one is.
    fn writing_layer(&self) -> Option<Layer> {
        match self.focus {
            Focus::Page(Part::Text(layer)) if self.writing => Some(layer),
            _ => None,
        }
    }

    /// Shows again what stands in the journal of a text: what was written here has been settled.
    pub fn forget_unsaved(&mut self, session: Id<Session>, layer: Layer) {
        self.writing = false;
        if let Some(page) = self.page.as_mut().filter(|page| page.session.id == session) {
            page.passage(layer).forget();
        }
    }

    /// Reads the rows around the selected one anew.
    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        let selected = self.cursor.key().copied();
        let place = match selected.map(|id| cx.store.session(id)) {
            Some(Ok(session)) => Anchor::Around(session.value.when, session.id),
            Some(Err(Error::Gone)) => {
                match self.window.rows.iter().find(|row| Some(row.session.id) == selected) {
                    Some(gone) => Anchor::Around(gone.session.value.when, gone.session.id),
                    None => Anchor::Newest,
                }
            }
            Some(Err(error)) => return Err(error),
            None => Anchor::Newest,
        };
        self.fetch(place, cx)
    }

    fn fetch(&mut self, place: Anchor, cx: &Cx<'_>) -> Result<()> {
        let page = cx.store.sessions(self.scope, self.filter, place, WINDOW)?;
        self.window =
            Window { rows: page.rows, more_above: page.more_before, more_below: page.more_after };
        self.cursor.settle(&self.window);
        self.open_selected(cx)
    }

    /// Opens the selected session beside the list, unless it is open already.
    fn open_selected(&mut self, cx: &Cx<'_>) -> Result<()> {
        let selected = self.cursor.key().copied();
        if let Some(page) = &mut self.page
            && Some(page.session.id) == selected
        {
            return Ok(());
        }
        self.page = selected.map(|id| Page::open(cx.store, id, cx.today())).transpose()?;
        Ok(())
    }

    fn go(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        let moved = self.cursor.go(&self.window, action);
        match (moved, action) {
            (Moved::NeedAbove, Action::First) => self.fetch_end(Anchor::Newest, cx)?,
            (Moved::NeedBelow, Action::Last) => self.fetch_end(Anchor::Oldest, cx)?,
            (Moved::NeedAbove | Moved::NeedBelow, _) => {
                self.read(cx)?;
                self.cursor.go(&self.window, action);
            }
            _ => {}
        }
        self.open_selected(cx)?;
        Ok(Outcome::Done)
    }

    fn fetch_end(&mut self, place: Anchor, cx: &mut Cx<'_>) -> Result<()> {
        self.fetch(place, cx)?;
        let end = if place == Anchor::Newest { Action::First } else { Action::Last };
        self.cursor.go(&self.window, end);
        self.open_selected(cx)
    }

    /// Moves within the part of the page that has the focus.
    fn go_on_page(&mut self, part: Part, action: Action) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Done };
        match part {
            Part::Agenda => {
                page.cursor.go(&page.agenda, action);
            }
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

    fn next_part(&mut self, forward: bool) {
        let parts = Part::ALL;
        let at = match self.focus {
            Focus::List => None,
            Focus::Page(part) => parts.iter().position(|one| *one == part),
        };
        self.focus = match (at, forward) {
            (None, true) => Focus::Page(parts[1]),
            (None, false) => Focus::Page(parts[parts.len() - 1]),
            // From the list the notes come first, because they are what one comes for.
            (Some(at), true) if at + 1 < parts.len() => Focus::Page(parts[at + 1]),
            (Some(at), false) if at > 0 => Focus::Page(parts[at - 1]),
            _ => Focus::List,
        };
    }

    /// The text that is written after, or before, this one.
    fn next_text(&mut self, layer: Layer, forward: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let order = [Layer::Notes, Layer::Reflection, Layer::Summary];
        let at = order.iter().position(|one| *one == layer).unwrap_or(0);
        let next = if forward { at + 1 } else { at + order.len() - 1 } % order.len();
        let outcome = self.save(layer, cx)?;
        self.focus = Focus::Page(Part::Text(order[next]));
        Ok(outcome)
    }

    fn write(&mut self, layer: Layer) -> Outcome {
        if self.page.is_none() {
            return Outcome::Say(
                "There is no session here yet. `n` adds one, `b` begins one now.".to_owned(),
            );
        }
        self.focus = Focus::Page(Part::Text(layer));
        self.writing = true;
        Outcome::Done
    }

    /// Saves one text; where somebody else wrote it meanwhile, both are shown.
    fn save(&mut self, layer: Layer, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Done) };
        let passage = page.passage(layer);
        if !passage.is_unsaved() {
            return Ok(Outcome::Done);
        }
        let kept = passage.save(cx)?;
        Ok(self.after_saving(layer, kept))
    }

    /// Saves what is unsaved of the open session, before another is shown in its place. The first
    /// text that somebody else wrote meanwhile is asked about; the others wait.
    /// Without `again` a text whose question was put off is left a draft.
    fn save_all(&mut self, again: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let mut outcome = Outcome::Done;
        for layer in [Layer::Notes, Layer::Reflection, Layer::Summary] {
            let put_off = self.page.as_mut().is_some_and(|page| page.passage(layer).is_put_off());
            if put_off && !again {
                continue;
            }
            match self.save(layer, cx)? {
                Outcome::Done => {}
                question @ Outcome::Open(_) => return Ok(question),
                saved => outcome = saved,
            }
        }
        Ok(outcome)
    }

    fn after_saving(&mut self, layer: Layer, kept: Kept) -> Outcome {
        match kept {
            Kept::Saved(_) => Outcome::Changed(String::new()),
            Kept::Conflict(theirs) => self.conflict(layer, theirs),
        }
    }

    fn conflict(&mut self, layer: Layer, theirs: Record<Writing>) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Done };
        self.writing = false;
        let mine = page.passage(layer).editor.text();
        let when = wording::at(theirs.written, self.now);
        Outcome::Open(Box::new(Compare::new(
            "Two versions were written at the same time",
            Sides::Conflict { session: page.session.id, layer, theirs, mine },
            &format!("Written elsewhere, {when}"),
            "Written here",
        )))
    }

    fn delete(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        if let Focus::Page(Part::Agenda) = self.focus {
            let Some(item) = page.selected() else { return Ok(Outcome::Ignored) };
            cx.store.delete_agenda_item(cx.stamp, item.id)?;
            return Ok(Outcome::Changed("The line is in the bin.".to_owned()));
        }
        if let Focus::Page(Part::Promised) = self.focus {
            let Some(one) = page.selected_promise() else { return Ok(Outcome::Ignored) };
            return commitment::delete(one, cx);
        }
        let day = dates::day(page.session.value.when.date, cx.today());
        let person = page.person.clone();
        cx.store.delete_session(cx.stamp, page.session.id)?;
        self.focus = Focus::List;
        Ok(Outcome::Changed(format!("The session of {day} with {person} is in the bin.")))
    }

    fn done(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        if let Focus::Page(Part::Agenda) = self.focus {
            let Some(item) = page.selected() else { return Ok(Outcome::Ignored) };
            let state = match item.value.state {
                AgendaState::Open => AgendaState::Discussed,
                AgendaState::Discussed | AgendaState::Dropped => AgendaState::Open,
            };
            cx.store.mark_agenda_item(cx.stamp, item.id, state, Some(page.session.id))?;
            let said = if state == AgendaState::Open { "Open again." } else { "Talked about." };
            return Ok(Outcome::Changed(said.to_owned()));
        }
        if let Focus::Page(Part::Promised) = self.focus {
            let Some(one) = page.selected_promise() else { return Ok(Outcome::Ignored) };
            return commitment::toggle(one, cx);
        }
        let state = match page.session.value.state {
            SessionState::Held => SessionState::Planned,
            _ => SessionState::Held,
        };
        self.became(state, cx)
    }

    fn became(&mut self, state: SessionState, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        if state == SessionState::Moved {
            let sheet = MoveSession::outcome(page.session.clone(), cx.now());
            return Ok(Outcome::Fill(Box::new(sheet)));
        }
        cx.store.mark_session(cx.stamp, page.session.id, state)?;
        let day = dates::day(page.session.value.when.date, cx.today());
        Ok(Outcome::Changed(format!("The session of {day}: {}.", state.words())))
    }

    fn versions(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let layer = match self.focus {
            Focus::Page(Part::Text(layer)) => layer,
            _ => Layer::Notes,
        };
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let session = page.session.id;
        let versions = match cx.store.texts(session)?.of(layer) {
            Some(writing) => cx.store.versions(writing.id)?,
            None => Vec::new(),
        };
        let passage = page.passage(layer);
        if versions.is_empty() {
            let text = wording::the_layer(layer);
            return Ok(Outcome::Say(format!("There are no earlier versions of {text} yet.")));
        }
        let now = passage.editor.text();
        Ok(Outcome::Open(Box::new(Compare::versions(
            session,
            layer,
            passage.base(),
            versions,
            now,
            cx.now(),
        ))))
    }

    fn export(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        let content =
            exported(|out| transfer::markdown::session(cx.store, page.session.id, false, out))?;
        let name = format!("session-{}.md", page.session.value.when.date);
        let says = "Notes, summary and agenda as Markdown. The private reflection stays here.";
        let sheet =
            Export::new(page.session.id.cast(), "Export this session", &name, says, content);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Moves the selected words, or the paragraph at the caret, to the private reflection.
    fn move_to_private(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let outcome = self.save(Layer::Notes, cx)?;
        if matches!(outcome, Outcome::Open(_)) {
            return Ok(outcome);
        }
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let session = page.session.id;
        let notes = page.passage(Layer::Notes);
        let passage =
            notes.editor.selection().unwrap_or_else(|| notes.editor.current_line().to_owned());
        let Some(base) = notes.base().filter(|_| !passage.trim().is_empty()) else {
            return Ok(Outcome::Say(
                "Put the caret on the lines to move, or select them, in the notes.".to_owned(),
            ));
        };
        cx.store.move_to_private(cx.stamp, session, base, &passage)?;
        Ok(Outcome::Changed(
            "Moved to the private reflection, and out of the notes' earlier versions.".to_owned(),
        ))
    }

    fn template(&mut self, key: &str, cx: &mut Cx<'_>) -> Outcome {
        let (Some(page), Some(template)) = (&mut self.page, guide::template(key)) else {
            return Outcome::Ignored;
        };
        let layer = template.layer;
        let notes = &mut page.passage(layer).editor;
        let prompts = template.as_text();
        let text = notes.text();
        // What is there stays: the prompts come beneath it.
        let (joined, line) = if text.trim().is_empty() {
            (prompts, 1)
        } else {
            let line = text.trim_end().lines().count() + 2;
            (format!("{}\n\n{prompts}", text.trim_end()), line)
        };
        notes.set_text(&joined);
        notes.set_caret(crate::tui::editor::Caret { paragraph: line, char: 0 });
        page.passage(layer).typed(cx.ticks);
        self.write(layer)
    }

    fn find_key(&mut self, key: KeyEvent) -> Outcome {
        let Some(layer) = self.writing_layer() else { return Outcome::Ignored };
        let (Some(field), Some(page)) = (&mut self.finding, &mut self.page) else {
            return Outcome::Ignored;
        };
        let Some(key) = Key::from_event(key) else { return Outcome::Ignored };
        // Ctrl-C is for leaving, also from here.
        if key == ctrl('c') {
            return Outcome::Ignored;
        }
        if field.key(key) {
            let pattern = field.text().to_owned();
            self.hits = page.passage(layer).editor.find(&pattern);
        }
        Outcome::Done
    }

    fn pressed(&mut self, layer: Layer, pressed: Pressed, cx: &mut Cx<'_>) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Ignored };
        match pressed {
            Pressed::Ignored => Outcome::Ignored,
            Pressed::Moved => Outcome::Done,
            Pressed::Changed => {
                page.passage(layer).typed(cx.ticks);
                Outcome::Done
            }
            Pressed::Copy(text) => Outcome::Copy(text, "the selected words"),
            Pressed::Cut(text) => {
                page.passage(layer).typed(cx.ticks);
                Outcome::Copy(text, "the selected words")
            }
            Pressed::Paste => Outcome::Paste,
            Pressed::TooLong => Outcome::Warn(too_long()),
        }
    }

    fn new_session(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.selected().0 else {
            let people = cx.store.people()?;
            return Ok(Outcome::Open(Box::new(overlays::people(
                &people,
                self.scope,
                Some(Action::New),
            ))));
        };
        let person = cx.store.named(with)?.name;
        let sheet = EditSession::new(cx.store.relationship(with)?, &person, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }
}

impl Pane for Sessions {
    fn place(&self) -> Place {
        match (self.writing_layer(), &self.finding) {
            (Some(_), Some(_)) => Place::Find,
            (Some(_), None) => Place::Writing,
            (None, _) => Place::Sessions,
        }
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.now = cx.now();
        self.ticks = cx.ticks;
        if self.scope != cx.scope {
            if let Some(page) = &mut self.page {
                page.keep_drafts(cx)?;
            }
            self.scope = cx.scope;
            self.filter = Filter::default();
            self.window = Window::default();
            self.cursor = Cursor::default();
            self.page = None;
            self.focus = Focus::List;
            self.writing = false;
        }
        if let Some(page) = &mut self.page {
            match page.reload(cx.store, cx.today()) {
                Ok(()) => {}
                // Deleted or undone: the text that was not saved is a draft, and the list goes on.
                Err(Error::Gone) => {
                    page.keep_drafts(cx)?;
                    self.page = None;
                    self.focus = Focus::List;
                    self.writing = false;
                }
                Err(error) => return Err(error),
            }
        }
        self.read(cx)
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
                self.focus = Focus::Page(Part::Text(Layer::Notes));
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
            (Action::Commitment, _) => Ok(self.promise("", cx)),
            (Action::Open | Action::Edit, Focus::Page(Part::Text(layer))) => Ok(self.write(layer)),
            (Action::Open, Focus::List) => Ok(Outcome::Act(Action::New)),
            (Action::Edit, _) => Ok(self.write(Layer::Notes)),
            (Action::Summary, _) => Ok(self.write(Layer::Summary)),
            (Action::Reflection, _) => Ok(self.write(Layer::Reflection)),
            (Action::Back, Focus::List) if self.filter.state.is_some() => {
                self.filter = Filter::default();
                self.read(cx)?;
                Ok(Outcome::Say("All sessions are shown again.".to_owned()))
            }
            (Action::NextPart | Action::PreviousPart, _) if self.page.is_some() => {
                self.next_part(action == Action::NextPart);
                Ok(Outcome::Done)
            }
            (Action::New, _) => self.new_session(cx),
            (Action::Done, _) => self.done(cx),
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
            Paste::TooLong => Outcome::Warn(too_long()),
            Paste::Inserted { .. } => {
                passage.typed(cx.ticks);
                Outcome::Done
            }
        })
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
                self.fetch(Anchor::Newest, cx)?;
                Ok(Outcome::Done)
            }
            Choice::Became(state) => self.became(state, cx),
            Choice::Template(key) => Ok(self.template(key, cx)),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn show(&mut self, session: Id<Session>, then: &Then, cx: &mut Cx<'_>) -> Result<Outcome> {
        self.filter = Filter::default();
        self.cursor.select(session);
        self.read(cx)?;
        self.writing = false;
        self.focus = Focus::Page(Part::Text(Layer::Notes));
        match then {
            Then::Look | Then::Goal(_) => Ok(Outcome::Done),
            Then::Write(layer) => Ok(self.write(*layer)),
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

    fn keep(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        // What was put off is a draft, and is offered at the next start.
        let outcome = self.save_all(false, cx)?;
        self.writing = false;
        self.finding = None;
        Ok(outcome)
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        self.now = cx.now();
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
                None => String::new(),
            },
        };
        let part = match self.focus {
            Focus::Page(part) => part,
            Focus::List => return (left, String::new()),
        };
        let now = self.now;
        (left, self.page.as_mut().map(|page| page.when_saved(part, now)).unwrap_or_default())
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        self.wide = area.width >= WIDE;
        self.list_area = Rect::default();
        if self.window.rows.is_empty() {
            empty(frame, area, look, self.scope, self.filter);
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

impl Sessions {
    fn act_writing(&mut self, action: Action, layer: Layer, cx: &mut Cx<'_>) -> Result<Outcome> {
        match action {
            Action::Finish | Action::Back => {
                self.writing = false;
                self.save_all(true, cx)
            }
            Action::NextPart => self.next_text(layer, true, cx),
            Action::PreviousPart => self.next_text(layer, false, cx),
            Action::Find => {
                self.finding = Some(Field::default().placeholder("in this text"));
                self.hits = 0;
                Ok(Outcome::Done)
            }
            Action::AlreadySaved => {
                let outcome = self.save(layer, cx)?;
                Ok(match outcome {
                    Outcome::Open(_) => outcome,
                    _ => Outcome::Say("Already saved.".to_owned()),
                })
            }
            Action::MoveToPrivate => self.move_to_private(cx),
            Action::Commitment => {
                let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
                let editor = &page.passage(layer).editor;
                let line = editor.selection().unwrap_or_else(|| editor.current_line().to_owned());
                Ok(self.promise(&line, cx))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    /// Opens the form for a commitment made in this session.
    fn promise(&self, line: &str, cx: &Cx<'_>) -> Outcome {
        let Some(page) = &self.page else { return Outcome::Ignored };
        let (with, session) = (page.with(), Some(page.session.id));
        let sheet = NewCommitment::from_line(with, &page.person, session, line, cx.now());
        Outcome::Fill(Box::new(sheet))
    }

    /// The actions on the selected commitment.
    fn about_promise(&self, action: Action, cx: &Cx<'_>) -> Result<Outcome> {
        match self.page.as_ref().and_then(Page::selected_promise) {
            None => Ok(self.promise("", cx)),
            Some(one) if action == Action::MoveDate => commitment::move_day(one, cx),
            Some(one) => commitment::edit(one, cx),
        }
    }

    fn act_finding(&mut self, action: Action) -> Outcome {
        let Some(layer) = self.writing_layer() else {
            self.finding = None;
            return Outcome::Done;
        };
        let Some(page) = &mut self.page else { return Outcome::Ignored };
        let editor = &mut page.passage(layer).editor;
        match action {
            Action::Open | Action::Down => {
                editor.find_next();
            }
            Action::Up => {
                editor.find_prev();
            }
            Action::Back => {
                editor.clear_find();
                self.finding = None;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    /// The actions that concern the open session as a whole.
    fn about_session(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else {
            return Ok(Outcome::Say("There is no session here yet.".to_owned()));
        };
        let session = page.session.clone();
        Ok(match action {
            Action::MoveDate => Outcome::Fill(Box::new(MoveSession::new(session, cx.now()))),
            Action::Outcome => Outcome::Open(Box::new(overlays::outcomes(session.value.state))),
            Action::Details => {
                let with = cx.store.relationship(session.value.relationship)?;
                let sheet = EditSession::edit(session, with, &page.person, cx.now());
                Outcome::Fill(Box::new(sheet))
            }
            Action::Template => Outcome::Open(Box::new(overlays::templates())),
            _ => {
                let layer = match self.focus {
                    Focus::Page(Part::Text(layer)) => layer,
                    _ => Layer::Notes,
                };
                let body = page.passage(layer).editor.text();
                Outcome::Copy(body, wording::the_layer(layer))
            }
        })
    }

    fn mouse_on_list(
        &mut self,
        event: MouseEvent,
        at: Position,
        cx: &mut Cx<'_>,
    ) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let click = self.cursor.click(&self.window, at);
                self.focus = Focus::List;
                self.open_selected(cx)?;
                if click == Click::Again {
                    self.focus = Focus::Page(Part::Text(Layer::Notes));
                }
                Ok(Outcome::Done)
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let down = event.kind == MouseEventKind::ScrollDown;
                if matches!(
                    self.cursor.wheel(&self.window, down),
                    Moved::NeedAbove | Moved::NeedBelow
                ) {
                    self.read(cx)?;
                    self.cursor.wheel(&self.window, down);
                }
                self.open_selected(cx)?;
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look, focused: bool) {
        self.list_area = area;
        let everyone = self.scope == Scope::Everyone;
        let today = self.now.date_naive();
        let open = self.cursor.key().copied();
        self.cursor.render(
            frame,
            area,
            look,
            &self.window,
            focused,
            |buffer, place, row, selected| {
                let chosen = selected || open == Some(row.session.id);
                draw_row(buffer, place, look, row, everyone, chosen, today);
            },
        );
    }
}

fn draw_row(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    row: &Listed,
    everyone: bool,
    selected: bool,
    today: chrono::NaiveDate,
) {
    let session = &row.session.value;
    let style = if selected { look.theme.selected } else { look.theme.text };
    let day = prose::pad(&dates::day(session.when.date, today), 11, look.glyphs.ellipsis);
    let mut x = text::put(buffer, place, place.x, place.y, &day, style) + 1;
    let state = match session.state {
        SessionState::Held => String::new(),
        _ if session.is_unanswered(today) => "happened?".to_owned(),
        state => state.words().to_owned(),
    };
    let room = place.right().saturating_sub(x + text::width(&state) + 1);
    let subject = if session.about.is_empty() { &row.opening } else { &session.about };
    if everyone {
        let name = prose::fit(&row.person, room.min(16), look.glyphs.ellipsis).into_owned();
        x = text::put(buffer, place, x, place.y, &name, style) + 1;
    }
    let room = place.right().saturating_sub(x + text::width(&state) + 1);
    let line = prose::fit(subject, room, look.glyphs.ellipsis);
    let quiet = if selected { style } else { look.theme.quiet };
    text::put(buffer, place, x, place.y, &line, if everyone { quiet } else { style });
    let state_style = if session.is_unanswered(today) { look.theme.due } else { look.theme.quiet };
    text::put_right(buffer, place, place.y, &state, state_style);
}

/// What belongs here, why, and the key that begins.
fn empty(frame: &mut Frame<'_>, area: Rect, look: &Look, scope: Scope, filter: Filter) {
    let words = match (filter.state, scope) {
        (Some(state), _) => format!("No session here is {}. Esc shows all of them.", state.words()),
        (None, Scope::One(_)) => "Sessions stand here: what you planned, and what you want to remember of those you held. \
            `b` begins one now and puts the caret in its notes; `n` plans or logs one."
            .to_owned(),
        (None, Scope::Everyone) => "The sessions with everyone stand here, the newest first. `g` chooses a person, or adds the first one."
            .to_owned(),
    };
    overlays::paragraph(frame, area, look, &words);
}

fn too_long() -> String {
    "That would make this text longer than 2 MB. Nothing was put in; keep it in a file of its own."
        .to_owned()
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
