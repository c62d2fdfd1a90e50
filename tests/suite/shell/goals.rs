//! Goals by commands: each echoes the day it understood.

use super::{Home, id_in, ran};

#[test]
fn a_goal_is_added_stepped_and_set() {
    let home = Home::with_amina();
    home.done(&["person", "add", "Prof. Lindqvist", "--as", "mentee"]);
    assert_eq!(
        home.run(&["goals"]),
        ran(0, "", "No goal is here yet. Add one: confidant goal add \"TITLE\"\n")
    );
    let said = home.done(&[
        "goal",
        "add",
        "Chapter 2",
        "--with",
        "lindqvist",
        "--by",
        "18 dec",
        "--why",
        "For January",
    ]);
    let id = id_in(&said);
    let begins = "Goal, mine: Chapter 2; with Prof. Lindqvist; by Fri 18 Dec 2026, in 26 days  [";
    assert!(said.starts_with(begins), "{said}");
    home.says(
        &["goal", "add", "Lead the retro", "--with", "amina"],
        "Goal, theirs: Lead the retro; with Amina K.  [id]\n",
    );
    let said = home.done(&["goal", "step", &id, "Outline by 3 dec"]);
    let begins = "Milestone of Chapter 2: Outline; by Thu 3 Dec 2026, in 11 days  [";
    assert!(said.starts_with(begins), "{said}");
    let outline = id_in(&said);
    home.says(
        &["goal", "step", &id, "Stand by Jo", "--by", "2026-12-01"],
        "Milestone of Chapter 2: Stand by Jo; by Tue 1 Dec 2026, in 9 days  [id]\n",
    );
    home.says(&["goal", "tick", &outline], "Done: Outline; 1 of 2 steps of Chapter 2\n");
    home.says(
        &["goal", "tick", &outline, "--not"],
        "Open again: Outline; 0 of 2 steps of Chapter 2\n",
    );
    home.done(&["goal", "tick", &outline]);
    home.says(
        &["goal", "set", &id, "stuck", "The data is late"],
        "Chapter 2: stuck, Sun 22 Nov 2026, today  [id]\n",
    );
    home.says(
        &["goals"],
        "Chapter 2  stuck  by Fri 18 Dec, in 26 days  1 of 2 steps  with Prof. Lindqvist  [id]\n\
         Lead the retro  with Amina K.  [id]\n",
    );
    home.says(&["goals", "amina"], "Lead the retro  [id]\n");
    home.says(
        &["show", &id],
        "Chapter 2, mine\n\
         active; stuck; by Fri 18 Dec 2026, in 26 days; with Prof. Lindqvist  [id]\n\
         \n\
         Why\n\
         For January\n\
         \n\
         Milestones\n\
         [x] Outline, done Sun 22 Nov  [id]\n\
         [ ] Stand by Jo, by Tue 1 Dec  [id]\n\
         \n\
         How it stood\n\
         Sun 22 Nov  stuck: The data is late\n",
    );
    assert_eq!(home.done(&["show", &outline]), home.done(&["show", &id]));
    let shown: serde_json::Value =
        serde_json::from_str(&home.done(&["show", &id, "--json"])).expect("json");
    assert_eq!(shown["kind"], "goal");
    assert_eq!(shown["milestones"][0]["title"], "Outline");
    assert_eq!(shown["history"][0]["word"], "stuck");
    home.says(
        &["search", "data", "--kind", "goals"],
        "Sun 22 Nov 2026  Prof. Lindqvist  goal  …Outline Stand by Jo The data is late  [id]\n",
    );
    home.says(&["undo"], "Undone: added how the goal \"Chapter 2\" stands\n");
}

