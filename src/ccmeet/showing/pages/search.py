"""The search page: what stands there before a script runs, and the words that the script says."""

import json
from dataclasses import dataclass
from typing import ClassVar

from ccmeet.showing.links import list_path
from ccmeet.showing.pages.frame import SECTIONS, Frame, make_frame, make_head
from ccmeet.showing.search import RANKS
from ccmeet.showing.shown import Link
from ccmeet.showing.view import View

_SAID = ("count", "count_one", "at_least", "none", "failed", "others")
_LABELS = (
    "p", "h", "captions", "credits", "notice", "author", "name", "theme", "venue", "areas",
    "progress", "signatories", "posts", "direct", "indirect", "said", "note", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """A type of page that a search may be narrowed to."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`spoken` is a JSON text: what search.js says. `lists` are the ways in without a script."""

    TEMPLATE: ClassVar[str] = "search.html"
    path: str
    frame: Frame
    title: str
    spoken: str
    types: tuple[TypeChoice, ...]
    lists: tuple[Link, ...]


def search_page(view: View) -> SearchPage:
    """The search page of the archive."""
    path = list_path("search")
    view = view.at(path)
    words = view.words
    title = words("search.title")
    texts = view.words.texts
    spoken = {name: texts.get(f"search.{name}", "") for name in _SAID}
    labels = {name: texts.get(f"search.labels.{name}", "") for name in _LABELS}
    types = {kind: words(f"kind.{kind}") for kind in RANKS}
    return SearchPage(
        path=path,
        frame=make_frame(view, make_head(view, path, title), "search"),
        title=title,
        spoken=json.dumps({**spoken, "labels": labels, "types": types}, ensure_ascii=False),
        types=tuple(TypeChoice(kind, text) for kind, text in types.items()),
        lists=tuple(Link(words(f"nav.{kind}"), view.to(list_path(kind))) for kind in SECTIONS),
    )
