//! Which owned product counts for which needed one: one name, one product; chains are followed (semantics, section 13).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::entitlement::Alias;
use crate::model::issue::{Issue, Severity};

/// The aliases that map: at most one of a name, and none in a circle.
#[derive(Debug, Default)]
pub(super) struct Aliases<'a>(BTreeMap<&'a str, &'a Alias>);

impl<'a> Aliases<'a> {
    pub(super) fn of(aliases: &'a [Arc<Alias>]) -> Self {
        let refused = refused(aliases);
        let stands = |index: &usize| refused.binary_search_by_key(index, |(index, _)| *index).is_err();
        let standing = aliases.iter().enumerate().filter(|(index, _)| stands(index));
        let mut by_name = BTreeMap::<&str, &Alias>::new();
        for (_, alias) in standing {
            by_name.entry(alias.name.as_str()).or_insert(alias);
        }
        Self(by_name)
    }

    /// The aliases by which a name counts for another one, in their order; none where it counts for itself.
    pub(super) fn follow(&self, name: &str) -> Vec<&'a Alias> {
        // There is no circle: every step leads to another alias.
        std::iter::successors(self.0.get(name).copied(), |alias| self.0.get(alias.product.as_str()).copied()).collect()
    }
}

/// The aliases that cannot stand, by their indices, and why: a second one of a name for another product, and all that lead
/// in a circle. Sorted by place.
pub fn refused(aliases: &[Arc<Alias>]) -> Vec<(usize, Issue)> {
    let mut refused = Vec::new();
    let mut first: BTreeMap<&str, (usize, &Alias)> = BTreeMap::new();
    for (index, alias) in aliases.iter().enumerate() {
        let (_, known) = *first.entry(alias.name.as_str()).or_insert((index, alias));
        if known.product != alias.product {
            let issue = told(alias, "alias_twice").with("product", known.product.as_str());
            refused.push((index, issue.with("other", alias.product.as_str())));
        }
    }
    for circle in circles(&first) {
        let names: Vec<&str> = circle.iter().map(|(_, alias)| alias.name.as_str()).collect();
        let rows: Vec<String> = circle.iter().map(|(_, alias)| alias.row.to_string()).collect();
        for (index, alias) in &circle {
            let issue = told(alias, "alias_circle").with("names", names.join(" → "));
            refused.push((*index, issue.with("rows", rows.join(", "))));
        }
    }
    refused.sort_by_key(|(index, _)| *index);
    refused
}

/// The aliases that lead back to themselves, circle by circle.
fn circles<'a>(first: &BTreeMap<&'a str, (usize, &'a Alias)>) -> Vec<Vec<(usize, &'a Alias)>> {
    let mut circles = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in first.keys() {
        let mut path: Vec<(usize, &Alias)> = Vec::new();
        let mut at = *start;
        while let Some((index, alias)) = first.get(at).filter(|_| !done.contains(at)) {
            done.insert(at);
            path.push((*index, *alias));
            at = alias.product.as_str();
        }
        if let Some(from) = path.iter().position(|(_, alias)| alias.name == at) {
            circles.push(path.split_off(from));
        }
    }
    circles
}

fn told(alias: &Alias, code: &'static str) -> Issue {
    Issue::new(Severity::Error, code).at_line(&alias.file, alias.row).with("name", alias.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::SharedLines;

    fn alias(name: &str, product: &str) -> Alias {
        let (name, product, reason) = (name.to_owned(), product.to_owned(), "renamed".to_owned());
        Alias { name, product, reason, ..Alias::default() }
    }

    fn counts_for(aliases: &[Alias], name: &str) -> String {
        Aliases::of(&SharedLines::of(aliases))
            .follow(name)
            .last()
            .map_or(name, |alias| alias.product.as_str())
            .to_owned()
    }

    fn refused_at(aliases: &[Alias]) -> Vec<(usize, String)> {
        refused(&SharedLines::of(aliases)).into_iter().map(|(index, issue)| (index, issue.code.into_owned())).collect()
    }

    #[test]
    fn a_second_product_for_a_name_is_refused_and_the_first_stays() {
        let aliases = [alias("A", "B"), alias("A", "C"), alias("A", "B")];
        assert_eq!(refused_at(&aliases), [(1, "alias_twice".to_owned())]);
        assert_eq!(counts_for(&aliases, "A"), "B");
    }

    #[test]
    fn chains_are_followed_to_their_end() {
        let aliases = [alias("B", "C"), alias("A", "B"), alias("C", "D")];
        assert_eq!((refused_at(&aliases), counts_for(&aliases, "A")), (Vec::new(), "D".to_owned()));
    }

    #[test]
    fn nothing_is_mapped_by_a_circle_and_each_of_its_lines_is_told() {
        let aliases = [alias("A", "B"), alias("B", "C"), alias("C", "B"), alias("X", "Y")];
        let circle = "alias_circle".to_owned();
        assert_eq!(refused_at(&aliases), [(1, circle.clone()), (2, circle)]);
        let names = ["A", "B", "C", "X"].map(|name| counts_for(&aliases, name));
        assert_eq!(names, ["B", "B", "C", "Y"]);
    }
}
