//! The forecast as a workbook: what is a value and what a formula, what readers that do not calculate see, and what a
//! spreadsheet that does makes of it.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use highwater::engine::renewal::{self, Forecast, RenewalQuery};
use highwater::i18n::Language;
use highwater::model::assumption::{Assumption, AssumptionName, Estimate};
use highwater::model::bound::Bound;
use highwater::model::money::Currency;
use highwater::model::order::PriceTerms;
use highwater::model::price::Price;
use highwater::model::workspace::Lists;
use highwater::report::{ReportCell, ReportSheet, forecast, xlsx};
use highwater::rules::shipped_parts;
use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::forecasts::{lists, shared};
use crate::oracle::money_worlds::{files, world};
use crate::terminal::{answer, file, highwater};

/// What a forecast is made of.
struct Asked {
    lists: Lists,
    on: Date,
    years: i16,
}

impl Asked {
    fn query(&self) -> RenewalQuery<'_> {
        let (terms, parts) = (PriceTerms::default(), shipped_parts::get());
        RenewalQuery { lists: &self.lists, terms, parts, on: self.on, years: self.years }
    }

    fn forecast(&self) -> Forecast {
        renewal::forecast(self.query())
    }

    fn sheets(&self) -> Vec<ReportSheet> {
        forecast::sheets(self.query(), &self.forecast(), "Northwind", &Language::english())
    }

    /// The same, with this assumption for everything in the place of all others of its name.
    fn with(&self, name: AssumptionName, [low, expected, high]: [&str; 3]) -> Self {
        let [low, expected, high] = [low, expected, high].map(str::to_owned);
        let kept = self.lists.assumptions.iter().filter(|line| line.name != name).map(|line| (**line).clone());
        let own = Assumption { name, low, expected, high, ..Assumption::default() };
        let lists = Lists { assumptions: kept.chain([own]).collect(), ..self.lists.clone() };
        Self { lists, ..*self }
    }
}

/// A random world.
fn random(seed: u64) -> Asked {
    let files = files(&world(seed));
    Asked { lists: lists(&files), on: files.on.to_string().parse().unwrap(), years: files.years.try_into().unwrap() }
}

/// A line whose price is known, one without a price, and all that amounts follow from.
fn small() -> Asked {
    let rights = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
        A,London,E1,IBM Concert,PVU,7,2027-02-28,EUR,renewal\n\
        A,London,E2,IBM Unpriced,PVU,7,2027-02-28,EUR,renewal\n\
        A,London,E3,IBM Later,PVU,10,2027-06-30,EUR,renewal\n";
    let prices =
        "part_number,level,price,currency,valid_from\nE1,BL,1270,EUR,\nE3,BL,100,EUR,\nE3,BL,120,EUR,2027-01-01\n";
    let assumed = "name,scope,from,expected\nuplift,,,6\nanniversary,agreement:A,,2027-07-01\ncap_compounding,,,5.5\n\
        report_currency,,,USD\nfx,EUR/USD,2026-01-01,1.1\n";
    let decisions = "product,decision,quantity,date\nIBM Concert,reduce,3,2027-07-01\n";
    let lists = Lists {
        entitlements: shared("rights.csv", rights),
        prices: shared("prices.csv", prices),
        assumptions: shared("assumed.csv", assumed),
        decisions: shared("decided.csv", decisions),
        ..Lists::default()
    };
    Asked { lists, on: "2026-11-27".parse().unwrap(), years: 2 }
}

/// A workbook as a reader that does not calculate sees it.
struct Book {
    values: BTreeMap<String, Range<Data>>,
    formulas: BTreeMap<String, Range<String>>,
}

impl Book {
    fn open(bytes: Vec<u8>) -> Self {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let values = names.iter().map(|name| (name.clone(), book.worksheet_range(name).unwrap())).collect();
        let formulas = names.iter().map(|name| (name.clone(), book.worksheet_formula(name).unwrap())).collect();
        Self { values, formulas }
    }

