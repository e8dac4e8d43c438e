//! Tables of what is found, what it is masked as, and what is let alone. The persons, numbers and addresses are invented.

mod hostile;
mod innocent;

use super::*;

/// What a text is when all that is found is masked.
fn masked(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| mask_all(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is       {}\n  expected {expected}\n", mask_all(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.concat());
    for (text, _) in cases {
        let once = mask(text, &find(text));
        assert_eq!(find(&once), [], "again in {once}");
    }
}

#[test]
fn identity_numbers_keep_their_province_alone() {
    masked(&[
        ("身份证510107199003071239。", "身份证51****************。"),
        ("51010719900307123X", "51****************"),
        ("５１０１０７１９９００３０７１２３ｘ", "51****************"),
        ("510107 19900307 1239办理", "51****************办理"),
        ("510107-1990-0307-123X", "51****************"),
        ("五一〇一〇七一九九〇〇三〇七一二三九", "51****************"),
        // Fifteen digits, as until 1999.
        ("老证号510107900307123", "老证号51****************"),
        // Said to be one: a digit too few, a date that is none.
        ("身份证号码：51010719900307123", "身份证号码：51****************"),
        ("我的身份证是510107199013451239", "我的身份证是51****************"),
    ]);
}

#[test]
fn an_identity_number_with_another_check_digit_is_still_one() {
    for last in "0123456789X".chars() {
        let found = find(&format!("5101071990030712{last}{last}"));
        assert_eq!(
            found.iter().map(|it| it.kind).collect::<Vec<_>>(),
            if last == 'X' { vec![] } else { vec![Kind::IdNumber] }
        );
        assert_eq!(find(&format!("51010719900307123{last}"))[0].kind, Kind::IdNumber);
    }
}

#[test]
fn telephones_keep_what_says_whose_network_they_are_of() {
    masked(&[
        ("电话13800138000", "电话138****8000"),
        ("电话138 0013 8000。", "电话138****8000。"),
        ("138-0013-8000", "138****8000"),
        ("1380013 8000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "138****8000"),
        ("138\u{200b}0013\u{200b}8000", "138****8000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
        ("+86 138 0013 8000", "138****8000"),
        ("+8613800138000", "138****8000"),
        ("（+86）13800138000", "（138****8000"),
        ("008613800138000", "138****8000"),
        ("打幺三八零零幺三八零零零", "打138****8000"),
        ("13800138000，13900139000", "138****8000，139****9000"),
        ("13800138000 13900139000", "138****8000 139****9000"),
        ("028-85551234", "028-****34"),
        ("02885551234", "028-****34"),
        ("(028)85551234", "028-****34"),
        ("（０２８）８５５５１２３４转８００１", "028-****34"),
        ("0830-2555123", "0830-****23"),
        ("010 6555 1234", "010-****34"),
        ("家里座机：85551234", "家里座机：****34"),
        ("电话8555-1234", "电话****34"),
    ]);
}

#[test]
fn bank_cards_keep_their_last_four() {
    masked(&[
        ("卡号6222020200012345670", "卡号****5670"),
        ("6222 0202 0001 2345 670", "****5670"),
        ("转到4111111111111111", "转到****1111"),
        ("4111-1111-1111-1111", "****1111"),
        // Luhn's formula does not hold, but it is said to be one.
        ("银行卡号：6222020200012345671", "银行卡号：****5671"),
        ("账号 51001234567890", "账号 ****7890"),
    ]);
}

#[test]
fn plates_papers_mail_and_accounts_are_masked() {
    masked(&[
        ("车牌川A12345违停", "车牌川A·****5违停"),
        ("川A·D12345", "川A·****5"),
        ("川a 8k3m9，", "川A·****9，"),
        ("川Ａ１２３４５", "川A·****5"),
        ("川A1234学", "川A·****学"),
        ("渝BF12345的车主", "渝B·****5的车主"),
        ("护照E12345678", "护照*********"),
        ("护照号码：EA1234567", "护照号码：*********"),
        ("通行证C12345678", "通行证*********"),
        ("邮箱zhang.san@example.com。", "邮箱z***@example.com。"),
        ("ａｂｃ＠ｅｘａｍｐｌｅ．ｃｎ", "a***@example.cn"),
        ("12345678@qq.com", "1***@qq.com"),
        ("微信：example_abc", "微信：****"),
        ("加我微信abc12345", "加我微信****"),
        ("QQ12345678", "QQ****"),
        ("qq号是 12345678", "qq号是 ****"),
        ("微信号13800138000", "微信号138****8000"),
        ("VX：test-2024x", "VX：****"),
    ]);
}

#[test]
fn names_keep_the_surname_where_the_words_around_say_they_are_names() {
    masked(&[
        ("我叫王小明，住在武侯区", "我叫王某某，住在武侯区"),
        ("你好，我叫张伟想问一下", "你好，我叫张某某想问一下"),
        ("我叫扎西次仁，", "我叫某某，"),
        ("我是李建民，", "我是李某某，"),
        ("本人张卫国，男", "本人张某某，男"),
        ("姓名：欧阳小红", "姓名：欧阳某某"),
        ("姓名王学文", "姓名王学文"),
        ("「姓名」王学文", "「姓名」王某某"),
        ("【联系人】 于海涛 13800138000", "【联系人】 于某某 138****8000"),
        ("联系人：张三、李四", "联系人：张某某、李某某"),
        ("联系人是高明", "联系人是高某某"),
        ("我爸张建国今年70岁", "我爸张某某今年70岁"),
        ("我老公叫金鑫，", "我老公叫金某某，"),
        ("女儿名叫白小白，三岁", "女儿名叫白某某，三岁"),
        ("王小明先生您好", "王某先生您好"),
        ("感谢李明老师", "感谢李某老师"),
        ("向李明老师学习", "向李某老师学习"),
        ("诸葛小亮医生", "诸葛某医生"),
        ("高建国同志和刘芳阿姨", "高某同志和刘某阿姨"),
        ("姓名：买买提·艾力", "姓名：某某"),
        ("我是热孜万·买买提。", "我是某某。"),
        ("姓名：沈阳", "姓名：沈某某"),
        ("我叫罗江平，", "我叫罗某某，"),
        ("联系人：李明老师", "联系人：李某老师"),
        ("申请人：时小平", "申请人：时某某"),
    ]);
}

#[test]
fn a_name_found_once_is_masked_wherever_it_stands() {
    masked(&[
        ("我叫王建国。王建国的医保断了，请给王建国补上", "我叫王某某。王某某的医保断了，请给王某某补上"),
        // Names of several lengths, the shortest at the very end.
        ("联系人：欧阳小红、张三丰、李四，找李四", "联系人：欧阳某某、张某某、李某某，找李某某"),
    ]);
}

#[test]
fn addresses_end_at_the_building() {
    masked(&[
        ("3栋2单元501室", "3栋＊单元＊室"),
        ("阳光小区3栋2单元501", "阳光小区3栋＊单元＊"),
        ("住12号楼3单元", "住12号楼＊单元"),
        ("锦绣花园5-2-301漏水", "锦绣花园5-＊-＊漏水"),
        ("我住5-2-301", "我住5-＊-＊"),
        ("我住在501号房", "我住在＊号房"),
        ("A座1201室", "A座＊室"),
        ("人民路12号501室", "人民路12号＊室"),
        ("人民路12号3栋2单元5楼9号", "人民路12号3栋＊单元＊楼＊号"),
        ("三栋二单元五楼九号", "三栋＊单元＊楼＊号"),
        ("３栋２单元５０１室", "3栋＊单元＊室"),
        ("2单元501室", "＊单元＊室"),
        ("3栋2-501", "3栋＊-＊"),
        ("小区8幢1203房", "小区8幢＊房"),
        ("甲栋东单元301号", "甲栋＊单元＊号"),
    ]);
}

#[test]
fn only_what_was_chosen_is_masked_and_what_does_not_fit_is_passed_over() {
    let text = "我叫王小明，电话13800138000";
    let found = find(text);
    assert_eq!(found.iter().map(|it| it.kind).collect::<Vec<_>>(), [Kind::Name, Kind::Telephone]);
    assert_eq!(&text[found[0].from..found[0].to], "王小明");
    assert_eq!(mask(text, &[]), text);
    assert_eq!(mask(text, &found[1..]), "我叫王小明，电话138****8000");
    let reversed: Vec<Finding> = found.iter().rev().chain(&found).cloned().collect();
    assert_eq!(mask(text, &reversed), mask_all(text));

    let stale = |from, to| Finding { kind: Kind::Name, from, to, masked: "某".to_owned() };
    for (from, to) in
        [(1, 3), (0, 4), (3, 3), (6, 3), (0, 9_999), (9_999, 10_000), (usize::MAX, usize::MAX), (0, usize::MAX)]
    {
        assert_eq!(mask(text, &[stale(from, to)]), text, "{from} {to}");
    }
    assert_eq!(mask("", &found), "");
    assert_eq!(mask("ab", &[stale(0, 1), stale(0, 2)]), "某b");
}

#[test]
fn a_finding_says_its_kind_in_a_short_word() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(*kind));
    }
}

