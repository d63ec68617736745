//! The list of capabilities is whole, and what it points at is there.

use std::path::Path;

const LIST: &str = include_str!("../docs/capabilities.md");

/// Number, state, and where each capability is served.
fn rows() -> Vec<(u32, &'static str, &'static str)> {
    let cells = LIST.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    cells.filter_map(|cells| Some((cells.get(1)?.parse().ok()?, *cells.get(3)?, *cells.get(4)?))).collect()
}

#[test]
fn every_capability_is_listed_once_with_a_state_and_a_reason() {
    let numbers: Vec<u32> = rows().into_iter().map(|(number, ..)| number).collect();
    assert_eq!(numbers, (1..=153).collect::<Vec<u32>>());
    for (number, state, index) in rows() {
        assert!(["served", "in part", "later", "not here"].contains(&state), "{number}: {state}");
        assert!(!index.is_empty(), "{number}");
    }
}

#[test]
fn every_file_that_serves_a_capability_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (number, _, index) in rows() {
        let words = index.split([' ', ';', ',', '(', ')', ':']);
        for path in words.filter(|word| ["src/", "tests/", "docs/"].iter().any(|folder| word.starts_with(folder))) {
            assert!(root.join(path).exists(), "{number}: {path}");
        }
    }
}
