//! What was promised, from the shell: said, kept, moved, dropped, and shown.

use confidant::domain::{DayOrder, Settings};
use confidant::store::Store;

use super::{Home, id_in, ran};
use crate::journal::stamp;
use crate::terminal::screen::NOW;

#[test]
fn a_promise_says_whose_it_is_and_the_day_it_understood() {
    let home = Home::with_amina();
    home.says(
        &["promise", "amina", "lend her the charter book by next thu"],
        "You promised Amina K.: lend her the charter book, by Thu 3 Dec 2026, in 11 days  [id]\n",
    );
    home.says(
        &["promise", "amina", "say one small no", "--theirs", "--by", "26 nov"],
        "Amina K. promised you: say one small no, by Thu 26 Nov 2026, in 4 days  [id]\n",
    );
    home.says(
        &["promise", "amina", "them: stand by her (nice)"],
        "Amina K. promised you: stand by her, no day  [id]\n",
    );
    home.fails(
        &["promise", "amina", "them:"],
        2,
        "There was nothing promised in that line. Write what is to be done, for example \"lend her the book by fri\".\n",
    );
    assert_eq!(home.run(&["promise", "amina", "x", "--by", "soon"]).code, Some(2));
    assert_eq!(
        home.run(&["search", "charter", "--kind", "commitments"]).out,
        "Sun 22 Nov 2026  Amina K.  commitment  lend her the charter book  [id]\n"
    );
}

#[test]
fn promises_come_from_standard_input_a_line_each() {
    let home = Home::with_amina();
    let promised = "- lend her the charter book by next thu\n\nthem: say one small no\n";
    assert_eq!(
        home.run_with(&["promise", "amina", "-"], promised),
        ran(
            0,
            "You promised Amina K.: lend her the charter book, by Thu 3 Dec 2026, in 11 days  [id]\n\
             Amina K. promised you: say one small no, no day  [id]\n",
            ""
        )
    );
    assert_eq!(
        home.run_with(&["promise", "amina", "-", "--theirs", "--by", "fri"], "Stand by Jo"),
        ran(0, "Amina K. promised you: Stand by Jo, by Fri 27 Nov 2026, in 5 days  [id]\n", "")
    );
    // One line that is none, and nothing of the rest is kept.
    let said = home.run_with(&["promise", "amina", "-"], "ask Jo\nthem:\n");
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert_eq!(home.done(&["search", "ask", "--kind", "commitments"]), "");
}

#[test]
fn it_is_moved_and_kept_or_dropped_and_tells_how_it_went() {
    let mut home = Home::with_amina();
    let id = id_in(&home.done(&["promise", "amina", "send the list by fri"]));
    home.says(
        &["move", &id, "next fri", "--agreed"],
        "Moved: send the list, by Fri 4 Dec 2026, in 12 days, not Fri 27 Nov 2026; agreed  [id]\n",
    );
    home.set("CONFIDANT_NOW", "2026-12-05T12:00:00+00:00");
    home.says(
        &["show", &id],
        "\
Amina K., you are the mentor
Commitment; yours; open, by Fri 4 Dec 2026, yesterday; told; made Sun 22 Nov 2026, 13 days ago  [id]
send the list
Moved on Sun 22 Nov 2026 from Fri 27 Nov 2026 to Fri 4 Dec 2026; agreed, in time
",
    );
    home.says(
        &["done", &id, "--on", "yesterday"],
        "Kept: send the list, Fri 4 Dec 2026, yesterday; due Fri 4 Dec 2026  [id]\n",
    );
    home.fails(
        &["done", &id],
        1,
        "That is not open: it was kept on Fri 4 Dec 2026, so it was not done. `confidant undo` takes back the newest change.\n",
    );
    home.says(&["undo"], "Undone: marked as kept the commitment \"send the list\" with Amina K.\n");
    home.says(
        &["done", &id],
        "Kept late: send the list, Sat 5 Dec 2026, today; due Fri 4 Dec 2026  [id]\n",
    );
    let other = id_in(&home.done(&["promise", "amina", "ask Jo"]));
    home.says(
        &["drop", &other],
        "Withdrawn: ask Jo, Sat 5 Dec 2026, today; no day was named  [id]\n",
    );
    let line = id_in(&home.done(&["agenda", "amina", "The board"]));
    home.says(&["done", &line], "Talked about: The board  [id]\n");
    let session = id_in(&home.done(&["log", "amina"]));
    assert_eq!(home.run(&["done", &session]).code, Some(4));
    assert_eq!(home.run(&["move", &line, "fri"]).code, Some(4));
    assert_eq!(home.run(&["done", "00000000"]).code, Some(4));
    let json: serde_json::Value =
        serde_json::from_str(&home.done(&["show", &id, "--json"])).expect("json");
    assert_eq!(json["state"], "kept-late");
    assert_eq!(json["moves"][0]["from"], "2026-11-27");
}

