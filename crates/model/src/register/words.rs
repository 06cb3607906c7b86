//! Lists of words that may grow: a word outside the list is kept, not refused.

/// Declares an enumeration with a key for each word and `Other` for the rest.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(into = "String")]
        pub enum $name {
            $($(#[$word_doc])* $word,)*
            /// A word that the list does not have, as it was written.
            Other(String),
        }

        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [$name] = &[$($name::$word),*];

            /// The word as it is written in tables.
            pub fn key(&self) -> &str {
                match self {
                    $($name::$word => $key,)*
                    $name::Other(text) => text,
                }
            }

            /// The word with this key, else the text itself.
            pub fn of(text: &str) -> $name {
                let key = text.trim().to_lowercase().replace([' ', '-'], "_");
                let known = $name::ALL.iter().find(|w| w.key() == key);
                known.cloned().unwrap_or_else(|| $name::Other(text.trim().to_owned()))
            }

            /// The word, or `None` for a blank.
            pub fn known(text: &str) -> Option<$name> {
                (!text.trim().is_empty()).then(|| $name::of(text))
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> String {
                word.key().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.key().replace('_', " "))
            }
        }
    };
}

pub(super) use words;

#[cfg(test)]
mod tests {
    words! {
        /// A list for the test.
        Fruit {
            /// Round.
            RedApple = "red_apple",
            /// Long.
            Banana = "banana",
        }
    }

    #[test]
    fn every_key_leads_back_and_a_new_word_is_kept() {
        for word in Fruit::ALL {
            assert_eq!(Fruit::of(word.key()), *word);
        }
        assert_eq!(Fruit::of(" Red apple "), Fruit::RedApple);
        assert_eq!(Fruit::of("Quince"), Fruit::Other("Quince".to_owned()));
        assert_eq!(
            (Fruit::known("  "), Fruit::RedApple.to_string()),
            (None, "red apple".to_owned())
        );
    }
}
