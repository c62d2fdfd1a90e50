//! The program on the screen: the first start, the locked journal, the open one.

use std::path::PathBuf;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;

use super::bringing::{self, Brought, Export, Refused};
use super::desk::{Closing, Desk};
use super::first_run::{Begun, FirstRun};
use super::keymap::Place;
use super::locked::{self, Locked, Why};
use super::outside::Outside;
use super::pane::Target;
use super::theme::Look;
use crate::domain::{Moment, Origin, Owner, Person, Relationship, Role, Stamp};
use crate::store::{Error, Protection, Result, Scope, Store};
use crate::transfer::sample;

/// The least often the app looks whether somebody else wrote.
const TICK: Duration = Duration::from_secs(1);
/// The wall clock may run away from the other by so much before it means that the machine slept.
const ASLEEP: Duration = Duration::from_secs(30);

/// After so much time without a key nobody notices what takes a moment.
const REST: Duration = Duration::from_mins(1);

/// The program on the screen.
pub struct App {
    stage: Stage,
    look: Look,
    path: PathBuf,
    interrupted: Option<Duration>,
    /// When the writer last did something, and what both clocks showed last.
    touched: Duration,
    /// Since which touch there was a rest already.
    rested: Option<Duration>,
    seen: Option<(Moment, Duration)>,
    /// What the first start reads, a bit at a time.
    export: Option<Box<Export>>,
    done: bool,
}

enum Stage {
    FirstRun(Box<FirstRun>),
    /// A passphrase opens it.
    Locked(Box<Locked>),
    Open(Box<Desk>),
    /// The made-up journal; leaving it leads back to the first start, where it came from.
    LookAround(Box<Desk>, Option<Box<FirstRun>>),
}

impl App {
    /// Opens a journal.
    pub fn open(store: Store, look: Look, outside: &dyn Outside) -> Result<Self> {
        let path = store.path().to_owned();
        let stage = Stage::Open(Box::new(Desk::open(store, &look, outside)?));
        Ok(Self::at(stage, path, &look))
    }

    /// Opens the made-up journal; leaving it ends the program.
    pub fn look_around(look: Look, outside: &mut dyn Outside) -> Result<Self> {
        let desk = made_up(&look, outside)?;
        let stage = Stage::LookAround(Box::new(desk), None);
        Ok(Self::at(stage, PathBuf::new(), &look))
    }

    /// Begins with the first start; the journal will lie at `path`.
    pub fn first_run(path: PathBuf, look: Look) -> Self {
        Self::at(Stage::FirstRun(Box::default()), path, &look)
    }

    /// Begins before a locked journal: the one at `path`.
    pub fn locked(path: PathBuf, look: &Look) -> Self {
        let locked = Locked::at_start(path.clone(), look);
        Self::at(Stage::Locked(Box::new(locked)), path, look)
    }

    /// Begins before a damaged journal with the newest sound backup of it, if there is one, or with
    /// the question for the passphrase that shows whether there is.
    pub fn damaged(
        path: PathBuf,
        look: &Look,
        damage: &Error,
        outside: &dyn Outside,
    ) -> Option<Self> {
        let locked = Locked::damaged(path.clone(), look, damage, outside)?;
        Some(Self::at(Stage::Locked(Box::new(locked)), path, look))
    }

    fn at(stage: Stage, path: PathBuf, look: &Look) -> Self {
        let touched = Duration::ZERO;
        Self {
            stage,
            look: *look,
            path,
            interrupted: None,
            touched,
            rested: None,
            seen: None,
            export: None,
            done: false,
        }
    }

    /// Whether the program is to end.
    pub fn is_done(&self) -> bool {
        match &self.stage {
            Stage::FirstRun(_) | Stage::Locked(_) => self.done,
            Stage::Open(desk) | Stage::LookAround(desk, _) => desk.is_done(),
        }
    }

