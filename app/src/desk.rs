//! The staff's part of the portal: which page an address is, who may see it, and which form does what. A line a page, a line a
//! form. Pages load their data first and are rendered from it.

mod audit;
mod figures;
mod home;
mod live;

pub use crate::codes::desk::scanned_points;
pub use crate::points::desk::{bad_rows, fresh_points, selected_points};
pub use audit::asked as asked_of_audit;
pub(crate) use live::{LiveNotice, LiveScript};

use domain::{identity::AccountId, points::change::ChangeId, reports::ReportId};
use store::identity::{Session, Stage};

pub use crate::identity::{not_signed_in, where_to};
use crate::{
    codes::desk as codes,
    forms::{Answer, Cookie, Form, Submitted},
    identity, interpreters,
    manual::desk as manual,
    points::desk as points,
    policies,
    portal::{Portal, Visit},
    prints, reports,
    search::desk as search,
};

/// Whether an address (without a language) belongs to staff: its pages are nobody else's and are kept nowhere.
pub fn is_staff(path: &str) -> bool {
    ["/desk", "/sign-in", "/sign-out"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// The page at an address of staff.
pub async fn answer(portal: &Portal, visit: &Visit) -> Answer {
    let steps: Vec<&str> = visit.path.split('/').skip(1).collect();
    if steps == ["sign-in"] {
        return match &visit.session {
            Some(_) => Answer::Go("/desk".into()),
            None => identity::sign_in_page(),
        };
    }
    let session = match gate(visit) {
        Ok(session) => session,
        Err(to) => return Answer::Go(to),
    };
    match steps[..] {
        ["sign-in", "code"] if session.stage == Stage::SecondFactor => identity::code_page(),
        ["sign-in", "code"] => Answer::Go("/desk".into()),
        ["desk"] => home::desk(portal, visit, session).await,
        ["desk", "account"] => identity::own_account(portal, visit, session).await,
        ["desk", "account", "password"] => identity::password_page(session),
        ["desk", "account", "second-factor"] => identity::second_factor_page(portal, session).await,
        ["desk", "accounts"] => identity::accounts_page(portal, visit).await,
        ["desk", "accounts", "new"] => identity::new_account_page(visit),
        ["desk", "accounts", id] => identity::account_page(portal, visit, id).await,
        ["desk", "points"] => points::list_page(portal, visit).await,
        ["desk", "points", "new"] => points::new_page(portal, visit, session).await,
        ["desk", "points", "import"] => points::upload_page(portal, visit).await,
        ["desk", "points", "import", id] => points::dry_run_page(portal, visit, id).await,
        ["desk", "points", "map"] => points::map_page(visit),
        ["desk", "points", id] => points::form_page(portal, visit, id).await,
        ["desk", "points", id, "visit"] => points::spot_page(portal, visit, id).await,
        ["desk", "visits"] => points::visits_page(portal, visit).await,
        ["desk", "keepers"] => points::keepers_page(portal, visit).await,
        ["desk", "keepers", id] => points::hand_over_page(portal, visit, id).await,
        ["desk", "changes"] => points::changes_page(portal, visit).await,
        ["desk", "changes", id] => points::change_page(portal, visit, id).await,
        ["desk", "batches", id] => points::batch_page(portal, visit, id).await,
        ["desk", "manual"] => manual::list_page(portal, visit, session).await,
        ["desk", "manual", division] => manual::outline_page(portal, visit, division).await,
        ["desk", "manual", division, slug] => manual::chapter_page(portal, visit, division, slug).await,
        ["desk", "manual-drafts", id] => manual::draft_page(portal, visit, id).await,
        ["desk", "codes"] => codes::list_page(portal, visit).await,
        ["desk", "codes", token] => codes::code_page(portal, visit, token).await,
        ["desk", "prints"] => prints::list_page(portal, visit).await,
        ["desk", "reports"] => reports::list_page(portal, visit).await,
        ["desk", "reports", id] => reports::report_page(portal, visit, id).await,
        ["desk", "questions"] => policies::questions_page(portal, visit).await,
        ["desk", "questions", "heat"] => policies::heat_page(portal, visit).await,
        ["desk", "questions", id] => policies::question_page(portal, visit, id).await,
        ["desk", "policies"] => policies::policies_page(portal, visit).await,
        ["desk", "policies", "new"] => policies::new_page(visit),
        ["desk", "policy-drafts", id] => policies::draft_page(portal, visit, id).await,
        ["desk", "policy-drafts", id, "edit"] => policies::edit_page(portal, visit, id).await,
        ["desk", "interpreters"] => interpreters::list_page(portal, visit).await,
        ["desk", "interpreters", "new"] => interpreters::new_page(portal, visit).await,
        ["desk", "interpreters", id] => interpreters::edit_page(portal, visit, id).await,
        ["desk", "interpreters", id, "hand-over"] => interpreters::hand_over_page(portal, visit, id).await,
        ["desk", "search"] => search::asked_page(portal, visit).await,
        ["desk", "search", "synonyms"] => search::synonyms_page(portal, visit).await,
        ["desk", "audit"] => audit::audit_page(portal, visit).await,
        _ => Answer::Status(404),
    }
}

/// What a form at an address does; none where there is no form. That somebody may not is a line of the audit log.
pub async fn submit(portal: &Portal, visit: &Visit, form: &Form) -> Option<Submitted> {
    let submitted = act(portal, visit, form).await?;
    if matches!(submitted, Submitted::Status(403))
        && let Err(error) = store::audit::forbidden(portal.store(), &visit.by(), &visit.path).await
    {
        return Some(Submitted::Failed(error));
    }
    Some(submitted)
}

async fn act(portal: &Portal, visit: &Visit, form: &Form) -> Option<Submitted> {
    let steps: Vec<&str> = visit.path.split('/').skip(1).collect();
    match steps[..] {
        ["sign-in"] => return Some(identity::sign_in(portal, visit, form).await),
        ["sign-out"] => return Some(identity::sign_out(portal, visit).await),
        _ => {}
    }
    let session = match gate(visit) {
        Ok(session) => session,
        Err(to) => return Some(Submitted::Go(to, Cookie::Keep)),
    };
    let number = |text: &str| text.parse().ok().map(AccountId);
    Some(match steps[..] {
        ["sign-in", "code"] => identity::pass_second(portal, visit, form).await,
        ["desk", "account", "password"] => identity::change_password(portal, visit, session, form).await,
        ["desk", "account", "second-factor"] => identity::confirm_second_factor(portal, visit, session, form).await,
        ["desk", "account", "second-factor", "drop"] => {
            identity::drop_second_factor(portal, visit, session, form).await
        }
        ["desk", "account", "sessions"] => identity::end_other_sessions(portal, visit, session).await,
        ["desk", "points", "new"] => points::save(portal, visit, None, form).await,
        ["desk", "points", "bulk"] => points::bulk(portal, visit, form).await,
        ["desk", "points", "edit"] => points::edit(portal, visit, form).await,
        ["desk", "points", "import"] => points::upload(portal, visit, form).await,
        ["desk", "points", "import", id] => points::act_on_import(portal, visit, id, form).await,
        ["desk", "points", id] => points::save(portal, visit, Some(id), form).await,
        ["desk", "points", id, "verify"] => points::verify(portal, visit, id, form).await,
        ["desk", "points", id, "visit", "same"] => points::same(portal, visit, id, form).await,
        ["desk", "points", id, "visit", "differs"] => points::differs(portal, visit, id, form).await,
        ["desk", "points", id, "keeper"] => points::set_keeper(portal, visit, id, form).await,
        ["desk", "keepers", id] => points::hand_over(portal, visit, id, form).await,
        ["desk", "points", id, "restore"] => points::restore(portal, visit, id, form).await,
        ["desk", "changes", id, act] => match (id.parse().ok().map(ChangeId)?, act) {
            (id, "publish") => points::publish(portal, visit, id, form).await,
            (id, "return") => points::give_back(portal, visit, id, form).await,
            (id, "withdraw") => points::withdraw(portal, visit, id, form).await,
            _ => return None,
        },
        ["desk", "batches", id, act] => points::batch_step(portal, visit, id, act, form).await?,
        ["desk", "manual", division] => manual::act_on_outline(portal, visit, division, form).await,
        ["desk", "manual", division, slug] => manual::save_chapter(portal, visit, division, slug, form).await,
        ["desk", "manual-drafts", id, act] => manual::step(portal, visit, id, act, form).await?,
        ["desk", "codes", token, "move"] => codes::lead_elsewhere(portal, visit, token, form).await,
        ["desk", "prints"] => prints::ask(portal, visit, form).await,
        ["desk", "prints", id, "cancel"] => prints::cancel(portal, visit, id).await,
        ["desk", "reports", id, act] => match (id.parse().ok().map(ReportId)?, act) {
            (id, "contact") => reports::contact(portal, visit, id).await,
            (id, "answer") => reports::answer(portal, visit, id, form).await,
            _ => return None,
        },
        ["desk", "questions", id, act] => policies::act(portal, visit, id, act, form).await?,
        ["desk", "policies", "new"] => policies::save(portal, visit, None, form).await,
        ["desk", "policies", id, "revise"] => policies::revise(portal, visit, id).await,
        ["desk", "policy-drafts", id, "edit"] => policies::save(portal, visit, Some(id), form).await,
        ["desk", "policy-drafts", id, act] => policies::act_on_draft(portal, visit, id, act, form).await?,
        ["desk", "interpreters", "new"] => interpreters::save(portal, visit, None, form).await,
        ["desk", "interpreters", id] => interpreters::save(portal, visit, Some(id), form).await,
        ["desk", "interpreters", id, act] => interpreters::act(portal, visit, [id, act], form).await?,
        ["desk", "search", "decide"] => search::decide(portal, visit, form).await,
        ["desk", "search", "synonyms"] => search::put(portal, visit, form).await,
        ["desk", "search", "synonyms", "remove"] => search::remove(portal, visit, form).await,
        ["desk", "accounts", "new"] => identity::open_account(portal, visit, form).await,
        ["desk", "accounts", id, act] => match (number(id)?, act) {
            (id, "grants") => identity::set_grants(portal, visit, id, form).await,
            (id, "second-factor") => identity::reset_second_factor(portal, visit, id).await,
            (id, "reset") => identity::reset_password(portal, visit, id).await,
            (id, "end") => identity::end_account(portal, visit, id, form).await,
            _ => return None,
        },
        _ => return None,
    })
}

/// How many bytes a form with files may have at an address; one without files is much smaller.
pub fn room(path: &str) -> u64 {
    const MEGABYTE: u64 = 1024 * 1024;
    match path {
        "/desk/points/import" | "/desk/policies/new" => 24 * MEGABYTE,
        // Three photos, each perhaps somewhat too large: that is said beside it, with everything typed kept.
        _ if path.starts_with("/points/") => 8 * MEGABYTE,
        _ if path.starts_with("/desk/points/") || path.starts_with("/desk/policy-drafts/") => 24 * MEGABYTE,
        _ => 12 * MEGABYTE,
    }
}

/// The page a refused form is shown on, where it is not the form's own address.
pub fn page_of_form(path: &str) -> String {
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    match steps[..] {
        ["desk", "accounts", id, _] => format!("/desk/accounts/{id}"),
        ["desk", "points", "bulk" | "edit"] => "/desk/points".to_owned(),
        ["desk", "points", "import", _] => path.to_owned(),
        ["desk", "points", id, "visit", _] => format!("/desk/points/{id}/visit"),
        ["desk", "manual-drafts", id, _] => format!("/desk/manual-drafts/{id}"),
        ["desk", "codes", token, _] => format!("/desk/codes/{token}"),
        ["desk", "reports", id, _] => format!("/desk/reports/{id}"),
        ["desk", "policies", _, "revise"] => "/desk/policies".to_owned(),
        ["desk", "policy-drafts", _, "edit"] => path.to_owned(),
        ["desk", "policy-drafts", id, _] => format!("/desk/policy-drafts/{id}"),
        ["desk", "questions", id, _] => format!("/desk/questions/{id}"),
        ["desk", "interpreters", "policies", _] => "/desk/interpreters".to_owned(),
        ["desk", "points", id, _] => format!("/desk/points/{id}"),
        ["desk", "batches", id, _] => format!("/desk/batches/{id}"),
        ["desk", "changes", id, _] => format!("/desk/changes/{id}"),
        ["desk", "account", "second-factor", _] => "/desk/account/second-factor".to_owned(),
        _ => path.to_owned(),
    }
}

/// The session, if it may be where it wants to be; else where it has to go first.
fn gate(visit: &Visit) -> Result<&Session, String> {
    let Some(session) = &visit.session else {
        return Err(match visit.path.as_str() {
            "/desk" | "/sign-in/code" => "/sign-in".to_owned(),
            path => format!("/sign-in?back={path}"),
        });
    };
    let (to, also) = match session.stage {
        Stage::Ready => return Ok(session),
        Stage::SecondFactor => ("/sign-in/code", "/sign-in/code"),
        Stage::NewPassword => ("/desk/account/password", "/desk/account/password"),
        Stage::Enrolment => ("/desk/account/second-factor", "/desk/account/password"),
    };
    if visit.path == to || visit.path == also { Ok(session) } else { Err(to.to_owned()) }
}
