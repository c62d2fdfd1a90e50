//! The real program, run as a shell runs it, and everything it says compared whole.

mod backups;
mod bringing;
mod checking;
mod completing;
mod examples;
mod finding;
mod goals;
mod keeping;
mod leaving;
mod locked;
mod months;
mod moving;
mod promising;
mod refusing;
mod today;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub use locked::change_by_hand;

/// A home folder with nothing in it, at noon of a Sunday in November.
pub struct Home {
    pub folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// What a command said and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    /// Without a journal.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let variables = vec![
            ("HOME", folder.path().display().to_string()),
            ("XDG_DATA_HOME", folder.path().join("data").display().to_string()),
            ("CONFIDANT_NOW", "2026-11-22T12:00:00+00:00".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ];
        Self { folder, variables }
    }

    /// With a journal of Asha's that is not encrypted.
    pub fn new() -> Self {
        let home = Self::empty();
        home.done(&["init", "--name", "Asha", "--no-passphrase"]);
        home
    }

    /// With a journal in which Asha mentors Amina.
    pub fn with_amina() -> Self {
        let home = Self::new();
        home.done(&["person", "add", "Amina K.", "--as", "mentor"]);
        home
    }

    pub fn set(&mut self, name: &'static str, value: &str) {
        self.variables.retain(|(other, _)| *other != name);
        self.variables.push((name, value.to_owned()));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn journal(&self) -> PathBuf {
        self.path("data/confidant/journal.db")
    }

    /// The program in a session of its own, so that it has no terminal even where the tests have.
    pub fn command(&self) -> Command {
        let mut command = Command::new("setsid");
        command.args(["--wait", env!("CARGO_BIN_EXE_confidant")]);
        command.env_clear().envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command.current_dir(self.folder.path());
        command
    }

    /// The same after a line of the shell, which limits what it may do.
    pub fn limited(&self, line: &str) -> Command {
        let mut command = Command::new("setsid");
        command.args(["--wait", "sh", "-c", &format!("{line} && exec \"$@\""), "sh"]);
        command.arg(env!("CARGO_BIN_EXE_confidant"));
        command.env_clear().envs(self.variables.iter().map(|(name, value)| (*name, value)));
        command.current_dir(self.folder.path());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs with standard input; ids and the home folder are masked in what it says.
    pub fn run_with(&self, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let ended =
            self.command().args(args).write_stdin(input.as_ref()).output().expect("it runs");
        let said = |bytes| masked(&String::from_utf8(bytes).expect("text"), self.folder.path());
        Ran { code: ended.status.code(), out: said(ended.stdout), err: said(ended.stderr) }
    }

    /// Runs what has to succeed, and hands over what it wrote, as it is.
    pub fn done(&self, args: &[&str]) -> String {
        self.done_with(args, b"")
    }

    pub fn done_with(&self, args: &[&str], input: impl AsRef<[u8]>) -> String {
        let ended =
            self.command().args(args).write_stdin(input.as_ref()).output().expect("it runs");
        assert!(ended.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8(ended.stdout).expect("text")
    }

    /// Runs `args` and compares all that is said; nothing is said of the other kind.
    #[track_caller]
    pub fn says(&self, args: &[&str], out: &str) {
        assert_eq!(self.run(args), ran(0, out, ""), "{args:?}");
    }

    /// Runs `args`, which must fail with one code and one message.
    #[track_caller]
    pub fn fails(&self, args: &[&str], code: i32, err: &str) {
        assert_eq!(self.run(args), ran(code, "", err), "{args:?}");
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }
}

/// What a command is expected to say.
pub fn ran(code: i32, out: &str, err: &str) -> Ran {
    Ran { code: Some(code), out: out.to_owned(), err: err.to_owned() }
}

/// The id in the brackets of an echo.
pub fn id_in(said: &str) -> String {
    let (_, rest) = said.rsplit_once('[').expect("an id");
    rest.split_once(']').expect("a bracket").0.to_owned()
}

/// Ids are random and the home folder is another each time.
fn masked(said: &str, home: &Path) -> String {
    let said = said.replace(&home.display().to_string(), "~");
    let mut masked = String::new();
    let mut rest = said.as_str();
    while !rest.is_empty() {
        let hex = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
        if hex == 0 {
            let other = rest.find(|c: char| c.is_ascii_hexdigit()).unwrap_or(rest.len());
            masked.push_str(&rest[..other]);
            rest = &rest[other..];
        } else {
            let is_tag = hex == 8 && masked.ends_with('[') && rest[hex..].starts_with(']');
            masked.push_str(if hex == 32 || is_tag { "id" } else { &rest[..hex] });
            rest = &rest[hex..];
        }
    }
    masked
}
