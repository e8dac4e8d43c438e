//! `/desk/interpreters/{id}/hand-over`: what a post has, and who takes it over.

use domain::interpreters::{InterpreterId, MAX_REASON};
use leptos::prelude::*;
use store::interpreters::{self, Registered};

use super::{super::text, form::way};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, SelectField, TextArea},
};

/// The page.
pub(crate) async fn hand_over_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse::<InterpreterId>() else { return Answer::Status(404) };
    let all = match interpreters::register(portal.store(), &visit.by()).await {
        Ok(all) => all,
        Err(failure) => return failure.into(),
    };
    let (this, others): (Vec<_>, Vec<_>) = all.into_iter().filter(|it| it.may_keep).partition(|it| it.post.id == id);
    match this.into_iter().next() {
        Some(it) if !it.post.is_living() => Answer::Go(format!("/desk/interpreters/{}", id.0)),
        Some(it) => Answer::Page(Box::new(move || view! { <HandOver it others /> }.into_any())),
        // Whether it exists is not said.
        None => Answer::Status(403),
    }
}

#[component]
fn HandOver(it: Registered, others: Vec<Registered>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let Registered { post, revision, open, .. } = it;
    let title = locale.pick("交接并停用岗位", "Hand a post over and end it");
    let policies = visit.snapshot.content.policies.iter().filter(|policy| policy.facts.interpreters.contains(&post.id));
    let policies: Vec<_> = policies.map(|policy| (policy.id, policy.facts.title.clone())).collect();
    let total = policies.len();
    let moves = policies.into_iter().map(|(id, title)| {
        let href = locale.href(&format!("/policies/{}", id.0));
        view! { <li><a href=href lang="zh-CN">{title}</a></li> }
    });
    let moves = moves.collect_view();
    let needed = total > 0 || open > 0;
    let first = match needed {
        true => locale.pick("(请选)", "(choose)"),
        false => locale.pick("(没有要交的,不用选)", "(nothing to hand over)"),
    };
    let posts = others.iter().filter(|it| it.post.is_living());
    let posts = posts.map(|it| (it.post.id.0.to_string(), it.post.post.clone()));
    let posts: Vec<_> = std::iter::once((String::new(), first.to_owned())).chain(posts).collect();
    let edit = locale.href(&format!("/desk/interpreters/{}", post.id.0));
    let mut way = way(locale);
    way.push((post.post.clone(), format!("/desk/interpreters/{}", post.id.0)));
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <p>
            {locale.pick("只是换了人?", "Is it only the person who changes? ")}
            <a href=edit>{locale.pick("改岗位上的人和经办账号", "Change who is in the post")}</a>
            {locale.pick(",政策和提问都不用动。", "; policies and questions stay where they are.")}
        </p>
        <section class="p-section" id="moves">
            <h2>{locale.pick("要交出去的", "What moves")}</h2>
            <p>{locale.pick(format!("{total} 份政策,{open} 个没有答复的提问。答复过的仍记在这个岗位名下。"), format!("{total} policies, {open} open questions. What it has answered stays its own."))}</p>
            <ul class="p-list p-register__moves">{moves}</ul>
        </section>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href(&format!("/desk/interpreters/{}/hand-over", post.id.0))>
            <input type="hidden" name="revision" value=revision.to_string() />
            <SelectField name="to" label=locale.pick("由哪个岗位接手", "Which post takes over") options=posts />
            <TextArea
                name="reason"
                label=locale.pick("为什么交接", "Why")
                hint=locale.pick("向居民公开:提问人和打开旧页面的人都能看到", "In the open: whoever asked, and whoever opens the old page, reads it")
                maxlength=MAX_REASON
                rows=2
            />
            <p>{locale.pick("交接后这个岗位就停用,不能撤回。提问的答复期限不变。", "The post then ends; this cannot be undone. The clocks of the questions run on.")}</p>
            <button class="p-button p-button--danger" type="submit">{locale.pick("交接并停用", "Hand over and end the post")}</button>
        </form>
    }
}

/// Hands a post over.
pub(super) async fn hand_over(
    portal: &Portal,
    visit: &Visit,
    id: InterpreterId,
    to: Option<InterpreterId>,
    form: &Form,
) -> Submitted {
    let revision = form.get("revision").parse().unwrap_or_default();
    match interpreters::hand_over(portal.store(), &visit.by(), (id, revision), to, form.get("reason")).await {
        Ok(_) => Submitted::Go("/desk/interpreters".into(), Cookie::Keep),
        Err(failure) => text::again(failure, visit),
    }
}
