//! The lists as values; lines that the page leaves out are left out.

use super::days::Day;
use super::numbers::Decimal;
use super::world::{Table, World};

/// All levels, those of the ladder in their order.
pub(crate) const LADDER: [&str; 8] = ["BL", "D", "E", "F", "G", "H", "I", "J"];
const OTHER_LEVELS: [&str; 2] = ["ED", "GV"];

/// A part of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) number: String,
    pub(crate) product: String,
    pub(crate) metric: String,
    pub(crate) kind: String,
    pub(crate) months: Option<i64>,
    pub(crate) platform: String,
    pub(crate) environment: String,
    pub(crate) pack: i64,
}

/// A line of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Right {
    pub(crate) agreement: String,
    pub(crate) site: String,
    pub(crate) part: Option<String>,
    pub(crate) product: String,
    pub(crate) metric: String,
    pub(crate) units: i64,
    pub(crate) licence_type: String,
    /// `license`, `renewal`, ...; blank is not known.
    pub(crate) kind: String,
    pub(crate) start: Option<Day>,
    pub(crate) end: Option<Day>,
    pub(crate) ordered: Option<Day>,
    pub(crate) currency: Option<String>,
    pub(crate) renewal_part: Option<String>,
}

/// A row of a price file.
#[derive(Clone, Debug)]
pub(crate) struct Price {
    pub(crate) part: String,
    pub(crate) level: String,
    pub(crate) amount: Decimal,
    pub(crate) currency: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) months: Option<i64>,
    pub(crate) own: bool,
    /// File and line.
    pub(crate) place: (usize, usize),
}

/// A row of the assumptions.
#[derive(Clone, Debug)]
pub(crate) struct Assumption {
    pub(crate) name: String,
    pub(crate) scope: Scope,
    pub(crate) from: Option<Day>,
    /// As it is written.
    pub(crate) text: String,
    /// Low, expected, high, where they are numbers.
    pub(crate) values: Option<[Decimal; 3]>,
}

/// For what an assumption holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    Agreement(String),
    Product(String),
    Part(String),
    Pair(String, String),
}

/// A row of the decisions.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) agreement: String,
    pub(crate) site: String,
    pub(crate) product: String,
    pub(crate) metric: String,
    pub(crate) word: String,
    pub(crate) date: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) second_model: bool,
    pub(crate) quantity: Option<i64>,
    pub(crate) to_part: Option<String>,
    /// Component, bundle.
    pub(crate) ratio: Option<(i64, i64)>,
    pub(crate) term: i64,
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn capitals(text: &str) -> Option<String> {
    filled(&text.to_uppercase())
}

/// What is neither blank nor what its column asks for.
#[derive(Debug)]
struct Wrong;

/// A day, or blank.
fn day(text: &str) -> Result<Option<Day>, Wrong> {
    if text.is_empty() { Ok(None) } else { Day::read(text).map(Some).ok_or(Wrong) }
}

/// A whole number that is not below `least`, or blank.
fn whole(text: &str, least: i64) -> Result<Option<i64>, Wrong> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = Decimal::read(text).filter(|number| number.places == 0).ok_or(Wrong)?;
    i64::try_from(number.value).ok().filter(|number| *number >= least).map(Some).ok_or(Wrong)
}

pub(crate) fn parts(table: &Table) -> Vec<Part> {
    let part = |row| Part {
        number: table.cell(row, "part_number").to_owned(),
        product: table.cell(row, "product").to_owned(),
        metric: table.cell(row, "metric").to_owned(),
        kind: table.cell(row, "kind").to_owned(),
        months: whole(table.cell(row, "months"), 1).unwrap(),
        platform: table.cell(row, "platform").to_owned(),
        environment: table.cell(row, "environment").to_owned(),
        pack: whole(table.cell(row, "pack"), 1).unwrap().unwrap_or(1),
    };
    (0..table.rows.len()).map(part).collect()
}

/// The kind of a line: its own word, the part's, or the shape of the part's number (semantics 13).
fn kind(own: &str, part: Option<&str>, known: Option<&Part>) -> String {
    match (own.to_lowercase().as_str(), known, part) {
        ("licence", ..) => "license".to_owned(),
        ("", Some(known), _) => known.kind.clone(),
        ("", None, Some(part)) if part.starts_with('E') => "renewal".to_owned(),
        ("", None, _) => String::new(),
        (own, ..) => own.to_owned(),
    }
}

