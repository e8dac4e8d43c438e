//! `/desk/manual` and `/desk/manual-drafts/{id}`: what is on its way, and one draft chapter by chapter.

use domain::{divisions::DivisionLevel, identity::Action, manual::OwnChapter, points::change::ChangeState};
use leptos::prelude::*;
use store::{
    Failure,
    identity::Session,
    manual::drafts::{self, Draft},
};

use super::{super::past::compared, words};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    points::{
        desk::{is_own, state_words},
        stamp,
    },
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, TextField},
};

/// The manuals somebody may write, and what waits.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    let waiting = match drafts::waiting(portal.store(), &visit.by()).await {
        Ok(waiting) => waiting,
        Err(failure) => return words::refused(failure),
    };
    let grants =
        session.staff.grants.iter().filter(|it| it.role.allows(Action::EditManual) && it.organisation.is_none());
    let mut codes: Vec<_> = grants.map(|it| it.division).collect();
    codes.sort();
    codes.dedup();
    Answer::Page(Box::new(move || {
        let visit = crate::portal::visit();
        let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
        let title = locale.pick("一手册 · 编写与复核", "Manual: writing and review");
        let link = |code: domain::divisions::DivisionCode| {
            divisions.get(code).map(|it| {
                let href = locale.href(&format!("/desk/manual/{code}"));
                view! { <li><a class="p-row" href=href>{it.name(locale).to_owned()}</a></li> }
            })
        };
        let own = codes.iter().map(|code| link(*code)).collect_view();
        let below =
            codes.iter().flat_map(|code| divisions.children(*code)).filter(|it| it.level != DivisionLevel::Village);
        let below: Vec<_> = below.filter(|it| !codes.contains(&it.code)).map(|it| link(it.code)).collect();
        let below = (!below.is_empty()).then(|| {
            view! { <details class="p-more"><summary>{locale.pick("下级的手册", "Manuals below")}</summary><ul class="p-rows">{below}</ul></details> }
        });
        let rows = waiting.iter().map(|draft| row(draft, &visit)).collect_view();
        let none = waiting.is_empty().then(|| view! { <p class="p-empty">{locale.pick("没有草稿,也没有等着复核的。", "No drafts, and nothing waits for review.")}</p> });
        view! {
            <PageHead title description=title />
            <DeskWay />
            <h1>{title}</h1>
            <section class="p-section">
                <h2>{locale.pick("编写", "Write")}</h2>
                <ul class="p-rows">{own}</ul>
                {below}
            </section>
            <section class="p-section">
                <h2>{locale.pick("草稿与复核", "Drafts and reviews")}</h2>
                {none}
                <ul class="p-rows">{rows}</ul>
            </section>
        }
        .into_any()
    }))
}

fn row(draft: &Draft, visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let name =
        visit.snapshot.atlas.divisions.get(draft.division).map(|it| it.name(locale).to_owned()).unwrap_or_default();
    let href = locale.href(&format!("/desk/manual-drafts/{}", draft.id));
    view! {
        <li>
            <a class="p-row" href=href>
                <span>{name}<small>{stamp(draft.changed_at)}</small></span>
                <span class="p-row__count">{state_words(draft.state, locale)}" · "{draft.author.1.clone()}</span>
            </a>
        </li>
    }
    .into_any()
}

/// One draft, chapter by chapter.
pub(crate) async fn draft_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse() else { return Answer::Status(404) };
    match drafts::find(portal.store(), &visit.by(), id).await {
        Ok(draft) => Answer::Page(Box::new(move || view! { <One draft /> }.into_any())),
        Err(failure) => words::refused(failure),
    }
}

