//! The words of accounts and signing in, in both languages.

use domain::{
    hours::CHINA,
    identity::{BadGrants, BadPassword, MIN_PASSWORD, Role},
    locale::Locale,
};
use store::identity::Refused;
use time::{OffsetDateTime, macros::format_description};

/// The name of a role.
pub(crate) fn role(role: Role, locale: Locale) -> &'static str {
    let (zh, en) = match role {
        Role::Editor => ("信息员", "Editor"),
        Role::Reviewer => ("审核员", "Reviewer"),
        Role::Interpreter => ("解读人", "Interpreter"),
        Role::Administrator => ("管理员", "Administrator"),
        Role::Auditor => ("审计员", "Auditor"),
    };
    locale.pick(zh, en)
}

/// Why something is refused, and what to do.
pub(super) fn refused(why: Refused, locale: Locale) -> String {
    let (zh, en): (&str, &str) = match why {
        Refused::Locked(until) => {
            let time = clock(until);
            return locale.pick(
                format!("错的次数太多了,请在 {time} 以后再试。"),
                format!("Too many failures. Please try again after {time}."),
            );
        }
        Refused::Password(BadPassword::Short) => {
            return locale.pick(
                format!("密码至少 {MIN_PASSWORD} 个字符。可以用几个不相干的词连起来。"),
                format!("A password has at least {MIN_PASSWORD} characters; several unrelated words are fine."),
            );
        }
        Refused::Wrong => ("名称、密码或验证码不对。", "The name, the password or the code is wrong."),
        Refused::Password(BadPassword::Long) => ("密码太长了。", "The password is too long."),
        Refused::Password(BadPassword::HasName) => {
            ("密码里不能有账号名称。", "The password must not contain the name.")
        }
        Refused::Password(BadPassword::Common) => {
            ("这个密码太容易猜到,请换一个。", "This password is too easy to guess. Please choose another.")
        }
        Refused::Password(BadPassword::Same) => {
            ("新密码要和原来的不一样。", "The new password has to differ from the old one.")
        }
        Refused::Name(_) => (
            "名称用 2 到 32 个小写字母、数字、点、横线,以字母开头。",
            "A name has 2 to 32 lower-case letters, digits, dots or dashes, and begins with a letter.",
        ),
        Refused::NameTaken => ("这个名称已经有人用了。", "This name is taken."),
        Refused::Grants(BadGrants::None) => ("至少要有一个角色。", "An account needs a role."),
        Refused::Grants(BadGrants::NotApart) => (
            "管理员、审计员不能兼任其他角色(三员分立)。",
            "Administrators and auditors hold no other role (kept apart by rule).",
        ),
        Refused::NoSuchPlace => ("这个地区或单位不存在。", "This area or office does not exist."),
        Refused::LastAdministrator => ("至少要留一个管理员。", "One administrator has to remain."),
        Refused::FromProvider => (
            "这个账号来自统一认证,密码和角色由统一认证管理。",
            "This account comes from single sign-on, which keeps its password and its roles.",
        ),
        Refused::KeepsPoints(count) => {
            return locale.pick(
                format!("名下还有 {count} 处点位。请先把它们交给别人,再停用账号。"),
                format!("It keeps {count} places. Hand them over first, then end the account."),
            );
        }
        Refused::Interprets(posts) => {
            return locale.pick(
                format!("还是这些解读岗位的经办人:{}。请先换人或交接,再停用账号。", posts.join("、")),
                format!(
                    "It serves at {} of the interpreters' posts. Name somebody else there or hand them over first.",
                    posts.len()
                ),
            );
        }
        Refused::OwnAccount => {
            ("不能改自己的账号,请另一位管理员来改。", "Not your own account: ask another administrator.")
        }
        Refused::NoSession => ("登录已经过期,请重新登录。", "You are no longer signed in."),
        Refused::Outdated => {
            ("刚才有人改过了,请看看现在的内容再改。", "Somebody has changed it meanwhile; look at it again.")
        }
    };
    locale.pick(zh, en).to_owned()
}

/// Why something is refused, for the command line.
pub fn refused_in_english(why: Refused) -> String {
    refused(why, Locale::En)
}

/// The field that a refusal is about.
pub(super) fn field(why: &Refused) -> &'static str {
    match why {
        Refused::Password(_) => "new",
        Refused::Name(_) | Refused::NameTaken => "name",
        Refused::Grants(_) | Refused::NoSuchPlace => "role",
        Refused::KeepsPoints(_) | Refused::Interprets(_) => "leaving",
        _ => "",
    }
}

/// 10:05.
pub(super) fn clock(at: OffsetDateTime) -> String {
    at.to_offset(CHINA).format(format_description!("[hour]:[minute]")).unwrap_or_default()
}
