//! Search over everything written, newest first, a page at a time.
//!
//! What the user types is always quoted, so no character of it has a meaning to the index.
//!
//! Nothing is gathered that is not shown. The index holds every beginning of one to three letters
//! as if it were a word, and walks through what holds a word from the newest on. A longer beginning
//! it would answer by first gathering all that holds any word of it; so those words are looked up
//! here, which takes a moment, and asked for by name.

use rusqlite::{Connection, OptionalExtension};

use super::kind::{Columns, Kind, coded, coded_or_none};
use super::{Result, Store, index};
use crate::domain::{
    Id, Layer, Party, Person, Relationship, Role, Session, SessionState, When, text,
};

/// How many hits are counted before the count says "and more".
pub const COUNTED: u32 = 200;

/// What to look for, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed: words, or "exact words" in quotes. The last word may be unfinished.
    pub text: String,
    /// Only what concerns this person.
    pub person: Option<Id<Person>>,
    /// Only what is of this kind.
    pub only: Option<Found>,
}

/// The kinds of things a search can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// People, their contacts, and what was set down about the relationship.
    People,
    /// The one line of a session, and its place.
    Sessions,
    /// Notes of sessions.
    Notes,
    /// Summaries of sessions.
    Summaries,
    /// Private reflections.
    Reflections,
    /// Things to talk about.
    Agenda,
    /// What was promised.
    Commitments,
    /// Lines worth remembering.
    Remembering,
    /// Goals, with their milestones and what was said of them.
    Goals,
    /// What I saw or did, and repairs.
    Trust,
    /// Agreements, clause by clause.
    Agreements,
}

impl Found {
    /// Each with the word that commands use for it.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::People, "people"),
        (Self::Sessions, "sessions"),
        (Self::Notes, "notes"),
        (Self::Summaries, "summaries"),
        (Self::Reflections, "reflections"),
        (Self::Agenda, "agenda"),
        (Self::Commitments, "commitments"),
        (Self::Remembering, "remembering"),
        (Self::Goals, "goals"),
        (Self::Trust, "trust"),
        (Self::Agreements, "agreements"),
    ];

    fn marks(self) -> &'static [&'static str] {
        match self {
            Self::People => &["person", "contact", "relationship"],
            Self::Sessions => &["session"],
            Self::Notes => &["notes"],
            Self::Summaries => &["summary"],
            Self::Reflections => &["reflection"],
            Self::Agenda => &["agenda"],
            Self::Commitments => &["commitment"],
            Self::Remembering => &["remembering"],
            Self::Goals => &["goal"],
            Self::Trust => &["trust"],
            Self::Agreements => &["agreement"],
        }
    }
}

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits of this page, newest first.
    pub hits: Vec<Hit>,
    /// How many there are in all, counted up to [`COUNTED`] and one more.
    pub count: u32,
}

/// One thing that was found, with all it takes to show it and to open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where the next page goes on; only for [`Store::search`].
    pub place: i64,
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: Id<()>,
    /// Whom it concerns; nobody for a goal that is shared with nobody.
    pub person: String,
    /// What I am to them, where it belongs to one relationship.
    pub role: Option<Role>,
    /// The relationship to open.
    pub relationship: Option<Id<Relationship>>,
    /// The session to open, if it lies in one.
    pub session: Option<Id<Session>>,
    /// The day of the thing.
    pub when: When,
    /// Which text of the session it is.
    pub layer: Option<Layer>,
    /// Who put it on the agenda, or whose commitment it is.
    pub by: Option<Party>,
    /// What became of the session, if it is one.
    pub state: Option<SessionState>,
    /// All its words; the excerpt is cut from them.
    pub text: String,
}

impl Hit {
    /// Whether it stays here unless it is asked for by name.
    pub fn is_private(&self) -> bool {
        matches!(self.kind, Kind::Remembering | Kind::Evidence | Kind::Repair)
            || self.layer.is_some_and(Layer::is_private)
    }
}

