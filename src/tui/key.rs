//! A key as the table, the help and the tests name it, however the terminal reported it.
//!
//! Terminals disagree about Shift, about Shift-Tab and about capitals with Ctrl; one key has one
//! value here, so that the table can be compared with `==`.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// One key with the modifiers that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Ctrl and Alt; Shift only where the key has no capital of its own.
    pub mods: KeyModifiers,
}

/// A letter, digit or sign; a capital is its own key.
pub const fn ch(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), mods: KeyModifiers::NONE }
}

/// A letter with Ctrl.
pub const fn ctrl(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), mods: KeyModifiers::CONTROL }
}

/// A letter with Alt.
pub const fn alt(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), mods: KeyModifiers::ALT }
}

/// A key without a letter: Enter, Esc, an arrow.
pub const fn plain(code: KeyCode) -> Key {
    Key { code, mods: KeyModifiers::NONE }
}

impl Key {
    /// The same key with these modifiers.
    #[must_use]
    pub const fn with(self, mods: KeyModifiers) -> Self {
        Self { code: self.code, mods }
    }

    /// The key that was pressed or is held; nothing for a release.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let (mut code, mut mods) = (event.code, event.modifiers);
        match code {
            KeyCode::Char(letter) => {
                if mods.contains(KeyModifiers::CONTROL) {
                    code = KeyCode::Char(letter.to_ascii_lowercase());
                } else if mods.contains(KeyModifiers::SHIFT) {
                    code = KeyCode::Char(letter.to_ascii_uppercase());
                }
                mods.remove(KeyModifiers::SHIFT);
                // Terminals whose Backspace sends ^H report it as Ctrl-H.
                if code == KeyCode::Char('h') && mods == KeyModifiers::CONTROL {
                    (code, mods) = (KeyCode::Backspace, KeyModifiers::NONE);
                }
            }
            KeyCode::BackTab => mods.remove(KeyModifiers::SHIFT),
            KeyCode::Tab if mods.contains(KeyModifiers::SHIFT) => {
                code = KeyCode::BackTab;
                mods.remove(KeyModifiers::SHIFT);
            }
            _ => {}
        }
        Some(Self { code, mods })
    }

    /// The event a terminal sends for this key.
    pub fn to_event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.mods)
    }

    /// The character this key types where text is written.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if self.mods.is_empty() => Some(letter),
            _ => None,
        }
    }

    /// The name as help shows it; with `ascii` without arrows.
    pub fn name(self, ascii: bool) -> String {
        let mut name = String::new();
        for (modifier, word) in [
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
        ] {
            if self.mods.contains(modifier) {
                name.push_str(word);
            }
        }
        match self.code {
            KeyCode::Char(' ') => name.push_str("Space"),
            KeyCode::Char(letter) if self.mods.is_empty() => name.push(letter),
            KeyCode::Char(letter) => name.extend(letter.to_uppercase()),
            KeyCode::Enter => name.push_str("Enter"),
            KeyCode::Backspace => name.push_str("Backspace"),
            KeyCode::Delete => name.push_str("Delete"),
            KeyCode::Up => name.push_str(if ascii { "Up" } else { "↑" }),
            KeyCode::Down => name.push_str(if ascii { "Down" } else { "↓" }),
            KeyCode::Left => name.push_str(if ascii { "Left" } else { "←" }),
            KeyCode::Right => name.push_str(if ascii { "Right" } else { "→" }),
            KeyCode::BackTab => name.push_str("Shift-Tab"),
            KeyCode::PageUp => name.push_str("PgUp"),
            KeyCode::PageDown => name.push_str("PgDn"),
            other => name.push_str(&other.to_string()),
        }
        name
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name(false))
    }
}

/// The keys of a script: letters as they are, other keys in angle brackets as help names them
/// (`n<ctrl-s>abc<enter>`, `<lt>` for `<`). What is no key name is typed as it stands.
pub fn parse_script(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(letter) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|after| after.split_once('>'))
            .and_then(|(name, after)| Some((named(name)?, after)));
        if let Some((key, after)) = named {
            keys.push(key);
            rest = after;
        } else {
            keys.push(if letter == '\n' { plain(KeyCode::Enter) } else { ch(letter) });
            rest = &rest[letter.len_utf8()..];
        }
    }
    keys
}

