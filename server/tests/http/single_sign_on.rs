//! Single sign-on: who a provider vouches for comes in with the roles of the settings, and nobody else by any answer it gives.

use std::collections::BTreeMap;

use domain::identity::Role;
use http::header;
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};

use crate::harness::{Answer, App, Browser, FIRST, Provider, Told, attributes, texts};

const CALLBACK: &str = "/sign-in/oidc/callback";

async fn portal() -> (Provider, App) {
    let provider = Provider::start().await;
    let app = App::with(|config| config.oidc = provider.settings()).await;
    (provider, app)
}

/// Leaves for the provider; what it is asked.
async fn leave(browser: &Browser<'_>, path: &str) -> BTreeMap<String, String> {
    let answer = browser.get(path).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
    let (_, query) = answer.header(header::LOCATION).split_once("/authorize?").expect("the way to the provider");
    serde_urlencoded::from_str(query).expect("a query")
}

/// Goes to the provider and comes back with what it is told to say.
async fn come_back(browser: &Browser<'_>, provider: &Provider, told: Told) -> Answer {
    let way = leave(browser, "/sign-in/oidc").await;
    let mut claims = json!({ "nonce": way["nonce"], "name": "示例甲" });
    claims.as_object_mut().expect("an object").extend(told.claims.as_object().cloned().unwrap_or_default());
    provider.tell(Told { claims, ..told });
    browser.get(&format!("{CALLBACK}?code=c&state={}", way["state"])).await
}

fn with(claims: Value) -> Told {
    Told { claims, ..Told::default() }
}

async fn audit(app: &App) -> String {
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    texts(&auditor.get("/desk/audit?action=identity").await.html(), ".p-table tbody tr").join("\n")
}

#[tokio::test]
async fn an_editor_of_the_provider_comes_to_the_desk_with_that_role() {
    let (provider, app) = portal().await;
    let browser = app.browser();
    let page = browser.get("/sign-in?back=/desk/points").await;
    assert_eq!(attributes(&page.html(), "main a.p-button", "href"), ["/sign-in/oidc?back=%2Fdesk%2Fpoints"]);
    let way = leave(&browser, "/en/sign-in/oidc?back=%2Fdesk%2Fpoints").await;
    assert_eq!((way["response_type"].as_str(), way["client_id"].as_str()), ("code", "sangeyi"));
    assert_eq!((way["scope"].as_str(), way["code_challenge_method"].as_str()), ("openid profile", "S256"));
    assert_eq!(way["redirect_uri"], format!("http://127.0.0.1:3000{CALLBACK}"));
    provider.tell(with(
        json!({ "nonce": way["nonce"], "name": "示例<b>", "preferred_username": "li.na", "groups": ["editors"] }),
    ));
    let answer = browser.get(&format!("{CALLBACK}?code=c&state={}&iss={}", way["state"], provider.issuer)).await;
    assert_eq!(answer.header(header::LOCATION), "/en/desk/points", "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("sid=") && cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let challenge =
        PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(provider.asked("code_verifier")));
    assert_eq!(way["code_challenge"], challenge.as_str());

    assert_eq!(browser.get("/desk/points").await.code(), 200);
    let own = browser.get("/desk/account").await;
    assert!(
        own.text().contains("信息员 · 武侯区") && own.text().contains("示例&lt;b&gt;") && own.text().contains("li.na")
    );
    let ways = attributes(&own.html(), "main a.p-button", "href");
    assert!(!ways.iter().any(|way| way.contains("password") || way.contains("second")), "{ways:?}");
    for page in ["/desk/account/password", "/desk/account/second-factor"] {
        let shown = browser.get(page).await;
        assert!(shown.text().contains("由统一认证管理"), "{page}");
        assert!(texts(&shown.html(), "main form").is_empty(), "{page}");
    }
    let fields =
        [("current", ""), ("new", "quite another one 2")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(browser.post("/desk/account/password", &fields).await.code(), 403);
    let lines = audit(&app).await;
    assert!(
        lines.contains("identity.open-account") && lines.contains("single sign-on") && lines.contains("4711"),
        "{lines}"
    );
}

#[tokio::test]
async fn roles_may_come_from_userinfo_and_change_with_every_sign_in() {
    let (provider, app) = portal().await;
    let told = |groups: &[&str]| Told {
        claims: json!({}),
        user_info: json!({ "sub": "4711", "name": "示例乙", "groups": groups }),
        ..Told::default()
    };
    let first = app.browser();
    assert_eq!(come_back(&first, &provider, told(&["editors"])).await.header(header::LOCATION), "/desk");
    let second = app.browser();
    come_back(&second, &provider, told(&["reviewers"])).await;
    for browser in [&first, &second] {
        assert!(browser.get("/desk/account").await.text().contains("审核员 · 锦江区"), "the grants hold at once");
    }
    let other = Told { user_info: json!({ "sub": "666", "groups": ["editors"] }), ..Told::default() };
    assert_eq!(come_back(&app.browser(), &provider, other).await.code(), 503, "userinfo about somebody else");
    assert_eq!(come_back(&app.browser(), &provider, told(&["visitors"])).await.code(), 403);
    assert_eq!(second.get("/desk").await.code(), 303, "who has lost their role does not go on");
    let lines = audit(&app).await;
    assert!(lines.contains("identity.set-grants") && lines.contains("no-role"), "{lines}");
}

#[tokio::test]
async fn an_answer_that_is_not_proven_is_not_believed() {
    let (provider, app) = portal().await;
    let good = json!({ "groups": ["editors"] });
    let but = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        with(claims)
    };
    for (what, told) in [
        ("nonce", but("nonce", json!("another"))),
        ("audience", but("aud", json!("somebody-else"))),
        ("issuer", but("iss", json!("https://evil.example"))),
        ("expiry", but("exp", json!(1_000_000))),
        ("no nonce", but("nonce", Value::Null)),
        ("access token", but("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"))),
        ("key", Told { signs_with: 9, ..with(good.clone()) }),
        ("alg none", Told { header: Some(json!({ "alg": "none" })), ..with(good.clone()) }),
        ("alg HS256", Told { header: Some(json!({ "alg": "HS256" })), ..with(good.clone()) }),
    ] {
        let browser = app.browser();
        let answer = come_back(&browser, &provider, told).await;
        assert!([400, 503].contains(&answer.code()), "{what}: {}", answer.code());
        assert!(answer.header(header::SET_COOKIE).is_empty() && browser.cookie("sid").is_none(), "{what}");
        assert!(answer.one("main [role=alert]").contains("统一认证"), "{what}");
        assert!(attributes(&answer.html(), "main a", "href").contains(&"/sign-in".to_owned()), "{what}");
    }
    // The same, unspoilt, is believed; also with a new key, which the provider publishes first.
    let new = Told { signs_with: 5, publishes: 5, ..with(good) };
    assert_eq!(come_back(&app.browser(), &provider, new).await.code(), 303);
    assert!(audit(&app).await.contains("unproven"));
}

