//! A point in a list: the state first, then what it is, where, and the two things one does next. The same in page and island.

use domain::{
    geo::{Position, decimals},
    hours::Opening,
    locale::Locale,
    points::{PointKind, PointSummary},
};
use leptos::prelude::*;
use time::Date;

use super::text;
use crate::ui::{Icon, lang_of};

/// The state of a place as a pill: word, icon and colour.
#[component]
pub fn OpenTag(
    /// The state.
    opening: Opening,
    /// The day words refer to.
    today: Date,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let class = format!("p-open p-open--{}", opening.state.code());
    view! {
        <span class=class>
            <Icon name=text::state_icon(opening.state) />
            {text::opening(&opening, today, locale)}
        </span>
    }
}

/// A point in a list. The whole card leads to the point; calling and going are buttons above it.
#[component]
pub fn PointCard(
    /// The point.
    point: PointSummary,
    /// Its kind, if it is known.
    kind: Option<PointKind>,
    /// How far it is, in metres.
    distance: Option<f64>,
    /// The day words refer to.
    today: Date,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let name = point.name(locale).to_owned();
    let lang = lang_of(&name, locale);
    let href = locale.href(&format!("/points/{}", point.id.0));
    let what = kind.as_ref().map(|kind| kind.label(locale).to_owned()).unwrap_or_default();
    let services = point.services.len();
    let can = (services > 0).then(|| match locale {
        Locale::Zh => format!("可办 {services} 件事"),
        Locale::En => format!("{services} services"),
    });
    let facts = [Some(what), Some(text::level(point.level, locale).to_owned()), can];
    let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let far = distance.map(|metres| view! { <span class="p-card__far">{text::distance(metres, locale)}</span> });
    let call = (!point.telephone.is_empty()).then(|| {
        let label = locale.pick(format!("打电话给{name}"), format!("Call {name}"));
        view! {
            <a class="p-button p-button--quiet" href=format!("tel:{}", point.telephone) aria-label=label>
                <Icon name="phone" />
                {locale.pick("电话", "Call")}
            </a>
        }
    });
    let go = point.position.map(|position| {
        let label = locale.pick(format!("导航到{name}"), format!("Go to {name}: directions"));
        view! {
            <a class="p-button p-button--quiet" href=directions(position, &point.name) aria-label=label>
                <Icon name="navigation" />
                {locale.pick("导航", "Go")}
            </a>
        }
    });
    view! {
        <article class="p-card" data-point=point.id.0>
            <p class="p-card__state"><OpenTag opening=point.opening.clone() today locale />{far}</p>
            <h3 class="p-card__name">
                <span class="p-letter" aria-hidden="true">{point.letter.clone()}</span>
                <a class="p-card__link" href=href lang=lang>{name}</a>
            </h3>
            <p class="p-card__facts">{facts}</p>
            <p class="p-card__where" lang="zh-CN">{point.address.clone()}</p>
            <p class="p-card__acts">{call}{go}</p>
        </article>
    }
}

/// 高德 with the coordinates it expects, longitude first (GCJ-02): the one link a card has room for.
pub(crate) fn directions(position: Position, name: &str) -> String {
    let to = position.gcj02();
    let (lon, lat, name) = (decimals(to.lon, 6), decimals(to.lat, 6), percent(name));
    format!("https://uri.amap.com/marker?position={lon},{lat}&name={name}&coordinate=gaode&callnative=1")
}

/// Percent-encodes a text for the value of a query (RFC 3986, 2.3 names what may stay).
pub(crate) fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_the_map_app_has_longitude_first_in_its_own_datum() {
        let link = directions(Position::new(104.0657, 30.6574).unwrap(), "甲&乙");
        assert!(link.contains("position=104.068") && link.contains(",30.65"), "{link}");
        assert!(link.contains("name=%E7%94%B2%26%E4%B9%99"), "{link}");
    }
}
