//! `/manual/{division}/print`: the manual, or a chapter of it, as a file to keep or to print. It is made in the background, once for
//! each edition.

use domain::{
    Slug,
    divisions::Division,
    locale::Locale,
    prints::{Form as Made, Layout, What},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Failure, prints};

use super::{
    show::{COLUMN, Reading, current, way},
    text,
};
use crate::{
    error::ErrorPage,
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, SelectField},
};

/// So many may wait for the press; who asks for more is told to come back.
const MOST_WAITING: u64 = 40;

/// The names of what a manual is made as, in forms.
const FORMS: [(&str, Made); 4] = [
    ("a4", Made::Pdf(Layout::A4)),
    ("a5", Made::Pdf(Layout::Booklet)),
    ("large", Made::Pdf(Layout::Large)),
    ("epub", Made::Epub),
];

fn words(form: Made, locale: Locale) -> &'static str {
    match form {
        Made::Pdf(Layout::A4) => locale.pick("PDF · A4", "PDF, A4"),
        Made::Pdf(Layout::Booklet) => locale.pick("PDF · A5 小册子", "PDF, A5 booklet"),
        Made::Pdf(Layout::Large) => locale.pick("PDF · 大字版", "PDF, large type"),
        Made::Epub => locale.pick("EPUB · 手机和电子书", "EPUB, for telephones and readers"),
    }
}

/// The form, or 404.
#[component]
pub(crate) fn PrintManualPage() -> impl IntoView {
    let visit = visit();
    let code = use_params_map().get_untracked().get("division").and_then(|code| code.parse().ok());
    let division = code.and_then(|code| visit.snapshot.atlas.divisions.get(code).cloned());
    match division {
        Some(division) => view! { <Ask division /> }.into_any(),
        None => view! { <ErrorPage status=404 /> }.into_any(),
    }
}

#[component]
fn Ask(division: Division) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let reading: Reading = current(&division);
    let name = text::title(division.name(locale), locale);
    let title = locale.pick(format!("下载{name}"), format!("Download: {name}"));
    let chapters = visit.manual.said(locale).chapters(&visit.snapshot.atlas.divisions, division.code);
    let whole = (String::new(), locale.pick("整本", "The whole manual").to_owned());
    let options = chapters.into_iter().map(|(slug, head)| (slug.to_string(), head.title.clone()));
    let options: Vec<_> = std::iter::once(whole).chain(options).collect();
    let forms = forms(locale);
    let edition = visit.parameter("edition").unwrap_or_default();
    let chapter = visit.parameter("chapter").unwrap_or_default();
    let about = locale.pick(
        "文件按当前这一版制作,做好以后保留一周。还没有内容的章节不在里面。",
        "The file is made of the current edition and kept for a week. Chapters without content are left out.",
    );
    view! {
        <PageHead title=title.clone() description=about column=COLUMN />
        <Breadcrumbs way=way(&reading, locale) />
        <h1>{title}</h1>
        <p>{reading.edition.map(|it| text::edition(it, locale))}</p>
        <p>{about}</p>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href(&format!("/manual/{}/print", division.code))>
            <input type="hidden" name="edition" value=edition />
            <SelectField name="chapter" label=locale.pick("内容", "What") options=options value=chapter />
            <SelectField name="form" label=locale.pick("格式", "As") options=forms />
            <button class="p-button p-button--main" type="submit">{locale.pick("制作文件", "Make the file")}</button>
        </form>
    }
}

/// Asks for a file.
pub(crate) async fn ask(portal: &Portal, visit: &Visit, division: &str, form: &Form) -> Submitted {
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let Some(division) = division.parse().ok().and_then(|code| divisions.get(code)) else {
        return Submitted::Status(404);
    };
    let wrong =
        |field, zh: &str, en: &str| Submitted::Again(vec![Wrong { field, words: locale.pick(zh, en).to_owned() }]);
    let Some(made) = made_as(form.get("form")) else {
        return wrong("form", "请选格式。", "Choose a format.");
    };
    let chapters = visit.manual.said(locale).chapters(divisions, division.code);
    let chapter = match form.get("chapter") {
        "" => None,
        slug => match slug.parse::<Slug>().ok().filter(|slug| chapters.iter().any(|(it, _)| it == slug)) {
            Some(slug) => Some(slug),
            None => return wrong("chapter", "手册里没有这一章。", "The manual has no such chapter."),
        },
    };
    let Some(last) = visit.manual.edition_of(divisions, division.code) else {
        return wrong("", "手册还没有出过版。", "There is no edition yet.");
    };
    let edition = form.get("edition").parse().ok().filter(|it| (1..=last.number).contains(it)).unwrap_or(last.number);
    print(portal, visit, &What::Manual { division: division.code, chapter, edition, form: made, language: locale })
        .await
}

/// The forms something may be made in, with their names in forms.
pub(crate) fn forms(locale: Locale) -> Vec<(String, String)> {
    FORMS.map(|(code, form)| (code.to_owned(), words(form, locale).to_owned())).to_vec()
}

/// The form of a name.
pub(crate) fn made_as(code: &str) -> Option<Made> {
    FORMS.into_iter().find(|(known, _)| *known == code).map(|(_, form)| form)
}

/// Has something printed that is everybody's, unless too much waits already.
pub(crate) async fn print(portal: &Portal, visit: &Visit, what: &What) -> Submitted {
    match prints::waiting(portal.store()).await {
        Ok(waiting) if waiting >= MOST_WAITING => {
            let words = visit.locale.pick(
                "现在排队制作的太多,请过几分钟再来。",
                "Too many files are being made: come back in some minutes.",
            );
            return Submitted::Again(vec![Wrong { field: "", words: words.to_owned() }]);
        }
        Ok(_) => {}
        Err(error) => return Submitted::Failed(error),
    }
    match prints::ask(portal.store(), &visit.by(), what, portal.random()).await {
        Ok(id) => Submitted::Go(format!("/prints/{id}"), Cookie::Keep),
        Err(Failure::Store(error)) => Submitted::Failed(error),
        Err(_) => Submitted::Status(403),
    }
}
