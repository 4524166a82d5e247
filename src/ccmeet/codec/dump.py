"""A record → YAML as this archive writes it: one fact a line, Chinese as it is, never wrapped.

A text that some YAML reader would take for a number, a date, a truth value or null stands in
quotes, so that `safe_load` of any YAML 1.1 or 1.2 reader gives the same text back.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from ccmeet.model.shape import Shape, shapes_of
from ccmeet.partialdate import PartialDate

_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"})
_NUMBERISH = re.compile(r"[-+]?\.?[0-9][0-9a-fxo_.:,+eEtTzZ -]*|[-+]?\.(?:inf|nan)", re.I)
_UNSAFE_FIRST = tuple("-?:,[]{}#&*!|>'\"%@`")
_NOT_PRINTABLE = re.compile(
    r"[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def dump_record(record: Any, header: str = "") -> str:
    """The whole file: `header` (comment lines), then the record's fields that hold something."""
    return header + "".join(line + "\n" for line in dump_fields(record, 0))


def dump_fields(part: Any, indent: int, blocks: bool = True) -> Iterator[str]:
    """The lines of a record or a part of one, indented by `indent` blanks.

    Without `blocks`, a text of several lines is written on one, in quotes.
    """
    for shape in shapes_of(part.__class__):
        yield from dump_field(shape, getattr(part, shape.name), indent, blocks)


def dump_field(shape: Shape, value: Any, indent: int, blocks: bool = True) -> Iterator[str]:
    """The lines of one field; none where it holds nothing or only its default."""
    if value is None or (value == shape.default and not shape.required):
        return
    pad = " " * indent
    if shape.many:
        if value:
            yield f"{pad}{shape.name}:"
        for item in value:
            yield from dump_item(item, indent + 2, blocks)
    elif shape.kind == "part":
        inner = list(dump_fields(value, indent + 2, blocks))
        if inner:
            yield f"{pad}{shape.name}:"
            yield from inner
    else:
        yield from dump_scalar(f"{pad}{shape.name}: ", value, indent + 2, blocks)


def dump_item(item: Any, indent: int, blocks: bool = True) -> Iterator[str]:
    """The lines of one list item, its dash `indent` blanks in."""
    pad = " " * indent
    if isinstance(item, str | int | float | PartialDate):
        yield from dump_scalar(f"{pad}- ", item, indent + 2, blocks)
        return
    lines = list(dump_fields(item, indent + 2, blocks))
    if not lines:
        yield f"{pad}- {{}}"
        return
    yield f"{pad}- {lines[0][indent + 2 :]}"
    yield from lines[1:]


def dump_scalar(lead: str, value: Any, indent: int, blocks: bool) -> Iterator[str]:
    """`lead` (key or dash) and the value; a text of several lines as a block below it."""
    if blocks and isinstance(value, str) and _fits_block(value):
        yield f"{lead}|"
        for line in value.split("\n"):
            yield " " * indent + line if line else ""
    else:
        yield lead + scalar(value)


def scalar(value: str | int | float | PartialDate) -> str:
    """A value on one line, quoted only where it must be."""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if _NOT_PRINTABLE.search(value):
        return _escape(value)
    if _is_plain(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _is_plain(text: str) -> bool:
    return not (
        not text
        or text != text.strip(" ")
        or text.startswith(_UNSAFE_FIRST)
        or ": " in text
        or " #" in text
        or text.endswith(":")
        or text.startswith(("---", "..."))
        or text.lower() in _WORDS
        or _NUMBERISH.fullmatch(text)
    )


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[-1])
        and not text[0].isspace()
        and not any(_NOT_PRINTABLE.search(line) or (line and not line.strip()) for line in lines)
    )


def _escape(text: str) -> str:
    """In double quotes, JSON's escapes, which are YAML's too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
