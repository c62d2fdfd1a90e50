//! Sessions: lists that cost what they show, planning, logging, beginning, moving, deleting.

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{OptionalExtension, Row};

use super::bin::parts_of;
use super::door::Action;
use super::kind::{Columns, Kind, coded, record};
use super::{Along, Error, Page, Result, Store};
use crate::domain::{
    Id, Layer, Moment, Party, Record, Relationship, Role, Session, SessionState, Stamp, When, text,
};

/// So many characters are read of the notes to tell a session by: more than the prompts of a template
/// take.
pub(super) const OPENING: usize = 1000;
/// The most of one line of them.
pub(super) const OPENING_LINE: usize = 200;

/// Whose things are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of all relationships.
    #[default]
    Everyone,
    /// Those of one.
    One(Id<Relationship>),
}

/// Which sessions are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of which this became.
    pub state: Option<SessionState>,
}

/// One row of a list of sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The session.
    pub session: Record<Session>,
    /// With whom.
    pub person: String,
    /// Where their clock stands, if that is known.
    pub zone: Option<Tz>,
    /// What I am to them.
    pub role: Role,
    /// The beginning of its notes.
    pub opening: String,
}

/// A session among all those with somebody: as much of it as an export has to know beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InOrder {
    /// When it is or was.
    pub when: When,
    /// Which.
    pub id: Id<Session>,
    /// What became of it.
    pub state: SessionState,
}

/// Where a part of the list lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// From the newest on.
    Newest,
    /// Up to the oldest.
    Oldest,
    /// Around a session that need not be in the list itself.
    Around(When, Id<Session>),
}

impl Store {
    /// A part of the list of sessions, newest first: up to `limit` rows before `place` and as many
    /// from it on.
    pub fn sessions(
        &self,
        scope: Scope,
        filter: Filter,
        place: Anchor,
        limit: u16,
    ) -> Result<Page<Listed>> {
        let at = match place {
            Anchor::Newest | Anchor::Oldest => None,
            Anchor::Around(when, id) => Some((when, id)),
        };
        let (mut above, mut below) = (Vec::new(), Vec::new());
        if place != Anchor::Newest {
            above = self.run_of_sessions(scope, filter, at, Order::OldestFirst, limit)?;
        }
        if place != Anchor::Oldest {
            below = self.run_of_sessions(scope, filter, at, Order::NewestFirst, limit)?;
        }
        Ok(Page::joined(above, below, limit))
    }

