//! Platforms that rights may be for, and where the demand of a product runs (semantics, section 13).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The platform that a right is for: it covers nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Linux on IBM Z and `LinuxONE`.
    LinuxOnZ,
    /// z/OS.
    ZOs,
    /// IBM Z, whatever runs there.
    IbmZ,
}

impl Platform {
    /// All of them, the narrow ones first.
    pub const ALL: [Self; 3] = [Self::LinuxOnZ, Self::ZOs, Self::IbmZ];

    /// The word for it in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LinuxOnZ => "linux_on_z",
            Self::ZOs => "z_os",
            Self::IbmZ => "ibm_z",
        }
    }

    /// The key of the words for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LinuxOnZ => "label.linux_on_z",
            Self::ZOs => "label.z_os",
            Self::IbmZ => "label.ibm_z",
        }
    }

    /// Whether a right for this platform covers what runs there.
    pub const fn covers(self, host_platform: HostPlatform) -> bool {
        matches!(
            (self, host_platform),
            (Self::LinuxOnZ, HostPlatform::LinuxOnZ)
                | (Self::ZOs, HostPlatform::ZOs)
                | (Self::IbmZ, HostPlatform::LinuxOnZ | HostPlatform::ZOs | HostPlatform::OtherOnZ)
        )
    }
}

/// Where a product runs, as far as it matters to rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostPlatform {
    /// Under Linux on IBM Z.
    LinuxOnZ,
    /// Under z/OS.
    ZOs,
    /// On IBM Z under anything else.
    OtherOnZ,
    /// On no IBM Z.
    Elsewhere,
}

impl HostPlatform {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LinuxOnZ, Self::ZOs, Self::OtherOnZ, Self::Elsewhere];
}

/// How much of a product is needed where; what stands nowhere here may run anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByHostPlatform([u64; 4]);

impl ByHostPlatform {
    /// Adds what is needed at a place.
    pub fn add(&mut self, host_platform: HostPlatform, quantity: u64) {
        if let Some(known) =
            HostPlatform::ALL.iter().zip(&mut self.0).find(|(one, _)| **one == host_platform).map(|(_, known)| known)
        {
            *known = known.saturating_add(quantity);
        }
    }

    /// What is needed at a place.
    pub fn at(self, host_platform: HostPlatform) -> u64 {
        self.iter().find(|(one, _)| *one == host_platform).map_or(0, |(_, quantity)| quantity)
    }

    /// What is needed at each place.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = (HostPlatform, u64)> {
        HostPlatform::ALL.into_iter().zip(self.0)
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        for (host_platform, quantity) in other.iter() {
            self.add(host_platform, quantity);
        }
        self
    }
}

/// What the estate needs of a product at its peaks, place by place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeededAt {
    /// Of sub-capacity.
    pub sub_capacity: ByHostPlatform,
    /// Of full capacity.
    pub full_capacity: ByHostPlatform,
}

impl NeededAt {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            sub_capacity: self.sub_capacity.plus(other.sub_capacity),
            full_capacity: self.full_capacity.plus(other.full_capacity),
        }
    }
}

/// What is entitled for one platform alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlatformRights {
    /// The platform.
    pub platform: Platform,
    /// Units of the metric.
    pub units: Decimal,
}

/// How rights of several platforms cover what is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// What of the rights for each platform is used, in their order.
    pub used: Vec<Decimal>,
    /// What neither these rights nor those for any platform cover.
    pub short: Decimal,
    /// What may run anywhere: it is not known.
    pub anywhere: Decimal,
}

