//! Boxes over the screen, and the question before what cannot be undone.
//!
//! Everything else is undone and not asked about. Enter never means yes.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear};

use super::field::Field;
use super::key::{Key, ctrl};
use super::keymap::{self, Action, Place};
use super::theme::Look;
use super::{prose, text};

/// Clears a centred box of at most this size, draws its lines and title, and says what is inside.
pub fn boxed(
    frame: &mut Frame<'_>,
    within: Rect,
    size: (u16, u16),
    title: &str,
    look: &Look,
) -> Rect {
    let within = within.intersection(frame.area());
    let (width, height) = (size.0.min(within.width), size.1.min(within.height));
    let area = Rect {
        x: within.x + (within.width - width) / 2,
        y: within.y + (within.height - height) / 2,
        width,
        height,
    };
    if area.is_empty() {
        return area;
    }
    // A wide letter that begins before the box would reach into it.
    let margin = Rect { x: area.x.saturating_sub(1), width: 1, ..area };
    if margin.x < area.x {
        for position in margin.positions() {
            if let Some(cell) = frame.buffer_mut().cell_mut(position)
                && text::width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    frame.render_widget(Clear, area);
    let block = Block::bordered().border_set(look.glyphs.border).border_style(look.theme.line);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    if !title.is_empty() && width > 6 {
        let title = format!(" {} ", prose::fit(title, width - 6, look.glyphs.ellipsis));
        let line = Rect { width: width - 1, ..area };
        text::put(frame.buffer_mut(), line, area.x + 1, area.y, &title, look.theme.title);
    }
    inner
}

/// What has to be given before the risky thing is done.
#[derive(Debug)]
enum Consent {
    Letter(char),
    Word { word: String, typed: Field },
}

/// A question before what cannot be undone.
#[derive(Debug)]
pub struct Confirm {
    title: String,
    says: String,
    yes: String,
    consent: Consent,
}

/// What a key made of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is decided yet.
    Open,
    /// Leave everything as it is.
    No,
    /// Do it.
    Yes,
}

impl Confirm {
    /// Asks for one letter; `yes` says what it does.
    pub fn letter(title: &str, says: &str, letter: char, yes: &str) -> Self {
        Self {
            title: title.to_owned(),
            says: says.to_owned(),
            yes: yes.to_owned(),
            consent: Consent::Letter(letter),
        }
    }

    /// Asks for a word, typed out; `yes` says what it does.
    pub fn word(title: &str, says: &str, word: &str, yes: &str) -> Self {
        Self {
            title: title.to_owned(),
            says: says.to_owned(),
            yes: yes.to_owned(),
            consent: Consent::Word { word: word.to_owned(), typed: Field::default() },
        }
    }

    /// Takes a key. Esc and Enter leave everything as it is. With a word to type, no letter of it is
    /// the yes: once it is whole, a further key is.
    pub fn key(&mut self, key: Key) -> Answer {
        let action = keymap::action(Place::Confirm, key);
        if action == Some(Action::Back) {
            return Answer::No;
        }
        match &mut self.consent {
            Consent::Letter(letter) if key.typed() == Some(*letter) => Answer::Yes,
            Consent::Word { word, typed } if action == Some(Action::Finish) => {
                if typed.text().trim() == word { Answer::Yes } else { Answer::Open }
            }
            Consent::Letter(_) => Answer::Open,
            Consent::Word { typed, .. } => {
                typed.key(key);
                Answer::Open
            }
        }
    }

    /// Draws the question over `within`.
    pub fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let width = within.width.saturating_sub(4).min(64);
        let lines: Vec<_> = prose::rows(&self.says, width.saturating_sub(4)).collect();
        let asks = if let Consent::Word { .. } = self.consent { 2 } else { 1 };
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4 + asks);
        let inner = boxed(frame, within, (width, height), &self.title, look);
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        // The answers stay in sight where the explanation is cut.
        let answers = body.bottom().saturating_sub(asks + 1).max(body.y);
        for (y, line) in (body.y..answers).zip(&lines) {
            text::put(frame.buffer_mut(), body, body.x, y, line, look.theme.text);
        }
        match &mut self.consent {
            Consent::Letter(letter) => {
                yes(frame, body, answers, (&letter.to_string(), &self.yes), look);
            }
            Consent::Word { word, typed } => {
                if typed.text().trim() == word {
                    let key = ctrl('s').name(look.glyphs.ascii);
                    yes(frame, body, answers, (&key, &self.yes), look);
                } else {
                    let ask = format!("Type {word} to {}:", self.yes);
                    let ask = prose::fit(&ask, body.width, look.glyphs.ellipsis);
                    text::put(frame.buffer_mut(), body, body.x, answers, &ask, look.theme.error);
                }
                let line = Rect { y: answers.saturating_add(1), height: 1, ..body };
                typed.render(frame, line.intersection(body), look, true);
            }
        }
        let safe = answers.saturating_add(asks);
        let x = text::put(frame.buffer_mut(), body, body.x, safe, "Enter", look.theme.key);
        text::put(frame.buffer_mut(), body, x + 1, safe, "leave it as it is", look.theme.text);
        if let Consent::Letter(_) = self.consent
            && body.contains(Position { x: body.x, y: safe })
        {
            frame.set_cursor_position((body.x, safe));
        }
    }
}

/// The key that does it, and what it does.
fn yes(frame: &mut Frame<'_>, body: Rect, y: u16, (key, does): (&str, &str), look: &Look) {
    let x = text::put(frame.buffer_mut(), body, body.x, y, key, look.theme.key);
    text::put(frame.buffer_mut(), body, x + 1, y, does, look.theme.error);
}
