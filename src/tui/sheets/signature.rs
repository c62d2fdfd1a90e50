//! Signing a version: whose name, on which day, here or on paper.

use super::{Sheet, optional, read_day};
use crate::domain::{Agreement, Id, Lean, Method, Moment, Party, Signature, dates};
use crate::store::{AgreementVersion, Result};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for one signature.
pub struct Sign {
    form: Form,
    agreement: Id<Agreement>,
    names: [String; 2],
}

impl Sign {
    /// Opens it for whoever of the two has not signed yet.
    pub fn new(version: &AgreementVersion, mine: &str, theirs: &str, now: Moment) -> Self {
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
                .about("It says that you agreed, and freezes the text. It is no signature in law."),
            Entry::line("name", "Name").needed().value(name),
            Entry::date("day", "On", read_day(now, Lean::Past)).value("today"),
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
