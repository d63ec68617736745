//! Lines of a list that share what has not changed.

use std::ops::Deref;
use std::sync::Arc;

use super::Unfit;

/// The lines of a list, each of them shared: a copy costs little, and a list in which one line was changed shares all
/// the others with what it was before. So hundreds of steps back cost what was changed, and two lists are compared
/// without a look into the lines that they share.
///
/// # Examples
///
/// ```rust
/// use highwater::model::entitlement::Entitlement;
/// use highwater::model::list::SharedLines;
///
/// let lines = SharedLines::of(&[Entitlement { product: "IBM MQ".into(), ..Entitlement::default() }]);
/// assert_eq!((lines.len(), lines[0].product.as_str()), (1, "IBM MQ")); // It is read like a slice.
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct SharedLines<T>(Arc<Vec<Arc<T>>>);

impl<T> Clone for SharedLines<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for SharedLines<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Deref for SharedLines<T> {
    type Target = [Arc<T>];

    fn deref(&self) -> &[Arc<T>] {
        &self.0
    }
}

impl<T> FromIterator<T> for SharedLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(lines: I) -> Self {
        Self(Arc::new(lines.into_iter().map(Arc::new).collect()))
    }
}

impl<T> SharedLines<T> {
    /// Puts a line in the place of another one, or at the end.
    pub(super) fn store(&mut self, index: Option<usize>, line: T) -> Result<(), Unfit> {
        let lines = Arc::make_mut(&mut self.0);
        match index.map(|index| lines.get_mut(index)) {
            Some(Some(old)) => *old = Arc::new(line),
            Some(None) => return Err(Unfit),
            None => lines.push(Arc::new(line)),
        }
        Ok(())
    }

    /// Takes the lines out whose index is not kept.
    pub(super) fn retain(&mut self, keep: &mut dyn FnMut(usize) -> bool) {
        let mut index = 0_usize..;
        Arc::make_mut(&mut self.0).retain(|_| index.next().is_none_or(&mut *keep));
    }
}

impl<T: Clone> SharedLines<T> {
    /// Copies of these lines.
    pub fn of(lines: &[T]) -> Self {
        lines.iter().cloned().collect()
    }

    /// The lines themselves; what is shared with another list is copied.
    pub fn into_lines(self) -> Vec<T> {
        Arc::unwrap_or_clone(self.0).into_iter().map(Arc::unwrap_or_clone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_which_one_line_was_changed_shares_all_the_others() {
        let before = SharedLines::of(&["a", "b", "c"].map(str::to_owned));
        let mut after = before.clone();
        after.store(Some(1), "x".to_owned()).unwrap();
        after.store(None, "d".to_owned()).unwrap();
        let shared: Vec<bool> = before.iter().zip(after.iter()).map(|(one, other)| Arc::ptr_eq(one, other)).collect();
        assert_eq!(shared, [true, false, true]);
        assert_eq!(before.into_lines(), ["a", "b", "c"], "what it was before is as it was");
        after.retain(&mut |index| index != 0);
        assert_eq!(after.into_lines(), ["x", "c", "d"]);
    }
}
