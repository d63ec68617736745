//! How names of bundles, components and metrics are spelt: what makes no difference, what people add to a name, and what
//! a name says about where it is used.

/// The marks of owners that people write after names.
const MARKS: [&str; 4] = ["®", "™", "(R)", "(TM)"];

/// A name without what makes no difference: case, spaces at its edges, marks of owners, and a leading "IBM".
pub(super) fn folded(name: &str) -> String {
    // Reports of tools write codes: MANAGED_VIRTUAL_SERVER.
    let name = MARKS.iter().fold(name.replace('_', " "), |name, mark| name.replace(mark, ""));
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    name.strip_prefix("ibm ").map(str::to_owned).unwrap_or(name)
}

/// A name without what people add to it: a mark of a footnote, or words in brackets.
pub(super) fn without_addition(name: &str) -> &str {
    let name = name.trim_end_matches(['*', ' ']);
    let bare = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(before, _)| before.trim_end());
    bare.unwrap_or(name)
}

/// A name without the words at its end that say that it is for use outside of production; `None` when it has none.
pub(super) fn without_non_production(name: &str) -> Option<&str> {
    // Where each word begins: marks and spaces are written in many ways, "Non- Production" among them.
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut within = false;
    for (index, c) in name.char_indices() {
        match (c.is_alphanumeric(), words.last_mut()) {
            (true, Some((_, word))) if within => word.extend(c.to_lowercase()),
            (true, _) => words.push((index, c.to_lowercase().collect())),
            (false, _) => {}
        }
        within = c.is_alphanumeric();
    }
    let mut last = |is: fn(&str) -> bool| words.pop_if(|(_, word)| is(word)).map(|(index, _)| index);
    last(|word| matches!(word, "environment" | "environments" | "env" | "use"));
    let begin = if let Some(index) = last(|word| matches!(word, "nonproduction" | "nonprod")) {
        index
    } else {
        last(|word| matches!(word, "production" | "prod"))?;
        last(|word| word == "non")?
    };
    let begin = last(|word| word == "for").unwrap_or(begin);
    let component = name.get(..begin)?.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    (!component.is_empty()).then_some(component)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_a_leading_ibm_make_no_difference() {
        assert_eq!(folded(" IBM  MQ Advanced"), folded("mq advanced"));
        assert_eq!(folded("MANAGED_VIRTUAL_SERVER"), "managed virtual server");
        assert_eq!(folded("IBM® MQ™ Advanced"), folded("IBM(R) MQ(TM) Advanced"));
        assert_eq!(folded("IBM® MQ Advanced"), "mq advanced");
    }

    #[test]
    fn the_words_for_use_outside_of_production_are_taken_off_the_end() {
        for name in [
            "X for Non-Production Environment",
            "X for Non-Production",
            "X (Non-Production)",
            "X - Non Production",
            "X Non- Production *",
            "X for nonproduction use",
            "X NON-PROD",
        ] {
            assert_eq!(without_non_production(name), Some("X"), "{name}");
        }
        for name in
            ["X", "X for Production", "X Environment", "Non-Production", "X Nonproductive", "Xnon production", "X for"]
        {
            assert_eq!(without_non_production(name), None, "{name}");
        }
        assert_eq!(without_non_production("X (Y) for Non-Production"), Some("X (Y)"));
    }
}
