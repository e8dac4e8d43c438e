//! Searching a manual: the sections whose text has all the words, with the line they stand in.

use domain::{
    Slug,
    divisions::DivisionCode,
    locale::Locale,
    manual::{Manual, Template, document::Section},
};
use leptos::prelude::*;

use super::{
    living::scope,
    show::{COLUMN, Reading, anchor, guide_address, way},
};
use crate::{
    portal::visit,
    ui::{Breadcrumbs, Icon, PageHead, lang_of},
};

/// How many sections are shown.
const MOST: usize = 50;
/// How many characters of a line are shown before and behind what was found.
const AROUND: usize = 24;

struct Hit {
    owner: DivisionCode,
    chapter: Slug,
    section: Section,
    line: String,
}

/// What was found.
#[component]
pub(super) fn Found(reading: Reading, words: String) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let words: String = words.trim().chars().take(60).collect();
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let manual = visit.manual.said(locale);
    let hits = find(manual, &reading, &wanted);
    let total = hits.len();
    let title = locale.pick(format!("在手册里找“{words}”"), format!("“{words}” in this manual"));
    let rows = hits.into_iter().take(MOST).map(|hit| row(hit, manual, &reading, &wanted, locale)).collect_view();
    let none = (total == 0).then(|| {
        view! {
            <p class="p-empty">
                {locale.pick("没有找到。换个说法,少写几个字,或者到", "Nothing found. Try fewer or other words, or look on ")}
                <a href=locale.href("/points")>{locale.pick("一张图", "the map")}</a>
                {locale.pick("上找。", ".")}
            </p>
        }
    });
    let count = locale.pick(format!("找到 {total} 处"), format!("{total} found"));
    let more = (total > MOST).then(|| locale.pick(format!(",只列出前 {MOST} 处"), format!(", the first {MOST} shown")));
    view! {
        <PageHead title=title.clone() description=title.clone() column=COLUMN />
        <Breadcrumbs way=way(&reading, locale) />
        <h1>{title}</h1>
        <SearchForm reading words />
        <p role="status">{count}{more}</p>
        {none}
        <ul class="p-rows">{rows}</ul>
    }
}

/// The form by which one searches a manual.
#[component]
pub(super) fn SearchForm(reading: Reading, #[prop(optional)] words: String) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <form class="p-ask p-manual__search" method="get" action=reading.address(None, locale) role="search">
            <label class="p-hidden" for="q">{locale.pick("在手册里找", "Search this manual")}</label>
            <div class="p-ask__row">
                <input class="p-input" id="q" name="q" type="search" maxlength="60" value=words placeholder=locale.pick("在手册里找,如:低保 材料", "Search this manual") />
                <button class="p-button p-button--main" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
            </div>
        </form>
    }
}

fn find(manual: &Manual, reading: &Reading, wanted: &[String]) -> Vec<Hit> {
    let visit = visit();
    let divisions = &visit.snapshot.atlas.divisions;
    let mut hits = Vec::new();
    for (chapter, _) in manual.chapters(divisions, reading.division.code) {
        for owner in scope(divisions, reading.division.code) {
            for section in manual.own(owner, chapter) {
                let lines = section.lines();
                let all = lines.join("\n").to_lowercase();
                if !wanted.iter().all(|word| all.contains(word)) {
                    continue;
                }
                let best = lines.iter().max_by_key(|line| {
                    let line = line.to_lowercase();
                    wanted.iter().filter(|word| line.contains(*word)).count()
                });
                let line = best.cloned().unwrap_or_default();
                hits.push(Hit { owner, chapter, section: section.clone(), line });
            }
        }
    }
    hits
}

fn row(hit: Hit, manual: &Manual, reading: &Reading, wanted: &[String], locale: Locale) -> AnyView {
    let visit = visit();
    let divisions = &visit.snapshot.atlas.divisions;
    let chapters = manual.chapters(divisions, reading.division.code);
    let chapter = chapters.iter().find(|(slug, _)| *slug == hit.chapter).map_or("", |(_, head)| head.title.as_str());
    let above = divisions.lineage(reading.division.code).iter().any(|it| it.code == hit.owner);
    // What a division below says is read in its own manual.
    let place = match (above, divisions.get(hit.owner)) {
        (false, Some(owner)) => Reading { division: owner.clone(), ..reading.clone() },
        _ => reading.clone(),
    };
    let template = chapters.iter().find(|(slug, _)| *slug == hit.chapter).map(|(_, head)| head.template);
    let href = match template {
        Some(Template::Services) if !hit.section.title.is_empty() => {
            guide_address(&place, hit.chapter, &hit.section.key, locale)
        }
        _ => format!("{}#{}", place.address(Some(hit.chapter), locale), anchor(&hit.section, hit.owner, &place)),
    };
    let title =
        if hit.section.title.is_empty() { chapter.to_owned() } else { format!("{chapter} · {}", hit.section.title) };
    let lang = lang_of(&title, locale);
    view! { <li><a class="p-row" href=href><span lang=lang>{title.clone()}<small>{marked(&hit.line, wanted)}</small></span></a></li> }.into_any()
}

/// A piece of a line around the first word, which is marked.
fn marked(line: &str, wanted: &[String]) -> AnyView {
    let lower = line.to_lowercase();
    let found = wanted.iter().filter_map(|word| Some((lower.find(word.as_str())?, word.len()))).min();
    // Small letters of some languages have other lengths: then nothing is marked.
    let Some((start, length)) = found.filter(|_| lower.len() == line.len()) else {
        return line.chars().take(2 * AROUND).collect::<String>().into_any();
    };
    let (Some(before), Some(word), Some(after)) =
        (line.get(..start), line.get(start..start + length), line.get(start + length..))
    else {
        return line.chars().take(2 * AROUND).collect::<String>().into_any();
    };
    let skipped = before.chars().count().saturating_sub(AROUND);
    let lead: String = before.chars().skip(skipped).collect();
    let tail: String = after.chars().take(AROUND).collect();
    view! { {(skipped > 0).then_some("…")}{lead}<mark>{word.to_owned()}</mark>{tail} }.into_any()
}
