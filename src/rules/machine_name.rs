//! Where a name speaks of one of IBM's machine types.
//!
//! Read are `9009-42A`, `9009 42A`, `IBM,3931,704,A01` (the second number is a capacity), `9009 model 42A`, and the type
//! alone. A number of four digits may be many things: it counts as a type only where the list has it, where no x86 or
//! SPARC processor is named, and, without a model, where the name says that it is IBM's or has nothing else in it.

use super::machine_types::{self, MachineType};
use super::processors;

/// The machine that a name speaks of.
pub(super) struct NamedMachine<'a> {
    /// The rows of the list: one with the model, or all of the type.
    pub(super) machines: Vec<&'static MachineType>,
    /// The type, where the list does not have the model that stands with it, and that model.
    pub(super) unlisted: Option<(&'a str, &'a str)>,
    /// The words that say something else.
    pub(super) rest: Vec<&'a str>,
}

/// What begins the words of processors that are in no machine of the list.
const OTHERS: [&str; 12] = [
    "xeon",
    "intel",
    "amd",
    "opteron",
    "epyc",
    "athlon",
    "ryzen",
    "threadripper",
    "pentium",
    "celeron",
    "itanium",
    "sparc",
];

/// What begins the words that tell that a number without a model is IBM's.
const IBMS: [&str; 14] = [
    "ibm",
    "power",
    "openpower",
    "eserver",
    "pseries",
    "iseries",
    "zseries",
    "bladecenter",
    "linuxone",
    "zenterprise",
    "mainframe",
    "machine",
    "type",
    "mtm",
];

/// Words that stand between a type and its model.
const BETWEEN: [&str; 4] = ["-", "model", "mod", "mdl"];

/// The machines that the words of a folded name speak of; `None` when they speak of none.
pub(super) fn find<'a>(words: &[&'a str]) -> Option<NamedMachine<'a>> {
    if words.iter().any(|word| OTHERS.iter().any(|other| word.starts_with(other)) || word.starts_with("ultrasparc")) {
        return None;
    }
    let mut named = NamedMachine { machines: Vec::new(), unlisted: None, rest: Vec::new() };
    let mut index = 0;
    while let Some(after) = words.get(index..).filter(|after| !after.is_empty()) {
        let found = joined(after).or_else(|| apart(words, after));
        let taken = if let Some((machines, unlisted, taken)) = found {
            named.machines.extend(machines);
            named.unlisted = named.unlisted.or(unlisted);
            taken
        } else {
            named.rest.extend(after.first());
            1
        };
        index = index.saturating_add(taken);
    }
    (!named.machines.is_empty()).then_some(named)
}

/// Machines, what is not listed, and how many words say so.
type JoinedName<'a> = (Vec<&'static MachineType>, Option<(&'a str, &'a str)>, usize);

/// A word that holds type and model: `9009-42a`, `u9009.42a.7812345`, `server-9009-42a-sn7812345`.
fn joined<'a>(words: &[&'a str]) -> Option<JoinedName<'a>> {
    let word = *words.first()?;
    let parts: Vec<&str> = word.split(['-', '.']).collect();
    let found = parts.iter().zip(parts.iter().skip(1)).find_map(|(before, model)| {
        let number = before.strip_prefix('u').unwrap_or(before);
        let machines = machine_types::of_type(number);
        (!machines.is_empty() && is_model(model)).then_some((machines, number, *model))
    });
    let Some((machines, number, model)) = found else { return together(word) };
    Some(match with_model(&machines, model) {
        Some(machine) => (vec![machine], None, 1),
        // One row stands for all models of the type, whatever they are.
        None if machines.iter().any(|machine| machine.model.is_none()) => (of_any_model(machines), None, 1),
        None => (machines, Some((number, model)), 1),
    })
}

/// Type and model without anything between them, where the list has exactly these: `9080m9s`.
fn together<'a>(word: &str) -> Option<JoinedName<'a>> {
    let (number, model) = word.split_at_checked(4).filter(|(_, model)| is_model(model))?;
    with_model(&machine_types::of_type(number), model).map(|machine| (vec![machine], None, 1))
}

