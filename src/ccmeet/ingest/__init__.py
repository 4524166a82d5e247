"""From the bytes of a saved page or pasted text to an `Article`: text, blocks, page facts."""

import hashlib
import re
from pathlib import PurePosixPath

from ccmeet.errors import SourceError
from ccmeet.ingest.decode import decode
from ccmeet.ingest.pasted import read_pasted
from ccmeet.model.article import Article

MAX_BYTES = 20_000_000
"""What is longer is no article, or means harm."""

MAX_LENGTH = 1_000_000
"""Code points, pictures set into a page not counted: a hundred times a long article."""

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
    path = PurePosixPath(file)
    is_page = _is_page(text, path.suffix)
    if is_page:
        text = _EMBEDDED.sub("data:", text)
    if len(text) > MAX_LENGTH:
        raise SourceError(
            f"the text has {len(text):,} characters, more than the {MAX_LENGTH:,} that are read",
            hint="Save one article a file.",
        )
    if is_page:
        # Beautiful Soup takes longer to load than a pasted text to be read.
        from ccmeet.ingest.saved import read_html as read
    else:
        read = read_pasted
    return read(text, path.stem, file, hashlib.sha256(data).hexdigest())


_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[\w+/=%-]{100,}", re.ASCII)
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|meta|article|br)\b", re.IGNORECASE)
_HEAD = 2000  # code points


def _is_page(text: str, suffix: str) -> bool:
    """Whether this is HTML: by its suffix, or by the tags it begins with, whatever its suffix."""
    if suffix in (".html", ".htm", ".xhtml"):
        return _TAG.search(text) is not None
    return text[:_HEAD].lstrip().startswith("<") and _TAG.search(text, 0, _HEAD) is not None
