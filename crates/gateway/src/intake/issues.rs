//! What can be said before a source sees the bytes.

use tsugite_issue::{Definition, Severity, Text};

pub static ALL: &[&Definition] = &[
    &UNREADABLE,
    &UNLISTABLE,
    &TOO_LARGE,
    &LINK,
    &LINK_LOOP,
    &NOT_A_FILE,
    &NAME_NOT_UNICODE,
    &ARCHIVE_DAMAGED,
    &ARCHIVE_TOO_LARGE,
    &ARCHIVE_REPEATS,
    &ARCHIVE_BOMB,
    &MEMBER_ENCRYPTED,
    &MEMBER_OUTSIDE,
    &ARCHIVE_INSIDE,
    &ELSEWHERE,
    &NOT_MOVED,
    &PUT_ASIDE,
    &FORGOTTEN,
];

pub static UNREADABLE: Definition = Definition {
    code: "INTAKE-001",
    severity: Severity::Error,
    text: Text::new("ファイルを読めませんでした（{reason}）", "the file could not be read ({reason})"),
    cause: Text::new(
        "読み取りの権限がない、他のソフトが掴んでいる、ディスクに不良がある、などです。",
        "There is no permission to read it, another program holds it, or the disk is damaged.",
    ),
    remedy: Text::new(
        "ファイルの権限を確かめ、他のソフトを閉じてからもう一度実行してください。この患者の病名・アレルギーの一覧は、読めるようになるまで保留します。",
        "Check the permissions, close other programs and run again. The lists of this patient wait until the file can be read.",
    ),
    source: "rules §4",
};

pub static UNLISTABLE: Definition = Definition {
    code: "INTAKE-002",
    severity: Severity::Error,
    text: Text::new("フォルダを開けませんでした（{reason}）", "the folder could not be opened ({reason})"),
    cause: Text::new(
        "フォルダを開く権限がないか、ネットワークの接続が切れています。",
        "There is no permission, or the network drive is gone.",
    ),
    remedy: Text::new(
        "権限と接続を確かめてもう一度実行してください。最後まで読めていないため、病名・アレルギーの一覧は保留します。",
        "Check permission and connection and run again. What was not read to its end is no whole list: lists of patients wait.",
    ),
    source: "rules §4",
};

pub static TOO_LARGE: Definition = Definition {
    code: "INTAKE-003",
    severity: Severity::Error,
    text: Text::new("ファイルが大きすぎます（上限 {limit}）", "the input is too large (limit {limit})"),
    cause: Text::new(
        "一つのファイルとして読める大きさを超えています。電子カルテの出力でないか、壊れている可能性があります。",
        "It is larger than one input may be: it is no export, or it is damaged.",
    ),
    remedy: Text::new(
        "中身を確かめてください。正しい出力であれば `--max-size` で上限を上げられます。",
        "Look at what it is. If it is a true export, raise the limit with `--max-size`.",
    ),
    source: "",
};

pub static LINK: Definition = Definition {
    code: "INTAKE-004",
    severity: Severity::Warning,
    text: Text::new("リンクの先は読みませんでした", "a link was not followed"),
    cause: Text::new(
        "フォルダの中のシンボリックリンクは、指定された範囲の外を指すことがあるためたどりません。",
        "Links inside a folder may lead outside of what was named, so they are not followed.",
    ),
    remedy: Text::new(
        "リンク先も読む場合は、そのフォルダを引数に加えてください。",
        "To read what it leads to, name that folder as an input too.",
    ),
    source: "",
};

pub static LINK_LOOP: Definition = Definition {
    code: "INTAKE-005",
    severity: Severity::Warning,
    text: Text::new("行き先のないリンク、または輪になったリンクです", "a link that leads nowhere or in a circle"),
    cause: Text::new(
        "リンクが自分自身の上のフォルダか、存在しない場所を指しています。",
        "The link points to a folder above itself, or to nothing.",
    ),
    remedy: Text::new(
        "このリンクを消してください。他のファイルは読んでいます。",
        "Remove the link. Everything else was read.",
    ),
    source: "",
};

