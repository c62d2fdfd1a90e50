//! Erasing a person: everything of theirs goes, from every file, and nothing of anybody else's.

use confidant::domain::{Goal, GoalOwner, Id, Relationship};
use confidant::store::{Error, Passphrase, Query, Store};
use confidant::wording;

use crate::journal::Journal;
use crate::planted::{holds, plant};
use crate::shell::{Home, ran};

/// Stands in every text about the one who is erased, and in nothing else.
const PLANTED: &str = "Zanzibarplum";
/// Stands in every text about the other.
const OTHERS: &str = "Quincegarden";

/// A journal with two people of whom everything was written, and a backup of it.
fn planted(passphrase: Option<&Passphrase>) -> (Journal, Id<Relationship>, Id<Relationship>) {
    let mut journal = Journal::begin(passphrase);
    let (one, other) = (journal.mentee("Amina K."), journal.mentee("Tom B."));
    plant(&mut journal.store, journal.stamp, one, PLANTED);
    plant(&mut journal.store, journal.stamp, other, OTHERS);
    (journal, one, other)
}

fn hits(store: &Store, word: &str) -> usize {
    store
        .search(&Query { text: word.into(), ..Query::default() }, None, 100)
        .expect("searched")
        .hits
        .len()
}

#[test]
fn what_belongs_to_a_person_goes_and_what_is_anothers_stays() {
    let (mut journal, one, other) = planted(None);
    let stamp = journal.stamp;
    let store = &mut journal.store;
    let person = store.relationship(one).expect("one").value.person;
    let shared = Goal::new("Run the retro together", GoalOwner::Both, stamp.now.date_naive());
    let shared = store.add_goal(stamp, &shared, &[one, other]).expect("a goal");
    let mine = Goal::new("Listen longer", GoalOwner::Me, stamp.now.date_naive());
    let mine = store.add_goal(stamp, &mine, &[one]).expect("a goal");
    let theirs = hits(store, OTHERS);
    assert!(hits(store, PLANTED) > 5);

    let expected = store.belongings(person).expect("counted");
    let gone = store.erase(stamp, person).expect("erased");
    assert_eq!(gone, expected);
    assert_eq!(
        wording::tally(&gone).join(", "),
        "1 way to reach them, 1 session, 3 texts, 1 line worth remembering, 2 agenda lines, \
         1 commitment, 1 goal, 1 milestone, 2 lines on how goals stand, 1 trust check-in, \
         1 line of what you saw or did, 1 practice, 1 repair, 1 version of the agreement, \
         1 clause, 1 signature, 1 progress check"
    );

    assert_eq!(hits(store, PLANTED), 0);
    assert_eq!(hits(store, OTHERS), theirs);
    assert!(matches!(store.relationship(one), Err(Error::Gone)));
    assert!(store.bin(100).expect("the bin").iter().all(|one| one.subject.person != "Amina K."));
    for goal in [shared, mine] {
        let with = store.shared_with(goal).expect("the goal stands");
        assert!(with.iter().all(|named| named.relationship == other));
    }
    let verdict = store.verify(|_| {}).expect("verified");
    assert!(verdict.problems.is_empty(), "{:?}", verdict.problems);
    let kept = store.erasures().expect("read");
    assert_eq!((kept.len(), &kept[0].tally), (1, &gone));
    assert!(matches!(store.erase(stamp, person), Err(Error::Gone)));
}

#[test]
fn undo_neither_brings_it_back_nor_trips_over_it() {
    let (mut journal, one, _) = planted(None);
    let stamp = journal.stamp;
    let store = &mut journal.store;
    let person = store.relationship(one).expect("one").value.person;
    store.erase(stamp, person).expect("erased");
    // All that this writer did to the other can still be taken back.
    while store.undo(stamp).is_ok() {}
    assert_eq!(hits(store, PLANTED), 0);
    let verdict = store.verify(|_| {}).expect("verified");
    assert!(verdict.problems.is_empty(), "{:?}", verdict.problems);
}

