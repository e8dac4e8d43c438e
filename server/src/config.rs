//! Settings: from the file `sangeyi.toml` (or the one `SANGEYI_CONFIG` names) and, before it, from the environment, where each
//! has the prefix `SANGEYI_`: `site_name` is `SANGEYI_SITE_NAME`.

mod oidc;

use std::{net::SocketAddr, path::PathBuf};

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use domain::{
    Slug,
    sensitive::SensitiveWords,
    site::{MapNotice, SiteIdentity, is_site_id_code},
};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use meaning::{MeaningError, Model};
pub use oidc::Oidc;
use serde::{Deserialize, Serialize};
use store::vault::Vault;

/// Every setting, with its meaning and its default.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `production` refuses to start without the mandatory settings; `demonstration` (default) says on every page what it is.
    pub mode: Mode,
    /// Address to listen on. Default `127.0.0.1:3000`.
    pub address: SocketAddr,
    /// `sqlite://path?mode=rwc` or `postgres://…`; also read from `DATABASE_URL`. Default: a SQLite file in `data_folder`.
    pub database_url: String,
    /// Where files are kept. Default `var`.
    pub data_folder: PathBuf,
    /// The browser's part as built. Default `target/site`.
    pub site_root: PathBuf,
    /// The program that typesets when it is called with `press`. Default: this one.
    pub press: PathBuf,
    /// Folders with fonts for printing, separated by colons. Default: the usual ones of the system.
    pub fonts: String,
    /// How many reverse proxies stand in front and add to `X-Forwarded-For`. Default 0: the header is not believed.
    pub trusted_proxies: usize,
    /// Requests a second one client may make for long; ten times as many in a burst. Default 20; 0 for no limit.
    pub rate_limit: u32,
    /// Reports (报错) one device may send in an hour, and its network four times as many. Default 5; 0 for no limit.
    pub report_limit: u32,
    /// File with the words for which a second person looks at a question before it is public (`server/seed/sensitive-words.txt` says how
    /// it is written). Default: that list.
    pub sensitive_words: PathBuf,
    /// Address of the model that says what texts mean, as `http://127.0.0.1:8600/v1/embeddings`. Default: none, searches go by words.
    pub meaning_url: String,
    /// The name of that model.
    pub meaning_model: String,
    /// Code of the division the site is for. Default 510100.
    pub root_division: Slug,
    /// 网站规范名称 (mandatory).
    pub site_name: String,
    /// The name in English.
    pub site_name_en: String,
    /// 英文域名 (mandatory), without a scheme.
    pub site_domain: String,
    /// 政府网站标识码 (mandatory): ten digits, or `bm` and eight.
    pub site_id_code: String,
    /// 主办单位 (mandatory).
    pub site_organiser: String,
    /// 承办单位 (mandatory).
    pub site_operator: String,
    /// ICP备案号 (mandatory).
    pub site_icp: String,
    /// 公安备案号 (mandatory).
    pub site_police: String,
    /// 联系电话 (mandatory).
    pub site_telephone: String,
    /// 联系地址 (mandatory).
    pub site_address: String,
    /// Address that confirms the mark 党政机关 (mandatory).
    pub site_mark_url: String,
    /// Address of 我为政府网站找错 for this site (mandatory).
    pub site_error_report_url: String,
    /// 审图号, printed on the map (mandatory).
    pub map_approval: String,
    /// 底图来源 (mandatory).
    pub map_source: String,
    /// 更新日期 of the base map (mandatory).
    pub map_updated: String,
    /// Key of the 天地图 service; empty for the sketch alone.
    pub map_tianditu_key: String,
    /// After so many minutes without a request staff are signed out. Default 30; 5 to 120.
    pub session_idle_minutes: u32,
    /// For so many months the audit log is kept. Default 12; at least 6 (网络安全法 第21条).
    pub audit_months: u32,
    /// `true` lets an author review their own change, for offices of one person; the audit log shows it. Default `false`.
    pub own_review: bool,
    /// After so many days a point has to be checked on the spot again. Default 180; 7 to 730.
    pub verify_days: u16,
    /// Key that seals secrets in the database: 64 hexadecimal digits. Default: made once and kept in `data_folder/secret.key`;
    /// several servers need the same one.
    pub secret_key: String,
    /// Single sign-on: the table `[oidc]`, `SANGEYI_OIDC_…` in the environment. Default: none.
    pub oidc: Oidc,
    /// `json` (default) or `text` lines in the log.
    pub log_format: LogFormat,
    /// What is logged, as tracing filters. Default `info`.
    pub log: String,
}

