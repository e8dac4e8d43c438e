//! `/offline`: what is kept on this telephone. It is also what the reader sees in the place of a page that needs the network.

use leptos::prelude::*;
use leptos_meta::Meta;
use store::snapshot::Reads;

use super::Waiting;
use crate::{
    portal::{reads, visit},
    ui::{Icon, PageHead},
};

/// The page; the script of it fills in the lists.
#[component]
pub(crate) fn OfflinePage() -> impl IntoView {
    reads(Reads::Nothing);
    let locale = visit().locale;
    let title = locale.pick("存在手机上的", "On this phone");
    let about = locale
        .pick("没有网也能看的手册,和等着发送的表单。", "Manuals to read without network, and forms that wait for it.");
    view! {
        <PageHead title description=about />
        <Meta name="robots" content="noindex" />
        <h1>{title}</h1>
        <p class="p-notice" hidden role="alert" data-missing="">
            {locale.pick(
                "没有连上网,要看的那一页没有存在手机上。有网时再打开它;下面的现在就能看。",
                "There is no network, and the page you asked for is not on this phone. Open it later; what is below can be read now.",
            )}
        </p>
        <p class="p-notice p-without-script">{locale.pick("存手册、发等着的表单,都要浏览器允许脚本。", "Keeping manuals and sending what waits needs scripts.")}</p>
        <section class="p-section p-needs-script">
            <h2>{locale.pick("能看的手册", "Manuals to read")}</h2>
            <ul class="p-rows p-shelf" data-shelf=""></ul>
            <p class="p-empty" data-shelf-empty="">
                {locale.pick("手机上还没有手册。有网时打开一手册,按「存到手机」。", "No manual is kept yet. With network, open the manual and press “Keep on this phone”.")}
                <a class="p-button" href=locale.href("/manual")><Icon name="book-open" />{locale.pick("一手册", "Manual")}</a>
            </p>
        </section>
        <Waiting />
    }
}
