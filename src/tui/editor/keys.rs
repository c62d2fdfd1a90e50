//! What a key means while writing.
//!
//! The rule: every letter is text, and a key that is not listed here belongs to somebody else.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::paste::is_foreign;

/// Where a movement or a deletion goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    Back,
    Forward,
    WordBack,
    WordForward,
    WordEnd,
    Up,
    Down,
    PageUp,
    PageDown,
    RowStart,
    RowEnd,
    Top,
    Bottom,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// The caret goes there; with `select` the selection goes along.
    Move {
        to: Motion,
        select: bool,
    },
    /// What is between the caret and there is deleted, or the selection if there is one.
    Erase(Motion),
    Type(char),
    SelectAll,
    Copy,
    Cut,
    Paste,
    Undo,
    Redo,
}

impl Action {
    pub(super) fn of(key: KeyEvent) -> Option<Self> {
        if key.is_release() {
            return None;
        }
        let held = key.modifiers - KeyModifiers::SHIFT;
        match key.code {
            KeyCode::Char(c) => Self::of_char(c, held),
            KeyCode::Enter if held.is_empty() => Some(Self::Type('\n')),
            KeyCode::Backspace if held.is_empty() => Some(Self::Erase(Motion::Back)),
            KeyCode::Backspace if held == KeyModifiers::ALT || held == KeyModifiers::CONTROL => {
                Some(Self::Erase(Motion::WordBack))
            }
            KeyCode::Delete if held.is_empty() => Some(Self::Erase(Motion::Forward)),
            KeyCode::Delete if held == KeyModifiers::CONTROL => Some(Self::Erase(Motion::WordEnd)),
            code => {
                let select = key.modifiers.contains(KeyModifiers::SHIFT);
                Some(Self::Move { to: motion(code, held)?, select })
            }
        }
    }

    fn of_char(c: char, held: KeyModifiers) -> Option<Self> {
        if held.is_empty() {
            return (!is_foreign(c)).then_some(Self::Type(c));
        }
        // Windows reports AltGr as Ctrl and Alt; no command is both with a sign or foreign letter.
        if held == KeyModifiers::CONTROL | KeyModifiers::ALT {
            return (!c.is_ascii_alphanumeric() && !is_foreign(c)).then_some(Self::Type(c));
        }
        if held != KeyModifiers::CONTROL {
            return None;
        }
        match c.to_ascii_lowercase() {
            'a' => Some(Self::SelectAll),
            'c' => Some(Self::Copy),
            // Terminals whose Backspace sends the byte 8 cannot say it in another way.
            'h' => Some(Self::Erase(Motion::Back)),
            'v' => Some(Self::Paste),
            'w' => Some(Self::Erase(Motion::WordBack)),
            'x' => Some(Self::Cut),
            'y' => Some(Self::Redo),
            'z' => Some(Self::Undo),
            _ => None,
        }
    }
}

fn motion(code: KeyCode, held: KeyModifiers) -> Option<Motion> {
    let control = held == KeyModifiers::CONTROL;
    if !control && !held.is_empty() {
        return None;
    }
    match code {
        KeyCode::Left if control => Some(Motion::WordBack),
        KeyCode::Right if control => Some(Motion::WordForward),
        KeyCode::Home if control => Some(Motion::Top),
        KeyCode::End if control => Some(Motion::Bottom),
        _ if control => None,
        KeyCode::Left => Some(Motion::Back),
        KeyCode::Right => Some(Motion::Forward),
        KeyCode::Up => Some(Motion::Up),
        KeyCode::Down => Some(Motion::Down),
        KeyCode::PageUp => Some(Motion::PageUp),
        KeyCode::PageDown => Some(Motion::PageDown),
        KeyCode::Home => Some(Motion::RowStart),
        KeyCode::End => Some(Motion::RowEnd),
        _ => None,
    }
}
