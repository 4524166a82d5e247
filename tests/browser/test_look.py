"""Every page type on a phone and a desk, light and dark: axe, width, console, requests, print."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ccmeet.model.archive import Archive
from conftest import BuiltSite, put_site, watch

KINDS = (
    "index.html",
    "404.html",
    "about",
    "areas",
    "articles",
    "cities",
    "data",
    "documents",
    "meetings",
    "officials",
    "search",
    "series",
)
SIZES = ((390, 844), (1280, 800))


def paths_of(site: BuiltSite, kind: str) -> list[str]:
    """A list's page and the fullest pages of its records; aliases are no pages to look at."""
    own = [path for path in site.paths if path.split("/")[0] == kind and "xi-zhou" not in path]
    own.sort(key=lambda path: (path.count("/") > 1, -(site.folder / path).stat().st_size))
    return own[:3]


def test_every_page_of_a_site_is_of_a_known_type(minimal: BuiltSite) -> None:
    assert {path.split("/")[0] for path in minimal.paths} == set(KINDS)


def violations(page: Page) -> list[str]:
    """What axe finds, all its rules on, each with its first place."""
    result: dict[str, Any] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], preload: false})"
    )
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:200]}"
        for one in result["violations"]
    ]


def too_wide(page: Page) -> list[str]:
    """Whether the page scrolls sideways, and what sticks out of it."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const out = [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > wide + 1)
            .slice(-3).map((one) => one.outerHTML.slice(0, 150));
          return ['wider than the screen', ...out];
        }"""
    )
    return found


def look(page: Page, axe: str, colours: tuple[str, ...]) -> list[str]:
    """Everything wrong with an open page, at each size and in each of the colours."""
    wrong = []
    page.evaluate(axe)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in colours:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong += [f"{width} {scheme} {told}" for told in (*violations(page), *too_wide(page))]
    page.set_viewport_size({"width": 320, "height": 640})
    return wrong + [f"320 {told}" for told in too_wide(page)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_small_archive(minimal: BuiltSite, page: Page, axe: str, kind: str) -> None:
    watched = watch(page, minimal.url(""))
    for path in paths_of(minimal, kind):
        page.goto(minimal.url(path))
        assert look(page, axe, ("light", "dark")) == [], path
        assert watched.told() == []


@pytest.mark.parametrize("kind", [*KINDS[:1], *KINDS[2:], "explain.html"])
def test_this_archive_from_disk(own: BuiltSite, page: Page, axe: str, kind: str) -> None:
    watched = watch(page)
    for path in paths_of(own, kind)[:2]:
        page.goto(own.file(path))
        assert look(page, axe, ("light", "dark")) == [], path
        assert watched.told() == []


@pytest.mark.parametrize("kind", KINDS)
def test_in_english(english: BuiltSite, page: Page, axe: str, kind: str) -> None:
    watched = watch(page, english.url(""))
    for path in paths_of(english, kind)[-1:]:
        page.goto(english.url(path))
        assert look(page, axe, ("light",)) == [], path
        assert watched.told() == []


def test_an_empty_archive(shelf: Path, server: str, page: Page, axe: str) -> None:
    site = put_site(Archive(), "empty", shelf, server)
    watched = watch(page, site.url(""))
    for path in ("index.html", "meetings/index.html", "data/index.html", "search/index.html"):
        page.goto(site.url(path))
        assert look(page, axe, ("light",)) == [], path
        assert watched.told() == []


def test_an_old_address_leads_on(minimal: BuiltSite, page: Page) -> None:
    for start in (minimal.url, minimal.file):
        page.goto(start("cities/xi-zhou/index.html"))
        page.wait_for_url("**/cities/xizhou/index.html")


def test_printed_pages_are_clippings(minimal: BuiltSite, page: Page) -> None:
    page.emulate_media(media="print")
    for path in ("articles/jiangan-1/index.html", "meetings/jiangwan-2/index.html"):
        page.goto(minimal.url(path))
        for gone in (".skip", "nav", "button", "form"):
            for one in page.locator(gone).all():
                assert not one.is_visible(), (path, gone)
        assert "江岸网" in page.locator("body").inner_text()
        assert page.locator("#headline, h1").first.is_visible()
    page.goto(minimal.url("articles/jiangan-1/index.html"))
    assert "news.example.cn" in page.locator("body").inner_text()  # where it was printed
    assert page.locator(".note").first.is_visible()


def test_nothing_moves_for_those_who_asked(browser: Browser, minimal: BuiltSite) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(minimal.url("articles/jiangan-1/index.html"))
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter((one) => {
          const style = getComputedStyle(one);
          return style.scrollBehavior === 'smooth' || parseFloat(style.animationDuration) > 0
            || parseFloat(style.transitionDuration) > 0;
        }).length"""
    )
    context.close()
    assert moving == 0


def test_colours_follow_the_system_until_one_chooses(browser: Browser, minimal: BuiltSite) -> None:
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    paper = "getComputedStyle(document.body).backgroundColor"
    page.goto(minimal.url("index.html"))
    dark = page.evaluate(paper)
    page.locator("button.theme").click()
    light = page.evaluate(paper)
    assert light != dark
    page.goto(minimal.url("cities/dongwan/index.html"))
    assert page.evaluate(paper) == light
    page.locator("button.theme").click()
    assert page.evaluate(paper) == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(paper) == dark
    page.locator("button.theme").click()  # as the system has it, again
    assert page.evaluate(paper) == light
    context.close()
