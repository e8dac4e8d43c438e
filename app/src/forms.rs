//! Forms as they come from a page. One that is refused is shown again with what was typed and what is wrong with it, so nothing
//! is lost, with and without JavaScript.

use bytes::Bytes;
use domain::locale::Locale;
use leptos::prelude::AnyView;
use store::{Failure, StoreError, identity::Token};
use time::{Date, macros::format_description};

/// The fields of a form, in order, and the files that came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// Files; a field that was left empty is not among them.
    pub files: Vec<Upload>,
}

/// A file that came with a form. What it is, its content tells; its name is only shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name of the field.
    pub field: String,
    /// The name it had where it came from.
    pub name: String,
    /// What it holds.
    pub bytes: Bytes,
}

impl Form {
    /// A form without files.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields, files: Vec::new() }
    }

    /// The first value of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Puts other values into a field.
    pub fn set(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.fields.retain(|(key, _)| key != name);
        self.fields.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    /// The first file of a field.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name)
    }
}

/// What is wrong with a field, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The name of the field; empty for the form as a whole.
    pub field: &'static str,
    /// What is wrong, and how to mend it.
    pub words: String,
}

/// A form that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What was typed.
    pub form: Form,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
}

/// The day in a field of a form; none where it is empty.
pub(crate) fn day(form: &Form, field: &'static str, locale: Locale) -> Result<Option<Date>, Wrong> {
    let text = form.get(field).trim();
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
    if day.is_some() || text.is_empty() {
        return Ok(day);
    }
    let words = locale.pick("日子写成 2026-12-01 这样。", "Write the day like 2026-12-01.");
    Err(Wrong { field, words: words.to_owned() })
}

/// A page whose data is loaded: what is left is to render it.
pub type Loaded = Box<dyn FnOnce() -> AnyView + Send>;

/// What becomes of the session's cookie.
#[derive(Clone, Debug, Default)]
pub enum Cookie {
    /// It stays.
    #[default]
    Keep,
    /// It carries another token.
    Set(Token),
    /// It goes.
    Clear,
}

/// The answer to a request for a page of staff.
pub enum Answer {
    /// The page.
    Page(Loaded),
    /// Another page, by its path without a language.
    Go(String),
    /// The page of an error.
    Status(u16),
    /// The database failed; the page of an error, and a line in the log.
    Failed(StoreError),
}

impl<R> From<Failure<R>> for Answer {
    /// A page that cannot be read: nobody is told more than that they may not.
    fn from(failure: Failure<R>) -> Self {
        match failure {
            Failure::Store(error) => Self::Failed(error),
            Failure::Forbidden | Failure::Refused(_) => Self::Status(403),
        }
    }
}

/// The answer to a form.
pub enum Submitted {
    /// It is done: another page, by its path without a language.
    Go(String, Cookie),
    /// It is done, and there is something to read that is shown once.
    Page(Loaded, Cookie),
    /// It is refused: the page it came from again.
    Again(Vec<Wrong>),
    /// The same, with the form as it is by now: files that came with it are kept already and stand in it by name.
    Refilled(Form, Vec<Wrong>),
    /// Nothing was to be done but to look: the page it came from with the form as it is by now, and what was seen to be wrong.
    Looked(Form, Vec<Wrong>),
    /// The page of an error.
    Status(u16),
    /// The database failed.
    Failed(StoreError),
}
