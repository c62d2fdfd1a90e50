//! The shell side: one command a file, plain lines out, and an exit code that says what happened.
//!
//! Exit codes: 0 done; 1 it failed; 2 usage; 3 passphrase missing or wrong; 4 no such person or
//! thing, or several. What failed is one line on standard error: what happened, then what to do.

mod agenda;
mod agreement;
mod backup;
mod bin;
mod brief;
mod check;
mod completions;
mod erase;
mod export;
mod failure;
mod goal;
mod goals;
mod guide;
mod import;
mod init;
mod input;
mod keeping;
mod log;
mod man;
mod note;
mod opening;
mod out;
mod passphrase;
mod path;
mod people;
mod person;
mod promise;
mod protecting;
mod recover;
mod remember;
mod report;
mod restore;
mod search;
mod shell;
mod show;
mod today;
mod trust;
mod undo;
mod verify;
mod whom;
mod words;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::host::clock::Clock;
use failure::Failure;
use shell::Shell;

/// What the program gets from outside, handed down by `main`.
pub struct Host<'a> {
    /// The time.
    pub clock: Clock,
    /// Shows the journal full screen; called when no command is given and there is a terminal.
    pub screen: &'a dyn Fn(&Opening) -> Result<ExitCode>,
    /// Shows the made-up journal full screen.
    pub demo: &'a dyn Fn(&Opening) -> Result<ExitCode>,
}

/// Which journal is meant, how it opens, and how it is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Where it lies, or would lie; absolute.
    pub path: PathBuf,
    /// The command that prints its passphrase, if one was named.
    pub passphrase_command: Option<String>,
    /// When colours are wanted.
    pub color: Color,
    /// Whether signs beyond ASCII are to be left out.
    pub ascii: bool,
}

