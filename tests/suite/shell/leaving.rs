//! Exports and reports as the shell writes them, the manual, and pipes that close.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use super::{Home, id_in, ran};

fn met() -> Home {
    let home = Home::with_amina();
    home.done(&["log", "amina", "--on", "2026-09-12", "--minutes", "45", "--notes", "Words"]);
    home.done(&["log", "amina", "--on", "2026-11-12"]);
    home.done(&["log", "amina", "--on", "2026-12-03"]);
    home.done(&["goal", "add", "Read a chart", "--with", "amina", "--by", "2026-12-18"]);
    home.done_with(&["log", "amina", "--on", "2026-09-12", "--private", "-"], "Planted");
    home
}

#[test]
fn a_page_goes_to_a_file_or_a_folder() {
    let home = met();
    let left = "Left out: 1 private reflection; --include-private takes them along. The bin and earlier versions go out as JSON only.\n";
    let said = home.run(&["export", "--format", "html", "--out", "all.html"]);
    assert_eq!(said, ran(0, "", &format!("Written: all.html\n{left}")));
    let page = std::fs::read_to_string(home.path("all.html")).expect("readable");
    assert!(page.contains("<h1>Amina K.</h1>") && !page.contains("Planted"), "{page}");
    assert!(page.contains("Read a chart") && page.contains("<svg"), "{page}");
    std::fs::create_dir(home.path("pages")).expect("a folder");
    for _ in 0..2 {
        let said = home.run(&["export", "--format", "html", "--out", "pages"]);
        assert_eq!(said, ran(0, "", &format!("Written: 1 file in pages\n{left}")));
    }
    let one = std::fs::read_to_string(home.path("pages/Amina K.html")).expect("readable");
    assert_eq!(one, page);
}

#[test]
fn a_calendar_is_one_file_with_nothing_private() {
    let home = met();
    let all = home.run(&["export", "--format", "ics"]);
    assert_eq!(
        all.err,
        "Left out: notes, summaries and all else without a day, 1 private reflection.\n"
    );
    assert_eq!(all.out.matches("BEGIN:VEVENT").count(), 3);
    home.fails(
        &["export", "--format", "ics", "--include-private"],
        2,
        "A calendar holds what has a day and nothing private. Leave out --include-private.\n",
    );
    home.fails(
        &["export", "--format", "ics", "--out", "days/"],
        2,
        "days/ is a folder, and a calendar is one file. Name a file, or say --format md.\n",
    );
}

/// A report as it is told, and what it ends by saying.
#[track_caller]
fn told(home: &Home, args: &[&str], out: &str) {
    assert_eq!(home.run(args), ran(0, out, &format!("{LEFT}.\n")), "{args:?}");
}

const LEFT: &str = "Left out: all that is private, notes, summaries";

#[test]
fn reports_hold_hours_and_progress() {
    let home = met();
    told(
        &home,
        &["report", "hours", "amina"],
        "\
# Hours with Amina K.

Asha, mentor
Up to 2026-11-22

| date       | minutes | activity          |
| ---------- | ------: | ----------------- |
| 2026-09-12 |      45 | meeting           |
| 2026-11-12 |         | meeting           |

2 sessions, 45 min; 1 has no length set down
",
    );
    let about = home.done(&["report", "hours", "amina", "--about"]);
    assert!(
        about.contains("| meeting           |"),
        "where nothing is said, how they met: {about}"
    );
    told(
        &home,
        &["report", "progress", "amina", "--from", "2026-11-01"],
        "\
# Progress with Amina K.

Asha, mentor
From 2026-11-01 to 2026-11-22

## Goals

### Read a chart

- active since 2026-11-22, by 2026-12-18

## Sessions

- 2026-11-12
",
    );
    told(
        &home,
        &["report", "hours", "amina", "--from", "2026-01-01", "--to", "2026-01-31"],
        "# Hours with Amina K.\n\nAsha, mentor\nFrom 2026-01-01 to 2026-01-31\n\nNo session was held.\n",
    );
    home.fails(
        &["report", "hours", "amina", "--from", "2026-02-01", "--to", "2026-01-31"],
        2,
        "The first day is after the last. Change one of the two.\n",
    );
}

