//! How one of the ways is called, a way of one's own, and what one means to practise of it.

use super::{Sheet, nobody};
use crate::domain::{Focus, Id, Invalid, Record, Relationship, Way, text};
use crate::guide::ways::TrustWay;
use crate::store::{Error, Result};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::wording;

/// The form for the name of a way.
pub struct NameWay {
    form: Form,
    /// Which way; none for a new one.
    way: Option<(String, bool)>,
}

impl NameWay {
    /// Opens it for a way that is there.
    pub fn rename(way: &TrustWay) -> Self {
        let entries = vec![Entry::line("name", "Name").needed().value(&way.name)];
        let form = Form::new("What this way is called here", entries);
        Self { form, way: Some((way.key.clone(), way.hidden)) }
    }

    /// Opens it for a way of one's own.
    pub fn add() -> Self {
        let entries = vec![
            Entry::line("name", "Name").needed().placeholder("laugh together"),
            Entry::line("line", "What it asks of you"),
        ];
        Self { form: Form::new("A way of your own", entries), way: None }
    }
}

impl Sheet for NameWay {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (nobody(), if self.way.is_some() { "way name" } else { "way" })
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let name = text::line(&self.form.value("name"));
        let way = match &self.way {
            Some((key, hidden)) => {
                let line = cx.store.ways()?.into_iter().find(|one| one.value.key == *key);
                let line = line.map(|one| one.value.line).unwrap_or_default();
                Way { key: key.clone(), name, line, hidden: *hidden }
            }
            None => Way {
                key: Id::<Way>::new(cx.now()).to_string(),
                name,
                line: self.form.value("line"),
                hidden: false,
            },
        };
        let said = wording::sentence(&format!("With everybody it is called {}", way.name));
        cx.store.set_way(cx.stamp, &way)?;
        Ok(Outcome::Changed(said))
    }
}

/// The form for what is to be practised.
pub struct NewFocus {
    form: Form,
    with: Id<Relationship>,
    way: String,
}

impl NewFocus {
    /// Opens it for one way, with the practices it comes with that are not in focus already. What is
    /// typed at once is one's own: in a list of answers letters mean nothing, and Space would choose.
    pub fn new(with: Id<Relationship>, way: &TrustWay, now: &[Record<Focus>]) -> Self {
        let is_new = |one: &&str| {
            !now.iter().any(|focus| focus.value.way == way.key && focus.value.practice == **one)
        };
        let practices: Vec<(&str, &str)> =
            way.practices.iter().map(String::as_str).filter(is_new).map(|one| (one, one)).collect();
        let own = Entry::line("own", "Your own words").placeholder("ask once more before I advise");
        let entries = if practices.is_empty() {
            vec![own.needed()]
        } else {
            let own = own.about("Left empty, it is the practice below.");
            vec![own, Entry::choice("practice", "Or practise", &practices)]
        };
        let form = Form::new(&format!("In focus: {}", way.name), entries);
        Self { form, with, way: way.key.clone() }
    }
}

impl Sheet for NewFocus {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "focus")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let own = text::line(&self.form.value("own"));
        let (field, practice) =
            if own.is_empty() { ("practice", self.form.value("practice")) } else { ("own", own) };
        let focus = Focus {
            relationship: self.with,
            way: self.way.clone(),
            practice,
            since: cx.today(),
            until: None,
        };
        focus.check()?;
        cx.store.add_focus(cx.stamp, &focus).map_err(|error| match error {
            Error::Invalid(refused) => Error::Invalid(Invalid { field, ..refused }),
            other => other,
        })?;
        Ok(Outcome::Changed("In focus. Space on its line notes that you did it today.".to_owned()))
    }
}
