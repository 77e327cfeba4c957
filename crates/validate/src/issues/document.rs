//! Documents (診療情報提供書, 退院時サマリー, 健診結果報告書).

definitions! {
    SECTION_EMPTY "STRICT-801" Warning "Tsugite policy; FHIR R4 cmp-2"
    text "セクションに entry があるのに、{element} は記載なしとしています" "The section has entries, but {element} says that there is nothing"
    cause "文章だけを見る人と entry を読むシステムとで、内容の有無が食い違います。"
          "Who reads the text and what reads the entries disagree about whether there is anything."
    remedy "内容があれば text に書き、なければ entry を取り除いてください。" "Say in the text what there is, or remove the entries."
    [""
        r##"{ "resourceType": "Composition", "section": [{
  "title": "既往歴",
  "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">特になし</div>" },
  "entry": [{ "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" }]
}] }"##
        r##"{ "resourceType": "Composition", "section": [{
  "title": "既往歴",
  "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">見本病</div>" },
  "entry": [{ "reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02" }]
}] }"##]
}
