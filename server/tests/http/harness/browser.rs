//! Somebody at a browser: keeps cookies, fills in the forms that pages really have, follows where an answer leads.

use std::{cell::RefCell, collections::BTreeMap};

use domain::{
    audit::By,
    identity::{Grant, Role},
};
use http::{HeaderName, Method, header};
use scraper::Selector;
use store::identity::{NewAccount, accounts, open_account};
use totp_rs::{Builder, Secret};

use super::{Answer, App, FORM, HOST, MONDAY, request, slug};

/// What a new account begins with, and what its owner makes of it.
pub(crate) const FIRST: &str = "a first password 1";
pub(crate) const OWN: &str = "quite another one 2";

/// What stands between the parts of a form with files.
const BOUNDARY: &str = "xxxxxxxxxxxxxxxx-between";

pub(crate) struct Browser<'a> {
    app: &'a App,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl App {
    /// A browser nobody has used yet.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { app: self, cookies: RefCell::default() }
    }

    /// Opens an account from the command line.
    pub(crate) async fn open_account(&self, name: &str, role: Role, division: &str) {
        let grants = vec![Grant { role, division: slug(division), organisation: None }];
        let new =
            NewAccount { name: name.into(), display_name: format!("示例{name}"), grants, password: FIRST.into() };
        open_account(&self.store, &By::console(MONDAY), new, [7; 16]).await.expect("an account");
    }

    /// Somebody of the staff, signed in with a password of their own.
    pub(crate) async fn staff(&self, name: &str, role: Role, division: &str) -> Browser<'_> {
        self.open_account(name, role, division).await;
        let browser = self.browser();
        let answer = browser.submit("/sign-in", "/sign-in", &[("name", name), ("password", FIRST)]).await;
        assert_eq!(answer.code(), 303, "{}", answer.text());
        let path = "/desk/account/password";
        let answer = browser.submit(path, path, &[("current", FIRST), ("new", OWN)]).await;
        assert_eq!(answer.header(header::LOCATION), "/desk", "{}", answer.text());
        browser
    }

    /// The number of an account, as forms have it.
    pub(crate) async fn number_of(&self, name: &str) -> String {
        let all = accounts(&self.store, &By::console(MONDAY)).await.expect("a list");
        all.iter().find(|it| it.staff.name == name).expect("an account").staff.id.0.to_string()
    }

    /// An administrator with a second factor.
    pub(crate) async fn admin(&self) -> Browser<'_> {
        let browser = self.staff("admin", Role::Administrator, "510100").await;
        let path = "/desk/account/second-factor";
        let page = browser.get(path).await;
        let secret = Secret::try_from_base32(page.one(".p-key").replace(' ', "")).expect("base32");
        let telephone = Builder::new().with_secret(secret).with_account_name("admin").build().expect("a telephone");
        browser.submit_shown(&page, path, &[("code", &telephone.generate_current().to_string())]).await;
        browser
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let cookies = self.jar();
        let answer = self.app.send(request(Method::GET, path, &[(header::COOKIE, &cookies)], "")).await;
        self.keep(&answer);
        answer
    }

    /// Opens a page and submits its form of this action, as filled in there and with these values.
    pub(crate) async fn submit(&self, page: &str, action: &str, values: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        self.submit_shown(&shown, action, values).await
    }

    /// Submits a form of a page that was shown.
    pub(crate) async fn submit_shown(&self, shown: &Answer, action: &str, values: &[(&str, &str)]) -> Answer {
        self.post(action, &Self::filled_in(shown, action, values)).await
    }

    /// Presses one of the buttons of a form of a page that was shown.
    pub(crate) async fn press(&self, shown: &Answer, action: &str, act: &str, values: &[(&str, &str)]) -> Answer {
        let button = Selector::parse(&format!("form[action='{action}'] button[name=act][value='{act}']"));
        assert!(shown.html().select(&button.expect("a selector")).next().is_some(), "no button {act}");
        let mut fields = Self::filled_in(shown, action, values);
        fields.push(("act".to_owned(), act.to_owned()));
        self.post(action, &fields).await
    }

    /// Submits a form of a page that was shown, with files: names of fields, of files, and what they hold.
    pub(crate) async fn submit_files(
        &self,
        shown: &Answer,
        action: &str,
        values: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut fields = Self::filled_in(shown, action, values);
        fields.retain(|(name, _)| files.iter().all(|(field, ..)| field != name));
        let mut body = Vec::new();
        for (name, value) in &fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (field, name, bytes) in files {
            let head = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
            body.extend(format!("--{BOUNDARY}\r\n{head}").bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        self.send(action, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }

    /// The fields of a form as a browser would send them.
    fn filled_in(shown: &Answer, action: &str, values: &[(&str, &str)]) -> Vec<(String, String)> {
        let html = shown.html();
        let form = Selector::parse(&format!("form[action='{action}'][method=post]")).expect("a selector");
        let field = Selector::parse("input[name], select[name], textarea[name], button[name]").expect("a selector");
        // Of several with one action, the one with the button that is pressed.
        let has = |form: &scraper::ElementRef, (name, value): &(&str, &str)| {
            form.select(&field).any(|it| {
                it.attr("name") == Some(*name) && (it.value().name() != "button" || it.attr("value") == Some(*value))
            })
        };
        let forms: Vec<_> = html.select(&form).collect();
        let fitting = forms.iter().find(|form| values.iter().all(|value| has(form, value)));
        let form = fitting.or(forms.first()).unwrap_or_else(|| panic!("no form {action}: {}", shown.text()));
        let chosen = Selector::parse("option[selected]").expect("a selector");
        let first = Selector::parse("option").expect("a selector");
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let pressed = |field: &scraper::ElementRef| {
            let pair = field.attr("name").zip(field.attr("value"));
            values.iter().any(|value| Some(*value) == pair)
        };
        let sent = |field: &scraper::ElementRef| match field.attr("type") {
            _ if field.value().name() == "button" => pressed(field),
            Some("checkbox") => {
                let given = |(key, value): &(&str, &str)| {
                    Some(*key) == field.attr("name") && Some(*value) == field.attr("value")
                };
                field.attr("checked").is_some() || values.iter().any(given)
            }
            Some("radio") => match values.iter().find(|(key, _)| Some(*key) == field.attr("name")) {
                Some((_, chosen)) => field.attr("value") == Some(*chosen),
                None => field.attr("checked").is_some(),
            },
            _ => true,
        };
        let fields = form.select(&field).filter(sent).map(|field| {
            let name = field.attr("name").unwrap_or_default();
            let lines = field.text().collect::<String>();
            let value = match field.value().name() {
                "textarea" => Some(lines.trim_start_matches('\n')),
                "select" => {
                    field.select(&chosen).next().or(field.select(&first).next()).and_then(|it| it.attr("value"))
                }
                _ => field.attr("value"),
            };
            let place = seen.entry(name).or_default();
            let given = values.iter().filter(|(key, _)| *key == name).nth(*place).map(|(_, value)| *value);
            *place += 1;
            (name.to_owned(), given.or(value).unwrap_or_default().to_owned())
        });
        let fields: Vec<_> = fields.collect();
        for (name, _) in values {
            assert!(fields.iter().any(|(key, _)| key == name), "{action} has no field {name}");
        }
        fields
    }

    /// Sends a form without looking at a page.
    pub(crate) async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.send(path, FORM, serde_urlencoded::to_string(fields).expect("a form").into_bytes()).await
    }

    async fn send(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let (cookies, origin) = (self.jar(), format!("http://{HOST}"));
        let site = HeaderName::from_static("sec-fetch-site");
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::ORIGIN, origin.as_str()),
            (header::COOKIE, cookies.as_str()),
            (site, "same-origin"),
        ];
        let answer = self.app.send(request(Method::POST, path, &headers, body)).await;
        self.keep(&answer);
        answer
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    fn jar(&self) -> String {
        self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, answer: &Answer) {
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a cookie of ASCII");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if line.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
