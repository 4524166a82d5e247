"""Text and places in it: spans, the length-keeping fold, sentences, clauses and pairs of marks.

All offsets are code points. `fold` never changes the length of a text, so that a place found
in the folded text is the same place in the original, and evidence shows what was printed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of code points, [start, end)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand here."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by)

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, as the inside of a regular expression's class."""

# Written as twins: the press sets 「」 and “”, ： and :, at will, often in one article.
_ALIKE = str.maketrans("\u3000\u00a0「」『』﹁﹂〝〞﹔﹕﹐·•‧・", "  “”‘’“”“”；：，····")
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()}
# It begins with the mark itself: marks are few, and the search goes from one to the next.
_NEXT_TO_HAN = re.compile(
    rf"[,:;!?().](?:(?<=[{HAN}》”’）\)][,:;!?()])|(?<!\.)(?=[{HAN}《“‘（])"
    # A full stop: 开幕.来自, 共赢". — but no ellipsis, address or number.
    rf"|(?:(?<=[{HAN}》”’）%]\.)|(?<=[{HAN}][\"”)]\.))(?![.A-Za-z0-9]))"
)
_HAN_SIGN = re.compile(f"[{HAN}]")
_TWIN = dict(zip(",:;!?().", "，：；！？（）。", strict=True))


@cache
def _folding() -> dict[int, int]:
    """The whole character table, read once: about 3,000 traditional characters and the twins."""
    lines = (files("ccmeet") / "traditional.txt").read_text("utf-8").splitlines()
    traditional, simplified = lines[-2:]
    table = dict(zip(map(ord, traditional), map(ord, simplified), strict=True))
    return table | _FULL | _ALIKE


@cache
def _foldable() -> frozenset[str]:
    """The characters that folding changes; most texts hold none."""
    return frozenset(map(chr, _folding()))


def fold(text: str) -> str:
    """The text as it is matched, of the same length: one script, one width, one set of marks.

    Full-width digits and letters become ASCII, ideographic spaces plain ones, traditional
    characters their one-to-one simplified twins; half-width marks beside Chinese become
    full-width, and straight quotation marks in pairs “ and ”. (NFKC would change lengths and
    turn ， into ASCII, and evidence would slip.)
    """
    if '"' in text:
        text = "\n".join(map(_with_pairs, text.split("\n")))
    if not _foldable().isdisjoint(text):
        text = text.translate(_folding())
    folded, changed = _NEXT_TO_HAN.subn(_twin, text)
    # A mark that follows a mark which only now counts as Chinese: 》),( and the like.
    return _NEXT_TO_HAN.sub(_twin, folded) if changed else folded


def _with_pairs(line: str) -> str:
    """A Chinese line with its straight quotation marks as pairs; an odd one leaves all as is."""
    first, *rest = line.split('"')
    if len(rest) % 2 or not _HAN_SIGN.search(line):
        return line
    return first + "".join("“”"[n % 2] + part for n, part in enumerate(rest))


def _twin(mark: re.Match[str]) -> str:
    return _TWIN[mark[0]]


_ITEM = rf"(?![要将在就把对与并还以从让])[{HAN}“”]{{2,8}}"
_LOST_MARKS = re.compile(
    rf"(?<=[{HAN}”])，{_ITEM}(?:，{_ITEM})+?"
    r"(?=等[^，。；]{0,8}?(?:方面|领域|议题|城市|[市省个项])"
    r"|[三四五六七八九十\d]+个(?:城市|方面|领域|议题))"
)


def with_listing_marks(folded: str) -> str:
    """A folded text with the 、 back that its page lost: in a sentence without any, the commas
    of lists that close as lists do (交通，科技，人才等方面; 福州，南昌，贵阳9个城市)."""
    parts = folded.split("。")
    return "。".join(p if "、" in p else _LOST_MARKS.sub(_listed, p) for p in parts)


def _listed(marks: re.Match[str]) -> str:
    return marks[0].replace("，", "、")


_SENTENCE_END = re.compile(
    r"[。！？!?…\n](?:(?<!\n)[。！？!?…]*[”’」』）》\"]*|(?<=\n)\n*)"  # first a set of signs: quick
)


def sentences(folded: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of a folded text, end marks and closing quotes included, blank ones not."""
    return _sentences(folded, *(within or Span(0, len(folded))))


# Nearly every rule goes through the same blocks sentence by sentence: a tenth of all reading.
@lru_cache(maxsize=256)
def _sentences(folded: str, start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    for mark in _SENTENCE_END.finditer(folded, start, end):
        found += _bare(folded, start, mark.end())
        start = mark.end()
    return (*found, *_bare(folded, start, end))


_CLAUSE_END = re.compile(r"[，；：。！？\n]")


def clauses(folded: str, within: Span) -> Iterator[Span]:
    """The clauses of a folded sentence, without the marks that part them."""
    start, end = within
    for mark in _CLAUSE_END.finditer(folded, start, end):
        yield from _bare(folded, start, mark.start())
        start = mark.end()
    yield from _bare(folded, start, end)


def _bare(folded: str, start: int, end: int) -> tuple[Span, ...]:
    """A stretch without the blanks around it, if it holds anything else."""
    while start < end and folded[start].isspace():
        start += 1
    while start < end and folded[end - 1].isspace():
        end -= 1
    return (Span(start, end),) if start < end else ()


CLOSERS = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "〈": "〉", "[": "]", "(": ")"}
_EITHER = {mark: re.compile(f"[{re.escape(mark + closer)}]") for mark, closer in CLOSERS.items()}


def pairs(folded: str, opener: str, within: Span | None = None) -> Iterator[Span]:
    """The outermost pairs of `opener` and its closer, marks included; unclosed ones not."""
    area = within or Span(0, len(folded))
    depth, start = 0, 0
    for mark in _EITHER[opener].finditer(folded, area.start, area.end):
        if mark[0] == opener:
            start, depth = (mark.start() if depth == 0 else start), depth + 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Span(start, mark.end())


def places_of(text: str, word: str, within: Span, blanks: int = 0) -> Iterator[Span]:
    """Where a word stands in a stretch, with up to `blanks` blanks between each two characters.

    For words that a single text gives, such as its people's names: a pattern would have to be
    compiled for each text, which takes longer than looking for each word.
    """
    sought = word[0] if blanks else word
    place = text.find(sought, *within)
    while place >= 0:
        end = _end_of(text, word, place, blanks) if blanks else place + len(word)
        if place < end <= within.end:
            yield Span(place, end)
        place = text.find(sought, place + 1, within.end)


def _end_of(text: str, word: str, place: int, blanks: int) -> int:
    """Where a word ends that begins at `place`, blanks in it allowed; 0 where it goes on not."""
    end = place + 1
    for char in word[1:]:
        start = end
        while end - start < blanks and text[end : end + 1].isspace():
            end += 1
        if text[end : end + 1] != char:
            return 0
        end += 1
    return end


def words_in(text: str, words: Iterable[str], within: Span) -> list[Span]:
    """Where words stand in a stretch, in order; of two that overlap the first or the longer."""
    found = [span for word in words for span in places_of(text, word, within)]
    found.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def is_inside(folded: str, place: int, opener: str, since: int = 0) -> bool:
    """Whether `place` stands between `opener` and its closer, counting from `since`."""
    before = folded[since:place]
    return before.count(opener) > before.count(CLOSERS[opener])
