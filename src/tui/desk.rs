//! The open journal on the screen: the panes, the boxes over them, and the status line.
//!
//! A key goes to the box on top, else to the text that is being written, else through the key
//! table to the desk itself or to the pane. What comes back is followed in one place.

mod acts;
mod arriving;
mod copies;
mod drawing;
mod following;
mod input;
mod keeping;
mod own_editor;
mod panes;
mod rest;
mod time;

use std::time::Duration;

use chrono::NaiveDate;

use self::arriving::Beside;
use self::panes::Panes;
use super::frame::{Drawn, Tone};
use super::keymap::Place;
use super::outside::Outside;
use super::overlays::Overlay;
use super::overlays::notice::Notice;
use super::overlays::passphrase::Passphrase;
use super::overlays::recovered::Recovered;
use super::pane::{Cx, Outcome, Pane, Target};
use super::theme::Look;
use super::veil::Veil;
use crate::domain::{Reach, Stamp};
use crate::store::{Error, Named, Result, Scope, Secret, Store};

/// The open journal.
pub struct Desk {
    store: Store,
    scope: Scope,
    who: Option<Named>,
    panes: Panes,
    overlays: Vec<Box<dyn Overlay>>,
    said: Said,
    /// The change that was named when undo was first asked for.
    to_undo: Option<i64>,
    clipboard: String,
    /// What lies over the screen while it is hidden.
    hidden: Option<Veil>,
    /// Something else wrote over the screen: it has to be drawn as a whole.
    redraw: bool,
    /// How the program was asked to look; the settings may want ASCII signs besides.
    asked: Look,
    drawn: Drawn,
    interrupted: Option<Duration>,
    /// Whether nothing of an import was left to be hidden or cleared away.
    was_tidy: bool,
    /// The day on which the bin was last looked through for what is too old.
    tidied: Option<NaiveDate>,
    whose: Journal,
    /// How far this copy went when it was opened, where it lacks something of the one last used.
    behind: Option<Reach>,
    /// Why it is to be locked, once it is.
    closing: Option<Closing>,
    /// What goes on beside the panes.
    beside: Beside,
    done: bool,
}

/// Why the journal is to be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The writer asked for it.
    Asked,
    /// The file is no longer the one that was opened.
    Moved,
}

/// Whose journal is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Journal {
    /// The writer's own.
    Own,
    /// The made-up one, to look around in.
    MadeUp,
}

/// What the status line says until the next key.
#[derive(Default)]
struct Said {
    words: String,
    tone: Tone,
}

impl Desk {
    /// Opens the journal on what is due and next, and offers what was being written when the
    /// program ended.
    pub fn open(mut store: Store, look: &Look, outside: &dyn Outside) -> Result<Self> {
        store.stop_reading_when(outside.key_waits())?;
        let now = outside.now();
        let panes = Panes::new(now);
        let mut desk = Self {
            store,
            scope: Scope::Everyone,
            who: None,
            panes,
            overlays: Vec::new(),
            said: Said::default(),
            to_undo: None,
            clipboard: String::new(),
            hidden: None,
            redraw: false,
            asked: *look,
            drawn: Drawn::default(),
            interrupted: None,
            was_tidy: true,
            tidied: None,
            whose: Journal::Own,
            behind: None,
            closing: None,
            beside: Beside::default(),
            done: false,
        };
        desk.reload(outside)?;
        desk.take_in_left_texts(outside)?;
        desk.offer_recovered(outside)?;
        desk.look_at_copy(outside)?;
        Ok(desk)
    }

    /// Shows one thing; for the first start, which goes on with the person that was added.
    pub fn go(&mut self, target: Target, outside: &mut dyn Outside) {
        self.follow(Ok(Outcome::Go(target)), outside);
    }

    /// Says that all of it is made up: the header shows it as long as it is open.
    pub fn say_made_up(&mut self) {
        self.whose = Journal::MadeUp;
        let says = "A made-up journal to look around in; nothing here is yours. q leaves it.";
        self.notice(says.to_owned());
    }

    /// Whether the program is to end.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// How it looks: as it was asked to, and as the settings want it.
    pub const fn look(&self) -> Look {
        self.asked.or_ascii(self.store.settings().ascii)
    }

