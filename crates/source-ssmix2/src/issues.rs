//! What this crate can say: findings, rules that hold a file, and reasons why a record is not carried.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &EMPTY,
    &NO_MESSAGE,
    &BEYOND_REASON,
    &TYPE_UNKNOWN,
    &NAME_UNREADABLE,
    &CARE_DAY_INVALID,
    &TIME_OF_NAME_INVALID,
    &FOLDER_DIFFERS,
    &PATIENT_DIFFERS,
    &PATIENT_MISSING,
    &EVENT_DIFFERS,
    &CONTENT_DIFFERS,
    &ORDER_DIFFERS,
    &SEGMENT_UNKNOWN,
    &NAME_SHIFTED,
    &NAME_SPLIT,
    &DATE_INVALID,
    &TIME_INVALID,
    &OML12_READ,
    &COMMENT_ALONE,
    &HEADER_INVALID,
    &HEADER_WITHOUT_MESSAGE,
    &OUTSIDE_HEADERS,
    &SEVERAL_MESSAGES,
    &VITAL,
    &INJECTION,
    &LAB_ORDER,
    &IMAGING,
    &DIET,
    &NO_KNOWN_ALLERGY,
];

pub static EMPTY: Definition = Definition::new(
    "SSMIX2-001",
    Severity::Error,
    Text::new("ファイルが空です", "the file is empty"),
    Text::new("書き出しが途中で止まったか、コピーに失敗しています。", "The export stopped half-way or a copy failed."),
    Text::new("電子カルテからもう一度書き出してください。", "Export it again from the EHR."),
    "",
);

pub static NO_MESSAGE: Definition = Definition::new(
    "SSMIX2-002",
    Severity::Error,
    Text::new("HL7メッセージ(MSH)がありません", "there is no HL7 message (MSH)"),
    Text::new(
        "ファイルが途中で切れているか、SS-MIX2ではないファイルが混ざっています。",
        "The file is cut off, or a file that is not SS-MIX2 lies among the others.",
    ),
    Text::new(
        "ファイルを確かめてください。必要なら電子カルテからもう一度書き出してください。ほかのファイルは処理しました。",
        "Look at the file, and export it again if it matters. The other files were processed.",
    ),
    "SS-MIX2 1.2g",
);

pub static BEYOND_REASON: Definition = Definition::new(
    "SSMIX2-024",
    Severity::Error,
    Text::new(
        "一つのメッセージとしては大きすぎるため読みませんでした",
        "far too large for one message; it was not read",
    ),
    Text::new(
        "検査結果や病名の一覧ではあり得ない大きさです。壊れたファイルか、別のファイルが混ざっています。",
        "No list of results or diagnoses is that long: the file is damaged, or of another kind.",
    ),
    Text::new(
        "ファイルを確かめてください。必要なら電子カルテからもう一度書き出してください。ほかのファイルは処理しました。",
        "Look at the file, and export it again if it matters. The other files were processed.",
    ),
    "",
);

pub static TYPE_UNKNOWN: Definition = Definition::new(
    "SSMIX2-003",
    Severity::Warning,
    Text::new("SS-MIX2にないメッセージです({type})。読み飛ばしました", "no message of SS-MIX2 ({type}); passed over"),
    Text::new(
        "標準化ストレージの36種類のどれにも当たりません。",
        "It is none of the 36 kinds of the standardised storage.",
    ),
    Text::new(
        "送る必要のある内容なら、ベンダーに種別を確かめてください。",
        "If it matters, ask the vendor what it is.",
    ),
    "SS-MIX2 1.2g",
);

pub static NAME_UNREADABLE: Definition = Definition::new(
    "SSMIX2-004",
    Severity::Error,
    Text::new(
        "ファイル名がSS-MIX2の形ではないため、有効な版か分かりません",
        "the file name is not of the SS-MIX2 form, so whether it is in force is not known",
    ),
    Text::new(
        "標準化ストレージのファイル名は7つの部分からなり、最後が0・1・2のフラグです。退避や手作業のコピーかもしれません。",
        "A name in the storage has seven parts, the last a flag 0, 1 or 2. This may be a backup or a copy made by hand.",
    ),
    Text::new(
        "ファイルをストレージの外へ移すか、正しい名前に直してください。",
        "Move the file out of the storage, or give it its right name.",
    ),
    "SS-MIX2 1.2g",
);

