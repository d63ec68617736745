//! What all other files ask: parts of a kind (2.7), assumptions of a day (7), terms of an agreement (4.7, 5.2).

use super::days::Day;
use super::lists::{self, Assumption, Decision, Part, Price, Right, Scope};
use super::world::World;

/// The lists of one world, read.
pub(crate) struct Case<'a> {
    pub(crate) world: &'a World,
    pub(crate) on: Day,
    /// 31 December of the last year.
    pub(crate) to: Day,
    pub(crate) parts: Vec<Part>,
    pub(crate) rights: Vec<Right>,
    pub(crate) prices: Vec<Price>,
    pub(crate) assumptions: Vec<Assumption>,
    pub(crate) decisions: Vec<Decision>,
}

/// What an assumption may be scoped to.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) agreement: &'a str,
    pub(crate) product: &'a str,
    pub(crate) part: &'a str,
}

impl<'a> Case<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        let parts = lists::parts(&world.parts);
        Self {
            world,
            on: world.on,
            to: Day::new(world.on.year() + world.years, 12, 31),
            rights: lists::rights(world, &parts),
            parts,
            prices: lists::prices(world),
            assumptions: lists::assumptions(&world.assumptions),
            decisions: lists::decisions(&world.decisions),
        }
    }

    pub(crate) fn part(&self, number: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.number == number)
    }

    /// 2.7: from a part in the catalogue the only one like it; from any other, or none, the only plain one.
    pub(crate) fn of_kind(&self, kind: &str, from: Option<&str>, product: &str, metric: &str) -> Option<String> {
        self.only(kind, from, product, metric, |_| true)
    }

    /// The same among parts of the same months.
    pub(crate) fn of_kind_and_months(&self, kind: &str, from: &Part) -> Option<String> {
        self.only(kind, Some(&from.number), "", "", |part| part.months == from.months)
    }

    fn only(
        &self,
        kind: &str,
        from: Option<&str>,
        product: &str,
        metric: &str,
        also: impl Fn(&Part) -> bool,
    ) -> Option<String> {
        let like = |part: &&Part| match from.and_then(|from| self.part(from)) {
            Some(from) => {
                part.product == from.product
                    && part.metric == from.metric
                    && part.platform == from.platform
                    && part.environment == from.environment
                    && part.pack == from.pack
            }
            None => {
                part.product == product
                    && part.metric == metric
                    && part.platform.is_empty()
                    && part.environment.is_empty()
            }
        };
        let mut found = self.parts.iter().filter(|part| part.kind == kind && also(part)).filter(like);
        let first = found.next()?;
        found.next().is_none().then(|| first.number.clone())
    }

    /// 2.7: the catalogue's pack where its metric is the line's, else 1.
    pub(crate) fn pack(&self, part: Option<&str>, metric: &str) -> i64 {
        let part = part.and_then(|part| self.part(part)).filter(|part| part.metric == metric);
        part.map_or(1, |part| part.pack)
    }

    /// 7: of the rows whose scope fits and whose `from` is not later, the narrowest, the latest, the last.
    pub(crate) fn assumption(&self, name: &str, subject: Subject<'_>, day: Day) -> Option<&Assumption> {
        let width = |scope: &Scope| match scope {
            Scope::Part(part) => (part == subject.part).then_some(3),
            Scope::Product(product) => (product == subject.product).then_some(2),
            Scope::Agreement(agreement) => (agreement == subject.agreement).then_some(1),
            Scope::All => Some(0),
            Scope::Pair(..) => None,
        };
        let rows = self.assumptions.iter().enumerate().filter(|(_, row)| row.name == name);
        let rows = rows.filter(|(_, row)| row.from.is_none_or(|from| from <= day));
        let rows = rows.filter_map(|(line, row)| width(&row.scope).map(|width| (width, row.from, line, row)));
        rows.max_by_key(|(width, from, line, _)| (*width, *from, *line)).map(|(.., row)| row)
    }

    /// An assumption about an agreement.
    pub(crate) fn of_agreement(&self, name: &str, agreement: &str, day: Day) -> Option<&str> {
        let subject = Subject { agreement, product: "", part: "" };
        self.assumption(name, subject, day).map(|row| row.text.as_str())
    }

    /// What the list of agreements says of one: the first line counts.
    pub(crate) fn said_of(&self, agreement: &str, column: &str) -> &'a str {
        let table = &self.world.agreements;
        let row = (0..table.rows.len()).find(|row| table.cell(*row, "agreement") == agreement);
        row.filter(|_| !agreement.is_empty()).map_or("", |row| table.cell(row, column))
    }

    pub(crate) fn express(&self, agreement: &str) -> bool {
        self.said_of(agreement, "programme").eq_ignore_ascii_case("express")
    }

    /// Orders up to `on` of an agreement: days and points.
    pub(crate) fn orders(&self, agreement: &str) -> Vec<(Day, i64)> {
        let orders = &self.world.orders;
        let mut found = Vec::new();
        for row in 0..orders.rows.len() {
            let of = lists::agreement_of_site(self.world, orders.cell(row, "site"));
            let day = Day::read(orders.cell(row, "date")).unwrap();
            if of == agreement && day <= self.on {
                found.push((day, orders.cell(row, "points").parse().unwrap()));
            }
        }
        found.sort_unstable();
        found
    }

    /// Day and month that the list of agreements says, else that of the first order (semantics 10).
    pub(crate) fn own_anniversary(&self, agreement: &str) -> Option<(i64, i64)> {
        if let Some(day) = Day::read(self.said_of(agreement, "anniversary")) {
            return Some(month_and_day(day));
        }
        let (first, _) = *self.orders(agreement).first()?;
        let (year, month, day) = first.parts();
        // The twelfth full month, and the day after it.
        let first_full = if day == 1 { Day::new(year, month, 1) } else { Day::new(year, month, 1).months_later(1) };
        Some(month_and_day(first_full.months_later(12)))
    }

    /// 5.2: assumption, agreement's list, its first order; Express none.
    pub(crate) fn anniversary(&self, agreement: &str) -> Option<(i64, i64)> {
        if let Some(day) = self.of_agreement("anniversary", agreement, self.on) {
            return Day::read(day).map(month_and_day);
        }
        if self.express(agreement) { None } else { self.own_anniversary(agreement) }
    }

    pub(crate) fn proration(&self, agreement: &str) -> &str {
        self.of_agreement("proration", agreement, self.on).unwrap_or("month")
    }
}

fn month_and_day(day: Day) -> (i64, i64) {
    let (_, month, day) = day.parts();
    (month, day)
}
