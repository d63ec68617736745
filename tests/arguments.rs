//! How the terminal is asked: help, options in any order, mistakes, completions.

use crate::terminal::{answer, file, highwater, out, status};
use serde_json::json;

#[test]
fn help_is_the_same_however_it_is_asked_for() {
    let overview = out(&["--help"]);
    for arguments in [&[][..], &["-h"], &["help"]] {
        assert_eq!((out(arguments), status(arguments)), (overview.clone(), 0), "{arguments:?}");
    }
    assert!(overview.contains("Try it:\n  highwater rate"), "{overview}");
    for command in ["rate", "assess", "explain", "import", "position", "rsvp", "agreements", "bundle", "completions"] {
        let help = out(&["help", command]);
        assert!(help.contains(&format!("Usage: highwater {command}")), "{help}");
        assert_eq!([out(&[command, "-h"]), out(&[command, "--help"])], [help.as_str(), &help], "{command}");
    }
    for option in ["-V", "--version"] {
        assert_eq!(out(&[option]), concat!("highwater ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn what_is_mistyped_is_told_with_what_it_is_near() {
    for (arguments, typed, near) in [
        (&["asess", "file.csv"][..], "asess", "'assess'"),
        (&["rate", "--procesor", "x"], "--procesor", "'--processor'"),
        (&["position", "file.csv", "--entitlement", "rights.csv"], "--entitlement", "'--entitlements'"),
        (&["bundle", "parts.csv", "--rounding", "eahc"], "eahc", "'each'"),
        (&["completions", "bsh"], "bsh", "'bash'"),
    ] {
        let output = highwater(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]), "{arguments:?}");
        assert!(said.contains(&format!("'{typed}'")) && said.contains(near), "{said}");
    }
}

#[test]
fn what_is_wrong_with_an_option_names_it() {
    let orders = ["rsvp", "orders.csv"];
    for (arguments, named) in [
        (&["rate"][..], &["--processor"][..]),
        (&["explain", "file.csv"], &["--product"]),
        (&["explain", "file.csv", "--product"], &["--product"]),
        (&["rate", "--processor", "x", "--sockets", "-2"], &["--sockets", "-2", "whole number above 0"]),
        (&["rate", "--processor", "x", "--sockets=0"], &["--sockets", "whole number above 0"]),
        (&["assess", "file.csv", "--to", "--json"], &["--to", "--json", "2026-11-21"]),
        (&["assess", "file.csv", "--from", "2025-02-30"], &["--from", "2025-02-30", "2026-11-21"]),
        (&["assess", "file.csv", "--numbers", "fr"], &["--numbers", "fr", "de, en"]),
        (&[&orders[..], &["--kind", "express"]].concat(), &["--kind", "commercial, government, academic"]),
        (&[&orders[..], &["--level", "H"]].concat(), &["--level", "I, J"]),
        (&[&orders[..], &["--level", "I"]].concat(), &["--level-from"]),
        (&[&orders[..], &["--level-from", "2026-01-01"]].concat(), &["--level <"]),
        (&[&orders[..], &["--merge-anniversary", "2026-01-01"]].concat(), &["--merge <"]),
        (&[&orders[..], &["--merge", "a.csv", "--sites", "b.csv"]].concat(), &["--merge", "--sites"]),
        (&[&orders[..], &["--express", "--kind", "academic"]].concat(), &["--express", "--kind academic"]),
        (
            &[&orders[..], &["--express", "--level", "I", "--level-from", "2026-01-01"]].concat(),
            &["--express", "--level"],
        ),
        (
            &[&orders[..], &["--kind", "academic", "--level", "I", "--level-from", "2026-01-01"]].concat(),
            &["--kind academic", "--level"],
        ),
    ] {
        let output = highwater(arguments);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &[][..]), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        let missing: Vec<_> = named.iter().filter(|part| !said.contains(**part)).collect();
        assert!(missing.is_empty(), "{arguments:?} does not name {missing:?}:\n{said}");
    }
}

#[test]
fn options_stand_anywhere_and_the_last_of_one_that_is_repeated_counts() {
    let estate = file(
        "anywhere.csv",
        "server,cores,technology,partition,partition_cores,product,metric\nh,8,vmware,p,2,MQ,VPC\n",
    );
    let estate = estate.to_str().unwrap();
    let period = json!({"from": "2025-01-20", "to": "2025-01-25"});
    for arguments in [
        &["assess", "--json", "--from", "2025-01-20", estate, "--to=2025-01-25"][..],
        &["assess", "--to=2025-01-25", "--from= 2025-01-20 ", "--json", "--json", "--", estate],
        &["assess", estate, "--from", "2025-01-01", "--from", "2025-01-20", "--to", "2025-01-25", "--json"],
    ] {
        assert_eq!(answer(arguments)["period"], period, "{arguments:?}");
    }
    let overridden = ["assess", estate, "--from", "yesterday", "--from", "2025-01-20", "--to", "2025-01-25"];
    assert_eq!(status(&overridden), 2, "what is overridden must have a value all the same");
    // A value is what stands after its option, whatever it looks like.
    let rate = answer(&["rate", "--processor", "--json", "--processor", "IBM POWER9 E980", "--os", "-", "--json"]);
    assert_eq!(rate["status"], "matched");
}

#[test]
fn completions_are_there_for_every_shell_and_know_commands_options_and_values() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert_eq!(status(&["completions", shell]), 0, "{shell}");
        let script = out(&["completions", shell]);
        for part in ["highwater", "agreements", "merge-anniversary", "government"] {
            // The generator of these two has no place for the values of options.
            let no_values = ["elvish", "powershell"].contains(&shell);
            assert!(script.contains(part) || no_values && part == "government", "no {part} for {shell}");
        }
    }
    assert_eq!(status(&["completions"]), 2);
    assert_eq!(status(&["completions", "abacus"]), 2);
}
