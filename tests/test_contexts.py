"""What templates get is written down in templates/README.md, from the dataclasses themselves."""

from pathlib import Path

import pytest

from ccmeet.showing.contexts import PAGES, reference
from ccmeet.showing.render import default_theme

FILE = Path(__file__).parent.parent / "templates" / "README.md"


def test_the_reference_is_that_of_the_dataclasses(update_golden: bool) -> None:
    if update_golden:
        FILE.write_text(reference(), "utf-8")
        pytest.fail("templates/README.md was written anew; look at what changed")
    assert FILE.read_text("utf-8") == reference()


def test_every_page_has_its_template_and_every_template_its_page() -> None:
    names = {page.TEMPLATE for page in PAGES}
    assert names | {"base.html"} == {file.name for file in default_theme().glob("*.html")}


def test_no_two_parts_share_a_name() -> None:
    headings = [line for line in reference().splitlines() if line.startswith("### ")]
    assert len(headings) == len(set(headings)) > 20
