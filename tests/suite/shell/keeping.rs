//! Starting a journal and writing into it.

use confidant::domain::Party;
use confidant::store::Store;

use super::{Home, id_in, ran};
use crate::journal::stamp;
use crate::planted::holds;
use crate::terminal::screen::NOW;

#[test]
fn a_journal_begins_and_says_so() {
    let home = Home::empty();
    assert_eq!(
        home.run(&["path"]),
        ran(
            0,
            "~/data/confidant/journal.db\n",
            "There is no journal there yet. Start one: confidant init --name \"Your name\"\n"
        )
    );
    home.says(
        &["init", "--name", "Asha", "--no-passphrase"],
        "Started: the journal of Asha at ~/data/confidant/journal.db, not encrypted.\n",
    );
    home.says(&["path"], "~/data/confidant/journal.db\n");
    home.fails(
        &["init", "--name", "Asha", "--no-passphrase"],
        1,
        "There is a file at ~/data/confidant/journal.db already. Nothing was changed; name another place with --journal.\n",
    );
    let people = home.run(&["people"]);
    assert_eq!(
        people,
        ran(0, "", "Nobody is here yet. Add somebody: confidant person add \"NAME\" --as mentor\n")
    );
}

#[test]
fn people_are_added_and_listed() {
    let mut home = Home::new();
    home.says(
        &["person", "add", "Amina K.", "--as", "mentor", "--every", "2w", "--start", "1 sep"],
        "Added: Amina K., you are the mentor; every 2 weeks; began Tue 1 Sep 2026, 82 days ago\n",
    );
    home.says(
        &["person", "add", "昇進さん", "--as", "mentee", "--alias", "S", "--end", "2027-06-01"],
        "Added: 昇進さん, you are the mentee; ends Tue 1 Jun 2027, in 191 days\n",
    );
    home.set("CONFIDANT_NOW", "2026-11-22T12:01:00+00:00");
    home.says(&["person", "add", "amina k.", "--as", "peer"], "Added: Amina K., you are peers\n");
    home.fails(
        &["person", "add", "AMINA K.", "--as", "mentor"],
        1,
        "Amina K. is here already: you are the mentor. For another person of that name, add something that tells them apart.\n",
    );
    home.done(&["log", "amina:mentor", "--on", "2026-11-12"]);
    home.done(&["log", "amina:mentor", "--on", "2026-11-26 15:00"]);
    home.done(&["agenda", "s", "Promotion"]);
    home.says(
        &["people"],
        "\
Amina K.  you are the mentor  next Thu 26 Nov, in 4 days  last Thu 12 Nov, 10 days ago
Amina K.  you are peers       nothing planned  not met yet
昇進さん  you are the mentee  nothing planned  not met yet  1 on the agenda
",
    );
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["people", "--json"])).expect("json");
    assert_eq!(json[0]["name"], "Amina K.");
    assert_eq!(json[0]["next"], "2026-11-26T15:00");
    assert_eq!(json[2]["open_agenda"], 1);
}

#[test]
fn a_session_is_logged_in_one_line() {
    let home = Home::with_amina();
    home.says(&["log", "amina"], "Logged: Amina K., Sun 22 Nov 2026, today  [id]\n");
    let said = home.done(&[
        "log",
        "amina",
        "--on",
        "thu",
        "--minutes",
        "1h30",
        "--notes",
        "What a small no looks like",
    ]);
    let id = id_in(&said);
    assert_eq!(said, format!("Logged: Amina K., Thu 19 Nov 2026, 3 days ago, 1 h 30  [{id}]\n"));
    let said =
        home.run_with(&["log", "ami", "--on", "thu", "--private", "-"], "I talked too much\n");
    assert_eq!(
        said,
        ran(0, "Added to the session: Amina K., Thu 19 Nov 2026, 3 days ago, 1 h 30  [id]\n", "")
    );
    home.says(
        &["show", &id],
        "\
Amina K., you are the mentor
Thu 19 Nov 2026, 3 days ago; held; 1 h 30  [id]

Notes, can be exported
What a small no looks like

Private reflection, stays here
I talked too much
",
    );
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["show", &id, "--json"])).expect("json");
    assert_eq!(json["private_reflection"], "I talked too much");
    assert_eq!(json["minutes"], 90);
}

