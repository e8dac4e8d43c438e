//! What is worth a look about where a point is: outside of its division, or perhaps there already. It is never a reason to refuse.

use domain::{
    divisions::DivisionCode,
    geo::Position,
    locale::Locale,
    points::{KindCode, NewPoint, PointId},
};
use leptos::prelude::*;
use store::snapshot::Snapshot;

use crate::{points::text, portal::visit};

/// How many points that may be the same one are named.
const MOST: usize = 5;

/// What is asked about.
pub(super) struct Asked {
    /// The point itself, which is no other.
    pub(super) point: Option<PointId>,
    pub(super) name: String,
    pub(super) kind: Option<KindCode>,
    pub(super) division: Option<DivisionCode>,
    pub(super) position: Option<Position>,
}

impl Asked {
    /// About a proposal.
    pub(super) fn of(point: Option<PointId>, facts: &NewPoint) -> Self {
        let NewPoint { name, kind, division, position, .. } = facts;
        Self { point, name: name.clone(), kind: Some(*kind), division: Some(*division), position: *position }
    }
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// It is worth a look; else all is well.
    pub(super) is_warning: bool,
    words: String,
    /// The point it is about, and its name.
    link: Option<(PointId, String)>,
}

/// Looks at a position.
pub(super) fn find(asked: &Asked, snapshot: &Snapshot, locale: Locale) -> Vec<Finding> {
    let say = |is_warning, zh: String, en: String| Finding { is_warning, words: locale.pick(zh, en), link: None };
    let Some(position) = asked.position else {
        return vec![say(false, "没有填位置,没有可检查的。".into(), "There is no position to check.".into())];
    };
    let division = asked.division.map(|code| ground(code, position, snapshot, locale));
    let grid = snapshot.content.grid();
    let alike = grid.alike(asked.point, (&asked.name, asked.kind), position, snapshot.today());
    let near = alike.iter().take(MOST).map(|(point, metres)| {
        let metres = domain::geo::decimals(*metres, 0);
        let kind = snapshot.atlas.kind(point.facts.kind).map(|it| it.label(locale)).unwrap_or_default();
        Finding {
            is_warning: true,
            words: locale
                .pick(format!("{metres} 米外已有{kind}:"), format!("{metres} m away there is already ({kind}): ")),
            link: Some((point.id, point.facts.name.clone())),
        }
    });
    let rest = alike.len().saturating_sub(MOST);
    let rest = (rest > 0).then(|| say(true, format!("附近相近的还有 {rest} 处。"), format!("And {rest} more nearby.")));
    let none = alike.is_empty().then(|| {
        say(
            false,
            "100 米内没有同类的点位,500 米内没有名称相近的。".into(),
            "There is none of its kind within 100 m, and none of a like name within 500 m.".into(),
        )
    });
    division.into_iter().chain(near).chain(rest).chain(none).collect()
}

/// Whether it lies where it says.
fn ground(code: DivisionCode, position: Position, snapshot: &Snapshot, locale: Locale) -> Finding {
    let (divisions, content) = (&snapshot.atlas.divisions, &snapshot.content);
    let place = divisions.place(code);
    let say = |is_warning, zh, en| Finding { is_warning, words: locale.pick(zh, en), link: None };
    let Some(outlined) = content.outlined(code) else {
        return say(
            false,
            format!("没有{place}的边界数据,看不出位置对不对。"),
            format!("There is no outline of {place} to check against."),
        );
    };
    let (border, own) = (divisions.place(outlined), outlined == code);
    if content.is_inside(code, position) != Some(false) {
        return say(
            false,
            format!("位置在{border}的范围内{}。", if own { "" } else { "(更细的边界没有数据)" }),
            format!("It lies inside {border}{}.", if own { "" } else { " (there are no finer outlines)" }),
        );
    }
    let lineage = divisions.lineage(code);
    let center = lineage.iter().rev().find_map(|it| Some((it.name(locale).to_owned(), it.center?)));
    let far = center.map(|(name, center)| (name, text::distance(center.distance(position), locale)));
    let (zh, en) = match far {
        Some((name, far)) => (format!(",离{name}的中心 {far}"), format!("; the middle of {name} is {far} away")),
        None => Default::default(),
    };
    say(
        true,
        format!("位置不在所填地区内:在{border}的边界以外{zh}。"),
        format!("It is not in the area given: it lies outside {border}{en}."),
    )
}

/// What was found, as a list.
#[component]
pub(super) fn Findings(list: Vec<Finding>) -> impl IntoView {
    let locale = visit().locale;
    let items = list.into_iter().map(|Finding { is_warning, words, link }| {
        let link = link.map(|(id, name)| {
            let href = locale.href(&format!("/points/{}", id.0));
            view! { <a href=href target="_blank" lang="zh-CN">{name}</a> }
        });
        view! { <li class="p-finding" class:p-finding--look=is_warning>{words}{link}</li> }
    });
    view! { <ul class="p-findings" role="list">{items.collect_view()}</ul> }
}
