//! What people type is text: in titles, headings, tags, data for robots, properties of islands, lists and tables.

use domain::{
    audit::By,
    divisions::{Division, DivisionLevel},
    hours::Exception,
    points::{NewPoint, Photo},
};
use serde_json::Value;
use time::macros::date;

use crate::harness::{Answer, App, MONDAY, attributes, percent, slug, texts};

const NASTY: &str = "</title><script>alert(1)</script>&\"'<!--</script>{{7*7}}";

/// Publishes a point with nasty words in everything a clerk can type; its number.
async fn nasty_point(app: &App) -> i64 {
    let content = app.content().await;
    let mut facts = content.points[0].facts.clone();
    let reason = format!("因故{NASTY}");
    let (from, to) = (date!(2026 - 11 - 23), date!(2026 - 12 - 04));
    facts.schedule.exceptions = vec![Exception { from, to, hours: vec![], reason }];
    let photos = vec![Photo { url: format!("/photo.jpg?\"{NASTY}"), alt: NASTY.into(), ..Photo::default() }];
    let facts = NewPoint {
        name: NASTY.into(),
        name_en: NASTY.into(),
        address: format!("某路1号{NASTY}"),
        source: NASTY.into(),
        photos,
        ..facts
    };
    app.import(vec![facts], MONDAY).await;
    content.points[0].id.0
}

fn assert_harmless(page: &Answer, path: &str) {
    assert_eq!(page.code(), 200, "{path}");
    assert!(!page.text().contains("<script>alert"), "{path}");
    let html = page.html();
    let scripts = texts(&html, "script");
    assert!(scripts.iter().all(|text| text.is_empty() || text.starts_with('{')), "{path}: {scripts:?}");
    assert_eq!(attributes(&html, "html, body, main", "id"), ["main"], "{path}: the document fell apart");
    assert_eq!(texts(&html, "head > title").len(), 1, "{path}");
}

#[tokio::test]
async fn a_name_stays_text_on_the_page_of_the_point() {
    let app = App::demonstration().await;
    let id = nasty_point(&app).await;
    for locale in ["", "/en"] {
        let path = format!("{locale}/points/{id}");
        let page = app.get(&path).await;
        assert_harmless(&page, &path);
        assert_eq!(page.one("h1"), NASTY);
        assert!(page.one("head > title").starts_with(NASTY), "{}", page.one("head > title"));
        assert_eq!(page.meta("ArticleTitle"), NASTY);
        assert!(page.meta("description").contains(NASTY));
        let html = page.html();
        assert_eq!(texts(&html, ".p-point__address"), [format!("某路1号{NASTY}")]);
        assert_eq!(attributes(&html, ".p-photos img", "alt"), [NASTY]);
        assert!(texts(&html, ".p-point__head").concat().contains(NASTY), "the reason");
        let data: Value = serde_json::from_str(&page.one("script[type='application/ld+json']")).expect("JSON-LD");
        assert_eq!((&data["name"], &data["@type"]), (&NASTY.into(), &"GovernmentOffice".into()));
        for link in attributes(&html, "#where a, main a[href^=http]", "href") {
            assert!(!link.contains(['<', '>', '"', '\'', ' ']), "{link}");
        }
    }
}

#[tokio::test]
async fn a_name_stays_text_in_lists_and_in_what_islands_are_given() {
    let app = App::demonstration().await;
    let id = nasty_point(&app).await.to_string();
    let place = app.content().await.points[0].facts.position.expect("a place");
    let near = format!("near={place}");
    let mut shown = 0;
    for path in [
        format!("/points?q={}", percent("alert(1)")),
        format!("/en/points?{near}"),
        format!("/points?{near}&sort=name"),
        "/".into(),
        format!("/divisions/{}", app.content().await.points[0].facts.division),
    ] {
        let page = app.get(&path).await;
        assert_harmless(&page, &path);
        let html = page.html();
        let names = texts(&html, &format!(".p-card[data-point='{id}'] .p-card__link"));
        assert!(names.iter().all(|name| name == NASTY), "{path}: {names:?}");
        shown += names.len();
        for (island, given) in islands(&page) {
            assert!(given.is_object(), "{path}: {island} is given {given}");
        }
    }
    assert!(shown >= 2, "the point is in no list");
}

/// The islands of a page with what they are given.
fn islands(page: &Answer) -> Vec<(String, Value)> {
    let html = page.html();
    let all = scraper::Selector::parse("leptos-island[data-props]").expect("a selector");
    html.select(&all)
        .map(|it| {
            let given = it.attr("data-props").unwrap_or_default();
            let name = it.attr("data-component").unwrap_or_default().to_owned();
            (name, serde_json::from_str(given).unwrap_or_else(|error| panic!("{error}: {given}")))
        })
        .collect()
}

#[tokio::test]
async fn words_of_an_address_stay_text_wherever_they_come_back() {
    let app = App::demonstration().await;
    for words in [NASTY, "\"><img src=x onerror=alert(1)>", "';alert(1)//", "</script><script>alert(1)</script>"] {
        for path in ["/points", "/en/points", "/about", "/no-such-page", "/points/1"] {
            let address = format!("{path}?q={0}&x={0}&{0}=1", percent(words));
            let page = app.get(&address).await;
            let html = page.html();
            assert!(!page.text().contains("<script>alert") && texts(&html, "img[onerror]").is_empty(), "{address}");
            for (_, given) in islands(&page).into_iter().filter(|(name, _)| name.starts_with("PointFinder")) {
                assert!(given.to_string().contains("alert"), "{given}");
            }
        }
        // As it stands, with what an address may hold unencoded.
        let page = app.get("/about?a='b&c=\\\\d(e)|f").await;
        let raw = attributes(&page.html(), "head link[rel=canonical]", "href");
        assert_eq!(raw, ["https://www.example.gov.cn/about?a='b&c=\\\\d(e)|f"]);
    }
}

#[tokio::test]
async fn the_name_of_a_division_stays_text() {
    let app = App::demonstration().await;
    let division = Division {
        code: slug("510199"),
        name: NASTY.into(),
        name_en: NASTY.into(),
        level: DivisionLevel::District,
        parent: Some(slug("510100")),
        zone: None,
        center: None,
        ended: false,
    };
    store::divisions::save(&app.store, &By::console(MONDAY), vec![division], vec![]).await.expect("a division");
    app.refresh(MONDAY).await;
    for path in ["/divisions", "/divisions/510199", "/en/divisions/510199", "/points?division=510199", "/", "/sitemap"]
    {
        let page = app.get(path).await;
        assert_harmless(&page, path);
        assert!(page.html().root_element().text().collect::<String>().contains(NASTY), "{path}");
    }
}

#[tokio::test]
async fn a_name_stays_a_name_in_feeds_and_tables() {
    let app = App::demonstration().await;
    let id = nasty_point(&app).await;
    let json = app.get(&format!("/api/points/{id}")).await.json();
    assert_eq!(json["name"], NASTY);
    let table = app.get("/api/points.csv").await;
    let mut rows = csv::Reader::from_reader(table.text().as_bytes());
    assert!(rows.records().any(|row| &row.expect("a row")[6] == NASTY));
}
