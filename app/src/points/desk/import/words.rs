//! The words for what a table says, and why a line cannot be taken.

use domain::{
    geo::Datum,
    locale::Locale,
    points::import::{Column, Notice, Problem},
};

use super::super::words::bad_facts;

/// What a column is.
pub(in super::super) fn column(column: Column, locale: Locale) -> &'static str {
    let (zh, en) = match column {
        Column::ExternalId => ("外部编号", "External number"),
        Column::Name => ("名称", "Name"),
        Column::NameEn => ("英文名称", "English name"),
        Column::Kind => ("类别", "Kind"),
        Column::Level => ("层级", "Level"),
        Column::Division => ("地区", "Area"),
        Column::Organisation => ("维护单位", "Kept by"),
        Column::Address => ("地址", "Address"),
        Column::Lon => ("经度", "Longitude"),
        Column::Lat => ("纬度", "Latitude"),
        Column::LonLat => ("经度和纬度", "Longitude and latitude"),
        Column::Telephones => ("电话", "Telephones"),
        Column::Hours => ("开放时间", "Opening hours"),
        Column::Holidays => ("节假日", "Holidays"),
        Column::Exceptions => ("临时变动", "Changes of hours"),
        Column::Services => ("能办的事", "Services"),
        Column::Facilities => ("设施", "Facilities"),
        Column::Photos => ("照片", "Photos"),
        Column::VerifiedOn => ("最近核实", "Last verified"),
        Column::EndedOn => ("停用日期", "End"),
        Column::EndedBecause => ("停用原因", "Why it ended"),
        Column::EndedSuccessor => ("接替点位", "What takes its place"),
        Column::Source => ("信息来源", "Source"),
        Column::Demonstration => ("示例数据", "Sample data"),
        Column::Skip => ("(不导入)", "(not read)"),
    };
    locale.pick(zh, en)
}

/// What coordinates are measured from.
pub(in super::super) fn datum(datum: Datum, locale: Locale) -> &'static str {
    match datum {
        Datum::Wgs84 => locale.pick("WGS-84 / 天地图 / 手机定位", "WGS-84"),
        Datum::Gcj02 => locale.pick("高德、腾讯地图上抄的", "Copied from Amap or Tencent (GCJ-02)"),
        Datum::Bd09 => locale.pick("百度地图上抄的", "Copied from Baidu (BD-09)"),
    }
}

/// Why a line cannot be taken, one reason after another.
pub(super) fn problems(list: &[Problem], locale: Locale) -> String {
    list.iter().map(|it| problem(it, locale)).collect::<Vec<_>>().join(locale.pick(";", "; "))
}

fn problem(problem: &Problem, locale: Locale) -> String {
    let name = |it: &Column| column(*it, locale);
    let (zh, en) = match problem {
        Problem::Formula(it) => {
            (format!("{}是公式,请换成数值", name(it)), format!("{}: a formula; put the value there", name(it)))
        }
        Problem::Missing(it) => (format!("缺{}", name(it)), format!("{} is missing", name(it))),
        Problem::Unknown(it, text) => {
            (format!("{}里的“{text}”不认识", name(it)), format!("{}: nothing is called “{text}”", name(it)))
        }
        Problem::Ambiguous(it, text) => (
            format!("{}“{text}”有几个,请写全(如 武侯区桂溪街道)", name(it)),
            format!("{}: several are called “{text}”; give the full name", name(it)),
        ),
        Problem::Unreadable(it, text) => {
            (format!("{}“{text}”看不懂", name(it)), format!("{}: “{text}” cannot be read", name(it)))
        }
        Problem::Swapped => ("经度和纬度像是写反了".into(), "longitude and latitude seem to be swapped".into()),
        Problem::Facts(why) => {
            let (zh, en) = bad_facts(why);
            (zh.trim_end_matches('。').into(), en.trim_end_matches('.').into())
        }
        Problem::Twice(row) => (format!("和第 {row} 行是同一个点位"), format!("the same place as in row {row}")),
        Problem::Forbidden => ("不归您维护".into(), "not yours to edit".into()),
        Problem::UnderWay(who) => (format!("{who}正在改这个点位"), format!("{who} is changing this place")),
    };
    locale.pick(zh, en)
}

/// What is worth a look.
pub(super) fn notice(notice: &Notice, name: impl Fn(domain::points::PointId) -> String, locale: Locale) -> String {
    let (zh, en) = match notice {
        Notice::Outside => ("位置不在所填的地区里".to_owned(), "not inside its area".to_owned()),
        Notice::Near(id, metres) => (
            format!("{metres} 米外已有同类点位:{}", name(*id)),
            format!("{metres} m away there is one of its kind: {}", name(*id)),
        ),
        Notice::ByName(id) => (
            format!("没有编号,按名称当作已有的点位 {}", id.0),
            format!("no number; taken for place {} by its name", id.0),
        ),
        Notice::DaysAssumed => {
            ("开放时间没写哪几天,按周一至周五".into(), "hours without days: Monday to Friday is meant".into())
        }
        Notice::Telephone => ("电话补了区号前的 0".into(), "a zero was put before an area code".into()),
    };
    locale.pick(zh, en)
}

/// There are no headings.
pub(super) fn no_headings(locale: Locale) -> String {
    locale
        .pick(
            "前十二行里没有认得的表头。至少要有“名称”一列,再加上地址、地区、类别等。",
            "The first twelve rows have no headings that are known. There has to be a column “name”, and others.",
        )
        .to_owned()
}

/// Why a file is no table.
pub(super) fn unreadable(why: &sheets::Unreadable, locale: Locale) -> String {
    use sheets::{LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Unreadable};
    let (zh, en) = match why {
        Unreadable::Empty => ("表里没有内容。".to_owned(), "The table is empty.".to_owned()),
        Unreadable::TooLarge => {
            let most = MOST_BYTES / 1024 / 1024;
            (format!("文件超过 {most} MB,请分成几个。"), format!("More than {most} MB: split the file."))
        }
        Unreadable::TooManyRows => {
            (format!("超过 {MOST_ROWS} 行,请分成几个文件。"), format!("More than {MOST_ROWS} rows: split the file."))
        }
        Unreadable::TooManyColumns => {
            (format!("超过 {MOST_COLUMNS} 列,请删掉用不着的。"), format!("More than {MOST_COLUMNS} columns."))
        }
        Unreadable::LongCell(row) => (
            format!("第 {row} 行有一格超过 {LONGEST_CELL} 个字。"),
            format!("Row {row} has a cell of more than {LONGEST_CELL} characters."),
        ),
        Unreadable::Bomb => (
            "这个工作簿解开后太大,没有读。请另存一份再传。".into(),
            "This workbook unpacks to too much and was not read. Save a fresh copy.".into(),
        ),
        Unreadable::OldWorkbook => (
            "这是旧格式(.xls)或加了密码的工作簿,请另存为 .xlsx、去掉密码再传。".into(),
            "This is an old workbook (.xls) or has a password. Save it as .xlsx without one.".into(),
        ),
        Unreadable::Unknown => (
            "这不是表格。请传 CSV、XLSX 或 GeoJSON。".into(),
            "This is no table. CSV, XLSX and GeoJSON are read.".into(),
        ),
        Unreadable::Broken(_) => (
            "文件坏了,读不下去。请重新另存一份再传。".into(),
            "The file is damaged. Save it again and upload the copy.".into(),
        ),
    };
    locale.pick(zh, en)
}
