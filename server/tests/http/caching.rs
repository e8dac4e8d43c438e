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
