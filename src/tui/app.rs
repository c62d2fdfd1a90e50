//! The program on the screen: the first start, then the open journal.

use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;

use super::desk::Desk;
use super::first_run::{Begun, FirstRun};
use super::keymap::Place;
use super::outside::Outside;
use super::pane::Target;
use super::theme::Look;
use crate::domain::{Origin, Owner, Person, Relationship, Role, Stamp};
use crate::store::{Result, Scope, Store};

/// The least often the app looks whether somebody else wrote.
const TICK: Duration = Duration::from_secs(1);

/// The program on the screen.
pub struct App {
    stage: Stage,
    look: Look,
    path: PathBuf,
    interrupted: Option<Duration>,
    done: bool,
}

enum Stage {
    FirstRun(Box<FirstRun>),
    Open(Box<Desk>),
}

impl App {
    /// Opens a journal.
    pub fn open(store: Store, look: Look, outside: &dyn Outside) -> Result<Self> {
        let path = store.path().to_owned();
        let stage = Stage::Open(Box::new(Desk::open(store, &look, outside)?));
        Ok(Self { stage, look, path, interrupted: None, done: false })
    }

    /// Begins with the first start; the journal will lie at `path`.
    pub fn first_run(path: PathBuf, look: Look) -> Self {
        Self {
            stage: Stage::FirstRun(Box::new(FirstRun::new())),
            look,
            path,
            interrupted: None,
            done: false,
        }
    }

    /// Whether the program is to end.
    pub fn is_done(&self) -> bool {
        match &self.stage {
            Stage::FirstRun(_) => self.done,
            Stage::Open(desk) => desk.is_done(),
        }
    }

    /// Takes what the terminal reports. Says whether the screen has to be drawn again.
    pub fn event(&mut self, event: Event, outside: &mut dyn Outside) -> bool {
        let Stage::Open(desk) = &mut self.stage else {
            return self.first_event(event, outside);
        };
        match event {
            Event::Key(key) => desk.key(key, outside),
            Event::Paste(pasted) => desk.paste(&pasted, outside),
            Event::Mouse(mouse) => desk.mouse(mouse, outside),
            Event::Resize(..) => {}
            Event::FocusGained | Event::FocusLost => return false,
        }
        true
    }

    fn first_event(&mut self, event: Event, outside: &mut dyn Outside) -> bool {
        let Stage::FirstRun(first) = &mut self.stage else { return false };
        let begun = match event {
            Event::Key(key) if is_interrupt(key) => {
                let now = outside.ticks();
                if self.interrupted.is_some_and(|before| now.saturating_sub(before) < TICK) {
                    Begun::Left
                } else {
                    self.interrupted = Some(now);
                    first.say("Ctrl-C once more leaves; nothing was written.");
                    Begun::Open
                }
            }
            Event::Key(key) => first.key(key),
            Event::Paste(pasted) => {
                first.paste(&pasted);
                Begun::Open
            }
            Event::Mouse(mouse) => first.mouse(mouse, outside),
            _ => Begun::Open,
        };
        match begun {
            Begun::Open => {}
            Begun::Left => self.done = true,
            Begun::Answered { owner, person, role } => {
                match begin(&self.path, &owner, &person, role, &self.look, outside) {
                    Ok(desk) => self.stage = Stage::Open(Box::new(desk)),
                    Err(error) => first.refuse(&error.to_string()),
                }
            }
        }
        true
    }

    /// Time has passed. Says whether the screen has to be drawn again.
    pub fn tick(&mut self, outside: &mut dyn Outside) -> bool {
        match &mut self.stage {
            Stage::FirstRun(_) => false,
            Stage::Open(desk) => desk.tick(outside),
        }
    }

    /// Whether the whole screen is to be drawn anew; true once for each time.
    pub fn take_redraw(&mut self) -> bool {
        match &mut self.stage {
            Stage::FirstRun(_) => false,
            Stage::Open(desk) => desk.take_redraw(),
        }
    }

    /// How long the program may sleep if nothing happens.
    pub fn patience(&mut self, ticks: Duration) -> Duration {
        match &mut self.stage {
            Stage::FirstRun(_) => TICK,
            Stage::Open(desk) => desk.patience(ticks).map_or(TICK, |due| due.min(TICK)),
        }
    }

    /// The program has to end, whatever is on the screen: keeps what is being written.
    pub fn end(&mut self, outside: &mut dyn Outside) -> Result<()> {
        match &mut self.stage {
            Stage::FirstRun(_) => Ok(()),
            Stage::Open(desk) => desk.end(outside),
        }
    }

    /// Draws the screen.
    pub fn render(&mut self, frame: &mut Frame<'_>, outside: &dyn Outside) {
        match &mut self.stage {
            Stage::FirstRun(first) => first.render(frame, &self.look, outside),
            Stage::Open(desk) => desk.render(frame, &self.look, outside),
        }
        if self.look.glyphs.ascii {
            // The sentences have two signs that are not ASCII.
            for cell in &mut frame.buffer_mut().content {
                match cell.symbol() {
                    "\u{b7}" => cell.set_symbol("-"),
                    "\u{2026}" => cell.set_symbol("."),
                    _ => cell,
                };
            }
        }
    }
}

fn is_interrupt(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// Makes the journal, with the first person if one was named, and opens it there.
fn begin(
    path: &std::path::Path,
    owner: &str,
    person: &str,
    role: Role,
    look: &Look,
    outside: &mut dyn Outside,
) -> Result<Desk> {
    let now = outside.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let mut store = Store::create(path, None, &Owner { name: owner.to_owned() }, stamp)?;
    let mut first = None;
    if !person.is_empty() {
        let person = Person { name: person.to_owned(), ..Person::default() };
        first = Some(store.add_person(stamp, &person, |person| Relationship::new(person, role))?);
    }
    let mut desk = Desk::open(store, look, outside)?;
    if let Some(with) = first {
        desk.go(Target::pane(Scope::One(with), Place::Brief), outside);
    }
    Ok(desk)
}
