//! What is due and next, and the brief, from the shell.

use super::{Home, id_in, ran};

/// Amina every two weeks, last met on 12 October, and a few things with her.
fn with_a_month() -> Home {
    let home = Home::new();
    home.done(&["person", "add", "Amina K.", "--as", "mentor", "--every", "2w"]);
    home.done(&["person", "add", "Tomas", "--as", "peer"]);
    home.done(&["log", "amina", "--on", "2026-10-12 15:00", "--notes", "A small no"]);
    home.done(&["promise", "amina", "send the list", "--by", "2026-11-24"]);
    home.done(&["promise", "amina", "them: say one small no by thu"]);
    home.done(&["promise", "tomas", "read his chapter by tomorrow"]);
    home.done(&["log", "tomas", "--on", "2026-11-26 09:00"]);
    home.done(&["goal", "add", "Lead the retro", "--with", "amina", "--by", "2026-11-27"]);
    home
}

#[test]
fn today_says_what_is_due_and_next() {
    let mut home = with_a_month();
    home.says(
        &["today"],
        "You promised\n    Tomas  [ ] read his chapter  tomorrow  [id]\n    Amina K.  [ ] send the list  Tue 24 Nov  [id]\n\nYou wait for\n    Amina K.  [ ] say one small no  Thu 26 Nov  [id]\n\nGoals\n    Amina K.  Lead the retro  Fri 27 Nov  [id]\n\nNext sessions\n    Tomas  Session  Thu 26 Nov 09:00  [id]\n\nNothing planned\n    Amina K.  not met for 41 days  tomorrow 15:00?\n",
    );
    home.says(
        &["today", "tomas"],
        "You promised\n    [ ] read his chapter  tomorrow  [id]\n\nNext sessions\n    Session  Thu 26 Nov 09:00  [id]\n",
    );
    home.set("CONFIDANT_NOW", "2026-11-26T12:00:00+00:00");
    home.says(
        &["today", "tomas", "--quiet"],
        "You promised\n  ! [ ] read his chapter  3 d late  [id]\n\nDid it happen?\n    Session  today 09:00  [id]\n",
    );
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["today", "tomas", "--json"])).expect("json");
    assert_eq!(json["date"], "2026-11-26");
    assert_eq!(json["parts"][0]["part"], "mine");
    let row = &json["parts"][0]["rows"][0];
    assert_eq!((&row["kind"], &row["late"]), (&"commitment".into(), &true.into()));
    assert_eq!((&row["text"], &row["when"]), (&"read his chapter".into(), &"2026-11-23".into()));
    assert_eq!(json["parts"][1]["rows"][0]["when"], "2026-11-26T09:00");
}

/// Beside what is due stands the next session, however far away; alone it is said in a sentence.
#[test]
fn the_next_session_is_named_also_where_it_is_not_near() {
    let home = Home::new();
    home.done(&["person", "add", "Tomas", "--as", "peer"]);
    home.done(&["log", "tomas", "--on", "2026-12-10 09:00"]);
    let far = ran(
        0,
        "",
        "Nothing is late, and nothing is due in the next days. \
         The next session is with Tomas, Thu 10 Dec 2026 at 09:00, in 18 days.\n",
    );
    assert_eq!(home.run(&["today"]), far);
    home.done(&["promise", "tomas", "read his chapter by tomorrow"]);
    home.says(
        &["today"],
        "You promised\n    Tomas  [ ] read his chapter  tomorrow  [id]\n\nNext sessions\n    Tomas  Session  Thu 10 Dec 09:00  [id]\n",
    );
    home.done(&["log", "tomas", "--on", "2026-12-08"]);
    assert!(home.done(&["today", "tomas"]).contains("Session  Tue 8 Dec"), "the nearest one");
}

