//! One line worth remembering about a person. For me alone.

use super::{Sheet, optional, read_day};
use crate::domain::{Id, Lean, Moment, Person, Record, Remembering, dates, text};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for a line worth remembering.
pub struct EditRemembering {
    form: Form,
    person: Id<Person>,
    standing: Option<Record<Remembering>>,
}

impl EditRemembering {
    /// Opens it for a new line, or for one that is there.
    pub fn new(
        person: Id<Person>,
        name: &str,
        standing: Option<Record<Remembering>>,
        now: Moment,
    ) -> Self {
        let (line, day) = standing.as_ref().map_or_else(Default::default, |standing| {
            let day = standing.value.on.map(|day| day.to_string()).unwrap_or_default();
            (standing.value.text.clone(), day)
        });
        let form = Form::new(
            &format!("Worth remembering about {name}"),
            vec![
                Entry::line("text", "Line")
                    .needed()
                    .value(&line)
                    .about("For you alone: in no file you send, in no export unless you ask."),
                Entry::date("on", "A day, if any", read_day(now, Lean::Future))
                    .value(&day)
                    .placeholder("14 dec"),
            ],
        );
        Self { form, person, standing }
    }
}

impl Sheet for EditRemembering {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            None => (self.person.cast(), "remembering"),
            Some(standing) => (standing.id.cast(), "remembering"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let line = Remembering {
            person: self.person,
            text: text::line(&self.form.value("text")),
            on: optional(&self.form, "on", |typed| {
                dates::parse_date(typed, today, Lean::Future, cx.habits())
            })?,
        };
        match &self.standing {
            None => cx.store.remember(cx.stamp, &line).map(|_| ())?,
            Some(standing) => {
                cx.store
                    .update_remembering(cx.stamp, &Record { value: line, ..standing.clone() })?;
            }
        }
        Ok(Outcome::Changed("Kept for you.".to_owned()))
    }
}
