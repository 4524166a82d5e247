"""What a page is made from, noted while it is made, so that an edit remakes only its own pages.

The archive's tables are handed to the pages as `Noted` mappings, which write down each place that
is looked at. A page is still as it should be while `Digests` gives the same for all its places.
"""

from collections.abc import Hashable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field, fields, is_dataclass, replace
from hashlib import blake2b
from typing import TypeVar, cast

from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES
from ccmeet.showing.addresses import name_of
from ccmeet.showing.relations import Relations

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Place = tuple[str, object]
"""A table and a key in it, or one of the two below."""
EVERY, COUNT = ("*",), ("#",)
"""In place of a key: all that a table holds, in its order; how much it holds."""

READ = "extracted/"
_KINDS = {part: kind for kind, part in TYPES.items()}
_SIZE = 12
"""Bytes of a digest: chance alone gives no two of a million places the same one."""


class Noted(Mapping[K, V]):
    """A table that notes in `notes` what is looked up in it."""

    __slots__ = ("_name", "_notes", "_table")

    def __init__(self, name: str, table: Mapping[K, V], notes: set[Place]) -> None:
        self._name, self._table, self._notes = name, table, notes

    def __getitem__(self, key: K) -> V:
        self._notes.add((self._name, key))
        return self._table[key]

    def get(self, key: K, default=None):  # type: ignore[no-untyped-def]
        self._notes.add((self._name, key))
        return self._table.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.add((self._name, key))
        return key in self._table

    def __iter__(self) -> Iterator[K]:
        self._notes.add((self._name, EVERY))
        return iter(self._table)

    def items(self) -> ItemsView[K, V]:
        self._notes.add((self._name, EVERY))
        return self._table.items()

    def values(self) -> ValuesView[V]:
        self._notes.add((self._name, EVERY))
        return self._table.values()

    def __len__(self) -> int:
        self._notes.add((self._name, COUNT))
        return len(self._table)


def note_archive(archive: Archive, notes: set[Place]) -> Archive:
    """The same archive, which notes what is looked up in it."""
    read = {kind: Noted(READ + kind, found, notes) for kind, found in archive.extracted.items()}
    tables = {kind: Noted(kind, archive.of(kind), notes) for kind in TYPES}
    return replace(archive, extracted=read, **tables)  # type: ignore[arg-type]


def note_relations(relations: Relations, notes: set[Place]) -> Relations:
    """The same relations, which note what is looked up in them."""
    tables = {
        each.name: Noted(each.name, getattr(relations, each.name), notes)
        for each in fields(relations)
    }
    return Relations(**tables)


@dataclass(frozen=True, slots=True)
class Digests:
    """Short hashes of what pages are made from.

    `stamps` are the hashes of the files that the archive's records and `READ` tables stand in, by
    place.
    """

    archive: Archive
    relations: Relations
    stamps: Mapping[Place, bytes]
    known: dict[Place, bytes] = field(default_factory=dict)

    def of(self, place: Place) -> bytes:
        """The digest of what stands at a place now; places where nothing stands have theirs."""
        digest = self.known.get(place)
        if digest is None:
            digest = self.known[place] = _hash(repr(place).encode(), self._told(*place))
        return digest

    def _told(self, table: str, key: object) -> bytes:
        """What stands at a place, as bytes that differ where it differs."""
        found = self._table(table)
        if key == COUNT:
            return b"%d" % len(found)
        if key == EVERY:
            return b"".join([self.of((table, each)) for each in found])
        if key not in found:
            return b""
        if table in TYPES:
            # A meeting without a name bears one that its series gives it: no file of its own says.
            name = name_of(found[key])  # type: ignore[arg-type]
            return self._stamp((table, key), found[key]) + name.encode("utf-8", "replace")
        if table.startswith(READ):
            return self._stamp((table, key), found[key])
        if table == "markings":
            return b"".join([self.of(place) for place in self.relations.marked_from[str(key)]])
        if table == "read":
            kind, id = cast(tuple[str, str], key)
            return self.of((READ + kind, id))
        return self._value(found[key])

    def _table(self, name: str) -> Mapping[object, object]:
        table: Mapping[object, object]
        if name in TYPES:
            table = self.archive.of(name)  # type: ignore[assignment]
        elif name.startswith(READ):
            table = self.archive.extracted.get(name.removeprefix(READ), {})  # type: ignore[assignment]
        else:
            table = getattr(self.relations, name)
        return table

    def _stamp(self, place: Place, value: object) -> bytes:
        return self.stamps.get(place) or repr(value).encode("utf-8", "replace")

    def _value(self, value: object) -> bytes:
        """A value of a relation; the records in it count as their own files say."""
        if kind := _KINDS.get(type(value)):  # type: ignore[arg-type]
            return self.of((kind, value.id))  # type: ignore[attr-defined]
        if isinstance(value, tuple | list):
            return _hash(b"", b"".join(map(self._value, value)))
        if is_dataclass(value):
            parts = (self._value(getattr(value, each.name)) for each in fields(value))
            return _hash(type(value).__name__.encode(), b"".join(parts))
        return _hash(b"", repr(value).encode("utf-8", "replace"))


def _hash(*parts: bytes) -> bytes:
    return blake2b(b"\0".join(parts), digest_size=_SIZE).digest()
