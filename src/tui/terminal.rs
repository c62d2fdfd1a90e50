//! The terminal: its modes, and the loop that reads it.
//!
//! One thread, one reader. What waits is handled before anything is drawn, so that a held key
//! never queues frames. Whatever ends the loop, the text is kept and the terminal is given back.

use std::cell::RefCell;
use std::io::{self, BufWriter, stdin};
use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    Event,
};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Position, Rect};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

use super::app::App;
use super::locked::Why;
use super::outside::Outside;

/// How many events are handled before the screen is drawn in between.
const BURST: usize = 512;
/// Room for all that one frame changes, in bytes.
const FRAME: usize = 1 << 16;
/// As good as no time at all. Given none, the terminal library does not even look.
const MOMENT: Duration = Duration::from_micros(20);

/// Where events come from: the terminal, or a script of a test.
pub trait Events {
    /// Waits for the next event, at most so long.
    fn next(&mut self, patience: Duration) -> io::Result<Option<Event>>;
}

/// The events of the real terminal.
pub struct TerminalEvents;

impl Events for TerminalEvents {
    fn next(&mut self, patience: Duration) -> io::Result<Option<Event>> {
        if event::poll(patience.max(MOMENT))? {
            return event::read().map(Some);
        }
        if input().intersects(PollFlags::HUP | PollFlags::ERR) {
            // The library takes a closed terminal for a silent one.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(None)
    }
}

/// What is true of the terminal's input at this moment.
fn input() -> PollFlags {
    let stdin = stdin();
    let mut input = [PollFd::new(&stdin, PollFlags::IN)];
    match poll(&mut input, Some(&Timespec::default())) {
        Ok(_) => input[0].revents(),
        Err(_) => PollFlags::empty(),
    }
}

/// Whether a key waits that has not been read yet.
pub fn key_waits() -> bool {
    let input = input();
    if input.intersects(PollFlags::HUP | PollFlags::ERR) {
        return false;
    }
    // What came in the same breath as the last key has been read already.
    input.contains(PollFlags::IN) || event::poll(MOMENT).unwrap_or(false)
}

/// How the program ended.
#[derive(Debug)]
pub enum Ended {
    /// The writer left, and everything is saved.
    Left,
    /// A signal or a lost terminal ended it.
    Stopped {
        /// Why the text on the screen could not be saved, if it could not.
        unsaved: Option<String>,
    },
    /// The terminal took no more of what was drawn.
    Undrawn {
        /// What the system said.
        why: String,
        /// Why the text on the screen could not be saved, if it could not.
        unsaved: Option<String>,
    },
    /// A fault in the program; what could be kept is.
    Fault {
        /// Where in the program it was. What a fault says may quote the text it failed on, so its
        /// words are not kept.
        place: String,
        /// Whether the text on the screen could be kept.
        kept: bool,
    },
}

/// What is said of an end for which the terminal took no more of the screen.
pub fn undrawn(why: &str) -> String {
    format!("The terminal took no more of the screen ({why}), so Confidant ended.")
}

/// What is said then of the text on it.
pub fn kept(unsaved: Option<&str>) -> String {
    match unsaved {
        None => "What you wrote is kept.".to_owned(),
        Some(why) => format!("The last words could not be saved. {why}"),
    }
}

/// Runs the app on the real terminal until it ends, and gives the terminal back.
pub fn run(app: &mut App, outside: &mut dyn Outside) -> io::Result<Ended> {
    run_with(app, &mut TerminalEvents, outside)
}

/// Runs the app on the real terminal with events from anywhere, and gives the terminal back.
pub fn run_with(
    app: &mut App,
    events: &mut dyn Events,
    outside: &mut dyn Outside,
) -> io::Result<Ended> {
    let modes = Modes::enter()?;
    // A frame goes out in one piece, as far as the terminal takes it.
    let out = BufWriter::with_capacity(FRAME, io::stdout());
    let mut terminal = Terminal::new(CrosstermBackend::new(out))?;
    // The fault is reported by `run_on`; the hook that stands would print it over the screen.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(ToString::to_string);
        FAULT.with(|last| last.replace(place));
    }));
    let ended = run_on(app, &mut terminal, events, outside);
    panic::set_hook(hook);
    // What of a frame was not sent yet belongs on the screen that is about to be left.
    drop(terminal);
    drop(modes);
    ended
}