/// A type that stands alone, or before its model.
fn apart<'a>(words: &[&'a str], after: &[&'a str]) -> Option<JoinedName<'a>> {
    let (number, after) = after.split_first()?;
    let machines = machine_types::of_type(number);
    if machines.is_empty() {
        return None;
    }
    let between = after.iter().take_while(|word| BETWEEN.contains(word)).count();
    let after = after.get(between..).unwrap_or_default();
    let model = |index: usize| with_model(&machines, after.get(index)?);
    // Only a number can stand before the model of a mainframe: its capacity.
    let capacity = after.first().is_some_and(|word| is_model(word) && word.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(machine) = model(0) {
        return Some((vec![machine], None, between.saturating_add(2)));
    }
    if let Some(machine) = model(1).filter(|_| capacity) {
        return Some((vec![machine], None, between.saturating_add(3)));
    }
    let mainframe =
        |word: &str| word.strip_prefix('z').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let ibms = words.iter().any(|word| mainframe(word) || IBMS.iter().any(|ibm| word.starts_with(ibm)));
    let alone = words.len() == 1 && !processors::has_number(number);
    (ibms || alone).then(|| (of_any_model(machines), None, 1))
}

/// Whether a word may be a model: three letters or digits.
fn is_model(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn with_model(machines: &[&'static MachineType], model: &str) -> Option<&'static MachineType> {
    let is = |machine: &MachineType| machine.model.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(model));
    machines.iter().copied().find(|machine| is(machine))
}

/// The row that stands for all models, else the rows of all of them.
fn of_any_model(machines: Vec<&'static MachineType>) -> Vec<&'static MachineType> {
    let any = machines.iter().copied().find(|machine| machine.model.is_none());
    any.map_or(machines, |any| vec![any])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The machines and the rest of the name; neither where no machine is named.
    fn found(name: &str) -> (Vec<String>, String) {
        let words: Vec<&str> = name.split(' ').collect();
        let Some(named) = find(&words) else { return Default::default() };
        (named.machines.iter().map(|machine| machine.number()).collect(), named.rest.join(" "))
    }

    fn one(number: &str, rest: &str) -> (Vec<String>, String) {
        (vec![number.to_owned()], rest.to_owned())
    }

    #[test]
    fn a_type_with_its_model_is_one_machine() {
        assert_eq!(found("ibm 9009-42a"), one("9009-42A", "ibm"));
        assert_eq!(found("ibm 9009 42a"), one("9009-42A", "ibm"));
        assert_eq!(found("power system 9009 model 42a"), one("9009-42A", "power system"));
        assert_eq!(found("u9009.42a.7812345"), one("9009-42A", ""));
        assert_eq!(found("ibm 9080m9s"), one("9080-M9S", "ibm"));
        assert_eq!(found("ibm 3931 704 a01"), one("3931-A01", "ibm"));
        assert_eq!(found("9080-m9s power e980"), one("9080-M9S", "power e980"));
    }

    #[test]
    fn a_type_without_its_model_is_all_of_its_machines() {
        assert_eq!(found("ibm 8408").0, ["8408-E8E", "8408-44E", "8408-E8D"]);
        assert_eq!(found("ibm 8408-zzz").0, ["8408-E8E", "8408-44E", "8408-E8D"]);
        assert_eq!(found("2817-m32"), one("2817", ""));
        // Not the 9117-570: a number that stands elsewhere is no model.
        assert_eq!(found("ibm 9117 power 570").1, "ibm power 570");
        assert_eq!(found("power 570 9117").0.len(), 5);
    }

    #[test]
    fn a_number_is_no_machine_type_where_it_can_be_something_else() {
        for name in ["intel xeon 5148", "amd opteron 8408", "epyc 9124", "8268", "5148", "widget 9117", "power10 9999"]
        {
            assert!(found(name).0.is_empty(), "{name}");
        }
    }
}
