//! What can be said of check-ins and evidence without grading anybody.
//!
//! Frequencies instead of marks, evidence instead of opinion, and no sub-scores: people answer
//! finer scales with one general judgment (factor study of trustworthiness, Frontiers in
//! Psychology 2022).

use chrono::{Days, NaiveDate};

use super::{CheckIn, Practice};
use crate::domain::{Record, words_for};

/// A way may be quiet for this many days before it is named.
const QUIET_DAYS: u64 = 60;
/// And for at least this many sessions.
const QUIET_SESSIONS: usize = 3;
/// No more quiet ways than this are named at once.
pub const QUIET_NAMED: usize = 3;
/// A trend wants at least this many answers.
const TREND_FROM: usize = 3;
/// And looks at no more than the last ones.
const TREND_OF: usize = 8;

words_for! {
    /// Where a way goes over several check-ins.
    pub enum Trend {
        /// More often than before.
        More = "more" ("more"),
        /// As before.
        Steady = "steady" ("steady"),
        /// Less often than before.
        Less = "less" ("less"),
    }
}

/// The check-in of this day, which is gone on with instead of beginning another.
pub fn check_in_of<'a>(
    check_ins: impl IntoIterator<Item = &'a Record<CheckIn>>,
    day: NaiveDate,
) -> Option<&'a Record<CheckIn>> {
    check_ins.into_iter().find(|one| one.value.day == day)
}

/// Since when a way has to have been silent to be called quiet: sixty days or three sessions,
/// whichever is longer. `held` are the days of the last held sessions, the newest first. Nothing
/// while there were fewer than three sessions: then it is too early to say.
pub fn quiet_since(held: &[NaiveDate], today: NaiveDate) -> Option<NaiveDate> {
    let sessions = *held.get(QUIET_SESSIONS - 1)?;
    let days = today.checked_sub_days(Days::new(QUIET_DAYS))?;
    Some(sessions.min(days))
}

/// The ways that are quiet: those that went quiet, the longest unheard of first, then those that
/// never were anything else, which say less. `ways` gives for each
/// way the last day on which something was seen of it or it was answered above "not really", and
/// whether it was marked as "no occasion" since then. `first` is the first day on which anything was said
/// of any way here: before that nothing could be heard.
pub fn quiet<'a>(
    ways: impl IntoIterator<Item = (&'a str, Option<NaiveDate>, bool)>,
    first: Option<NaiveDate>,
    since: Option<NaiveDate>,
) -> Vec<&'a str> {
    let (Some(first), Some(since)) = (first, since) else { return Vec::new() };
    if first > since {
        return Vec::new();
    }
    let mut found: Vec<_> = ways
        .into_iter()
        .filter(|(_, heard, no_occasion)| !no_occasion && heard.is_none_or(|day| day < since))
        .collect();
    found.sort_by_key(|(_, heard, _)| (heard.is_none(), *heard));
    found.into_iter().map(|(way, ..)| way).collect()
}

/// Where a way goes, from its answers in the order of time: the last one beside the middle one of
/// those before. "No occasion" says nothing of it. Nothing before the third answer.
pub fn trend(answers: impl IntoIterator<Item = Practice>) -> Option<Trend> {
    let mut said: Vec<_> =
        answers.into_iter().filter(|answer| *answer != Practice::NoOccasion).collect();
    if said.len() < TREND_FROM {
        return None;
    }
    let mut said = said.split_off(said.len().saturating_sub(TREND_OF));
    let last = said.pop()?;
    said.sort();
    let middle = *said.get(said.len() / 2)?;
    Some(match last.cmp(&middle) {
        std::cmp::Ordering::Greater => Trend::More,
        std::cmp::Ordering::Equal => Trend::Steady,
        std::cmp::Ordering::Less => Trend::Less,
    })
}

/// Whether an answer and what was noted in the same time do not fit: worth a look, no more.
pub const fn mismatch(answer: Practice, practised: usize) -> bool {
    match answer {
        Practice::Consistently => practised == 0,
        Practice::NotReally => practised > 1,
        Practice::NoOccasion | Practice::Sometimes => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Practice::{Consistently, NoOccasion, NotReally, Sometimes};

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    #[test]
    fn it_is_quiet_after_sixty_days_and_three_sessions() {
        let today = day("2026-11-22");
        let cases: [(&[&str], Option<&str>); 5] = [
            (&[], None),
            (&["2026-11-12", "2026-10-01"], None),
            // The three last sessions lie within sixty days: the days are longer.
            (&["2026-11-12", "2026-10-29", "2026-10-15"], Some("2026-09-23")),
            // They reach further back: the sessions are longer.
            (&["2026-11-12", "2026-09-01", "2026-06-01"], Some("2026-06-01")),
            (&["2026-11-12", "2026-09-24", "2026-09-23", "2026-01-01"], Some("2026-09-23")),
        ];
        for (held, since) in cases {
            let held: Vec<_> = held.iter().map(|code| day(code)).collect();
            assert_eq!(quiet_since(&held, today), since.map(day), "{held:?}");
        }
    }

    #[test]
    fn the_longest_unheard_come_first_and_what_was_never_heard_last() {
        let since = Some(day("2026-09-23"));
        let ways = [
            ("heard lately", Some(day("2026-10-01")), false),
            ("on the day itself", Some(day("2026-09-23")), false),
            ("a while ago", Some(day("2026-09-22")), false),
            ("no occasion", None, true),
            ("long ago", Some(day("2026-01-01")), false),
            ("never", None, false),
            ("ages ago", Some(day("2025-01-01")), false),
        ];
        let first = Some(day("2025-01-01"));
        assert_eq!(quiet(ways, first, since), ["ages ago", "long ago", "a while ago", "never"]);
        assert_eq!(quiet(ways, first, None), [""; 0], "too few sessions");
        assert_eq!(quiet(ways, None, since), [""; 0], "nothing was ever said");
        assert_eq!(quiet(ways, Some(day("2026-10-01")), since), [""; 0], "too early to say");
    }

    #[test]
    fn a_trend_is_a_word_and_wants_three_answers() {
        let cases: [(&[Practice], Option<Trend>); 9] = [
            (&[], None),
            (&[Sometimes, Consistently], None),
            (&[Sometimes, Sometimes, Sometimes], Some(Trend::Steady)),
            (&[NotReally, Sometimes, Consistently], Some(Trend::More)),
            (&[Consistently, Consistently, Sometimes], Some(Trend::Less)),
            (&[NotReally, NoOccasion, Sometimes], None),
            (&[NotReally, NoOccasion, NotReally, Sometimes], Some(Trend::More)),
            (&[Consistently, NotReally, Consistently, Consistently], Some(Trend::Steady)),
            // Only the last eight are looked at.
            (
                &[
                    Consistently,
                    Consistently,
                    Consistently,
                    NotReally,
                    NotReally,
                    NotReally,
                    NotReally,
                    NotReally,
                    NotReally,
                    NotReally,
                    Sometimes,
                ],
                Some(Trend::More),
            ),
        ];
        for (answers, expected) in cases {
            assert_eq!(trend(answers.iter().copied()), expected, "{answers:?}");
        }
    }

    #[test]
    fn only_the_two_ends_of_the_scale_can_fail_to_fit() {
        let cases = [
            (Consistently, 0, true),
            (Consistently, 1, false),
            (Sometimes, 0, false),
            (NotReally, 1, false),
            (NotReally, 2, true),
            (NoOccasion, 5, false),
        ];
        for (answer, practised, worth_a_look) in cases {
            assert_eq!(mismatch(answer, practised), worth_a_look, "{answer:?} {practised}");
        }
    }
}
