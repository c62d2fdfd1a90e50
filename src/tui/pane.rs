//! What a pane is, what it may use, and what it can ask for.
//!
//! The signatures keep the phases apart: `reload` may only read the store, `act` and `finish` may
//! write, and `render` cannot reach it at all.

use std::time::Duration;

use chrono::NaiveDate;
use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::arriving::Bring;
use super::keymap::{Action, Place};
use super::outside::Outside;
use super::overlays::{Choice, Overlay};
use super::putting_back::Agreed;
use super::sheets::Sheet;
use super::theme::Look;
use crate::domain::{
    Clocks, Goal, Habits, Id, Layer, Moment, Relationship, Repair, Session, Stamp, Zone,
};
use crate::store::{HandOff, Of, Result, Scope, Store};

/// What a pane or a sheet may use while it handles something.
pub struct Cx<'a> {
    /// The journal.
    pub store: &'a mut Store,
    /// When it happens and who writes.
    pub stamp: Stamp,
    /// How much time has passed; for pauses in typing.
    pub ticks: Duration,
    /// Whose things are shown.
    pub scope: Scope,
    /// This process, as drafts name it.
    pub process: &'a str,
    /// The time zone of the writer.
    pub zone: Zone,
}

impl<'a> Cx<'a> {
    /// What may be used now, on this journal and with these things shown.
    pub fn new(store: &'a mut Store, scope: Scope, outside: &'a dyn Outside) -> Self {
        let stamp = Stamp { now: outside.now(), origin: store.origin() };
        let (process, zone) = (outside.process(), outside.zone());
        Self { store, stamp, ticks: outside.ticks(), scope, process, zone }
    }

    /// The moment it is.
    pub const fn now(&self) -> Moment {
        self.stamp.now
    }

    /// How the writer means dates.
    pub const fn habits(&self) -> Habits {
        self.store.settings().dates
    }

    /// The clocks of the writer and of the other.
    pub fn clocks(&self, with: Id<Relationship>) -> Result<Clocks> {
        Ok(Clocks { mine: self.zone, theirs: self.store.zone_of(with)? })
    }

    /// The day it is, where the writer is.
    pub fn today(&self) -> NaiveDate {
        self.stamp.now.date_naive()
    }
}

/// What a pane, a sheet or an overlay asks the app to do next.
pub enum Outcome {
    /// It means nothing here.
    Ignored,
    /// It was handled, and nothing was written.
    Done,
    /// The journal was written: everything shown is read again, and this is said.
    Changed(String),
    /// The same, and a box is to be put over the screen to go on with.
    GoOn(String, Box<dyn Overlay>),
    /// Something is to be said.
    Say(String),
    /// Something went wrong, and this is to be said of it.
    Warn(String),
    /// A box is to be put over the screen.
    Open(Box<dyn Overlay>),
    /// A sheet is to be put over the screen, with what was typed into it before.
    Fill(Box<dyn Sheet>),
    /// This was chosen in a list over the screen.
    Chosen(Choice),
    /// This was asked about, and the answer is yes.
    Confirmed(Action),
    /// A text of a session was settled between two that differed; this is said.
    Settled(Id<Session>, Layer, String),
    /// A backup is to take the journal's place.
    Restore(Box<Agreed>),
    /// The journal is to be copied to a place that is asked for.
    CopyOut,
    /// Something else is to be shown.
    Go(Target),
    /// An action is to be done as if its key had been pressed here.
    Act(Action),
    /// Text is to be given to the clipboard; the second says what it was.
    Copy(String, &'static str),
    /// What was copied last is to be given to [`Pane::paste`].
    Paste,
    /// A text is to be given to the writer's own editor.
    HandOff(HandOff),
    /// What was written before is to be brought in.
    Bring(Bring),
    /// A file is to be written.
    Write {
        /// The path as typed.
        path: String,
        /// All that goes into it.
        content: String,
        /// What is said of it once it is there.
        says: String,
    },
}

/// Something to show, and what to do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whose things.
    pub scope: Scope,
    /// In which pane.
    pub place: Place,
    /// Which session, if it is one.
    pub session: Option<Id<Session>>,
    /// What to do there.
    pub then: Then,
    /// What the status line says, where something was written on the way.
    pub say: Option<String>,
}

