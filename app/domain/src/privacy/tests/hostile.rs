//! Texts made to trouble the rules: very long, without meaning, of every sort of sign.

use super::*;

/// All that is promised for any text.
fn promises_hold(text: &str) {
    let found = find(text);
    let mut end = 0;
    for it in &found {
        assert!(end <= it.from && it.from < it.to, "{it:?}");
        assert!(text.get(it.from..it.to).is_some(), "{it:?}");
        end = it.to;
    }
    let masked = mask_all(text);
    let again = find(&masked);
    assert!(again.is_empty(), "{text:?}\n{masked:?}\n{again:?}");
    let stripped = links_stripped(text);
    assert_eq!(links_stripped(&stripped), stripped);
}

#[test]
fn whatever_is_put_together_nothing_is_found_in_what_is_masked() {
    let pieces = [
        "王",
        "小明",
        "张三",
        "先生",
        "老师",
        "我叫",
        "我是",
        "姓名：",
        "联系人",
        "：",
        "，",
        "、",
        " ",
        "-",
        "某",
        "*",
        "＊",
        "138",
        "13800138000",
        "8000",
        "0013",
        "028",
        "85551234",
        "(",
        "）",
        "+86",
        "510107",
        "19900307",
        "123X",
        "510107199003071239",
        "6222020200012345670",
        "4111",
        "川A",
        "12345",
        "·",
        "学",
        "E12345678",
        "a@b.com",
        "@",
        ".",
        "。",
        "微信",
        "QQ",
        "号",
        "abc123",
        "3栋",
        "2单元",
        "501室",
        "5-2-301",
        "住",
        "小区",
        "501",
        "路",
        "楼",
        "的",
        "和",
        "于",
        "高",
        "欧阳",
        "🙂",
        "\u{301}",
        "\u{200b}",
        "\u{202e}",
        "א",
        "٣",
        "一二三",
        "www.",
        "http://",
        "x.com",
        "转",
        "电话",
        "\n",
        "我爸",
    ];
    // A small generator of numbers (Knuth's MMIX), so that every run tries the same.
    let mut state = 20_240_917_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for _ in 0..20_000 {
        let text: String = (0..2 + next() % 9).map(|_| pieces[next() % pieces.len()]).collect();
        promises_hold(&text);
    }
}

#[test]
fn a_very_long_text_is_read_to_its_end() {
    for piece in [
        "1",
        "1 ",
        "1-",
        "13",
        "138 ",
        "一",
        "5-2-",
        "3栋",
        "3栋2单元",
        "王",
        "我叫",
        "我叫王",
        "王小明先生",
        "联系人：",
        "张三、",
        "a@",
        "@",
        "a.",
        "www.",
        "微信",
        "川A",
        "川A1",
        "E",
        "🙂",
        "\u{301}",
        "\u{202e}",
        "号",
        "住",
        "先生",
        "·",
        "姓名：张·",
        "http://",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let found = find(&text);
        assert!(mask(&text, &found).len() <= 4 * text.len());
        links_stripped(&text);
    }
    let words = "这是一段没有个人信息的话，办理居住证需要三个工作日。";
    let text = format!("{}我叫王小明，电话13800138000", words.repeat(1_000_000 / words.len()));
    assert_eq!(find(&text).len(), 2);
}

#[test]
fn signs_of_every_sort_break_nothing() {
    for text in [
        "",
        "\0",
        "🙂👨‍👩‍👧‍👦",
        "e\u{301}\u{301}\u{301}",
        "\u{202e}0008310 0831",
        "الاسم: محمد ١٣٨٠٠١٣٨٠٠٠",
        "\u{feff}",
        "\u{1d7d9}\u{1d7db}",
        "𠮷先生",
        "我叫𠮷野家",
    ] {
        promises_hold(text);
    }
    for code in (0..0x3_2000).step_by(7) {
        if let Some(c) = char::from_u32(code) {
            promises_hold(&format!("{c}我叫王{c}明{c}13800138000{c}3栋{c}501室{c}"));
        }
    }
}