#[test]
fn what_is_later_today_is_planned_and_what_was_this_morning_is_logged() {
    let home = Home::with_amina();
    home.says(
        &["log", "amina", "--on", "today 9:00"],
        "Logged: Amina K., Sun 22 Nov 2026 at 09:00, today  [id]\n",
    );
    home.says(
        &["log", "amina", "--on", "today 18:00"],
        "Planned: Amina K., Sun 22 Nov 2026 at 18:00, today  [id]\n",
    );
}

#[test]
fn a_planned_session_becomes_the_one_that_was_held() {
    let mut home = Home::with_amina();
    let planned = home.done(&["log", "amina", "--on", "2026-11-26 15:00"]);
    assert_eq!(
        planned,
        format!("Planned: Amina K., Thu 26 Nov 2026 at 15:00, in 4 days  [{}]\n", id_in(&planned))
    );
    home.set("CONFIDANT_NOW", "2026-11-27T12:00:00+00:00");
    let held = home.done(&["log", "amina", "--on", "thu", "--minutes", "45"]);
    assert_eq!(
        held,
        format!(
            "Held as planned: Amina K., Thu 26 Nov 2026 at 15:00, yesterday, 45 min  [{}]\n",
            id_in(&planned)
        )
    );
    home.says(
        &["people"],
        "Amina K.  you are the mentor  nothing planned  last Thu 26 Nov, yesterday\n",
    );
    home.says(&["undo"], "Undone: added the session with Amina K., Thu 26 Nov 2026\n");
    home.says(
        &["people"],
        "Amina K.  you are the mentor  did Thu 26 Nov happen?  nothing planned  not met yet\n",
    );
}

