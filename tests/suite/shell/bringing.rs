//! What was written in another program comes in: from files that those programs wrote.

use std::fs;

use super::{Home, ran};

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/peers");

fn peer(name: &str) -> String {
    format!("{PEERS}/{name}")
}

fn import<'a>(file: &'a str, from: &'a str) -> Vec<&'a str> {
    vec!["import", file, "--from", from, "--person", "amina"]
}

fn notes(home: &Home) -> String {
    home.done(&["export", "--format", "md"])
}

#[test]
fn the_file_of_jrnl_comes_in_once_whatever_its_time_format() {
    let home = Home::with_amina();
    let before = notes(&home);
    let (own, dotted, json) = (peer("jrnl.txt"), peer("jrnl-dotted.txt"), peer("jrnl.json"));
    let five = "5 sessions with Amina K., Thu 12 Nov 2026 to Sun 22 Nov 2026";
    let dry: Vec<&str> = import(&own, "jrnl").into_iter().chain(["--dry-run"]).collect();
    home.says(&dry, &format!("Would bring in: {five}.\nNothing was changed.\n"));
    assert_eq!(notes(&home), before);
    home.says(&import(&own, "jrnl"), &format!("Brought in: {five}.\n"));
    let after = home.done(&["export"]);
    for (file, count) in [(&own, 5), (&dotted, 5), (&json, 4)] {
        let said = format!(
            "Brought in: nothing.\nHere already, which stays as it is: {count} sessions.\n"
        );
        home.says(&import(file, "jrnl"), &said);
    }
    assert_eq!(home.done(&["export"]), after);
    let all = notes(&home);
    let last = "\
### 2026-11-22 10:30: A title without full stop @amina \\#review

Held

#### Notes

The body comes after.

[2026-11-01 09:00] this line looks like an entry, and is not.
2026-11-02 12:00 neither is this.
[2026-11-23 09:00:00 AM] nor this, without an empty line before.
";
    assert!(all.contains(last), "{all}");
    let starred = "\
### 2026-11-20 09:00: Starred with an emoji 🎓 and 昇進の話。続き.

Held

#### Notes

Zweite Zeile: Übung.

Starred
";
    assert!(all.contains(starred), "{all}");
    assert!(all.contains("### 2026-11-20 09:00: Only a title\n\nHeld\n\n###"), "{all}");
    let starred = "\
### 2026-11-21 23:59: Ends with a star

Held

#### Notes

body * here
    indented

Starred
";
    assert!(all.contains(starred), "{all}");
    assert!(home.done(&["search", "two sentences"]).contains("Amina K."));
    home.says(&["undo"], "Undone: brought in 5 sessions, 4 texts\n");
    assert_eq!(notes(&home), before);
}

/// jrnl keeps a journal as a folder, too: a file a day, in a folder a month in one a year.
#[test]
fn a_folder_of_jrnl_comes_in_once_and_what_is_broken_in_it_is_named() {
    let home = Home::with_amina();
    fs::create_dir_all(home.path("folder/2026/10")).expect("folders");
    fs::create_dir_all(home.path("folder/2026/11")).expect("folders");
    home.write("folder/2026/10/30.txt", "[2026-10-30 17:05] Before the board. @amina\n\n");
    home.write(
        "folder/2026/11/02.txt",
        "[2026-11-02 09:00] One. @amina\nFirst\n\n[2026-11-02 18:30] Two.\nSecond\n\n2026-11-01 stays a line\n\n",
    );
    home.write("folder/2026/11/notes.md", "No file of jrnl");
    let folder = home.path("folder").display().to_string();
    let three = "3 sessions with Amina K., Fri 30 Oct 2026 to Mon 2 Nov 2026";
    let dry: Vec<&str> = import(&folder, "jrnl").into_iter().chain(["--dry-run"]).collect();
    home.says(&dry, &format!("Would bring in: {three}.\nNothing was changed.\n"));
    home.says(&import(&folder, "jrnl"), &format!("Brought in: {three}.\n"));
    let all = notes(&home);
    for part in [
        "### 2026-10-30 17:05: Before the board. @amina\n\nHeld\n",
        "### 2026-11-02 09:00: One. @amina\n\nHeld\n\n#### Notes\n\nFirst\n",
        "### 2026-11-02 18:30: Two.\n\nHeld\n\n#### Notes\n\nSecond\n\n2026-11-01 stays a line\n",
    ] {
        assert!(all.contains(part), "{part}\n---\n{all}");
    }
    let known = "Brought in: nothing.\nHere already, which stays as it is: 3 sessions.\n";
    home.says(&import(&folder, "jrnl"), known);
    home.write("folder/2026/11/03.txt", b"\x89PNG\0\0");
    home.fails(
        &import(&folder, "jrnl"),
        1,
        "2026/11/03.txt: This is no text file: it has bytes in it that no text has. Nothing was brought in.\n",
    );
    assert_eq!(notes(&home), all);
}

