//! 报错: a resident reports without an account, staff of the place answer, and the resident reads it by a code.

use std::io::Cursor;

use domain::{
    audit::{Actor, By},
    identity::Role,
};
use http::header;
use image::{ImageFormat, RgbImage};
use time::Duration;

use crate::harness::{Answer, App, Browser, MONDAY, attributes, texts};

/// What somebody might try.
const NASTY: &str = "</textarea><script>alert(1)</script>\"&";

/// The clock, so many days from now.
fn days(days: i64) -> By {
    By { actor: Actor::Clock, origin: String::new(), at: server::clock::now() + Duration::days(days) }
}

fn photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(60, 40, image::Rgb([20, 120, 40])).write_to(&mut bytes, ImageFormat::Png).expect("a photo");
    bytes.into_inner()
}

/// Reports something about a point and gives the code.
async fn report(who: &Browser<'_>, path: &str, values: &[(&str, &str)]) -> String {
    let answer = who.submit(path, path, values).await;
    assert_eq!(answer.code(), 200, "{}", answer.text());
    answer.one(".p-code .p-copy__text")
}

/// The address of the only report that waits for somebody.
async fn waiting(who: &Browser<'_>) -> String {
    let links = attributes(&who.get("/desk/reports").await.html(), ".p-table th a", "href");
    assert_eq!(links.len(), 1, "{links:?}");
    links[0].clone()
}

async fn ask(who: &Browser<'_>, code: &str) -> Answer {
    who.submit("/reports", "/reports", &[("code", code)]).await
}