#[test]
fn links_are_taken_out_and_mail_is_not() {
    let cases = [
        ("详见https://example.com/a?b=c#d，谢谢", "详见〔链接已删〕，谢谢"),
        ("http://1.2.3.4:8080/x。好", "〔链接已删〕。好"),
        ("看www.example.org/路", "看〔链接已删〕路"),
        ("加入abc.top领奖", "加入〔链接已删〕领奖"),
        ("example.com.cn/x/y.html 好", "〔链接已删〕 好"),
        ("ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ", "〔链接已删〕"),
        ("baidu。com来", "〔链接已删〕来"),
        ("ex\u{200b}ample.xyz", "〔链接已删〕"),
        ("(see example.net).", "(see 〔链接已删〕)."),
        ("EXAMPLE.COM:8080，", "〔链接已删〕，"),
        ("打开weixin://dl/x", "打开〔链接已删〕"),
        ("邮箱abc@example.com", "邮箱abc@example.com"),
        ("第3.5条，见附件1.doc。OK。再见", "第3.5条，见附件1.doc。OK。再见"),
        ("我用App。想问", "我用App。想问"),
        ("费用12.50元，3:30到", "费用12.50元，3:30到"),
        ("比例：//注", "比例：//注"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(links_stripped(text), expected, "{text}");
        assert_eq!(links_stripped(expected), expected);
    }
}
