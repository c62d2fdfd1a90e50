//! What one of the two promised the other, and whether it was kept.
//!
//! A commitment is judged by the day that held when it fell due: a day that both moved in time
//! takes the place of the first one, a day moved late or by one alone does not. Nothing here adds
//! commitments up, and nothing rates the other.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::dates::{self, Habits};
use super::{Id, Invalid, Party, Relationship, Session, text, words_for};

words_for! {
    /// What became of a commitment.
    pub enum CommitmentState {
        /// Still to be done.
        Open = "open" ("open"),
        /// Done by its day.
        Kept = "kept" ("kept"),
        /// Done after its day.
        KeptLate = "kept-late" ("kept late"),
        /// Not done, and its day has passed.
        Missed = "missed" ("missed"),
        /// No longer wanted, or taken back.
        Withdrawn = "withdrawn" ("withdrawn"),
    }
}

words_for! {
    /// How much hangs on a commitment.
    pub enum Weight {
        /// It has to be done.
        Must = "must" ("must"),
        /// It would be good.
        Nice = "nice" ("nice"),
    }
}

/// Something one of the two said they would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Between whom.
    pub relationship: Id<Relationship>,
    /// The session in which it was made, if it was made in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Id<Session>>,
    /// Who does it.
    pub owner: Party,
    /// What.
    pub text: String,
    /// How much hangs on it.
    pub weight: Weight,
    /// The day it was made.
    pub made: NaiveDate,
    /// The day by which it is to be done, if one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What became of it.
    pub state: CommitmentState,
    /// The day it was done, missed or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<NaiveDate>,
    /// Whether the one who waits for it was told that it comes later, or not at all.
    #[serde(default)]
    pub told: bool,
}

/// A due day that was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentMove {
    /// Of which commitment.
    pub commitment: Id<Commitment>,
    /// The day it was due before.
    pub from: NaiveDate,
    /// The day it is due since.
    pub to: NaiveDate,
    /// The day it was moved.
    pub on: NaiveDate,
    /// Whether the other agreed.
    pub agreed: bool,
}

impl Commitment {
    /// An open commitment of today.
    pub fn new(with: Id<Relationship>, promise: &Promise, today: NaiveDate) -> Self {
        Self {
            relationship: with,
            session: None,
            owner: promise.owner,
            text: promise.text.clone(),
            weight: promise.weight,
            made: today,
            due: promise.due,
            state: CommitmentState::Open,
            closed: None,
            told: false,
        }
    }

    /// Refuses an empty line, and a day of closing that does not go with the state.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("text", &self.text, "Write what is to be done.")?;
        let is_open = self.state == CommitmentState::Open;
        if is_open != self.closed.is_none() {
            let message = if is_open {
                "What is open has no day on which it was closed."
            } else {
                "What is no longer open needs the day on which it was closed."
            };
            return Err(Invalid { field: "closed", message: message.to_owned() });
        }
        Ok(())
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == CommitmentState::Open
    }

    /// How many days it is late; nothing while it is not.
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        let due = self.due.filter(|_| self.is_open())?;
        Some(today.signed_duration_since(due).num_days()).filter(|days| *days > 0)
    }

    /// The same, done on `day`. `moves` are all there were, the first one first.
    #[must_use]
    pub fn done_on(&self, day: NaiveDate, moves: &[CommitmentMove]) -> Self {
        let in_time = self.binding(moves).is_none_or(|due| day <= due);
        let state = if in_time { CommitmentState::Kept } else { CommitmentState::KeptLate };
        self.closed_on(day, state)
    }

    /// The same, no longer open since `day`.
    #[must_use]
    pub fn closed_on(&self, day: NaiveDate, state: CommitmentState) -> Self {
        let closed = (state != CommitmentState::Open).then_some(day);
        Self { state, closed, ..self.clone() }
    }

    /// What reminds the other of it, politely: when it was said, the words, and the day.
    pub fn reminder(&self, name: &str) -> String {
        let day = |day: NaiveDate| day.format("%A %-d %B").to_string();
        let by = self.due.map(|due| format!(", by {}", day(due))).unwrap_or_default();
        format!(
            "Hello {name}, on {} you said you would do this{by}: {}\nHow is it coming along? \
             If another day suits you better, tell me which.",
            day(self.made),
            self.text
        )
    }

    /// The day against which it is judged: the first one, or the last that took its place in time.
    pub fn binding(&self, moves: &[CommitmentMove]) -> Option<NaiveDate> {
        let (Some(first), Some(last)) = (moves.first(), moves.last()) else { return self.due };
        // A day that was set right afterwards is nobody's move.
        if self.due != Some(last.to) {
            return self.due;
        }
        let holds = moves.iter().fold(first.from, |holds, moved| {
            if moved.agreed && moved.on <= holds { moved.to } else { holds }
        });
        Some(holds)
    }
}

