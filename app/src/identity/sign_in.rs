//! `/sign-in`: name and password, then the code of the second factor.

use leptos::prelude::*;
use store::{
    Failure,
    identity::{self, Attempt, Refused, Token},
};

use super::{single_sign_on::Elsewhere, text};
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, portal, visit},
    ui::{ErrorSummary, PageHead, TextField},
};

/// The page that asks for name and password.
pub(crate) fn sign_in_page() -> Answer {
    Answer::Page(Box::new(|| view! { <SignIn /> }.into_any()))
}

#[component]
fn SignIn() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("工作人员登录", "Staff sign-in");
    let back = match &visit.filled {
        Some(filled) => filled.form.get("back").to_owned(),
        None => visit.parameter("back").unwrap_or_default(),
    };
    let elsewhere = portal().single_sign_on(locale).map(|label| view! { <Elsewhere label back=back.clone() /> });
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <p>{locale.pick("居民查询、看地图不用登录。", "Residents need no account.")}</p>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/sign-in")>
            <input type="hidden" name="back" value=back.clone() />
            <TextField name="name" label=locale.pick("账号名称", "Account name") autocomplete="username" maxlength=64 />
            <TextField name="password" label=locale.pick("密码", "Password") kind="password" autocomplete="current-password" maxlength=256 />
            <button class="p-button p-button--main" type="submit">{locale.pick("登录", "Sign in")}</button>
        </form>
        <p class="p-quiet">
            {locale.pick("忘了密码,请本单位的管理员重设。", "If you have forgotten your password, ask your administrator for another.")}
        </p>
        {elsewhere}
    }
}

/// The page that asks for the code of the second factor.
pub(crate) fn code_page() -> Answer {
    Answer::Page(Box::new(|| view! { <Code /> }.into_any()))
}

#[component]
fn Code() -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("输入验证码", "Enter the code");
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/sign-in/code")>
            <TextField
                name="code"
                label=locale.pick("六位验证码", "Six-digit code")
                hint=locale.pick("打开手机上的验证器看。手机不在身边,可以输入一个恢复码。", "From the authenticator on your telephone, or a recovery code.")
                autocomplete="one-time-code"
                maxlength=16
            />
            <button class="p-button p-button--main" type="submit">{locale.pick("继续", "Continue")}</button>
        </form>
        <form class="p-form" method="post" action=locale.href("/sign-out")>
            <button class="p-button p-button--quiet" type="submit">{locale.pick("退出", "Sign out")}</button>
        </form>
    }
}

/// Signs in.
pub(crate) async fn sign_in(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let attempt = Attempt {
        name: form.get("name").to_owned(),
        password: form.get("password").to_owned(),
        agent: visit.agent.clone(),
    };
    let token = Token::new(portal.random());
    match identity::sign_in(portal.store(), &visit.by(), attempt, &token).await {
        Ok(()) => Submitted::Go(where_to(form.get("back")), Cookie::Set(token)),
        Err(failure) => again(failure, visit),
    }
}

/// Lets somebody on who has typed the code of their second factor.
pub(crate) async fn pass_second(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let Some(session) = &visit.session else { return Submitted::Go("/sign-in".into(), Cookie::Clear) };
    let token = Token::new(portal.random());
    let by = visit.by();
    match identity::pass_second(portal.store(), portal.vault(), &by, session, form.get("code"), &token).await {
        Ok(()) => Submitted::Go("/desk".into(), Cookie::Set(token)),
        Err(failure) => again(failure, visit),
    }
}

/// Signs out.
pub(crate) async fn sign_out(portal: &Portal, visit: &Visit) -> Submitted {
    if let Some(session) = &visit.session
        && let Err(failure) = identity::sign_out(portal.store(), &visit.by(), session).await
    {
        return again(failure, visit);
    }
    Submitted::Go("/".into(), Cookie::Clear)
}

/// What a refused form of accounts is answered with.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        Failure::Forbidden => Submitted::Status(403),
        Failure::Refused(Refused::NoSession) => Submitted::Go("/sign-in".into(), Cookie::Clear),
        Failure::Refused(why) => {
            Submitted::Again(vec![Wrong { field: text::field(&why), words: text::refused(why, visit.locale) }])
        }
    }
}

/// Where signing in leads: to the page that was wanted, if it is one of staff of this site.
pub fn where_to(back: &str) -> String {
    let plain =
        back.starts_with("/desk") && back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && back.len() < 2_000;
    if plain { back.to_owned() } else { "/desk".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_the_desk_and_nowhere_else() {
        for (back, to) in [
            ("/desk/points?q=1", "/desk/points?q=1"),
            ("", "/desk"),
            ("//evil.example/desk", "/desk"),
            ("https://evil.example", "/desk"),
            ("/desk\r\nx: y", "/desk"),
            ("/points", "/desk"),
        ] {
            assert_eq!(where_to(back), to, "{back}");
        }
    }
}
