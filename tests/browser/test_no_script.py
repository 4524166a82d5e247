"""Without JavaScript: every word, every value's evidence, from a server and from disk."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from conftest import BuiltSite

MARK = re.compile(r'<a class="(?:ev|q) [^"]*" href="([^"#]*)#([^"]+)"')
ID = re.compile(r'\sid="([^"]+)"')


@pytest.fixture(scope="module")
def silent(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture(scope="module")
def still(silent: BrowserContext) -> Page:
    return silent.new_page()


def marks(site: BuiltSite) -> dict[str, set[str]]:
    """The places that the marks of a whole site lead to: page → anchors."""
    found: dict[str, set[str]] = {}
    for path in site.paths:
        html = (site.folder / path).read_text("utf-8")
        for href, anchor in MARK.findall(html):
            target = (site.folder / path).parent.joinpath(href) if href else site.folder / path
            at = target.resolve().relative_to(site.folder.resolve()).as_posix()
            found.setdefault(at, set()).add(unquote(anchor))
    return found


def test_every_mark_leads_to_a_place_that_is_seen(
    minimal: BuiltSite, own: BuiltSite, still: Page
) -> None:
    seen = 0
    for site in (minimal, own):
        for path, anchors in marks(site).items():
            ids = set(ID.findall((site.folder / path).read_text("utf-8")))
            assert anchors <= ids, path
            for anchor in sorted(anchors)[:60]:
                still.goto(f"{site.file(path)}#{anchor}")
                place = still.locator(":target")
                assert place.is_visible(), (path, anchor)
                box = place.bounding_box()
                assert box and box["width"] > 0 and box["height"] > 0, (path, anchor)
                seen += 1
    assert seen > 20


def test_a_mark_in_the_text_leads_to_its_note(own: BuiltSite, still: Page) -> None:
    path = next(p for p in own.paths if re.fullmatch(r"articles/[^/]+/index\.html", p))
    html = (own.folder / path).read_text("utf-8")
    notes = re.findall(r'class="m-no" id="r-\d+" href="#(n-\d+)"', html)
    assert notes
    for note in notes:
        still.goto(f"{own.file(path)}#{note}")
        assert still.locator(f"#{note}").is_visible(), note
        assert still.locator(f"#{note} .note__v").first.is_visible(), note


@pytest.mark.parametrize("path", ["index.html", "meetings/jiangwan-2/index.html"])
def test_nothing_is_said_with_scripts_that_is_not_said_without(
    minimal: BuiltSite, page: Page, still: Page, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(minimal.url(path))
    still.goto(minimal.url(path))
    # Buttons and forms need scripts.
    page.evaluate("document.querySelectorAll('button, form').forEach((one) => one.remove())")
    # A build knows no clock: a script writes the day of access into the citations.
    words = re.sub(r"\[20\d\d-\d\d-\d\d\]", "[____-__-__]", page.locator("main").inner_text())
    spoken = words.split()
    assert spoken == still.locator("main").inner_text().split()


def test_the_search_page_offers_the_lists(minimal: BuiltSite, still: Page) -> None:
    still.goto(minimal.file("search/index.html"))
    assert not still.locator("#search-form").is_visible()
    assert not still.locator("#search-facets").is_visible()
    assert still.locator("noscript p").is_visible()
    assert still.locator("#search-start a").count() >= 7


def test_folded_things_open(own: BuiltSite, still: Page) -> None:
    path = next(p for p in own.paths if re.fullmatch(r"articles/[^/]+/index\.html", p))
    still.goto(own.file(path))
    fold = still.locator("details.notes").first
    assert not fold.locator(".note").first.is_visible()
    fold.locator("summary").first.click()
    assert fold.locator(".note").first.is_visible()
