//! A policy as an entry of the manual's chapter 政策与解读: composed from what is published, never typed.

use domain::{
    locale::Locale,
    manual::document::{Block, Inline, text as run},
    policies::{Aspect, Policy, PolicyKind, Validity},
};
use store::snapshot::Content;
use time::Date;

use super::text;
use crate::manual::calls;

/// What the manual says of a policy: what it is, whether it holds on a day, whom to ask.
pub(crate) fn entry(policy: &Policy, content: &Content, today: Date, locale: Locale) -> Block {
    let facts = &policy.facts;
    let holds = facts.validity(today);
    let mut validity = text::validity(holds, locale).to_owned();
    let day = match holds {
        Validity::Coming => facts.effective_on,
        Validity::InForce => None,
        _ => facts.fate.as_ref().map(|fate| fate.on),
    };
    if let Some(day) = day {
        validity += &locale.pick(format!("(自{day}起)"), format!(" (from {day})"));
    }
    let post = facts.interpreters.first().and_then(|id| content.interpreter(*id));
    let office = post.and_then(|post| content.organisation(post.organisation)).map(|it| it.name.as_str());
    let fact = |zh: &str, en: &str, runs: Vec<Inline>| (locale.pick(zh, en).to_owned(), runs);
    let mut list = Vec::new();
    if !facts.number.is_empty() {
        list.push(fact("文号", "Number", run(&facts.number)));
    }
    list.push(fact("效力", "Validity", run(validity)));
    if let Some(post) = post {
        let name: Vec<_> = office.into_iter().chain([post.post.as_str()]).collect();
        list.push(fact("解读人", "Interpreter", run(name.join(" · "))));
        list.push(fact("电话", "Telephone", calls(std::slice::from_ref(&post.telephone))));
    }
    Block::Entry { title: facts.title.clone(), href: format!("/policies/{}", policy.id.0), facts: list }
}

/// What a kind of document is called.
pub(crate) fn kind_name(kind: PolicyKind, locale: Locale) -> &'static str {
    text::kind(kind, locale)
}

/// What a part of an interpretation is about.
pub(crate) fn aspect_name(aspect: Aspect, locale: Locale) -> &'static str {
    text::aspect(aspect, locale)
}
