//! Beside a concern that is being written down: whom there is to turn to, with their numbers. It
//! decides nothing and sends nothing.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::Relationship;
use crate::guide;
use crate::tui::editor::Editor;
use crate::tui::theme::Look;
use crate::tui::{prose, text};

/// What tells them from the text takes so many cells of the width.
const MARGIN: u16 = 2;
/// The most rows that it takes from the text.
const MOST: usize = 4;

/// Whom there is to turn to, as lines to be shown.
#[derive(Default)]
pub struct TurnTo(Vec<String>);

impl TurnTo {
    /// Of this relationship; where nobody is named, how to name somebody.
    pub fn of(relationship: &Relationship) -> Self {
        let named = relationship.turn_to().map(|(what, who)| (what, who.trim()));
        let says = |(what, who): (&str, &str)| match who {
            "" if what == "Safeguarding" => "Safeguarding: nobody is named".to_owned(),
            "" => String::new(),
            who => format!("{what}: {who}"),
        };
        let mut lines: Vec<String> = if named.iter().all(|(_, who)| who.is_empty()) {
            vec!["No safeguarding contact and no coordinator is named.".to_owned()]
        } else {
            named.map(says).into_iter().filter(|line| !line.is_empty()).collect()
        };
        if named[0].1.is_empty() {
            lines.push("Esc, `0` and `e` lead to where they are named.".to_owned());
        }
        Self(lines)
    }

    /// Its rows beside this text: none unless that was begun as a concern.
    pub fn rows(&self, editor: &Editor, width: u16) -> Vec<String> {
        if !guide::template(guide::CONCERN).is_some_and(|one| one.began(editor.lines())) {
            return Vec::new();
        }
        let rows = self.0.iter().flat_map(|line| prose::rows(line, width.saturating_sub(MARGIN)));
        rows.take(MOST).map(std::borrow::Cow::into_owned).collect()
    }
}

/// Draws the rows and returns what is left for the text.
pub fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look, rows: &[String]) -> Rect {
    // The text keeps what it needs to be written in.
    let most = usize::from(area.height.saturating_sub(2));
    let mut y = area.y;
    for row in rows.iter().take(most) {
        let buffer = frame.buffer_mut();
        text::put(buffer, area, area.x, y, look.glyphs.bar, look.theme.line);
        text::put(buffer, area, area.x + MARGIN, y, row, look.theme.hint);
        y += 1;
    }
    Rect { y, height: area.bottom().saturating_sub(y), ..area }
}
