//! What a round did, in numbers and in words.

use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};
use tsugite_issue::{Issue, Lang, Text};
use tsugite_store::{Operation, SubmissionState};

use super::{deliver::Delivered, intend::Intentions, scan::Scan};

/// The sums of one round. Holds no patient data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    pub files: Files,
    pub patients: u64,
    pub units: Units,
    /// Nothing was put into the outbox: a person must say yes first.
    pub waits_for_approval: bool,
    pub answers: Answers,
    /// Lines of the desk's list that stand for records which could not be used when their file was read.
    pub held_records: u64,
    /// Codes of everything that was said, with their number.
    pub issues: BTreeMap<String, u64>,
    /// Units that would be cancelled or shrink without a person's yes.
    #[serde(skip)]
    pub losing: usize,
    #[serde(skip)]
    pub told: Vec<Issue>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Files {
    /// New or changed.
    pub read: u64,
    pub unchanged: u64,
    pub held: u64,
    pub vanished: u64,
}

/// What the comparison with the ledger asks for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Units {
    pub register: u64,
    pub change: u64,
    pub cancel: u64,
    pub unchanged: u64,
    pub held: u64,
    pub withdrawn: u64,
}

/// How what was handed over stands now.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answers {
    pub registered: u64,
    pub changed: u64,
    pub cancelled: u64,
    pub rejected: u64,
    /// An answer that no table explains.
    pub unclear: u64,
    pub no_answer: u64,
    /// Waits in the outbox.
    pub waiting: u64,
    /// Waits for a person before its first registration.
    pub for_review: u64,
}

impl Summary {
    pub fn scanned(&mut self, scan: &Scan) {
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        self.files = Files {
            read: scan.read,
            unchanged: scan.unchanged,
            held: number(scan.held.len()),
            vanished: number(scan.vanished.len()),
        };
    }

    pub fn intended(&mut self, intentions: &Intentions) {
        self.patients = intentions.patients;
        self.units.unchanged = intentions.unchanged;
        self.units.held = intentions.held_units;
        self.units.withdrawn = u64::try_from(intentions.withdraw.len()).unwrap_or(u64::MAX);
        for intention in &intentions.enqueue {
            match intention.operation {
                Operation::Register => self.units.register += 1,
                Operation::Change => self.units.change += 1,
                Operation::Cancel => self.units.cancel += 1,
            }
        }
    }

    pub(super) fn delivered(&mut self, delivered: &Delivered) {
        for submission in delivered.settled.values() {
            let count = match (submission.state, submission.operation) {
                (SubmissionState::Accepted, Operation::Register) => &mut self.answers.registered,
                (SubmissionState::Accepted, Operation::Change) => &mut self.answers.changed,
                (SubmissionState::Accepted, Operation::Cancel) => &mut self.answers.cancelled,
                (SubmissionState::Rejected, _) => &mut self.answers.rejected,
                (SubmissionState::Unclear, _) => &mut self.answers.unclear,
                (SubmissionState::Lost | SubmissionState::Sent, _) => &mut self.answers.no_answer,
                _ => continue,
            };
            *count += 1;
        }
    }

    pub fn tell(&mut self, issues: impl IntoIterator<Item = Issue>) {
        for issue in issues {
            *self.issues.entry(issue.code().to_owned()).or_default() += 1;
            self.told.push(issue);
        }
    }

    /// Whether a person should look.
    pub fn needs_attention(&self) -> bool {
        let errors = self.told.iter().any(|issue| issue.severity() == tsugite_issue::Severity::Error);
        let Answers { rejected, unclear, no_answer, for_review, .. } = self.answers;
        errors
            || self.waits_for_approval
            || self.units.held + self.files.held + self.held_records + rejected + unclear + no_answer + for_review > 0
    }

    pub fn print(&self, lang: Lang, planned_only: bool, out: &mut dyn Write) -> io::Result<()> {
        let Self { files, units, answers, .. } = self;
        let mut line = |text: Text, numbers: &[u64]| {
            let mut said = text.get(lang).to_owned();
            for number in numbers {
                said = said.replacen("{}", &number.to_string(), 1);
            }
            writeln!(out, "{said}")
        };
        line(FILES, &[files.read, files.unchanged, files.held])?;
        line(UNITS, &[self.patients, units.register, units.change, units.cancel, units.unchanged, units.held])?;
        if !planned_only {
            line(ANSWERS, &[answers.registered, answers.changed, answers.cancelled])?;
            if answers.rejected + answers.unclear + answers.no_answer > 0 {
                line(TROUBLE, &[answers.rejected, answers.unclear, answers.no_answer])?;
            }
            if answers.waiting + answers.for_review > 0 {
                line(WAITING, &[answers.waiting, answers.for_review])?;
            }
        }
        if self.held_records > 0 {
            line(RECORDS, &[self.held_records])?;
        }
        self.print_issues(lang, out)
    }

    /// Each code once, errors of the round itself with what to do.
    fn print_issues(&self, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
        let mut said = std::collections::BTreeSet::new();
        for issue in &self.told {
            let of_round = ["SEND-", "STORE-", "UPSTREAM-"].iter().any(|area| issue.code().starts_with(area));
            if of_round && said.insert(issue.code()) {
                writeln!(out, "{} {}", issue.code(), issue.text(lang))?;
                writeln!(out, "  → {}", issue.remedy(lang))?;
            }
        }
        let others: u64 =
            self.issues.iter().filter(|(code, _)| !said.contains(code.as_str())).map(|(_, count)| *count).sum();
        if others > 0 {
            let text = REMARKS.get(lang).replace("{}", &others.to_string());
            writeln!(out, "{text}")?;
        }
        if self.units.held + self.files.held + self.held_records > 0 {
            writeln!(out, "{}", HELD.get(lang))?;
        }
        Ok(())
    }
}

const FILES: Text =
    Text::new("ファイル: 新規・変更 {}、変更なし {}、保留 {}", "files: {} new or changed, {} unchanged, {} held");
const UNITS: Text = Text::new(
    "患者 {} 人: 登録 {}、変更 {}、取消 {}、変更なし {}、保留 {}",
    "{} patients: {} to register, {} to change, {} to cancel, {} unchanged, {} held",
);
const ANSWERS: Text = Text::new(
    "センターの受付: 登録 {}、変更 {}、取消 {}",
    "accepted by the centre: {} registered, {} changed, {} cancelled",
);
const TROUBLE: Text = Text::new(
    "受付されなかったもの: 拒否 {}、結果不明 {}、応答なし {}",
    "not accepted: {} refused, {} unclear, {} without an answer",
);
const WAITING: Text =
    Text::new("待っているもの: 送信待ち {}、確認待ち {}", "waiting: {} to be sent, {} for a doctor's look");
const RECORDS: Text = Text::new(
    "ファイルの中で読み取れず保留にした記録: {}",
    "records that are held as they could not be used when their file was read: {}",
);
const REMARKS: Text = Text::new(
    "記録についての注意 {} 件（`tsugite convert` の報告で確認できます）",
    "{} remarks on records (`tsugite convert` lists them in its report)",
);
const HELD: Text = Text::new("保留の一覧と対処: `tsugite held`", "what is held and what to do: `tsugite held`");
