//! The words of a text, by jieba's dictionary: the same for what is kept and for what is asked. Names that no dictionary has come as
//! single signs.

use std::sync::{Arc, LazyLock};

use domain::{search::is_han, width::narrow};
use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

static JIEBA: LazyLock<Arc<Jieba>> = LazyLock::new(|| Arc::new(Jieba::new()));

/// Words that ask or join, and mean nothing by themselves.
const STOP: &str = "的 了 吗 呢 吧 啊 呀 嘛 我 你 他 她 它 我们 你们 他们 咱 要 想 想要 请 请问 一下 怎么 怎样 怎么样 如何 什么 啥 咋 咋个 咋办 \
    怎么办 哪 哪里 哪儿 哪个 哪些 谁 几 多少 是 在 有 没有 没 和 与 及 或 或者 就 都 也 还 把 被 给 让 对 到 去 来 从 个 这 那 这个 那个 这里 \
    那里 能 能不能 可以 可不可以 会 会不会 应该 需要 不 吧 着 过 得 地 之 其 为 以 于 而 但 如果 是不是 是否 有没有 为什么 为啥 怎 办 \
    办理 问 问题 关于 相关 情况 规定 中华人民共和国 the a of to is how what where";

/// Words that ask for a side of a thing.
const WEAK: &str = "手续 流程 程序 材料 资料 条件 证件 指南 地点 地址 电话 时间 期限 标准 范围 方式 方法 步骤 费用 多少钱 多久 几天 天数 年龄     申请 登记 领取 补办 查询 咨询 预约 网上 文件 全文 包括 哪些 禁止 行为";

static WEAK_ONES: LazyLock<std::collections::HashSet<&str>> = LazyLock::new(|| WEAK.split_whitespace().collect());

/// Whether a word only asks for a side of a thing.
pub(crate) fn is_weak(word: &str) -> bool {
    WEAK_ONES.contains(word)
}

static STOPPED: LazyLock<std::collections::HashSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// Whether a word means nothing by itself.
pub(crate) fn is_stop(word: &str) -> bool {
    STOPPED.contains(word)
}

/// The name of a law without that of the state, which nobody types.
pub(crate) fn bare(title: &str) -> &str {
    title.strip_prefix("中华人民共和国").filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// Of half width and in small letters.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// The same in simplified characters.
pub(crate) fn simplified(text: &str) -> String {
    fast2s::convert(text)
}

/// The words of a plain text, each once where it stands.
pub(crate) fn cut(text: &str) -> Vec<&str> {
    JIEBA.cut(text, false).into_iter().map(|it| it.word).filter(|it| is_word(it)).collect()
}

/// The same with signs and blanks.
pub(crate) fn cut_all(text: &str) -> Vec<&str> {
    JIEBA.cut(text, false).into_iter().map(|it| it.word).collect()
}

/// The same with the shorter words within longer ones.
pub(crate) fn cut_small(text: &str) -> Vec<&str> {
    JIEBA.cut_for_search(text, false).into_iter().map(|it| it.word).filter(|it| is_word(it)).collect()
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Whether a word is worth a place among those that can be mistyped: two Chinese signs or more.
pub(crate) fn is_name(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(is_han)
}

#[derive(Clone, Debug)]
pub(crate) struct Splitter;

pub(crate) struct Tokens {
    all: Vec<Token>,
    next: usize,
}

impl Tokenizer for Splitter {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let text = plain(text);
        let words = cut_small(&text).into_iter().enumerate();
        // Where they stand is not asked: only which there are, and how often.
        let all = words.map(|(position, word)| Token { position, text: word.to_owned(), ..Token::default() });
        Tokens { all: all.collect(), next: 0 }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.all.len()
    }

    fn token(&self) -> &Token {
        &self.all[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.all[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_words_and_the_words_within_them() {
        assert_eq!(cut("不动产登记需要什么材料"), ["不动产", "登记", "需要", "什么", "材料"]);
        assert!(cut_small("居民身份证").contains(&"身份证"));
        assert_eq!(cut(" ，。 "), Vec::<&str>::new());
        assert_eq!(simplified("養老保險"), "养老保险");
        assert_eq!(plain("ＡＢc"), "abc");
    }
}
