"""Chinese numerals: 十二, 二00四, 二〇二四, 第一百零三 and plain digits, as numbers."""

import re

NUMERAL = r"(?:\d{1,4}|[零〇○一二两三四五六七八九十百0-9]{1,7})"
"""A whole number as printed, as part of a regular expression on folded text."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100}
_ALONE = _DIGITS | _PLACES | {str(figure): figure for figure in range(10)}
"""What most numbers are: a single character."""
_FORM = re.compile(NUMERAL)


def read_number(words: str) -> int | None:
    """The number that `words` print: 12, 十二, 二十一, 一百零三, 二00四. None for anything else."""
    if (known := _ALONE.get(words)) is not None:
        return known
    if not _FORM.fullmatch(words):
        return None
    if words.isdecimal():
        return int(words)
    if not any(c in _PLACES for c in words):
        return int("".join(c if c.isdecimal() else str(_DIGITS[c]) for c in words))
    total = digit = 0
    for c in words:
        if c in _PLACES:
            total += (digit or 1) * _PLACES[c]
            digit = 0
        elif c.isdecimal():
            return None
        else:
            digit = _DIGITS[c]
    return total + digit
