//! Which line of one list is the same line in another one.

use std::collections::BTreeMap;

use super::{Lines, Value};

/// What becomes of a line that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// No line that is there has its key: it is added.
    Added,
    /// It comes in the place of this line.
    Changed(usize),
    /// It is there already.
    Known,
}

/// What two lines have in common that are the same.
type Mark = fn(&dyn Lines, usize) -> Vec<Value>;

/// A mark, and what becomes of a line that has it in common with another one.
type Pass = (Mark, fn(usize) -> MergeOutcome);

/// What becomes of each line of `theirs` beside `mine`. Lines that are alike in every field are the same; of the others
/// those with one key, first those of one file. Where several lines have a key, the second one is paired with the
/// second one: none is ever lost.
pub fn merge_outcomes(mine: &dyn Lines, theirs: &dyn Lines) -> Vec<MergeOutcome> {
    paired(
        mine,
        theirs,
        &[(values, |_| MergeOutcome::Known), (key_in_file, MergeOutcome::Changed), (key, MergeOutcome::Changed)],
    )
}

/// The same by every field and the origin of the lines: what is not there yet is added, and nothing is changed.
pub fn missing(mine: &dyn Lines, theirs: &dyn Lines) -> Vec<MergeOutcome> {
    paired(mine, theirs, &[(whole, |_| MergeOutcome::Known)])
}

fn paired(mine: &dyn Lines, theirs: &dyn Lines, passes: &[Pass]) -> Vec<MergeOutcome> {
    let mut outcomes = vec![MergeOutcome::Added; theirs.count()];
    let mut free: Vec<usize> = (0..mine.count()).rev().collect();
    for (mark, outcome) in passes {
        if free.is_empty() {
            break;
        }
        // The last one first, so that the first one is taken first.
        let mut indices = BTreeMap::<Vec<Value>, Vec<usize>>::new();
        for index in free.drain(..) {
            indices.entry(mark(mine, index)).or_default().push(index);
        }
        for (index, slot) in outcomes.iter_mut().enumerate().filter(|(_, slot)| **slot == MergeOutcome::Added) {
            if let Some(same) = indices.get_mut(&mark(theirs, index)).and_then(Vec::pop) {
                *slot = outcome(same);
            }
        }
        free.extend(indices.into_values().flatten());
        free.sort_unstable_by(|one, other| other.cmp(one));
    }
    outcomes
}

fn values(lines: &dyn Lines, index: usize) -> Vec<Value> {
    lines.values(index).unwrap_or_default()
}

fn whole(lines: &dyn Lines, index: usize) -> Vec<Value> {
    let (file, row) = lines.origin(index).unwrap_or_default();
    let mut mark = values(lines, index);
    mark.extend([Value::Text(file.to_owned()), Value::Number(row.into())]);
    mark
}

fn key_in_file(lines: &dyn Lines, index: usize) -> Vec<Value> {
    let mut mark = key(lines, index);
    mark.push(Value::Text(lines.origin(index).unwrap_or_default().0.to_owned()));
    mark
}

