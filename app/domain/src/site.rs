//! Who runs the site. 政府网站发展指引 (国办发〔2017〕47号) and its annex ask for these on every page.

use serde::{Deserialize, Serialize};

/// The identity of a site, printed in the footer and in the `SiteName`, `SiteDomain`, `SiteIDCode` tags of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteIdentity {
    /// 网站规范名称 (`SiteName`).
    pub name: String,
    /// The same in English, for `/en`.
    pub name_en: String,
    /// 英文域名 (`SiteDomain`), without a scheme.
    pub domain: String,
    /// 政府网站标识码 (`SiteIDCode`): ten digits, or `bm` and eight.
    pub id_code: String,
    /// 主办单位.
    pub organiser: String,
    /// 承办单位.
    pub operator: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 联系电话.
    pub telephone: String,
    /// 联系地址.
    pub address: String,
    /// Where the mark 党政机关 of the site is confirmed.
    pub mark_url: String,
    /// Where to report an error of the site (我为政府网站找错).
    pub error_report_url: String,
    /// Made up for a demonstration: every page says so.
    pub demonstration: bool,
}

/// What the law wants printed on a map shown to the public (地图管理条例 第15、22条).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapNotice {
    /// 审图号.
    pub approval: String,
    /// 底图来源.
    pub source: String,
    /// 更新日期.
    pub updated: String,
    /// Key of the 天地图 service; without one the base map is the sketch alone.
    pub tianditu_key: String,
}

/// Whether a text is a 政府网站标识码: ten digits, or `bm` and eight digits for a ministry.
pub fn is_site_id_code(text: &str) -> bool {
    let (digits, length) = match text.strip_prefix("bm") {
        Some(rest) => (rest, 8),
        None => (text, 10),
    };
    digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_id_code_has_ten_digits_or_bm_and_eight() {
        for (text, good) in [("5101000001", true), ("bm01000001", true), ("510100", false), ("bm1", false), ("", false)]
        {
            assert_eq!(is_site_id_code(text), good, "{text}");
        }
    }
}
