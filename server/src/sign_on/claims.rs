//! What a provider claims about somebody, read out of a verified ID token and of its userinfo endpoint.

use data_encoding::BASE64URL_NOPAD;
use openidconnect::{AdditionalClaims, SubjectIdentifier, UserInfoClaims, core::CoreGenderClaim};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most characters of a name.
const NAME: usize = 60;

/// Claims by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims(Map<String, Value>);

/// The claims of a userinfo endpoint that the standard does not name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Rest(Map<String, Value>);

impl AdditionalClaims for Rest {}

impl Claims {
    /// The claims of an ID token, which is verified already.
    pub(super) fn of_token(token: &str) -> Option<Self> {
        let payload = BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes()).ok()?;
        serde_json::from_slice(&payload).ok().map(Self)
    }

    pub(super) fn of_user_info(claims: &UserInfoClaims<Rest, CoreGenderClaim>) -> Self {
        match serde_json::to_value(claims) {
            Ok(Value::Object(map)) => Self(map),
            _ => Self::default(),
        }
    }

    /// These, and of the others what is not among them.
    pub(super) fn or(mut self, others: Self) -> Self {
        for (name, value) in others.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }

    /// Whether roles and a name stand here already.
    pub(super) fn are_enough(&self, roles: &str) -> bool {
        self.get(roles).is_some() && self.0.contains_key("name")
    }

    /// The texts of a claim: of a list all, of a text itself.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// What somebody is called at the provider, and how colleagues know them.
    pub(super) fn names(&self, subject: &SubjectIdentifier) -> (String, String) {
        let text = |name: &str| {
            let plain = self.0.get(name).and_then(Value::as_str).unwrap_or_default();
            let plain: String = plain.chars().filter(|c| !c.is_control()).take(NAME).collect();
            Some(plain.trim().to_owned()).filter(|it| !it.is_empty())
        };
        let called = text("preferred_username");
        let shown = text("name").or_else(|| called.clone());
        let shown = shown.unwrap_or_else(|| subject.chars().take(NAME).collect());
        (called.unwrap_or_default(), shown)
    }

    /// Whether one of these values stands in `amr` (RFC 8176) or is the `acr`.
    pub(super) fn show_second_factor(&self, trusted: &[String]) -> bool {
        ["amr", "acr"].iter().flat_map(|name| self.list(name)).any(|value| trusted.contains(&value))
    }

    /// A claim by its name, which may have dots itself, or by the way inwards.
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).or_else(|| {
            let (first, rest) = name.split_once('.')?;
            rest.split('.').try_fold(self.0.get(first)?, |value, step| value.get(step))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        serde_json::from_value(value).map(Claims).expect("an object")
    }

    #[test]
    fn a_claim_of_roles_is_a_list_or_a_text_at_any_depth() {
        for (value, name, expected) in [
            (json!({ "groups": ["a", "b"] }), "groups", &["a", "b"][..]),
            (json!({ "groups": "a b" }), "groups", &["a b"]),
            (json!({ "realm_access": { "roles": ["a"] } }), "realm_access.roles", &["a"]),
            (json!({ "urn:x.y": ["a"] }), "urn:x.y", &["a"]),
            (json!({ "groups": [1, null, "a", ["b"]] }), "groups", &["a"]),
            (json!({ "groups": { "a": true } }), "groups", &[]),
            (json!({ "groups": "a" }), "groups.a", &[]),
            (json!({}), "groups", &[]),
        ] {
            assert_eq!(claims(value.clone()).list(name), expected, "{value} {name}");
        }
    }

    #[test]
    fn a_second_factor_counts_only_where_the_settings_trust_it() {
        let trusted = ["mfa".to_owned(), "urn:loa:2".to_owned()];
        for (value, passed) in [
            (json!({ "amr": ["pwd", "mfa"] }), true),
            (json!({ "acr": "urn:loa:2" }), true),
            (json!({ "amr": ["pwd"], "acr": "0" }), false),
            (json!({ "mfa": true }), false),
            (json!({}), false),
        ] {
            assert_eq!(claims(value.clone()).show_second_factor(&trusted), passed, "{value}");
            assert!(!claims(value).show_second_factor(&[]));
        }
    }

    #[test]
    fn somebody_always_has_a_name_and_the_token_goes_before_userinfo() {
        let subject = SubjectIdentifier::new("4711".to_owned());
        let both =
            claims(json!({ "name": "示例\u{7}甲" })).or(claims(json!({ "name": "乙", "preferred_username": "jia" })));
        assert_eq!(both.names(&subject), ("jia".to_owned(), "示例甲".to_owned()));
        assert_eq!(Claims::default().names(&subject), (String::new(), "4711".to_owned()));
    }
}
