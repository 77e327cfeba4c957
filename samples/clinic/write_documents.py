#!/usr/bin/env python3
"""Writes the documents of the invented clinic: `python3 samples/clinic/write_documents.py` rewrites letters/, checkups/ and qr/.

A referral that a word processor printed, one that came as CDA, a discharge summary in MML, health checks as the zip of 特定健診
and as the CSV of a program that has no XML, and a prescription's symbol as a scanner gives it. Every person, institution and drug here is invented.
"""

import pathlib
import shutil
import zipfile

HERE = pathlib.Path(__file__).parent
CLINIC = "1319999999"


def write(name, text, encoding="utf-8", newline="\n"):
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\n", newline).encode(encoding))


# --- Letters ----------------------------------------------------------------------------------------------------------------------

REFERRAL = """診療情報提供書

【患者番号】0000000001
【生年月日】1958年4月12日
【文書番号】R-2026-0001
【作成日】令和8年11月12日
【同意】あり
【紹介先】
医療機関番号: 1319999998
医療機関名: 架空総合病院
所在地: 架空県架空市例示町1丁目1番
診療科: 消化器内科
医師: 例示 医子
【紹介元】
診療科: 内科
医師: 継手 匠
【カルテから】傷病名、アレルギー、検査、処方
【紹介目的】
出血性十二指腸潰瘍の治癒判定のため、上部消化管内視鏡検査をお願いいたします。
【傷病名】
下の一覧のとおりです。
【現病歴】
2026年3月1日に黒色便で受診し、十二指腸潰瘍と診断しました。
内服で改善し、貧血の進行はありません。

高血圧症で通院中です。
【既往歴】
・2023年 胃炎（治癒）
【臨床経過】
8週間の内服の後、自覚症状はありません。
【備考】
食物（さば）と薬剤（ペニシリン系）のアレルギーがあります。
"""

CDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="1.2.392.999999.1" extension="R-2026-0002"/>
  <code code="57133-1" codeSystem="2.16.840.1.113883.6.1" displayName="診療情報提供書"/>
  <title>診療情報提供書</title>
  <effectiveTime value="20261113101500+0900"/>
  <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
  <languageCode code="ja-JP"/>
  <recordTarget>
    <patientRole>
      <id root="1.2.392.100495.20.3.51.11319999999" extension="0000000002"/>
      <addr use="HP"><postalCode>000-0000</postalCode><state>架空県</state><city>架空市</city><streetAddressLine>例示町9丁目99番</streetAddressLine></addr>
      <patient>
        <name use="IDE"><family>見本</family><given>花子</given></name>
        <name use="SYL"><family>ミホン</family><given>ハナコ</given></name>
        <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
        <birthTime value="19720903"/>
      </patient>
    </patientRole>
  </recordTarget>
  <author>
    <time value="20261113101500+0900"/>
    <assignedAuthor>
      <id extension="9001"/>
      <assignedPerson><name use="IDE"><family>継手</family><given>匠</given></name></assignedPerson>
      <representedOrganization>
        <id root="1.2.392.100495.20.3.21" extension="13"/>
        <id root="1.2.392.100495.20.3.22" extension="1"/>
        <id root="1.2.392.100495.20.3.23" extension="9999999"/>
        <name>継手医院</name>
        <addr><postalCode>000-0000</postalCode><state>架空県</state><city>架空市</city><streetAddressLine>例示町2丁目2番</streetAddressLine></addr>
      </representedOrganization>
    </assignedAuthor>
  </author>
  <custodian><assignedCustodian><representedCustodianOrganization>
    <id root="1.2.392.100495.20.3.21" extension="13"/>
    <id root="1.2.392.100495.20.3.22" extension="1"/>
    <id root="1.2.392.100495.20.3.23" extension="9999999"/>
    <name>継手医院</name>
  </representedCustodianOrganization></assignedCustodian></custodian>
  <informationRecipient typeCode="PRCP">
    <intendedRecipient>
      <informationRecipient><name><family>例示</family><given>医子</given></name></informationRecipient>
      <receivedOrganization>
        <name>婦人科</name>
        <asOrganizationPartOf><wholeOrganization>
          <id root="1.2.392.200119.6.102" extension="1319999998"/>
          <name>架空総合病院</name>
          <addr>架空県架空市例示町1丁目1番</addr>
        </wholeOrganization></asOrganizationPartOf>
      </receivedOrganization>
    </intendedRecipient>
  </informationRecipient>
  <component>
    <structuredBody>
      <component><section>
        <code code="42349-1" codeSystem="2.16.840.1.113883.6.1"/><title>紹介目的</title>
        <text><paragraph>鉄欠乏性貧血の原因の精査をお願いします。</paragraph></text>
      </section></component>
      <component><section>
        <code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>傷病名・主訴</title>
        <text><list><item>鉄欠乏性貧血</item></list></text>
        <entry><act classCode="ACT" moodCode="EVN"><statusCode code="active"/>
          <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
            <code code="29308-4" codeSystem="2.16.840.1.113883.6.1"/>
            <effectiveTime><low value="20260820"/></effectiveTime>
            <value xsi:type="CD" code="20071355" codeSystem="1.2.392.200119.4.101.2" displayName="鉄欠乏性貧血"><translation code="D50.9" codeSystem="2.16.840.1.113883.6.3"/></value>
          </observation></entryRelationship>
        </act></entry>
      </section></component>
      <component><section>
        <code code="10164-2" codeSystem="2.16.840.1.113883.6.1"/><title>現病歴</title>
        <text><paragraph>8月の検査でヘモグロビンの低下がありました。</paragraph>
          <table><thead><tr><th>日付</th><th>Hb</th></tr></thead><tbody>
            <tr><td>2026-08-20</td><td>9.1</td></tr><tr><td>2026-10-14</td><td>9.8</td></tr></tbody></table></text>
      </section></component>
    </structuredBody>
  </component>
