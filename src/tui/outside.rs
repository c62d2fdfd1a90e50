//! What the screen needs of the world outside; `main` hands it down, tests make their own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::{LastUse, Moment, Zone};
use crate::host::incoming::{Incoming, Reader};
use crate::host::own_editor::{Edited, LeftText};

/// The world outside the screen.
pub trait Outside {
    /// The moment it is.
    fn now(&self) -> Moment;

    /// The time zone of the writer; without a better knowledge the offset of now.
    fn zone(&self) -> Zone {
        Zone::Offset(*self.now().offset())
    }

    /// How much time has passed since some fixed point; never goes back.
    fn ticks(&self) -> Duration;

    /// What tells during a long read that a key waits, where there are keys.
    fn key_waits(&self) -> Option<fn() -> bool> {
        None
    }

    /// Whether the program was asked to end: by a signal, or because the terminal is gone.
    fn stop_asked(&self) -> bool;

    /// Whether the program was asked to pause; true once for each time.
    fn pause_asked(&mut self) -> bool {
        false
    }

    /// Asks for that, as the key of the shell does where it is heard.
    fn ask_to_pause(&mut self) {}

    /// Gives the terminal back and stops until the program is continued.
    fn pause(&mut self) {}

    /// This process, as a later start can recognise it.
    fn process(&self) -> &str;

    /// Whether the process of this description still runs.
    fn is_running(&self, process: &str) -> bool;

    /// What is remembered of the journal of this name since it was last used here.
    fn last_use(&self, _journal: &str) -> LastUse {
        LastUse::default()
    }

    /// Remembers it.
    fn remember_use(&mut self, _journal: &str, _last: &LastUse) {}

    /// Why a journal should not lie at this path, if so: what it is in a word, and in sentences.
    fn risk_of(&self, _path: &Path) -> Option<(String, String)> {
        None
    }

    /// The memory sticks that are plugged in: what each is called, and where its files are.
    fn sticks(&self) -> Vec<(String, PathBuf)> {
        Vec::new()
    }

    /// Gives text to the clipboard of the terminal.
    fn copy(&mut self, text: &str);

    /// Opens the writer's own editor on a text, in a file of this name, and waits for its end. Or
    /// says why it could not.
    fn edit(&mut self, _name: &str, _text: &str) -> Result<Edited, String> {
        Err("There is no editor here.".to_owned())
    }

    /// The texts that editors were given by programs that ended before they took them back.
    fn left_by_editors(&self) -> Vec<LeftText> {
        Vec::new()
    }

    /// The text of such a file is kept; it is not needed any more.
    fn taken_back(&self, _file: &Path) {}

    /// A new folder that only its owner can open and that goes away when the program ends.
    fn temporary_folder(&mut self) -> Result<PathBuf, String>;

    /// A copy of a file, with what SQLite left beside it, in such a folder; the file itself is only
    /// read. Or why it could not be.
    fn copy_file(&mut self, path: &str) -> Result<PathBuf, String>;

    /// What lies there to be brought in, opened to be read. Or why it cannot be.
    fn incoming(&self, path: &str) -> Result<Incoming, String>;

    /// Such a copy, opened to be read.
    fn read_copy(&mut self, copy: &Path) -> Result<Reader, String>;

    /// Writes a new file that only its owner can read; says its full name, or why it could not.
    fn write_file(&mut self, path: &str, content: &str) -> Result<String, String>;
}