#[tokio::test]
async fn who_cannot_come_in_reads_why_and_finds_a_way_back() {
    let (provider, app) = portal().await;
    for (groups, code, words) in [
        (json!([]), 403, "没有角色"),
        (json!(["Editors"]), 403, "没有角色"),
        (json!(["editors", "admins"]), 403, "三员分立"),
        (json!(["nowhere"]), 403, "这里没有"),
    ] {
        let browser = app.browser();
        let answer = come_back(&browser, &provider, with(json!({ "groups": groups }))).await;
        assert_eq!((answer.code(), answer.one("main [role=alert]").contains(words)), (code, true), "{words}");
        assert_eq!(browser.get("/desk").await.code(), 303);
    }
    let failing = Told { fails: true, ..Told::default() };
    assert_eq!(come_back(&app.browser(), &provider, failing).await.code(), 503);

    for (query, code, words) in [
        ("error=access_denied", 403, "was cancelled or not allowed"),
        ("error=server_error", 503, "does not answer"),
        ("", 403, "was cancelled or not allowed"),
        ("code=c&iss=https%3A%2F%2Fevil.example", 400, "failed a check"),
    ] {
        let browser = app.browser();
        let way = leave(&browser, "/en/sign-in/oidc").await;
        let back = format!("{CALLBACK}?{query}&state={}", way["state"]);
        let answer = browser.get(&back).await;
        assert_eq!(answer.code(), code, "{query}");
        assert!(answer.one("main [role=alert]").contains(words), "{query}: {}", answer.text());
        assert!(attributes(&answer.html(), "main a", "href").contains(&"/en/sign-in".to_owned()));
        let again = browser.get(&back).await;
        assert_eq!(again.code(), 400, "a second time: {query}");
        assert!(again.one("main [role=alert]").contains("was used already"), "{query}");
    }
}

#[tokio::test]
async fn an_answer_is_taken_once_and_only_in_the_browser_that_asked() {
    let (provider, app) = portal().await;
    let browser = app.browser();
    let way = leave(&browser, "/sign-in/oidc").await;
    provider.tell(with(json!({ "nonce": way["nonce"], "name": "示例", "groups": ["editors"] })));
    let back = format!("{CALLBACK}?code=c&state={}", way["state"]);
    let elsewhere = app.browser();
    assert_eq!(elsewhere.get(&back).await.code(), 400, "no cookie");
    leave(&elsewhere, "/sign-in/oidc").await;
    assert_eq!(elsewhere.get(&back).await.code(), 400, "another's cookie");
    // A second tab does not spoil the first.
    leave(&browser, "/sign-in/oidc").await;
    assert_eq!(browser.get(&back).await.code(), 303);
    assert_eq!(browser.get(&back).await.code(), 400, "a second time");
    for bad in ["", "?state=x", "?code=c", "?code=c&state=AAAA", "?%00", "?state=%ff"] {
        assert_eq!(app.browser().get(&format!("{CALLBACK}{bad}")).await.code(), 400, "{bad}");
    }
}

