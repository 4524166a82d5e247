"""Values as pages show them: each with its mark, and the mark with the place it points at.

A mark says how the archive came by a value: `stated` in the source, `inferred` from it,
`corrected` by hand against what the parser read, `entered` by hand from a page that is only
cited, `disputed` where sources differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["stated", "inferred", "corrected", "entered", "disputed"]


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and the page it leads to where there is one."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A value's mark: how it was come by (`mark`), and where that can be seen (`href`).

    `about` names the field, `of` are the value's words; `number` is the note's in the article,
    `sign` what pages print for it: 9, S1. The sentence lies in the script of the article's
    `sentences`, and `way` says by which of the ways told there the value was read. A mark that
    no such script tells of carries it along: `before`, `exact` and `after` are the sentence,
    `rule` and `why` how it was read, `source` where, `live` its place on the publisher's page.
    `was` is the parser's own value where a person corrected it, `others` what other sources say.
    """

    mark: Mark
    href: str
    about: str
    of: str = ""
    before: str = ""
    exact: str = ""
    after: str = ""
    rule: str = ""
    why: str = ""
    was: str = ""
    others: str = ""
    source: str = ""
    live: str = ""
    number: int = 0
    sign: str = ""
    way: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A value on a page: its text, the page of the thing it names, its mark.

    A count that ccmeet made has no mark: its `href` leads to what it counts. `beside` is a value
    printed small beside it. `bare` leaves out the shape of a quiet value's mark, where the next
    value of the row has the same.
    """

    text: str
    href: str | None = None
    proof: Proof | None = None
    beside: "Shown | None" = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """An article whose words a page shows, with what its publisher asks to be printed."""

    link: Link
    publisher: str
    authors: tuple[str, ...]
    date: str
    notice: str
    url: str


def gather(values: Iterable[Shown | None]) -> tuple[Shown, ...]:
    """Values in a row; where neighbours share a note, only the last of them carries the mark."""
    row = [value for value in values if value is not None]
    for place in range(len(row) - 1):
        one, two = row[place].proof, row[place + 1].proof
        if one and two and one.mark == two.mark and _note(one) == _note(two):
            row[place] = replace(row[place], proof=None)
            row[place + 1] = replace(row[place + 1], proof=replace(two, of=f"{one.of}、{two.of}"))
    return tuple(row)


def line_up(values: Iterable[Shown | None]) -> tuple[Shown, ...]:
    """Quiet values in a row; where neighbours share a note, the last alone shows its shape."""
    row = [value for value in values if value is not None]
    for place in range(len(row) - 1):
        one, two = row[place].proof, row[place + 1].proof
        if one and two and one.mark == two.mark and _note(one) == _note(two):
            row[place] = replace(row[place], bare=True)
    return tuple(row)


def _note(proof: Proof) -> tuple[str, int]:
    page, _, anchor = proof.href.partition("#")
    return (page, proof.number) if proof.number else (f"{page}#{anchor}", 0)
