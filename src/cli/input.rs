//! Text for a command: its argument, or all of standard input where that is `-`.

use std::io::{self, IsTerminal, Read};

use anyhow::Result;

use super::failure::Failure;
use super::out;

/// What stands for standard input.
pub const STDIN: &str = "-";

/// The text of an argument; `-` and nothing read standard input to its end.
pub fn text(argument: Option<String>, what: &str) -> Result<String> {
    let text = match argument {
        Some(text) if text != STDIN => text,
        _ => read(what)?,
    };
    if text.trim().is_empty() {
        return Err(Failure::failed(
            "There was nothing to write down, so nothing was changed. Give a text, or - to read it from standard input.",
        ));
    }
    Ok(text)
}

/// The text of an argument that has to be there; `-` reads standard input to its end.
pub fn needed(argument: String, what: &str) -> Result<String> {
    if argument == STDIN { text(None, what) } else { Ok(argument) }
}

/// Refuses where more than one of these texts is to be read from standard input.
pub fn only_one<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<()> {
    if texts.into_iter().filter(|text| *text == STDIN).count() > 1 {
        return Err(Failure::usage(
            "Only one text can be read from standard input. Write - for one of them, and give the others as arguments.",
        ));
    }
    Ok(())
}

/// All of standard input. Who types it is told how to end.
pub fn read(what: &str) -> Result<String> {
    if io::stdin().is_terminal() {
        out::tell(&format!("Write {what}; Ctrl-D on an empty line ends it."));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        Failure::failed(format!(
            "Standard input could not be read ({error}), so nothing was changed. Try again."
        ))
    })?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::failed(
            "Standard input is not UTF-8 text, so nothing was changed. Convert it first, for example with iconv.",
        )
    })
}
