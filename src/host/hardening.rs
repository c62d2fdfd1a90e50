//! What the process gives up before it reads anything private.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

use rustix::{
    fs::Mode,
    process::{Resource, Rlimit, setrlimit, umask},
};
use signal_hook::{consts::SIGXFSZ, flag};

/// Hardens this process; call it first in `main`, before any thread starts. Files are created
/// for their owner alone, a crash leaves no core dump with a key in it, on Linux no other program
/// of the same user can read the memory, and a file-size limit is an error instead of death.
///
/// An error means that the system refused one of them; the steps after it were not taken.
pub fn harden() -> io::Result<()> {
    umask(Mode::RWXG | Mode::RWXO);
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    // Nobody reads the flag: a handler of any kind turns the signal into EFBIG from the write.
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    use rustix::process::getrlimit;

    use super::*;

    #[test]
    fn no_core_dump_and_private_files() {
        harden().expect("hardening");
        let core = getrlimit(Resource::Core);
        assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
        assert_eq!(umask(Mode::RWXG | Mode::RWXO), Mode::RWXG | Mode::RWXO);
        #[cfg(target_os = "linux")]
        assert_eq!(
            rustix::process::dumpable_behavior().expect("an answer"),
            rustix::process::DumpableBehavior::NotDumpable
        );
    }

    #[test]
    fn a_file_size_limit_is_an_error() {
        // The limit holds for a whole process, so it is a second one that runs into it.
        let this = std::env::current_exe().expect("the test program");
        let output = Command::new("sh")
            .args(["-c", "ulimit -f 8 && exec \"$0\" --ignored --exact \"$1\""])
            .arg(this)
            .arg("host::hardening::tests::write_past_the_limit")
            .output()
            .expect("a shell");
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
    }

    #[test]
    #[ignore = "run by a_file_size_limit_is_an_error, under a limit"]
    fn write_past_the_limit() {
        harden().expect("hardening");
        let folder = tempfile::tempdir().expect("a folder");
        let error = fs::write(folder.path().join("large"), vec![0; 1 << 20]).expect_err("a limit");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
