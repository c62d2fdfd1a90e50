//! Copies of the journal: to a stick, and back from a backup.

use std::path::Path;

use super::{Desk, Panes};
use crate::domain::LastUse;
use crate::store::{Error, Result, Scope};
use crate::tui::outside::Outside;
use crate::tui::overlays;
use crate::tui::overlays::notice::Notice;
use crate::tui::pane::Outcome;
use crate::tui::wording;
use crate::wording as words;

impl Desk {
    /// Puts a backup in the journal's place and shows it from the beginning. What is on the screen
    /// is saved before, so that it is in the file that is kept.
    pub(super) fn restore(&mut self, backup: &Path, outside: &mut dyn Outside) -> Result<Outcome> {
        self.keep(outside)?;
        let stamp = self.stamp(outside);
        let restored = match self.store.restore_over(backup, None, stamp) {
            Err(Error::PassphraseNeeded) => {
                let name = backup.file_name().unwrap_or_default().to_string_lossy();
                return Ok(Outcome::Warn(format!(
                    "That backup has another passphrase. In a shell it can be typed: confidant restore {name}"
                )));
            }
            done => done?,
        };
        let now = outside.now();
        (self.scope, self.who, self.to_undo) = (Scope::Everyone, None, None);
        self.panes = Panes::new(now);
        self.overlays.clear();
        self.reload(outside)?;
        self.offer_recovered(outside)?;
        let written = wording::at(restored.reach.at, now);
        let says = format!("Put back as of {written}; what was there is a backup now.");
        // That is the one to go on with, and no older copy that came here by mistake.
        self.behind = None;
        self.remember(outside)?;
        Ok(Outcome::Say(says))
    }

    /// Asks where the journal is to be copied to.
    pub(super) fn copy_out(outside: &dyn Outside) -> Outcome {
        Outcome::Open(Box::new(overlays::places_for_a_copy(outside.sticks())))
    }

    /// Copies the journal into a folder. A key breaks it off.
    pub(super) fn copy_into(&self, folder: &Path, outside: &dyn Outside) -> Result<Outcome> {
        match self.store.back_up_into(self.stamp(outside), folder) {
            Ok(copy) => Ok(Outcome::Say(format!("Copied and read back: {}", copy.display()))),
            Err(Error::Stopped) => Ok(Outcome::Say(
                "Stopped, because a key was pressed. x begins it again.".to_owned(),
            )),
            Err(error) => Err(error),
        }
    }

    /// Says what its owner has to know of this copy and of where it lies, when it is opened.
    pub(super) fn look_at_copy(&mut self, outside: &dyn Outside) -> Result<()> {
        let Some(id) = self.store.journal_id()? else { return Ok(()) };
        let last = outside.last_use(&id);
        if let Some((_, says)) = self.new_risk(&last, outside) {
            self.overlays.push(Box::new(Notice::new("Where the journal lies", says)));
        }
        let reach = self.store.reach()?;
        let same = last.reach.map(|last| self.store.changed_at(last.change)).transpose()?;
        if let Some(missing) = last.missing_in(reach, same.flatten()) {
            let now = outside.now();
            let says =
                words::other_copy(&wording::at(reach.at, now), &wording::at(missing.at, now));
            self.overlays.push(Box::new(Notice::new("Another copy", says)));
            self.behind = Some(reach);
        }
        Ok(())
    }

    /// What may come to harm where the journal lies, unless it was said already.
    fn new_risk(&self, last: &LastUse, outside: &dyn Outside) -> Option<(String, String)> {
        let risk = outside.risk_of(self.store.path())?;
        (last.place.as_ref() != Some(&risk.0)).then_some(risk)
    }

    /// Remembers that this copy was used here, and how far it goes.
    pub(super) fn remember(&mut self, outside: &mut dyn Outside) -> Result<()> {
        self.store.identify()?;
        let Some(id) = self.store.journal_id()? else { return Ok(()) };
        let before = outside.last_use(&id);
        let reach = self.store.reach()?;
        let mut last = before.after(reach, self.behind == Some(reach));
        if let Some((place, _)) = self.new_risk(&before, outside) {
            last.place = Some(place);
        }
        if last != before {
            outside.remember_use(&id, &last);
        }
        Ok(())
    }
}
