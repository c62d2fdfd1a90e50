//! A progress check as a talk to go along: each goal, what helped and hindered, how the two are as
//! a pair, and what the agreement should change. Every question may stay empty.

use super::Sheet;
use crate::domain::{
    CheckState, Goal, GoalWord, Id, Invalid, ProgressCheck, Record, Relationship, Session, dates,
};
use crate::store::{GoalFilter, GoalsOf, HeldCheck, Result, Said, Scope};
use crate::tui::form::{Entry, Form};
use crate::tui::keymap::Place;
use crate::tui::pane::{Cx, Outcome, Target, Then};

/// The most goals that are gone through in one talk.
const GOALS: usize = 30;

/// The questions, in the order of the talk: the field, what is asked, and an example.
const ASKED: [(&str, &str, &str); 5] = [
    ("helped", "What helped", "e.g. short steps, the reading list"),
    ("hindered", "What hindered", "e.g. we skipped two meetings"),
    ("mine", "Us, in my words", "e.g. we say what we think sooner than in spring"),
    ("theirs", "Us, in their words", "as they said it; it stays with you"),
    ("change", "Change to agree on", "meet every three weeks"),
];

/// The form for a progress check.
pub struct CheckProgress {
    form: Form,
    with: Id<Relationship>,
    /// What stands in the journal; none for a check that is only now held.
    standing: Option<HeldCheck>,
    /// The session of another day in which it may have been held.
    earlier: Option<Id<Session>>,
    /// The goals of the form, in its order.
    goals: Vec<Id<Goal>>,
}

impl CheckProgress {
    /// Opens it for a check that is held now. `at` is the session that is looked at: where it is
    /// over and none was held in it, the check may be put down there.
    pub fn begin(
        with: Id<Relationship>,
        at: Option<&Record<Session>>,
        cx: &Cx<'_>,
    ) -> Result<Self> {
        let name = cx.store.named(with)?.name;
        let today = cx.today();
        let earlier = match at {
            Some(session)
                if session.value.when.date < today
                    && cx.store.check_of_session(session.id)?.is_none() =>
            {
                Some(session)
            }
            _ => None,
        };
        let mut entries = Vec::new();
        if let Some(session) = earlier {
            let then = format!("in the session of {}", dates::day(session.value.when.date, today));
            entries.push(Entry::choice("at", "It is held", &[("", "today"), ("then", &then)]));
        }
        Self::new(with, &name, entries, None, earlier.map(|session| session.id), cx)
    }

    /// Opens it with what was said.
    pub fn edit(standing: HeldCheck, cx: &Cx<'_>) -> Result<Self> {
        let with = standing.check.value.relationship;
        let name = cx.store.named(with)?.name;
        Self::new(with, &name, Vec::new(), Some(standing), None, cx)
    }

    fn new(
        with: Id<Relationship>,
        name: &str,
        mut entries: Vec<Entry>,
        standing: Option<HeldCheck>,
        earlier: Option<Id<Session>>,
        cx: &Cx<'_>,
    ) -> Result<Self> {
        let words: Vec<_> = [("", "not looked at")]
            .into_iter()
            .chain(GoalWord::STANDINGS.iter().map(|word| (word.code(), word.words())))
            .collect();
        let said_then = standing.as_ref().map_or(&[][..], |held| &held.goals);
        let mut goals: Vec<(Id<Goal>, String)> = cx
            .store
            .goals(GoalsOf::One(with), GoalFilter::Open)?
            .into_iter()
            .map(|row| (row.goal.id, row.goal.value.title))
            .take(GOALS)
            .collect();
        for then in said_then {
            if goals.iter().all(|(id, _)| *id != then.goal) {
                goals.push((then.goal, then.title.clone()));
            }
        }
        for (id, title) in &goals {
            let then = said_then.iter().find(|then| then.goal == *id);
            let word = then.map_or("", |then| then.word.code());
            let note = then.map_or("", |then| then.note.as_str());
            // Named by the goal, so that a draft finds it again wherever it then stands.
            entries.push(Entry::choice(word_of(*id), title, &words).value(word));
            entries.push(Entry::line(note_of(*id), "  a word on it").value(note));
        }
        let said = standing.as_ref().map(|held| &held.check.value);
        entries.extend(ASKED.map(|(field, asked, example)| {
            let words = said.map_or("", |check| answer(check, field));
            Entry::prose(field, asked, 2).value(words).placeholder(example)
        }));
        let title = format!("Progress check with {name}");
        let goals = goals.into_iter().map(|(id, _)| id).collect();
        Ok(Self { form: Form::new(&title, entries), with, standing, earlier, goals })
    }

