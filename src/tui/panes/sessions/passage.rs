//! One text of a session on the screen: its words, what they began from, and what of them is kept.
//!
//! Typing keeps a draft at most a second after the last key. Leaving the text, half a minute of
//! quiet, lock or exit makes one change of it.

use std::time::Duration;

use crate::domain::{Id, Layer, Moment, Record, Rev, Session, Writing, dates};
use crate::store::{Draft, Kept, Place, Result};
use crate::tui::editor::Editor;
use crate::tui::pane::Cx;
use crate::tui::wording;

/// After this much quiet the draft is written; well under the promised second, because writing it
/// takes a moment too.
const DRAFT_AFTER: Duration = Duration::from_millis(500);
/// While somebody types without a pause a draft is written this often.
const DRAFT_EVERY: Duration = Duration::from_millis(900);
/// After this much quiet the text becomes a change that can be undone and searched.
const SAVE_AFTER: Duration = Duration::from_secs(30);
/// What could not be kept is tried again after this much time.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// One of the three texts of a session.
pub struct Passage {
    /// Which text.
    pub layer: Layer,
    /// The words, with their caret.
    pub editor: Editor,
    session: Id<Session>,
    base: Option<Rev>,
    written: Option<i64>,
    /// The editor's revision that is in the journal, and the one that is in a draft.
    saved: u64,
    drafted: u64,
    /// When a key last changed the text, and when a draft was last written.
    typed_at: Duration,
    drafted_at: Duration,
    /// Whether the writer was shown what somebody else saved meanwhile, and has not decided.
    asked: bool,
    /// When the clock last failed to keep it, so that it is tried again but not all the time.
    failed_at: Option<Duration>,
}

impl Passage {
    /// The text as it stands in the journal.
    pub fn new(session: Id<Session>, layer: Layer, standing: Option<&Record<Writing>>) -> Self {
        let body = standing.map_or("", |writing| writing.value.body.as_str());
        let mut editor = Editor::new(body);
        editor.set_placeholder(match layer {
            Layer::Notes => "What was said, in your words.",
            Layer::Summary => "What the other may see.",
            Layer::Reflection => "What stayed with you. Stays here.",
        });
        let saved = editor.revision();
        Self {
            layer,
            editor,
            session,
            base: standing.map(|writing| writing.rev),
            written: standing.map(|writing| writing.written),
            saved,
            drafted: saved,
            typed_at: Duration::ZERO,
            drafted_at: Duration::ZERO,
            asked: false,
            failed_at: None,
        }
    }

    /// Takes over what another process wrote, unless something is being written here: then the
    /// save will tell of both.
    pub fn refresh(&mut self, standing: Option<&Record<Writing>>) {
        if self.is_unsaved() || standing.map(|writing| writing.rev) == self.base {
            return;
        }
        let body = standing.map_or("", |writing| writing.value.body.as_str());
        if self.editor.text() != body {
            let caret = self.editor.caret();
            self.editor.set_text(body);
            self.editor.set_caret(caret);
        }
        self.base = standing.map(|writing| writing.rev);
        self.written = standing.map(|writing| writing.written);
        self.saved = self.editor.revision();
        self.drafted = self.saved;
    }

    /// The content it began from.
    pub const fn base(&self) -> Option<Rev> {
        self.base
    }

    /// Whether something stands here that is not in the journal yet.
    pub fn is_unsaved(&self) -> bool {
        self.editor.revision() != self.saved
    }

    /// A key changed the text.
    pub fn typed(&mut self, ticks: Duration) {
        self.typed_at = ticks;
        self.asked = false;
    }

    /// Whether the writer put off deciding between this text and somebody else's.
    pub const fn is_put_off(&self) -> bool {
        self.asked
    }

    /// What stands here was settled elsewhere: the next [`Passage::refresh`] shows the journal's.
    pub fn forget(&mut self) {
        self.saved = self.editor.revision();
        self.base = None;
        self.asked = false;
    }

    /// When something has to be done next, if anything is unsaved.
    pub fn due(&self) -> Option<Duration> {
        let save = self.typed_at + SAVE_AFTER;
        let due = match (self.is_unsaved(), self.editor.revision() == self.drafted, self.asked) {
            (false, _, _) | (true, true, true) => return None,
            (true, true, false) => save,
            (true, false, _) => {
                (self.typed_at + DRAFT_AFTER).min(self.drafted_at + DRAFT_EVERY).min(save)
            }
        };
        Some(self.failed_at.map_or(due, |failed| due.max(failed + AGAIN_AFTER)))
    }

    /// Writes the draft or saves, where that is due; a draft leaves the text as it is.
    pub fn tick(&mut self, cx: &mut Cx<'_>) -> Result<Kept> {
        let kept = if cx.ticks >= self.typed_at + SAVE_AFTER && !self.asked {
            self.save(cx)
        } else {
            self.keep_draft(cx).map(|()| Kept::Saved(self.base))
        };
        self.failed_at = kept.is_err().then_some(cx.ticks);
        kept
    }

    /// Writes the draft.
    pub fn keep_draft(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if !self.is_unsaved() || self.editor.revision() == self.drafted {
            return Ok(());
        }
        let draft = self.draft();
        cx.store.keep_draft(cx.stamp, &draft, cx.process)?;
        self.drafted = self.editor.revision();
        self.drafted_at = cx.ticks;
        Ok(())
    }

    fn draft(&self) -> Draft {
        Draft {
            place: Place::Session,
            record: self.session.cast(),
            field: self.layer.code().to_owned(),
            base: self.base,
            body: self.editor.text(),
        }
    }

    /// Makes one change of what was written. Where somebody else wrote meanwhile nothing is
    /// overwritten, and this text stays a draft.
    pub fn save(&mut self, cx: &mut Cx<'_>) -> Result<Kept> {
        if !self.is_unsaved() {
            return Ok(Kept::Saved(self.base));
        }
        let kept = cx.store.save_text(
            cx.stamp,
            self.session,
            self.layer,
            self.base,
            &self.editor.text(),
        )?;
        match &kept {
            Kept::Saved(rev) => {
                self.base = *rev;
                self.saved = self.editor.revision();
                self.drafted = self.saved;
                self.written = Some(cx.now().timestamp_millis());
            }
            Kept::Conflict(_) => {
                self.asked = true;
                self.keep_draft(cx)?;
            }
        }
        Ok(kept)
    }

    /// "saved 12:07", or what else is true of the text.
    pub fn when_saved(&self, now: Moment) -> String {
        if self.is_unsaved() {
            return if self.editor.revision() == self.drafted {
                "draft kept".to_owned()
            } else {
                "writing".to_owned()
            };
        }
        let Some(written) = self.written else { return String::new() };
        let local = chrono::DateTime::from_timestamp_millis(written)
            .map(|utc| utc.with_timezone(now.offset()));
        match local {
            Some(local) if local.date_naive() == now.date_naive() => {
                format!("saved {}", wording::clock(local))
            }
            Some(local) => format!("saved {}", dates::day(local.date_naive(), now.date_naive())),
            None => String::new(),
        }
    }
}
