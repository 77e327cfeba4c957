//! Object identifiers that the documents name, as they write them.

pub const HL7: &str = "urn:hl7-org:v3";
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Index, summary and claims of a 特定健診 zip: of the first edition, and of 2021 on.
pub const PACKAGE: [&str; 2] =
    ["http://tokuteikenshin.jp/", "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html"];

pub const LOINC: &str = "2.16.840.1.113883.6.1";
/// J-MIX.
pub const JMIX: &str = "1.2.392.200119.5.3.1";

/// 保険者番号: of 特定健診, and in general.
pub const PAYER: [&str; 2] = ["1.2.392.200119.6.101", "1.2.392.100495.20.3.61"];
/// 被保険者証等記号.
pub const SYMBOL: [&str; 2] = ["1.2.392.200119.6.204", "1.2.392.100495.20.3.62"];
/// 被保険者証等番号.
pub const NUMBER: [&str; 2] = ["1.2.392.200119.6.205", "1.2.392.100495.20.3.63"];
/// 枝番.
pub const BRANCH: &str = "1.2.392.200119.6.211";
/// 当事者間で合意した利用者 ID.
pub const AGREED_ID: &str = "1.2.392.200119.6.299";
/// 健診・医療機関番号.
pub const INSTITUTION: &str = "1.2.392.200119.6.102";
/// Patients' numbers of an institution stand below this.
pub const PATIENT_NUMBER: &str = "1.2.392.100495.20.3.51.";
/// 受診券整理番号 stands below this, by insurer.
pub const TICKET: &str = "1.2.392.200119.6.209";
/// 報告区分.
pub const REPORT: &str = "1.2.392.200119.6.1001";
/// 検査項目コード.
pub const ITEM: &str = "1.2.392.200119.6.1005";

/// The names that facts give to code systems which the masters know; other systems keep their number.
const NAMESPACES: [(&str, &str); 17] = [
    ("1.2.392.200119.4.101.2", "MDCDX2"),
    ("1.2.392.200119.4.101.6", "MDCDX2"),
    ("1.2.392.200119.4.201.2", "MDCDX2"),
    ("1.2.392.200119.4.201.5", "MDCDX2"),
    ("2.16.840.1.113883.6.3", "I10"),
    ("1.2.392.100495.20.1.73", "YJ"),
    ("1.2.392.100495.20.1.81", "GENERAL"),
    ("1.2.392.200119.4.403.1", "HOT9"),
    ("1.2.392.200119.4.403.2", "HOT7"),
    ("1.2.392.200119.4.402.1", "HOT13"),
    ("1.2.392.200250.2.2.20.20", "JAMISDP01"),
    ("1.2.392.200250.2.2.20", "JAMISDP01"),
    ("1.2.392.100495.20.2.101", "MR9P"),
    ("1.2.392.200119.4.504", "JC10"),
    ("2.16.840.1.113883.5.112", "HL70162"),
    ("2.16.840.1.113883.5.1063", "HL70128"),
    ("1.2.392.100495.20.1.71", "MASTERY"),
];

pub fn namespace(system: &str) -> &str {
    NAMESPACES.iter().find(|(oid, _)| *oid == system).map_or(system, |(_, name)| name)
}