pub static CARE_DAY_INVALID: Definition = Definition::new(
    "SSMIX2-005",
    Severity::Warning,
    Text::new("ファイル名の診療日は存在しない日付です", "the care day in the file name does not exist"),
    Text::new("出力プログラムが誤った日付を書いています。", "The export wrote a wrong date."),
    Text::new(
        "メッセージの中の日付を使いました。ベンダーに知らせてください。",
        "The date inside the message was used. Tell the vendor.",
    ),
    "SS-MIX2 1.2g",
);

pub static TIME_OF_NAME_INVALID: Definition = Definition::new(
    "SSMIX2-006",
    Severity::Warning,
    Text::new("ファイル名の発生日時が日時ではありません", "the time in the file name is no time"),
    Text::new("出力プログラムが誤った日時を書いています。", "The export wrote a wrong time."),
    Text::new(
        "メッセージの作成日時(MSH-7)で新旧を決めました。ベンダーに知らせてください。",
        "The time of the message (MSH-7) decides which version is newer. Tell the vendor.",
    ),
    "SS-MIX2 1.2g",
);

pub static FOLDER_DIFFERS: Definition = Definition::new(
    "SSMIX2-007",
    Severity::Warning,
    Text::new(
        "フォルダとファイル名で診療日またはデータ種別が違います",
        "folder and file name disagree on the care day or the data type",
    ),
    Text::new("ファイルが別のフォルダに置かれています。", "The file lies in another folder than its name says."),
    Text::new(
        "ファイル名に従いました。置き場所を確かめてください。",
        "The file name was followed. Check where the file lies.",
    ),
    "SS-MIX2 1.2g",
);

pub static PATIENT_DIFFERS: Definition = Definition::new(
    "SSMIX2-008",
    Severity::Error,
    Text::new(
        "患者番号が、置かれた場所やファイル名とメッセージ(PID-3)とで違います",
        "the patient id of the place or the file name is not that of the message (PID-3)",
    ),
    Text::new(
        "別の患者のファイルが置かれているか、患者番号の書き方が統一されていません。",
        "The file belongs to another patient, or ids are written in two ways.",
    ),
    Text::new(
        "取り違えを防ぐため、このファイル全体を保留にしました。どちらの患者のものか確かめてください。",
        "The whole file is held, to keep patients apart. Find out whose it is.",
    ),
    "rules §2",
);

pub static PATIENT_MISSING: Definition = Definition::new(
    "SSMIX2-009",
    Severity::Error,
    Text::new("患者番号(PID-3)がありません", "there is no patient id (PID-3)"),
    Text::new("PIDセグメントが無いか、患者番号が空です。", "The PID segment is missing, or its patient id is empty."),
    Text::new("電子カルテからもう一度書き出してください。", "Export it again from the EHR."),
    "SS-MIX2 1.2g",
);

pub static EVENT_DIFFERS: Definition = Definition::new(
    "SSMIX2-010",
    Severity::Information,
    Text::new(
        "データ種別{name}のメッセージとしては{event}は規格と違います",
        "{event} is not the message of data type {name}",
    ),
    Text::new(
        "出力プログラムのイベントの付け方が規格と違います。",
        "The export names another event than the standard.",
    ),
    Text::new("ファイル名の種別として読みました。", "It was read as what its file name says."),
    "SS-MIX2 1.2g",
);

pub static CONTENT_DIFFERS: Definition = Definition::new(
    "SSMIX2-011",
    Severity::Error,
    Text::new(
        "ファイル名の種別({name})と中身({event})が違います",
        "file name ({name}) and content ({event}) are of different kinds",
    ),
    Text::new(
        "ファイル名の付け間違いか、中身の取り違えです。",
        "The file was misnamed, or its content is another file's.",
    ),
    Text::new("このファイルを保留にしました。ベンダーに確かめてください。", "The file is held. Ask the vendor."),
    "SS-MIX2 1.2g",
);