    fn of(sheets: &[ReportSheet]) -> Self {
        Self::open(xlsx::write(sheets).unwrap())
    }

    fn value(&self, sheet: &str, at: (u32, u32)) -> Data {
        self.values[sheet].get_value(at).cloned().unwrap_or_default()
    }

    /// The formula in a cell; nothing where it has a value.
    fn formula(&self, sheet: &str, at: (u32, u32)) -> String {
        self.formulas[sheet].get_value(at).cloned().unwrap_or_default()
    }

    /// The number in a cell; `None` where it is empty.
    fn number(&self, sheet: &str, at: (u32, u32)) -> Option<Decimal> {
        match self.value(sheet, at) {
            Data::Float(number) => Some(number.to_string().parse().unwrap()),
            Data::Int(number) => Some(number.into()),
            Data::Empty => None,
            Data::String(text) if text.is_empty() => None,
            other @ (Data::String(_)
            | Data::Bool(_)
            | Data::DateTime(_)
            | Data::DateTimeIso(_)
            | Data::DurationIso(_)
            | Data::Error(_)) => panic!("{sheet} {at:?}: {other:?}"),
        }
    }

    fn text(&self, sheet: &str, at: (u32, u32)) -> String {
        self.value(sheet, at).to_string()
    }

    /// Row and column of the cell with this text, from a row on.
    fn find(&self, sheet: &str, text: &str, from: u32) -> (u32, u32) {
        let rows = self.values[sheet].end().unwrap().0;
        let columns = self.values[sheet].end().unwrap().1;
        let mut cells = (from..=rows).flat_map(|row| (0..=columns).map(move |column| (row, column)));
        cells.find(|at| self.text(sheet, *at) == text).unwrap_or_else(|| panic!("{text} on {sheet}"))
    }

    /// The place of a column of a sheet of one table.
    fn column(&self, sheet: &str, header: &str) -> u32 {
        self.find(sheet, header, 0).1
    }

    /// Low, expected and high of each charge, in their order.
    fn charges(&self) -> Vec<Option<Estimate<Decimal>>> {
        let low = self.column("Charges", "Low");
        let rows = 1..=self.values["Charges"].end().unwrap().0;
        rows.map(|row| self.amount("Charges", (row, low))).collect()
    }

    fn amount(&self, sheet: &str, (row, low): (u32, u32)) -> Option<Estimate<Decimal>> {
        let [low, expected, high] = [low, low + 1, low + 2].map(|column| self.number(sheet, (row, column)));
        Some(Estimate { low: low?, expected: expected?, high: high? })
    }

    /// Currency, year or "All years", and amounts, of a table of the summary.
    fn totals(&self, title: &str) -> Vec<(String, String, Option<Estimate<Decimal>>)> {
        let first = self.find("Summary", title, 0).0 + 2;
        let rows = (first..).take_while(|row| !self.text("Summary", (*row, 1)).is_empty());
        let total = |row| {
            let text = |column| self.text("Summary", (row, column));
            (text(0), text(1), self.amount("Summary", (row, 2)))
        };
        rows.map(total).collect()
    }
}

/// The totals of a forecast as the summary lists them.
fn totals(forecast: &Forecast) -> Vec<(String, String, Option<Estimate<Decimal>>)> {
    let told = |currency: &Option<Currency>| {
        currency.as_ref().map_or("not known".to_owned(), |currency| currency.code().to_owned())
    };
    let of_sum = |sum: &renewal::ChargeTotal| {
        let years = forecast.totals.iter().filter(|of_year| of_year.total.currency == sum.currency);
        let mut rows: Vec<_> =
            years.map(|of_year| (told(&sum.currency), of_year.year.to_string(), of_year.total.amount)).collect();
        rows.push((told(&sum.currency), "All years".to_owned(), sum.amount));
        rows
    };
    forecast.sums.iter().flat_map(of_sum).collect()
}

