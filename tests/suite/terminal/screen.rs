//! The real program in a pseudo-terminal: keys go in, and what a person would see comes out.
//!
//! Nothing here sleeps for luck: every wait is for something to be seen, and has a deadline that
//! ends the test with the screen as it stood.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use confidant::host::clock::Clock;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// The moment at which every program here believes to run.
pub const NOW: &str = "2026-11-22T12:00:00+00:00";
/// How often a wait looks again where nothing announces what it waits for.
const AGAIN: Duration = Duration::from_millis(20);

pub const ESC: &str = "\x1b";
pub const ENTER: &str = "\r";
pub const CTRL_A: &str = "\x01";
pub const CTRL_C: &str = "\x03";
pub const CTRL_L: &str = "\x0c";
pub const CTRL_Z: &str = "\x1a";

/// A program in a terminal of its own.
pub struct Screen {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held open, so that its modes can be read after the program has ended.
    slave: Option<Box<dyn SlavePty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    heard: Receiver<Vec<u8>>,
    closing: Arc<AtomicBool>,
    parser: vt100::Parser,
    bytes: Vec<u8>,
    modes_before: String,
    modes_after: Option<String>,
}

/// How a program is started; what is not set is as most people have it.
pub struct Start<'a> {
    pub columns: u16,
    pub rows: u16,
    pub variables: &'a [(&'a str, &'a str)],
    pub arguments: &'a [&'a str],
    /// Another program than Confidant itself.
    pub program: &'a OsStr,
    /// Whether the terminal is the one that rules the program, so that its end is a signal.
    pub controlling: bool,
}

impl Default for Start<'_> {
    fn default() -> Self {
        let variables = &[("TERM", "xterm-256color")];
        let program = OsStr::new(env!("CARGO_BIN_EXE_confidant"));
        Self { columns: 80, rows: 24, variables, arguments: &[], program, controlling: true }
    }
}

/// How the program ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Exit {
    pub code: u32,
    pub signal: Option<String>,
}