fn named(name: &str) -> Option<Key> {
    let name = name.to_ascii_lowercase();
    let mut mods = KeyModifiers::NONE;
    let mut rest = name.as_str();
    loop {
        let (modifier, after) = if let Some(after) = rest.strip_prefix("ctrl-") {
            (KeyModifiers::CONTROL, after)
        } else if let Some(after) = rest.strip_prefix("alt-") {
            (KeyModifiers::ALT, after)
        } else if let Some(after) = rest.strip_prefix("shift-") {
            (KeyModifiers::SHIFT, after)
        } else {
            break;
        };
        mods |= modifier;
        rest = after;
    }
    let code = match rest {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backspace" => KeyCode::Backspace,
        "delete" | "del" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        "lt" => KeyCode::Char('<'),
        other => {
            let mut letters = other.chars();
            match (letters.next(), letters.as_str()) {
                (Some('f'), number) if !number.is_empty() => KeyCode::F(number.parse().ok()?),
                (Some(letter), "") if !mods.is_empty() => KeyCode::Char(letter),
                _ => return None,
            }
        }
    };
    Key::from_event(KeyEvent::new(code, mods))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: KeyCode, mods: KeyModifiers) -> Option<Key> {
        Key::from_event(KeyEvent::new(code, mods))
    }

    #[test]
    fn one_key_has_one_value_however_it_was_reported() {
        let (none, shift) = (KeyModifiers::NONE, KeyModifiers::SHIFT);
        let control = KeyModifiers::CONTROL;
        assert_eq!(read(KeyCode::Char('U'), shift), Some(ch('U')));
        assert_eq!(read(KeyCode::Char('u'), shift), Some(ch('U')));
        assert_eq!(read(KeyCode::Char('U'), none), Some(ch('U')));
        assert_eq!(read(KeyCode::Char('?'), shift), Some(ch('?')));
        assert_eq!(read(KeyCode::Char('S'), control | shift), Some(ctrl('s')));
        assert_eq!(read(KeyCode::Tab, shift), Some(plain(KeyCode::BackTab)));
        assert_eq!(read(KeyCode::BackTab, shift), Some(plain(KeyCode::BackTab)));
        assert_eq!(read(KeyCode::Char('h'), control), Some(plain(KeyCode::Backspace)));
        assert_eq!(read(KeyCode::Up, shift), Some(plain(KeyCode::Up).with(shift)));
        let release = KeyEvent { kind: KeyEventKind::Release, ..ch('q').to_event() };
        assert_eq!(Key::from_event(release), None);
        let held = KeyEvent { kind: KeyEventKind::Repeat, ..ch('j').to_event() };
        assert_eq!(Key::from_event(held), Some(ch('j')));
    }

    #[test]
    fn keys_are_named_as_they_are_printed_on_a_keyboard() {
        let shown = |key: Key| key.to_string();
        assert_eq!(shown(ctrl('s')), "Ctrl-S");
        assert_eq!(shown(ch(' ')), "Space");
        assert_eq!(shown(ch('U')), "U");
        assert_eq!(shown(plain(KeyCode::Enter)), "Enter");
        assert_eq!(shown(plain(KeyCode::BackTab)), "Shift-Tab");
        assert_eq!(shown(plain(KeyCode::F(1))), "F1");
        assert_eq!(shown(plain(KeyCode::PageDown)), "PgDn");
        assert_eq!(shown(plain(KeyCode::Up)), "↑");
        assert_eq!(plain(KeyCode::Up).name(true), "Up");
        assert_eq!(shown(alt('x')), "Alt-X");
        assert_eq!(shown(plain(KeyCode::Left).with(KeyModifiers::CONTROL)), "Ctrl-←");
    }

    #[test]
    fn a_script_is_what_a_person_would_type() {
        assert_eq!(
            parse_script("n<ctrl-s>aU<enter><shift-tab><lt><f1><b> <oops"),
            [
                ch('n'),
                ctrl('s'),
                ch('a'),
                ch('U'),
                plain(KeyCode::Enter),
                plain(KeyCode::BackTab),
                ch('<'),
                plain(KeyCode::F(1)),
                ch('<'),
                ch('b'),
                ch('>'),
                ch(' '),
                ch('<'),
                ch('o'),
                ch('o'),
                ch('p'),
                ch('s'),
            ]
        );
    }
}
