//! `/desk/manual/{division}/{chapter}`: the text and the settings of one chapter, with a preview of what they make.

use std::collections::HashMap;

use domain::{
    Slug,
    divisions::Division,
    hours::CHINA,
    manual::{Manual, OwnChapter, Part, Template},
    points::KindCode,
    search::words as words_of,
};
use leptos::prelude::*;
use store::manual::drafts::{self, Draft, Proposal};

use super::{
    super::{
        compose::passages,
        show::{Reading, section},
    },
    outline::{known, new_chapter},
    words,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted, day},
    points::desk::is_own,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, SelectField, TextArea, TextField, lang_of},
};

/// The form of a chapter; of one from above, to which the division adds.
pub(crate) async fn chapter_page(portal: &Portal, visit: &Visit, division: &str, slug: &str) -> Answer {
    let (Some(division), Ok(slug)) = (known(visit, division), slug.parse::<Slug>()) else { return Answer::Status(404) };
    let (draft, published) = match drafts::under_way(portal.store(), &visit.by(), division.code).await {
        Ok(found) => found,
        Err(failure) => return words::refused(failure),
    };
    let part = draft.as_ref().map_or(&published, |it| &it.part);
    let Some(mut chapter) = part.chapter(slug).cloned().or_else(|| from_above(visit, &division, slug)) else {
        return Answer::Status(404);
    };
    // A question that was looked for in vain, to be answered here.
    if let Some(question) = visit.parameter("question").as_deref().map(words_of).filter(|it| !it.is_empty()) {
        chapter.text = format!("{}\n\n# {question}\n\n", chapter.text.trim_end());
    }
    Answer::Page(Box::new(move || view! { <Editor division draft chapter /> }.into_any()))
}

/// A chapter from above, empty: what is written here is added to it.
fn from_above(visit: &Visit, division: &Division, slug: Slug) -> Option<OwnChapter> {
    let parts = &visit.snapshot.content.manual;
    let line = visit.snapshot.atlas.divisions.lineage(division.code);
    let above = line.iter().filter(|it| it.code != division.code).find_map(|it| parts.get(&it.code)?.chapter(slug));
    above.map(|it| OwnChapter { title_en: it.title_en.clone(), ..new_chapter(slug, &it.title, Template::Written) })
}

#[component]
fn Editor(division: Division, draft: Option<Draft>, chapter: OwnChapter) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let own = draft.as_ref().is_none_or(|it| is_own(&visit, it.author.0) && it.state.is_open());
    let revision = draft.as_ref().map_or(0, |it| it.revision).to_string();
    let base = format!("/desk/manual/{}", division.code);
    let way = vec![
        (locale.pick("工作台", "Desk").to_owned(), "/desk".to_owned()),
        (locale.pick(format!("{}一手册", division.name), format!("Manual of {}", division.name(locale))), base.clone()),
    ];
    let title = chapter.title.clone();
    let shown = visit
        .filled
        .as_ref()
        .map_or_else(|| chapter.clone(), |filled| read(&filled.form, chapter.slug, &chapter, &visit));
    let preview = view! { <Preview division chapter=shown /> };
    if !own {
        return view! {
            <PageHead title=title.clone() description=title.clone() />
            <Breadcrumbs way />
            <h1>{title}</h1>
            <p class="p-notice">{locale.pick("这份草稿现在不能改:已经提交,或者是别人的。", "This draft cannot be changed now: it is handed in, or somebody else's.")}</p>
            {preview}
        }
        .into_any();
    }
    let templates =
        Template::ALL.iter().map(|it| (it.code().to_owned(), words::template(*it, locale).to_owned())).collect();
    let filled = visit.filled.as_ref().map(|it| &it.form);
    let kinds = visit.snapshot.content.kinds().iter().map(|kind| {
        let code = kind.code.to_string();
        let checked = filled.map_or_else(|| chapter.kinds.contains(&kind.code), |form| form.all("kinds").any(|it| it == code));
        view! { <label class="p-check"><input type="checkbox" name="kinds" value=code checked=checked />{kind.label(locale).to_owned()}</label> }
    });
    let kinds = kinds.collect_view();
    let checked_on = chapter.verified_on.map(|it| it.to_string()).unwrap_or_default();
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form p-form--wide" method="post" action=locale.href(&format!("{base}/{}", chapter.slug))>
            <input type="hidden" name="revision" value=revision />
            <TextField name="title" label=locale.pick("标题", "Title (Chinese)") value=chapter.title.clone() maxlength=60 />
            <TextField name="title-en" label=locale.pick("英文标题", "Title (English)") value=chapter.title_en.clone() maxlength=60 />
            <SelectField name="template" label=locale.pick("内容从哪来", "Made from") options=templates value=chapter.template.code() />
            <fieldset class="p-field">
                <legend class="p-field__label">{locale.pick("自动名录只列这些类别(都不选就是全部)", "Composed lists have only these kinds (none for all)")}</legend>
                <div class="p-checks">{kinds}</div>
            </fieldset>
            <TextArea
                name="text"
                label=locale.pick("正文", "Text (Chinese)")
                hint=locale.pick(
                    "Markdown:# 小节标题,- 列表,**重点**,| 表格 |,[链接](https://…)。流程写成 ```流程 一行一步(步骤:说明)``` 会画成图。办事指南的小节标题写事项名称。",
                    "Markdown. A block ```steps with a line a step (title: note) is drawn as a diagram. In guides, a heading is the name of a service.",
                )
                value=chapter.text.clone()
                maxlength=domain::manual::MOST_TEXT
                rows=18
            />
            <TextArea name="text-en" label=locale.pick("英文正文(空着就用中文)", "Text (English; empty for the Chinese one)") value=chapter.text_en.clone() maxlength=domain::manual::MOST_TEXT rows=8 />
            <TextField name="keeper" label=locale.pick("维护单位", "Kept by") value=chapter.keeper.clone() maxlength=60 />
            <TextField name="verified" kind="date" label=locale.pick("最近核实的日子", "Last verified on") value=checked_on />
            <p class="p-acts">
                <button class="p-button p-button--main" type="submit" name="act" value="save">{locale.pick("存进草稿", "Save the draft")}</button>
                <button class="p-button" type="submit" name="act" value="preview">{locale.pick("预览", "Preview")}</button>
            </p>
        </form>
        {preview}
    }
    .into_any()
}

