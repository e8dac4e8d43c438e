//! 底部功能区: 标识码, 主办单位, 承办单位, 备案, 联系方式, 网站地图, 党政机关网站标识, 找错 (国办发〔2017〕47号 附件).

use leptos::prelude::*;

use crate::{
    portal::{portal, visit},
    ui::Icon,
};

/// The footer of every page.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (site, locale) = (portal.site().clone(), visit.locale);
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd lang="zh-CN">{value}</dd></div> })
    };
    let outside = |href: String, icon: &'static str, word: &'static str| {
        (!href.is_empty()).then(|| view! { <li><a href=href rel="noopener external"><Icon name=icon />{word}</a></li> })
    };
    let call = (!site.telephone.is_empty()).then(|| {
        view! {
            <div>
                <dt>{locale.pick("联系电话", "Telephone")}</dt>
                <dd><a href=format!("tel:{}", site.telephone)>{site.telephone.clone()}</a></dd>
            </div>
        }
    });
    view! {
        <footer class="p-footer">
            <div class="p-footer__inner">
                {site.demonstration.then(|| view! {
                    <p class="p-notice">{locale.pick("演示站点:点位、电话、地址均为示例数据,不能用来办事。", "Demonstration: places, telephone numbers and addresses are samples and not real.")}</p>
                })}
                <ul class="p-footer__links">
                    <li><a href=locale.href("/sitemap")>{locale.pick("网站地图", "Site map")}</a></li>
                    <li><a href=locale.href("/about")>{locale.pick("关于本站", "About")}</a></li>
                    <li><a href=locale.href("/settings")>{locale.pick("长辈版与设置", "Large print and settings")}</a></li>
                    <li><a href=locale.href("/sign-in") rel="nofollow">{locale.pick("工作人员登录", "Staff")}</a></li>
                    {outside(site.mark_url.clone(), "badge-check", locale.pick("党政机关", "Government site"))}
                    {outside(site.error_report_url.clone(), "megaphone", locale.pick("我为政府网站找错", "Report an error"))}
                </ul>
                <dl class="p-footer__facts">
                    {fact(locale.pick("主办单位", "Organiser"), site.organiser)}
                    {fact(locale.pick("承办单位", "Operator"), site.operator)}
                    {call}
                    {fact(locale.pick("联系地址", "Address"), site.address)}
                    {fact(locale.pick("网站标识码", "Site ID"), site.id_code)}
                    {fact(locale.pick("ICP备案", "ICP licence"), site.icp)}
                    {(!site.police.is_empty()).then(|| view! {
                        <div>
                            <dt><Icon name="shield-check" />{locale.pick("公安备案", "Police registration")}</dt>
                            <dd lang="zh-CN">{site.police}</dd>
                        </div>
                    })}
                </dl>
            </div>
        </footer>
    }
}
