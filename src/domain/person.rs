//! The people, how to reach them, and what is worth remembering about them.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Id, Invalid, Layer, Party, Session, text};

/// Somebody I mentor, who mentors me, or a peer. One person may stand in several relationships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name, as I would write it.
    pub name: String,
    /// What stands in place of the name when the screen is hidden; also finds the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alias: String,
    /// The person's time zone as the IANA database names it ("Europe/Lisbon"), or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time_zone: String,
}

impl Person {
    /// Refuses an empty name and a time zone nobody knows.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("name", &self.name, "Write the person's name.")?;
        if !self.time_zone.is_empty() && self.zone().is_none() {
            return Err(Invalid {
                field: "time_zone",
                message: "That is not a time zone I know. Write one as in Europe/Lisbon or America/New_York, or leave it empty.".to_owned(),
            });
        }
        Ok(())
    }

    /// The person's time zone, where it is known.
    pub fn zone(&self) -> Option<Tz> {
        self.time_zone.parse().ok()
    }
}

/// One way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The person it stands with.
    pub person: Id<Person>,
    /// Whom it reaches: them, or me where I gave it to them.
    #[serde(default = "theirs", skip_serializing_if = "is_theirs")]
    pub party: Party,
    /// What it is, in free words: "email", "mother's phone".
    pub label: String,
    /// The address or number.
    pub value: String,
    /// Whether this is how the person likes to be reached.
    #[serde(default)]
    pub preferred: bool,
    /// When it may be used: "weekdays after 17:00".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
}

const fn theirs() -> Party {
    Party::Them
}

// The serialiser hands a reference over.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is the serialiser's")]
fn is_theirs(party: &Party) -> bool {
    *party == Party::Them
}

impl Contact {
    /// Refuses a line that reaches nobody.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("value", &self.value, "Write the address or the number.")
    }
}

/// A line worth remembering about a person. For me alone: it is in no packet and no default export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembering {
    /// About whom.
    pub person: Id<Person>,
    /// What to remember.
    pub text: String,
    /// The day it is about, if it has one ("exam on the 14th").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The session of which it is a line, where it is to be asked about again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// The text in which it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
}

impl Remembering {
    /// A line that comes from nowhere else.
    pub const fn new(person: Id<Person>, text: String, on: Option<NaiveDate>) -> Self {
        Self { person, text, on, session: None, layer: None }
    }

    /// Refuses an empty line.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("text", &self.text, "Write what is worth remembering.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_needs_a_name_and_a_known_zone() {
        let cases = [("Amina K.", "", None), ("Amina K.", "Africa/Nairobi", None)];
        for (name, zone, field) in cases
            .into_iter()
            .chain([("", "", Some("name")), ("Tom", "Middle/Earth", Some("time_zone"))])
        {
            let person = Person { name: name.into(), time_zone: zone.into(), ..Person::default() };
            assert_eq!(person.check().err().map(|e| e.field), field, "{name} {zone}");
        }
    }
}
