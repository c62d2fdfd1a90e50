//! Another date for a goal or a milestone: one field that echoes what it understood.

use chrono::NaiveDate;

use super::Sheet;
use crate::domain::{
    Goal, Habits, Id, Invalid, Lean, Milestone, Moment, Record, dates, dates::DateError,
};
use crate::store::Result;
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::pane::{Cx, Outcome};

/// What gets the date.
enum Of {
    Goal(Id<Goal>),
    Milestone(Id<Milestone>),
}

/// The form that moves a goal or a milestone.
pub struct MoveGoal {
    form: Form,
    of: Of,
}

impl MoveGoal {
    /// Opens it for a goal.
    pub fn goal(goal: &Record<Goal>, now: Moment) -> Self {
        Self::open(Of::Goal(goal.id), &goal.value.title, goal.value.due, now)
    }

    /// Opens it for a milestone.
    pub fn milestone(one: &Record<Milestone>, now: Moment) -> Self {
        Self::open(Of::Milestone(one.id), &one.value.title, one.value.due, now)
    }

    fn open(of: Of, title: &str, due: Option<NaiveDate>, now: Moment) -> Self {
        let about = match due {
            Some(due) => {
                format!("Now {}; \"none\" takes it away.", dates::in_words(due, now.date_naive()))
            }
            None => "It has no date yet.".to_owned(),
        };
        let entry = Entry::date("by", "By", reads(now))
            .needed()
            .placeholder("18 dec, in 2 weeks, 2026-12-18")
            .about(&about);
        Self { form: Form::new(title, vec![entry]), of }
    }
}

fn parse(
    typed: &str,
    today: NaiveDate,
    habits: Habits,
) -> std::result::Result<Option<NaiveDate>, DateError> {
    if typed.trim().eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    dates::parse_date(typed.trim(), today, Lean::Future, habits).map(Some)
}

fn reads(now: Moment) -> ReadDate {
    Box::new(move |typed, habits| {
        let today = now.date_naive();
        parse(typed, today, habits)
            .map(|due| due.map_or("no date".to_owned(), |due| dates::in_words(due, today)))
            .map_err(|error| error.to_string())
    })
}

impl Sheet for MoveGoal {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match self.of {
            Of::Goal(id) => (id.cast(), "date"),
            Of::Milestone(id) => (id.cast(), "date"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let due = parse(&self.form.value("by"), today, cx.habits())
            .map_err(|error| Invalid { field: "by", message: error.to_string() })?;
        match self.of {
            Of::Goal(id) => cx.store.move_goal(cx.stamp, id, due)?,
            Of::Milestone(id) => cx.store.move_milestone(cx.stamp, id, due)?,
        }
        Ok(Outcome::Changed(match due {
            Some(due) => format!("Moved to {}.", dates::in_words(due, today)),
            None => "It has no date any more.".to_owned(),
        }))
    }
}