impl Store {
    /// Finds what `query` asks for: `limit` hits, after the one at `after`.
    pub fn search(&self, query: &Query, after: Option<i64>, limit: u16) -> Result<Hits> {
        let Some(expression) = expression(query, |start| words_from(&self.db, start))? else {
            return Ok(Hits::default());
        };
        // One walk both finds and counts: where few things hold all the words, it is the walk that
        // takes the time.
        let first = after.is_none();
        let places = self.places(
            &expression,
            after.unwrap_or(i64::MAX),
            if first { COUNTED + 1 } else { u32::from(limit) },
        )?;
        let count = if first {
            u32::try_from(places.len()).unwrap_or(u32::MAX)
        } else {
            u32::try_from(self.places(&expression, i64::MAX, COUNTED + 1)?.len())
                .unwrap_or(u32::MAX)
        };
        let mut hits = Vec::with_capacity(usize::from(limit));
        for place in places.into_iter().take(usize::from(limit)) {
            let (kind, id) = self
                .db
                .prepare_cached("SELECT kind, row FROM indexed WHERE rowid = ?1")?
                .query_row([place], |row| Ok((row.get(0)?, row.get(1)?)))?;
            hits.extend(hit(&self.db, place, kind, id)?);
        }
        Ok(Hits { hits, count })
    }

    /// Where in the index the newest things before `before` stand.
    fn places(&self, expression: &str, before: i64, limit: u32) -> Result<Vec<i64>> {
        // What is still on its way in, or out again, has its place in the index.
        let visible = if self.has_arrivals()? {
            "AND NOT EXISTS (SELECT 1 FROM indexed x JOIN image i ON i.row = x.row
                             JOIN arrival a ON a.change = i.change WHERE x.rowid = search.rowid)"
        } else {
            ""
        };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 {visible}
             ORDER BY rowid DESC LIMIT ?3"
        ))?;
        let places = statement.query_map((expression, before, limit), |row| row.get(0))?;
        Ok(places.collect::<rusqlite::Result<_>>()?)
    }
}

/// The query in the index's own language, or `None` if it holds no word.
fn expression(
    query: &Query,
    words_from: impl Fn(&str) -> Result<Vec<String>>,
) -> Result<Option<String>> {
    let mut parts = Vec::new();
    let terms = terms(&query.text);
    let last = terms.len().saturating_sub(1);
    let open = !query.text.ends_with(|c: char| c.is_whitespace() || c == '"');
    for (n, term) in terms.iter().enumerate() {
        let (words, runs) = by_script(term);
        for run in runs {
            parts.push(format!("runs : \"{run}\""));
        }
        if words.chars().any(char::is_alphanumeric) {
            // Nobody has finished typing the last word; the others may be beginnings too, once
            // they are long enough not to mean half the journal.
            let letters = words.chars().count();
            let beginning = (n == last && open) || (!term.contains(' ') && letters > INDEXED);
            let named =
                if beginning && letters > INDEXED && words.chars().all(char::is_alphanumeric) {
                    words_from(&text::folded(&words))?
                } else {
                    Vec::new()
                };
            let star = if beginning { " *" } else { "" };
            parts.push(if named.is_empty() {
                format!("text : \"{}\"{star}", words.replace('"', "\"\""))
            } else {
                format!("text : (\"{}\")", named.join("\" OR \""))
            });
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    if let Some(person) = query.person {
        parts.push(format!("marks : \"{}\"", index::person_mark(person.cast())));
    }
    if let Some(only) = query.only {
        let marks: Vec<String> = only.marks().iter().map(|mark| index::kind_mark(mark)).collect();
        parts.push(format!("marks : (\"{}\")", marks.join("\" OR \"")));
    }
    Ok(Some(parts.join(" AND ")))
}

/// Up to how many letters the beginnings of words stand in the index themselves.
const INDEXED: usize = 3;

/// How many words of one beginning are asked for by name. Where there are more, the index gathers
/// them, which takes longer but is still right.
const NAMED: usize = 128;

/// The words in the index that begin with `start`; none where there are too many.
fn words_from(db: &Connection, start: &str) -> Result<Vec<String>> {
    // One word after the other, each found from the one before: a walk through all the places where
    // a word stands would take as long as the search itself. `!` sorts before every letter.
    let mut next =
        db.prepare_cached("SELECT term FROM word WHERE term >= ?1 AND term <= ?2 LIMIT 1")?;
    let end = format!("{start}\u{10ffff}");
    let mut words: Vec<String> = Vec::new();
    let mut from = start.to_owned();
    while let Some(word) =
        next.query_row([&from, &end], |row| row.get::<_, String>(0)).optional()?
    {
        if words.len() == NAMED {
            return Ok(Vec::new());
        }
        from = format!("{word}!");
        words.push(word);
    }
    Ok(words)
}

/// The words of a query; what stands in quotes stays together.
fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (n, part) in text.split('"').enumerate() {
        if n % 2 == 1 {
            let phrase = part.split_whitespace().collect::<Vec<_>>().join(" ");
            terms.extend((!phrase.is_empty()).then_some(phrase));
        } else {
            terms.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    terms
}

/// A term without the runs of unspaced scripts, and those runs, spaced by character.
fn by_script(term: &str) -> (String, Vec<String>) {
    let mut words = String::new();
    let mut runs: Vec<String> = Vec::new();
    let mut in_run = false;
    for character in term.chars() {
        if index::is_unspaced(character) {
            match runs.last_mut() {
                Some(run) if in_run => run.extend([' ', character]),
                _ => runs.push(character.to_string()),
            }
            in_run = true;
        } else {
            words.push(character);
            in_run = false;
        }
    }
    (words, runs)
}

/// As [`shows`], of what belongs to the ten ways.
const fn shows_trust(kind: Kind) -> &'static str {
    match kind {
        Kind::Evidence => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, NULL AS session,
                    e.day AS starts, NULL AS layer, NULL AS party, NULL AS state, e.text AS text
             FROM evidence e JOIN relationship r ON r.id = e.relationship
             JOIN person p ON p.id = r.person WHERE e.id = ?1 AND e.deleted IS NULL"
        }
        _ => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, NULL AS session,
                    e.day AS starts, NULL AS layer, NULL AS party, NULL AS state,
                    e.happened || ' ' || e.part || ' ' || e.effect || ' ' || e.said || ' '
                        || e.change AS text
             FROM repair e JOIN relationship r ON r.id = e.relationship
             JOIN person p ON p.id = r.person WHERE e.id = ?1 AND e.deleted IS NULL"
        }
    }
}

