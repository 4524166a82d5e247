"""The words around documents: kinds, what is done with them, and 《》 that hold no document."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccmeet.codec import load_data
from ccmeet.lexicon.words import Sought, one_here, one_of, sought
from ccmeet.model.reading import Action

_BESIDE_NAME = re.compile("（[^（）]*）$")
_AFTER_DASH = re.compile("(?:——|—|──).*$")


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Patterns over folded text, made from documents.yaml."""

    kind: re.Pattern[str]
    """A kind at the end of a title: 框架协议."""
    work: re.Pattern[str]
    """A title that is no document by its end: …日报."""
    shows_before: re.Pattern[str]
    shows_after: re.Pattern[str]
    verb: Sought
    """The longest word for a deed at a place, or a noun that only holds one."""
    actions: dict[str, Action]
    """By the verb what is done: 签署 → signed; a noun has none."""
    strong: frozenset[str]
    times: re.Pattern[str]
    """A word that dates a deed."""
    dates: dict[str, str]
    """By such a word: future, earlier, perhaps_earlier, now or there; "" for its homographs."""
    carrying_out: frozenset[str]
    outside: re.Pattern[str]
    """Who issues what a meeting only refers to: 国务院, but not 三省政府."""
    head: re.Pattern[str]

    def classify(self, title: str) -> str | None:
        """The kind that a folded title ends with, as the word stands there; None if unknown."""
        bare = _BESIDE_NAME.sub("", title)
        # 甲州—乙宁城市群发展规划 ends as a whole, 行动计划——共建大江 before its dash.
        found = self.kind.search(bare) or self.kind.search(_AFTER_DASH.sub("", bare))
        return found[0] if found else None

    def is_work(self, title: str, before: str, after: str) -> bool:
        """Whether 《title》 between these words is a newspaper, a song, a book …"""
        if self.work.search(title):
            return True
        return bool(self.shows_before.search(before) or self.shows_after.match(after))


_WILL_SIGN = "(?!会签[订署下定约])"
"""双方也会签订协议: what they will sign, and no 会签."""


@cache
def load_document_words() -> DocumentWords:
    """The patterns of documents.yaml."""
    data = load_data((files("ccmeet.lexicon") / "documents.yaml").read_text("utf-8"))
    verbs = data["verbs"]
    actions: dict[str, Action] = {
        verb: action for action, some in verbs.items() for verb in (*some["strong"], *some["weak"])
    }
    verbal = (*actions, *data["nouns"])
    names = ("future", "earlier", "perhaps_earlier", "now", "there")
    dates = {word: name for name in names for word in data[name]}
    dates |= dict.fromkeys(data["no_future"], "")
    return DocumentWords(
        kind=re.compile(f"(?:{one_of(data['kinds'])})$"),
        work=re.compile(f"(?:{one_of(data['works'])})$"),
        shows_before=re.compile(f"(?:{one_of(data['shows_before'])})$"),
        shows_after=re.compile(one_of(data["shows_after"])),
        verb=sought(f"{_WILL_SIGN}{one_of(verbal)}", verbal),
        actions=actions,
        strong=frozenset(verb for some in verbs.values() for verb in some["strong"]),
        times=re.compile(one_of(dates)),
        dates=dates,
        carrying_out=frozenset(data["carrying_out"]),
        outside=re.compile(f"(?<![两二三四五])(?:{one_of(data['outside'])})"),
        head=re.compile(one_here(data["heads"])),
    )
