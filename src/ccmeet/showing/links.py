"""Links of a page: the way to the site's root, lists and their parts, words on a live page."""

from urllib.parse import quote


def list_path(kind: str, number: int = 1) -> str:
    """The file of a list, or of a long list's part, counted from 1."""
    return f"{kind}/index.html" if number == 1 else f"{kind}/page-{number}/index.html"


def root_of(path: str) -> str:
    """The way from a page up to the site's root: "" or "../../"."""
    return "../" * path.count("/")


def text_fragment(url: str, exact: str, prefix: str = "") -> str:
    """The address that scrolls a browser to words on a page (the WICG Text Fragments draft).

    The words are the source's own characters. Long ones are given by their first and last few.
    """
    exact = exact.split("\n", 1)[0].strip()
    if not exact:
        return url
    start, end = (exact, "") if len(exact) <= 24 else (exact[:10], exact[-10:])
    words = ",".join(_escaped(part) for part in (start, end) if part)
    before = f"{_escaped(prefix)}-," if prefix.strip() and "\n" not in prefix else ""
    return f"{url.split('#', 1)[0]}#:~:text={before}{words}"


def _escaped(words: str) -> str:
    # A comma, a dash and an ampersand part a fragment's pieces; quote() spares the dash.
    return quote(words.strip(), safe="").replace("-", "%2D")
