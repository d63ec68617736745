//! Where the tables of a workbook stand on its sheets, and the texts of formulas, which name cells by that.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use crate::report::formula::{CellPlace, CellRange, Formula, Operator, TablePlace};
use crate::report::{ReportSheet, ReportTable};

/// The sheets in their order.
pub(super) struct Layout {
    pub(super) sheets: Vec<PlacedSheet>,
}

/// A sheet, and where its tables stand.
pub(super) struct PlacedSheet {
    pub(super) name: String,
    pub(super) tables: Vec<PlacedTable>,
}

/// The rows of a table.
#[derive(Clone, Copy)]
pub(super) struct PlacedTable {
    /// That of its title, which one alone on its sheet does not need.
    pub(super) title: Option<RowNum>,
    /// That of its headers.
    pub(super) header: Option<RowNum>,
    /// Its first one.
    pub(super) first: RowNum,
}

impl Layout {
    pub(super) fn of(sheets: &[ReportSheet]) -> Result<Self, XlsxError> {
        let mut placed: Vec<PlacedSheet> = Vec::new();
        for sheet in sheets {
            let name = sheet_name(&sheet.title, &placed);
            placed.push(PlacedSheet { name, tables: places(sheet)? });
        }
        Ok(Self { sheets: placed })
    }

    /// A formula as it stands in a cell of a sheet.
    pub(super) fn text(&self, formula: &Formula, sheet: usize) -> Result<String, XlsxError> {
        FormulaWriter { layout: self, sheet }.text(formula, SUM)
    }

    fn table(&self, place: TablePlace) -> Option<PlacedTable> {
        self.sheets.get(place.sheet)?.tables.get(place.table).copied()
    }
}

fn places(sheet: &ReportSheet) -> Result<Vec<PlacedTable>, XlsxError> {
    let is_one = sheet.tables.len() == 1;
    let mut next: RowNum = 0;
    let mut take = |rows: usize| -> Result<RowNum, XlsxError> {
        let first = next;
        let rows = RowNum::try_from(rows).ok().and_then(|rows| first.checked_add(rows));
        next = rows.ok_or(XlsxError::RowColumnLimitError)?;
        Ok(first)
    };
    let place = |table: &ReportTable| {
        let title = if is_one || table.title.is_empty() { None } else { Some(take(1)?) };
        let header = if table.header.is_empty() { None } else { Some(take(1)?) };
        let first = take(table.rows.len())?;
        if !is_one {
            take(1)?;
        }
        Ok(PlacedTable { title, header, first })
    };
    sheet.tables.iter().map(place).collect()
}

/// How tightly sums and differences bind, products and quotients, and what stands alone.
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const ALONE: u8 = 3;

/// Writes the formulas of a sheet.
struct FormulaWriter<'a> {
    layout: &'a Layout,
    /// The place of the sheet on which they stand.
    sheet: usize,
}

