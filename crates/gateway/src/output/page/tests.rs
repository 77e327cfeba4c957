use super::*;

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
        "傷病名（登録される項目）",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(html(b"{\"resourceType\":\"Patient\"}").is_none() && html(b"no json").is_none());
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
