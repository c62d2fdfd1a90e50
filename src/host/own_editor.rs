//! Handing a text to the writer's own editor, as a file, and taking it back.
//!
//! The file lies in a folder that only its owner can open, in memory where the system offers that.
//! Whatever becomes of the editor, what it saved is taken back. The file goes when the text has
//! been taken back, and not before: what a crash leaves is found at the next start.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::folders::create_private;
use super::processes;

/// How often, while an editor is open, it is looked whether this program is to end.
const LOOK: Duration = Duration::from_secs(1);

/// What came back from an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text as it stands in the file, or as it was given where there is no file any more.
    pub text: String,
    /// The file, which is still there.
    pub file: PathBuf,
    /// What is to be said of how the editor ended, if it did not end well.
    pub trouble: Option<String>,
}

/// A text that an editor was given by a program that ended before it took it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftText {
    /// The name it was given under.
    pub name: String,
    /// What it says.
    pub text: String,
    /// The file.
    pub file: PathBuf,
}

/// Why no editor was opened.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Nobody said which.
    #[error("No editor is named. Set VISUAL or EDITOR, for example to nano, and start again.")]
    None,
    /// There is no place for the file.
    #[error("No private file could be made for your editor ({0}). The text is as it was.")]
    NoFile(io::Error),
    /// The system started nothing.
    #[error("Your editor could not be started ({0}). Look at VISUAL and EDITOR.")]
    NotStarted(io::Error),
    /// The program is to end while the editor is still open.
    #[error("Your editor is still open. What it saves is offered at the next start.")]
    StillOpen,
}

/// The command of the writer's editor, as the environment names it.
pub fn command() -> Option<String> {
    let named = |name| std::env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
    named("VISUAL").or_else(|| named("EDITOR"))
}

/// Opens the editor on `text`, in a file called `name`, for this `process`, and waits for its end;
/// `must_end` says when not to wait any longer.
pub fn edit(
    command: &str,
    process: &str,
    name: &str,
    text: &str,
    must_end: impl Fn() -> bool,
) -> Result<Edited, EditorError> {
    let file = write(process, name, text).map_err(EditorError::NoFile)?;
    let ended = wait(command, &file, must_end);
    let status = match ended {
        Ok(status) => status,
        Err(EditorError::StillOpen) => return Err(EditorError::StillOpen),
        Err(error) => {
            remove(&file);
            return Err(error);
        }
    };
    let found = read(&file);
    let (text, lost) = match found {
        Ok(found) => (found, false),
        Err(_) => (text.to_owned(), true),
    };
    let trouble = match (status.success(), lost) {
        (true, false) => None,
        (true, true) => Some("Your editor left no file; the text is as it was.".to_owned()),
        (false, true) => Some(format!("Your editor failed ({status}) and left no file.")),
        (false, false) => Some(format!("Your editor failed ({status}); what it saved is here.")),
    };
    Ok(Edited { text, file, trouble })
}

/// The texts that editors were given by programs that no longer run.
pub fn left_behind() -> Vec<LeftText> {
    let mut left = Vec::new();
    for home in places().into_iter().filter(|home| is_ours(home)) {
        for folder in entries(&home) {
            let process = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if processes::is_running(&process) {
                continue;
            }
            for file in entries(&folder).into_iter().filter(|file| file.extension().is_some()) {
                let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                if let Ok(text) = read(&file) {
                    left.push(LeftText { name, text, file });
                }
            }
        }
    }
    left
}

/// Removes such a file, its folder, and what the editor left beside it, once its text is kept.
pub fn remove(file: &Path) {
    // What cannot be removed is offered again, and says the same as what is kept.
    let Some(folder) = file.parent() else { return };
    let _ = fs::remove_dir_all(folder);
    if let Some(home) = folder.parent() {
        let _ = fs::remove_dir(home);
    }
}

/// Where such files may lie, the best first: what is gone when the machine is switched off.
fn places() -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let runtime = runtime.filter(|folder| folder.is_absolute() && is_ours(folder));
    let memory = Some(PathBuf::from("/dev/shm")).filter(|folder| folder.is_dir());
    let own = format!("confidant-{}", rustix::process::getuid().as_raw());
    let bases = [runtime, memory, Some(std::env::temp_dir())];
    bases.into_iter().flatten().map(|base| base.join(&own)).collect()
}

