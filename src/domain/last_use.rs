//! Which copy of a journal was used here last: so that an older one that is opened in its place is
//! recognised. It is kept outside the journal, and holds numbers and moments only.

use serde::{Deserialize, Serialize};

/// How far a copy of the journal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The number of its newest change.
    pub change: i64,
    /// When that was made, in milliseconds since 1970.
    pub at: i64,
}

/// What this machine remembers of a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastUse {
    /// How far the copy went that was used last.
    pub reach: Option<Reach>,
    /// The copy of which its owner was told that it is an older one, as it stood then.
    pub told: Option<Reach>,
    /// What keeps the folder in step with other machines, once its owner was told of it.
    pub place: Option<String>,
}

impl LastUse {
    /// How far the copy used last went, where the one that is opened now lacks something of it.
    /// `same_change` is when the opened one made the change that was the other's last. Who was told
    /// and then went on writing meant it.
    pub fn missing_in(&self, opened: Reach, same_change: Option<i64>) -> Option<Reach> {
        let last = self.reach?;
        let is_older = opened.change < last.change;
        let is_apart = same_change.is_some_and(|at| at != last.at);
        let goes_on = self.told.is_some_and(|told| told != opened);
        ((is_older || is_apart) && !goes_on).then_some(last)
    }

    /// What is remembered after this copy was opened, and its owner told where something is missing.
    #[must_use]
    pub fn after(&self, opened: Reach, missing: bool) -> Self {
        if missing {
            Self { told: Some(opened), ..self.clone() }
        } else {
            Self { reach: Some(opened), told: None, place: self.place.clone() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn reach(change: i64, at: i64) -> Reach {
        Reach { change, at }
    }

    #[test]
    fn an_older_copy_and_one_that_went_its_own_way_are_recognised() {
        let last = LastUse { reach: Some(reach(10, 1000)), ..LastUse::default() };
        for (opened, same, missing) in [
            (reach(10, 1000), Some(1000), false),
            (reach(12, 1200), Some(1000), false),
            (reach(9, 900), None, true),
            (reach(0, 0), None, true),
            // It has as many changes and more, but others.
            (reach(10, 1001), Some(1001), true),
            (reach(15, 2000), Some(1100), true),
            // What an erased or unfinished thing left is no sign of another copy.
            (reach(15, 2000), None, false),
        ] {
            assert_eq!(last.missing_in(opened, same).is_some(), missing, "{opened:?}");
        }
        assert_eq!(LastUse::default().missing_in(reach(3, 300), None), None);
    }

    #[test]
    fn it_is_said_until_somebody_writes_on() {
        let last = LastUse { reach: Some(reach(10, 1000)), ..LastUse::default() };
        let older = reach(7, 700);
        let missing = last.missing_in(older, None);
        assert_eq!(missing, Some(reach(10, 1000)));
        let told = last.after(older, true);
        assert_eq!(told.missing_in(older, None), missing, "nothing was written since");
        let written = reach(8, 1500);
        assert_eq!(told.missing_in(written, None), None);
        let accepted = told.after(written, false);
        assert_eq!(accepted, LastUse { reach: Some(written), ..LastUse::default() });
        // And now the other one is not what was used last.
        assert!(accepted.missing_in(reach(10, 1000), Some(800)).is_some());
    }
}
