//! The clipboard, where it can be asked to forget: whoever keeps a history of it is told that this
//! is not for keeping.
//!
//! Only Wayland has a way to say so that needs no network: over X11 it would take a connection to
//! the display, which may be on another machine. Everything else goes through the terminal.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

/// How long it may take. It is a matter of milliseconds where it works.
const PATIENCE: Duration = Duration::from_millis(500);

/// Gives text to the clipboard with the word that it is not to be kept. Says whether that could be
/// done; where there is no Wayland it costs nothing to ask.
pub fn copy_unkept(text: &str) -> bool {
    if std::env::var_os("WAYLAND_DISPLAY").is_none_or(|display| display.is_empty()) {
        return false;
    }
    // An older one does not know the word, and fails: better the terminal's than a kept one.
    let started = Command::new("wl-copy")
        .arg("--sensitive")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return false };
    let Some(mut input) = child.stdin.take() else { return false };
    let text = Zeroizing::new(text.to_owned());
    let (tell, told) = channel();
    thread::spawn(move || {
        let given = input.write_all(text.as_bytes()).is_ok();
        // It goes on by itself once it has read everything.
        drop(input);
        let ended = child.wait().is_ok_and(|status| status.success());
        // Nobody listens where it took too long.
        let _ = tell.send(given && ended);
    });
    told.recv_timeout(PATIENCE).unwrap_or(false)
}
