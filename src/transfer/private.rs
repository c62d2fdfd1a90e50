//! What is for me alone, for those exports that it was asked into.
//!
//! Nothing else that writes for reading names these kinds. They are read here, and only for
//! somebody who holds [`Asked`]; without it an export can be told no more than how many stay.

use chrono::NaiveDate;

use super::{Error, LeftOut, Selection};
use crate::domain::{
    CheckIn, Evidence, Focus, Id, Layer, Practice, Record, Relationship, Remembering, Session,
    text, trust,
};
use crate::guide::ways::{self, TrustWay};
use crate::store::{self, Answers, Prepared, Store, TrustRecords};

/// That the writer asked, in so many words, for what is private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked(());

impl Asked {
    /// Where the writer did.
    pub fn by(what: Selection) -> Option<Self> {
        what.private.then_some(Self(()))
    }

    /// For a command that reads to its writer what is private, and does nothing else.
    pub const fn to_read() -> Self {
        Self(())
    }
}

/// What is private about one relationship, but for the reflections on its sessions.
pub struct Private {
    /// Lines worth remembering, the newest last.
    pub remembering: Vec<Record<Remembering>>,
    /// The ten ways.
    pub trust: Trust,
}

/// The ten ways in one relationship.
pub struct Trust {
    /// The ways as the writer wants them.
    pub ways: Vec<TrustWay>,
    /// What is shown of them.
    pub records: TrustRecords,
    /// All that was seen or done, the newest first.
    pub evidence: Vec<Record<Evidence>>,
    /// All check-ins, the oldest first.
    pub check_ins: Vec<(Record<CheckIn>, Answers)>,
}

impl Trust {
    /// What a way is called here.
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.ways.iter().find(|way| way.key == key).map_or(key, |way| way.name.as_str())
    }

    /// What was said at a check-in: after each answer the ways that it was given to.
    pub fn said(&self, answers: &Answers) -> String {
        let to = |answer: Practice| {
            let ways = answers.iter().filter(|(_, said)| **said == answer);
            let names: Vec<&str> = ways.map(|(key, _)| self.name(key)).collect();
            (!names.is_empty()).then(|| format!("{}: {}", answer.words(), names.join(", ")))
        };
        let said: Vec<String> = Practice::ALL.iter().rev().copied().filter_map(to).collect();
        if said.is_empty() { "left blank".to_owned() } else { said.join("; ") }
    }

    /// Those of them that were quiet for long.
    pub fn quiet(&self) -> QuietWays {
        QuietWays::of(&self.ways, &self.records)
    }

    /// Whether nothing was ever said.
    pub fn is_empty(&self) -> bool {
        let records = &self.records;
        records.first.is_none() && records.focus.is_empty() && records.repairs.is_empty()
    }
}

/// All that is private about one relationship.
pub fn of(store: &Store, with: Id<Relationship>, asked: Asked) -> Result<Private, Error> {
    Ok(Private {
        remembering: store.details(with)?.remembering,
        // What is told is what was said; what is quiet today is for the screen.
        trust: self::trust(store, with, NaiveDate::MIN, asked)?,
    })
}

/// The ten ways with somebody, as they stand on a day.
pub fn trust(
    store: &Store,
    with: Id<Relationship>,
    today: NaiveDate,
    _: Asked,
) -> Result<Trust, Error> {
    Ok(Trust {
        ways: ways::all(&store.ways()?),
        records: store.trust(with, today)?,
        evidence: store.all_evidence(with)?,
        check_ins: store.check_ins(with, None)?,
    })
}

/// What is private in a brief.
pub struct InBrief {
    /// Lines worth remembering, the most pressing first.
    pub remembering: Vec<Record<Remembering>>,
    /// What is to be said of the ten ways.
    pub ways: WaysInBrief,
}

