//! A policy is written at the desk, read from a file, reviewed by three people and published with its interpretation; its files are told by
//! their content; a revision keeps the day of publication and every version.

use domain::{identity::Role, policies::PolicyId};
use http::{HeaderName, StatusCode, header};

use crate::harness::{Answer, App, Browser, MONDAY, attributes, texts};

const TEXT: &str = "# 成都市示例补贴办法\n\n第一条 为了示例,制定本办法。\n\n第二条 补贴每月发放。\n\n第三条 本办法自2026年12月1日起施行。\n";
const SAID: &str = "# 文字解读:补贴怎么领\n\n## 执行标准\n针对:第二条\n每月十五日前发。";
const OFFICE: &str = "510100-services";

fn values() -> Vec<(&'static str, &'static str)> {
    vec![
        ("organisation", OFFICE),
        ("number", "示例〔2026〕9号"),
        ("kind", "normative"),
        ("issuers", "成都市政务服务管理局(示例)"),
        ("subjects", "补贴、便民服务"),
        ("issued-on", "2026-11-20"),
        ("effective-on", "2026-12-01"),
        ("text", TEXT),
        ("said", SAID),
        ("interpreter", "1"),
        ("act", "save"),
    ]
}

/// Writes a new policy; where its draft stands.
async fn write(editor: &Browser<'_>, values: &[(&str, &str)]) -> Answer {
    fill(editor, "/desk/policies/new", values, &[]).await
}

/// Fills in the form of a page, with files.
async fn fill(editor: &Browser<'_>, page: &str, values: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
    let shown = editor.get(page).await;
    editor.submit_files(&shown, page, values, files).await
}

fn draft(answer: &Answer) -> String {
    assert_eq!(answer.code(), 303, "{:?}", texts(&answer.html(), "main"));
    answer.header(header::LOCATION).to_owned()
}

/// Takes a step as somebody who has just looked, whether or not the page offers it.
async fn step(who: &Browser<'_>, draft: &str, act: &str, values: &[(&str, &str)]) -> u16 {
    let page = who.get(draft).await;
    let revision = attributes(&page.html(), "input[name=revision]", "value").pop().unwrap_or_else(|| "1".to_owned());
    let fields = values.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    let fields: Vec<_> = fields.chain([("revision".to_owned(), revision)]).collect();
    who.post(&format!("{draft}/{act}"), &fields).await.code()
}

/// Has it reviewed and published.
async fn publish(app: &App, editor: &Browser<'_>, draft: &str, prefix: &str) {
    assert_eq!(step(editor, draft, "submit", &[]).await, 303);
    let mut reviewers = vec![];
    for i in 1..=3 {
        reviewers.push(app.staff(&format!("{prefix}{i}"), Role::Reviewer, "510100").await);
    }
    assert_eq!(step(&reviewers[0], draft, "pass", &[]).await, 303);
    assert_eq!(step(&reviewers[1], draft, "clear", &[("basis", "不涉及国家秘密")]).await, 303);
    assert_eq!(step(&reviewers[1], draft, "pass", &[]).await, 303);
    assert_eq!(step(&reviewers[2], draft, "pass", &[]).await, 303);
    app.refresh(MONDAY).await;
}

fn address(page: &Answer) -> String {
    attributes(&page.html(), "main a.p-button", "href")
        .into_iter()
        .find(|it| it.starts_with("/policies/"))
        .expect("its page")
}

