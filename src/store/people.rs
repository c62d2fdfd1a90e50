//! People and relationships: adding, naming, finding.

use chrono_tz::Tz;
use rusqlite::OptionalExtension;

use super::door::Action;
use super::kind::{Columns, coded, record};
use super::{Error, Result, Store};
use crate::domain::{
    Contact, Id, Party, Person, Record, Relationship, Remembering, Role, Stamp, text,
};

/// A relationship by name, for lists to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which relationship.
    pub relationship: Id<Relationship>,
    /// With whom.
    pub person: Id<Person>,
    /// The person's name.
    pub name: String,
    /// What stands for the name when the screen is hidden; may be empty.
    pub alias: String,
    /// What I am to them.
    pub role: Role,
    /// Whether it was put away.
    pub archived: bool,
}

/// All that was set down about one relationship but its sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// The relationship itself.
    pub relationship: Record<Relationship>,
    /// The person.
    pub person: Record<Person>,
    /// How to reach them, preferred ways first.
    pub contacts: Vec<Record<Contact>>,
    /// How they reach me, the preferred way first.
    pub own_contacts: Vec<Record<Contact>>,
    /// What is worth remembering, the newest last.
    pub remembering: Vec<Record<Remembering>>,
}

/// Whom a name, an alias or the beginning of one leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One relationship.
    One(Named),
    /// Nobody.
    Nobody,
    /// More than one; the caller asks which.
    Several(Vec<Named>),
}

impl Store {
    /// Adds a person and a relationship with them. Only a name and a role are needed.
    pub fn add_person(
        &mut self,
        stamp: Stamp,
        person: &Person,
        relationship: impl FnOnce(Id<Person>) -> Relationship,
    ) -> Result<Id<Relationship>> {
        let person = Person {
            name: text::line(&person.name),
            alias: text::line(&person.alias),
            ..person.clone()
        };
        self.write(stamp, Action::Add, |door| {
            let (with, between) = (Id::new(stamp.now), Id::new(stamp.now));
            door.insert(with, &person)?;
            door.insert(between, &relationship(with))?;
            Ok(between)
        })
    }

