//! Anonymous answers are the same bytes for everyone, have an ETag per content and minute, and are made anew when either changes.

use domain::points::NewPoint;
use http::{StatusCode, header};
use store::testing::TestStore;
use time::Duration;

use crate::harness::{App, MONDAY};

const CACHED: [&str; 8] = [
    "/",
    "/en",
    "/points",
    "/points/1",
    "/divisions/510107",
    "/api/points.geojson?kind=archive",
    "/api/points.csv?kind=archive",
    "/api/points/1",
];

#[tokio::test]
async fn an_answer_that_the_reader_has_is_not_sent_again() {
    let app = App::demonstration().await;
    for path in CACHED {
        let first = app.get(path).await;
        let etag = first.header(header::ETAG).to_owned();
        assert!(etag.len() > 10 && etag.ends_with('"'), "{path}: {etag}");
        assert_eq!(app.get(path).await.body, first.body, "{path} is not the same for everyone");
        let weak = format!("W/{}", etag.trim_start_matches("W/"));
        let among = format!("\"x\", {weak} , \"y\"");
        for asked in [etag.as_str(), weak.as_str(), among.as_str(), "*"] {
            let again = app.get_with(path, &[(header::IF_NONE_MATCH, asked)]).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path} {asked}");
            // RFC 9110, 15.4.5.
            for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
                assert_eq!(again.header(&name), first.header(&name), "{path} {name}");
            }
        }
        for other in ["\"x\"", "x", "", "W/\"x\""] {
            let again = app.get_with(path, &[(header::IF_NONE_MATCH, other)]).await;
            assert_eq!((again.code(), again.body == first.body), (200, true), "{path} {other}");
        }
    }
}

#[tokio::test]
async fn an_error_is_never_said_to_be_unchanged() {
    let app = App::demonstration().await;
    for path in ["/no-such-page", "/points/0", "/api/nothing"] {
        let etag = app.get(path).await.header(header::ETAG).to_owned();
        for asked in [etag.as_str(), "*"] {
            assert_eq!(app.get_with(path, &[(header::IF_NONE_MATCH, asked)]).await.code(), 404, "{path}");
        }
    }
}

#[tokio::test]
async fn what_a_cache_between_may_do_is_said() {
    let app = App::demonstration().await;
    for path in CACHED {
        let answer = app.get(path).await;
        let vary = answer.list(header::VARY);
        assert!(vary.contains("accept-encoding") && vary.contains("cookie"), "{path}: {vary:?}");
        let control = answer.list(header::CACHE_CONTROL);
        assert!(control.contains("must-revalidate") && control.contains("max-age=0"), "{path}: {control:?}");
    }
}

#[tokio::test]
async fn a_change_is_seen_at_once_on_every_page_and_feed() {
    for test in TestStore::each().await {
        let app = App::new(&test).await;
        let point = app.content().await.points[0].clone();
        let (id, name) = (point.id.0, "改过的名字".to_owned());
        let list = format!("/points?q={}", crate::harness::percent(&name));
        let paths = [format!("/points/{id}"), format!("/en/points/{id}"), list, format!("/api/points/{id}")];
        let mut before = Vec::new();
        for path in &paths {
            before.push(app.get(path).await);
        }
        let changed = NewPoint { name: name.clone(), name_en: String::new(), ..point.facts };
        // In the same minute: it is the revision that tells.
        app.import(vec![changed], MONDAY + Duration::seconds(5)).await;
        for (path, before) in paths.iter().zip(before) {
            let etag = before.header(header::ETAG);
            let after = app.get_with(path, &[(header::IF_NONE_MATCH, etag)]).await;
            assert_eq!(after.code(), 200, "{path}");
            assert!(after.header(header::ETAG) != etag && after.text().contains(&name), "{path}");
        }
        for path in ["/api/points.csv", "/api/points.geojson"] {
            assert!(app.get(path).await.text().contains(&name), "{path}");
        }
    }
}

#[tokio::test]
async fn an_import_that_changes_nothing_leaves_pages_as_they_are() {
    let app = App::demonstration().await;
    let before = app.get("/points/1").await;
    let facts = app.content().await.points[0].facts.clone();
    app.import(vec![facts], MONDAY).await;
    let asked = [(header::IF_NONE_MATCH, before.header(header::ETAG))];
    assert_eq!(app.get_with("/points/1", &asked).await.code(), 304);
}

#[tokio::test]
async fn a_minute_in_which_nothing_opens_or_closes_leaves_a_page_as_it_is() {
    let app = App::demonstration().await;
    for path in ["/points/1", "/about"] {
        let etag = app.get(path).await.header(header::ETAG).to_owned();
        app.refresh(MONDAY + Duration::minutes(1)).await;
        assert_eq!(app.get_with(path, &[(header::IF_NONE_MATCH, &etag)]).await.code(), 304, "{path}");
    }
}

