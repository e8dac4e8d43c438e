//! Older editions, what two editions differ in, and the list of all: `/manual/{division}/editions`, `/manual/{division}/changes` and
//! `?edition=`. They are read from the database, so they are not among the pages kept in memory.

use domain::{
    Slug,
    divisions::Division,
    locale::Locale,
    manual::{Edition, Manual, Said},
};
use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};
use store::{
    StoreError,
    manual::editions::{self, Changed, Listed},
};

use super::{
    living::scope,
    show::{self, COLUMN, Reading, way},
    text,
};
use crate::{
    forms::Answer,
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, PageHead, lang_of},
};

/// How many editions the list shows.
const MOST: usize = 50;
/// How many changed sections a comparison shows.
const SHOWN: usize = 100;

/// The page at an address of older editions; none where the address is of the living manual or of nothing.
pub(crate) async fn page(portal: &Portal, visit: &Visit) -> Option<Answer> {
    let steps: Vec<&str> = visit.path.split('/').skip(1).collect();
    let ["manual", code, rest @ ..] = &steps[..] else { return None };
    let division = code.parse().ok().and_then(|code| visit.snapshot.atlas.divisions.get(code)).cloned()?;
    let answer = match rest {
        ["editions"] => list_page(portal, visit, division).await,
        ["changes"] => changes_page(portal, visit, division).await,
        ["print"] => return None,
        _ => {
            let number = visit.parameter("edition")?;
            older_page(portal, visit, division, &number, rest).await
        }
    };
    Some(answer.unwrap_or_else(Answer::Failed))
}

async fn older_page(
    portal: &Portal,
    visit: &Visit,
    division: Division,
    number: &str,
    rest: &[&str],
) -> Result<Answer, StoreError> {
    let Ok(number) = number.parse::<i64>() else { return Ok(Answer::Status(404)) };
    let Some(edition) = editions::find(portal.store(), number).await? else { return Ok(Answer::Status(404)) };
    let scope = scope(&visit.snapshot.atlas.divisions, division.code);
    let passages = editions::read(portal.store(), number, visit.locale, &scope).await?;
    let manual = Manual::new(passages);
    let last = visit.manual.edition_of(&visit.snapshot.atlas.divisions, division.code);
    let past = last.is_none_or(|last| edition.number < last.number);
    let reading = Reading { division, edition: Some(edition), past };
    let (slug, key) = (rest.first().map(|slug| slug.parse::<Slug>()), rest.get(1).map(|key| (*key).to_owned()));
    if matches!(slug, Some(Err(_))) || rest.len() > 2 {
        return Ok(Answer::Status(404));
    }
    let slug = slug.and_then(Result::ok);
    Ok(Answer::Page(Box::new(move || match (slug, key) {
        (Some(slug), Some(key)) => show::one(reading, &manual, slug, &key),
        (Some(slug), None) => show::chapter(reading, &manual, slug),
        (None, _) => show::front(reading, &manual),
    })))
}

async fn list_page(portal: &Portal, visit: &Visit, division: Division) -> Result<Answer, StoreError> {
    let scope = scope(&visit.snapshot.atlas.divisions, division.code);
    let before = visit.parameter("before").and_then(|it| it.parse().ok());
    let list = editions::list(portal.store(), visit.locale, &scope, before, MOST).await?;
    let reading = Reading { division, edition: None, past: false };
    Ok(Answer::Page(Box::new(move || view! { <List reading list /> }.into_any())))
}

/// An edition, or a policy, in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its stamp or title.
    pub title: String,
    /// Which chapters it changed, or what it is.
    pub summary: String,
    /// Its page, from the root of the site.
    pub path: String,
    /// When it came to be.
    pub published: time::OffsetDateTime,
    /// When it last changed.
    pub at: time::OffsetDateTime,
    /// Its title is in Chinese, whatever the language of the feed.
    pub foreign: bool,
}

/// The last editions of a division's manual, the latest first, and the title of the feed; none where there is no such division.
pub async fn feed(
    portal: &Portal,
    visit: &Visit,
    division: &str,
) -> Result<Option<(String, Vec<FeedEntry>)>, StoreError> {
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let Some(division) = division.parse().ok().and_then(|code| divisions.get(code)) else { return Ok(None) };
    let list = editions::list(portal.store(), locale, &scope(divisions, division.code), None, MOST).await?;
    let entry = |Listed { edition, places }: Listed| FeedEntry {
        title: text::edition(edition, locale),
        summary: summary(&places, visit, locale).join(" · "),
        path: locale.href(&format!(
            "/manual/{}/changes?from={}&to={}",
            division.code,
            edition.number - 1,
            edition.number
        )),
        published: edition.at,
        at: edition.at,
        foreign: false,
    };
    let title = text::title(division.name(locale), locale);
    Ok(Some((title, list.into_iter().map(entry).collect())))
}

