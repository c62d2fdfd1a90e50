//! What is done to a session: held, moved, exported, deleted, and what was promised in it.

use super::page::{Page, Part};
use super::{Focus, Sessions};
use crate::domain::{AgendaItem, AgendaState, Layer, Record, SessionState, dates};
use crate::guide;
use crate::store::{Result, Store};
use crate::tui::keymap::Action;
use crate::tui::overlays;
use crate::tui::pane::{Cx, Outcome, Pane};
use crate::tui::sheets::commitment::NewCommitment;
use crate::tui::sheets::date::MoveSession;
use crate::tui::sheets::evidence::EditEvidence;
use crate::tui::sheets::export::{ExportSession, Of};
use crate::tui::sheets::remembering::EditRemembering;
use crate::tui::sheets::session::EditSession;
use crate::tui::{commitment, next, order, wording};

impl Sessions {
    pub(super) fn delete(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
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
        Ok(Outcome::Changed(wording::sentence(&format!(
            "In the bin: the session of {day} with {person}"
        ))))
    }

    /// Puts the selected line of the agenda above the one before it, or below the one after it.
    pub(super) fn order(&self, up: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        let is_open = |item: &&Record<AgendaItem>| item.value.state == AgendaState::Open;
        let open: Vec<_> = page.agenda.rows.iter().filter(is_open).map(|item| item.id).collect();
        order::agenda(page.selected().map(|item| item.id), &open, up, cx)
    }

