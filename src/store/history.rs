//! Undo, redo and earlier versions: reading the record that the write door keeps.
//!
//! Undo takes back this writer's newest change; when it has none left, the newest one made before
//! this writer began. What another running screen does meanwhile is its own to take back.

use std::collections::HashSet;

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::became::Became;
use super::door::{Door, Row};
use super::erase::Tally;
use super::kind::{Columns, Kind, coded_or_none};
use super::{Action, Error, Result, Store};
use crate::domain::{Goal, Id, Layer, Relationship, Rev, Session, Stamp, When, Writing};

/// Why nothing was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no change left.
    #[error("There is nothing to undo.")]
    NothingToUndo,
    /// Nothing was undone, or something else was done since.
    #[error("There is nothing to redo.")]
    NothingToRedo,
    /// Somebody changed the same thing later.
    #[error(
        "This cannot be taken back: it was changed again since, elsewhere. Its earlier versions are kept."
    )]
    MovedOn,
    /// Something else now belongs to it.
    #[error(
        "This cannot be taken back: other things were added to it since. Take those back first."
    )]
    BuiltUpon,
}

/// A change, as it can be named to its writer: made of what stands in the journal now, so that an
/// erased name does not live on in a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The number of the change.
    pub change: i64,
    /// What kind of action it was.
    pub action: Action,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// How many records of each kind it touched.
    pub tally: Tally,
    /// What it made of what it marked.
    pub became: Option<Became>,
    /// What it was done to, mainly.
    pub subject: Option<Subject>,
}

/// What a change was done to, with all it takes to name it and to go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: Id<()>,
    /// The person concerned; empty for the owner's own record.
    pub person: String,
    /// The relationship it belongs to, where it belongs to one.
    pub relationship: Option<Id<Relationship>>,
    /// The session it belongs to or is.
    pub session: Option<Id<Session>>,
    /// The goal it belongs to or is.
    pub goal: Option<Id<Goal>>,
    /// The day of that session.
    pub when: Option<When>,
    /// Which text, if it is one.
    pub layer: Option<Layer>,
    /// Its own line of text, if it is one line.
    pub line: String,
}

/// An earlier content of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which content it was.
    pub rev: Rev,
    /// When it was written, in milliseconds since 1970.
    pub written: i64,
    /// The text.
    pub body: String,
}

impl Store {
    /// What the next [`Store::undo`] will take back.
    pub fn to_undo(&self) -> Result<Option<Done>> {
        self.undo_target()?.map(|change| done(&self.db, change)).transpose()
    }

    /// Takes back the newest change and says which it was. Taking back is a change of its own.
    pub fn undo(&mut self, stamp: Stamp) -> Result<Done> {
        let target = self.undo_target()?.ok_or(Error::Refused(Refused::NothingToUndo))?;
        let what = done(&self.db, target)?;
        if self.is_large_arrival(target)? {
            self.take_back_arrival(stamp, target)?;
            return Ok(what);
        }
        self.write(stamp, Action::Undo, |door| {
            take_back(door, target)?;
            reverses(door, target)?;
            mark(door, target, "undone")
        })
        .map_err(moved_on)?;
        Ok(what)
    }

