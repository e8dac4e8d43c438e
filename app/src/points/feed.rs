//! The points as a feed: what opened, moved or changed last.

use std::cmp::Reverse;

use crate::{
    manual::FeedEntry,
    points::text,
    portal::{Portal, Visit},
};

/// How many a feed has.
const MOST: usize = 50;

/// The title of the feed and the points that changed last, the newest first.
pub fn feed(portal: &Portal, visit: &Visit) -> (String, Vec<FeedEntry>) {
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let today = snapshot.today();
    let mut points: Vec<_> = snapshot.content.points.iter().filter(|point| point.ended(today).is_none()).collect();
    points.sort_by_key(|point| (Reverse(point.updated_at), point.id));
    let entry = |point: &domain::points::Point| {
        let facts = &point.facts;
        let kind = snapshot.content.kinds().iter().find(|it| it.code == facts.kind);
        let kind = kind.map(|it| it.label(locale).to_owned()).unwrap_or_default();
        FeedEntry {
            title: facts.name(locale).to_owned(),
            summary: [kind, text::level(facts.level, locale).to_owned(), facts.address.clone()].join(" · "),
            path: locale.href(&format!("/points/{}", point.id.0)),
            published: point.published_at,
            at: point.updated_at,
            foreign: facts.name_en.is_empty(),
        }
    };
    let site = locale.pick(&portal.site().name, &portal.site().name_en);
    let title = locale.pick("一张图:新开和有变化的地方", "Places that are new or have changed");
    (format!("{title} · {site}"), points.into_iter().take(MOST).map(entry).collect())
}
