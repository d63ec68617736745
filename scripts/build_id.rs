//! Names the build by a hash of its sources: page and workers send each other messages without names, which only programs
//! of the same sources understand.
#![allow(clippy::print_stdout, reason = "so a build script speaks to cargo")]

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut files = vec![PathBuf::from("Cargo.lock")];
    add(Path::new("src"), &mut files)?;
    files.sort();
    let mut hash = DefaultHasher::new();
    for file in &files {
        hash.write(file.as_os_str().as_encoded_bytes());
        hash.write(&fs::read(file)?);
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=HIGHWATER_BUILD={:x}", hash.finish());
    Ok(())
}

/// Adds the files of a folder and of those in it.
fn add(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            add(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
