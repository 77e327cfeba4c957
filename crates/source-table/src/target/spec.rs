//! The fields of each target, by name: what a mapping file may fill.

/// How the text of a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 患者番号: a code that must be there.
    Patient,
    /// Half width, no blanks around it; damage by Excel is refused.
    Code,
    /// As written, without the blanks around it.
    Text,
    /// A measured value: as written, damage by Excel is refused.
    Value,
    Date,
    /// The day on which something ended: what cannot be read as one would say that it goes on.
    EndDate,
    /// Decides whether and how a record is sent: a value without a known meaning holds it.
    Status,
    /// 男 / 女 in any spelling.
    Sex,
    /// 外来 / 入院 / 救急.
    Class,
    /// Anything that says yes.
    YesNo,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    pub name: &'static str,
    pub kind: Kind,
    /// What the field is called in Japanese.
    pub title: &'static str,
    /// Headings that stand for it, for drafts.
    pub headings: &'static [&'static str],
}

/// What rows become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Patient,
    Lab,
    Allergy,
    Diagnosis,
    Prescription,
    Checkup,
}

impl Target {
    pub const ALL: [Self; 6] =
        [Self::Patient, Self::Lab, Self::Allergy, Self::Diagnosis, Self::Prescription, Self::Checkup];

    /// The table of a mapping file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Lab => "lab",
            Self::Allergy => "allergy",
            Self::Diagnosis => "diagnosis",
            Self::Prescription => "prescription",
            Self::Checkup => "checkup",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Patient => "患者",
            Self::Lab => "検査結果",
            Self::Allergy => "アレルギー・薬剤禁忌",
            Self::Diagnosis => "傷病名",
            Self::Prescription => "処方",
            Self::Checkup => "健診項目",
        }
    }

    pub const fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Patient => patient::FIELDS,
            Self::Lab => lab::FIELDS,
            Self::Allergy => allergy::FIELDS,
            Self::Diagnosis => diagnosis::FIELDS,
            Self::Prescription => prescription::FIELDS,
            Self::Checkup => checkup::FIELDS,
        }
    }

    /// One field of each group must be filled, or no record can be made.
    pub const fn required(self) -> &'static [&'static [usize]] {
        match self {
            Self::Patient => &[&[patient::ID]],
            Self::Lab => &[&[lab::PATIENT], &[lab::CODE, lab::NAME, lab::JLAC10], &[lab::VALUE]],
            Self::Allergy => &[&[allergy::PATIENT], &[allergy::NAME, allergy::CODE, allergy::YJ, allergy::JFAGY]],
            Self::Diagnosis => &[
                &[diagnosis::PATIENT],
                &[diagnosis::NAME, diagnosis::CODE, diagnosis::RECEIPT_CODE, diagnosis::MEDIS_CODE],
            ],
            Self::Prescription => {
                &[&[prescription::PATIENT], &[prescription::NAME, prescription::CODE, prescription::YJ]]
            }
            Self::Checkup => &[&[checkup::PATIENT], &[checkup::CODE], &[checkup::VALUE], &[checkup::DATE]],
        }
    }

    pub fn field(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.name == name)
    }
}

