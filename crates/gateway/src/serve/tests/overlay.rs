//! The clinic's own decisions stand beside what is imported.

use super::*;

const PATIENT: &str = "0000000003";

fn of_patient(wire: &Wire, service: &Service) -> usize {
    let ledger = service.house.store.ledger().unwrap();
    let live = wire.live();
    ledger.iter().filter(|entry| entry.unit.patient.ends_with(PATIENT) && live.contains_key(&entry.bundle_id)).count()
}

fn decisions(service: &Service) -> Vec<String> {
    let rows = service.house.store.audit_rows(10_000).unwrap();
    rows.into_iter().filter(|row| row.what == "overlay.patients").map(|row| row.outcome).collect()
}

#[test]
fn a_decision_of_the_clinic_survives_every_import_and_its_change_is_in_the_audit() {
    let clinic = Clinic::new();
    let list = |rows: &str| fs::write(clinic.path("patients.csv"), format!("患者番号,扱い\n{rows}")).unwrap();
    list("");
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    fs::write(clinic.path("tsugite.toml"), settings + "[overlay]\npatients = \"patients.csv\"\n").unwrap();
    let (session, wire) = (clinic.session("home"), Wire::new(clinic.clock.now()));
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert!(of_patient(&wire, &service) > 0);
    assert_eq!(decisions(&service).len(), 1);

    list(&format!("{PATIENT},送信しない\n"));
    clinic.settle(&mut service);
    assert_eq!(of_patient(&wire, &service), 0, "cancelled");
    let told = decisions(&service);
    assert_eq!(told.len(), 2);
    assert_ne!(told[0], told[1]);

    clinic.report(9100, 991);
    clinic.settle(&mut service);
    drop(service);
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert_eq!(of_patient(&wire, &service), 0, "whatever is imported");
    assert_eq!(decisions(&service), told, "nothing was decided");
}
