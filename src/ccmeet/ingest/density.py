"""Where on a page the article stands, by the density of its text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ccmeet.ingest.lines import count_han

Mark = Literal["title", "heading", "caption", "image"]


class Run(NamedTuple):
    """A paragraph as a browser would show it: text between block tags and <br>.

    `linked` counts the code points inside links. `path` numbers the block elements around it,
    outermost first; `boxes` are those of them that can hold several paragraphs. `look` tells how
    it is set: paragraphs of one text look alike; `is_titled`, that its class calls it a title.
    A picture without a readable name has no words.
    """

    words: str
    linked: int
    path: tuple[int, ...]
    boxes: tuple[int, ...]
    mark: Mark | None = None
    look: str = ""
    is_titled: bool = False

    @property
    def is_link(self) -> bool:
        """Whether most of it is a link, as in lists of other articles."""
        return 2 * self.linked > len(self.words)


_SHORTEST = 10  # Han characters of running text below which there is none
_STOPS = re.compile(r"[，。；：！？、,;]")
_SHARE_OF_ANCESTORS = (1.0, 0.7, 0.45, 0.25, 0.1)


def choose_body(runs: Sequence[Run]) -> int | None:
    """The container that holds the most running text close beneath it; None where none does.

    Each paragraph (text with <br> counts as paragraphs, as a <p> does) votes for its container
    and, with less weight, for those around it, so that paragraphs in boxes of their own still
    gather in the box that holds them all. Text in links votes against.
    """
    votes: dict[int, float] = defaultdict(float)
    prose: dict[int, int] = defaultdict(int)
    for run in runs:
        vote = _vote(run)
        for container, share in zip(reversed(run.boxes), _SHARE_OF_ANCESTORS, strict=False):
            votes[container] += vote * share
        for container in run.boxes if vote > 0 and _STOPS.search(run.words) else ():
            prose[container] += count_han(run.words)
    best = max(votes, key=lambda c: (votes[c], c), default=None)
    return best if best is not None and votes[best] > 0 and prose[best] >= _SHORTEST else None


_NEARLY_ALL = 0.75  # of a box's running text


def tightened(runs: Sequence[Run], body: int) -> tuple[int, int]:
    """The runs of the tightest box that holds nearly all running text of `body`, half-open.

    Running text that stands right before or after that box, inside `body`, still belongs to it;
    what stands beyond a credit line or a short one (comments, say) does not.
    """
    prose: dict[int, int] = defaultdict(int)
    inside = [i for i, run in enumerate(runs) if body in run.path]
    for i in inside:
        if _is_prose(runs[i]):
            for box in runs[i].boxes:
                prose[box] += count_han(runs[i].words)
    enough = _NEARLY_ALL * prose[body]
    tight = max((box for box, held in prose.items() if held >= enough), default=body)
    within = [i for i in inside if tight in runs[i].path]
    first, last = within[0], within[-1]
    while last + 1 <= inside[-1] and _is_prose(runs[last + 1]):
        last += 1
    while first - 1 >= inside[0] and _is_prose(runs[first - 1]):
        first -= 1
    return first, last + 1


def _is_prose(run: Run) -> bool:
    return _vote(run) > 0 and not run.mark and _STOPS.search(run.words) is not None


def _vote(run: Run) -> float:
    own = len(run.words) - run.linked
    if run.mark == "image":
        return 0.0
    if run.is_link:
        return -0.5 * min(run.linked, 40)
    stops = len(_STOPS.findall(run.words))
    if not stops and own < 40:
        return 0.2 * count_han(run.words)
    return own + 8.0 * stops
