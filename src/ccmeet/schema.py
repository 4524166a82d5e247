"""JSON Schemas and the data dictionary of all record types, both read off the types.

The schemas lie in a project's `content/schemas/`, where the first line of every record file points
editors to: committed with the content, they complete and check in a fresh clone, offline, before
ccmeet ever ran there. They use only what drafts 7 and 2020-12 have in common, since YAML editors
know one or the other.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ccmeet.model.archive import Site
from ccmeet.model.records import TYPES
from ccmeet.model.shape import Shape, shapes_of

FOLDER = "content/schemas"

_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80}
_DATE = {
    "anyOf": [
        {
            "type": "string",
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        },
        {"type": "integer", "minimum": 1, "maximum": 9999},
    ]
}
_FORMS: dict[str, dict[str, Any]] = {
    "id": _ID,
    "url": {"type": "string", "format": "uri", "pattern": "^https?://"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "date": _DATE,
    "whole": {"type": "integer"},
    "decimal": {"type": "number"},
    "flag": {"type": "boolean"},
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record type, by the name of its folder."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"ccmeet: {kind}",
        "description": (TYPES[kind].__doc__ or "").strip(),
        **_part(TYPES[kind]),
    }


@cache
def schema_text(kind: str) -> str:
    """The schema's file: JSON, indented, ending with a line end."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """Path from a project's root → text, for all types."""
    return {f"{FOLDER}/{kind}.json": schema_text(kind) for kind in TYPES}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the data dictionary. `field` is dotted, `kind` says in words what stands there."""

    type: str
    field: str
    kind: str
    doc: str


def dictionary() -> tuple[Entry, ...]:
    """Every field of every type, in the order of the files; last those of `site.yaml`."""
    rows = [row for kind, part in TYPES.items() for row in _entries(kind, part, "")]
    return (*rows, *_entries("site", Site, ""))


def _part(part: type) -> dict[str, Any]:
    shapes = shapes_of(part)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {shape.name: _field(shape) for shape in shapes},
        "additionalProperties": False,
    }
    required = [shape.name for shape in shapes if shape.required]
    return schema | ({"required": required} if required else {})


def _field(shape: Shape) -> dict[str, Any]:
    about = {"description": _about(shape)}
    if shape.many:
        return about | {"type": "array", "items": _value(shape)}
    return about | _value(shape)


def _value(shape: Shape) -> dict[str, Any]:
    if shape.choices:
        return {"enum": list(shape.choices)}
    if shape.kind == "part":
        assert shape.part
        return _part(shape.part)
    scalar = _ID if shape.ref else _FORMS.get(shape.form, _KINDS[shape.kind])
    return {"anyOf": [scalar, _part(shape.part)]} if shape.part else dict(scalar)


def _about(shape: Shape) -> str:
    return f"{shape.doc} (id from {_folders(shape)})" if shape.ref else shape.doc


def _folders(shape: Shape) -> str:
    return " or ".join(f"records/{kind}" for kind in shape.ref)


def _entries(type: str, part: type, within: str) -> Iterator[Entry]:
    for shape in shapes_of(part):
        field = f"{within}.{shape.name}" if within else shape.name
        yield Entry(type, field, _kind(shape), shape.doc)
        if shape.part:
            yield from _entries(type, shape.part, field)


def _kind(shape: Shape) -> str:
    names = {
        "text": "text",
        "date": "date",
        "whole": "whole number",
        "decimal": "number",
        "flag": "true or false",
        "part": "table",
    }
    forms = {"id": "id", "url": "web address", "sha256": "SHA-256"}
    if shape.choices:
        kind = " or ".join(shape.choices)
    elif shape.ref:
        kind = f"id from {_folders(shape)}"
    else:
        kind = forms.get(shape.form, names[shape.kind])
    if shape.part and shape.kind != "part":
        kind += " or table"
    return f"list: {kind}" if shape.many else kind
