//! The engine at a terminal.

use std::io::{BufWriter, Write, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout().lock());
    let exit = highwater::cli::run(std::env::args_os().skip(1), &mut out, &mut stderr().lock());
    let _ = out.flush();
    exit.into()
}
