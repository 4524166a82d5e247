"""From the bytes of a saved page or pasted text to an `Article`: text, blocks, page facts."""

import hashlib
import re
from pathlib import PurePosixPath

from ccmeet.errors import SourceError
from ccmeet.ingest.decode import decode
from ccmeet.ingest.pasted import read_pasted
from ccmeet.ingest.saved import read_html
from ccmeet.model.article import Article

MAX_BYTES = 20_000_000
"""No article is longer; a page of more bytes is no article, or means harm."""

__all__ = ["MAX_BYTES", "read_source"]


def read_source(data: bytes, file: str) -> Article:
    """Read one source. `file` is its path in the project; its stem becomes the article's id.

    Raises SourceError for bytes that can't be decoded, an empty file, a page without an
    article, one that is too large or nested too deep. An article is never empty.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"the file has {len(data):,} bytes, more than the {MAX_BYTES:,} that are read",
            hint="Save the page's HTML alone, without pictures in it.",
        )
    text = decode(data)
    if not text.strip():
        raise SourceError("the file is empty", hint="Save the page again, or delete the file.")
    sha256 = hashlib.sha256(data).hexdigest()
    path = PurePosixPath(file)
    read = read_html if _is_html(text, path.suffix) else read_pasted
    return read(text, path.stem, file, sha256)


_TAGS = re.compile(r"<(?:!doctype|html|head|body|div|p|meta|article|br)\b", re.IGNORECASE)


def _is_html(text: str, suffix: str) -> bool:
    """By its content: a text with tags at its start is a page, whatever it is called."""
    start = text[:2000].lstrip().startswith("<")
    return _TAGS.search(text, 0, 20_000 if suffix == ".html" else 2000) is not None and (
        start or suffix in (".html", ".htm")
    )