/// As [`shows`], of what belongs to an agreement.
const fn shows_agreement(kind: Kind) -> &'static str {
    match kind {
        Kind::Agreement => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, NULL AS session,
                    date(a.written / 1000, 'unixepoch') AS starts, NULL AS layer, NULL AS party,
                    NULL AS state, a.schedule || ' ' || a.why AS text
             FROM agreement a JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE a.id = ?1 AND a.deleted IS NULL"
        }
        _ => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, NULL AS session,
                    date(c.written / 1000, 'unixepoch') AS starts, NULL AS layer, NULL AS party,
                    NULL AS state, c.heading || ': ' || c.text AS text
             FROM clause c JOIN agreement a ON a.id = c.agreement
             JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person
             WHERE c.id = ?1 AND c.deleted IS NULL AND a.deleted IS NULL"
        }
    }
}

/// The statement that reads what one hit of a kind shows; none for what is not found by itself.
const fn shows(kind: Kind) -> Option<&'static str> {
    Some(match kind {
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
        | Kind::Signature => return None,
        Kind::ProgressCheck => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, c.session AS session,
                    c.day AS starts, NULL AS layer, NULL AS party, NULL AS state,
                    c.helped || ' ' || c.hindered || ' ' || c.mine || ' ' || c.theirs || ' '
                        || c.change || ' ' || c.note AS text
             FROM progress_check c JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1 AND c.deleted IS NULL"
        }
        Kind::Evidence | Kind::Repair => shows_trust(kind),
        Kind::Agreement | Kind::Clause => shows_agreement(kind),
        Kind::Person => {
            "SELECT p.name AS person, NULL AS role,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, date(p.written / 1000, 'unixepoch') AS starts, NULL AS layer,
                    NULL AS party, NULL AS state, p.name || ' ' || p.alias AS text
             FROM person p WHERE p.id = ?1 AND p.deleted IS NULL"
        }
        Kind::Contact => {
            "SELECT p.name AS person, NULL AS role,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, date(c.written / 1000, 'unixepoch') AS starts, NULL AS layer,
                    NULL AS party, NULL AS state, c.label || ' ' || c.value || ' ' || c.hours AS text
             FROM contact c JOIN person p ON p.id = c.person WHERE c.id = ?1 AND c.deleted IS NULL"
        }
        Kind::Remembering => {
            "SELECT p.name AS person, NULL AS role,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, ifnull(m.day, date(m.written / 1000, 'unixepoch')) AS starts,
                    NULL AS layer, NULL AS party, NULL AS state, m.text AS text
             FROM remembering m JOIN person p ON p.id = m.person
             WHERE m.id = ?1 AND m.deleted IS NULL"
        }
        Kind::Relationship => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, NULL AS session,
                    date(r.written / 1000, 'unixepoch') AS starts, NULL AS layer, NULL AS party,
                    NULL AS state,
                    r.programme || ' ' || r.coordinator || ' ' || r.safeguarding || ' '
                        || r.usual_place AS text
             FROM relationship r JOIN person p ON p.id = r.person
             WHERE r.id = ?1 AND r.deleted IS NULL"
        }
        Kind::Session => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, s.id AS session,
                    s.starts AS starts, NULL AS layer, NULL AS party, s.state AS state,
                    s.about || ' ' || s.place AS text
             FROM session s JOIN relationship r ON r.id = s.relationship
             JOIN person p ON p.id = r.person WHERE s.id = ?1 AND s.deleted IS NULL"
        }
        Kind::Writing => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, s.id AS session,
                    s.starts AS starts, w.layer AS layer, NULL AS party, NULL AS state, w.body AS text
             FROM writing w JOIN session s ON s.id = w.session
             JOIN relationship r ON r.id = s.relationship JOIN person p ON p.id = r.person
             WHERE w.id = ?1 AND w.deleted IS NULL"
        }
        Kind::AgendaItem => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship, a.session AS session,
                    a.added AS starts, NULL AS layer, a.party AS party, NULL AS state, a.text AS text
             FROM agenda_item a JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE a.id = ?1 AND a.deleted IS NULL"
        }
        Kind::Commitment => {
            "SELECT p.name AS person, r.role AS role, r.id AS relationship,
                    (SELECT id FROM session WHERE id = c.session AND deleted IS NULL) AS session,
                    c.made AS starts, NULL AS layer, c.party AS party, NULL AS state, c.text AS text
             FROM commitment c JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1 AND c.deleted IS NULL"
        }
        Kind::Goal => {
            "SELECT ifnull((SELECT group_concat(p.name, ', ') FROM goal_with w
                            JOIN relationship r ON r.id = w.relationship
                            JOIN person p ON p.id = r.person
                            WHERE w.goal = g.id AND w.deleted IS NULL), '') AS person,
                    NULL AS role,
                    (SELECT relationship FROM goal_with WHERE goal = g.id AND deleted IS NULL
                     ORDER BY relationship LIMIT 1) AS relationship,
                    NULL AS session, g.since AS starts, NULL AS layer, NULL AS party,
                    NULL AS state,
                    g.title || ' ' || g.why || ' ' || g.test || ' '
                        || ifnull((SELECT group_concat(title, ' ') FROM milestone
                                   WHERE goal = g.id AND deleted IS NULL), '') || ' '
                        || ifnull((SELECT group_concat(note, ' ') FROM standing
                                   WHERE goal = g.id AND deleted IS NULL), '') AS text
             FROM goal g WHERE g.id = ?1 AND g.deleted IS NULL"
        }
    })
}

