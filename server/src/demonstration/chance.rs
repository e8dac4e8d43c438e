//! Chance that is the same on every machine and with every compiler.
//!
//! A demonstration has to look alike for everyone who talks about it, and its tests have to hold everywhere. So no entropy, no
//! hash of the standard library (it may change with a release), no sine or cosine (they differ in the last digit): splitmix64
//! (Steele, Lea, Flood 2014), seeded with the FNV-1a hash of a name, and only the four operations that IEEE 754 fixes.

/// A stream of numbers that follows from a name.
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of this name.
    pub(super) fn of(name: &str) -> Self {
        Self(
            name.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
        )
    }

    /// The next 32 bits.
    fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 32) as u32
    }

    /// A number from 0 to `bound` - 1; 0 when `bound` is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.bits()) * u64::from(bound)) >> 32) as u32
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.below(100) < times
    }

    /// A number from `least` up to, not including, `most`.
    pub(super) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * (f64::from(self.bits()) / 4_294_967_296.0)
    }

    /// Takes so many things out of a list, by chance, and leaves them in their order.
    pub(super) fn some<T: Copy>(&mut self, of: &[T], count: u32) -> Vec<T> {
        let mut left = count;
        let mut rest = u32::try_from(of.len()).unwrap_or(u32::MAX);
        let mut taken = Vec::new();
        for one in of {
            if self.below(rest) < left {
                taken.push(*one);
                left -= 1;
            }
            rest = rest.saturating_sub(1);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_follows_from_the_name_and_nothing_else() {
        let draw = |name| {
            let mut chance = Chance::of(name);
            [chance.below(1000), chance.below(1000), chance.below(1000)]
        };
        assert_eq!(draw("510107"), draw("510107"));
        assert_ne!(draw("510107"), draw("510108"));
        // Reference values of splitmix64 with seed 0: 0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4.
        let mut chance = Chance(0);
        assert_eq!([chance.bits(), chance.bits()], [0xe220_a839, 0x6e78_9e6a]);
    }

    #[test]
    fn some_takes_as_many_as_asked_in_order() {
        let mut chance = Chance::of("some");
        for count in 0..=12 {
            let taken = chance.some(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], count);
            assert_eq!(taken.len(), usize::try_from(count.min(10)).unwrap());
            assert!(taken.is_sorted());
        }
    }
}