/// How strict the server is about its settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// For trying out, with made-up identity.
    #[default]
    Demonstration,
    /// For residents.
    Production,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One JSON object a line.
    #[default]
    Json,
    /// For a person at a terminal.
    Text,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// A value cannot be read.
    #[error("a setting cannot be read: {0}")]
    Unreadable(Box<figment::Error>),
    /// A value is outside what may be set.
    #[error("{0}")]
    Outside(&'static str),
    /// A file that is to hold a secret cannot be read.
    #[error("the secret in {} cannot be read: {why}", .file.display())]
    Secret {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Mandatory settings are missing or malformed in production.
    #[error("production needs these settings, by file or as SANGEYI_… in the environment:\n{}", .0.iter().map(|it| format!("  {it}")).collect::<Vec<_>>().join("\n"))]
    Missing(Vec<String>),
}

impl Default for Config {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            mode: Mode::Demonstration,
            address: SocketAddr::from(([127, 0, 0, 1], 3000)),
            database_url: String::new(),
            data_folder: "var".into(),
            site_root: "target/site".into(),
            press: PathBuf::new(),
            fonts: String::new(),
            trusted_proxies: 0,
            rate_limit: 20,
            report_limit: 5,
            sensitive_words: PathBuf::new(),
            meaning_url: String::new(),
            meaning_model: "e5-small-q4+use-multilingual-3".into(),
            root_division: "510100".parse().unwrap_or_else(|_| unreachable!("a constant")),
            site_name: text("成都市政务公开(示例)"),
            site_name_en: text("Open government of Chengdu (sample)"),
            site_domain: text("www.example.gov.cn"),
            site_id_code: text("0000000000"),
            site_organiser: text("示例主办单位"),
            site_operator: text("示例承办单位"),
            site_icp: text("示例ICP备00000000号"),
            site_police: text("示例公网安备00000000000000号"),
            site_telephone: text("028-00000000"),
            site_address: text("示例地址"),
            site_mark_url: text("/about"),
            site_error_report_url: text("/about"),
            map_approval: text("示例,未送审"),
            map_source: text("天地图行政区划轮廓(概略)"),
            map_updated: text("2026-11"),
            map_tianditu_key: String::new(),
            session_idle_minutes: 30,
            audit_months: 12,
            own_review: false,
            verify_days: 180,
            secret_key: String::new(),
            oidc: Oidc::default(),
            log_format: LogFormat::Json,
            log: text("info"),
        }
    }
}

impl Config {
    /// Reads the settings and checks them.
    pub fn load() -> Result<Self, BadConfig> {
        let file = std::env::var_os("SANGEYI_CONFIG").map_or_else(|| PathBuf::from("sangeyi.toml"), PathBuf::from);
        let figment = Figment::from(Serialized::defaults(Self::blank()))
            .merge(Toml::file(file))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(environment());
        Self::read(&figment)
    }

    /// Takes the settings out of their sources. In a demonstration, what is not set is filled with samples.
    pub fn read(figment: &Figment) -> Result<Self, BadConfig> {
        let given: Self = figment.extract().map_err(|error| BadConfig::Unreadable(Box::new(error)))?;
        let mut config = match given.mode {
            Mode::Production => given,
            Mode::Demonstration => given.or_samples(),
        };
        config.check()?;
        Oidc::complete(&mut config)?;
        let missing = config.missing();
        if config.mode == Mode::Production && !missing.is_empty() {
            return Err(BadConfig::Missing(missing));
        }
        Ok(config)
    }

    /// The defaults without the samples: what production starts from.
    pub fn blank() -> Self {
        let mut blank = Self::default();
        blank.texts().into_iter().for_each(|(_, text)| text.clear());
        blank
    }

    /// The program that typesets.
    pub(crate) fn press(&self) -> PathBuf {
        match self.press.as_os_str().is_empty() {
            true => std::env::current_exe().unwrap_or_else(|_| "sangeyi".into()),
            false => self.press.clone(),
        }
    }

    /// The folders with fonts.
    pub(crate) fn fonts(&self) -> Vec<PathBuf> {
        match self.fonts.as_str() {
            "" => press::FOLDERS.map(PathBuf::from).to_vec(),
            folders => folders.split(':').map(PathBuf::from).collect(),
        }
    }

