//! Bringing something in, one short write at a time.
//!
//! A thread of its own reads: it hands over piece by piece and waits while enough of them lie
//! there, so that a long file costs no more memory than a short one, and a slow disk keeps nobody
//! waiting. Who brings in takes what is there, writes it, and can do something else before it goes
//! on. That thread knows nothing of the journal.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::Error;
use crate::store::{self, Arrival, Arriving, BREATH, Store, Tidying};

/// How many pieces may lie ready.
const READY: usize = 16;

/// How long a piece is waited for.
const PATIENCE: Duration = Duration::from_millis(10);

/// How many pieces are looked at before what is to be written of them is.
const AT_ONCE: usize = 50;

/// How often in a row others may be in the way of a write.
const TRIES: usize = 600;

/// What becomes of the pieces that are read.
pub trait Takes {
    /// A piece.
    type Piece: Send + 'static;
    /// What is told at the end.
    type Told;

    /// Brings one piece in.
    fn take(&mut self, piece: Self::Piece, arriving: &mut Arriving<'_>) -> Result<(), Error>;

    /// What came in.
    fn told(self) -> Self::Told;
}

/// Hears what is read, piece by piece.
pub type Each<'a, P> = &'a mut dyn FnMut(P) -> Result<(), Error>;

/// What the reading thread says.
enum Read<P> {
    Piece(P),
    Failed(Error),
    End,
}

/// What was done when it went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// Pieces were read, and nothing was written.
    Read,
    /// Something was written: now others want their turn, for as long as [`BREATH`].
    Wrote,
    /// Others were in the way of a write, which is made again.
    Busy,
    /// All of it is there.
    Done,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Reading,
    Writing,
    Showing,
    Done,
}

/// An import under way.
pub struct Bringing<T: Takes> {
    takes: T,
    arrival: Arrival,
    from: Receiver<Read<T::Piece>>,
    stage: Stage,
    /// How many pieces were read.
    read: usize,
}

impl<T: Takes> Bringing<T> {
    /// Begins to bring in what `read` finds.
    pub fn begin(
        arrival: Arrival,
        takes: T,
        read: impl FnOnce(Each<'_, T::Piece>) -> Result<(), Error> + Send + 'static,
    ) -> Result<Self, Error> {
        let (to, from) = sync_channel(READY);
        thread::Builder::new().name("import".to_owned()).spawn(move || hand_over(&to, read))?;
        Ok(Self { takes, arrival, from, stage: Stage::Reading, read: 0 })
    }

    /// Makes the writes so short that somebody who types does not notice them, or not.
    pub const fn write_little(&mut self, little: bool) {
        self.arrival.write_little(little);
    }

    /// Goes on with it for as long as one short write takes.
    pub fn go_on(&mut self, store: &mut Store) -> Result<Went, Error> {
        match self.stage {
            Stage::Reading => {
                self.read_some(store)?;
                if self.stage == Stage::Reading && !self.arrival.is_full() {
                    return Ok(Went::Read);
                }
                return self.write(store);
            }
            Stage::Writing => return self.write(store),
            Stage::Showing if store.end_arrival(&mut self.arrival)? => self.stage = Stage::Done,
            Stage::Showing | Stage::Done => {}
        }
        Ok(if self.stage == Stage::Done { Went::Done } else { Went::Wrote })
    }

    /// Writes what waits. Where others are in the way, it waits on.
    fn write(&mut self, store: &mut Store) -> Result<Went, Error> {
        match store.write_arrival(&mut self.arrival) {
            Ok(()) => {
                if self.stage == Stage::Writing {
                    self.stage = Stage::Showing;
                }
                Ok(Went::Wrote)
            }
            Err(store::Error::Busy) => Ok(Went::Busy),
            Err(error) => Err(error.into()),
        }
    }

    fn read_some(&mut self, store: &Store) -> Result<(), Error> {
        let Self { takes, arrival, from, stage, read, .. } = self;
        store.hand_over(arrival, |arriving| {
            for _ in 0..AT_ONCE {
                if arriving.is_full() {
                    break;
                }
                match from.recv_timeout(PATIENCE) {
                    Ok(Read::Piece(piece)) => {
                        takes.take(piece, arriving)?;
                        *read += 1;
                    }
                    Ok(Read::Failed(error)) => return Err(error),
                    Ok(Read::End) => {
                        *stage = Stage::Writing;
                        break;
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => {
                        let why = "The reading of the file broke off. Try again.";
                        return Err(Error::Foreign(why.to_owned()));
                    }
                }
            }
            Ok(())
        })
    }

    /// Whether it can still be broken off: what is whole stays.
    pub fn can_be_broken_off(&self) -> bool {
        matches!(self.stage, Stage::Reading | Stage::Writing)
    }

    /// How many pieces were read.
    pub const fn read(&self) -> usize {
        self.read
    }

    /// Breaks it off: nothing of it will be seen.
    pub fn break_off(&self, store: &mut Store) -> store::Result<()> {
        store.break_off(&self.arrival)
    }

    /// What came in, or would.
    pub fn told(self) -> T::Told {
        self.takes.told()
    }

    /// Goes on with it to its end, and leaves the journal to others now and then.
    pub fn to_the_end(
        mut self,
        store: &mut Store,
        progress: &mut dyn FnMut(usize),
    ) -> Result<T::Told, Error> {
        let mut busy = 0;
        loop {
            let went = match self.go_on(store) {
                Ok(Went::Busy) if busy == TRIES => Err(store::Error::Busy.into()),
                went => went,
            };
            busy = if let Ok(Went::Busy) = went { busy + 1 } else { 0 };
            match went {
                Ok(Went::Done) => return Ok(self.told()),
                Ok(Went::Read) => {}
                Ok(Went::Wrote | Went::Busy) => thread::sleep(BREATH),
                Err(error) => {
                    // Where this fails too, the next start goes on with it; what is told is why.
                    let left = self.break_off(store);
                    let _ = left.and_then(|()| store.tidy_arrivals(|_| true, Tidying::Whole));
                    return Err(error);
                }
            }
            progress(self.read);
        }
    }
}

/// Reads, and hands over what is found until nobody wants it any more.
fn hand_over<P: Send>(
    to: &SyncSender<Read<P>>,
    read: impl FnOnce(Each<'_, P>) -> Result<(), Error>,
) {
    let done = read(&mut |piece| {
        // That it was broken off; nobody hears this.
        to.send(Read::Piece(piece)).map_err(|_| Error::Store(store::Error::Stopped))
    });
    let _ = to.send(match done {
        Ok(()) => Read::End,
        Err(error) => Read::Failed(error),
    });
}
