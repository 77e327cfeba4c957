use super::{contained::human_name, url, version::insured_system};
use crate::{person::Person, run::Run};
use tsugite_clinical::{
    body::{Address, Name, Sex},
    insurance::InsuredId,
};
use tsugite_fhir::{
    Resource, data_absent, identifier, meta,
    resources::Patient,
    types::{self, ContactPoint, HumanName},
};

/// JP_Patient_eCS, or the profile that the bundle names its patient by.
pub fn patient(run: &Run, person: &Person, insured: &InsuredId, last_updated: &str, profile: &str) -> Resource {
    let institution = &run.site.institution.number;
    // An id that is made of the insured id is no number of the clinic's own.
    let local = Some(run.patient_id).filter(|id| !id.contains(':'));
    let local = local.map(|id| identifier(&format!("{}{institution}", url::LOCAL_PATIENT_OID), id));
    let insured = identifier(insured_system(insured.kind), &insured.to_string());
    Resource::Patient(Box::new(Patient {
        meta: Some(Box::new(meta(profile, last_updated))),
        extension: vec![super::contained::institution_extension(institution)],
        identifier: local.into_iter().chain([insured]).collect(),
        name: person.names.iter().map(|name| patient_name(name, person.unsplit)).collect(),
        telecom: person
            .patient
            .telecoms
            .iter()
            .filter(|telecom| !telecom.number.trim().is_empty())
            .map(telecom)
            .collect(),
        gender: Some(gender(person.patient.sex).into()),
        birth_date: Some(person.birth_date.to_string().into()),
        address: vec![person.address().map_or_else(absent_address, address)],
        ..Patient::default()
    }))
}

const fn gender(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Male) => "male",
        Some(Sex::Female) => "female",
        Some(Sex::Other) => "other",
        Some(Sex::Unknown) | None => "unknown",
    }
}

/// A name that is not split is all family name, with a given name that is said to be unknown.
fn patient_name(name: &Name, unsplit: bool) -> HumanName {
    let mut written = human_name(name);
    if unsplit && written.given.is_empty() {
        written.family = written.text.clone();
        written.given = vec![types::String { extension: vec![data_absent("unknown")], ..types::String::default() }];
    }
    written
}

fn telecom(telecom: &tsugite_clinical::body::Telecom) -> ContactPoint {
    ContactPoint {
        system: Some("phone".into()),
        value: Some(telecom.number.trim().into()),
        r#use: Some(if telecom.work { "work" } else { "home" }.into()),
        ..ContactPoint::default()
    }
}

fn address(address: &Address) -> types::Address {
    let text = address.text.trim();
    let (state, city) = places(text);
    types::Address {
        text: Some(text.into()),
        state: state.map(Into::into),
        city: city.map(Into::into),
        postal_code: address
            .postal_code
            .as_deref()
            .filter(|code| !code.trim().is_empty())
            .map(|code| code.trim().into()),
        ..types::Address::default()
    }
}

fn absent_address() -> types::Address {
    let text = types::String { extension: vec![data_absent("unknown")], ..types::String::default() };
    types::Address { text: Some(text), ..types::Address::default() }
}

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// 都道府県 and 市区 where the text begins with them beyond doubt. 市川市, 四日市市, 余市郡 … are doubtful, and stay whole in the text.
fn places(text: &str) -> (Option<&'static str>, Option<&str>) {
    let Some((state, rest)) = PREFECTURES.iter().find_map(|name| Some((*name, text.strip_prefix(name)?))) else {
        return (None, None);
    };
    (Some(state), city(rest.trim_start()))
}

fn city(rest: &str) -> Option<&str> {
    const ENDS: [char; 5] = ['市', '区', '町', '村', '郡'];
    let (at, end) = rest.char_indices().find(|(_, c)| ENDS.contains(c))?;
    let after = at + end.len_utf8();
    let next_ends = rest.get(after..)?.starts_with(ENDS);
    (at > 0 && matches!(end, '市' | '区') && !next_ends).then(|| rest.get(..after)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefecture_and_city_are_told_only_beyond_doubt() {
        for (text, state, town) in [
            ("静岡県静岡市登呂１－３－５", Some("静岡県"), Some("静岡市")),
            ("東京都千代田区架空町1-2-3", Some("東京都"), Some("千代田区")),
            ("神奈川県横浜市中区1", Some("神奈川県"), Some("横浜市")),
            ("北海道余市郡余市町", Some("北海道"), None),
            ("千葉県市川市八幡", Some("千葉県"), None),
            ("三重県四日市市諏訪町", Some("三重県"), None),
            ("東京都町田市原町田", Some("東京都"), None),
            ("高知県高岡郡佐川町", Some("高知県"), None),
            ("千代田区1", None, None),
            ("", None, None),
        ] {
            assert_eq!(places(text), (state, town), "{text}");
        }
    }
}
