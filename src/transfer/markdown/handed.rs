//! What is written to the other, to be mailed or pasted: the agenda of a session, and what came of
//! it. It is made of what the other may see; notes and what is private are not read for it.

use std::fmt::Write as _;

use super::{heading, safe, title};
use crate::domain::{AgendaState, Commitment, Id, Party, Session};
use crate::store::{Result, Store};

/// What is to be talked about in a session; nothing where nothing is.
pub fn agenda(store: &Store, id: Id<Session>) -> Result<Option<String>> {
    let session = store.session(id)?;
    let mut items = store.to_talk_about(&session)?;
    items.retain(|item| item.value.state != AgendaState::Dropped);
    if items.is_empty() {
        return Ok(None);
    }
    let session = session.value;
    let names = Names::of(store, &session)?;
    let mut text = format!("# Agenda of {}\n\n", title(&session));
    for item in &items {
        let theirs =
            if item.value.by == Party::Them { format!("{}: ", names.them) } else { String::new() };
        let _ = writeln!(text, "- {theirs}{}", safe::line(&item.value.text));
    }
    let open = store.open_commitments(session.relationship)?;
    names.commitments("Still open", open.iter().map(|one| &one.commitment.value), &mut text);
    Ok(Some(text))
}

/// The summary of a session, who does what, and when the two meet next; nothing where there is
/// neither a summary nor a commitment.
pub fn summary(store: &Store, id: Id<Session>) -> Result<Option<String>> {
    let session = store.session(id)?.value;
    let summary = store.texts(id)?.summary.map(|written| written.value.body).unwrap_or_default();
    let promised = store.commitments_of(id)?;
    if summary.trim().is_empty() && promised.is_empty() {
        return Ok(None);
    }
    let names = Names::of(store, &session)?;
    let mut text = format!("# {}\n", title(&session));
    if !summary.trim().is_empty() {
        text.push('\n');
        text.push_str(&safe::prose(&summary, 1));
    }
    names.commitments("Who does what", promised.iter().map(|one| &one.value), &mut text);
    if let Some(next) = store.next_session(session.relationship, session.when.date)?
        && next.id != id
    {
        let _ = writeln!(text, "\nNext time: {}", title(&next.value));
    }
    Ok(Some(text))
}

/// The names of the two.
struct Names {
    me: String,
    them: String,
}

impl Names {
    fn of(store: &Store, session: &Session) -> Result<Self> {
        Ok(Self {
            me: safe::line(&store.owner()?.value.name),
            them: safe::line(&store.named(session.relationship)?.name),
        })
    }

    fn commitments<'a>(
        &self,
        name: &str,
        all: impl Iterator<Item = &'a Commitment>,
        text: &mut String,
    ) {
        for (number, one) in all.enumerate() {
            if number == 0 {
                heading(name, 2, text);
            }
            let who = if one.owner == Party::Me { &self.me } else { &self.them };
            let due = one.due.map(|due| format!(", by {due}")).unwrap_or_default();
            let _ = writeln!(text, "- {who}: {}{due}", safe::line(&one.text));
        }
    }
}
