//! `/settings`: how the reader likes to read. Kept in a cookie that says nothing else.

use domain::{locale::Locale, reading::Reading};
use leptos::prelude::*;
use store::snapshot::Reads;

use crate::{
    portal::{reads, visit},
    ui::{Column, PageHead},
};

const COLUMN: Column = Column {
    name: "设置",
    description: "长辈版、语言",
    keywords: "长辈版,亲情版,关爱版,关怀版,无障碍",
    kind: "办事服务",
};

/// Large print on or off, and the language.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    reads(Reads::Nothing);
    let visit = visit();
    let locale = visit.locale;
    let other = locale.pick(Locale::En, Locale::Zh);
    let choices = Reading::ALL.map(|reading| {
        let (word, hint) = words(reading, locale);
        view! {
            <label class="p-check p-check--block">
                <input type="radio" name="elder" value=reading.code() checked=reading == visit.reading />
                <span>{word}<small>{hint}</small></span>
            </label>
        }
    });
    let title = locale.pick("设置", "Settings");
    let description = locale.pick("选您看着舒服的样子,下次还记得。", "Choose how you like to read; it is remembered.");
    view! {
        <PageHead title description column=COLUMN />
        <h1>{title}</h1>
        <p>{description}</p>
        <form class="p-form" method="post" action="/preferences">
            <input type="hidden" name="back" value=locale.href("/settings") />
            <fieldset class="p-fieldset">
                <legend>{locale.pick("版面", "Layout")}</legend>
                {choices.collect_view()}
            </fieldset>
            <button class="p-button p-button--main" type="submit">{locale.pick("就这样看", "Use this")}</button>
        </form>
        <section class="p-section">
            <h2>{locale.pick("语言", "Language")}</h2>
            <p><a class="p-button" href=visit.here(other) lang=other.tag() hreflang=other.tag()>{other.pick("中文", "English")}</a></p>
        </section>
    }
}

fn words(reading: Reading, locale: Locale) -> (&'static str, &'static str) {
    let (zh, en) = match reading {
        Reading::Standard => (("标准版", "字号适中,内容紧凑"), ("Standard", "Ordinary type")),
        Reading::Large => (
            ("长辈版 · 大字", "大字、大按钮、可以朗读;也叫亲情版、关爱版、关怀版"),
            ("Large print", "Large type, large buttons, reads aloud"),
        ),
        Reading::Larger => (("长辈版 · 特大字", "再大一些"), ("Larger print", "Larger still")),
        Reading::Largest => {
            (("长辈版 · 最大字", "最大的字,一屏看得少一些"), ("Largest print", "The largest type; less on a screen"))
        }
    };
    locale.pick(zh, en)
}
