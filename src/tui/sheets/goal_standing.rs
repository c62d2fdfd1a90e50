//! How a goal stands today, or what became of it: a word, and a few words about it.

use super::Sheet;
use crate::domain::{Goal, GoalStatus, GoalWord, Id, Record};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for one word on a goal.
pub struct SayOfGoal {
    form: Form,
    goal: Id<Goal>,
    draft: &'static str,
}

impl SayOfGoal {
    /// Opens it to say how the goal stands; `last` is what was said before.
    pub fn standing(goal: &Record<Goal>, last: Option<GoalWord>) -> Self {
        let words: Vec<_> =
            GoalWord::STANDINGS.iter().map(|word| (word.code(), word.words())).collect();
        let last = last.unwrap_or(GoalWord::OnCourse);
        let entries = vec![
            Entry::choice("word", "It is", &words).value(last.code()),
            Entry::line("note", "Note").placeholder("ran half of it"),
        ];
        let form = Form::new(&format!("How it stands: {}", goal.value.title), entries);
        Self { form, goal: goal.id, draft: "standing" }
    }

    /// Opens it to say what became of the goal.
    pub fn status(goal: &Record<Goal>) -> Self {
        let words: Vec<_> =
            GoalStatus::ALL.iter().map(|status| (status.code(), status.words())).collect();
        let entries = vec![
            Entry::choice("word", "It is", &words).value(goal.value.status.code()),
            Entry::line("note", "Why").about("A word why, if you like; its history keeps it."),
        ];
        let form = Form::new(&format!("What became of it: {}", goal.value.title), entries);
        Self { form, goal: goal.id, draft: "status" }
    }
}

impl Sheet for SayOfGoal {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.goal.cast(), self.draft)
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let word = GoalWord::from_code(&self.form.value("word")).unwrap_or(GoalWord::OnCourse);
        let note = self.form.value("note");
        match word.status() {
            Some(status) => cx.store.mark_goal(cx.stamp, self.goal, status, &note)?,
            None => cx.store.add_standing(cx.stamp, self.goal, word, &note).map(|_| ())?,
        }
        Ok(Outcome::Changed(format!("The goal: {}.", word.words())))
    }
}
