//! Adding somebody: a name and my role, nothing else.

use super::Sheet;
use crate::domain::{Id, Person, Relationship, Role};
use crate::store::{Result, Scope};
use crate::tui::form::{Entry, Form};
use crate::tui::keymap::Place;
use crate::tui::pane::{Cx, Outcome, Target, Then};

/// The form for a new person.
pub struct NewPerson {
    form: Form,
    /// The name that was looked for before; may be empty.
    looked_for: String,
}

impl NewPerson {
    /// Opens it, with the name that was looked for and not found, where one was.
    pub fn new(looked_for: &str) -> Self {
        let roles: Vec<_> = Role::ALL.iter().map(|role| (role.code(), role_words(*role))).collect();
        let form = Form::new(
            "Somebody new",
            vec![
                Entry::line("name", "Name")
                    .needed()
                    .value(looked_for)
                    .about("As you would write it. A nickname for hiding can come later."),
                Entry::choice("role", "You are", &roles),
            ],
        );
        Self { form, looked_for: looked_for.to_owned() }
    }
}

/// What I am to somebody, as the forms ask it.
pub const fn role_words(role: Role) -> &'static str {
    match role {
        Role::Mentor => "the mentor",
        Role::Mentee => "the mentee",
        Role::Peer => "a peer",
    }
}

impl Sheet for NewPerson {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (Id::from_bytes([0; 16]), "person")
    }

    fn of_line(&self) -> Option<&str> {
        Some(self.looked_for.as_str()).filter(|name| !name.is_empty())
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let name = self.form.value("name");
        let role = Role::from_code(&self.form.value("role")).unwrap_or(Role::Mentor);
        let known = cx.store.person_named(&name)?;
        let (id, said) = match known {
            None => {
                let person = Person { name: name.clone(), ..Person::default() };
                let id = cx
                    .store
                    .add_person(cx.stamp, &person, |person| Relationship::new(person, role))?;
                (id, format!("Added {}.", crate::domain::text::line(&name)))
            }
            // One person may stand in several relationships, but not twice in the same role.
            Some(person) => {
                let with = cx.store.relationships_with(person.id)?;
                if let Some(one) = with.iter().find(|one| one.role == role) {
                    (one.relationship, format!("{} is here already.", one.name))
                } else {
                    let relationship = Relationship::new(person.id, role);
                    let id = cx.store.add_relationship(cx.stamp, &relationship)?;
                    (id, format!("Added a second role with {}.", person.value.name))
                }
            }
        };
        Ok(Outcome::Go(Target {
            scope: Scope::One(id),
            place: Place::Brief,
            session: None,
            then: Then::Look,
            say: Some(said),
        }))
    }
}
