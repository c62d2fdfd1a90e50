//! Journals as large as a life, made up and always the same, for the benches.
//!
//! A corpus is written through the store as an import would be, once, and kept under `target`. The
//! words follow Zipf's law over some six thousand words that share their beginnings as English
//! words do: what a search costs hangs on how many notes hold words that begin alike.

pub mod pair;
pub mod words;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use confidant::domain::{
    AgendaItem, AgendaState, Cadence, Id, Layer, Minutes, Moment, Origin, Owner, Party, Person,
    Relationship, Role, Session, SessionState, Stamp, Unit, When, Writing,
};
use confidant::store::{Archive, Named, Passphrase, Protection, Store};
use confidant::transfer::sample;
use pair::Pair;
use words::Words;

/// Raised when what a corpus holds changes, so that an old one is made again.
const EDITION: u32 = 4;

/// How many relationships share so many sessions. The first twenty have nearly all of them, the
/// last one has three only.
pub fn relationships(sessions: usize) -> usize {
    (sessions / 500).clamp(2, 200)
}

/// What opens the encrypted corpora.
pub fn passphrase() -> Passphrase {
    Passphrase::new("a bench has no secrets".to_owned())
}

/// The moment at which everything in a corpus is written.
pub fn now() -> Moment {
    "2026-11-22T12:00:00+00:00".parse().expect("a moment")
}

/// A writer of its own.
pub fn stamp() -> Stamp {
    Stamp { now: now(), origin: Origin::new(now()) }
}

/// The journal of `sessions` sessions, made if it is not there yet.
pub fn journal(sessions: usize, encrypted: bool) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/corpus");
    fs::create_dir_all(&folder).expect("a folder for the corpora");
    let kind = if encrypted { "encrypted" } else { "plain" };
    let form = include_str!("../../assets/migrations/0001_journal.sql");
    let made = [
        include_str!("corpus.rs"),
        include_str!("corpus/pair.rs"),
        include_str!("corpus/words.rs"),
    ];
    let mark = fold(form.bytes().chain(made.iter().flat_map(|text| text.bytes())));
    let path = folder.join(format!("{kind}-{sessions}-{EDITION}-{mark:08x}.db"));
    if !path.exists() {
        for old in fs::read_dir(&folder).expect("a folder").flatten() {
            if old.file_name().to_string_lossy().starts_with(&format!("{kind}-{sessions}-")) {
                fs::remove_file(old.path()).expect("an old corpus goes");
            }
        }
        let unfinished = path.with_extension("unfinished");
        fs::remove_file(&unfinished).unwrap_or_default();
        write(&unfinished, sessions, encrypted);
        fs::rename(&unfinished, &path).expect("a finished corpus");
    }
    path
}

/// Opens a corpus as a new writer.
pub fn open(path: &Path, encrypted: bool) -> (Store, Stamp) {
    let stamp = stamp();
    let passphrase = encrypted.then(passphrase);
    (Store::open(path, passphrase.as_ref(), stamp).expect("a corpus"), stamp)
}

/// The people the sessions are with, in the order they were made; the last one is met seldom.
pub fn people(store: &Store) -> Vec<Named> {
    let all = store.people().expect("people");
    (0..all.len()).map_while(|n| all.iter().find(|named| named.name == name(n)).cloned()).collect()
}

fn name(n: usize) -> String {
    format!("{} {n}", NAMES[n % NAMES.len()])
}

