//! `/desk/accounts`: who is on the staff and what they may do. For administrators.

use data_encoding::BASE32_NOPAD;
use domain::{
    Slug,
    divisions::DivisionLevel,
    identity::{AccountId, Grant, Role},
    interpreters::Interpreter,
    locale::Locale,
};
use leptos::prelude::*;
use store::{
    Failure,
    identity::{self, Account, NewAccount, Refused},
};

use super::{sign_in::again, single_sign_on::from_provider, text};
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, SelectField, TextField},
};

/// How many roles can be given in one go.
const ROWS: usize = 3;

/// The list of accounts.
pub(crate) async fn accounts_page(portal: &Portal, visit: &Visit) -> Answer {
    match identity::accounts(portal.store(), &visit.by()).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <Accounts list /> }.into_any())),
        Err(failure) => page_failure(failure),
    }
}

fn page_failure(failure: Failure<Refused>) -> Answer {
    match failure {
        Failure::Store(error) => Answer::Failed(error),
        Failure::Forbidden | Failure::Refused(_) => Answer::Status(403),
    }
}

#[component]
fn Accounts(list: Vec<Account>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("账号", "Accounts");
    let rows = list.into_iter().map(|account| {
        let href = locale.href(&format!("/desk/accounts/{}", account.staff.id.0));
        let roles: Vec<_> = account.staff.grants.iter().map(|grant| grant_words(grant, locale)).collect();
        view! {
            <tr>
                <th scope="row"><a href=href>{account.staff.name.clone()}</a></th>
                <td>{account.staff.display_name.clone()}</td>
                <td>{roles.join(locale.pick("、", ", "))}</td>
                <td>{state(&account, locale)}</td>
            </tr>
        }
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href("/desk/accounts/new")>{locale.pick("开一个账号", "Open an account")}</a>
        </p>
        <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
            <table class="p-table">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("名称", "Name")}</th>
                        <th scope="col">{locale.pick("姓名", "Person")}</th>
                        <th scope="col">{locale.pick("角色", "Roles")}</th>
                        <th scope="col">{locale.pick("状态", "State")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// 信息员 · 武侯区.
pub(super) fn grant_words(grant: &Grant, locale: Locale) -> String {
    let snapshot = visit().snapshot;
    let place = snapshot.atlas.divisions.get(grant.division);
    let place = place.map_or_else(|| grant.division.to_string(), |division| division.name(locale).to_owned());
    let office = grant.organisation.map(|code| {
        let name = snapshot.content.organisation(code).map_or_else(|| code.to_string(), |office| office.name.clone());
        format!(" · {name}")
    });
    format!("{} · {place}{}", text::role(grant.role, locale), office.unwrap_or_default())
}

fn state(account: &Account, locale: Locale) -> &'static str {
    match (account.ended_at.is_some(), account.must_change, account.has_second_factor) {
        (true, ..) => locale.pick("已停用", "Ended"),
        (_, true, _) => locale.pick("还没换首次密码", "First password not changed yet"),
        _ if account.from_provider => locale.pick("在用,由统一认证登录", "In use, by single sign-on"),
        (.., true) => locale.pick("在用,有第二验证", "In use, with a second factor"),
        _ => locale.pick("在用", "In use"),
    }
}

/// The page to open an account.
pub(crate) fn new_account_page(visit: &Visit) -> Answer {
    let may = visit.by().actor.may_somewhere(domain::identity::Action::ManageAccounts);
    match may {
        Ok(()) => Answer::Page(Box::new(|| view! { <NewAccountPage /> }.into_any())),
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn NewAccountPage() -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("开一个账号", "Open an account");
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/desk/accounts/new")>
            <TextField
                name="name"
                label=locale.pick("账号名称", "Account name")
                hint=locale.pick("登录用,如 li.na。开好后不能改。", "To sign in with, such as li.na. It cannot be changed later.")
                maxlength=32
            />
            <TextField name="person" label=locale.pick("姓名", "Person") maxlength=60 />
            <Grants grants=vec![] />
            <button class="p-button p-button--main" type="submit">{locale.pick("开账号,给出首次密码", "Open it and show the first password")}</button>
        </form>
    }
}

/// Rows of role, area and office.
#[component]
fn Grants(grants: Vec<Grant>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let none = (String::new(), locale.pick("(无)", "(none)").to_owned());
    let roles: Vec<_> = std::iter::once(none)
        .chain(Role::ALL.iter().map(|role| (role.code().to_owned(), text::role(*role, locale).to_owned())))
        .collect();
    let divisions = &visit.snapshot.atlas.divisions;
    let offered = divisions
        .iter()
        .filter(|it| it.level != DivisionLevel::Village && it.level != DivisionLevel::Zone && !it.ended);
    let areas: Vec<_> = offered
        .map(|it| {
            let indent = "\u{3000}".repeat(divisions.lineage(it.code).len().saturating_sub(1));
            (it.code.to_string(), format!("{indent}{}", it.name(locale)))
        })
        .collect();
    let rows = (0..ROWS.max(grants.len())).map(|i| {
        let grant = grants.get(i);
        let role = grant.map(|it| it.role.code().to_owned()).unwrap_or_default();
        let area = grant.map(|it| it.division.to_string()).unwrap_or_default();
        let office = grant.and_then(|it| it.organisation).map(|it| it.to_string()).unwrap_or_default();
        let typed = visit.filled.as_ref().and_then(|it| it.form.all("office").nth(i).map(str::to_owned));
        let label = locale.pick("只管这个单位(代码,可不填)", "Only this office (code; may be empty)");
        let id = format!("office-{i}");
        view! {
            <div class="p-filters__row">
                <SelectField name="role" label=locale.pick("角色", "Role") options=roles.clone() value=role place=i />
                <SelectField name="division" label=locale.pick("地区(含下级)", "Area (and below)") options=areas.clone() value=area place=i />
                <div class="p-field">
                    <label class="p-field__label" for=id.clone()>{label}</label>
                    <input class="p-input" id=id name="office" value=typed.unwrap_or(office) maxlength="23" autocomplete="off" />
                </div>
            </div>
        }
    });
    view! {
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("能做什么,在哪里", "What they may do, and where")}</legend>
            {rows.collect_view()}
        </fieldset>
    }
}

/// The grants of a form; an office that is no code is wrong.
fn grants(form: &Form) -> Result<Vec<Grant>, Refused> {
    let rows = form.all("role").zip(form.all("division")).zip(form.all("office"));
    let filled = rows.filter(|((role, _), _)| !role.is_empty());
    filled
        .map(|((role, division), office)| {
            let office: Option<Result<Slug, _>> = Some(office.trim()).filter(|it| !it.is_empty()).map(str::parse);
            Ok(Grant {
                role: Role::from_code(role).ok_or(Refused::NoSuchPlace)?,
                division: division.parse().map_err(|_| Refused::NoSuchPlace)?,
                organisation: office.transpose().map_err(|_| Refused::NoSuchPlace)?,
            })
        })
        .collect()
}

/// A first password nobody would choose: four groups of four.
pub fn first_password(random: [u8; 10]) -> String {
    let text = BASE32_NOPAD.encode(&random).to_lowercase();
    text.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>().join("-")
}

/// Opens an account; its first password is shown this once.
pub(crate) async fn open_account(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let locale = visit.locale;
    let person = form.get("person").trim();
    if person.is_empty() || person.chars().any(char::is_control) {
        let words = locale.pick("请写姓名。", "Please give the person's name.").to_owned();
        return Submitted::Again(vec![Wrong { field: "person", words }]);
    }
    let grants = match grants(form) {
        Ok(grants) => grants,
        Err(why) => return again(Failure::Refused(why), visit),
    };
    let password = first_password(portal.random());
    let name = form.get("name").trim().to_owned();
    let new = NewAccount { name: name.clone(), display_name: person.to_owned(), grants, password: password.clone() };
    match identity::open_account(portal.store(), &visit.by(), new, portal.random()).await {
        Ok(_) => Submitted::Page(Box::new(move || view! { <FirstPassword name password /> }.into_any()), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

#[component]
fn FirstPassword(name: String, password: String) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("首次密码", "First password");
    let words = locale.pick(
        "请当面或打电话告诉本人。第一次登录时要换掉。离开这一页就看不到了。",
        "Tell them in person or by telephone. They change it when they first sign in. It is not shown again.",
    );
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{words}</p>
        <dl class="p-facts">
            <dt>{locale.pick("账号名称", "Account name")}</dt>
            <dd><code class="p-key">{name}</code></dd>
            <dt>{title}</dt>
            <dd><code class="p-key">{password}</code></dd>
        </dl>
        <p class="p-acts"><a class="p-button p-button--main" href=locale.href("/desk/accounts")>{locale.pick("回到账号", "To the accounts")}</a></p>
    }
}

/// The page of an account.
pub(crate) async fn account_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let id = id.parse().ok().map(AccountId);
    match identity::accounts(portal.store(), &visit.by()).await {
        Ok(list) => match list.into_iter().find(|account| Some(account.staff.id) == id) {
            Some(account) => Answer::Page(Box::new(move || view! { <AccountPage account /> }.into_any())),
            None => Answer::Status(403),
        },
        Err(failure) => page_failure(failure),
    }
}

#[component]
fn AccountPage(account: Account) -> impl IntoView {
    let locale = visit().locale;
    let path = format!("/desk/accounts/{}", account.staff.id.0);
    let title = account.staff.name.clone();
    let ended = account.ended_at.is_some();
    let revision = account.revision.to_string();
    let act = |name: &str| locale.href(&format!("{path}/{name}"));
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title}</h1>
        <p>{account.staff.display_name.clone()}" · "{state(&account, locale)}</p>
        <p class="p-quiet">{locale.pick("开户:", "Opened: ")}{stamp(account.opened_at)}</p>
        <ErrorSummary />
        {(!ended && account.from_provider).then(|| view! { <FromProvider account=account.clone() reset=act("second-factor") /> })}
        {(!ended && !account.from_provider).then(|| view! {
            <form class="p-form" method="post" action=act("grants")>
                <input type="hidden" name="revision" value=revision.clone() />
                <Grants grants=account.staff.grants.clone() />
                <button class="p-button p-button--main" type="submit">{locale.pick("保存角色", "Save roles")}</button>
            </form>
            <section class="p-section">
                <h2>{locale.pick("忘了密码、丢了手机", "Password forgotten, telephone lost")}</h2>
                <p>{locale.pick("重设后,原来的密码和第二验证都不再有效,给出新的首次密码。", "The old password and the second factor end, and there is a new first password.")}</p>
                <form method="post" action=act("reset")>
                    <button class="p-button" type="submit">{locale.pick("重设账号", "Reset the account")}</button>
                </form>
            </section>
        })}
        {(!ended).then(|| view! {
            <section class="p-section" id="leaving">
                <h2>{locale.pick("离岗", "Leaving")}</h2>
                {(!account.interprets.is_empty()).then(|| view! { <Serves posts=account.interprets.clone() /> })}
                {(account.keeps > 0).then(|| view! { <Keeps id=account.staff.id count=account.keeps /> })}
                <p>{locale.pick("停用后不能再登录,做过的事仍记在名下。停用不能撤回。", "Nobody can sign in with it any more; what was done stays on record. This cannot be undone.")}</p>
                <form method="post" action=act("end")>
                    <input type="hidden" name="revision" value=revision />
                    <button class="p-button p-button--danger" type="submit">{locale.pick("停用账号", "End the account")}</button>
                </form>
            </section>
        })}
    }
}

