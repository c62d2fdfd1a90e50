//! `confidant man`: the manual, from the one definition of the commands.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Command};
use clap_mangen::Man as Page;

use super::out;
use super::shell::Shell;
use crate::host::folders::{self, Existing};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant man | man -l -
  confidant man --out ~/.local/share/man/man1     a page for each command, too")]
pub struct Manual {
    /// A folder that gets a page for each command; without it, one page on standard output.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Manual {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut program = super::program();
        program.build();
        let Some(folder) = self.out else {
            shell.out.writer().write_all(page(program)?.as_bytes())?;
            return Ok(());
        };
        folders::prepare_folder(&folder)?;
        let mut written = 0;
        let mut waiting = vec![program];
        while let Some(command) = waiting.pop() {
            waiting.extend(command.get_subcommands().cloned());
            let name = command.get_bin_name().unwrap_or("confidant").replace(' ', "-");
            let page = page(command.display_name(name.clone()))?;
            let path = folder.join(format!("{name}.1"));
            folders::write_private(&path, page.as_bytes(), Existing::Replace)?;
            written += 1;
        }
        out::tell(&format!("Written: {written} pages in {}", folder.display()));
        Ok(())
    }
}

/// One page. What stands below the help becomes sections of their own, and examples keep their
/// lines.
fn page(command: Command) -> Result<String> {
    let mut page = Vec::new();
    let source = concat!("Confidant ", env!("CARGO_PKG_VERSION"));
    Page::new(command).source(source).manual("Confidant").render(&mut page)?;
    // The place of a date that is not known is left to the next otherwise.
    let page = String::from_utf8(page)?.replacen(" 1  \"", " 1 \"\" \"", 1);
    let Some((page, below)) = page.split_once(".SH EXTRA\n") else { return Ok(page) };
    let (below, end) = match below.split_once("\n.SH ") {
        Some((below, end)) => (below, format!(".SH {end}")),
        None => (below, String::new()),
    };
    let mut page = page.to_owned();
    if !below.starts_with("Example") {
        page.push_str(".SH NOTES\n");
    }
    let mut is_example = false;
    for line in below.trim_end().lines() {
        if is_example != line.starts_with("  ") {
            is_example = !is_example;
            page.push_str(if is_example { ".nf\n" } else { ".fi\n" });
        }
        match line {
            "" => page.push_str(".PP"),
            "Example:" | "Examples:" => page.push_str(".SH EXAMPLES"),
            line => page.push_str(line.trim_start()),
        }
        page.push('\n');
    }
    page.push_str(if is_example { ".fi\n" } else { "" });
    Ok(page + &end)
}
