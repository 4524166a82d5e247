"""A reading as the JSON object that `ccmeet parse --json` prints: values and their evidence."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ccmeet.errors import Problem
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, Reading
from ccmeet.partialdate import PartialDate
from ccmeet.reading.evidence import context_of


class Found(NamedTuple):
    """A fact and its place in the printed object, a JSON Pointer (RFC 6901)."""

    pointer: str
    fact: Fact[Any]


def as_json(reading: Reading) -> dict[str, Any]:
    """The object of RECORDS.md's contract, of plain JSON types; what wasn't read has no key.

    Beside the values: `evidence`, for each place of each value its pointer, offsets (code points
    of `article.text`), words, rule and basis; `candidates`, where the words allow other values.
    """
    found = list(facts(reading))
    told: dict[str, Any] = {
        "source": reading.source.file,
        "article": {**_values(reading.article), "text": reading.source.text},
        "meetings": [_values(meeting) for meeting in reading.meetings],
        "officials": [_values(official) for official in reading.officials],
        "evidence": [entry for one in found for entry in _evidence(one, reading.source.text)],
    }
    candidates = [
        {"pointer": pointer, "values": [_plain(other) for other in fact.others]}
        for pointer, fact in found
        if fact.others
    ]
    if candidates:
        told["candidates"] = candidates
    told["problems"] = [_problem(problem) for problem in reading.problems]
    return told


def facts(reading: Reading) -> Iterator[Found]:
    """Each fact of a reading with its pointer, in the order they are printed."""
    yield from _facts(reading.article, "/article")
    yield from _facts(reading.meetings, "/meetings")
    yield from _facts(reading.officials, "/officials")


def _facts(node: Any, pointer: str) -> Iterator[Found]:
    if isinstance(node, Fact):
        yield Found(pointer, node)
    elif isinstance(node, tuple):
        for number, item in enumerate(node):
            yield from _facts(item, f"{pointer}/{number}")
    else:
        for name in node.__match_args__:
            if value := getattr(node, name):
                yield from _facts(value, f"{pointer}/{name}")


def _values(node: Any) -> Any:
    if isinstance(node, Fact):
        return _plain(node.value)
    if isinstance(node, tuple):
        return [_values(item) for item in node]
    told = {name: _values(value) for name in node.__match_args__ if (value := getattr(node, name))}
    if isinstance(node, OfficialRead):
        told.setdefault("quotes", [])  # the contract: one who said nothing has an empty list
    return told


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, PartialDate) else value


def _evidence(found: Found, text: str) -> Iterator[dict[str, Any]]:
    pointer, fact = found
    for span in fact.spans:
        told = {
            "pointer": pointer,
            "start": span.start,
            "end": span.end,
            "exact": text[span.start : span.end],
            "rule": fact.rule,
            "basis": fact.basis,
        }
        if fact.why:
            told["why"] = fact.why
        prefix, suffix = context_of(span, text)
        if prefix:
            told["prefix"] = prefix
        if suffix:
            told["suffix"] = suffix
        yield told


def _problem(problem: Problem) -> dict[str, Any]:
    told: dict[str, Any] = {"severity": problem.severity, "message": problem.message}
    return told | ({"hint": problem.hint} if problem.hint else {})
