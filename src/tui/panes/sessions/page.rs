//! One session on the screen: its heading, its agenda, its three texts one below the other, and what
//! was promised.
//!
//! The part that has the focus gets the room; the others show how they begin.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::concern::{self, TurnTo};
use super::passage::Passage;
use crate::domain::{
    AgendaItem, AgendaState, Clocks, Commitment, Goal, Id, Layer, Record, Relationship, Session,
    SessionState, Zone, dates,
};
use crate::store::{HeldCheck, Result, Store};
use crate::tui::commitment::{self, Beside};
use crate::tui::list::{Cursor, Row, Window};
use crate::tui::pane::Cx;
use crate::tui::reading::{Reading, Tone};
use crate::tui::theme::Look;
use crate::tui::{next, prose, text, wording};

/// Prose is never drawn wider.
const PROSE: u16 = 80;
/// How to go on from a session that is looked at; the footer has no room for it.
const WAY_ON: &str = "Tab next part  Esc back to the list";
/// How much of the agenda is shown at first while it has not the focus.
const AGENDA: u16 = 6;
/// How much of a progress check is shown at first while it has not the focus.
const CHECK: u16 = 3;
/// How many commitments are shown at first while they have not the focus, and from which height on.
const PROMISED: u16 = 4;
/// How many of those that were carried over are shown where there is little room.
const CARRIED: u16 = 2;
const TALL: u16 = 24;
/// How much of a text is shown at first while it has not the focus.
const BEGINNING: u16 = 3;

/// How many rows a part wants, its title included.
#[derive(Clone, Copy, Default)]
struct Wanted {
    /// Before any other has more than that.
    least: u16,
    /// While others are short of it.
    some: u16,
    /// To be seen whole.
    all: u16,
}

impl Wanted {
    fn new(least: u16, some: u16, all: u16) -> Self {
        Self { least, some: some.max(least), all: all.max(some).max(least) }
    }
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is to be, or was, talked about.
    Agenda,
    /// What was said at the progress check, where one was held here.
    Check,
    /// One of the texts.
    Text(Layer),
    /// What was promised here, and on the newest session what is open besides.
    Promised,
}

impl Part {
    /// The parts from top to bottom, where nothing is open.
    const ALL: [Self; 6] = [
        Self::Agenda,
        Self::Check,
        Self::Text(Layer::Notes),
        Self::Text(Layer::Reflection),
        Self::Text(Layer::Summary),
        Self::Promised,
    ];
}

impl Row for Record<AgendaItem> {
    type Key = Id<AgendaItem>;

    fn key(&self) -> Self::Key {
        self.id
    }
}

impl Row for Record<Commitment> {
    type Key = Id<Commitment>;

    fn key(&self) -> Self::Key {
        self.id
    }
}

/// One session, opened.
pub struct Page {
    /// The session.
    pub session: Record<Session>,
    /// With whom.
    pub person: String,
    /// The clocks of the two.
    pub clocks: Clocks,
    /// Whether its parts have the keys, and nothing is being written.
    pub is_looked_at: bool,
    /// What is on its agenda: what is open, if it is the next or the last one, and what was done.
    pub agenda: Window<Record<AgendaItem>>,
    /// The selected line of the agenda.
    pub cursor: Cursor<Id<AgendaItem>>,
    /// What was promised here; on the newest session all that is open comes first.
    pub promised: Window<Record<Commitment>>,
    /// The selected commitment.
    pub promise: Cursor<Id<Commitment>>,
    /// The progress check that was held here.
    pub held: Option<HeldCheck>,
    /// What was said there, as lines.
    pub said: Reading<Id<Goal>>,
    /// The goals it is about.
    pub goals: Vec<(Id<Goal>, String)>,
    /// The texts.
    pub passages: [Passage; 3],
    /// Whether commitments are open that this session takes up: then they stand above the agenda.
    carries: bool,
    /// What is offered where this is the last session, it was held, and none is planned.
    pub offer: String,
    /// Whether what is open with the person, made elsewhere, stands here besides.
    pub takes_up: bool,
    /// Whom there is to turn to, for a concern that is written down.
    turn_to: TurnTo,
    /// The last session before this one: open lines older than it were carried over.
    before: Option<Record<Session>>,
    /// Where each part was drawn.
    drawn: Vec<(Part, Rect)>,
}

