//! A table somebody kept by hand becomes points: a dry run, the good lines to review, the others back to be corrected.

use domain::{geo::Position, identity::Role, points::Point};
use http::header;

use crate::harness::{Answer, App, Browser, MONDAY, attributes, texts};

const UPLOAD: &str = "/desk/points/import";

/// Uploads a table and gives the address of its dry run.
async fn upload(browser: &Browser<'_>, name: &str, table: &[u8]) -> String {
    let shown = browser.get(UPLOAD).await;
    let answer = browser.submit_files(&shown, UPLOAD, &[], &[("file", name, table)]).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
    answer.header(header::LOCATION).to_owned()
}

/// New, changed, the same, bad, worth a look.
fn counts(run: &Answer) -> Vec<usize> {
    texts(&run.html(), ".p-figure dd").iter().map(|it| it.trim().parse().expect("a number")).collect()
}

async fn a_known_point(app: &App) -> Point {
    let id = app.a_point_of("510107").await;
    app.content().await.point(id).expect("a point").clone()
}

/// As 百度 has it, the longitude where the table says latitude.
fn swapped_bd09(position: Position) -> String {
    let there = position.bd09();
    format!("{},{}", there.lon, there.lat)
}

#[tokio::test]
async fn a_messy_table_is_understood_and_what_is_not_comes_back_to_be_corrected() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let content = app.content().await;
    let office = content.organisation(a_known_point(&app).await.facts.organisation).expect("an office").name.clone();
    let mut known =
        content.points.iter().filter(|it| it.facts.division.as_str() == "510107" && it.facts.position.is_some());
    let known: Vec<_> = known.by_ref().take(3).collect();
    let mut lines = vec![
        "2026年点位台账(示例),,,,,,,,".to_owned(),
        "编号,点位名称,类别,所在地区,主管单位,详细地址,纬度,经度,联系电话,办公时间".to_owned(),
    ];
    for point in &known {
        let facts = &point.facts;
        let place = swapped_bd09(facts.position.expect("a position"));
        lines.push(format!("{},{},,,,,{place},,", facts.external_id, facts.name));
    }
    let there = swapped_bd09(known[0].facts.position.expect("a position"));
    lines.push(format!("t-1,示例新点一,便民服务中心,武侯区,{office},示例路１号,{there},(028)86512345,\"周一至周五 9:00-12:00,13:30-17:00\""));
    lines.push(format!("t-2,示例新点二,同上,同上,同上,示例路2号,{there},2886512346,每天 8:30-20:00"));
    lines.push("t-3,示例新点三,飞碟站,武侯区,同上,示例路3号,,,,".to_owned());
    lines.push("t-4,示例新点四,便民服务中心,武侯区,同上,,,,,早九晚五".to_owned());
    lines.push("t-5,=HYPERLINK(1),便民服务中心,武侯区,同上,示例路5号,,,,".to_owned());
    lines.push("t-6,示例新点六,便民服务中心,青羊区,同上,示例路6号,,,,".to_owned());
    lines.push("t-1,示例新点一,便民服务中心,武侯区,同上,示例路1号,,,,".to_owned());
    let text = lines.join("\r\n");
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);

    let path = upload(&editor, "台账.csv", &bytes).await;
    let run = editor.get(&path).await;
    assert!(run.text().contains("GB18030"));
    // The known points come out where they are, because the datum and the order were found out.
    assert_eq!(counts(&run)[..4], [2, 0, 3, 5], "{}", run.text());
    let bad = texts(&run.html(), "section:has(a[href$='bad.csv']) tbody tr").join("\n");
    for said in ["飞碟站", "缺地址", "早九晚五", "公式", "不归您维护", "和第 6 行是同一个点位"]
    {
        assert!(bad.contains(said), "{said}: {bad}");
    }
    assert_eq!(attributes(&run.html(), "input[name=datum][checked]", "value"), ["bd09"]);
    assert_eq!(attributes(&run.html(), "input[name=swapped][checked]", "value"), ["on"]);
    assert!(texts(&run.html(), "button[name=act]").iter().all(|it| !it.contains("全部")), "not all can be handed in");
    let all = editor.post(&path, &[("act".into(), "all".into())]).await;
    assert_eq!(all.code(), 422);

    let sheet = editor.get(&format!("{path}/bad.csv")).await;
    assert_eq!(sheet.text().lines().count(), 6, "{}", sheet.text());
    assert_eq!(reviewer.get(&path).await.code(), 403, "somebody else's table");
    assert_eq!(reviewer.get(&format!("{path}/bad.xlsx")).await.code(), 403);

    let handed_in = editor.submit(&path, &path, &[("act", "good")]).await;
    let batch = handed_in.header(header::LOCATION).to_owned();
    assert!(batch.starts_with("/desk/batches/"), "{}", handed_in.text());
    let twice = editor.post(&path, &[("act".into(), "good".into())]).await;
    assert_eq!(twice.header(header::LOCATION), batch, "handed in twice it is one batch");
    assert_eq!(texts(&editor.get(&batch).await.html(), "button").iter().filter(|it| it.contains("发布")).count(), 0);
    assert!(reviewer.get("/desk/changes").await.text().contains(&batch));
    let done = reviewer.submit(&batch, &format!("{batch}/publish"), &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());

    app.refresh(MONDAY).await;
    let content = app.content().await;
    let new = content.points.iter().find(|it| it.facts.external_id == "t-2").expect("the new point");
    assert_eq!(new.facts.telephones, ["02886512346"]);
    assert_eq!(new.facts.schedule.week.as_ref().expect("hours").to_string(), "Mo-Su 08:30-20:00");
    assert!(new.facts.position.expect("a position").distance(known[0].facts.position.expect("a position")) < 3.0);
    assert_eq!(app.get(&format!("/points/{}", new.id.0)).await.code(), 200);
    let audit: Vec<_> = texts(&editor.get(&format!("/desk/points/{}", new.id.0)).await.html(), "ol li strong");
    assert_eq!(audit, ["第 1 版"]);

    // The sheet of bad rows, corrected, and the whole table again: nothing is there twice.
    let corrected = sheet.text().replace("飞碟站", "便民服务中心").replace(
        "示例新点四,便民服务中心,武侯区,同上,,,,,早九晚五",
        "示例新点四,便民服务中心,武侯区,同上,示例路4号,,,,",
    );
    let again = editor.get(&upload(&editor, "改过.csv", corrected.as_bytes()).await).await;
    assert_eq!(counts(&again)[1], 0, "{}", again.text());
    assert_eq!(counts(&editor.get(&upload(&editor, "台账.csv", &bytes).await).await)[..4], [0, 0, 5, 5]);
}