fn converted(forecast: &Forecast) -> Vec<(String, String, Option<Estimate<Decimal>>)> {
    let converted = forecast.converted.iter();
    let of_year = |converted: &renewal::Converted| {
        let code = converted.currency.code().to_owned();
        let row = move |year: &renewal::ConvertedYear| (code.clone(), year.year.to_string(), year.amount);
        converted.totals.iter().map(row).collect::<Vec<_>>()
    };
    converted.flat_map(of_year).collect()
}

fn amounts(forecast: &Forecast) -> Vec<Option<Estimate<Decimal>>> {
    forecast.lines.iter().flat_map(|line| &line.charges).map(|charge| charge.amount).collect()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn what_a_reviewer_changes_is_a_value_and_what_follows_from_it_a_formula() {
    let book = Book::of(&small().sheets());
    let charge = |row, header: &str| (row, book.column("Charges", header));
    for header in
        ["Price", "Rate, expected", "Discount, expected", "Parts", "Months (or days) paid", "Out of", "Decimals"]
    {
        assert_eq!(book.formula("Charges", charge(1, header)), "", "{header}");
    }
    // Semantics of money, 5.4: four of twelve months; by hand 1,270 x 1.055 x 7 x 4/12 = 3,126.3167, as the cap is 5.5.
    let numbers = |row, headers: &[&str]| -> Vec<Decimal> {
        headers.iter().map(|header| book.number("Charges", charge(row, header)).unwrap()).collect()
    };
    let paid = numbers(1, &["Price", "Index, expected", "Parts", "Months (or days) paid", "Out of", "Expected"]);
    assert_eq!(paid, ["1270", "1.055", "7", "4", "12", "3126.32"].map(decimal));
    for bound in ["Low", "Expected", "High"] {
        let formula = book.formula("Charges", charge(1, bound));
        assert!(formula.starts_with("ROUND(") && formula.contains('*'), "{formula}");
    }
    for bound in ["Index, low", "Index, expected", "Index, high"] {
        assert!(book.formula("Charges", charge(1, bound)).starts_with("'Index'!"), "{bound}");
    }
    // What has no price is empty, with its reason beside it.
    let unpriced = book.find("Charges", "IBM Unpriced", 0).0;
    for header in ["Price", "Low", "Expected", "High"] {
        assert_eq!(book.value("Charges", charge(unpriced, header)), Data::Empty, "{header}");
        assert_eq!(book.formula("Charges", charge(unpriced, header)), "", "{header}");
    }
    assert!(book.text("Charges", charge(unpriced, "Notes")).contains("E2"));
    // Uplifts and caps are values; the index of a year is that of the year before, rounded to six decimals.
    let uplift = book.find("Index", "By how much prices rise with a year", 0).0 + 2;
    assert_eq!(book.number("Index", (uplift, 3)), Some(decimal("0.06")));
    assert_eq!(book.formula("Index", (uplift, 3)), "");
    let cap = book.find("Index", "Of the year before", 0);
    assert_eq!(book.number("Index", (cap.0 + 1, cap.1)), Some(decimal("0.055")));
    let index = book.find("Index", "Index, expected", 0);
    assert_eq!(book.formula("Index", (index.0 + 1, index.1)), "", "the first year of prices is 1");
    let formula = book.formula("Index", (index.0 + 2, index.1));
    assert!(formula.contains("ROUND(") && formula.contains(",6)"), "{formula}");
    // Totals, sums, changes, conversions, what a decision changes.
    let totals = book.find("Summary", "By year", 0).0 + 2;
    for column in 2..=4 {
        assert!(book.formula("Summary", (totals, column)).starts_with("SUMPRODUCT("));
        assert!(book.formula("Summary", (totals + 2, column)).starts_with("SUM("));
        let converted = book.find("Summary", "In one currency", 0).0 + 2;
        assert!(book.formula("Summary", (converted, column)).starts_with("ROUND("));
    }
    assert!(book.formula("Summary", (totals + 1, 6)).contains('-'));
    let decided = book.find("Summary", "What decisions change, as expected", 0).0 + 2;
    assert!((2..=4).all(|column| !book.formula("Summary", (decided, column)).is_empty()));
}

#[test]
fn a_price_that_begins_later_is_bound_by_the_price_of_today_in_cells_of_its_row() {
    let book = Book::of(&small().sheets());
    let row = book.find("Charges", "IBM Later", 0).0;
    let number = |header| book.number("Charges", (row, book.column("Charges", header))).unwrap();
    assert_eq!(number("Price"), decimal("120"));
    assert_eq!(number("Price on the day of the forecast, which caps bind"), decimal("100"));
    // One year at 5.5 %: 105.50, ten of them, which is less than 120.
    assert_eq!((number("Most that caps allow"), number("Expected")), (decimal("105.5"), decimal("1055")));
    let formula = |header| book.formula("Charges", (row, book.column("Charges", header)));
    assert!(formula("Expected").contains("MIN(") && !formula("Most that caps allow").is_empty());
}

#[test]
fn readers_that_do_not_calculate_see_the_numbers_of_the_forecast() {
    let mut seen = 0;
    for seed in 0..100 {
        let asked = random(seed);
        let forecast = asked.forecast();
        let book = Book::of(&asked.sheets());
        assert_eq!(book.totals("By year"), totals(&forecast), "seed {seed}");
        if forecast.converted.is_some() {
            assert_eq!(book.totals("In one currency"), converted(&forecast), "seed {seed}");
        }
        let amounts = amounts(&forecast);
        seen += amounts.iter().flatten().count();
        if !amounts.is_empty() {
            assert_eq!(book.charges(), amounts, "seed {seed}");
        }
    }
    assert!(seen > 500, "{seen} amounts are known");
}

#[test]
fn the_terminal_writes_the_workbook_whose_totals_it_prints() {
    let rights = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
        A,London,E1,IBM Concert,PVU,7,2027-02-28,EUR,renewal\n";
    let ledger = file("book_rights.csv", rights);
    let prices = file("book_prices.csv", "part_number,level,price,currency\nE1,BL,1270,EUR\n");
    let book = ledger.with_file_name("book.xlsx");
    let [ledger, prices, xlsx] = [&ledger, &prices, &book].map(|path| path.to_str().unwrap());
    let asked = ["forecast", "--entitlements", ledger, "--prices", prices, "--on", "2026-11-27", "--json"];
    let told = answer(&[asked.as_slice(), &["--years", "1", "--xlsx", xlsx]].concat());
    let totals = Book::open(std::fs::read(&book).unwrap()).totals("By year");
    let (currency, year, amount) = &totals[0];
    // 1,270 x 1.06 x 7, for a year from 1 March on.
    assert_eq!((currency.as_str(), year.as_str(), amount.unwrap().expected), ("EUR", "2027", decimal("9423.4")));
    assert_eq!(told["totals"][0]["expected"], "9423.40");
    // A folder is no file.
    let folder = env!("CARGO_TARGET_TMPDIR");
    let refused = highwater(&[asked.as_slice(), &["--xlsx", folder]].concat());
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("export_failed"));
}

