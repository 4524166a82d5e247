"""Three-way merge: what the parser read before, the record as it stands, what it reads now.

Leaf by leaf: a value that stands as the parser left it follows the parser; a value that a person
changed, added or deleted stays, and where the parser then says something new and different, both
are reported until a person has chosen. List items are matched by key. A list that a person added
to, cut or reordered keeps its order; the parser's new items find their place beside their
neighbours.

Two files can't tell everything: once the parser agrees with a person, or no longer reads what a
person deleted, the person's decision would be forgotten with the next reading. `Overruled`
remembers it in the extracted file. A conflict is settled by writing either value, or another
one, into the record, or by `keep`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ccmeet.errors import Problem
from ccmeet.model.archive import Archive, Extracted, Overruled
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES, Record, is_part, join_path, keyed
from ccmeet.model.shape import Shape, shapes_of
from ccmeet.partialdate import PartialDate
from ccmeet.reading.wording import Plain, dotted, line_of, plain, told

Keep = Literal["mine", "theirs"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field where a person and the parser differ and no one has chosen yet.

    `kept` stands in the record, `read` is what the parser now reads, `before` what it read when
    the person decided. None is "absent", dates stand as text.
    """

    path: str
    kept: Plain
    read: Plain
    before: Plain


@dataclass(frozen=True, slots=True)
class Merged:
    """The record as it is to stand (None: no such record), and what to remember and report."""

    record: Record | None
    conflicts: tuple[Conflict, ...] = ()
    overruled: Mapping[str, Overruled] = field(default_factory=dict)


def merge_record(
    old: Record | None,
    standing: Record | None,
    new: Record | None,
    overruled: Mapping[str, Overruled] | None = None,
    keep: Keep | None = None,
) -> Merged:
    """Merge one record. `overruled` is the old extracted record's; `keep` settles conflicts.

    A record whose file a person removed stays away; one that the parser no longer reads goes
    unless a person had a hand in it. A record equal to its first reading is the parser's.
    """
    memory = overruled or {}
    if standing is None:
        return Merged(None if old else new, (), memory)
    if new is None:
        if standing == old and not memory:
            return Merged(None)
        # Kept whole; merged with an empty reading, only so that what was decided is remembered.
        merge = _Merge(memory, keep)
        merge.part((), old, standing, standing.__class__(id=standing.id))
        return Merged(standing, (), merge.remembered)
    if old is None and standing == new:
        return Merged(standing)
    merge = _Merge(memory, keep)
    record = merge.part((), old, standing, new)
    conflicts = sorted(merge.conflicts, key=lambda conflict: conflict.path)
    return Merged(record, tuple(conflicts), merge.remembered)


@dataclass(frozen=True, slots=True)
class MergedArchive:
    """What is to stand on disk, by (type, id): None where the file is to go.

    Records and extracted records that stay as they are aren't listed.
    """

    records: Mapping[tuple[str, str], Record | None]
    extracted: Mapping[tuple[str, str], Extracted | None]
    conflicts: tuple[Problem, ...] = ()


def merge_archive(
    archive: Archive,
    readings: Mapping[str, Mapping[str, Extracted]],
    keep: Keep | None = None,
    only: Container[str] | None = None,
    but: Container[str] = (),
) -> MergedArchive:
    """Merge what all articles now say (by type, then id) into the archive.

    `readings` is complete: a record that isn't among them is one that no article names any more.
    `only` limits the merge to records of which one of these articles is, or was, a source;
    records of which one of `but` was a source stay as they are.
    """
    records: dict[tuple[str, str], Record | None] = {}
    extracted: dict[tuple[str, str], Extracted | None] = {}
    problems: list[Problem] = []
    for kind in TYPES:
        olds = archive.extracted.get(kind, {})
        news = readings.get(kind, {})
        for id in sorted({*olds, *news}):
            old, new, standing = olds.get(id), news.get(id), archive.of(kind).get(id)
            if only is not None and not any(_names(only, each) for each in (old, new)):
                continue
            if _names(but, old):
                continue
            merged = merge_record(
                old.record if old else None,
                standing,
                new.record if new else None,
                old.overruled if old else None,
                keep,
            )
            if merged.record != standing:
                records[kind, id] = merged.record
            if new:
                new = replace(new, overruled=merged.overruled)
            elif old and standing is None:
                new = old  # the only trace of a record that a person removed
            elif merged.record and merged.overruled:
                new = Extracted(TYPES[kind](id=id), overruled=merged.overruled)
            if new != old:
                extracted[kind, id] = new
            problems += _conflicts(archive, kind, id, merged, new)
    return MergedArchive(records, extracted, tuple(problems))


