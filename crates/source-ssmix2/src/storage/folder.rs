/// Where a file stands in a storage: the folders that say something again that its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    pub patient: &'a str,
    /// 診療日 or `-`; empty for a file that lies directly in the patient's folder.
    pub day: &'a str,
    pub data_type: &'a str,
}

impl<'a> Place<'a> {
    /// `None` where the path is no file of a storage.
    pub fn of(path: &'a str) -> Option<Self> {
        let (folder, rest) = split(path)?;
        let (_, patient) = folder.rsplit_once('/')?;
        let mut parts = rest.split('/');
        let (day, data_type, file) = (parts.next()?, parts.next(), parts.next());
        match (data_type, file) {
            (Some(data_type), Some(_)) => Some(Self { patient, day, data_type }),
            _ => Some(Self { patient, day: "", data_type: "" }),
        }
    }
}

/// The folder of one patient, `aaa/bbb/id`, from the path of anything inside it, or of the folder itself. The folders above it, the
/// roots, are left out, so that several roots can be walked in lock step.
pub fn patient_folder(path: &str) -> Option<&str> {
    split(path).map(|(folder, _)| folder)
}

/// The patient's folder, and what stands below it: at most 診療日 / データ種別 / file.
fn split(path: &str) -> Option<(&str, &str)> {
    let mut found = None;
    let mut start = 0;
    loop {
        let here = path.get(start..)?;
        let candidate =
            triplet(here).and_then(|end| Some((here.get(..end)?, here.get(end..)?.trim_start_matches('/'))));
        if let Some((folder, rest)) = candidate.filter(|(_, rest)| rest.split('/').count() <= 3) {
            // The innermost one: a root may have a path that looks like a patient's.
            found = Some((folder, rest));
        }
        match here.find('/') {
            Some(slash) => start += slash + 1,
            None => return found,
        }
    }
}

/// Length of `aaa/bbb/aaabbb…` at the start of the path.
fn triplet(path: &str) -> Option<usize> {
    let mut parts = path.splitn(4, '/');
    let (first, second, id) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = id.strip_prefix(first)?.strip_prefix(second)?;
    let widths =
        first.chars().count() == 3 && (second.chars().count() == 3 || (second.chars().count() < 3 && rest.is_empty()));
    (widths && !second.is_empty()).then_some(first.len() + second.len() + id.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patient_folder_is_found_below_any_root() {
        for (path, folder) in [
            ("1319999999/074/180/0741802888/-/ADT-00/x", Some("074/180/0741802888")),
            ("/data/1319999999_1/074/180/0741802888/20240316/OML-11/x", Some("074/180/0741802888")),
            ("074/180/0741802888", Some("074/180/0741802888")),
            ("074/180/0741802888/Thumbs.db", Some("074/180/0741802888")),
            ("074/18/07418/-/ADT-00/x", Some("074/18/07418")),
            ("074/180/074/180/0741802888/-/ADT-00/x", Some("074/180/0741802888")),
            ("074/180/0751802888/-/ADT-00/x", None),
            ("074/180/0741802888/a/b/c/d", None),
            ("074/180", None),
            ("", None),
        ] {
            assert_eq!(patient_folder(path), folder, "{path}");
        }
    }

    #[test]
    fn a_place_says_patient_day_and_type() {
        let place = Place::of("r/074/180/0741802888/-/ADT-00/name").unwrap();
        assert_eq!(place, Place { patient: "0741802888", day: "-", data_type: "ADT-00" });
        assert_eq!(Place::of("r/074/180/0741802888/name").unwrap().day, "");
        assert_eq!(Place::of("encoding/00.hl7"), None);
    }
}
