//! No screen may read a whole table: every statement the store carries out is explained, and one
//! that goes through a table which grows with the years is refused.
//!
//! The statements are not listed here but overheard while every public call runs over a small
//! journal, so a new query is held to this without anybody having to think of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use confidant::domain::{
    AgendaState, Agreement, CheckState, Commitment, CommitmentMove, CommitmentState, Contact,
    DayOrder, Goal, GoalOwner, GoalStatus, GoalWord, Id, Layer, Origin, Owner, Party, Person,
    ProgressCheck, Promise, Relationship, Remembering, Role, Session, SessionState, Stamp, When,
    Writing,
};
use confidant::store::{
    Along, Anchor, Draft, Filter, Found, GoalFilter, GoalsOf, Kept, Kind, Near, Place, Query,
    RollNear, Scope, Store, Wanted,
};
use rusqlite::Connection;

use crate::journal::Journal;

/// The tables that grow with every session and every change. `search` is the index itself: only
/// its own kind of look-up (`VIRTUAL TABLE INDEX`) is no scan of it.
const GROWING: &[&str] = &[
    "session",
    "writing",
    "agenda_item",
    "commitment",
    "commitment_move",
    "goal",
    "goal_with",
    "milestone",
    "standing",
    "mention",
    "progress_check",
    "outlook",
    "image",
    "change",
    "indexed",
];

/// What may walk through a whole table, and why.
const LISTED: &[(&str, &str)] = &[
    ("SELECT id FROM session WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT id FROM writing WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT id FROM agenda_item WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT id FROM commitment WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT id FROM goal WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT id FROM progress_check WHERE deleted IS NULL", "verify looks at everything"),
    ("SELECT kind, row FROM indexed", "verify looks at everything"),
    ("search_docsize", "verify looks at everything"),
    ("pragma_foreign_key_check", "verify looks at everything"),
    ("SELECT * FROM session ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM writing ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM agenda_item ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM commitment ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM commitment_move ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM goal ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM goal_with ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM milestone ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM standing ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM mention ORDER BY id", "an archive holds everything"),
    ("SELECT * FROM progress_check ORDER BY id", "an archive holds everything"),
];

thread_local! {
    static HEARD: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

fn hear(statement: &str) {
    // What begins with two dashes is an inner step of a statement that is heard itself.
    if !statement.starts_with("--") {
        HEARD.with_borrow_mut(|heard| heard.insert(statement.to_owned()));
    }
}

#[test]
fn no_statement_goes_through_a_whole_table() {
    let mut journal = Journal::new();
    journal.store.on_statement(Some(hear)).expect("heard");
    call_everything(&mut journal);
    journal.store.on_statement(None).expect("no longer heard");
    let heard = HEARD.take();
    assert!(heard.len() > 80, "only {} statements were heard", heard.len());
    let plans: Vec<(String, Vec<String>)> = heard
        .into_iter()
        .filter(|statement| {
            ["SELECT", "INSERT", "UPDATE", "DELETE"]
                .iter()
                .any(|verb| statement.trim_start().starts_with(verb))
        })
        .map(|statement| {
            let plan = journal.store.plan(&statement).expect("a plan");
            (statement, plan)
        })
        .collect();
    let refused: Vec<_> =
        plans.iter().filter_map(|(statement, plan)| refuse(statement, plan)).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
    for (listed, reason) in LISTED {
        assert!(
            plans.iter().any(|(statement, _)| statement.contains(listed)),
            "{listed:?} is listed ({reason}) and never carried out"
        );
    }

    // The test is worth what it refuses: without its index each of these has to be refused.
    let copy = journal.folder.path().join("copy.db");
    journal.store.backup(journal.stamp, Some(&copy), |_, _| {}).expect("a copy");
    let db = Connection::open(&copy).expect("opens");
    for index in [
        "session_by_day",
        "session_of_relationship",
        "session_by_state",
        "session_by_outcome",
        "session_short",
        "session_bin",
        "agenda_open",
        "agenda_of_session",
        "agenda_short",
        "agenda_bin",
        "commitment_open",
        "commitment_open_with",
        "commitment_closed",
        "commitment_closed_with",
        "commitment_of_session",
        "commitment_short",
        "commitment_bin",
        "commitment_move_of",
        "goal_by_status",
        "goal_due",
        "goal_short",
        "goal_bin",
        "goal_with_goal",
        "goal_with_relationship",
        "milestone_of_goal",
        "milestone_due",
        "milestone_short",
        "milestone_bin",
        "standing_of_goal",
        "standing_bin",
        "standing_of_session",
        "mention_of_goal",
        "mention_of_session",
        "mention_of_commitment",
        "progress_check_of",
        "progress_check_of_session",
        "progress_check_short",
        "progress_check_bin",
        "change_reversed",
        "change_of_origin",
        "image_of_row",
        "progress_check_answered",
        "outlook_unknown",
        "outlook_agreed",
        "outlook_unmet",
        "outlook_in_order",
        "outlook_again",
        "goal_in_order",
    ] {
        db.execute_batch(&format!("SAVEPOINT without; DROP INDEX {index}")).expect("dropped");
        let worse =
            plans.iter().any(|(statement, _)| refuse(statement, &plan(&db, statement)).is_some());
        assert!(worse, "nobody notices that the index {index} is gone");
        db.execute_batch("ROLLBACK TO without; RELEASE without").expect("back");
    }
}

fn plan(db: &Connection, statement: &str) -> Vec<String> {
    let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).expect("a statement");
    let empty = vec![rusqlite::types::Null; explain.parameter_count()];
    let steps = explain.query_map(rusqlite::params_from_iter(empty), |row| row.get("detail"));
    steps.expect("steps").collect::<Result<_, _>>().expect("a plan")
}

