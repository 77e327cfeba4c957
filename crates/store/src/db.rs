use crate::seal::Sealer;
use rusqlite::Connection;
use std::ops::Deref;

/// A connection, inside a transaction where something is written, with what seals its values.
#[derive(Clone, Copy)]
pub struct Db<'a> {
    pub connection: &'a Connection,
    pub sealer: &'a Sealer,
}

impl Deref for Db<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
