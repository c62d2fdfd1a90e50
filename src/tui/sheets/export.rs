//! Where an export goes. It says before it is written what goes out and what stays.

use chrono::NaiveDate;

use super::Sheet;
use crate::domain::{Id, Invalid, Person, Record, Relationship, Session};
use crate::store::{Details, Result, Store};
use crate::transfer::{self, Selection};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form that asks for a file's name.
pub struct Export {
    form: Form,
    record: Id<()>,
    content: String,
}

impl Export {
    /// Opens it for `content`; `says` tells what is in it and what was left out.
    pub fn new(record: Id<()>, title: &str, name: &str, says: &str, content: String) -> Self {
        let entry = Entry::line("path", "File").needed().value(name).about(says);
        Self { form: Form::new(title, vec![entry]), record, content }
    }
}

impl Sheet for Export {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.record, "export")
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = path(&self.form)?;
        let says = "; what is private stayed here.".to_owned();
        Ok(Outcome::Write { path, content: std::mem::take(&mut self.content), says })
    }
}

/// What can be written of one session, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// All but the private reflection, for me.
    Everything,
    /// The summary and who does what, for the other.
    Summary,
    /// What is to be talked about, for the other.
    Agenda,
}

impl Of {
    const ALL: [Self; 3] = [Self::Everything, Self::Summary, Self::Agenda];

    /// What it is called in the form, and at the beginning of the file's name.
    const fn code(self) -> &'static str {
        match self {
            Self::Everything => "session",
            Self::Summary => "summary",
            Self::Agenda => "agenda",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Everything => "all, for me",
            Self::Summary => "summary, for the other",
            Self::Agenda => "agenda, for the other",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|of| of.code() == code).unwrap_or(Self::Everything)
    }

    /// The document, or what is missing for it.
    pub fn write(
        self,
        store: &Store,
        session: Id<Session>,
    ) -> Result<std::result::Result<String, &'static str>> {
        Ok(match self {
            Self::Everything => {
                Ok(exported(|out| transfer::markdown::session(store, session, out))?)
            }
            Self::Summary => transfer::markdown::handed::summary(store, session)?
                .ok_or("There is no summary yet. `m` writes it, or puts lines of the notes in it."),
            Self::Agenda => transfer::markdown::handed::agenda(store, session)?
                .ok_or("Nothing is on the agenda. `a` puts a line there."),
        })
    }
}

/// The form that exports a session, or what the other is to get of it.
pub struct ExportSession {
    form: Form,
    session: Id<Session>,
    day: NaiveDate,
    /// What the file's name says that it is.
    named: Of,
    /// What goes out to the other, of each that is for them: shown before it does.
    goes_out: Vec<(Of, String)>,
}

impl ExportSession {
    /// Opens it.
    pub fn new(store: &Store, session: &Record<Session>, of: Of) -> Result<Self> {
        let day = session.value.when.date;
        let mut goes_out = Vec::new();
        for of in [Of::Summary, Of::Agenda] {
            let shown = of.write(store, session.id)?.unwrap_or_else(str::to_owned);
            goes_out.push((of, shown));
        }
        let answers = Of::ALL.map(|of| (of.code(), of.words()));
        let entries = vec![
            Entry::choice("of", "What", &answers).value(of.code()).about(
                "What is for the other has nothing of your notes in it. The private reflection stays here.",
            ),
            Entry::line("path", "File")
                .needed()
                .value(&file_name(of, day))
                .about("A new file that only you can read. No file that is there is replaced."),
        ];
        let form = Form::new("Export this session as Markdown", entries);
        let mut sheet = Self { form, session: session.id, day, named: of, goes_out };
        sheet.show(of);
        Ok(sheet)
    }

    /// Shows what goes out.
    fn show(&mut self, of: Of) {
        let shown = self.goes_out.iter().find(|(one, _)| *one == of);
        self.form.show(shown.map_or("", |(_, text)| text));
    }
}

fn file_name(of: Of, day: NaiveDate) -> String {
    format!("{}-{day}.md", of.code())
}

