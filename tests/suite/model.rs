//! The write door held against a model: whatever two writers do to one journal in whatever order,
//! the journal shows what a few maps in memory show.
//!
//! The model knows records, changes with what was before, and the rules of undo; it knows neither
//! SQL nor files. Every word that is ever written is planted once, so that the search index can be
//! asked for it: it has to be found wherever it stands, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, TimeDelta};
use confidant::domain::{
    AgendaItem, AgendaState, Id, Layer, Moment, Origin, Party, Relationship, Rev, Session,
    SessionState, Stamp, When, Writing,
};
use confidant::store::{
    Anchor, Draft, Error, Filter, Kept, Kind, Place, Query, Refused, Scope, Store,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::journal::Journal;

#[derive(Clone, Debug)]
enum Step {
    /// A session with notes and an agenda line.
    Add,
    /// More is written, from what stands there or from what stood there before somebody else wrote.
    Write {
        at: Index,
        layer: Index,
        stale: bool,
        anew: bool,
    },
    /// The same text is saved again.
    SaveUnchanged {
        at: Index,
        layer: Index,
    },
    Draft {
        at: Index,
        layer: Index,
    },
    Move {
        at: Index,
        days: u64,
    },
    Delete {
        at: Index,
    },
    Restore {
        at: Index,
    },
    EmptyBin,
    Seclude {
        at: Index,
        passage: Index,
    },
    /// An agenda item was talked about in a session, or is open again.
    Discuss {
        item: Index,
        at: Index,
    },
    Undo,
    Redo,
    /// The writer goes and comes back as somebody new.
    Restart,
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let at = any::<Index>;
    let step = prop_oneof![
        3 => Just(Step::Add),
        8 => (at(), at(), prop::bool::weighted(0.3), any::<bool>())
            .prop_map(|(at, layer, stale, anew)| Step::Write { at, layer, stale, anew }),
        1 => (at(), at()).prop_map(|(at, layer)| Step::SaveUnchanged { at, layer }),
        2 => (at(), at()).prop_map(|(at, layer)| Step::Draft { at, layer }),
        2 => (at(), 0..3_u64).prop_map(|(at, days)| Step::Move { at, days }),
        3 => at().prop_map(|at| Step::Delete { at }),
        2 => at().prop_map(|at| Step::Restore { at }),
        1 => Just(Step::EmptyBin),
        3 => (at(), at()).prop_map(|(at, passage)| Step::Seclude { at, passage }),
        3 => (at(), at()).prop_map(|(item, at)| Step::Discuss { item, at }),
        9 => Just(Step::Undo),
        6 => Just(Step::Redo),
        2 => Just(Step::Restart),
    ];
    (0..2_usize, step)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("CONFIDANT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    })]

    #[test]
    fn two_writers_see_what_the_model_sees(steps in prop::collection::vec(step(), 1..50)) {
        let mut run = Run::new();
        for (who, step) in steps {
            run.take(who, &step);
            run.compare();
        }
        run.compare_search();
        run.undo_everything();
    }
}

// ---- the model

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Session(Id<Session>),
    Text(Id<Writing>),
    Item(Id<AgendaItem>),
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Session(When),
    Text(Id<Session>, Layer, String),
    Item(String, Option<Id<Session>>),
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    rev: i64,
    deleted: Option<i64>,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Done,
    Undone,
    Abandoned,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    Plain,
    Undo(i64),
    Redo(i64),
}

#[derive(Clone, Debug)]
struct Change {
    seq: i64,
    origin: Origin,
    deed: Deed,
    state: State,
    before: BTreeMap<Key, Option<Row>>,
    passage: Option<(Id<Writing>, String)>,
}

#[derive(Clone, Debug, Default)]
struct Model {
    rows: BTreeMap<Key, Row>,
    changes: Vec<Change>,
    drafts: BTreeMap<([u8; 16], Id<Session>, &'static str), String>,
    purged: bool,
}

/// What came of a call, as far as its caller can tell.
#[derive(Clone, Debug, PartialEq)]
enum Came {
    Fine,
    Conflict,
    Gone,
    Refused(Refused),
}

type Tried<T = ()> = Result<T, Came>;

/// One change of the model under way; dropped, it leaves nothing.
struct Open {
    model: Model,
    change: Change,
}

impl Model {
    fn next(&self) -> i64 {
        // The journal's first two changes started it and added a person.
        self.changes.last().map_or(3, |change| change.seq + 1)
    }

    fn open(&self, origin: Origin, deed: Deed) -> Open {
        let change = Change {
            seq: self.next(),
            origin,
            deed,
            state: State::Done,
            before: BTreeMap::new(),
            passage: None,
        };
        Open { model: self.clone(), change }
    }

    fn text(&self, session: Id<Session>, layer: Layer) -> Option<(Id<Writing>, &Row, &str)> {
        self.rows.iter().find_map(|(key, row)| match (key, &row.value) {
            (Key::Text(id), Value::Text(of, which, body))
                if (*of, *which) == (session, layer) && row.deleted.is_none() =>
            {
                Some((*id, row, body.as_str()))
            }
            _ => None,
        })
    }

    fn texts_of(&self, session: Id<Session>) -> Vec<(Key, Row)> {
        let of = |row: &Row| matches!(row.value, Value::Text(of, ..) if of == session);
        self.rows.iter().filter(|(_, row)| of(row)).map(|(key, row)| (*key, row.clone())).collect()
    }

    fn sessions(&self, deleted: bool) -> Vec<Id<Session>> {
        let found = self.rows.iter().filter_map(|(key, row)| match key {
            Key::Session(id) if row.deleted.is_some() == deleted => Some(*id),
            _ => None,
        });
        found.collect()
    }

    fn items(&self) -> Vec<Id<AgendaItem>> {
        let found = self.rows.iter().filter_map(|(key, row)| match key {
            Key::Item(id) if row.deleted.is_none() => Some(*id),
            _ => None,
        });
        found.collect()
    }

    fn to_undo(&self, origin: Origin, began: i64) -> Option<i64> {
        let stands = |change: &&Change| change.state == State::Done && change.deed == Deed::Plain;
        let standing = || self.changes.iter().filter(stands);
        let newest = |change: &&Change| self.latest(change.seq);
        let own = standing().filter(|change| change.origin == origin).max_by_key(newest);
        let earlier = standing().filter(|change| change.seq <= began).max_by_key(newest);
        own.or(earlier).map(|change| change.seq)
    }

    fn change(&self, seq: i64) -> &Change {
        self.changes.iter().find(|change| change.seq == seq).expect("a change")
    }

    fn mark(&mut self, seq: i64, state: State) {
        self.changes.iter_mut().filter(|change| change.seq == seq).for_each(|c| c.state = state);
    }

    fn undo(&mut self, origin: Origin, began: i64) -> Tried {
        let nothing = Came::Refused(Refused::NothingToUndo);
        let target = self.to_undo(origin, began).ok_or(nothing)?;
        let before = self.change(target).before.clone();
        if before.keys().any(|key| self.rows.get(key).is_none_or(|row| row.rev != target)) {
            return Err(Came::Refused(Refused::MovedOn));
        }
        let mut open = self.open(origin, Deed::Undo(target));
        for (key, row) in before.iter().filter(|(_, row)| row.is_some()) {
            open.put(*key, row.clone())?;
        }
        let children_first = before.iter().rev().filter(|(_, row)| row.is_none());
        for (key, _) in children_first {
            open.put(*key, None)?;
        }
        open.all_belong()?;
        open.model.mark(target, State::Undone);
        *self = open.close();
        Ok(())
    }

    fn redo(&mut self, origin: Origin) -> Tried {
        let undo = self.changes.iter().rev().find_map(|change| match change.deed {
            Deed::Undo(of) if change.origin == origin && change.state == State::Done => {
                Some((change.seq, of))
            }
            _ => None,
        });
        let (undo, original) = undo.ok_or(Came::Refused(Refused::NothingToRedo))?;
        let rev = |row: Option<&Row>| row.map(|row| row.rev);
        let moved_on = self
            .change(original)
            .before
            .iter()
            .any(|(key, row)| rev(self.rows.get(key)) != rev(row.as_ref()));
        if moved_on {
            return Err(Came::Refused(Refused::MovedOn));
        }
        let after = self.change(undo).before.clone();
        let mut open = self.open(origin, Deed::Redo(undo));
        for (key, row) in after {
            open.put(key, row)?;
        }
        open.all_belong()?;
        open.model.mark(undo, State::Undone);
        open.model.mark(original, State::Done);
        *self = open.close();
        Ok(())
    }

    fn empty_bin(&mut self) -> usize {
        let gone = self.sessions(true);
        for id in &gone {
            let keys: BTreeSet<Key> = self
                .texts_of(*id)
                .into_iter()
                .map(|(key, _)| key)
                .chain([Key::Session(*id)])
                .collect();
            for row in self.rows.values_mut() {
                if let Value::Item(_, session) = &mut row.value
                    && *session == Some(*id)
                {
                    *session = None;
                }
            }
            self.rows.retain(|key, _| !keys.contains(key));
            self.drafts.retain(|(_, session, _), _| session != id);
            for change in &mut self.changes {
                if change.before.keys().any(|key| keys.contains(key)) {
                    change.state = State::Abandoned;
                    change.before.retain(|key, _| !keys.contains(key));
                }
            }
        }
        self.purged |= !gone.is_empty();
        gone.len()
    }

    /// The earlier contents of a text, newest first.
    fn versions(&self, id: Id<Writing>) -> Vec<(i64, String)> {
        let body = |row: &Row| match &row.value {
            Value::Text(_, _, body) => body.clone(),
            _ => String::new(),
        };
        let now = self.rows.get(&Key::Text(id));
        let mut seen: BTreeSet<i64> = now.map(|row| row.rev).into_iter().collect();
        let mut newer = now.map(body);
        let mut versions = Vec::new();
        for change in self.changes.iter().rev() {
            let Some(Some(row)) = change.before.get(&Key::Text(id)) else { continue };
            if !seen.insert(row.rev) {
                continue;
            }
            let whole = body(row);
            let secret: Vec<&str> = self
                .changes
                .iter()
                .filter(|by| by.state == State::Done && self.latest(by.seq) >= change.seq)
                .filter_map(|by| by.passage.as_ref())
                .filter(|(of, _)| *of == id)
                .map(|(_, passage)| passage.as_str())
                .collect();
            let shown: Vec<&str> = whole.split("\n\n").filter(|p| !secret.contains(p)).collect();
            let shown = shown.join("\n\n");
            if shown == whole || newer.as_ref() != Some(&shown) {
                newer = Some(shown.clone());
                versions.push((row.rev, shown));
            }
        }
        versions
    }

    /// The last time a change was done: at first, or again.
    fn latest(&self, seq: i64) -> i64 {
        let again = self.changes.iter().filter_map(|redo| match redo.deed {
            Deed::Redo(undo) if self.change(undo).deed == Deed::Undo(seq) => Some(redo.seq),
            _ => None,
        });
        again.max().unwrap_or(seq)
    }
}

impl Open {
    fn put(&mut self, key: Key, row: Option<Row>) -> Tried {
        let rows = &mut self.model.rows;
        let before = rows.get(&key).cloned();
        let in_place = match row.as_ref().map(|row| &row.value) {
            Some(Value::Text(session, layer, _)) => {
                let other = rows.iter().any(|(other, row)| {
                    *other != key
                        && matches!(&row.value, Value::Text(s, l, _) if (s, l) == (session, layer))
                });
                rows.contains_key(&Key::Session(*session)) && !other
            }
            Some(Value::Item(_, Some(session))) => rows.contains_key(&Key::Session(*session)),
            _ => true,
        };
        if !in_place {
            return Err(Came::Refused(Refused::MovedOn));
        }
        if let (None, Key::Session(id)) = (&row, key) {
            let built_upon = rows.values().any(|row| match row.value {
                Value::Text(of, ..) | Value::Item(_, Some(of)) => of == id,
                _ => false,
            });
            if built_upon {
                return Err(Came::Refused(Refused::BuiltUpon));
            }
        }
        match row {
            Some(row) => rows.insert(key, row),
            None => rows.remove(&key),
        };
        self.change.before.entry(key).or_insert(before);
        Ok(())
    }

    fn write(&mut self, key: Key, deleted: Option<i64>, value: Value) {
        let row = Row { rev: self.change.seq, deleted, value };
        self.put(key, Some(row)).expect("a plain change breaks no rule");
    }

    /// No text comes back to a session that is in the bin, and no session goes there with a text
    /// that somebody wrote in it since.
    fn all_belong(&self) -> Tried {
        let rows = &self.model.rows;
        let touched = |key: &Key| self.change.before.contains_key(key);
        let lost = rows.iter().any(|(key, row)| match row {
            Row { deleted: None, value: Value::Text(session, ..), .. } => {
                let of = Key::Session(*session);
                (touched(key) || touched(&of)) && rows[&of].deleted.is_some()
            }
            _ => false,
        });
        if lost { Err(Came::Refused(Refused::MovedOn)) } else { Ok(()) }
    }

    fn close(mut self) -> Model {
        if self.change.before.is_empty() {
            return self.model;
        }
        if self.change.deed == Deed::Plain {
            for change in &mut self.model.changes {
                let undo = matches!(change.deed, Deed::Undo(_)) && change.state == State::Done;
                if undo && change.origin == self.change.origin {
                    change.state = State::Abandoned;
                }
            }
        }
        self.model.changes.push(self.change);
        self.model
    }
}

// ---- both side by side

struct Writer {
    store: Option<Store>,
    origin: Origin,
    began: i64,
}

struct Run {
    journal: Journal,
    with: Id<Relationship>,
    writers: Vec<Writer>,
    model: Model,
    now: Moment,
    words: usize,
}

impl Run {
    fn new() -> Self {
        let mut journal = Journal::in_memory();
        let with = journal.mentee("Amina K.");
        let now = journal.stamp.now;
        let mut run =
            Self { journal, with, writers: Vec::new(), model: Model::default(), now, words: 0 };
        for _ in 0..2 {
            run.writers.push(run.writer());
        }
        run
    }

    fn writer(&self) -> Writer {
        let origin = Origin::new(self.now);
        let stamp = Stamp { now: self.now, origin };
        let store = Store::open(&self.journal.path(), None, stamp).expect("opens");
        Writer { store: Some(store), origin, began: self.model.next() - 1 }
    }

    /// A word that stands nowhere yet.
    fn word(&mut self) -> String {
        self.words += 1;
        format!("zq{:04}q", self.words)
    }

    #[expect(clippy::too_many_lines, reason = "one arm a step, each as short as it can be")]
    fn take(&mut self, who: usize, step: &Step) {
        self.now += TimeDelta::seconds(1);
        let stamp = Stamp { now: self.now, origin: self.writers[who].origin };
        let (origin, began) = (stamp.origin, self.writers[who].began);
        let standing = self.model.sessions(false);
        let some = |at: &Index| (!standing.is_empty()).then(|| standing[at.index(standing.len())]);
        let layer_at = |layer: &Index| Layer::ALL[layer.index(Layer::ALL.len())];
        match step {
            Step::Restart => {
                self.writers[who].store = None;
                self.writers[who] = self.writer();
            }
            Step::Add => {
                let (notes, line) = (self.word(), self.word());
                let day = self.journal.stamp.now.date_naive() - Days::new(self.words as u64 % 9);
                let session = Session::new(self.with, When::day(day), SessionState::Held);
                let with = self.with;
                let store = self.store(who);
                let id = store
                    .add_session(stamp, &session, &[(Layer::Notes, &notes)], &[(Party::Me, &line)])
                    .expect("added");
                let text = store.texts(id).expect("texts").notes.expect("notes").id;
                let items = store.open_agenda(with).expect("agenda");
                let item = items.iter().find(|item| item.value.text == line).expect("the item").id;
                let mut open = self.model.open(origin, Deed::Plain);
                open.write(Key::Session(id), None, Value::Session(session.when));
                open.write(Key::Text(text), None, Value::Text(id, Layer::Notes, notes));
                open.write(Key::Item(item), None, Value::Item(line, None));
                self.model = open.close();
            }
            Step::Write { at, layer, stale, anew } => {
                let Some(id) = some(at) else { return };
                let layer = layer_at(layer);
                let standing = self.model.text(id, layer);
                let base = standing.map(|(_, row, _)| Rev(row.rev - i64::from(*stale)));
                let before = standing.map_or("", |(_, _, body)| body).to_owned();
                let word = self.word();
                let body =
                    if *anew || before.is_empty() { word } else { format!("{before}\n\n{word}") };
                self.save(who, stamp, id, layer, base, &body);
            }
            Step::SaveUnchanged { at, layer } => {
                let Some(id) = some(at) else { return };
                let layer = layer_at(layer);
                let body = self.model.text(id, layer).map_or("", |(_, _, body)| body).to_owned();
                self.save(who, stamp, id, layer, None, &body);
            }
            Step::Draft { at, layer } => {
                let Some(id) = some(at) else { return };
                let (field, body) = (layer_at(layer).code(), self.word());
                let draft = Draft {
                    place: Place::Session,
                    record: id.cast(),
                    field: field.to_owned(),
                    base: None,
                    body: body.clone(),
                };
                self.store(who).keep_draft(stamp, &draft, "test").expect("kept");
                self.model.drafts.insert((*origin.bytes(), id, field), body);
            }
            Step::Move { at, days } => {
                let Some(id) = some(at) else { return };
                let key = Key::Session(id);
                let Value::Session(when) = self.model.rows[&key].value else { panic!() };
                let when = When::day(when.date + Days::new(*days));
                self.store(who).move_session(stamp, id, when).expect("moved");
                if *days > 0 {
                    let mut open = self.model.open(origin, Deed::Plain);
                    open.write(key, None, Value::Session(when));
                    self.model = open.close();
                }
            }
            Step::Delete { at } => {
                let Some(id) = some(at) else { return };
                self.store(who).delete_session(stamp, id).expect("deleted");
                let mut open = self.model.open(origin, Deed::Plain);
                let session = (Key::Session(id), self.model.rows[&Key::Session(id)].clone());
                for (key, row) in self.model.texts_of(id).into_iter().chain([session]) {
                    open.write(key, Some(self.now.timestamp_millis()), row.value);
                }
                self.model = open.close();
                assert!(matches!(
                    self.store(who).save_text(stamp, id, Layer::Notes, None, "late"),
                    Err(Error::Gone)
                ));
            }
            Step::Restore { at } => {
                let binned = self.model.sessions(true);
                if binned.is_empty() {
                    return;
                }
                let id = binned[at.index(binned.len())];
                self.store(who).restore(stamp, Kind::Session, id.cast()).expect("restored");
                let mut open = self.model.open(origin, Deed::Plain);
                let session = (Key::Session(id), self.model.rows[&Key::Session(id)].clone());
                for (key, row) in [session].into_iter().chain(self.model.texts_of(id)) {
                    open.write(key, None, row.value);
                }
                self.model = open.close();
            }
            Step::EmptyBin => {
                let gone = self.store(who).empty_bin(i64::MAX).expect("emptied");
                assert_eq!(gone, self.model.empty_bin());
            }
            Step::Seclude { at, passage } => {
                let Some(id) = some(at) else { return };
                let Some((text, row, body)) = self.model.text(id, Layer::Notes) else { return };
                let rev = row.rev;
                let mut rest: Vec<String> = body.split("\n\n").map(str::to_owned).collect();
                let passage = rest.remove(passage.index(rest.len()));
                if passage.is_empty() {
                    return;
                }
                let store = self.store(who);
                store.move_to_private(stamp, id, Rev(rev), &passage).expect("moved");
                let reflection = store.texts(id).expect("texts").reflection.expect("it").id;
                let mut open = self.model.open(origin, Deed::Plain);
                open.write(Key::Text(text), None, Value::Text(id, Layer::Notes, rest.join("\n\n")));
                let private = match self.model.text(id, Layer::Reflection) {
                    Some((_, _, before)) if !before.is_empty() => format!("{before}\n\n{passage}"),
                    _ => passage.clone(),
                };
                open.write(
                    Key::Text(reflection),
                    None,
                    Value::Text(id, Layer::Reflection, private),
                );
                open.change.passage = Some((text, passage));
                self.model = open.close();
                self.model.drafts.remove(&(*origin.bytes(), id, Layer::Notes.code()));
            }
            Step::Discuss { item, at } => {
                let (items, session) = (self.model.items(), some(at));
                if items.is_empty() {
                    return;
                }
                let item = items[item.index(items.len())];
                let Value::Item(line, standing) = &self.model.rows[&Key::Item(item)].value else {
                    panic!()
                };
                let (line, standing) = (line.clone(), *standing);
                let shown = self.store(who).agenda_item(item).expect("an item").value;
                let session = if shown.state == AgendaState::Open { session } else { None };
                let state =
                    if session.is_some() { AgendaState::Discussed } else { AgendaState::Open };
                self.store(who).mark_agenda_item(stamp, item, state, session).expect("marked");
                if (shown.state, standing) != (state, session) {
                    let mut open = self.model.open(origin, Deed::Plain);
                    open.write(Key::Item(item), None, Value::Item(line, session));
                    self.model = open.close();
                }
            }
            Step::Undo => {
                if self.model.to_undo(origin, began).is_none() {
                    // What comes next is adding the person, which the model does not know.
                    return;
                }
                let came = came(self.store(who).undo(stamp).map(|_| Kept::Saved(None)));
                assert_eq!(came, self.model.undo(origin, began).err().unwrap_or(Came::Fine));
            }
            Step::Redo => {
                let came = came(self.store(who).redo(stamp).map(|_| Kept::Saved(None)));
                assert_eq!(came, self.model.redo(origin).err().unwrap_or(Came::Fine));
            }
        }
    }

    fn save(
        &mut self,
        who: usize,
        stamp: Stamp,
        id: Id<Session>,
        layer: Layer,
        base: Option<Rev>,
        body: &str,
    ) {
        let came = came(self.store(who).save_text(stamp, id, layer, base, body));
        let standing = self.model.text(id, layer).map(|(key, row, body)| (key, row.rev, body));
        let conflict = standing.is_some_and(|(_, rev, theirs)| {
            Some(Rev(rev)) != base && theirs != body && !(base.is_none() && theirs.is_empty())
        });
        assert_eq!(came, if conflict { Came::Conflict } else { Came::Fine });
        if conflict {
            return;
        }
        let changes = standing.map_or(!body.is_empty(), |(_, _, before)| before != body);
        let key = standing.map(|(key, ..)| key);
        if changes {
            let text = self.store(who).texts(id).expect("texts").of(layer).expect("it").id;
            assert!(key.is_none_or(|key| key == text), "a text keeps its id");
            let mut open = self.model.open(stamp.origin, Deed::Plain);
            open.write(Key::Text(text), None, Value::Text(id, layer, body.to_owned()));
            self.model = open.close();
        }
        self.model.drafts.remove(&(*stamp.origin.bytes(), id, layer.code()));
    }

    fn store(&mut self, who: usize) -> &mut Store {
        self.writers[who].store.as_mut().expect("a store")
    }

    /// Everything a screen shows, on the screens of both.
    fn compare(&mut self) {
        for writer in &self.writers {
            let store = writer.store.as_ref().expect("a store");
            let page = store
                .sessions(Scope::Everyone, Filter::default(), Anchor::Oldest, 500)
                .expect("a page");
            let shown: BTreeMap<_, _> =
                page.rows.iter().map(|row| (row.session.id, row.session.value.when)).collect();
            let mut expected = BTreeMap::new();
            for id in self.model.sessions(false) {
                let Value::Session(when) = self.model.rows[&Key::Session(id)].value else {
                    panic!()
                };
                expected.insert(id, when);
                let texts = store.texts(id).expect("texts");
                for layer in Layer::ALL {
                    let shown = texts.of(*layer).map(|t| (t.id, t.rev.0, t.value.body.as_str()));
                    let text = self.model.text(id, *layer);
                    assert_eq!(shown, text.map(|(id, row, body)| (id, row.rev, body)));
                    if let Some((id, ..)) = text {
                        let versions = store.versions(id).expect("versions").into_iter();
                        let versions: Vec<_> = versions.map(|v| (v.rev.0, v.body)).collect();
                        assert_eq!(versions, self.model.versions(id));
                    }
                }
            }
            assert_eq!(shown, expected);
            let binned = store.bin(500).expect("the bin");
            let binned: BTreeSet<_> = binned.into_iter().map(|one| one.subject.id).collect();
            let expected = self.model.sessions(true).into_iter().map(|id| id.cast());
            assert_eq!(binned, expected.collect());
            for id in self.model.items() {
                let shown = store.agenda_item(id).expect("an item").value;
                let Value::Item(line, session) = &self.model.rows[&Key::Item(id)].value else {
                    panic!()
                };
                assert_eq!((&shown.text, shown.session), (line, *session));
            }
            let to_undo = store.to_undo().expect("to undo").map(|done| done.change);
            let expected = self.model.to_undo(writer.origin, writer.began);
            // The person was added by somebody else before these two began.
            assert_eq!(to_undo.filter(|change| *change > 2), expected);
            let changes = store.recent_changes(u16::MAX).expect("changes");
            let changes: Vec<_> =
                changes.iter().map(|done| done.change).filter(|change| *change > 2).collect();
            let done = |c: &&Change| c.state == State::Done && c.deed == Deed::Plain;
            let expected: Vec<_> =
                self.model.changes.iter().rev().filter(done).map(|c| c.seq).collect();
            assert_eq!(changes, expected);
            let stamp = Stamp { now: self.now, origin: writer.origin };
            let mut drafts: Vec<_> = store
                .drafts_of_others(stamp)
                .expect("drafts")
                .into_iter()
                .map(|left| (left.draft.record, left.draft.field, left.draft.body))
                .collect();
            let mut expected: Vec<_> = self
                .model
                .drafts
                .iter()
                .filter(|((origin, ..), _)| origin != writer.origin.bytes())
                .map(|((_, id, field), body)| (id.cast(), (*field).to_owned(), body.clone()))
                .collect();
            drafts.sort();
            expected.sort();
            assert_eq!(drafts, expected);
        }
    }

    /// Every word that was ever written is found where it stands, and nowhere else.
    fn compare_search(&mut self) {
        let store = self.writers[0].store.as_ref().expect("a store");
        let mut standing: BTreeMap<String, BTreeSet<Id<()>>> = BTreeMap::new();
        for (key, row) in self.model.rows.iter().filter(|(_, row)| row.deleted.is_none()) {
            let (id, text) = match (key, &row.value) {
                (Key::Text(id), Value::Text(_, _, body)) => (id.cast(), body),
                (Key::Item(id), Value::Item(line, _)) => (id.cast(), line),
                _ => continue,
            };
            for word in text.split_whitespace() {
                standing.entry(word.to_owned()).or_default().insert(id);
            }
        }
        for n in 1..=self.words {
            let word = format!("zq{n:04}q");
            let query = Query { text: word.clone(), ..Query::default() };
            let hits = store.search(&query, None, 50).expect("hits").hits;
            let found: BTreeSet<_> = hits.into_iter().map(|hit| hit.id).collect();
            assert_eq!(found, standing.remove(&word).unwrap_or_default(), "{word}");
        }
        assert_eq!(store.verify(|_| {}).expect("a verdict").problems, Vec::<String>::new());
    }

    /// Somebody who comes later can take back everything, down to the empty journal; unless
    /// something went for good, which no undo brings back.
    fn undo_everything(&mut self) {
        self.take(0, &Step::Restart);
        let stamp = Stamp { now: self.now, origin: self.writers[0].origin };
        while self.store(0).to_undo().expect("to undo").is_some_and(|done| done.change > 2) {
            let came = came(self.store(0).undo(stamp).map(|_| Kept::Saved(None)));
            let origin = stamp.origin;
            let began = self.writers[0].began;
            assert_eq!(came, self.model.undo(origin, began).err().unwrap_or(Came::Fine));
            if came != Came::Fine {
                assert!(self.model.purged, "{came:?}");
                break;
            }
        }
        self.compare();
        self.compare_search();
        if !self.model.purged {
            assert!(self.model.rows.is_empty(), "{:?}", self.model.rows);
        }
    }
}

fn came(result: Result<Kept, Error>) -> Came {
    match result {
        Ok(Kept::Saved(_)) => Came::Fine,
        Ok(Kept::Conflict(_)) => Came::Conflict,
        Err(Error::Gone) => Came::Gone,
        Err(Error::Refused(refused)) => Came::Refused(refused),
        Err(other) => panic!("{other:?}"),
    }
}
