"""Two records that become one: the one that is kept has the say, nothing of the other is lost."""

from dataclasses import fields, replace
from typing import Any

from ccmeet.model.archive import Candidate, Extracted
from ccmeet.model.records import Record, is_part, join_path, key_of, leaves
from ccmeet.partialdate import PartialDate
from ccmeet.reading.names import OTHER_NAMES, text_key


def join_records(kind: str, keep: Record, gone: Record) -> Record:
    """One record of two of a type: `keep` has the say, `gone` fills what it leaves open.

    Lists are united by their items' keys, notes stand one below the other, and the name of
    `gone` becomes another name.
    """
    joined: Record = _fill(keep, gone)
    notes = dict.fromkeys(note for note in (keep.note, gone.note) if note)
    joined = replace(joined, note="\n\n".join(notes) or None)
    name, others = OTHER_NAMES.get(kind, ("", ""))
    if not others or not getattr(gone, name):
        return joined
    forms = {text_key(form): form for form in (*getattr(joined, others), getattr(gone, name))}
    forms.pop(text_key(getattr(joined, name)), None)
    more: dict[str, Any] = {others: tuple(forms.values())}
    return replace(joined, **more)


def _fill(keep: Any, gone: Any) -> Any:
    """`keep` with what only `gone` has: absent fields, list items of other keys."""
    values: dict[str, Any] = {}
    for spec in fields(keep):
        ours, theirs = getattr(keep, spec.name), getattr(gone, spec.name)
        if isinstance(ours, tuple):
            values[spec.name] = united(spec.metadata.get("key", ""), (*ours, *theirs))
        elif is_part(ours) and is_part(theirs):
            values[spec.name] = _fill(ours, theirs)
        else:
            values[spec.name] = theirs if ours is None else ours
    return replace(keep, **values)


def united(key: str, items: tuple[Any, ...]) -> tuple[Any, ...]:
    """A list's items, those of one key filled into the first of it; `key` is the field's."""
    found: dict[object, Any] = {}
    for number, item in enumerate(items):
        own = key_of(key, item) or number
        if own not in found:
            found[own] = item
        elif is_part(item):
            found[own] = _fill(found[own], item)
    return tuple(found.values())


def join_extracted(kind: str, keep: Extracted, gone: Extracted) -> Extracted:
    """What was read for both: agreeing evidence together, other values as candidates.

    The name that `gone` was read under is read now as another name of `keep`.
    """
    gone = _renamed(kind, keep.record, gone)
    ours, theirs = dict(leaves(keep.record)), dict(leaves(gone.record))
    evidence = dict(gone.evidence) | dict(keep.evidence)
    candidates = dict(gone.candidates) | dict(keep.candidates)
    for path, places in gone.evidence.items():
        if path not in ours or ours[path] == theirs.get(path):
            evidence[path] = tuple(dict.fromkeys((*keep.evidence.get(path, ()), *places)))
        elif path in theirs:
            value: Any = theirs[path]
            plain = str(value) if isinstance(value, PartialDate) else value
            candidates[path] = (*candidates.get(path, ()), Candidate(plain, places))
    return replace(
        keep,
        record=join_records(kind, keep.record, gone.record),
        evidence=evidence,
        candidates=candidates,
        overruled=dict(gone.overruled) | dict(keep.overruled),
    )


def _renamed(kind: str, keep: Record, gone: Extracted) -> Extracted:
    name, others = OTHER_NAMES.get(kind, ("", ""))
    printed = getattr(gone.record, name) if name else None
    if not printed or text_key(printed) == text_key(getattr(keep, name) or ""):
        return gone
    evidence = dict(gone.evidence)
    path = join_path(others, printed)
    if name in evidence:
        evidence[path] = (*evidence.get(path, ()), *evidence.pop(name))
    return replace(gone, evidence=evidence)
