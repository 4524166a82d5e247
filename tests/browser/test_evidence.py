"""Values of lists, pictures and kickers open their sentence in place, or lead to it; 404.html."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from ccmeet.model.archive import Archive
from ccmeet.showing.site import make_site
from conftest import BuiltSite, watch


def opened(page: Page) -> Locator:
    panel = page.locator(".panel")
    expect(panel).to_have_count(1)
    return panel


def test_a_value_of_a_list_opens_its_sentence_in_place(own: BuiltSite, page: Page) -> None:
    watched = watch(page, own.url(""))
    page.goto(own.url("meetings/index.html"))
    value = page.locator(".rows .q--stated, .rows .q--inferred").first
    value.focus()
    page.keyboard.press("Enter")
    panel = opened(page)
    exact = panel.locator(".panel__q mark").inner_text()
    assert exact
    assert panel.locator(".panel__d").count() >= 2
    href = panel.locator(".panel__go a").first.get_attribute("href") or ""
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0
    assert value.evaluate("(one) => one === document.activeElement")
    page.goto(href)
    assert page.locator("mark:target").inner_text().replace("\u2060", "").startswith(exact)
    assert watched.told() == []


def test_a_value_entered_by_hand_shows_the_source_it_is_from(own: BuiltSite, page: Page) -> None:
    page.goto(own.url("meetings/index.html"))
    page.locator(".rows .q--entered").first.click()
    panel = opened(page)
    href = panel.locator(".panel__go a").first.get_attribute("href") or ""
    told = panel.locator(".panel__d").inner_text()
    page.goto(href)
    source = page.locator(":target a").first.inner_text()
    assert source in told


def test_from_disk_too_a_value_opens_its_sentence_in_place(own: BuiltSite, page: Page) -> None:
    page.goto(own.file("meetings/index.html"))
    page.locator(".rows .q--stated, .rows .q--inferred").first.click()
    panel = opened(page)
    assert panel.locator(".panel__q mark").inner_text()
    page.keyboard.press("Escape")
    page.locator(".rows .q--entered").first.click()
    assert opened(page).locator(".panel__d").count() == 1


def test_where_the_script_of_an_article_is_gone_its_page_opens(own: BuiltSite, page: Page) -> None:
    page.route("**/sentences.js", lambda route: route.abort())
    page.goto(own.url("meetings/index.html"))
    page.locator(".rows .q--stated, .rows .q--inferred").first.click()
    page.wait_for_url("**/articles/*/index.html#e-*")
    assert page.locator("mark:target").is_visible()


@pytest.mark.parametrize(("width", "drawn"), [(390, ".tl--tall"), (1280, ".tl--wide")])
def test_places_and_days_on_a_timeline_open_theirs(
    own: BuiltSite, page: Page, width: int, drawn: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(own.url("index.html"))
    values = page.locator(f"{drawn} a.q")
    assert values.count() > 10
    for value in (values.first, values.last):
        value.click()
        assert opened(page).locator(".panel__h").inner_text()
        page.keyboard.press("Escape")


def test_a_dot_of_the_areas_is_a_control_of_its_own(own: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(own.url("index.html"))
    dots = page.locator(".mx--dots a.dot")
    assert dots.count() > 10
    for dot in dots.all():
        box = dot.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    dot = dots.last
    assert (dot.text_content() or "").startswith("第")
    dot.click()
    assert opened(page).locator(".panel__q mark").inner_text()


@pytest.mark.parametrize("place", ["lost", "lost/", "cities/lost/", "a/b/c/d/"])
def test_a_page_not_found_finds_its_way_from_any_depth(
    minimal: BuiltSite, archive: Archive, page: Page, place: str
) -> None:
    """404.html of a build that was not told the site's address, as a server shows it."""
    unknown = replace(archive, site=replace(archive.site, base_url=None))
    lost = make_site(unknown)["404.html"].decode()
    address = minimal.url(place)
    page.route(address, lambda route: route.fulfill(body=lost, content_type="text/html"))
    page.goto(address)
    expect(page.locator(".ways a").first).to_have_attribute(
        "href", minimal.url("meetings/index.html")
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    expect(page.locator("button.theme")).to_be_visible()
    page.locator(".ways a").first.click()
    page.wait_for_url("**/minimal/meetings/index.html")
