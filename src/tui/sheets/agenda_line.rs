//! One line for the agenda of the next session, mine or theirs.

use super::Sheet;
use crate::domain::{AgendaItem, Id, Invalid, Party, Record, Relationship};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for an agenda line.
pub struct AgendaLine {
    form: Form,
    with: Id<Relationship>,
    person: String,
    standing: Option<Record<AgendaItem>>,
}

impl AgendaLine {
    /// Opens it for a new line.
    pub fn new(with: Id<Relationship>, person: &str) -> Self {
        let title = format!("To talk about with {person}");
        let form = Form::new(&title, vec![entry("", person)]);
        Self { form, with, person: person.to_owned(), standing: None }
    }

    /// Opens it for a line that is there.
    pub fn edit(standing: Record<AgendaItem>, person: &str) -> Self {
        let title = format!("To talk about with {person}");
        let item = &standing.value;
        let form = Form::new(&title, vec![entry(&item.line(person), person)]);
        let (with, person) = (item.relationship, person.to_owned());
        Self { form, with, person, standing: Some(standing) }
    }
}

fn entry(line: &str, person: &str) -> Entry {
    Entry::line("text", "Line")
        .needed()
        .value(line)
        .placeholder("the job spec")
        .about(&format!("\"{}:\" before it says that they want it.", Party::called(person)))
}

impl Sheet for AgendaLine {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            None => (self.with.cast(), "agenda"),
            Some(standing) => (standing.id.cast(), "agenda"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let typed = self.form.value("text");
        let (by, line) = Party::of_line(&typed, &self.person);
        if line.is_empty() {
            let message = "Write what to talk about.".to_owned();
            return Err(Invalid { field: "text", message }.into());
        }
        match &self.standing {
            None => {
                cx.store.add_to_agenda(cx.stamp, self.with, by, line)?;
                Ok(Outcome::Changed("On the next agenda.".to_owned()))
            }
            Some(standing) => {
                let mut item = standing.clone();
                item.value.by = by;
                line.clone_into(&mut item.value.text);
                cx.store.update_agenda_item(cx.stamp, &item)?;
                Ok(Outcome::Changed("Kept the line.".to_owned()))
            }
        }
    }
}
