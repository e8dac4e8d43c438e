//! The words for things that have a code.

use domain::{codes::Thing, locale::Locale, points::ServiceCode};
use store::snapshot::Snapshot;

use crate::portal::Portal;

/// What a thing is called; none where it does not exist.
pub(super) fn name(portal: &Portal, snapshot: &Snapshot, thing: Thing, locale: Locale) -> Option<String> {
    let division = |code| snapshot.atlas.divisions.get(code).map(|it| it.name(locale).to_owned());
    let point = |id| snapshot.content.point(id).map(|it| it.facts.name(locale).to_owned());
    Some(match thing {
        Thing::Portal => locale.pick(&portal.site().name, &portal.site().name_en).clone(),
        Thing::Division(code) => division(code)?,
        Thing::Point(id) => point(id)?,
        Thing::Window(id, code) => format!("{} · {}", point(id)?, service(snapshot, code, locale)),
        // It has no other name.
        Thing::Policy(id) => snapshot.content.policy(id)?.facts.title.clone(),
        Thing::Chapter(code, chapter) => {
            let name = division(code)?;
            let chapter = portal.manual().title(&snapshot.atlas.divisions, code, chapter, locale);
            locale.pick(format!("{name}一手册 · {chapter}"), format!("Manual of {name} · {chapter}"))
        }
    })
}

/// The name of a service, or its code where it is no longer listed.
pub(super) fn service(snapshot: &Snapshot, code: ServiceCode, locale: Locale) -> String {
    let service = snapshot.atlas.services.iter().find(|it| it.code == code);
    service.map_or_else(|| code.to_string(), |it| it.name(locale).to_owned())
}

/// What kind of thing it is.
pub(super) fn kind(thing: Thing, locale: Locale) -> &'static str {
    let (zh, en) = match thing {
        Thing::Portal => ("门户", "Portal"),
        Thing::Division(_) => ("地区", "Area"),
        Thing::Point(_) => ("点位", "Place"),
        Thing::Window(..) => ("窗口", "Counter"),
        Thing::Chapter(..) => ("手册的一章", "Chapter of the manual"),
        Thing::Policy(_) => ("政策", "Policy"),
    };
    locale.pick(zh, en)
}

/// What one gets by scanning the code of a thing.
pub(super) fn gives(snapshot: &Snapshot, thing: Thing, locale: Locale) -> String {
    match thing {
        Thing::Portal => locale.pick(
            "扫一扫,查到哪里办、开不开门、怎么去。".into(),
            "Scan to find where to go, whether it is open, and how to get there.".into(),
        ),
        Thing::Division(_) => locale.pick(
            "扫一扫,看本地有哪些办事的地方、现在开不开门。".into(),
            "Scan to see where things are done in this area, and what is open now.".into(),
        ),
        Thing::Point(_) => locale.pick(
            "扫一扫,看这里能办什么、几点开门、打哪个电话。".into(),
            "Scan to see what can be done here, the opening hours and the telephone.".into(),
        ),
        Thing::Window(_, code) => {
            let service = service(snapshot, code, locale);
            locale.pick(
                format!("扫一扫,看“{service}”在这里怎么办、几点开门。"),
                format!("Scan to see how “{service}” is done here, and the opening hours."),
            )
        }
        Thing::Chapter(..) => {
            locale.pick("扫一扫,看这一章的最新内容。".into(), "Scan to read this chapter as it is now.".into())
        }
        Thing::Policy(_) => locale.pick(
            "扫一扫,看这份政策还有没有效、怎么解读,哪里不明白就问哪里。".into(),
            "Scan to see whether this policy holds and what it means, and to ask at what is unclear.".into(),
        ),
    }
}
