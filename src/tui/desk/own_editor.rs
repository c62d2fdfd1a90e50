//! Handing a text to the writer's own editor: asked about once where the journal is encrypted, and
//! taken back whatever becomes of the editor.

use std::time::Duration;

use super::Desk;
use crate::domain::{Origin, Stamp};
use crate::store::Result;
use crate::tui::hand_off::{HandOff, Of};
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
        let journal = self.store.journal_id()?.unwrap_or_default();
        for left in outside.left_by_editors() {
            let Some(text) = HandOff::read(&left.name, &journal, &left.text) else { continue };
            let now = outside.now();
            let stamp = Stamp { now, origin: Origin::new(now) };
            let kept = match &text.of {
                // Of another journal, or of a session that is in the bin: it waits.
                Of::Session { session, .. } if self.store.session(*session).is_err() => continue,
                Of::Session { .. } => None,
                Of::Form { record, form, .. } => {
                    self.notice(
                        "What your editor still had is kept, and stands in its form again."
                            .to_owned(),
                    );
                    self.store.form_draft(*record, form)?
                }
            };
            self.store.keep_draft(stamp, &text.draft(kept.as_deref()), "")?;
            outside.taken_back(&left.file);
        }
        Ok(())
    }
}
