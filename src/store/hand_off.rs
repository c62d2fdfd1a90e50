//! A text that the writer's own editor is given, and what the file of it is called: by ids alone,
//! because names of files are seen by others.

use std::collections::BTreeMap;

use super::{Draft, Place, Result, Store};
use crate::domain::{Id, Layer, Moment, Origin, Rev, Session, Stamp};

/// What stands in a file's name where the field of a form begins.
const FORM: &str = "form";

/// A text on its way to an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOff {
    /// Where it stands.
    pub of: Of,
    /// The text.
    pub text: String,
}

/// Where such a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// One of the texts of a session.
    Session {
        /// Of which session.
        session: Id<Session>,
        /// Which of its texts.
        layer: Layer,
        /// The content it begins from; none where nothing was written yet.
        base: Option<Rev>,
    },
    /// A field of a form that is being filled in.
    Form {
        /// What the form is about.
        record: Id<()>,
        /// Which form.
        form: String,
        /// Which field.
        field: String,
    },
}

impl HandOff {
    /// What the file is called. The name says of which journal it is: what it is about may be gone
    /// from that one, or nothing of its own yet.
    pub fn name(&self, journal: &str) -> String {
        match &self.of {
            Of::Session { session, layer, base } => {
                let base = base.map_or_else(|| "new".to_owned(), |rev| rev.0.to_string());
                format!("{session}.{}.{journal}.{base}", layer.code())
            }
            Of::Form { record, form, field } => format!("{record}.{FORM}.{journal}.{form}.{field}"),
        }
    }

    /// The text that a file of this name holds, if it is one of this journal's.
    pub fn read(name: &str, journal: &str, text: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let (record, kind) = (parts.next()?.parse::<Id<()>>().ok()?, parts.next()?);
        if parts.next()? != journal {
            return None;
        }
        let of = if kind == FORM {
            let (form, field) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Of::Form { record, form, field }
        } else {
            let base = match parts.next()? {
                "new" => None,
                rev => Some(Rev(rev.parse().ok()?)),
            };
            Of::Session { session: record.cast(), layer: Layer::from_code(kind)?, base }
        };
        let rest = parts.next().is_none();
        rest.then(|| Self { of, text: text.to_owned() })
    }

    /// As a draft that somebody left behind. `kept` is what stands in one of its form already.
    fn draft(&self, kept: Option<&str>) -> Draft {
        match &self.of {
            Of::Session { session, layer, base } => Draft {
                place: Place::Session,
                record: session.cast(),
                field: layer.code().to_owned(),
                base: *base,
                body: self.text.clone(),
            },
            Of::Form { record, form, field } => {
                let kept = kept.and_then(|kept| serde_json::from_str(kept).ok());
                let mut values: BTreeMap<String, String> = kept.unwrap_or_default();
                values.insert(field.clone(), self.text.clone());
                Draft {
                    place: Place::Form,
                    record: *record,
                    field: form.clone(),
                    base: None,
                    body: serde_json::to_string(&values).unwrap_or_default(),
                }
            }
        }
    }
}

impl Store {
    /// Takes in what an editor was given by a program that ended, in a file of this name: it becomes
    /// a draft that waits, whatever became of its record, and goes with that where it goes for good.
    /// Says what kind of text it was; none where it is of another journal.
    pub fn take_in(&mut self, now: Moment, name: &str, text: &str) -> Result<Option<Place>> {
        let journal = self.journal_id()?.unwrap_or_default();
        let Some(text) = HandOff::read(name, &journal, text) else { return Ok(None) };
        let kept = match &text.of {
            Of::Session { .. } => None,
            Of::Form { record, form, .. } => self.form_draft(*record, form)?,
        };
        let draft = text.draft(kept.as_deref());
        self.keep_draft(Stamp { now, origin: Origin::new(now) }, &draft, "")?;
        Ok(Some(draft.place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_text_it_is_and_nothing_of_it() {
        let session = Id::from_bytes([7; 16]);
        let of_session = |layer, base| Of::Session { session, layer, base };
        let of_form = |field: &str| Of::Form {
            record: session.cast(),
            form: "skipped check".into(),
            field: field.into(),
        };
        for of in [
            of_session(Layer::Notes, None),
            of_session(Layer::Summary, Some(Rev(12))),
            of_session(Layer::Reflection, None),
            of_form("why"),
            of_form("own-1"),
        ] {
            let handed = HandOff { of, text: "Secret.".into() };
            let name = handed.name("a0f1");
            assert!(!name.contains("Secret"));
            assert_eq!(HandOff::read(&name, "a0f1", "Secret."), Some(handed));
        }
        let id = session.to_string();
        for name in [
            "",
            "x",
            ".notes.a0f1.1",
            &format!("{id}.notes"),
            &format!("{id}.notes.a0f1"),
            &format!("{id}.notes.a0f1.x"),
            &format!("{id}.notes.b2.1"),
            &format!("{id}.diary.a0f1.1"),
            &format!("{id}.notes.a0f1.1.swp"),
        ] {
            assert_eq!(HandOff::read(name, "a0f1", ""), None, "{name}");
        }
        let form = HandOff { of: of_form("why"), text: "Secret.".into() };
        assert_eq!(HandOff::read(&form.name("a0f1"), "b2", ""), None, "of another journal");
    }

    #[test]
    fn a_field_joins_what_was_kept_of_its_form() {
        let of =
            Of::Form { record: Id::from_bytes([7; 16]), form: "goal".into(), field: "why".into() };
        let handed = HandOff { of, text: "Because.".into() };
        let body = |kept| handed.draft(kept).body;
        assert_eq!(body(None), r#"{"why":"Because."}"#);
        assert_eq!(body(Some("not json")), r#"{"why":"Because."}"#);
        let kept = r#"{"title":"Learn to lead","why":"Old"}"#;
        assert_eq!(body(Some(kept)), r#"{"title":"Learn to lead","why":"Because."}"#);
    }
}
