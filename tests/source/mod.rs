//! The project's own source as text, for tests that read it.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test binary uses a part of it, and a test may stop where a program may not"
)]

use std::path::{Path, PathBuf};

/// A Rust file below `src`.
pub(crate) struct Source {
    /// Its place below `src`, with `/` between folders.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A line of code without comments and without what stands between quotes.
pub(crate) struct Line {
    /// The first line is 1.
    pub(crate) number: usize,
    pub(crate) code: String,
    /// How many modules enclose the line within its file; `mod tests` is the usual one.
    pub(crate) inner_modules: usize,
}

/// All Rust files below `src`, in the order of their paths.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| Source {
        text: std::fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"),
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    /// The folder or file directly below `src` that it belongs to, without an extension.
    pub(crate) fn area(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Its module path below the crate: `engine/mod.rs` has one step, `engine/facts.rs` two.
    pub(crate) fn depth(&self) -> usize {
        let steps = self.path.split('/').count();
        if self.path.ends_with("mod.rs") { steps - 1 } else { steps }
    }

    /// The code before the unit tests, which stand at the end of a file.
    pub(crate) fn without_tests(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod ").next().unwrap()
    }

    /// Its lines without comments and texts.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut inner_modules = 0;
        for (index, code) in strip(&self.text).lines().enumerate() {
            lines.push(Line { number: index + 1, code: code.to_owned(), inner_modules });
            let opens = code.trim_end().ends_with('{')
                && code.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ").starts_with("mod ");
            if opens && !code.starts_with(' ') {
                inner_modules += 1;
            } else if code == "}" {
                inner_modules = 0;
            }
        }
        lines
    }
}

/// The same text with comments and what stands between quotes blanked; line breaks stay.
pub(crate) fn strip(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let detected_by: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < detected_by.len() {
        let rest = &detected_by[at..];
        if rest.starts_with(&['/', '/']) {
            at += rest.iter().position(|&sign| sign == '\n').unwrap_or(rest.len());
        } else if (rest.starts_with(&['r', '"']) || rest.starts_with(&['r', '#'])) && !at_word(&detected_by, at) {
            let hashes = rest[1..].iter().take_while(|&&sign| sign == '#').count();
            if rest.get(1 + hashes) != Some(&'"') {
                code.push('r');
                at += 1;
                continue;
            }
            let mut end = at + 2 + hashes;
            while end < detected_by.len()
                && !(detected_by[end] == '"'
                    && detected_by[end + 1..].iter().take(hashes).filter(|&&sign| sign == '#').count() == hashes)
            {
                keep_break(&mut code, detected_by[end]);
                end += 1;
            }
            at = end + 1 + hashes;
        } else if rest[0] == '"' {
            let mut end = at + 1;
            while end < detected_by.len() && detected_by[end] != '"' {
                keep_break(&mut code, detected_by[end]);
                end += if detected_by[end] == '\\' {
                    keep_break(&mut code, *detected_by.get(end + 1).unwrap_or(&' '));
                    2
                } else {
                    1
                };
            }
            code.push_str("\"\"");
            at = end + 1;
        } else if rest.len() > 2 && rest[0] == '\'' && (rest[2] == '\'' || rest[1] == '\\') {
            // A character, not a lifetime.
            at += 2 + rest[2..].iter().position(|&sign| sign == '\'').unwrap_or(0) + 1;
        } else {
            code.push(rest[0]);
            at += 1;
        }
    }
    code
}

fn at_word(detected_by: &[char], at: usize) -> bool {
    at > 0 && (detected_by[at - 1].is_alphanumeric() || detected_by[at - 1] == '_')
}

fn keep_break(code: &mut String, sign: char) {
    if sign == '\n' {
        code.push('\n');
    }
}

/// The texts between quotes in code, comments left out.
pub(crate) fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('"') {
            if before.contains("//") {
                break;
            }
            let Some((literal, after)) = after.split_once('"') else { break };
            found.push(literal.to_owned());
            rest = after;
        }
    }
    found
}

/// Whether the code names this word, and not merely a longer one that contains it.
pub(crate) fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
        !part(code[..at].chars().next_back()) && !part(code[at + word.len()..].chars().next())
    })
}

/// Fails with every violation, one on a line.
pub(crate) fn report(law: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{law}:\n{}", violations.join("\n"));
}
