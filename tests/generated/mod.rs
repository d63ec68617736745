//! How the inputs of properties are generated.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many inputs, the same ones in every run.
pub(crate) fn the_same(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() }
}
