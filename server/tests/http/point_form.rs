//! The form of a point helps before anything is kept: it checks the position, understands names, fills hours in, goes back.

use domain::{
    geo::Position,
    identity::Role,
    points::{NewPoint, Point, PointId},
};
use http::header;

use crate::harness::{Answer, App, Browser, MONDAY, attributes, texts};

/// A point of 武侯区 that has a position.
async fn a_point(app: &App) -> Point {
    let content = app.content().await;
    content.point(app.a_point_of("510107").await).expect("a point").clone()
}

fn form_of(id: PointId) -> String {
    format!("/desk/points/{}", id.0)
}

/// Presses a button that keeps nothing: the form comes again.
async fn press(browser: &Browser<'_>, path: &str, act: &str, values: &[(&str, &str)]) -> Answer {
    let shown = browser.get(path).await;
    browser.press(&shown, path, act, values).await
}

/// What stands in the fields of a name.
fn typed(answer: &Answer, name: &str) -> Vec<String> {
    attributes(&answer.html(), &format!("main input[name={name}]"), "value")
}

#[tokio::test]
async fn a_check_says_what_lies_around_a_position_and_keeps_nothing() {
    let app = App::demonstration().await;
    let point = a_point(&app).await;
    let here = point.facts.position.expect("a position");
    let twin = NewPoint {
        external_id: "twin".into(),
        position: Position::new(here.lon() + 0.0003, here.lat()).ok(),
        ended: None,
        ..point.facts.clone()
    };
    app.import(vec![twin], MONDAY).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let path = form_of(point.id);
    let found = press(&editor, &path, "check", &[("name", "示例另一个名字")]).await;
    assert_eq!(found.code(), 200, "{}", found.text());
    assert_eq!(typed(&found, "name"), ["示例另一个名字"]);
    let findings = texts(&found.html(), ".p-finding");
    assert!(findings[0].contains("在武侯区的范围内"), "{findings:?}");
    assert!(findings.iter().any(|it| it.starts_with("29 米外已有") && it.contains(&point.facts.name)), "{findings:?}");

    let far = press(&editor, &path, "check", &[("lon", "104.9"), ("lat", "31.2")]).await;
    let warnings = texts(&far.html(), ".p-finding--look");
    assert!(warnings[0].contains("不在所填地区内") && warnings[0].contains("公里"), "{warnings:?}");
    let unreadable = press(&editor, &path, "check", &[("lon", "四百")]).await;
    assert_eq!(
        (unreadable.code(), attributes(&unreadable.html(), ".p-errors a", "href")),
        (200, vec!["#lon".to_owned()])
    );
    assert!(texts(&editor.get("/desk/changes").await.html(), "#own li").is_empty(), "nothing is kept");
    let stranger = app.staff("stranger", Role::Editor, "510104").await;
    let asked = [("act".to_owned(), "check".to_owned())];
    assert_eq!(stranger.post(&path, &asked).await.code(), 403);
}

#[tokio::test]
async fn degrees_of_another_datum_become_those_that_are_kept_when_they_are_checked() {
    let app = App::demonstration().await;
    let point = a_point(&app).await;
    let here = point.facts.position.expect("a position");
    let (lon, lat) = (here.gcj02().lon.to_string(), here.gcj02().lat.to_string());
    let (lon, lat) = (&lon[..10], &lat[..9]);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let values = [("lon", lon), ("lat", lat), ("datum", "gcj02")];
    let checked = press(&editor, &form_of(point.id), "check", &values).await;
    let there = format!("{},{}", typed(&checked, "lon")[0], typed(&checked, "lat")[0]);
    assert!(there.parse::<Position>().expect("a position").distance(here) < 3.0, "{there}");
    assert!(checked.one("#position .p-notice").contains("换算成 WGS-84"));
    assert_eq!(attributes(&checked.html(), "select[name=datum] option[selected]", "value"), ["wgs84"]);
}

#[tokio::test]
async fn a_reviewer_sees_that_a_position_is_outside_and_what_is_there_already() {
    let app = App::demonstration().await;
    let point = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let path = form_of(point.id);
    let answer = editor.submit(&path, &path, &[("lon", "104.9"), ("lat", "31.2")]).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
    let shown = reviewer.get(answer.header(header::LOCATION)).await;
    assert!(texts(&shown.html(), ".p-finding--look")[0].contains("不在所填地区内"));
}

