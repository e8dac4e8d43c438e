//! What happened, for pages that follow along. An event says only that something changed and for whom that is news; what it is
//! now, the page asks for itself.

use crate::{
    Slug,
    divisions::{DivisionCode, Divisions},
    identity::{Action, Belongs, Staff},
};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the order of commits, from 1 and without gaps.
    pub id: i64,
    /// What was done, as in the audit log: `points.publish`.
    pub kind: String,
    /// To what: `point 12`, `change 7`, or `points` for many at once.
    pub subject: String,
    /// Who did it, as in the audit log.
    pub actor: String,
    /// The content revision it led to.
    pub revision: i64,
    /// For whom it is.
    pub audience: Audience,
}

/// For whom an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Residents too.
    Everyone,
    /// Whoever may do this somewhere.
    Staff(Action),
    /// Whoever may do this to what lies in this division and is kept by this office.
    StaffOf(Action, DivisionCode, Slug),
}

impl Audience {
    /// Whether somebody on the staff may hear of it.
    pub fn has(self, staff: &Staff, divisions: &Divisions) -> bool {
        let allowed = match self {
            Self::Everyone => Ok(()),
            Self::Staff(action) => staff.may_somewhere(action),
            Self::StaffOf(action, division, office) => {
                staff.may(action, &Belongs { within: divisions.within(division), organisation: Some(office) })
            }
        };
        allowed.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        divisions::{Division, DivisionLevel},
        identity::{AccountId, Grant, Role},
    };

    #[test]
    fn news_of_a_place_are_for_those_who_may_touch_it() {
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        let division = |code: &str, parent: Option<&str>| Division {
            code: slug(code),
            name: code.into(),
            name_en: String::new(),
            level: DivisionLevel::District,
            parent: parent.map(slug),
            zone: None,
            center: None,
            ended: false,
        };
        let divisions = Divisions::new(vec![
            division("510100", None),
            division("510107", Some("510100")),
            division("510104", Some("510100")),
        ]);
        let news = Audience::StaffOf(Action::EditPoint, slug("510107"), slug("office"));
        let many = Audience::Staff(Action::EditPoint);
        for (role, place, office, hears, hears_of_many) in [
            (Role::Editor, "510107", None, true, true),
            (Role::Reviewer, "510100", None, true, true),
            (Role::Editor, "510107", Some("office"), true, true),
            (Role::Editor, "510107", Some("other"), false, true),
            (Role::Editor, "510104", None, false, true),
            (Role::Interpreter, "510107", None, false, false),
            (Role::Administrator, "510100", None, false, false),
            (Role::Auditor, "510100", None, false, false),
        ] {
            let grants = vec![Grant { role, division: slug(place), organisation: office.map(slug) }];
            let staff = Staff { id: AccountId(1), name: "x".into(), display_name: "x".into(), grants };
            let heard = [news, many, Audience::Everyone].map(|it| it.has(&staff, &divisions));
            assert_eq!(heard, [hears, hears_of_many, true], "{role:?} {place} {office:?}");
        }
    }
}
