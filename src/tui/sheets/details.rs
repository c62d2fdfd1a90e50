//! Who somebody is and how we meet: everything that is wanted later than the name.

use super::{Sheet, optional, read_cadence, read_day, read_minutes, read_zone};
use crate::domain::{
    Cadence, Id, Lean, Minutes, Mode, Moment, Person, Phase, Record, Relationship, Role, dates,
    parse_zone, text,
};
use crate::store::{Details, Result};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::sheets::person::role_words;

/// The form for a person's particulars.
pub struct EditDetails {
    form: Form,
    person: Record<Person>,
    relationship: Record<Relationship>,
}

impl EditDetails {
    /// Opens it with what stands in the journal.
    pub fn new(details: Details, now: Moment) -> Self {
        let (person, relationship) = (details.person, details.relationship);
        let (who, how) = (&person.value, &relationship.value);
        let roles: Vec<_> = Role::ALL.iter().map(|role| (role.code(), role_words(*role))).collect();
        let phases: Vec<_> = Phase::ALL.iter().map(|phase| (phase.code(), phase.words())).collect();
        let mut modes = vec![("", "not set")];
        modes.extend(Mode::ALL.iter().map(|mode| (mode.code(), mode.words())));
        let iso =
            |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let form = Form::new(
            &format!("{}: details", who.name),
            vec![
                Entry::line("name", "Name").needed().value(&who.name),
                Entry::choice("role", "You are", &roles).value(how.role.code()),
                Entry::line("alias", "Alias")
                    .value(&who.alias)
                    .about("Stands for the name when the screen is hidden, and finds the person."),
                Entry::choice("phase", "Where it stands", &phases).value(how.phase.code()),
                Entry::date("cadence", "How often", read_cadence())
                    .value(&how.cadence.map(Cadence::code).unwrap_or_default())
                    .placeholder("2w, weekly, every month"),
                Entry::date("minutes", "For", read_minutes())
                    .value(
                        &how.usual_minutes
                            .map(|length| length.get().to_string())
                            .unwrap_or_default(),
                    )
                    .placeholder("45, 1h, 1h30"),
                Entry::choice("mode", "By", &modes)
                    .value(how.usual_mode.map(Mode::code).unwrap_or_default()),
                Entry::line("place", "At").value(&how.usual_place),
                Entry::date("started", "Began", read_day(now, Lean::Past)).value(&iso(how.started)),
                Entry::date("ends", "Ends", read_day(now, Lean::Future)).value(&iso(how.ends)),
                Entry::date("time_zone", "Their time zone", read_zone(now))
                    .value(&who.time_zone)
                    .placeholder("Lisbon, New York")
                    .about("Where their clock differs, their time stands beside yours."),
                Entry::line("programme", "Programme").value(&how.programme),
                Entry::line("coordinator", "Coordinator")
                    .value(&how.coordinator)
                    .about("Who runs the programme, and how to reach them."),
                Entry::line("safeguarding", "Safeguarding")
                    .value(&how.safeguarding)
                    .about("Whom to tell when somebody may be harmed."),
                Entry::date("keep_until", "Notes kept until", read_day(now, Lean::Future))
                    .value(&iso(how.keep_until))
                    .about("The day to look at them again, and erase them where that was agreed."),
            ],
        );
        Self { form, person, relationship }
    }
}

impl Sheet for EditDetails {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.relationship.id.cast(), "details")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (form, today) = (&self.form, cx.today());
        let day = |field, lean| {
            optional(form, field, |typed| dates::parse_date(typed, today, lean, cx.habits()))
        };
        let person = Person {
            name: form.value("name"),
            alias: form.value("alias"),
            time_zone: optional(form, "time_zone", parse_zone)?
                .map(|zone| zone.name().to_owned())
                .unwrap_or_default(),
        };
        let relationship = Relationship {
            role: Role::from_code(&form.value("role")).unwrap_or(self.relationship.value.role),
            phase: Phase::from_code(&form.value("phase")).unwrap_or(self.relationship.value.phase),
            cadence: optional(form, "cadence", str::parse::<Cadence>)?,
            usual_minutes: optional(form, "minutes", str::parse::<Minutes>)?,
            usual_mode: Mode::from_code(&form.value("mode")),
            usual_place: text::line(&form.value("place")),
            started: day("started", Lean::Past)?,
            ends: day("ends", Lean::Future)?,
            programme: text::line(&form.value("programme")),
            coordinator: text::line(&form.value("coordinator")),
            safeguarding: text::line(&form.value("safeguarding")),
            keep_until: day("keep_until", Lean::Future)?,
            ..self.relationship.value.clone()
        };
        relationship.check()?;
        person.check()?;
        let name = person.name.clone();
        cx.store.update_details(
            cx.stamp,
            &Record { value: person, ..self.person.clone() },
            &Record { value: relationship, ..self.relationship.clone() },
        )?;
        Ok(Outcome::Changed(format!("Kept the details of {}.", text::line(&name))))
    }
}
