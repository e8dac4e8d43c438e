//! Interpretations as staff write them: one text with headings, as it comes out of a word processor. `# 文字解读:题目` begins one, `## 背景依据`
//! one of its parts, and under a heading `针对:第三条、第五条` names the clauses it is about, `媒体:` and `字幕:` the files that are shown.

use super::{
    Aspect, Interpretation, InterpretationForm, Part,
    clauses::{Anchor, Clause},
};
use crate::width::{listed, narrow};

/// What cannot be read, by its line from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Which line.
    pub line: usize,
    /// Why.
    pub why: BadWords,
}

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadWords {
    /// A heading `#` that names no form.
    Form(String),
    /// A heading `##` that names no part.
    Aspect(String),
    /// Words stand where no interpretation has begun.
    NoForm,
    /// Words stand where no part has begun.
    NoPart,
    /// There is no such clause.
    Clause(String),
}

impl InterpretationForm {
    /// What it is called in documents.
    pub fn term(self) -> &'static str {
        match self {
            Self::Text => "文字解读",
            Self::Picture => "图解",
            Self::Audio => "音频",
            Self::Video => "视频",
            Self::Questions => "一问一答",
            Self::Expert => "专家文章",
            Self::Briefing => "新闻发布会",
            Self::Interview => "访谈",
        }
    }

    /// Whether there is something to hear, for which captions and a text are required (无障碍环境建设法 第29条).
    pub fn is_heard(self) -> bool {
        matches!(self, Self::Audio | Self::Video)
    }
}

impl Aspect {
    /// What it is called in documents.
    pub fn term(self) -> &'static str {
        match self {
            Self::Background => "背景依据",
            Self::Aims => "目标任务",
            Self::Scope => "适用范围",
            Self::Standards => "执行标准",
            Self::Cautions => "注意事项",
            Self::Differences => "新旧差异",
            Self::Benefits => "惠民利民举措",
        }
    }
}

/// Reads the interpretations of a text with these clauses; everything that cannot be read is said.
pub fn read(text: &str, clauses: &[Clause]) -> Result<Vec<Interpretation>, Vec<BadLine>> {
    let (mut all, mut bad): (Vec<Interpretation>, _) = (vec![], vec![]);
    for (i, line) in text.lines().enumerate() {
        let mut wrong = |why| bad.push(BadLine { line: i + 1, why });
        if let Some(heading) = line.strip_prefix("## ") {
            let heading = heading.trim();
            let aspect = Aspect::ALL.iter().find(|it| it.term() == heading);
            match (all.last_mut(), aspect) {
                (None, _) => wrong(BadWords::NoForm),
                (_, None) => wrong(BadWords::Aspect(heading.to_owned())),
                (Some(one), Some(aspect)) => {
                    one.parts.push(Part { aspect: *aspect, text: String::new(), clauses: vec![] });
                }
            }
        } else if let Some(heading) = line.strip_prefix("# ") {
            let (form, title) = heading.split_once(is_colon).unwrap_or((heading, ""));
            match InterpretationForm::ALL.iter().find(|it| it.term() == form.trim()) {
                Some(form) => all.push(Interpretation {
                    form: *form,
                    title: title.trim().to_owned(),
                    parts: vec![],
                    media: String::new(),
                    captions: String::new(),
                }),
                None => wrong(BadWords::Form(form.trim().to_owned())),
            }
        } else if let Some(name) = field(line, "媒体").or_else(|| field(line, "字幕")) {
            match all.last_mut() {
                Some(one) if line.starts_with("媒体") => name.clone_into(&mut one.media),
                Some(one) => name.clone_into(&mut one.captions),
                None => wrong(BadWords::NoForm),
            }
        } else if let Some(names) = field(line, "针对") {
            let Some(part) = all.last_mut().and_then(|one| one.parts.last_mut()) else {
                wrong(BadWords::NoPart);
                continue;
            };
            for name in listed(names).flat_map(str::split_whitespace) {
                match clause(name, clauses) {
                    Some(anchor) => part.clauses.push(anchor),
                    None => wrong(BadWords::Clause(name.to_owned())),
                }
            }
        } else {
            match all.last_mut().map(|one| one.parts.last_mut()) {
                Some(Some(part)) => {
                    part.text.push_str(line.trim_end());
                    part.text.push('\n');
                }
                _ if line.trim().is_empty() => {}
                Some(None) => wrong(BadWords::NoPart),
                None => wrong(BadWords::NoForm),
            }
        }
    }
    for part in all.iter_mut().flat_map(|one| &mut one.parts) {
        part.text = part.text.trim().to_owned();
    }
    if bad.is_empty() { Ok(all) } else { Err(bad) }
}

fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix(name)?.strip_prefix(is_colon).map(str::trim)
}

fn is_colon(c: char) -> bool {
    narrow(c) == ':'
}

/// A clause by its number as printed, or by its anchor.
fn clause(name: &str, clauses: &[Clause]) -> Option<Anchor> {
    let found = clauses.iter().find(|it| !it.kind.is_heading() && (it.number == name || it.anchor.as_str() == name));
    found.map(|it| it.anchor.clone())
}

/// The text [`read`] makes them from.
pub fn written(all: &[Interpretation], clauses: &[Clause]) -> String {
    let name = |anchor: &Anchor| {
        let of = |it: &&Clause| it.anchor == *anchor;
        let number = clauses.iter().find(of).map(|it| it.number.clone()).filter(|it| !it.is_empty());
        // A number that several clauses have would lead to the first of them.
        number.filter(|it| clause(it, clauses).as_ref() == Some(anchor)).unwrap_or_else(|| anchor.to_string())
    };
    let mut text = String::new();
    for one in all {
        text += &format!("# {}:{}\n", one.form.term(), one.title);
        for (field, name) in [("媒体", &one.media), ("字幕", &one.captions)] {
            if !name.is_empty() {
                text += &format!("{field}:{name}\n");
            }
        }
        for part in &one.parts {
            text += &format!("\n## {}\n", part.aspect.term());
            if !part.clauses.is_empty() {
                let names: Vec<_> = part.clauses.iter().map(name).collect();
                text += &format!("针对:{}\n", names.join("、"));
            }
            text += &format!("{}\n", part.text);
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::clauses, *};

    const TEXT: &str = "# 文字解读:怎么用\n\n## 背景依据\n群众意见集中。\n\n分两段写。\n\n## 注意事项\n针对:第二条、第一条\n- 带原件\n\n# 视频:一分钟看懂\n媒体:看懂.mp4\n字幕:看懂.vtt\n\n## 目标任务\n视频里说的话。";

    #[test]
    fn what_is_written_is_read_and_written_again() {
        let text = clauses::read("# 示例\n\n第一条 甲。\n\n第二条 乙:\n\n(一)丙;\n\n第三条 丁:\n\n(一)戊。");
        let all = read(TEXT, &text.clauses).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].parts[0].text, "群众意见集中。\n\n分两段写。");
        assert_eq!(all[0].parts[1].clauses.iter().map(Anchor::as_str).collect::<Vec<_>>(), ["a2", "a1"]);
        assert_eq!((all[1].media.as_str(), all[1].captions.as_str()), ("看懂.mp4", "看懂.vtt"));
        let again = written(&all, &text.clauses);
        assert_eq!(read(&again, &text.clauses).unwrap(), all, "{again}");
        // The second of two clauses with one number goes by its anchor.
        let mut second = all;
        second[0].parts[1].clauses = vec!["a3-i1".parse().unwrap()];
        let again = written(&second, &text.clauses);
        assert!(again.contains("针对:a3-i1"), "{again}");
        assert_eq!(read(&again, &text.clauses).unwrap(), second);
        assert_eq!(read("\n \n", &[]), Ok(vec![]));
        // A Chinese keyboard types wide signs.
        let wide = TEXT.replace(':', "\u{ff1a}").replace('、', "\u{ff0c}");
        assert_eq!(read(&wide, &text.clauses), read(TEXT, &text.clauses));
    }

    #[test]
    fn everything_that_cannot_be_read_is_said_with_its_line() {
        let text = "先写一句\n# 漫画:题目\n# 图解:题目\n又一句\n## 别的\n## 注意事项\n针对:第九条";
        let why = |line, why| BadLine { line, why };
        assert_eq!(
            read(text, &[]),
            Err(vec![
                why(1, BadWords::NoForm),
                why(2, BadWords::Form("漫画".into())),
                why(4, BadWords::NoPart),
                why(5, BadWords::Aspect("别的".into())),
                why(7, BadWords::Clause("第九条".into())),
            ])
        );
    }
}
