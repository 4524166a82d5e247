"""From the bytes of a saved page or pasted text to an `Article`: text, blocks, page facts."""

import hashlib
from pathlib import PurePosixPath

from ccmeet.errors import SourceError
from ccmeet.ingest.decode import decode
from ccmeet.ingest.pasted import read_pasted
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
    return read_pasted(text, path.stem, file, sha256)
