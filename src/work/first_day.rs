//! From which day the prices of a file hold where its rows do not say: only whoever brings it knows, so that next year's
//! file does not take the place of this year's.

use jiff::civil::Date;

use crate::import::mapping;
use crate::model::list::List;
use crate::model::workspace::Lists;

/// The field of a list that says from which day its lines hold, where they may leave that to their file.
pub(super) fn field_of(list: List) -> Option<usize> {
    let fields = mapping::fields(list);
    (list == List::Prices).then(|| fields.iter().position(|field| field.name == "valid_from")).flatten()
}

/// The day from which all prices of a file of this name hold that are there already.
pub(super) fn of_file(lists: &Lists, file: &str) -> Option<Date> {
    let is_of_it = |known: &str| known.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let mut days = lists.prices.iter().filter(|price| is_of_it(&price.file)).map(|price| price.valid_from);
    let first = days.next()?;
    first.filter(|_| days.all(|day| day == first))
}
