"""Downloads: all records as JSON, CSV and SQLite, their schemas; each record as `index.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ccmeet.codec.build import to_json
from ccmeet.model.archive import Archive
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES
from ccmeet.model.shape import shapes_of
from ccmeet.schema import schema_text
from ccmeet.showing.addresses import published
from ccmeet.showing.tables import Table, csv_bytes, sqlite_bytes, tables_of

SQLITE = "data/ccmeet.sqlite"
SCHEMAS = "data/schemas/"
MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its path, media type, size in bytes; `kind` is "" for all types."""

    path: str
    media: str
    size: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """A field of the data dictionary: its dotted name, what it holds, what it means.

    `holds` is text, date, whole, decimal, flag or part (fields of its own, which follow);
    `refs` the types whose ids it may hold; `choices` all that it may say.
    """

    name: str
    holds: str
    is_list: bool
    doc: str
    refs: tuple[str, ...]
    choices: tuple[str, ...]


def data_files(archive: Archive) -> dict[str, bytes]:
    """The files of the data page, by path. Drafts are left out."""
    archive = published(archive)
    files: dict[str, bytes] = {}
    every: list[Table] = []
    for kind in TYPES:
        records = [to_json(record) for record in archive.of(kind).values()]
        files[f"data/{kind}.json"] = _json(records)
        tables = tables_of(archive, kind)
        files.update({f"data/{table.name}.csv": csv_bytes(table) for table in tables})
        every += tables
        files[f"{SCHEMAS}{kind}.json"] = schema_text(kind).encode()
    files[SQLITE] = sqlite_bytes(tuple(every))
    return files


def downloads(files: Mapping[str, bytes]) -> tuple[Download, ...]:
    """What the data page lists, of the files that `data_files` made, in their order."""
    return tuple(
        Download(path, MEDIA[path.rpartition(".")[2]], len(content), _kind_of(path))
        for path, content in files.items()
    )


def _kind_of(path: str) -> str:
    stem = path.removeprefix(SCHEMAS).removeprefix("data/").rpartition(".")[0]
    return next((kind for kind in TYPES if stem == kind or stem.startswith(f"{kind}_")), "")


def record_json(archive: Archive, kind: str, id: str) -> bytes:
    """`index.json` beside a record's page: the record, and by field path where it was read.

    An article's text is not repeated here. Raises KeyError for an unknown type or id.
    """
    record = archive.of(kind)[id]
    read = archive.extracted.get(kind, {}).get(id)
    data: dict[str, Any] = {"type": kind, "record": to_json(record)}
    if read and read.evidence:
        data["evidence"] = {
            path: [_evidence(each) for each in found]
            for path, found in sorted(read.evidence.items())
        }
    if read and read.candidates:
        data["candidates"] = {
            path: [
                {"value": each.value, "evidence": [_evidence(e) for e in each.evidence]}
                for each in found
            ]
            for path, found in sorted(read.candidates.items())
        }
    return _json(data)


def _evidence(evidence: Evidence) -> dict[str, Any]:
    data = {
        "article": evidence.article,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
        "rule": evidence.rule,
        "basis": evidence.basis,
        "why": evidence.why,
    }
    return {name: value for name, value in data.items() if value != ""}


def _json(data: object) -> bytes:
    # In one line: with indents the encoder is Python's own, a quarter of the time of a build.
    text = json.dumps(data, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "replace")


def dictionary(kind: str) -> tuple[DictionaryRow, ...]:
    """Every field of a record type, a part's fields after it: `participants.role`."""
    return tuple(_rows(TYPES[kind], ""))


def _rows(part: type, prefix: str) -> list[DictionaryRow]:
    rows = []
    for shape in shapes_of(part):
        name = prefix + shape.name
        rows.append(
            DictionaryRow(name, shape.kind, shape.many, shape.doc, shape.ref, shape.choices)
        )
        if shape.part:
            rows += _rows(shape.part, f"{name}.")
    return rows
