//! What a command cannot do is told in one line, with what to do, and changes nothing.

use std::io::Read;
use std::process::Stdio;

use super::{Home, ran};

#[test]
fn without_a_journal_it_says_how_to_start_one() {
    let home = Home::empty();
    for args in [&["people"][..], &["log", "amina"], &["export"], &["undo"], &["verify"]] {
        home.fails(
            args,
            1,
            "There is no journal at ~/data/confidant/journal.db. Start one with `confidant init --name \"Your name\"`, or name another with --journal.\n",
        );
    }
    assert!(!home.path("data").exists());
}

#[test]
fn without_a_terminal_the_screen_says_so() {
    Home::new().fails(
        &[],
        2,
        "There is no terminal here to show the journal on. `confidant --help` lists the commands that need none.\n",
    );
}

#[test]
fn nobody_and_several_are_told_apart() {
    let home = Home::with_amina();
    home.done(&["person", "add", "Amir", "--as", "peer", "--alias", "Bird"]);
    home.fails(
        &["log", "zoe"],
        4,
        "Nobody here is called \"zoe\". `confidant people --all` lists everybody.\n",
    );
    home.fails(
        &["log", "am"],
        4,
        "\
\"am\" could be any of these; write more of the name, or the role after it:
  Amina K.:mentor  (you are the mentor)
  Amir:peer  (you are peers, also Bird)
",
    );
    assert_eq!(home.run(&["log", "bird"]).code, Some(0));
}

#[test]
fn a_date_or_a_length_that_cannot_be_read_is_told_how_to_write_one() {
    let home = Home::with_amina();
    home.fails(
        &["log", "amina", "--on", "someday"],
        2,
        "\"someday\" is not a date I can read. Write 2026-12-03, \"thu\", \"next thu\", \"15 march\" or \"in 2 weeks\".\n",
    );
    home.fails(
        &["log", "amina", "--minutes", "long"],
        2,
        "\"long\" is not a length I can read. Write 45, 1h, 1h30 or 1:30, at most 24 h.\n",
    );
    home.fails(
        &["person", "add", "Zoe", "--as", "peer", "--every", "soon"],
        2,
        "\"soon\" is not a rhythm I can read. Write 2w, 10d, 1m, weekly, monthly or \"every 2 weeks\".\n",
    );
    home.fails(
        &["person", "add", "Zoe", "--as", "peer", "--start", "2026-02-01", "--end", "2026-01-01"],
        1,
        "It cannot end before it began. Change one of the two dates.\n",
    );
    home.fails(&["person", "add", " ", "--as", "peer"], 2, "Write the person's name.\n");
    home.says(&["people"], "Amina K.  you are the mentor  nothing planned  not met yet\n");
}

#[test]
fn private_text_is_never_an_argument() {
    let home = Home::with_amina();
    home.fails(
        &["log", "amina", "--private", "I was afraid"],
        2,
        "A private reflection is never an argument, where others could read it. Write --private - and give it on standard input.\n",
    );
    home.fails(
        &["log", "amina", "--notes", "-", "--private", "-"],
        2,
        "Only one text can be read from standard input. Log the notes first; then `confidant log` again with --private -.\n",
    );
    home.fails(
        &["check", "hold", "amina", "--mine", "-", "--theirs", "-"],
        2,
        "Only one text can be read from standard input. Write - for one of them, and give the others as arguments.\n",
    );
}

#[test]
fn what_is_no_text_or_no_words_changes_nothing() {
    let home = Home::with_amina();
    let no_text = "Standard input is not UTF-8 text, so nothing was changed. Convert it first, for example with iconv.\n";
    let no_words = "There was nothing to write down, so nothing was changed. Give a text, or - to read it from standard input.\n";
    for args in [
        &["note", "amina", "-"][..],
        &["remember", "amina", "-"],
        &["agenda", "amina", "-"],
        &["log", "amina", "--notes", "-"],
        &["log", "amina", "--private", "-"],
        &["promise", "amina", "-"],
        &["goal", "add", "-"],
        &["goal", "add", "Title", "--why", "-"],
        &["check", "hold", "amina", "--helped", "-"],
    ] {
        assert_eq!(home.run_with(args, b"\xff\xfe"), ran(1, "", no_text), "{args:?}");
        assert_eq!(home.run_with(args, b" \n"), ran(1, "", no_words), "{args:?}");
    }
    home.says(&["people"], "Amina K.  you are the mentor  nothing planned  not met yet\n");
}

#[test]
fn what_is_no_journal_is_left_alone() {
    let mut home = Home::empty();
    let file = home.write("letter.txt", "Dear Amina, this is quite a long letter.");
    let before = std::fs::read(&file).expect("readable");
    home.set("CONFIDANT_JOURNAL", &file);
    // Sixteen bytes that are not SQLite's may be the salt of an encrypted journal.
    assert_eq!(home.run(&["people"]).code, Some(3));
    assert_eq!(std::fs::read(&file).expect("readable"), before);
    let short = home.write("short", "short");
    home.set("CONFIDANT_JOURNAL", &short);
    home.fails(
        &["people"],
        1,
        "~/short is not a Confidant journal. It was not changed; name the right file with --journal.\n",
    );
}

#[test]
fn a_newer_journal_is_left_alone() {
    let home = Home::new();
    let db = rusqlite::Connection::open(home.journal()).expect("opens");
    db.pragma_update(None, "user_version", 99).expect("set");
    drop(db);
    let before = std::fs::read(home.journal()).expect("readable");
    let steps = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/migrations"));
    let known = steps.expect("the migrations").count();
    home.fails(
        &["people"],
        1,
        &format!(
            "This journal was written by a newer Confidant (its form is 99, this one knows {known}). It was not changed; update Confidant to open it.\n"
        ),
    );
    assert_eq!(std::fs::read(home.journal()).expect("readable"), before);
}

