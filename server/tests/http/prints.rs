//! What is printed: asked for by staff, made once, fetched whole or in parts, and said in words when it cannot be made.

use domain::{codes::Thing, identity::Role};
use http::header;
use store::prints;
use time::{Duration, OffsetDateTime};

use crate::harness::{Answer, App, Browser, attributes, texts};

const DESK: &str = "/desk/prints";

async fn asks(browser: &Browser<'_>, division: &str, things: &str) -> Answer {
    let fields =
        [("division", division), ("things", things), ("sheet", "a6")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    browser.post(DESK, &fields).await
}

#[tokio::test]
async fn posters_of_a_district_are_printed_in_the_background_and_fetched_in_parts() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let asked = asks(&editor, "510107", "divisions").await;
    assert_eq!(asked.code(), 303, "{}", asked.text());
    let page = asked.header(header::LOCATION).to_owned();
    let waits = app.get(&page).await;
    assert!(waits.text().contains("排队中") && waits.header(header::REFRESH) == "3", "{}", waits.text());
    assert_eq!(app.get_with(&format!("{page}/file.pdf"), &[]).await.code(), 404);
    let again = asks(&editor, "510107", "divisions").await;
    assert_eq!(again.header(header::LOCATION), page, "it is one print");

    assert!(app.print().await);
    let done = app.get(&page).await;
    assert!(done.text().contains("做好了") && done.header(header::REFRESH).is_empty(), "{}", done.text());
    let path = format!("{page}/file.pdf");
    let whole = app.get_with(&path, &[]).await;
    assert_eq!((whole.code(), whole.header(header::CONTENT_TYPE)), (200, "application/pdf"));
    assert!(whole.body.starts_with(b"%PDF") && whole.header(header::ACCEPT_RANGES) == "bytes");
    assert!(whole.header(header::CONTENT_DISPOSITION).contains("filename*=UTF-8''%E6%AD%A6%E4%BE%AF%E5%8C%BA"));
    let (length, tag) = (whole.body.len(), whole.header(header::ETAG).to_owned());
    assert_eq!(whole.header(header::CONTENT_LENGTH), length.to_string());
    let rest = app.get_with(&path, &[(header::RANGE, "bytes=1000-"), (header::IF_RANGE, &tag)]).await;
    assert_eq!(
        (rest.code(), rest.header(header::CONTENT_RANGE)),
        (206, format!("bytes 1000-{}/{length}", length - 1).as_str())
    );
    assert_eq!(rest.body[..], whole.body[1000..]);
    let changed = app.get_with(&path, &[(header::RANGE, "bytes=1000-"), (header::IF_RANGE, "\"other\"")]).await;
    assert_eq!((changed.code(), changed.body.len()), (200, length));
    assert_eq!(app.get_with(&path, &[(header::RANGE, "bytes=99999999-")]).await.code(), 416);
    assert_eq!(app.get_with(&path, &[(header::IF_NONE_MATCH, &tag)]).await.code(), 304);
    assert_eq!(app.get_with(&format!("{page}/file.epub"), &[]).await.code(), 404);
}

#[tokio::test]
async fn without_a_font_it_says_what_to_install_and_can_be_asked_for_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let fonts = folder.path().display().to_string();
    let app = App::with(|config| config.fonts = fonts).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let page = asks(&editor, "510107", "divisions").await.header(header::LOCATION).to_owned();
    assert!(app.print().await);
    let failed = app.get(&page).await;
    assert!(failed.text().contains("fonts-noto-cjk"), "{}", failed.text());
    assert!(app.get(&format!("/en{page}")).await.text().contains("no font with Chinese characters"));
    assert_eq!(asks(&editor, "510107", "divisions").await.header(header::LOCATION), page);
    assert!(app.get(&page).await.text().contains("排队中"));
    // A city has more counters than one file holds.
    let admin = app.staff("admin", Role::Editor, "510100").await;
    let windows = asks(&admin, "510100", "windows").await.header(header::LOCATION).to_owned();
    assert!(app.print().await && app.print().await);
    assert!(app.get(&windows).await.text().contains("太多了"), "{}", app.get(&windows).await.text());
    assert_eq!(asks(&admin, "510199", "points").await.code(), 422, "no such area");
}

