//! What profiles demand, and profiles that cannot be judged.

definitions! {
    PROFILE_UNKNOWN "FHIR-070" Warning "meta.profile"
    text "プロファイル {profile} の定義がなく、照合していません" "The profile {profile} is not known: it was not checked"
    cause "URL のつづりの誤りか、定義したパッケージが入っていません。" "The URL is misspelt, or the package that defines it is not installed."
    remedy "URL を確かめるか、定義のあるパッケージを tsugite ig add で取り込んでください。" "Check the URL, or install the package that defines it with tsugite ig add."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://example.org/StructureDefinition/patient"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_VERSION "FHIR-071" Warning "meta.profile"
    text "プロファイル {profile} のこの版はなく、{used} で照合しました" "That version of {profile} is not installed: checked against {used}"
    cause "meta.profile が指す版のパッケージが入っていません。" "The package of the version named in meta.profile is not installed."
    remedy "その版のパッケージを入れるか、版を確かめてください。" "Install that version, or check the version."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS|9.9.9"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_TYPE "FHIR-072" Error "meta.profile"
    text "{profile} は {expected} のプロファイルですが、リソースは {found} です" "{profile} is a profile on {expected}, but the resource is a {found}"
    cause "別のリソースのプロファイルが書かれています。" "The profile of another resource type was written."
    remedy "meta.profile を直してください。" "Correct meta.profile."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Condition_eCS"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    FIXED "FHIR-073" Error "StructureDefinition"
    text "値は {expected} でなければなりません ({profile})" "The value must be {expected} ({profile})"
    cause "プロファイルがこの値を固定しています。" "The profile fixes this value."
    remedy "{expected} と書いてください。" "Write {expected}."
    [""
        r##"{ "resourceType": "Bundle", "meta": { "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }, "type": "document" }"##
        r##"{ "resourceType": "Bundle", "meta": { "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"] }, "type": "collection" }"##]

    PATTERN "FHIR-074" Error "StructureDefinition"
    text "値は {expected} を含まなければなりません ({profile})" "The value must have {expected} ({profile})"
    cause "プロファイルがこの部分を定めています。" "The profile demands this part."
    remedy "{expected} を書いてください。" "Add {expected}."

    SLICE_TOO_FEW "FHIR-075" Error "StructureDefinition"
    text "{element} のうち「{slice}」に当たるものは {minimum} 個以上必要ですが {count} 個です ({profile})"
         "Of {element}, “{slice}” must occur {minimum} times or more, but occurs {count} times ({profile})"
    cause "必要な種類のものがないか、system やコードが違うために当たると見なされません。"
          "The required kind is missing, or a different system or code keeps it from being recognised."
    remedy "「{slice}」に当たるものを書いてください。" "Add what “{slice}” asks for."
    ["Condition.code"
        r##"{ "coding": [
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##
        r##"{ "coding": [
  { "system": "http://medis.or.jp/CodeSystem/master-disease-keyNumber", "code": "20012345", "display": "見本病" },
  { "system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", "code": "Z999", "display": "見本病" }
] }"##]

    SLICE_TOO_MANY "FHIR-076" Error "StructureDefinition"
    text "{element} のうち「{slice}」に当たるものは {maximum} 個までですが {count} 個です ({profile})"
         "Of {element}, “{slice}” may occur {maximum} times at most, but occurs {count} times ({profile})"
    cause "同じ種類のものが多すぎます。" "There are too many of one kind."
    remedy "余分なものを取り除いてください。" "Remove the surplus."

    SLICE_CLOSED "FHIR-077" Error "StructureDefinition"
    text "許されたどの種類にも当たりません({allowed}、{profile})" "It is none of the allowed kinds ({allowed}; {profile})"
    cause "プロファイルは決まった種類のものしか許しません。種類の決まりを完全に満たさないものも当たりません。"
          "The profile allows certain kinds only; what does not fully conform to its kind is none of them."
    remedy "内容を直すか、取り除いてください。" "Correct it or remove it."

    SLICE_ORDER "FHIR-078" Error "StructureDefinition"
    text "「{slice}」の位置が順序に反します ({profile})" "“{slice}” stands out of order ({profile})"
    cause "プロファイルが並ぶ順を定めています。" "The profile fixes the order."
    remedy "順に並べ替えてください。" "Put them in order."

    PROFILE_MISSPELT "FHIR-079" Warning "meta.profile"
    text "プロファイル {profile} の定義がなく、照合していません。よく似た {near} があります" "The profile {profile} is not known and was not checked, but {near} is known"
    cause "URL のつづりの誤りと思われます。大文字と小文字も区別されます。" "The URL seems to be misspelt. Upper and lower case count."
    remedy "{near} と書いてください。" "Write {near}."
    [""
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCSS"] } }"##
        r##"{ "resourceType": "Patient", "meta": { "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"] } }"##]

    PROFILE_NOT_INSTALLED "FHIR-080" Warning "meta.profile"
    text "プロファイル {profile} を定義するパッケージ {package} が入っていないため、照合していません" "The package {package}, which defines the profile {profile}, is not installed: the profile was not checked"
    cause "パッケージがないと、プロファイルの決まりが分かりません。" "Without the package nobody knows what the profile demands."
    remedy "{package}(snapshot 付きの .tgz)を入手し、tsugite ig add で取り込んでください。" "Get {package} (the .tgz with snapshots) and install it with tsugite ig add."

    PROFILE_AMBIGUOUS "FHIR-081" Information "meta.profile"
    text "プロファイル {profile} を複数のパッケージが定義しています({packages})。{used} で照合しました" "Several packages define the profile {profile} ({packages}): checked against {used}"
    cause "版の違うパッケージが並んで入っていて、meta.profile に版がありません。" "Several versions are installed, and meta.profile names none."
    remedy "別の版で照合するには、meta.profile に |版 を付けるか、使わない版を tsugite ig remove で外してください。"
           "To check against another one, add |version to meta.profile, or remove the versions not in use with tsugite ig remove."

    INVARIANT "FHIR-090" Error "StructureDefinition"
    text "規則 {key} に反します: {human}" "The invariant {key} is broken: {human}"
    cause "定義 {profile} の規則が満たされていません。" "A rule of {profile} is not met."
    remedy "規則の文に従って直してください。" "Correct it as the rule says."
    [""
        r##"{ "resourceType": "Patient", "contact": [{ "gender": "male" }] }"##
        r##"{ "resourceType": "Patient", "contact": [{ "name": { "text": "見本 太郎" } }] }"##]

    INVARIANT_WARNING "FHIR-091" Warning "StructureDefinition"
    text "規則 {key} に反します: {human}" "The invariant {key} is broken: {human}"
    cause "定義 {profile} の規則(警告)が満たされていません。" "A rule of {profile} that only warns is not met."
    remedy "規則の文を読んで確かめてください。" "Read the rule and check."

    INVARIANT_UNKNOWN "FHIR-092" Warning "FHIRPath"
    text "規則 {key} は評価できませんでした: {why}" "The invariant {key} could not be evaluated: {why}"
    cause "規則の式が値に合わないか、知らない関数を使っています。" "The expression does not fit the value, or uses an unknown function."
    remedy "規則の文を読んで確かめてください。" "Read the rule and check by hand."
}
