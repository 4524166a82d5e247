"""An archive whose every free text is hostile: nothing of it executes, nothing is even tried.

A listener counts what the page's policy had to stop: the pages must not lean on the policy.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from archives import ARCHIVE, HOSTILE, make_hostile
from ccmeet.build import explain_file
from conftest import BuiltSite, put_site, watch

LISTEN = """
window.ran = [];
window.hostile = () => { window.ran.push('hostile() ran'); };
window.alert = window.hostile;
document.addEventListener('securitypolicyviolation', (event) => {
  window.ran.push(`${event.violatedDirective} stopped ${event.blockedURI || event.sample}`);
});
"""
LIKENESS = "img[src='x'], [onerror], script:not([src]):not([type]), a[href^='javascript']"


@pytest.fixture(scope="module")
def hostile(shelf: Path, server: str) -> BuiltSite:
    return put_site(make_hostile(ARCHIVE), "hostile", shelf, server)


@pytest.fixture(scope="module")
def guarded(browser: Browser) -> Iterator[Page]:
    """A page that tells what ran and what was stopped."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_no_page_executes_what_its_records_say(hostile: BuiltSite, guarded: Page) -> None:
    watched = watch(guarded, hostile.url(""))
    for path in hostile.paths:
        guarded.goto(hostile.url(path))
        assert guarded.evaluate("window.ran") == [], path
        assert guarded.locator(LIKENESS).count() == 0, path
        assert "onerror=" in guarded.locator("html").inner_text() + guarded.title(), path
        assert watched.told() == []


def test_no_panel_does(hostile: BuiltSite, guarded: Page) -> None:
    opened = 0
    for path in hostile.paths:
        guarded.goto(hostile.url(path))
        for mark in guarded.locator("a.ev").all()[:12]:
            if mark.is_visible():
                mark.click()
                guarded.keyboard.press("Escape")
                opened += 1
        assert guarded.evaluate("window.ran") == [], path
        assert guarded.locator(LIKENESS).count() == 0, path
    assert opened > 10


def test_no_search_does(hostile: BuiltSite, guarded: Page) -> None:
    for asked in ("hostile", HOSTILE, "东湾", "<script>"):
        guarded.goto(f"{hostile.url('search/index.html')}?q={quote(asked)}&t={quote(HOSTILE)}")
        guarded.locator("#search[data-done]").wait_for()
        assert guarded.evaluate("window.ran") == [], asked
        assert guarded.locator(LIKENESS).count() == 0, asked
    guarded.goto(f"{hostile.url('search/index.html')}?q=hostile")
    guarded.locator(".res mark").first.wait_for()
    assert guarded.locator(".res mark").first.inner_text() == "hostile"
    assert guarded.evaluate("window.ran") == []


def test_no_feed_or_picture_does(hostile: BuiltSite, guarded: Page) -> None:
    files = [file for file in hostile.folder.rglob("*") if file.suffix in (".xml", ".svg")]
    assert files
    for file in files:
        guarded.goto(file.as_uri())
        assert guarded.evaluate("window.ran") == [], file
        assert guarded.evaluate("document.querySelectorAll('script, parsererror').length") == 0


def test_no_explanation_does(tmp_path: Path, guarded: Page) -> None:
    source = tmp_path / "hostile.txt"
    source.write_text(
        f"三城会商{HOSTILE}\n\n江岸网2031年5月4日讯(记者 甲晓文)5月3日，江湾三城第二届会商会"
        f"在长沙召开。{HOSTILE}\n\n长沙市市长乙大川说：“共建通道{HOSTILE}。”\n",
        "utf-8",
    )
    page = tmp_path / "explain.html"
    page.write_text(explain_file(source, as_html=True, colour=False), "utf-8")
    watched = watch(guarded)
    guarded.goto(page.as_uri())
    assert guarded.evaluate("window.ran") == []
    assert guarded.locator(LIKENESS).count() == 0
    assert "onerror=" in guarded.locator("main").inner_text()
    assert watched.told() == []


def test_the_listener_hears(hostile: BuiltSite, guarded: Page, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    head = (hostile.folder / "index.html").read_text("utf-8").split("<title>")[0]
    page.write_text(f"{head}<title>x</title><p><img src=x onerror='hostile()'>", "utf-8")
    guarded.goto(page.as_uri())
    guarded.wait_for_timeout(100)
    assert "stopped inline" in guarded.evaluate("window.ran")[0]
