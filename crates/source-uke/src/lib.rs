//! レセプト電算処理システムのファイル (UKE, `RECEIPTC.UKE`): diagnoses, in-house prescriptions, identity and insurance of nearly every
//! insured clinic, without its vendor's help.
//!
//! A file is lines of comma-separated columns, CP932 and CRLF by the specification: one IR (institution), then for each receipt RE,
//! HO, KO, SN, SY (diagnoses), SI / IY / TO / CO (acts, drugs, materials, comments), SJ, and GO at the end. One RE is context:
//! patient, identity, insurance. SY and IY are records, and a series (一連) of tests, images or meals counts as one record each that is
//! not carried, because its content stands elsewhere. SI, TO, CO and SJ are billing and no records; 処方箋料 is told, since the drugs
//! of 院外処方 are not in the file.
//!
//! All receipts of a patient for one month are one whole list ([`tsugite_clinical::receipt`]), which says nothing of other months.
//! A receipt names a patient by RE 13, which is optional: without it the receipt is held, unless the settings choose [`MissingId`].
//!
//! What each format can carry of one diagnosis, where the same is written in both:
//!
//! | | UKE | SS-MIX2 PPR-01 |
//! |---|---|---|
//! | disease | receipt code, or a text | 病名管理番号, 交換用コード, ICD-10, local code |
//! | name | from the masters (but 未コード化傷病名) | written |
//! | modifiers | codes; before or behind the name by their number | codes and texts, before and behind |
//! | onset | – (診療開始日 stands for it) | PRB-16, else PRB-7, PRB-2 |
//! | end | the month | the day |
//! | outcome | 治癒, 死亡, 中止・転医 | HL70241, with remission and sequela |
//! | suspected | 8002, or the text | flag, modifier or text |
//! | main diagnosis | yes | yes |
//! | inpatient or outpatient | by receipt | by message |
//! | department | if the system fills it | yes |
//! | doctor, time of entry | – | yes |
//! | address of the patient | – | yes (ADT-00) |
//! | 枝番 | SN | IN1 |
//! | diagnoses outside insurance | – | yes |
//! | deletion | a resubmission of the month | flag, DE |
//! | 補足コメント (SY 7), symptoms (SJ) | read by people only, not carried | – |

#![forbid(unsafe_code)]

mod cut;
mod dates;
mod diagnosis;
mod drug;
mod fallback;
mod head;
pub mod issues;
mod person;
mod receipt;
mod recognise;
mod row;
mod series;
mod source;
mod writer;

pub use fallback::MissingId;
pub use source::Uke;