/// What a brief says of the ten ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaysInBrief {
    /// What I practise with them, each with the way that it is of.
    pub focus: Vec<String>,
    /// The ways that were quiet for long.
    pub quiet: QuietWays,
}

/// The ways that were quiet for long with somebody, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuietWays {
    /// Those that matter most, no more than can be thought of before a meeting.
    pub named: Vec<String>,
    /// How many there are besides.
    pub left_out: usize,
}

impl QuietWays {
    fn of(ways: &[TrustWay], records: &TrustRecords) -> Self {
        let shown = ways.iter().filter(|way| !way.hidden);
        let keys = records.quiet(shown.map(|way| way.key.as_str()));
        let named = keys.iter().take(trust::QUIET_NAMED);
        let name = |key: &str| ways.iter().find(|way| way.key == key).map(|way| way.name.clone());
        Self {
            named: named.filter_map(|key| name(key)).collect(),
            left_out: keys.len().saturating_sub(trust::QUIET_NAMED),
        }
    }

    /// "2 more", where some are not named.
    pub fn more(&self) -> Option<String> {
        (self.left_out > 0).then(|| format!("{} more", self.left_out))
    }
}

/// What is private in a brief.
pub fn in_brief(
    store: &Store,
    prepared: &Prepared,
    today: NaiveDate,
    asked: Asked,
) -> store::Result<InBrief> {
    Ok(InBrief {
        remembering: prepared.details.remembering.clone(),
        ways: ways_in_brief(store, prepared, today, asked)?,
    })
}

/// What a brief leaves out that nobody asked for.
pub fn left_out_of_brief(prepared: &Prepared) -> LeftOut {
    LeftOut {
        remembering: prepared.details.remembering.len(),
        focus: prepared.focus.len(),
        repairs: prepared.repairs.len(),
        ..LeftOut::default()
    }
}

/// What is to be said of the ten ways in a brief.
pub fn ways_in_brief(
    store: &Store,
    prepared: &Prepared,
    today: NaiveDate,
    _: Asked,
) -> store::Result<WaysInBrief> {
    let ways = ways::all(&store.ways()?);
    let practised = |focus: &Focus| {
        let way = ways.iter().find(|way| way.key == focus.way);
        let way = way.map(|way| format!("{}: ", way.name)).unwrap_or_default();
        format!("{way}{}", focus.practice)
    };
    Ok(WaysInBrief {
        focus: prepared.focus.iter().map(|one| practised(&one.value)).collect(),
        quiet: QuietWays::of(&ways, &store.trust(prepared.details.relationship.id, today)?),
    })
}

/// My reflection on a session; empty where there is none.
pub fn reflection(store: &Store, session: Id<Session>, _: Asked) -> Result<String, Error> {
    let texts = store.texts(session)?;
    let written = texts.of(Layer::Reflection);
    Ok(written.map(|one| text::prose(&one.value.body).into_owned()).unwrap_or_default())
}

/// Counts what stays behind of one relationship, but for the reflections.
pub fn stays(store: &Store, with: Id<Relationship>, left: &mut LeftOut) -> Result<(), Error> {
    let details = store.details(with)?;
    // A person in two roles has one set of lines, counted with the oldest relationship.
    if store.first_relationship_with(details.person.id)? == Some(with) {
        left.remembering += details.remembering.len();
    }
    let records = store.trust(with, NaiveDate::MIN)?;
    left.check_ins += store.check_ins(with, None)?.len();
    left.evidence += store.all_evidence(with)?.len();
    left.focus += records.focus.len();
    left.repairs += records.repairs.len();
    Ok(())
}

/// Counts a reflection that stays behind.
pub fn reflection_stays(
    store: &Store,
    session: Id<Session>,
    left: &mut LeftOut,
) -> Result<(), Error> {
    let texts = store.texts(session)?;
    let written = texts.of(Layer::Reflection).is_some_and(|one| !one.value.body.is_empty());
    left.reflections += usize::from(written);
    Ok(())
}
