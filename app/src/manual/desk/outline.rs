//! `/desk/manual/{division}`: the chapters a division adds, their order, and handing the draft in. Every button sends the form, so it
//! works by keyboard and without a script; `manual-outline.js` only lets one drag.

use domain::{
    Slug,
    divisions::{Division, DivisionCode},
    manual::{OwnChapter, Part, Template, Way},
    points::change::ChangeState,
};
use leptos::prelude::*;
use store::manual::drafts::{self, Draft, Proposal};

use super::words;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong, day},
    points::desk::{is_own, state_words},
    portal::{Portal, Visit, portal, visit},
    ui::{DeskWay, ErrorSummary, Icon, PageHead, SelectField, TextArea, TextField},
};

/// The outline of a division.
pub(crate) async fn outline_page(portal: &Portal, visit: &Visit, division: &str) -> Answer {
    let Some(division) = known(visit, division) else { return Answer::Status(404) };
    match drafts::under_way(portal.store(), &visit.by(), division.code).await {
        Ok((draft, published)) => {
            Answer::Page(Box::new(move || view! { <Outline division draft published /> }.into_any()))
        }
        Err(failure) => words::refused(failure),
    }
}

pub(super) fn known(visit: &Visit, division: &str) -> Option<Division> {
    visit.snapshot.atlas.divisions.get(division.parse().ok()?).cloned()
}

#[component]
fn Outline(division: Division, draft: Option<Draft>, published: Part) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let name = division.name(locale).to_owned();
    let title = locale.pick(format!("{name}一手册 · 编写"), format!("Manual of {name}: writing"));
    let own = draft.as_ref().is_none_or(|it| is_own(&visit, it.author.0) && it.state.is_open());
    let part = draft.as_ref().map_or_else(|| published.clone(), |it| it.part.clone());
    let revision = draft.as_ref().map_or(0, |it| it.revision).to_string();
    let base = format!("/desk/manual/{}", division.code);
    let count = part.chapters.len();
    let rows = part.chapters.iter().enumerate().map(|(i, chapter)| row(chapter, i, count, own, &base)).collect_view();
    let inherited: Vec<_> =
        inherited(&visit, &division).into_iter().filter(|(slug, ..)| part.chapter(*slug).is_none()).collect();
    let inherited_rows = inherited.iter().map(|(slug, title, from)| {
        let add = own.then(|| {
            let href = locale.href(&format!("{base}/{slug}"));
            view! { <a class="p-button p-button--quiet" href=href>{locale.pick("在本地加写", "Add to it here")}</a> }
        });
        view! { <li class="p-outline-row"><span>{title.clone()}<small>{locale.pick("来自", "from ")}{from.clone()}</small></span>{add}</li> }
    });
    let inherited_rows = inherited_rows.collect_view();
    let status = draft.as_ref().map(|it| {
        let href = locale.href(&format!("/desk/manual-drafts/{}", it.id));
        let comment = (!it.comment.is_empty()).then(|| view! { <p>{locale.pick("复核意见:", "Review: ")}{it.comment.clone()}</p> });
        view! {
            <div class="p-notice">
                <p><span class="p-tag">{state_words(it.state, locale)}</span>" "{it.author.1.clone()}" · "<a href=href>{locale.pick("看改动", "See the changes")}</a></p>
                {comment}
            </div>
        }
    });
    let empty = part.chapters.is_empty().then(|| view! {
        <p class="p-empty">{locale.pick("本地还没有自己的章节。下面可以加一章,也可以在上级的章节里加写。", "No chapter of its own yet: add one below, or add to one from above.")}</p>
    });
    let changed = draft.as_ref().is_some_and(|it| it.part != it.base);
    let hand_in =
        (own && changed).then(|| view! { <HandIn base=base.clone() revision=revision.clone() draft=draft.clone() /> });
    let add = own.then(|| view! { <AddChapter base=base.clone() revision=revision.clone() /> });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title}</h1>
        <ErrorSummary />
        {status}
        {(!inherited.is_empty()).then(|| view! {
            <section class="p-section">
                <h2>{locale.pick("上级的章节", "Chapters from above")}</h2>
                <ul class="p-outline-rows">{inherited_rows}</ul>
            </section>
        })}
        <section class="p-section">
            <h2>{locale.pick("本地的章节", "Chapters of its own")}</h2>
            {empty}
            <form method="post" action=locale.href(&base) id="outline">
                <input type="hidden" name="revision" value=revision />
                <input type="hidden" name="order" value="" />
                <ol class="p-outline-rows" data-outline=own.then_some("own")>{rows}</ol>
            </form>
        </section>
        {add}
        {hand_in}
        {own.then(|| view! { <script type="module" src=portal().asset("/manual-outline.js")></script> })}
    }
}

