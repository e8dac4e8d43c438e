//! What every government site has to say about itself: footer, settings, about, site map.

mod about;
mod footer;
mod settings;
mod sitemap;

pub(crate) use about::AboutPage;
pub(crate) use footer::Footer;
pub(crate) use settings::SettingsPage;
pub(crate) use sitemap::SitemapPage;