pub static NOT_A_FILE: Definition = Definition {
    code: "INTAKE-006",
    severity: Severity::Warning,
    text: Text::new("通常のファイルではないため読みませんでした", "not an ordinary file; it was not read"),
    cause: Text::new("名前付きパイプやデバイスです。", "It is a named pipe, a socket or a device."),
    remedy: Text::new(
        "電子カルテの出力フォルダにあるべきものか確かめてください。",
        "Check whether it belongs into an export folder.",
    ),
    source: "",
};

pub static NAME_NOT_UNICODE: Definition = Definition {
    code: "INTAKE-007",
    severity: Severity::Warning,
    text: Text::new(
        "ファイル名の文字が壊れているため読みませんでした",
        "the file name is not valid text; it was not read",
    ),
    cause: Text::new("別の文字コードで付けられた名前です。", "The name was written in another encoding."),
    remedy: Text::new("半角英数字の名前に変えてください。", "Rename it with plain letters and digits."),
    source: "",
};

pub static ARCHIVE_DAMAGED: Definition = Definition {
    code: "INTAKE-008",
    severity: Severity::Error,
    text: Text::new("zipファイルが壊れています（{reason}）", "the zip file is damaged ({reason})"),
    cause: Text::new("書き出しや転送の途中で切れたファイルです。", "It was cut off while it was written or copied."),
    remedy: Text::new("zipファイルを作り直してください。", "Make the zip file again."),
    source: "",
};

pub static ARCHIVE_TOO_LARGE: Definition = Definition {
    code: "INTAKE-009",
    severity: Severity::Error,
    text: Text::new("zipファイルの中身が多すぎます（{what}）", "the zip file holds too much ({what})"),
    cause: Text::new(
        "ファイルの数か展開後の大きさが上限を超えています。",
        "The number of members or their size when unpacked is beyond the limit.",
    ),
    remedy: Text::new(
        "展開したフォルダを指定するか、zipファイルを分けてください。",
        "Unpack it and name the folder, or split the zip file.",
    ),
    source: "",
};

pub static ARCHIVE_REPEATS: Definition = Definition {
    code: "INTAKE-010",
    severity: Severity::Error,
    text: Text::new(
        "zipファイルの中に同じ名前のファイルが二つ以上あります",
        "the zip file holds several members of one name",
    ),
    cause: Text::new("どちらが正しいか機械では決められません。", "No machine can tell which one is right."),
    remedy: Text::new("zipファイルを作り直してください。", "Make the zip file again."),
    source: "",
};

pub static ARCHIVE_BOMB: Definition = Definition {
    code: "INTAKE-011",
    severity: Severity::Error,
    text: Text::new(
        "異常に圧縮されたファイルのため開きませんでした",
        "a member that unpacks to far more than its size was not opened",
    ),
    cause: Text::new(
        "展開すると数百倍に膨らむ、攻撃に使われる形のファイルです。",
        "It unpacks to several hundred times its size, as files made for attacks do.",
    ),
    remedy: Text::new(
        "出所を確かめてください。電子カルテの出力ではありません。",
        "Find out where it came from: no export looks like this.",
    ),
    source: "",
};

pub static MEMBER_ENCRYPTED: Definition = Definition {
    code: "INTAKE-012",
    severity: Severity::Error,
    text: Text::new("暗号化されたzipファイルは読めません", "an encrypted zip member cannot be read"),
    cause: Text::new("パスワード付きで圧縮されています。", "It was packed with a password."),
    remedy: Text::new(
        "パスワードで展開したフォルダを指定してください。",
        "Unpack it with its password and name the folder.",
    ),
    source: "",
};

