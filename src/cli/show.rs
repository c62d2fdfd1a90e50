//! `confidant show`: one thing by the id that a list printed: a session with its texts, a line of
//! the agenda, a commitment, a goal with its milestones, an agreement, what I saw or did, a repair, a
//! person and how to reach them, a line worth remembering.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::out::{Out, Part};
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{
    AgendaItem, AgendaState, Commitment, CommitmentMove, Contact, Evidence, Goal, GoalMove, Id,
    Layer, Milestone, Mode, Party, Person, ProgressCheck, Record, Remembering, Repair, Session,
    Standing, Weight, When, dates, text,
};
use crate::guide::ways;
use crate::store::{Error, Kind, Store};
use crate::transfer::markdown;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    when_there: Option<When>,
    agenda: Vec<AgendaJson<'a>>,
    commitments: Vec<CommitmentJson<'a>>,
    notes: Option<String>,
    summary: Option<String>,
    private_reflection: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress_check: Option<&'a ProgressCheck>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goals: Vec<SessionGoal>,
}

/// A goal that a session is about.
#[derive(Serialize)]
struct SessionGoal {
    id: Id<Goal>,
    title: String,
}

#[derive(Serialize)]
struct AgendaJson<'a> {
    kind: &'static str,
    id: Id<AgendaItem>,
    #[serde(flatten)]
    item: &'a AgendaItem,
}

#[derive(Serialize)]
struct CommitmentJson<'a> {
    kind: &'static str,
    id: Id<Commitment>,
    #[serde(flatten)]
    commitment: &'a Commitment,
    moves: Vec<CommitmentMove>,
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
    moves: Vec<GoalMove>,
}

#[derive(Serialize)]
struct MilestoneJson<'a> {
    id: Id<Milestone>,
    #[serde(flatten)]
    milestone: &'a Milestone,
}

/// A record as it is kept, with what it is.
#[derive(Serialize)]
struct RecordJson<'a, T: Serialize> {
    kind: &'static str,
    id: Id<T>,
    #[serde(flatten)]
    record: &'a T,
}

