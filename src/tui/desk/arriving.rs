//! Bringing something in while the screen goes on.
//!
//! A short write at a time is made between two keys. What is brought in is seen once all of it is
//! there; broken off, nothing of it ever is. A lock puts it down, and it goes on once the journal is
//! open again. Who leaves meanwhile is asked; whatever else ends the program breaks it off, and the
//! next start clears away what stands in the file.

use std::time::Duration;

use super::Desk;
use crate::store::{self, BREATH};
use crate::transfer::Error;
use crate::transfer::bringing::Went;
use crate::tui::arriving::{Arriving, Bring};
use crate::tui::keymap::Place;
use crate::tui::outside::Outside;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::brought::Summary;
use crate::tui::overlays::confirm::Ask;
use crate::tui::overlays::notice::Notice;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::sheets::OpenSheet;
use crate::tui::sheets::bring_in::BringIn;
use crate::tui::text;
use crate::wording::brought::Brought;

/// After so much time without a key nobody notices a somewhat longer write.
const STILL: Duration = Duration::from_secs(1);

/// What goes on beside the panes.
#[derive(Default)]
pub(super) struct Beside {
    /// When the writer last did something.
    touched: Duration,
    /// What is being brought in.
    arriving: Option<Arriving>,
    /// What is to be shown of it once nothing else has the keys.
    ended: Option<Ended>,
    /// How soon the next bit of it is due, or of clearing away what an earlier one left.
    due: Option<Duration>,
}

/// How an import ended.
enum Ended {
    Brought(Bring, Brought),
    Failed(Bring, String),
}

impl Beside {
    /// How soon something is to be done for it.
    pub(super) const fn due(&self) -> Option<Duration> {
        self.due
    }

    /// What the status line says of it: on the left, or on the right where a text is written.
    pub(super) fn says(&self) -> Option<(String, String)> {
        match (&self.arriving, &self.ended) {
            (Some(arriving), _) => Some((arriving.says(), format!("{} read", arriving.so_far()))),
            (None, Some(Ended::Brought(..))) => {
                Some(("All of it is brought in.".to_owned(), "all brought in".to_owned()))
            }
            (None, Some(Ended::Failed(..))) => {
                Some(("Nothing was brought in.".to_owned(), "nothing came in".to_owned()))
            }
            (None, None) => None,
        }
    }

    /// The writer does something.
    pub(super) const fn touch(&mut self, ticks: Duration) {
        self.touched = ticks;
    }

    /// Whether something can be broken off.
    pub(super) fn can_be_broken_off(&self) -> bool {
        self.arriving.as_ref().is_some_and(Arriving::can_be_broken_off)
    }
}

impl Desk {
    /// Whether something is being brought in.
    pub const fn is_bringing_in(&self) -> bool {
        self.beside.arriving.is_some()
    }

    /// Asks what is to be brought in, for the person who is selected.
    pub(super) fn ask_what_to_bring(&mut self) -> store::Result<Outcome> {
        let with = self.panes.shown().selected().0;
        let named = with.map(|with| self.store.named(with)).transpose()?;
        let with = named.as_ref().map(|one| (one.relationship, one.name.as_str()));
        Ok(Outcome::Fill(Box::new(BringIn::new(with))))
    }

    /// Begins to bring something in.
    pub(super) fn bring(&mut self, bring: Bring, outside: &dyn Outside) {
        if self.beside.arriving.is_some() {
            let says = "Something is being brought in already. m breaks that off.";
            return self.warn(says.to_owned());
        }
        match outside.incoming(&bring.path) {
            Ok(from) if from.path().is_some_and(|path| self.store.is_at(path)) => {
                self.beside.ended = Some(Ended::Failed(
                    bring,
                    "That is this journal itself. Nothing was brought in.".to_owned(),
                ));
                self.show_ended(outside);
            }
            Ok(from) => {
                self.beside.ended = None;
                self.beside.arriving = Some(Arriving::new(bring, from));
                self.beside.due = Some(Duration::ZERO);
            }
            Err(why) => {
                self.beside.ended = Some(Ended::Failed(bring, why));
                self.show_ended(outside);
            }
        }
    }

