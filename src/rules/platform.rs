//! Where a product runs, by the operating system and the processor that its rows name (semantics, section 13; ours).

use super::{RateQuery, RateStatus, Rating};
use crate::model::platform::HostPlatform;

/// Words of operating systems of IBM Z that are no Linux, as letters and digits.
const OTHERS_ON_Z: [&str; 4] = ["zvm", "zvse", "ztpf", "vsen"];
/// Words by which an operating system says that it is a Linux on IBM Z.
const LINUX_ON_Z: [&str; 8] =
    ["s390", "zlinux", "linuxonz", "linuxonibmz", "linuxonsystemz", "linuxforsystemz", "linuxforibmz", "linuxonsysz"];
/// Words of operating systems that never run on IBM Z.
const ELSEWHERE: [&str; 16] = [
    "windows", "aix", "ibmi", "os400", "i5os", "solaris", "sunos", "hpux", "macos", "darwin", "esxi", "freebsd",
    "tru64", "openvms", "irix", "netware",
];

/// What is known of where a product runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clues<'a> {
    /// The operating system as written; empty when it is not given.
    pub os: &'a str,
    /// Whether that is a Linux.
    pub linux: bool,
    /// Whether the processor is one of IBM Z; `None` when it is not known.
    pub processor_of_z: Option<bool>,
    /// Whether it is a guest of z/VM, which runs nowhere else.
    pub under_z_vm: bool,
}

/// Where a product runs; `None` when that is not known: without an operating system nothing is.
pub fn host_platform(clues: Clues<'_>) -> Option<HostPlatform> {
    let os: String = clues.os.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let names = |words: &[&str]| words.iter().any(|word| os.contains(word));
    let of_z = clues.processor_of_z.or(clues.under_z_vm.then_some(true));
    if os.is_empty() {
        None
    } else if names(&LINUX_ON_Z) {
        Some(HostPlatform::LinuxOnZ)
    } else if clues.linux {
        of_z.map(|of_z| if of_z { HostPlatform::LinuxOnZ } else { HostPlatform::Elsewhere })
    } else if os.contains("zos") {
        Some(HostPlatform::ZOs)
    } else if names(&OTHERS_ON_Z) {
        Some(HostPlatform::OtherOnZ)
    } else if names(&ELSEWHERE) || os.starts_with("win") {
        Some(HostPlatform::Elsewhere)
    } else {
        // An operating system that nobody knows: on a processor of another architecture it is elsewhere all the same.
        of_z.filter(|of_z| !of_z).map(|_| HostPlatform::Elsewhere)
    }
}

/// Whether a processor is one of IBM Z, by its row of the rate table; `None` when no row knows it.
pub fn is_of_z(rating: &Rating) -> Option<bool> {
    let is_z = |architecture: &str| architecture == "z";
    match rating.status {
        // Known, and without a rate: the table rates all of IBM Z.
        RateStatus::Fallback => rating.identified.then_some(false),
        RateStatus::Ambiguous => {
            let mut of_z = rating.candidates.iter().map(|row| is_z(&row.architecture));
            let first = of_z.next()?;
            of_z.all(|other| other == first).then_some(first)
        }
        RateStatus::Matched | RateStatus::HighestTier => {
            let architecture = rating.row.map_or("", |row| row.architecture.as_str());
            (!architecture.is_empty()).then(|| is_z(architecture))
        }
        RateStatus::Cloud => None,
    }
}

/// Whether a processor is one of IBM Z, by its name.
pub fn is_processor_of_z(processor: &str) -> Option<bool> {
    if processor.is_empty() {
        return None;
    }
    is_of_z(&super::rate(&RateQuery { processor, ..RateQuery::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_follows_from_the_operating_system_and_the_processor() {
        let cases = [
            ("", false, "Intel Xeon Gold 6130", None),
            ("z/OS 2.5", false, "", Some(HostPlatform::ZOs)),
            ("z/OS", false, "IBM z15", Some(HostPlatform::ZOs)),
            ("RHEL 9", true, "IBM z15", Some(HostPlatform::LinuxOnZ)),
            ("SLES 15", true, "IBM LinuxONE Emperor", Some(HostPlatform::LinuxOnZ)),
            ("RHEL 9", true, "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", Some(HostPlatform::Elsewhere)),
            ("RHEL 9", true, "AMD EPYC 7742", Some(HostPlatform::Elsewhere)),
            ("RHEL 9", true, "IBM POWER9 E980", Some(HostPlatform::Elsewhere)),
            ("RHEL 9", true, "", None),
            ("RHEL 9", true, "no such processor", None),
            ("Linux on System z", true, "", Some(HostPlatform::LinuxOnZ)),
            ("RHEL 8 s390x", true, "", Some(HostPlatform::LinuxOnZ)),
            ("AIX 7.2", false, "", Some(HostPlatform::Elsewhere)),
            ("Windows Server 2019", false, "", Some(HostPlatform::Elsewhere)),
            ("Win2016 10.0.14393", false, "", Some(HostPlatform::Elsewhere)),
            ("IBM i 7.4", false, "", Some(HostPlatform::Elsewhere)),
            ("Solaris 11", false, "SPARC T4", Some(HostPlatform::Elsewhere)),
            ("HP-UX 11i", false, "", Some(HostPlatform::Elsewhere)),
            ("z/VM 7.2", false, "", Some(HostPlatform::OtherOnZ)),
            ("some other", false, "", None),
            ("some other", false, "AMD EPYC 7742", Some(HostPlatform::Elsewhere)),
        ];
        for (os, linux, processor, expected) in cases {
            let processor_of_z = is_processor_of_z(processor);
            let found = host_platform(Clues { os, linux, processor_of_z, under_z_vm: false });
            assert_eq!(found, expected, "{os} {processor}");
        }
    }

    #[test]
    fn a_linux_under_z_vm_is_on_ibm_z() {
        let clues = Clues { os: "SLES 15", linux: true, processor_of_z: None, under_z_vm: true };
        assert_eq!(host_platform(clues), Some(HostPlatform::LinuxOnZ));
    }
}
