//! Changing many points at once: first what would change, then to review as one.

use domain::{
    audit::By,
    hours::Spoken,
    identity::Action,
    points::{NewPoint, Point, PointId, change::Origin, import::telephones},
};
use leptos::prelude::*;
use store::points::changes::batches::{self, Row};

use super::{
    asked::Asked,
    codes::OfficeField,
    compared::{ChangesTable, Differences},
    words,
};
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, SelectField, TextField},
};

/// How many changes a preview lists.
const SHOWN: usize = 100;

/// Below the table: which points, and what to change.
#[component]
pub(super) fn Choose(total: usize) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let nothing = (String::new(), locale.pick("(不动)", "(leave)").to_owned());
    let services = atlas.services.iter().map(|it| (it.code.to_string(), it.name(locale).to_owned()));
    let services: Vec<_> = std::iter::once(nothing).chain(services).collect();
    let all = visit.filled.as_ref().is_some_and(|it| it.form.get("all") == "on");
    view! {
        <fieldset class="p-fieldset p-fieldset--wide p-bulk">
            <legend>{locale.pick("批量修改", "Change many at once")}</legend>
            <label class="p-check">
                <input type="checkbox" name="all" value="on" checked=all />
                <span>{locale.pick(format!("找到的 {total} 处全部选中"), format!("All {total} that were found"))}</span>
            </label>
            <div class="p-form--row">
                <TextField name="hours" label=locale.pick("开放时间改为", "Opening hours") hint=locale.pick("如 周一至周五 9:00-12:00,13:30-17:00", "Such as Mo-Fr 09:00-12:00,13:30-17:00") />
                <SelectField name="add" label=locale.pick("增加事项", "Add a service") options=services.clone() />
                <SelectField name="remove" label=locale.pick("去掉事项", "Take a service away") options=services />
                <OfficeField label=locale.pick("维护单位改为(代码)", "Kept by (code)") />
            </div>
            <div class="p-acts">
                <button class="p-button" type="submit" name="act" value="preview">{locale.pick("先看看会改什么", "See what would change")}</button>
            </div>
        </fieldset>
    }
}

/// What a form asks to be changed.
struct Wish {
    change: Box<dyn Fn(&mut NewPoint) + Send + Sync>,
    /// In words, for the list of batches.
    title: String,
}

fn wish(form: &Form, visit: &Visit) -> Result<Wish, Vec<Wrong>> {
    let locale = visit.locale;
    let (mut wrong, mut words) = (Vec::new(), Vec::new());
    let mut bad = |field, zh: &str, en: &str| wrong.push(Wrong { field, words: locale.pick(zh, en).to_owned() });
    let hours = match form.get("hours").trim() {
        "" => None,
        text => {
            words.push(format!("{}:{text}", locale.pick("开放时间", "hours")));
            let spoken = text.parse::<Spoken>().ok();
            if spoken.is_none() {
                bad(
                    "hours",
                    "时间写成 周一至周五 9:00-12:00,13:30-17:00。",
                    "Write hours as Mo-Fr 09:00-12:00,13:30-17:00.",
                );
            }
            spoken
        }
    };
    let services = &visit.snapshot.atlas.services;
    let service = |name: &str| services.iter().find(|it| it.code.as_str() == form.get(name));
    let (add, remove) = (service("add"), service("remove"));
    words.extend(add.map(|it| format!("+{}", it.name(locale))));
    words.extend(remove.map(|it| format!("-{}", it.name(locale))));
    let office = match form.get("organisation").trim() {
        "" => None,
        code => {
            let office = code.parse().ok().and_then(|code| visit.snapshot.content.organisation(code));
            match office {
                Some(office) => words.push(office.name.clone()),
                None => bad("organisation", "没有这个单位。", "There is no such office."),
            }
            office.map(|it| it.code)
        }
    };
    if wrong.is_empty() && words.is_empty() {
        wrong.push(Wrong { field: "", words: locale.pick("请填要改什么。", "Say what to change.").to_owned() });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (add, remove) = (add.map(|it| it.code), remove.map(|it| it.code));
    let change = move |facts: &mut NewPoint| {
        if let Some(spoken) = &hours {
            facts.schedule.week.clone_from(&spoken.week);
            facts.schedule.holidays = spoken.holidays.unwrap_or(facts.schedule.holidays);
        }
        facts.services.retain(|code| remove != Some(*code));
        facts.services.extend(add.filter(|code| !facts.services.contains(code)));
        facts.organisation = office.unwrap_or(facts.organisation);
    };
    Ok(Wish { change: Box::new(change), title: words.join(locale.pick("、", ", ")) })
}

fn selected<'a>(portal: &Portal, visit: &'a Visit, form: &Form) -> Vec<&'a Point> {
    let asked = Asked::read(form.get("query"));
    let mine = asked.select(portal, visit);
    let picked: std::collections::HashSet<&str> = form.all("point").flat_map(|ids| ids.split(',')).collect();
    let all = form.get("all") == "on";
    mine.into_iter().map(|(_, point)| point).filter(|it| all || picked.contains(it.id.0.to_string().as_str())).collect()
}

