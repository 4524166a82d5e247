"""Search in Chromium: it finds exactly what a plain look through every text finds; its page."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import CDPSession, Page, expect

from ccmeet.model.archive import Archive
from ccmeet.partialdate import PartialDate
from ccmeet.showing import search_index
from ccmeet.showing.search import RANKS
from ccmeet.showing.search_index import Document, Passage, index_files, search_fold
from conftest import BuiltSite, put_site, watch

# Few characters, so that most pairs of them stand somewhere and most longer runs don't.
ALPHABET = "会商共建互联发展东西长江城市12035ABgdp，。《》协作議與雲龍%‰·—é𠮷"
YEARS, CITIES, AREAS = (2021, 2022, 2023), ("dongwan", "xizhou"), ("traffic", "ecology")
ROMAN = ("changsha", "cs", "shaxi", "yuzhijun", "yzj", "yz", "longestnameofall")
FACETS = {
    "types": list(RANKS),
    "cities": [[city, city] for city in CITIES],
    "areas": [[area, area] for area in AREAS],
    "years": list(YEARS),
}
_TRADITIONAL = dict(zip("议与云龙东长发", "議與雲龍東長發", strict=True))


def words(dice: random.Random, long: int) -> str:
    return "".join(dice.choices(ALPHABET, k=long))


def made_documents(dice: random.Random, number: int) -> list[Document]:
    every = []
    for n in range(number):
        facets = [f"y:{dice.choice(YEARS)}"]
        facets += [f"c:{city}" for city in CITIES if dice.random() < 0.3]
        facets += [f"a:{area}" for area in AREAS if dice.random() < 0.3]
        passages = [
            Passage(f"p-{n}", f"p{n}", words(dice, dice.randint(5, 90))) for n in range(1, 4)
        ]
        every.append(
            Document(
                id=f"d{n}",
                rank=dice.randrange(len(RANKS)),
                url=f"articles/d{n}/index.html",
                title=words(dice, 12),
                about="",
                date=PartialDate(2021, dice.randint(1, 12)) if dice.random() < 0.9 else None,
                passages=tuple(passages),
                roman=(dice.choice(ROMAN),) if dice.random() < 0.2 else (),
                facets=tuple(facets),
            )
        )
    return every


def typed(dice: random.Random, text: str) -> str:
    """The text as another keyboard might type it: width, script and case changed here and there."""

    def changed(char: str) -> str:
        kind = dice.random()
        if kind < 0.2 and "!" <= char <= "~":
            return chr(ord(char) + 0xFEE0)
        if kind < 0.4:
            return _TRADITIONAL.get(char, char)
        return char.swapcase() if kind < 0.6 and char.isascii() else char

    return "".join(map(changed, text))


def made_queries(dice: random.Random, documents: Sequence[Document], number: int) -> list[str]:
    queries = [*ROMAN, "changs", "yuzh", "longestnamex", "l", "c", "", " ", "会商 共建", "12 ab"]
    while len(queries) < number:
        text = dice.choice([one.text for one in dice.choice(documents).passages])
        at, long = dice.randrange(len(text)), dice.randint(1, 8)
        query = typed(dice, text[at : at + long])
        queries.append(words(dice, long) if dice.random() < 0.25 else query)
    return queries


def is_found(document: Document, query: str) -> bool:
    """Whether a document holds all words of a query, looked through from end to end."""
    terms = set(search_fold(query).split())
    texts = [search_fold(text) for text in (document.title, *(p.text for p in document.passages))]

    def holds(term: str) -> bool:
        is_name = len(term) > 1 and term.isascii() and term.isalpha()
        named = is_name and any(name.startswith(term) for name in document.roman)
        return named or any(term in text for text in texts)

    return bool(terms) and all(map(holds, terms))


ASK = """async ([queries, filters]) => {
  const out = [];
  for (let n = 0; n < queries.length; n += 1) {
    const run = await window.ccmeet.find(queries[n], filters[n]);
    const found = [];
    for (;;) {
      const more = await run.next(50);
      if (!more.length) break;
      found.push(...more.map((one) => one.url));
    }
    out.push({found, count: run.count ? run.count() : 0});
  }
  return out;
}"""


def ask(page: Page, queries: Sequence[str], filters: Sequence[dict[str, Any]]) -> Any:
    return page.evaluate(ASK, [list(queries), list(filters)])


@pytest.fixture(scope="module")
def invented(
    archive: Archive, shelf: Path, server: str
) -> Iterator[tuple[BuiltSite, list[Document]]]:
    """A site whose index holds 400 invented documents in several small segments."""
    site = put_site(archive, "invented", shelf, server)
    documents = made_documents(random.Random(5), 400)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "_SEGMENT_DOCUMENTS", 64)
        patch.setattr(search_index, "_SHARD_BYTES", 512)
        for path, content in index_files(documents, FACETS).items():
            (site.folder / path).parent.mkdir(exist_ok=True)
            (site.folder / path).write_bytes(content)
    yield site, documents


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_exactly_what_a_plain_look_finds(
    invented: tuple[BuiltSite, list[Document]], page: Page, scheme: str
) -> None:
    site, documents = invented
    path = "search/index.html"
    watched = watch(page, site.url(""))
    page.goto(site.file(path) if scheme == "file" else site.url(path))
    queries = made_queries(random.Random(scheme), documents, 160)
    answers = ask(page, queries, [{}] * len(queries))
    hits = 0
    for query, answer in zip(queries, answers, strict=True):
        expected = {one.url for one in documents if is_found(one, query)}
        assert set(answer["found"]) == expected, query
        assert len(answer["found"]) == len(expected) == answer["count"], query
        hits += bool(expected)
    assert 60 < hits < len(queries)  # both kinds are among them
    assert watched.told() == []


def test_filters_take_away_all_that_is_not_theirs_and_nothing_else(
    invented: tuple[BuiltSite, list[Document]], page: Page
) -> None:
    site, documents = invented
    page.goto(site.file("search/index.html"))
    dice = random.Random(9)
    queries = made_queries(dice, documents, 60)
    filters: list[dict[str, Any]] = [
        {
            "t": dice.choice([[], ["articles"], ["cities", "meetings"]]),
            "y": dice.choice(["", "2022"]),
            "c": dice.choice(["", "dongwan"]),
            "a": dice.choice(["", "ecology"]),
        }
        for _ in queries
    ]
    for query, chosen, answer in zip(queries, filters, ask(page, queries, filters), strict=True):
        facets = {f"{kind}:{chosen[kind]}" for kind in "yca" if chosen[kind]}
        expected = {
            one.url
            for one in documents
            if (is_found(one, query) or (facets and not query.strip()))
            and facets <= set(one.facets)
            and (not chosen["t"] or RANKS[one.rank] in chosen["t"])
        }
        assert set(answer["found"]) == expected, (query, chosen)


def test_titles_come_first_then_types_then_the_latest(
    invented: tuple[BuiltSite, list[Document]], page: Page
) -> None:
    site, documents = invented
    page.goto(site.file("search/index.html"))
    by_url = {one.url: one for one in documents}
    for query in ("会", "共建", "12"):
        found = [by_url[url] for url in ask(page, [query], [{}])[0]["found"]]
        orders = [
            (
                query not in search_fold(one.title),
                one.rank,
                -(one.date.month or 0) if one.date else 1,
            )
            for one in found
        ]
        assert orders == sorted(orders)


# ---------- the page ----------


def search_for(page: Page, site: BuiltSite, query: str, by: str = "url", **filters: str) -> None:
    """Open the search page with a query and wait until it has answered."""
    rest = "".join(f"&{name}={quote(value)}" for name, value in filters.items())
    address = site.url if by == "url" else site.file
    page.goto(f"{address('search/index.html')}?q={quote(query)}{rest}")
    page.locator("#search[data-done]").wait_for()


def settled(page: Page, deed: Any) -> None:
    """Do something that starts a search, and wait for its end."""
    before = page.locator("#search").get_attribute("data-done") or ""
    deed()
    expect(page.locator("#search")).not_to_have_attribute("data-done", before)


@pytest.mark.parametrize("by", ["url", "file"])
def test_a_hit_is_marked_and_leads_to_its_place(minimal: BuiltSite, page: Page, by: str) -> None:
    search_for(page, minimal, "账也算清", by)
    snippet = page.locator(".res__s").first
    assert snippet.locator("mark").inner_text() == "账也算清"
    article = page.locator(".res", has=page.locator("a[href*='articles/jiangan-1']")).first
    article.locator("ol a").first.click()
    page.wait_for_url("**/articles/jiangan-1/index.html#*")
    assert "算清" in page.locator(":target").inner_text()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("dongwan", "东湾市"),
        ("DW", "东湾市"),
        ("wan", "东湾市"),
        ("ydc", "乙大川"),
        ("dachuan", "乙大川"),
        ("東灣", "东湾市"),
        ("ＧＤＰ", "乙大川"),
        ("深化协作", "丙明月"),
    ],
)
def test_names_are_found_in_latin_letters_and_any_script(
    minimal: BuiltSite, page: Page, query: str, first: str
) -> None:
    search_for(page, minimal, query)
    assert first in page.locator(".res h3").first.inner_text()


def test_filters_narrow_and_are_kept_in_the_address(minimal: BuiltSite, page: Page) -> None:
    search_for(page, minimal, "东湾")
    every = page.locator(".res").count()
    box = page.locator("#search-facets input[value=cities]")
    settled(page, box.check)
    assert 0 < page.locator(".res").count() < every
    assert "t=cities" in page.url
    settled(page, lambda: page.locator("#facet-c").select_option("dongwan"))
    assert "c=dongwan" in page.url
    shown = page.locator(".res h3").all_inner_texts()
    page.reload()
    page.locator("#search[data-done]").wait_for()
    assert page.locator("#q").input_value() == "东湾"
    assert box.is_checked()
    assert page.locator(".res h3").all_inner_texts() == shown
    settled(page, lambda: page.locator("#facet-y").select_option("2031"))
    assert page.locator(".res").count() == 0
    assert page.locator("#search-status").inner_text() != ""
    search_for(page, minimal, "", y="2031")  # filters alone are a question too
    assert page.locator(".res").count() > 0


def test_typing_searches_and_the_address_follows(minimal: BuiltSite, page: Page) -> None:
    page.goto(minimal.url("search/index.html"))
    page.locator("#search[data-done]").wait_for()
    assert page.evaluate("document.activeElement.id") == "q"
    settled(page, lambda: page.keyboard.type("东湾"))
    assert page.locator(".res").count() > 0
    assert quote("东湾") in page.url
    assert "共" in page.locator("#search-status").inner_text()
    settled(page, lambda: page.locator("#q").fill(""))
    assert "?" not in page.url
    assert page.locator("#search-start").is_visible()


def test_nothing_found_says_what_to_try(minimal: BuiltSite, page: Page) -> None:
    search_for(page, minimal, "没有的词")
    assert page.locator(".res").count() == 0
    assert "试试" in page.locator("#search-status").inner_text()
    assert page.locator("#search-status").get_attribute("role") == "status"


def test_arrows_walk_enter_opens_and_slash_returns(minimal: BuiltSite, page: Page) -> None:
    search_for(page, minimal, "东湾")
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    links = page.locator("#search-results a:not(.q)")  # titles and places
    assert links.first.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate("(one) => one === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    chosen = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(chosen) == [0, 2]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/dongwan/index.html")


def test_nothing_runs_while_a_word_is_composed(minimal: BuiltSite, page: Page) -> None:
    page.goto(minimal.url("search/index.html"))
    page.locator("#search[data-done]").wait_for()
    page.locator("#q").focus()
    session: CDPSession = page.context.new_cdp_session(page)
    before = page.locator("#search").get_attribute("data-done")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for text in ("d", "do", "dong", "dong wan"):
        composed = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        session.send("Input.imeSetComposition", composed)
        page.wait_for_timeout(80)
    assert page.locator("#q").input_value() == "dong wan"
    page.wait_for_timeout(200)
    assert page.locator("#search").get_attribute("data-done") == before
    assert page.locator(".res").count() == 0
    assert asked == []
    assert "?" not in page.url
    settled(page, lambda: session.send("Input.insertText", {"text": "东湾"}))
    assert page.locator("#q").input_value() == "东湾"
    assert page.locator(".res").count() > 0


def test_the_english_interface(english: BuiltSite, page: Page) -> None:
    search_for(page, english, "东湾")
    assert page.locator("#search-status").inner_text().endswith("records")
    assert page.locator(".res h3 a").first.get_attribute("lang") == "zh-CN"
    search_for(page, english, "nothing of the kind")
    assert "No record" in page.locator("#search-status").inner_text()


def test_a_missing_part_of_the_index_is_told(
    archive: Archive, shelf: Path, server: str, page: Page
) -> None:
    site = put_site(archive, "torn", shelf, server)
    for part in (site.folder / "search" / "00").glob("i*.js"):
        part.unlink()
    search_for(page, site, "东湾", "file")
    assert "重新载入" in page.locator("#search-status").inner_text()


def test_the_first_ten_and_then_ten_more(
    archive: Archive, shelf: Path, server: str, page: Page
) -> None:
    cities = dict(archive.cities)
    city = cities["nanpu"]
    for n in range(23):
        cities[f"nanpu-{n}"] = replace(city, id=f"nanpu-{n}", name=f"南浦{n}市")
    site = put_site(replace(archive, cities=cities), "many", shelf, server)
    search_for(page, site, "南浦", t="cities")
    assert page.locator(".res").count() == 10
    more = page.locator("#search-more")
    more.click()
    expect(page.locator(".res")).to_have_count(20)
    assert (
        page.locator(".res")
        .nth(10)
        .locator("h3 a")
        .evaluate("(one) => one === document.activeElement")
    )
    more.click()
    expect(page.locator(".res")).to_have_count(24)
    assert not more.is_visible()


def test_an_old_answer_never_replaces_a_newer_one(minimal: BuiltSite, page: Page) -> None:
    page.goto(minimal.url("search/index.html"))
    page.locator("#search[data-done]").wait_for()
    for query in ("东", "东湾", "江", "西洲"):
        page.locator("#q").fill(query)
        page.locator("#search-form button").click()
    expect(page.locator(".res mark").first).to_have_text("西洲")
    page.wait_for_timeout(300)
    assert set(page.locator(".res mark").all_inner_texts()) == {"西洲"}
    assert quote("西洲") in page.url
