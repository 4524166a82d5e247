"""An article as ingest hands it over: its text, its blocks and what the page itself says of it.

For a pasted text, `text` is the file's own text (less the pinyin and doubled commas that mirrors
put between its words), so that offsets are the file's; what is no article (crumbs, channel lists)
lies in no block. For an HTML page, `text` is the article's blocks joined by blank lines.
"""

from dataclasses import dataclass, field
from typing import Literal

from ccmeet.model.fact import Fact
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span, fold, sentences

_REACH = 600
BlockKind = Literal["headline", "dateline", "heading", "paragraph", "caption", "credit", "notice"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article's text and what it is for.

    `dateline` is the paragraph that opens the report (红网…7月29日讯(记者 …)…): running text that
    begins with a dateline. `credit` holds source, author, editor, date, link and page metadata.
    """

    kind: BlockKind
    start: int
    end: int
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", Span(self.start, self.end))


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that the page shows: its file name and its caption, as printed."""

    name: Fact[str] | None = None
    caption: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article itself (schema.org NewsArticle): from its page, its dateline."""

    headline: Fact[str] | None = None
    url: Fact[str] | None = None
    publisher: Fact[str] | None = None
    section: Fact[str] | None = None
    author: tuple[Fact[str], ...] = ()
    editor: tuple[Fact[str], ...] = ()
    date_published: Fact[PartialDate] | None = None
    notice: Fact[str] | None = None
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One source, decoded and divided. `id` is the file's stem, `sha256` that of its bytes.

    `folded` is the text as `fold` gives it, for who has it at hand; without it, it is made.
    """

    id: str
    file: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    page: ArticleFacts = field(default_factory=ArticleFacts)
    outlet: str = ""
    folded: str = field(default="", repr=False)
    _body: tuple[Block, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.folded:
            object.__setattr__(self, "folded", fold(self.text))
        body = tuple(b for b in self.blocks if b.kind in ("dateline", "heading", "paragraph"))
        object.__setattr__(self, "_body", body)

    def block_of(self, span: Span) -> Block:
        """The block that a stretch of its words stands in; LookupError where none holds it."""
        for block in self.blocks:
            if block.start <= span.start and span.end <= block.end:
                return block
        raise LookupError(f"no block holds {span}")

    def sentence_of(self, span: Span) -> Span:
        """The sentence a stretch begins in; of a long one 600 code points to either side."""
        block = self.block_of(span)
        zone = Span(max(block.start, span.start - _REACH), min(block.end, span.end + _REACH))
        held = [s for s in sentences(self.folded, zone) if s.start <= span.start < s.end]
        return held[0] if held else zone

    def body(self) -> tuple[Block, ...]:
        """The running text: dateline, headings and paragraphs, in order."""
        return self._body
