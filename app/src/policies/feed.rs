//! The policies as a feed: what was published or changed last. Its address has the filters of the list, so one can follow a subject.

use domain::policies::{Policy, PolicyKind};
use store::{
    StoreError,
    questions::{self, Question},
};

use super::{
    filters::{Facet, Filter},
    text,
};
use crate::{
    manual::FeedEntry,
    points::text as points,
    portal::{Portal, Visit},
};

/// How many a feed has.
const MOST: usize = 50;

/// A feed of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFeed {
    /// Its title.
    pub title: String,
    /// The list with the same filters, from the root of the site.
    pub list: String,
    /// Its own address, from the root of the site.
    pub path: String,
    /// The newest first.
    pub entries: Vec<FeedEntry>,
}

/// The policies of an address, the newest first. Laws come by hundreds and from elsewhere: only where they are asked for.
pub fn policy_feed(portal: &Portal, visit: &Visit) -> PolicyFeed {
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let policies = &visit.snapshot.content.policies;
    let filter = Filter::read(|name| visit.parameter(name), policies, today);
    let laws = filter.chosen(Facet::Kind) == Some(PolicyKind::Law.code());
    let mut found = filter.find(policies, today);
    found.retain(|policy| laws || policy.facts.kind != PolicyKind::Law);
    // What was changed later is news again; the sort keeps the order of the list among what came together.
    found.sort_by_key(|policy| std::cmp::Reverse(policy.updated_at));
    let entry = |policy: &Policy| {
        let facts = &policy.facts;
        let day = facts.issued_on.map(|day| {
            let day = points::day(day, today, locale);
            locale.pick(format!("{day}发布"), format!("issued {day}"))
        });
        let said = [
            Some(text::validity(facts.validity(today), locale).to_owned()),
            Some(text::kind(facts.kind, locale).to_owned()),
            Some(facts.number.clone()),
            Some(facts.issuers.join("、")),
            day,
        ];
        let said: Vec<_> = said.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        FeedEntry {
            title: facts.title.clone(),
            summary: said.join(" · "),
            path: locale.href(&format!("/policies/{}", policy.id.0)),
            published: policy.published_at,
            at: policy.updated_at,
            foreign: true,
        }
    };
    let title = locale.pick("政策与解读", "Policies and what they mean");
    let site = locale.pick(&portal.site().name, &portal.site().name_en);
    PolicyFeed {
        title: format!("{title} · {site}"),
        list: locale.href(&filter.address("/policies", 1)),
        path: locale.href(&filter.address("/policies/feed.xml", 1)),
        entries: found.into_iter().take(MOST).map(entry).collect(),
    }
}

/// The title of the feed of questions, and those that were answered last, the newest first.
pub async fn question_feed(portal: &Portal, visit: &Visit) -> Result<(String, Vec<FeedEntry>), StoreError> {
    let (locale, policies) = (visit.locale, &visit.snapshot.content.policies);
    let all: Vec<_> = policies.iter().map(|policy| policy.id).collect();
    let (latest, _) = questions::public_page(portal.store(), &all, None, (0, MOST as u64)).await?;
    let entry = |question: Question| {
        let (answer, _, at) = question.thread.answer()?;
        Some(FeedEntry {
            title: question.words.clone(),
            summary: answer.to_owned(),
            path: locale.href(&format!("/policies/{}#question-{}", question.policy.0, question.id.0)),
            published: question.asked_at,
            at,
            foreign: true,
        })
    };
    let site = locale.pick(&portal.site().name, &portal.site().name_en);
    let title = locale.pick("问答", "Questions and answers");
    Ok((format!("{title} · {site}"), latest.into_iter().filter_map(entry).collect()))
}
