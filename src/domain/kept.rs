//! My own record of commitments: plain counts over the last ninety days, for me alone.
//!
//! What counts is what fell due. A day that both moved in time takes the place of the old one and
//! costs nothing; what was withdrawn, and what never had a day, does not count.

use chrono::{Days, NaiveDate};

use super::{Commitment, CommitmentMove, CommitmentState, dates};

/// How far back the record looks.
const BACK: Days = Days::new(90);
/// For how many days something is open before it is named.
const LONG_OPEN: i64 = 14;

/// What became of what fell due lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRecord {
    /// How many fell due, or were kept before that.
    pub fell_due: usize,
    /// How many of them were kept: in time, or late with the other told.
    pub kept: usize,
    /// How many were given another day in time, by both.
    pub moved_in_time: usize,
    /// What is open for the longest: what it is, and the day it was made.
    pub oldest: Option<(String, NaiveDate)>,
}

/// One of mine, with its moves, the first one first, and whether the relationship rests.
pub type Mine = (Commitment, Vec<CommitmentMove>, bool);

/// The first day that the record looks at.
pub fn since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(BACK).unwrap_or(NaiveDate::MIN)
}

impl KeptRecord {
    /// The record of these on `today`.
    pub fn of<'a>(mine: impl IntoIterator<Item = &'a Mine>, today: NaiveDate) -> Self {
        let since = since(today);
        let lately = |day: NaiveDate| since <= day && day <= today;
        let mut record = Self::default();
        for (one, moves, rests) in mine {
            let moved = moves.iter().any(|moved| moved.is_in_time() && lately(moved.on));
            record.moved_in_time += usize::from(moved);
            let is_old = today.signed_duration_since(one.made).num_days() >= LONG_OPEN;
            let is_oldest = record.oldest.as_ref().is_none_or(|(_, made)| one.made < *made);
            if one.state == CommitmentState::Open && !*rests && is_old && is_oldest {
                record.oldest = Some((one.text.clone(), one.made));
            }
            let Some(due) = one.binding(moves) else { continue };
            let (day, kept) = match one.state {
                CommitmentState::Withdrawn => continue,
                // What rests is not late.
                CommitmentState::Open if *rests || today <= due => continue,
                CommitmentState::Open | CommitmentState::Missed => (due, false),
                CommitmentState::Kept => (one.closed.unwrap_or(due), true),
                CommitmentState::KeptLate => (due, one.told),
            };
            if lately(day) {
                record.fell_due += 1;
                record.kept += usize::from(kept);
            }
        }
        record
    }

    /// This and the record with somebody else, as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both = self.oldest.into_iter().chain(other.oldest);
        Self {
            fell_due: self.fell_due + other.fell_due,
            kept: self.kept + other.kept,
            moved_in_time: self.moved_in_time + other.moved_in_time,
            oldest: both.min_by_key(|(_, made)| *made),
        }
    }

    /// "4 of 5 kept, 1 moved in time"; nothing where there is nothing to say.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if self.fell_due > 0 {
            parts.push(format!("{} of {} kept", self.kept, self.fell_due));
        }
        if self.moved_in_time > 0 {
            parts.push(format!("{} moved in time", self.moved_in_time));
        }
        parts.join(", ")
    }

    /// "oldest open since 3 Sep: send the list"; nothing where nothing is open for long.
    pub fn oldest_words(&self, today: NaiveDate) -> String {
        self.oldest.as_ref().map_or_else(String::new, |(text, made)| {
            format!("oldest open since {}: {text}", dates::day(*made, today))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, Party, Promise, Weight};

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    fn mine(due: &str, state: CommitmentState, closed: &str, told: bool) -> Mine {
        let promise = Promise {
            owner: Party::Me,
            text: "x".to_owned(),
            weight: Weight::Must,
            due: (!due.is_empty()).then(|| day(due)),
        };
        let open = Commitment::new(Id::from_bytes([1; 16]), &promise, day("2026-06-01"));
        let value = if closed.is_empty() { open } else { open.closed_on(day(closed), state) };
        (Commitment { told, ..value }, Vec::new(), false)
    }

    fn moved(from: &str, to: &str, on: &str, agreed: bool) -> CommitmentMove {
        let commitment = Id::from_bytes([2; 16]);
        CommitmentMove { commitment, from: day(from), to: day(to), on: day(on), agreed }
    }

    /// The day, what became of it, when, whether the other was told; then kept, and fell due.
    type Case = (&'static str, CommitmentState, &'static str, bool, (usize, usize));

    #[test]
    fn what_fell_due_counts_and_what_was_moved_in_time_does_not() {
        use CommitmentState::{Kept, KeptLate, Missed, Open, Withdrawn};
        // The first day of the ninety is 24 August.
        let today = day("2026-11-22");
        assert_eq!(since(today), day("2026-08-24"));
        let cases: &[Case] = &[
            ("2026-11-20", Kept, "2026-11-19", false, (1, 1)),
            ("2026-12-20", Kept, "2026-11-19", false, (1, 1)),
            ("2026-11-10", KeptLate, "2026-11-19", false, (0, 1)),
            ("2026-11-10", KeptLate, "2026-11-19", true, (1, 1)),
            ("2026-11-10", Missed, "2026-11-19", true, (0, 1)),
            ("2026-11-10", Withdrawn, "2026-11-09", true, (0, 0)),
            ("2026-11-21", Open, "", false, (0, 1)),
            ("2026-11-22", Open, "", false, (0, 0)),
            ("2026-11-23", Open, "", false, (0, 0)),
            ("", Open, "", false, (0, 0)),
            ("", Kept, "2026-11-19", false, (0, 0)),
            ("2026-08-24", Missed, "2026-11-19", false, (0, 1)),
            ("2026-08-23", Missed, "2026-11-19", false, (0, 0)),
            ("2026-08-20", Kept, "2026-08-23", false, (0, 0)),
            ("2026-08-23", KeptLate, "2026-09-10", true, (0, 0)),
        ];
        for (due, state, closed, told, (kept, fell_due)) in cases {
            let record = KeptRecord::of(&[mine(due, *state, closed, *told)], today);
            let found = (record.kept, record.fell_due);
            assert_eq!(found, (*kept, *fell_due), "{due} {state:?} {closed} {told}");
        }
    }

    #[test]
    fn a_day_both_moved_in_time_is_neutral() {
        let today = day("2026-11-22");
        let open = || mine("2026-11-27", CommitmentState::Open, "", false);
        let cases = [
            (moved("2026-11-20", "2026-11-27", "2026-11-18", true), (0, 0, 1)),
            (moved("2026-11-20", "2026-11-27", "2026-11-21", true), (0, 1, 0)),
            (moved("2026-11-20", "2026-11-27", "2026-11-18", false), (0, 1, 0)),
        ];
        for (one, (kept, fell_due, moved_in_time)) in cases {
            let (commitment, _, rests) = open();
            let said = format!("{one:?}");
            let record = KeptRecord::of(&[(commitment, vec![one], rests)], today);
            let counts = (record.fell_due, record.kept, record.moved_in_time);
            assert_eq!(counts, (fell_due, kept, moved_in_time), "{said}");
        }
        let (late, _, _) = mine("2026-11-10", CommitmentState::Open, "", false);
        let resting = KeptRecord::of(&[(late, Vec::new(), true)], today);
        assert_eq!(resting, KeptRecord::default());
    }

    #[test]
    fn what_is_open_for_the_longest_is_named() {
        use CommitmentState::{Kept, Open};
        let today = day("2026-11-22");
        let one = |text: &str, made: &str, state, rests| {
            let (open, moves, _) = mine("2026-12-01", CommitmentState::Open, "", false);
            (Commitment { text: text.to_owned(), made: day(made), state, ..open }, moves, rests)
        };
        let cases: &[(&[Mine], &str)] = &[
            (&[], ""),
            (&[one("new", "2026-11-09", Open, false)], ""),
            (&[one("list", "2026-11-08", Open, false)], "oldest open since Sun 8 Nov: list"),
            (
                &[
                    one("list", "2026-09-03", Open, false),
                    one("book", "2025-08-03", Open, false),
                    one("done", "2025-01-03", Kept, false),
                    one("rests", "2025-01-03", Open, true),
                ],
                "oldest open since 3 Aug 2025: book",
            ),
        ];
        for (mine, words) in cases {
            assert_eq!(KeptRecord::of(*mine, today).oldest_words(today), *words);
        }
    }

    #[test]
    fn two_records_are_one_with_the_older_of_what_is_open() {
        let one = |fell_due, kept, moved_in_time, made: &str| KeptRecord {
            fell_due,
            kept,
            moved_in_time,
            oldest: (!made.is_empty()).then(|| (made.to_owned(), day(made))),
        };
        let (late, early) = ("2026-10-03", "2026-09-03");
        assert_eq!(one(2, 1, 0, late).and(one(3, 3, 1, early)), one(5, 4, 1, early));
        assert_eq!(one(2, 1, 0, late).and(one(0, 0, 0, "")), one(2, 1, 0, late));
    }

    #[test]
    fn it_is_told_in_plain_counts() {
        let record = |kept, fell_due, moved_in_time| KeptRecord {
            fell_due,
            kept,
            moved_in_time,
            oldest: None,
        };
        for (record, words) in [
            (record(0, 0, 0), ""),
            (record(4, 5, 0), "4 of 5 kept"),
            (record(4, 5, 1), "4 of 5 kept, 1 moved in time"),
            (record(0, 0, 2), "2 moved in time"),
        ] {
            assert_eq!(record.words(), words);
        }
    }
}
