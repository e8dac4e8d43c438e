//! The keeper of a point, at the foot of its form: who goes there and says whether what is published is still true.

use domain::{
    identity::{AccountId, Action, Staff},
    points::PointId,
};
use leptos::prelude::*;
use store::{
    Failure,
    points::keepers::{self, Refused, Roster},
};

use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::SelectField,
};

/// What a refused form of keepers is answered with.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    let words = match failure {
        Failure::Store(error) => return Submitted::Failed(error),
        Failure::Forbidden => return Submitted::Status(403),
        Failure::Refused(Refused::Nothing) => {
            visit.locale.pick("没有可以交接的点位。", "There is nothing to hand over.").to_owned()
        }
        Failure::Refused(Refused::NotAble(count)) => visit.locale.pick(
            format!("这个人不能维护其中 {count} 处,请另选一位。"),
            format!("This person may not edit {count} of them. Choose somebody else."),
        ),
    };
    Submitted::Again(vec![Wrong { field: "keeper", words }])
}

/// 示例 (li.na).
pub(super) fn person(staff: &Staff) -> String {
    format!("{} ({})", staff.display_name, staff.name)
}

/// Who is chosen in a form.
pub(super) fn chosen(form: &Form, visit: &Visit) -> Result<AccountId, Submitted> {
    form.get("keeper").parse().map(AccountId).map_err(|_| {
        let words = visit.locale.pick("请选一个人。", "Choose somebody.").to_owned();
        Submitted::Again(vec![Wrong { field: "keeper", words }])
    })
}

/// Who keeps a point, and the choice of somebody else.
#[component]
pub(super) fn KeeperForm(id: PointId, roster: Roster) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let content = &visit.snapshot.content;
    // A point that was published within this second: the next look has it.
    let thing = content.point(id).map(|point| content.belongs(&point.facts))?;
    let keeper = roster.keeper(id, &thing).map(|it| it.staff.clone());
    let former = roster.named(id).filter(|_| keeper.is_none()).map(|it| {
        let name = &it.staff.display_name;
        locale.pick(
            format!("原来的负责人{name}已经不能维护这个点位,请另选一位。"),
            format!("{name}, who kept this place, may no longer do so. Choose somebody else."),
        )
    });
    let none = former.unwrap_or_else(|| {
        locale
            .pick(
                "还没有负责人。每个点位都要有人按期到现场核实。",
                "Nobody keeps it yet. Every place needs somebody who goes there.",
            )
            .to_owned()
    });
    let notice = keeper.is_none().then(|| view! { <p class="p-notice">{none}</p> });
    let choose = keeper.is_none().then(|| (String::new(), locale.pick("(请选)", "(choose)").to_owned()));
    let able = roster.able(&thing).map(|it| (it.staff.id.0.to_string(), person(&it.staff)));
    let options: Vec<_> = choose.into_iter().chain(able).collect();
    let value = keeper.map(|it| it.id.0.to_string()).unwrap_or_default();
    Some(view! {
        <section class="p-section">
            <h2>{locale.pick("负责人", "Keeper")}</h2>
            {notice}
            <form class="p-form" method="post" action=locale.href(&format!("/desk/points/{}/keeper", id.0))>
                <SelectField name="keeper" label=locale.pick("谁到现场核实", "Who goes there") options value />
                <div class="p-acts">
                    <button class="p-button" type="submit">{locale.pick("定为负责人", "Make them the keeper")}</button>
                    <a class="p-button p-button--quiet" href=locale.href(&format!("/desk/points/{}/visit", id.0))>
                        {locale.pick("现场核实页", "The page for on the spot")}
                    </a>
                </div>
            </form>
        </section>
    })
}

/// Gives a point a keeper.
pub(crate) async fn set_keeper(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Ok(id) = id.parse::<PointId>() else { return Submitted::Status(404) };
    if visit.by().actor.may_somewhere(Action::AssignKeeper).is_err() {
        return Submitted::Status(403);
    }
    let keeper = match chosen(form, visit) {
        Ok(keeper) => keeper,
        Err(again) => return again,
    };
    match keepers::assign(portal.store(), &visit.by(), &[id], keeper).await {
        Ok(_) => Submitted::Go(format!("/desk/points/{}", id.0), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}
