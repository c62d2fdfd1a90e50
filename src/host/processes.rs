//! Tells whether the process that left a draft, or began an import, is still at work on it.

use std::{fmt, fs};

use rustix::{
    io::Errno,
    process::{Pid, test_kill_process},
};

/// One run of the program on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// The number the system gave it, which it will give again to others.
    pub pid: u32,
    /// When it started, in a form that only compares: which boot, and how long after it. Empty
    /// where the system does not tell; then the number alone decides.
    pub started: String,
}

impl Process {
    /// This run of the program.
    pub fn current() -> Self {
        let pid = std::process::id();
        Self { pid, started: started(pid).unwrap_or_default() }
    }

    /// Whether that very run goes on. A later process with the same number is not it; nor is a
    /// process of another machine that shares the journal, which cannot be seen from here.
    pub fn is_running(&self) -> bool {
        if self.started.is_empty() {
            exists(self.pid)
        } else {
            started(self.pid).as_ref() == Some(&self.started)
        }
    }
}

/// As the journal keeps it.
impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pid, self.started)
    }
}

/// Whether the process that described itself so still runs.
pub fn is_running(process: &str) -> bool {
    let Some((pid, started)) = process.split_once(' ') else { return false };
    let Ok(pid) = pid.parse() else { return false };
    Process { pid, started: started.to_owned() }.is_running()
}

/// The boot and the start time of a living process, where there is a `/proc`.
fn started(pid: u32) -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let ticks = start_ticks(&stat)?;
    Some(format!("{}:{ticks}", boot.trim()))
}

/// Field 22 of `/proc/<pid>/stat`; nothing for a process that has ended and waits to be reaped.
fn start_ticks(stat: &str) -> Option<&str> {
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X" | "x") { None } else { fields.nth(18) }
}

fn exists(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return false };
    // "Not permitted" is said of a process that is there and belongs to someone else.
    matches!(test_kill_process(pid), Ok(()) | Err(Errno::PERM))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn this_process_is_running() {
        let current = Process::current();
        assert!(current.is_running());
        assert!(is_running(&current.to_string()));
        assert!(!is_running("") && !is_running("nobody knows"));
        assert!(Process { started: String::new(), ..current }.is_running());
    }

    #[test]
    fn a_reused_number_is_another_process() {
        let current = Process::current();
        let earlier = Process { pid: current.pid, started: "another boot:1".to_owned() };
        assert!(!earlier.is_running());
    }

    #[test]
    fn an_ended_process_is_not_running() {
        let mut child =
            Command::new("cat").stdin(std::process::Stdio::piped()).spawn().expect("cat");
        let process = Process { pid: child.id(), started: started(child.id()).unwrap_or_default() };
        assert!(process.is_running());
        drop(child.stdin.take());
        child.wait().expect("an end");
        assert!(!process.is_running());
        assert!(!Process { started: String::new(), ..process }.is_running());
    }

    #[test]
    fn numbers_that_are_no_process() {
        for pid in [0, u32::MAX] {
            assert!(!Process { pid, started: String::new() }.is_running());
        }
    }

    #[test]
    fn the_name_of_a_program_may_hold_anything() {
        let rest = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 start 20 21";
        assert_eq!(start_ticks(&format!("7 (a) b (c) R {rest}")), Some("start"));
        assert_eq!(start_ticks(&format!("7 (a) Z {rest}")), None);
        assert_eq!(start_ticks(""), None);
    }
}