#[tokio::test]
async fn a_policy_is_written_reviewed_by_three_and_published_with_its_interpretation() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let one = draft(&write(&editor, &values()).await);
    assert!(!app.get("/policies?q=示例补贴").await.text().contains("示例补贴办法"), "a draft is nobody's");
    assert_eq!(step(&editor, &one, "pass", &[]).await, 403, "an editor reviews nothing");
    assert_eq!(step(&editor, &one, "submit", &[]).await, 303);
    let first = app.staff("chushen", Role::Reviewer, "510100").await;
    assert_eq!(step(&first, &one, "clear", &[("basis", " ")]).await, 422, "a basis has words");
    assert_eq!(step(&first, &one, "pass", &[]).await, 303);
    assert_eq!(step(&first, &one, "pass", &[]).await, 422, "three people review");
    let second = app.staff("fushen", Role::Reviewer, "510100").await;
    assert_eq!(step(&second, &one, "pass", &[]).await, 303);
    let last = app.staff("zhongshen", Role::Reviewer, "510100").await;
    assert_eq!(step(&last, &one, "pass", &[]).await, 422, "not before it is cleared");
    assert_eq!(step(&second, &one, "clear", &[("basis", "不涉及国家秘密")]).await, 303);
    // Two see the same draft; the second one to press has to look again.
    let seen = last.get(&one).await;
    assert_eq!(step(&second, &one, "return", &[("words", "日期不对")]).await, 303);
    assert_eq!(last.submit_shown(&seen, &format!("{one}/pass"), &[]).await.code(), 422);
    assert!(editor.get(&one).await.text().contains("日期不对"));
    publish(&app, &editor, &one, "again").await;

    let done = editor.get(&one).await;
    let trace = done.one(".p-trace");
    assert!(trace.contains("保密审查:不涉密") && trace.contains("终审三校通过"), "{trace}");
    let page = app.get(&address(&done)).await;
    assert_eq!(page.one("h1"), "成都市示例补贴办法");
    assert_eq!(page.meta("PubDate").len(), "2026-11-23 10:00".len(), "set by the server");
    assert_eq!(texts(&page.html(), ".p-clause").len(), 3);
    assert!(page.one("#interpretation").contains("每月十五日前发"));
    assert!(attributes(&page.html(), "#a2 .p-chip", "href").contains(&"#i0-0".to_owned()));
    assert!(page.one("#interpreter").contains("示例解读人"));
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_typed_is_lost() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let bad: Vec<_> = values()
        .into_iter()
        .filter(|(name, _)| *name != "organisation" && *name != "said")
        .chain([("said", "# 漫画:题目\n## 别的"), ("fate", "repealed"), ("fate-by", "999")])
        .collect();
    let refused = write(&editor, &bad).await;
    let fields = attributes(&refused.html(), ".p-errors a", "href");
    assert_eq!(refused.code(), 422);
    for field in ["#organisation", "#said", "#fate-on", "#fate-by"] {
        assert!(fields.contains(&field.to_owned()), "{field}: {fields:?}");
    }
    assert!(refused.one("#text").contains("第二条 补贴每月发放") && refused.one("#said").contains("# 漫画:题目"));
    assert_eq!(attributes(&refused.html(), "input[name=interpreter][checked]", "value"), ["1"]);

    // A draft may be kept without an interpretation, but not handed in.
    let bare: Vec<_> = values().into_iter().filter(|(name, _)| !["said", "interpreter"].contains(name)).collect();
    let one = draft(&write(&editor, &bare).await);
    let page = editor.get(&one).await;
    assert!(page.text().contains("三同步"), "{}", page.text());
    let refused = editor.submit_shown(&page, &format!("{one}/submit"), &[]).await;
    assert_eq!(refused.code(), 422, "{}", refused.text());
    let exempt = [("exemption", "转发上级文件"), ("act", "save")];
    let edited = fill(&editor, &format!("{one}/edit"), &exempt, &[]).await;
    assert_eq!(edited.code(), 303, "{}", edited.text());
    publish(&app, &editor, &one, "exempt").await;
    let page = app.get(&address(&editor.get(&one).await)).await;
    assert!(page.one("#interpretation").contains("转发上级文件"), "the reason is public");
}

#[tokio::test]
async fn others_neither_see_nor_touch_a_draft() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let one = draft(&write(&editor, &values()).await);
    for (name, role, division) in [
        ("away", Role::Reviewer, "510107"),
        ("speaker", Role::Interpreter, "510100"),
        ("auditor", Role::Auditor, "510100"),
    ] {
        let other = app.staff(name, role, division).await;
        assert_eq!(other.get(&one).await.code(), 403, "{name}");
        for act in ["submit", "pass", "clear", "return", "withdraw"] {
            let fields = [("revision", "1"), ("words", "x"), ("basis", "x")].map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(other.post(&format!("{one}/{act}"), &fields).await.code(), 403, "{name} {act}");
        }
    }
    let away = app.staff("writer", Role::Editor, "510107").await;
    assert_eq!(write(&away, &values()).await.code(), 403, "for an office of another division");
    let second = app.staff("colleague", Role::Editor, "510100").await;
    assert_eq!(second.get(&format!("{one}/edit")).await.code(), 303, "only its author writes");
    assert_eq!(step(&second, &one, "submit", &[]).await, 422);
    for path in ["/desk/policy-drafts/x", "/desk/policy-drafts/1/nothing"] {
        assert_eq!(editor.get(path).await.code(), 404, "{path}");
    }
    assert_eq!(editor.get("/desk/policy-drafts/999").await.code(), 403, "whether it exists is not said");
    assert_eq!(step(&editor, &one, "withdraw", &[]).await, 303);
    assert_eq!(step(&editor, &one, "submit", &[]).await, 422, "what was withdrawn is over");
}

