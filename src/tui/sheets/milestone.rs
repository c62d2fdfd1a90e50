//! One milestone of a goal: one line, which may end with its day.

use super::{Sheet, read_line_by};
use crate::domain::{Goal, Id, Invalid, Milestone, Moment, Record, dates};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for a milestone.
pub struct EditMilestone {
    form: Form,
    goal: Id<Goal>,
    standing: Option<Record<Milestone>>,
}

impl EditMilestone {
    /// Opens it for a new milestone of a goal.
    pub fn new(goal: &Record<Goal>, now: Moment) -> Self {
        let title = format!("A milestone of: {}", goal.value.title);
        let entry = Entry::line("line", "Milestone")
            .read(read_line_by(now))
            .needed()
            .placeholder("outline by 3 dec");
        Self { form: Form::new(&title, vec![entry]), goal: goal.id, standing: None }
    }

    /// Opens it for one that is there.
    pub fn edit(standing: Record<Milestone>, now: Moment) -> Self {
        let one = &standing.value;
        let day = one.due.map(|due| format!(" by {due}")).unwrap_or_default();
        let entry = Entry::line("line", "Milestone")
            .read(read_line_by(now))
            .needed()
            .value(&format!("{}{day}", one.title));
        let form = Form::new("The milestone", vec![entry]);
        Self { form, goal: one.goal, standing: Some(standing) }
    }
}

impl Sheet for EditMilestone {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            None => (self.goal.cast(), "milestone"),
            Some(standing) => (standing.id.cast(), "milestone"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let (title, due) = dates::line_by(&self.form.value("line"), today, cx.habits());
        if title.is_empty() {
            let message = "Write the milestone in a few words.".to_owned();
            return Err(Invalid { field: "line", message }.into());
        }
        match &self.standing {
            None => cx.store.add_milestone(cx.stamp, self.goal, &title, due).map(|_| ())?,
            Some(standing) => {
                let value = Milestone { title: title.clone(), due, ..standing.value.clone() };
                let record = Record { value, ..standing.clone() };
                cx.store.update_milestone(cx.stamp, &record)?;
            }
        }
        let day = due.map(|due| format!(" by {}", dates::in_words(due, today)));
        Ok(Outcome::Changed(format!("Milestone{}: {title}.", day.unwrap_or_default())))
    }
}
