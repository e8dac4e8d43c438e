//! `/desk/interpreters`: the register of posts, with what nobody interprets any more on top.

mod form;
mod hand_over;

use domain::{
    identity::Action,
    interpreters::InterpreterId,
    policies::{Policy, PolicyId},
};
use leptos::prelude::*;
use store::interpreters::{self, Registered};

pub(crate) use form::{edit_page, new_page, save};
pub(crate) use hand_over::hand_over_page;

use super::text;
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, Icon, PageHead, SelectField, lang_of},
};

/// The policies whose interpreters have all ended or are missing: nobody answers for them, and they cannot be published again.
fn gone(visit: &Visit) -> Vec<Policy> {
    let content = &visit.snapshot.content;
    content.policies.iter().filter(|it| !it.facts.interpreted(&content.interpreters)).cloned().collect()
}

/// The list.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit) -> Answer {
    match interpreters::register(portal.store(), &visit.by()).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <List list /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn List(list: Vec<Registered>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("解读人名录", "Register of interpreters");
    let kept: Vec<_> = list.iter().filter(|it| it.may_keep && it.post.is_living()).collect();
    let kept = kept.into_iter().map(|it| (it.post.id.0.to_string(), it.post.post.clone())).collect();
    let rows = list.iter().map(|it| row(it, &visit)).collect_view();
    let head =
        [("岗位", "Post"), ("类别", "Kind"), ("现在", "Now"), ("政策", "Policies"), ("待答复", "Open questions")];
    let head = head.map(|(zh, en)| view! { <th scope="col">{locale.pick(zh, en)}</th> });
    let empty = list.is_empty().then(|| {
        view! { <p class="p-empty">{locale.pick("还没有登记解读岗位。先登记一个,再让它解读政策。", "No post is registered yet. Add one first.")}</p> }
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{locale.pick("每份政策都要有人解读。岗位停用以前,先把它的政策和提问交给别的岗位。", "Somebody interprets every policy. Before a post ends, its policies and questions go to another.")}</p>
        <ErrorSummary />
        <GonePolicies posts=kept />
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href("/desk/interpreters/new")>{locale.pick("登记一个岗位", "Add a post")}</a>
        </p>
        {empty}
        <div class="p-table-frame" tabindex="0" role="region" aria-label=title id="interpreters" data-live="interpreter question policy">
            <table class="p-table p-table--compared">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(it: &Registered, visit: &Visit) -> AnyView {
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let post = &it.post;
    let name = view! { <span lang=lang_of(&post.post, locale)>{post.post.clone()}</span> };
    let name = match it.may_keep {
        true => {
            let href = locale.href(&format!("/desk/interpreters/{}", post.id.0));
            view! { <a href=href>{name}</a> }.into_any()
        }
        false => name.into_any(),
    };
    let who = format!("{} · {}", text::office(post), post.person);
    let state = if post.is_living() {
        let duty = duty(post.duty(visit.snapshot.now, &content.calendar).state.is_open(), visit);
        view! { {duty} }.into_any()
    } else {
        view! { <span class="p-quiet">{locale.pick("已停用", "Ended")}</span> }.into_any()
    };
    let policies = content.policies.iter().filter(|policy| policy.facts.interpreters.contains(&post.id)).count();
    view! {
        <tr id=format!("interpreter-{}", post.id.0)>
            <th scope="row" class="p-table__long">{name}<small class="p-register__who" lang=lang_of(&who, locale)>{who.clone()}</small></th>
            <td data-label=locale.pick("类别", "Kind")>{text::tier(post.tier, locale)}</td>
            <td data-label=locale.pick("现在", "Now")>{state}</td>
            <td data-label=locale.pick("政策", "Policies")>{policies}</td>
            <td data-label=locale.pick("待答复", "Open questions")>{it.open}</td>
        </tr>
    }
    .into_any()
}

/// ● 在岗.
fn duty(is_open: bool, visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let (class, mark, words) = match is_open {
        true => ("p-duty p-duty--there", "●", locale.pick("在岗", "On duty")),
        false => ("p-duty", "○", locale.pick("不在岗", "Not on duty")),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span>" "{words}</span> }.into_any()
}

/// The policies that nobody interprets, each with the choice of who does from now on.
#[component]
fn GonePolicies(
    /// Numbers and names of the posts to choose from.
    posts: Vec<(String, String)>,
) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let gone = gone(&visit);
    if gone.is_empty() {
        return None;
    }
    let count = gone.len();
    let rows = gone.into_iter().enumerate().map(|(i, policy)| {
        let href = locale.href(&format!("/policies/{}", policy.id.0));
        let action = locale.href(&format!("/desk/interpreters/policies/{}", policy.id.0));
        let form = (!posts.is_empty()).then(|| {
            view! {
                <form class="p-gone__form" method="post" action=action>
                    <SelectField name="to" label=locale.pick("由谁解读", "Who interprets it") options=posts.clone() place=i />
                    <button class="p-button" type="submit">{locale.pick("由它解读", "Give it to them")}</button>
                </form>
            }
        });
        view! { <li><a href=href lang="zh-CN"><Icon name="triangle-alert" />{policy.facts.title.clone()}</a>{form}</li> }
    });
    let rows = rows.collect_view();
    Some(view! {
        <section class="p-gone" aria-labelledby="gone">
            <h2 id="gone">{locale.pick(format!("{count} 份政策没有解读人"), format!("{count} policies without an interpreter"))}</h2>
            <p>{locale.pick("解读人都已停用或没有登记。指定解读人以前,这些政策不能再次发布。", "Their interpreters have all ended or are not registered. Until somebody is named they cannot be published again.")}</p>
            <ul>{rows}</ul>
        </section>
    })
}

/// The way from the desk to the register, with how many policies nobody interprets.
#[component]
pub(crate) fn Gone() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let may = visit.by().actor.may_somewhere(Action::KeepInterpreters).is_ok();
    may.then(|| {
        let count = gone(&visit).len();
        let late = (count > 0).then(|| {
            view! { <span class="p-tag p-tag--late">{locale.pick(format!("{count} 份政策没有解读人"), format!("{count} policies without one"))}</span> }
        });
        view! {
            <li>
                <a class="p-row" href=locale.href("/desk/interpreters")>
                    <Icon name="badge-check" />
                    <span>{locale.pick("解读人名录", "Interpreters")}</span>
                    <span class="p-row__count">{late}</span>
                </a>
            </li>
        }
    })
}

/// Hands a post over, or gives a policy that nobody interprets to one; none where there is no such form.
pub(crate) async fn act(portal: &Portal, visit: &Visit, steps: [&str; 2], form: &Form) -> Option<Submitted> {
    let chosen = form.get("to").parse::<InterpreterId>().ok();
    match steps {
        ["policies", id] => {
            let policy = id.parse::<PolicyId>().ok()?;
            let to = chosen.unwrap_or(InterpreterId(0));
            Some(match interpreters::give(portal.store(), &visit.by(), policy, to).await {
                Ok(()) => Submitted::Go("/desk/interpreters".into(), Cookie::Keep),
                Err(failure) => text::again(failure, visit),
            })
        }
        [id, "hand-over"] => Some(hand_over::hand_over(portal, visit, id.parse().ok()?, chosen, form).await),
        _ => None,
    }
}