/// Points in the name of an account stand between it and its end.
#[component]
fn Keeps(id: AccountId, count: u64) -> impl IntoView {
    let locale = visit().locale;
    let href = locale.href(&format!("/desk/keepers/{}", id.0));
    view! {
        <p class="p-notice">
            {locale.pick(format!("名下有 {count} 处点位,停用之前先交给别人。"), format!("It keeps {count} places: hand them over before it ends."))}
            " "
            <a href=href>{locale.pick("交给别人", "Hand them over")}</a>
        </p>
    }
}

/// Interpreters' posts in the name of an account stand between it and its end.
#[component]
fn Serves(posts: Vec<Interpreter>) -> impl IntoView {
    let locale = visit().locale;
    let posts = posts.into_iter().map(|post| {
        let href = locale.href(&format!("/desk/interpreters/{}", post.id.0));
        view! { <li><a href=href lang="zh-CN">{post.post}</a></li> }
    });
    view! {
        <div class="p-notice">
            <p>{locale.pick("是这些解读岗位的经办人,停用之前先换人,或者把岗位交出去:", "It answers for these interpreters' posts: name somebody else there, or hand them over, before it ends:")}</p>
            <ul class="p-list">{posts.collect_view()}</ul>
        </div>
    }
}

/// What an administrator sees, and may do, of an account that comes from a provider.
#[component]
fn FromProvider(account: Account, reset: String) -> impl IntoView {
    let locale = visit().locale;
    let grants = account.staff.grants.iter().map(|grant| view! { <li>{grant_words(grant, locale)}</li> });
    view! {
        <p class="p-notice">{from_provider(locale)}</p>
        <ul class="p-list">{grants.collect_view()}</ul>
        {account.has_second_factor.then(|| view! {
            <section class="p-section">
                <h2>{locale.pick("丢了手机", "Telephone lost")}</h2>
                <p>{locale.pick("取消后,下次登录时重新设置第二验证。", "The second factor ends and is set up anew at the next sign-in.")}</p>
                <form method="post" action=reset>
                    <button class="p-button" type="submit">{locale.pick("取消第二验证", "Take the second factor away")}</button>
                </form>
            </section>
        })}
    }
}