impl Page {
    /// Opens a session.
    pub fn open(store: &Store, session: Id<Session>, today: NaiveDate, zone: Zone) -> Result<Self> {
        let session = store.session(session)?;
        let with = session.value.relationship;
        let person = store.named(with)?.name;
        let clocks = Clocks { mine: zone, theirs: store.zone_of(with)? };
        let texts = store.texts(session.id)?;
        let passage = |layer| Passage::new(session.id, layer, texts.of(layer));
        let passages = [Layer::Notes, Layer::Reflection, Layer::Summary].map(passage);
        let mut page = Self {
            session,
            person,
            clocks,
            is_looked_at: false,
            agenda: Window::default(),
            cursor: Cursor::default(),
            promised: Window::default(),
            promise: Cursor::default(),
            held: None,
            said: Reading::default(),
            goals: Vec::new(),
            passages,
            carries: false,
            offer: String::new(),
            takes_up: false,
            turn_to: TurnTo::default(),
            before: None,
            drawn: Vec::new(),
        };
        page.read_agenda(store, today)?;
        Ok(page)
    }

    /// Reads anew what may have changed; what is being written stays.
    pub fn reload(&mut self, store: &Store, today: NaiveDate) -> Result<()> {
        self.session = store.session(self.session.id)?;
        self.person = store.named(self.with())?.name;
        self.clocks.theirs = store.zone_of(self.with())?;
        let texts = store.texts(self.session.id)?;
        for passage in &mut self.passages {
            passage.refresh(texts.of(passage.layer));
        }
        self.read_agenda(store, today)
    }

    /// Keeps drafts of what is unsaved, because the page is about to go. Says whether anything was.
    pub fn keep_drafts(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        self.passages.iter_mut().try_for_each(|passage| passage.keep_draft(cx))?;
        Ok(self.passages.iter().any(Passage::is_unsaved))
    }

    fn read_agenda(&mut self, store: &Store, today: NaiveDate) -> Result<()> {
        let with = self.with();
        self.held = store.check_of_session(self.session.id)?;
        self.goals = store.goals_of_session(self.session.id)?;
        self.turn_to = TurnTo::of(&store.relationship(with)?.value);
        self.write_said();
        self.before = store.last_session(with, Some(self.session.value.when))?;
        let mut rows = Vec::new();
        // What is open stands on the newest session that can still take it up.
        if self.takes_open_lines(store, today)? {
            rows = store.open_agenda(with)?;
            // Once it was held, what was put down later is not what it was to be about.
            let session = &self.session.value;
            if session.state == SessionState::Held {
                rows.retain(|item| item.value.added <= session.when.date);
            }
        }
        rows.extend(store.agenda_of(self.session.id)?);
        self.agenda = Window { rows, more_above: false, more_below: false };
        self.cursor.settle(&self.agenda);
        self.read_promised(store, today)
    }

    fn read_promised(&mut self, store: &Store, today: NaiveDate) -> Result<()> {
        let mut rows = store.commitments_of(self.session.id)?;
        let takes = self.takes_open_lines(store, today)?;
        if takes {
            let open = store.open_commitments(self.with())?;
            rows.retain(|one| !one.value.is_open());
            rows.splice(0..0, open.into_iter().map(|one| one.commitment));
        }
        self.takes_up = takes;
        self.offer = match self.session.value.state {
            SessionState::Held if takes => next::offer(store, self.with(), today, self.clocks)?,
            _ => String::new(),
        };
        self.carries = takes && rows.iter().any(|one| one.value.is_open());
        self.promised = Window { rows, more_above: false, more_below: false };
        self.promise.settle(&self.promised);
        Ok(())
    }

    /// The lines of the progress check.
    fn write_said(&mut self) {
        let held = self.held.as_ref();
        self.said.write(|lines| {
            let Some(held) = held else { return };
            for goal in &held.goals {
                let colon = if goal.note.is_empty() { "" } else { ": " };
                let words = format!("{}: {}{colon}{}", goal.title, goal.word.words(), goal.note);
                lines.thing(goal.goal, &words, Tone::Plain);
            }
            for (asked, words) in held.check.value.said() {
                lines.heading(asked);
                lines.words(words, Tone::Plain);
            }
        });
    }

