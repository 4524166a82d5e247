"""Renaming a record and merging two: every reference rewritten, every former id kept as an alias.

Both are pure: an archive goes in, the changed one comes out; writing it is the store's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, TypeVar

from ccmeet.codec import BadValue, check_id
from ccmeet.errors import UsageError
from ccmeet.model.archive import Archive, Candidate, Extracted, Overruled
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES, Record, is_part, join_path
from ccmeet.model.shape import Shape, shapes_by_name
from ccmeet.reading.joining import join_extracted, join_records, united

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Change:
    """An id of one record type that becomes another."""

    kind: str
    old: str
    new: str

    def of(self, shape: Shape, value: T) -> T | str:
        """A field's value after the change: another one if it is the id that changes."""
        points = shape.ref or (("articles",) if shape.name == "sources" else ())
        return self.new if self.kind in points and value == self.old else value

    def linked(self, text: str) -> str:
        """A Markdown text whose links to the record's page lead to its new address."""
        old = rf"(?<![\w-]){self.kind}/{self.old}(?![\w-])"
        inner = rf"(?!\w+:)[^()\s]*?{old}"
        link = rf"(?<=\]\(){inner}|^ {{0,3}}\[[^\]\n]+\]: *{inner}"
        cut = len(self.old)
        return re.sub(link, lambda found: found[0][:-cut] + self.new, text, flags=re.M)


def rename(archive: Archive, old: str, new: str) -> Archive:
    """The archive with a record's id changed from `old` to `new`.

    `old` may be written with its folder (`cities/suzhou`), as it must where two types use one
    id. Raises UsageError for an unknown or ambiguous `old` and for a `new` that is taken or is
    no id.
    """
    kind, id = _find(archive, old)
    new = new.removeprefix(f"{kind}/")
    try:
        check_id(new)
    except BadValue as error:
        raise UsageError(str(error), hint=error.hint) from None
    users = [r.id for r in archive.of(kind).values() if new == r.id or new in r.aliases]
    if [user for user in users if user != id] or new == id:
        join = f"ccmeet merge {kind}/{users[0]} {kind}/{id}"
        raise UsageError(
            f"{kind}/{new} is taken by {users[0]}",
            hint=f"Choose another id, or join the two: `{join}`.",
        )
    return _rewritten(archive, _Change(kind, id, new))


def merge(archive: Archive, keep: str, gone: str) -> Archive:
    """The archive with the record `gone` joined into `keep` of the same type.

    What `keep` says stands; `gone` fills what it leaves open, adds to its lists, sources and
    other names, and lives on as an alias. Values read otherwise for `gone` become candidates.
    Raises UsageError where either is unknown or ambiguous, both are one or of two types.
    """
    kind, kept = _find(archive, keep, also=gone)
    other, lost = _find(archive, gone, also=f"{kind}/{kept}")
    if kind != other:
        raise UsageError(
            f"{kind}/{kept} and {other}/{lost} are of two types",
            hint="Only records of one type can be one thing.",
        )
    if kept == lost:
        raise UsageError(f"{kind}/{kept} can't be merged with itself", hint="Name two records.")
    return _rewritten(archive, _Change(kind, lost, kept))


def _find(archive: Archive, name: str, also: str = "") -> tuple[str, str]:
    """Type and id of what a person names; one of the type of `also`, if several have the id."""
    folder, _, id = name.rpartition("/")
    found = [kind for kind in TYPES if folder in ("", kind) and id in archive.of(kind)]
    if len(found) > 1:
        beside, _, other = also.rpartition("/")
        found = [k for k in found if beside in ("", k) and other in archive.of(k)] or found
    if len(found) == 1:
        return found[0], id
    if found:
        several = ", ".join(f"{kind}/{id}" for kind in found)
        raise UsageError(f"`{id}` is several records", hint=f"Say which: {several}.")
    raise UsageError(f"no record `{name}`", hint=_instead(archive, id))


def _instead(archive: Archive, id: str) -> str:
    """What may have been meant by an id that no record has."""
    for kind in TYPES:
        for record in archive.of(kind).values():
            if id in record.aliases:
                return f"That is now {kind}/{record.id}."
    near = get_close_matches(id, [each for kind in TYPES for each in archive.of(kind)], 1)
    return f"Did you mean `{near[0]}`?" if near else "Ids are the file names in content/records."


# ---------- the change, everywhere ----------


def _rewritten(archive: Archive, change: _Change) -> Archive:
    records: dict[str, Any] = {kind: _records(kind, archive.of(kind), change) for kind in TYPES}
    extracted = {
        kind: _all_extracted(kind, each, change) for kind, each in archive.extracted.items()
    }
    pages = {stem: change.linked(text) for stem, text in archive.pages.items()}
    return replace(archive, **records, extracted=extracted, pages=pages)


