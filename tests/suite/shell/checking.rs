//! Progress checks by commands, and where they go: reports and calendars.

use super::{Home, id_in, ran};

#[test]
fn a_check_is_held_along_its_questions_listed_and_taken_back() {
    let home = Home::with_amina();
    assert_eq!(
        home.run(&["check", "list", "amina"]),
        ran(
            0,
            "",
            "No progress check with Amina K. was held yet. `confidant check hold` holds one.\n"
        )
    );
    let goal = id_in(&home.done(&["goal", "add", "Lead the retro", "--with", "amina"]));
    let stuck = format!("{goal} stuck no time");
    let hold = ["check", "hold", "amina", "--goal", &stuck, "--helped", "Small steps"];
    let said = home.done(&hold);
    let begins = "Progress check: Amina K., Sun 22 Nov 2026, today  [";
    assert!(said.starts_with(begins) && said.ends_with("]\n  Lead the retro: stuck\n"), "{said}");
    let session = id_in(&said);
    home.says(
        &["check", "list", "amina"],
        "# Progress check of 2026-11-22\n\n- Lead the retro: stuck: no time\n\n## What helped\n\nSmall steps\n",
    );
    // What is given later takes the place of what was said.
    let again = home.run_with(
        &["check", "hold", "amina", "--session", &session, "--change", "-"],
        "Meet every three weeks",
    );
    assert_eq!(
        again,
        ran(
            0,
            "Progress check: Amina K., Sun 22 Nov 2026, today  [id]\n  Lead the retro: stuck\n",
            "The next version of the agreement begins with what is to change: on the screen, `e` in `2`.\n"
        )
    );
    let list = home.done(&["check", "list", "amina", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&list).expect("json");
    crate::schemas::holds("check-list", &json);
    assert_eq!(json.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&json[0]["helped"], &json[0]["change"], &json[0]["goals"][0]["standing"]),
        (&"Small steps".into(), &"Meet every three weeks".into(), &"stuck".into())
    );
    home.done(&["undo"]);
    home.done(&["undo"]);
    assert_eq!(home.run(&["check", "list", "amina"]).out, "");
}

#[test]
fn what_cannot_be_held_or_skipped_says_why() {
    let home = Home::with_amina();
    home.fails(
        &["check", "hold", "amina"],
        2,
        "Nothing was said yet. One answer is enough: --goal, --helped, --hindered, --mine, --theirs or --change.\n",
    );
    home.fails(
        &["check", "hold", "amina", "--goal", "a1b2c3d4 fine"],
        2,
        "Write the id of a goal, then ahead, on-course, stuck or changed, then a word on it: --goal \"a1b2c3d4 stuck no time\".\n",
    );
    let own = id_in(&home.done(&["goal", "add", "My own"]));
    let stuck = format!("{own} stuck");
    home.fails(
        &["check", "hold", "amina", "--goal", &stuck],
        4,
        "[id] is no goal with that person. `confidant goals` lists the goals with their ids.\n",
    );
    home.fails(
        &["check", "hold", "amina", "--helped", "x", "--session", &own],
        4,
        "[id] is no session with that person. `confidant search` shows the ids.\n",
    );
    home.fails(
        &["check", "skip", "amina", "exams"],
        4,
        "No progress check with Amina K. is due. Its days stand in the agreement: `confidant agreement` prints it.\n",
    );
}

#[test]
fn a_check_is_skipped_with_a_word_and_stands_in_report_and_calendar() {
    let journal = crate::progress::ordinary();
    let path = journal.path().display().to_string();
    let home = Home::empty();
    let with = |args: &[&str]| -> Vec<String> {
        [&["--journal", &path], args].concat().iter().map(ToString::to_string).collect()
    };
    let done = |args: &[&str]| {
        let args = with(args);
        home.done(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let said = done(&["check", "skip", "noor", "exams"]);
    let begins = "Skipped: Noor Haddad, the progress check of Fri 20 Nov 2026, 2 days ago  [";
    assert!(said.starts_with(begins), "{said}");
    let report = done(&["report", "progress", "noor", "--from", "2026-06-01"]);
    let checks = "\n## Progress checks\n\n- 2026-06-14, held: Lead the retro, stuck; Say no, on course\n- 2026-11-22, skipped, planned for 2026-11-20\n";
    assert!(report.contains(checks), "{report}");
    assert!(!report.contains("exams") && !report.contains("fell out"), "nothing that was said");
    let hours = done(&["report", "hours", "noor"]);
    assert!(hours.contains("| 2026-06-14 |         | progress check    |\n\n1 session"), "{hours}");
    let calendar = done(&["export", "--person", "noor", "--format", "ics"]);
    let held = "SUMMARY:Progress check with Noor Haddad\\, held";
    let skipped = "SUMMARY:Progress check with Noor Haddad\\, skipped";
    assert!(calendar.contains(held) && calendar.contains(skipped), "{calendar}");
    let of_skipped = calendar.split("BEGIN:VEVENT").find(|one| one.contains(skipped));
    assert!(of_skipped.expect("the event").contains("STATUS:CANCELLED"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260614"), "{calendar}");
}