/// Why a statement is not carried out as it should be.
fn refuse(statement: &str, plan: &[String]) -> Option<String> {
    if LISTED.iter().any(|(listed, _)| statement.contains(listed)) {
        return None;
    }
    let names = names_of(statement);
    let growing = |step: &str| {
        let name = step.split_whitespace().nth(1).unwrap_or_default();
        GROWING.iter().any(|table| *table == name || names.contains(&(*table, name)))
    };
    let reads_growing = plan
        .iter()
        .any(|step| (step.starts_with("SEARCH") || step.starts_with("SCAN")) && growing(step));
    let bad = plan.iter().find(|step| {
        let scan = step.starts_with("SCAN") && growing(step);
        let sort = step.starts_with("USE TEMP B-TREE") && reads_growing;
        // After the colon stands what an index of words is asked by: a word, a row number.
        let index = step.contains("search VIRTUAL TABLE INDEX") && step.ends_with(':');
        scan || sort || index
    });
    // A list that is narrowed has to begin where the narrow list begins: read from the long one,
    // it costs all that is left out.
    let narrowed = [
        ("state = :state", "state=?"),
        ("relationship = :relationship", "relationship=?"),
        ("origin = ?1", "origin=?"),
        ("max(answered)", "progress_check_answered"),
    ];
    let unused = narrowed.iter().find(|(asked, used)| {
        statement.contains(asked) && !plan.iter().any(|step| step.contains(used))
    });
    let bad = bad.map(String::as_str).or(unused.map(|(asked, _)| *asked))?;
    Some(format!("{bad}\n  in {statement}\n  {}", plan.join("\n  ")))
}

/// The short names a statement gives to growing tables: `session s` is `("session", "s")`.
fn names_of(statement: &str) -> Vec<(&'static str, &str)> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let pairs = words.windows(2).filter_map(|pair| {
        let table = GROWING.iter().find(|table| **table == pair[0])?;
        Some((*table, pair[1]))
    });
    pairs.collect()
}

