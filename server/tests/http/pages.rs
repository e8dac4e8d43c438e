//! Every page there is, in both languages, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use http::{Method, header};
use store::testing::TestStore;

use crate::harness::{Answer, App, attributes, texts};

/// Every page, with its heading in both languages; a point and a division stand for all of theirs.
const PAGES: [(&str, &str, &str); 8] = [
    ("/", "成都市政务公开", "Open government of Chengdu"),
    ("/points", "一张图", "Map of services"),
    ("/points?division=510107&open=now", "一张图", "Map of services"),
    ("/divisions", "各地", "Areas"),
    ("/divisions/510107", "武侯区政务公开", "Open government of Wuhou District"),
    ("/settings", "设置", "Settings"),
    ("/about", "关于本站", "About this site"),
    ("/sitemap", "网站地图", "Site map"),
];

fn english(path: &str) -> String {
    if path == "/" { "/en".to_owned() } else { format!("/en{path}") }
}

fn assert_page(page: &Answer, path: &str, lang: &str, heading: &str) {
    assert_eq!(page.code(), 200, "{path}");
    assert_eq!(attributes(&page.html(), "html", "lang"), [lang], "{path}");
    assert_eq!(page.one("h1"), heading, "{path}");
    assert!(!page.meta("description").is_empty(), "{path}");
}

#[tokio::test]
async fn every_page_stands_in_both_languages_on_both_databases() {
    for test in TestStore::each().await {
        let app = App::new(&test).await;
        for (path, zh, en) in PAGES {
            assert_page(&app.get(path).await, path, "zh-CN", zh);
            assert_page(&app.get(&english(path)).await, path, "en", en);
        }
        // The heading stays when islands change the filters; the title names the area of the address.
        let title = app.get("/points?division=510107").await.one("title");
        assert!(title.starts_with("一张图 · 武侯区"), "{title}");
        let point = app.content().await.points[0].facts.clone();
        assert_page(&app.get("/points/1").await, "/points/1", "zh-CN", &point.name);
        let name = if point.name_en.is_empty() { &point.name } else { &point.name_en };
        assert_page(&app.get("/en/points/1").await, "/en/points/1", "en", name);
    }
}

#[tokio::test]
async fn every_page_has_a_title_of_its_own_that_ends_in_the_name_of_the_site() {
    let app = App::demonstration().await;
    for (locale, site) in [("", "成都市政务公开(示例)"), ("/en", "Open government of Chengdu (sample)")] {
        let mut titles = BTreeMap::new();
        for path in PAGES.map(|(path, ..)| path).into_iter().chain(["/points/1", "/points/2", "/divisions/510104"]) {
            let path = if path == "/" && !locale.is_empty() { String::new() } else { path.to_owned() };
            let title = app.get(&format!("{locale}{path}")).await.one("head > title");
            assert!(title.ends_with(site), "{path}: {title}");
            let plain = path.split('?').next().unwrap_or_default().to_owned();
            if let Some(other) = titles.insert(title.clone(), plain.clone()) {
                assert_eq!(other, plain, "both are called {title}");
            }
        }
    }
}

#[tokio::test]
async fn every_page_carries_the_tags_of_the_site_and_of_its_column_or_content() {
    let app = App::demonstration().await;
    for (path, ..) in PAGES {
        let page = app.get(path).await;
        let site = ["SiteName", "SiteDomain", "SiteIDCode"].map(|name| page.meta(name));
        assert_eq!(site, ["成都市政务公开(示例)", "www.example.gov.cn", "0000000000"], "{path}");
        for name in ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"] {
            assert!(!page.meta(name).is_empty(), "{path} {name}");
        }
    }
    let point = app.get("/points/1").await;
    assert_eq!((point.meta("ArticleTitle"), point.meta("PubDate")), (point.one("h1"), "2026-11-23 10:00".into()));
    assert!(!point.meta("ContentSource").is_empty());
}

#[tokio::test]
async fn every_page_names_itself_in_both_languages() {
    let app = App::demonstration().await;
    for (path, ..) in PAGES {
        for (address, this) in [(path.to_owned(), "zh-CN"), (english(path), "en")] {
            let page = app.get(&address).await.html();
            let site = "https://www.example.gov.cn";
            let (zh, en) = (format!("{site}{path}"), format!("{site}{}", english(path)));
            let alternate = |lang| attributes(&page, &format!("head link[hreflang='{lang}']"), "href");
            assert_eq!((alternate("zh-CN"), alternate("en")), (vec![zh.clone()], vec![en.clone()]), "{address}");
            let canonical = if this == "en" { en } else { zh };
            assert_eq!(attributes(&page, "head link[rel=canonical]", "href"), [canonical], "{address}");
        }
    }
}

