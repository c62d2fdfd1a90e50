//! The backups beside the journal: looked at, made, copied to a stick, and put back.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::confirm::Ask;
use super::{Overlay, Step};
use crate::domain::dates;
use crate::store::{BackupFile, Error, Result};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Cursor, Row, Window};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::tui::{overlays, prose, text};
use crate::wording;

impl Row for BackupFile {
    type Key = String;

    fn key(&self) -> String {
        self.name()
    }
}

/// The backups on the screen.
pub struct Backups {
    window: Window<BackupFile>,
    cursor: Cursor<String>,
    today: chrono::NaiveDate,
}

impl Backups {
    /// Opens it.
    pub fn new(cx: &Cx<'_>) -> Self {
        let mut backups =
            Self { window: Window::default(), cursor: Cursor::default(), today: cx.today() };
        backups.read(cx);
        backups
    }

    fn read(&mut self, cx: &Cx<'_>) {
        let rows = cx.store.backups();
        self.window = Window { rows, more_above: false, more_below: false };
        self.cursor.settle(&self.window);
    }

    fn do_with_selected(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let selected = self.cursor.row(&self.window);
        match (action, selected) {
            (Action::New, _) => match cx.store.back_up_now(cx.stamp) {
                Ok(path) => {
                    self.read(cx);
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    self.cursor.select(name);
                    self.cursor.settle(&self.window);
                    Ok(Outcome::Say(
                        "Copied and read back. It stays until you remove it.".to_owned(),
                    ))
                }
                Err(Error::Stopped) => Ok(stopped("n begins it again.")),
                Err(error) => Err(error),
            },
            (Action::Restore, Some(backup)) => Ok(Outcome::Open(Box::new(Ask::restore(
                backup.path.clone(),
                &title(backup, self.today),
            )))),
            (Action::Verify, Some(backup)) => match cx.store.is_good_backup(backup) {
                Ok(()) => Ok(Outcome::Say(
                    "This backup is sound: it opens, and every page reads as it was written."
                        .to_owned(),
                )),
                Err(Error::Stopped) => Ok(stopped("m begins it again.")),
                Err(error) => Ok(Outcome::Warn(error.to_string())),
            },
            (Action::Export, _) => Ok(Outcome::CopyOut),
            (other, _) => {
                self.cursor.go(&self.window, other);
                Ok(Outcome::Done)
            }
        }
    }
}

fn stopped(again: &str) -> Outcome {
    Outcome::Say(format!("Stopped, because a key was pressed. {again}"))
}

/// When it was made, and what for.
fn title(backup: &BackupFile, today: chrono::NaiveDate) -> String {
    let made = backup.made.map_or_else(
        || "of an unknown day".to_owned(),
        |made| format!("{} {}", dates::day(made.date(), today), made.format("%H:%M")),
    );
    format!("{made} · {}", wording::backup(backup.kind))
}

impl Overlay for Backups {
    fn place(&self) -> Place {
        Place::Backups
    }

    fn key(&mut self, _key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Done),
            Some(Action::More) => Step::Stay(Outcome::Act(Action::More)),
            Some(action) => Step::Stay(self.do_with_selected(action, cx)?),
            None => Step::Stay(Outcome::Ignored),
        })
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(self.do_with_selected(action, cx)?))
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        self.cursor.mouse(&self.window, event);
        Ok(Step::Stay(Outcome::Done))
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx);
        Ok(())
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size = (within.width.saturating_sub(4).min(90), within.height.saturating_sub(2));
        let inner =
            boxed(frame, within, size, "Backups: each was read back when it was made", look);
        if self.window.rows.is_empty() {
            let says = "No backup yet. One is made by itself on every day on which you write; n makes one now, x copies the journal to a stick.";
            overlays::paragraph(frame, inner, look, says);
            return;
        }
        let today = self.today;
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        self.cursor.render(
            frame,
            body,
            look,
            &self.window,
            true,
            |buffer, place, row, selected| {
                let style = if selected { look.theme.selected } else { look.theme.text };
                let open = if row.is_encrypted { "" } else { " · not encrypted" };
                let size = wording::size(row.size);
                let room = place.width.saturating_sub(text::width(&size) + 1);
                let line = format!("{}{open}", title(row, today));
                let line = prose::fit(&line, room, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &line, style);
                text::put_right(buffer, place, place.y, &size, look.theme.quiet);
            },
        );
    }
}
