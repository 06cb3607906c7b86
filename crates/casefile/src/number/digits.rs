//! Decimal digits of every script (general category Nd of Unicode 16): each script's ten are adjacent.

/// The value of a decimal digit.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let code = u32::from(c);
    let block = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(block)?;
    u8::try_from(value).ok().filter(|v| *v <= 9)
}

/// The code point of each zero, ascending.
#[rustfmt::skip]
const ZEROS: [u32; 75] = [
    0x0660, // Arabic-Indic
    0x06F0, // Extended Arabic-Indic
    0x07C0, // Nko
    0x0966, // Devanagari
    0x09E6, // Bengali
    0x0A66, // Gurmukhi
    0x0AE6, // Gujarati
    0x0B66, // Oriya
    0x0BE6, // Tamil
    0x0C66, // Telugu
    0x0CE6, // Kannada
    0x0D66, // Malayalam
    0x0DE6, // Sinhala Lith
    0x0E50, // Thai
    0x0ED0, // Lao
    0x0F20, // Tibetan
    0x1040, // Myanmar
    0x1090, // Myanmar Shan
    0x17E0, // Khmer
    0x1810, // Mongolian
    0x1946, // Limbu
    0x19D0, // New Tai Lue
    0x1A80, // Tai Tham Hora
    0x1A90, // Tai Tham Tham
    0x1B50, // Balinese
    0x1BB0, // Sundanese
    0x1C40, // Lepcha
    0x1C50, // Ol Chiki
    0xA620, // Vai
    0xA8D0, // Saurashtra
    0xA900, // Kayah Li
    0xA9D0, // Javanese
    0xA9F0, // Myanmar Tai Laing
    0xAA50, // Cham
    0xABF0, // Meetei Mayek
    0xFF10, // Fullwidth
    0x104A0, // Osmanya
    0x10D30, // Hanifi Rohingya
    0x10D40, // Garay
    0x11066, // Brahmi
    0x110F0, // Sora Sompeng
    0x11136, // Chakma
    0x111D0, // Sharada
    0x112F0, // Khudawadi
    0x11450, // Newa
    0x114D0, // Tirhuta
    0x11650, // Modi
    0x116C0, // Takri
    0x116D0, // Myanmar Pao Karen
    0x116DA, // Myanmar Eastern Pwo Karen
    0x11730, // Ahom
    0x118E0, // Warang Citi
    0x11950, // Dives Akuru
    0x11BF0, // Sunuwar
    0x11C50, // Bhaiksuki
    0x11D50, // Masaram Gondi
    0x11DA0, // Gunjala Gondi
    0x11F50, // Kawi
    0x16130, // Gurung Khema
    0x16A60, // Mro
    0x16AC0, // Tangsa
    0x16B50, // Pahawh Hmong
    0x16D70, // Kirat Rai
    0x1CCF0, // Outlined
    0x1D7CE, // Mathematical Bold
    0x1D7D8, // Mathematical Double-Struck
    0x1D7E2, // Mathematical Sans-Serif
    0x1D7EC, // Mathematical Sans-Serif Bold
    0x1D7F6, // Mathematical Monospace
    0x1E140, // Nyiakeng Puachue Hmong
    0x1E2F0, // Wancho
    0x1E4F0, // Nag Mundari
    0x1E5F1, // Ol Onal
    0x1E950, // Adlam
    0x1FBF0, // Segmented
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_ascend_without_overlap() {
        assert!(ZEROS.windows(2).all(|z| z[1] - z[0] >= 10));
    }

    #[test]
    fn digits_of_every_script_have_their_value() {
        for (digits, name) in [
            ("၀၁၂၃၄၅၆၇၈၉", "Burmese"),
            ("٠١٢٣٤٥٦٧٨٩", "Arabic-Indic"),
            ("۰۱۲۳۴۵۶۷۸۹", "Extended Arabic-Indic"),
            ("०१२३४५६७८९", "Devanagari"),
            ("০১২৩৪৫৬৭৮৯", "Bengali"),
            ("௦௧௨௩௪௫௬௭௮௯", "Tamil"),
            ("๐๑๒๓๔๕๖๗๘๙", "Thai"),
            ("໐໑໒໓໔໕໖໗໘໙", "Lao"),
            ("០១២៣៤៥៦៧៨៩", "Khmer"),
            ("０１２３４５６７８９", "full width"),
        ] {
            let values: Vec<_> = digits.chars().filter_map(digit).collect();
            assert_eq!(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "{name}");
        }
    }

    #[test]
    fn letters_and_other_numerals_are_no_digits() {
        // Superscript two, Roman four, circled one, Tamil ten, the Burmese letter wa.
        for c in ['a', '²', 'Ⅳ', '①', '௰', 'ဝ', '一'] {
            assert_eq!(digit(c), None, "{c}");
        }
    }
}