/// Every public call of the store that reads or writes, with everything there to find.
#[expect(clippy::too_many_lines, reason = "a list of calls is easier to complete in one piece")]
fn call_everything(journal: &mut Journal) {
    let with = journal.mentee("Amina K.");
    let (s, stamp) = (&mut journal.store, journal.stamp);
    let today = stamp.now.date_naive();
    let when = |code: &str| When::from_code(code).expect("a when");
    let mut owner = s.owner().expect("owner");
    owner.value.name = "Asha N.".into();
    s.update_owner(stamp, &owner).expect("updated");

    for scope in [Scope::Everyone, Scope::One(with)] {
        s.today(scope, stamp.now).expect("today");
    }
    let planned = Session::new(with, when("2026-11-22T15:00"), SessionState::Planned);
    let id = s
        .add_session(
            stamp,
            &planned,
            &[(Layer::Notes, "A small no.\n\nHard to say.")],
            &[(Party::Me, "Small")],
        )
        .expect("added");
    let held = Session::new(with, when("2026-11-12"), SessionState::Held);
    let other = s.add_session(stamp, &held, &[], &[]).expect("added");
    assert_eq!(s.begin_session(stamp, with).expect("begun"), id);
    let begun = s.begin_session(stamp, with).expect("begun");
    for scope in [Scope::Everyone, Scope::One(with)] {
        for state in [None, Some(SessionState::Held)] {
            for place in [Anchor::Newest, Anchor::Oldest, Anchor::Around(planned.when, id)] {
                s.sessions(scope, Filter { state }, place, 10).expect("a page");
            }
        }
    }
    let mut session = s.session(id).expect("a session");
    session.value.place = "Library".into();
    s.update_session(stamp, &session).expect("updated");
    s.mark_session(stamp, begun, SessionState::Cancelled).expect("marked");
    s.move_session(stamp, id, when("2026-11-23")).expect("moved");
    s.next_session(with, today).expect("next");
    s.unanswered_sessions(with, today).expect("unanswered");
    s.last_session(with, None).expect("last");
    s.sessions_on(with, today).expect("sessions");
    s.by_short_id(&id.short()).expect("found");

    let notes = s.texts(id).expect("texts").notes.expect("notes");
    s.append_text(stamp, id, Layer::Notes, "And a small yes.").expect("appended");
    let base = s.texts(id).expect("texts").notes.map(|notes| notes.rev);
    let kept = s.save_text(stamp, id, Layer::Notes, base, "A small no.\n\nShe cried.");
    let Kept::Saved(Some(rev)) = kept.expect("saved") else { panic!("a conflict") };
    s.move_to_private(stamp, id, rev, "She cried.").expect("moved");
    s.versions(notes.id).expect("versions");
    s.to_undo().expect("to undo");
    s.recent_changes(10).expect("changes");
    s.undo(stamp).expect("undone");
    s.redo(stamp).expect("redone");

    let draft = Draft {
        place: Place::Session,
        record: id.cast(),
        field: "notes".into(),
        base: None,
        body: "A sm".into(),
    };
    s.keep_draft(stamp, &draft, "me").expect("kept");
    let later = Stamp { now: stamp.now, origin: Origin::new(stamp.now) };
    let left = s.drafts_of_others(later).expect("drafts");
    s.drop_left_behind(&left[0]).expect("dropped");
    s.drop_draft(stamp, id.cast(), "notes").expect("dropped");
    s.set_setting("lock", "5").expect("set");
    s.setting("lock").expect("setting");

    let item = s.open_agenda(with).expect("agenda")[0].clone();
    s.update_agenda_item(stamp, &item).expect("updated");
    s.mark_agenda_item(stamp, item.id, AgendaState::Discussed, Some(other)).expect("marked");
    s.agenda_of(other).expect("agenda");
    s.agenda_item(item.id).expect("an item");
    let second = s.add_to_agenda(stamp, with, Party::Them, "Feedback").expect("added");
    s.order_agenda(stamp, second, second).expect("in order");
    s.delete_agenda_item(stamp, second).expect("deleted");

    commitments(s, stamp, with, other);
    progress(s, stamp, with, other);

    let named = s.people().expect("people").remove(0);
    s.named(with).expect("named");
    s.find_person("am").expect("found");
    s.person_named("amina k.").expect("found");
    s.relationships_with(named.person).expect("relationships");
    s.first_relationship_with(named.person).expect("a relationship");
    let roll = s.roll(true, &RollNear::First, 9, today).expect("a roll");
    s.roll(true, &RollNear::Last, 9, today).expect("a roll");
    s.roll(true, &RollNear::Around(roll.rows[0].rank.clone()), 9, today).expect("a roll");
    s.head_count().expect("counted");
    s.mark().expect("a mark");
    let details = s.details(with).expect("details");
    s.update_details(stamp, &details.person, &details.relationship).expect("updated");
    s.archive(stamp, with, true).expect("archived");
    s.add_relationship(stamp, &Relationship::new(named.person, Role::Peer)).expect("added");
    let contact = Contact {
        person: named.person,
        party: Party::Them,
        label: "mail".into(),
        value: "small@example.org".into(),
        preferred: true,
        hours: String::new(),
    };
    let contact = s.add_contact(stamp, &contact).expect("added");
    let line = Remembering::new(named.person, "Small brother".into(), None);
    let line = s.remember(stamp, &line).expect("added");
    let details = s.details(with).expect("details");
    s.update_contact(stamp, &details.contacts[0]).expect("updated");
    s.update_remembering(stamp, &details.remembering[0]).expect("updated");

    for text in ["s", "smal", "small no", "\"a small\"", "昇進"] {
        for person in [None, Some(named.person)] {
            for only in [None, Some(Found::People), Some(Found::Notes)] {
                let query = Query { text: text.into(), person, only };
                let hits = s.search(&query, None, 1).expect("hits");
                let after = hits.hits.last().map_or(0, |hit| hit.place);
                s.search(&query, Some(after), 1).expect("hits");
            }
        }
    }

    goals(s, stamp, with);

    s.delete_contact(stamp, contact).expect("deleted");
    s.forget(stamp, line).expect("forgotten");
    s.delete_session(stamp, id).expect("deleted");
    s.bin(10).expect("the bin");
    s.restore(stamp, Kind::Session, id.cast()).expect("restored");
    s.delete_session(stamp, id).expect("deleted");
    archives(s);
    s.begin_with(stamp, |_| Ok::<_, confidant::store::Error>(())).expect("imported");
    s.empty_bin(i64::MAX).expect("emptied");
    assert!(s.verify(|_| {}).expect("a verdict").problems.is_empty());
    s.look().expect("a look");
}

