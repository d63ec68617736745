//! Chance, made from a number (`SplitMix64`).

/// A source of chance.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x5bf0_3635_dcf5_a1c9)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// One of 0 to `sides - 1`.
    pub(crate) fn below(&mut self, sides: i64) -> i64 {
        i64::try_from(self.draw() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// One of `least` to `most`.
    pub(crate) fn size(&mut self, least: usize, most: usize) -> usize {
        least + usize::try_from(self.below(i64::try_from(most - least + 1).unwrap())).unwrap()
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: i64) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.size(0, choices.len() - 1)]
    }

    /// One of some texts.
    pub(crate) fn text(&mut self, choices: &[&str]) -> String {
        (*self.one_of(choices)).to_owned()
    }

    /// The same things in another order.
    pub(crate) fn shuffled<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        for index in (1..things.len()).rev() {
            let other = self.size(0, index);
            things.swap(index, other);
        }
        things
    }
}
