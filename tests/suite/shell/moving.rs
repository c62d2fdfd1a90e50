//! Out of one journal and into another.

use super::{Home, id_in, ran};

/// A journal with a private reflection, a line worth remembering, and an earlier version.
fn full() -> Home {
    let mut home = Home::with_amina();
    // Ids of one moment stand in no order.
    home.set("CONFIDANT_NOW", "2026-11-22T12:01:00+00:00");
    home.done(&["person", "add", "Tomas", "--as", "peer"]);
    home.done(&[
        "log",
        "amina",
        "--on",
        "2026-11-12",
        "--minutes",
        "45",
        "--notes",
        "# Open\nWords",
    ]);
    home.done_with(&["log", "amina", "--on", "2026-11-12", "--private", "-"], "Planted-reflection");
    home.done(&["remember", "tomas", "Planted-remembering"]);
    home.done(&["note", "tomas", "Planted-no: this may go out"]);
    home.done(&["note", "tomas", "and more"]);
    home.done(&["agenda", "amina", "The *board*", "--theirs"]);
    home
}

const LEFT: &str = "Left out: 1 private reflection, 1 line worth remembering, earlier versions of texts; --include-private takes them along.\n";

#[test]
fn an_export_leaves_out_what_is_private_and_says_so() {
    let home = full();
    let json = home.run(&["export"]);
    assert_eq!(json.err, LEFT);
    assert!(json.out.contains("Words") && !json.out.contains("Planted-re"), "{}", json.out);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("json");
    assert_eq!(document["format"], "confidant");
    assert_eq!(document["version"], 1);
    assert_eq!(document["owner"]["name"], "Asha");
    let all = home.run(&["export", "--include-private"]);
    assert_eq!(all.err, "Left out: nothing.\n");
    assert!(all.out.contains("Planted-reflection") && all.out.contains("Planted-remembering"));
    assert!(all.out.contains("\"versions\":[{"), "{}", all.out);
    let one = home.run(&["export", "--person", "tomas"]);
    assert!(!one.out.contains("Amina") && one.out.contains("Tomas"), "{}", one.out);
    assert_eq!(
        one.err,
        "Left out: 1 line worth remembering, earlier versions of texts; --include-private takes them along.\n"
    );
}

#[test]
fn markdown_is_pleasant_and_keeps_its_shape() {
    let home = full();
    assert_eq!(
        home.run(&["export", "--format", "md"]),
        ran(
            0,
            "\
# Amina K.

- Role: you are the mentor
- Phase: working

## For the next session

- The \\*board\\* (theirs)

## Sessions

### 2026-11-12

Held, 45 min

#### Notes

##### Open
Words

# Tomas

- Role: you are peers
- Phase: working

## Sessions

### 2026-11-22

Held

#### Notes

Planted-no: this may go out

and more
",
            "Left out: 1 private reflection, 1 line worth remembering; --include-private takes them along. The bin and earlier versions go out as JSON only.\n"
        )
    );
    let all = home.run(&["export", "--format", "md", "--include-private", "--person", "tomas"]);
    assert!(all.out.contains("## Worth remembering (private)\n\n- Planted-remembering\n"));
}

#[test]
fn an_export_goes_to_a_new_file_or_a_folder() {
    let home = full();
    let out = home.path("out.json").display().to_string();
    let said = home.run(&["export", "--out", &out]);
    assert_eq!(said, ran(0, "", &format!("Written: ~/out.json\n{LEFT}")));
    let written = std::fs::read_to_string(&out).expect("readable");
    assert_eq!(written, home.done(&["export"]));
    home.fails(
        &["export", "--out", &out],
        1,
        "The file ~/out.json is already there. Choose another name, or move it away.\n",
    );
    home.fails(
        &["export", "--out", "folder/"],
        2,
        "folder/ is a folder, and JSON is one file. Name a file, or say --format md.\n",
    );
}

