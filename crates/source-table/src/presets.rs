use crate::Mapping;
use tsugite_mappings as mappings;

/// The mapping files that come with the program.
pub fn presets() -> Vec<Mapping> {
    let beside = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        move |file: &str| mappings::find(&format!("{folder}/{file}")).map(|file| file.text.to_owned())
    };
    let parse = |file: &mappings::File| Mapping::parse(file.path, file.text, &beside(file.path)).mapping;
    mappings::TABLES.iter().filter_map(parse).collect()
}
