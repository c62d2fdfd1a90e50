//! One way to reach a person.

use super::Sheet;
use crate::domain::{Contact, Id, Party, Person, Record, text};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for a way to reach somebody.
pub struct EditContact {
    form: Form,
    person: Id<Person>,
    standing: Option<Record<Contact>>,
}

impl EditContact {
    /// Opens it for a new way to reach `party`, or for one that is there.
    pub fn new(
        person: Id<Person>,
        name: &str,
        party: Party,
        standing: Option<Record<Contact>>,
    ) -> Self {
        let empty = Contact {
            person,
            party,
            label: String::new(),
            value: String::new(),
            preferred: false,
            hours: String::new(),
        };
        let contact = standing.as_ref().map_or(&empty, |standing| &standing.value);
        let form = Form::new(
            "How we reach each other",
            vec![
                Entry::line("value", "Address")
                    .needed()
                    .value(&contact.value)
                    .placeholder("amina@example.org"),
                Entry::line("label", "What it is")
                    .value(&contact.label)
                    .placeholder("email, mother's phone"),
                Entry::line("hours", "When")
                    .value(&contact.hours)
                    .placeholder("weekdays after 17:00"),
                Entry::tick("preferred", "Preferred").value(if contact.preferred {
                    "yes"
                } else {
                    ""
                }),
                Entry::choice("party", "Reaches", &[("them", name), ("me", "you")])
                    .value(contact.party.code()),
            ],
        );
        Self { form, person, standing }
    }
}

impl Sheet for EditContact {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            None => (self.person.cast(), "contact"),
            Some(standing) => (standing.id.cast(), "contact"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let contact = Contact {
            person: self.person,
            party: Party::from_code(&self.form.value("party")).unwrap_or(Party::Them),
            label: text::line(&self.form.value("label")),
            value: text::line(&self.form.value("value")),
            preferred: self.form.ticked("preferred"),
            hours: text::line(&self.form.value("hours")),
        };
        match &self.standing {
            None => cx.store.add_contact(cx.stamp, &contact).map(|_| ())?,
            Some(standing) => {
                cx.store
                    .update_contact(cx.stamp, &Record { value: contact, ..standing.clone() })?;
            }
        }
        Ok(Outcome::Changed("Kept how to reach each other.".to_owned()))
    }
}