    /// Whether the whole screen is to be drawn anew; true once for each time.
    pub fn take_redraw(&mut self) -> bool {
        std::mem::take(&mut self.redraw)
    }

    /// Whether a passphrase protects the journal.
    pub const fn is_encrypted(&self) -> bool {
        self.store.is_encrypted()
    }

    /// After how much time without a key it locks itself, if it does.
    pub fn lock_after(&self) -> Option<Duration> {
        let minutes = self.store.settings().lock_minutes?;
        Some(Duration::from_mins(minutes.into()))
    }

    /// Why the journal is to be locked, if it is; said once.
    pub const fn take_closing(&mut self) -> Option<Closing> {
        self.closing.take()
    }

    /// Saves what can be saved and closes the journal. What is on the screen stays in memory, to
    /// come back to; an error says that some of it is nowhere else.
    pub fn lock(&mut self, outside: &dyn Outside) -> Result<()> {
        self.said = Said::default();
        let kept = self.keep_with(outside, |pane, cx| pane.save(cx));
        self.overlays.retain(|overlay| !overlay.ends_when_locked());
        self.store.lock()?;
        kept
    }

    /// Opens the journal again and goes on where it was left.
    pub fn unlock(&mut self, secret: Option<Secret<'_>>, outside: &mut dyn Outside) -> Result<()> {
        let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
        self.store.unlock(secret, stamp)?;
        (self.hidden, self.redraw, self.to_undo) = (None, true, None);
        let reloaded = self.reload(outside).map(|()| Outcome::Done);
        self.follow(reloaded, outside);
        Ok(())
    }

    /// Asks for a new passphrase: the journal was opened by its words.
    pub fn ask_new_passphrase(&mut self) {
        self.overlays.push(Box::new(Passphrase::recovered()));
        let says = "The words open it. Give it a new passphrase; Esc leaves the old one.";
        self.notice(says.to_owned());
    }

    fn offer_recovered(&mut self, outside: &dyn Outside) -> Result<bool> {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        let found = Recovered::find(&mut cx, |process| outside.is_running(process))?;
        let any = found.is_some();
        self.overlays.extend(found.map(|found| Box::new(found) as Box<dyn Overlay>));
        Ok(any)
    }

    /// Calls `work` with the pane that is shown and what it may use.
    fn pane<R>(
        &mut self,
        outside: &dyn Outside,
        work: impl FnOnce(&mut dyn Pane, &mut Cx<'_>) -> R,
    ) -> R {
        let mut cx = Cx::new(&mut self.store, self.scope, outside);
        work(self.panes.shown(), &mut cx)
    }

    /// Reads again what is shown, as it all stood at one moment.
    fn reload(&mut self, outside: &dyn Outside) -> Result<()> {
        let cx = Cx::new(&mut self.store, self.scope, outside);
        let is_there = cx.store.at_one_moment(|| {
            self.who = match self.scope {
                Scope::Everyone => None,
                Scope::One(id) => match cx.store.named(id) {
                    Err(Error::Gone) => return Ok(false),
                    named => Some(named?),
                },
            };
            self.panes.shown().reload(&cx)?;
            self.overlays.iter_mut().try_for_each(|overlay| overlay.reload(&cx)).map(|()| true)
        })?;
        if !is_there {
            // Undone or erased elsewhere: there is nothing of theirs to show any more.
            self.scope = Scope::Everyone;
            if self.panes.place == Place::Brief {
                self.panes.place = Place::People;
            }
            return self.reload(outside);
        }
        self.settle(outside).map(|_| ())
    }

    /// Keeps what has no place any more in what the pane read. Says whether there is word of it.
    fn settle(&mut self, outside: &dyn Outside) -> Result<bool> {
        let told = self.pane(outside, |pane, cx| pane.settle(cx))?;
        let is_told = told.is_some();
        // Over the screen: who types on must not do so to what is shown now.
        let notice = told.map(|told| Box::new(Notice::new("Gone meanwhile", told)) as Box<_>);
        self.overlays.extend(notice);
        Ok(is_told)
    }

    /// Where keys go now.
    fn place_of_keys(&mut self) -> Place {
        match self.overlays.last() {
            Some(overlay) => overlay.place(),
            None => self.panes.shown().place(),
        }
    }
}