impl FormulaWriter<'_> {
    /// The text, in brackets where it binds less tightly than it has to.
    fn text(&self, formula: &Formula, least: u8) -> Result<String, XlsxError> {
        Ok(match formula {
            Formula::Number(number) => number.normalize().to_string(),
            Formula::Cell(cell) => self.cell(*cell)?,
            Formula::Arithmetic(operator, sides) => {
                // What is taken off, or divides, is one thing.
                let (sign, own, after) = match operator {
                    Operator::Plus => ('+', SUM, SUM),
                    Operator::Minus => ('-', SUM, PRODUCT),
                    Operator::Times => ('*', PRODUCT, PRODUCT),
                    Operator::By => ('/', PRODUCT, ALONE),
                };
                let (one, other) = &**sides;
                let text = format!("{}{sign}{}", self.text(one, own)?, self.text(other, after)?);
                if own < least { format!("({text})") } else { text }
            }
            Formula::Round(number, decimals) => {
                format!("ROUND({},{})", self.text(number, SUM)?, self.text(decimals, SUM)?)
            }
            Formula::Least(numbers) => {
                let texts: Result<Vec<String>, _> = numbers.iter().map(|number| self.text(number, SUM)).collect();
                format!("MIN({})", texts?.join(","))
            }
            Formula::LeastKnown(cells) => {
                let texts: Result<Vec<String>, _> = cells.iter().map(|cell| self.cell(*cell)).collect();
                let cells = texts?.join(",");
                format!("IF(COUNT({cells})=0,\"\",MIN({cells}))")
            }
            Formula::Sum(range) => format!("SUM({})", self.range(*range)?),
            Formula::SumOfNumber { amounts, numbers, number } => {
                format!("SUMIFS({},{},{})", self.range(*amounts)?, self.range(*numbers)?, self.cell(*number)?)
            }
            Formula::SumOfLike { amounts, like } => {
                let like: Result<Vec<String>, XlsxError> = like
                    .iter()
                    .map(|(range, cell)| Ok(format!("({}={})", self.range(*range)?, self.cell(*cell)?)))
                    .collect();
                let mut like = like?;
                if like.len() == 1 {
                    // One alone is true or false, and no number.
                    like.push("1".to_owned());
                }
                format!("SUMPRODUCT({},{})", like.join("*"), self.range(*amounts)?)
            }
            Formula::UnlessBlank(cell, formula) => {
                format!("IF({}=\"\",\"\",{})", self.cell(*cell)?, self.text(formula, SUM)?)
            }
        })
    }

    fn cell(&self, place: CellPlace) -> Result<String, XlsxError> {
        let (row, column) = self.row_and_column(place)?;
        Ok(match self.other(place.table.sheet) {
            Some(sheet) => format!("{}!{}", quoted(sheet), row_col_to_cell_absolute(row, column)),
            None => row_col_to_cell(row, column),
        })
    }

    fn range(&self, range: CellRange) -> Result<String, XlsxError> {
        let (first, column) = self.row_and_column(range.first)?;
        let (last, _) = self.row_and_column(CellPlace { row: range.last, ..range.first })?;
        let column = column_number_to_name(column);
        let (first, last) = (first.saturating_add(1), last.saturating_add(1));
        let cells = format!("${column}${first}:${column}${last}");
        Ok(match self.other(range.first.table.sheet) {
            Some(sheet) => format!("{}!{cells}", quoted(sheet)),
            None => cells,
        })
    }

    fn row_and_column(&self, place: CellPlace) -> Result<(RowNum, ColNum), XlsxError> {
        let row = self.layout.table(place.table).and_then(|table| table.first.checked_add(place.row.try_into().ok()?));
        let column = ColNum::try_from(place.column).ok();
        row.zip(column).ok_or(XlsxError::RowColumnLimitError)
    }

    /// The name of a sheet, if it is another one.
    fn other(&self, sheet: usize) -> Option<&str> {
        let placed = self.layout.sheets.get(sheet).filter(|_| sheet != self.sheet)?;
        Some(&placed.name)
    }
}

