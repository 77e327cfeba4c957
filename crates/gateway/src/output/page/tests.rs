use super::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};

const EVIL: &str = "</td></table><script>alert('x')</script><img src=x onerror=y>\\\"'";

fn bundle(text: &str, div: &str) -> String {
    format!(
        r##"{{"resourceType":"Bundle","identifier":{{"value":"{text}"}},"entry":[
        {{"fullUrl":"urn:uuid:1","resource":{{"resourceType":"Composition","title":"{text}","date":"2026-11-20T15:30:00+09:00",
          "identifier":{{"value":"{text}"}},"subject":{{"reference":"urn:uuid:2"}},"section":[
          {{"title":"紹介先情報","code":{{"coding":[{{"code":"910"}}]}},"entry":[{{"reference":"urn:uuid:3"}},{{"reference":"urn:uuid:4"}}]}},
          {{"title":"構造情報","code":{{"coding":[{{"code":"300"}}]}},"section":[
            {{"title":"{text}","text":{{"div":"{div}"}},"entry":[{{"reference":"urn:uuid:5"}},{{"reference":"urn:uuid:6"}},
              {{"reference":"urn:uuid:7"}},{{"reference":"urn:uuid:8"}},{{"reference":"urn:uuid:9"}},{{"reference":"urn:uuid:10"}}]}}]}}]}}}},
        {{"fullUrl":"urn:uuid:2","resource":{{"resourceType":"Patient","name":[{{"text":"{text}"}}],"birthDate":"{text}","gender":"{text}"}}}},
        {{"fullUrl":"urn:uuid:3","resource":{{"resourceType":"Organization","name":"{text}","address":[{{"text":"{text}"}}]}}}},
        {{"fullUrl":"urn:uuid:4","resource":{{"resourceType":"Practitioner","name":[{{"family":"{text}"}}]}}}},
        {{"fullUrl":"urn:uuid:5","resource":{{"resourceType":"Condition","code":{{"text":"{text}","coding":[{{"system":"{text}","code":"{text}"}}]}},"onsetDateTime":"{text}"}}}},
        {{"fullUrl":"urn:uuid:6","resource":{{"resourceType":"AllergyIntolerance","code":{{"text":"{text}"}},"category":["{text}"],"note":[{{"text":"{text}"}}]}}}},
        {{"fullUrl":"urn:uuid:7","resource":{{"resourceType":"Observation","code":{{"text":"{text}"}},"valueQuantity":{{"value":1.50,"unit":"{text}"}},"effectiveDateTime":"{text}"}}}},
        {{"fullUrl":"urn:uuid:8","resource":{{"resourceType":"MedicationRequest","medicationCodeableConcept":{{"text":"{text}"}},"dosageInstruction":[{{"text":"{text}"}}]}}}},
        {{"fullUrl":"urn:uuid:9","resource":{{"resourceType":"DocumentReference","content":[{{"attachment":{{"contentType":"image/png","title":"{text}","data":"{text}"}}}}]}}}},
        {{"fullUrl":"urn:uuid:10","resource":{{"resourceType":"Procedure","code":{{"text":"{text}"}},"text":{{"div":"{div}"}}}}}}]}}"##
    )
}

#[test]
fn hostile_texts_stay_text_wherever_they_stand() {
    let harmless = html(bundle("a", "<p>a</p>").as_bytes()).unwrap();
    let div = format!("<p>{EVIL}</p>").replace("\\\"", "\\\\\\\"");
    let evil = bundle(EVIL, &div.replace("\\\\\\\"", "\\\""));
    let page = html(evil.as_bytes()).unwrap();
    for bad in ["<script", "<img src=x", "onerror=y>", "alert('x')"] {
        assert!(!page.contains(bad), "{bad}: {page}");
    }
    // Of the harmless picture only a size is shown where its data are none.
    let tags = |page: &str| page.matches('<').count();
    assert_eq!(tags(&page), tags(&harmless) - 1, "{page}");
}