impl Show {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let (kind, id) = whom::thing(&store, &self.id)?;
        let shown = match kind {
            Kind::AgendaItem => self.agenda_item(shell, &store, id.cast()),
            Kind::Commitment => self.commitment(shell, &store, id.cast()),
            Kind::Goal => self.goal(shell, &store, id.cast()),
            Kind::Milestone => {
                let goal = store.milestone(id.cast()).map(|one| one.value.goal);
                goal.map_err(Into::into).and_then(|goal| self.goal(shell, &store, goal))
            }
            Kind::ProgressCheck => self.progress_check(shell, &store, id.cast()),
            Kind::Evidence => self.evidence(shell, &store, id.cast()),
            Kind::Repair => self.repair(shell, &store, id.cast()),
            Kind::Agreement | Kind::Clause => self.agreement(shell, &store, kind, id),
            Kind::Person => self.person(shell, &store, id.cast()),
            Kind::Relationship => store
                .named(id.cast())
                .map_err(Into::into)
                .and_then(|named| self.person(shell, &store, named.person)),
            Kind::Contact => self.contact(shell, &store, id.cast()),
            Kind::Remembering => self.remembering(shell, &store, id.cast()),
            _ => self.session(shell, &store, id.cast()),
        };
        shown.map_err(|error| match error.downcast_ref() {
            Some(Error::Gone) => Failure::nothing(
                "That is in the bin. `confidant bin` lists it and `confidant bin restore` takes it out.",
            ),
            _ => error,
        })
    }

    fn progress_check(
        &self,
        shell: &mut Shell,
        store: &Store,
        id: Id<ProgressCheck>,
    ) -> Result<()> {
        let held = store.progress_check(id)?;
        let check = &held.check.value;
        if let Some(session) = check.session {
            return self.session(shell, store, session);
        }
        if self.json {
            return shell.out.json(&RecordJson { kind: "progress check", id, record: check });
        }
        for line in markdown::progress_check(&held).trim().lines() {
            shell.out.line(line)?;
        }
        Ok(())
    }

    /// Who somebody is, and how to reach them.
    fn person(&self, shell: &mut Shell, store: &Store, id: Id<Person>) -> Result<()> {
        let person = store.person(id)?.value;
        if self.json {
            return shell.out.json(&RecordJson { kind: "person", id, record: &person });
        }
        let with = store.relationships_with(id)?;
        let roles: Vec<&str> = with.iter().map(|one| one.role.words()).collect();
        let facts = [text::line(&person.alias), roles.join(", "), person.time_zone.clone()];
        let facts = facts.iter().map(String::as_str).filter(|fact| !fact.is_empty());
        let facts: Vec<&str> = std::iter::once("").chain(facts).collect();
        shell.out.row(&[
            Part::Strong(&text::line(&person.name)),
            Part::Plain(&format!("{}  ", facts.join(", "))),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        let Some(first) = with.first() else { return Ok(()) };
        for contact in store.details(first.relationship)?.contacts {
            shell.out.row(&[
                Part::Plain(&format!("{}  ", reached(&contact.value))),
                Part::Faint(&words::tag(&contact.id.short())),
            ])?;
        }
        Ok(())
    }

    fn contact(&self, shell: &mut Shell, store: &Store, id: Id<Contact>) -> Result<()> {
        let one = store.contact(id)?.value;
        if self.json {
            return shell.out.json(&RecordJson { kind: "contact", id, record: &one });
        }
        let person = text::line(&store.person(one.person)?.value.name);
        let to = if one.party == Party::Them { "to reach them" } else { "how they reach you" };
        shell.out.line(&format!("{person}, {to}"))?;
        Ok(shell.out.line(&reached(&one))?)
    }

    fn remembering(&self, shell: &mut Shell, store: &Store, id: Id<Remembering>) -> Result<()> {
        let one = store.remembering(id)?.value;
        if self.json {
            return shell.out.json(&RecordJson { kind: "worth remembering", id, record: &one });
        }
        let person = text::line(&store.person(one.person)?.value.name);
        let on = one.on.map(|on| format!(", {}", dates::in_words(on, shell.today())));
        shell
            .out
            .line(&format!("{person}, private: worth remembering{}", on.unwrap_or_default()))?;
        Ok(shell.out.line(&text::line(&one.text))?)
    }

    fn evidence(&self, shell: &mut Shell, store: &Store, id: Id<Evidence>) -> Result<()> {
        let one = store.one_evidence(id)?.value;
        if self.json {
            return shell.out.json(&RecordJson { kind: "what I saw or did", id, record: &one });
        }
        let person = text::line(&store.named(one.relationship)?.name);
        let ways = ways::all(&store.ways()?);
        let way = ways.iter().find(|way| way.key == one.way).map_or("", |way| way.name.as_str());
        let (day, direction) = (dates::day(one.day, shell.today()), one.direction.words());
        shell.out.line(&format!("{person}, private: {}", text::line(way)))?;
        shell.out.line(&format!("{day}; {direction}"))?;
        shell.out.line(&text::prose(&one.text))?;
        Ok(())
    }

    fn repair(&self, shell: &mut Shell, store: &Store, id: Id<Repair>) -> Result<()> {
        let one = store.repair(id)?.value;
        if self.json {
            return shell.out.json(&RecordJson { kind: "repair", id, record: &one });
        }
        let person = text::line(&store.named(one.relationship)?.name);
        let day = dates::day(one.day, shell.today());
        shell.out.line(&format!("{person}, private: a repair, {day}"))?;
        for words in [&one.happened, &one.part, &one.effect, &one.said, &one.change] {
            if !words.is_empty() {
                shell.out.line(&text::prose(words))?;
            }
        }
        Ok(())
    }

    fn agreement(&self, shell: &mut Shell, store: &Store, kind: Kind, id: Id<()>) -> Result<()> {
        let (with, version) = store.agreement_with(kind, id)?;
        if self.json {
            let (id, record) = (version.agreement.id, &version.agreement.value);
            return shell.out.json(&RecordJson { kind: "agreement", id, record });
        }
        let told = markdown::agreement(store, with, &version)?;
        for line in told.trim().lines() {
            shell.out.line(line)?;
        }
        Ok(())
    }

    fn session(&self, shell: &mut Shell, store: &Store, id: Id<Session>) -> Result<()> {
        let session = store.session(id)?;
        let agenda = store.to_talk_about(&session)?;
        let session = session.value;
        let named = store.named(session.relationship)?;
        let clocks = shell.clocks(store, session.relationship)?;
        let commitments = store.commitments_of(id)?;
        let texts = store.texts(id)?;
        let held = store.check_of_session(id)?;
        let goals = store.goals_of_session(id)?;
        let body = |layer| texts.of(layer).map(|text| text.value.body.as_str());
        let body = |layer| body(layer).filter(|body| !body.is_empty());
        if self.json {
            let clean = |body: &str| text::prose(body).into_owned();
            return shell.out.json(&SessionJson {
                kind: "session",
                id,
                person: text::line(&named.name),
                session: &session,
                when_there: clocks.there(session.when).map(|there| there.when),
                agenda: agenda.iter().map(agenda_json).collect(),
                commitments: commitments
                    .iter()
                    .map(|commitment| commitment_json(store, commitment))
                    .collect::<Result<_>>()?,
                notes: body(Layer::Notes).map(clean),
                summary: body(Layer::Summary).map(clean),
                private_reflection: body(Layer::Reflection).map(clean),
                progress_check: held.as_ref().map(|held| &held.check.value),
                goals: goals
                    .iter()
                    .map(|(id, title)| SessionGoal { id: *id, title: text::line(title) })
                    .collect(),
            });
        }
        let (today, out) = (shell.today(), &mut shell.out);
        let role = format!(", {}", named.role.words());
        out.row(&[Part::Strong(&text::line(&named.name)), Part::Plain(&role)])?;
        let facts = [
            Some(clocks.of_session(&session, today)),
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
        for (goal, title) in &goals {
            out.row(&[
                Part::Plain(&format!("Goal: {}  ", text::line(title))),
                Part::Faint(&words::tag(&goal.short())),
            ])?;
        }
        tell_agenda(&agenda, out)?;
        if let Some(held) = &held {
            out.row(&[Part::Plain("\n"), Part::Strong("Progress check")])?;
            for goal in &held.goals {
                let colon = if goal.note.is_empty() { "" } else { ": " };
                let (title, note) = (text::line(&goal.title), text::line(&goal.note));
                out.line(&format!("- {title}: {}{colon}{note}", goal.word.words()))?;
            }
            for (asked, said) in held.check.value.said() {
                out.line(&format!("{asked}: {}", text::prose(said)))?;
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
        if !commitments.is_empty() {
            out.row(&[Part::Plain("\n"), Part::Strong("Promised")])?;
            for commitment in &commitments {
                let whose = if commitment.value.owner == Party::Me { "you" } else { &named.name };
                let what = text::line(&commitment.value.text);
                let stands = standing(&commitment.value, today);
                out.row(&[
                    Part::Plain(&format!("- {}: {what}; {stands}  ", text::line(whose))),
                    Part::Faint(&words::tag(&commitment.id.short())),
                ])?;
            }
        }
        Ok(())
    }

    fn commitment(&self, shell: &mut Shell, store: &Store, id: Id<Commitment>) -> Result<()> {
        let commitment = store.commitment(id)?;
        if self.json {
            return shell.out.json(&commitment_json(store, &commitment)?);
        }
        let named = store.named(commitment.value.relationship)?;
        let role = format!(", {}", named.role.words());
        shell.out.row(&[Part::Strong(&text::line(&named.name)), Part::Plain(&role)])?;
        let today = shell.today();
        let whose = if commitment.value.owner == Party::Me { "yours" } else { "theirs" };
        let nice = if commitment.value.weight == Weight::Nice { "; nice to have" } else { "" };
        let told = if commitment.value.told { "; told" } else { "" };
        let made = dates::in_words(commitment.value.made, today);
        shell.out.row(&[
            Part::Plain(&format!(
                "Commitment; {whose}; {}{nice}{told}; made {made}  ",
                standing(&commitment.value, today)
            )),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        shell.out.line(&text::line(&commitment.value.text))?;
        for moved in store.moves_of(id)? {
            let (on, from, to) =
                (words::day(moved.on), words::day(moved.from), words::day(moved.to));
            let agreed = if moved.agreed { "agreed" } else { "not agreed" };
            let time = if moved.on <= moved.from { "in time" } else { "after its day" };
            shell.out.line(&format!("Moved on {on} from {from} to {to}; {agreed}, {time}"))?;
        }
        if let Some((goal, title)) = store.goal_of_commitment(id)? {
            shell.out.row(&[
                Part::Plain(&format!("For the goal {}  ", text::line(&title))),
                Part::Faint(&words::tag(&goal.short())),
            ])?;
        }
        if let Some(session) = commitment.value.session.and_then(|at| store.session(at).ok()) {
            shell.out.row(&[
                Part::Plain(&format!(
                    "From the session of {}  ",
                    words::day(session.value.when.date)
                )),
                Part::Faint(&words::tag(&session.id.short())),
            ])?;
        }
        Ok(())
    }

    fn goal(&self, shell: &mut Shell, store: &Store, id: Id<Goal>) -> Result<()> {
        let details = store.goal_details(id)?;
        let goal = &details.goal.value;
        let with: Vec<String> = details.with.iter().map(|one| text::line(&one.name)).collect();
        let moves = store.goal_moves(&details.goal, shell.stamp.now)?;
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
                moves,
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
        if !moves.is_empty() {
            out.row(&[Part::Plain("\n"), Part::Strong("When it was moved")])?;
        }
        for one in &moves {
            out.line(&format!("{}  {}", dates::day(one.on, today), one.words(today)))?;
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

/// What is to be talked about, or was, each line with the id by which it is ticked.
fn tell_agenda(agenda: &[Record<AgendaItem>], out: &mut Out) -> Result<()> {
    if !agenda.is_empty() {
        out.row(&[Part::Plain("\n"), Part::Strong("Agenda")])?;
    }
    for item in agenda {
        let what = text::line(&item.value.text);
        out.row(&[
            Part::Plain(&format!("- {what}{}  ", ending(&item.value))),
            Part::Faint(&words::tag(&item.id.short())),
        ])?;
    }
    Ok(())
}

/// What the line itself does not say.
fn ending(item: &AgendaItem) -> String {
    let by = if item.by == Party::Them { " (theirs)" } else { "" };
    let dropped = if item.state == AgendaState::Dropped { " (dropped)" } else { "" };
    format!("{by}{dropped}")
}

fn commitment_json<'a>(
    store: &Store,
    commitment: &'a Record<Commitment>,
) -> Result<CommitmentJson<'a>> {
    Ok(CommitmentJson {
        kind: "commitment",
        id: commitment.id,
        commitment: &commitment.value,
        moves: store.moves_of(commitment.id)?,
    })
}

/// Where it stands: "open, by Thu 3 Dec 2026, in 11 days" or "kept Tue 3 Nov 2026, 19 days ago".
fn standing(commitment: &Commitment, today: chrono::NaiveDate) -> String {
    let state = commitment.state.words();
    match (commitment.closed, commitment.due) {
        (Some(day), _) => format!("{state} {}", dates::in_words(day, today)),
        (None, Some(due)) => format!("{state}, by {}", dates::in_words(due, today)),
        (None, None) => format!("{state}, no day"),
    }
}

/// A way to reach somebody: "amina@example.org; email; weekdays; preferred".
fn reached(contact: &Contact) -> String {
    let preferred = if contact.preferred { "preferred" } else { "" };
    let parts =
        [text::line(&contact.value), text::line(&contact.label), text::line(&contact.hours)];
    let parts = parts.iter().map(String::as_str).chain([preferred]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