#[tokio::test]
async fn a_resident_reports_staff_answer_and_the_resident_reads_it() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let (path, resident) = (format!("/points/{}/report", id.0), app.browser());
    let editor = app.staff("editor", Role::Editor, "510107").await;
    assert!(resident.get(&format!("/points/{}", id.0)).await.text().contains(&format!("href=\"{path}\"")));
    let desk = |page: &Answer| texts(&page.html(), "a[href='/desk/reports'] .p-row__count");
    assert_eq!(desk(&editor.get("/desk").await), ["0 件待答复"]);

    let code = report(&resident, &path, &[("fault", "telephone"), ("words", NASTY), ("contact", "13800000000")]).await;
    assert_eq!(code.len(), 17);
    let typed = code.to_lowercase().replace('-', " ");
    let asked = ask(&resident, &typed).await;
    assert_eq!((asked.code(), asked.header(header::CACHE_CONTROL)), (200, "no-store"));
    assert_eq!(asked.one(".p-tag"), "正在核实");
    assert_eq!(desk(&editor.get("/desk").await), ["1 件待答复"]);

    let one = waiting(&editor).await;
    let shown = editor.get(&one).await;
    assert!(texts(&shown.html(), ".p-report__said").contains(&NASTY.to_owned()));
    assert!(!shown.text().contains("13800000000"), "shown on purpose only");
    let contact = editor.submit_shown(&shown, &format!("{one}/contact"), &[]).await;
    assert!(contact.text().contains("13800000000") && contact.header(header::CACHE_CONTROL) == "no-store");
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let rows = texts(&auditor.get("/desk/audit?action=reports.contact").await.html(), ".p-table tbody tr");
    assert!(rows.len() == 1 && rows[0].contains("staff:editor"), "{rows:?}");

    let action = format!("{one}/answer");
    let silent = editor.submit_shown(&shown, &action, &[("outcome", "corrected"), ("words", " ")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#words".to_owned()]));
    let unsure = editor.submit_shown(&silent, &action, &[("outcome", ""), ("words", NASTY)]).await;
    assert_eq!(attributes(&unsure.html(), ".p-errors a", "href"), ["#outcome"]);
    assert_eq!(texts(&unsure.html(), "textarea"), [NASTY]);
    let done = editor.submit_shown(&unsure, &action, &[("outcome", "corrected")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let twice = editor.submit_shown(&unsure, &action, &[("outcome", "abuse")]).await;
    assert_eq!(twice.code(), 422, "answered once");
    assert_eq!(desk(&editor.get("/desk").await), ["0 件待答复"]);
    assert!(editor.get("/desk/reports?show=answered").await.text().contains(&one));

    let asked = ask(&resident, &code).await;
    assert_eq!((asked.one(".p-tag").as_str(), asked.one(".p-report__said").as_str()), ("已更正", NASTY));
    assert!(!asked.text().contains("13800000000") && !asked.text().contains("editor"));

    // Thirty days later nobody can be reached any more.
    let kept = editor.get(&one).await;
    assert!(kept.text().contains(&format!("{one}/contact")));
    assert_eq!(store::reports::forget(&app.store, &days(29)).await.expect("a job"), 0);
    assert_eq!(store::reports::forget(&app.store, &days(31)).await.expect("a job"), 1);
    let contact = editor.submit_shown(&kept, &format!("{one}/contact"), &[]).await;
    assert!(!contact.text().contains("13800000000") && contact.text().contains("没有留"));
}

#[tokio::test]
async fn a_refused_report_keeps_everything_and_its_photo_is_only_for_staff_of_the_place() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    let resident = app.browser();
    let form = resident.get(&path).await;
    let long = "长".repeat(501);
    let picture = photo();
    let files = [("photo-file", "IMG.png", picture.as_slice())];
    let empty = resident.submit_files(&form, &path, &[], &[("photo-file", "IMG.png", b"words".as_slice())]).await;
    assert_eq!(empty.code(), 422);
    assert_eq!(attributes(&empty.html(), ".p-errors a", "href"), ["#fault", "#photo-file"]);
    let values = [("fault", "other"), ("words", long.as_str()), ("contact", "028-0\"<b>")];
    let refused = resident.submit_files(&form, &path, &values, &files).await;
    assert_eq!((refused.code(), refused.header(header::CACHE_CONTROL)), (422, "no-store"));
    let page = refused.html();
    assert_eq!(attributes(&page, ".p-errors a", "href"), ["#words"]);
    assert_eq!(texts(&page, "textarea"), [long]);
    assert_eq!(attributes(&page, "input[name=contact]", "value"), ["028-0\"<b>"]);
    assert_eq!(attributes(&page, "input[name=fault][checked]", "value"), ["other"]);
    let kept = attributes(&page, "input[name=photo]", "value");
    assert!(kept.len() == 1 && kept[0].starts_with("/photos/"), "{kept:?}");
    let silent = resident.submit_shown(&refused, &path, &[("words", " ")]).await;
    assert_eq!(attributes(&silent.html(), ".p-errors a", "href"), ["#words"]);
    let done = resident.submit_shown(&silent, &path, &[("words", "门牌掉了")]).await;
    assert_eq!(done.code(), 200, "{}", done.text());

    let editor = app.staff("editor", Role::Editor, "510107").await;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    let shown = editor.get(&waiting(&editor).await).await;
    assert_eq!(attributes(&shown.html(), ".p-report__photo", "src"), kept);
    let code = async |who: &Browser<'_>| who.get(&kept[0]).await.code();
    assert_eq!((code(&editor).await, code(&stranger).await, code(&resident).await), (200, 404, 404));
}

#[tokio::test]
async fn a_form_that_waited_is_one_report_however_often_it_comes() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    let key = "3b241101-e2bb-4255-8caf-4136c566a962";
    let form = [("fault", "hours"), ("words", "示例"), ("once", key)];
    let (first, other) = tokio::join!(app.post(&path, &form), app.post(&path, &form));
    let again = app.post(&path, &form).await;
    let codes = [&first, &other, &again].map(|answer| {
        assert_eq!(answer.code(), 200, "{}", answer.text());
        answer.one(".p-code .p-copy__text")
    });
    assert!(codes.iter().all(|code| *code == codes[0]), "{codes:?}");
    assert_eq!(ask(&app.browser(), &codes[0]).await.one(".p-tag"), "正在核实");
    let editor = app.staff("editor", Role::Editor, "510107").await;
    waiting(&editor).await;
    // Another key is another report, and what is no key is none.
    for other in ["3b241101-e2bb-4255-8caf-4136c566a963", "1", "", key.replace('-', "").as_str()] {
        let answer = app.post(&path, &[("fault", "hours"), ("once", other)]).await;
        assert_ne!(answer.one(".p-code .p-copy__text"), codes[0], "{other}");
    }
    assert_eq!(texts(&editor.get("/desk/reports").await.html(), ".p-table tbody tr").len(), 5);
}

#[tokio::test]
async fn what_a_program_fills_in_is_not_taken_but_a_person_only_presses_again() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    let resident = app.browser();
    let values = [("fault", "gone"), ("words", "buy this"), ("homepage", "https://example.org")];
    let refused = resident.submit(&path, &path, &values).await;
    assert_eq!(refused.code(), 422);
    assert_eq!(attributes(&refused.html(), "input[name=homepage]", "value"), [""]);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    assert_eq!(editor.get("/desk/reports").await.one(".p-empty"), "没有等着答复的报错。");
    let again = resident.submit_shown(&refused, &path, &[]).await;
    assert_eq!(again.code(), 200, "{}", again.text());
}

