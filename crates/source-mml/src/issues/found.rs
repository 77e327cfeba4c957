//! What was found, and what holds a record.

use tsugite_issue::{Definition, Severity, Text};

pub static NO_MODULE: Definition = Definition::new(
    "MML-001",
    Severity::Error,
    Text::new("MMLのモジュールがありません({root})", "there is no module of MML ({root})"),
    Text::new(
        "住所や番号など部品だけのファイルか、別のXMLです。",
        "It holds a component such as an address alone, or is another XML.",
    ),
    Text::new("電子カルテからMML全体を書き出し直してください。", "Export the whole MML again."),
    "MML",
);

pub static PATIENT_MISSING: Definition = Definition::new(
    "MML-002",
    Severity::Error,
    Text::new("患者番号(masterId)がありません", "there is no patient id (masterId)"),
    Text::new(
        "モジュールだけのファイルか、ヘッダーが欠けています。",
        "The file holds a module alone, or its header is missing.",
    ),
    Text::new(
        "ヘッダーの付いたMML全体を書き出し直してください。誰のものか分からないため保留にしました。",
        "Export the whole message with its header. It is held, as nobody knows whose it is.",
    ),
    "MML",
);

pub static PATIENT_DIFFERS: Definition = Definition::new(
    "MML-003",
    Severity::Error,
    Text::new("患者番号がヘッダーと患者情報で違います", "the patient ids of header and patient module differ"),
    Text::new("別の患者の情報が混ざっています。", "Two patients are mixed up."),
    Text::new(
        "取り違えを防ぐため全体を保留にしました。どちらの患者のものか確かめてください。",
        "Everything is held, to keep patients apart. Find out whose it is.",
    ),
    "rules §2",
);

pub static ID_OF_REGION: Definition = Definition::new(
    "MML-004",
    Severity::Warning,
    Text::new("患者番号が院内のもの(facility)ではありません", "the patient id is none of this facility"),
    Text::new("地域連携などの番号で書き出されています。", "It is an id of a region or a network."),
    Text::new(
        "院内の患者番号とは別に扱います。書き出しの設定を確かめてください。",
        "It is kept apart from the facility's own ids. Check the export.",
    ),
    "rules §2",
);

pub static DATE_INVALID: Definition = Definition::new(
    "MML-005",
    Severity::Warning,
    Text::new("{element}が日付として読めません", "{element} is not a date"),
    Text::new("存在しない日付か、文章が書かれています。", "No such day exists, or words stand there."),
    Text::new("この日付は無いものとして扱いました。", "It counts as missing."),
    "MML",
);

pub static CODE_MISNAMED: Definition = Definition::new(
    "MML-006",
    Severity::Warning,
    Text::new(
        "コード体系の名前({system})とコードの形が合いません",
        "the name of the code system ({system}) does not fit the code",
    ),
    Text::new("レセ電コードをYJと書くなど、出力プログラムの誤りです。", "A receipt code is called YJ, or the like."),
    Text::new(
        "コードの形に従いました。ベンダーに知らせてください。",
        "The shape of the code was followed. Tell the vendor.",
    ),
    "MML",
);

pub static INSURANCE_ALONE: Definition = Definition::new(
    "MML-007",
    Severity::Information,
    Text::new(
        "保険の情報に患者情報が付いていないため使いませんでした",
        "insurances without patient data were not used",
    ),
    Text::new("患者情報モジュールのないMMLです。", "The message has no patient module."),
    Text::new("対応は要りません。", "Nothing to do."),
    "MML",
);

