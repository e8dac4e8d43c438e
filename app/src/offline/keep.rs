//! Keeping a manual on the telephone: the button on its front, the line of what changed since, the bar over a page that is read from
//! the telephone. All of it is hidden until the script shows it.

use domain::divisions::DivisionCode;
use leptos::prelude::*;

use crate::{portal::visit, ui::Icon};

/// Keeps the manual of a division, renews it and removes it. `{}` in the words is what the script puts in.
#[component]
pub(crate) fn Keep(division: DivisionCode) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <section
            class="p-keep"
            hidden
            aria-label=locale.pick("存到手机", "Keep on this phone")
            data-keep=""
            data-ready=locale.pick("存下来,没有网也能看。", "Keep it, and read it without network.")
            data-saving=locale.pick("正在存:{} / {}", "Keeping: {} of {}")
            data-kept=locale.pick("已存在手机上:{},{} 页,{}。没有网也能看。", "Kept on this phone: {}, {} pages, {}. It needs no network.")
            data-renewing=locale.pick("有新的一版,正在换:{} / {}", "There is a newer edition, fetching it: {} of {}")
            data-broken=locale.pick("网断了,存了 {} / {}。有网时再按一次,接着存。", "The network went away at {} of {}. Press again later: it goes on from there.")
            data-full=locale.pick("手机放不下了。请腾出地方再存。", "There is no room left on this phone.")
            data-removed=locale.pick("已从手机删除。", "Removed from this phone.")
        >
            <p class="p-keep__said" role="status"></p>
            <progress class="p-keep__bar" hidden aria-label=locale.pick("存了多少", "How much is kept")></progress>
            <p class="p-acts">
                <button class="p-button" type="button" data-do="keep"><Icon name="smartphone" />{locale.pick("存到手机", "Keep on this phone")}</button>
                <button class="p-button p-button--quiet" type="button" data-do="remove" hidden><Icon name="trash-2" />{locale.pick("从手机删除", "Remove from this phone")}</button>
            </p>
        </section>
        <p
            class="p-notice"
            hidden
            data-since=locale.href(&format!("/manual/{division}/changes?from="))
            data-said=locale.pick("上次看的是第 {} 版,之后有变化。", "You last read edition {}; it has changed since.")
        >
            <span></span>
            " "
            <a href=locale.href(&format!("/manual/{division}/editions"))>{locale.pick("看看改了什么", "See what changed")}</a>
        </p>
    }
}

/// Says that a page comes from the telephone, of which edition it is, and since when it is there.
#[component]
pub(crate) fn KeptBar(
    /// The edition in words.
    edition: String,
) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <p class="p-notice p-kept" hidden data-kept-bar="">
            {locale.pick("没有连上网,这是手机上存的", "No network. This is what your phone has kept: ")}
            {edition}
            {locale.pick(",存于 ", ", kept on ")}
            <time></time>
            {locale.pick("。", ".")}
        </p>
    }
}
