//! A report for others, written to a file: hours for a programme, progress for a committee.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::export::{exported, path};
use super::{Sheet, optional, read_day};
use crate::domain::{Id, Invalid, Lean, Moment, dates};
use crate::store::{Named, Result};
use crate::transfer::report::{self, Activity, Span};
use crate::transfer::{self, LeftOut};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

const HOURS: &str = "hours";
const PROGRESS: &str = "progress";
const MET: &str = "met";
const ABOUT: &str = "about";

/// The form that asks for which report, of when, and where it goes.
pub struct WriteReport {
    form: Form,
    about: Named,
    now: Moment,
    /// What it was before the last change: days and name go along with it.
    before: [(&'static str, String); 2],
}

impl WriteReport {
    /// Opens it for the hours of the month that is about to end, or just has.
    pub fn new(about: Named, now: Moment) -> Self {
        let title = format!("A report on {}", about.name);
        let form = Form::new(&title, entries(HOURS, &about.name, now));
        let before = [("kind", HOURS.to_owned()), ("format", "html".to_owned())];
        Self { form, about, now, before }
    }

    fn named(&self, [(_, kind), (_, format)]: &[(&'static str, String); 2]) -> String {
        file_name(kind, &self.about.name, days(kind, self.now.date_naive()).0, format)
    }
}

/// The fields of this kind of report, each with what goes out by it.
fn entries(kind: &str, name: &str, now: Moment) -> Vec<Entry> {
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
            .value(&file_name(kind, name, from, "html"))
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
        (self.about.relationship.cast(), "report")
    }

    /// The days and the file's name go along with what is asked for, as long as nobody wrote others.
    fn changed(&mut self) {
        let now = [("kind", self.form.value("kind")), ("format", self.form.value("format"))];
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
            self.form.refit(entries(&now[0].1, &self.about.name, self.now));
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
        let (kind, name) = (self.form.value("kind"), &self.about.name);
        let activity =
            if self.form.value("activity") == ABOUT { Activity::About } else { Activity::Met };
        let content = exported(|out| {
            let (told, title) = if kind == PROGRESS {
                (report::progress(cx.store, &self.about, span)?.told(), "Progress")
            } else {
                (report::hours(cx.store, &self.about, span, activity)?.told(), "Hours")
            };
            if page {
                transfer::html::report(&format!("{title} with {name}"), &told, out)?;
            } else {
                out.extend_from_slice(told.as_bytes());
            }
            Ok(LeftOut::default())
        })?;
        let says = if kind == HOURS && activity == Activity::Met {
            "; nothing that you wrote is in it."
        } else {
            "; no notes are in it."
        };
        Ok(Outcome::Write { path, content, says: says.to_owned() })
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
