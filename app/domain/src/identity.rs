//! Who staff are and what they may do. Decided here, asked by `store` as the first thing of every writing use case.
//!
//! 三员 are kept apart (GB/T 22239-2019, 安全管理中心): who runs accounts neither edits nor reads the audit log, who reads the audit
//! log does nothing else.

pub mod single_sign_on;

use serde::{Deserialize, Serialize};

use crate::{Slug, divisions::DivisionCode};

/// The number of an account, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

choices! {
    /// What somebody is on the staff for.
    Role {
        /// 信息员: proposes changes.
        Editor = "editor",
        /// 审核员: publishes or returns what others propose.
        Reviewer = "reviewer",
        /// 解读人: interprets policies.
        Interpreter = "interpreter",
        /// 管理员: runs accounts.
        Administrator = "administrator",
        /// 审计员: reads the audit log.
        Auditor = "auditor",
    }
}

choices! {
    /// Something that needs a permission.
    Action {
        /// Proposing a change to a point of service.
        EditPoint = "edit-point",
        /// Publishing or returning a proposed change.
        ReviewPoint = "review-point",
        /// Saying who keeps a point of service.
        AssignKeeper = "assign-keeper",
        /// Writing a draft of a manual.
        EditManual = "edit-manual",
        /// Publishing or returning a draft of a manual.
        ReviewManual = "review-manual",
        /// Writing a policy with its interpretation.
        EditPolicy = "edit-policy",
        /// Passing or returning a policy that somebody has written.
        ReviewPolicy = "review-policy",
        /// Answering about a policy.
        Interpret = "interpret",
        /// Saying who interprets: keeping the register of posts, and handing the work of one over.
        KeepInterpreters = "keep-interpreters",
        /// Keeping the words the search knows, and saying what becomes of what it did not find.
        KeepWords = "keep-words",
        /// Opening, changing and ending accounts.
        ManageAccounts = "manage-accounts",
        /// Reading the audit log.
        ReadAudit = "read-audit",
    }
}

impl Role {
    /// Whether this role is what the action asks for.
    pub fn allows(self, action: Action) -> bool {
        match action {
            Action::EditPoint | Action::EditManual | Action::EditPolicy | Action::KeepWords => {
                matches!(self, Self::Editor | Self::Reviewer)
            }
            Action::ReviewPoint | Action::ReviewManual | Action::ReviewPolicy => self == Self::Reviewer,
            // Who does what is an administrator's business too: an account that ends hands its points over.
            Action::AssignKeeper => matches!(self, Self::Editor | Self::Reviewer | Self::Administrator),
            Action::Interpret => self == Self::Interpreter,
            // What a post says is published, so whoever publishes; and an account that ends hands its posts over, as with keepers.
            Action::KeepInterpreters => matches!(self, Self::Reviewer | Self::Administrator),
            Action::ManageAccounts => self == Self::Administrator,
            Action::ReadAudit => self == Self::Auditor,
        }
    }
}

/// A role within a part of the city, and perhaps for one office there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// It holds in this division and all below it.
    pub division: DivisionCode,
    /// Only for what this office keeps; none for all of them.
    pub organisation: Option<Slug>,
}

/// Where a thing belongs, as far as permissions care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// Every division it lies in, from the root down, zones too ([`crate::divisions::Divisions::within`]).
    pub within: Vec<DivisionCode>,
    /// The office that keeps it.
    pub organisation: Option<Slug>,
}

/// Somebody may not do something. Says nothing about whether the thing exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forbidden;

/// Roles that one person may not hold together, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadGrants {
    /// An account has to be for something.
    None,
    /// 三员: administrators and auditors are nothing else besides.
    NotApart,
}

impl Grant {
    fn covers(&self, thing: &Belongs) -> bool {
        thing.within.contains(&self.division)
            && self.organisation.is_none_or(|office| thing.organisation == Some(office))
    }
}

/// Somebody on the staff, signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Their account.
    pub id: AccountId,
    /// The name they sign in with.
    pub name: String,
    /// How colleagues know them.
    pub display_name: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
}

impl Staff {
    /// Whether they may do this to that.
    pub fn may(&self, action: Action, thing: &Belongs) -> Result<(), Forbidden> {
        let allowed = self.grants.iter().any(|grant| grant.role.allows(action) && grant.covers(thing));
        if allowed { Ok(()) } else { Err(Forbidden) }
    }

    /// Whether there is anything they may do this to.
    pub fn may_somewhere(&self, action: Action) -> Result<(), Forbidden> {
        let allowed = self.grants.iter().any(|grant| grant.role.allows(action));
        if allowed { Ok(()) } else { Err(Forbidden) }
    }

    /// Whether they hold a role.
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Whether a password alone will not do for them.
    pub fn needs_second_factor(&self) -> bool {
        self.is(Role::Administrator)
    }
}

/// Checks that grants may stand together on one account.
pub fn check_grants(grants: &[Grant]) -> Result<(), BadGrants> {
    let first = grants.first().ok_or(BadGrants::None)?;
    let alone = |role: &Role| matches!(role, Role::Administrator | Role::Auditor);
    let mixed = grants.iter().any(|grant| alone(&grant.role)) && grants.iter().any(|grant| grant.role != first.role);
    if mixed { Err(BadGrants::NotApart) } else { Ok(()) }
}

/// The fewest characters of a password (NIST SP 800-63B asks for 8; the common test value of 等保 is 8 to 10).
pub const MIN_PASSWORD: usize = 10;
/// The most bytes: more is not a password but a load on the server.
pub const MAX_PASSWORD: usize = 256;
/// Failures after which a name or an address has to wait (GB/T 22239-2019, 登录失败处理).
pub const MAX_FAILURES: u32 = 5;

