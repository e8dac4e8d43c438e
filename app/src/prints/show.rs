//! `/prints/{id}`: where a print is, and its file. Whoever has the address may fetch it: what is in it is public.

use leptos::prelude::*;
use store::prints::{self, Print};

use super::text;
use crate::{
    forms::Answer,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, PageHead, file_size},
};
use domain::prints::{State, What};

/// The page of a print, and whether it is still to come.
pub async fn page(portal: &Portal, _: &Visit, id: &str) -> (Answer, bool) {
    match prints::one(portal.store(), id).await {
        Ok(Some(print)) => {
            let open = print.state.is_open();
            (Answer::Page(Box::new(move || view! { <Show print /> }.into_any())), open)
        }
        Ok(None) => (Answer::Status(404), false),
        Err(error) => (Answer::Failed(error), false),
    }
}

#[component]
fn Show(print: Print) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = text::title(&visit.snapshot, &print.what, locale);
    let file = format!("/prints/{}/file.{}", print.id, print.what.ending());
    let body = match print.state {
        State::Queued | State::Running => view! { <Far print=print.clone() /> }.into_any(),
        State::Done => {
            let pages = print.pages.map(|pages| locale.pick(format!("{pages} 页,"), format!("{pages} pages, ")));
            let size = print.size.map(|size| file_size(size.into()));
            view! {
                <p><a class="p-button p-button--main" href=file download="">{locale.pick("下载", "Download")}</a></p>
                <p class="p-quiet">{pages}{size}</p>
                <p class="p-quiet">{locale.pick("下载断了可以接着下。文件保留一周。", "A download that broke off can go on. The file is kept for a week.")}</p>
            }
            .into_any()
        }
        State::Failed(trouble) => view! { <p>{text::trouble(trouble, locale)}</p> }.into_any(),
        State::Cancelled => {
            view! { <p>{locale.pick("有人取消了这次打印。", "Somebody cancelled this print.")}</p> }.into_any()
        }
    };
    let way = match print.what {
        What::Posters { .. } => vec![(locale.pick("打印海报", "Print posters").to_owned(), "/desk/prints".to_owned())],
        What::Manual { division, .. } => {
            vec![(locale.pick("一手册", "Manual").to_owned(), format!("/manual/{division}"))]
        }
        What::Policy { policy, .. } => {
            vec![(locale.pick("政策与解读", "Policies").to_owned(), format!("/policies/{}", policy.0))]
        }
    };
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <Breadcrumbs way />
        <h1>{title.clone()}</h1>
        <p role="status"><span class="p-tag">{text::state(print.state, locale)}</span></p>
        {body}
    }
}

/// How far it is.
#[component]
fn Far(print: Print) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let words = match print.total {
        0 => locale.pick("马上开始。", "It begins soon.").to_owned(),
        total => locale.pick(format!("已完成 {} / {total}", print.done), format!("{} of {total} done", print.done)),
    };
    view! {
        <p>
            <label for="far">{words}</label><br />
            <progress class="p-progress" id="far" max=print.total.max(1) value=print.done></progress>
        </p>
        <p class="p-quiet">
            {locale.pick("这一页每三秒自己更新;可以先离开,稍后再回到这个网址。", "This page renews itself every three seconds; you may leave and come back to this address.")}
            " "<a href=visit.here(locale)>{locale.pick("现在更新", "Renew now")}</a>
        </p>
    }
}
