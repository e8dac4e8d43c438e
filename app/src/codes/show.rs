//! `/codes/{token}`: a code itself: what it leads to, its picture to print, and its signs for those who type.

use domain::codes::{Lead, Thing, Token};
use leptos::prelude::*;

use super::{ask::Ask, clauses::list_address, text, way::decoded};
use crate::{
    portal::{Visit, portal, visit},
    ui::{Breadcrumbs, Column, CopyText, Icon, PageHead, PrintPage, lang_of},
};

pub(super) const COLUMN: Column = Column {
    name: "一个码",
    description: "一个码的图、字符和它指向的地方",
    keywords: "政务公开码,二维码",
    kind: "互动交流",
};

/// The page of a code, or 404 with what was typed.
#[component]
pub(crate) fn CodePage() -> impl IntoView {
    let visit = visit();
    let typed = decoded(visit.path.strip_prefix("/codes/").unwrap_or_default());
    let token: Option<Token> = typed.parse().ok();
    let codes = &visit.snapshot.content.codes;
    let named = token.and_then(|token| {
        let thing = codes.thing(token)?;
        Some((token, thing, text::name(&portal(), &visit.snapshot, thing, visit.locale)?))
    });
    match named {
        Some((token, thing, name)) => view! { <Code token thing name /> }.into_any(),
        None => view! { <Ask typed /> }.into_any(),
    }
}

#[component]
fn Code(token: Token, thing: Thing, name: String) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick(format!("{name}的码"), format!("The code of {name}"));
    let lead = snapshot.content.lead(thing, snapshot.today());
    let to = match lead {
        Lead::To(to) => locale.href(&to.address()),
        Lead::Ended(_) => locale.href(&format!("/c/{}", token.plain())),
    };
    let ended = match lead {
        Lead::To(to) if to != thing => {
            let now = text::name(&portal, snapshot, to, locale).unwrap_or_default();
            Some(locale.pick(
                format!("它现在带您去接替的地方:{now}。"),
                format!("It now leads to what has taken its place: {now}."),
            ))
        }
        Lead::To(_) => None,
        Lead::Ended(_) => Some(locale.pick("它指向的地方已经停用。", "What it leads to has ended.").to_owned()),
    };
    let file = format!("/codes/{}", token.plain());
    let clauses = matches!(snapshot.content.codes.issued_for(token), Some(Thing::Policy(_))).then(|| {
        let href = locale.href(&list_address(token));
        view! { <p class="p-acts"><a class="p-button" href=href>{locale.pick("各条的码", "The codes of its clauses")}</a></p> }
    });
    let picture = locale.pick(format!("{name}的二维码"), format!("QR code of {name}"));
    view! {
        <PageHead title=title.clone() description=text::gives(snapshot, thing, locale) column=COLUMN />
        <Breadcrumbs way=vec![(locale.pick("一个码", "One code").to_owned(), "/codes".to_owned())] />
        <article class="p-code-page">
            <h1>{title}</h1>
            <p class="p-code__gives">{text::kind(thing, locale)}" · "{text::gives(snapshot, thing, locale)}</p>
            {ended.map(|words| view! { <p class="p-notice">{words}</p> })}
            <Sheet picture=format!("{file}.svg") alt=picture code=token.to_string() name />
            <Acts to file />
            <p class="p-quiet">
                {locale.pick(
                    "这个码一直有效。不能扫的人,可以在“一个码”页输入上面的 8 个字符。",
                    "This code stays good for ever. Those who cannot scan type its 8 signs on the page “One code”.",
                )}
            </p>
            <Windows thing under="/codes" />
            {clauses}
        </article>
    }
}

/// A code as it is scanned and as it is typed.
#[component]
pub(super) fn Sheet(picture: String, alt: String, code: String, name: String) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <figure class="p-code__sheet">
            <img class="p-code__picture" src=picture alt=alt width="296" height="296" />
            <figcaption>
                <CopyText><span class="p-code__token">{code}</span></CopyText>
                <span class="p-code__name" lang=lang_of(&name, locale)>{name.clone()}</span>
            </figcaption>
        </figure>
    }
}

/// What one does with a code: goes where it leads, takes its picture, from a file without its ending, or prints the page.
#[component]
pub(super) fn Acts(to: String, file: String) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <p class="p-acts">
            <a class="p-button p-button--main" href=to><Icon name="arrow-right" />{locale.pick("去它带到的地方", "Go where it leads")}</a>
            <a class="p-button" href=format!("{file}.svg") download>{locale.pick("下载 SVG", "Download SVG")}</a>
            <a class="p-button" href=format!("{file}.png") download>{locale.pick("下载 PNG", "Download PNG")}</a>
            <PrintPage />
        </p>
    }
}

/// The codes of the counters of a point, each with a link to its page under an address.
#[component]
pub(super) fn Windows(thing: Thing, under: &'static str) -> impl IntoView {
    let Visit { snapshot, locale, .. } = visit();
    let Thing::Point(id) = thing else { return None };
    let point = snapshot.content.point(id)?;
    let windows = point.facts.services.iter().filter_map(|service| {
        let token = snapshot.content.codes.token(Thing::Window(id, *service))?;
        let href = locale.href(&format!("{under}/{}", token.plain()));
        let name = text::service(&snapshot, *service, locale);
        Some(view! { <li><a class="p-row" href=href><span>{name}</span><span class="p-row__count">{token.to_string()}</span></a></li> })
    });
    let windows: Vec<_> = windows.collect();
    (!windows.is_empty()).then(|| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("这里各窗口的码", "The codes of its counters")}</h2>
                <ul class="p-rows">{windows}</ul>
            </section>
        }
    })
}
