//! What the sandbox centre answers. The real 処理結果コード are not public.

/// A result code.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    pub code: &'static str,
    pub text: &'static str,
    /// Of the transmission; otherwise of the processing.
    pub transmission: bool,
}

const fn processing(code: &'static str, text: &'static str) -> Code {
    Code { code, text, transmission: false }
}

const fn transmission(code: &'static str, text: &'static str) -> Code {
    Code { code, text, transmission: true }
}

pub static ACCEPTED: Code = processing("SBX0000I", "正常に処理しました。");
pub static DUPLICATE: Code = processing("SBX1001W", "同じ内容がすでに登録されています。");
pub static EXISTS: Code = processing("SBX1002E", "同じ Bundle-ID の別の内容がすでに登録されています。");
pub static NOT_REGISTERED: Code = processing("SBX1003E", "指定された情報は登録されていません。");
pub static UNKNOWN_INSURED: Code = processing("SBX2001E", "被保険者番号の資格が確認できません。");
pub static REFUSED: Code = processing("SBX3001E", "臨床情報の検査でエラーがあります。");
pub static UNREADABLE: Code = transmission("SBX3002E", "要求ファイルの形式が正しくありません。");
pub static INSTITUTION: Code = transmission("SBX3003E", "医療機関コードが正しくないか、Bundle-ID と一致しません。");
pub static TRIAL: Code = transmission("SBX3004E", "試行用のデータは登録できません。");
pub static BUNDLE_ID: Code = processing("SBX3005E", "Bundle-ID が正しくないか、臨床情報と一致しません。");
pub static TOO_LARGE: Code = transmission("SBX3006E", "要求ファイルの大きさが上限を超えています。");
pub static INSURED_ID: Code = processing("SBX3007E", "被保険者識別子が正しくないか、臨床情報と一致しません。");
pub static NO_ATTACHMENT: Code = processing("SBX3008E", "文書が参照する添付情報が登録されていません。");
/// Answered by faults only.
pub static BUSY: Code = transmission("SBX9001E", "しばらく待ってから送信してください。");
/// In no table, on purpose.
pub static STRANGE: Code = processing("SBX8001E", "処理できませんでした。");

pub static ALL: [&Code; 15] = [
    &ACCEPTED,
    &DUPLICATE,
    &EXISTS,
    &NOT_REGISTERED,
    &UNKNOWN_INSURED,
    &REFUSED,
    &UNREADABLE,
    &INSTITUTION,
    &TRIAL,
    &BUNDLE_ID,
    &TOO_LARGE,
    &INSURED_ID,
    &NO_ATTACHMENT,
    &BUSY,
    &STRANGE,
];

pub(crate) fn find(code: &str) -> Option<&'static Code> {
    ALL.into_iter().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_upstream::{Class, Interface, ResultMessage};

    #[test]
    fn the_default_interface_knows_every_code() {
        let interface = Interface::from_toml(include_str!("../../../mappings/upstream/clins.toml")).unwrap();
        for code in ALL {
            let mut message = ResultMessage { status: "2".into(), ..ResultMessage::default() };
            if code.transmission {
                message.error_code = code.code.into();
            } else {
                message.code = code.code.into();
            }
            let class = match code.code {
                "SBX0000I" => {
                    message.status = "1".into();
                    Class::Accepted
                }
                "SBX1001W" => Class::Duplicate,
                "SBX1002E" => Class::Exists,
                "SBX1003E" => Class::NotRegistered,
                "SBX2001E" => Class::Qualification,
                "SBX8001E" => Class::Unknown,
                "SBX9001E" => Class::Transport,
                _ => Class::Content,
            };
            assert_eq!(interface.classify(&message), class, "{}", code.code);
            assert_eq!(find(code.code), Some(code));
        }
    }
}
