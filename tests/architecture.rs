//! Who may know whom: reads the source and fails on what the compiler cannot forbid inside one crate.

use crate::source::{Source, names, report, sources};

/// Each folder below `src` and the folders that it may know (src/lib.rs, "Who may know whom").
const MAY_KNOW: [(&str, &[&str]); 13] = [
    ("model", &[]),
    ("rules", &["model"]),
    ("engine", &["model", "rules"]),
    ("report", &["model", "rules", "engine"]),
    ("edit", &["model"]),
    ("import", &["model"]),
    ("persist", &["model"]),
    ("i18n", &["model"]),
    ("work", &["model", "rules", "engine", "report", "edit", "import", "persist", "i18n"]),
    ("cli", &["model", "rules", "engine", "report", "edit", "import", "persist", "i18n", "work"]),
    ("worker", &["model", "work"]),
    ("browser", &["model", "i18n", "work"]),
    ("ui", &["model", "edit", "persist", "i18n", "work", "browser"]),
];

/// The folders that know no browser, no clock, no file and no locale.
const PURE: &[&str] = &["model", "rules", "engine", "report", "edit", "import", "persist", "i18n"];

/// The folders in which every number is exact.
const EXACT: &[&str] = &["model", "rules", "engine"];

/// Files with a hash map in an exact folder, and why its order never shows.
const HASH_MAPS: &[(&str, &str)] = &[
    ("model/names.rs", "names are looked up by text and numbered in the order in which they are met"),
    ("engine/demand/estate.rs", "the distinct products are collected, then sorted by name"),
    (
        "engine/demand/warnings.rs",
        "the first row that says something is looked up by what it says; rows are walked in order",
    ),
    ("engine/demand/rates.rs", "a memory of rates that were looked up before"),
];

/// Files of pure folders that share their work among threads, and why no result depends on them.
const THREADS: &[(&str, &str)] = &[
    ("engine/demand/estate.rs", "each thread counts whole servers, and exact sums do not depend on their order"),
    ("import/template/parts.rs", "each thread reads whole rows, and the parts are put together in their order"),
];

/// Files of more than 500 lines, and why they are not cut.
const LONG: &[(&str, &str)] = &[];

#[test]
fn no_folder_knows_one_that_it_may_not_know() {
    let mut violations = Vec::new();
    for source in sources() {
        let Some((_, may_know)) = MAY_KNOW.iter().find(|(folder, _)| *folder == source.area()) else { continue };
        for (line, target) in targets(&source) {
            let folder = MAY_KNOW.iter().any(|(folder, _)| *folder == target);
            if folder && target != source.area() && !may_know.contains(&target.as_str()) {
                violations.push(format!("src/{}:{line}: {} may not know {target}", source.path, source.area()));
            }
        }
    }
    report("a folder knows one that it may not know", &violations);
}

/// Line by line the folders below `src` that a file names: `crate::model`, or as many `super` as lead to the crate.
fn targets(source: &Source) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    let word = |text: &str| text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect::<String>();
    for line in source.lines() {
        for (at, path) in line.code.match_indices("crate::") {
            let rest = &line.code[at + path.len()..];
            let several = rest.strip_prefix('{').map(|list| list.split(',').map(|item| word(item.trim())).collect());
            let several: Vec<String> = several.unwrap_or_else(|| vec![word(rest)]);
            targets.extend(several.into_iter().map(|target| (line.number, target)));
        }
        let mut rest = line.code.as_str();
        while let Some(at) = rest.find("super::") {
            let climb = &rest[at..];
            let steps = climb.split("super::").take_while(|between| between.is_empty()).count();
            let after = &climb[steps * "super::".len()..];
            if steps >= source.depth() + line.inner_modules {
                targets.push((line.number, word(after)));
            }
            rest = after;
        }
    }
    targets
}

#[test]
fn every_folder_has_its_place_in_the_order() {
    let known =
        |area: &str| MAY_KNOW.iter().any(|(folder, _)| *folder == area) || ["lib", "main", "bin"].contains(&area);
    let violations: Vec<String> =
        sources().iter().filter(|source| !known(source.area())).map(|source| format!("src/{}", source.path)).collect();
    report("a folder has no place in the order", &violations);
}

/// Where the words may not stand, and why: reports every line of these files that names one of them.
fn forbid(law: &str, words: &[&str], applies: impl Fn(&Source) -> bool) {
    let mut violations = Vec::new();
    for source in sources().iter().filter(|source| applies(source)) {
        for line in source.lines() {
            for word in words.iter().filter(|word| names(&line.code, word)) {
                violations.push(format!("src/{}:{}: {word}", source.path, line.number));
            }
        }
    }
    report(law, &violations);
}

fn in_one_of(folders: &'static [&'static str]) -> impl Fn(&Source) -> bool {
    move |source| folders.contains(&source.area())
}

#[test]
fn no_number_is_a_binary_fraction_where_numbers_are_exact() {
    forbid("a binary fraction", &["f32", "f64"], in_one_of(EXACT));
}

