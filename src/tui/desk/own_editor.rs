//! Handing a text to the writer's own editor: asked about once where the journal is encrypted, and
//! taken back whatever becomes of the editor.

use std::time::Duration;

use super::Desk;
use crate::store::{HandOff, Of, Place, Result};
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
        self.store.identify()?;
        let journal = self.store.journal_id()?.unwrap_or_default();
        let began = outside.ticks();
        let edited = outside.edit(&text.name(&journal), &text.text);
        self.redraw = true;
        let edited = match edited {
            Ok(edited) => edited,
            Err(why) => {
                self.warn(why);
                return Ok(());
            }
        };
        // Until it is kept the file stays: it is offered again if this fails.
        let kept = match (&text.of, self.overlays.pop()) {
            (Of::Form { .. }, Some(overlay)) => {
                self.over(overlay, outside, |box_, cx| box_.take_back(&text.of, &edited.text, cx))?
            }
            (_, overlay) => {
                self.overlays.extend(overlay);
                self.pane(outside, |pane, cx| pane.take_back(&text.of, &edited.text, cx))?
            }
        };
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
            let taken = self.store.take_in(outside.now(), &left.name, &left.text)?;
            if taken == Some(Place::Form) {
                let says = "What your editor still had is kept, and stands in its form again.";
                self.notice(says.to_owned());
            }
            if taken.is_some() {
                outside.taken_back(&left.file);
            }
        }
        Ok(())
    }
}
