use super::Category;
use std::ops::AddAssign;
use tsugite_issue::{Definition, Severity};

/// How many of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub information: usize,
}

impl Counts {
    pub const fn is_empty(self) -> bool {
        self.errors + self.warnings + self.information == 0
    }

    /// Counts so many more of a severity.
    pub fn count(&mut self, severity: Severity, more: usize) {
        match severity {
            Severity::Error => self.errors += more,
            Severity::Warning => self.warnings += more,
            Severity::Information => self.information += more,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.information += other.information;
    }
}

/// The findings of a file, or of many, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub total: Counts,
    by_category: [Counts; Category::ALL.len()],
}

impl Summary {
    /// Counts so many findings of a definition, be it of this crate or of another.
    pub fn count(&mut self, definition: &Definition, more: usize) {
        self.total.count(definition.severity, more);
        if let Some(counts) = self.by_category.get_mut(Category::of(definition).index()) {
            counts.count(definition.severity, more);
        }
    }

    pub fn of(&self, category: Category) -> Counts {
        self.by_category.get(category.index()).copied().unwrap_or_default()
    }

    /// The categories in which anything was found.
    pub fn categories(&self) -> impl Iterator<Item = (Category, Counts)> + '_ {
        Category::ALL.into_iter().map(|category| (category, self.of(category))).filter(|(_, counts)| !counts.is_empty())
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        for (sum, more) in self.by_category.iter_mut().zip(other.by_category) {
            *sum += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issues::{fhir, json};

    #[test]
    fn sums_are_those_of_their_parts() {
        let mut one = Summary::default();
        one.count(&json::EMPTY, 1);
        one.count(&fhir::DISPLAY, 2);
        let mut both = one;
        both += one;
        assert_eq!(both.total, Counts { errors: 2, warnings: 4, information: 0 });
        let categories: Vec<_> =
            both.categories().map(|(c, counts)| (c.name(), counts.errors, counts.warnings)).collect();
        assert_eq!(categories, [("syntax", 2, 0), ("terminology", 0, 4)]);
    }
}