#[tokio::test]
async fn a_revision_keeps_the_day_of_publication_and_the_version_before() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    // What no office answers for is revised at the root.
    let begun = editor.post("/desk/policies/2/revise", &[]).await;
    let edit = draft(&begun);
    assert_eq!(
        editor.post("/desk/policies/2/revise", &[]).await.header(header::LOCATION),
        edit.trim_end_matches("/edit")
    );
    let before = app.get("/policies/2").await.meta("PubDate");
    let shown = editor.get(&edit).await;
    let text = shown.one("#text").replace("收件", "收件(修订示例)");
    assert!(shown.one("#said").contains("# 文字解读"), "the interpretation can be written on");
    let changed = fill(&editor, &edit, &[("text", &text), ("organisation", OFFICE), ("act", "save")], &[]).await;
    let one = draft(&changed);
    assert!(editor.get(&one).await.text().contains("修订示例"));
    publish(&app, &editor, &one, "r").await;
    let page = app.get("/policies/2").await;
    assert_eq!(page.meta("PubDate"), before);
    assert!(page.text().contains("修订示例"));
    assert_eq!(app.get(&address(&editor.get(&one).await)).await.one("h1"), page.one("h1"));
    let versions = store::policies::drafts::versions(&app.store(), PolicyId(2)).await.expect("versions");
    assert_eq!(versions.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 1]);
    let (_, old) = store::policies::drafts::version(&app.store(), PolicyId(2), 1).await.expect("one").expect("kept");
    assert!(!old.clauses.iter().any(|it| it.text.contains("修订示例")));
}

#[tokio::test]
async fn files_are_told_by_their_content_and_sent_in_parts() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let new = "/desk/policies/new";
    let with = async |name: &str, bytes: &[u8]| fill(&editor, new, &values(), &[("attach", name, bytes)]).await;
    let fake = with("附件.pdf", b"MZ this is a program").await;
    assert_eq!((fake.code(), attributes(&fake.html(), ".p-errors a", "href")), (422, vec!["#attach".to_owned()]));
    let one = draft(&with("../../表 格.exe", b"%PDF-1.7 sample").await);
    publish(&app, &editor, &one, "f").await;
    let page = app.get(&address(&editor.get(&one).await)).await;
    let [file] = attributes(&page.html(), "#files a", "href").try_into().expect("a file");
    assert_eq!(attributes(&page.html(), "#files a", "download"), ["表 格.pdf"], "its name says what it is");
    let whole = app.get(&file).await;
    assert_eq!((whole.code(), whole.header(header::CONTENT_TYPE)), (200, "application/pdf"));
    assert_eq!(whole.header(HeaderName::from_static("x-content-type-options")), "nosniff");
    assert!(whole.header(header::CACHE_CONTROL).contains("immutable"));
    let part = app.get_with(&file, &[(header::RANGE, "bytes=0-3")]).await;
    assert_eq!((part.code(), part.text(), part.header(header::CONTENT_RANGE)), (206, "%PDF", "bytes 0-3/15"));
    let beyond = app.get_with(&file, &[(header::RANGE, "bytes=99-")]).await;
    assert_eq!(beyond.code(), StatusCode::RANGE_NOT_SATISFIABLE.as_u16());
    // What a form says of a kept file does not count.
    let begun =
        draft(&editor.post(&format!("/desk{}/revise", file.split("/files/").next().unwrap_or_default()), &[]).await);
    let edit = begun.trim_end_matches("/edit").to_owned() + "/edit";
    let kept = attributes(&editor.get(&edit).await.html(), "input[name=attachment]", "value").remove(0);
    let forged = kept.replace("/pdf/", "/mp4/");
    assert_eq!(fill(&editor, &edit, &[("attachment", &forged), ("act", "save")], &[]).await.code(), 303);
    assert_eq!(attributes(&editor.get(&edit).await.html(), "input[name=attachment]", "value"), [kept]);
    let unknown = forged.replacen(|c: char| c.is_ascii_hexdigit(), "0", 64);
    assert_eq!(fill(&editor, &edit, &[("attachment", &unknown), ("act", "save")], &[]).await.code(), 303);
    assert!(attributes(&editor.get(&edit).await.html(), "input[name=attachment]", "value").is_empty());
    // Not by another policy, nor with another ending.
    assert_eq!(app.get(&file.replace("/policies/4", "/policies/1")).await.code(), 404);
    assert_eq!(app.get(&file.replace(".pdf", ".mp4")).await.code(), 404);
}

#[tokio::test]
async fn a_file_fills_in_the_text() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let new = "/desk/policies/new";
    let read = async |name: &str, bytes: &[u8]| {
        let values = [("act", "read"), ("number", "示例〔2026〕9号")];
        fill(&editor, new, &values, &[("file", name, bytes)]).await
    };
    let shown = read("办法.md", TEXT.as_bytes()).await;
    assert_eq!((shown.code(), shown.one("#text").trim()), (200, TEXT.trim()));
    assert_eq!(attributes(&shown.html(), "#number", "value"), ["示例〔2026〕9号"]);
    for (name, bytes) in
        [("a.docx", b"PK\x03\x04 nothing".as_slice()), ("b.txt", &[0xff, 0xfe, 0x00]), ("c.pdf", b"%PDF-1.7")]
    {
        let refused = read(name, bytes).await;
        assert_eq!(
            (refused.code(), attributes(&refused.html(), ".p-errors a", "href")),
            (422, vec!["#file".to_owned()]),
            "{name}"
        );
    }
    let none = fill(&editor, new, &[("act", "read")], &[]).await;
    assert_eq!(none.code(), 422);
}