fn commitments(s: &mut Store, stamp: Stamp, with: Id<Relationship>, session: Id<Session>) {
    let today = stamp.now.date_naive();
    let promise = Promise::read("a small list by fri", "", today, DayOrder::default());
    let promise = promise.expect("a promise");
    let held = s.session(session).expect("a session").value;
    let along = Along { promises: std::slice::from_ref(&promise), ..Along::default() };
    s.log_session(stamp, &held, &along).expect("logged");
    s.plan_session(stamp, &held, &along).expect("planned");
    s.add_to_session(stamp, session, &[(Layer::Notes, "More")], std::slice::from_ref(&promise))
        .expect("added");
    let id = s.add_commitment(stamp, &Commitment::new(with, &promise, today)).expect("added");
    s.move_commitment(stamp, id, today, true, true).expect("moved");
    s.tell_commitment(stamp, id, false).expect("told");
    s.keep_commitment(stamp, id, today).expect("kept");
    let standing = s.commitment(id).expect("there");
    s.update_commitment(stamp, &standing).expect("updated");
    s.moves_of(id).expect("moves");
    s.commitments_of(session).expect("commitments");
    s.open_commitments(with).expect("commitments");
    for scope in [Scope::Everyone, Scope::One(with)] {
        s.kept_record(scope, today).expect("a record");
        for owner in [None, Some(Party::Me)] {
            for closed_since in [None, Some(today)] {
                let wanted = Wanted { owner, closed_since };
                for near in [Near::First, Near::Last, Near::Around(standing.clone())] {
                    s.commitments(scope, wanted, &near, 10).expect("a page");
                }
            }
        }
    }
    let open = s.close_commitment(stamp, id, CommitmentState::Open, today).expect("open");
    assert!(open.is_open());
    s.delete_commitment(stamp, id).expect("deleted");
}

