//! What the files of an export are called: the same names each time, so that a second export of
//! the same journal differs where the journal does.

use std::collections::{HashMap, HashSet};

use crate::domain::{Id, Person, Relationship, text};
use crate::store::Named;

/// How long a name may be, in characters; with what is added it fits every file system.
const LONGEST: usize = 50;

/// A folder name for each person, and within it one for each further role: two people of one name
/// are told apart by a number, in the order in which they came into the journal.
pub fn folders(named: &[Named]) -> HashMap<Id<Relationship>, String> {
    let mut in_order: Vec<&Named> = named.iter().collect();
    in_order.sort_by_key(|named| (named.person, named.relationship));
    let mut taken = HashSet::new();
    let mut of_person: HashMap<Id<Person>, String> = HashMap::new();
    let mut folders = HashMap::new();
    for named in in_order {
        let folder = if let Some(folder) = of_person.get(&named.person) {
            // The first role keeps the folder, so that a second one moves nothing.
            free(&format!("{folder}/as {}", named.role.code()), " ", &mut taken)
        } else {
            let folder = free(&plain(&named.name), " ", &mut taken);
            of_person.insert(named.person, folder.clone());
            folder
        };
        folders.insert(named.relationship, folder);
    }
    folders
}

/// `name`, or with the first number behind it that nobody has. Names that differ in case only are
/// one name on many disks.
pub fn free(name: &str, between: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}{between}{number}"));
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| taken.insert(text::folded(name)))
        .unwrap_or_default()
}

/// A name that every file system takes: no separators, nothing hidden, not too long.
pub fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' };
    let name: String = text::line(name).chars().map(plain).take(LONGEST).collect();
    let name = name.trim_matches(['.', ' ', '-']);
    if name.is_empty() { "person".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn named(person: u8, relationship: u8, name: &str, role: Role) -> Named {
        Named {
            relationship: Id::from_bytes([relationship; 16]),
            person: Id::from_bytes([person; 16]),
            name: name.to_owned(),
            alias: String::new(),
            role,
            archived: false,
        }
    }

    #[test]
    fn everybody_has_a_folder_that_stays() {
        let all = [
            named(1, 1, "Amina K.", Role::Mentor),
            named(1, 4, "Amina K.", Role::Mentee),
            named(2, 2, "AMINA K", Role::Peer),
            named(3, 3, "../../etc/passwd", Role::Peer),
            named(4, 5, "\u{1b}[2J", Role::Peer),
            named(5, 6, "昇 🧑", Role::Peer),
            named(6, 7, "...", Role::Peer),
        ];
        let folders = folders(&all);
        let of = |n: u8| folders[&Id::from_bytes([n; 16])].as_str();
        assert_eq!(
            [1, 4, 2, 3, 5, 6, 7].map(of),
            ["Amina K", "Amina K/as mentee", "AMINA K 2", "etc-passwd", "2J", "昇", "person"]
        );
        assert_eq!(plain(&"x".repeat(400)).len(), LONGEST);
    }
}
