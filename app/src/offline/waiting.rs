//! Forms that were filled in without network: what waits on this telephone, what was sent and what came of it.

use leptos::prelude::*;

use crate::portal::visit;

/// The list; hidden until the script has something for it. A form whose sending may wait has `data-queue` with its name.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let locale = visit().locale;
    view! {
        <section
            class="p-section p-waiting"
            hidden
            data-queued=""
            data-waits=locale.pick("等着有网再发,存于 {}", "Waits for the network since {}")
            data-sending=locale.pick("正在发……", "Being sent …")
            data-sent=locale.pick("已发送,查询码 {}。请抄下来。", "Sent. Your code is {}. Please write it down.")
            data-refused=locale.pick("没有收下:{}", "Not taken: {}")
            data-mend=locale.pick("改一改", "Mend it")
            data-again=locale.pick("再发一次", "Send again")
            data-known=locale.pick("记下了,删掉这条", "Noted, remove it")
            data-drop=locale.pick("不发了,删掉", "Do not send, remove")
            data-answer=locale.pick("看答复", "See the answer")
            data-reports=locale.href("/reports")
            data-added=locale.pick(
                "没有连上网。写的都存在手机上了,有网时自动发送,只发一次。可以关掉这一页。",
                "There is no network. What you wrote is kept on this phone and is sent once, as soon as there is. You may close this page.",
            )
            data-lost=locale.pick(
                "没有连上网,手机也存不下。写的都还在这一页,请先不要关掉,有网时再按「提交」。",
                "There is no network, and this phone cannot keep the form. It is all still here: leave the page open and send it later.",
            )
        >
            <h2>{locale.pick("手机上的表单", "Forms on this phone")}</h2>
            <p class="p-notice" role="status" hidden></p>
            <ul class="p-waiting__list"></ul>
        </section>
    }
}
