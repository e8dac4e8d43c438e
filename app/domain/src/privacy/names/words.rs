//! The words the rules for names go by.

use std::{collections::HashMap, sync::LazyLock};

use crate::privacy::marks::Marks;

/// Words by the character they begin with, for a look at every place of a text.
pub(super) struct Words(HashMap<char, Vec<&'static str>>);

impl Words {
    /// Words with blanks between them. The longest is tried first.
    fn new(words: &'static str) -> Self {
        let mut by_first: HashMap<char, Vec<&'static str>> = HashMap::new();
        for word in words.split_whitespace() {
            by_first.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
        }
        by_first.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
        Self(by_first)
    }

    /// Where the word ends that stands at a place.
    pub(super) fn end(&self, marks: &Marks, i: usize) -> Option<usize> {
        marks.one_of(i, self.0.get(&marks.at(i))?)
    }
}

/// Surnames of one character that are hardly words of their own.
pub(super) const SURNAMES: &str = "\
    王李张刘陈习杨赵吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦\
    顾侯邵孟龙段雷钱汤尹黎贺赖龚樊兰殷施陶洪翟颜倪严牛芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅庄辛涂谷祁耿牟卜詹甘焉柯阮欧纪焦\
    冉蒲游鄢卿骆蒙裴巫窦凌霍虞隋佘苗宁丘闫肖覃邬卓粟瞿禹仇尧敖阙晏岑滕褚靳蔺臧鲍柴缪喻娄翁闵晋桑昝胥蹇屈荀費费麦莫舒屠阳楼鞠邝\
    祝穆项娜桂柏霞宓郦雍郜濮扈冀郏浦尚温农嵇储荆邸弋羿钮幸韶郁池仝";

/// Surnames that are also ordinary words: found only where more speaks for a name.
pub(super) const WORD_SURNAMES: &str = "\
    周黄何高林马金石白方任姚于余江史万康常安武孔毛邱文向和易乔贺倪关时车党区全解单成房国应连华水平包经明计从公能干路艾童左\
    古冷司伊符盛花鱼洛木巴元边杭管阴双终空别黑占官商年巩仲台强利红云苟才付代候东曲隆米仰冬原权尉由种牧山后展鲜印达迟车伏练";

/// Surnames of two characters.
pub(super) static COMPOUND: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 轩辕 长孙 宇文 端木 南宫 独孤 闻人 \
        申屠 钟离 百里 呼延 淳于 单于 澹台 公冶 宗政 濮阳 太叔 司空 赫连 万俟 西门 东郭",
    )
});

/// Characters that hardly ever are part of a given name; 某 is what stands there once it is masked.
pub(super) const NEVER_GIVEN: &str = "\
    某总课副聘的了是在不我你您他她它们这那吗呢吧啊呀嘛把被让与及或但而且所等个位种些每各该此其者则因由从到去过没很太最更多什么怎谁几\
    哪做打委局部厅处院办员体室店厂站镇乡县区市省街号款费税证件项目额率规律说要请问找给对按将使用能应须已曾还都就也只又再电话\
    机车房屋购买卖租贷险疗药病症检查审批记申领交付报销投诉访料表户籍迁退休残疾岁日点分秒上下里外后间边旁右左今昨得人社村组队\
    班级校教师医工农商产品质量管监督系统网息府构单企公司务服策制度条例告示票据贫困儿女父母爸妈哥姐叔舅姑姨侄孙婆爷奶妻亲属邻\
    居任住址取账支钱届拿看听吃喝两死伤并跟比何当年";

/// Characters that may follow a name at once.
pub(super) const AFTER: &str = "想现男女身希反系于和一二三四五六七八九十有也带先因特家常经及本老今是目住";