    /// Takes what the terminal reports. Says whether the screen has to be drawn again.
    pub fn event(&mut self, event: Event, outside: &mut dyn Outside) -> bool {
        // Before the key: after a closed lid it may be somebody else's.
        if self.watch(outside) {
            return true;
        }
        if matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)) {
            self.touched = outside.ticks();
        }
        let desk = match &mut self.stage {
            Stage::Open(desk) | Stage::LookAround(desk, _) => desk,
            Stage::FirstRun(_) => return self.first_event(event, outside),
            Stage::Locked(locked) => {
                match locked.event(event, outside) {
                    locked::Step::Stay => {}
                    locked::Step::Left => self.done = true,
                    locked::Step::Opened(desk) => self.stage = Stage::Open(desk),
                }
                return true;
            }
        };
        match event {
            Event::Key(key) => desk.key(key, outside),
            Event::Paste(pasted) => desk.paste(&pasted, outside),
            Event::Mouse(mouse) => desk.mouse(mouse, outside),
            Event::Resize(..) => {}
            Event::FocusGained | Event::FocusLost => return false,
        }
        // What it asked for may have taken long: a text was with an editor.
        self.touched = outside.ticks();
        if let Stage::LookAround(desk, from) = &mut self.stage
            && desk.is_done()
            && let Some(first) = from.take()
        {
            self.stage = Stage::FirstRun(first);
        }
        self.close_where_due(outside);
        true
    }

    /// Locks where nobody has typed for long, or where the machine slept: then the wall clock has
    /// moved on by more than the other. Says whether it did.
    fn watch(&mut self, outside: &dyn Outside) -> bool {
        let (now, ticks) = (outside.now(), outside.ticks());
        let (wall, before) = self.seen.replace((now, ticks)).unwrap_or((now, ticks));
        if self.touched.is_zero() {
            self.touched = ticks;
        }
        let passed = ticks.saturating_sub(before);
        let slept = (now - wall).to_std().unwrap_or_default().saturating_sub(passed);
        let Stage::Open(desk) = &self.stage else { return false };
        let idle = ticks.saturating_sub(self.touched);
        let why = if slept >= ASLEEP {
            Some(Why::Slept)
        } else {
            desk.lock_after().filter(|after| idle >= *after).map(Why::Idle)
        };
        why.is_some_and(|why| self.lock(why, outside))
    }

    /// Locks the open journal, if it has a passphrase or cannot stay open. Says whether it did.
    pub fn lock(&mut self, why: Why, outside: &dyn Outside) -> bool {
        let Stage::Open(desk) = &self.stage else { return false };
        if !desk.is_encrypted() && why != Why::Moved {
            return false;
        }
        let first = Stage::FirstRun(Box::default());
        if let Stage::Open(desk) = std::mem::replace(&mut self.stage, first) {
            let locked = Locked::close(self.path.clone(), why, desk, outside);
            self.stage = Stage::Locked(Box::new(locked));
        }
        true
    }

    /// Locks where the open journal asks for it.
    fn close_where_due(&mut self, outside: &dyn Outside) -> bool {
        let Stage::Open(desk) = &mut self.stage else { return false };
        match desk.take_closing() {
            None => false,
            Some(Closing::Asked) => self.lock(Why::Asked, outside),
            Some(Closing::Moved) => self.lock(Why::Moved, outside),
        }
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
            // Nothing else is done meanwhile.
            Event::Key(key) if self.export.is_some() => {
                if key.code == KeyCode::Esc {
                    self.export = None;
                    first.say("Nothing was brought in.");
                }
                Begun::Open
            }
            Event::Paste(_) | Event::Mouse(_) if self.export.is_some() => Begun::Open,
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
            Begun::LookAround => match made_up(&self.look, outside) {
                Ok(desk) => {
                    let first = std::mem::take(first.as_mut());
                    self.stage = Stage::LookAround(Box::new(desk), Some(Box::new(first)));
                }
                Err(error) => first.refuse(&error.to_string()),
            },
            Begun::Bring { owner, path, given } => {
                let from = bringing::From { path, owner, given };
                match bringing::bring(&self.path, from, &self.look, outside) {
                    Ok(Brought::Open(desk)) => self.stage = Stage::Open(desk),
                    Ok(Brought::Reading(export)) => {
                        first.say(&export.says());
                        self.export = Some(export);
                    }
                    Err(Refused::Locked) => first.ask_for_key(),
                    Err(Refused::Why(why)) => first.refuse(&why),
                }
            }
            Begun::Answered { owner, person, role } => {
                let protection = first.protection();
                match begin(&self.path, protection, &owner, &person, role, &self.look, outside) {
                    Ok(desk) => self.stage = Stage::Open(Box::new(desk)),
                    Err(error) => first.refuse(&error.to_string()),
                }
            }
        }
        true
    }

    /// Time has passed. Says whether the screen has to be drawn again.
    pub fn tick(&mut self, outside: &mut dyn Outside) -> bool {
        if self.watch(outside) {
            return true;
        }
        let changed = match &mut self.stage {
            Stage::FirstRun(_) => self.read_export(outside),
            Stage::Locked(_) => false,
            Stage::Open(desk) | Stage::LookAround(desk, _) => desk.tick(outside),
        };
        let rested = self.rest(outside);
        self.close_where_due(outside) || changed || rested
    }

    /// Goes on with the export that the first start begins with. Says whether that shows.
    fn read_export(&mut self, outside: &dyn Outside) -> bool {
        let (Stage::FirstRun(first), Some(mut export)) = (&mut self.stage, self.export.take())
        else {
            return false;
        };
        let before = export.says();
        match export.go_on() {
            Ok(false) => {
                let says = export.says();
                self.export = Some(export);
                first.say(&says);
                return says != before;
            }
            Ok(true) => match export.open(&self.path, &self.look, outside) {
                Ok(desk) => self.stage = Stage::Open(desk),
                Err(Refused::Locked) => first.ask_for_key(),
                Err(Refused::Why(why)) => first.refuse(&why),
            },
            Err(why) => first.refuse(&why),
        }
        true
    }

    /// Does what is done while nobody types, once for each time. Says whether that shows.
    fn rest(&mut self, outside: &mut dyn Outside) -> bool {
        let Stage::Open(desk) = &mut self.stage else { return false };
        let is_due = outside.ticks().saturating_sub(self.touched) >= REST;
        // What is being brought in belongs into the backup of the day, and not half of it.
        if !is_due || self.rested == Some(self.touched) || desk.is_bringing_in() {
            return false;
        }
        self.rested = Some(self.touched);
        desk.rest(outside)
    }

    /// The writer has left and the terminal is given back: does what is done at the end.
    pub fn finish(&mut self, outside: &mut dyn Outside) -> Result<()> {
        match &mut self.stage {
            Stage::Open(desk) => desk.finish(outside),
            _ => Ok(()),
        }
    }

    /// Whether the whole screen is to be drawn anew; true once for each time.
    pub fn take_redraw(&mut self) -> bool {
        match &mut self.stage {
            Stage::FirstRun(_) | Stage::Locked(_) => false,
            Stage::Open(desk) | Stage::LookAround(desk, _) => desk.take_redraw(),
        }
    }

    /// How long the program may sleep if nothing happens.
    pub fn patience(&mut self, ticks: Duration) -> Duration {
        match &mut self.stage {
            Stage::FirstRun(_) if self.export.is_some() => Duration::ZERO,
            Stage::FirstRun(_) | Stage::Locked(_) => TICK,
            Stage::Open(desk) | Stage::LookAround(desk, _) => {
                desk.patience(ticks).map_or(TICK, |due| due.min(TICK))
            }
        }
    }

    /// The program has to end, whatever is on the screen: keeps what is being written.
    pub fn end(&mut self, outside: &mut dyn Outside) -> Result<()> {
        match &mut self.stage {
            Stage::FirstRun(_) | Stage::Locked(_) => Ok(()),
            Stage::Open(desk) | Stage::LookAround(desk, _) => desk.end(outside),
        }
    }

    /// Draws the screen.
    pub fn render(&mut self, frame: &mut Frame<'_>, outside: &dyn Outside) {
        let look = match &mut self.stage {
            Stage::FirstRun(first) => {
                first.render(frame, &self.look, outside);
                self.look
            }
            Stage::Locked(locked) => {
                locked.render(frame, outside);
                locked.look()
            }
            Stage::Open(desk) | Stage::LookAround(desk, _) => {
                desk.render(frame, outside);
                desk.look()
            }
        };
        if look.glyphs.ascii {
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

/// Opens the made-up journal, in a folder that goes away with the program.
fn made_up(look: &Look, outside: &mut dyn Outside) -> Result<Desk> {
    let folder = outside.temporary_folder().map_err(|why| Error::File {
        path: PathBuf::from("temporary folder"),
        source: std::io::Error::other(why),
    })?;
    let now = outside.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let mut store = Store::create(&folder.join("journal.db"), None, &sample::owner(), stamp)?;
    sample::fill(&mut store, stamp)?;
    let mut desk = Desk::open(store, look, outside)?;
    desk.say_made_up();
    Ok(desk)
}

/// Makes the journal, with the first person if one was named, and opens it there.
fn begin(
    path: &std::path::Path,
    protection: Option<&Protection>,
    owner: &str,
    person: &str,
    role: Role,
    look: &Look,
    outside: &mut dyn Outside,
) -> Result<Desk> {
    let now = outside.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let mut store = Store::create(path, protection, &Owner { name: owner.to_owned() }, stamp)?;
    let mut first = None;
    if !person.is_empty() {
        let person = Person { name: person.to_owned(), ..Person::default() };
        first = Some(store.add_person(stamp, &person, |person| Relationship::new(person, role))?);
    }
    let mut desk = Desk::open(store, look, outside)?;
    // What comes next: the first session, or the first person.
    desk.go(
        match first {
            Some(with) => Target::pane(Scope::One(with), Place::Brief),
            None => Target::pane(Scope::Everyone, Place::People),
        },
        outside,
    );
    Ok(desk)
}
