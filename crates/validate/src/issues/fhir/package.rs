//! The packages themselves.

definitions! {
    PACKAGE_UNREADABLE "FHIR-100" Error "FHIR NPM packages"
    text "パッケージ {package} を読めません: {why}" "The package {package} cannot be read: {why}"
    cause ".tgz が壊れているか、FHIR のパッケージではありません。" "The .tgz is broken, or no FHIR package."
    remedy "もう一度入手してください。" "Get it again."

    PACKAGE_DIFFERENTIAL "FHIR-101" Error "FHIR NPM packages"
    text "パッケージ {package} には snapshot がありません(差分だけの定義 {count} 件)" "The package {package} has no snapshots ({count} definitions with a differential only)"
    cause "同じ版に snapshot のあるものと差分だけのものが公開されています。" "The same version is published with snapshots and with differentials only."
    remedy "{needed} の snapshot 付きの .tgz(ファイル名に -snap とあるもの)を入手し、tsugite ig add で取り込んでください。" "Get the .tgz of {needed} that has snapshots (-snap in its file name), and install it with tsugite ig add."

    PACKAGE_FILE "FHIR-102" Warning "FHIR NPM packages"
    text "パッケージ {package} の {count} ファイルを読めません: {files}" "{count} files of the package {package} cannot be read: {files}"
    cause "JSON の誤りか、定義として足りないところがあります。" "They are no JSON, or lack what makes a definition."
    remedy "パッケージの版を確かめてください。" "Check the version of the package."

    PACKAGE_INVARIANT "FHIR-103" Warning "FHIRPath"
    text "パッケージの規則 {key} の式を扱えません: {why}" "The expression of invariant {key} is beyond this validator: {why}"
    cause "知らない関数か、式の書き誤りです。この規則は照合されません。" "It uses an unknown function, or is miswritten. This rule will not be checked."
    remedy "この規則は人が確かめてください。" "Check this rule by hand."

    PACKAGE_RELEASE "FHIR-104" Error "FHIR NPM packages"
    text "パッケージ {package} は FHIR {found} のもので、R4 ではありません" "The package {package} is for FHIR {found}, not R4"
    cause "別の版の FHIR のパッケージです。" "It was made for another version of FHIR."
    remedy "FHIR 4.0.1 用のものを入れてください。" "Install the one for FHIR 4.0.1."

    PACKAGE_DEPENDENCY "FHIR-105" Warning "FHIR NPM packages"
    text "パッケージ {package} が必要とする {needed} が入っていません(入っている版: {instead})" "The package {package} builds on {needed}, which is not installed (installed versions: {instead})"
    cause "足りないパッケージの定義によるところは照合されません。別の版があれば、それで照合します。"
          "What rests on its definitions is not checked, or checked against the version that is there."
    remedy "{needed} を入手し、tsugite ig add で取り込んでください。" "Get {needed} and install it with tsugite ig add."

    PACKAGE_REFERENCE "FHIR-106" Warning "FHIR NPM packages"
    text "パッケージ {package} が引く定義のうち {count} 件がどのパッケージにもありません(例: {example})" "{count} definitions that the package {package} refers to are in no installed package (such as {example})"
    cause "組になるパッケージが入っていません。その定義が求めることは照合されません。" "A package that belongs with it is not installed. What those definitions demand is not checked."
    remedy "{needed} の定義があるパッケージを入手し、tsugite ig add で取り込んでください。" "Get the package with the definitions of {needed} and install it with tsugite ig add."

    PACKAGE_CONTEXT "FHIR-107" Warning "FHIRPath"
    text "拡張 {url} の置き場所の式を扱えません: {why}" "The expression of where the extension {url} may stand is beyond this validator: {why}"
    cause "知らない関数か、式の書き誤りです。この拡張の場所は照合されません。" "It uses an unknown function, or is miswritten. The place of this extension will not be checked."
    remedy "拡張の場所は人が確かめてください。" "Check the place of the extension by hand."
}
