//! What was acknowledged is there after `kill -9`, whenever it comes.
//!
//! The writer writes sessions and drafts through the store and says each number once the store has
//! said yes. It is killed at seeded moments, while another process (the test itself) has the journal
//! open; then the journal has to open by all that opens it, and to hold everything that was said.

use std::path::Path;

use confidant::domain::{Id, Layer, Relationship, Session, SessionState, Stamp, When};
use confidant::store::{Anchor, Draft, Filter, Kept, Place, Query, Scope, Store};

use crate::journal::{Journal, stamp};
use crate::worker::{
    JOURNAL, Seeded, WORDS, Worker, kills, passphrase, passphrase_told, path_told, say,
};

#[test]
fn nothing_acknowledged_is_lost_from_a_plain_journal() {
    kill_and_look("", kills(20));
}

#[test]
fn nothing_acknowledged_is_lost_from_an_encrypted_journal() {
    kill_and_look("correct horse", kills(10));
}

fn kill_and_look(words: &str, kills: u64) {
    let mut journal = Journal::begin(passphrase(words).as_ref());
    journal.mentee("Amina K.");
    let path = journal.path();
    let Journal { folder, store, keys, .. } = journal;
    drop(store);
    let mut random = Seeded(7);
    let mut acknowledged = Vec::new();
    for _ in 0..kills {
        let mut beside = keys.open(&path, moment());
        acknowledged.extend(write_and_kill(&path, words, &mut random));
        beside.look().expect("a look");
        drop(beside);
        check(&keys.open(&path, moment()), &acknowledged);
    }
    println!("{kills} kills, {} texts and drafts, none lost", acknowledged.len());
    // Else it was killed before it wrote anything, and nothing was shown.
    assert!(acknowledged.len() as u64 > kills, "{} numbers", acknowledged.len());
    drop(folder);
}

/// Runs the writer until it has said some numbers, and a little longer; what it said.
fn write_and_kill(path: &Path, words: &str, random: &mut Seeded) -> Vec<(String, u64)> {
    let path = path.display().to_string();
    let variables = [(JOURNAL, path.as_str()), (WORDS, words)];
    let writer = Worker::start("store_kill::writes_until_it_is_killed", &variables);
    let mut said: Vec<_> = (0..=random.below(8)).map(|_| writer.next()).collect();
    std::thread::sleep(random.before(std::time::Duration::from_millis(12)));
    said.extend(writer.kill());
    let read = |line: String| {
        let (what, number) = line.split_once(' ').expect("two words");
        (what.to_owned(), number.parse().expect("a number"))
    };
    said.into_iter().map(read).collect()
}

fn check(store: &Store, acknowledged: &[(String, u64)]) {
    for (what, number) in acknowledged {
        if what == "session" {
            let query = Query { text: format!("\"{}\"", planted(*number)), ..Query::default() };
            let hits = store.search(&query, None, 10).expect("hits").hits;
            assert_eq!(hits.len(), 1, "session {number}");
            let id = hits[0].session.expect("a session");
            let notes = store.texts(id).expect("texts").notes.expect("notes");
            assert_eq!(notes.value.body, notes_of(*number));
        }
    }
    // A draft is overwritten by the next one: the last that was acknowledged, or a later one.
    if let Some((_, last)) = acknowledged.iter().rev().find(|(what, _)| what == "draft") {
        let drafts = store.drafts_of_others(moment()).expect("drafts");
        let newest = drafts.iter().filter_map(|left| left.draft.body.parse::<u64>().ok()).max();
        assert!(newest >= Some(*last), "{newest:?} and not {last}");
    }
    assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
}

fn planted(number: u64) -> String {
    format!("zq{number}q")
}

fn notes_of(number: u64) -> String {
    format!("{}\n\n{}", planted(number), "What a small no looks like. ".repeat(60).trim_end())
}

fn moment() -> Stamp {
    stamp("2026-11-22T13:00:00+00:00")
}

#[test]
#[ignore = "the writer that the tests above start and kill"]
fn writes_until_it_is_killed() {
    let stamp = moment();
    let mut store =
        Store::open(&path_told(), passphrase_told(WORDS).as_ref(), stamp).expect("opens");
    let with = store.people().expect("people")[0].relationship;
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, u16::MAX);
    let mut number = page.expect("a page").rows.len() as u64 * 1000;
    loop {
        number += 1;
        write_one(&mut store, stamp, with, number);
    }
}

fn write_one(store: &mut Store, stamp: Stamp, with: Id<Relationship>, number: u64) {
    let day = When::day(stamp.now.date_naive());
    let session = Session::new(with, day, SessionState::Held);
    let id = store.add_session(stamp, &session, &[], &[]).expect("added");
    let draft = Draft {
        place: Place::Session,
        record: Id::from_bytes([7; 16]),
        field: "notes".to_owned(),
        base: None,
        body: number.to_string(),
    };
    store.keep_draft(stamp, &draft, "writer").expect("kept");
    say(&format!("draft {number}"));
    let kept = store.save_text(stamp, id, Layer::Notes, None, &notes_of(number));
    assert!(matches!(kept, Ok(Kept::Saved(Some(_)))));
    say(&format!("session {number}"));
}
