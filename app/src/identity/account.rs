//! `/desk/account`: one's own password, second factor and sessions.

use domain::identity::MIN_PASSWORD;
use leptos::prelude::*;
use store::{
    Failure,
    identity::{self, Enrolment, Session, SessionRow, Token},
};

use super::{
    accounts::grant_words,
    sign_in::again,
    single_sign_on::{elsewhere_page, from_provider},
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{
        DeskWay, ErrorSummary, PageHead, TextField,
        qr::{QUIET, QrCode},
    },
};

/// The page of one's own account.
pub(crate) async fn own_account(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    let (session, digest) = (session.clone(), session.digest.clone());
    match identity::sessions(portal.store(), visit.now, portal.idle(), session.staff.id).await {
        Ok(rows) => Answer::Page(Box::new(move || view! { <Own session rows digest /> }.into_any())),
        Err(error) => Answer::Failed(error),
    }
}

#[component]
fn Own(session: Session, rows: Vec<SessionRow>, digest: String) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("我的账号", "My account");
    let grants = session.staff.grants.iter().map(|grant| view! { <li>{grant_words(grant, locale)}</li> });
    let others = rows.len() > 1;
    let elsewhere = session.from_provider;
    let second = !elsewhere || session.staff.needs_second_factor();
    let rows = rows.into_iter().map(|row| {
        let this = (row.digest == digest).then(|| locale.pick("(这一次)", " (this one)"));
        view! {
            <tr>
                <th scope="row">{stamp(row.began_at)}{this}</th>
                <td>{stamp(row.seen_at)}</td>
                <td>{row.origin}</td>
                <td class="p-table__long">{row.agent}</td>
            </tr>
        }
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{session.staff.display_name.clone()}" ("{session.staff.name.clone()}")"</p>
        <ul class="p-list">{grants.collect_view()}</ul>
        {elsewhere.then(|| view! { <p class="p-notice">{from_provider(locale)}</p> })}
        <p class="p-acts">
            {(!elsewhere).then(|| view! {
                <a class="p-button" href=locale.href("/desk/account/password")>{locale.pick("修改密码", "Change password")}</a>
            })}
            {second.then(|| view! {
                <a class="p-button" href=locale.href("/desk/account/second-factor")>{locale.pick("第二验证", "Second factor")}</a>
            })}
        </p>
        <section class="p-section">
            <h2>{locale.pick("我在哪里登录着", "Where I am signed in")}</h2>
            <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("登录列表", "Sessions")>
                <table class="p-table">
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("登录时间", "Since")}</th>
                            <th scope="col">{locale.pick("最近使用", "Last used")}</th>
                            <th scope="col">{locale.pick("从哪里", "From")}</th>
                            <th scope="col">{locale.pick("用什么", "With")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {others.then(|| view! {
                <form method="post" action=locale.href("/desk/account/sessions")>
                    <button class="p-button" type="submit">{locale.pick("退出其他登录", "Sign out everywhere else")}</button>
                </form>
            })}
        </section>
    }
}

/// The page to change one's password, which a first password leads to.
pub(crate) fn password_page(session: &Session) -> Answer {
    if session.from_provider {
        return elsewhere_page();
    }
    let first = session.stage == identity::Stage::NewPassword;
    let name = session.staff.name.clone();
    Answer::Page(Box::new(move || view! { <Password first name /> }.into_any()))
}

#[component]
fn Password(first: bool, name: String) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("修改密码", "Change password");
    let hint = locale.pick(
        "至少 10 个字符。几个不相干的词连起来,又长又好记。",
        "At least 10 characters. Several unrelated words are long and easy to remember.",
    );
    debug_assert!(hint.contains(&MIN_PASSWORD.to_string()));
    let why = first.then(|| {
        let words = locale
            .pick("第一次登录,请换成只有您自己知道的密码。", "Replace the first password with one only you know.");
        view! { <p class="p-notice">{words}</p> }
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        {why}
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/desk/account/password")>
            // Password managers want to know whose it is.
            <input type="text" name="username" value=name autocomplete="username" hidden readonly />
            <TextField name="current" label=locale.pick("现在的密码", "Current password") kind="password" autocomplete="current-password" maxlength=256 />
            <TextField name="new" label=locale.pick("新密码", "New password") kind="password" hint=hint autocomplete="new-password" maxlength=256 />
            <button class="p-button p-button--main" type="submit">{locale.pick("换成新密码", "Change it")}</button>
        </form>
    }
}

/// Changes one's own password.
pub(crate) async fn change_password(portal: &Portal, visit: &Visit, session: &Session, form: &Form) -> Submitted {
    let (salt, token) = (portal.random(), Token::new(portal.random()));
    let (current, new) = (form.get("current"), form.get("new"));
    match identity::change_password(portal.store(), &visit.by(), session, current, new, salt, &token).await {
        Ok(()) => Submitted::Go("/desk".into(), Cookie::Set(token)),
        Err(failure) => again(failure, visit),
    }
}

