//! The typesetter: one template of ours, its data as JSON, some fonts; no other file, no packages, no clock.

use std::sync::LazyLock;

use serde_json::Value;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    ecow::EcoVec,
    foundations::{Bytes, Content, Datetime, Duration, Label, Selector, Smart},
    introspection::Introspector as _,
    layout::Frame,
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::{LazyHash, PicoStr},
};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{Fonts, PressError, Printed};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));
// Names of files are kept by the typesetter for ever, so there are only these three.
static TEMPLATE: LazyLock<Option<FileId>> = LazyLock::new(|| named("/template.typ"));
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| named("/data.json"));
static PLACES: LazyLock<Option<FileId>> = LazyLock::new(|| named("/places.json"));

fn named(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

struct Desk<'a> {
    fonts: &'a Fonts,
    template: Source,
    data: Bytes,
    places: Bytes,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.catalogue
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match Some(id) {
            id if id == *DATA => Ok(self.data.clone()),
            id if id == *PLACES => Ok(self.places.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Clears what the typesetter remembers, also when a job ends early: else its memory would grow with every job.
pub(crate) struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        forget();
    }
}

/// Clears what the typesetter remembers.
pub(crate) fn forget() {
    typst::comemo::evict(0);
}

/// What a template says, as its file. The values themselves would take several times as much memory all the while.
pub(crate) fn file(data: Value) -> Bytes {
    Bytes::new(data.to_string().into_bytes())
}

/// Lays a template out with its data and, where it asks for them, places.
pub(crate) fn lay_out(fonts: &Fonts, template: &str, data: Bytes, places: Value) -> Result<PagedDocument, PressError> {
    let id = TEMPLATE.ok_or_else(|| PressError::Typesetter("no name for the template".into()))?;
    let template = Source::new(id, template.to_owned());
    let desk = Desk { fonts, template, data, places: file(places) };
    typst::compile::<PagedDocument>(&desk).output.map_err(refused)
}

/// Where what a template gave a label came to lie, in order: the page, from 1, and how far from its top, in points.
pub(crate) fn places(document: &PagedDocument, label: &str) -> Vec<(usize, f64)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
    let introspector = document.introspector();
    let found = introspector.query(&Selector::Label(label));
    let place = |it: &Content| introspector.position(it.location()?);
    found.iter().filter_map(place).map(|it| (it.page.get(), it.point.y.to_pt())).collect()
}

/// The file of laid-out pages: tagged and, unless a sign in it has no glyph in any font, PDF/UA-1.
pub(crate) fn write(document: &PagedDocument) -> Result<Printed, PressError> {
    let universal = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
    let options =
        |standards| PdfOptions { creator: Smart::Custom(Some("sangeyi".into())), standards, ..PdfOptions::default() };
    let strict = typst_pdf::pdf(document, &options(universal));
    let file = strict.or_else(|_| typst_pdf::pdf(document, &options(PdfStandards::default()))).map_err(refused)?;
    Ok(Printed { file, pages: document.pages().len() })
}

/// The same with empty pages behind it, so that their number is a multiple of four: a sheet folded once has four.
pub(crate) fn padded(document: PagedDocument) -> PagedDocument {
    let Some(last) = document.pages().last() else { return document };
    let (missing, mut pages) = ((4 - document.pages().len() % 4) % 4, EcoVec::from(document.pages()));
    for i in 1..=missing {
        let empty = Page { frame: Frame::hard(last.frame.size()), number: last.number + i as u64, ..last.clone() };
        pages.push(empty);
    }
    PagedDocument::new(pages, typst::model::Document::info(&document).clone())
}

/// One document of the pages of several.
pub(crate) fn joined(documents: Vec<PagedDocument>) -> Option<PagedDocument> {
    let info = typst::model::Document::info(documents.first()?).clone();
    let pages = documents.iter().flat_map(|it| it.pages().iter().cloned()).collect();
    Some(PagedDocument::new(pages, info))
}

fn refused(errors: EcoVec<SourceDiagnostic>) -> PressError {
    let words = errors.iter().map(|error| error.message.to_string());
    PressError::Typesetter(words.collect::<Vec<_>>().join("; "))
}
