//! The portal as an app: its manifest, its worker, and the list of what a telephone keeps of a manual.

use http::header;
use serde_json::Value;

use crate::harness::App;

async fn json(app: &App, path: &str) -> Value {
    let answer = app.get(path).await;
    assert_eq!((answer.code(), answer.header(header::CACHE_CONTROL)), (200, "no-cache"), "{path}");
    serde_json::from_str(answer.text()).expect("JSON")
}

fn pages(list: &Value) -> Vec<String> {
    list["pages"].as_array().expect("pages").iter().map(|it| it.as_str().expect("an address").to_owned()).collect()
}

#[tokio::test]
async fn the_manifest_speaks_the_language_of_its_address_and_its_icons_are_there() {
    let app = App::demonstration().await;
    for (path, start, lang) in
        [("/manifest.webmanifest", "/?app", "zh-CN"), ("/en/manifest.webmanifest", "/en?app", "en")]
    {
        assert!(app.get(path).await.header(header::CONTENT_TYPE).starts_with("application/manifest+json"));
        let manifest = json(&app, path).await;
        assert_eq!((manifest["start_url"].as_str(), manifest["lang"].as_str()), (Some(start), Some(lang)));
        assert_eq!((manifest["scope"].as_str(), manifest["display"].as_str()), (Some("/"), Some("standalone")));
        assert_eq!(app.get(start).await.code(), 200);
        for icon in manifest["icons"].as_array().expect("icons") {
            let answer = app.get(icon["src"].as_str().expect("an address")).await;
            assert_eq!((answer.code(), answer.header(header::CONTENT_TYPE)), (200, "image/png"));
        }
    }
    assert!(app.get("/").await.text().contains("rel=\"manifest\" href=\"/manifest.webmanifest\""));
    assert!(app.get("/en").await.text().contains("rel=\"manifest\" href=\"/en/manifest.webmanifest\""));
}

#[tokio::test]
async fn the_worker_is_asked_for_anew_every_time() {
    let app = App::demonstration().await;
    let worker = app.get("/sw.js").await;
    assert_eq!((worker.code(), worker.header(header::CACHE_CONTROL)), (200, "no-cache"));
    assert!(worker.header(header::CONTENT_TYPE).starts_with("text/javascript"));
}

#[tokio::test]
async fn a_telephone_keeps_every_page_of_a_division_and_each_of_them_is_there() {
    let app = App::demonstration().await;
    let list = json(&app, "/manual/510107/offline.json").await;
    let pages_zh = pages(&list);
    for path in ["/manual/510107", "/manual/510107/points", "/manual/510107/offices"] {
        assert!(pages_zh.iter().any(|it| it == path), "{path}: {pages_zh:?}");
    }
    let front = app.get("/manual/510107").await;
    for href in crate::harness::attributes(&front.html(), ".p-manual__contents a", "href") {
        assert!(pages_zh.contains(&href), "{href}");
    }
    assert!(list["stamp"].as_str().is_some_and(|it| front.text().contains(it)));
    let english = json(&app, "/en/manual/510107/offline.json").await;
    assert!(pages(&english).iter().all(|it| it.starts_with("/en/manual/")));
    assert_eq!(pages(&english).len(), pages_zh.len());
    for path in &pages_zh {
        let page = app.get(path).await;
        assert_eq!(page.code(), 200, "{path}");
        assert!(page.text().contains("data-kept-bar"), "{path} says where it comes from");
    }
    for path in ["/manual/999999/offline.json", "/manual/x/offline.json"] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_large_print_of_a_manual_is_kept_as_another_one() {
    let app = App::demonstration().await;
    let path = "/manual/510107/offline.json";
    let elder = app.get_with(path, &[(header::COOKIE, "elder=2")]).await;
    let elder: Value = serde_json::from_str(elder.text()).expect("JSON");
    assert_ne!(elder["version"], json(&app, path).await["version"]);
}
