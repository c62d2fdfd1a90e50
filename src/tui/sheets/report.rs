//! A report for others, written to a file: hours for a programme, progress for a committee.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::export::{exported, path};
use super::{Sheet, nobody, optional, read_day};
use crate::domain::{Id, Invalid, Lean, Moment, dates};
use crate::store::{Named, Result};
use crate::transfer::report::{self, Activity, Over, Span};
use crate::transfer::{self, LeftOut};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

const HOURS: &str = "hours";
const PROGRESS: &str = "progress";
const MET: &str = "met";
const ABOUT: &str = "about";
const ONE: &str = "one";
const EVERYONE: &str = "everyone";

/// What was chosen that days and the file's name go along with.
type Asked = [(&'static str, String); 3];

/// The form that asks for which report, of when, and where it goes.
pub struct WriteReport {
    form: Form,
    /// With whom; none where it is with everyone from the beginning.
    about: Option<Named>,
    now: Moment,
    /// What it was before the last change.
    before: Asked,
}

impl WriteReport {
    /// Opens it for the hours of the month that is about to end, or just has: with somebody, or
    /// with everyone.
    pub fn new(about: Option<Named>, now: Moment) -> Self {
        let name = about.as_ref().map(|named| named.name.as_str());
        let title = format!("A report on {}", name.unwrap_or(EVERYONE));
        let form = Form::new(&title, entries(HOURS, name, now));
        let with = if about.is_some() { ONE } else { EVERYONE };
        let before = [("kind", HOURS), ("format", "html"), ("with", with)];
        Self { form, about, now, before: before.map(|(field, value)| (field, value.to_owned())) }
    }

    fn name(&self) -> Option<&str> {
        self.about.as_ref().map(|named| named.name.as_str())
    }

    fn named(&self, [(_, kind), (_, format), (_, with)]: &Asked) -> String {
        let name = self.name().filter(|_| with == ONE).unwrap_or(EVERYONE);
        file_name(kind, name, days(kind, self.now.date_naive()).0, format)
    }

    /// The one it is with, if it is with one.
    fn one(&self) -> Option<&Named> {
        self.about.as_ref().filter(|_| self.form.value("with") == ONE)
    }
}

/// The fields of this kind of report, each with what goes out by it.
fn entries(kind: &str, name: Option<&str>, now: Moment) -> Vec<Entry> {
    let (from, to) = days(kind, now.date_naive());
    let kinds = [(HOURS, "hours, for a programme"), (PROGRESS, "progress, for a committee")];
    let activities = [(MET, "how you met"), (ABOUT, "what each session was about")];
    let formats = [("html", "a page for a browser and paper"), ("md", "Markdown, to edit")];
    let holds = if kind == PROGRESS {
        "Goals and what was said of them, what sessions were about, and what was promised and kept: in your words. No notes are in it."
    } else {
        "Days and lengths, and what you choose below. No notes are in it."
    };
    let day = |field, label, day: NaiveDate| {
        Entry::date(field, label, read_day(now, Lean::Past)).needed().value(&day.to_string())
    };
    let mut entries = vec![Entry::choice("kind", "Report", &kinds).about(holds)];
    if let Some(name) = name {
        entries.push(
            Entry::choice("with", "With", &[(ONE, name), (EVERYONE, EVERYONE)])
                .about("Everyone of whom there is something to tell in that time, in one report."),
        );
    }
    if kind == HOURS {
        entries.push(
            Entry::choice("activity", "Beside each", &activities)
                .about("What it was about is what you wrote there; without it nothing that you wrote is in it."),
        );
    }
    entries.extend([
        day("from", "From", from),
        day("to", "To", to),
        Entry::choice("format", "As", &formats),
        Entry::line("path", "File")
            .needed()
            .value(&file_name(kind, name.unwrap_or(EVERYONE), from, "html"))
            .about("A new file that only you can read. No file that is there is replaced."),
    ]);
    entries
}

/// From when to when a report is, unless another day is typed.
fn days(kind: &str, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    if kind == PROGRESS {
        return (today.checked_sub_months(Months::new(3)).unwrap_or(today), today);
    }
    // In the first days of a month the report is on the one before.
    let within = today.checked_sub_days(Days::new(7)).unwrap_or(today);
    let first = within.with_day(1).unwrap_or(within);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(today);
    (first, next.pred_opt().unwrap_or(today).min(today))
}

fn file_name(kind: &str, name: &str, from: NaiveDate, format: &str) -> String {
    let plain = name.replace(|c: char| !c.is_alphanumeric(), "-").to_lowercase();
    format!("{kind}-{plain}-{}.{format}", from.format("%Y-%m"))
}

impl Sheet for WriteReport {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.about.as_ref().map_or_else(nobody, |one| one.relationship.cast()), "report")
    }

    /// The days and the file's name go along with what is asked for, as long as nobody wrote others.
    fn changed(&mut self) {
        let with = if self.one().is_some() { ONE } else { EVERYONE };
        let [kind, format] = ["kind", "format"].map(|field| (field, self.form.value(field)));
        let now = [kind, format, ("with", with.to_owned())];
        if now == self.before {
            return;
        }
        let today = self.now.date_naive();
        let (before, after) = (days(&self.before[0].1, today), days(&now[0].1, today));
        let mut values = Vec::new();
        for (field, was, is) in [("from", before.0, after.0), ("to", before.1, after.1)] {
            if self.form.value(field) == was.to_string() {
                values.push((field.to_owned(), is.to_string()));
            }
        }
        if let Some(folder) = self.form.value("path").strip_suffix(&self.named(&self.before)) {
            values.push(("path".to_owned(), format!("{folder}{}", self.named(&now))));
        }
        if now[0] != self.before[0] {
            let entries = entries(&now[0].1, self.name(), self.now);
            self.form.refit(entries);
        }
        self.form.restore(&values.into_iter().collect());
        self.before = now;
    }

    /// Which fields there are goes along with the kind.
    fn restore(&mut self, values: &BTreeMap<String, String>) {
        self.form.restore(values);
        self.changed();
        self.form.restore(values);
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = path(&self.form)?;
        let (today, habits) = (cx.today(), cx.habits());
        let day = |field| {
            optional(&self.form, field, |typed| dates::parse_date(typed, today, Lean::Past, habits))
        };
        let span = Span { from: day("from")?, to: day("to")?.unwrap_or(today) };
        if span.from.is_some_and(|from| from > span.to) {
            let message = "That is before the first day. Change one of the two.".to_owned();
            return Err(Invalid { field: "to", message }.into());
        }
        let page = self.form.value("format") == "html";
        let kind = self.form.value("kind");
        let activity =
            if self.form.value("activity") == ABOUT { Activity::About } else { Activity::Met };
        let over = self.one().map_or(Over::Everyone, |one| Over::These(std::slice::from_ref(one)));
        let mut left = String::new();
        let content = exported(|out| {
            let (told, title);
            (told, title, left) = if kind == PROGRESS {
                let progress = report::progress(cx.store, over, span)?;
                (progress.told(), progress.title(), progress.left_out())
            } else {
                let hours = report::hours(cx.store, over, span, activity)?;
                (hours.told(), hours.title(), hours.left_out())
            };
            if page {
                transfer::html::report(&title, &told, out)?;
            } else {
                out.extend_from_slice(told.as_bytes());
            }
            Ok(LeftOut::default())
        })?;
        let says = match self.one() {
            None => format!(". {left}"),
            Some(_) if kind == HOURS && activity == Activity::Met => {
                "; nothing that you wrote is in it.".to_owned()
            }
            Some(_) => "; no notes are in it.".to_owned(),
        };
        Ok(Outcome::Write { path, content, says })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_those_of_the_month_that_is_about_to_end_or_just_has() {
        let day = |code: &str| code.parse::<NaiveDate>().expect("a day");
        let cases = [
            (HOURS, "2026-11-30", "2026-11-01", "2026-11-30"),
            (HOURS, "2026-11-22", "2026-11-01", "2026-11-22"),
            (HOURS, "2026-12-02", "2026-11-01", "2026-11-30"),
            (HOURS, "2026-01-07", "2025-12-01", "2025-12-31"),
            (PROGRESS, "2026-05-31", "2026-02-28", "2026-05-31"),
        ];
        for (kind, today, from, to) in cases {
            assert_eq!(days(kind, day(today)), (day(from), day(to)), "{kind} {today}");
        }
    }
}
