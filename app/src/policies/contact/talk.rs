//! What the reader does with the panel, and what follows from it.

use std::time::Duration;

use domain::locale::Locale;
use gloo_net::eventsource::{State, futures::EventSource};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlTextAreaElement, MouseEvent, UrlSearchParams};

use super::browser::{self, Lost};

/// After how long without another letter what is alike is looked for.
const REST: Duration = Duration::from_millis(500);
/// Of fewer letters nothing can be said.
const ENOUGH: usize = 5;
/// How long to wait before something is tried again, at first and at most.
const AGAIN: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));
/// So long somebody counts as writing after the last sign of it, and a little more.
const WRITING: Duration = Duration::from_secs(65);

/// How long to wait before the next try: longer each time.
struct Again(Duration);

impl Default for Again {
    fn default() -> Self {
        Self(AGAIN.0)
    }
}

impl Again {
    async fn rest(&mut self) {
        browser::rest(self.0).await;
        self.0 = AGAIN.1.min(self.0 * 2);
    }
}

/// What the island remembers.
#[derive(Default)]
struct Memory {
    /// The digest of the question that is followed.
    followed: String,
    /// What is alike is looked for after a moment of rest.
    look: Option<TimeoutHandle>,
    /// Which look for it is the latest.
    looks: u32,
    /// The form is on its way.
    sending: bool,
    /// The reader wants to be notified.
    notify: bool,
}

/// The island; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Talk {
    locale: Locale,
    memory: StoredValue<Memory>,
}

impl Talk {
    pub(super) fn new(locale: Locale) -> Self {
        Self { locale, memory: StoredValue::default() }
    }

    /// Begins to listen.
    pub(super) fn start(self) {
        for name in ["click", "submit", "input"] {
            let handle = window_event_listener_untyped(name, move |event| self.hear(&event));
            on_cleanup(move || handle.remove());
        }
        self.settle();
    }