#[test]
fn the_files_of_tui_journal_are_the_same_in_every_form() {
    let home = Home::with_amina();
    let three = "3 sessions with Amina K., Thu 12 Nov 2026 to Fri 20 Nov 2026";
    let file = peer("tui-journal.db");
    let before = fs::read(&file).expect("bytes");
    home.says(&import(&file, "tui-journal"), &format!("Brought in: {three}.\n"));
    for name in ["tui-journal.db", "tui-journal-export.json", "tui-journal.json"] {
        home.says(
            &import(&peer(name), "tui-journal"),
            "Brought in: nothing.\nHere already, which stays as it is: 3 sessions.\n",
        );
    }
    assert_eq!(fs::read(&file).expect("bytes"), before);
    assert!(notes(&home).contains(
        "### 2026-11-12: Talked about the review\n\nHeld\n\n#### Notes\n\nShe asked how to say no.\n\n2026-11-01: a line like a date.\n\nTags: amina, hard talk\nPriority: 3\n"
    ));
    // Only one of them is tagged so.
    let other = Home::with_amina();
    let tagged: Vec<&str> =
        import(&file, "tui-journal").into_iter().chain(["--tagged", "#Hard Talk"]).collect();
    other.says(
        &tagged,
        "Brought in: 1 session with Amina K., Thu 12 Nov 2026.\nLeft out: 2 entries that are not tagged #Hard Talk.\n",
    );
}

#[test]
fn a_notebook_of_nb_comes_in_and_what_has_no_day_is_named() {
    let home = Home::with_amina();
    let folder = peer("nb");
    let left = "\
Not understood: 20261125134052.todo.md is a to-do of nb, and no note.
Not understood: 20261125134053.bookmark.md is a bookmark of nb, and no note.
Not understood: encrypted_one.md.enc is encrypted; let nb decrypt it first.
";
    let no_day = "Not understood: the_second_one.md says no day, neither in its front matter nor in its name; the day it was saved counts where that is asked for (--modified).\n";
    let two = "2 sessions with Amina K., Thu 12 Nov 2026 to Wed 25 Nov 2026";
    assert_eq!(
        home.run(&import(&folder, "markdown")),
        ran(0, &format!("Brought in: {two}.\n"), &format!("{left}{no_day}"))
    );
    let again: Vec<&str> = import(&folder, "markdown").into_iter().chain(["--modified"]).collect();
    let said = home.run(&again);
    assert_eq!((said.code, said.err.as_str()), (Some(0), left));
    assert!(said.out.starts_with("Brought in: 1 session with Amina K., "), "{}", said.out);
    assert!(notes(&home).contains(
        "### 2026-11-12: Third\n\nHeld\n\n#### Notes\n\nBody\n2026-11-01 a line like a date\n"
    ));
}

