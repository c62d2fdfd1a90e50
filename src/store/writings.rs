//! The texts of a session: reading them, saving what was written, moving lines to the private one.

use rusqlite::OptionalExtension;

use super::door::{Action, Door};
use super::kind::{Kind, record};
use super::{Error, Result, Store};
use crate::domain::{Id, Layer, Record, Rev, Session, Stamp, Writing, text};

/// The texts of one session; none where nothing was written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// My record.
    pub notes: Option<Record<Writing>>,
    /// What the other may see.
    pub summary: Option<Record<Writing>>,
    /// For me alone.
    pub reflection: Option<Record<Writing>>,
}

impl Texts {
    /// One of them.
    pub const fn of(&self, layer: Layer) -> Option<&Record<Writing>> {
        match layer {
            Layer::Notes => self.notes.as_ref(),
            Layer::Summary => self.summary.as_ref(),
            Layer::Reflection => self.reflection.as_ref(),
        }
    }
}

/// What became of a text that was to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It stands in the journal with this revision; none where there is no text and was none.
    Saved(Option<Rev>),
    /// Somebody else wrote the same text meanwhile. Theirs stands; mine is still a draft.
    Conflict(Record<Writing>),
}

impl Store {
    /// The session that a text belongs to.
    pub fn session_of_text(&self, id: Id<Writing>) -> Result<Option<Id<Session>>> {
        Ok(self
            .db
            .prepare_cached("SELECT session FROM writing WHERE id = ?1 AND deleted IS NULL")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }

    /// The texts of a session.
    pub fn texts(&self, session: Id<Session>) -> Result<Texts> {
        let mut statement = self
            .db
            .prepare_cached("SELECT * FROM writing WHERE session = ?1 AND deleted IS NULL")?;
        let mut texts = Texts::default();
        for writing in statement.query_map([session], record::<Writing>)? {
            let writing = writing?;
            match writing.value.layer {
                Layer::Notes => texts.notes = Some(writing),
                Layer::Summary => texts.summary = Some(writing),
                Layer::Reflection => texts.reflection = Some(writing),
            }
        }
        Ok(texts)
    }

    /// Saves a text that began from `base`, and gives up its draft. A text that somebody else wrote
    /// since is not overwritten.
    pub fn save_text(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        layer: Layer,
        base: Option<Rev>,
        body: &str,
    ) -> Result<Kept> {
        let body = text::prose(body).into_owned();
        self.write(stamp, Action::Write, |door| {
            door.live(Kind::Session, session.cast())?;
            let standing = door.text(session, layer)?;
            if let Some(theirs) = &standing
                && Some(theirs.rev) != base
                && theirs.value.body != body
                && !(base.is_none() && theirs.value.body.is_empty())
            {
                return Ok(Kept::Conflict(theirs.clone()));
            }
            let rev = door.set_text(session, layer, standing, body)?;
            door.clear_draft(session.cast(), layer.code())?;
            Ok(Kept::Saved(rev))
        })
    }

    /// Puts a text at the end of one of the texts of a session, a blank line between.
    pub fn append_text(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        layer: Layer,
        body: &str,
    ) -> Result<()> {
        let body = text::prose(body).into_owned();
        self.write(stamp, Action::Write, |door| {
            door.live(Kind::Session, session.cast())?;
            door.append(session, layer, &body)
        })
    }

    /// Moves a passage from the notes to the private reflection. From then on it is in no version
    /// of the notes that is shown or exported, and in no draft of them by this writer; taking the
    /// move back gives all of it back.
    pub fn move_to_private(
        &mut self,
        stamp: Stamp,
        session: Id<Session>,
        base: Rev,
        passage: &str,
    ) -> Result<()> {
        if passage.trim().is_empty() {
            return Ok(());
        }
        self.write(stamp, Action::Seclude, |door| {
            let notes = door.text(session, Layer::Notes)?.ok_or(Error::Gone)?;
            if notes.rev != base {
                return Err(Error::Stale);
            }
            let rest = without(&notes.value.body, passage).ok_or(Error::Stale)?;
            let id = notes.id;
            door.set_text(session, Layer::Notes, Some(notes), rest)?;
            door.append(session, Layer::Reflection, passage.trim())?;
            door.clear_draft(session.cast(), Layer::Notes.code())?;
            door.seclude_mentions(session, passage)?;
            door.record()?;
            door.tx
                .prepare_cached("INSERT INTO seclusion (change, row, passage) VALUES (?1, ?2, ?3)")?
                .execute((door.change, id, passage.trim()))?;
            Ok(())
        })
    }
}

impl Door<'_> {
    /// One of the texts of a session as it stands within this change.
    pub(super) fn text(
        &self,
        session: Id<Session>,
        layer: Layer,
    ) -> Result<Option<Record<Writing>>> {
        Ok(self
            .tx
            .prepare_cached(
                "SELECT * FROM writing WHERE session = ?1 AND layer = ?2 AND deleted IS NULL",
            )?
            .query_row((session, layer.code()), record::<Writing>)
            .optional()?)
    }