/// All it takes to show one hit. `None` if the record went away since the index was asked.
fn hit(db: &Connection, place: i64, kind: Kind, id: Id<()>) -> Result<Option<Hit>> {
    let Some(sql) = shows(kind) else { return Ok(None) };
    let found = db
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let row = &Columns::of(row);
            Ok(Hit {
                place,
                kind,
                id,
                person: row.get("person")?,
                role: coded_or_none(row, "role", Role::from_code)?,
                relationship: row.get("relationship")?,
                session: row.get("session")?,
                when: coded(row, "starts", When::from_code)?,
                layer: coded_or_none(row, "layer", Layer::from_code)?,
                by: coded_or_none(row, "party", Party::from_code)?,
                state: coded_or_none(row, "state", SessionState::from_code)?,
                text: row.get("text")?,
            })
        })
        .optional()?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<String> {
        let words_from = |start: &str| {
            let words = ["small", "smaller", "muller"].into_iter();
            Ok(words.filter(|word| word.starts_with(start)).map(str::to_owned).collect())
        };
        let query = Query { text: text.to_owned(), ..Query::default() };
        expression(&query, words_from).expect("an expression")
    }

    #[test]
    fn what_is_typed_becomes_quoted_words() {
        let cases = [
            ("", None),
            ("  ", None),
            ("\"", None),
            ("*", None),
            ("no", Some("text : \"no\" *")),
            ("no ", Some("text : \"no\"")),
            ("small no", Some("text : (\"small\" OR \"smaller\") AND text : \"no\" *")),
            ("Mülle", Some("text : (\"muller\")")),
            ("larger", Some("text : \"larger\" *")),
            ("to be", Some("text : \"to\" AND text : \"be\" *")),
            ("\"small no\"", Some("text : \"small no\"")),
            ("\"small no", Some("text : \"small no\" *")),
            ("NEAR(a b)", Some("text : \"NEAR(a\" * AND text : \"b)\" *")),
            ("昇進", Some("runs : \"昇 進\"")),
            ("v2昇進", Some("runs : \"昇 進\" AND text : \"v2\" *")),
        ];
        for (typed, expected) in cases {
            assert_eq!(asked(typed).as_deref(), expected, "{typed}");
        }
    }
}
