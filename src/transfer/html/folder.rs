//! The journal as a folder of pages: one for each relationship, and one for the goals shared with
//! nobody.

use super::super::chapter::Chapters;
use super::super::{Error, LeftOut, Piecemeal, Selection, names};
use super::{begin, end, goals_of_my_own, put, write_chapter};
use crate::store::{self, Store};

/// The page of the goals shared with nobody.
const OWN_GOALS: &str = "Goals of my own.html";

/// Writes the journal as pages: `look` is told all names before the first is written. They stand in
/// the folder itself.
pub fn export_folder<E: From<Error> + From<store::Error>>(
    store: &Store,
    what: Selection,
    look: impl FnOnce(&str, &[String]) -> Result<(), E>,
    mut write: impl FnMut(&str, Piecemeal<'_>) -> Result<(), E>,
) -> Result<LeftOut, E> {
    store.at_one_moment(|| {
        let mut chapters = Chapters::new(store, what);
        let named = chapters.named()?;
        let own = chapters.goals_of_my_own()?;
        let folders = names::folders(&named);
        // A page for each, side by side; a further role stands behind the name.
        let page = |folder: &String| format!("{}.html", folder.replace('/', ", "));
        let mut all: Vec<String> = folders.values().map(page).collect();
        all.extend((!own.is_empty()).then(|| OWN_GOALS.to_owned()));
        all.sort();
        look("", &all)?;
        for named in &named {
            let Some(folder) = folders.get(&named.relationship) else { continue };
            let chapter = chapters.chapter(named)?;
            write(&page(folder), &mut |mut out| {
                put(&mut out, &begin(&named.name))?;
                write_chapter(&mut chapters, &chapter, 1, &mut out)?;
                end(&mut out)
            })?;
        }
        if !own.is_empty() {
            write(OWN_GOALS, &mut |mut out| {
                put(&mut out, &begin("Goals of my own"))?;
                put(&mut out, &goals_of_my_own(&own))?;
                end(&mut out)
            })?;
        }
        Ok(chapters.left)
    })
}
