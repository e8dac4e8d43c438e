//! 长辈版: one switch, the same addresses, remembered in a cookie, and never seen by those who did not ask for it.

use http::{Method, header};

use crate::harness::{Answer, App, FORM, attributes, request};

const COOKIE: [(http::HeaderName, &str); 1] = [(header::COOKIE, "theme=x; elder=1; other=y")];

fn is_elder(page: &Answer) -> bool {
    attributes(&page.html(), "html", "class").iter().any(|class| class.split_whitespace().any(|it| it == "elder"))
}

#[tokio::test]
async fn elder_pages_and_ordinary_ones_never_take_each_others_place() {
    let app = App::demonstration().await;
    for path in ["/", "/en", "/points", "/points/1", "/divisions/510107", "/settings", "/no-such-page"] {
        for _ in 0..2 {
            let plain = app.get(path).await;
            let elder = app.get_with(path, &COOKIE).await;
            assert!(!is_elder(&plain) && is_elder(&elder), "{path}");
            assert_ne!(plain.header(header::ETAG), elder.header(header::ETAG), "{path}");
            let asked = [COOKIE[0].clone(), (header::IF_NONE_MATCH, plain.header(header::ETAG))];
            assert_ne!(app.get_with(path, &asked).await.code(), 304, "{path}");
        }
    }
    // The other way round: the elder page is asked for first.
    let path = "/divisions/510104";
    assert!(is_elder(&app.get_with(path, &COOKIE).await) && !is_elder(&app.get(path).await));
}

#[tokio::test]
async fn only_the_cookie_that_was_set_counts() {
    let app = App::demonstration().await;
    for (cookie, elder) in [
        ("elder=1", true),
        ("a=b;elder=1", true),
        ("elder=", false),
        ("elder=0", false),
        ("notelder=1", false),
        ("elder=2", true),
        ("elder=3", true),
        ("elder=4", false),
        ("elder=11", false),
        ("Elder=1", false),
        ("elder", false),
        (";;;=;", false),
    ] {
        let page = app.get_with("/about", &[(header::COOKIE, cookie)]).await;
        assert_eq!(is_elder(&page), elder, "{cookie}");
    }
    let split = [(header::COOKIE, "a=b"), (header::COOKIE, "elder=1")];
    assert!(is_elder(&app.get_with("/about", &split).await), "HTTP/2 may split the header");
}

#[tokio::test]
async fn errors_keep_the_choice_too() {
    let app = App::demonstration().await;
    let headers = [COOKIE[0].clone(), (header::CONTENT_TYPE, "text/plain")];
    let answer = app.send(request(Method::POST, "/points", &headers, "")).await;
    answer.assert_error_page(405, "zh-CN");
    assert!(is_elder(&answer));
}

#[tokio::test]
async fn the_switch_on_every_page_switches_and_leads_back_there() {
    let app = App::demonstration().await;
    for path in ["/", "/en/points?q=%E7%A4%BE&open=now", "/points/1", "/divisions/510107", "/no-such-page"] {
        for (cookie, now, then) in [("", "1", "elder=1;"), ("elder=1", "0", "elder=;"), ("elder=3", "0", "elder=;")] {
            let page = app.get_with(path, &[(header::COOKIE, cookie)]).await.html();
            let form = "header form[method=post][action='/preferences']";
            let value = |name| attributes(&page, &format!("{form} input[name={name}]"), "value");
            assert_eq!((value("elder"), value("back")), (vec![now.to_owned()], vec![path.to_owned()]), "{path}");
            let answer = app.post("/preferences", &[("elder", now), ("back", path)]).await;
            assert_eq!((answer.code(), answer.header(header::LOCATION)), (303, path));
            let cookie = answer.header(header::SET_COOKIE);
            for part in [then, "Path=/", "SameSite=Lax", "HttpOnly", "Max-Age="] {
                assert!(cookie.contains(part), "{cookie}");
            }
            assert_eq!(cookie.contains("Max-Age=0"), now == "0", "{cookie}");
            assert!(!cookie.contains("Secure"), "a demonstration has no TLS: {cookie}");
        }
    }
}

#[tokio::test]
async fn the_settings_say_what_is_chosen() {
    let app = App::demonstration().await;
    for (cookie, chosen) in [("", "0"), ("elder=1", "1"), ("elder=2", "2"), ("elder=3", "3")] {
        let page = app.get_with("/settings", &[(header::COOKIE, cookie)]).await.html();
        assert_eq!(attributes(&page, "main input[name=elder][checked]", "value"), [chosen]);
    }
}

#[tokio::test]
async fn the_way_back_never_leaves_the_site() {
    let app = App::demonstration().await;
    for back in [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "points",
        "",
        "/a\r\nSet-Cookie: evil=1",
        "/../..//evil.example\\",
    ] {
        let answer = app.post("/preferences", &[("elder", "1"), ("back", back)]).await;
        assert_eq!((answer.code(), answer.header(header::LOCATION)), (303, "/"), "{back:?}");
        assert_eq!(answer.headers.get_all(header::SET_COOKIE).iter().count(), 1, "{back:?}");
    }
    for own in ["/", "/en", "/points?q=a%2F%2Fb&near=104.1,30.6", "/points/1#where"] {
        let answer = app.post("/preferences", &[("elder", "off"), ("back", own)]).await;
        assert_eq!(answer.header(header::LOCATION), own);
    }
}

#[tokio::test]
async fn the_form_works_without_a_way_back_and_with_fields_nobody_asked_for() {
    let app = App::demonstration().await;
    for body in ["elder=1", "elder=1&x=y", "elder=1&back=%FF%FE", "elder=1&elder=0"] {
        let headers = [(header::CONTENT_TYPE, FORM)];
        let answer = app.send(request(Method::POST, "/preferences", &headers, body)).await;
        assert!([303, 400, 422].contains(&answer.code()), "{body}: {}", answer.code());
        if answer.code() != 303 {
            answer.assert_error_page(answer.code(), "zh-CN");
        }
    }
}
