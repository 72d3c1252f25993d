"""A list item's number as the page shows it: 3, c, C, iii, III (pure)."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def letter_number(number: int) -> str:
    """Return a to z, then aa to zz, as word processors count."""
    if number < 1:
        return str(number)
    repeat, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * min(repeat + 1, 20)


def roman_number(number: int) -> str:
    """Return a small Roman numeral; outside 1 to 3999 the number itself."""
    if not 1 <= number < 4000:
        return str(number)
    digits = ""
    for value, digit in _ROMAN:
        count, number = divmod(number, value)
        digits += digit * count
    return digits
