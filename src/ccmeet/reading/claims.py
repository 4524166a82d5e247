"""What the articles claim of one record, and the stated rule that chooses where they differ.

Held over announced, stated over inferred, full over short, later over earlier. What loses is
kept as a candidate with its evidence; what only says the same again adds its evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ccmeet.model.archive import Candidate, Extracted
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES, leaves
from ccmeet.model.shape import Shape, shapes_by_name
from ccmeet.partialdate import PartialDate
from ccmeet.reading.names import text_key
from ccmeet.text import fold

# Values that overtake others without a dispute: a signed document was planned before.
_OVERTAKES = {
    "state": {"held": 1},
    "action": {"signed": 3, "witnessed": 3, "adopted": 3, "deliberated": 2, "drafted": 1,
               "planned": 1},
    "role": {"host": 1},
}  # fmt: skip

# Fields that name a thing: 首届会商会 is no other name than 首届云江城市会商会.
_NAMES = ("name", "organization", "label")


@dataclass(frozen=True, slots=True)
class Claim:
    """One article's value for a field.

    `told` ranks how the article knows: 2 it reports the meeting as held, 1 it announces it,
    0 it only mentions it. `date` is the article's. A `settled` claim follows from the article
    itself (its id, its date): of two such the later stands, and neither disputes the other.
    `others` are further values that the same words allow.
    """

    value: Any
    evidence: tuple[Evidence, ...] = ()
    told: int = 0
    date: PartialDate | None = None
    settled: bool = False
    others: tuple[Any, ...] = ()
    key: object = field(init=False, repr=False)

    def __post_init__(self) -> None:
        key = text_key(self.value) if isinstance(self.value, str) else self.value
        object.__setattr__(self, "key", key)

    @property
    def stated(self) -> bool:
        return any(place.basis == "stated" for place in self.evidence)


@dataclass(slots=True)
class Sheet:
    """All claims for one record, by path: field names, and keys for the items of lists.

    The keys only bring together what belongs to one item; they are not kept.
    """

    kind: str
    id: str
    sources: dict[str, None] = field(default_factory=dict)
    tree: dict[str, Any] = field(default_factory=dict)

    def say(self, path: Iterable[str], claim: Claim) -> None:
        """Enter a claim; the article that its evidence names becomes a source."""
        *way, last = path
        node = self.tree
        for step in way:
            node = node.setdefault(step, {})
        node.setdefault(last, []).append(claim)
        self.sources |= {place.article: None for place in claim.evidence}

    def has(self, path: Iterable[str]) -> bool:
        """Whether anything was claimed at or below a path."""
        node: Any = self.tree
        for step in path:
            node = node.get(step) if isinstance(node, dict) else None
        return bool(node)


def settle(sheet: Sheet) -> Extracted:
    """The record that a sheet's claims make, its evidence by path, and the candidates."""
    marks: list[_Mark] = []
    part: type = TYPES[sheet.kind]
    record = _make(part, {**sheet.tree, "id": [Claim(sheet.id)]}, marks)
    paths = (path for path, _ in leaves(record))
    told = list(zip(paths, marks, strict=True))
    sources = () if sheet.kind == "articles" else tuple(sheet.sources)
    return Extracted(
        record=replace(record, sources=sources),
        evidence={path: mark.evidence for path, mark in told if mark.evidence},
        candidates={path: mark.candidates for path, mark in told if mark.candidates},
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def _make(part: type, node: dict[str, Any], marks: list[_Mark]) -> Any:
    """An instance of `part` from its claims; `marks` grows by one for each leaf, in order."""
    values: dict[str, Any] = {}
    shapes = shapes_by_name(part)
    for spec in fields(part):  # in the order of `leaves`
        shape, claims = shapes[spec.name], node.get(spec.name)
        if not claims:
            marks += [_Mark()] if shape.default not in (None, ()) else []
        elif shape.many and shape.part and shape.kind == "part":
            values[shape.name] = tuple(_make(shape.part, item, marks) for item in claims.values())
        elif shape.many:
            values[shape.name] = tuple(_chosen(shape, each, marks) for each in claims.values())
        elif shape.part:
            values[shape.name] = _make(shape.part, claims, marks)
        else:
            values[shape.name] = _chosen(shape, claims, marks)
    return part(**values)


def _chosen(shape: Shape, claims: list[Claim], marks: list[_Mark]) -> Any:
    best = _best(shape, claims)
    rank = _OVERTAKES.get(shape.name, {})
    same = [best]
    others: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.key == best.key or (not shape.ref and _is_part(shape.name, claim, best)):
            same.append(claim)
        elif not claim.settled and rank.get(claim.value, 0) >= rank.get(best.value, 0):
            others.setdefault(claim.key, []).append(claim)
    for claim in same:
        for other in claim.others:
            others.setdefault(other, []).append(replace(claim, value=other))
    others.pop(best.key, None)
    candidates = tuple(_candidate(each) for each in others.values())
    marks.append(_Mark(_evidence(same), candidates))
    return best.value


def best_claim(part: type, field: str, claims: list[Claim]) -> Claim:
    """The claim for a field of a record, or of a part of one, that the stated rule chooses."""
    return _best(shapes_by_name(part)[field], claims)


def _best(shape: Shape, claims: list[Claim]) -> Claim:
    """The claim that the stated rule chooses; of equal ones the plainest, first printed."""
    if len(claims) == 1:
        return claims[0]
    rank = _OVERTAKES.get(shape.name, {})
    ranks = [(rank.get(c.value, 0), c.told, c.stated) for c in claims]
    highest = max(ranks)
    peers = [c for c, each in zip(claims, ranks, strict=True) if each == highest]
    best = max(peers, key=lambda c: c.date or PartialDate(1))
    if not shape.ref:
        fuller = [c for c in peers if is_fuller(c.value, best.value)]
        best = max(fuller, key=lambda c: len(str(c.value)), default=best)
    same = [c for c in peers if c.key == best.key]
    return same[0] if len({c.value for c in same}) == 1 else min(same, key=_strangeness)


def _strangeness(claim: Claim) -> int:
    """How many characters are traditional or full-width."""
    text = claim.value if isinstance(claim.value, str) else ""
    return sum(a != b for a, b in zip(text, fold(text), strict=True))


def _is_part(name: str, claim: Claim, best: Claim) -> bool:
    """Whether a claim says no other thing than the best, but less of it: a short form of a name,
    a less exact date, a part of the words."""
    if isinstance(best.value, PartialDate):
        return bool(claim.value.covers(best.value))
    if name in _NAMES and is_fuller(best.value, claim.value):
        return True
    return isinstance(best.key, str) and str(claim.key) in best.key


def is_fuller(value: object, than: object) -> bool:
    """Whether a value is the other in full: 2024-07-28 to 2024-07, a name to its short form.

    A short form leaves characters out and keeps the order of the rest.
    """
    if isinstance(value, PartialDate) and isinstance(than, PartialDate):
        return value != than and than.covers(value)
    if isinstance(value, str) and isinstance(than, str) and len(value) > len(than):
        rest = iter(text_key(value))
        return all(character in rest for character in text_key(than))
    return False


def _evidence(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(place for claim in claims for place in claim.evidence))


def _candidate(claims: list[Claim]) -> Candidate:
    value = claims[0].value
    plain = str(value) if isinstance(value, PartialDate) else value
    return Candidate(plain, _evidence(claims))
