//! The examples that help shows: each runs as it stands there, in a journal that has what they name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use confidant::domain::{Agreement, Method, Party, Signature};
use confidant::store::Store;

use super::{Home, id_in};
use crate::{journal, planted};

/// Commands that ask somebody at a terminal, or want files that no example can know: what they are
/// told has to be understood, and no more.
const UNDERSTOOD: [&str; 5] = ["demo", "init", "passphrase", "recover", "restore"];

/// Other programs that examples name; what they would print.
const OTHERS: [(&str, &str); 4] = [
    ("jq", "cat > /dev/null"),
    ("man", "cat > /dev/null"),
    ("pass", "echo correct horse battery staple"),
    ("jrnl", "echo '{\"entries\": []}'"),
];

/// Every command, as the words that name it.
fn commands() -> BTreeSet<Vec<String>> {
    let mut commands = BTreeSet::from([Vec::new()]);
    for row in confidant::cli::markdown().lines().skip(2) {
        let written = row.trim_start_matches("| `confidant").trim_start().split(' ');
        let plain = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        let words = written.map(|word| word.trim_end_matches('`')).take_while(plain);
        let command: Vec<String> = words.map(str::to_owned).collect();
        // With the groups that commands belong to.
        commands.extend((1..=command.len()).map(|words| command[..words].to_vec()));
    }
    commands
}

/// The examples of every command, without the words that stand behind some.
fn examples() -> Vec<String> {
    let home = Home::empty();
    let mut all = Vec::new();
    for command in commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = home.done(&words);
        let (_, below) =
            help.split_once("\nExample").unwrap_or_else(|| panic!("{words:?}: {help}"));
        let shown: Vec<&str> =
            below.lines().skip(1).map_while(|line| line.strip_prefix("  ")).collect();
        let named = ["confidant"].into_iter().chain(command.iter().map(String::as_str));
        let named = named.collect::<Vec<_>>().join(" ");
        assert!(shown.iter().any(|line| line.contains(&named)), "{words:?}: {help}");
        let plain = |line: &&str| line.split("    ").next().unwrap_or_default().to_owned();
        all.extend(shown.iter().map(plain));
    }
    all.sort();
    all.dedup();
    all
}

/// A home in which everything is that examples name.
fn furnished() -> Home {
    let home = Home::with_amina();
    home.done(&["person", "add", "Prof. Lindqvist", "--as", "mentee"]);
    home.done(&["person", "add", "Noor", "--as", "mentor"]);
    for folder in [
        ".config/fish/completions",
        ".local/share/bash-completion/completions",
        ".local/share/jrnl",
        ".nb",
        ".zfunc",
        "Documents/tui-journal",
        "My Stick",
        "bin",
        "media/stick",
    ] {
        fs::create_dir_all(home.path(folder)).expect("a folder");
    }
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/peers");
    for (from, to) in [
        ("jrnl.txt", ".local/share/jrnl/journal.txt"),
        ("tui-journal.db", "Documents/tui-journal/entries.db"),
    ] {
        fs::copy(peers.join(from), home.path(to)).expect("copied");
    }
    copy(&peers.join("nb"), &home.path(".nb/home"));
    for (name, does) in OTHERS {
        let path = home.write(&format!("bin/{name}"), format!("#!/bin/sh\n{does}\n"));
        let made = Command::new("chmod").args(["+x", &path]).status().expect("chmod");
        assert!(made.success());
    }
    let link = home.path("bin/confidant");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_confidant"), link).expect("a link");
    home.write("notes.txt", "Words");
    home.write("reflection.txt", "Words");
    home.write("why.txt", "So that it is done");
    home.write("promised.txt", "lend her the charter book by fri\nthem: say one small no\n");
    home.write("words.txt", "Words");
    // Who is erased is named once more.
    home.write("name.txt", "Amina K.\n");
    {
        let stamp = journal::stamp("2026-01-12T12:00:00+00:00");
        let mut store = Store::open(&home.journal(), None, stamp).expect("opens");
        let people = store.people().expect("people");
        let amina = people.iter().find(|named| named.name == "Amina K.").expect("Amina");
        planted::plant(&mut store, stamp, amina.relationship, "planted");
        let agreement = store.agreements(amina.relationship).expect("versions")[0].agreement.id;
        let day = stamp.now.date_naive();
        let sign = |store: &mut Store, agreement, party, name: &str| {
            let name = name.to_owned();
            let signature = Signature { agreement, party, name, day, method: Method::Paper };
            store.sign(stamp, &signature).expect("signed");
        };
        sign(&mut store, agreement, Party::Me, "Asha");
        // The next version has a day on which the two were to look back.
        let checks = vec!["2026-11-20".parse().expect("a day")];
        let next = Agreement { checks, ..Agreement::first(amina.relationship) };
        let next = store.write_agreement(stamp, None, &next, &[]).expect("written");
        sign(&mut store, next, Party::Me, "Asha");
        sign(&mut store, next, Party::Them, "Amina K.");
    }
    let old = home.done(&["export"]);
    home.write("old.json", old);
    home
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").args(["-a", "--"]).args([from, to]).status().expect("cp");
    assert!(copied.success(), "{} is not copied", from.display());
}

