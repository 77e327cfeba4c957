use super::{
    super::{
        Found, Kind, Masters,
        kind::{CODE, NAME, by, col},
    },
    Gap, Link, Note, given, only,
};
use tsugite_clinical::Date;

/// A drug with what its masters say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drug<'m> {
    /// 販売名.
    pub name: &'m str,
    pub yj: Result<Yj<'m>, Gap>,
    /// 一般名処方コード.
    pub general: Result<General<'m>, Gap>,
    pub notes: Vec<Note>,
}

/// YJコード.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yj<'m> {
    pub code: &'m str,
    /// 薬価基準収載医薬品コード, taken for a YJ code because no HOT master says more: the two differ where a drug is listed under its
    /// general name (統一名収載).
    pub of_price_list: bool,
}

/// 一般名処方コード with 一般名処方の標準的な記載.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct General<'m> {
    pub code: &'m str,
    pub name: &'m str,
}

/// 電子処方箋用法コード with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage<'m> {
    pub code: &'m str,
    pub name: &'m str,
}

impl Masters {
    /// By レセ電医薬品コード, 9 digits.
    ///
    /// # Errors
    /// No master, or none that has the code.
    pub fn drug_of_receipt(&self, receipt: &str, as_of: Option<Date>) -> Result<Drug<'_>, Gap> {
        let mut notes = Vec::new();
        let listed = self.standing(Kind::Drug, receipt, as_of, &mut notes);
        let of_hot = self.only_yj(by::hot::RECEIPT, receipt, as_of);
        let Some(listed) = listed else {
            let hot = self.find_by(Kind::Hot, by::hot::RECEIPT, receipt, as_of).ok_or_else(|| self.gap(Kind::Drug))?;
            return Ok(self.hot_drug(hot, of_hot, as_of));
        };
        let yj = of_hot.or_else(|_| self.yj_of_listed(listed, as_of));
        let general = general_of_listed(listed).or_else(|gap| match yj {
            Ok(yj) => self.general_of_yj(yj.code, as_of),
            Err(_) => Err(gap),
        });
        Ok(Drug { name: listed.row.get(NAME), yj, general, notes })
    }

    /// By a HOT code of 7, 9 or 13 digits. HOT9 does not name one row, so a YJ code is given where all rows agree.
    ///
    /// # Errors
    /// No master, or none that has the code.
    pub fn drug_of_hot(&self, hot: &str, as_of: Option<Date>) -> Result<Drug<'_>, Gap> {
        let (index, code) = match hot.len() {
            7 => (by::hot::HOT7, hot),
            13 if self.find(Kind::Hot, hot, as_of).is_some() => (by::CODE, hot),
            _ => (by::hot::HOT9, hot.get(..9).unwrap_or(hot)),
        };
        let found = self.find_by(Kind::Hot, index, code, as_of).ok_or_else(|| self.gap(Kind::Hot))?;
        Ok(self.hot_drug(found, self.only_yj(index, code, as_of), as_of))
    }

    fn hot_drug<'m>(&'m self, found: Found<'m>, yj: Result<Yj<'m>, Gap>, as_of: Option<Date>) -> Drug<'m> {
        // Where brands of one general name share a code, that name is what is known.
        let codes = yj.map_or(found.row.get(col::hot::YJ), |yj| yj.code);
        let general = self.general_of_yj(codes, as_of);
        let notes = found.other_edition.then_some(Note::OtherEdition(found.edition.date));
        Drug { name: found.row.get(NAME), yj, general, notes: notes.into_iter().collect() }
    }

    /// By 薬価基準収載医薬品コード.
    ///
    /// # Errors
    /// No master, or none that has the code.
    pub fn drug_of_price_code(&self, code: &str, as_of: Option<Date>) -> Result<Drug<'_>, Gap> {
        let of_hot = self.only_yj(by::hot::PRICE_CODE, code, as_of);
        let listed = self.find_by(Kind::Drug, by::drug::PRICE_CODE, code, as_of);
        let priced = || self.find(Kind::PriceList, code, as_of);
        let Some(found) = listed.or_else(priced) else { return Err(self.gap(Kind::PriceList)) };
        let yj = of_hot.or_else(|gap| match listed {
            Some(listed) => self.yj_of_listed(listed, as_of),
            None => Err(gap),
        });
        let general = listed.map_or(Err(Gap::NoMaster(Kind::Drug)), general_of_listed);
        let general = general.or_else(|_| self.general_of_yj(code, as_of));
        Ok(Drug { name: found.row.get(NAME), yj, general, notes: Vec::new() })
    }

    /// By YJ code: its name.
    ///
    /// # Errors
    /// No master, or none that has the code.
    pub fn drug_of_yj(&self, yj: &str, as_of: Option<Date>) -> Result<Drug<'_>, Gap> {
        let hot = self.find_by(Kind::Hot, by::hot::YJ, yj, as_of);
        let found = hot
            .map(|found| (found, found.row.get(col::hot::YJ)))
            .or_else(|| {
                let listed = self.find_by(Kind::Drug, by::drug::PRICE_CODE, yj, as_of)?;
                Some((listed, listed.row.get(col::drug::PRICE_CODE)))
            })
            .or_else(|| self.find(Kind::PriceList, yj, as_of).map(|found| (found, found.row.get(CODE))));
        let (found, code) = found.ok_or_else(|| self.gap(Kind::Hot))?;
        let general = self.general_of_yj(code, as_of);
        Ok(Drug { name: found.row.get(NAME), yj: Ok(Yj { code, of_price_list: false }), general, notes: Vec::new() })
    }

    /// 一般名処方コード by itself.
    pub fn general(&self, code: &str, as_of: Option<Date>) -> Option<General<'_>> {
        if let Some(found) = self.find(Kind::GeneralName, code, as_of) {
            return Some(General { code: found.row.get(CODE), name: found.row.get(NAME) });
        }
        let found = self.find_by(Kind::Drug, by::drug::GENERAL_CODE, code, as_of)?;
        general_of_listed(found).ok()
    }

    /// The general name of a YJ or 薬価基準 code: 例外コード品目対照表 first, else the first nine characters with `ZZZ`.
    fn general_of_yj(&self, code: &str, as_of: Option<Date>) -> Result<General<'_>, Gap> {
        if let Some(found) = self.find_by(Kind::GeneralName, by::general::PRICE_CODE, code, as_of) {
            return Ok(General { code: found.row.get(CODE), name: found.row.get(NAME) });
        }
        let family = code.get(..9).map(|family| format!("{family}ZZZ")).unwrap_or_default();
        let general = self.general(&family, as_of);
        general.ok_or_else(|| match self.gap(Kind::GeneralName) {
            Gap::NotInMaster(kind) => Gap::NoLink(kind, Link::General),
            gap => gap,
        })
    }

    /// The YJ code on which all HOT rows of a code agree.
    fn only_yj(&self, index: usize, code: &str, as_of: Option<Date>) -> Result<Yj<'_>, Gap> {
        let rows = self.find_all(Kind::Hot, index, code, as_of);
        match only(rows.map(|found| found.row.get(col::hot::YJ))) {
            Ok(Some(code)) => Ok(Yj { code, of_price_list: false }),
            Ok(None) => Err(match self.gap(Kind::Hot) {
                Gap::NotInMaster(kind) => Gap::NoLink(kind, Link::Yj),
                gap => gap,
            }),
            Err(()) => Err(Gap::Ambiguous(Kind::Hot, Link::Yj)),
        }
    }

    /// 薬価基準コード for a YJ code: only where one drug alone bears it. Several drugs under one code are listed by their general
    /// name, and the code is that of none of them.
    fn yj_of_listed<'m>(&'m self, listed: Found<'m>, as_of: Option<Date>) -> Result<Yj<'m>, Gap> {
        let code = listed.row.get(col::drug::PRICE_CODE);
        if code.is_empty() {
            return Err(Gap::NoLink(Kind::Drug, Link::Yj));
        }
        let drugs = self.find_all(Kind::Drug, by::drug::PRICE_CODE, code, as_of).map(|found| found.row.get(CODE));
        match only(drugs) {
            Ok(_) => Ok(Yj { code, of_price_list: true }),
            Err(()) => Err(Gap::Ambiguous(Kind::Drug, Link::Yj)),
        }
    }

    /// 電子処方箋用法コード as of a day.
    ///
    /// # Errors
    /// No master, none that has the code, or the code has ended.
    pub fn usage(&self, code: &str, as_of: Option<Date>) -> Result<Usage<'_>, Gap> {
        let found = self.find(Kind::Usage, code, as_of).filter(|found| !found.is_retired(as_of));
        let found = found.ok_or_else(|| self.gap(Kind::Usage))?;
        Ok(Usage { code: found.row.get(CODE), name: found.row.get(NAME) })
    }
}

fn general_of_listed(listed: Found<'_>) -> Result<General<'_>, Gap> {
    let (code, name) = (listed.row.get(col::drug::GENERAL_CODE), listed.row.get(col::drug::GENERAL_NAME));
    given(code).map(|code| General { code, name }).ok_or(Gap::NoLink(Kind::Drug, Link::General))
}
