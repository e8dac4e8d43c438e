//! On the spot: one tap where nothing differs, a change for review where something does, and how fresh everything is.

use std::io::Cursor;

use domain::{identity::Role, points::Freshness};
use http::header;
use image::{ImageFormat, RgbImage};

use crate::harness::{App, MONDAY, attributes, texts};

#[tokio::test]
async fn one_tap_says_that_everything_is_as_published() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let path = format!("/desk/points/{}/visit", id.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let shown = editor.get(&path).await;
    let done = editor.submit_shown(&shown, &format!("{path}/same"), &[]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, format!("{path}?done=same").as_str()));
    assert!(editor.get(done.header(header::LOCATION)).await.one("h1").contains("今天核实过"));
    assert_eq!(app.content().await.point(id).expect("the point").revision, 2);
    let stale = editor.submit_shown(&shown, &format!("{path}/same"), &[]).await;
    assert_eq!(stale.code(), 422, "from a page that is no longer true");
}

#[tokio::test]
async fn who_stands_elsewhere_is_asked_and_may_still_say_so() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let with_position = |it: &&domain::points::Point| {
        it.facts.division.as_str() == "510107" && it.facts.position.is_some() && it.facts.ended.is_none()
    };
    let point = content.points.iter().find(with_position).expect("a point").clone();
    let position = point.facts.position.expect("a position");
    let path = format!("/desk/points/{}/visit", point.id.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let (lon, lat) = (position.lon().to_string(), (position.lat() + 0.01).to_string());
    let there = [("lon", lon.as_str()), ("lat", lat.as_str()), ("accuracy", "20")];
    let asked = editor.submit(&path, &format!("{path}/same"), &there).await;
    assert_eq!(asked.code(), 422);
    let question = asked.one(".p-notice[role=alert]");
    assert!(question.contains("1112 米(定位误差 20 米)"), "{question}");
    assert!(asked.one("button#sure").contains("照样确认"));
    let done = editor.submit_shown(&asked, &format!("{path}/same"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let log = app.staff("auditor", Role::Auditor, "510100").await.get("/desk/audit?action=points.verify").await;
    let line = texts(&log.html(), ".p-table tbody tr").join("");
    assert!(line.contains("\"metres\":1112") && !line.contains(&lat), "{line}");
}

#[tokio::test]
async fn what_differs_becomes_a_change_for_review_with_photo_and_words() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let path = format!("/desk/points/{}/visit", id.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let mut picture = Cursor::new(Vec::new());
    RgbImage::new(40, 20).write_to(&mut picture, ImageFormat::Png).expect("a photo");
    let picture = picture.into_inner();
    let shown = editor.get(&path).await;
    let differs = format!("{path}/differs");
    let nothing = editor.submit_shown(&shown, &differs, &[]).await;
    assert_eq!(attributes(&nothing.html(), ".p-errors a", "href"), ["#said"]);
    let files = [("photo-file", "1.png", picture.as_slice())];
    let typed = [("said", "周六上午也开<b>"), ("telephones", "前台"), ("photo-shows", "")];
    let refused = editor.submit_files(&shown, &differs, &typed, &files).await;
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#photo-alt"]);
    assert_eq!(texts(&refused.html(), "textarea[name=said]"), ["周六上午也开<b>"]);
    let kept = attributes(&refused.html(), ".p-photo-row img", "src");
    assert_eq!(kept.len(), 1);
    let mended = [("photo-alt", "大门"), ("telephones", "028-01234567")];
    let done = editor.submit_shown(&refused, &differs, &mended).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let change = done.header(header::LOCATION).to_owned();
    assert!(change.starts_with("/desk/changes/"), "{change}");
    let review = reviewer.get(&change).await;
    assert!(review.one(".p-tag").contains("待复核") && review.text().contains("周六上午也开&lt;b&gt;"));
    assert_eq!(texts(&review.html(), ".p-table tbody tr").len(), 3, "telephones, photos, the day");
    let waiting = reviewer.get(&path).await;
    assert!(waiting.text().contains("示例editor正在改这个点位"));
}

#[tokio::test]
async fn outside_of_ones_area_nothing_is_said_about_a_point() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    for path in [format!("/desk/points/{}/visit", id.0), "/desk/points/999999/visit".into()] {
        assert_eq!(stranger.get(&path).await.code(), 403, "{path}");
        for act in ["same", "differs"] {
            let fields = [("lon".to_owned(), "1".to_owned()), ("revision".to_owned(), "1".to_owned())];
            assert_eq!(stranger.post(&format!("{path}/{act}"), &fields).await.code(), 403, "{path}");
        }
        assert_eq!(app.browser().get(&path).await.code(), 303, "{path}");
    }
}

#[tokio::test]
async fn the_map_of_the_desk_has_ones_own_points_by_freshness() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let feed = "/desk/points/freshness.geojson";
    app.get(feed).await.assert_problem(403);
    app.staff("auditor", Role::Auditor, "510100").await.get(feed).await.assert_problem(403);
    // Who still has to replace the first password is nobody yet.
    app.open_account("new", Role::Editor, "510107").await;
    let new = app.browser();
    new.submit("/sign-in", "/sign-in", &[("name", "new"), ("password", crate::harness::FIRST)]).await;
    new.get(feed).await.assert_problem(403);

    let answer = editor.get(feed).await;
    assert_eq!((answer.code(), answer.header(header::CACHE_CONTROL)), (200, "no-store"));
    let features = answer.json()["features"].as_array().expect("features").clone();
    let content = app.content().await;
    let mut seen = std::collections::HashSet::new();
    for feature in &features {
        let id = domain::points::PointId(feature["properties"]["id"].as_i64().expect("a number"));
        let point = content.point(id).expect("a point");
        assert!(content.belongs(&point.facts).within.iter().any(|code| code.as_str() == "510107"));
        let fresh = Freshness::on(MONDAY.date(), point.facts.verified_on, 180);
        let state = match fresh {
            Freshness::Fresh => "open",
            Freshness::Soon => "soon",
            Freshness::Overdue => "closed",
        };
        assert_eq!(feature["properties"]["state"], state);
        seen.insert(state);
    }
    assert!(seen.contains("open") && seen.contains("closed"), "{seen:?}");
    let page = editor.get("/desk/points/map").await;
    assert_eq!(attributes(&page.html(), "portal-map", "src"), [feed]);
    assert_eq!(texts(&page.html(), ".p-tally a").len(), 3, "the same as lists");
}

#[tokio::test]
async fn a_resident_reads_that_nobody_has_checked_for_long() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let (mut warned, mut quiet) = (false, false);
    for point in content.points.iter().filter(|it| it.facts.ended.is_none()).take(60) {
        let overdue = Freshness::on(MONDAY.date(), point.facts.verified_on, 180) == Freshness::Overdue;
        let said = texts(&app.get(&format!("/points/{}", point.id.0)).await.html(), ".p-stale");
        assert_eq!(said.len(), usize::from(overdue), "{:?}", point.facts.verified_on);
        assert!(said.iter().all(|it| it.contains("去之前先打电话")), "{said:?}");
        (warned, quiet) = (warned || overdue, quiet || !overdue);
    }
    assert!(warned && quiet);
}
