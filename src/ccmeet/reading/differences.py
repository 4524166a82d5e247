"""What people changed: the records compared with what the parser last read for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES, Record, is_part, join_path, keyed, leaves
from ccmeet.model.shape import shapes_of
from ccmeet.reading.store import record_file
from ccmeet.reading.wording import Plain, line_of, plain


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that people changed, added or deleted against what the parser read.

    `path` is "" for a whole record, a list's path where its order was changed.
    """

    change: Literal["changed", "added", "deleted", "reordered"]
    kind: str
    id: str
    file: str
    line: int | None
    path: str = ""
    read: Plain = None
    kept: Plain = None


def diff_archive(archive: Archive) -> tuple[Difference, ...]:
    """Everything in which the records differ from what the parser last read, in file order."""
    rows: list[Difference] = []
    for kind in TYPES:
        records, read = archive.of(kind), archive.extracted.get(kind, {})
        for id in sorted({*records, *read}):
            file, lines = archive.places.get((kind, id), (record_file(kind, id), {}))
            if id not in read or read[id].record == TYPES[kind](id=id):
                rows.append(Difference("added", kind, id, file, None))
            elif id not in records:
                rows.append(Difference("deleted", kind, id, file, None))
            else:
                found = [
                    Difference(change, kind, id, file, line_of(lines, path), path, was, now)
                    for change, path, was, now in _differences(read[id].record, records[id])
                ]
                rows += sorted(found, key=lambda row: row.line or 0)
    return tuple(rows)


def _differences(read: Record, kept: Record) -> Iterator[tuple[Any, str, Plain, Plain]]:
    was, now = dict(leaves(read)), dict(leaves(kept))
    for path in [*now, *(path for path in was if path not in now)]:
        before, after = plain(was.get(path)), plain(now.get(path))
        if before is None and after is not None:
            yield "added", path, None, after
        elif after is None:
            yield "deleted", path, before, None
        elif before != after:
            yield "changed", path, before, after
    yield from _reordered((), read, kept)


def _reordered(
    path: tuple[str, ...], read: Any, kept: Any
) -> Iterator[tuple[Any, str, Plain, Plain]]:
    """Lists whose common items stand in another order."""
    for shape in shapes_of(kept.__class__):
        if not shape.many:
            continue
        here = (*path, shape.name)
        was, now = (dict(keyed(shape.key, getattr(part, shape.name))) for part in (read, kept))
        if [key for key in was if key in now] != [key for key in now if key in was]:
            yield "reordered", join_path(*here), ", ".join(was), ", ".join(now)
        for key, item in now.items():
            if is_part(item) and is_part(was.get(key)):
                yield from _reordered((*here, key), was[key], item)
