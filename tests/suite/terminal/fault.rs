//! A fault in the program ends it as everything else does. The program that is shipped has none on
//! purpose, so here its own loop is given events that break.

use std::cell::Cell;
use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use confidant::domain::Moment;
use confidant::host::clock::Clock;
use confidant::host::incoming::{Incoming, Reader};
use confidant::tui::app::App;
use confidant::tui::outside::Outside;
use confidant::tui::terminal::{self, Ended, Events};
use confidant::tui::theme::Look;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::screen::{NOW, Screen, Start};
use super::{assert_settled, journal, notes, open};
use crate::journal::stamp;

const TYPED: &str = "What a small no looks like";

/// Where events come to after the keys.
type End = fn() -> io::Result<Option<Event>>;

/// Keys, and then something unforeseen.
struct Breaking {
    keys: VecDeque<char>,
    end: End,
}

impl Breaking {
    /// Goes into the notes of the one session, writes, and comes to this end.
    fn new(end: End) -> Self {
        Self { keys: format!("3e{TYPED}").chars().collect(), end }
    }
}

impl Events for Breaking {
    fn next(&mut self, _patience: Duration) -> io::Result<Option<Event>> {
        let Some(key) = self.keys.pop_front() else { return (self.end)() };
        Ok(Some(Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))))
    }
}

/// As a fault in handling a text looks: its words quote the text.
fn fault() -> io::Result<Option<Event>> {
    let text = "secr\u{e9}t";
    let within = "secr".len() + 1;
    if text[..within].is_empty() { Ok(None) } else { lost() }
}

fn lost() -> io::Result<Option<Event>> {
    Err(io::ErrorKind::BrokenPipe.into())
}

struct Still;

impl Outside for Still {
    fn now(&self) -> Moment {
        stamp(NOW).now
    }

    fn ticks(&self) -> Duration {
        Clock::System.ticks()
    }

    fn stop_asked(&self) -> bool {
        false
    }

    fn process(&self) -> &'static str {
        "a test"
    }

    fn is_running(&self, _process: &str) -> bool {
        true
    }

    fn copy(&mut self, _text: &str) {}

    fn temporary_folder(&mut self) -> Result<PathBuf, String> {
        Err("no folders here".to_owned())
    }

    fn copy_file(&mut self, _path: &str) -> Result<PathBuf, String> {
        Err("no files here".to_owned())
    }

    fn incoming(&self, _path: &str) -> Result<Incoming, String> {
        Err("no files here".to_owned())
    }

    fn read_copy(&mut self, _copy: &Path) -> Result<Reader, String> {
        Err("no files here".to_owned())
    }

    fn write_file(&mut self, _path: &str, _content: &str) -> Result<String, String> {
        Err("no files here".to_owned())
    }
}

fn app(path: &Path) -> App {
    App::open(open(path), Look::new(true, false), &Still).expect("opens")
}

#[test]
fn a_fault_or_a_lost_terminal_keeps_the_text() {
    for (end, is_fault) in [(fault as End, true), (lost, false)] {
        let (journal, session) = journal("");
        let path = journal.path();
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
        let mut app = app(&path);
        let ended = terminal::run_on(&mut app, &mut terminal, &mut Breaking::new(end), &mut Still);
        match ended.expect("kept") {
            Ended::Fault { kept, .. } => assert!(is_fault && kept),
            other => {
                assert!(
                    !is_fault && matches!(other, Ended::Stopped { unsaved: None }),
                    "{other:?}"
                );
            }
        }
        drop(app);
        assert_eq!(notes(&path, session), TYPED);
        assert_settled(&path);
    }
}

/// A terminal that takes what is drawn until it is told not to.
struct Outlet<'a>(&'a Cell<bool>);

impl Write for Outlet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.get() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write(&[]).map(drop)
    }
}

/// Keys, and with the last one the terminal takes no more.
struct Clogging<'a> {
    keys: VecDeque<char>,
    is_clogged: &'a Cell<bool>,
}

impl Events for Clogging<'_> {
    fn next(&mut self, _patience: Duration) -> io::Result<Option<Event>> {
        let Some(key) = self.keys.pop_front() else { return Ok(None) };
        self.is_clogged.set(self.keys.is_empty());
        Ok(Some(Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))))
    }
}

#[test]
fn a_screen_that_cannot_be_drawn_ends_the_program_with_the_text_kept_and_a_word() {
    let (journal, session) = journal("");
    let path = journal.path();
    let is_clogged = Cell::new(false);
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let backend = CrosstermBackend::new(Outlet(&is_clogged));
    let mut terminal =
        Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal");
    let mut app = app(&path);
    let keys = format!("3e{TYPED}").chars().collect();
    let mut events = Clogging { keys, is_clogged: &is_clogged };
    let ended = terminal::run_on(&mut app, &mut terminal, &mut events, &mut Still);
    let Ok(Ended::Undrawn { why, unsaved }) = ended else { panic!("{ended:?}") };
    assert_eq!(
        format!("{} {}", terminal::undrawn(&why), terminal::kept(unsaved.as_deref())),
        "The terminal took no more of the screen (no storage space), so Confidant ended. What you wrote is kept."
    );
    drop(app);
    assert_eq!(notes(&path, session), TYPED);
    assert_settled(&path);
}

#[test]
fn a_fault_gives_the_terminal_back() {
    let (journal, session) = journal("");
    let path = journal.path();
    let this = std::env::current_exe().expect("the test program");
    let start = Start {
        program: OsStr::new(&this),
        arguments: &["--ignored", "--exact", "terminal::fault::breaks_in_a_terminal"],
        ..Start::default()
    };
    let mut screen = Screen::start_with(&path, &start);
    assert_eq!(screen.wait_exit().code, 0, "{}", screen.text());
    assert!(screen.shows("1 passed"), "{}", screen.text());
    let written = String::from_utf8_lossy(screen.bytes());
    assert!(written.contains("\x1b[?1049h"), "the screen was never taken");
    assert!(!written.contains("secr"), "a fault quotes what was written");
    screen.assert_given_back();
    assert_eq!(notes(&path, session), TYPED);
    assert_settled(&path);
}

#[test]
#[ignore = "run by a_fault_gives_the_terminal_back, in a terminal"]
fn breaks_in_a_terminal() {
    let path = std::env::var_os("CONFIDANT_JOURNAL").expect("a journal");
    let mut app = app(Path::new(&path));
    let ended = terminal::run_with(&mut app, &mut Breaking::new(fault), &mut Still);
    let Ok(Ended::Fault { place, kept }) = ended else { panic!("{ended:?}") };
    assert!(kept && !place.contains("secr") && place.contains(".rs:"), "{place}");
}
