//! The nouns of mentoring, their rules and states; no SQL, no terminal, no files, no clock.

mod agreement;
pub mod brief;
mod cadence;
mod commitment;
pub mod dates;
mod excerpt;
mod goal;
mod id;
pub mod kept;
mod last_use;
mod minutes;
mod moment;
pub mod order;
mod owner;
mod person;
pub mod progress;
mod relationship;
mod session;
mod settings;
pub mod text;
pub mod today;
pub mod trust;
mod words;
mod zone;

pub use agreement::{Agreement, AgreementState, Clause, Method, Profile, Signature};
pub use cadence::{Cadence, CadenceError, Unit};
pub use commitment::{Commitment, CommitmentMove, CommitmentState, Promise, Weight};
pub use dates::{DateError, DayOrder, Habits, Lean};
pub use excerpt::Excerpt;
pub use goal::{
    Goal, GoalMove, GoalOrder, GoalOwner, GoalStatus, GoalWith, GoalWord, Horizon, Mention,
    Milestone, Standing, goal_moves, latest_standing, milestones_done,
};
pub use id::{Id, Origin, Record, Rev, Stamp};
pub use last_use::{LastUse, Reach};
pub use minutes::{Minutes, MinutesError};
pub use moment::Moment;
pub use owner::Owner;
pub use person::{Contact, Person, Remembering};
pub use progress::{CheckState, ProgressCheck};
pub use relationship::{Phase, Relationship, Role};
pub use session::{
    AgendaItem, AgendaState, Layer, Mode, Party, Session, SessionState, When, Writing,
};
pub use settings::{LOCK_MINUTES, Settings, WeekStart};
pub use trust::{Answer, CheckIn, Direction, Evidence, Focus, Practice, Repair, Trend, Way};
pub(crate) use words::words_for;
pub use zone::{Clocks, There, Turn, Zone, ZoneError, parse_zone};

/// A value that cannot be kept as it is: which field, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Invalid {
    /// The field as the forms and the export name it.
    pub field: &'static str,
    /// What is wrong and what to do, for the reader. Never quotes private text.
    pub message: String,
}
