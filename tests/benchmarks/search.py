"""Search at size, in Chromium: recall, precision, time to the first results, bytes fetched.

    python tests/benchmarks/search.py DIR [QUERIES]

DIR is a project whose articles are parsed, such as tests/benchmarks/archive.py makes. For each of
QUERIES (85 if not said) of 2 to 6 characters, most of them cut from the archive's own texts, a
browser that has nothing cached opens the search page from a local server and asks. The clock
runs from the question to the first ten verified results; all bytes of the index that were
fetched count, those that every query needs too. What is found is compared with a look through
every text; of a query with more than 300 hits the first 300.
"""

import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Response, sync_playwright

from ccmeet.model.archive import Archive
from ccmeet.reading.store import load_archive
from ccmeet.serve import open_server
from ccmeet.showing.addresses import published, titled
from ccmeet.showing.search import find_documents, search_files
from ccmeet.showing.search_index import Document, search_fold
from ccmeet.showing.site import make_site
from ccmeet.showing.write import write_site

ASK = """async (query) => {
  const start = performance.now();
  const run = await window.ccmeet.find(query);
  const first = await run.next(10);
  return {took: performance.now() - start, found: first.map((one) => one.url)};
}"""
ALL = """async ([query, many]) => {
  const run = await window.ccmeet.find(query);
  return (await run.next(many)).map((one) => one.url);
}"""
MANY = 300


def texts_of(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """Each page's address and its folded words, passages parted by line ends."""
    return [
        (one.url, search_fold("\n".join((one.title, *(p.text for p in one.passages)))))
        for one in documents
    ]


def make_queries(texts: Sequence[tuple[str, str]], number: int) -> Iterator[str]:
    dice = random.Random(85)
    while number:
        _, text = dice.choice(texts)
        long = dice.randint(2, 6)
        at = dice.randrange(max(1, len(text) - long))
        query = text[at : at + long]
        if dice.random() < 0.15:
            query = "".join(dice.sample(query, len(query)))  # words that hardly stand anywhere
        if len(query) == long and not any(char.isspace() or char.isascii() for char in query):
            number -= 1
            yield query


def measure(browser: Browser, url: str, query: str) -> tuple[float, int, int, list[str], set[str]]:
    """Milliseconds, bytes and scripts to the first results, those results, and all there are."""
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []

    def add(response: Response) -> None:
        if "/search/" in response.url and response.url.split("?")[0].endswith(".js"):
            sizes.append(int(response.headers["content-length"]))

    page.on("response", add)
    page.goto(url)
    page.locator("#search[data-done]").wait_for()
    first = page.evaluate(ASK, query)
    bytes_, scripts = sum(sizes), len(sizes)
    every = set(page.evaluate(ALL, [query, MANY]))
    context.close()
    return first["took"], bytes_, scripts, first["found"], every


def main(root: Path, number: int) -> None:
    loaded, problems = load_archive(root)
    archive = titled(published(loaded))
    print(f"{len(archive.articles)} articles, {len(problems)} problems")
    start = time.monotonic()
    files = search_files(archive)
    size = sum(map(len, files.values()))
    print(f"index: {time.monotonic() - start:.1f} s, {len(files)} files, {size / 1e6:.1f} MB")
    texts = texts_of(list(find_documents(archive)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        empty = make_site(replace(Archive(), site=archive.site))
        write_site(Path(folder), {**empty, **files})
        server = open_server(Path(folder), 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/search/index.html"
        flags = ["--disable-gpu", "--disable-background-networking"]
        path = "/usr/bin/chromium"
        browser = playwright.chromium.launch(
            executable_path=path, args=flags, chromium_sandbox=False
        )
        times, weights, counts, right, wrong, missed = [], [], [], 0, 0, 0
        for query in make_queries(texts, number):
            took, weight, scripts, _, every = measure(browser, url, query)
            expected = {where for where, text in texts if query in text}
            right, wrong = right + len(every & expected), wrong + len(every - expected)
            missed += max(0, min(MANY, len(expected)) - len(every))
            times.append(took)
            weights.append(weight)
            counts.append(scripts)
        browser.close()
        server.shutdown()
    print(f"recall {right / (right + missed):.4f}, precision {right / (right + wrong):.4f}")
    for name, values, unit in (("first results", times, "ms"), ("scripts", counts, "")):
        print(f"{name}: median {median(values):.0f} {unit}, worst {max(values):.0f} {unit}")
    heavy = max(weights) / 1000
    print(f"fetched: median {median(weights) / 1000:.0f} kB, worst {heavy:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 85)
