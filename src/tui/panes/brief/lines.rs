//! The lines of the brief: those of each part, and which of them there is room for.

use chrono::NaiveDate;

use super::draw;
use crate::domain::brief::{self, Part};
use crate::domain::{
    AgendaItem, AgreementState, Cadence, Clocks, Contact, Id, Milestone, Record, Remembering,
    Repair, Session, When, dates,
};
use crate::guide;
use crate::store::{ListedGoal, Prepared, Promised};
use crate::transfer::private::WaysInBrief;
use crate::tui::list::{Row, Window};
use crate::tui::prose;

/// What one line says.
#[derive(Clone)]
pub(super) enum Line {
    /// What stands in a part that is empty, and the key that begins.
    Hint(&'static str),
    /// A session to come or past, and what it was about.
    Session(Record<Session>, String),
    /// When the rhythm has the next session.
    Proposal(Cadence, When),
    /// Something one of the two said they would do.
    Commitment(Box<Promised>),
    /// Something to talk about; what tells whose it is, and whether it was left over from last time.
    Agenda(Record<AgendaItem>, String, bool),
    /// A goal that is open, with its next milestone.
    Goal(Box<ListedGoal>, Option<Record<Milestone>>),
    /// Something worth remembering.
    Remembering(Record<Remembering>),
    /// Something that is still to mend.
    Repair(Record<Repair>),
    /// A way to reach the person.
    Contact(Record<Contact>),
    /// A particular, by its name.
    Fact(&'static str, String),
    /// How the line above goes on.
    Rest {
        /// Its words, set in as those of the line are.
        words: String,
        /// The row of the column.
        row: usize,
        /// Whether they are those of a hint.
        hint: bool,
    },
}

impl Line {
    /// Whether it is only read: the keys go past it.
    pub(super) const fn is_read(&self) -> bool {
        matches!(self, Self::Hint(_) | Self::Rest { .. })
    }
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
    /// Its words row by row, where they take more than one.
    pub(super) pieces: Vec<String>,
}

impl Shown {
    /// The line and the rows in which it goes on.
    fn rows(self) -> impl Iterator<Item = Self> {
        let (part, hint) = (self.part, matches!(self.line, Line::Hint(_)));
        let rest: Vec<String> = self.pieces.iter().skip(1).cloned().collect();
        let indent = draw::indent(&self.line);
        let rest = rest.into_iter().map(move |piece| Self {
            part,
            first: false,
            left_out: 0,
            line: Line::Rest { words: format!("{:indent$}{piece}", ""), row: 0, hint },
            pieces: Vec::new(),
        });
        [self].into_iter().chain(rest)
    }
}

/// What tells a line from the others, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Hint(Part),
    Record(Part, Id<()>),
    Proposal,
    Fact(Part, &'static str),
    Rest(Part, usize),
}

impl Name {
    /// The part in which it stands.
    pub(super) const fn part(self) -> Part {
        match self {
            Self::Hint(part)
            | Self::Record(part, _)
            | Self::Fact(part, _)
            | Self::Rest(part, _) => part,
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
            Line::Agenda(item, ..) => Name::Record(self.part, item.id.cast()),
            Line::Goal(row, _) => Name::Record(self.part, row.goal.id.cast()),
            Line::Remembering(line) => Name::Record(self.part, line.id.cast()),
            Line::Repair(repair) => Name::Record(self.part, repair.id.cast()),
            Line::Contact(contact) => Name::Record(self.part, contact.id.cast()),
            Line::Fact(name, _) => Name::Fact(self.part, name),
            Line::Rest { row, .. } => Name::Rest(self.part, *row),
        }
    }
}

/// What the lines are laid out for.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    /// The day it is.
    pub(super) today: NaiveDate,
    /// The clocks of the two.
    pub(super) clocks: Clocks,
    /// How many rows there are.
    pub(super) rows: usize,
    /// Whether a long line may go on beneath; not where the rows have to be scrolled already.
    pub(super) wraps: bool,
    /// How many columns.
    pub(super) columns: usize,
    /// How wide a line of a column is.
    pub(super) width: u16,
}

/// The rows that a screen of 80x24 has for the lines, and how wide they are there.
const SMALL: (usize, u16) = (18, 76);
/// The most rows of one line where lines are chosen.
const MOST: usize = 4;

/// The lines of all parts that there is room for: in one column, or with the parts on the right in
/// a second one. `ways` is what is to be said of the ten ways.
///
/// A line that is longer than its column goes on beneath, where there is room. With two columns
/// those that a screen of 80x24 shows come first, so that the wider one never shows less.
pub(super) fn lay_out(prepared: &Prepared, ways: &WaysInBrief, sheet: Sheet) -> Vec<Window<Shown>> {
    let parts: Vec<(Part, Vec<Line>, usize)> = Part::ALL
        .into_iter()
        .map(|part| {
            let (lines, in_all) = lines_of(part, prepared, ways, sheet.today);
            (part, lines, in_all)
        })
        .collect();
    let has_of = |wanted: Part| {
        let part = parts.iter().find(|(part, ..)| *part == wanted);
        part.map_or(0, |(_, lines, _)| lines.len())
    };
    let small = if sheet.columns > 1 { brief::share(SMALL.0, has_of) } else { Vec::new() };
    let small = |wanted: Part| {
        small.iter().find(|(part, _)| *part == wanted).map_or(0, |(_, lines)| *lines)
    };
    let mut columns: Vec<Vec<Shown>> = Vec::with_capacity(sheet.columns);
    for column in 0..sheet.columns {
        let in_column = |part: Part| sheet.columns == 1 || part.is_right() == (column == 1);
        let has = |part: Part| if in_column(part) { has_of(part) } else { 0 };
        // The rows that lines of the small screen need here beyond the first.
        let mut kept_free = 0;
        for (part, lines, _) in parts.iter().filter(|(part, ..)| in_column(*part)) {
            for line in lines.iter().take(small(*part)) {
                kept_free += as_small(line, sheet) - 1;
            }
        }
        let mut given = brief::share(sheet.rows.saturating_sub(kept_free), has);
        let mut left = sheet.rows - given.iter().map(|(_, rows)| rows).sum::<usize>();
        // What has nothing says how to begin, where there is room left for it.
        for part in Part::ALL.into_iter().filter(|part| in_column(*part)) {
            if has(part) == 0 && left > kept_free && hint(part).is_some() {
                given.push((part, 0));
                left -= 1;
            }
        }
        given.sort_by_key(|(part, _)| *part);
        columns.push(chosen(&given, &parts));
        if sheet.wraps {
            go_on(columns.last_mut().map_or(&mut [], Vec::as_mut_slice), left, small, sheet);
        }
    }
    let window = |lines: Vec<Shown>| {
        let mut rows: Vec<Shown> = lines.into_iter().flat_map(Shown::rows).collect();
        for (at, shown) in rows.iter_mut().enumerate() {
            if let Line::Rest { row, .. } = &mut shown.line {
                *row = at;
            }
        }
        Window { rows, more_above: false, more_below: false }
    };
    columns.into_iter().map(window).collect()
}

/// The chosen lines of a column, or the hint of a part that has none.
fn chosen(given: &[(Part, usize)], parts: &[(Part, Vec<Line>, usize)]) -> Vec<Shown> {
    let mut rows = Vec::new();
    for (part, shown) in given {
        let new = |line: Line, first: bool, left_out: usize| Shown {
            part: *part,
            first,
            left_out,
            line,
            pieces: Vec::new(),
        };
        if let Some(hint) = hint(*part).filter(|_| *shown == 0) {
            rows.push(new(Line::Hint(hint), true, 0));
        }
        let Some((_, lines, in_all)) = parts.iter().find(|(one, ..)| one == part) else { continue };
        let last = shown.saturating_sub(1);
        rows.extend(lines.iter().take(*shown).enumerate().map(|(at, line)| {
            let left_out = if at == last { in_all.saturating_sub(*shown) } else { 0 };
            new(line.clone(), at == 0, left_out)
        }));
    }
    rows
}

/// Lets lines that are too long go on beneath, as far as rows are left: first those of the small
/// screen, then the others from the top.
fn go_on(lines: &mut [Shown], mut left: usize, small: impl Fn(Part) -> usize, sheet: Sheet) {
    let most = if sheet.rows > usize::from(u16::MAX) { usize::MAX } else { MOST };
    let mut wanted: Vec<usize> = vec![1; lines.len()];
    let mut at_of_part = 0;
    for (at, shown) in lines.iter().enumerate() {
        at_of_part = if shown.first { 0 } else { at_of_part + 1 };
        if at_of_part < small(shown.part) {
            wanted[at] += (as_small(&shown.line, sheet) - 1).min(left);
            left -= wanted[at] - 1;
        }
    }
    for (shown, rows) in lines.iter_mut().zip(wanted) {
        if left == 0 && rows == 1 {
            continue;
        }
        let pieces = draw::pieces(&shown.line, shown.left_out, sheet.width, sheet);
        let more = pieces.len().min(most).saturating_sub(rows).min(left);
        left -= more;
        let rows = (rows + more).min(pieces.len());
        if rows > 1 {
            let (kept, rest) = pieces.split_at(rows - 1);
            shown.pieces = kept.to_vec();
            shown.pieces.push(rest.join(" "));
        }
    }
}

/// How many rows show as much of a line here as one row of a small screen does.
fn as_small(line: &Line, sheet: Sheet) -> usize {
    let there = draw::pieces(line, 0, SMALL.1, sheet);
    let mut left = there.first().map_or(0, |piece| prose::cells(piece));
    let mut rows = 0;
    for piece in draw::pieces(line, 0, sheet.width, sheet) {
        rows += 1;
        left = left.saturating_sub(prose::cells(&piece) + 1);
        if left == 0 {
            break;
        }
    }
    rows.clamp(1, MOST)
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
    ways: &WaysInBrief,
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
            .enumerate()
            .map(|(at, one)| {
                let about = &one.session.value.about;
                let subject = guide::subject(about, &one.opening);
                let said = guide::first_said(&one.opening);
                // Of the last one what was said is told as well.
                let said = if at > 0 || about.is_empty() || said.is_empty() {
                    subject.to_owned()
                } else {
                    format!("{subject}: {said}")
                };
                Line::Session(one.session.clone(), said)
            })
            .collect(),
        Part::Mine => promised(&prepared.mine),
        Part::Theirs => promised(&prepared.theirs),
        Part::Agenda => prepared
            .agenda
            .iter()
            .map(|item| {
                let whose = item.value.by.before(&prepared.details.person.value.name);
                Line::Agenda(item.clone(), whose, prepared.is_left_over(&item.value))
            })
            .collect(),
        Part::Goals => prepared
            .goals
            .iter()
            .map(|(row, next)| Line::Goal(Box::new(row.clone()), next.clone()))
            .collect(),
        Part::Remembering => details.remembering.iter().cloned().map(Line::Remembering).collect(),
        Part::Repairs => prepared.repairs.iter().cloned().map(Line::Repair).collect(),
        Part::Focus => {
            let said = ways.focus.iter().map(String::as_str);
            facts("In focus", &said.collect::<Vec<_>>())
        }
        Part::Quiet => {
            let more = ways.quiet.more();
            let names = ways.quiet.named.iter().chain(&more).map(String::as_str);
            facts("Quiet for a while", &names.collect::<Vec<_>>())
        }
        Part::Agreement => {
            let dates = prepared.agreement_dates(today);
            let waits = prepared.unsigned.and_then(AgreementState::waits).map(str::to_owned);
            let dates = dates.iter().map(|(what, day)| {
                format!("{what} {}, {}", dates::day(*day, today), dates::distance(*day, today))
            });
            let said: Vec<_> = waits.into_iter().chain(dates).collect();
            facts("Agreement", &said.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Part::Contact => {
            // Whom there is to turn to comes right after the best way to reach the person.
            let mut ways = details.contacts.iter().cloned().map(Line::Contact);
            let turn_to = details.relationship.value.turn_to();
            ways.next().into_iter().chain(said(turn_to)).chain(ways).collect()
        }
        Part::Facts => {
            let (relationship, person) = (&details.relationship.value, &details.person.value);
            let facts = [
                ("Programme", relationship.programme.as_str()),
                ("Time zone", &person.time_zone),
                ("Alias", &person.alias),
            ];
            said(facts).collect()
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

/// A line for each particular of which something is set down.
fn said<'a>(
    facts: impl IntoIterator<Item = (&'static str, &'a str)>,
) -> impl Iterator<Item = Line> {
    let facts = facts.into_iter().filter(|(_, fact)| !fact.trim().is_empty());
    facts.map(|(name, fact)| Line::Fact(name, fact.to_owned()))
}

/// One line of what belongs together.
fn facts(name: &'static str, said: &[&str]) -> Vec<Line> {
    let line = (!said.is_empty()).then(|| Line::Fact(name, said.join(" · ")));
    line.into_iter().collect()
}
