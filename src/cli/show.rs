//! `confidant show`: one session with its texts, one agenda line, or one goal with its milestones.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{
    AgendaItem, AgendaState, Goal, Id, Layer, Milestone, Mode, Party, Record, Session, Standing,
    dates, text,
};
use crate::store::{Error, Kind, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant show a1b2c3d4
  confidant show a1b2c3d4 --json

Lists and echoes print the id in brackets. Your private reflection is shown too.")]
pub struct Show {
    /// The id that a list printed.
    id: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct SessionJson<'a> {
    kind: &'static str,
    id: Id<Session>,
    person: String,
    #[serde(flatten)]
    session: &'a Session,
    agenda: Vec<AgendaJson<'a>>,
    notes: Option<String>,
    summary: Option<String>,
    private_reflection: Option<String>,
}

#[derive(Serialize)]
struct AgendaJson<'a> {
    kind: &'static str,
    id: Id<AgendaItem>,
    #[serde(flatten)]
    item: &'a AgendaItem,
}

#[derive(Serialize)]
struct GoalJson<'a> {
    kind: &'static str,
    id: Id<Goal>,
    #[serde(flatten)]
    goal: &'a Goal,
    with: Vec<String>,
    milestones: Vec<MilestoneJson<'a>>,
    history: Vec<&'a Standing>,
}

#[derive(Serialize)]
struct MilestoneJson<'a> {
    id: Id<Milestone>,
    #[serde(flatten)]
    milestone: &'a Milestone,
}

