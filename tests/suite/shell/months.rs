//! What of the three months is done from a shell: between two machines, before a meeting, for a
//! programme.

use super::Home;

#[test]
fn asha_starts_her_shell_logs_and_reads_the_brief() {
    let mut home = Home::new();
    home.set("CONFIDANT_NOW", "2026-11-02T09:00:00+00:00");
    home.done(&["person", "add", "Lena Roth", "--as", "mentor", "--every", "2w"]);
    home.says(&["today", "--quiet"], "");
    let promised = ["--promise", "me: the book by fri", "--promise", "them: the draft by 2w"];
    home.done(
        &[&["log", "lena", "--minutes", "30", "--notes", "A small no"], &promised[..]].concat(),
    );
    home.done(&["agenda", "lena", "how the review went"]);
    home.done(&["remember", "lena", "Visa interview on the 14th"]);
    home.set("CONFIDANT_NOW", "2026-11-07T09:00:00+00:00");
    let today = home.done(&["today", "--quiet"]);
    assert!(today.contains("the book") && today.contains("1 d late"), "{today}");
    let brief = home.done(&["brief", "lena", "--markdown"]);
    for words in ["how the review went", "the draft", "A small no"] {
        assert!(brief.contains(words), "{words}: {brief}");
    }
    assert!(!brief.contains("Visa"), "for her alone: {brief}");
    assert!(home.done(&["search", "small no"]).contains("Lena Roth"));
}

#[test]
fn tomas_takes_the_journal_from_one_machine_to_the_other_and_back() {
    let mut home = Home::empty();
    home.set("CONFIDANT_NOW", "2026-11-04T12:00:00+00:00");
    let (stick, back) = (home.path("tomas.db"), home.path("back.db"));
    let (stick, back) = (stick.to_str().expect("a path"), back.to_str().expect("a path"));
    let office = home.path("office.db");
    let office = office.to_str().expect("a path");
    home.done(&["init", "--name", "Tomas", "--no-passphrase"]);
    home.done(&["person", "add", "Prof. Brandt", "--as", "mentee"]);
    home.done(&["log", "brandt", "--notes", "Third corpus goes"]);
    home.done(&["backup", stick]);
    home.set("CONFIDANT_NOW", "2026-11-05T12:00:00+00:00");
    home.done(&["--journal", office, "restore", stick]);
    home.done(&["--journal", office, "note", "brandt", "Written at the office"]);
    // What is on the stick is never written over.
    assert_eq!(home.run(&["--journal", office, "backup", stick]).code, Some(1));
    home.done(&["--journal", office, "backup", back]);
    home.set("CONFIDANT_NOW", "2026-11-06T12:00:00+00:00");
    let restored = home.done(&["restore", back]);
    assert!(restored.contains("as you left it on Thu 5 Nov 2026 at 12:00"), "{restored}");
    assert!(restored.contains("What was there before is kept"), "{restored}");
    for words in ["corpus", "office"] {
        assert!(home.done(&["search", words]).contains("Prof. Brandt"), "{words}");
    }
    home.done(&["verify"]);
}

#[test]
fn ruths_nephew_reads_the_hours_and_nothing_of_what_she_wrote() {
    let mut home = Home::new();
    home.set("CONFIDANT_NOW", "2026-11-30T12:00:00+00:00");
    home.done(&["person", "add", "Jade", "--as", "mentor"]);
    home.done(&["log", "jade", "--on", "2 nov", "--minutes", "1h30", "--notes", "Fed the ducks"]);
    home.done(&["log", "jade", "--on", "30 oct", "--minutes", "60", "--notes", "Library"]);
    let hours = home.done(&["report", "hours", "jade", "--from", "1 nov"]);
    assert!(hours.contains("2026-11-02") && hours.contains("90"), "{hours}");
    assert!(!hours.contains("2026-10-30") && !hours.contains("ducks"), "{hours}");
}
