//! The very first question: begin, look around, or bring in a backup.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::keymap::Action;
use super::theme::Look;
use super::{prose, text};

/// What can be done at the first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Begin a journal.
    Own,
    /// Open the made-up one.
    LookAround,
    /// Bring in what was written before.
    Bring,
}

const CHOICES: [(Start, &str, &str); 3] = [
    (Start::Own, "Start my own", "four short questions; only your name is needed"),
    (Start::LookAround, "Look around first", "a made-up journal; yours stays empty"),
    (Start::Bring, "Bring in a backup", "an export, or an older journal file"),
];

/// The three choices.
#[derive(Debug, Default)]
pub struct Welcome {
    at: usize,
    rows: Rect,
}

impl Welcome {
    /// Goes to another choice.
    pub fn go(&mut self, action: Action) {
        self.at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => (self.at + 1).min(CHOICES.len() - 1),
            Action::First => 0,
            Action::Last => CHOICES.len() - 1,
            _ => self.at,
        };
    }

    /// The choice that is selected.
    pub fn chosen(&self) -> Start {
        CHOICES.get(self.at).map_or(Start::Own, |(start, ..)| *start)
    }

    /// Selects the choice under the mouse; whether there is one.
    pub fn click(&mut self, at: Position) -> bool {
        let hit = self.rows.contains(at);
        if hit {
            self.at = usize::from(at.y - self.rows.y).min(CHOICES.len() - 1);
        }
        hit
    }

    /// Draws the choices into `area`.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        let buffer = frame.buffer_mut();
        text::put(buffer, area, area.x, area.y, "How would you like to begin?", look.theme.title);
        let height = u16::try_from(CHOICES.len()).unwrap_or(0);
        self.rows = Rect { y: area.y + 2, height, ..area }.intersection(area);
        for (n, (y, (_, name, about))) in (self.rows.y..self.rows.bottom()).zip(CHOICES).enumerate()
        {
            let chosen = n == self.at;
            let style = if chosen { look.theme.selected } else { look.theme.text };
            let line = Rect { y, height: 1, ..area };
            if chosen {
                text::put(
                    frame.buffer_mut(),
                    line,
                    line.x,
                    y,
                    look.glyphs.marker,
                    look.theme.marker,
                );
                frame.set_cursor_position((line.x, y));
            }
            let name = prose::pad(name, 19, look.glyphs.ellipsis);
            let x = text::put(frame.buffer_mut(), line, line.x + 2, y, &name, style) + 1;
            let about = prose::fit(about, line.right().saturating_sub(x), look.glyphs.ellipsis);
            text::put(frame.buffer_mut(), line, x, y, &about, look.theme.quiet);
        }
    }
}