    /// The selected commitment.
    pub fn selected_promise(&self) -> Option<&Record<Commitment>> {
        self.promise.row(&self.promised)
    }

    fn takes_open_lines(&self, store: &Store, today: NaiveDate) -> Result<bool> {
        let session = &self.session.value;
        if !matches!(session.state, SessionState::Planned | SessionState::Held) {
            return Ok(false);
        }
        if session.state == SessionState::Planned {
            // Of several to come the next one; one that was to be is asked about and takes them too.
            let next = store.next_session(self.with(), today)?;
            return Ok(
                session.when.date < today || next.is_none_or(|next| next.id == self.session.id)
            );
        }
        let last = store.last_session(self.with(), None)?;
        if last.is_none_or(|last| last.id != self.session.id) {
            return Ok(false);
        }
        // Once it is over, what is open stands on the next one, if there is one.
        Ok(session.when.date == today || store.next_session(self.with(), today)?.is_none())
    }

    /// The relationship it belongs to.
    pub const fn with(&self) -> Id<Relationship> {
        self.session.value.relationship
    }

    /// One of its texts.
    pub fn passage(&mut self, layer: Layer) -> &mut Passage {
        let at = match layer {
            Layer::Notes => 0,
            Layer::Reflection => 1,
            Layer::Summary => 2,
        };
        &mut self.passages[at]
    }

    /// What stands above a text while it has the keys.
    fn beside(&mut self, layer: Layer, width: u16) -> Vec<String> {
        if layer != Layer::Reflection {
            return Vec::new();
        }
        let turn_to = std::mem::take(&mut self.turn_to);
        let rows = turn_to.rows(&self.passage(layer).editor, width);
        self.turn_to = turn_to;
        rows
    }

    /// The part at the bottom.
    pub fn last_part(&self) -> Part {
        let [.., last] = self.order();
        last
    }

    /// The parts from top to bottom: what is open stands before all else.
    fn order(&self) -> [Part; 6] {
        let mut order = Part::ALL;
        if self.carries {
            order.rotate_right(1);
        }
        order
    }

    /// The part below this one, or above it. They are a ring.
    pub fn part_after(&self, part: Part, forward: bool) -> Part {
        let is_there = |part: &Part| *part != Part::Check || self.held.is_some();
        let mut order: Vec<Part> = self.order().into_iter().filter(is_there).collect();
        if !forward {
            order.reverse();
        }
        let rest = order.iter().copied().skip_while(|one| *one != part).skip(1);
        rest.chain(order.iter().copied()).next().unwrap_or(part)
    }

    /// The part drawn at a cell.
    pub fn part_at(&self, at: Position) -> Option<Part> {
        self.drawn.iter().find(|(_, area)| area.contains(at)).map(|(part, _)| *part)
    }

    /// The selected line of the agenda.
    pub fn selected(&self) -> Option<&Record<AgendaItem>> {
        self.cursor.row(&self.agenda)
    }

    /// Goes on to the next line of the agenda that is open, if there is another.
    pub fn go_to_open(&mut self) {
        let Some(here) = self.selected().map(|item| item.id) else { return };
        let open =
            |item: &&Record<AgendaItem>| item.value.state == AgendaState::Open && item.id != here;
        let rows = &self.agenda.rows;
        let at = rows.iter().position(|item| item.id == here).unwrap_or_default();
        let next = rows[at..].iter().find(open).or_else(|| rows[..at].iter().rfind(open));
        if let Some(next) = next.map(|item| item.id) {
            self.cursor.select(next);
        }
    }

    /// What the right of the status line says of the part that is shown.
    pub fn when_saved(&mut self, part: Part, cx_now: crate::domain::Moment) -> String {
        match part {
            Part::Agenda | Part::Check | Part::Promised => String::new(),
            Part::Text(layer) => {
                let passage = self.passage(layer);
                let words = wording::words(passage.editor.words());
                match passage.when_saved(cx_now) {
                    saved if saved.is_empty() => words,
                    saved => format!("{words} · {saved}"),
                }
            }
        }
    }