#[tokio::test]
async fn one_network_sends_five_in_an_hour_and_keeps_what_it_wrote() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    let resident = app.browser();
    for _ in 0..5 {
        report(&resident, &path, &[("fault", "hours")]).await;
    }
    let refused = resident.submit(&path, &path, &[("fault", "other"), ("words", "第六条")]).await;
    assert_eq!(refused.code(), 422);
    let said = texts(&refused.html(), ".p-errors li");
    assert!(said.len() == 1 && said[0].contains("以后再发"), "{said:?}");
    assert_eq!(texts(&refused.html(), "textarea"), ["第六条"]);
    let page = refused.html();
    assert_eq!(attributes(&page, "input[name=fault][checked]", "value"), ["other"]);
}

#[tokio::test]
async fn only_those_who_may_edit_the_place_see_a_report() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    let resident = app.browser();
    report(&resident, &path, &[("fault", "address"), ("contact", "13800000000")]).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let one = waiting(&editor).await;
    let fields = [("outcome".to_owned(), "abuse".to_owned()), ("words".to_owned(), "x".to_owned())];
    for who in [&stranger, &auditor] {
        for path in [one.as_str(), "/desk/reports/999"] {
            assert_eq!(who.get(path).await.code(), 403, "{path}");
            for act in ["contact", "answer"] {
                assert_eq!(who.post(&format!("{path}/{act}"), &fields).await.code(), 403, "{path}/{act}");
            }
        }
    }
    assert!(stranger.get("/desk/reports").await.html().root_element().text().any(|it| it.contains("没有等着")));
    assert_eq!(auditor.get("/desk/reports").await.code(), 403);
    assert!(!auditor.get("/desk").await.text().contains("/desk/reports"));
    assert_eq!(resident.get(&one).await.header(header::LOCATION), format!("/sign-in?back={one}"));
    let log = auditor.get("/desk/audit?action=reports.contact").await;
    assert_eq!(texts(&log.html(), ".p-table tbody tr").iter().filter(|row| row.contains("report")).count(), 0);
}

#[tokio::test]
async fn a_report_that_waits_too_long_is_marked() {
    let app = App::demonstration().await;
    let path = format!("/points/{}/report", app.a_point_of("510107").await.0);
    report(&app.browser(), &path, &[("fault", "address")]).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    app.refresh(server::clock::now() + Duration::days(5)).await;
    assert_eq!(texts(&editor.get("/desk/reports").await.html(), ".p-tag--late"), [""; 0]);
    app.refresh(server::clock::now() + Duration::days(30)).await;
    assert_eq!(texts(&editor.get("/desk/reports").await.html(), ".p-tag--late"), ["超期"]);
    assert_eq!(texts(&editor.get("/desk").await.html(), ".p-tag--late"), ["1 件超期"]);
}

#[tokio::test]
async fn a_code_that_is_none_gets_a_sentence() {
    let app = App::demonstration().await;
    let resident = app.browser();
    for (code, word) in [("", "查询码不对"), ("AAAAA-AAAAA-AAAAB", "查询码不对"), ("33333-33333-33333", "没有这个")]
    {
        let answer = ask(&resident, code).await;
        assert_eq!(answer.code(), 422, "{code}");
        assert!(texts(&answer.html(), ".p-errors li")[0].contains(word), "{code}");
        assert_eq!(attributes(&answer.html(), "input[name=code]", "value"), [code]);
    }
}

#[tokio::test]
async fn there_is_a_form_for_every_point_also_one_that_has_ended_and_for_nothing_else() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let ended = content.points.iter().find(|point| point.ended(MONDAY.date()).is_some()).expect("an ended point").id;
    let path = format!("/points/{}/report", ended.0);
    assert!(app.get(&format!("/points/{}", ended.0)).await.text().contains(&path));
    report(&app.browser(), &path, &[("fault", "gone")]).await;
    for path in ["/points/999999/report", "/points/01/report", "/points/x/report"] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
        assert_eq!(app.post(path, &[("fault", "gone")]).await.code(), 404, "{path}");
    }
    for path in ["/points/1", "/points/1/report/x", "/about"] {
        assert_eq!(app.post(path, &[("fault", "gone")]).await.code(), 405, "{path}");
    }
    // The page with the form is as public and as cached as any other.
    let page = app.get("/en/points/1/report").await;
    assert!(!page.header(header::ETAG).is_empty());
    assert!(page.one("h1").is_ascii());
}
