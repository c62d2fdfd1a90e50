//! One line for the agenda of the next session, mine or theirs.

use super::Sheet;
use super::session::agenda_line;
use crate::domain::{AgendaItem, Id, Invalid, Party, Record, Relationship};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for an agenda line.
pub struct AgendaLine {
    form: Form,
    with: Id<Relationship>,
    standing: Option<Record<AgendaItem>>,
}

impl AgendaLine {
    /// Opens it for a new line.
    pub fn new(with: Id<Relationship>, person: &str) -> Self {
        let title = format!("To talk about with {person}");
        Self { form: Form::new(&title, entries("", Party::Me)).brisk(), with, standing: None }
    }

    /// Opens it for a line that is there.
    pub fn edit(standing: Record<AgendaItem>, person: &str) -> Self {
        let title = format!("To talk about with {person}");
        let form = Form::new(&title, entries(&standing.value.text, standing.value.by));
        Self { form, with: standing.value.relationship, standing: Some(standing) }
    }
}

fn entries(line: &str, by: Party) -> Vec<Entry> {
    vec![
        Entry::line("text", "Line").needed().value(line),
        Entry::choice("by", "Wanted by", &[("me", "me"), ("them", "them")]).value(by.code()),
    ]
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
        let chosen = Party::from_code(&self.form.value("by")).unwrap_or(Party::Me);
        let (said, line) = agenda_line(&typed).ok_or_else(|| Invalid {
            field: "text",
            message: "Write what to talk about.".to_owned(),
        })?;
        let by = if said == Party::Them { said } else { chosen };
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
