//! The journal as a folder of Markdown files: a folder for each person, in it what there is to know
//! and a file for each session.
//!
//! Each file begins with a short block that other programs read as its facts, and that says that it
//! was made here; an export to the same folder replaces such files and no others.

use std::fmt::Write as _;

use super::super::chapter::{Chapter, Chapters};
use super::super::{Error, LeftOut, Piecemeal, Selection, names};
use super::{about, goals, put, session_under, title};
use crate::domain::{When, text};
use crate::store::{self, Named, Store};

/// The line by which a file of such a folder is known.
pub const MADE_HERE: &str = "made-by: confidant";
/// The file of the goals shared with nobody.
const OWN_GOALS: &str = "Goals of my own.md";
/// The folder of the sessions.
const SESSIONS: &str = "sessions";
/// The file of what there is to know about somebody.
const ABOUT: &str = "about.md";

/// Writes the journal as files: `look` is told each folder and the names in it before the first is
/// written.
pub fn export_folder<E: From<Error> + From<store::Error>>(
    store: &Store,
    what: Selection,
    mut look: impl FnMut(&str, &[String]) -> Result<(), E>,
    mut write: impl FnMut(&str, Piecemeal<'_>) -> Result<(), E>,
) -> Result<LeftOut, E> {
    store.at_one_moment(|| {
        let mut chapters = Chapters::new(store, what);
        let named = chapters.named()?;
        let folders = names::folders(&named);
        let own = goals::own(&chapters.goals_of_my_own()?);
        for (with, folder) in &folders {
            let sessions = names::sessions(&store.sessions_in_order(*with)?);
            look(folder, &[ABOUT.to_owned()])?;
            look(&format!("{folder}/{SESSIONS}"), &sessions)?;
        }
        if own.is_some() {
            look("", &[OWN_GOALS.to_owned()])?;
        }
        for named in &named {
            let Some(folder) = folders.get(&named.relationship) else { continue };
            let chapter = chapters.chapter(named)?;
            let mut list = String::new();
            for (one, name) in chapter.sessions.iter().zip(names::sessions(&chapter.sessions)) {
                let part = chapters.session(one.id)?;
                let session = &part.session.value;
                let mut text = block(named, Some(&session.when));
                let _ = writeln!(text, "# {}\n", title(session));
                session_under(&part, 1, &mut text);
                write(&format!("{folder}/{SESSIONS}/{name}"), &mut |mut out| put(&mut out, &text))?;
                let _ = writeln!(list, "- [{}]({SESSIONS}/{name})", title(session));
            }
            let about = about_file(&chapter, &list);
            write(&format!("{folder}/{ABOUT}"), &mut |mut out| put(&mut out, &about))?;
        }
        if let Some(own) = own {
            let text = format!("---\n{MADE_HERE}\n---\n\n{own}");
            write(OWN_GOALS, &mut |mut out| put(&mut out, &text))?;
        }
        Ok(chapters.left)
    })
}

fn about_file(chapter: &Chapter, sessions: &str) -> String {
    let mut text = block(&chapter.named, None);
    text.push_str(&about(chapter));
    if !sessions.is_empty() {
        let _ = write!(text, "\n## Sessions\n\n{sessions}");
    }
    text
}

/// What a file is about, for programs. Text in it is quoted as JSON, which YAML reads too.
fn block(named: &Named, when: Option<&When>) -> String {
    let name = serde_json::Value::from(text::line(&named.name));
    let mut block = format!("---\nperson: {name}\nrole: {}\n", named.role.code());
    if let Some(When { date, time }) = when {
        let _ = writeln!(block, "date: {date}");
        if let Some(time) = time {
            let _ = writeln!(block, "time: \"{}\"", time.format("%H:%M"));
        }
    }
    let _ = write!(block, "{MADE_HERE}\n---\n\n");
    block
}
