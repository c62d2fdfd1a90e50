//! One person on one screen: what is next, what is to be talked about, what is worth remembering,
//! how to reach them. Read before a meeting.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::domain::{
    AgendaItem, AgendaState, Contact, Goal, GoalStatus, Id, Milestone, Moment, Party, Phase,
    Record, Relationship, Remembering, Session, dates,
};
use crate::guide;
use crate::store::{Details, GoalFilter, GoalsOf, ListedGoal, Promised, Result, Scope};
use crate::tui::commitment::{self, Beside};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::overlays::Choice;
use crate::tui::overlays::erase::Erase;
use crate::tui::pane::{Cx, Outcome, Pane, Target, Then};
use crate::tui::sheets::agenda_line::AgendaLine;
use crate::tui::sheets::bring_in::BringIn;
use crate::tui::sheets::contact::EditContact;
use crate::tui::sheets::details::EditDetails;
use crate::tui::sheets::export::ExportPerson;
use crate::tui::sheets::remembering::EditRemembering;
use crate::tui::theme::Look;
use crate::tui::{next, prose, text, wording};

/// How many goals the brief shows: it is one screen.
const GOALS: usize = 5;

/// The names of the lines that lead to the ten ways.
const FOCUS: &str = "In focus";
const QUIET: &str = "Quiet for a while";

/// What is practised with somebody, and which ways were not heard of for long.
fn practised(cx: &Cx<'_>, with: Id<Relationship>) -> Result<Vec<Line>> {
    let records = cx.store.trust(with, cx.today())?;
    let ways = guide::ways::all(&cx.store.ways()?);
    let shown = || ways.iter().filter(|way| !way.hidden);
    let focus: Vec<&str> =
        records.focus.iter().map(|focus| focus.value.practice.as_str()).collect();
    let quiet = records.quiet(shown().map(|way| way.key.as_str()));
    let quiet: Vec<&str> = shown()
        .filter(|way| quiet.contains(&way.key.as_str()))
        .map(|way| way.name.as_str())
        .collect();
    let lines = [(FOCUS, focus), (QUIET, quiet)];
    let said = lines.into_iter().filter(|(_, words)| !words.is_empty());
    Ok(said.map(|(name, words)| Line::Fact(name, words.join("; "))).collect())
}