#[test]
fn a_file_where_a_folder_should_be_is_told() {
    let home = Home::empty();
    home.write("data", "a file");
    home.fails(
        &["init", "--name", "Asha", "--no-passphrase"],
        1,
        "The folder ~/data/confidant cannot be written: a file stands where a folder should. Choose another with --journal.\n",
    );
}

#[test]
fn a_wrong_time_in_the_environment_is_told() {
    let mut home = Home::new();
    home.set("CONFIDANT_NOW", "noon");
    home.fails(
        &["people"],
        1,
        "CONFIDANT_NOW is \"noon\", which is not a time. Write it like 2026-11-22T14:00:00+01:00 or 2026-11-22T14:00:00+01:00[Europe/Berlin], or unset it.\n",
    );
}

#[test]
fn no_escape_that_was_written_reaches_the_reader() {
    let home = Home::new();
    home.done(&["person", "add", "Ev\u{1b}[2Jil\u{9b}31m", "--as", "peer", "--alias", "\u{7}E"]);
    home.done(&["log", "ev", "--notes", "\u{1b}]0;title\u{7}words\u{8}"]);
    home.done(&["remember", "ev", "\u{1b}[31mred words"]);
    for args in [
        &["people"][..],
        &["people", "--json"],
        &["search", "words"],
        &["search", "words", "--json"],
        &["export", "--include-private"],
        &["export", "--format", "md", "--include-private"],
        &["undo", "--list"],
    ] {
        let said = home.done(args);
        let bad = said.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(bad, None, "{args:?}: {said:?}");
        assert!(said.len() > 10, "{args:?}");
    }
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let home = Home::with_amina();
    assert!(!home.done(&["people"]).contains('\u{1b}'));
    assert!(home.done(&["people", "--color", "always"]).contains("\u{1b}[1mAmina K.\u{1b}[0m"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = Home::with_amina();
    let words = "words ".repeat(2_000);
    for day in 1..=20 {
        let on = format!("2026-11-{day:02}");
        home.done(&["log", "amina", "--on", &on, "--notes", &words]);
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_confidant"))
        .arg("--journal")
        .arg(home.journal())
        .args(["export", "--format", "md"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 8];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a beginning");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
    assert_eq!(&first, b"# Amina ");
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let home = Home::empty();
    let help = home.done(&["--help"]);
    assert!(help.contains("With a screen reader, use these commands"), "{help}");
    for command in [
        &["init"][..],
        &["people"],
        &["person", "add"],
        &["remember"],
        &["log"],
        &["note"],
        &["agenda"],
        &["search"],
        &["show"],
        &["export"],
        &["import"],
        &["undo"],
        &["bin"],
        &["bin", "restore"],
        &["backup"],
        &["verify"],
        &["path"],
    ] {
        let help = home.done(&[command, &["--help"]].concat());
        let example = format!("\n  confidant {}", command.join(" "));
        assert!(help.contains(&example), "{help}");
        assert!(help.contains("--journal <PATH>"), "{help}");
    }
    assert_eq!(home.run(&["frobnicate"]).code, Some(2));
}

#[test]
fn the_readme_tells_the_commands_as_they_are() {
    crate::readme::part_is("commands", &confidant::cli::markdown());
}

#[test]
fn a_disk_without_room_is_told_and_nothing_is_half_written() {
    let home = Home::with_amina();
    let before = std::fs::read(home.journal()).expect("readable");
    let blocks = before.len() / 512 + 8;
    let ended = home
        .limited(&format!("ulimit -f {blocks}"))
        .args(["log", "amina", "--notes", &"words and words ".repeat(100_000 / 16)])
        .args(["--on", "2026-11-12", "--private", "-"])
        .write_stdin("more words ".repeat(200_000))
        .output()
        .expect("it runs");
    assert_eq!(
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()),
        (
            Some(1),
            "The disk is full: make some room, then save again. Nothing is lost until you leave.\n"
        )
    );
    home.says(&["people"], "Amina K.  you are the mentor  nothing planned  not met yet\n");
    home.says(
        &["verify"],
        "The journal is sound: 2 records are as they were written. It is not encrypted.\n",
    );
}

#[test]
fn another_passphrase_is_refused_where_files_may_not_be_so_large() {
    let refused = "No room to write the journal anew: free about 1 MB, then try again. Nothing was changed.\n";
    for (from, what) in [("", "set"), ("old", "change"), ("old", "remove")] {
        let mut home = Home::empty();
        home.set("CONFIDANT_PASSPHRASE_COMMAND", &format!("echo {from}"));
        let lock = if from.is_empty() { "--no-passphrase" } else { "--passphrase" };
        home.done(&["init", "--name", "Asha", lock]);
        home.done(&["person", "add", "Amina K.", "--as", "mentor"]);
        let before = std::fs::read(home.journal()).expect("readable");
        let blocks = before.len() / 1024;
        let ended = home
            .limited(&format!("ulimit -f {blocks}"))
            .args(["passphrase", what])
            .args((what != "remove").then_some("--new-passphrase-command=echo new"))
            .write_stdin("remove\n")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.ends_with(refused), "{what}: {said}");
        assert_eq!(ended.status.code(), Some(1));
        assert!(std::fs::read(home.journal()).expect("readable") == before, "{what}");
        let folder = home.journal().parent().expect("a folder").to_owned();
        let names = std::fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<_> = names.map(|entry| entry.file_name()).collect();
        names.retain(|name| name != "backups");
        assert_eq!(names, ["journal.db"], "{what}");
        home.says(&["people"], "Amina K.  you are the mentor  nothing planned  not met yet\n");
    }
}
