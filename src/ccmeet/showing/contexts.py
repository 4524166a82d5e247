"""What each template gets, told from the pages' dataclasses: the reference for makers of themes."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ccmeet.showing.pages.area import AreaPage
from ccmeet.showing.pages.article import ArticlePage
from ccmeet.showing.pages.city import CityPage
from ccmeet.showing.pages.data import DataPage
from ccmeet.showing.pages.document import DocumentPage
from ccmeet.showing.pages.frame import Frame
from ccmeet.showing.pages.home import HomePage
from ccmeet.showing.pages.lists import ListPage
from ccmeet.showing.pages.meeting import MeetingPage
from ccmeet.showing.pages.official import OfficialPage
from ccmeet.showing.pages.prose import NotFoundPage, ProsePage, RedirectPage, WithdrawnPage
from ccmeet.showing.pages.search import SearchPage
from ccmeet.showing.pages.series import SeriesPage

PAGES: tuple[Any, ...] = (
    HomePage, MeetingPage, SeriesPage, CityPage, AreaPage, DocumentPage, OfficialPage,
    ArticlePage, ListPage, SearchPage, DataPage, ProsePage, NotFoundPage, RedirectPage,
    WithdrawnPage,
)  # fmt: skip

_HEAD = """\
# What templates get

A project's own `templates/` folder, beside `content/`, lays files over these, one by one: a page
(`meeting.html`), a part (`parts/colophon.html`), a static file (`static/site.css`) or single
interface texts (`interface/zh-CN.yaml` with nothing but the keys to change). What isn't there
stays as it is here. Templates are Jinja2, autoescaped; an unknown variable is an error that names
the template and the line. The pages carry a content security policy: no inline style or script.

In every template: `page` (below, by template), `frame` (a Frame: masthead, colophon, head),
`t("key", n=1)` (an interface text; `t.edition(10)`, `t.join(names)`), `foreign` (whether the
interface isn't Chinese: then Chinese words want `lang="zh-CN"`; `| mixed` gives it to those among
others). `parts/marks.html` has the macros for values: `shown(value)` prints one with its link and
its mark, `ev(proof)` a mark alone, `quiet(value)` a value whose own words lead to its evidence, for
lists, kickers and pictures. A value that is printed by none of them leads nowhere; the test suite
finds such in the default theme.

This file is written by the test suite from `ccmeet.showing` (`pytest --update-golden`).
"""


def reference() -> str:
    """The whole reference, Markdown: a section a page, then the parts that pages are made of."""
    sections = [_HEAD, *(_section(page, f"`{page.TEMPLATE}`: {page.__name__}") for page in PAGES)]
    parts = sorted(_parts({Frame: None, **dict.fromkeys(PAGES)}), key=lambda part: part.__name__)
    sections.append("## Parts\n")
    sections += (_section(part, part.__name__, "###") for part in parts)
    return "\n".join(sections)


def _section(kind: Any, title: str, level: str = "##") -> str:
    doc = " ".join((kind.__doc__ or "").split())
    told = "" if doc.startswith(f"{kind.__name__}(") else f"\n{doc}\n"
    rows = "".join(f"| `{name}` | {_said(hint)} |\n" for name, hint in _members(kind))
    return f"{level} {title}\n{told}\n| field | holds |\n|---|---|\n{rows}"


def _members(kind: Any) -> Iterator[tuple[str, Any]]:
    """The fields and properties of a class, with their types."""
    hints = get_type_hints(kind)
    yield from ((spec.name, hints[spec.name]) for spec in fields(kind))
    for name, value in vars(kind).items():
        if isinstance(value, property) and value.fget:
            yield name, get_type_hints(value.fget)["return"]


def _said(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = [_said(arg) for arg in args if arg is not NoneType]
        return " or ".join([*kinds, "nothing"] if NoneType in args else kinds)
    if origin is tuple and Ellipsis in args:
        return f"list of {_said(args[0])}"
    if origin is tuple:
        return f"({', '.join(map(_said, args))})"
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{_said(args[1])} by {_said(args[0])}"
    if is_dataclass(hint) and isinstance(hint, type):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    plain = {str: "text", int: "whole number", float: "number", bool: "yes or no"}
    return plain.get(hint, getattr(hint, "__name__", str(hint)))


def _parts(pages: Mapping[Any, None]) -> list[Any]:
    """The classes that the fields of others hold, each once, pages themselves left out."""
    found: dict[Any, None] = {Frame: None}
    left = [*pages]
    while left:
        for _, hint in _members(left.pop()):
            for kind in _classes(hint):
                if kind not in found and kind not in pages:
                    found[kind] = None
                    left.append(kind)
    return [*found]


def _classes(hint: Any) -> Iterator[Any]:
    if is_dataclass(hint):
        yield hint
    for arg in get_args(hint):
        yield from _classes(arg)
