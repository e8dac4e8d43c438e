//! The files that come with a policy, and what is seen or heard of its interpretation.

use domain::policies::{Attachment, Interpretation, Policy};
use leptos::prelude::*;

use crate::{
    portal::visit,
    ui::{Icon, file_size, lang_of},
};

/// The address of a file of a policy.
fn address(policy: &Policy, file: &Attachment) -> String {
    format!("/policies/{}/files/{}.{}", policy.id.0, file.hash, file.kind)
}

/// The list of files; nothing where there are none.
#[component]
pub(super) fn Files(policy: Policy) -> impl IntoView {
    let locale = visit().locale;
    let rows = policy.facts.attachments.iter().map(|file| {
        let kind = file.kind.to_ascii_uppercase();
        view! {
            <li>
                <a class="p-row" href=address(&policy, file) download=file.name.clone()>
                    <Icon name="download" />
                    <span><span lang=lang_of(&file.name, locale)>{file.name.clone()}</span><small>{kind}" · "{file_size(file.bytes)}</small></span>
                </a>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="p-section" id="files">
                <h2>{locale.pick("附件", "Files")}</h2>
                <ul class="p-rows">{rows}</ul>
            </section>
        }
    })
}

/// What is seen or heard of an interpretation, with its captions.
#[component]
pub(super) fn Media(policy: Policy, one: Interpretation) -> impl IntoView {
    let find = |name: &str| policy.facts.attachments.iter().find(|it| it.name == name && !name.is_empty());
    let media = find(&one.media)?;
    let (source, title) = (address(&policy, media), one.title.clone());
    let captions = find(&one.captions).map(|file| {
        view! { <track kind="captions" srclang="zh-CN" label="中文" src=address(&policy, file) default /> }
    });
    Some(match media.kind.as_str() {
        "mp4" => view! { <video class="p-media" controls preload="none" src=source aria-label=title lang="zh-CN">{captions}</video> }.into_any(),
        // Sound shows no captions by itself: the text stands below.
        "mp3" => view! { <audio class="p-media" controls preload="none" src=source aria-label=title lang="zh-CN"></audio> }.into_any(),
        _ => view! { <img class="p-media" src=source alt=title loading="lazy" lang="zh-CN" /> }.into_any(),
    })
}
