"""Markdown of `content/pages/` and of notes as HTML: CommonMark and tables, without raw HTML."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token

from ccmeet.showing.addresses import web_address

_LOCAL = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|\\)[^\s\\\x00-\x1f]*")
_HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)


class Html(str):
    """HTML that may stand in a page as it is: made here, from Markdown, and nowhere else."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def to_html(text: str, root: str = "") -> Html:
    """Markdown as HTML. Links from the site's root ("/about/") are led there by `root`."""
    tokens = _parser().parse(text)
    for token in tokens:
        for child in token.children or ():
            _mend_link(child, root)
    return Html(_parser().renderer.render(tokens, _parser().options, {}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _is_safe(url: str) -> bool:
    """Whether a link may stand: an http(s) or mail address, or a place on this site."""
    lowered = url.strip().lower()
    return bool(web_address(url)) or lowered.startswith("mailto:") or bool(_LOCAL.fullmatch(url))


def _mend_link(token: Token, root: str) -> None:
    """Lead a link from the site's root to its page's file; pictures are led likewise."""
    for name in ("href", "src"):
        url = token.attrs.get(name)
        if isinstance(url, str) and url.startswith("/") and not url.startswith("//"):
            path, mark, anchor = url[1:].partition("#")
            if name == "href" and (not path or path.endswith("/")):
                path += "index.html"
            token.attrs[name] = root + path + mark + anchor


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, but a run of * may also open or close beside a Chinese mark.

    By CommonMark 0.31 a run before a word character and after punctuation cannot close, so
    `**“词”**在` stays plain; Chinese sets no blank there. Such a run counts as closing where
    the mark before it closes (”）》。), as opening where the mark after it opens (“（《).
    """
    if silent or state.src[state.pos] not in "*_":
        return False
    marker = state.src[state.pos]
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1 : state.pos]
        after = state.src[state.pos + scanned.length : state.pos + scanned.length + 1]
        can_close = can_close or (before in _CLOSING and bool(before))
        can_open = can_open or (after in _OPENING and bool(after))
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


_CLOSING = "”’）》】」』〉。，、；：！？…—"
_OPENING = "“‘（《【「『〈"


def split_title(stem: str, text: str) -> tuple[str, str]:
    """A Markdown page's title, its first heading (without one its file's name), and the rest."""
    found = _HEADING.search(text)
    if found is None:
        return stem, text
    rest = text[: found.start()] + text[found.end() :]
    return found[1].replace("*", "").replace("`", ""), rest
