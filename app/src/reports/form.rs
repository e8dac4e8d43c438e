//! `/points/{id}/report`: a resident says what is wrong with a point. No account, no puzzle: a field people do not see, and a
//! number an hour for each network, keep machines away.

use domain::{
    locale::Locale,
    points::{Point, PointId},
    reports::{Fault, MAX_CONTACT, MAX_WORDS, NewReport, code::QueryCode, due},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;
use store::{Failure, photos, reports};
use time::Date;

use super::text;
use crate::{
    error::ErrorPage,
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, portal, visit},
    ui::{
        Breadcrumbs, CopyText, ErrorSummary, Icon, PageHead, PhotoField, PrintPage, TextArea, TextField, lang_of,
        wrong_of,
    },
};

/// The field people do not see. A program fills it in.
const TRAP: &str = "homepage";

/// Receives a report.
pub(crate) async fn send(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let locale = visit.locale;
    let point = id.parse::<PointId>().ok().and_then(|id| visit.snapshot.content.point(id));
    let Some(point) = point.cloned() else { return Submitted::Status(404) };
    let mut form = form.clone();
    if !form.get(TRAP).is_empty() {
        // Who is no program after all only has to press again.
        form.fields.retain(|(name, _)| name != TRAP);
        form.files.clear();
        let zh = "这份报错像是程序自动填的,还没有收下。如果是您本人写的,请再按一次「提交」。";
        let en =
            "This looks as if a program had filled it in, and was not taken. If you wrote it, please send it again.";
        return Submitted::Refilled(form, vec![Wrong { field: "", words: locale.pick(zh, en).to_owned() }]);
    }
    let mut wrong = match keep_photo(portal, visit, &mut form).await {
        Ok(wrong) => wrong,
        Err(failure) => return refilled(failure, portal, visit, form),
    };
    let fault = Fault::from_code(form.get("fault"));
    if fault.is_none() {
        let words = locale.pick("请选哪里不对。", "Choose what is wrong.").to_owned();
        wrong.insert(0, Wrong { field: "fault", words });
    }
    let new = NewReport {
        point: point.id,
        fault: fault.unwrap_or(Fault::Other),
        words: form.get("words").to_owned(),
        photo: photos::hash_of(form.get("photo")).map(str::to_owned),
        contact: Some(form.get("contact").to_owned()),
    };
    if !wrong.is_empty() {
        return Submitted::Refilled(form, wrong);
    }
    let (code, nonce) = (QueryCode::new(portal.random()), portal.random());
    let by = visit.by();
    match reports::receive(portal.store(), portal.vault(), &by, new, (&code, nonce), portal.report_limit()).await {
        Ok(_) => {
            let last = due(visit.now, &visit.snapshot.content.calendar);
            Submitted::Page(Box::new(move || view! { <Receipt point code last /> }.into_any()), Cookie::Keep)
        }
        Err(failure) => refilled(failure, portal, visit, form),
    }
}

/// Keeps the photo that came, which from then on stands in the form by its address.
async fn keep_photo(portal: &Portal, visit: &Visit, form: &mut Form) -> Result<Vec<Wrong>, Failure<reports::Refused>> {
    if !form.get("photo-drop").is_empty() {
        form.fields.retain(|(name, _)| !matches!(name.as_str(), "photo" | "photo-drop"));
    }
    let Some(upload) = form.file("photo-file").cloned() else { return Ok(vec![]) };
    form.files.clear();
    match photos::prepare(upload.bytes).await {
        Ok(ready) => {
            let kept = reports::keep_photo(portal.store(), &visit.by(), &ready, portal.report_limit()).await?;
            form.fields.retain(|(name, _)| name != "photo");
            form.fields.push(("photo".into(), kept.url));
            Ok(vec![])
        }
        Err(why) => Ok(vec![Wrong { field: "photo-file", words: crate::photos::bad(why, visit.locale) }]),
    }
}

fn refilled(failure: Failure<reports::Refused>, portal: &Portal, visit: &Visit, form: Form) -> Submitted {
    match text::again(failure, portal, visit) {
        Submitted::Again(wrong) => Submitted::Refilled(form, wrong),
        other => other,
    }
}

/// The page with the form.
#[component]
pub(crate) fn ReportPage() -> impl IntoView {
    let visit = visit();
    let id = use_params_map().get_untracked().get("id").and_then(|id| id.parse::<PointId>().ok());
    match id.and_then(|id| visit.snapshot.content.point(id)).cloned() {
        Some(point) => view! { <Write point /> }.into_any(),
        None => view! { <ErrorPage status=404 /> }.into_any(),
    }
}

