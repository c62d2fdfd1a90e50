//! What an import brought, to be read; or what it would bring, before it does.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::store::Result;
use crate::tui::arriving::Bring;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::reading::{Reading, Tone};
use crate::tui::theme::Look;
use crate::wording::brought::Brought;

/// The summary over the screen.
pub struct Summary {
    lines: Vec<String>,
    notes: Vec<String>,
    /// What was tried, and can be brought in now.
    tried: Option<Bring>,
    page: Reading<()>,
}

impl Summary {
    /// Shows this; `tried` is what it would come of.
    pub fn new(brought: &Brought, tried: Option<Bring>) -> Self {
        let (lines, notes) = (brought.lines.clone(), brought.notes.clone());
        Self { lines, notes, tried, page: Reading::default() }
    }

    fn write(&mut self) {
        let Self { lines: said, notes, tried, page } = self;
        page.write(|lines| {
            for line in said.iter() {
                lines.words(line, Tone::Plain);
            }
            if !notes.is_empty() {
                lines.heading("");
            }
            for note in notes.iter() {
                lines.words(note, Tone::Plain);
            }
            if tried.is_some() {
                lines.heading("");
                lines.words("Nothing was changed. Enter brings it in.", Tone::Plain);
            }
        });
        if !page.is_begun() {
            page.step(Action::First);
        }
    }
}

impl Overlay for Summary {
    fn place(&self) -> Place {
        if self.tried.is_some() { Place::Tried } else { Place::Brought }
    }

    fn key(&mut self, _key: Key, action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Done),
            Some(Action::Open) => match self.tried.take() {
                Some(bring) => Step::Close(Outcome::Bring(Bring { is_try: false, ..bring })),
                None => Step::Close(Outcome::Done),
            },
            Some(Action::Copy) => {
                let all = self.lines.iter().chain(&self.notes).cloned().collect::<Vec<_>>();
                Step::Stay(Outcome::Copy(all.join("\n"), "what was said of it"))
            }
            Some(action) if action.is_move() => {
                self.page.step(action);
                Step::Stay(Outcome::Done)
            }
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        let done = self.page.scroll(event);
        Ok(Step::Stay(if done { Outcome::Done } else { Outcome::Ignored }))
    }

    fn is_question(&self) -> bool {
        true
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let title = if self.tried.is_some() { "What would come in" } else { "Brought in" };
        let width = within.width.saturating_sub(4).min(84);
        // The lines are wrapped for the box, whose height follows from them.
        self.page.fit(width.saturating_sub(2));
        self.write();
        let height = u16::try_from(self.page.height()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = boxed(frame, within, (width, height), title, look);
        self.page.render(frame, inner, look, true);
    }
}
