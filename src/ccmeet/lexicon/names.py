"""Every person whom a text names, with a post or without: in brackets, before a colon, …"""

import re

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.people import SURE, People, load_people
from ccmeet.text import Span


def find_names(folded: str, area: Span) -> tuple[Span, ...]:
    """Every person's name that its surroundings give away, titled or not, in order of place."""
    people = load_people()
    names = {person.name for person in find_attributions(folded, area)}
    for found in _UNTITLED.finditer(folded, area.start, area.end):
        guess = people.name_at(folded, found.end(), area.end, SURE)
        if guess and _stands_alone(folded, guess.span, people):
            names.add(guess.span)
    return tuple(
        sorted(
            name
            for name in names
            if not any(name != other and other.holds(name) for other in names)
        )
    )


_UNTITLED = re.compile(
    r"(?:^|(?<=[\n。：；，！？“（）]))(?=[^\W\d])|(?<=[委会局部院行司厅社])(?=[^\W\d])"
)


def _stands_alone(folded: str, name: Span, people: People) -> bool:
    """A name in brackets, before a colon, before a body of its own, or opening a sentence."""
    before, after = folded[name.start - 1 : name.start], folded[name.end : name.end + 1]
    if before == "（":
        return after == "）" and folded[name.start - 2 : name.start - 1] in ("电", "讯", " ")
    if after == "：":
        return True
    if before in "：" and after in "；。 ":
        return len(name.of(folded)) == 3 and people.surname_is_sure(name.of(folded))
    if before and before not in "。！？：）\n":
        return False
    strong = people.ends_at(folded, name.end) >= 2.0 and after != "的"
    return strong and people.surname_is_sure(name.of(folded)) and len(name.of(folded)) > 2
