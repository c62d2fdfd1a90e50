//! The lines of the brief: those of each part, and which of them there is room for.

use chrono::NaiveDate;

use crate::domain::brief::{self, Part};
use crate::domain::{
    AgendaItem, Cadence, Contact, Id, Milestone, Record, Remembering, Session, When, dates,
};
use crate::store::{ListedGoal, Prepared, Promised};
use crate::tui::list::{Row, Window};

/// What one line says.
pub(super) enum Line {
    /// What stands in a part that is empty, and the key that begins.
    Hint(&'static str),
    /// A session to come or past, and what it was about.
    Session(Record<Session>, String),
    /// When the rhythm has the next session.
    Proposal(Cadence, When),
    /// Something one of the two said they would do.
    Commitment(Box<Promised>),
    /// Something to talk about; whether it was left over from last time.
    Agenda(Record<AgendaItem>, bool),
    /// A goal that is open, with its next milestone.
    Goal(Box<ListedGoal>, Option<Record<Milestone>>),
    /// Something worth remembering.
    Remembering(Record<Remembering>),
    /// A way to reach the person.
    Contact(Record<Contact>),
    /// A particular, by its name.
    Fact(&'static str, String),
}

/// A line in its place.
pub(super) struct Shown {
    /// The part it belongs to.
    pub(super) part: Part,
    /// Whether it is the first of its part, which says the part's name.
    pub(super) first: bool,
    /// How many lines of the part were left out behind this one.
    pub(super) left_out: usize,
    /// The line.
    pub(super) line: Line,
}

/// What tells a line from the others, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Hint(Part),
    Record(Part, Id<()>),
    Proposal,
    Fact(Part, &'static str),
}

impl Name {
    /// The part in which it stands.
    pub(super) const fn part(self) -> Part {
        match self {
            Self::Hint(part) | Self::Record(part, _) | Self::Fact(part, _) => part,
            Self::Proposal => Part::Next,
        }
    }
}

impl Row for Shown {
    type Key = Name;

    fn key(&self) -> Name {
        match &self.line {
            Line::Hint(_) => Name::Hint(self.part),
            Line::Session(session, _) => Name::Record(self.part, session.id.cast()),
            Line::Proposal(..) => Name::Proposal,
            Line::Commitment(promised) => Name::Record(self.part, promised.commitment.id.cast()),
            Line::Agenda(item, _) => Name::Record(self.part, item.id.cast()),
            Line::Goal(row, _) => Name::Record(self.part, row.goal.id.cast()),
            Line::Remembering(line) => Name::Record(self.part, line.id.cast()),
            Line::Contact(contact) => Name::Record(self.part, contact.id.cast()),
            Line::Fact(name, _) => Name::Fact(self.part, name),
        }
    }
}

/// The lines of all parts that there is room for: in one column, or with the parts on the right in
/// a second one. `quiet` names the ways that were quiet for long.
pub(super) fn lay_out(
    prepared: &Prepared,
    quiet: &[String],
    today: NaiveDate,
    room: usize,
    columns: usize,
) -> Vec<Window<Shown>> {
    let mut parts: Vec<(Part, Vec<Line>, usize)> = Part::ALL
        .into_iter()
        .map(|part| {
            let (lines, in_all) = lines_of(part, prepared, quiet, today);
            (part, lines, in_all)
        })
        .collect();
    let in_column = |part: Part, column: usize| columns == 1 || part.is_right() == (column == 1);
    let mut windows = Vec::with_capacity(columns);
    for column in 0..columns {
        let has = |wanted: Part| {
            let part = parts.iter().find(|(part, ..)| *part == wanted);
            part.filter(|_| in_column(wanted, column)).map_or(0, |(_, lines, _)| lines.len())
        };
        let mut given = brief::share(room, has);
        // What has nothing says how to begin, where there is room left for it.
        let mut left = room - given.iter().map(|(_, rows)| rows).sum::<usize>();
        for part in Part::ALL.into_iter().filter(|part| in_column(*part, column)) {
            if has(part) == 0 && left > 0 && hint(part).is_some() {
                given.push((part, 0));
                left -= 1;
            }
        }
        given.sort_by_key(|(part, _)| *part);
        let mut rows = Vec::new();
        for (part, shown) in given {
            if let Some(hint) = hint(part).filter(|_| shown == 0) {
                let line = Line::Hint(hint);
                rows.push(Shown { part, first: true, left_out: 0, line });
            }
            let Some((_, lines, in_all)) = parts.iter_mut().find(|(one, ..)| *one == part) else {
                continue;
            };
            let last = shown.saturating_sub(1);
            let left_out = in_all.saturating_sub(shown);
            rows.extend(lines.drain(..).take(shown).enumerate().map(|(at, line)| Shown {
                part,
                first: at == 0,
                left_out: if at == last { left_out } else { 0 },
                line,
            }));
        }
        windows.push(Window { rows, more_above: false, more_below: false });
    }
    windows
}

/// What an empty part says, if it says anything.
const fn hint(part: Part) -> Option<&'static str> {
    match part {
        Part::Next => Some("b begins one now; n plans or logs one."),
        Part::Mine => Some("n adds what you promise: a book by fri."),
        Part::Agenda => Some("a adds a line for the next session."),
        Part::Goals => Some("n adds a goal; a title is enough."),
        Part::Remembering => Some("n adds a line: an exam, what they like."),
        Part::Contact => Some("n adds how to reach them, and when."),
        _ => None,
    }
}

/// The lines of one part, the most needed first, and how many it has in all.
fn lines_of(
    part: Part,
    prepared: &Prepared,
    quiet: &[String],
    today: NaiveDate,
) -> (Vec<Line>, usize) {
    let details = &prepared.details;
    let lines: Vec<Line> = match part {
        Part::Next => {
            let planned =
                |one: &Record<Session>| Line::Session(one.clone(), one.value.about.clone());
            let cadence = details.relationship.value.cadence;
            let proposal = cadence.zip(prepared.proposed);
            let all = prepared.next.iter().chain(&prepared.unanswered);
            let mut lines: Vec<Line> = all.map(planned).collect();
            lines.extend(proposal.map(|(cadence, when)| Line::Proposal(cadence, when)));
            lines
        }
        Part::Last => prepared
            .last
            .iter()
            .map(|one| {
                let about = &one.session.value.about;
                let about = if about.is_empty() { &one.opening } else { about };
                Line::Session(one.session.clone(), about.clone())
            })
            .collect(),
        Part::Mine => promised(&prepared.mine),
        Part::Theirs => promised(&prepared.theirs),
        Part::Agenda => prepared
            .agenda
            .iter()
            .map(|item| Line::Agenda(item.clone(), prepared.is_left_over(&item.value)))
            .collect(),
        Part::Goals => prepared
            .goals
            .iter()
            .map(|(row, next)| Line::Goal(Box::new(row.clone()), next.clone()))
            .collect(),
        Part::Remembering => details.remembering.iter().cloned().map(Line::Remembering).collect(),
        Part::Focus => {
            let said = prepared.focus.iter().map(|one| one.value.practice.as_str());
            facts("In focus", &said.collect::<Vec<_>>())
        }
        Part::Quiet => {
            let names: Vec<_> = quiet.iter().map(String::as_str).collect();
            facts("Quiet for a while", &names)
        }
        Part::Agreement => {
            let dates = prepared.agreement_dates(today);
            let said: Vec<_> = dates
                .iter()
                .map(|(what, day)| {
                    format!("{what} {}, {}", dates::day(*day, today), dates::distance(*day, today))
                })
                .collect();
            facts("Agreement", &said.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Part::Contact => details.contacts.iter().cloned().map(Line::Contact).collect(),
        Part::Facts => {
            let mut facts = details.relationship.value.around();
            facts.extend([
                ("Time zone", details.person.value.time_zone.as_str()),
                ("Alias", details.person.value.alias.as_str()),
            ]);
            facts
                .into_iter()
                .filter(|(_, fact)| !fact.is_empty())
                .map(|(name, fact)| Line::Fact(name, fact.to_owned()))
                .collect()
        }
    };
    let in_all = match part {
        Part::Mine => prepared.mine_in_all,
        Part::Theirs => prepared.theirs_in_all,
        // Earlier sessions are a list of their own; the brief tells of the last.
        Part::Last => 0,
        _ => lines.len(),
    };
    (lines, in_all)
}

fn promised(all: &[Promised]) -> Vec<Line> {
    all.iter().map(|one| Line::Commitment(Box::new(one.clone()))).collect()
}

/// One line of what belongs together.
fn facts(name: &'static str, said: &[&str]) -> Vec<Line> {
    let line = (!said.is_empty()).then(|| Line::Fact(name, said.join(" · ")));
    line.into_iter().collect()
}
