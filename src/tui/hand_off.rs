//! A text that the writer's own editor is given, and what the file of it is called: by ids alone,
//! because names of files are seen by others.

use crate::domain::{Id, Layer, Rev, Session};
use crate::store::{Draft, Place};

/// One of the texts of a session, on its way to an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOff {
    /// Of which session.
    pub session: Id<Session>,
    /// Which of its texts.
    pub layer: Layer,
    /// The content it begins from; none where nothing was written yet.
    pub base: Option<Rev>,
    /// The text.
    pub text: String,
}

impl HandOff {
    /// What the file is called.
    pub fn name(&self) -> String {
        let base = self.base.map_or_else(|| "new".to_owned(), |rev| rev.0.to_string());
        format!("{}.{}.{base}", self.session, self.layer.code())
    }

    /// The text that a file of this name holds.
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let (session, layer, base) = (parts.next()?, parts.next()?, parts.next()?);
        let base = match base {
            "new" => None,
            rev => Some(Rev(rev.parse().ok()?)),
        };
        let session = session.parse().ok()?;
        let layer = Layer::from_code(layer)?;
        let rest = parts.next().is_none();
        rest.then(|| Self { session, layer, base, text: text.to_owned() })
    }

    /// As a draft that somebody left behind.
    pub fn draft(&self) -> Draft {
        Draft {
            place: Place::Session,
            record: self.session.cast(),
            field: self.layer.code().to_owned(),
            base: self.base,
            body: self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_text_it_is_and_nothing_of_it() {
        let session = Id::from_bytes([7; 16]);
        for (layer, base) in
            [(Layer::Notes, None), (Layer::Summary, Some(Rev(12))), (Layer::Reflection, None)]
        {
            let handed = HandOff { session, layer, base, text: "Secret.".into() };
            assert!(!handed.name().contains("Secret"));
            assert_eq!(HandOff::read(&handed.name(), "Secret."), Some(handed));
        }
        let id = session.to_string();
        for name in ["", "x", ".notes.1", &format!("{id}.notes"), &format!("{id}.notes.x")] {
            assert_eq!(HandOff::read(name, ""), None, "{name}");
        }
        assert_eq!(HandOff::read(&format!("{id}.diary.1"), ""), None);
        assert_eq!(HandOff::read(&format!("{id}.notes.1.swp"), ""), None);
    }
}
