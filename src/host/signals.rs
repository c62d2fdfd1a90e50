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
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

/// Says whether the program has been asked to end. Clones see the same wish.
#[derive(Clone, Debug)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// From now on SIGTERM, SIGHUP (the window was closed) and SIGINT raise the flag instead of
    /// ending the process. An error means that the system allowed no handler.
    pub fn install() -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            flag::register(signal, Arc::clone(&asked))?;
        }
        Ok(Self(asked))
    }

    /// True once such a signal has arrived, and for good.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_a_wish_and_not_the_end() {
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            let stop = Stop::install().expect("handlers");
            assert!(!stop.asked());
            signal_hook::low_level::raise(signal).expect("a signal to ourselves");
            assert!(stop.clone().asked());
        }
    }
}
