//! A goal: a title is enough to begin one, and everything else can be said later.

use super::{Sheet, optional, read_day, read_line_by};
use crate::domain::{Goal, GoalOwner, Horizon, Id, Lean, Moment, Record, Relationship, dates};
use crate::store::{Result, Scope};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome, Target};

/// The form for a new goal.
pub struct NewGoal {
    form: Form,
    with: Option<Id<Relationship>>,
}

impl NewGoal {
    /// Opens it for a goal shared with somebody of this name, or with nobody.
    pub fn new(with: Option<(&Record<Relationship>, &str)>, now: Moment) -> Self {
        let roles: Vec<_> = with.iter().map(|(with, _)| with.value.role).collect();
        let owner = GoalOwner::likely(&roles);
        let title = match with {
            Some((_, name)) => format!("A goal shared with {name}"),
            None => "A goal".to_owned(),
        };
        let entries = vec![
            Entry::line("title", "Goal")
                .read(read_line_by(now))
                .needed()
                .placeholder("chapter 2 by 18 dec"),
            owners(owner),
            Entry::prose("why", "Why", 2)
                .about("What it is for. Can be said later, with the rest."),
        ];
        Self { form: Form::new(&title, entries), with: with.map(|(with, _)| with.id) }
    }
}

fn owners(owner: GoalOwner) -> Entry {
    let all: Vec<_> = GoalOwner::ALL.iter().map(|one| (one.code(), one.words())).collect();
    Entry::choice("owner", "Whose", &all).value(owner.code())
}

impl Sheet for NewGoal {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.map_or_else(|| Id::from_bytes([0; 16]), |with| with.cast()), "goal")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let (title, due) = dates::line_by(&self.form.value("title"), today, cx.habits());
        let owner = GoalOwner::from_code(&self.form.value("owner")).unwrap_or(GoalOwner::Me);
        let goal = Goal { due, why: self.form.value("why"), ..Goal::new(&title, owner, today) };
        goal.check()?;
        let with: Vec<_> = self.with.into_iter().collect();
        let id = cx.store.add_goal(cx.stamp, &goal, &with)?;
        let scope = self.with.map_or(Scope::Everyone, Scope::One);
        let day = due.map(|due| format!(", by {}", dates::in_words(due, today)));
        let said = format!("Added{}: {title}.", day.unwrap_or_default());
        Ok(Outcome::Go(Target { say: Some(said), ..Target::goal(scope, id) }))
    }
}

/// The form for everything that is said of a goal.
pub struct EditGoal {
    form: Form,
    standing: Record<Goal>,
}

impl EditGoal {
    /// Opens it with what stands in the journal.
    pub fn new(standing: Record<Goal>, now: Moment) -> Self {
        let goal = &standing.value;
        let mut horizons = vec![("", "not set")];
        horizons.extend(Horizon::ALL.iter().map(|one| (one.code(), one.words())));
        let due = goal.due.map(|due| due.to_string()).unwrap_or_default();
        let entries = vec![
            Entry::line("title", "Goal").needed().value(&goal.title),
            owners(goal.owner),
            Entry::date("due", "By", read_day(now, Lean::Future))
                .value(&due)
                .placeholder("18 dec, in 3 months"),
            Entry::prose("why", "Why", 2).value(&goal.why).about("What it is for."),
            Entry::prose("test", "Reached when", 2)
                .value(&goal.test)
                .about("How one will know that it is reached."),
            Entry::choice("horizon", "Horizon", &horizons)
                .value(goal.horizon.map_or("", Horizon::code)),
        ];
        Self { form: Form::new("The goal", entries), standing }
    }
}

impl Sheet for EditGoal {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.standing.id.cast(), "goal")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let before = &self.standing.value;
        let goal = Goal {
            title: crate::domain::text::line(&self.form.value("title")),
            owner: GoalOwner::from_code(&self.form.value("owner")).unwrap_or(before.owner),
            due: optional(&self.form, "due", |typed| {
                dates::parse_date(typed, today, Lean::Future, cx.habits())
            })?,
            why: self.form.value("why"),
            test: self.form.value("test"),
            horizon: Horizon::from_code(&self.form.value("horizon")),
            ..before.clone()
        };
        cx.store.update_goal(cx.stamp, &Record { value: goal, ..self.standing.clone() })?;
        Ok(Outcome::Changed("Kept the goal.".to_owned()))
    }
}
