//! Staff: who is not signed in sees nothing, every step of signing in leads to the next, a refused form keeps what was typed.

use domain::identity::Role;
use http::header;
use totp_rs::{Builder, Secret};

use crate::harness::{App, FIRST, OWN, attributes, texts};

/// Pages of staff, which anybody may try.
const PAGES: [&str; 7] = [
    "/desk",
    "/desk/account",
    "/desk/account/password",
    "/desk/account/second-factor",
    "/desk/accounts",
    "/desk/audit",
    "/desk/no-such-page",
];

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let app = App::demonstration().await;
    for path in PAGES {
        let answer = app.get(path).await;
        assert_eq!(answer.code(), 303, "{path}");
        assert!(answer.header(header::LOCATION).starts_with("/sign-in"), "{path}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        let english = app.get(&format!("/en{path}")).await;
        assert!(english.header(header::LOCATION).starts_with("/en/sign-in"), "{path}");
        assert_eq!(app.get_with(path, &[(header::COOKIE, "sid=nonsense")]).await.code(), 303, "{path}");
    }
    assert_eq!(app.post("/desk/accounts/new", &[("name", "x")]).await.code(), 303);
    assert_eq!(app.get("/desk/audit.csv").await.code(), 403);
    app.open_account("li.na", Role::Editor, "510107").await;
    let browser = app.browser();
    let page = browser.get("/sign-in?back=/desk/account").await;
    let answer = browser.submit_shown(&page, "/sign-in", &[("name", "li.na"), ("password", FIRST)]).await;
    assert_eq!(answer.header(header::LOCATION), "/desk/account");
    let answer = browser.get("/desk/account").await;
    assert_eq!(answer.header(header::LOCATION), "/desk/account/password", "the first password comes first");
}