/// Covers what is needed: by rights for a platform what runs there, by those for any platform first what nothing else
/// can cover, then the rest; what may run anywhere comes last.
pub fn cover(needed: u64, at: ByHostPlatform, general: Decimal, rights: &[PlatformRights]) -> Coverage {
    let known = at.iter().fold(0_u64, |sum, (_, quantity)| sum.saturating_add(quantity));
    // What a principal or a pool covers is not needed: then it is needed nowhere.
    let at = if needed < known { ByHostPlatform::default() } else { at };
    let anywhere = if needed < known { needed } else { needed.saturating_sub(known) };
    let mut open: Vec<(HostPlatform, Decimal)> =
        at.iter().map(|(host_platform, quantity)| (host_platform, quantity.into())).collect();
    let mut anywhere_open = Decimal::from(anywhere);
    let mut used = vec![Decimal::ZERO; rights.len()];
    let take = |left: Decimal, wanted: &mut Decimal| {
        let taken = left.min(*wanted);
        *wanted = wanted.saturating_sub(taken);
        taken
    };
    // The narrow platforms come before the wide one.
    for platform in Platform::ALL {
        for (right, used) in rights.iter().zip(&mut used).filter(|(right, _)| right.platform == platform) {
            for (_, wanted) in open.iter_mut().filter(|(host_platform, _)| platform.covers(*host_platform)) {
                let taken = take(right.units.saturating_sub(*used), wanted);
                *used = used.saturating_add(taken);
            }
        }
    }
    let mut left = general;
    for (_, wanted) in open.iter_mut().rev() {
        let taken = take(left, wanted);
        left = left.saturating_sub(taken);
    }
    take(left, &mut anywhere_open);
    for (right, used) in rights.iter().zip(&mut used) {
        let taken = take(right.units.saturating_sub(*used), &mut anywhere_open);
        *used = used.saturating_add(taken);
    }
    let short = open.iter().fold(anywhere_open, |sum, (_, wanted)| sum.saturating_add(*wanted));
    Coverage { used, short, anywhere: anywhere.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host_platforms: &[(HostPlatform, u64)]) -> ByHostPlatform {
        let mut at = ByHostPlatform::default();
        for (host_platform, quantity) in host_platforms {
            at.add(*host_platform, *quantity);
        }
        at
    }

    /// What stays short, and what is used of rights for each platform.
    fn covered(
        needed: u64,
        host_platforms: &[(HostPlatform, u64)],
        general: u64,
        rights: &[(Platform, u64)],
    ) -> (u64, Vec<u64>) {
        let rights: Vec<_> = rights
            .iter()
            .map(|(platform, units)| PlatformRights { platform: *platform, units: (*units).into() })
            .collect();
        let found = cover(needed, at(host_platforms), general.into(), &rights);
        let whole = |number: Decimal| number.try_into().unwrap();
        (whole(found.short), found.used.into_iter().map(whole).collect())
    }

    #[test]
    fn rights_for_a_platform_cover_nothing_elsewhere() {
        let x86 = [(HostPlatform::Elsewhere, 560)];
        assert_eq!(covered(560, &x86, 0, &[(Platform::LinuxOnZ, 1_000)]), (560, vec![0]));
        assert_eq!(covered(560, &x86, 500, &[(Platform::IbmZ, 1_000)]), (60, vec![0]));
        assert_eq!(covered(560, &[(HostPlatform::ZOs, 560)], 0, &[(Platform::LinuxOnZ, 1_000)]), (560, vec![0]));
        assert_eq!(covered(560, &[(HostPlatform::LinuxOnZ, 560)], 0, &[(Platform::LinuxOnZ, 1_000)]), (0, vec![560]));
    }

    #[test]
    fn rights_for_any_platform_go_first_where_nothing_else_can() {
        let mixed = [(HostPlatform::LinuxOnZ, 300), (HostPlatform::Elsewhere, 560)];
        assert_eq!(covered(860, &mixed, 560, &[(Platform::LinuxOnZ, 1_000)]), (0, vec![300]));
        assert_eq!(covered(860, &mixed, 600, &[(Platform::LinuxOnZ, 100)]), (160, vec![100]));
        assert_eq!(covered(860, &mixed, 760, &[(Platform::LinuxOnZ, 100)]), (0, vec![100]));
    }

    #[test]
    fn what_may_run_anywhere_is_covered_by_any_right() {
        assert_eq!(covered(560, &[], 0, &[(Platform::LinuxOnZ, 1_000)]), (0, vec![560]));
        assert_eq!(
            covered(560, &[(HostPlatform::Elsewhere, 500)], 400, &[(Platform::ZOs, 30), (Platform::IbmZ, 20)]),
            (110, vec![30, 20])
        );
    }

    #[test]
    fn the_wide_platform_covers_what_the_narrow_ones_leave() {
        let on_z = [(HostPlatform::LinuxOnZ, 100), (HostPlatform::ZOs, 100), (HostPlatform::OtherOnZ, 100)];
        let rights = [(Platform::IbmZ, 150), (Platform::LinuxOnZ, 80), (Platform::ZOs, 90)];
        assert_eq!(covered(300, &on_z, 0, &rights), (0, vec![130, 80, 90]));
    }

    #[test]
    fn what_is_covered_otherwise_is_needed_nowhere() {
        assert_eq!(covered(0, &[(HostPlatform::Elsewhere, 560)], 0, &[(Platform::LinuxOnZ, 1_000)]), (0, vec![0]));
    }
}