/// Ids that stand for those of an example.
struct Ids {
    commitment: String,
    line: String,
    goal: String,
    /// A second goal, where an example names two.
    other_goal: String,
    milestone: String,
    session: String,
    binned: String,
}

impl Ids {
    fn of(home: &Home) -> Self {
        Self {
            commitment: id_in(&home.done(&["promise", "amina", "send the list"])),
            line: id_in(&home.done(&["agenda", "amina", "The talk"])),
            goal: id_in(&home.done(&["goal", "add", "Read a chart", "--with", "amina"])),
            milestone: {
                let goal = id_in(&home.done(&["goals"]));
                id_in(&home.done(&["goal", "step", &goal, "The first page"]))
            },
            other_goal: id_in(&home.done(&["goal", "add", "Read two", "--with", "amina"])),
            session: id_in(&home.done(&["log", "amina", "--notes", "We looked back"])),
            binned: id_in(&home.done(&["bin"])),
        }
    }

    fn put(&self, example: &str) -> String {
        let id = match example.split(' ').nth(1) {
            Some("done" | "move" | "drop") => &self.commitment,
            Some("bin") => &self.binned,
            Some("agenda") => &self.line,
            _ => &self.goal,
        };
        let other = match example.split(' ').nth(1) {
            Some("check") => &self.other_goal,
            _ => &self.milestone,
        };
        let example = example.replace("a1b2c3d4", id).replace("e5f6a7b8", other);
        example.replace("c9d0e1f2", &self.session)
    }
}

#[test]
fn every_example_in_the_help_runs() {
    let home = furnished();
    let ids = Ids::of(&home);
    let all = examples();
    assert!(all.len() > 80, "{}", all.len());
    let failed: Vec<String> = thread::scope(|scope| {
        let works: Vec<_> = all
            .chunks(all.len().div_ceil(4))
            .map(|some| {
                let work = || some.iter().filter_map(|one| run(&home, &ids, one)).collect();
                scope.spawn(work)
            })
            .collect();
        works.into_iter().flat_map(|work| -> Vec<_> { work.join().expect("it ran") }).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Runs an example in a copy of the home; says what went wrong.
fn run(furnished: &Home, ids: &Ids, example: &str) -> Option<String> {
    let home = Home::empty();
    copy(&furnished.path("."), home.folder.path());
    if example.contains("person add") {
        fs::remove_dir_all(home.path("data")).expect("removed");
        home.done(&["init", "--name", "Asha", "--no-passphrase"]);
    }
    if example.contains("import journal.json") {
        fs::rename(home.path("old.json"), home.path("journal.json")).expect("renamed");
    }
    let media = home.path("media").display().to_string();
    let line = ids.put(example).replace("/media", &media);
    let path = format!("{}:{}", home.path("bin").display(), std::env::var("PATH").expect("a path"));
    let variables = home.command();
    let ended = Command::new("setsid")
        .args(["--wait", "bash", "-c", &line])
        .env_clear()
        .envs(variables.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("PATH", path)
        .current_dir(home.folder.path())
        .stdin(Stdio::from(fs::File::open(home.path("name.txt")).expect("a name")))
        .output()
        .expect("bash");
    let said = String::from_utf8_lossy(&ended.stderr);
    let is_well = match example.split(' ').nth(1) {
        Some(command) if UNDERSTOOD.contains(&command) => !said.starts_with("error:"),
        _ => ended.status.success(),
    };
    (!is_well).then(|| format!("{line}\n{}{said}", ended.status))
}