    /// Draws it with the focus on one part.
    pub fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        look: &Look,
        focus: Option<Part>,
        today: NaiveDate,
    ) {
        self.drawn.clear();
        if self.said.fit(area.width) {
            self.write_said();
        }
        let body = self.heading(frame, area, look, today);
        let open = focus.unwrap_or(Part::Text(Layer::Notes));
        let order = self.order();
        let wanted = order.map(|part| self.wanted(part, part == open, body));
        let at = order.iter().position(|part| *part == open).unwrap_or_default();
        let heights = share(wanted, at, body.height);
        let mut y = body.y;
        for (part, height) in order.into_iter().zip(heights) {
            let place = Rect { y, height, ..body };
            y += height;
            if height > 0 {
                self.draw(part, frame, place, look, (focus == Some(part), today));
                self.drawn.push((part, place));
            }
        }
    }

    /// The lines that say which session it is; returns what is left.
    fn heading(&self, frame: &mut Frame<'_>, area: Rect, look: &Look, today: NaiveDate) -> Rect {
        let session = &self.session.value;
        let is_to_come = session.state == SessionState::Planned && !session.is_unanswered(today);
        let when = if is_to_come {
            wording::for_both(session.when, today, self.clocks)
        } else {
            wording::when(session.when, today)
        };
        let mut line = format!("{when} · {}", self.person);
        let mut facts = vec![session.state.words().to_owned()];
        facts.extend(session.minutes.map(|length| length.to_string()));
        facts.extend(session.mode.map(|mode| mode.words().to_owned()));
        facts.extend((!session.place.is_empty()).then(|| session.place.clone()));
        if session.is_unanswered(today) {
            line.push_str(" · did it happen?");
        }
        let buffer = frame.buffer_mut();
        let glyphs = &look.glyphs;
        let cut = |line: &str| prose::fit(line, area.width, glyphs.ellipsis).into_owned();
        text::put(buffer, area, area.x, area.y, &cut(&line), look.theme.title);
        let facts = facts.join(" · ");
        let end = text::put(buffer, area, area.x, area.y + 1, &cut(&facts), look.theme.quiet);
        if self.is_looked_at && end + text::width(WAY_ON) + 2 <= area.right() {
            text::put_right(buffer, area, area.y + 1, WAY_ON, look.theme.hint);
        }
        let mut used = 2;
        if !session.about.is_empty() {
            text::put(buffer, area, area.x, area.y + 2, &cut(&session.about), look.theme.text);
            used = 3;
        }
        let goals: Vec<&str> = self.goals.iter().map(|(_, title)| title.as_str()).collect();
        if !goals.is_empty() {
            let about = cut(&format!("About: {}", goals.join(", ")));
            text::put(buffer, area, area.x, area.y + used, &about, look.theme.quiet);
            used += 1;
        }
        let used = used.min(area.height);
        Rect { y: area.y + used, height: area.height - used, ..area }
    }

    fn wanted(&mut self, part: Part, open: bool, body: Rect) -> Wanted {
        let count = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX);
        match part {
            Part::Agenda => rows(count(self.agenda.rows.len()), open, 2, AGENDA),
            Part::Check if self.held.is_none() => Wanted::default(),
            Part::Check => rows(count(self.said.height()), open, if open { 3 } else { 1 }, CHECK),
            Part::Promised => {
                let lines = count(self.promised.rows.len());
                match (body.height < TALL, self.carries) {
                    (true, true) => rows(lines, open, 2, CARRIED),
                    // Where there is little room, the texts need it.
                    (true, false) => rows(lines, open, if open { 2 } else { 1 }, 0),
                    (false, _) => rows(lines, open, if open { 2 } else { 1 }, PROMISED),
                }
            }
            Part::Text(layer) => {
                let width = body.width.min(PROSE);
                let beside = if open { count(self.beside(layer, width).len()) } else { 0 };
                let passage = self.passage(layer);
                let all = passage.editor.height(width).saturating_add(1 + beside);
                match (open, passage.editor.is_empty()) {
                    // A row to write on, and all that nobody else needs.
                    (true, _) => Wanted::new(4 + beside, all.saturating_add(1), u16::MAX),
                    (false, true) => Wanted::new(1, 1, 1),
                    (false, false) => Wanted::new(1, all.min(BEGINNING + 1), all),
                }
            }
        }
    }

    fn draw(
        &mut self,
        part: Part,
        frame: &mut Frame<'_>,
        area: Rect,
        look: &Look,
        (focused, today): (bool, NaiveDate),
    ) {
        let inner = Rect { y: area.y + 1, height: area.height - 1, ..area };
        match part {
            Part::Agenda => {
                title(frame, area, look, "Agenda", "", focused, false);
                self.draw_agenda(frame, inner, look, focused);
            }
            Part::Check => {
                title(frame, area, look, "Progress check", "can be exported", focused, false);
                self.said.render(frame, inner, look, focused);
            }
            Part::Promised => {
                let open = self.promised.rows.iter().filter(|one| one.value.is_open()).count();
                let note = if open == 0 { String::new() } else { format!("{open} open") };
                title(frame, area, look, "Promised", &note, focused, false);
                self.draw_promised(frame, inner, look, focused, today);
            }
            Part::Text(layer) => {
                let width = inner.width.min(PROSE);
                let beside = if focused { self.beside(layer, width) } else { Vec::new() };
                let passage = self.passage(layer);
                let note = match layer {
                    _ if passage.editor.is_empty() && !focused => "nothing yet".to_owned(),
                    Layer::Notes => "can be exported".to_owned(),
                    Layer::Summary => "the other may see it".to_owned(),
                    Layer::Reflection => "stays here".to_owned(),
                };
                let name = wording::layer_title(layer);
                title(frame, area, look, name, &note, focused, layer.is_private());
                let prose = concern::draw(frame, Rect { width, ..inner }, look, &beside);
                passage.editor.render(frame, prose, &look.editor(), focused);
            }
        }
    }

    fn draw_agenda(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look, focused: bool) {
        if self.agenda.rows.is_empty() {
            let words =
                "Nothing on the agenda. `a` puts a line here; what is left open carries over.";
            let line = prose::fit(words, area.width, look.glyphs.ellipsis);
            text::put(frame.buffer_mut(), area, area.x, area.y, &line, look.theme.placeholder);
            return;
        }
        let carried = self.before.as_ref().map(|before| before.value.when.date);
        // The marker belongs to the part that has the keys.
        let mut unmarked = Cursor::default();
        let cursor = if focused { &mut self.cursor } else { &mut unmarked };
        let (agenda, person) = (&self.agenda, &self.person);
        cursor.render(frame, area, look, agenda, focused, |buffer, place, item, selected| {
            let item = &item.value;
            let sign = match item.state {
                AgendaState::Open => "[ ]",
                AgendaState::Discussed => "[x]",
                AgendaState::Dropped => "[-]",
            };
            let style = match item.state {
                AgendaState::Open if selected => look.theme.selected,
                AgendaState::Open => look.theme.text,
                AgendaState::Discussed | AgendaState::Dropped => look.theme.quiet,
            };
            let left_over =
                item.state == AgendaState::Open && carried.is_some_and(|day| item.added <= day);
            let since = if left_over {
                format!("since {}", dates::day(item.added, item.added))
            } else {
                String::new()
            };
            let room = place.width.saturating_sub(text::width(&since) + 1);
            let line = format!("{sign} {}", item.line(person));
            let line = prose::fit(&line, room, look.glyphs.ellipsis);
            text::put(buffer, place, place.x, place.y, &line, style);
            text::put_right(buffer, place, place.y, &since, look.theme.quiet);
        });
    }
}

