"""Whom a text names, and where: by name, by a part of a joined name, by surname and title."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ccmeet.lexicon.people import JOINTS, load_people
from ccmeet.text import HAN, Span, places_of

_GOES_ON = re.compile(f"(?![长记任员席])[{HAN}]")
"""Before a name that is an everyday word: no mark, and no title's end."""
_TITLE = re.compile(
    "副?(?:书记|主席|主任|秘书长|理事长|[市省州县区旗盟镇乡局厅司部处院校行会议]长)"
    "|知事|大使|总领事|领事|参赞|董事长|总经理"
)
"""The titles that a surname stands before: 方书记, 上官副市长."""


def called_by_part(names: Iterable[str]) -> dict[str, str]:
    """The parts by which a text may call people of joined names, and by each the name.

    玉素甫·阿不都 is 阿不都 or 玉素甫 later on; a part of two names is nobody's.
    """
    owners: dict[str, list[str]] = {}
    for name in names:
        for part in {*JOINTS.split(name)} - {name}:
            owners.setdefault(part, []).append(name)
    return {part: own[0] for part, own in owners.items() if len(own) == 1 and len(part) > 1}


def called_by_title(people: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """By surname and title the one person so called, of names and their titles: 方书记.

    A deputy (副书记) goes by his head's title only where no head has his surname.
    """
    heads: dict[str, set[str]] = {}
    deputies: dict[str, set[str]] = {}
    for name, titles in people:
        surname = load_people().surname_of(name)
        for title in titles:
            for ending in {title[-size:] for size in (2, 3, 4) if _TITLE.fullmatch(title[-size:])}:
                owners = deputies if title.endswith("副" + ending) else heads
                owners.setdefault(surname + ending, set()).add(name)
    called = deputies | heads
    return {call: next(iter(own)) for call, own in called.items() if len(own) == 1}


class Called(NamedTuple):
    """A place where someone who may speak is named or called (方书记).

    `in_doubt` says that the name is an everyday word and no clause or title opens before it.
    """

    start: int
    end: int
    name: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who may speak: where a text calls them, in order, the longest call first."""

    calls: tuple[Called, ...]

    def named(self, start: int, end: int, opens: bool = False) -> Iterator[Called]:
        """Who is called in [start, end). `opens` says that a clause opens at `start`."""
        opening = start if opens else -1
        for call in self.calls[bisect_left(self.calls, (start,)) :]:
            if call.start >= end:
                return
            if start <= call.start and call.end <= end:
                if call.in_doubt and call.start != opening:
                    continue
                yield call
                start = call.end


def cast_of(folded: str, called: Mapping[str, str]) -> Cast:
    """The cast of a text for a mapping of calls (方大同, 方书记) to names."""
    found = []
    wordy = load_people().wordy
    for call in sorted(called, key=lambda call: (call in wordy, -len(call))):
        # 韦 岚: a name of two signs may be printed to three signs' width.
        blanks = 3 if len(call) == 2 and call not in wordy else 0
        for start, end in places_of(folded, call, Span(0, len(folded)), blanks):
            in_doubt = call in wordy and bool(_GOES_ON.match(folded[start - 1 : start]))
            found.append(Called(start, end, called[call], in_doubt))
    return Cast(tuple(sorted(found, key=lambda call: call.start)))
