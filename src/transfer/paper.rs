//! An agreement as it stands on paper, to be read, printed and signed by hand: the same in every
//! format.

use super::facts::{self, Fact};
use crate::domain::{AgreementState, Clause, Contact, Party};
use crate::store::{AgreementVersion, Details};

/// One version of an agreement.
pub struct Paper {
    /// Which version it is, and how far it is agreed.
    pub title: String,
    /// Between whom.
    pub between: String,
    /// When the two meet, and the dates of it.
    pub facts: Vec<Fact>,
    /// How the two reach each other, a line each.
    pub reached: Vec<String>,
    /// Whom there is to turn to beside the two.
    pub around: Vec<Fact>,
    /// What was agreed.
    pub clauses: Vec<Clause>,
    /// Who signed, or has to.
    pub signed: [Signed; 2],
}

/// One signature.
pub enum Signed {
    /// Who, when and how.
    Given(String),
    /// Whose is missing.
    Missing(String),
}

impl Paper {
    /// A version of the agreement that `owner` has with somebody.
    pub fn of(owner: &str, details: &Details, version: &AgreementVersion) -> Self {
        let (agreement, with) = (&version.agreement.value, &details.relationship.value);
        let theirs = details.person.value.name.as_str();
        let named = |party| if party == Party::Me { owner } else { theirs };
        let state = match version.state() {
            AgreementState::Draft => "a draft".to_owned(),
            AgreementState::Proposed => "proposed".to_owned(),
            AgreementState::SignedBy(party) => format!("signed by {}", named(party)),
            AgreementState::Agreed(day) => format!("agreed {day}"),
        };
        let checks: Vec<String> = agreement.checks.iter().map(ToString::to_string).collect();
        let every = agreement.cadence.map(|cadence| cadence.to_string());
        let schedule = Some(agreement.schedule.clone()).filter(|words| !words.is_empty());
        let meeting: Vec<String> = every.into_iter().chain(schedule).collect();
        let facts = [
            ("We meet", meeting.join("; ")),
            ("Progress checks", checks.join(", ")),
            ("We decide to renew by", facts::day(agreement.renew_by)),
            ("It ends", facts::day(agreement.ends)),
            ("Why it changed", agreement.why.clone()),
        ];
        let reached = |contact: &Contact| reached(named(contact.party), contact);
        let contacts = details.contacts.iter().chain(&details.own_contacts);
        Self {
            title: format!("Mentoring agreement, version {}, {state}", agreement.number),
            between: format!(
                "Between {owner} and {theirs}. We enter it freely; it guides us and is no contract in law."
            ),
            facts: facts::told(facts.map(|(name, words)| (name.to_owned(), words)).into()),
            reached: contacts.map(|contact| reached(&contact.value)).collect(),
            around: with
                .around()
                .into_iter()
                .map(|(name, words)| (name.to_owned(), words.to_owned()))
                .collect(),
            clauses: version.clauses.iter().map(|clause| clause.value.clone()).collect(),
            signed: [Party::Me, Party::Them].map(|party| {
                let given = version.signatures.iter().find(|one| one.value.party == party);
                given.map_or_else(
                    || Signed::Missing(named(party).to_owned()),
                    |one| {
                        let (name, day) = (&one.value.name, one.value.day);
                        Signed::Given(format!("{name}, {day}, {}", one.value.method.words()))
                    },
                )
            }),
        }
    }
}

/// How somebody is reached, and when that may be used.
fn reached(whose: &str, contact: &Contact) -> String {
    let preferred = if contact.preferred { "preferred" } else { "" };
    let rest: Vec<&str> = [contact.label.as_str(), contact.hours.as_str(), preferred]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    facts::behind(&format!("{whose}: {}", contact.value), &rest.join(", "))
}
