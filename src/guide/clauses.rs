//! What an agreement can hold, by profile, and ground rules to pick from.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::Profile;

/// A clause that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippedClause {
    /// Its name in versions; never changes.
    pub key: String,
    /// What stands above it.
    pub heading: String,
    /// What to write there, in a few words.
    pub hint: String,
    /// Words to begin with, where somebody wants them.
    #[serde(default)]
    pub words: String,
    /// The profiles in which it stands from the beginning.
    pub first: Vec<Profile>,
    /// The only profiles that offer it; all of them where it names none.
    #[serde(default)]
    pub only: Vec<Profile>,
}

impl ShippedClause {
    /// Whether this profile offers it at all.
    pub fn is_offered(&self, profile: Profile) -> bool {
        self.only.is_empty() || self.only.contains(&profile)
    }

    /// Whether it stands in this profile from the beginning.
    pub fn is_first(&self, profile: Profile) -> bool {
        self.first.contains(&profile)
    }
}

/// What stands in first words where something has to be filled in.
const GAP: &str = "___";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    clause: Vec<ShippedClause>,
    ground_rule: Vec<GroundRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroundRule {
    text: String,
}

fn content() -> &'static File {
    static CONTENT: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(include_str!("../../assets/content/agreement.toml")).unwrap_or_default()
    });
    &CONTENT
}

/// Whether what is written still has a gap that its first words left to be filled in.
pub fn has_gap(text: &str) -> bool {
    text.contains(GAP)
}

/// All clauses, in the order in which an agreement has them.
pub fn clauses() -> &'static [ShippedClause] {
    &content().clause
}

/// The clause of this key.
pub fn clause(key: &str) -> Option<&'static ShippedClause> {
    clauses().iter().find(|clause| clause.key == key)
}

/// The ground rules that can be picked, in their order.
pub fn ground_rules() -> impl Iterator<Item = &'static str> {
    content().ground_rule.iter().map(|rule| rule.text.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::text;

    #[test]
    fn the_shipped_clauses_read_and_the_plain_profile_begins_with_eight() {
        let file: File =
            toml::from_str(include_str!("../../assets/content/agreement.toml")).expect("it reads");
        assert_eq!(file.clause, clauses());
        let keys: HashSet<_> = clauses().iter().map(|clause| &clause.key).collect();
        assert_eq!(keys.len(), clauses().len());
        for clause in clauses() {
            for line in [&clause.heading, &clause.hint] {
                assert!(!line.is_empty() && *line == text::line(line), "{}", clause.key);
            }
            // An example longer than its field would be cut.
            assert!(clause.hint.chars().count() <= 44, "{}", clause.hint);
            let said = ["mentee_goals", "mentor_goals", "ground_rules"].contains(&&*clause.key);
            assert_eq!(clause.words.is_empty(), said, "{}", clause.key);
            assert_eq!(clause.words, text::prose(&clause.words), "{}", clause.key);
            assert!(clause.first.iter().all(|profile| clause.is_offered(*profile)));
        }
        let first = |profile| clauses().iter().filter(|one| one.is_first(profile)).count();
        let counts: Vec<_> = Profile::ALL.iter().map(|profile| first(*profile)).collect();
        assert_eq!(counts, [8, 9, 10, 10]);
        assert_eq!(ground_rules().count(), 11);
    }
}
