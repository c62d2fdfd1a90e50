//! What a command says: plain lines on standard output, notes on standard error.
//!
//! Whatever was written into the journal passes through here, and no control character of it
//! reaches a terminal.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use super::Color;

/// A piece of a line.
pub enum Part<'a> {
    /// As it is.
    Plain(&'a str),
    /// What the eye looks for: names, dates.
    Strong(&'a str),
    /// What is there to be copied: ids.
    Faint(&'a str),
}

/// Standard output.
pub struct Out {
    to: BufWriter<Stdout>,
    color: bool,
}

impl Out {
    /// Colours only where they were asked for or where a person looks.
    pub fn new(color: Color) -> Self {
        let wanted = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
                io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
            }
        };
        Self { to: BufWriter::new(io::stdout()), color: wanted }
    }

    /// A line, or several.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.row(&[Part::Plain(text)])
    }

    /// A line of several parts.
    pub fn row(&mut self, parts: &[Part<'_>]) -> io::Result<()> {
        for part in parts {
            let (text, style) = match part {
                Part::Plain(text) => (text, None),
                Part::Strong(text) => (text, Some("1")),
                Part::Faint(text) => (text, Some("2")),
            };
            match style.filter(|_| self.color && !text.is_empty()) {
                Some(style) => write!(self.to, "\u{1b}[{style}m{}\u{1b}[0m", clean(text))?,
                None => write!(self.to, "{}", clean(text))?,
            }
        }
        writeln!(self.to)
    }

    /// A JSON value, indented.
    pub fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        Ok(self.line(&text)?)
    }

    /// Where an export goes; its text is clean already.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.to
    }

    /// Hands everything over to the reader.
    pub fn finish(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A line on standard error. Where nobody hears it there is nothing to be done about it.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{}", clean(text));
}

/// How far long work has come, on a terminal only: the same line again and again.
pub fn progress(text: &str) {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r{} ", clean(text));
    }
}

/// The same for what is asked often: a line is written when it is another.
#[derive(Default)]
pub struct Progress(String);

impl Progress {
    /// Says how far it has come.
    pub fn say(&mut self, text: String) {
        if text != self.0 {
            // As long as the one before, which it is written over.
            progress(&format!("{text:<0$}", self.0.chars().count()));
            self.0 = text;
        }
    }
}

/// Ends the line of [`progress`].
pub fn progress_done() {
    if io::stderr().is_terminal() {
        let _ = writeln!(io::stderr());
    }
}

fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.contains(is_bad) { Cow::Owned(text.replace(is_bad, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn no_escape_of_a_text_reaches_the_terminal() {
        assert_eq!(clean("a\u{1b}[2J\u{9b}31mb\r\u{7f}\n\tc"), "a[2J31mb\n\tc");
    }
}
