//! What changes and things are called: one wording for the screen and the shell, made when it is
//! shown, so that an erased name lives in no label.

pub mod brought;
pub mod today;

use chrono::NaiveDate;

use crate::domain::{AgendaState, CommitmentState, Layer, Phase};
use crate::store::{Action, BackupKind, Became, Done, Kind, Opens, Rewrite, Subject, Tally};

/// A change in the past tense: "added the session with Amina K., Thu 12 Nov". `day` says how days
/// are written here.
pub fn done(done: &Done, day: impl Fn(NaiveDate) -> String) -> String {
    let thing = match &done.subject {
        Some(subject) => thing(subject, day),
        None => "something that is gone".to_owned(),
    };
    let verb = match done.action {
        Action::Begin => return "started the journal".to_owned(),
        Action::Import => {
            let kinds = tally(&done.tally).join(", ");
            let what = if kinds.is_empty() { thing } else { kinds };
            return format!("brought in {what}");
        }
        Action::Delete => return format!("put {thing} into the bin"),
        Action::Restore => return format!("took {thing} out of the bin"),
        Action::Seclude => return format!("moved lines of {thing} to the private reflection"),
        Action::Add => "added",
        Action::Edit => "changed",
        Action::Write => "wrote",
        Action::Mark => return marked(done.became, &thing, done.subject.as_ref()),
        Action::Move => "moved",
        Action::Order => return reordered(done.subject.as_ref()),
        Action::Undo => "took back",
        Action::Redo => "did again",
    };
    format!("{verb} {thing}")
}

/// What became of something, in the words of the field: "archived Ben".
fn marked(became: Option<Became>, thing: &str, subject: Option<&Subject>) -> String {
    let person = subject.map_or("", |subject| subject.person.as_str());
    let as_ = |what: &str| format!("marked as {what} {thing}");
    match became {
        Some(Became::Agenda(AgendaState::Open) | Became::Commitment(CommitmentState::Open)) => {
            format!("took up {thing} again")
        }
        Some(Became::Session(state)) => as_(state.words()),
        Some(Became::Agenda(state)) => as_(state.words()),
        Some(Became::Commitment(state)) => as_(state.words()),
        Some(Became::Told(true)) => as_("told"),
        Some(Became::Told(false)) => as_("not told"),
        Some(Became::Goal(status)) => as_(status.words()),
        Some(Became::Milestone(true)) => format!("ticked {thing}"),
        Some(Became::Milestone(false)) => format!("unticked {thing}"),
        Some(Became::Archived(true)) => format!("archived {person}"),
        Some(Became::Archived(false)) => format!("listed {person} again"),
        Some(Became::Paused(true)) => format!("paused it with {person}"),
        Some(Became::Paused(false)) => format!("went on with {person}"),
        Some(Became::Phase(Phase::Closing)) => format!("began to end it with {person}"),
        Some(Became::Phase(Phase::Closed)) => format!("closed it with {person}"),
        Some(Became::Phase(phase)) => format!("marked it with {person} as {}", phase.words()),
        Some(Became::Proposed) => format!("proposed {thing}"),
        Some(Became::Signed) => format!("added {thing}"),
        Some(Became::Unfocused) => format!("ended {thing}"),
        Some(Became::Skipped) => format!("skipped {thing}"),
        None => format!("marked {thing}"),
    }
}

/// What was put in another order: a change of it touches more lines than the one that was moved.
fn reordered(subject: Option<&Subject>) -> String {
    let what = match subject {
        Some(one) if one.kind == Kind::AgendaItem => format!("the agenda with {}", one.person),
        Some(_) => "the milestones of a goal".to_owned(),
        None => "something that is gone".to_owned(),
    };
    format!("put {what} in another order")
}

/// How far the journal has been written anew.
pub fn rewrite(at: Rewrite) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    match at {
        Rewrite::BackingUp => "Making a backup first.".to_owned(),
        Rewrite::Writing(done, of) => {
            format!("Writing the journal anew: {} of {} MB.", megabytes(done), megabytes(of))
        }
        Rewrite::ReadingBack => "Reading back what was written.".to_owned(),
    }
}