#[test]
fn a_goal_is_moved_shared_and_ended() {
    let home = Home::with_amina();
    let id = id_in(&home.done(&["goal", "add", "Chapter 2"]));
    home.says(
        &["goal", "add", "Stand by me by thu", "--owner", "both"],
        "Goal, ours: Stand by me; by Thu 26 Nov 2026, in 4 days  [id]\n",
    );
    home.done(&["undo"]);
    home.says(
        &["goal", "move", &id, "yesterday"],
        "Chapter 2; by Sat 21 Nov 2026, yesterday  [id]\n",
    );
    home.says(&["goals"], "Chapter 2  late, by Sat 21 Nov, yesterday  [id]\n");
    home.says(&["goal", "move", &id, "none"], "Chapter 2; no date  [id]\n");
    home.says(&["goal", "share", &id, "amina"], "Shared with Amina K.: Chapter 2\n");
    home.says(&["goals"], "Chapter 2  with Amina K.  [id]\n");
    home.says(
        &["goal", "share", &id, "amina", "--not"],
        "No longer shared with Amina K.: Chapter 2\n",
    );
    home.says(
        &["goal", "set", &id, "achieved"],
        "Chapter 2: achieved, Sun 22 Nov 2026, today  [id]\n",
    );
    assert_eq!(home.run(&["goals"]), ran(0, "", "1 more is over; --all lists them too.\n"));
    home.says(&["goals", "--all"], "Chapter 2  achieved  Sun 22 Nov  [id]\n");
    let listed: serde_json::Value =
        serde_json::from_str(&home.done(&["goals", "--all", "--json"])).expect("json");
    assert_eq!(listed[0]["status"], "achieved");
    assert_eq!(listed[0]["milestones"], 0);
}

#[test]
fn what_is_no_goal_is_told() {
    let home = Home::with_amina();
    let session = id_in(&home.done(&["log", "amina"]));
    home.fails(
        &["goal", "set", "00000000", "stuck"],
        4,
        "There is nothing with the id \"00000000\". `confidant search` shows the ids.\n",
    );
    let said = home.run(&["goal", "set", &session, "stuck"]);
    assert_eq!(said.code, Some(4));
    assert_eq!(said.err, "[id] is no goal. `confidant goals` lists the goals with their ids.\n");
    assert_eq!(home.run(&["goal", "set", &session, "green"]).code, Some(2));
    let id = id_in(&home.done(&["goal", "add", "Chapter 2"]));
    assert_eq!(home.run(&["goal", "tick", &id]).code, Some(4));
    assert_eq!(home.run(&["goal", "move", &id, "someday"]).code, Some(2));
    assert_eq!(home.run(&["goal", "add", " "]).code, Some(2));
    assert_eq!(home.run(&["goal", "add", "x", "--with", "nobody"]).code, Some(4));
    assert_eq!(home.run(&["goal", "add", "x", "--by", "someday"]).code, Some(2));
}

#[test]
fn the_words_of_a_goal_come_from_standard_input() {
    let home = Home::with_amina();
    let read = |args: &[&str], input: &str, says: &str| {
        assert_eq!(home.run_with(args, input), ran(0, says, ""), "{args:?}");
    };
    read(
        &["goal", "add", "-", "--with", "amina"],
        "Lead the retro\nalone by 18 dec\n",
        "Goal, theirs: Lead the retro alone; with Amina K.; by Fri 18 Dec 2026, in 26 days  [id]\n",
    );
    let why = ["goal", "add", "Chapter 2", "--by", "18 dec", "--why", "-"];
    let said = home.done_with(&why, "For January.\n\nAnd for me.\n");
    let id = id_in(&said);
    read(
        &["goal", "step", &id, "-"],
        "Outline by 3 dec\n",
        "Milestone of Chapter 2: Outline; by Thu 3 Dec 2026, in 11 days  [id]\n",
    );
    read(
        &["goal", "set", &id, "stuck", "-"],
        "The data is late\n",
        "Chapter 2: stuck, Sun 22 Nov 2026, today  [id]\n",
    );
    home.says(
        &["show", &id],
        "Chapter 2, mine\n\
         active; stuck; by Fri 18 Dec 2026, in 26 days  [id]\n\
         \n\
         Why\n\
         For January.\n\
         \n\
         And for me.\n\
         \n\
         Milestones\n\
         [ ] Outline, by Thu 3 Dec  [id]\n\
         \n\
         How it stood\n\
         Sun 22 Nov  stuck: The data is late\n",
    );
    let before = home.done(&["goals"]);
    home.fails(
        &["goal", "add", "-", "--why", "-"],
        2,
        "Only one text can be read from standard input. Write - for one of them, and give the others as arguments.\n",
    );
    assert_eq!(home.done(&["goals"]), before);
}
