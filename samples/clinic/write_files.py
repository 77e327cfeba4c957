#!/usr/bin/env python3
"""Writes the other half of the invented clinic: `python3 samples/clinic/write_files.py` rewrites uke/, lab/, lists/ and masters/.

The same people as in the storage, as a clinic has them whose vendor is gone: receipts, two lab companies' files, lists printed to CSV.
Every person, institution, drug and number here is invented; the names and codes of diseases are the public ones, written by hand.
The bytes are what such systems write: CP932 with CRLF. Each patient shows some rules; samples/README.md says which.
"""

import pathlib
import shutil

HERE = pathlib.Path(__file__).parent
EOF = b"\x1a"


def write(name, lines, newline="\r\n", end=b""):
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(line + newline for line in lines).encode("cp932") + end)


# --- People -----------------------------------------------------------------------------------------------------------------------

PEOPLE = {
    1: ("架空　太郎", "カクウ　タロウ", "19580412", 1),
    2: ("見本　花子", "ミホン　ハナコ", "19720903", 2),
    3: ("例示　一郎", "レイジ　イチロウ", "19850101", 1),
    4: ("仮名　さくら", "カメイ　サクラ", "20190704", 2),
    5: ("試験　次郎", "シケン　ジロウ", "19901224", 1),
    6: ("雛形　三郎", "ヒナガタ　サブロウ", "19660606", 1),
    7: ("模擬　五郎", "モギ　ゴロウ", "19410303", 1),
    8: ("空想　六子", "クウソウ　ムツコ", "19790808", 2),
    9: ("ｶｸｳ ﾅﾅｺ", "カクウ　ナナコ", "19950909", 2),
    10: ("見本　八郎", "ミホン　ハチロウ", "19600110", 1),
}

# 保険者番号, 記号, 番号, 枝番; 社保 is claimed from 支払基金 (1), the others from 国保連合会 (2).
INSURANCE = {
    1: ("  139999", "継", "１００１", "01"),
    2: ("06139999", "１２", "３４５", "02"),
    3: ("  139999", "継", "１００３", ""),
    4: ("06139999", "５５", "６７８", "03"),
    6: ("  139999", "継", "１００６", "01"),
    7: ("39139999", "", "９９００００７", ""),
    8: ("01139999", "８", "８８", "01"),
    9: ("01139999", "９", "９９", "01"),
    10: ("  139999", "継", "１０１０", "01"),
}
OLD_INSURANCE = {3: ("06139999", "７７", "３", "01")}


def payer(insurance):
    return 1 if insurance and insurance[0][:2] in ("01", "06") else 2


def number(patient):
    return f"{patient:010}"


# --- Receipts (レセプト電算処理) ----------------------------------------------------------------------------------------------------


def wareki(date):
    """令和 as digits: 20260908 → 5080908, 202609 → 50809."""
    return f"5{int(date[:4]) - 2018:02}{date[4:]}"


def birth_wareki(date):
    year = int(date[:4])
    era, base = (5, 2018) if date >= "20190501" else (4, 1988) if date >= "19890108" else (3, 1925)
    return f"{era}{year - base:02}{date[4:]}"


class Month:
    """The claims of one month, a file for each payer."""

    def __init__(self, month, western=True, short=False):
        self.month, self.western, self.short = month, western, short
        self.receipts = {1: [], 2: []}

    def date(self, date):
        return date if self.western else birth_wareki(date) if len(date) == 8 else wareki(date)

    def receipt(self, patient, rows, kind="1112", insurance=None, public=None, admitted=""):
        insurance = insurance or INSURANCE.get(patient)
        name, kana, birth, sex = PEOPLE[patient]
        re = ["RE", "{n}", kind, self.date(self.month), name, str(sex), self.date(birth), "", admitted and self.date(admitted)]
        re += [""] * 4 + [number(patient)] + [""] * 22 + [kana, ""]
        lines = [re]
        if insurance:
            ho, symbol, member, branch = insurance
            lines.append(["HO", ho, symbol, member, "1", "500"] + [""] * 9)
            if branch:
                lines.append(["SN", "1", "01", "", "", "", branch, "", ""])
        if public:
            lines.append(["KO", *public, "", "1", "500"] + [""] * 6)
        self.receipts[payer(insurance)].append(lines + rows)

    def sy(self, code, start, outcome=1, modifiers="", text="", main=False):
        return ["SY", code, self.date(start), str(outcome), modifiers, text, "01" if main else "", ""]

    def drug(self, kind, code, amount, count, day, usage=None):
        rows = [["CO", kind, "2", "810000001", usage]] if usage else []
        first = "" if usage else kind
        return rows + [["IY", first, "2", code, amount, "5", str(count)] + [""] * 6 + self.days(day, count)]

    def act(self, kind, code, day):
        return ["SI", kind, "2", code, "", "288", "1"] + [""] * 6 + self.days(day, 1)

    def days(self, day, count):
        return ["" if at != day else str(count) for at in range(1, 32)]

    def write(self):
        billed = f"{int(self.month) + 1}"
        for who, receipts in self.receipts.items():
            lines = [["IR", str(who), "13", "1", "9999999", "", "継手医院", self.date(billed), "00", "000-0000-0000"]]
            for at, receipt in enumerate(receipts, 1):
                lines += [[value.format(n=at) if value == "{n}" else value for value in row] for row in receipt]
            lines.append(["GO", str(len(receipts)), str(500 * len(receipts)), "99"])
            text = [",".join(row) for row in lines]
            if self.short:
                text = [row.rstrip(",") for row in text]
            write(f"uke/{self.month}/RECEIPTC_{who}.UKE", text, end=EOF if self.short else b"")