#[test]
fn a_folder_of_markdown_files_says_its_days_in_many_ways() {
    let home = Home::with_amina();
    fs::create_dir_all(home.path("notes/2026/11")).expect("folders");
    home.write("notes/2026/11/05.md", "# The fifth\n\nWords");
    home.write("notes/2026-11-06-walk.md", "Words \u{1b}[2J");
    home.write("notes/x.md", "---\ndate: 2026-11-07T18:30:00+01:00\ntitle: Evening\ntags: [a, b]\n---\nWords\r\nmore\r\n");
    home.write("notes/plan.md", "---\ndate: 2026-12-01\n---\n# To come\n");
    home.write("notes/empty-2026.md", "");
    home.write("notes/2026-11-09.md", "");
    home.write("notes/2026-11-10.md", b"Caf\xe9");
    home.write("notes/2026-11-11.md", b"\0\0");
    let folder = home.path("notes").display().to_string();
    assert_eq!(
        home.run(&import(&folder, "markdown")),
        ran(
            0,
            "Brought in: 5 sessions with Amina K., Thu 5 Nov 2026 to Tue 1 Dec 2026.\n",
            "\
Not understood: 2026-11-09.md has no words.
Not understood: 2026-11-10.md is not in UTF-8; its letters were read as Latin-1.
Not understood: 2026-11-11.md is no text file.
Not understood: empty-2026.md says no day, neither in its front matter nor in its name; the day it was saved counts where that is asked for (--modified).
"
        )
    );
    let all = notes(&home);
    for part in [
        "### 2026-11-05: The fifth\n\nHeld\n\n#### Notes\n\nWords\n",
        "### 2026-11-06: walk\n\nHeld\n\n#### Notes\n\nWords [2J\n",
        "### 2026-11-07 18:30: Evening\n\nHeld\n\n#### Notes\n\nWords\nmore\n\nTags: a, b\n",
        "### 2026-11-10\n\nHeld\n\n#### Notes\n\nCafé\n",
        "### 2026-12-01: To come\n\nPlanned",
    ] {
        assert!(all.contains(part), "{part}\n---\n{all}");
    }
    // A renamed file is the same note; one with another text is told and left.
    fs::rename(home.path("notes/2026-11-06-walk.md"), home.path("notes/2026-11-06-way.md"))
        .expect("renamed");
    home.write("notes/2026/11/05.md", "# The fifth\n\nOther words");
    let said = home.run(&import(&folder, "markdown"));
    assert_eq!(said.out, "Brought in: nothing.\nHere already, which stays as it is: 5 sessions.\n");
    assert!(
        said.err.starts_with("Changed in the file since it was brought in: Thu 5 Nov 2026; the text here stays.\nChanged in the file since it was brought in: Fri 6 Nov 2026; the text here stays.\n"),
        "{}",
        said.err
    );
    assert!(notes(&home).contains("\nWords\n") && !notes(&home).contains("Other words"));
}

#[test]
fn what_was_changed_here_is_no_change_of_the_file() {
    let home = Home::with_amina();
    let first = "[2026-11-12 15:00] Title\nBody\n\n[2026-11-22 09:00] Other\nMore\n\n[2026-11-22 09:00] Other\nMore of the same minute\n";
    let file = home.write("j.txt", first);
    home.says(
        &import(&file, "jrnl"),
        "Brought in: 3 sessions with Amina K., Thu 12 Nov 2026 to Sun 22 Nov 2026.\n",
    );
    home.done(&["note", "amina", "Added here"]);
    let known = "Brought in: nothing.\nHere already, which stays as it is: 3 sessions.\n";
    home.says(&import(&file, "jrnl"), known);
    // In the file a title, and a body, become others.
    let later = first.replace("same minute", "same hour").replace("] Title", "] New title");
    let file = home.write("j.txt", later);
    assert_eq!(
        home.run(&import(&file, "jrnl")),
        ran(
            0,
            known,
            "Changed in the file since it was brought in: Thu 12 Nov 2026; the text here stays.\nChanged in the file since it was brought in: Sun 22 Nov 2026; the text here stays.\n"
        )
    );
}