impl Sheet for ExportSession {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.session.cast(), "export")
    }

    /// The name goes along with what it is, as long as nobody wrote another.
    fn changed(&mut self) {
        let of = Of::from_code(&self.form.value("of"));
        let path = self.form.value("path");
        if of != self.named
            && let Some(folder) = path.strip_suffix(&file_name(self.named, self.day))
        {
            let path = format!("{folder}{}", file_name(of, self.day));
            self.form.restore(&[("path".to_owned(), path)].into());
        }
        self.named = of;
        self.show(of);
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = path(&self.form)?;
        let of = Of::from_code(&self.form.value("of"));
        let content = of
            .write(cx.store, self.session)?
            .map_err(|missing| Invalid { field: "of", message: missing.to_owned() })?;
        let says = match of {
            Of::Everything => "; what is private stayed here.",
            Of::Summary | Of::Agenda => "; only what the other may see is in it.",
        };
        Ok(Outcome::Write { path, content, says: says.to_owned() })
    }
}

/// The name of the file.
pub fn path(form: &Form) -> Result<String> {
    let path = form.value("path").trim().to_owned();
    if path.is_empty() {
        let message = "Write the name of the file.".to_owned();
        return Err(Invalid { field: "path", message }.into());
    }
    Ok(path)
}

/// The formats: how a file of each ends, and what it is for.
const FORMATS: [(&str, &str); 4] = [
    ("md", "Markdown, to read and edit"),
    ("html", "a page for a browser and paper"),
    ("json", "JSON, to be read back"),
    ("ics", "a calendar of what has a day"),
];

/// The form that exports what is kept about one person, in the format that is chosen.
pub struct ExportPerson {
    form: Form,
    with: Id<Relationship>,
    person: Id<Person>,
    /// The format whose ending the file's name has.
    format: String,
}

impl ExportPerson {
    /// Opens it for somebody.
    pub fn new(details: &Details) -> Self {
        let name = &details.person.value.name;
        let plain = name.replace(|c: char| !c.is_alphanumeric(), "-").to_lowercase();
        let private =
            "Private reflections, lines worth remembering, the ten ways. Otherwise they stay here.";
        let form = Form::new(
            &format!("Export what is kept about {name}"),
            vec![
                Entry::choice("format", "Format", &FORMATS),
                Entry::line("path", "File")
                    .needed()
                    .value(&format!("{plain}.md"))
                    .about("A new file that only you can read. No file that is there is replaced."),
                Entry::tick("private", "Private too").private().about(private),
            ],
        );
        Self {
            form,
            with: details.relationship.id,
            person: details.person.id,
            format: "md".to_owned(),
        }
    }
}

impl Sheet for ExportPerson {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "export")
    }

    /// The name goes along with the format, as long as it ends as it did.
    fn changed(&mut self) {
        let format = self.form.value("format");
        let path = self.form.value("path");
        if let Some(name) = path.strip_suffix(&format!(".{}", self.format))
            && format != self.format
        {
            let path = format!("{name}.{format}");
            self.form.restore(&[("path".to_owned(), path)].into());
        }
        self.format = format;
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = path(&self.form)?;
        let private = self.form.ticked("private");
        let what = Selection { person: Some(self.person), private };
        let format = self.form.value("format");
        if format == "ics" && private {
            let message = "A calendar holds nothing private. Take the tick away.".to_owned();
            return Err(Invalid { field: "private", message }.into());
        }
        let mut left = transfer::LeftOut::default();
        let content = exported(|out| {
            left = match format.as_str() {
                "html" => transfer::html::export(cx.store, what, out),
                "json" => transfer::json::export(cx.store, what, out),
                "ics" => transfer::ics::export(cx.store, what, cx.zone, out),
                _ => transfer::markdown::export(cx.store, what, out),
            }?;
            Ok(left)
        })?;
        Ok(Outcome::Write { path, content, says: format!(". {}", left.short()) })
    }
}

/// What an export writes, as text.
pub fn exported(
    write: impl FnOnce(&mut Vec<u8>) -> std::result::Result<transfer::LeftOut, transfer::Error>,
) -> Result<String> {
    let mut bytes = Vec::new();
    match write(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(transfer::Error::Store(error)) => Err(error),
        // Writing into memory does not fail.
        Err(_) => Err(crate::store::Error::Full),
    }
}