/// A private mentoring journal for the terminal.
#[derive(Debug, Parser)]
#[command(name = "confidant", version, disable_help_subcommand = true, after_help = AFTER)]
struct Line {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER: &str = "\
Without a command the journal opens full screen. Everything the screen does to data has a command
too: plain lines, no escape codes when piped. With a screen reader, use these commands; people,
today, brief, goals, check list, report, search and show also print JSON with --json.

PERSON is a name, an alias, or the beginning of one; NAME:mentor, NAME:mentee or NAME:peer tells
two roles apart. Dates are written 2026-12-03, thu, \"15 march\" or \"3 days ago\".

Exit codes: 0 done, 1 it failed, 2 usage, 3 passphrase missing or wrong, 4 no such person or
thing, or several.

Examples:
  confidant init --name \"Asha Rao\"
  confidant person add \"Amina K.\" --as mentor --every 2w
  confidant log amina --on thu --minutes 45 --notes \"What a small no looks like\"";

#[derive(Debug, Args)]
struct Everywhere {
    /// The journal file, instead of the one in your data folder.
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "CONFIDANT_JOURNAL",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    journal: Option<PathBuf>,
    /// A command that prints the passphrase, instead of a prompt.
    #[arg(
        long,
        global = true,
        value_name = "CMD",
        env = "CONFIDANT_PASSPHRASE_COMMAND",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    passphrase_command: Option<String>,
    /// When to use colours; `NO_COLOR` is heard too.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    color: Color,
    /// Draw the screen with ASCII signs only.
    #[arg(long, global = true, help_heading = "Everywhere")]
    ascii: bool,
}

/// When colours are used: auto, always or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Also when piped.
    Always,
    /// Nowhere.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look around in a made-up journal, full screen; it is gone afterwards.
    #[command(after_help = "Example:\n  confidant demo")]
    Demo,
    /// Start a new journal without the screen.
    Init(init::Init),
    /// List the people and where you stand with them.
    People(people::People),
    /// Add somebody you mentor, who mentors you, or a peer.
    #[command(subcommand)]
    Person(person::Person),
    /// Keep a line worth remembering about somebody. For you alone.
    Remember(remember::Remember),
    /// Log a session that was held; with a future date, plan one.
    Log(log::Log),
    /// Add to the notes of today's session.
    Note(note::Note),
    /// Put something onto the next session's agenda, list it, or put it in another order.
    Agenda(agenda::Agenda),
    /// Set down what one of you will do, and by when.
    Promise(promise::Promise),
    /// Say that a commitment was kept, or an agenda line talked about.
    Done(keeping::Done),
    /// Give a commitment another day.
    Move(keeping::Move),
    /// Withdraw a commitment, or drop an agenda line.
    Drop(keeping::Drop),
    /// Goals: what somebody wants to reach, and the steps on the way.
    #[command(subcommand)]
    Goal(goal::Goal),
    /// List the goals, yours and those of the people you mentor.
    Goals(goals::Goals),
    /// Progress checks: hold one, let one be, read those that were.
    #[command(subcommand)]
    Check(check::Check),
    /// Read the cards on what makes mentoring work.
    Guide(guide::Guide),
    /// Read the agreement with one person, to print and sign.
    Agreement(agreement::ReadAgreement),
    /// Read the ten ways to build trust with one person: private.
    Trust(trust::Trust),
    /// Say what is late, due and next, with everyone or one person.
    Today(today::Today),
    /// Read what matters before a meeting with one person.
    Brief(brief::Brief),
    /// Search everything you wrote, newest first.
    Search(search::Search),
    /// Show what an id stands for: a session, a goal, a commitment, a person.
    Show(show::Show),
    /// Write the journal out as JSON, Markdown, HTML or a calendar.
    Export(export::Export),
    /// Reports for others, with nothing private in them.
    #[command(subcommand)]
    Report(report::Report),
    /// Bring in what was exported here, or written in another program.
    Import(import::Import),
    /// Take back the newest change.
    Undo(undo::Undo),
    /// List the bin, or take something out of it.
    Bin(bin::Bin),
    /// Copy the journal and read the copy back.
    Backup(backup::Backup),
    /// The passphrase of the journal: set it, change it, remove it.
    #[command(subcommand)]
    Passphrase(passphrase::PassphraseOf),
    /// Open the journal by its recovery words, and give it a new passphrase.
    Recover(recover::Recover),
    /// Put a backup in the journal's place; what was there is kept.
    Restore(restore::Restore),
    /// Go through the whole file and say whether it is sound.
    Verify(verify::Verify),
    /// Remove a person and all that belongs to them, for good.
    Erase(erase::Erase),
    /// Print where the journal lies.
    Path(path::Where),
    /// Print what a shell needs to complete these commands.
    Completions(completions::Completions),
    /// Print the manual.
    Man(man::Manual),
}

/// Reads the command line and does what it says.
pub fn run(args: impl IntoIterator<Item = OsString>, host: &Host<'_>) -> ExitCode {
    let line = match Line::try_parse_from(args) {
        Ok(line) => line,
        Err(said) => {
            // Help goes to standard output and is no error; a closed pipe needs no word.
            let _ = said.print();
            return ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2));
        }
    };
    match carry_out(line, host) {
        Ok(code) => code,
        Err(error) => failure::end(&error),
    }
}

/// The one definition of all commands, for the manual and for completions.
fn program() -> clap::Command {
    Line::command()
}

/// All commands as a table for the README: how each is written, and what it does.
pub fn markdown() -> String {
    let mut rows = String::from("| command | what it does |\n| --- | --- |\n");
    rows.push_str("| `confidant` | the journal, full screen |\n");
    let mut program = program();
    program.build();
    for command in program.get_subcommands() {
        let inner: Vec<_> = command.get_subcommands().collect();
        let is_whole = !command.is_subcommand_required_set();
        for one in is_whole.then_some(command).into_iter().chain(inner) {
            let name = one.get_bin_name().unwrap_or_else(|| one.get_name());
            let parts = one.get_arguments().filter_map(written).collect::<Vec<_>>().join(" ");
            let about = one.get_about().map(ToString::to_string).unwrap_or_default();
            let written = format!("{name} {parts}").replace('|', "\\|");
            rows.push_str(&["| `", written.trim_end(), "` | ", &about, " |\n"].concat());
        }
    }
    rows
}

