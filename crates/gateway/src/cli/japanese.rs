//! The help in Japanese, by the English text that stands beside each command and option.

use clap::{Arg, Command};

/// English and Japanese.
const TEXTS: &[(&str, &str)] = &[
    (
        "Carries a clinic's records from its old system to Japan's clinical information sharing service",
        "古い電子カルテの記録を電子カルテ情報共有サービスへつなぎます",
    ),
    (
        "Folder with packages, masters and maps [default: TSUGITE_HOME or the platform's data folder]",
        "パッケージ・マスタ・対応表を置くフォルダ［省略時: TSUGITE_HOME または OS のデータフォルダ］",
    ),
    ("Language of texts [default: that of the locale]", "表示の言語［省略時: OS の言語］"),
    ("Form of results", "結果の形式"),
    ("Further FHIR package to use (.tgz), beside those installed", "取り込み済みのほかに使う FHIR パッケージ（.tgz）"),
    ("No progress and no remarks", "進行状況や補足を表示しない"),
    (
        "Describe tables (CSV, fixed width, Excel) by mapping files: draft, check, test",
        "表（CSV・固定長・Excel）の読み方を対応表ファイルに書く（下書き・検査・試験）",
    ),
    (
        "List the layouts that can be read: those that come with the program, and the site's own",
        "読める表の形を一覧する（付属のものと施設のもの）",
    ),
    (
        "Propose a mapping file for a table that nothing describes yet; it goes to standard output",
        "まだ読めない表のために対応表ファイルの下書きを作る（標準出力に出す）",
    ),
    ("A CSV, fixed-width or Excel file", "CSV・固定長・Excel のファイル"),
    ("Say what is wrong in mapping files, and where", "対応表ファイルの誤りを、場所とともに示す"),
    ("Run the cases that mapping files carry", "対応表ファイルに書かれた試験を実行する"),
    ("Mapping files (.toml)", "対応表ファイル（.toml）"),
    ("Print help", "使い方を表示する"),
    ("Print help (see more with '--help')", "使い方を表示する（--help で詳しく）"),
    ("Print version", "版を表示する"),
    (
        "The whole way on an invented clinic: convert, validate, queue, send to a sandbox centre, collect; and what to look at next",
        "架空の診療所で一通り試す（変換・検査・待ち行列・模擬センターへの送信・回収）",
    ),
    (
        "Where the clinic is laid out: a new folder [default: a temporary one]",
        "架空の診療所を置く新しいフォルダ［省略時: 一時フォルダ］",
    ),
    (
        "Tell what a file is: format, encoding with the evidence, records, what it carries and what not",
        "ファイルの正体を調べる（形式・文字コードとその根拠・記録の数・送るものと送らないもの）",
    ),
    (
        "Turn exports into JP-CLINS bundles and a report; sends nothing",
        "出力ファイルを JP-CLINS のデータと報告書に変換する（送信はしない）",
    ),
    (
        "Check FHIR data: JSON, FHIR R4, the profiles of installed packages, and what the centre refuses",
        "FHIR データを検査する（JSON、FHIR R4、取り込み済みのプロファイル、センターが断る条件）",
    ),
    (
        "Who did what, and whether the record of it was tampered with",
        "操作と送信の監査記録を見る・改ざんの有無を確かめる",
    ),
    ("Who did what, when, and how it ended; the newest first", "誰が・いつ・何をして・どうなったか（新しい順）"),
    ("At most so many rows", "表示する最大の行数"),
    ("Whether no row was changed or taken out", "変更や削除がないことを確かめる"),
    ("Copy the ledger, check the copy, and keep the newest ones", "台帳の控えを作って確かめ、新しいものを残す"),
    (
        "Where the copies are kept, best on another disk [default: setting store.backups, or `backups` in the home folder]",
        "控えの置き場所。別のディスクが望ましい［省略時: 設定 store.backups、なければデータフォルダの backups］",
    ),
    ("How many copies are kept", "残す控えの数"),
    (
        "Put a copy of the ledger in its place; no Unit gets a second Bundle-ID",
        "控えから台帳を復元する（Bundle-ID が二重になることはない）",
    ),
    ("A new key for the ledger, and the end of the older ones", "台帳を封じる鍵を新しくし、古い鍵を消す"),
    (
        "Make a new key and seal everything anew under it; may be broken off and called again. Stop the service before",
        "新しい鍵を作り、すべてを封じ直す。中断しても続きから行える。先に常駐を止める",
    ),
    (
        "Take the older keys out of the key file; older backups become unreadable. Stop the service before",
        "古い鍵を鍵のファイルから消す。古い控えは読めなくなる。先に常駐を止める",
    ),
    ("The copy: a folder that `backup` made [default: the newest]", "`backup` が作ったフォルダ［省略時: 最新の控え］"),
    (
        "Write a referral or discharge summary from a doctor's text and the chart; tells what is missing before anything is queued",
        "医師の文章とカルテから診療情報提供書・退院時サマリーを作る（不足は送信待ちに入れる前に示す）",
    ),
    ("What is written", "作る文書"),
    ("What the doctor wrote: a text with headings, or TOML", "医師の文章（見出し付きの文章、または TOML）"),
    ("The patient's number, as the clinic writes it", "患者番号（電子カルテのとおり）"),
    ("Institution number of the recipient, 10 digits", "紹介先の医療機関番号（10桁）"),
    ("Name of the recipient's institution", "紹介先の医療機関名"),
    ("Whether the patient agreed to the sending", "送付への患者の同意"),
    ("A PDF, PNG or JPEG to send with it", "添付する PDF・PNG・JPEG"),
    (
        "The patient's own discharge summary to send with a referral: its document id, or the file of its bundle",
        "診療情報提供書に添付する、その患者の退院時サマリー（文書番号、または送信データのファイル）",
    ),
    ("Show what would become of it; keep and send nothing", "確認だけ行い、取り込みも送信もしない"),
    ("Write the page that a doctor would read (HTML)", "医師が読む形のページ（HTML）を書き出す"),
    ("Settings; the chart is what the ledger holds", "設定。カルテの内容は台帳から取る"),
    (
        "Take the chart from these files or folders instead; keeps and sends nothing",
        "カルテの内容を台帳ではなくこのファイル・フォルダから取る（取り込みも送信もしない）",
    ),
    ("With --from: write the bundle to this file", "--from のとき: 送信データをこのファイルに書き出す"),
    (
        "With --from: institution number of 10 digits; without one this is a trial",
        "--from のとき: 医療機関番号（10桁）。省略すると試行になる",
    ),
    (
        "Write what was or will be sent as a page to read (HTML)",
        "送った（送る）内容を読める形のページ（HTML）に書き出す",
    ),
    ("Faults on demand, as TOML", "障害を起こす規則のファイル（TOML）"),
    ("Random faults fall alike for the same number", "同じ番号なら同じ障害が起きる"),
    ("Only what should be at the centre by now", "期限を過ぎても受け付けられていないものだけ"),
    (
        "Hand nothing over until `resume`; a service that runs obeys at once",
        "`resume` まで送信を止める（常駐中でもすぐに効く）",
    ),
    ("Hand over again", "送信を再開する"),
    (
        "Who is excluded, a test or has another number; of whom something is held; whose insurance must be asked again",
        "患者の扱い（除外・テスト・番号変更）、保留のある患者、保険を確認し直す患者の一覧",
    ),
    (
        "Make again what the centre holds, with today's maps and packages: what would differ, and with `--go` send it",
        "登録済みの内容を今の対応表・パッケージで作り直し、変わるものを示す（--go で送信待ちに入れる）",
    ),
    (
        "Only this patient, as the clinic writes the number",
        "この患者番号だけ",
    ),
    (
        "Only patients with an issue of this code",
        "このコードの指摘がある患者だけ",
    ),
    (
        "Only patients of this source",
        "この取り込み元の患者だけ",
    ),
    (
        "Only patients of whom something was read since then",
        "この日時以降に読み取りがあった患者だけ",
    ),
    (
        "Only patients of whom something was read until then",
        "この日時までに読み取りがあった患者だけ",
    ),
    (
        "Only patients last looked at with other maps or packages than today's",
        "今と違う対応表・パッケージで処理した患者だけ",
    ),
    (
        "Put what differs into the outbox",
        "変わるものを送信待ちに入れる",
    ),
    (
        "Although it is more than the brake allows",
        "歯止めの件数を超えても行う",
    ),
    (
        "Send once more what the centre has accepted: the same report under the same id, as a change",
        "受付済みの報告を同じ番号のままもう一度送る（変更として）",
    ),
    (
        "The same for ever: watch, convert, queue, send, collect, recover",
        "常駐して同じ仕事を続ける（監視・変換・送信・回収・復旧）",
    ),
    (
        "Once: scan, convert, queue, send, collect, and tell what happened; safe to repeat",
        "一回分の仕事をする（読み取り・変換・送信・結果の回収）。繰り返しても安全",
    ),
    ("Show what would go up, before anything does", "何が送られるかを、送る前に見る"),
    ("Look at what waits for the centre or for a person, and decide on it", "送信待ち・確認待ちのものを見て決める"),
    ("What is held, why, and what the reception desk can do", "保留になったものと理由、窓口でできること"),
    (
        "A stand-in centre for trials: takes request files, validates, answers and remembers",
        "試験用の模擬センター（要求ファイルを受け取り、検査して回答し、覚える）",
    ),
    ("Explain a code of a message", "メッセージのコードを説明する"),
    (
        "Local codes that no table maps: list them, see what they may mean, confirm what they stand for",
        "対応のない施設コードを一覧する・候補を見る・対応を確かめて決める",
    ),
    ("List local codes that no table maps, with counts", "対応のない施設コードを件数とともに一覧する"),
    (
        "The same, with the standard codes that each name may mean; nothing is applied",
        "一覧に、名称から考えられる標準コードの候補を添える（適用はしない）",
    ),
    (
        "Keep what a local code stands for in the site's map, and make again what it changes",
        "施設コードの対応を対応表に書き込み、変わる報告を作り直す",
    ),
    ("Settings: the codes of the stored records", "設定。保存した記録のコードを見る"),
    ("report.json of `convert`: the codes of that run", "`convert` の report.json。その変換のコードを見る"),
    ("Only codes of this kind", "この種類のコードだけ"),
    ("Suggestions for each code", "コードごとの候補の数"),
    ("What the code is of", "コードの種類"),
    ("The source's namespace of the code; empty for any", "コードの体系名（出力元の名前空間）。空ならどれでも"),
    ("The local code", "施設コード"),
    ("The local name", "施設での名称"),
    (
        "What it stands for: JLAC10 or JLAC11, 病名管理番号, 修飾語管理番号, J-FAGY, YJ or 一般名コード",
        "対応する標準コード（JLAC10・JLAC11、病名管理番号、修飾語管理番号、J-FAGY、YJ、一般名コード）",
    ),
    ("Name of the standard code, where no installed master knows it", "標準コードの名称（取り込んだマスターにないとき）"),
    (
        "Unit in which the laboratory reports; results in another unit are not mapped",
        "検査会社が報告する単位。違う単位の結果には当てはめない",
    ),
    (
        "Settings: whose map is written, and whose stored records are made again",
        "設定。対応表を書き、保存した記録から作り直す",
    ),
    (
        "Install, list and look up official masters: diseases, drugs, allergens, usages",
        "公式マスター（病名・薬・アレルゲン・用法）を取り込む・一覧する・引く",
    ),
    (
        "Take in official masters as they were downloaded; what a file is, is told by its content",
        "ダウンロードしたままの公式マスターを取り込む（種類は内容で見分ける）",
    ),
    ("Files as published: text, .xlsx, or .zip with such files", "公表されたままのファイル（テキスト・.xlsx・それらの .zip）"),
    ("In force from this day on [default: from the file]", "この日から有効な版とする［省略時: ファイルから分かる日］"),
    ("List the installed masters and their editions", "取り込んだマスターと版を一覧する"),
    (
        "Tell what a code is and what it leads to, or which codes a name may mean",
        "コードの意味と対応する標準コードを示す。名称なら候補のコードを示す",
    ),
    ("A code of any master, or a name", "マスターのコード、または名称"),
    ("As of this day [default: the newest editions]", "この日の時点で引く［省略時: 最新の版］"),
    ("Remove an edition", "版を削除する"),
    ("Name of an edition, as `master list` shows it", "`master list` に出る版の名前"),
    ("Install, list and remove FHIR packages", "FHIR パッケージの取り込み・一覧・削除"),
    ("Copy packages into the home folder", "パッケージをデータフォルダに取り込む"),
    ("List the installed packages", "取り込み済みのパッケージの一覧"),
    ("Remove packages", "パッケージを削除する"),
    (
        "Check settings, folders, packages and clock, and say what to do",
        "設定・フォルダ・パッケージ・時計を確かめ、すべきことを示す",
    ),
    ("Print completions for a shell", "シェルの入力補完を出力する"),
    (
        "Print this message or the help of the given subcommand(s)",
        "この使い方、または指定したコマンドの使い方を表示する",
    ),
    ("Files, folders, zip files, or - for standard input", "ファイル、フォルダ、zip ファイル。- は標準入力"),
    (
        "Files, folders (storage roots), zip files, or - for standard input",
        "ファイル、フォルダ（ストレージのルート）、zip ファイル。- は標準入力",
    ),
    (
        "JSON or NDJSON files, folders, zip files, or - for standard input",
        "JSON・NDJSON のファイル、フォルダ、zip ファイル。- は標準入力",
    ),
    ("Print the decoded text", "文字コードを直した本文を表示する"),
    (
        "Write the list as a page to print and tick off (HTML), for no eyes but yours",
        "印刷してチェックできる一覧（HTML）を書き出す（本人だけが読めるファイル）",
    ),
    (
        "Take the records of a file off the list, by its name there: they were dealt with in another way",
        "一覧にあるファイル名の記録を、別の方法で対応したものとして一覧から外す",
    ),
    ("Largest input that is read", "読み取るファイルの大きさの上限"),
    (
        "Judge each resource against this profile instead of those that it names (may be repeated)",
        "データが名乗るプロファイルの代わりに、このプロファイルで検査する（複数可）",
    ),
    (
        crate::commands::validate::FORMS,
        "\
出力の形（--format）
text     同じ原因はファイルごとに 1 件にまとめ、数と場所を示す。ファイルごとの合計と、最後に全体の合計
json     1 つのオブジェクト: version, packages, issues（パッケージとフォルダについて）, files: [file, errors, warnings, findings:
         [severity, code, category, key, text, expected, remedy, source, element, count, places: [line, column, span, path, found]]],
         summary
outcome  入力ごとに FHIR の OperationOutcome を 1 行（複数のときは NDJSON）

終了コード: 0 エラーなし、1 エラーあり、またはプロファイルの検査が必要なのにできない、2 呼び出しの誤り、3 入出力の失敗",
    ),
    ("Largest document that is read [default: 64M]", "読み取る文書の大きさの上限［省略時: 64M］"),
    ("Leave the strict rules out", "厳格規則を除いて検査する"),
    (
        "Exit with 1 where no package is installed, or none defines a profile that is named",
        "パッケージがないとき、または名乗るプロファイルの定義がないとき、終了コードを 1 にする",
    ),
    (
        "Where bundles and report go: a new folder, or one with an earlier report",
        "出力先（新しいフォルダ、または以前の出力先）",
    ),
    ("Institution number of 10 digits; without one this is a trial", "10 桁の医療機関番号（なければ試行）"),
    ("Settings", "設定ファイル"),
    ("Settings to check", "確かめる設定ファイル"),
    ("Settings, where they name another place for the ledger", "設定ファイル（台帳の場所を変えているとき）"),
    ("Read every input as this format, instead of recognising it", "形式を判別せず、この形式として読む"),
    ("The clock: a day or a time of Japan [default: now]", "基準の日時（日本時間）［省略時: 現在］"),
    (
        "Today, for dates that must not lie in the future [default: now]",
        "未来の日付を調べるための今日の日付［省略時: 現在］",
    ),
    ("Leave out laboratory results collected before this day", "この日より前に採取した検査結果を含めない"),
    (
        "Log of issued ids (issued.log): what was issued keeps its year",
        "発行済み番号の記録（issued.log）。発行済みのものは当時の年を保つ",
    ),
    ("Threads [default: all cores]", "並列数［省略時: すべてのコア］"),
    (
        "What makes the exit status 1: anything held, only an error, nothing",
        "終了コードを 1 にする条件（保留があるとき・エラーだけ・なし）",
    ),
    (
        "Write each document also as a page to read and print (HTML)",
        "各文書を、読んで印刷できるページ (HTML) としても書き出す",
    ),
    ("Send for the first time without asking", "確認を待たずに初回の送信をする"),
    (
        "Code of a message (INTAKE-001), key of a rule (bdl-7) or number of a requirement (R0211); without one, all codes are listed",
        "メッセージのコード（例: INTAKE-001）、規則の名前（例: bdl-7）、要件の番号（例: R0211）。省略時は一覧",
    ),
    ("Package files (.tgz) as published", "公開されているままのパッケージ（.tgz）"),
    ("Name, or name#version", "名前、または 名前#版"),
    ("Which shell", "シェルの種類"),
    ("Print a manual page", "manページを出力する"),
    ("A command; without one, the page of the program", "コマンド［省略時: プログラム全体］"),
    ("What waits, what is under way, and what was refused", "待っているもの、送信中のもの、断られたもの"),
    ("Everything that was ever submitted", "これまでに送ったものすべて"),
    ("One submission with its attempts and the centre's words", "一件の送信の経過とセンターの回答"),
    ("Say yes to what waits for a person", "確認待ちのものを承認する"),
    ("Submissions that wait for a doctor's look", "医師の確認を待つ送信"),
    ("The first submission of all", "初回の送信"),
    ("The cancels and shrinkings that the brake stopped", "自動停止した大量の取消・減少"),
    (
        "Files that are gone: they stay gone, what they said stays",
        "なくなったファイル（なくなったままとし、送った内容は残す）",
    ),
    ("Files that became much shorter: they are right", "大きく短くなったファイル（それで正しい）"),
    (
        "Send again what was refused or is unclear: the same bytes under the same id",
        "断られた・結果不明のものを同じ内容でもう一度送る",
    ),
    (
        "Without asking the centre first what it holds: you know that it is not there",
        "センターへの状況照会をせずに送る（届いていないと分かっている場合）",
    ),
    ("Do not send what waits or was refused", "待っている・断られたものを送らない"),
    (
        "The centre's folder; the terminal's two folders are `req` and `res` in it",
        "センターのフォルダ（中の req と res が端末のフォルダ）",
    ),
    ("Keep working until stopped", "止めるまで動き続ける"),
    (
        "A second registration under one id replaces the first instead of being refused",
        "同じ番号の再登録を断らずに置き換える",
    ),
    ("The centre's interface as data", "センターのインターフェースの定義ファイル"),
];

