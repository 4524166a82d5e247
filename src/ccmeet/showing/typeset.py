"""How a source's words are set: full-width marks, and where a headline may break.

Both keep every character in its place, so that offsets into the source hold.
"""

import re
from itertools import pairwise

from ccmeet.text import HAN

_TWIN = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_NEAR = rf"[{HAN}》”’）】]"
_AFTER = rf"[{HAN}《“‘（【]"
_HALF = re.compile(r"[,:;!?()]")
_MARK = re.compile(rf"(?<={_NEAR})[,:;!?()]|[,:;!?()](?={_AFTER})")

# A line of a headline ends after a mark or blank, after a region's or body's name,
# and before an edition's number; nowhere else.
_END = re.compile(
    r"[，：；。、！？,:;\s]+(?=\S)"
    r"|(?:城市群|都市圈|三角洲|经济圈|示范区|经济带|省会城市|一体化|协调会|会商会)(?=\w)"
    r"|(?<=\w)(?=第[0-9〇一二三四五六七八九十百]+[届次])"
)
_LONGEST = 14
"""A phrase longer than this many characters could overflow a narrow screen, so it may break."""


def full_width(text: str) -> str:
    """The text with half-width marks beside Chinese set full-width; length and words are kept."""
    if not _HALF.search(text):
        return text
    set_once = _MARK.sub(lambda mark: _TWIN[mark[0]], text)
    # A mark that follows one which only now counts as Chinese: 》),( and the like.
    return _MARK.sub(lambda mark: _TWIN[mark[0]], set_once)


def phrases(headline: str) -> tuple[tuple[str, bool], ...]:
    """A headline in the pieces between which it may break: (piece, whether to keep it whole)."""
    text = full_width(headline)
    cuts = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    pieces = [text[a:b] for a, b in pairwise(cuts) if a < b]
    return tuple((piece, len(piece) <= _LONGEST) for piece in pieces)
