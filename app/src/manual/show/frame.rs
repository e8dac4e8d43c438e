//! What stands around every page of a manual: which edition it is, reading it aloud, what else one can do with it.

use domain::{Slug, codes::Thing};
use leptos::prelude::*;

use super::{super::text, Reading, address};
use crate::{
    codes::CodeLink,
    offline::KeptBar,
    portal::visit,
    ui::{Icon, ReadAloud, SharePage},
};

/// Which edition this is, and where the others are.
#[component]
pub(super) fn EditionLine(reading: Reading) -> impl IntoView {
    let locale = visit().locale;
    let Some(edition) = reading.edition else { return ().into_any() };
    let words = text::edition(edition, locale);
    if reading.past {
        let now = address(reading.division.code, None, None, locale);
        return view! {
            <p class="p-notice">
                {locale.pick("这是旧版:", "An older edition: ")}{words}"。"
                <a href=now>{locale.pick("看现在的手册", "Read the current manual")}</a>
            </p>
        }
        .into_any();
    }
    let href = locale.href(&format!("/manual/{}/editions", reading.division.code));
    view! {
        <p class="p-manual__edition"><a href=href>{words.clone()}</a></p>
        <KeptBar edition=words />
    }
    .into_any()
}

/// Reads the page aloud; 长辈版 has it at the top of every page already.
#[component]
pub(super) fn Aloud() -> impl IntoView {
    (!visit().reading.is_elder()).then(|| view! { <ReadAloud /> })
}

/// What else one can do with a manual.
#[component]
pub(super) fn Also(reading: Reading, #[prop(optional)] chapter: Option<Slug>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let code = reading.division.code;
    let thing = chapter.map_or(Thing::Division(code), |chapter| Thing::Chapter(code, chapter));
    let word = match chapter {
        Some(_) => locale.pick("这一章的码", "The code of this chapter"),
        None => locale.pick("这里的码", "The code of this area"),
    };
    let link = (!reading.past).then(|| view! { <CodeLink thing word /> });
    let path = |rest: &str| locale.href(&format!("/manual/{code}/{rest}"));
    let asked = [
        chapter.map(|chapter| format!("chapter={chapter}")),
        reading.edition.filter(|_| reading.past).map(|it| format!("edition={}", it.number)),
    ];
    let print = path(&format!("print?{}", asked.into_iter().flatten().collect::<Vec<_>>().join("&")));
    let print = print.trim_end_matches('?').to_owned();
    view! {
        <p class="p-acts p-manual__also">
            <a class="p-button p-button--quiet" href=path("editions")><Icon name="history" />{locale.pick("各版与变化", "Editions and changes")}</a>
            {link}
            <SharePage />
            <a class="p-button p-button--quiet" href=print><Icon name="printer" />{locale.pick("下载 PDF、EPUB", "PDF and EPUB")}</a>
        </p>
    }
}
