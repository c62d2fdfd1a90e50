//! The world outside, as the screen is given it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use confidant::domain::{LastUse, Moment, Zone};
use confidant::host::clipboard;
use confidant::host::clock::Clock;
use confidant::host::folders::{self, Existing, write_private};
use confidant::host::incoming::{self, Incoming, Reader};
use confidant::host::own_editor::{self, Edited, EditorError, LeftText};
use confidant::host::processes::{self, Process};
use confidant::host::signals::{Pause, Stop};
use confidant::host::{last_use, risks, sticks};
use confidant::tui::outside::Outside;
use confidant::tui::terminal;
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// The real world.
pub struct World {
    clock: Clock,
    stop: Stop,
    pause: Pause,
    process: String,
    /// Folders that go away with the program.
    temporary: Vec<tempfile::TempDir>,
}

impl World {
    /// Takes the clock, and starts to listen for requests to end.
    pub fn new(clock: Clock) -> std::io::Result<Self> {
        let process = Process::current().to_string();
        Ok(Self {
            clock,
            stop: Stop::install()?,
            pause: Pause::install()?,
            process,
            temporary: Vec::new(),
        })
    }
}

impl Outside for World {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn zone(&self) -> Zone {
        self.clock.zone()
    }

    fn ticks(&self) -> Duration {
        self.clock.ticks()
    }

    fn key_waits(&self) -> Option<fn() -> bool> {
        Some(terminal::key_waits)
    }

    fn stop_asked(&self) -> bool {
        self.stop.asked()
    }

    fn pause_asked(&mut self) -> bool {
        self.pause.take()
    }

    fn ask_to_pause(&mut self) {
        self.pause.ask();
    }

    fn pause(&mut self) {
        // Where the system does not stop it, it goes on, locked; a terminal that is gone meanwhile
        // is noticed at the next read.
        let _ = terminal::lend(Pause::stop);
    }

    fn process(&self) -> &str {
        &self.process
    }

    fn is_running(&self, process: &str) -> bool {
        processes::is_running(process)
    }

    fn last_use(&self, journal: &str) -> LastUse {
        last_use::recall(journal)
    }

    fn remember_use(&mut self, journal: &str, last: &LastUse) {
        last_use::remember(journal, last);
    }

    fn risk_of(&self, path: &Path) -> Option<(String, String)> {
        risks::risk(path).map(|risk| (risk.name().to_owned(), risk.to_string()))
    }

    fn sticks(&self) -> Vec<(String, PathBuf)> {
        sticks::sticks().into_iter().map(|stick| (stick.name, stick.path)).collect()
    }

    fn copy(&mut self, text: &str) {
        if clipboard::copy_unkept(text) {
            return;
        }
        // A terminal without a clipboard ignores it; the text is kept for pasting here all the same.
        let _ = execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text));
    }

    fn edit(&mut self, name: &str, text: &str) -> Result<Edited, String> {
        let Some(command) = own_editor::command() else {
            return Err(EditorError::None.to_string());
        };
        let must_end = || self.stop.is_final();
        let edit = || own_editor::edit(&command, &self.process, name, text, must_end);
        let edited = terminal::lend(edit)
            .map_err(|error| format!("The terminal was not given back by your editor ({error})."));
        // Ctrl-C was for the editor.
        self.stop.forget_interrupt();
        edited?.map_err(|error| error.to_string())
    }

    fn left_by_editors(&self) -> Vec<LeftText> {
        own_editor::left_behind()
    }

    fn taken_back(&self, file: &Path) {
        own_editor::remove(file);
    }

    fn temporary_folder(&mut self) -> Result<PathBuf, String> {
        let folder = tempfile::Builder::new().prefix("confidant-").tempdir();
        let folder = folder.map_err(|error| {
            format!("No temporary folder could be made ({error}). Make room there and try again.")
        })?;
        let path = folder.path().to_owned();
        self.temporary.push(folder);
        Ok(path)
    }

    fn copy_file(&mut self, path: &str) -> Result<PathBuf, String> {
        let copy = self.temporary_folder()?.join("journal.db");
        let file = folders::typed(path);
        std::fs::copy(&file, &copy)
            .map_err(|error| format!("{path} could not be read: {error}. Write its whole path."))?;
        let mut beside = file.into_os_string();
        beside.push("-journal");
        let beside = Path::new(&beside);
        if beside.exists() {
            std::fs::copy(beside, copy.with_file_name("journal.db-journal"))
                .map_err(|error| format!("{} could not be read: {error}.", beside.display()))?;
        }
        Ok(copy)
    }

    fn incoming(&self, path: &str) -> Result<Incoming, String> {
        let file = folders::typed(path);
        // What is neither might keep the screen waiting for its first byte.
        if file.exists() && !file.is_file() && !file.is_dir() {
            return Err(format!("{path} is no file and no folder. Name one of these."));
        }
        Incoming::at(&file)
            .map_err(|error| format!("{path} could not be read: {error}. Write its whole path."))
    }

    fn read_copy(&mut self, copy: &Path) -> Result<Reader, String> {
        incoming::file(copy).map_err(|error| format!("The file could not be read: {error}."))
    }

    fn write_file(&mut self, path: &str, content: &str) -> Result<String, String> {
        let path = folders::typed(path);
        write_private(&path, content.as_bytes(), Existing::Keep)
            .map_err(|error| error.to_string())?;
        let full = path.canonicalize().unwrap_or(path);
        Ok(full.display().to_string())
    }
}