/// Takes the second factor of an account away that comes from a provider.
pub(crate) async fn reset_second_factor(portal: &Portal, visit: &Visit, id: AccountId) -> Submitted {
    match identity::reset_second_factor(portal.store(), &visit.by(), id).await {
        Ok(()) => Submitted::Go(format!("/desk/accounts/{}", id.0), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

/// Changes what an account may do.
pub(crate) async fn set_grants(portal: &Portal, visit: &Visit, id: AccountId, form: &Form) -> Submitted {
    let grants = match grants(form) {
        Ok(grants) => grants,
        Err(why) => return again(Failure::Refused(why), visit),
    };
    let revision = form.get("revision").parse().unwrap_or_default();
    match identity::set_grants(portal.store(), &visit.by(), id, revision, grants).await {
        Ok(()) => Submitted::Go(format!("/desk/accounts/{}", id.0), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

/// Gives an account another first password.
pub(crate) async fn reset_password(portal: &Portal, visit: &Visit, id: AccountId) -> Submitted {
    let password = first_password(portal.random());
    let name = match identity::accounts(portal.store(), &visit.by()).await {
        Ok(list) => list.into_iter().find(|it| it.staff.id == id).map(|it| it.staff.name).unwrap_or_default(),
        Err(failure) => return again(failure, visit),
    };
    match identity::reset_password(portal.store(), &visit.by(), id, &password, portal.random()).await {
        Ok(()) => Submitted::Page(Box::new(move || view! { <FirstPassword name password /> }.into_any()), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

/// Ends an account.
pub(crate) async fn end_account(portal: &Portal, visit: &Visit, id: AccountId, form: &Form) -> Submitted {
    let revision = form.get("revision").parse().unwrap_or_default();
    match identity::end_account(portal.store(), &visit.by(), id, revision).await {
        Ok(()) => Submitted::Go("/desk/accounts".into(), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}