fn row(chapter: &OwnChapter, i: usize, count: usize, own: bool, base: &str) -> AnyView {
    let locale = visit().locale;
    let slug = chapter.slug;
    let button = |act: &str, icon: &'static str, word: String, disabled: bool| {
        view! {
            <button class="p-button p-button--quiet" type="submit" name="act" value=format!("{act}:{slug}") disabled=disabled aria-label=word.clone() title=word>
                <Icon name=icon />
            </button>
        }
    };
    let title = chapter.title.clone();
    let named = |zh: &str, en: &str| locale.pick(format!("{zh}:{title}"), format!("{en}: {title}"));
    let acts = own.then(|| {
        let (icon, act, words) = match chapter.hidden {
            true => ("eye", "show", named("显示", "Show")),
            false => ("eye-off", "hide", named("不显示", "Hide")),
        };
        view! {
            <span class="p-acts">
                {button("up", "arrow-up", named("上移", "Move up"), i == 0)}
                {button("down", "arrow-down", named("下移", "Move down"), i + 1 == count)}
                {button(act, icon, words, false)}
                {button("remove", "trash-2", named("删去", "Remove"), false)}
            </span>
        }
    });
    let hidden = chapter.hidden.then(|| view! { " "<span class="p-tag">{locale.pick("不显示", "hidden")}</span> });
    let href = locale.href(&format!("{base}/{slug}"));
    view! {
        <li class="p-outline-row" data-slug=slug.to_string()>
            <span><a href=href>{title.clone()}</a>{hidden}<small>{words::template(chapter.template, locale)}</small></span>
            {acts}
        </li>
    }
    .into_any()
}

#[component]
fn AddChapter(base: String, revision: String) -> impl IntoView {
    let locale = visit().locale;
    let templates =
        Template::ALL.iter().map(|it| (it.code().to_owned(), words::template(*it, locale).to_owned())).collect();
    view! {
        <section class="p-section">
            <h2>{locale.pick("加一章", "Add a chapter")}</h2>
            <form class="p-form" method="post" action=locale.href(&base)>
                <input type="hidden" name="revision" value=revision />
                <TextField name="title" label=locale.pick("标题", "Title") maxlength=60 />
                <TextField name="slug" label=locale.pick("代号", "Name in addresses") maxlength=23 hint=locale.pick("小写字母、数字和横线,发布以后不要再变,如 tips", "a-z, 0-9 and -, for ever: tips") />
                <SelectField name="template" label=locale.pick("内容从哪来", "Made from") options=templates />
                <button class="p-button" type="submit" name="act" value="add">{locale.pick("加到草稿", "Add to the draft")}</button>
            </form>
        </section>
    }
}

#[component]
fn HandIn(base: String, revision: String, draft: Option<Draft>) -> impl IntoView {
    let locale = visit().locale;
    let day = draft.as_ref().and_then(|it| it.effective_on).map(|it| it.to_string()).unwrap_or_default();
    let note = draft.map(|it| it.note).unwrap_or_default();
    view! {
        <section class="p-section">
            <h2>{locale.pick("提交复核", "Hand in for review")}</h2>
            <form class="p-form" method="post" action=locale.href(&base)>
                <input type="hidden" name="revision" value=revision />
                <TextArea name="note" label=locale.pick("为什么改", "Why") value=note maxlength=300 />
                <TextField name="effective" kind="date" label=locale.pick("从哪一天起生效(空着就是通过之后马上)", "Takes effect on (empty: when approved)") value=day />
                <p class="p-acts">
                    <button class="p-button p-button--main" type="submit" name="act" value="submit">{locale.pick("提交复核", "Hand in")}</button>
                    <button class="p-button p-button--quiet" type="submit" name="act" value="withdraw">{locale.pick("放弃这份草稿", "Drop this draft")}</button>
                </p>
            </form>
        </section>
    }
}

