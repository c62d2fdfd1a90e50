//! The search index: which words stand in it for each record, kept in step by the write door.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use super::kind::{Columns, Kind, coded};
use crate::domain::Id;

/// Entries of one day share the upper bits of their row number.
const PER_DAY: i64 = 1 << 20;

/// What of a record is searched: its day, its words, the people it concerns, and what it is.
struct Entry {
    day: NaiveDate,
    words: String,
    people: Vec<Id<()>>,
    mark: String,
}

/// Brings the entries of records, and of all whose day or place depends on them, up to date, each
/// once.
pub(super) fn refresh(db: &Connection, records: &[(Kind, Id<()>)]) -> Result<()> {
    let mut stale: BTreeSet<(Kind, Id<()>)> = records.iter().copied().collect();
    for (_, session) in records.iter().filter(|(kind, _)| *kind == Kind::Session) {
        let mut texts = db.prepare_cached("SELECT id FROM writing WHERE session = ?1")?;
        for text in texts.query_map([session], |row| row.get(0))? {
            stale.insert((Kind::Writing, text?));
        }
    }
    for (_, agreement) in records.iter().filter(|(kind, _)| *kind == Kind::Agreement) {
        let mut clauses = db.prepare_cached("SELECT id FROM clause WHERE agreement = ?1")?;
        for clause in clauses.query_map([agreement], |row| row.get(0))? {
            stale.insert((Kind::Clause, clause?));
        }
    }
    for (kind, id) in stale {
        refresh_one(db, kind, id)?;
    }
    Ok(())
}

/// The statement that finds everything that should be in the index, for checking and rebuilding.
pub(super) fn every(kind: Kind) -> Option<String> {
    statement(kind).map(|_| format!("SELECT id FROM {} WHERE deleted IS NULL", kind.table()))
}

/// Removes the entry of a record that is purged.
pub(super) fn forget(db: &Connection, kind: Kind, id: Id<()>) -> Result<()> {
    if let Some(rowid) = place(db, kind, id)? {
        db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([rowid])?;
        db.prepare_cached("DELETE FROM indexed WHERE rowid = ?1")?.execute([rowid])?;
    }
    Ok(())
}

/// Whether a record of this kind should have an entry, and has one of the right day.
pub(super) fn is_right(db: &Connection, kind: Kind, id: Id<()>) -> Result<bool> {
    Ok(match (entry(db, kind, id)?, place(db, kind, id)?) {
        (None, None) => true,
        (Some(entry), Some(rowid)) => rowid / PER_DAY == day_number(entry.day),
        _ => false,
    })
}

fn refresh_one(db: &Connection, kind: Kind, id: Id<()>) -> Result<()> {
    let old = place(db, kind, id)?;
    let Some(entry) = entry(db, kind, id)? else {
        return forget(db, kind, id);
    };
    let rowid = match old {
        Some(rowid) if rowid / PER_DAY == day_number(entry.day) => rowid,
        Some(_) => {
            forget(db, kind, id)?;
            next_place(db, entry.day)?
        }
        None => next_place(db, entry.day)?,
    };
    let (words, runs) = split(&entry.words);
    let mut marks = kind_mark(&entry.mark);
    for person in entry.people {
        marks.push(' ');
        marks.push_str(&person_mark(person));
    }
    db.prepare_cached("INSERT OR REPLACE INTO indexed (rowid, kind, row) VALUES (?1, ?2, ?3)")?
        .execute(params![rowid, kind, id])?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO search (rowid, text, runs, marks) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![rowid, words, runs, marks])?;
    Ok(())
}

/// The word in the column `marks` that stands for a person.
///
/// It and the others of that column begin with a character nobody types. Beginnings of words are
/// indexed over all columns at once, so a mark that began with a letter would stand in the way of
/// every search for that letter.
pub(super) fn person_mark(person: Id<()>) -> String {
    format!("{MARK}{person}")
}

/// The word in the column `marks` that stands for a kind of thing.
pub(super) fn kind_mark(kind: &str) -> String {
    format!("{MARK}{kind}")
}

/// From the part of Unicode that is left to private use; a letter to the index.
const MARK: char = '\u{e000}';

/// Stands between two runs of characters, so that no phrase reaches from one into the other.
const GAP: &str = "\u{e001} ";

fn place(db: &Connection, kind: Kind, id: Id<()>) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT rowid FROM indexed WHERE row = ?1 AND kind = ?2")?
        .query_row((id, kind), |row| row.get(0))
        .optional()?)
}

