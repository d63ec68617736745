//! Operating systems, as far as they matter to a rate: whether one is a Linux.

/// Words that only the name of a Linux has.
const LINUXES: [&str; 16] = [
    "linux", "redhat", "rhel", "rhcos", "coreos", "sles", "suse", "ubuntu", "debian", "fedora", "centos", "rocky",
    "alma", "photon", "flatcar", "amazon",
];

/// Whether the name of an operating system is that of a Linux: it holds one of the words, in any case and without its
/// spaces (`RedHatEnterprise 8.8`), or is Oracle's `OL` before a number (`OL8`, `OL 8.6`). Solaris has these letters too,
/// but not at the beginning of a word.
pub fn is_linux(name: &str) -> bool {
    let name = name.to_lowercase();
    let together: String = name.split_whitespace().collect();
    if LINUXES.iter().any(|linux| together.contains(linux)) {
        return true;
    }
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins_with_a_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let numbers = words.iter().skip(1).map(|next| begins_with_a_number(next)).chain([false]);
    words.iter().zip(numbers).any(|(word, before_a_number)| match word.strip_prefix("ol") {
        Some("") => before_a_number,
        Some(version) => begins_with_a_number(version),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linux_is_known_by_its_words_without_case_and_spaces() {
        for name in [
            "Linux",
            "RedHatEnterprise 8.8",
            "Red Hat",
            "R H E L 9",
            "RHCOS 4.14",
            "Fedora CoreOS",
            "SLES 15",
            "openSUSE",
            "UBUNTU 22.04",
            "Debian GNU",
            "Fedora 39",
            "CentOS",
            "Rocky 9",
            "AlmaLinux",
            "Photon OS",
            "Flatcar",
            "Amazon 2023",
            "OL8",
            "OL 8.6",
            "ol9.2",
            "Oracle OL7 (UEK)",
            "OL-8",
        ] {
            assert!(is_linux(name), "{name}");
        }
    }

    #[test]
    fn no_other_system_is_a_linux() {
        for name in [
            "",
            "AIX 7.2",
            "IBM i 7.5",
            "z/OS 2.5",
            "z/VM",
            "Windows Server 2022",
            "Solaris 11.4",
            "Oracle Solaris 10",
            "HP-UX",
            "OL",
            "Ol Doinyo",
            "VIOS 3.1",
            "Tool 8",
            "Cool8",
        ] {
            assert!(!is_linux(name), "{name}");
        }
    }
}