/// Why a password may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPassword {
    /// Fewer characters than [`MIN_PASSWORD`].
    Short,
    /// More bytes than [`MAX_PASSWORD`].
    Long,
    /// It has the name of the account in it.
    HasName,
    /// It is on the lists that are tried first, or as easy to guess.
    Common,
    /// It is the one that has to be changed.
    Same,
}

/// Checks what can be checked without a list of common passwords.
pub fn check_password(password: &str, name: &str) -> Result<(), BadPassword> {
    if password.chars().count() < MIN_PASSWORD {
        Err(BadPassword::Short)
    } else if password.len() > MAX_PASSWORD {
        Err(BadPassword::Long)
    } else if !name.is_empty() && password.to_lowercase().contains(&name.to_lowercase()) {
        Err(BadPassword::HasName)
    } else {
        Ok(())
    }
}

/// Why a name cannot be an account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadName;

/// The name somebody signs in with: 2 to 32 of `a-z`, `0-9`, `.`, `-`, `_`, beginning with a letter.
pub fn check_name(name: &str) -> Result<(), BadName> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let good = (2..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(allowed);
    if good { Ok(()) } else { Err(BadName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn staff(grants: &[(Role, &str, Option<&str>)]) -> Staff {
        let grants = grants.iter().map(|(role, division, organisation)| Grant {
            role: *role,
            division: slug(division),
            organisation: organisation.map(slug),
        });
        Staff { id: AccountId(1), name: "a".into(), display_name: "甲".into(), grants: grants.collect() }
    }

    /// A point of an office in a street of 武侯区.
    fn thing(organisation: &str) -> Belongs {
        let within = ["510100", "510107", "510107001"].map(slug).to_vec();
        Belongs { within, organisation: Some(slug(organisation)) }
    }

    #[test]
    fn every_role_may_do_its_own_and_nothing_else() {
        use Action::{
            AssignKeeper, EditManual, EditPoint, EditPolicy, Interpret, KeepInterpreters, KeepWords, ManageAccounts,
            ReadAudit, ReviewManual, ReviewPoint, ReviewPolicy,
        };
        let both = [EditPoint, EditManual, EditPolicy, AssignKeeper, KeepWords];
        let reviews = [ReviewPoint, ReviewManual, ReviewPolicy, KeepInterpreters];
        for (role, allowed) in [
            (Role::Editor, both.to_vec()),
            (Role::Reviewer, [both.as_slice(), &reviews].concat()),
            (Role::Interpreter, vec![Interpret]),
            (Role::Administrator, vec![ManageAccounts, AssignKeeper, KeepInterpreters]),
            (Role::Auditor, vec![ReadAudit]),
        ] {
            for action in Action::ALL {
                let may = staff(&[(role, "510100", None)]).may(*action, &thing("office")).is_ok();
                assert_eq!(may, allowed.contains(action), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_role_holds_in_its_division_and_below_and_for_its_office() {
        for (division, organisation, may) in [
            ("510100", None, true),
            ("510107", None, true),
            ("510107001", None, true),
            ("510107002", None, false),
            ("510104", None, false),
            ("510107", Some("office"), true),
            ("510107", Some("other"), false),
            ("510104", Some("office"), false),
        ] {
            for role in Role::ALL {
                for action in Action::ALL {
                    let result = staff(&[(*role, division, organisation)]).may(*action, &thing("office"));
                    assert_eq!(
                        result.is_ok(),
                        may && role.allows(*action),
                        "{role:?} {division} {organisation:?} {action:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn two_halves_of_a_permission_are_none() {
        let split = staff(&[(Role::Reviewer, "510104", None), (Role::Interpreter, "510107", None)]);
        assert_eq!(split.may(Action::ReviewPoint, &thing("office")), Err(Forbidden));
        assert!(split.may_somewhere(Action::ReviewPoint).is_ok());
    }

    #[test]
    fn the_three_officers_are_kept_apart() {
        let check = |roles: &[Role]| {
            let grants: Vec<_> =
                roles.iter().map(|role| Grant { role: *role, division: slug("510100"), organisation: None }).collect();
            check_grants(&grants)
        };
        assert_eq!(check(&[]), Err(BadGrants::None));
        for (roles, good) in [
            (&[Role::Editor, Role::Reviewer, Role::Interpreter][..], true),
            (&[Role::Administrator, Role::Administrator][..], true),
            (&[Role::Auditor][..], true),
            (&[Role::Administrator, Role::Auditor][..], false),
            (&[Role::Editor, Role::Administrator][..], false),
            (&[Role::Auditor, Role::Reviewer][..], false),
        ] {
            assert_eq!(check(roles).is_ok(), good, "{roles:?}");
        }
    }

    #[test]
    fn a_password_is_long_enough_and_not_the_name() {
        for (password, why) in [
            ("short", Some(BadPassword::Short)),
            ("九个汉字也是太短了", Some(BadPassword::Short)),
            ("十个汉字就已经足够长", None),
            ("xx-li.na-2026", Some(BadPassword::HasName)),
            ("XX-LI.NA-2026", Some(BadPassword::HasName)),
            ("correct horse battery", None),
        ] {
            assert_eq!(check_password(password, "li.na").err(), why, "{password}");
        }
        assert_eq!(check_password(&"长".repeat(100), "a"), Err(BadPassword::Long));
    }

    #[test]
    fn a_name_is_short_lower_case_ascii() {
        for (name, good) in [
            ("li.na", true),
            ("w2", true),
            ("a", false),
            ("Li", false),
            ("2a", false),
            ("李娜", false),
            ("a b", false),
            ("", false),
        ] {
            assert_eq!(check_name(name).is_ok(), good, "{name}");
        }
    }
}
