//! What is fixed about a method whose inputs are no slice of returns, and lists of such methods.

use glassurn_model::Form;

use crate::{parallel, register};

/// A method: code, name, documentation. Inputs differ too much from method to method for one signature.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// Stable code, never reused (`P110`, `R120`).
    pub code: &'static str,
    /// Stable name: what is compared, never an offence (`area-excess`).
    pub name: &'static str,
    /// What a reader sees.
    pub title: &'static str,
    /// Documentation form; its first line is the question.
    pub doc: &'static str,
}

impl Method {
    /// The documentation as a form.
    pub fn form(&self) -> Form {
        Form::new(self.doc)
    }
}

/// Every method of both lists.
pub fn all() -> impl Iterator<Item = Method> {
    parallel::ALL.iter().chain(register::ALL).copied()
}

/// The method with this code.
pub fn find(code: &str) -> Option<Method> {
    all().find(|m| m.code == code)
}

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! methods {
    ($($module:ident),* $(,)?) => {
        $(pub mod $module;)*

        /// Every method, ordered by code.
        pub const ALL: &[$crate::Method] = &[$($module::METHOD),*];
    };
}

pub(crate) use methods;