pub static DISEASE_UNNAMED: Definition = Definition::new(
    "MML-008",
    Severity::Error,
    Text::new("傷病名に名称もコードもありません", "a diagnosis has neither name nor code"),
    Text::new("モジュールが空か壊れています。", "The module is empty or damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static DRUG_UNNAMED: Definition = Definition::new(
    "MML-009",
    Severity::Error,
    Text::new("薬剤に名称もコードもありません", "a drug has neither name nor code"),
    Text::new("モジュールが壊れています。", "The module is damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static REPORT_UNNAMED: Definition = Definition::new(
    "MML-010",
    Severity::Error,
    Text::new("検査報告に登録番号(registId)がありません", "a laboratory report has no number (registId)"),
    Text::new("どの報告の結果か決まりません。", "Which report the results belong to is open."),
    Text::new("書き出しを確かめてください。保留にしました。", "Check the export. They are held."),
    "MML",
);

pub static TEST_UNNAMED: Definition = Definition::new(
    "MML-011",
    Severity::Error,
    Text::new("検査項目に名称もコードもありません", "a test has neither name nor code"),
    Text::new("モジュールが壊れています。", "The module is damaged."),
    Text::new("電子カルテで確かめてください。保留にしました。", "Check it in the EHR. It is held."),
    "MML",
);

pub static DOCUMENT_UNNAMED: Definition = Definition::new(
    "MML-012",
    Severity::Error,
    Text::new("文書にID(uid)がありません", "a document has no id (uid)"),
    Text::new("文書だけを取り出したファイルです。", "The document was taken out of its message."),
    Text::new(
        "差し替えと見分けられないため保留にしました。MML全体を書き出し直してください。",
        "A new edition could not be told from another letter, so it is held. Export the whole message.",
    ),
    "MML",
);

pub static RECIPIENT_MISSING: Definition = Definition::new(
    "MML-013",
    Severity::Warning,
    Text::new("紹介先がありません", "there is no addressee"),
    Text::new("紹介先医療機関が書かれていません。", "No facility is named."),
    Text::new("電子カルテで紹介先を入力してください。", "Enter the addressee in the EHR."),
    "MML",
);

pub static EXTERNAL: Definition = Definition::new(
    "MML-014",
    Severity::Warning,
    Text::new(
        "外部ファイルへの参照が{count}件あります。文書には付きません",
        "{count} references to files outside are not attached",
    ),
    Text::new("画像などがMMLの外に置かれています。", "Images and the like lie outside of the message."),
    Text::new("必要なら紹介状に添付し直してください。", "Attach them to the letter where they matter."),
    "MML",
);

pub static MEMO_LEFT: Definition = Definition::new(
    "MML-015",
    Severity::Warning,
    Text::new("アレルギーのメモは送られません", "the memo of an allergy is not sent"),
    Text::new("メモを受け取る場所がありません。", "No element takes it."),
    Text::new(
        "大事な内容なら、アレルゲンの名称か反応に書いてください。",
        "Write what matters into the allergen's name or the reaction.",
    ),
    "MML",
);

pub static INFECTION_INCOMPLETE: Definition = Definition::new(
    "MML-016",
    Severity::Error,
    Text::new("感染症に検査値か日付がありません", "an infection lacks its value or its day"),
    Text::new("検査結果として送るには、項目・結果・検査日が要ります。", "As a result it needs test, value and day."),
    Text::new("検査結果として登録し直してください。保留にしました。", "Enter it as a test result. It is held."),
    "rules §1",
);

pub static MODULE_UNKNOWN: Definition = Definition::new(
    "MML-017",
    Severity::Information,
    Text::new("知らないモジュール({module})を読み飛ばしました", "module {module} is not known and was passed over"),
    Text::new("新しい版か、施設独自のモジュールです。", "A newer version, or the site's own."),
    Text::new("対応は要りません。", "Nothing to do."),
    "MML",
);

pub static ITEM_UNCLASSED: Definition = Definition::new(
    "MML-018",
    Severity::Error,
    Text::new("CLAIMの項目が薬剤かどうか分かりません", "whether an item of CLAIM is a drug is not known"),
    Text::new(
        "種別(subclassCode)がなく、コードの形からも決められないか、診療行為区分がありません。",
        "It has no subclassCode and its code has the shape of none, or its bundle names no act.",
    ),
    Text::new(
        "元の処方を確かめてください。保留にしました。ベンダーに知らせてください。",
        "Check the prescription; the item is held. Tell the vendor.",
    ),
    "CLAIM",
);

pub static ALLERGY_UNNAMED: Definition = Definition::new(
    "MML-019",
    Severity::Error,
    Text::new("アレルギーの原因が書かれていません", "an allergy does not name its cause"),
    Text::new(
        "原因(factor)が空で、備考か重症度だけが書かれています。",
        "Its factor is empty, and only a memo or a severity is written.",
    ),
    Text::new(
        "診療録で確かめ、原因を登録してください。保留にしました。",
        "Check the record and enter the cause. It is held.",
    ),
    "MML",
);

pub static ACCESS_DENIED: Definition = Definition::new(
    "MML-020",
    Severity::Error,
    Text::new("閲覧を認めない指定(permit=\"none\")があります", "access is denied (permit=\"none\")"),
    Text::new(
        "書いた施設が、患者か他の施設に見せないと指定しています。",
        "Who wrote it says that the patient or other institutions shall not see it.",
    ),
    Text::new(
        "送ってよいか医師に確かめてください。この項目は保留にしました。",
        "Ask the doctor whether it may be sent. What this item says is held.",
    ),
    "MML securityLevel",
);

pub static EDITION_OPEN: Definition = Definition::new(
    "MML-021",
    Severity::Warning,
    Text::new(
        "前の版を置き換える病名・アレルギーです。前の版が別の内容なら残ります",
        "an edition that replaces another: what the other said of another disease or allergen stays",
    ),
    Text::new(
        "病名とアレルギーは内容で見分けるため、前の版にだけあったものが取り消されたかは分かりません。",
        "Diagnoses and allergies are known by what they say, so what only the old edition had is not withdrawn by itself.",
    ),
    Text::new(
        "病名そのものを訂正したときは、前の病名を除外の一覧に入れてください。",
        "If the disease itself was corrected, put the former one on the list of what is not sent.",
    ),
    "MML parentId",
);