impl Target {
    /// A pane, with nothing else to do there.
    pub const fn pane(scope: Scope, place: Place) -> Self {
        Self { scope, place, session: None, then: Then::Look, say: None }
    }

    /// A goal. Where it is shown already with somebody else who shares it, it stays there.
    pub const fn goal(scope: Scope, goal: Id<Goal>) -> Self {
        Self { scope, place: Place::Goals, session: None, then: Then::Goal(goal), say: None }
    }

    /// A repair, where it stands among the ten ways.
    pub const fn repair(with: Id<Relationship>, repair: Id<Repair>) -> Self {
        let (scope, place, then) = (Scope::One(with), Place::Trust, Then::Repair(repair));
        Self { scope, place, session: None, then, say: None }
    }

    /// A session.
    pub const fn session(with: Id<Relationship>, session: Id<Session>, then: Then) -> Self {
        Self {
            scope: Scope::One(with),
            place: Place::Sessions,
            session: Some(session),
            then,
            say: None,
        }
    }
}

/// What to do once a target is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// Look at it.
    #[default]
    Look,
    /// Write one of its texts.
    Write(Layer),
    /// Look at its agenda.
    Agenda,
    /// Look at one of its texts, where this was found.
    Find(Layer, String),
    /// Look at the progress check that was held in it.
    Check,
    /// Look at this goal, in the pane of goals.
    Goal(Id<Goal>),
    /// Look at this repair, among the ten ways.
    Repair(Id<Repair>),
}

/// One screen of the journal.
pub trait Pane {
    /// Which rows of the key table are this pane's, in its present state.
    fn place(&self) -> Place;

    /// Reads what the pane shows, and writes nothing: all of it is read as it stood at one moment.
    /// Called when it is shown, after every write, and when another process wrote.
    fn reload(&mut self, cx: &Cx<'_>) -> Result<()>;

    /// Keeps what has no place any more in what was read, and says what has to be said of it at
    /// once. Called after [`Pane::reload`], and as time passes: it may not have been possible then.
    fn settle(&mut self, _cx: &mut Cx<'_>) -> Result<Option<String>> {
        Ok(None)
    }

    /// Does what a key of the table asks for.
    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome>;

    /// Takes a key while text is being written here.
    fn type_key(&mut self, _key: KeyEvent, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Ignored)
    }

    /// Takes text that was pasted while text is being written here.
    fn paste(&mut self, _text: &str, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Ignored)
    }

    /// Puts a text in the place of the one that was given to an editor.
    fn take_back(&mut self, _given: &Of, _text: &str, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Ignored)
    }

    /// Takes what was chosen in a box that this pane opened.
    fn chosen(&mut self, _choice: Choice, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Ignored)
    }

    /// Shows a session of the list, where this pane lists them.
    fn show(&mut self, _session: Id<Session>, _then: &Then, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Done)
    }

    /// Which relationship and session the selected row belongs to.
    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        (None, None)
    }

    /// Whether this goal is among what is shown.
    fn shows_goal(&self, _goal: Id<Goal>) -> bool {
        false
    }

    /// Whether what is open with the selected person, made elsewhere, stands here besides.
    fn takes_up_promises(&self) -> bool {
        false
    }

    /// Takes a click, a drag or the wheel.
    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome>;

    /// Puts what is being written into the journal and goes on with it: the journal is locked.
    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        self.keep(cx)
    }

    /// Puts what is being written into the journal: the pane is left, or the program ends.
    fn keep(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Done)
    }

    /// Time has passed: keeps a draft, or saves after a long pause. `Ignored` says that nothing on
    /// the screen is different.
    fn tick(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        Ok(Outcome::Ignored)
    }

    /// How long the app may sleep before the next [`Pane::tick`].
    fn patience(&self, _ticks: Duration) -> Option<Duration> {
        None
    }

    /// What the status line says while there is nothing newer: on the left, and on the right.
    fn status(&mut self) -> (String, String) {
        (String::new(), String::new())
    }

    /// Whether it drew less of its list than there was room for, and is to be read again.
    fn is_short(&self) -> bool {
        false
    }

    /// Draws it.
    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look);
}