/// What a spreadsheet makes of workbooks that it calculates anew; `None` where there is none.
fn recalculated(name: &str, books: &[Vec<ReportSheet>]) -> Option<Vec<Book>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recalculated").join(name);
    let (profile, out) = (folder.join("profile"), folder.join("out"));
    for folder in [&profile.join("user"), &out] {
        std::fs::create_dir_all(folder).unwrap();
    }
    // Calculate when a file is opened, whoever has written it.
    let settings = "<?xml version='1.0' encoding='UTF-8'?>\
        <oor:items xmlns:oor='http://openoffice.org/2001/registry'><item oor:path='/org.openoffice.Office.Calc/Formula/Load'>\
        <prop oor:name='OOXMLRecalcMode' oor:op='fuse'><value>0</value></prop></item></oor:items>";
    std::fs::write(profile.join("user/registrymodifications.xcu"), settings).unwrap();
    let paths: Vec<PathBuf> = (0..books.len()).map(|number| folder.join(format!("{number}.xlsx"))).collect();
    for (path, sheets) in paths.iter().zip(books) {
        std::fs::write(path, xlsx::write(sheets).unwrap()).unwrap();
    }
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    command.args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&out).args(&paths);
    let Ok(run) = command.output() else {
        println!("skipped: there is no soffice here");
        return None;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let open = |path: &Path| Book::open(std::fs::read(out.join(path.file_name().unwrap())).unwrap());
    Some(paths.iter().map(|path| open(path)).collect())
}