/// Whether it is a folder of this user's, and no link to one: others can write beside it.
fn is_ours(folder: &Path) -> bool {
    let found = fs::symlink_metadata(folder);
    found.is_ok_and(|found| found.is_dir() && found.uid() == rustix::process::getuid().as_raw())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Writes the file, in a folder of this process's own.
fn write(process: &str, name: &str, text: &str) -> io::Result<PathBuf> {
    let mut refused = io::Error::from(io::ErrorKind::NotFound);
    for home in places() {
        match write_in(&home, process, name, text) {
            Ok(file) => return Ok(file),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn write_in(home: &Path, process: &str, name: &str, text: &str) -> io::Result<PathBuf> {
    private_folder(home)?;
    // One folder a hand-off, so that what an editor leaves beside the file goes with it.
    let folder = home.join(process);
    private_folder(&folder)?;
    let file = folder.join(format!("{name}.md"));
    let _ = fs::remove_file(&file);
    let written = create_private(&file)
        .map_err(io::Error::other)
        .and_then(|mut open| open.write_all(format!("{text}\n").as_bytes()));
    match written {
        Ok(()) => Ok(file),
        Err(error) => {
            remove(&file);
            Err(error)
        }
    }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    let others = fs::symlink_metadata(folder)?.mode() & 0o077;
    if is_ours(folder) && others == 0 {
        return Ok(());
    }
    Err(io::Error::from(io::ErrorKind::PermissionDenied))
}

/// Runs the editor. Its name may come with arguments, as the shell reads them.
fn wait(
    command: &str,
    file: &Path,
    must_end: impl Fn() -> bool,
) -> Result<ExitStatus, EditorError> {
    let script = format!("{command} {} \"$@\"", quiet_flags(command));
    let mut child = Command::new("sh")
        .args(["-c", &script, "editor"])
        .arg(file)
        .spawn()
        .map_err(EditorError::NotStarted)?;
    let (tell, ended) = channel();
    thread::spawn(move || {
        // Nobody listens once the program is to end.
        let _ = tell.send(child.wait());
    });
    loop {
        match ended.recv_timeout(LOOK) {
            Ok(status) => return status.map_err(EditorError::NotStarted),
            Err(RecvTimeoutError::Timeout) if must_end() => return Err(EditorError::StillOpen),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(EditorError::NotStarted(io::Error::from(io::ErrorKind::BrokenPipe)));
            }
        }
    }
}

/// What keeps a known editor from writing copies of its own.
fn quiet_flags(command: &str) -> &'static str {
    let program = command.split_whitespace().next().unwrap_or_default();
    match Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or_default() {
        "vim" | "nvim" | "gvim" | "mvim" => "-n -i NONE -c 'set nobackup nowritebackup noundofile'",
        "nano" => "-R",
        "emacs" => {
            "--eval '(setq make-backup-files nil auto-save-default nil create-lockfiles nil)'"
        }
        _ => "",
    }
}

/// The text of a file without the end of its last line, which editors want and the journal does
/// not. Bytes that are no UTF-8 are read as Latin-1, which loses none.
fn read(file: &Path) -> io::Result<String> {
    let text = match String::from_utf8(fs::read(file)?) {
        Ok(text) => text,
        Err(other) => other.into_bytes().into_iter().map(char::from).collect(),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let ended = text.strip_suffix('\n').unwrap_or(text);
    Ok(ended.strip_suffix('\r').unwrap_or(ended).to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::host::processes::Process;

    const GIVEN: &str = "What was given.";

    /// Runs a script as the editor; `$1` is the file.
    fn edited(script: &str) -> (Edited, String) {
        let name = format!("{:016x}", getrandom::u64().expect("a number"));
        let process = format!("{} test {name}", std::process::id());
        // The script is a word of the command, and what follows it are its arguments.
        let command = format!("sh -c '{script}' editor");
        let edited = edit(&command, &process, &name, GIVEN, || false).expect("edited");
        let folder = edited.file.parent().expect("a folder").to_owned();
        remove(&edited.file);
        assert!(!folder.exists(), "nothing is left");
        (edited.clone(), edited.text)
    }

    #[test]
    fn whatever_becomes_of_the_editor_the_text_comes_back() {
        for (script, text, trouble) in [
            ("printf \"New.\\n\" > \"$1\"", "New.", ""),
            ("printf \"New.\\r\\n\" > \"$1\"", "New.", ""),
            ("printf \"One.\\n\\n\" > \"$1\"", "One.\n", ""),
            ("true", GIVEN, ""),
            (": > \"$1\"", "", ""),
            ("rm \"$1\"", GIVEN, "left no file"),
            ("rm -r \"$(dirname \"$1\")\"", GIVEN, "left no file"),
            ("printf Saved > \"$1\"; exit 3", "Saved", "exit status: 3"),
            ("printf Saved > \"$1\"; kill -9 $$", "Saved", "what it saved is here"),
            ("exit 127", GIVEN, "exit status: 127"),
            ("printf \"caf\\351\" > \"$1\"", "café", ""),
            ("printf \"\\357\\273\\277x\" > \"$1\"", "x", ""),
            ("printf moved > \"$1.new\"; mv \"$1.new\" \"$1\"", "moved", ""),
            ("printf more >> \"$1\"", "What was given.\nmore", ""),
            ("test \"$(stat -c %a \"$1\")\" = 600 && printf yes > \"$1\"", "yes", ""),
            (
                "test \"$(stat -c %a \"$(dirname \"$1\")\")\" = 700 && printf yes > \"$1\"",
                "yes",
                "",
            ),
        ] {
            let (edited, found) = edited(script);
            assert_eq!(found, text, "{script}");
            let said = edited.trouble.unwrap_or_default();
            assert_eq!(said.is_empty(), trouble.is_empty(), "{script}: {said}");
            assert!(said.contains(trouble), "{script}: {said}");
        }
    }

    #[test]
    fn what_a_dead_program_left_is_found_and_what_a_living_one_works_on_is_not() {
        let living = Process::current().to_string();
        let dead = format!("{living}0");
        let (mine, theirs) = (format!("living-{living}"), format!("dead-{living}"));
        let kept = write(&living, &mine, "mine").expect("written");
        let left = write(&dead, &theirs, "theirs").expect("written");
        let found = left_behind();
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert!(names.contains(&theirs.as_str()) && !names.contains(&mine.as_str()), "{names:?}");
        let one = found.iter().find(|one| one.name == theirs).expect("found");
        assert_eq!((one.text.as_str(), &one.file), ("theirs", &left));
        remove(&left);
        remove(&kept);
        assert!(!left.exists() && !kept.exists());
    }

    #[test]
    fn a_folder_that_others_can_open_is_not_used() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("confidant");
        fs::create_dir(&home).expect("made");
        fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).expect("opened");
        assert!(write_in(&home, "1 x", "name", "text").is_err());
        let link = folder.path().join("link");
        fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).expect("closed");
        std::os::unix::fs::symlink(&home, &link).expect("a link");
        assert!(write_in(&link, "1 x", "name", "text").is_err());
        assert!(write_in(&home, "1 x", "name", "text").is_ok());
    }

    #[test]
    fn a_program_that_is_to_end_waits_no_longer() {
        let process = format!("{} ending", std::process::id());
        let ended = edit("sleep 30 #", &process, "ending", GIVEN, || true);
        assert!(matches!(ended, Err(EditorError::StillOpen)));
        let left = left_behind().into_iter().find(|one| one.name == "ending").expect("left");
        assert_eq!(left.text, GIVEN);
        remove(&left.file);
    }

    #[test]
    fn known_editors_are_kept_from_writing_copies() {
        for (command, flags) in [
            ("vim", "-n -i NONE"),
            ("/usr/bin/nvim -u NONE", "-n -i NONE"),
            ("nano -w", "-R"),
            ("emacs -nw", "make-backup-files nil"),
            ("hx", ""),
            ("", ""),
        ] {
            assert!(quiet_flags(command).contains(flags), "{command}");
            assert_eq!(quiet_flags(command).is_empty(), flags.is_empty(), "{command}");
        }
    }
}
