//! What is about a goal: sessions, lines of their texts, and commitments, linked both ways.

use rusqlite::{OptionalExtension, Row, params};

use super::door::{Action, Door};
use super::kind::{Columns, Kind, coded_or_none, record};
use super::{Result, Store};
use crate::domain::{
    Commitment, Goal, Id, Layer, Mention, Record, Relationship, Session, Stamp, When, text,
};

/// How many links of one session are read.
const NAMED: u16 = 50;

/// Something that is about a goal, with all it takes to show it and to go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The link.
    pub mention: Record<Mention>,
    /// With whom it was said or promised.
    pub with: Id<Relationship>,
    /// That person's name.
    pub person: String,
    /// When the session was, where it is one.
    pub when: Option<When>,
    /// The commitment, where it is one.
    pub commitment: Option<Record<Commitment>>,
}

impl Store {
    /// What is about a goal, the latest first, and no more than so many.
    pub fn mentions_of(&self, goal: Id<Goal>, most: u32) -> Result<Vec<Mentioned>> {
        let mut statement = self.db.prepare_cached(
            "SELECT m.*, s.starts AS starts, p.name AS person_name, r.id AS with_relationship
             FROM mention m
             LEFT JOIN session s ON s.id = m.session AND s.deleted IS NULL
             LEFT JOIN commitment c ON c.id = m.commitment AND c.deleted IS NULL
             CROSS JOIN relationship r ON r.id = ifnull(s.relationship, c.relationship)
             CROSS JOIN person p ON p.id = r.person
             WHERE m.goal = ?1 AND m.deleted IS NULL ORDER BY m.day DESC, m.id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![goal, most], mentioned)?;
        let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        for one in &mut found {
            one.commitment =
                one.mention.value.commitment.map(|id| self.commitment(id)).transpose()?;
        }
        Ok(found)
    }

    /// The goals that a session is about, the first linked first.
    pub fn goals_of_session(&self, session: Id<Session>) -> Result<Vec<(Id<Goal>, String)>> {
        let mut statement = self.db.prepare_cached(
            "SELECT g.id, g.title FROM mention m CROSS JOIN goal g ON g.id = m.goal
             WHERE m.session = ?1 AND m.deleted IS NULL AND g.deleted IS NULL
             ORDER BY m.id LIMIT ?2",
        )?;
        let rows =
            statement.query_map(params![session, NAMED], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut goals: Vec<(Id<Goal>, String)> = Vec::new();
        for row in rows {
            let (goal, title) = row?;
            // Several lines of one session may be about the same goal.
            if goals.iter().all(|(known, _)| *known != goal) {
                goals.push((goal, title));
            }
        }
        Ok(goals)
    }

    /// The goal that a commitment serves, if one is named.
    pub fn goal_of_commitment(&self, of: Id<Commitment>) -> Result<Option<(Id<Goal>, String)>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT g.id, g.title FROM mention m CROSS JOIN goal g ON g.id = m.goal
                 WHERE m.commitment = ?1 AND m.deleted IS NULL AND g.deleted IS NULL
                 ORDER BY m.id LIMIT 1",
            )?
            .query_row([of], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// Says that a session, or a line of one of its texts, is about a goal. The same once more is
    /// no news. Says whether it was.
    pub fn mention(
        &mut self,
        stamp: Stamp,
        goal: Id<Goal>,
        session: &Record<Session>,
        line: Option<(Layer, &str)>,
    ) -> Result<bool> {
        let text = line.map(|(_, words)| text::line(words)).unwrap_or_default();
        // A line that says nothing stands for the session.
        let layer = line.map(|(layer, _)| layer).filter(|_| !text.is_empty());
        let mention = Mention {
            goal,
            session: Some(session.id),
            commitment: None,
            layer,
            text,
            day: session.value.when.date,
        };
        self.write(stamp, Action::Add, |door| {
            door.live(Kind::Goal, goal.cast())?;
            let known = door
                .tx
                .prepare_cached(
                    "SELECT 1 FROM mention WHERE session = ?1 AND goal = ?2 AND text = ?3
                    AND deleted IS NULL",
                )?
                .exists(params![session.id, goal, mention.text])?;
            if known {
                return Ok(false);
            }
            door.insert(Id::new(stamp.now), &mention).map(|_| true)
        })
    }

    /// Says which goal a commitment serves, or that it serves none.
    pub fn serve_goal(
        &mut self,
        stamp: Stamp,
        commitment: &Record<Commitment>,
        goal: Option<Id<Goal>>,
    ) -> Result<()> {
        self.write(stamp, Action::Edit, |door| {
            door.serve_goal(commitment.id, commitment.value.made, goal)
        })
    }

    /// Takes a link to a goal away.
    pub fn unlink(&mut self, stamp: Stamp, id: Id<Mention>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }
}

impl Door<'_> {
    /// Makes `goal` the one that a commitment serves, as part of the change under way.
    pub(super) fn serve_goal(
        &mut self,
        commitment: Id<Commitment>,
        made: chrono::NaiveDate,
        goal: Option<Id<Goal>>,
    ) -> Result<()> {
        let links: Vec<(Id<Mention>, Id<Goal>)> = {
            let mut statement = self.tx.prepare_cached(
                "SELECT id, goal FROM mention WHERE commitment = ?1 AND deleted IS NULL",
            )?;
            let rows = statement.query_map([commitment], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let stands = links.iter().any(|(_, linked)| Some(*linked) == goal);
        for (id, linked) in links {
            if Some(linked) != goal {
                self.delete(id)?;
            }
        }
        if let Some(goal) = goal.filter(|_| !stands) {
            self.live(Kind::Goal, goal.cast())?;
            let mention = Mention {
                goal,
                session: None,
                commitment: Some(commitment),
                layer: None,
                text: String::new(),
                day: made,
            };
            self.insert(Id::new(self.stamp.now), &mention)?;
        }
        Ok(())
    }

    /// Makes private what was linked of a passage that was moved to the private reflection.
    pub(super) fn seclude_mentions(&mut self, session: Id<Session>, passage: &str) -> Result<()> {
        let links: Vec<Record<Mention>> = {
            let mut statement = self.tx.prepare_cached(
                "SELECT * FROM mention WHERE session = ?1 AND layer = 'notes' AND deleted IS NULL",
            )?;
            statement.query_map([session], record)?.collect::<rusqlite::Result<_>>()?
        };
        let passage = text::line(passage);
        for link in links {
            let words = link.value.text.as_str();
            if passage.contains(words) || words.contains(&passage) {
                let layer = Some(Layer::Reflection);
                self.update(link.id, link.rev, &Mention { layer, ..link.value.clone() })?;
            }
        }
        Ok(())
    }
}

fn mentioned(row: &Row<'_>) -> rusqlite::Result<Mentioned> {
    let row = &Columns::of(row);
    Ok(Mentioned {
        mention: row.record()?,
        with: row.get("with_relationship")?,
        person: row.get("person_name")?,
        when: coded_or_none(row, "starts", When::from_code)?,
        commitment: None,
    })
}
