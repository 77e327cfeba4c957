use crate::support::{bodies, ends, items, lists, read_as};
use tsugite_clinical::{Presence, RecordKind};

#[test]
fn an_allergy_list_keeps_what_each_line_says() {
    let output = read_as(
        "ADT-61",
        "ADT^A60",
        &[
            "IAM|1|FA^食物アレルギー^HL70127|5A1002411023006^ソバ^JC10|MO^中等度^HL70128|湿疹~咳|A^追加^HL70323|||||2003|小学校低学年の頃|20070710||||C^確定^HL70438",
            "IAM|2|MC^種々の禁忌^HL70127|1^造影剤^99XYZ|||D^削除^HL70323",
            "IAM|3|DA^薬剤アレルギー^HL70127|^仮マイシン||||||",
        ],
    );
    let allergies = bodies!(output, Allergy);
    let (first, fact) = &allergies[0];
    assert_eq!(first.category.as_ref().unwrap().code, "FA");
    assert_eq!(first.reactions, ["湿疹", "咳"]);
    assert_eq!(first.onset.unwrap().to_string(), "2003");
    assert_eq!(first.onset_text.as_deref(), Some("小学校低学年の頃"));
    assert_eq!(first.recorded.unwrap().to_string(), "2007-07-10");
    assert_eq!(first.verification.as_ref().unwrap().code, "C");
    assert_eq!(fact.presence, Presence::Present);
    assert_eq!(allergies[1].1.presence, Presence::Deleted);
    assert_eq!(items(&output), ["5A1002411023006^JC10+0", "1^99XYZ+0", "仮マイシン+0"]);
    assert_eq!(lists(&output).len(), 1);
}

#[test]
fn no_allergy_is_no_fact() {
    let output = read_as(
        "ADT-61",
        "ADT^A60",
        &["IAM|1|DA^薬剤^HL70127|0^なし^99XYZ", "IAM|2|FA^食物^HL70127|", "IAM|3|FA|^特になし|||D"],
    );
    assert_eq!(bodies!(output, Allergy).len(), 0);
    let none = (RecordKind::Allergy, "SSMIX2-106");
    assert_eq!(ends(&output), [none, none, (RecordKind::Allergy, "retracted")]);
    // An empty list is a list all the same.
    assert_eq!(lists(&output)[0].scope.feed.as_ref(), "ADT-61");
}

#[test]
fn each_message_with_al1_has_its_own_list() {
    let al1 = "AL1|1|DA^薬剤アレルギー^HL70127|4^仮セフェム^99XYZ|SV^重度^HL70128|発疹|199601";
    for (data_type, kind, feed, part) in [
        ("ADT-00", "ADT^A08", "ADT-00", ""),
        ("OMP-01", "RDE^O11", "OMP-01", "2024-03-16:000000000000077"),
        ("OMP-02", "RDE^O11", "OMP-01", "2024-03-16:000000000000077"),
        ("ADT-22", "ADT^A01", "OMP-01", "2024-03-16:000000000000077"),
    ] {
        let output = read_as(data_type, kind, &[al1]);
        let allergies = bodies!(output, Allergy);
        let scope = &allergies[0].1.key.scope;
        assert_eq!((scope.feed.as_ref(), scope.part.as_ref()), (feed, part), "{data_type}");
        assert_eq!(allergies[0].0.onset.unwrap().to_string(), "1996-01");
        let own = lists(&output).iter().filter(|list| list.scope == *scope).count();
        assert_eq!(own, 1, "{data_type}");
    }
}

#[test]
fn identical_rows_are_told_apart_by_their_order_alone() {
    let row = "IAM|1|MA^種々^HL70127|J9NP14110000^ラテックス^J-FAGY|SV|湿疹|A";
    let output = read_as("ADT-61", "ADT^A60", &[row, &row.replace("湿疹", "蕁麻疹")]);
    assert_eq!(items(&output), ["J9NP14110000^J-FAGY+0", "J9NP14110000^J-FAGY+1"]);
}
