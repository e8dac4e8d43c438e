//! How fast a client may ask: a burst of ten seconds' worth, told apart by the address it cannot choose.

use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo};
use http::{HeaderName, Method, Request, header};

use crate::harness::{Answer, App, Browser, request};

const BURST: usize = 10;

fn from(peer: [u8; 4], forwarded: &str, path: &str) -> Request<Body> {
    let name = HeaderName::from_static("x-forwarded-for");
    let mut request = request(Method::GET, path, &[(name, forwarded)], "");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 4_000))));
    request
}

/// The burst is used up; what comes then is refused.
async fn used_up(app: &App, peer: [u8; 4], forwarded: impl Fn(usize) -> String) -> Answer {
    for i in 0..BURST {
        let answer = app.send(from(peer, &forwarded(i), "/about")).await;
        assert_eq!(answer.code(), 200, "request {i}");
    }
    app.send(from(peer, &forwarded(BURST), "/about")).await
}

#[tokio::test]
async fn who_asks_too_fast_gets_a_page_that_says_so() {
    let app = App::with(|config| config.rate_limit = 1).await;
    let peer = [10, 0, 0, 1];
    let answer = used_up(&app, peer, |_| String::new()).await;
    answer.assert_error_page(429, "zh-CN");
    let seconds: u32 = answer.header(header::RETRY_AFTER).parse().expect("how long to wait");
    assert!(seconds <= 60, "{seconds}");
    app.send(from(peer, "", "/en/points")).await.assert_error_page(429, "en");
    app.send(from(peer, "", "/api/points/1")).await.assert_problem(429);
    // Another client is not held up by the first, and files and health are not counted.
    assert_eq!(app.send(from([10, 0, 0, 2], "", "/about")).await.code(), 200);
    for path in ["/healthz", "/readyz", "/islands.js", "/pkg/sangeyi.css"] {
        assert_eq!(app.send(from(peer, "", path)).await.code(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_client_without_a_proxy_cannot_choose_its_address() {
    let app = App::with(|config| config.rate_limit = 1).await;
    let answer = used_up(&app, [10, 0, 0, 1], |i| format!("1.2.3.{i}")).await;
    assert_eq!(answer.code(), 429);
}

#[tokio::test]
async fn behind_a_proxy_the_client_is_whom_the_proxy_saw() {
    let app = App::with(|config| (config.rate_limit, config.trusted_proxies) = (1, 1)).await;
    let proxy = [10, 0, 0, 1];
    let answer = used_up(&app, proxy, |i| format!("9.9.9.{i}, 203.0.113.7")).await;
    assert_eq!(answer.code(), 429, "the left of the header is what the client claims");
    assert_eq!(app.send(from(proxy, "203.0.113.7, 203.0.113.8", "/about")).await.code(), 200, "another client");
    // An IPv6 network of one household is one client.
    let answer = used_up(&app, proxy, |i| format!("2001:db8:1:2::{i}")).await;
    assert_eq!(answer.code(), 429);
    assert_eq!(app.send(from(proxy, "2001:db8:1:3::1", "/about")).await.code(), 200);
}

#[tokio::test]
async fn without_a_limit_nobody_is_held_up() {
    let app = App::demonstration().await;
    for _ in 0..300 {
        assert_eq!(app.send(from([10, 0, 0, 1], "", "/about")).await.code(), 200);
    }
}

#[tokio::test]
async fn a_device_does_not_use_up_what_the_others_of_its_network_may_send() {
    let app = App::with(|config| config.report_limit = 1).await;
    let (page, form) = ("/policies/2/ask?at=a7", "/policies/2/ask");
    let asks = async |who: &Browser<'_>| who.submit(page, form, &[("words", "代办要不要带原件?")]).await.code();
    let (first, second) = (app.browser(), app.browser());
    assert_eq!([asks(&first).await, asks(&first).await, asks(&second).await], [200, 422, 200]);
    let again = first.submit(page, form, &[("words", "还要带什么?")]).await;
    assert!(again.text().contains("还要带什么?") && again.one(".p-errors").contains("太多"), "nothing typed is lost");

    let form = app.get(page).await;
    let cookie = form.header(header::SET_COOKIE);
    assert!(
        cookie.starts_with("device=") && cookie.contains("Max-Age=3600") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    let report = app.get("/points/1/report").await;
    assert_eq!((report.code(), report.header(header::CACHE_CONTROL)), (200, "no-store"));
    assert_ne!(report.header(header::SET_COOKIE), cookie, "another name for everybody");
    assert_eq!(app.get("/policies/2").await.headers.get(header::SET_COOKIE), None, "who only reads has none");
}
