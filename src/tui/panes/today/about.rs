//! What the selected row is about: the right column where there is room.

use chrono::NaiveDate;

use crate::domain::today::{Item, What};
use crate::domain::{
    AgendaItem, CommitmentMove, Id, Layer, Party, Record, Relationship, Session, When, Zone, dates,
};
use crate::guide;
use crate::store::{Error, Result, Store};
use crate::tui::reading::{Lines, Tone};
use crate::tui::wording;

/// What was read about the selected row besides the row itself.
#[derive(Debug, Default)]
pub struct About {
    /// What is to be talked about with them.
    agenda: Vec<Record<AgendaItem>>,
    /// The session a commitment came from, or a line worth remembering.
    source: Option<When>,
    /// From and to which days it was moved.
    moves: Vec<CommitmentMove>,
}

impl About {
    /// Reads it.
    pub fn read(item: &Item, store: &Store) -> Result<Self> {
        let mut about = Self::default();
        let with: Option<Id<Relationship>> = item.who.as_ref().map(|who| who.relationship);
        match (&item.what, with) {
            (What::Commitment(one), _) => {
                about.moves = store.moves_of(one.id)?;
                about.source = when_of(one.value.session, store)?;
            }
            (What::Remembering(line), _) => {
                about.source = when_of(line.value.session, store)?;
            }
            (What::Session(_) | What::Happened(_) | What::Unmet(_), Some(with)) => {
                about.agenda = store.open_agenda(with)?;
            }
            _ => {}
        }
        Ok(about)
    }

    /// Writes it.
    pub fn write(&self, item: &Item, today: NaiveDate, mine: Zone, lines: &mut Lines<()>) {
        let title = match &item.who {
            Some(who) => who.name.as_str(),
            None => "Yours",
        };
        lines.heading(title);
        for (words, tone) in self.says(item, today, mine) {
            lines.words(&words, tone);
        }
        if !self.agenda.is_empty() {
            lines.heading("To talk about");
            for line in self.agenda.iter().take(8) {
                lines.words(&format!("[ ] {}", line.value.line(title)), Tone::Plain);
            }
            if self.agenda.len() > 8 {
                let more = format!("and {} more in the brief", self.agenda.len() - 8);
                lines.words(&more, Tone::Quiet);
            }
        }
        lines.heading("Keys");
        for line in keys(&item.what) {
            lines.words(line, Tone::Quiet);
        }
    }

