//! Files as they come from people's disks.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use sheets::{Kind, Unreadable, read};
use zip::write::SimpleFileOptions;

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    read(bytes).expect("it works").rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn a_workbook_is_read_with_merged_cells_numbers_days_and_formulas() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("空").expect("it works");
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 3, "台账", &plain).expect("it works");
    sheet.merge_range(1, 0, 2, 0, "武侯区", &plain).expect("it works");
    sheet.write_number(1, 1, 104.0657).expect("it works");
    sheet.write_number(1, 2, 2_886_512_345_f64).expect("it works");
    sheet.write_formula(1, 3, Formula::new("B2*2")).expect("it works");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 12, 1).expect("it works");
    sheet.write_datetime_with_format(2, 1, &day, &Format::new().set_num_format("yyyy-mm-dd")).expect("it works");
    let bytes = book.save_to_buffer().expect("it works");
    assert_eq!(read(&bytes).expect("it works").kind, Kind::Xlsx);
    let rows = cells(&bytes);
    assert_eq!(rows[0], ["台账"; 4]);
    assert_eq!(rows[1], ["武侯区", "104.0657", "2886512345", "\u{1}=B2*2"]);
    assert_eq!(rows[2], ["武侯区", "2026-12-01"]);
}

#[test]
fn a_cell_far_away_is_a_sentence_and_no_memory() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(1_000_000, 3, "远").expect("it works");
    assert_eq!(read(&book.save_to_buffer().expect("it works")), Err(Unreadable::TooManyRows));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 16_000, "远").expect("it works");
    assert_eq!(read(&book.save_to_buffer().expect("it works")), Err(Unreadable::TooManyColumns));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("it works");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..201 {
        archive.write_all(&zeros).expect("it works");
    }
    let bytes = archive.finish().expect("it works").into_inner();
    assert!(bytes.len() < 1 << 20, "it is small");
    assert_eq!(read(&bytes), Err(Unreadable::Bomb));
}

#[test]
fn what_is_damaged_old_or_no_table_is_named() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "甲").expect("it works");
    let whole = book.save_to_buffer().expect("it works");
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(Unreadable::Broken(_))));
    assert!(matches!(read(b"PK\x03\x04nothing"), Err(Unreadable::Broken(_))));
    assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 1, 2]), Err(Unreadable::OldWorkbook));
    assert_eq!(read(b" \n "), Err(Unreadable::Empty));
    assert_eq!(read(b"a\0b"), Err(Unreadable::Unknown));
    assert_eq!(read(br#"{"type": "Feature"}"#), Err(Unreadable::Unknown));
    assert_eq!(read(&vec![b'a'; sheets::MOST_BYTES + 1]), Err(Unreadable::TooLarge));
    assert_eq!(read(format!("a\n{}", "字".repeat(4001)).as_bytes()), Err(Unreadable::LongCell(2)));
    assert_eq!(read(&b"a,b\n".repeat(50_002)), Err(Unreadable::TooManyRows));
    assert_eq!(read(",x".repeat(300).as_bytes()), Err(Unreadable::TooManyColumns));
}

#[test]
fn text_is_read_in_any_encoding_and_with_any_separator() {
    let text = "名称,地址\n大厅,\"一号,二号\"\n";
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for (bytes, kind) in [
        (text.as_bytes(), Kind::Csv),
        (with_mark.as_slice(), Kind::Csv),
        (utf16.as_slice(), Kind::Csv),
        (&gb, Kind::CsvGb18030),
        ("名称\t地址\n大厅\t\"一号,二号\"\n".as_bytes(), Kind::Csv),
        ("名称;地址\n大厅;\"一号,二号\"\n".as_bytes(), Kind::Csv),
    ] {
        assert_eq!(read(bytes).expect("it works").kind, kind);
        assert_eq!(cells(bytes), [["名称", "地址"], ["大厅", "一号,二号"]]);
    }
}

#[test]
fn rows_are_counted_as_people_see_them() {
    for end in ["\n", "\r\n"] {
        let rows = read(["a,b", "1,2", "", "3,4"].join(end).as_bytes()).expect("it works").rows;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 4], "{end:?}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let rows = vec![
        vec!["name".to_owned(), "lon".to_owned(), "lat".to_owned(), "note".to_owned()],
        vec!["大厅".to_owned(), "104.5".to_owned(), "30.5".to_owned(), "+86 号\n第二行".to_owned()],
        vec!["=1+1".to_owned(), String::new(), String::new(), "-".to_owned()],
    ];
    let csv = sheets::csv(rows.clone());
    assert!(csv.starts_with(b"\xef\xbb\xbf") && String::from_utf8_lossy(&csv).contains("'=1+1"));
    assert_eq!(cells(&csv), rows, "a text that looks like a formula is that text again");
    assert_eq!(cells(b"a,b\n=1+1,2\n")[1][0], "\u{1}=1+1");
    assert_eq!(cells(&sheets::xlsx("points", rows.clone()).expect("it works")), rows);
    let geo = sheets::geojson(rows);
    assert_eq!(cells(&geo)[0][..2], ["lon", "lat"]);
    assert!(cells(&geo)[1].contains(&"大厅".to_owned()) && cells(&geo)[1][0] == "104.5");
}
