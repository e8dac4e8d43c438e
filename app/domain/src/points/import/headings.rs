//! The row of headings: the one among the first that has most of them. What stands above it is a title.

use super::{Cells, Column};
use crate::{geo::Datum, width::narrow};

/// How far down the headings may stand.
const FIRST: usize = 12;

/// The headings of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// Which of the rows they are, from 0.
    pub row: usize,
    /// As they stand there.
    pub labels: Vec<String>,
    /// What each is taken for.
    pub columns: Vec<Column>,
    /// What they say of the datum: 经度(百度).
    pub datum: Option<Datum>,
}

/// Finds the headings; none where no row names at least a name and something else.
pub fn find(rows: &[Cells<'_>]) -> Option<Headings> {
    let read = |row: usize| {
        let labels = rows[row].cells;
        let columns: Vec<_> = labels.iter().map(|label| column(label)).collect();
        (columns.contains(&Column::Name) || columns.contains(&Column::ExternalId)).then_some((row, columns))
    };
    let known = |columns: &[Column]| columns.iter().filter(|column| **column != Column::Skip).count();
    let rows_read = (0..rows.len().min(FIRST)).filter_map(read);
    // Of equal ones the first: max_by_key would take the last.
    let (row, columns) = rows_read.rev().max_by_key(|(_, columns)| known(columns)).filter(|(_, it)| known(it) > 1)?;
    let labels = rows[row].cells.to_vec();
    let datum = labels.iter().find_map(|label| datum(label));
    Some(Headings { row, labels, columns: apart(columns), datum })
}

/// A heading merged over two columns (经纬度 over both) names both; they are longitude and latitude then.
fn apart(mut columns: Vec<Column>) -> Vec<Column> {
    for i in 1..columns.len() {
        if columns[i] == Column::LonLat && columns[i - 1] == Column::LonLat {
            (columns[i - 1], columns[i]) = (Column::Lon, Column::Lat);
        }
    }
    columns
}

fn folded(label: &str) -> String {
    let label: String =
        label.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':' | '_' | '-' | '.')).collect();
    let label = label.to_lowercase();
    // What stands in brackets explains.
    let end = label.find(['(', '[', '【', '（']).filter(|end| *end > 0).unwrap_or(label.len());
    label[..end].to_owned()
}

/// What a heading is taken for.
fn column(label: &str) -> Column {
    let label = folded(label);
    let said = |column: &(Column, &[&str])| column.1.contains(&label.as_str());
    SAID.iter().find(|it| said(it)).map_or(Column::Skip, |it| it.0)
}

fn datum(label: &str) -> Option<Datum> {
    let label: String = label.chars().map(narrow).collect::<String>().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if says(&["百度", "bd09", "bd-09", "bd_09"]) {
        Some(Datum::Bd09)
    } else if says(&["高德", "腾讯", "gcj", "火星"]) {
        Some(Datum::Gcj02)
    } else if says(&["wgs", "天地图", "cgcs", "2000", "gps"]) {
        Some(Datum::Wgs84)
    } else {
        None
    }
}

const SAID: &[(Column, &[&str])] = &[
    (
        Column::ExternalId,
        &["externalid", "编号", "外部编号", "点位编号", "点位编码", "编码", "唯一编号", "台账编号", "代码"],
    ),
    (
        Column::Name,
        &["name", "名称", "点位名称", "名字", "机构名称", "场所名称", "站点名称", "单位名称", "服务点名称", "点位"],
    ),
    (Column::NameEn, &["nameen", "englishname", "英文名称", "英文名", "名称英文"]),
    (Column::Kind, &["kind", "type", "category", "类别", "类型", "点位类别", "点位类型", "场所类型", "种类"]),
    (Column::Level, &["level", "层级", "级别", "行政层级"]),
    (
        Column::Division,
        &[
            "division",
            "area",
            "district",
            "地区",
            "区域",
            "所在地区",
            "行政区划",
            "区划代码",
            "行政区划代码",
            "区县",
            "区市县",
            "所属区县",
            "所在区县",
            "街道",
            "镇街",
            "镇街道",
            "乡镇街道",
            "乡镇",
            "所属街道",
            "所在街道",
            "社区",
            "村社区",
            "所属区域",
        ],
    ),
    (
        Column::Organisation,
        &[
            "organisation",
            "organization",
            "office",
            "keptby",
            "维护单位",
            "主管单位",
            "责任单位",
            "管理单位",
            "所属单位",
            "主管部门",
        ],
    ),
    (Column::Address, &["address", "地址", "详细地址", "点位地址", "办公地址", "所在地址", "位置描述"]),
    (Column::Lon, &["lon", "lng", "longitude", "经度", "东经", "x", "x坐标"]),
    (Column::Lat, &["lat", "latitude", "纬度", "北纬", "y", "y坐标"]),
    (Column::LonLat, &["lonlat", "coordinates", "坐标", "经纬度", "地理坐标", "位置坐标", "位置"]),
    (
        Column::Telephones,
        &[
            "telephones",
            "telephone",
            "phone",
            "tel",
            "电话",
            "联系电话",
            "咨询电话",
            "电话号码",
            "办公电话",
            "固定电话",
        ],
    ),
    (
        Column::Hours,
        &["hours", "openinghours", "开放时间", "工作时间", "办公时间", "服务时间", "营业时间", "对外服务时间"],
    ),
    (Column::Holidays, &["holidays", "节假日", "节假日安排"]),
    (Column::Exceptions, &["exceptions", "临时变动"]),
    (
        Column::Services,
        &[
            "services",
            "service",
            "事项",
            "服务事项",
            "办理事项",
            "能办的事",
            "可办事项",
            "业务范围",
            "办理业务",
            "服务内容",
        ],
    ),
    (Column::Facilities, &["facilities", "设施", "服务设施", "便民设施"]),
    (Column::Photos, &["photos", "照片"]),
    (Column::VerifiedOn, &["verifiedon", "核实日期", "最近核实", "核实时间", "更新日期"]),
    (Column::EndedOn, &["endedon", "停用日期", "停用"]),
    (Column::EndedBecause, &["endedbecause", "停用原因"]),
    (Column::EndedSuccessor, &["endedsuccessor", "接替点位", "由哪里接替"]),
    (Column::Source, &["source", "来源", "信息来源", "数据来源"]),
    (Column::Demonstration, &["demonstration", "示例数据", "示例"]),
];
