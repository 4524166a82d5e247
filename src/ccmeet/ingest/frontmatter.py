"""The YAML lines that a person may set before a pasted text: url, publisher, date_saved …

Only flat `key: value` lines and lists are understood; each value keeps its place in the file,
which a YAML parser would not tell. Unknown keys are a person's own notes.
"""

import re

from ccmeet.text import Span

_FENCE = re.compile(r"\s{0,8}?---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_LINE = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]+(?P<value>\S[^\r\n]*?))?[ \t]*\r?$", re.M
)
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<value>\S[^\r\n]*?)[ \t]*\r?$", re.M)
_WITHIN = 20_000  # code points; a longer front matter is none


def read_front_matter(text: str) -> tuple[int, dict[str, tuple[Span, ...]]]:
    """Where the text proper begins (0 without front matter), and where each key's values stand."""
    fence = _FENCE.match(text)
    if not fence:
        return 0, {}
    close = _CLOSE.search(text, fence.end(), fence.end() + _WITHIN)
    keys = list(_LINE.finditer(text, fence.end(), close.start())) if close else []
    if not close or (not keys and text[fence.end() : close.start()].strip()):
        return 0, {}  # a rule across the page, no front matter
    values: dict[str, tuple[Span, ...]] = {}
    ends = [*(key.start() for key in keys[1:]), close.start()]
    for key, end in zip(keys, ends, strict=False):  # no keys, one end: an empty one
        if key["value"]:
            values[key["key"].lower()] = _flow(text, Span(*key.span("value")))
        else:
            items = _ITEM.finditer(text, key.end(), end)
            values[key["key"].lower()] = tuple(_bare(text, Span(*i.span("value"))) for i in items)
    return close.end(), {key: spans for key, spans in values.items() if spans}


def _flow(text: str, value: Span) -> tuple[Span, ...]:
    """The values of [a, b], or the one value."""
    words = value.of(text)
    if not (words.startswith("[") and words.endswith("]")):
        return (_bare(text, value),)
    parts = re.finditer(r"[^,\s\[\]][^,\[\]]*", words)
    return tuple(
        _bare(text, Span(p.start(), p.start() + len(p[0].rstrip())).shifted(value.start))
        for p in parts
    )


def _bare(text: str, value: Span) -> Span:
    """Without quotation marks, or without the comment that follows a plain value."""
    words = value.of(text)
    if words[0] in "\"'":
        close = words.find(words[0], 1)
        return Span(value.start + 1, value.start + close) if close > 1 else value
    comment = re.search(r"[ \t]+#", words)
    return Span(value.start, value.start + comment.start()) if comment else value
