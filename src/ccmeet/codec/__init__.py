"""YAML ↔ records and JSON ↔ extracted records: strict in, canonical out.

Doors only: `tree` reads YAML into strings with places, `build` types them by the record's class,
`dump` writes canonical YAML, `edit` updates a file that people wrote in, `extracted` holds the
JSON side.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ccmeet.codec.build import (
    DEVICES,
    BadValue,
    Findings,
    can_be_id,
    check_id,
    is_web_address,
    places,
    read_part,
)
from ccmeet.codec.dump import dump_record, scalar
from ccmeet.codec.edit import comments_of, update_text
from ccmeet.codec.extracted import decode_extracted, encode_extracted
from ccmeet.codec.tree import Scalar, Table, load_data, read_tree
from ccmeet.errors import Problem
from ccmeet.model.archive import Site
from ccmeet.model.records import TYPES, Record

__all__ = [
    "DEVICES",
    "BadValue",
    "Decoded",
    "can_be_id",
    "check_id",
    "decode_extracted",
    "decode_record",
    "decode_site",
    "encode_extracted",
    "encode_record",
    "has_comments",
    "is_web_address",
    "load_data",
    "scalar",
]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A record file read: the record unless something was wrong, and the line of each field.

    `lines` has the paths of `records.leaves` and those of the lists, items and tables above them.
    """

    record: Record | None
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def decode_record(kind: str, text: str, file: str) -> Decoded:
    """Read a record file. `kind` is its folder (a key of TYPES), `file` its path for messages.

    All problems come at once, each with line, field and remedy; none is raised.
    """
    tree, problems = read_tree(text, file)
    if tree is None:
        return Decoded(None, problems)
    findings = Findings(file, list(problems))
    record = read_part(TYPES[kind], tree, findings)
    stem = PurePosixPath(file).stem
    id = tree.get("id")
    if isinstance(id, Scalar) and can_be_id(id.text) and id.text != stem:
        hint = f"Rename the file or the id; other records name it `{id.text}` or `{stem}`."
        findings.add(id.line, "id", f"the id `{id.text}` differs from the file's name", hint)
    if findings.problems:
        return Decoded(None, tuple(sorted(findings.problems, key=lambda p: p.line or 0)))
    return Decoded(record, (), _Lines(record, text))


class _Lines(Mapping[str, int]):
    """The lines of a record's fields, looked for once a message names one: few ever do."""

    __slots__ = ("_found", "_record", "_text")

    def __init__(self, record: Record, text: str) -> None:
        self._record, self._text = record, text
        self._found: dict[str, int] | None = None

    def _all(self) -> dict[str, int]:
        if self._found is None:
            tree, _ = read_tree(self._text, "")
            self._found = dict(places(self._record, tree)) if tree else {}
        return self._found

    def __getitem__(self, path: str) -> int:
        return self._all()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def encode_record(
    kind: str, record: Record, standing: str | None = None, gone: Iterable[str] = ()
) -> str:
    """Write a record as YAML, canonically.

    With `standing`, the text of the file as it is: its comments, blank lines, quotes and order
    of keys stay, and only what differs is changed. `gone` are texts of files whose place this
    one takes; their comments are kept here, at its beginning.
    """
    if standing is None:
        return dump_record(record, schema_line(kind))
    mark = "\ufeff" if standing.startswith("\ufeff") else ""
    line_end = "\r\n" if standing.count("\r\n") * 2 > standing.count("\n") else "\n"
    text = standing.removeprefix(mark).replace("\r\n", "\n")
    text = _updated(kind, record, text)
    comments = [line for each in gone for line in _comments(each) if line not in text]
    if comments:
        first = text.find("\n") + 1 if text.startswith(schema_line(kind)) else 0
        text = "\n".join((text[:first] + comments[0], *comments[1:], text[first:]))
    return mark + text.replace("\n", line_end)


def has_comments(kind: str, text: str) -> bool:
    """Whether a person wrote a comment into a record file."""
    return any(comment != schema_line(kind).strip() for comment in _comments(text))


def _comments(standing: str) -> list[str]:
    text = standing.removeprefix("\ufeff").replace("\r\n", "\n")
    tree, _ = read_tree(text, "")
    return comments_of(text, tree) if tree else []


def _updated(kind: str, record: Record, standing: str) -> str:
    text = standing + ("" if standing.endswith("\n") or not standing else "\n")
    tree, problems = read_tree(text, "")
    comments = comments_of(text, tree) if tree else []
    held = None if problems else _held(kind, tree)
    if tree and tree.entries and held and not tree.flow:
        if held == record:
            return standing
        for blocks in (True, False):
            updated = update_text(text, tree, held, record, blocks)
            again, _ = read_tree(updated, "")
            if (
                _held(kind, again) == record
                and again
                and not (Counter(comments) - Counter(comments_of(updated, again)))
            ):
                return updated
    # In place it can't be done without loss: all anew, the comments first.
    header = schema_line(kind)
    others = [comment + "\n" for comment in comments if comment != header.strip()]
    return dump_record(record, header + "".join(others))


def _held(kind: str, tree: Table | None) -> Record | None:
    """The record that a tree holds; None where it holds none without problems."""
    findings = Findings("", [])
    record: Record | None = read_part(TYPES[kind], tree, findings) if tree else None
    return None if findings.problems else record


def schema_line(kind: str) -> str:
    """The first line of a record file: where an editor finds the schema of its type."""
    return f"# yaml-language-server: $schema=../../schemas/{kind}.json\n"


def decode_site(text: str, file: str) -> tuple[Site, tuple[Problem, ...]]:
    """Read `content/site.yaml`; with problems, the site is the default one."""
    tree, problems = read_tree(text, file)
    if tree is None:
        return Site(), problems
    findings = Findings(file, list(problems))
    site = read_part(Site, tree, findings)
    return (Site() if findings.problems else site), tuple(findings.problems)
