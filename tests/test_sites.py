"""The small archive of tests/sites/minimal, from its files to its pages, held to the byte.

`--update-golden` writes the expected pages anew; then look at what changed.
"""

from pathlib import Path

import pytest

from ccmeet.reading.store import load_archive
from ccmeet.showing.site import make_site

ROOT = Path(__file__).parent / "sites" / "minimal"
EXPECTED = ROOT / "expected"


def test_the_minimal_site_is_as_expected(update_golden: bool) -> None:
    archive, problems = load_archive(ROOT)
    assert not [problem for problem in problems if problem.severity == "error"]
    # The downloads and the search index have tests of their own.
    pages = {path: html for path, html in make_site(archive).items() if path.endswith(".html")}
    kept = {file.relative_to(EXPECTED).as_posix(): file for file in EXPECTED.rglob("*.html")}
    if update_golden:
        for file in kept.values():
            file.unlink()
        for path, html in pages.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(html)
        pytest.fail("the expected pages were written anew; look at what changed")
    assert sorted(pages) == sorted(kept)
    assert not [path for path, html in pages.items() if kept[path].read_bytes() != html]
