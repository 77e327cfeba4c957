#!/usr/bin/env python3
"""Writes the storage of the invented clinic: `python3 samples/clinic/write_ssmix2.py` rewrites samples/clinic/ssmix2.

Every person, institution and number here is invented. The bytes are what a vendor's system would write: ISO-2022-JP with CR.
Each patient shows some rules; samples/README.md says which.
"""

import pathlib
import shutil

INSTITUTION = "1319999999"
ROOT = pathlib.Path(__file__).parent / "ssmix2" / INSTITUTION
WHOLE_LIST = "999999999999999"
DOCTOR = "9001^継手^匠^^^^^^^L^^^^^I"
DEPARTMENT = "01^内科^SSMIX2"


def msh(event, control, time):
    return (
        rf"MSH|^~\&|TEHAI|KAKUU|GW|RCV|{time}||{event}|{control}|P|2.5||||||~ISO IR87||ISO 2022-1994|"
        "SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO"
    )


class Patient:
    """One folder of the storage."""

    def __init__(self, number, kanji, kana, birth, sex, address="^^^^000-0000^JPN^H^架空県架空市例示町9丁目99番", insurance=()):
        self.id = f"{number:010}"
        self.kanji, self.kana, self.birth, self.sex = kanji, kana, birth, sex
        self.address, self.insurance = address, insurance
        self.control = number * 1000

    def pid(self, patient_id=None, birth=None):
        name = f"{self.kanji}^^^^^L^I~{self.kana}^^^^^L^P" if self.kana else self.kanji
        return f"PID|0001||{patient_id or self.id}^^^^PI||{name}||{birth or self.birth}|{self.sex}|||{self.address}||^PRN^PH^^^^^^^^^000-0000-{self.id[-4:]}"

    def write(self, kind, time, segments, day="-", order=WHOLE_LIST, department="-", flag="1", event="", pid=None):
        self.control += 1
        name = f"{self.id}_{day}_{kind}_{order}_{time:0<17}_{department}_{flag}"
        folder = ROOT / self.id[:3] / self.id[3:6] / self.id / day / kind
        folder.mkdir(parents=True, exist_ok=True)
        lines = [msh(event, self.control, time[:14]), pid or self.pid(), *segments]
        text = "".join(line + "\r" for line in lines)
        (folder / name).write_bytes(encode(text))

    def basics(self, time, extra=(), flag="1", pid=None):
        self.write("ADT-00", time, [*self.visit_line(), *extra, *self.insurance], event="ADT^A08^ADT_A01", flag=flag, pid=pid)

    def visit_line(self, patient_class="O"):
        return [f"PV1|0001|{patient_class}|01^^^^^C||||{DOCTOR}"]

    def visit(self, day):
        time = day + "0900"
        self.write("ADT-12", time, [f"EVN||{time}", *self.visit_line()], day, f"{day}0000001", "01", event="ADT^A04^ADT_A01")

    def problems(self, time, entries, flag="1"):
        segments = []
        for number, (prb, zpr) in enumerate(entries, 1):
            segments += [prb.replace("{id}", f"{self.id}-{number}"), *([zpr] if zpr else []), orc("NW", f"{number:015}", time)]
        self.write("PPR-01", time, segments, event="PPR^ZD1^PPR_ZD1", flag=flag)

    def allergies(self, time, entries):
        segments = [f"IAM|{number}|{entry}" for number, entry in enumerate(entries, 1)]
        self.write("ADT-61", time, [f"EVN||{time[:14]}", *segments], event="ADT^A60^ADT_A60")

    def lab(self, day, order, time, groups, flag="1", control="SC", pid=None):
        order = f"{order:015}"
        segments = self.visit_line()
        for number, (material, panel, results) in enumerate(groups, 1):
            segments.append(f"SPM|{number}|{order[-8:]}{number}||{material}|||||||||||||{day}0915")
            segments.append(f"OBR|1|{order}|{order[-8:]}|{panel}|||{day}0915|{day}0915||||||||{DOCTOR}||||||{time[:14]}")
            segments.append(orc(control, order, time))
            sequence = 0
            for result in results:
                if result.startswith("OBX|"):
                    sequence += 1
                    result = result.replace("OBX|", f"OBX|{sequence}|", 1)
                segments.append(result)
        self.write("OML-11", time, segments, day, order, "01", flag, "OUL^R22^OUL_R22", pid)