    /// The words for which a second person looks at a question.
    pub(crate) fn sensitive_words(&self) -> std::io::Result<SensitiveWords> {
        Ok(match self.sensitive_words.as_os_str().is_empty() {
            true => SensitiveWords::read(include_str!("../seed/sensitive-words.txt")),
            false => SensitiveWords::read(&std::fs::read_to_string(&self.sensitive_words)?),
        })
    }

    /// Where the index of the search is kept.
    pub fn index_folder(&self) -> PathBuf {
        self.data_folder.join("search")
    }

    /// Where the database is.
    pub fn database_url(&self) -> String {
        match self.database_url.as_str() {
            "" => format!("sqlite://{}?mode=rwc", self.data_folder.join("sangeyi.sqlite").display()),
            url => url.to_owned(),
        }
    }

    /// The model that says what texts mean, where one is set.
    pub(crate) fn model(&self) -> Result<Option<Model>, MeaningError> {
        let is_set = !self.meaning_url.is_empty();
        is_set.then(|| Model::new(&self.meaning_url, &self.meaning_model)).transpose()
    }

    fn check(&self) -> Result<(), BadConfig> {
        if !(7..=730).contains(&self.verify_days) {
            return Err(BadConfig::Outside("SANGEYI_VERIFY_DAYS lies between 7 and 730"));
        }
        if !(5..=120).contains(&self.session_idle_minutes) {
            return Err(BadConfig::Outside("SANGEYI_SESSION_IDLE_MINUTES lies between 5 and 120"));
        }
        if self.audit_months < 6 {
            return Err(BadConfig::Outside("SANGEYI_AUDIT_MONTHS is at least 6 (网络安全法 第21条)"));
        }
        if self.sensitive_words().is_err() {
            return Err(BadConfig::Outside("SANGEYI_SENSITIVE_WORDS is a file of text that can be read"));
        }
        if self.model().is_err() {
            return Err(BadConfig::Outside(
                "SANGEYI_MEANING_URL is an address like http://127.0.0.1:8600/v1/embeddings",
            ));
        }
        if !self.secret_key.is_empty() && key(&self.secret_key).is_none() {
            return Err(BadConfig::Outside("SANGEYI_SECRET_KEY has 64 hexadecimal digits"));
        }
        Ok(())
    }

    /// The key that seals secrets, once [`Self::with_key`] has seen to it.
    fn key(&self) -> [u8; 32] {
        key(&self.secret_key).unwrap_or_default()
    }

    /// What seals secrets in the database.
    pub(crate) fn vault(&self) -> Vault {
        Vault::new(self.key())
    }

    /// Takes the key from the data folder, where it is made at the first start, unless one is set.
    pub fn with_key(mut self, random: impl FnOnce() -> [u8; 32]) -> std::io::Result<Self> {
        use std::{io::Write, os::unix::fs::OpenOptionsExt};
        if self.secret_key.is_empty() {
            let file = self.data_folder.join("secret.key");
            match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
                Ok(mut new) => new.write_all(HEXLOWER.encode(&random()).as_bytes())?,
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            self.secret_key = std::fs::read_to_string(&file)?.trim().to_owned();
            if key(&self.secret_key).is_none() {
                return Err(std::io::Error::other(format!("{} does not hold 64 hexadecimal digits", file.display())));
            }
        }
        Ok(self)
    }

    /// The settings for a terminal or a log: without passwords and keys.
    pub fn without_secrets(&self) -> Self {
        let hidden = |text: &str| if text.is_empty() { String::new() } else { "(set)".to_owned() };
        let database_url = match self.database_url.rsplit_once('@') {
            Some((_, place)) => format!("…@{place}"),
            None => self.database_url.clone(),
        };
        let (map_tianditu_key, secret_key) = (hidden(&self.map_tianditu_key), hidden(&self.secret_key));
        let oidc = Oidc { client_secret: hidden(&self.oidc.client_secret), ..self.oidc.clone() };
        Self { database_url, map_tianditu_key, secret_key, oidc, ..self.clone() }
    }

    /// Who runs the site.
    pub fn identity(&self) -> SiteIdentity {
        SiteIdentity {
            name: self.site_name.clone(),
            name_en: if self.site_name_en.is_empty() { self.site_name.clone() } else { self.site_name_en.clone() },
            domain: self.site_domain.clone(),
            id_code: self.site_id_code.clone(),
            organiser: self.site_organiser.clone(),
            operator: self.site_operator.clone(),
            icp: self.site_icp.clone(),
            police: self.site_police.clone(),
            telephone: self.site_telephone.clone(),
            address: self.site_address.clone(),
            mark_url: self.site_mark_url.clone(),
            error_report_url: self.site_error_report_url.clone(),
            demonstration: self.mode == Mode::Demonstration,
        }
    }