fn progress(s: &mut Store, stamp: Stamp, with: Id<Relationship>, session: Id<Session>) {
    let today = stamp.now.date_naive();
    let goal = s.add_goal(stamp, &Goal::new("Steps", GoalOwner::Me, today), &[with]).expect("goal");
    let agreement = Agreement { checks: vec![today], ..Agreement::first(with) };
    s.write_agreement(stamp, None, &agreement, &[]).expect("written");
    s.check_day_answered(with, today).expect("a day");
    let check = ProgressCheck {
        session: Some(session),
        helped: "Small steps".into(),
        ..ProgressCheck::new(with, today, CheckState::Held)
    };
    let said = (goal, Some(GoalWord::Ahead), "half".to_owned());
    s.hold_check(stamp, &check, std::slice::from_ref(&said)).expect("held");
    let held = s.check_of_session(session).expect("read").expect("a check");
    s.update_check(stamp, &held.check, &[(goal, None, String::new())]).expect("updated");
    s.progress_check(held.check.id).expect("a check");
    s.progress_checks(with, 10).expect("checks");
    s.by_short_id(&held.check.id.short()).expect("found");
    s.skip_check(stamp, with, today, "away").expect("skipped");
    let at = s.session(session).expect("a session");
    assert!(s.mention(stamp, goal, &at, Some((Layer::Notes, "half done"))).expect("linked"));
    s.goals_of_session(session).expect("goals");
    let promise = Promise::read("x by fri", "", today, DayOrder::default()).expect("a promise");
    let one = s.add_commitment(stamp, &Commitment::new(with, &promise, today)).expect("added");
    let one = s.commitment(one).expect("there");
    s.serve_goal(stamp, &one, Some(goal)).expect("linked");
    assert!(s.goal_of_commitment(one.id).expect("read").is_some());
    let said = s.mentions_of(goal, 100).expect("said");
    s.unlink(stamp, said[0].mention.id).expect("unlinked");
}

fn goals(s: &mut Store, stamp: Stamp, with: Id<Relationship>) {
    let today = stamp.now.date_naive();
    let id = s.add_goal(stamp, &Goal::new("Small talk", GoalOwner::Me, today), &[]).expect("added");
    let one = s.add_milestone(stamp, id, "Outline", Some(today)).expect("added");
    s.tick_milestone(stamp, one, true).expect("ticked");
    s.move_milestone(stamp, one, None).expect("moved");
    let standing = s.add_standing(stamp, id, GoalWord::Stuck, "Small").expect("said");
    s.share_goal(stamp, id, with, true).expect("shared");
    let mut details = s.goal_details(id).expect("a goal");
    details.goal.value.why = "A small why".into();
    s.update_goal(stamp, &details.goal).expect("updated");
    s.update_milestone(stamp, &details.milestones[0]).expect("updated");
    s.move_goal(stamp, id, Some(today)).expect("moved");
    s.goal_moves(&details.goal, stamp.now).expect("moves");
    s.mark_goal(stamp, id, GoalStatus::Paused, "Small").expect("marked");
    for of in [GoalsOf::Everyone, GoalsOf::One(with), GoalsOf::Nobody] {
        for filter in [GoalFilter::All, GoalFilter::Open, GoalFilter::Mine, GoalFilter::Theirs] {
            s.goals(of, filter).expect("goals");
        }
    }
    s.by_short_id(&one.short()).expect("found");
    let query = Query { text: "small".into(), person: None, only: Some(Found::Goals) };
    assert_eq!(s.search(&query, None, 10).expect("hits").hits.len(), 1);
    s.recent_changes(30).expect("changes");
    s.delete_standing(stamp, standing).expect("deleted");
    s.delete_milestone(stamp, one).expect("deleted");
    s.share_goal(stamp, id, with, false).expect("no longer shared");
    s.delete_goal(stamp, id).expect("deleted");
    s.bin(10).expect("the bin");
    s.restore(stamp, Kind::Milestone, one.cast()).expect("restored");
    s.delete_goal(stamp, id).expect("deleted");
}

fn archives(store: &Store) {
    use confidant::domain::{AgendaItem, GoalWith, Mention, Milestone, Standing};
    use confidant::store::Error;
    let mut records = 0_u32;
    store
        .archive_of::<Owner, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("owners");
    store
        .archive_of::<Mention, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("links");
    store
        .archive_of::<ProgressCheck, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("checks");
    store
        .archive_of::<Person, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("people");
    store
        .archive_of::<Contact, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("contacts");
    store
        .archive_of::<Remembering, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("lines");
    store
        .archive_of::<Relationship, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("relationships");
    store
        .archive_of::<Session, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("sessions");
    store
        .archive_of::<Writing, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("texts");
    store
        .archive_of::<AgendaItem, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("agenda");
    store
        .archive_of::<Commitment, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("commitments");
    store
        .archive_of::<CommitmentMove, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("moves");
    store
        .archive_of::<Goal, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("goals");
    store
        .archive_of::<GoalWith, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("goals");
    store
        .archive_of::<Milestone, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("goals");
    store
        .archive_of::<Standing, Error>(|_| {
            records += 1;
            Ok(())
        })
        .expect("goals");
    assert!(records > 8, "{records}");
}
