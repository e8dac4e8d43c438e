//! The document around every page: head, header, footer, and the route table.

use domain::{locale::Locale, reading::Reading};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, MetaTags, provide_meta_context};
use leptos_router::{
    StaticSegment,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    codes::{AskPage as AskCodePage, CodePage, FollowPage},
    desk::LiveScript,
    divisions::{DivisionPage, DivisionsPage},
    error::ErrorPage,
    home::HomePage,
    manual::{ChapterPage, ManualPage, PrintManualPage, SectionPage},
    offline::OfflinePage,
    points::{PointPage, PointsPage},
    policies::{PoliciesPage, QuestionsPage},
    portal::{Visit, portal, prepared, root, visit},
    reports::{AskPage, ReportPage},
    site::{AboutPage, Footer, SettingsPage, SitemapPage},
    ui::{Icon, ReadAloud},
};

/// The whole document.
#[component]
pub fn App() -> impl IntoView {
    // Only islands come to life in the browser.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    provide_meta_context();
    let visit = visit();
    let class = match visit.reading {
        Reading::Standard => "",
        Reading::Large => "elder",
        Reading::Larger => "elder elder--larger",
        Reading::Largest => "elder elder--largest",
    };
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.tag() class=class>
            <Head />
            <body>
                <a class="p-skip" href="#main">{visit.locale.pick("跳到正文", "Skip to content")}</a>
                <Header />
                <main id="main" class="p-main" tabindex="-1">
                    {visit.reading.is_elder().then(|| view! { <ReadAloud /> })}
                    <Page />
                </main>
                <Footer />
                <TabBar />
            </body>
        </html>
    }
}

/// The route table: a line a slice.
#[component]
fn Page() -> impl IntoView {
    if let Some(status) = visit().failure {
        return view! { <ErrorPage status /> }.into_any();
    }
    if let Some(loaded) = prepared() {
        return loaded();
    }
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <ErrorPage status=404 /> }>
                <Route path=StaticSegment("") view=HomePage />
                <Route path=path!("/points") view=PointsPage />
                <Route path=path!("/points/:id") view=PointPage />
                <Route path=path!("/points/:id/report") view=ReportPage />
                <Route path=path!("/reports") view=AskPage />
                <Route path=path!("/divisions") view=DivisionsPage />
                <Route path=path!("/divisions/:code") view=DivisionPage />
                <Route path=path!("/manual") view=ManualPage />
                <Route path=path!("/manual/:division") view=ManualPage />
                <Route path=path!("/manual/:division/print") view=PrintManualPage />
                <Route path=path!("/manual/:division/:chapter") view=ChapterPage />
                <Route path=path!("/manual/:division/:chapter/:section") view=SectionPage />
                <Route path=path!("/policies") view=PoliciesPage />
                <Route path=path!("/questions") view=QuestionsPage />
                <Route path=path!("/codes") view=AskCodePage />
                <Route path=path!("/codes/:token") view=CodePage />
                <Route path=path!("/c/:token") view=FollowPage />
                <Route path=path!("/c/:token/:clause") view=FollowPage />
                <Route path=path!("/offline") view=OfflinePage />
                <Route path=path!("/settings") view=SettingsPage />
                <Route path=path!("/about") view=AboutPage />
                <Route path=path!("/sitemap") view=SitemapPage />
            </FlatRoutes>
        </Router>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let site = portal.site();
    let origin = if site.domain.is_empty() { String::new() } else { format!("https://{}", site.domain) };
    let alternate = |locale: Locale| format!("{origin}{}", visit.here(locale));
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
            <meta name="color-scheme" content="light dark" />
            <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f3" />
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14181a" />
            <meta name="format-detection" content="telephone=no" />
            <link rel="stylesheet" href=portal.asset("/pkg/sangeyi.css") />
            <link rel="icon" href=portal.asset("/seal.svg") type="image/svg+xml" />
            <link rel="apple-touch-icon" href=portal.asset("/icon-192.png") />
            <link
                rel="search"
                type="application/opensearchdescription+xml"
                href=visit.locale.href("/opensearch.xml")
                title=visit.locale.pick(&site.name, &site.name_en).clone()
            />
            <link rel="manifest" href=visit.locale.href("/manifest.webmanifest") />
            // The map of 一张图 is wanted at once; islands wake at the first touch.
            {(visit.path == "/points")
                .then(|| view! { <link rel="modulepreload" href=portal.asset("/portal-map.js") /> })}
            <script
                type="module"
                id="islands"
                src=portal.asset("/islands.js")
                data-islands=portal.asset("/pkg/sangeyi.js")
                data-wasm=portal.asset("/pkg/sangeyi.wasm")
                data-map=portal.asset("/portal-map.js")
                data-offline=portal.asset("/offline.js")
                data-waiting=portal.asset("/waiting.js")
                data-reading=portal.asset("/reading.js")
            ></script>
            {visit.follows().then(|| view! { <LiveScript /> })}
            <MetaTags />
        </head>
        // domain.md B1: the site tags stand on every page.
        <Meta name="SiteName" content=site.name.clone() />
        <Meta name="SiteDomain" content=site.domain.clone() />
        <Meta name="SiteIDCode" content=site.id_code.clone() />
        <Link rel="alternate" hreflang="zh-CN" href=alternate(Locale::Zh) />
        <Link rel="alternate" hreflang="en" href=alternate(Locale::En) />
        <Link rel="canonical" href=alternate(visit.locale) />
    }
}