/// How many amounts a spreadsheet has in another way, which it may by one last decimal where a binary half is no half; all
/// totals follow from them.
fn differing(name: &str, book: &Book, forecast: &Forecast) -> usize {
    let lines = forecast.lines.iter().flat_map(|line| line.charges.iter().map(move |charge| (line, charge)));
    let told = if lines.clone().next().is_some() { book.charges() } else { Vec::new() };
    assert_eq!(told.len(), lines.clone().count(), "{name}");
    let mut sums: BTreeMap<(String, String), Estimate<Decimal>> = BTreeMap::new();
    let mut differing = 0;
    for ((line, charge), told) in lines.zip(&told) {
        assert_eq!(told.is_some(), charge.amount.is_some(), "{name}: {charge:?}");
        let (Some(amount), Some(told), Some(currency)) = (charge.amount, told, &line.key.currency.0) else { continue };
        let last = Decimal::new(1, currency.decimals());
        for bound in Bound::ALL {
            let off = (amount.of(bound) - told.of(bound)).abs();
            assert!(off <= last, "{name}: {charge:?}, {told:?}");
            differing += usize::from(!off.is_zero());
        }
        for year in [charge.from.year().to_string(), "All years".to_owned()] {
            let sum = sums.entry((currency.code().to_owned(), year)).or_insert_with(|| Estimate::flat(Decimal::ZERO));
            *sum = sum.with(*told, |sum, told| sum + told);
        }
    }
    let mut known = BTreeMap::new();
    for (currency, year, amount) in book.totals("By year") {
        if let Some(amount) = amount {
            // A sum of binary fractions may end in a few digits of noise.
            known.insert((currency, year), amount.map(|amount| amount.round_dp(6)));
        }
    }
    assert_eq!(known, sums, "{name}");
    if differing == 0 && forecast.converted.is_some() {
        let rounded = |rows: Vec<(String, String, Option<Estimate<Decimal>>)>| {
            let row = |(code, year, amount): (_, _, Option<Estimate<Decimal>>)| {
                (code, year, amount.map(|amount| amount.map(|amount| amount.round_dp(6))))
            };
            rows.into_iter().map(row).collect::<Vec<(String, String, _)>>()
        };
        assert_eq!(rounded(book.totals("In one currency")), rounded(converted(forecast)), "{name}");
    }
    if differing == 0 {
        assert_eq!(decided(book), against_renewing(forecast), "{name}");
    }
    differing
}

/// What each decision changes, as the summary has it.
fn decided(book: &Book) -> Vec<Option<Decimal>> {
    let title = "What decisions change, as expected";
    let Some(range) = book.values["Summary"].rows().position(|row| row[0] == Data::String(title.to_owned())) else {
        return Vec::new();
    };
    let first = u32::try_from(range).unwrap() + 2;
    let rows = (first..).take_while(|row| matches!(book.value("Summary", (*row, 1)), Data::Float(_) | Data::Int(_)));
    rows.map(|row| book.number("Summary", (row, 4)).map(|change| change.round_dp(6))).collect()
}

/// What each line that is not renewed as it is costs, less what it would cost if it were.
fn against_renewing(forecast: &Forecast) -> Vec<Option<Decimal>> {
    let expected = |charges: &[renewal::Charge]| -> Option<Decimal> {
        charges.iter().map(|charge| charge.amount.map(|amount| amount.expected)).sum()
    };
    let lines = forecast.lines.iter().filter_map(|line| Some((line, line.if_renewed.as_ref()?)));
    lines.map(|(line, renewed)| Some(expected(&line.charges)? - expected(renewed)?)).collect()
}

