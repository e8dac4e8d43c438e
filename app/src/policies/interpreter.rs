//! Who interprets a policy: post, office, telephone, and whether somebody is there now.

use domain::{interpreters::Interpreter, policies::Policy};
use leptos::prelude::*;

use super::nearby::InPerson;
use crate::{interpreters::PostLink, points::text as points, portal::visit, ui::Icon};

/// The panel of a policy's interpreters: the first one, and those who help.
#[component]
pub(crate) fn Panel(policy: Policy) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let posts = policy.facts.interpreters.iter().filter_map(|id| content.interpreter(*id));
    let posts: Vec<_> = posts.filter(|post| post.is_living()).cloned().collect();
    let ask = locale.href(&format!("/policies/{}/ask", policy.id.0));
    let none = posts.is_empty().then(|| {
        view! { <p>{locale.pick("这份文件没有指定解读人,可以打本站电话询问。", "Nobody is named to interpret it; ask by the telephone of this site.")}</p> }
    });
    let asks = (!posts.is_empty()).then(|| {
        view! {
            <p class="p-acts">
                <a class="p-button p-button--main" href=ask data-ask><Icon name="message-circle" />{locale.pick("向解读人提问", "Ask the interpreter")}</a>
            </p>
        }
    });
    let posts = posts.into_iter().map(|post| view! { <Post post /> }).collect_view();
    view! {
        <section class="p-section p-panel" id="interpreter">
            <h2>{locale.pick("谁来解读", "Who interprets it")}</h2>
            {posts}
            {none}
            {asks}
            <InPerson policy />
        </section>
    }
}

/// A post.
#[component]
pub(super) fn Post(post: Interpreter) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let office = snapshot.content.organisation(post.organisation).map(|it| it.name.clone()).unwrap_or_default();
    let duty = post.duty(visit.snapshot.now, &snapshot.content.calendar);
    let (mark, there) = match duty.state.is_open() {
        true => ("●", locale.pick("现在在岗", "On duty now")),
        false => ("○", locale.pick("现在不在岗", "Not on duty now")),
    };
    let words = points::opening(&duty, snapshot.today(), locale);
    let call = format!("tel:{}", post.telephone);
    view! {
        <div class="p-post">
            <p><PostLink post=post.clone() /></p>
            <p lang="zh-CN" class="p-quiet">{office}" · "{post.post}</p>
            <p><span aria-hidden="true">{mark}</span>" "{there}<span class="p-quiet">" · "{words}</span></p>
            <p><a class="p-button" href=call><Icon name="phone" />{post.telephone.clone()}</a></p>
        </div>
    }
}