impl CommitmentMove {
    /// Whether it was moved while it was not late yet, and both agreed.
    pub fn is_in_time(&self) -> bool {
        self.agreed && self.on <= self.from
    }
}

/// What one line says that somebody will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Who.
    pub owner: Party,
    /// What.
    pub text: String,
    /// How much hangs on it.
    pub weight: Weight,
    /// By when.
    pub due: Option<NaiveDate>,
}

impl Promise {
    /// Reads a line such as `me: lend her the charter book by next thu`, between me and `person`.
    /// What stands before its colon says [whose it is](Party::of_line); `(nice)` or `(must)` at the
    /// end says how much hangs on it. What follows the last "by" is a day where it reads as one, and
    /// part of the text where not. Nothing for a line that says nothing.
    pub fn read(
        line: &str,
        person: &str,
        today: NaiveDate,
        habits: impl Into<Habits>,
    ) -> Option<Self> {
        let line = text::line(line);
        let (owner, rest) = whose(without_bullet(&line), person);
        let (weight, rest) = weight_of(rest);
        let (rest, due) = dates::line_by(&rest, today, habits);
        // "lend it (nice) by thu" is as good as "lend it by thu (nice)".
        let (weight, rest) = if weight.is_some() { (weight, rest) } else { weight_of(&rest) };
        let weight = weight.unwrap_or(Weight::Must);
        (!rest.is_empty()).then_some(Self { owner, text: rest, weight, due })
    }

    /// Reads a line that is set down on `today` and was said on a day before. "By 30 oct", said on
    /// 5 October and set down in November, is the day that went by and not that of next year; what
    /// is near, as "fri" is, is seen from today.
    pub fn read_of(
        line: &str,
        person: &str,
        said_on: NaiveDate,
        today: NaiveDate,
        habits: impl Into<Habits>,
    ) -> Option<Self> {
        let habits = habits.into();
        let read = Self::read(line, person, today, habits)?;
        let is_far = read
            .due
            .is_some_and(|due| due.signed_duration_since(today).num_days() > dates::HALF_A_YEAR);
        let then = Self::read(line, person, said_on.min(today), habits).filter(|_| is_far);
        let went_by = then.filter(|then| then.due.is_some_and(|due| due <= today));
        Some(went_by.unwrap_or(read))
    }

    /// Reads a line whose day is said beside it.
    pub fn due_on(line: &str, person: &str, due: NaiveDate) -> Option<Self> {
        let line = text::line(line);
        let (owner, rest) = whose(without_bullet(&line), person);
        let (weight, text) = weight_of(rest);
        let weight = weight.unwrap_or(Weight::Must);
        (!text.is_empty()).then_some(Self { owner, text, weight, due: Some(due) })
    }
}

/// Whose promise a line of notes tells, and what was promised: as [`Party::of_line`] has it, and
/// "Noor will send it" or "she will send it" is theirs as well.
fn whose<'a>(line: &'a str, person: &str) -> (Party, &'a str) {
    let said = Party::of_line(line, person);
    let Some((who, rest)) = line.split_once(" will ").filter(|_| said == (Party::Me, line)) else {
        return said;
    };
    // "Them: send it" is what it means, and is read as that is.
    match Party::of_line(&format!("{who}: x"), person) {
        (owner, "x") if !rest.trim().is_empty() => (owner, rest.trim()),
        _ => said,
    }
}

/// The line without the signs of a list, where it comes out of notes.
fn without_bullet(line: &str) -> &str {
    let signs = ["- [ ] ", "[ ] ", "- ", "* ", "· ", "• "];
    signs.iter().find_map(|sign| line.strip_prefix(sign)).unwrap_or(line)
}