#[test]
fn a_spreadsheet_that_calculates_the_workbook_anew_comes_to_the_numbers_of_the_forecast() {
    let asked: Vec<Asked> = (0..24).map(random).chain([small()]).collect();
    let books: Vec<Vec<ReportSheet>> = asked.iter().map(Asked::sheets).collect();
    let Some(books) = recalculated("as-they-are", &books) else { return };
    let (mut off, mut all) = (0, 0);
    for (place, (asked, book)) in asked.iter().zip(&books).enumerate() {
        let forecast = asked.forecast();
        off += differing(&format!("world {place}"), book, &forecast);
        all += 3 * amounts(&forecast).iter().flatten().count();
    }
    println!("{off} of {all} amounts differ by their last decimal");
    assert!(off * 100 <= all, "{off} of {all} amounts differ by their last decimal");
}

/// Changes what a reader may change in a column of a table, in the rows that have a value.
fn change(sheet: &mut ReportSheet, title: &str, header: &str, to: &ReportCell) -> usize {
    let table = sheet.tables.iter_mut().find(|table| table.title == title).unwrap();
    let column = table.header.iter().position(|name| name == header).unwrap();
    let cells = table.rows.iter_mut().map(|row| &mut row[column]);
    let changed = cells.filter(|cell| matches!(cell, ReportCell::Changeable(_)));
    changed.map(|cell| *cell = to.clone().changeable()).count()
}

/// The same of all charges: those that are decided, and those that would be without a decision.
fn change_charges(sheets: &mut [ReportSheet], header: &str, to: &ReportCell) -> usize {
    let charges = sheets.iter_mut().filter(|sheet| ["Charges", "If renewed"].contains(&sheet.title.as_str()));
    charges.map(|sheet| change(sheet, &sheet.title.clone(), header, to)).sum()
}

fn sheet<'s>(sheets: &'s mut [ReportSheet], title: &str) -> &'s mut ReportSheet {
    sheets.iter_mut().find(|sheet| sheet.title == title).unwrap()
}

#[test]
fn a_cell_that_is_changed_changes_what_follows_from_it_as_the_assumption_would_change_the_forecast() {
    let percent = |text: &str| ReportCell::Percent(decimal(text));
    let mut books = Vec::new();
    let mut expected = Vec::new();
    let mut changed = 0;
    for seed in (0..6).chain(30..33) {
        let asked = random(seed);
        let mut sheets = asked.sheets();
        let index = sheet(&mut sheets, "Index");
        for (header, value) in [("Low", "1.5"), ("Expected", "4.25"), ("High", "11")] {
            changed += change(index, "By how much prices rise with a year", header, &percent(value));
        }
        books.push(sheets);
        expected.push((format!("uplift, world {seed}"), asked.with(AssumptionName::Uplift, ["1.5", "4.25", "11"])));

        let mut sheets = asked.sheets();
        for (header, value) in [("Discount, low", "30"), ("Discount, expected", "12.5"), ("Discount, high", "0")] {
            changed += change_charges(&mut sheets, header, &percent(value));
        }
        books.push(sheets);
        expected.push((format!("discount, world {seed}"), asked.with(AssumptionName::Discount, ["30", "12.5", "0"])));

        let caps = "Caps of the contract; one that is not agreed is empty";
        for (header, name) in [
            ("Of the year before", AssumptionName::CapCompounding),
            ("Of the price at first, a year", AssumptionName::CapFixed),
        ] {
            let mut sheets = asked.sheets();
            changed += change(sheet(&mut sheets, "Index"), caps, header, &percent("2"));
            books.push(sheets);
            expected.push((format!("{header}, world {seed}"), asked.with(name, ["", "2", ""])));
        }
    }
    for seed in [1, 2, 3, 5, 8, 13, 21, 34] {
        let asked = random(seed);
        let mut sheets = asked.sheets();
        let ten = ReportCell::Number(10.into());
        for header in ["Price", "Price on the day of the forecast, which caps bind"] {
            changed += change_charges(&mut sheets, header, &ten);
        }
        let mut priced = random(seed);
        priced.lists.prices =
            asked.lists.prices.iter().map(|row| Price { price: 10.into(), ..(**row).clone() }).collect();
        books.push(sheets);
        expected.push((format!("price, world {seed}"), priced));

        if asked.forecast().converted.is_some() {
            let mut sheets = asked.sheets();
            changed +=
                change(sheet(&mut sheets, "Summary"), "Rates of exchange", "Rate", &ReportCell::Number(2.into()));
            let assumed = asked.lists.assumptions.iter().map(|line| {
                let rate = if line.name == AssumptionName::Fx { "2".to_owned() } else { line.expected.clone() };
                Assumption { expected: rate, ..(**line).clone() }
            });
            let lists = Lists { assumptions: assumed.collect(), ..asked.lists.clone() };
            books.push(sheets);
            expected.push((format!("exchange, world {seed}"), Asked { lists, ..asked }));
        }
    }
    assert!(changed > 300, "{changed} cells are changed");
    let Some(books) = recalculated("changed", &books) else { return };
    let (mut off, mut all) = (0, 0);
    for ((name, asked), book) in expected.iter().zip(&books) {
        let forecast = asked.forecast();
        off += differing(name, book, &forecast);
        all += 3 * amounts(&forecast).iter().flatten().count();
    }
    assert!(off * 100 <= all, "{off} of {all} amounts differ by their last decimal");
}

