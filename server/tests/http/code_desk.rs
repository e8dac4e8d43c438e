//! What staff see of codes and do to them: each what lies in their area, and nobody else anything.

use domain::{codes::Thing, identity::Role, points::PointId};
use http::header;

use crate::harness::{App, MONDAY, attributes, percent, texts};

const PHONE: [(http::HeaderName, &str); 1] = [(header::USER_AGENT, "Mozilla/5.0 (Linux; Android 14)")];

#[tokio::test]
async fn staff_see_how_often_the_codes_of_their_area_are_scanned() {
    let app = App::demonstration().await;
    let here = app.a_point_of("510107").await;
    let there = app.a_point_of("510104").await;
    let content = app.content().await;
    let [mine, other] = [here, there].map(|id| content.codes.token(Thing::Point(id)).expect("a code"));
    for token in [mine, mine, mine, other] {
        app.get_with(&format!("/c/{}?s=1", token.plain()), &PHONE).await;
    }
    app.keep_counts().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    // Counted on the day of the machine, not of these tests.
    let today = server::clock::now();
    app.refresh(today).await;
    let list = editor.get("/desk/codes").await;
    assert_eq!(list.code(), 200, "{}", list.text());
    let first = texts(&list.html(), "tbody tr:first-child td").join(" ");
    assert!(first.contains(&mine.to_string()) && first.ends_with('3'), "{first}");
    let links = attributes(&list.html(), "tbody a", "href");
    assert!(!links.contains(&format!("/desk/codes/{}", other.plain())));
    let found = editor.get(&format!("/desk/codes?q={}", percent(&mine.to_string().to_lowercase()))).await;
    assert_eq!(texts(&found.html(), "tbody tr").len(), 1);
    assert_eq!(editor.get("/desk/codes?q=%3Cscript%3Ezzz&page=999999999999").await.code(), 200);

    let one = editor.get(&format!("/desk/codes/{}", mine.plain())).await;
    assert_eq!(one.code(), 200, "{}", one.text());
    assert_eq!(texts(&one.html(), ".p-bars-table td"), ["3"]);
    assert_eq!(attributes(&one.html(), ".p-bars .p-bars__bar", "height").len(), 1);
    assert_eq!(one.one(".p-bars title").is_empty(), one.one(".p-bars desc").is_empty());
    assert_eq!(editor.get(&format!("/desk/codes/{}", other.plain())).await.code(), 403);
    for nothing in ["33333333", "x", "%ff", &mine.plain().to_lowercase()] {
        assert_eq!(editor.get(&format!("/desk/codes/{nothing}")).await.code(), 404, "{nothing}");
    }

    let map = editor.get("/desk/points/scans.geojson").await;
    let map = map.json();
    let features = map["features"].as_array().expect("features");
    let of = |id: PointId| features.iter().find(|it| it["properties"]["id"] == id.0);
    assert_eq!(of(here).map(|it| it["properties"]["warmth"].clone()), Some(3.into()));
    assert!(of(there).is_none());
    assert_eq!(editor.get("/desk/points/map?by=scans").await.code(), 200);

    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    for path in ["/desk/codes", &format!("/desk/codes/{}", mine.plain()), "/desk/points/scans.geojson"] {
        assert_eq!(auditor.get(path).await.code(), 403, "{path}");
    }
    app.get("/desk/points/scans.geojson").await.assert_problem(403);
    assert_eq!(app.get("/desk/codes").await.code(), 303, "to sign in");
}

#[tokio::test]
async fn a_reviewer_leads_a_code_elsewhere_and_it_stays_so() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let here = app.a_point_of("510107").await;
    let code = content.codes.token(Thing::Point(here)).expect("a code");
    let page = format!("/desk/codes/{}", code.plain());
    let action = format!("{page}/move");
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    for (to, reason, field) in [
        ("", "贴错了", "to"),
        ("/desk", "贴错了", "to"),
        ("/points/999999", "贴错了", "to"),
        ("没有这个地方", "贴错了", "to"),
        ("/divisions/510107", "", "reason"),
    ] {
        let refused = reviewer.submit(&page, &action, &[("to", to), ("reason", reason)]).await;
        assert_eq!(refused.code(), 422, "{to} {reason}: {}", refused.text());
        assert_eq!(attributes(&refused.html(), "#to", "value"), [to]);
        assert!(attributes(&refused.html(), ".p-errors a", "href").contains(&format!("#{field}")), "{to} {reason}");
    }
    let done = reviewer.submit(&page, &action, &[("to", "/divisions/510107"), ("reason", "示例:贴错了")]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, page.as_str()), "{}", done.text());
    assert!(reviewer.get(&page).await.text().contains("示例:贴错了"));
    app.refresh(MONDAY).await;
    let answer = app.get(&format!("/c/{}", code.plain())).await;
    assert_eq!((answer.code(), answer.header(header::LOCATION)), (303, "/divisions/510107"));
    // Elsewhere is not theirs.
    let outside = reviewer.submit(&page, &action, &[("to", "/divisions/510104"), ("reason", "示例")]).await;
    assert_eq!(outside.code(), 403);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    assert!(!editor.get(&page).await.text().contains(&action));
    let fields = [("to".to_owned(), "/divisions/510107".to_owned()), ("reason".to_owned(), "x".to_owned())];
    assert_eq!(editor.post(&action, &fields).await.code(), 403);
}

#[tokio::test]
async fn a_counter_has_a_code_that_ends_with_its_service() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let with_services = |it: &&domain::points::Point| {
        it.facts.division.as_str() == "510107" && it.facts.ended.is_none() && it.facts.services.len() > 2
    };
    let point = content.points.iter().find(with_services).expect("a point").clone();
    let code = content.codes.token(Thing::Point(point.id)).expect("a code");
    let page = format!("/desk/codes/{}", code.plain());
    let editor = app.staff("editor", Role::Editor, "510107").await;
    assert_eq!(texts(&editor.get(&page).await.html(), ".p-rows li").len(), point.facts.services.len());
    let service = point.facts.services[0];
    let window = app.content().await.codes.token(Thing::Window(point.id, service)).expect("a code");
    let poster = format!("/c/{}", window.plain());
    let answer = app.get(&poster).await;
    let to = format!("/points/{}#service-{service}", point.id.0);
    assert_eq!((answer.code(), answer.header(header::LOCATION)), (303, to.as_str()));
    let public = app.get(&format!("/codes/{}", code.plain())).await;
    assert!(attributes(&public.html(), "main a", "href").contains(&format!("/codes/{}", window.plain())));
    // The service goes elsewhere.
    let mut facts = point.facts.clone();
    facts.services.retain(|it| *it != service);
    app.import(vec![facts], MONDAY).await;
    for prefix in ["", "/en"] {
        let gone = app.get(&format!("{prefix}{poster}")).await;
        assert_eq!(gone.code(), 410, "{}", gone.text());
        let links = attributes(&gone.html(), ".p-ended a", "href");
        assert!(links.contains(&format!("{prefix}/points/{}", point.id.0)), "{links:?}");
        assert_eq!(texts(&gone.html(), ".p-card").len(), 4);
    }
}
