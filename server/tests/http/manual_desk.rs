//! Staff write what their division says in its manual; somebody else publishes it.

use domain::identity::Role;
use http::header;
use time::Duration;

use crate::harness::{App, MONDAY, attributes, texts};

const DESK: &str = "/desk/manual/510107";

#[tokio::test]
async fn a_chapter_is_added_written_moved_reviewed_and_read() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510100").await;
    let add = [("title", "示例新章"), ("slug", "news"), ("template", "written"), ("act", "add")];
    let done = editor.submit(DESK, DESK, &add).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, DESK), "{}", done.text());

    // What it would make is shown without being kept.
    let path = format!("{DESK}/news");
    let words = "# 第一节\n\n<script>alert(1)</script> [坏](javascript:alert(1))\n\n```流程\n受理:当场\n办结:一天\n```";
    let shown = editor.get(&path).await;
    let seen = editor.submit_shown(&shown, &path, &[("text", words), ("act", "preview")]).await;
    assert_eq!((seen.code(), texts(&seen.html(), ".p-preview .p-steps__step").len()), (200, 2), "{}", seen.text());
    assert!(!seen.text().contains("<script>alert") && !seen.text().contains("href=\"javascript"));
    assert!(seen.one("#text").contains("javascript:alert(1)"), "what was typed stays");
    let done = editor.submit_shown(&shown, &path, &[("text", words), ("act", "save")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());

    let outline = editor.get(DESK).await;
    assert_eq!(attributes(&outline.html(), "[data-slug]", "data-slug"), ["tips", "news"]);
    let moved = editor.press(&outline, DESK, "up:news", &[]).await;
    assert_eq!(moved.code(), 303, "{}", moved.text());
    let outline = editor.get(DESK).await;
    assert_eq!(attributes(&outline.html(), "[data-slug]", "data-slug"), ["news", "tips"]);
    app.refresh(MONDAY).await;
    assert_eq!(app.get("/manual/510107/news").await.code(), 404, "nothing is published yet");

    let bad = editor.press(&outline, DESK, "submit", &[("effective", "明天")]).await;
    assert_eq!((bad.code(), attributes(&bad.html(), ".p-errors a", "href")), (422, vec!["#effective".to_owned()]));
    let done = editor.press(&outline, DESK, "submit", &[("note", "示例理由")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let draft =
        attributes(&reviewer.get("/desk/manual").await.html(), "a[href^='/desk/manual-drafts/']", "href")[0].clone();
    let own = editor.get(&draft).await;
    assert!(!own.text().contains("出新版"), "nobody reviews their own");
    let shown = reviewer.get(&draft).await;
    assert!(texts(&shown.html(), "ins").iter().any(|it| it.contains("第一节")), "{}", shown.text());
    let silent = reviewer.submit_shown(&shown, &format!("{draft}/return"), &[("comment", " ")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#comment".to_owned()]));
    let done = reviewer.submit_shown(&shown, &format!("{draft}/publish"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());

    app.refresh(MONDAY + Duration::minutes(1)).await;
    let page = app.get("/manual/510107/news").await;
    assert_eq!(page.code(), 200);
    assert!(texts(&page.html(), ".p-steps__step").len() == 2 && !page.text().contains("<script>alert"));
    let contents = texts(&app.get("/manual/510107").await.html(), ".p-manual__contents li a > span:first-child");
    assert_eq!(contents[10..], ["示例新章", "武侯区办事小提示"]);
    assert_eq!(app.get("/manual/510104/news").await.code(), 404, "another district has nothing of it");

    // Taken out again, it is gone, and its address says so.
    let outline = editor.get(DESK).await;
    assert_eq!(editor.press(&outline, DESK, "hide:news", &[]).await.code(), 303);
    let outline = editor.get(DESK).await;
    assert_eq!(editor.press(&outline, DESK, "submit", &[("note", "示例理由")]).await.code(), 303);
    let draft =
        attributes(&reviewer.get("/desk/manual").await.html(), "a[href^='/desk/manual-drafts/']", "href")[0].clone();
    let shown = reviewer.get(&draft).await;
    assert_eq!(reviewer.submit_shown(&shown, &format!("{draft}/publish"), &[]).await.code(), 303);
    app.refresh(MONDAY + Duration::minutes(2)).await;
    for path in ["/manual/510107/news", "/manual/510107/news/x", "/en/manual/510107/news"] {
        let gone = app.get(path).await;
        assert_eq!(gone.code(), 410, "{path}: {}", gone.text());
    }
    assert_eq!(app.get("/manual/510107/never").await.code(), 404);
}

#[tokio::test]
async fn who_may_not_write_here_learns_nothing_and_bad_forms_say_what_to_mend() {
    let app = App::demonstration().await;
    let stranger = app.staff("stranger", Role::Editor, "510104").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    for (who, path) in
        [(&stranger, DESK), (&stranger, "/desk/manual/510107/tips"), (&auditor, "/desk/manual"), (&auditor, DESK)]
    {
        assert_eq!(who.get(path).await.code(), 403, "{path}");
    }
    assert_eq!(app.get(DESK).await.code(), 303, "somebody who is not signed in");
    let editor = app.staff("editor", Role::Editor, "510107").await;
    for (path, code) in [
        ("/desk/manual/nowhere", 404),
        ("/desk/manual/510107/none", 404),
        ("/desk/manual-drafts/7", 403),
        ("/desk/manual-drafts/x", 404),
    ] {
        assert_eq!(editor.get(path).await.code(), code, "{path}");
    }
    for (slug, title, field) in
        [("Bad Name", "章", "#slug"), ("tips", "章", "#slug"), ("changes", "章", "#slug"), ("fine", "", "#title")]
    {
        let values = [("title", title), ("slug", slug), ("template", "written"), ("act", "add")];
        let refused = editor.submit(DESK, DESK, &values).await;
        assert_eq!(
            (refused.code(), attributes(&refused.html(), ".p-errors a", "href")),
            (422, vec![field.to_owned()]),
            "{slug}"
        );
        assert_eq!(attributes(&refused.html(), "#slug", "value"), [slug], "what was typed stays");
    }
    // A page that was open while the draft changed elsewhere.
    let path = format!("{DESK}/tips");
    let old = editor.get(&path).await;
    assert_eq!(editor.submit_shown(&old, &path, &[("text", "一"), ("act", "save")]).await.code(), 303);
    let late = editor.submit_shown(&old, &path, &[("text", "二"), ("act", "save")]).await;
    assert!(late.code() == 422 && late.text().contains("在别处改过") && late.one("#text").contains('二'));
}
