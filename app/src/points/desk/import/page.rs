//! The pages of an import: uploading, and the dry run.

use domain::{
    geo::Datum,
    points::{
        change::BatchId,
        import::{Column, Line, Outcome},
    },
};
use leptos::prelude::*;
use store::points::imports::ImportId;
use time::OffsetDateTime;

use super::{
    super::{
        codes::{self, DivisionField, OfficeField},
        words as fields,
    },
    DryRun, words,
};
use crate::{
    points::stamp,
    portal::visit,
    ui::{DeskWay, ErrorSummary, FileField, PageHead, SelectField},
};

/// How many lines of a kind the page shows; the sheet of bad rows has them all.
const SHOWN: usize = 20;

#[component]
pub(super) fn Uploading(own: Vec<(ImportId, String, OffsetDateTime, Option<BatchId>)>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("导入点位", "Import places");
    let rows = own.into_iter().map(|(id, name, at, batch)| {
        let (href, state) = match batch {
            Some(batch) => (format!("/desk/batches/{}", batch.0), locale.pick("已提交", "Handed in")),
            None => (format!("/desk/points/import/{}", id.0), locale.pick("试运行", "Dry run")),
        };
        view! {
            <li>
                <a class="p-row" href=locale.href(&href)>
                    <span>{name}<small>{stamp(at)}</small></span>
                    <span class="p-row__count">{state}</span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{locale.pick(
            "传一张表:Excel(.xlsx)、CSV 或 GeoJSON,最多 20 MB、5 万行。平时的台账就行:中文表头、合并单元格、“同上”、全角数字都认得。",
            "Upload a table: Excel (.xlsx), CSV or GeoJSON, at most 20 MB and 50,000 rows, with Chinese or English headings.",
        )}</p>
        <p>{locale.pick(
            "先试运行,看清楚会新增、修改哪些,哪些行有问题;确认后交另一位同事复核,才会发布。",
            "First a dry run shows what would be added and changed, and which lines have problems; then a colleague reviews it.",
        )}</p>
        <ErrorSummary />
        <form class="p-form" method="post" enctype="multipart/form-data" action=locale.href("/desk/points/import")>
            <FileField name="file" label=locale.pick("表格文件", "Table") accept=".csv,.xlsx,.geojson,.json,.txt" />
            <button class="p-button p-button--main" type="submit">{locale.pick("试运行", "Dry run")}</button>
        </form>
        <section class="p-section">
            <h2>{locale.pick("没有现成的表?", "No table yet?")}</h2>
            <p>{locale.pick("把现在的点位导出来,在 Excel 里改好再传回来。", "Export what there is, change it in a spreadsheet and upload it again.")}</p>
            <p class="p-acts">
                <a class="p-button" href="/desk/points/export.xlsx" download>"Excel"</a>
                <a class="p-button" href="/desk/points/export.csv" download>"CSV"</a>
                <a class="p-button" href="/desk/points/export.geojson" download>"GeoJSON"</a>
            </p>
        </section>
        <section class="p-section">
            <h2>{locale.pick("我传过的表", "My tables")}</h2>
            {if rows.is_empty() {
                view! { <p class="p-empty">{locale.pick("还没有。", "None yet.")}</p> }.into_any()
            } else {
                view! { <ul class="p-rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
pub(super) fn Dry(run: DryRun) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("试运行", "Dry run");
    let counts = run.counts;
    let kind = match run.kind {
        sheets::Kind::Csv => "CSV",
        sheets::Kind::CsvGb18030 => "CSV (GB18030)",
        sheets::Kind::Xlsx => "XLSX",
        sheets::Kind::GeoJson => "GeoJSON",
    };
    let figures = [
        (locale.pick("新增", "New"), counts.new),
        (locale.pick("修改", "Changed"), counts.changed),
        (locale.pick("没有变化", "As they are"), counts.same),
        (locale.pick("有问题", "Cannot be taken"), counts.bad),
        (locale.pick("请留意", "Worth a look"), counts.noticed),
    ];
    let figures = figures.map(|(word, count)| view! { <div class="p-figure"><dt>{word}</dt><dd>{count}</dd></div> });
    let action = locale.href(&format!("/desk/points/import/{}", run.import.id.0));
    let good = counts.new + counts.changed;
    let batch = run.import.batch;
    let submit = if let Some(batch) = batch {
        let href = locale.href(&format!("/desk/batches/{}", batch.0));
        view! { <p class="p-notice">{locale.pick("这张表已经提交。", "This table is handed in.")}" "<a href=href>{locale.pick("看复核情况", "See the review")}</a></p> }.into_any()
    } else if good == 0 {
        view! { <p class="p-notice">{locale.pick("没有可以提交的行。", "There is nothing to hand in.")}</p> }.into_any()
    } else {
        let all = (counts.bad == 0).then(|| {
            view! {
                <button class="p-button p-button--main" type="submit" name="act" value="all">
                    {locale.pick(format!("全部 {good} 行提交复核"), format!("Hand in all {good} lines"))}
                </button>
            }
        });
        let only = (counts.bad > 0).then(|| {
            view! {
                <button class="p-button p-button--main" type="submit" name="act" value="good">
                    {locale.pick(format!("只提交好的 {good} 行"), format!("Hand in the {good} good lines only"))}
                </button>
            }
        });
        view! { <form method="post" action=action.clone() class="p-acts">{all}{only}</form> }.into_any()
    };
    let sheet = |end: &str| locale.href(&format!("/desk/points/import/{}/bad.{end}", run.import.id.0));
    let bad_total = run.bad.len();
    let bad = run.lines.iter().filter_map(|line| match &line.outcome {
        Outcome::Bad(why) => Some(row(line, words::problems(why, locale))),
        _ => None,
    });
    let bad = bad.take(SHOWN).collect_view();
    let content = &visit.snapshot.content;
    let name = |id| content.point(id).map(|point| point.facts.name.clone()).unwrap_or_default();
    let noticed = run.lines.iter().filter(|line| !line.notices.is_empty()).take(SHOWN).map(|line| {
        let said = line.notices.iter().map(|it| words::notice(it, name, locale)).collect::<Vec<_>>();
        row(line, said.join(locale.pick(";", "; ")))
    });
    let noticed = noticed.collect_view();
    let changes = run.lines.iter().filter_map(|line| match &line.outcome {
        Outcome::New(_) => Some(row(line, locale.pick("新设", "New").to_owned())),
        Outcome::Changed(_, list, _) => Some(row(line, fields::fields(list, locale))),
        _ => None,
    });
    let changes = changes.take(SHOWN).collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{run.import.name.clone()}" · "{kind}" · "{stamp(run.import.begun_at)}</p>
        <ErrorSummary />
        <dl class="p-figures">{figures.into_iter().collect_view()}</dl>
        {submit}
        {(bad_total > 0).then(|| view! {
            <section class="p-section">
                <h2>{locale.pick("有问题的行", "Lines that cannot be taken")}</h2>
                <p>{locale.pick("下载下来改好,再传一次;改过的行和已有的点位对得上,不会重复。", "Download them, correct them, upload them again; nothing is added twice.")}</p>
                <p class="p-acts">
                    <a class="p-button" href=sheet("xlsx") download>{locale.pick("下载问题行(Excel)", "Download them (Excel)")}</a>
                    <a class="p-button" href=sheet("csv") download>{locale.pick("下载问题行(CSV)", "Download them (CSV)")}</a>
                </p>
                {table(locale.pick("有问题的行", "Lines that cannot be taken"), locale.pick("问题", "Problem"), bad, bad_total)}
            </section>
        })}
        {(counts.noticed > 0).then(|| view! {
            <section class="p-section">
                <h2>{locale.pick("请留意", "Worth a look")}</h2>
                {table(locale.pick("请留意", "Worth a look"), locale.pick("说明", "Why"), noticed, counts.noticed)}
            </section>
        })}
        {(good > 0).then(|| view! {
            <section class="p-section">
                <h2>{locale.pick("会这样改", "What would change")}</h2>
                {table(locale.pick("会这样改", "What would change"), locale.pick("改动", "Change"), changes, good)}
            </section>
        })}
        {batch.is_none().then(|| view! { <Choices run action /> })}
    }
}

fn row(line: &Line, words: String) -> impl IntoView + use<> {
    view! {
        <tr>
            <td>{line.number}</td>
            <th scope="row" class="p-table__long">{line.name.clone()}</th>
            <td class="p-table__long">{words}</td>
        </tr>
    }
}

fn table(label: &'static str, what: &'static str, rows: impl IntoView + 'static, total: usize) -> impl IntoView {
    let locale = visit().locale;
    let more = (total > SHOWN).then(|| {
        view! { <p class="p-field__hint">{locale.pick(format!("只列出前 {SHOWN} 行,共 {total} 行。"), format!("The first {SHOWN} of {total}."))}</p> }
    });
    view! {
        <div class="p-table-frame" tabindex="0" role="region" aria-label=label>
            <table class="p-table">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("行", "Row")}</th>
                        <th scope="col">{locale.pick("名称", "Name")}</th>
                        <th scope="col">{what}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
}

/// What the clerk may choose: what columns are, the datum, and what lines mean that say nothing.
#[component]
fn Choices(run: DryRun, action: String) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let options: Vec<_> =
        Column::ALL.iter().map(|it| (it.code().to_owned(), words::column(*it, locale).to_owned())).collect();
    let columns = run.headings.labels.iter().enumerate().map(|(i, label)| {
        let chosen = run.settings.columns.get(i).copied().unwrap_or(Column::Skip);
        let options = options.iter().map(|(code, words)| {
            view! { <option value=code.clone() selected=chosen.code() == code>{words.clone()}</option> }
        });
        view! {
            <tr>
                <th scope="row" class="p-table__long" id=format!("heading-{i}")>{label.clone()}</th>
                <td class="p-table__long">{run.samples.get(i).cloned().unwrap_or_default()}</td>
                <td><select class="p-input" name="column" aria-labelledby=format!("heading-{i}")>{options.collect_view()}</select></td>
            </tr>
        }
    });
    let columns = columns.collect_view();
    let evidence = run.evidence.datums.iter().map(|it| {
        let inside = if it.of == 0 { "—".to_owned() } else { format!("{} / {}", it.inside, it.of) };
        let off = it.off.map_or_else(|| "—".to_owned(), |metres| locale.pick(format!("{metres:.0} 米"), format!("{metres:.0} m")));
        let id = format!("datum-{}", it.datum.code());
        view! {
            <tr>
                <th scope="row">
                    <label class="p-check" for=id.clone()>
                        <input type="radio" id=id.clone() name="datum" value=it.datum.code() checked=run.settings.datum == it.datum />
                        <span>{words::datum(it.datum, locale)}</span>
                    </label>
                </th>
                <td>{inside}</td>
                <td>{off}</td>
            </tr>
        }
    });
    let evidence = evidence.collect_view();
    let named = run.evidence.named.map(|it: Datum| {
        view! { <p class="p-field__hint">{locale.pick(format!("表头说是:{}", words::datum(it, locale)), format!("The headings say: {}", words::datum(it, locale)))}</p> }
    });
    let (straight, swapped) = (run.evidence.straight, run.evidence.swapped);
    let kinds = codes::kinds(locale.pick("(不定)", "(none)"), &visit);
    view! {
        <section class="p-section">
            <h2>{locale.pick("怎么读这张表", "How the table is read")}</h2>
            <form class="p-form p-form--wide" method="post" action=action>
                <fieldset class="p-fieldset p-fieldset--wide">
                    <legend>{locale.pick("坐标是从哪里来的", "What the coordinates are measured from")}</legend>
                    {named}
                    <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("坐标的依据", "Evidence of the datum")>
                        <table class="p-table">
                            <thead>
                                <tr>
                                    <th scope="col">{locale.pick("当作", "Read as")}</th>
                                    <th scope="col">{locale.pick("落在所填地区里的", "Inside their area")}</th>
                                    <th scope="col">{locale.pick("和已有点位相差(中位数)", "Off what is known (median)")}</th>
                                </tr>
                            </thead>
                            <tbody>{evidence}</tbody>
                        </table>
                    </div>
                    <label class="p-check">
                        <input type="checkbox" name="swapped" value="on" checked=run.settings.swapped />
                        <span>{locale.pick(
                            format!("经度和纬度两列对调(照原样说得通 {straight} 行,对调才说得通 {swapped} 行)"),
                            format!("Swap longitude and latitude ({straight} lines make sense as they stand, {swapped} only swapped)"),
                        )}</span>
                    </label>
                </fieldset>
                <fieldset class="p-fieldset p-fieldset--wide">
                    <legend>{locale.pick("表里没写的,当作", "Where a line says nothing")}</legend>
                    <SelectField name="kind" label=locale.pick("类别", "Kind") options=kinds value=codes::text(run.settings.kind) />
                    <DivisionField label=locale.pick("地区(代码)", "Area (code)") value=run.settings.division />
                    <OfficeField label=locale.pick("维护单位(代码)", "Kept by (code)") value=run.settings.organisation />
                </fieldset>
                <fieldset class="p-fieldset p-fieldset--wide">
                    <legend>{locale.pick("每一列是什么", "What each column is")}</legend>
                    <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("每一列是什么", "What each column is")>
                        <table class="p-table">
                            <thead>
                                <tr>
                                    <th scope="col">{locale.pick("表头", "Heading")}</th>
                                    <th scope="col">{locale.pick("头几行", "First lines")}</th>
                                    <th scope="col">{locale.pick("导入为", "Read as")}</th>
                                </tr>
                            </thead>
                            <tbody>{columns}</tbody>
                        </table>
                    </div>
                </fieldset>
                <div class="p-acts">
                    <button class="p-button" type="submit" name="act" value="check">{locale.pick("按这样再检查一遍", "Check again like this")}</button>
                </div>
            </form>
        </section>
    }
}