fn weight_of(line: &str) -> (Option<Weight>, String) {
    let found = Weight::ALL.iter().find_map(|weight| {
        let end = format!("({})", weight.code());
        let start = line.len().checked_sub(end.len())?;
        let (rest, last) = (line.get(..start)?, line.get(start..)?);
        last.eq_ignore_ascii_case(&end).then(|| (*weight, rest.trim_end().to_owned()))
    });
    match found {
        Some((weight, rest)) => (Some(weight), rest),
        None => (None, line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    fn commitment(due: Option<&str>) -> Commitment {
        let promise = Promise {
            owner: Party::Me,
            text: "Send the reading list".to_owned(),
            weight: Weight::Must,
            due: due.map(day),
        };
        Commitment::new(Id::from_bytes([1; 16]), &promise, day("2026-11-12"))
    }

    fn moved(from: &str, to: &str, on: &str, agreed: bool) -> CommitmentMove {
        let commitment = Id::from_bytes([2; 16]);
        CommitmentMove { commitment, from: day(from), to: day(to), on: day(on), agreed }
    }

    #[test]
    fn a_line_says_who_what_and_by_when() {
        use Party::{Me, Them};
        use Weight::{Must, Nice};
        // From a Sunday.
        type Read = Option<(Party, &'static str, Weight, Option<&'static str>)>;
        let cases: &[(&str, Read)] = &[
            ("lend her the book", Some((Me, "lend her the book", Must, None))),
            (
                "me: lend her the charter book by next thu",
                Some((Me, "lend her the charter book", Must, Some("2026-12-03"))),
            ),
            (
                "them: say one small no by 26 nov",
                Some((Them, "say one small no", Must, Some("2026-11-26"))),
            ),
            (
                "They: book the room by 4 dec.",
                Some((Them, "book the room", Must, Some("2026-12-04"))),
            ),
            ("I: ask Jo", Some((Me, "ask Jo", Must, None))),
            ("you: ask Jo", Some((Me, "ask Jo", Must, None))),
            ("ask Jo by tomorrow (nice)", Some((Me, "ask Jo", Nice, Some("2026-11-23")))),
            ("ask Jo (nice) by tomorrow", Some((Me, "ask Jo", Nice, Some("2026-11-23")))),
            ("ask Jo (MUST)", Some((Me, "ask Jo", Must, None))),
            ("stand by her", Some((Me, "stand by her", Must, None))),
            ("stand by her by fri", Some((Me, "stand by her", Must, Some("2026-11-27")))),
            ("go by the book", Some((Me, "go by the book", Must, None))),
            ("read it, by 2026-12-03", Some((Me, "read it", Must, Some("2026-12-03")))),
            ("read it by 31 feb", Some((Me, "read it by 31 feb", Must, None))),
            ("by friday", Some((Me, "by friday", Must, None))),
            ("- [ ] them: the spec BY fri", Some((Them, "the spec", Must, Some("2026-11-27")))),
            ("Note: the colon is hers", Some((Me, "Note: the colon is hers", Must, None))),
            ("noor: the spec by fri", Some((Them, "the spec", Must, Some("2026-11-27")))),
            ("- Ägidius: ask Jo", Some((Them, "ask Jo", Must, None))),
            ("NOOR AGIDIUS: ask Jo", Some((Them, "ask Jo", Must, None))),
            ("she: ask Jo (nice)", Some((Them, "ask Jo", Nice, None))),
            ("Jo: the spec", Some((Me, "Jo: the spec", Must, None))),
            ("Noor will lend it by fri", Some((Them, "lend it", Must, Some("2026-11-27")))),
            ("- she will lend it", Some((Them, "lend it", Must, None))),
            ("I will lend it", Some((Me, "lend it", Must, None))),
            ("Jo will lend it", Some((Me, "Jo will lend it", Must, None))),
            ("lend what she will need", Some((Me, "lend what she will need", Must, None))),
            ("them: read what he will send", Some((Them, "read what he will send", Must, None))),
            ("Noor will", Some((Me, "Noor will", Must, None))),
            ("  ", None),
            ("them:", None),
            ("(nice)", None),
        ];
        for (line, expected) in cases {
            let read = Promise::read(line, "Noor Ägidius", day("2026-11-22"), Habits::default());
            let expected = expected.map(|(owner, text, weight, due)| Promise {
                owner,
                text: text.to_owned(),
                weight,
                due: due.map(day),
            });
            assert_eq!(read, expected, "{line}");
        }
        let beside = Promise::due_on("them: stand by friday (nice)", "Noor", day("2026-12-03"));
        let beside = beside.expect("a promise");
        assert_eq!((beside.owner, beside.text.as_str()), (Them, "stand by friday"));
        assert_eq!((beside.weight, beside.due), (Nice, Some(day("2026-12-03"))));
    }

    #[test]
    fn a_day_without_a_year_is_seen_from_the_day_it_was_said_on() {
        let cases = [
            ("x by 30 oct", "2026-10-05", Some("2026-10-30")),
            ("x by 30 oct", "2026-11-22", Some("2027-10-30")),
            ("x by 3 dec", "2026-10-05", Some("2026-12-03")),
            ("x by 2027-10-30", "2026-10-05", Some("2027-10-30")),
            ("x by fri", "2026-11-19", Some("2026-11-27")),
            ("x by 4 oct", "2026-10-05", Some("2027-10-04")),
            ("x by 30 oct", "2026-12-24", Some("2027-10-30")),
            ("x", "2026-10-05", None),
        ];
        for (line, said_on, due) in cases {
            let today = day("2026-11-22");
            let read = Promise::read_of(line, "Noor", day(said_on), today, Habits::default());
            assert_eq!(read.and_then(|one| one.due), due.map(day), "{line} {said_on}");
        }
    }

    #[test]
    fn a_reminder_says_when_and_what() {
        let open = commitment(Some("2026-11-20"));
        assert_eq!(
            open.reminder("Noor"),
            "Hello Noor, on Thursday 12 November you said you would do this, by Friday 20 November: \
             Send the reading list\nHow is it coming along? If another day suits you better, tell me \
             which."
        );
        assert!(!commitment(None).reminder("Noor").contains(", by"));
    }

    #[test]
    fn it_is_late_from_the_day_after() {
        let cases = [
            (Some("2026-11-20"), Some(2)),
            (Some("2026-11-21"), Some(1)),
            (Some("2026-11-22"), None),
            (Some("2026-11-23"), None),
            (None, None),
        ];
        for (due, late) in cases {
            assert_eq!(commitment(due).days_late(day("2026-11-22")), late, "{due:?}");
        }
        let done = commitment(Some("2026-11-20")).done_on(day("2026-11-21"), &[]);
        assert_eq!(done.days_late(day("2026-11-22")), None, "what is done is not late");
    }

    #[test]
    fn it_is_kept_by_the_day_that_held() {
        use CommitmentState::{Kept, KeptLate};
        let agreed_before = moved("2026-11-20", "2026-11-27", "2026-11-18", true);
        let agreed_that_day = moved("2026-11-20", "2026-11-27", "2026-11-20", true);
        let agreed_late = moved("2026-11-20", "2026-11-27", "2026-11-21", true);
        let alone = moved("2026-11-20", "2026-11-27", "2026-11-18", false);
        let again = moved("2026-11-27", "2026-12-04", "2026-11-26", true);
        let again_late = moved("2026-11-27", "2026-12-04", "2026-11-29", true);
        let (first, second, third) = ("2026-11-20", "2026-11-27", "2026-12-04");
        let cases: &[(Option<&str>, &[&CommitmentMove], &str, CommitmentState)] = &[
            (None, &[], "2030-01-01", Kept),
            (Some(first), &[], "2026-11-20", Kept),
            (Some(first), &[], "2026-11-21", KeptLate),
            (Some(second), &[&agreed_before], "2026-11-27", Kept),
            (Some(second), &[&agreed_before], "2026-11-28", KeptLate),
            (Some(second), &[&agreed_that_day], "2026-11-27", Kept),
            (Some(second), &[&agreed_late], "2026-11-27", KeptLate),
            (Some(second), &[&alone], "2026-11-27", KeptLate),
            (Some(second), &[&alone], "2026-11-20", Kept),
            (Some(third), &[&agreed_before, &again], "2026-12-04", Kept),
            (Some(third), &[&agreed_before, &again_late], "2026-12-04", KeptLate),
            (Some(third), &[&agreed_late, &again], "2026-12-04", KeptLate),
            // Set right after it was moved: nobody's promise moved by that.
            (Some("2026-11-30"), &[&agreed_late], "2026-11-30", Kept),
            (None, &[&agreed_late], "2026-12-24", Kept),
        ];
        for (due, moves, done, state) in cases {
            let moves: Vec<CommitmentMove> = moves.iter().map(|one| (*one).clone()).collect();
            let closed = commitment(*due).done_on(day(done), &moves);
            assert_eq!(closed.state, *state, "{due:?} {moves:?} {done}");
            assert_eq!(closed.closed, Some(day(done)));
            closed.check().expect("in order");
        }
        assert!(agreed_before.is_in_time() && agreed_that_day.is_in_time());
        assert!(!agreed_late.is_in_time() && !alone.is_in_time());
    }

    #[test]
    fn the_day_of_closing_goes_with_the_state() {
        let open = commitment(None);
        open.check().expect("in order");
        let closed = open.closed_on(day("2026-11-22"), CommitmentState::Withdrawn);
        closed.check().expect("in order");
        assert_eq!(closed.closed_on(day("2026-11-23"), CommitmentState::Open), open);
        assert!(Commitment { closed: None, ..closed.clone() }.check().is_err());
        assert!(Commitment { state: CommitmentState::Open, ..closed }.check().is_err());
        assert!(Commitment { text: " ".to_owned(), ..open }.check().is_err());
    }

    proptest! {
        #[test]
        fn any_line_reads(line in ".{0,60}", by in "(by|BY| by )?.{0,20}") {
            let line = format!("{line}{by}");
            if let Some(read) = Promise::read(&line, "Noor", day("2026-11-22"), Habits::default()) {
                prop_assert_eq!(text::line(&read.text), read.text);
            }
        }
    }
}
