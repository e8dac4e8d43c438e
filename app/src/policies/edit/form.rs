//! `/desk/policies/new` and `/desk/policy-drafts/{id}/edit`: a policy is written: what it is, its text, its interpretation, who interprets
//! it, its files. A file (Markdown, text, DOCX) fills in the text. A draft need not be complete; what cannot be read is said.

use domain::policies::{Attachment, MAX_TITLE, PolicyKind, Validity, clauses::written, said};
use leptos::prelude::*;
use store::{
    Failure,
    policies::{
        attachments,
        drafts::{self, Draft, DraftId},
    },
};

use super::{
    super::document::{NotText, read_document},
    facts, words,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Upload, Wrong},
    points::desk::is_own,
    policies::text,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, FileField, PageHead, SelectField, TextArea, TextField, file_size, wrong_of},
};

/// The longest text, in signs.
const MAX_TEXT: usize = 400_000;
/// The longest interpretations, in signs.
const MAX_SAID: usize = 60_000;

/// The form of a new policy.
pub(crate) fn new_page(visit: &Visit) -> Answer {
    match visit.by().actor.may_somewhere(domain::identity::Action::EditPolicy) {
        Ok(()) => Answer::Page(Box::new(move || view! { <Editor draft=None /> }.into_any())),
        Err(_) => Answer::Status(403),
    }
}

/// The form of a draft.
pub(crate) async fn edit_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(DraftId) else { return Answer::Status(404) };
    match drafts::find(portal.store(), &visit.by(), id).await {
        Ok(draft) if is_own(visit, draft.dossier.author) && draft.stage().is_open() => {
            Answer::Page(Box::new(move || view! { <Editor draft=Some(draft) /> }.into_any()))
        }
        Ok(_) => Answer::Go(format!("/desk/policy-drafts/{}", id.0)),
        Err(failure) => failure.into(),
    }
}

