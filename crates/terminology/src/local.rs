//! A site's local codes: what stands for them is proposed here, confirmed by a person, and kept in the site's map files.

use crate::{
    Tables,
    masters::{Names, Subject},
    tables::{allergens::is_price_code, jlac10::Jlac10, site::is_medis_number},
};
use std::fmt::Write as _;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Date,
    body::{Code, Concept},
    standard::Unmapped,
};
use tsugite_issue::Text;

/// What a local code is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalKind {
    Laboratory,
    Disease,
    Modifier,
    Allergen,
    Drug,
}

/// What a person confirms.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    pub kind: LocalKind,
    /// The source's namespace; empty for any.
    pub system: &'a str,
    pub code: &'a str,
    /// The source's name of it, which stands in the map for the reader.
    pub text: &'a str,
    pub standard: &'a str,
    /// Of the standard code; empty where the masters know it.
    pub display: &'a str,
    /// For laboratory codes: the unit that the laboratory reports in.
    pub unit: &'a str,
}

/// Why a confirmation was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The standard code has another form.
    Form(Text),
    /// No master tells its name, and none was given.
    DisplayNeeded,
    /// The code was confirmed for another unit.
    UnitChanged { confirmed: String },
    /// The first line of the map file does not name its columns.
    NoHeader,
}

/// A row of a map file, by its columns.
pub type Row = Vec<(&'static str, String)>;

impl LocalKind {
    pub const ALL: [Self; 5] = [Self::Laboratory, Self::Disease, Self::Modifier, Self::Allergen, Self::Drug];

    /// As [`Unmapped::kind`] has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Laboratory => "lab_result",
            Self::Disease => "condition",
            Self::Modifier => "modifier",
            Self::Allergen => "allergy",
            Self::Drug => "prescription",
        }
    }

    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The map file that keeps codes of this kind; those of laboratories have one for each namespace.
    pub fn file(self, system: &str) -> String {
        let name = match self {
            Self::Laboratory => "labs",
            Self::Disease => "diseases",
            Self::Modifier => "modifiers",
            Self::Allergen => "allergens",
            Self::Drug => "drugs",
        };
        let plain: String = system.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
        match self {
            Self::Laboratory if !plain.is_empty() => format!("{name}-{plain}.csv"),
            _ => format!("{name}.csv"),
        }
    }
}

impl Tables {
    /// Whether a site's map has a code by now that no table knew when it was met.
    pub fn is_mapped(&self, unmapped: &Unmapped) -> bool {
        let Unmapped { kind, system, code, text } = unmapped;
        let code = Code { code: code.clone(), display: text.clone(), system: system.clone() };
        let concept = Concept { codes: vec![code], text: None };
        match LocalKind::of(kind) {
            Some(LocalKind::Laboratory) => self.site.labs.find(&concept).is_some(),
            Some(LocalKind::Disease) => self.site.diseases.find(&concept).is_some(),
            Some(LocalKind::Modifier) => self.site.modifiers.find(&concept).is_some(),
            Some(LocalKind::Drug) => self.site.drugs.find(&concept).is_some(),
            Some(LocalKind::Allergen) => {
                self.site.allergens.find(&concept).is_some() || self.site.allergen_texts.contains_key(text)
            }
            None => false,
        }
    }

    /// The names of standard codes that local ones of a kind may mean.
    pub fn names(&self, kind: LocalKind, as_of: Option<Date>) -> Names {
        let subject = match kind {
            LocalKind::Laboratory => Subject::Laboratory,
            LocalKind::Disease => Subject::Disease,
            LocalKind::Modifier => Subject::Modifier,
            LocalKind::Allergen => Subject::Allergen,
            LocalKind::Drug => Subject::Drug,
        };
        let mut names = self.masters.names(subject, as_of);
        if kind == LocalKind::Laboratory {
            for (code, display, material) in self.labs.representatives() {
                let material = self.materials.find(material).map_or(material, |name| name);
                let everyday = self.lab_names.get(display).into_iter().flatten().map(String::as_str);
                names.add(code, &format!("{display}（{material}）"), std::iter::once(display).chain(everyday));
            }
        }
        names
    }

