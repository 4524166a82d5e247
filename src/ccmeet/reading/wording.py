"""How messages name values, fields and places, the same everywhere in the reading half."""

from collections.abc import Mapping

from ccmeet.errors import Problem, Severity
from ccmeet.model.archive import Archive
from ccmeet.partialdate import PartialDate

Plain = str | int | float | None
"""A leaf as it is compared, remembered and shown: dates as text, None where it is absent."""


def plain(value: object) -> Plain:
    """A leaf's value in that form."""
    return str(value) if isinstance(value, PartialDate) else value  # type: ignore[return-value]


def told(value: Plain) -> str:
    """A value as messages show it, on one line."""
    text = str(value).replace("\n", " ")
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def dotted(path: str) -> str:
    """A field's path as messages show it: participants.wuhan.role."""
    return ".".join(part.replace("~1", "/").replace("~0", "~") for part in path.split("/"))


def line_of(lines: Mapping[str, int], path: str) -> int | None:
    """The line of a field, or, where it isn't written, of what it would stand in."""
    while path and path not in lines:
        path = path.rpartition("/")[0]
    return lines.get(path)


def problem_at(
    archive: Archive, severity: Severity, kind: str, id: str, path: str, message: str, hint: str
) -> Problem:
    """A problem with a field of a record, with the file and line where it stands."""
    file, lines = archive.places.get((kind, id), (f"{kind}/{id}", {}))
    return Problem(severity, message, file, line_of(lines, path), dotted(path), hint)
