//! From amounts and days to shapes: scales with round ticks, staircases, areas, bands, spans and bars. Everything is a
//! [`Share`] of the frame in whole numbers, so that every browser draws the same.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cell::Cell;
use super::drawing::{Ink, Shape, Share};
use crate::model::day;
use crate::model::message::Message;
use crate::model::period::Period;

/// So many intervals lie between the ticks of a scale at most.
const INTERVALS: u32 = 5;

/// Amounts from the bottom of a frame to its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountScale {
    low: Decimal,
    high: Decimal,
}

impl AmountScale {
    /// From 0, or from the lowest amount if that is below it, to an eighth above the highest one, so that what lies there
    /// has room for its words.
    pub fn of(amounts: &[Decimal]) -> Self {
        let low = amounts.iter().copied().fold(Decimal::ZERO, Decimal::min);
        let high = amounts.iter().copied().fold(Decimal::ZERO, Decimal::max);
        let room = high.saturating_sub(low).checked_div(8.into()).unwrap_or_default();
        let room = if room.is_zero() { Decimal::ONE } else { room };
        Self { low, high: high.saturating_add(room) }
    }

    /// How far from the top an amount lies; one beyond the scale lies on its edge.
    pub fn share(self, amount: Decimal) -> Share {
        let below = self.high.saturating_sub(amount.clamp(self.low, self.high));
        fraction(below, self.high.saturating_sub(self.low))
    }

    /// How far from the left an amount lies, where amounts run from the left to the right.
    pub fn along(self, amount: Decimal) -> Share {
        self.share(amount).to(Share::WHOLE)
    }

    /// A line from the top to the bottom at an amount, where amounts run from the left to the right.
    pub fn upright(self, ink: Ink, amount: Decimal) -> Shape {
        upright(ink, self.along(amount))
    }

    /// Whether an amount lies within the scale.
    pub fn holds(self, amount: Decimal) -> bool {
        self.low <= amount && amount <= self.high
    }

    /// Round amounts, evenly spaced: three to six of them.
    pub fn ticks(self) -> Vec<Decimal> {
        let step = round_step(self.high.saturating_sub(self.low));
        let first = self.low.checked_div(step).unwrap_or_default().ceil().saturating_mul(step);
        let ticks = std::iter::successors(Some(first), |tick| tick.checked_add(step));
        ticks.take_while(|tick| *tick <= self.high).map(|tick| tick.normalize()).collect()
    }

    /// The ticks with their places.
    pub fn axis(self) -> Vec<(Share, Cell)> {
        self.ticks().into_iter().map(|tick| (self.share(tick), Cell::Number(tick))).collect()
    }

    /// The lines of the grid, that of 0 as an axis.
    pub fn grid(self) -> impl Iterator<Item = Shape> {
        let line = move |tick: Decimal| level(if tick.is_zero() { Ink::Axis } else { Ink::Grid }, self.share(tick));
        self.ticks().into_iter().map(line)
    }

    /// The ticks with their places, where amounts run from the left to the right; none so near the right edge that it
    /// sticks out.
    pub fn axis_below(self) -> Vec<(Share, Cell)> {
        let ticks = self.ticks().into_iter().map(|tick| (self.along(tick), Cell::Number(tick)));
        ticks.filter(|(at, _)| at.0 <= 9_600).collect()
    }

    /// The lines of the grid, where amounts run from the left to the right.
    pub fn grid_upright(self) -> impl Iterator<Item = Shape> {
        let line = move |tick: Decimal| self.upright(if tick.is_zero() { Ink::Axis } else { Ink::Grid }, tick);
        self.ticks().into_iter().map(line)
    }
}

/// The smallest whole 1, 2 or 5 with zeros of which a range holds [`INTERVALS`] at most.
fn round_step(range: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    loop {
        for digit in [1_u32, 2, 5] {
            let step = power.saturating_mul(digit.into());
            if step.saturating_mul(INTERVALS.into()) >= range {
                return step;
            }
        }
        power = power.saturating_mul(10.into());
    }
}

/// Days from the left of a frame to its right; each is as wide as every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayScale {
    period: Period,
}

impl DayScale {
    /// The days of a period.
    pub const fn of(period: Period) -> Self {
        Self { period }
    }

    /// How far from the left a day begins; one outside of the period lies on its edge.
    pub fn share(self, on: Date) -> Share {
        let on = on.clamp(self.period.from(), self.period.to());
        fraction(day::between(self.period.from(), on).into(), self.days().into())
    }