#[tokio::test]
async fn an_account_of_this_portal_with_the_same_name_stays_its_owners() {
    let (provider, app) = portal().await;
    app.open_account("li.na", Role::Reviewer, "510104").await;
    let browser = app.browser();
    let told = || with(json!({ "preferred_username": "Li.Na@example.gov.cn", "groups": ["editors"] }));
    come_back(&browser, &provider, told()).await;
    let own = browser.get("/desk/account").await;
    assert!(own.text().contains("li.na-2") && !own.text().contains("审核员"));
    come_back(&app.browser(), &provider, told()).await;
    let answer = app.browser().submit("/sign-in", "/sign-in", &[("name", "li.na-2"), ("password", FIRST)]).await;
    assert_eq!(answer.code(), 422, "there is no password");
    let answer = app.browser().submit("/sign-in", "/sign-in", &[("name", "li.na"), ("password", FIRST)]).await;
    assert_eq!(answer.code(), 303);
}

#[tokio::test]
async fn an_administrator_needs_a_second_factor_here_or_a_trusted_one_there() {
    let (provider, app) = portal().await;
    let told = |sub: &str, amr: &[&str]| with(json!({ "sub": sub, "amr": amr, "groups": ["admins"] }));
    let plain = app.browser();
    come_back(&plain, &provider, told("a", &["pwd"])).await;
    assert_eq!(plain.get("/desk").await.header(header::LOCATION), "/desk/account/second-factor");
    assert_eq!(texts(&plain.get("/desk/account/second-factor").await.html(), ".p-qr").len(), 1);
    let trusted = app.browser();
    come_back(&trusted, &provider, told("b", &["pwd", "mfa"])).await;
    let list = trusted.get("/desk/accounts").await;
    assert_eq!(list.code(), 200);
    assert!(texts(&list.html(), ".p-table tbody tr").iter().any(|row| row.contains("由统一认证登录")));

    come_back(
        &app.browser(),
        &provider,
        with(json!({ "sub": "c", "preferred_username": "chen", "groups": ["editors"] })),
    )
    .await;
    let list = trusted.get("/desk/accounts").await.html();
    let row = texts(&list, ".p-table tbody th").iter().position(|name| name == "chen").expect("an account");
    let path = attributes(&list, ".p-table tbody th a", "href").remove(row);
    let page = trusted.get(&path).await;
    let actions = attributes(&page.html(), "main form", "action");
    assert_eq!(actions, [format!("{path}/end")], "neither roles nor a password are given here");
    assert!(page.text().contains("这个账号来自统一认证"));
    let revision = [("revision".to_owned(), "1".to_owned())];
    assert_eq!(trusted.post(&format!("{path}/reset"), &revision).await.code(), 422);
    assert_eq!(trusted.submit_shown(&page, &format!("{path}/end"), &[]).await.code(), 303);
    let ended = app.browser();
    let answer = come_back(&ended, &provider, with(json!({ "sub": "c", "groups": ["editors"] }))).await;
    assert_eq!((answer.code(), answer.one("main [role=alert]").contains("已经停用")), (403, true));
    assert_eq!(ended.get("/desk").await.code(), 303, "an ended account stays ended");
}

#[tokio::test]
async fn without_settings_there_is_no_way_and_without_a_provider_a_sentence() {
    let app = App::demonstration().await;
    assert!(!app.get("/sign-in").await.text().contains("oidc"));
    for path in ["/sign-in/oidc", CALLBACK] {
        app.get(path).await.assert_error_page(404, "zh-CN");
    }
    let provider = Provider::start().await;
    let down = App::with(|config| {
        config.oidc = provider.settings();
        // Nobody listens there.
        config.oidc.issuer = "http://127.0.0.1:1".into();
    });
    let down = down.await;
    let answer = down.get("/en/sign-in/oidc?back=/desk/points").await;
    assert_eq!((answer.code(), answer.header(header::CACHE_CONTROL)), (503, "no-store"));
    assert!(answer.one("main [role=alert]").contains("does not answer"));
    let ways = attributes(&answer.html(), "main a", "href");
    assert_eq!(ways, ["/en/sign-in/oidc?back=%2Fdesk%2Fpoints", "/en/sign-in"]);
    assert_eq!(down.get("/sign-in").await.code(), 200);
}

#[tokio::test]
async fn in_production_the_cookie_of_the_way_belongs_to_this_host_over_tls() {
    let provider = Provider::start().await;
    let app = App::with(|config| {
        config.oidc = provider.settings();
        config.mode = server::config::Mode::Production;
    });
    let app = app.await;
    let answer = app.get("/sign-in/oidc").await;
    let cookie = answer.header(header::SET_COOKIE);
    for part in ["__Host-oidc=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Max-Age=600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}