fn write(path: &Path, sessions: usize, encrypted: bool) {
    let stamp = stamp();
    let protection = encrypted.then(|| Protection::new(&passphrase()).expect("a key"));
    let owner = Owner { name: "Asha".to_owned() };
    let mut store = Store::create(path, protection.as_ref(), &owner, stamp).expect("a new journal");
    // The made-up journal first, so that every kind of thing is there.
    sample::fill(&mut store, stamp).expect("a sample");
    let mut words = Words::new(7);
    let pairs: Vec<Pair> = (0..relationships(sessions))
        .map(|n| {
            let person = Person { name: name(n), ..Person::default() };
            let with = store
                .add_person(stamp, &person, |person| Relationship {
                    cadence: Cadence::new(2, Unit::Week),
                    ..Relationship::new(person, Role::Mentor)
                })
                .expect("a person");
            store
                .begin_with(stamp, |intake| pair::agree(intake, &mut words, with))
                .expect("an agreement")
        })
        .collect();
    let mut written = 0;
    while written < sessions {
        let until = sessions.min(written + 500);
        store
            .begin_with(stamp, |intake| {
                for n in written..until {
                    let with = &pairs[whose(&mut words, n, sessions, pairs.len())];
                    let (session, texts, agenda) = one(&mut words, n, sessions, with.relationship);
                    intake.take(&session)?;
                    for text in &texts {
                        intake.take(text)?;
                    }
                    for item in &agenda {
                        intake.take(item)?;
                    }
                    let at = (session.id, session.value.when.date);
                    let left = (sessions - n, pairs.len());
                    pair::follow(intake, &mut words, with, at, n, left)?;
                }
                Ok::<_, confidant::store::Error>(())
            })
            .expect("an import");
        written = until;
    }
}

/// With which of so many pairs the `n`th of `all` sessions was.
fn whose(words: &mut Words, n: usize, all: usize, pairs: usize) -> usize {
    match (n % (all / 3).max(1), words.below(20)) {
        (0, _) => pairs - 1,
        (_, 0) => words.below(pairs - 1),
        _ => words.below((pairs - 1).min(BUSY)),
    }
}

type One = (Archive<Session>, Vec<Archive<Writing>>, Vec<Archive<AgendaItem>>);

/// The `n`th of `all` sessions, oldest first, three or four a day up to yesterday.
fn one(words: &mut Words, n: usize, all: usize, with: Id<Relationship>) -> One {
    let days = Days::new(((all - n) / 3) as u64);
    let date = last_day().checked_sub_days(days).expect("a day");
    let state = match words.below(400) {
        0 => SessionState::MissedByThem,
        1..=8 => SessionState::Cancelled,
        _ => SessionState::Held,
    };
    let session = Session {
        minutes: Minutes::new(30),
        about: words.sentence(4),
        ..Session::new(with, When { date, time: Some(words.time()) }, state)
    };
    let id = Id::new(now());
    let length = 250 + words.below(101);
    let mut notes = words.prose(length);
    if n % 1000 == 500 {
        notes.push_str("\n\nzephyrglass");
    }
    if n % 200 == 7 {
        notes.push_str("\n\n昇進について話した。次の会議までに資料を直す。");
    }
    let mut texts = vec![writing(id, Layer::Notes, notes)];
    if n.is_multiple_of(5) {
        texts.push(writing(id, Layer::Summary, words.prose(40)));
    }
    if n.is_multiple_of(7) {
        texts.push(writing(id, Layer::Reflection, words.prose(60)));
    }
    let agenda = (0..usize::from(n.is_multiple_of(4)))
        .map(|_| {
            archive(AgendaItem {
                relationship: with,
                by: Party::Them,
                text: words.sentence(7),
                state: AgendaState::Discussed,
                added: date,
                session: Some(id),
                place: None,
            })
        })
        .collect();
    (
        Archive { id, written: now().timestamp_millis(), deleted: None, value: session },
        texts,
        agenda,
    )
}

/// Yesterday.
fn last_day() -> NaiveDate {
    now().date_naive().pred_opt().expect("a day")
}

fn writing(session: Id<Session>, layer: Layer, body: String) -> Archive<Writing> {
    archive(Writing { session, layer, body })
}

fn archive<T>(value: T) -> Archive<T> {
    Archive { id: Id::new(now()), written: now().timestamp_millis(), deleted: None, value }
}

/// A short number that changes with every byte.
fn fold(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// So many have nearly all the sessions.
const BUSY: usize = 19;

const NAMES: [&str; 20] = [
    "Amara", "Bjorn", "Chen", "Dilnoza", "Efosa", "Farida", "Goran", "Hye-jin", "Ines", "Jamal",
    "Katya", "Leila", "Mateus", "Nadia", "Oluchi", "Priya", "Rania", "Sione", "Uma", "Viktor",
];
