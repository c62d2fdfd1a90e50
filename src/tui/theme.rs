//! How things look, by what they mean; the only file that names a colour.
//!
//! Colours are the terminal's own sixteen, backgrounds are never painted, black and white are
//! never named: they are what the reader's terminal makes of them. Every meaning is also a sign
//! or a word, so the plain theme loses nothing.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use super::editor;

/// A style for each meaning; a screen asks for `late`, not for red.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// What may be overlooked: dates beside a line, explanations.
    pub quiet: Style,
    /// The name of a screen, a part or a box.
    pub title: Style,
    /// The mark on the row, field or tab that has the focus.
    pub marker: Style,
    /// The row that has the focus.
    pub selected: Style,
    /// Past its day.
    pub late: Style,
    /// Due now or soon.
    pub due: Style,
    /// Done, met, kept.
    pub done: Style,
    /// For me alone.
    pub private: Style,
    /// A key's name.
    pub key: Style,
    /// What the key does, beside it.
    pub hint: Style,
    /// The letters that a search or a filter matched.
    pub hit: Style,
    /// Something happened.
    pub notice: Style,
    /// Something is wrong.
    pub error: Style,
    /// Text that is selected in the editor.
    pub selection: Style,
    /// What stands in an empty field.
    pub placeholder: Style,
    /// Lines of boxes and between parts.
    pub line: Style,
}

impl Theme {
    /// The terminal's own colours.
    pub const fn colour() -> Self {
        let plain = Self::plain();
        Self {
            marker: plain.marker.fg(Color::Cyan),
            late: plain.late.fg(Color::Red),
            due: plain.due.fg(Color::Yellow),
            done: plain.done.fg(Color::Green),
            private: plain.private.fg(Color::Magenta),
            key: plain.key.fg(Color::Cyan),
            hit: plain.hit.fg(Color::Yellow),
            notice: plain.notice.fg(Color::Green),
            error: plain.error.fg(Color::Red),
            ..plain
        }
    }

    /// Attributes only, for `NO_COLOR`: with any colour set, the terminal library would write a
    /// full reset right after the attribute and the selection would vanish.
    pub const fn plain() -> Self {
        let none = Style::new();
        let bold = none.add_modifier(Modifier::BOLD);
        let dim = none.add_modifier(Modifier::DIM);
        Self {
            text: none,
            quiet: dim,
            title: bold,
            marker: bold,
            selected: bold,
            late: bold,
            due: none,
            done: none,
            private: none,
            key: bold,
            hint: none,
            hit: bold.add_modifier(Modifier::UNDERLINED),
            notice: none,
            error: bold,
            selection: none.add_modifier(Modifier::REVERSED),
            placeholder: dim,
            line: dim,
        }
    }
}

/// The signs of the screen, in two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether key names and text must do without signs outside ASCII.
    pub ascii: bool,
    /// Before the focused row.
    pub marker: &'static str,
    /// Fully; consistently.
    pub full: &'static str,
    /// In part; sometimes.
    pub half: &'static str,
    /// Not; not really.
    pub empty: &'static str,
    /// In the margin of what is private.
    pub private: &'static str,
    /// Where a text was cut.
    pub ellipsis: &'static str,
    /// The line beneath the header and beside titles.
    pub rule: &'static str,
    /// The line between two columns.
    pub bar: &'static str,
    /// On what opens a list.
    pub opens: &'static str,
    /// Agreed, kept.
    pub tick: &'static str,
    /// Between two statements on one line.
    pub dot: &'static str,
    /// More rows above.
    pub above: &'static str,
    /// More rows below.
    pub below: &'static str,
    /// More text to the left; the choice before.
    pub left: &'static str,
    /// Marks what is our completion of a list.
    pub ours: &'static str,
    /// More text to the right; the next choice.
    pub right: &'static str,
    /// What stands for a letter of a passphrase.
    pub secret: &'static str,
    /// What stands for a letter that is hidden.
    pub block: &'static str,
    /// The lines of a box.
    pub border: border::Set<'static>,
}

impl Glyphs {
    /// Signs that nearly every terminal has.
    pub const fn unicode() -> Self {
        Self {
            ascii: false,
            marker: "▸",
            full: "●",
            half: "◐",
            empty: "○",
            private: "∙",
            ellipsis: "…",
            rule: "─",
            bar: "│",
            opens: "▾",
            tick: "✓",
            dot: "·",
            ours: "°",
            above: "↑",
            below: "↓",
            left: "‹",
            right: "›",
            secret: "•",
            block: "▒",
            border: border::PLAIN,
        }
    }

    /// For `--ascii`. The empty dot is `.` and not `-`, which already means "no occasion".
    pub const fn ascii() -> Self {
        Self {
            ascii: true,
            marker: ">",
            full: "*",
            half: "o",
            empty: ".",
            private: "~",
            ellipsis: "...",
            rule: "-",
            bar: "|",
            opens: "v",
            tick: "x",
            dot: "-",
            ours: "+",
            above: "^",
            below: "v",
            left: "<",
            right: ">",
            secret: "*",
            block: "#",
            border: border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            },
        }
    }
}

/// What every drawing function is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Styles by meaning.
    pub theme: Theme,
    /// The signs in use.
    pub glyphs: Glyphs,
}

impl Look {
    /// The look for these two choices of the reader.
    pub const fn new(colour: bool, ascii: bool) -> Self {
        Self {
            theme: if colour { Theme::colour() } else { Theme::plain() },
            glyphs: if ascii { Glyphs::ascii() } else { Glyphs::unicode() },
        }
    }

    /// The same styles, with ASCII signs where they are wanted.
    #[must_use]
    pub const fn or_ascii(self, wanted: bool) -> Self {
        if wanted { Self { glyphs: Glyphs::ascii(), ..self } } else { self }
    }

    /// The looks of a text being written.
    pub const fn editor(&self) -> editor::Look {
        editor::Look {
            text: self.theme.text,
            selection: self.theme.selection,
            hit: self.theme.hit,
            placeholder: self.theme.placeholder,
            below: (self.glyphs.below, self.theme.marker),
        }
    }
}