    pub(super) fn done(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        if let Focus::Page(Part::Agenda) = self.focus {
            let Some(item) = page.selected() else { return Ok(Outcome::Ignored) };
            let state = match item.value.state {
                AgendaState::Open => AgendaState::Discussed,
                AgendaState::Discussed | AgendaState::Dropped => AgendaState::Open,
            };
            cx.store.mark_agenda_item(cx.stamp, item.id, state, Some(page.session.id))?;
            let said = if state == AgendaState::Open { "Open again." } else { "Talked about." };
            // What was talked about goes to the end of the list, and the keys stay with what is open.
            if state == AgendaState::Discussed {
                page.go_to_open();
            }
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

    pub(super) fn became(&mut self, state: SessionState, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        if state == SessionState::Moved {
            let clocks = cx.clocks(page.session.value.relationship)?;
            let sheet = MoveSession::outcome(page.session.clone(), cx.now(), clocks);
            return Ok(Outcome::Fill(Box::new(sheet)));
        }
        cx.store.mark_session(cx.stamp, page.session.id, state)?;
        let day = dates::day(page.session.value.when.date, cx.today());
        let offered = match state {
            // One key may have said so of a session with notes.
            SessionState::Planned => " `u` takes that back.".to_owned(),
            _ => next::offered(page.with(), cx)?,
        };
        Ok(Outcome::Changed(format!("The session of {day}: {}.{offered}", state.words())))
    }

    pub(super) fn export(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &self.page else { return Ok(Outcome::Ignored) };
        let sheet = ExportSession::new(cx.store, &page.session, self.of(page))?;
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// What is most likely wanted of a session where the keys are.
    fn of(&self, page: &Page) -> Of {
        match self.focus {
            Focus::Page(Part::Text(Layer::Summary)) => Of::Summary,
            Focus::Page(Part::Agenda) => Of::Agenda,
            _ if page.session.value.state == SessionState::Planned
                && !page.agenda.rows.is_empty() =>
            {
                Of::Agenda
            }
            _ => Of::Everything,
        }
    }

    /// Copies what has the keys: the agenda and the summary as the other is to get them.
    fn copy(&mut self, store: &Store) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let (of, name) = match self.focus {
            Focus::Page(Part::Agenda) => (Of::Agenda, "the agenda as Markdown, for the other"),
            Focus::Page(Part::Text(Layer::Summary)) => {
                (Of::Summary, "the summary as Markdown, for the other")
            }
            focus => {
                let layer = match focus {
                    Focus::Page(Part::Text(layer)) => layer,
                    _ => Layer::Notes,
                };
                let body = page.passage(layer).editor.text();
                if body.trim().is_empty() {
                    let says =
                        format!("There is nothing to copy in {} yet.", wording::the_layer(layer));
                    return Ok(Outcome::Say(says));
                }
                return Ok(Outcome::Copy(body, wording::the_layer(layer)));
            }
        };
        Ok(match of.write(store, page.session.id)? {
            Ok(text) => Outcome::Copy(text, name),
            Err(missing) => Outcome::Say(missing.to_owned()),
        })
    }

    /// The lines that can be put into the summary: those of the notes.
    fn lines_for_summary(&mut self) -> Vec<String> {
        let Some(page) = &mut self.page else { return Vec::new() };
        let notes = page.passage(Layer::Notes).editor.text();
        let lines = notes.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Offers the lines of the notes that are not in the summary yet.
    pub(super) fn pick_for_summary(&mut self) -> Outcome {
        let lines = self.lines_for_summary();
        let Some(page) = &mut self.page else { return Outcome::Ignored };
        if lines.is_empty() {
            return Outcome::Say("There are no notes to pick lines of yet.".to_owned());
        }
        let summary = page.passage(Layer::Summary).editor.text();
        Outcome::Open(Box::new(overlays::lines_for_summary(&lines, &summary)))
    }

    /// Puts a line of the notes into the summary, and offers the next one.
    pub(super) fn put_into_summary(&mut self, at: usize, cx: &mut Cx<'_>) -> Result<Outcome> {
        let lines = self.lines_for_summary();
        let (Some(page), Some(line)) = (&mut self.page, lines.get(at)) else {
            return Ok(Outcome::Ignored);
        };
        let summary = page.passage(Layer::Summary);
        let before = summary.editor.text();
        let text = [before.trim_end(), line].join("\n").trim_start().to_owned();
        summary.editor.set_text(&text);
        summary.typed(cx.ticks);
        self.focus = Focus::Page(Part::Text(Layer::Summary));
        let saved = self.save(Layer::Summary, cx)?;
        if matches!(saved, Outcome::Open(_)) {
            return Ok(saved);
        }
        let says = format!("In the summary: {line}");
        Ok(Outcome::GoOn(says, Box::new(overlays::lines_for_summary(&lines, &text))))
    }

    pub(super) fn new_session(&self, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.selected().0 else {
            let people = cx.store.people()?;
            return Ok(Outcome::Open(Box::new(overlays::people(
                &people,
                self.scope,
                Some(Action::New),
            ))));
        };
        let person = cx.store.named(with)?.name;
        let sheet =
            EditSession::new(cx.store.relationship(with)?, &person, cx.now(), cx.clocks(with)?);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Opens the form for a commitment made in this session, with a line of one of its texts.
    pub(super) fn promise(&self, from: (Layer, &str), cx: &Cx<'_>) -> Outcome {
        let Some(page) = &self.page else { return Outcome::Ignored };
        let (with, session) = (page.with(), Some(page.session.id));
        let sheet = NewCommitment::from_line(with, &page.person, session, from, cx.now());
        Outcome::Fill(Box::new(sheet))
    }

    /// Opens the form for what was seen or done in this session, with the selected words or the
    /// line at the caret where a text has the keys.
    pub(super) fn evidence(&mut self, layer: Option<Layer>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let line = layer.map(|layer| {
            let editor = &page.passage(layer).editor;
            editor.selection().unwrap_or_else(|| editor.current_line().to_owned())
        });
        let ways = guide::ways::all(&cx.store.ways()?);
        let line = line.unwrap_or_default();
        let (with, session) = (page.with(), &page.session);
        let sheet = EditEvidence::of_line(with, session, &ways, &line, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Opens the form in which the selected words, or the line at the caret, get the day on which
    /// they are asked about again.
    pub(super) fn ask_again(&mut self, layer: Layer, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let editor = &page.passage(layer).editor;
        let line = editor.selection().unwrap_or_else(|| editor.current_line().to_owned());
        if line.trim().is_empty() {
            let says = "Put the caret on the line to ask about, or select words.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        let named = cx.store.named(page.with())?;
        let (of, session) = ((named.person, named.name.as_str()), page.session.id);
        let sheet = EditRemembering::of_line(of, session, Some(layer), &line, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// The actions on the selected commitment.
    pub(super) fn about_promise(&self, action: Action, cx: &Cx<'_>) -> Result<Outcome> {
        match self.page.as_ref().and_then(Page::selected_promise) {
            None => Ok(self.promise((Layer::Notes, ""), cx)),
            Some(one) if action == Action::MoveDate => commitment::move_day(one, cx),
            Some(one) => commitment::edit(one, cx),
        }
    }

    /// The actions that concern the open session as a whole.
    pub(super) fn about_session(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else {
            return Ok(Outcome::Say("There is no session here yet.".to_owned()));
        };
        let session = page.session.clone();
        Ok(match action {
            Action::MoveDate => {
                let clocks = cx.clocks(session.value.relationship)?;
                Outcome::Fill(Box::new(MoveSession::new(session, cx.now(), clocks)))
            }
            Action::Outcome => Outcome::Open(Box::new(overlays::outcomes(session.value.state))),
            Action::Details => {
                let clocks = cx.clocks(session.value.relationship)?;
                let with = cx.store.relationship(session.value.relationship)?;
                let sheet = EditSession::edit(session, with, &page.person, cx.now(), clocks);
                Outcome::Fill(Box::new(sheet))
            }
            Action::Template => Outcome::Open(Box::new(overlays::templates())),
            _ => return self.copy(cx.store),
        })
    }
}