impl Page {
    fn draw_promised(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        look: &Look,
        focused: bool,
        today: NaiveDate,
    ) {
        if self.promised.rows.is_empty() {
            let words = "Nothing promised here. Ctrl-T in the notes makes a commitment of a line.";
            let line = prose::fit(words, area.width, look.glyphs.ellipsis);
            text::put(frame.buffer_mut(), area, area.x, area.y, &line, look.theme.placeholder);
            return;
        }
        // The marker belongs to the part that has the keys.
        let mut unmarked = Cursor::default();
        let cursor = if focused { &mut self.promise } else { &mut unmarked };
        let promised = &self.promised;
        cursor.render(frame, area, look, promised, focused, |buffer, place, one, selected| {
            let beside = Beside { whose: Some(&self.person), ..Beside::default() };
            commitment::draw(buffer, place, look, &one.value, beside, selected, today);
        });
    }
}

/// A line that names a part: `─ Notes · can be exported ─────`.
fn title(
    frame: &mut Frame<'_>,
    area: Rect,
    look: &Look,
    name: &str,
    note: &str,
    focused: bool,
    private: bool,
) {
    let glyphs = &look.glyphs;
    let buffer = frame.buffer_mut();
    let line = glyphs.rule.repeat(usize::from(area.width));
    text::put(buffer, area, area.x, area.y, &line, look.theme.line);
    let lead = match (focused, private) {
        (true, true) => format!("{}{} ", glyphs.marker, glyphs.private),
        (true, false) => format!("{} ", glyphs.marker),
        (false, true) => format!("{}{} ", glyphs.rule, glyphs.private),
        (false, false) => format!("{} ", glyphs.rule),
    };
    let style = if private { look.theme.private } else { look.theme.title };
    let lead_style = if focused { look.theme.marker } else { style };
    let x = text::put(buffer, area, area.x, area.y, &lead, lead_style);
    let x = text::put(buffer, area, x, area.y, name, style);
    if note.is_empty() {
        text::put(buffer, area, x, area.y, " ", look.theme.line);
    } else {
        let x = text::put(
            buffer,
            area,
            x,
            area.y,
            &format!(" {} {note} ", glyphs.dot),
            look.theme.quiet,
        );
        let _ = x;
    }
}