def august():
    """An old program: wareki, rows cut short, 0x1A at the end."""
    month = Month("202608", western=False, short=True)
    month.receipt(1, [month.sy("8833421", "20190520", main=True), month.sy("5329002", "20260301", modifiers="5081")])
    month.receipt(2, [month.sy("2809009", "20260820", main=True)])
    month.receipt(7, [month.sy("8833421", "20100101", main=True), month.sy("8830417", "20260801", 4)])
    month.receipt(10, [month.sy("4939008", "20260810", main=True)], kind="1111", admitted="20260810")
    month.write()


def september():
    month = Month("202609")
    month.receipt(1, [month.sy("8833421", "20190520", main=True), month.sy("5329002", "20260301", modifiers="5081")])
    month.receipt(2, [month.sy("2809009", "20260820", main=True)])
    month.receipt(4, [month.sy("4659007", "20260912", 2, main=True), *month.drug("21", "629999902", "6", 4, 12, "１日３回毎食後")])
    month.receipt(7, [month.sy("1519006", "20260910", main=True), month.sy("8833421", "20100101"), month.act("50", "150168510", 24),
                      ["IY", "", "2", "629999903", "1", "12", "1"] + [""] * 6 + month.days(24, 1)])
    month.write()


def october():
    month = Month("202610")
    month.receipt(1, [
        month.sy("8833421", "20190520", main=True),
        month.sy("5329002", "20260301", 2, modifiers="5081"),
        month.sy("7153018", "20250210", modifiers="2049"),
        month.sy("2500015", "20261010", modifiers="8002"),
        *month.drug("21", "629999901", "1", 28, 10, "１日１回朝食後"),
    ])
    month.receipt(2, [month.sy("2809009", "20260820", 2, main=True)])
    # Insurance changed within the month: a claim to each payer.
    month.receipt(3, [month.sy("4660009", "20261005", main=True)], insurance=OLD_INSURANCE[3])
    month.receipt(3, [month.sy("4660009", "20261005", 2, main=True), month.sy("4939008", "20261020")])
    month.receipt(4, [month.sy("4779004", "20261003", main=True)])
    month.receipt(5, [month.sy("8844446", "20240401", main=True)], kind="1212", public=("12139999", "1234567"))
    month.receipt(6, [month.sy("8844446", "20251101", main=True), month.act("80", "120002910", 21)])
    month.receipt(7, [month.sy("1519006", "20260910", main=True)])
    month.receipt(8, [
        month.sy("0000999", "20261015", text="右肩の違和感", main=True),
        month.sy("0000999", "20261015", text="胸部異常陰影の疑い"),
    ])
    month.receipt(9, [month.sy("9999998", "20261022", main=True)])
    month.receipt(10, [month.sy("4939008", "20260810", main=True), *month.drug("14", "629999904", "1", 1, 4)])
    month.write()


# --- Laboratory files -------------------------------------------------------------------------------------------------------------


def nlab():
    """A lab company's .dat: quoted columns, one line a result."""
    rows = []

    def result(patient, day, order, code, jlac, name, value, unit, flag="", range_="", material=("023", "血清")):
        names = PEOPLE[patient]
        rows.append(["KKU", number(patient), day, names[1].replace("　", " "), "MF"[names[3] - 1], "", "", "", "F",
                     "", "", order, code, jlac, name, flag, range_, value, unit, *material, "", "", "", ""])

    result(1, "20261020", "A001", "1101", "3F015000002327101", "総コレステロール", "231", "mg/dL", "H", "142-219")
    result(1, "20261020", "A001", "1102", "3D010000002227201", "グルコース", "98", "mg/dL", "", "70-109")
    result(1, "20261020", "A001", "1103", "3B035000002327201", "AST", "24", "U/L", "", "10-40")
    result(1, "20261020", "A001", "9001", "", "継手因子", "(1+)", "")
    result(2, "20261014", "A002", "2101", "2A030000001930101", "ヘモグロビン量", "9.8", "g/dL", "L", "11.6-14.8", ("019", "全血"))
    result(2, "20261014", "A002", "1110", "3C015000002327101", "クレアチニン", "<0.30", "mg/dL", "L", "0.46-0.79")
    result(8, "20261015", "A003", "1103", "3B035000002327201", "AST", "検査中", "U/L")
    write("lab/20261021.dat", [",".join(f'"{value}"' for value in row) for row in rows])