/// The formulas of all sheets with their places.
fn formulas(book: &Book) -> Vec<(String, (usize, usize), String)> {
    let of_sheet = |(name, range): (&String, &Range<String>)| {
        let cells = range.used_cells().filter(|(_, _, formula)| !formula.is_empty());
        cells.map(|(row, column, formula)| (name.clone(), (row, column), formula.clone())).collect::<Vec<_>>()
    };
    book.formulas.iter().flat_map(of_sheet).collect()
}

/// A ledger of one line and all that is told of it, with these words in every place that takes words.
fn worded(words: &str) -> Asked {
    let quoted = format!("\"{}\"", words.replace('"', "\"\""));
    let rights = format!(
        "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
         {quoted},{quoted},E1,{quoted},PVU,7,2027-02-28,EUR,renewal\n"
    );
    let prices = format!("part_number,description,level,price,currency,reason\nE1,{quoted},BL,1270,EUR,{quoted}\n");
    let assumed = format!("name,scope,expected,reason\nuplift,,6,{quoted}\n");
    let decisions = format!("product,decision,quantity,reason\n{quoted},reduce,3,{quoted}\n");
    let lists = Lists {
        entitlements: shared("rights.csv", &rights),
        prices: shared(&format!("{words}.csv"), &prices),
        assumptions: shared(&format!("{words}.csv"), &assumed),
        decisions: shared("decided.csv", &decisions),
        ..Lists::default()
    };
    Asked { lists, on: "2026-11-27".parse().unwrap(), years: 2 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_user_becomes_a_formula_or_a_part_of_one(
        // Not `="…"`: spreadsheets write texts so, and it is read as what stands between the quotes.
        words in "[=+@!-][A-Z0-9+@'!&<>(),*][A-Z0-9=+@'!\"&<>(),*]{0,11}",
    ) {
        let (harmless, hostile) = (worded("Harmless"), worded(&words));
        let written = |asked: &Asked| {
            let (query, found) = (asked.query(), asked.forecast());
            Book::of(&forecast::sheets(query, &found, &words, &Language::english()))
        };
        let (harmless, hostile) = (written(&harmless), written(&hostile));
        prop_assert_eq!(formulas(&harmless), formulas(&hostile));
        let product = (1, hostile.column("Charges", "Product"));
        prop_assert_eq!(hostile.text("Charges", product), words);
    }
}