pub(crate) fn rights(world: &World, parts: &[Part]) -> Vec<Right> {
    let table = &world.rights;
    let right = |row| {
        let cell = |column| table.cell(row, column);
        let part = capitals(cell("part_number"));
        let known = parts.iter().find(|known| Some(&known.number) == part.as_ref());
        let or_of_part = |text: &str, of_part: fn(&Part) -> &String| {
            filled(text).or_else(|| known.map(of_part).cloned()).unwrap_or_default()
        };
        let site = cell("site").to_owned();
        // As `position` counts: so many packs, where the metric is the part's own.
        let own_metric = cell("metric").is_empty() || known.is_some_and(|part| part.metric == cell("metric"));
        let pack = known.filter(|_| own_metric).map_or(1, |part| part.pack);
        Right {
            agreement: filled(cell("agreement")).unwrap_or_else(|| agreement_of_site(world, &site).to_owned()),
            site,
            product: or_of_part(cell("product"), |part| &part.product),
            metric: or_of_part(cell("metric"), |part| &part.metric),
            units: whole(cell("quantity"), 0).unwrap().unwrap() * pack,
            licence_type: filled(cell("licence_type")).unwrap_or_else(|| "perpetual".to_owned()),
            kind: kind(cell("kind"), part.as_deref(), known),
            start: day(cell("ss_start")).unwrap(),
            end: day(cell("ss_end")).unwrap(),
            ordered: day(cell("order_date")).unwrap(),
            currency: capitals(cell("currency")),
            renewal_part: capitals(cell("renewal_part")),
            part,
        }
    };
    (0..table.rows.len()).map(right).collect()
}

/// The agreement that the list of sites tells of a site; blank: of none. While no sites are listed, the only agreement
/// that the list or the ledger names has all.
pub(crate) fn agreement_of_site<'a>(world: &'a World, site: &str) -> &'a str {
    let sites = &world.sites;
    if sites.rows.is_empty() {
        let listed = &world.agreements;
        let names = (0..listed.rows.len()).map(|row| listed.cell(row, "agreement"));
        let rights = (0..world.rights.rows.len()).map(|row| world.rights.cell(row, "agreement"));
        let mut names = names.chain(rights).filter(|name| !name.is_empty());
        let first = names.next().unwrap_or("");
        return if names.all(|other| other == first) { first } else { "" };
    }
    let row = (0..sites.rows.len()).find(|row| !site.is_empty() && sites.cell(*row, "site") == site);
    row.map_or("", |row| sites.cell(row, "agreement"))
}

pub(crate) fn prices(world: &World) -> Vec<Price> {
    let mut prices = Vec::new();
    for (number, file) in world.prices.iter().enumerate() {
        let table = &file.table;
        let levels: Vec<&str> = LADDER.into_iter().chain(OTHER_LEVELS).filter(|level| table.has(level)).collect();
        let wide = levels.len() >= 2 && !table.has("level");
        for row in 0..table.rows.len() {
            let place = (number, row);
            if wide {
                for level in &levels {
                    let text = table.cell(row, level);
                    let one = (!text.is_empty()).then(|| price(table, place, level, text, file.from));
                    prices.extend(one.flatten());
                }
            } else {
                prices.extend(price(table, place, table.cell(row, "level"), table.cell(row, "price"), file.from));
            }
        }
    }
    prices
}

/// One row, or nothing where money 2.2 leaves it out.
fn price(table: &Table, place: (usize, usize), level: &str, text: &str, file_from: Option<Day>) -> Option<Price> {
    let cell = |column| table.cell(place.1, column);
    let amount = Decimal::read(text).filter(|amount| amount.value >= 0 && amount.places <= 6)?;
    let level = level.to_uppercase();
    let known = LADDER.into_iter().chain(OTHER_LEVELS).any(|name| name == level);
    let from = day(cell("valid_from")).ok()?.or(file_from);
    let to = day(cell("valid_to")).ok()?;
    let order = from.zip(to).is_none_or(|(from, to)| from <= to);
    (known && order).then_some(Price {
        part: cell("part_number").to_uppercase(),
        level,
        amount,
        currency: cell("currency").to_uppercase(),
        from,
        to,
        months: whole(cell("months"), 1).ok()?,
        own: !cell("reason").is_empty(),
        place,
    })
}

const RANGES: [&str; 5] = ["uplift", "ss_rate", "reinstatement_rate", "reinstatement_uplift", "discount"];
const CAPS: [&str; 2] = ["cap_fixed", "cap_compounding"];
const OF_AGREEMENTS: [&str; 5] = ["proration", "anniversary", "level", "points", "currency"];

pub(crate) fn assumptions(table: &Table) -> Vec<Assumption> {
    (0..table.rows.len()).filter_map(|row| assumption(table, row)).collect()
}