#[tokio::test]
async fn posters_are_printed_for_a_township_and_where_there_is_nothing_it_says_so() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let content = app.content().await;
    let (mut empty, mut full) = (None, None);
    for township in content.divisions().children("510107".parse().expect("a code")) {
        let has = content
            .points
            .iter()
            .any(|point| content.divisions().within(point.facts.division).contains(&township.code));
        *(if has { &mut full } else { &mut empty }) = Some(township.code.to_string());
    }
    let full = full.expect("a township with places");
    assert!(attributes(&editor.get(DESK).await.html(), "select[name=division] option", "value").contains(&full));
    let page = asks(&editor, &full, "windows").await.header(header::LOCATION).to_owned();
    assert!(app.print().await);
    assert!(app.get(&page).await.text().contains("做好了"), "{}", app.get(&page).await.text());
    if let Some(empty) = empty {
        let page = asks(&editor, &empty, "points").await.header(header::LOCATION).to_owned();
        assert!(app.print().await);
        assert!(app.get(&page).await.text().contains("还没有可以打印的内容"));
    }
}

#[tokio::test]
async fn a_print_whose_server_was_killed_is_made_by_the_next_and_a_cancelled_one_is_not() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let page = asks(&editor, "510107", "divisions").await.header(header::LOCATION).to_owned();
    let long_ago: OffsetDateTime = server::clock::now() - prints::LEASE - Duration::seconds(1);
    prints::claim(&app.store, long_ago).await.expect("the prints").expect("a print");
    assert!(app.get(&page).await.text().contains("正在制作"));
    assert!(app.print().await, "its lease ran out");
    assert!(app.get(&page).await.text().contains("做好了"));

    let points = asks(&editor, "510107", "points").await.header(header::LOCATION).to_owned();
    let id = points.strip_prefix("/prints/").expect("a print");
    let cancelled = editor.post(&format!("{DESK}/{id}/cancel"), &[]).await;
    assert_eq!(cancelled.code(), 303);
    assert!(app.get(&points).await.text().contains("已取消"));
    assert!(!app.print().await, "nothing waits");
}

#[tokio::test]
async fn only_staff_print_and_only_for_their_area() {
    let app = App::demonstration().await;
    assert_eq!(app.get(DESK).await.code(), 303);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let form = editor.get(DESK).await;
    let areas = texts(&form.html(), "select[name=division] option");
    assert!(areas[0] == "武侯区" && areas[1..].iter().all(|it| it.ends_with("街道")), "{areas:?}");
    assert_eq!(asks(&editor, "510104", "points").await.code(), 403);
    let bad = asks(&editor, "<nowhere>", "everything").await;
    assert!(bad.code() == 422 && bad.text().contains("请选打印什么"), "{}", bad.text());
    for unknown in ["/prints/0", "/prints/0/file.pdf", "/prints/%00", "/prints/0/../../etc"] {
        assert_eq!(app.get(unknown).await.code(), 404, "{unknown}");
    }
}

#[tokio::test]
async fn the_poster_of_one_code_comes_at_once() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let token = app.content().await.codes.token(Thing::Point(id)).expect("a code");
    let poster = app.get(&format!("/codes/{}/poster-a5.pdf", token.plain())).await;
    assert_eq!((poster.code(), poster.header(header::CONTENT_TYPE)), (200, "application/pdf"));
    assert!(poster.body.starts_with(b"%PDF"));
    for unknown in ["poster-a3.pdf", "poster-a4", "../a4.pdf"] {
        assert_eq!(app.get(&format!("/codes/{}/{unknown}", token.plain())).await.code(), 404, "{unknown}");
    }
    assert_eq!(app.get("/codes/AAAA-AAAA/poster-a4.pdf").await.code(), 404);
}
