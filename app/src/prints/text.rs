//! The words for prints.

use domain::{
    locale::Locale,
    policies::PolicyId,
    prints::{Form, Layout, Sheet, State, Things, Trouble, What},
};
use store::snapshot::Snapshot;

fn place(snapshot: &Snapshot, what: &What, locale: Locale) -> String {
    let Some(division) = what.division() else { return String::new() };
    snapshot.atlas.divisions.get(division).map_or_else(|| division.to_string(), |it| it.name(locale).to_owned())
}

/// What a print is.
pub(super) fn title(snapshot: &Snapshot, what: &What, locale: Locale) -> String {
    let place = place(snapshot, what, locale);
    match what {
        What::Posters { sheet: size, things: kind, .. } => {
            let (size, kind) = (sheet(*size, locale), things(*kind, locale));
            locale.pick(format!("{place}的海报:{kind},{size}"), format!("Posters of {place}: {kind}, {size}"))
        }
        What::Manual { form: made, .. } => {
            let form = form(*made, locale);
            locale.pick(format!("{place}一手册,{form}"), format!("Manual of {place}, {form}"))
        }
        What::Policy { policy, form: made, .. } => {
            let form = form(*made, locale);
            locale.pick(format!("{},{form}", called(snapshot, *policy)), format!("Policy {}, {form}", policy.0))
        }
    }
}

/// The name of its file, without the end.
pub fn file_name(snapshot: &Snapshot, what: &What) -> String {
    let place = place(snapshot, what, Locale::Zh);
    match what {
        What::Posters { sheet, things: kind, .. } => {
            format!("{place}-{}-{}", things(*kind, Locale::Zh), sheet.code().to_uppercase())
        }
        What::Manual { chapter, edition, .. } => {
            let chapter = chapter.map(|it| format!("-{it}")).unwrap_or_default();
            format!("{place}一手册{chapter}-第{edition}版")
        }
        What::Policy { policy, .. } => called(snapshot, *policy),
    }
}

/// The title of a policy.
fn called(snapshot: &Snapshot, id: PolicyId) -> String {
    snapshot.content.policy(id).map_or_else(|| id.0.to_string(), |policy| policy.facts.title.clone())
}

/// How large a poster is.
pub(super) fn sheet(sheet: Sheet, locale: Locale) -> &'static str {
    match sheet {
        Sheet::A4 => locale.pick("A4 海报", "A4 poster"),
        Sheet::A5 => locale.pick("A5 台卡", "A5 card"),
        Sheet::A6 => locale.pick("A6 标签", "A6 label"),
    }
}

/// What posters are for.
pub(super) fn things(things: Things, locale: Locale) -> &'static str {
    match things {
        Things::Points => locale.pick("点位", "places"),
        Things::Windows => locale.pick("窗口", "counters"),
        Things::Divisions => locale.pick("地区", "areas"),
    }
}

fn form(form: Form, locale: Locale) -> &'static str {
    match form {
        Form::Pdf(Layout::A4) => "A4",
        Form::Pdf(Layout::Booklet) => locale.pick("A5 小册子", "A5 booklet"),
        Form::Pdf(Layout::Large) => locale.pick("大字版", "large type"),
        Form::Epub => "EPUB",
    }
}

/// Where a print is, as a word.
pub(super) fn state(state: State, locale: Locale) -> &'static str {
    match state {
        State::Queued => locale.pick("排队中", "Waiting"),
        State::Running => locale.pick("正在制作", "Being made"),
        State::Done => locale.pick("做好了", "Ready"),
        State::Failed(_) => locale.pick("没有做成", "Not made"),
        State::Cancelled => locale.pick("已取消", "Cancelled"),
    }
}

/// Why nothing came of it, and what to do.
pub(super) fn trouble(trouble: Trouble, locale: Locale) -> &'static str {
    match trouble {
        Trouble::NoFont => locale.pick(
            "服务器上没有中文字体。请管理员安装 Noto CJK(Debian:fonts-noto-cjk),或设置 SANGEYI_FONTS,再重新打印。",
            "The server has no font with Chinese characters. Have Noto CJK installed (Debian: fonts-noto-cjk), or SANGEYI_FONTS set, and print again.",
        ),
        Trouble::NotKept => locale.pick(
            "文件存不下:可能是磁盘满了。请管理员腾出空间,再重新打印。",
            "The file could not be kept: the disk may be full. Have room made, and print again.",
        ),
        Trouble::Nothing => locale.pick("这里还没有可以打印的内容。", "There is nothing to print here yet."),
        Trouble::TooMany => locale.pick(
            "太多了:一个文件最多 1000 张。请选小一点的地区。",
            "Too many: a file has 1,000 pages at most. Choose a smaller area.",
        ),
        Trouble::Stopped => locale.pick(
            "服务器在制作时停了几次。请重新打印;还不行,请选小一点的地区。",
            "The server stopped several times while it was made. Print again; if that does not help, choose a smaller area.",
        ),
        Trouble::Press => locale.pick("排版出了错,原因在服务器的日志里。", "Typesetting failed; the server's log says why."),
    }
}