/// A line of the brief.
enum Line {
    /// The name of a part.
    Heading(&'static str),
    /// What stands in a part that is empty, and the key that begins.
    Hint(&'static str),
    /// A session to come or past.
    Session(Record<Session>, &'static str),
    /// Something to talk about; whether it was left over from last time.
    Agenda(Record<AgendaItem>, bool),
    /// Something one of the two said they would do.
    Commitment(Promised),
    /// A goal that is open, with its next milestone.
    Goal(Box<ListedGoal>, Option<Record<Milestone>>),
    /// Something worth remembering.
    Remembering(Record<Remembering>),
    /// A way to reach the person.
    Contact(Record<Contact>),
    /// A particular of the relationship.
    Fact(&'static str, String),
}

/// What tells a line from the others, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Heading(&'static str),
    Hint(&'static str),
    Record(Id<()>),
    Fact(&'static str),
}

impl Row for Line {
    type Key = Name;

    fn key(&self) -> Name {
        match self {
            Self::Heading(name) => Name::Heading(name),
            Self::Hint(hint) => Name::Hint(hint),
            Self::Session(session, _) => Name::Record(session.id.cast()),
            Self::Agenda(item, _) => Name::Record(item.id.cast()),
            Self::Commitment(promised) => Name::Record(promised.commitment.id.cast()),
            Self::Goal(row, _) => Name::Record(row.goal.id.cast()),
            Self::Remembering(line) => Name::Record(line.id.cast()),
            Self::Contact(contact) => Name::Record(contact.id.cast()),
            Self::Fact(name, _) => Name::Fact(name),
        }
    }
}

/// The pane of one person.
pub struct Brief {
    details: Option<Details>,
    window: Window<Line>,
    cursor: Cursor<Name>,
    opening: String,
    now: Moment,
}

impl Brief {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            details: None,
            window: Window::default(),
            cursor: Cursor::default(),
            opening: String::new(),
            now,
        }
    }

    fn line(&self) -> Option<&Line> {
        self.cursor.row(&self.window)
    }

    fn with(&self) -> Option<Id<Relationship>> {
        self.details.as_ref().map(|details| details.relationship.id)
    }

    fn step(&mut self, action: Action) {
        self.cursor.go(&self.window, action);
        // Headings and hints are passed over, in the direction of the step.
        self.pass_over(matches!(action, Action::Up | Action::PageUp | Action::Last));
    }

    /// Goes on from a heading or a hint to a line, first this way and then the other.
    fn pass_over(&mut self, up: bool) {
        let way = |up| if up { Action::Up } else { Action::Down };
        for way in [way(up), way(!up)] {
            let mut steps = self.window.rows.len();
            while matches!(self.line(), Some(Line::Heading(_) | Line::Hint(_))) && steps > 0 {
                self.cursor.go(&self.window, way);
                steps -= 1;
            }
        }
    }

    fn open(&self, cx: &mut Cx<'_>) -> Outcome {
        let (Some(details), Some(line)) = (&self.details, self.line()) else {
            return Outcome::Ignored;
        };
        let name = &details.person.value.name;
        let person = details.person.id;
        match line {
            Line::Session(session, _) => {
                Outcome::Go(Target::session(details.relationship.id, session.id, Then::Look))
            }
            Line::Agenda(item, _) => Outcome::Fill(Box::new(AgendaLine::edit(item.clone(), name))),
            Line::Goal(row, _) => {
                Outcome::Go(Target::goal(Scope::One(details.relationship.id), row.goal.id))
            }
            Line::Commitment(promised) => {
                let session =
                    promised.commitment.value.session.filter(|_| promised.source.is_some());
                let with = details.relationship.id;
                Outcome::Go(match session {
                    Some(session) => Target::session(with, session, Then::Look),
                    None => Target::pane(Scope::One(with), Place::Commitments),
                })
            }
            Line::Remembering(line) => Outcome::Fill(Box::new(EditRemembering::new(
                person,
                name,
                Some(line.clone()),
                cx.now(),
            ))),
            Line::Contact(contact) => {
                let sheet = EditContact::new(person, name, Some(contact.clone()));
                Outcome::Fill(Box::new(sheet))
            }
            Line::Fact(FOCUS | QUIET, _) => Outcome::Act(Action::Go(Place::Trust)),
            Line::Fact(..) | Line::Heading(_) | Line::Hint(_) => Outcome::Act(Action::Details),
        }
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let said = match self.line() {
            Some(Line::Agenda(item, _)) => {
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

    fn done(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        match self.line() {
            Some(Line::Agenda(item, _)) => {
                let session = cx.store.last_session(item.value.relationship, None)?;
                let session = session.map(|session| session.id);
                cx.store.mark_agenda_item(cx.stamp, item.id, AgendaState::Discussed, session)?;
                Ok(Outcome::Changed("Talked about.".to_owned()))
            }
            Some(Line::Commitment(promised)) => commitment::toggle(&promised.commitment, cx),
            Some(Line::Session(session, _)) => {
                cx.store.mark_session(cx.stamp, session.id, crate::domain::SessionState::Held)?;
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

    fn read(&mut self, with: Id<Relationship>, cx: &mut Cx<'_>) -> Result<()> {
        let today = cx.today();
        let was = self.cursor.key().copied();
        let details = cx.store.details(with)?;
        let next = cx.store.next_session(with, today)?;
        let last = cx.store.last_session(with, None)?;
        self.opening = match &last {
            Some(last) if last.value.about.is_empty() => {
                let notes = cx.store.texts(last.id)?.notes;
                notes
                    .map(|notes| wording::opening(&notes.value.body).to_owned())
                    .unwrap_or_default()
            }
            Some(last) => last.value.about.clone(),
            None => String::new(),
        };
        let carried = last.as_ref().map(|last| last.value.when.date);
        let mut lines = vec![Line::Heading("Sessions")];
        let unanswered = cx.store.unanswered_sessions(with, today)?;
        lines.extend(unanswered.into_iter().map(|past| Line::Session(past, "happened?")));
        lines.extend(next.map(|next| Line::Session(next, "next")));
        lines.extend(last.map(|last| Line::Session(last, "last")));
        if lines.len() == 1 {
            lines.push(Line::Hint("b begins the first one now; n plans or logs one."));
        }
        lines.push(Line::Heading("To talk about"));
        let mut agenda = cx.store.open_agenda(with)?;
        agenda.sort_by_key(|item| carried.is_none_or(|day| item.value.added > day));
        if agenda.is_empty() {
            lines.push(Line::Hint("a adds a line; it stands on the next session by itself."));
        }
        lines.extend(agenda.into_iter().map(|item| {
            let left_over = carried.is_some_and(|day| item.value.added <= day);
            Line::Agenda(item, left_over)
        }));
        lines.push(Line::Heading("Commitments"));
        let promised = cx.store.open_commitments(with)?;
        if promised.is_empty() {
            lines.push(Line::Hint("n adds one: lend her the book by fri."));
        }
        lines.extend(promised.into_iter().map(Line::Commitment));
        let goals = cx.store.goals(GoalsOf::One(with), GoalFilter::Open)?;
        lines.push(Line::Heading("Goals"));
        if goals.is_empty() {
            lines.push(Line::Hint("n adds what is to be reached; a title is enough."));
        }
        let more = goals.len() > GOALS;
        for row in goals.into_iter().take(GOALS) {
            let next = cx.store.goal_details(row.goal.id)?.next().cloned();
            lines.push(Line::Goal(Box::new(row), next));
        }
        if more {
            lines.push(Line::Hint("5 shows the others."));
        }
        let practised = practised(cx, with)?;
        if !practised.is_empty() {
            lines.push(Line::Heading("Trust, for you alone"));
            lines.extend(practised);
        }
        lines.push(Line::Heading("Worth remembering, for you alone"));
        if details.remembering.is_empty() {
            lines.push(Line::Hint(
                "n adds a line: a visa interview, what they dislike, a birthday.",
            ));
        }
        lines.extend(details.remembering.iter().rev().cloned().map(Line::Remembering));
        lines.push(Line::Heading("Contact"));
        if details.contacts.is_empty() {
            lines.push(Line::Hint("n adds how to reach them, and when."));
        }
        lines.extend(details.contacts.iter().cloned().map(Line::Contact));
        let mut facts = details.relationship.value.around();
        facts.extend([
            ("Time zone", details.person.value.time_zone.as_str()),
            ("Alias", details.person.value.alias.as_str()),
        ]);
        let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
        lines.extend(facts.map(|(name, fact)| Line::Fact(name, fact.to_owned())));
        self.window = Window { rows: lines, more_above: false, more_below: false };
        self.details = Some(details);
        self.cursor.settle(&self.window);
        // Where the last line of a part went, the one above it is the nearest.
        self.pass_over(was.is_some());
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
        if relationship.phase != Phase::Working {
            parts.push(relationship.phase.words().to_owned());
        }
        parts.extend(relationship.started.map(|day| format!("since {}", dates::day(day, today))));
        parts.extend(relationship.cadence.map(|cadence| cadence.to_string()));
        parts.extend(relationship.usual_minutes.map(|length| length.to_string()));
        parts.extend(relationship.usual_mode.map(|mode| mode.words().to_owned()));
        parts.extend(relationship.ends.map(|day| format!("ends {}", dates::day(day, today))));
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

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.now = cx.now();
        match cx.scope {
            Scope::One(with) => {
                if self.with() != Some(with) {
                    self.cursor = Cursor::default();
                }
                self.read(with, cx)
            }
            Scope::Everyone => {
                self.details = None;
                self.window = Window::default();
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
            Action::Open => Ok(self.open(cx)),
            Action::Done => self.done(cx),
            Action::Delete => self.delete(cx),
            Action::New => super::pick_kind(self.with(), cx),
            Action::Edit | Action::Details => {
                let Some(details) = self.details.clone() else { return Ok(Outcome::Ignored) };
                Ok(Outcome::Fill(Box::new(EditDetails::new(details, cx.now()))))
            }
            Action::Export => {
                let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
                Ok(Outcome::Fill(Box::new(ExportPerson::new(details))))
            }
            Action::BringIn => {
                let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
                let name = &details.person.value.name;
                let sheet = BringIn::new(details.relationship.id, name);
                Ok(Outcome::Fill(Box::new(sheet)))
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
            Action::Copy => Ok(match self.line() {
                Some(Line::Contact(contact)) => {
                    Outcome::Copy(contact.value.value.clone(), "the address")
                }
                Some(Line::Agenda(item, _)) => Outcome::Copy(item.value.text.clone(), "the line"),
                Some(Line::Commitment(promised)) => {
                    Outcome::Copy(promised.commitment.value.text.clone(), "the commitment")
                }
                Some(Line::Goal(row, _)) => Outcome::Copy(row.goal.value.title.clone(), "the goal"),
                Some(Line::Remembering(line)) => Outcome::Copy(line.value.text.clone(), "the line"),
                Some(Line::Fact(_, fact)) => Outcome::Copy(fact.clone(), "the line"),
                _ => Outcome::Ignored,
            }),
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
        self.window
            .rows
            .iter()
            .any(|line| matches!(line, Line::Goal(row, _) if row.goal.id == goal))
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => match self.cursor.click(&self.window, at) {
                Click::Again => Ok(self.open(cx)),
                Click::Selected => Ok(Outcome::Done),
                Click::Beside => Ok(Outcome::Ignored),
            },
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                self.cursor.wheel(&self.window, event.kind == MouseEventKind::ScrollDown);
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        let Some(details) = &self.details else { return };
        let ellipsis = look.glyphs.ellipsis;
        let role = details.relationship.value.role.words();
        let title = format!("{} · {role}", details.person.value.name);
        let title = prose::fit(&title, area.width, ellipsis);
        text::put(frame.buffer_mut(), area, area.x, area.y, &title, look.theme.title);
        let how = self.how_we_meet(details);
        let used = if how.is_empty() { 1 } else { 2 };
        let how = prose::fit(&how, area.width, ellipsis);
        text::put(frame.buffer_mut(), area, area.x, area.y + 1, &how, look.theme.quiet);
        let used = used.min(area.height);
        let list = Rect { y: area.y + used, height: area.height - used, ..area };
        let today = self.now.date_naive();
        let opening = &self.opening;
        self.cursor.render(
            frame,
            list,
            look,
            &self.window,
            true,
            |buffer, place, line, selected| {
                let style = if selected { look.theme.selected } else { look.theme.text };
                let fit = |words: &str| prose::fit(words, place.width, ellipsis).into_owned();
                let (words, style) = match line {
                    Line::Heading(name) => {
                        let blank =
                            usize::from(place.width).saturating_sub(name.chars().count() + 1);
                        let dashes = look.glyphs.rule.repeat(blank);
                        text::put(
                            buffer,
                            place,
                            place.x,
                            place.y,
                            &format!("{name} {dashes}"),
                            look.theme.line,
                        );
                        (fit(name), look.theme.title)
                    }
                    Line::Hint(hint) => (fit(hint), look.theme.placeholder),
                    Line::Session(session, which) => {
                        let day = wording::when(session.value.when, today);
                        let about = if *which == "last" { opening } else { &session.value.about };
                        let distance = dates::distance(session.value.when.date, today);
                        let about =
                            if about.is_empty() { String::new() } else { format!(" · {about}") };
                        (fit(&format!("{which} {day}, {distance}{about}")), style)
                    }
                    Line::Agenda(item, left_over) => {
                        let by = if item.value.by == Party::Them { "them: " } else { "" };
                        let since = if *left_over {
                            format!(" (since {})", dates::day(item.value.added, today))
                        } else {
                            String::new()
                        };
                        (fit(&format!("[ ] {by}{}{since}", item.value.text)), style)
                    }
                    Line::Goal(row, next) => {
                        let late = row.goal.value.is_overdue(today);
                        let words = wording::goal(row, next.as_ref(), today);
                        (fit(&words), if late { look.theme.late } else { style })
                    }
                    Line::Commitment(promised) => {
                        let beside = Beside {
                            whose: true,
                            moved: promised.moved_from.is_some(),
                            rests: promised.rests,
                            ..Beside::default()
                        };
                        let one = &promised.commitment.value;
                        commitment::draw(buffer, place, look, one, beside, selected, today);
                        return;
                    }
                    Line::Remembering(line) => {
                        let day =
                            line.value.on.map(|day| format!(" · {}", dates::in_words(day, today)));
                        let mark = look.glyphs.private;
                        (
                            fit(&format!("{mark} {}{}", line.value.text, day.unwrap_or_default())),
                            style,
                        )
                    }
                    Line::Contact(contact) => {
                        let contact = &contact.value;
                        let mut words = contact.value.clone();
                        for part in [&contact.label, &contact.hours]
                            .into_iter()
                            .filter(|part| !part.is_empty())
                        {
                            words = format!("{words} · {part}");
                        }
                        if contact.preferred {
                            words.push_str(" · preferred");
                        }
                        (fit(&words), style)
                    }
                    Line::Fact(name, fact) => (fit(&format!("{name}: {fact}")), style),
                };
                text::put(buffer, place, place.x, place.y, &words, style);
            },
        );
    }
}
