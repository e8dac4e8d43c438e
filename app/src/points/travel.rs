//! How to get there: links to the map services, each with the datum and the order of coordinates it expects.

use domain::{geo::Position, locale::Locale};
use leptos::prelude::*;

use super::card::{directions, percent};
use crate::ui::Icon;

/// Links to the three services. None needs a key; each opens its app where it is installed.
#[component]
pub(super) fn TravelLinks(position: Position, name: String, locale: Locale) -> impl IntoView {
    let links = services(position, &name).map(|(zh, en, href)| {
        view! {
            <a class="p-button p-button--quiet" href=href rel="noopener external">
                <Icon name="navigation" />
                {locale.pick(zh, en)}
            </a>
        }
    });
    view! { <p class="p-acts">{links.collect_view()}</p> }
}

/// Name in both languages and address: 高德 longitude first in GCJ-02, 百度 latitude first in BD-09, 腾讯 latitude first in GCJ-02.
fn services(position: Position, name: &str) -> [(&'static str, &'static str, String); 3] {
    let (gcj, bd, label) = (position.gcj02(), position.bd09(), percent(name));
    let baidu = format!(
        "https://api.map.baidu.com/marker?location={:.6},{:.6}&title={label}&content={label}&output=html&coord_type=bd09ll&src=webapp.sangeyi",
        bd.lat, bd.lon
    );
    let tencent = format!(
        "https://apis.map.qq.com/uri/v1/marker?marker=coord:{:.6},{:.6};title:{label}&referer=sangeyi",
        gcj.lat, gcj.lon
    );
    [
        ("高德地图", "Amap", directions(position, name)),
        ("百度地图", "Baidu Maps", baidu),
        ("腾讯地图", "Tencent Maps", tencent),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_gets_its_own_datum_and_order() {
        let links = services(Position::new(104.0657, 30.6574).unwrap(), "示例");
        assert!(links[0].2.contains("position=104.068") && links[0].2.contains("coordinate=gaode"), "{}", links[0].2);
        assert!(links[1].2.contains("location=30.6610") && links[1].2.contains("coord_type=bd09ll"), "{}", links[1].2);
        assert!(links[2].2.contains("coord:30.654") && links[2].2.contains(",104.068"), "{}", links[2].2);
    }
}
