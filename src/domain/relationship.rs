//! One mentoring relationship: a person, what I am to them, and how we meet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cadence, Id, Invalid, Minutes, Mode, Person, dates, words_for};

words_for! {
    /// What I am to the person in one relationship.
    pub enum Role {
        /// I mentor them.
        Mentor = "mentor" ("you are the mentor"),
        /// They mentor me.
        Mentee = "mentee" ("you are the mentee"),
        /// We mentor each other.
        Peer = "peer" ("you are peers"),
    }
}

words_for! {
    /// Where a relationship stands (after the phases of the Wisconsin ICTR mentoring model:
    /// selection, alignment, cultivation, closure).
    pub enum Phase {
        /// Finding out whether to work together.
        Acquainting = "acquainting" ("getting acquainted"),
        /// Settling how to work together.
        Agreeing = "agreeing" ("agreeing"),
        /// Meeting and working.
        Working = "working" ("working"),
        /// Bringing it to a good end.
        Closing = "closing" ("closing"),
        /// Over; the notes remain.
        Closed = "closed" ("closed"),
    }
}

impl Phase {
    /// What is said of it beside a name: nothing while the two are working, and since when it is
    /// closed, where that is known.
    pub fn beside_a_name(self, ends: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
        match (self, ends) {
            (Self::Working, _) => None,
            (Self::Closed, Some(day)) if day <= today => {
                Some(format!("closed {}", dates::day(day, today)))
            }
            _ => Some(self.words().to_owned()),
        }
    }

    /// Whether it is over.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed)
    }
}

/// A person and I, in given roles, over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// The other one.
    pub person: Id<Person>,
    /// What I am to them.
    pub role: Role,
    /// Where it stands.
    pub phase: Phase,
    /// The day it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<NaiveDate>,
    /// The day it is meant to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<NaiveDate>,
    /// How often we mean to meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Cadence>,
    /// How long a session usually is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_minutes: Option<Minutes>,
    /// How we usually meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_mode: Option<Mode>,
    /// Where we usually meet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub usual_place: String,
    /// The programme that arranged it, if one did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub programme: String,
    /// Who runs the programme and how to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub coordinator: String,
    /// Whom to tell when somebody may be harmed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub safeguarding: String,
    /// Put away: kept and searchable, out of the lists.
    #[serde(default)]
    pub archived: bool,
    /// The day on which the notes are to be looked at and erased, where that was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<NaiveDate>,
    /// The day since which it rests; nothing is late or quiet meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<NaiveDate>,
}

impl Relationship {
    /// Whom there is to turn to beside the two, by what each is called; empty where nobody is named.
    pub fn turn_to(&self) -> [(&'static str, &str); 2] {
        [("Safeguarding", &self.safeguarding), ("Coordinator", &self.coordinator)]
    }

    /// A relationship with nothing settled but who and in which role.
    pub const fn new(person: Id<Person>, role: Role) -> Self {
        Self {
            person,
            role,
            phase: Phase::Working,
            started: None,
            ends: None,
            cadence: None,
            usual_minutes: None,
            usual_mode: None,
            usual_place: String::new(),
            programme: String::new(),
            coordinator: String::new(),
            safeguarding: String::new(),
            archived: false,
            keep_until: None,
            paused: None,
        }
    }

    /// Whom there is to turn to beside the two: the programme, who runs it, and whom to tell when
    /// somebody may be harmed; what of it was written.
    pub fn around(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("Programme", self.programme.as_str()),
            ("Coordinator", self.coordinator.as_str()),
            ("Safeguarding", self.safeguarding.as_str()),
        ];
        all.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect()
    }

    /// Refuses an end before the beginning.
    pub fn check(&self) -> Result<(), Invalid> {
        match (self.started, self.ends) {
            (Some(started), Some(ends)) if ends < started => Err(Invalid {
                field: "ends",
                message: "It cannot end before it began. Change one of the two dates.".to_owned(),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_says_since_when() {
        let day = |code: &str| code.parse::<NaiveDate>().expect("a day");
        let today = day("2026-11-22");
        let cases = [
            (Phase::Working, Some("2026-11-20"), None),
            (Phase::Acquainting, None, Some("getting acquainted")),
            (Phase::Closing, Some("2026-12-20"), Some("closing")),
            (Phase::Closed, None, Some("closed")),
            (Phase::Closed, Some("2026-11-20"), Some("closed Fri 20 Nov")),
            (Phase::Closed, Some("2025-03-02"), Some("closed 2 Mar 2025")),
            // It was closed before its day came.
            (Phase::Closed, Some("2027-03-02"), Some("closed")),
        ];
        for (phase, ends, expected) in cases {
            let said = phase.beside_a_name(ends.map(day), today);
            assert_eq!(said.as_deref(), expected, "{phase:?} {ends:?}");
        }
    }
}
