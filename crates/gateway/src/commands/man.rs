use crate::{
    cli,
    failure::{Failure, Status},
    session::Session,
};
use std::io::Write;
use tsugite_issue::Text;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A command; without one, the page of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let mut program = cli::command(session.lang);
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => {
                let unknown = Text::new("このコマンドはありません: ", "there is no such command: ");
                let found = program.find_subcommand(name).cloned();
                found.ok_or_else(|| Failure::usage(unknown, session.lang, name))?
            }
        };
        let mut roff = Vec::new();
        clap_mangen::Man::new(page).render(&mut roff)?;
        out.write_all(&roff)?;
        Ok(Status::Done)
    }
}