    fn days(self) -> i64 {
        day::between(self.period.from(), self.period.to()).saturating_add(1)
    }

    /// Round days, each with its place: first days of months, or days a week or more apart where the period is short. Six
    /// at most, and none so near the right edge that its words stick out.
    pub fn axis(self) -> Vec<(Share, Cell)> {
        let most = i64::from(INTERVALS);
        let months = [1_i16, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200];
        let fits = |months: &&i16| i64::from(**months).saturating_mul(30).saturating_mul(most) >= self.days();
        let from = self.period.from();
        let days: Vec<Date> = if self.days() > 62 {
            let stride = months.iter().find(fits).copied().unwrap_or(i16::MAX);
            let into = i16::from(from.month()).saturating_sub(1).rem_euclid(stride.min(12));
            let first = from.first_of_month();
            // Years are counted from the first one of the period, months from January.
            let first = day::months_after(first, into.saturating_neg()).unwrap_or(first);
            std::iter::successors(Some(first), |day| day::months_after(*day, stride)).take(16).collect()
        } else {
            let stride = [1, 2, 7, 14].into_iter().find(|stride| stride * most >= self.days()).unwrap_or(14);
            std::iter::successors(Some(from), |on| day::after(*on, stride)).take(16).collect()
        };
        let within = days.into_iter().filter(|on| self.period.contains(*on));
        within.map(|on| (self.share(on), Cell::Day(Some(on)))).filter(|(at, _)| at.0 <= 9_300).collect()
    }
}

/// A part of a whole, rounded down; nothing of nothing.
pub fn fraction(part: Decimal, whole: Decimal) -> Share {
    let share = part.saturating_mul(10_000.into()).checked_div(whole).unwrap_or_default();
    u16::try_from(share.trunc()).map_or(Share::default(), |share| Share(share.min(Share::WHOLE.0)))
}

/// A value that holds from a place on, until that of the next one.
pub type StepAt<T> = (Share, T);

/// Which of several steps are drawn, and where each of them begins, when so many columns stand side by side: of the steps
/// that fall into a column the highest stays, for it is the peak that counts, and what is not known (`None`) is above all
/// others. Fewer steps than columns all stay.
pub fn thinned(steps: &[StepAt<Option<u64>>], columns: u16) -> Vec<StepAt<usize>> {
    if steps.len() <= usize::from(columns) {
        return steps.iter().enumerate().map(|(index, (at, _))| (*at, index)).collect();
    }
    let width = Share::WHOLE.0.checked_div(columns).unwrap_or(Share::WHOLE.0).max(1);
    let column = |at: Share| Share(at.0.saturating_sub(at.0.checked_rem(width).unwrap_or_default()));
    let is_above = |one: usize, other: usize| {
        let rank = |index: usize| steps.get(index).map(|(_, value)| (value.is_none(), *value));
        rank(one) > rank(other)
    };
    let mut thinned: Vec<StepAt<usize>> = Vec::new();
    for (index, (at, _)) in steps.iter().enumerate() {
        let start = column(*at);
        let before = index.saturating_sub(1);
        match thinned.last_mut().filter(|(last, _)| *last == start) {
            Some((_, held)) if is_above(index, *held) => *held = index,
            Some(_) => {}
            None => {
                // What held until the end of the last column goes on until this one, and counts in this one too.
                let next = thinned.last().map(|(last, _)| Share(last.0.saturating_add(width)));
                thinned.extend(next.filter(|next| *next < start).map(|next| (next, before)));
                thinned.push((start, if start < *at && is_above(before, index) { before } else { index }));
            }
        }
    }
    let next = thinned.last().map(|(last, _)| Share(last.0.saturating_add(width)));
    thinned.extend(next.filter(|next| *next < Share::WHOLE).map(|next| (next, steps.len().saturating_sub(1))));
    thinned
}

/// Where each step begins, where it ends, and its value; the last one ends at the right edge.
fn spans<T>(steps: &[StepAt<T>]) -> impl Iterator<Item = (Share, Share, &T)> {
    let ends = steps.iter().skip(1).map(|(at, _)| *at).chain([Share::WHOLE]);
    steps.iter().zip(ends).map(|((at, value), end)| (*at, end, value)).filter(|(at, end, _)| at < end)
}

