//! From what was typed to a relationship, a person, or a thing with an id.

use anyhow::Result;

use super::failure::Failure;
use crate::domain::{Id, Role, text};
use crate::store::{Kind, Named, Store, Whom};

/// The one relationship that `typed` means: a name, an alias or the beginning of one, and a role
/// after a colon where one person has two.
pub fn relationship(store: &Store, typed: &str) -> Result<Named> {
    let mut found = candidates(store, typed)?;
    if found.len() > 1 {
        return Err(several(typed, &found));
    }
    found.pop().ok_or_else(|| nobody(typed))
}

/// The relationships that these mean, each once.
pub fn relationships(store: &Store, typed: &[String]) -> Result<Vec<Named>> {
    let mut once: Vec<Named> = Vec::with_capacity(typed.len());
    for typed in typed {
        let named = relationship(store, typed)?;
        if !once.iter().any(|other| other.relationship == named.relationship) {
            once.push(named);
        }
    }
    Ok(once)
}

/// The one person that `typed` means, in however many roles.
pub fn person(store: &Store, typed: &str) -> Result<Named> {
    let found = candidates(store, typed)?;
    let first = found.first().ok_or_else(|| nobody(typed))?;
    if found.iter().any(|other| other.person != first.person) {
        return Err(several(typed, &found));
    }
    Ok(first.clone())
}

fn candidates(store: &Store, typed: &str) -> Result<Vec<Named>> {
    let found = |name: &str| -> Result<Vec<Named>> {
        Ok(match store.find_person(name)? {
            Whom::One(named) => vec![named],
            Whom::Nobody => Vec::new(),
            Whom::Several(several) => several,
        })
    };
    let all = found(typed)?;
    if all.is_empty()
        && let Some((name, role)) = typed.rsplit_once(':')
        && let Some(role) = Role::from_code(role.trim())
    {
        let mut all = found(name)?;
        all.retain(|named| named.role == role);
        return Ok(all);
    }
    Ok(all)
}

fn nobody(typed: &str) -> anyhow::Error {
    let typed: String = text::line(typed).chars().take(60).collect();
    Failure::nothing(format!(
        "Nobody here is called \"{typed}\". `confidant people --all` lists everybody."
    ))
}

fn several(typed: &str, found: &[Named]) -> anyhow::Error {
    let typed: String = text::line(typed).chars().take(60).collect();
    let list: Vec<String> = found
        .iter()
        .map(|named| {
            let alias = if named.alias.is_empty() {
                String::new()
            } else {
                format!(", also {}", named.alias)
            };
            format!("  {}:{}  ({}{alias})", named.name, named.role.code(), named.role.words())
        })
        .collect();
    Failure::nothing(format!(
        "\"{typed}\" could be any of these; write more of the name, or the role after it:\n{}",
        list.join("\n")
    ))
}

/// The session, agenda item or other thing whose printed id this is. The id of a text, which only
/// JSON has, leads to its session.
pub fn thing(store: &Store, typed: &str) -> Result<(Kind, Id<()>)> {
    let short = typed.trim_start_matches('[').trim_end_matches(']').to_lowercase();
    let is_hex = short.chars().all(|c| c.is_ascii_hexdigit());
    let no_such = || {
        let typed: String = text::line(typed).chars().take(40).collect();
        Failure::nothing(format!(
            "There is nothing with the id \"{typed}\". `confidant search` shows the ids."
        ))
    };
    // JSON has the whole id; its end is what lists print.
    let tail = match short.len() {
        8 => short.as_str(),
        32 => short.get(24..).unwrap_or_default(),
        _ => return Err(no_such()),
    };
    if !is_hex {
        return Err(no_such());
    }
    if let Some(session) =
        short.parse().ok().map(|id| store.session_of_text(id)).transpose()?.flatten()
    {
        return Ok((Kind::Session, session.cast()));
    }
    let (kind, id) = store.by_short_id(tail).map_err(|error| match error {
        crate::store::Error::Gone => no_such(),
        other => other.into(),
    })?;
    if short.len() == 32 && id.to_string() != short {
        return Err(no_such());
    }
    Ok((kind, id))
}