#[component]
fn Editor(draft: Option<Draft>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = match &draft {
        Some(_) => locale.pick("写政策文件", "Write a policy"),
        None => locale.pick("新的政策文件", "A new policy"),
    };
    let action =
        draft.as_ref().map_or("/desk/policies/new".to_owned(), |it| format!("/desk/policy-drafts/{}/edit", it.id.0));
    let revision = draft.as_ref().map_or(0, |it| it.revision).to_string();
    let way = vec![
        (locale.pick("工作台", "Desk").to_owned(), "/desk".to_owned()),
        (locale.pick("政策与解读", "Policies").to_owned(), "/desk/policies".to_owned()),
    ];
    let facts = draft.as_ref().map(|it| it.facts.clone());
    let of = |get: fn(&domain::policies::Facts) -> String| facts.as_ref().map(get).unwrap_or_default();
    let date = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let [written_on, issued_on, effective_on] = [
        facts.as_ref().and_then(|it| it.written_on),
        facts.as_ref().and_then(|it| it.issued_on),
        facts.as_ref().and_then(|it| it.effective_on),
    ]
    .map(date);
    let fate = facts.as_ref().and_then(|it| it.fate.clone());
    let (typed_text, typed_said) = draft.as_ref().map_or_else(Default::default, |it| {
        (written(&it.text), said::written(&it.facts.interpretations, &it.text.clauses))
    });
    let kinds = PolicyKind::ALL.iter().map(|it| (it.code().to_owned(), text::kind(*it, locale).to_owned())).collect();
    let fates = [Validity::Amended, Validity::Expired, Validity::Repealed];
    let fates = fates.into_iter().map(|it| (it.code().to_owned(), text::validity(it, locale).to_owned()));
    let fates =
        std::iter::once((String::new(), locale.pick("没有变化", "No change").to_owned())).chain(fates).collect();
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form p-form--wide" method="post" action=locale.href(&action) enctype="multipart/form-data">
            <input type="hidden" name="revision" value=revision />
            <fieldset class="p-fieldset p-fieldset--wide">
                <legend>{locale.pick("文件", "The document")}</legend>
                <TextField name="title" label=locale.pick("标题(空着就用正文的第一行)", "Title (empty: that of the text)") value=of(|it| it.title.clone()) maxlength=MAX_TITLE />
                <div class="p-filters__row">
                    <TextField name="number" label=locale.pick("文号", "Number") value=of(|it| it.number.clone()) maxlength=60 />
                    <TextField name="index-number" label=locale.pick("索引号", "Index number") value=of(|it| it.index_number.clone()) maxlength=60 />
                    <SelectField name="kind" label=locale.pick("种类", "Kind") options=kinds value=facts.as_ref().map_or(PolicyKind::Normative, |it| it.kind).code() />
                </div>
                <Offices chosen=of(|it| it.organisation.map(|code| code.to_string()).unwrap_or_default()) />
                <TextField name="issuers" label=locale.pick("发文机关(几个之间用顿号)", "Issued by (several with commas)") value=of(|it| it.issuers.join("、")) maxlength=300 />
                <TextField name="subjects" label=locale.pick("主题(几个之间用顿号)", "Subjects (several with commas)") value=of(|it| it.subjects.join("、")) maxlength=200 />
                <TextField name="audience" label=locale.pick("适用对象", "For whom") value=of(|it| it.audience.clone()) maxlength=200 />
                <div class="p-filters__row">
                    <TextField name="written-on" kind="date" label=locale.pick("成文日期", "Written on") value=written_on />
                    <TextField name="issued-on" kind="date" label=locale.pick("发布日期", "Issued on") value=issued_on />
                    <TextField name="effective-on" kind="date" label=locale.pick("施行日期", "In force from") value=effective_on />
                </div>
                <div class="p-filters__row">
                    <SelectField name="fate" label=locale.pick("效力变化", "What became of it") options=fates value=fate.as_ref().map(|it| it.how.code()).unwrap_or_default() />
                    <TextField name="fate-on" kind="date" label=locale.pick("从哪一天起", "From this day on") value=date(fate.as_ref().map(|it| it.on)) />
                    <TextField name="fate-by" label=locale.pick("被哪一份代替(编号)", "By which one (its number)") value=fate.and_then(|it| it.by).map(|it| it.0.to_string()).unwrap_or_default() maxlength=12 numeric=true />
                </div>
            </fieldset>
            <fieldset class="p-fieldset p-fieldset--wide">
                <legend>{locale.pick("正文", "The text")}</legend>
                <FileField name="file" label=locale.pick("从文件读入(Markdown、文本、DOCX)", "From a file (Markdown, text, DOCX)") accept=".md,.txt,.docx" hint=locale.pick("读入的内容代替下面的正文,还没有保存", "Takes the place of the text below; nothing is kept yet") />
                <p><button class="p-button" type="submit" name="act" value="read">{locale.pick("读入", "Read it")}</button></p>
                <TextArea name="text" label=locale.pick("正文", "Text") hint=locale.pick("一段一行。「第一条」「一、」「(一)」会自动认出来;章节写成「## 第一章 总则」", "A paragraph a line. Numbers of articles are recognised; a chapter begins with ##") value=typed_text maxlength=MAX_TEXT rows=20 />
            </fieldset>
            <fieldset class="p-fieldset p-fieldset--wide">
                <legend>{locale.pick("解读(和文件一起公开)", "Interpretation (published with it)")}</legend>
                <details class="p-more">
                    <summary>{locale.pick("怎么写", "How it is written")}</summary>
                    <pre class="p-example" lang="zh-CN">"# 文字解读:怎么办、找谁办\n\n## 背景依据\n为什么要出台……\n\n## 注意事项\n针对:第七条、第八条\n- 带原件\n\n# 视频:一分钟看懂\n媒体:看懂.mp4\n字幕:看懂.vtt\n\n## 惠民利民举措\n视频里说的话,写成文字。"</pre>
                    <p lang="zh-CN">"形式:文字解读、图解、音频、视频、一问一答、专家文章、新闻发布会、访谈。部分:背景依据、目标任务、适用范围、执行标准、注意事项、新旧差异、惠民利民举措。"</p>
                </details>
                <TextArea name="said" label=locale.pick("解读", "Interpretation") value=typed_said maxlength=MAX_SAID rows=14 />
                <Interpreters chosen=facts.as_ref().map(|it| it.interpreters.clone()).unwrap_or_default() />
                <TextField name="exemption" label=locale.pick("不解读的话,理由是", "If there is none, why") hint=locale.pick("会公开,审计能看到", "Is published, and auditors see it") value=of(|it| it.exemption.clone()) maxlength=200 />
            </fieldset>
            <Files kept=facts.map(|it| it.attachments).unwrap_or_default() />
            <p class="p-acts">
                <button class="p-button p-button--main" type="submit" name="act" value="save">{locale.pick("存草稿", "Save the draft")}</button>
            </p>
        </form>
    }
}