fn assumption(table: &Table, row: usize) -> Option<Assumption> {
    let name = table.cell(row, "name").to_lowercase();
    let scope = table.cell(row, "scope");
    let scope = match (scope.split_once(':'), scope.split_once('/')) {
        (Some(("agreement", name)), _) => Scope::Agreement(name.trim().to_owned()),
        (Some(("product", name)), _) => Scope::Product(name.trim().to_owned()),
        (Some(("part", name)), _) => Scope::Part(name.trim().to_uppercase()),
        (Some(_), _) => return None,
        (None, Some((of, to))) => Scope::Pair(of.trim().to_uppercase(), to.trim().to_uppercase()),
        (None, None) => scope.is_empty().then_some(Scope::All)?,
    };
    let from = day(table.cell(row, "from")).ok()?;
    let [low, text, high] = ["low", "expected", "high"].map(|column| table.cell(row, column));
    let is = |names: &[&str]| names.contains(&name.as_str());
    let fits = match &scope {
        Scope::All => name != "fx",
        Scope::Agreement(_) => is(&RANGES) || is(&CAPS) || is(&OF_AGREEMENTS),
        Scope::Product(_) | Scope::Part(_) => is(&RANGES) || is(&CAPS),
        Scope::Pair(..) => name == "fx",
    };
    let ranges = is(&RANGES);
    if !fits || text.is_empty() || !(ranges || low.is_empty() && high.is_empty()) {
        return None;
    }
    let number = |own: &str| Decimal::read(if own.is_empty() { text } else { own });
    let mut values = None;
    if ranges || is(&CAPS) {
        let three = [number(low)?, number(text)?, number(high)?];
        values = Some(three);
        let least = if name == "uplift" { -100 } else { 0 };
        let most = if name == "discount" { 100 } else { i64::MAX / 2 };
        if three.iter().any(|one| one.places > 4 || !between(*one, least, most)) {
            return None;
        }
        let mut order = three.map(|one| one.value * 10_i128.pow(4 - one.places));
        if name == "discount" {
            order.reverse();
        }
        if order[0] > order[1] || order[1] > order[2] {
            return None;
        }
    }
    let text = match name.as_str() {
        "uplift"
        | "ss_rate"
        | "reinstatement_rate"
        | "reinstatement_uplift"
        | "discount"
        | "cap_fixed"
        | "cap_compounding" => text.to_owned(),
        "proration" => filled(&text.to_lowercase()).filter(|word| ["month", "day", "none"].contains(&word.as_str()))?,
        "anniversary" => Day::read(text)?.to_string(),
        "level" => capitals(text).filter(|level| LADDER.into_iter().chain(OTHER_LEVELS).any(|known| known == level))?,
        "points" => whole(text, 0).ok()?.map(|points| points.to_string())?,
        "currency" | "report_currency" => capitals(text)?,
        "fx" => {
            let rate = Decimal::read(text).filter(|rate| rate.value > 0)?;
            values = Some([rate; 3]);
            text.to_owned()
        }
        _ => return None,
    };
    Some(Assumption { name, scope, from, text, values })
}

fn between(number: Decimal, least: i64, most: i64) -> bool {
    let unit = 10_i128.pow(number.places);
    number.value >= i128::from(least) * unit && number.value <= i128::from(most) * unit
}

pub(crate) fn decisions(table: &Table) -> Vec<Decision> {
    (0..table.rows.len()).filter_map(|row| decision(table, row)).collect()
}

fn decision(table: &Table, row: usize) -> Option<Decision> {
    let cell = |column| table.cell(row, column);
    let word = cell("decision").to_lowercase();
    let ratio = match cell("ratio") {
        "" => None,
        text => {
            let (component, bundle) = text.split_once(':')?;
            Some((whole(component.trim(), 1).ok()??, whole(bundle.trim(), 1).ok()??))
        }
    };
    let decision = Decision {
        agreement: cell("agreement").to_owned(),
        site: cell("site").to_owned(),
        product: cell("product").to_owned(),
        metric: cell("metric").to_owned(),
        date: day(cell("date")).ok()?,
        until: day(cell("until")).ok()?,
        second_model: match cell("model") {
            "" | "1" => false,
            "2" => true,
            _ => return None,
        },
        quantity: whole(cell("quantity"), 0).ok()?,
        to_part: capitals(cell("to_part")),
        ratio,
        term: whole(cell("term"), 1).ok()?.unwrap_or(12),
        word,
    };
    let valid = match decision.word.as_str() {
        "renew" | "lapse" => true,
        "reduce" => decision.quantity.is_some(),
        "to_subscription" | "to_committed_term" | "to_cloud_pak" => decision.to_part.is_some(),
        _ => false,
    };
    (valid && !decision.product.is_empty()).then_some(decision)
}
