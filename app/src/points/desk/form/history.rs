//! Every version of a point, below its form.

use domain::points::PointId;
use leptos::prelude::*;
use store::points::changes::Version;

use super::super::compared::Differences;
use crate::{points::stamp, portal::visit};

/// Every version that was published.
#[component]
pub(super) fn History(id: Option<PointId>, history: Vec<Version>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let pairs = history.iter().enumerate().map(|(i, version)| {
        let details = history.get(i + 1).map(|before| {
            view! { <Differences before=before.facts.clone() after=version.facts.clone() /> }
        });
        // The first is what is published now.
        let restore = id.filter(|_| i > 0).map(|id| {
            let number = version.number.to_string();
            view! {
                <form method="post" action=locale.href(&format!("/desk/points/{}/restore", id.0))>
                    <input type="hidden" name="number" value=number.clone() />
                    <button class="p-button p-button--quiet" type="submit">
                        {locale.pick("恢复成这样", "Make it like this again")}
                        <span class="p-hidden">{locale.pick(format!("(第 {number} 版)"), format!(" (version {number})"))}</span>
                    </button>
                </form>
            }
        });
        let author = version.author.clone().unwrap_or_else(|| locale.pick("导入", "import").to_owned());
        view! {
            <li>
                <strong>{locale.pick(format!("第 {} 版", version.number), format!("Version {}", version.number))}</strong>
                " · "{stamp(version.at)}" · "{author}
                {details}
                {restore}
            </li>
        }
    });
    let pairs = pairs.collect_view();
    (!history.is_empty()).then(|| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("历次版本", "Versions")}</h2>
                <ol class="p-list" reversed>{pairs}</ol>
            </section>
        }
    })
}