/// The offices somebody may write for.
#[component]
fn Offices(chosen: String) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let divisions = &snapshot.atlas.divisions;
    let mut offices: Vec<_> = snapshot.content.organisations().collect();
    offices.retain(|it| {
        let belongs = domain::identity::Belongs { within: divisions.within(it.division), organisation: Some(it.code) };
        visit.by().actor.may(domain::identity::Action::EditPolicy, &belongs).is_ok()
    });
    offices.sort_by(|a, b| (a.division, &a.name).cmp(&(b.division, &b.name)));
    let none = (String::new(), locale.pick("请选", "Choose").to_owned());
    let options = offices.into_iter().map(|it| (it.code.to_string(), it.name.clone()));
    let options = std::iter::once(none).chain(options).collect();
    view! { <SelectField name="organisation" label=locale.pick("负责的单位", "The office that answers for it") options value=chosen /> }
}

/// Who interprets it.
#[component]
fn Interpreters(chosen: Vec<domain::interpreters::InterpreterId>) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let filled = visit.filled.as_ref().map(|it| &it.form);
    // Who is gone can only be taken out.
    let posts = content.interpreters.iter().filter(|post| post.is_living() || chosen.contains(&post.id));
    let boxes = posts.map(|post| {
        let id = post.id.0.to_string();
        let checked =
            filled.map_or_else(|| chosen.contains(&post.id), |form| form.all("interpreter").any(|it| it == id));
        let office = content.organisation(post.organisation).map(|it| it.name.clone()).unwrap_or_default();
        view! {
            <label class="p-check p-check--block">
                <input type="checkbox" name="interpreter" value=id checked=checked />
                <span lang="zh-CN">{post.person.clone()}<small>{office}" · "{post.post.clone()}</small></span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let wrong = wrong_of("interpreter").map(|words| view! { <p class="p-field__wrong">{words}</p> });
    view! {
        <fieldset class="p-fieldset" id="interpreter" tabindex="-1">
            <legend>{locale.pick("解读人", "Who interprets it")}</legend>
            {wrong}
            {boxes}
        </fieldset>
    }
}

/// The files that come with it. What was kept stands in the form by its address.
#[component]
fn Files(kept: Vec<Attachment>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let kept = visit.filled.as_ref().map_or(kept, |filled| in_form(&filled.form));
    let rows = kept.into_iter().map(|file| {
        let (value, label) = (packed(&file), locale.pick("去掉", "Remove"));
        let drop = file.hash.clone();
        view! {
            <li class="p-outline-row">
                <span lang="zh-CN">{file.name.clone()}<small>{file_size(file.bytes)}</small></span>
                <input type="hidden" name="attachment" value=value />
                <label class="p-check"><input type="checkbox" name="drop" value=drop /><span>{label}</span></label>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("附件", "Files")}</legend>
            <ul class="p-outline-rows">{rows}</ul>
            <FileField name="attach" label=locale.pick("加一个附件(保存时加上)", "Add a file (when you save)") accept=".pdf,.ofd,.docx,.xlsx,.png,.jpg,.jpeg,.webp,.mp3,.mp4,.vtt" hint=locale.pick("PDF、OFD、DOCX、XLSX、图片、MP3、MP4、VTT 字幕,最大 20 MB;按内容认格式", "PDF, OFD, DOCX, XLSX, pictures, MP3, MP4, VTT captions; 20 MB at most; told by content") />
        </fieldset>
    }
}

/// A kept file as a field of the form.
fn packed(file: &Attachment) -> String {
    format!("{}/{}/{}/{}", file.hash, file.kind, file.bytes, file.name)
}

/// The kept files that are in a form.
fn in_form(form: &Form) -> Vec<Attachment> {
    let file = |text: &str| {
        let mut parts = text.splitn(4, '/');
        let (hash, kind, bytes, name) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(Attachment { hash: hash.to_owned(), name: name.to_owned(), kind: kind.to_owned(), bytes })
    };
    let dropped: Vec<_> = form.all("drop").collect();
    form.all("attachment").filter_map(file).filter(|it| !dropped.contains(&it.hash.as_str())).collect()
}

/// Reads a file into the form, or keeps what is in it.
pub(crate) async fn save(portal: &Portal, visit: &Visit, id: Option<&str>, form: &Form) -> Submitted {
    let id = match id.map(|id| id.parse().map(DraftId)) {
        Some(Err(_)) => return Submitted::Status(404),
        Some(Ok(id)) => Some(id),
        None => None,
    };
    if visit.by().actor.may_somewhere(domain::identity::Action::EditPolicy).is_err() {
        return Submitted::Status(403);
    }
    let mut form = form.clone();
    let files = std::mem::take(&mut form.files);
    if form.get("act") == "read" {
        return match files.into_iter().find(|it| it.field == "file") {
            Some(upload) => match text_of(upload, visit).await {
                Ok(text) => {
                    form.set("text", [text]);
                    Submitted::Looked(form, vec![])
                }
                Err(wrong) => Submitted::Refilled(form, vec![wrong]),
            },
            None => {
                let words = visit.locale.pick("请先选一个文件。", "Choose a file first.").to_owned();
                Submitted::Refilled(form, vec![Wrong { field: "file", words }])
            }
        };
    }
    // What they are is told by what is kept.
    let mut kept = vec![];
    for file in in_form(&form) {
        match attachments::find(portal.store(), &file.hash, &file.name).await {
            Ok(file) => kept.extend(file),
            Err(error) => return Submitted::Failed(error),
        }
    }
    if let Some(upload) = files.into_iter().find(|it| it.field == "attach") {
        match keep(portal, visit, upload, &kept).await {
            Ok(file) => kept.push(file),
            Err(Ok(wrong)) => return Submitted::Refilled(form, vec![wrong]),
            Err(Err(refused)) => return refused,
        }
    }
    form.set("attachment", kept.iter().map(packed));
    form.set("drop", []);
    let read = facts::of_form(&form, kept, visit);
    if !read.wrong.is_empty() {
        return Submitted::Refilled(form, read.wrong);
    }
    let seen = id.map(|id| (id, form.get("revision").parse().unwrap_or_default()));
    match drafts::save(portal.store(), &visit.by(), seen, read.facts, &read.text).await {
        Ok(id) => Submitted::Go(format!("/desk/policy-drafts/{}", id.0), Cookie::Keep),
        Err(failure) => match words::again(failure, visit) {
            Submitted::Again(wrong) => Submitted::Refilled(form, wrong),
            other => other,
        },
    }
}

/// The text of a file, as it is typed.
async fn text_of(upload: Upload, visit: &Visit) -> Result<String, Wrong> {
    let locale = visit.locale;
    let is_typed = documents::kind(&upload.bytes).is_none();
    let reading = tokio::task::spawn_blocking(move || read_document(upload.bytes.to_vec())).await;
    let bad = |zh: &str, en: &str| Wrong { field: "file", words: locale.pick(zh, en).to_owned() };
    match reading {
        Ok(Err(NotText::Lost)) => Err(bad(
            "这个文件里有读不进来的内容,请把正文粘贴到下面。",
            "Some of this file would be lost: paste its text below.",
        )),
        // What has other signs of control is no text, whatever its bytes happen to be.
        Ok(Ok((text, original))) if !(is_typed && original.contains(is_no_text)) => Ok(written(&text)),
        _ => Err(bad(
            "这个文件读不了:要 Markdown、UTF-8 文本或 DOCX。",
            "This file cannot be read: bring Markdown, text in UTF-8 or DOCX.",
        )),
    }
}

fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Keeps a file, whatever it is called, by what it holds.
async fn keep(
    portal: &Portal,
    visit: &Visit,
    upload: Upload,
    kept: &[Attachment],
) -> Result<Attachment, Result<Wrong, Submitted>> {
    let bad = |zh: &str, en: &str| Err(Ok(Wrong { field: "attach", words: visit.locale.pick(zh, en).to_owned() }));
    let Some(kind) = documents::kind(&upload.bytes) else {
        return bad(
            "这个文件不是可以公开的格式(按内容认,改后缀没有用)。",
            "This is none of the kinds of files that can be published; its content tells, not its name.",
        );
    };
    // The name is only shown; its ending says what it is.
    let stem = upload.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let stem: String = stem.chars().filter(|c| !c.is_control()).take(80).collect();
    let name = format!("{}.{}", if stem.is_empty() { "file" } else { &stem }, kind.extension());
    if kept.iter().any(|it| it.name == name) {
        return bad("已经有一个同名的附件。", "There is a file of this name already.");
    }
    match attachments::keep(portal.store(), &visit.by(), &name, kind.extension(), &upload.bytes).await {
        Ok(file) => Ok(file),
        Err(Failure::Store(error)) => Err(Err(Submitted::Failed(error))),
        Err(Failure::Forbidden | Failure::Refused(())) => Err(Err(Submitted::Status(403))),
    }
}