    /// Adds another relationship with somebody who is known.
    pub fn add_relationship(
        &mut self,
        stamp: Stamp,
        relationship: &Relationship,
    ) -> Result<Id<Relationship>> {
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, relationship).map(|_| id)
        })
    }

    /// Saves who a person is and how the relationship stands, as one change.
    pub fn update_details(
        &mut self,
        stamp: Stamp,
        person: &Record<Person>,
        relationship: &Record<Relationship>,
    ) -> Result<()> {
        let mut person = person.clone();
        person.value.name = text::line(&person.value.name);
        person.value.alias = text::line(&person.value.alias);
        self.write(stamp, Action::Edit, |door| {
            door.update(person.id, person.rev, &person.value)?;
            door.update(relationship.id, relationship.rev, &relationship.value)
        })
    }

    /// Puts a relationship away, or takes it out again. All of it stays searchable.
    pub fn archive(&mut self, stamp: Stamp, id: Id<Relationship>, archived: bool) -> Result<()> {
        let mut standing = self.relationship(id)?;
        standing.value.archived = archived;
        self.write(stamp, Action::Mark, |door| door.update(id, standing.rev, &standing.value))
    }

    /// One relationship.
    pub fn relationship(&self, id: Id<Relationship>) -> Result<Record<Relationship>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT * FROM relationship WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// One person.
    pub fn person(&self, id: Id<Person>) -> Result<Record<Person>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM person WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// All relationships by name, in the order of the names.
    pub fn people(&self) -> Result<Vec<Named>> {
        let mut statement = self.db.prepare_cached(
            "SELECT r.id, r.person, p.name, p.alias, r.role, r.archived
             FROM relationship r JOIN person p ON p.id = r.person
             WHERE r.deleted IS NULL AND p.deleted IS NULL",
        )?;
        let mut people = statement
            .query_map([], |row| named(&Columns::of(row)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        people.sort_by_cached_key(|named| (text::folded(&named.name), named.relationship));
        Ok(people)
    }

    /// One relationship by name.
    pub fn named(&self, id: Id<Relationship>) -> Result<Named> {
        let mut statement = self.db.prepare_cached(
            "SELECT r.id, r.person, p.name, p.alias, r.role, r.archived
             FROM relationship r JOIN person p ON p.id = r.person
             WHERE r.id = ?1 AND r.deleted IS NULL",
        )?;
        Ok(statement.query_row([id], |row| named(&Columns::of(row)))?)
    }

    /// The time zone of the person with whom a relationship is, where it is known.
    pub fn zone_of(&self, with: Id<Relationship>) -> Result<Option<Tz>> {
        let mut statement = self.db.prepare_cached(
            "SELECT p.time_zone FROM relationship r JOIN person p ON p.id = r.person
             WHERE r.id = ?1",
        )?;
        let zone: String = statement.query_row([with], |row| row.get(0))?;
        Ok(zone.parse().ok())
    }

    /// Whom `text` means: a whole name or alias first, else the beginning of a name, of one of its
    /// words, or of an alias. Case and accents do not count.
    pub fn find_person(&self, text: &str) -> Result<Found> {
        let wanted = text::folded(text.trim());
        if wanted.is_empty() {
            return Ok(Found::Nobody);
        }
        let people = self.people()?;
        let whole = |named: &&Named| {
            text::folded(&named.name) == wanted || text::folded(&named.alias) == wanted
        };
        let start = |named: &&Named| {
            let (name, alias) = (text::folded(&named.name), text::folded(&named.alias));
            name.starts_with(&wanted)
                || alias.starts_with(&wanted)
                || name.split_whitespace().any(|word| word.starts_with(&wanted))
        };
        let mut found: Vec<Named> = people.iter().filter(whole).cloned().collect();
        if found.is_empty() {
            found = people.iter().filter(start).cloned().collect();
        }
        Ok(match found.len() {
            0 => Found::Nobody,
            1 => found.pop().map_or(Found::Nobody, Found::One),
            _ => Found::Several(found),
        })
    }

    /// All that was set down about one relationship but its sessions.
    pub fn details(&self, id: Id<Relationship>) -> Result<Details> {
        let relationship = self.relationship(id)?;
        let person = relationship.value.person;
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM contact WHERE person = ?1 AND deleted IS NULL ORDER BY id",
        )?;
        let mut contacts: Vec<Record<Contact>> =
            statement.query_map([person], record)?.collect::<rusqlite::Result<_>>()?;
        contacts.sort_by_key(|contact| !contact.value.preferred);
        let (contacts, own_contacts) =
            contacts.into_iter().partition(|contact| contact.value.party == Party::Them);
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM remembering WHERE person = ?1 AND deleted IS NULL ORDER BY id",
        )?;
        let remembering =
            statement.query_map([person], record)?.collect::<rusqlite::Result<_>>()?;
        Ok(Details {
            person: self.person(person)?,
            relationship,
            contacts,
            own_contacts,
            remembering,
        })
    }

    /// Adds a way to reach a person.
    pub fn add_contact(&mut self, stamp: Stamp, contact: &Contact) -> Result<Id<Contact>> {
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, contact).map(|_| id)
        })
    }

    /// Changes a way to reach a person.
    pub fn update_contact(&mut self, stamp: Stamp, contact: &Record<Contact>) -> Result<()> {
        self.write(stamp, Action::Edit, |door| door.update(contact.id, contact.rev, &contact.value))
    }

    /// One way to reach a person.
    pub fn contact(&self, id: Id<Contact>) -> Result<Record<Contact>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM contact WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// One line worth remembering.
    pub fn remembering(&self, id: Id<Remembering>) -> Result<Record<Remembering>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT * FROM remembering WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// Puts a way to reach a person into the bin.
    pub fn delete_contact(&mut self, stamp: Stamp, id: Id<Contact>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Sets down a line worth remembering.
    pub fn remember(&mut self, stamp: Stamp, line: &Remembering) -> Result<Id<Remembering>> {
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, line).map(|_| id)
        })
    }

    /// Changes a line worth remembering.
    pub fn update_remembering(&mut self, stamp: Stamp, line: &Record<Remembering>) -> Result<()> {
        self.write(stamp, Action::Edit, |door| door.update(line.id, line.rev, &line.value))
    }

    /// Puts a line worth remembering into the bin.
    pub fn forget(&mut self, stamp: Stamp, id: Id<Remembering>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }

    /// Whether a person of this name is known already, so that a second role is offered instead of
    /// a second person.
    pub fn person_named(&self, name: &str) -> Result<Option<Record<Person>>> {
        let wanted = text::folded(&text::line(name));
        let Some(named) = self.people()?.into_iter().find(|one| text::folded(&one.name) == wanted)
        else {
            return Ok(None);
        };
        self.person(named.person).map(Some).or_else(|error| match error {
            Error::Gone => Ok(None),
            other => Err(other),
        })
    }

    /// The relationships with one person, oldest first.
    pub fn relationships_with(&self, person: Id<Person>) -> Result<Vec<Named>> {
        let mut people = self.people()?;
        people.retain(|named| named.person == person);
        people.sort_by_key(|named| named.relationship);
        Ok(people)
    }

    /// The relationship a person's own records open in: the oldest one with them.
    pub fn first_relationship_with(&self, person: Id<Person>) -> Result<Option<Id<Relationship>>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT id FROM relationship WHERE person = ?1 AND deleted IS NULL ORDER BY id LIMIT 1",
            )?
            .query_row([person], |row| row.get(0))
            .optional()?)
    }
}

pub(super) fn named(row: &Columns<'_>) -> rusqlite::Result<Named> {
    Ok(Named {
        relationship: row.get("id")?,
        person: row.get("person")?,
        name: row.get("name")?,
        alias: row.get("alias")?,
        role: coded(row, "role", Role::from_code)?,
        archived: row.get("archived")?,
    })
}
