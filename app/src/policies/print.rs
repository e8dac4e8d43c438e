//! `/policies/{id}/print`: a policy with what it means as a file to keep or to print. It is made in the background, once until the
//! policy changes.

use domain::{policies::Policy, prints::What};
use leptos::prelude::*;

use super::list::COLUMN;
use crate::{
    forms::{Answer, Form, Submitted, Wrong},
    manual::{made_as, print, print_forms},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, SelectField},
};

fn policy_of<'a>(visit: &'a Visit, id: &str) -> Option<&'a Policy> {
    visit.snapshot.content.policy(id.parse().ok()?)
}

/// The form.
pub(crate) fn print_page(visit: &Visit, id: &str) -> Answer {
    match policy_of(visit, id).cloned() {
        Some(policy) => Answer::Page(Box::new(move || view! { <Ask policy /> }.into_any())),
        None => Answer::Status(404),
    }
}

#[component]
fn Ask(policy: Policy) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("下载和打印", "Download and print");
    let head = locale.pick(format!("{title} · {}", policy.facts.title), format!("{title} · Policy {}", policy.id.0));
    let here = format!("/policies/{}", policy.id.0);
    let way = vec![
        (locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned()),
        (policy.facts.title.clone(), here.clone()),
    ];
    let about = locale.pick(
        "解读、解读人的电话和全文在一个文件里,做好以后保留一周。",
        "What it means, whom to call and the text in one file, kept for a week.",
    );
    view! {
        <PageHead title=head description=about column=COLUMN />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <p lang="zh-CN">{policy.facts.title}</p>
        <p>{about}</p>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href(&format!("{here}/print"))>
            <SelectField name="form" label=locale.pick("格式", "As") options=print_forms(locale) />
            <button class="p-button p-button--main" type="submit">{locale.pick("制作文件", "Make the file")}</button>
        </form>
    }
}

/// Asks for a file.
pub(crate) async fn ask_for_policy(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Some(policy) = policy_of(visit, id) else { return Submitted::Status(404) };
    let Some(form) = made_as(form.get("form")) else {
        let words = visit.locale.pick("请选格式。", "Choose a format.").to_owned();
        return Submitted::Again(vec![Wrong { field: "form", words }]);
    };
    let updated = policy.updated_at.unix_timestamp();
    print(portal, visit, &What::Policy { policy: policy.id, updated, form, language: visit.locale }).await
}