#[tokio::test]
async fn readers_who_ask_at_once_get_the_same_answer() {
    let app = App::demonstration().await;
    let asking: Vec<_> = (0..40)
        .map(|i| {
            let path = if i % 2 == 0 { "/points?kind=library" } else { "/en/points?kind=library" };
            let request = crate::harness::request(http::Method::GET, path, &[], "");
            tokio::spawn(tower::ServiceExt::oneshot(app.router(), request))
        })
        .collect();
    let mut etags = std::collections::BTreeSet::new();
    for asked in asking {
        let response = asked.await.unwrap().unwrap();
        assert_eq!(response.status(), 200);
        etags.insert(response.headers()[header::ETAG].clone().to_str().unwrap().to_owned());
    }
    assert_eq!(etags.len(), 2);
}

/// Whether an answer came out of the cache.
fn kept(answer: &crate::harness::Answer) -> bool {
    match answer.header("cache-status") {
        "sangeyi; hit" => true,
        "sangeyi; fwd=miss" => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_change_touches_the_pages_that_show_it_and_no_others() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let placed: Vec<_> =
        content.points.iter().filter(|it| it.facts.position.is_some() && it.facts.ended.is_none()).collect();
    let here = placed[0].facts.position.unwrap();
    let away = |it: &&&domain::points::Point| it.facts.position.unwrap().distance(here);
    let (changed, far) = (placed[0].id.0, placed.iter().max_by(|a, b| away(a).total_cmp(&away(b))).unwrap());
    // Of its neighbours, one whose page shows it.
    let links =
        |page: &str| crate::harness::attributes(&scraper::Html::parse_document(page), ".p-point__others a", "href");
    let page = format!("/points/{changed}");
    let mut shows = None;
    for other in links(app.get(&page).await.text()) {
        if links(app.get(&other).await.text()).contains(&page) {
            shows = Some(other);
        }
    }
    let shows = shows.expect("a neighbour that shows it");
    let left = [
        format!("/points/{}", far.id.0),
        format!("/en/points/{}", far.id.0),
        format!("/api/points/{}", far.id.0),
        "/about".into(),
        "/settings".into(),
        "/en/sitemap".into(),
        "/api/vocabulary".into(),
        "/api/outlines.geojson".into(),
    ];
    let name = "改过的名字";
    let list = format!("/points?q={}", crate::harness::percent(name));
    let touched = [page.clone(), shows, format!("/api/points/{changed}"), list, "/api/points.csv".into()];
    let always = ["/", "/points", "/divisions", "/divisions/510100", "/api/feed", "/points/0"];
    let all: Vec<_> = left.iter().chain(&touched).map(String::as_str).chain(always).collect();
    let mut etags = std::collections::BTreeMap::new();
    for path in &all {
        app.get(path).await;
        let again = app.get(path).await;
        assert!(kept(&again), "{path}");
        etags.insert(*path, again.header(header::ETAG).to_owned());
    }
    let facts = NewPoint { name: name.into(), name_en: String::new(), ..placed[0].facts.clone() };
    app.import(vec![facts], MONDAY + Duration::seconds(5)).await;
    for path in &left {
        let (asked, again) = ([(header::IF_NONE_MATCH, etags[path.as_str()].as_str())], app.get(path).await);
        assert!(kept(&again), "{path} was made anew");
        assert_eq!(app.get_with(path, &asked).await.code(), 304, "{path}");
    }
    for path in &touched {
        let again = app.get(path).await;
        assert!(!kept(&again) && again.header(header::ETAG) != etags[path.as_str()], "{path} is as it was");
    }
    for path in always {
        assert!(!kept(&app.get(path).await), "{path}");
    }

    // Another encoding of a page that was left is the same page.
    let brotli = [(header::ACCEPT_ENCODING, "br")];
    assert!(!kept(&app.get_with(&left[0], &brotli).await) && kept(&app.get_with(&left[0], &brotli).await));

    // Who moves in beside it is shown there.
    let moved = NewPoint { position: Some(here), ..far.facts.clone() };
    app.import(vec![moved], MONDAY + Duration::seconds(6)).await;
    let again = app.get(&page).await;
    assert!(!kept(&again) && links(again.text()).contains(&format!("/points/{}", far.id.0)), "it is not shown");
    assert!(kept(&app.get("/about").await));

    // What everything stands in.
    let (by, office) = (domain::audit::By::console(MONDAY), content.organisations().next().unwrap().clone());
    let office = domain::points::Organisation { name: "改名的单位".into(), ..office };
    store::points::save_vocabulary(&app.store, &by, vec![], vec![], vec![office]).await.unwrap();
    app.refresh(MONDAY + Duration::seconds(7)).await;
    for path in [page.as_str(), "/about", "/api/vocabulary"] {
        assert!(!kept(&app.get(path).await), "{path}");
    }
}