/// Numbers the fields of a target in the order of their table.
macro_rules! fields {
    ($module:ident { $($id:ident $name:literal $kind:ident $title:literal [$($heading:literal)*];)* }) => {
        pub mod $module {
            use super::{FieldSpec, Kind};

            // Some fields are read by their names only.
            #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($id),* }

            $(#[allow(dead_code)] pub const $id: usize = Place::$id as usize;)*

            pub const FIELDS: &[FieldSpec] = &[$(FieldSpec {
                name: $name, kind: Kind::$kind, title: $title, headings: &[$($heading),*],
            }),*];
        }
    };
}

fields! { patient {
    ID "id" Patient "患者番号" ["患者番号" "患者ID" "患者コード" "カルテ番号" "カルテNo" "ID" "番号"];
    NAME "name" Text "氏名" ["氏名" "患者氏名" "患者名" "漢字氏名" "名前"];
    FAMILY "family" Text "姓" ["姓" "氏" "漢字姓"];
    GIVEN "given" Text "名" ["名" "漢字名"];
    KANA "kana" Text "カナ氏名" ["カナ" "カナ氏名" "氏名カナ" "フリガナ" "患者氏名カナ" "ヨミ"];
    KANA_FAMILY "kana_family" Text "カナ姓" ["カナ姓" "セイ"];
    KANA_GIVEN "kana_given" Text "カナ名" ["カナ名" "メイ"];
    BIRTH_DATE "birth_date" Date "生年月日" ["生年月日" "誕生日"];
    SEX "sex" Sex "性別" ["性別" "性"];
    POSTAL_CODE "postal_code" Code "郵便番号" ["郵便番号" "〒"];
    ADDRESS "address" Text "住所" ["住所" "現住所"];
    PHONE "phone" Code "電話番号" ["電話番号" "電話" "TEL" "携帯電話"];
    WORK_PHONE "work_phone" Code "勤務先電話番号" ["勤務先電話"];
    DECEASED "deceased" Date "死亡日" ["死亡日" "死亡年月日"];
    PAYER "payer" Code "保険者番号" ["保険者番号"];
    SYMBOL "symbol" Code "被保険者証記号" ["記号" "被保険者証記号" "保険証記号"];
    NUMBER "number" Code "被保険者証番号" ["被保険者証番号" "保険証番号" "被保険者番号"];
    BRANCH "branch" Code "枝番" ["枝番" "被保険者証枝番"];
    INSURANCE_KIND "insurance_kind" Code "保険種別" ["保険種別"];
    VALID_FROM "valid_from" Date "保険の有効開始日" ["有効開始日" "資格取得日" "保険開始日"];
    VALID_TO "valid_to" Date "保険の有効終了日" ["有効終了日" "有効期限" "保険終了日"];
    PUBLIC_PAYER "public_payer" Code "公費負担者番号" ["公費負担者番号"];
    PUBLIC_NUMBER "public_number" Code "公費受給者番号" ["公費受給者番号" "受給者番号"];
} }

fields! { lab {
    PATIENT "patient" Patient "患者番号" ["患者番号" "患者ID" "患者コード" "カルテ番号" "カルテNo" "受診者番号"];
    BIRTH_DATE "birth_date" Date "生年月日" ["生年月日"];
    SEX "sex" Sex "性別" ["性別"];
    ORDER "order" Code "依頼番号" ["依頼番号" "オーダ番号" "オーダー番号" "受付番号" "検体番号" "依頼No"];
    CARE_DAY "care_day" Date "診療日" ["診療日" "受診日" "依頼日"];
    COLLECTED "collected" Date "採取日時" ["採取日" "採取日時" "採血日" "検体採取日" "検査日"];
    REPORTED "reported" Date "報告日時" ["報告日" "報告日時"];
    SPECIMEN_ID "specimen_id" Code "検体番号" [];
    SPECIMEN_CODE "specimen_code" Code "材料コード" ["材料コード" "検体コード" "specimenCode"];
    SPECIMEN_SYSTEM "specimen_system" Text "材料コードの名前空間 (JC10: JLAC10)" [];
    SPECIMEN_NAME "specimen_name" Text "材料名" ["材料名" "材料" "検体名" "検査材料" "specimenName"];
    CODE "code" Code "検査項目コード" ["項目コード" "検査コード" "検査項目コード" "testCode"];
    NAME "name" Text "検査項目名" ["項目名" "項目名称" "検査項目" "検査名" "検査項目名" "testName"];
    SYSTEM "system" Text "項目コードの名前空間" [];
    JLAC10 "jlac10" Code "JLAC10コード" ["JLAC10" "JLACコード" "JLAC10コード" "MEDISコード"];
    JLAC11 "jlac11" Code "JLAC11コード" ["JLAC11"];
    PANEL_CODE "panel_code" Code "検査群コード" ["グループコード"];
    PANEL_NAME "panel_name" Text "検査群名" ["グループ名"];
    SUB_ID "sub_id" Code "副番号" [];
    VALUE "value" Value "結果値" ["結果" "結果値" "検査結果" "測定値" "testResult"];
    COMPARATOR "comparator" Code "結果値の不等号" ["結果値形態"];
    UNIT "unit" Text "単位" ["単位" "unit"];
    RANGE "range" Value "基準値" ["基準値" "基準範囲" "正常値"];
    RANGE_LOW "range_low" Value "基準値下限" ["下限" "基準値下限" "下限値" "lowerLimit"];
    RANGE_HIGH "range_high" Value "基準値上限" ["上限" "基準値上限" "上限値" "upperLimit"];
    FLAG "flag" Code "異常フラグ" ["異常区分" "判定" "異常フラグ" "H/L" "HL" "flag"];
    STATUS "status" Status "報告状況" ["報告状況" "報告区分" "状態"];
    COMMENT "comment" Text "コメント" ["コメント" "備考" "comment"];
    DEPARTMENT "department" Code "診療科コード" ["診療科コード"];
    DEPARTMENT_NAME "department_name" Text "診療科" ["診療科" "科名"];
    CLASS "class" Class "入院・外来の別" ["入外" "入外区分"];
    DOCTOR "doctor" Text "医師名" ["医師名" "担当医" "依頼医"];
} }

fields! { allergy {
    PATIENT "patient" Patient "患者番号" ["患者番号" "患者ID" "患者コード" "カルテ番号" "カルテNo"];
    BIRTH_DATE "birth_date" Date "生年月日" ["生年月日"];
    SEX "sex" Sex "性別" ["性別"];
    CATEGORY "category" Code "アレルギー分類 (DA, FA, EA, MA, MC)" ["分類" "区分" "種別" "アレルギー区分" "アレルギー種別"];
    CODE "code" Code "アレルゲンコード" ["アレルゲンコード" "コード"];
    SYSTEM "system" Text "アレルゲンコードの名前空間" [];
    YJ "yj" Code "YJコード" ["YJコード" "薬品コード"];
    JFAGY "jfagy" Code "J-FAGYコード" ["J-FAGY"];
    NAME "name" Text "アレルゲン" ["アレルゲン" "アレルギー" "アレルギー名" "原因物質" "禁忌薬" "禁忌薬剤" "禁忌薬品名" "薬品名" "薬剤名"];
    SEVERITY "severity" Code "重症度 (SV, MO, MI)" ["重症度" "程度"];
    REACTION "reaction" Text "症状" ["症状" "反応" "アレルギー症状"];
    ONSET "onset" Date "発現日" ["発現日" "発症日" "発生日"];
    RECORDED "recorded" Date "登録日" ["登録日" "記録日" "確認日"];
    STATUS "status" Status "状態" [];
    DEPARTMENT_NAME "department_name" Text "診療科" ["診療科"];
    DOCTOR "doctor" Text "医師名" ["登録者" "医師名" "担当医"];
} }

fields! { diagnosis {
    PATIENT "patient" Patient "患者番号" ["患者番号" "患者ID" "患者コード" "カルテ番号" "カルテNo"];
    BIRTH_DATE "birth_date" Date "生年月日" ["生年月日"];
    SEX "sex" Sex "性別" ["性別"];
    CODE "code" Code "病名コード (施設)" ["病名コード" "傷病名コード"];
    SYSTEM "system" Text "病名コードの名前空間" [];
    RECEIPT_CODE "receipt_code" Code "レセプト電算処理の傷病名コード (7桁)" ["レセ電コード" "レセ電病名コード"];
    MEDIS_CODE "medis_code" Code "病名管理番号 (8桁)" ["病名管理番号"];
    EXCHANGE_CODE "exchange_code" Code "病名交換用コード" ["交換用コード" "病名交換コード"];
    ICD10 "icd10" Code "ICD-10" ["ICD10" "ICD-10" "ICD10コード"];
    NAME "name" Text "病名" ["病名" "傷病名" "病名名称" "傷病名称"];
    MODIFIERS "modifiers" Code "修飾語コード" ["修飾語コード"];
    ORCA_CODES "orca_codes" Code "ORCAの単独病名コード (修飾語は ZZZ9999)" [];
    SUSPECTED "suspected" YesNo "疑い" ["疑い" "疑いフラグ" "疑い区分"];
    MAIN "main" YesNo "主病名" ["主病名" "主病" "主病フラグ" "主病名フラグ"];
    ONSET "onset" Date "開始日" ["開始日" "診療開始日" "発症日" "病名開始日"];
    RECORDED "recorded" Date "登録日" ["登録日"];
    ENDED "ended" EndDate "転帰日" ["転帰日" "終了日" "治癒日"];
    OUTCOME "outcome" Status "転帰" ["転帰" "転帰区分"];
    CLASS "class" Class "入院・外来の別" ["入外" "入外区分"];
    DEPARTMENT "department" Code "診療科コード" ["診療科コード" "科コード"];
    DEPARTMENT_NAME "department_name" Text "診療科" ["診療科" "科名"];
    DOCTOR "doctor" Text "医師名" ["医師名" "担当医" "主治医"];
    PROBLEM_ID "problem_id" Code "病名の番号" ["病名番号" "連番"];
} }

fields! { prescription {
    PATIENT "patient" Patient "患者番号" ["患者番号" "患者ID" "患者コード" "カルテ番号"];
    BIRTH_DATE "birth_date" Date "生年月日" ["生年月日"];
    SEX "sex" Sex "性別" ["性別"];
    ORDER "order" Code "処方番号" ["処方番号" "オーダ番号"];
    DATE "date" Date "処方日" ["処方日" "交付日"];
    RP "rp" Code "Rp番号" ["RP番号" "Rp番号" "RP"];
    CODE "code" Code "薬品コード (施設)" ["薬品コード"];
    SYSTEM "system" Text "薬品コードの名前空間" [];
    YJ "yj" Code "YJコード" ["YJコード"];
    HOT "hot" Code "HOTコード" ["HOTコード"];
    NAME "name" Text "薬品名" ["薬品名" "薬剤名" "医薬品名"];
    DOSE "dose" Value "1回量" ["1回量"];
    DAILY_DOSE "daily_dose" Value "1日量" ["1日量" "用量"];
    TOTAL "total" Value "総量" ["総量" "数量"];
    UNIT "unit" Text "単位" ["単位"];
    USAGE "usage" Text "用法" ["用法" "用法名"];
    DAYS "days" Code "日数" ["日数" "投与日数"];
    TIMES "times" Code "回数" ["回数"];
    CATEGORY "category" Text "処方区分" ["処方区分" "剤形区分"];
    CLASS "class" Class "入院・外来の別" ["入外" "入外区分"];
    DOCTOR "doctor" Text "医師名" ["医師名"];
} }

fields! { checkup {
    PATIENT "patient" Patient "患者番号" ["受診者番号" "受診者キー"];
    BIRTH_DATE "birth_date" Date "生年月日" ["受診者生年月日"];
    SEX "sex" Sex "性別" ["受診者性別"];
    DATE "date" Date "健診実施日" ["健診実施年月日" "受診日" "健診日"];
    CODE "code" Code "健診項目コード (JLAC10 17桁)" [];
    NAME "name" Text "項目名" [];
    VALUE "value" Value "結果" [];
    UNIT "unit" Text "単位" [];
    FLAG "flag" Code "判定" [];
    SECTION "section" Code "区分コード" [];
    PROGRAM "program" Code "プログラム種別 (010 特定健診 …)" [];
    TICKET "ticket" Code "受診券整理番号" ["受診券整理番号"];
    TICKET_VALID_TO "ticket_valid_to" Date "受診券有効期限" ["受診券有効期限"];
} }