#[tokio::test]
async fn what_is_exported_is_imported_without_a_change() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    for format in ["csv", "xlsx", "geojson"] {
        let table = editor.get(&format!("/desk/points/export.{format}")).await;
        assert_eq!(table.code(), 200);
        let run = editor.get(&upload(&editor, &format!("points.{format}"), &table.body).await).await;
        let counts = counts(&run);
        assert!(counts[2] > 100, "{format}: {counts:?}");
        assert_eq!((counts[0], counts[1], counts[3]), (0, 0, 0), "{format}: {}", run.text());
    }
    assert_eq!(app.get("/desk/points/export.csv").await.code(), 403);
    assert_eq!(editor.get("/desk/points/export.exe").await.code(), 404);
}

#[tokio::test]
async fn what_is_no_table_is_a_sentence() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let shown = editor.get(UPLOAD).await;
    let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    for (bytes, said) in [
        (&b""[..], "没有内容"),
        (&b"  \n "[..], "没有内容"),
        (&b"PK\x03\x04 and then nothing"[..], "坏了"),
        (&old[..], "旧格式"),
        (&b"\x00\x01\x02\xff"[..], "不是表格"),
        (&b"{\"a\": 1}"[..], "不是表格"),
        (&b"{\"a\": "[..], "坏了"),
        ("甲,乙\n丙,丁".as_bytes(), "没有认得的表头"),
    ] {
        let answer = editor.submit_files(&shown, UPLOAD, &[], &[("file", "x.csv", bytes)]).await;
        assert_eq!(answer.code(), 422, "{said}");
        assert!(answer.one(".p-errors").contains(said), "{said}: {}", answer.one(".p-errors"));
    }
    let huge = vec![b'a'; 25 * 1024 * 1024];
    assert_eq!(editor.submit_files(&shown, UPLOAD, &[], &[("file", "x.csv", &huge)]).await.code(), 413);
}

