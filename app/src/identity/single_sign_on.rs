//! Signing in elsewhere: the way there, why it did not work, and what then is not this portal's business.

use domain::{identity::single_sign_on::NotSignedIn, locale::Locale};
use leptos::prelude::*;

use super::where_to;
use crate::{
    forms::{Answer, Loaded},
    portal::visit,
    ui::{DeskWay, PageHead},
};

/// The way to the provider. A link: the policy of this site lets no form lead to another.
#[component]
pub(super) fn Elsewhere(label: String, back: String) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <section class="p-section">
            <h2>{locale.pick("不用记这里的密码", "Without a password of this site")}</h2>
            <p class="p-acts"><a class="p-button" href=address(&back, locale)>{label}</a></p>
        </section>
    }
}

fn address(back: &str, locale: Locale) -> String {
    let query = match where_to(back) {
        desk if desk == "/desk" => String::new(),
        page => serde_urlencoded::to_string([("back", page)]).map(|it| format!("?{it}")).unwrap_or_default(),
    };
    format!("{}{query}", locale.href("/sign-in/oidc"))
}

/// The page for somebody who is not signed in, and its status.
pub fn not_signed_in(why: NotSignedIn, back: &str) -> (u16, Loaded) {
    let status = match why {
        NotSignedIn::Unreachable => 503,
        NotSignedIn::Stale | NotSignedIn::Unproven => 400,
        _ => 403,
    };
    let back = back.to_owned();
    (status, Box::new(move || view! { <NotIn why back /> }.into_any()))
}

#[component]
fn NotIn(why: NotSignedIn, back: String) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("没有登录成功", "You are not signed in");
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <p class="p-notice" role="alert">{words(why, locale)}</p>
        <p class="p-acts">
            <a class="p-button p-button--main" href=address(&back, locale)>{locale.pick("再试一次", "Try again")}</a>
            <a class="p-button" href=locale.href("/sign-in")>{locale.pick("回到登录页", "Back to sign-in")}</a>
        </p>
    }
}

fn words(why: NotSignedIn, locale: Locale) -> &'static str {
    let (zh, en) = match why {
        NotSignedIn::Unreachable => (
            "统一认证现在没有回应。请过几分钟再试;有本站密码的,可以先用密码登录。",
            "Single sign-on does not answer right now. Try again in a few minutes, or use a password of this site if you have one.",
        ),
        NotSignedIn::Denied => (
            "您在统一认证那边取消了登录,或者没有被允许。什么都没有改变。",
            "The sign-in was cancelled or not allowed there. Nothing has changed.",
        ),
        NotSignedIn::Stale => (
            "这次登录已经用过,或者超过了十分钟,或者是在另一个浏览器里开始的。请重新登录。",
            "This sign-in was used already, took more than ten minutes, or was begun in another browser. Please begin again.",
        ),
        NotSignedIn::Unproven => (
            "统一认证的回答没有通过核对,没有采信。请重新登录;还是不行,请告诉管理员。",
            "The answer of single sign-on failed a check and was not believed. Please begin again, and tell your administrator if it stays so.",
        ),
        NotSignedIn::NoRole => (
            "统一认证认识您,但您在这里没有角色。请本单位的管理员在统一认证里给您分配。",
            "Single sign-on knows you, but gives you no role here. Ask your administrator to give you one there.",
        ),
        NotSignedIn::NotApart => (
            "统一认证给您的角色不能由一个人兼任(三员分立)。请告诉管理员。",
            "Single sign-on gives you roles that one person may not hold together. Tell your administrator.",
        ),
        NotSignedIn::NoSuchPlace => (
            "给您的角色所在的地区或单位,这里没有。请告诉管理员检查设置。",
            "Your role is for an area or an office that does not exist here. Ask your administrator to check the settings.",
        ),
        NotSignedIn::Ended => {
            ("您在这里的账号已经停用,不能再登录。", "Your account here has ended and cannot be used any more.")
        }
    };
    locale.pick(zh, en)
}

/// What is said where a password or a second factor would be changed.
pub(super) fn elsewhere_page() -> Answer {
    Answer::Page(Box::new(|| view! { <NotHere /> }.into_any()))
}

#[component]
fn NotHere() -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("由统一认证管理", "Kept by single sign-on");
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{from_provider(locale)}</p>
        <p class="p-acts"><a class="p-button" href=locale.href("/desk/account")>{locale.pick("回到我的账号", "To my account")}</a></p>
    }
}

/// What is not this portal's business about an account that comes from a provider.
pub(super) fn from_provider(locale: Locale) -> &'static str {
    locale.pick(
        "这个账号来自统一认证:密码、验证方式和角色都在统一认证里改,下次登录时生效。",
        "This account comes from single sign-on: password, second factor and roles are changed there, and hold from the next sign-in.",
    )
}
