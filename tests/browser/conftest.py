"""What the browser tests share: Chromium, the sites that it opens, a server, npm's tools.

On a developer's machine a test whose browser or tool isn't there is skipped with the reason;
where `CI` is set it fails.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from ccmeet.build import explain_file
from ccmeet.model.archive import Archive
from ccmeet.reading.store import load_archive
from ccmeet.serve import open_server
from ccmeet.showing.site import make_site
from ccmeet.showing.write import write_site

HERE = Path(__file__).parent
REPO = HERE.parent.parent
MINIMAL = HERE.parent / "sites" / "minimal"

FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",  # small in containers
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOISE = ("Failed to load resource: the server responded with a status of 404",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; CI runs every test")
    pytest.skip(what)


def npm_tool(path: str) -> Path:
    """A file of tests/browser/node_modules."""
    found = HERE / "node_modules" / path
    if not found.exists():
        missing(f"{path.split('/')[0]} is not installed: npm --prefix tests/browser ci")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing("no Chromium is installed: apt install chromium")


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source, to be evaluated in a page; that needs no leave of the page's CSP."""
    return npm_tool("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), chromium_sandbox=False
        )
        yield started
        started.close()


# ---------- sites ----------


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site on disk, below a folder that is served: its pages' paths, one for each page type."""

    name: str
    folder: Path
    served: str
    paths: tuple[str, ...]

    def file(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def url(self, path: str) -> str:
        return f"{self.served}/{self.name}/{path}"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all sites lie in, so that each is served below a path of its own."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def server(shelf: Path) -> Iterator[str]:
    server = open_server(shelf, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def put_site(archive: Archive, name: str, shelf: Path, server: str) -> BuiltSite:
    """Make a site of an archive on the shelf, as it is published below the server's `/name/`."""
    site = replace(archive.site, base_url=f"{server}/{name}/")
    files = make_site(replace(archive, site=site))
    write_site(shelf / name, files)
    return BuiltSite(
        name, shelf / name, server, tuple(path for path in sorted(files) if ".html" in path)
    )


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The small archive of tests/sites/minimal."""
    return load_archive(MINIMAL)[0]


@pytest.fixture(scope="session")
def minimal(archive: Archive, shelf: Path, server: str) -> BuiltSite:
    return put_site(archive, "minimal", shelf, server)


@pytest.fixture(scope="session")
def english(archive: Archive, shelf: Path, server: str) -> BuiltSite:
    site = replace(archive.site, interface="en")
    return put_site(replace(archive, site=site), "english", shelf, server)


@pytest.fixture(scope="session")
def own(shelf: Path, server: str) -> BuiltSite:
    """The site of this repository's content, and what `explain --html` gives of an article."""
    archive, _ = load_archive(REPO)
    site = put_site(archive, "own", shelf, server)
    article = sorted((REPO / "content" / "articles").glob("*.txt"))[0]
    page = explain_file(article, as_html=True, colour=False)
    (site.folder / "explain.html").write_text(page, "utf-8")
    return replace(site, paths=(*site.paths, "explain.html"))


# ---------- pages ----------


@dataclass(slots=True)
class Watched:
    """A page, and what it did that it should not: words on the console, requests off the site."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """What was wrong since the last look."""
        every = [*self.said, *self.asked]
        self.said.clear()
        self.asked.clear()
        return every


def watch(page: Page, *allowed: str) -> Watched:
    """A page whose console and requests are noted; requests may go to `allowed` and files."""
    watched = Watched(page)

    def hear(kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(NOISE):
            watched.said.append(f"{page.url}: {kind}: {text}")

    page.on("console", lambda message: hear(message.type, message.text))
    page.on("pageerror", lambda error: hear("error", str(error)))

    def look(url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:", *allowed)):
            watched.asked.append(f"{page.url}: asked for {url}")

    page.on("request", lambda request: look(request.url))
    # What the next page cut off is no failure.
    page.on(
        "requestfailed",
        lambda request: (
            hear("error", f"{request.url} failed: {request.failure}")
            if request.failure != "net::ERR_ABORTED"
            else None
        ),
    )
    return watched


@pytest.fixture(scope="session")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A context that most tests share: nothing moves."""
    context = browser.new_context(reduced_motion="reduce", locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def page(plain: BrowserContext) -> Iterator[Page]:
    page = plain.new_page()
    page.set_default_timeout(10_000)
    yield page
    try:
        page.close()
    except Error as error:  # a page that crashed is already closed
        pytest.fail(str(error))