/// Three months with two mentors, one of whom was put away since, and somebody never met.
fn two_mentors() -> Home {
    let home = Home::empty();
    home.done(&["init", "--name", "Tomas", "--no-passphrase"]);
    for name in ["Prof. Brandt", "Noor", "Sam"] {
        home.done(&["person", "add", name, "--as", "mentee"]);
    }
    home.done(&["goal", "add", "The thesis", "--with", "brandt", "--with", "noor"]);
    home.done(&["goal", "add", "A talk", "--with", "noor", "--by", "2026-12-18"]);
    home.done(&["goal", "add", "Sleep"]);
    home.done(&["log", "noor", "--on", "2026-11-12", "--minutes", "45", "--notes", "Planted"]);
    home.done(&["log", "brandt", "--on", "2026-11-04", "--minutes", "30"]);
    home.done(&["log", "brandt", "--on", "2026-11-20"]);
    let id = id_in(&home.done(&["promise", "noor", "the outline", "--by", "2026-11-27"]));
    home.done(&["done", &id]);
    home
}

#[test]
fn a_report_of_hours_is_with_several_or_with_everyone() {
    let home = two_mentors();
    let table = "\
# Hours with Noor and Prof. Brandt

Tomas, mentee
From 2026-11-01 to 2026-11-22

| date       | with         | minutes | activity          |
| ---------- | ------------ | ------: | ----------------- |
| 2026-11-04 | Prof. Brandt |      30 | meeting           |
| 2026-11-12 | Noor         |      45 | meeting           |
| 2026-11-20 | Prof. Brandt |         | meeting           |

- Noor: 1 session, 45 min
- Prof. Brandt: 2 sessions, 30 min; 1 has no length set down

In all: 3 sessions, 1 h 15 min; 1 has no length set down
";
    let since = ["--from", "2026-11-01"];
    let said = home.run(&[&["report", "hours"], &since[..]].concat());
    assert_eq!(said, ran(0, table, &format!("{LEFT}; 1 person with nothing in that time.\n")));
    let args = ["report", "hours", "noor", "brandt", "noor"];
    told(&home, &[&args, &since[..]].concat(), table);
    let named = home.done(&["report", "hours", "sam", "noor"]);
    assert!(named.contains("- Sam: No session was held."), "who is named stands there: {named}");
    let none = home.done(&["report", "hours", "--to", "2026-01-31"]);
    assert_eq!(none, "# Hours\n\nTomas\nUp to 2026-01-31\n\nNo session was held.\n");
}

#[test]
fn a_report_of_progress_has_what_is_shared_once() {
    let home = two_mentors();
    let text = "\
# Progress with Noor and Prof. Brandt

Tomas
From 2026-11-01 to 2026-11-22

## Goals

### A talk

- active since 2026-11-22, by 2026-12-18, with Noor

### The thesis

- active since 2026-11-22, with Noor and Prof. Brandt

## Noor

Tomas, mentee

### Sessions

- 2026-11-12, 45 min

### Promised and kept by Tomas

- the outline, 2026-11-22

## Prof. Brandt

Tomas, mentee

### Sessions

- 2026-11-04, 30 min
- 2026-11-20
";
    let left = ", goals shared with nobody; 1 person with nothing in that time.\n";
    let said = home.run(&["report", "progress", "--from", "2026-11-01"]);
    assert_eq!(said, ran(0, text, &format!("{LEFT}{left}")));
    let page = home.done(&["report", "progress", "noor", "brandt", "--html"]);
    assert!(page.contains("<h1>Progress with Noor and Prof. Brandt</h1>"), "{page}");
    assert!(page.contains("<h3>Sessions</h3>") && !page.contains("Planted"), "{page}");
    let one = home.done(&["report", "progress", "noor"]);
    assert!(one.contains("active since 2026-11-22\n") && !one.contains("Brandt"), "{one}");
}

#[test]
fn a_report_over_several_is_what_its_schema_says() {
    let home = two_mentors();
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&home.done(args)).expect("json")
    };
    let hours = json(&["report", "hours", "--json"]);
    crate::schemas::holds("report-hours", &hours);
    assert!(hours["person"].is_null() && hours["minutes"] == 75, "{hours}");
    let noor = &hours["people"][0];
    assert_eq!((&noor["person"], &noor["minutes"]), (&"Noor".into(), &45.into()));
    assert_eq!(hours["sessions"][1]["relationship"], noor["relationship"]);
    let progress = json(&["report", "progress", "--json"]);
    crate::schemas::holds("report-progress", &progress);
    assert_eq!(progress["goals"][1]["with"], serde_json::json!(["Noor", "Prof. Brandt"]));
    assert_eq!(progress["people"].as_array().map(Vec::len), Some(2));
    let kept = json(&["report", "kept", "noor", "sam", "noor", "--json"]);
    crate::schemas::holds("report-kept", &kept);
    assert_eq!((&kept["kept"], &kept["people"]), (&1.into(), &serde_json::json!(["Noor", "Sam"])));
    home.says(&["report", "kept", "sam", "noor"], "1 of 1 kept in 90 days\n");
    let nothing =
        "Nothing that you promised with Sam and Prof. Brandt fell due in the last 90 days.\n";
    assert_eq!(home.run(&["report", "kept", "sam", "brandt"]), ran(0, "", nothing));
}