#[tokio::test]
async fn no_link_of_the_portal_leads_nowhere() {
    let app = App::demonstration().await;
    let mut seen = BTreeSet::new();
    for (path, ..) in PAGES {
        for address in [path.to_owned(), english(path)] {
            let page = app.get(&address).await.html();
            seen.extend(attributes(&page, "a, form", "href").into_iter().filter(|href| href.starts_with('/')));
            for target in attributes(&page, "a", "href").iter().filter_map(|href| href.strip_prefix('#')) {
                assert!(attributes(&page, "[id]", "id").contains(&target.to_owned()), "{address} has no #{target}");
            }
        }
    }
    assert!(seen.len() > 80, "{seen:?}");
    for href in seen {
        let answer = app.get(&href).await;
        assert_eq!(answer.code(), 200, "{href}");
    }
}

#[tokio::test]
async fn a_page_has_one_address_without_a_slash_at_its_end() {
    let app = App::demonstration().await;
    for (path, plain) in [
        ("/points/", "/points"),
        ("/points/?q=a%20b", "/points?q=a%20b"),
        ("/en/", "/en"),
        ("/en/divisions/510107/", "/en/divisions/510107"),
    ] {
        let answer = app.get(path).await;
        assert_eq!((answer.code(), answer.header(header::LOCATION)), (308, plain), "{path}");
    }
}

#[tokio::test]
async fn the_slash_at_the_end_of_an_address_leads_to_no_other_site() {
    let app = App::demonstration().await;
    for path in ["//evil.example/", "///evil.example//", "/en//evil.example/", "/\\evil.example/"] {
        let answer = app.get(path).await;
        let location = answer.header(header::LOCATION);
        let foreign = location.replace('\\', "/").starts_with("//") || location.contains("://");
        assert!(!foreign, "{path} leads to {location}");
    }
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let app = App::demonstration().await;
    let paths = ["/", "/en/points", "/points/1", "/no-such-page", "/api/points.geojson", "/healthz", "/islands.js"];
    for path in paths {
        let head = app.call(Method::HEAD, path).await;
        let get = app.get(path).await;
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        assert!(!get.body.is_empty(), "{path}");
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::ETAG, header::CACHE_CONTROL, header::VARY] {
            assert_eq!(head.header(&name), get.header(&name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn health_says_that_the_process_lives_and_that_it_can_serve() {
    for test in TestStore::each().await {
        let app = App::new(&test).await;
        for (path, said) in [("/healthz", "ok"), ("/readyz", "ready")] {
            let answer = app.get(path).await;
            assert_eq!((answer.code(), answer.text()), (200, said));
        }
    }
}

#[tokio::test]
async fn a_point_says_all_that_is_known_about_it() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let point = content.points.iter().find(|point| point.facts.telephones.len() > 1 && point.facts.position.is_some());
    let point = point.expect("a point with two telephones");
    let page = app.get(&format!("/points/{}", point.id.0)).await;
    let html = page.html();
    let calls = attributes(&html, "main header a[href^='tel:']", "href");
    let telephones: Vec<_> = point.facts.telephones.iter().map(|it| format!("tel:{it}")).collect();
    assert_eq!(calls, telephones);
    assert_eq!(texts(&html, ".p-point__address"), [point.facts.address.as_str()]);
    assert_eq!(texts(&html, ".p-hours tbody tr").len(), 7);
    assert_eq!(texts(&html, ".p-services li").len(), point.facts.services.len());
    assert_eq!(texts(&html, ".p-facilities li").len(), point.facts.facilities.len());
    assert_eq!(texts(&html, ".p-point__others .p-card").len(), 4);
    let travel = attributes(&html, "#where a", "href").join(" ");
    for service in ["uri.amap.com", "api.map.baidu.com", "apis.map.qq.com"] {
        assert!(travel.contains(service), "{travel}");
    }
    let data: serde_json::Value =
        serde_json::from_str(&page.one("script[type='application/ld+json']")).expect("JSON-LD");
    assert_eq!((data["@type"].as_str(), data["name"].as_str()), (Some("GovernmentOffice"), Some(&*point.facts.name)));
    assert!(data["openingHoursSpecification"].as_array().is_some_and(|it| !it.is_empty()), "{data}");
}
