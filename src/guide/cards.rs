//! The cards of the Guide: what makes mentoring work, in short.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Origin, ways};
use crate::domain::Role;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name in commands; never changes.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// Whether the page had it, or it is ours.
    pub origin: Origin,
    /// The panes in which it is offered first.
    pub helps: Vec<String>,
    /// What it comes to.
    pub lead: String,
    /// Whether its items are the ten ways.
    #[serde(default)]
    ways: bool,
    /// Its parts.
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
}

/// A part of a card: for both, or a line for each side.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is about.
    pub heading: String,
    /// Whether the page had it, or it is ours.
    #[serde(default = "source")]
    pub origin: Origin,
    /// What it says to both.
    #[serde(default)]
    pub both: String,
    /// What it says to the mentor.
    #[serde(default)]
    pub mentor: String,
    /// What it says to the mentee.
    #[serde(default)]
    pub mentee: String,
}

impl Item {
    /// What it says, the side of this role first; with no role the mentor's.
    pub fn lines(&self, role: Option<Role>) -> Vec<String> {
        if !self.both.is_empty() {
            return vec![self.both.clone()];
        }
        let mentor = format!("Mentor: {}", self.mentor);
        let mentee = format!("Mentee: {}", self.mentee);
        if role == Some(Role::Mentee) { vec![mentee, mentor] } else { vec![mentor, mentee] }
    }
}

/// All cards, in the order in which they are read.
pub fn cards() -> &'static [Card] {
    static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| {
        let mut cards = read(include_str!("../../assets/content/guide.toml")).unwrap_or_default();
        for card in cards.iter_mut().filter(|card| card.ways) {
            let shown = ways::shipped().iter().filter(|way| !way.offered);
            card.items.extend(shown.map(|way| Item {
                heading: way.name.clone(),
                origin: way.origin,
                both: String::new(),
                mentor: way.mentor.clone(),
                mentee: way.mentee.clone(),
            }));
        }
        cards
    });
    &CARDS
}

/// The card of this key.
pub fn card(key: &str) -> Option<&'static Card> {
    cards().iter().find(|card| card.key == key)
}

fn source() -> Origin {
    Origin::Source
}

fn read(content: &str) -> Result<Vec<Card>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        card: Vec<Card>,
    }
    toml::from_str::<File>(content).map(|file| file.card)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::text;

    #[test]
    fn the_shipped_cards_read_and_hold_every_list_of_the_page() {
        let read = read(include_str!("../../assets/content/guide.toml")).expect("it reads");
        assert_eq!(read.len(), cards().len());
        let keys: HashSet<_> = cards().iter().map(|card| &card.key).collect();
        assert_eq!(keys.len(), cards().len());
        for card in cards() {
            assert!(!card.items.is_empty() && !card.helps.is_empty(), "{}", card.key);
            for item in &card.items {
                let sides = !item.mentor.is_empty() && !item.mentee.is_empty();
                assert!(item.both.is_empty() == sides, "{}: {}", card.key, item.heading);
                for line in [&item.heading, &item.both, &item.mentor, &item.mentee] {
                    assert_eq!(*line, text::line(line), "{}", card.key);
                }
            }
        }
        // The lists of the page, and how long each is with what is ours.
        for (key, items, ours) in [
            ("ten-ways", 10, 2),
            ("ten-tips", 10, 1),
            ("coach", 5, 0),
            ("components", 8, 0),
            ("three-factors", 3, 0),
            ("what-trust-rests-on", 6, 1),
            ("good-mentor", 3, 0),
            ("agreement", 5, 0),
        ] {
            let card = card(key).expect("a card");
            let marked = card.items.iter().filter(|item| item.origin == Origin::Ours).count();
            assert_eq!((card.items.len(), marked), (items, ours), "{key}");
        }
    }

    #[test]
    fn my_side_comes_first() {
        let tips = card("ten-tips").expect("a card");
        let first = &tips.items[0];
        assert!(first.lines(Some(Role::Mentee))[0].starts_with("Mentee: "));
        assert!(first.lines(Some(Role::Mentor))[0].starts_with("Mentor: "));
        assert_eq!(tips.items[7].lines(None).len(), 1);
    }
}