#[component]
fn Write(point: Point) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("报错", "Report an error");
    let name = name(&point, locale);
    let (action, lang) = (locale.href(&address(point.id)), lang_of(&name, locale));
    view! {
        <PageHead title=format!("{title} · {name}") description=title />
        <Meta name="robots" content="noindex" />
        <Breadcrumbs way=way(&point, locale) />
        <h1>{title}</h1>
        <p class="p-report__place" lang=lang><strong>{name.clone()}</strong></p>
        <p lang="zh-CN" class="p-quiet">{point.facts.address.clone()}</p>
        <p class="p-report__lead">
            {locale.pick(
                "不用登录,不用留姓名。工作人员 5 个工作日内核实并答复,凭查询码可以看结果。",
                "No account, no name. Staff look into it and answer within 5 working days; a code lets you see the answer.",
            )}
        </p>
        <ErrorSummary />
        <form class="p-form" method="post" action=action enctype="multipart/form-data">
            <Faults />
            <TextArea
                name="words"
                label=locale.pick("具体情况", "What exactly")
                hint=locale.pick("选了「其他」请写明;别的可以不写", "Needed for “something else”; may be empty otherwise")
                maxlength=MAX_WORDS
            />
            <KeptPhoto />
            <TextField
                name="contact"
                label=locale.pick("怎么联系您(可不填)", "How to reach you (may be empty)")
                hint=locale.pick(
                    "电话或邮箱,只在核实时用;加密保存,答复 30 天后删除",
                    "Telephone or e-mail, only to check what you say; kept sealed, removed 30 days after the answer",
                )
                autocomplete="tel"
                maxlength=MAX_CONTACT
            />
            <div class="p-hidden" aria-hidden="true">
                <label for=TRAP>{locale.pick("请不要填这一栏", "Leave this empty")}</label>
                <input class="p-input" id=TRAP name=TRAP type="text" value="" tabindex="-1" autocomplete="off" />
            </div>
            <button class="p-button p-button--main" type="submit">{locale.pick("提交", "Send")}</button>
        </form>
        <p class="p-report__ask"><a href=locale.href("/reports")>{locale.pick("报过错了?看结果", "Reported already? See the answer")}</a></p>
    }
}

#[component]
fn Faults() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let chosen = visit.filled.as_ref().map(|filled| filled.form.get("fault").to_owned()).unwrap_or_default();
    let wrong = wrong_of("fault");
    let choices = Fault::ALL.iter().enumerate().map(|(i, fault)| {
        let id = if i == 0 { "fault".to_owned() } else { format!("fault-{}", fault.code()) };
        view! {
            <label class="p-check p-check--block">
                <input type="radio" id=id name="fault" value=fault.code() checked=fault.code() == chosen required />
                <span>{text::fault(*fault, locale)}</span>
            </label>
        }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="p-fieldset" class:p-field--wrong=wrong.is_some()>
            <legend>{locale.pick("哪里不对", "What is wrong")}</legend>
            {wrong.clone().map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            {choices}
        </fieldset>
    }
}

/// The photo that came before, or a place for one.
#[component]
fn KeptPhoto() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let kept = visit.filled.as_ref().map(|filled| filled.form.get("photo").to_owned()).unwrap_or_default();
    let label = locale.pick("照片(可不附)", "A photo (optional)");
    if kept.is_empty() {
        let hint = locale.pick(
            "门牌、告示最有用;不超过 5 MB,拍摄地点等隐藏信息会去掉",
            "The sign or the notice at the door helps most; at most 5 MB, hidden data such as the place is removed",
        );
        return view! { <PhotoField name="photo-file" label hint /> }.into_any();
    }
    view! {
        <fieldset class="p-fieldset">
            <legend>{label}</legend>
            <input type="hidden" name="photo" value=kept />
            <p>{locale.pick("照片已经收到,不用再传。", "Your photo is here; no need to send it again.")}</p>
            <label class="p-check">
                <input type="checkbox" name="photo-drop" value="yes" />
                <span>{locale.pick("不附照片了", "Leave the photo out")}</span>
            </label>
        </fieldset>
    }
    .into_any()
}

/// It has been received: the code, shown once.
#[component]
fn Receipt(point: Point, code: QueryCode, last: Date) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let title = locale.pick("收到了,谢谢您", "Received, thank you");
    let last = crate::points::text::day(last, visit.snapshot.today(), locale);
    let telephone = portal.site().telephone.clone();
    view! {
        <PageHead title description=title />
        <Breadcrumbs way=way(&point, locale) />
        <h1><Icon name="circle-check" />{title}</h1>
        <p>{locale.pick(format!("最晚 {last} 答复。这是您的查询码:"), format!("You will have an answer by {last}. This is your code:"))}</p>
        <p class="p-code"><CopyText>{code.to_string()}</CopyText></p>
        <p class="p-notice">
            {locale.pick(
                "请抄下来或截屏:本站只显示这一次,丢了也查不回来。",
                "Please write it down or take a screenshot: it is shown only this once, and cannot be found again.",
            )}
        </p>
        <p>
            {locale.pick("凭它看答复:", "With it you see the answer: ")}
            <a href=locale.href("/reports")>{locale.pick("报错结果", "Answers to reports")}</a>
            {(!telephone.is_empty()).then(|| view! {
                {locale.pick(",或打电话 ", ", or call ")}
                <a href=format!("tel:{telephone}")>{telephone.clone()}</a>
            })}
        </p>
        <p class="p-acts">
            <PrintPage />
            <a class="p-button" href=locale.href(&format!("/points/{}", point.id.0))>{locale.pick("回到这个点位", "Back to the place")}</a>
        </p>
    }
}

/// The address of the form of a point.
pub(super) fn address(id: PointId) -> String {
    format!("/points/{}/report", id.0)
}

pub(super) fn name(point: &Point, locale: Locale) -> String {
    let facts = &point.facts;
    match locale {
        Locale::En if !facts.name_en.is_empty() => facts.name_en.clone(),
        _ => facts.name.clone(),
    }
}

fn way(point: &Point, locale: Locale) -> Vec<(String, String)> {
    vec![
        (locale.pick("一张图", "Map").to_owned(), "/points".to_owned()),
        (name(point, locale), format!("/points/{}", point.id.0)),
    ]
}
