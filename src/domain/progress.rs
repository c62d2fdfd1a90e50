//! A progress check: the two look back at the goals and at how it works between them, on the days
//! that the agreement names.
//!
//! It is held in a session or skipped. What was said belongs to my notes, the other's words too:
//! they go out with my exports, and never in a file to the other.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Id, Invalid, Relationship, Session, words_for};

/// How long before its day a check that is held answers for that day.
const EARLY: Days = Days::new(21);

words_for! {
    /// What became of a progress check.
    pub enum CheckState {
        /// The two looked back.
        Held = "held" ("held"),
        /// They did not, this time.
        Skipped = "skipped" ("skipped"),
    }
}

/// One progress check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressCheck {
    /// Between whom.
    pub relationship: Id<Relationship>,
    /// The session in which it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// The day of the agreement it was held or skipped for, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<NaiveDate>,
    /// The day it was held or skipped.
    pub day: NaiveDate,
    /// What became of it.
    pub state: CheckState,
    /// A word why it was skipped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What helped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub helped: String,
    /// What stood in the way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hindered: String,
    /// How the two are as a pair, in my words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mine: String,
    /// The same in theirs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theirs: String,
    /// What the agreement should change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub change: String,
}

impl ProgressCheck {
    /// A check of `day` in which nothing was said yet.
    pub const fn new(with: Id<Relationship>, day: NaiveDate, state: CheckState) -> Self {
        Self {
            relationship: with,
            session: None,
            planned: None,
            day,
            state,
            note: String::new(),
            helped: String::new(),
            hindered: String::new(),
            mine: String::new(),
            theirs: String::new(),
            change: String::new(),
        }
    }

    /// Refuses one that was skipped and yet held in a session.
    pub fn check(&self) -> Result<(), Invalid> {
        match (self.state, self.session) {
            (CheckState::Skipped, Some(_)) => Err(Invalid {
                field: "session",
                message: "A check that was skipped was held in no session.".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// What was asked and what was said to it, in the order of the talk.
    pub const fn asked(&self) -> [(&'static str, &str); 5] {
        [
            ("What helped", self.helped.as_str()),
            ("What hindered", self.hindered.as_str()),
            ("How we are, in my words", self.mine.as_str()),
            ("How we are, in their words", self.theirs.as_str()),
            ("What the agreement should change", self.change.as_str()),
        ]
    }

    /// The same without what stayed empty.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.asked().into_iter().filter(|(_, words)| !words.trim().is_empty())
    }
}

/// The day that asks for a check: the latest one that has come, else the first one ahead.
///
/// `answered` is the last day that was answered, by holding a check or by skipping it. What lies
/// before it asks no more, and of two days that passed only the later one does.
pub fn asking(
    days: &[NaiveDate],
    answered: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let open = || days.iter().copied().filter(|day| answered.is_none_or(|last| *day > last));
    open().filter(|day| *day <= today).max().or_else(|| open().min())
}

/// The first day on which a check that is held answers for this one.
pub fn held_early(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(EARLY).unwrap_or(day)
}

/// The day of the agreement that a check held on `on` answers: the one that asks, if it has come or
/// is near.
pub fn answers(
    days: &[NaiveDate],
    answered: Option<NaiveDate>,
    on: NaiveDate,
) -> Option<NaiveDate> {
    let near = on.checked_add_days(EARLY).unwrap_or(NaiveDate::MAX);
    asking(days, answered, on).filter(|day| *day <= near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    #[test]
    fn a_day_asks_until_it_is_answered() {
        let days = [day("2026-06-14"), day("2026-09-14"), day("2026-12-14")];
        // Answered up to, today, the day that asks, the day that a check held today answers.
        let cases = [
            ("", "2026-05-01", Some("2026-06-14"), None),
            ("", "2026-05-24", Some("2026-06-14"), Some("2026-06-14")),
            ("", "2026-06-14", Some("2026-06-14"), Some("2026-06-14")),
            ("", "2026-08-01", Some("2026-06-14"), Some("2026-06-14")),
            ("", "2026-09-20", Some("2026-09-14"), Some("2026-09-14")),
            ("2026-06-10", "2026-06-20", Some("2026-06-14"), Some("2026-06-14")),
            ("2026-06-14", "2026-06-20", Some("2026-09-14"), None),
            ("2026-06-20", "2026-08-30", Some("2026-09-14"), Some("2026-09-14")),
            ("2026-12-14", "2027-01-01", None, None),
        ];
        for (answered, today, asks, held_for) in cases {
            let answered = (!answered.is_empty()).then(|| day(answered));
            let found = asking(&days, answered, day(today));
            assert_eq!(found, asks.map(day), "{answered:?} {today}");
            assert_eq!(
                answers(&days, answered, day(today)),
                held_for.map(day),
                "{answered:?} {today}"
            );
        }
        assert_eq!(asking(&[], None, day("2026-06-14")), None);
    }

    #[test]
    fn what_stayed_empty_was_not_said() {
        let with = Id::from_bytes([1; 16]);
        let mut check = ProgressCheck::new(with, day("2026-06-14"), CheckState::Held);
        assert_eq!(check.said().count(), 0);
        check.theirs = "I can bring the hard things.".to_owned();
        check.helped = " ".to_owned();
        let said: Vec<_> = check.said().map(|(asked, _)| asked).collect();
        assert_eq!(said, ["How we are, in their words"]);
        check.session = Some(Id::from_bytes([2; 16]));
        check.check().expect("in order");
        check.state = CheckState::Skipped;
        assert_eq!(check.check().err().map(|error| error.field), Some("session"));
    }
}
