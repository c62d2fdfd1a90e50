//! What was acknowledged is there after `kill -9`, whenever it comes.
//!
//! The writer is this test program run again: it writes sessions and drafts through the store and
//! prints each number once the store has said yes. It is killed at seeded moments; the journal is
//! opened again and has to hold everything that was printed. `CONFIDANT_KILLS` sets how often.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use confidant::domain::{Id, Layer, Relationship, Session, SessionState, Stamp, When};
use confidant::store::{Anchor, Draft, Filter, Kept, Passphrase, Place, Query, Scope, Store};

use crate::journal::{Journal, stamp};

const JOURNAL: &str = "CONFIDANT_TEST_JOURNAL";
const WORDS: &str = "CONFIDANT_TEST_WORDS";
/// Longer than any of this takes; then something hangs.
const DEADLINE: Duration = Duration::from_mins(1);

#[test]
fn nothing_acknowledged_is_lost_from_a_plain_journal() {
    kill_and_look(None, kills() * 2 / 3);
}

#[test]
fn nothing_acknowledged_is_lost_from_an_encrypted_journal() {
    kill_and_look(Some("correct horse"), kills() / 3);
}

fn kills() -> usize {
    std::env::var("CONFIDANT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(30)
}

fn kill_and_look(words: Option<&str>, kills: usize) {
    let passphrase = words.map(|words| Passphrase::new(words.to_owned()));
    let mut journal = Journal::begin(passphrase.as_ref());
    journal.mentee("Amina K.");
    let path = journal.path();
    let folder = journal.folder;
    drop(journal.store);
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut acknowledged = Vec::new();
    for _ in 0..kills {
        let wait_for = random(8);
        let then = Duration::from_micros(random(12_000));
        acknowledged.extend(write_and_kill(&path, words, wait_for, then));
        let store = Store::open(&path, passphrase.as_ref(), moment()).expect("opens");
        check(&store, &acknowledged);
    }
    // Else it was killed before it wrote anything, and nothing was shown.
    assert!(acknowledged.len() > kills, "{} numbers", acknowledged.len());
    drop(folder);
}

/// Runs the writer until it has printed so many numbers, and a little longer; what it printed.
fn write_and_kill(
    path: &Path,
    words: Option<&str>,
    wait_for: u64,
    then: Duration,
) -> Vec<(String, u64)> {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["store_kill::writes_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(JOURNAL, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(words) = words {
        command.env(WORDS, words);
    }
    let mut child = command.spawn().expect("a writer");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut words = line.split_whitespace();
            if words.next() == Some("kept")
                && let (Some(what), Some(number)) = (words.next(), words.next())
                && words.next() == Some("whole")
            {
                let number = number.parse().expect("a number");
                // Nobody listens any more once the writer is killed and all is counted.
                let _ = send.send((what.to_owned(), number));
            }
        }
    });
    let mut acknowledged: Vec<_> =
        (0..=wait_for).map_while(|_| receive.recv_timeout(DEADLINE).ok()).collect();
    let answered = acknowledged.len() as u64 > wait_for;
    std::thread::sleep(then);
    child.kill().expect("killed");
    child.wait().expect("gone");
    reader.join().expect("read to the end");
    acknowledged.extend(receive.try_iter());
    assert!(answered, "the writer said nothing within {DEADLINE:?}: {acknowledged:?}");
    acknowledged
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
    let path = PathBuf::from(std::env::var_os(JOURNAL).expect("started by the tests above"));
    let passphrase = std::env::var(WORDS).ok().map(Passphrase::new);
    let stamp = moment();
    let mut store = Store::open(&path, passphrase.as_ref(), stamp).expect("opens");
    let with = store.people().expect("people")[0].relationship;
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, u16::MAX);
    let mut number = page.expect("a page").rows.len() as u64 * 1000;
    loop {
        number += 1;
        write_one(&mut store, stamp, with, number);
    }
}

fn write_one(store: &mut Store, stamp: Stamp, with: Id<Relationship>, number: u64) {
    let say = |what: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nkept {what} {number} whole").and_then(|()| out.flush()).expect("said");
    };
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
    say("draft");
    let kept = store.save_text(stamp, id, Layer::Notes, None, &notes_of(number));
    assert!(matches!(kept, Ok(Kept::Saved(Some(_)))));
    say("session");
}
