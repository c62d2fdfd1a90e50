//! The agenda: what is open belongs to the relationship and stands on the next session by itself.

use super::door::Action;
use super::kind::record;
use super::{Result, Store};
use crate::domain::{
    AgendaItem, AgendaState, Id, Party, Record, Relationship, Session, SessionState, Stamp, order,
    text,
};

impl Store {
    /// What is to be talked about with somebody, in its order: what was not moved as it was added.
    pub fn open_agenda(&self, with: Id<Relationship>) -> Result<Vec<Record<AgendaItem>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM agenda_item WHERE relationship = ?1 AND state = 'open'
                AND deleted IS NULL ORDER BY place IS NULL, place, added, id LIMIT 500",
        )?;
        let rows = statement.query_map([with], record)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What was talked about or dropped in one session, in its order.
    pub fn agenda_of(&self, session: Id<Session>) -> Result<Vec<Record<AgendaItem>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM agenda_item WHERE session = ?1 AND deleted IS NULL ORDER BY id LIMIT 500",
        )?;
        let rows = statement.query_map([session], record)?;
        let mut items = rows.collect::<rusqlite::Result<Vec<Record<AgendaItem>>>>()?;
        items.sort_by_key(|item| (item.value.order(), item.id));
        Ok(items)
    }

    /// What a session is to be about, or was: one that is planned takes up what is open. In its order.
    pub fn to_talk_about(&self, session: &Record<Session>) -> Result<Vec<Record<AgendaItem>>> {
        let mut items = self.agenda_of(session.id)?;
        if session.value.state == SessionState::Planned {
            items.extend(self.open_agenda(session.value.relationship)?);
            items.sort_by_key(|item| (item.value.order(), item.id));
        }
        Ok(items)
    }

    /// One agenda item.
    pub fn agenda_item(&self, id: Id<AgendaItem>) -> Result<Record<AgendaItem>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT * FROM agenda_item WHERE id = ?1 AND deleted IS NULL")?;
        Ok(statement.query_row([id], record)?)
    }

    /// Puts a line onto the agenda of the next session, whichever that is.
    pub fn add_to_agenda(
        &mut self,
        stamp: Stamp,
        with: Id<Relationship>,
        by: Party,
        line: &str,
    ) -> Result<Id<AgendaItem>> {
        let item = AgendaItem {
            relationship: with,
            by,
            text: text::line(line),
            state: AgendaState::Open,
            added: stamp.now.date_naive(),
            session: None,
            place: None,
        };
        self.write(stamp, Action::Add, |door| {
            let id = Id::new(stamp.now);
            door.insert(id, &item).map(|_| id)
        })
    }

    /// Changes the words of an agenda item, or whose it is.
    pub fn update_agenda_item(&mut self, stamp: Stamp, item: &Record<AgendaItem>) -> Result<()> {
        let mut item = item.clone();
        item.value.text = text::line(&item.value.text);
        self.write(stamp, Action::Edit, |door| door.update(item.id, item.rev, &item.value))
    }

    /// Says what became of an agenda item in a session; open again takes it out of that session.
    pub fn mark_agenda_item(
        &mut self,
        stamp: Stamp,
        id: Id<AgendaItem>,
        state: AgendaState,
        session: Option<Id<Session>>,
    ) -> Result<()> {
        let mut standing = self.agenda_item(id)?;
        standing.value.state = state;
        standing.value.session = if state == AgendaState::Open { None } else { session };
        self.write(stamp, Action::Mark, |door| door.update(id, standing.rev, &standing.value))
    }

    /// Puts an open line into the place of another of the same agenda; what is between them makes
    /// room. Where either is not open any more, nothing happens.
    pub fn order_agenda(
        &mut self,
        stamp: Stamp,
        line: Id<AgendaItem>,
        there: Id<AgendaItem>,
    ) -> Result<()> {
        let open = self.open_agenda(self.agenda_item(line)?.value.relationship)?;
        let places: Vec<_> = open.iter().map(|item| (item.id, item.value.place)).collect();
        let given = order::put_in_place_of(&places, line, there);
        self.write(stamp, Action::Order, |door| {
            for item in &open {
                if let Some((_, place)) = given.iter().find(|(id, _)| *id == item.id) {
                    let moved = AgendaItem { place: Some(*place), ..item.value.clone() };
                    door.update(item.id, item.rev, &moved)?;
                }
            }
            Ok(())
        })
    }

    /// Puts an agenda item into the bin.
    pub fn delete_agenda_item(&mut self, stamp: Stamp, id: Id<AgendaItem>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| door.delete(id))
    }
}