/// What something is: "the session with Amina K., Thu 12 Nov". Never its private words.
pub fn thing(subject: &Subject, day: impl Fn(NaiveDate) -> String) -> String {
    let person = &subject.person;
    let on = subject.when.map(|when| format!(", {}", day(when.date))).unwrap_or_default();
    match subject.kind {
        Kind::Owner => "your name".to_owned(),
        Kind::Person | Kind::Relationship => person.clone(),
        Kind::Contact => format!("a way to reach {person}"),
        Kind::Remembering => format!("a line worth remembering about {person}"),
        Kind::Session => format!("the session with {person}{on}"),
        Kind::Writing => {
            let layer = subject.layer.map_or("text", Layer::words);
            let of = subject.when.map(|when| format!(" of {}", day(when.date)));
            format!("the {layer}{} with {person}", of.unwrap_or_default())
        }
        Kind::AgendaItem => format!("the agenda line \"{}\" with {person}", subject.line),
        Kind::Commitment | Kind::CommitmentMove => {
            format!("the commitment \"{}\" with {person}", subject.line)
        }
        Kind::Goal => format!("the goal \"{}\"", subject.line),
        Kind::Milestone => format!("the milestone \"{}\"", subject.line),
        Kind::Standing => format!("how the goal \"{}\" stands", subject.line),
        Kind::Agreement => format!("{} of the agreement with {person}", subject.line),
        Kind::Clause => format!("the clause \"{}\" of the agreement with {person}", subject.line),
        Kind::Signature => format!("a signature on the agreement with {person}"),
        Kind::Way => "one of the ten ways".to_owned(),
        Kind::CheckIn | Kind::Answer => format!("the trust check-in with {person}{on}"),
        Kind::Evidence => format!("what you saw or did with {person}{on}"),
        Kind::Focus => format!("what you practise with {person}"),
        Kind::Repair => format!("the repair with {person}{on}"),
        Kind::Mention => format!("what is linked to the goal \"{}\"", subject.line),
        Kind::ProgressCheck => format!("the progress check with {person}{on}"),
        Kind::GoalWith => format!("whom the goal \"{}\" is shared with", subject.line),
    }
}

/// A day with its year: "Thu 12 Nov 2026".
pub fn full_day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// A count with its noun: "1 word", "420 words".
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// That this is not the copy that was used last; `here` and `there` are when each was written to.
pub fn other_copy(here: &str, there: &str) -> String {
    format!(
        "This is not the copy of your journal that was last used on this machine, and it lacks something of that one. This one was last written to on {here}, that one on {there}. If you did not mean to open this one, look for the other, or put back a backup; if you write here, this becomes the one to go on with."
    )
}

/// What a backup was made for.
pub fn backup(kind: BackupKind) -> String {
    match kind {
        BackupKind::ByHand => "made by you".to_owned(),
        BackupKind::Daily => "backup of the day".to_owned(),
        BackupKind::BeforeUpgrade(_) => "before an upgrade".to_owned(),
        BackupKind::BeforePassphrase => "before the passphrase changed".to_owned(),
        BackupKind::Replaced => "replaced by a backup".to_owned(),
    }
}

/// What opens a backup.
pub const fn opens(opens: Opens) -> &'static str {
    match opens {
        Opens::Plainly => "not encrypted",
        Opens::AsNow => "opens as now",
        Opens::ByAnother => "another passphrase",
    }
}

/// A number of bytes: "812 kB", "1.4 MB".
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => tenths(bytes / 100_000, "MB"),
        _ => tenths(bytes / 100_000_000, "GB"),
    }
}

fn tenths(tenths: u64, unit: &str) -> String {
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// What a tally comprises, for the reader: "24 sessions", "3 goals". What always goes along with
/// something else is not named.
pub fn tally(tally: &Tally) -> Vec<String> {
    tally
        .0
        .iter()
        .filter_map(|(kind, count)| {
            let (one, several) = match kind {
                Kind::Session => ("session", "sessions"),
                Kind::Writing => ("text", "texts"),
                Kind::AgendaItem => ("agenda line", "agenda lines"),
                Kind::Commitment => ("commitment", "commitments"),
                Kind::Goal => ("goal", "goals"),
                Kind::Milestone => ("milestone", "milestones"),
                Kind::Standing => ("line on how a goal stands", "lines on how goals stand"),
                Kind::Remembering => ("line worth remembering", "lines worth remembering"),
                Kind::Contact => ("way to reach them", "ways to reach them"),
                Kind::CheckIn => ("trust check-in", "trust check-ins"),
                Kind::Evidence => ("line of what you saw or did", "lines of what you saw or did"),
                Kind::Focus => ("practice", "practices"),
                Kind::Repair => ("repair", "repairs"),
                Kind::Agreement => ("version of the agreement", "versions of the agreement"),
                Kind::Clause => ("clause", "clauses"),
                Kind::Signature => ("signature", "signatures"),
                Kind::ProgressCheck => ("progress check", "progress checks"),
                Kind::Owner
                | Kind::Person
                | Kind::Relationship
                | Kind::CommitmentMove
                | Kind::GoalWith
                | Kind::Mention
                | Kind::Way
                | Kind::Answer => return None,
            };
            Some(format!("{count} {}", if *count == 1 { one } else { several }))
        })
        .collect()
}
