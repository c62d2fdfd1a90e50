//! Where this machine remembers which copy of a journal was used last: one small file a journal, in
//! the folder for such things. That it cannot be read or written is no reason to fail.

use std::path::PathBuf;

use etcetera::{BaseStrategy, base_strategy::Xdg};

use super::folders::{Existing, prepare_folder, write_private};
use crate::domain::LastUse;

/// What is remembered of the journal with this id.
pub fn recall(journal: &str) -> LastUse {
    let bytes = path_of(journal).and_then(|path| std::fs::read(path).ok());
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Remembers it.
pub fn remember(journal: &str, last: &LastUse) {
    let Some(path) = path_of(journal) else { return };
    let Some(folder) = path.parent() else { return };
    if let Ok(bytes) = serde_json::to_vec(last)
        && prepare_folder(folder).is_ok()
    {
        // The next one is remembered as well.
        let _ = write_private(&path, &bytes, Existing::Replace);
    }
}

fn path_of(journal: &str) -> Option<PathBuf> {
    let is_id = !journal.is_empty() && journal.bytes().all(|byte| byte.is_ascii_hexdigit());
    let folder = Xdg::new().ok()?.state_dir()?;
    (is_id && folder.is_absolute()).then(|| folder.join("confidant").join(journal))
}