fn next_place(db: &Connection, day: NaiveDate) -> Result<i64> {
    let first = day_number(day) * PER_DAY;
    let last: Option<i64> = db
        .prepare_cached("SELECT max(rowid) FROM indexed WHERE rowid >= ?1 AND rowid < ?2")?
        .query_row([first, first + PER_DAY], |row| row.get(0))?;
    Ok(last.map_or(first, |last| last + 1))
}

/// Days before the year 1 do not occur in a journal; they would share its first day.
fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()).max(1)
}

/// How the searched columns of a kind are found, or `None` for what is not searched. What arrives
/// and is still hidden has its place already, so that it need not be read again when it is shown.
fn statement(kind: Kind) -> Option<&'static str> {
    match kind {
        // What belongs to a goal stands in the index with it.
        Kind::Owner
        | Kind::CommitmentMove
        | Kind::GoalWith
        | Kind::Milestone
        | Kind::Standing
        | Kind::Mention
        | Kind::Way
        | Kind::CheckIn
        | Kind::Answer
        | Kind::Focus
        | Kind::Signature => None,
        Kind::Agreement => Some(
            "SELECT date(a.written / 1000, 'unixepoch') AS day,
                    a.schedule || char(10) || a.why AS words, r.person AS person,
                    'agreement' AS mark
             FROM agreement a JOIN relationship r ON r.id = a.relationship
             WHERE a.id = ?1 AND ifnull(a.deleted, -1) = -1",
        ),
        Kind::Clause => Some(
            "SELECT date(c.written / 1000, 'unixepoch') AS day,
                    c.heading || char(10) || c.text AS words, r.person AS person,
                    'agreement' AS mark
             FROM clause c JOIN agreement a ON a.id = c.agreement
             JOIN relationship r ON r.id = a.relationship
             WHERE c.id = ?1 AND ifnull(c.deleted, -1) = -1 AND ifnull(a.deleted, -1) = -1",
        ),
        Kind::ProgressCheck | Kind::Evidence | Kind::Repair => Some(looked_back(kind)),
        Kind::Person => Some(
            "SELECT date(written / 1000, 'unixepoch') AS day, name || ' ' || alias AS words,
                    id AS person, 'person' AS mark
             FROM person WHERE id = ?1 AND ifnull(deleted, -1) = -1",
        ),
        Kind::Contact => Some(
            "SELECT date(written / 1000, 'unixepoch') AS day,
                    label || ' ' || value || ' ' || hours AS words, person, 'contact' AS mark
             FROM contact WHERE id = ?1 AND ifnull(deleted, -1) = -1",
        ),
        Kind::Remembering => Some(
            "SELECT ifnull(day, date(written / 1000, 'unixepoch')) AS day, text AS words,
                    person, 'remembering' AS mark
             FROM remembering WHERE id = ?1 AND ifnull(deleted, -1) = -1",
        ),
        Kind::Relationship => Some(
            "SELECT date(written / 1000, 'unixepoch') AS day,
                    programme || char(10) || coordinator || char(10) || safeguarding || char(10)
                        || usual_place AS words,
                    person, 'relationship' AS mark
             FROM relationship WHERE id = ?1 AND ifnull(deleted, -1) = -1",
        ),
        Kind::Session => Some(
            "SELECT substr(s.starts, 1, 10) AS day, s.about || char(10) || s.place AS words,
                    r.person AS person, 'session' AS mark
             FROM session s JOIN relationship r ON r.id = s.relationship
             WHERE s.id = ?1 AND ifnull(s.deleted, -1) = -1",
        ),
        Kind::Writing => Some(
            "SELECT substr(s.starts, 1, 10) AS day, w.body AS words, r.person AS person,
                    w.layer AS mark
             FROM writing w JOIN session s ON s.id = w.session
             JOIN relationship r ON r.id = s.relationship
             WHERE w.id = ?1 AND ifnull(w.deleted, -1) = -1 AND ifnull(s.deleted, -1) = -1",
        ),
        Kind::AgendaItem => Some(
            "SELECT added AS day, text AS words, r.person AS person, 'agenda' AS mark
             FROM agenda_item a JOIN relationship r ON r.id = a.relationship
             WHERE a.id = ?1 AND ifnull(a.deleted, -1) = -1",
        ),
        Kind::Commitment => Some(
            "SELECT made AS day, text AS words, r.person AS person, 'commitment' AS mark
             FROM commitment c JOIN relationship r ON r.id = c.relationship
             WHERE c.id = ?1 AND ifnull(c.deleted, -1) = -1",
        ),
        // One entry for all that was written about a goal, because it opens as one thing. It may
        // concern nobody else, one person, or several, who are read apart.
        Kind::Goal => Some(
            "SELECT since AS day,
                    title || char(10) || why || char(10) || test || char(10)
                        || ifnull((SELECT group_concat(title, char(10)) FROM milestone
                                   WHERE goal = g.id AND ifnull(deleted, -1) = -1), '') || char(10)
                        || ifnull((SELECT group_concat(note, char(10)) FROM standing
                                   WHERE goal = g.id AND ifnull(deleted, -1) = -1), '') AS words,
                    NULL AS person, 'goal' AS mark
             FROM goal g WHERE id = ?1 AND ifnull(deleted, -1) = -1",
        ),
    }
}

