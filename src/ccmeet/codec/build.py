"""A tree of strings → a record: the field's type decides what each scalar is.

Every problem is collected with its line and field; nothing is repaired silently.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from ccmeet.codec.tree import Entry, Node, Row, Scalar, Table
from ccmeet.errors import Problem
from ccmeet.model.records import is_part, join_path, keyed
from ccmeet.model.shape import Shape, shapes_by_name, shapes_of
from ccmeet.partialdate import PartialDate

MAX_ID_BYTES = 80

_ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that no file may have on Windows."""
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadValue(ValueError):
    """A value that its field doesn't allow: what is wrong (`args[0]`) and the remedy (`hint`)."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Findings:
    """Where problems go while a file is read. `field` is the dotted way to the table at hand."""

    file: str
    problems: list[Problem]

    def add(self, line: int, field: str, message: str, hint: str) -> None:
        self.problems.append(Problem("error", message, self.file, line, field, hint))


def check_id(id: str) -> None:
    """Raise BadValue unless `id` can name a record and its file on every system."""
    if not _ID.fullmatch(id):
        hint = "Use lower-case letters a-z, digits and hyphens, beginning with a letter or digit."
        raise BadValue(f"`{id}` can't be an id", hint)
    if len(id) > MAX_ID_BYTES:
        raise BadValue(f"an id of {len(id)} characters is too long", f"Use {MAX_ID_BYTES} at most.")
    if id in DEVICES:
        raise BadValue(f"`{id}` is a device's name on Windows", "Use another id.")


def can_be_id(text: str) -> bool:
    """Whether `check_id` lets it pass."""
    try:
        check_id(text)
    except BadValue:
        return False
    return True


def read_part(part: type, table: Table, findings: Findings, within: str = "") -> Any:
    """Make an instance of `part` from a table; None where one of its own values was refused."""
    shapes = shapes_by_name(part)
    before = len(findings.problems)
    values: dict[str, Any] = {}
    for entry in table.entries:
        name = entry.key.text
        field = f"{within}.{name}" if within else name
        shape = shapes.get(name)
        if shape is None:
            hint = _did_you_mean(name, shapes)
            findings.add(entry.key.line, field, f"unknown field `{name}`", hint)
        else:
            values[name] = _value(shape, entry, findings, field)
    for shape in shapes.values():
        if shape.required and not values.get(shape.name):
            if not any(e.key.text == shape.name for e in table.entries):
                message = f"the field `{shape.name}` is missing"
            elif len(findings.problems) > before:
                continue
            else:
                message = f"the field `{shape.name}` is empty"
            findings.add(table.line, within, message, f"Write `{shape.name}: …`.")
    if len(findings.problems) > before:
        return None
    return part(**{name: value for name, value in values.items() if value is not None})


def places(record: Any, table: Table, path: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
    """(path, 1-based line) of each field and list item that was written, as `leaves` names them."""
    for shape in shapes_of(record.__class__):
        entry = next((e for e in table.entries if e.key.text == shape.name), None)
        value = getattr(record, shape.name)
        if entry is None or value is None or value == ():
            continue
        here = (*path, shape.name)
        yield join_path(*here), entry.key.line
        if isinstance(entry.value, Table):
            yield from places(value, entry.value, here)
        elif isinstance(entry.value, Row):
            pairs = zip(keyed(shape.key, value), entry.value.items, strict=True)
            for (key, item), node in pairs:
                yield join_path(*here, key), node.line
                if isinstance(node, Table):
                    yield from places(item, node, (*here, key))


def _value(shape: Shape, entry: Entry, findings: Findings, field: str) -> Any:
    """The field's value; None where nothing was written or a problem was reported."""
    node = entry.value
    if isinstance(node, Scalar) and node.is_empty():
        return None
    if not shape.many:
        return _single(shape, node, findings, field, entry.key.line)
    if not isinstance(node, Row):
        hint = f"Begin a line of its own with `- ` for each item of `{shape.name}`."
        findings.add(entry.key.line, field, "not a list", hint)
        return None
    items = []
    for number, item in enumerate(node.items, 1):
        if isinstance(item, Scalar) and item.is_empty():
            findings.add(item.line, f"{field}.{number}", "an empty item", "Delete the line.")
        else:
            items.append(_single(shape, item, findings, f"{field}.{number}", item.line))
    return tuple(items)


def _single(shape: Shape, node: Node, findings: Findings, field: str, line: int) -> Any:
    if isinstance(node, Table) and shape.part:
        return read_part(shape.part, node, findings, field)
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Row) else "a table"
        findings.add(line, field, f"{what} where one value belongs", _remedy(shape))
        return None
    try:
        return parse_scalar(shape, _text(node))
    except BadValue as error:
        findings.add(line, field, str(error), error.hint)
        return None


def _text(node: Scalar) -> str:
    """What was written. The line end that YAML adds to a text block is no part of it."""
    return node.text.rstrip("\n") if node.style in ("|", ">") else node.text


