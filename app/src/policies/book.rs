//! A policy as a book, what is printed as PDF and EPUB: what it means, whom to ask, and its text, a section for every heading.

use domain::{
    locale::Locale,
    manual::document::{Block, Book, Chapter, Section, text as run},
    policies::{
        Policy,
        clauses::{Clause, Text},
    },
};
use store::snapshot::Snapshot;

use super::{entry::entry, text};
use crate::{codes, manual, portal::Portal};

/// The book of a policy with its text.
pub fn policy_book(portal: &Portal, snapshot: &Snapshot, policy: &Policy, said: &Text, locale: Locale) -> Book {
    let (site, facts, today) = (portal.site(), &policy.facts, snapshot.today());
    let code = codes::poster(portal, snapshot, domain::codes::Thing::Policy(policy.id), &site.domain);
    let chapter = |slug: &str, zh: &str, en: &str, sections: Vec<Section>| Chapter {
        slug: slug.to_owned(),
        title: locale.pick(zh, en).to_owned(),
        code: code.as_ref().map(|code| (code.url.clone(), code.token.to_string())),
        sections,
    };
    let about = section("about".into(), String::new(), vec![entry(policy, &snapshot.content, today, locale)]);
    let interpretations = facts.interpretations.iter().enumerate().map(|(i, it)| {
        let parts = it.parts.iter().flat_map(|part| {
            let heading = Block::Heading(1, run(text::aspect(part.aspect, locale)));
            std::iter::once(heading).chain(manual::blocks(&part.text))
        });
        section(format!("i{i}"), it.title.clone(), parts.collect())
    });
    let means = std::iter::once(about).chain(interpretations).collect();
    let stamp = [Some(text::validity(facts.validity(today), locale).to_owned()), Some(facts.number.clone())];
    let issued = facts.issued_on.map(|day| day.to_string());
    let stamp: Vec<_> = stamp.into_iter().flatten().chain(issued).filter(|it| !it.is_empty()).collect();
    Book {
        title: facts.title.clone(),
        division: facts.issuers.join("、"),
        edition: stamp.join(" · "),
        issuer: locale.pick(site.name.clone(), site.name_en.clone()),
        language: locale.tag().to_owned(),
        address: format!("https://{}{}", site.domain, locale.href(&format!("/policies/{}", policy.id.0))),
        chapters: vec![
            chapter("means", "解读", "What it means", means),
            chapter("text", "全文", "The text", sections(said)),
        ],
    }
}

fn section(key: String, title: String, blocks: Vec<Block>) -> Section {
    Section { key, title, keeper: String::new(), verified_on: None, blocks }
}

/// The text, every clause of it in order.
fn sections(said: &Text) -> Vec<Section> {
    let paragraph = |words: &str| Block::Paragraph(run(words));
    let mut list = vec![section("notes".into(), String::new(), said.notes.iter().map(|it| paragraph(it)).collect())];
    for Clause { anchor, kind, text, .. } in &said.clauses {
        match list.last_mut() {
            Some(last) if !kind.is_heading() => last.blocks.push(paragraph(text)),
            _ => list.push(section(anchor.to_string(), text.clone(), vec![])),
        }
    }
    list
}