#[component]
fn One(draft: Draft) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let name =
        visit.snapshot.atlas.divisions.get(draft.division).map(|it| it.name(locale).to_owned()).unwrap_or_default();
    let title = locale.pick(format!("{name}一手册 · 改动"), format!("Manual of {name}: changes"));
    let own = is_own(&visit, draft.author.0);
    let act = |name: &str| locale.href(&format!("/desk/manual-drafts/{}/{name}", draft.id));
    let revision = draft.revision.to_string();
    let order = (draft.base.order() != draft.part.order()).then(|| {
        let titles = |part: &domain::manual::Part| part.chapters.iter().map(|it| it.title.clone()).collect::<Vec<_>>().join("、");
        let (before, after) = (vec![titles(&draft.base)], vec![titles(&draft.part)]);
        view! { <section class="p-manual__section"><h2>{locale.pick("章节和次序", "Chapters and their order")}</h2>{compared(&before, &after, locale)}</section> }
    });
    let mut slugs = draft.part.order();
    slugs.extend(draft.base.order().into_iter().filter(|slug| draft.part.chapter(*slug).is_none()));
    let changed = slugs.into_iter().filter_map(|slug| {
        let (before, after) = (draft.base.chapter(slug), draft.part.chapter(slug));
        let shown = after.or(before).filter(|_| before != after)?;
        let lines = |chapter: Option<&OwnChapter>| chapter.map(|it| lines(it, &visit)).unwrap_or_default();
        let title = shown.title.clone();
        Some(view! { <section class="p-manual__section"><h2 lang="zh-CN">{title}</h2>{compared(&lines(before), &lines(after), locale)}</section> })
    });
    let changed = changed.collect_view();
    let effective = draft
        .effective_on
        .map(|day| view! { <p>{locale.pick(format!("{day} 起生效"), format!("Takes effect on {day}"))}</p> });
    let note = (!draft.note.is_empty()).then(|| view! { <p>{locale.pick("理由:", "Why: ")}{draft.note.clone()}</p> });
    let comment = (!draft.comment.is_empty())
        .then(|| view! { <p class="p-notice">{locale.pick("复核意见:", "Review: ")}{draft.comment.clone()}</p> });
    let publish = (draft.state == ChangeState::Submitted && !own).then(|| {
        view! {
            <form class="p-form" method="post" action=act("publish")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--main" type="submit">{match draft.effective_on {
                    Some(_) => locale.pick("通过,到日子出新版", "Approve for its day"),
                    None => locale.pick("通过,出新版", "Publish as an edition"),
                }}</button>
            </form>
        }
    });
    let give_back = (matches!(draft.state, ChangeState::Submitted | ChangeState::Scheduled) && !own).then(|| {
        view! {
            <form class="p-form" method="post" action=act("return")>
                <input type="hidden" name="revision" value=revision.clone() />
                <TextField name="comment" label=locale.pick("退回的原因", "Why it is returned") />
                <button class="p-button" type="submit">{locale.pick("退回作者", "Return to its author")}</button>
            </form>
        }
    });
    let edit = (own && draft.state.is_open()).then(|| {
        let href = locale.href(&format!("/desk/manual/{}", draft.division));
        view! { <p class="p-acts"><a class="p-button p-button--main" href=href>{locale.pick("接着写", "Go on writing")}</a></p> }
    });
    let withdraw = (own && draft.state.withdraw().is_ok()).then(|| {
        view! {
            <form class="p-form" method="post" action=act("withdraw")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--quiet" type="submit">{locale.pick("撤回", "Withdraw")}</button>
            </form>
        }
    });
    let read = (draft.state == ChangeState::Published).then(|| {
        let href = locale.href(&format!("/manual/{}", draft.division));
        view! { <p><a href=href>{locale.pick("看发布后的手册", "Read the published manual")}</a></p> }
    });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title}</h1>
        <p><span class="p-tag">{state_words(draft.state, locale)}</span>" "{draft.author.1.clone()}" · "{stamp(draft.changed_at)}</p>
        {effective}
        {note}
        {comment}
        {read}
        <ErrorSummary />
        <div class="p-manual">{order}{changed}</div>
        {publish}
        {give_back}
        {edit}
        {withdraw}
    }
}

/// A chapter as lines to compare.
fn lines(chapter: &OwnChapter, visit: &Visit) -> Vec<String> {
    let locale = visit.locale;
    let kinds: Vec<_> = visit.snapshot.content.kinds().iter().filter(|it| chapter.kinds.contains(&it.code)).collect();
    let kinds = kinds.iter().map(|it| it.label(locale)).collect::<Vec<_>>().join("、");
    let facts = [
        (locale.pick("标题", "Title"), chapter.title.clone()),
        (locale.pick("英文标题", "English title"), chapter.title_en.clone()),
        (locale.pick("内容从哪来", "Made from"), words::template(chapter.template, locale).to_owned()),
        (locale.pick("类别", "Kinds"), kinds),
        (locale.pick("维护单位", "Kept by"), chapter.keeper.clone()),
        (locale.pick("最近核实", "Last verified"), chapter.verified_on.map(|it| it.to_string()).unwrap_or_default()),
        (
            locale.pick("不显示", "Hidden"),
            if chapter.hidden { locale.pick("是", "yes").to_owned() } else { String::new() },
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}:{value}"));
    let texts =
        chapter.text.lines().chain(chapter.text_en.lines()).filter(|line| !line.trim().is_empty()).map(str::to_owned);
    facts.chain(texts).collect()
}

/// A step of a draft; none where there is no such step.
pub(crate) async fn step(portal: &Portal, visit: &Visit, id: &str, act: &str, form: &Form) -> Option<Submitted> {
    let id: i64 = id.parse().ok()?;
    let (store, by) = (portal.store(), visit.by());
    let revision = form.get("revision").parse().unwrap_or_default();
    let done = match act {
        "publish" => drafts::publish(store, &by, id, revision, portal.own_review()).await.map(drop),
        "return" => drafts::give_back(store, &by, id, revision, form.get("comment")).await,
        "withdraw" => drafts::withdraw(store, &by, id, revision).await,
        _ => return None,
    };
    Some(match done {
        Ok(()) => Submitted::Go(format!("/desk/manual-drafts/{id}"), Cookie::Keep),
        Err(Failure::Forbidden) => Submitted::Status(403),
        Err(failure) => words::again(failure, visit),
    })
}
