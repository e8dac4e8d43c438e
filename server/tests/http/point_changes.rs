//! A point is changed by one person and published by another, through the forms they really see.

use domain::{identity::Role, points::PointId};
use http::header;

use crate::harness::{App, Browser, MONDAY, attributes, texts};

/// A point of 武侯区.
async fn a_point(app: &App) -> PointId {
    let content = app.content().await;
    let of_wuhou = |it: &&domain::points::Point| it.facts.division.as_str() == "510107" && it.facts.ended.is_none();
    content.points.iter().find(of_wuhou).expect("a point").id
}

/// Saves a change and gives the address of its page.
async fn propose(browser: &Browser<'_>, id: PointId, values: &[(&str, &str)]) -> String {
    let path = format!("/desk/points/{}", id.0);
    let answer = browser.submit(&path, &path, values).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
    answer.header(header::LOCATION).to_owned()
}

#[tokio::test]
async fn what_one_proposes_and_another_publishes_is_on_the_page_and_in_its_history() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let (page, form) = (format!("/points/{}", id.0), format!("/desk/points/{}", id.0));
    let before = app.get(&page).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    assert!(editor.get("/desk/points").await.text().contains(&form));
    let change = propose(&editor, id, &[("name", "示例新名字<b>"), ("note", "更名通知")]).await;
    app.refresh(MONDAY).await;
    assert_eq!(app.get(&page).await.header(header::ETAG), before.header(header::ETAG), "nothing is published yet");

    let shown = editor.get(&change).await;
    assert!(texts(&shown.html(), "form").iter().all(|form| !form.contains("发布")), "nobody reviews their own");
    assert!(reviewer.get("/desk/changes").await.text().contains(&change));
    let shown = reviewer.get(&change).await;
    let rows = texts(&shown.html(), ".p-table tbody tr");
    assert!(rows.len() == 1 && rows[0].contains("示例新名字<b>"), "{rows:?}");
    let silent = reviewer.submit_shown(&shown, &format!("{change}/return"), &[("comment", " ")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#comment".to_owned()]));
    let done = reviewer.submit_shown(&shown, &format!("{change}/publish"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let again = reviewer.submit_shown(&shown, &format!("{change}/publish"), &[]).await;
    assert_eq!(again.code(), 422, "published twice");

    app.refresh(MONDAY).await;
    let after = app.get(&page).await;
    assert!(after.one("h1").contains("示例新名字<b>"));
    assert_ne!(after.header(header::ETAG), before.header(header::ETAG));
    let history = texts(&editor.get(&form).await.html(), "ol li strong");
    assert_eq!(history, ["第 2 版", "第 1 版"]);
}

#[tokio::test]
async fn a_refused_form_keeps_everything_that_was_typed() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let path = format!("/desk/points/{}", id.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let typed = [
        ("name", "示例"),
        ("lon", "四百"),
        ("hours", "早上九点"),
        ("exception-from", "2026-12-05"),
        ("exception-to", "2026-12-01"),
        ("exception-reason", "盘点"),
        ("telephones", "打前台电话"),
    ];
    let refused = editor.submit(&path, &path, &typed).await;
    assert_eq!(refused.code(), 422);
    let page = refused.html();
    for (name, value) in typed {
        assert_eq!(attributes(&page, &format!("main input[name={name}]"), "value")[0], value, "{name}");
    }
    let wrong = attributes(&page, ".p-errors a", "href");
    assert_eq!(wrong, ["#lon", "#hours"]);
    let mended = [("lon", "104.05"), ("lat", "30.64"), ("hours", "9:00-12:00")];
    let refused = editor.submit_shown(&refused, &path, &mended).await;
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#telephones"]);
    let refused = editor.submit_shown(&refused, &path, &[("telephones", "028-01234567")]).await;
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#exception-from"]);
    let done = editor.submit_shown(&refused, &path, &[("exception-to", "2026-12-06")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
}

#[tokio::test]
async fn outside_of_ones_area_everything_is_403() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let change = propose(&editor, id, &[("name", "示例新名字")]).await;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    for path in
        [format!("/desk/points/{}", id.0), change.clone(), "/desk/points/999999".into(), "/desk/changes/999".into()]
    {
        assert_eq!(stranger.get(&path).await.code(), 403, "{path}");
        assert_eq!(auditor.get(&path).await.code(), 403, "{path}");
    }
    for path in [format!("{change}/publish"), format!("{change}/return"), "/desk/changes/999/publish".into()] {
        let fields = [("revision".to_owned(), "2".to_owned()), ("comment".to_owned(), "x".to_owned())];
        assert_eq!(stranger.post(&path, &fields).await.code(), 403, "{path}");
        assert_eq!(app.browser().post(&path, &fields).await.code(), 303, "{path}");
    }
    let log = app.staff("second", Role::Auditor, "510100").await.get("/desk/audit?action=forbidden").await;
    let rows = texts(&log.html(), ".p-table tbody tr");
    assert!(
        rows.len() == 3 && rows.iter().all(|row| row.contains("staff:stranger") && row.contains("拒绝")),
        "{rows:?}"
    );
    let list = stranger.get("/desk/points").await;
    assert!(!list.text().contains(&format!("/desk/points/{}\"", id.0)));
    assert_eq!(auditor.get("/desk/points").await.code(), 403);
    assert_eq!(auditor.get("/desk/points/new").await.code(), 403);
}

#[tokio::test]
async fn a_new_point_gets_its_number_when_it_is_published() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let content = app.content().await;
    let office = content.point(a_point(&app).await).unwrap().facts.organisation.to_string();
    let path = "/desk/points/new";
    let values = [
        ("name", "示例新点位"),
        ("address", "示例路9号"),
        ("kind", "library"),
        ("level", "district"),
        ("division", "510107"),
        ("organisation", office.as_str()),
        ("hours", "9:00-17:00"),
    ];
    let empty = editor.submit(path, path, &[]).await;
    assert_eq!(attributes(&empty.html(), ".p-errors a", "href"), ["#kind", "#division", "#organisation", "#level"]);
    let answer = editor.submit(path, path, &values).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
    let change = answer.header(header::LOCATION).to_owned();
    let done = reviewer.submit(&change, &format!("{change}/publish"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    app.refresh(MONDAY).await;
    let found = app.get("/points?q=%E7%A4%BA%E4%BE%8B%E6%96%B0%E7%82%B9%E4%BD%8D").await;
    assert_eq!(found.found(), 1);
}

#[tokio::test]
async fn who_was_on_the_spot_says_so_in_one_press() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let path = format!("/desk/points/{}", id.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let shown = editor.get(&path).await;
    let done = editor.submit_shown(&shown, &format!("{path}/verify"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let point = app.content().await.point(id).unwrap().clone();
    assert!(point.facts.verified_on.is_some_and(|day| day >= MONDAY.date().previous_day().unwrap()));
    let again = editor.submit_shown(&shown, &format!("{path}/verify"), &[]).await;
    assert_eq!(again.code(), 422, "from a page that is no longer true");
}

#[tokio::test]
async fn a_change_with_a_day_of_its_own_waits_for_it() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let change = propose(&editor, id, &[("address", "示例新址9号"), ("effective-on", "2099-01-01")]).await;
    let done = reviewer.submit(&change, &format!("{change}/publish"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let shown = reviewer.get(&change).await;
    assert!(shown.one(".p-tag").contains("待生效") && shown.text().contains("2099年1月1日起生效"));
    assert!(!app.content().await.point(id).unwrap().facts.address.contains("新址"));
    let path = format!("/desk/points/{}", id.0);
    let refused = editor.submit(&path, &path, &[("effective-on", "明天"), ("name", "示例")]).await;
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#effective-on"]);
}
