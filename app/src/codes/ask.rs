//! `/codes`: where a code is typed by those who cannot scan it, or scanned by the camera of the telephone. The same page says that a
//! code was mistyped or does not exist, with 404 and what was typed.

use axum::http::StatusCode;
use domain::{
    codes::{BadToken, Thing, Token},
    locale::Locale,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::snapshot::Reads;

use crate::{
    forms::{Filled, Form, Wrong},
    portal::{portal, reads, visit},
    ui::{Column, Icon, PageHead, TextField},
};

const COLUMN: Column = Column {
    name: "一个码",
    description: "输入或扫描政务公开码,直达点位、地区和办事窗口",
    keywords: "政务公开码,扫码,点位,窗口",
    kind: "互动交流",
};

/// More than this of what was typed is not shown again.
const SHOWN: usize = 60;

/// The page where a code is typed.
#[component]
pub(crate) fn AskPage() -> impl IntoView {
    let typed = visit().parameter("token").unwrap_or_default();
    let wrong = !typed.trim().is_empty();
    view! { <Ask typed wrong /> }
}

/// The page, empty or with what was typed, which is no code that exists.
#[component]
pub(super) fn Ask(typed: String, #[prop(default = true)] wrong: bool) -> impl IntoView {
    let mut visit = visit();
    let locale = visit.locale;
    let typed: String = typed.trim().chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    let wrong = wrong.then(|| words(&typed, locale));
    if wrong.is_some() {
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(StatusCode::NOT_FOUND);
        }
        // Another code may exist within a second.
        reads(Reads::Everything);
    } else {
        reads(Reads::Nothing);
    }
    let title = wrong.as_ref().map_or(locale.pick("一个码", "One code"), |it| it.0);
    let is_wrong = wrong.is_some();
    let notice = wrong.map(|(_, words)| view! { <p class="p-notice" role="alert">{words}</p> });
    if is_wrong {
        let form = Form::of(vec![("token".to_owned(), typed)]);
        let words = locale.pick("请对照码下面的字符再输一遍", "Compare it with the signs below the code").to_owned();
        visit.filled = Some(Filled { form, wrong: vec![Wrong { field: "token", words }] });
        provide_context(visit);
    }
    view! {
        <PageHead title description=locale.pick("输入或扫描政务公开码,直达要去的地方。", "Type or scan a code of this site and land at the right place.") column=COLUMN />
        <h1>{title}</h1>
        {notice}
        <div class="p-code-ask">
            <form class="p-form" method="get" action=locale.href("/codes")>
                <TextField
                    name="token"
                    label=locale.pick("码下面的 8 个字符", "The 8 signs below the code")
                    hint=locale.pick("像 3D4F-7HJK 这样,大小写都行,横线可以不输;后面有斜线的,连斜线后面一起输", "Such as 3D4F-7HJK; capitals and the dash do not matter. What stands behind a stroke is typed too")
                    maxlength=60
                />
                <button class="p-button p-button--main" type="submit">
                    <Icon name="arrow-right" />
                    {locale.pick("去看看", "Go there")}
                </button>
            </form>
            <Scanner />
        </div>
        <section class="p-section">
            <h2>{locale.pick("码在哪里", "Where codes are")}</h2>
            <p>
                {locale.pick(
                    "每个点位、每个地区、每个窗口都有一个码,贴在墙上、印在手册里。同一张码一直有效:地方搬了、换了,它会带您去接替的地方。",
                    "Every place, area and counter has one, on the wall or in the manual. A code stays good: when a place moves, it leads to what has taken its place.",
                )}
            </p>
            <p class="p-acts">
                <a class="p-button" href=locale.href("/points")><Icon name="map" />{locale.pick("没有码?去一张图找", "No code? Use the map")}</a>
            </p>
        </section>
    }
}

/// Why what was typed leads nowhere: a title and what to do.
fn words(typed: &str, locale: Locale) -> (&'static str, &'static str) {
    let read: Result<Token, BadToken> = typed.parse();
    let (zh, en) = match read {
        Ok(_) => (
            ("没有这个码", "这个码没有发出过。可能看的是别的网站的码,请对照再输一遍,或者在一张图里找。"),
            (
                "There is no such code",
                "This code was never issued. It may belong to another site: compare it, or use the map.",
            ),
        ),
        Err(BadToken) => (
            (
                "码好像输错了",
                "一个码有 8 个字符,没有 0、1、2、5、8 和 B、I、L、O、S、U、V、Z。可能错了一个字符,或者两个颠倒了。",
            ),
            (
                "The code was mistyped",
                "A code has 8 signs, never 0, 1, 2, 5, 8 or B, I, L, O, S, U, V, Z. One may be wrong, or two in the wrong order.",
            ),
        ),
    };
    locale.pick(zh, en)
}

/// The camera and the photo. It comes to life only where there is a script and something to scan with.
#[component]
fn Scanner() -> impl IntoView {
    let (portal, locale) = (portal(), visit().locale);
    view! {
        <section
            class="p-scanner"
            id="scanner"
            hidden
            aria-label=locale.pick("扫码", "Scan")
            data-lang=locale.tag()
            data-wasm=portal.asset("/pkg/scanner.js")
            data-starting=locale.pick("正在打开相机……", "Opening the camera …")
            data-looking=locale.pick("把码放进画面里", "Hold the code before the camera")
            data-reading=locale.pick("正在看照片……", "Looking at the photo …")
            data-none=locale.pick("还没有看到码。靠近一点、光亮一点再试,或者输入码下面的字符。", "No code is seen yet. Go nearer, find more light, or type the signs below it.")
            data-refused=locale.pick("没有允许使用相机。可以选一张照片,或者输入码下面的字符。", "The camera is not allowed. Use a photo, or type the signs below the code.")
            data-missing=locale.pick("这台设备没有能用的相机。可以选一张照片,或者输入码下面的字符。", "There is no camera. Use a photo, or type the signs below the code.")
            data-failed=locale.pick("这次没有扫成。请再试一次,或者输入码下面的字符。", "That did not work. Try again, or type the signs below the code.")
            data-no-picture=locale.pick("这个文件不是照片。", "This file is no picture.")
            data-foreign=locale.pick("这不是本站的码,没有打开。上面写的是:", "This code is not of this site and was not opened. It says: ")
        >
            <button class="p-button" type="button" data-scan="camera" hidden>
                <Icon name="scan-line" />
                {locale.pick("扫一扫", "Scan")}
            </button>
            <button class="p-button" type="button" data-scan="stop" hidden><Icon name="x" />{locale.pick("停止", "Stop")}</button>
            <label class="p-button" for="scan-photo"><Icon name="qr-code" />{locale.pick("选一张码的照片", "Use a photo of the code")}</label>
            <input class="p-scanner__file" type="file" id="scan-photo" accept="image/*" />
            <video class="p-scanner__view" muted playsinline hidden></video>
            <p class="p-scanner__said" role="status"></p>
        </section>
        <script type="module" src=portal.asset("/scanner.js")></script>
    }
}

/// The link from the page of a thing to its code, if it has one.
#[component]
pub(crate) fn CodeLink(thing: Thing, word: &'static str) -> impl IntoView {
    let visit = visit();
    visit.snapshot.content.codes.token(thing).map(|token| {
        view! {
            <a class="p-button p-button--quiet" href=visit.locale.href(&format!("/codes/{}", token.plain()))>
                <Icon name="qr-code" />
                {word}
            </a>
        }
    })
}
