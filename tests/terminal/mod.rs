//! The command line, run as its user does.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A file of this test run with this text.
pub(crate) fn file(name: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("terminal");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Runs the command with these arguments.
pub(crate) fn highwater(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_highwater")).args(arguments).output().unwrap()
}

/// The exit status of a run.
pub(crate) fn status(arguments: &[&str]) -> i32 {
    highwater(arguments).status.code().unwrap()
}

/// What a run prints on standard output.
pub(crate) fn out(arguments: &[&str]) -> String {
    String::from_utf8(highwater(arguments).stdout).unwrap()
}

/// The JSON that a command prints; nothing else may stand on its standard output.
pub(crate) fn answer(arguments: &[&str]) -> Value {
    let output = highwater(arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{text}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// Fails unless the object has all of these keys.
#[track_caller]
pub(crate) fn has_keys(object: &Value, keys: &[&str]) {
    let missing: Vec<_> = keys.iter().filter(|key| object.get(**key).is_none()).collect();
    assert!(missing.is_empty(), "no {missing:?} in {object:#}");
}
