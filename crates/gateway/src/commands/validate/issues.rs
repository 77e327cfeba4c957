//! What can be said of inputs that are nothing to validate.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[&NOTHING, &FHIR_XML, &FHIR_XML_BESIDE, &COMPRESSED, &HL7_V2];

pub static NOTHING: Definition = Definition {
    code: "VALIDATE-001",
    severity: Severity::Error,
    text: Text::new("検査するものがありませんでした", "there was nothing to validate"),
    cause: Text::new(
        "指定したフォルダや zip に、FHIR のリソース（resourceType のある JSON）が一つもありません。",
        "The folders and zip files hold no FHIR resource: no JSON with a resourceType.",
    ),
    remedy: Text::new(
        "場所を確かめてください。ファイルを直接指定すると、何が足りないかを個別に示します。",
        "Check the place. A file that is named itself is judged whatever it is, and told what it lacks.",
    ),
    source: "",
};

pub static FHIR_XML: Definition = Definition {
    code: "VALIDATE-002",
    severity: Severity::Error,
    text: Text::new("FHIR の XML は検査できません", "FHIR in XML cannot be validated"),
    cause: Text::new(
        "センターに送る形は JSON です。このツールは JSON だけを検査します。",
        "What goes to the centre is JSON, and only JSON is validated.",
    ),
    remedy: Text::new("JSON に変換したものを指定してください。", "Convert it to JSON and name that."),
    source: "FHIR R4 JSON",
};

pub static FHIR_XML_BESIDE: Definition = Definition {
    code: "VALIDATE-003",
    severity: Severity::Warning,
    text: Text::new("フォルダの中の FHIR の XML は検査していません", "FHIR in XML lies here and was not validated"),
    cause: Text::new(
        "センターに送る形は JSON です。このツールは JSON だけを検査します。",
        "What goes to the centre is JSON, and only JSON is validated.",
    ),
    remedy: Text::new("検査が必要であれば、JSON に変換してください。", "If it matters, convert it to JSON."),
    source: "FHIR R4 JSON",
};

pub static COMPRESSED: Definition = Definition {
    code: "VALIDATE-004",
    severity: Severity::Error,
    text: Text::new("圧縮されたファイル（gzip）は検査できません", "a compressed file (gzip) cannot be validated"),
    cause: Text::new(
        "JSON ではなく gzip です。.tgz であれば FHIR のパッケージかもしれません。",
        "It is gzip and no JSON. If its name ends with .tgz it may be a FHIR package.",
    ),
    remedy: Text::new(
        "パッケージは `tsugite ig add` で取り込むか `--ig` で指定します。データであれば、展開するか zip にしてください。",
        "A package is installed with `tsugite ig add`, or named with `--ig`. Unpack data, or make a zip file of it.",
    ),
    source: "",
};

pub static HL7_V2: Definition = Definition {
    code: "VALIDATE-005",
    severity: Severity::Error,
    text: Text::new("HL7 v2 のメッセージで、FHIR ではありません", "this is an HL7 v2 message, not FHIR"),
    cause: Text::new(
        "SS-MIX2 などの書き出しです。FHIR に変換する前のデータです。",
        "It is an export such as SS-MIX2, not yet turned into FHIR.",
    ),
    remedy: Text::new(
        "`tsugite convert` で変換してください。中身は `tsugite inspect` で見られます。",
        "Turn it into bundles with `tsugite convert`; `tsugite inspect` shows what it is.",
    ),
    source: "",
};
