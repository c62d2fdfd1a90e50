//! The README says what is so: its key table is the program's, and its links lead somewhere.
//!
//! `UPDATE_README=1 cargo test readme` writes the generated parts anew.

mod pictures;

use std::fs;
use std::path::Path;

use confidant::tui::keymap;

pub const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Compares the part between `<!-- name -->` and `<!-- /name -->` with what it should be.
pub fn part_is(name: &str, expected: &str) {
    let readme = fs::read_to_string(README).expect("a README");
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = readme.split_once(&begin).expect("the part begins");
    let (found, after) = rest.split_once(&end).expect("the part ends");
    if found == expected {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_README").is_some(),
        "the part \"{name}\" of README.md is stale; UPDATE_README=1 cargo test readme writes it"
    );
    fs::write(README, format!("{before}{begin}{expected}{end}{after}")).expect("written");
}

#[test]
fn the_key_table_is_the_programs_own() {
    part_is("keys", &keymap::markdown());
}

#[test]
fn every_place_in_the_source_that_is_named_is_there() {
    let readme = fs::read_to_string(README).expect("a README");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: Vec<&str> = readme
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| ["src/", "tests/", "assets/"].iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['*', 'N']) && !word.contains("thing"))
        .collect();
    assert!(named.len() > 8);
    for place in named {
        assert!(root.join(place).exists(), "{place} is named in the README and is not there");
    }
}
