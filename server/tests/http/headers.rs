//! Every answer carries the same policy; no page has script or style of its own in it.

use http::{Method, header};
use scraper::Selector;
use server::config::Mode;

use crate::harness::{Answer, App, FORM, request};

/// One of every kind of answer.
async fn answers(app: &App) -> Vec<(String, u16, Answer)> {
    let mut all = Vec::new();
    for (path, status) in [
        ("/", 200),
        ("/en/points", 200),
        ("/points/1", 200),
        ("/no-such-page", 404),
        ("/points/", 308),
        ("/api/points/1", 200),
        ("/api/points.csv?limit=1", 200),
        ("/api/points.geojson?near=x", 400),
        ("/api/nothing", 404),
        ("/api/openapi.json", 200),
        ("/islands.js", 200),
        ("/pkg/sangeyi.css?v=1", 200),
        ("/pkg/none.css", 404),
        ("/preferences", 405),
        ("/healthz", 200),
        ("/readyz", 200),
    ] {
        all.push((path.to_owned(), status, app.get(path).await));
    }
    all.push(("POST /points".into(), 405, app.call(Method::POST, "/points").await));
    all.push(("POST /preferences".into(), 303, app.post("/preferences", &[("elder", "on")]).await));
    let evil = [(header::CONTENT_TYPE, FORM), (header::ORIGIN, "https://evil.example")];
    all.push(("cross-site".into(), 403, app.send(request(Method::POST, "/preferences", &evil, "elder=on")).await));
    let large = request(Method::POST, "/preferences", &[(header::CONTENT_LENGTH, "200000")], "a".repeat(200_000));
    all.push(("too large".into(), 413, app.send(large).await));
    let etag = app.get("/about").await.header(header::ETAG).to_owned();
    all.push(("unchanged".into(), 304, app.get_with("/about", &[(header::IF_NONE_MATCH, &etag)]).await));
    all
}

#[tokio::test]
async fn every_answer_carries_the_policy_and_a_request_id() {
    let app = App::demonstration().await;
    let mut ids = std::collections::HashSet::new();
    for (what, status, answer) in answers(&app).await {
        assert_eq!(answer.code(), status, "{what}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{what}");
        }
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        let directives: Vec<_> = policy.split(';').map(str::trim).collect();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(directives.contains(&directive), "{what}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("nonce") && !policy.contains("http"), "{policy}");
        assert!(answer.header("permissions-policy").contains("camera=(self)"), "{what}");
        assert_eq!(answer.header(header::STRICT_TRANSPORT_SECURITY), "", "{what}: a demonstration has no TLS");
        assert_eq!(answer.header(header::SERVER), "", "{what}");
        assert!(ids.insert(answer.header("x-request-id").to_owned()), "{what}: an id that was there before");
    }
}

#[tokio::test]
async fn production_insists_on_tls() {
    let app = App::with(|config| config.mode = Mode::Production).await;
    for (what, _, answer) in answers(&app).await {
        assert!(answer.header(header::STRICT_TRANSPORT_SECURITY).starts_with("max-age="), "{what}");
    }
    let cookie = app.post("/preferences", &[("elder", "on")]).await;
    assert!(cookie.header(header::SET_COOKIE).contains("; Secure"));
}

#[tokio::test]
async fn the_map_service_is_let_in_only_with_a_key() {
    let app = App::with(|config| config.map_tianditu_key = "key".into()).await;
    let policy = app.get("/points").await.header(header::CONTENT_SECURITY_POLICY).to_owned();
    assert!(policy.contains("img-src 'self' data: https://*.tianditu.gov.cn"), "{policy}");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
}

#[tokio::test]
async fn no_page_has_script_or_style_in_it() {
    let app = App::demonstration().await;
    let all = Selector::parse("*").unwrap();
    let pages = ["/", "/points", "/points?q=x&open=now", "/points/1", "/divisions", "/divisions/510107", "/settings"];
    for path in pages.into_iter().chain(["/about", "/sitemap", "/no-such-page"]) {
        for (address, cookie) in [(path.to_owned(), "elder=1"), (format!("/en{}", path.trim_end_matches('/')), "")] {
            let page = app.get_with(&address, &[(header::COOKIE, cookie)]).await;
            for element in page.html().select(&all) {
                let what = element.html().chars().take(200).collect::<String>();
                let inline = element.text().any(|text| !text.trim().is_empty());
                match element.value().name() {
                    "script" if element.attr("type") == Some("application/ld+json") => (),
                    "script" => assert!(element.attr("src").is_some() && !inline, "{address}: {what}"),
                    "style" | "base" | "iframe" | "object" | "embed" => panic!("{address}: {what}"),
                    _ => (),
                }
                for (name, value) in element.value().attrs() {
                    assert!(!name.starts_with("on") && name != "style", "{address}: {name} on {what}");
                    assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{address}: {what}");
                }
            }
            let end = page.text().trim_end();
            assert!(end.ends_with("</html>"), "{address} ends in {}", &end[end.len().saturating_sub(80)..]);
        }
    }
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere() {
    let app = App::demonstration().await;
    for path in ["/", "/points", "/points/1", "/divisions/510107", "/about"] {
        let page = app.get(path).await.html();
        for (element, attribute) in
            [("script", "src"), ("img", "src"), ("link[rel=stylesheet]", "href"), ("link[rel=modulepreload]", "href")]
        {
            for address in crate::harness::attributes(&page, element, attribute) {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{path} loads {address}");
            }
        }
    }
}