#[tokio::test]
async fn a_wrong_password_keeps_the_name_and_says_nothing_about_what_exists() {
    let app = App::demonstration().await;
    app.open_account("li.na", Role::Editor, "510107").await;
    let mut said = Vec::new();
    for name in ["li.na", "nobody", "<script>\"'&"] {
        let answer = app.browser().submit("/sign-in", "/sign-in", &[("name", name), ("password", "wrong wrong")]).await;
        assert_eq!(answer.code(), 422, "{name}");
        let page = answer.html();
        assert_eq!(attributes(&page, "main input[name=name]", "value"), [name]);
        assert_eq!(attributes(&page, "main input[name=password]", "value"), [""]);
        assert!(!answer.text().contains("wrong wrong") && answer.header(header::SET_COOKIE).is_empty());
        said.push(texts(&page, ".p-errors li"));
    }
    assert!(said.iter().all(|words| *words == said[0] && words.len() == 1), "{said:?}");
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_and_changes_with_every_step() {
    let app = App::demonstration().await;
    app.open_account("li.na", Role::Editor, "510107").await;
    let browser = app.browser();
    let answer = browser.submit("/sign-in", "/sign-in", &[("name", "li.na"), ("password", FIRST)]).await;
    let cookie = answer.header(header::SET_COOKIE);
    for part in ["sid=", "; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let first = browser.cookie("sid").unwrap();
    let path = "/desk/account/password";
    browser.submit(path, path, &[("current", FIRST), ("new", OWN)]).await;
    let second = browser.cookie("sid").unwrap();
    assert_ne!(first, second);
    assert_eq!(app.get_with("/desk", &[(header::COOKIE, &format!("sid={first}"))]).await.code(), 303);
    assert_eq!(browser.get("/desk").await.code(), 200);
    assert_eq!(browser.get("/sign-in").await.header(header::LOCATION), "/desk");
    let answer = browser.submit("/desk", "/sign-out", &[]).await;
    assert!(answer.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(app.get_with("/desk", &[(header::COOKIE, &format!("sid={second}"))]).await.code(), 303);
}

#[tokio::test]
async fn in_production_the_cookie_belongs_to_this_host_over_tls() {
    let app = App::with(|config| config.mode = server::config::Mode::Production).await;
    app.open_account("li.na", Role::Editor, "510107").await;
    let answer = app.browser().submit("/sign-in", "/sign-in", &[("name", "li.na"), ("password", FIRST)]).await;
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Host-sid=") && cookie.contains("; Secure") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let app = App::demonstration().await;
    let headers = [(header::CONTENT_TYPE, crate::harness::FORM), (header::ORIGIN, "https://evil.example")];
    let request = crate::harness::request(http::Method::POST, "/sign-in", &headers, "name=a&password=b");
    assert_eq!(app.send(request).await.code(), 403);
}

#[tokio::test]
async fn roles_see_their_own_pages_and_403_elsewhere() {
    let app = App::demonstration().await;
    for (name, role, accounts, audit) in [
        ("editor", Role::Editor, 403, 403),
        ("reviewer", Role::Reviewer, 403, 403),
        ("auditor", Role::Auditor, 403, 200),
    ] {
        let browser = app.staff(name, role, "510107").await;
        for (path, code) in [
            ("/desk", 200),
            ("/desk/account", 200),
            ("/desk/accounts", accounts),
            ("/desk/accounts/new", accounts),
            ("/desk/accounts/1", accounts),
            ("/desk/accounts/999", accounts),
            ("/desk/audit", audit),
            ("/desk/audit.csv", audit),
            ("/desk/no-such-page", 404),
        ] {
            let answer = browser.get(path).await;
            assert_eq!(answer.code(), code, "{name} {path}");
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
        let fields = [("name", "x"), ("role", "editor"), ("division", "510107"), ("office", ""), ("person", "某")];
        let fields: Vec<_> = fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        assert_eq!(browser.post("/desk/accounts/new", &fields).await.code(), 403, "{name}");
        assert_eq!(browser.post("/desk/accounts/1/end", &fields).await.code(), 403, "{name}");
        assert_eq!(browser.post("/desk/accounts/999/end", &fields).await.code(), 403, "{name}");
    }
}

#[tokio::test]
async fn an_administrator_sets_up_a_second_factor_and_opens_an_account() {
    let app = App::demonstration().await;
    let browser = app.staff("admin", Role::Administrator, "510100").await;
    let path = "/desk/account/second-factor";
    for page in ["/desk", "/desk/accounts"] {
        assert_eq!(browser.get(page).await.header(header::LOCATION), path, "not before the second factor");
    }
    let page = browser.get(path).await;
    assert_eq!(page.code(), 200);
    assert_eq!(texts(&page.html(), ".p-qr").len(), 1);
    let secret = Secret::try_from_base32(page.one(".p-key").replace(' ', "")).expect("base32");
    let telephone = Builder::new().with_secret(secret).with_account_name("admin").build().expect("a telephone");
    let wrong = browser.submit_shown(&page, path, &[("code", "000000")]).await;
    assert_eq!(wrong.code(), 422);
    let codes = browser.submit_shown(&page, path, &[("code", &telephone.generate_current().to_string())]).await;
    assert_eq!((codes.code(), texts(&codes.html(), ".p-codes li").len()), (200, 8));
    assert_eq!(browser.get("/desk").await.code(), 200);

    let form = "/desk/accounts/new";
    let typed =
        [("name", "Wang Wei"), ("person", "示例<b>"), ("role", "editor"), ("division", "510107"), ("office", "")];
    let refused = browser.submit(form, form, &typed).await;
    assert_eq!(refused.code(), 422);
    let page = refused.html();
    assert_eq!(attributes(&page, "main input[name=name]", "value"), ["Wang Wei"]);
    assert_eq!(attributes(&page, "main input[name=person]", "value"), ["示例<b>"]);
    assert_eq!(attributes(&page, "select[name=role] option[selected]", "value")[0], "editor");
    assert_eq!(attributes(&page, "select[name=division] option[selected]", "value")[0], "510107");
    assert_eq!(attributes(&page, ".p-errors a", "href"), ["#name"]);
    let opened = browser.submit_shown(&refused, form, &[("name", "wang.wei")]).await;
    assert_eq!(opened.code(), 200, "{}", opened.text());
    let keys = texts(&opened.html(), ".p-key");
    assert_eq!(keys[0], "wang.wei");
    let newcomer = app.browser();
    let answer = newcomer.submit("/sign-in", "/sign-in", &[("name", "wang.wei"), ("password", &keys[1])]).await;
    assert_eq!(answer.code(), 303);

    let recovery = texts(&codes.html(), ".p-codes li").remove(0);
    let elsewhere = app.browser();
    elsewhere.submit("/sign-in", "/sign-in", &[("name", "admin"), ("password", OWN)]).await;
    assert_eq!(elsewhere.get("/desk").await.header(header::LOCATION), "/sign-in/code");
    assert_eq!(elsewhere.submit("/sign-in/code", "/sign-in/code", &[("code", "123456")]).await.code(), 422);
    let passed = elsewhere.submit("/sign-in/code", "/sign-in/code", &[("code", &recovery)]).await;
    assert_eq!(passed.header(header::LOCATION), "/desk", "{}", passed.text());
    let list = elsewhere.get("/desk/accounts").await;
    let rows = texts(&list.html(), ".p-table tbody tr");
    assert!(rows.iter().any(|row| row.contains("wang.wei") && row.contains("示例<b>")), "{rows:?}");
}

#[tokio::test]
async fn the_audit_log_has_who_what_and_from_where() {
    let app = App::demonstration().await;
    app.browser().submit("/sign-in", "/sign-in", &[("name", "nobody"), ("password", "wrong wrong")]).await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let log = auditor.get("/desk/audit").await;
    let rows = texts(&log.html(), ".p-table tbody tr");
    assert!(rows.iter().any(|row| row.contains("identity.sign-in") && row.contains("拒绝") && row.contains("nobody")));
    assert!(rows.iter().any(|row| row.contains("identity.open-account") && row.contains("console")));
    assert!(rows.iter().all(|row| !row.contains(FIRST) && !row.contains(OWN)));
    let mine = auditor.get("/desk/audit?actor=auditor&action=identity").await;
    let rows = texts(&mine.html(), ".p-table tbody tr");
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("staff:auditor") && row.contains("127.0.0.1")));
    for bad in ["?from=yesterday", "?page=0", "?page=-1", "?actor=%00", "?to=9999-12-31&from=0000-01-01"] {
        assert_eq!(auditor.get(&format!("/desk/audit{bad}")).await.code(), 200, "{bad}");
    }
    let table = auditor.get("/desk/audit.csv?action=points").await;
    assert!(table.text().starts_with("\u{feff}at,actor,action") && table.text().contains("points.import"));
}

#[tokio::test]
async fn tables_are_for_who_is_signed_in_with_everything_it_takes() {
    let app = App::demonstration().await;
    app.open_account("auditor", Role::Auditor, "510100").await;
    let browser = app.browser();
    let answer = browser.submit("/sign-in", "/sign-in", &[("name", "auditor"), ("password", FIRST)]).await;
    assert_eq!(answer.code(), 303);
    for path in ["/desk/audit.csv", "/desk/points/export.csv", "/desk/points/import/1/bad.csv"] {
        assert_eq!(browser.get(path).await.code(), 403, "{path} with a first password");
        assert_eq!(app.get(path).await.code(), 403, "{path} without a session");
    }
}