    /// Does again what this writer undid last, if it did nothing else since.
    pub fn redo(&mut self, stamp: Stamp) -> Result<Done> {
        let undo: i64 = self
            .db
            .prepare_cached(
                "SELECT seq FROM change WHERE origin = ?1 AND state = 'done' AND action = 'undo'
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([stamp.origin.bytes().as_slice()], |row| row.get(0))
            .optional()?
            .ok_or(Error::Refused(Refused::NothingToRedo))?;
        let original: i64 = self
            .db
            .prepare_cached("SELECT reverses FROM change WHERE seq = ?1")?
            .query_row([undo], |row| row.get(0))?;
        self.write(stamp, Action::Redo, |door| {
            do_again(door, undo, original)?;
            reverses(door, undo)?;
            mark(door, undo, "undone")?;
            mark(door, original, "done")
        })
        .map_err(moved_on)?;
        done(&self.db, original)
    }

    /// The newest changes that stand, newest first, for a list of what can be taken back.
    pub fn recent_changes(&self, limit: u16) -> Result<Vec<Done>> {
        let mut statement = self.db.prepare_cached(
            "SELECT seq FROM change
             WHERE state = 'done' AND reverses IS NULL AND action <> 'begin'
             ORDER BY seq DESC LIMIT ?1",
        )?;
        let changes: Vec<i64> =
            statement.query_map([limit], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        changes.into_iter().map(|change| done(&self.db, change)).collect()
    }

    /// The contents a text had before, newest first, each once. What was moved to the private
    /// reflection is in none of them.
    pub fn versions(&self, writing: Id<Writing>) -> Result<Vec<Version>> {
        let mut statement = self.db.prepare_cached(
            "SELECT change, before FROM image
             WHERE row = ?1 AND kind = 'writing' AND before IS NOT NULL ORDER BY change DESC",
        )?;
        let images = statement
            .query_map([writing], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
        let current: Option<(Rev, String)> = self
            .db
            .prepare_cached("SELECT rev, body FROM writing WHERE id = ?1")?
            .query_row([writing], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (current, mut newer) = current.unzip();
        let mut seen: HashSet<Rev> = current.into_iter().collect();
        let secluded = self.secluded(writing)?;
        let mut versions = Vec::new();
        for (change, image) in images {
            let row = Row::from_json(Kind::Writing, &image)?;
            let rev = Rev(row.rev);
            let Some(rusqlite::types::Value::Text(mut body)) = row.values.into_iter().nth(2) else {
                continue;
            };
            if !seen.insert(rev) {
                continue;
            }
            let before = body.len();
            for (_, passage) in secluded.iter().filter(|(later, _)| change <= *later) {
                body = super::writings::without_trace(&body, passage);
            }
            // One that differed only by the passage now says what its successor says.
            if body.len() == before || newer.as_ref() != Some(&body) {
                newer = Some(body.clone());
                versions.push(Version { rev, written: row.written, body });
            }
        }
        Ok(versions)
    }

    /// The passages that were taken out of a text, with the last change whose images may still
    /// hold them.
    fn secluded(&self, writing: Id<Writing>) -> Result<Vec<(i64, String)>> {
        // Doing it again after an undo makes images of its own, later than the first.
        let mut statement = self.db.prepare_cached(
            "SELECT ifnull((SELECT max(redo.seq) FROM change undo
                            JOIN change redo ON redo.reverses = undo.seq
                            WHERE undo.reverses = c.seq), c.seq),
                    s.passage
             FROM seclusion s JOIN change c ON c.seq = s.change
             WHERE s.row = ?1 AND c.state = 'done'",
        )?;
        let found = statement.query_map([writing], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    fn undo_target(&self) -> Result<Option<i64>> {
        let own = self
            .db
            .prepare_cached(
                "SELECT seq FROM change
                 WHERE origin = ?1 AND state = 'done' AND reverses IS NULL AND action <> 'begin'
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([self.origin.bytes().as_slice()], |row| row.get(0))
            .optional()?;
        if let Some(own) = own {
            return Ok(self.done_again_since(own, true)?.or(Some(own)));
        }
        let earlier = self
            .db
            .prepare_cached(
                "SELECT seq FROM change
                 WHERE state = 'done' AND reverses IS NULL AND seq <= ?1 AND action <> 'begin'
                 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([self.began], |row| row.get(0))
            .optional()?;
        let Some(earlier) = earlier else { return Ok(None) };
        Ok(self.done_again_since(earlier, false)?.or(Some(earlier)))
    }

    /// Which change that stands, of this writer or from before this writer began, was done again
    /// last, if that was after `newest`: what is done again is the newest, however long ago it was
    /// done at first.
    fn done_again_since(&self, newest: i64, own: bool) -> Result<Option<i64>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT original.seq FROM change redo
                 JOIN change undo ON undo.seq = redo.reverses
                 JOIN change original ON original.seq = undo.reverses
                 WHERE redo.seq > ?1 AND redo.action = 'redo' AND original.state = 'done'
                   AND CASE WHEN ?2 THEN original.origin = ?3 ELSE original.seq <= ?4 END
                 ORDER BY redo.seq DESC LIMIT 1",
            )?
            .query_row(params![newest, own, self.origin.bytes().as_slice(), self.began], |row| {
                row.get(0)
            })
            .optional()?)
    }
}

/// Puts every row that `target` touched back to what it was, if `target` still gave it its content.
fn take_back(door: &mut Door<'_>, target: i64) -> Result<()> {
    let mut images = images(door.tx, target)?;
    if images.is_empty() {
        return Err(Error::Refused(Refused::NothingToUndo));
    }
    for (kind, id, _) in &images {
        if door.row(*kind, *id)?.is_none_or(|row| row.rev != target) {
            return Err(Error::Refused(Refused::MovedOn));
        }
    }
    // What was there before comes back, parents first, and lets go of what was added; that goes
    // then, children first.
    images.sort_by_key(|(kind, _, _)| *kind);
    let (added, before): (Vec<_>, Vec<_>) =
        images.into_iter().partition(|(_, _, before)| before.is_none());
    let images: Vec<_> = before.into_iter().chain(added.into_iter().rev()).collect();
    put_back(door, images)
}

/// Refuses where the text of an agreement would change that somebody signed since.
fn refuse_signed(door: &Door<'_>, touched: &[(Kind, Id<()>)]) -> Result<()> {
    for (kind, id) in touched {
        let agreement = match kind {
            Kind::Agreement => Some(*id),
            Kind::Clause => door.row(*kind, *id)?.as_ref().and_then(Row::first_id),
            _ => None,
        };
        let signed = "SELECT 1 FROM signature WHERE agreement = ?1 AND deleted IS NULL";
        if let Some(agreement) = agreement
            && door.tx.prepare_cached(signed)?.exists([agreement])?
        {
            return Err(Error::Refused(Refused::MovedOn));
        }
    }
    Ok(())
}

/// Writes rows as they were, and refuses where a text would be left in a session that is in the
/// bin: the text comes back to it, or the session goes there although somebody wrote in it since.
fn put_back(door: &mut Door<'_>, rows: Vec<(Kind, Id<()>, Option<Row>)>) -> Result<()> {
    let touched: Vec<_> = rows.iter().map(|(kind, id, _)| (*kind, *id)).collect();
    refuse_signed(door, &touched)?;
    for (kind, id, row) in rows {
        door.put(kind, id, row)?;
    }
    for (kind, id) in touched {
        let lost = match kind {
            Kind::Writing => {
                "SELECT 1 FROM writing w JOIN session s ON s.id = w.session
                 WHERE w.id = ?1 AND w.deleted IS NULL AND s.deleted IS NOT NULL"
            }
            Kind::Session => {
                "SELECT 1 FROM session s JOIN writing w ON w.session = s.id
                 WHERE s.id = ?1 AND w.deleted IS NULL AND s.deleted IS NOT NULL"
            }
            _ => continue,
        };
        if door.tx.prepare_cached(lost)?.exists([id])? {
            return Err(Error::Refused(Refused::MovedOn));
        }
    }
    Ok(())
}

/// Puts back what `undo` took away, if its rows still are what `undo` made of them.
fn do_again(door: &mut Door<'_>, undo: i64, original: i64) -> Result<()> {
    let before: Vec<_> = images(door.tx, original)?;
    for (kind, id, before) in &before {
        let now = door.row(*kind, *id)?;
        if now.as_ref().map(|row| row.rev) != before.as_ref().map(|row| row.rev) {
            return Err(Error::Refused(Refused::MovedOn));
        }
    }
    let mut after = images(door.tx, undo)?;
    after.sort_by_key(|(kind, _, _)| *kind);
    put_back(door, after)
}

/// What taking back runs into where the rest of the journal has moved on: a record it needs is gone
/// for good, or something else stands in its place.
fn moved_on(error: Error) -> Error {
    let in_its_place =
        |error: &rusqlite::Error| error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation);
    match error {
        Error::Gone => Error::Refused(Refused::MovedOn),
        Error::Sqlite(error) if in_its_place(&error) => Error::Refused(Refused::MovedOn),
        other => other,
    }
}

fn mark(door: &Door<'_>, change: i64, state: &str) -> Result<()> {
    door.tx
        .prepare_cached("UPDATE change SET state = ?2 WHERE seq = ?1")?
        .execute(params![change, state])?;
    Ok(())
}

/// Says of the change under way which one it reverses.
fn reverses(door: &Door<'_>, change: i64) -> Result<()> {
    door.tx
        .prepare_cached("UPDATE change SET reverses = ?2 WHERE seq = ?1")?
        .execute(params![door.change, change])?;
    Ok(())
}

fn images(db: &Connection, change: i64) -> Result<Vec<Image>> {
    let mut statement =
        db.prepare_cached("SELECT kind, row, before FROM image WHERE change = ?1")?;
    let rows = statement.query_map([change], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    rows.map(|row| {
        let (kind, id, before): (Kind, Id<()>, Option<String>) = row?;
        let before = before.map(|image| Row::from_json(kind, &image)).transpose()?;
        Ok((kind, id, before))
    })
    .collect()
}

/// The kinds of records, the one that says most about a change first.
const TELLING: &[Kind] = &[
    Kind::Session,
    // What is agreed also says where the relationship stands.
    Kind::Agreement,
    Kind::Signature,
    Kind::Clause,
    Kind::Relationship,
    Kind::Person,
    Kind::ProgressCheck,
    Kind::Writing,
    Kind::AgendaItem,
    Kind::Commitment,
    Kind::CommitmentMove,
    Kind::Goal,
    Kind::Milestone,
    Kind::Mention,
    Kind::Standing,
    Kind::GoalWith,
    Kind::Remembering,
    Kind::Contact,
    Kind::Evidence,
    Kind::Repair,
    Kind::Answer,
    Kind::CheckIn,
    Kind::Focus,
    Kind::Way,
    Kind::Owner,
];

/// Which row a change touched, and what it was before.
type Image = (Kind, Id<()>, Option<Row>);

/// Names a change by what stands in the journal now.
fn done(db: &Connection, change: i64) -> Result<Done> {
    let (action, at): (String, i64) = db
        .prepare_cached("SELECT action, at FROM change WHERE seq = ?1")?
        .query_row([change], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut tally = db
        .prepare_cached("SELECT kind, count(*) FROM image WHERE change = ?1 GROUP BY kind")?
        .query_map([change], |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
        })?
        .collect::<rusqlite::Result<Vec<(Kind, usize)>>>()?;
    tally.sort_by_key(|(kind, _)| *kind);
    // The most telling of what it touched: logging a session also writes notes and agenda lines.
    let mut of_kind =
        db.prepare_cached("SELECT row FROM image WHERE change = ?1 AND kind = ?2 LIMIT 1")?;
    let action = Action::from_code(&action);
    let (mut about, mut became) = (None, None);
    for kind in TELLING {
        if let Some(id) = of_kind.query_row((change, kind), |row| row.get(0)).optional()? {
            about = subject(db, *kind, id)?;
            if action == Action::Mark {
                became = Became::of(db, change, *kind, id)?;
            }
            break;
        }
    }
    Ok(Done { change, action, at, tally: Tally(tally), became, subject: about })
}

/// What it takes to name a record and to go where it stands. `None` if it is no longer there.
pub(super) fn subject(db: &Connection, kind: Kind, id: Id<()>) -> Result<Option<Subject>> {
    let sql = match kind {
        Kind::Owner => {
            "SELECT '' AS person, NULL AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, name AS line FROM owner WHERE id = ?1"
        }
        Kind::Person => {
            "SELECT p.name AS person,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, NULL AS starts, NULL AS layer, '' AS line
             FROM person p WHERE p.id = ?1"
        }
        Kind::Contact => {
            "SELECT p.name AS person,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, NULL AS starts, NULL AS layer, c.value AS line
             FROM contact c JOIN person p ON p.id = c.person WHERE c.id = ?1"
        }
        Kind::Remembering => {
            "SELECT p.name AS person,
                    (SELECT id FROM relationship WHERE person = p.id ORDER BY id LIMIT 1) AS relationship,
                    NULL AS session, NULL AS starts, NULL AS layer, m.text AS line
             FROM remembering m JOIN person p ON p.id = m.person WHERE m.id = ?1"
        }
        Kind::Relationship => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, '' AS line
             FROM relationship r JOIN person p ON p.id = r.person WHERE r.id = ?1"
        }
        Kind::Session => {
            "SELECT p.name AS person, r.id AS relationship, s.id AS session, s.starts AS starts,
                    NULL AS layer, s.about AS line
             FROM session s JOIN relationship r ON r.id = s.relationship
             JOIN person p ON p.id = r.person WHERE s.id = ?1"
        }
        Kind::Writing => {
            "SELECT p.name AS person, r.id AS relationship, s.id AS session, s.starts AS starts,
                    w.layer AS layer, '' AS line
             FROM writing w JOIN session s ON s.id = w.session
             JOIN relationship r ON r.id = s.relationship
             JOIN person p ON p.id = r.person WHERE w.id = ?1"
        }
        Kind::AgendaItem => {
            "SELECT p.name AS person, r.id AS relationship, a.session AS session, NULL AS starts,
                    NULL AS layer, a.text AS line
             FROM agenda_item a JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE a.id = ?1"
        }
        Kind::Commitment => {
            "SELECT p.name AS person, r.id AS relationship, c.session AS session, NULL AS starts,
                    NULL AS layer, c.text AS line
             FROM commitment c JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1"
        }
        Kind::CommitmentMove => {
            "SELECT p.name AS person, r.id AS relationship, c.session AS session, NULL AS starts,
                    NULL AS layer, c.text AS line
             FROM commitment_move m JOIN commitment c ON c.id = m.commitment
             JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE m.id = ?1"
        }
        Kind::Way
        | Kind::CheckIn
        | Kind::Answer
        | Kind::Evidence
        | Kind::Focus
        | Kind::Repair => subject_of_trust(kind),
        Kind::ProgressCheck => {
            "SELECT p.name AS person, r.id AS relationship, c.session AS session, c.day AS starts,
                    NULL AS layer, '' AS line
             FROM progress_check c JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1"
        }
        Kind::Agreement | Kind::Clause | Kind::Signature => subject_of_agreement(kind),
        Kind::Goal | Kind::GoalWith | Kind::Milestone | Kind::Standing | Kind::Mention => {
            return subject_of_goal(db, kind, id);
        }
    };
    let found = db
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let row = &Columns::of(row);
            Ok(Subject {
                kind,
                id,
                person: row.get("person")?,
                relationship: row.get("relationship")?,
                session: row.get("session")?,
                goal: None,
                when: coded_or_none(row, "starts", When::from_code)?,
                layer: coded_or_none(row, "layer", Layer::from_code)?,
                line: row.get("line")?,
            })
        })
        .optional()?;
    Ok(found)
}

