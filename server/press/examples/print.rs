//! Prints a made-up manual or posters, and says how long it took and how much memory: `print book a4 4000 out.pdf`,
//! `print posters a4 500 out.pdf`. `scripts/bench/press.sh` calls it.

use std::{error::Error, fs, ops::ControlFlow, time::Instant};

use domain::manual::document::{Block, Book, Chapter, Inline, Section, Step, text};
use press::{FOLDERS, Fonts, Layout, Poster, Sheet};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [what, form, count, out] = arguments.as_slice() else {
        return Err("print book|posters FORM COUNT FILE".into());
    };
    let count: usize = count.parse()?;
    let began = Instant::now();
    let fonts = Fonts::find(&FOLDERS.map(Into::into))?;
    let found = began.elapsed();
    let mut told = |done: usize, of: usize| {
        eprintln!("  {:>6} ms {done} of {of}, {}", began.elapsed().as_millis(), memory("VmRSS:"));
        ControlFlow::Continue(())
    };
    let printed = match what.as_str() {
        "book" => press::book(&fonts, &book(count), Layout::from_code(form).ok_or("no layout")?, &mut told)?,
        _ => press::posters(&fonts, &posters(count), Sheet::from_code(form).ok_or("no sheet")?, &mut told)?,
    };
    fs::write(out, &printed.file)?;
    println!(
        "{what} {form} {count}: {:.2} s (fonts {:.2} s), {} pages, {} kB, at most {}",
        began.elapsed().as_secs_f64(),
        found.as_secs_f64(),
        printed.pages,
        printed.file.len() / 1000,
        memory("VmHWM:")
    );
    Ok(())
}

/// What the system says of this process's memory.
fn memory(what: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix(what)).unwrap_or_default().trim().to_owned()
}

fn posters(count: usize) -> Vec<Poster> {
    let poster = |i: usize| Poster {
        name: format!("示例第{i}街道便民服务中心"),
        name_en: format!("Sample service centre of subdistrict {i}"),
        gives: "今天开不开门、能办什么、要带什么材料、怎么去、打什么电话。".into(),
        gives_en: "Whether it is open today, what is done here, what to bring, how to get here, whom to call.".into(),
        token: format!("AB{:02}-EF{:02}", i % 100, i / 100),
        url: format!("https://www.example.gov.cn/c/AB{:02}EF{:02}?s=1", i % 100, i / 100),
        typed_at: "www.example.gov.cn/codes".into(),
        issuer: "示例市人民政府办公室 · 示例".into(),
    };
    (0..count).map(poster).collect()
}

fn book(count: usize) -> Book {
    let towns =
        "华兴 桂溪 浆洗街 玉林 火车南站 簇桥 红牌楼 机投桥 金花桥 望江路 石羊 中和".split(' ').collect::<Vec<_>>();
    let entry = |i: usize| Block::Entry {
        title: format!("示例{}{}便民服务中心", towns[i % towns.len()], i),
        href: format!("/points/{i}"),
        facts: vec![
            ("地址".into(), text(format!("示例区示例路{}号附{}号二楼", i % 300, i % 7))),
            ("电话".into(), text(format!("028-8{:07}", i * 37 % 10_000_000))),
            ("时间".into(), text("周一至周五 9:00–12:00、13:30–17:00,法定节假日除外")),
            ("可办".into(), text("社保卡申领、城乡居民养老保险参保登记、生育登记、老年人优待证、临时救助申请")),
        ],
    };
    let section = |title: String, blocks: Vec<Block>| Section {
        key: title.clone(),
        title,
        keeper: "示例局".into(),
        verified_on: time::Date::from_calendar_date(2026, time::Month::November, 22).ok(),
        blocks,
    };
    let entries: Vec<_> = (0..count).map(entry).collect();
    let directory = entries
        .chunks(40)
        .enumerate()
        .map(|(i, some)| section(format!("第{}组 {}", i + 1, towns[i % towns.len()]), some.to_vec()));
    let step = |title: &str, note: &str| Step { title: title.into(), note: note.into() };
    let words = "申请人可以当面、邮寄或者通过网上提交申请。收到申请后,能够当场答复的当场答复;不能当场答复的,自收到申请之日起二十个工作日内答复。";
    let guide = vec![
        Block::Paragraph(vec![
            Inline::Text(words.repeat(3)),
            Inline::Strong(text("不收费")),
            Inline::Link { href: "/points/1".into(), text: text("看看最近的窗口") },
        ]),
        Block::Heading(1, text("怎么走")),
        Block::Steps(vec![
            step("提出申请", "当面、邮寄或者网上"),
            step("受理", "当日登记,缺材料的七个工作日内一次告知"),
            step("办理", "二十个工作日"),
            step("答复", ""),
        ]),
        Block::Heading(1, text("要带什么")),
        Block::List(vec![
            vec![Block::Paragraph(text("身份证件"))],
            vec![Block::Paragraph(text("申请表")), Block::Numbered(1, vec![vec![Block::Paragraph(text("一式两份"))]])],
        ]),
        Block::Table {
            head: vec![text("事项"), text("时限"), text("费用")],
            rows: (0..60).map(|i| vec![text(format!("事项{i}")), text("二十个工作日"), text("不收费")]).collect(),
        },
        Block::Quote(vec![Block::Paragraph(text("公开为常态,不公开为例外。"))]),
    ];
    let chapter = |slug: &str, title: &str, sections| Chapter {
        slug: slug.into(),
        title: title.into(),
        code: Some((format!("https://www.example.gov.cn/c/ABCDEFGH?s=1&{slug}"), "ABCD-EFGH".into())),
        sections,
    };
    Book {
        title: "示例市政务公开一手册".into(),
        division: "示例市".into(),
        edition: "2026-11-22 第3版".into(),
        issuer: "示例市人民政府办公室".into(),
        language: "zh-CN".into(),
        address: "https://www.example.gov.cn/manual/510100".into(),
        chapters: vec![
            chapter("use", "怎么用本手册", vec![section(String::new(), vec![Block::Paragraph(text(words.repeat(6)))])]),
            chapter(
                "foi",
                "依申请公开",
                vec![section("办理流程".into(), guide.clone()), section("常见问题".into(), guide)],
            ),
            chapter("map", "一张图", directory.collect()),
        ],
    }
}
