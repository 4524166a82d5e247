"""What a text calls people once it has named them: a part of a joined name, surname and title."""

import re
from collections.abc import Iterable

from ccmeet.lexicon.people import JOINTS, load_people

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
    """By surname and title the one person so called, of names and their titles: 方书记."""
    owners: dict[str, set[str]] = {}
    for name, titles in people:
        surname = load_people().surname_of(name)
        for title in titles:
            for ending in {title[-size:] for size in (2, 3, 4) if _TITLE.fullmatch(title[-size:])}:
                owners.setdefault(surname + ending, set()).add(name)
    return {call: next(iter(own)) for call, own in owners.items() if len(own) == 1}