/// The statement for [`subject`] of what belongs to an agreement.
const fn subject_of_agreement(kind: Kind) -> &'static str {
    match kind {
        Kind::Agreement => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, 'version ' || a.number AS line
             FROM agreement a JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE a.id = ?1"
        }
        Kind::Clause => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, c.heading AS line
             FROM clause c JOIN agreement a ON a.id = c.agreement
             JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1"
        }
        _ => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, s.name AS line
             FROM signature s JOIN agreement a ON a.id = s.agreement
             JOIN relationship r ON r.id = a.relationship
             JOIN person p ON p.id = r.person WHERE s.id = ?1"
        }
    }
}

/// The statement for [`subject`] of what belongs to the ten ways.
const fn subject_of_trust(kind: Kind) -> &'static str {
    match kind {
        Kind::CheckIn => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, c.day AS starts,
                    NULL AS layer, '' AS line
             FROM check_in c JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE c.id = ?1"
        }
        Kind::Answer => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, c.day AS starts,
                    NULL AS layer, '' AS line
             FROM answer a JOIN check_in c ON c.id = a.check_in
             JOIN relationship r ON r.id = c.relationship
             JOIN person p ON p.id = r.person WHERE a.id = ?1"
        }
        Kind::Evidence => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, e.day AS starts,
                    NULL AS layer, e.text AS line
             FROM evidence e JOIN relationship r ON r.id = e.relationship
             JOIN person p ON p.id = r.person WHERE e.id = ?1"
        }
        Kind::Focus => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, f.practice AS line
             FROM focus f JOIN relationship r ON r.id = f.relationship
             JOIN person p ON p.id = r.person WHERE f.id = ?1"
        }
        Kind::Repair => {
            "SELECT p.name AS person, r.id AS relationship, NULL AS session, e.day AS starts,
                    NULL AS layer, e.happened AS line
             FROM repair e JOIN relationship r ON r.id = e.relationship
             JOIN person p ON p.id = r.person WHERE e.id = ?1"
        }
        _ => {
            "SELECT '' AS person, NULL AS relationship, NULL AS session, NULL AS starts,
                    NULL AS layer, name AS line FROM way WHERE id = ?1"
        }
    }
}