pub static ORDER_DIFFERS: Definition = Definition::new(
    "SSMIX2-012",
    Severity::Warning,
    Text::new(
        "オーダ番号がファイル名とメッセージ(ORC-2)で違います",
        "the order number differs between the file name and the message (ORC-2)",
    ),
    Text::new(
        "出力プログラムがファイル名に別の番号を使っています。",
        "The export uses another number in the file name.",
    ),
    Text::new("ファイル名の番号を使いました。", "The number of the file name was used."),
    "SS-MIX2 1.2g",
);

pub static SEGMENT_UNKNOWN: Definition = Definition::new(
    "SSMIX2-013",
    Severity::Information,
    Text::new(
        "知らないセグメント{segment}を読み飛ばしました({count}件)",
        "segment {segment} is not known and was passed over ({count})",
    ),
    Text::new("施設独自のセグメントか、途中で切れた行です。", "It is the site's own, or a line that was cut off."),
    Text::new("対応は要りません。", "Nothing to do."),
    "",
);

pub static NAME_SHIFTED: Definition = Definition::new(
    "SSMIX2-014",
    Severity::Information,
    Text::new("氏名の表記種別が1つずれた位置にあります", "the representation of a name stands one place off"),
    Text::new(
        "漢字(I)・カナ(P)の区別は8番目の成分に書く決まりですが、別の位置にありました。",
        "Kanji (I) or kana (P) belongs into the eighth component.",
    ),
    Text::new("補って読みました。", "It was read where it stood."),
    "JAHIS",
);

pub static NAME_SPLIT: Definition = Definition::new(
    "SSMIX2-015",
    Severity::Information,
    Text::new(
        "姓と名が分かれていないため、空白で分けました",
        "family and given name stood in one; they were split at the blank",
    ),
    Text::new("氏名全体が姓の欄に入っています。", "The full name stands in the place of the family name."),
    Text::new("姓と名が正しく分かれたか確かめてください。", "Check that the split is right."),
    "rules §1",
);

pub static DATE_INVALID: Definition = Definition::new(
    "SSMIX2-016",
    Severity::Warning,
    Text::new("{field}が日付として読めません", "{field} is not a date"),
    Text::new(
        "存在しない日付か、決められた形ではありません。",
        "No such day exists, or it is not written in the form required.",
    ),
    Text::new(
        "この日付は無いものとして扱いました。元の記録を確かめてください。",
        "It counts as missing. Check the record.",
    ),
    "HL7 v2.5 TS",
);

pub static TIME_INVALID: Definition = Definition::new(
    "SSMIX2-017",
    Severity::Information,
    Text::new(
        "{field}の時刻が読めないため、日付だけを使いました",
        "the time of {field} is no time; only its date was used",
    ),
    Text::new("時刻の不明を示す数字(999999など)が書かれています。", "A filler such as 999999 stands in its place."),
    Text::new("対応は要りません。", "Nothing to do."),
    "HL7 v2.5 TS",
);

pub static OML12_READ: Definition = Definition::new(
    "SSMIX2-018",
    Severity::Information,
    Text::new("データ種別OML-12を検体検査結果として読みました", "data type OML-12 was read as laboratory results"),
    Text::new("OML-12の正式な意味は公開資料で確かめられていません。", "What OML-12 means officially is not public."),
    Text::new(
        "検体検査結果であることをベンダーに確かめてください。",
        "Ask the vendor whether these are laboratory results.",
    ),
    "",
);

pub static COMMENT_ALONE: Definition = Definition::new(
    "SSMIX2-019",
    Severity::Warning,
    Text::new("コメント行に、付くべき検査結果がありません", "a comment line has no result to belong to"),
    Text::new("コメントだけのメッセージです。", "The message holds comments only."),
    Text::new(
        "コメントは送られません。必要なら元の検査結果を確かめてください。",
        "It is not sent. Check the result it was meant for.",
    ),
    "rules §8",
);