#[test]
fn the_others_time_is_said_where_it_is_another() {
    let mut home = Home::new();
    home.set("CONFIDANT_NOW", "2026-11-22T12:00:00+01:00[Europe/Berlin]");
    home.fails(
        &["person", "add", "Noor", "--as", "peer", "--zone", "New Yrok"],
        2,
        "Which time zone: America/New_York?\n",
    );
    home.says(
        &["person", "add", "Noor", "--as", "peer", "--every", "1w", "--zone", "new york"],
        "Added: Noor, you are peers; every week; America/New_York\n",
    );
    let said = home.done(&["log", "noor", "--on", "2026-11-26 15:00"]);
    let id = id_in(&said);
    assert!(said.starts_with("Planned: Noor, Thu 26 Nov 2026 at 15:00, in 4 days; 09:00 for them"));
    home.says(
        &["people"],
        "Noor  you are peers       next Thu 26 Nov, in 4 days  not met yet  now 06:00 for them\n",
    );
    home.says(
        &["today"],
        "Next sessions\n    Noor  Session  Thu 26 Nov 15:00, 09:00 for them  [id]\n",
    );
    home.says(
        &["brief", "noor"],
        "# Noor\n\nYou are peers, every week.\n\n## Sessions\n\n- Next: Thu 26 Nov 2026 at 15:00, in 4 days; 09:00 for them\n",
    );
    home.says(
        &["show", &id],
        "Noor, you are peers\nThu 26 Nov 2026 at 15:00, in 4 days; 09:00 for them; planned  [id]\n",
    );
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&home.done(args)).expect("json")
    };
    let there = "2026-11-26T09:00";
    assert_eq!(json(&["today", "--json"])["parts"][0]["rows"][0]["when_there"], there);
    let people = json(&["people", "--json"]);
    assert_eq!(
        (&people[0]["time_zone"], &people[0]["next_there"]),
        (&"America/New_York".into(), &there.into())
    );
    crate::schemas::holds("people", &people);
    let brief = json(&["brief", "noor", "--json"]);
    assert_eq!(
        (&brief["time_zone"], &brief["next_there"]),
        (&"America/New_York".into(), &there.into())
    );
    assert_eq!(json(&["show", &id, "--json"])["when_there"], there);
    for (schema, args) in [
        ("today", &["today", "--json"][..]),
        ("brief", &["brief", "noor", "--json"]),
        ("show", &["show", &id, "--json"]),
    ] {
        crate::schemas::holds(schema, &json(args));
    }
    // In summer, before Berlin goes back and after New York did.
    home.set("CONFIDANT_NOW", "2027-03-20T12:00:00+01:00[Europe/Berlin]");
    home.done(&["log", "noor", "--on", "2027-03-25 15:00"]);
    let today = home.done(&["today", "noor"]);
    assert!(today.contains("Thu 25 Mar 15:00, 10:00 for them"), "{today}");
}

#[test]
fn quiet_says_nothing_while_nothing_is_due() {
    let home = Home::with_amina();
    home.says(&["today", "--quiet"], "");
    home.says(&["today", "--quiet", "--json"], "");
    assert_eq!(
        home.run(&["today"]),
        ran(0, "", "Nothing is late, and nothing is due in the next days.\n")
    );
    // What is planned for later is named where there is nothing else, and is no news.
    home.done(&["log", "amina", "--on", "2027-01-14 15:00"]);
    home.says(&["today", "--quiet"], "");
    assert_eq!(
        home.run(&["today"]),
        ran(
            0,
            "",
            "Nothing is late, and nothing is due in the next days. \
             The next session is with Amina K., Thu 14 Jan 2027 at 15:00, in 53 days.\n"
        )
    );
    // Before there is a journal, and while one is locked, a new shell is not disturbed.
    Home::empty().says(&["today", "--quiet"], "");
    home.fails(
        &["today", "nobody"],
        4,
        "Nobody here is called \"nobody\". `confidant people --all` lists everybody.\n",
    );
    let locked = Home::empty();
    let words = locked.write("words", "correct horse\n");
    let command = format!("cat {words}");
    locked.done(&["init", "--name", "Asha", "--passphrase-command", &command]);
    locked.says(&["today", "--quiet"], "");
    assert_eq!(locked.run(&["today"]).code, Some(3));
    locked.says(&["today", "--quiet", "--passphrase-command", &command], "");
}

#[test]
fn the_brief_is_read_pasted_and_given_to_programs() {
    let home = with_a_month();
    home.done(&["agenda", "amina", "The board review"]);
    home.done(&["remember", "amina", "Visa interview"]);
    let shared = "# Amina K.\n\nYou are the mentor, every 2 weeks.\n\n## Sessions\n\n- Nothing planned; every 2 weeks: Mon 23 Nov 2026 at 15:00, tomorrow?\n- Last: Mon 12 Oct 2026 at 15:00, 41 days ago: A small no\n\n## I promised\n\n- [ ] send the list, by Tue 24 Nov 2026\n\n## They promised\n\n- [ ] say one small no, by Thu 26 Nov 2026\n\n## To talk about\n\n- [ ] The board review\n\n## Goals\n\n- Lead the retro, by Fri 27 Nov 2026\n";
    let private = "\n## Worth remembering (private)\n\n- Visa interview\n";
    home.says(&["brief", "amina"], &format!("{shared}{private}"));
    let left = "\nLeft out, because it is private: 1 line worth remembering.\n";
    home.says(&["brief", "amina", "--markdown"], &format!("{shared}{left}"));
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["brief", "amina", "--json"])).expect("json");
    assert_eq!(json["name"], "Amina K.");
    assert_eq!(json["proposed"], "2026-11-23T15:00");
    assert_eq!(json["mine"][0]["text"], "send the list");
    assert_eq!((&json["mine_in_all"], &json["next"]), (&1.into(), &serde_json::Value::Null));
    assert_eq!(json["last"][0]["about"], "A small no");
    assert_eq!(json["private"]["remembering"][0]["text"], "Visa interview");
    home.fails(
        &["brief", "nobody"],
        4,
        "Nobody here is called \"nobody\". `confidant people --all` lists everybody.\n",
    );
}