    fn hear(self, event: &Event) {
        let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        let on = |selector: &str| target.closest(selector).ok().flatten();
        match event.type_().as_str() {
            "click" => {
                if let Some(link) = on("[data-ask]").filter(|_| is_plain(event)) {
                    event.prevent_default();
                    self.open(link);
                } else if on(".p-asking__close").is_some() {
                    close();
                } else if on("#panel [data-notify]").is_some() {
                    self.wish();
                }
            }
            "submit" => {
                if let Some(form) = on("#panel form").and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) {
                    event.prevent_default();
                    self.send(form);
                }
            }
            "input" if on("#panel [data-alike] textarea").is_some() => self.typed(),
            _ => {}
        }
    }

    /// Opens the form at a clause, or at the interpreter where it is about all of the policy.
    fn open(self, link: Element) {
        let Some(address) = link.get_attribute("href") else { return };
        let place = link.closest(".p-clause, .p-panel").ok().flatten();
        spawn_local(async move {
            let (Some(place), Some(asking)) = (place, browser::find("#asking")) else { return leave(&address) };
            let Ok(piece) = browser::fetch(&address, None).await else { return leave(&address) };
            // What was typed at another clause comes along.
            let words = browser::find("#panel [data-alike] textarea").and_then(|it| it.dyn_into().ok());
            if let (Some(old), Some(new)) = (words.map(|it: HtmlTextAreaElement| it.value()), area(&piece)) {
                new.set_value(&old);
            }
            match browser::piece() {
                Some(old) => drop(old.replace_with_with_node_1(&piece)),
                None => drop(asking.prepend_with_node_1(&piece)),
            }
            asking.set_hidden(false);
            drop(match place.class_list().contains("p-panel") {
                true => place.append_with_node_1(&asking),
                false => place.after_with_node_1(&asking),
            });
            browser::wake(&piece);
            let first = area(&piece).map(Into::into).unwrap_or(piece);
            drop(first.focus());
            self.settle();
        });
    }

    /// Sends a form, again and again while nobody answers; it has a key of its own, so it counts once.
    fn send(self, form: HtmlFormElement) {
        if self.memory.with_value(|memory| memory.sending) {
            return;
        }
        let (address, Some(body)) = (form.action(), browser::fields(&form)) else { return };
        if let Some(key) = browser::key() {
            body.set("once", &key);
        }
        self.memory.update_value(|memory| memory.sending = true);
        spawn_local(async move {
            let mut again = Again::default();
            let came = loop {
                match browser::fetch(&address, Some(&body)).await {
                    Err(Lost::Network) => {
                        self.say(self.locale.pick(
                            "现在连不上。您写的还在,连上后会自动发送,请不要关掉这个页面。",
                            "No connection. What you wrote is still here and is sent when there is one; keep this page open.",
                        ));
                        again.rest().await;
                    }
                    came => break came,
                }
            };
            self.memory.update_value(|memory| memory.sending = false);
            match came {
                Ok(piece) => {
                    self.hush();
                    put(&piece);
                    let to = browser::within(&piece, "#errors").unwrap_or(piece);
                    to.scroll_into_view();
                    drop(to.focus());
                    self.settle();
                }
                Err(_) => self.say(self.locale.pick(
                    "没有发出去,请稍后再试一次,或者打电话。您写的还在。",
                    "It could not be sent. Please try again later, or call. What you wrote is still here.",
                )),
            }
        });
    }

    /// Something was typed: after a rest, what was answered already and is alike is put below.
    fn typed(self) {
        let look = move || {
            let Some(form) = browser::find("#panel [data-alike]").and_then(|it| it.dyn_into::<HtmlFormElement>().ok())
            else {
                return;
            };
            let enough = area(&form).is_some_and(|it| it.value().trim().chars().count() >= ENOUGH);
            let (address, Some(body)) = (form.action(), browser::fields(&form)) else { return };
            if !enough {
                return;
            }
            body.set("look", "yes");
            let look = self.memory.try_update_value(|memory| {
                memory.looks += 1;
                memory.looks
            });
            spawn_local(async move {
                let Ok(piece) = browser::fetch(&address, Some(&body)).await else { return };
                let latest = self.memory.with_value(|memory| Some(memory.looks) == look && !memory.sending);
                let (Some(old), Some(new)) = (browser::find("#panel #alike"), browser::within(&piece, "#alike")) else {
                    return;
                };
                if latest && old.inner_html() != new.inner_html() {
                    drop(old.replace_with_with_node_1(&new));
                }
            });
        };
        let later = set_timeout_with_handle(look, REST).ok();
        self.memory.update_value(|memory| {
            if let Some(before) = std::mem::replace(&mut memory.look, later) {
                before.clear();
            }
        });
    }

    /// Follows the question of the piece, if it is one, and shows what takes a script.
    fn settle(self) {
        let Some(piece) = browser::piece() else { return };
        if let Some(button) = browser::within(&piece, "[data-notify]") {
            button.set_hidden(!browser::may_notify() || self.memory.with_value(|memory| memory.notify));
        }
        let Some(digest) = piece.get_attribute("data-follow") else { return };
        if self.memory.with_value(|memory| memory.followed == digest) {
            return;
        }
        self.memory.update_value(|memory| memory.followed.clone_from(&digest));
        spawn_local(self.follow(digest));
    }

    async fn follow(self, digest: String) {
        let mut again = Again::default();
        while let Some(after) = seen(&digest) {
            let address = format!("/questions/live?of={digest}&after={after}");
            let Ok(mut source) = EventSource::new(&address) else { return };
            let Ok(mut news) = source.subscribe("message") else { return };
            while let Some(Ok((_, message))) = browser::next(&mut news).await {
                if seen(&digest).is_none() {
                    return;
                }
                again = Again::default();
                self.look(&digest).await;
                if message.data().as_string().as_deref() == Some("writing") {
                    // Perhaps it comes to nothing.
                    let later = digest.clone();
                    spawn_local(async move {
                        browser::rest(WRITING).await;
                        self.look(&later).await;
                    });
                }
            }
            if source.state() != State::Closed {
                return;
            }
            drop((news, source));
            again.rest().await;
        }
    }

    /// Asks what became of the question until somebody says it, and puts it in place.
    async fn look(self, digest: &str) {
        let mut again = Again::default();
        while let Some(body) = code(digest) {
            match browser::fetch(&self.locale.href("/questions"), Some(&body)).await {
                Ok(piece) => return self.news(&piece, digest).await,
                Err(Lost::Other) => return,
                Err(Lost::Network) => again.rest().await,
            }
        }
    }

    async fn news(self, piece: &HtmlElement, digest: &str) {
        let Some(old) = browser::piece().filter(|_| seen(digest).is_some()) else { return };
        if old.inner_html() == piece.inner_html() {
            return;
        }
        let moved = old.get_attribute("data-after") != piece.get_attribute("data-after");
        // Somebody who is about to say something goes on.
        let typed = area(&old).map(|it| (it.value(), document().active_element().as_deref() == Some(it.as_ref())));
        put(piece);
        if let (Some((words, focused)), Some(area)) = (typed, area(piece)) {
            area.set_value(&words);
            if focused {
                drop(area.focus());
            }
        }
        self.settle();
        let Some(state) = browser::within(piece, "[data-state]").and_then(|it| it.text_content()) else { return };
        if !moved {
            return;
        }
        let words = self.locale.pick(format!("您的提问有了新进展:{state}"), format!("News of your question: {state}"));
        self.say(&words);
        if document().hidden() && self.memory.with_value(|memory| memory.notify) {
            browser::notify(&words).await;
        }
    }

    /// The reader wants to be notified; that it works is shown at once.
    fn wish(self) {
        spawn_local(async move {
            let words = self.locale.pick("好了:有答复时会这样提醒您。", "Done: you will be told like this.");
            let works = browser::ask_to_notify().await && browser::notify(words).await;
            self.memory.update_value(|memory| memory.notify = works);
            self.say(match works {
                true => {
                    self.locale.pick("有答复时会提醒您,请不要关掉这个页面。", "You will be told; keep this page open.")
                }
                false => self.locale.pick("浏览器没有允许提醒。", "The browser does not allow it."),
            });
            self.settle();
        });
    }

    /// Says something, seen and heard.
    fn say(self, words: &str) {
        for place in ["#panel-voice", "#panel [data-said]"] {
            if let Some(place) = browser::find(place) {
                place.set_text_content(Some(words));
                place.set_hidden(false);
            }
        }
    }

    fn hush(self) {
        if let Some(place) = browser::find("#panel-voice") {
            place.set_text_content(None);
        }
    }
}

