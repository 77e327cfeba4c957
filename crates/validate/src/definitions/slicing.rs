//! How slices are told apart: worked out once from the profile, so that judging only compares.

use super::{Definitions, El, Matcher, Step, Test, Text};

impl Definitions {
    pub(super) fn tell_slices(&mut self) {
        let mut found = Vec::new();
        for (s, structure) in self.structures.iter().enumerate() {
            for element in &structure.elements {
                for &slice in &element.slices {
                    if let Some(this) = structure.element(slice) {
                        found.push((
                            s,
                            slice,
                            self.matchers(El { structure, element }, El { structure, element: this }),
                        ));
                    }
                }
            }
        }
        for (structure, slice, matchers) in found {
            let element = self.structures.get_mut(structure).and_then(|s| s.elements.get_mut(slice as usize));
            if let Some(element) = element {
                element.matchers = matchers;
            }
        }
    }

    fn matchers(&self, of: El<'_>, slice: El<'_>) -> Vec<Matcher> {
        let discriminators = of.element.slicing.as_ref().map_or(&[][..], |s| &s.discriminators);
        if discriminators.is_empty() {
            return vec![if of.element.choice {
                self.matcher("type", "$this", slice)
            } else if slice.element.types.iter().any(|t| !t.profiles.is_empty()) {
                self.matcher("value", "url", slice)
            } else {
                Matcher { steps: Vec::new(), test: Test::Never }
            }];
        }
        discriminators.iter().map(|(kind, path)| self.matcher(kind, path, slice)).collect()
    }

    fn matcher(&self, kind: &str, path: &str, slice: El<'_>) -> Matcher {
        let Some(steps) = steps(path) else {
            return Matcher { steps: Vec::new(), test: Test::Never };
        };
        let names: Vec<&str> =
            steps.iter().filter_map(|s| if let Step::Field(n) = s { Some(&**n) } else { None }).collect();
        let at = self.at(slice, &names);
        let resolves = steps.iter().any(|s| matches!(s, Step::Resolve));
        let test = match kind {
            "type" if resolves => {
                let targets = at.unwrap_or(slice).element.types.iter().flat_map(|t| &t.targets);
                Test::Type(targets.filter_map(|c| Some(Text::clone(&self.structures.get(c.to?)?.type_name))).collect())
            }
            "type" => {
                Test::Type(at.map_or(Vec::new(), |el| el.element.types.iter().map(|t| Text::clone(&t.code)).collect()))
            }
            "exists" if at.is_some_and(|el| el.element.max == 0) => Test::Absent,
            "exists" => Test::Present,
            "profile" => {
                let types = at.map_or(&[][..], |el| &el.element.types);
                let named = types.iter().flat_map(|t| if resolves { &t.targets } else { &t.profiles });
                Test::Profile(named.filter_map(|c| c.to).collect())
            }
            _ => self.value_test(slice, &names),
        };
        Matcher { steps, test }
    }

    /// The element of a profile at a path below `from`, entering the profiles of types where the path is not unfolded.
    fn at<'d>(&'d self, from: El<'d>, names: &[&str]) -> Option<El<'d>> {
        names.iter().try_fold(from, |el, name| self.child(el, name))
    }

    fn child<'d>(&'d self, el: El<'d>, name: &str) -> Option<El<'d>> {
        let named = |el: El<'d>| el.children().find(|c| &*c.element.name == name);
        named(el).or_else(|| {
            let profile = el.element.types.first()?.profiles.first()?.to?;
            named(self.root(profile)?)
        })
    }

    /// What a discriminator by value looks for: the fixed value or pattern at its path or above, a required value set, a slice of
    /// the element that holds it, or just that it is there.
    fn value_test(&self, slice: El<'_>, names: &[&str]) -> Test {
        let mut wanted = None;
        let mut last = Some(slice);
        for depth in 0..=names.len() {
            let (before, after) = names.split_at(depth);
            last = self.at(slice, before);
            let Some(element) = last.map(|el| el.element) else {
                break;
            };
            let exact = element.fixed.is_some() && after.is_empty();
            if let Some(value) = element.fixed.as_ref().or(element.pattern.as_ref()) {
                wanted = Some(
                    value
                        .below(after)
                        .map(|value| if exact { Test::Fixed(value.clone()) } else { Test::Pattern(value.clone()) }),
                );
            }
        }
        if let Some(test) = wanted {
            return test.unwrap_or(Test::Never);
        }
        if let Some(element) = last.map(|el| el.element)
            && let (Some(binding), Some(kind)) =
                (element.binding.as_ref().filter(|b| b.required), element.types.first())
        {
            return Test::Binding(binding.clone(), Text::clone(&kind.code));
        }
        if let Some((leaf, holders)) = names.split_last().filter(|(_, holders)| !holders.is_empty())
            && let Some(holder) = self.at(slice, holders)
        {
            let many = holder.element.slices.len() > 1;
            for inner in holder.slices().filter(|s| s.element.min > 0 || !many) {
                let value =
                    self.child(inner, leaf).and_then(|el| el.element.fixed.as_ref().or(el.element.pattern.as_ref()));
                if let Some(value) = value {
                    return Test::Pattern(value.clone());
                }
            }
        }
        match last.map(|el| el.element) {
            Some(element) if element.max == 0 => Test::Absent,
            Some(element) if element.min > 0 => Test::Present,
            _ => Test::Never,
        }
    }
}

/// The steps of a discriminator's path; `None` for what the restricted path language does not know.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (step, tail) = if let Some(argument) = rest.strip_prefix("extension(") {
            let (url, tail) = argument.split_once(')')?;
            (Step::Extension(url.trim_matches(['\'', '"']).into()), tail)
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            let (name, tail) = rest.split_at(end);
            match name {
                "$this" => {
                    rest = tail.strip_prefix('.').unwrap_or(tail);
                    continue;
                }
                "resolve()" => (Step::Resolve, tail),
                _ if name.starts_with("ofType(") => {
                    rest = tail.strip_prefix('.').unwrap_or(tail);
                    continue;
                }
                _ => (Step::Field(name.into()), tail),
            }
        };
        steps.push(step);
        rest = tail.strip_prefix('.').unwrap_or(tail);
    }
    Some(steps)
}
