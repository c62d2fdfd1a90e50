//! A process that is to be killed: this test program run again, with one test of it that works
//! until it is gone and says a line for each thing that it was told is kept.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use confidant::store::Passphrase;

/// The variables that tell it which journal, and what opens it.
pub const JOURNAL: &str = "CONFIDANT_TEST_JOURNAL";
pub const WORDS: &str = "CONFIDANT_TEST_WORDS";
/// Longer than any of this takes; then something hangs.
const DEADLINE: Duration = Duration::from_mins(2);
/// What a line ends with that was written to its end.
const WHOLE: &str = " whole";

/// How often a process is killed: a few times among all tests, as often as `CONFIDANT_KILLS` says
/// by hand.
pub fn kills(few: u64) -> u64 {
    std::env::var("CONFIDANT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// A plain sequence of numbers that looks random and is the same in every run.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A moment before this one.
    pub fn before(&mut self, end: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(end.as_micros()).unwrap_or(u64::MAX).max(1)))
    }
}

/// None is no word at all.
pub fn passphrase(words: &str) -> Option<Passphrase> {
    (!words.is_empty()).then(|| Passphrase::new(words.to_owned()))
}

/// The journal that this process was told to work on.
pub fn path_told() -> PathBuf {
    PathBuf::from(std::env::var_os(JOURNAL).expect("started by another test"))
}

/// The passphrase that it was told in this variable.
pub fn passphrase_told(variable: &str) -> Option<Passphrase> {
    passphrase(&std::env::var(variable).unwrap_or_default())
}

/// Says a line to whoever started this process.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}{WHOLE}").and_then(|()| out.flush()).expect("said");
}

/// Such a process.
pub struct Worker {
    child: Child,
    said: Receiver<String>,
    reader: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the ignored test of this name.
    pub fn start(test: &str, variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([test, "--exact", "--ignored", "--nocapture"])
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (tell, said) = channel();
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(line) = line.strip_suffix(WHOLE) {
                    // Nobody listens any more where the test has failed.
                    let _ = tell.send(line.to_owned());
                }
            }
        });
        Self { child, said, reader: Some(reader) }
    }

    /// The next line that it says.
    #[track_caller]
    pub fn next(&self) -> String {
        self.said.recv_timeout(DEADLINE).expect("it says something before it ends")
    }

    /// The rest of the next line that begins so.
    #[track_caller]
    pub fn wait_for(&self, begin: &str) -> String {
        loop {
            if let Some(rest) = self.next().strip_prefix(begin) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Kills it in the midst of its work, and gives all that it has said since it was last asked.
    #[track_caller]
    pub fn kill(mut self) -> Vec<String> {
        assert!(matches!(self.child.try_wait(), Ok(None)), "it ended by itself");
        self.end()
    }

    /// The same, where it may have come to its end before.
    pub fn end(mut self) -> Vec<String> {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("read to the end");
        }
        self.said.try_iter().collect()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A test that failed leaves no process behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