/// An argument as the table writes it; what is said everywhere is said beneath the table.
fn written(argument: &clap::Arg) -> Option<String> {
    if argument.is_global_set() || ["help", "version"].contains(&argument.get_id().as_str()) {
        return None;
    }
    let names = argument.get_value_names().unwrap_or_default();
    let value = names.first().map(ToString::to_string).unwrap_or_default();
    let takes = argument.get_action().takes_values();
    let part = match argument.get_long() {
        None => value.to_uppercase(),
        Some(long) if takes => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
    };
    let part = if argument.is_required_set() { part } else { format!("[{part}]") };
    let is_list = argument.get_long().is_none()
        && argument.get_num_args().is_some_and(|many| many.max_values() > 1);
    Some(if is_list { format!("{part}...") } else { part })
}

fn carry_out(line: Line, host: &Host<'_>) -> Result<ExitCode> {
    let mut shell = Shell::new(line.everywhere, host)?;
    let full_screen = match &line.command {
        None => Some(host.screen),
        Some(Command::Demo) => Some(host.demo),
        Some(_) => None,
    };
    if let Some(show) = full_screen {
        if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
            return Err(Failure::usage(
                "There is no terminal here to show the journal on. `confidant --help` lists the commands that need none.",
            ));
        }
        return show(&shell.opening);
    }
    let Some(command) = line.command else { return Ok(ExitCode::SUCCESS) };
    match command {
        Command::Demo => Ok(()),
        Command::Init(init) => init.run(&mut shell),
        Command::People(people) => people.run(&mut shell),
        Command::Person(person) => person.run(&mut shell),
        Command::Remember(remember) => remember.run(&mut shell),
        Command::Log(log) => log.run(&mut shell),
        Command::Note(note) => note.run(&mut shell),
        Command::Agenda(agenda) => agenda.run(&mut shell),
        Command::Promise(promise) => promise.run(&mut shell),
        Command::Done(done) => done.run(&mut shell),
        Command::Move(moved) => moved.run(&mut shell),
        Command::Drop(dropped) => dropped.run(&mut shell),
        Command::Goal(goal) => goal.run(&mut shell),
        Command::Goals(goals) => goals.run(&mut shell),
        Command::Check(check) => check.run(&mut shell),
        Command::Guide(guide) => guide.run(&mut shell),
        Command::Agreement(agreement) => agreement.run(&mut shell),
        Command::Trust(trust) => trust.run(&mut shell),
        Command::Today(today) => today.run(&mut shell),
        Command::Brief(brief) => brief.run(&mut shell),
        Command::Search(search) => search.run(&mut shell),
        Command::Show(show) => show.run(&mut shell),
        Command::Export(export) => export.run(&mut shell),
        Command::Report(report) => report.run(&mut shell),
        Command::Import(import) => import.run(&mut shell),
        Command::Undo(undo) => undo.run(&mut shell),
        Command::Bin(bin) => bin.run(&mut shell),
        Command::Backup(backup) => backup.run(&mut shell),
        Command::Restore(restore) => restore.run(&mut shell),
        Command::Verify(verify) => verify.run(&mut shell),
        Command::Path(path) => path.run(&mut shell),
        Command::Passphrase(passphrase) => passphrase.run(&mut shell),
        Command::Recover(recover) => recover.run(&mut shell),
        Command::Completions(completions) => completions.run(&mut shell),
        Command::Man(man) => man.run(&mut shell),
        Command::Erase(erase) => erase.run(&mut shell),
    }?;
    shell.out.finish()?;
    Ok(ExitCode::SUCCESS)
}
