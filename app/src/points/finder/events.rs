//! What the reader does, and what follows from it: the query, the list, the address, the map.

use std::{sync::Arc, time::Duration};

use domain::{
    finder::{Atlas, Hit, PAGE, PointQuery},
    geo::Position,
    locale::Locale,
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, Event};

use super::{
    super::choices::Choices,
    Loaded, Shown, browser,
    form::{self, Form},
};

/// After how long without another letter the address follows.
const REST: Duration = Duration::from_millis(200);
/// After how long, in milliseconds, points are fetched again when the reader comes back to the page.
const STALE_AFTER: f64 = 5.0 * 60_000.0;

/// What the island remembers besides.
#[derive(Clone, Default)]
pub(super) struct Memory {
    /// The query of the address the server's list is of, as it stood there.
    served: String,
    /// The position of the device: it stays out of form and address.
    own_position: Option<Position>,
    loading: bool,
    /// The reader changed something before the points were here; true when it was a step, not typing.
    wanted: Option<bool>,
    /// The address follows typing after a moment of rest: browsers count how often it changes.
    address: Option<TimeoutHandle>,
}

/// The island; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    pub(super) locale: Locale,
    pub(super) shown: RwSignal<Shown>,
    memory: StoredValue<Memory>,
}

impl Memory {
    fn put_off(&mut self, address: Option<TimeoutHandle>) {
        if let Some(before) = std::mem::replace(&mut self.address, address) {
            before.clear();
        }
    }
}

impl Finder {
    pub(super) fn new(locale: Locale) -> Self {
        Self { locale, shown: RwSignal::default(), memory: StoredValue::default() }
    }

    /// Begins to listen.
    pub(super) fn start(self) {
        let names = ["input", "compositionend", "change", "submit", "focusin", "click"];
        let others = ["popstate", "visibilitychange", "portal-map:pick", "portal-map:ready"];
        for name in names.into_iter().chain(others) {
            let handle = window_event_listener_untyped(name, move |event| self.hear(&event));
            on_cleanup(move || handle.remove());
        }
        let Some(form) = Form::of_page() else { return };
        self.memory.update_value(|memory| memory.served = browser::search());
        if form.query() != form.served() {
            // Something was typed or chosen before the islands were awake.
            self.change(&form, true);
        } else if form.query().is_filtered() || document().active_element().is_some_and(|focus| form.has(&focus)) {
            // The server's list is filtered already and the map has to follow; or the reader is about to type.
            self.load();
        }
    }