def parse_scalar(shape: Shape, text: str) -> str | int | float | PartialDate:
    """Read a text as the field's type says. Raises BadValue."""
    match shape.kind:
        case "text":
            _check_text(shape, text)
            return text
        case "date":
            try:
                return PartialDate.parse(text)
            except ValueError:
                raise BadValue(f"`{text[:40]}` is no date", _remedy(shape)) from None
        case "whole" if _WHOLE.fullmatch(text):
            return int(text)
        case "decimal" if _DECIMAL.fullmatch(text):
            return float(text)
        case "flag" if text in ("true", "false"):
            return text == "true"
    raise BadValue(f"`{text[:40]}` where {wanted(shape)} belongs", _remedy(shape))


def wanted(shape: Shape) -> str:
    """What a field takes, in words."""
    if shape.choices:
        return "one of " + ", ".join(shape.choices)
    names = {
        "text": "a text",
        "date": "a date",
        "whole": "a whole number",
        "decimal": "a number",
        "flag": "true or false",
        "part": "a table of fields",
    }
    return names[shape.kind]


def _remedy(shape: Shape) -> str:
    """How to write what a field takes."""
    if shape.choices:
        return f"Write one of {', '.join(shape.choices)}."
    if shape.kind == "part" and shape.part:
        names = ", ".join(each.name for each in shapes_of(shape.part))
        return f"Write below it, indented, a line for each of its fields: {names}."
    remedies = {
        "text": "Write one text after the colon.",
        "date": "Write 2024, 2024-07 or 2024-07-29.",
        "whole": "Write it in digits, without a nought before them: 10.",
        "decimal": "Write it in digits, with a point: 112.9.",
        "flag": "Write true or false.",
    }
    return remedies[shape.kind]


def _check_text(shape: Shape, text: str) -> None:
    if shape.choices and text not in shape.choices:
        close = get_close_matches(text, shape.choices, 1)
        hint = f"Did you mean `{close[0]}`?" if close else _remedy(shape)
        raise BadValue(f"`{text[:40]}` is not known here", hint)
    if shape.form == "id":
        check_id(text)
    elif shape.form == "sha256" and not _SHA256.fullmatch(text):
        raise BadValue("not a SHA-256", "Delete the field; `ccmeet parse` writes it anew.")
    elif shape.form == "url" and not is_web_address(text):
        hint = "Write the whole address, beginning with https:// or http://."
        raise BadValue(f"`{text[:60]}` is no web address", hint)


def is_web_address(text: str) -> bool:
    """Whether a link to `text` leads to a web page and nowhere else (no `javascript:`)."""
    if any(char.isspace() or char in '<>"\\' or ord(char) < 32 for char in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _did_you_mean(name: str, shapes: Iterable[str]) -> str:
    known = list(shapes)
    close = get_close_matches(name, known, 1, 0.6)
    return f"Did you mean `{close[0]}`?" if close else "Known here: " + ", ".join(known) + "."


def from_json(part: type, data: Any) -> Any:
    """Make an instance of `part` from parsed JSON, ids and dates as strings, unknown keys refused.

    Raises BadValue. For what the program itself wrote: quick, and the first mistake ends it.
    """
    if not isinstance(data, dict):
        raise BadValue(f"{part.__name__}: not an object", "")
    shapes = shapes_by_name(part)
    values: dict[str, Any] = {}
    for name, value in data.items():
        shape = shapes.get(name)
        if shape is None:
            raise BadValue(f"unknown field `{name}`", "")
        if shape.many:
            if not isinstance(value, list):
                raise BadValue(f"{name}: not a list", "")
            values[name] = tuple([_from_json(shape, item) for item in value])
        else:
            values[name] = _from_json(shape, value)
    try:
        return part(**values)
    except TypeError as error:
        raise BadValue(str(error), "") from None


def _from_json(shape: Shape, value: Any) -> Any:
    kind = shape.kind
    if kind == "text" and type(value) is str:
        if shape.choices or shape.form:
            _check_text(shape, value)
        return value
    if shape.part and type(value) is dict:
        return from_json(shape.part, value)
    if kind == "date" and type(value) is str:
        return parse_scalar(shape, value)
    if kind == "whole" and type(value) is int:
        return value
    if kind == "decimal" and type(value) in (int, float):
        return float(value)
    if kind == "flag" and type(value) is bool:
        return value
    raise BadValue(f"{shape.name}: {wanted(shape)} belongs here", "")


def to_json(part: Any) -> dict[str, Any]:
    """The same backwards: fields in their order, those at their default left out."""
    data: dict[str, Any] = {}
    for shape in shapes_of(part.__class__):
        value = getattr(part, shape.name)
        if value == shape.default and not shape.required:
            continue
        if shape.many:
            data[shape.name] = [_to_json(item) for item in value]
        else:
            data[shape.name] = _to_json(value)
    return data


def _to_json(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    return to_json(value) if is_part(value) else value