    /// The row of the map file that keeps a confirmation.
    ///
    /// # Errors
    /// The standard code cannot be one, or its name is not known.
    pub fn confirmed(&self, given: &Confirmation<'_>) -> Result<Row, Refusal> {
        let standard = to_half_width(given.standard.trim()).into_owned();
        let mut row: Row = vec![("system", given.system.to_owned()), ("code", given.code.to_owned())];
        match given.kind {
            LocalKind::Laboratory => self.laboratory(given, &standard, &mut row)?,
            LocalKind::Disease | LocalKind::Modifier => {
                if !is_medis_number(&standard) {
                    return Err(Refusal::Form(Text::new("管理番号は8桁の数字です", "a MEDIS number has 8 digits")));
                }
                let name = match given.kind {
                    LocalKind::Disease => self.masters.disease_of_number(&standard, None).map(|known| known.name),
                    _ => self.masters.modifier_of_number(&standard, None).map(|known| known.name),
                };
                let display = named(given, name.ok())?;
                row.extend([("medis", standard), ("display", display)]);
            }
            LocalKind::Drug => {
                if !is_price_code(&standard) {
                    return Err(Refusal::Form(Text::new(
                        "YJコードまたは一般名コード（12文字）です",
                        "a YJ code or a general name code has 12 characters",
                    )));
                }
                let general = self.masters.general(&standard, None).map(|general| general.name);
                let name = general.or_else(|| self.masters.drug_of_yj(&standard, None).ok().map(|drug| drug.name));
                let display = named(given, name)?;
                row.extend([("standard", standard), ("display", display)]);
            }
            LocalKind::Allergen => {
                let medication = crate::tables::allergens::medication_code(&standard);
                let code = medication.as_deref().unwrap_or(&standard);
                let Some(family) = self.allergens.family(code) else {
                    return Err(Refusal::Form(Text::new(
                        "J-FAGY、YJコード、一般名コード（12文字）のどれかです",
                        "one of J-FAGY, YJ and general name codes (12 characters)",
                    )));
                };
                let category = family.category().code().to_owned();
                row.extend([("text", given.text.to_owned()), ("standard", standard), ("category", category)]);
            }
        }
        row.push(("status", "confirmed".to_owned()));
        if given.kind != LocalKind::Allergen {
            row.push(("name", given.text.to_owned()));
        }
        Ok(row)
    }

    fn laboratory(&self, given: &Confirmation<'_>, standard: &str, row: &mut Row) -> Result<(), Refusal> {
        let of_jlac11 = self.labs.exact(standard).is_some_and(|lab| lab.coding.system.contains("/JLAC11/"));
        let form =
            || Refusal::Form(Text::new("JLAC10（17桁）またはJLAC11です", "a JLAC10 code of 17 characters, or JLAC11"));
        let jlac10 = match of_jlac11 {
            true => String::new(),
            false => Jlac10::parse(standard).ok_or_else(form)?.as_str().to_owned(),
        };
        let jlac11 = if of_jlac11 { standard.to_owned() } else { String::new() };
        row.extend([("jlac10", jlac10), ("jlac11", jlac11), ("unit", given.unit.trim().to_owned())]);
        Ok(())
    }
}

fn named(given: &Confirmation<'_>, of_master: Option<&str>) -> Result<String, Refusal> {
    let display = Some(given.display.trim()).filter(|display| !display.is_empty());
    display.or(of_master).map(str::to_owned).ok_or(Refusal::DisplayNeeded)
}

/// A map file with a row more. What stands in it stays; columns that it lacks are added to its first line.
///
/// # Errors
/// Its first line names no columns, or the code is already confirmed for another unit.
pub fn with_row(text: &str, row: &Row) -> Result<String, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().position(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let Some(head) = head else {
        let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
        let comments: String =
            text.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line, "\n"]).collect();
        let cells = row.iter().map(|(_, cell)| cell.as_str());
        return Ok(format!("{comments}{}\n{}\n", columns.join(","), line_of(cells)));
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut titles = cells_of(lines.get(head).map_or("", String::as_str));
    if !titles.iter().any(|title| title == "code" || title == "text") {
        return Err(Refusal::NoHeader);
    }
    refuse_other_unit(&titles, lines.get(head + 1..).unwrap_or_default(), row)?;
    for (column, cell) in row {
        if !cell.is_empty() && !titles.iter().any(|title| title == column) {
            titles.push((*column).to_owned());
        }
    }
    if let Some(line) = lines.get_mut(head) {
        *line = line_of(titles.iter().map(String::as_str));
    }
    let cell = |title: &String| row.iter().find(|(column, _)| column == title).map_or("", |(_, cell)| cell);
    let line = line_of(titles.iter().map(cell));
    if !lines.contains(&line) {
        lines.push(line);
    }
    Ok(lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect())
}

/// A laboratory that reports the same code in another unit measures something else, or there is a mistake: that is a new decision.
fn refuse_other_unit(titles: &[String], lines: &[String], row: &Row) -> Result<(), Refusal> {
    let given = |column: &str| row.iter().find(|(title, _)| *title == column).map_or("", |(_, cell)| cell.as_str());
    let place = |column: &str| titles.iter().position(|title| title == column);
    let (Some(code), Some(unit)) = (place("code"), place("unit")) else { return Ok(()) };
    for line in lines.iter().filter(|line| !line.starts_with('#')) {
        let cells = cells_of(line);
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let called = [cell(place("name")), given("name")].map(to_half_width);
        let same =
            cell(Some(code)) == given("code") && cell(place("system")) == given("system") && called[0] == called[1];
        let confirmed = cell(Some(unit));
        let proposed = cell(place("status")) == "proposed";
        if same && !proposed && !confirmed.is_empty() && to_half_width(confirmed) != to_half_width(given("unit")) {
            return Err(Refusal::UnitChanged { confirmed: confirmed.to_owned() });
        }
    }
    Ok(())
}

