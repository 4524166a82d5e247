"""Pages that people write (about and others), and those that say where something went."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from ccmeet.model.records import Record
from ccmeet.showing.addresses import page_of
from ccmeet.showing.links import list_path
from ccmeet.showing.markdown import Html, split_title, to_html
from ccmeet.showing.pages.frame import SECTIONS, Frame, make_frame, make_head
from ccmeet.showing.shown import Link
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A page of `content/pages/`; `body` is its Markdown as HTML, without its first heading."""

    TEMPLATE: ClassVar[str] = "prose.html"
    path: str
    frame: Frame
    title: str
    body: Html


def prose_page(view: View, stem: str, text: str) -> ProsePage:
    """The page made from one Markdown file."""
    path = list_path(stem)
    view = view.at(path)
    title, rest = split_title(stem, text)
    body = to_html(rest, view.root)
    return ProsePage(path, make_frame(view, make_head(view, path, title), stem), title, body)


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """404.html: it is served at any depth, so its links start at the site's address.

    Where that isn't known, `ups` are the ways up by which it looks for the site's root.
    """

    TEMPLATE: ClassVar[str] = "not_found.html"
    path: str
    frame: Frame
    ways: tuple[Link, ...]
    ups: tuple[str, ...]


def not_found_page(view: View) -> NotFoundPage:
    """The page for an address that does not exist.

    A server shows it in place of a page at any depth, where relative links would go astray:
    its links start with the path of `base_url`. Without one they are right at the top level, and
    a script mends them deeper down: the style sheet and it are asked for by every way up.
    """
    base = view.archive.site.base_url
    root = urlsplit(base).path.rstrip("/") + "/" if base else ""
    here = View(view.archive, view.relations, view.words, root)
    head = make_head(here, "404.html", view.words("not_found.title"), index=False)
    ways = tuple(Link(view.words(f"nav.{kind}"), here.to(list_path(kind))) for kind in SECTIONS)
    ups = () if base else tuple("../" * depth for depth in reversed(range(_DEEPEST + 1)))
    return NotFoundPage("404.html", make_frame(here, head), ways, ups)


_DEEPEST = 4
"""Folders deep below the site's root at which a mistyped address is still put right."""


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """What stays at the address of a record that was taken back: that it was, and a person's note
    on why. `list` leads to the records of its type that stand."""

    TEMPLATE: ClassVar[str] = "withdrawn.html"
    path: str
    frame: Frame
    id: str
    note: Html
    list: Link


def withdrawn_page(view: View, kind: str, record: Record, id: str) -> WithdrawnPage:
    """The page at `id`, the id of a withdrawn record or one of its former ids."""
    path = page_of(kind, id)
    view = view.at(path)
    head = make_head(view, path, view.words("withdrawn.title"), index=False)
    back = Link(view.words(f"nav.{kind}"), view.to(list_path(kind)))
    note = to_html(record.note or "", view.root)
    return WithdrawnPage(path, make_frame(view, head, kind), id, note, back)


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """The page of a former id: it leads on to the record's page."""

    TEMPLATE: ClassVar[str] = "redirect.html"
    path: str
    frame: Frame
    target: Link


def redirect_page(view: View, kind: str, alias: str, id: str) -> RedirectPage:
    """The page at a record's former address."""
    path = page_of(kind, alias)
    view = view.at(path)
    target = view.link(kind, id)
    head = make_head(view, page_of(kind, id), target.text, index=False)
    return RedirectPage(path, make_frame(view, head, kind), target)