</ClinicalDocument>
"""

MML_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://www.medxml.net/MML/v4/{path}"'
    for prefix, path in [
        ("mmlCm", "SharedComponent/Common/1.0"),
        ("mmlNm", "SharedComponent/Name/1.0"),
        ("mmlFc", "SharedComponent/Facility/1.0"),
        ("mmlDp", "SharedComponent/Department/1.0"),
        ("mmlPsi", "SharedComponent/PersonalizedInfo/1.0"),
        ("mmlCi", "SharedComponent/CreatorInfo/1.0"),
        ("mmlRd", "ContentModule/RegisteredDiagnosis/1.0"),
        ("mmlPs", "ContentModule/Prescription/1.0"),
        ("mmlSm", "ContentModule/Summary/1.0"),
    ]
)

MML_CREATOR = """<mmlCi:CreatorInfo><mmlPsi:PersonalizedInfo>
   <mmlCm:Id mmlCm:type="facility" mmlCm:tableId="MML0024">9001</mmlCm:Id>
   <mmlPsi:personName><mmlNm:Name mmlNm:repCode="I" mmlNm:tableId="MML0025"><mmlNm:family>継手</mmlNm:family><mmlNm:given>匠</mmlNm:given></mmlNm:Name></mmlPsi:personName>
   <mmlFc:Facility><mmlFc:name mmlFc:repCode="I" mmlFc:tableId="MML0025">継手医院</mmlFc:name><mmlCm:Id mmlCm:type="insurance" mmlCm:tableId="MML0027">1319999999</mmlCm:Id></mmlFc:Facility>
   <mmlDp:Department><mmlDp:name mmlDp:repCode="I" mmlDp:tableId="MML0025">内科</mmlDp:name><mmlCm:Id mmlCm:type="medical" mmlCm:tableId="MML0028">01</mmlCm:Id></mmlDp:Department>
  </mmlPsi:PersonalizedInfo><mmlCi:creatorLicense mmlCi:tableId="MML0026">doctor</mmlCi:creatorLicense></mmlCi:CreatorInfo>"""

MML = f"""<?xml version="1.0" encoding="UTF-8"?>
<Mml version="4.1.2" createDate="2026-11-14T12:00:00" xmlns="http://www.medxml.net/MML/v4/base/1.0" {MML_NAMESPACES}>
 <MmlHeader>{MML_CREATOR}<masterId><mmlCm:Id mmlCm:type="facility" mmlCm:tableId="MML0024">0000000010</mmlCm:Id></masterId></MmlHeader>
 <MmlBody>
  <MmlModuleItem><docInfo contentModuleType="summary"><title generationPurpose="summary">退院時サマリー</title><docId><uid>S-2026-0001</uid></docId><confirmDate>2026-11-14T10:00:00</confirmDate>
  {MML_CREATOR}<extRefs/></docInfo><content>
   <mmlSm:SummaryModule>
    <mmlSm:serviceHistory mmlSm:start="2026-11-04" mmlSm:end="2026-11-11"><mmlSm:inPatient><mmlSm:inPatientItem>
     <mmlSm:admission><mmlSm:date>2026-11-04</mmlSm:date><mmlSm:admissionCondition>喘鳴と呼吸困難で入院</mmlSm:admissionCondition></mmlSm:admission>
     <mmlSm:discharge><mmlSm:date>2026-11-11</mmlSm:date><mmlSm:dischargeCondition mmlSm:outcome="recovering">独歩で退院</mmlSm:dischargeCondition></mmlSm:discharge>
    </mmlSm:inPatientItem></mmlSm:inPatient></mmlSm:serviceHistory>
    <mmlRd:RegisteredDiagnosisModule><mmlRd:diagnosis mmlRd:code="4939008" mmlRd:system="ORCA">気管支喘息</mmlRd:diagnosis><mmlRd:startDate>2026-11-04</mmlRd:startDate><mmlRd:outcome>recovering</mmlRd:outcome></mmlRd:RegisteredDiagnosisModule>
    <mmlSm:chiefComplaints>呼吸困難</mmlSm:chiefComplaints>
    <mmlSm:history>数日前からの咳の後、夜間に喘鳴が強くなった。</mmlSm:history>
    <mmlSm:physicalExam>両側に喘鳴を聴取</mmlSm:physicalExam>
    <mmlSm:clinicalCourse><mmlSm:clinicalRecord mmlSm:date="2026-11-05T00:00:00">吸入で改善。</mmlSm:clinicalRecord><mmlSm:clinicalRecord>11月10日に喘鳴は消失した。</mmlSm:clinicalRecord></mmlSm:clinicalCourse>
    <mmlSm:dischargeFindings>喘鳴なし</mmlSm:dischargeFindings>
    <mmlSm:medication>退院時処方<mmlPs:PrescriptionModule><mmlPs:issuedTo>external</mmlPs:issuedTo><mmlPs:medication><mmlPs:batchNo>1</mmlPs:batchNo><mmlPs:medicine><mmlPs:name>架空錠５ｍｇ</mmlPs:name><mmlPs:code mmlPs:system="local">K-5</mmlPs:code></mmlPs:medicine><mmlPs:dose>1</mmlPs:dose><mmlPs:doseUnit>錠</mmlPs:doseUnit><mmlPs:frequencyPerDay>3</mmlPs:frequencyPerDay><mmlPs:startDate>2026-11-11</mmlPs:startDate><mmlPs:duration>P14D</mmlPs:duration><mmlPs:instruction>内服 1日3回 毎食後</mmlPs:instruction></mmlPs:medication></mmlPs:PrescriptionModule></mmlSm:medication>
    <mmlSm:plan>1週間後に外来を受診してください。</mmlSm:plan>
    <mmlSm:remarks>家族に説明済み</mmlSm:remarks>
   </mmlSm:SummaryModule>
  </content></MmlModuleItem>
 </MmlBody>