#[test]
fn notes_are_added_to_the_session_of_today() {
    let home = Home::with_amina();
    let first = home.done(&["note", "amina", "One"]);
    let id = id_in(&first);
    assert_eq!(
        first,
        format!("Noted in a new session: Amina K., Sun 22 Nov 2026, today  [{id}]\n")
    );
    let second = home.run_with(&["note", "amina", "-"], "Two\r\nlines\u{1b}[2J\n\n");
    assert_eq!(second, ran(0, "Noted: Amina K., Sun 22 Nov 2026, today  [id]\n", ""));
    let third = home.run_with(&["note", "amina"], "Three");
    assert_eq!(third.code, Some(0));
    home.says(
        &["show", &id],
        "\
Amina K., you are the mentor
Sun 22 Nov 2026, today; held  [id]

Notes, can be exported
One

Two
lines[2J

Three
",
    );
}

#[test]
fn an_agenda_and_lines_worth_remembering_are_kept() {
    let home = Home::with_amina();
    home.done(&["log", "amina", "--on", "2026-11-26"]);
    let said = home.run_with(&["agenda", "amina", "-", "--theirs"], "The board\n\n  A talk \n");
    assert_eq!(
        said,
        ran(
            0,
            "\
On the agenda: Amina K., Thu 26 Nov 2026, in 4 days  [id]
On the agenda: Amina K., Thu 26 Nov 2026, in 4 days  [id]
",
            ""
        )
    );
    home.done(&["agenda", "amina", "Amina: The job spec"]);
    let listed = home.done(&["agenda", "amina", "--list"]);
    assert!(listed.contains(". Amina: The job spec"), "{listed}");
    let id = id_in(&home.done(&["agenda", "amina", "Mine"]));
    home.says(
        &["show", &id],
        "Amina K., you are the mentor\nAgenda line; yours; open; added Sun 22 Nov 2026, today  [id]\nMine\n",
    );
    home.says(
        &["remember", "amina", "Her exam is on the 14th"],
        "Remembered about Amina K.; it stays private.\n",
    );
    assert_eq!(home.run_with(&["remember", "amina", "-"], "More\n").code, Some(0));
}

#[test]
fn the_agenda_is_listed_and_put_in_another_order() {
    let home = Home::with_amina();
    home.says(&["agenda", "amina", "--list"], "Nothing is open on the agenda.\n");
    home.run_with(&["agenda", "amina", "-", "--theirs"], "The board\nThe talk\nThe book\n");
    let listed = home.done(&["agenda", "amina", "--list"]);
    let before = "1. Amina: The board  [id]\n2. Amina: The talk  [id]\n3. Amina: The book  [id]\n";
    home.says(&["agenda", "amina", "--list"], before);
    let book = id_in(listed.lines().last().expect("a line"));
    home.says(
        &["agenda", "amina", "--move", &book, "--to", "1"],
        "1. Amina: The book  [id]\n2. Amina: The board  [id]\n3. Amina: The talk  [id]\n",
    );
    home.done(&["agenda", "amina", "The last"]);
    let listed = home.done(&["brief", "amina", "--markdown"]);
    let at = |line: &str| listed.find(line).unwrap_or_else(|| panic!("{line} in {listed}"));
    assert!(at("The book") < at("The board") && at("The talk") < at("The last"), "{listed}");
    for no in ["0", "5"] {
        home.fails(
            &["agenda", "amina", "--move", &book, "--to", no],
            1,
            &format!(
                "There is no line {no} on this agenda: it has 4 now. Give a number from 1 to 4.\n"
            ),
        );
    }
    home.done(&["done", &book]);
    home.fails(
        &["agenda", "amina", "--move", &book, "--to", "1"],
        4,
        "That is no open line of this agenda. `confidant agenda PERSON --list` shows them.\n",
    );
    home.done(&["undo"]);
    home.done(&["undo"]);
    home.says(&["undo"], "Undone: put the agenda with Amina K. in another order\n");
    home.says(&["agenda", "amina", "--list"], before);
}

#[test]
fn the_newest_change_is_taken_back_first() {
    let home = Home::with_amina();
    home.done(&["log", "amina", "--on", "2026-11-12", "--notes", "Words"]);
    home.done(&["remember", "amina", "A secret"]);
    home.says(
        &["undo", "--list"],
        "\
Sun 22 Nov 2026 at 12:00  added a line worth remembering about Amina K.
Sun 22 Nov 2026 at 12:00  added the session with Amina K., Thu 12 Nov 2026
Sun 22 Nov 2026 at 12:00  added Amina K.
",
    );
    home.says(&["undo"], "Undone: added a line worth remembering about Amina K.\n");
    home.says(&["undo"], "Undone: added the session with Amina K., Thu 12 Nov 2026\n");
    home.says(&["undo"], "Undone: added Amina K.\n");
    home.fails(&["undo"], 1, "There is nothing to undo.\n");
}

#[test]
fn the_bin_empties_itself_also_where_only_the_shell_is_used() {
    let mut home = Home::with_amina();
    let mut store = Store::open(&home.journal(), None, stamp(NOW)).expect("opens");
    let with = store.people().expect("people")[0].relationship;
    let line = store.add_to_agenda(stamp(NOW), with, Party::Me, "Ask about Zanzibarplum");
    store.delete_agenda_item(stamp(NOW), line.expect("a line")).expect("into the bin");
    drop(store);
    home.set("CONFIDANT_NOW", "2026-12-21T12:00:00+00:00");
    assert!(home.done(&["bin"]).contains("Zanzibarplum"));
    home.set("CONFIDANT_NOW", "2026-12-23T12:00:00+00:00");
    home.done(&["people"]);
    assert!(!home.done(&["bin"]).contains("Zanzibarplum"));
    assert_eq!(holds(home.folder.path(), "Zanzibarplum"), [""; 0]);
}