#[component]
fn Header() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let name = root(&visit).map_or_else(|| portal.site().name.clone(), |d| d.name(locale).to_owned());
    let telephone = portal.site().telephone.clone();
    let other = locale.pick(Locale::En, Locale::Zh);
    let links = places(locale).into_iter().map(|(path, word, _)| view! { <PlaceLink path word /> }).collect_view();
    view! {
        <header class="p-header">
            <div class="p-header__inner">
                <a class="p-seal" href=locale.href("/")>
                    <span class="p-seal__mark" aria-hidden="true">"三"</span>
                    <span class="p-seal__name">{name}<small>{locale.pick("政务公开", "Open government")}</small></span>
                </a>
                <nav class="p-header__places" aria-label=locale.pick("主要栏目", "Main sections")>
                    {links}
                </nav>
                <div class="p-header__tools">
                    <a class="p-header__tool" href=locale.href("/search") aria-label=locale.pick("搜索", "Search")><Icon name="search" /></a>
                    {(visit.reading.is_elder() && !telephone.is_empty())
                        .then(|| view! {
                            <a class="p-header__call" href=format!("tel:{telephone}")>
                                <Icon name="phone" />
                                {telephone.clone()}
                            </a>
                        })}
                    <a class="p-header__tool" href=visit.here(other) lang=other.tag() hreflang=other.tag()>
                        {other.pick("中文", "English")}
                    </a>
                    <ElderSwitch visit=visit.clone() />
                </div>
            </div>
        </header>
    }
}

/// The switch between 长辈版 and the ordinary pages: a plain form, the same addresses.
#[component]
fn ElderSwitch(visit: Visit) -> impl IntoView {
    let locale = visit.locale;
    let (next, word) = match visit.reading {
        Reading::Standard => (Reading::Large, locale.pick("长辈版", "Large print")),
        _ => (Reading::Standard, locale.pick("标准版", "Standard")),
    };
    view! {
        <form method="post" action="/preferences">
            <input type="hidden" name="elder" value=next.code() />
            <input type="hidden" name="back" value=visit.here(locale) />
            <button class="p-header__tool" type="submit">{word}</button>
        </form>
    }
}

/// The places of the portal that exist, with their icons.
pub(crate) fn places(locale: Locale) -> [(&'static str, &'static str, &'static str); 6] {
    [
        ("/", locale.pick("首页", "Home"), "house"),
        ("/points", locale.pick("一张图", "Map"), "map"),
        ("/manual", locale.pick("一手册", "Manual"), "book-open"),
        ("/policies", locale.pick("政策", "Policies"), "scroll-text"),
        ("/divisions", locale.pick("各地", "Areas"), "building-2"),
        ("/settings", locale.pick("设置", "Settings"), "sliders-horizontal"),
    ]
}

#[component]
fn PlaceLink(path: &'static str, word: &'static str, #[prop(optional)] icon: Option<&'static str>) -> impl IntoView {
    let visit = visit();
    let here = if path == "/" { visit.path == "/" } else { visit.path.starts_with(path) };
    view! {
        <a class="p-place" href=visit.locale.href(path) aria-current=here.then_some("page")>
            {icon.map(|name| view! { <Icon name /> })}
            <span>{word}</span>
        </a>
    }
}

/// The same places at the bottom of a phone.
#[component]
fn TabBar() -> impl IntoView {
    let locale = visit().locale;
    let links =
        places(locale).into_iter().map(|(path, word, icon)| view! { <PlaceLink path word icon /> }).collect_view();
    view! {
        <nav class="p-tabs" aria-label=locale.pick("主要栏目(底部)", "Main sections (bottom)")>
            {links}
        </nav>
    }
}
