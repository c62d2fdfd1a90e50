//! A point in time as the program passes it about: always a value, never read from the clock here.

use chrono::{DateTime, FixedOffset};

/// A point in time with the offset of the place it was read in, so that it still says
/// "Thursday evening" after its writer has travelled.
pub type Moment = DateTime<FixedOffset>;
