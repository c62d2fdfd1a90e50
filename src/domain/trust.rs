//! The ten ways to build trust: what I did of them, what I saw, and what I mean to practise.
//!
//! A check-in is about my own practice in one relationship and never about the worth of the other.
//! Nothing here adds up: there is no total, no percentage and no grade. All of it is private.

mod rules;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Commitment, Id, Invalid, Relationship, Session, text, words_for};

pub use rules::{QUIET_NAMED, Trend, check_in_of, mismatch, quiet, quiet_since, trend};

/// How many ways can be in focus at once.
pub const FOCUSED: usize = 2;

words_for! {
    /// What I say of one way at a check-in. Worded by how often, and not by how good I am.
    pub enum Practice {
        /// There was nothing to practise it on.
        NoOccasion = "no-occasion" ("no occasion"),
        /// There was, and I did not.
        NotReally = "not-really" ("not really"),
        /// Now and then.
        Sometimes = "sometimes" ("sometimes"),
        /// Whenever there was occasion.
        Consistently = "consistently" ("consistently"),
    }
}

words_for! {
    /// What a piece of evidence shows.
    pub enum Direction {
        /// I practised the way.
        Practised = "practised" ("practised"),
        /// I fell short of it.
        FellShort = "fell-short" ("fell short"),
    }
}

/// A way as the writer wants it: renamed, hidden, or one of their own. Where there is none, a way
/// is as the content has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Which way: `w01` to `w10`, or a key of its own.
    pub key: String,
    /// What it is called; empty for the name it comes with.
    pub name: String,
    /// What it asks of whoever practises it; empty for the lines it comes with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// Whether it is left out of the checklist.
    #[serde(default)]
    pub hidden: bool,
}

impl Way {
    /// Refuses a way without a key.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("key", &self.key, "Give the way a name.")
    }
}

/// A day on which I went through the ways with one person in mind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// On which day. It looks back to the one before.
    pub day: NaiveDate,
}

/// What I said of one way at a check-in. One that was left blank has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// At which check-in.
    pub check_in: Id<CheckIn>,
    /// Of which way.
    pub way: String,
    /// How often.
    pub value: Practice,
}

/// What I saw or did, and what it says of one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// Of which way.
    pub way: String,
    /// Whether I practised it or fell short.
    pub direction: Direction,
    /// On which day.
    pub day: NaiveDate,
    /// What it was.
    pub text: String,
    /// The session it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// The commitment it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Id<Commitment>>,
}

impl Evidence {
    /// Refuses an empty one.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("way", &self.way, "Choose which of the ways it is about.")?;
        text::needed("text", &self.text, "Write what you saw or did, in a few words.")
    }
}

/// A way I mean to work on with somebody, by one practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// Which way.
    pub way: String,
    /// What I mean to do.
    pub practice: String,
    /// Since when.
    pub since: NaiveDate,
    /// Until when it was; none while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Focus {
    /// Whether both are the same practice of the same way.
    pub fn is_the_same(&self, other: &Self) -> bool {
        let words = |one: &Self| one.practice.trim_end_matches('.').to_lowercase();
        self.way == other.way && words(self) == words(other)
    }

    /// Refuses one with nothing to do.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("practice", &self.practice, "Write what you mean to do.")
    }
}

/// Mending something after a slip of mine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// The day it happened.
    pub day: NaiveDate,
    /// What happened.
    pub happened: String,
    /// My part in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// What it did to them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub effect: String,
    /// What I said to them, and when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// What I change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// The day on which it was settled between us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<NaiveDate>,
}

impl Repair {
    /// Refuses one that says nothing.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("happened", &self.happened, "Write what happened, in a few words.")
    }
}