/// As [`statement`], of what was said in looking back: together, or by myself.
const fn looked_back(kind: Kind) -> &'static str {
    match kind {
        Kind::ProgressCheck => {
            "SELECT day, helped || char(10) || hindered || char(10) || mine || char(10)
                        || theirs || char(10) || change || char(10) || note AS words,
                    r.person AS person, 'progress' AS mark
             FROM progress_check c JOIN relationship r ON r.id = c.relationship
             WHERE c.id = ?1 AND ifnull(c.deleted, -1) = -1"
        }
        Kind::Evidence => {
            "SELECT day, text AS words, r.person AS person, 'trust' AS mark
             FROM evidence e JOIN relationship r ON r.id = e.relationship
             WHERE e.id = ?1 AND ifnull(e.deleted, -1) = -1"
        }
        _ => {
            "SELECT day, happened || char(10) || part || char(10) || effect || char(10)
                        || said || char(10) || change AS words,
                    r.person AS person, 'trust' AS mark
             FROM repair e JOIN relationship r ON r.id = e.relationship
             WHERE e.id = ?1 AND ifnull(e.deleted, -1) = -1"
        }
    }
}

/// The people with whom a goal is shared.
const PEOPLE_OF_GOAL: &str = "SELECT r.person FROM goal_with w
     JOIN relationship r ON r.id = w.relationship WHERE w.goal = ?1 AND ifnull(w.deleted, -1) = -1";

fn entry(db: &Connection, kind: Kind, id: Id<()>) -> Result<Option<Entry>> {
    let Some(sql) = statement(kind) else { return Ok(None) };
    let mut entry = db
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let row = &Columns::of(row);
            Ok(Entry {
                day: coded(row, "day", |day| day.parse().ok())?,
                words: row.get("words")?,
                people: row.get::<Option<Id<()>>>("person")?.into_iter().collect(),
                mark: row.get("mark")?,
            })
        })
        .optional()?;
    if let Some(entry) = entry.as_mut().filter(|_| kind == Kind::Goal) {
        let mut people = db.prepare_cached(PEOPLE_OF_GOAL)?;
        let people = people.query_map([id], |row| row.get(0))?;
        // Somebody may share it in two roles.
        let people = people.collect::<rusqlite::Result<BTreeSet<_>>>()?;
        entry.people = people.into_iter().collect();
    }
    // A record without a word of its own has no place in the index.
    Ok(entry.filter(|entry| !entry.words.trim().is_empty()))
}

/// Splits text into what has blanks between its words, and the rest spaced by character.
///
/// SQLite's tokenizer takes a Japanese sentence for one word; spaced, each of its characters is a
/// word, and a run of them is found as a phrase.
fn split(text: &str) -> (String, String) {
    let mut words = String::with_capacity(text.len());
    let mut runs = String::new();
    for character in text.chars() {
        if is_unspaced(character) {
            // Writing into a string cannot fail.
            let _ = write!(runs, "{character} ");
            words.push(' ');
        } else {
            words.push(character);
            if !runs.is_empty() && !runs.ends_with(GAP) {
                runs.push_str(GAP);
            }
        }
    }
    (words, runs)
}

/// Whether a character belongs to a script that is written without blanks between words.
pub(super) const fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Burmese
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'    // kana
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'    // ideographs
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_blanks_are_spaced_by_character() {
        assert_eq!(split("saying no"), ("saying no".into(), String::new()));
        let (words, runs) = split("昇進 review 会議");
        assert_eq!(words.split_whitespace().collect::<Vec<_>>(), ["review"]);
        assert_eq!(runs, format!("昇 進 {GAP}会 議 "));
    }

    #[test]
    fn later_days_have_larger_places() {
        let day = |text: &str| day_number(text.parse().expect("a day"));
        assert!(day("2026-11-22") * PER_DAY > day("2026-11-21") * PER_DAY + PER_DAY - 1);
        assert!(day("9999-12-31").checked_mul(PER_DAY).is_some());
    }
}