    /// What is printed on the map.
    pub fn map_notice(&self) -> MapNotice {
        MapNotice {
            approval: self.map_approval.clone(),
            source: self.map_source.clone(),
            updated: self.map_updated.clone(),
            tianditu_key: self.map_tianditu_key.clone(),
        }
    }

    /// The texts that identify the site and the map, by name.
    fn texts(&mut self) -> [(&'static str, &mut String); 15] {
        [
            ("site_name", &mut self.site_name),
            ("site_name_en", &mut self.site_name_en),
            ("site_domain", &mut self.site_domain),
            ("site_id_code", &mut self.site_id_code),
            ("site_organiser", &mut self.site_organiser),
            ("site_operator", &mut self.site_operator),
            ("site_icp", &mut self.site_icp),
            ("site_police", &mut self.site_police),
            ("site_telephone", &mut self.site_telephone),
            ("site_address", &mut self.site_address),
            ("site_mark_url", &mut self.site_mark_url),
            ("site_error_report_url", &mut self.site_error_report_url),
            ("map_approval", &mut self.map_approval),
            ("map_source", &mut self.map_source),
            ("map_updated", &mut self.map_updated),
        ]
    }

    /// Fills what is empty with samples.
    fn or_samples(mut self) -> Self {
        let mut samples = Self::default();
        for ((_, text), (_, sample)) in self.texts().into_iter().zip(samples.texts()) {
            if text.is_empty() {
                std::mem::swap(text, sample);
            }
        }
        self
    }

    /// What production cannot do without and is not there, or malformed, each as a line.
    fn missing(&self) -> Vec<String> {
        let mut copy = self.clone();
        let empty = copy.texts().into_iter().filter(|(name, text)| text.is_empty() && *name != "site_name_en");
        let mut lines: Vec<_> = empty.map(|(name, _)| format!("SANGEYI_{}", name.to_uppercase())).collect();
        if !self.site_id_code.is_empty() && !is_site_id_code(&self.site_id_code) {
            lines.push("SANGEYI_SITE_ID_CODE has ten digits, or bm and eight".into());
        }
        lines
    }
}

/// `SANGEYI_…`; a table within is one more word in the name.
fn environment() -> Env {
    Env::prefixed("SANGEYI_").ignore(&["config", "toolchain"]).map(|name| match name.as_str().split_at_checked(5) {
        Some((table, rest)) if table.eq_ignore_ascii_case("oidc_") => format!("oidc.{rest}").into(),
        _ => name.into(),
    })
}

fn key(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, BadConfig> {
        let figment = pairs
            .iter()
            .fold(Figment::from(Serialized::defaults(Config::blank())), |figment, pair| figment.merge(*pair));
        Config::read(&figment)
    }

    #[test]
    fn the_list_of_sensitive_words_is_there_and_another_one_has_to_be() {
        let words = Config::default().sensitive_words().expect("the list");
        assert_eq!(words.find("他是笨蛋,还收了钱").len(), 2);
        assert!(words.find("办居住证要带什么材料?").is_empty());
        assert!(read(&[("sensitive_words", "/no/such/file")]).is_err());
    }

    #[test]
    fn production_lists_every_mandatory_setting_that_is_missing() {
        let Err(BadConfig::Missing(lines)) = read(&[("mode", "production"), ("site_name", "某区")]) else {
            panic!("production started without an identity");
        };
        assert!(lines.contains(&"SANGEYI_SITE_ICP".to_owned()) && !lines.contains(&"SANGEYI_SITE_NAME".to_owned()));
        assert_eq!(lines.len(), 13, "{lines:?}");
    }

    #[test]
    fn a_demonstration_fills_in_samples_and_keeps_what_is_set() {
        let config = read(&[("site_name", "某区")]).unwrap();
        assert_eq!((config.site_name.as_str(), config.site_telephone.as_str()), ("某区", "028-00000000"));
    }

    #[test]
    fn an_unknown_setting_or_a_bad_value_is_refused() {
        for bad in [("audit_months", "5"), ("session_idle_minutes", "1"), ("secret_key", "ab")] {
            assert!(read(&[bad]).is_err(), "{bad:?}");
        }
        for bad in [("site_nmae", "x"), ("address", "nowhere"), ("root_division", "武侯"), ("rate_limit", "fast")] {
            assert!(matches!(read(&[bad]), Err(BadConfig::Unreadable(_))), "{bad:?}");
        }
    }
}
