//! Journals as large as a life, made up and always the same, for the benches.
//!
//! A corpus is written through the store as an import would be, once, and kept under `target`. The
//! words follow Zipf's law over some six thousand words that share their beginnings as English
//! words do: what a search costs hangs on how many notes hold words that begin alike.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use confidant::domain::{
    AgendaItem, AgendaState, Id, Layer, Minutes, Moment, Origin, Owner, Party, Person,
    Relationship, Role, Session, SessionState, Stamp, When, Writing,
};
use confidant::store::{Archive, Named, Passphrase, Protection, Store};
use confidant::transfer::sample;

/// Raised when what a corpus holds changes, so that an old one is made again.
const EDITION: u32 = 3;

/// How many relationships share the sessions; the last one has three sessions only.
pub const PEOPLE: usize = 20;

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
    let mark = fold(form.bytes().chain(include_bytes!("corpus.rs").iter().copied()));
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

/// The people the sessions are with, in the order of their names; the last one is met seldom.
pub fn people(store: &Store) -> Vec<Named> {
    let made = |n: usize| format!("{} {n}", NAMES[n]);
    let all = store.people().expect("people");
    (0..PEOPLE).filter_map(|n| all.iter().find(|named| named.name == made(n)).cloned()).collect()
}

fn write(path: &Path, sessions: usize, encrypted: bool) {
    let stamp = stamp();
    let protection = encrypted.then(|| Protection::new(&passphrase()).expect("a key"));
    let owner = Owner { name: "Asha".to_owned() };
    let mut store = Store::create(path, protection.as_ref(), &owner, stamp).expect("a new journal");
    // The made-up journal first, so that every kind of thing is there.
    sample::fill(&mut store, stamp).expect("a sample");
    let people: Vec<_> = (0..PEOPLE)
        .map(|n| {
            let person = Person { name: format!("{} {n}", NAMES[n]), ..Person::default() };
            store
                .add_person(stamp, &person, |person| Relationship::new(person, Role::Mentor))
                .expect("a person")
        })
        .collect();
    let mut words = Words::new(7);
    let mut written = 0;
    while written < sessions {
        let until = sessions.min(written + 500);
        store
            .begin_with(stamp, |intake| {
                for n in written..until {
                    let (session, texts, agenda) = one(&mut words, n, sessions, &people);
                    intake.take(&session)?;
                    for text in &texts {
                        intake.take(text)?;
                    }
                    for item in &agenda {
                        intake.take(item)?;
                    }
                }
                Ok::<_, confidant::store::Error>(())
            })
            .expect("an import");
        written = until;
    }
}

type One = (Archive<Session>, Vec<Archive<Writing>>, Vec<Archive<AgendaItem>>);

/// The `n`th of `all` sessions, oldest first, three or four a day up to yesterday.
fn one(words: &mut Words, n: usize, all: usize, people: &[Id<Relationship>]) -> One {
    let last = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let days = Days::new(((all - n) / 3) as u64);
    let date = last.checked_sub_days(days).expect("a day");
    let with = match n % (all / 3).max(1) {
        0 => people[PEOPLE - 1],
        _ => people[words.below(PEOPLE - 1)],
    };
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
            })
        })
        .collect();
    (
        Archive { id, written: now().timestamp_millis(), deleted: None, value: session },
        texts,
        agenda,
    )
}

fn writing(session: Id<Session>, layer: Layer, body: String) -> Archive<Writing> {
    archive(Writing { session, layer, body })
}

fn archive<T>(value: T) -> Archive<T> {
    Archive { id: Id::new(now()), written: now().timestamp_millis(), deleted: None, value }
}

/// A small generator of numbers (splitmix64): the same seed, the same corpus.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of one seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("below a usize")
    }
}

/// Words by frequency, and prose made of them.
pub struct Words {
    random: Random,
    vocabulary: Vec<String>,
    /// The frequencies of the words up to each, in whole numbers.
    up_to: Vec<u64>,
}

