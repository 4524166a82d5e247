"""The interface's texts, in one language: one catalogue file each, and dates and counts by it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ccmeet.codec import load_data
from ccmeet.errors import TemplateError
from ccmeet.partialdate import PartialDate

_SLOT = re.compile(r"\{(\w+)\}")
_DIGITS = "〇一二三四五六七八九"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """A catalogue: `lang` is its language tag, `texts` runs from dotted key to text.

    A text's slots are `{name}`. A key that ends in `_one` is taken where `n` is 1.
    """

    lang: str
    texts: Mapping[str, str]
    said: dict[tuple[str, ...], str] = field(default_factory=dict, compare=False, repr=False)
    """What was put together before: a large archive says the same of thousands of values."""

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, slots filled. Raises TemplateError for an unknown key or slot."""
        if values.get("n") == 1 and f"{key}_one" in self.texts:
            key = f"{key}_one"
        try:
            text = self.texts[key]
            if "{" not in text:
                return text
            return _SLOT.sub(lambda slot: str(values[slot[1]]), text)
        except KeyError as missing:
            raise TemplateError(
                f"interface text {key!r}: {missing.args[0]!r} is missing",
                hint=f"add it to templates/interface/{self.lang}.yaml",
            ) from missing

    def label(self, mark: str, sign: str, about: str) -> str:
        """What a mark is called: Evidence (stated 9): meeting · theme."""
        key = ("label", mark, sign, about)
        if key not in self.said:
            told = self(f"mark.{mark}")
            told = f"{told} {sign}" if sign else told
            self.said[key] = self("mark.label", mark=told, about=about)
        return self.said[key]

    def hint(self, mark: str, about: str) -> str:
        """What follows a value that is its own way to its evidence: (stated: meeting · day)."""
        key = ("hint", mark, about)
        if key not in self.said:
            self.said[key] = self("mark.quiet", mark=self(f"mark.{mark}"), about=about)
        return self.said[key]

    def get(self, *keys: str) -> str:
        """The text of the first key that the catalogue has; empty if it has none of them."""
        return next((self.texts[key] for key in keys if key in self.texts), "")

    def fill(self, key: str, **slots: T) -> tuple[str | T, ...]:
        """The text in pieces, with things (a value and its marks, say) where its slots are."""
        return tuple(self._pieces(self(key, **{name: f"{{{name}}}" for name in slots}), slots))

    def _pieces(self, text: str, slots: Mapping[str, T]) -> Iterator[str | T]:
        end = 0
        for slot in _SLOT.finditer(text):
            if slot.start() > end:
                yield text[end : slot.start()]
            yield slots[slot[1]]
            end = slot.end()
        if end < len(text):
            yield text[end:]

    def join(self, items: tuple[str, ...]) -> str:
        """Names in a row: 武汉、长沙."""
        return self("list.and").join(items)

    def edition(self, number: int) -> str:
        """第十届, 10th edition."""
        return self("edition.name", han=han_number(number), ordinal=ordinal(number), n=number)

    def date(self, date: PartialDate) -> str:
        """A date as it is read: 2024 年 7 月 29 日, 29 July 2024."""
        key = "date.day" if date.day else "date.month" if date.month else "date.year"
        return self(key, **self._parts(date))

    def dates(self, start: PartialDate, end: PartialDate | None) -> str:
        """A meeting's days: one date, or from one to another without repeating year and month."""
        if end is None or end == start:
            return self.date(start)
        if not (start.day and end.day) or start.year != end.year:
            return self("date.span", start=self.date(start), end=self.date(end))
        key = "date.same_month" if start.month == end.month else "date.same_year"
        last = {f"end_{name}": value for name, value in self._parts(end).items()}
        return self(key, **self._parts(start), **last)

    def _parts(self, date: PartialDate) -> dict[str, str]:
        month = self.get(f"months.{date.month}") or str(date.month)
        return {"year": str(date.year), "month": month, "day": str(date.day)}


def han_number(number: int) -> str:
    """A whole number below 100 in Chinese numerals, a greater one in digits: 十, 二十一, 108."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def ordinal(number: int) -> str:
    """1st, 2nd, 11th."""
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{tail or 'th'}"


def read_words(lang: str, default: str, own: str = "") -> Words:
    """The catalogue from its file's text, single texts replaced by those of a project's own file.

    Raises TemplateError for a file that is no mapping of texts.
    """
    texts: dict[str, str] = {}
    for text in filter(None, (default, own)):
        try:
            texts.update(_flat(load_data(text), ()))
        except Exception as error:  # the YAML library's own errors, which stay in the codec
            raise TemplateError(
                f"templates/interface/{lang}.yaml can't be read: {error}",
                hint="it maps keys to texts, as the default catalogue does",
            ) from error
    return Words(lang, texts)


def _flat(tree: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _flat(value, (*path, str(key)))
    elif isinstance(tree, str):
        yield ".".join(path), tree
    else:
        raise ValueError(f"{'.'.join(path) or 'the file'}: a text is expected")
