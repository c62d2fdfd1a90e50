//! `confidant show`: one session with its texts, or one agenda line.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{AgendaItem, AgendaState, Id, Layer, Mode, Party, Record, Session, text};
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

impl Show {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let (kind, id) = whom::thing(&store, &self.id)?;
        let shown = match kind {
            Kind::AgendaItem => self.agenda_item(shell, &store, id.cast()),
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
                crate::domain::dates::in_words(item.value.added, shell.today())
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
