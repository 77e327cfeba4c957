//! The files that travel: as they are written, and whatever comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod golden;
mod hostile;

use tsugite_upstream::{Finding, Interface, Operation, Request, ResultMessage};

pub fn interface() -> Interface {
    Interface::from_toml(include_str!("../../../../mappings/upstream/clins.toml")).unwrap()
}

pub fn request(operation: Operation) -> Request {
    Request {
        operation,
        institution: "1319999999".into(),
        file_id: "TG000001".into(),
        insured_id: "00999901:記号＆:３４５:01".into(),
        bundle_id: "1319999999^2026^0b8e6f0c-5d2a-5b7e-9d1c-3f1f6f1f2a3b".into(),
        payload: (operation.action.has_payload())
            .then(|| "{\"resourceType\":\"Bundle\",\"x\":\"試験 <花子>\"}".as_bytes().to_vec()),
        attachment: None,
        signature: None,
    }
}

pub fn accepted() -> ResultMessage {
    ResultMessage {
        institution: "1319999999".into(),
        file_id: "TG000001".into(),
        status: "1".into(),
        code: "SBX0000I".into(),
        message: "正常に処理しました。".into(),
        ..ResultMessage::default()
    }
}

pub fn refused() -> ResultMessage {
    let finding = |code: &str, message: &str| Finding { code: code.into(), message: message.into() };
    ResultMessage {
        status: "2".into(),
        code: "SBX3001E".into(),
        message: "臨床情報の検査でエラーがあります。".into(),
        findings: vec![
            finding("STRICT-001", "Bundle.entry[0] <&>"),
            finding("STRICT-002", ""),
            finding("STRICT-003", "x\ry"),
        ],
        ..accepted()
    }
}

pub fn not_processed() -> ResultMessage {
    ResultMessage {
        institution: "1319999999".into(),
        file_id: "TG000001".into(),
        error_code: "SBX9001E".into(),
        error_message: "しばらく待ってから送信してください。".into(),
        ..ResultMessage::default()
    }
}