fn cells_of(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn line_of<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(',');
        }
        let plain = !cell.contains([',', '"', '\n', '\r']) && !cell.starts_with(['#', ' ']);
        let _ = match plain {
            true => write!(line, "{cell}"),
            false => write!(line, "\"{}\"", cell.replace(['\n', '\r'], " ").replace('"', "\"\"")),
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::masters;
    use std::sync::Arc;

    fn confirmation<'a>(kind: LocalKind, standard: &'a str, unit: &'a str) -> Confirmation<'a> {
        Confirmation { kind, system: "99TG", code: "0101", text: "アルブミン,血清", standard, display: "", unit }
    }

    fn tables() -> Tables {
        Tables::embedded().with_masters(Arc::new(masters::tests::sample()))
    }

    #[test]
    fn a_confirmed_code_is_used_from_the_file_that_keeps_it() {
        for (kind, standard) in [
            (LocalKind::Laboratory, "3A015-0000-023-271-01"),
            (LocalKind::Disease, "20900001"),
            (LocalKind::Modifier, "27900001"),
            (LocalKind::Drug, "9999001F1010"),
            (LocalKind::Drug, "9999001F1ZZZ"),
            (LocalKind::Allergen, "J9FZ00000000"),
            (LocalKind::Allergen, "9999001F1010"),
        ] {
            let row = tables().confirmed(&confirmation(kind, standard, "g/dL")).unwrap();
            let text = with_row("", &row).unwrap();
            let mut issues = Vec::new();
            let file = kind.file("99TG");
            let tables = tables().with_operator_files([(file.as_str(), text.as_str())], &mut issues);
            assert!(issues.is_empty(), "{kind:?} {text} {issues:?}");
            let is_mapped = |system: &str, code: &str, text: &str| {
                let kind = kind.name().into();
                tables.is_mapped(&Unmapped { kind, system: system.into(), code: code.into(), text: text.into() })
            };
            assert!(
                is_mapped("99TG", "0101", "アルブミン,血清") && is_mapped("99TG", "0101", "ｱﾙﾌﾞﾐﾝ，血清"),
                "{kind:?} {text}"
            );
            assert!(!is_mapped("99TG", "0102", "アルブミン,血清") && !is_mapped("99XX", "0101", "アルブミン,血清"));
            // One code for everything that has none means something else under each name.
            assert!(!is_mapped("99TG", "0101", "グロブリン"), "{kind:?}");
        }
    }

    #[test]
    fn codes_of_another_form_and_names_that_nobody_knows_are_refused() {
        for (kind, standard) in [
            (LocalKind::Laboratory, "30005"),
            (LocalKind::Disease, "8800001"),
            (LocalKind::Drug, "629000001"),
            (LocalKind::Allergen, "そば"),
        ] {
            assert!(matches!(tables().confirmed(&confirmation(kind, standard, "")), Err(Refusal::Form(_))), "{kind:?}");
        }
        let unknown = confirmation(LocalKind::Disease, "20999999", "");
        assert_eq!(tables().confirmed(&unknown), Err(Refusal::DisplayNeeded));
        assert!(tables().confirmed(&Confirmation { display: "継手病", ..unknown }).is_ok());
    }

    #[test]
    fn a_map_file_keeps_what_stands_in_it() {
        let row = tables().confirmed(&confirmation(LocalKind::Laboratory, "3A015000002327101", "g/dL")).unwrap();
        let before = "\u{feff}# by hand\nsystem,code,jlac10\n99TG,0100,3A010000002327101\n";
        let after = with_row(before, &row).unwrap();
        assert_eq!(
            after,
            "# by hand\nsystem,code,jlac10,unit,status,name\n99TG,0100,3A010000002327101\n\
             99TG,0101,3A015000002327101,g/dL,confirmed,\"アルブミン,血清\"\n"
        );
        // The same again changes nothing; another unit is refused.
        assert_eq!(with_row(&after, &row).unwrap(), after);
        let other = tables().confirmed(&confirmation(LocalKind::Laboratory, "3A015000002327101", "mg/dL")).unwrap();
        assert_eq!(with_row(&after, &other), Err(Refusal::UnitChanged { confirmed: "g/dL".into() }));
        assert_eq!(with_row("0101;3A015000002327101\n", &row), Err(Refusal::NoHeader));
    }

    #[test]
    fn laboratory_names_are_suggested_without_any_master() {
        let names = Tables::embedded().names(LocalKind::Laboratory, None);
        let found = names.suggest("ＡＬＢ", 9);
        let serum = found.iter().find(|found| found.name == "ALB（血清）").unwrap();
        assert_eq!((serum.code.as_str(), serum.score), ("3A015000002399901", 100));
        for (name, item) in [
            ("総蛋白", "TP（血清）"),
            ("γ-GTP", "GGT（血清）"),
            ("ＡＳＴ（ＧＯＴ）", "AST（血清）"),
            ("白血球数", "WBC（"),
        ] {
            assert!(names.suggest(name, 1)[0].name.starts_with(item), "{name} {:?}", names.suggest(name, 1));
        }
    }
}