/// Whether a click is to be followed here: not in another window.
fn is_plain(event: &Event) -> bool {
    let mouse = event.dyn_ref::<MouseEvent>();
    !event.default_prevented()
        && mouse
            .is_none_or(|it| !(it.ctrl_key() || it.meta_key() || it.shift_key() || it.alt_key()) && it.button() == 0)
}

/// Goes to the page, as without the panel.
fn leave(address: &str) {
    drop(window().location().set_href(address));
}

fn close() {
    let Some(asking) = browser::find("#asking") else { return };
    asking.set_hidden(true);
    // Back to where it was opened.
    let opened = asking.closest(".p-panel").ok().flatten().or_else(|| asking.previous_element_sibling());
    if let Some(link) = opened.and_then(|it| browser::within(&it, "[data-ask]")) {
        drop(link.focus());
    }
}

fn put(piece: &HtmlElement) {
    if let Some(old) = browser::piece() {
        drop(old.replace_with_with_node_1(piece));
        browser::wake(piece);
    }
}

fn area(element: &Element) -> Option<HtmlTextAreaElement> {
    browser::within(element, "textarea")?.dyn_into().ok()
}

/// How often something had happened to a question that is in the page; none where it is no longer there.
fn seen(digest: &str) -> Option<String> {
    let piece = browser::piece().filter(|it| it.get_attribute("data-follow").as_deref() == Some(digest))?;
    piece.get_attribute("data-after")
}

fn code(digest: &str) -> Option<UrlSearchParams> {
    seen(digest)?;
    browser::pairs(&[("code", &browser::piece()?.get_attribute("data-code")?)])
}
