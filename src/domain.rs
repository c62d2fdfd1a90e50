//! The nouns of mentoring, their rules and states; no SQL, no terminal, no clock.

pub mod dates;
mod moment;

pub use dates::{DateError, DayOrder, Lean, When};
pub use moment::Moment;