#[test]
fn a_folder_of_markdown_is_the_same_twice_and_replaces_nothing_of_others() {
    let home = full();
    home.done(&["goal", "add", "Read more"]);
    let into = ["export", "--format", "md", "--out", "folder"];
    std::fs::create_dir(home.path("folder")).expect("a folder");
    let left = "Left out: 1 private reflection, 1 line worth remembering; --include-private takes them along. The bin and earlier versions go out as JSON only.\n";
    let said = ran(0, "", &format!("Written: 5 files in folder\n{left}"));
    assert_eq!(home.run(&into), said);
    let read = |name: &str| std::fs::read_to_string(home.path(name)).expect("readable");
    assert_eq!(
        read("folder/Amina K/sessions/2026-11-12.md"),
        "\
---
person: \"Amina K.\"
role: mentor
date: 2026-11-12
made-by: confidant
---

# 2026-11-12

Held, 45 min

## Notes

### Open
Words
"
    );
    assert_eq!(
        read("folder/Amina K/about.md"),
        "\
---
person: \"Amina K.\"
role: mentor
made-by: confidant
---

# Amina K.

- Role: you are the mentor
- Phase: working

## For the next session

- The \\*board\\* (theirs)

## Sessions

- [2026-11-12](sessions/2026-11-12.md)
"
    );
    assert!(read("folder/Goals of my own.md").contains("## Read more"));
    // The same again, though something was written in between; a file that is gone stays told of.
    home.done(&["note", "tomas", "one more thing"]);
    std::fs::copy(
        home.path("folder/Tomas/sessions/2026-11-22.md"),
        home.path("folder/Tomas/sessions/2026-10-01.md"),
    )
    .expect("copied");
    let amina = home.path("folder/Amina K/about.md");
    let before = std::fs::metadata(&amina).expect("there").modified().expect("a time");
    let again = home.run(&into);
    assert_eq!(
        again.err,
        format!(
            "Written: 5 files in folder\nOf an earlier export, and in this one no more: folder/Tomas/sessions/2026-10-01.md\n{left}"
        )
    );
    assert!(read("folder/Tomas/sessions/2026-11-22.md").contains("one more thing"));
    assert_eq!(std::fs::metadata(&amina).expect("there").modified().expect("a time"), before);
    // What somebody else wrote stands in the way, and nothing is written.
    home.write("folder/Tomas/about.md", "Mine");
    home.done(&["note", "amina", "new"]);
    home.fails(
        &into,
        1,
        "The file folder/Tomas/about.md is already there and no export made it. Nothing was written. Choose another folder, or move it away.\n",
    );
    assert!(!home.path("folder/Amina K/sessions/2026-11-22.md").exists());
}

#[test]
fn an_import_comes_in_once_and_can_be_taken_back() {
    let from = full();
    let all = from.done(&["export", "--include-private"]);
    let home = Home::new();
    let file = home.write("all.json", &all);
    let records =
        "2 people, 1 line worth remembering, 2 relationships, 2 sessions, 3 texts, 1 agenda line";
    home.says(
        &["import", &file, "--from", "json", "--dry-run"],
        &format!("Would bring in: {records}.\nNothing was changed.\n"),
    );
    assert_eq!(home.done(&["people"]), "");
    home.says(&["import", &file, "--from", "json"], &format!("Brought in: {records}.\n"));
    assert_eq!(home.done(&["export", "--include-private"]), all);
    home.says(
        &["import", &file, "--from", "json"],
        &format!("Brought in: nothing.\nHere already, which stays as it is: {records}.\n"),
    );
    assert_eq!(home.done(&["export", "--include-private"]), all);
    home.says(
        &["undo"],
        "Undone: brought in 2 sessions, 3 texts, 1 line worth remembering, 1 agenda line\n",
    );
    assert_eq!(home.done(&["people"]), "");
    assert_eq!(home.run_with(&["import", "-", "--from", "json"], &all).code, Some(0));
    home.says(
        &["verify"],
        "The journal is sound: 11 records are as they were written. It is not encrypted.\n",
    );
}

#[test]
fn a_text_that_stands_here_is_not_overwritten() {
    let from = Home::with_amina();
    from.done(&["log", "amina", "--on", "2026-11-12"]);
    let early = from.done(&["export"]);
    from.done_with(&["log", "amina", "--on", "2026-11-12", "--private", "-"], "Theirs");
    let late = from.done(&["export", "--include-private"]);
    let home = Home::new();
    home.done_with(&["import", "-", "--from", "json"], &early);
    home.done_with(&["log", "amina", "--on", "2026-11-12", "--private", "-"], "Mine");
    assert_eq!(
        home.run_with(&["import", "-", "--from", "json"], &late),
        ran(
            0,
            "\
Brought in: nothing.
Here already, which stays as it is: 1 person, 1 relationship, 1 session, 1 text.
",
            "Left out: the file has another private reflection of the session with Amina K., Thu 12 Nov 2026; the one here stays.\n"
        )
    );
    assert!(home.done(&["export", "--include-private"]).contains("Mine"));
}

