//! A mentoring agreement: clauses and dates, in versions that are frozen once they are proposed or
//! signed.
//!
//! A signature here says that somebody agreed, on a day; it is no signature in law. An agreement is
//! never needed: a relationship works without one, and outlives it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cadence, Id, Invalid, Party, Record, Relationship, text, words_for};

words_for! {
    /// What kind of pair an agreement is for; it decides which clauses are offered.
    pub enum Profile {
        /// One page for any pair.
        Plain = "plain" ("plain"),
        /// Within one employer.
        Workplace = "workplace" ("workplace"),
        /// A doctoral student and a supervisor or mentor.
        Doctoral = "doctoral" ("doctoral"),
        /// A volunteer and a young person, in a programme.
        Community = "community" ("community"),
    }
}

words_for! {
    /// How a signature was given.
    pub enum Method {
        /// Typed here.
        Here = "here" ("here"),
        /// On paper; that is recorded here.
        Paper = "paper" ("on paper"),
    }
}

/// One version of the agreement with somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// Its number among the versions, from 1.
    pub number: u32,
    /// What kind of pair it is for.
    pub profile: Profile,
    /// Why it was changed; nothing for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// How often the two mean to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Cadence>,
    /// When and how the two meet, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub schedule: String,
    /// The days on which they look back at goals and at how it works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<NaiveDate>,
    /// The day it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<NaiveDate>,
    /// The day by which they decide to end, renew or change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_by: Option<NaiveDate>,
    /// The day it was put before the other; from then on it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<NaiveDate>,
}

impl Agreement {
    /// An empty first version.
    pub const fn first(with: Id<Relationship>) -> Self {
        Self {
            relationship: with,
            number: 1,
            profile: Profile::Plain,
            why: String::new(),
            cadence: None,
            schedule: String::new(),
            checks: Vec::new(),
            ends: None,
            renew_by: None,
            proposed: None,
        }
    }

    /// The version after this one, with the same dates.
    #[must_use]
    pub fn next(&self) -> Self {
        Self {
            number: self.number.saturating_add(1),
            why: String::new(),
            proposed: None,
            ..self.clone()
        }
    }

    /// Refuses a decision on renewal after the end.
    pub fn check(&self) -> Result<(), Invalid> {
        match (self.renew_by, self.ends) {
            (Some(renew_by), Some(ends)) if ends < renew_by => Err(Invalid {
                field: "renew_by",
                message: "That is after the end. Decide before it, or move the end.".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The next day from `today` on that its dates name, and what is then.
    pub fn next_date(&self, today: NaiveDate) -> Option<(&'static str, NaiveDate)> {
        let checks = self.checks.iter().map(|day| ("Progress check", *day));
        let renewal = self.renew_by.map(|day| ("Decision to renew", day));
        let end = self.ends.map(|day| ("End", day));
        checks
            .chain(renewal)
            .chain(end)
            .filter(|(_, day)| *day >= today)
            .min_by_key(|(_, day)| *day)
    }
}

/// One named part of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Of which version.
    pub agreement: Id<Agreement>,
    /// Its name through all versions.
    pub key: String,
    /// What stands above it.
    pub heading: String,
    /// What it says.
    pub text: String,
    /// Its place among the clauses.
    pub position: u32,
}

impl Clause {
    /// Refuses one without a heading or words.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("heading", &self.heading, "Give the clause a heading.")?;
        text::needed("text", &self.text, "Write what the clause says.")
    }
}

/// That one of the two agreed to a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// To which version.
    pub agreement: Id<Agreement>,
    /// Who.
    pub party: Party,
    /// The name as it was typed or stands on the paper.
    pub name: String,
    /// On which day.
    pub day: NaiveDate,
    /// How.
    pub method: Method,
}

impl Signature {
    /// Refuses one without a name.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("name", &self.name, "Write the name as it is signed.")
    }
}

/// How far a version has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementState {
    /// It can still be written.
    Draft,
    /// It was put before the other.
    Proposed,
    /// One of the two signed it.
    SignedBy(Party),
    /// Both signed it; the later day of the two.
    Agreed(NaiveDate),
}

