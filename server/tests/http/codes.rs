//! A code leads to its thing, to what has taken its place, or to a page that says why it leads nowhere; and whoever types one wrong
//! is told.

use domain::{
    codes::{Thing, Token},
    points::{Ended, NewPoint, PointId},
    policies::PolicyId,
};
use http::{Method, header};
use store::testing::TestStore;
use time::macros::date;

use crate::harness::{Answer, App, MONDAY, attributes, percent, read_by_rqrr, slug};

/// The one point of the demonstration that has ended.
const FORMER: PointId = PointId(4001);

/// The token of a thing.
async fn token(app: &App, thing: Thing) -> Token {
    app.content().await.codes.token(thing).unwrap_or_else(|| panic!("no code for {thing}"))
}

fn leads(answer: &Answer, to: &str) {
    assert_eq!((answer.code(), answer.header(header::LOCATION)), (303, to), "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn everything_published_has_a_code_that_leads_there_in_the_readers_language() {
    let app = App::demonstration().await;
    let content = app.content().await;
    assert!(content.things().all(|thing| content.codes.token(thing).is_some()));
    for thing in [Thing::Portal, Thing::Division(slug("510107")), Thing::Point(PointId(17))] {
        let path = format!("/c/{}", token(&app, thing).await.plain());
        let to = thing.address();
        leads(&app.get(&path).await, &to);
        leads(&app.get(&format!("{path}?s=1")).await, &to);
        let english = if to == "/" { "/en".to_owned() } else { format!("/en{to}") };
        leads(&app.get(&format!("/en{path}")).await, &english);
        leads(&app.call(Method::HEAD, &path).await, &to);
    }
}

#[tokio::test]
async fn a_code_is_followed_as_people_type_it() {
    let app = App::demonstration().await;
    let token = token(&app, Thing::Point(PointId(17))).await;
    let wide: String = token.plain().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
    for typed in [token.to_string(), token.plain().to_lowercase(), format!(" {token} "), wide] {
        leads(&app.get(&format!("/c/{}", percent(&typed).replace('+', "%20"))).await, "/points/17");
        leads(&app.get(&format!("/codes?token={}", percent(&typed))).await, "/points/17");
        leads(&app.get(&format!("/en/codes?token={}", percent(&typed))).await, "/en/points/17");
    }
}

#[tokio::test]
async fn a_code_that_is_none_is_said_to_be_none_and_comes_back_into_the_field() {
    let app = App::demonstration().await;
    let good = token(&app, Thing::Portal).await;
    let unknown = (0..=u8::MAX).map(|i| Token::new([i; 16]));
    let content = app.content().await;
    let unknown =
        unknown.filter(|it| content.codes.issued_for(*it).is_none()).nth(3).expect("a free token").to_string();
    let mut mistyped = good.plain().to_owned();
    let last = if mistyped.ends_with('3') { "4" } else { "3" };
    mistyped.replace_range(7.., last);
    for (typed, title, title_en) in [
        (unknown.as_str(), "没有这个码", "There is no such code"),
        (&mistyped, "码好像输错了", "The code was mistyped"),
        ("一个码", "码好像输错了", "The code was mistyped"),
        ("<script>alert(1)</script>\"'", "码好像输错了", "The code was mistyped"),
        ("' OR 1=1 --", "码好像输错了", "The code was mistyped"),
    ] {
        let step = percent(typed).replace("+", "%20");
        for path in [format!("/c/{step}"), format!("/codes/{step}"), format!("/codes?token={}", percent(typed))] {
            for (prefix, title) in [("", title), ("/en", title_en)] {
                let answer = app.get(&format!("{prefix}{path}")).await;
                assert_eq!(answer.code(), 404, "{path}: {}", answer.text());
                assert_eq!(answer.one("h1"), title, "{path}");
                let page = answer.html();
                assert_eq!(attributes(&page, "#token", "value"), [typed], "{path}");
                assert!(!answer.text().contains("<script>alert"), "{path}");
            }
        }
    }
    // What is no text at all, and what nobody would type.
    for path in [
        "/c/%ff%fe",
        &format!("/c/{}", "3".repeat(2000)),
        "/c/%00",
        "/codes/%ff",
        "/c/%2E%2E",
        "/codes/%2e",
        "/en/c/.%2e",
    ] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
    assert_eq!(app.get("/codes").await.code(), 200);
    assert_eq!(app.get("/codes?token=").await.code(), 200);
    assert_eq!(app.post("/codes", &[("token", "x")]).await.code(), 405);
}

#[tokio::test]
async fn a_point_that_ends_hands_its_code_on_or_says_that_it_has_ended() {
    let app = App::demonstration().await;
    let poster = format!("/c/{}?s=1", token(&app, Thing::Point(PointId(17))).await.plain());
    leads(&app.get(&poster).await, "/points/17");
    let facts = |content: &store::snapshot::Content, id| content.point(id).expect("a point").facts.clone();
    let content = app.content().await;
    let end = |id, successor| {
        let reason = "示例:合并".into();
        let ended = Some(Ended { on: date!(2026 - 11 - 20), reason, successor });
        NewPoint { ended, ..facts(&content, PointId(id)) }
    };
    app.import(vec![end(17, Some(PointId(18)))], MONDAY).await;
    leads(&app.get(&poster).await, "/points/18");
    let page = app.get("/points/17").await;
    assert_eq!(page.code(), 410);
    assert!(attributes(&page.html(), ".p-ended a", "href").contains(&"/points/18".to_owned()));
    // The next one ends too, and its successor leads back: no circle, but the page of what has ended.
    app.import(vec![end(18, Some(PointId(19)))], MONDAY).await;
    leads(&app.get(&poster).await, "/points/19");
    app.import(vec![end(19, Some(PointId(17)))], MONDAY).await;
    for path in [poster.clone(), poster.replace("/c/", "/en/c/")] {
        let answer = app.get(&path).await;
        assert_eq!((answer.code(), answer.header(header::CACHE_CONTROL)), (410, "no-store"), "{}", answer.text());
        assert!(answer.one(".p-ended .p-notice").contains("示例:合并"));
        assert!(!attributes(&answer.html(), ".p-ended .p-card a", "href").is_empty(), "{path}");
    }
    let former = app.get(&format!("/c/{}", token(&app, Thing::Point(FORMER)).await.plain())).await;
    assert_eq!(former.code(), 410);
    assert!(former.one(".p-ended .p-notice").contains("已搬到新址"));
}

#[tokio::test]
async fn a_successor_has_to_be_another_point_that_exists() {
    let app = App::demonstration().await;
    let content = app.content().await;
    for id in [17, 999_999] {
        let ended = Some(Ended { on: date!(2026 - 11 - 20), reason: "示例".into(), successor: Some(PointId(id)) });
        let row = NewPoint { ended, ..content.point(PointId(17)).expect("a point").facts.clone() };
        let by = domain::audit::By::console(MONDAY);
        assert!(store::points::import(&app.store, &by, vec![row]).await.is_err(), "{id}");
    }
}

#[tokio::test]
async fn a_division_that_was_dissolved_says_so_and_leads_on() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let gone = content.at(MONDAY).atlas.divisions.iter().find(|it| it.ended).cloned().expect("a division that ended");
    let answer = app.get(&format!("/c/{}", token(&app, Thing::Division(gone.code)).await.plain())).await;
    assert_eq!(answer.code(), 410);
    assert!(answer.one("h1").contains(&gone.name));
    let above = format!("/divisions/{}", gone.parent.expect("a district"));
    assert!(attributes(&answer.html(), ".p-ended a", "href").contains(&above));
}

