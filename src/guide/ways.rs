//! The ten ways to build trust, and how the writer wants them: renamed, hidden, or more of them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Origin;
use crate::domain::{Record, Role, Way};

/// A way as it ships.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippedWay {
    /// Its name in answers and evidence; never changes.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Whether the page named it, or we did.
    pub origin: Origin,
    /// Whether it stands in the checklist only once it was added.
    #[serde(default)]
    pub offered: bool,
    /// What it asks of a mentor.
    pub mentor: String,
    /// What it asks of a mentee.
    pub mentee: String,
    /// Questions to look back with.
    pub ask: Vec<String>,
    /// Practices to try.
    #[serde(rename = "do")]
    pub practices: Vec<String>,
}

/// A way as it stands in the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustWay {
    /// Its name in answers and evidence.
    pub key: String,
    /// What it is called here.
    pub name: String,
    /// What it asks, by role; the writer's own line where there is one.
    lines: Vec<(Role, String)>,
    /// Questions to look back with.
    pub ask: Vec<String>,
    /// Practices to try.
    pub practices: Vec<String>,
    /// Whether it is our completion of the list, and marked as that.
    pub ours: bool,
    /// Whether it is left out of the checklist.
    pub hidden: bool,
}

impl TrustWay {
    /// What it asks of whoever has this role. Peers see both sides.
    pub fn lines(&self, role: Role) -> impl Iterator<Item = &str> {
        let meant = move |of: Role| of == Role::Peer || role == Role::Peer || of == role;
        self.lines.iter().filter(move |(of, _)| meant(*of)).map(|(_, line)| line.as_str())
    }

    fn shipped(way: &ShippedWay) -> Self {
        Self {
            key: way.key.clone(),
            name: way.name.clone(),
            lines: vec![(Role::Mentor, way.mentor.clone()), (Role::Mentee, way.mentee.clone())],
            ask: way.ask.clone(),
            practices: way.practices.clone(),
            ours: way.origin == Origin::Ours,
            hidden: way.offered,
        }
    }

    fn wanted(mut self, own: &Way) -> Self {
        if !own.name.is_empty() {
            self.name.clone_from(&own.name);
        }
        if !own.line.is_empty() {
            self.lines = vec![(Role::Peer, own.line.clone())];
        }
        self.hidden = own.hidden;
        self
    }
}

/// The ways as they ship, in their order.
pub fn shipped() -> &'static [ShippedWay] {
    static WAYS: LazyLock<Vec<ShippedWay>> =
        LazyLock::new(|| read(include_str!("../../assets/content/ways.toml")).unwrap_or_default());
    &WAYS
}

/// All ways as the writer wants them, the hidden ones too: those that ship, then their own.
pub fn all(own: &[Record<Way>]) -> Vec<TrustWay> {
    let of = |key: &str| own.iter().map(|way| &way.value).find(|way| way.key == key);
    let mut ways: Vec<TrustWay> = shipped()
        .iter()
        .map(|way| {
            let plain = TrustWay::shipped(way);
            match of(&way.key) {
                Some(own) => plain.wanted(own),
                None => plain,
            }
        })
        .collect();
    for way in own.iter().map(|way| &way.value) {
        if !shipped().iter().any(|shipped| shipped.key == way.key) {
            let plain = TrustWay {
                key: way.key.clone(),
                name: way.key.clone(),
                lines: Vec::new(),
                ask: Vec::new(),
                practices: Vec::new(),
                ours: false,
                hidden: false,
            };
            ways.push(plain.wanted(way));
        }
    }
    ways
}

fn read(content: &str) -> Result<Vec<ShippedWay>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        way: Vec<ShippedWay>,
    }
    toml::from_str::<File>(content).map(|file| file.way)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, Rev, text};

    fn own(key: &str, name: &str, line: &str, hidden: bool) -> Record<Way> {
        let value = Way { key: key.into(), name: name.into(), line: line.into(), hidden };
        Record { id: Id::from_bytes([1; 16]), rev: Rev(1), written: 0, value }
    }

    #[test]
    fn the_shipped_ways_read_and_are_ten_and_one() {
        let ways = read(include_str!("../../assets/content/ways.toml")).expect("it reads");
        assert_eq!(ways, shipped());
        let keys: Vec<_> = ways.iter().map(|way| way.key.as_str()).collect();
        let expected: Vec<_> = (1..=11).map(|n| format!("w{n:02}")).collect();
        assert_eq!(keys, expected);
        // The page shows eight; what is ours is marked.
        for (at, way) in ways.iter().enumerate() {
            assert_eq!(way.origin == Origin::Source, at < 8, "{}", way.key);
            assert_eq!(way.offered, at == 10, "{}", way.key);
            let words = [&way.name, &way.mentor, &way.mentee];
            for line in words.into_iter().chain(&way.ask).chain(&way.practices) {
                assert!(!line.is_empty() && *line == text::line(line), "{}: {line}", way.key);
            }
            assert!(way.ask.len() == 2 && way.practices.len() == 2, "{}", way.key);
        }
    }

    #[test]
    fn a_way_shows_the_line_of_my_role_and_a_peer_sees_both() {
        let ways = all(&[]);
        let honest = &ways[1];
        assert_eq!(honest.lines(Role::Mentor).count(), 1);
        assert!(honest.lines(Role::Mentee).all(|line| line.starts_with("Tell how")));
        assert_eq!(honest.lines(Role::Peer).count(), 2);
    }

    #[test]
    fn the_writer_renames_hides_and_adds() {
        let wanted = [
            own("w02", "Say it plainly", "", false),
            own("w06", "", "", true),
            own("w11", "", "", false),
            own("own-1", "Laugh together", "Once each time.", false),
        ];
        let ways = all(&wanted);
        assert_eq!(ways.len(), 12);
        assert_eq!(ways[1].name, "Say it plainly");
        assert_eq!(ways[1].lines(Role::Mentor).count(), 1, "its line stays");
        assert!(ways[5].hidden && ways[5].name == "Be vulnerable");
        assert!(!ways[10].hidden, "what is offered was added");
        assert_eq!(ways[11].lines(Role::Mentee).collect::<Vec<_>>(), ["Once each time."]);
        assert!(all(&[])[10].hidden, "what is offered waits");
    }
}
