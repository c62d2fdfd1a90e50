//! What the files of an export are called: the same names each time, so that a second export of
//! the same journal differs where the journal does.

use std::collections::{HashMap, HashSet};

use crate::domain::{Id, Person, Relationship, Session, text};
use crate::store::{InOrder, Named};

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
            free(&format!("{folder}/as {}", named.role.code()), &mut taken)
        } else {
            let folder = free(&plain(&named.name), &mut taken);
            of_person.insert(named.person, folder.clone());
            folder
        };
        folders.insert(named.relationship, folder);
    }
    folders
}

/// The file names of the sessions of one relationship, as many and in the same order: the day, and a
/// number behind it for a further one of that day. These count by the ids, which are in the order in
/// which the sessions were written down: one that is set down later takes no other's name.
pub fn sessions(sessions: &[InOrder]) -> Vec<String> {
    let mut names = Vec::with_capacity(sessions.len());
    for day in sessions.chunk_by(|one, next| one.when.date == next.when.date) {
        let mut ids: Vec<Id<Session>> = day.iter().map(|one| one.id).collect();
        ids.sort_unstable();
        for one in day {
            names.push(match ids.binary_search(&one.id).unwrap_or_default() {
                0 => format!("{}.md", one.when.date),
                before => format!("{}-{}.md", one.when.date, before + 1),
            });
        }
    }
    names
}

/// `name`, or with the first number behind it that nobody has. Names that differ in case only are
/// one name on many disks.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name} {number}"));
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
    use crate::domain::{Role, SessionState, When};

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
    fn each_session_keeps_its_name() {
        let session = |id: u8, when: &str| InOrder {
            when: When::from_code(when).expect("a moment"),
            id: Id::from_bytes([id; 16]),
            state: SessionState::Held,
        };
        let all = [
            session(2, "2026-11-11"),
            session(4, "2026-11-12"),
            session(3, "2026-11-12T09:00"),
            session(1, "2026-11-12T15:00"),
        ];
        assert_eq!(
            sessions(&all),
            ["2026-11-11.md", "2026-11-12-3.md", "2026-11-12-2.md", "2026-11-12.md"]
        );
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