/// A line of steps at these distances from the top: it never slopes. Where a value is not known there is none.
pub fn staircase(ink: Ink, steps: &[StepAt<Option<Share>>]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut before: Option<Share> = None;
    let mut open: Option<(Share, Share, Share)> = None;
    for (at, end, now) in spans(steps) {
        match (open, now) {
            (Some((start, _, height)), Some(now)) if height == *now => open = Some((start, end, height)),
            _ => {
                if let Some((start, stop, height)) = open.take() {
                    shapes.push(Shape::Line(ink, [start, stop, height, height]));
                }
                if let Some((before, now)) = before.zip(*now) {
                    shapes.push(Shape::Line(ink, [at, at, before, now]));
                }
                open = now.map(|now| (at, end, now));
            }
        }
        before = *now;
    }
    if let Some((start, stop, height)) = open {
        shapes.push(Shape::Line(ink, [start, stop, height, height]));
    }
    shapes
}

/// What lies between two distances from the top, step by step: an area where the lower one is that of 0, a band else.
/// Nothing is drawn where both are the same, or one is not known.
pub fn band(ink: Ink, steps: &[StepAt<Option<[Share; 2]>>]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for (at, end, edges) in spans(steps) {
        let Some([top, bottom]) = edges.filter(|[top, bottom]| top < bottom) else { continue };
        let (width, height) = (at.to(end), top.to(bottom));
        if let Some(Shape::Area(_, [x, y, wide, high])) = shapes.last_mut()
            && x.0.saturating_add(wide.0) == at.0
            && (*y, *high) == (top, height)
        {
            wide.0 = wide.0.saturating_add(width.0);
            continue;
        }
        shapes.push(Shape::Area(ink, [at, top, width, height]));
    }
    shapes
}

/// The whole height from one place to another, such as days of which nothing is known.
pub const fn span(ink: Ink, from: Share, to: Share) -> Shape {
    Shape::Area(ink, [from, Share(0), from.to(to), Share::WHOLE])
}

/// A line at a distance from the top, from one edge to the other.
pub const fn level(ink: Ink, at: Share) -> Shape {
    Shape::Line(ink, [Share(0), Share::WHOLE, at, at])
}

/// A line at a distance from the left, from the top to the bottom.
pub const fn upright(ink: Ink, at: Share) -> Shape {
    Shape::Line(ink, [at, at, Share(0), Share::WHOLE])
}

/// Bars side by side, each from one amount to another, with a gap of a fifth between them: from 0 on they are columns, from
/// a lowest to a highest they are ranges, and of amounts that are added they are a waterfall ([`running`]).
pub fn bars(scale: AmountScale, bars: &[(Ink, [Decimal; 2])]) -> Vec<Shape> {
    let count = Decimal::from(bars.len());
    let bar = |(index, (ink, [one, other])): (usize, &(Ink, [Decimal; 2]))| {
        let tenths = |tenths: i64| Decimal::from(index).saturating_add(Decimal::new(tenths, 1));
        let (left, right) = (fraction(tenths(1), count), fraction(tenths(9), count));
        let (top, bottom) = (scale.share(*one.max(other)), scale.share(*one.min(other)));
        Shape::Area(*ink, [left, top, left.to(right), top.to(bottom)])
    };
    bars.iter().enumerate().map(bar).collect()
}

/// Where each of several changes begins and ends when one is added to the other.
pub fn running(changes: &[Decimal]) -> Vec<[Decimal; 2]> {
    let mut sum = Decimal::ZERO;
    let step = |change: &Decimal| {
        let before = sum;
        sum = sum.saturating_add(*change);
        [before, sum]
    };
    changes.iter().map(step).collect()
}

/// Rows of bars from the left to the right, one below the other, each with its words above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarRows {
    count: u16,
}

impl BarRows {
    /// Heights in pixels: of a row, and in it from its top to the foot of its words, to its bar, and to the end of that.
    const ROW: u16 = 36;
    const WORDS: u16 = 21;
    const TOP: u16 = 17;
    const BOTTOM: u16 = 31;

    /// So many rows.
    pub fn of(count: usize) -> Self {
        Self { count: u16::try_from(count).unwrap_or(u16::MAX).clamp(1, 200) }
    }

    /// The height of all of them, in pixels.
    pub const fn height(self) -> u16 {
        Self::ROW.saturating_mul(self.count)
    }

