//! Searching, showing, the bin, backups and the state of the file.

use confidant::domain::{Id, Origin, Stamp};
use confidant::store::Store;

use super::{Home, id_in, ran};

fn stamp() -> Stamp {
    let now = "2026-11-22T12:00:00+00:00".parse().expect("a moment");
    Stamp { now, origin: Origin::new(now) }
}

#[test]
fn what_was_written_is_found_newest_first() {
    let home = Home::with_amina();
    home.done(&["person", "add", "Tomas", "--as", "peer"]);
    home.done(&["log", "amina", "--on", "2026-11-12", "--notes", "A small no\nis enough"]);
    home.done_with(&["log", "amina", "--on", "2026-11-12", "--private", "-"], "Small talk is hard");
    home.done(&["agenda", "tomas", "Smaller steps"]);
    home.done(&["remember", "tomas", "Has a small garden"]);
    let all = home.run(&["search", "small"]);
    let mut lines: Vec<&str> = all.out.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "Sun 22 Nov 2026  Tomas  agenda  Smaller steps  [id]",
            "Sun 22 Nov 2026  Tomas  worth remembering (private)  Has a small garden",
            "Thu 12 Nov 2026  Amina K.  notes  A small no is enough  [id]",
            "Thu 12 Nov 2026  Amina K.  private reflection  Small talk is hard  [id]",
        ]
    );
    assert!(all.out.starts_with("Sun 22 Nov"), "{}", all.out);
    home.says(
        &["search", "small", "--person", "amina", "--kind", "notes"],
        "Thu 12 Nov 2026  Amina K.  notes  A small no is enough  [id]\n",
    );
    assert_eq!(
        home.run(&["search", "small", "--limit", "1"]).err,
        "1 of 4 are shown; --limit shows more.\n"
    );
    assert_eq!(home.run(&["search", "absent"]), ran(0, "", "Nothing was found.\n"));
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["search", "garden", "--json"])).expect("json");
    assert_eq!(json["count"], 1);
    assert_eq!(json["hits"][0]["private"], true);
    assert_eq!(json["hits"][0]["excerpt"], "Has a small garden");
    home.fails(
        &["search", "x", "--person", "nobody"],
        4,
        "Nobody here is called \"nobody\". `confidant people --all` lists everybody.\n",
    );
}

#[test]
fn what_is_in_the_bin_comes_back() {
    let home = Home::with_amina();
    let id = id_in(&home.done(&["log", "amina", "--on", "2026-11-12", "--notes", "Words"]));
    assert_eq!(home.run(&["bin"]), ran(0, "", "The bin is empty.\n"));
    let mut store = Store::open(&home.journal(), None, stamp()).expect("opens");
    let (_, session) = store.by_short_id(&id).expect("there");
    store.delete_session(stamp(), session.cast()).expect("deleted");
    drop(store);
    home.fails(
        &["show", &id],
        4,
        "That is in the bin. `confidant bin` lists it and `confidant bin restore` takes it out.\n",
    );
    home.says(
        &["bin"],
        "Sun 22 Nov 2026 at 12:00  the session with Amina K., Thu 12 Nov 2026  [id]\n",
    );
    home.fails(
        &["bin", "restore", "00000000"],
        4,
        "There is nothing with the id \"00000000\" in the bin. `confidant bin` lists what is.\n",
    );
    home.says(
        &["bin", "restore", &id],
        "Taken out of the bin: the session with Amina K., Thu 12 Nov 2026\n",
    );
    assert!(home.done(&["show", &id]).ends_with("Words\n"));
}

/// What is open is what a planned session will be about; each line can be ticked by its id.
#[test]
fn a_planned_session_shows_its_agenda() {
    let home = Home::with_amina();
    let session = id_in(&home.done(&["log", "amina", "--on", "2026-11-26"]));
    let line = id_in(&home.done(&["agenda", "amina", "What she would stop", "--theirs"]));
    let shown = "\
Amina K., you are the mentor
Thu 26 Nov 2026, in 4 days; planned  [id]

Agenda
- What she would stop (theirs)  [id]
";
    home.says(&["show", &session], shown);
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["show", &session, "--json"])).expect("json");
    assert_eq!(json["agenda"][0]["text"], "What she would stop");
    home.says(&["done", &line], "Talked about: What she would stop  [id]\n");
}

#[test]
fn an_id_that_leads_nowhere_is_told() {
    let home = Home::with_amina();
    let whole = Id::<()>::from_bytes([7; 16]).to_string();
    for id in ["00000000", "xyz", "", "ééééééé", whole.as_str()] {
        let ran = home.run(&["show", id]);
        assert_eq!(ran.code, Some(4), "{id}");
        assert!(ran.err.starts_with("There is nothing with the id \""), "{}", ran.err);
    }
}

#[test]
fn a_backup_is_a_journal_and_the_file_is_sound() {
    let home = Home::with_amina();
    home.says(
        &["backup"],
        "Copied and read back: ~/data/confidant/backups/journal-2026-11-22-120000.db\n",
    );
    let to = home.path("copy.db").display().to_string();
    home.says(&["backup", &to], "Copied and read back: ~/copy.db\n");
    home.fails(
        &["backup", &to],
        1,
        "There is a file at ~/copy.db already. Nothing was changed; name another place with --journal.\n",
    );
    let folder = home.folder.path().display().to_string();
    home.says(&["backup", &folder], "Copied and read back: ~/journal-2026-11-22-120000.db\n");
    home.says(
        &["--journal", &to, "people"],
        "Amina K.  you are the mentor  nothing planned  not met yet\n",
    );
    home.says(
        &["verify", "--journal", &to],
        "The journal is sound: 2 records are as they were written. It is not encrypted.\n",
    );
}

#[test]
fn the_id_of_a_text_shows_its_session() {
    let home = Home::with_amina();
    home.done(&["log", "amina", "--on", "2026-11-12", "--notes", "A small no"]);
    let found: serde_json::Value =
        serde_json::from_str(&home.done(&["search", "small", "--json"])).expect("json");
    let id = found["hits"][0]["id"].as_str().expect("an id");
    assert_ne!(found["hits"][0]["session"].as_str(), Some(id));
    let shown = home.done(&["show", id]);
    assert!(shown.contains("Thu 12 Nov 2026") && shown.contains("A small no"), "{shown}");
}

#[test]
fn the_ids_of_a_person_of_a_contact_and_of_a_line_lead_to_them() {
    let home = Home::with_amina();
    home.done_with(&["remember", "amina", "-"], "Dislikes surprises");
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&home.done(args)).expect("json")
    };
    let people = json(&["people", "--json"]);
    for field in ["person", "relationship"] {
        let id = people[0][field].as_str().expect("an id");
        home.says(&["show", id], "Amina K., you are the mentor  [id]\n");
    }
    let found = json(&["search", "surprises", "--json"]);
    let id = found["hits"][0]["id"].as_str().expect("an id");
    home.says(&["show", id], "Amina K., private: worth remembering\nDislikes surprises\n");
    for command in ["done", "drop"] {
        assert_eq!(home.run(&[command, id]).code, Some(4), "{command}");
    }
}
