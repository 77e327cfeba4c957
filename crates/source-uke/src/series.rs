//! 一連 and 算定単位: which rows of a receipt belong together.
//!
//! A series begins at each row whose 診療識別 is not blank, whatever its record; the rows that leave it blank inherit it. Inside a
//! series a unit ends with the row that carries points; comments behind that row still belong to it.

use crate::row::Row;

/// 一連.
#[derive(Debug)]
pub struct Series<'t> {
    /// 診療識別.
    pub kind: String,
    /// Comments before the first unit: they speak of the whole series (the usage of its drugs).
    pub comments: Vec<Row<'t>>,
    pub units: Vec<Unit<'t>>,
}

/// 算定単位.
#[derive(Debug, Default)]
pub struct Unit<'t> {
    /// SI, IY and TO.
    pub rows: Vec<Row<'t>>,
    pub comments: Vec<Row<'t>>,
    closed: bool,
}

impl Unit<'_> {
    /// 回数 of the unit: that of its row with points.
    pub fn times(&self) -> String {
        let last = self.rows.iter().rev().map(|row| row.code(6)).find(|times| !times.is_empty());
        last.unwrap_or_default().into_owned()
    }
}

pub fn series<'t>(rows: &[Row<'t>]) -> Vec<Series<'t>> {
    let mut found: Vec<Series<'t>> = Vec::new();
    for row in rows.iter().filter(|row| matches!(row.id(), "SI" | "IY" | "TO" | "CO")) {
        let kind = row.code(1);
        if !kind.is_empty() || found.is_empty() {
            found.push(Series { kind: kind.into_owned(), comments: Vec::new(), units: Vec::new() });
        }
        if let Some(series) = found.last_mut() {
            series.take(*row);
        }
    }
    found
}

impl<'t> Series<'t> {
    fn take(&mut self, row: Row<'t>) {
        if row.id() == "CO" {
            let comments = self.units.last_mut().map_or(&mut self.comments, |unit| &mut unit.comments);
            return comments.push(row);
        }
        let unit = match self.units.pop() {
            Some(open) if !open.closed => open,
            before => {
                self.units.extend(before);
                Unit::default()
            }
        };
        let mut unit = unit;
        unit.closed = !row.field(5).is_empty();
        unit.rows.push(row);
        self.units.push(unit);
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row<'t>> {
        self.units.iter().flat_map(|unit| &unit.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::rows;

    /// `kind: unit, unit; …` with the codes of each unit and its comments in brackets.
    fn shape(text: &str) -> Vec<String> {
        let rows: Vec<_> = rows(text).collect();
        let codes = |rows: &[Row<'_>]| rows.iter().map(|row| row.field(3)).collect::<Vec<_>>().join("+");
        let of = |series: &Series<'_>| {
            let units: Vec<_> =
                series.units.iter().map(|unit| format!("{}[{}]", codes(&unit.rows), unit.comments.len())).collect();
            format!("{}[{}]: {}", series.kind, series.comments.len(), units.join(", "))
        };
        series(&rows).iter().map(of).collect()
    }

    #[test]
    fn a_series_begins_with_a_kind_and_a_unit_ends_with_points() {
        let text = "SI,50,1,A,,12100,1\nIY,,1,B,1,,1\nIY,,1,C,2,865,1\nCO,,1,810000001,x\nSI,31,2,D,,20,1\nIY,,2,E,1,168,1\n\
                    CO,23,2,810000001,usage\nIY,,2,F,5,11,1\nCO,23,2,810000001,usage\nIY,,2,G,5,10,1\nCO,99,2,810000001,remark";
        let expected = ["50[0]: A[0], B+C[1]", "31[0]: D[0], E[0]", "23[1]: F[0]", "23[1]: G[0]", "99[1]: "];
        assert_eq!(shape(text), expected);
    }

    #[test]
    fn rows_before_any_kind_are_a_series_without_one() {
        assert_eq!(shape("IY,,1,A,1,1,1\nSI,12,1,B,,73,1"), ["[0]: A[0]", "12[0]: B[0]"]);
        let of_unit = "IY,21,1,A,1,,\nIY,,1,B,2,30,14";
        let rows: Vec<_> = rows(of_unit).collect();
        assert_eq!(series(&rows)[0].units[0].times(), "14");
    }
}