#[test]
fn no_file_holds_a_word_of_it_afterwards_nor_does_a_backup() {
    let passphrase = Passphrase::new("correct horse".into());
    for passphrase in [None, Some(&passphrase)] {
        let (mut journal, one, _) = planted(passphrase);
        let stamp = journal.stamp;
        let folder = journal.folder.path().to_owned();
        let backup = journal.store.backup(stamp, None, |_, _| {}).expect("copied");
        let plain = passphrase.is_none();
        assert_eq!(holds(&folder, PLANTED).len(), if plain { 2 } else { 0 });
        let person = journal.store.relationship(one).expect("one").value.person;
        journal.store.erase(stamp, person).expect("erased");
        assert_eq!(holds(&folder, PLANTED).len(), usize::from(plain));
        let found = journal.store.erase_in_backups(stamp, person, |_, _| {}).expect("erased");
        assert_eq!((found.erased, found.left.len()), (1, 0));
        assert_eq!(holds(&folder, PLANTED), [""; 0]);
        if plain {
            assert_eq!(holds(&folder, OTHERS).len(), 2, "what is another's stays");
        }
        // Both open as before, with what they should have.
        for path in [journal.path(), backup] {
            let store = Store::open(&path, passphrase, stamp).expect("opens");
            assert_eq!((hits(&store, PLANTED), store.people().expect("people").len()), (0, 1));
            assert!(store.verify(|_| {}).expect("verified").problems.is_empty());
        }
    }
}

#[test]
fn a_backup_that_cannot_be_opened_is_named_and_left_as_it_is() {
    let (mut journal, one, _) = planted(None);
    let stamp = journal.stamp;
    let backup = journal.store.backup(stamp, None, |_, _| {}).expect("copied");
    let broken = backup.with_file_name("journal-2026-01-01-000000.db");
    std::fs::write(&broken, [7; 8192]).expect("written");
    let person = journal.store.relationship(one).expect("one").value.person;
    journal.store.erase(stamp, person).expect("erased");
    let found = journal.store.erase_in_backups(stamp, person, |_, _| {}).expect("erased");
    assert_eq!((found.erased, found.left.as_slice()), (1, [broken.clone()].as_slice()));
    assert_eq!(std::fs::read(&broken).expect("bytes"), [7; 8192]);
}

#[test]
fn the_shell_shows_what_goes_and_wants_the_name() {
    let home = Home::with_amina();
    home.done(&["log", "amina", "--on", "2026-11-12", "--notes", PLANTED]);
    home.done(&["backup"]);
    let shown = "This will go for good: Amina K., 1 session, 1 text.\n\
                 The same goes from the backup beside the journal.\n\
                 Type Amina K. to erase:\n";
    let refused = "That is not the name, so nothing was erased. \
                   Run it again and type the name as it is shown.\n";
    assert_eq!(
        home.run_with(&["erase", "amina"], "amina\n"),
        ran(1, "", &format!("{shown}{refused}"))
    );
    assert_eq!(home.run(&["erase", "amina"]), ran(1, "", &format!("{shown}{refused}")));
    assert_eq!(
        home.run_with(&["erase", "amina"], "Amina K.\n"),
        ran(0, "Erased: Amina K., 1 session, 1 text.\nErased from 1 backup too.\n", shown)
    );
    assert_eq!(holds(home.folder.path(), PLANTED), [""; 0]);
    // What cannot be opened is said before the name is typed.
    home.done(&["person", "add", "Tom", "--as", "mentor"]);
    let strange = home.path("data/confidant/backups/journal-2026-01-01-000000.db");
    std::fs::write(strange, [7; 8192]).expect("written");
    let asked = home.run_with(&["erase", "tom"], "no\n").err;
    let said = "The same goes from the backup beside the journal.\n\
                1 backup of another passphrase cannot be opened and stays as it is.\n";
    assert!(asked.contains(said), "{asked}");
    home.says(&["erase", "--list"], "Sun 22 Nov 2026 at 12:00  a person, 1 session, 1 text\n");
    home.fails(
        &["erase", "amina"],
        4,
        "Nobody here is called \"amina\". `confidant people --all` lists everybody.\n",
    );
}
