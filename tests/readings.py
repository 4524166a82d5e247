"""Readings made by hand for tests: plain values and the words that each was read from."""

import types
from dataclasses import fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from ccmeet.model.article import Article, ArticleFacts, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import MeetingRead, OfficialRead, Reading
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span


def make_reading(
    id: str,
    text: str,
    *,
    article: dict[str, Any] | None = None,
    meetings: list[dict[str, Any]] = (),
    officials: list[dict[str, Any]] = (),
) -> Reading:
    """A reading of `text`. A leaf is its value, printed as such, or (value, words[, why])."""
    source = Article(
        id, f"content/articles/{id}.txt", "0" * 64, text, (Block("paragraph", 0, len(text)),)
    )
    return Reading(
        source,
        _make(ArticleFacts, article or {}, text),
        tuple(_make(MeetingRead, each, text) for each in meetings),
        tuple(_make(OfficialRead, each, text) for each in officials),
    )


def _make(part: type, data: dict[str, Any], text: str) -> Any:
    hints = get_type_hints(part)
    names = {spec.name for spec in fields(part)}
    assert set(data) <= names, f"{part.__name__} has no {set(data) - names}"
    return part(**{name: _value(hints[name], value, text) for name, value in data.items()})


def _value(hint: Any, value: Any, text: str) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each, text) for each in value)
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
        return None if value is None else _value(hint, value, text)
    if get_origin(hint) is Fact:
        return _fact(get_args(hint)[0], value, text)
    return _make(hint, value, text)


def _fact(kind: Any, given: Any, text: str) -> Fact[Any]:
    value, words, why = (*given, "", "")[:3] if isinstance(given, tuple) else (given, given, "")
    words = words or str(value)
    place = text.find(words)
    assert place >= 0, f"the text doesn't print {words!r}"
    if kind is PartialDate:
        value = PartialDate.parse(value)
    span = Span(place, place + len(words))
    return Fact(value, (span,), "by-hand", "inferred" if why else "stated", why)
