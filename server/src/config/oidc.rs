//! Settings of single sign-on: the table `[oidc]` of the file, `SANGEYI_OIDC_…` in the environment.

use std::path::PathBuf;

use domain::identity::single_sign_on::Rule;
use serde::{Deserialize, Serialize};

use super::{BadConfig, Config, Mode};

/// Where the provider sends people back to.
pub(crate) const CALLBACK: &str = "/sign-in/oidc/callback";

/// How staff sign in by OpenID Connect. Without an issuer there is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oidc {
    /// The provider's identifier, exactly as it names itself: `https://…`; plain http on this machine alone.
    pub issuer: String,
    /// What the provider calls this portal.
    pub client_id: String,
    /// The secret it gave; empty for a public client.
    pub client_secret: String,
    /// A file that holds the secret instead.
    pub client_secret_file: PathBuf,
    /// Our address as registered at the provider. Default: `https://SITE_DOMAIN/sign-in/oidc/callback`, in a demonstration at
    /// `http://ADDRESS`.
    pub callback: String,
    /// The words on the way to the provider. Default 统一身份认证.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What is asked for besides `openid`. Default `["profile"]`.
    pub scopes: Vec<String>,
    /// The claim that names groups or roles, in the ID token or from the userinfo endpoint; dots lead inwards
    /// (`realm_access.roles`). Default `groups`.
    pub roles_claim: String,
    /// Which value of it gives which role, where. Nobody without one is let in.
    pub roles: Vec<Rule>,
    /// Values of `amr` or `acr` that are a second factor, which administrators then need not show here again. Default none.
    pub second_factor: Vec<String>,
}

impl Default for Oidc {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            issuer: String::new(),
            client_id: String::new(),
            client_secret: String::new(),
            client_secret_file: PathBuf::new(),
            callback: String::new(),
            label: text("统一身份认证"),
            label_en: text("Single sign-on"),
            scopes: vec![text("profile")],
            roles_claim: text("groups"),
            roles: Vec::new(),
            second_factor: Vec::new(),
        }
    }
}

impl Oidc {
    /// Whether staff can sign in by a provider.
    pub fn is_set(&self) -> bool {
        !self.issuer.is_empty()
    }

    /// Fills in what follows from other settings, and reads the secret.
    pub(super) fn complete(config: &mut Config) -> Result<(), BadConfig> {
        let home = match config.mode {
            Mode::Production => format!("https://{}", config.site_domain),
            Mode::Demonstration => format!("http://{}", config.address),
        };
        let oidc = &mut config.oidc;
        if !oidc.is_set() {
            return Ok(());
        }
        if oidc.callback.is_empty() {
            oidc.callback = format!("{home}{CALLBACK}");
        }
        if !oidc.client_secret_file.as_os_str().is_empty() {
            if !oidc.client_secret.is_empty() {
                return Err(BadConfig::Outside("set oidc.client_secret or oidc.client_secret_file, not both"));
            }
            let file = &oidc.client_secret_file;
            let read = std::fs::read_to_string(file);
            oidc.client_secret = read.map_err(|why| BadConfig::Secret { file: file.clone(), why })?.trim().to_owned();
        }
        oidc.check(config.mode)
    }

    fn check(&self, mode: Mode) -> Result<(), BadConfig> {
        let wrong = |sentence| Err(BadConfig::Outside(sentence));
        if !is_safe(&self.issuer) {
            return wrong("oidc.issuer is an address that begins with https:// (http:// on this machine alone)");
        }
        if !is_safe(&self.callback) || !self.callback.ends_with(CALLBACK) {
            return wrong("oidc.callback is this portal's own address, https://…/sign-in/oidc/callback");
        }
        if mode == Mode::Production && !self.callback.starts_with("https://") {
            return wrong("oidc.callback begins with https:// in production: the cookies need it");
        }
        if self.client_id.is_empty() {
            return wrong("oidc.client_id is missing: what the provider calls this portal");
        }
        if self.roles_claim.is_empty() || self.roles.is_empty() || self.roles.iter().any(|rule| rule.value.is_empty()) {
            return wrong(
                "oidc.roles says which value of oidc.roles_claim gives which role; without one nobody gets in",
            );
        }
        Ok(())
    }
}

/// Whether nobody between here and there can read along.
fn is_safe(address: &str) -> bool {
    let Ok(address) = openidconnect::url::Url::parse(address) else { return false };
    let here = ["127.0.0.1", "localhost", "[::1]"];
    address.scheme() == "https" || address.scheme() == "http" && address.host_str().is_some_and(|it| here.contains(&it))
}

#[cfg(test)]
mod tests {
    use figment::{
        Figment,
        providers::{Format, Serialized, Toml},
    };

    use super::*;

    const GOOD: &str = r#"
        [oidc]
        issuer = "https://id.example.gov.cn"
        client_id = "sangeyi"
        client_secret = "a secret"
        [[oidc.roles]]
        value = "editors"
        role = "editor"
        division = "510107"
    "#;

    fn read(text: &str) -> Result<Config, BadConfig> {
        Config::read(&Figment::from(Serialized::defaults(Config::blank())).merge(Toml::string(text)))
    }

    #[test]
    fn a_table_of_roles_is_enough_besides_issuer_and_client() {
        let config = read(GOOD).expect("good settings");
        assert!(config.oidc.is_set() && !read("").expect("no settings").oidc.is_set());
        assert_eq!(config.oidc.callback, "http://127.0.0.1:3000/sign-in/oidc/callback");
        assert_eq!(config.oidc.roles[0].division, "510107".parse().unwrap());
        assert!(!format!("{:?}", config.without_secrets()).contains("a secret"));
    }

    #[test]
    fn what_cannot_work_is_said_at_the_start() {
        for (good, bad, why) in [
            ("https://id.example.gov.cn", "http://id.example.gov.cn", "https://"),
            ("https://id.example.gov.cn", "id.example.gov.cn", "https://"),
            ("client_id = \"sangeyi\"", "", "client_id"),
            ("role = \"editor\"", "role = \"chief\"", "chief"),
            ("role = \"editor\"", "rolle = \"editor\"", "rolle"),
            ("\"510107\"", "\"武侯区\"", "identifier"),
            ("value = \"editors\"", "value = \"\"", "oidc.roles"),
            ("client_id", "callback = \"https://a/b\"\nclient_id", "oidc.callback"),
            ("client_id", "client_secret_file = \"x\"\nclient_id", "not both"),
            ("client_secret =", "client_secret_file =", "a secret"),
        ] {
            assert!(GOOD.contains(good), "{good}");
            let refused = read(&GOOD.replace(good, bad)).expect_err(bad).to_string();
            assert!(refused.contains(why), "{bad}: {refused}");
        }
    }
}