/// Words that begin with a surname and are no names, unless a label says so: 姓名：沈阳.
pub(super) static NO_NAMES: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        高中 高三 高二 高一 高考 高新 高血 高龄 高级 高层 高价 高温 高度 高速 高铁 高校 高压 金额 金融 \
        金牛 金属 金钱 石材 石油 石化 石家庄 白天 白领 白血 白酒 白色 方便 方案 方式 方面 方向 方法 \
        何时 何种 何处 何必 何况 周一 周二 周三 周四 周五 周六 周日 周末 周边 周围 周岁 周期 马上 马路 \
        马虎 温度 温江 温州 温馨 温暖 成都 成年 成功 成立 成员 成人 成绩 成果 成本 安全 安排 安装 安置 \
        安岳 安徽 安静 安心 常年 常住 常常 常务 常见 常委 单亲 单身 单独 单位 单元 全体 全科 全职 全家 \
        全部 全国 全市 全面 全程 党员 党委 党支 党组 武警 武侯 武汉 武装 解放 解决 解释 房东 房主 房产 \
        房屋 车主 车间 车辆 车祸 国家 国企 国有 国内 国外 关于 关系 关心 关键 应届 应该 应当 任何 任职 \
        任教 连续 连锁 华阳 华西 华侨 平时 平安 平均 平常 包括 包工 经常 经理 经营 经济 经办 明天 明年 \
        明确 明显 计划 计算 从事 公民 公司 公安 公务 能否 能够 干部 干活 文化 文件 文职 文盲 江西 江苏 \
        江油 江安 双流 双方 双胞 双职 张家 张贴 王府 黄河 黄金 黄色 林业 林地 林场 康复 康养 康定 万州 \
        万一 万元 路过 路边 管理 商户 商铺 商家 商场 年纪 年龄 年轻 年满 师傅 师范 台湾 台胞 原来 原籍 \
        原因 原告 和平 和谐 和气 易地 易燃 水电 水利 水产 巴中 巴南 山东 山西 云南 东北 东部 元旦 强制 \
        强烈 利用 来自 来电 来信 权益 权利 种植 种田 由于 时间 时常 时任 后勤 后来 牧民 空巢 空军 边防 \
        边境 别人 司机 司法 古蔺 左右 官方 花费 木工 木匠 代表 代办 代理 付款 候选 达州 达县 农民 农村 \
        农业 陆军 海军 龙泉 田地 田土 雷波 宁夏 宁波 苏州 郑州 杭州 徐州 沈阳 唐山 邓州 郫县 郫都 青羊 \
        罗江 蒲江 彭州 崇州 邛崃 梁平 余款 余额 余下 余热 许多 许可 许久 程度 程序 严重 严格 严厉 甘肃 \
        甘孜 季度 季节 章程 尤其 毕业 毕竟 申请 申报 申领 谢谢 谢绝 曾经 莫名 顾客 顾问 顾虑 项目 尚未 \
        尚在 尚可 储存 储蓄 农历 幸好 幸亏 费用 阳台 阳光 阳性 楼上 楼下 楼道 楼顶 游客 游泳 凌晨 柴油 \
        梅毒 陶瓷 施工 施行 段时 洪水 熊猫 牛奶 牛羊 汤药 钟点 夏天 夏季 秦皇 孔子 杜绝 贺州 兰州 欧洲 \
        纪检 纪委 桂林 柳州 祝您 祝贺 舒适 屈指 苗族 蒙古 侯补 池塘 明星 强迫 童工 万能 印刷 展开 终身 \
        终于 独生 本科 女儿 武术 向阳 向导 同时 安保 安检 包装 石膏 方言 路灯 文员 管道 \
        和国 和地 公职 华全 任执 国执 任免 陈述 国库 来大陆",
    )
});

/// After these a name follows.
pub(super) static CALLED: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        我叫做 我名叫 我叫 名叫 我的名字是 我的名字叫 名字叫 名字是 我的姓名是 本人姓名 我的全名是 真名叫 \
        本名叫",
    )
});

/// Labels of fields for a name.
pub(super) static LABELS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        姓名 联系人 申请人 投诉人 举报人 反映人 来信人 信访人 咨询人 户主 业主 收件人 收货人 法定代表人 \
        法人代表 当事人 患者 产权人 权利人 委托人 被委托人 代办人 监护人 负责人 经办人 承租人 出租人 房主 \
        车主 开户名 户名 参保人 名字 称呼 签名 落款 此致 落款人 署名",
    )
});

/// Words somebody speaks of themselves with.
pub(super) static SELF: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        我是 本人 这里是 我就是",
    )
});

/// Words for those somebody speaks of.
pub(super) static KIN: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        我爸爸 我妈妈 我爸 我妈 我父亲 我母亲 父亲 母亲 爸爸 妈妈 老公 老婆 丈夫 妻子 爱人 儿子 女儿 \
        爷爷 奶奶 外公 外婆 哥哥 姐姐 弟弟 妹妹 岳父 岳母 公公 婆婆 孙子 孙女 儿媳 女婿 孩子 小孩 邻居 \
        房东 同事 朋友 室友 前夫 前妻 女友 男友 叔叔 舅舅 姑姑 我家人 老乡 租客",
    )
});

/// What a person is called after the name. Offices that end like departments (局长, 主任) are here too: complaints name officials.
pub(super) static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "\
        先生 女士 小姐 老师 同志 医生 大夫 护士 阿姨 叔叔 大爷 大妈 大姐 大哥 大叔 大婶 大娘 师傅 同学 \
        奶奶 爷爷 婆婆 律师 警官 教授 主任 科长 局长 所长 队长 站长 书记 经理 校长 院长 老人 居士 法官 \
        检察官",
    )
});
