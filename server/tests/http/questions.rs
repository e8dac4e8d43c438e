//! A resident asks at a clause, its interpreter answers in the open, the resident rates the answer and comes back.

use domain::{codes::Thing, identity::Role};
use http::header;

use crate::harness::{App, Browser, MONDAY, attributes, texts};

/// The sample policy with an interpretation.
const POLICY: &str = "/policies/2";
const WORDS: &str = "我叫王小明,电话13812345678,代办要不要带原件?看 http://spam.example.com/x";

async fn ask(who: &Browser<'_>, at: &str, values: &[(&str, &str)]) -> String {
    let page = format!("{POLICY}/ask?at={at}");
    let answer = who.submit(&page, &format!("{POLICY}/ask"), values).await;
    assert_eq!(answer.code(), 200, "{}", answer.text());
    answer.one(".p-code .p-copy__text")
}

async fn waiting(who: &Browser<'_>) -> Vec<String> {
    attributes(&who.get("/desk/questions").await.html(), ".p-table th a", "href")
}

#[tokio::test]
async fn a_question_is_answered_masked_rated_and_comes_back() {
    let app = App::demonstration().await;
    let resident = app.browser();
    let policy = resident.get(POLICY).await;
    assert!(attributes(&policy.html(), ".p-policy__ask", "href").contains(&format!("{POLICY}/ask?at=a7")));
    assert!(texts(&policy.html(), "#interpreter strong").contains(&"示例解读人".to_owned()));
    let form = resident.get(&format!("{POLICY}/ask?at=a7")).await;
    assert!(form.one(".p-quote").starts_with("第七条"));
    let content = app.content().await;
    let token = content.codes.token("2".parse().map(Thing::Policy).expect("a policy")).expect("a code");
    let scanned = app.get(&format!("/c/{}", token.plain())).await;
    assert_eq!((scanned.code(), scanned.header(header::LOCATION)), (303, POLICY));
    assert!(attributes(&policy.html(), "main a", "href").contains(&format!("/codes/{}", token.plain())));

    let empty = resident.submit_shown(&form, &format!("{POLICY}/ask"), &[("words", " "), ("contact", "示例")]).await;
    assert_eq!((empty.code(), attributes(&empty.html(), ".p-errors a", "href")), (422, vec!["#words".to_owned()]));
    assert_eq!(attributes(&empty.html(), "#contact", "value"), ["示例"], "nothing typed is lost");
    assert!(empty.one(".p-quote").starts_with("第七条"), "nor what it is about");

    let code = ask(&resident, "a7", &[("words", WORDS), ("contact", "13900000000")]).await;
    let follow = |values: &'static [(&'static str, &'static str)]| {
        let fields = [("code".to_owned(), code.clone())].into_iter();
        fields.chain(values.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))).collect::<Vec<_>>()
    };
    let status = resident.post("/questions", &follow(&[])).await;
    assert_eq!((status.one(".p-tag"), status.header(header::CACHE_CONTROL)), ("已收到".to_owned(), "no-store"));
    let early = resident.post("/questions", &follow(&[("act", "rate"), ("rating", "good")])).await;
    assert_eq!(early.code(), 422, "there is nothing to rate yet");
    assert!(!resident.get(POLICY).await.text().contains("代办要不要带原件"), "nothing is public yet");

    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = waiting(&interpreter).await.pop().expect("a question");
    let shown = interpreter.get(&one).await;
    assert!(shown.text().contains("王小明") && !shown.text().contains("13900000000"));
    let contact = interpreter.submit_shown(&shown, &format!("{one}/contact"), &[]).await;
    assert!(contact.text().contains("13900000000"));
    let taken = interpreter.submit_shown(&shown, &format!("{one}/take"), &[]).await;
    assert_eq!(taken.code(), 303, "{}", taken.text());
    assert_eq!(resident.post("/questions", &follow(&[])).await.one(".p-tag"), "办理中");
    let shown = interpreter.get(&one).await;
    let silent = interpreter.submit_shown(&shown, &format!("{one}/answer"), &[("words", " ")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#words".to_owned()]));
    let answer = [("words", "要带原件,看过就还。"), ("publish", "yes")];
    let done = interpreter.submit_shown(&shown, &format!("{one}/answer"), &answer).await;
    assert_eq!(done.code(), 303, "{}", done.text());

    let public = resident.get(POLICY).await;
    let asked = public.one(".p-question h3");
    assert!(asked.contains("代办要不要带原件") && asked.contains("138****5678"), "{asked}");
    assert!(!asked.contains("小明") && !asked.contains("spam"), "{asked}");
    assert!(public.one(".p-question__answer").contains("要带原件"));
    assert!(attributes(&public.html(), "#a7 .p-chip", "href").contains(&"#questions".to_owned()));

    let rated = resident.post("/questions", &follow(&[("act", "rate"), ("rating", "bad")])).await;
    assert_eq!((rated.code(), texts(&rated.html(), "input[name=rating]").len()), (200, 0), "once");
    assert_eq!(resident.post("/questions", &follow(&[("act", "rate"), ("rating", "good")])).await.code(), 422);
    let silent = resident.post("/questions", &follow(&[("act", "ask_back"), ("words", " ")])).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#words".to_owned()]));
    assert_eq!(attributes(&silent.html(), "input[name=act]", "value"), ["ask_back"], "it goes on from there");
    let back = resident.post("/questions", &follow(&[("act", "ask_back"), ("words", "复印件行不行")])).await;
    assert_eq!((back.code(), back.one(".p-tag")), (200, "已收到".to_owned()), "{}", back.text());
    assert!(back.text().contains("追问\u{ff1a}复印件行不行"));
    assert_eq!(waiting(&interpreter).await, std::slice::from_ref(&one), "it is in the queue again");
    assert!(resident.get(POLICY).await.one(".p-question").contains("又问了"));
    let shown = interpreter.get(&one).await;
    assert!(shown.text().contains("复印件行不行"));
    let answer = interpreter.submit_shown(&shown, &format!("{one}/answer"), &[("words", "复印件也行。")]).await;
    assert!(answer.code() < 400, "{}", answer.text());
    let twice = resident.post("/questions", &follow(&[("act", "ask_back"), ("words", "还有")])).await;
    assert_eq!((twice.code(), twice.one(".p-errors").contains("追问过一次")), (422, true));
    let back = resident.post("/questions", &follow(&[("act", "reopen"), ("words", "还有")])).await;
    assert_eq!((back.code(), back.one(".p-tag")), (200, "已收到".to_owned()), "not settled, as often as it is so");
}

#[tokio::test]
async fn it_is_handed_over_in_the_open_and_stays_private_when_that_was_asked() {
    let app = App::demonstration().await;
    let resident = app.browser();
    let code = ask(&resident, "a3", &[("words", "收费的事问哪里?"), ("private", "yes")]).await;
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = waiting(&interpreter).await.pop().expect("a question");
    let shown = interpreter.get(&one).await;
    assert!(attributes(&shown.html(), "input[name=publish]", "name").is_empty());
    let silent = interpreter.submit_shown(&shown, &format!("{one}/hand-over"), &[("reason", "")]).await;
    assert_eq!((silent.code(), attributes(&silent.html(), ".p-errors a", "href")), (422, vec!["#reason".to_owned()]));
    let done = interpreter.submit_shown(&shown, &format!("{one}/hand-over"), &[("reason", "由养老处解释")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let status = resident.post("/questions", &[("code".to_owned(), code)]).await;
    assert!(status.one(".p-trace").contains("由养老处解释"), "{}", status.text());
    // What a form says does not make it public.
    let path = format!("{one}/answer");
    let fields = [("words", "不收费。"), ("publish", "yes")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(interpreter.post(&path, &fields).await.code(), 303);
    assert!(!resident.get(POLICY).await.text().contains("收费的事问哪里"));
}

#[tokio::test]
async fn who_does_not_interpret_for_the_office_sees_no_question_and_hears_of_none() {
    let app = App::demonstration().await;
    ask(&app.browser(), "a7", &[("words", WORDS)]).await;
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = waiting(&interpreter).await.pop().expect("a question");
    for (name, role, division) in [("editor", Role::Editor, "510100"), ("elsewhere", Role::Interpreter, "510107")] {
        let other = app.staff(name, role, division).await;
        assert_eq!(other.get(&one).await.code(), 403, "{name}");
        for act in ["take", "contact", "answer", "hand-over"] {
            let fields = [("words".to_owned(), "x".to_owned()), ("to".to_owned(), "2".to_owned())];
            assert_eq!(other.post(&format!("{one}/{act}"), &fields).await.code(), 403, "{name} {act}");
        }
    }
    assert_eq!(app.get(&one).await.code(), 303, "to sign in");
    assert_eq!(interpreter.get("/desk/questions/999").await.code(), 403, "whether it exists is not said");
    assert_eq!(interpreter.get("/desk/questions/x").await.code(), 404);
}

#[tokio::test]
async fn what_is_alike_is_shown_before_a_question_is_sent() {
    let app = App::demonstration().await;
    let resident = app.browser();
    ask(&resident, "a7", &[("words", "代办要不要带身份证原件?")]).await;
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = waiting(&interpreter).await.pop().expect("a question");
    let shown = interpreter.get(&one).await;
    let answer = [("words", "要带。"), ("publish", "yes")];
    assert_eq!(interpreter.submit_shown(&shown, &format!("{one}/answer"), &answer).await.code(), 303);
    let page = format!("{POLICY}/ask?at=a7");
    let alike = [("words", "请问代办要带身份证原件吗?")];
    let looked = resident.submit(&page, &format!("{POLICY}/ask"), &alike).await;
    assert_eq!((looked.code(), texts(&looked.html(), "#alike .p-question").len()), (200, 1), "{}", looked.text());
    assert_eq!(looked.one("#words").trim(), "请问代办要带身份证原件吗?");
    assert!(waiting(&interpreter).await.is_empty(), "nothing was sent");
    let sent = resident.submit_shown(&looked, &format!("{POLICY}/ask"), &alike).await;
    assert!(sent.one("h1").contains("收到了"), "{}", sent.text());
}

#[tokio::test]
async fn how_to_reach_somebody_is_forgotten_long_after_the_answer() {
    let app = App::demonstration().await;
    let resident = app.browser();
    for words in ["代办要带什么?", "周末开门吗?"] {
        ask(&resident, "a7", &[("words", words), ("contact", "13900000000")]).await;
    }
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let [first, second] = waiting(&interpreter).await.try_into().expect("two questions");
    let fields = [("words".to_owned(), "要带原件。".to_owned())];
    assert_eq!(interpreter.post(&format!("{first}/answer"), &fields).await.code(), 303);
    let forget = async |years: i64| {
        let by = domain::audit::By::console(MONDAY + time::Duration::days(365 * years));
        store::questions::forget(&app.store(), &by).await.expect("a database")
    };
    assert_eq!((forget(-20).await, forget(20).await, forget(20).await), (0, 1, 0), "the open one stays reachable");
    let reach =
        async |path: &str| interpreter.post(&format!("{path}/contact"), &[]).await.text().contains("13900000000");
    assert!(!reach(&first).await && reach(&second).await);
}

#[tokio::test]
async fn policies_that_are_none_bad_codes_and_hostile_words_get_their_own_answer() {
    let app = App::demonstration().await;
    for path in ["/policies/0", "/policies/02", "/policies/x", "/policies/99/ask", "/en/policies/9999999999999999999"] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
    assert_eq!(app.post("/policies/99/ask", &[("words", "x")]).await.code(), 404);
    assert_eq!(app.post("/questions", &[("code", "x")]).await.code(), 422);
    assert_eq!(app.post("/questions", &[("code", "22222-22222-22222")]).await.code(), 422);
    for (path, code) in [("/policies?q=%00%ff&kind=x&validity=y&page=-1", 200), ("/policies?page=99999", 200)] {
        assert_eq!(app.get(path).await.code(), code, "{path}");
    }
    let list = app.get("/policies?validity=repealed").await;
    assert_eq!(texts(&list.html(), ".p-policy-row").len(), 1);
    let old = app.get("/policies/1").await;
    assert!(old.one(".p-policy__state").contains("废止"));
    assert!(attributes(&old.html(), ".p-policy__state a", "href").contains(&POLICY.to_owned()));
    let resident = app.browser();
    let nasty = "</textarea><script>alert(1)</script>\"&";
    let code = ask(&resident, "nowhere%22%3E%3Cscript%3E", &[("words", nasty)]).await;
    let status = resident.post("/questions", &[("code".to_owned(), code)]).await;
    assert!(!status.text().contains("<script>alert") && status.one(".p-quote").contains(nasty));
    let long = "长".repeat(601);
    let refused = resident.submit(&format!("{POLICY}/ask"), &format!("{POLICY}/ask"), &[("words", &long)]).await;
    assert_eq!((refused.code(), refused.one("#words").trim().to_owned()), (422, long));
}
