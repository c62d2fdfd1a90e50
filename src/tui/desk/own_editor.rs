//! Handing a text to the writer's own editor: asked about once where the journal is encrypted, and
//! taken back whatever becomes of the editor.

use std::time::Duration;

use super::Desk;
use crate::domain::{Origin, Stamp};
use crate::store::Result;
use crate::tui::hand_off::HandOff;
use crate::tui::outside::Outside;
use crate::tui::overlays::confirm::Ask;
use crate::tui::pane::Outcome;

/// An editor that ends so soon with nothing changed has most likely gone on in a window of its own.
const AT_ONCE: Duration = Duration::from_secs(1);

impl Desk {
    /// Gives the text to the editor, and puts what comes back in its place.
    pub(super) fn hand_off(&mut self, text: &HandOff, outside: &mut dyn Outside) -> Result<()> {
        if self.store.is_encrypted() && !self.store.settings().editor {
            return self.follow_one(Outcome::Open(Box::new(Ask::own_editor())), outside);
        }
        let began = outside.ticks();
        let edited = outside.edit(&text.name(), &text.text);
        self.redraw = true;
        let edited = match edited {
            Ok(edited) => edited,
            Err(why) => {
                self.warn(why);
                return Ok(());
            }
        };
        // Until it is kept the file stays: it is offered again if this fails.
        let kept = self.pane(outside, |pane, cx| pane.take_back(text, &edited.text, cx))?;
        outside.taken_back(&edited.file);
        self.follow_one(kept, outside)?;
        let changed = edited.text != text.text;
        match edited.trouble {
            Some(trouble) => self.warn(trouble),
            None if changed => self.notice("Taken back from your editor.".to_owned()),
            None if outside.ticks().saturating_sub(began) < AT_ONCE => self.warn(
                "Your editor ended at once. One with a window of its own has to wait: \"code --wait\"."
                    .to_owned(),
            ),
            None => self.notice("Back from your editor; nothing was changed.".to_owned()),
        }
        Ok(())
    }

    /// What an editor was given when the program ended is offered like any draft left behind.
    pub(super) fn take_in_left_texts(&mut self, outside: &dyn Outside) -> Result<()> {
        for left in outside.left_by_editors() {
            let Some(text) = HandOff::read(&left.name, &left.text) else { continue };
            // Of another journal, or of a session that is in the bin: it waits.
            if self.store.session(text.session).is_err() {
                continue;
            }
            let now = outside.now();
            let stamp = Stamp { now, origin: Origin::new(now) };
            self.store.keep_draft(stamp, &text.draft(), "")?;
            outside.taken_back(&left.file);
        }
        Ok(())
    }
}
