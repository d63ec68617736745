//! Names of x86 servers: a machine is no processor, and the number in its name is never that of one.
//!
//! An IBM System x3250 is not a Xeon X3250. What stands beside the name of the server may still name its processor.

use super::processors;

/// Words that begin the name of an x86 server; its number follows.
const LINES: [&str; 13] = [
    "thinksystem",
    "thinkserver",
    "thinkagile",
    "xseries",
    "nextscale",
    "idataplex",
    "proliant",
    "poweredge",
    "precision",
    "primergy",
    "primequest",
    "synergy",
    "optiplex",
];

/// The words without those that name an x86 server; `None` when none does.
pub(super) fn without<'a>(words: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut rest = Vec::new();
    let mut index = 0;
    while let Some((word, after)) = words.get(index..).and_then(<[_]>::split_first) {
        let before = index.checked_sub(1).and_then(|before| words.get(before)).copied();
        let taken = named(before, word, after);
        if taken == 0 {
            rest.push(*word);
        }
        index = index.saturating_add(taken.max(1));
    }
    (rest.len() < words.len()).then_some(rest)
}

/// How many words from here on name a server, with the word before it.
fn named(before: Option<&str>, word: &str, after: &[&str]) -> usize {
    let next = after.first().copied().unwrap_or_default();
    let begun = match word {
        "system" if next == "x" => 2,
        "system" | "ibm" | "lenovo" if system_x(next).is_some() => 1,
        line if LINES.contains(&line) || line == "bladecenter" && is_blade(next) => 1,
        // A Xeon X3450 is a processor.
        _ if before.is_some_and(|before| before == "intel" || before.starts_with("xeon")) => 0,
        // IBM has more machines of this form than Intel has processors, and those are listed.
        number => match system_x(number) {
            Some("") => usize::from(is_generation(next) || !processors::has_number(number)),
            Some(_) => 1,
            None => 0,
        },
    };
    if begun == 0 {
        return 0;
    }
    let of_server = |word: &&&str| system_x(word).is_some() || is_blade(word) || is_generation(word) || is_plain(word);
    // The list of processors has the numbers of Intel that look like a System x: after its name they are the machine's.
    let number = after.get(begun.saturating_sub(1)..).unwrap_or_default();
    begun.saturating_add(number.iter().take_while(of_server).count())
}

/// What follows the number of a System x: nothing, or its generation.
fn system_x(word: &str) -> Option<&str> {
    let (number, suffix) = word.strip_prefix('x')?.split_at_checked(4)?;
    let is = number.starts_with('3') && number.bytes().all(|byte| byte.is_ascii_digit());
    (is && (suffix.is_empty() || is_generation(suffix))).then_some(suffix)
}

/// A blade with processors of Intel or AMD: HS22, HX5, LS42.
fn is_blade(word: &str) -> bool {
    let number = ["hs", "hx", "ls"].into_iter().find_map(|line| word.strip_prefix(line));
    number.is_some_and(|number| number.bytes().next().is_none_or(|byte| byte.is_ascii_digit()))
}

/// The generation of a server: M5, X6, G7, Gen9.
fn is_generation(word: &str) -> bool {
    let number = ["gen", "g", "m", "x"].into_iter().find_map(|letters| word.strip_prefix(letters));
    number.is_some_and(|number| matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A number without letters, or a machine type with its model.
fn is_plain(word: &str) -> bool {
    let number = word.split('-').next().unwrap_or_default();
    number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(name: &str) -> Option<String> {
        without(&name.split(' ').collect::<Vec<_>>()).map(|words| words.join(" "))
    }

    #[test]
    fn the_name_of_a_server_is_taken_out_and_its_processor_stays() {
        for (name, left) in [
            ("ibm system x3250 m5", "ibm"),
            ("ibm system x 3250", "ibm"),
            ("x3650 m4", ""),
            ("x3550m5", ""),
            ("ibm x3350", ""),
            ("ibm x3550 xeon 5450", "xeon 5450"),
            ("ibm system x3650 m5 intel xeon e5-2690 v4", "ibm intel xeon e5-2690 v4"),
            ("system x3400 m3 7379-ac1 intel xeon x5650", "intel xeon x5650"),
            ("bladecenter hs21 8853 xeon 5150", "xeon 5150"),
            ("hp proliant 5500 xeon", "hp xeon"),
            ("dell poweredge 2950 x5450", "dell x5450"),
        ] {
            assert_eq!(rest(name).as_deref(), Some(left), "{name}");
        }
    }

    #[test]
    fn a_processor_is_no_server() {
        for name in [
            "x3350",
            "x3430",
            "intel xeon x3350 m2",
            "xeon x3550",
            "x5650 x2",
            "bladecenter js22",
            "ibm system z10 ec",
            "e3-1240 v6",
        ] {
            assert_eq!(rest(name), None, "{name}");
        }
    }
}