#[test]
fn no_result_depends_on_the_order_of_a_hash_map() {
    forbid("a hash map of random order", &["HashMap", "HashSet"], in_one_of(PURE));
    let listed = |source: &Source| HASH_MAPS.iter().any(|(path, _)| *path == source.path);
    let words = &["FxHashMap", "FxHashSet"];
    forbid("a hash map without a stated reason", words, |source| in_one_of(EXACT)(source) && !listed(source));
}

#[test]
fn pure_folders_know_no_clock_no_file_and_no_environment() {
    let words = [
        "SystemTime",
        "Instant",
        "std::time",
        "std::fs",
        "std::env",
        "std::net",
        "available_parallelism",
        "sleep",
        "Zoned",
        "Timestamp",
    ];
    forbid("a clock, a file or the environment in a pure folder", &words, in_one_of(PURE));
    let listed = |source: &Source| THREADS.iter().any(|(path, _)| *path == source.path);
    forbid("a thread without a stated reason", &["std::thread"], |source| in_one_of(PURE)(source) && !listed(source));
}

#[test]
fn only_the_page_and_the_loop_of_a_worker_have_a_door_to_the_browser() {
    let door = |source: &Source| ["browser", "worker"].contains(&source.area());
    forbid("the browser outside of its door", &["web_sys", "js_sys"], |source| !door(source));
    forbid("leptos outside of the page", &["leptos"], |source| !["ui", "browser", "main"].contains(&source.area()));
}

#[test]
fn conditional_compilation_chooses_whole_modules_only() {
    let mut violations = Vec::new();
    for source in sources() {
        let lines = source.lines();
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            let chooses = names(&next.code, "mod") && next.code.trim_end().ends_with(';');
            if line.code.contains("cfg(") && !line.code.contains("cfg(test)") && !chooses {
                violations.push(format!("src/{}:{}", source.path, line.number));
            }
        }
    }
    report("cfg on something that is not a module", &violations);
}

/// Names that traits give to what belongs to an implementation.
const OF_TRAITS: &[&str] = &["Err", "Error", "Input", "Line", "Output", "Target", "Trace", "Value"];

#[test]
fn every_type_has_a_name_of_its_own() {
    let mut seen = std::collections::BTreeMap::<String, String>::new();
    let mut violations = Vec::new();
    for source in sources() {
        for line in source.lines() {
            let code = line.code.trim_start();
            let code = if code.starts_with("pub") { code.split_once(' ').map_or(code, |(_, rest)| rest) } else { code };
            let code = code.strip_prefix("in crate::engine) ").unwrap_or(code);
            let Some((kind, rest)) = code.split_once(' ') else { continue };
            let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            if !["struct", "enum", "trait", "type"].contains(&kind) || OF_TRAITS.contains(&name.as_str()) {
                continue;
            }
            if !name.starts_with(|letter: char| letter.is_ascii_uppercase()) {
                continue;
            }
            let here = format!("src/{}:{}", source.path, line.number);
            if let Some(there) = seen.insert(name.clone(), here.clone()) {
                violations.push(format!("{name}: {there} and {here}"));
            }
        }
    }
    report("two types have one name", &violations);
}

#[test]
fn long_files_have_a_reason() {
    let lines = |source: &Source| source.text.lines().count();
    let reason = |source: &Source| LONG.iter().any(|(path, _)| *path == source.path);
    let sources = sources();
    let long = sources.iter().filter(|source| lines(source) > 500 && !reason(source));
    let violations: Vec<String> = long.map(|source| format!("src/{}: {} lines", source.path, lines(source))).collect();
    report("a file of more than 500 lines without a reason", &violations);
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    let drawers = ["utils", "util", "helpers", "common", "misc", "types"];
    let sources = sources();
    let named = sources
        .iter()
        .filter(|source| source.path.trim_end_matches(".rs").split('/').any(|step| drawers.contains(&step)));
    report("a drawer for odds and ends", &named.map(|source| source.path.clone()).collect::<Vec<_>>());
}

#[test]
fn the_lists_of_reasons_name_only_files_that_need_one() {
    let sources = sources();
    let find = |path: &str| sources.iter().find(|source| source.path == path);
    let hashes = |source: &Source| source.text.contains("FxHash");
    let long = |source: &Source| source.text.lines().count() > 500;
    let idle = HASH_MAPS.iter().filter(|(path, _)| !find(path).is_some_and(hashes));
    let idle = idle.chain(LONG.iter().filter(|(path, _)| !find(path).is_some_and(long)));
    report("a reason that nothing needs", &idle.map(|(path, _)| (*path).to_owned()).collect::<Vec<_>>());
}

#[test]
fn reading_code_passes_over_comments_and_texts() {
    let code =
        crate::source::strip("let a = \"f64 \\\" f32\"; // f64\nlet b = 'x'; let c: &'static str = r#\"f64\"#;\n");
    assert!(!names(&code, "f64") && !names(&code, "f32"), "{code}");
    assert!(code.contains("'static str") && code.lines().count() == 2, "{code}");
    assert!(names("x as f64;", "f64") && !names("x.to_f64()", "f64"));
}