def unsettled(archive: Archive) -> Iterator[Problem]:
    """The conflicts of earlier merges that no one has settled yet."""
    for kind, read in archive.extracted.items():
        for id, known in read.items():
            if known.overruled:
                standing = archive.of(kind).get(id)
                merged = merge_record(known.record, standing, known.record, known.overruled)
                yield from _conflicts(archive, kind, id, merged, known)


def _names(articles: Container[str], extracted: Extracted | None) -> bool:
    """Whether an extracted record is one of these articles, or names one as its source."""
    if extracted is None:
        return False
    record = extracted.record
    return record.id in articles or any(
        isinstance(each, str) and each in articles for each in record.sources
    )


def _conflicts(
    archive: Archive, kind: str, id: str, merged: Merged, new: Extracted | None
) -> Iterator[Problem]:
    file, lines = archive.places.get((kind, id), ("", {}))
    for conflict in merged.conflicts:
        where = _where(new.evidence.get(conflict.path, ()) if new else ())
        before = "" if conflict.before is None else f" (it read {told(conflict.before)} before)"
        mine = "it was deleted by hand" if conflict.kept is None else told(conflict.kept)
        yield Problem(
            "conflict",
            f"{mine} here, but the parser now reads {told(conflict.read)}{where}{before}",
            file,
            line_of(lines, conflict.path),
            dotted(conflict.path),
            "Write the value that holds into the record, or settle all conflicts at once with "
            "`ccmeet parse --keep mine` or `--keep theirs`.",
        )


def _where(evidence: tuple[Evidence, ...]) -> str:
    if not evidence:
        return ""
    first = evidence[0]
    return f" in {first.article} ({first.start}-{first.end}: “{first.exact[:40]}”)"