#[component]
fn List(reading: Reading, list: Vec<Listed>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let code = reading.division.code;
    let title = locale.pick("各版与变化", "Editions and changes");
    let base = format!("/manual/{code}");
    let feed = locale.href(&format!("{base}/feed.xml"));
    let more = (list.len() == MOST).then(|| list.last().map(|it| it.edition.number)).flatten().map(|number| {
        let href = locale.href(&format!("{base}/editions?before={number}"));
        view! { <p class="p-pages"><a class="p-button" href=href>{locale.pick("更早的", "Earlier ones")}</a></p> }
    });
    let options: Vec<_> = list.iter().map(|it| (it.edition.number, text::edition(it.edition, locale))).collect();
    let choice = |name: &'static str, label: &'static str, chosen: Option<i64>| {
        let options = options.clone().into_iter().map(|(number, words)| {
            view! { <option value=number.to_string() selected=chosen == Some(number)>{words}</option> }
        });
        view! {
            <div class="p-field">
                <label class="p-field__label" for=name>{label}</label>
                <select class="p-input" id=name name=name>{options.collect_view()}</select>
            </div>
        }
    };
    let newest = options.first().map(|(number, _)| *number);
    let second = options.get(1).map(|(number, _)| *number);
    let compare = second.map(|second| {
        view! {
            <form class="p-form p-manual__compare" method="get" action=locale.href(&format!("{base}/changes"))>
                {choice("from", locale.pick("从这一版", "From"), Some(second))}
                {choice("to", locale.pick("到这一版", "To"), newest)}
                <button class="p-button" type="submit">{locale.pick("比一比", "Compare")}</button>
            </form>
        }
    });
    let count = list.len();
    let rows = list.into_iter().enumerate().map(|(i, Listed { edition, places })| {
        let read = locale.href(&format!("{base}?edition={}", edition.number));
        let changes = (i + 1 < count || edition.number > 1).then(|| {
            let href = locale.href(&format!("{base}/changes?from={}&to={}", edition.number - 1, edition.number));
            view! { <a class="p-button p-button--quiet" href=href>{locale.pick("改了什么", "What changed")}</a> }
        });
        // Some names have no English, so each says in which language it is.
        let what = summary(&places, &visit, locale).into_iter().enumerate().map(|(i, name)| {
            view! { {(i > 0).then_some(" · ")}<span lang=lang_of(&name, locale)>{name.clone()}</span> }
        });
        let what = what.collect_view();
        view! {
            <li class="p-edition">
                <span>{text::edition(edition, locale)}<small>{what}</small></span>
                <span class="p-acts">{changes}<a class="p-button p-button--quiet" href=read>{locale.pick("读这一版", "Read it")}</a></span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let empty = (count == 0)
        .then(|| view! { <p class="p-empty">{locale.pick("还没有出过版。", "There is no edition yet.")}</p> });
    let words = locale.pick(
        "点位、时间、电话或者文字一有改动,就出新的一版。旧版的地址一直能打开。",
        "Every change of a place, its hours or a text makes a new edition. The addresses of older ones keep answering.",
    );
    view! {
        <PageHead title=title description=words column=COLUMN />
        <Breadcrumbs way=way(&reading, locale) />
        <h1>{title}</h1>
        <p>{words}" "<a href=feed>{locale.pick("订阅(Atom)", "Feed (Atom)")}</a></p>
        {compare}
        {empty}
        <ul class="p-editions">{rows}</ul>
        {more}
    }
}

/// What an edition changed, for a line: of which division or how many, and the chapters of the manual.
fn summary(places: &[(domain::divisions::DivisionCode, Slug)], visit: &Visit, locale: Locale) -> Vec<String> {
    let divisions = &visit.snapshot.atlas.divisions;
    let mut codes: Vec<_> = places.iter().map(|(division, _)| *division).collect();
    codes.sort();
    codes.dedup();
    let where_to = match codes[..] {
        [one] => divisions.get(one).map(|it| it.name(locale).to_owned()).unwrap_or_default(),
        _ => locale.pick(format!("{} 个地方", codes.len()), format!("{} areas", codes.len())),
    };
    let mut names = vec![where_to];
    for (division, slug) in places {
        let title = visit.manual.title(divisions, *division, *slug, locale);
        if !names.contains(&title) {
            names.push(title);
        }
    }
    names
}

async fn changes_page(portal: &Portal, visit: &Visit, division: Division) -> Result<Answer, StoreError> {
    let divisions = &visit.snapshot.atlas.divisions;
    let last = visit.manual.edition.map_or(0, |it| it.number);
    let number = |name: &str| visit.parameter(name).map(|text| text.parse::<i64>().ok().filter(|it| *it >= 0));
    // Without an end it is the current one: what changed since somebody's last visit.
    let (Some(Some(from)), to) = (number("from"), number("to").unwrap_or(Some(last))) else {
        return Ok(Answer::Status(404));
    };
    let Some(to) = to.filter(|to| *to <= last && from <= last) else { return Ok(Answer::Status(404)) };
    let (from, to) = (from.min(to), from.max(to));
    let scope = scope(divisions, division.code);
    let changed = editions::compare(portal.store(), (from, to), visit.locale, &scope).await?;
    let ends = (editions::find(portal.store(), from).await?, editions::find(portal.store(), to).await?);
    let reading = Reading { division, edition: None, past: false };
    Ok(Answer::Page(Box::new(move || view! { <Changes reading ends changed /> }.into_any())))
}

#[component]
fn Changes(reading: Reading, ends: (Option<Edition>, Option<Edition>), changed: Vec<Changed>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("两版之间的变化", "What changed between two editions");
    let end = |edition: Option<Edition>| match edition {
        Some(edition) => locale.pick(
            format!("第 {} 版({})", edition.number, stamp(edition.at)),
            format!("edition {} ({})", edition.number, stamp(edition.at)),
        ),
        None => locale.pick("最初".to_owned(), "the beginning".to_owned()),
    };
    let span =
        locale.pick(format!("从{}到{}", end(ends.0), end(ends.1)), format!("From {} to {}", end(ends.0), end(ends.1)));
    let total = changed.len();
    let count = locale.pick(format!("{total} 处不同"), format!("{total} differences"));
    let more =
        (total > SHOWN).then(|| locale.pick(format!(",只列出前 {SHOWN} 处"), format!(", the first {SHOWN} shown")));
    let mut way = way(&reading, locale);
    way.push((
        locale.pick("各版与变化", "Editions and changes").to_owned(),
        format!("/manual/{}/editions", reading.division.code),
    ));
    let none = (total == 0).then(|| view! { <p class="p-empty">{locale.pick("这两版之间,这里没有变化。", "Nothing changed here between these editions.")}</p> });
    let list = changed.into_iter().take(SHOWN).map(|it| one(it, &visit, locale)).collect_view();
    view! {
        <PageHead title=title description=title column=COLUMN />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <p>{span}</p>
        <p role="status">{count}{more}</p>
        {none}
        <div class="p-manual">{list}</div>
    }
}

/// A changed passage, line by line.
fn one(changed: Changed, visit: &Visit, locale: Locale) -> AnyView {
    let divisions = &visit.snapshot.atlas.divisions;
    let name = divisions.get(changed.division).map(|it| it.name(locale).to_owned()).unwrap_or_default();
    let chapter = visit.manual.title(divisions, changed.division, changed.chapter, locale);
    let section = [&changed.after, &changed.before].into_iter().flatten().find_map(|said| match said {
        Said::Section(section) if section.title != name => Some(section.title.clone()),
        _ => None,
    });
    let title: Vec<_> = [name, chapter].into_iter().chain(section.filter(|it| !it.is_empty())).collect();
    let title = title.join(" · ");
    let lang = lang_of(&title, locale);
    let kind = match (&changed.before, &changed.after) {
        (None, _) => locale.pick("新增", "New"),
        (_, None) => locale.pick("删去", "Removed"),
        _ => locale.pick("修改", "Changed"),
    };
    let (before, after) = (lines(changed.before.as_ref(), locale), lines(changed.after.as_ref(), locale));
    let href = locale.href(&format!("/manual/{}/{}", changed.division, changed.chapter));
    view! {
        <section class="p-manual__section">
            <h2 lang=lang><a href=href>{title.clone()}</a>" "<span class="p-tag">{kind}</span></h2>
            {compared(&before, &after, locale)}
        </section>
    }
    .into_any()
}

/// Two texts, with what went and what came.
pub(crate) fn compared(before: &[String], after: &[String], locale: Locale) -> AnyView {
    let diff = TextDiff::from_slices(
        &before.iter().map(String::as_str).collect::<Vec<_>>(),
        &after.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .iter_all_changes()
    .filter(|change| change.tag() != ChangeTag::Equal)
    .map(|change| (change.tag(), change.value().to_owned()))
    .collect::<Vec<_>>();
    let said = |words: &'static str| view! { <span class="p-hidden">{words}</span> };
    let rows = diff.into_iter().map(|(tag, line)| match tag {
        ChangeTag::Delete => view! { <del>{said(locale.pick("原来:", "Before: "))}{line}</del> }.into_any(),
        _ => view! { <ins>{said(locale.pick("现在:", "Now: "))}{line}</ins> }.into_any(),
    });
    view! { <div class="p-changed">{rows.collect_view()}</div> }.into_any()
}

/// What is read of a passage: its lines, who keeps it and when it was verified.
fn lines(said: Option<&Said>, locale: Locale) -> Vec<String> {
    match said {
        None => Vec::new(),
        Some(Said::Head(head)) => {
            let hidden = head.hidden.then(|| locale.pick("(不显示)", "(hidden)").to_owned());
            std::iter::once(head.title.clone()).chain(hidden).collect()
        }
        Some(Said::Section(section)) => {
            let (keeper, verified) = (text::keeper(section, locale), text::verified(section, locale));
            section.lines().into_iter().chain(keeper).chain(verified).collect()
        }
    }
}