</Mml>
"""

# --- A prescription's symbol, as a scanner gives it -----------------------------------------------------------------------------------

QR = """JAHIS10
1,1,9999999,13,継手医院
2,000-0000,架空県架空市例示町2丁目2番
4,2,01,内科
5,9001,ﾂｷﾞﾃ ﾀｸﾐ,継手 匠
11,0000000001,架空 太郎,ｶｸｳ ﾀﾛｳ
12,1
13,19580412
21,1
22,139999
23,継,1001,1,01
51,20261110
101,1,1,,28
111,1,2,1011000400000000,１日１回朝食後,1
201,1,1,1,1,,架空錠５ｍｇ,1,1,錠
101,2,2,,10
111,2,1,,痛むとき,
201,2,1,1,1,,見本錠６０ｍｇ,1,1,錠
"""

# --- Health checks (特定健診) --------------------------------------------------------------------------------------------------------


# The programs write the names beside the codes.
NAMES = {
    "9N001000000000001": "身長",
    "9N006000000000001": "体重",
    "9N011000000000001": "BMI",
    "9N016160100000001": "腹囲(実測)",
    "9A751000000000001": "収縮期血圧(1回目)",
    "9A761000000000001": "拡張期血圧(1回目)",
    "3F015000002327101": "空腹時中性脂肪(トリグリセリド)",
    "3F070000002327101": "HDLコレステロール",
    "3F077000002327101": "LDLコレステロール",
    "3B035000002327201": "AST(GOT)",
    "3C020000002327101": "血清尿酸",
    "3D010000001926101": "空腹時血糖",
    "3D046000001906202": "HbA1c(NGSP値)",
    "1A020000000191111": "尿糖",
    "9N701000000000011": "服薬1(血圧)",
    "9N736000000000011": "喫煙",
    "9N511000000000049": "医師の診断(判定)",
    "9N516000000000049": "健康診断を実施した医師の氏名",
}


def item(code, value="", unit="", kind="PQ", flags="", system="", absent="", low="", high="", means=""):
    negation = ' negationInd="true"' if absent == "not-performed" else ""
    if absent == "not-performed":
        value = ""
    elif absent == "not-measurable":
        value = '<value xsi:type="PQ" nullFlavor="NI"/>'
    elif kind == "PQ":
        value = f'<value xsi:type="PQ" value="{value}" unit="{unit}"/>'
    elif kind in ("CD", "CO"):
        name = f' displayName="{means}"' if means else ""
        value = f'<value xsi:type="{kind}" code="{value}" codeSystem="{system}"{name}/>'
    else:
        value = f'<value xsi:type="ST">{value}</value>'
    flag = f'<interpretationCode code="{flags}"/>' if flags else ""
    ends = "".join(f'<{end} value="{at}" unit="{unit}"/>' for end, at in (("low", low), ("high", high)) if at)
    limits = f'<referenceRange><observationRange><value xsi:type="IVL_PQ">{ends}</value></observationRange></referenceRange>' if ends else ""
    code = f'<code code="{code}" displayName="{NAMES[code]}"/>'
    return f'<entry><observation classCode="OBS" moodCode="EVN"{negation}>{code}{value}{flag}{limits}</observation></entry>'


QUESTION = "1.2.392.200119.6.2003"
SMOKING = "1.2.392.200119.6.24060"


def checkup(kana, birth, sex, insured, ticket, day, items, extra=()):
    payer, symbol, number, branch = insured
    organisation = f"""<id extension="{CLINIC}" root="1.2.392.200119.6.102"/><name>継手医院</name>
        <telecom value="tel:000-0000-0000"/><addr><postalCode>000-0000</postalCode>架空県架空市例示町2丁目2番</addr>"""
    additional = ""
    if extra:
        additional = f"""
      <component><section>
        <code code="01990" codeSystem="1.2.392.200119.6.1010" displayName="任意追加項目セクション"/><title>任意追加項目セクション</title><text/>
        {"".join(extra)}
      </section></component>"""
    branch = f'<id extension="{branch}" root="1.2.392.200119.6.211"/>' if branch else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:hl7-org:v3 ../XSD/hc08_V08.xsd">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id nullFlavor="NI"/>
  <code code="10" codeSystem="1.2.392.200119.6.1001"/>
  <effectiveTime value="{day}"/>
  <confidentialityCode code="N"/>
  <recordTarget><patientRole>
    <id extension="{payer}" root="1.2.392.200119.6.101"/><id extension="{symbol}" root="1.2.392.200119.6.204"/>
    <id extension="{number}" root="1.2.392.200119.6.205"/>{branch}
    <addr><postalCode>000-0000</postalCode>架空県架空市例示町9丁目99番</addr>
    <patient><name>{kana}</name><administrativeGenderCode code="{sex}" codeSystem="1.2.392.200119.6.1104"/><birthTime value="{birth}"/></patient>
  </patientRole></recordTarget>
  <author><time value="{day}"/><assignedAuthor><id nullFlavor="NI"/><representedOrganization>{organisation}</representedOrganization></assignedAuthor></author>
  <custodian><assignedCustodian><representedCustodianOrganization><id nullFlavor="NI"/></representedCustodianOrganization></assignedCustodian></custodian>
  <participant typeCode="HLD"><functionCode code="1" codeSystem="1.2.392.200119.6.208"/><time><high value="20270331"/></time>
    <associatedEntity classCode="IDENT"><id extension="{ticket}" root="1.2.392.200119.6.209.{payer}"/><scopingOrganization><id extension="{payer}" root="1.2.392.200119.6.101"/></scopingOrganization></associatedEntity>
  </participant>
  <documentationOf><serviceEvent><code code="010" codeSystem="1.2.392.200119.6.1002"/><effectiveTime value="{day}"/>
    <performer typeCode="PRF"><assignedEntity><id nullFlavor="NI"/><representedOrganization>{organisation}</representedOrganization></assignedEntity></performer>
  </serviceEvent></documentationOf>
  <component><structuredBody>
      <component><section>
        <code code="01010" codeSystem="1.2.392.200119.6.1010" displayName="検査・問診結果セクション"/><title>検査・問診結果セクション</title><text/>
        {"".join(items)}
      </section></component>{additional}
  </structuredBody></component>
</ClinicalDocument>
"""


