"""Turns of speech: where a paragraph says that someone speaks, and who it is."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.quotations import Quotations
from ccmeet.lexicon.verbs import Verbs
from ccmeet.text import Span

NOBODY = ""
"""The speaker of collective speech (会议指出): it belongs to no official."""

_SENTENCE_END = re.compile(r"[。！？]|……")
_MARKS = "，：:"
_PRONOUN = re.compile(r"(?:^|[，。；”\s])(?:同时|此外|接着|最后|随后)?，?([他她])(?![们人市国])")
_SUBJECTLESS = re.compile(
    r"^[”\s]*(?:并|还|又|也|同时|另外|此外|最后|此后|随后|接着|继而|并且|进而|因此)?，?"
    r"(?:再次|进一步|特别|着重|同时|还|也|又)*$"
)
_OPENERS = "。！？”\n 长记任员席"


class Turn(NamedTuple):
    """A speaker, where that sentence begins, the verb, where the words begin, and the rule."""

    speaker: str
    start: int
    verb: Span
    content: int
    rule: str


class TurnFinder:
    """Finds the turns of one paragraph. `names` matches the people who may speak."""

    def __init__(
        self, folded: str, area: Span, names: re.Pattern[str], quotes: Quotations, verbs: Verbs
    ) -> None:
        self.folded, self.area, self.names = folded, area, names
        self.quotes, self.verbs = quotes, verbs

    def turns(self, last: str) -> Iterator[Turn]:
        """Each turn in order; `last` is who spoke last before this paragraph, for 他说."""
        floor = self.area.start
        for found in self.verbs.speech.finditer(self.folded, self.area.start, self.area.end):
            group = found.lastindex or 0
            verb = Span(*found.span(group))
            if verb.start < floor or self.quotes.hold(verb.start):
                continue
            subject = self._subject(verb, floor, last, is_bare=group > 2)
            if subject is None:
                continue
            who, start, rule = subject
            content = found.end()
            while content < self.area.end and self.folded[content] in _MARKS:
                content += 1
            yield Turn(who, start, verb, content, rule)
            last = who or last
            floor = content

    def _subject(
        self, verb: Span, floor: int, last: str, is_bare: bool
    ) -> tuple[str, int, str] | None:
        """Who speaks, where that sentence begins, by which rule; None where nothing says."""
        start = self._sentence_start(verb.start, floor)
        words = self.folded[start : verb.start]
        named = list(self.names.finditer(words))
        if named and self._reaches(start + named[-1].end(), verb):
            return named[-1][0], start, "speech:after-verb"
        pronouns = list(_PRONOUN.finditer(words))
        if pronouns and self._reaches(start + pronouns[-1].end(1), verb):
            sooner = [name[0] for name in named if name.end() <= pronouns[-1].start(1)]
            who = sooner[0] if sooner else self._opener_before(start) or last
            return (who, start, "speech:pronoun") if who else None
        if is_bare:
            return None
        if _SUBJECTLESS.match(words) and last != NOBODY and start > self.area.start:
            return last, start, "speech:run-on"
        clause = re.split(r"[，；：”]", words)[-1][-60:]
        others = clause and find_attributions(clause, Span(0, len(clause)))
        if clause and (others or self.verbs.collective.search(clause)):
            return NOBODY, start, "speech:after-verb"
        return None

    def _reaches(self, place: int, verb: Span) -> bool:
        """Whether adverbials alone stand between a subject's end and the verb."""
        if place == verb.start:
            return True
        found = self.verbs.after(self.folded, place, self.area.end)
        if found:
            return found.spans[0].start == verb.start or (
                not found.speaks and self._is_near(found.spans[-1].end, verb)
            )
        return self._is_near(place, verb)

    def _is_near(self, place: int, verb: Span) -> bool:
        between = self.folded[place : verb.start]
        return len(between) <= 30 and not re.search(r"[。；！？“”]", between)

    def _opener_before(self, place: int) -> str | None:
        """Who opens a sentence before in the paragraph (X致意。他说); else who is named last."""
        opener = mention = None
        for found in self.names.finditer(self.folded, self.area.start, place):
            if not self.quotes.hold(found.start()):
                mention = found[0]
                at = found.start()
                if at == self.area.start or self.folded[at - 1] in _OPENERS:
                    opener = found[0]
        return opener or mention

    def _sentence_start(self, place: int, floor: int) -> int:
        start = self.quotes.last_end(place, floor)
        for mark in _SENTENCE_END.finditer(self.folded, start, place):
            if not self.quotes.hold(mark.start()):
                start = mark.end()
        while start < place and self.folded[start] in "，” ":
            start += 1
        return start
