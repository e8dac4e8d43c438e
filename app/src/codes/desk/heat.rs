//! How often the codes of each point were scanned, for the map of the desk.

use std::collections::HashMap;

use domain::{
    identity::Action,
    points::{PointId, PointSummary},
};
use store::{Failure, codes};

use super::since;
use crate::{
    points::desk::in_scope,
    portal::{Portal, Visit},
};

/// The points of somebody's area with how often their codes, and those of their counters, were scanned in the last 30 days.
pub async fn scanned_points<'a>(
    portal: &Portal,
    visit: &'a Visit,
) -> Result<Vec<(&'a PointSummary, i64)>, Failure<()>> {
    let from = since(visit.snapshot.today());
    let totals = codes::totals(portal.store(), &visit.by(), from).await?;
    let known = &visit.snapshot.content.codes;
    let mut counts: HashMap<PointId, i64> = HashMap::new();
    for (token, count) in totals {
        // Where a code hangs, not where it leads by now: that is what the map is asked.
        if let Some(id) = known.issued_for(token).and_then(|thing| thing.point()) {
            *counts.entry(id).or_default() += count;
        }
    }
    let points = in_scope(visit, Action::EditPoint).into_iter();
    Ok(points.map(|(summary, point, _)| (summary, counts.get(&point.id).copied().unwrap_or_default())).collect())
}