/// The longest that anything here may take.
fn patience() -> Duration {
    let asked =
        std::env::var("CONFIDANT_TEST_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(asked.unwrap_or(20))
}

impl Screen {
    /// Starts the program on the journal at `path`, in 80x24.
    pub fn start(path: &Path) -> Self {
        Self::start_with(path, &Start::default())
    }

    pub fn start_with(path: &Path, start: &Start<'_>) -> Self {
        let size = size(start.columns, start.rows);
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(start.program);
        command.args(start.arguments);
        command.set_controlling_tty(start.controlling);
        command.env_clear();
        // Some folder that is there; the journal's own may not be yet.
        command.cwd(env!("CARGO_TARGET_TMPDIR"));
        command.env("HOME", env!("CARGO_TARGET_TMPDIR"));
        command.env("CONFIDANT_JOURNAL", path);
        command.env("CONFIDANT_NOW", NOW);
        for (name, value) in start.variables {
            command.env(name, value);
        }
        let modes_before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let (tell, heard) = channel();
        let closing = Arc::new(AtomicBool::new(false));
        let is_closing = Arc::clone(&closing);
        thread::spawn(move || {
            let mut chunk = vec![0; 65536];
            // The end is an error on Linux: the last holder of the other side is gone.
            while let Ok(length @ 1..) = output.read(&mut chunk) {
                let told = tell.send(chunk[..length].to_vec());
                if told.is_err() || is_closing.load(Ordering::SeqCst) {
                    break;
                }
            }
            // First the terminal, then the word that it is closed.
            drop(output);
            drop(tell);
        });
        Self {
            child,
            keys: Some(pair.master.take_writer().expect("a writer")),
            master: Some(pair.master),
            slave: Some(pair.slave),
            heard,
            closing,
            parser: vt100::Parser::new(cells(start.rows), cells(start.columns), 0),
            bytes: Vec::new(),
            modes_before,
            modes_after: None,
        }
    }

    /// Presses keys, given as the bytes a terminal sends for them.
    pub fn press(&mut self, keys: &str) {
        self.press_bytes(keys.as_bytes());
    }

    pub fn press_bytes(&mut self, keys: &[u8]) {
        let writer = self.keys.as_mut().expect("the terminal is open");
        writer.write_all(keys).and_then(|()| writer.flush()).expect("the program reads");
    }

    /// Pastes as terminals do, in brackets.
    pub fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal another size, as a window that is dragged does.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(size(columns, rows)).expect("another size");
        // The emulator has at least one cell; the program is told what was asked for.
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
    }

    pub fn pid(&self) -> Pid {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
        pid.and_then(Pid::from_raw).expect("a process")
    }

    pub fn kill(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("a signal");
    }

    /// Closes the terminal, as a window that is closed or a connection that breaks does. The last
    /// that comes from it is a line end: closing an end of a pseudo-terminal for keys sends one.
    #[track_caller]
    pub fn hang_up(&mut self) {
        // The reader holds the terminal open until something more comes; this key moves nothing.
        self.closing.store(true, Ordering::SeqCst);
        self.press("\x1b[F");
        loop {
            match self.heard.recv_timeout(patience()) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("no answer. The screen:\n{}", self.text()),
            }
        }
        (self.keys, self.slave, self.master) = (None, None, None);
    }

    /// Something else writes to the terminal.
    pub fn garble(&mut self, text: &str) {
        self.look();
        self.parser.process(text.as_bytes());
    }

    /// Takes in what has been written to the terminal so far.
    pub fn look(&mut self) {
        while let Ok(chunk) = self.heard.try_recv() {
            self.take(&chunk);
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.parser.process(chunk);
        self.bytes.extend_from_slice(chunk);
    }

    /// What is on the screen.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Everything that was ever written to the terminal.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| screen.shows(text));
    }

    #[track_caller]
    pub fn wait_gone(&mut self, text: &str) {
        self.wait(&format!("no {text:?}"), |screen| !screen.shows(text));
    }

    /// Waits until the screen is as asked for. Ends the test where it never is.
    #[track_caller]
    pub fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Clock::System.ticks() + patience();
        self.look();
        while !is_so(self) {
            let left = end.saturating_sub(Clock::System.ticks());
            assert!(!left.is_zero(), "{what} never came. The screen:\n{}", self.text());
            match self.heard.recv_timeout(left.min(AGAIN)) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("{what} did not come before the end. The screen:\n{}", self.text())
                }
            }
        }
    }

    /// Waits for the end of the program and reads what it wrote last.
    #[track_caller]
    pub fn wait_exit(&mut self) -> Exit {
        let end = Clock::System.ticks() + patience();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            if Clock::System.ticks() > end {
                self.look();
                panic!("it never ended. The screen:\n{}", self.text());
            }
            if let Ok(chunk) = self.heard.recv_timeout(AGAIN) {
                self.take(&chunk);
            } else {
                // A closed terminal says nothing any more; the pause is for the machine's sake.
                thread::park_timeout(AGAIN);
            }
        };
        if let Some(master) = &self.master {
            self.modes_after = Some(modes(&**master));
        }
        self.slave = None;
        // Its side is closed now, so that what it wrote ends.
        while let Ok(chunk) = self.heard.recv_timeout(patience()) {
            self.take(&chunk);
        }
        Exit { code: status.exit_code(), signal: status.signal().map(ToOwned::to_owned) }
    }

    /// The modes of the terminal's line have changed from what they were before the start.
    #[track_caller]
    pub fn is_raw(&self) -> bool {
        modes(&**self.master.as_ref().expect("the terminal is open")) != self.modes_before
    }

    /// Holds the terminal against what it was before the program.
    #[track_caller]
    pub fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was not left");
        assert!(!screen.bracketed_paste(), "pastes still come in brackets");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert_eq!(self.modes_after.as_ref(), Some(&self.modes_before), "the line's modes");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("the modes of the line"))
}
