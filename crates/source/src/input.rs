use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, sync::Arc};
use tsugite_issue::{Address, Digest, InputName, Origin, Span};

/// The bytes of one input with its logical path (folders separated by `/`). Size limits are kept by whoever reads it in.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    pub name: Arc<InputName>,
    pub bytes: Cow<'a, [u8]>,
}

impl<'a> Input<'a> {
    pub fn new(path: impl Into<String>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let bytes = bytes.into();
        Self { name: Arc::new(InputName { path: path.into(), digest: digest(&bytes) }), bytes }
    }

    pub fn path(&self) -> &str {
        &self.name.path
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    pub fn origin(&self, span: Span, address: Address) -> Origin {
        Origin { input: Arc::clone(&self.name), span, address }
    }

    pub fn whole(&self) -> Origin {
        Origin::whole(Arc::clone(&self.name))
    }
}

/// The digest that names an input's content in origins.
pub fn digest(bytes: &[u8]) -> Digest {
    let hash = Sha256::digest(bytes);
    let mut short = [0; 16];
    short.iter_mut().zip(hash.iter()).for_each(|(to, from)| *to = *from);
    Digest(short)
}