impl Show {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let (kind, id) = whom::thing(&store, &self.id)?;
        let shown = match kind {
            Kind::AgendaItem => self.agenda_item(shell, &store, id.cast()),
            Kind::Goal => self.goal(shell, &store, id.cast()),
            Kind::Milestone => {
                let goal = store.milestone(id.cast()).map(|one| one.value.goal);
                goal.map_err(Into::into).and_then(|goal| self.goal(shell, &store, goal))
            }
            _ => self.session(shell, &store, id.cast()),
        };
        shown.map_err(|error| match error.downcast_ref() {
            Some(Error::Gone) => Failure::nothing(
                "That is in the bin. `confidant bin` lists it and `confidant bin restore` takes it out.",
            ),
            _ => error,
        })
    }

    fn session(&self, shell: &mut Shell, store: &Store, id: Id<Session>) -> Result<()> {
        let session = store.session(id)?.value;
        let named = store.named(session.relationship)?;
        let agenda = store.agenda_of(id)?;
        let texts = store.texts(id)?;
        let body = |layer| texts.of(layer).map(|text| text.value.body.as_str());
        let body = |layer| body(layer).filter(|body| !body.is_empty());
        if self.json {
            let clean = |body: &str| text::prose(body).into_owned();
            return shell.out.json(&SessionJson {
                kind: "session",
                id,
                person: text::line(&named.name),
                session: &session,
                agenda: agenda.iter().map(agenda_json).collect(),
                notes: body(Layer::Notes).map(clean),
                summary: body(Layer::Summary).map(clean),
                private_reflection: body(Layer::Reflection).map(clean),
            });
        }
        let (today, out) = (shell.today(), &mut shell.out);
        let role = format!(", {}", named.role.words());
        out.row(&[Part::Strong(&text::line(&named.name)), Part::Plain(&role)])?;
        let facts = [
            Some(session.when.in_words(today)),
            Some(session.state.words().to_owned()),
            session.minutes.map(|minutes| minutes.to_string()),
            session.mode.map(Mode::words).map(str::to_owned),
            Some(text::line(&session.place)).filter(|place| !place.is_empty()),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.row(&[
            Part::Plain(&format!("{}  ", facts.join("; "))),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        if !session.about.is_empty() {
            out.line(&format!("About: {}", text::line(&session.about)))?;
        }
        if !agenda.is_empty() {
            out.row(&[Part::Plain("\n"), Part::Strong("Agenda")])?;
            for item in &agenda {
                out.line(&format!("- {}{}", text::line(&item.value.text), ending(&item.value)))?;
            }
        }
        for (layer, name) in [
            (Layer::Notes, "Notes, can be exported"),
            (Layer::Summary, "Summary, what the other may see"),
            (Layer::Reflection, "Private reflection, stays here"),
        ] {
            if let Some(body) = body(layer) {
                out.row(&[Part::Plain("\n"), Part::Strong(name)])?;
                out.line(body)?;
            }
        }
        Ok(())
    }

    fn goal(&self, shell: &mut Shell, store: &Store, id: Id<Goal>) -> Result<()> {
        let details = store.goal_details(id)?;
        let goal = &details.goal.value;
        let with: Vec<String> = details.with.iter().map(|one| text::line(&one.name)).collect();
        if self.json {
            return shell.out.json(&GoalJson {
                kind: "goal",
                id,
                goal,
                with,
                milestones: details
                    .milestones
                    .iter()
                    .map(|one| MilestoneJson { id: one.id, milestone: &one.value })
                    .collect(),
                history: details.history.iter().map(|said| &said.value).collect(),
            });
        }
        let (today, out) = (shell.today(), &mut shell.out);
        let title = text::line(&goal.title);
        out.row(&[Part::Strong(&title), Part::Plain(&format!(", {}", goal.owner.words()))])?;
        let facts = [
            Some(goal.status.words().to_owned()),
            details.standing().map(|said| said.word.words().to_owned()),
            goal.due.map(|due| {
                let late = if goal.is_overdue(today) { "late, " } else { "" };
                format!("{late}by {}", dates::in_words(due, today))
            }),
            goal.horizon.map(|horizon| horizon.words().to_owned()),
            (!with.is_empty()).then(|| format!("with {}", with.join(", "))),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.row(&[
            Part::Plain(&format!("{}  ", facts.join("; "))),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        for (name, words) in [("Why", &goal.why), ("Reached when", &goal.test)] {
            if !words.is_empty() {
                out.row(&[Part::Plain("\n"), Part::Strong(name)])?;
                out.line(words)?;
            }
        }
        if !details.milestones.is_empty() {
            out.row(&[Part::Plain("\n"), Part::Strong("Milestones")])?;
        }
        for milestone in &details.milestones {
            let one = &milestone.value;
            let tick = if one.done.is_some() { "x" } else { " " };
            let late = if one.is_overdue(today) { "late, " } else { "" };
            let day = match (one.done, one.due) {
                (Some(done), _) => format!(", done {}", dates::day(done, today)),
                (None, Some(due)) => format!(", {late}by {}", dates::day(due, today)),
                (None, None) => String::new(),
            };
            out.row(&[
                Part::Plain(&format!("[{tick}] {}{day}  ", text::line(&one.title))),
                Part::Faint(&words::tag(&milestone.id.short())),
            ])?;
        }
        if !details.history.is_empty() {
            out.row(&[Part::Plain("\n"), Part::Strong("How it stood")])?;
        }
        for said in &details.history {
            let said = &said.value;
            let colon = if said.note.is_empty() { "" } else { ": " };
            let (word, note) = (said.word.words(), text::line(&said.note));
            out.line(&format!("{}  {word}{colon}{note}", dates::day(said.day, today)))?;
        }
        Ok(())
    }

    fn agenda_item(&self, shell: &mut Shell, store: &Store, id: Id<AgendaItem>) -> Result<()> {
        let item = store.agenda_item(id)?;
        if self.json {
            return shell.out.json(&agenda_json(&item));
        }
        let named = store.named(item.value.relationship)?;
        let role = format!(", {}", named.role.words());
        shell.out.row(&[Part::Strong(&text::line(&named.name)), Part::Plain(&role)])?;
        let by = if item.value.by == Party::Me { "yours" } else { "theirs" };
        shell.out.row(&[
            Part::Plain(&format!(
                "Agenda line; {by}; {}; added {}  ",
                item.value.state.words(),
                dates::in_words(item.value.added, shell.today())
            )),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        shell.out.line(&text::line(&item.value.text))?;
        Ok(())
    }
}

fn agenda_json(item: &Record<AgendaItem>) -> AgendaJson<'_> {
    AgendaJson { kind: "agenda line", id: item.id, item: &item.value }
}

/// What the line itself does not say.
fn ending(item: &AgendaItem) -> String {
    let by = if item.by == Party::Them { " (theirs)" } else { "" };
    let dropped = if item.state == AgendaState::Dropped { " (dropped)" } else { "" };
    format!("{by}{dropped}")
}
