//! The insured ids whose 資格 the centre does not know.

use crate::{CentreError, disk};
use std::path::Path;

const LONGEST: u64 = 1 << 20;

/// The patterns of `unknown-insured.txt`.
#[derive(Debug, Default)]
pub struct Unknown {
    patterns: Vec<String>,
}

impl Unknown {
    pub fn read(path: &Path) -> Result<Self, CentreError> {
        let bytes = disk::read(path, LONGEST)?.unwrap_or_default();
        Ok(Self::parse(&String::from_utf8_lossy(&bytes)))
    }

    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self { patterns: lines.map(str::to_owned).collect() }
    }

    pub fn names(&self, insured_id: &str) -> bool {
        self.patterns.iter().any(|pattern| fits(pattern, insured_id))
    }
}

/// `*` stands for anything, also nothing.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(earlier) = last.replace(part) {
            let Some(at) = rest.find(earlier) else { return false };
            rest = rest.get(at + earlier.len()..).unwrap_or_default();
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_lines_with_stars() {
        let unknown = Unknown::parse("\u{feff}# 資格喪失\n\n00999901:１２:３４５:01\r\n0099990*\n*:999:*\n*:x*y:\n");
        for insured in
            ["00999901:１２:３４５:01", "00999902:1:2:", "01234567:1:999:", "01234567:1:xzy:", "01234567:1:xy:"]
        {
            assert!(unknown.names(insured), "{insured}");
        }
        for insured in ["01234567:1:2:", "10099990:1:2:", "01234567:1:9999:", "01234567:1:yx:", "# 資格喪失", ""] {
            assert!(!unknown.names(insured), "{insured}");
        }
        assert!(fits("*", "") && fits("a*a", "aa") && !fits("a*a", "a") && !fits("", "a"));
    }
}