impl Words {
    /// The vocabulary: the commonest words of English as they are, then stems with endings.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut stems: Vec<String> = STEMS.split_whitespace().map(str::to_owned).collect();
        while stems.len() < 1500 {
            let stem: String = (0..2 + random.below(2))
                .map(|_| SYLLABLES[random.below(SYLLABLES.len())])
                .collect();
            stems.push(stem);
        }
        let mut rest: Vec<String> = stems
            .iter()
            .flat_map(|stem| ["", "s", "ed", "ing"].map(|ending| format!("{stem}{ending}")))
            .collect();
        // The endings of one stem are not equally frequent.
        for n in (1..rest.len()).rev() {
            let other = random.below(n + 1);
            if n.abs_diff(other) < 2000 {
                rest.swap(n, other);
            }
        }
        words.append(&mut rest);
        let mut sum = 0;
        let up_to = (1..=words.len() as u64)
            .map(|rank| {
                sum += 1_000_000_000 / (rank + 2);
                sum
            })
            .collect();
        Self { random, vocabulary: words, up_to }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    fn word(&mut self) -> &str {
        let all = self.up_to.last().copied().unwrap_or(1);
        let at = self.random.next() % all;
        &self.vocabulary[self.up_to.partition_point(|up_to| *up_to <= at)]
    }

    /// So many words, without a full stop.
    pub fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        for n in 0..words {
            if n > 0 {
                sentence.push(' ');
            }
            sentence.push_str(self.word());
        }
        sentence
    }

    /// So many words in sentences and paragraphs.
    pub fn prose(&mut self, words: usize) -> String {
        let mut prose = String::with_capacity(words * 6);
        let mut left = words;
        while left > 0 {
            let length = left.min(8 + self.below(14));
            prose.push_str(&self.sentence(length));
            prose.push_str(if self.below(6) == 0 { ".\n\n" } else { ". " });
            left -= length;
        }
        prose.trim_end().to_owned()
    }

    fn time(&mut self) -> chrono::NaiveTime {
        let hour = u32::try_from(8 + self.below(10)).expect("an hour");
        chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")
    }
}

/// A short number that changes with every byte.
fn fold(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

const NAMES: [&str; PEOPLE] = [
    "Amara", "Bjorn", "Chen", "Dilnoza", "Efosa", "Farida", "Goran", "Hye-jin", "Ines", "Jamal",
    "Katya", "Leila", "Mateus", "Nadia", "Oluchi", "Priya", "Rania", "Sione", "Uma", "Viktor",
];

const SYLLABLES: [&str; 40] = [
    "ra", "ten", "con", "pro", "re", "in", "ma", "ver", "sta", "per", "com", "de", "ex", "lo",
    "mi", "ser", "vi", "tra", "pre", "sub", "tor", "cal", "fen", "gri", "hol", "ju", "ke", "lum",
    "mor", "nal", "or", "pil", "qua", "ros", "sil", "ta", "un", "wel", "yar", "zo",
];

const COMMON: &str = "the to and i of a that in it was is he she for with on we at her his this \
 not but as have be they you had what from so about when all were would there been one if can \
 their more who will them do said which out up my no then how time some could into him than only \
 its over also after first two other new our because any these most made did where now through \
 much before way must even well back too work good here people just those like long great think \
 say help see come take know year own day get may same use us tell next last again need every \
 week month feel want still things try being plan down talk should while might never start find \
 give part since makes place though without between both asked team manager meeting notes goal";

const STEMS: &str = "mentor manage project promot deleg review agree commit question listen trust \
 confid feedback present design document schedul interview support deadline compare reflect \
 challeng conflict career report colleague department decid discuss disagree expect explain \
 improv learn limit lead measur motivat negotiat observ offer opinion organis patient perform \
 practis prepar pressur priorit progress propos protect quarter reason recognis relat remember \
 respect respons result resum return risk role satisf secur senior share situat skill small solv \
 speak spread stand strateg stress struggl success suggest surpris team think thought together \
 topic train travel understand value visit voice wait warn watch weekend welcom wonder worri \
 write written young";
