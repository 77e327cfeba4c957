//! Excel sheets (`.xlsx`) to rows of cells, one cell after the other: a sheet with one cell in its last corner is no large one.

use super::{CellKind, delimited::Cell, delimited::Row};
use calamine::{DataRef, Reader as _, Xlsx};
use std::{borrow::Cow, io::Cursor};
use zip::ZipArchive;

/// What every `.xlsx` begins with.
pub const SIGNATURE: &[u8] = b"PK\x03\x04";
/// Bytes that a workbook may unpack to.
const MOST: u64 = 128 << 20;
/// Excel has no more columns.
const COLUMNS: usize = 16_384;
/// Cells that a sheet may have, the empty ones before the last of each row among them.
const CELLS: usize = 4 << 20;

/// The rows of a sheet.
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Row<'static>>,
    /// Further sheets that are not empty, where none is named.
    pub others: usize,
}

/// Reads a sheet, the first one where none is named, up to `most` rows.
///
/// # Errors
/// What is wrong with the workbook, for a person.
pub fn sheet(bytes: &[u8], name: Option<&str>, most: usize) -> Result<Sheet, String> {
    let sizes = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if sizes.decompressed_size().is_none_or(|size| size > u128::from(MOST)) {
        return Err("too large".to_owned());
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = book.sheet_names();
    let others: &[String] = if name.is_some() { &[] } else { names.get(1..).unwrap_or_default() };
    let others = others.iter().filter(|other| is_filled(&mut book, other)).count();
    let name = match name {
        Some(name) => names.iter().find(|known| *known == name).ok_or_else(|| format!("no sheet `{name}`"))?,
        None => names.first().ok_or("no sheet")?,
    }
    .clone();
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
    let mut rows: Vec<Row<'static>> = Vec::new();
    let mut left = CELLS;
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let (line, column) = (row.saturating_add(1), usize::try_from(column).unwrap_or(usize::MAX));
        let Some((text, kind)) = text(cell.get_value()) else { continue };
        if column >= COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|last| last.line != line) {
            if rows.len() >= most {
                break;
            }
            rows.push(Row { cells: Vec::new(), line, start: 0, end: 0, stray_quote: false });
        }
        let Some(last) = rows.last_mut() else { continue };
        left = left.checked_sub((column + 1).saturating_sub(last.cells.len())).ok_or("too large")?;
        while last.cells.len() <= column {
            last.cells.push(Cell { text: Cow::Borrowed(""), at: 0, kind: CellKind::Text });
        }
        if let Some(place) = last.cells.get_mut(column) {
            *place = Cell { text: Cow::Owned(text), at: 0, kind };
        }
    }
    Ok(Sheet { name, rows, others })
}

fn is_filled(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return false };
    while let Ok(Some(cell)) = cells.next_cell() {
        if text(cell.get_value()).is_some_and(|(text, _)| !text.trim().is_empty()) {
            return true;
        }
    }
    false
}

/// A number of more digits than Excel keeps is shown as one with an exponent, which no code is.
fn text(value: &DataRef<'_>) -> Option<(String, CellKind)> {
    let number = |number: f64| {
        let text = if number.abs() >= 1e15 { format!("{number:.14E}").replace('E', "E+") } else { number.to_string() };
        (text, CellKind::Text)
    };
    Some(match value {
        DataRef::Empty | DataRef::DurationIso(_) => return None,
        DataRef::Int(whole) => (whole.to_string(), CellKind::Text),
        DataRef::Float(real) => number(*real),
        DataRef::String(text) => (text.clone(), CellKind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), CellKind::Text),
        DataRef::Bool(truth) => (if *truth { "1" } else { "0" }.to_owned(), CellKind::Text),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let day = format!("{year:04}/{month:02}/{day:02}");
            let timed = (hour, minute, second) != (0, 0, 0);
            (if timed { format!("{day} {hour:02}:{minute:02}:{second:02}") } else { day }, CellKind::Date)
        }
        DataRef::DateTime(at) => number(at.as_f64()),
        DataRef::DateTimeIso(text) => (text.replace('-', "/").replace('T', " "), CellKind::Date),
        DataRef::Error(_) => ("####".to_owned(), CellKind::Text),
    })
}