    /// How far from the top something lies that is so many pixels below the top of a row.
    fn below(self, row: usize, pixels: u16) -> Share {
        let top = Decimal::from(row).saturating_mul(Self::ROW.into());
        fraction(top.saturating_add(pixels.into()), self.height().into())
    }

    /// The words of a row.
    pub fn words(self, row: usize, words: Message) -> Shape {
        Shape::Label(Ink::Area, [Share(0), self.below(row, Self::WORDS)], words)
    }

    /// A bar, or a part of one, from one distance from the left to another.
    pub fn bar(self, row: usize, ink: Ink, [from, to]: [Share; 2]) -> Shape {
        let (top, bottom) = (self.below(row, Self::TOP), self.below(row, Self::BOTTOM));
        Shape::Area(ink, [from, top, from.to(to), top.to(bottom)])
    }

    /// A line across a row, at a distance from the left.
    pub fn across(self, row: usize, ink: Ink, at: Share) -> Shape {
        Shape::Line(ink, [at, at, self.below(row, Self::TOP), self.below(row, Self::BOTTOM)])
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn scale(amounts: &[i64]) -> AmountScale {
        let amounts: Vec<Decimal> = amounts.iter().map(|amount| Decimal::from(*amount)).collect();
        AmountScale::of(&amounts)
    }

    #[test]
    fn zero_lies_at_the_bottom_and_the_highest_amount_an_eighth_of_itself_below_the_top() {
        let scale = scale(&[800]);
        // 0 to 900: 800 lies 100 of 900 below the top.
        assert_eq!((scale.share(0.into()), scale.share(800.into())), (Share(10_000), Share(1_111)));
        assert_eq!((scale.share(900.into()), scale.share(5_000.into())), (Share(0), Share(0)));
        assert!(scale.holds(900.into()) && !scale.holds(901.into()));
    }

    #[test]
    fn amounts_below_zero_have_their_place_below_it() {
        // The range of 800 has 100 of room above: 0 lies 500 of 900 below the top.
        let scale = scale(&[-400, 400]);
        assert_eq!(scale.share((-400).into()), Share(10_000));
        assert_eq!(scale.share(0.into()), Share(5_555));
        let ticks: Vec<String> = scale.ticks().iter().map(ToString::to_string).collect();
        assert_eq!(ticks, ["-400", "-200", "0", "200", "400"]);
    }

    #[test]
    fn ticks_are_round_and_few_whatever_the_amounts() {
        for highest in [0, 1, 2, 3, 7, 13, 99, 100, 4_760, 35_480, 999_999, 1_234_567_890_123] {
            let ticks = scale(&[highest]).ticks();
            assert!((2..=6).contains(&ticks.len()), "{highest}: {ticks:?}");
            for tick in &ticks {
                let text = tick.to_string();
                let digits = text.trim_end_matches('0');
                assert!(digits.len() <= 2, "{highest}: {tick}");
            }
        }
        let ticks: Vec<String> = scale(&[4_760]).ticks().iter().map(ToString::to_string).collect();
        assert_eq!(ticks, ["0", "2000", "4000"]);
    }

    fn days(from: Date, to: Date) -> DayScale {
        DayScale::of(Period::new(from, to).unwrap())
    }

    #[test]
    fn each_day_is_as_wide_as_every_other_and_the_last_one_ends_at_the_edge() {
        let scale = days(date(2026, 1, 1), date(2026, 1, 10));
        assert_eq!((scale.share(date(2026, 1, 1)), scale.share(date(2026, 1, 10))), (Share(0), Share(9_000)));
        assert_eq!((scale.share(date(2025, 1, 1)), scale.share(date(2027, 1, 1))), (Share(0), Share(9_000)));
    }

    fn marked(from: Date, to: Date) -> Vec<String> {
        let day = |(_, cell)| if let Cell::Day(Some(day)) = cell { day.to_string() } else { panic!("a day") };
        days(from, to).axis().into_iter().map(day).collect()
    }

    #[test]
    fn long_periods_are_marked_by_months_and_short_ones_by_days() {
        assert_eq!(
            marked(date(2024, 11, 1), date(2026, 10, 31)),
            ["2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01"]
        );
        assert_eq!(marked(date(2026, 1, 15), date(2026, 6, 30)), ["2026-03-01", "2026-05-01"]);
        assert_eq!(marked(date(2025, 11, 1), date(2025, 11, 3)), ["2025-11-01", "2025-11-02", "2025-11-03"]);
        assert_eq!(marked(date(2026, 11, 28), date(2026, 11, 28)), ["2026-11-28"]);
        for years in [1_i16, 3, 10, 40, 200] {
            let marks = marked(date(2000, 5, 17), Date::new(2000 + years, 5, 16).unwrap());
            assert!((1..=6).contains(&marks.len()), "{years}: {marks:?}");
        }
    }

    const S: fn(u16) -> Share = Share;

    #[test]
    fn a_staircase_has_level_and_upright_lines_alone_and_none_where_nothing_is_known() {
        let steps = [(S(0), Some(S(9_000))), (S(2_000), Some(S(4_000))), (S(3_000), Some(S(4_000))), (S(5_000), None)];
        let line = |points: [u16; 4]| Shape::Line(Ink::Mark, points.map(Share));
        let expected =
            [line([0, 2_000, 9_000, 9_000]), line([2_000, 2_000, 9_000, 4_000]), line([2_000, 5_000, 4_000, 4_000])];
        assert_eq!(staircase(Ink::Mark, &steps), expected);
    }

    #[test]
    fn a_band_covers_what_lies_between_its_edges_and_joins_steps_of_one_height() {
        let steps = [
            (S(0), Some([S(5_000), S(10_000)])),
            (S(1_000), Some([S(5_000), S(10_000)])),
            (S(4_000), None),
            (S(6_000), Some([S(7_000), S(7_000)])),
            (S(8_000), Some([S(2_000), S(3_000)])),
        ];
        let area = |sides: [u16; 4]| Shape::Area(Ink::Area, sides.map(Share));
        assert_eq!(band(Ink::Area, &steps), [area([0, 5_000, 4_000, 5_000]), area([8_000, 2_000, 2_000, 1_000])]);
    }

    #[test]
    fn a_span_has_the_whole_height() {
        assert_eq!(span(Ink::Unknown, S(100), S(300)), Shape::Area(Ink::Unknown, [S(100), S(0), S(200), S(10_000)]));
    }

    fn thin(steps: &[StepAt<Option<u64>>], columns: u16) -> Vec<StepAt<Option<u64>>> {
        thinned(steps, columns).into_iter().map(|(at, index)| (at, steps[index].1)).collect()
    }

    #[test]
    fn thinned_steps_keep_every_peak_and_what_holds_between_them() {
        // A peak of one step of a thousand, in steps of a tenth of a per cent.
        let peak = |step: u16| Some(if step == 437 { 9 } else { 1 });
        let steps: Vec<StepAt<Option<u64>>> = (0..1_000).map(|step| (S(step * 10), peak(step))).collect();
        let few = thin(&steps, 50);
        assert!(few.len() <= 51, "{}", few.len());
        let high: Vec<Share> = few.iter().filter(|(_, value)| *value == Some(9)).map(|(at, _)| *at).collect();
        assert_eq!(high, [S(4_200)], "the column from 42 to 44 per cent holds it");
        // What holds at the end of a column holds until the next step.
        let rest = [(S(0), Some(1)), (S(10), Some(7)), (S(20), Some(2)), (S(9_000), Some(3))];
        assert_eq!(thin(&rest, 2), [(S(0), Some(7)), (S(5_000), Some(3))]);
        assert_eq!(thin(&rest[..3], 2), [(S(0), Some(7)), (S(5_000), Some(2))]);
        assert_eq!(thin(&rest, 4), rest);
    }

    #[test]
    fn a_day_that_is_not_known_is_not_lost_among_others() {
        let steps = [(S(0), Some(1)), (S(10), None), (S(20), Some(9))];
        assert_eq!(thin(&steps, 2), [(S(0), None), (S(5_000), Some(9))]);
    }

    #[test]
    fn bars_stand_side_by_side_and_those_of_a_waterfall_begin_where_the_last_one_ended() {
        let steps: [[Decimal; 2]; 2] = running(&[800.into(), (-300).into()]).try_into().unwrap();
        assert_eq!(steps, [[0.into(), 800.into()], [800.into(), 500.into()]]);
        let scale = scale(&[800]);
        let drawn = bars(scale, &steps.map(|edges| (Ink::Area, edges)));
        let area = |sides: [u16; 4]| Shape::Area(Ink::Area, sides.map(Share));
        // 0 to 900: 800 lies at 11.11 %, 500 at 44.44 %.
        assert_eq!(drawn, [area([500, 1_111, 4_000, 8_889]), area([5_500, 1_111, 4_000, 3_333])]);
    }
}