def orc(control, order, time):
    return f"ORC|{control}|{order}|||CM||||{time[:14]}|{DOCTOR}||{DOCTOR}|||||{DEPARTMENT}||||継手医院||||||||O^外来患者オーダ^HL70482"


def prb(code, icd10, onset, *, action="AD", kind="O^外来時^JHSD0004", suspected="", outcome="", ended="", main="", established=None):
    fields = {1: action, 2: "20261101", 3: code, 4: "{id}", 7: established or onset, 9: ended, 10: f"{icd10}^^I10^{kind}",
              13: suspected, 14: outcome, 15: ended, 16: onset, 18: main}
    return "PRB|" + "|".join(fields.get(n, "") for n in range(1, 19)).rstrip("|")


def zpr(prefix_number="", prefix_code="", suffix_number="", suffix_code="", exchange=""):
    return f"ZPR|{prefix_number}||{suffix_number}|{prefix_code}|{exchange}|{suffix_code}"


def obx(kind, test, value, unit="", reference="", flag="", status="F", sub=""):
    unit = f"{unit}^{unit}^99UNT" if unit else ""
    return f"OBX|{kind}|{test}|{sub}|{value}|{unit}|{reference}|{flag}|||{status}"


def iam(category, allergen, severity="", reaction="", action="A^追加^HL70323", onset="", onset_text="", recorded=""):
    return f"{category}|{allergen}|{severity}|{reaction}|{action}|||||{onset}|{onset_text}|{recorded}"


def in1(kind, payer, symbol, number, branch, start="20250401", end="20270331", row=1):
    return f"IN1|{row}|{kind}|{payer}|||||||{symbol}~{number}~{branch}||{start}|{end}||||SEL^本人^HL70063"


def encode(text):
    out = bytearray()
    for piece in text.split("㎎"):
        if out:
            out += b"\x1b$B\x2d\x53\x1b(B"  # NEC row 13, which the standard forbids and vendors write
        out += piece.encode("iso2022_jp")
    return bytes(out)


DRUG, FOOD, VARIOUS, CONTRA = (f"{c}^HL70127" for c in ("DA^薬剤アレルギー", "FA^食物アレルギー", "MA^種々のアレルギー", "MC^種々の禁忌"))
MILD, MODERATE, SEVERE = "MI^軽度^HL70128", "MO^中等度^HL70128", "SV^重度^HL70128"
SERUM, BLOOD, URINE, PLASMA = "023^血清^JC10", "019^全血(添加物入り)^JC10", "001^尿^JC10", "022^血漿^JC10"
BIOCHEMISTRY, HAEMATOLOGY, IMMUNOLOGY, URINALYSIS = "3^生化学的検査^JC10", "2^血液学的検査^JC10", "5^免疫学的検査^JC10", "1^尿検査^JC10"
RECOVERED, REMISSION, DIED, UNCHANGED = "F^完全に回復^HL70241", "R^寛解^HL70241", "D^死亡^HL70241", "N^回復せず^HL70241"