thread_local! {
    /// Where the last fault was.
    static FAULT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs the app on any terminal. A panic ends it as everything else does: with the text kept.
pub fn run_on<B: Backend>(
    app: &mut App,
    terminal: &mut Terminal<B>,
    events: &mut dyn Events,
    outside: &mut dyn Outside,
) -> io::Result<Ended>
where
    B::Error: Send + Sync + 'static,
{
    let turned = panic::catch_unwind(AssertUnwindSafe(|| turn(app, terminal, events, outside)));
    match turned {
        Ok(Ok(ended)) => Ok(ended),
        // The terminal is gone: nobody can be told, but the text can be kept.
        Ok(Err(Broken::Input)) => Ok(Ended::Stopped { unsaved: end(app, outside) }),
        Ok(Err(Broken::Screen(error))) => {
            Ok(Ended::Undrawn { why: error.to_string(), unsaved: end(app, outside) })
        }
        Err(_) => {
            let place = FAULT.take().unwrap_or_else(|| "at an unknown place".to_owned());
            let kept = panic::catch_unwind(AssertUnwindSafe(|| app.end(outside).is_ok()));
            Ok(Ended::Fault { place, kept: kept.unwrap_or(false) })
        }
    }
}

/// What broke in the terminal.
enum Broken {
    /// Nothing can be read from it any more.
    Input,
    /// Nothing can be written to it.
    Screen(io::Error),
}

impl Broken {
    fn screen(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Screen(io::Error::other(error))
    }
}

/// Keeps what can be kept; says why the rest could not be.
fn end(app: &mut App, outside: &mut dyn Outside) -> Option<String> {
    app.end(outside).err().map(|error| error.to_string())
}

fn turn<B: Backend>(
    app: &mut App,
    terminal: &mut Terminal<B>,
    events: &mut dyn Events,
    outside: &mut dyn Outside,
) -> Result<Ended, Broken>
where
    B::Error: Send + Sync + 'static,
{
    let mut stale = true;
    let mut resized = false;
    loop {
        // A window that was dragged and has its old size again has lost what stood at its edges.
        if app.take_redraw() || resized {
            // `Terminal::clear` would ask the terminal where its cursor is and wait for an answer.
            let size = terminal.size().map_err(Broken::screen)?;
            terminal.resize(Rect::from((Position::ORIGIN, size))).map_err(Broken::screen)?;
        }
        if stale {
            terminal.draw(|frame| app.render(frame, outside)).map_err(Broken::screen)?;
        }
        (stale, resized) = (false, false);
        let mut patience = app.patience(outside.ticks());
        for _ in 0..BURST {
            let Some(event) = events.next(patience).map_err(|_| Broken::Input)? else { break };
            resized |= matches!(event, Event::Resize(..));
            stale |= app.event(event, outside);
            if app.is_done() {
                return Ok(Ended::Left);
            }
            patience = Duration::ZERO;
        }
        stale |= app.tick(outside);
        if outside.pause_asked() {
            app.lock(Why::Asked, outside);
            outside.pause();
            // What other programs wrote meanwhile stands on the screen.
            (stale, resized) = (true, true);
        }
        if outside.stop_asked() {
            // There is nobody to ask what to do where it cannot be saved.
            return Ok(Ended::Stopped { unsaved: end(app, outside) });
        }
    }
}

/// Gives the terminal back for as long as another program uses it, and takes it again. Whatever
/// that program left of its modes, and keys that were meant for it, are gone then.
pub fn lend<R>(work: impl FnOnce() -> R) -> io::Result<R> {
    give_back();
    let before = tcgetattr(stdin())?;
    let done = work();
    tcsetattr(stdin(), OptionalActions::Flush, &before)?;
    take()?;
    Ok(done)
}

/// The modes the screen needs; dropping them gives the terminal back.
struct Modes;

impl Modes {
    fn enter() -> io::Result<Self> {
        // From here on a failure must undo what was done.
        let modes = Self;
        take()?;
        Ok(modes)
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    read_what_is_there()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

fn give_back() {
    // Where the terminal is gone there is nothing left to give back.
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Lets a read come back with nothing instead of waiting for the rest of a key or of a paste:
/// meanwhile drafts are due, and the program may be asked to end. Leaving raw mode undoes it.
fn read_what_is_there() -> io::Result<()> {
    let stdin = stdin();
    let mut modes = tcgetattr(&stdin)?;
    modes.special_codes[SpecialCodeIndex::VMIN] = 0;
    modes.special_codes[SpecialCodeIndex::VTIME] = 0;
    Ok(tcsetattr(&stdin, OptionalActions::Now, &modes)?)
}

impl Drop for Modes {
    fn drop(&mut self) {
        give_back();
    }
}
