//! The backups beside a journal as a list: when each was made, what for, and what opens it.

use chrono::NaiveDate;
use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::keymap::Action;
use super::list::{Click, Cursor, Row, Window};
use super::overlay::boxed;
use super::theme::Look;
use super::{overlays, prose, text};
use crate::domain::dates;
use crate::store::{BackupFile, Opens};
use crate::wording;

/// In so many columns there is room for what opens it in full, and in so many for its size too.
const FULL: u16 = 40;
const SIZED: u16 = 60;

impl Row for BackupFile {
    type Key = String;

    fn key(&self) -> String {
        self.name()
    }
}

/// The backups, and which of them is selected.
pub struct BackupList {
    window: Window<BackupFile>,
    cursor: Cursor<String>,
    today: NaiveDate,
}

impl BackupList {
    /// Lists these; `today` says how days are written.
    pub fn new(backups: Vec<BackupFile>, today: NaiveDate) -> Self {
        let mut list = Self { window: Window::default(), cursor: Cursor::default(), today };
        list.show(backups);
        list
    }

    /// Lists these instead; the selected one stays selected while it is there.
    pub fn show(&mut self, backups: Vec<BackupFile>) {
        self.window = Window { rows: backups, more_above: false, more_below: false };
        self.cursor.settle(&self.window);
    }

    /// Selects the one of this name.
    pub fn select(&mut self, name: String) {
        self.cursor.select(name);
        self.cursor.settle(&self.window);
    }

    /// The selected one.
    pub fn selected(&self) -> Option<&BackupFile> {
        self.cursor.row(&self.window)
    }

    /// Moves over the rows.
    pub fn go(&mut self, action: Action) {
        self.cursor.go(&self.window, action);
    }

    /// Takes the mouse.
    pub fn mouse(&mut self, event: MouseEvent) -> Click {
        self.cursor.mouse(&self.window, event)
    }

    /// When a backup was made, and what for.
    pub fn title(&self, backup: &BackupFile) -> String {
        title(backup, self.today)
    }

    /// Draws it over `within`; `none` is said where there are none.
    pub fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look, none: &str) {
        let size = (within.width.saturating_sub(4).min(90), within.height.saturating_sub(2));
        let inner =
            boxed(frame, within, size, "Backups: each was read back when it was made", look);
        if self.window.rows.is_empty() {
            overlays::paragraph(frame, inner, look, none);
            return;
        }
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let today = self.today;
        self.cursor.render(
            frame,
            body,
            look,
            &self.window,
            true,
            |buffer, place, row, selected| {
                let style = if selected { look.theme.selected } else { look.theme.text };
                // What opens it is never cut for what it was made for, nor the day for its size.
                let opens = match row.opens {
                    opens if place.width >= FULL => wording::opens(opens),
                    Opens::Plainly => "open",
                    Opens::AsNow => "as now",
                    Opens::ByAnother => "another",
                };
                let sized = place.width >= SIZED;
                let size =
                    if sized { format!("  {}", wording::size(row.size)) } else { String::new() };
                let x = text::put_right(buffer, place, place.y, &size, look.theme.quiet);
                let left = Rect { width: x.saturating_sub(place.x), ..place };
                let quiet = row.opens == Opens::AsNow;
                let tone = if quiet { look.theme.quiet } else { look.theme.text };
                let x = text::put_right(buffer, left, place.y, opens, tone);
                let room = x.saturating_sub(place.x + 2);
                let title = title(row, today);
                let title = prose::fit(&title, room, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &title, style);
            },
        );
    }
}

fn title(backup: &BackupFile, today: NaiveDate) -> String {
    let made = backup.made.map_or_else(
        || "of an unknown day".to_owned(),
        |made| format!("{} {}", dates::day(made.date(), today), made.format("%H:%M")),
    );
    format!("{made} · {}", wording::backup(backup.kind))
}