/// As [`subject`], of a goal or what belongs to one: named by the goal, with all who share it.
fn subject_of_goal(db: &Connection, kind: Kind, id: Id<()>) -> Result<Option<Subject>> {
    let (line, goal) = match kind {
        Kind::Milestone => ("m.title", "milestone m JOIN goal g ON g.id = m.goal"),
        Kind::Standing => ("g.title", "standing m JOIN goal g ON g.id = m.goal"),
        Kind::Mention => ("g.title", "mention m JOIN goal g ON g.id = m.goal"),
        Kind::GoalWith => ("g.title", "goal_with m JOIN goal g ON g.id = m.goal"),
        _ => ("m.title", "goal m JOIN goal g ON g.id = m.id"),
    };
    let sql = format!(
        "SELECT {line} AS line, g.id AS goal,
                ifnull((SELECT group_concat(p.name, ', ') FROM goal_with w
                        JOIN relationship r ON r.id = w.relationship
                        JOIN person p ON p.id = r.person
                        WHERE w.goal = g.id AND w.deleted IS NULL), '') AS person,
                (SELECT relationship FROM goal_with WHERE goal = g.id AND deleted IS NULL
                 ORDER BY relationship LIMIT 1) AS relationship
         FROM {goal} WHERE m.id = ?1"
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row([id], |row| {
            Ok(Subject {
                kind,
                id,
                person: row.get("person")?,
                relationship: row.get("relationship")?,
                session: None,
                goal: row.get("goal")?,
                when: None,
                layer: None,
                line: row.get("line")?,
            })
        })
        .optional()?;
    Ok(found)
}