#[tokio::test]
async fn the_words_on_the_door_become_hours_and_are_read_aloud_at_once() {
    let app = App::demonstration().await;
    app.refresh(MONDAY).await;
    let point = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let path = form_of(point.id);
    let filled = press(
        &editor,
        &path,
        "hours",
        &[("spoken", "周一至周五 9：00－12：00、下午1:30至5:00;周六9点到12点,节假日照常")],
    )
    .await;
    assert_eq!(filled.code(), 200);
    let weekday = "09:00-12:00,13:30-17:00";
    assert_eq!(typed(&filled, "hours"), [weekday, weekday, weekday, weekday, weekday, "09:00-12:00", ""]);
    assert_eq!(attributes(&filled.html(), "select[name=holidays] option[selected]", "value"), ["every-day"]);
    assert!(filled.one("#hours-reading").contains("居民现在看到:"), "{}", filled.one("#hours-reading"));

    let unclear = press(&editor, &path, "hours", &[("spoken", "看心情")]).await;
    assert_eq!((unclear.code(), attributes(&unclear.html(), ".p-errors a", "href")), (422, vec!["#spoken".to_owned()]));
    assert_eq!(texts(&unclear.html(), "textarea[name=spoken]"), ["看心情"]);
    let forgotten = editor.press(&unclear, &path, "submit", &[]).await;
    assert_eq!(attributes(&forgotten.html(), ".p-errors a", "href"), ["#spoken"], "it is not lost silently");

    let days = [
        ("hours", "8:30-17:00"),
        ("hours", "1"),
        ("hours", "2"),
        ("hours", "3"),
        ("hours", "4"),
        ("hours", "10:00-11:00"),
    ];
    let copied = press(&editor, &path, "copy", &days).await;
    assert_eq!(
        typed(&copied, "hours")[..6],
        ["8:30-17:00"; 5].map(String::from).into_iter().chain(["10:00-11:00".into()]).collect::<Vec<_>>()
    );
    let odd = press(&editor, &path, "check", &[("hours", "早上")]).await;
    assert!(odd.one("#hours-reading").contains("看不懂"));
}

#[tokio::test]
async fn there_is_room_for_one_more_change_of_hours() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let path = form_of(a_point(&app).await.id);
    let rows = typed(&editor.get(&path).await, "exception-from").len();
    let more = press(&editor, &path, "more", &[("exception-reason", "示例盘点")]).await;
    assert_eq!((more.code(), typed(&more, "exception-from").len()), (200, rows + 1));
    assert_eq!(typed(&more, "exception-reason")[0], "示例盘点");
}

#[tokio::test]
async fn a_name_is_understood_and_one_that_is_not_names_its_candidates() {
    let app = App::demonstration().await;
    let point = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let path = form_of(point.id);
    let shown = editor.get(&path).await;
    assert_eq!(typed(&shown, "division"), ["武侯区"]);
    assert!(shown.one("#division-meant").contains("510107"));
    let unclear =
        editor.submit(&path, &path, &[("name", "示例"), ("division", "太平社区"), ("organisation", "没有这家")]).await;
    let words = texts(&unclear.html(), ".p-errors li");
    assert_eq!((unclear.code(), words.len()), (422, 2), "{words:?}");
    assert!(words[0].contains("太平社区") && words[0].contains('、'), "{words:?}");
    assert!(words[1].contains("没有叫“没有这家”的单位"), "{words:?}");
    let part = editor.submit(&path, &path, &[("name", "示例"), ("division", "武侯")]).await;
    assert!(texts(&part.html(), ".p-errors li")[0].contains("是不是:武侯区"));
    let done = editor.submit(&path, &path, &[("division", "成都市武侯区 桂溪街道")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    assert!(editor.get(done.header(header::LOCATION)).await.one(".p-table__after").contains("桂溪街道"));
}

#[tokio::test]
async fn an_earlier_version_comes_back_as_a_draft_to_look_at() {
    let app = App::demonstration().await;
    let point = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let path = form_of(point.id);
    let change = editor.submit(&path, &path, &[("name", "示例改错了"), ("verified-on", "2026-11-20")]).await;
    let change = change.header(header::LOCATION).to_owned();
    assert_eq!(reviewer.submit(&change, &format!("{change}/publish"), &[]).await.code(), 303);
    app.refresh(MONDAY).await;

    let restore = format!("{path}/restore");
    let unknown = [("number".to_owned(), "7".to_owned())];
    assert_eq!(editor.post(&restore, &unknown).await.code(), 403, "there is no such version");
    let shown = editor.get(&path).await;
    let done = editor.submit_shown(&shown, &restore, &[]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, path.as_str()), "{}", done.text());
    let draft = editor.get(&path).await;
    assert_eq!(typed(&draft, "name")[0], point.facts.name);
    assert_eq!(typed(&draft, "note"), ["恢复第 1 版"]);
    assert_eq!(typed(&draft, "verified-on"), ["2026-11-20"], "what was seen since stays");
    let again = editor.submit_shown(&shown, &restore, &[]).await;
    assert_eq!(again.code(), 422, "a change is under way");
    assert_eq!(typed(&again, "hours"), typed(&draft, "hours"), "the other form of the page is as it was");
    let stranger = app.staff("stranger", Role::Editor, "510104").await;
    assert_eq!(stranger.post(&restore, &[("number".to_owned(), "1".to_owned())]).await.code(), 403);
}