def checkups():
    first = checkup("レイジ　イチロウ", "19850101", 1, ("00139999", "継", "1003", ""), "26099990001", "20261008", [
        item("9N001000000000001", "171.4", "cm"),
        item("9N006000000000001", "82.5", "kg"),
        item("9N011000000000001", "28.1", "kg/m2", flags="H"),
        item("9N016160100000001", "96.0", "cm", flags="H"),
        item("9A751000000000001", "142", "mm[Hg]", flags="H", high="129"),
        item("9A761000000000001", "88", "mm[Hg]", flags="H", high="84"),
        item("3F070000002327101", "38", "mg/dL", flags="L", low="40"),
        item("3F077000002327101", "161", "mg/dL", flags="H", low="60", high="119"),
        item("3B035000002327201", "24", "U/L", high="30"),
        item("1A020000000191111", "1", kind="CO", system="1.2.392.200119.6.2102", means="－"),
        item("3D010000001926101", absent="not-performed"),
        item("9N701000000000011", "2", kind="CD", system=QUESTION, means="いいえ"),
        item("9N736000000000011", "3", kind="CD", system=SMOKING, means="いいえ"),
        item("9N511000000000049", "血圧とコレステロールが高めです。", kind="ST"),
        item("9N516000000000049", "継手 匠", kind="ST"),
    ])
    second = checkup("クウソウ　ムツコ", "19790808", 2, ("01139999", "8", "88", "01"), "26099990002", "20261009", [
        item("9N001000000000001", "158.2", "cm"),
        item("9N006000000000001", "51.0", "kg"),
        item("9N016160100000001", absent="not-measurable"),
        item("9A751000000000001", "118", "mm[Hg]"),
        item("9A761000000000001", "72", "mm[Hg]"),
        item("3F077000002327101", "102", "mg/dL"),
        item("9N511000000000049", "特記すべきことなし", kind="ST"),
        item("9N516000000000049", "継手 匠", kind="ST"),
    ], extra=[item("3C020000002327101", "5.1", "mg/dL")])
    folder = f"{CLINIC}_00139999_202610100_1"
    with zipfile.ZipFile(prepared(f"checkups/{folder}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in [
            ("ix08_V08.xml", index(2)),
            ("su08_V08.xml", summary(2)),
            (f"DATA/h{CLINIC}20261010000001.xml", first),
            (f"DATA/h{CLINIC}20261010000002.xml", second),
        ]:
            # A fixed day: the same archive every time.
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", (2026, 10, 10, 0, 0, 0)), text)


# A program without XML: one line a person, the codes of the items in the heading.
COLUMNS = [
    ("KEY1", "受診者キー", "0000000002"),
    ("受診者保険者番号", "", "06139999"),
    ("受診者被保険者記号", "", "１２"),
    ("受診者被保険者番号", "", "３４５"),
    ("受診者被保険者番号枝番", "", "02"),
    ("受診者氏名", "", "ミホン　ハナコ"),
    ("受診者生年月日", "", "19720903"),
    ("受診者性別", "", "2"),
    ("受診者郵便番号", "", "000-0000"),
    ("受診者住所", "", "架空県架空市例示町9丁目99番"),
    ("受診券整理番号", "", "26099990003"),
    ("受診券有効期限", "", "20270331"),
    ("健診実施年月日", "", "20261015"),
    ("9N001000000000001", "身長", "155.4"),
    ("9N006000000000001", "体重", "48.6"),
    ("9N011000000000001", "BMI", "20.1"),
    ("9N016160100000001", "腹囲(実測)", "未実施"),
    ("9N056000000000011", "既往歴", "1"),
    ("9N056160400000049", "具体的な既往歴", "子宮筋腫"),
    ("9A751000000000001", "収縮期血圧(1回目)", "112"),
    ("9A761000000000001", "拡張期血圧(1回目)", "68"),
    ("3F015000002327101", "空腹時中性脂肪(トリグリセリド)", "74"),
    ("3F077000002327101", "LDLコレステロール", "98"),
    ("3D046000001906202", "HbA1c(NGSP値)", "5.4"),
    ("9N736000000000011", "喫煙", "3"),
    ("9N511000000000049", "医師の診断(判定)", "貧血のため通院を続けてください。"),
    ("9N516000000000049", "健康診断を実施した医師の氏名", "継手 匠"),
]


def table():
    numbers = ",".join(str(number) for number in range(1, len(COLUMNS) + 1))
    rows = [",".join(column[at] for column in COLUMNS) for at in range(3)]
    return f"#{numbers}\n#{rows[0]}\n#{rows[1]}\n{rows[2]}\n"


def prepared(name):
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
CHECKUP = 'xmlns="https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html"'


def index(count):
    return f"""{HEAD}<index {CHECKUP}><interactionType code="1"/><creationTime value="20261010"/>
  <sender><id root="1.2.392.200119.6.102" extension="{CLINIC}"/></sender><receiver><id root="1.2.392.200119.6.101" extension="00139999"/></receiver>
  <serviceEventType code="1"/><totalRecordCount value="{count}"/></index>
"""


def summary(count):
    return f"""{HEAD}<summary {CHECKUP}><serviceEventType code="1"/><totalSubjectCount value="{count}"/></summary>
"""


if __name__ == "__main__":
    for folder in ("letters", "checkups", "qr"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    write("letters/R-2026-0001.txt", REFERRAL, "cp932", "\r\n")
    write("letters/R-2026-0002.xml", CDA)
    write("letters/S-2026-0001.xml", MML)
    write("qr/20261110.csv", QR, "cp932", "\r\n")
    checkups()
    write("checkups/kenshin_20261015.csv", table(), "cp932", "\r\n")
