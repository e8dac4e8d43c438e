//! Errors are pages with a way on, in the language of the address, with the right status; for programs they are problems.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderName, Method, header};
use http_body_util::{BodyExt, Full};

use crate::harness::{App, FORM, HOST, request};

#[tokio::test]
async fn what_does_not_exist_is_404_in_the_language_of_the_address() {
    let app = App::demonstration().await;
    for path in [
        "/no-such-page",
        "/points/999999999",
        "/points/0",
        "/points/-1",
        "/points/1.5",
        "/points/abc",
        "/points/%00",
        "/points/1%00",
        "/points/%FF%FE",
        "/points/99999999999999999999999",
        "/points/1/more",
        "/points/%2e%2e%2f1",
        "/divisions/999999",
        "/divisions/%00",
        "/divisions/%FF",
        "/divisions/%3Cscript%3E",
        "/divisions/成都",
        "/%FF",
        "/%00",
        "/english",
        "/index.php",
        "/.git/config",
        "/pkg/none.js",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/%2e%2e/islands.js",
    ] {
        let path = path.replace("成都", "%E6%88%90%E9%83%BD");
        app.get(&path).await.assert_error_page(404, "zh-CN");
        app.get(&format!("/en{path}")).await.assert_error_page(404, "en");
    }
}

#[tokio::test]
async fn inside_the_api_errors_are_problems() {
    let app = App::demonstration().await;
    for path in ["/api/nothing", "/api/points/0", "/api/points/abc", "/api/points/1/more", "/api/points/-1", "/api/a/b"]
    {
        app.get(path).await.assert_problem(404);
    }
    let answer = app.get("/api/points/%FF").await;
    answer.assert_problem(answer.code());
    assert!(answer.status.is_client_error());
}

#[tokio::test]
async fn a_method_a_page_does_not_take_is_405_with_those_it_does() {
    let app = App::demonstration().await;
    for (method, path, lang) in [
        (Method::POST, "/points", "zh-CN"),
        (Method::POST, "/en/points/1", "en"),
        (Method::PUT, "/", "zh-CN"),
        (Method::DELETE, "/en", "en"),
        (Method::PATCH, "/no-such-page", "zh-CN"),
        (Method::TRACE, "/", "zh-CN"),
    ] {
        let answer = app.call(method.clone(), path).await;
        answer.assert_error_page(405, lang);
        let allowed = answer.list(header::ALLOW);
        assert!(allowed.contains("get") && allowed.contains("head"), "{method} {path}: {allowed:?}");
    }
    let answer = app.get("/preferences").await;
    answer.assert_error_page(405, "zh-CN");
    assert!(answer.list(header::ALLOW).contains("post"));
    for path in ["/api/points.geojson", "/api/points/1", "/api/openapi.json", "/api/nothing"] {
        let answer = app.call(Method::POST, path).await;
        answer.assert_problem(405);
        assert!(answer.list(header::ALLOW).contains("get"), "{path}");
    }
    for path in ["/pkg/sangeyi.css", "/islands.js", "/healthz"] {
        let answer = app.call(Method::POST, path).await;
        answer.assert_error_page(405, "zh-CN");
        assert!(answer.list(header::ALLOW).contains("get"), "{path}");
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_413_whether_it_says_so_or_not() {
    let app = App::demonstration().await;
    let form = format!("elder=on&back={}", "a".repeat(200_000));
    let length = form.len().to_string();
    let kind = (header::CONTENT_TYPE, FORM);
    for (path, lang) in [("/preferences", "zh-CN"), ("/en/preferences", "en")] {
        let told = [kind.clone(), (header::CONTENT_LENGTH, length.as_str())];
        let answer = app.send(request(Method::POST, path, &told, form.clone())).await;
        answer.assert_error_page(413, lang);
        assert_eq!(answer.header(header::SET_COOKIE), "");

        // A body of which nobody knows the length.
        let stream = Body::new(Full::new(Bytes::from(form.clone())).map_frame(|frame| frame));
        let answer = app.send(request(Method::POST, path, std::slice::from_ref(&kind), stream)).await;
        answer.assert_error_page(413, lang);
        assert_eq!(answer.header(header::SET_COOKIE), "");
    }
    // A page has no use for a body and does not wait for it, but does not swallow a large one either.
    let told = [(header::CONTENT_LENGTH, length.as_str())];
    let answer = app.send(request(Method::GET, "/points", &told, form)).await;
    assert!([200, 413].contains(&answer.code()), "{}", answer.code());
}

#[tokio::test]
async fn a_form_that_makes_no_sense_is_refused_with_a_page() {
    let app = App::demonstration().await;
    for (kind, body, status) in [
        (FORM, "", 422),
        (FORM, "back=/points", 422),
        ("text/plain", "elder=on", 415),
        ("application/json", "{\"elder\":\"on\"}", 415),
    ] {
        let headers = [(header::CONTENT_TYPE, kind)];
        let answer = app.send(request(Method::POST, "/preferences", &headers, body)).await;
        answer.assert_error_page(status, "zh-CN");
        assert_eq!(answer.header(header::SET_COOKIE), "", "{kind} {body}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_403() {
    let app = App::demonstration().await;
    let site = || HeaderName::from_static("sec-fetch-site");
    let own = format!("http://{HOST}");
    let foreign = [
        vec![(site(), "cross-site")],
        vec![(site(), "same-site")],
        vec![(site(), "cross-site"), (header::ORIGIN, "https://evil.example")],
        vec![(header::ORIGIN, "https://evil.example")],
        vec![(header::ORIGIN, "null")],
    ];
    for headers in foreign {
        let headers = [vec![(header::CONTENT_TYPE, FORM)], headers].concat();
        let answer = app.send(request(Method::POST, "/preferences", &headers, "elder=on")).await;
        answer.assert_error_page(403, "zh-CN");
        assert_eq!(answer.header(header::SET_COOKIE), "", "{headers:?}");
    }
    for headers in [vec![(site(), "same-origin")], vec![(site(), "none")], vec![(header::ORIGIN, own.as_str())], vec![]]
    {
        let headers = [vec![(header::CONTENT_TYPE, FORM)], headers].concat();
        let answer = app.send(request(Method::POST, "/preferences", &headers, "elder=on")).await;
        assert_eq!(answer.code(), 303, "{headers:?}");
    }
}
