//! A passphrase from outside: the first line a command prints, or what is typed without echo.
//!
//! The words are wiped from memory when dropped; the terminal always gets its echo back.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag;
use zeroize::Zeroizing;

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The command did not run, or said that it failed.
    #[error(
        "The passphrase command failed ({0}). Check --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND."
    )]
    Command(String),
    /// The command printed nothing, or what is no text.
    #[error(
        "The passphrase command printed no passphrase. Check --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND."
    )]
    Empty,
    /// There is nobody to ask.
    #[error(
        "There is no terminal to ask for the passphrase. Give it by --passphrase-command or CONFIDANT_PASSPHRASE_COMMAND."
    )]
    NoTerminal,
    /// The same three of the new passphrase.
    #[error(
        "The command for the new passphrase failed ({0}). Check --new-passphrase-command or CONFIDANT_NEW_PASSPHRASE_COMMAND."
    )]
    NewCommand(String),
    /// It printed nothing.
    #[error(
        "The command for the new passphrase printed none. Check --new-passphrase-command or CONFIDANT_NEW_PASSPHRASE_COMMAND."
    )]
    NewEmpty,
    /// There is nobody to ask for it.
    #[error(
        "There is no terminal to ask for the new passphrase, so nothing was changed. Give it by --new-passphrase-command or CONFIDANT_NEW_PASSPHRASE_COMMAND."
    )]
    NoTerminalForNew,
    /// The writer gave up the prompt, or the program was asked to end.
    #[error("No passphrase was given. Nothing was changed.")]
    GivenUp,
    /// The terminal failed.
    #[error("The terminal could not be read ({0}). Give the passphrase by --passphrase-command.")]
    Terminal(#[from] io::Error),
}

impl SecretError {
    /// The same of a new passphrase, which is given in another way.
    #[must_use]
    pub fn of_new(self) -> Self {
        match self {
            Self::Command(why) => Self::NewCommand(why),
            Self::Empty => Self::NewEmpty,
            Self::NoTerminal => Self::NoTerminalForNew,
            other => other,
        }
    }
}

/// The first line that `command` prints, run by the shell. It may ask on the terminal itself.
pub fn from_command(command: &str) -> Result<Zeroizing<String>, SecretError> {
    let failed = |error: io::Error| SecretError::Command(error.to_string());
    let mut child =
        Command::new("sh").args(["-c", command]).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut printed = Zeroizing::new(Vec::with_capacity(4096));
    if let Some(stdout) = child.stdout.take() {
        stdout.take(4096).read_to_end(&mut printed).map_err(failed)?;
    }
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        return Err(SecretError::Command(status.to_string()));
    }
    let line = printed.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(words) if !words.is_empty() => Ok(Zeroizing::new(words.to_owned())),
        _ => Err(SecretError::Empty),
    }
}

/// Whether there is a terminal to ask on, also where input and output lead elsewhere.
pub fn can_ask() -> bool {
    terminal().is_ok()
}

/// Asks on the controlling terminal and reads a line that is not shown.
pub fn ask(prompt: &str) -> Result<Zeroizing<String>, SecretError> {
    read(prompt, false)
}

/// The same, shown as it is typed.
pub fn ask_shown(prompt: &str) -> Result<Zeroizing<String>, SecretError> {
    read(prompt, true)
}

/// Shows a text on the controlling terminal until Enter is pressed, and takes it away again, where
/// the terminal can: nothing of it stays in what can be scrolled back to.
pub fn show(text: &str, prompt: &str) -> Result<(), SecretError> {
    let mut terminal = terminal().map_err(|_| SecretError::NoTerminal)?;
    let turns = std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb");
    if turns {
        write!(terminal, "\x1b[?1049h\x1b[H\x1b[2J")?;
    }
    writeln!(terminal, "{text}")?;
    let answer = ask(prompt);
    if turns {
        write!(terminal, "\x1b[?1049l")?;
    }
    answer.map(drop)
}

fn read(prompt: &str, shown: bool) -> Result<Zeroizing<String>, SecretError> {
    let mut terminal = terminal().map_err(|_| SecretError::NoTerminal)?;
    let watch = Watch::begin()?;
    let quiet = Quiet::begin(&terminal)?;
    write!(terminal, "{prompt}")?;
    let answer = read_line(&mut terminal, watch, shown);
    drop(quiet);
    watch.end();
    writeln!(terminal)?;
    answer
}

/// While a prompt stands, a signal that would end the process ends the prompt first, so that the
/// echo comes back. Before and after it does what it always does.
struct Watch {
    asked: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
}

static WATCH: OnceLock<Watch> = OnceLock::new();

impl Watch {
    fn begin() -> io::Result<&'static Self> {
        if let Some(watch) = WATCH.get() {
            watch.over.store(false, Ordering::SeqCst);
            return Ok(watch);
        }
        let watch = Self { asked: Arc::default(), over: Arc::default() };
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            flag::register_conditional_default(signal, Arc::clone(&watch.over))?;
            flag::register(signal, Arc::clone(&watch.asked))?;
        }
        Ok(WATCH.get_or_init(|| watch))
    }

    fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

fn terminal() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

/// While it lives, the terminal shows nothing of what is typed and hands over every key at once.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn begin(terminal: &File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let quiet = Self { terminal: terminal.try_clone()?, before: before.clone() };
        let mut modes = before;
        modes.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        // A read returns after a fifth of a second without a key, so that a request to end is seen.
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = 2;
        tcsetattr(terminal, OptionalActions::Flush, &modes)?;
        Ok(quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}

fn read_line(
    terminal: &mut File,
    watch: &Watch,
    shown: bool,
) -> Result<Zeroizing<String>, SecretError> {
    // Room for all of it at once, so that no copy stays behind when it grows.
    let mut typed = Zeroizing::new(Vec::<u8>::with_capacity(1024));
    let mut key = Zeroizing::new([0_u8]);
    loop {
        if watch.asked.load(Ordering::SeqCst) {
            return Err(SecretError::GivenUp);
        }
        match terminal.read(&mut *key) {
            Ok(1) => {}
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error.into()),
            _ => continue,
        }
        match key[0] {
            b'\n' | b'\r' => break,
            // Ctrl-C, and Ctrl-D with nothing typed.
            3 => return Err(SecretError::GivenUp),
            4 if typed.is_empty() => return Err(SecretError::GivenUp),
            8 | 127 => {
                if shown && !typed.is_empty() {
                    terminal.write_all(b"\x08 \x08")?;
                }
                // The bytes of one character go together.
                while typed.pop().is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {}
            }
            21 if !shown => typed.clear(),
            byte if byte < 32 => {}
            byte if typed.len() < typed.capacity() => {
                typed.push(byte);
                if shown {
                    terminal.write_all(&*key)?;
                }
            }
            _ => {}
        }
    }
    match std::str::from_utf8(&typed) {
        Ok(words) => Ok(Zeroizing::new(words.to_owned())),
        Err(_) => Err(SecretError::GivenUp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_command_is_the_passphrase() {
        let words = from_command("printf 'correct horse \\nmore'").expect("words");
        assert_eq!(*words, "correct horse ");
        assert!(matches!(from_command("exit 3"), Err(SecretError::Command(_))));
        assert!(matches!(from_command("true"), Err(SecretError::Empty)));
        assert!(matches!(from_command("printf '\\377'"), Err(SecretError::Empty)));
    }
}
