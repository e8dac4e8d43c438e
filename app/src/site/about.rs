//! `/about`: who runs the site, how to reach them, what it does with personal data, how accessible it is.

use leptos::prelude::*;
use store::snapshot::Reads;

use crate::{
    portal::{portal, reads, visit},
    ui::{Column, PageHead},
};

const COLUMN: Column = Column {
    name: "关于本站",
    description: "主办单位、联系方式、个人信息和无障碍说明",
    keywords: "关于,联系,隐私,无障碍",
    kind: "概况信息",
};

/// About the site.
#[component]
pub(crate) fn AboutPage() -> impl IntoView {
    reads(Reads::Nothing);
    let (portal, locale) = (portal(), visit().locale);
    let site = portal.site();
    let title = locale.pick("关于本站", "About this site");
    let description =
        locale.pick("谁在办、怎么联系、收集什么信息。", "Who runs it, how to reach them, what it keeps about you.");
    let privacy = [
        (
            "看本站不用登录,也不收集姓名、电话、身份证号。",
            "Reading needs no account; no names, telephone or identity numbers are asked for.",
        ),
        (
            "报错时可以不留联系方式;留了的加密保存,只有核实的人能看,每次看都有记录,答复 30 天后连同照片删除。",
            "Reporting an error needs no contact. One that is given is kept sealed, shown only to who looks into it, every look is recorded, and it is removed with the photo 30 days after the answer.",
        ),
        (
            "「离我近的」只在您的手机里计算,位置不上传;只有带着位置的网址才会把位置发给服务器。",
            "“Near me” is worked out on your device. A position is sent only when you open an address that contains one.",
        ),
        (
            "存到手机的手册、上次看到第几版、等着发送的表单,都只在您的手机里,可以随时删掉;表单有网时才发给本站。",
            "Manuals you keep, the edition you last read and forms that wait are on your device alone, and you can remove them; a form is sent once there is network.",
        ),
        (
            "只用两个 Cookie\u{ff1a}一个记住您要不要长辈版\u{ff1b}一个是打开表单时给的随机编号\u{ff0c}只用来数一台设备一小时里发了多少\u{ff0c}一小时后就没有了。",
            "Two cookies: one remembers whether you want large print; one, given with a form, is a random number that only counts what a device sends within an hour, and is gone after it.",
        ),
        ("不装统计和广告程序,不从别的网站加载内容。", "No analytics, no advertising, nothing loaded from other sites."),
    ];
    let privacy = privacy.map(|(zh, en)| view! { <li>{locale.pick(zh, en)}</li> });
    let access = locale.pick(
        "每一页都能用键盘和读屏软件,不开脚本也能用;长辈版字大、按钮大、可以朗读。哪里不好用,请打上面的电话。",
        "Every page works by keyboard, with screen readers and without scripts; large print has large type and buttons and reads aloud. Please call the number above where something is hard to use.",
    );
    view! {
        <PageHead title description column=COLUMN />
        <div class="p-prose">
            <h1>{title}</h1>
            <h2>{locale.pick("联系我们", "Contact")}</h2>
            <p>
                <span lang="zh-CN">{site.organiser.clone()}</span>
                " · "
                <a href=format!("tel:{}", site.telephone)>{site.telephone.clone()}</a>
                " · "
                <span lang="zh-CN">{site.address.clone()}</span>
            </p>
            <h2>{locale.pick("个人信息", "Personal data")}</h2>
            <ul>{privacy.collect_view()}</ul>
            <h2>{locale.pick("无障碍", "Accessibility")}</h2>
            <p>{access}</p>
            <h2>{locale.pick("数据开放", "Open data")}</h2>
            <p>
                <a href="/api/points.geojson">"GeoJSON"</a>
                " · "
                <a href="/api/points.csv">"CSV"</a>
                " · "
                <a href="/api/openapi.json">"OpenAPI"</a>
            </p>
        </div>
    }
}
