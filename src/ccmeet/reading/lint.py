"""What `ccmeet check` finds: the archive held against itself and its articles.

An error is something broken (a link that leads nowhere, proof that doesn't prove), a warning
something that a person should look at, a conflict what only a person can settle.
"""

import re
from collections.abc import Container, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ccmeet.codec import can_be_id
from ccmeet.errors import Problem
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES, is_part, join_path, keyed
from ccmeet.model.shape import Shape, shapes_of
from ccmeet.reading.chronology import check_chronology
from ccmeet.reading.likeness import check_likeness
from ccmeet.reading.merge import unsettled
from ccmeet.reading.proof import check_proof
from ccmeet.reading.store import record_file
from ccmeet.reading.wording import problem_at

_CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)


def lint(
    archive: Archive, files: Mapping[str, str], unread: Container[str] = ()
) -> tuple[Problem, ...]:
    """All problems of a loaded archive, by file and line.

    `files`: each file in content/articles (its path from the project's root) → the SHA-256 of
    its bytes, hexadecimal. `unread` are record files that couldn't be loaded: what they say is
    not known, so that nothing is said of what leads there.
    """
    found = [
        *_names(archive),
        *_references(archive, unread),
        *_values(archive),
        *check_proof(archive, files),
        *check_chronology(archive),
        *check_likeness(archive),
        *unsettled(archive),
    ]
    return tuple(sorted(found, key=lambda p: (p.path, p.line or 0, p.field, p.message)))


def _names(archive: Archive) -> Iterator[Problem]:
    """Old ids that are some other record's."""
    for kind in TYPES:
        owners: dict[str, str] = {id: id for id in archive.of(kind)}
        for id, record in archive.of(kind).items():
            for alias in record.aliases:
                if alias in owners:
                    owner = owners[alias]
                    what = "is another record" if owner == alias else f"is an alias of {owner} too"
                    what = "is its own id" if alias == id else what
                    path = join_path("aliases", alias)
                    hint = "An address leads to one record: delete the alias here or there."
                    message = f"the alias `{alias}` {what}"
                    yield problem_at(archive, "error", kind, id, path, message, hint)
                owners.setdefault(alias, id)


def _references(archive: Archive, unread: Container[str]) -> Iterator[Problem]:
    """Ids of records that aren't there."""
    known = {kind: archive.of(kind) for kind in TYPES}
    renamed = {
        kind: {alias: id for id, record in known[kind].items() for alias in record.aliases}
        for kind in TYPES
    }
    for kind in TYPES:
        for id, record in known[kind].items():
            for path, name, kinds in _pointers(record, ()):
                if any(name in known[k] or record_file(k, name) in unread for k in kinds):
                    continue
                now = next((renamed[k][name] for k in kinds if name in renamed[k]), None)
                if now:
                    message, hint = f"`{name}` is now `{now}`", f"Write `{now}`."
                else:
                    message = f"no record `{name}` in {' or '.join(kinds)}"
                    ids = sorted(each for k in kinds for each in known[k])
                    close = get_close_matches(name, ids, 1)
                    hint = f"Did you mean `{close[0]}`? " if close else ""
                    add = f"Add {record_file(kinds[0], name)} or correct the id."
                    hint += add if can_be_id(name) else "Correct the id."
                yield problem_at(archive, "error", kind, id, path, message, hint)


def _pointers(part: Any, within: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(path, id, record types it may be of) of each reference in a record."""
    for shape in shapes_of(part.__class__):
        value = getattr(part, shape.name)
        here = (*within, shape.name)
        kinds = _kinds(shape)
        pairs = keyed(shape.key, value) if shape.many else [("", value)]
        for key, item in pairs:
            path = (*here, key) if key else here
            if is_part(item):
                yield from _pointers(item, path)
            elif kinds and item is not None:
                yield join_path(*path), item, kinds


def _kinds(shape: Shape) -> tuple[str, ...]:
    # A source is an article's id or a page of its own, so its type names no one folder.
    return ("articles",) if shape.name == "sources" else shape.ref


def _values(archive: Archive) -> Iterator[Problem]:
    """Values that their type allows and their meaning doesn't."""
    for id, city in archive.cities.items():
        if city.identifier and not _CODE.fullmatch(city.identifier):
            message = f"`{city.identifier}` is no code of GB/T 2260"
            hint = "Six digits: 430100."
            yield problem_at(archive, "error", "cities", id, "identifier", message, hint)
        place = city.position
        for name, most in (("longitude", 180), ("latitude", 90)):
            degrees = getattr(place, name) if place else None
            if degrees is not None and abs(degrees) > most:
                message = f"{degrees} degrees of {name}"
                hint = f"Between -{most} and {most}; perhaps the two are exchanged."
                path = f"position/{name}"
                yield problem_at(archive, "error", "cities", id, path, message, hint)
    for kind in ("meetings", "documents"):
        for id, record in archive.of(kind).items():
            if not record.sources:
                message = "nothing says where this is from"
                hint = "Add `sources`: an article's id, or a table with `url` and `title`."
                yield problem_at(archive, "warning", kind, id, "id", message, hint)