fn find(english: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(en, _)| *en == english).map(|(_, ja)| *ja)
}

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// The command and all below it with Japanese texts.
pub fn translated(mut command: Command) -> Command {
    command.build();
    translate(command)
}

fn translate(command: Command) -> Command {
    let about = command.get_about().and_then(|about| find(&about.to_string()));
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let after = command.get_after_help().and_then(|after| find(&after.to_string()));
    let command = match after {
        Some(after) => command.after_help(after),
        None => command,
    };
    let command = command.help_template(TEMPLATE).subcommand_help_heading("コマンド").mut_args(argument);
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, translate))
}

fn argument(arg: Arg) -> Arg {
    let help = arg.get_help().and_then(|help| find(&help.to_string()));
    let heading = if arg.is_positional() { "引数" } else { "オプション" };
    let arg = arg.help_heading(heading);
    match help {
        Some(help) => arg.help(help),
        None => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn untranslated(command: &Command, missing: &mut Vec<String>) {
        let helps = command.get_arguments().filter_map(Arg::get_help);
        let own = command.get_about().into_iter().chain(command.get_after_help());
        let texts = own.chain(helps).map(ToString::to_string);
        missing.extend(texts.filter(|text| find(text).is_none()));
        command.get_subcommands().for_each(|command| untranslated(command, missing));
    }

    #[test]
    fn every_help_text_has_its_japanese() {
        let mut missing = Vec::new();
        let mut command = super::super::Cli::command();
        command.build();
        untranslated(&command, &mut missing);
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "add to TEXTS in cli/japanese.rs: {missing:#?}");
    }

    #[test]
    fn the_japanese_help_speaks_japanese() {
        let mut command = translated(super::super::Cli::command());
        let help = command.render_help().to_string();
        assert!(
            help.contains("使い方: tsugite") && help.contains("コマンド:") && help.contains("オプション:"),
            "{help}"
        );
        assert!(!help.contains("Usage") && !help.contains("Options"), "{help}");
    }
}
