//! What the screens ask of the journal: no statement goes through a whole table, and no key asks
//! for more in a long journal than in a short one.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Screen, journals};
use crate::journal::Journal;

/// The tables that grow with the years.
const GROWING: &[&str] = &[
    "session",
    "writing",
    "agenda_item",
    "commitment",
    "commitment_move",
    "image",
    "change",
    "indexed",
    "search",
];

/// What may walk through a whole table, and why.
const LISTED: &[(&str, &str)] = &[(
    "SELECT * FROM session ORDER BY id",
    "an export goes through the archive, once it is asked for",
)];

/// What people do, from the first key to the last.
const SCRIPTS: &[&str] = &[
    "<down><up><end><home>e<esc>marchive<enter>umshow<enter>",
    "nSomebody New<ctrl-s><esc>nAmina K.<tab><right><ctrl-s>",
    "gami<enter><down><down>  aThe line<ctrl-s>nremem<enter>Visa<ctrl-s>nway<enter>a@b<ctrl-s>d",
    "gami<enter>e<tab><tab>Ami<ctrl-s>x<ctrl-s>",
    "gami<enter>3<down><down><enter><tab><tab><tab><tab> <esc>",
    "gami<enter>3<home><enter><shift-tab>JK<end>KKu",
    "gami<enter>3n<tab>About<tab>Notes<tab>them: A line<ctrl-s>s+3d<ctrl-s> ",
    "gami<enter>3fheld<enter><end><home><esc>moutcome<enter>moved<enter>3 dec<ctrl-s>u",
    "gami<enter>3<down><down>e And more.<tab>Private.<tab>Shared.<esc>v<esc>x<ctrl-s>",
    "gami<enter>3<down><down>e<ctrl-end><ctrl-p>move notes<enter><esc>uuU",
    "gami<enter>3<down><down>d:open the bin<enter><enter><esc>uu",
    "gami<enter>3<down>d:open the bin<enter>m<enter>empty",
    "gtom<enter>bWords<esc>mtemplate<enter>quick<enter><esc>v<enter>",
    "3<down><down><end><home>fheld<enter>",
    "/small<down><enter>/\"a small\"<tab><pgdn><esc>gami<enter>/no<tab><esc>",
    "gami<enter>6nlend her the book by fri<enter>nthem: say no<enter> s+3d<tab> <ctrl-s>e<ctrl-s>",
    "gami<enter>3<down><down>e<ctrl-t>By then by fri<enter><esc><tab><tab><tab> <down>d<esc>6fall<enter>",
    "gami<enter>ncommit<enter>them: say no by fri<enter>6mwith<enter>d<end><home>6fmine<enter><esc>u",
    "q",
];

thread_local! {
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn hear(statement: &str) {
    // What begins with two dashes is an inner step of a statement that is heard itself.
    if !statement.starts_with("--") {
        HEARD.with_borrow_mut(|heard| heard.push(statement.to_owned()));
    }
}

fn listening(mut journal: Journal) -> Screen {
    journal.store.on_statement(Some(hear)).expect("heard");
    Screen::of(journal)
}

#[test]
fn no_key_goes_through_a_whole_table() {
    HEARD.take();
    for script in SCRIPTS {
        let mut screen = listening(journals::ordinary());
        screen.keys(script).tick(1000).tick(31_000);
        screen.app.end(&mut screen.world).expect("ends");
    }
    let heard: BTreeSet<String> = HEARD.take().into_iter().collect();
    assert!(heard.len() > 60, "only {} statements were heard", heard.len());
    let store = journals::ordinary().store;
    let verbs = ["SELECT", "INSERT", "UPDATE", "DELETE"];
    let mut refused = Vec::new();
    for statement in heard {
        if !verbs.iter().any(|verb| statement.trim_start().starts_with(verb))
            || LISTED.iter().any(|(listed, _)| statement.contains(listed))
        {
            continue;
        }
        let plan = store.plan(&statement).expect("a plan");
        refused.extend(
            plan.iter()
                .filter(|step| scans(&statement, step))
                .map(|step| format!("{step}\n  in {statement}")),
        );
    }
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
}

/// Whether a step of a plan goes through a table that grows, under its own or its short name.
fn scans(statement: &str, step: &str) -> bool {
    let mut words = step.split_whitespace();
    if words.next() != Some("SCAN") {
        return false;
    }
    let name = words.next().unwrap_or_default();
    let named: Vec<&str> = statement.split_whitespace().collect();
    let called = |table: &str| {
        table == name || named.windows(2).any(|pair| pair[0] == table && pair[1] == name)
    };
    // Asked for a word or for row numbers, the index of words is searched and not gone through.
    let index = step.contains("VIRTUAL TABLE INDEX") && !step.ends_with(':');
    !index && GROWING.iter().any(|table| called(table))
}

#[test]
fn a_scan_would_be_noticed() {
    let store = journals::ordinary().store;
    for statement in [
        "SELECT * FROM session WHERE about = 'x'",
        "SELECT w.* FROM writing w WHERE w.body LIKE 'x'",
        "SELECT count(*) FROM change",
        "SELECT rowid FROM search",
    ] {
        let plan = store.plan(statement).expect("a plan");
        assert!(plan.iter().any(|step| scans(statement, step)), "{statement}: {plan:?}");
    }
}

#[test]
fn no_key_asks_for_more_in_a_long_journal() {
    let asked = |sessions| {
        HEARD.take();
        let mut screen = listening(journals::long(sessions));
        screen.keys("<enter>3<down><down>");
        let mut counts = Vec::new();
        for key in [
            "<down>",
            "<up>",
            "<pgdn>",
            "<home>",
            "<enter>",
            "<esc>",
            "1",
            "<down>",
            "0",
            "<down>",
            "3",
            "e",
            "x",
            "<backspace>",
            "y",
            "<esc>",
            "/",
            "n",
            "o",
            "<down>",
            "<enter>",
            "gev",
            "<enter>",
            "0",
            "3",
            "<down>",
            ":",
            "<esc>",
            "u",
            "u",
        ] {
            HEARD.take();
            screen.keys(key);
            counts.push((key, HEARD.take().len()));
        }
        HEARD.take();
        screen.tick(1000);
        counts.push(("a second", HEARD.take().len()));
        counts
    };
    for (short, long) in asked(100).into_iter().zip(asked(3_000)) {
        assert_eq!(short, long, "the journal of 3,000 sessions asks for more");
    }
}