/// The first set of fields whose first one is filled; capitals make no difference. Without any it is the last set, and
/// the same only in one file: two ledgers that name nothing but a product are two rights. Of `product|description` the
/// first one that is filled counts.
fn key(lines: &dyn Lines, index: usize) -> Vec<Value> {
    let (fields, values) = (lines.fields(), values(lines, index));
    let of_field = |name: &str| {
        let index = fields.iter().position(|field| field.name == name);
        match index.and_then(|index| values.get(index)) {
            Some(Value::Text(text)) => Value::Text(text.to_lowercase()),
            other => other.cloned().unwrap_or(Value::Blank),
        }
    };
    let value =
        |names: &&str| names.split('|').map(of_field).find(|value| *value != Value::Blank).unwrap_or(Value::Blank);
    let filled = |names: &&&[&str]| names.first().is_some_and(|name| value(name) != Value::Blank);
    if let Some(names) = lines.keys().iter().find(filled) {
        return names.iter().map(value).collect();
    }
    let names = lines.keys().last();
    let mut mark: Vec<Value> = names.map_or_else(|| values.clone(), |names| names.iter().map(value).collect());
    mark.push(Value::Text(lines.origin(index).unwrap_or_default().0.to_owned()));
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entitlement::Entitlement;
    use crate::model::list::{Line, List, SharedLines};
    use crate::model::workspace::Lists;

    fn ledger(lines: &[(&str, &str, i64)]) -> SharedLines<Entitlement> {
        let line = |(file, poe, quantity): &(&str, &str, i64)| Entitlement {
            file: (*file).to_owned(),
            poe: (*poe).to_owned(),
            product: "IBM MQ".to_owned(),
            quantity: (*quantity).into(),
            ..Entitlement::default()
        };
        lines.iter().map(line).collect()
    }

    fn of(mine: &[(&str, &str, i64)], theirs: &[(&str, &str, i64)]) -> Vec<MergeOutcome> {
        merge_outcomes(&ledger(mine), &ledger(theirs))
    }

    #[test]
    fn a_line_is_added_changed_or_known() {
        let mine = [("a", "P1", 1), ("a", "P2", 2)];
        let theirs = [("a", "P2", 2), ("a", "p1", 5), ("a", "P3", 3)];
        assert_eq!(of(&mine, &theirs), [MergeOutcome::Known, MergeOutcome::Changed(0), MergeOutcome::Added]);
    }

    #[test]
    fn rights_of_two_files_that_name_nothing_but_a_product_are_two_rights() {
        assert_eq!(of(&[("a", "", 1)], &[("b", "", 2)]), [MergeOutcome::Added]);
        assert_eq!(of(&[("a", "", 1)], &[("a", "", 2)]), [MergeOutcome::Changed(0)]);
    }

    #[test]
    fn lines_of_one_key_are_paired_in_their_order_and_none_is_lost() {
        let mine = [("a", "P1", 1), ("a", "P1", 2)];
        assert_eq!(
            of(&mine, &[("a", "P1", 7), ("a", "P1", 8), ("a", "P1", 9)]),
            [MergeOutcome::Changed(0), MergeOutcome::Changed(1), MergeOutcome::Added]
        );
        assert_eq!(
            of(&mine, &[("a", "P1", 2)]),
            [MergeOutcome::Known],
            "a line that is alike goes before one that is not"
        );
    }

    #[test]
    fn a_line_that_has_only_a_description_is_known_by_it_as_if_it_stood_for_the_product() {
        let described = |quantity: i64| Entitlement {
            file: "a".to_owned(),
            description: "ibm mq".to_owned(),
            quantity: quantity.into(),
            ..Entitlement::default()
        };
        let theirs = SharedLines::of(&[described(5)]);
        assert_eq!(merge_outcomes(&ledger(&[("a", "", 1)]), &theirs), [MergeOutcome::Changed(0)]);
        let other = Entitlement { description: "IBM Db2".to_owned(), ..described(5) };
        assert_eq!(merge_outcomes(&ledger(&[("a", "", 1)]), &SharedLines::of(&[other])), [MergeOutcome::Added]);
    }

    #[test]
    fn of_lines_with_one_key_that_of_the_same_file_is_changed() {
        assert_eq!(of(&[("a", "P1", 1), ("b", "P1", 2)], &[("b", "P1", 3)]), [MergeOutcome::Changed(1)]);
    }

    #[test]
    fn without_a_proof_the_rest_tells_which_line_it_is() {
        assert_eq!(of(&[("a", "", 1), ("a", "P1", 1)], &[("a", "", 2)]), [MergeOutcome::Changed(0)]);
    }

    #[test]
    fn every_list_of_a_workspace_has_a_key_of_its_fields() {
        let lists = Lists::default();
        for list in List::ALL {
            let lines = lists.lines(list);
            assert!(!lines.keys().is_empty(), "{list:?}");
            for name in lines.keys().iter().copied().flatten().flat_map(|names| names.split('|')) {
                assert!(lines.fields().iter().any(|field| field.name == name), "{list:?}: {name}");
            }
        }
        assert_eq!(Entitlement::KEYS.len(), 2);
    }
}
