"""Every page by keyboard alone: all that can be used is reached, and seen to be reached."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from conftest import BuiltSite

PAGES = (
    "index.html",
    "articles/jiangan-1/index.html",
    "cities/dongwan/index.html",
    "data/index.html",
    "documents/list-2031/index.html",
    "meetings/index.html",
    "meetings/jiangwan-2/index.html",
    "officials/yi-dachuan/index.html",
    "search/index.html",
    "series/jiangwan/index.html",
)

# What a person with a pointer could use, in the page's order; each is given a number.
STOPS = """() => {
  const usable = 'a[href], area[href], button, input, select, textarea, summary, [tabindex="0"]';
  const seen = (one) => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && one.getClientRects().length > 0;
  const stops = [...document.querySelectorAll(usable)].filter((one) => seen(one) && !one.disabled);
  stops.forEach((one, n) => { one.dataset.stop = n; });
  window.walked = [];
  const focus = (one) => {
    const style = getComputedStyle(one);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5;
    const box = one.getBoundingClientRect();
    return {stop: Number(one.dataset.stop ?? -1), ring, what: one.outerHTML.slice(0, 120),
            width: box.width, height: box.height, left: box.left, top: box.top};
  };
  document.addEventListener('focusin', (event) => window.walked.push(focus(event.target)));
  return stops.length;
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_all_is_reached_in_order_and_shown(
    minimal: BuiltSite, page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(minimal.url(path))
    page.wait_for_load_state("networkidle")
    stops = page.evaluate(STOPS)
    for _ in range(stops + 2):
        page.keyboard.press("Tab")
    walked = page.evaluate("window.walked")
    reached = [one["stop"] for one in walked]
    assert set(range(stops)) <= set(reached), [
        page.locator(f'[data-stop="{n}"]').evaluate("(one) => one.outerHTML.slice(0, 150)")
        for n in set(range(stops)) - set(reached)
    ]
    # In the page's order, and no trap; the walk may begin anywhere (a field that has the focus).
    assert sum(after < before for before, after in pairwise(reached[:stops])) <= 1
    assert [one["what"] for one in walked if not one["ring"]] == []
    assert [one["what"] for one in walked if one["left"] + one["width"] < 1] == []


def test_the_skip_link_comes_first_and_leads_to_the_text(minimal: BuiltSite, page: Page) -> None:
    page.goto(minimal.url("articles/jiangan-1/index.html"))
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("(one) => one === document.activeElement")
    assert (skip.bounding_box() or {})["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_a_panel_opens_in_place_keeps_the_focus_and_gives_it_back(
    minimal: BuiltSite, page: Page
) -> None:
    page.goto(minimal.url("meetings/jiangwan-2/index.html"))
    mark = page.locator("a.ev--stated").first
    mark.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".panel")
    expect(panel).to_have_count(1)
    assert panel.get_attribute("role") == "dialog"
    assert (mark.locator(".vh span").text_content() or "?") in panel.inner_text()
    stops = panel.locator("a, button").count()
    for _ in range(stops + 1):
        assert page.evaluate("document.querySelector('.panel').contains(document.activeElement)")
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.querySelector('.panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert mark.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("Enter")
    page.locator(".panel__go a").first.press("Enter")  # to the sentence itself
    page.wait_for_url("**/articles/jiangan-1/index.html#e-*")


def test_a_slash_goes_to_the_search(minimal: BuiltSite, page: Page) -> None:
    page.goto(minimal.url("index.html"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("东湾")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    page.goto(minimal.url("cities/dongwan/index.html"))
    page.keyboard.press("/")
    page.wait_for_url("**/search/index.html")
