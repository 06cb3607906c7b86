//! The named data sets: every mapping that ships with the program.
