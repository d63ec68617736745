//! What a product runs in, as the estate template names it.

use serde::{Deserialize, Serialize};

/// The technology that decides how many cores are available to a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Technology {
    /// On the physical server itself.
    None,
    /// `VMware` vSphere.
    Vmware,
    /// Microsoft Hyper-V.
    HyperV,
    /// Linux KVM and what is built on it.
    Kvm,
    /// Nutanix AHV.
    Ahv,
    /// Xen and Citrix Hypervisor.
    Xen,
    /// `PowerVM` partition with processors of its own.
    PowervmDedicated,
    /// `PowerVM` shared partition that stays within its entitled capacity.
    PowervmCapped,
    /// `PowerVM` shared partition that may use as much as its virtual processors.
    PowervmUncapped,
    /// z/VM guest.
    Zvm,
    /// Solaris zone.
    SolarisZone,
    /// Container with a CPU limit, or the whole node without one.
    Container,
    /// Virtual machine in an eligible public cloud.
    Cloud,
    /// No hypervisor data: each partition is a server of its own.
    Unknown,
}

impl Technology {
    /// Every technology, in the order of the template's description.
    pub const ALL: [Self; 14] = [
        Self::None,
        Self::Vmware,
        Self::HyperV,
        Self::Kvm,
        Self::Ahv,
        Self::Xen,
        Self::PowervmDedicated,
        Self::PowervmCapped,
        Self::PowervmUncapped,
        Self::Zvm,
        Self::SolarisZone,
        Self::Container,
        Self::Cloud,
        Self::Unknown,
    ];

    /// The token of the estate template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Vmware => "vmware",
            Self::HyperV => "hyper-v",
            Self::Kvm => "kvm",
            Self::Ahv => "ahv",
            Self::Xen => "xen",
            Self::PowervmDedicated => "powervm-dedicated",
            Self::PowervmCapped => "powervm-capped",
            Self::PowervmUncapped => "powervm-uncapped",
            Self::Zvm => "zvm",
            Self::SolarisZone => "solaris-zone",
            Self::Container => "container",
            Self::Cloud => "cloud",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a token, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|technology| technology.name().eq_ignore_ascii_case(text))
    }

    /// Whether partitions of this technology share processor pools.
    pub const fn is_pooled(self) -> bool {
        matches!(self, Self::PowervmCapped | Self::PowervmUncapped)
    }

    /// Whether fractions of cores are added exactly before they are rounded up.
    pub const fn adds_fractions(self) -> bool {
        matches!(self, Self::PowervmCapped | Self::Container)
    }

    /// Whether the cores of its partitions are never capped by the server that the row names.
    pub const fn is_uncapped(self) -> bool {
        matches!(self, Self::Cloud | Self::Unknown)
    }
}
