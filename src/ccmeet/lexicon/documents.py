"""The words around documents: kinds, what is done with them, and 《》 that hold no document."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccmeet.codec import load_data
from ccmeet.lexicon.words import one_of
from ccmeet.model.reading import Action


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Patterns over folded text, made from documents.yaml."""

    kind: re.Pattern[str]
    """A kind, at the end of a title: 框架协议."""
    work: re.Pattern[str]
    action: re.Pattern[str]
    """The longest word for an action at a place."""
    actions: dict[str, Action]
    """By the word what is done: 签署 → signed."""
    earlier: re.Pattern[str]

    def classify(self, title: str) -> str | None:
        """The kind that a folded title ends with, as the word stands there; None if unknown."""
        bare = re.sub(r"（[^（）]*）$", "", title)
        found = next((m for m in self.kind.finditer(bare) if m.end() == len(bare)), None)
        return found[0] if found else None


@cache
def load_document_words() -> DocumentWords:
    """The patterns of documents.yaml."""
    data = load_data((files("ccmeet.lexicon") / "documents.yaml").read_text("utf-8"))
    actions = {word: action for action, words in data["actions"].items() for word in words}
    return DocumentWords(
        kind=re.compile(one_of(data["kinds"])),
        work=re.compile(one_of(data["works"])),
        action=re.compile(one_of(actions)),
        actions=actions,
        earlier=re.compile(one_of(data["earlier"])),
    )
