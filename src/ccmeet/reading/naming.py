"""Which of a record's printed names is the name, and which are other names of the same thing.

The stated rule chooses, unless people have: a name that they gave, or a record in which they
brought several names together, keeps its name, whatever is printed later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ccmeet.lexicon.reasons import reason
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES
from ccmeet.reading.claims import Claim, Sheet, best_claim
from ccmeet.reading.evidence import concluded
from ccmeet.reading.names import NAME_KEYS, OTHER_NAMES, text_key


@dataclass(frozen=True, slots=True)
class Kept:
    """A name that people stand by. `before` is the key of the parser's name that they saw,
    `others` those of the names that the record holds beside it; where things are known by name
    alone (`by_name`) any other name that led to the record is one of it."""

    name: str
    before: str
    others: frozenset[str]
    by_name: bool


def kept_name(kind: str, id: str, standing: Archive) -> Kept | None:
    """The name that people gave a record, or under which they brought others together."""
    field, more = OTHER_NAMES.get(kind, ("", ""))
    record = standing.of(kind).get(id) if field else None
    name = getattr(record, field) if record else None
    if record is None or not name:
        return None
    read = standing.extracted.get(kind, {}).get(id)
    before = getattr(read.record, field) if read else None
    decided = read.overruled.get(field) if read else None
    if decided and decided.kept == name:
        before = decided.read
    others: tuple[str, ...] = getattr(record, more)
    key = NAME_KEYS.get(kind)
    # The parser never joins names of different keys: it was people who did.
    brought = key is not None and any(key(other) != key(name) for other in others)
    if before == name and not brought:
        return None
    keys = frozenset(map(text_key, others))
    return Kept(name, text_key(str(before or "")), keys, by_name=key is not None)


def choose_name(sheet: Sheet, kept: Kept | None) -> Sheet:
    """The sheet with one name in the name's field, the other names moved to theirs."""
    field, more = OTHER_NAMES.get(sheet.kind, ("", ""))
    claims: list[Claim] = sheet.tree.get(field, [])
    if not claims:
        return sheet
    names, others = _by_people(claims, kept) if kept else ([], claims)
    if not names:
        best = best_claim(TYPES[sheet.kind], field, others)
        names = [claim for claim in others if claim.key == best.key]
        others = [claim for claim in claims if claim.key != best.key]
    together = {**sheet.tree.get(more, {})}
    for claim in others:
        together[str(claim.key)] = [*together.get(str(claim.key), ()), claim]
    together.pop(str(names[0].key), None)
    return replace(sheet, tree={**sheet.tree, field: names, more: together})


def _by_people(claims: list[Claim], kept: Kept) -> tuple[list[Claim], list[Claim]]:
    """The claims for the name and for other names, where people have settled the name.

    No claim for the name where only names are printed that people have not seen.
    """
    own = [claim for claim in claims if claim.key == text_key(kept.name)]
    old = [claim for claim in claims if claim.key == kept.before != text_key(kept.name)]
    rest = [claim for claim in claims if claim.key not in (text_key(kept.name), kept.before)]
    if own and kept.before in kept.others:
        return own, [*old, *rest]
    if own or old:
        # What people replaced is still read, but counts for less than their own.
        return [*own, *(replace(claim, told=-1) for claim in old)], rest
    if kept.by_name or all(claim.key in kept.others for claim in rest):
        return list(_called(kept.name, rest)), rest
    return [], [claim for claim in rest if claim.key not in kept.others]


def _called(name: str, claims: Iterable[Claim]) -> Iterable[Claim]:
    for claim in claims:
        why = reason("name.kept", words=claim.value, name=name)
        yield replace(claim, value=name, evidence=concluded(claim.evidence, "kept-name", why))