def _records(kind: str, records: Mapping[str, Record], change: _Change) -> dict[str, Record]:
    changed: dict[str, Record] = {}
    # Where two become one, the record that keeps its id is the first and has the say.
    for id in sorted(records, key=lambda id: (kind == change.kind and id == change.old, id)):
        record = _record(kind, records[id], change)
        standing = changed.get(record.id)
        changed[record.id] = join_records(kind, standing, record) if standing else record
    return dict(sorted(changed.items()))


def _all_extracted(
    kind: str, extracted: Mapping[str, Extracted], change: _Change
) -> dict[str, Extracted]:
    changed: dict[str, Extracted] = {}
    for id in sorted(extracted, key=lambda id: (kind == change.kind and id == change.old, id)):
        each = _extracted(kind, extracted[id], change)
        standing = changed.get(each.record.id)
        changed[each.record.id] = join_extracted(kind, standing, each) if standing else each
    return dict(sorted(changed.items()))


def _record(kind: str, record: Record, change: _Change) -> Record:
    moved: Record = _part(record, change)
    if record.note:
        moved = replace(moved, note=change.linked(record.note))
    if kind != change.kind or record.id != change.old:
        return moved
    aliases = dict.fromkeys((*record.aliases, change.old))
    return replace(moved, id=change.new, aliases=tuple(a for a in aliases if a != change.new))


def _part(part: Any, change: _Change) -> Any:
    """A record or a part of one with the id changed wherever it points."""
    values: dict[str, Any] = {}
    kind: type = type(part)
    for name, shape in shapes_by_name(kind).items():
        value = getattr(part, name)
        if isinstance(value, tuple):
            items = tuple(
                _part(item, change) if is_part(item) else change.of(shape, item) for item in value
            )
            # Two items that are now one thing's become one.
            values[name] = items if items == value else united(shape.key, items)
        elif is_part(value):
            values[name] = _part(value, change)
        else:
            values[name] = change.of(shape, value)
    return replace(part, **values)


def _extracted(kind: str, extracted: Extracted, change: _Change) -> Extracted:
    def path(old: str) -> str:
        return _path(TYPES[kind], old, change)

    evidence: dict[str, tuple[Evidence, ...]] = {}
    for old, places in extracted.evidence.items():
        moved = _places(places, change)
        evidence[path(old)] = tuple(dict.fromkeys((*evidence.get(path(old), ()), *moved)))
    return replace(
        extracted,
        # The alias is a person's decision, not a reading: in the record alone, so that the
        # next reading, which knows of none, doesn't seem to take it back.
        record=replace(_record(kind, extracted.record, change), aliases=()),
        evidence=evidence,
        candidates={
            path(old): tuple(
                Candidate(_pointed(kind, old, each.value, change), _places(each.evidence, change))
                for each in several
            )
            for old, several in extracted.candidates.items()
        },
        overruled={
            path(old): Overruled(
                _pointed(kind, old, each.read, change), _pointed(kind, old, each.kept, change)
            )
            for old, each in extracted.overruled.items()
        },
    )


def _places(places: Iterable[Evidence], change: _Change) -> tuple[Evidence, ...]:
    if change.kind != "articles":
        return tuple(places)
    return tuple(replace(e, article=change.new) if e.article == change.old else e for e in places)


def _path(part: type | None, path: str, change: _Change) -> str:
    """A field's path after the change: ids stand in it as keys of list items."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")]
    for number, step in enumerate(steps):
        shape = shapes_by_name(part).get(step) if part else None
        if shape is None:
            continue  # the key of an item: dealt with at its list
        if shape.many and number + 1 < len(steps):
            key, mark, count = steps[number + 1].partition("#")
            steps[number + 1] = f"{_key(shape, key, change)}{mark}{count}"
        part = shape.part
    return join_path(*steps)


def _key(shape: Shape, key: str, change: _Change) -> str:
    inner = shapes_by_name(shape.part) if shape.part and shape.kind == "part" else {}
    names = [inner[name] for name in shape.key.split("|") if name in inner] or [shape]
    return next((new for each in names if (new := change.of(each, key)) != key), key)


def _pointed(kind: str, path: str, value: T, change: _Change) -> T | Any:
    """The value of a leaf after the change, if it is an id."""
    part: type | None = TYPES[kind]
    shape = None
    for step in path.split("/"):
        found = shapes_by_name(part).get(step) if part else None
        if found:
            shape, part = found, found.part
    return change.of(shape, value) if shape else value
