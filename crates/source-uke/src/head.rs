use crate::{dates, row::Row};
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_clinical::{Date, policy::is_institution_number};

/// What stands at the head of a file (IR) and holds for all receipts below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 都道府県 + 点数表 + 医療機関コード, as written; empty where there is no IR.
    pub institution: String,
    /// 点数表: 1 医科, 3 歯科, 4 調剤.
    pub table: String,
    /// 請求年月.
    pub billed: Option<Date>,
    /// マルチボリューム識別: the file is one of several.
    pub volume: bool,
}

impl Head {
    pub fn read(ir: &Row<'_>) -> Self {
        let table = ir.code(3);
        let code = ir.code(4);
        Self {
            institution: format!("{:0>2}{table}{code:0>7}", ir.code(2)),
            table: table.into_owned(),
            billed: dates::read(ir.field(7)).date(),
            volume: !matches!(&*ir.code(8), "" | "0" | "00"),
        }
    }

    pub fn institution_number(&self) -> Option<&str> {
        Some(self.institution.as_str()).filter(|number| is_institution_number(number))
    }

    /// 医科: what of other tables (歯科, 調剤) is carried is not settled by the service.
    pub fn is_medical(&self) -> bool {
        matches!(self.table.as_str(), "" | "1")
    }
}

/// What the parts of a large file need of those before: the encoding and the last IR, as it stands in the file.
pub struct Carried {
    pub encoding: Encoding,
    pub head: Head,
}

impl Carried {
    pub fn write(encoding: Encoding, ir: &[u8]) -> Vec<u8> {
        [encoding.name().as_bytes(), b"\n", ir].concat()
    }

    pub fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (name, ir) = bytes.split_at(end);
        let encoding = Encoding::from_label(std::str::from_utf8(name).ok()?)?;
        let ir = decode(ir, encoding, &GaijiTable::default());
        let head = crate::row::rows(&ir.text).next().map(|row| Head::read(&row)).unwrap_or_default();
        Some(Self { encoding, head })
    }
}
