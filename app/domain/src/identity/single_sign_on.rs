//! Single sign-on: what a provider (OpenID Connect) says about somebody, and which roles that gives them here.

use serde::{Deserialize, Serialize};

use super::{BadGrants, Grant, Role, check_grants};
use crate::{Slug, divisions::DivisionCode};

/// A line of the settings: whoever has this value in the claim of roles has this grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A value of the claim, such as the name of a group.
    pub value: String,
    /// The role it gives.
    pub role: Role,
    /// The role holds in this division and all below it.
    pub division: DivisionCode,
    /// Only for what this office keeps; none for all of them.
    #[serde(default)]
    pub organisation: Option<Slug>,
}

/// Why somebody whom a provider sent, or should have sent, is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// The provider does not answer, or not as it should.
    Unreachable,
    /// Somebody said no at the provider: they, or the provider.
    Denied,
    /// Too late, a second time, from another browser, or made up.
    Stale,
    /// What the provider seems to have said fails a check: signature, issuer, audience, nonce, time.
    Unproven,
    /// Nothing the provider says gives a role here.
    NoRole,
    /// The roles may not be held together (三员分立).
    NotApart,
    /// A role is for a division or an office that does not exist here.
    NoSuchPlace,
    /// The account has ended, and stays so.
    Ended,
}

impl NotSignedIn {
    /// The reason in the audit log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Denied => "denied",
            Self::Stale => "stale",
            Self::Unproven => "unproven",
            Self::NoRole => "no-role",
            Self::NotApart => "not-apart",
            Self::NoSuchPlace => "no-such-place",
            Self::Ended => "ended",
        }
    }
}

/// The grants that the values of a claim give, each once, in the order of the rules.
pub fn grants(rules: &[Rule], values: &[String]) -> Result<Vec<Grant>, NotSignedIn> {
    let mut grants: Vec<Grant> = Vec::new();
    for rule in rules.iter().filter(|rule| values.contains(&rule.value)) {
        let grant = Grant { role: rule.role, division: rule.division, organisation: rule.organisation };
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    match check_grants(&grants) {
        Ok(()) => Ok(grants),
        Err(BadGrants::None) => Err(NotSignedIn::NoRole),
        Err(BadGrants::NotApart) => Err(NotSignedIn::NotApart),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_the_claim_give_roles_by_the_settings() {
        let rule = |value: &str, role, division: &str, organisation: Option<&str>| Rule {
            value: value.into(),
            role,
            division: division.parse().unwrap(),
            organisation: organisation.map(|it| it.parse().unwrap()),
        };
        let rules = [
            rule("editors", Role::Editor, "510107", None),
            rule("reviewers", Role::Reviewer, "510107", Some("office")),
            rule("reviewers", Role::Editor, "510107", None),
            rule("admins", Role::Administrator, "510100", None),
            rule("auditors", Role::Auditor, "510100", None),
        ];
        use NotSignedIn::{NoRole, NotApart};
        for (values, expected) in [
            (&["editors"][..], Ok(&[Role::Editor][..])),
            (&["staff", "editors", "editors"], Ok(&[Role::Editor])),
            (&["reviewers"], Ok(&[Role::Reviewer, Role::Editor])),
            (&["reviewers", "editors"], Ok(&[Role::Editor, Role::Reviewer])),
            (&["admins"], Ok(&[Role::Administrator])),
            (&[], Err(NoRole)),
            (&["Editors", "editors ", "editor", ""], Err(NoRole)),
            (&["admins", "auditors"], Err(NotApart)),
            (&["editors", "admins"], Err(NotApart)),
        ] {
            let values: Vec<_> = values.iter().map(|it| (*it).to_owned()).collect();
            let given = grants(&rules, &values);
            let roles = given.map(|list| list.iter().map(|grant| grant.role).collect::<Vec<_>>());
            assert_eq!(roles, expected.map(<[_]>::to_vec), "{values:?}");
        }
        let given = grants(&rules, &["reviewers".to_owned()]).unwrap();
        assert_eq!(given[0].organisation, Some("office".parse().unwrap()), "the office narrows it");
        assert_eq!(given[1].organisation, None);
        assert_eq!(grants(&[], &["editors".to_owned()]), Err(NoRole));
    }
}