/// The name of a sheet as formulas write it, whatever it is.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// A title without what the name of a sheet must not have, at most 31 characters long, and not one of the others.
fn sheet_name(title: &str, others: &[PlacedSheet]) -> String {
    let name: String = title.chars().filter(|char| !"[]:*?/\\'".contains(*char)).take(31).collect();
    let is_known = |name: &str| others.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
    if !name.is_empty() && !is_known(&name) {
        return name;
    }
    let start: String = name.chars().take(26).collect();
    let numbered = |number: usize| format!("{start} {number}").trim_start().to_owned();
    let first = others.len().saturating_add(1);
    // Of so many names one is free.
    let free = (first..first.saturating_add(first)).map(numbered).find(|name| !is_known(name));
    free.unwrap_or_else(|| numbered(0))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::report::ReportCell;

    const HERE: TablePlace = TablePlace { sheet: 0, table: 1 };
    const THERE: TablePlace = TablePlace { sheet: 1, table: 0 };

    /// Two tables on the first sheet, the second one from row 6 on, and one on the second sheet from row 2 on.
    fn layout() -> Layout {
        let table = |title: &str, rows: usize| ReportTable {
            title: title.to_owned(),
            header: vec!["a".to_owned()],
            rows: vec![vec![ReportCell::Blank]; rows],
            ..ReportTable::default()
        };
        let sheets = [
            ReportSheet { title: "Sum".to_owned(), tables: vec![table("first", 1), table("second", 3)] },
            ReportSheet::of(table("O'Neil & Co!", 2)),
        ];
        Layout::of(&sheets).unwrap()
    }

    fn text(formula: &Formula) -> String {
        layout().text(formula, 0).unwrap()
    }

    fn cell(row: usize, column: usize) -> Formula {
        HERE.cell(row, column).into()
    }

    #[test]
    fn cells_are_named_by_where_their_table_stands() {
        assert_eq!(text(&cell(0, 0)), "A7");
        assert_eq!(text(&THERE.cell(1, 27).into()), "'ONeil & Co!'!$AB$3");
        assert_eq!(text(&Formula::Sum(HERE.column(1, 3).unwrap())), "SUM($B$7:$B$9)");
        assert!(layout().text(&TablePlace { sheet: 2, table: 0 }.cell(0, 0).into(), 0).is_err());
    }

    #[test]
    fn brackets_stand_where_the_order_of_operations_needs_them_and_nowhere_else() {
        let one = || Formula::from(1_u32);
        assert_eq!(text(&(cell(0, 0) * (one() - cell(0, 1)) / cell(0, 2))), "A7*(1-B7)/C7");
        assert_eq!(text(&(cell(0, 0) + cell(0, 1) * cell(0, 2))), "A7+B7*C7");
        assert_eq!(text(&(cell(0, 0) - (cell(0, 1) - cell(0, 2)))), "A7-(B7-C7)");
        assert_eq!(text(&(cell(0, 0) / (cell(0, 1) / cell(0, 2)))), "A7/(B7/C7)");
        assert_eq!(text(&((cell(0, 0) + cell(0, 1)) * cell(0, 2))), "(A7+B7)*C7");
        assert_eq!(text(&((cell(0, 0) + cell(0, 1)) / (one() + cell(0, 2)))), "(A7+B7)/(1+C7)");
        assert_eq!(text(&(cell(0, 0) - (cell(0, 1) + cell(1, 1)) * cell(0, 2))), "A7-(B7+B8)*C7");
        assert_eq!(text(&(cell(0, 0) / ((cell(0, 1) + cell(1, 1)) * cell(0, 2)))), "A7/((B7+B8)*C7)");
    }

    #[test]
    fn functions_are_written_as_every_spreadsheet_reads_them() {
        let place = |row| HERE.cell(row, 0);
        assert_eq!(text(&cell(0, 1).at_most([place(2)]).rounded(2_u32)), "ROUND(MIN(B7,A9),2)");
        assert_eq!(text(&Formula::LeastKnown(vec![place(0), place(1)])), "IF(COUNT(A7,A8)=0,\"\",MIN(A7,A8))");
        assert_eq!(text(&cell(0, 1).unless_blank(place(0))), "IF(A7=\"\",\"\",B7)");
        let (amounts, keys) = (THERE.column(2, 2).unwrap(), THERE.column(0, 2).unwrap());
        let like = Formula::SumOfLike { amounts, like: vec![(keys, place(0)), (keys, place(1))] };
        let there = |column| format!("'ONeil & Co!'!${column}$2:${column}$3");
        let (keys_there, amounts_there) = (there("A"), there("C"));
        assert_eq!(text(&like), format!("SUMPRODUCT(({keys_there}=A7)*({keys_there}=A8),{amounts_there})"));
        let one = Formula::SumOfLike { amounts, like: vec![(keys, place(0))] };
        assert_eq!(text(&one), format!("SUMPRODUCT(({keys_there}=A7)*1,{amounts_there})"));
        let of_number = Formula::SumOfNumber { amounts, numbers: keys, number: place(0) };
        assert_eq!(text(&of_number), format!("SUMIFS({amounts_there},{keys_there},A7)"));
        assert_eq!(text(&Formula::Number(Decimal::new(150, 2))), "1.5");
    }

    #[test]
    fn names_of_sheets_are_legal_and_each_is_its_own() {
        let mut placed: Vec<PlacedSheet> = Vec::new();
        for title in ["Position: a/b", "position ab", "[]", "Position a/b 4", "x".repeat(40).as_str()] {
            placed.push(PlacedSheet { name: sheet_name(title, &placed), tables: Vec::new() });
        }
        let names: Vec<&str> = placed.iter().map(|sheet| sheet.name.as_str()).collect();
        let long = "x".repeat(31);
        assert_eq!(names, ["Position ab", "position ab 2", "3", "Position ab 4", long.as_str()]);
    }
}