    fn says(&self, item: &Item, today: NaiveDate, mine: Zone) -> Vec<(String, Tone)> {
        let plain = |words: String| (words, Tone::Plain);
        let quiet = |words: String| (words, Tone::Quiet);
        let full = |day: NaiveDate| dates::in_words(day, today);
        match &item.what {
            What::Commitment(one) => {
                let one = &one.value;
                let whose = if one.owner == Party::Me { "You said" } else { "They said" };
                let from = match self.source {
                    Some(when) => format!(", in the session of {}", wording::when(when, today)),
                    None => format!(" on {}", dates::day(one.made, today)),
                };
                let mut said = vec![plain(one.text.clone()), quiet(format!("{whose} so{from}."))];
                said.extend(one.due.map(|due| quiet(format!("By {}.", full(due)))));
                said.extend(self.moves.last().map(|moved| {
                    let from = dates::day(moved.from, today);
                    let agreed = if moved.agreed { ", both agreed" } else { "" };
                    quiet(format!("Moved from {from}{agreed}."))
                }));
                said.extend(one.told.then(|| quiet("The other was told.".to_owned())));
                said
            }
            What::Goal(goal) => {
                let goal = &goal.value;
                let mut said = vec![plain(goal.title.clone())];
                said.extend(goal.due.map(|due| quiet(format!("By {}.", full(due)))));
                said.extend((!goal.why.is_empty()).then(|| plain(goal.why.clone())));
                said
            }
            What::Milestone(one, goal) => {
                let mut said = vec![
                    plain(one.value.title.clone()),
                    quiet(format!("A milestone of \"{goal}\".")),
                ];
                said.extend(one.value.due.map(|due| quiet(format!("By {}.", full(due)))));
                said
            }
            What::Session(session) | What::Happened(session) | What::Memory(session, _) => {
                let session = &session.value;
                let mut said = vec![quiet(item.clocks(mine).of_session(session, today))];
                let length = session.minutes.map(|minutes| minutes.to_string());
                let mode = session.mode.map(|mode| mode.words().to_owned());
                let place = Some(session.place.clone()).filter(|place| !place.is_empty());
                let how: Vec<_> = length.into_iter().chain(mode).chain(place).collect();
                said.extend((!how.is_empty()).then(|| quiet(how.join(" · "))));
                said.extend((!session.about.is_empty()).then(|| plain(session.about.clone())));
                if let What::Memory(_, opening) = &item.what {
                    let said_first = guide::first_said(opening);
                    said.extend((!said_first.is_empty()).then(|| plain(said_first.to_owned())));
                }
                said
            }
            What::Check(day) => vec![
                plain("A progress check, as you agreed: goals, what helped, how it works.".into()),
                quiet(full(*day)),
            ],
            What::RenewBy(day) => vec![
                plain("You agreed to decide by then whether to renew, change or end.".into()),
                quiet(full(*day)),
            ],
            What::Ends(day) => {
                vec![plain("The end that you agreed on.".into()), quiet(full(*day))]
            }
            What::KeepUntil(day) => vec![
                plain("The day until which the notes were to be kept. Look through them; erasing is in `m` of the brief.".into()),
                quiet(full(*day)),
            ],
            What::Unsigned(state) => {
                let waits = state.waits().unwrap_or_default();
                vec![plain(format!("The newest version of your agreement: {waits}."))]
            }
            What::CheckIn(last) => vec![
                plain("You met since the last check-in.".into()),
                quiet(format!("Last one {}.", full(*last))),
            ],
            What::Unmet(unmet) => {
                let what = if unmet.met { "Last session" } else { "Begun" };
                let mut said = vec![quiet(format!("{what} {}.", full(unmet.since)))];
                said.extend(unmet.proposed.map(|(cadence, when)| {
                    plain(format!("{cadence}: {}?", item.clocks(mine).in_words(when, today)))
                }));
                said
            }
            What::Remembering(line) => {
                let mut said = vec![plain(line.value.text.clone())];
                said.extend(line.value.on.map(|day| quiet(full(day))));
                said.extend(self.source.map(|when| {
                    let layer = line.value.layer.map_or("session", Layer::words);
                    quiet(format!("Written in the {layer} of {}.", full(when.date)))
                }));
                said
            }
            What::Unfinished(one) => {
                vec![quiet(format!("Left on {}. Nothing of it is lost.", full(one.left)))]
            }
        }
    }
}

/// When the session was from which something comes; nothing where that is in the bin.
fn when_of(session: Option<Id<Session>>, store: &Store) -> Result<Option<When>> {
    match session.map(|id| store.session(id)) {
        Some(Ok(session)) => Ok(Some(session.value.when)),
        None | Some(Err(Error::Gone)) => Ok(None),
        Some(Err(error)) => Err(error),
    }
}

/// What the keys do with this row.
const fn keys(what: &What) -> &'static [&'static str] {
    match what {
        What::Commitment(_) => &[
            "Space  kept",
            "s      another day, and whether it is agreed",
            "Enter  where it was made",
        ],
        What::Goal(_) => &["Space  met", "s      another day", "Enter  the goal"],
        What::Milestone(..) => &["Space  done", "s      another day", "Enter  its goal"],
        What::Session(_) => {
            &["Space  held", "s      another day", "Enter  the brief", "b      begin"]
        }
        What::Happened(_) => &[
            "Space  it was held",
            "m      missed, cancelled, moved",
            "s      it was on another day",
            "Enter  the session",
        ],
        What::Check(_) => &["Enter  the agreement", "b      begin a session"],
        What::RenewBy(_) | What::Ends(_) => &["Enter  the agreement; renew and end are in its `m`"],
        What::Unsigned(_) => &["Enter  the agreement; its `m` proposes and signs"],
        What::CheckIn(_) => &["Space  the ten ways"],
        What::Unmet(unmet) if unmet.proposed.is_some() => {
            &["Space  plan it so", "s      another day", "Enter  the brief"]
        }
        What::Unmet(_) => &["Space  plan a session", "Enter  the brief"],
        What::Remembering(line) if line.value.session.is_some() => {
            &["s      another day, or other words", "Enter  where you wrote it"]
        }
        What::Remembering(_) => &["s      another day, or other words", "Enter  the brief"],
        What::Unfinished(_) | What::Memory(..) => &["Enter  open it"],
        What::KeepUntil(_) => &["Enter  the brief"],
    }
}
