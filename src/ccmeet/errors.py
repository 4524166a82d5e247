"""What can go wrong, said so that a person can mend it.

A `Problem` is one finding (many may be collected and shown at once); a `CcmeetError` carries
one or more of them and ends what was being done. Nothing else may escape to a user.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "conflict"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where it is (`path`, 1-based `line`, dotted `field`), what, and the remedy."""

    severity: Severity
    message: str
    path: str = ""
    line: int | None = None
    field: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.field) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n    {self.hint}" if self.hint else text


class CcmeetError(Exception):
    """The family of all declared errors. `exit_code` is what the command line returns."""

    exit_code = 1

    def __init__(self, *problems: Problem | str, hint: str = "") -> None:
        self.problems = tuple(
            p if isinstance(p, Problem) else Problem("error", p, hint=hint) for p in problems
        )
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(CcmeetError):
    """Records, articles or pages that people must mend."""


class SourceError(CcmeetError):
    """A source file that can't be decoded or holds no article."""


class TemplateError(CcmeetError):
    """A theme whose template is missing, broken or names an unknown variable."""


class UsageError(CcmeetError):
    """The command was called in a way it doesn't understand."""

    exit_code = 2


def raise_if_any(kind: type[CcmeetError], problems: Iterable[Problem]) -> None:
    """Raise `kind` with all the problems whose severity is error; warnings pass."""
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        raise kind(*errors)