    fn said_of_goals(&self) -> Vec<Said> {
        self.goals
            .iter()
            .map(|id| {
                let word = GoalWord::from_code(&self.form.value(&word_of(*id)));
                let note = self.form.value(&note_of(*id));
                // Who writes a word on a goal has looked at it.
                let looked = (!note.trim().is_empty()).then_some(GoalWord::OnCourse);
                (*id, word.or(looked), note)
            })
            .collect()
    }
}

impl Sheet for CheckProgress {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        let id = self.standing.as_ref().map(|held| held.check.id.cast());
        (id.unwrap_or_else(|| self.with.cast()), "progress")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let said = self.said_of_goals();
        let form = &self.form;
        let value = |field: &str| form.value(field);
        let base = self.standing.as_ref().map(|held| held.check.value.clone());
        let base =
            base.unwrap_or_else(|| ProgressCheck::new(self.with, cx.today(), CheckState::Held));
        let check = ProgressCheck {
            helped: value("helped"),
            hindered: value("hindered"),
            mine: value("mine"),
            theirs: value("theirs"),
            change: value("change"),
            ..base
        };
        if check.said().next().is_none() && said.iter().all(|(_, word, _)| word.is_none()) {
            let message = "Nothing was said yet. One answer is enough.".to_owned();
            return Err(Invalid { field: "helped", message }.into());
        }
        let asks_for_more = !check.change.trim().is_empty();
        let session = if let Some(held) = &self.standing {
            cx.store.update_check(
                cx.stamp,
                &Record { value: check, ..held.check.clone() },
                &said,
            )?;
            return Ok(Outcome::Changed("Kept the progress check.".to_owned()));
        } else {
            let session = self.earlier.filter(|_| form.value("at") == "then");
            cx.store.hold_check(cx.stamp, &ProgressCheck { session, ..check }, &said)?
        };
        let (target, told) = if asks_for_more {
            let target = Target::pane(Scope::One(self.with), Place::Agreement);
            let next = "`e` begins the next version, with what is to change.";
            (target, format!("Kept under Sessions. {next}"))
        } else {
            let day = dates::day(cx.store.session(session)?.value.when.date, cx.today());
            let there = format!("It stands under Sessions, in that of {day}.");
            let target = Target::session(self.with, session, Then::Check);
            (target, format!("Kept the progress check. {there}"))
        };
        Ok(Outcome::Go(Target { say: Some(told), ..target }))
    }
}

/// The form for letting a check be.
pub struct SkipCheck {
    form: Form,
    with: Id<Relationship>,
    planned: chrono::NaiveDate,
}

impl SkipCheck {
    /// Opens it for the day that asks; nothing where none does.
    pub fn new(with: Id<Relationship>, cx: &Cx<'_>) -> Result<Option<Self>> {
        let Some(planned) = cx.store.check_day_answered(with, cx.today())? else {
            return Ok(None);
        };
        let name = cx.store.named(with)?.name;
        let day = dates::day(planned, cx.today());
        let entries = vec![
            Entry::line("note", "Why")
                .needed()
                .placeholder("exams; we look back in January")
                .about("A word is enough. The day asks no more."),
        ];
        let form = Form::new(&format!("Skip the check of {day} with {name}"), entries);
        Ok(Some(Self { form, with, planned }))
    }
}

impl Sheet for SkipCheck {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "skipped check")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        cx.store.skip_check(cx.stamp, self.with, self.planned, &self.form.value("note"))?;
        let day = dates::day(self.planned, cx.today());
        Ok(Outcome::Changed(format!("The progress check of {day} is skipped.")))
    }
}

fn word_of(goal: Id<Goal>) -> String {
    format!("goal {goal}")
}

fn note_of(goal: Id<Goal>) -> String {
    format!("note {goal}")
}

fn answer<'a>(check: &'a ProgressCheck, field: &str) -> &'a str {
    match field {
        "helped" => &check.helped,
        "hindered" => &check.hindered,
        "mine" => &check.mine,
        "theirs" => &check.theirs,
        _ => &check.change,
    }
}