#[tokio::test]
async fn a_new_point_has_its_code_as_soon_as_it_is_published() {
    for test in TestStore::each().await {
        let app = App::small(&test).await;
        let facts = app.content().await.points[0].facts.clone();
        app.import(vec![NewPoint { external_id: "new".into(), ..facts }], MONDAY).await;
        let new = app.content().await.points.last().expect("a point").id;
        let code = token(&app, Thing::Point(new)).await;
        leads(&app.get(&format!("/c/{}", code.plain())).await, &format!("/points/{}", new.0));
        let page = app.get(&format!("/points/{}", new.0)).await;
        assert!(attributes(&page.html(), "a", "href").contains(&format!("/codes/{}", code.plain())));
    }
}

#[tokio::test]
async fn every_clause_of_a_policy_has_a_code_of_its_own() {
    let app = App::demonstration().await;
    let (policy, point) = (Thing::Policy(PolicyId(2)), Thing::Point(PointId(17)));
    let (code, other) = (token(&app, policy).await, token(&app, point).await);
    let plain = code.plain();
    leads(&app.get(&format!("/c/{plain}/a7?s=1")).await, "/policies/2?at=a7#a7");
    leads(&app.get(&format!("/en/c/{plain}/a7")).await, "/en/policies/2?at=a7#a7");
    for typed in [format!("{code}/a7"), format!("{}/A7", plain.to_lowercase()), format!(" {code} / a7 ")] {
        leads(&app.get(&format!("/codes?token={}", percent(&typed))).await, "/policies/2?at=a7#a7");
    }
    let list = app.get(&format!("/codes/{plain}/clauses")).await;
    assert_eq!(list.code(), 200, "{}", list.text());
    let hrefs = attributes(&list.html(), ".p-rows a", "href");
    assert!(hrefs.contains(&format!("/codes/{plain}/a7")), "{hrefs:?}");
    for href in hrefs {
        assert_eq!(app.get(&href).await.code(), 200, "{href}");
    }
    let page = app.get(&format!("/codes/{plain}/a7")).await;
    assert!(page.text().contains(&format!("{code}/a7")), "{}", page.text());
    let picture = app.get(&format!("/codes/{plain}/a7.png")).await;
    let says = read_by_rqrr(&image::load_from_memory(&picture.body).expect("a picture"));
    assert!(says.ends_with(&format!("/c/{plain}/a7?s=1")), "{says}");
    assert_eq!(app.get(&format!("/codes/{plain}/a7.svg")).await.code(), 200);
    // The page of the policy says when the clause is no more there.
    assert!(!app.get("/policies/2?at=a7").await.text().contains("文本里没有了"));
    assert!(app.get("/policies/2?at=a777").await.text().contains("文本里没有了"));
    // A place is no clause, and what is no anchor leads nowhere.
    let other = other.plain();
    for path in [
        format!("/c/{other}/a7"),
        format!("/c/{plain}/%E4%B8%83"),
        format!("/c/{plain}/"),
        format!("/codes/{other}/a7"),
        format!("/codes/{other}/a7.svg"),
        format!("/codes/{other}/clauses"),
        format!("/codes/{plain}/a777"),
        format!("/codes/{plain}/-.svg"),
        format!("/codes/{plain}/%ff"),
        "/codes/33333333/clauses".to_owned(),
    ] {
        let answer = app.get(&path).await;
        assert!(matches!(answer.code(), 308 | 400 | 404), "{path}: {}", answer.code());
    }
}
