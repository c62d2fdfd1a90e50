//! What the program leaves behind: of an encrypted journal no word in any file, whatever it went
//! through, and no file that anybody else can open, whatever the umask.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use confidant::store::{Anchor, Filter, Passphrase, Scope, Store};
use rustix::process::Signal;

use crate::journal::stamp;
use crate::planted::{holds, plant};
use crate::shell::{Home, change_by_hand, id_in};
use crate::terminal::screen::{ENTER, ESC, NOW, Screen, Start};

/// Stands in everything that is written.
const WORD: &str = "Zanzibarplum";
/// Whom it is about.
const NAME: &str = "Quorthun";
const FIRST: &str = "marmalade otter";
const SECOND: &str = "teaspoon heron";
const CTRL_E: &str = "\x05";

/// A home in which every folder that a program may write to is a folder of ours, and an editor
/// outside of it that adds the word.
struct Life {
    home: Home,
    outside: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Life {
    fn begin(passphrase: &str) -> Self {
        let mut home = Home::empty();
        let outside = tempfile::tempdir().expect("a folder");
        let editor = outside.path().join("editor");
        // It says whether others could open what it was given.
        let script = format!(
            "#!/bin/sh\nstat -c %a \"$1\" \"$(dirname \"$1\")\" > {}\necho '{WORD} from there.' >> \"$1\"\n",
            outside.path().join("modes").display()
        );
        fs::write(&editor, script).expect("written");
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("a program");
        let below = |name: &str| {
            let folder = home.path(name);
            fs::create_dir_all(&folder).expect("a folder");
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("private");
            folder.display().to_string()
        };
        let variables = vec![
            ("HOME", home.folder.path().display().to_string()),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_RUNTIME_DIR", below("run")),
            ("TMPDIR", below("tmp")),
            ("EDITOR", editor.display().to_string()),
            ("TERM", "xterm-256color".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ];
        for (name, value) in &variables {
            home.set(name, value);
        }
        let mut life = Self { home, outside, variables };
        life.know(passphrase);
        life
    }

    /// From now on it opens with this passphrase.
    fn know(&mut self, passphrase: &str) {
        let command = format!("printf '{passphrase}'");
        self.home.set("CONFIDANT_PASSPHRASE_COMMAND", &command);
        self.variables.retain(|(name, _)| *name != "CONFIDANT_PASSPHRASE_COMMAND");
        self.variables.push(("CONFIDANT_PASSPHRASE_COMMAND", command));
    }

    /// The journal itself.
    fn open(&self, passphrase: &str) -> Store {
        let passphrase = Passphrase::new(passphrase.to_owned());
        Store::open(&self.home.journal(), Some(&passphrase), stamp(NOW)).expect("opens")
    }

    /// One of everything that can be written, by one writer.
    fn write_everything(&self, passphrase: &str) {
        let mut store = self.open(passphrase);
        let with = store.people().expect("people")[0].relationship;
        plant(&mut store, stamp(NOW), with, WORD);
    }

    /// The screen on the journal.
    fn screen(&self) -> Screen {
        let variables: Vec<_> =
            self.variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let start = Start { variables: &variables, ..Start::default() };
        Screen::start_with(&self.home.journal(), &start)
    }

    /// No file holds a word of it, nor of what opens it.
    #[track_caller]
    fn is_clean(&self, after: &str) {
        for word in [WORD, NAME, FIRST, SECOND] {
            assert_eq!(holds(self.home.folder.path(), word), [""; 0], "{word} after: {after}");
        }
    }
}

/// Goes into the notes of the newest session.
#[track_caller]
fn go_to_the_notes(screen: &mut Screen) {
    screen.press("3");
    screen.wait_for("[3 Sessions]");
    screen.press(ENTER);
    screen.press("e");
    screen.wait_for("Writing notes");
}

#[test]
fn a_whole_life_leaves_no_word_in_any_file() {
    let mut life = Life::begin(FIRST);
    let home = &life.home;
    home.done(&["init", "--name", &format!("Asha {WORD}"), "--passphrase"]);
    home.done(&["person", "add", &format!("{NAME} {WORD}"), "--as", "mentor"]);
    let log = ["log", NAME, "--on", "2026-11-12", "--notes", "-"];
    home.done_with(&log, format!("She told me of {WORD}."));
    home.done_with(&["note", NAME, "-"], format!("More of {WORD}, {}", WORD.repeat(40)));
    let promise = id_in(&home.done(&["promise", NAME, &format!("send {WORD} by fri")]));
    life.is_clean("writing");
    life.write_everything(FIRST);
    life.is_clean("writing one of everything");
    assert!(home.done(&["search", WORD]).contains(WORD), "it can be found by who may");
    home.done(&["drop", &promise]);
    home.done(&["undo"]);
    home.done(&["backup"]);
    home.done(&["backup", &home.path("stick.db").display().to_string()]);
    life.is_clean("editing, undoing and copying");

    // A crash in the middle of a text, and one right after.
    let mut screen = life.screen();
    screen.wait_for("Today");
    assert_private_process(&screen);
    go_to_the_notes(&mut screen);
    screen.press(&format!("Typed {WORD}. "));
    screen.wait_for("draft kept");
    screen.kill(Signal::KILL);
    screen.wait_exit();
    life.is_clean("a crash");

    let mut screen = life.screen();
    screen.wait_for("Recovered");
    screen.press(ENTER);
    screen.wait_for("Kept.");
    go_to_the_notes(&mut screen);
    screen.press(CTRL_E);
    screen.wait_for("Use your own editor?");
    screen.press("E");
    screen.wait_for("from your editor");
    screen.press(ESC);
    // Together the two would be one key.
    screen.wait_for("b begin");
    screen.press("/");
    screen.wait_for("Search everyone");
    screen.press(WORD);
    screen.wait_for(" found");
    screen.press(ESC);
    screen.wait_gone("Search everyone");
    screen.press("\x07");
    screen.wait_for("Hidden.");
    screen.wait_gone(WORD);
    screen.press("\x07");
    screen.wait_gone("Hidden.");
    screen.press("d");
    screen.wait_for("bin");
    screen.press("q");
    assert_eq!(screen.wait_exit().code, 0);
    let said = String::from_utf8_lossy(screen.bytes());
    assert!(!["\x1b]0;", "\x1b]1;", "\x1b]2;"].iter().any(|title| said.contains(title)));
    life.is_clean("the screen, an editor, a search and the bin");

    change_by_hand(&life.home, FIRST, SECOND);
    life.know(SECOND);
    life.is_clean("another passphrase");

    let name = format!("{NAME} {WORD}");
    life.home.done_with(&["erase", NAME], format!("{name}\n"));
    life.home.done(&["verify"]);
    assert_eq!(life.home.run(&["search", WORD]).out, "");
    life.is_clean("erasing");
}

/// A text lies in clear with an editor when the program dies; whoever it is about is then erased, or
/// its session goes from the bin for good. No screen is started in between.
#[test]
fn what_lies_with_an_editor_after_a_crash_goes_with_what_goes() {
    for goes in ["erased", "from the bin"] {
        let mut life = Life::begin(FIRST);
        life.home.done(&["init", "--name", "Asha", "--passphrase"]);
        life.home.done(&["person", "add", NAME, "--as", "mentor"]);
        let log = ["log", NAME, "--on", "2026-11-12", "--notes", "-"];
        life.home.done_with(&log, format!("She told me of {WORD}."));
        let script = format!(
            "#!/bin/sh\necho '{WORD}, {NAME}.' >> \"$1\"; printf 'In the editor'; exec sleep 60\n"
        );
        fs::write(life.outside.path().join("editor"), script).expect("written");
        let mut screen = life.screen();
        screen.wait_for("Today");
        go_to_the_notes(&mut screen);
        screen.press(CTRL_E);
        screen.wait_for("Use your own editor?");
        screen.press("E");
        screen.wait_for("In the editor");
        screen.kill(Signal::KILL);
        screen.wait_exit();
        assert_eq!(holds(life.home.folder.path(), WORD).len(), 1, "it lies there in clear");
        if goes == "erased" {
            life.home.done_with(&["erase", NAME], format!("{NAME}\n"));
        } else {
            let mut store = life.open(FIRST);
            let with = store.people().expect("people")[0].relationship;
            let page = store.sessions(Scope::One(with), Filter::default(), Anchor::Newest, 9);
            let id = page.expect("a page").rows[0].session.id;
            store.delete_session(stamp(NOW), id).expect("into the bin");
            drop(store);
            // A day so far from the last one is believed only when another follows.
            for day in ["2027-02-01", "2027-02-02"] {
                life.home.set("CONFIDANT_NOW", &format!("{day}T12:00:00+00:00"));
                life.home.done(&["people"]);
            }
            let store = life.open(FIRST);
            assert_eq!(store.drafts_of_others(stamp(NOW)).expect("drafts"), []);
        }
        life.is_clean(goes);
    }
}

/// The words can be seen by whoever asks the system about a process: none are there.
fn assert_private_process(screen: &Screen) {
    let about = |what: &str| {
        fs::read(format!("/proc/{}/{what}", screen.pid().as_raw_nonzero())).unwrap_or_default()
    };
    let limits = String::from_utf8_lossy(&about("limits")).into_owned();
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    if let Some(core) = core {
        assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    }
    let line = String::from_utf8_lossy(&about("cmdline")).into_owned();
    assert!(!line.contains(WORD) && !line.contains(FIRST), "{line}");
}

#[test]
fn in_a_plain_journal_the_same_search_finds_the_words() {
    let home = Home::with_amina();
    home.done_with(&["log", "amina", "--on", "2026-11-12", "--notes", "-"], WORD);
    assert_eq!(holds(home.folder.path(), WORD).len(), 1);
}

/// Every file and folder below, with its permissions.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let mode = entry.metadata().expect("it is there").permissions().mode() & 0o7777;
            found.push((entry.path(), mode));
            if entry.path().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn every_file_is_its_owners_alone_whatever_the_umask() {
    for umask in ["000", "077"] {
        let life = Life::begin(FIRST);
        let program = env!("CARGO_BIN_EXE_confidant");
        let run = |args: &[&str]| {
            let mut command = assert_cmd::Command::new("sh");
            command.env_clear().env("CONFIDANT_NOW", NOW);
            command.envs(life.variables.iter().map(|(name, value)| (*name, value)));
            command.args(["-c", &format!("umask {umask}; exec setsid --wait \"$@\""), "sh"]);
            command.arg(program).args(args).write_stdin("").assert().success();
        };
        let out = |name: &str| life.home.path(name).display().to_string();
        run(&["init", "--name", "Asha", "--passphrase"]);
        run(&["person", "add", "Quorthun", "--as", "mentor"]);
        run(&["log", "quorthun", "--on", "2026-11-12", "--notes", "Words."]);
        run(&["backup"]);
        run(&["backup", &out("stick.db")]);
        run(&["export", "--format", "json", "--out", &out("all.json")]);
        run(&["export", "--format", "md", "--out", &out("all.md")]);
        run(&["export", "--format", "md", "--out", &format!("{}/", out("folder"))]);
        run(&["export", "--format", "html", "--out", &out("all.html")]);
        run(&["export", "--format", "ics", "--out", &out("all.ics")]);

        let script = format!("umask {umask}; exec {program}");
        let variables: Vec<_> =
            life.variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let start = Start {
            variables: &variables,
            program: OsStr::new("sh"),
            arguments: &["-c", &script],
            ..Start::default()
        };
        let mut screen = Screen::start_with(&life.home.journal(), &start);
        screen.wait_for("Today");
        go_to_the_notes(&mut screen);
        screen.press(CTRL_E);
        screen.wait_for("Use your own editor?");
        screen.press("E");
        screen.wait_for("from there.");
        screen.press("And. ");
        screen.wait_for("draft kept");
        screen.kill(Signal::KILL);
        screen.wait_exit();

        let found = modes(life.home.folder.path());
        assert!(found.len() > 7, "{found:?}");
        for (path, mode) in found {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{} under umask {umask}", path.display());
        }
        let told = fs::read_to_string(life.outside.path().join("modes")).expect("what it saw");
        assert_eq!(told, "600\n700\n", "what the editor was given, under umask {umask}");
    }
}

/// What is being written is seen on its way, under the most open umask there is.
#[test]
fn what_is_not_whole_yet_is_its_owners_alone_too() {
    let home = Home::with_amina();
    let long = "What a small no looks like. ".repeat(60_000);
    for _ in 0..3 {
        home.done_with(&["log", "amina", "--on", "2026-11-12", "--notes", "-"], &long);
    }
    let watched = home.folder.path().to_owned();
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = thread::spawn({
        let is_over = Arc::clone(&is_over);
        move || {
            let mut seen = BTreeSet::new();
            while !is_over.load(Ordering::SeqCst) {
                seen.extend(parts(&watched));
            }
            seen
        }
    });
    let run = |args: &[&str]| {
        let ended = home.limited("umask 000").args(args).output().expect("it runs");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    for n in 0..4 {
        run(&["backup"]);
        let to = home.path(&format!("all-{n}.json")).display().to_string();
        run(&["export", "--format", "json", "--out", &to]);
    }
    let new = format!("--new-passphrase-command=printf '{FIRST}'");
    run(&["passphrase", "set", &new]);
    is_over.store(true, Ordering::SeqCst);
    let seen = seen.join().expect("watched");
    let kinds: BTreeSet<&str> = seen.iter().map(|(kind, _)| *kind).collect();
    assert!(kinds.contains("a backup") && kinds.contains("the journal"), "{seen:?}");
    for (what, mode) in &seen {
        assert_eq!(*mode, 0o600, "{what}");
    }
}

/// The files below that are being written, with their permissions.
fn parts(folder: &Path) -> Vec<(&'static str, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        // It may have its name by now.
        let Ok(data) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        if data.is_dir() {
            found.extend(parts(&entry.path()));
        } else if name.contains(".part") {
            let what = match folder.file_name().and_then(OsStr::to_str) {
                Some("backups") => "a backup",
                Some("confidant") => "the journal",
                _ => "an export",
            };
            found.push((what, data.permissions().mode() & 0o777));
        }
    }
    found
}

/// SQLite makes the file of its own journal as open as the file it belongs to.
#[test]
fn what_sqlite_puts_beside_it_is_the_owners_alone_too() {
    let home = Home::with_amina();
    let db = rusqlite::Connection::open(home.journal()).expect("opens");
    db.execute_batch("BEGIN IMMEDIATE; CREATE TABLE other (x); INSERT INTO other VALUES (1)")
        .expect("begun");
    db.execute_batch("PRAGMA cache_size = 1").expect("set");
    let beside = home.journal().with_file_name("journal.db-journal");
    let mode = fs::metadata(beside).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
}
