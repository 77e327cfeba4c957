//! An invented SS-MIX2 storage of any size, the same at every run: patients with insurance, a problem list, allergies, and lab
//! reports of 21 results. In ISO-2022-JP, CR, as the specification has it.

use encoding_rs::ISO_2022_JP;

/// Lab reports of a patient.
pub const REPORTS: u32 = 7;

/// One file: its path below the root, and its bytes.
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// JLAC10, name, unit, typical value, range.
const TESTS: [(&str, &str, &str, &str, &str); 21] = [
    ("3A010000002327101", "総蛋白", "g/dL", "7.1", "6.6-8.1"),
    ("3A015000002327101", "アルブミン", "g/dL", "4.4", "4.1-5.1"),
    ("3B035000002327201", "ＡＳＴ", "U/L", "24", "13-30"),
    ("3B045000002327201", "ＡＬＴ", "U/L", "19", "10-42"),
    ("3B050000002327201", "ＬＤ", "U/L", "171", "124-222"),
    ("3B070000002327101", "ＡＬＰ", "U/L", "75", "38-113"),
    ("3B090000002327101", "γ－ＧＴ", "U/L", "31", "13-64"),
    ("3C015000002327101", "クレアチニン", "mg/dL", "0.82", "0.65-1.07"),
    ("3C020000002327101", "尿酸", "mg/dL", "5.3", "3.7-7.8"),
    ("3C025000002327101", "尿素窒素", "mg/dL", "14.2", "8-20"),
    ("3D010000002327101", "血糖", "mg/dL", "98", "73-109"),
    ("3F015000002327101", "中性脂肪", "mg/dL", "110", "40-234"),
    ("3F050000002327101", "総コレステロール", "mg/dL", "196", "142-248"),
    ("3F070000002327101", "ＨＤＬコレステロール", "mg/dL", "58", "38-90"),
    ("3F077000002327101", "ＬＤＬコレステロール", "mg/dL", "112", "65-163"),
    ("3H010000002326101", "ナトリウム", "mmol/L", "141", "138-145"),
    ("3H015000002326101", "カリウム", "mmol/L", "4.2", "3.6-4.8"),
    ("3H020000002326101", "クロール", "mmol/L", "104", "101-108"),
    ("3H030000002327101", "カルシウム", "mg/dL", "9.4", "8.8-10.1"),
    ("3J010000002327101", "総ビリルビン", "mg/dL", "0.7", "0.4-1.5"),
    ("3J015000002327101", "直接ビリルビン", "mg/dL", "0.1", "0-0.3"),
];

/// The files of one patient, numbered from 0: 患者基本情報, 病名, アレルギー and the reports.
pub fn patient(number: u32) -> Vec<File> {
    let id = format!("{:010}", 1_000_000 + u64::from(number));
    let mut files = Vec::new();
    let mut file = |day: &str, kind: &str, order: &str, time: &str, department: &str, text: &str| {
        let (a, b) = (&id[..3], &id[3..6]);
        let path = format!("{a}/{b}/{id}/{day}/{kind}/{id}_{day}_{kind}_{order}_{time}_{department}_1");
        files.push(File { path, bytes: ISO_2022_JP.encode(text).0.into_owned() });
    };
    let whole = "999999999999999";
    let person = person(&id);
    let doctor = "D001^例示^一郎^^^^^^^L^^^^^I";

    let mut text = header("ADT^A08^ADT_A01", number) + "EVN||20260401090000\r" + &person;
    text.push_str("PV1|0001|O|01^^^^^C\r");
    text.push_str(&format!(
        "IN1|1|06^組合管掌健康保険^JHSD0001|06139999|||||||架空|{number}|20200401|||||SEL^本人^HL70063\r"
    ));
    file("-", "ADT-00", whole, "20260401090000000", "-", &text);

    let mut text = header("PPR^ZD1^PPR_ZD1", number) + &person;
    text.push_str(&format!("PV1|0001|O|01^^^^^C||||{doctor}\r"));
    for (code, name, icd) in
        [("20054174", "胃炎", "K297"), ("20056487", "高血圧症", "I10"), ("20051815", "２型糖尿病", "E11")]
    {
        text.push_str(&format!(
            "PRB|AD|20260401|{code}^{name}^MDCDX2|P{code}|||20260401|||{icd}^^I10^O^外来時^JHSD0004||||N^回復せず^HL70241||20260401\r"
        ));
    }
    file("-", "PPR-01", whole, "20260401091000000", "-", &text);

    let mut text = header("ADT^A60^ADT_A60", number) + &person;
    text.push_str("IAM|1|FA^食物アレルギー^HL70127|^そば^99XYZ|MO^中等度^HL70128|じんましん|A^追加^HL70323\r");
    file("-", "ADT-61", whole, "20260401092000000", "-", &text);

    for report in 0..REPORTS {
        let day = format!("202604{:02}", 2 + report * 3);
        let order = format!("{:015}", u64::from(number) * 100 + u64::from(report) + 1);
        let mut text = header("OUL^R22^OUL_R22", number) + &person;
        text.push_str(&format!("PV1|0001|O|01^^^^^C||||{doctor}\r"));
        text.push_str(&format!("SPM|1|S{order}||023^血清^JC10|||||||||||||{day}0900\r"));
        text.push_str(&format!(
            "OBR|1|{order}|{order}|3^生化学的検査^JC10|||{day}0900|{day}0900||||||||{doctor}||||||{day}150000\r"
        ));
        text.push_str(&format!("ORC|SC|{order}|{order}||CM||||{day}150000|||{doctor}|||{day}||01^内科^HL70069||||例示医院||||||||O^外来患者オーダ^HL70482\r"));
        for (index, (code, name, unit, value, range)) in TESTS.iter().enumerate() {
            let line = index + 1;
            text.push_str(&format!(
                "OBX|{line}|NM|{code}^{name}^JC10^L{line:03}^{name}^99LAB||{value}|{unit}^{unit}^99UNT|{range}|N|||F|||{day}0900\r"
            ));
        }
        file(&day, "OML-11", &order, &format!("{day}150000000"), "01", &text);
    }
    files
}

fn header(kind: &str, number: u32) -> String {
    let version = "SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO";
    format!(
        "MSH|^~\\&|HIS|SEND|GW|RCV|20260401090000||{kind}|{number:09}|P|2.5||||||~ISO IR87||ISO 2022-1994|{version}\r"
    )
}

fn person(id: &str) -> String {
    let name = "架空^患者^^^^^L^I~カクウ^カンジャ^^^^^L^P";
    let address = "^^^^000-0000^JPN^H^東京都架空区見本町一丁目２番３号";
    format!("PID|0001||{id}^^^^PI||{name}||19600101|M|||{address}||^PRN^PH^^^^^^^^^000-0000-0000\r")
}