def main():
    shutil.rmtree(ROOT, ignore_errors=True)

    taro = Patient(1, "架空^太郎", "カクウ^タロウ", "19580412", "M", insurance=[in1("C0^国民健康保険^JHSD0001", "139999", "継", "1001", "01")])
    taro.basics("20261110101500")
    taro.visit("20261110")
    taro.problems("20261110102000", [
        (prb("20061593^高血圧症^MDCDX2", "I10", "20190520", main="1^主診断^JHSD0007"), ""),
        (prb("20064049^十二指腸潰瘍^MDCDX2", "K269", "20260301"), zpr(prefix_code="1086^出血性^MDCDX2", exchange="BQ3M^十二指腸潰瘍^MDCDX2")),
        (prb("20054174^胃炎^MDCDX2", "K297", "202301", outcome=RECOVERED, ended="20230430"), ""),
        (prb("20054174^胃炎^MDCDX2", "K297", "20150601", outcome=RECOVERED, ended="20150701"), ""),
        (prb("20050020^２型糖尿病^MDCDX2", "E11", "20261110", suspected="1^疑い^JHSD0005"), ""),
        (prb("20075847^変形性膝関節症^MDCDX2", "M171", "20250210"), zpr(prefix_number="27000358^左^MDCDX2", prefix_code="5186^左^MDCDX2")),
        (prb("99999^継手医院腰痛症^99KTG", "M5456", "", established="20240811"), ""),
    ])
    taro.allergies("20261110103000", [
        iam(FOOD, "J9FC11310000^さば^J-FAGY", MODERATE, "じんま疹", onset_text="小学校低学年の頃"),
        iam(FOOD, "J9FC11310000^さば^J-FAGY", MODERATE, "腹痛", onset_text="小学校低学年の頃"),
        iam(DRUG, "1^ペニシリン系抗菌薬^99KTG", SEVERE, "アナフィラキシー", onset="19990501"),
    ])
    taro.lab("20261110", 101, "20261110150000", [
        (SERUM, BIOCHEMISTRY, [
            obx("NM", "3B035000002327201^AST(GOT)^JC10^0101^ＡＳＴ^99KTG", "31", "U/L", "13-30", "H"),
            obx("NM", "3B045000002327201^ALT(GPT)^JC10^0102^ＡＬＴ^99KTG", "28", "U/L", "10-42"),
            obx("NM", "3C015000002329101^クレアチニン^JC10^0110^クレアチニン^99KTG", "0.90", "mg/dL", "0.65-1.07"),
            obx("ST", "5C070000002206401^ＣＲＰ^JC10^0120^ＣＲＰ^99KTG", "<0.05", "mg/dl", "0.14以下"),
            obx("ST", "0199^血清情報^99KTG", "乳び(-)"),
        ]),
        (BLOOD, HAEMATOLOGY, [
            obx("NM", "2A990000001930952^白血球数^JC10", "6120", "/μL", "3300-8600"),
            obx("NM", "2A030000001930901^ヘモグロビン^JC10", "14.2", "g/dL", "13.7-16.8"),
            obx("ST", "3D046000001906102^HbA1c(NGSP)^JC10", "7.2", "%", "4.9-6.0", "H"),
        ]),
    ])

    hanako = Patient(2, "見本^花子", "ミホン^ハナコ", "19720903", "F", insurance=[in1("06^組合管掌健康保険^JHSD0001", "06139999", "１２", "３４５", "02")])
    hanako.basics("20261105090000", flag="2")
    hanako.basics("20261112090000")
    hanako.visit("20261105")
    infections = lambda hcv, status: [
        (SERUM, IMMUNOLOGY, [
            obx("ST", "5F016141002306311^ＨＢｓ抗原^JC10", "(-)"),
            obx("ST", "5F360151002319011^ＨＣＶ抗体^JC10", hcv, status=status),
            obx("ST", "5E075000002310305^ＴＰ抗体^JC10", "<80", "倍"),
            obx("ST", "8Z999000002300000^継手独自検査^99KTG", "1+"),
        ]),
    ]
    hanako.lab("20261105", 201, "20261105160000", infections("判定保留", "F"), flag="2")
    hanako.lab("20261105", 201, "20261107110000", infections("陰性", "C"))
    hanako.problems("20261105101000", [(prb("20071355^鉄欠乏性貧血^MDCDX2", "D509", "20260820"), "")])

    ichiro = Patient(3, "例示^一郎", "レイジ^イチロウ", "19850101", "M", insurance=[in1("C0^国民健康保険^JHSD0001", "139999", "継", "1003", "")])
    ichiro.basics("20261001090000")
    ichiro.visit("20261001")
    potassium = lambda value: [(SERUM, BIOCHEMISTRY, [obx("NM", "3H015000002327201^カリウム^JC10", value, "mEq/L", "3.6-4.8")])]
    ichiro.lab("20261001", 301, "20261001150000", potassium("9.9"), flag="0")
    ichiro.lab("20261001", 301, "20261002083000", potassium("9.9"), flag="0", control="CA")
    ichiro.lab("20261001", 302, "20261002090000", potassium("4.1"))

    sakura = Patient(4, "仮名^さくら", "カメイ^サクラ", "20190704", "F", insurance=[in1("06^組合管掌健康保険^JHSD0001", "06139999", "55", "678", "03")])
    sakura.basics("20261015090000")
    sakura.visit("20261015")
    sakura.allergies("20261015093000", [
        iam(FOOD, "J9FA11100000^鶏卵^J-FAGY", MODERATE, "発疹"),
        iam(FOOD, "J9FB11100000^牛乳^J-FAGY", MILD, "下痢", action="D^削除^HL70323"),
        iam(DRUG, "^なし^99KTG"),
        iam(VARIOUS, "J9NP14110000^ラテックス^J-FAGY", MILD),
    ])

    jiro = Patient(5, "試験^次郎", "シケン^ジロウ", "19901224", "M", insurance=[in1("12^生活保護^JHSD0001", "12139999", "", "1234567", "")])
    jiro.basics("20261020090000")
    jiro.visit("20261020")
    jiro.lab("20261020", 501, "20261020140000", potassium("4.4"))

    saburo = Patient(6, "雛形^三郎", "ヒナガタ^サブロウ", "19660606", "M", address="", insurance=[in1("C0^国民健康保険^JHSD0001", "139999", "継", "1006", "01")])
    saburo.basics("20261021090000")
    saburo.lab("20261021", 601, "20261021140000", potassium("4.0"))

    goro = Patient(7, "模擬^五郎", "モギ^ゴロウ", "19410303", "M", insurance=[in1("39^後期高齢者医療^JHSD0001", "39139999", "", "99000007", "")])
    goro.basics("20261022090000")
    goro.visit("20261022")
    goro.problems("20261022100000", [
        (prb("20054178^胃癌^MDCDX2", "C169", "20260910"), ""),
        (prb("20061593^高血圧症^MDCDX2", "I10", "20100101", outcome=REMISSION, ended="20260801"), ""),
        (prb("20054174^胃炎^MDCDX2", "K297", "20260101", outcome=UNCHANGED, ended="20260701"), ""),
        (prb("20084317^腰部打撲後の違和感^MDCDX2", "", "2024"), ""),
    ])

    mutsuko = Patient(8, "空想^六子", "クウソウ^ムツコ", "19790808", "F", insurance=[in1("01^全国健康保険協会^JHSD0001", "01139999", "8", "88", "01")])
    mutsuko.basics("20261101090000")
    mutsuko.visit("20261101")
    mutsuko.lab("20261101", 801, "20261101170000", [
        (URINE, URINALYSIS, [
            obx("ST", "1A990000000191171^尿蛋白半定量(㎎)^JC10", "3+(300)"),
            obx("ST", "5C070000001819012^ＣＲＰ定性^JC10", "±"),
            obx("ST", "5C070000001819012&TCM^検査コメント^99KTG", "乳び軽度"),
            "NTE|1||再検済み",
        ]),
        (SERUM, BIOCHEMISTRY, [
            obx("ST", "3F015000002327101^中性脂肪^JC10", r"1.2×10\S\2", "mg/dL"),
            obx("ST", "3D010000002327101^血糖^JC10", "100以上", "mg/dL"),
            obx("ST", "3H010000002327101^ナトリウム^JC10", "検体不足", status="X"),
            obx("NM", "3H020000002326101^クロール^JC10", '""'),
        ]),
    ])
    mutsuko.lab("20261102", 802, "20261102170000", [(SERUM, BIOCHEMISTRY, [
        obx("NM", "3C020000002329101^尿酸^JC10", "5.1", "mg/dL", status="P"),
    ])])

    nanako = Patient(9, "架空七子", "", "19950909", "F", insurance=[in1("01^全国健康保険協会^JHSD0001", "01139999", "9", "99", "01")])
    nanako.basics("20261103090000")
    nanako.lab("20261103", 901, "20261103150000", potassium("3.9"))

    hachiro = Patient(10, "見本^八郎", "ミホン^ハチロウ", "19600110", "M", insurance=[
        in1("51^特定疾患^JHSD0001", "51139999", "", "7654321", "", row=1),
        in1("C0^国民健康保険^JHSD0001", "139999", "継", "1010", "01", row=2),
    ])
    hachiro.basics("20261104080000", extra=[
        obx("NM", "9N001000000000001^身長^JC10", "170.2", "cm").replace("OBX|", "OBX|1|", 1),
        "AL1|1|DA^薬剤アレルギー^HL70127|1^セフェム系抗菌薬^99KTG",
    ])
    admission, discharge = "20261101", "20261104"
    stay = f"PV1|0001|I|01^^^^^C||||{DOCTOR}" + "|" * 37
    hachiro.write("ADT-22", admission + "100000", [f"EVN||{admission}1000", stay + f"{admission}1000"], admission, "000000000001001", "01", event="ADT^A01^ADT_A01")
    hachiro.write("ADT-52", discharge + "100000", [f"EVN||{discharge}1000", stay + f"{admission}1000|{discharge}1000"], discharge, "000000000001002", "01", event="ADT^A03^ADT_A03")
    hachiro.allergies("20261104090000", [
        iam(CONTRA, "2^ヨード造影剤^99KTG", SEVERE, "呼吸困難"),
        iam(DRUG, "1^セフェム系抗菌薬^99KTG", MILD, "発疹"),
    ])
    hachiro.lab("20261102", 1003, "20261102120000", [(PLASMA, HAEMATOLOGY, [obx("NM", "2B030000002231157^PT-INR^JC10", "1.02")])])
    hachiro.lab("20261103", 1004, "20261103120000", potassium("4.2"), pid=hachiro.pid(patient_id="0000000011"))
    hachiro.lab("20261103", 1005, "20261103130000", potassium("4.3"), pid=hachiro.pid(birth="19711111"))
    hachiro.write("OMP-01", "20261104110000", [
        *hachiro.visit_line("I"),
        orc("NW", "000000000001006", "20261104110000").replace("|000000000001006||", "|000000000001006||1|", 1),
        "RXE||108665201^架空錠５㎎^HOT9|1||TAB^錠^MR9P|||||15|TAB^錠^MR9P||||||||3^TAB&錠&MR9P||OHP^外来処方^MR9P",
        "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||5^d|20261104",
        "RXR|PO^口^HL70162",
    ], discharge, "000000000001006", "01", event="RDE^O11^RDE_O11")
    hachiro.write("OMD", "20261101180000", [orc("NW", "000000000001007", "20261101180000"), "ODS|D||1^常食^99KTG"], admission, "000000000001007", "01", event="OMD^O03^OMD_O03")

    kyuko = Patient(11, "空想^九子", "クウソウ^キュウコ", "19300505", "F", insurance=[in1("39^後期高齢者医療^JHSD0001", "39139999", "", "99000011", "", end="20260331")])
    kyuko.basics("20261106090000")
    kyuko.visit("20261106")
    kyuko.problems("20261106091000", [
        (prb("20061593^高血圧症^MDCDX2", "I10", "20190101"), ""),
        (prb("20054174^胃炎^MDCDX2", "K297", "20200101", action="DE"), ""),
    ])


if __name__ == "__main__":
    main()
