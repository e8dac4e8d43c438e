//! The page of a post that has ended: 410, since when and why, and who has its work now.

use axum::http::StatusCode;
use domain::interpreters::{Figures, Interpreter, holder};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::{Done, Duty, Head};
use crate::{
    points::text as points,
    portal::visit,
    ui::{Icon, lang_of},
};

/// The page of a post that is no more.
#[component]
pub(super) fn EndedPost(post: Interpreter, figures: Figures) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let since = post.ended.clone().map(|ended| {
        let on = points::day(ended.on, snapshot.today(), locale);
        view! {
            <div class="p-notice">
                <p>{locale.pick(format!("这个岗位自{on}起停用。"), format!("This post ended on {on}."))}</p>
                <p lang=lang_of(&ended.reason, locale)>{ended.reason.clone()}</p>
            </div>
        }
    });
    // Who has the work by now, whoever has handed it on meanwhile.
    let next = holder(&snapshot.content.interpreters, post.id).cloned().map(|next| {
        let href = locale.href(&format!("/interpreters/{}", next.id.0));
        let call = format!("tel:{}", next.telephone);
        view! {
            <section class="p-section">
                <h2>{locale.pick("由这个岗位接手", "Who has taken over")}</h2>
                <p><a class="p-post__link" href=href lang="zh-CN">{next.post.clone()}</a></p>
                <p><Duty post=next.clone() /></p>
                <p class="p-acts"><a class="p-button p-button--main" href=call><Icon name="phone" />{next.telephone.clone()}</a></p>
            </section>
        }
    });
    let done = (figures.answered > 0).then(|| view! { <Done figures /> });
    view! {
        <Head post=post.clone() />
        <article class="p-interpreter">
            <h1 lang="zh-CN">{post.post}</h1>
            {since}
            {next}
            {done}
            <p class="p-acts">
                <a class="p-button" href=locale.href("/policies")><Icon name="scroll-text" />{locale.pick("看全部政策", "All policies")}</a>
                <a class="p-button p-button--quiet" href=locale.href("/")>{locale.pick("回首页", "Home")}</a>
            </p>
        </article>
    }
}
