//! The register of interpreters' posts: kept at the desk, shown to everybody, handed over before a post or an account ends.

use domain::{
    audit::By,
    hours::Schedule,
    identity::Role,
    interpreters::{Ended, Interpreter, InterpreterId, Tier},
};
use http::header;
use time::Duration;

use crate::harness::{App, MONDAY, attributes, slug, texts};

const REGISTER: &str = "/desk/interpreters";
const NEW: &str = "/desk/interpreters/new";
/// What the form of a new post is filled in with.
const FIELDS: [(&str, &str); 6] = [
    ("organisation", "510100-services"),
    ("post", "窗口服务处(示例岗位)"),
    ("person", "示例解读人"),
    ("telephone", "028-00000014"),
    ("hours", "周一至周五 9:00-12:00,13:30-17:00;节假日休息"),
    ("subjects", "便民服务、 代办,"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    FIELDS.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).chain(more).copied().collect()
}

/// Asks at the sample policy; the code.
async fn ask(app: &App) -> String {
    let values = [("words", "代办要不要带原件?")];
    let sent = app.browser().submit("/policies/2/ask?at=a7", "/policies/2/ask", &values).await;
    sent.one(".p-code .p-copy__text")
}

#[tokio::test]
async fn a_post_is_registered_changed_and_shown_to_everybody() {
    let app = App::demonstration().await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510100").await;
    app.open_account("serving", Role::Interpreter, "510100").await;
    app.open_account("elsewhere", Role::Interpreter, "510107").await;
    assert!(attributes(&reviewer.get("/desk").await.html(), "main a", "href").contains(&REGISTER.to_owned()));
    let shown = reviewer.get(REGISTER).await;
    assert_eq!(texts(&shown.html(), ".p-table tbody th a").len(), 3, "{}", shown.text());
    let cells = texts(&shown.html(), "tr[id=interpreter-1] td");
    assert_eq!([&cells[0], &cells[2], &cells[3]], ["解读人", "2", "0"]);
    assert!(cells[1].contains("在岗"), "by the clock of the day: {cells:?}");

    let wrong = with(&[("person", ""), ("telephone", "请打总机"), ("hours", "有空就在"), ("post", "甲<b>\"")]);
    let refused = reviewer.submit(NEW, NEW, &wrong).await;
    let said = attributes(&refused.html(), ".p-errors a", "href");
    assert_eq!((refused.code(), said), (422, ["#hours", "#person", "#telephone"].map(str::to_owned).to_vec()));
    assert_eq!(attributes(&refused.html(), "#post", "value"), ["甲<b>\""], "nothing typed is lost");
    assert_eq!(refused.one("#hours").trim(), "有空就在");
    assert!(refused.one("#person-wrong").contains("写明在岗的人"));
    let elsewhere = app.number_of("elsewhere").await;
    let unable = reviewer.submit(NEW, NEW, &with(&[("account", &elsewhere)])).await;
    assert_eq!((unable.code(), attributes(&unable.html(), ".p-errors a", "href")), (422, vec!["#account".to_owned()]));
    let nowhere = reviewer.submit(NEW, NEW, &with(&[("organisation", "没有这个局")])).await;
    assert_eq!(attributes(&nowhere.html(), ".p-errors a", "href"), ["#organisation"]);

    let serving = app.number_of("serving").await;
    let done =
        reviewer.submit(NEW, NEW, &with(&[("account", &serving), ("deputy", "2"), ("tier", "supplementary")])).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, REGISTER), "{}", done.text());
    app.refresh(MONDAY).await;
    let page = app.get("/interpreters/4").await;
    assert_eq!((page.code(), page.one("h1")), (200, "窗口服务处(示例岗位)".to_owned()));
    for words in [
        "示例解读人",
        "028-00000014",
        "补充解读人",
        "周一至周五 09:00-12:00、13:30-17:00",
        "便民服务、代办",
        "现在在岗",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(!page.text().contains("示例serving") && !page.text().contains("不在岗时找"), "{}", page.text());
    app.refresh(MONDAY + Duration::hours(9)).await;

    // What the form shows, it takes again; who looked at an older one does not write over it.
    let form = format!("{REGISTER}/4");
    let (old, again) = (reviewer.get(&form).await, reviewer.get(&form).await);
    assert_eq!(reviewer.submit_shown(&again, &form, &[("person", "示例另一人")]).await.code(), 303);
    let late = reviewer.submit_shown(&old, &form, &[("person", "示例第三人")]).await;
    assert!(late.code() == 422 && late.one(".p-errors").contains("刚才有人改过了"), "{}", late.text());
    app.refresh(MONDAY).await;
    let page = app.get("/interpreters/4").await;
    assert!(page.text().contains("示例另一人") && page.text().contains("周一至周五 09:00-12:00、13:30-17:00"));
}

