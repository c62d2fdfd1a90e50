//! The journal as a folder of Markdown files: a folder for each person, in it what there is to know
//! and a file for each session.
//!
//! Each file begins with a short block that other programs read as its facts, and that says that it
//! was made here; an export to the same folder replaces such files and no others.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::super::chapter::{Chapter, Chapters};
use super::super::{Error, LeftOut, Piecemeal, Selection, names};
use super::{about, goals, put, session_under, title};
use crate::domain::{Id, Relationship, Session, When, text};
use crate::store::{self, Named, Store};

/// The line by which a file of such a folder is known.
pub const MADE_HERE: &str = "made-by: confidant";
/// The file of the goals shared with nobody.
const OWN_GOALS: &str = "Goals of my own.md";

/// The names of the files of one relationship.
struct Files {
    folder: String,
    sessions: HashMap<Id<Session>, String>,
}

impl Files {
    fn about(&self) -> String {
        format!("{}/about.md", self.folder)
    }

    fn session(&self, id: Id<Session>) -> String {
        let name = self.sessions.get(&id).map_or("session", String::as_str);
        format!("{}/sessions/{name}.md", self.folder)
    }
}

/// Writes the journal as files: `look` is told all names before the first is written.
pub fn export_folder<E: From<Error> + From<store::Error>>(
    store: &Store,
    what: Selection,
    look: impl FnOnce(&[String]) -> Result<(), E>,
    mut write: impl FnMut(&str, Piecemeal<'_>) -> Result<(), E>,
) -> Result<LeftOut, E> {
    store.at_one_moment(|| {
        let mut chapters = Chapters::new(store, what);
        let named = chapters.named()?;
        let files = files(store, &named)?;
        let own = goals::own(&chapters.goals_of_my_own()?);
        look(&all_names(&files, own.is_some()))?;
        for named in &named {
            let Some(files) = files.get(&named.relationship) else { continue };
            let chapter = chapters.chapter(named)?;
            let mut list = String::new();
            for one in &chapter.sessions {
                let id = one.id;
                let part = chapters.session(id)?;
                let session = &part.session.value;
                let mut text = block(named, Some(&session.when));
                let _ = writeln!(text, "# {}\n", title(session));
                session_under(&part, 1, &mut text);
                write(&files.session(id), &mut |mut out| put(&mut out, &text))?;
                let name = files.sessions.get(&id).map_or("", String::as_str);
                let _ = writeln!(list, "- [{}](sessions/{name}.md)", title(session));
            }
            let about = about_file(&chapter, &list);
            write(&files.about(), &mut |mut out| put(&mut out, &about))?;
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

fn files(store: &Store, named: &[Named]) -> Result<HashMap<Id<Relationship>, Files>, Error> {
    let mut all = HashMap::new();
    for (with, folder) in names::folders(named) {
        // By their ids, which are in the order in which they were written down: a session that is
        // set down later on the same day takes no other's name.
        let mut sessions = store.sessions_in_order(with)?;
        sessions.sort_by_key(|one| (one.when.date, one.id));
        let mut taken = HashSet::new();
        let mut name = |when: When| names::free(&when.date.to_string(), "-", &mut taken);
        let sessions = sessions.into_iter().map(|one| (one.id, name(one.when))).collect();
        all.insert(with, Files { folder, sessions });
    }
    Ok(all)
}

fn all_names(files: &HashMap<Id<Relationship>, Files>, own: bool) -> Vec<String> {
    let mut names = Vec::new();
    for files in files.values() {
        names.push(files.about());
        names.extend(files.sessions.keys().map(|id| files.session(*id)));
    }
    names.extend(own.then(|| OWN_GOALS.to_owned()));
    names.sort();
    names
}