class _Merge:
    """One record's merge: what was remembered, and what this merge finds to say."""

    def __init__(self, memory: Mapping[str, Overruled], keep: Keep | None) -> None:
        self.memory = memory
        self.keep = keep
        self.conflicts: list[Conflict] = []
        self.remembered: dict[str, Overruled] = {}

    def part(self, path: Path, old: Any, standing: Any, new: Any) -> Any:
        """Merge a record, or a part that stands and is read; `old` may be None."""
        values = {}
        for shape in shapes_of(new.__class__):
            here = (*path, shape.name)
            was, stands, reads = (_value(shape, each) for each in (old, standing, new))
            if shape.form == "id" and not shape.many:
                values[shape.name] = stands
            elif shape.form == "sha256":
                # No one's opinion: it goes with the file that is named before it.
                is_same = all(getattr(new, name) == value for name, value in values.items())
                values[shape.name] = reads if is_same else stands
            elif shape.many:
                values[shape.name] = self.items(shape, here, was, stands, reads)
            elif shape.kind == "part":
                values[shape.name] = self.optional(shape, here, was, stands, reads)
            else:
                values[shape.name] = self.leaf(join_path(*here), was, stands, reads)
        return new.__class__(**values)

    def optional(self, shape: Shape, path: Path, old: Any, standing: Any, new: Any) -> Any:
        """Merge a single part that may be absent on any side."""
        assert shape.part
        empty = shape.part()
        merged = self.part(path, old or empty, standing or empty, new or empty)
        return None if merged == empty else merged

    def leaf(self, path: str, old: Any, standing: Any, new: Any) -> Any:
        kept, read = plain(standing), plain(new)
        base = self.base(path, plain(old), kept)
        if kept == base:
            return new
        if read in (kept, base) or read is None or _says_less(new, standing):
            if read != base:
                self.remembered[path] = Overruled(base, kept)
            return standing
        if self.keep:
            return new if self.keep == "theirs" else standing
        self.conflicts.append(Conflict(path, kept, read, base))
        self.remembered[path] = Overruled(base, kept)
        return standing

    def base(self, path: str, old: Plain, kept: Plain) -> Plain:
        """The parser's value that the person decided upon: the remembered one, if still theirs."""
        known = self.memory.get(path)
        return known.read if known and known.kept == kept else old

    def items(self, shape: Shape, path: Path, old: Any, standing: Any, new: Any) -> Any:
        was, stands, reads = (dict(keyed(shape.key, each)) for each in (old, standing, new))
        merged: dict[str, Any] = {}
        for key in dict.fromkeys([*stands, *reads, *was, *self.deleted(path)]):
            here = (*path, key)
            mine, theirs = stands.get(key), reads.get(key)
            if not self.stays(here, was.get(key), mine, theirs):
                continue
            if is_part(mine) and is_part(theirs):
                merged[key] = self.part(here, was.get(key), mine, theirs)
            else:
                merged[key] = theirs if mine is None else mine
        return tuple(merged[key] for key in self.order(path, was, stands, reads, merged))

    def stays(self, path: Path, old: Any, standing: Any, new: Any) -> bool:
        """Whether a list's item is to be there."""
        name, key = join_path(*path), path[-1]
        kept, read = (key if each is not None else None for each in (standing, new))
        base = self.base(name, None if old is None else key, kept)
        within = any(each.startswith(f"{name}/") for each in self.memory)
        edited = standing is not None and (standing != old or within)
        if edited and new is None and is_part(standing):
            # Kept whole; merged with an empty reading, only so that what was done is remembered.
            self.part(path, old, standing, standing.__class__())
        if kept == base:
            return read is not None or edited
        if read != base:
            self.remembered[name] = Overruled(base, kept)
        return kept is not None

    def deleted(self, path: Path) -> Iterator[str]:
        """Keys of items that a person deleted and that the parser has not read since."""
        for name, known in self.memory.items():
            *above, key = name.split("/")
            if known.kept is None and known.read and "/".join(above) == join_path(*path):
                yield key.replace("~1", "/").replace("~0", "~")

    def order(
        self,
        path: Path,
        old: Iterable[str],
        standing: Iterable[str],
        new: Iterable[str],
        merged: Any,
    ) -> list[str]:
        """The keys of the merged list: a person's order if they had a hand in the list."""
        name = join_path(*path)
        if list(standing) == list(old) and name not in self.memory:
            return _weave(new, standing, merged)
        order = _weave(standing, new, merged)
        if len(order) > 1 and order == list(new):
            self.remembered[name] = Overruled()
        return order


def _value(shape: Shape, part: Any) -> Any:
    return shape.default if part is None else getattr(part, shape.name)


def _says_less(new: Any, standing: Any) -> bool:
    """Whether the parser's date is the person's, only less exact: 2013 for 2013-02."""
    return (
        isinstance(new, PartialDate) and isinstance(standing, PartialDate) and new.covers(standing)
    )


def _weave(first: Iterable[str], second: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """The wanted keys in the first order; those only in the second, each after its neighbour."""
    wanted = set(wanted)
    order = [key for key in first if key in wanted]
    placed = set(order)
    after = 0
    for key in second:
        if key in placed:
            after = order.index(key) + 1
        elif key in wanted:
            order.insert(after, key)
            placed.add(key)
            after += 1
    return order
