//! One line worth remembering about a person. For me alone.

use super::{Sheet, optional, read_day};
use crate::domain::{Id, Layer, Lean, Moment, Person, Record, Remembering, Session, dates, text};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// When what was written is asked about again, unless another day is given.
const AGAIN: &str = "in 4 weeks";

/// The form for a line worth remembering.
pub struct EditRemembering {
    form: Form,
    person: Id<Person>,
    standing: Option<Record<Remembering>>,
    /// Where it was said, where it is a line of a session.
    said: Option<(Id<Session>, Option<Layer>)>,
    /// The line it was opened with.
    line: String,
}

impl EditRemembering {
    /// Opens it for a new line, or for one that is there.
    pub fn new(
        person: Id<Person>,
        name: &str,
        standing: Option<Record<Remembering>>,
        now: Moment,
    ) -> Self {
        let (line, day) = standing.as_ref().map_or_else(Default::default, |standing| {
            let day = standing.value.on.map(|day| day.to_string()).unwrap_or_default();
            (standing.value.text.clone(), day)
        });
        let title = format!("Worth remembering about {name}");
        let form = form(&title, &line, "A day, if any", &day, now);
        Self { form, person, standing, said: None, line: String::new() }
    }

    /// Opens it with a line of a session, to be asked about it again on a day.
    pub fn of_line(
        (person, name): (Id<Person>, &str),
        session: Id<Session>,
        layer: Option<Layer>,
        line: &str,
        now: Moment,
    ) -> Self {
        let line = text::line(line);
        let title = format!("Ask me about this again: {name}");
        let mut form = form(&title, &line, "On which day", AGAIN, now);
        form.focus(if line.is_empty() { "text" } else { "on" });
        Self { form, person, standing: None, said: Some((session, layer)), line }
    }
}

fn form(title: &str, line: &str, asks: &'static str, day: &str, now: Moment) -> Form {
    Form::new(
        title,
        vec![
            Entry::line("text", "Line")
                .needed()
                .value(line)
                .about("For you alone: in no file you send, in no export unless you ask."),
            Entry::date("on", asks, read_day(now, Lean::Future)).value(day).placeholder("14 dec"),
        ],
    )
}

impl Sheet for EditRemembering {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        let of = match (&self.standing, self.said) {
            (Some(standing), _) => standing.id.cast(),
            (None, Some((session, _))) => session.cast(),
            (None, None) => self.person.cast(),
        };
        (of, "remembering")
    }

    fn of_line(&self) -> Option<&str> {
        Some(self.line.as_str()).filter(|line| !line.is_empty())
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let on = optional(&self.form, "on", |typed| {
            dates::parse_date(typed, today, Lean::Future, cx.habits())
        })?;
        let text = text::line(&self.form.value("text"));
        let Some(standing) = &self.standing else {
            let (session, layer) = self.said.unzip();
            let said = Remembering {
                session,
                layer: layer.flatten(),
                ..Remembering::new(self.person, text, on)
            };
            cx.store.remember(cx.stamp, &said)?;
            return Ok(Outcome::Changed(match (session, on) {
                (Some(_), Some(day)) => {
                    format!("Kept; Today asks on {}.", dates::day(day, today))
                }
                _ => "Kept for you.".to_owned(),
            }));
        };
        let mut line = standing.clone();
        (line.value.text, line.value.on) = (text, on);
        cx.store.update_remembering(cx.stamp, &line)?;
        Ok(Outcome::Changed("Kept for you.".to_owned()))
    }
}
