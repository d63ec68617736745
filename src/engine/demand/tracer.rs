//! Whether the steps of a calculation are kept, as its caller wants it.
//!
//! Whoever wants to know how a number comes about passes a [`FullTrace`]; whoever only wants the number passes
//! [`NoTrace`], which costs nothing: its traces have no size, and what would describe a step is never called.
//!
//! The same functions compute and explain. A derivation can therefore not differ from the number it explains.

use crate::model::derivation::Derivation;

/// Collects the steps of a calculation, or does not.
pub(in crate::engine) trait Tracer: Copy {
    /// What is kept of a step.
    type Trace;

    /// Keeps a step that follows from the children. `describe` builds it without them.
    fn step(self, children: Vec<Self::Trace>, describe: impl FnOnce() -> Derivation) -> Self::Trace;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct NoTrace;

impl Tracer for NoTrace {
    type Trace = ();

    fn step(self, _children: Vec<()>, _describe: impl FnOnce() -> Derivation) {}
}

/// Keeps every step.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct FullTrace;

impl Tracer for FullTrace {
    type Trace = Derivation;

    fn step(self, children: Vec<Derivation>, describe: impl FnOnce() -> Derivation) -> Derivation {
        Derivation { children, ..describe() }
    }
}
