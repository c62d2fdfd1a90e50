//! The wish of the outside that the program end: it saves and leaves, and is not torn down.
//!
//! SIGPIPE stays as Rust has it, ignored, so that a closed pipe is an error of the write.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
    flag, low_level,
};

/// Says whether the program has been asked to end. Clones see the same wish.
#[derive(Clone, Debug)]
pub struct Stop {
    ended: Arc<AtomicBool>,
    interrupted: Arc<AtomicBool>,
}

impl Stop {
    /// From now on SIGTERM, SIGHUP (the window was closed), SIGINT and SIGQUIT raise a flag instead
    /// of ending the process. An error means that the system allowed no handler.
    pub fn install() -> io::Result<Self> {
        let stop = Self { ended: Arc::default(), interrupted: Arc::default() };
        for signal in [SIGTERM, SIGHUP] {
            flag::register(signal, Arc::clone(&stop.ended))?;
        }
        for signal in [SIGINT, SIGQUIT] {
            flag::register(signal, Arc::clone(&stop.interrupted))?;
        }
        Ok(stop)
    }

    /// True once such a signal has arrived, and for good.
    pub fn asked(&self) -> bool {
        self.is_final() || self.interrupted.load(Ordering::SeqCst)
    }

    /// Whether it was asked to end by something else than a key.
    pub fn is_final(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// What was interrupted by a key was another program on the same terminal.
    pub fn forget_interrupt(&self) {
        self.interrupted.store(false, Ordering::SeqCst);
    }
}

/// Says whether the program has been asked to pause (SIGTSTP): it locks first, and then stops.
#[derive(Clone, Debug)]
pub struct Pause(Arc<AtomicBool>);

impl Pause {
    /// From now on the signal raises a flag instead of stopping the process.
    pub fn install() -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        flag::register(SIGTSTP, Arc::clone(&asked))?;
        Ok(Self(asked))
    }

    /// Asks for it without a signal.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// True once for each time such a signal has arrived.
    pub fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }

    /// Stops the process until it is continued.
    pub fn stop() -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_a_wish_and_not_the_end() {
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            let stop = Stop::install().expect("handlers");
            assert!(!stop.asked());
            signal_hook::low_level::raise(signal).expect("a signal to ourselves");
            assert!(stop.clone().asked());
            stop.forget_interrupt();
            assert_eq!(stop.asked(), [SIGTERM, SIGHUP].contains(&signal), "a key is forgotten");
        }
    }
}
