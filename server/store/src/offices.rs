//! Where what an office answers for belongs: posts and policies by their offices, offices by their divisions.

use domain::{
    Slug,
    audit::By,
    divisions::{DivisionCode, Divisions},
    events::Audience,
    identity::{Action, Belongs},
    interpreters::Interpreter,
    points::Organisation,
};
use sea_orm::ConnectionTrait;

use crate::{StoreError, divisions, points};

/// All offices and divisions, read once for whatever is decided in a transaction or a list.
pub(crate) struct Offices {
    offices: Vec<Organisation>,
    divisions: Divisions,
}

impl Offices {
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        Ok(Self { offices: points::organisations(db).await?, divisions: divisions::arranged(db).await? })
    }

    fn division(&self, office: Slug) -> Option<DivisionCode> {
        self.offices.iter().find(|it| it.code == office).map(|it| it.division)
    }

    /// Where what an office keeps belongs; none where there is no such office.
    pub(crate) fn belongs(&self, office: Slug) -> Option<Belongs> {
        let within = self.divisions.within(self.division(office)?);
        Some(Belongs { within, organisation: Some(office) })
    }

    /// Where what no office keeps belongs: at the root.
    pub(crate) fn root(&self) -> Belongs {
        let within = self.divisions.root().map(|it| self.divisions.within(it.code)).unwrap_or_default();
        Belongs { within, organisation: None }
    }

    /// Whether somebody may answer for a post: interpreters of its office, and of the divisions it is in.
    pub(crate) fn may(&self, by: &By, post: &Interpreter) -> bool {
        self.belongs(post.organisation).is_some_and(|thing| by.actor.may(Action::Interpret, &thing).is_ok())
    }

    /// For whom news of a post are: those who may do this for its office.
    pub(crate) fn audience(&self, action: Action, post: &Interpreter) -> Audience {
        self.division(post.organisation)
            .map_or(Audience::Staff(action), |division| Audience::StaffOf(action, division, post.organisation))
    }
}