    /// One run of the list: newest first from `at` on (with it), or oldest first after it, and one
    /// row more than `limit` to tell whether there are more.
    fn run_of_sessions(
        &self,
        scope: Scope,
        filter: Filter,
        at: Option<(When, Id<Session>)>,
        order: Order,
        limit: u16,
    ) -> Result<Vec<Listed>> {
        // The ends of the list are places like any other, so that every run is a search from there.
        let mut wanted = vec!["s.deleted IS NULL"];
        if matches!(scope, Scope::One(_)) {
            wanted.push("s.relationship = :relationship");
        }
        if filter.state.is_some() {
            wanted.push("s.state = :state");
        }
        let direction = match order {
            Order::NewestFirst => {
                wanted.push("(s.starts, s.id) <= (:starts, :id)");
                "DESC"
            }
            Order::OldestFirst => {
                wanted.push("(s.starts, s.id) > (:starts, :id)");
                "ASC"
            }
        };
        let sql = format!(
            "SELECT s.*, p.name AS person_name, p.time_zone AS person_zone, r.role AS role,
                    ifnull((SELECT substr(body, 1, {OPENING}) FROM writing
                            WHERE session = s.id AND layer = 'notes'), '') AS opening
             FROM session s CROSS JOIN relationship r ON r.id = s.relationship
             CROSS JOIN person p ON p.id = r.person
             WHERE {} ORDER BY s.starts {direction}, s.id {direction} LIMIT :limit",
            wanted.join(" AND ")
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let limit = i64::from(limit) + 1;
        let mut params: Vec<(&str, &dyn rusqlite::ToSql)> = vec![(":limit", &limit)];
        let relationship;
        if let Scope::One(id) = scope {
            relationship = id;
            params.push((":relationship", &relationship));
        }
        let state;
        if let Some(of) = filter.state {
            state = of.code();
            params.push((":state", &state));
        }
        let (starts, id) = match (at, order) {
            (Some((when, session)), _) => (when.code(), session),
            // A tilde comes after every digit.
            (None, Order::NewestFirst) => ("~".to_owned(), Id::from_bytes([0; 16])),
            (None, Order::OldestFirst) => (String::new(), Id::from_bytes([0; 16])),
        };
        params.push((":starts", &starts));
        params.push((":id", &id));
        let rows = statement.query_map(params.as_slice(), listed)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One session.
    pub fn session(&self, id: Id<Session>) -> Result<Record<Session>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM session WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// Whether nothing is left of a session, not even in the bin.
    pub fn is_erased(&self, id: Id<Session>) -> Result<bool> {
        let mut statement =
            self.db.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM session WHERE id = ?1)")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    /// The next planned session with somebody, from `today` on.
    pub fn next_session(
        &self,
        with: Id<Relationship>,
        today: NaiveDate,
    ) -> Result<Option<Record<Session>>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT * FROM session WHERE relationship = ?1 AND state = 'planned'
                    AND deleted IS NULL AND starts >= ?2 ORDER BY starts, id LIMIT 1",
            )?
            .query_row((with, today.to_string()), record)
            .optional()?)
    }

    /// The planned sessions with somebody before `today` that nobody has answered for, the latest
    /// first; no more than a few, because older ones are not asked about one by one.
    pub fn unanswered_sessions(
        &self,
        with: Id<Relationship>,
        today: NaiveDate,
    ) -> Result<Vec<Record<Session>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM session WHERE relationship = ?1 AND state = 'planned'
                AND deleted IS NULL AND starts < ?2 ORDER BY starts DESC, id DESC LIMIT 3",
        )?;
        let rows = statement.query_map((with, today.to_string()), record)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The last session with somebody that was held, before `before` where that is given.
    pub fn last_session(
        &self,
        with: Id<Relationship>,
        before: Option<When>,
    ) -> Result<Option<Record<Session>>> {
        // A tilde comes after every digit, so it stands for the end of time.
        let before = before.map_or_else(|| "~".to_owned(), |when| when.code());
        Ok(self
            .db
            .prepare_cached(
                "SELECT * FROM session WHERE relationship = ?1 AND state = 'held'
                    AND deleted IS NULL AND starts < ?2 ORDER BY starts DESC, id DESC LIMIT 1",
            )?
            .query_row((with, before), record)
            .optional()?)
    }

    /// The sessions with somebody on one day.
    pub fn sessions_on(
        &self,
        with: Id<Relationship>,
        day: NaiveDate,
    ) -> Result<Vec<Record<Session>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM session WHERE relationship = ?1 AND deleted IS NULL
                AND starts >= ?2 AND starts < ?2 || '~' ORDER BY starts, id",
        )?;
        let rows = statement.query_map((with, day.to_string()), record)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All sessions with somebody, the oldest first. For exports, not for screens.
    pub fn sessions_in_order(&self, with: Id<Relationship>) -> Result<Vec<InOrder>> {
        let mut statement = self.db.prepare_cached(
            "SELECT starts, id, state FROM session WHERE relationship = ?1 AND deleted IS NULL
             ORDER BY starts, id",
        )?;
        let rows = statement.query_map([with], |row| {
            let row = &Columns::of(row);
            Ok(InOrder {
                when: coded(row, "starts", When::from_code)?,
                id: row.get("id")?,
                state: coded(row, "state", SessionState::from_code)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds a session with what was written about it, and lines for its agenda, as one change.
    pub fn add_session(
        &mut self,
        stamp: Stamp,
        session: &Session,
        texts: &[(Layer, &str)],
        agenda: &[(Party, &str)],
    ) -> Result<Id<Session>> {
        self.plan_session(stamp, session, &Along { texts, agenda, ..Along::default() })
    }

    /// Changes a session: its place, its length, what it was about.
    pub fn update_session(&mut self, stamp: Stamp, session: &Record<Session>) -> Result<()> {
        self.write(stamp, Action::Edit, |door| door.update(session.id, session.rev, &session.value))
    }

    /// Says what became of a session.
    pub fn mark_session(
        &mut self,
        stamp: Stamp,
        id: Id<Session>,
        state: SessionState,
    ) -> Result<()> {
        let mut standing = self.session(id)?;
        standing.value.state = state;
        self.write(stamp, Action::Mark, |door| door.update(id, standing.rev, &standing.value))
    }

    /// Gives a session another day. One that was planned stays planned.
    pub fn move_session(&mut self, stamp: Stamp, id: Id<Session>, when: When) -> Result<()> {
        let mut standing = self.session(id)?;
        standing.value.when = when;
        self.write(stamp, Action::Move, |door| door.update(id, standing.rev, &standing.value))
    }

    /// The two agreed on another day: the old one stays as moved, the new one is planned like it.
    pub fn replan_session(
        &mut self,
        stamp: Stamp,
        id: Id<Session>,
        when: When,
    ) -> Result<Id<Session>> {
        let standing = self.session(id)?;
        let planned = Session { when, state: SessionState::Planned, ..standing.value.clone() };
        let moved = Session { state: SessionState::Moved, ..standing.value };
        self.write(stamp, Action::Move, |door| {
            door.update(id, standing.rev, &moved)?;
            let next = Id::new(stamp.now);
            door.insert(next, &planned).map(|_| next)
        })
    }

    /// Begins a session: the one planned for today, which is then held, or a new one now. The day
    /// and time at which it was planned stay.
    pub fn begin_session(&mut self, stamp: Stamp, with: Id<Relationship>) -> Result<Id<Session>> {
        let today = stamp.now.date_naive();
        let planned = self
            .sessions_on(with, today)?
            .into_iter()
            .find(|session| session.value.state == SessionState::Planned);
        if let Some(session) = planned {
            self.mark_session(stamp, session.id, SessionState::Held)?;
            return Ok(session.id);
        }
        let session = self.session_now(with, stamp.now)?;
        self.add_session(stamp, &session, &[], &[])
    }

    /// A session that is held now, as those with this person usually are.
    pub(super) fn session_now(&self, with: Id<Relationship>, moment: Moment) -> Result<Session> {
        let usual = self.relationship(with)?.value;
        Ok(Session {
            minutes: usual.usual_minutes,
            mode: usual.usual_mode,
            place: usual.usual_place,
            ..Session::new(with, now(moment), SessionState::Held)
        })
    }

    /// Puts a session into the bin, with its texts and its progress check.
    pub fn delete_session(&mut self, stamp: Stamp, id: Id<Session>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| {
            for (kind, part) in parts_of(door, Kind::Session, id.cast())? {
                if door.row(kind, part)?.is_some_and(|row| row.deleted.is_none()) {
                    door.put_away(kind, part)?;
                }
            }
            door.delete(id)
        })
    }

    /// Finds the record whose printed short id this is, among sessions, agenda items, commitments,
    /// goals and milestones.
    pub fn by_short_id(&self, short: &str) -> Result<(Kind, Id<()>)> {
        let tail = u32::from_str_radix(short, 16).ok().filter(|_| short.len() == 8);
        let tail = tail.ok_or(Error::Gone)?.to_be_bytes();
        let found = self
            .db
            .prepare_cached(
                "SELECT 'session' AS kind, id FROM session WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'agenda_item', id FROM agenda_item WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'commitment', id FROM commitment WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'goal', id FROM goal WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'milestone', id FROM milestone WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'evidence', id FROM evidence WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'repair', id FROM repair WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'agreement', id FROM agreement WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'clause', id FROM clause WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'progress_check', id FROM progress_check WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'person', id FROM person WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'relationship', id FROM relationship WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'contact', id FROM contact WHERE substr(id, 13) = ?1
                 UNION ALL
                 SELECT 'remembering', id FROM remembering WHERE substr(id, 13) = ?1 LIMIT 2",
            )?
            .query_map([tail.as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Error::Gone),
            _ => Err(Error::Several),
        }
    }
}

#[derive(Clone, Copy)]
enum Order {
    NewestFirst,
    OldestFirst,
}

/// The day and the minute of a moment.
fn now(moment: Moment) -> When {
    When { date: moment.date_naive(), time: Some(moment.time()) }
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let row = &Columns::of(row);
    let opening: String = row.get("opening")?;
    let zone: String = row.get("person_zone")?;
    Ok(Listed {
        zone: zone.parse().ok(),
        session: row.record()?,
        person: row.get("person_name")?,
        role: coded(row, "role", Role::from_code)?,
        opening: text::beginning(&opening, OPENING, OPENING_LINE),
    })
}
