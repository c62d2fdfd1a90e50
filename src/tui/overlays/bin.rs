//! What was deleted in the last thirty days, to be brought back.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::{Id, Moment};
use crate::store::{Binned, Kind, Result};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Cursor, Row, Window};
use crate::tui::overlay::boxed;
use crate::tui::overlays::{Overlay, Step};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::tui::{overlays, prose, text, wording};

/// As much as anybody looks through; older things are found by search once they are back.
const SHOWN: u16 = 200;

impl Row for Binned {
    type Key = Id<()>;

    fn key(&self) -> Id<()> {
        self.subject.id
    }
}

/// The bin on the screen.
pub struct Bin {
    window: Window<Binned>,
    cursor: Cursor<Id<()>>,
    now: Moment,
}

impl Bin {
    /// Opens it.
    pub fn new(cx: &Cx<'_>) -> Result<Self> {
        let mut bin = Self { window: Window::default(), cursor: Cursor::default(), now: cx.now() };
        bin.read(cx)?;
        Ok(bin)
    }

    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.window = Window { rows: cx.store.bin(SHOWN)?, more_above: false, more_below: false };
        self.cursor.settle(&self.window);
        Ok(())
    }

    /// Takes the selected thing out of the bin.
    fn bring_back(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(binned) = self.cursor.row(&self.window) else { return Ok(Outcome::Done) };
        let what = wording::thing(&binned.subject, cx.today());
        cx.store.restore(cx.stamp, binned.subject.kind, binned.subject.id)?;
        Ok(Outcome::Changed(format!("Brought back {what}.")))
    }
}

impl Overlay for Bin {
    fn place(&self) -> Place {
        Place::Bin
    }

    fn key(&mut self, _key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Done),
            Some(Action::Restore) => Step::Stay(self.bring_back(cx)?),
            Some(action @ (Action::Undo | Action::More)) => Step::Stay(Outcome::Act(action)),
            Some(action) => {
                self.cursor.go(&self.window, action);
                Step::Stay(Outcome::Done)
            }
            None => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        self.cursor.mouse(&self.window, event);
        Ok(Step::Stay(Outcome::Done))
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size = (within.width.saturating_sub(4).min(100), within.height.saturating_sub(2));
        let inner = boxed(frame, within, size, "Bin: what was deleted in the last 30 days", look);
        if self.window.rows.is_empty() {
            overlays::paragraph(
                frame,
                inner,
                look,
                "The bin is empty. What you delete waits here for thirty days.",
            );
            return;
        }
        let (now, today) = (self.now, self.now.date_naive());
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        self.cursor.render(
            frame,
            body,
            look,
            &self.window,
            true,
            |buffer, place, row, selected| {
                let style = if selected { look.theme.selected } else { look.theme.text };
                let when = wording::at(row.at, now);
                let room = place.width.saturating_sub(text::width(&when) + 1);
                let mut words = wording::thing(&row.subject, today);
                // Agenda lines and commitments are named by their own words already.
                let is_named = matches!(row.subject.kind, Kind::AgendaItem | Kind::Commitment);
                if !row.subject.line.is_empty() && !is_named {
                    words = format!("{words}: {}", row.subject.line);
                }
                let line = prose::fit(&words, room, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &line, style);
                text::put_right(buffer, place, place.y, &when, look.theme.quiet);
            },
        );
    }
}
