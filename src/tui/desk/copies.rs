//! Copies of the journal: to a stick, and back from a backup.

use std::path::Path;

use super::{Desk, Panes};
use crate::domain::LastUse;
use crate::store::{Error, Opens, Restored, Result, Scope};
use crate::tui::outside::Outside;
use crate::tui::overlays;
use crate::tui::overlays::notice::Notice;
use crate::tui::pane::Outcome;
use crate::tui::putting_back::Agreed;
use crate::tui::wording;
use crate::wording as words;

impl Desk {
    /// Puts a backup in the journal's place and shows it from the beginning. What is on the screen
    /// is saved before, so that it is in the file that is kept.
    pub(super) fn restore(&mut self, agreed: Agreed, outside: &mut dyn Outside) -> Result<()> {
        self.keep(outside)?;
        let was_encrypted = self.store.is_encrypted();
        let by_words = agreed.given.is_some_and(|given| given.is_words());
        let restored = self.store.put_over(agreed.backup, self.stamp(outside))?;
        (self.scope, self.who, self.to_undo) = (Scope::Everyone, None, None);
        self.panes = Panes::new(outside.now());
        self.overlays.clear();
        self.reload(outside)?;
        self.offer_recovered(outside)?;
        // That is the one to go on with, and no older copy that came here by mistake.
        self.behind = None;
        self.remember(outside)?;
        self.say_put_back(&restored, was_encrypted, by_words, outside);
        Ok(())
    }

    /// Says that a backup took the journal's place, and what opens the journal now. Who opened it by
    /// its words is asked for another passphrase.
    pub fn say_put_back(
        &mut self,
        restored: &Restored,
        was_encrypted: bool,
        by_words: bool,
        outside: &dyn Outside,
    ) {
        let written = wording::at(restored.reach.at, outside.now());
        let kept = match restored.kept {
            Some(_) => "; what was there is a backup now",
            None => "",
        };
        let says = format!("Put back as of {written}{kept}.");
        match restored.opens {
            Opens::ByAnother if by_words => {
                self.ask_new_passphrase();
                self.notice(format!(
                    "Put back as of {written}. Its words open it: give it a new passphrase."
                ));
                return;
            }
            Opens::ByAnother => {
                let old = if was_encrypted {
                    " The passphrase that was set until now does not open it; it still opens the backup of what was there."
                } else {
                    ""
                };
                let opens = format!(
                    "{says}\n\nFrom now on the journal opens with the passphrase of that backup, the one you just typed, and with its recovery words.{old}\n\n\":\" lists all commands; \"passphrase\" there gives it another."
                );
                self.overlays.push(Box::new(Notice::new("Another passphrase", opens)));
            }
            Opens::Plainly if was_encrypted => {
                let opens = format!(
                    "{says}\n\nThat backup had no passphrase, so the journal has none now: everybody who can read your files can read it. \":\" lists all commands; \"passphrase\" there sets one."
                );
                self.overlays.push(Box::new(Notice::new("Not encrypted", opens)));
            }
            Opens::Plainly | Opens::AsNow => {}
        }
        self.notice(says);
    }

    /// Asks where the journal is to be copied to.
    pub(super) fn copy_out(outside: &dyn Outside) -> Outcome {
        Outcome::Open(Box::new(overlays::places_for_a_copy(outside.sticks())))
    }

    /// Copies the journal into a folder. A key breaks it off.
    pub(super) fn copy_into(&self, folder: &Path, outside: &dyn Outside) -> Result<Outcome> {
        match self.store.back_up_into(self.stamp(outside), folder) {
            Ok(copy) => Ok(Outcome::Say(self.says_where(
                "Copied and read back: ",
                &copy.display().to_string(),
                "",
            ))),
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
