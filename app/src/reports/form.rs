//! `/points/{id}/report`: the page on which a resident says what is wrong with a point.

use domain::{
    locale::Locale,
    points::{Point, PointId},
    reports::{Fault, MAX_CONTACT, MAX_WORDS},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use super::{send::TRAP, text};
use crate::{
    error::ErrorPage,
    offline::Waiting,
    photos::TAKEN,
    portal::visit,
    ui::{Breadcrumbs, ErrorSummary, FileField, PageHead, TextArea, TextField, lang_of, wrong_of},
};

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
        <Waiting />
        <form class="p-form" method="post" action=action enctype="multipart/form-data" data-queue=format!("{title} · {name}")>
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
        return view! { <FileField accept=TAKEN name="photo-file" label hint /> }.into_any();
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

pub(super) fn way(point: &Point, locale: Locale) -> Vec<(String, String)> {
    vec![
        (locale.pick("一张图", "Map").to_owned(), "/points".to_owned()),
        (name(point, locale), format!("/points/{}", point.id.0)),
    ]
}