def wolf():
    """Another company's .txt: columns of its own, and an age-old padding of numbers."""
    rows = []

    def result(patient, day, order, code, name, jlac, value, unit, flag="", low="", high=""):
        people = PEOPLE[patient]
        kana = people[1].replace("　", " ")
        rows.append(["MKN", day, order, number(patient), "", kana, people[2], str(people[3]), "", "", "", day, "2", "", code, name,
                     "1", jlac, "023", "血清", "", "", flag, "N", value, unit, f"{low}-{high}" if low else "", low, high, "",
                     "", "", "", "", "", ""])

    result(4, "20261103", "700012", "G101", "特異的IgE 卵白", "5A010161602302305", "3.52", "UA/mL", "H")
    result(6, "20261104", "700013", "L201", "LDLコレステロール", "3F077000002327101", "168", "mg/dL", "H", "65", "163")
    result(7, "20261105", "700014", "L301", "HBs抗原", "5F016141002302311", "(-)", "")
    result(10, "20261105", "700015", "L103", "ALT", "3B045000002327201", "31", "U/L", "", "10", "42")
    write("lab/result_20261106.txt", [",".join(row) for row in rows])


# --- Lists ------------------------------------------------------------------------------------------------------------------------


def lists():
    """What any system can print to CSV."""
    head = "患者番号,氏名,カナ氏名,生年月日,性別,郵便番号,住所,電話番号,保険者番号,記号,番号,枝番,保険開始日,保険終了日"
    rows = [head]
    for patient, (name, kana, birth, sex) in PEOPLE.items():
        insurance = INSURANCE.get(patient, ("", "", "", ""))
        name = "架空　七子" if patient == 9 else name
        address = "" if patient == 6 else "架空県架空市例示町９丁目９９番"
        day = f"{birth[:4]}/{int(birth[4:6])}/{int(birth[6:])}"
        rows.append(",".join([number(patient), name, kana, day, "男女"[sex - 1], "000-0000", address, f"000-0000-{patient:04}",
                              insurance[0].strip(), insurance[1], insurance[2], insurance[3], "2025/4/1", "2027/3/31"]))
    write("lists/patients.csv", rows)
    write("lists/allergies.csv", [
        "患者番号,分類,アレルゲン,アレルゲンコード,症状,重症度,登録日",
        "0000000001,食物,さば,J9FC11310000,じんま疹,中等度,2026/10/1",
        "0000000001,薬剤,ペニシリン系抗菌薬,,アナフィラキシー,重度,1999/5/1",
        "0000000004,食物,鶏卵,J9FA11100000,発疹,中等度,令和8年10月15日",
        "0000000004,薬剤,なし,,,,令和8年10月15日",
    ])
    write("lists/contraindications.csv", [
        "患者番号,禁忌薬,症状,登録日",
        "0000000010,ヨード造影剤,呼吸困難,2026/11/4",
    ])


# --- Masters in the layout of 支払基金, with the few rows that this clinic needs, written by hand ------------------------------------


def masters():
    def quoted(values):
        return ",".join(f'"{value}"' for value in values)

    diseases = [
        ("8833421", "高血圧症", "20061593", "UHGQ", "I10"),
        ("8830417", "胃炎", "20054174", "TSQF", "K297"),
        ("5329002", "十二指腸潰瘍", "20064049", "BQ3M", "K269"),
        ("2500015", "２型糖尿病", "20050020", "U23V", "E11"),
        ("7153018", "変形性膝関節症", "20075847", "R09V", "M171"),
        ("2809009", "鉄欠乏性貧血", "20071355", "A4PH", "D509"),
        ("1519006", "胃癌", "20054178", "E48A", "C169"),
        ("4779004", "アレルギー性鼻炎", "20051094", "H61Q", "J304"),
        ("4660009", "急性気管支炎", "20058314", "TQ7A", "J209"),
        ("4939008", "気管支喘息", "20057913", "VRVV", "J459"),
        ("4659007", "急性上気道炎", "20058435", "HP8A", "J069"),
        ("8844446", "脂質異常症", "20091221", "L9HQ", "E785"),
    ]
    rows = []
    for code, name, key, exchange, icd in diseases:
        row = ["0", "B", code, code, str(len(name)), name, str(len(name)), name, "0", "", key, "1", exchange, "", "", icd]
        row += ["", "", "00", "0", "00", "20020601", "", "99999999"] + ["0"] * 22
        rows.append(quoted(row))
    write("masters/b_20260601.txt", rows)
    modifiers = [
        ("2049", "左", "27000358", "5186", "A2000000"),
        ("5081", "出血性", "27000164", "1086", "A5000000"),
        ("8002", "の疑い", "27000001", "5395", "A8000000"),
    ]
    write("masters/z_20260601.txt", [
        quoted(["0", "Z", code, "", "", str(len(name)), name, "", "0", "", "", "0", "0", "", "", "99999999", key, exchange, kind])
        for code, name, key, exchange, kind in modifiers
    ])


if __name__ == "__main__":
    for folder in ("uke", "lab", "lists", "masters"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    august()
    september()
    october()
    nlab()
    wolf()
    lists()
    masters()