impl AgreementState {
    /// What it waits for; nothing once both signed.
    pub const fn waits(self) -> Option<&'static str> {
        match self {
            Self::Draft => Some("a draft, not signed yet"),
            Self::Proposed => Some("proposed, not signed yet"),
            Self::SignedBy(Party::Me) => Some("waits for their signature"),
            Self::SignedBy(Party::Them) => Some("waits for your signature"),
            Self::Agreed(_) => None,
        }
    }

    /// How far a version with these signatures has come.
    pub fn of(agreement: &Agreement, signatures: &[Record<Signature>]) -> Self {
        let day = |party| {
            let of = signatures.iter().filter(|one| one.value.party == party);
            of.map(|one| one.value.day).min()
        };
        match (day(Party::Me), day(Party::Them)) {
            (Some(mine), Some(theirs)) => Self::Agreed(mine.max(theirs)),
            (Some(_), None) => Self::SignedBy(Party::Me),
            (None, Some(_)) => Self::SignedBy(Party::Them),
            (None, None) if agreement.proposed.is_some() => Self::Proposed,
            (None, None) => Self::Draft,
        }
    }

    /// Whether its text stays as it is.
    pub const fn is_frozen(self) -> bool {
        !matches!(self, Self::Draft)
    }

    /// Whether it was agreed on this day already.
    pub fn is_in_force(self, day: NaiveDate) -> bool {
        matches!(self, Self::Agreed(since) if since <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rev;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    fn signed(party: Party, on: &str) -> Record<Signature> {
        let value = Signature {
            agreement: Id::from_bytes([1; 16]),
            party,
            name: "Asha Rao".into(),
            day: day(on),
            method: Method::Here,
        };
        Record { id: Id::from_bytes([2; 16]), rev: Rev(1), written: 0, value }
    }

    #[test]
    fn a_version_is_agreed_once_both_signed_it() {
        let draft = Agreement::first(Id::from_bytes([3; 16]));
        let proposed = Agreement { proposed: Some(day("2026-03-12")), ..draft.clone() };
        let (mine, theirs) = (signed(Party::Me, "2026-03-14"), signed(Party::Them, "2026-03-16"));
        let both = [mine.clone(), theirs.clone()];
        let cases: [(&Agreement, &[Record<Signature>], AgreementState, bool); 5] = [
            (&draft, &[], AgreementState::Draft, false),
            (&proposed, &[], AgreementState::Proposed, true),
            (&draft, std::slice::from_ref(&mine), AgreementState::SignedBy(Party::Me), true),
            (&proposed, std::slice::from_ref(&theirs), AgreementState::SignedBy(Party::Them), true),
            (&draft, &both, AgreementState::Agreed(day("2026-03-16")), true),
        ];
        for (agreement, signatures, state, frozen) in cases {
            let found = AgreementState::of(agreement, signatures);
            assert_eq!((found, found.is_frozen()), (state, frozen));
        }
        let agreed = AgreementState::Agreed(day("2026-03-16"));
        assert!(agreed.is_in_force(day("2026-03-16")) && !agreed.is_in_force(day("2026-03-15")));
        assert!(!AgreementState::Proposed.is_in_force(day("2027-01-01")));
    }

    #[test]
    fn the_next_date_is_the_nearest_one_to_come() {
        let agreement = Agreement {
            checks: vec![day("2026-06-14"), day("2026-12-14")],
            renew_by: Some(day("2027-02-12")),
            ends: Some(day("2027-03-12")),
            ..Agreement::first(Id::from_bytes([3; 16]))
        };
        let cases = [
            ("2026-06-14", Some(("Progress check", "2026-06-14"))),
            ("2026-06-15", Some(("Progress check", "2026-12-14"))),
            ("2026-12-15", Some(("Decision to renew", "2027-02-12"))),
            ("2027-02-13", Some(("End", "2027-03-12"))),
            ("2027-03-13", None),
        ];
        for (today, next) in cases {
            let expected = next.map(|(what, code)| (what, day(code)));
            assert_eq!(agreement.next_date(day(today)), expected, "{today}");
        }
        let late = Agreement { renew_by: Some(day("2027-03-13")), ..agreement };
        assert_eq!(late.check().err().map(|error| error.field), Some("renew_by"));
    }
}
