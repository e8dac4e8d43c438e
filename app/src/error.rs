//! The page of an error: what happened, in plain words, and a way on. The status is the right one.

use axum::http::StatusCode;
use domain::locale::Locale;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    portal::visit,
    ui::{Icon, PageHead},
};

/// The page for a status.
#[component]
pub(crate) fn ErrorPage(status: u16) -> impl IntoView {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
    let locale = visit().locale;
    let (title, words) = words(status, locale);
    view! {
        <PageHead title description=words />
        <section class="p-error">
            <p class="p-error__status">{status}</p>
            <h1>{title}</h1>
            <p>{words}</p>
            <p class="p-acts">
                <a class="p-button p-button--main" href=locale.href("/")><Icon name="house" />{locale.pick("回首页", "Home")}</a>
                <a class="p-button" href=locale.href("/points")><Icon name="map" />{locale.pick("看一张图", "Map of services")}</a>
                <a class="p-button p-button--quiet" href=locale.href("/about")>{locale.pick("联系我们", "Contact")}</a>
            </p>
        </section>
    }
}

fn words(status: u16, locale: Locale) -> (&'static str, &'static str) {
    let (zh, en) = match status {
        400 | 415 | 422 => (
            ("这次请求看不懂", "地址或提交的内容里有不认识的东西。请返回上一页再试,或从首页重新找。"),
            ("This request makes no sense", "Part of the address or form cannot be read. Go back and try again."),
        ),
        403 => (
            ("这次提交没有被接受", "请求不是从本站页面发出的。请回到本站页面,再提交一次。"),
            (
                "This was not accepted",
                "The request did not come from a page of this site. Please go back and send it again.",
            ),
        ),
        404 => (
            ("没有找到这一页", "地址可能写错了,或者内容已经搬走。可以搜一搜,或从首页找。"),
            (
                "Page not found",
                "The address may be wrong, or the content has moved. Search for it or start at the home page.",
            ),
        ),
        405 => (
            ("不能这样打开这一页", "这个地址不接受这种请求。请用浏览器直接打开它。"),
            (
                "This page cannot be asked for like that",
                "The address does not take this kind of request. Open it in a browser.",
            ),
        ),
        408 | 503 => (
            ("现在太忙了", "服务器没能及时回答。请过一会儿再试。"),
            ("Too busy right now", "The server could not answer in time. Please try again in a moment."),
        ),
        410 => (
            ("这项内容已经停用", "它不再提供了。可以从一张图里找离您最近的点位。"),
            ("No longer available", "This has ended. The map shows the nearest place that can help."),
        ),
        413 => (
            ("内容太大了", "提交的内容超过了限制。请减少后再提交。"),
            ("Too large", "What was sent is over the limit. Please make it smaller and send it again."),
        ),
        414 | 431 => (("地址太长了", "请把要找的话写短一些。"), ("The address is too long", "Please use fewer words.")),
        429 => (
            ("请求太快了", "同一地址短时间内的请求太多。请等一分钟再试。"),
            (
                "Too many requests",
                "There were too many requests from your address. Please wait a minute and try again.",
            ),
        ),
        _ => (
            ("服务器出错了", "我们这边出了问题,已经记录下来。请过一会儿再试。"),
            ("Something went wrong here", "The fault is ours and has been recorded. Please try again in a moment."),
        ),
    };
    locale.pick(zh, en)
}
