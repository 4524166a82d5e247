"""Quotation marks in a paragraph: which words stand in them, and which of those are speech."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ccmeet.lexicon.verbs import Verbs
from ccmeet.text import Span

SENTENCE_ENDS = "。！？…!?"
_BEFORE_SPEECH = "，：:。！？”；）\n "
_PAUSES = "，。；！？、"
_QUOTE = re.compile('[“”"]')
_STOPS = ("", "。", "！", "？")


class Quotations:
    """The outermost “…” of one paragraph of a folded text, marks included, in order."""

    def __init__(self, folded: str, area: Span, verbs: Verbs) -> None:
        self.folded, self.area = folded, area
        self.spans = tuple(_outermost(folded, area)) if _QUOTE.search(folded, *area) else ()
        self._starts = [span.start for span in self.spans]
        self.speech = tuple(span for span in self.spans if self._is_speech(span, verbs))
        self._speech_ends = [span.end for span in self.speech]

    def hold(self, place: int) -> bool:
        """Whether `place` stands inside a quotation, its closing mark included."""
        index = bisect_left(self._starts, place) - 1
        return index >= 0 and place < self.spans[index].end

    def open_at(self, place: int) -> bool:
        """Whether a quotation opens at `place` that no mark closes in this paragraph."""
        if self.folded[place : place + 1] != "“" or place >= self.area.end:
            return False
        index = bisect_left(self._starts, place)
        return index == len(self.spans) or self.spans[index].start != place

    def speech_in(self, area: Span) -> Iterator[Span]:
        """The quoted speech in `area`, in order."""
        for span in self.speech[bisect_right(self._speech_ends, area.start) :]:
            if span.end > area.end:
                return
            if span.start >= area.start:
                yield span

    def right_before(self, place: int, floor: int) -> tuple[Span, ...]:
        """The quoted speech that ends right at `place`, one quotation after the other."""
        found: list[Span] = []
        index = bisect_right(self._speech_ends, place) - 1
        while index >= 0 and self.speech[index].start >= floor:
            if self.folded[self.speech[index].end : place].strip("，。 "):
                break
            found.insert(0, self.speech[index])
            place = self.speech[index].start
            index -= 1
        return tuple(found)

    def last_end(self, place: int, floor: int) -> int:
        """Where the last quoted speech before `place` ends; `floor` where there is none."""
        index = bisect_right(self._speech_ends, place) - 1
        return max(floor, self._speech_ends[index]) if index >= 0 else floor

    def _is_speech(self, quote: Span, verbs: Verbs) -> bool:
        """Whether a quotation is speech and no “朋友圈”: it fills a clause to a sentence's end."""
        inside = self.folded[quote.start + 1 : quote.end - 1]
        opens = quote.start == self.area.start
        before = "" if opens else self.folded[quote.start - 1]
        after = self.folded[quote.end : quote.end + 1] if quote.end < self.area.end else ""
        ends = inside.rstrip("’")[-1:] in SENTENCE_ENDS
        paused = any(mark in _PAUSES for mark in inside)
        if before and before not in _BEFORE_SPEECH:
            whole = ends or (any(mark in "，；" for mark in inside) and after in _STOPS)
            return whole and self._follows_verb(quote.start, verbs)
        if ends or (inside[-1:] == "，" and before in _BEFORE_SPEECH):
            return True
        if len(inside) < 6:
            return False
        if before in ("：", ":", "，"):
            whole = after in _STOPS or (paused and after == "，")
            return whole and self._follows_verb(quote.start, verbs)
        return paused and after == "，" and self._precedes_verb(quote.end, verbs)

    def _precedes_verb(self, place: int, verbs: Verbs) -> bool:
        """“合作要快，不能等”，张三说。"""
        stop = self.folded.find("。", place, self.area.end)
        stop = stop if 0 <= stop < place + 60 else min(place + 60, self.area.end)
        found = verbs.speech.search(self.folded, place, stop + 1)
        return found is not None and self.folded[found.end() : found.end() + 1] in ("。", "")

    def _follows_verb(self, place: int, verbs: Verbs) -> bool:
        left = max(self.area.start, place - 6)
        return any(
            not self.folded[found.end() : place].strip("，：:")
            for found in verbs.speech.finditer(self.folded, left, place + 1)
        )


def _outermost(folded: str, area: Span) -> Iterator[Span]:
    """Pairs of marks; straight ones, which look alike, open and close by turns."""
    depth, start = 0, area.start
    for found in _QUOTE.finditer(folded, *area):
        mark, place = found[0], found.start()
        if mark == "“" or (mark == '"' and depth == 0):
            start, depth = (place if depth == 0 else start), depth + 1
        elif mark in '”"' and depth:
            depth -= 1
            if depth == 0 and place > start + 1:
                yield Span(start, place + 1)