/// What a part of so many lines wants: nothing where it has none and is not open, else a row for each
/// and one for its title; at first, while it is not open, only `beginning` of them.
fn rows(lines: u16, open: bool, least: u16, beginning: u16) -> Wanted {
    match (lines, open) {
        (0, false) => Wanted::default(),
        // Then it says how a line is put here.
        (0, true) => Wanted::new(2, 2, 2),
        (_, true) => Wanted::new(least, lines.saturating_add(1), lines.saturating_add(1)),
        (_, false) => Wanted::new(least, lines.min(beginning) + 1, lines.saturating_add(1)),
    }
}

/// Gives each part its rows: first to all what they need least, then up to half of the room to the
/// open one, then to the others how they begin, then to the open one what is in it. What is left
/// over shows more of the others, from top to bottom.
fn share<const N: usize>(wanted: [Wanted; N], open: usize, height: u16) -> [u16; N] {
    let mut heights = [0; N];
    let mut left = height;
    let mut give = |at: usize, until: u16| {
        let more = until.saturating_sub(heights[at]).min(left);
        heights[at] += more;
        left -= more;
    };
    let others = || (0..N).filter(|at| *at != open);
    give(open, wanted[open].least);
    others().for_each(|at| give(at, wanted[at].least));
    give(open, wanted[open].some.min(height / 2));
    others().for_each(|at| give(at, wanted[at].some));
    give(open, wanted[open].some);
    // Who writes has room to go on.
    give(open, wanted[open].all.min(height / 2));
    others().for_each(|at| give(at, wanted[at].all));
    give(open, wanted[open].all);
    heights
}

#[cfg(test)]
mod tests {
    use super::{Wanted, share};

    #[test]
    fn the_open_part_gets_what_the_others_do_not_need() {
        let of = |wanted: &[(u16, u16, u16); 4], open, height| {
            share(wanted.map(|(least, some, all)| Wanted::new(least, some, all)), open, height)
        };
        let notes = [(2, 3, 3), (4, 8, u16::MAX), (1, 4, 9), (1, 1, 1)];
        assert_eq!(of(&notes, 1, 16), [3, 8, 4, 1]);
        assert_eq!(of(&notes, 1, 30), [3, 17, 9, 1]);
        assert_eq!(of(&notes, 1, 6), [2, 4, 0, 0]);
        assert_eq!(of(&notes, 1, 0), [0, 0, 0, 0]);
        // Others are folded before the open one is, and unfolded where rows are left.
        let agenda = [(2, 7, 7), (1, 4, 9), (1, 4, 9), (1, 4, 9)];
        assert_eq!(of(&agenda, 0, 14), [7, 4, 2, 1]);
        assert_eq!(of(&agenda, 0, 24), [7, 9, 4, 4]);
    }
}
