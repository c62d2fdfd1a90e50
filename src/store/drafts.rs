//! Text that is being written: overwritten at each pause, neither recorded nor searched, until
//! leaving the field makes one change of it.
//!
//! A draft whose writer is gone was left by a crash and is offered at the next start.

use rusqlite::{OptionalExtension, params};

use super::kind::{Columns, coded};
use super::{Result, Store};
use crate::domain::{Id, Layer, Rev, Stamp};

/// What kind of text a draft is, and so what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of the texts of a session; `record` is the session and `field` the layer.
    Session,
    /// A form that was not finished; `record` is what it is about and `field` which form.
    Form,
}

impl Place {
    const fn code(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Form => "form",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Session, Self::Form].into_iter().find(|place| place.code() == code)
    }
}

/// What is being written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What kind of text it is.
    pub place: Place,
    /// Of which record.
    pub record: Id<()>,
    /// Which of its texts.
    pub field: String,
    /// The content it began from; none where there was nothing.
    pub base: Option<Rev>,
    /// The text as it stands.
    pub body: String,
}

/// A draft whose writer may be gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftBehind {
    /// The draft.
    pub draft: Draft,
    /// When it was last written, in milliseconds since 1970.
    pub at: i64,
    /// The process that wrote it, as the writer described itself.
    pub process: String,
    origin: Vec<u8>,
}

impl Store {
    /// Keeps what is being written, in the place of what this writer kept there before. `process`
    /// lets a later start tell whether this writer still runs.
    pub fn keep_draft(&mut self, stamp: Stamp, draft: &Draft, process: &str) -> Result<()> {
        self.change(|tx| {
            tx.prepare_cached(
                "INSERT INTO draft (origin, place, record, field, base, body, at, process)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (origin, record, field) DO UPDATE
                 SET place = ?2, base = ?5, body = ?6, at = ?7, process = ?8",
            )?
            .execute(params![
                stamp.origin.bytes().as_slice(),
                draft.place.code(),
                draft.record,
                draft.field,
                draft.base,
                draft.body,
                stamp.now.timestamp_millis(),
                process,
            ])?;
            Ok(tx.commit()?)
        })
    }

    /// Gives up a draft of this writer.
    pub fn drop_draft(&mut self, stamp: Stamp, record: Id<()>, field: &str) -> Result<()> {
        self.change(|tx| {
            tx.prepare_cached(
                "DELETE FROM draft WHERE origin = ?1 AND record = ?2 AND field = ?3",
            )?
            .execute(params![stamp.origin.bytes().as_slice(), record, field])?;
            Ok(tx.commit()?)
        })
    }

    /// The drafts of all other writers, newest first; the caller knows which of them still run.
    pub fn drafts_of_others(&self, stamp: Stamp) -> Result<Vec<LeftBehind>> {
        let mut statement = self.db.prepare_cached(
            "SELECT origin, place, record, field, base, body, at, process FROM draft
             WHERE origin <> ?1 ORDER BY at DESC",
        )?;
        let drafts = statement
            .query_map([stamp.origin.bytes().as_slice()], |row| {
                let row = &Columns::of(row);
                Ok(LeftBehind {
                    draft: Draft {
                        place: coded(row, "place", Place::from_code)?,
                        record: row.get("record")?,
                        field: row.get("field")?,
                        base: row.get("base")?,
                        body: row.get("body")?,
                    },
                    at: row.get("at")?,
                    process: row.get("process")?,
                    origin: row.get("origin")?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(drafts)
    }

    /// Removes a draft that was left behind, once its text is kept or set aside.
    pub fn drop_left_behind(&mut self, left: &LeftBehind) -> Result<()> {
        self.change(|tx| {
            tx.prepare_cached(
                "DELETE FROM draft WHERE origin = ?1 AND record = ?2 AND field = ?3",
            )?
            .execute(params![left.origin, left.draft.record, left.draft.field])?;
            Ok(tx.commit()?)
        })
    }

    /// Keeps a draft that was left behind as an earlier version of its text, and removes it.
    pub fn set_aside(&mut self, stamp: Stamp, left: &LeftBehind) -> Result<()> {
        let session = left.draft.record.cast();
        if let Some(layer) = Layer::from_code(&left.draft.field) {
            // With its session in the bin there is nothing of which it could be a version.
            self.session(session)?;
            let standing = self.texts(session)?.of(layer).cloned();
            let base = standing.as_ref().map(|writing| writing.rev);
            self.save_text(stamp, session, layer, base, &left.draft.body)?;
            let base = self.texts(session)?.of(layer).map(|writing| writing.rev);
            let body = standing.map(|writing| writing.value.body).unwrap_or_default();
            self.save_text(stamp, session, layer, base, &body)?;
        }
        self.drop_left_behind(left)
    }

    /// What was typed into a form that was left unfinished, whoever left it.
    pub fn form_draft(&self, record: Id<()>, field: &str) -> Result<Option<String>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT body FROM draft WHERE place = 'form' AND record = ?1 AND field = ?2
                 ORDER BY at DESC LIMIT 1",
            )?
            .query_row(params![record, field], |row| row.get(0))
            .optional()?)
    }

    /// What was typed into forms of this name about this record, the newest first, each with the
    /// name it is kept under: where one was begun on several lines of a text, those after the first
    /// have a number too.
    pub fn form_drafts(&self, record: Id<()>, form: &str) -> Result<Vec<(String, String)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT field, body FROM draft
             WHERE place = 'form' AND record = ?1 AND (field = ?2 OR field GLOB ?2 || ' [0-9]*')
             ORDER BY at DESC",
        )?;
        let drafts = statement
            .query_map(params![record, form], |row| Ok((row.get("field")?, row.get("body")?)))?;
        Ok(drafts.collect::<rusqlite::Result<_>>()?)
    }

    /// Gives up what was typed into a form, now that it is finished or empty again.
    pub fn drop_form_draft(&mut self, record: Id<()>, field: &str) -> Result<()> {
        self.db
            .prepare_cached(
                "DELETE FROM draft WHERE place = 'form' AND record = ?1 AND field = ?2",
            )?
            .execute(params![record, field])?;
        Ok(())
    }
}