/// The page of one's second factor: how to set it up, or that there is one.
pub(crate) async fn second_factor_page(portal: &Portal, session: &Session) -> Answer {
    if session.from_provider && !session.staff.needs_second_factor() {
        return elsewhere_page();
    }
    if session.has_second_factor {
        let required = session.staff.needs_second_factor();
        return Answer::Page(Box::new(move || view! { <HasFactor required /> }.into_any()));
    }
    let issuer = portal.site().name.clone();
    let (secret, nonce) = (portal.random(), portal.random());
    match identity::enrol(portal.store(), portal.vault(), session, &issuer, secret, nonce).await {
        Ok(enrolment) => {
            let required = session.staff.needs_second_factor();
            Answer::Page(Box::new(move || view! { <Enrol enrolment required /> }.into_any()))
        }
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn Enrol(enrolment: Enrolment, required: bool) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("设置第二验证", "Set up a second factor");
    let picture = QrCode::of(&enrolment.url).map(|code| {
        let side = code.size + 2 * QUIET;
        let label = locale.pick("给验证器扫的二维码", "The code for the authenticator to scan");
        view! {
            <svg class="p-qr" viewBox=format!("-{QUIET} -{QUIET} {side} {side}") role="img" aria-label=label>
                <path class="p-qr__paper" d=format!("M-{QUIET}-{QUIET}h{side}v{side}h-{side}z") />
                <path class="p-qr__ink" d=code.path() />
            </svg>
        }
    });
    let grouped = enrolment.secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned());
    let grouped = grouped.collect::<Vec<_>>().join(" ");
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        {required.then(|| view! {
            <p class="p-notice">{locale.pick("管理员必须有第二验证。", "Administrators need a second factor.")}</p>
        })}
        <ol class="p-prose">
            <li>{locale.pick("在手机上装一个验证器(任何支持动态口令 TOTP 的应用都可以)。", "Install an authenticator on your telephone (any that does TOTP).")}</li>
            <li>{locale.pick("用它扫下面的二维码,或者手工输入密钥。", "Scan this code with it, or type the key.")}</li>
            <li>{locale.pick("把它显示的六位数填在下面。", "Type the six digits it shows.")}</li>
        </ol>
        {picture}
        <p><code class="p-key">{grouped}</code></p>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/desk/account/second-factor")>
            <TextField name="code" label=locale.pick("六位验证码", "Six-digit code") autocomplete="one-time-code" numeric=true maxlength=16 />
            <button class="p-button p-button--main" type="submit">{locale.pick("启用", "Switch on")}</button>
        </form>
    }
}

#[component]
fn HasFactor(required: bool) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("第二验证已启用", "A second factor is set up");
    let lost = locale.pick(
        "手机丢了,请另一位管理员重设您的账号。",
        "If you lose your telephone, another administrator can reset your account.",
    );
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{lost}</p>
        <ErrorSummary />
        {(!required).then(|| view! {
            <form class="p-form" method="post" action=locale.href("/desk/account/second-factor/drop")>
                <TextField name="code" label=locale.pick("六位验证码", "Six-digit code") autocomplete="one-time-code" maxlength=16 />
                <button class="p-button" type="submit">{locale.pick("停用第二验证", "Switch it off")}</button>
            </form>
        })}
    }
}

/// Switches the second factor on; the recovery codes are shown this once.
pub(crate) async fn confirm_second_factor(portal: &Portal, visit: &Visit, session: &Session, form: &Form) -> Submitted {
    let (by, code, random) = (visit.by(), form.get("code"), portal.random());
    match identity::confirm_second_factor(portal.store(), portal.vault(), &by, session, code, random).await {
        Ok(codes) => Submitted::Page(Box::new(move || view! { <Recovery codes /> }.into_any()), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

#[component]
fn Recovery(codes: Vec<String>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("请记下恢复码", "Keep these recovery codes");
    let words = locale.pick(
        "手机不在身边时,可以用其中一个代替验证码,每个只能用一次。现在抄下或打印,离开这一页就看不到了。",
        "Each stands in once for a code when you do not have your telephone. Write them down or print them now: they are not shown again.",
    );
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{words}</p>
        <ul class="p-codes">{codes.into_iter().map(|code| view! { <li><code class="p-key">{code}</code></li> }).collect_view()}</ul>
        <p class="p-acts"><a class="p-button p-button--main" href=locale.href("/desk")>{locale.pick("记好了,进入工作台", "Done: to the desk")}</a></p>
    }
}

/// Switches the second factor off.
pub(crate) async fn drop_second_factor(portal: &Portal, visit: &Visit, session: &Session, form: &Form) -> Submitted {
    let by = visit.by();
    match identity::drop_second_factor(portal.store(), portal.vault(), &by, session, form.get("code")).await {
        Ok(()) => Submitted::Go("/desk/account".into(), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

/// Signs out everywhere else.
pub(crate) async fn end_other_sessions(portal: &Portal, visit: &Visit, session: &Session) -> Submitted {
    match identity::end_other_sessions(portal.store(), &visit.by(), session).await {
        Ok(_) => Submitted::Go("/desk/account".into(), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}
