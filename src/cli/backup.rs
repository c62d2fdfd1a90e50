//! `confidant backup`: a copy of the journal that has been read back.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::out;
use super::shell::Shell;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant backup
  confidant backup /media/stick/

Without a path the copy lies in the folder \"backups\" beside the journal. It opens with the same
passphrase.")]
pub struct Backup {
    /// A new file, or a folder for it.
    path: Option<PathBuf>,
}

impl Backup {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let to = self.path.map(|path| {
            if path.is_dir() {
                let now = shell.stamp.now.format("%Y-%m-%d-%H%M%S");
                path.join(format!("journal-{now}.db"))
            } else {
                path
            }
        });
        let progress = |done, of| {
            if of > 0 {
                out::progress(&format!("Copied {done} of {of} pages."));
            }
        };
        let copy = store.backup(shell.stamp, to.as_deref(), progress);
        out::progress_done();
        let copy = copy?;
        shell.out.line(&format!("Copied and read back: {}", copy.display()))?;
        Ok(())
    }
}