#[test]
fn a_page_shows_who_writes_to_whom_and_what() {
    let page = html(bundle("心電図", "<p>労作時の胸痛</p>").as_bytes()).unwrap();
    for expected in [
        "<h2>紹介先</h2>",
        "2026年11月20日 15:30",
        "<div class=\"narrative\"><p>労作時の胸痛</p></div>",
        "1.50 心電図",
        "傷病名（本文のほかに登録される内容）",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(html(b"{\"resourceType\":\"Patient\"}").is_none() && html(b"no json").is_none());
}

#[test]
fn what_a_text_says_is_shown_once_and_the_codes_stand_at_the_end() {
    let said = "<p>心電図 1.50 心電図（心電図発症）</p>";
    let page = html(bundle("心電図", said).as_bytes()).unwrap();
    assert!(!page.contains("傷病名（") && !page.contains("検査・所見（"), "{page}");
    let codes = page.split_once("<details class=\"codes\">").unwrap().1;
    assert!(codes.contains("<td>心電図</td><td class=\"code\"><span title=\"心電図\">心電図</span></td>"), "{codes}");
    let other = html(bundle("心電図", &said.replace("1.50", "1.5")).as_bytes()).unwrap();
    assert!(!other.contains("傷病名（") && other.contains("検査・所見（"), "another value: {other}");
}

#[test]
fn the_cda_that_is_carried_is_shown_as_text() {
    let cda = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><structuredBody><component><section><title>紹介目的</title>\
               <text><paragraph>精査をお願いします。</paragraph><script>alert(1)</script></text></section></component>\
               </structuredBody></component></ClinicalDocument>";
    let original = r#"{"title":"CDA参照","code":{"coding":[{"code":"200"}]},"entry":[{"reference":"urn:uuid:9"}]},
           {"title":"構造情報""#;
    let page = bundle("a", "<p>a</p>")
        .replacen(r#"{"title":"構造情報""#, original, 1)
        .replace("image/png", "application/xml")
        .replace("\"data\":\"a\"", &format!("\"data\":\"{}\"", STANDARD.encode(cda)));
    let page = html(page.as_bytes()).unwrap();
    assert!(page.contains("<h3>紹介目的</h3>") && page.contains("<p>精査をお願いします。</p>"), "{page}");
    assert!(!page.contains("alert"), "{page}");
}

#[test]
fn a_visit_of_several_sections_is_shown_once() {
    let visit = r#"{"fullUrl":"urn:uuid:8","resource":{"resourceType":"Encounter","class":{"code":"IMP"},
        "period":{"start":"2026-11-04","end":"2026-11-11"},"reasonCode":[{"text":"喘鳴"}]}}"#;
    let medication = bundle("a", "");
    let (head, tail) = medication.split_once(r#"{"fullUrl":"urn:uuid:8""#).unwrap();
    let rest = tail.split_once("\n").unwrap().1;
    let twice = format!("{head}{visit},\n{rest}").replace(
        r#"{"title":"構造情報""#,
        r#"{"title":"入院理由","text":{"div":"<p>発熱</p>"},"entry":[{"reference":"urn:uuid:8"}]},{"title":"構造情報""#,
    );
    let page = html(twice.as_bytes()).unwrap();
    assert_eq!(page.matches("受診・入院（").count(), 1, "{page}");
    let said = html(twice.replace("発熱", "喘鳴のため2026年11月4日から2026年11月11日まで").as_bytes()).unwrap();
    assert_eq!(said.matches("受診・入院（").count(), 0, "{said}");
}

#[test]
fn an_insured_id_is_read_by_its_parts() {
    let page = bundle("a", "").replace(
        r#""name":[{"text":"a"}],"birthDate""#,
        r#""name":[{"text":"ミホン ハナコ"},{"text":"ミホンハナコ","extension":[{"valueCode":"SYL"}]}],
           "identifier":[{"system":"http://x/JP_Insurance_memberID","value":"00139999:継:１００３:"}],"birthDate""#,
    );
    let page = html(page.as_bytes()).unwrap();
    assert!(page.contains("保険者番号 00139999　記号 継　番号 １００３<"), "{page}");
    assert!(page.contains("<bdi>ミホン ハナコ</bdi></td>"), "a reading that says the same is not repeated: {page}");
}

#[test]
fn a_page_names_nothing_outside_of_itself() {
    let page = html(bundle("https://example.org/x", "<p>https://example.org</p>").as_bytes()).unwrap();
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    for attribute in ["href=", "url(", "@import", "<link", "<script", "action="] {
        assert!(!page.contains(attribute), "{attribute}");
    }
    assert!(page.split("src=").skip(1).all(|rest| rest.starts_with("\"data:")), "{page}");
}

#[test]
fn a_text_that_is_sent_as_a_file_is_shown_as_text() {
    // <script>alert('x')</script> in Base64.
    let page = bundle("a", "<p>a</p>")
        .replace("\"contentType\":\"image/png\"", "\"contentType\":\"text/plain\"")
        .replace("\"data\":\"a\"", "\"data\":\"PHNjcmlwdD5hbGVydCgneCcpPC9zY3JpcHQ+\"");
    let page = html(page.as_bytes()).unwrap();
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), "{page}");
}
