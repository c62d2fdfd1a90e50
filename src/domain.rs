//! The nouns of mentoring, their rules and states; no SQL, no terminal, no clock.

mod cadence;
pub mod dates;
mod minutes;
mod moment;

pub use cadence::{Cadence, CadenceError, Unit};
pub use dates::{DateError, DayOrder, Lean, When};
pub use minutes::{Minutes, MinutesError};
pub use moment::Moment;
