//! What anybody may send without an account: which form does what, a line a form. Their pages are public pages like others, with
//! a form on them; what is answered to a form is kept nowhere.

use crate::{
    codes,
    forms::{Answer, Form, Submitted},
    interpreters, manual, policies,
    portal::{Portal, Visit},
    reports, search,
};

/// Whether there is a form for anybody at an address (without a language).
pub fn is_form(path: &str) -> bool {
    matches!(
        steps(path)[..],
        ["reports" | "questions"] | ["points", _, "report"] | ["manual", _, "print"] | ["policies", _, "ask" | "print"]
    )
}

/// A page for anybody that has to be read from the database first, and so is kept nowhere; none where an address is that of another
/// page.
pub async fn page(portal: &Portal, visit: &Visit) -> Option<Answer> {
    match steps(&visit.path)[..] {
        ["search"] => Some(search::search_page(portal, visit).await),
        ["policies", "questions"] => Some(policies::subject_page(portal, visit).await),
        ["policies", id] => Some(policies::policy_page(portal, visit, id).await),
        ["policies", id, "ask"] => Some(policies::ask_page(portal, visit, id).await),
        ["codes", token, step] => Some(codes::clauses_page(portal, visit, token, step).await),
        ["interpreters", id] => Some(interpreters::post_page(portal, visit, id).await),
        ["policies", id, "compare"] => Some(policies::compare_page(portal, visit, id).await),
        ["policies", id, "print"] => Some(policies::print_page(visit, id)),
        ["policies", id, "questions"] => Some(policies::asked_page(portal, visit, id).await),
        _ => manual::past_page(portal, visit).await,
    }
}

/// What a form does; none where there is no form.
pub async fn submit(portal: &Portal, visit: &Visit, form: &Form) -> Option<Submitted> {
    match steps(&visit.path)[..] {
        ["reports"] => Some(reports::ask(portal, visit, form).await),
        ["manual", division, "print"] => Some(manual::ask_for_print(portal, visit, division, form).await),
        ["policies", id, "ask"] => Some(policies::send(portal, visit, id, form).await),
        ["policies", id, "print"] => Some(policies::ask_for_policy(portal, visit, id, form).await),
        ["questions"] => Some(policies::follow(portal, visit, form).await),
        ["points", id, "report"] => Some(reports::send(portal, visit, id, form).await),
        _ => None,
    }
}

fn steps(path: &str) -> Vec<&str> {
    path.split('/').skip(1).collect()
}
