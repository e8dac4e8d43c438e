//! A report comes in, and its code goes out. No account, no puzzle: a field people do not see, and a number an hour for each
//! network, keep machines away.

use domain::{
    points::{Point, PointId},
    reports::{Fault, NewReport, code::QueryCode, due},
};
use leptos::prelude::*;
use store::{Failure, photos, reports};
use time::{Date, OffsetDateTime};

use super::{form::way, text};
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, portal, visit},
    ui::{Breadcrumbs, CopyText, Icon, PageHead, PrintPage},
};

/// The field people do not see. A program fills it in.
pub(super) const TRAP: &str = "homepage";
/// The field in which a form that waits on a telephone says which one it is.
const ONCE: &str = "once";

/// Receives a report.
pub(crate) async fn send(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let locale = visit.locale;
    let point = id.parse::<PointId>().ok().and_then(|id| visit.snapshot.content.point(id));
    let Some(point) = point.cloned() else { return Submitted::Status(404) };
    let mut form = form.clone();
    // A form that waited for the network may come twice. Its code is made from its key, so it is one report.
    let once = reports::code_of(form.get(ONCE), point.id);
    if let Some(code) = &once {
        match reports::ask(portal.store(), code).await {
            Ok(Some(report)) => return receipt(visit, point, code.clone(), report.received_at),
            Ok(None) => {}
            Err(error) => return Submitted::Failed(error),
        }
    }
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
    let (code, nonce) = (once.unwrap_or_else(|| QueryCode::new(portal.random())), portal.random());
    let by = visit.by();
    match reports::receive(portal.store(), portal.vault(), &by, new, (&code, nonce), &portal.allowance(visit)).await {
        Ok(_) => receipt(visit, point, code, visit.now),
        Err(failure) => refilled(failure, portal, visit, form),
    }
}

fn receipt(visit: &Visit, point: Point, code: QueryCode, received: OffsetDateTime) -> Submitted {
    let last = due(received, &visit.snapshot.content.calendar);
    Submitted::Page(Box::new(move || view! { <Receipt point code last /> }.into_any()), Cookie::Keep)
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
            let kept = reports::keep_photo(portal.store(), &visit.by(), &ready, &portal.allowance(visit)).await?;
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