pub static HEADER_INVALID: Definition = Definition::new(
    "SSMIX2-020",
    Severity::Error,
    Text::new("トランザクションの見出し行(#SSMIX)が読めません", "a transaction header (#SSMIX) cannot be read"),
    Text::new(
        "見出し行には10の項目があり、8番目がINSかDELです。",
        "A header has ten items, and the eighth is INS or DEL.",
    ),
    Text::new(
        "続くメッセージを保留にしました。ベンダーに確かめてください。",
        "The message after it is held. Ask the vendor.",
    ),
    "SS-MIX2",
);

pub static HEADER_WITHOUT_MESSAGE: Definition = Definition::new(
    "SSMIX2-021",
    Severity::Warning,
    Text::new("トランザクションの見出し行にメッセージが続いていません", "no message follows a transaction header"),
    Text::new("ファイルが途中で切れています。", "The file is cut off."),
    Text::new("電子カルテからもう一度書き出してください。", "Export it again from the EHR."),
    "SS-MIX2",
);

pub static OUTSIDE_HEADERS: Definition = Definition::new(
    "SSMIX2-022",
    Severity::Warning,
    Text::new(
        "最初の見出し行の前に内容があります。読み飛ばしました",
        "there is content before the first header; passed over",
    ),
    Text::new("ファイルの先頭が切れています。", "The beginning of the file is missing."),
    Text::new("電子カルテからもう一度書き出してください。", "Export it again from the EHR."),
    "SS-MIX2",
);

pub static SEVERAL_MESSAGES: Definition = Definition::new(
    "SSMIX2-023",
    Severity::Error,
    Text::new("1つのファイルにメッセージが{count}件あります", "one file holds {count} messages"),
    Text::new("標準化ストレージでは1ファイルに1メッセージです。", "In the storage a file holds one message."),
    Text::new(
        "どの記録がファイル名の版に当たるか分からないため、ファイル全体を保留にしました。ベンダーに確かめてください。",
        "Which of them the file name speaks of is not known, so the file is held. Ask the vendor.",
    ),
    "SS-MIX2 1.2g",
);

pub static VITAL: Definition = Definition::new(
    "SSMIX2-101",
    Severity::Information,
    Text::new("身長・体重・血液型は送る対象ではありません", "height, weight and blood group are not sent"),
    Text::new(
        "患者基本情報に付く値で、検体検査結果ではありません。",
        "They go with the patient's master data and are no laboratory results.",
    ),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §4",
);

pub static INJECTION: Definition = Definition::new(
    "SSMIX2-102",
    Severity::Information,
    Text::new("注射は電子カルテ情報共有サービスの対象ではありません", "injections are not part of the service"),
    Text::new(
        "3文書6情報に注射は含まれません。",
        "The three documents and six kinds of information have no place for them.",
    ),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static LAB_ORDER: Definition = Definition::new(
    "SSMIX2-103",
    Severity::Information,
    Text::new("検査のオーダは送らず、結果だけを送ります", "orders of tests are not sent, only results"),
    Text::new("6情報の検査は結果です。", "What is shared are results."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static IMAGING: Definition = Definition::new(
    "SSMIX2-104",
    Severity::Information,
    Text::new("放射線・内視鏡・生理検査は対象ではありません", "radiology, endoscopy and physiology are not sent"),
    Text::new("6情報に含まれません。", "They are not among the six kinds of information."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static DIET: Definition = Definition::new(
    "SSMIX2-105",
    Severity::Information,
    Text::new("食事オーダは対象ではありません", "diet orders are not sent"),
    Text::new("6情報に含まれません。", "They are not among the six kinds of information."),
    Text::new("対応は要りません。", "Nothing to do."),
    "JP-CLINS",
);

pub static NO_KNOWN_ALLERGY: Definition = Definition::new(
    "SSMIX2-106",
    Severity::Information,
    Text::new("「アレルギーなし」や空白の行は送りません", "a line that says \"no allergy\", or nothing, is not sent"),
    Text::new(
        "「なし」を伝える形はありません。空の一覧はアレルギーがないことを意味しません。",
        "There is no way to say none, and an empty list does not mean none.",
    ),
    Text::new("対応は要りません。", "Nothing to do."),
    "rules §1",
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_every_text_is_filled() {
        let codes: BTreeSet<_> = ALL.iter().map(|d| d.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
