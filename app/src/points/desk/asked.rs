//! What somebody wants to see in the table of points: filters, an order, a page. It stands in the address, so that it can be kept,
//! shared and exported.

use domain::{
    finder::PointQuery,
    identity::Action,
    points::{Freshness, Point, PointId, PointSummary},
};
use store::snapshot::Snapshot;

use super::kept::permitted;
use crate::portal::{Portal, Visit};

/// What the table is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Name,
    Kind,
    Area,
    /// The day of the last check, the oldest first.
    Verified,
    /// The day of the last change, the latest first.
    Changed,
}

impl Order {
    const CODES: [(Self, &str); 5] = [
        (Self::Name, "name"),
        (Self::Kind, "kind"),
        (Self::Area, "area"),
        (Self::Verified, "verified"),
        (Self::Changed, "changed"),
    ];

    fn code(self) -> &'static str {
        Self::CODES.iter().find(|(order, _)| *order == self).map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, it)| *it == code).map(|(order, _)| *order)
    }
}

/// The filters, the order and the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) query: PointQuery,
    pub(super) freshness: Option<Freshness>,
    pub(super) order: Order,
    pub(super) backwards: bool,
    /// Fields can be changed in the table itself.
    pub(super) editing: bool,
}

impl Asked {
    /// From the query of an address; what makes no sense is left out.
    pub(super) fn read(query: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        let finding = ["q", "kind", "division", "page"];
        let found = pairs.iter().filter(|(key, _)| finding.contains(&key.as_str()));
        Self {
            query: PointQuery::read(found.map(|(key, value)| (key.as_str(), value.as_str()))).0,
            freshness: Freshness::from_code(get("verified")),
            order: Order::from_code(get("order")).unwrap_or(Order::Name),
            backwards: get("backwards") == "on",
            editing: get("edit") == "on",
        }
    }

    /// The address of the table, without a language.
    pub(super) fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut asked = self.clone();
        change(&mut asked);
        let mut pairs: Vec<(&str, String)> = asked.query.pairs();
        pairs.extend(asked.freshness.map(|it| ("verified", it.code().to_owned())));
        pairs.extend((asked.order != Order::Name).then(|| ("order", asked.order.code().to_owned())));
        pairs.extend(asked.backwards.then(|| ("backwards", "on".to_owned())));
        pairs.extend(asked.editing.then(|| ("edit", "on".to_owned())));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        if query.is_empty() { "/desk/points".to_owned() } else { format!("/desk/points?{query}") }
    }

    /// The points somebody may edit and asked for, in order.
    pub(super) fn select<'a>(&self, portal: &Portal, visit: &'a Visit) -> Vec<(&'a PointSummary, &'a Point)> {
        let snapshot: &Snapshot = &visit.snapshot;
        let Some(session) = &visit.session else { return vec![] };
        let today = snapshot.today();
        let found = snapshot.atlas.find(&PointQuery { page: 1, ..self.query.clone() }).hits;
        let mut list: Vec<_> = found
            .into_iter()
            .filter_map(|(i, _)| permitted(snapshot, session, Action::EditPoint, &snapshot.atlas.points()[i]))
            .map(|(summary, point, _)| (summary, point))
            .filter(|(_, point)| self.freshness.is_none_or(|it| it == portal.freshness(today, point.facts.verified_on)))
            .collect();
        match self.order {
            // Words put the best match first.
            Order::Name if !self.query.words.is_empty() && !self.backwards => {}
            Order::Name => list.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name)),
            Order::Kind => list.sort_by_key(|(a, _)| (a.kind, a.id)),
            Order::Area => list.sort_by(|(a, _), (b, _)| a.within.cmp(&b.within).then(a.id.cmp(&b.id))),
            Order::Verified => list.sort_by_key(|(a, point)| (point.facts.verified_on, a.id)),
            Order::Changed => list.sort_by_key(|(a, point)| (std::cmp::Reverse(point.updated_at), a.id)),
        }
        if self.backwards {
            list.reverse();
        }
        list
    }
}

/// The numbers of the points of the table as asked for; none for who may edit none.
pub fn selected(portal: &Portal, visit: &Visit) -> Option<Vec<PointId>> {
    visit.session.as_ref()?.staff.may_somewhere(Action::EditPoint).ok()?;
    Some(Asked::read(&visit.query).select(portal, visit).into_iter().map(|(_, point)| point.id).collect())
}
