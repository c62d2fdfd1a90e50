//! Signing a version: whose name, on which day, here or on paper.

use super::{Sheet, optional};
use crate::domain::{Agreement, Id, Lean, Method, Moment, Party, Signature, dates};
use crate::store::{AgreementVersion, Result};
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::pane::{Cx, Outcome};
use crate::wording;

/// The form for one signature.
pub struct Sign {
    form: Form,
    agreement: Id<Agreement>,
    names: [String; 2],
}

impl Sign {
    /// Opens it for whoever of the two has not signed yet. `gaps` are the clauses in which something
    /// is still to be filled in.
    pub fn new(
        version: &AgreementVersion,
        gaps: &[&str],
        mine: &str,
        theirs: &str,
        now: Moment,
    ) -> Self {
        let party = if version.is_signed_by(Party::Me) { Party::Them } else { Party::Me };
        let name = if party == Party::Me { mine } else { theirs };
        let parties = [(Party::Me.code(), mine), (Party::Them.code(), theirs)];
        let method = if party == Party::Me { Method::Here } else { Method::Paper };
        let methods = [
            (Method::Here.code(), "signs here, by typing the name"),
            (Method::Paper.code(), "signed on paper; this records it"),
        ];
        let entries = vec![
            Entry::choice("party", "Who", &parties)
                .value(party.code())
                .about(&[open(gaps), MEANS.to_owned()].concat()),
            Entry::line("name", "Name").needed().value(name),
            Entry::date("day", "On", signed_on(version, now)).value("today"),
            Entry::choice("method", "How", &methods).value(method.code()),
        ];
        let title = format!("Sign version {}", version.agreement.value.number);
        Self {
            form: Form::new(&title, entries),
            agreement: version.agreement.id,
            names: [mine.to_owned(), theirs.to_owned()],
        }
    }
}

/// What a signature is.
const MEANS: &str = "It says that you agreed, and freezes the text. It is no signature in law.";
/// The clauses with blanks that are named.
const NAMED: usize = 3;

/// Which clauses still have blanks, before they are frozen.
fn open(gaps: &[&str]) -> String {
    let named = gaps.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let (have, more) = match gaps.len() {
        0 => return String::new(),
        1 => ("has", String::new()),
        many if many > NAMED => ("have", format!(" and {} more", many - NAMED)),
        _ => ("have", String::new()),
    };
    format!("{} still {have} blanks: {named}{more}. ", wording::counted(gaps.len(), "clause"))
}

/// Reads the day, and says so where it lies before the version was written here: a day without a
/// year may mean another one than was understood.
fn signed_on(version: &AgreementVersion, now: Moment) -> ReadDate {
    let made = version.agreement.id.made();
    let made = made.map(|made| made.with_timezone(now.offset()).date_naive());
    Box::new(move |typed, habits| {
        let today = now.date_naive();
        let day = dates::parse_date(typed, today, Lean::Past, habits)
            .map_err(|error| error.to_string())?;
        let words = dates::in_words(day, today);
        Ok(match made.filter(|made| day < *made) {
            Some(_) => format!("{words}: before this version was written"),
            None => words,
        })
    })
}

impl Sign {
    /// Who signs.
    fn party(&self) -> Party {
        Party::from_code(&self.form.value("party")).unwrap_or(Party::Me)
    }
}

impl Sheet for Sign {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.agreement.cast(), "sign")
    }

    /// The name of the one who was chosen first does not sign for the other.
    fn changed(&mut self) {
        let [mine, theirs] = &self.names;
        let typed = self.form.value("name");
        let name = match self.party() {
            Party::Me if typed == *theirs => mine,
            Party::Them if typed == *mine => theirs,
            _ => return,
        };
        self.form.put("name", name);
    }

    /// Leaving a form is no consent.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let form = &self.form;
        let day = optional(form, "day", |typed| {
            dates::parse_date(typed, today, Lean::Past, cx.habits())
        })?;
        let signature = Signature {
            agreement: self.agreement,
            party: self.party(),
            name: form.value("name"),
            day: day.unwrap_or(today),
            method: Method::from_code(&form.value("method")).unwrap_or(Method::Here),
        };
        signature.check()?;
        cx.store.sign(cx.stamp, &signature)?;
        Ok(Outcome::Changed(format!("Signed: {}.", signature.name)))
    }
}
