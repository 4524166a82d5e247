"""Records as tables: one a type, one for each list in it; as CSV and as a SQLite database.

A list's table names the record (`record`) and the item's place in each list on the way
(`areas_no`, `items_no`, from 1); a plain list's values stand in `value`.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES
from ccmeet.model.shape import Shape, shapes_of
from ccmeet.partialdate import PartialDate

Cell = str | int | float | None
Row = tuple[Cell, ...]

_SQL_TYPES = {"whole": "INTEGER", "decimal": "REAL"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, SQLite type, meaning, and the table whose ids it holds ("" if none)."""

    name: str
    sql: str
    doc: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its rows, in the records' order. `of` is the record type it belongs to."""

    name: str
    of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(archive: Archive, kind: str) -> tuple[Table, ...]:
    """A record type's table and those of its lists, lists within lists included."""
    records = archive.of(kind).values()
    part: type = TYPES[kind]
    shapes = shapes_of(part)
    main = Table(
        kind, kind, tuple(_columns(shapes)), tuple(tuple(_cells(shapes, r)) for r in records)
    )
    nested = (t for shape in shapes if shape.many for t in _list_tables(kind, kind, shape, records))
    return (main, *nested)


def _columns(shapes: tuple[Shape, ...], prefix: str = "") -> Iterator[Column]:
    """The columns of a record's or part's own values; a part's fields are named after it."""
    for shape in shapes:
        if shape.many:
            continue
        if shape.part:
            yield from _columns(shapes_of(shape.part), f"{prefix}{shape.name}_")
        else:
            ref = shape.ref[0] if len(shape.ref) == 1 else ""
            sql = _SQL_TYPES.get(shape.kind, "TEXT")
            yield Column(prefix + shape.name, sql, shape.doc, ref)


def _cells(shapes: tuple[Shape, ...], part: Any) -> Iterator[Cell]:
    for shape in shapes:
        if shape.many:
            continue
        value = getattr(part, shape.name) if part is not None else None
        if shape.part:
            yield from _cells(shapes_of(shape.part), value)
        else:
            yield _cell(value)


def _cell(value: Any) -> Cell:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, int) and abs(value) > _MOST:  # more than SQLite holds
        return str(value)
    return value if isinstance(value, str | int | float) else None


_Items = list[tuple[Row, Any]]
"""Parts with what leads to them: the record's id and the item's place in each list."""


def _list_tables(kind: str, name: str, shape: Shape, records: Any) -> Iterator[Table]:
    owners: _Items = [((record.id,), record) for record in records]
    yield from _nested(kind, name, shape, owners, (Column("record", "TEXT", "", kind),))


def _nested(
    kind: str, above: str, shape: Shape, owners: _Items, lead: tuple[Column, ...]
) -> Iterator[Table]:
    name = f"{above}_{shape.name}"
    lead = (*lead, Column(f"{shape.name}_no", "INTEGER", ""))
    items: _Items = [
        ((*key, number), item)
        for key, owner in owners
        for number, item in enumerate(getattr(owner, shape.name), 1)
    ]
    has_value = shape.part is None or shape.kind != "part"
    ref = shape.ref[0] if len(shape.ref) == 1 else ""
    value = (Column("value", "TEXT", shape.doc, ref),) if has_value else ()
    parts = shapes_of(shape.part) if shape.part else ()
    rows = tuple(tuple(_row(key, item, has_value, parts)) for key, item in items)
    yield Table(name, kind, (*lead, *value, *_columns(parts)), rows)
    inner = [(key, item) for key, item in items if shape.part and isinstance(item, shape.part)]
    for each in parts:
        if each.many:
            yield from _nested(kind, name, each, inner, lead)


def _row(key: Row, item: Any, has_value: bool, parts: tuple[Shape, ...]) -> Iterator[Cell]:
    yield from key
    plain = _cell(item)
    if has_value:
        yield plain
    yield from _cells(parts, None if plain is not None else item)


def csv_bytes(table: Table) -> bytes:
    """CSV (RFC 4180) that Excel opens rightly: UTF-8 with a mark, nothing read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def _guarded(cell: Cell) -> Cell:
    """A text that a spreadsheet would run gets an apostrophe before it (OWASP, CSV injection)."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return "'" + cell
    return cell


def sqlite_bytes(tables: tuple[Table, ...]) -> bytes:
    """A SQLite database of the tables, with one more, `dictionary`, that says what columns mean.

    The same rows give the same bytes: made in memory, fixed page size, vacuumed, and without the
    header's marks of the SQLite that wrote it. Another SQLite release might lay pages out
    otherwise; none since 3.36 is known to.
    """
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.execute("PRAGMA page_size = 4096")
        base.execute("PRAGMA encoding = 'UTF-8'")
        base.execute("BEGIN")
        for table in (*tables, _dictionary_table(tables)):
            base.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            rows = ([_storable(cell) for cell in row] for row in table.rows)
            base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
        base.execute("COMMIT")
        base.execute("VACUUM")
        return _unmarked(base.serialize())
    finally:
        base.close()


def _storable(cell: Cell) -> Cell:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _create(table: Table) -> str:
    lines = []
    for column in table.columns:
        is_key = table.name == table.of and column.name == "id"
        line = f'"{column.name}" {column.sql}' + (" PRIMARY KEY NOT NULL" if is_key else "")
        lines.append(line + (f' REFERENCES "{column.ref}"("id")' if column.ref else ""))
    if table.columns[0].name == "record":
        keys = [c.name for c in table.columns if c.name == "record" or c.name.endswith("_no")]
        lines.append("PRIMARY KEY ({})".format(", ".join(f'"{key}"' for key in keys)))
    return 'CREATE TABLE "{}" (\n  {}\n)'.format(table.name, ",\n  ".join(lines))


def _dictionary_table(tables: tuple[Table, ...]) -> Table:
    columns = tuple(Column(name, "TEXT", "") for name in ("table", "column", "meaning"))
    rows = tuple((t.name, c.name, c.doc) for t in tables for c in t.columns if c.doc)
    return Table("dictionary", "", columns, rows)


def _unmarked(database: bytes) -> bytes:
    """The file with its change counter, version-valid-for and writer's version set (format 1.3)."""
    header = bytearray(database[:100])
    header[24:28] = header[92:96] = (1).to_bytes(4, "big")
    header[96:100] = (3_036_000).to_bytes(4, "big")
    return bytes(header) + database[100:]
