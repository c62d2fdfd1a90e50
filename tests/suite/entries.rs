//! Entries of other programs: odd files, long files, two processes at once, and a killed import.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use confidant::domain::{Id, Layer, Relationship, Session, SessionState, When};
use confidant::host::incoming::Incoming;
use confidant::store::{self, Anchor, Filter, Query, Scope, Store, Tidying};
use confidant::transfer::entries::{self, Dating, Each, Entered, Program, Wanted};
use confidant::transfer::{Error, How};
use proptest::prelude::*;

use crate::journal::Journal;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/peers");

fn bring(
    journal: &mut Journal,
    with: Id<Relationship>,
    program: Program,
    read: impl FnOnce(Each<'_>) -> Result<(), Error> + Send + 'static,
) -> Result<Entered, Error> {
    let how = How { stamp: journal.stamp, process: "", progress: &mut |_| {} };
    let wanted = Wanted { with, tagged: None, program };
    entries::import(&mut journal.store, how, wanted, read)
}

fn read_file(path: &Path, each: Each<'_>) -> Result<(), Error> {
    let mut number = 0;
    store::tui_journal(path, |row| {
        number += 1;
        each(entries::read_tui_journal_row(row, number))
    })
}

fn sessions(store: &Store) -> Vec<String> {
    let page = store.sessions(Scope::Everyone, Filter::default(), Anchor::Newest, u16::MAX);
    page.expect("sessions").rows.into_iter().map(|row| row.session.value.about).collect()
}

/// What came in is whole and clean, or nothing came in.
fn whole_or_nothing(journal: &Journal, entered: &Result<Entered, Error>) {
    let expected = entered.as_ref().map_or(0, |entered| entered.added);
    let all = sessions(&journal.store);
    assert_eq!(all.len(), expected);
    assert!(all.iter().all(|about| !about.contains(char::is_control)), "{all:?}");
    if let Err(error) = entered {
        assert!(error.to_string().ends_with("Nothing was brought in."), "{error}");
    }
    let verdict = journal.store.verify(|_| {}).expect("verified");
    assert_eq!(verdict.problems, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_too_odd(bytes in any_bytes(), name in ".{0,30}") {
        let mut journal = Journal::in_memory();
        let with = journal.mentee("Amina K.");
        for program in [Program::Jrnl, Program::TuiJournal, Program::Markdown] {
            let (bytes, name) = (bytes.clone(), name.clone());
            let entered = bring(&mut journal, with, program, move |each| match program {
                Program::Jrnl => entries::read_jrnl(&bytes[..], None, each),
                Program::TuiJournal => entries::read_tui_journal_json(&bytes[..], each),
                Program::Markdown => {
                    entries::read_note(&format!("2026-11-12{name}.md"), &bytes, None, each)
                }
            });
            whole_or_nothing(&journal, &entered);
            if entered.is_ok_and(|entered| entered.added > 0) {
                journal.store.undo(journal.stamp).expect("undone");
            }
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        file in 0_usize..5,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (name, program) = [
            ("jrnl.txt", Program::Jrnl),
            ("jrnl.json", Program::Jrnl),
            ("tui-journal.json", Program::TuiJournal),
            ("tui-journal-export.json", Program::TuiJournal),
            ("tui-journal.db", Program::TuiJournal),
        ][file];
        let mut bytes = fs::read(Path::new(PEERS).join(name)).expect("a file");
        for (at, byte) in places {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let mut journal = Journal::in_memory();
        let with = journal.mentee("Amina K.");
        let path = journal.folder.path().join(name);
        fs::write(&path, &bytes).expect("written");
        let entered = bring(&mut journal, with, program, move |each| match (program, file) {
            (Program::Jrnl, _) => entries::read_jrnl(&bytes[..], None, each),
            (_, 4) => read_file(&path, each),
            _ => entries::read_tui_journal_json(&bytes[..], each),
        });
        whole_or_nothing(&journal, &entered);
    }
}

/// Bytes that are nothing, or something like a journal.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(vec![
            &b"[2026-11-12 15:00] "[..],
            b"\n\n[2026-11-13 15:00] Title *\n",
            b"\n\n[0001-01-01 00:00] ",
            b"{\"entries\":[",
            b"{\"title\":\"T\",\"date\":\"2026-11-12\",\"body\":\"B\"}",
            b"{\"title\":\"T\",\"date\":\"2026-11-12T00:00:00Z\",\"content\":\"\\u0000\"},",
            b"]}",
            b"---\ndate: 2026-11-12\n",
            b"tags: [a, b\n---\n",
            b"\r\n",
            b"\xef\xbb\xbf",
            b"\x1b[2J",
            b"JRNLv3",
            "昇進🎓".as_bytes(),
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_line_without_end_is_refused_before_it_fills_the_memory() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let mut endless = b"[2026-11-12 15:00] Title\n".to_vec();
    endless.resize(entries::LONGEST + 100, b'x');
    let again = endless.clone();
    let entered = bring(&mut journal, with, Program::Jrnl, move |each| {
        entries::read_jrnl(&again[..], None, each)
    });
    whole_or_nothing(&journal, &entered);
    let said = entered.expect_err("refused").to_string();
    assert_eq!(
        said,
        "The file is broken at line 2, column 1: an entry is longer than 16 MB. Nothing was brought in."
    );
    let entered = bring(&mut journal, with, Program::Markdown, move |each| {
        entries::read_note("2026-11-12.md", &endless, None, each)
    });
    assert_eq!(entered.expect("read").not_understood, 1);
}

/// A journal as jrnl writes it.
fn long_jrnl(entries: u32) -> String {
    let mut text = String::new();
    for n in 0..entries {
        let (day, hour) = (1 + n / 24 % 28, n % 24);
        let (month, year) = (1 + n / 672 % 12, 2000 + n / 8064);
        let words = "words that fill a line of some length\n".repeat(6);
        let _ = write!(
            text,
            "[{year}-{month:02}-{day:02} {hour:02}:00] Entry number {n} about planting\n{words}\n"
        );
    }
    text
}

/// The same entries as each other program gives them as JSON.
fn long_json(entries: u32) -> [String; 2] {
    let body = "words of some length\n".repeat(12);
    let days: Vec<_> = (0..entries)
        .map(|n| format!("{}-{:02}-{:02}", 1950 + n / 336, 1 + n / 28 % 12, 1 + n % 28))
        .collect();
    let of_jrnl = |(n, day): (usize, &String)| {
        serde_json::json!({
            "title": format!("Said number {n}"), "body": body, "date": day, "time": "09:00",
            "tags": [], "starred": false,
        })
    };
    let of_tui = |(n, day): (usize, &String)| {
        serde_json::json!({
            "id": n, "date": format!("{day}T00:00:00Z"), "title": format!("Noted number {n}"),
            "content": body, "tags": ["amina"], "priority": null,
        })
    };
    let jrnl: Vec<_> = days.iter().enumerate().map(of_jrnl).collect();
    let tui: Vec<_> = days.iter().enumerate().map(of_tui).collect();
    let jrnl = serde_json::json!({ "tags": {}, "entries": jrnl });
    [jrnl.to_string(), serde_json::Value::from(tui).to_string()]
}

/// The real program, importing; ended with the test whatever comes of it.
struct Importing(Child);

impl Importing {
    fn start(journal: &Journal, file: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_confidant"))
            .arg("--journal")
            .arg(journal.path())
            .arg("import")
            .arg(file)
            .args(["--from", "jrnl", "--person", "amina"])
            .env("CONFIDANT_NOW", "2026-11-22T12:00:00+00:00")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        Self(child)
    }

    /// Waits until a part stands in the file; false if the program was done before.
    fn is_under_way(&mut self, journal: &Journal) -> bool {
        let db = rusqlite::Connection::open(journal.path()).expect("opens");
        db.busy_timeout(std::time::Duration::from_secs(10)).expect("set");
        loop {
            let rows: i64 = db
                .query_row("SELECT count(*) FROM session WHERE deleted < 0", [], |row| row.get(0))
                .expect("counted");
            if rows > 0 {
                return true;
            }
            if self.0.try_wait().expect("asked").is_some() {
                return false;
            }
            std::thread::yield_now();
        }
    }
}

impl Drop for Importing {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn found(store: &Store, words: &str) -> u32 {
    let query = Query { text: words.to_owned(), ..Query::default() };
    store.search(&query, None, 5).expect("searched").count
}

#[test]
fn the_screen_saves_while_an_import_runs() {
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let file = journal.folder.path().join("journal.txt");
    fs::write(&file, long_jrnl(900)).expect("written");
    let mut importing = Importing::start(&journal, &file);
    assert!(importing.is_under_way(&journal), "it was too short");
    let day = "2026-11-22".parse().expect("a day");
    let mut saved = 0;
    let ended = loop {
        let session = Session::new(with, When::day(day), SessionState::Held);
        let texts = [(Layer::Notes, "Written meanwhile")];
        match journal.store.add_session(journal.stamp, &session, &texts, &[]) {
            Ok(_) => saved += 1,
            // As on the screen: it is tried again. On a busy machine one write may take long.
            Err(store::Error::Busy) => {}
            Err(error) => panic!("{error}"),
        }
        if let Some(ended) = importing.0.try_wait().expect("asked") {
            break ended;
        }
        // Either nothing of it is seen, or all: it is short enough to be shown as one write.
        let seen = sessions(&journal.store).len() - saved;
        assert!(seen == 0 || seen == 900, "{seen}");
    };
    assert!(ended.success());
    assert!(saved > 0);
    assert_eq!(sessions(&journal.store).len(), 900 + saved);
    assert_eq!(found(&journal.store, "planting"), 201);
}

#[test]
fn a_killed_import_leaves_nothing_and_can_be_made_again() {
    let mut journal = Journal::in_memory();
    journal.mentee("Amina K.");
    let file = journal.folder.path().join("journal.txt");
    fs::write(&file, long_jrnl(1_200)).expect("written");
    let mut importing = Importing::start(&journal, &file);
    assert!(importing.is_under_way(&journal), "it was too short");
    importing.0.kill().expect("killed");
    drop(importing);
    assert_eq!((sessions(&journal.store).len(), found(&journal.store, "planting")), (0, 0));
    let mut again = Importing::start(&journal, &file);
    assert!(again.0.wait().expect("ended").success());
    assert_eq!(sessions(&journal.store).len(), 1_200);
    let verdict = journal.store.verify(|_| {}).expect("verified");
    assert_eq!(verdict.problems, Vec::<String>::new());
}

/// `.ci/run` runs it; by hand: `cargo test ten_thousand -- --ignored`.
#[test]
#[ignore = "takes long"]
fn ten_thousand_entries_of_each_program_come_in_once() {
    const MANY: u32 = 10_000;
    let mut journal = Journal::in_memory();
    let with = journal.mentee("Amina K.");
    let folder = journal.folder.path().to_owned();

    let text = long_jrnl(MANY);
    let db = folder.join("entries.db");
    fs::copy(Path::new(PEERS).join("tui-journal.db"), &db).expect("copied");
    let other = rusqlite::Connection::open(&db).expect("opens");
    other.execute_batch("BEGIN; DELETE FROM tags; DELETE FROM entries").expect("emptied");
    let notes = folder.join("notes");
    fs::create_dir(&notes).expect("a folder");
    for n in 0..MANY {
        let day = format!("{}-{:02}-{:02}", 2000 + n / 336, 1 + n / 28 % 12, 1 + n % 28);
        let (title, body) = (format!("Entry number {n}"), "words of some length\n".repeat(12));
        other
            .execute(
                "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, NULL)",
                (n, &title, format!("{day}T00:00:00+00:00"), &body),
            )
            .expect("inserted");
        other.execute("INSERT INTO tags VALUES (?1, 'amina')", [n]).expect("tagged");
        fs::write(notes.join(format!("{day}-{n}.md")), format!("# {title}\n\n{body}"))
            .expect("written");
    }
    other.execute_batch("COMMIT").expect("committed");
    let [jrnl, tui_journal] = long_json(MANY);
    let sources = [
        (Program::Jrnl, ""),
        (Program::Jrnl, jrnl.as_str()),
        (Program::TuiJournal, ""),
        (Program::TuiJournal, tui_journal.as_str()),
        (Program::Markdown, ""),
    ];
    for round in 0..2 {
        for (program, exported) in sources {
            let (exported, text) = (exported.to_owned(), text.clone());
            let (db, notes) = (db.clone(), notes.clone());
            let entered = bring(&mut journal, with, program, move |each| match program {
                Program::Jrnl if exported.is_empty() => {
                    entries::read_jrnl(text.as_bytes(), None, each)
                }
                Program::Jrnl => entries::read_jrnl(exported.as_bytes(), None, each),
                Program::TuiJournal if exported.is_empty() => read_file(&db, each),
                Program::TuiJournal => entries::read_tui_journal_json(exported.as_bytes(), each),
                Program::Markdown => {
                    let folder = Incoming::at(&notes)?;
                    entries::read(folder, program, &Dating::default(), each)
                }
            })
            .expect("in");
            let expected = if round == 0 { (10_000, 0) } else { (0, 10_000) };
            assert_eq!((entered.added, entered.known), expected, "{program:?}");
            assert_eq!((entered.changed, entered.not_understood), (0, 0), "{program:?}");
        }
    }
    for _ in sources {
        journal.store.undo(journal.stamp).expect("undone");
    }
    journal.store.tidy_arrivals(|_| true, Tidying::Seen).expect("hidden");
    assert!(sessions(&journal.store).is_empty());
}
