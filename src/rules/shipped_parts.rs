//! The parts that the terminal carries: a program of its own may be larger than a page.

use std::sync::LazyLock;

use super::parts::Parts;

/// All of them.
pub fn get() -> &'static Parts {
    static PARTS: LazyLock<Parts> = LazyLock::new(|| Parts::read(include_str!("parts.csv")).0);
    &PARTS
}
