//! What this crate can say: why a record is not carried, why it is held and what to do, and what a reader of a bundle should know.

use tsugite_issue::{Definition, Severity, Text};

macro_rules! definitions {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident $source:literal {
        text: $text_ja:literal, $text_en:literal;
        cause: $cause_ja:literal, $cause_en:literal;
        remedy: $remedy_ja:literal, $remedy_en:literal;
    })*) => {
        $($(#[$doc])* pub static $name: Definition = Definition {
            code: $code,
            severity: Severity::$severity,
            text: Text::new($text_ja, $text_en),
            cause: Text::new($cause_ja, $cause_en),
            remedy: Text::new($remedy_ja, $remedy_en),
            source: $source,
        };)*

        pub static ALL: &[&Definition] = &[$(&$name),*];
    };
}

definitions! {
    // Not carried.
    PATIENT_EXCLUDED = "CLINS-001" Information "rules §5" {
        text: "送信しない患者に指定されています", "the clinic decided never to send this patient";
        cause: "患者の上書き表で「送信しない」とされています。", "The patient table of the settings says so.";
        remedy: "送信する場合は、患者の表からその行を削除してください。", "Remove the row from the patient table to send.";
    }
    TEST_PATIENT = "CLINS-002" Information "rules §2" {
        text: "テスト患者のため送信しません", "a test patient is never sent";
        cause: "患者の上書き表でテスト患者とされています。", "The patient table of the settings says so.";
        remedy: "実在の患者であれば、患者の表からその行を削除してください。", "Remove the row from the patient table if this is a real person.";
    }
    DIAGNOSIS_EXCLUDED = "CLINS-003" Information "rules §5" {
        text: "送信しない傷病名に指定されています", "the clinic decided never to send this diagnosis";
        cause: "傷病名の上書き表で「送信しない」とされています（レセプト病名など）。", "The diagnosis table of the settings says so (a diagnosis for billing, for example).";
        remedy: "送信する場合は、傷病名の表からその行を削除してください。", "Remove the row from the diagnosis table to send.";
    }
    SUSPECTED = "CLINS-004" Information "rules §4" {
        text: "疑い病名のため送信しません", "a suspected diagnosis is never sent";
        cause: "電子カルテ情報共有サービスに送るのは確定した傷病名だけです。", "Only confirmed diagnoses are shared.";
        remedy: "確定したら電子カルテで疑いを外してください。自動で送信されます。", "Remove the suspicion in the EHR once it is confirmed; it goes by itself.";
    }
    NO_KNOWN_ALLERGY = "CLINS-005" Information "rules §1" {
        text: "「アレルギーなし」の記載は送信しません", "a statement of no allergy is not sent";
        cause: "サービスには「なし」を伝える方法がなく、センターには何も表示されません。", "The service has no way to say none; the centre shows nothing.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    OTHER_OWNER = "CLINS-006" Information "rules §3" {
        text: "一覧は別の情報源から作るため、この情報源の記録は使いません", "another source owns the list";
        cause: "一覧は一つの情報源だけから作ります。優先順位は設定で決まります。", "A list is made from one source only, in the order that the settings give.";
        remedy: "不足があれば、一覧のもとになる画面で登録してください。設定 authority または snapshot.union で変えられます。", "Enter what is missing where the list is kept, or change authority or snapshot.union in the settings.";
    }
    OUTSIDE_WINDOW = "CLINS-007" Information "rules §4" {
        text: "終了から5年（設定 snapshot.years）を過ぎているため一覧に含めません", "ended before the five years of the list (snapshot.years)";
        cause: "一覧に含めるのは、現在のものと終了後5年以内のものです。", "The list holds what is current or ended within five years.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    BEFORE_START = "CLINS-008" Information "rules §5" {
        text: "運用開始日より前に採取された検査のため送信しません", "collected before the start date";
        cause: "設定 report.start_date（または --since）より前の検査です。", "The result lies before report.start_date (or --since).";
        remedy: "送信する場合は開始日を早めてください。", "Set an earlier start date to send it.";
    }
    NOT_SEEN_SINCE_START = "CLINS-009" Information "rules §5" {
        text: "運用開始日以降に受診がないため、一覧を作りません", "the patient has not been seen since the start date, so no list is made";
        cause: "設定 report.start_date（または --since）以降の受診・検査・処方・登録がありません。", "No visit, test, prescription or entry lies on or after report.start_date (or --since).";
        remedy: "次の受診後に自動で作られます。", "The list is made by itself after the next visit.";
    }
    AFTER_DEATH = "CLINS-010" Information "rules §4" {
        text: "亡くなった患者の一覧は新しく作りません", "no new list is made after death";
        cause: "患者基本情報に死亡日があります。", "The master data give a date of death.";
        remedy: "死亡日が誤りであれば、患者基本情報を訂正してください。", "Correct the master data if the date is wrong.";
    }
    RESULT_NOT_REPORTED = "CLINS-011" Information "rules §4" {
        text: "結果の報告ではないため送信しません（結果状態 O・I・S・N）", "not a result (status O, I, S or N)";
        cause: "OBX-11 が O・I・S・N の行は、指示や検査中の記録で、結果ではありません。", "Lines with OBX-11 of O, I, S or N are orders or work in progress, not results.";
        remedy: "結果が確定すれば自動で送信されます。", "The result goes by itself when it is final.";
    }
    ONLY_IN_DOCUMENTS = "CLINS-012" Information "rules §8" {
        text: "処方は文書（診療情報提供書など）の中でだけ送信します", "prescriptions are sent only inside documents";
        cause: "処方情報は電子処方箋サービスが扱うため、単独では送信できません。", "Prescriptions belong to the e-prescription service and cannot be sent alone.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    VITAL_SIGN = "CLINS-013" Information "rules §4" {
        text: "身長・体重・血液型は検体検査ではないため送信しません", "height, weight and blood group of the master data are no laboratory results";
        cause: "患者基本情報の OBX です。5情報に含まれません。", "They stand in the OBX of the master data and are none of the five kinds.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    OUTSIDE_INSURANCE = "CLINS-014" Information "rules §5" {
        text: "自費・労災・自賠責の診療のため送信しません", "care at own expense or under accident insurance is not sent";
        cause: "記録の保険種別が健康保険ではありません。", "The insurance that the record names is no health insurance.";
        remedy: "送信する場合は設定 [care] の self_paid・work_accident・traffic_accident を true にします。", "To send it set self_paid, work_accident or traffic_accident under [care].";
    }
    DENTAL = "CLINS-015" Information "rules §6" {
        text: "歯科の診療のため送信しません", "dental care is not sent";
        cause: "医療機関番号の点数表が歯科（3）です。サービスはまだ歯科を受け付けません。", "The institution's number is one of dental care (3), which the service does not take yet.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }

    // Held: the patient.
    NO_PATIENT = "CLINS-020" Error "JP-CLINS R0211" {
        text: "患者基本情報（氏名・生年月日・住所・保険）がありません", "there are no master data of the patient";
        cause: "この患者番号の ADT-00 または患者一覧が見つかりません。", "Neither ADT-00 nor a patient list names this patient id.";
        remedy: "電子カルテから患者基本情報を書き出すか、患者一覧を追加してください。届けば自動で送信されます。", "Export the patient's master data, or add a patient list; the records go by themselves afterwards.";
    }
    NO_BIRTH_DATE = "CLINS-021" Error "JP_Patient_eCS birthDate" {
        text: "生年月日がありません", "the birth date is missing";
        cause: "患者基本情報の生年月日が空か、日付として読めません。", "The birth date is empty or no date.";
        remedy: "患者基本情報に生年月日を登録してください。", "Enter the birth date in the master data.";
    }
    NO_NAME = "CLINS-022" Error "JP-CLINS R1112" {
        text: "漢字またはカナの氏名がありません", "there is no name in kanji or kana";
        cause: "患者基本情報の氏名が空です。", "The name is empty.";
        remedy: "患者基本情報に氏名を登録してください。", "Enter the name in the master data.";
    }
    NAME_UNSPLIT = "CLINS-023" Error "JP_Patient_eCS name.given" {
        text: "氏名の姓と名が分かれていません", "family and given name are not told apart";
        cause: "氏名が一つの欄にまとめて入力されています。どこで分かれるかは機械では決められません。", "The whole name stands in one field; no machine can tell where to split it.";
        remedy: "電子カルテの氏名を「姓」と「名」に分けて（間に空白を入れて）登録し直してください。外国人名などで分けられない場合は設定 patient.name_unsplit を data-absent にします。", "Enter family and given name apart. Where that is impossible set patient.name_unsplit to data-absent.";
    }
    NO_ADDRESS = "CLINS-024" Error "JP_Patient_eCS address" {
        text: "住所がありません", "the address is missing";
        cause: "住所は必須ですが、患者基本情報の住所が空です。", "The address is required; the master data hold none.";
        remedy: "患者基本情報に住所を登録してください。登録できない場合は設定 patient.address_missing を data-absent にします。", "Enter the address in the master data. Where that is impossible set patient.address_missing to data-absent.";
    }

    // Held: a list, a report or one record.
    HELD_WITH_UNIT = "CLINS-030" Error "rules §4, §8" {
        text: "同じ報告の別の記録が保留のため、一緒に保留しています", "held together with another record of the same report";
        cause: "一つの検査報告やアレルギー一覧は分けて送信しません。", "A laboratory report or an allergy list is never sent in part.";
        remedy: "保留の原因になっている記録を直してください。直れば自動で送信されます。", "Correct the record that causes the hold; the rest goes by itself.";
    }
    NO_BASELINE = "CLINS-031" Error "rules §4" {
        text: "一覧がそろっているか確認できません", "the list is not known to be complete";
        cause: "一覧は全件を送る決まりですが、届いたのは一部のファイルだけかもしれません。", "A list must be sent whole, and what arrived may be a part.";
        remedy: "標準化ストレージのフォルダ全体を指定して読み込んでください。全件であることが確かなら設定 snapshot.baseline_complete を true にします。", "Read the whole storage folder. If you know the sources to be complete, set snapshot.baseline_complete.";
    }
    ONSET_MISSING = "CLINS-032" Error "JP-CLINS R9013C" {
        text: "傷病名の発症日（開始日）がありません", "the diagnosis has no onset";
        cause: "開始日は必須です。診断日・登録日で代用するかは設定 condition.onset_missing で決まります。", "The onset is required; whether other dates may stand for it is decided by condition.onset_missing.";
        remedy: "電子カルテの病名に開始日を入力してください。", "Enter the onset in the EHR.";
    }
    CONTRAINDICATION_UNCLEAR = "CLINS-033" Error "rules §1" {
        text: "禁忌の対象が薬剤かどうか判断できません", "it is not clear whether the contraindicated thing is a drug";
        cause: "種々の禁忌（MC）で、薬剤のコードがありません。", "The category is MC, and no drug code is given.";
        remedy: "薬剤アレルギーとして登録し直すか、設定 allergy.contraindicated_drugs に名称を追加してください。", "Enter it as a drug allergy, or add its name to allergy.contraindicated_drugs.";
    }
    ALLERGEN_NAMELESS = "CLINS-034" Error "JP_AllergyIntolerance_eCS code.text" {
        text: "アレルギーの原因物質の名称がありません", "the allergen has no name";
        cause: "原因物質のコードも名称も空か、読めません。", "Neither code nor name of the allergen can be read.";
        remedy: "電子カルテでアレルギーの原因物質を入力してください。", "Enter the allergen in the EHR.";
    }
    PRELIMINARY = "CLINS-035" Error "rules §4" {
        text: "検査結果がまだ確定していません（中間報告）", "the result is preliminary";
        cause: "結果状態が中間（P・R）です。", "The result status is P or R.";
        remedy: "確定結果が届けば自動で送信されます。", "It goes by itself when the final result arrives.";
    }
    STATUS_UNKNOWN = "CLINS-036" Error "HL7 table 0085" {
        text: "検査結果の状態が分かりません", "the result status is not known";
        cause: "OBX-11 に決められていない値があります。", "OBX-11 holds a value outside its table.";
        remedy: "検査システムの担当者に、この値の意味を確認してください。", "Ask who runs the laboratory system what the value means.";
    }
    TEST_NAMELESS = "CLINS-037" Error "JP-CLINS R6021" {
        text: "検査項目のコードも名称もありません", "the test has neither code nor name";
        cause: "OBX-3 が空か、読めません。", "OBX-3 is empty or cannot be read.";
        remedy: "検査システムの担当者に、項目名のない結果が出ていることを伝えてください。", "Tell who runs the laboratory system that a result without a test was exported.";
    }
    NO_EFFECTIVE_TIME = "CLINS-038" Error "JP_Observation_LabResult_eCS effective[x]" {
        text: "検査の採取日がありません", "the result has no date";
        cause: "採取日時・依頼日時・診療日のどれもありません。", "Neither collection, order nor day of care has a date.";
        remedy: "検査システムで採取日を入力し、書き出し直してください。", "Enter the collection date and export the report again.";
    }
    FUTURE_DATE = "CLINS-039" Error "rules §9" {
        text: "日付が未来です", "the date lies in the future";
        cause: "入力の誤りか、元のシステムの時計の狂いです。", "It was entered wrongly, or the clock of the source is wrong.";
        remedy: "電子カルテで日付を訂正してください。", "Correct the date in the EHR.";
    }
    BEFORE_BIRTH = "CLINS-040" Error "rules §9" {
        text: "日付が生年月日より前です", "the date lies before birth";
        cause: "日付か生年月日の誤り、または別の患者の記録です。", "The date or the birth date is wrong, or the record is another person's.";
        remedy: "患者と日付を確認し、誤りを訂正してください。", "Check patient and date, and correct what is wrong.";
    }
    NO_DEPARTMENT = "CLINS-041" Error "JP-CLINS R9014O, R9014C" {
        text: "診療科がありません", "the department is missing";
        cause: "記録にもファイル名にも診療科がなく、設定の既定値もありません。", "Neither the record nor the file name names a department, and the settings have no default.";
        remedy: "設定に診療科を書いてください（例: [defaults] department = { name = \"内科\" }）。", "Name one in the settings: [defaults] department = { name = \"内科\" }.";
    }
    NO_PRACTITIONER = "CLINS-042" Error "JP-CLINS R9017O, R9019O" {
        text: "検査を依頼した医師の名前がありません", "the ordering doctor is missing";
        cause: "記録に依頼医がなく、設定の既定値もありません。", "The record names no doctor, and the settings have no default.";
        remedy: "設定 defaults.practitioner に医師名を入力してください（院長名など）。", "Set defaults.practitioner to a doctor's name.";
    }
    CANNOT_WRITE = "CLINS-043" Error "" {
        text: "報告の内容を作れませんでした", "the bundle could not be written";
        cause: "変換プログラムの誤りです。", "A defect of this program.";
        remedy: "入力ファイルを添えて開発元へ連絡してください。", "Report this to the maintainers, with the input.";
    }
    NOT_STANDARDISED = "CLINS-044" Error "" {
        text: "標準コードへの対応付けが行われていません", "the record was not standardised";
        cause: "変換プログラムの誤りです。", "A defect of this program.";
        remedy: "入力ファイルを添えて開発元へ連絡してください。", "Report this to the maintainers, with the input.";
    }
    DISEASE_NAMELESS = "CLINS-045" Error "JP_Condition_eCS code.text" {
        text: "傷病名の名称がありません", "the diagnosis has no name";
        cause: "傷病名のコードも名称も空か、読めません。", "Neither code nor name of the disease can be read.";
        remedy: "電子カルテで傷病名を入力してください。", "Enter the diagnosis in the EHR.";
    }

    RECEIPT_DIAGNOSIS = "CLINS-060" Information "rules §5" {
        text: "レセプトの傷病名は送らない設定です", "diagnoses of receipts are not sent";
        cause: "設定 condition.uke が never です。", "The setting condition.uke is never.";
        remedy: "送る場合は設定 condition.uke を review または send にしてください。", "Set condition.uke to review or send.";
    }

    CODE_WITHOUT_NAME = "CLINS-062" Error "rules §1" {
        text: "傷病名または修飾語のコードの名称が分かりません", "nobody knows the name of the code of a disease or modifier";
        cause: "コードだけで書かれていて、取り込まれているマスターにもありません。番号のまま送ると読む人に伝わりません。", "Only a code is written, and no installed master knows it. A bare number would tell a reader nothing.";
        remedy: "支払基金の傷病名マスター（b）と修飾語マスター（z）を `tsugite master add` で取り込んでください。", "Install the masters of diseases (b) and modifiers (z) with `tsugite master add`.";
    }
    NO_INSTITUTION = "CLINS-046" Error "rules §6" {
        text: "どの医療機関番号で報告するか決められません", "no institution number of the settings fits the record";
        cause: "設定の医療機関の表（[[institutions]]）に、この記録の日・フォルダ・診療科に合う行がありません。", "No row of [[institutions]] fits the day, folder and department of the record.";
        remedy: "医療機関の表の from・to・roots・departments を確かめ、足りない行を追加してください。", "Check from, to, roots and departments of the rows, and add the one that is missing.";
    }

    // What a reader should know.
    NO_LONGER_BILLED = "CLINS-061" Warning "rules §3" {
        text: "{month}のレセプトを最後に、転帰の記載がないまま傷病名がなくなりました。現在の傷病名として送ります", "receipts after {month} no longer list the diagnosis, and none gave an outcome; it is sent as active";
        cause: "治癒・中止を登録せずに、その後のレセプトから外されています。", "It was left out of later receipts without an outcome.";
        remedy: "終わった傷病名であれば、レセコンで転帰を登録してください。まとめて終了とみなすには設定 condition.uke_unlisted = \"end\" を使えます。", "Enter the outcome in the claims system. The setting condition.uke_unlisted = \"end\" takes all such diagnoses for ended.";
    }
    ONSET_DERIVED = "CLINS-050" Warning "rules §1" {
        text: "発症日がないため、{from}を使いました", "no onset is given; {from} is used";
        cause: "電子カルテの病名に開始日がありません。", "The diagnosis has no onset.";
        remedy: "正しい開始日が分かれば、電子カルテに入力してください。", "Enter the onset in the EHR if it is known.";
    }
    END_WITHOUT_OUTCOME = "CLINS-051" Warning "rules §4" {
        text: "終了日がありますが、転帰が治癒などではないため、現在の傷病名として送ります（終了日は備考に記載）", "an end date contradicts the outcome; sent as active, with the date in a note";
        cause: "転帰が「不変」「回復せず」などか、空です。", "The outcome says not recovered, or nothing.";
        remedy: "治っている場合は、電子カルテで転帰を「治癒」などに直してください。", "If the disease has ended, correct the outcome in the EHR.";
    }
    RECOVERED_WITHOUT_END = "CLINS-052" Warning "rules §4" {
        text: "転帰は終了していますが、終了日がありません", "the outcome says ended, but there is no end date";
        cause: "電子カルテの病名に転帰日がありません。", "The diagnosis has no end date.";
        remedy: "電子カルテの病名に転帰日を入力してください。", "Enter the end date in the EHR.";
    }
    ENDED_BEFORE_ONSET = "CLINS-053" Warning "" {
        text: "終了日が開始日より前です", "the end lies before the onset";
        cause: "どちらかの日付の誤りです。", "One of the dates is wrong.";
        remedy: "電子カルテで日付を訂正してください。", "Correct the dates in the EHR.";
    }
    OTHER_SOURCE_HAS_MORE = "CLINS-054" Warning "rules §3" {
        text: "{owner}の一覧にない記録が{feed}に{count}件あります", "{feed} has {count} records that the list of {owner} lacks";
        cause: "一覧は{owner}から作るため、{feed}だけにある記録は送られません。", "The list is made from {owner}; what only {feed} has is not sent.";
        remedy: "必要な記録であれば{owner}のもとの画面で登録してください。", "Enter the records where {owner} is kept if they matter.";
    }
    LEFT_OUT_OF_LIST = "CLINS-055" Warning "rules §4" {
        text: "保留の記録を除いて一覧を送ります（{reason}）", "the list goes without a record that is held ({reason})";
        cause: "一覧の一部の記録が保留です。", "A member of the list is held.";
        remedy: "保留の記録を直してください。直れば一覧を送り直します。", "Correct the record; the list is then sent again.";
    }
    EFFECTIVE_DAY_ONLY = "CLINS-056" Warning "rules §1" {
        text: "採取日時がないため、診療日を使いました", "no collection time is given; the day of care is used";
        cause: "検体の採取日時・依頼日時がありません。", "Neither collection nor order has a time.";
        remedy: "検査システムで採取日時を入力してください。", "Enter the collection time in the laboratory system.";
    }
    NAME_LEFT_OUT = "CLINS-057" Warning "JP_Patient_eCS name" {
        text: "姓と名に分かれていないカナ氏名またはローマ字氏名を除きました", "a kana or Latin name that is not split is left out";
        cause: "漢字氏名は分かれていますが、もう一方が一つの欄にまとめられています。", "The kanji name is split, the other is not.";
        remedy: "患者基本情報のカナ氏名を姓と名に分けて登録してください。", "Split the kana name in the master data.";
    }
    PATIENT_PART_ABSENT = "CLINS-058" Warning "rules §1" {
        text: "{element}が不明であることを明示して送ります", "{element} is sent as unknown";
        cause: "患者基本情報にないため、設定に従い「不明」としました。", "The master data lack it; the settings say to send it as unknown.";
        remedy: "分かれば患者基本情報に登録してください。", "Enter it in the master data if it is known.";
    }
    COMPOSITE_VALUE = "CLINS-059" Information "rules §1" {
        text: "一つの欄に複数の結果があるため、記載どおりの文字列を添えて送ります", "one field holds several results; what was written is sent as text";
        cause: "「3+(300)」のように二つの結果がまとめて入力されています。", "Two results stand in one field, like `3+(300)`.";
        remedy: "対応は不要です。項目を分けて報告できるか検査室に相談できます。", "Nothing needs to be done; the laboratory may report them apart.";
    }

    // Documents.
    DOCUMENT_RECEIVED = "CLINS-070" Information "rules §2" {
        text: "他の医療機関が作成した文書のため送信しません", "a document of another institution is not sent";
        cause: "文書の作成医療機関の番号が、この医療機関の番号と違います。", "The number of the institution that wrote it is not that of this one.";
        remedy: "対応は不要です。自院の文書であれば、設定 institution.number と文書の作成医療機関番号を確かめてください。", "Nothing needs to be done; if it is your own, compare institution.number with the number in the document.";
    }
    PRESCRIBED_ELSEWHERE = "CLINS-091" Information "rules §1" {
        text: "他の医療機関の処方のため送信しません", "a prescription of another institution is not sent";
        cause: "処方した医療機関の番号が、この医療機関の番号と違います。", "The number of the institution that prescribed is not that of this one.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    NOT_IN_THIS_DOCUMENT = "CLINS-071" Information "JP_Composition section" {
        text: "この種類の文書に載せる場所がありません", "this kind of document has no place for the record";
        cause: "健診結果報告書に載るのは健診項目だけで、健診項目はほかの文書に載りません。", "A health check report holds checkup items only, and no other document holds them.";
        remedy: "対応は不要です。", "Nothing needs to be done.";
    }
    DOCUMENT_ID_TWICE = "CLINS-072" Error "rules §6" {
        text: "同じ文書番号の文書が二つあります", "two documents have the same id";
        cause: "同じ種類で同じ番号の文書が、別々のところから届きました。", "Two sources state a document of the same kind and id.";
        remedy: "どちらか一方を取り除くか、番号を分けてください。", "Remove one of them, or give it an id of its own.";
    }
    NO_SECTION = "CLINS-073" Error "JP_Composition section" {
        text: "必須のセクション「{title}」（{code}）がありません", "the mandatory section {title} ({code}) is missing";
        cause: "文書の種類ごとに、必ず書くセクションが決まっています。", "Each kind of document has sections that must be there.";
        remedy: "文書に「{title}」を書いてください。該当がなければ「なし」と書きます。", "Write the section; say so where there is nothing to tell.";
    }
    NO_RECIPIENT = "CLINS-074" Error "JP_Composition_eReferral 910" {
        text: "紹介先の医療機関がありません", "the letter names no institution that it goes to";
        cause: "診療情報提供書は、宛先の医療機関がないと登録できません。", "A referral cannot be registered without its destination.";
        remedy: "紹介先の医療機関の名称と番号を文書に書いてください。", "Name the institution with its number in the document.";
    }
    RECIPIENT_NUMBER = "CLINS-075" Error "JP_Organization_eCS identifier" {
        text: "紹介先の医療機関番号（10桁）がないか、正しくありません", "the destination has no valid number of ten digits";
        cause: "都道府県番号2桁・点数表番号1桁・医療機関コード7桁が必要です。", "It takes prefecture (2), fee table (1) and institution code (7).";
        remedy: "紹介先の医療機関番号を10桁で書いてください。", "Give the number of the destination in ten digits.";
    }
    NO_SENDER = "CLINS-076" Error "JP_Organization_eCS name" {
        text: "作成医療機関の名称がありません", "the institution that writes has no name";
        cause: "文書にも設定にも名称がありません。", "Neither the document nor the settings give one.";
        remedy: "設定 [document.sender] の name に医療機関の名称を書いてください。", "Set name under [document.sender].";
    }
    NO_AUTHOR = "CLINS-077" Error "JP_Composition author" {
        text: "文書を作成した医師がありません", "the document names no doctor";
        cause: "文書に作成者がなく、設定 defaults.practitioner もありません。", "The document has no author, and the settings no defaults.practitioner.";
        remedy: "文書に医師名を書くか、設定 defaults.practitioner を書いてください。", "Name the doctor, or set defaults.practitioner.";
    }
    NO_STAY = "CLINS-078" Error "JP_Composition_eDischargeSummary event.period" {
        text: "{part}がありません", "the day of admission or discharge is missing ({part})";
        cause: "退院時サマリーには入院日と退院日が必要です。", "A discharge summary needs both days.";
        remedy: "文書に入院日と退院日を書いてください。", "Give both days in the document.";
    }
    CONSENT_REFUSED = "CLINS-079" Error "U-39" {
        text: "患者が文書の送信に同意していません", "the patient refused that the document be sent";
        cause: "文書に「同意しない」と記録されています。", "The document says so.";
        remedy: "患者に確かめ、同意が得られたら文書の記録を直してください。", "Ask the patient, and correct the document once there is consent.";
    }
    CONSENT_UNKNOWN = "CLINS-080" Error "U-39" {
        text: "患者の同意の有無が分かりません", "the document does not say whether the patient agreed";
        cause: "文書に同意の記録がありません。", "No consent is recorded.";
        remedy: "文書に同意の有無を書くか、設定 document.consent_unknown を send にしてください。", "Record the consent, or set document.consent_unknown to send.";
    }
    ATTACHMENT_TYPE = "CLINS-081" Error "U-40" {
        text: "添付できない種類のファイルです（{type}）", "files of type {type} may not be attached";
        cause: "設定 document.attachment_types にない種類です。", "The type is not in document.attachment_types.";
        remedy: "PDFか画像にして添付し直してください。", "Attach a PDF or an image instead.";
    }
    ATTACHMENTS_TOO_LARGE = "CLINS-082" Error "U-40" {
        text: "添付が大きすぎます（{bytes}バイト、上限{limit}）", "the attachments are too large ({bytes} bytes, limit {limit})";
        cause: "一回に送れる大きさには上限があります。", "What is sent at once has a limit.";
        remedy: "添付を減らすか小さくしてください。上限は設定 document.attachment_bytes です。", "Attach less; the limit is document.attachment_bytes.";
    }
    ATTACHMENT_UNREADABLE = "CLINS-083" Error "U-40" {
        text: "添付の中身が空か、読めません", "an attachment is empty or cannot be read";
        cause: "Base64として読めない添付があります。", "An attachment is no Base64.";
        remedy: "添付し直してください。", "Attach it again.";
    }
    DRUG_NAMELESS = "CLINS-084" Error "JP_MedicationRequest_eCS medication.text" {
        text: "薬剤の名称がありません", "the drug has no name";
        cause: "処方の行にコードも名称もありません。", "The line has neither a code that is known nor a name.";
        remedy: "電子カルテで処方を訂正してください。", "Correct the prescription in the EHR.";
    }
    NO_CHECKUP_DATE = "CLINS-085" Error "JP_Encounter_eCheckupGeneral period" {
        text: "健診実施日がありません", "the day of the health check is missing";
        cause: "健診結果報告書には年月日までの実施日が必要です。", "The report needs the full day.";
        remedy: "健診データの実施日を訂正してください。", "Correct the day in the data.";
    }
    NO_CHECKUP_PROGRAM = "CLINS-086" Error "JP_Composition_eCheckupGeneral event.code" {
        text: "健診プログラム種別がありません", "the program of the health check is missing";
        cause: "特定健診（010）などの種別がデータにありません。", "The data do not say which program it was (010 and so on).";
        remedy: "健診データのプログラム種別を入力してください。", "Enter the program.";
    }
    NO_CHECKUP_ITEMS = "CLINS-087" Error "JP_Composition_eCheckupGeneral section" {
        text: "標準コードのある健診項目が一つもありません", "no item of the health check has a standard code";
        cause: "検査項目コードの対応が取れていません。", "No item could be mapped.";
        remedy: "健診の対応表に項目コードを登録してください。", "Enter the item codes in the map of the health check.";
    }
    NO_DIAGNOSIS = "CLINS-088" Error "JP_Bundle_eDischargeSummary condition" {
        text: "退院時サマリーに傷病名が一つもありません", "the discharge summary has no diagnosis";
        cause: "傷病名の記録が一つ以上必要です。文章だけでは足りません。", "At least one diagnosis must stand as a record, not in text alone.";
        remedy: "退院時診断の傷病名を登録してください。", "Enter the diagnosis of discharge.";
    }
    LEFT_OUT_OF_DOCUMENT = "CLINS-089" Warning "rules §4" {
        text: "保留の記録を除いて文書を作りました（{reason}）", "the document goes without a record that is held ({reason})";
        cause: "診療記録から取り込む記録の一部が保留です。", "A record that the document takes from the chart is held.";
        remedy: "記録を直してから文書を作り直してください。", "Correct the record, then make the document again.";
    }
    DRUG_OF_OTHER_FEED = "CLINS-094" Warning "rules §3" {
        text: "同じ日の処方が{owner}にあり、同じ薬かどうか決められないため載せません（{feed}）", "a drug of {feed} is left out: {owner} has a prescription of that day, and nobody can tell whether it is one of its drugs";
        cause: "薬剤コードが対応していないため、{owner}のどの薬と同じか分かりません。二重に載せると二倍の投与に読めます。", "Their codes do not meet. Listed twice, a drug would read as twice the dose.";
        remedy: "薬剤のマスターまたは対応表を取り込んでください。{feed}だけの薬であれば、手紙に書いてください。", "Install the masters of drugs or a map. If only {feed} has the drug, name it in the letter.";
    }
    DRUG_DIFFERS = "CLINS-095" Warning "rules §3" {
        text: "{owner}と{feed}で、同じ薬の量または日数が違います", "{owner} and {feed} tell different amounts or days of one drug";
        cause: "文書は{owner}の記録に従いました。", "The document follows what {owner} says.";
        remedy: "どちらが正しいか確かめてください。優先順位は [document] prescription_authority で変えられます。", "Check which one is right; [document] prescription_authority sets the order.";
    }
    AMOUNT_IN_WORDS = "CLINS-090" Warning "JP_MedicationDosage_eCS doseAndRate" {
        text: "単位のコードがない量を文字で送ります", "an amount whose unit has no code is said in words";
        cause: "薬剤の単位が単位表にありません。", "The unit of the drug is in no table.";
        remedy: "単位の対応表に登録するとコードで送られます。", "Enter the unit in the map.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_complete_and_its_code_unique() {
        let mut codes: Vec<&str> = ALL.iter().map(|definition| definition.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
