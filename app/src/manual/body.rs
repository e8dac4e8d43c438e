//! A tree of text as elements of a page. Everything is text or an element of ours; nothing is taken as HTML.

use domain::{
    locale::Locale,
    manual::document::{Block, Inline, Step, plain},
};
use leptos::prelude::*;

use crate::ui::lang_of;

/// Markdown below a heading of this level. Its HTML stays text.
pub(crate) fn prose(markdown: &str, level: u8, locale: Locale) -> AnyView {
    blocks(super::markdown::blocks(markdown), level, locale)
}

/// Blocks below a heading of this level.
pub(super) fn blocks(list: Vec<Block>, level: u8, locale: Locale) -> AnyView {
    let mut views = Vec::new();
    let mut entries = Vec::new();
    for block in list {
        match block {
            Block::Entry { title, href, facts } => entries.push(entry(title, &href, facts, locale)),
            other => {
                close(&mut entries, &mut views);
                views.push(one(other, level, locale));
            }
        }
    }
    close(&mut entries, &mut views);
    views.into_any()
}

/// Entries that follow each other are one list.
fn close(entries: &mut Vec<AnyView>, views: &mut Vec<AnyView>) {
    if !entries.is_empty() {
        let list = std::mem::take(entries);
        views.push(view! { <ul class="p-entries">{list}</ul> }.into_any());
    }
}

fn one(block: Block, level: u8, locale: Locale) -> AnyView {
    let items = |items: Vec<Vec<Block>>| {
        items.into_iter().map(|item| view! { <li>{blocks(item, level, locale)}</li> }).collect_view()
    };
    match block {
        Block::Heading(below, words) => heading(level + below, words, locale),
        Block::Paragraph(words) => view! { <p lang=tongue(&words, locale)>{runs(&words, locale)}</p> }.into_any(),
        Block::List(list) => view! { <ul class="p-list">{items(list)}</ul> }.into_any(),
        Block::Numbered(start, list) => {
            view! { <ol class="p-list" start=start.to_string()>{items(list)}</ol> }.into_any()
        }
        Block::Quote(list) => {
            view! { <blockquote class="p-quote">{blocks(list, level, locale)}</blockquote> }.into_any()
        }
        Block::Table { head, rows } => table(head, rows, locale),
        Block::Facts(list) => facts(list, locale),
        Block::Entry { title, href, facts } => {
            view! { <ul class="p-entries">{entry(title, &href, facts, locale)}</ul> }.into_any()
        }
        Block::Steps(list) => steps(list, locale),
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

/// A heading of a level; there are six.
fn heading(level: u8, words: Vec<Inline>, locale: Locale) -> AnyView {
    let lang = tongue(&words, locale);
    let words = runs(&words, locale);
    match level {
        0..=2 => view! { <h2 lang=lang>{words}</h2> }.into_any(),
        3 => view! { <h3 lang=lang>{words}</h3> }.into_any(),
        4 => view! { <h4 lang=lang>{words}</h4> }.into_any(),
        _ => view! { <h5 lang=lang>{words}</h5> }.into_any(),
    }
}

/// The language of runs, where it is not that of the page.
fn tongue(words: &[Inline], locale: Locale) -> Option<&'static str> {
    lang_of(&plain(words), locale)
}

fn table(head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>>, locale: Locale) -> AnyView {
    let labels: Vec<String> = head.iter().map(|it| plain(it)).collect();
    let head = head
        .into_iter()
        .map(|cell| view! { <th scope="col" lang=tongue(&cell, locale)>{runs(&cell, locale)}</th> })
        .collect_view();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(labels.clone());
        let cells =
            cells.map(|(cell, label)| view! { <td class="p-table__long" data-label=label lang=tongue(&cell, locale)>{runs(&cell, locale)}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("表格", "Table")>
            <table class="p-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn facts(list: Vec<(String, Vec<Inline>)>, locale: Locale) -> AnyView {
    let list = list.into_iter().map(|(name, words)| {
        let lang = lang_of(&plain(&words), locale);
        view! { <dt>{name}</dt><dd lang=lang>{runs(&words, locale)}</dd> }
    });
    view! { <dl class="p-facts">{list.collect_view()}</dl> }.into_any()
}

fn entry(title: String, href: &str, list: Vec<(String, Vec<Inline>)>, locale: Locale) -> AnyView {
    let lang = lang_of(&title, locale);
    view! {
        <li class="p-entry">
            <a class="p-entry__name" href=locale.href(href) lang=lang>{title.clone()}</a>
            {facts(list, locale)}
        </li>
    }
    .into_any()
}

/// The way of a procedure: a box a step, joined by lines.
fn steps(list: Vec<Step>, locale: Locale) -> AnyView {
    let list = list.into_iter().map(|step| {
        let note = (!step.note.is_empty()).then(|| view! { <span class="p-steps__note" lang=lang_of(&step.note, locale)>{step.note.clone()}</span> });
        view! { <li class="p-steps__step"><strong lang=lang_of(&step.title, locale)>{step.title.clone()}</strong>{note}</li> }
    });
    view! { <ol class="p-steps">{list.collect_view()}</ol> }.into_any()
}

fn runs(list: &[Inline], locale: Locale) -> AnyView {
    let one = |run: &Inline| match run {
        Inline::Text(words) => words.clone().into_any(),
        Inline::Strong(inner) => view! { <strong>{runs(inner, locale)}</strong> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{runs(inner, locale)}</em> }.into_any(),
        Inline::Code(words) => view! { <code>{words.clone()}</code> }.into_any(),
        Inline::Link { href, text } => {
            let href = if href.starts_with('/') { locale.href(href) } else { href.clone() };
            view! { <a href=href>{runs(text, locale)}</a> }.into_any()
        }
        Inline::Break => view! { <br /> }.into_any(),
    };
    list.iter().map(one).collect::<Vec<_>>().into_any()
}
