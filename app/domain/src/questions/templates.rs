//! Answers that fit every question (套模板): said again and again to people who asked different things.

use crate::likeness::Likeness;

/// From this likeness on, from 0 to 1, two answers are the same.
pub const SAME_ANSWER: f32 = 0.75;
/// Below this likeness two questions are different ones.
pub const OTHER_QUESTION: f32 = 0.45;
/// That often an answer has to have been given to other questions before somebody is warned.
pub const TIMES: usize = 2;

/// An answer that is about to be given, to be compared with those that were.
#[derive(Clone, Debug)]
pub struct Template {
    question: Likeness,
    answer: Likeness,
}

impl Template {
    /// The answer, and what was asked.
    pub fn new(question: &str, answer: &str) -> Self {
        Self { question: Likeness::new(question), answer: Likeness::new(answer) }
    }

    /// Whether an earlier answer says the same.
    pub fn is_said(&mut self, answer: &str) -> bool {
        self.answer.to(answer) >= SAME_ANSWER
    }

    /// Whether an earlier question asked something else. The same answer to the same question is no template.
    pub fn is_other(&mut self, question: &str) -> bool {
        self.question.to(question) < OTHER_QUESTION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_answer_to_another_question_is_a_template_and_to_the_same_question_it_is_none() {
        let answer = "您好,您反映的阳光小区停车问题已收悉,我单位高度重视,立即安排人员调查处理,感谢您的关注。";
        let mut template = Template::new("阳光小区门口停车太乱,谁来管?", answer);
        for (earlier, said) in [
            ("您好,您反映的青年路占道问题已收悉,我单位高度重视,立即安排人员调查处理,感谢您的关注!", true),
            (answer, true),
            ("阳光小区门口由街道划线,本月二十日以前划好,划好以前请停在东侧停车场。", false),
            ("您好。", false),
        ] {
            assert_eq!(template.is_said(earlier), said, "{earlier}");
        }
        for (earlier, other) in [
            ("老年卡丢了怎么补办?", true),
            ("代办要带什么材料?", true),
            ("阳光小区门口停车太乱了,请问谁来管?", false),
            ("阳光小区门口停车乱", false),
        ] {
            assert_eq!(template.is_other(earlier), other, "{earlier}");
        }
    }
}
