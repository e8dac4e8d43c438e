//! Names that staff gave only in Chinese, on an English page: screen readers have to be told (WCAG 3.1.2).

use domain::locale::Locale;

/// The `lang` of a name that may have no English; none where the language of the page is right.
pub fn lang_of(name: &str, locale: Locale) -> Option<&'static str> {
    (locale == Locale::En && !name.is_ascii()).then_some("zh-CN")
}
