//! The points somebody has a say in, and how fresh they are: as figures, as a bar, as ways into the table.

use domain::{
    divisions::DivisionCode,
    identity::{Action, Belongs},
    points::{Freshness, Point, PointSummary},
};
use leptos::prelude::*;
use store::{identity::Session, snapshot::Snapshot};

use super::words;
use crate::portal::{Visit, visit};

/// The points that have not ended and that whoever is signed in may do this to.
pub(crate) fn in_scope(visit: &Visit, action: Action) -> Vec<(&PointSummary, &Point, Belongs)> {
    let (snapshot, Some(session)) = (&visit.snapshot, &visit.session) else { return vec![] };
    snapshot.atlas.points().iter().filter_map(|summary| permitted(snapshot, session, action, summary)).collect()
}

/// A point, if somebody may do this to it.
pub(super) fn permitted<'a>(
    snapshot: &'a Snapshot,
    session: &Session,
    action: Action,
    summary: &'a PointSummary,
) -> Option<(&'a PointSummary, &'a Point, Belongs)> {
    let point = snapshot.content.point(summary.id)?;
    let thing = Belongs { within: summary.within.clone(), organisation: Some(point.facts.organisation) };
    session.staff.may(action, &thing).ok().map(|()| (summary, point, thing))
}

/// How many points are green, amber and red.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    fresh: usize,
    soon: usize,
    overdue: usize,
}

impl Tally {
    /// One more.
    pub(crate) fn add(&mut self, fresh: Freshness) {
        match fresh {
            Freshness::Fresh => self.fresh += 1,
            Freshness::Soon => self.soon += 1,
            Freshness::Overdue => self.overdue += 1,
        }
    }

    /// How many are so fresh.
    pub(crate) fn of(self, fresh: Freshness) -> usize {
        match fresh {
            Freshness::Fresh => self.fresh,
            Freshness::Soon => self.soon,
            Freshness::Overdue => self.overdue,
        }
    }

    /// How many there are.
    pub(crate) fn total(self) -> usize {
        self.fresh + self.soon + self.overdue
    }
}

impl FromIterator<Freshness> for Tally {
    fn from_iter<T: IntoIterator<Item = Freshness>>(all: T) -> Self {
        let mut tally = Self::default();
        all.into_iter().for_each(|fresh| tally.add(fresh));
        tally
    }
}

/// The shares as a bar. The same stands beside it in words.
#[component]
pub(crate) fn Share(tally: Tally) -> impl IntoView {
    let mut from = 0;
    let parts = Freshness::ALL.iter().map(|fresh| {
        let (x, width) = (from, tally.of(*fresh));
        from += width;
        view! { <rect class=format!("p-share__{}", fresh.code()) x=x y="0" width=width height="1" /> }
    });
    view! {
        <svg class="p-share" viewBox=format!("0 0 {} 1", tally.total().max(1)) preserveAspectRatio="none" aria-hidden="true">
            {parts.collect_view()}
        </svg>
    }
}

/// The figures in words, each a way to those points in the table.
#[component]
pub(crate) fn TallyLinks(tally: Tally, #[prop(optional_no_strip)] division: Option<DivisionCode>) -> impl IntoView {
    let locale = visit().locale;
    let within = division.map(|code| format!("&division={code}")).unwrap_or_default();
    let links = Freshness::ALL.iter().map(|fresh| {
        let href = locale.href(&format!("/desk/points?verified={}{within}", fresh.code()));
        let class = format!("p-tally__link p-fresh p-fresh--{}", fresh.code());
        view! { <li><a class=class href=href>{words::freshness(*fresh, locale)}" "{tally.of(*fresh)}</a></li> }
    });
    view! { <ul class="p-tally">{links.collect_view()}</ul> }
}