    /// Gives one of the texts of a session the words of `body`.
    pub(super) fn set_text(
        &mut self,
        session: Id<Session>,
        layer: Layer,
        standing: Option<Record<Writing>>,
        body: String,
    ) -> Result<Option<Rev>> {
        match standing {
            Some(standing) if standing.value.body == body => Ok(Some(standing.rev)),
            Some(standing) => {
                self.update(standing.id, standing.rev, &Writing { session, layer, body })?;
                Ok(Some(Rev(self.change)))
            }
            None if body.is_empty() => Ok(None),
            None => {
                self.insert(Id::new(self.stamp.now), &Writing { session, layer, body }).map(Some)
            }
        }
    }

    pub(super) fn append(&mut self, session: Id<Session>, layer: Layer, body: &str) -> Result<()> {
        let standing = self.text(session, layer)?;
        let body = match &standing {
            Some(standing) if !standing.value.body.is_empty() => {
                format!("{}\n\n{body}", standing.value.body)
            }
            _ => body.to_owned(),
        };
        self.set_text(session, layer, standing, body).map(|_| ())
    }
}

/// `body` without the first occurrence of `passage`, or `None` if it has none.
fn without(body: &str, passage: &str) -> Option<String> {
    let (before, after) = body.split_once(passage.trim())?;
    let joined = match (before.trim_end(), after.trim_start()) {
        ("", after) => after.to_owned(),
        (before, "") => before.to_owned(),
        (before, after) => format!("{before}\n\n{after}"),
    };
    Some(joined)
}

/// An earlier version of a text without a passage that was taken out of it since: neither the
/// passage itself, nor the lines it was made of, nor lines it grew out of.
pub(super) fn without_trace(body: &str, passage: &str) -> String {
    let passage = passage.trim();
    let mut rest = body.to_owned();
    while let Some(shorter) = without(&rest, passage).filter(|_| !passage.is_empty()) {
        rest = shorter;
    }
    let grew_from = |line: &str| {
        passage.lines().map(str::trim).filter(|whole| !whole.is_empty()).any(|whole| {
            whole.contains(line) || line.contains(whole) || {
                let words = similar::TextDiff::from_words(line, whole);
                words.ratio() > 0.5
            }
        })
    };
    let kept = rest.lines().filter(|line| line.trim().is_empty() || !grew_from(line.trim()));
    let mut lines: Vec<&str> = kept.collect();
    if rest == body && lines.len() == body.lines().count() {
        return rest;
    }
    lines.dedup_by(|line, before| line.trim().is_empty() && before.trim().is_empty());
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{without, without_trace};

    #[test]
    fn earlier_versions_keep_no_trace_of_a_passage() {
        let passage = "She cried when we spoke of her father.";
        let cases = [
            (
                "Goals.\n\nShe cried when we spoke of her father.\n\nNext week.",
                "Goals.\n\nNext week.",
            ),
            ("Goals.\n\nShe cried when we", "Goals."),
            ("Goals.\n\nShe cried when we talked of her father.", "Goals."),
            ("She cried when we spoke of her father.\nShe cried when we spoke of her father.", ""),
            ("Goals.\n\nNext week.", "Goals.\n\nNext week."),
        ];
        for (version, shown) in cases {
            assert_eq!(without_trace(version, passage), shown, "{version}");
        }
    }

    #[test]
    fn a_passage_leaves_the_rest_in_order() {
        let cases = [
            ("a\n\nb\n\nc", "b", Some("a\n\nc")),
            ("b\nc", "b", Some("c")),
            ("a\nb", "b", Some("a")),
            ("b", "b", Some("")),
            ("a", "b", None),
        ];
        for (body, passage, rest) in cases {
            assert_eq!(without(body, passage).as_deref(), rest, "{body} {passage}");
        }
    }
}
