//! The signs of codes that people copy by hand and type again: none looks like another, and the last one finds every single mistake
//! and every two signs in the wrong order.

/// Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. They are 23, a prime number: that is why the check finds what it promises, for any length
/// below 23.
pub(crate) const SIGNS: &[u8; 23] = b"34679ACDEFGHJKMNPQRTWXY";
/// How many there are.
const COUNT: usize = SIGNS.len();

/// `N` signs: all but the last from a random number, which should have far more than 23^(N-1) values, so no sign is likelier than
/// another; the last is the check.
pub(crate) fn random<const N: usize>(mut number: u128) -> [u8; N] {
    let mut digits = [0; N];
    for digit in &mut digits[..N - 1] {
        // Smaller than 23.
        *digit = (number % COUNT as u128) as usize;
        number /= COUNT as u128;
    }
    // The sum of all digits, each times its place, is to be a multiple of 23: solved for the last.
    let inverse = (1..COUNT).find(|it| it * N % COUNT == 1).unwrap_or_default();
    digits[N - 1] = (COUNT - sum(&digits) % COUNT) * inverse % COUNT;
    digits.map(|digit| SIGNS[digit])
}

/// Reads signs as people type them: small letters, blanks, dashes, signs of double width. None where it is not `N` signs, or the
/// check does not hold.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let signs = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '－'));
    let signs: Vec<char> = signs.map(|c| c.to_ascii_uppercase()).take(N + 1).collect();
    let digit = |sign: &char| SIGNS.iter().position(|it| char::from(*it) == *sign);
    let digits: Option<Vec<usize>> = signs.iter().map(digit).collect();
    let digits: [usize; N] = digits?.try_into().ok()?;
    sum(&digits).is_multiple_of(COUNT).then(|| digits.map(|digit| SIGNS[digit]))
}

/// In groups of so many, with dashes between.
pub(crate) fn grouped(signs: &[u8], group: usize) -> String {
    // They are ASCII.
    signs.chunks(group).map(|it| std::str::from_utf8(it).unwrap_or_default()).collect::<Vec<_>>().join("-")
}

fn sum(digits: &[usize]) -> usize {
    digits.iter().zip(1..).map(|(digit, place)| digit * place).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_mistake_is_found<const N: usize>() {
        for i in 0..20_u128 {
            let signs = random::<N>(i.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
            assert_eq!(read::<N>(&grouped(&signs, 4)), Some(signs));
            for at in 0..N {
                for sign in SIGNS.iter().filter(|sign| **sign != signs[at]) {
                    let mut wrong = signs;
                    wrong[at] = *sign;
                    assert_eq!(read::<N>(&grouped(&wrong, N)), None);
                }
                for other in (0..at).filter(|other| signs[*other] != signs[at]) {
                    let mut wrong = signs;
                    wrong.swap(at, other);
                    assert_eq!(read::<N>(&grouped(&wrong, N)), None);
                }
            }
        }
    }

    #[test]
    fn one_wrong_sign_or_two_in_the_wrong_order_are_found_in_any_length() {
        every_mistake_is_found::<2>();
        every_mistake_is_found::<8>();
        every_mistake_is_found::<15>();
        every_mistake_is_found::<22>();
    }

    #[test]
    fn a_sign_too_few_or_too_many_is_no_code() {
        let signs = random::<8>(12_345_678_901_234);
        let text = grouped(&signs, 8);
        assert_eq!(read::<8>(&text[1..]), None);
        assert_eq!(read::<8>(&format!("{text}3")), None);
        assert_eq!(read::<8>(""), None);
        assert_eq!(read::<8>(&"3".repeat(100_000)), None);
    }
}