    fn hear(self, event: &Event) {
        let Some(form) = Form::of_page() else { return };
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let inside = target.as_ref().is_some_and(|target| form.has(target));
        let on = |selector| target.as_ref().is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))));
        let is_words = on("[name=q]");
        match event.type_().as_str() {
            // Pinyin under way is no word yet; the last event comes when it is done.
            "input" if is_words && inside && !browser::is_composing(event) => self.change(&form, false),
            "compositionend" if is_words && inside => self.change(&form, false),
            // The reader leaves the words, perhaps for another page.
            "change" if is_words && inside => self.write_address(&form, false),
            "change" if inside => self.change(&form, true),
            "submit" if inside => {
                event.prevent_default();
                self.change(&form, true);
            }
            "focusin" if inside => self.load(),
            "click" if inside && on("summary") => self.open(&form),
            "click" if inside && on(".p-filters__near") => self.near(&form),
            "popstate" => self.follow(&form),
            "visibilitychange" => self.refresh(),
            "portal-map:pick" => {
                let picked = event.dyn_ref::<CustomEvent>().and_then(browser::picked);
                self.shown.update(|shown| shown.picked = picked);
                self.load();
            }
            "portal-map:ready" => self.tell_map(),
            _ => {}
        }
    }

    /// What is asked for, with the position of the device, which the form does not have.
    fn query(self, form: &Form) -> PointQuery {
        let query = form.query();
        PointQuery { near: self.memory.with_value(|memory| memory.own_position).or(query.near), ..query }
    }

    /// The form has changed; `step` makes it a step of the history of its own, typing does not.
    fn change(self, form: &Form, step: bool) {
        if step {
            self.write_address(form, true);
        } else {
            let later = move || {
                if let Some(form) = Form::of_page() {
                    self.write_address(&form, false);
                }
            };
            let later = set_timeout_with_handle(later, REST).ok();
            self.memory.update_value(|memory| memory.put_off(later));
        }
        self.memory.update_value(|memory| memory.wanted = Some(step));
        self.run(PAGE);
    }

    /// Lets the address say what the form does.
    fn write_address(self, form: &Form, step: bool) {
        self.memory.update_value(|memory| memory.put_off(None));
        browser::show(&form.query(), self.locale, step);
    }

    /// Back and forward: the address has changed.
    fn follow(self, form: &Form) {
        let query = browser::query();
        browser::follow(self.locale);
        form.fill(&query);
        let served = self.memory.with_value(|memory| memory.served == browser::search());
        self.memory.update_value(|memory| {
            memory.put_off(None);
            memory.own_position = None;
            memory.wanted = Some(true);
        });
        let known = |loaded: &Arc<Loaded>| query.division.is_none_or(|code| loaded.atlas.divisions.get(code).is_some());
        if !served && self.loaded().as_ref().is_some_and(|loaded| !known(loaded)) {
            return browser::reload();
        }
        let Some(loaded) = self.loaded() else { return self.load() };
        self.find(&loaded, form, &query, PAGE * query.page as usize);
        if served {
            self.shown.update(|shown| shown.hits = None);
        }
    }

    /// More filters come into sight.
    fn open(self, form: &Form) {
        let (Some(loaded), query) = (self.loaded(), self.query(form)) else { return };
        let found = loaded.atlas.find(&query);
        form.offer(&Choices::new(&loaded.atlas, &found, &query, self.locale), &query, self.locale, true);
    }

    /// Finds, or fetches the points first.
    fn run(self, many: usize) {
        let Some(form) = Form::of_page() else { return };
        match self.loaded() {
            Some(loaded) => self.find(&loaded, &form, &self.query(&form), many),
            None => self.load(),
        }
    }

    fn find(self, loaded: &Arc<Loaded>, form: &Form, query: &PointQuery, many: usize) {
        let found = loaded.atlas.find(query);
        form::notice(".p-filters__failed", false);
        form.offer(&Choices::new(&loaded.atlas, &found, query, self.locale), query, self.locale, false);
        let same = self.shown.with_untracked(|shown| shown.hits.as_ref() == Some(&found.hits) && shown.many == many);
        if same && !self.is_step() {
            return;
        }
        self.show_on_map(&loaded.atlas, query, &found.hits);
        self.shown.update(|shown| {
            shown.hits = Some(found.hits);
            shown.many = many;
        });
    }

    fn loaded(self) -> Option<Arc<Loaded>> {
        self.shown.with_untracked(|shown| shown.loaded.clone())
    }

    /// Shows on the map what the query finds.
    fn tell_map(self) {
        let (Some(loaded), Some(form)) = (self.loaded(), Form::of_page()) else { return };
        let query = self.query(&form);
        self.show_on_map(&loaded.atlas, &query, &loaded.atlas.find(&query).hits);
    }

    /// Shows points on the map; after a step, rather than a letter typed, the map goes to where they are.
    fn show_on_map(self, atlas: &Atlas, query: &PointQuery, hits: &[Hit]) {
        let filtered = query.is_filtered();
        let ids = filtered.then(|| hits.iter().map(|(i, _)| atlas.points()[*i].id));
        browser::tell_map("portal-map:show", &browser::ids(ids));
        if filtered && self.is_step() && !hits.is_empty() {
            browser::tell_map("portal-map:fit", &JsValue::NULL);
        }
    }

    /// Fetches the points once; when that fails the form still works as a plain form.
    fn load(self) {
        if self.loaded().is_none() {
            self.fetch();
        }
    }

    /// Fetches the points again when the reader comes back after a while: what was open then may be closed now.
    fn refresh(self) {
        let stale = |loaded: Arc<Loaded>| js_sys::Date::now() - loaded.at > STALE_AFTER;
        if self.loaded().is_some_and(stale) && !document().hidden() {
            self.fetch();
        }
    }

    fn fetch(self) {
        if self.memory.with_value(|memory| memory.loading) {
            return;
        }
        self.memory.update_value(|memory| memory.loading = true);
        spawn_local(async move {
            let fetched = browser::fetch().await;
            let wanted = self.memory.with_value(|memory| memory.wanted);
            self.memory.update_value(|memory| memory.loading = false);
            let Some(loaded) = fetched else {
                // The address says what is wanted: the server answers it as it does without islands.
                match wanted {
                    Some(true) if !self.is_near() => browser::reload(),
                    _ => form::notice(".p-filters__failed", wanted.is_some()),
                }
                return;
            };
            self.shown.update(|shown| shown.loaded = Some(Arc::new(loaded)));
            match wanted {
                Some(_) => self.run(self.shown.with_untracked(|shown| shown.many.max(PAGE))),
                None => self.tell_map(),
            }
        });
    }

    fn is_step(self) -> bool {
        self.memory.with_value(|memory| memory.wanted == Some(true))
    }

    fn is_near(self) -> bool {
        self.memory.with_value(|memory| memory.own_position.is_some())
    }

    /// Asks the device where it is, or forgets it. The position is used here and is not sent anywhere.
    fn near(self, form: &Form) {
        let query = self.query(form);
        if query.near.is_some() {
            self.memory.update_value(|memory| memory.own_position = None);
            browser::tell_map("portal-map:here", &JsValue::NULL);
            form.fill(&PointQuery { near: None, ..query });
            return self.change(form, true);
        }
        browser::locate(move |position| {
            form::notice(".p-filters__lost", position.is_none());
            let (Some(position), Some(form)) = (position, Form::of_page()) else { return };
            self.memory.update_value(|memory| memory.own_position = Some(position));
            browser::tell_map("portal-map:here", &browser::place(position));
            self.change(&form, true);
        });
    }
}