#[test]
fn a_file_that_does_not_read_brings_nothing() {
    let from = full();
    let all = from.done(&["export", "--include-private"]);
    let home = Home::new();
    let cut = &all[..all.len() - 20];
    let lines = cut.lines().count();
    let column = cut.lines().last().expect("a line").len();
    let not_ours = "This is not a Confidant export: it does not begin with {\"format\":\"confidant\"}. Nothing was brought in.\n";
    let cases: Vec<(String, String)> = vec![
        (String::new(), "The file is broken at line 1, column 0: it ends too early. Nothing was brought in.\n".into()),
        ("hello".into(), "The file is broken at line 1, column 1: expected value. Nothing was brought in.\n".into()),
        ("[1, 2]".into(), not_ours.into()),
        ("{}".into(), not_ours.into()),
        ("{\"entries\":[]}".into(), not_ours.into()),
        ("{\"format\":\"other\",\"version\":1}".into(), not_ours.into()),
        (
            all.replacen("\"version\":1", "\"version\":2", 1),
            "This export has version 2, and this Confidant reads version 1. Nothing was brought in; update Confidant to read it.\n".into(),
        ),
        (cut.to_owned(), format!("The file is broken at line {lines}, column {column}: it ends too early. Nothing was brought in.\n")),
        (
            all.replacen("\"name\":\"Amina K.\"", "\"name\":\" \"", 1),
            "The person number 1 in the file cannot be brought in: Write the person's name. Nothing was.\n".into(),
        ),
        (format!("{all}x"), format!("The file is broken at line {}, column 1: trailing characters. Nothing was brought in.\n", all.lines().count() + 1)),
    ];
    for (file, said) in cases {
        assert_eq!(home.run_with(&["import", "-", "--from", "json"], &file), ran(1, "", &said));
    }
    for (from, to) in [
        ("\"role\":\"mentor\"", "\"role\":\"boss\""),
        ("\"when\":\"2026-11-12\"", "\"when\":\"+99999-11-12\""),
        ("\"minutes\":45", "\"minutes\":0"),
        ("\"phase\":", "\"mood\":1,\"phase\":"),
        ("\"contacts\":", "\"goals\":[],\"contacts\":"),
        ("\"name\":\"Tomas\"", "\"name\":\"Tomas\",\"name\":\"Tom\""),
        ("\"written\":\"2026", "\"written\":\"26"),
        ("\"sessions\":[", "\"sessions\":["),
    ] {
        let file = if from == to {
            all.replace("\"session\":\"", "\"session\":\"ff")
        } else {
            all.replacen(from, to, 1)
        };
        assert_ne!(file, all, "{from}");
        let said = home.run_with(&["import", "-", "--from", "json"], &file);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{from}");
        assert!(said.err.starts_with("The file is broken at line "), "{}", said.err);
    }
    assert_eq!(home.done(&["people"]), "");
    home.fails(&["undo"], 1, "There is nothing to undo.\n");
    home.fails(
        &["import", "missing.json", "--from", "json"],
        1,
        "missing.json cannot be read: No such file or directory (os error 2). Name the file that `confidant export` wrote.\n",
    );
}

#[test]
fn what_belongs_to_nobody_in_the_file_is_refused() {
    let from = full();
    let all = from.done(&["export", "--include-private"]);
    let id = id_in(&from.done(&["log", "tomas"]));
    let (_, rest) = all.split_once("\"sessions\":[\n{\"id\":\"").expect("sessions");
    let session = &rest[..32];
    let other = format!("{}{id}", &session[..24]);
    let file = all.replacen(session, &other, 1);
    let home = Home::new();
    let said = home.run_with(&["import", "-", "--from", "json"], &file);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(
        said.err.ends_with(
            "in the file cannot be brought in: its session is not in the file. Nothing was.\n"
        ),
        "{}",
        said.err
    );
    assert_eq!(home.done(&["people"]), "");
}