/// The chapters from above, with the name of whose they are.
fn inherited(visit: &Visit, division: &Division) -> Vec<(Slug, String, String)> {
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let mut list = Vec::new();
    for above in divisions.lineage(division.code).iter().filter(|it| it.code != division.code) {
        for chapter in visit.snapshot.content.manual.get(&above.code).into_iter().flat_map(|part| &part.chapters) {
            list.push((chapter.slug, chapter.title.clone(), above.name(locale).to_owned()));
        }
    }
    list
}

/// What a button of the outline does.
pub(crate) async fn act_on_outline(portal: &Portal, visit: &Visit, division: &str, form: &Form) -> Submitted {
    let Some(division) = known(visit, division) else { return Submitted::Status(404) };
    let (store, by) = (portal.store(), visit.by());
    let (draft, published) = match drafts::under_way(store, &by, division.code).await {
        Ok(found) => found,
        Err(failure) => return words::again(failure, visit),
    };
    let revision: i32 = form.get("revision").parse().unwrap_or_default();
    let act = form.get("act");
    if act == "withdraw" {
        let Some(draft) = draft else { return back(division.code) };
        return match drafts::withdraw(store, &by, draft.id, revision).await {
            Ok(()) => back(division.code),
            Err(failure) => words::again(failure, visit),
        };
    }
    let open = draft.as_ref().filter(|it| matches!(it.state, ChangeState::Draft | ChangeState::Returned));
    let mut proposal = match open {
        Some(draft) => {
            Proposal { part: draft.part.clone(), effective_on: draft.effective_on, note: draft.note.clone() }
        }
        None => Proposal { part: published, effective_on: None, note: String::new() },
    };
    if let Err(wrong) = change(&mut proposal, act, form, visit) {
        return Submitted::Again(vec![wrong]);
    }
    let (id, revision) = match drafts::save(store, &by, division.code, revision, proposal).await {
        Ok(saved) => saved,
        Err(failure) => return words::again(failure, visit),
    };
    if act == "submit"
        && let Err(failure) = drafts::submit(store, &by, id, revision).await
    {
        return words::again(failure, visit);
    }
    back(division.code)
}

fn back(division: DivisionCode) -> Submitted {
    Submitted::Go(format!("/desk/manual/{division}"), Cookie::Keep)
}

fn change(proposal: &mut Proposal, act: &str, form: &Form, visit: &Visit) -> Result<(), Wrong> {
    let wrong = |field, zh: &str, en: &str| Wrong { field, words: visit.locale.pick(zh, en).to_owned() };
    let part = &mut proposal.part;
    let (verb, slug) = act.split_once(':').map_or((act, None), |(verb, slug)| (verb, slug.parse::<Slug>().ok()));
    match (verb, slug) {
        ("up", Some(slug)) => part.shift(slug, Way::Up),
        ("down", Some(slug)) => part.shift(slug, Way::Down),
        ("remove", Some(slug)) => part.remove(slug),
        ("hide" | "show", Some(slug)) => {
            for chapter in part.chapters.iter_mut().filter(|it| it.slug == slug) {
                chapter.hidden = verb == "hide";
            }
        }
        ("order", _) => {
            let order: Vec<Slug> = form.get("order").split(',').filter_map(|it| it.parse().ok()).collect();
            part.arrange(&order);
        }
        ("add", _) => {
            let slug: Slug =
                form.get("slug").trim().parse().map_err(|_| {
                    wrong("slug", "代号是 1 到 23 个小写字母、数字或横线。", "1 to 23 of a-z, 0-9 and -.")
                })?;
            if part.chapter(slug).is_some() {
                return Err(wrong("slug", "已经有这个代号的章节了。", "There is a chapter of this name already."));
            }
            let template = Template::from_code(form.get("template")).unwrap_or(Template::Written);
            part.put(new_chapter(slug, form.get("title").trim(), template));
        }
        ("submit", _) => {
            proposal.note = form.get("note").to_owned();
            proposal.effective_on = day(form, "effective", visit.locale)?;
        }
        _ => return Err(wrong("", "没有这个操作。", "There is no such step.")),
    }
    Ok(())
}

pub(super) fn new_chapter(slug: Slug, title: &str, template: Template) -> OwnChapter {
    OwnChapter {
        slug,
        title: title.to_owned(),
        title_en: String::new(),
        template,
        kinds: Vec::new(),
        text: String::new(),
        text_en: String::new(),
        keeper: String::new(),
        verified_on: None,
        hidden: false,
    }
}