#[tokio::test]
async fn the_page_of_a_post_says_what_it_interprets_and_how_fast_it_answers() {
    let app = App::demonstration().await;
    let panel = app.get("/policies/2").await;
    assert!(attributes(&panel.html(), "#interpreter a", "href").contains(&"/interpreters/1".to_owned()));
    let page = app.get("/interpreters/1").await;
    let policies = attributes(&page.html(), ".p-policy-row a", "href");
    assert_eq!(policies, ["/policies/2", "/policies/1"], "what holds comes first");
    assert_eq!(texts(&page.html(), ".p-figure dd"), ["0"]);
    assert_eq!(texts(&page.html(), "a[href='tel:028-00000011']").len(), 1);

    ask(&app).await;
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let question = attributes(&interpreter.get("/desk/questions").await.html(), ".p-table th a", "href");
    let answer = format!("{}/answer", question[0]);
    let done = interpreter.submit(&question[0], &answer, &[("words", "要带。"), ("publish", "yes")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let page = app.get("/interpreters/1").await;
    assert_eq!(texts(&page.html(), ".p-figure dd"), ["1", "一半以上当天答复"]);
    let english = app.get("/en/interpreters/1").await;
    assert_eq!(texts(&english.html(), ".p-figure dd"), ["1", "At least half on the same day"]);
    assert!(english.one("title").starts_with("Interpreter 1 · "));
    for path in ["/interpreters/0", "/interpreters/01", "/interpreters/x", "/interpreters/99", "/interpreters"] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
}

#[tokio::test]
async fn who_leaves_hands_the_post_over_and_its_old_address_leads_on() {
    let app = App::demonstration().await;
    app.open_account("leaver", Role::Interpreter, "510100").await;
    let admin = app.admin().await;
    let leaver = app.number_of("leaver").await;
    let form = format!("{REGISTER}/1");
    let named = admin.submit(&form, &form, &[("account", &leaver)]).await;
    assert_eq!(named.code(), 303, "{}", named.text());
    app.refresh(MONDAY).await;
    let (account, end) = (format!("/desk/accounts/{leaver}"), format!("/desk/accounts/{leaver}/end"));
    let refused = admin.submit(&account, &end, &[]).await;
    assert_eq!(
        (refused.code(), attributes(&refused.html(), ".p-errors a", "href")),
        (422, vec!["#leaving".to_owned()])
    );
    assert!(refused.one(".p-errors").contains("便民服务处(示例岗位)"), "{}", refused.text());
    assert_eq!(attributes(&refused.html(), "#leaving .p-notice a", "href"), [form.as_str()]);

    let code = ask(&app).await;
    let over = format!("{form}/hand-over");
    let shown = admin.get(&over).await;
    assert!(shown.one("#moves").contains("2 份政策,1 个没有答复的提问"), "{}", shown.text());
    assert_eq!(attributes(&shown.html(), "#moves li a", "href"), ["/policies/1", "/policies/2"]);
    assert_eq!(attributes(&shown.html(), "select[name=to] option", "value"), ["", "2"], "not what has ended");
    let nobody = admin.submit_shown(&shown, &over, &[("reason", "处室撤并(示例)")]).await;
    assert_eq!((nobody.code(), attributes(&nobody.html(), ".p-errors a", "href")), (422, vec!["#to".to_owned()]));
    assert_eq!(nobody.one("#reason").trim(), "处室撤并(示例)");
    let silent = admin.submit_shown(&shown, &over, &[("to", "2")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#reason".to_owned()]));
    let done = admin.submit_shown(&shown, &over, &[("to", "2"), ("reason", "处室撤并(示例)")]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, REGISTER), "{}", done.text());
    app.refresh(MONDAY).await;

    let status = app.browser().post("/questions", &[("code".to_owned(), code)]).await;
    assert!(status.one(".p-trace").contains("处室撤并(示例)"), "{}", status.text());
    let policy = app.get("/policies/2").await;
    assert_eq!(attributes(&policy.html(), "#interpreter .p-post__link", "href"), ["/interpreters/2"]);
    for (prefix, said) in [("", "停用"), ("/en", "This post ended")] {
        let gone = app.get(&format!("{prefix}/interpreters/1")).await;
        assert!(gone.code() == 410 && gone.one("main .p-notice").contains(said), "{}", gone.text());
        assert!(gone.one("main .p-notice").contains("处室撤并(示例)"));
        let on = format!("{prefix}/interpreters/2");
        assert!(attributes(&gone.html(), "main a", "href").contains(&on), "{}", gone.text());
    }
    assert_eq!(admin.get(&over).await.header(header::LOCATION), form, "it has ended");
    assert!(admin.get(&form).await.text().contains("接手的岗位"));
    assert_eq!(admin.submit(&account, &end, &[]).await.code(), 303);
}

#[tokio::test]
async fn what_nobody_interprets_stands_on_top_until_somebody_does() {
    let app = App::demonstration().await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510100").await;
    assert!(!reviewer.get("/desk").await.text().contains("份政策没有解读人"));
    let gone = Interpreter {
        id: InterpreterId(2),
        organisation: slug("510100-civil"),
        post: "示例岗位".into(),
        person: "示例解读人".into(),
        telephone: "028-00000012".into(),
        schedule: Schedule::default(),
        tier: Tier::Online,
        subjects: vec![],
        deputy: None,
        account: None,
        ended: Some(Ended { on: MONDAY.date(), successor: None, reason: "示例".into() }),
        demonstration: true,
    };
    store::interpreters::seed(&app.store, &By::console(MONDAY), vec![gone]).await.expect("a post that has ended");
    app.refresh(MONDAY).await;
    let row = format!("a[href='{REGISTER}'] .p-tag--late");
    assert_eq!(reviewer.get("/desk").await.one(&row), "1 份政策没有解读人");
    let shown = reviewer.get(REGISTER).await;
    assert_eq!(attributes(&shown.html(), ".p-gone li > a", "href"), ["/policies/3"]);
    let policy = app.get("/policies/3").await;
    assert!(policy.one("#interpreter").contains("没有指定解读人"), "{}", policy.text());
    assert_eq!(app.get("/policies/3/ask").await.code(), 404, "nobody would answer");
    let give = format!("{REGISTER}/policies/3");
    let wrong = reviewer.submit_shown(&shown, &give, &[("to", "2")]).await;
    assert_eq!(wrong.code(), 422, "{}", wrong.text());
    let done = reviewer.submit_shown(&shown, &give, &[("to", "1")]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, REGISTER), "{}", done.text());
    app.refresh(MONDAY).await;
    assert!(texts(&reviewer.get(REGISTER).await.html(), ".p-gone").is_empty());
    assert_eq!(app.get("/policies/3/ask").await.code(), 200);
    assert_eq!(reviewer.submit_shown(&shown, &give, &[("to", "1")]).await.code(), 422, "it has somebody");
}

#[tokio::test]
async fn the_register_is_nobody_elses_business() {
    let app = App::demonstration().await;
    let forms =
        [NEW.to_owned(), format!("{REGISTER}/1"), format!("{REGISTER}/1/hand-over"), format!("{REGISTER}/policies/3")];
    let fields: Vec<_> =
        with(&[("to", "2"), ("reason", "示例")]).into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    for (name, role) in [("editor", Role::Editor), ("interpreter", Role::Interpreter), ("auditor", Role::Auditor)] {
        let other = app.staff(name, role, "510100").await;
        assert!(!other.get("/desk").await.text().contains(REGISTER), "{name}");
        for path in [REGISTER, NEW, &forms[1], &forms[2]] {
            assert_eq!(other.get(path).await.code(), 403, "{name} {path}");
        }
        for path in &forms {
            assert_eq!(other.post(path, &fields).await.code(), 403, "{name} {path}");
        }
    }
    // A reviewer of a district sees the register, and neither changes nor hands over what is not of the district.
    let far = app.staff("far", Role::Reviewer, "510107").await;
    assert!(texts(&far.get(REGISTER).await.html(), ".p-table tbody th a").is_empty());
    for path in [&forms[1], &forms[2], &format!("{REGISTER}/99")] {
        assert_eq!(far.get(path).await.code(), 403, "{path}");
    }
    for path in &forms {
        assert_eq!(far.post(path, &fields).await.code(), 403, "{path}");
    }
    for path in ["x", "01", "x/hand-over"] {
        assert_eq!(far.get(&format!("{REGISTER}/{path}")).await.code(), 404, "{path}");
    }
    assert_eq!(app.get(REGISTER).await.header(header::LOCATION), format!("/sign-in?back={REGISTER}"));
}
