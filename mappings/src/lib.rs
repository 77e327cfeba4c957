//! The mapping files, embedded. What they hold and how a site adds to them: `mappings/README.md`.

#![forbid(unsafe_code)]

/// One embedded file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Path below `mappings/`.
    pub path: &'static str,
    pub text: &'static str,
}

macro_rules! files {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {
        $($(#[$doc])* pub const $name: File = File { path: $path, text: include_str!(concat!("../", $path)) };)*

        /// Every embedded file.
        pub const ALL: &[File] = &[$($name),*];
    };
}

files! {
    /// 単位.
    UNITS = "units/units.csv";
    /// 定性結果の書き方.
    QUALITATIVE = "results/qualitative.csv";
    /// 結果がない理由.
    ABSENT = "results/absent.csv";
    /// 共有項目.
    LABS = "jp-clins/labs.csv";
    /// 共有項目 as charts call them: for suggestions.
    LAB_NAMES = "jp-clins/lab-names.csv";
    /// Codes of coded results.
    RESULT_CLASSES = "jp-clins/result-classes.csv";
    /// 転帰.
    OUTCOME = "jp-clins/outcome.toml";
    /// アレルギー.
    ALLERGY = "jp-clins/allergy.toml";
    /// 異常フラグ.
    INTERPRETATION = "jp-clins/interpretation.csv";
    /// 診療科.
    DEPARTMENTS = "ssmix2/departments.csv";
    /// 検査材料.
    MATERIALS = "ssmix2/materials.csv";
    /// 薬の単位.
    DRUG_UNITS = "drugs/units.csv";
    /// 処方区分.
    DRUG_CATEGORIES = "drugs/categories.csv";
    /// 剤形区分.
    DRUG_FORMS = "drugs/forms.csv";
    /// 投与経路.
    DRUG_ROUTES = "drugs/routes.csv";
    /// 健診項目: what an item's code fixes.
    CHECKUP_ITEMS = "checkup/items.csv";
    /// The centre's interface, as far as it can be told without the vendor documents.
    UPSTREAM_CLINS = "upstream/clins.toml";
}

/// Embeds files by their paths.
macro_rules! tables {
    ($($path:literal),* $(,)?) => {
        &[$(File { path: $path, text: include_str!(concat!("../", $path)) }),*]
    };
}

/// Layouts of tables, as `source-table` reads them.
pub const TABLES: &[File] = tables![
    "checkup/cc2x.toml",
    "lab-company/builder.toml",
    "lab-company/dat2.toml",
    "lab-company/header-detail.toml",
    "lab-company/medis256.toml",
    "lab-company/nlab.toml",
    "lab-company/wolf.toml",
    "lists/allergies.toml",
    "lists/contraindications.toml",
    "lists/patients.toml",
    "lists/problems.toml",
];

/// An embedded file by its path below `mappings/`.
pub fn find(path: &str) -> Option<&'static File> {
    ALL.iter().chain(TABLES).find(|file| file.path == path)
}

impl File {
    /// A field of the comment lines at the head of the file: `owner`, `version`, `source`.
    pub fn head(&self, field: &str) -> Option<&'static str> {
        let lines = self.text.lines().take_while(|line| line.starts_with('#'));
        lines.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(field)?.strip_prefix(": ")).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_says_owner_version_and_source() {
        for file in ALL.iter().chain(TABLES) {
            for field in ["owner", "version", "source"] {
                let value = file.head(field).unwrap_or_default();
                assert!(!value.is_empty(), "{} lacks `# {field}:`", file.path);
            }
            let version = file.head("version").unwrap();
            assert!(version.len() == 10 && version.starts_with("20"), "{}: version `{version}` is no date", file.path);
        }
    }
}
