//! What is held for long is told of, every day.

use super::*;
use tracing_subscriber::fmt::MakeWriter;

/// The lines of the log.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

impl Lines {
    /// Lines about what is held for long since this was asked last.
    fn held_for_long(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        text.lines().filter(|line| line.contains("held for long")).map(str::to_owned).collect()
    }
}

#[test]
fn what_is_held_for_longer_than_the_settings_say_is_told_of_every_day() {
    let clinic = Clinic::new();
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    fs::write(clinic.path("tsugite.toml"), settings + "hold_days = 3\n").unwrap();
    let lines = Lines::default();
    // While there is one log only, a test on another thread, which has none, would switch off what it reaches first.
    let _second = tracing::Dispatch::new(tracing_subscriber::fmt().with_writer(io::sink).finish());
    let log = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    tracing::subscriber::with_default(log, || {
        let (session, wire) = (clinic.session("home"), Wire::new(clinic.clock.now()));
        let mut service = clinic.open(&session, &wire);
        let mut told_after = |days: usize| {
            (0..days).for_each(|_| clinic.clock.sleep());
            clinic.settle(&mut service);
            lines.held_for_long()
        };
        assert!(told_after(0).is_empty() && told_after(3).is_empty(), "not longer than three days");
        let told = told_after(1);
        assert_eq!(told.len(), 1, "once a day: {told:?}");
        assert!(told_after(0).is_empty(), "not again on the same day");
        assert_eq!(told_after(1).len(), 1, "and again on the next");

        let held = service.house.store.held().unwrap();
        assert!(!held.is_empty() && told[0].contains("WARN"), "{told:?}");
        assert!(told[0].contains(&format!("count={}", held.len())), "{told:?}");
        let names = held.iter().filter(|row| !row.patient.is_empty()).map(|row| &row.patient);
        assert!(names.into_iter().all(|patient| !told[0].contains(patient)), "numbers only");
    });
}
