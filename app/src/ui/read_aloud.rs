//! Reads the page aloud with the voice of the device, a sentence at a time, and marks it. 长辈版 shows it at the top of every page
//! (互联网网站适老化通用设计规范), a manual in every chapter. What it does, `frontend/public/reading.js` does.

use leptos::prelude::*;

use super::Icon;
use crate::portal::visit;

/// A button that starts and stops reading the main part of the page; while it reads, a pause and the speed.
#[component]
pub(crate) fn ReadAloud() -> impl IntoView {
    let locale = visit().locale;
    let speeds = [("0.7", "慢", "slow"), ("0.9", "正常", "normal"), ("1.2", "快", "fast")].map(|(rate, zh, en)| {
        view! { <option value=rate selected=rate == "0.9">{locale.pick(zh, en)}</option> }
    });
    let start = locale.pick("朗读本页", "Read this page aloud");
    let pause = locale.pick("暂停", "Pause");
    view! {
        <div
            class="p-aloud p-needs-script"
            data-aloud=""
            data-start=start
            data-stop=locale.pick("停止朗读", "Stop reading")
            data-pause=pause
            data-go-on=locale.pick("继续", "Go on")
            data-mute=locale.pick("这个浏览器不会朗读", "This browser cannot read aloud")
        >
            <button class="p-button p-read-aloud" type="button" aria-pressed="false" data-do="toggle">
                <Icon name="volume-2" />
                <span>{start}</span>
            </button>
            <button class="p-button p-button--quiet" type="button" data-do="pause" hidden>
                <Icon name="circle-pause" />
                <span>{pause}</span>
            </button>
            <label class="p-aloud__speed" hidden>
                {locale.pick("语速", "Speed")}
                <select class="p-input">{speeds.into_iter().collect_view()}</select>
            </label>
        </div>
    }
}