pub static MEMBER_OUTSIDE: Definition = Definition {
    code: "INTAKE-013",
    severity: Severity::Error,
    text: Text::new(
        "zipの中の名前がフォルダの外を指すため読みませんでした",
        "a zip member whose name leads outside of the folder was not read",
    ),
    cause: Text::new(
        "名前に `..` やドライブ名が含まれています。攻撃に使われる形です。",
        "Its name holds `..` or a drive, as files made for attacks do.",
    ),
    remedy: Text::new("出所を確かめてください。", "Find out where it came from."),
    source: "",
};

pub static ARCHIVE_INSIDE: Definition = Definition {
    code: "INTAKE-014",
    severity: Severity::Warning,
    text: Text::new("zipの中にあるzipファイルは開きませんでした", "a zip file inside of a zip file was not opened"),
    cause: Text::new(
        "開くのは、引数で指定されたzipファイルと、フォルダの中に置かれたzipファイルだけです。その中のzipファイルや、標準入力から来たzipファイルは開きません。",
        "Zip files are opened that are named as inputs or lie in a folder; not those inside of them, nor one that comes through \
         standard input.",
    ),
    remedy: Text::new(
        "必要であれば、そのzipファイルを取り出してフォルダに置いてください。",
        "If it is wanted, take that zip file out and put it into a folder.",
    ),
    source: "",
};

pub static ELSEWHERE: Definition = Definition {
    code: "INTAKE-015",
    severity: Severity::Error,
    text: Text::new(
        "監視フォルダの外を指すファイルがあり、読みませんでした",
        "something in a watched folder leads outside of it, and was not read",
    ),
    cause: Text::new(
        "リンクやジャンクションが置かれたか、読み取りの途中でファイルが差し替えられました。",
        "A link or junction was put there, or the file was exchanged while it was read.",
    ),
    remedy: Text::new(
        "監視フォルダには通常のファイルだけを置いてください。心当たりがなければ、フォルダの権限を確かめてください。",
        "Put nothing but plain files into a watched folder. If nobody did this on purpose, check who may write there.",
    ),
    source: "anchors E2.5",
};

pub static NOT_MOVED: Definition = Definition {
    code: "INTAKE-016",
    severity: Severity::Warning,
    text: Text::new(
        "読み終えたファイルを移動できませんでした（{reason}）",
        "a file that was read could not be moved ({reason})",
    ),
    cause: Text::new(
        "他のソフトが掴んでいるか、権限がありません。内容は取り込み済みです。",
        "Another program holds it, or there is no permission. What it says was taken in.",
    ),
    remedy: Text::new(
        "フォルダの権限を確かめてください。移動は後でもう一度行います。",
        "Check the permissions of the folder. It is tried again later.",
    ),
    source: "anchors E1",
};

pub static PUT_ASIDE: Definition = Definition {
    code: "INTAKE-017",
    severity: Severity::Error,
    text: Text::new(
        "取り込めなかったファイルがエラーフォルダにあります",
        "a file that could not be taken in lies in the error folder",
    ),
    cause: Text::new(
        "形式が分からないか、壊れているか、内容に矛盾があります。",
        "Its format is not known, it is damaged, or it contradicts itself.",
    ),
    remedy: Text::new(
        "`tsugite inspect` で内容を確かめ、直したファイルを監視フォルダに置き直すか、不要なら削除してください。",
        "Look at it with `tsugite inspect`; put a corrected file into the watched folder, or delete it if it is not needed.",
    ),
    source: "anchors E1",
};

pub static FORGOTTEN: Definition = Definition {
    code: "INTAKE-018",
    severity: Severity::Warning,
    text: Text::new(
        "処理済みフォルダにあり、データベースにないファイルを読み直しました（{count} 件）",
        "files that were put away and that the database did not know were read again ({count})",
    ),
    cause: Text::new(
        "控えから復元したか、データベースの末尾が失われました。",
        "A copy was restored, or the database lost its end.",
    ),
    remedy: Text::new(
        "復元した覚えがない場合は、ディスクを点検してください。送信は通常どおり続きます。",
        "If nobody restored a copy, have the disk checked. Sending goes on as usual.",
    ),
    source: "rules §6",
};