#[test]
fn my_own_record_is_told_with_one_and_with_everyone() {
    let mut home = Home::with_amina();
    home.fails(
        &["report", "kept", "jo"],
        4,
        "Nobody here is called \"jo\". `confidant people --all` lists everybody.\n",
    );
    let nothing = "Nothing that you promised with Amina K. fell due in the last 90 days.\n";
    assert_eq!(home.run(&["report", "kept", "amina"]), ran(0, "", nothing));
    let id = id_in(&home.done(&["promise", "amina", "the reading list", "--by", "2026-11-27"]));
    home.done(&["promise", "amina", "the intro", "--by", "2026-11-30"]);
    home.done(&["done", &id]);
    home.set("CONFIDANT_NOW", "2026-12-20T12:00:00+00:00");
    home.says(
        &["report", "kept"],
        "1 of 2 kept in 90 days\noldest open since Sun 22 Nov: the intro\n",
    );
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["report", "kept", "amina", "--json"])).expect("json");
    assert_eq!((&json["kept"], &json["fell_due"]), (&1.into(), &2.into()));
    assert_eq!(json["oldest"]["text"], "the intro");
    crate::schemas::holds("report-kept", &json);
}

#[test]
fn a_report_is_a_page_where_that_is_asked_for() {
    let home = met();
    let page = home.done(&["report", "hours", "amina", "--html"]);
    for part in [
        "<title>Hours with Amina K.</title>",
        "<h1>Hours with Amina K.</h1>\n<p>Asha, mentor<br />\nUp to 2026-11-22</p>\n<table>",
        "<td>2026-09-12</td><td style=\"text-align: right\">45</td><td>meeting</td>",
        "<p>2 sessions, 45 min; 1 has no length set down</p>\n</div>\n</article>\n</body>\n</html>\n",
    ] {
        assert!(page.contains(part), "{part}\n---\n{page}");
    }
    let page = home.done(&["report", "progress", "amina", "--html"]);
    assert!(page.contains("<h1>Progress with Amina K.</h1>"), "{page}");
    assert!(page.contains("<h3>Read a chart</h3>") && !page.contains("Words"), "{page}");
    let said = home.run(&["report", "hours", "amina", "--html", "--json"]);
    assert_eq!(said.code, Some(2));
}

#[test]
fn a_page_about_somebody_of_whom_nothing_is_set_down_says_so() {
    let home = Home::with_amina();
    let page = home.done(&["export", "--format", "html"]);
    assert!(page.contains("</dl>\n<p class=\"facts\">Nothing is set down here yet.</p>"), "{page}");
}

#[test]
fn the_manual_comes_from_the_commands() {
    let home = Home::empty();
    let page = home.done(&["man"]);
    assert!(page.contains(".TH confidant 1") && page.contains("Exit codes"), "{page}");
    home.done(&["man", "--out", "man1"]);
    let export = std::fs::read_to_string(home.path("man1/confidant-export.1")).expect("a page");
    let examples = "\
.SH EXAMPLES
.nf
confidant export \\-\\-out journal.json
confidant export \\-\\-person amina \\-\\-format md
";
    assert!(export.contains("include\\-private") && export.contains(examples), "{export}");
    let below = "for your calendar\n.fi\n.PP\nWhat is private is left out";
    assert!(export.contains(below), "{export}");
    assert!(home.path("man1/confidant-report-hours.1").exists());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = met();
    let long = "word ".repeat(60_000);
    home.done_with(&["note", "amina", "-"], &long);
    for args in [
        &["export"][..],
        &["export", "--format", "md"],
        &["export", "--format", "html"],
        &["export", "--format", "ics"],
        &["completions", "zsh"],
        &["man"],
        &["show", "--help"],
        &["people"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_confidant"))
            .args(args)
            .envs(home.command().get_envs().filter_map(|(name, value)| Some((name, value?))))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        out.read_line(&mut line).expect("a line");
        drop(out);
        let mut said = String::new();
        child.stderr.take().expect("errors").read_to_string(&mut said).expect("text");
        let ended = child.wait().expect("it ends");
        assert!(ended.success(), "{args:?} ended with {ended}: {said}");
        assert!(!said.contains("panicked"), "{args:?}: {said}");
    }
}
