//! The clauses an answer rests on: picked in the form, the one that was asked about first. The others are folded, chapter by chapter, so
//! that a law of 155 articles stays a short form.

use domain::policies::clauses::{Anchor, Clause, Text};
use leptos::prelude::*;
use store::questions::Question;

use crate::{forms::Form, portal::visit};

/// So much of a clause stands beside its box.
const BRIEF: usize = 40;

/// The clauses that were picked and that there are, in the order of the text.
pub(super) fn picked(form: &Form, text: &Text) -> Vec<Anchor> {
    let chosen = |it: &&Clause| form.all("cite").any(|cite| cite == it.anchor.as_str());
    text.clauses.iter().filter(chosen).map(|it| it.anchor.clone()).collect()
}

/// The boxes. `typed` is the form when it comes again.
#[component]
pub(super) fn PickClauses(question: Question, text: Text, typed: Option<Form>) -> impl IntoView {
    let locale = visit().locale;
    let is_picked = |clause: &Clause| match &typed {
        Some(form) => form.all("cite").any(|it| it == clause.anchor.as_str()),
        None => question.anchor.as_ref() == Some(&clause.anchor),
    };
    // One that was asked about stands above with its box, ticked or not.
    let above = |clause: &Clause| is_picked(clause) || question.anchor.as_ref() == Some(&clause.anchor);
    let pick = |clause: &Clause| {
        let checked = is_picked(clause);
        let brief: String = clause.text.chars().take(BRIEF).collect();
        let more = if clause.text.chars().count() > BRIEF { "…" } else { "" };
        view! {
            <label class="p-check p-check--block">
                <input type="checkbox" name="cite" value=clause.anchor.to_string() checked=checked />
                <span lang="zh-CN">{brief}{more}</span>
            </label>
        }
    };
    let body = || text.clauses.iter().filter(|it| !it.kind.is_heading());
    let first = body().filter(|it| above(it)).map(pick).collect_view();
    let groups = chapters(&text).into_iter().map(|(name, clauses)| {
        let clauses: Vec<_> = clauses.into_iter().filter(|it| !above(it)).map(pick).collect();
        (name, clauses)
    });
    let groups: Vec<_> = groups.filter(|(_, clauses)| !clauses.is_empty()).collect();
    let count: usize = groups.iter().map(|(_, clauses)| clauses.len()).sum();
    let groups = groups.into_iter().map(|(name, clauses)| match name {
        Some(name) => view! {
            <details class="p-cites">
                <summary lang="zh-CN">{name}</summary>
                {clauses}
            </details>
        }
        .into_any(),
        None => clauses.into_any(),
    });
    let groups = groups.collect_view();
    let others = (count > 0).then(|| {
        view! {
            <details class="p-cites">
                <summary>{locale.pick(format!("再选别的条款({count} 条)"), format!("Pick others ({count})"))}</summary>
                {groups}
            </details>
        }
    });
    view! {
        <fieldset class="p-fieldset" id="cite">
            <legend>{locale.pick("依据的条款", "The clauses it rests on")}</legend>
            {first}
            {others}
        </fieldset>
    }
}

/// The clauses by the heading they stand under; those ahead of the first have none.
fn chapters(text: &Text) -> Vec<(Option<String>, Vec<&Clause>)> {
    let mut groups: Vec<(Option<String>, Vec<&Clause>)> = vec![(None, vec![])];
    for clause in &text.clauses {
        if clause.kind.is_heading() {
            groups.push((Some(clause.text.clone()), vec![]));
        } else if let Some((_, group)) = groups.last_mut() {
            group.push(clause);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use domain::policies::clauses::read;

    use super::*;

    #[test]
    fn clauses_stand_under_their_headings() {
        let text =
            read("# 示例\n\n前言。\n\n## 第一章 甲\n\n第一条 乙。\n\n第二条 丙。\n\n## 第二章 丁\n\n第三条 戊。");
        let groups = chapters(&text);
        let counts: Vec<_> = groups.iter().map(|(name, it)| (name.as_deref(), it.len())).collect();
        assert_eq!(counts, [(None, 1), (Some("第一章 甲"), 2), (Some("第二章 丁"), 1)]);
        let form =
            Form::of(vec![("cite".into(), "a3".into()), ("cite".into(), "a1".into()), ("cite".into(), "a9".into())]);
        assert_eq!(picked(&form, &text).iter().map(Anchor::as_str).collect::<Vec<_>>(), ["a1", "a3"]);
    }
}