#[test]
fn what_is_no_journal_is_refused_and_nothing_changes() {
    let home = Home::with_amina();
    let before = home.done(&["export"]);
    let person = ["--person", "amina"];
    let cases: &[(&str, &[u8], &str)] = &[
        (
            "jrnl",
            b"Words only",
            "This is no journal of jrnl: no entry in it begins with its moment in brackets, like [2026-11-12 15:00]. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"\x89PNG\0\0",
            "This is no text file: it has bytes in it that no text has. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"\xff\xfe[\x002\0",
            "This is no text file: it has bytes in it that no text has. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"JRNLv3\0\0",
            "This journal of jrnl is encrypted. Let jrnl write it out with `jrnl --format json > FILE`, and bring in that file. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"[03/04/2026 15:00] Which month?",
            "The dates of this journal can be read in two ways. Say which time format it has (--time-format): '%d/%m/%Y %H:%M' or '%m/%d/%Y %H:%M'. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"{\"entries\":[{\"title\":1}]}",
            "The file is broken at line 1, column 23: invalid type: integer `1`, expected a string. Nothing was brought in.\n",
        ),
        (
            "jrnl",
            b"{}",
            "This is no export of jrnl: it has no list of entries. Nothing was brought in.\n",
        ),
        (
            "tui-journal",
            b"{\"format\":\"confidant\",\"version\":1}",
            "This is no journal of tui-journal: it has no list of entries. Nothing was brought in.\n",
        ),
        (
            "tui-journal",
            b"[{\"date\":\"2026-11-12T00:00:00Z\",\"title\":\"x\",\"content\":\"y\"},",
            "The file is broken at line 1, column 59: it ends too early. Nothing was brought in.\n",
        ),
        (
            "tui-journal",
            b"SQLite format 3\0 and no more",
            "This is no file of tui-journal: it has no table of entries as that program makes it. Nothing was brought in.\n",
        ),
        (
            "tui-journal",
            b"",
            "The file is broken at line 1, column 0: it ends too early. Nothing was brought in.\n",
        ),
    ];
    for (from, bytes, said) in cases {
        let file = home.write("odd", bytes);
        let args = [&["import", &file, "--from", from][..], &person].concat();
        let ran = home.run(&args);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(1), "", *said), "{from}");
    }
    assert_eq!(home.done(&["export"]), before);
}

#[test]
fn what_is_not_said_right_is_asked_for() {
    let home = Home::with_amina();
    let before = home.done(&["export"]);
    let jrnl = peer("jrnl.txt");
    home.fails(
        &["import", &jrnl, "--from", "jrnl"],
        2,
        "Say with whom these sessions were: --person NAME. `confidant people` lists everybody; with --tagged TAG only entries with that tag come in.\n",
    );
    home.fails(
        &["import", &jrnl, "--from", "json", "--person", "amina"],
        2,
        "An export says itself whom it concerns. Leave --person out.\n",
    );
    home.fails(
        &["import", &jrnl, "--from", "jrnl", "--person", "nobody"],
        4,
        "Nobody here is called \"nobody\". `confidant people --all` lists everybody.\n",
    );
    home.fails(
        &import("missing.txt", "jrnl"),
        1,
        "missing.txt cannot be read: No such file or directory (os error 2). Name the file that jrnl writes.\n",
    );
    let folder = home.folder.path().display().to_string();
    home.fails(
        &import(&folder, "tui-journal"),
        1,
        "tui-journal keeps one file: name that, and not its folder. Nothing was brought in.\n",
    );
    home.fails(
        &["import", &folder, "--from", "json"],
        1,
        "~ cannot be read: Is a directory (os error 21). Name the file that `confidant export` wrote.\n",
    );
    assert_eq!(home.done(&["export"]), before);
    let bytes = fs::read(peer("tui-journal.db")).expect("bytes");
    let args = import("-", "tui-journal");
    assert_eq!(
        home.run_with(&args, bytes),
        ran(
            1,
            "",
            "The file of tui-journal is read where it lies: give its path. Nothing was brought in.\n"
        )
    );
    let args: Vec<&str> =
        import("-", "jrnl").into_iter().chain(["--time-format", "%m/%d/%Y %H:%M"]).collect();
    assert_eq!(
        home.run_with(&args, "[03/04/2026 15:00] In March"),
        ran(0, "Brought in: 1 session with Amina K., Wed 4 Mar 2026.\n", "")
    );
}