#[test]
fn a_session_is_logged_with_what_was_promised_in_it() {
    let home = Home::with_amina();
    let said = home.run(&[
        "log",
        "amina",
        "--on",
        "thu",
        "--promise",
        "me: lend her the book by fri",
        "--promise",
        "them: say one small no",
    ]);
    assert_eq!(
        said,
        ran(
            0,
            "\
Logged: Amina K., Thu 19 Nov 2026, 3 days ago  [id]
You promised Amina K.: lend her the book, by Fri 27 Nov 2026, in 5 days  [id]
Amina K. promised you: say one small no, no day  [id]
",
            ""
        )
    );
    let shown = home.run(&["search", "book", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&shown.out).expect("json");
    assert_eq!(json["hits"][0]["kind"], "commitment");
    assert_eq!(
        home.run(&["export", "--format", "md"]).out,
        "\
# Amina K.

- Role: you are the mentor
- Phase: working

## Commitments

- [ ] lend her the book (by 2026-11-27)
- [ ] say one small no (theirs)

## Sessions

### 2026-11-19

Held

#### Promised

- [ ] lend her the book (by 2026-11-27)
- [ ] say one small no (theirs)
"
    );
    home.says(&["undo"], "Undone: added the session with Amina K., Thu 19 Nov 2026\n");
    assert_eq!(home.run(&["search", "book"]).out, "");
}

#[test]
fn dates_in_numbers_are_read_in_the_order_the_journal_was_set_to() {
    let home = Home::with_amina();
    let understood = |day: &str| {
        let said = home.done(&["promise", "amina", "send the list", "--by", day]);
        said.split_once(", by ").and_then(|(_, by)| by.split_once(',')).expect("a day").0.to_owned()
    };
    assert_eq!(understood("3/12/2026"), "Thu 3 Dec 2026");
    let mut store = Store::open(&home.journal(), None, stamp(NOW)).expect("opens");
    let dates = DayOrder::MonthDay.into();
    store.set_settings(Settings { dates, ..store.settings() }).expect("set");
    drop(store);
    assert_eq!(understood("12/3/2026"), "Thu 3 Dec 2026");
    for (args, echo) in [
        (&["log", "amina", "--on", "11/12"][..], "Thu 12 Nov 2026"),
        (&["goal", "add", "Outline by 12/4"], "Fri 4 Dec 2026"),
        (&["person", "add", "Tom", "--as", "peer", "--start", "11/2/2026"], "Mon 2 Nov 2026"),
    ] {
        let said = home.done(args);
        assert!(said.contains(echo), "{args:?}: {said}");
    }
}

#[test]
fn the_list_of_people_counts_what_i_promised_and_not_what_they_did() {
    let home = Home::with_amina();
    home.done(&["promise", "amina", "Send the list", "--by", "2026-11-20"]);
    home.done(&["promise", "amina", "Ask Jo"]);
    home.done(&["promise", "amina", "Say one small no", "--theirs"]);
    let people = home.done(&["people"]);
    assert!(people.ends_with("  you promised 2, 1 late\n"), "{people}");
    let people = home.done(&["people", "--json"]);
    let people: serde_json::Value = serde_json::from_str(&people).expect("JSON");
    assert_eq!((&people[0]["open_promises"], &people[0]["late_promises"]), (&2.into(), &1.into()));
}