/// Shows what would change, or hands it in.
pub(crate) async fn bulk(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    if visit.session.as_ref().is_none_or(|it| it.staff.may_somewhere(Action::EditPoint).is_err()) {
        return Submitted::Status(403);
    }
    let wish = match wish(form, visit) {
        Ok(wish) => wish,
        Err(wrong) => return Submitted::Again(wrong),
    };
    let points = selected(portal, visit, form);
    let nothing =
        |zh: &str, en: &str| Submitted::Again(vec![Wrong { field: "", words: visit.locale.pick(zh, en).to_owned() }]);
    if points.is_empty() {
        return nothing("请先选点位。", "Select places first.");
    }
    let picked = points.len();
    let changed = points.into_iter().filter_map(|point| {
        let mut facts = point.facts.clone();
        (wish.change)(&mut facts);
        (facts != point.facts).then(|| (point.id, point.facts.clone(), facts))
    });
    let changed: Vec<_> = changed.collect();
    if changed.is_empty() {
        return nothing("选中的点位本来就是这样,没有改动。", "The places you picked are like this already.");
    }
    if form.get("act") != "submit" {
        let (form, title) = (form.clone(), wish.title);
        return Submitted::Page(
            Box::new(move || view! { <Preview form title changed picked /> }.into_any()),
            Cookie::Keep,
        );
    }
    propose(portal, &visit.by(), &wish.title, changed, visit).await
}

async fn propose(
    portal: &Portal,
    by: &By,
    title: &str,
    changed: Vec<(PointId, NewPoint, NewPoint)>,
    visit: &Visit,
) -> Submitted {
    let rows = changed.into_iter().map(|(id, before, facts)| Row { point: Some((id, before)), facts }).collect();
    match batches::propose(portal.store(), by, Origin::Bulk, title, rows).await {
        Ok(batch) => Submitted::Go(format!("/desk/batches/{}", batch.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}

#[component]
fn Preview(form: Form, title: String, changed: Vec<(PointId, NewPoint, NewPoint)>, picked: usize) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let heading = locale.pick("会这样改", "What would change");
    let ids: Vec<_> = changed.iter().map(|(id, ..)| id.0.to_string()).collect();
    let (count, same) = (changed.len(), picked - changed.len());
    let rows = changed.iter().take(SHOWN).map(|(_, before, after)| {
        view! {
            <tr>
                <th scope="row" class="p-table__long">{after.name.clone()}</th>
                <td class="p-table__long"><Differences before=before.clone() after=after.clone() /></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    // All that were found are found again; picked ones are named, in one field.
    let kept = ["query", "hours", "add", "remove", "organisation", "all"];
    let hidden = kept.map(|name| view! { <input type="hidden" name=name value=form.get(name).to_owned() /> });
    let points = (form.get("all") != "on").then(|| view! { <input type="hidden" name="point" value=ids.join(",") /> });
    view! {
        <PageHead title=heading description=heading />
        <DeskWay />
        <h1>{heading}</h1>
        <p>{title}" · "{locale.pick(format!("{count} 处会改,{same} 处本来就是这样"), format!("{count} places change, {same} are like this already"))}</p>
        <ErrorSummary />
        <form class="p-acts" method="post" action=locale.href("/desk/points/bulk")>
            {hidden.into_iter().collect_view()}
            {points}
            <button class="p-button p-button--main" type="submit" name="act" value="submit">{locale.pick(format!("{count} 处提交复核"), format!("Hand in {count} changes"))}</button>
            <a class="p-button" href=locale.href("/desk/points")>{locale.pick("不改了", "Leave it")}</a>
        </form>
        <ChangesTable label=heading.to_owned()>{rows}</ChangesTable>
        {(count > SHOWN).then(|| view! { <p class="p-field__hint">{locale.pick(format!("只列出前 {SHOWN} 处。"), format!("The first {SHOWN}."))}</p> })}
    }
}

/// Takes what was changed in the table itself.
pub(crate) async fn edit(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    if visit.session.as_ref().is_none_or(|it| it.staff.may_somewhere(Action::EditPoint).is_err()) {
        return Submitted::Status(403);
    }
    let locale = visit.locale;
    let columns = ["revision", "name", "address", "telephones"].map(|name| form.all(name).collect::<Vec<_>>());
    let mut changed = Vec::new();
    let mut wrong = Vec::new();
    let mut again = |zh: String, en: String| wrong.push(Wrong { field: "", words: locale.pick(zh, en) });
    for (i, id) in form.all("point").enumerate() {
        let Some(point) = id.parse().ok().and_then(|id| visit.snapshot.content.point(id)) else { continue };
        let [revision, name, address, phones] =
            columns.each_ref().map(|column| column.get(i).map_or("", |it| it.trim()));
        let mut facts = point.facts.clone();
        (facts.name, facts.address) = (name.to_owned(), address.to_owned());
        if phones != point.facts.telephones.join(" ") {
            facts.telephones = phones.split_whitespace().flat_map(|it| telephones(it).0).collect();
        }
        if facts == point.facts {
            continue;
        }
        if point.revision.to_string() != revision {
            again(
                format!("“{}”刚才有人改过,请看看现在的内容再改。", point.facts.name),
                format!("Somebody has changed “{}” meanwhile; look at it again.", point.facts.name),
            );
        } else if let Err(why) = facts.clone().validate() {
            let said = words::bad_facts(&why);
            again(format!("“{}”:{}", point.facts.name, said.0), format!("{}: {}", point.facts.name, said.1));
        } else {
            changed.push((point.id, point.facts.clone(), facts));
        }
    }
    if wrong.is_empty() && changed.is_empty() {
        wrong.push(Wrong { field: "", words: locale.pick("没有改动。", "Nothing is changed.").to_owned() });
    }
    if !wrong.is_empty() {
        return Submitted::Again(wrong);
    }
    let title = match changed.as_slice() {
        [(_, before, _)] => before.name.clone(),
        many => locale.pick(format!("表里改了 {} 处", many.len()), format!("{} places in the table", many.len())),
    };
    propose(portal, &visit.by(), &title, changed, visit).await
}