/// The chapter as its readers would see it, from what is in the form.
#[component]
fn Preview(division: Division, chapter: OwnChapter) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let slug = chapter.slug;
    let parts = HashMap::from([(division.code, Part { chapters: vec![OwnChapter { hidden: false, ..chapter }] })]);
    let manual = Manual::new(passages(content, &parts, visit.now.to_offset(CHINA).date(), locale));
    let reading = Reading { division: division.clone(), edition: None, past: false };
    let sections = manual.sections(content.divisions(), division.code, slug);
    let empty = sections
        .is_empty()
        .then(|| view! { <p class="p-empty">{locale.pick("还没有内容。", "Nothing in it yet.")}</p> });
    let sections = sections.into_iter().map(|(owner, it)| section(it, owner, &reading, None, locale)).collect_view();
    let title = manual
        .chapters(content.divisions(), division.code)
        .first()
        .map(|(_, head)| head.title.clone())
        .unwrap_or_default();
    let lang = lang_of(&title, locale);
    view! {
        <section class="p-section p-preview" id="preview">
            <h2>{locale.pick("预览", "Preview")}</h2>
            <div class="p-manual" lang=lang>{empty}{sections}</div>
        </section>
    }
}

/// What is in the form, onto what the chapter was.
fn read(form: &Form, slug: Slug, before: &OwnChapter, visit: &Visit) -> OwnChapter {
    let kinds: Vec<KindCode> = form.all("kinds").filter_map(|it| it.parse().ok()).collect();
    let known = visit.snapshot.content.kinds();
    OwnChapter {
        slug,
        title: form.get("title").trim().to_owned(),
        title_en: form.get("title-en").trim().to_owned(),
        template: Template::from_code(form.get("template")).unwrap_or(before.template),
        kinds: kinds.into_iter().filter(|code| known.iter().any(|it| it.code == *code)).collect(),
        // A browser sends its lines with both signs of an end.
        text: form.get("text").replace("\r\n", "\n"),
        text_en: form.get("text-en").replace("\r\n", "\n"),
        keeper: form.get("keeper").trim().to_owned(),
        verified_on: day(form, "verified", visit.locale).ok().flatten(),
        hidden: before.hidden,
    }
}

/// Keeps a chapter in the draft, or only shows what it makes.
pub(crate) async fn save_chapter(portal: &Portal, visit: &Visit, division: &str, slug: &str, form: &Form) -> Submitted {
    let (Some(division), Ok(slug)) = (known(visit, division), slug.parse::<Slug>()) else {
        return Submitted::Status(404);
    };
    let (store, by) = (portal.store(), visit.by());
    let (draft, published) = match drafts::under_way(store, &by, division.code).await {
        Ok(found) => found,
        Err(failure) => return words::again(failure, visit),
    };
    if form.get("act") == "preview" {
        return Submitted::Looked(form.clone(), Vec::new());
    }
    let mut proposal = match draft {
        Some(draft) => Proposal { part: draft.part, effective_on: draft.effective_on, note: draft.note },
        None => Proposal { part: published, effective_on: None, note: String::new() },
    };
    let before = proposal.part.chapter(slug).cloned().or_else(|| from_above(visit, &division, slug));
    let Some(before) = before else { return Submitted::Status(404) };
    if let Err(wrong) = day(form, "verified", visit.locale) {
        return Submitted::Again(vec![wrong]);
    }
    proposal.part.put(read(form, slug, &before, visit));
    let revision = form.get("revision").parse().unwrap_or_default();
    match drafts::save(store, &by, division.code, revision, proposal).await {
        Ok(_) => Submitted::Go(format!("/desk/manual/{}", division.code), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}
