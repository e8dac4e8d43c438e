//! The manual is composed from what is published; every edition stays readable, and two of them differ in exactly what was changed.

use domain::{points::NewPoint, points::PointId};
use http::header;
use time::Duration;

use crate::harness::{App, MONDAY, attributes, percent, texts};

const TOWNSHIP: &str = "510107";

/// The facts of a point of a street of 武侯区, and the street.
async fn a_place(app: &App) -> (PointId, NewPoint, String) {
    let content = app.content().await;
    let found = content.points.iter().find(|it| {
        let place = it.facts.division.as_str();
        place.starts_with(TOWNSHIP) && place.len() == 12 && it.facts.ended.is_none() && !it.facts.telephones.is_empty()
    });
    let point = found.expect("a point").clone();
    let street = content.divisions().lineage(point.facts.division)[2].code.to_string();
    (point.id, point.facts, street)
}

#[tokio::test]
async fn a_manual_has_what_is_above_it_and_a_township_has_its_own_page_first() {
    let app = App::demonstration().await;
    let (_, facts, street) = a_place(&app).await;
    let city = texts(&app.get("/manual").await.html(), ".p-manual__contents li a > span:first-child");
    let district = texts(&app.get("/manual/510107").await.html(), ".p-manual__contents li a > span:first-child");
    assert_eq!((city.len(), district.len()), (10, 11));
    assert_eq!((&district[..10], district[10].as_str()), (&city[..], "武侯区办事小提示"));
    let front = app.get(&format!("/manual/{street}")).await;
    assert!(front.one(".p-manual__own").contains(&facts.name), "the page of the township");
    assert!(
        app.get("/manual/510107")
            .await
            .html()
            .select(&scraper::Selector::parse(".p-manual__own").unwrap())
            .next()
            .is_none()
    );
    let listed = app.get(&format!("/manual/{street}/points")).await;
    assert!(listed.text().contains(&facts.name) && listed.text().contains("最近核实"));
    let rows = texts(&app.get("/manual/510107/points").await.html(), ".p-section .p-row");
    assert!(rows.iter().any(|row| row.contains("条")), "{rows:?}");
    assert!(app.get("/en/manual/510107/apply").await.one("h1").contains("Applying for information"));
    let policies = app.get("/manual/510107/policies").await;
    assert!(policies.text().contains("成都市便民服务点管理办法(示例)"), "composed, never typed");
    assert_eq!(policies.meta("ColumnName"), "一手册");
}

#[tokio::test]
async fn what_is_no_manual_is_not_found() {
    let app = App::demonstration().await;
    for path in [
        "/manual/nowhere",
        "/manual/510107/nothing",
        "/manual/510107/services/nothing",
        "/manual/510107/points/x/y",
        "/manual/510107?edition=99",
        "/manual/510107?edition=x",
        "/manual/510107/changes",
        "/manual/510107/changes?from=-1",
        "/manual/510107/changes?from=1&to=99",
        "/manual/%3Cscript%3E",
        "/manual/nowhere/feed.xml",
    ] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_guide_has_its_steps_and_the_places_of_the_district_before_those_of_the_city() {
    let app = App::demonstration().await;
    let guide = app.get("/manual/510107/services/minimum-allowance").await;
    assert!(texts(&guide.html(), ".p-steps__step").len() == 5 && guide.text().contains("低保户"));
    let heads = texts(&guide.html(), ".p-manual__section :is(h2, h3)");
    let places: Vec<_> =
        heads.iter().filter(|it| it.contains("在哪里办")).map(|it| it.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(places.first(), Some(&"武侯区"), "{heads:?}");
    let all = attributes(&guide.html(), ".p-manual__section p > a.p-button", "href");
    assert!(all.len() == 1 && app.get(&all[0]).await.found() > 0, "{all:?}");
}

#[tokio::test]
async fn an_edit_makes_an_edition_and_the_difference_is_exactly_the_edit() {
    let app = App::demonstration().await;
    let (_, facts, street) = a_place(&app).await;
    let old = facts.telephones[0].clone();
    let before = app.get(&format!("/manual/{street}/points")).await;
    let later = MONDAY + Duration::minutes(5);
    app.import(vec![NewPoint { telephones: vec!["028-00099999".into()], ..facts.clone() }], later).await;
    let after = app.get(&format!("/manual/{street}/points")).await;
    assert!(after.text().contains("028-00099999") && !before.text().contains("028-00099999"));

    let changes = app.get("/manual/510107/changes?from=1").await;
    let html = changes.html();
    let (went, came) = (texts(&html, ".p-changed del"), texts(&html, ".p-changed ins"));
    // The place stands in the directory and, where its office is listed by it, among the offices.
    assert!(!went.is_empty() && went.iter().all(|it| it.contains(&old)), "{went:?}");
    assert!(came.len() == went.len() && came.iter().all(|it| it.contains("028-00099999")), "{came:?}");
    let elsewhere = app.get("/manual/510104/changes?from=1").await;
    assert!(elsewhere.one(".p-empty").contains("没有变化"));

    let older = app.get(&format!("/manual/{street}/points?edition=1")).await;
    assert!(older.text().contains(&old) && older.one(".p-manual__head .p-notice").contains("第 1 版"));
    assert_eq!(texts(&older.html(), ".p-entry"), texts(&before.html(), ".p-entry"), "as it was");
    let listed = texts(&app.get("/manual/510107/editions").await.html(), ".p-edition");
    assert!(listed.len() == 2 && listed[0].contains("第 2 版"), "{listed:?}");
    assert_eq!(texts(&app.get("/manual/510104/editions").await.html(), ".p-edition").len(), 1);

    let feed = app.get("/manual/510107/feed.xml").await;
    assert_eq!((feed.code(), feed.header(header::CONTENT_TYPE)), (200, "application/atom+xml; charset=utf-8"));
    assert_eq!(feed.text().matches("<entry>").count(), 2);
    assert!(feed.text().contains("/manual/510107/changes?from=1&amp;to=2"));
}

#[tokio::test]
async fn a_place_that_ends_leaves_the_manual_on_its_day() {
    let app = App::demonstration().await;
    let (_, facts, street) = a_place(&app).await;
    let on = MONDAY.date().next_day().expect("a day");
    let ended = Some(domain::points::Ended { on, reason: "示例:撤并".into(), successor: None });
    app.import(vec![NewPoint { ended, ..facts.clone() }], MONDAY + Duration::minutes(1)).await;
    let path = format!("/manual/{street}/points");
    assert!(app.get(&path).await.text().contains(&facts.name), "it is still there today");
    app.refresh(MONDAY + Duration::days(1)).await;
    assert!(!app.get(&path).await.text().contains(&facts.name));
}

#[tokio::test]
async fn what_is_searched_is_found_in_its_place_and_shown_as_text() {
    let app = App::demonstration().await;
    let found = app.get(&format!("/manual/510107?q={}", percent("低保 材料"))).await;
    let links = attributes(&found.html(), ".p-rows a", "href");
    assert!(links.iter().any(|it| it == "/manual/510107/services/minimum-allowance"), "{links:?}");
    assert!(links.iter().all(|it| it.starts_with("/manual/510107/")), "{links:?}");
    for words in ["<script>alert(1)</script>", "\u{0}", "  %%% ", "没有这样的词"] {
        let answer = app.get(&format!("/manual?q={}", percent(words))).await;
        assert_eq!(answer.code(), 200, "{words:?}");
        assert!(!answer.text().contains("<script>alert"), "{words:?}");
    }
}