#[tokio::test]
async fn many_are_changed_at_once_after_a_look_and_taken_back_again() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let id = app.a_point_of("510107").await;
    let content = app.content().await;
    let before = content.point(id).expect("a point").facts.clone();
    let path =
        "/desk/points?q=".to_owned() + &serde_urlencoded::to_string([("", before.name.as_str())]).expect("text")[1..];
    let nothing = editor.submit(&path, "/desk/points/bulk", &[("act", "preview")]).await;
    assert_eq!(nothing.code(), 422, "nothing is asked for");
    let picked = id.0.to_string();
    let bad = [("point", picked.as_str()), ("hours", "早九晚五"), ("act", "preview")];
    let refused = editor.submit(&path, "/desk/points/bulk", &bad).await;
    assert_eq!((refused.code(), refused.one(".p-errors li").contains("时间写成")), (422, true));
    assert_eq!(
        attributes(&refused.html(), "input[name=point][checked]", "value"),
        [picked.as_str()],
        "what was picked stays"
    );
    let values = [("all", "on"), ("hours", "周一至周六 8:00-18:00"), ("act", "preview")];
    let preview = editor.submit(&path, "/desk/points/bulk", &values).await;
    assert_eq!(preview.code(), 200, "{}", preview.text());
    assert!(preview.one("tbody").contains("08:00-18:00"));
    let done = editor.submit_shown(&preview, "/desk/points/bulk", &[("act", "submit")]).await;
    let batch = done.header(header::LOCATION).to_owned();
    assert!(editor.get("/desk/points").await.one("main").contains("上一步"));
    assert_eq!(editor.post(&format!("{batch}/publish"), &[("revision".into(), "1".into())]).await.code(), 403);
    assert_eq!(reviewer.submit(&batch, &format!("{batch}/publish"), &[]).await.code(), 303);
    let after = app.content().await;
    assert_eq!(
        after.point(id).expect("a point").facts.schedule.week.as_ref().expect("hours").to_string(),
        "Mo-Sa 08:00-18:00"
    );

    let undone = editor.submit(&batch, &format!("{batch}/undo"), &[]).await;
    let undo = undone.header(header::LOCATION).to_owned();
    assert_eq!(reviewer.submit(&undo, &format!("{undo}/publish"), &[]).await.code(), 303);
    assert_eq!(app.content().await.point(id).expect("a point").facts, before);
}

#[tokio::test]
async fn simple_fields_are_changed_in_the_table_itself() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let path = "/desk/points?edit=on";
    let nothing = editor.submit(path, "/desk/points/edit", &[]).await;
    assert_eq!(nothing.code(), 422);
    let bad = editor.submit(path, "/desk/points/edit", &[("name", "示例改名"), ("telephones", "打不通")]).await;
    assert_eq!(bad.code(), 422);
    assert_eq!(attributes(&bad.html(), "input[name=name]", "value")[0], "示例改名", "what was typed is there");
    let done = editor.submit(path, "/desk/points/edit", &[("name", "示例改名"), ("telephones", "028-00000001")]).await;
    let batch = editor.get(done.header(header::LOCATION)).await;
    let rows = texts(&batch.html(), "tbody tr");
    assert!(rows.len() == 1 && rows[0].contains("示例改名") && rows[0].contains("028-00000001"), "{rows:?}");
    assert_eq!(
        editor.submit(path, "/desk/points/edit", &[("name", "再改一次")]).await.code(),
        422,
        "a change is under way"
    );
}