    /// Goes on with what is being brought in; `is_tidy` says that nothing of an earlier one is left.
    /// Says whether the screen has to be drawn again.
    pub(super) fn go_on_arriving(&mut self, is_tidy: bool, outside: &mut dyn Outside) -> bool {
        self.beside.due = (!is_tidy).then_some(BREATH);
        let Some(mut arriving) = self.beside.arriving.take() else {
            return self.show_ended(outside);
        };
        let before = arriving.says();
        let bring = arriving.bring.clone();
        if arriving.is_waiting() && is_tidy {
            let stamp = self.stamp(outside);
            arriving = match arriving.begin(&self.store, stamp, outside.process()) {
                Ok(begun) => begun,
                Err(error) => return self.arriving_failed(bring, &error, outside),
            };
        }
        let types = outside.ticks().saturating_sub(self.beside.touched) < STILL;
        self.beside.due = match arriving.go_on(&mut self.store, types) {
            Ok(Went::Done) => {
                let told = arriving.told(&self.store);
                let reloaded = self.reload(outside);
                match told.and_then(|brought| reloaded.map(|()| brought)) {
                    Ok(brought) => self.beside.ended = Some(Ended::Brought(bring, brought)),
                    Err(error) => self.failed(&error),
                }
                self.beside.due = None;
                self.show_ended(outside);
                return true;
            }
            Ok(Went::Read) => Some(Duration::ZERO),
            Ok(Went::Wrote | Went::Busy) => Some(BREATH),
            Err(error) => {
                // Where this fails too, it goes once this program has ended.
                let _ = arriving.break_off(&mut self.store);
                return self.arriving_failed(bring, &error, outside);
            }
        };
        let changed = arriving.says() != before;
        self.beside.arriving = Some(arriving);
        changed
    }

    fn arriving_failed(&mut self, bring: Bring, error: &Error, outside: &dyn Outside) -> bool {
        let why = match error {
            Error::Store(store::Error::Moved) => {
                self.failed(&store::Error::Moved);
                return true;
            }
            Error::Store(store::Error::Gone) => {
                "The person, or the journal into which it was brought, is not there any more. Nothing of it came in.".to_owned()
            }
            Error::Store(error) => format!("{error} Nothing was brought in."),
            other => other.to_string(),
        };
        self.beside.ended = Some(Ended::Failed(bring, why));
        self.show_ended(outside);
        true
    }

    /// Shows how it ended, once nobody writes and nothing lies over the screen. Says whether it did.
    fn show_ended(&mut self, outside: &dyn Outside) -> bool {
        let is_writing = matches!(self.panes.shown().place(), Place::Writing | Place::Find);
        if is_writing || !self.overlays.is_empty() || self.hidden.is_some() {
            return false;
        }
        let fits = |words: &str, desk: &Self| text::width(words) + 2 <= desk.drawn.body.width;
        match self.beside.ended.take() {
            None => return false,
            Some(Ended::Brought(bring, brought)) => {
                let says = brought.text();
                if !bring.is_try && !says.contains('\n') && fits(&says, self) {
                    self.notice(says);
                } else {
                    let bring = bring.is_try.then_some(bring);
                    self.overlays.push(Box::new(Summary::new(&brought, bring)));
                }
            }
            Some(Ended::Failed(bring, why)) => {
                // What was asked for stands in the form again, to be put right.
                let cx = Cx::new(&mut self.store, self.scope, outside);
                if let Ok(sheet) = BringIn::again(&bring, &cx) {
                    let sheet = OpenSheet::new(Box::new(sheet), &cx);
                    self.overlays.push(Box::new(sheet) as Box<dyn Overlay>);
                }
                self.overlays.push(Box::new(Notice::new("Nothing was brought in", why)));
            }
        }
        true
    }

    /// Breaks off what is being brought in.
    pub(super) fn break_off(&mut self) -> store::Result<Outcome> {
        let Some(arriving) = &self.beside.arriving else {
            return Ok(Outcome::Say("Nothing is being brought in.".to_owned()));
        };
        if !arriving.can_be_broken_off() {
            let says = "All of it is there already. u takes it back once it is shown.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        arriving.break_off(&mut self.store)?;
        let name = arriving.name().to_owned();
        self.beside.arriving = None;
        Ok(Outcome::Warn(format!("Broken off, and nothing came in: {name}.")))
    }

    /// Asks before what is being brought in is broken off by leaving.
    pub(super) fn ask_to_break_off(&self) -> Option<Ask> {
        let arriving = self.beside.arriving.as_ref()?;
        let asks = arriving.can_be_broken_off() && !arriving.bring.is_try;
        asks.then(|| Ask::break_off(arriving.name(), &arriving.so_far()))
    }
}
