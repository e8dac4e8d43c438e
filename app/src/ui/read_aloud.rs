//! Reads the page aloud with the voice of the device. 长辈版 shows it at the top of every page (互联网网站适老化通用设计规范).

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::SpeechSynthesisUtterance;

use super::{Icon, device_has};

/// A button that starts and stops reading the main part of the page.
#[island]
pub fn ReadAloud() -> impl IntoView {
    let locale = super::locale();
    let (reading, set_reading) = signal(false);
    let (mute, set_mute) = signal(false);
    let toggle = move |_| {
        if !device_has(&window(), "speechSynthesis") {
            return set_mute.set(true);
        }
        let Ok(voice) = window().speech_synthesis() else { return };
        voice.cancel();
        if reading.get_untracked() {
            set_reading.set(false);
            return;
        }
        let Some(text) = page_text() else { return };
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&text) else { return };
        utterance.set_lang(locale.tag());
        utterance.set_rate(0.9);
        let ended = Closure::<dyn FnMut()>::new(move || set_reading.set(false)).into_js_value();
        utterance.set_onend(Some(ended.unchecked_ref()));
        utterance.set_onerror(Some(ended.unchecked_ref()));
        voice.speak(&utterance);
        set_reading.set(true);
    };
    let word = move || match reading.get() {
        _ if mute.get() => locale.pick("这个浏览器不会朗读", "This browser cannot read aloud"),
        true => locale.pick("停止朗读", "Stop reading"),
        false => locale.pick("朗读本页", "Read this page aloud"),
    };
    view! {
        <button class="p-button p-read-aloud p-needs-script" type="button" aria-pressed=move || reading.get().to_string() on:click=toggle>
            <Icon name="volume-2" />
            {word}
        </button>
    }
}

/// What is read: headings, sentences, rows; not controls, ways elsewhere, or the letters that stand for kinds.
const SPOKEN: &str =
    "#main :is(h1, h2, .p-card__link, p:not(.p-point__kind, :has(button, a)), caption, th, td, dt, dd, li > a)";
/// Inside these nothing is read.
const SILENT: &str = "nav, form, button, portal-map, [hidden], .p-chips, .p-hidden";

fn page_text() -> Option<String> {
    let spoken = document().query_selector_all(SPOKEN).ok()?;
    let elements = (0..spoken.length()).filter_map(|i| spoken.item(i)?.dyn_into::<web_sys::HtmlElement>().ok());
    let heard = elements.filter(|element| matches!(element.closest(SILENT), Ok(None)));
    let text: Vec<String> = heard.map(|element| element.inner_text()).filter(|text| !text.trim().is_empty()).collect();
    (!text.is_empty()).then(|| text.join("。\n"))
}
